"""Scores -> candidates: what may be a statement, read off one anchor.

For each role the segment with the highest sum of log-odds (inside each token, plus start and end) is taken, found
exactly with running sums; content may have further parts. No token is labelled on its own, so a span is never in
fragments, and candidates may share a source or lie inside one another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stemmata.attribute.overlaps import extent, overlap, touching
from stemmata.model import MODES, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stemmata.encode import Encoded, Heads, Tokens

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]
    Segment = tuple[int, int]  # of tokens of a window: the first and the last

SOURCE, CUE, CONTENT = 0, 1, 2
INSIDE, START, END = 0, 1, 2
TAKEN = -50.0  # the score of a token that is no longer to be had
PARTS = 6  # content parts at most: 99.9 of 100 PolNeAR attributions have no more
SAME_CONTENT = 0.8  # two cues whose contents overlap (words in both to words in either) by more tell one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """Thresholds and weights, tuned on the articles that training holds back (training/tune.py); decoding.json."""

    anchor: float  # probability from which a token is taken for an anchor
    source: float  # score from which a source is taken, and so on
    cue: float
    content: float
    part: float  # score from which content has a further part
    inside: tuple[float, float, float]  # weight of the inside scores against start and end, a role each
    confidence: tuple[float, ...] = ()  # logistic regression over `evidence`, the constant last
    silence: bool = False  # whether "declined to comment" is a statement, as PolNeAR has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A statement before its words are looked at. Spans are of characters."""

    chance: float
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    evidence: tuple[float, ...]
    sourcing: int
    acts: tuple[float, ...]  # probability of each act, in the order of ACTS
    direct: float  # probability that it is direct, quotation marks aside
    turn: bool = False  # what stands under a speaker's label: direct with or without marks
    confidence: float | None = None  # of what a law finds, which has no evidence
    beside: tuple[tuple[Span, float], ...] = ()  # the sentences around it, each with the mean score of being content
    rest: tuple[Span, float] | None = None  # what its sentence goes on with behind all of it, with the same score


def candidates(
    found: Tokens,
    encoded: Encoded,
    heads: Heads,
    decoding: Decoding,
    every: Sequence[Span] = (),
) -> list[Candidate]:
    """The candidates anchored in the core of one window; `every` are the sentences of the text."""
    w, vectors = encoded.window, encoded.vectors
    odds = heads.anchors(encoded.anchors[w.core_start - w.start : w.core_end - w.start])
    chance = np.minimum((1 / (1 + np.exp(-odds))).sum(1), 1.0)
    picked = np.flatnonzero(chance >= decoding.anchor)
    if not len(picked):
        return []
    at = picked + (w.core_start - w.start)
    chance, has_cue = chance[picked], odds[picked, 0] >= odds[picked, 1]
    scores = heads.roles(encoded, at, found.paragraph[w.start : w.end], found.sentence[w.start : w.end])
    frames, of_source = _frames(scores, decoding)
    parts, of_content = _contents(scores, frames, decoding)
    sources = [[frame[SOURCE]] if SOURCE in frame else [] for frame in frames]
    kinds = heads.kinds(vectors[at], _means(vectors, parts), _means(vectors, sources))
    columns = (
        at.tolist(),
        has_cue.tolist(),
        frames,
        parts,
        chance.tolist(),
        _evidence(chance, of_content, of_source, has_cue),
        kinds["sourcing"].argmax(1).tolist(),
        kinds["act"].tolist(),
        kinds["mode"][:, MODES.index("direct")].tolist(),
    )
    text = _Place(found, encoded, every)
    made = []
    for row, (anchor, cued, frame, content, likely, evidence, sourcing, acts, direct) in zip(
        scores[:, INSIDE, CONTENT], zip(*columns, strict=True), strict=True
    ):
        if not content:
            continue
        source, cue = (text.span(*frame[role]) if role in frame else None for role in (SOURCE, CUE))
        cue = cue if cued else None
        last = max(j for _, j in (*content, *frame.values()))
        made.append(
            Candidate(
                chance=likely,
                source=source,
                cue=cue,
                content=tuple(text.span(i, j) for i, j in sorted(content)),
                evidence=tuple(evidence),
                sourcing=sourcing,
                acts=tuple(acts),
                direct=direct,
                beside=text.beside(cue, anchor, row) if cue else (),
                rest=text.rest(last, anchor, row) if cue else None,
            )
        )
    return made


def _frames(scores: Floats, decoding: Decoding) -> tuple[list[dict[int, Segment]], Floats]:
    """The source and the cue of each anchor, where it has one, and the evidence of the source: [A, 3]."""
    count, tokens = len(scores), scores.shape[-1]
    weights = np.array(decoding.inside[:CONTENT], np.float32)[:, None]
    framing = scores[:, :, :CONTENT]  # of source and cue
    found = segments(
        *(x.reshape(-1, tokens) for x in (framing[:, INSIDE] * weights, framing[:, START], framing[:, END]))
    )
    value, first, last = (x.reshape(-1, CONTENT) for x in found)
    frames: list[dict[int, Segment]] = [{} for _ in range(count)]
    for role, least in ((CUE, decoding.cue), (SOURCE, decoding.source)):
        for r in np.flatnonzero(value[:, role] >= least).tolist():
            frames[r][role] = int(first[r, role]), int(last[r, role])
    rows = np.arange(count)
    edges = (scores[rows, START, SOURCE, first[:, SOURCE]], scores[rows, END, SOURCE, last[:, SOURCE]])
    return frames, np.column_stack((value[:, SOURCE].clip(-20, 20), *edges))


def _contents(
    scores: Floats, frames: list[dict[int, Segment]], decoding: Decoding
) -> tuple[list[list[Segment]], Floats]:
    """The parts of content of each anchor, the best first, and the evidence of the best: [A, 4]."""
    inside = scores[:, INSIDE, CONTENT] * decoding.inside[CONTENT]
    for row, frame in zip(inside, frames, strict=True):
        for i, j in frame.values():
            row[i : j + 1] = TAKEN  # a frame inside its content parts it
    parts: list[list[Segment]] = [[] for _ in frames]
    best = np.zeros((len(frames), 4), np.float32)
    rows = np.arange(len(frames))  # those that may have a further part
    for k in range(PARTS):
        value, first, last = segments(inside[rows], scores[rows, START, CONTENT], scores[rows, END, CONTENT])
        if k == 0:
            best[:, 0] = np.minimum(value, 60)
            best[:, 1] = scores[rows, START, CONTENT, first]
            best[:, 2] = scores[rows, END, CONTENT, last]
            sums = np.cumsum(scores[:, INSIDE, CONTENT], 1, dtype=np.float64)
            before = sums[rows, first] - scores[rows, INSIDE, CONTENT, first]
            best[:, 3] = (sums[rows, last] - before) / (last - first + 1)
        taken = value >= (decoding.part if k else decoding.content)
        rows = rows[taken]
        if not len(rows):
            break
        for row, i, j in zip(rows.tolist(), first[taken].tolist(), last[taken].tolist(), strict=True):
            parts[row].append((i, j))
            inside[row, i : j + 1] = TAKEN  # a part is not to be found again, nor to be grown over
    return parts, best


def _evidence(chance: Floats, content: Floats, source: Floats, has_cue: NDArray[np.bool_]) -> list[list[float]]:
    """What the confidence of each candidate is read from (`Decoding.confidence`), in this order."""
    odds = np.log(chance + 1e-6) - np.log1p(1e-6 - chance)
    rows: list[list[float]] = np.column_stack((odds, content, source, has_cue)).astype(np.float32).tolist()
    return rows


def _means(vectors: Floats, of: Sequence[Sequence[Segment]]) -> Floats:
    """The mean vector of the tokens in each row's segments; nothing where it has none."""
    mask = np.zeros((len(of), len(vectors)), np.float32)
    for row, found in zip(mask, of, strict=True):
        for i, j in found:
            row[i : j + 1] = 1
    means: Floats = mask @ vectors / np.maximum(mask.sum(1, keepdims=True), 1)
    return means


@dataclass(frozen=True, slots=True)
class _Place:
    """The text around the tokens of a window."""

    found: Tokens
    encoded: Encoded
    every: Sequence[Span]  # the sentences of the text

    def span(self, i: int, j: int) -> Span:
        start = self.encoded.window.start
        return Span(int(self.found.start[start + i]), int(self.found.end[start + j]))

    def beside(self, cue: Span, anchor: int, inside: Floats) -> tuple[tuple[Span, float], ...]:
        """The sentences before and after that of the cue, each with its mean score of being content."""
        k = self._sentence(cue.start)
        near = (self._scored(self.every[n], anchor, inside) for n in (k - 1, k + 1) if 0 <= n < len(self.every))
        return tuple(x for x in near if x)

    def rest(self, last: int, anchor: int, inside: Floats) -> tuple[Span, float] | None:
        """What a sentence goes on with behind the token `last`, with its mean score of being content."""
        found, start = self.found, self.encoded.window.start
        k = self._sentence(int(found.start[start + last]))
        after = start + last + 1
        while after < len(found) and found.start[after] == found.end[after - 1]:
            after += 1  # its comma
        if k < 0 or after >= len(found) or found.start[after] >= self.every[k].end:
            return None
        return self._scored(Span(int(found.start[after]), self.every[k].end), anchor, inside)

    def _sentence(self, place: int) -> int:
        return bisect_right(self.every, place, key=lambda x: x.start) - 1

    def _scored(self, x: Span, anchor: int, inside: Floats) -> tuple[Span, float] | None:
        """`x` with the mean of the scores `inside` it, where the window and the anchor's paragraph hold it."""
        found, start = self.found, self.encoded.window.start
        i, j = (int(found.start.searchsorted(place)) - start for place in (x.start, x.end))
        if not 0 <= i < j <= len(inside) or found.paragraph[start + i] != found.paragraph[start + anchor]:
            return None
        return x, float(inside[i:j].sum() / (j - i))


def segments(inside: Floats, start: Floats, end: Floats) -> tuple[Floats, Ints, Ints]:
    """For each row the best segment [first, last] and its score: sum of inside, plus start[first] and end[last].

    All of shape [A, T]; `last` is included. Exact, in one pass: a segment's sum is a difference of running sums.
    """
    sums = np.cumsum(inside, 1, dtype=np.float64)
    opened = start - sums + inside  # start[i] minus the sum before i
    best_open = np.maximum.accumulate(opened, 1)
    total = sums + end + best_open
    last = total.argmax(1)
    rows = np.arange(len(inside))
    is_best = opened >= best_open[rows, last][:, None]
    first = is_best.argmax(1)
    return total[rows, last].astype(np.float32), first, last


def distinct(found: list[Candidate]) -> list[Candidate]:
    """The candidates without those that tell a likelier one again: the same cue, or nearly the same content."""
    near = touching([extent(x for x in (c.cue, *c.content) if x) for c in found])
    kept = [False] * len(found)
    for i in sorted(range(len(found)), key=lambda i: -found[i].chance):
        c = found[i]
        limit = SAME_CONTENT if c.cue else 0.5
        rivals = [found[k] for k in near[i] if kept[k]]
        same_cue = any(k.cue and c.cue and k.cue.overlaps(c.cue) for k in rivals)
        kept[i] = not same_cue and all(overlap(c.content, k.content) <= limit for k in rivals)
    return [c for c, keep in zip(found, kept, strict=True) if keep]
