"""Which statements of many versions are one claim: along the edges of a stemma, and between independent reports."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from stemmata.collate.alignment import SAME_CLAUSE, Alignment, Pair, alignment, overlap
from stemmata.collate.beside import in_answer
from stemmata.collate.nominations import statement_candidates
from stemmata.collate.passages import Passage, Reading, Version, reading_of
from stemmata.collate.rebuttal import of_two_speakers, rebutted
from stemmata.groups import Groups
from stemmata.language.force import answering, marked, negations
from stemmata.language.wording import fragments, quoted_spans
from stemmata.model import Claim, Span, Statement, content_id, said_by
from stemmata.pairs import Judge, reader
from stemmata.weighing import Weighing, weighings

MOST_SHARING = 60  # a run of quoted words in more documents is a formula, or a family of copies (by hand)
_REFUSING = frozenset(("denies", "rejects", "withdraws"))  # of lexicon/dispute.tsv's cues
SAME_QUOTE = 5  # words of a quotation that make it the same claim in reports which are not kin (by hand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation:
    """The versions of a family, with what their outlets say in their own voice, and an alignment for each edge."""

    versions: tuple[Version, ...]
    alignments: tuple[Alignment, ...]


def collation(
    versions: Iterable[Version],
    edges: Iterable[tuple[str, str]],
    scales: Mapping[str, Weighing] | None = None,
    *,
    aligned: Callable[[Version, Version], Alignment] | None = None,
    apart: Collection[tuple[str, str]] = (),
) -> Collation:
    """Aligns every edge (parent, child) of a stemma, parents first, since what a parent tells in its own voice counts.

    A version with two parents tells a claim of both once: what one edge found is told to the other. `aligned` may give
    the `alignment` of a parent and a child that it remembers. `apart` are edges that a person rejected: they are
    aligned, and tell nothing to the others.
    """
    align = aligned or partial(alignment, scales=scales)
    held = {v.document: v for v in sorted(versions, key=lambda v: v.document)}
    parents: dict[str, list[str]] = {}
    for parent, child in sorted(set(edges)):
        parents.setdefault(child, []).append(parent)
    found: list[Alignment] = []
    same = Groups()
    for child in _parents_first(held, parents):
        rejected = [p for p in parents.get(child, ()) if (p, child) in apart]
        beside = [_without_own_voice(align(held[p], held[child])) for p in rejected]
        mine = [align(held[p], held[child]) for p in parents.get(child, ()) if p not in rejected]
        mine = _one_voice(held[child].text, mine)
        voiced = {s.id: s for a in mine for s in a.own_voice}
        held[child] = replace(held[child], statements=(*held[child].statements, *voiced.values()))
        mine = _told_to_each_other(held, mine, same)
        for a in mine:
            for p in a.pairs:
                same.join(p.parent, p.child)
        found += [*mine, *beside]
    return Collation(versions=tuple(held.values()), alignments=tuple(found))


def _parents_first(held: Iterable[str], parents: Mapping[str, Sequence[str]]) -> list[str]:
    """The documents, each behind its parents; of a circle the one that is reached first comes last."""
    done: dict[str, None] = {}
    for document in held:
        path = {document: iter(parents.get(document, ()))}  # from child to parent, with the parents still to be seen
        while path:
            child = next(reversed(path))
            parent = next((p for p in path[child] if p not in path and p not in done), None)
            if parent is not None:
                path[parent] = iter(parents.get(parent, ()))
            else:
                del path[child]
                done.setdefault(child)
    return list(done)


def _without_own_voice(a: Alignment) -> Alignment:
    own = {s.id for s in a.own_voice}
    return replace(a, own_voice=(), pairs=tuple(p for p in a.pairs if p.child not in own))


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


def _told_to_each_other(held: Mapping[str, Version], found: list[Alignment], same: Groups) -> list[Alignment]:
    """Where two parents tell one claim and only one edge found it in the child, the other edge has it too."""
    if len(found) < 2:
        return found
    out = []
    for a in found:
        paired = {p.parent for p in a.pairs}
        taken = {p.child for p in a.pairs}
        more: list[Pair] = []
        for p in (p for other in found if other is not a for p in other.pairs if p.child not in taken):
            part = ((), p.part[1])
            if any(x.child == p.child and (x.part == part or not (x.part[1] and part[1])) for x in more):
                continue
            statements = (s.id for s in held[a.parent].statements if s.id not in paired)
            told = next((s for s in statements if same.root(s) == same.root(p.parent)), None)
            if told is not None:
                more.append(Pair(parent=told, child=p.child, score=p.score, part=part))
                paired.add(told)
        out.append(replace(a, pairs=(*a.pairs, *more)))
    return out


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
    retold: set[str] = set()  # made from another's: the gist of a claim is not what a version made of it
    same = Groups()
    for a in alignments:
        for p in a.pairs:
            same.join(p.parent, p.child)
            retold.add(p.child)
    by_id = {s.id: (v, s) for v in versions for s in v.statements}
    members: dict[str, set[str]] = {}
    for k, (v, _) in by_id.items():
        members.setdefault(same.root(k), set()).add(v.document)
    links = _elsewhere(versions, when, scales) if elsewhere is None else elsewhere
    for link in sorted(links, key=lambda p: (-p.score, p.parent, p.child)):  # the surest first
        x, y = same.root(link.parent), same.root(link.child)
        if x != y and not members[x] & members[y]:  # never two of one document
            same.join(x, y)
            members[same.root(x)] = members[x] | members[y]
    grouped: dict[str, list[str]] = {}
    for k in by_id:
        grouped.setdefault(same.root(k), []).append(k)

    def fullest(told: tuple[Version, Statement]) -> tuple[bool, str, bool, int, str]:
        v, s = told
        letters = sum(x.end - x.start for x in s.content)
        return s.id in retold, said_by(when.get(v.document)), s.sourcing == "outlet", -letters, s.id

    out = []
    for group in grouped.values():
        version, first = min((by_id[k] for k in group), key=fullest)
        out.append(
            Claim(id=content_id("claim", min(group)), gist=_gist(version, first), statements=tuple(sorted(group)))
        )
    return tuple(sorted(out, key=lambda c: c.id))


def _gist(version: Version, s: Statement) -> str:
    """The words of a statement, behind a cue that says no to them: "denied that the dam had failed"."""
    spans = s.content
    if s.cue and s.mode != "direct" and s.cue < s.content[0]:
        odd = len(negations(version.text, (s.cue,))) % 2 == 1
        unheard = not marked(version.text, (s.cue,), "negator")
        if odd or (unheard and not _REFUSING.isdisjoint(answering(version.text, s.cue))):
            spans = (s.cue, *spans)
    return " ".join(x.of(version.text).strip() for x in spans)


def told_alike(
    said: Iterable[Iterable[str]], again: Iterable[tuple[str, str]], negating: Collection[tuple[str, str]]
) -> list[tuple[str, ...]]:
    """The statements of each claim; those that negate what they were made from, and what was made from these alone,
    apart from the rest.

    `said` are the statements of claims, `again` the pairs (parent, child) of alignments; the child of one in `negating`
    tells it the other way round.
    """
    claim_of = {s: n for n, statements in enumerate(said) for s in statements}
    pairs = {(p, c) for p, c in again if p in claim_of and claim_of[p] == claim_of.get(c)}
    same = Groups()
    for p, c in sorted(pairs.difference(negating)):
        same.join(p, c)
    first = {same.root(s) for s in claim_of.keys() - {c for _, c in pairs}}  # they were made from no other's
    grouped: dict[tuple[int, str], list[str]] = {}
    for s, claim in sorted(claim_of.items()):
        way = same.root(s)
        grouped.setdefault((claim, "" if way in first else way), []).append(s)
    return [tuple(group) for group in grouped.values()]


def quoted_runs(text: str) -> frozenset[int]:
    """The runs of `SAME_QUOTE` words inside quotation marks, each as a number of 48 bits, the same in every process."""
    found = fragments(text, [Span(0, len(text))], quoted_spans(text))
    runs = {f.words[k : k + SAME_QUOTE] for f in found for k in range(len(f.words) - SAME_QUOTE + 1)}
    return frozenset(_numbered(" ".join(r)) for r in runs)


def _numbered(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=6).digest())


def told_elsewhere(
    earlier: Reading, later: Reading, scales: Mapping[str, Weighing] | None = None, *, judge: Judge | None = None
) -> tuple[Pair, ...]:
    """The statements of two reports that may tell the same; to be asked of reports that share a run of `quoted_runs`.

    It depends on the two alone. Where times do not tell which is earlier, ids have to, so that it is ever the same.
    What one speaker says and another denies is not the same: where one of two says no and the other does not, both are
    read side by side (`judge`, the shipped network).
    """
    told = (scales or weighings())["told elsewhere"]
    found = [
        (p, c.parent, c.again)
        for p, c in statement_candidates(earlier, later).likely(told)
        if not rebutted(earlier.told[c.parent], later.told[c.again])
    ]
    turned = [(i, j) for _, i, j in found if _turned(earlier.told[i], later.told[j])]
    apart = in_answer(earlier, later, turned, judge or reader().read) if turned else set()
    one, other = earlier.version.statements, later.version.statements
    return tuple(Pair(parent=one[i].id, child=other[j].id, score=p) for p, i, j in found if (i, j) not in apart)


def _turned(a: Passage, b: Passage) -> bool:
    return a.odd != b.odd and of_two_speakers(a, b)


def _unknown(v: Version) -> Version:
    """A version without its actors: a case, whose actors may become others, compares reports by their words alone."""
    return replace(v, statements=tuple(replace(s, actor=None) for s in v.statements))


def _elsewhere(
    versions: Sequence[Version], published: Mapping[str, str | None], scales: Mapping[str, Weighing] | None
) -> list[Pair]:
    ordered = sorted(versions, key=lambda v: (said_by(published.get(v.document)), v.document))
    holders: dict[int, list[int]] = {}
    for n, v in enumerate(ordered):
        for run in quoted_runs(v.text):
            holders.setdefault(run, []).append(n)
    near = {pair for held in holders.values() if len(held) <= MOST_SHARING for pair in combinations(held, 2)}
    readings = {n: reading_of(_unknown(ordered[n])) for pair in near for n in pair}
    return [p for a, b in sorted(near) for p in told_elsewhere(readings[a], readings[b], scales)]
