"""How `compare` does on rewrites of our own, half of them faithful: python -m training.rewritten [--set a] [--list]

`training/rewritten/` holds pairs of an invented article and a rewrite, NN_parent.txt and NN_child.txt, with the changes
that were planted in NN_gold.json (label, words of the parent, words of the child). Nothing is fitted on them. Set `a`
(24 pairs, 4 faithful) is what laws of collate/ were made on, and so are `b` (20, ten faithful) and `c` (20, eight
faithful) since their figures were taken; `d` (20, eight faithful) is for figures.
A planted change is found where a row of `compare` has its label and half of the words of one side. Omissions and
additions are left out. A false label may be a fair second one: read the list before you quote a figure.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from stemmata import flow, read
from stemmata.case.verdicts import SOFT, SURE
from stemmata.desk import encoder
from stemmata.flow import Analysis, Settings
from stemmata.model import Document
from stemmata.surface import WORD

HERE = Path(__file__).parent / "rewritten"


def analysed(path: Path) -> Analysis:
    (document,) = (d for d in read.documents([str(path)]) if isinstance(d, Document))
    return flow.analysis(document, encoder(), Settings())


def words(text: str | None) -> set[str]:
    return {w for w in WORD.findall((text or "").lower()) if len(w) > 2}


def kept(gold: str | None, shown: str | None) -> float:
    """The share of the gold words that are shown."""
    return len(words(gold) & words(shown)) / max(1, len(words(gold)))


def judged(name: str) -> tuple[Counter[str], list[str]]:
    """Counts of one pair ("found", "unsure", "missed", "false"), and its missed and false labels in words."""
    rows = flow.comparison(analysed(HERE / f"{name}_parent.txt"), analysed(HERE / f"{name}_child.txt"))
    told = [(x, r.change.score, r.before, r.after) for r in rows for x in r.change.changes if x not in SOFT]
    count: Counter[str] = Counter()
    lines = []
    for g in json.loads((HERE / f"{name}_gold.json").read_text("utf8")):
        if g["label"] in SOFT:
            continue
        share = [max(kept(g["parent"], t[2]), kept(g["child"], t[3])) if t[0] == g["label"] else 0.0 for t in told]
        best = max(range(len(told)), key=lambda k: share[k], default=None)
        if best is None or share[best] < 0.5:
            count["missed"] += 1
            lines.append(f"{name} missed {g['label']}: {g['parent']} -> {g['child']}")
        else:
            count["found" if told.pop(best)[1] >= SURE else "unsure"] += 1
    for label, score, before, after in told:
        if score >= SURE:
            count["false"] += 1
            lines.append(f"{name} false {label} {score:.2f}: {before} -> {after}")
    return count, lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="d", choices=tuple("abcd"))
    parser.add_argument("--list", action="store_true", help="also the labels that are missed and false")
    o = parser.parse_args()
    total: Counter[str] = Counter()
    for path in sorted(HERE.glob(f"{o.set}*_gold.json")):
        count, lines = judged(path.name.removesuffix("_gold.json"))
        total += count
        if not json.loads(path.read_text("utf8")):
            total["false in faithful ones"] += count["false"]
        if o.list:
            print(*lines, sep="\n")
    print(f"set {o.set}, loud labels:", ", ".join(f"{v} {k}" for k, v in total.items()))


if __name__ == "__main__":
    main()
