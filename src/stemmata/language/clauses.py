"""A sentence in clauses, each way by what it is for, parted at joints of its own. Stretches, not grammar."""

from __future__ import annotations

import re

from stemmata.model import Span
from stemmata.surface import WORD, sentences, trimmed

_VERBS = "will|would|could|may|might|can|should|must|was|were|is|are|had|has|have|did|do|does"
# What runs between these may tell one claim
_CLAIM = re.compile(r"\s*[;:—–]\s*|,\s+|\s+-\s+|\s+(?=(?:and|but|while|which|who|whose|where|when|after|because|as)\s)")
# As far as these a hedge or a negator reaches
_REACH = re.compile(
    r"[,;:.!?…–—]|\b(?:and|but|or|because|while|(?<!of )which|who|so|although|though|unless|until|since|when|after"
    r"|if (?:needed|need be|necessary|required|asked))\b",
    re.IGNORECASE,
)
# Here the next main clause begins: "and that", ", while", "and the others could", "and would"; or a relative one that
# tells a thing of its own: ", which could"
_MAIN = re.compile(
    r"(?:,|;)?\s+(?:and|but)\s+(?=that\b)|,\s+(?:and|but|while|whereas)\s+|,\s+(?=(?:which|who)\b)"
    rf"|;\s+(?:(?:and|but)\s+)?|\s+(?:and|but)\s+(?=(?:[\w’'-]+\s+){{0,4}}?(?:{_VERBS})\b)",
)
# Here what is so is parted from what is not
_CONTRAST = re.compile(
    r"[;–—]\s+|,\s+(?=(?:but|not|none|rather than)\b)"
    r"|\s+(?=(?:but|and (?:that )?(?:not|no|nobody|none|never)|rather than)\b)"
)
LEAST, CLAUSE = 3, 4  # words of what may tell a claim, and of a main clause, at least (by hand)
MOST = 7  # joints of a sentence that are looked at (by hand)
_EDGES = " \n\t,;:—–-•*.·"
_LEAD = re.compile(r"(?:and|but|while)\s+", re.IGNORECASE)


def claims_in(text: str, sentence: Span) -> list[Span]:
    """The stretches of a sentence that may tell one claim: itself, and what runs between its joints."""
    joints = [m for m in _CLAIM.finditer(text, sentence.start, sentence.end) if m.start() > sentence.start][:MOST]
    starts = [sentence.start, *(m.end() for m in joints)]
    ends = [*(m.start() for m in joints), sentence.end]
    out = {_bare(text, sentence)}
    for i, start in enumerate(starts):
        found = (_bare(text, Span(start, end)) for end in ends[i:])
        out |= {s for s in found if _words(text, s.start, s.end) >= LEAST}
    return sorted(s for s in out if s.start < s.end)


def _bare(text: str, span: Span) -> Span:
    """`span` without joints and list signs at its ends, and without a leading "and"."""
    span = trimmed(text, span, front=_EDGES, back=_EDGES)
    lead = _LEAD.match(text, span.start, span.end)
    return Span(lead.end(), span.end) if lead else span


def clause(text: str, within: Span, at: Span) -> Span:
    """The stretch of `within`, between two joints, in which `at` stands."""
    before = [m.end() for m in _REACH.finditer(text, within.start, at.start)]
    after = _REACH.search(text, at.end, within.end)
    return Span(max(before, default=within.start), after.start() if after else within.end)


def stretches(text: str, within: Span) -> list[Span]:
    """What stands between the joints of `within`."""
    ends = [(m.start(), m.end()) for m in _REACH.finditer(text, within.start, within.end)]
    starts = [within.start, *(end for _, end in ends)]
    return [Span(a, b) for a, b in zip(starts, [*(start for start, _ in ends), within.end], strict=True) if a < b]


def main_clauses(text: str, sentence: Span) -> list[Span]:
    """The main clauses in a row of a sentence."""
    out, start = [], sentence.start
    for m in _MAIN.finditer(text, sentence.start, sentence.end):
        if min(_words(text, start, m.start()), _words(text, m.end(), sentence.end)) >= CLAUSE:
            out.append(Span(start, m.start()))
            start = m.end()
    return [*out, Span(start, sentence.end)]


def contrasted(text: str, within: Span) -> list[Span]:
    """The sentences of a stretch, parted before "but" and "and not"."""
    out = []
    for s in sentences(within.of(text)):
        start, end = within.start + s.start, within.start + s.end
        for m in _CONTRAST.finditer(text, start, end):
            out.append(Span(start, m.start()))
            start = m.start()
        out.append(Span(start, end))
    return out


def _words(text: str, start: int, end: int) -> int:
    return len(WORD.findall(text, start, end))
