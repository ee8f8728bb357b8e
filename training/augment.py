"""Other looks of the same article: quotation styles, missing marks, paragraph breaks, headlines in capitals.

Each look is a list of replacements; the attributions follow by offset, so the gold stays exact.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from stemmata.surface import paragraphs, quotations

from .corpora import Article, Attribution

STYLES = {
    "straight": ('"', '"'),
    "curly": ("“", "”"),
    "single": ("‘", "’"),
    "single-straight": ("'", "'"),
    "guillemets": ("«", "»"),
    "low": ("„", "“"),
}

Edit = tuple[int, int, str]  # replace text[start:end] by the string


def edited(article: Article, edits: list[Edit]) -> Article:
    """The article after `edits` (disjoint), its attributions moved with the text."""
    if not edits:
        return article
    edits = sorted(edits)
    pieces, at = [], 0
    for start, end, new in edits:
        pieces += [article.text[at:start], new]
        at = end
    pieces.append(article.text[at:])

    def moved(offset: int, is_end: bool) -> int:
        shift = 0
        for start, end, new in edits:
            if offset >= end and not (offset == end and not is_end and start == end):
                shift += len(new) - (end - start)
            elif offset > start:
                return start + shift + (len(new) if is_end else 0)
            else:
                break
        return offset + shift

    def spans(old: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        new = ((moved(s, False), moved(e, True)) for s, e in old)
        return tuple((s, e) for s, e in new if s < e)

    found: list[Attribution] = []
    for a in article.attributions:
        b = replace(a, source=spans(a.source), cue=spans(a.cue), content=spans(a.content))
        if b.content:
            found.append(b)
    return replace(article, text="".join(pieces), attributions=tuple(found))


def restyled(article: Article, style: str) -> Article:
    """The outermost quotation marks in another style (nested ones are left)."""
    opening, closing = STYLES[style]
    edits: list[Edit] = []
    for q in quotations(article.text):
        s, e = q.span.start, q.span.end
        edits.append((s, s + 1, opening))
        if q.end == "closed":
            edits.append((e - 1, e, closing))
    return edited(article, edits)


def unclosed(article: Article, share: float, rng: random.Random) -> Article:
    """A `share` of the closing marks (one in four times the opening one) left out."""
    edits: list[Edit] = []
    for q in quotations(article.text):
        if q.end == "closed" and rng.random() < share:
            at = q.span.start if rng.random() < 0.25 else q.span.end - 1
            edits.append((at, at + 1, ""))
    return edited(article, edits)


def unquoted(article: Article) -> Article:
    """No quotation marks at all."""
    edits: list[Edit] = []
    for q in quotations(article.text):
        edits.append((q.span.start, q.span.start + 1, ""))
        if q.end == "closed":
            edits.append((q.span.end - 1, q.span.end, ""))
    return edited(article, edits)


def run_together(article: Article) -> Article:
    """Paragraph breaks made spaces."""
    return edited(article, [(m.start(), m.end(), " ") for m in re.finditer(r"\s*\n\s*", article.text)])


def single_spaced(article: Article) -> Article:
    """Blank lines made line ends."""
    return edited(article, [(m.start(), m.end(), "\n") for m in re.finditer(r"\n\s*\n", article.text)])


def shouted(article: Article, change: Callable[[str], str] = str.upper) -> Article:
    """The first paragraph in capitals (or another `change` of case that keeps its length)."""
    blocks = paragraphs(article.text)
    if not blocks:
        return article
    first = blocks[0]
    old = first.of(article.text)
    new = change(old)
    return (
        article
        if len(new) != len(old)
        else replace(article, text=article.text[: first.start] + new + article.text[first.end :])
    )


def look(article: Article, rng: random.Random) -> Article:
    """One random look of `article`: as it is, three times in ten."""
    if rng.random() < 0.3:
        return article
    if rng.random() < 0.7:
        article = restyled(article, rng.choice(list(STYLES)))
    if rng.random() < 0.15:
        article = unclosed(article, 0.25, rng)
    elif rng.random() < 0.06:
        article = unquoted(article)
    draw = rng.random()
    if draw < 0.12:
        article = run_together(article)
    elif draw < 0.3:
        article = single_spaced(article)
    if rng.random() < 0.1:
        article = shouted(article, rng.choice([str.upper, str.lower, str.title]))
    return article
