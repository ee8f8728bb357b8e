"""A candidate's spans on whole words and on the conventions of spans: what belongs to a source, a cue, a content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from stemmata.attribute.candidates import Candidate
from stemmata.attribute.overlaps import joined
from stemmata.model import Span
from stemmata.surface import Quotation, quotations_at, trimmed, unbroken, whole_words

_THAT = re.compile(r"[\s,:]*\bthat$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
WORDY = re.compile(r"\w")
_CLAUSE = re.compile(r"\s?(?P<open>,|—|–|--|-|\()?\s?(?:who|whose|whom|which)\b")
SENTENCE_END = re.compile(r"[.!?][\"”’»]?\s|\n")
_VERB = re.compile(r"\w+ed|sa(?:id|ys)|t(?:old|ells)\b.*")


def tidied(text: str, c: Candidate, quoted: Sequence[Quotation], blocks: Sequence[Span]) -> Candidate | None:
    """The candidate with its spans on whole words and on the conventions of spans (no comma at their ends, marks with
    their quotation); None where no content is left."""
    content = _content(text, c, quoted, blocks)
    if not content:
        return None
    source, cue = _source(text, c, blocks), _cue(text, c)
    source = _with_clause(text, source, cue, content) if source and WORDY.search(source.of(text)) else None
    cue = cue if cue and WORDY.search(cue.of(text)) else None
    return replace(c, source=source, cue=cue, content=joined(text, sorted(content)))


def _content(text: str, c: Candidate, quoted: Sequence[Quotation], blocks: Sequence[Span]) -> list[Span]:
    """The parts of a content that have words, in the paragraphs of what frames them: marks whole, without the full stop
    behind a cue."""
    out = []
    anchor = (c.cue or c.source or c.content[0]).start
    for part in c.content:
        span = whole_words(text, unbroken(text, blocks, part, anchor))
        near = quotations_at(quoted, span)
        span = trimmed(text, _quoted_whole(text, span, near), front=",;:. \n\t", back=",;: \n\t")
        ends_in_marks = any(q.span.start < span.end <= q.span.end for q in near)
        if c.cue and not ends_in_marks and span.of(text).endswith(".") and not _abbreviated(text, span.end):
            span = Span(span.start, span.end - 1)
        if WORDY.search(span.of(text)):
            out.append(span)
    return out


def _source(text: str, c: Candidate, blocks: Sequence[Span]) -> Span | None:
    """The source of a candidate, without the "'s" of "Reyk's view"."""
    if c.source is None:
        return None
    edge = c.source.start if c.cue and c.cue < c.source else c.source.end - 1  # what stands next to the words
    source = whole_words(text, unbroken(text, blocks, c.source, edge))
    source = trimmed(text, source, front=",;:. \n\t", back=",;: \n\t")
    if (m := _POSSESSIVE.search(source.of(text))) and len(m.group()) > 1 and not _says(text, source, c.cue):
        source = Span(source.start, source.start + m.start())
    return source


def _cue(text: str, c: Candidate) -> Span | None:
    """The cue of a candidate, without a "that" behind it."""
    if c.cue is None:
        return None
    cue = trimmed(text, whole_words(text, c.cue), front=",;:. \n\t", back=",;:. \n\t")
    m = _THAT.search(cue.of(text))
    return Span(cue.start, cue.start + m.start()) if m else cue


def headless(c: Candidate, opened: Span) -> Candidate:
    """The candidate without the text's dateline at the front of its source or of a part of its content."""

    def behind(x: Span) -> Span:
        return Span(opened.end, x.end) if opened.start <= x.start < opened.end < x.end else x

    return replace(c, source=behind(c.source) if c.source else None, content=tuple(map(behind, c.content)))


def stopless(text: str, span: Span) -> Span:
    """The span without the space around it and the full stop at its end."""
    return trimmed(text, span, front=" ", back=". \n\t")


def _with_clause(text: str, source: Span, cue: Span | None, content: list[Span]) -> Span:
    """The source with the relative clause that stands between it and its cue ("Reyk, who left in May, said").

    It is part of the noun phrase by both conventions: of such sources 234 of bench/train are annotated with it, as
    here, and 3 without; of PolNeAR train 220 and 138.
    """
    if cue is None or cue.start <= source.end or any(p.start < cue.start and p.end > source.end for p in content):
        return source
    between = text[source.end : cue.start]
    if not (m := _CLAUSE.match(between)) or SENTENCE_END.search(between):
        return source
    end = between.rstrip(" ,\xa0")
    if m["open"]:  # what stands between the close of the clause and the cue is the cue's: ", who ..., on Friday said"
        close = max(between.rfind(x, m.end("open")) for x in (",", "—", "–", "--", " -", ")"))
        if close < 0:
            return source
        end = between[: close + (between[close] == ")")].rstrip()
    return Span(source.start, source.end + len(end)) if len(end) > m.end() else source


def _says(text: str, source: Span, cue: Span | None) -> bool:
    """Whether a verb follows a source at once: "Moody's said", not "Reyk's view was"."""
    return cue is not None and not text[source.end : cue.start].strip() and bool(_VERB.fullmatch(cue.of(text)))


def _abbreviated(text: str, end: int) -> bool:
    return bool(re.search(r"\b(?:\w\.)+\w?\.$", text[max(0, end - 12) : end]))


def _quoted_whole(text: str, span: Span, quoted: Sequence[Quotation]) -> Span:
    """`span` with the quotation marks at its ends, where it holds all the words between them."""
    start, end = span.start, span.end
    for q in quoted:
        if q.span.start < start <= q.span.end and not WORDY.search(text[q.span.start : start]):
            start = q.span.start
        if q.span.start < end < q.span.end and not WORDY.search(text[end : q.span.end]):
            end = q.span.end
        elif q.span.start <= end - 1 < q.span.end and not WORDY.search(text[q.span.start : end]):
            end = q.span.start  # only the opening mark of the next quotation
    return Span(start, max(start, end))
