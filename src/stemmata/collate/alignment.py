"""What one version tells again of the version it was made from: which statement, or which plain clause, tells which.

An alignment looks at one edge alone, so a family grows without its older edges being touched. What likeness nominates
(nominations.py) is weighed; where that leaves a doubt, both passages are read side by side (beside.py), and what that
tells is weighed with the rest. A claim of the parent that no statement of the child tells is looked for in the child's
plain sentences; a clause that tells it becomes a statement in the outlet's own voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from stemmata.collate.beside import Beside, weighed_clauses, weighed_statements
from stemmata.collate.nominations import Candidate, Weighed, clause_candidates, left_over, statement_candidates
from stemmata.collate.parts import SURE, Part, said_parts, told_in_parts, without
from stemmata.collate.passages import Passage, Reading, Version, crossed, reading_of, strangers
from stemmata.collate.rebuttal import rebutted
from stemmata.model import Span, Statement, statement_id
from stemmata.pairs import Judge
from stemmata.surface import WORD
from stemmata.weighing import Weighing, odds_of, weighings

SAME_CLAUSE = 0.5  # two claims in the outlet's voice do not share more of a clause than this (words in both to either)
FEW = 2  # see made_evidence (by hand)
Parts = tuple[tuple[Span, ...], tuple[Span, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A statement of the parent and what tells it again in the child; of one that is told in parts (parts.py) the
    `part` of its content that belongs to this pair."""

    parent: str
    child: str
    score: float
    part: Parts = ((), ())  # of the parent's and of the child's; empty: all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A statement of either side that nothing was paired with, and what tells whether it is truly gone, or new."""

    statement: str
    evidence: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """What one version kept of another. `own_voice`: the statements found in the child's plain sentences."""

    parent: str
    child: str
    pairs: tuple[Pair, ...]
    own_voice: tuple[Statement, ...] = ()
    loose: tuple[Loose, ...] = ()


def alignment(
    parent: Version, child: Version, scales: Mapping[str, Weighing] | None = None, *, judge: Judge | None = None
) -> Alignment:
    """Which statement, or which plain clause, of `child` tells which statement of `parent`; one to one, but for what is
    told in parts.

    First the pairs that are sure by themselves; then, among what is left, pairs that their neighbours and speakers
    make likely against clauses in the outlet's own voice; last what tells other sentences of a statement that is
    paired, or is told by them (parts.py). `judge` reads passages side by side (the shipped network).
    """
    scales = scales or weighings()
    a, b = reading_of(parent), reading_of(child)
    beside = Beside(a, b, judge)
    told = [
        (p, c)
        for p, c in weighed_statements(beside, statement_candidates(a, b), scales)
        if not (crossed(x := a.told[c.parent], y := b.told[c.again]) or strangers(x, y) or rebutted(x, y))
    ]
    least = scales["told again"].threshold
    apart = beside.apart((c.parent, c.again) for p, c in told if p >= least)
    told = [(p, c) for p, c in told if (c.parent, c.again) not in apart]
    sure = sure_pairs(told, least)
    weighed = _weighed_rest(beside, told, {i: j for i, (j, _) in sure.items()}, scales)
    found = _Found(a, b)
    for i, (j, p) in sure.items():
        found.pair(i, j, p)
    found.pair_rest(weighed, scales)
    for side in (0, 1):
        parts = told_in_parts((a, b), side, found.partners[side], found.free(side), beside.manner, scales, judge)
        found.add_parts(parts, side)
    doubts = Doubts(told, weighed, found.used, beside.manner)
    return Alignment(
        parent=parent.document,
        child=child.document,
        pairs=tuple(found.pairs),
        own_voice=tuple(found.own_voice),
        loose=(*doubts.loose(a, 0), *doubts.loose(b, 1)),
    )


def _weighed_rest(
    beside: Beside, told: Sequence[Weighed[int]], sure: Mapping[int, int], scales: Mapping[str, Weighing]
) -> list[Weighed[int] | Weighed[Span]]:
    """What may tell again the claims that `sure` leaves: plain clauses of the child, and statements that were left."""
    a, b = beside.parent, beside.child
    least = scales["in own voice, read"].threshold
    voiced = [
        (p, c)
        for p, c in weighed_clauses(beside, clause_candidates(a, b, sure), scales)
        if p < least or not crossed(a.told[c.parent], Passage(b, (c.again,)))
    ]
    more = beside.read(left_over(a, b, (c for _, c in told), sure, voiced))
    apart = beside.apart((c.parent, c.again) for c in more)
    left = scales["told again, left over"]
    return [*voiced, *((left.probability(c.evidence), c) for c in more if (c.parent, c.again) not in apart)]


class _Found:
    """The pairs of an edge as they are found: each statement in one, but for what is told in parts.

    Of what has two sides, 0 is the parent's and 1 the child's.
    """

    def __init__(self, parent: Reading, child: Reading) -> None:
        self._readings = parent, child
        self.pairs: list[Pair] = []
        self.own_voice: list[Statement] = []
        self.used: tuple[set[int], set[int]] = (set(), set())  # the statements that have a partner
        self.partners: tuple[dict[int, Passage], dict[int, Passage]] = ({}, {})  # what tells them on the other side

    def pair(self, i: int, j: int, score: float) -> None:
        """The parent's statement `i` is told again by the child's `j`."""
        parent, child = self._readings
        again = child.version.statements[j].id
        self.pairs.append(Pair(parent=parent.version.statements[i].id, child=again, score=round(score, 4)))
        self.used[0].add(i)
        self.used[1].add(j)
        self.partners[0][i], self.partners[1][j] = child.told[j], parent.told[i]

    def voice(self, i: int, clause: Span, score: float) -> None:
        """The parent's statement `i` is told again by a clause of the child, unless that tells another already."""
        parent, child = self._readings
        if any(overlap(child.text, clause, s.content[0]) > SAME_CLAUSE for s in self.own_voice):
            return
        said = parent.version.statements[i]
        again = own_voice_statement(child.version, clause, said, score)
        self.own_voice.append(again)
        self.pairs.append(Pair(parent=said.id, child=again.id, score=round(score, 4)))
        self.used[0].add(i)
        self.partners[0][i] = Passage(child, (clause,))

    def pair_rest(self, weighed: Iterable[Weighed[int] | Weighed[Span]], scales: Mapping[str, Weighing]) -> None:
        """Pairs what is likely enough and still free, the likeliest first."""
        left, voiced = scales["told again, left over"].threshold, scales["in own voice, read"].threshold
        rows = ((p, c.parent, isinstance(c.again, int), c.again) for p, c in weighed)
        likely = ((-p, i, said, again) for p, i, said, again in rows if p >= (left if said else voiced))
        for p, i, _, again in sorted(likely):
            if i in self.used[0]:
                continue
            if isinstance(again, Span):
                self.voice(i, again, -p)
            elif again not in self.used[1]:
                self.pair(i, again, -p)

    def free(self, side: int) -> set[int]:
        """The statements that may tell a part of one of `side`: those of the other side which no sure pair has."""
        other = 1 - side
        voiced = {s.id for s in self.own_voice}
        unsure = {p.parent for p in self.pairs if p.child in voiced and p.score < SURE}
        return {
            k
            for k, x in enumerate(self._readings[other].version.statements)
            if x.sourcing != "outlet" and (k not in self.used[other] or (other == 0 and x.id in unsure))
        }

    def add_parts(self, parts: Sequence[Part], side: int) -> None:
        """Adds what tells a part of a statement of `side`, instead of a clause that tells less surely."""
        if side:
            statements = self._readings[0].version.statements
            instead = {statements[x.other].id for x in parts}
            gone = {p.child for p in self.pairs if p.parent in instead}
            self.own_voice = [s for s in self.own_voice if s.id not in gone]
            self.pairs = [p for p in self.pairs if p.child not in gone]
        versions = self._readings[0].version, self._readings[1].version
        self.pairs = _in_parts(self.pairs, parts, versions, side)
        self.used[1 - side].update(x.other for x in parts)


def sure_pairs(weighed: Iterable[Weighed[int]], least: float) -> dict[int, tuple[int, float]]:
    """The parent's statements with the child's, the likeliest first, each once, none under `least`."""
    out: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    likely = [(p, c.parent, c.again) for p, c in weighed if p >= least]
    for p, i, j in sorted(likely, key=lambda x: (-x[0], x[1:])):
        if i not in out and j not in taken:
            out[i] = (j, p)
            taken.add(j)
    return out


def own_voice_statement(child: Version, clause: Span, said: Statement, score: float) -> Statement:
    """The clause of `child` that tells what `said` told, as a statement of the outlet."""
    content = (clause,)
    return Statement(
        id=statement_id(document=child.document, source=None, cue=None, content=content),
        document=child.document,
        source=None,
        cue=None,
        content=content,
        mode="indirect",
        act=said.act,
        act_probability=said.act_probability,
        sourcing="outlet",
        confidence=round(score, 4),
        acts=said.acts,
    )


def made_from(edge: float, told: int, every: int, scales: Mapping[str, Weighing]) -> float:
    """How likely it is that a version was made from another, given that `told` of `every` statement of it tell again
    what its parents tell. `edge` is how likely that was by its wording; of 1 it is known, not found."""
    return scales["made from"].probability(made_evidence(edge, told, every)) if edge < 1.0 else edge


def made_evidence(edge: float, told: int, every: int) -> dict[str, float]:
    """As if there were `FEW` statements more of which three in four are told again: a notice of one tells little."""
    edge = min(max(edge, 0.01), 0.999)
    return {"wording": odds_of(edge), "told again": (told + 0.75 * FEW) / (every + FEW)}


def overlap(text: str, a: Span, b: Span) -> float:
    """The words in both spans to the words in either."""
    x, y = ({m.start() for m in WORD.finditer(text, s.start, s.end)} for s in (a, b))
    return len(x & y) / max(1, len(x | y))


def _in_parts(pairs: Sequence[Pair], found: Sequence[Part], versions: tuple[Version, Version], side: int) -> list[Pair]:
    """The pairs, with those of what tells a part of a statement of `side`; its first pair keeps the rest of it."""
    out = list(pairs)
    for k in sorted({x.whole for x in found}):
        said = versions[side].statements[k]
        mine = [x for x in found if x.whole == k]
        others = {span for x in mine for span in x.part}
        every = [span for content in said_parts(versions[side].text, said) for span in content]
        rest = without(versions[side].text, every, others)
        for n, p in enumerate(out):
            if said.id == (p.child if side else p.parent):
                out[n] = replace(p, part=_of_side(p.part, rest, side))
        for x in mine:
            other = versions[1 - side].statements[x.other].id
            one, two = (other, said.id) if side else (said.id, other)
            out.append(Pair(parent=one, child=two, score=round(x.score, 4), part=_of_side(((), ()), x.part, side)))
    return out


def _of_side(part: Parts, spans: tuple[Span, ...], side: int) -> Parts:
    return (part[0], spans) if side else (spans, part[1])


class Doubts:
    """How likely it is that a statement that nothing was paired with is told on the other side all the same."""

    def __init__(
        self,
        told: Iterable[Weighed[int]],
        weighed: Iterable[Weighed[int] | Weighed[Span]],
        used: tuple[set[int], set[int]],
        manner: Mapping[str, float],
    ) -> None:
        self._used, self._kept = used, manner["words kept"]
        self._best: dict[tuple[int, int, str], float] = {}
        for p, c in told:
            if c.parent not in used[0] or c.again not in used[1]:
                self._doubt("told", c, p)
        for p, x in weighed:
            if x.parent not in used[0] and x.again not in used[1]:
                self._doubt("left over" if isinstance(x.again, int) else "in own voice", x, p)

    def _doubt(self, kind: str, candidate: Candidate[int] | Candidate[Span], chance: float) -> None:
        for side, at in enumerate((candidate.parent, candidate.again)):
            if isinstance(at, int):
                self._best[side, at, kind] = max(chance, self._best.get((side, at, kind), 0.0))

    def loose(self, reading: Reading, side: int) -> list[Loose]:
        """The statements of one side (0 the parent's, 1 the child's) that have no partner, each with its doubts."""
        used = self._used[side]
        rank = reading.rank
        paired = {rank[k] for k in used}
        out = []
        for k, passage in enumerate(reading.told):
            if k in used:
                continue
            s = reading.version.statements[k]
            chances = {kind: self._best.get((side, k, kind), 0.0) for kind in ("told", "left over", "in own voice")}
            evidence = chances | {
                "likeliest": max(chances.values()),
                "inner": float(reading.nestings[k].reported),
                "outlet": float(s.sourcing == "outlet"),
                "quoted": float(bool(passage.quoted)),
                "words": min(len(passage.stems), 20) / 20,
                "short": float(len(passage.stems) <= 3),
                "share paired": len(used) / len(reading.told),
                "words kept": self._kept,
                "neighbours paired": ((rank[k] - 1 in paired) + (rank[k] + 1 in paired)) / 2,
                "place": passage.place,
            }
            out.append(Loose(statement=s.id, evidence=evidence))
        return out
