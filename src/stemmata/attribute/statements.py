"""Candidates -> the statements of a document, in order, with mode, sourcing, act, confidence and nesting."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from stemmata.acts import LEAD, Said, around, chances, likeliest
from stemmata.attribute.answered import answered
from stemmata.attribute.candidates import Candidate, Decoding, candidates, distinct
from stemmata.attribute.conventions import headless, tidied
from stemmata.attribute.further import continued, hanging, told_on, went_on
from stemmata.attribute.labels import TURN, under_labels
from stemmata.attribute.overlaps import extent, touching
from stemmata.attribute.relatives import told_behind
from stemmata.attribute.sources import kind_of_source
from stemmata.attribute.turns import turns
from stemmata.model import ACTS, ATTRIBUTED, Document, Mode, Span, Statement, statement_id
from stemmata.surface import Quotation, dateline, mode_words, paragraphs, quotations, sentences

if TYPE_CHECKING:
    from stemmata.acts import Fitted
    from stemmata.encode import Encoded, Heads, Tokens

# Of 190 places in bench/train and our dossiers where this stands none is annotated as a statement; of 87 where somebody
# has no comment, or does not confirm or verify what is told, none (4 are told by somebody themselves)
_SILENT = re.compile(
    r"(?:declin\w+|refus\w+|unable|neither|cannot|(?:would|did|do|does|will|had|has|have|could|can)(?: not|n['’]t))\s+"
    r"(?:(?:yet|immediately|either|independently|be able|been able)\s+){0,2}(?:to\s+)?(?:comment|confirm|verify"
    r"|vouch for|answer|respond|reply|discuss|elaborate|be drawn|come to the (?:phone|door)|take (?:\w+ )?questions"
    r"|say (?:whether|if|who|what|when|where|why|how|which|out|more|any))\b"
    r"|no comment\b(?!\s+(?:except|beyond|but|other than))",
    re.IGNORECASE,
)
# What words are about is not said by them ("the letters concern a car park"), nor by whom they were written; who
# exaggerates a thing does, and says nothing: of 52,014 cues of bench/train and our dossiers none is one of these
_TOPIC = re.compile(
    r"concern(?:s|ed)?|(?:ha[sd]\s|have\s)?(?:exaggerat(?:es?|ed)|overstat(?:es?|ed)|inflat(?:es?|ed))"
    r"|(?:(?:is|are|was|were|been|being)\s)?(?:compiled|drafted|penned|prepared|produced|published|written)\sby",
    re.IGNORECASE,
)
# What seems so is told by nobody, and only PolNeAR counts it: of 52,014 cues of bench/train and our dossiers two are
# such; of 20 that were found so in real news 19 report nothing
_SEEMS = re.compile(
    r"(?:(?:it|might|may|would|could|must|(?:do|does|did)(?: not|n['’]t))\s)?(?:seem|appear)(?:s|ed)?", re.IGNORECASE
)
# Words from which what has no marks may be direct: of 1,594 gold contents of one or two none is ("which", "that")
UNMARKED = 3


def statements(
    document: Document, found: Tokens, encoded: Iterable[Encoded], heads: Heads, decoding: Decoding
) -> tuple[Statement, ...]:
    """The statements of `document`, in order of their first character."""
    text = document.text
    blocks = paragraphs(text)
    quoted = quotations(text)
    every = sentences(text)
    anchored = [c for e in encoded for c in candidates(found, e, heads, decoding, every)]
    if opened := dateline(text):
        anchored = [headless(c, opened) for c in anchored]
    tidy = [t for c in distinct(anchored) if (t := tidied(text, c, quoted, blocks)) is not None]
    # without marks, the words alone tell how far a quotation goes
    whole = continued(text, distinct(tidy), quoted) if quoted else told_on(text, distinct(tidy))
    told = [
        c
        for c in hanging(text, went_on(text, told_behind(text, whole, every), quoted), quoted, every)
        if decoding.silence or not (_silent(text, c) or (c.cue and _SEEMS.fullmatch(c.cue.of(text))))
    ]
    told = answered(text, [c for c in told if c.cue is None or not _TOPIC.fullmatch(c.cue.of(text))])
    under = under_labels(text, told, turns(text, blocks, document.outlet), blocks)
    made = ((_statement(document, c, quoted, decoding), c) for c in under)
    unique = {s.id: (s, c) for s, c in made}
    in_order = sorted(unique.values(), key=lambda told: (_place(*told), told[0].id))
    return _nested(list(_acted(text, in_order, heads.acts)))


def _silent(text: str, c: Candidate) -> bool:
    """Whether it is told that nothing was said: "declined to comment", "would neither confirm nor deny"."""
    if c.cue is None:
        return False
    found = _SILENT.search(text, c.cue.start, c.cue.end + 40)
    return found is not None and found.start() < c.cue.end


def _acted(text: str, told: Sequence[tuple[Statement, Candidate]], by_words: Fitted) -> Iterator[Statement]:
    """The statements, in order, with their acts: by the encoder, by their words, and by those of their neighbours."""
    said = [_said(text, s) for s, _ in told]
    by_encoder = np.array([c.acts for _, c in told]).reshape(-1, len(ACTS))
    shares = chances(by_encoder, by_words.log_chances(around(said)), said)
    for (s, _), acts in zip(told, shares, strict=True):
        yield replace(s, act=likeliest(acts), act_probability=max(acts), acts=acts)


def _said(text: str, s: Statement) -> Said:
    first = min(s.spans).start
    return Said(
        source=s.source.of(text) if s.source else "",
        cue=s.cue.of(text) if s.cue else "",
        content=" ".join(p.of(text) for p in s.content),
        lead=text[max(0, first - LEAD) : first],
        mode=s.mode,
        sourcing=s.sourcing,
    )


def _statement(document: Document, c: Candidate, quoted: Sequence[Quotation], decoding: Decoding) -> Statement:
    inside, total = mode_words(document.text, c.content, quoted)
    direct = inside == total or c.turn or (not inside and c.direct > 0.5 and total >= UNMARKED)
    mode: Mode = "direct" if direct else "mixed" if inside else "indirect"
    return Statement(
        id=statement_id(document=document.id, source=c.source, cue=c.cue, content=c.content),
        document=document.id,
        source=c.source,
        cue=c.cue,
        content=c.content,
        mode=mode,
        act=likeliest(c.acts),
        sourcing=kind_of_source(c.source.of(document.text) if c.source and not c.turn else "", ATTRIBUTED[c.sourcing]),
        confidence=round(_confidence(c, decoding) if c.confidence is None else c.confidence, 4),
    )


def _confidence(c: Candidate, decoding: Decoding) -> float:
    """How sure the evidence makes a candidate: the calibrated probability that source and content are right."""
    *weights, constant = decoding.confidence or (1.0, *(0.0,) * 8, 0.0)
    odds = sum(w * x for w, x in zip(weights, c.evidence, strict=True)) + constant
    return max(TURN if c.turn else 0.0, 1 / (1 + math.exp(-min(max(odds, -30), 30))))


def _place(s: Statement, c: Candidate) -> Span:
    """Where a statement stands in the order of the text: a turn just before what it holds."""
    return Span(c.content[0].start - 1, c.content[0].end) if c.turn else min(s.spans)


def _nested(found: list[Statement]) -> tuple[Statement, ...]:
    """The statements, each that lies in another's content pointing to the smallest such other."""
    near = touching([extent(s.spans) for s in found])
    size = [sum(p.end - p.start for p in s.content) for s in found]
    out = []
    for i, s in enumerate(found):
        own = [x for x in (s.cue, *s.content) if x]
        around = [
            k for k in near[i] if size[k] > size[i] and all(any(x in part for part in found[k].content) for x in own)
        ]
        outer = min(around, key=lambda k: (size[k], found[k].id), default=None)
        out.append(s if outer is None else replace(s, inside=found[outer].id))
    return tuple(out)
