"""Who did what to whom: "Kolmark attacked Vesperia" beside "Vesperia attacked Kolmark", "the bank sued the ministry"
beside "the ministry sued the bank"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from stemmata.collate.denial import unlike
from stemmata.collate.rendering import Rendering, once_a_pair
from stemmata.language.wording import PREPOSITIONS, Word, lexicon, stem, weight
from stemmata.lists import pattern
from stemmata.model import Span

NAME, DEED, NOUN = 0.5, 0.4, 0.3  # weights of a name, of what was done, of a noun with "the", at least (by hand)
REACH = 6  # words between a name and what it did, or what was done to it, at most (by hand)
OTHERS = 1  # telling words besides that may differ (by hand)
_DONE = frozenset(("is", "are", "was", "were", "be", "been", "being", "got", "by"))
_MUTUAL = pattern("conditions", "mutual")  # what two do to each other
_WITH = re.compile(r"\s+(?:with|alongside|and|or|from|to)\b")
# What may not stand before and behind a noun that "the" makes one party: it is no part of another's name or thing ("of
# the bank", "the bank's lawyers"), nor one of two that do it together
_ENDS = re.compile(r"(?![’'-]\w|\s+(?:of|and|or|nor|with|between)\b)")
_JOINED = frozenset(
    ("of", "and", "or", "nor", "with", "between", "alongside", "like", "than", "as", "from", "at", "in")
)
_PRONOUNS = {"he": "he", "him": "he", "she": "she", "her": "she", "they": "they", "them": "they"}
_Party = tuple[int, Span, str, str]  # its place among the words, its word, what it is called, what ties it to the rest
_Deed = tuple[str, str, str, str]  # what was done, by whom, to whom, and what ties that one to it


@once_a_pair
def roles_changed(parent: Rendering, child: Rendering) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """The parties, of each side, of which the child tells that the other did it, or that it was done to another."""
    return turned_round(parent, child) or put_in_place(parent, child)


def turned_round(parent: Rendering, child: Rendering) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """The two parties, of each side, of which the one did to the other what the other did to it, by the same word, be
    it active or passive, where hardly another word differs. It says so of one of the 32,700 gold claims and claims of
    our rewrites told again, where one is so, the same."""
    if len(unlike(parent, child)) + len(unlike(child, parent)) > OTHERS:
        return None
    before, after = dict(_deeds(parent)), dict(_deeds(child))
    turned = ((before[x], after[y]) for x in before for y in [(x[0], x[2], x[1], x[3])] if y in after)
    return next(turned, None)


def _deeds(told: Rendering) -> Iterator[tuple[_Deed, tuple[Span, Span]]]:
    """Who did what to whom, and where the two stand."""
    count = Counter(told.stems)
    for at, w in enumerate(told.words):
        done = _form(told, w)
        mutual = _MUTUAL.fullmatch(done) or _WITH.match(told.text, w.span.end)
        if count[w.norm] > 1 or weight(w.norm) <= DEED or mutual:
            continue
        active = _DONE.isdisjoint(_form(told, x) for x in told.words[max(0, at - 2) : at + 3])
        parties = [x for x in _parties(told, w.norm, count) if 0 < abs(x[0] - at) <= REACH]
        for _, one, name, tie in (x for x in parties if x[0] < at):
            for _, other, its_name, its_tie in (x for x in parties if x[0] > at):
                if its_tie == "by" and not active:
                    yield (done, its_name, name, ""), (other, one)
                elif active and tie not in PREPOSITIONS:
                    yield (done, name, its_name, its_tie if its_tie in PREPOSITIONS else ""), (one, other)


def _parties(told: Rendering, deed: str, count: Counter[str]) -> Iterator[_Party]:
    """The names, the nouns with "the" and the one pronoun of each kind that a statement names once."""
    forms = [_form(told, w) for w in told.words]
    persons = Counter(_PRONOUNS[x] for x in forms if x in _PRONOUNS)
    for at, w in enumerate(told.words):
        said, tie = w.span.of(told.text), forms[at - 1] if at else ""
        if forms[at] in _PRONOUNS and persons[_PRONOUNS[forms[at]]] == 1:
            yield at, w.span, _PRONOUNS[forms[at]], tie
        elif count[w.norm] > 1 or w.norm == deed:
            continue
        elif said[0].isupper() and weight(w.norm) > NAME and not told.titled(said):
            yield at, w.span, w.norm, tie
        elif tie == "the" and weight(w.norm) > NOUN and _ENDS.match(told.text, w.span.end):
            after = told.words[at + 1 : at + 2]
            more = [x.norm for x in after if told.text[w.span.end : x.span.start].isspace() and weight(x.norm) > DEED]
            tie = forms[at - 2] if at > 1 else ""
            if tie not in _JOINED:  # "the bank" is not "the bank manager"
                yield at, w.span, " ".join([w.norm, *(x for x in more if x != deed)]), tie


def put_in_place(parent: Rendering, child: Rendering) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """The one party of each side that the other has not, where they are never one, as a union is no company (force.tsv,
    "side"), and no other telling word differs: "blamed the union" beside "blamed the company". No gold claim of
    bench/train, our dossiers and rewrites does that, and this finds none there; by hand, in the tests."""
    if len(parent.negators) != len(child.negators) or set(parent.core).isdisjoint(child.core):
        return None
    gone, new = _sides(parent, child), _sides(child, parent)
    if len(gone) != 1 or len(new) != 1 or _listed_sides()[gone[0].norm] == _listed_sides()[new[0].norm]:
        return None
    if unlike(parent, child) - {gone[0].norm} or unlike(child, parent) - {new[0].norm}:
        return None
    return (gone[0].span,), (new[0].span,)


def _sides(told: Rendering, beside: Rendering) -> list[Word]:
    """The words with "the" that name a side, and that the other has not."""
    named = (w for the, w in pairwise(told.words) if _form(told, the) == "the" and w.norm in _listed_sides())
    return [w for w in named if w.norm not in beside.stems]


@cache
def _listed_sides() -> dict[str, str]:
    return {stem(form): side for form, side in lexicon("force")["side"].items()}


def _form(told: Rendering, w: Word) -> str:
    return w.span.of(told.text).lower()
