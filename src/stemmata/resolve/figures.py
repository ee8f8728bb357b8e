"""One article's sources as figures: the persons and bodies in it that speak, each with its forms, roles and links."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from stemmata.language.lexicon import bodies, closed, common, firms, places, titles
from stemmata.language.wording import PREPOSITIONS, folded
from stemmata.model import ActorKind, Document, How, Sourcing, Span, Statement
from stemmata.resolve import article as reader
from stemmata.resolve.article import SELF, Reading
from stemmata.resolve.capitals import ruled_from
from stemmata.resolve.entities import Entity, people_of
from stemmata.resolve.keys import described_key, key_of, local
from stemmata.resolve.known import fixed
from stemmata.resolve.names import unhonoured, untitled
from stemmata.resolve.phrases import PRONOUNS, Phrase
from stemmata.resolve.ranking import Ranker, features

Votes = tuple[tuple[str, float], ...]
NOBODYS: Votes = (("", 1.0),)  # no country's: `records.shown_as` says why
SURE = 0.97  # of a name that heads its source: bench/train kept out, 0.986 right


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A person or body that speaks in one document. The same `key` in two documents means the same actor."""

    document: str
    key: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...]  # every form of its name in the document
    roles: tuple[Span, ...] = ()  # the words that give it an office or an affiliation
    countries: Votes = ()  # of a capital: whose government it may stand for, with probability; else `NOBODYS`, or none
    likely: str | None = None  # of a source that is not sure: the key of whom it stands for where no version tells more

    @property
    def local(self) -> bool:
        """Whether it is known in its own document only: anonymous, unnamed, or named by words that fit many."""
        return local(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLink:
    """A statement's source stands for a figure of its document."""

    statement: str
    key: str
    how: How
    probability: float
    rests_on: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What resolving finds in one document."""

    figures: tuple[Figure, ...]
    links: tuple[FigureLink, ...]


# How likely it is whom a law gives a source to, whatever the ranker holds: right by gold statements in dossiers and in
# bench/train, by rankers that have not read the family: 9 of 16, 55 of 62; for `_another` and `_beside` see
# there. Of bare places that are left to themselves 392 of 455 are.
BY_LAW = {"holder": 0.56, "officer": 0.87, "another": 0.88, "beside": 0.83, "itself": 0.86}
BY_VERSION = 0.97  # ... and whom another version tells for what its own text leaves open: 284 of 293


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """Whom a source is given to: an entity of its article, or SELF, and how surely."""

    statement: Statement
    phrase: Phrase
    entity: int
    chance: float
    votes: Mapping[int, float] = field(default_factory=dict)  # of a bare place: whose government it may be, by chance
    unsure: bool = False  # left open: another version may tell who it is
    beside: int | None = None  # of an office that stands for itself: whom another article may give it to


def figures(document: Document, statements: Sequence[Statement], ranker: Ranker) -> Figures:
    """Who speaks in `document`: the figures behind the sources of its statements. A source without words has none."""
    r = reader.reading(document, statements, ranker.suffixes)
    told: dict[int, list[_Choice]] = defaultdict(list)
    for _ in r.statements:
        c = _chosen(r, ranker)
        k = reader.take(r, c.entity if c else SELF)
        if c is not None and k is not None:
            told[k].append(replace(c, entity=k))
    made = {k: _speaking(r, r.entities[k], choices) for k, choices in told.items()}
    chosen = [c for choices in told.values() for c in choices]
    for c in chosen:
        if c.beside in made:  # who speaks in this article
            made[c.entity] = replace(made[c.entity], likely=made[c.beside].key, countries=NOBODYS)
    links, opened = [], []
    for c in chosen:
        e, figure = r.entities[c.entity], made[c.entity]
        how = _how(r, c.phrase, e, bool(c.votes) and figure.kind == "government")
        if c.unsure:
            figure = _open(r, c.phrase, figure)
            opened.append(figure)
        rests, chance = _rests(r, c.phrase, e), round(c.chance, 4)
        links.append(FigureLink(statement=c.statement.id, key=figure.key, how=how, probability=chance, rests_on=rests))
    unique: dict[str, Figure] = {}
    for f in (*made.values(), *opened):
        same = unique.get(f.key)
        unique[f.key] = f if same is None else _both(same, f)
    return Figures(
        figures=tuple(sorted(unique.values(), key=lambda f: f.key)),
        links=tuple(sorted(links, key=lambda x: x.statement)),
    )


def _chosen(r: Reading, ranker: Ranker) -> _Choice | None:
    """Whom the next source is given to; None for one without words."""
    s, p = r.statements[r.at], r.phrases[r.at]
    if p is None:
        return None
    if (known := fixed(r)) is not None:
        return _Choice(statement=s, phrase=p, entity=known, chance=SURE)
    every = reader.options(r, p)
    chances = [float(c) for c in ranker.chances(features(r, p, every))]
    entity, chance = _ranked(r, p, every, chances)
    if p.name is not None and reader.shape(p) == "place":
        return _of_place(r, p, every, chances, itself=entity == SELF)
    beside, unsure = None, entity != SELF and _unsure(r, p, r.entities[entity], chance)
    if unsure and _another(r, p, r.entities[entity], chance):
        entity, chance, unsure = SELF, BY_LAW["another"], False
    elif unsure and _beside(r, p, r.entities[entity], chance):
        beside, entity, chance, unsure = entity, SELF, BY_LAW["beside"], False
    return _Choice(statement=s, phrase=p, entity=entity, chance=chance, unsure=unsure, beside=beside)


def _ranked(r: Reading, p: Phrase, every: Sequence[int], chances: Sequence[float]) -> tuple[int, float]:
    """The option to take for the next source, with its chance: the ranker's, but where a law knows better."""
    best = reader.choice(chances, reader.shape(p))
    if every[best] == SELF and (holder := reader.holder(r, p, every)) is not None:
        return holder, BY_LAW["holder"]
    if (officer := _officer(r, p, every, chances, every[best])) is not None:
        return every[officer], BY_LAW["officer"]
    if (firm := _firm(r, p, every, chances)) is not None:
        return every[firm[0]], firm[1]
    if (fitting := _of_its_sex(r, p, every, chances, best)) is not None:
        return every[fitting], chances[fitting]
    return every[best], chances[best]


def _of_place(r: Reading, p: Phrase, every: Sequence[int], chances: Sequence[float], *, itself: bool) -> _Choice:
    """A bare place, which stands for itself or for a government. `itself`: by the ranker it is no government's."""
    own, s = r.entity_of[p.name or 0], r.statements[r.at]
    home = ruled_from(r, own)
    if home is None and not _may_rule(r, own, every, chances):
        return _Choice(statement=s, phrase=p, entity=own, chance=SURE)
    if home is None and itself:
        return _Choice(statement=s, phrase=p, entity=own, chance=BY_LAW["itself"])
    votes = {k: c for k, c in zip(every, chances, strict=True) if k != SELF}
    if home is not None:
        votes = {home: 1.0}
    return _Choice(statement=s, phrase=p, entity=own, chance=1 - chances[-1], votes=votes)


# A pronoun of less chance than this is open to what another version tells: by the statements found, bench/train 5
# mended and none broken, dossiers 3 and none. So is an office that the text gives to nobody, of any chance: by gold,
# versions give 195 of 199 to whom they are (dossiers).
DOUBT = 0.8


def _unsure(r: Reading, p: Phrase, e: Entity, chance: float) -> bool:
    """Whether the next source may be another person than its text makes it: a pronoun by its chance, an office that the
    text gives to nobody."""
    if not e.named or r.statements[r.at].sourcing != "named-person":
        return False
    if p.type == "person":
        return p.determiner in ("the", "possessive") and not reader.holds(e, p)
    return p.type in ("he", "she") and chance < DOUBT


def _another(r: Reading, p: Phrase, e: Entity, chance: float) -> bool:
    """Whether an office that the text gives to nobody is another person's than the likeliest: it is no likelier than
    not, or it says whose it is ("its owner"), or the text gives the likeliest another one ("Prosecutor Nadia Prell said
    it was. The judge said it was not"), or that is a lone word which may be a town ("the council of Harrowby": of such
    offices in the dossiers 8 of 9 are another's).

    By the gold statements of the dossiers, which the ranker has not read, 556 of 629 such offices are another's,
    however sure the ranker is; of bench/train, which it has read, 1 of 8. A former office, the
    head of something, and a title like "the doctor" go with an office: of 0.9 or more 13 of 14 are the likeliest's.
    """
    if p.type != "person":
        return False
    has_one = any(titles().get(w, "honorific") != "honorific" for w in e.role_words)
    other = (has_one and not _goes_with(r, p)) or (e.kind == "unknown" and max(map(len, e.forms)) == 1)
    return chance < reader.OWN or other or bool(p.inner) or p.determiner == "possessive"


def _goes_with(r: Reading, p: Phrase) -> bool:
    """Whether who has another office may be told so: a former one, the head of something, "the doctor", "the same"."""
    kind = titles().get(p.head)
    former = "former" in p.modifiers or p.head.startswith("ex-")
    headed = p.head.split("-")[0] == "head"
    return kind == "honorific" or headed or former or _SAME.match(r.page.text, p.span.start) is not None


_SAME = re.compile(r"the same\b", re.IGNORECASE)


def _beside(r: Reading, p: Phrase, e: Entity, chance: float) -> bool:
    """Whether an office that the text gives to nobody is rather that of another than the likeliest's, as long as no
    other article gives it to that one: of who spoke last before it, told in other words or by a ranker that has its
    doubts ("Ana Reyk said that it was late. The mayor said that it was not"), and any rank ("the colonel").

    By the gold statements of the dossiers 169 of 203 are another's (of the 34 other articles of the family give 23
    their office), all of 11 ranks among them that the rest does not catch; of bench/train 0 of 1. Of those that are
    quoted and likely 16 of 26 and 1 of 4 are not who spoke last: they stay.
    """
    if p.type != "person" or _goes_with(r, p):
        return False
    last = next((k for k in reversed(r.taken) if k is not None), None)
    ranked = titles().get(p.head) == "rank"
    return ranked or (last == e.index and (r.statements[r.at].mode == "indirect" or chance < DOUBT))


RATHER = 1.0  # gender (as log-odds) from which somebody is rather of a sex; of 0.1 and more of chance: not tuned


def _of_its_sex(r: Reading, p: Phrase, every: Sequence[int], chances: Sequence[float], chosen: int) -> int | None:
    """The position of the likeliest person of a pronoun's sex, where the ranker has its doubts and chose one who is
    rather of the other. Of 13 of bench/train and our dossiers 4 are right, where the ranker has hardly more, and no
    reader forgives a "he" that is a woman."""
    sign = {"he": 1.0, "she": -1.0}.get(p.type, 0.0)
    if not sign or every[chosen] == SELF or chances[chosen] >= DOUBT:
        return None
    if r.entities[every[chosen]].gender * sign > -RATHER:
        return None
    persons = [n for n, k in enumerate(every) if k != SELF and r.entities[k].kind == "person"]
    fit = [n for n in persons if r.entities[every[n]].gender * sign >= RATHER and chances[n] >= OFFICER]
    return max(fit, key=lambda n: chances[n], default=None)


OFFICER = 0.1  # by gold statements: dossiers 35 mended and 2 broken, with the pronouns behind them; bench/train none


def _officer(r: Reading, p: Phrase, every: Sequence[int], chances: Sequence[float], chosen: int) -> int | None:
    """The position of the likeliest person that the text gives the office of a description, where the ranker chose one
    without it."""
    if p.type != "person" or p.determiner != "the" or chosen == SELF:
        return None
    if r.statements[r.at].sourcing != "named-person" or p.head in r.entities[chosen].role_words:
        return None
    persons = [n for n, k in enumerate(every) if k != SELF and r.entities[k].kind == "person" and r.entities[k].named]
    fit = [n for n in persons if p.head in r.entities[every[n]].role_words]
    best = max(fit, key=lambda n: chances[n], default=None)
    return best if best is not None and chances[best] >= OFFICER else None


# Who "the company" is, of the names that may be a firm's. By gold statements of the dossiers that are not held back,
# fifths of their families left out, some 140 of 343 right (71 by the ranker alone); the 27 held back 11 of 24 (2),
# bench/train 42 of 57 (39, on which the ranker was fitted).
_FIRM_SIGNS = {"named before": 1.5, "sentences since": -0.85, "mentions": 0.35, "speaks": 1.65, "two words": 0.65,
               "in the title": 0.7, "chance": 0.25}  # fmt: skip
_NO_FIRM = 0.8  # the same scale: that it is none of them
FIRM = 0.4  # from this probability on it is the likeliest


def _firm(r: Reading, p: Phrase, every: Sequence[int], chances: Sequence[float]) -> tuple[int, float] | None:
    """The position of what "the company" is, with its chance: of the name that is likeliest a firm's, else of what has
    no name; None where a source says anything else."""
    if p.type != "body" or p.head not in firms() or p.determiner != "the" or p.modifiers:
        return None
    inner = {r.entity_of[k] for k in p.inner}
    if any("," not in r.page.text[p.span.start : r.found[k].span.start] for k in p.inner):
        return None  # "the plant in Steenwolde"
    fit = [n for n, k in enumerate(every) if k != SELF and k not in inner and _may_be_firm(r.entities[k])]
    weights = [math.exp(_firm_score(r, p, r.entities[every[n]], chances[n])) for n in fit]
    best = max(zip(weights, fit, strict=True), default=(0.0, 0))
    share = best[0] / (sum(weights) + math.exp(_NO_FIRM))
    if share >= FIRM:
        return best[1], share
    rest = [n for n, k in enumerate(every) if k == SELF or n in fit or not r.entities[k].named]
    likeliest = max(rest, key=lambda n: chances[n])
    return likeliest, chances[likeliest]


def _firm_score(r: Reading, p: Phrase, e: Entity, chance: float) -> float:
    last = e.last_before(p.span.start)
    since = math.log1p(r.page.sentence(p.span.start) - last.sentence) if last else 2.0
    signs = {"named before": float(last is not None), "sentences since": since, "speaks": float(e.index in r.bodies),
             "mentions": math.log1p(len(e.mentions)), "two words": float(len(e.forms[0]) > 1),
             "in the title": float(bool(r.title_keys & e.keys)), "chance": math.log(max(chance, 1e-3))}  # fmt: skip
    return sum(_FIRM_SIGNS[name] * value for name, value in signs.items())


def _may_be_firm(e: Entity) -> bool:
    """Whether a name is no place's of a lexicon, none that the text treats as a state's, and no other body's by its
    head: of the dossiers' firms that are called so, 276 of 286 bear no other head."""
    heads = {k for k in e.keys if k in bodies()}
    state = e.place or e.state_of or e.demonym or e.governs > 1
    return e.named and not state and (not heads or bool(heads & firms()))


HEARD = 0.02  # an option of less chance is no evidence that a bare name is a capital: that of Figure.countries


# Words of texts that speak of other states. Of lone names without a sign of a place, mentioned twice or more in texts
# without these and taken for governments, 15 are bodies and 2 governments (bench/train and every second dossier)
_ABROAD = closed("of-states") | {"foreign"}


def _may_rule(r: Reading, itself: int, every: Sequence[int], chances: Sequence[float]) -> bool:
    """Whether a bare name may stand for a government: a lexicon has it, or the text treats it as a state, or some name
    that it could be the capital of. A text that names countries of the real world names capitals of it, which the
    lexicon has: beside "Germany" and "in Washington" an unknown name is a firm, unless it is itself treated as a state.
    """
    if r.entities[itself].place is None and (r.entities[itself].stateless or r.entities[itself].unplaced):
        return False
    if _rules(r, r.entities[itself]):
        return True
    if len(r.entities[itself].mentions) > 1 and not any(map(r.page.sentences_with, _ABROAD)):
        return False
    likely = [k for k, c in zip(every, chances, strict=True) if k not in (SELF, itself) and c >= HEARD]
    return not reader.real(r) and any(r.entities[k].place is None and _rules(r, r.entities[k]) for k in likely)


def _rules(r: Reading, e: Entity) -> bool:
    """Whether a lexicon or the text has a name for a country, a city or a region."""
    if e.place is not None:
        return True
    if reader.real(r):
        return bool(e.demonym or e.state_of or (e.governs and e.within))
    return bool(e.governs or e.stays or e.within or e.state_of or e.belongs or e.across or e.demonym)


def _speaking(r: Reading, e: Entity, choices: Sequence[_Choice]) -> Figure:
    """The figure of an entity, by all sources that were given to it."""
    firm = any(c.phrase.type == "body" and c.phrase.head in firms() for c in choices) and _may_be_firm(e)
    votes: dict[int, float] = {}
    for c in choices if not firm else ():  # what a text calls a company is no state
        for other, chance in c.votes.items():
            votes[other] = max(chance, votes.get(other, 0.0))
    state = not firm and any(_for_a_state(r, e, c) for c in choices)
    figure = _figure(r, e, votes, {c.statement.sourcing for c in choices}, state=state)
    for c in choices if not e.named else ():
        figure = _called(c.phrase, figure)
    return figure


def _for_a_state(r: Reading, e: Entity, c: _Choice) -> bool:
    """Whether by one of its sources an entity is a place that speaks for its government."""
    if c.votes:
        return True
    if e.place and e.named and (c.statement.sourcing != "named-person" if e.place == "demonym" else e.kind != "person"):
        return True
    if not e.named or c.phrase.name is not None or e.stateless or not reader.is_place(e):
        return False
    governs = reader.governs(c.phrase)
    if not governs and c.phrase.type not in ("government", "it", "they", "first"):
        return False  # "images of Pell" are no state's: of 11 such papers of unknown names by gold (dossiers) one is
    if e.unplaced and not governs:
        return False  # "Quill Coachworks said it was solvent. It builds trains": of 3 in the dossiers none is a state
    shown = e.kind != "unknown" or e.governs or e.stays or e.belongs
    return bool(shown) and (not reader.real(r) or governs or _rules(r, e))


def _called(p: Phrase, f: Figure) -> Figure:
    """A figure without a name, also as a further source calls it by its head: "communique" of "joint communique". By
    gold: bench/train 7 mended, the dossiers held back 2, none broken."""
    words = plain(p.words).replace("|", " ")
    own = [folded(w) for w in f.name.split()]
    if p.type in PRONOUNS or not words or folded(words.split()[-1]) not in own or words in (f.name, *f.aliases):
        return f
    return replace(f, aliases=(*f.aliases, words))


def _open(r: Reading, p: Phrase, likely: Figure) -> Figure:
    """A source that is not sure, as a figure of its own."""
    words = plain(p.words or p.span.of(r.page.text)).replace("|", " ")
    key = described_key("person", folded(words), r.document.id, start=p.span.start)
    return Figure(document=r.document.id, key=key, name=words, kind="person", aliases=(), likely=likely.key)


def _both(a: Figure, b: Figure) -> Figure:
    """Two figures of one key in one document ("Moscow", "Russia") as one."""
    countries = dict(a.countries)
    for country, chance in b.countries:
        countries[country] = max(chance, countries.get(country, 0.0))
    return replace(
        a,
        aliases=tuple(dict.fromkeys([*a.aliases, *b.aliases])),
        roles=tuple(sorted({*a.roles, *b.roles})),
        countries=tuple(sorted(countries.items())),
    )


def _how(r: Reading, p: Phrase, e: Entity, state: bool) -> How:
    if p.type in PRONOUNS:
        return "pronoun"
    if p.name is not None and r.entity_of[p.name] == e.index:
        name = r.found[p.name]
        if e.place in ("capital", "seat") or (state and e.kind != "country"):
            return "capital"
        return "name" if len(name.words) >= max(len(f) for f in e.forms) else "short-name"
    if not e.named:
        again = e.kind == "anonymous" and p.determiner == "the" and p.head in e.role_words
        return "title" if again and e.mentions and e.mentions[0].start < p.span.start else "description"
    return "document" if p.type == "document" else "title"


def _rests(r: Reading, p: Phrase, e: Entity) -> Span | None:
    """The nearest mention of the entity by name before the end of its source, else the first one."""
    spans = [r.found[k].span for k in r.names_of.get(e.index, ())]
    before = bisect_left(spans, Span(p.span.end, 0))
    return spans[max(0, before - 1)] if spans else None


def plain(text: str) -> str:
    """A name as it is shown: one space between words, one kind of apostrophe, no soft hyphen."""
    return " ".join(text.replace("\u00ad", "").replace("’", "'").replace("‑", "-").split())


def _shown(r: Reading, e: Entity) -> list[str]:
    """The forms of an entity's name as the text writes them, the fullest first."""
    written: dict[str, int] = {}
    for k in r.names_of.get(e.index, ()):
        name = r.found[k]
        shown = unhonoured(plain(name.span.of(r.page.text)))
        if len(shown.split()) < len(name.words):
            shown = " ".join(name.words)  # "Tom and Mira Castel"
        if len(shown) > 5 and shown.isupper():
            shown = shown.title()
        written.setdefault(shown, len(written))
    fitting = [w for w in written if any(folded(f) in folded(w) for form in e.forms for f in form)] or [
        " ".join(e.forms[0])
    ]
    people = {w for w in fitting if any(people_of(folded(w), folded(x)) for x in fitting)}
    return sorted(fitting, key=lambda w: (-len(w.split()), w in people, w.isupper(), written.get(w, 0)))


_OWNED = re.compile(r"(.+?\w)(?:'s|(?<=s)') (.+)")


def _country_of(r: Reading, word: str) -> str | None:
    """The country whose people a word names, in the lexicon or in the text."""
    key = folded(word)
    known = places().get(key)
    if known is not None:
        return known.country if known.kind == "demonym" else None
    if not word[:1].isupper():
        return None
    single = (e for e in r.entities if reader.is_place(e) and e.mentions and e.forms and len(e.forms[0]) == 1)
    return next((e.forms[0][0] for e in single if people_of(key, folded(e.forms[0][0]))), None)


def _turned(r: Reading, label: str) -> tuple[str, ...]:
    """A description, and what it is of behind it in English spelling: "office of the prime minister", "ministry of
    Tamsin" of "Tamsini ministry"."""
    m = _OWNED.fullmatch(label)
    if m and any(w in PREPOSITIONS for w in m[1].split()):
        m = None  # "source in Tamsin's army"
    owned = f"{m[2]} of {'' if m[1][0].isupper() else 'the '}{m[1]}" if m else label
    words = [reader.ENGLISH.get(w, w) for w in label.split()]
    of = next(((k, country) for k, w in enumerate(words[:-1]) if (country := _country_of(r, w))), None)
    if of is not None:
        words = [*words[: of[0]], *words[of[0] + 1 :], "of", of[1]]
    return tuple(dict.fromkeys((label, " ".join(words), owned)))


def generic(name: str) -> bool:
    """Whether all of a name's words fit many: "Foreign Office", "the Command"."""
    keys = [folded(w) for w in name.replace("-", " ").replace("'", " ").split()]
    return all(k in common() or k in bodies() or k in titles() or len(k) < 2 or k in _GENERIC for k in keys)


_GENERIC = closed("generic")


def _figure(r: Reading, e: Entity, votes: dict[int, float], called: set[Sourcing], *, state: bool) -> Figure:
    """`called`: what its sources are taken for. `state`: it is a place that speaks for its government."""
    document = r.document.id
    roles = tuple(sorted(set(e.roles)))
    kind: ActorKind
    told: Votes
    if not e.named:
        kinds: dict[str, ActorKind] = {k: k for k in ("person", "anonymous", "group", "document")}
        kind = "anonymous" if e.nameless else kinds.get(e.kind, "organisation")
        label = plain(e.label).replace("|", " ") or "source"
        start = min((m.start for m in e.mentions), default=0)
        another = kind == "document" and any(x.kind == e.kind and x.label == e.label for x in r.entities[: e.index])
        apart = kind in ("anonymous", "person") or another  # two studies are two
        key = described_key(kind, folded(label), document, start=start if apart else None)
        return Figure(document=document, key=key, name=label, kind=kind, aliases=_turned(r, label), roles=roles)
    shown = _shown(r, e)
    if state:
        place = places().get(folded(shown[0]))
        country = place.country if place else shown[0]
        countries: dict[str, float] = {}
        for k, chance in votes.items():
            other = _shown(r, r.entities[k])[0]
            known = places().get(folded(other))
            name = known.country if known else other
            countries[name] = countries.get(name, 0.0) + chance
        return Figure(
            document=document, key=key_of("government", folded(country)), name=f"Government of {country}",
            kind="government", aliases=tuple(dict.fromkeys([*shown, country])),
            countries=tuple(sorted((c, round(v, 4)) for c, v in countries.items() if v >= HEARD)),
        )  # fmt: skip
    name = own = shown[0]
    # Of names that nothing else tells of, and that only bodies' sources bear, gold has 129 of 129 for a body's
    body = e.stateless or ("named-organisation" in called and "named-person" not in called)
    if called == {"document"} and bodies().get(folded(name.split()[0])) == "document":
        alone = generic(name) or any(c.isdigit() for c in name)  # "Article 21", "the Law"
        kind, told = "document", ()
    elif (e.kind == "person" or (e.kind == "unknown" and not body)) and e.votes.get("body", 0.0) < 3:
        alone = len(untitled(name.split())) == 1
        kind, told = "person", NOBODYS if e.titled else ()
    else:
        own = next((s for s in shown if not generic(s)), name)
        alone = generic(own)
        kind, told = "organisation", NOBODYS if not alone and e.stateless and e.kind != "body" else ()
    return Figure(
        document=document, key=key_of(kind, folded(own), only_in=document if alone else None), name=name, kind=kind,
        aliases=tuple(shown), roles=roles, countries=told,
    )  # fmt: skip
