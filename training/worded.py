"""Fits how the wording of an answer tells its relation, into weights/dispute.json: python -m training.worded

On the gold disputes of bench/train, and on those of the dossiers that are not held back. --check writes nothing: the
share right, of gold pairs, with families left out in turn.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from stemmata.dispute.worded import Words, signs
from stemmata.model import RELATIONS

from .corpora import HELD_DOSSIERS
from .written import dossiers

WEIGHTS = Path(__file__).parent.parent / "src/stemmata/weights/dispute.json"
STRENGTH = 0.1  # inverse of the penalty on weights
SEEN = 8  # a sign is kept when so many disputes have it
LEAST = 0.08  # and its weight for a relation where it reaches this
FOLDS = 3

Row = tuple[str, str, frozenset[str]]  # family, relation, signs


def rows(families: Iterable[dict]) -> list[Row]:
    """One row a dispute: by the first statement of each claim, in one article where both are told in one."""
    out = []
    for f in families:
        text = {a["id"]: a["text"] for a in f["articles"]}
        told: dict[str, list[dict]] = {}
        for s in f["statements"]:
            told.setdefault(s["claim"], []).append(s)

        def words(s: dict, text: dict[str, str] = text) -> Words:
            whole = text[s["article"]]
            source, cue = (whole[slice(*x)] if (x := s["spans"][k]) else "" for k in ("source", "cue"))
            return Words(source=source, cue=cue, content=" ".join(whole[i:j] for i, j in s["spans"]["content"]))

        for d in f["disputes"]:
            pairs = [(b, o) for b in told.get(d["by"], ()) for o in told.get(d["of"], ())]
            if pairs:
                b, o = min(pairs, key=lambda p: p[0]["article"] != p[1]["article"])
                one = b["speaker"] is not None and b["speaker"] == o["speaker"]
                out.append((f["family"], d["relation"], signs(words(b), words(o), one_actor=one)))
    return out


def fitted(made: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Relation -> the weights of signs."""
    seen = Counter(n for _, _, held in made for n in held)
    table = DictVectorizer()
    x = table.fit_transform([{n: 1.0 for n in sorted(held) if seen[n] >= SEEN} for _, _, held in made])
    fit = LogisticRegression(C=STRENGTH, max_iter=60, tol=1e-2).fit(x, [r for _, r, _ in made])
    out: dict[str, dict[str, float]] = {}
    for r in RELATIONS:
        weights = fit.coef_[list(fit.classes_).index(r)]
        out[r] = {n: round(float(w), 2) for n, w in zip(table.feature_names_, weights, strict=True) if abs(w) >= LEAST}
        out[r][""] = round(float(fit.intercept_[list(fit.classes_).index(r)]), 3)
    return out


def told(weights: dict[str, dict[str, float]], held: frozenset[str]) -> str:
    return max(RELATIONS, key=lambda r: sum(weights[r].get(n, 0.0) for n in (*held, "")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--check", action="store_true")
    o = parser.parse_args()
    bench = rows(json.loads(p.read_text("utf8")) for p in sorted((o.shared / "bench/train").glob("*.json")))
    written = list(dossiers())
    more = rows(d for d in written if d["family"] not in HELD_DOSSIERS)
    if o.check:
        names = sorted({f for f, *_ in bench})
        right = 0
        for k in range(FOLDS):
            out = set(names[k::FOLDS])
            some = [r for r in bench if r[0] not in out]
            fit = fitted([*some, *more])
            right += sum(told(fit, r[2]) == r[1] for r in bench if r[0] in out)
        print(f"bench/train, families left out in turn: {right / len(bench):.3f} of {len(bench)}")
    fit = fitted([*bench, *more])
    held = rows(d for d in written if d["family"] in HELD_DOSSIERS)
    print(f"dossiers held back: {np.mean([told(fit, r[2]) == r[1] for r in held]):.3f} of {len(held)}")
    print("signs:", {r: len(w) for r, w in fit.items()})
    if not o.check:
        stored = json.loads(WEIGHTS.read_text("utf8"))
        for r, weights in fit.items():
            constant = weights.pop("")
            stored["weighings"][f"worded {r}"] = {"weights": weights, "constant": constant, "threshold": 0.5}
        WEIGHTS.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", "utf8")


if __name__ == "__main__":
    main()
