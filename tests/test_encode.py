"""Tokens and windows over any text; the heads in numpy against plain loops; the shipped weights as a whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemmata.acts import fitted
from stemmata.desk import encoder
from stemmata.encode import (
    CONTEXT,
    MARKS,
    REACH,
    SIZE,
    WEIGHTS,
    Encoded,
    Encoder,
    Heads,
    Tokens,
    Window,
    distance_buckets,
    one_blas_thread,
    windows,
)
from stemmata.model import StemmataError


def plain(n: int, paragraph_every: int = 60) -> Tokens:
    index = np.arange(n)
    features = np.zeros((n, 3), np.int64)
    features[index % paragraph_every == 0, 2] = 2
    return Tokens(index, index, index + 1, features, index // paragraph_every, index // 20)


@given(st.integers(0, 3000), st.integers(1, 900))
def test_windows_cover_each_token_once_and_see_around(n: int, paragraph_every: int) -> None:
    found = windows(plain(n, paragraph_every))
    assert [t for w in found for t in range(w.core_start, w.core_end)] == list(range(n))
    for w in found:
        assert 0 <= w.start <= w.core_start < w.core_end <= w.end <= n
        assert w.end - w.start <= SIZE - 2
        assert w.core_start - w.start >= min(CONTEXT, w.core_start)
        assert w.end - w.core_end >= min(CONTEXT, n - w.core_end)


def test_a_short_text_is_one_window() -> None:
    assert len(windows(plain(SIZE - 2))) == 1


def test_cores_end_at_paragraphs() -> None:
    assert all(w.core_end % 60 == 0 for w in windows(plain(1200))[:-1])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_tokens_point_at_their_characters(text: str) -> None:
    found = encoder().tokens(text)
    assert (found.start < found.end).all()
    assert not len(found) or found.end.max() <= len(text)
    assert (np.diff(found.start) >= 0).all()


def test_tokens_see_marks_case_and_breaks() -> None:
    text = "Reyk said:\n\n“The DAM may fail.”"
    found = encoder().tokens(text)
    shown = {text[s:e]: tuple(f) for s, e, f in zip(found.start, found.end, found.features.tolist(), strict=True)}
    assert shown["“"] == (0, MARKS["opening"], 2)
    assert shown["”"] == (0, MARKS["closing"], 0)
    assert shown["may"] == (1, MARKS["inside"], 0)
    assert shown["said"] == (1, MARKS["outside"], 0)
    assert shown["DAM"][0] == 3


def test_distances_grow_in_steps_and_keep_their_sign() -> None:
    buckets = distance_buckets(np.array([-10_000, -8, -1, 0, 1, 8, 9, 20, 10_000]))
    assert buckets.tolist()[1:6] == [REACH - 8, REACH - 1, REACH, REACH + 1, REACH + 8]
    assert buckets[0] == 0 and buckets[-1] == 2 * REACH
    assert (np.diff(distance_buckets(np.arange(-400, 400))) >= 0).all()


def gelu(x: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))))


def matrices(rng: np.random.Generator, width: int, inner: int) -> dict[str, np.ndarray]:
    shapes = {
        "anchored.weight": (inner, width), "anchored.bias": (inner,), "pair": (9, inner, inner),
        "unary.weight": (9, inner), "unary.bias": (9,), "distance": (9, 2 * REACH + 1), "paragraph": (9, 7),
        "sentence": (9, 13), "kind.weight": (inner, 3 * width), "kind.bias": (inner,),
        "kinds.sourcing.weight": (5, inner), "kinds.sourcing.bias": (5,), "kinds.act.weight": (11, inner),
        "kinds.act.bias": (11,), "kinds.mode.weight": (3, inner), "kinds.mode.bias": (3,),
    }  # fmt: skip
    return {k: rng.normal(size=s).astype(np.float32) for k, s in shapes.items()}


def test_role_scores_are_the_biaffine_sums() -> None:
    rng = np.random.default_rng(7)
    n, width, inner = 12, 6, 4
    w = matrices(rng, width, inner)
    vectors = rng.normal(size=(n, width)).astype(np.float32)
    read = rng.normal(size=(n, inner)).astype(np.float32)
    at = np.array([2, 9])
    paragraph, sentence = np.arange(n) // 5, np.arange(n) // 3
    seen = Encoded(Window(0, n, 0, n), vectors, read, np.zeros((n, 3), np.float32))
    got = Heads(w, fitted({})).roles(seen, at, paragraph, sentence)
    for a, i in enumerate(at):
        for o in range(9):
            for t in range(n):
                x = gelu(w["anchored.weight"] @ vectors[i] + w["anchored.bias"])
                value = x @ w["pair"][o] @ read[t] + w["unary.weight"][o] @ read[t] + w["unary.bias"][o]
                value += w["distance"][o, distance_buckets(np.array([t - i]))[0]]
                value += w["paragraph"][o, np.clip(paragraph[t] - paragraph[i], -3, 3) + 3]
                value += w["sentence"][o, np.clip(sentence[t] - sentence[i], -6, 6) + 6]
                assert got[a, o // 3, o % 3, t] == pytest.approx(value, abs=1e-3)


def test_kinds_and_anchors_are_shares() -> None:
    rng = np.random.default_rng(8)
    w = matrices(rng, 6, 4)
    heads = Heads(w, fitted({}))
    anchor, content, source = rng.normal(size=(3, 5, 6)).astype(np.float32)
    hidden = gelu(np.concatenate([anchor, content, source], 1) @ w["kind.weight"].T + w["kind.bias"])
    for name, got in heads.kinds(anchor, content, source).items():
        odds = np.exp(hidden @ w[f"kinds.{name}.weight"].T + w[f"kinds.{name}.bias"])
        assert got == pytest.approx(odds / odds.sum(1, keepdims=True), abs=1e-5)
    logits = rng.normal(size=(20, 3)).astype(np.float32)
    share = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    assert heads.anchors(logits) == pytest.approx(np.log(share / (1 - share))[:, 1:], abs=1e-4)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(" \n\t\u00a0\u0301\u200b\x1c“’.-aÉ漢[SEP]", max_size=60)))
def test_a_text_read_by_its_stretches_has_the_pieces_of_the_whole(text: str) -> None:
    model = encoder()
    whole = model.tokenizer.encode(text, add_special_tokens=False)
    found = model.tokens(text)
    assert found.ids.tolist() == whole.ids
    assert list(zip(found.start.tolist(), found.end.tolist(), strict=True)) == whole.offsets
    ends = [text[s:e] in {".", "!", "?"} for s, e in whole.offsets]
    assert found.sentence.tolist() == [sum(ends[:k]) for k in range(len(ends))]


def test_a_stretch_too_long_to_keep_is_read_like_any_other() -> None:
    found = encoder().tokens("Reyk " + "dam/" * 40 + " Reyk")
    assert len(found) == 2 * len(encoder().tokens("Reyk")) + 80
    assert (found.ids[[0, -1]] == encoder().tokens("Reyk").ids[[0, -1]]).all()
    assert found.end[-1] == len("Reyk " + "dam/" * 40 + " Reyk")


def test_a_folder_without_its_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StemmataError, match=r"no folder of weights: encoder\.onnx, heads\.npz"):
        Encoder(tmp_path)
    for name in ("pairs.onnx", "heads.npz", "decoding.json", "tokenizer.json"):
        shutil.copy(WEIGHTS / name, tmp_path / name.replace("pairs", "encoder"))
    with pytest.raises(StemmataError, match=r"vectors\.bin"):
        Encoder(tmp_path)
    shutil.copy(WEIGHTS / "vectors.bin", tmp_path)
    with pytest.raises(StemmataError, match="lacks its heads"):  # a network, but another
        Encoder(tmp_path)


def test_vectors_do_not_depend_on_what_else_is_read() -> None:
    model = encoder()
    found = model.tokens("“The dam may fail,” said Ana Reyk.")
    first = next(model.encoded(found)).vectors
    list(model.encoded(model.tokens("Another text entirely. " * 50)))
    assert (next(model.encoded(found)).vectors == first).all()


def test_the_limit_on_threads_is_taken_back_when_the_last_leaves() -> None:
    from threadpoolctl import threadpool_info

    def threads() -> list[int]:
        return [p["num_threads"] for p in threadpool_info() if p["user_api"] == "blas"]

    before = threads()
    first, second = one_blas_thread(), one_blas_thread()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert set(threads()) <= {1}
    second.__exit__(None, None, None)
    assert threads() == before
