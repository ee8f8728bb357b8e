"""Fits what tells acts by words (src/stemmata/acts.py) and writes it into a folder's heads.npz.

    python -m training.acts WEIGHTS --shared ../shared [--check]

On bench/train, all of it, and on the dossiers of written/ that are not held back. --check writes nothing: accuracy with
families held out in turn, by the words alone, and, on the families and dossiers that no network read, by the words, by
the encoder, by both, and by both with what others that tell the same claim lend.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Container, Sequence
from pathlib import Path

import numpy as np
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
)

FAMILIES = 6  # a word is known when it stands in the contents of so many families
SEEN = 3  # a name is kept when so many families have it
LEAST = 0.03  # and where one of its weights reaches this; of 0 to 0.2: a third of the names tells as much as all
DOSSIER = 0.15  # what a statement of a dossier counts beside one of bench: there are nine times as many; of 0 to 1
STRENGTH = 0.1  # inverse of the penalty on weights; of 0.03 to 0.3, by --check
FOLDS = 6

Row = tuple[str, Around, str]  # family, a statement with its neighbours, its act
Claims = list[str | None]


def first(a: Attribution) -> int:
    return min(i for part in (a.source, a.cue, a.content) for i, _ in part)


def in_order(article: Article) -> list[Attribution]:
    return sorted(article.attributions, key=first)


def said(article: Article, a: Attribution) -> Said:
    source, cue, content = (" ".join(article.text[i:j] for i, j in part) for part in (a.source, a.cue, a.content))
    lead = article.text[max(0, first(a) - LEAD) : first(a)]
    return Said(source=source, cue=cue, content=content, lead=lead, mode=a.mode, sourcing=a.sourcing)  # type: ignore[arg-type]


def rows(articles: Sequence[Article]) -> list[Row]:
    made = []
    for article in articles:
        told = around([said(article, a) for a in in_order(article)])
        made += [(article.family, one, str(a.act)) for a, one in zip(in_order(article), told, strict=True)]
    return made


def model(made: Sequence[Row], bench: Container[str]) -> Fitted:
    """Fitted twice: the second time those words alone are known that tell something by themselves."""
    spread: dict[str, set[str]] = defaultdict(set)
    for family, one, _ in made:
        for w in words(one[0].content):
            spread[w].add(family)
    first = _fit(made, bench, {w for w, seen in spread.items() if len(seen) >= FAMILIES})
    return _fit(made, bench, first.known)


def _fit(made: Sequence[Row], bench: Container[str], known: Container[str]) -> Fitted:
    held = [dict.fromkeys(features(*one, known), 1.0) for _, one, _ in made]
    seen_in: dict[str, set[str]] = defaultdict(set)
    for (family, *_), row in zip(made, held, strict=True):
        for name in row:
            seen_in[name].add(family)
    table = DictVectorizer()
    x = table.fit_transform([{n: v for n, v in row.items() if len(seen_in[n]) >= SEEN} for row in held])
    count = [1.0 if r[0] in bench else DOSSIER for r in made]
    fit = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3).fit(x, [r[-1] for r in made], sample_weight=count)
    order = [list(fit.classes_).index(a) for a in ACTS]
    weights = fit.coef_[order].T
    kept = [k for k, w in enumerate(np.abs(weights).max(1)) if w >= LEAST]
    return Fitted(tuple(table.feature_names_[k] for k in kept), weights[kept], fit.intercept_[order])


def encoder_chances(encoder: Encoder, articles: Sequence[Article]) -> np.ndarray:
    """The encoder's chances of each act [statements, acts], from gold spans, in the order of `rows`."""
    rates = cue_rates(articles)
    out = []
    for article in articles:
        found = encoder.tokens(article.text)
        encoded = list(encoder.encoded(found, convention=CONVENTIONS[article.convention]))
        for a in in_order(article):
            at = int(np.searchsorted(found.end, anchor(article.text, a, rates)[0], "right"))
            e = next(e for e in encoded if e.window.core_start <= at < e.window.core_end)
            mask = np.zeros((2, len(e.vectors)), np.float32)
            for k, part in enumerate((a.content, a.source)):
                for i, j in part:
                    p, q = np.searchsorted(found.end, i, "right"), np.searchsorted(found.start, j, "left")
                    mask[k, max(0, p - e.window.start) : max(0, q - e.window.start)] = 1
            means = mask @ e.vectors / np.maximum(mask.sum(1, keepdims=True), 1)
            out.append(encoder.heads.kinds(e.vectors[at - e.window.start][None], means[:1], means[1:])["act"][0])
    return np.array(out)


def check(encoder: Encoder, bench: Sequence[Article], written: Sequence[Article]) -> None:
    made, more = rows(bench), rows(written)
    kept = [r for r in more if r[0] not in HELD_DOSSIERS]
    names = sorted({r[0] for r in made})
    np.random.default_rng(0).shuffle(names)
    logs = np.zeros((len(made), len(ACTS)))
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        fit = model([*(r for r in made if r[0] not in out), *kept], {*names})
        aside = [k for k, r in enumerate(made) if r[0] in out]
        logs[aside] = fit.log_chances([made[k][1] for k in aside])
    print("words alone, families held out in turn:", _told(made, np.full_like(logs, 1 / len(ACTS)), logs))
    without = model([*(r for r in made if r[0] not in HELD_FAMILIES), *kept], {*names})
    for name, articles, aside in (("families", bench, HELD_FAMILIES), ("dossiers", written, HELD_DOSSIERS)):
        some = [a for a in articles if a.family in aside]
        held = rows(some)
        by_words = without.log_chances([one for _, one, _ in held])
        heads = encoder_chances(encoder, some)
        even = np.full_like(heads, 1 / len(ACTS))
        print(f"{name} held back: words", _told(held, even, by_words), end=", ")
        print("encoder", _told(held, heads, np.log(even)), "both", _told(held, heads, by_words), end=", ")
        claims = [a.claim and f"{x.family} {a.claim}" for x in some for a in in_order(x)]
        print("with others of the claim", _told(held, heads, by_words, claims))


def _told(made: Sequence[Row], heads: np.ndarray, by_words: np.ndarray, claims: Claims | None = None) -> str:
    """How many acts are told right; with the claims, by all that tell them."""
    shares = chances(heads, by_words, [one[0] for _, one, _ in made])
    told = {str(k): likeliest(s) for k, s in enumerate(shares)}
    if claims:
        among: dict[str, list[Statement]] = defaultdict(list)
        for k, (s, claim) in enumerate(zip(shares, claims, strict=True)):
            if claim:
                among[claim].append(_statement(str(k), s))
        told |= agreed(among.values())
    right = sum(told[str(k)] == r[-1] for k, r in enumerate(made))
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
    if o.check:
        check(Encoder(o.weights), bench, written)
        return
    learned = rows([*bench, *(a for a in written if a.family not in HELD_DOSSIERS)])
    fit = model(learned, {a.family for a in bench})
    target = o.weights / "heads.npz"
    with np.load(target) as old:
        kept = {k: old[k] for k in old.files if not k.startswith("acts.")}
    np.savez_compressed(target, **kept, **fit.stored)  # type: ignore[arg-type]
    print(f"{target}: {len(fit.names)} names")


if __name__ == "__main__":
    main()
