"""A source as it is written -> its form: a name, a pronoun, or a description, with the words that matter of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stemmata.language.lexicon import bodies, closed, common, singular, titles
from stemmata.language.wording import PREPOSITIONS, RELATIVE
from stemmata.model import Sourcing, Span
from stemmata.resolve.names import DETERMINERS, Layout, Name, Word

HE = closed("he")
SHE = closed("she")
IT = closed("it")
THEY = closed("they")
FIRST = closed("first")
_INDEFINITE = closed("indefinite")
_AFTER_HEAD = closed("after-head")
_POSSESSIVES = {"his": "he", "her": "she", "its": "it", "their": "they", "our": "first", "my": "first", "your": "first"}
PRONOUNS = ("he", "she", "it", "they", "first")
TYPES = (*PRONOUNS, "person", "group", "body", "government", "document", "place", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What a source looks like. `type` is one of TYPES; `name` is the index of the name that heads it, if one does."""

    type: str
    span: Span
    name: int | None = None
    head: str = ""
    modifiers: frozenset[str] = frozenset()
    determiner: str = ""  # the, possessive, indefinite, none
    pronoun: str = ""  # the possessive before its head: "his spokesman"
    possessor: int | None = None  # the name before its head: "Tamsin's spokesman"
    inner: tuple[int, ...] = ()  # every name in it
    plural: bool = False
    words: str = ""  # its noun phrase without article and relative clause
    issued: bool = False  # a document or a spokesperson stands before it: the words are those of the body behind it


_ABOUT_AS_MANY = frozenset((
    ("more", "than"), ("fewer", "than"), ("less", "than"), ("up", "to"), ("at", "least"), ("at", "most"),
    ("as", "many"), ("close", "to"),
))  # fmt: skip


def phrase(page: Layout, found: Sequence[Name], span: Span, sourcing: Sourcing) -> Phrase:
    """The form of the source at `span`."""
    words = list(page.inside(span))
    first = bisect_left(found, span.start + 1, key=lambda n: n.span.end)
    inner = []
    while first < len(found) and found[first].span.start < span.end:
        inner.append(first)
        first += 1
    if len(words) > 2 and (words[0].key, words[1].key) in _ABOUT_AS_MANY:
        words = words[2:]  # "more than 300 doctors"
    if not words:
        return Phrase(type="group", span=span)
    key = words[0].text if page.initials(words[0]) else words[0].key  # "WHO" is no pronoun
    if (len(words) == 1 and key in HE | SHE | THEY | FIRST | IT) or (
        len(words) > 1 and (words[1].key in RELATIVE | {"all", "both", "each"} and key in HE | SHE | THEY | FIRST)
    ):
        for kind, members in (("he", HE), ("she", SHE), ("it", IT), ("they", THEY), ("first", FIRST)):
            if key in members:
                return Phrase(type=kind, span=span, head=key, inner=tuple(inner))
    if len(words) == 1 and key in ("who", "whom", "whose"):
        return Phrase(type="person", span=span, head="who", determiner="the", inner=tuple(inner))
    head_name = _head_name(page, found, span, inner)
    if sourcing == "named-person" and (last := _name_behind(page, found, span, inner, head_name)) is not None:
        head_name = last
    if head_name is not None and not _names(found[head_name], span, sourcing):
        head_name = None
    segment = _segment(page, words)
    np = _noun_phrase(segment)
    head = np[-1].key if np else key
    rest = np[:-1]
    whole = "-".join((head, *(w.key for w in segment[len(np) :][:2])))
    of = segment[len(np) :][:2] if whole in titles() else []
    head = whole if of else head  # "head of state"
    determiner, pronoun, possessor = _determiner(found, words, np, inner)
    plural = singular(head) != head or titles().get(head) == "group"
    skip = DETERMINERS | {"own", "same", "very"}
    told = Phrase(
        type="name",
        span=span,
        name=head_name,
        head=head,
        modifiers=frozenset(w.key for w in rest if w.key not in skip),
        determiner=determiner,
        pronoun=pronoun,
        possessor=possessor,
        inner=tuple(inner),
        plural=plural,
        words=_said([w for w in [*np, *of] if w.key not in skip]),
    )
    if head_name is not None:
        return told
    if key == "both" and sourcing != "document":
        return replace(told, type="group", determiner="indefinite")
    alone = len(words) < 3 and not inner and pronoun in ("", "it")
    if sourcing == "named-organisation" and head.startswith("spokes") and alone:
        # "a spokeswoman", "its spokesman": of the body that is spoken of; dossiers 8 mended and 1 broken
        return replace(told, type="it")
    told = _typed(told, head, plural, sourcing)
    if told.type == "document" or (sourcing == "named-organisation" and _speaks_for(head)):
        return _issued(page, found, told, words, np)
    return told


def _said(words: Sequence[Word]) -> str:
    """Words as they are shown, the possessive ending back on each but the last: "the fishermen's cooperative"."""
    last = len(words) - 1
    ends = ("" if k == last or not w.possessive else "'" if w.text.endswith("s") else "'s" for k, w in enumerate(words))
    return " ".join(w.text + end for w, end in zip(words, ends, strict=True))


def _speaks_for(head: str) -> bool:
    return head.startswith("spokes") or head in ("representative", "secretary", "rep", "statement", "source")


def _issued(page: Layout, found: Sequence[Name], told: Phrase, words: list[Word], np: list[Word]) -> Phrase:
    """The issuer's own form, where a document or a spokesperson names it: "its note", "the council's spokesman"."""
    own = [w for w in np if w.key not in DETERMINERS]
    if told.pronoun and told.type == "document":
        return replace(told, type=told.pronoun)
    if told.possessor is not None:
        return replace(told, type="name", name=told.possessor, issued=True)
    for k, w in enumerate(np[:-1]):
        if w.possessive:  # "the organisation's report"
            part = [x for x in np[: k + 1] if x.key not in DETERMINERS]
            return _bodied(told, part)
    for k in range(len(own) - 2, -1, -1):
        if bodies().get(own[k].key) == "body" and own[k].text.islower():
            return _bodied(told, own[: k + 1])  # "a company spokesperson", "a ministry order"
    for k in told.inner:
        name = found[k]
        if told.type != "document" and len(np) > 1 and name.span.end == np[-2].end and not name.possessive:
            return replace(told, type="name", name=k, issued=True)  # "a Google spokesman"
    after = words[len(np) :]
    if len(after) > 2 and after[0].key == "from" and after[1].key in ("inside", "within"):
        after = [after[0], *after[2:]]  # "a paper from inside the firm" is the firm's
    if told.type == "document" and (sender := _sender(found, told, after)) is not None:
        return replace(told, type="name", name=sender, issued=True)
    joints = ("of", "by", "for", "from") if told.type == "document" else ("of", "by", "for", "from", "in")
    return _issued_behind(page, found, told, after) if after and after[0].key in joints else told


def _issued_behind(page: Layout, found: Sequence[Name], told: Phrase, after: list[Word]) -> Phrase:
    """The issuer's own form, where it stands behind a preposition: "a note of the ministry"."""
    rest = _noun_phrase(_segment(page, after[1:])) if len(after) > 1 else []
    if not rest:
        return told
    begin, end = rest[0].start, rest[-1].end
    for k in told.inner:
        if begin <= found[k].span.start < end + 1 and found[k].span.end >= end and not found[k].possessive:
            issues = told.type != "document" or found[k].body or after[0].key in ("by", "from")
            return replace(told, type="name", name=k, issued=True) if issues else told
    if bodies().get(singular(rest[-1].key)) in ("body", "government") and rest[-1].text.islower():
        tail = list(after[1 + len(rest) :][:2])
        more = [x for x in tail if x.key == "of" or x.capital] if tail and tail[0].key == "of" else []
        part = [x for x in [*rest, *more] if x.key not in DETERMINERS]
        return _bodied(told, part, head=rest[-1].key)
    return told


_SENT = closed("sent")


def _sender(found: Sequence[Name], told: Phrase, after: Sequence[Word]) -> int | None:
    """Who issued a paper, by its relative clause: "a price list that Quillsoft has sent to buyers". No person with a
    title: the minister's paper is the ministry's."""
    if len(after) < 3 or after[0].key not in ("that", "which"):
        return None
    for k in told.inner:
        name = found[k]
        if name.span.start in (after[1].start, after[2].start) and not name.possessive and name.role is None:
            verbs = [w.key for w in after if w.start > name.span.end and w.key not in ("has", "had")]
            led = name.span.start == after[1].start or after[1].key == "the"
            return k if led and verbs and verbs[0] in _SENT else None
    return None


def _bodied(told: Phrase, part: list[Word], head: str | None = None) -> Phrase:
    """The source as the body that the words `part` name, which issued what it is called."""
    head = head or part[-1].key
    return replace(
        told, type="body", head=head, modifiers=frozenset(w.key for w in part if w.key != head), determiner="the",
        words=_said(part), issued=True,
    )  # fmt: skip


def _typed(told: Phrase, head: str, plural: bool, sourcing: Sourcing) -> Phrase:
    one = singular(head)
    kind = "group" if plural and one in titles() else bodies().get(one) or ""
    if not kind and one in titles():
        kind = "group" if titles()[one] == "group" else "person"
    if kind == "government" and sourcing == "anonymous":
        kind = "person"  # "my neighbour"
    counted = told.determiner == "indefinite" and one in titles()
    if (sourcing == "document" and not counted) or (kind == "document" and sourcing in ("anonymous", "unnamed-group")):
        kind = "document"
    elif counted:
        kind = "group" if plural else "person"
    elif kind in ("", "document") or (kind in ("body", "government") and sourcing == "named-person"):
        by_sourcing = {"named-person": "person", "named-organisation": "body", "anonymous": "person"}
        kind = by_sourcing.get(sourcing, "group")
    return replace(told, type=kind)


def _names(name: Name, span: Span, sourcing: Sourcing) -> bool:
    """Whether the name at the head of a source may name who speaks, given what the source is taken for."""
    keys = name.keys
    if sourcing in ("anonymous", "unnamed-group"):
        return len(keys) > 1 and not name.body and not name.initial and not all(w.isupper() for w in name.words)
    if sourcing == "document" and bodies().get(keys[0]) == "document":
        return False
    led = span.start < name.span.start and name.before and name.before not in DETERMINERS
    if led and len(keys) == 1 and keys[0] in bodies():
        return False  # "Iranian state TV": a kind of body, told by what stands before it
    return not (bodies().get(keys[-1]) == "government" and all(k in common() or k in bodies() for k in keys))


def _segment(page: Layout, words: list[Word]) -> list[Word]:
    """The words before the first comma or dash."""
    for k in range(1, len(words)):
        if any(c in ",;:—–(" for c in page.text[words[k - 1].end : words[k].start]):
            return words[:k]
    return words


def _noun_phrase(words: list[Word]) -> list[Word]:
    """Determiner, modifiers and head: the words before a preposition, a relative clause, or a participle behind it."""
    for k, w in enumerate(words):
        if k and (
            w.key in PREPOSITIONS | RELATIVE | {"to", "and", "or", "called", "named", "seen", "posted", "himself"}
        ):
            return words[:k]
        if k and w.key in _AFTER_HEAD:
            return words[:k]
        if (
            k > 1
            and w.text.islower()
            and w.key.endswith("ed")
            and len(w.key) > 4
            and words[k - 1].text.islower()
            and (singular(words[k - 1].key) in titles() or singular(words[k - 1].key) in bodies())
        ):
            return words[:k]
    return words


def _determiner(
    found: Sequence[Name], words: list[Word], np: list[Word], inner: list[int]
) -> tuple[str, str, int | None]:
    key = words[0].key
    for k in inner:
        if found[k].possessive and np and found[k].span.end < np[-1].start:
            return "possessive", "", k
    if key in _POSSESSIVES:
        return "possessive", _POSSESSIVES[key], None
    if key in _INDEFINITE or key[:1].isdigit():
        return "indefinite", "", None  # "a fisherman's wife" too
    if any(w.possessive for w in np[:-1]):
        return "possessive", "", None
    return ("the" if key in ("the", "this", "that", "these", "those") else "none"), "", None


def _head_name(page: Layout, found: Sequence[Name], span: Span, inner: list[int]) -> int | None:
    """The index of the name that heads the phrase; None where a common noun does."""
    for k in inner:
        name = found[k]
        if name.possessive and name.span.end < span.end - 3:
            continue
        behind = page.text[name.span.end : name.span.end + 1]  # nothing, where a text breaks off inside a quotation
        if name.quoted and not page.quoted(span.start) and behind not in "\"'”’»“,.":
            continue  # "an article under the headline “Tamsin goes it alone”"
        if name.following and name.span.end < span.end - 1 and not _ends(name.following):
            continue  # "the Torkhun side", "White Lamp medics"
        comma = max(page.text.rfind(c, span.start, name.span.start) for c in ",:—–(")
        role = name.role if name.role and span.start <= name.role.start and name.role.end <= name.span.start else None
        lead = page.inside(Span(max(span.start, comma), (role or name.span).start))
        governed = next((w for w in reversed(lead) if w.key not in DETERMINERS), None)
        if governed is not None and governed.key in PREPOSITIONS | RELATIVE | {"and", "or", "to"}:
            continue
        if any(w.key in RELATIVE or w.key == "to" for w in lead):
            continue
        return k
    return None


def _name_behind(page: Layout, found: Sequence[Name], span: Span, inner: list[int], head: int | None) -> int | None:
    """The person's name that ends a source behind a comma, where no other heads it: "the judge who leads the inquiry,
    Ana Reyk", "the Olu of Esuro, Adewale III"; behind a title and a comma too ("the leader of the Civic Union, Ana
    Reyk"): of such, in every third dossier, 10 are mended and none broken."""
    if not inner:
        return None
    name = found[inner[-1]]
    role = name.role if name.role and span.start <= name.role.start < name.span.start else None
    start = role.start if role and "," not in page.text[role.end : name.span.start] else name.span.start
    if (
        name.body
        or len(name.words) < 2
        or name.span.end < span.end
        or not _BEHIND_COMMA.search(page.text[span.start : start])
    ):
        return None
    if head is not None and (found[head].role or (len(found[head].words) > 1 and not found[head].body)):
        return None
    return inner[-1]


_BEHIND_COMMA = re.compile(r",\s(?:(?:his|her|their|our|the)\s)?$", re.IGNORECASE)


def _ends(word: str) -> bool:
    """Whether a word after a name leaves the name at the head of its phrase."""
    return word in PREPOSITIONS | RELATIVE | _AFTER_HEAD | {"and", "or", "himself", "herself", "itself"}
