"""Statements that are told in parts: a turn of an interview, or a long quotation, is one statement of several
sentences, and a report tells two or three statements out of it; or a report puts several into one quotation; or of
"nine would be charged and the others could be released" it makes two sentences.

An alignment pairs each statement once. What it leaves is compared here with the single sentences, and the main clauses
in a row, of the statements of the other side that have several, by the same evidence and the same weights, and read
side by side like any other; and what that leaves with the main clauses of one sentence of several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from stemmata.collate.beside import Beside, weighed_statements
from stemmata.collate.nominations import statement_candidates
from stemmata.collate.passages import TELLING, Passage, Reading, crossed, shared_weight
from stemmata.collate.rebuttal import rebutted
from stemmata.language.clauses import CLAUSE, main_clauses
from stemmata.language.senses import kept_in_sense
from stemmata.language.wording import Word, weight, words
from stemmata.model import Span, Statement
from stemmata.pairs import Judge
from stemmata.surface import WORD, sentences
from stemmata.weighing import Weighing

TOLD = 0.5  # share of a sentence's words by weight that its partner has, where it tells that sentence (by hand)
# Of statements left over in bench/train and the dossiers that are held back, as the encoder finds them, that tell a
# sentence of another this surely, 8 of 8 do so by their claims; of 5 less sure, over 0.6, one
SURE = 0.8
# Share of a clause's telling words that are near in sense to one of its partner's, under it none is (by hand)
UNTOLD = 0.35
# Telling words that a clause has, and another sentence shares with it, and the share of them that it has in sense,
# where it is told there (by hand)
SEVERAL, ELSEWHERE = 2, 0.6
LIKELY = 0.5  # further sentences of one statement that are likelier told than not belong to the part that is told

Content = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`other`, a statement that nothing was paired with, and the `part` of the statement `whole` of the other side that
    it tells, or that tells it. Both by their index."""

    whole: int
    part: Content
    other: int
    score: float


def said_sentences(text: str, statement: Statement) -> list[Content]:
    """The sentences of what is said; one that the frame interrupts has several spans."""
    out: list[Content] = []
    for c in statement.content:
        found = [Span(c.start + s.start, c.start + s.end) for s in sentences(c.of(text))]
        if out and found and found[0].of(text).lstrip("\"'“‘«„ ")[:1].islower():
            out[-1] = (*out[-1], found.pop(0))
        out += [(s,) for s in found]
    return out


# Of statements left over that tell a main clause this surely 2 of 2 do on bench/train, 25 of 25 in our own rewrites
# (training/rewritten, a to c, f, g), and behind "and would", "which" and "who" 1 of 1 and 2 of 2; of the dossiers that
# are held back none is found, less sure (0.84) one that is not. Of a sentence that is one of several none is told so in
# the 102 edges, bench/train and dossiers, that have one
SURE_CLAUSE = 0.9


def said_parts(text: str, statement: Statement) -> list[Content]:
    """The sentences of what is said; of a single one its main clauses in a row, where nothing interrupts it."""
    said = said_sentences(text, statement)
    return said if len(said) != 1 else _parted(text, said[0])


def _parted(text: str, said: Content) -> list[Content]:
    """The main clauses in a row of a sentence; where its frame interrupts it, what stands on either side."""
    if len(said) != 1 and any(len(WORD.findall(text, x.start, x.end)) < CLAUSE for x in said):
        return [said]
    return [(c,) for x in said for c in main_clauses(text, x)]


def without(text: str, said: Iterable[Span], taken: Collection[Span]) -> Content:
    """What is left of a content where the spans `taken` are told by others, be they sentences of it or clauses."""
    out: list[Span] = []
    for s in said:
        if s not in taken:
            torn = any(x in s for x in taken)
            out += [x for x in main_clauses(text, s) if x not in taken] if torn else [s]
    return tuple(out)


def answered(text: str, said: Content, partner: Sequence[str]) -> Content:
    """What is said but for the main clauses of a sentence of which a partner, by its stems, has no telling word and
    hardly one in sense, where it tells another one of that sentence. A clause without a telling word stays beside
    those that are told, and shows nothing by itself."""
    out: list[Span] = []
    for s in said:
        clauses = main_clauses(text, s)
        telling = [[w.norm for w in words(text, (x,)) if weight(w.norm) > TELLING] for x in clauses]
        shares = [kept_in_sense(x, partner) if x else None for x in telling]
        if max((y for y in shares if y is not None), default=0.0) < TOLD:
            out.append(s)
            continue
        for c, stems, share in zip(clauses, telling, shares, strict=True):
            if share is None or share >= UNTOLD or not set(stems).isdisjoint(partner):
                out.append(c)
    return tuple(out)


@lru_cache(maxsize=16)
def worded(text: str) -> list[list[Word]]:
    """The words of each sentence of a text."""
    return [words(text, (s,)) for s in sentences(text)]


def told_here(text: str, said: Content, partner: Sequence[str], others: Sequence[Sequence[str]]) -> Content:
    """What is said but for the main clauses of which a partner, by its stems, tells nothing and one of the `others`,
    the stems of what else its version says, tells most: what was divided in two is compared by its halves."""
    clauses = [x for s in said for x in main_clauses(text, s)]
    if len(clauses) == len(said):
        return said
    telling = {x: [w.norm for w in words(text, (x,)) if weight(w.norm) > TELLING] for x in clauses}
    gone = [
        x
        for x, stems in telling.items()
        if len(stems) >= SEVERAL
        and set(stems).isdisjoint(partner)
        and kept_in_sense(stems, partner) < UNTOLD
        and any(len({*stems}.intersection(y)) >= SEVERAL and kept_in_sense(stems, y) >= ELSEWHERE for y in others)
    ]
    kept = tuple(x for x in clauses if x not in gone)
    return kept if gone and any(kept_in_sense(telling[x], partner) >= TOLD for x in kept if telling[x]) else said


def told_in_parts(
    readings: tuple[Reading, Reading],
    side: int,
    partners: Mapping[int, Passage],
    left: Collection[int],
    manner: Mapping[str, float],
    scales: Mapping[str, Weighing],
    judge: Judge | None = None,
) -> list[Part]:
    """The statements `left` over on one side that tell, or are told by, sentences of a statement of the other side
    (`side`, 0 the parent's) other than those that its partner tells; each of both once, the surest first. What is left
    then may tell a main clause of such a sentence.

    `readings` are those of parent and child, `partners` what the statements of `side` were paired with, by index.
    """
    text, statements = readings[side].text, readings[side].version.statements
    judged = _Judged(readings, side, dict(manner), scales, judge)
    said = {k: said_sentences(text, s) for k, s in enumerate(statements)}
    clauses = {k: [c for x in said[k] for c in _parted(text, x)] for k in said}
    tellers = {k: [p] for k, p in partners.items()}
    cut = {k: x if len(x) > 1 else clauses[k] for k, x in said.items()}
    found = judged.told(cut, tellers, left, {k: SURE if len(x) > 1 else SURE_CLAUSE for k, x in said.items()})
    for x in found:
        tellers.setdefault(x.whole, []).append(readings[1 - side].told[x.other])
    left = set(left) - {x.other for x in found}
    deeper = judged.told(
        {k: c for k, c in clauses.items() if len(c) > len(said[k]) > 1 and k in tellers},
        tellers, left, dict.fromkeys(clauses, SURE_CLAUSE),
    )  # fmt: skip
    taken = {s for x in deeper for s in x.part}
    return [*(replace(x, part=without(text, x.part, taken)) for x in found), *deeper]


@dataclass(frozen=True, slots=True)
class _Judged:
    """The readings of parent and child, the side whose statements are cut, and what their parts are weighed by."""

    readings: tuple[Reading, Reading]
    side: int
    manner: dict[str, float]
    scales: Mapping[str, Weighing]
    judge: Judge | None

    def told(
        self,
        cut: Mapping[int, Sequence[Content]],
        tellers: Mapping[int, Sequence[Passage]],
        left: Collection[int],
        least: Mapping[int, float],
    ) -> list[Part]:
        """The statements `left` that tell parts of the statements that are `cut` other than those of their `tellers`,
        and `least` as surely as they have to."""
        whole, others = self.readings[self.side], self.readings[1 - self.side]
        statements = whole.version.statements
        cut = {k: x for k, x in cut.items() if len(x) > 1}
        if not cut or not left:
            return []
        of: list[tuple[int, Content]] = []
        for k, s in enumerate(statements):
            of += [(k, part) for part in cut.get(k, [s.content])]
        split = Reading(replace(whole.version, statements=tuple(replace(statements[k], content=x) for k, x in of)))
        gone: set[int] = set()
        for k in cut.keys() & tellers.keys():
            for t in tellers[k]:
                gone |= _told_by(t, [(n, split.told[n]) for n, (m, _) in enumerate(of) if m == k])
        beside = Beside(*((split, others) if self.side == 0 else (others, split)), self.judge)
        beside.manner = self.manner
        found = statement_candidates(beside.parent, beside.child)
        near = found.among(np.isin(found.parent if self.side else found.child, sorted(left)))
        weighed = weighed_statements(beside, near, self.scales)
        rows = [(p, c.parent, c.again) if self.side == 0 else (p, c.again, c.parent) for p, c in weighed]
        out: list[Part] = []
        done: set[int] = set()
        for p, n, other in sorted(rows, key=lambda x: (-x[0], x[1:])):
            k = of[n][0]
            if other in done or p < least[k]:
                continue
            done.add(other)  # what tells something else the best is no part of this
            x, y = split.told[n], others.told[other]
            if k not in cut or n in gone or crossed(x, y) or rebutted(x, y):
                continue
            if beside.apart([(n, other) if self.side == 0 else (other, n)]):
                continue
            spoken = [x for t in tellers.get(k, ()) for x in t.spans]
            if any(x.overlaps(y) for x in spoken for y in others.told[other].spans):
                continue
            mine = {m for q, m, o in rows if o == other and of[m][0] == k and m not in gone and q >= LIKELY} | {n}
            gone |= mine
            part = tuple(x for m in sorted(mine) for x in of[m][1])
            out.append(Part(whole=k, part=part, other=other, score=p))
        return out


def _told_by(partner: Passage, said: Sequence[tuple[int, Passage]]) -> set[int]:
    """The sentences that a statement's partner tells: the one that it shares the most with, and any that it has half
    the words of."""
    shares = {n: shared_weight(x.weights, partner.weights) for n, x in said}
    most = max(shares.values())
    return {n for n, x in said if shares[n] == most or shares[n] >= TOLD * x.total}
