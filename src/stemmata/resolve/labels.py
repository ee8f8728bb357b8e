"""A text with the names in it and the sources of its statements, each as what the text shows it to be.

The encoder labels each statement by itself; a lone name ("Quill denied it") that is taken for a person's may be a
company's, and what it says decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from stemmata.language.wording import bare, folded
from stemmata.model import Span, Statement
from stemmata.resolve.names import TOKEN, Layout, Name, layout, names
from stemmata.resolve.phrases import Phrase, phrase

_SPOKES = re.compile(r"\bspokes(?P<who>man|woman|person)\b", re.IGNORECASE)
# What it does, and not what is done to it ("denied it", "called it a lie"). Of lone names that say so 24 of 24 are
# bodies in bench/train, 215 of 219 in the dossiers
_OF_IT = re.compile(r"(?:that )?(?:its|it(?=['’]|\s+(?!an?\b|the\b)\w))\b")
_BEHIND = re.compile(r"\s*[,;:—–(]")  # a name ends before it: "Open Hand, which runs the ward"
ADDRESSED = frozenset(("you", "your"))


def as_told(text: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those as a body's that the text shows to be one's, whatever their own words were taken for."""
    if not _may_be_bodies(text, statements):  # two articles in three, which are not laid out for it
        return tuple(statements)
    told = {s.id: s for s in laid_out(text, statements)[3]}
    return tuple(told[s.id] for s in statements)


def _may_be_bodies(text: str, statements: Sequence[Statement]) -> bool:
    """Whether a word with a capital is in a person's source and in one that may show it to be a body's."""
    persons, bodily = set(), set()
    for s in statements:
        if s.source is None:
            continue
        shows = (s.sourcing == "named-organisation" and " " in s.source.of(text)) or _speaks_of_it(text, s)
        if shows or s.sourcing == "named-person":
            capital = {bare(folded(w)) for w in TOKEN.findall(text, s.source.start, s.source.end) if not w.islower()}
            persons |= capital if s.sourcing == "named-person" else set()
            bodily |= capital if shows else set()
    return not persons.isdisjoint(bodily)


def _speaks_of_it(text: str, s: Statement) -> bool:
    return _OF_IT.match(text, s.content[0].start, s.content[0].end) is not None


def laid_out(
    text: str, statements: Sequence[Statement]
) -> tuple[Layout, list[Name], list[Phrase | None], tuple[Statement, ...]]:
    """A text, its names, and the statements in the order of their sources, with what these look like."""
    page = layout(text)
    bodily = (s.source for s in statements if s.source and s.sourcing == "named-organisation")
    whole = {Span(x.start, x.start + len(_BEHIND.split(x.of(text), maxsplit=1)[0])) for x in bodily}
    found = names(page, {s.source.end for s in statements if s.source}, whole)
    ordered = sorted(statements, key=lambda s: (_place(s), s.id))
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
    page: Layout, statements: Sequence[Statement], phrases: Sequence[Phrase | None], found: Sequence[Name]
) -> tuple[Statement, ...]:
    """The statements, those of a lone name that is never given in full nor with a title and speaks of "it", or has a
    spokesman ("Quillsoft said it would appeal"), as a body's, whatever their labels."""
    full = {w for n in found if len(n.words) > 1 or n.role for w in n.keys}
    keys = [found[p.name].keys if p and p.name is not None else () for p in phrases]
    bodies_told = {
        k
        for k, p, s in zip(keys, phrases, statements, strict=True)
        if len(k) == 1 and k[0] not in full and p is not None
        if (p.issued and s.sourcing == "named-organisation") or _speaks_of_it(page.text, s)
    }
    return tuple(
        replace(s, sourcing="named-organisation") if k in bodies_told and s.sourcing == "named-person" else s
        for k, s in zip(keys, statements, strict=True)
    )


def _place(s: Statement) -> int:
    return (s.source or s.cue or s.content[0]).start


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
