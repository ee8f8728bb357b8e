"""The speakers of one claim side by side: one, the same called otherwise, a vaguer one, or another.

By the words of both sources, the sex that words give them, the names behind pronouns, and members of bodies.
"""

from __future__ import annotations

import re
from itertools import pairwise

from stemmata.collate.passages import telling
from stemmata.collate.rendering import Rendering, once_a_pair
from stemmata.language.lexicon import genders, titles
from stemmata.language.senses import senses, senses_near
from stemmata.language.spelling import one_name
from stemmata.language.wording import folded, head_of, lexicon, stem
from stemmata.model import NAMED, UNNAMED
from stemmata.surface import WORD

_MEMBERS = (("jury", "jurors"), ("prosecution", "prosecutors"), ("police", "officers"), ("court", "judges"))
# What is no more than its people: "the team", "a panel of three"
_TEAMS = frozenset((
    "bench", "couple", "crew", "delegation", "expedition", "group", "mission", "pair", "panel", "squad", "team", "trio",
))  # fmt: skip
_ARTICLES = ("the", "a", "an")
_POLLS = {"poll", "survey"}
POSSESSIVE = frozenset(("his", "her", "their", "its", "our", "my", "whose"))
_DEFINITE = ("the", "his", "her", "their", "its")


ALIKE = 4  # letters that two forms of one name begin with: "Kolmark", "Kolmari" (by hand)
_PRONOUNS = ("he", "she", "it", "they")
_CALLED = re.compile(r"[Tt]he\s+([a-z][\w’'-]+)")
_ANY = re.compile(r"an?\s", re.IGNORECASE)
_PAIR = re.compile(r"^(?:both(?:\s+of)?(?:\s+the)?|the\s+two)\s+", re.IGNORECASE)
_OWNING = re.compile(r"[’']s?$")


def same_source(parent: Rendering, child: Rendering) -> bool:
    """Whether both are said by the same words, titles and articles aside, whoever the actors are taken for, one pronoun
    on both sides too. A relative pronoun is nobody to tell apart but by who it is."""
    (a, _), (b, _) = (_naming(t) for t in (parent, child))
    actors = {t.statement.actor for t in (parent, child)} - {None}
    return (bool(a) and a == b) or (b in (["who"], ["which"], ["that"]) and len(actors) < 2)


def one_source(parent: Rendering, child: Rendering) -> bool:
    """Whether two sources of one kind are one, called more or less fully: "Mayor Celia Orlu" and "the mayor". Documents
    and bodies go by many names, so of bodies only two that each have one of their own are told apart."""
    a, b = parent.statement.sourcing, child.statement.sourcing
    if a != b or a not in NAMED:
        return False
    if a == "document":
        return True
    x, y = parent.source, child.source
    if two_bodies(parent, child):
        return False
    if a == "named-organisation":
        apart = parent.names and child.names and not any(one_name(n, m) for n in parent.names for m in child.names)
        return not apart or bool(x & y)
    return not (parent.pronoun or child.pronoun) and bool(x and y) and (x <= y or y <= x)


def called_alike(parent: Rendering, child: Rendering) -> bool:
    """Whether both sources have one head noun, no name, in one number, and no telling words but those of the fuller:
    "Brisk's agent" and "his agent"."""
    x, y = (_common_head(t) for t in (parent, child))
    if not x or x != y or parent.pronoun or child.pronoun:
        return False
    a, b = parent.source - POSSESSIVE, child.source - POSSESSIVE
    return a <= b or b <= a


def as_telling(parent: Rendering, child: Rendering) -> bool:
    """Whether the child's source is no vaguer: the one person named is named again, or all its words are kept, or it
    is a definite one: "the technician", "the researchers" for a team."""
    if parent.statement.sourcing == "named-person" and parent.names and parent.names <= child.source:
        return True
    source = child.statement.source
    if source is None:
        return False
    first = source.of(child.text).split()[0].lower()
    if parent.statement.sourcing == "named-organisation" and first in _DEFINITE and members(parent, child):
        return True
    if not called_alike(parent, child):
        return False
    return parent.source <= child.source or (first in _DEFINITE and not _common_head(child).endswith("s"))


def his_body(parent: Rendering, child: Rendering) -> bool:
    """Whether a person's word is given to the body that his source names: "the mill's manager, Ana Reyk" and "the
    mill". A spokesman is his body's voice; "the owner" is still the owner, Ana Reyk."""
    kinds = parent.statement.sourcing, child.statement.sourcing
    if kinds != ("named-person", "named-organisation") or parent.pronoun or child.pronoun:
        return False
    spokesman = any(w.startswith("spokes") for w in parent.source | child.source)
    called = _head(parent).lower() == _head(child).lower()
    return bool(child.source) and child.source <= parent.source and not (spokesman or called)


def nameless_poll(parent: Rendering, child: Rendering) -> bool:
    """Whether a poll with a name in its source became "a poll" or "polls": a vaguer source, though other documents
    that are named no longer are not."""
    before, after = (t.statement.source for t in (parent, child))
    if not (before and after and _POLLS & parent.source and _POLLS & child.source):
        return False
    if "named-person" in (parent.statement.sourcing, child.statement.sourcing):
        return False  # who "led the survey"
    named, still = (
        any(w[0].isupper() for w in WORD.findall(x.of(t.text))[1:]) for x, t in ((before, parent), (after, child))
    )
    return named and not still


@once_a_pair
def told_before(parent: Rendering, child: Rendering) -> bool:
    """Whether the child's source is a pronoun, and whoever it names before is the parent's by all words of one of both,
    in number and kind what the pronoun can mean: "forecasters at the bureau" beside "the bureau's forecasters said.
    They". Of 196 such gold claims of bench/train and our dossiers one is vaguer and one another's, of 76 of our
    rewrites none."""
    a = child.statement
    pronoun = a.source.of(child.text).lower() if a.source else ""
    if a.source is None or pronoun not in _PRONOUNS or parent.pronoun:
        return False
    ahead = [(s.source, s) for s in child.version.statements if s.source and s.source.end <= a.source.start]
    if not ahead:
        return False
    _, last = max(ahead, key=lambda x: x[0])
    if last.actor != a.actor and last.actor and a.actor:
        return False
    named = Rendering(child.version, last)
    if not _may_mean(pronoun, named):
        return False
    x, y = parent.source - POSSESSIVE, named.source - POSSESSIVE
    return bool(x) and (x <= y or (bool(parent.names) and parent.names <= y <= x))


def _may_mean(pronoun: str, named: Rendering) -> bool:
    """Whether a pronoun may mean whoever a source names: "they" people or a body, "she" and "he" no body."""
    if pronoun in ("he", "she"):
        return named.statement.sourcing not in ("named-organisation", "unnamed-group", "document")
    if pronoun == "they":
        return named.statement.sourcing != "named-person" and (
            named.statement.sourcing == "named-organisation" or _head(named).endswith(("s", "men"))
        )
    return True


def by_profession(parent: Rendering, child: Rendering) -> bool:
    """Whether the child calls the person whom it names before by the one word that the parent has beside the name:
    "Ana Reyk, a geologist at the museum" and "the geologist". Of 30 such gold claims of bench/train and our dossiers
    and 2 of our rewrites none is vaguer."""
    told, again = parent.statement, child.statement
    if told.sourcing != "named-person" or not parent.names or told.source is None or again.source is None:
        return False
    called = _CALLED.fullmatch(again.source.of(child.text))
    if called is None or stem(called[1]) not in {stem(w) for w in WORD.findall(told.source.of(parent.text))}:
        return False
    return _named_in(child.text[: again.source.start], parent)


def named_later(parent: Rendering, child: Rendering) -> bool:
    """Whether the parent's source is "a farmer", whom it names below and not before, and the child's a farmer by
    that name: so court reports begin. By hand, of drafts that an editor wrote: gold has none."""
    told, again = parent.statement, child.statement
    if told.source is None or again.source is None or again.sourcing != "named-person" or told.sourcing != "anonymous":
        return False
    noun = _common_head(parent)
    if not noun or not _ANY.match(told.source.of(parent.text)):
        return False
    words = {stem(w.lower()) for w in WORD.findall(again.source.of(child.text))}
    above, below = parent.text[: told.source.start], parent.text[told.source.end :]
    return stem(noun) in words and _named_in(below, child) and not _named_in(above, child)


def _named_in(text: str, told: Rendering) -> bool:
    """Whether a text has the name in the source of a statement."""
    return any(w[0].isupper() and stem(w) in told.names for w in WORD.findall(text))


def two_persons(parent: Rendering, child: Rendering) -> bool:
    """Whether two persons are named that are two actors, or one by a pronoun in the parent. Whom "she" means in the
    child is found wrong more often than right (5 of 17), but for a "she" that was a "he"."""
    a, b = parent.statement, child.statement
    if not (a.sourcing == b.sourcing == "named-person" and a.actor and b.actor and a.actor != b.actor):
        return False
    if child.pronoun and (not parent.pronoun or _said_as(parent) == _said_as(child)):
        return False
    x, y = _named(parent), _named(child)
    return bool(x and y) and not any(one_name(n, m) for n in x for m in y)


@once_a_pair
def two_speakers(parent: Rendering, child: Rendering) -> bool:
    """Whether what both are called tells two speakers: titles of two sexes, as Mr and Mrs Orlu have; bodies that are
    never one, as a union is no company (force.tsv, "side"); the child's, word for word, is what the parent calls
    another; or one who goes on as "he" in what another has said word for word. Shifted are 63 of 64 gold claims of whom
    it says so, 14 of 16 with statements as found, 5 of 6 of our rewrites; of other pronouns that mean two 1 of 5."""
    (a, sex), (b, other) = (_naming(t) for t in (parent, child))
    told, again = parent.statement.actor, child.statement.actor
    if sex * other < 0:
        return True
    sides = [lexicon("force")["side"].get(_common_head(t)) for t in (parent, child)]
    if None not in sides and sides[0] != sides[1] and len(a) == len(b) == 1:
        return True
    if any(_beside(one, of) for one, of in ((parent, child), (child, parent))):
        return True
    if not told or not again or told == again:
        return False
    if parent.pronoun and child.pronoun:
        one, two = (_named_before(t) for t in (parent, child))
        return one is not None and two is not None and one.plain == two.plain and two_persons(one, two)
    spokes = any(w.startswith("spokes") for w in parent.source | child.source)
    if a == b or not b or parent.pronoun or child.pronoun or spokes:
        return False
    alike = (s for s in parent.version.statements if s.source and s.source.of(parent.text).lower().endswith(b[-1]))
    called = {s.actor for s in alike if _naming(Rendering(parent.version, s))[0] == b}
    return bool(called) and told not in called


# "Reyk's new deputy", "an aide to Ana Reyk": who speaks for another is told by other words, and is no other to gold
_OWNED = re.compile(r"(?:[A-Z][\w.’'-]*\s)*([A-Z][\w-]*)[’']s?\s(?:[a-z-]+\s)*?([a-z][\w-]+)(?:,?\s[^A-Z]*)?")
_BELONGS = re.compile(r"(?:[A-Z]?[a-z-]*\s)*?([a-z][\w-]+) (?:to|of) (?:[A-Z][\w.’'-]*\s)*([A-Z][\w-]*)")
_PEOPLE = frozenset(("office", "person", "profession", "rank", "relation"))
_VOICES = ("agent", "attorney", "barrister", "counsel", "lawyer", "representative", "solicitor", "spokes")


def _beside(one: Rendering, of: Rendering) -> bool:
    """Whether the one source is somebody of the person that the other names: "Reyk's deputy" and "Ana Reyk". By hand,
    of drafts that we wrote to try it: gold has none."""
    source, kind = one.statement.source, of.statement.sourcing
    told = source.of(one.text) if source and kind == "named-person" else ""
    owned, belongs = _OWNED.fullmatch(told), _BELONGS.fullmatch(told)
    name, noun = owned.groups() if owned else belongs.groups()[::-1] if belongs else ("", "")
    someone = titles().get(folded(noun)) in _PEOPLE and not noun.startswith(_VOICES) and noun not in of.source
    return someone and any(one_name(stem(name.lower()), n) for n in of.names)


@once_a_pair
def two_bodies(parent: Rendering, child: Rendering) -> bool:
    """Whether two sources are the same word for word but for the name of the body that they speak for: "a spokesman for
    Corran Lines", "a spokesman for Brindle Ferries". Otherwise worded, the one may be the other's capital: "Perang's
    farm ministry", "the farm ministry in Tanjung Raya". Of the 5,297 gold claims that a named body has on both sides
    none is told so; of unnamed people, an official "in" two towns is one in 1 of 2. Documents are seen by many."""
    kind = parent.statement.sourcing
    if kind != child.statement.sourcing or kind not in ("named-organisation", *UNNAMED):
        return False
    (one, names), (other, others) = _framed(parent), _framed(child)
    if one != other or not names or not others or (kind in UNNAMED and "in" in one):
        return False
    common = telling(stem(w) for w in one if w not in ("", "’s"))
    return bool(common) and not any(n[:ALIKE] == m[:ALIKE] for n in names for m in others)


def _framed(told: Rendering) -> tuple[list[str], set[str]]:
    """The words of a source without articles, with a mark in the place of a name, and the names."""
    source = told.statement.source
    found = [w for w in WORD.findall(source.of(told.text)) if w.lower() not in _ARTICLES] if source else []
    frame: list[str] = []
    names = set()
    for n, w in enumerate(found):
        bare = _OWNING.sub("", w)
        if w[0].isupper() and (n or stem(bare.lower()) in told.names):
            names.add(bare.lower())
            frame += ["", "’s"] if bare != w else [""]
        else:
            frame.append("spokes" if w.startswith("spokes") else w.lower())
    return [w for w, after in pairwise([*frame, "."]) if w or after], names  # a name of several words has one mark


def members(parent: Rendering, child: Rendering) -> bool:
    """Whether one speaker is the body of which the others are the members: "the jury" and
    "jurors", "the researchers" and "the team".

    A single person is not his body, as a minister is for a ministry or an officer for the police; nor are people
    without a name the body that they work for ("doctors at the hospital").
    """
    heads = [_head(t).lower() for t in (parent, child)]
    team = [h in _TEAMS for h in heads]
    many = [h not in _TEAMS and (h.endswith(("s", "men")) or h == "people") for h in heads]
    if not (any(set(heads) == set(kin) for kin in _MEMBERS) or (team[0] and many[1]) or (team[1] and many[0])):
        return False
    aside = {*map(stem, heads)}
    x, y = (telling(t.source) - aside for t in (parent, child))
    return x <= y or y <= x


def same_words(parent: Rendering, child: Rendering) -> bool:
    """Whether both sources have the same telling words: "monitors from the mission", "monitors of the mission"."""
    return bool(parent.source) and parent.source == child.source and not (parent.pronoun or child.pronoun)


def speaker_evidence(parent: Rendering, child: Rendering) -> dict[str, float]:
    """What is weighed of the speakers of both sides, by name."""
    a, b = parent.statement, child.statement
    one, other = a.sourcing, b.sourcing
    spoken = "outlet" not in (one, other)
    known = spoken and a.actor is not None and b.actor is not None
    x, y = parent.source, child.source
    shared = len(x & y)
    apart = bool(x and y) and not shared
    heads = {n for n in parent.names if any(one_name(n, m) for m in child.names)}
    named, persons = spoken and one in NAMED and other in NAMED, one == other == "named-person"
    return {
        "speaker: spoken in both": spoken,
        "speaker: named to group": one in NAMED and other == "unnamed-group",
        "speaker: named to anonymous": one in NAMED and other == "anonymous",
        "speaker: anonymous to group": one == "anonymous" and other == "unnamed-group",
        "speaker: group to anonymous": one == "unnamed-group" and other == "anonymous",
        "speaker: unnamed to named": one in UNNAMED and other in NAMED,
        "speaker: person to organisation": one == "named-person" and other == "named-organisation",
        "speaker: organisation to person": one == "named-organisation" and other == "named-person",
        "speaker: to or from a document": spoken and one != other and "document" in (one, other),
        "speaker: none found": spoken and b.source is None,
        "speaker: of that body": _of_that_body(parent, child),
        "speaker: same sourcing": spoken and one == other,
        "speaker: another actor": known and a.actor != b.actor,
        "speaker: same actor": known and a.actor == b.actor,
        "speaker: names shared": named and shared > 0,
        "speaker: share of names": shared / max(1, min(len(x), len(y))) if named else 0.0,
        "speaker: no name shared": named and apart,
        "speaker: both persons, no name shared": persons and apart,
        "speaker: head names shared": spoken and bool(heads),
        "speaker: head names apart": spoken and bool(parent.names and child.names) and not heads,
        "speaker: same heads": spoken and bool(heads) and len(parent.names) == len(child.names),
        "speaker: two names": persons and bool(parent.names and child.names) and not (shared or heads),
        "speaker: head of one": spoken and bool(parent.names) != bool(child.names),
        "speaker: unnamed in both, apart": spoken and one in UNNAMED and other in UNNAMED and apart,
        "speaker: named to unnamed, apart": one in NAMED and other in UNNAMED and apart,
        "speaker: near in sense": _speakers_near(x, y),
        "speaker: pronoun": parent.pronoun or child.pronoun,
        "speaker: pronoun, no name shared": (parent.pronoun or child.pronoun) and named and shared == 0,
        "speaker: unnamed, words shared": spoken and not named and shared > 0,
    }


def _naming(told: Rendering) -> tuple[list[str], float]:
    """The words of a source without articles, "both" and titles, and the sex of the titles: 1 for him, -1 for her."""
    source = told.statement.source
    called = _PAIR.sub("", source.of(told.text), count=1) if source else ""
    found = [w for w in WORD.findall(called) if w.lower() not in _ARTICLES]
    led = [w for w, after in pairwise([*found, ""]) if told.titled(w, office=after[:1].isupper())]
    kept = [w for w in found if w not in led] or [w for w in found if folded(w) not in genders()] or found
    sex = genders().get(folded(found[0]), 0.0) if found[0:1] == led[0:1] != [] else 0.0
    return [w.lower() for w in kept], sex


def _head(told: Rendering) -> str:
    """The last word of the head of a source: "agent" of "his agent, who", "Jurors" of "Jurors in Karsk"."""
    source = told.statement.source
    return head_of(source.of(told.text)) if source else ""


def _common_head(told: Rendering) -> str:
    """The head of a source where it is no name."""
    head = _head(told)
    return head if head.islower() else ""


def _of_that_body(parent: Rendering, child: Rendering) -> bool:
    """Whether a body speaks through a person called by it: "the airport" and "Oren Fitch, who manages the airport".
    Every third such speaker is the same."""
    kinds = parent.statement.sourcing, child.statement.sourcing
    return kinds == ("named-organisation", "named-person") and not telling(parent.source).isdisjoint(child.source)


def _speakers_near(x: set[str], y: set[str]) -> float:
    """How near the nearest words of two sources are in sense, 0 to 1."""
    if not x or not y:
        return 0.0
    if x & y:
        return 1.0
    return float(senses_near(senses(sorted(x)), senses(sorted(y))).max())


def _said_as(told: Rendering) -> str:
    """The source as it is written, in small letters."""
    return told.statement.source.of(told.text).lower() if told.statement.source else ""


def _named(told: Rendering) -> set[str]:
    """The name in a source, or, of a pronoun, in the nearest source before it that is the same actor's."""
    a = told.statement
    if not told.pronoun or a.source is None:
        return _name(told)
    named = _named_before(told)
    return _name(named) if named else set()


def _named_before(told: Rendering) -> Rendering | None:
    """The nearest statement before whose source, the same actor's, has a name."""
    at, actor = told.statement.source, told.statement.actor
    before = [
        (s.source, t)
        for s in told.version.statements
        if s.actor == actor and s.source and at and s.source.end <= at.start and _name(t := Rendering(told.version, s))
    ]
    return max(before, key=lambda x: x[0])[1] if before else None


def _name(told: Rendering) -> set[str]:
    """The surname, in "a witness, Ana Reyk" too."""
    source = told.statement.source
    if told.names or told.pronoun or source is None:
        return told.names
    parts = [WORD.findall(x) for x in source.of(told.text).split(",")[1:2]]
    return {stem(x[-1]) for x in parts if len(x) > 1 and all(w[0].isupper() for w in x)}
