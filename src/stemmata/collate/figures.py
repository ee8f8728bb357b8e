"""Figures of a version that stand nowhere in its parent, also where no claim of both is told."""

from __future__ import annotations

from collections.abc import Sequence

from stemmata.language.quantities import CALENDAR, Quantity, quantities
from stemmata.language.values import near
from stemmata.model import Span

COUNTED = 3  # from which a number is a figure: "two", "both" and "a pair" are counted by whoever rewrites (by hand)


def new_figures(parent: str, child: str, told: Sequence[Span]) -> list[Span]:
    """The numbers and dates of `child` that are near no number or date of `parent`, each value once, in order of the
    text. `told` are the child's characters that are compared as claims, and left out here.

    A date is looked at only where the parent has one too, a day of the week not at all: it says when the child was
    written, and none of the five in training/rewritten that the parent has nowhere was planted. Units are not: a figure
    that stands in the parent of something else is none of these. Offsets are of `child`. In training/rewritten, told or
    not, 74 of 84 changed numbers are found, and 32 in 138 faithful rewrites ("twelve months ago" for "a year ago").
    """
    known = quantities(parent, (Span(0, len(parent)),))
    kinds = {q.unit for q in known}
    found: list[Quantity] = []
    for q in quantities(child, (Span(0, len(child)),)):
        if (q.weak and q.unit not in CALENDAR) or q.unit in ("ordinal", "name", "times", "weekday"):
            continue
        if q.unit == "" and abs(q.value) < COUNTED:
            continue
        if (q.unit in CALENDAR and q.unit not in kinds) or any(q.span.overlaps(x) for x in told):
            continue
        if not any(near(q, x) or (q.value == x.value and q.unit not in CALENDAR) for x in (*known, *found)):
            found.append(q)
    return [q.span for q in found]
