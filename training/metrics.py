"""Counts of right, extra and missed, by word, by exact span and by statement, against gold attributions.

The definitions are those of bench/score.py (words are runs of word characters; a statement is right when its content
overlaps the gold content by half or more, words in both to words in either, and the sources share a word or are both
absent), so that figures tuned here and figures reported there are of one kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stemmata.model import Statement
from stemmata.surface import WORD

from .corpora import Article, Attribution

ROLES = ("source", "cue", "content")


@dataclass(slots=True, kw_only=True)
class Counts:
    right: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, *, right: int, found: int, gold: int) -> None:
        self.right += right
        self.extra += found - right
        self.missed += gold - right

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.extra + self.missed) if self.right else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"


def words(places: list[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Indices of the words (given by their `places`) that lie in `spans`."""
    return frozenset(i for i, (a, b) in enumerate(places) if any(s <= a and b <= e for s, e in spans))


def gold_spans(a: Attribution, role: str) -> tuple[tuple[int, int], ...]:
    return getattr(a, role)


def found_spans(s: Statement, role: str) -> tuple[tuple[int, int], ...]:
    value = getattr(s, role)
    parts = value if isinstance(value, tuple) else (value,) if value else ()
    return tuple((x.start, x.end) for x in parts)


def pairs(gold: list[frozenset[int]], found: list[frozenset[int]]) -> list[tuple[int, int]]:
    """Pairs of gold and found contents, best overlap first, each once, none under one half."""
    scores = sorted(
        ((len(x & y) / len(x | y), i, j) for i, x in enumerate(gold) for j, y in enumerate(found) if x & y),
        reverse=True,
    )
    out, used_g, used_f = [], set(), set()
    for score, i, j in scores:
        if score >= 0.5 and i not in used_g and j not in used_f:
            out.append((i, j))
            used_g.add(i)
            used_f.add(j)
    return out


def tally() -> dict[str, Counts]:
    return {k: Counts() for k in (*(f"{r} words" for r in ROLES), *(f"{r} exact" for r in ROLES), "statements")}


def count(total: dict[str, Counts], article: Article, found: Sequence[Statement]) -> list[bool]:
    """Adds one article to `total`; tells for each found statement whether it is right."""
    places = [m.span() for m in WORD.finditer(article.text)]
    gold = article.attributions
    sets: dict[str, tuple[list[frozenset[int]], list[frozenset[int]]]] = {}
    for role in ROLES:
        g = [words(places, gold_spans(a, role)) for a in gold]
        f = [words(places, found_spans(s, role)) for s in found]
        sets[role] = g, f
        everything_g, everything_f = frozenset().union(*g), frozenset().union(*f)
        total[f"{role} words"].add(
            right=len(everything_g & everything_f), found=len(everything_f), gold=len(everything_g)
        )
        exact_g, exact_f = set(g) - {frozenset()}, set(f) - {frozenset()}
        total[f"{role} exact"].add(right=len(exact_g & exact_f), found=len(exact_f), gold=len(exact_g))
    right = [False] * len(found)
    for i, j in pairs(*sets["content"]):
        gs, fs = sets["source"][0][i], sets["source"][1][j]
        right[j] = bool(gs & fs) or (not gs and not fs)
    total["statements"].add(right=sum(right), found=len(found), gold=len(gold))
    return right
