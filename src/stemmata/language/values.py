"""Whether two quantities are one value, and which of two texts' quantities are the same, changed, gone or new."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from stemmata.language.counts import CALENDAR, UNSIGNED, Quantity
from stemmata.language.measures import MEASURES, PERIODS, ratio

NEAR = 0.03  # values that differ by less are one: a third and 33 per cent (set by hand, not tuned)
FAR_OFF, FAR_OFF_SHARE = 0.15, 0.2  # of a round value, the furthest that an exact one may be off (by hand)
ROUNDED_OFF, POINT_OFF = 0.02, 0.05  # the furthest that a rounded number is off, and one without its decimals (by hand)
WHOLE = 1000  # under it a whole number is told as it is (by hand)
_SIDES = {"over": 1, "least": 1, "under": -1, "most": -1}  # on which side of it the value lies
_OF_ONE_UNIT = UNSIGNED | {"share", "points", "age", *MEASURES}


def near(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities may be one value, units converted where both are known."""
    if a.most or b.most:
        return _vaguely(a, b)
    if a.basis and b.basis and a.basis != b.basis:
        return False
    sides = {_SIDES.get(q.limit or q.rounded, 0) for q in (a, b)}
    if sides == {-1, 1} and (a.value == b.value or a.unit != b.unit):
        return False
    if bool(a.rounded) != bool(b.rounded) and _roundly(*(a, b) if a.rounded else (b, a)):
        return True
    if a.per and b.per and PERIODS[a.per] != PERIODS[b.per]:
        a = replace(a, value=a.value / PERIODS[a.per] * PERIODS[b.per], per=b.per)
        if a.unit == b.unit:
            return _close(a.value, b.value)
    for x, y in ((a, b), (b, a)):
        if (told := _OF_TWO_UNITS.get((x.unit, y.unit))) is not None:
            return told(x.value, y.value)
        if x.unit == "m" != y.unit and near(replace(x, value=x.value / 1e6, unit="meter"), y):
            return True  # "100m": of metres or millions
    if a.unit == b.unit:
        if a.unit == "share":
            return _close(a.value, b.value)
        return math.isclose(a.value, b.value, rel_tol=1e-9) or _cut_short(*sorted((a, b), key=_decimals))
    if {a.unit, b.unit} & _OF_NO_OTHER:
        return False
    if (factor := ratio(a.unit, b.unit)) is not None:
        return factor > 0 and _close(a.value * factor, b.value, 2 * NEAR)
    return _close(a.value, b.value) if "share" in (a.unit, b.unit) else math.isclose(a.value, b.value, rel_tol=1e-9)


def both_may_hold(a: Quantity, b: Quantity) -> bool:
    """Whether two numbers of one thing contradict each other by no limit that they name: "at least 20" and "23"."""
    if not a.limit and not b.limit:
        return near(a, b)
    if a.limit and b.limit:
        return a.limit == b.limit or (b.value - a.value) * _SIDES[a.limit] >= 0
    limited, other = (a, b) if a.limit else (b, a)
    return (other.value - limited.value) * _SIDES[limited.limit] >= 0


def _close(a: float, b: float, off: float = NEAR) -> bool:
    return abs(a - b) <= off * max(abs(a), abs(b))


_OF_NO_OTHER = CALENDAR | {"ordinal"}
_OF_TWO_UNITS: dict[tuple[str, str], Callable[[float, float], bool]] = {
    ("clock", "o'clock"): lambda x, y: x % 43200 == y % 43200,
    ("o'clock", "o'clock"): lambda x, y: x % 43200 == y % 43200,
    ("points", "point"): lambda share, points: math.isclose(share * 100, points),
    ("points", "share"): lambda points, share: points != share and _close(points, share),
    ("share", ""): lambda share, bare: _close(share, bare) or (  # "third on 9.8": what is counted is whole
        bare % 1 > 0 and math.isclose(share * 100, bare, rel_tol=1e-9)
    ),
    ("celsius", "fahrenheit"): lambda warm, warmer: abs(warm * 1.8 + 32 - warmer) <= 1.0,
}  # fmt: skip


def _decimals(q: Quantity) -> int:
    return _figures(abs(q.value))


def _cut_short(short: Quantity, long: Quantity) -> bool:
    """Whether one number is the other without what stands behind its point: "14 billion" for "14.2 billion"."""
    value, other = short.value, long.value
    if short.unit in UNSIGNED or min(value, other) <= 0:
        return False
    figures = _figures(value)
    if figures > 3 or figures >= _figures(other):
        return False
    if other % 1 == 0 and other < WHOLE:
        return False
    off = abs(other - value) / other
    return off <= ROUNDED_OFF or (other % 1 > 0 and value % 1 == 0 and value == round(other) and off <= POINT_OFF)


def _vaguely(a: Quantity, b: Quantity) -> bool:
    """Whether "hundreds" and another quantity may be one value."""
    if a.most and b.most:
        if a.unit != b.unit and ratio(a.unit, b.unit) is not None:
            return False
        return a.value == b.value or (a.value <= b.most and b.value <= a.most and {a.value, b.value} == {20.0, 40.0})
    vague, exact = (a, b) if a.most else (b, a)
    plain = exact.unit not in UNSIGNED and exact.unit not in ("share", "points", "age")
    factor = ratio(exact.unit, vague.unit)
    return plain and vague.value <= exact.value * (1.0 if factor is None else factor) <= vague.most


def _roundly(rounded: Quantity, exact: Quantity) -> bool:
    """Whether "more than 200", "nearly 400" or "more than half" is an exact value, rounded: a count of more figures,
    no further off than the last figure of the round one counts, nor than `FAR_OFF`. "More than two weeks" is 17 days,
    and not 22: of a larger unit it is the whole ones that are told."""
    units = {rounded.unit, exact.unit}
    larger = ratio(exact.unit, rounded.unit)  # how many of the round one's unit one of the exact one's is
    if larger is not None and 0 < larger < 1 and rounded.per == exact.per:
        off = exact.value * larger - rounded.value
        step = 1.0 if rounded.value >= 1 else rounded.value / 4  # "almost half an hour"
        return abs(off) <= step / 2 if rounded.rounded == "about" else 0 < off * _SIDES[rounded.rounded] < step
    if rounded.per != exact.per or (len(units) > 1 and units & _OF_ONE_UNIT):
        return False
    value, other = rounded.value, exact.value
    if min(value, other) <= 0:
        return False
    if units == {"share"}:
        step = min(0.1, value * FAR_OFF_SHARE)
    else:
        figures = _figures(value)
        if figures > 2 or figures >= _figures(other):
            return False
        step = min(10.0 ** (math.floor(math.log10(value)) + 1 - figures), value * FAR_OFF)
    if rounded.rounded == "about":
        return abs(other - value) <= step / 2
    return 0 < (other - value if rounded.rounded == "over" else value - other) <= step


def _figures(value: float) -> int:
    """How many figures a number has up to its last that is not 0: 1 of 200 and 0.9, 3 of 214."""
    return len(f"{value:.6g}".split("e")[0].replace(".", "").strip("0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The quantities of two texts side by side."""

    same: int
    changed: tuple[tuple[Quantity, Quantity], ...]  # of one unit, or the only ones left
    alike: int  # how many of `changed` count the same thing
    gone: tuple[Quantity, ...]
    new: tuple[Quantity, ...]
    ends: tuple[tuple[Quantity, Quantity], ...] = ()  # the end of a range that one text tells as the value


def _kind(q: Quantity) -> str:
    """Quantities of two kinds are never one that has changed."""
    return "clock" if q.unit == "o'clock" else q.unit if q.unit in UNSIGNED - {"times"} else ""


def _of_two(share: Quantity, a: Quantity, b: Quantity) -> bool:
    """Whether two numbers are told as what one is of the other: "nine in ten", "double"."""
    low, high = sorted((a.value, b.value))
    if not 0 < low < high or {a.unit, b.unit} & UNSIGNED or share.weak:
        return False
    value = low / high if share.unit == "share" else high / low
    return near(share, Quantity(value=value, unit=share.unit, span=a.span))


def compared(parent: list[Quantity], child: list[Quantity]) -> Compared:
    """Values that are near are the same, and so are a share and its two numbers: "five out of eight", "five of its
    eight", in either order, also where both texts tell one of the two."""
    if not (parent and child):
        return Compared(same=0, changed=(), alike=0, gone=tuple(parent), new=tuple(child), ends=())
    left, right = list(parent), list(child)
    kept = _paired(left, right, near)
    kept += _paired(left, right, lambda a, b: _left_bare(a, b, child) or _left_bare(b, a, parent))
    shares = _told_by_two(left, right, child) + _told_by_two(right, left, parent)
    changed = _paired(left, right, _of_one_unit) + _paired(left, right, _may_be_changed)
    alike = sum(a.unit == b.unit for a, b in changed)
    ends = tuple((a, b) for a, b in kept if _lone_end(a, b, left) or _lone_end(b, a, right))
    return Compared(
        same=len(kept) + shares, changed=tuple(changed), alike=alike, gone=tuple(left), new=tuple(right), ends=ends
    )


def _left_bare(share: Quantity, number: Quantity, beside: list[Quantity]) -> bool:
    """Whether a number that counts nothing is a share whose sign stands with another, "33 percent, the Greens at 11":
    of 4 gold statements that tell a share so, and of 19 that have no other share, none is called changed."""
    bare = share.unit == "share" and number.unit == "" and any(q.unit == "share" for q in beside)
    return bare and math.isclose(share.value * 100, number.value, rel_tol=1e-9)


def _paired(
    left: list[Quantity], right: list[Quantity], fits: Callable[[Quantity, Quantity], bool]
) -> list[tuple[Quantity, Quantity]]:
    """The pairs that fit, each the first of its kind; what is paired is taken out of both lists."""
    found = []
    for a in list(left):
        b = next((b for b in right if fits(a, b)), None)
        if b is not None:
            found.append((a, b))
            left.remove(a)
            right.remove(b)
    return found


def _told_by_two(shares: list[Quantity], loose: list[Quantity], told: list[Quantity]) -> int:
    """How many of the shares are what one number of the other side is of the next, or of one that both tell; these are
    taken out, and their numbers out of the `loose` ones. `told` are all of that side."""
    found = 0
    for share in [q for q in shares if q.unit in ("share", "times")]:
        pairs = (*pairwise(list(loose)), *pairwise(told))
        pair = next(((a, b) for a, b in pairs if (a in loose or b in loose) and _of_two(share, a, b)), None)
        if pair is not None:
            found += 1
            shares.remove(share)
            for q in [q for q in pair if q in loose]:
                loose.remove(q)
    return found


def _of_one_unit(a: Quantity, b: Quantity) -> bool:
    return a.unit == b.unit or _kind(a) == _kind(b) == "clock"


def _may_be_changed(a: Quantity, b: Quantity) -> bool:
    return _kind(a) == _kind(b) and not (a.weak and b.weak)


def _lone_end(end: Quantity, value: Quantity, alone: list[Quantity]) -> bool:
    """Whether the `end` of a range is told as the one value there is, its other end nowhere."""
    if not end.end or value.end or value.limit or value.rounded:
        return False
    return any(q.span == end.other_end for q in alone)
