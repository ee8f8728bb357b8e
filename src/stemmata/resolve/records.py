"""All that a case knows of the figures of one key: their kind, names and countries, and where they meet others.

Of one name, different articles may say different kinds; `of_shown_kinds` settles that before records are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import Literal

from stemmata.groups import Groups
from stemmata.language.lexicon import bodies, closed, common, firms, places, singular, titles
from stemmata.language.spelling import alike, skeleton
from stemmata.language.wording import folded
from stemmata.model import ActorKind, Judgement
from stemmata.resolve.article import ENGLISH
from stemmata.resolve.entities import people_of
from stemmata.resolve.figures import NOBODYS, Figure, Votes, generic, plain
from stemmata.resolve.keys import PARTED, figure_key, is_described, is_part, local, part_key, words_of
from stemmata.resolve.names import untitled

ITSELF = 0.8  # weight of a place's votes for itself as a country; 0.4 to 0.8 do as well on bench/train, 1.0 worse
# Sum of probabilities from which a capital is taken for a country's, which one text gives only where it says so. By
# gold, of bare names that vote for another country, in bench/train and every second dossier: 16 are its capitals and 42
# are not; from 1.0 on 10 and 7.
CAPITAL = 1.0
RATHER = 0.5  # ... and from which it is rather that than a person's surname: not tuned
NEXT = 8  # not tuned: of the 7,057 full names of the dossiers 61 first or last words are of one sound at most
# Words of ministries and offices that are compared as others: bench/train 3 mended and none broken, dossiers none.
_SAME = ENGLISH | {"interior": "internal", "external": "foreign", "oil": "petroleum", "premier": "minister"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All figures of one key: what the decision across articles needs to know of them.

    What an analyst parted from the rest of its key has a key of its own: "KEY|DOCUMENT", or "KEY|" for all of it.
    """

    key: str
    kind: ActorKind
    names: tuple[str, ...]  # names and aliases, each once, in order of the alphabet
    countries: Votes = ()
    likely: str | None = None  # the key of whom it stands for where nothing tells more
    beside: tuple[str, ...] = ()  # of a body known in one document: who speaks there by full name, `BESIDE` at most


def records(
    figures: Iterable[Figure],
    corrections: Iterable[Judgement] = (),
    speaking: Mapping[str, Iterable[str]] | None = None,
) -> list[Record]:
    """One record for each key, and one for each part that an analyst's corrections split off. `speaking`: document ->
    the keys of those who speak there by full name; of all `figures` where these are whole documents."""
    figures = list(figures)
    if speaking is None:
        speaking = _speaking(figures)
    parted = {t for c in corrections if c.kind == "split" for t in c.targets}
    names: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, ActorKind] = {}
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    likely: dict[str, str] = {}
    beside: dict[str, tuple[str, ...]] = {}
    for f in figures:
        key = part_key(f.key, f.document, parted)
        names[key] |= {f.name, *f.aliases}
        kinds[key] = min(kinds.get(key, f.kind), f.kind)
        if f.likely:
            likely[key] = part_key(f.likely, f.document, parted)
        if told_locally(f.key) and f.kind == "organisation":
            beside[key] = tuple(sorted(speaking.get(f.document, ()))[:BESIDE])
        for country, chance in f.countries:
            votes[key][country] += round(chance * 10_000)  # whole numbers: the sum is the same in any order
    return [
        Record(
            key=k,
            kind=kinds[k],
            names=tuple(sorted(names[k])),
            countries=tuple(sorted((c, v / 10_000) for c, v in votes[k].items())),
            likely=likely.get(k),
            beside=beside.get(k, ()),
        )
        for k in sorted(names)
    ]


def _speaking(figures: Iterable[Figure]) -> dict[str, set[str]]:
    """Document -> the keys of those of its figures that are persons by full name."""
    found: dict[str, set[str]] = defaultdict(set)
    for f in figures:
        if f.key.startswith("person:") and " " in f.key:
            found[f.document].add(f.key)
    return found


def told_locally(key: str) -> bool:
    """Whether a key is of somebody known in one document only, as that document tells it."""
    return local(key) and not key.startswith(PARTED)


def blocks(record: Record) -> tuple[str, ...]:
    """Where a record meets others. Anonymous, unnamed and vague ones meet nobody, but for a state's own bodies
    ("Tamsin's energy ministry") and those of one story (`STORY`), nor do those parted by hand, but for the latter."""
    out = set(_of_a_story(record))
    if is_part(record.key):
        return tuple(sorted(out))
    if is_described(record.key):
        return tuple(sorted(out | _of_a_state(record)))
    if record.kind == "person":
        full = [w for n in record.names if len(w := person_words(n)) > 1]
        for words in full:
            out.add(f"person {skeleton(words[-1])}")
        if not local(record.key):
            out |= {"body " + " ".join(sorted(w)) for w in map(body_words, record.names) if len(w) > 1}
        for n in record.names:
            words = person_words(n)
            if len(words) == 1 and (not full or folded(words[0]) in (folded(w) for f in full for w in f)):
                out.add(f"person {skeleton(words[0])}")
    elif record.kind == "government":
        out.add(f"state {words_of(record.key)}")
        if (country := country_of(record)) is not None:
            out.add(f"state {folded(country)}")
        if " " not in (own := words_of(record.key)) and own not in places():
            out.add(f"person {skeleton(own)}")
    elif is_lone(record):
        out.add(f"person {skeleton(words_of(record.key))}")
    elif not local(record.key):
        out |= {"body " + " ".join(sorted(body_words(n))) for n in record.names if not generic(n)}
        out.add(f"state {words_of(record.key)}")
        if _may_be_surname(own := words_of(record.key)):
            out.add(f"person {skeleton(own)}")
    return tuple(sorted(out))


def _may_be_surname(own: str) -> bool:
    return " " not in own and own not in places() and own not in common() and own not in bodies()


_STATE_BODY = re.compile(r"([a-z][^A-ZÀ-Þ,]*) (?:of|in) [A-ZÀ-Þ][\w’'-]+")
_STATE_BODIES = closed("state-bodies")
_NOT_GIVEN = frozenset((*bodies(), *titles(), *closed("field"), "foreign"))


def _of_a_state(record: Record) -> set[str]:
    """The block of a ministry, an army or the like that a text tells as a country's: "energy ministry of Tamsin"."""
    if record.kind != "organisation":
        return set()
    told = (n for n in record.names if (m := _STATE_BODY.fullmatch(n)) and m[1].split()[-1] in _STATE_BODIES)
    return {"body " + " ".join(sorted(body_words(n))) for n in told}


STORY = "story"  # what blocks begin with in which bodies of one story meet
# Persons of an article whose pairs are looked at, the first by the alphabet, so that two articles take the same ones
# and a long transcript makes 28 blocks a body: of 2,007 pairs as below, 12 have no two such persons.
BESIDE = 8


def _of_a_story(record: Record) -> set[str]:
    """The blocks of a body that is known in one document only ("the energy ministry"): its words, with each two of the
    persons who speak there by full name.

    Two bodies of the same words in articles in which the same two persons speak are one by the gold speakers in 1,989
    of 2,007 pairs of the dossiers, all of them in one case, and in 150 of 150 of bench/train; where one such person
    speaks, in 391 of 400. Of persons who are named and do not speak, 23 pairs more are right and 4 wrong. A lone
    "government" and "company" are left out (41 and 3), and so are groups: "officials" are nobody's by gold.
    """
    if not record.beside or not (told := _telling(figure_key(record.key).partition(":")[2])):
        return set()
    return {f"{STORY} {told}: {words_of(a)}, {words_of(b)}" for a, b in combinations(record.beside, 2)}


@lru_cache(maxsize=1 << 12)
def _telling(own: str) -> str:
    """The telling words of a body that has no name of its own, in one order; "" where they are told of too many."""
    own = own.removeprefix("organisation:")
    head = singular(own)
    lone = head in firms() or bodies().get(head) == "government"
    return "" if lone else " ".join(sorted(body_words(own)))


def of_shown_kinds(given: Sequence[Record]) -> list[Record]:
    """The records, each of the kind that all articles together show: a person, a body or a government."""
    return _taken_for_persons(_surnames(_shown_bodies(_of_one_kind(given))))


def person_words(name: str) -> list[str]:
    """The words of a person's name, as written, without its titles."""
    return untitled(plain(name).replace(".", " ").split())


def spellings(words: Iterable[str]) -> dict[str, str]:
    """Folded words -> the least of those that they can be other spellings of: the same consonants, and `alike`.

    "callaway" and "calloway" are one; "emma", "mia" and "amy" sound alike and are three. Of the full names of the
    dossiers as one case, 19 pairs come to one person so, 94 by consonants alone, most of them of two.

    Of many words of the same consonants each is compared with those next to it alone, in the order of the alphabet and
    in that of their ends (sorted neighbourhood: Hernandez, Stolfo 1995), so that the time grows with their number.
    """
    groups = Groups(words)
    sounds: dict[str, list[str]] = defaultdict(list)
    for w in groups.roots():
        sounds[skeleton(w)].append(w)
    for one in sounds.values():
        for order in (sorted(one), sorted(one, key=lambda w: w[::-1])):
            for k, w in enumerate(order):
                for other in order[k + 1 : k + 1 + NEXT]:
                    if groups.root(w) != groups.root(other) and alike(w, other):
                        groups.join(w, other)
    return groups.roots()


def body_words(name: str) -> frozenset[str]:
    """The telling words of a body's name, folded, its field under one word: "internal" of "Interior Ministry"."""
    words = (folded(w) for w in re.findall(r"[^\W_]+", plain(name)))
    return frozenset(_SAME.get(w, w) for w in words) - {"the", "of", "and", "for", "s", "in"}


def country_of(r: Record, least: float = CAPITAL) -> str | None:
    """The country whose government a capital stands for, where the articles say so; None for a country itself."""
    own = words_of(r.key)
    votes: dict[str, float] = {}
    for c, v in sorted((x for x in r.countries if x[0]), key=lambda x: (len(x[0]), x)):
        home = next((k for k in votes if people_of(folded(c), folded(k))), c)
        votes[home] = votes.get(home, 0.0) + v
    itself = sum(v for c, v in votes.items() if folded(c) == own)
    rest = max(((v, c) for c, v in votes.items() if folded(c) != own), default=(0.0, ""))
    return rest[1] if rest[0] > ITSELF * itself and rest[0] >= least else None


def is_country(r: Figure | Record) -> bool:
    """Whether its texts show it to be a country: it is nobody's capital in any."""
    own = {words_of(r.key)}
    return r.kind == "government" and own == {folded(country) for country, _ in r.countries}


def shown_as(r: Figure | Record) -> Literal["", "body", "titled", "beside"]:
    """What a text shows of a figure that is no government: a body that is no state, a person with a title ("Mr", "the
    mayor"), an office that is rather another's than the likely one's; "" where it shows nothing."""
    if all(country for country, _ in r.countries):
        return ""
    return "beside" if r.likely else "titled" if r.kind == "person" else "body"


def _surnames(given: Sequence[Record]) -> list[Record]:
    """The records with the bare governments and bodies that bear the surname of exactly one person as that person's: a
    government of one to whom a text gives a person's title unless it is surely a capital, of any other unless it is
    rather one; a body of any, unless its text shows a body, or another one a country. Of the dossiers' statements as
    found, each family a case, 20 of 21 such bodies are that person, and 11 of 12 governments; a case of a hundred
    families that know nothing of each other has namesakes: of 7 such bodies by gold 2 are."""
    called: dict[str, set[str]] = defaultdict(set)
    titled: set[str] = set()
    for person, words in ((x, person_words(n)) for x in filter(_is_named, given) for n in x.names):
        if len(words) > 1 and _is_given(words[0]) and "of" not in words:
            called[folded(words[-1])].add(folded(words[0]))
            titled |= {folded(words[-1])} if shown_as(person) == "titled" else set()
    alone = {own for own, firsts in called.items() if len(set(spellings(firsts).values())) == 1} - places().keys()

    def rules(r: Record, own: str) -> bool:
        return is_country(r) or country_of(r, CAPITAL if own in titled else RATHER) is not None

    states = {own for r in given if r.kind == "government" and rules(r, own := words_of(r.key))}

    def borne(r: Record) -> bool:
        own = words_of(r.key)
        if own not in alone or own in states:
            return False
        return r.kind == "government" or (
            r.kind == "organisation" and _everywhere(r) and _may_be_surname(own) and shown_as(r) != "body"
        )

    return [
        replace(r, kind="person", names=tuple(n for n in r.names if folded(n) == words_of(r.key)), countries=())
        if borne(r)
        else r
        for r in given
    ]


def _taken_for_persons(given: Sequence[Record]) -> list[Record]:
    """The records with the lone names that an article takes for a person's, untitled, as a body's where another one
    shows a body of that name and nobody has it for a surname. Of 44 such pairs in the dossiers, statements as found,
    all tell one speaker."""
    named = {folded(w[-1]) for r in filter(_is_named, given) for n in r.names if len(w := person_words(n)) > 1}
    named |= {words_of(r.key) for r in given if r.kind == "government"}
    found = {words_of(r.key) for r in given if shown_as(r) == "body" and _everywhere(r)} - named

    def taken(r: Record) -> bool:
        own = words_of(r.key)
        alone = own in found and _may_be_surname(own) and {folded(n) for n in r.names} == {own}
        return r.kind == "person" and is_lone(r) and alone and shown_as(r) != "titled"

    return [replace(r, kind="organisation", countries=()) if taken(r) else r for r in given]


def _is_named(r: Record) -> bool:
    """Whether it is a person who meets others by name (`blocks`): "the envoy of Ostwerk" tells nothing of another
    article's Ostwerk, and is not at hand when that one comes or goes."""
    return r.kind == "person" and not (is_described(r.key) or is_part(r.key))


def is_lone(r: Record) -> bool:
    """Whether its article takes a name for a person's that is known in that document only: "Reyk"."""
    return r.key.startswith("person@")


def _is_given(word: str) -> bool:
    """Whether the first word of a person's name may be a given name: "Ana", and neither "A." nor "of" nor "Foreign"."""
    key = folded(word.strip("."))
    return len(key) > 1 and word[:1].isupper() and not (key in common() or key in _NOT_GIVEN)


def _of_one_kind(given: Sequence[Record]) -> list[Record]:
    """The records, those of one name of several words, a person's in some articles and a body's in others, as a
    person's where an article gives it a person's title ("Mr", "the mayor"), else as a body's."""
    titled: dict[frozenset[str], bool] = {}
    for r in (r for r in given if r.kind == "person" and _everywhere(r)):
        for words in map(body_words, r.names):
            titled[words] = titled.get(words, False) or shown_as(r) == "titled"
    bodily = {body_words(n) for r in given if r.kind == "organisation" and _everywhere(r) for n in r.names}
    both = {w: t for w, t in titled.items() if len(w) > 1 and w in bodily}
    out = []
    for r in given:
        told = {both[w] for w in map(body_words, r.names) if w in both} if _everywhere(r) else ()
        if r.kind == "organisation" and told == {True}:
            r = replace(r, kind="person", countries=NOBODYS)
        elif r.kind == "person" and told == {False}:
            r = replace(r, kind="organisation", countries=())
        out.append(r)
    return out


def _shown_bodies(given: Sequence[Record]) -> list[Record]:
    """The records, with the governments that bear a name which another article shows to be a body's as that body."""
    shown = {words_of(r.key) for r in given if shown_as(r) == "body" and not is_part(r.key)}
    return [
        replace(r, kind="organisation", names=tuple(n for n in r.names if folded(n) == own), countries=NOBODYS)
        if r.kind == "government" and (own := words_of(r.key)) in shown and own not in places()
        else r
        for r in given
    ]


def _everywhere(r: Record) -> bool:
    return not local(r.key) and not is_part(r.key)
