"""Text -> windows -> one pass of the encoder -> a vector per token, and what the heads read off the vectors.

Alone names onnxruntime and tokenizers. The encoder (weights/encoder.onnx, its word vectors in
vectors.bin) is a MiniLM of 6 layers that also sees three things which its lower-cased vocabulary hides: letter case,
quotation marks, and paragraph breaks. The heads are a few matrices: what they do to every token is the last step of
encoder.onnx, on its threads; the rest (weights/heads.npz) is done here in numpy:

- *anchor*: is this token the anchor of a statement? (the head word of its cue; its first word of content without cue)
- *roles*: given an anchor, which tokens are its source, cue and content: a biaffine score for a token to be inside,
  to start and to end each role (Dozat and Manning 2017, with distances), so that statements may share and nest words.
- *kinds*: sourcing, act and mode of a statement, from its anchor, content and source vectors. (Acts have a second
  opinion, by words: acts.py.)
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from stemmata.acts import Fitted, fitted
from stemmata.model import StemmataError
from stemmata.surface import paragraphs, quotations

if TYPE_CHECKING:
    import onnxruntime
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

WEIGHTS = Path(str(files("stemmata") / "weights"))
SIZE = 384  # tokens of a window with [CLS] and [SEP]; training and inference use the same
CONTEXT = 56  # tokens a window sees on each side of its core; 95 of 100 PolNeAR attributions span fewer than 64
CASES = {"other": 0, "lower": 1, "title": 2, "upper": 3, "mixed": 4}
MARKS = {"outside": 0, "opening": 1, "inside": 2, "closing": 3, "inside-recovered": 4}
BREAKS = {"none": 0, "line": 1, "paragraph": 2}
ROLES = ("source", "cue", "content")
REACH = 24  # distance buckets on each side of an anchor
OUTPUTS = ("vectors", "tokens", "anchors")  # of encoder.onnx
CLS, SEP = 101, 102  # of the BERT vocabulary
_SENTENCE_ENDS = frozenset(".!?")


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
    found, places, sizes = [], [], []
    for m in _CHUNK.finditer(text):
        chunk = m[0]
        rows = _pieces(tokenizer, chunk) if len(chunk) < _LONG else _pieces.__wrapped__(tokenizer, chunk)
        found.append(rows)
        places.append(m.start())
        sizes.append(len(rows))
    ids, start, end, case, stop = np.frombuffer(b"".join(found), np.int64).reshape(-1, 5).T.copy()
    offsets = np.repeat(np.array(places, np.int64), np.array(sizes, np.int64) // (5 * ids.itemsize))
    start += offsets
    end += offsets
    paragraph = np.searchsorted(np.array([b.start for b in blocks], np.int64), start, "right") - 1
    features = np.stack([case, _marks(text, start, end), _breaks(text, paragraph, start)], 1)
    return Tokens(ids, start, end, features, paragraph, np.cumsum(stop) - stop)


_CHUNK = re.compile(r"[^ \n]+")  # no piece of the tokenizer goes over a space or the end of a line
_LONG = 64  # characters from which a chunk is read anew each time


@lru_cache(maxsize=1 << 15)  # texts repeat their words
def _pieces(tokenizer: Tokenizer, chunk: str) -> bytes:
    """The word pieces of a stretch without space: id, start, end, letter case, whether it ends a sentence (int64)."""
    encoded = tokenizer.encode(chunk, add_special_tokens=False)
    rows = [
        (i, s, e, _case(chunk[s:e]), chunk[s:e] in _SENTENCE_ENDS)
        for i, (s, e) in zip(encoded.ids, encoded.offsets, strict=True)
    ]
    return np.array(rows, np.int64).tobytes()


def _case(piece: str) -> int:
    if piece.islower():
        return CASES["lower"]
    if piece.istitle() and piece[:1].isupper():
        return CASES["title"]
    if piece.isupper():
        return CASES["upper"]
    return CASES["mixed" if any(c.isupper() for c in piece) else "other"]


def _marks(text: str, start: Ints, end: Ints) -> Ints:
    mark = np.zeros(len(start), np.int64)
    for q in quotations(text):
        a, b = start.searchsorted(q.span.start), start.searchsorted(q.span.end)
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


@dataclass(frozen=True, slots=True)
class Heads:
    """The matrices of heads.npz, applied in numpy. Names as in training/network.py."""

    weights: dict[str, Floats]
    acts: Fitted  # what tells acts by words, beside kinds.act
    ready: dict[str, Floats] = field(init=False)  # those matrices laid out as the products below read them quickest

    def __post_init__(self) -> None:
        w = self.weights
        ready = {
            "anchored": w["anchored.weight"].T,
            "pairs": w["pair"].transpose(1, 0, 2).reshape(w["pair"].shape[1], -1),  # side by side
            "far": w["distance"][:, distance_buckets(np.arange(-SIZE, SIZE))] + w["unary.bias"][:, None],
            "breaks": w["paragraph"][:, :, None] + w["sentence"][:, None, :],
        }
        ready |= {f"kind {k}": x.T for k, x in enumerate(np.split(w["kind.weight"], 3, 1))}
        object.__setattr__(self, "ready", {k: np.ascontiguousarray(x) for k, x in ready.items()})

    def anchors(self, logits: Floats) -> Floats:
        """Log-odds [n, 2] that a token is the anchor of a statement with a cue, and of one without.

        `logits` [n, 3]: `Encoded.anchors`, for no anchor, one with a cue, one without.
        """
        share = np.exp(logits.T - logits.max(1))
        share /= share.sum(0)
        chance = np.clip(share[1:], 1e-7, 1 - 1e-7)
        return np.asarray(np.log(chance) - np.log1p(-chance), np.float32).T

    def roles(self, seen: Encoded, at: Ints, paragraph: Ints, sentence: Ints) -> Floats:
        """Scores [A, 3, 3, n] for anchors `at` [A]: (inside, start, end) x ROLES x tokens, as log-odds to "no role"."""
        w, n, vectors = self.weights, len(seen.vectors), seen.vectors
        anchors = _gelu(vectors[at] @ self.ready["anchored"] + w["anchored.bias"])
        outputs, width = w["pair"].shape[:2]
        pairs = (anchors @ self.ready["pairs"]).reshape(len(at), outputs, width) + w["unary.weight"]
        scores = (pairs.reshape(-1, width) @ seen.tokens.T).reshape(len(at), outputs, n)
        limit, steps = w["paragraph"].shape[1] // 2, w["sentence"].shape[1]
        near = _differences(paragraph, at, limit) * steps + _differences(sentence, at, steps // 2)
        breaks = self.ready["breaks"].reshape(outputs, -1)
        for row, i, places in zip(scores, at.tolist(), near, strict=True):
            row += self.ready["far"][:, SIZE - i : SIZE - i + n]
            row += breaks.take(places, 1)
        return np.asarray(scores.reshape(len(at), 3, len(ROLES), n))

    def kinds(self, anchor: Floats, content: Floats, source: Floats) -> dict[str, Floats]:
        """Probabilities per statement for sourcing, act and mode, from its three vectors (each [A, width])."""
        w, hidden = self.weights, self.hidden(anchor, content, source)
        return {
            k: _softmax(hidden @ w[f"kinds.{k}.weight"].T + w[f"kinds.{k}.bias"]) for k in ("sourcing", "act", "mode")
        }

    def hidden(self, anchor: Floats, content: Floats, source: Floats) -> Floats:
        """What `kinds` are read off, [A, inner], from the same three vectors."""
        read = (x @ self.ready[f"kind {k}"] for k, x in enumerate((anchor, content, source)))
        return _gelu(sum(read, self.weights["kind.bias"]))


def _differences(index: Ints, at: Ints, limit: int) -> Ints:
    return (index[None] - index[at][:, None]).clip(-limit, limit) + limit


def _gelu(x: Floats) -> Floats:
    y = x * x  # in place: the temporaries of the formula as written cost more than its products
    y *= 0.044715
    y += 1.0
    y *= x
    y *= 0.7978845608
    np.tanh(y, out=y)
    y += 1.0
    y *= x
    y *= 0.5
    return y


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), np.float32)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def network(folder: Path, name: str, threads: int = 0) -> tuple[Tokenizer, onnxruntime.InferenceSession]:
    """The tokenizer of a folder of weights, and one of its networks on `threads` threads (0: as many as there are).

    Raises:
        StemmataError: the network, or the word vectors that it reads, cannot be read.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
    except Exception as fault:  # onnxruntime's errors have no class of their own in common
        raise StemmataError(f"{folder / name} (with vectors.bin) cannot be read: {fault}") from fault
    return Tokenizer.from_file(str(folder / "tokenizer.json")), session


_gate = Lock()
_entered = 0
_limit: Any = None


@cache
def _blas() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Inside, numpy's products run on one thread, in the whole process.

    Stemmata's matrices are small: spread over threads that fight the networks' for the processors, they take ten times
    as long (the heads; measured on two cores). Entered by several threads at once, the first sets and the last resets.
    """
    global _entered, _limit
    with _gate:
        if _entered == 0:
            _limit = _blas().limit(limits=1, user_api="blas")
            _limit.__enter__()
        _entered += 1
    try:
        yield
    finally:
        with _gate:
            _entered -= 1
            if _entered == 0:
                _limit.__exit__(None, None, None)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window of a text, seen by the encoder: a row for each of the tokens [window.start, window.end)."""

    window: Window
    vectors: Floats  # [n, width]
    tokens: Floats  # [n, inner]: the vectors as the role heads read them
    anchors: Floats  # [n, 3]: logits of no anchor, one with a cue, one without


class Encoder:
    """The encoder, its tokenizer and its heads, from a folder of weights. Safe to share between threads.

    Windows are run one at a time: int8 activations are scaled over a run, so a batch would make an article's findings
    depend on its neighbours.

    Raises:
        StemmataError: the folder lacks a file, or its encoder.onnx lacks the heads (training/export.py puts them in).
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 0) -> None:
        self.folder = folder or WEIGHTS
        needed = ("encoder.onnx", "heads.npz", "decoding.json", "tokenizer.json")
        if missing := [n for n in needed if not (self.folder / n).is_file()]:
            raise StemmataError(f"{self.folder} is no folder of weights: {', '.join(missing)} is not there")
        self.tokenizer, self.session = network(self.folder, "encoder.onnx", threads)
        if not {o.name for o in self.session.get_outputs()}.issuperset(OUTPUTS):
            raise StemmataError(f"{self.folder / 'encoder.onnx'} lacks its heads: export it anew (training/export.py)")
        with np.load(self.folder / "heads.npz") as stored:
            matrices = {k: stored[k].astype(np.float32) for k in stored.files if not k.startswith("acts.")}
            self.heads = Heads(matrices, fitted(stored))
        self.decoding: dict[str, Any] = json.loads((self.folder / "decoding.json").read_text("utf8"))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the files of the weights, sixteen hex digits: which model made a finding."""
        seen = hashlib.sha256()
        for name in ("encoder.onnx", "vectors.bin", "heads.npz", "decoding.json", "tokenizer.json"):
            seen.update((self.folder / name).read_bytes())
        return seen.hexdigest()[:16]

    def tokens(self, text: str) -> Tokens:
        return tokens(text, self.tokenizer)

    def encoded(self, found: Tokens, *, convention: int = 0) -> Iterator[Encoded]:
        """The windows of a text, each with its vectors, in order.

        While one is read the next is already encoded, on a thread of its own; never more than one ahead, so that
        memory does not grow with the text.
        """
        cut = windows(found)
        if len(cut) <= 1:
            yield from (self._encoded(found, w, convention) for w in cut)
            return
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(self._encoded, found, cut[0], convention)
            for w in cut[1:]:
                ready = coming.result()
                coming = ahead.submit(self._encoded, found, w, convention)
                yield ready
            yield coming.result()

    def _encoded(self, found: Tokens, w: Window, convention: int) -> Encoded:
        edge = np.zeros((1, 3), np.int64)
        ids = np.concatenate(([CLS], found.ids[w.start : w.end], [SEP]))[None]
        features = np.concatenate((edge, found.features[w.start : w.end], edge))[None]
        kind = np.array([convention], np.int64)
        seen = self.session.run(list(OUTPUTS), {"ids": ids, "features": features, "convention": kind})
        return Encoded(w, *(x[0, 1:-1] for x in seen))
