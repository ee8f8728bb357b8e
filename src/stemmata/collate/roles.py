"""Who did what to whom: "Kolmark attacked Vesperia" beside "Vesperia attacked Kolmark", "the bank sued the ministry"
beside "the ministry sued the bank"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise

from stemmata.collate.denial import unlike
from stemmata.collate.rendering import Rendering, once_a_pair
from stemmata.language.wording import PREPOSITIONS, Word, lexicon, stem, weight
from stemmata.model import Span

NAME, DEED = 0.5, 0.4  # weights of a name and of a word of what was done, at least (by hand)
NOUN = 0.3  # weight of a noun that "the" makes one of its kind, at least (by hand)
REACH = 6  # words between a name and what it did, or what was done to it, at most (by hand)
OTHERS = 1  # telling words besides that may differ (by hand)
_DONE = frozenset(("is", "are", "was", "were", "be", "been", "being", "got", "by"))
# What two do to each other
_MUTUAL = re.compile(
    r"(?:me+ts?|meeting|marr(?:y|ies|ied)|border(?:s|ed)?|resemble[sd]?|equal(?:s|led)?|play(?:s|ed)?|fac(?:es|ed)|"
    r"neighbours?|pass(?:ed|es)?|cross(?:ed|es)?|adjoin(?:s|ed)?|match(?:ed|es)?|f(?:ights?|ought)|battle[sd]?|divorced|"
    r"kiss(?:ed|es)?|hug(?:s|ged)|embrace[sd]?|and|or|like)|.*\s+(?:with|alongside|and|or|from|to)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s+\w+")
# What may not stand before and behind a noun that "the" makes one party: it is no part of another's name or thing ("of
# the bank", "the bank's lawyers"), nor one of two that do it together
_ENDS = re.compile(r"(?![’'-]\w|\s+(?:of|and|or|nor|with|between)\b)")
_JOINED = frozenset(
    ("of", "and", "or", "nor", "with", "between", "alongside", "like", "than", "as", "from", "at", "in")
)
_PRONOUN = re.compile(r"\b(?:(?P<does>he|she|they)|(?P<done>him|them|her(?!\s+[^\W\d])))\b", re.IGNORECASE)
_PERSON = {"he": "he", "him": "he", "she": "she", "her": "she", "they": "they", "them": "they"}
Pair = tuple[Span, Span]


@dataclass(frozen=True, slots=True)
class _Party:
    """Somebody or something that a statement names: where among its words, and by which word it is tied to the rest."""

    at: int
    span: Span
    name: bool
    tie: str = ""
    case: str = ""  # of a pronoun: whether it "does" or is "done" to
    more: str = ""  # what else of a noun stands behind it: "director" of "the clinical director"


@once_a_pair
def roles_changed(parent: Rendering, child: Rendering) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """The parties, of each side, of which the child tells that the other did it, or that it was done to another."""
    return turned_round(parent, child) or put_in_place(parent, child)


def turned_round(parent: Rendering, child: Rendering) -> tuple[Pair, Pair] | None:
    """The two parties, of each side, that have changed places around one word, where hardly another word differs and
    both sides are active, or both passive; or that have kept them, where the one is active and the other passive: "had
    sued the ministry", "had been sued by the ministry". It says so of one of the 32,700 gold claims and claims of our
    rewrites told again, where one is so, the same, by names; of nouns with "the" and pronouns there is none but one
    that "had passed" another, which is aside, and of voices none."""
    ours, theirs = _once(parent), _once(child)
    both = [w for w in ours if w in theirs]
    before, after = (dict(_parties(t, x)) for t, x in ((parent, ours), (child, theirs)))
    parties = [x for x in before if x in after]
    if len(parties) < 2 or len(unlike(parent, child)) + len(unlike(child, parent)) > OTHERS:
        return None
    for deed in (w for w in both if w not in parties and weight(w) > DEED):
        (i, at), (j, again) = ours[deed], theirs[deed]
        if _form(parent, at) != _form(child, again) or _mutual(parent, at) or _mutual(child, again):
            continue
        for x, y in combinations(parties, 2):
            old, new = (before[x], before[y]), (after[x], after[y])
            if not (_around(old, i) and _around(new, j)):
                continue
            if any(x.more != y.more and {x.more, y.more} - {deed, ""} for x, y in zip(old, new, strict=True)):
                continue  # "the bank" is not "the bank manager"
            places = (old[0].at < i) != (new[0].at < j)
            was, now = _passive(parent, i), _passive(child, j)
            told_so = _alike(old, new) if was == now else _by(*((new, old) if was else (old, new)))
            if told_so and places == (was == now):
                return (old[0].span, old[1].span), (new[0].span, new[1].span)
    return None


def put_in_place(parent: Rendering, child: Rendering) -> tuple[tuple[Span], tuple[Span]] | None:
    """The one party of each side that the other has not, where they are never one, as a union is no company (force.tsv,
    "side"), and no other telling word differs: "blamed the union" beside "blamed the company". No gold claim of
    bench/train, our dossiers and rewrites does that, and this finds none there; by hand, in the tests."""
    if len(parent.negators) != len(child.negators) or set(parent.core).isdisjoint(child.core):
        return None
    (x, *more), (y, *others) = ([*_sides(t, beside), None] for t, beside in ((parent, child), (child, parent)))
    if x is None or y is None or len(more) > 1 or len(others) > 1 or _side(x) == _side(y):
        return None
    if unlike(parent, child) - {x.norm} or unlike(child, parent) - {y.norm}:
        return None
    return (x.span,), (y.span,)


def _sides(told: Rendering, beside: Rendering) -> list[Word]:
    """The words with "the" that name a side, and that the other has not."""
    pairs = pairwise(told.words)
    return [w for the, w in pairs if _form(told, the) == "the" and _side(w) and w.norm not in beside.stems]


def _side(w: Word) -> str:
    return _listed_sides().get(w.norm, "")


@cache
def _listed_sides() -> dict[str, str]:
    return {stem(form): side for form, side in lexicon("force")["side"].items()}


def _around(parties: tuple[_Party, _Party], deed: int) -> bool:
    """Whether one stands before what is done and the other behind it, both near."""
    one, other = (x.at - deed for x in parties)
    return one * other < 0 and max(abs(one), abs(other)) <= REACH


def _alike(old: tuple[_Party, _Party], new: tuple[_Party, _Party]) -> bool:
    """Whether it is done to the one as it was to the other: names may be tied to it as they like, else both by the same
    word ("to the judge"), or by none."""
    if all(x.name for x in (*old, *new)):
        return True
    does, done = ([max(pair, key=lambda x: x.at * far) for pair in (old, new)] for far in (-1, 1))
    if any(x.case == "done" or x.tie in PREPOSITIONS for x in does) or any(x.case == "does" for x in done):
        return False
    return done[0].tie == done[1].tie


def _by(active: tuple[_Party, _Party], passive: tuple[_Party, _Party]) -> bool:
    """Whether the one of two does it to what stands behind the deed, and to the other it is done by that."""
    done, doer = (max(x, key=lambda p: p.at) for x in (active, passive))
    return done.tie not in PREPOSITIONS and doer.tie == "by"


def _once(told: Rendering) -> dict[str, tuple[int, Word]]:
    """The words that stand once in what is said, by stem, with their place among all."""
    count = Counter(told.stems)
    return {w.norm: (n, w) for n, w in enumerate(told.words) if count[w.norm] == 1}


def _parties(told: Rendering, once: dict[str, tuple[int, Word]]) -> Iterator[tuple[str, _Party]]:
    """The names, the nouns with "the" and the one pronoun of each kind."""
    words = told.words
    for norm, (at, w) in once.items():
        said = w.span.of(told.text)
        if said[0].isupper() and weight(norm) > NAME and not told.titled(said):
            yield norm, _Party(at, w.span, True, _tie(told, at))
        elif weight(norm) > NOUN and at and _form(told, words[at - 1]) == "the":
            tie = _tie(told, at - 1)
            if tie not in _JOINED and _ENDS.match(told.text, w.span.end):
                yield norm, _Party(at, w.span, False, tie, more=_more(told, at))
    persons: dict[str, list[_Party]] = {}
    for at, w in enumerate(words):
        if m := _PRONOUN.match(told.text, w.span.start):
            party = _Party(at, w.span, False, _tie(told, at), m.lastgroup or "")
            persons.setdefault(_PERSON[m.group().lower()], []).append(party)
    for person, found in persons.items():
        if len(found) == 1:
            yield person, found[0]


def _more(told: Rendering, at: int) -> str:
    """The telling word right behind a noun, empty where there is none."""
    w, after = told.words[at], next(iter(told.words[at + 1 : at + 2]), None)
    behind = after is not None and told.text[w.span.end : after.span.start].isspace() and weight(after.norm) > DEED
    return after.norm if after and behind else ""


def _tie(told: Rendering, at: int) -> str:
    return _form(told, told.words[at - 1]) if at else ""


def _form(told: Rendering, w: Word) -> str:
    return w.span.of(told.text).lower()


def _mutual(told: Rendering, deed: Word) -> bool:
    following = _NEXT.match(told.text, deed.span.end)
    ends = (deed.span.end, following.end() if following else deed.span.end)
    return any(_MUTUAL.fullmatch(told.text, deed.span.start, end) for end in ends)


def _passive(told: Rendering, at: int) -> bool:
    """Whether what is done at that place among the words is done by what follows."""
    near = [_form(told, w) for w in told.words[max(0, at - 2) : at + 3]]
    return not _DONE.isdisjoint(near)
