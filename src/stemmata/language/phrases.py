"""Phrases of a list, found in a row of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from stemmata.language.wording import lexicon, stem
from stemmata.surface import WORD


class Phrases:
    """Listed phrases, each a row of words in some normal form, with what the list says of it."""

    def __init__(self, listed: Mapping[tuple[str, ...], str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in sorted(listed.items(), key=lambda x: -len(x[0])):
            self._by_first.setdefault(phrase[0], []).append((phrase, value))

    def within(self, row: Sequence[str]) -> list[tuple[int, int, str]]:
        """(first, past the last, value) of each phrase in `row`: the longest at its place, none overlapping."""
        found, at = [], 0
        row = tuple(row)
        while at < len(row):
            here = self._by_first.get(row[at], ())
            size, value = next(((len(p), v) for p, v in here if row[at : at + len(p)] == p), (0, ""))
            if size:
                found.append((at, at + size, value))
            at += size or 1
        return found


@cache
def listed(table: str, kind: str) -> Phrases:
    """The phrases of one kind of a table of lexicon/, to be found in a row of stems."""
    return Phrases({tuple(stem(w) for w in WORD.findall(form)): value for form, value in lexicon(table)[kind].items()})
