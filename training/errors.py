"""The worst disagreements with the gold, on one page: python -m training.errors --shared ../shared (make errors)

Writes runs/errors.html (never committed: it quotes the corpora) and prints the counts by kind of error and the figures
by class. By default over the articles that training holds back, so that looking at them spoils no figure; `--dev`
counts over bench/dev and PolNeAR dev without showing a sentence.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path

from stemmata import flow
from stemmata.desk import encoder
from stemmata.flow import Settings
from stemmata.model import Document, Statement
from stemmata.surface import WORD

from .corpora import Article, Attribution, families, polnear, split
from .metrics import found_spans, gold_spans, pairs, words

PAGE = 300  # disagreements shown, the surest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    kind: str
    weight: float
    article: Article
    gold: Attribution | None
    found: Statement | None


def disagreements(
    article: Article, found: list[Statement]
) -> tuple[list[Disagreement], list[tuple[Attribution, Statement]]]:
    """What differs, by kind, and the pairs whose content was found."""
    places = [m.span() for m in WORD.finditer(article.text)]
    gold = article.attributions
    g = [words(places, gold_spans(a, "content")) for a in gold]
    f = [words(places, found_spans(s, "content")) for s in found]
    matched = pairs(g, f)
    out = []
    for i, j in matched:
        a, s = gold[i], found[j]
        gs, fs = words(places, a.source), words(places, found_spans(s, "source"))
        if gs and not fs:
            kind = "source missed"
        elif fs and not gs:
            kind = "source invented"
        elif gs and not gs & fs:
            kind = "wrong source"
        elif g[i] != f[j]:
            kind = f"content {'too long' if f[j] > g[i] else 'too short' if f[j] < g[i] else 'shifted'}"
        elif gs != fs:
            kind = "source's end"
        else:
            continue
        out.append(Disagreement(kind=kind, weight=s.confidence, article=article, gold=a, found=s))
    for i in set(range(len(gold))) - {i for i, _ in matched}:
        near = any(g[i] & y for y in f)
        kind = "missed: no cue" if not gold[i].cue else "missed: in part" if near else "missed"
        out.append(Disagreement(kind=kind, weight=0.5, article=article, gold=gold[i], found=None))
    for j in set(range(len(found))) - {j for _, j in matched}:
        kind = "invented: part of one" if any(f[j] & x for x in g) else "invented"
        out.append(Disagreement(kind=kind, weight=found[j].confidence, article=article, gold=None, found=found[j]))
    return out, [(gold[i], found[j]) for i, j in matched]


def shown(d: Disagreement) -> str:
    text = d.article.text

    def told(label: str, spans: list[tuple[tuple[int, int], ...]]) -> str:
        cells = "".join(f"<td>{escape(' … '.join(text[a:b] for a, b in s)) or '—'}</td>" for s in spans)
        return f"<tr><th>{label}</th>{cells}</tr>"

    rows = ""
    if d.gold:
        rows += told("gold", [d.gold.source, d.gold.cue, d.gold.content])
    if d.found:
        rows += told(f"found {d.found.confidence:.2f}", [found_spans(d.found, r) for r in ("source", "cue", "content")])
    every = [*(d.gold.content if d.gold else ()), *(found_spans(d.found, "content") if d.found else ())]
    around = text[max(0, min(a for a, _ in every) - 120) : max(b for _, b in every) + 120]
    return f"<h3>{d.kind} · {escape(d.article.id)}</h3><table>{rows}</table><p>…{escape(around)}…</p>"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("runs/errors.html"))
    parser.add_argument("--dev", action="store_true", help="count over the dev sets; show no sentence")
    o = parser.parse_args()
    articles = [*families(o.shared, "dev"), *polnear(o.shared, "dev")] if o.dev else split(o.shared)[1]
    every: list[Disagreement] = []
    matched: list[tuple[Attribution, Statement]] = []
    for a in articles:
        told = flow.analysis(
            Document(id=a.id, text=a.text), encoder(), Settings(broad=a.convention == "polnear")
        ).statements
        wrong, right = disagreements(a, list(told))
        every += wrong
        matched += right if a.convention == "stemmata" else []
    for convention in ("stemmata", "polnear"):
        print(f"{convention}: disagreements by kind")
        for kind, n in Counter(d.kind for d in every if d.article.convention == convention).most_common():
            print(f"  {n:5} {kind}")
    for label in ("sourcing", "act", "mode"):
        print(f"{label}, of matched statements: class, precision, recall, gold")
        gold = [getattr(a, label) for a, _ in matched]
        got = [getattr(s, label) for _, s in matched]
        for name, n in Counter(gold).most_common():
            both = sum(x == y == name for x, y in zip(gold, got, strict=True))
            print(f"  {name:20} {both / max(1, got.count(name)):.2f} {both / n:.2f} {n}")
    if not o.dev:
        o.out.parent.mkdir(parents=True, exist_ok=True)
        body = "".join(map(shown, sorted(every, key=lambda d: -d.weight)[:PAGE]))
        style = "<style>body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto}td,th{padding:2px 8px}</style>"
        o.out.write_text(f"<!doctype html><meta charset=utf-8><title>Disagreements</title>{style}{body}", "utf8")
        print(f"wrote {o.out}: the {min(PAGE, len(every))} surest of {len(every)}")


if __name__ == "__main__":
    main()
