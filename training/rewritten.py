"""How `compare` does on rewrites of our own, half of them faithful: python -m training.rewritten [--set l] [--list]

`training/rewritten/` holds pairs of an invented article and a rewrite, a set in a file, a pair in a line: name, parent,
child, and the changes that were planted, each with its label, words of the parent and words of the child. Each set is
by one who had not seen the code. `training.claims` learns labels from a to c and f to k (208 pairs, 94 of them wholly
faithful), on a to c, on n (20, ten faithful: an editor's), on p (26, eleven faithful: an editor's), on e (24, twelve
faithful) and on q (12, six faithful) laws of collate/ were made; d (20, eight faithful), l, m and o (24 each, twelve
faithful) and r (12, six faithful; by the editor who wrote q, each second pair) are for figures.
A planted change is found where a row of `compare` has its label, by the label's own score, and half of the words of one
side. Omissions and additions are left out. A false label may be a fair second one: read the list before you quote a
figure.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stemmata import flow
from stemmata.case.verdicts import SOFT, SURE
from stemmata.collate.nowhere import new_figures, new_names
from stemmata.desk import encoder
from stemmata.flow import Analysis, Settings
from stemmata.model import Document
from stemmata.read.credit import credits
from stemmata.surface import WORD

HERE = Path(__file__).parent / "rewritten"
SETS = "abcdefghijklmnopqr"
TAUGHT = "abcfghijk"  # the sets that training.claims learns from
READ = "enpq"  # those that laws were made on besides


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """A pair, read. `gold`: the planted changes: label, words of the parent, words of the child."""

    name: str
    parent: Analysis
    child: Analysis
    gold: tuple[dict[str, str], ...]


def rewrites(sets: str) -> Iterator[Rewrite]:
    """The pairs of some sets, in their order."""
    for name in sets:
        for line in (HERE / f"{name}.jsonl").read_text("utf8").splitlines():
            row: dict[str, Any] = json.loads(line)
            parent, child = (_analysed(f"{row['name']} {side}", row[side]) for side in ("parent", "child"))
            yield Rewrite(name=row["name"], parent=parent, child=child, gold=tuple(row["gold"]))


def _analysed(id: str, text: str) -> Analysis:
    return flow.analysis(Document(id=id, text=text, credits=credits(text)), encoder(), Settings())


def words(text: str | None) -> set[str]:
    return {w for w in WORD.findall((text or "").lower()) if len(w) > 2}


def kept(gold: str | None, shown: str | None) -> float:
    """The share of the gold words that are shown."""
    return len(words(gold) & words(shown)) / max(1, len(words(gold)))


def judged(pair: Rewrite) -> tuple[Counter[str], list[str]]:
    """Counts of one pair ("found", "unsure", "missed", "false"), and its missed and false labels in words."""
    rows = flow.compared(pair.parent, pair.child)
    told = [(x, r.change.of_label(x), r.before, r.after) for r in rows for x in r.change.changes if x not in SOFT]
    count: Counter[str] = Counter()
    lines = []
    for g in pair.gold:
        if g["label"] in SOFT:
            continue
        share = [max(kept(g["parent"], t[2]), kept(g["child"], t[3])) if t[0] == g["label"] else 0.0 for t in told]
        best = max(range(len(told)), key=lambda k: share[k], default=None)
        if best is None or share[best] < 0.5:
            count["missed"] += 1
            lines.append(f"{pair.name} missed {g['label']}: {g['parent']} -> {g['child']}")
        else:
            count["found" if told.pop(best)[1] >= SURE else "unsure"] += 1
    for label, score, before, after in told:
        if score >= SURE:
            count["false"] += 1
            lines.append(f"{pair.name} false {label} {score:.2f}: {before} -> {after}")
    return count, lines


def figures(sets: str) -> str:
    """How the figures that stand nowhere in the parent (collate/nowhere.py), told or not, tell planted changes; and how
    many names stand nowhere in it."""
    planted = found = faithful = strange = every = names = 0
    for name in sets:
        for row in map(json.loads, (HERE / f"{name}.jsonl").read_text("utf8").splitlines()):
            new = new_figures(row["parent"], row["child"], ())
            every, names = every + 1, names + len(new_names(row["parent"], row["child"]))
            faithful, strange = faithful + (not row["gold"]), strange + (0 if row["gold"] else len(new))
            for g in (g for g in row["gold"] if g["label"] == "number-changed"):
                at = row["child"].find(g["child"][:40])
                planted += 1
                found += at >= 0 and any(at <= x.start < at + len(g["child"]) for x in new)
    told = f"figures nowhere in the parent: {found} of {planted} changed numbers, {strange} in {faithful} faithful ones"
    return f"{told}; names nowhere in the parent: {names} in all {every}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="l", choices=tuple(SETS))
    parser.add_argument("--list", action="store_true", help="also the labels that are missed and false")
    o = parser.parse_args()
    total: Counter[str] = Counter()
    for pair in rewrites(o.set):
        count, lines = judged(pair)
        total += count
        if not pair.gold:
            total["false in faithful ones"] += count["false"]
        if o.list:
            print(*lines, sep="\n")
    print(f"set {o.set}, loud labels:", ", ".join(f"{v} {k}" for k, v in total.items()))
    print(f"all sets, {figures(SETS)}")


if __name__ == "__main__":
    main()
