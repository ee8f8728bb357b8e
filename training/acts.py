"""Fits what tells acts by words (src/stemmata/acts.py) and writes it into a folder's heads.npz.

    python -m training.acts WEIGHTS --shared ../shared [--check]

On bench/train, all of it. --check writes nothing: accuracy with families held out in turn, by the words alone, and, on
the families that training holds back, by the words, by the encoder, and by both.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from stemmata.acts import LEAD, Fitted, Said, act, features, words
from stemmata.encode import Encoder
from stemmata.model import ACTS

from .corpora import CONVENTIONS, HELD_FAMILIES, Article, Attribution, anchor, cue_rates, families

FAMILIES = 3  # a word is known when it stands in the contents of so many families
STRENGTH = 0.1  # inverse of the penalty on weights; of 0.03 to 0.3, by --check
FOLDS = 6

Row = tuple[str, Said, Said | None, Said | None, str]  # family, statement, the one before, the one after, its act


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
        told = [said(article, a) for a in in_order(article)]
        around = zip(in_order(article), [None, *told], told, [*told[1:], None], strict=False)
        made += [(article.family, s, before, after, str(a.act)) for a, before, s, after in around]
    return made


def model(made: Sequence[Row]) -> Fitted:
    """A name that one family alone has is left out."""
    spread: dict[str, set[str]] = defaultdict(set)
    for family, s, *_ in made:
        for w in words(s.content):
            spread[w].add(family)
    known = {w for w, seen in spread.items() if len(seen) >= FAMILIES}
    held = [dict.fromkeys(features(s, before, after, known), 1.0) for _, s, before, after, _ in made]
    seen_in: dict[str, set[str]] = defaultdict(set)
    for (family, *_), row in zip(made, held, strict=True):
        for name in row:
            seen_in[name].add(family)
    table = DictVectorizer()
    x = table.fit_transform([{n: v for n, v in row.items() if len(seen_in[n]) > 1} for row in held])
    fit = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3).fit(x, [r[-1] for r in made])
    order = [list(fit.classes_).index(a) for a in ACTS]
    return Fitted(tuple(table.feature_names_), fit.coef_[order].T, fit.intercept_[order])


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


def check(encoder: Encoder, articles: Sequence[Article]) -> None:
    made = rows(articles)
    names = sorted({r[0] for r in made})
    np.random.default_rng(0).shuffle(names)
    logs = np.zeros((len(made), len(ACTS)))
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        fit = model([r for r in made if r[0] not in out])
        for k, r in enumerate(made):
            if r[0] in out:
                logs[k] = fit.log_chances(*r[1:4])

    def accuracy(at: Sequence[int], chances: np.ndarray, by_words: np.ndarray) -> str:
        told = [act(c, w, made[k][1].cue) for k, c, w in zip(at, chances, by_words, strict=True)]
        right = sum(t == made[k][-1] for k, t in zip(at, told, strict=True))
        return f"{right / len(at):.3f} of {len(at)}"

    held = [k for k, r in enumerate(made) if r[0] in HELD_FAMILIES]
    heads = encoder_chances(encoder, [a for a in articles if a.family in HELD_FAMILIES])
    even = np.full_like(logs, 1 / len(ACTS))
    print("words alone, families held out in turn:", accuracy(range(len(made)), even, logs))
    print("families held back: words", accuracy(held, even[held], logs[held]), end=", ")
    print("encoder", accuracy(held, heads, np.log(even[held])), "both", accuracy(held, heads, logs[held]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--check", action="store_true")
    o = parser.parse_args()
    articles = families(o.shared, "train")
    if o.check:
        check(Encoder(o.weights), articles)
        return
    fit = model(rows(articles))
    target = o.weights / "heads.npz"
    with np.load(target) as old:
        kept = {k: old[k] for k in old.files if not k.startswith("acts.")}
    np.savez(target, **kept, **fit.stored)  # type: ignore[arg-type]
    print(f"{target}: {len(fit.names)} names")


if __name__ == "__main__":
    main()
