"""The stemma, laid out: versions on a time axis, one lane each, and curves from what was made from what.

A lane a version keeps labels apart, however many came out within a minute; lanes follow the tree, so that what was made
from one version stands below it. A long pause is cut short, and the axis says so. Pure: a family in, shapes out.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from stemmata.model import ChangeLabel, Edge, Family, is_doubted, is_guess

if TYPE_CHECKING:
    from stemmata.case.views import Brief

WIDTH: Final = 1050
LEFT: Final = 46  # room for a lost ancestor before the first version
TIMES: Final = 430  # width of the time axis
LANE: Final = 30
TOP: Final = 46
STEP: Final = 15  # the least distance of two versions that were published one after the other
TICK: Final = 74  # the least distance of two labels of the axis
CUT: Final = 4.0  # a pause is cut where it is longer than this many times the usual one; for the eye alone
DROP: Final = 0.72  # of the way down on which a curve leaves its parent straight; by eye
CLEAR: Final = 14.0  # pixels between the middle of a curve and that of a version that it passes: dot and stroke
TURN: Final = 10.0  # radius of the corner of a line that goes down first
NARROW, WIDE = 3.0, 9.0  # the stroke of an edge of likelihood 0 and of 1

State = Literal["suggested", "confirmed", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A version, or a lost one (`lost`)."""

    id: str
    x: float
    y: float
    name: str
    when: str
    origin: bool
    unsure: bool  # its place rests on its text alone
    lost: float | None = None  # the probability of a lost ancestor


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A curve from a version (or a lost one) to what was made from it; places and widths in pixels of the drawing."""

    kind: Literal["edge", "tied", "lost"]
    path: str
    width: float
    parent: str
    child: str
    score: float
    state: State
    labels: tuple[ChangeLabel, ...]  # the gravest first
    is_set: bool  # by a person, so that its score is no finding
    guess: bool  # which of the two came first is a guess
    doubted: bool  # the wording says the opposite of their times
    x: float  # where its sign stands
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    x: float
    day: str  # empty where it is the day of the tick before
    hour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A pause that the axis does not show in full."""

    x: float
    pause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    width: float
    height: float
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    cuts: tuple[Cut, ...]
    left_out: int  # versions that are not drawn


def moment(published: str | None) -> datetime | None:
    """The time of an ISO 8601 date or time, UTC where it names no zone; None where it is missing or none."""
    try:
        found = datetime.fromisoformat(published) if published else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def drawing(
    family: Family,
    versions: Mapping[str, Brief],
    *,
    labels: Mapping[tuple[str, str], Sequence[ChangeLabel]],
    states: Mapping[tuple[str, str], State],
    most: int = 300,
) -> Drawing:
    """The stemma of a family. `labels` and `states` are of edges, by (parent, child).

    At most `most` versions are drawn: those that others were made from first, then the earliest.
    """
    parents = {e.parent for e in family.edges}
    shown = set(sorted(family.documents, key=lambda d: (d not in parents, family.documents.index(d)))[:most])
    edges = [e for e in family.edges if {e.parent, e.child} <= shown]
    trunk = _trunk(edges, states)
    lost = {f"\0{a.id}": a for a in family.lost if set(a.children) & shown}
    heirs = {id: [c for c in a.children if c in shown] for id, a in lost.items()}
    for id, children in heirs.items():
        hung = next((trunk[c] for c in children if c in trunk), None)
        for child in children:
            trunk.setdefault(child, id)
        if hung is not None:
            trunk[id] = hung
    times = {d: moment(versions[d].published) for d in shown}
    lanes = _lanes([*shown, *lost], trunk, times, heirs)
    xs, ticks, cuts = _axis({d: t for d, t in times.items() if t})
    place = _placed(lanes, xs, trunk, heirs)
    y_of = {d: TOP + LANE * (k + 0.5) for k, d in enumerate(lanes)}
    made = {e.child for e in edges if states.get((e.parent, e.child)) != "rejected"}
    parted = {e.child for e in edges} - made  # by a person: it has a time, and nothing rests on its text
    worded = {e.child for e in edges if e.worded is not None and states.get((e.parent, e.child)) != "rejected"}
    years = len({t.year for t in times.values() if t})
    dots = [
        Dot(
            id=lost[d].id if d in lost else d,
            x=place[d],
            y=y_of[d],
            name="a lost version" if d in lost else versions[d].name,
            when="" if d in lost else _when(times[d], versions[d].published, year=years > 1),
            origin=d not in made | parted and d not in lost,
            unsure=d not in lost
            and (times[d] is None or d in worded or (d not in made | parted and d in family.undated)),
            lost=lost[d].score if d in lost else None,
        )
        for d in lanes
    ]
    lines = [_line("tied", t, e.child, e, place, y_of) for e in edges for t in e.tied if t in shown]
    for id, children in heirs.items():
        for child in children:
            link = Edge(parent=id, child=child, score=lost[id].score)
            lines.append(_line("lost", id, child, link, place, y_of))
    drawn = [
        _line("edge", e.parent, e.child, e, place, y_of, labels.get((e.parent, e.child), ()), states) for e in edges
    ]
    lines += sorted(drawn, key=lambda n: (n.state != "rejected", n.score))  # the likeliest on top
    return Drawing(
        width=WIDTH,
        height=TOP + LANE * len(lanes) + 8,
        dots=tuple(dots),
        lines=tuple(lines),
        ticks=tuple(ticks),
        cuts=tuple(cuts),
        left_out=len(family.documents) - len(shown),
    )


def _trunk(edges: Sequence[Edge], states: Mapping[tuple[str, str], State]) -> dict[str, str]:
    """child -> its likeliest parent; one that a person rejected where there is no other."""
    by_score = sorted(edges, key=lambda e: (states.get((e.parent, e.child)) != "rejected", e.score, e.parent))
    return {e.child: e.parent for e in by_score}


def _lanes(
    nodes: Sequence[str],
    trunk: Mapping[str, str],
    times: Mapping[str, datetime | None],
    heirs: Mapping[str, Sequence[str]],
) -> list[str]:
    """The order of the lanes: each version above those made from it, the earliest first. A lost one has no time of its
    own: it stands where its first heir does."""
    below: dict[str, list[str]] = {n: [] for n in nodes}
    for child, parent in trunk.items():
        below[parent].append(child)
    end = datetime.max.replace(tzinfo=UTC)

    def first(node: str) -> tuple[datetime, str]:
        return min((times.get(d) or end for d in heirs.get(node, (node,))), default=end), node

    order: list[str] = []
    met: set[str] = set()
    for root in [*sorted((n for n in nodes if n not in trunk), key=first), *sorted(nodes, key=first)]:
        waiting = [root]  # the second pass meets only what hangs in a circle
        while waiting:
            at = waiting.pop()
            if at not in met:
                met.add(at)
                order.append(at)
                waiting += sorted(below[at], key=first, reverse=True)
    return order


def _axis(times: Mapping[str, datetime]) -> tuple[dict[str, float], list[Tick], list[Cut]]:
    """The x of each version with a time, the labels of the axis, and the pauses that were cut short."""
    moments = sorted(set(times.values()))
    if not moments:
        return {}, [], []
    pauses = [(b - a).total_seconds() for a, b in pairwise(moments)]
    usual = sorted(pauses)[len(pauses) // 2] if pauses else 0.0
    longest = CUT * usual
    kept = [min(p, longest) for p in pauses]
    room = max(0.0, TIMES - STEP * len(kept))  # every pause has its step, and a share of the rest
    xs = [float(LEFT)]
    step = min(STEP, TIMES / max(1, len(kept)))
    for p in kept:
        xs.append(xs[-1] + step + (room * p / sum(kept) if sum(kept) else 0.0))
    cuts = [
        Cut(x=(a + b) / 2, pause=_pause(p))
        for (a, b), p in zip(pairwise(xs), pauses, strict=True)
        if p > longest > 0 and b - a > 2 * STEP
    ]
    ticks: list[Tick] = []
    day, year = "", None
    for x, t in zip(xs, moments, strict=True):
        if not ticks or x - ticks[-1].x >= TICK:
            today = f"{t.day} {t:%b}" if t.year == year else f"{t.day} {t:%b %Y}"
            ticks.append(Tick(x=x, day=today if today != day else "", hour=f"{t:%H:%M}"))
            day, year = today if t.year == year else f"{t.day} {t:%b}", t.year
    at = dict(zip(moments, xs, strict=True))
    return {d: at[t] for d, t in times.items()}, ticks, cuts


def _placed(
    lanes: Sequence[str], xs: Mapping[str, float], trunk: Mapping[str, str], heirs: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """The x of every node: by its time, else right of its parent. A lost ancestor stands left of all its children."""
    place: dict[str, float] = {}
    for node in lanes:
        if node in heirs:
            place[node] = max(14.0, min((xs[c] for c in heirs[node] if c in xs), default=float(LEFT)) - 30)
            continue
        parent = trunk.get(node)
        after = place.get(parent, LEFT - STEP) + STEP if parent is not None else float(LEFT)
        place[node] = min(max(xs.get(node, after), after), LEFT + TIMES + 12)
    return place


def _line(
    kind: Literal["edge", "tied", "lost"],
    parent: str,
    child: str,
    edge: Edge,
    place: Mapping[str, float],
    y_of: Mapping[str, float],
    labels: Sequence[ChangeLabel] = (),
    states: Mapping[tuple[str, str], State] | None = None,
) -> Line:
    state = (states or {}).get((parent, child), "suggested")
    x1, y1, x2, y2 = place[parent], y_of[parent], place[child], y_of[child]
    end = x2 - 7
    bend = max(8.0, min(60.0, (end - x1) * 0.7))
    path = f"M{x1:.1f} {y1:.1f}C{x1:.1f} {y1 + (y2 - y1) * DROP:.1f} {end - bend:.1f} {y2:.1f} {end:.1f} {y2:.1f}"
    others = [(place[d], y) for d, y in y_of.items() if min(y1, y2) < y < max(y1, y2)]
    if end - x1 > 2 * TURN and any(
        _meets(x - x1, (y - y1) / (y2 - y1), end - x1, bend, y2 - y1) for x, y in others
    ):  # it would run beneath another version, and seem to come from that: down first, then along its own lane
        corner = y2 - math.copysign(TURN, y2 - y1)
        path = f"M{x1:.1f} {y1:.1f}V{corner:.1f}Q{x1:.1f} {y2:.1f} {x1 + TURN:.1f} {y2:.1f}H{end:.1f}"
    return Line(
        kind=kind,
        path=path,
        width=round(NARROW + (WIDE - NARROW) * edge.score, 1) if kind == "edge" else 1.5,
        parent=parent,
        child=child,
        score=edge.score,
        state=state,
        labels=tuple(labels),
        is_set=edge.is_set,
        guess=kind == "edge" and is_guess(edge, state),
        doubted=kind == "edge" and is_doubted(edge, state),
        x=end - 14,
        y=y2,
    )


_STEPS: Final = [k / 64 for k in range(65)]
_FALL: Final = [
    3 * (1 - t) ** 2 * t * DROP + 3 * (1 - t) * t**2 + t**3 for t in _STEPS
]  # how far a curve has come down


def _meets(x: float, at: float, reach: float, bend: float, drop: float) -> bool:
    """Whether a curve that reaches so far to the right and down comes near what stands at `x`, and `at` of the way
    down."""
    near = CLEAR / abs(drop)
    for k in range(bisect(_FALL, at - near), bisect(_FALL, at + near)):
        t = _STEPS[k]
        across = 3 * (1 - t) * t**2 * (reach - bend) + t**3 * reach
        if math.hypot(across - x, (_FALL[k] - at) * drop) < CLEAR:
            return True
    return False


def _when(time: datetime | None, published: str | None, *, year: bool) -> str:
    if time is None:
        return "no date"
    day = f"{time.day} {time:%b %Y}" if year else f"{time.day} {time:%b}"
    return f"{day}, {time:%H:%M}" if published and len(published) > 10 else day


def _pause(seconds: float) -> str:
    for size, name in ((31_557_600, "year"), (2_629_800, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            n = round(seconds / size)
            return f"{n} {name}{'s' if n > 1 else ''}"
    return "seconds"
