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


def touching(spans: Sequence[Span]) -> list[set[int]]:
    """For each span the indices of the others that overlap it."""
    placed = Placed()
    for i, x in enumerate(spans):
        placed.enter(i, x)
    return [{k for k in placed.near(x) if k != i and spans[k].overlaps(x)} for i, x in enumerate(spans)]


def extent(spans: Iterable[Span]) -> Span:
    """From the first character of all to the last."""
    every = list(spans)
    return Span(min(s.start for s in every), max(s.end for s in every))


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
