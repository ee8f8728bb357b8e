"""The same thing said: which statement of a version tells again which statement of the version it was made from.

An alignment looks at one edge alone, so a family grows without its older edges being touched. Likeness nominates:
shared words by their weight, quoted runs, numbers as values, names, sources and order. (The encoder's vectors were
tried: on bench/train they moved recall by less than a point, so a claim does not hang on a model's weights.) A claim
of the parent that no statement of the child tells is looked for in the child's plain sentences; a clause that tells it
becomes a statement in the outlet's own voice.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import combinations

from stemmata.collate.logistic import Weighing, weighings
from stemmata.collate.quantities import Quantity, compared, quantities
from stemmata.collate.wording import (
    Fragment,
    clauses,
    common_run,
    folded,
    fragments,
    plain,
    quoted_spans,
    sentences,
    weight,
    words,
)
from stemmata.model import Claim, Span, Statement, content_id, statement_id
from stemmata.surface import WORD

BEST_SENTENCES = (
    4  # of a child, by shared weight, whose clauses are tried for one claim: on f51 to f60 the gold clause is
)
# among them for 134 of 145 claims in own voice (set by hand, not tuned)
COVERED = 0.5  # a clause of which statements hold more words than this is no plain clause (by hand)
SAME_CLAUSE = 0.5  # two claims in the outlet's voice do not share more of a clause than this (words in both to either)
MOST_SHARING = 60  # a run of quoted words in more documents is a formula, or a family of copies (by hand)
SOMETHING = (
    0.4  # weight of words that two statements of different speakers share at least: neighbours alone pair nothing
)
SAME_QUOTE = 5  # words of a quotation that make it the same claim in reports which are not kin (by hand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A document as the collation sees it."""

    document: str
    text: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A statement of the parent and what tells it again in the child."""

    parent: str
    child: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """What one version kept of another. `own_voice`: the statements found in the child's plain sentences."""

    parent: str
    child: str
    pairs: tuple[Pair, ...]
    own_voice: tuple[Statement, ...] = ()


_PRONOUN = frozenset(("he", "she", "they", "it", "we", "i", "who", "him", "her", "them", "one", "both"))


def pronominal(text: str, span: Span | None) -> bool:
    first = WORD.search(text, span.start, span.end) if span else None
    return bool(first and folded(first.group()) in _PRONOUN)


def speaker_words(version: Version, statement: Statement) -> set[str]:
    """The stems that name who speaks; a pronoun takes those of the nearest source before it of the same kind."""
    source = statement.source
    if source is None:
        return set()
    if pronominal(version.text, source):
        earlier = [
            x.source for x in version.statements
            if x.source and x.source.end <= source.start and x.sourcing == statement.sourcing
            and not pronominal(version.text, x.source)
        ]  # fmt: skip
        if not earlier:
            return set()
        source = max(earlier)
    return {w.norm for w in words(version.text, (source,)) if weight(w.norm) > 0.1}


class Passage:
    """A statement or a clause with all that it is compared by, each read off the text once."""

    def __init__(self, version: Reading, spans: tuple[Span, ...], statement: Statement | None = None) -> None:
        self.version, self.spans, self.statement = version, spans, statement
        self.sourcing = statement.sourcing if statement else "outlet"
        text = version.text
        found = words(text, spans)
        self.stems = [w.norm for w in found]
        self.weights = {w: weight(w) for w in self.stems}
        self.total = sum(self.weights.values()) or 1e-6
        self.plain = plain(text, spans)
        self.quoted: list[Fragment] = fragments(text, spans, version.quoted)
        self.quantities: list[Quantity] = [q for q in quantities(text, spans) if not q.weak]
        self.names = {
            w.norm for w in found if text[w.span.start].isupper() and w.span.start != spans[0].start and len(w.norm) > 2
        }
        self.source = speaker_words(version.version, statement) if statement else set()
        self.place = spans[0].start / max(1, len(text))
        self.around = version.around(spans)


class Reading:
    """A version with its sentences, quotations and passages."""

    def __init__(self, version: Version) -> None:
        self.version, self.text = version, version.text
        self.quoted = quoted_spans(version.text)
        self.sentences = sentences(version.text)
        self._stems = [{w.norm: weight(w.norm) for w in words(version.text, (s,))} for s in self.sentences]

    @cached_property
    def told(self) -> list[Passage]:
        return [Passage(self, s.content, s) for s in self.version.statements]

    @cached_property
    def plain(self) -> list[Passage]:
        """The sentences that no statement holds for the greater part."""
        return [Passage(self, (s,)) for s in self.sentences if self.held(s) <= COVERED]

    @cached_property
    def open_sentences(self) -> list[Passage]:
        """The sentences in which some clause may stand outside the statements."""
        return [Passage(self, (s,)) for s in self.sentences if self.held(s) < 0.8]

    @cached_property
    def _held(self) -> list[Span]:
        out = []
        for s in self.version.statements:
            out += list(s.content) + [x for x in (s.source, s.cue) if x and s.sourcing != "outlet"]
        return out

    def held(self, span: Span) -> float:
        """How many of the words of `span` stand in a statement, as a share."""
        found = [m.span() for m in WORD.finditer(self.text, span.start, span.end)]
        return sum(any(h.start <= a < h.end for h in self._held) for a, _ in found) / max(1, len(found))

    def around(self, spans: tuple[Span, ...]) -> dict[str, float]:
        """The words of the sentences that `spans` touch, weighted."""
        out: dict[str, float] = {}
        for s, stems in zip(self.sentences, self._stems, strict=True):
            if any(s.overlaps(x) for x in spans):
                out |= stems
        return out


def _shared(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    return sum(w for x, w in a.items() if x in b)


def likeness(a: Passage, b: Passage) -> dict[str, float]:
    """The evidence that two passages tell one claim."""
    shared = _shared(a.weights, b.weights)
    rare = sum(1 for x, w in a.weights.items() if w >= 0.9 and x in b.weights)
    beside = _shared(a.around, b.around)
    numbers = compared(a.quantities, b.quantities)
    runs = [
        (common_run(f.words, b.plain), len(f.words)) for f in a.quoted
    ] + [(common_run(f.words, a.plain), len(f.words)) for f in b.quoted]  # fmt: skip
    run, length = max(runs, default=(0, 1))
    stems = {x[:5] for x in a.weights if len(x) >= 5 and x not in b.weights}
    soft = sum(1 for x in b.weights if len(x) >= 5 and x not in a.weights and x[:5] in stems)
    source = len(a.source & b.source) / max(1, min(len(a.source), len(b.source)))
    return {
        "of both": shared / (a.total + b.total - shared),
        "of the shorter": shared / min(a.total, b.total),
        "of the parent": shared / a.total,
        "of the child": shared / b.total,
        "rare words": min(rare, 6) / 6,
        "no rare word": float(rare == 0),
        "soft words": min(soft, 3) / 3,
        "around": beside / max(1e-6, min(sum(a.around.values()), sum(b.around.values()))),
        "quoted run": min(run, 8) / 8,
        "quoted share": run / length,
        "both quoted": float(bool(a.quoted) and bool(b.quoted)),
        "numbers same": min(numbers.same, 2) / 2,
        "numbers changed": min(numbers.alike, 2) / 2,
        "numbers other": min(len(numbers.changed) - numbers.alike, 2) / 2,
        "names": min(len(a.names & b.names), 3) / 3,
        "names apart": float(bool(a.names) and bool(b.names) and not a.names & b.names),
        "source": source,
        "source apart": float(bool(a.source) and bool(b.source) and not a.source & b.source),
        "order": abs(a.place - b.place),
        "short": float(min(len(a.stems), len(b.stems)) <= 3),
    }


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible pair: index of the parent's statement, of the child's statement or None, the clause, the evidence."""

    parent: int
    child: int | None
    clause: Span | None
    evidence: dict[str, float]


def statement_candidates(parent: Reading, child: Reading) -> list[Candidate]:
    """Every statement of the parent with every statement of the child."""
    if not parent.told or not child.told:
        return []
    table = [[likeness(a, b) for b in child.told] for a in parent.told]
    mine = [[e["of both"] for e in row] for row in table]
    out = []
    for i, row in enumerate(table):
        for j, e in enumerate(row):
            others_p = [x for k, x in enumerate(mine[i]) if k != j]
            others_c = [row[j] for k, row in enumerate(mine) if k != i]
            e = e | {
                "ahead of parent's others": mine[i][j] - max(others_p) if others_p else 0.3,
                "ahead of child's others": mine[i][j] - max(others_c) if others_c else 0.3,
            }
            out.append(Candidate(i, j, None, e))
    return out


def clause_candidates(parent: Reading, child: Reading, only: Iterable[int]) -> list[Candidate]:
    """The parent's statements `only` with the child's clauses that no statement holds."""
    sentences = child.open_sentences
    background = parent.plain
    out = []
    clause_passages: dict[int, list[Passage]] = {}
    rivals: dict[int, float] = {}
    for i in only:
        a = parent.told[i]
        value = [
            _shared(a.weights, s.weights) + 0.2 * _shared(a.around, s.weights)
            for s in sentences
        ]  # fmt: skip
        order = sorted(range(len(sentences)), key=lambda k: -value[k])[:BEST_SENTENCES]
        ahead = value[order[0]] - value[order[1]] if len(order) > 1 else 1.0
        for rank, k in enumerate(order):
            if k not in clause_passages:
                clause_passages[k] = [
                    Passage(child, (c,)) for c in clauses(child.text, sentences[k].spans[0]) if child.held(c) <= COVERED
                ]
                s = sentences[k]
                rivals[k] = max((_dice(s, b) for b in background), default=0.0)
            others = [_dice(sentences[k], t) for n, t in enumerate(parent.told) if n != i]
            for b in clause_passages[k]:
                e = likeness(a, b) | {
                    "rank": float(rank),
                    "ahead": min(ahead, 3.0) / 3 if rank == 0 else 0.0,
                    "background": rivals[k],
                    "other claim": max(others, default=0.0),
                    "whole sentence": float(b.spans[0] == sentences[k].spans[0]),
                    "own voice before": float(a.sourcing == "outlet"),
                    "indirect before": float(not a.quoted),
                    "words": min(len(b.stems), 30) / 30,
                    "longer": math.log(max(1, len(b.stems)) / max(1, len(a.stems))),
                    "held": child.held(b.spans[0]),
                }
                out.append(Candidate(i, None, b.spans[0], e))
    return out


def _dice(a: Passage, b: Passage) -> float:
    return 2 * _shared(a.weights, b.weights) / (a.total + b.total)


def left_over(parent: Reading, child: Reading, found: list[Candidate], sure: Mapping[int, int]) -> list[Candidate]:
    """What `sure` (parent's statement -> child's) leaves on both sides, with what its neighbours and speakers tell."""
    taken = set(sure.values())
    after = _order(child)
    out = []
    for c in found:
        if c.child is None or c.parent in sure or c.child in taken:
            continue
        a, b = parent.told[c.parent], child.told[c.child]
        x, y = parent.version.statements[c.parent], child.version.statements[c.child]
        one_speaker = bool(a.source & b.source) or (x.actor is not None and x.actor == y.actor)
        if not one_speaker and not c.evidence["soft words"] and _shared(a.weights, b.weights) < SOMETHING:
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


def sure_pairs(found: Iterable[Candidate], told: Weighing) -> dict[int, tuple[int, float]]:
    """The parent's statements with the child's, the likeliest first, each once, none under the threshold."""
    out: dict[int, tuple[int, float]] = {}
    scored = sorted(((told.probability(c.evidence), c.parent, c.child) for c in found), key=lambda x: (-x[0], x[1:]))
    for p, i, j in scored:
        if p >= told.threshold and j is not None and i not in out and all(j != k for k, _ in out.values()):
            out[i] = (j, p)
    return out


def alignment(parent: Version, child: Version, scales: Mapping[str, Weighing] | None = None) -> Alignment:
    """Which statement, or which plain clause, of `child` tells which statement of `parent`; one to one.

    First the pairs that are sure by themselves; then, among what is left, pairs that their neighbours and speakers
    make likely against clauses in the outlet's own voice.
    """
    scales = scales or weighings()
    a, b = Reading(parent), Reading(child)
    candidates = statement_candidates(a, b)
    sure = sure_pairs(candidates, scales["told again"])
    left, voiced = scales["told again, left over"], scales["in own voice"]
    rest = left_over(a, b, candidates, {i: j for i, (j, _) in sure.items()})
    scored = [(p, c) for c in rest if (p := left.probability(c.evidence)) >= left.threshold]
    loose = [i for i in range(len(a.told)) if i not in sure]
    plain = clause_candidates(a, b, loose)
    scored += [(p, c) for c in plain if (p := voiced.probability(c.evidence)) >= voiced.threshold]
    pairs = [
        Pair(parent=parent.statements[i].id, child=child.statements[j].id, score=round(p, 4))
        for i, (j, p) in sure.items()
    ]
    own_voice: list[Statement] = []
    used_parent = set(sure)
    used_child = {j for j, _ in sure.values()}
    for p, c in sorted(scored, key=lambda x: (-x[0], x[1].parent, x[1].child or -1, x[1].clause or Span(0, 0))):
        if c.parent in used_parent:
            continue
        said = parent.statements[c.parent]
        if c.child is not None:
            if c.child in used_child:
                continue
            used_child.add(c.child)
            again = child.statements[c.child].id
        elif c.clause is not None:
            if any(overlap(child.text, c.clause, s.content[0]) > SAME_CLAUSE for s in own_voice):
                continue
            statement = own_voice_statement(child, c.clause, said, p)
            own_voice.append(statement)
            again = statement.id
        used_parent.add(c.parent)
        pairs.append(Pair(parent=said.id, child=again, score=round(p, 4)))
    return Alignment(parent=parent.document, child=child.document, pairs=tuple(pairs), own_voice=tuple(own_voice))


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
    )


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
    readings = {n: Reading(ordered[n]) for pair in near for n in pair}
    return [p for a, b in sorted(near) for p in told_elsewhere(readings[a], readings[b], scales)]
