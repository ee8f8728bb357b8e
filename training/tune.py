"""Chooses the thresholds of decoding and fits the confidence: python -m training.tune WEIGHTS --shared ../shared

On the articles that training holds back (four families of bench/train, 63 dossiers, forty articles of PolNeAR
train), never on a dev set. Writes WEIGHTS/decoding.json.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from stemmata.attribute.candidates import Candidate, Decoding, candidates, distinct
from stemmata.attribute.statements import statements
from stemmata.encode import Encoded, Encoder, Heads, Tokens
from stemmata.model import Document

from .corpora import CONVENTIONS, Article, split
from .metrics import Counts, count, tally

START = Decoding(anchor=0.4, source=-4.0, cue=-3.0, content=-4.0, part=6.0, inside=(0.15, 0.15, 0.15))
STEPS: dict[str, tuple[float, ...]] = {
    "anchor": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8),
    "source": (-6, -4, -2, 0),
    "cue": (-6, -3, 0),
    "content": (-8, -4, 0),
    "part": (0, 2, 4, 7, 10, 14),
}
INSIDE = (0.05, 0.1, 0.15, 0.2, 0.3)


class Remembered:
    """The heads, with the scores of an anchor kept: tuning reads the same ones hundreds of times."""

    def __init__(self, heads: Heads) -> None:
        self.heads = heads
        self.kinds = heads.kinds
        self.acts = heads.acts
        self._odds: dict[tuple[int, int], np.ndarray] = {}
        self._scores: dict[tuple[int, int], np.ndarray] = {}

    def anchors(self, logits: np.ndarray) -> np.ndarray:
        key = (logits.__array_interface__["data"][0], len(logits))
        if key not in self._odds:
            self._odds[key] = self.heads.anchors(logits)
        return self._odds[key]

    def roles(self, window: Encoded, at: np.ndarray, paragraph: np.ndarray, sentence: np.ndarray) -> np.ndarray:
        key = window.vectors.__array_interface__["data"][0]
        new = np.array([i for i in at if (key, int(i)) not in self._scores], np.int64)
        if len(new):
            for i, scores in zip(new, self.heads.roles(window, new, paragraph, sentence), strict=True):
                self._scores[key, int(i)] = scores
        return np.stack([self._scores[key, int(i)] for i in at])


KINDS = {"said": "stemmata", "broad": "polnear"}  # what a decoding finds -> the convention that it is tuned on

Seen = list[tuple[Article, Document, Tokens, list[Encoded]]]


def seen(encoder: Encoder, articles: list[Article]) -> Seen:
    out = []
    for a in articles:
        found = encoder.tokens(a.text)
        encoded = list(encoder.encoded(found, convention=CONVENTIONS[a.convention]))
        out.append((a, Document(id=a.id, text=a.text), found, encoded))
    return out


def figures(heads: Heads, corpus: Seen, decoding: Decoding) -> dict[str, Counts]:
    total = tally()
    for article, document, found, encoded in corpus:
        count(total, article, statements(document, found, encoded, heads, decoding))
    return total


def aim(heads: Heads, corpus: Seen, decoding: Decoding) -> float:
    """What tuning raises: right statements first, then the words of each role and exact contents."""
    f = figures(heads, corpus, decoding)
    return (
        2 * f["statements"].f1
        + 1.5 * f["content words"].f1
        + 0.5 * (f["content exact"].f1 + f["source words"].f1 + f["cue words"].f1)
    )


def tuned(heads: Heads, corpus: Seen, start: Decoding = START) -> Decoding:
    best, value = start, aim(heads, corpus, start)
    for _ in range(2):
        before = value
        for name, steps in STEPS.items():
            for x in steps:
                trial = replace(best, **{name: x})
                if (v := aim(heads, corpus, trial)) > value + 1e-6:
                    best, value = trial, v
        for role in range(3):
            for x in INSIDE:
                trial = replace(best, inside=tuple(x if k == role else y for k, y in enumerate(best.inside)))
                if (v := aim(heads, corpus, trial)) > value + 1e-6:
                    best, value = trial, v
        print(f"aim {value:.4f}", asdict(best), flush=True)
        if value - before < 1e-3:
            break
    return best


def confidence(heads: Heads, corpus: Seen, decoding: Decoding) -> tuple[float, ...]:
    """Logistic regression from the evidence of a statement to whether it is right."""
    from sklearn.linear_model import LogisticRegression

    rows, right = [], []
    for article, document, found, encoded in corpus:
        by_spans: dict[object, Candidate] = {}
        got = statements(document, found, encoded, heads, decoding)
        every = [c for e in encoded for c in candidates(found, e, heads, decoding)]
        for c in distinct(every):
            by_spans[c.cue.start if c.cue else c.content[0].start] = c
        for s, ok in zip(got, count(tally(), article, got), strict=True):
            at = s.cue.start if s.cue else s.content[0].start
            if at in by_spans:
                rows.append(by_spans[at].evidence)
                right.append(ok)
    x, y = np.array(rows), np.array(right)
    spread = x.std(0) + 1e-6
    model = LogisticRegression(C=0.3, max_iter=2000).fit((x - x.mean(0)) / spread, y)
    weights = model.coef_[0] / spread
    constant = float(model.intercept_[0] - (weights * x.mean(0)).sum())
    return (*(round(float(w), 5) for w in weights), round(constant, 5))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--keep", action="store_true", help="keep the thresholds, fit the confidence only")
    o = parser.parse_args()
    target = o.weights / "decoding.json"
    if not target.exists():
        target.write_text(json.dumps(dict.fromkeys(KINDS, asdict(START))), "utf8")
    encoder = Encoder(o.weights)
    heads = Remembered(encoder.heads)
    _, held = split(o.shared)
    chosen = {}
    for kind, convention in KINDS.items():
        corpus = seen(encoder, [a for a in held if a.convention == convention])
        best = (
            Decoding(**encoder.decoding[kind])
            if o.keep
            else tuned(heads, corpus, replace(START, silence=kind == "broad"))
        )
        chosen[kind] = replace(best, confidence=confidence(heads, corpus, best))
        print(f"{kind}, on {len(corpus)} articles held back:")
        for k, v in figures(heads, corpus, best).items():
            print(f"  {k:15} {v}", flush=True)
    target.write_text(json.dumps({k: asdict(v) for k, v in chosen.items()}, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
