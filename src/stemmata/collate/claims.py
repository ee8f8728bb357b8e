"""The same thing said: which statement of a version tells again which statement of the version it was made from.

An alignment looks at one edge alone, so a family grows without its older edges being touched. Likeness nominates:
shared words by their weight, words near in sense, quoted runs, numbers as values, names, sources and order. Where that
leaves a doubt, both passages are read side by side (pairs.py), and what that tells is weighed with the rest. A claim of
the parent that no statement of the child tells is looked for in the child's plain sentences; a clause that tells it
becomes a statement in the outlet's own voice.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from stemmata.collate.beside import (
    Beside,
    Candidate,
    Weighed,
    most_beside,
    statement_candidates,
    weighed_clauses,
    weighed_statements,
)
from stemmata.collate.parts import SURE, Part, said_parts, told_in_parts, without
from stemmata.collate.passages import (
    COVERED,
    Passage,
    Reading,
    Version,
    crossed,
    likeness,
    nearness,
    reading_of,
    shared_weight,
    strangers,
)
from stemmata.language.wording import clauses, fragments, quoted_spans
from stemmata.model import Claim, Span, Statement, content_id, statement_id
from stemmata.pairs import Judge
from stemmata.surface import WORD
from stemmata.weighing import Weighing, weighings

# Sentences of a child, by shared weight and sense, whose clauses are tried for one claim: the gold clause is among
# them for 408 of 425 claims in own voice of bench/train (set by hand, not tuned)
BEST_SENTENCES = 4
SAME_CLAUSE = 0.5  # two claims in the outlet's voice do not share more of a clause than this (words in both to either)
MOST_SHARING = 60  # a run of quoted words in more documents is a formula, or a family of copies (by hand)
SOMETHING = 0.4  # weight of words that statements of two speakers share at least: neighbours alone pair nothing
SOME_SENSE = 0.1  # likewise the share of both that is near in sense
FEW = 2  # see made_evidence (by hand)
SAME_QUOTE = 5  # words of a quotation that make it the same claim in reports which are not kin (by hand)


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

    def evidence(self, at: Passage, candidate: Passage) -> dict[str, float]:
        start, place = at.spans[0].start, candidate.spans[0].start
        whole = max(1, len(self._child.text))
        before = max((x for x in self._paired if x[0] <= start), default=(0, 0, -9, -9))
        after = min((x for x in self._paired if x[0] > start), default=(len(self._parent.text), whole, -9, -9))
        share = (start - before[0]) / max(1, after[0] - before[0])
        expected = before[1] + share * (after[1] - before[1])
        low, high = min(before[1], after[1]), max(before[1], after[1])
        steps = [(at.sentence - p, candidate.sentence - c) for _, _, p, c in self._paired]
        return {
            "off course": min(abs(place - expected) / whole, 0.5) * 2,
            "within": float(low <= place <= high),
            "outside by": max(low - place, place - high, 0) / whole,
            "room": (high - low) / whole,
            "sentence shared": float(any(p == 0 == c for p, c in steps)),
            "sentence shared in one alone": float(any((p == 0) != (c == 0) for p, c in steps)),
            "same step": float(any(p == c and 0 < abs(p) <= 2 for p, c in steps)),
            "step about": float(any(p * c > 0 and abs(p) <= 2 and abs(c) <= 2 for p, c in steps)),
        }


def clause_candidates(parent: Reading, child: Reading, sure: Mapping[int, int]) -> list[Candidate]:
    """The statements that `sure` (parent's statement -> child's) leaves, with the child's clauses that none holds."""
    sentences, background = child.open_sentences, parent.plain
    loose = [i for i in range(len(parent.told)) if i not in sure]
    if not sentences or not loose:
        return []
    course = Course(parent, child, sure)
    near = nearness([parent.told[i] for i in loose], sentences)
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
            for c in clauses(child.text, sentences[k].spans[0])
            if child.held(c) <= COVERED and not child.spoken(c) and not child.torn(c)
        ]
        for k in sorted({k for found in tried.values() for k, _ in found})
    }
    rivals = {k: max((_dice(sentences[k], b) for b in background), default=0.0) for k in parts}
    others = {k: [_dice(sentences[k], t) for t in parent.told] for k in parts}
    other = {k: most_beside(x) for k, x in others.items()}
    paired = {k: max((x[n] for n in sure), default=0.0) for k, x in others.items()}
    place = {(k, n): at for at, (k, n) in enumerate((k, n) for k, found in parts.items() for n in range(len(found)))}
    if not place:
        return []
    near = nearness([parent.told[i] for i in loose], [b for found in parts.values() for b in found])
    out = []
    for row, i in enumerate(loose):
        a = parent.told[i]
        for rank, (k, ahead) in enumerate(tried[i]):
            for n, b in enumerate(parts[k]):
                e = likeness(a, b, near.of(row, place[k, n])) | {
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
                out.append(Candidate(i, None, b.spans[0], e))
    return out


def _dice(a: Passage, b: Passage) -> float:
    return 2 * shared_weight(a.weights, b.weights) / (a.total + b.total)


def left_over(
    parent: Reading, child: Reading, found: list[Candidate], sure: Mapping[int, int], voiced: Iterable[Weighed]
) -> list[Candidate]:
    """What `sure` (parent's statement -> child's) leaves on both sides, with what its neighbours and speakers tell, and
    the clauses in the outlet's own voice that may tell the claim instead (`voiced`)."""
    taken = set(sure.values())
    instead: dict[int, float] = {}
    for p, c in voiced:
        instead[c.parent] = max(p, instead.get(c.parent, 0.0))
    after = _order(child)
    course = Course(parent, child, sure)
    out = []
    for c in found:
        if c.child is None or c.parent in sure or c.child in taken:
            continue
        a, b = parent.told[c.parent], child.told[c.child]
        x, y = parent.version.statements[c.parent], child.version.statements[c.child]
        one_speaker = bool(a.source & b.source) or (x.actor is not None and x.actor == y.actor)
        near = c.evidence["soft words"] or c.evidence["sense of both"] >= SOME_SENSE
        if not one_speaker and not near and shared_weight(a.weights, b.weights) < SOMETHING:
            continue
        before_it, after_it = _neighbours(parent, c.parent, sure)
        low = after[sure[before_it]] if before_it is not None else -1
        high = after[sure[after_it]] if after_it is not None else len(after)
        between = low < after[c.child] < high
        rivals = sum(low < after[k] < high for k in range(len(after)) if k not in taken)
        known = x.actor is not None and y.actor is not None
        out.append(
            Candidate(
                c.parent,
                c.child,
                None,
                c.evidence
                | course.evidence(a, b)
                | {
                    "between": float(between),
                    "next to": float(after[c.child] in (low + 1, high - 1)),
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


def _order(reading: Reading) -> list[int]:
    """For each statement its rank in the text."""
    by_place = sorted(range(len(reading.told)), key=lambda k: reading.told[k].spans[0])
    rank = [0] * len(by_place)
    for n, k in enumerate(by_place):
        rank[k] = n
    return rank


def _neighbours(reading: Reading, at: int, sure: Mapping[int, int]) -> tuple[int | None, int | None]:
    """The nearest statements before and after `at` that are paired."""
    rank = _order(reading)
    before = max((k for k in sure if rank[k] < rank[at]), key=lambda k: rank[k], default=None)
    after = min((k for k in sure if rank[k] > rank[at]), key=lambda k: rank[k], default=None)
    return before, after


def sure_pairs(weighed: Iterable[Weighed], least: float) -> dict[int, tuple[int, float]]:
    """The parent's statements with the child's, the likeliest first, each once, none under `least`."""
    out: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    likely = [(p, c.parent, c.child) for p, c in weighed if p >= least and c.child is not None]
    for p, i, j in sorted(likely, key=lambda x: (-x[0], x[1:])):
        if i not in out and j not in taken:
            out[i] = (j, p)
            taken.add(j)
    return out


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
        if c.child is None or not _apart(a.told[c.parent], b.told[c.child])
    ]
    sure = sure_pairs(told, scales["told again"].threshold)
    left, voiced = scales["told again, left over"], scales["in own voice, read"]
    firm = {i: j for i, (j, _) in sure.items()}
    weighed = [
        (p, c)
        for p, c in weighed_clauses(beside, clause_candidates(a, b, firm), scales)
        if p < voiced.threshold or not c.clause or not crossed(a.told[c.parent], Passage(b, (c.clause,)))
    ]
    more = beside.read(left_over(a, b, [c for _, c in told], firm, weighed))
    weighed += [(left.probability(c.evidence), c) for c in more]
    scored = [(p, c) for p, c in weighed if p >= (voiced if c.child is None else left).threshold]
    pairs = [
        Pair(parent=parent.statements[i].id, child=child.statements[j].id, score=round(p, 4))
        for i, (j, p) in sure.items()
    ]
    own_voice: list[Statement] = []
    used_parent = set(sure)
    used_child = {j for j, _ in sure.values()}
    again_in: dict[int, Passage] = {i: b.told[j] for i, (j, _) in sure.items()}
    told_in = {j: a.told[i] for i, (j, _) in sure.items()}
    for p, c in sorted(scored, key=lambda x: (-x[0], x[1].parent, x[1].child or -1, x[1].clause or Span(0, 0))):
        if c.parent in used_parent:
            continue
        said = parent.statements[c.parent]
        if c.child is not None:
            if c.child in used_child:
                continue
            used_child.add(c.child)
            again = child.statements[c.child].id
            again_in[c.parent], told_in[c.child] = b.told[c.child], a.told[c.parent]
        elif c.clause is not None:
            if any(overlap(child.text, c.clause, s.content[0]) > SAME_CLAUSE for s in own_voice):
                continue
            statement = own_voice_statement(child, c.clause, said, p)
            own_voice.append(statement)
            again = statement.id
            again_in[c.parent] = Passage(b, (c.clause,))
        used_parent.add(c.parent)
        pairs.append(Pair(parent=said.id, child=again, score=round(p, 4)))
    for side, version, partners, spent in ((0, child, again_in, used_child), (1, parent, told_in, used_parent)):
        voiced_less = {p.parent for p in pairs if p.child in {s.id for s in own_voice} and p.score < SURE}
        free = {
            k
            for k, x in enumerate(version.statements)
            if x.sourcing != "outlet" and (k not in spent or (side and x.id in voiced_less))
        }
        parts = told_in_parts((a, b), side, partners, free, beside.manner, scales, judge)
        instead = {version.statements[x.other].id for x in parts}  # what a part tells more surely than a clause does
        gone = {p.child for p in pairs if side and p.parent in instead}
        own_voice = [s for s in own_voice if s.id not in gone]
        pairs = _in_parts([p for p in pairs if p.child not in gone], parts, (parent, child), side)
        spent.update(x.other for x in parts)
    doubts = Doubts(told, weighed, used_parent, used_child, beside.manner)
    return Alignment(
        parent=parent.document,
        child=child.document,
        pairs=tuple(pairs),
        own_voice=tuple(own_voice),
        loose=(*doubts.loose(a, used_parent, 0), *doubts.loose(b, used_child, 1)),
    )


def _apart(a: Passage, b: Passage) -> bool:
    return crossed(a, b) or strangers(a, b)


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
        told: Iterable[Weighed],
        weighed: Iterable[Weighed],
        used_parent: set[int],
        used_child: set[int],
        manner: Mapping[str, float],
    ) -> None:
        self._kept = manner["words kept"]
        self._best: dict[tuple[int, int, str], float] = {}
        for p, c in told:
            if c.parent not in used_parent or c.child not in used_child:
                self._doubt("told", c, p)
        for p, c in weighed:
            if c.parent not in used_parent and (c.child is None or c.child not in used_child):
                self._doubt("in own voice" if c.child is None else "left over", c, p)

    def _doubt(self, kind: str, candidate: Candidate, chance: float) -> None:
        for side, at in enumerate((candidate.parent, candidate.child)):
            if at is not None:
                self._best[side, at, kind] = max(chance, self._best.get((side, at, kind), 0.0))

    def loose(self, reading: Reading, used: set[int], side: int) -> list[Loose]:
        """The statements of one side (0 the parent's, 1 the child's) that are not `used`, each with its doubts."""
        rank = _order(reading)
        paired = {rank[k] for k in used}
        out = []
        for k, passage in enumerate(reading.told):
            if k in used:
                continue
            s = reading.version.statements[k]
            inner = any(s.content[0] in x for t in reading.version.statements if t is not s for x in t.content)
            chances = {kind: self._best.get((side, k, kind), 0.0) for kind in ("told", "left over", "in own voice")}
            evidence = chances | {
                "likeliest": max(chances.values()),
                "inner": float(inner),
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
    return {"wording": math.log(edge / (1 - edge)), "told again": (told + 0.75 * FEW) / (every + FEW)}


def overlap(text: str, a: Span, b: Span) -> float:
    """The words in both spans to the words in either."""
    x, y = ({m.start() for m in WORD.finditer(text, s.start, s.end)} for s in (a, b))
    return len(x & y) / max(1, len(x | y))


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation:
    """The versions of a family with what their outlets say in their own voice, and the alignment of every edge."""

    versions: tuple[Version, ...]
    alignments: tuple[Alignment, ...]


def collation(
    versions: Iterable[Version],
    edges: Iterable[tuple[str, str]],
    scales: Mapping[str, Weighing] | None = None,
    *,
    aligned: Callable[[Version, Version], Alignment] | None = None,
) -> Collation:
    """Aligns every edge (parent, child) of a stemma, parents first, since what a parent tells in its own voice counts.

    A version with two parents tells a claim of both once: what one edge found is told to the other. `aligned` may give
    the `alignment` of a parent and a child that it remembers.
    """
    align = aligned or partial(alignment, scales=scales)
    held = {v.document: v for v in sorted(versions, key=lambda v: v.document)}
    parents: dict[str, list[str]] = {}
    for parent, child in sorted(set(edges)):
        parents.setdefault(child, []).append(parent)
    found: list[Alignment] = []
    same = Classes()
    for child in _parents_first(held, parents):
        mine = [align(held[p], held[child]) for p in parents.get(child, ())]
        mine = _one_voice(held[child].text, mine)
        voiced = {s.id: s for a in mine for s in a.own_voice}
        held[child] = replace(held[child], statements=(*held[child].statements, *voiced.values()))
        mine = _told_to_each_other(held, mine, same)
        for a in mine:
            for p in a.pairs:
                same.join(p.parent, p.child)
        found += mine
    return Collation(versions=tuple(held.values()), alignments=tuple(found))


def _parents_first(held: Mapping[str, Version], parents: Mapping[str, list[str]]) -> list[str]:
    done: dict[str, None] = {}

    def visit(document: str, above: tuple[str, ...]) -> None:
        for p in parents.get(document, ()):
            if p not in above and p not in done:
                visit(p, (*above, document))
        done.setdefault(document)

    for document in held:
        visit(document, ())
    return list(done)


def _one_voice(text: str, found: list[Alignment]) -> list[Alignment]:
    """The alignments of one child, each clause that two of them found nearly alike taken as the surer one has it."""
    sure: dict[str, float] = {p.child: p.score for a in found for p in a.pairs}
    kept: list[Statement] = []
    instead: dict[str, str] = {}
    for s in sorted((s for a in found for s in a.own_voice), key=lambda s: (-sure[s.id], s.id)):
        twin = next((k for k in kept if overlap(text, k.content[0], s.content[0]) > SAME_CLAUSE), None)
        if twin is None:
            kept.append(s)
        instead[s.id] = (twin or s).id
    by_id = {s.id: s for s in kept}
    return [
        replace(
            a,
            pairs=tuple(replace(p, child=instead.get(p.child, p.child)) for p in a.pairs),
            own_voice=tuple({instead[s.id]: by_id[instead[s.id]] for s in a.own_voice}.values()),
        )
        for a in found
    ]


def _told_to_each_other(held: Mapping[str, Version], found: list[Alignment], same: Classes) -> list[Alignment]:
    """Where two parents tell one claim and only one edge found it in the child, the other edge has it too."""
    if len(found) < 2:
        return found
    out = []
    for a in found:
        paired = {p.parent for p in a.pairs}
        taken = {p.child for p in a.pairs}
        more = []
        for other in found:
            for p in other.pairs:
                for s in held[a.parent].statements:
                    if s.id not in paired and p.child not in taken and other is not a and same.alike(s.id, p.parent):
                        more.append(Pair(parent=s.id, child=p.child, score=p.score))
                        paired.add(s.id)
                        taken.add(p.child)
        out.append(replace(a, pairs=(*a.pairs, *more)))
    return out


class Classes:
    """Classes of statements that tell one claim (union by the smallest id, so that no order of joining matters)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, item: str) -> str:
        while item in self._above:
            item = self._above[item]
        return item

    def alike(self, a: str, b: str) -> bool:
        return self.of(a) == self.of(b)

    def join(self, a: str, b: str) -> None:
        a, b = sorted((self.of(a), self.of(b)))
        if a != b:
            self._above[b] = a


def claims(
    versions: Sequence[Version],
    alignments: Iterable[Alignment],
    published: Mapping[str, str | None] | None = None,
    scales: Mapping[str, Weighing] | None = None,
    *,
    elsewhere: Iterable[Pair] | None = None,
) -> tuple[Claim, ...]:
    """The claims of all `versions`, families and independent reports together.

    What alignments joined is one claim. Beyond a family, the same quotation is the same claim, and reports that share
    a quotation are compared statement by statement, more strictly than a version with its parent: `elsewhere`, which
    is found here where it is not given. Statements that neither connects do not touch each other's claims: those of
    one component can be told without the rest of a case.
    """
    when = published or {}
    same = Classes()
    for a in alignments:
        for p in a.pairs:
            same.join(p.parent, p.child)
    by_id = {s.id: (v, s) for v in versions for s in v.statements}
    members: dict[str, set[str]] = {}
    for k, (v, _) in by_id.items():
        members.setdefault(same.of(k), set()).add(v.document)
    links = _elsewhere(versions, when, scales) if elsewhere is None else elsewhere
    for link in sorted(links, key=lambda p: (-p.score, p.parent, p.child)):  # the surest first
        x, y = same.of(link.parent), same.of(link.child)
        if x != y and not members[x] & members[y]:  # never two of one document
            same.join(x, y)
            members[same.of(x)] = members[x] | members[y]
    grouped: dict[str, list[str]] = {}
    for k in by_id:
        grouped.setdefault(same.of(k), []).append(k)
    out = []
    for group in grouped.values():
        ordered = sorted(group, key=lambda k: (when.get(by_id[k][0].document) or "9", *_fullness(*by_id[k]), k))
        version, first = by_id[ordered[0]]
        gist = " ".join(s.of(version.text).strip() for s in first.content)
        out.append(Claim(id=content_id("claim", min(group)), gist=gist, statements=tuple(sorted(group))))
    return tuple(sorted(out, key=lambda c: c.id))


def _fullness(version: Version, s: Statement) -> tuple[int, int]:
    return s.sourcing == "outlet", -sum(p.end - p.start for p in s.content)


def told_alike(
    said: Iterable[Iterable[str]], again: Iterable[tuple[str, str]], turned: Collection[tuple[str, str]]
) -> list[tuple[str, ...]]:
    """The statements of each claim; those that negate what they were made from, and what was made from these alone,
    apart from the rest.

    `said` are the statements of claims, `again` the pairs (parent, child) of alignments; the child of one in `turned`
    tells it the other way round.
    """
    claim_of = {s: n for n, statements in enumerate(said) for s in statements}
    pairs = {(p, c) for p, c in again if p in claim_of and claim_of[p] == claim_of.get(c)}
    same = Classes()
    for p, c in sorted(pairs.difference(turned)):
        same.join(p, c)
    first = {same.of(s) for s in claim_of.keys() - {c for _, c in pairs}}  # they were made from no other's
    grouped: dict[tuple[int, str], list[str]] = {}
    for s, claim in sorted(claim_of.items()):
        way = same.of(s)
        grouped.setdefault((claim, "" if way in first else way), []).append(s)
    return [tuple(group) for group in grouped.values()]


def quoted_runs(text: str) -> frozenset[int]:
    """The runs of `SAME_QUOTE` words inside quotation marks, each as a number of 48 bits, the same in every process."""
    found = fragments(text, [Span(0, len(text))], quoted_spans(text))
    runs = {f.words[k : k + SAME_QUOTE] for f in found for k in range(len(f.words) - SAME_QUOTE + 1)}
    return frozenset(_numbered(" ".join(r)) for r in runs)


def _numbered(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=6).digest())


def told_elsewhere(earlier: Reading, later: Reading, scales: Mapping[str, Weighing] | None = None) -> tuple[Pair, ...]:
    """The statements of two reports that may tell the same; to be asked of reports that share a run of `quoted_runs`.

    It depends on the two alone. Where times do not tell which is earlier, ids have to, so that it is ever the same.
    """
    told = (scales or weighings())["told elsewhere"]
    scored = ((told.probability(c.evidence), c) for c in statement_candidates(earlier, later))
    return tuple(
        Pair(parent=earlier.version.statements[c.parent].id, child=later.version.statements[c.child].id, score=p)
        for p, c in scored
        if p >= told.threshold and c.child is not None
    )


def _elsewhere(
    versions: Sequence[Version], published: Mapping[str, str | None], scales: Mapping[str, Weighing] | None
) -> list[Pair]:
    ordered = sorted(versions, key=lambda v: (published.get(v.document) or "9", v.document))
    holders: dict[int, list[int]] = {}
    for n, v in enumerate(ordered):
        for run in quoted_runs(v.text):
            holders.setdefault(run, []).append(n)
    near = {pair for held in holders.values() if len(held) <= MOST_SHARING for pair in combinations(held, 2)}
    readings = {n: reading_of(ordered[n]) for pair in near for n in pair}
    return [p for a, b in sorted(near) for p in told_elsewhere(readings[a], readings[b], scales)]
