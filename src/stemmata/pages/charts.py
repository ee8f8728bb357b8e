"""Two charts, as rectangles: how much of an article stands on whom, and how many documents came out when.

They are bars of our own and not a library's: what renders without a browser (Matplotlib, Vega's converter) weighs tens
of megabytes or brings a JavaScript engine, for drawings that are a row of rectangles, and cannot follow the page's
colours, its dark mode or its links.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from stemmata.model import SOURCINGS, Document, Sourcing, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A stretch of a bar of width 100: how much stands on one kind of source."""

    sourcing: Sourcing
    x: float
    width: float

    @property
    def percent(self) -> str:
        return "under 1 %" if 0 < self.width < 1 else f"{self.width:.0f} %"


# From what a reader can check to what rests on the outlet's word alone
_ORDER: Final[tuple[Sourcing, ...]] = (
    "named-person", "named-organisation", "document", "unnamed-group", "anonymous", "outlet",
)  # fmt: skip


def sourcing(document: Document, statements: Iterable[Statement]) -> list[Share]:
    """What share of a text's characters, white space aside, stands on which kind of source.

    A character counts for the innermost statement that it lies in; what lies in none is the outlet's own voice.
    """
    text = document.text
    of = bytearray(len(text))  # index in SOURCINGS, plus one
    told = [(s, min(p.start for p in s.spans), max(p.end for p in s.spans)) for s in statements]
    for s, _, _ in sorted(told, key=lambda t: t[1] - t[2]):  # the longest first: what lies inside it overwrites it
        for part in s.spans:
            of[part.start : part.end] = bytes([SOURCINGS.index(s.sourcing) + 1]) * (part.end - part.start)
    counted = [0] * (len(SOURCINGS) + 1)
    for character, k in zip(text, of, strict=True):
        counted[k] += not character.isspace()
    counted[SOURCINGS.index("outlet") + 1] += counted[0]
    total = sum(counted[1:])
    shares: list[Share] = []
    x = 0.0
    for kind in _ORDER:
        if n := counted[SOURCINGS.index(kind) + 1]:
            shares.append(Share(sourcing=kind, x=x, width=100 * n / total))
            x += shares[-1].width
    return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A column of a chart: its place in pixels, how many it counts, and the days that it spans."""

    x: float
    y: float
    width: float
    height: float
    count: int
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One row of a chart over time: where it stands, and its label."""

    label: str
    y: float
    label_y: float
    total: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTime:
    width: float
    height: float
    strips: tuple[Strip, ...]
    ticks: tuple[tuple[float, str], ...]
    left: float  # where the columns begin
    narrow: OverTime | None = None  # the same for a narrow screen, the labels above the strips


LABELS: Final = 190.0
COLUMNS: Final = 640.0
STRIP: Final = 30.0
NARROW: Final = 310.0  # width of the columns on a telephone, at the size of its letters
TICK: Final = 98.0  # the least distance of two labels of the axis: "10 May 00:00" and a little space
ABOVE: Final = 18.0  # height of a label above its strip


def over_time(rows: Sequence[tuple[str, Sequence[int]]], *, start: int, width: int) -> OverTime:
    """A strip of bars for each row; columns are `width` seconds wide, the first begins at `start` (Unix time)."""
    narrow = _over_time(rows, start, width, left=0.0, room=NARROW, above=ABOVE)
    return replace(_over_time(rows, start, width, left=LABELS, room=COLUMNS, above=0.0), narrow=narrow)


def _over_time(
    rows: Sequence[tuple[str, Sequence[int]]], start: int, width: int, *, left: float, room: float, above: float
) -> OverTime:
    columns = max((len(counts) for _, counts in rows), default=1)
    most = max((n for _, counts in rows for n in counts), default=0) or 1
    wide = min(room / max(1, columns), 44.0)
    strips = []
    for k, (label, counts) in enumerate(rows):
        base = (STRIP + above) * (k + 1)
        bars = tuple(
            Bar(
                x=round(left + wide * c, 1),
                y=round(base - max(3.0, (STRIP - 8) * n / most), 1),
                width=round(max(2.0, wide - min(2.0, wide / 4)), 1),
                height=round(max(3.0, (STRIP - 8) * n / most), 1),
                count=n,
                when=_during(start + c * width, width),
            )
            for c, n in enumerate(counts)
            if n
        )
        label_y = base - STRIP + 3 if above else base - 6
        strips.append(Strip(label=label, y=base, label_y=label_y, total=sum(counts), bars=bars))
    step = math.ceil(TICK / wide)
    ticks = tuple((round(left + wide * c, 1), _at(start + c * width, width)) for c in range(0, columns, step))
    height = (STRIP + above) * len(rows) + 24
    return OverTime(width=left + room + 60, height=height, strips=tuple(strips), ticks=ticks, left=left)


def _during(seconds: int, width: int) -> str:
    """The time of a column: its hours, its day, or the days that it spans."""
    first, last = (datetime.fromtimestamp(x, UTC) for x in (seconds, min(seconds + width - 1, _LAST)))
    day, end = (f"{t.day} {t:%b %Y}" for t in (first, last))
    if width < 86_400:
        return f"{day}, {first:%H:%M} to {last:%H:%M}"
    return day if day == end else f"{day} to {end}"


_LAST: Final = 253_402_300_799  # the end of the year 9999: the last moment that a date of Python can be


def _at(seconds: int, width: int) -> str:
    at = datetime.fromtimestamp(seconds, UTC)
    if width < 86_400:
        return f"{at.day} {at:%b %H:%M}"
    if width < 2_600_000:
        return f"{at.day} {at:%b %Y}"
    return f"{at:%b %Y}" if width < 31_000_000 else f"{at:%Y}"
