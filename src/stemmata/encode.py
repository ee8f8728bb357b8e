"""Text -> windows -> one pass of the encoder -> a vector per token, and what the heads read off the vectors.

Alone names onnxruntime and tokenizers. The encoder (weights/encoder.onnx) is a MiniLM of 6 layers that also sees three
things which its lower-cased vocabulary hides: letter case, quotation marks, and paragraph breaks. The heads
(weights/heads.npz) are a few matrices, applied here in numpy:

- *anchor*: is this token the anchor of a statement? (the head word of its cue; its first word of content without cue)
- *roles*: given an anchor, which tokens are its source, cue and content: a biaffine score for a token to be inside,
  to start and to end each role (Dozat and Manning 2017, with distances), so that statements may share and nest words.
- *kinds*: sourcing, act and mode of a statement, from its anchor, content and source vectors.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from stemmata.model import Span
from stemmata.surface import paragraphs, quotations

if TYPE_CHECKING:
    import onnxruntime
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

SIZE = 384  # tokens of a window with [CLS] and [SEP]; training and inference use the same
CONTEXT = 56  # tokens a window sees on each side of its core; 95 of 100 PolNeAR attributions span fewer than 64
CASES = {"other": 0, "lower": 1, "title": 2, "upper": 3, "mixed": 4}
MARKS = {"outside": 0, "opening": 1, "inside": 2, "closing": 3, "inside-recovered": 4}
BREAKS = {"none": 0, "line": 1, "paragraph": 2}
ROLES = ("source", "cue", "content")
REACH = 24  # distance buckets on each side of an anchor
_WORDS_TO_END = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The word pieces of a text. Arrays of one length, one entry a piece."""

    ids: Ints
    start: Ints  # offsets into the text
    end: Ints
    features: Ints  # [n, 3]: letter case, quotation, break
    paragraph: Ints  # index of its paragraph
    sentence: Ints  # how many sentence ends stand before it (of ". ! ?", abbreviations not told apart)

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens [start, end) seen together; findings anchored in [core_start, core_end) are taken from this window."""

    start: int
    end: int
    core_start: int
    core_end: int


def tokens(text: str, tokenizer: Tokenizer) -> Tokens:
    """The word pieces of `text` with their offsets and surface features. White space has no piece."""
    blocks = paragraphs(text)
    encoded = tokenizer.encode_batch([b.of(text) for b in blocks], add_special_tokens=False)
    ids, starts, ends, block_of = [], [], [], []
    for k, (block, e) in enumerate(zip(blocks, encoded, strict=True)):
        ids.extend(e.ids)
        starts.extend(block.start + s for s, _ in e.offsets)
        ends.extend(block.start + s for _, s in e.offsets)
        block_of.extend([k] * len(e.ids))
    start, end = np.array(starts, np.int64), np.array(ends, np.int64)
    paragraph = np.array(block_of, np.int64)
    features = np.zeros((len(ids), 3), np.int64)
    features[:, 0] = [CASES[_case(text[s:e])] for s, e in zip(starts, ends, strict=True)]
    features[:, 1] = _marks(text, blocks, start, end)
    features[:, 2] = _breaks(text, paragraph, start)
    ended = [e - s == 1 and text[s] in _WORDS_TO_END for s, e in zip(starts, ends, strict=True)]
    sentence = np.concatenate(([0], np.cumsum(ended)[:-1])) if ids else np.zeros(0)
    return Tokens(np.array(ids, np.int64), start, end, features, paragraph, sentence.astype(np.int64))


def _case(piece: str) -> str:
    if piece.islower():
        return "lower"
    if piece.istitle() and piece[:1].isupper():
        return "title"
    if piece.isupper():
        return "upper"
    return "mixed" if any(c.isupper() for c in piece) else "other"


def _marks(text: str, blocks: list[Span], start: Ints, end: Ints) -> Ints:
    mark = np.zeros(len(start), np.int64)
    for q in quotations(text, blocks):
        a, b = np.searchsorted(start, q.span.start), np.searchsorted(start, q.span.end)
        mark[a:b] = MARKS["inside" if q.end == "closed" else "inside-recovered"]
        if a < b:
            mark[a] = MARKS["opening"]
            if q.end == "closed":
                mark[b - 1] = MARKS["closing"]
    return mark


def _breaks(text: str, paragraph: Ints, start: Ints) -> Ints:
    breaks = np.zeros(len(start), np.int64)
    if len(start):
        first = np.flatnonzero(np.diff(paragraph, prepend=-1))
        breaks[first] = BREAKS["paragraph"]
        line_ends = np.array([m.start() for m in re.finditer("\n", text)], np.int64)
        if len(line_ends):
            after = np.searchsorted(start, line_ends)
            after = after[after < len(start)]
            inner = after[breaks[after] == 0]
            breaks[inner] = BREAKS["line"]
    return breaks


def windows(found: Tokens, size: int = SIZE, context: int = CONTEXT) -> list[Window]:
    """The windows over a text: cores cut at paragraphs where one starts in the second half, else at sentence ends."""
    n, room = len(found), size - 2
    if n <= room:
        return [Window(0, n, 0, n)] if n else []
    new_paragraph = np.flatnonzero(found.features[:, 2] == BREAKS["paragraph"])
    new_sentence = np.flatnonzero(np.diff(found.sentence, prepend=-1))
    cut, all_windows = 0, []
    while cut < n:
        before = min(cut, context)
        if n - cut <= room - before:
            stop = n
        else:
            limit = cut + room - before - context
            stop = limit
            for starts in (new_paragraph, new_sentence):
                k = int(np.searchsorted(starts, limit, "right")) - 1
                if k >= 0 and starts[k] > cut + (limit - cut) // 2:
                    stop = int(starts[k])
                    break
        all_windows.append(Window(cut - before, min(n, stop + context), cut, stop))
        cut = stop
    return all_windows


def distance_buckets(offsets: Ints) -> Ints:
    """Buckets 0 .. 2 * REACH for signed token distances: exact to 8, then in steps that grow by a quarter."""
    size = np.abs(offsets)
    grown = 8 + np.floor(np.log(np.maximum(size, 8) / 8.0) / np.log(1.25)).astype(np.int64)
    bucket = np.minimum(np.where(size <= 8, size, grown), REACH)
    return REACH + np.sign(offsets) * bucket
