"""Fits who disputes whom, writes weights/dispute.json: python -m training.disputes --shared ../shared

On the families of bench/train, with their gold statements and claims and with those that a case would hold of them
(their stemmata alone are given), never on bench/dev: so a claim that collation takes for two is known for no answer to
itself. One softmax for each claim weighs "answers nothing" against every claim that it may answer
(dispute/disputes.py), with a ridge; a second one, over the likeliest of them, what reading both says beside it; a third
tells the relation. The threshold is the lowest at which the pairs of families left out in turn are right often enough:
a false dispute is worse than a missed one. To be fitted last, for the claims are collation's. `--check` prints the
figures of families left out and writes nothing; `--cost 10000` how long that many statements take.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stemmata.acts import agreed
from stemmata.collate.passages import Version
from stemmata.dispute.disputes import (
    OUTRIGHT,
    Answer,
    Pair,
    answers,
    as_sure_as_said,
    chances,
    disputes,
    likely,
    read_beside,
    relation_odds,
    target_odds,
    told_outright,
)
from stemmata.model import RELATIONS, Actor, Claim, Document, Edge, Family, Relation, Statement
from stemmata.pairs import reader
from stemmata.weighing import Weighing, weighings

from .claims import (
    GoldFamily,
    Lessons,
    aligning,
    as_found,
    gold_families,
    gold_family,
    judge,
    large_dossiers,
    lessons,
    told_by,
)
from .collated import collated
from .found import resolved, spoken_by, statements_found
from .written import dossiers

WEIGHTS = Path(__file__).parent.parent / "src/stemmata/weights/dispute.json"
FOLDS = 6
RIGHT = 0.75  # precision that the threshold is chosen for
# Of listed and of read evidence, and of relations: the best average precision, and share right, families left out
RIDGE, READ_RIDGE, RELATION_RIDGE = 0.03, 0.01, 0.1
STEPS, RATE = 300, 0.05
READ_ALONE = ("listed", "read best", "read at all", "read likely", "beside answers")
# How the two claims stand to each other; of no use for the relation
STANDING = (
    "near, framed", "near before", "near of by", "near of of", "told together", "together of by", "together of of",
    "mostly just before", "mostly next", "mostly one block", "mostly after", "nearest before", "of answers",
)  # fmt: skip
# "told elsewhere" and "same document" tell an answer from the same claim in another report, taken for two by collation
READ_TARGET = (
    "listed", "listed first", "read", "read likely", "read, ahead", "read, the same",
    *(f"read: {r}" for r in RELATIONS), "told elsewhere", "same document", "same actor", "same actor, elsewhere",
    *STANDING,
)  # fmt: skip

# Of some 12,000 answers of our dossiers 60 name whose claim they answer, of bench/train hardly one: the weight of that
# is the likeliest by these, all others as they are (`--maker`)
MAKER, MAKER_WEIGHT = "by its maker", 2.0

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A family's answers, with the disputes that people found."""

    name: str
    answers: tuple[Answer, ...]
    claim_of: dict[str, str]  # statement -> the claim that it tells, by people
    disputes: dict[tuple[str, str], str]  # (by, of) of such claims -> relation

    def claims(self, pair: Pair) -> tuple[str | None, str | None]:
        """What the two statements of a pair tell, by people."""
        return self.claim_of.get(pair.by.statement.id), self.claim_of.get(pair.of.statement.id)

    def relation(self, pair: Pair) -> str | None:
        return self.disputes.get(self.claims(pair))  # type: ignore[arg-type]


def gold(families: Sequence[GoldFamily]) -> list[Gold]:
    """The answers of all families by their gold statements, read as one case: what else a case holds is among the
    candidates."""
    statements, claims, actors = _told(families)
    return _gold(families, statements, claims, actors, {s.id: s.claim or "" for s in statements})


def _told(families: Sequence[GoldFamily]) -> tuple[list[Statement], list[Claim], list[Actor]]:
    """The gold statements of all families, each with its claim and its actor, and those."""
    statements, told = [], {}
    for f in families:
        for v in f.versions.values():
            for k, s in enumerate(v.statements):
                claim = s.claim or f"{v.document} {k}"
                statements.append(replace(s, claim=claim, actor=s.actor and f"{f.name} {s.actor}"))
    for s in statements:
        told.setdefault(s.claim or "", []).append(s.id)
    claims = [Claim(id=k, gist="", statements=tuple(v)) for k, v in told.items()]
    actors = [Actor(id=n, name=n.partition(" ")[2], kind="person") for n in sorted({s.actor or "" for s in statements})]
    return statements, claims, [a for a in actors if a.id]


def as_held(families: Sequence[GoldFamily], told: Mapping[str, tuple[Statement, ...]], seen: Lessons) -> list[Gold]:
    """The answers of all families as one case would hold them: by `told`, the statements that the encoder finds in each
    article, their actors, and the claims that collation makes of them along the gold edges, each sixth of the families
    by what the others teach (`seen`): what collation has learned by heart it takes for one claim too well."""
    articles = {k: a for f in families for k, a in f.articles.items()}
    edges = {e: 1.0 for f in families for e in f.edges}
    known = {e.family for e in seen.told}
    versions: list[Version] = []
    claims: list[Claim] = []
    for k in range(FOLDS):
        part = families[k::FOLDS]
        scales = weighings() | aligning(seen.of(known - {f.name for f in part}))
        mine, said_once, _ = collated(
            part,
            resolved(articles, told),
            {e: x for e, x in edges.items() if any(e[0] in f.articles for f in part)},
            scales,
        )
        versions += mine
        claims += said_once
    claim_of = {s: c.id for c in claims for s in c.statements}
    link_of, actors = spoken_by(articles, told)
    every = {s.id: s for v in versions for s in v.statements}
    acts = agreed([every[k] for k in c.statements] for c in claims)
    statements = [
        replace(s, claim=claim_of[k], actor=link_of.get(k), act=acts.get(k, (s.act, 1.0))[0]) for k, s in every.items()
    ]
    by_document = {v.document: v.statements for v in versions}
    said = {k: c for f in families for v in f.versions.values() for k, c in told_by(v, by_document[v.document]).items()}
    return _gold(families, statements, claims, actors, said)


def _gold(
    families: Sequence[GoldFamily],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    actors: Sequence[Actor],
    said: dict[str, str],
) -> list[Gold]:
    documents, trees = _texts(families)
    home = {c: s.document for s in statements if (c := s.claim)}
    of = {k: f.name for f in families for k in f.articles}
    found: dict[str, list[Answer]] = {f.name: [] for f in families}
    for a in answers(documents, statements, claims, actors, trees):
        found[of[home[a.claim]]].append(a)
    return [Gold(name=f.name, answers=tuple(found[f.name]), claim_of=said, disputes=f.disputes) for f in families]


def _texts(families: Sequence[GoldFamily]) -> tuple[list[Document], list[Family]]:
    documents = [
        Document(id=k, text=a["text"], published=a["published"]) for f in families for k, a in f.articles.items()
    ]
    trees = [
        Family(
            id=f.name,
            documents=tuple(sorted({d for e in f.edges for d in e})),
            edges=tuple(Edge(parent=p, child=c, score=1.0) for p, c in f.edges),
        )
        for f in families
    ]
    return documents, trees


def cost(families: Sequence[GoldFamily], size: int) -> None:
    """How long disputes take among the gold statements of as many families as hold `size` of them, as one case."""
    kept, many = [], 0
    for f in families:
        if many < size:
            kept.append(f)
            many += sum(len(v.statements) for v in f.versions.values())
    documents, trees = _texts(kept)
    statements, claims, actors = _told(kept)
    reader()
    clock = time.perf_counter()
    found = disputes(documents, statements, claims, actors, trees)
    took = time.perf_counter() - clock
    print(f"disputes: {len(found)} among {len(statements):,} statements of {len(documents):,} articles in {took:.0f} s")


def _matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Floats:
    at = {n: k for k, n in enumerate(names)}
    out = np.zeros((len(rows), len(names)))
    for k, row in enumerate(rows):
        for n, x in row.items():
            if n in at:
                out[k, at[n]] = x
    return out


def fitted(families: Sequence[Gold]) -> dict[str, Weighing]:
    """The weights; thresholds are left at one half."""
    told = _weighed(families)
    read = beside(families, told)
    told |= _weighed(read, READ_ALONE, READ_TARGET, ", read", ridge=READ_RIDGE)
    return told | _relations(read, told)


def beside(families: Sequence[Gold], scales: dict[str, Weighing]) -> list[Gold]:
    """The families with their answers read beside what they may answer."""
    return [
        replace(f, answers=tuple(read_beside([x for a in f.answers if (x := likely(a, scales))], judge)))
        for f in families
    ]


def _weighed(
    families: Sequence[Gold],
    first: Sequence[str] | None = None,
    second: Sequence[str] | None = None,
    by: str = "",
    *,
    ridge: float = RIDGE,
) -> dict[str, Weighing]:
    """The softmax over the evidence named `first` of answers and `second` of targets, or over all that there is."""
    every = [(f, a) for f in families for a in f.answers]
    alone = [dict(a.evidence) for _, a in every]
    rows, owner, right = [], [], []
    for k, (f, a) in enumerate(every):
        for pairs in a.targets.values():
            for p in pairs:
                rows.append(dict(p.evidence))
                owner.append(k)
                right.append(f.relation(p) is not None)
    first, second = (
        names or sorted({n for r in part for n in r} - {MAKER}) for names, part in ((first, alone), (second, rows))
    )
    w1, b1, w2 = _softmax(_matrix(alone, first), _matrix(rows, second), np.array(owner), np.array(right), ridge)
    return {
        f"answers{by}": Weighing(weights=dict(zip(first, w1.tolist(), strict=True)), constant=b1, threshold=0.5),
        f"target{by}": Weighing(
            weights=dict(zip(second, w2.tolist(), strict=True)) | ({} if by else {MAKER: MAKER_WEIGHT}),
            constant=0.0,
            threshold=0.5,
        ),
    }


def _scales(x: Floats) -> tuple[Floats, Floats]:
    return x.mean(0), x.std(0) + 1e-6


def _softmax(
    x1: Floats, x2: Floats, owner: npt.NDArray[np.int64], right: npt.NDArray[np.bool_], ridge: float
) -> tuple[Floats, float, Floats]:
    """Weights, a constant, weights: of "answers anything", and of what is answered; Adam on the mean log-likelihood."""
    (m1, s1), (m2, s2) = _scales(x1), _scales(x2)
    z1, z2 = np.clip((x1 - m1) / s1, -6, 6), np.clip((x2 - m2) / s2, -6, 6)
    n = len(z1)
    any_right = np.bincount(owner, weights=right, minlength=n) > 0
    w = np.zeros(z1.shape[1] + 1 + z2.shape[1])
    mean, spread = np.zeros_like(w), np.zeros_like(w)
    cut = z1.shape[1]
    for step in range(1, STEPS + 1):
        none = -(z1 @ w[:cut] + w[cut])
        odds = z2 @ w[cut + 1 :]
        top = none.copy()
        np.maximum.at(top, owner, odds)
        e_none, e_row = np.exp(none - top), np.exp(odds - top[owner])
        whole = e_none + np.bincount(owner, weights=e_row, minlength=n)
        good = np.bincount(owner, weights=e_row * right, minlength=n)
        pull_none = e_none / whole - ~any_right
        share = np.where(right & any_right[owner], e_row / np.where(good > 0, good, 1)[owner], 0.0)
        pull_row = e_row / whole[owner] - share
        slope = np.concatenate((-(z1.T @ pull_none), [-pull_none.sum()], z2.T @ pull_row)) / n
        slope += 2 * ridge * np.concatenate((w[:cut], [0.0], w[cut + 1 :]))
        mean, spread = 0.9 * mean + 0.1 * slope, 0.999 * spread + 0.001 * slope**2
        rate = RATE if step < 0.7 * STEPS else RATE / 5
        w -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    w1, w2 = w[:cut] / s1, w[cut + 1 :] / s2
    # the constant of the targets is common to all of them: it goes over to "answers anything"
    return w1, float(w[cut] - m1 @ w1 - m2 @ w2), w2


def maker(families: Sequence[Gold], scales: dict[str, Weighing]) -> float:
    """The likeliest weight of that a target is told by whom the answer names as the maker of what it answers, all other
    weights as they are."""
    rows = []
    for f in families:
        for a in f.answers:
            named = np.array([any(p.evidence.get(MAKER) for p in pairs) for pairs in a.targets.values()])
            if named.any():
                odds = np.array([x for x, _ in target_odds(a, scales["target"]).values()])
                odds -= named * scales["target"].weights.get(MAKER, 0.0)
                right = np.array([any(f.relation(p) is not None for p in pairs) for pairs in a.targets.values()])
                rows.append((odds, -scales["answers"].odds(a.evidence), named, right))

    def likelihood(weight: float) -> float:
        out = 0.0
        for odds, none, named, right in rows:
            every = np.append(odds + weight * named, none)
            chance = np.exp(every - every.max())
            out += math.log((chance[:-1][right].sum() if right.any() else chance[-1]) / chance.sum())
        return out

    print(f"{len(rows)} answers name whose claim they answer")
    return max((x / 4 for x in range(17)), key=likelihood)


def _relations(families: Sequence[Gold], scales: dict[str, Weighing]) -> dict[str, Weighing]:
    rows, which = [], []
    for f in families:
        for a in f.answers:
            for _, pair in chances(a, scales, ", read").values():
                if relation := f.relation(pair):
                    rows.append(dict(pair.evidence))
                    which.append(RELATIONS.index(relation))
    names = sorted({n for r in rows for n in r} - {*STANDING, MAKER})
    x = _matrix(rows, names)
    m, s = _scales(x)
    z, y = np.clip((x - m) / s, -4, 4), np.eye(len(RELATIONS))[which]
    w, b = np.zeros((z.shape[1], len(RELATIONS))), np.zeros(len(RELATIONS))
    for _ in range(800):
        odds = z @ w + b
        p = np.exp(odds - odds.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        w -= 0.3 * (z.T @ (p - y) / len(z) + 2 * RELATION_RIDGE * w)
        b -= 0.3 * (p - y).mean(0)
    w = w / s[:, None]
    return {
        r: Weighing(
            weights=dict(zip(names, w[:, k].tolist(), strict=True)), constant=float(b[k] - m @ w[:, k]), threshold=0.5
        )
        for k, r in enumerate(RELATIONS)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A pair of claims of a family left out: its probability, and the relations found and given."""

    score: float
    found: str
    given: str | None


def left_out(by_people: Sequence[Gold], by_encoder: Sequence[Gold]) -> list[Judged]:
    """The pairs of found statements, each family judged by what the others teach with gold and found statements.

    Counted as bench/score.py counts: by the claims that people saw in the two statements, and each pair of them once.
    """
    out = []
    for fold in range(FOLDS):
        scales = fitted([f for part in (by_people, by_encoder) for k, f in enumerate(part) if k % FOLDS != fold])
        part = by_encoder[fold::FOLDS]
        for f, read in zip(part, beside(part, scales), strict=True):
            best: dict[frozenset[str], tuple[float, str, str, Pair, Relation]] = {}
            for a in f.answers:
                for target, by, of, relation in told_outright(a):
                    pair = Pair(by=by, of=of, evidence={})
                    score = as_sure_as_said(OUTRIGHT, by.statement, of.statement)
                    best.setdefault(frozenset((a.claim, target)), (score, a.claim, target, pair, relation))
            outright = set(best)
            for a in read.answers:
                for target, (chance, pair) in chances(a, scales, ", read").items():
                    score = as_sure_as_said(chance, pair.by.statement, pair.of.statement)
                    if (key := frozenset((a.claim, target))) in outright:
                        continue
                    odds = relation_odds(pair, scales)
                    row = (score, a.claim, target, pair, RELATIONS[odds.index(max(odds))])
                    best[key] = max(best.get(key, row), row, key=lambda x: x[:3])
            seen = set()
            for score, _, _, pair, relation in sorted(best.values(), key=lambda x: x[:3], reverse=True):
                claims = f.claims(pair)
                if None not in claims and claims in seen:
                    continue
                seen.add(claims)
                out.append(Judged(score=score, found=relation, given=f.relation(pair)))
    return sorted(out, key=lambda j: -j.score)


def threshold(judged: Sequence[Judged], total: int, *, right: float = RIGHT, loud: bool = True) -> float:
    """The lowest probability at which `right` of the pairs are right."""
    hits, best = 0, (1.0, 0, 0)
    for k, j in enumerate(judged, 1):
        hits += j.given is not None
        if hits / k >= right:
            best = (j.score, hits, k)
    if loud:
        named = sum(j.found == j.given for j in judged[: best[2]] if j.given)
        print(
            f"  at precision {right}: threshold {best[0]:.3f}, {best[1]} of {total} found,"
            f" recall {best[1] / total:.3f},"
            f" relation right {named / max(1, best[1]):.3f}"
        )
    return best[0]


def reliability(judged: Sequence[Judged]) -> None:
    for low, high in (
        (0.1, 0.2),
        (0.2, 0.3),
        (0.3, 0.4),
        (0.4, 0.5),
        (0.5, 0.6),
        (0.6, 0.7),
        (0.7, 0.8),
        (0.8, 0.9),
        (0.9, 1.01),
    ):
        part = [j for j in judged if low <= j.score < high]
        if part:
            said = sum(j.score for j in part) / len(part)
            print(f"  said {said:.2f}, right {sum(j.given is not None for j in part) / len(part):.2f} of {len(part)}")


def packed(scales: dict[str, Weighing], least: float) -> str:
    rows = {
        name: {
            "weights": {n: round(x, 4) for n, x in sorted(w.weights.items()) if abs(x) >= 5e-4},
            "constant": round(w.constant, 4),
            "threshold": round(least, 4) if name == "answers, read" else w.threshold,
        }
        for name, w in scales.items()
    }
    return json.dumps({"weighings": rows}, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--check", action="store_true", help="print the figures, write nothing")
    parser.add_argument("--cost", type=int, metavar="N", help="only how long N gold statements of the dossiers take")
    parser.add_argument(
        "--maker", action="store_true", help="only the likeliest weight of a named maker, by the dossiers"
    )
    asked = parser.parse_args()
    if asked.maker:
        every = [g for row in dossiers() for g in gold([gold_family(row, row["family"])])]
        print(f"the likeliest weight: {maker(every, weighings('dispute'))}")
        return
    if asked.cost:
        cost([gold_family(row, row["family"]) for row in dossiers()], asked.cost)
        return
    told, more = gold_families(asked.shared, "train"), large_dossiers(held=True)
    articles = {k: a for f in (*told, *more) for k, a in f.articles.items()}
    found = statements_found(articles)
    named = resolved(articles, found)
    seen = lessons([*told, *more], [as_found(f, named) for f in (*told, *more)])
    by_people, by_encoder = gold(told), as_held(told, found, seen)
    total = sum(len(f.disputes) for f in by_people)
    for name, part in (("gold", by_people), ("found", by_encoder)):
        candidates = ((f, p) for f in part for a in f.answers for pairs in a.targets.values() for p in pairs)
        reached = {f.claims(p) for f, p in candidates if f.relation(p)}
        print(f"{name} statements: {len(part)} families, {total} disputes, {len(reached)} among the candidates")
    judged = left_out(by_people, by_encoder)
    for right in (0.85, 0.8, 0.75, 0.7, 0.6, 0.5):
        threshold(judged, total, right=right)
    reliability(judged)
    if not asked.check:
        worded = {n: w for n, w in weighings("dispute").items() if n.startswith("worded ")}  # training/worded.py
        scales = fitted([*by_people, *by_encoder]) | worded
        WEIGHTS.write_text(packed(scales, threshold(judged, total, loud=False)), "utf8")


if __name__ == "__main__":
    main()
