"""What the text shows of whom a source is taken for: a body that was taken for a person, a person for a body.

The encoder labels each statement by itself; a lone name ("Quill denied it") may be a person's, a company's or a
capital's, and what the rest of the text says of it decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from stemmata.language.lexicon import closed, places
from stemmata.model import Span, Statement
from stemmata.resolve.entities import called_body, stands_in
from stemmata.resolve.names import Layout, Name, layout, medial, names
from stemmata.resolve.phrases import Phrase, phrase

_SPOKESMAN = re.compile(r"the (spokes(?:man|woman|person))", re.IGNORECASE)
_WHO = re.compile(r"[^\W\d_][\w’'-]+, who\b")
_SPOKES = re.compile(r"\bspokes(?P<who>man|woman|person)\b", re.IGNORECASE)
# What it does, and not what is done to it ("denied it", "called it a lie"). Of lone names that say so 24 of 24 are
# bodies in bench/train, 215 of 219 in the dossiers
_OF_IT = re.compile(r"(?:that )?(?:its|it(?=['’]|\s+(?!an?\b|the\b)\w))\b")
_BEHIND = re.compile(r"\s*[,;:—–(]")  # a name ends before it: "Open Hand, which runs the ward"
_GOVERNS = closed("governs")
ADDRESSED = frozenset(("you", "your"))


def as_told(text: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those as a body's or a person's that the text shows to be one's, whatever their own words were
    taken for."""
    told = {s.id: s for s in laid_out(text, statements)[3]}
    return tuple(told[s.id] for s in statements)


def laid_out(
    text: str, statements: Sequence[Statement]
) -> tuple[Layout, list[Name], list[Phrase | None], tuple[Statement, ...]]:
    """A text, its names, and the statements in the order of their sources, with what these look like."""
    page = layout(text)
    bodily = (s.source for s in statements if s.source and s.sourcing == "named-organisation")
    whole = {Span(x.start, x.start + len(_BEHIND.split(x.of(text), maxsplit=1)[0])) for x in bodily}
    found = names(page, {s.source.end for s in statements if s.source}, whole)
    ordered = _as_persons(page, found, sorted(statements, key=lambda s: (_place(s), s.id)))
    phrases = [phrase(page, found, s.source, s.sourcing) if s.source else None for s in ordered]
    phrases = [None if p and _writes(page, ordered, k, p) else p for k, p in enumerate(phrases)]
    return page, found, phrases, _relabelled(page, ordered, phrases, found)


def other_before(phrases: Sequence[Phrase | None], at: int) -> int | None:
    """The last statement before one whose source is of another type than that one's: before all of its "he said"."""
    p = phrases[at]
    before = reversed(range(at))
    return next((k for k in before if p is not None and (q := phrases[k]) is not None and q.type != p.type), None)


def _writes(page: Layout, statements: Sequence[Statement], at: int, p: Phrase) -> bool:
    """Whether a bare "I" or "we" is whoever writes, and nobody whom the text names: it stands in no quotation and in
    nothing that somebody is said to tell."""
    if p.type != "first" or p.head in ADDRESSED or page.quoted(p.span.start):
        return False
    return around(statements, at) is None


def _relabelled(
    page: Layout, statements: tuple[Statement, ...], phrases: Sequence[Phrase | None], found: Sequence[Name]
) -> tuple[Statement, ...]:
    """The statements of a body as a body's, whatever their labels: of a lone name, never given in full nor with a
    title, that speaks of "it" or has a spokesman ("Quillsoft said it would appeal"), and of a name that the text calls
    a company, a union or the like, in full or by its first word ("Mining company Quill Minerals", "Quill"). Of what is
    left the statements of persons as theirs (`_goes_on`)."""
    full = {w for n in found if len(n.words) > 1 or n.role for w in n.keys}
    keys = [found[p.name].keys if p and p.name is not None else () for p in phrases]
    text = page.text
    bodies_told: set[tuple[str, ...]] = {
        k
        for k, p, s in zip(keys, phrases, statements, strict=True)
        if len(k) == 1 and k[0] not in full and p is not None
        if (p.issued and s.sourcing == "named-organisation") or _OF_IT.match(text, s.content[0].start, s.content[0].end)
    }
    titled = {n.keys for n in found if n.role}
    for n in found:
        if medial(n.words):
            bodies_told.add(n.keys)
        elif called_body(page, n, full) and n.keys not in titled:
            bodies_told |= {n.keys, n.keys[:1]} if (n.keys[0],) not in titled else {n.keys}
    alone = {k for k in keys if len(k) == 1 and k[0] not in full and k[0] not in places()} - bodies_told
    placed = {n.keys for n in found if n.the or n.following in _GOVERNS or stands_in(n) or n.words[0].isupper()}
    persons = {k for n, k in enumerate(keys) if k in alone - placed and _goes_on(page, statements, phrases, found, n)}

    def meant(k: tuple[str, ...], s: Statement) -> Statement:
        if k in bodies_told and s.sourcing == "named-person":
            return replace(s, sourcing="named-organisation")
        return replace(s, sourcing="named-person") if k in persons and s.sourcing == "named-organisation" else s

    return tuple(meant(k, s) for k, s in zip(keys, statements, strict=True))


def _goes_on(
    page: Layout, statements: Sequence[Statement], phrases: Sequence[Phrase | None], found: Sequence[Name], at: int
) -> bool:
    """Whether what a lone name says goes on in the next sentence with what "he" or "she" says, and nobody else is named
    between: "Quill denied it. “We had none,” he said". By gold (dossiers) 36 of 39 such names are persons', where the
    text does not treat them as a place's or a body's; 26 of the 36 are also who "he" is, which the ranker decides."""
    p, s = phrases[at], statements[at]
    behind = (k for k in range(at + 1, len(statements)) if (q := phrases[k]) and p and q.span.start > p.span.end)
    then = next(behind, None)
    q = phrases[then] if then is not None else None
    if p is None or q is None or then is None or q.type not in ("he", "she"):
        return False
    if page.sentence(q.span.start) != page.sentence(p.span.start) + 1 or statements[then].sourcing != "named-person":
        return False
    if page.paragraph(q.span.start) != page.paragraph(p.span.start) or p.issued or page.quoted(p.span.start):
        return False
    between = (n for n in found if p.span.end <= n.span.start < q.span.start and n.keys != found[p.name or 0].keys)
    told = (n for n in between if not n.quoted and not any(c.start <= n.span.start < c.end for c in s.content))
    return next(told, None) is None and all(around(statements, k) is None for k in (at, then))


def _place(s: Statement) -> int:
    return (s.source or s.cue or s.content[0]).start


def _as_persons(page: Layout, found: Sequence[Name], statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements of "the spokesman" as a person's where the text calls somebody so by name, and of a lone name with
    "who" behind it ("Reyk, who had left") that is taken for nobody's. By gold 7 of 7 of the first are theirs
    (bench/train and dossiers), and none a body's; 36 of 38 lone names before ", who", and none is nobody's."""
    roles = [role for n in found if not n.body for role in (n.role, n.after) if role]
    held = {w.key for role in roles for w in page.inside(role)}
    starts = {n.span.start for n in found if len(n.words) == 1}

    def told(s: Statement) -> bool:
        if s.source is None or s.sourcing not in ("named-organisation", "anonymous"):
            return False
        if s.sourcing == "anonymous":
            return s.source.start in starts and _WHO.match(page.text, s.source.start, s.source.end) is not None
        m = _SPOKESMAN.fullmatch(s.source.of(page.text))
        return m is not None and m[1].casefold() in held

    return tuple(replace(s, sourcing="named-person") if told(s) else s for s in statements)


def spokesman_before(
    page: Layout, statements: Sequence[Statement], phrases: Sequence[Phrase | None], at: int
) -> int | None:
    """The statement of a body's spokesman without a name that stands last before a "he" in the paragraph, or of a
    spokeswoman before "she"."""
    p = phrases[at]
    if p is None or p.type not in ("he", "she"):
        return None
    told = other_before(phrases, at)
    q = phrases[told] if told is not None else None
    if told is None or q is None or page.paragraph(q.span.start) != page.paragraph(p.span.start):
        return None
    m = _SPOKES.search(page.text, q.span.start, q.span.end)
    fits = m is not None and m["who"].lower() != ("woman" if p.type == "he" else "man")
    return told if fits and statements[told].sourcing == "named-organisation" else None


def around(statements: Sequence[Statement], at: int) -> int | None:
    """The statement whose content holds the source of the one at `at`, the smallest of several; None without one."""
    source = statements[at].source
    holds = [
        (part.end - part.start, k)
        for k, s in enumerate(statements)
        for part in s.content
        if k != at and source is not None and part.start <= source.start and source.end <= part.end
    ]
    return min(holds)[1] if holds else None
