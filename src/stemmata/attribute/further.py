"""How far what is told goes on: over the paragraphs of one quotation, to the sentences around a cue where a text has no
quotation marks, to the rest of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from stemmata.attribute.candidates import Candidate
from stemmata.attribute.conventions import WORDY, stopless
from stemmata.attribute.overlaps import Placed, extent, joined, touched
from stemmata.model import ACTS, Span
from stemmata.surface import Quotation, quotations_at


def continued(text: str, found: list[Candidate], quoted: Sequence[Quotation]) -> list[Candidate]:
    """The candidates, each with the whole of a quotation that goes on over paragraphs (no mark closes the one, one
    opens the next): what nobody is said to have said is his who says what goes before or comes after."""
    runs = [(one, after) for one, after in pairwise(quoted) if one.end == "runs-on"]
    out, content = list(found), Placed()
    if runs:
        for i, c in enumerate(out):
            for part in c.content:
                content.enter(i, part)

    def speaker(of: Span, at: int) -> int | None:
        """Who says the character `at`, where nobody says anything of `of`."""
        if any(p.overlaps(of) for k in content.near(of) for p in out[k].content):
            return None
        here = sorted(content.near(Span(at, at)))
        return next((k for k in here if any(p.start <= at < p.end for p in out[k].content)), None)

    for of, beside, at in (
        *((one.span, after.span, after.span.start + 1) for one, after in reversed(runs)),
        *((after.span, one.span, one.span.end - 1) for one, after in runs),
    ):
        k = speaker(of, at)
        if k is not None and not text[min(of.end, beside.end) : max(of.start, beside.start)].strip():
            out[k] = replace(out[k], content=joined(text, sorted((*out[k].content, of))))
            content.enter(k, of)
    return out


_SPOKEN = re.compile(r"\b(?:I|[Ww]e|[Uu]s|[Mm]e|[Mm]y|[Oo]urs?|[Yy]ou|[Yy]ours?)\b")
TOLD_ON = -1.5  # mean score from which the sentence beside a quotation is taken for more of it (see `told_on`)


def told_on(text: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates of a text without quotation marks, those that come before their cue with the sentences around
    them that they tell too: "We buy dear. We sell cheap, Reyk said. You lose money."

    What someone else tells anything in is left, and so is a sentence that speaks of nobody's "we" before one that
    does. Tuned on articles whose marks were taken out: of sentences taken, right 6 and wrong 1 in the families that
    the encoder has not read, 61 and 5 in the rest of bench/train, 1 and 7 in the dossiers, where a quotation of more
    than one sentence is rare.
    """
    taken = [x for c in found for x in (c.source, c.cue, *c.content) if x]
    others = iter(touched([x for c in found for x, _ in c.beside], taken))
    out = []
    for c in found:
        content = c.content
        spoken = any(_SPOKEN.search(p.of(text)) for p in content)
        for x, score in c.beside:
            rivals = [taken[k] for k in next(others)]
            before = x < content[0]
            if (
                c.cue
                and content[0] < c.cue
                and score >= TOLD_ON
                and not (before and spoken and not _SPOKEN.search(x.of(text)))
                and not any(y.overlaps(x) for y in rivals)
            ):
                content = joined(text, sorted((*content, x)))
        out.append(replace(c, content=content))
    return out


WENT_ON = -1.0  # mean score from which the rest of a sentence is taken for more of what it tells (see `went_on`)
SET_BACK = -4.0  # the same of a rest that is set back as in reported speech: not tuned
_REST = re.compile(r"[\"”’»“)]*\s?[,;]\s")
_SET_BACK = re.compile(
    r"and\s(?!(?:I|we|you)\b)(?:[^\W\d_][\w’'-]*\s|\d[\w.,]*\s){1,5}?(?:had|would|could|might)\b"
)  # "and a developer had been found"
# Of 506 rests that begin so behind such a cue, in bench/train and our dossiers, its source tells 15
_ASIDE = re.compile(
    r"(?:who|whose|whom|which|when|where|while|whereas|after|before|though|although|as|without|with|\w+ing)\b"
)


def went_on(text: str, found: list[Candidate], quoted: Sequence[Quotation]) -> list[Candidate]:
    """The candidates, each with the rest of its sentence where it goes on with that: "The pool closes, she said, and a
    buyer had been found." What someone else tells anything in is left, and of quoted words the rest is the outlet's
    own ("and had tears in her eyes") unless the score says otherwise.

    By the score, and behind a cue that stands in between alone: of 14 rests taken in the families and dossiers that the
    encoder has not read, 11 are annotated so and 2 as another statement of the source's; behind content that its cue
    opens 2 of 6 would be, and 3 are the outlet's. Set back, in bench/train and our dossiers: 93 of 103, 79 of 84 behind
    content that its cue opens. What "though" or "but" opens is as often the outlet's.
    """
    taken = [x for c in found for x in (c.source, c.cue, *c.content) if x]
    rests = [c.rest[0] for c in found if c.rest]
    others = iter(touched(rests, taken))
    out = []
    for c in found:
        free = c.rest is not None and not next(others)
        more = _rest(text, c, quoted, *c.rest) if c.rest and c.cue and free else None
        out.append(replace(c, content=(*c.content, more)) if more else c)
    return out


def _rest(text: str, c: Candidate, quoted: Sequence[Quotation], rest: Span, score: float) -> Span | None:
    """What of the rest of its sentence a candidate tells too; None for nothing."""
    frame = [x for x in (c.source, c.cue) if x]
    front = c.content[-1].end
    between = c.content[-1] < min(frame) and not WORDY.search(text[front : min(frame).start])
    m = _REST.match(text, max(x.end for x in (*frame, *c.content)), rest.end)
    if m is None or m.end() < rest.start:
        return None
    marked = any(q.span.start < front <= q.span.end for q in quotations_at(quoted, c.content[-1]))
    if score >= SET_BACK and not marked and _SET_BACK.match(text, m.end()):
        return stopless(text, Span(m.end(), rest.end))
    likely = between and score >= WENT_ON and not _ASIDE.match(text, m.end())
    return stopless(text, Span(m.end(), rest.end)) if likely else None


HANGING = 0.8  # how sure such a quotation is whose (by hand)
_WORDS = 4  # words that it has at least: fewer are a phrase in marks
# It ends as a sentence, and its paragraph or another sentence begins behind it
_ALONE = re.compile(r"[.!?…][”\"’»“]?(?:\s+[^\Wa-z]|\s*(?:\n|$)|\s+[“\"‘«])")


def hanging(text: str, found: list[Candidate], quoted: Sequence[Quotation], every: Sequence[Span]) -> list[Candidate]:
    """The candidates, and each quotation of whole sentences that nobody is found to say, behind a sentence of its
    paragraph that tells what someone says: "There is no money, according to Reyk. “We have counted twice.”" is hers. In
    bench/train and dossiers five are found by this alone, all of whom gold names as their speaker."""
    whole = [q.span for q in quoted if len(q.span.of(text).split()) >= _WORDS]
    extents = [extent(x for x in (c.source, c.cue, *c.content) if x) for c in found]
    named = sorted((x.start, x.end, k) for k, x in enumerate(extents) if found[k].source)
    out = list(found)
    for q, over in zip(whole, touched(whole, extents), strict=True):
        at = bisect_right(every, q.start, key=lambda x: x.start) - 1
        if over or at < 1 or every[at].start < q.start or not _ALONE.match(text, q.end - 2):
            continue
        before = every[at - 1]
        here = named[bisect_left(named, (before.start,)) : bisect_left(named, (q.start,))]
        last = max(((end, -k) for _, end, k in here if end <= q.start), default=None)
        if last and "\n" not in text[before.end : q.start]:
            c = found[-last[1]]
            out.append(
                replace(
                    c, cue=None, content=(q,), evidence=(), beside=(), rest=None, direct=1.0,
                    confidence=min(HANGING, c.confidence or HANGING), acts=(1 / len(ACTS),) * len(ACTS),
                )
            )  # fmt: skip
    return out
