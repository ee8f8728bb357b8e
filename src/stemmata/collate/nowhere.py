"""Figures and names of a version that stand nowhere in its parent, also where no claim of both is told."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from stemmata.collate.kin import weights
from stemmata.collate.passages import TELLING
from stemmata.language.counts import CALENDAR, Quantity
from stemmata.language.measures import MEASURES, ratio
from stemmata.language.quantities import quantities
from stemmata.language.senses import kept_in_sense
from stemmata.language.values import near
from stemmata.language.wording import lexicon, weight, words
from stemmata.model import Document, Span
from stemmata.surface import sentences

COUNTED = 3  # from which a number is a figure: "two", "both" and "a pair" are counted by whoever rewrites (by hand)


def new_figures(parent: str, child: str, told: Sequence[Span]) -> list[Span]:
    """The numbers and dates of `child` that are near no number or date of `parent`, each value once, in order of the
    text. `told` are the child's characters that are compared as claims, and left out here.

    "The two groups" counts what was told of before. "On 36.7" after "43.2 per cent" is a share too.

    A date is looked at only where the parent has one too; a day of the week, which may say when the child was written,
    and an ordinal only where it stands for another (`stands_for`). What a figure counts is not, as it may stand in the
    parent of something else; but 14 miles are no 14 kilometres. Offsets are of `child`.
    """
    known = quantities(parent, (Span(0, len(parent)),))
    kinds = {q.unit for q in known}
    found: list[Quantity] = []
    slight: list[Quantity] = []
    for q in quantities(child, (Span(0, len(child)),)):
        if q.unit in _SLIGHT and not any(near(q, x) for x in known) and not any(q.span.overlaps(x) for x in told):
            slight.append(q)
        if (q.weak and q.unit not in CALENDAR) or q.unit in ("name", "times", *_SLIGHT):
            continue
        if abs(q.value) < COUNTED and (q.unit == "" or _OF_KNOWN.search(child, max(0, q.span.start - 5), q.span.start)):
            continue
        if (q.unit in CALENDAR and q.unit not in kinds) or any(q.span.overlaps(x) for x in told):
            continue
        if not any(near(q, x) or _alike(q, x) for x in (*known, *found)) and not _of_two(q, child, known):
            found.append(q)
    instead = zip(slight, stands_for(parent, child, [q.span for q in slight], ALIKE), strict=True)
    return sorted([*(q.span for q in found), *(q.span for q, at in instead if at)])


def _of_two(q: Quantity, text: str, known: Sequence[Quantity]) -> bool:
    """Whether a share is told by two numbers that are both `known`: "seven of nine" after "the seventh in nine"."""
    two = _OF.fullmatch(q.span.of(text)) if q.unit == "share" else None
    if not two:
        return False
    said = [quantities(text, (Span(q.span.start + two.start(k), q.span.start + two.end(k)),)) for k in (1, 2)]
    return all(x and any(y.value == x[0].value for y in known) for x in said)


_OF = re.compile(r"(\S+) (?:out )?(?:of|in) (?:the )?(\S+)")
_SLIGHT = ("ordinal", "weekday")  # new only in the place of another


def stands_for(parent: str, child: str, figures: Sequence[Span], least: float | None = None) -> list[Span | None]:
    """For each of the `figures` of `child` that its parent has nowhere, that of `parent` in whose place it stands:
    where there is one of its kind, nowhere in the child, in the sentence of the parent that tells most of the child's,
    at least `least` (`LIKE`) of its words, in form or in sense, and of its other figures. Offsets are of `parent`."""
    if not figures:
        return []
    here = quantities(child, (Span(0, len(child)),))
    gone = [
        q
        for q in quantities(parent, (Span(0, len(parent)),))
        if (not q.weak or q.unit in CALENDAR) and not any(near(x, q) or _alike(x, q) for x in here)
    ]
    told = [_Told(parent, s) for s in sentences(parent) if any(s.overlaps(q.span) for q in gone)]
    every = sentences(child)
    found: list[Span | None] = []
    for figure in figures:
        new = next(q for q in here if q.span == figure)
        own = _Told(child, next(s for s in every if s.overlaps(figure)), new)
        fits = ((t, [q.span for q in gone if t.span.overlaps(q.span) and _of_one_kind(new, q)]) for t in told)
        likes = [(own.told_by(t), at[0]) for t, at in fits if at]
        like, instead = max(likes, key=lambda x: x[0], default=(0.0, None))
        found.append(instead if like >= (LIKE if least is None else least) else None)
    return found


class _Told:
    """What a sentence tells: its telling words, and its figures but for one."""

    def __init__(self, text: str, span: Span, without: Quantity | None = None) -> None:
        figures = quantities(text, (span,))
        telling = (w for w in words(text, (span,)) if weight(w.norm) > TELLING)
        self.span = span
        self.words = [w.norm for w in telling if not any(w.span.overlaps(q.span) for q in figures)]
        self.figures = [q for q in figures if not (without and q.span.overlaps(without.span))]

    def told_by(self, other: _Told) -> float:
        """The share of it that the other tells too."""
        kept = sum(any(near(q, x) for x in other.figures) for q in self.figures)
        kept_words = kept_in_sense(self.words, other.words) * len(self.words)
        return (kept + kept_words) / max(1, len(self.figures) + len(self.words))


ALIKE = 0.6  # likewise for a day of the week or a place in a row: on none of 234 rewrites falsely (by hand)
LIKE = 0.4  # see stands_for, as it is chosen by the sets that labels learn from
STANDS_FOR = 0.85  # how likely it is that the one figure stands in the place of the other: what is found in both


def _of_one_kind(a: Quantity, b: Quantity) -> bool:
    """Whether both are dates of one kind, shares, or measures of one kind; or counted, whatever is counted."""
    if ratio(a.unit, b.unit) or a.unit == b.unit:
        return True
    return not any(x in MEASURES or x in CALENDAR or x in _NOT_COUNTED for x in (a.unit, b.unit))


_NOT_COUNTED = frozenset(("share", "ordinal", "times", "name", "points"))


def _alike(q: Quantity, known: Quantity) -> bool:
    """Whether one number stands in both, whatever it counts, but for another measure of one kind; a share with its "per
    cent" or without."""
    if q.unit == "" and known.unit == "share":
        return math.isclose(q.value, 100 * known.value)
    return q.value == known.value and q.unit not in CALENDAR and ratio(q.unit, known.unit) in (None, 0.0, 1.0)


_OF_KNOWN = re.compile(r"\b[Tt]he $")
SAME = 4  # letters at the beginning by which two names are forms of one: "Tamsin", "Tamsini"


def _land_named(name: str, text: str) -> bool:
    """Whether a name is a country's or its people's, and `text` has another name of that country or of its people."""
    listed = lexicon("places")
    named = [(form, land) for kind in ("country", "demonym") for form, land in listed[kind].items()]
    lands = {land for form, land in named if form == name}
    return any(land in lands and re.search(rf"\b{re.escape(form)}\b", text) for form, land in named)


def new_names(parent: str, child: str) -> list[Span]:
    """The names of `child` no word of which stands in `parent`, each once, in order of the text: rare words with a
    capital inside a sentence. A form of a name of the parent ("Tamsini" for "Tamsin"), another name of a land or of its
    people ("Dutch" for "the Netherlands") and an abbreviation ("MPs") are none. Offsets are of `child`.
    """
    before, after = (weights().witness(Document(id=k, text=text)) for k, text in (("a", parent), ("b", child)))
    known = {*before.words, *before.stems}
    begun = {w[:SAME] for w in before.words if len(w) >= SAME}
    opening = {s.first for s in after.sentences}
    found: list[tuple[int, Span]] = []
    for k, (start, end) in enumerate(after.places):
        word, stem = after.words[k], after.stems[k]
        if k in opening or not child[start].isupper() or stem not in after.names or len(word) < SAME:
            continue
        if word in known or stem in known or word[:SAME] in begun or _land_named(child[start:end], parent):
            continue
        if found and found[-1][0] == k - 1 and child[found[-1][1].end : start] == " ":
            found[-1] = (k, Span(found[-1][1].start, end))
        else:
            found.append((k, Span(start, end)))
    return list({span.of(child).lower(): span for _, span in reversed(found)}.values())[::-1]
