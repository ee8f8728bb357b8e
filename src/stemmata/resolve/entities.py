"""The names of one article brought together: who and what it names, under which forms, roles, gender and kind."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise, takewhile
from operator import attrgetter

from stemmata.language.lexicon import (
    bodies,
    closed,
    common,
    firms,
    genders,
    given_names,
    places,
    singular,
    titles,
)
from stemmata.language.wording import RELATIVE, folded, headed
from stemmata.model import Sourcing, Span
from stemmata.resolve.names import CALENDAR, DETERMINERS, IN, RANKS, Layout, Name, titled

Suffixes = Mapping[str, float]  # ending of a first name -> log-odds that it is a man's; "" is the constant

TWO_WORDS = 1.2  # the vote of two capitalised words for a person: less than any other evidence
LISTED = 1.5  # the least log-odds of a listed first name; those from endings are mostly about that (by hand)
LEANS = 1.0  # a title's 3 times a first name's log-odds: below it the name may be anybody's; not tuned
_GOVERNS = closed("governs")
_FIRM_TOO = closed("firm-too")  # titles that firms and states bear as well: "the owner", "the rival"
_SAYS = closed("says")  # what stands before an office and is no part of it: "said culture minister Ana Reyk"
_IS = frozenset(("is", "was", "are", "were", "has", "had", "have", "does", "did", "will", "would"))
_ARTICLES = DETERMINERS - {"most", "one", "other", "two", "three", "four"}
_STILL = frozenset(("and", "or", "once", "now", "then", "today", "also"))  # may stand before "a judge" in an office
_WITHIN = IN - {"at", "from", "to", "through", "via"}
_SHARES = closed("shares")
_OF_FIRMS = closed("of-firms")  # who and what firms have, and states have not: "founder", "customers"
_FIRMS_DO = closed("firms-do")  # "runs", "owns": what states are seldom said to do
_FIRMS_DID = closed("firms-did")  # "made by Quill": bench/train and every second dossier: 5 of 5 are bodies
_FIRM_ENDINGS = tuple(closed("firm-ending"))  # of lone names: bench/train and every second dossier 15 of 15 are bodies
_LANDS = closed("lands")  # words that names of places begin or end with: "port", "springs"
_TRADES = closed("trades")  # nouns of firms that head no name of one: "pollster", "chain"


@dataclass(slots=True, kw_only=True)
class Mention:
    """Where an entity is mentioned, and how prominently."""

    start: int
    end: int
    sentence: int
    paragraph: int
    quoted: bool
    opens: bool  # the first name of its sentence
    opens_paragraph: bool


_START = attrgetter("start")


def mentioned(page: Layout, span: Span) -> Mention:
    """A mention of as much as stands in a span; `opens` where that begins its sentence, its paragraph."""
    at, sentence, paragraph = span.start, page.sentence(span.start), page.paragraph(span.start)
    return Mention(
        start=at, end=span.end, sentence=sentence, paragraph=paragraph, quoted=page.quoted(at),
        opens=page.sentence_span(sentence).start == at, opens_paragraph=page.paragraph_span(paragraph).start == at,
    )  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Entity:
    """One person, body or place of an article, growing while the article is read."""

    index: int
    kind: str  # person, body, place, country, unknown; group, anonymous, document for what has no name
    forms: list[tuple[str, ...]] = field(default_factory=list)
    keys: frozenset[str] = frozenset()  # the words of its forms, folded, once all names are brought together
    mentions: list[Mention] = field(default_factory=list)  # in the order of the text
    roles: list[Span] = field(default_factory=list)
    role_words: set[str] = field(default_factory=set)
    gender: float = 0.0
    given: float = 0.0  # 1 where its first name is only a man's, -1 where it is only a woman's
    label: str = ""  # for what has no name: its description
    votes: dict[str, float] = field(default_factory=dict)
    place: str | None = None  # the lexicon's kind: country, capital, seat, demonym
    governs: int = 0  # how often words of state follow it: "Tamsin's foreign minister", "the Tamsin army"
    stays: int = 0  # how often it stands behind "in", "at", "from"
    within: int = 0  # how often one is in or near it: "at", "to" and "from" stand before firms too
    belongs: int = 0  # how often behind "of", "with", "against", or before a possessive ending
    state_of: int = 0  # how often behind "government of", "minister of", "embassy of"
    across: int = 0  # how often behind "neighbouring", "with", "against", "between"
    articles: int = 0  # how often behind "the"
    nameless: bool = False  # somebody's mother, one rights group of many: whoever it is, no name was given
    demonym: bool = False  # a form of another name of the text says who comes from it
    titled: int = 0  # how often the text gives it a title that only persons bear: "Mr", "the mayor"
    bodily: int = 0  # how often the text shows a body that is no state: "the consumer group X", "shares in X"

    @property
    def stately(self) -> bool:
        """Whether the text treats it as a state: "the Tamsin army", "the government of Tamsin", "the Tamsini
        side"."""
        return bool(self.governs or self.state_of or self.demonym)

    @property
    def stateless(self) -> bool:
        """Whether the text shows it to be a body, and nowhere a country or a city."""
        return bool(self.bodily) and not (self.stately or self.within)

    @property
    def unplaced(self) -> bool:
        """Whether its name is of several words that no land bears, and the text never says "in" it nor treats it as a
        state."""
        words = {part for form in self.forms if len(form) > 1 for w in form for part in folded(w).split("-")}
        known = self.place or self.stately or self.within
        return bool(words) and not known and words.isdisjoint(_LANDS)

    @property
    def named(self) -> bool:
        """Whether the text has a name for it."""
        return bool(self.forms)

    def between(self, start: int, end: int) -> list[Mention]:
        """Its mentions that begin in a stretch of the text."""
        a, b = (bisect_left(self.mentions, at, key=_START) for at in (start, end))
        return self.mentions[a:b]

    def last_before(self, at: int) -> Mention | None:
        """Where it is mentioned last before a character; None where it is not."""
        before = bisect_left(self.mentions, at, key=_START)
        return self.mentions[before - 1] if before else None

    def mention(self, m: Mention) -> None:
        """Adds one in its place."""
        insort(self.mentions, m, key=_START)


def entities(
    page: Layout,
    found: Sequence[Name],
    heads: Mapping[int, Sourcing],
    suffixes: Suffixes,
    issued: Collection[int] = frozenset(),
    bodily: Collection[int] = frozenset(),
) -> tuple[list[Entity], list[int]]:
    """The entities of an article, and for each name the index of its entity. `heads`: names that head a source;
    `issued`: those that a spokesperson or a paper speaks for; `bodily`: those that a source says are a body's."""
    made, of = _brought_together(page, found, heads, suffixes, issued)
    _add_mentions(page, found, made, of)
    for k, name in enumerate(found):
        _count(page, made[of[k]], name, bodily=k in bodily)
    for e in made:
        e.keys = frozenset(folded(w) for form in e.forms for w in form)
        e.kind = _kind(e)
        e.bodily += any(_spelt_as_body(page, form) for form in e.forms)
    _absorb_demonyms(made, of)
    inside = {of[k] for k, n in enumerate(found) if not n.initial or n.role or k in heads}
    for e in made:
        if e.kind == "unknown" and len(e.forms[0]) == 1 and not e.place and e.index not in inside:
            e.mentions = []  # the first word of a sentence, never a name inside one
        if e.kind in ("person", "unknown"):
            e.gender += _first_name(e, suffixes)
            e.given = _given(e)
    return made, of


def _brought_together(
    page: Layout,
    found: Sequence[Name],
    heads: Mapping[int, Sourcing],
    suffixes: Suffixes,
    issued: Collection[int],
) -> tuple[list[Entity], list[int]]:
    """The entities with their forms, roles and what speaks for each kind, and for each name the index of its entity."""
    of = [-1] * len(found)
    made: list[Entity] = []
    order = sorted(range(len(found)), key=lambda k: (-min(len(_keys(found[k].words)), 2), k))
    speaking = (_keys(found[k].words) for k, kind in heads.items() if kind == "named-organisation")
    alone = {keys for keys in speaking if len(keys) == 1}
    bearing: dict[str, dict[int, Entity]] = defaultdict(dict)  # word -> who has it in a name
    starts: dict[int, list[int]] = defaultdict(list)  # entity -> where its names begin
    for k in order:
        name = found[k]
        place = places().get(folded(" ".join(name.words)))
        known = place is not None and heads.get(k) != "named-person"
        home = _home(page, name, bearing, starts, suffixes, place=known, speaks=_keys(name.words) in alone)
        home = home or _spelt_out(name, made, found, of) or _called_so(page, k, made, found, of)
        if home is None:
            home = Entity(index=len(made), kind="unknown")
            made.append(home)
        of[k] = home.index
        starts[home.index].append(name.span.start)
        for key in _keys(name.words):
            bearing[key][home.index] = home
        written = [k for k, form in enumerate(home.forms) if name.keys == tuple(map(folded, form))]
        if not written:
            home.forms.append(name.words)
        elif all(w.isupper() for w in home.forms[written[0]]):  # a dateline's or a label's capitals
            home.forms[written[0]] = name.words
        if place and len(home.forms) > 1 and home.place is None:
            place = None  # "Chad" of "Chad Brell"
        state = place is not None and place.kind != "demonym"
        for key, weight in _kind_votes(page, name, heads.get(k), issued=k in issued, place=state).items():
            home.votes[key] = home.votes.get(key, 0.0) + weight
        if len(name.words) > 1 and not name.body and not name.the:
            home.votes["person"] = max(TWO_WORDS, home.votes.get("person", 0.0))
        if place:
            home.place = place.kind
        for role in (x for x in (name.role, name.after) if x):
            office = _office(page, role)
            home.roles += [office] if office and office not in home.roles else []
            home.role_words |= _told_of_it(page, role) | _headship(page, role)
            home.gender += _role_gender(page, role, first=role is name.role)
    return made, of


def _add_mentions(page: Layout, found: Sequence[Name], made: Sequence[Entity], of: Sequence[int]) -> None:
    """Gives each entity its mentions, in the order of the text."""
    sentences: set[int] = set()
    paragraphs: set[int] = set()
    for k, name in enumerate(found):
        m = mentioned(page, name.span)
        m.opens, m.opens_paragraph = m.sentence not in sentences, m.paragraph not in paragraphs
        made[of[k]].mentions.append(m)
        sentences.add(m.sentence)
        paragraphs.add(m.paragraph)


def _count(page: Layout, e: Entity, name: Name, *, bodily: bool) -> None:
    """Counts what stands around one mention: what treats the entity as a body, a state, a place or a person."""
    held = name.before == "in" and name.before_that in _SHARES  # "shares in X"
    e.bodily += held or bodily or _shows_body(page, name)
    e.governs += name.following in _GOVERNS
    e.stays += stands_in(name) and not held
    e.within += (name.before in _WITHIN and not held) or name.before in _LANDS  # "the port Telbran"
    e.belongs += name.before == "of" or name.possessive
    e.across += name.before in ("with", "against", "neighbouring", "neighboring", "between")
    e.state_of += name.before == "of" and name.before_that in _GOVERNS
    e.articles += name.the
    e.titled += (name.role is not None and _of_a_person(page, name.role)) or _titled_behind(page, name)


def _shows_body(page: Layout, name: Name) -> bool:
    """Whether a mention is of a body that is no state: by the noun before it or behind it ("the dairy Quill", "Quill, a
    maker of cheese"), by who belongs to it ("the founder of Quill"), or by what it does ("Quill, which runs the line").
    """
    if name.following in _OF_FIRMS and name.possessive:
        return True
    if name.before in ("of", "at", "behind") and name.before_that in _OF_FIRMS:
        return True
    if name.before == "by" and name.before_that in _FIRMS_DID:
        return True
    if heads_body(_noun_before(page, name)):
        return True
    if (
        name.after is not None
        and page.inside(name.after)[0].key in ("a", "an")
        and heads_body(apposed(page, name.after))
    ):
        return True
    after = bisect_left(page.starts, name.span.end)
    behind = [w.key for w in page.words[after : after + 3]]
    if behind[1:2] and behind[1] in ("has", "had"):
        del behind[1]
    return behind[:1] == ["which"] and behind[1:2] != [] and behind[1] in _FIRMS_DO and page.text[name.span.end] == ","


def _noun_before(page: Layout, name: Name) -> str:
    """The word in lower case right before a name; empty where there is none."""
    at = bisect_left(page.starts, name.span.start)
    before = page.words[at - 1] if at else None
    if before is None or before.key != name.before or before.possessive or not before.text.islower():
        return ""
    return before.key


def apposed(page: Layout, after: Span) -> str:
    """The noun that heads the words behind a name: "maker" of "a maker of cheese"; empty for a clause."""
    return next(reversed(headed(w.key for w in page.inside(after))), "")


def heads_body(key: str) -> bool:
    """Whether a noun is of a body, and of no land: "union", and not "port"."""
    return (bodies().get(singular(key)) == "body" and key not in _LANDS) or key in _TRADES


def _spelt_as_body(page: Layout, words: tuple[str, ...]) -> bool:
    """Whether a name that no lexicon has for a place is no country's and no city's: abbreviations, numbers, capitals
    inside a word, and a last word that news writes in lower case and no land bears: "QLT", "Quill 24", "QuillSoft",
    "Quill Hope"."""
    keys = [folded(w) for w in words]
    if " ".join(keys) in places():
        return False
    if any(a.islower() and b.isupper() for w in words for a, b in pairwise(w)):
        return True
    if len(words) == 1:
        if keys[0].endswith(_FIRM_ENDINGS) and len(keys[0]) > 6:
            return True  # "Quillgas", "Quillsoft"
        return keys[0] in common() or (page.mixed and words[0].isupper() and 1 < len(words[0]) < 5)
    if keys[0] in CALENDAR or keys[0] in _LANDS or keys[-1] in _LANDS:
        return False
    return words[-1].isdigit() or keys[-1] in common()


@cache
def _plain_words() -> frozenset[str]:
    return frozenset((*common(), *closed("field"), *bodies(), *titles()))


def no_country(word: str) -> bool:
    """Whether a word in capitals is no country's name: "Information", "Thursdays", "I've", "MPs", "TruthSieve"."""
    key, known = folded(word), _plain_words()
    plain = key in known or key.removesuffix("s") in known or key.startswith("i'")
    return plain or any(a.islower() and b.isupper() for a, b in pairwise(word))


_PEOPLE = ("n", "an", "ian", "i", "ese", "ish", "ite", "ians", "ans", "is", "ns", "er", "ers")  # endings of demonyms


def people_of(long: str, short: str) -> bool:
    """Whether one folded word says who comes from the country that the other names."""
    stem = short if long.startswith(short) else short[:-1]
    return (
        len(short) > 3
        and len(long) >= len(short)
        and long != short
        and long.startswith(stem)
        and (long[len(stem) :] in _PEOPLE)
    )


def _absorb_demonyms(made: list[Entity], of: list[int]) -> None:
    """Mentions of a people ("Tamsini") count for their country ("Tamsin"), where the text names it."""
    by_stem: dict[str, list[Entity]] = {}
    single = [e for e in made if e.kind not in ("person", "body") and e.forms and len(e.forms[0]) == 1]
    for e in single:
        by_stem.setdefault(folded(e.forms[0][0])[:4], []).append(e)
    for group in by_stem.values():
        for country in group:
            short = folded(country.forms[0][0])
            for people in group:
                long = folded(people.forms[0][0])
                if people is country or len(short) < 4 or not people.mentions or not country.mentions:
                    continue
                if people_of(long, short):
                    country.mentions = sorted([*country.mentions, *people.mentions], key=lambda m: m.start)
                    country.governs += people.governs + 1
                    country.demonym = True
                    people.mentions = []
                    of[:] = [country.index if k == people.index else k for k in of]


@lru_cache(maxsize=1 << 14)  # names of the last texts (by hand)
def _keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """The telling words of a name, folded."""
    return tuple(key for key in map(folded, words) if key not in ("of", "the", "and", "for", "&"))


def _home(
    page: Layout,
    name: Name,
    bearing: Mapping[str, Mapping[int, Entity]],
    starts: Mapping[int, Sequence[int]],
    suffixes: Suffixes,
    *,
    place: bool,
    speaks: bool,
) -> Entity | None:
    """The entity of a name: one of the same words, or of a fuller form; one that its "Mr" or "Mrs" fits, by title or
    first name; the nearest before it, else after it. `speaks`: it is a lone word that stands for a body as a source."""
    keys = _keys(name.words)
    wanted = set(keys)
    exact, inside = [], []
    near = {k: e for key in wanted for k, e in bearing.get(key, {}).items()}
    for _, e in sorted(near.items()):
        for form in e.forms:
            other = _keys(form)
            if len(other) == len(keys) and sorted(other) == sorted(keys):  # "Johnson & Johnson" is not "Johnson"
                exact.append(e)
                break
            shorter = wanted < set(other) and not place and _short_form(name, keys, other, speaks=speaks)
            if shorter or (name.body and len(wanted) > 1 and set(other) < wanted and len(other) > 1):
                inside.append(e)
                break
    gender = _role_gender(page, name.role, first=True) if name.role else 0.0
    agreed = {e.index: _agreement(e, gender, suffixes) for e in (*exact, *inside)} if gender else {}
    same = max(exact, key=lambda e: agreed.get(e.index, 0), default=None)
    if same is not None and agreed.get(same.index, 0) >= 0:
        return same
    best = max(agreed.values(), default=0)

    def nearness(e: Entity) -> tuple[bool, int]:
        before = [p for p in starts[e.index] if p < name.span.start]
        return (not before, name.span.start - max(before) if before else min(starts[e.index]))

    fit = (e for e in (*exact, *inside) if agreed.get(e.index, 0) == best)
    return min(fit, key=nearness, default=None)


def _spelt_out(name: Name, made: Sequence[Entity], found: Sequence[Name], of: list[int]) -> Entity | None:
    """The entity whose name is spelt out where another is its initials: "World Health Organization", "WHO"."""
    letters = name.keys[0].replace(".", "") if len(name.words) == 1 and name.words[0].isupper() else ""
    for e in made if len(letters) > 1 else ():
        for form in e.forms:
            initials = "".join(key[0] for key in _keys(form))
            if initials == letters and (len(form) > 2 or (len(form) == 2 and _institution(e, found, of))):
                return e
    return None


_CALLED_SO = re.compile(
    r",?[\s(]+(?:(?:also |better |widely )?known as |whose (?:real |full )?name is |(?:aka|a\.k\.a\.|alias) )[“\"‘']?"
)


def _called_so(page: Layout, k: int, made: list[Entity], found: Sequence[Name], of: list[int]) -> Entity | None:
    """Who bears another name beside this one: "Mossgirl, whose real name is Tamsin Roe". By hand: gold has none."""
    for one, other in ((k - 1, k), (k, k + 1)):
        if (
            one < 0
            or other >= len(found)
            or not _CALLED_SO.fullmatch(page.text, found[one].span.end, found[other].span.start)
        ):
            continue
        known = of[one if k == other else other]
        if known >= 0:
            return made[known]
    return None


def _short_form(name: Name, keys: tuple[str, ...], other: tuple[str, ...], *, speaks: bool) -> bool:
    """Whether a name of fewer words is a short form of a fuller one. `speaks`: it stands alone as a body's source."""
    if any(w in bodies() for w in other):
        head = [w for w in other if w in bodies()]
        if len(keys) == 1 and name.the is False and keys[0] not in bodies():
            if other[0] != keys[0] or keys[0] in places():
                return False
            # Gold: of lone first words of bodies' names that speak, firms' are the firms 26 of 26, others 1 of 6
            return not (speaks and firms().isdisjoint(head))
        return other[: len(keys)] == keys or bool(set(head) & set(keys))
    if len(keys) == 1:
        return keys[0] in (other[-1], other[0]) and len(keys[0]) > 1
    return keys in (other[-len(keys) :], other[: len(keys)]) or set(keys) == {other[0], other[-1]}


def _institution(e: Entity, found: Sequence[Name], of: list[int]) -> bool:
    """Whether "the" stands before a name of the entity, or a word of a body heads it: "the European Union"."""
    return any(of[k] == e.index and (n.the or n.body) for k, n in enumerate(found))


def _agreement(e: Entity, gender: float, suffixes: Suffixes) -> int:
    """Whether a title's gender is an entity's (1), may be (0), or is not (-1): its own title's or first name's."""
    fits = gender * (e.gender or _first_name(e, suffixes))
    return (fits > LEANS) - (fits < -LEANS)


def stands_in(name: Name) -> bool:
    """Whether a name stands where a place does: "in X", "to X", and not "according to X"."""
    return name.before in IN and (name.before, name.before_that) != ("to", "according")


def _titled_behind(page: Layout, name: Name) -> bool:
    """Whether the words behind a name give it a person's title: ", the finance minister,", ", who runs the mill,"."""
    if name.after is None or stands_in(name) or name.before == "of":
        return False
    behind = page.gap(name.after.end, name.after.end + 3)
    if behind[:2] == ", " and behind[2:].isupper():
        return False  # "Between Ostmere and Tamsin, the minister, Ana Reyk, ..."
    words = [w.key for w in page.inside(name.after)]
    if words[0] == "who":
        return True
    head = headed(words)
    known = titles().get(head[-1], "group") if head else "group"
    return known != "group" and head[-1] not in bodies() and head[-1] not in _FIRM_TOO


_HEADS = {
    "head-of-state": frozenset(("emir", "emperor", "king", "monarch", "president", "queen", "sultan")),
    "head-of-government": frozenset(("chancellor", "premier", "prime minister")),
}


def _told_of_it(page: Layout, role: Span) -> set[str]:
    """The words of what somebody is, without another's office in it: "wife" of "the mayor's wife", "aide" of "an aide
    to the premier"."""
    kept: list[str] = []
    of = False
    for w in page.inside(role):
        of = not w.capital and (of or (bool(kept) and kept[-1] in ("of", "to") and w.key in DETERMINERS))
        if titled(w.key) and (w.possessive or of):
            while kept and kept[-1] not in DETERMINERS:
                kept.pop()
        else:
            kept.append(w.key)
    return set(kept)


def _headship(page: Layout, role: Span) -> set[str]:
    """The headships that an office is: "head-of-state" of "the president of Tamsin", none of "Vice President"."""
    keys = [w.key for w in page.inside(role)]
    head = headed(keys)
    if not head or not (RANKS - {"prime"} | {"former"}).isdisjoint(head):
        return set()
    told = {head[-1], " ".join(head[-2:])}
    return {name for name, offices in _HEADS.items() if offices & told or name in "-".join(keys)}


def _of_a_person(page: Layout, role: Span) -> bool:
    """Whether the title before a name is a person's: "Mr", "the mayor", and not "the owner", which firms are too."""
    head = headed(w.key for w in page.inside(role))
    return bool(head) and titled(head[-1]) and head[-1] not in _FIRM_TOO and head[-1] not in bodies()


def _of_a_body_too(page: Layout, role: Span) -> bool:
    """Whether a title before a name is borne by firms as well: "the owner", "the grid operator"."""
    head = headed(w.key for w in page.inside(role))
    return bool(head) and (head[-1] in _FIRM_TOO or bodies().get(head[-1]) == "body")


def _office(page: Layout, role: Span) -> Span | None:
    """The words of a role that name an office or an affiliation: "a nurse" of "a nurse who was on the car deck"; none
    in "Mr", "who left in January" and "29", and none in a clause: what "is" opens, or
    what has an article behind its first word ("accused the militia")."""
    words = list(takewhile(lambda w: w.key not in RELATIVE, page.inside(role)))
    while words and titles().get(words[-1].key) == "honorific":
        words.pop()
    head = headed(w.key for w in words)
    if head[:1] and (head[0] in _IS or any(b in _ARTICLES and a not in _STILL for a, b in pairwise(head))):
        return None
    while words and words[0].key in _SAYS:
        words.pop(0)
    head = headed(w.key for w in words)
    if not head or not (titled(head[-1]) or bodies().get(head[-1]) in ("body", "government")):
        return None
    return Span(words[0].start, words[-1].end)


def _kind_votes(page: Layout, name: Name, sourcing: Sourcing | None, *, issued: bool, place: bool) -> dict[str, float]:
    """`place`: the lexicon has it for a country, a capital or a seat: a label alone makes no person of it."""
    votes: dict[str, float] = {}

    def vote(kind: str, weight: float) -> None:
        votes[kind] = votes.get(kind, 0.0) + weight

    if name.body:
        vote("body", 3.0)
    elif len(name.words) == 1 and name.words[0].isupper() and 1 < len(name.words[0]) < 6:
        vote("body", 1.5)
    if sourcing == "named-organisation" and name.role is not None and _of_a_body_too(page, name.role):
        vote("body", 3.0)  # "the operator, Quill"
    elif name.role or (not place and _titled_behind(page, name)):
        honoured = place and name.role and titles().get(page.inside(name.role)[-1].key) == "honorific"
        vote("person", 4.0 if honoured else 3.0)  # "Mr Jordan"
    if name.the and not name.role:
        vote("body", 1.0)
    if stands_in(name) and not issued:
        vote("place", 1.5)
    if (name.possessive and name.following in _GOVERNS) or name.following in _GOVERNS:
        vote("place", 0.8)
    if issued and sourcing == "named-organisation":
        vote("body", 2.0)  # "a spokesman for Quillsoft"
    elif sourcing == "named-person":
        vote("person", 0.0 if place else 4.0)
    elif sourcing == "named-organisation":
        vote("body" if name.the or name.body else "place", 2.0)
    return votes


def _kind(e: Entity) -> str:
    if e.place in ("country", "capital", "seat") and e.votes.get("person", 0) < 4:
        return "country" if e.place == "country" else "place"
    if e.place == "demonym":
        return "place"
    if not e.votes:
        return "unknown"
    best = max(("person", "body", "place"), key=lambda k: e.votes.get(k, 0.0))
    return best if e.votes.get(best, 0.0) >= 1.5 else "unknown"


def _role_gender(page: Layout, role: Span, *, first: bool) -> float:
    value = 0.0
    for n, w in enumerate(page.inside(role)):
        if not first and n > 5:
            break
        value += 3.0 * genders().get(w.key, 0.0)
        if not first and w.key in ("whose", "of", "to", "for", "and"):
            break
    return max(-3.0, min(3.0, value))


def _first_name(e: Entity, suffixes: Suffixes) -> float:
    """Log-odds that a first name is a man's, from its endings, and no less than `LISTED` where it is listed."""
    first = next((form[0] for form in e.forms if len(form) > 1), None)
    if first is None:
        return 0.0
    key = f"^{folded(first)}$"
    parts = [key[k : k + n] for n in (2, 3, 4, 5) for k in range(len(key) - n + 1) if k + n == len(key) or k == 0] + [
        key
    ]
    total = suffixes.get("", 0.0) + sum(suffixes.get(p, 0.0) for p in parts)
    known = _given(e)
    return max(-3.0, min(3.0, known * max(LISTED, known * total) if known else total))


def _given(e: Entity) -> float:
    """1 where a first name is listed as a man's, -1 as a woman's, else 0."""
    return next((given_names().get(folded(form[0]), 0.0) for form in e.forms if len(form) > 1), 0.0)


def closeness(e: Entity, page: Layout, word: str, at: int) -> tuple[bool, bool]:
    """Whether `word` stood before `at` in a sentence with the entity, and whether within six words of it."""
    same = near = False
    beside = page.sentences_with(word)
    for m in reversed(e.between(0, at)) if beside else ():
        if same and near:
            break
        if m.sentence not in beside:
            continue
        sentence = [w for w in page.inside(page.sentence_span(m.sentence)) if w.start < at]
        for k, w in enumerate(sentence):
            if w.key == word:
                same = True
                position = next((j for j, x in enumerate(sentence) if x.start >= m.start), len(sentence))
                near = near or abs(position - k) <= 6
    return same, near


def salience(e: Entity, at: int) -> float:
    """How often an entity is mentioned before a character: the logarithm of one more than that."""
    return math.log1p(bisect_left(e.mentions, at, key=_START))
