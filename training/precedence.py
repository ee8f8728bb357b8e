"""Fits which of two texts came first, where times do not tell (src/stemmata/collate/precedence.py), into kin.json.

    python -m training.precedence --shared ../shared [--check]

On every version and its parent of bench/train, of written/ and rewritten/, and on the articles of data/rewrites, all of
them written by language models. --check writes nothing: how many are the right way round, each sixth (a set of
rewritten/ at a time) by a fit without it, and each collection by a fit without all of that kind.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from stemmata.collate import kin as k
from stemmata.collate import precedence as p
from stemmata.collate.stemma import DOUBTFUL
from stemmata.collate.witness import Witness
from stemmata.model import Document

from .rewritten import HERE as REWRITTEN
from .written import dossiers

FOLDS = 6
WEIGHT = {"bench": 2.0, "written": 0.3, "rewritten": 1.0, "rewrites": 0.3}  # what a pair of each collection counts
LONG = 100  # words from which a text of data/rewrites is an article; the others are posts of a sentence or two
SPREAD = 60  # a word is known when its use differs between the texts of a pair in so many groups
RIDGE = 10.0  # on the words; of 5 to 100, by folds, all alike
RIDGE_EVIDENCE = 5.0
LEAST = 0.3  # words of less weight are left out
STEPS = 12


@dataclass(frozen=True, kw_only=True)
class Example:
    kind: str
    group: str
    evidence: dict[str, float]  # without the words' own
    words: dict[str, float]  # stem -> how much more of the version's words it is than of the parent's, by their roots


def example(kind: str, group: str, parent: Witness, child: Witness) -> Example:
    pair = k.Kin(earlier=parent.id, later=child.id, probability=1.0, copy=0.0, shared=k.shared(parent, child))
    evidence = p.order_evidence(parent, child, pair)
    return Example(kind=kind, group=group, evidence=evidence, words=differences(parent, child))


def differences(parent: Witness, child: Witness) -> dict[str, float]:
    before, after = (Counter(w.stems) for w in (parent, child))
    many, more = len(parent.stems) or 1, len(child.stems) or 1
    found = {s: (after[s] / more) ** 0.5 - (before[s] / many) ** 0.5 for s in {*before, *after}}
    return {s: v for s, v in sorted(found.items()) if v}


def examples(shared: Path, rarity: Mapping[str, float], unknown: float) -> list[Example]:
    def rows(path: Path) -> list[dict[str, Any]]:
        return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]

    def witness(name: str, text: str) -> Witness:
        return Witness(Document(id=name, text=text), rarity, unknown)

    found = []
    told = [json.loads(path.read_text("utf8")) for path in sorted((shared / "bench/train").glob("*.json"))]
    for kind, families in (("bench", told), ("written", dossiers())):
        for row in families:
            texts = {a["id"]: witness(a["id"], a["text"]) for a in row["articles"]}
            edges = [(parent, a["id"]) for a in row["articles"] for parent in a["parents"]]
            found += [example(kind, row["family"], texts[a], texts[b]) for a, b in edges]
    for path in sorted(REWRITTEN.glob("*.jsonl")):
        for row in rows(path):
            parent, child = witness("a", row["parent"]), witness("b", row["child"])
            found.append(example("rewritten", path.stem, parent, child))
    for row in rows(shared / "data/rewrites/articles.jsonl"):
        parent, child = witness("a", row["original"]), witness("b", row["rewrite"])
        if min(len(parent.words), len(child.words)) >= LONG:
            found.append(example("rewrites", row["group"], parent, child))
    return found


def slopes(x: np.ndarray, weight: np.ndarray, ridge: float) -> np.ndarray:
    """Logistic regression without a constant of rows that all stand the right way round; Newton's method."""
    beta = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (chance - 1)) + ridge * beta
        hessian = (x * (weight * chance * (1 - chance))[:, None]).T @ x + ridge * np.eye(len(beta))
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if np.abs(step).max() < 1e-4:
            break
    return beta


class Table:
    """The examples as numbers: a row each."""

    def __init__(self, found: Sequence[Example]) -> None:
        spread: dict[str, set[str]] = defaultdict(set)
        for e in found:
            for s in e.words:
                spread[s].add(e.group)
        self.words = sorted(s for s, groups in spread.items() if len(groups) >= SPREAD)
        column = {s: i for i, s in enumerate(self.words)}
        self.uses = np.zeros((len(found), len(column)))
        for row, e in zip(self.uses, found, strict=True):
            for s, v in e.words.items():
                if s in column:
                    row[column[s]] = 10 * v
        self.names = list(found[0].evidence)
        self.evidence = np.array([[e.evidence[n] for n in self.names] for e in found])
        self.deviation = self.evidence.std(0) + 1e-9
        self.weight = np.array([WEIGHT[e.kind] for e in found])
        self.fold = np.array([crc32(f"{e.kind} {e.group}".encode()) % FOLDS for e in found])
        self.kind = np.array([e.kind for e in found])

    def told(self, learn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The words' weights and the slopes of all evidence, of the rows in `learn`.

        The words are weighed beside the other evidence by what they say of pairs that they were not fitted on.
        """
        out = np.zeros(len(learn))
        for f in range(FOLDS):
            theirs = learn & (self.fold == f)
            some = learn & (self.fold != f)
            out[theirs] = self.uses[theirs] @ slopes(self.uses[some], self.weight[some], RIDGE)
        words = slopes(self.uses[learn], self.weight[learn], RIDGE)
        x = np.c_[self.evidence / self.deviation, out]
        return words, slopes(x[learn], self.weight[learn], RIDGE_EVIDENCE)

    def odds(self, words: np.ndarray, beta: np.ndarray) -> np.ndarray:
        return np.c_[self.evidence / self.deviation, self.uses @ words] @ beta


def fit(found: Sequence[Example]) -> dict[str, Any]:
    """What goes into kin.json: slopes by the name of the evidence, and stems by their weight in hundredths."""
    table = Table(found)
    words, beta = table.told(np.ones(len(found), bool))
    first = {n: round(float(b / d), 4) for n, b, d in zip(table.names, beta, table.deviation, strict=False)}
    # words of little weight are left out
    kept = {s: 10 * w for s, w in zip(table.words, words, strict=True) if abs(10 * w) >= LEAST}
    lists: dict[int, list[str]] = defaultdict(list)
    for s, w in kept.items():
        lists[round(100 * w)].append(s)
    print(f"  first: {len(found)} pairs, {len(kept)} words")
    return {
        "first": first | {"retelling": round(float(beta[-1]), 4)},
        "retelling": {str(v): " ".join(sorted(some)) for v, some in sorted(lists.items())},
    }


def check(found: Sequence[Example]) -> None:
    table = Table(found)
    odds = np.zeros(len(found))
    for f in range(FOLDS):
        aside = table.fold == f
        odds[aside] = table.odds(*table.told(~aside))[aside]
    shown("each sixth by a fit without it", table.kind, odds)
    for kind in WEIGHT:
        aside = table.kind == kind
        odds[aside] = table.odds(*table.told(~aside))[aside]
    shown("each collection by a fit without it", table.kind, odds)


def shown(name: str, kinds: np.ndarray, odds: np.ndarray) -> None:
    print(name)
    for kind in WEIGHT:
        mine = odds[kinds == kind]
        loss = float(np.log1p(np.exp(-mine)).mean())
        doubted, turned = int((mine <= -DOUBTFUL).sum()), int((mine >= DOUBTFUL).sum())
        print(
            f"  {kind}: {int((mine > 0).sum())} of {len(mine)} the right way round, log-loss {loss:.3f}; times would be"
            f" doubted of {doubted}, and of {turned} were they exchanged"
        )
    sure = np.abs(odds)
    for low, high in ((0.0, 1.0), (1.0, 2.0), (2.0, 4.0), (4.0, np.inf)):
        mine = odds[(sure >= low) & (sure < high)]
        said = 1 / (1 + np.exp(-np.abs(mine)))
        print(f"  log-odds {low:g} to {high:g}: {len(mine)}, said {said.mean():.2f}, right {(mine > 0).mean():.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=Path)
    said = parser.parse_args()
    from .kin import OUT, written

    path = said.out or OUT
    row: dict[str, Any] = json.loads(path.read_text("utf8"))
    known = k.weights_of({"first": {}, "retelling": {}} | row)
    found = examples(said.shared, known.rarity, known.unknown)
    if said.check:
        check(found)
    else:
        written(row | fit(found), path)


if __name__ == "__main__":
    main()
