"""Two versions read side by side (pairs.py), where listed evidence leaves in doubt whether passages tell one claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from stemmata.collate.nominations import Again, Candidate, Nominations, Weighed
from stemmata.collate.passages import Reading
from stemmata.collate.rebuttal import reads_as_answer
from stemmata.model import Span, Statement
from stemmata.pairs import Excerpt, Judge, excerpt, reader
from stemmata.weighing import Weighing, chance

READ_CLAUSES = 4  # clauses of the child that are read beside one claim (by hand)
UNTOLD = -4.0  # log-odds that one side is told by nothing of the other: where one passage alone is read (by hand)
IN_DOUBT = (0.02, 0.98)  # probabilities by listed evidence between which two statements are read as well (by hand)
OTHER = -4.0  # log-odds under which two passages that share no word are two claims: see `Beside.apart`


class Beside:
    """Two versions, whose passages are read side by side where listed evidence leaves a doubt (pairs.py)."""

    def __init__(self, parent: Reading, child: Reading, judge: Judge | None = None) -> None:
        self.parent, self.child = parent, child
        self.manner: dict[str, float] = {}  # how the one retells the other, see `manner`
        self._judge = judge or reader().read
        self._same: dict[tuple[int, int | Span], float] = {}
        self._answers: dict[tuple[int, int], bool] = {}

    def read(self, candidates: Iterable[Candidate[Again]]) -> list[Candidate[Again]]:
        """The candidates, each with what reading the two passages adds to its evidence."""
        found = list(candidates)
        scores = self._scores([(c.parent, c.again) for c in found])
        beside = _two_best((c.parent, x) for c, x in zip(found, scores, strict=True))
        behind = _two_best((c.again, x) for c, x in zip(found, scores, strict=True) if isinstance(c.again, int))
        out = []
        for c, mine in zip(found, scores, strict=True):
            read = {
                "read": min(max(mine, -8.0), 8.0) / 8,
                "read as likely": chance(mine),
                "read, ahead of the child's others": _ahead(mine, beside[c.parent]),
                "read, ahead of the parent's others": _ahead(mine, behind.get(c.again, ())),
            }
            out.append(replace(c, evidence={**c.evidence, **read, **self.manner}))
        return out

    def apart(self, at: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        """Which pairs of statements are two claims, by reading: those of two known speakers of whom the one answers the
        other (`rebuttal.reads_as_answer`); and, whoever says them, those of which no telling word of the one is in the
        other. An invention in the mouth of the same speaker, in the same place, is one.

        On bench/train and the dossiers that are held back, 2 of the 624 gold pairs without a common word that are found
        are lost by it, and it knows 175 of 294 pairs of two claims by one speaker; -3 would lose 13 and know 217. In
        our rewrites a to c and f to k all that it parts are two claims."""
        told, again, pairs = self.parent.told, self.child.told, list(at)
        strange = [(i, j) for i, j in pairs if told[i].telling and set(told[i].telling).isdisjoint(again[j].weights)]
        apart = {x for x, score in zip(strange, self._scores(strange), strict=True) if score < OTHER}
        return apart | self._answering([x for x in pairs if x not in apart and self._of_two(*x)])

    def _of_two(self, i: int, j: int) -> bool:
        actors = {v.statements[k].actor for v, k in ((self.parent.version, i), (self.child.version, j))}
        return len(actors) == 2 and None not in actors

    def _answering(self, at: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
        new = [x for x in dict.fromkeys(at) if x not in self._answers]
        found = in_answer(self.parent, self.child, new, self._judge)
        self._answers |= {x: x in found for x in new}
        return {x for x in at if self._answers[x]}

    def _scores(self, at: Sequence[tuple[int, int | Span]]) -> list[float]:
        """The log-odds that passages tell one claim, each read once."""
        new = [x for x in dict.fromkeys(at) if x not in self._same]
        judged = self._judge([(_told(self.parent, i), _told(self.child, x)) for i, x in new])
        self._same |= {x: float(score) for x, score in zip(new, judged.same, strict=True)}
        return [self._same[x] for x in at]


def in_answer(one: Reading, other: Reading, at: Sequence[tuple[int, int]], judge: Judge) -> set[tuple[int, int]]:
    """Of statements of two speakers, by their indices in both, those that are an answer and what it answers, or two
    claims anyway, read side by side either way round."""
    rows = [(_told(one, i), _told(other, j)) for i, j in at]
    judged = judge([*rows, *((b, a) for a, b in rows)])
    same, answers = (
        [max(float(x[k]), float(x[k + len(at)])) for k in range(len(at))] for x in (judged.same, judged.answers)
    )
    return {
        (i, j)
        for (i, j), x, y in zip(at, same, answers, strict=True)
        if reads_as_answer(one.told[i], other.told[j], x, y)
    }


def _told(reading: Reading, at: int | Span) -> Excerpt:
    """A statement, by its index, or a clause."""
    if isinstance(at, int):
        return in_its_sentences(reading, reading.version.statements[at])
    return excerpt(reading.text, reading.sentences, (at,))


def _two_best(scored: Iterable[tuple[int | Span, float]]) -> dict[int | Span, tuple[float, ...]]:
    """The two greatest scores of each statement, the greatest first."""
    best: dict[int | Span, tuple[float, ...]] = {}
    for at, score in scored:
        best[at] = tuple(sorted((*best.get(at, ()), score), reverse=True)[:2])
    return best


def _ahead(mine: float, best: tuple[float, ...]) -> float:
    """How far a score leads the others of a statement, or lies behind them, and so what is told by nothing; the two
    `best` of them all are enough to know."""
    others = best[1:] if best[:1] == (mine,) else best[:1]
    return min(max(mine - max((UNTOLD, *others)), -8.0), 8.0) / 8


def in_its_sentences(reading: Reading, s: Statement) -> Excerpt:
    """A statement in the words of its sentences."""
    return excerpt(reading.text, reading.sentences, s.content, s.source, s.cue)


def manner(weighed: Iterable[Weighed[int]], parent: Reading) -> dict[str, float]:
    """How a version retells another, by what it likely tells again: the share of the words that it keeps, and of the
    statements. Where one statement is told in wholly other words, so are its neighbours."""
    best: dict[int, tuple[float, float]] = {}
    for p, c in weighed:
        best[c.parent] = max(best.get(c.parent, (0.5, 0.0)), (p, c.evidence["of both"]))
    again = [x for p, x in best.values() if p > 0.5]
    share = len(again) / max(1, len(parent.told))
    return {"words kept": (sum(again) + 0.5) / (len(again) + 1), "statements kept": share}


def read_in_doubt(
    beside: Beside, found: Nominations, first: Weighing
) -> tuple[list[Weighed[int]], list[Candidate[int]]]:
    """The statements that listed evidence is sure of, and the others read side by side; from then on `beside` knows in
    what manner the one retells the other, if it did not before."""
    chances = list(zip(found.chances(first), found, strict=True))
    beside.manner = beside.manner or manner(chances, beside.parent)
    low, high = IN_DOUBT
    sure = [(p, c) for p, c in chances if not low < p < high]
    return sure, beside.read(c for p, c in chances if low < p < high)


def weighed_statements(beside: Beside, found: Nominations, scales: Mapping[str, Weighing]) -> list[Weighed[int]]:
    """The probability that two statements tell one claim, by listed evidence; those in doubt are read as well."""
    sure, read = read_in_doubt(beside, found, scales["told again"])
    return sure + [(scales["told again, read"].probability(c.evidence), c) for c in read]


def weighed_clauses(
    beside: Beside, found: Sequence[Candidate[Span]], scales: Mapping[str, Weighing]
) -> list[Weighed[Span]]:
    """The likeliest clauses of the child for each claim, read, with the probability that they tell it."""
    second = scales["in own voice, read"]
    return [(second.probability(c.evidence), c) for c in beside.read(likely_clauses(found, scales["in own voice"]))]


def likely_clauses(found: Iterable[Candidate[Span]], first: Weighing) -> list[Candidate[Span]]:
    """The `READ_CLAUSES` clauses of each claim that listed evidence speaks for the most."""
    by_claim: dict[int, list[tuple[float, int, Candidate[Span]]]] = {}
    for n, c in enumerate(found):
        if (p := first.probability(c.evidence)) > IN_DOUBT[0]:
            by_claim.setdefault(c.parent, []).append((-p, n, c))
    return [c for row in by_claim.values() for _, _, c in sorted(row)[:READ_CLAUSES]]
