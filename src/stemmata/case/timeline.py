"""Documents over time, in the columns of a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stemmata.case.documents import Case

OUTLETS: Final = 24  # that have a row: a screen of them, so that a case of few outlets shows all (by hand)
BINS: Final = 120  # columns of a chart over time, at most: of some 5 pixels, so that four months are told by the day
# Widths of a column, in seconds: an hour, six hours, a day, a week, a month, a year, ten, a thousand
_WIDTHS: Final = (3_600, 21_600, 86_400, 604_800, 2_629_800, 31_557_600, 315_576_000, 31_557_600_000)
_YEARS: Final = (-62_135_596_800, 253_402_300_799)  # what a date of Python can be, in Unix time


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Documents over time: of each outlet, how many in each column. The first column begins at `start` (Unix time)."""

    start: int
    width: int  # seconds of a column
    rows: tuple[tuple[str, tuple[int, ...]], ...]  # outlet -> counts, the outlet with the most documents first
    others: int  # outlets that have no row
    undated: int


def timeline(case: Case) -> Timeline:
    """Documents over time, for the outlets that have the most."""
    sql = "SELECT outlet, unixepoch(published), count(*) FROM documents GROUP BY outlet, published"
    return over_time(list(case.rows(sql)), rows=OUTLETS)


def over_time(counts: Sequence[tuple[str | None, int | None, int]], *, rows: int) -> Timeline:
    """`counts`: outlet, Unix time, how many. A time outside the years 1 to 9999 counts as none, and an outlet without
    any time has no row."""
    dated = [(outlet, at, n) for outlet, at, n in counts if at is not None and _YEARS[0] <= at <= _YEARS[1]]
    undated = sum(n for *_, n in counts) - sum(n for *_, n in dated)
    totals: Counter[str] = Counter()
    since: dict[str, int] = {}
    for outlet, at, n in dated:
        if outlet is not None:
            totals[outlet] += n
            since[outlet] = min(since.get(outlet, at), at)
    named = sorted(totals, key=lambda outlet: (-totals[outlet], since[outlet], outlet))
    outlets = len({outlet for outlet, _, _ in counts if outlet is not None})
    if not dated:
        return Timeline(start=0, width=_WIDTHS[0], rows=(), others=outlets, undated=undated)
    first, last = min(at for _, at, _ in dated), max(at for _, at, _ in dated)
    width = next((w for w in _WIDTHS if (last - first) // w < BINS - 1), _WIDTHS[-1])
    start = max(first - first % width, _YEARS[0])
    columns = (last - start) // width + 1
    cells: dict[str, list[int]] = {outlet: [0] * columns for outlet in named[:rows]}
    for outlet, at, n in dated:
        if outlet in cells:
            cells[outlet][(at - start) // width] += n
    return Timeline(
        start=start,
        width=width,
        rows=tuple((outlet, tuple(row)) for outlet, row in cells.items()),
        others=outlets - len(cells),
        undated=undated,
    )
