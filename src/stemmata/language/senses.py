"""Words as points: which words of two passages are near in meaning ("jammed", "stuck") though not one in form.

The vectors (weights/words.npz) are the input embeddings of all-MiniLM-L6-v2, gathered by stem and cut to their first
directions by training/words.py. They do not depend on the encoder's own training. Nearness nominates only: opposites
are near as well, so no change rests on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

ALIKE = 0.25  # nearness from which one word may stand for the other, beside a negator or a word of doubt (by hand)
FAR = 0.3  # cosine from which two words begin to be near; nearness runs from 0 there to 1 (by hand)


@cache
def _stored() -> tuple[dict[str, int], Floats]:
    """Stem -> row, and the rows: unit vectors, the last of them zero for words that have none."""
    with (files("stemmata") / "weights" / "words.npz").open("rb") as file, np.load(file) as stored:
        rows = stored["vectors"].astype(np.float32)
        stems = bytes(stored["stems"]).decode("utf8").split("\n")
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return {stem: n for n, stem in enumerate(stems)}, np.concatenate([rows, np.zeros((1, rows.shape[1]), np.float32)])


def senses(stems: Sequence[str]) -> Floats:
    """The vectors [len(stems), width] of stems; zero for one that is not known (a name, mostly)."""
    row, rows = _stored()
    return rows[[row.get(s, -1) for s in stems]]


def senses_near(a: Floats, b: Floats) -> Floats:
    """How near each word of `a` is to each of `b`, 0 to 1, from their vectors."""
    return np.asarray(np.clip((a @ b.T - FAR) / (1 - FAR), 0.0, 1.0), np.float32)


def kept_in_sense(own: Sequence[str], others: Sequence[str]) -> float:
    """The share of the stems `own` that stand among `others`, or are near in sense to one of them."""
    loose = [w for w in own if w not in others]
    near = senses_near(senses(loose), senses(others)).max(1) >= ALIKE if loose and others else []
    return 1.0 - (len(loose) - sum(map(bool, near))) / max(1, len(own))
