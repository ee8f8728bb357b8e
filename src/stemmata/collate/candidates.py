"""Which documents are worth comparing, without comparing all: an inverted index of what survives a rewrite.

A document's marks are its rare stems (names, numbers, odd words), hashed, and one in `SAMPLE` of its runs of eight
words. Two documents are candidates if enough of the smaller one's rare stems are in the other, or if they share long
passages. The relation is symmetric and depends on the two documents alone, so the order of arrival does not show.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from stemmata.collate.witness import Witness, hashed

SURE = 4.0  # rarity of an indexed stem: in fewer than 1 of 55 texts; from 5 on, everyday politics has too few
ENOUGH = 0.2  # share of the smaller document's rare stems: the least of 192 edges of bench/train is 0.26
FEW = 2  # rare stems in common at the least: the least of these edges is 10; short texts have few
PASSAGE = 8  # words of an indexed run
SAMPLE = 16  # one run in 16 is kept: a passage of 50 words keeps two with a chance of 0.8, one of 100 with 0.98
PASSAGES = 2  # kept runs in common that make a candidate by themselves


@dataclass(frozen=True, slots=True)
class Marks:
    """What the index keeps of a document."""

    stems: frozenset[int]
    runs: frozenset[int]
    time: float | None


def marks(witness: Witness) -> Marks:
    rare = frozenset(hashed((s,)) for s, w in witness.weights.items() if w >= SURE)
    words = witness.words
    runs = (hashed(words[k : k + PASSAGE]) for k in range(len(words) - PASSAGE + 1))
    return Marks(rare, frozenset(r for r in runs if r % SAMPLE == 0), witness.time)


def enough(shared: int, one: int, other: int) -> bool:
    """Whether two documents with `one` and `other` rare stems, `shared` of them in both, are worth comparing."""
    smaller = min(one, other)
    return shared >= ENOUGH * smaller and shared >= min(FEW, smaller)


class Index:
    """Marks of many documents. `window` is the time in seconds beyond which two documents are not compared."""

    def __init__(self, window: float | None = None) -> None:
        self.window = window
        self.ids: list[str] = []
        self._sizes = array("I")
        self._times = array("d")  # nan where not known: never outside a window
        self._stems: dict[int, int | array[int]] = {}
        self._runs: dict[int, int | array[int]] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, name: str, found: Marks) -> None:
        number = len(self.ids)
        self.ids.append(name)
        self._sizes.append(len(found.stems))
        self._times.append(float("nan") if found.time is None else found.time)
        for table, features in ((self._stems, found.stems), (self._runs, found.runs)):
            for feature in features:
                held = table.get(feature)
                if held is None:
                    table[feature] = number  # most are in one document: a bare number takes a tenth of the memory
                elif isinstance(held, int):
                    table[feature] = array("I", (held, number))
                else:
                    held.append(number)

    def candidates(self, found: Marks) -> list[str]:
        """The documents to compare with, in the order in which they were added."""
        stems, runs = _hits(self._stems, found.stems), _hits(self._runs, found.runs)
        mine = len(found.stems)
        numbers = {n for n, many in runs.items() if many >= PASSAGES}
        numbers |= {n for n, many in stems.items() if enough(many, mine, self._sizes[n])}
        return [self.ids[n] for n in sorted(numbers) if self._inside(n, found.time)]

    def _inside(self, number: int, time: float | None) -> bool:
        if self.window is None or time is None:
            return True
        return not abs(self._times[number] - time) > self.window  # a comparison with nan is false


def _hits(table: dict[int, int | array[int]], features: Iterable[int]) -> Counter[int]:
    found: Counter[int] = Counter()
    single: list[int] = []
    for feature in features:
        held = table.get(feature)
        if isinstance(held, int):
            single.append(held)
        elif held is not None:
            found.update(held)
    found.update(single)
    return found
