"""How alike passages are: the evidence that two of them tell one claim, for many pairs of two versions at once.

A long transcript beside hundreds of articles makes millions of pairs. What can be told of all pairs as arrays is; the
rest (numbers, words of one beginning) is told one by one of those few pairs that have any. Every sum runs in the order
of the text, so a pair has the same evidence to the last bit beside whichever others it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stemmata.collate.passages import BEGINNING, Row, Words
from stemmata.language.senses import senses_near
from stemmata.language.values import compared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stemmata.collate.passages import Ints, Numbers
    from stemmata.language.senses import Floats

RARE = 0.9  # weight of a word from which it tells much (by hand)
AT_ONCE = 1 << 24  # words beside words whose nearness is held in memory: 64 MB and some copies


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near passages are in sense. Arrays [parent's passages, child's passages], 0 to 1, by weight of words."""

    of_parent: Floats  # how much of the parent's passage has a near word in the child's
    of_child: Floats
    whole: Floats  # cosine of the two as sums of their words


def nearness(parents: Row, children: Row) -> Nearness:
    """Every passage of one version beside every passage of another."""
    p, c = parents.senses, children.senses
    row = {w: k for k, w in enumerate({*p.stems, *c.stems})}
    mine, theirs = (np.array([row[w] for w in x.stems]) for x in (p, c))
    near_p: Floats = np.empty((len(parents), len(children)), np.float32)
    near_c: Floats = np.empty_like(near_p)
    ends = np.array([*p.starts[1:], len(p.stems)])
    first = 0
    while first < len(parents):
        start = p.starts[first]
        last = max(first + 1, int(np.searchsorted(ends, start + AT_ONCE // len(c.stems), side="right")))
        words, starts = slice(start, ends[last - 1]), p.starts[first:last] - start
        near = senses_near(p.senses[words], c.senses)
        near[mine[words, None] == theirs[None]] = 1.0
        best = np.maximum.reduceat(near, c.starts, axis=1)
        near_p[first:last] = np.add.reduceat(p.heft[words, None] * best, starts, axis=0)
        near_c[first:last] = np.add.reduceat(c.heft * np.maximum.reduceat(near, starts, axis=0), c.starts, axis=1)
        first = last
    parts = near_p / p.total[:, None], near_c / c.total, p.wholes @ c.wholes.T
    return Nearness(*(np.asarray(x, np.float32) for x in parts))


class Likeness:
    """The evidence of pairs of passages, by name: `columns`, a number for each pair. The pairs are given as the indices
    of the parent's passages and of the child's."""

    def __init__(self, parents: Row, children: Row, of_parent: Ints, of_child: Ints, near: Nearness) -> None:
        self._rows = parents, children
        i, j = self._pairs = of_parent, of_child
        a, b = parents.total[i], children.total[j]
        known = parents.words.heft >= RARE
        shared, rare = self._shared(parents.words, children.words, parents.words.heft, known.astype(np.float64))
        (beside,) = self._shared(parents.around, children.around, parents.around.heft)
        (names,) = self._shared(parents.names, children.names)
        (sources,) = self._shared(parents.sources, children.sources)
        named = np.minimum(parents.names.sizes[i], children.names.sizes[j])
        spoken = np.minimum(parents.sources.sizes[i], children.sources.sizes[j])
        run, length = self._runs()
        same, alike, other = self._numbers()
        sense, sense_of_child = near.of_parent[i, j].astype(np.float64), near.of_child[i, j].astype(np.float64)
        self.columns: dict[str, Numbers] = {
            "sense of the parent": sense,
            "sense of the child": sense_of_child,
            "sense of both": np.minimum(sense, sense_of_child),
            "sense as wholes": near.whole[i, j].astype(np.float64),
            "of both": shared / (a + b - shared),
            "of the shorter": shared / np.minimum(a, b),
            "of the parent": shared / a,
            "of the child": shared / b,
            "rare words": np.minimum(rare, 6) / 6,
            "no rare word": (rare == 0).astype(np.float64),
            "soft words": np.minimum(self._soft(), 3) / 3,
            "around": beside / np.maximum(1e-6, np.minimum(parents.around.total[i], children.around.total[j])),
            "quoted run": np.minimum(run, 8) / 8,
            "quoted share": run / length,
            "both quoted": (parents.quoted[i] & children.quoted[j]).astype(np.float64),
            "numbers same": np.minimum(same, 2) / 2,
            "numbers changed": np.minimum(alike, 2) / 2,
            "numbers other": np.minimum(other, 2) / 2,
            "names": np.minimum(names, 3) / 3,
            "names apart": ((named > 0) & (names == 0)).astype(np.float64),
            "source": sources / np.maximum(1, spoken),
            "source apart": ((spoken > 0) & (sources == 0)).astype(np.float64),
            "order": np.abs(parents.place[i] - children.place[j]),
            "short": (np.minimum(parents.length[i], children.length[j]) <= 3).astype(np.float64),
        }

    def rows(self) -> Iterator[dict[str, float]]:
        """The evidence of each pair."""
        every = zip(*(c.tolist() for c in self.columns.values()), strict=True)
        return (dict(zip(self.columns, row, strict=True)) for row in every)

    def _shared(self, mine: Words, theirs: Words, *hefts: Numbers) -> list[Numbers]:
        """Of each pair the sum of `hefts` of the parent's words that the child's passage has too; how many without."""
        i, j = self._pairs
        there = mine.places_in(theirs)
        kept = np.flatnonzero(there >= 0)
        sizes = np.bincount(mine.owners[kept], minlength=len(mine.sizes))
        starts = np.cumsum(sizes) - sizes
        pair = np.repeat(np.arange(len(i)), sizes[i])
        word = kept[ranges(starts[i], sizes[i])]
        hit = theirs.held[there[word], j[pair]]
        pair, word = pair[hit], word[hit]
        weights = [h[word] for h in hefts] if hefts else [None]
        return [np.bincount(pair, weights=w, minlength=len(i)).astype(np.float64) for w in weights]

    def _soft(self) -> Numbers:
        """How many words of the child begin like one of the parent's, neither being in the other."""
        parents, children = self._rows
        i, j = self._pairs
        may = np.zeros((len(parents), len(children)), np.bool_)
        mine, theirs = parents.words, children.words
        for beginning in parents.beginnings.keys() & children.beginnings.keys():
            one, other = parents.beginnings[beginning], children.beginnings[beginning]
            if len({*one, *other}) > 1:
                holds = mine.held[[mine.vocabulary[w] for w in one]].any(0)
                may[np.ix_(holds, theirs.held[[theirs.vocabulary[w] for w in other]].any(0))] = True
        out = np.zeros(len(i))
        for k in np.flatnonzero(may[i, j]):
            a, b = parents.passages[i[k]].weights, children.passages[j[k]].weights
            begun = {x[:BEGINNING] for x in a if len(x) >= BEGINNING and x not in b}
            out[k] = sum(1 for x in b if len(x) >= BEGINNING and x not in a and x[:BEGINNING] in begun)
        return out

    def _runs(self) -> tuple[Numbers, Numbers]:
        """Of each pair the longest run of words that one quotes and the other tells, and of how many words that
        quotation is; of several the longest."""
        parents, children = self._rows
        i, j = self._pairs
        best = np.maximum(longest_runs(parents, children), longest_runs(children, parents).T)[i, j]
        run, length = np.divmod(best, MOST_WORDS)
        return run.astype(np.float64), np.maximum(1, length).astype(np.float64)

    def _numbers(self) -> tuple[Numbers, Numbers, Numbers]:
        """Of each pair how many values are the same, changed and others."""
        parents, children = self._rows
        i, j = self._pairs
        out = np.zeros((3, len(i)))
        for k in np.flatnonzero(parents.counted[i] & children.counted[j]):
            found = compared(parents.passages[i[k]].quantities, children.passages[j[k]].quantities)
            out[:, k] = found.same, found.alike, len(found.changed) - found.alike
        return out[0], out[1], out[2]


MOST_WORDS = 1 << 20  # a quotation has fewer


def longest_runs(quoting: Row, telling: Row) -> NDArray[np.int64]:
    """[quoting, telling]: the longest run of words of one's quotation in the words of the other, times `MOST_WORDS`,
    with the length of that quotation."""
    out = np.zeros((len(quoting), len(telling)), np.int64)
    owners, quoted = quoting.fragments
    told = telling.plain
    there = quoted.places_in(told)
    order = np.argsort(told.ids, kind="stable")
    many = np.bincount(told.ids, minlength=len(told.vocabulary))
    starts = np.cumsum(many) - many
    # a gap between two quotations, or two passages, so that no run goes on from one into the next
    at = np.arange(len(quoted.ids)) + quoted.owners
    place = np.arange(len(told.ids)) + told.owners
    kept = np.flatnonzero(there >= 0)
    if not len(kept):
        return out
    met = order[ranges(starts[there[kept]], many[there[kept]])]
    word = np.repeat(kept, many[there[kept]])
    # the same step from quotation to passage, and the next word: one run
    key = (place[met] - at[word] + at[-1]) * (at[-1] + 2) + at[word]
    by_run = np.argsort(key, kind="stable")
    key, word, met = key[by_run], word[by_run], met[by_run]
    begins = np.flatnonzero(np.diff(key, prepend=key[0] - 2) != 1)
    lengths = np.diff(begins, append=len(key))
    fragment = quoted.owners[word[begins]]
    told_as = lengths * MOST_WORDS + quoted.sizes[fragment]
    longest_last = np.argsort(told_as, kind="stable")
    mine, theirs = owners[fragment[longest_last]], told.owners[met[begins[longest_last]]]
    out[mine, theirs] = told_as[longest_last]
    return out


def ranges(starts: Ints, sizes: Ints) -> Ints:
    """The numbers from each start on, so many of each, in one row."""
    ends = np.cumsum(sizes)
    out: Ints = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - sizes), sizes)
    return out
