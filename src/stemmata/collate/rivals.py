"""Which of several earlier texts was this one made from? What each rival explains that the others do not.

The method is the philologists': readings that all versions have tell nothing; a reading that only one rival has, and
the child too, tells most (shared errors). Readings are compared at four grains: content words, neighbouring content
words, runs of four words, and runs of three inside quotation marks.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence, Set

from stemmata.collate.kin import Kin, covers, credits_outlet, likeness
from stemmata.collate.witness import Witness

NO_SECOND = -2.2  # log-odds of a second-best rival where there is none: those of a pair that is just no rival (0.1)
# Of the chosen rival's standing, what tells whether the child was made from it: chosen one by one on bench/train.
CHOSEN = ("links_one", "runs_explained", "runs_alone", "runs_taken", "quotes_alone", "quotes_taken", "order")
GRAINS = ("words", "links", "runs", "quotes")


def readings(witness: Witness) -> Mapping[str, Set[Hashable]]:
    """The readings of a version, by grain."""
    return {
        "words": witness.speaking,
        "links": witness.links,
        "runs": witness.runs,
        "quotes": witness.quoted_triples,
    }


def standing(child: Witness, rivals: Sequence[Witness], pairs: Sequence[Kin]) -> list[dict[str, float]]:
    """For each rival the evidence that `child` was made from it rather than from another of `rivals`."""
    mine = readings(child)
    theirs = [readings(r) for r in rivals]
    rows: list[dict[str, float]] = [{} for _ in rivals]
    for grain in GRAINS:
        own = mine[grain]
        known = Counter(i for t in theirs for i in t[grain])
        explained = [i for i in own if i in known]
        # a reading of every rival weighs nothing; of one alone, log(n + 1)
        rare = {i: math.log((len(rivals) + 1) / n) for i, n in known.items()}
        total = math.fsum(rare[i] for i in explained) or 1.0
        for row, t in zip(rows, theirs, strict=True):
            shared = own & t[grain]
            alone = sum(known[i] == 1 for i in shared)
            row[f"{grain}_explained"] = math.fsum(rare[i] for i in shared) / total
            row[f"{grain}_alone"] = math.log1p(alone)
            row[f"{grain}_taken"] = math.fsum(rare[i] for i in shared) / (math.fsum(rare[i] for i in t[grain]) or 1.0)
            row[f"{grain}_one"] = len(shared) / (len(own) or 1)
            row[f"{grain}_missed"] = math.log1p(len(explained) - len(shared))
    told = [covers(child, r) for r in rivals]
    best = [max(c.share for c in some) for some in zip(*told, strict=True)]
    for k, row in enumerate(rows):
        others = [max((t[i].share for j, t in enumerate(told) if j != k), default=0.0) for i in range(len(best))]
        row["told_alone"] = math.fsum(max(0.0, c.share - o) for c, o in zip(told[k], others, strict=True))
        row["told_missed"] = math.fsum(b - c.share for c, b in zip(told[k], best, strict=True))
    credited = _credited(child, rivals)
    times = [r.time for r in rivals if r.time is not None]
    for k, (row, rival, pair) in enumerate(zip(rows, rivals, pairs, strict=True)):
        row["kin"] = math.log(max(pair.probability, 1e-4) / max(1 - pair.probability, 1e-4))
        seen = likeness(pair.shared)
        for name in (
            "told_child",
            "told_parent",
            "own_child",
            "runs_child",
            "said_child",
            "order",
            "facts_child",
            "details_order",
        ):
            row[name] = seen[name]
        row["credited"] = credited[k]
        row["other_credited"] = float(any(credited) and not credited[k])
        row["first"] = float(rival.time is not None and rival.time == min(times))
        row["hours"] = math.log1p(min(seen["days"], 8.0) and (math.expm1(seen["days"]) * 24))
        before = [t["runs"] for t, r in zip(theirs, rivals, strict=True) if is_before(r, rival)]
        runs = theirs[k]["runs"]
        row["copied"] = max((len(runs & b) / len(runs) for b in before if runs), default=0.0)
        row["longer"] = math.log((len(rival.words) + 1) / (len(child.words) + 1))
    return rows


def _credited(child: Witness, rivals: Sequence[Witness]) -> list[float]:
    """For each rival the share that it has in a credit: a text that names an agency was made from the agency's report,
    or from any version that names the agency too."""
    shares = [0.0] * len(rivals)
    for named in rivals:
        if credits_outlet(child.document, named.document.outlet):
            through = [
                k for k, r in enumerate(rivals) if r is named or credits_outlet(r.document, named.document.outlet)
            ]
            for k in through:
                shares[k] = max(shares[k], 1 / len(through))
    return shares


def derivation(pairs: Sequence[Kin], rows: Sequence[Mapping[str, float]], shares: Sequence[float]) -> dict[str, float]:
    """The evidence that a document was made from one of its rivals at all, or that the likeliest is its very parent.

    `pairs` are its kin with each rival, `rows` the rivals' `standing`, `shares` how likely each is the parent if one
    is. Another newsroom's report is like all versions a little; a rewrite is like one of them in particular.
    """
    chosen = max(range(len(rows)), key=lambda k: shares[k])
    odds = [row["kin"] for row in rows]
    others = sorted((o for k, o in enumerate(odds) if k != chosen), reverse=True)
    seen = pairs[chosen].shared
    row = {
        "chosen": odds[chosen],
        "best": max(odds),
        "second": others[0] if others else NO_SECOND,
        "n": math.log1p(len(rows)),
        "peak": shares[chosen],
    }
    row |= {name: rows[chosen][name] for name in CHOSEN}
    return row | {"days": seen.days, "quotes_new": seen.quotes_new, "names_new": seen.names_new}


def is_before(one: Witness, other: Witness) -> bool:
    """Whether `one` is known to be older; a missing or equal time tells nothing."""
    return one.time is not None and other.time is not None and one.time < other.time


def addition(child: Witness, first: Witness, other: Witness, rest: Sequence[Witness], pairs: Mapping[str, Kin],
             link: Kin) -> dict[str, float]:  # fmt: skip
    """The evidence that `child`, made from `first`, draws on `other` too: what only `other` explains.

    `rest` are the further rivals; `pairs` the kin of child with each rival by its id, `link` that of the two parents.
    """
    mine, base, more = readings(child), readings(first), readings(other)
    further = [readings(r) for r in rest]
    row: dict[str, float] = {}
    for grain in GRAINS:
        left = mine[grain] - base[grain]
        found = left & more[grain]
        alone = {i for i in found if not any(i in f[grain] for f in further)}
        row[f"{grain}_beyond"] = len(found) / (len(left) or 1)
        row[f"{grain}_beyond_count"] = math.log1p(len(found))
        row[f"{grain}_beyond_alone"] = math.log1p(len(alone))
        row[f"{grain}_first"] = len((mine[grain] & base[grain]) - more[grain]) / (len(mine[grain]) or 1)
    names = {s for s in child.names - first.rare if s in other.rare}
    row["names_beyond"] = math.log1p(len(names))
    row["numbers_beyond"] = math.log1p(len(child.numbers & other.numbers - first.numbers))
    row["credited"] = float(credits_outlet(child.document, other.document.outlet))
    row["kin"] = math.log(max(pairs[other.id].probability, 1e-4) / max(1 - pairs[other.id].probability, 1e-4))
    row["first_kin"] = math.log(max(pairs[first.id].probability, 1e-4) / max(1 - pairs[first.id].probability, 1e-4))
    row["link"] = math.log(max(link.probability, 1e-4) / max(1 - link.probability, 1e-4))
    row["link_runs"] = max(link.shared.runs_child, link.shared.runs_parent)
    return row
