"""Which passages of two versions may tell one claim, with listed evidence: statements, and clauses that no one says.

Likeness nominates: shared words by their weight, words near in sense, quoted runs, numbers as values, names, sources
and order. `beside` and `alignment` weigh it.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from stemmata.collate.likeness import Likeness, nearness
from stemmata.collate.passages import COVERED, Passage, Reading, Row, shared_weight
from stemmata.language.clauses import claims_in
from stemmata.model import Span
from stemmata.weighing import Weighing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stemmata.collate.passages import Ints, Numbers

# Sentences of a child, by shared weight and sense, whose clauses are tried for one claim: the gold clause is among
# them for 408 of 425 claims in own voice of bench/train (set by hand, not tuned)
BEST_SENTENCES = 4
SOMETHING = 0.4  # weight of words that statements of two speakers share at least: neighbours alone pair nothing
SOME_SENSE = 0.1  # likewise the share of both that is near in sense


Again = TypeVar("Again", int, Span, int | Span)


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Again]):
    """A possible pair: the index of the parent's statement, `again` what may tell it in the child, the index of a
    statement or a clause, and the evidence."""

    parent: int
    again: Again
    evidence: Mapping[str, float]


Weighed = tuple[float, Candidate[Again]]


@dataclass(frozen=True, slots=True, eq=False)
class _Row(Mapping[str, float]):
    """A row of columns, which is not drawn up until it is asked: of two transcripts there are too many."""

    columns: Mapping[str, Numbers]
    at: int

    def __getitem__(self, name: str) -> float:
        return float(self.columns[name][self.at])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


class Nominations:
    """Pairs of statements with their evidence.

    `parent` and `child` are the indices of the statements of each, `columns` the evidence by name.
    """

    def __init__(self, parent: Ints, child: Ints, columns: Mapping[str, Numbers]) -> None:
        self.parent, self.child, self.columns = parent, child, columns

    def __len__(self) -> int:
        return len(self.parent)

    def __iter__(self) -> Iterator[Candidate[int]]:
        pairs = enumerate(zip(self.parent.tolist(), self.child.tolist(), strict=True))
        return (Candidate(i, j, _Row(self.columns, n)) for n, (i, j) in pairs)

    def among(self, kept: NDArray[np.bool_]) -> Nominations:
        """Those of the pairs that `kept` marks."""
        columns = {name: column[kept] for name, column in self.columns.items()}
        return Nominations(self.parent[kept], self.child[kept], columns)

    def chances(self, scale: Weighing) -> list[float]:
        """How likely each pair tells one claim."""
        return scale.probabilities(self.columns) if len(self) else []

    def likely(self, scale: Weighing) -> list[Weighed[int]]:
        """The pairs to which `scale` says yes."""
        if not len(self):
            return []
        near = self.among(scale.many_odds(self.columns) >= scale.least_odds)
        return [(p, c) for p, c in zip(near.chances(scale), near, strict=True) if p >= scale.threshold]


def statement_candidates(parent: Reading, child: Reading) -> Nominations:
    """Every statement of the parent with every statement of the child."""
    rows, columns = len(parent.told), len(child.told)
    i, j = (x.ravel() for x in np.indices((rows, columns)))
    if not len(i):
        return Nominations(i, j, {})
    a, b = parent.row, child.row
    evidence = Likeness(a, b, i, j, nearness(a, b)).columns
    mine = evidence["of both"].reshape(rows, columns)
    none = np.full(mine.shape, 0.3)  # ahead of others that there are none of
    ahead = {
        "ahead of parent's others": mine - _greatest_other(mine) if columns > 1 else none,
        "ahead of child's others": mine - _greatest_other(mine.T).T if rows > 1 else none,
    }
    return Nominations(i, j, evidence | {name: column.ravel() for name, column in ahead.items()})


def _greatest_other(values: Numbers) -> Numbers:
    """For each value the greatest of the others of its row; for one alone, itself."""
    if values.shape[1] < 2:
        return values
    first = values.argmax(1)[:, None]
    greatest = np.broadcast_to(np.take_along_axis(values, first, 1), values.shape).copy()
    second = -np.partition(-values, 1, axis=1)[:, 1:2]
    np.put_along_axis(greatest, first, second, 1)
    return greatest


def clause_candidates(parent: Reading, child: Reading, sure: Mapping[int, int]) -> list[Candidate[Span]]:
    """The statements that `sure` (parent's statement -> child's) leaves, with the child's clauses that none holds."""
    sentences, background = child.open_sentences, parent.unspoken
    loose = [i for i in range(len(parent.told)) if i not in sure]
    if not sentences or not loose:
        return []
    course = Course(parent, child, sure)
    told = Row([parent.told[i] for i in loose])
    near = nearness(told, Row(sentences))
    tried: dict[int, list[tuple[int, float]]] = {}  # statement -> its sentences, the best first, and how far it leads
    for row, i in enumerate(loose):
        a = parent.told[i]
        value = [
            shared_weight(a.weights, s.weights) + 0.2 * shared_weight(a.around, s.weights)
            + float(near.of_parent[row, k]) * a.total
            for k, s in enumerate(sentences)
        ]  # fmt: skip
        order = sorted(range(len(sentences)), key=lambda k: -value[k])[:BEST_SENTENCES]
        ahead = value[order[0]] - value[order[1]] if len(order) > 1 else 1.0
        tried[i] = [(k, min(ahead, 3.0) / 3 if k == order[0] else 0.0) for k in order]
    parts = {
        k: [
            Passage(child, (c,))
            for c in claims_in(child.text, sentences[k].spans[0])
            if child.held(c) <= COVERED and not child.spoken(c) and not child.torn(c)
        ]
        for k in sorted({k for found in tried.values() for k, _ in found})
    }
    rivals = {k: max((_dice(sentences[k], b) for b in background), default=0.0) for k in parts}
    claims = {k: [_dice(sentences[k], t) for t in parent.told] for k in parts}
    other = {k: _greatest_other(np.array([x]))[0].tolist() for k, x in claims.items()}
    paired = {k: max((x[n] for n in sure), default=0.0) for k, x in claims.items()}
    every = [b for found in parts.values() for b in found]
    if not every:
        return []
    place = {(k, n): at for at, (k, n) in enumerate((k, n) for k, found in parts.items() for n in range(len(found)))}
    pairs = [
        (row, rank, k, ahead, n)
        for row, i in enumerate(loose)
        for rank, (k, ahead) in enumerate(tried[i])
        for n in range(len(parts[k]))
    ]
    beside = Row(every)
    at = np.array([(row, place[k, n]) for row, _, k, _, n in pairs], np.intp).reshape(-1, 2).T
    alike = Likeness(told, beside, at[0], at[1], nearness(told, beside)).rows()
    out = []
    for (row, rank, k, ahead, n), e in zip(pairs, alike, strict=True):
        i, b = loose[row], parts[k][n]
        a = parent.told[i]
        e |= {
            "rank": float(rank),
            "ahead": ahead,
            "background": rivals[k],
            "other claim": other[k][i] if len(parent.told) > 1 else 0.0,
            "paired claim": paired[k],
            "whole sentence": float(b.spans[0] == sentences[k].spans[0]),
            "own voice before": float(a.sourcing == "outlet"),
            "indirect before": float(not a.quoted),
            "words": min(len(b.stems), 30) / 30,
            "longer": math.log(max(1, len(b.stems)) / max(1, len(a.stems))),
            "held": child.held(b.spans[0]),
        }
        e |= course.evidence(a, b) | parent.nestings[i].evidence(b)
        out.append(Candidate(i, b.spans[0], e))
    return out


def left_over(
    parent: Reading,
    child: Reading,
    found: Iterable[Candidate[int]],
    sure: Mapping[int, int],
    voiced: Iterable[Weighed[Span]],
) -> list[Candidate[int]]:
    """What `sure` (parent's statement -> child's) leaves on both sides, with what its neighbours and speakers tell, and
    the clauses in the outlet's own voice that may tell the claim instead (`voiced`)."""
    taken = set(sure.values())
    instead: dict[int, float] = {}
    for p, clause in voiced:
        instead[clause.parent] = max(p, instead.get(clause.parent, 0.0))
    after = child.rank
    free = [1] * len(after)
    for k in taken:
        free[after[k]] = 0
    free_before = [0, *accumulate(free)]  # how many statements of the child before that rank are not taken
    paired = sorted(sure, key=parent.rank.__getitem__)
    ranks = [parent.rank[k] for k in paired]
    course = Course(parent, child, sure)
    out = []
    for c in found:
        if c.parent in sure or c.again in taken:
            continue
        a, b = parent.told[c.parent], child.told[c.again]
        x, y = parent.version.statements[c.parent], child.version.statements[c.again]
        one_speaker = bool(a.source & b.source) or (x.actor is not None and x.actor == y.actor)
        near = c.evidence["soft words"] or c.evidence["sense of both"] >= SOME_SENSE
        if not one_speaker and not near and shared_weight(a.weights, b.weights) < SOMETHING:
            continue
        at = bisect_left(ranks, parent.rank[c.parent])  # the pairs on either side of it
        low = after[sure[paired[at - 1]]] if at else -1
        high = after[sure[paired[at]]] if at < len(paired) else len(after)
        between = low < after[c.again] < high
        rivals = free_before[high] - free_before[low + 1] if low + 1 < high else 0
        known = x.actor is not None and y.actor is not None
        out.append(
            Candidate(
                c.parent,
                c.again,
                {**c.evidence}
                | course.evidence(a, b)
                | {
                    "between": float(between),
                    "next to": float(after[c.again] in (low + 1, high - 1)),
                    "alone between": float(between and rivals == 1),
                    "same actor": float(known and x.actor == y.actor),
                    "other actor": float(known and x.actor != y.actor),
                    "same act": float(x.act == y.act),
                    "same kind of speaker": float(x.sourcing == y.sourcing),
                    "same speaker and between": float(bool(a.source & b.source)) * float(between),
                    "mode apart": float({x.mode, y.mode} == {"direct", "indirect"}),
                    "told in own voice": instead.get(c.parent, 0.0),
                    "left of the child": 1 - len(taken) / len(child.told),
                },
            )
        )
    return out


# From a pair on to another: so many sentences forward, or back, in both versions
_STEPS = [(x, y) for x in (-2, -1, 1, 2) for y in (-2, -1, 1, 2) if x * y > 0]


class Course:
    """Where in the child a claim of the parent is to be looked for, by the pairs that are sure: a version made from
    another mostly keeps its order."""

    def __init__(self, parent: Reading, child: Reading, sure: Mapping[int, int]) -> None:
        self._parent, self._child = parent, child
        self._paired = sorted(
            (
                parent.told[i].spans[0].start,
                child.told[j].spans[0].start,
                parent.told[i].sentence,
                child.told[j].sentence,
            )
            for i, j in sure.items()
        )
        self._both = {(p, c) for _, _, p, c in self._paired}  # sentences
        self._before, self._again = Counter(p for p, _ in self._both), Counter(c for _, c in self._both)

    def evidence(self, at: Passage, candidate: Passage) -> dict[str, float]:
        """How far a candidate lies from where the parent's passage `at` is expected."""
        start, place = at.spans[0].start, candidate.spans[0].start
        whole = max(1, len(self._child.text))
        k = bisect_right(self._paired, start, key=itemgetter(0))
        before = self._paired[k - 1] if k else (0, 0, -9, -9)
        after = self._paired[k] if k < len(self._paired) else (len(self._parent.text), whole, -9, -9)
        share = (start - before[0]) / max(1, after[0] - before[0])
        expected = before[1] + share * (after[1] - before[1])
        low, high = min(before[1], after[1]), max(before[1], after[1])
        p, c = at.sentence, candidate.sentence
        here = (p, c) in self._both
        return {
            "off course": min(abs(place - expected) / whole, 0.5) * 2,
            "within": float(low <= place <= high),
            "outside by": max(low - place, place - high, 0) / whole,
            "room": (high - low) / whole,
            "sentence shared": float(here),
            "sentence shared in one alone": float(max(self._before[p], self._again[c]) > here),
            "same step": float(any((p + x, c + y) in self._both for x, y in _STEPS if x == y)),
            "step about": float(any((p + x, c + y) in self._both for x, y in _STEPS)),
        }


def _dice(a: Passage, b: Passage) -> float:
    return 2 * shared_weight(a.weights, b.weights) / (a.total + b.total)
