"""Which documents are worth comparing, without comparing all: an inverted index of what survives a rewrite.

A document's marks are its rare stems (names, numbers, odd words), hashed, and one in `SAMPLE` of its runs of eight
words that begin with a word of content. Two documents are candidates if enough of the smaller one's rare stems are in
the other, or if they share long passages. The relation is symmetric and depends on the two documents alone, so the
order of arrival does not show.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from stemmata.collate.witness import SPEAKING, TELLING, Witness, hashed

SURE = 4.0  # rarity of an indexed stem: in fewer than 1 of 55 texts; from 5 on, everyday politics has too few
ENOUGH = 0.2  # share of the smaller document's rare stems: the least of 192 edges of bench/train is 0.26
LEAST = 10  # a text with fewer rare stems is indexed by its rarest, so that a notice of 20 words is found too
FEW = 2  # rare stems in common at the least: the least of these edges is 10; short texts have few
PASSAGE = 8  # words of an indexed run
# One run in 4 of those that begin with a telling word, which are a quarter of all: a passage of 50 words keeps two with
# a chance of 0.8, one of 100 with 0.98. Runs of grammar alone are furniture that stands on pages of all kinds.
SAMPLE = 4
PASSAGES = 2  # kept runs in common that make a candidate by themselves


Hits = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What the index keeps of a document."""

    stems: frozenset[int]
    runs: frozenset[int]
    time: float | None


def marks(witness: Witness) -> Marks:
    """What the index knows a document by."""
    rare = [s for s, w in witness.weights.items() if w >= SURE]
    if len(rare) < LEAST:
        spoken = [s for s, w in witness.weights.items() if w >= SPEAKING]
        rare = sorted(spoken, key=lambda s: (-witness.weights[s], s))[:LEAST]
    words = witness.words
    runs = set()
    for k, s in enumerate(witness.stems[: max(0, len(words) - PASSAGE + 1)]):
        if witness.weights[s] >= TELLING:
            run = hashed(words[k : k + PASSAGE])
            if run % SAMPLE == 0:
                runs.add(run)
    return Marks(frozenset(hashed((s,)) for s in rare), frozenset(runs), witness.time)


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
        """Enters a document under its marks."""
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
        if not self.ids:
            return []
        runs, many = self._hits(self._runs, found.runs)
        passages = runs[many >= PASSAGES]
        stems, many = self._hits(self._stems, found.stems)
        smaller = np.minimum(np.frombuffer(self._sizes, np.uint32)[stems], len(found.stems))
        near = stems[(many >= ENOUGH * smaller) & (many >= np.minimum(FEW, smaller))]
        numbers = np.union1d(passages, near)
        if self.window is not None and found.time is not None:
            # a comparison with nan is false
            numbers = numbers[~(np.abs(np.frombuffer(self._times)[numbers] - found.time) > self.window)]
        return [self.ids[n] for n in numbers]

    @staticmethod
    def _hits(table: dict[int, int | array[int]], features: Iterable[int]) -> tuple[Hits, Hits]:
        """The documents that have some of `features`, by number, and how many each has."""
        found = [x for x in map(table.get, features) if x is not None]
        single = array("I", (x for x in found if isinstance(x, int)))
        rows = [np.frombuffer(x, np.uint32) for x in (single, *(x for x in found if not isinstance(x, int))) if x]
        counts = np.bincount(np.concatenate(rows)) if rows else np.empty(0, np.int64)
        numbers = np.flatnonzero(counts)
        return numbers, counts[numbers]
