"""Fits what tells acts (src/stemmata/acts.py, and the last layer of the encoder's head), into a folder's heads.npz.

    python -m training.acts WEIGHTS --shared ../shared [--check]

The words learn from bench/train, all of it, the dossiers of written/ that are not held back, and the statements of real
news in news.tsv; the last layer goes on learning from the same, held to what it was. --check writes nothing: accuracy
with families held out in turn, by the words alone, and, on the families and dossiers that no network read, by the
words, by the encoder, by both, and by both with what others that tell the same claim lend; and on other real news, with
how often each loud act is right.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Container, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from stemmata.acts import LEAD, Around, Fitted, Said, agreed, around, chances, features, likeliest, words
from stemmata.encode import Encoder
from stemmata.model import ACTS, Statement

from .corpora import (
    CONVENTIONS,
    HELD_DOSSIERS,
    HELD_FAMILIES,
    Article,
    Attribution,
    anchor,
    articles_of,
    cue_rates,
    dossiers,
    families,
    left_out,
    news,
)

FAMILIES = 6  # a word is known when it stands in the contents of so many families
SEEN = 3  # a name is kept when so many families have it
LEAST = 0.03  # and where one of its weights reaches this; of 0 to 0.2: a third of the names tells as much as all
DOSSIER = 0.15  # what a statement of a dossier counts beside one of bench: there are nine times as many; of 0 to 1
NEWS = 1.0  # and one of real news, to the words; of 0.5 to 3
# What a statement of bench and of a dossier counts beside one of real news to the last layer of the encoder, which has
# learned from both, and how firmly it is held to what it was; of 0.1 to 3, 0.01 to 0.1 and 3 to 100, by --check
REPLAYED = (3.0, 0.1)
HELD_TO = 100.0
STRENGTH = 0.1  # inverse of the penalty on weights; of 0.03 to 0.3, by --check
FOLDS = 6

Row = tuple[str, Around, str, float]  # family, a statement with its neighbours, its act, what it counts
Claims = list[str | None]


def first(a: Attribution) -> int:
    return min(i for part in (a.source, a.cue, a.content) for i, _ in part)


def in_order(article: Article) -> list[Attribution]:
    return sorted(article.attributions, key=first)


def said(article: Article, a: Attribution) -> Said:
    source, cue, content = (" ".join(article.text[i:j] for i, j in part) for part in (a.source, a.cue, a.content))
    lead = article.text[max(0, first(a) - LEAD) : first(a)]
    return Said(source=source, cue=cue, content=content, lead=lead, mode=a.mode, sourcing=a.sourcing)  # type: ignore[arg-type]


def lessons(article: Article) -> list[Attribution]:
    """Those of an article's attributions that have an act, in order."""
    return [a for a in in_order(article) if a.act in ACTS]


def rows(articles: Sequence[Article], counts: float = 1.0) -> list[Row]:
    made = []
    for article in articles:
        every = in_order(article)
        told = around([said(article, a) for a in every])
        made += [(article.family, one, a.act, counts) for a, one in zip(every, told, strict=True) if a.act in ACTS]
    return made


def model(invented: Sequence[Row], real: Sequence[Row]) -> Fitted:
    """Fitted twice: first on invented news, to know those words alone that tell something by themselves there: real
    news, of one country and a few years, would teach its names."""
    spread: dict[str, set[str]] = defaultdict(set)
    for family, one, *_ in invented:
        for w in words(one[0].content):
            spread[w].add(family)
    first = _fit(invented, {w for w, seen in spread.items() if len(seen) >= FAMILIES})
    return _fit([*invented, *real], first.known)


def _fit(made: Sequence[Row], known: Container[str]) -> Fitted:
    held = [dict.fromkeys(features(*one, known), 1.0) for _, one, *_ in made]
    seen_in: dict[str, set[str]] = defaultdict(set)
    for (family, *_), row in zip(made, held, strict=True):
        for name in row:
            seen_in[name].add(family)
    table = DictVectorizer()
    x = table.fit_transform([{n: v for n, v in row.items() if len(seen_in[n]) >= SEEN} for row in held])
    count = [r[3] for r in made]
    fit = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3).fit(x, [r[2] for r in made], sample_weight=count)
    order = [list(fit.classes_).index(a) for a in ACTS]
    weights = fit.coef_[order].T
    kept = [k for k, w in enumerate(np.abs(weights).max(1)) if w >= LEAST]
    return Fitted(tuple(table.feature_names_[k] for k in kept), weights[kept], fit.intercept_[order])


Head = tuple[np.ndarray, np.ndarray]  # weights [acts, inner] and constants [acts] of the last layer for acts


def head_of(encoder: Encoder) -> Head:
    w = encoder.heads.weights
    return w["kinds.act.weight"].astype(float), w["kinds.act.bias"].astype(float)


def seen(encoder: Encoder, articles: Sequence[Article]) -> np.ndarray:
    """What the encoder's last layer reads of statements [statements, inner], by gold spans, in the order of `rows`."""
    rates = cue_rates(articles)
    out = []
    for article in articles:
        found = encoder.tokens(article.text)
        encoded = list(encoder.encoded(found, convention=CONVENTIONS[article.convention]))
        for a in lessons(article):
            at = int(np.searchsorted(found.end, anchor(article.text, a, rates)[0], "right"))
            e = next(e for e in encoded if e.window.core_start <= at < e.window.core_end)
            mask = np.zeros((2, len(e.vectors)), np.float32)
            for k, part in enumerate((a.content, a.source)):
                for i, j in part:
                    p, q = np.searchsorted(found.end, i, "right"), np.searchsorted(found.start, j, "left")
                    mask[k, max(0, p - e.window.start) : max(0, q - e.window.start)] = 1
            means = mask @ e.vectors / np.maximum(mask.sum(1, keepdims=True), 1)
            out.append(encoder.heads.hidden(e.vectors[at - e.window.start][None], means[:1], means[1:])[0])
    return np.array(out)


def by_head(read: np.ndarray, head: Head) -> np.ndarray:
    odds = read @ head[0].T + head[1]
    chance = np.exp(odds - odds.max(1, keepdims=True))
    return np.asarray(chance / chance.sum(1, keepdims=True))


def refitted(head: Head, told: Sequence[tuple[np.ndarray, Sequence[Row], float]]) -> Head:
    """The head that goes on learning from statements as the encoder sees them, each with what it counts."""
    read = np.concatenate([x for x, _, _ in told])
    gold = np.zeros((len(read), len(ACTS)))
    gold[np.arange(len(read)), [ACTS.index(r[2]) for _, some, _ in told for r in some]] = 1  # type: ignore[arg-type]
    count = np.concatenate([np.full(len(x), c) for x, _, c in told])[:, None]
    size = head[0].size

    def loss(step: np.ndarray) -> tuple[float, np.ndarray]:
        by, constants = step[:size].reshape(head[0].shape), step[size:]
        chance = by_head(read, (head[0] + by, head[1] + constants))
        off = count * (chance - gold)
        value = -(count * gold * np.log(chance + 1e-12)).sum() + HELD_TO * ((by**2).sum() + (constants**2).sum() / 10)
        slope = (off.T @ read + 2 * HELD_TO * by, off.sum(0) + HELD_TO * constants / 5)
        return value, np.concatenate([x.ravel() for x in slope])

    step = minimize(loss, np.zeros(size + len(ACTS)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return head[0] + step[:size].reshape(head[0].shape), head[1] + step[size:]


def check(encoder: Encoder, bench: Sequence[Article], written: Sequence[Article], shared: Path) -> None:
    wire, other = news(shared, "wire"), news(shared, "basil", "polnear")
    made, real = rows(bench), rows(wire, NEWS)
    kept = rows([a for a in written if a.family not in HELD_DOSSIERS], DOSSIER)
    names = sorted({r[0] for r in made})
    np.random.default_rng(0).shuffle(names)
    logs = np.zeros((len(made), len(ACTS)))
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        fit = model([*(r for r in made if r[0] not in out), *kept], real)
        aside = [k for k, r in enumerate(made) if r[0] in out]
        logs[aside] = fit.log_chances([made[k][1] for k in aside])
    print("words alone, families held out in turn:", _told(made, np.full_like(logs, 1 / len(ACTS)), logs))
    learned = [a for a in bench if a.family not in HELD_FAMILIES]
    without = model([*rows(learned), *kept], real)
    head = learned_head(encoder, learned, written, wire)
    for name, some in (
        ("families", [a for a in bench if a.family in HELD_FAMILIES]),
        ("dossiers", [a for a in written if a.family in HELD_DOSSIERS]),
        ("real news", other),
    ):
        held = rows(some)
        by_words = without.log_chances([one for _, one, *_ in held])
        heads = by_head(seen(encoder, some), head)
        even = np.full_like(heads, 1 / len(ACTS))
        print(f"{name} held back: words", _told(held, even, by_words), end=", ")
        print("encoder", _told(held, heads, np.log(even)), "both", _told(held, heads, by_words), end="")
        if some is other:
            print()
            _by_act(held, heads, by_words)
            continue
        claims = [a.claim and f"{x.family} {a.claim}" for x in some for a in lessons(x)]
        print(", with others of the claim", _told(held, heads, by_words, claims))


def learned_head(
    encoder: Encoder, bench: Sequence[Article], written: Sequence[Article], wire: Sequence[Article]
) -> Head:
    kept = [a for a in written if a.family not in HELD_DOSSIERS]
    lots = ((bench, REPLAYED[0]), (kept, REPLAYED[1]), (wire, 1.0))
    return refitted(head_of(encoder), [(seen(encoder, some), rows(some), counts) for some, counts in lots])


def _by_act(made: Sequence[Row], heads: np.ndarray, by_words: np.ndarray) -> None:
    """How many that are told as each act are right, of how many, and of how many that there are."""
    told = [likeliest(s) for s in chances(heads, by_words, [one[0] for _, one, *_ in made])]
    for act in ACTS:
        right = sum(t == act == r[2] for t, r in zip(told, made, strict=True))
        print(f"  {act}: {right} right of {told.count(act)} told, of {sum(r[2] == act for r in made)} there")


def _told(made: Sequence[Row], heads: np.ndarray, by_words: np.ndarray, claims: Claims | None = None) -> str:
    """How many acts are told right; with the claims, by all that tell them."""
    shares = chances(heads, by_words, [one[0] for _, one, *_ in made])
    told = {str(k): likeliest(s) for k, s in enumerate(shares)}
    if claims:
        among: dict[str, list[Statement]] = defaultdict(list)
        for k, (s, claim) in enumerate(zip(shares, claims, strict=True)):
            if claim:
                among[claim].append(_statement(str(k), s))
        told |= {k: act for k, (act, _) in agreed(among.values()).items()}
    right = sum(told[str(k)] == r[2] for k, r in enumerate(made))
    return f"{right / len(made):.3f} of {len(made)}"


def _statement(id: str, acts: tuple[float, ...]) -> Statement:
    return Statement(
        id=id, document="", source=None, cue=None, content=(), mode="indirect", act=likeliest(acts),
        sourcing="named-person", confidence=1.0, acts=acts,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--leave-out", metavar="K/N", help="learn without the K-th part of N of the families")
    o = parser.parse_args()
    bench, written = families(o.shared, "train"), articles_of(dossiers())
    if o.leave_out:
        aside = left_out(o.shared, o.leave_out)
        bench = [a for a in bench if not aside(a)]
    encoder = Encoder(o.weights)
    if o.check:
        check(encoder, bench, written, o.shared)
        return
    wire = news(o.shared, "wire")
    kept = [a for a in written if a.family not in HELD_DOSSIERS]
    fit = model([*rows(bench), *rows(kept, DOSSIER)], rows(wire, NEWS))
    head = learned_head(encoder, bench, written, wire)
    target = o.weights / "heads.npz"
    with np.load(target) as old:
        stored = {k: old[k] for k in old.files if not k.startswith("acts.")}
    stored |= {"kinds.act.weight": head[0].astype(np.float16), "kinds.act.bias": head[1].astype(np.float16)}
    np.savez_compressed(target, **stored, **fit.stored)  # type: ignore[arg-type]
    print(f"{target}: {len(fit.names)} names")


if __name__ == "__main__":
    main()
