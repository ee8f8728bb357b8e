"""What an answer says outright of a claim in another article, whatever the weights say."""

from __future__ import annotations

import re

from stemmata.dispute.told import Utterance
from stemmata.language.counts import Quantity

LARGE = 100  # of a number so large no unit is asked: it hardly counts two things in one story (by hand)
# How much of their own words somebody must take up to be said to deny them, and how far behind what else they said must
# stay. Of 0.2 to 0.4 and 0 to 0.3, on bench/train and our dossiers: the most at a precision over 0.9
TAKEN_UP, NEXT = 0.2, 0.3
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


def own_words(by: Utterance, of: Utterance) -> float:
    """How much of what an earlier article has somebody say `by` takes up, where they deny having said it; else 0."""
    if by.reading is of.reading or not by.of_one_actor(of) or not _disowns(by):
        return 0.0
    shared = (by.heavy | (by.frame - by.called)) & of.heavy
    return sum(of.weights[w] for w in sorted(shared)) / of.total


def _disowns(t: Utterance) -> bool:
    told = " ".join(p.of(t.reading.text) for p in t.statement.content)
    return t.denying and (t.disowning or _NEVER_SAID.search(told) is not None)
