"""Text that a language model left in a page: an opening that answers a prompt, a notice, an offer, a refusal.

Evidence about a document, with its span and its kind; never a verdict on an outlet. The patterns are data
(lexicon/leftovers.tsv). What stands in quotation marks is somebody's words and is left aside, so that a report about
such pages is not taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from stemmata.lists import rows
from stemmata.model import Span
from stemmata.surface import quotations

LeftOverKind = Literal["opening", "identity", "refusal", "notice", "offer", "prompt", "placeholder"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class LeftOver:
    """`span` of the text answers a prompt instead of telling the news."""

    span: Span
    kind: LeftOverKind


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], LeftOverKind], ...]:
    patterns = rows("leftovers")
    return tuple((re.compile(pattern, re.IGNORECASE), cast(LeftOverKind, kind)) for pattern, kind in patterns)


def leftovers(text: str) -> tuple[LeftOver, ...]:
    """The left-overs of `text` in its order; of two that overlap the longer one."""
    plain = text.replace("’", "'")  # same length: offsets stay those of `text`
    quoted = [q.span for q in quotations(text) if not q.single]
    found: list[LeftOver] = []
    for pattern, kind in _patterns():
        for match in pattern.finditer(plain):
            span = Span(match.start(), match.start() + len(match[0].rstrip()))
            if not any(q.start <= span.start < q.end for q in quoted):
                found.append(LeftOver(span=span, kind=kind))
    kept: list[LeftOver] = []
    for one in sorted(found, key=lambda x: (x.span.start - x.span.end, x.span.start, x.kind)):
        if not any(one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return tuple(sorted(kept))
