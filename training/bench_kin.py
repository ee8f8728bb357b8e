"""The figures of families and lineage: python -m training.bench_kin --shared ../shared [--scale 10000 30000 100000]

bench/dev in one heap, by the definitions of bench/score.py; MinHash alone, cosine of TF-IDF alone and cosine of mean
sentence vectors (all-MiniLM-L6-v2) alone beside it, each at the threshold that is best for it on the very texts it is
measured on; the copies, rewrites and independent reports of data/; left-overs; and time, memory and recall at scale.
`--split train --keep f51,f52` measures on families of train; `--held-out` fits six times without a sixth of bench/train
and data/, measures on that sixth and needs no weights: what to look at while developing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from stemmata.collate.families import Heap, families
from stemmata.collate.kin import Weights, weights, weights_of
from stemmata.collate.leftovers import leftovers
from stemmata.collate.witness import SPEAKING, Witness
from stemmata.model import Document, Family
from stemmata.read.credit import credits

from . import kin as fitting
from .kin import rows
from .rewritten import HERE as REWRITTEN

Pairs = set[frozenset[str]]


def gold_articles(shared: Path, split: str, keep: frozenset[str]) -> list[dict[str, Any]]:
    paths = sorted((shared / f"bench/{split}").glob("*.json"))
    return [a for p in paths if not keep or p.stem in keep for a in json.loads(p.read_text("utf8"))["articles"]]


def document(row: dict[str, Any]) -> Document:
    return Document(
        id=row["id"], text=row["text"], outlet=row.get("outlet"), published=row.get("published") or row.get("date"),
        credits=credits(row["text"]),
    )  # fmt: skip


def components(names: Iterable[str], links: Iterable[tuple[str, str]]) -> Pairs:
    """Pairs of names that links connect."""
    top = {n: n for n in names}

    def root(n: str) -> str:
        while top[n] != n:
            n = top[n]
        return n

    for a, b in links:
        top[root(a)] = root(b)
    groups = defaultdict(list)
    for n in top:
        groups[root(n)].append(n)
    return {frozenset(p) for g in groups.values() for p in combinations(g, 2)}


def measure(gold: set[Any], found: set[Any]) -> dict[str, float]:
    right = len(gold & found)
    p, r = right / len(found) if found else 0.0, right / len(gold) if gold else 0.0
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0}


def family_pairs(found: Iterable[Family]) -> Pairs:
    return {frozenset(p) for f in found for p in combinations(f.documents, 2)}


def bench_figures(articles: list[dict[str, Any]], fitted: Weights) -> dict[str, float]:
    edges = {(p, a["id"]) for a in articles for p in a["parents"]}
    gold = components((a["id"] for a in articles), edges)
    found = families([document(a) for a in articles], fitted=fitted)
    pairs, drawn = family_pairs(found), {(e.parent, e.child) for f in found for e in f.edges}
    kinds = {a["id"]: a["kind"] for a in articles}
    print(f"{len(articles)} articles in one heap")
    print("  family pairs", measure(gold, pairs), " lineage edges", measure(edges, drawn))
    for kind in ("independent", "reaction", "distractor"):
        wrong = sorted({d for p in pairs - gold for d in p if kinds[d] == kind})
        print(
            f"  {kind} joined to a family that it is not of: {len(wrong)} of {sum(k == kind for k in kinds.values())}",
            *wrong,
        )
    print("  edges by score:", reliability((e.score, (e.parent, e.child) in edges) for f in found for e in f.edges))
    print("  edges missed", *sorted(f"{p}>{c[-2:]}" for p, c in edges - drawn))
    print("  edges made up", *sorted(f"{p}>{c[-2:]}" for p, c in drawn - edges))
    for name, alone in (
        ("datasketch MinHash LSH alone", minhash(articles, gold)),
        ("cosine of TF-IDF alone", cosine(articles, gold, weighed_words(articles, fitted))),
        ("cosine of sentence vectors alone", cosine(articles, gold, sentence_vectors(articles, fitted))),
    ):
        print(f"  {name}: family pairs at its best threshold {alone}")
    return {"family pairs": measure(gold, pairs)["f1"], "lineage edges": measure(edges, drawn)["f1"]}


def undated_figures(shared: Path, split: str, fitted: Weights) -> None:
    """Which way the wording alone points: each gold edge, and each rewrite of training/rewritten, a heap of its own
    without times and outlets. The weights learn from all but bench/dev: `training.precedence --check` leaves out."""
    text = {a["id"]: a["text"] for a in gold_articles(shared, split, frozenset())}
    gold = [(text[p], a["text"]) for a in gold_articles(shared, split, frozenset()) for p in a["parents"]]
    own = [(r["parent"], r["child"]) for path in sorted(REWRITTEN.glob("*.jsonl")) for r in rows(path)]
    for name, pairs in ((f"bench/{split}", gold), ("training/rewritten", own)):
        heaps = ([Document(id=k, text=x) for k, x in zip("ab", pair, strict=True)] for pair in pairs)
        drawn = [(e.parent, e.child) for heap in heaps for f in families(heap, fitted=fitted) for e in f.edges]
        print(f"without times and outlets, {name}: {drawn.count(('a', 'b'))} of {len(drawn)} edges the right way round")


def reliability(edges: Iterable[tuple[float, bool]]) -> str:
    """Edges by fifths of their score: how many, their mean score, and the share that is right."""
    fifths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in edges:
        fifths[min(4, int(score * 5))].append((score, right))
    return "; ".join(
        f"{len(part)} of mean {np.mean([s for s, _ in part]):.2f} right {np.mean([r for _, r in part]):.2f}"
        for _, part in sorted(fifths.items())
    )


def minhash(articles: list[dict[str, Any]], gold: Pairs) -> dict[str, float] | str:
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return "not measured: pip install datasketch"
    best: dict[str, float] = {"f1": -1.0}
    for size in (1, 2, 3, 5):
        sketches = {}
        for a in articles:
            words = a["text"].lower().split()
            sketch = MinHash(num_perm=128, seed=1)
            for k in range(len(words) - size + 1):
                sketch.update(" ".join(words[k : k + size]).encode())
            sketches[a["id"]] = sketch
        for threshold in np.arange(0.05, 0.65, 0.05):
            lsh = MinHashLSH(threshold=float(threshold), num_perm=128)
            for name, sketch in sketches.items():
                lsh.insert(name, sketch)
            links = [(n, m) for n, s in sketches.items() for m in lsh.query(s) if n < m]
            figures = measure(gold, components(sketches, links)) | {
                "words": size,
                "threshold": round(float(threshold), 2),
            }
            best = max(best, figures, key=lambda f: f["f1"])
    return best


def sentence_vectors(articles: list[dict[str, Any]], fitted: Weights) -> np.ndarray | None:
    """Of each article the mean of its sentences' vectors (all-MiniLM-L6-v2); None without the `train` extra."""
    try:
        import torch
        from transformers import AutoModel, AutoTokenizer

        from .train import base_folder
    except ImportError:
        return None
    folder = base_folder()
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    found = []
    for a in articles:
        witness = fitted.witness(Document(id=a["id"], text=a["text"]))
        told = [s.span.of(a["text"]) for s in witness.sentences]
        batch = tokenizer(told, padding=True, truncation=True, max_length=128, return_tensors="pt")
        with torch.inference_mode():
            tokens, seen = model(**batch).last_hidden_state, batch["attention_mask"][..., None]
        sentences = ((tokens * seen).sum(1) / seen.sum(1)).numpy()
        found.append((sentences / np.linalg.norm(sentences, axis=1, keepdims=True)).mean(0))
    x = np.array(found)
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def weighed_words(articles: list[dict[str, Any]], fitted: Weights) -> np.ndarray:
    counts = [
        Counter(Witness(Document(id=a["id"], text=a["text"]), fitted.rarity, fitted.unknown).stems) for a in articles
    ]
    seen = Counter(s for c in counts for s in c)
    column = {s: k for k, s in enumerate(seen)}
    x = np.zeros((len(articles), len(column)), np.float32)
    for row, c in zip(x, counts, strict=True):
        for s, n in c.items():
            row[column[s]] = (1 + np.log(n)) * np.log(len(articles) / seen[s])
    return x / (np.linalg.norm(x, axis=1, keepdims=True) + 1e-9)


def cosine(articles: list[dict[str, Any]], gold: Pairs, x: np.ndarray | None) -> dict[str, float] | str:
    if x is None:
        return "not measured: pip install 'stemmata[train]'"
    near, names = x @ x.T, [a["id"] for a in articles]
    best: dict[str, float] = {"f1": -1.0}
    for threshold in np.arange(0.1, 1.0, 0.01):
        links = [(names[i], names[j]) for i, j in zip(*np.where(near >= threshold), strict=True) if i < j]
        best = max(
            best,
            measure(gold, components(names, links)) | {"threshold": round(float(threshold), 2)},
            key=lambda f: f["f1"],
        )
    return best


def data_figures(shared: Path, fitted: Weights) -> dict[str, float]:
    reports = rows(shared / "data/independents/articles.jsonl")
    event = {r["id"]: r["event"] for r in reports}
    joined = [
        p
        for p in family_pairs(families([document(r) for r in reports], fitted=fitted))
        if len({event[d] for d in p}) == 1
    ]
    print(f"independents (BASIL): {len(joined)} of 150 pairs of newsrooms joined")
    articles = rows(shared / "data/wire/families.jsonl")
    kind = {a["id"]: a["kind"] for a in articles}
    pairs = family_pairs(families([document(a) for a in articles], fitted=fitted))
    copies: dict[str, list[bool]] = defaultdict(list)
    for row in rows(shared / "data/wire/pairs.jsonl"):
        copies[kind[row["a"]]].append(frozenset((row["a"], row["b"])) in pairs)
    print("wire, joined:", {k: f"{sum(v)} of {len(v)}" for k, v in copies.items()})
    rewritten = [*rows(shared / "data/rewrites/articles.jsonl"), *rows(shared / "data/rewrites/short.jsonl")]
    told, wanted = [], []
    for row in rewritten:
        told.append(Document(id=row["id"], text=row["rewrite"], published="2024-01-02"))
        wanted.append(frozenset((row["group"], row["id"])))
    told += [
        Document(id=g, text=t, published="2024-01-01")
        for g, t in {r["group"]: r["original"] for r in rewritten}.items()
    ]
    pairs = family_pairs(families(told, fitted=fitted))
    share = sum(p in pairs for p in wanted) / len(wanted)
    print(f"rewrites, joined: {share:.3f} of {len(wanted)}")
    return {
        "basil joined": float(len(joined)),
        "rewrites joined": round(share, 4),
        "wire joined": sum(copies["wire"]) / len(copies["wire"]),
    }


class Tally:
    """Family pairs and edges over several fits, each measured on families that it has not seen."""

    def __init__(self) -> None:
        self.gold: Pairs = set()
        self.pairs: Pairs = set()
        self.edges: set[tuple[str, str]] = set()
        self.drawn: set[tuple[str, str]] = set()
        self.scores: list[tuple[float, bool]] = []
        self.strays: Counter[str] = Counter()

    def count(self, some: Sequence[fitting.Family], fitted: Weights) -> None:
        found = families((w.document for x in some for w in x.witnesses.values()), fitted=fitted)
        edges = {(p, c) for x in some for c, parents in x.parents.items() for p in parents}
        kinds = {i: kind for x in some for i, kind in x.kinds.items()}
        right, put = components(kinds, edges), family_pairs(found)
        self.strays.update(kinds[d] for d in {d for p in put - right for d in p})
        self.scores += [(e.score, (e.parent, e.child) in edges) for x in found for e in x.edges]
        self.gold, self.pairs, self.edges = self.gold | right, self.pairs | put, self.edges | edges
        self.drawn |= {(e.parent, e.child) for x in found for e in x.edges}

    def shown(self, name: str) -> None:
        print(f"{name}, each sixth by a fit without it")
        print("  family pairs", measure(self.gold, self.pairs), " lineage edges", measure(self.edges, self.drawn))
        print("  in a wrong pair, by kind:", dict(self.strays))
        print("  edges by score:", reliability(self.scores))


def held_out_figures(shared: Path) -> None:
    told = fitting.gold(shared)
    tallies = {
        "bench/train": (told.families, Tally()),
        "bench/train, outsiders at other times": (told.retimed, Tally()),
        "written": (told.written, Tally()),
        "written, large dossiers": (told.large, Tally()),
    }
    joined: dict[str, list[bool]] = defaultdict(list)
    for f in range(fitting.FOLDS):
        fitted = weights_of(fitting.fit(told.without(lambda name, f=f: fitting.fold(name) == f)))
        for every, tally in tallies.values():
            tally.count([x for x in every if fitting.fold(x.id) == f], fitted)
        others = [
            (p, w) for p, w in told.others if fitting.fold(p.group) == f and p.kind not in ("strangers", "background")
        ]
        for kind in {p.kind for p, _ in others}:
            some = {w.id: w.document for p, ws in others if p.kind == kind for w in ws}
            put = family_pairs(families(some.values(), fitted=fitted))
            joined[kind] += [frozenset((p.earlier, p.later)) in put for p, _ in others if p.kind == kind]
    for name, (_, tally) in tallies.items():
        tally.shown(name)
    print("pairs joined:", {kind: f"{sum(some)} of {len(some)}" for kind, some in sorted(joined.items())})


def leftover_figures(shared: Path) -> None:
    """By page: bench pages are not annotated, so those found are listed, and pages written by people checked."""
    found = {a["id"]: [x.kind for x in leftovers(a["text"])] for a in gold_articles(shared, "train", frozenset())}
    clean = sum(bool(leftovers(r["text"])) for r in rows(shared / "data/wire/background.jsonl"))
    print(
        "left-overs:",
        sum(map(bool, found.values())),
        "pages of bench/train;",
        clean,
        "of 1,000 pages written by people",
    )
    for name, kinds in found.items():
        if kinds:
            print("   ", name, *kinds)


class Substitution:
    """Other words for those of a text, of the same rarity, so that it stays as like and unlike others as news is.

    Numbers become numbers, names of no table become names of no table, words of content others about as common.
    """

    def __init__(self, read: Iterable[Witness], chance: random.Random) -> None:
        self.chance = chance
        found: dict[int, set[str]] = defaultdict(set)
        for witness in read:
            for w, s in zip(witness.words, witness.stems, strict=True):
                if witness.weights[s] >= SPEAKING and w.isalpha():
                    found[int(witness.weights[s])].add(w)
        self.words = {band: sorted(words) for band, words in found.items()}
        most = max(self.words)  # of no table
        ends = ("en", "ar", "o", "im", "ur", "el")
        self.words[most] = [f"{chance.choice(self.words[most])}{chance.choice(ends)}" for _ in range(120_000)]

    def word(self, witness: Witness, stem: str) -> str:
        if stem[0].isdigit():
            return re.sub(r"\d", lambda m: str(self.chance.randint(1, 9)), stem)
        return self.chance.choice(self.words[int(witness.weights[stem])])

    def text(self, witness: Witness, names: dict[str, str]) -> str:
        """The text of `witness` with every content word changed, the same one for the same stem in `names`."""
        text, out, at = witness.document.text, [], 0
        for (start, end), s in zip(witness.places, witness.stems, strict=True):
            if witness.weights[s] >= SPEAKING:
                new = names.get(s) or names.setdefault(s, self.word(witness, s))
                out += [text[at:start], new.capitalize() if text[start].isupper() else new]
                at = end
        return "".join(out) + text[at:]


def heap_of_size(size: int, shared: Path, fitted: Weights, seed: int = 1) -> tuple[list[Document], Pairs]:
    """Articles of bench/train, words substituted: strangers, and 1 % planted rewrites (gold edges, changed alike).

    A planted rewrite has one parent and follows it within two days; strangers come at any hour of a year.
    """
    chance = random.Random(seed)
    articles = {a["id"]: a for a in gold_articles(shared, "train", frozenset())}
    read = {i: fitted.witness(Document(id=i, text=a["text"])) for i, a in articles.items()}
    substitution = Substitution(read.values(), chance)
    edges = [(a["parents"][0], a["id"]) for a in articles.values() if len(a["parents"]) == 1]
    told: list[Document] = []
    planted: Pairs = set()

    def put(source: str, names: dict[str, str], hour: int) -> str:
        name = f"d{len(told)}"
        time = datetime(2030, 1, 1) + timedelta(hours=hour)
        text = substitution.text(read[source], names)
        told.append(Document(id=name, text=text, published=time.isoformat()))
        return name

    for _ in range(size // 100):
        parent, child = chance.choice(edges)
        names: dict[str, str] = {}
        hour = chance.randrange(24 * 365)
        planted.add(frozenset((put(parent, names, hour), put(child, names, hour + chance.randint(1, 48)))))
    sources = list(articles)
    while len(told) < size:
        put(chance.choice(sources), {}, chance.randrange(24 * 365))
    chance.shuffle(told)
    return told, planted


def scale_figures(sizes: Sequence[int], shared: Path, fitted: Weights) -> None:
    for size in sizes:
        told, planted = heap_of_size(size, shared, fitted)
        start, worked = time.perf_counter(), time.process_time()
        heap = Heap(fitted=fitted)
        heap.extend(told)
        pairs = family_pairs(heap.families)
        spent, work = time.perf_counter() - start, time.process_time() - worked
        nominated = sum(heap.nominated(*p) for p in planted)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        joined = sum(p in pairs for p in planted)
        print(
            f"{size} articles: {spent:.0f} s ({work:.0f} s of one core), peak {peak:.2f} GB; planted {len(planted)},",
            end=" ",
        )
        print(f"candidates {nominated / len(planted):.3f}, joined {joined / len(planted):.3f};", end=" ")
        print(f"other pairs joined {len(pairs - planted)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--keep", default="", help="families of the split to measure on, parted by commas; all")
    parser.add_argument("--weights", type=Path, help="another kin.json")
    parser.add_argument("--scale", type=int, nargs="*", default=[])
    parser.add_argument("--only-scale", action="store_true")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--undated", action="store_true", help="only which way pairs without times and outlets point")
    said = parser.parse_args()
    if said.held_out:
        held_out_figures(said.shared)
        return
    fitted = weights_of(json.loads(said.weights.read_text("utf8"))) if said.weights else weights()
    if said.undated:
        undated_figures(said.shared, said.split, fitted)
        return
    if not said.only_scale:
        bench_figures(gold_articles(said.shared, said.split, frozenset(said.keep.split(",")) - {""}), fitted)
        data_figures(said.shared, fitted)
        leftover_figures(said.shared)
    scale_figures(said.scale, said.shared, fitted)


if __name__ == "__main__":
    main()
