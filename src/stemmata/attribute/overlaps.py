"""Which spans lie over one another, found in time that grows with their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stemmata.model import Span

CELL = 512  # characters: of many spans only those that share a cell of the text are compared


class Placed:
    """Numbered spans, found by where they lie; a number may have several."""

    def __init__(self) -> None:
        self._cells: dict[int, list[int]] = {}

    def enter(self, number: int, span: Span) -> None:
        """Adds a span under a number."""
        for cell in self._of(span):
            self._cells.setdefault(cell, []).append(number)

    def near(self, span: Span) -> set[int]:
        """The numbers of all spans that overlap `span`, and of some that only lie near it."""
        return {k for cell in self._of(span) for k in self._cells.get(cell, ())}

    @staticmethod
    def _of(span: Span) -> range:
        return range(span.start // CELL, span.end // CELL + 1)


def touched(spans: Sequence[Span], by: Sequence[Span]) -> list[list[int]]:
    """For each of the spans the indices of those of `by` that overlap it, in order."""
    placed = Placed()
    for k, x in enumerate(by):
        placed.enter(k, x)
    return [sorted(k for k in placed.near(x) if by[k].overlaps(x)) for x in spans]


def touching(spans: Sequence[Span]) -> list[list[int]]:
    """For each span the indices of the others that overlap it, in order."""
    return [[k for k in near if k != i] for i, near in enumerate(touched(spans, spans))]


def extent(spans: Iterable[Span]) -> Span:
    """From the first character of all to the last."""
    starts, ends = zip(*((s.start, s.end) for s in spans), strict=True)
    return Span(min(starts), max(ends))


def overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    """The characters that are in both, as a share of those in either."""
    both = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    return both / max(1, sum(x.end - x.start for x in (*a, *b)) - both)


def joined(text: str, parts: Sequence[Span]) -> tuple[Span, ...]:
    """The parts in order, those with nothing but white space between them made one."""
    joined = [parts[0]]
    for span in parts[1:]:
        if span.start <= joined[-1].end or not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
