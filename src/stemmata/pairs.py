"""Two passages beside each other -> do they tell one claim, does the first answer the second, and how.

A small network of its own (weights/pairs.onnx: three layers of MiniLM over the encoder's word vectors, which the file
weights/vectors.bin holds for both) reads both passages at once, so that every word of one sees every word of the other.
It is asked only where listed evidence leaves a doubt, and its answers are evidence among the other evidence: nothing
rests on it alone. training/pairs.py makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stemmata.encode import CLS, SEP, WEIGHTS, network, processors
from stemmata.model import RELATIONS, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

ROOM = 44  # word pieces of one passage; 97 of 100 claims of our dossiers with their sentences have fewer
CONTEXT = 20  # word pieces of what stands before the first
PLAIN, CONTENT, SOURCE, CUE = range(4)  # roles of the first passage's pieces
SECOND = 4  # added to a role in the second passage
BEFORE = 8  # role of what stands before the first
ROLES = 9
OUTPUTS = 2 + len(RELATIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A statement or clause in the words of its sentences. Spans are of `text`; `before` is what stands in front."""

    text: str
    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    before: str = ""


# Characters between a source and its content from which it stands in another place, as the title of a speech does: none
# of 52,653 annotated sources in bench/train and our dossiers is so far away
FAR = 300


def far(source: Span, content: Sequence[Span]) -> bool:
    """Whether a source stands too far before its content to be read with it."""
    return content[0].start - source.end > FAR


def excerpt(
    text: str,
    sentences: Sequence[Span],
    content: Sequence[Span],
    source: Span | None = None,
    cue: Span | None = None,
    *,
    before: bool = False,
) -> Excerpt:
    """What is told by `content`, with the `sentences` of `text` that it lies in; `before`: and the one in front."""
    source = None if source and far(source, content) else source
    parts = [*content, *(x for x in (source, cue) if x)]
    first, last = min(p.start for p in parts), max(p.end for p in parts)
    inside = [k for k, s in enumerate(sentences) if s.start < last and first < s.end]
    start = min(first, sentences[inside[0]].start) if inside else first
    end = max(last, sentences[inside[-1]].end) if inside else last

    def moved(s: Span) -> Span:
        return Span(s.start - start, s.end - start)

    front = sentences[inside[0] - 1].of(text) if before and inside and inside[0] else ""
    return Excerpt(
        text=text[start:end],
        content=tuple(moved(s) for s in content),
        source=moved(source) if source else None,
        cue=moved(cue) if cue else None,
        before=front,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """What the network says of n pairs, as log-odds: `same` [n], `answers` [n], and by RELATIONS [n, 4]."""

    same: Floats
    answers: Floats
    relations: Floats


Judge = Callable[[Sequence[tuple[Excerpt, Excerpt]]], Judged]


class PairReader:
    """The network and its tokenizer. Pairs are run one at a time: int8 activations are scaled over a run, so a batch
    would make a pair's scores depend on its neighbours. `threads` of them run at once (0: as many as there are
    processors), for one is too small to be worth dividing."""

    def __init__(self, folder: Path | None = None, *, threads: int = 0) -> None:
        tokenizer, self._session = network(folder or WEIGHTS, "pairs.onnx", 1)
        self._threads = threads or processors()
        self._pieces = lru_cache(maxsize=4096)(lambda p: pieces(p, tokenizer))

    def read(self, pairs: Iterable[tuple[Excerpt, Excerpt]]) -> Judged:
        """What the network says of pairs, in their order: many at a time keep all threads busy."""
        rows = [joined(self._pieces(a), self._pieces(b)) for a, b in pairs]
        at_once = min(self._threads, len(rows))
        if at_once > 1:
            with ThreadPoolExecutor(at_once) as pool:
                scores = list(pool.map(self._scores, rows))
        else:
            scores = [self._scores(row) for row in rows]
        out = np.array(scores, np.float32).reshape(len(rows), OUTPUTS)
        return Judged(out[:, 0], out[:, 1], out[:, 2:])

    def _scores(self, row: tuple[Ints, Ints]) -> Floats:
        ids, roles = row
        scores: Floats = self._session.run(["scores"], {"ids": ids[None], "roles": roles[None]})[0][0]
        return scores


@cache
def reader() -> PairReader:
    """The shipped network, loaded once."""
    return PairReader()


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a passage with their roles, and of what stands before it."""

    ids: Ints
    roles: Ints
    before: Ints


def pieces(shown: Excerpt, tokenizer: Tokenizer) -> Pieces:
    """The pieces, cut to `ROOM` around the start of the content, and to the last `CONTEXT` before it."""
    encoded = tokenizer.encode(shown.text, add_special_tokens=False)
    ids = np.array(encoded.ids, np.int64)
    start, end = np.array(encoded.offsets, np.int64).reshape(len(ids), 2).T
    roles = np.full(len(ids), PLAIN, np.int64)
    for role, spans in ((SOURCE, (shown.source,)), (CUE, (shown.cue,)), (CONTENT, shown.content)):
        for s in spans:
            if s is not None:
                roles[(start >= s.start) & (end <= s.end)] = role
    if len(ids) > ROOM:
        first = int(np.argmax(roles == CONTENT))
        low = max(0, min(first - ROOM // 4, len(ids) - ROOM))
        ids, roles = ids[low : low + ROOM], roles[low : low + ROOM]
    front = tokenizer.encode(shown.before, add_special_tokens=False).ids[-CONTEXT:] if shown.before else []
    return Pieces(ids, roles, np.array(front, np.int64))


def joined(a: Pieces, b: Pieces) -> tuple[Ints, Ints]:
    """The ids and roles [T] of two passages as the network reads them: [CLS] before, first [SEP] second [SEP]."""
    ids = np.concatenate(([CLS], a.before, a.ids, [SEP], b.ids, [SEP]))
    front = np.full(len(a.before), BEFORE, np.int64)
    roles = np.concatenate(([PLAIN], front, a.roles, [PLAIN], b.roles + SECOND, [SECOND]))
    return ids, roles
