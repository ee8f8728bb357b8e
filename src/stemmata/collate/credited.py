"""Does a version still say where it got the story? `credit-dropped`, of the whole document."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from stemmata.language.lexicon import common
from stemmata.language.wording import folded
from stemmata.lists import classes
from stemmata.model import Change, Credit, Document, Ground, Span
from stemmata.surface import dateline

# Share of such findings that are right, with gold edges: 102 of 106 on bench/train, 1,086 of 1,173 in our dossiers
RIGHT = 0.92


def credit_change(parent: Document, child: Document, *, first: bool, sources: Iterable[Document] = ()) -> Change | None:
    """`credit-dropped`: the parent is the first outlet or names where it got the story, and the child does not. An
    outlet need not name itself.

    `first`: nothing that is known stands above the parent: its own outlet and every outlet that it credits are what a
    child may name. `sources` are the documents above it: a credit that names one of their outlets counts surely, and so
    does their name anywhere in its text; where none are known, so does every credit that is not the parent itself. A
    parent that names nobody is not asked for. A child that names its parent says where it got the story.
    """
    above = [s for s in sources if s.outlet]
    held = [c for c in parent.credits if not same_outlet(c.name, parent.outlet or "")]
    if first:
        wanted = [parent.outlet or "", *(c.name for c in held)]
        shown = tuple(c.span for c in parent.credits)
    else:
        held = [c for c in held if not above or any(same_outlet(c.name, s.outlet or "") for s in above)]
        wanted, shown = [c.name for c in held], tuple(c.span for c in held)
        for s in above if not held else ():
            if names_outlet(parent, s.outlet or ""):
                wanted.append(s.outlet or "")
                shown += _places(parent.text, {*outlet_forms(s.outlet or ""), _body(s.outlet or "")} - {""})[:1]
        if parent.outlet and names_outlet(child, parent.outlet):
            return None
    wanted = [w for w in wanted if w and not same_outlet(w, child.outlet or "")]
    names = {name for w in wanted for text in (parent.text, child.text) for name in (w, *spelled(w, text))}
    if not wanted or any(names_outlet(child, name) for name in names):
        return None
    ground = Ground(label="credit-dropped", parent=shown, child=(), score=RIGHT)
    return Change(
        parent_document=parent.id,
        child_document=child.id,
        claim=None,
        parent_statement=None,
        child_statement=None,
        changes=("credit-dropped",),
        score=RIGHT,
        grounds=(ground,),
    )


def is_credit(text: str, source: Span | None, credits: Iterable[Credit], known: Collection[str] = ()) -> bool:
    """Whether a source is nothing but an outlet that the text credits, or one of those `known` (`called`). What such a
    one "reports" is the story itself, neither omitted nor added, and hardly another speaker's (changes.CREDITED). "The
    agency RNS" is nothing but RNS."""
    if source is None:
        return False
    name = _labelled().sub("", _bare(source.of(text)), count=1)
    return name in known or any(source.overlaps(c.span) and name == _bare(c.name) for c in credits)


def called(document: Document) -> set[str]:
    """What an outlet's own text lets others call it, for short too: its full name, the initials of that, and what its
    dateline has in brackets. A body that tells of itself is none: what it "said" is its word; nor is an acronym that an
    outlet has for a name."""
    name = document.outlet or ""
    head = dateline(document.text)
    own = {c.name for c in document.credits if head and c.span.overlaps(head)}
    if _body(name):
        return set()
    full, letters = _bare(name), _initials(name)
    return own | {x for x, tells in ((full, " " in full), (letters, len(letters) >= 3)) if tells}


@cache
def _labelled() -> re.Pattern[str]:
    """A noun before an outlet's name."""
    nouns = sorted(map(re.escape, classes("outlets")["label"] | {"agency"}), reverse=True)
    return re.compile(rf"^(?:{'|'.join(nouns)}),? (?=[A-Z])")


_BRACKETED = re.compile(r"\(([A-Z][A-Z&]{1,6})\)")
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_DOMAIN = re.compile(r"(?<=\w)\.(?:com|org|net|info|news|co\.[a-z]{2}|[a-z]{2})$", re.IGNORECASE)
_SMALL = frozenset(("the", "of", "and", "for", "de", "la", "le", "les", "a", "an"))


def outlet_forms(name: str) -> set[str]:
    """How an outlet may be written in a text: its name without "The", brackets and domain, and its acronym."""
    letters = _initials(name)
    return _written(name) | ({letters} if len(letters) >= 3 else set())


def same_outlet(a: str, b: str) -> bool:
    """Whether two names, each of an outlet, are of one. Two letters ("AP") are enough for an acronym here; that both
    have the same initials is nothing."""
    x, y = ({folded(f) for f in _written(n)} for n in (a, b))
    return bool(x & (y | {folded(_initials(b))}) or y & {folded(_initials(a))})


# "Sarn Press Agency", with the words that tell an outlet from a person or a treaty of the same letters
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*(?:(?: (?:of|and|for|the|de|la|le))* [A-ZÀ-Þ][\w’'-]*){1,6}")
_OUTLET = re.compile(r"\b(?:Agency|Agence|Agencia|Agenzia|Broadcasting|Bureau|Media|News|Newswire|Press|Radio|Service|"
                     r"Telegraph|Television|Wire)\b")  # fmt: skip


def spelled(name: str, text: str) -> set[str]:
    """What else `text` calls the outlet `name`: the acronym that stands in brackets behind it, and the full name that
    an acronym is the initials of."""
    found = {m[1] for f in _written(name) for m in re.finditer(rf"{re.escape(f)} \(([A-Z][A-Z&]{{1,6}})\)", text)}
    letters = {folded(f) for f in _written(name) if _ACRONYM.fullmatch(f)}
    runs = (m.group() for m in _CAPITALS.finditer(text)) if letters else ()
    return found | {r for r in runs if folded(_initials(r)) in letters and _OUTLET.search(r)}


def _written(name: str) -> set[str]:
    """Its name without "The", brackets and domain, and the acronym in brackets. One that stands among other words, as
    in "LNS World", is in the news itself: of 14 texts that have it three were made from that outlet's."""
    letters = _BRACKETED.findall(name)
    return {f for f in (_bare(name), *letters) if len(f) >= 2}


def _bare(name: str) -> str:
    bare = re.sub(r"\s*\([^)]*\)", "", name).strip()
    return _DOMAIN.sub("", bare.split(",")[0].removeprefix("The ").removeprefix("the "))


# What stands behind the name of a body that tells of itself: "Sarn Foods plc", "University of Karsk press office"; but
# "Orrin Press Service" is an agency, and of "Karsk Newsroom" only a place would be left
_TAIL = re.compile(
    r"(?:,? (?:plc|PLC|Plc|Ltd|LTD|Limited|Inc|Incorporated|LLC|LLP|Corp|AG|GmbH|NV|N\.V|SE|SA|S\.A|SpA|S\.p\.A|ASA)"
    r"\b\.?|,? (?:[Pp]ress|[Mm]edia|[Cc]ommunications) (?:[Oo]ffice|[Rr]oom|team|department|release)\b.*"
    r"|,? news release\b.*|,? press service|,? communications)+$"
)
_NEWSROOM = re.compile(r"(?<=\w)( \S*[^\W,]) (?:[Nn]ews ?(?:room|desk))$")
_STATED = re.compile(
    r"\b(?:press|news|media) (?:release|statement|office|conference)\b"
    r"|\bin an? (?:\w+ )?(?:statement|release|announcement)\b", re.IGNORECASE
)  # fmt: skip
_TELLS = r"(?:said|says|announced|announces|stated|states|reported|reports|writes|wrote|disclosed|revealed|published)"


def _body(name: str) -> str:
    """The body whose own telling an outlet is, by its name; empty where it is another outlet."""
    bare = re.sub(r"\s*\([^)]*\)", "", name).strip().removeprefix("The ").removeprefix("the ")
    body = _TAIL.sub("", _NEWSROOM.sub(r"\1", bare))
    return body.split(",")[0] if body != bare else ""


def _told_by(text: str, body: str) -> bool:
    """Whether a text names a `body` as where the story is from: as who said it, or beside a statement. What is told of
    a firm is named anyway."""
    name = rf"(?:[Tt]he )?{re.escape(body)}"
    if not re.search(rf"(?<!\w){name}(?!\w)", text):
        return False
    told = (
        rf"(?<!\w){name}(?: itself| also)? (?:has |had )?{_TELLS}\b|\b(?:{_TELLS}|according to) {name}(?!\w)"
        rf"|\b(?:study|research|report|survey|trial|statement|findings|paper) (?:led |done |published |issued )?"
        rf"(?:by|from|at|of) (?:researchers at |scientists at )?{name}(?!\w)"
    )
    return bool(_STATED.search(text) or re.search(told, text))


def _initials(name: str) -> str:
    """The first letters of a name's words, where all are capitals."""
    letters = [w[0] for w in re.findall(r"[\w’'&]+", _bare(name)) if folded(w) not in _SMALL]
    return "".join(letters) if all(x.isupper() for x in letters) else ""


def credits_other(one: Document, other: Document) -> bool:
    """Whether a text says that it is from another's outlet. What one outlet writes of itself is no credit."""
    return bool(other.outlet) and other.outlet != one.outlet and names_outlet(one, other.outlet or "")


def names_outlet(document: Document, name: str) -> bool:
    """Whether the text, a credit in it or the byline names the outlet `name`. Of a credit the start or the end of a
    name is enough, "Evening Record" of "Karsk Evening Record"."""
    body = _body(name)
    if any(same_outlet(c.name, x) or _begins_or_ends(c.name, x) for c in document.credits for x in (name, body) if x):
        return True
    if body and _told_by(document.text, body):
        return True
    return any(_places(t, outlet_forms(name) - {body, _initials(body)}) for t in (document.text, document.author or ""))


def _begins_or_ends(short: str, name: str) -> bool:
    a, b = _bare(short).split(), _bare(name).split()
    return 0 < len(a) < len(b) and a in (b[: len(a)], b[-len(a) :])


def _places(text: str, forms: set[str]) -> tuple[Span, ...]:
    """Where `text` writes one of the `forms`: not where it begins a sentence, or a title, with a word of any text, as
    "Local residents" does for "The Local"."""
    either = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    found = re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text) if forms else ()
    return tuple(
        Span(*m.span())
        for m in found
        if folded(m[0]) not in common() or not _OPENS.search(text, max(0, m.start() - 4), m.start())
    )


_OPENS = re.compile(r"(?:^|[.!?:…\n(\[]|[\"“‘„«])\s*$")
