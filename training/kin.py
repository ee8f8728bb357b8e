"""Fits kinship and lineage, writes weights/kin.json: python -m training.kin --shared ../shared

On bench/train, written/, data/rewrites, data/wire and data/independents; rarities are counted over
data/wire/background, data/polnear/train and the originals of data/rewrites. Never on bench/dev. `--hold f51,f52` keeps
families out, for measuring while developing; the file that ships is fitted on all of bench/train and of written/. Of
its large dossiers kinship itself learns nothing; they teach which of several a document was made from, whether from any
(beside what sets them apart), and whether from a second one too.

Regressions are logistic over broken lines, with a ridge: Newton's method, in numpy alone.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from stemmata.collate import kin as k
from stemmata.collate import rivals as r
from stemmata.collate.candidates import Index, marks
from stemmata.collate.precedence import either_way, one_day, order_evidence, retelling, weighed
from stemmata.collate.stemma import RIVAL
from stemmata.collate.witness import TOKEN, Witness, folded, stem
from stemmata.model import Document
from stemmata.read.credit import credits
from stemmata.surface import quotations
from stemmata.weighing import chance as chance_of

from . import precedence
from .written import LARGE, dossiers

OUT = Path(__file__).parent.parent / "src/stemmata/weights/kin.json"
SEEN = 4  # texts in which a stem must occur to be in the table of rarities
FOLDS = 6
# How much a pair counts. Rewrites are many and easy; the families of the bench and the few real copies are neither.
WEIGHT = {
    "bench": 2.0,
    "kin": 0.3,
    "basil": 2.0,
    "excerpt": 3.0,
    "wire": 3.0,
    "shared-quotation": 1.0,
    "rewrites": 0.6,
    "siblings": 0.1,
    "background": 0.3,
    "strangers": 0.15,
}
# A document among all versions of its family counts most; without the parts that are left out at random the fit would
# lean on how many versions the families of the bench have.
WHOLE = 10.0
ASIDE = 0.3  # what a choice among rivals counts that is no bench family's
ALONE = {"basil": 6.0, "rewrites": 2.0, "wire": 2.0, "excerpt": 2.0}
BENDS = {"kin": 1, "made": 1}  # bends of the lines of a regression; the others are straight
TWICE = 0.5  # a family is told twice, at its own times and at others (`retimed`)
WRITTEN = 0.33  # what a dossier of written/ counts, told once: of 0.33 and 0.5 the better, families left out
# What a family of bench/train counts, each time, in whether there is a second parent: its versions of one second parent
# teach which of them it is, those of the dossiers, mostly alone, that there is one. Of 0.5, 1 and 2, families left out.
MERGED = 1.0
# Of WRITTEN, in whether a document was made from another (counted whole, versions of bench/train are missed), and in
# which of several what a large dossier counts (left out, 0.2, 0.4 and 0.7 are much alike, and better than 0)
SPARE = 0.4
RIDGE = {"kin": 25.0, "copy": 10.0, "parent": 2.0, "undated": 2.0, "made": 5.0, "direct": 3.0, "second": 1.0}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]


def document(row: Mapping[str, Any], *, text: str = "text", published: str = "published") -> Document:
    return Document(
        id=row["id"], text=row[text], outlet=row.get("outlet"), published=row.get(published), credits=credits(row[text])
    )


def rarities(shared: Path) -> tuple[dict[str, float], float]:
    """log(texts / texts with the stem), and what a stem that is in none of them gets."""
    texts = [row["text"] for row in rows(shared / "data/wire/background.jsonl")]
    texts += [row["text"] for row in rows(shared / "data/polnear/train.jsonl")]
    texts += [row["original"] for row in rows(shared / "data/rewrites/articles.jsonl") if row["method"] == "rewrite"]
    found: Counter[str] = Counter()
    for text in texts:
        found.update({stem(folded(m[0])) for m in TOKEN.finditer(text)})
    table = {s: round(math.log(len(texts) / n), 1) for s, n in found.items() if n >= SEEN}
    return table, round(math.log(len(texts) / 2), 1)


@dataclass(frozen=True, kw_only=True)
class Pair:
    group: str
    kind: str
    joined: bool
    weight: float
    earlier: str
    later: str
    shared: k.Shared
    back: k.Shared  # the other way round
    order: Mapping[str, float]  # what tells, without times, that the earlier was first, but for its words


def compared(a: Witness, b: Witness, *, group: str, kind: str, joined: bool, weight: float) -> Pair:
    there = k.shared(a, b)
    order = order_evidence(a, b, k.Kin(earlier=a.id, later=b.id, probability=1.0, copy=0.0, shared=there))
    return Pair(group=group, kind=kind, joined=joined, weight=weight, earlier=a.id, later=b.id, shared=there,
                back=k.shared(b, a), order=order)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Family:
    id: str
    witnesses: dict[str, Witness]
    kinds: dict[str, str]
    parents: dict[str, tuple[str, ...]]
    weight: float = TWICE


def family(row: Mapping[str, Any], weight: float, rarity: Mapping[str, float], unknown: float) -> Family:
    articles = row["articles"]
    return Family(
        id=row["family"],
        witnesses={a["id"]: Witness(document(a), rarity, unknown) for a in articles},
        kinds={a["id"]: a["kind"] for a in articles},
        parents={a["id"]: tuple(a["parents"]) for a in articles},
        weight=weight,
    )


OUTSIDERS = ("independent", "reaction", "distractor")


def retimed(family: Family, rarity: Mapping[str, float], unknown: float) -> Family:
    """The family once more, its outsiders come when its versions come, and some other newsroom before the origin.

    In bench/train an answer comes three days after and a distractor years apart, which a fit would lean on; elsewhere
    an answer comes within the hour. What a version draws on still comes before it. Documents get ids of their own.
    """
    versions = [i for i, kind in family.kinds.items() if kind not in OUTSIDERS]
    times = {i: w.time or 0.0 for i, w in family.witnesses.items()}
    start = min(times[i] for i in versions)
    delays = sorted(times[i] - start for i in versions if times[i] > start)
    for i, kind in family.kinds.items():
        if kind in OUTSIDERS:
            drawn = crc32(f"{family.id} {i}".encode())
            delay = delays[drawn % len(delays)] * (0.9 + 0.2 * (drawn >> 8 & 255) / 255)
            if kind == "independent" and drawn >> 16 & 3 == 0:
                delay = -delay / 3
            made = [times[c] for c, parents in family.parents.items() if i in parents]
            times[i] = min([start + delay, *((start + t) / 2 for t in made)])
    name = {i: f"{i} retimed" for i in family.kinds}
    witnesses = {}
    for i, w in family.witnesses.items():
        told = replace(w.document, id=name[i], published=datetime.fromtimestamp(times[i], UTC).isoformat())
        witnesses[name[i]] = Witness(told, rarity, unknown)
    return Family(
        id=family.id,
        witnesses=witnesses,
        kinds={name[i]: kind for i, kind in family.kinds.items()},
        parents={name[i]: tuple(name[p] for p in parents) for i, parents in family.parents.items()},
    )


def bench_pairs(family: Family) -> Iterable[Pair]:
    def ancestors(i: str) -> set[str]:
        return {i}.union(*(ancestors(p) for p in family.parents[i]))

    above = {i: ancestors(i) for i in family.parents}
    order = sorted(family.witnesses, key=lambda i: (family.witnesses[i].time or 0, i))
    for a, b in combinations(order, 2):
        common = above[a] & above[b]
        direct = a in family.parents[b]
        inside = any(family.kinds[x] in ("origin", "copy", "rewrite") for x in common)
        # two texts that both drew on an independent one: neither kin nor strangers
        unclear = bool(common) and not direct and not inside
        kind = "copy" if direct and family.kinds[b] == "copy" else "bench" if direct or not common else "kin"
        weight = 0.0 if unclear else family.weight * WEIGHT["kin" if kind == "kin" else "bench"]
        both = family.witnesses[a], family.witnesses[b]
        yield compared(*both, group=family.id, kind=kind, joined=bool(common), weight=weight)


Others = list[tuple[Pair, tuple[Witness, Witness]]]


def other_pairs(shared: Path, rarity: Mapping[str, float], unknown: float) -> Others:
    found: Others = []

    def put(group: str, kind: str, joined: bool, a: Witness, b: Witness) -> None:
        found.append((compared(a, b, group=group, kind=kind, joined=joined, weight=WEIGHT[kind]), (a, b)))

    def witness(row: Mapping[str, Any], text: str = "text") -> Witness:
        # their credits are left aside: outlets of one agency's subscribers are named in each other's texts anyway
        plain = Document(id=f"{row['id']}.{text}", text=row[text], outlet=row.get("outlet"), published=row.get("date"))
        return Witness(plain, rarity, unknown)

    events = defaultdict(list)
    for row in rows(shared / "data/independents/articles.jsonl"):
        events[row["event"]].append(witness(row))
    for event, told in events.items():
        for a, b in combinations(told, 2):
            put(event, "basil", False, a, b)
    articles = {row["id"]: (row["kind"], witness(row)) for row in rows(shared / "data/wire/families.jsonl")}
    for row in rows(shared / "data/wire/pairs.jsonl"):
        (kind, a), (_kind, b) = articles[row["a"]], articles[row["b"]]
        put(row["family"], kind, kind != "shared-quotation", a, b)
    heap: list[tuple[str, Witness]] = []
    made: dict[str, list[Witness]] = defaultdict(list)
    for row in [*rows(shared / "data/rewrites/articles.jsonl"), *rows(shared / "data/rewrites/short.jsonl")]:
        # they come without dates: half of the originals get one, and their rewrites that of the next day
        dated = crc32(row["group"].encode()) % 2
        made[row["group"]] = made[row["group"]] or [witness(row | {"date": "2024-01-01" * dated or None}, "original")]
        made[row["group"]].append(witness(row | {"date": "2024-01-02" * dated or None}, "rewrite"))
    for group, (parent, *children) in made.items():
        for child in children:
            put(group, "rewrites", True, parent, child)
        for a, b in combinations(children, 2):
            put(group, "siblings", True, a, b)
        heap += [(group, w) for w in (parent, *children)]
    topics = defaultdict(list)
    for row in rows(shared / "data/wire/background.jsonl"):
        topics[row["topic"]].append(row)
    for topic, some in sorted(topics.items()):
        told = [witness(row) for row in some[:40]]
        for a, b in pairwise(told):
            put(topic, "background", False, a, b)
    heap += [(row["id"], witness(row)) for row in rows(shared / "data/wire/background.jsonl")]
    for group, a, b in strangers(heap):
        put(group, "strangers", False, a, b)
    return found


def strangers(heap: Sequence[tuple[str, Witness]]) -> Iterable[tuple[str, Witness, Witness]]:
    """Texts of different stories that the index would have compared: the hardest negatives. One in three, by hash.

    Two of the collection's originals can be one story all the same: pairs that share a long run are left out.
    """
    index = Index()
    held: dict[str, tuple[str, Witness]] = {}
    for group, witness in heap:
        if witness.id in held:
            continue
        found = marks(witness)
        for other in index.candidates(found):
            theirs, w = held[other]
            pair = f"{other} {witness.id}"
            if theirs != group and crc32(pair.encode()) % 3 == 0 and not len(w.runs & witness.runs) > 12:
                yield group, w, witness
        index.add(witness.id, found)
        held[witness.id] = (group, witness)


def knots(values: np.ndarray, many: int) -> list[float]:
    """Where the line of an evidence starts and bends: its least value, and `many` quantiles between."""
    cuts = [float(values.min()), *np.quantile(values, [(i + 1) / (many + 1) for i in range(many)])]
    return sorted({round(float(c), 4) for c in cuts if c < values.max() - 1e-6})


class Basis:
    """Broken lines of named evidence, standardised; turns fitted coefficients back into slopes."""

    def __init__(
        self, evidence: Sequence[Mapping[str, float]], names: Sequence[str], many: int, *, constant: bool = True
    ) -> None:
        self.constant = constant
        self.columns: list[tuple[str, float]] = []
        for name in names:
            values = np.array([e[name] for e in evidence])
            self.columns += [(name, knot) for knot in knots(values, many if len(set(values)) > 4 else 0)]
        raw = self.raw(evidence)
        self.mean, self.deviation = raw.mean(0), raw.std(0) + 1e-9

    def raw(self, evidence: Sequence[Mapping[str, float]]) -> np.ndarray:
        return np.array([[max(0.0, e[name] - knot) for name, knot in self.columns] for e in evidence])

    def matrix(self, evidence: Sequence[Mapping[str, float]]) -> np.ndarray:
        x = (self.raw(evidence) - self.mean) / self.deviation
        return np.hstack([x, np.ones((len(x), 1))]) if self.constant else x

    def lines(self, beta: np.ndarray) -> dict[str, list[tuple[float, float]]]:
        slopes = beta[: len(self.columns)] / self.deviation
        found: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for (name, knot), slope in zip(self.columns, slopes, strict=True):
            found[name].append((knot, round(float(slope), 4)))
        if self.constant:
            found["constant"].append((0.0, round(float(beta[-1] - (slopes * self.mean).sum()), 4)))
        return dict(found)


def logistic(x: np.ndarray, y: np.ndarray, weight: np.ndarray, ridge: float) -> np.ndarray:
    """Newton's method; the last column, the constant, is not held back."""
    beta = np.zeros(x.shape[1])
    hold = np.full(x.shape[1], ridge)
    hold[-1] = 1e-6
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + hold * beta
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(hold)
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if np.abs(step).max() < 1e-7:
            break
    return beta


def choice(x: np.ndarray, right: np.ndarray, sizes: np.ndarray, weight: np.ndarray, ridge: float) -> np.ndarray:
    """Conditional logit: of each run of `sizes` rows of `x` one is chosen, any of those marked in `right`."""
    beta = np.zeros(x.shape[1])
    starts = np.cumsum(sizes) - sizes
    run = np.repeat(np.arange(len(sizes)), sizes)

    def shares(raised: np.ndarray) -> np.ndarray:
        return raised / np.add.reduceat(raised, starts)[run]

    for _ in range(60):
        s = x @ beta
        p = shares(np.exp(s - np.maximum.reduceat(s, starts)[run]))
        mean = np.add.reduceat(x * p[:, None], starts)
        gradient = ridge * beta + x.T @ (weight[run] * (p - shares(p * right)))
        hessian = ridge * np.eye(len(beta)) + (x * (weight[run] * p)[:, None]).T @ x - (mean.T * weight) @ mean
        step = np.linalg.solve(hessian, gradient)
        beta -= np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-6:
            break
    return beta


def fold(group: str) -> int:
    return crc32(group.encode()) % FOLDS


def fitted_pairs(pairs: Sequence[Pair], target: str) -> tuple[dict[str, Any], np.ndarray, np.ndarray]:
    """Lines for kinship (`kin`) or `copy`, and for each pair the log-odds of a fit without its own group, this way
    round and the other."""
    evidence = [k.likeness(p.shared) for p in pairs]
    y = np.array([float(p.joined if target == "kin" else p.kind == "copy" or p.kind == "wire") for p in pairs])
    w = np.array([p.weight for p in pairs])
    basis = Basis(evidence, list(evidence[0]), BENDS.get(target, 0))
    x, turned = basis.matrix(evidence), basis.matrix([k.likeness(p.back) for p in pairs])
    out, back = np.zeros(len(pairs)), np.zeros(len(pairs))
    for f in range(FOLDS):
        test = np.array([fold(p.group) == f for p in pairs])
        beta = logistic(x[~test], y[~test], w[~test], RIDGE[target])
        out[test], back[test] = x[test] @ beta, turned[test] @ beta
    return basis.lines(logistic(x, y, w, RIDGE[target])), out, back


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A child, its rivals for parenthood with their evidence, and which of them is right."""

    group: str
    child: str
    rivals: tuple[str, ...]
    evidence: tuple[dict[str, float], ...]
    right: tuple[bool, ...]
    dated: bool
    weight: float


Kins = Mapping[tuple[str, str], k.Kin]  # the earlier of two, the later -> what they are


def judged(pair: Pair, odds: float) -> k.Kin:
    return k.Kin(earlier=pair.earlier, later=pair.later, probability=chance_of(odds), copy=0.0, shared=pair.shared)


def turned(pair: Pair, odds: float) -> k.Kin:
    """The pair the other way round."""
    return k.Kin(earlier=pair.later, later=pair.earlier, probability=chance_of(odds), copy=0.0, shared=pair.back)


def trials(family: Family, pairs: Kins, *, dated: bool) -> Iterable[Trial]:
    """A trial for each document that has a parent; undated ones also have the later documents as rivals, in `pairs`."""
    for child, parents in family.parents.items():
        mine = family.witnesses[child]
        rivals, kins = [], []
        for other, witness in family.witnesses.items():
            pair = pairs.get((other, child))
            if other != child and pair and pair.probability >= RIVAL:
                rivals.append(witness)
                kins.append(pair)
        if parents and rivals:
            right = tuple(w.id in parents for w in rivals)
            if any(right):
                yield Trial(group=family.id, child=child, rivals=tuple(w.id for w in rivals), right=right, dated=dated,
                            evidence=tuple(r.standing(mine, rivals, kins)), weight=family.weight)  # fmt: skip


def bare(family: Family, rarity: Mapping[str, float], unknown: float) -> Family:
    """The family without its quotations: a parent must be known by the rest too, where all quote alike."""

    def witness(document: Document) -> Witness:
        text, at, kept = document.text, 0, []
        for q in sorted(q.span for q in quotations(text)):
            if q.start >= at:
                kept.append(text[at : q.start])
                at = q.end
        return Witness(replace(document, text="".join([*kept, text[at:]])), rarity, unknown)

    return replace(family, witnesses={i: witness(w.document) for i, w in family.witnesses.items()})


# The evidence of a choice, one after the other by how much it adds, with folds, on trials whole and bare.
CHOICE = {
    "parent": ("rare_missed", "kin", "copied", "half_parent", "quotes_alone", "credited", "quotes_left", "runs_missed",
               "told_parent", "quotes_missed", "told_alone", "quotes_explained", "other_credited", "words_alone",
               "links_alone", "values_own", "values_alone", "values_changed", "half_child"),
    "undated": ("credited", "kin", "links_taken", "names_missed", "quotes_explained", "longer", "said_child",
                "other_credited", "half_child", "values_alone"),
    "second": ("words_beyond_count", "quotes_beyond_alone", "links_beyond_count", "runs_beyond_alone", "first_kin",
               "credited", "kin", "runs_first", "words_beyond", "links_first", "links_beyond", "words_ahead",
               "runs_ahead", "told_ahead", "link"),
}  # fmt: skip


# And all that a rival misses.
AGAINST = frozenset(("copied", "quotes_left", "other_credited", "links_taken", "values_own", "values_changed"))


def fitted_choice(found: Sequence[Trial], target: str) -> tuple[dict[str, Any], dict[int, dict[str, Any]]]:
    """Lines for the choice among rivals; and, by fold, those of a fit without it.

    What a rival shares may only speak for it, what it misses only against it: evidence that would speak the other way
    leans on others that it goes with in these families, and is left out.
    """
    basis = Basis([e for t in found for e in t.evidence], CHOICE[target], 0, constant=False)
    x = basis.matrix([e for t in found for e in t.evidence])
    right = np.array([r for t in found for r in t.right], float)
    sizes = np.array([len(t.evidence) for t in found])
    weight = np.array([t.weight for t in found])
    sign = np.array([-1 if name in AGAINST or name.endswith("_missed") else 1 for name, _ in basis.columns])

    def lines(chosen: np.ndarray) -> dict[str, Any]:
        rows_, kept = np.repeat(chosen, sizes), np.arange(len(sign))
        while True:
            beta = choice(x[rows_][:, kept], right[rows_], sizes[chosen], weight[chosen], RIDGE[target])
            wrong = beta * sign[kept]
            if wrong.min() >= 0:
                break
            kept = np.delete(kept, wrong.argmin())
        whole = np.zeros(len(sign))
        whole[kept] = beta
        return {name: line for name, line in basis.lines(whole).items() if line[0][1]}

    folds = np.array([fold(t.group) for t in found])
    return lines(folds >= 0), {f: lines(folds != f) for f in range(FOLDS)}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One document among some rivals: was it made from one, was the likeliest its very parent?"""

    group: str
    kind: str
    evidence: dict[str, float]
    made: bool
    direct: bool
    weight: float
    large: bool = False  # of a dossier as large as a family of bench/train


def shares_of(rows_: Sequence[Mapping[str, float]], lines: k.Lines) -> list[float]:
    s = np.array([k.log_odds(lines, row) for row in rows_])
    e = np.exp(s - s.max())
    return list(e / e.sum())


def cases(family: Family, timed: Kins, untimed: Kins, apart: Mapping[str, Mapping[int, k.Lines]]) -> Iterable[Case]:
    """Each document with all its rivals, and with some of them left out: a case at hand is seldom whole."""
    chance = np.random.default_rng(crc32(family.id.encode()))

    def ancestors(i: str) -> set[str]:
        return {i}.union(*(ancestors(p) for p in family.parents[i]))

    for child, parents in family.parents.items():
        mine = family.witnesses[child]
        for dated in (True, False):
            every = []
            for other, witness in family.witnesses.items():
                pair = (timed if dated else untimed).get((other, child))
                if pair and pair.probability >= RIVAL:
                    every.append((witness, pair))
            if not every or (not dated and family.kinds[child] == "origin"):
                continue
            draws = [list(range(len(every)))]
            draws += [
                sorted(chance.choice(len(every), size=chance.integers(1, len(every)), replace=False))
                for _ in range(2 if dated and len(every) > 1 else 0)
            ]
            for draw in draws:
                some = [every[i] for i in draw]
                rivals, kins = [w for w, _ in some], [p for _, p in some]
                standing = r.standing(mine, rivals, kins)
                share = shares_of(standing, apart["parent" if dated else "undated"][fold(family.id)])
                best = rivals[int(np.argmax(share))].id
                above = ancestors(child) - {child}
                whole = draw is draws[0]
                made = bool(parents) and any(ancestors(w.id) & ancestors(child) for w in rivals)
                yield Case(
                    group=family.id,
                    kind="whole" if whole and dated else "part",
                    evidence=r.derivation(mine, rivals, kins, standing, share),
                    made=made,
                    direct=best in above,
                    weight=family.weight * ((WHOLE if whole else 0.4) if dated else 0.3),
                )


Near = list[tuple[Pair, Witness, k.Kin]]


def gathered(others: Others, odds: Sequence[float], undated: Sequence[float]) -> list[tuple[Witness, Near]]:
    """The other data as in a heap: each document with those that it is paired with, strangers among them. `undated` are
    their log-odds where no time tells which came first."""
    around: dict[str, Near] = defaultdict(list)
    by_id: dict[str, Witness] = {}
    for (pair, (a, b)), told, untold in zip(others, odds, undated, strict=True):
        o = told if r.is_before(a, b) or r.is_before(b, a) else untold - one_day(a, b)
        if chance_of(o) < RIVAL:
            continue
        by_id |= {a.id: a, b.id: b}
        if not r.is_before(b, a):
            around[b.id].append((pair, a, judged(pair, o)))
        # of kin without dates the later in the list is the child; two rewrites of one text are rivals of each other
        if not (pair.joined and pair.kind != "siblings") and not r.is_before(a, b):
            around[a.id].append((pair, b, turned(pair, o)))
    # where a text has its sibling for a rival and not its original, there is nothing to be right about
    return [(by_id[child], near) for child, near in around.items() if near[0][0].kind != "siblings"]


def gathered_trials(told: Sequence[tuple[Witness, Near]], *, dated: bool) -> Iterable[Trial]:
    for mine, near in told:
        rivals = [w for _, w, _ in near]
        right = tuple(p.joined and p.kind != "siblings" for p, _, _ in near)
        if any(right) and not all(right) and dated == all(r.is_before(w, mine) for w in rivals):
            yield Trial(group=near[0][0].group, child=mine.id, rivals=tuple(w.id for w in rivals), right=right,
                        dated=dated, evidence=tuple(r.standing(mine, rivals, [x for _, _, x in near])),
                        weight=ASIDE)  # fmt: skip


def gathered_cases(told: Sequence[tuple[Witness, Near]], apart: Mapping[str, Mapping[int, k.Lines]]) -> Iterable[Case]:
    for mine, near in told:
        rivals, kins, first = [w for _, w, _ in near], [x for _, _, x in near], near[0][0]
        rows_ = r.standing(mine, rivals, kins)
        dated = all(r.is_before(w, mine) for w in rivals)
        share = shares_of(rows_, apart["parent" if dated else "undated"][fold(first.group)])
        yield Case(
            group=first.group,
            kind=first.kind,
            evidence=r.derivation(mine, rivals, kins, rows_, share),
            made=first.joined,
            direct=first.joined,
            weight=first.weight * ALONE.get(first.kind, 1.0),
        )


def fitted_case(found: Sequence[Case], target: str) -> dict[str, Any]:
    kept = [c for c in found if target == "made" or c.made]
    # what sets the large dossiers apart as a whole is fitted beside the evidence, and left out of the lines
    evidence = [c.evidence | {"large": float(c.large)} for c in kept]
    y = np.array([float(c.made if target == "made" else c.direct) for c in kept])
    w = np.array([c.weight for c in kept])
    basis = Basis(evidence, list(evidence[0]), BENDS.get(target, 0))
    x = basis.matrix(evidence)
    out = np.zeros(len(kept))
    for f in range(FOLDS):
        test = np.array([fold(c.group) == f for c in kept])
        out[test] = x[test] @ logistic(x[~test], y[~test], w[~test], RIDGE[target])
    wrong = (out >= 0) != (y == 1)
    missed, false = int((wrong & (y == 1)).sum()), int((wrong & (y == 0)).sum())
    share = (w * wrong).sum() / w.sum()
    print(f"  {target}: {len(kept)} cases, by folds wrong {share:.3f} by weight; missed {missed}, false {false}")
    lines = basis.lines(logistic(x, y, w, RIDGE[target]))
    return {name: line for name, line in lines.items() if name != "large"}


def seconds(
    family: Family, pairs: Kins, lines: Mapping[int, k.Lines], weight: float
) -> Iterable[tuple[str, dict[str, float], bool, float]]:
    for child, parents in family.parents.items():
        mine = family.witnesses[child]
        some = [
            (w, pairs[o, child])
            for o, w in family.witnesses.items()
            if (o, child) in pairs and pairs[o, child].probability >= RIVAL
        ]
        if not parents or len(some) < 2:
            continue
        share = shares_of(r.standing(mine, [w for w, _ in some], [p for _, p in some]), lines[fold(family.id)])
        first = some[int(np.argmax(share))][0]
        if first.id not in parents:
            continue
        by_id = {p.earlier: p for _, p in some}
        for other, _pair in some:
            if other is not first:
                link = pairs.get((first.id, other.id)) or pairs.get((other.id, first.id))
                if link:
                    rest = [w for w, _ in some if w is not other and w is not first]
                    seen = r.addition(mine, first, other, rest, by_id, link)
                    yield family.id, seen, other.id in parents, weight


def packed(table: Mapping[str, float]) -> dict[str, str]:
    """Stems by their rarity in hundredths."""
    lists: dict[int, list[str]] = defaultdict(list)
    for word, value in table.items():
        lists[round(value * 100)].append(word)
    return {str(value): " ".join(sorted(words)) for value, words in sorted(lists.items())}


@dataclass(frozen=True, kw_only=True)
class Gold:
    """All that is fitted on: families of bench/train and of written/ with their documents' pairs, and other pairs."""

    families: list[Family]
    retimed: list[Family]
    written: list[Family]
    large: list[Family]
    bare: list[Family]
    bench: list[Pair]  # of `families`, `retimed`, `written` and `large`
    others: Others
    turns: list[precedence.Example]  # versions and their parents, of all these
    rarity: dict[str, float]
    unknown: float

    def without(self, held: Callable[[str], bool]) -> Gold:
        """The same without the families, events and originals whose name is `held`."""
        return replace(
            self,
            families=[f for f in self.families if not held(f.id)],
            retimed=[f for f in self.retimed if not held(f.id)],
            written=[f for f in self.written if not held(f.id)],
            large=[f for f in self.large if not held(f.id)],
            bare=[f for f in self.bare if not held(f.id)],
            bench=[p for p in self.bench if not held(p.group)],
            others=[(p, w) for p, w in self.others if not held(p.group)],
            turns=[e for e in self.turns if not held(e.group)],
        )


def gold(shared: Path) -> Gold:
    rarity, unknown = rarities(shared)
    rows_ = [json.loads(path.read_text("utf8")) for path in sorted((shared / "bench/train").glob("*.json"))]
    families = [family(row, TWICE, rarity, unknown) for row in rows_]
    again = [retimed(f, rarity, unknown) for f in families]
    told = [family(row, WRITTEN, rarity, unknown) for row in dossiers()]
    written, large = [[f for f in told if (len(f.kinds) >= LARGE) == many] for many in (False, True)]
    aside = [replace(p, weight=0.0) for f in large for p in bench_pairs(f)]
    return Gold(
        families=families,
        retimed=again,
        written=written,
        large=large,
        bare=[bare(f, rarity, unknown) for f in families],
        bench=[*(p for f in (*families, *again, *written) for p in bench_pairs(f)), *aside],
        others=other_pairs(shared, rarity, unknown),
        turns=precedence.examples(shared, rarity, unknown),
        rarity=rarity,
        unknown=unknown,
    )


def fit(told: Gold) -> dict[str, Any]:
    families, bench, others = [*told.families, *told.retimed, *told.written], told.bench, told.others
    pairs = [*bench, *(p for p, _ in others)]
    print(f"{len(families)} families, {len(bench)} pairs of theirs, {len(others)} others")
    lines, odds, back = fitted_pairs(pairs, "kin")
    copy, _, _ = fitted_pairs([p for p in pairs if p.joined], "copy")
    first = precedence.fit(told.turns)
    untold = [either_way(*way) for way in zip(odds, back, came_first(told, first), strict=True)]
    kins = {(p.earlier, p.later): judged(p, o) for p, o in zip(bench, odds, strict=False)}
    undated = {(p.earlier, p.later): judged(p, o) for p, o in zip(bench, untold, strict=False)}
    undated |= {(p.later, p.earlier): turned(p, o) for p, o in zip(bench, untold, strict=False)}
    out: dict[str, Any] = {"kin": lines, "copy": copy}
    apart = {}
    around = gathered(others, odds[len(bench) :], untold[len(bench) :])
    for target in ("parent", "undated"):
        which = kins if target == "parent" else undated
        tried = [t for f in families for t in trials(f, which, dated=target == "parent")]
        aside = [t for f in told.large for t in trials(f, which, dated=target == "parent")]
        aside = [replace(t, weight=SPARE * t.weight) for t in aside]
        harder = [t for f in told.bare for t in trials(f, which, dated=target == "parent")]
        other = gathered_trials(around, dated=target == "parent")
        out[target], apart[target] = fitted_choice([*tried, *aside, *harder, *other], target)
        right = sum(t.right[int(np.argmax(shares_of(t.evidence, apart[target][fold(t.group)])))] for t in tried)
        print(f"  {target}: {right} of {len(tried)} by folds")
    judgements = [c for f in (*told.families, *told.retimed) for c in cases(f, kins, undated, apart)]
    judgements += [replace(c, weight=SPARE * c.weight) for f in told.written for c in cases(f, kins, undated, apart)]
    judgements += gathered_cases(around, apart)
    large = [
        replace(c, weight=SPARE * c.weight, large=True) for f in told.large for c in cases(f, kins, undated, apart)
    ]
    out["made"] = fitted_case([*judgements, *large], "made")
    out["direct"] = fitted_case(judgements, "direct")
    drawn = [s for f in (*told.families, *told.retimed) for s in seconds(f, kins, apart["parent"], MERGED)]
    drawn += [s for f in (*told.written, *told.large) for s in seconds(f, kins, apart["parent"], f.weight)]
    out["second"] = fitted_second(drawn)
    return out | first | {"unknown": told.unknown, "rarity": packed(told.rarity)}


def came_first(told: Gold, fitted: Mapping[str, Any]) -> list[float]:
    """For each of its pairs the log-odds, without times, that the earlier was first (`collate/precedence.py`)."""
    known = k.weights_of({name: {} for name in k.FITTED} | fitted | {"rarity": {}, "unknown": told.unknown})
    every = (*told.families, *told.retimed, *told.written, *told.large)
    by_id = {i: w for f in every for i, w in f.witnesses.items()}
    both = [(p, (by_id[p.earlier], by_id[p.later])) for p in told.bench] + told.others
    retold = {w: retelling(w, known) for _, ways in both for w in ways}
    return [weighed(p.order | {"retelling": retold[b] - retold[a]}, known) for p, (a, b) in both]


def fitted_second(drawn: Sequence[tuple[str, dict[str, float], bool, float]]) -> dict[str, Any]:
    evidence = [e for _, e, _, _ in drawn]
    y = np.array([float(ok) for _, _, ok, _ in drawn])
    basis = Basis(evidence, CHOICE["second"], 0)
    x, w, out = basis.matrix(evidence), np.array([weight for *_, weight in drawn]), np.zeros(len(y))
    for f in range(FOLDS):
        test = np.array([fold(g) == f for g, *_ in drawn])
        out[test] = x[test] @ logistic(x[~test], y[~test], w[~test], RIDGE["second"])
    missed, false = int(((out < 0) & (y == 1)).sum()), int(((out >= 0) & (y == 0)).sum())
    print(f"  second: {int(y.sum())} of {len(y)}; by folds missed {missed}, false {false}")
    return basis.lines(logistic(x, y, w, RIDGE["second"]))


def written(fitted: Mapping[str, Any], out: Path) -> None:
    """Writes kin.json, a line for each of what it holds."""
    lines = (f"{json.dumps(n)}: {json.dumps(v, ensure_ascii=False)}" for n, v in fitted.items())
    out.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--hold", default="", help="families of bench/train to leave out, parted by commas")
    parser.add_argument("--out", type=Path, default=OUT)
    said = parser.parse_args()
    hold = frozenset(said.hold.split(",")) - {""}
    fitted = fit(gold(said.shared).without(hold.__contains__))
    written(fitted, said.out)


if __name__ == "__main__":
    main()
