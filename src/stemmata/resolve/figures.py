"""One article's sources as figures: the persons and bodies in it that speak, each with its forms, roles and links."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from stemmata.language.lexicon import bodies, closed, common, firms, places, titles
from stemmata.language.wording import PREPOSITIONS, folded
from stemmata.model import ActorKind, Document, How, Sourcing, Span, Statement
from stemmata.resolve import article as reader
from stemmata.resolve.article import SELF, Reading
from stemmata.resolve.capitals import ruled_from
from stemmata.resolve.entities import Entity, people_of
from stemmata.resolve.keys import described_key, key_of, local
from stemmata.resolve.known import fixed
from stemmata.resolve.names import untitled
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
# bench/train, by rankers that have not read the family: 11 of 22, 55 of 62, 10 of 14; for `_another` and `_beside` see
# there. Of bare places that are left to themselves 392 of 455 are.
BY_LAW = {"holder": 0.5, "officer": 0.87, "issuer": 0.71, "another": 0.88, "beside": 0.83, "itself": 0.86}
BY_VERSION = 0.97  # ... and whom another version tells for what its own text leaves open: 284 of 293


def figures(document: Document, statements: Sequence[Statement], ranker: Ranker) -> Figures:
    """Who speaks in `document`: the figures behind the sources of its statements. A source without words has none."""
    r = reader.reading(document, statements, ranker.suffixes)
    chosen: list[tuple[int | None, float, dict[int, float]]] = []
    unsure: set[str] = set()
    beside: dict[str, int] = {}
    for s in r.statements:
        known = fixed(r)
        shape = reader.shape(r)
        if known is not None or r.phrases[r.at] is None:
            chosen.append((reader.take(r, SELF if known is None else known), SURE, {}))
            continue
        every = reader.options(r)
        chances = [float(c) for c in ranker.chances(features(r, every))]
        best = reader.choice(chances, shape)
        chance = chances[best]
        p = r.phrases[r.at]
        if every[best] == SELF and (holder := reader.holder(r, every)) is not None:
            best, chance = every.index(holder), BY_LAW["holder"]
        elif (officer := _officer(r, every, chances, every[best])) is not None:
            best, chance = officer, BY_LAW["officer"]
        elif (firm := _firm(r, every, chances)) is not None:
            best, chance = firm
        elif (fitting := _of_its_sex(r, every, chances, best)) is not None:
            best, chance = fitting, chances[fitting]
        elif (body := reader.issuer(r, every)) is not None:
            best, chance = every.index(body), BY_LAW["issuer"]
        itself = r.entity_of[p.name] if shape == "place" and p is not None and p.name is not None else None
        home = ruled_from(r, itself) if itself is not None else None
        if itself is not None and home is None and not _may_rule(r, itself, every, chances):
            chosen.append((reader.take(r, itself), SURE, {}))
        elif itself is not None and (every[best] != SELF or home is not None):
            votes = {k: c for k, c in zip(every, chances, strict=True) if k != SELF} if home is None else {home: 1.0}
            if home is None and r.entities[itself].a_country:
                votes = {itself: 1 - chances[-1]}
            chosen.append((reader.take(r, itself), 1 - chances[-1], votes))
        else:
            if every[best] != SELF and _unsure(r, r.entities[every[best]], chance):
                if _another(r, r.entities[every[best]], chance):
                    best, chance = len(every) - 1, BY_LAW["another"]
                elif _beside(r, r.entities[every[best]], chance):
                    beside[s.id] = every[best]
                    best, chance = len(every) - 1, BY_LAW["beside"]
                else:
                    unsure.add(s.id)
            if itself is not None:
                chance = BY_LAW["itself"]
            chosen.append((reader.take(r, every[best]), chance, {}))
    return _made(r, chosen, unsure, beside)


# A pronoun of less chance than this is open to what another version tells: by the statements found, bench/train 5
# mended and none broken, dossiers 3 and none. So is an office that the text gives to nobody, of any chance: by gold,
# versions give 195 of 199 to whom they are (dossiers).
DOUBT = 0.8


def _unsure(r: Reading, e: Entity, chance: float) -> bool:
    """Whether the next source may be another person than its text makes it: a pronoun by its chance, an office that the
    text gives to nobody."""
    p = r.phrases[r.at]
    if p is None or not e.named or r.statements[r.at].sourcing != "named-person":
        return False
    if p.type == "person":
        return p.determiner in ("the", "possessive") and not reader.holds(e, p)
    return p.type in ("he", "she") and chance < DOUBT


def _another(r: Reading, e: Entity, chance: float) -> bool:
    """Whether an office that the text gives to nobody is another person's than the likeliest: it is no likelier than
    not, or it says whose it is ("its owner"), or the text gives the likeliest another one ("Prosecutor Nadia Prell said
    it was. The judge said it was not"), or that is a lone word which may be a town ("the council of Harrowby": of such
    offices in the dossiers 8 of 9 are another's).

    By the gold statements of the dossiers, which the ranker has not read, 556 of 629 such offices are another's,
    however sure the ranker is; of bench/train, which it has read, 1 of 8. A former office, the
    head of something, and a title like "the doctor" go with an office: of 0.9 or more 13 of 14 are the likeliest's.
    """
    p = r.phrases[r.at]
    if p is None or p.type != "person":
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


def _beside(r: Reading, e: Entity, chance: float) -> bool:
    """Whether an office that the text gives to nobody is rather that of another than the likeliest's, as long as no
    other article gives it to that one: of who spoke last before it, told in other words or by a ranker that has its
    doubts ("Ana Reyk said that it was late. The mayor said that it was not"), and any rank ("the colonel").

    By the gold statements of the dossiers 169 of 203 are another's (of the 34 other articles of the family give 23
    their office), all of 11 ranks among them that the rest does not catch; of bench/train 0 of 1. Of those that are
    quoted and likely 16 of 26 and 1 of 4 are not who spoke last: they stay.
    """
    p = r.phrases[r.at]
    if p is None or p.type != "person" or _goes_with(r, p):
        return False
    last = next((k for k in reversed(r.taken) if k is not None), None)
    ranked = titles().get(p.head) == "rank"
    return ranked or (last == e.index and (r.statements[r.at].mode == "indirect" or chance < DOUBT))


RATHER = 1.0  # gender (as log-odds) from which somebody is rather of a sex; of 0.1 and more of chance: not tuned


def _of_its_sex(r: Reading, every: Sequence[int], chances: Sequence[float], chosen: int) -> int | None:
    """The position of the likeliest person of a pronoun's sex, where the ranker has its doubts and chose one who is
    rather of the other: seldom, but no reader forgives a "he" that is a woman."""
    p = r.phrases[r.at]
    sign = {"he": 1.0, "she": -1.0}.get(p.type, 0.0) if p is not None else 0.0
    if not sign or every[chosen] == SELF or chances[chosen] >= DOUBT:
        return None
    if r.entities[every[chosen]].gender * sign > -RATHER:
        return None
    persons = [n for n, k in enumerate(every) if k != SELF and r.entities[k].kind == "person"]
    fit = [n for n in persons if r.entities[every[n]].gender * sign >= RATHER and chances[n] >= OFFICER]
    return max(fit, key=lambda n: chances[n], default=None)


OFFICER = 0.1  # by gold statements: dossiers 35 mended and 2 broken, with the pronouns behind them; bench/train none


def _officer(r: Reading, every: Sequence[int], chances: Sequence[float], chosen: int) -> int | None:
    """The position of the likeliest person that the text gives the office of a description, where the ranker chose one
    without it."""
    p = r.phrases[r.at]
    if p is None or p.type != "person" or p.determiner != "the" or chosen == SELF:
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


def _firm(r: Reading, every: Sequence[int], chances: Sequence[float]) -> tuple[int, float] | None:
    """The position of what "the company" is, with its chance: of the name that is likeliest a firm's, else of what has
    no name; None where a source says anything else."""
    p = r.phrases[r.at]
    if p is None or p.type != "body" or p.head not in firms() or p.determiner != "the" or p.modifiers:
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
    speaks = any(
        q is not None and q.name is not None and r.entity_of[q.name] == e.index and s.sourcing == "named-organisation"
        for q, s in zip(r.phrases, r.statements, strict=True)
    )
    since = math.log1p(r.page.sentence(p.span.start) - last.sentence) if last else 2.0
    signs = {"named before": float(last is not None), "sentences since": since, "speaks": float(speaks),
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
    if len(r.entities[itself].mentions) > 1 and _ABROAD.isdisjoint(w.key for w in r.page.words):
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


def _made(
    r: Reading,
    chosen: list[tuple[int | None, float, dict[int, float]]],
    unsure: Collection[str],
    beside: Mapping[str, int],
) -> Figures:
    """`unsure`: the statements whose source is left open; `beside`: those whose source stands for itself, each with
    whom it is where another article says so."""
    speaking: dict[int, dict[int, float]] = {}
    states: set[int] = set()
    companies = {
        k
        for (k, _, _), p in zip(chosen, r.phrases, strict=True)
        if k is not None and p and p.type == "body" and p.head in firms() and _may_be_firm(r.entities[k])
    }  # what a text calls a company is no state
    called: dict[int | None, set[Sourcing]] = {}
    for (k, _, _), s in zip(chosen, r.statements, strict=True):
        called.setdefault(k, set()).add(s.sourcing)
    for (k, _, votes), s, p in zip(chosen, r.statements, r.phrases, strict=True):
        if k is None:
            continue
        if k in companies:
            votes = {}
        speaking.setdefault(k, {})
        for other, chance in votes.items():
            speaking[k][other] = max(chance, speaking[k].get(other, 0.0))
        e = r.entities[k]
        if k not in companies and (
            votes
            or (e.place and e.named and (s.sourcing != "named-person" if e.place == "demonym" else e.kind != "person"))
            or (
                p
                and e.named
                and reader.is_place(e)
                and (e.kind != "unknown" or e.governs or e.stays or e.belongs)
                and (not reader.real(r) or reader.governs(p) or _rules(r, e))
                and not e.stateless
                and p.name is None
                and (reader.governs(p) or p.type in ("government", "document", "it", "they", "first"))
            )
        ):
            states.add(k)
    made: dict[int, Figure] = {}
    for k, votes in speaking.items():
        made[k] = _figure(r, r.entities[k], votes, called[k], state=k in states)
    for (k, _, _), p in zip(chosen, r.phrases, strict=True):
        if k is not None and p is not None and not r.entities[k].named:
            made[k] = _called(p, made[k])
    for (k, _, _), s in zip(chosen, r.statements, strict=True):
        if k is not None and (likely := made.get(beside.get(s.id, SELF))) is not None:  # who speaks in this article
            made[k] = replace(made[k], likely=likely.key, countries=NOBODYS)
    links, opened = [], []
    for (k, chance, votes), s, p in zip(chosen, r.statements, r.phrases, strict=True):
        if k is None or p is None:
            continue
        e = r.entities[k]
        how = _how(r, p, e, bool(votes) and made[k].kind == "government")
        figure = made[k]
        if s.id in unsure:
            figure = _open(r, p, figure)
            opened.append(figure)
        links.append(
            FigureLink(statement=s.id, key=figure.key, how=how, probability=round(chance, 4), rests_on=_rests(r, p, e))
        )
    unique: dict[str, Figure] = {}
    for f in (*made.values(), *opened):
        same = unique.get(f.key)
        unique[f.key] = f if same is None else _both(same, f)
    return Figures(
        figures=tuple(sorted(unique.values(), key=lambda f: f.key)),
        links=tuple(sorted(links, key=lambda x: x.statement)),
    )


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


def _people(name: str) -> bool:
    place = places().get(folded(name))
    return place is not None and place.kind == "demonym"


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
        shown = plain(r.found[k].span.of(r.page.text))
        if len(shown) > 5 and shown.isupper():
            shown = shown.title()
        written.setdefault(shown, len(written))
    fitting = [w for w in written if any(folded(f) in folded(w) for form in e.forms for f in form)] or [e.name]
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
    if not e.named:
        kinds: dict[str, ActorKind] = {k: k for k in ("person", "anonymous", "group", "document")}
        kind = "anonymous" if e.nameless else kinds.get(e.kind, "organisation")
        label = plain(e.label).replace("|", " ") or "source"
        start = min((m.start for m in e.mentions), default=0)
        another = kind == "document" and any(x.kind == e.kind and x.label == e.label for x in r.entities[: e.index])
        apart = kind in ("anonymous", "person") or another  # two studies are two
        key = described_key(kind, folded(label), document, start=start if apart else None)
        return Figure(document=r.document.id, key=key, name=label, kind=kind, aliases=_turned(r, label), roles=roles)
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
            document=r.document.id,
            key=key_of("government", folded(country)),
            name=f"Government of {country}",
            kind="government",
            aliases=tuple(dict.fromkeys([*(n for n in shown if not _people(n)), country])),
            countries=tuple(sorted((c, round(v, 4)) for c, v in countries.items() if v >= 0.02)),
        )
    name = shown[0]
    if called == {"document"} and bodies().get(folded(name.split()[0])) == "document":
        many = generic(name) or any(c.isdigit() for c in name)  # "Article 21", "the Law"
        key = key_of("document", folded(name), only_in=document if many else None)
        return Figure(document=r.document.id, key=key, name=name, kind="document", aliases=tuple(shown), roles=roles)
    # Of names that nothing else tells of, and that only bodies' sources bear, gold has 129 of 129 for a body's
    body = e.stateless or ("named-organisation" in called and "named-person" not in called)
    if (e.kind == "person" or (e.kind == "unknown" and not body)) and e.votes.get("body", 0.0) < 3:
        single = len(untitled(name.split())) == 1
        key = key_of("person", folded(name), only_in=document if single else None)
        return Figure(
            document=r.document.id, key=key, name=name, kind="person", aliases=tuple(shown), roles=roles,
            countries=NOBODYS if e.titled else (),
        )  # fmt: skip
    named = [s for s in shown if not generic(s)]
    key = key_of("organisation", folded(named[0] if named else name), only_in=None if named else document)
    nobodys = NOBODYS if named and e.stateless and e.kind != "body" else ()
    return Figure(
        document=r.document.id, key=key, name=name, kind="organisation", aliases=tuple(shown), roles=roles,
        countries=nobodys,
    )  # fmt: skip
