"""Writes lexicon/common.tsv, the words that are no names: python -m training.lowercase --shared ../shared

A word is common when news writes it in lower case four times or more, and in capitals inside a sentence at most 0.12
times as often. Counted in PolNeAR train and bench/train. Words that are names as often as not are left out by hand.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from .corpora import families, polnear

NAMES = frozenset(
    (
        "may",
        "mark",
        "rose",
        "grace",
        "bill",
        "pat",
        "penny",
        "art",
        "gene",
        "jack",
        "john",
        "hunter",
        "baker",
        "butler",
        "cook",
        "king",
        "bishop",
        "brown",
        "black",
        "white",
        "green",
        "hill",
        "lake",
        "stone",
        "fields",
        "waters",
        "rivers",
        "west",
        "north",
        "south",
        "east",
    )
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
BEGINS = frozenset(".!?:\"“”‘’'(—-•*")  # after these a capital says nothing


def common(texts: list[str]) -> list[str]:
    low: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for text in texts:
        for m in WORD.finditer(text):
            word = m.group()
            before = text[max(0, m.start() - 2) : m.start()].strip()
            if word.islower():
                low[word] += 1
            elif before and before[-1] not in BEGINS:
                named[word.lower()] += 1
    return sorted(w for w, n in low.items() if n >= 4 and named[w] <= 0.12 * n and len(w) > 1 and w not in NAMES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("src/stemmata/lexicon/common.tsv"))
    o = parser.parse_args()
    words = common([a.text for a in (*polnear(o.shared, "train"), *families(o.shared, "train"))])
    rows = (f"{w}\tcounted in PolNeAR train and bench/train (training/lowercase.py)\n" for w in words)
    o.out.write_text("form\tsource\n" + "".join(rows), "utf8")


if __name__ == "__main__":
    main()
