"""What an answer says outright of a claim, mostly one of another article, whatever the weights say."""

from __future__ import annotations

import math
import re
from collections.abc import Set

from stemmata.dispute.told import Utterance
from stemmata.language.counts import Quantity
from stemmata.model import said_by

LARGE = 100  # of a number so large no unit is asked: it hardly counts two things in one story (by hand)
# How much of their own words somebody must take up to be said to deny them, and how far behind what else they said must
# stay. Of 0.2 to 0.4 and 0 to 0.3, on bench/train and our dossiers: the most at a precision over 0.9
TAKEN_UP, NEXT = 0.2, 0.3
# Share of the telling words of a denial that its claim has, and of one that has no more than FEW in common with it
REPEATED, ALL, FEW = 0.6, 0.75, 2
HALF = 0.5  # likewise of what is taken back (both by the counts of their functions)
RUN = 6  # words in a row that two hardly have in common but by quoting one utterance (by hand)
_WORD = re.compile(r"\w+")
_NEVER_SAID = re.compile(
    r"\b(?:never|not|ever|having)\s+(?:\w+\s+)?(?:said|spoken|spoke|told|used|called|threatened|confirmed|admitted"
    r"|promised|announced|written|wrote|conceded|demanded)\b|n[’']t\s+(?:\w+\s+)?(?:say|speak|tell|use|call)\b",
    re.IGNORECASE,
)


def other_numbers(by: Utterance, of: Utterance) -> list[float]:
    """The numbers of an earlier article that `by` says are not so: "It was twenty-nine, not thirty-one".

    Both count the same, as far as their units tell, or one actor tells both, or the number is large; and what stands
    around the answer shares a word with the claim. Of 73 such pairs of bench/train and our dossiers 67 are disputes
    (of bench/train 9 of 10), 63 of them corrections; in one article 1 of 8 is.
    """
    if by.reading is of.reading or not by.refused:
        return []
    one_actor = by.of_one_actor(of)
    if not one_actor and of.heavy.isdisjoint(by.around | by.block):
        return []
    told = {q.value for q in by.quantities if q not in by.refused}
    return [
        q.value
        for q in by.refused
        if q.value not in told
        and any(
            p.value == q.value and (one_actor or q.value >= LARGE or _one_unit(p.unit, _unit(by, q)))
            for p in of.quantities
        )
    ]


def taken_up(by: Utterance, of: Utterance) -> float:
    """How much of `of` the answer, its sentences and its paragraph take up."""
    return sum(of.weights[w] for w in sorted((by.around | by.block) & of.heavy)) / of.total


def _unit(t: Utterance, q: Quantity) -> str:
    """What a number counts, or what the nearest one beside it does: the days of "14 days and not 40"."""
    counting = [x for x in t.quantities if x.unit]
    if q.unit or not counting:
        return q.unit
    return min(counting, key=lambda x: abs(x.span.start - q.span.start)).unit


def _one_unit(one: str, other: str) -> bool:
    return one == other or not one or not other


def denied(by: Utterance, of: Utterance) -> float:
    """How much of what `by` denies, by its cue, another speaker told; 0 where they did not tell it, or told it denied
    too: "The police had fired on them", "The police denied that they had fired".

    Of 16 claims of bench/train and our dossiers that say so of another 14 dispute it (of bench/train 4 of 4).
    """
    asked = of.statement.act in ("urge", "propose")
    if "denies" not in by.cues or asked or by.of_one_actor(of) or by.odd == of.odd or _disowns(by):
        return 0.0
    heavy = by.heavy - _naming(by)
    common, share = len(heavy & of.heavy), _share_of(by, heavy, of)
    return share if share >= (REPEATED if common > FEW else ALL) and common >= FEW else 0.0


def withdrawn(by: Utterance, of: Utterance) -> float:
    """How much of what somebody takes back, by its cue, the same actor told before: "withdrew its statement about the
    fault". 0 where it is under half. Of our dossiers 6 of 6 claims dispute theirs by it, four of them to correct it."""
    if "withdraws" not in by.cues or not by.of_one_actor(of) or "withdraws" in of.cues:
        return 0.0
    share = _share_of(by, by.heavy - _naming(by), of)
    return share if share >= HALF else 0.0


def gone_back_on(by: Utterance, of: Utterance) -> float:
    """How much of what somebody told in an earlier article they now tell the other way round, in the same words:
    "denied that the tanks were empty", "conceded that the tanks were empty". 0 where it is little.

    Of 41 claims of bench/train and our dossiers that do 38 are disputes (of bench/train 11 of 14). One quotation, cut
    otherwise by two newsrooms, is no two minds.
    """
    before = said_by(of.reading.published) < said_by(by.reading.published)
    if not before or not by.of_one_actor(of) or by.odd == of.odd or _quoted_again(by, of):
        return 0.0
    common, share = by.heavy & of.heavy, min(_share_of(by, by.heavy, of), _share_of(of, of.heavy, by))
    return share if share >= REPEATED and len(common) >= FEW else 0.0


def _naming(t: Utterance) -> set[str]:
    """The words that only name what is denied or taken back: "Reyk's allegations"."""
    return {w for first, past, _ in t.targets for w in t.stems[first:past]}


def _quoted_again(by: Utterance, of: Utterance) -> bool:
    """Whether both quote the same words: RUN of them in a row."""
    if "indirect" in (by.statement.mode, of.statement.mode):
        return False
    runs = []
    for t in (by, of):
        told = [m.group().lower() for p in t.statement.content for m in _WORD.finditer(p.of(t.reading.text))]
        runs.append({tuple(told[k : k + RUN]) for k in range(len(told) - RUN + 1)})
    return not runs[0].isdisjoint(runs[1])


def _share_of(by: Utterance, words: Set[str], of: Utterance) -> float:
    whole = math.fsum(by.weights[w] for w in words)
    return math.fsum(by.weights[w] for w in words & of.heavy) / whole if whole else 0.0


def own_words(by: Utterance, of: Utterance) -> float:
    """How much of what an earlier article has somebody say `by` takes up, where they deny having said it; else 0."""
    if by.reading is of.reading or not by.of_one_actor(of) or not _disowns(by):
        return 0.0
    shared = (by.heavy | (by.frame - by.called)) & of.heavy
    return sum(of.weights[w] for w in sorted(shared)) / of.total


def _disowns(t: Utterance) -> bool:
    told = " ".join(p.of(t.reading.text) for p in t.statement.content)
    return t.denying and (t.disowning or _NEVER_SAID.search(told) is not None)
