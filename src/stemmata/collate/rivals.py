"""Which of several earlier texts was this one made from? What each rival explains that the others do not.

The method is the philologists': readings that all versions have tell nothing; a reading that only one rival has, and
the child too, tells most (shared errors). Readings are compared at four grains: content words, neighbouring content
words, runs of four words, and runs of three inside quotation marks; and numbers as values, however they are spelled.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence, Set
from itertools import combinations

from stemmata.collate.credited import credits_other
from stemmata.collate.kin import ALIGNED, NOTHING, Cover, Kin, covers, likeness, unheard
from stemmata.collate.witness import Witness
from stemmata.weighing import odds_of

NO_SECOND = -2.2  # log-odds of a second-best rival where there is none: those of a pair that is just no rival (0.1)
# What the chosen rival's standing and the pair tell of whether the child was made from it: one evidence after the other
# of 110 put in or taken away by what it does to the log-loss on the cases of training/kin.py, with four sets of folds.
STANDING = ("links_explained", "longer", "names_alone", "names_missed", "quotes_left", "runs_missed", "runs_taken",
            "said_child")  # fmt: skip
SEEN = ("days", "half_child", "own_told", "numbers_child", "quotes_child", "order")
# Stems of the words of an answer: those of bench/train and training/written that answers have far more than versions.
REPLIES = frozenset((
    "answer", "apolog", "apologis", "attribut", "clarif", "contradict", "correct", "correction", "counter", "den",
    "deni", "dismiss", "disput", "fals", "insist", "misleading", "misquot", "never", "newspaper", "print",
    "printed", "publish", "quot", "rebut", "rebuttal", "refut", "reject", "repeat", "repl", "reply", "respon",
    "respond", "respons", "retort", "retract", "sentenc", "spoken", "stand", "statement", "untru", "websit",
    "withdrawn", "withdrew", "word",
))  # fmt: skip
FOUND = 0.15  # share told from which a sentence of a parent's lead has a place in the child (set by hand)
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
    """For each rival the evidence that `child` was made from it rather than from another of `rivals`.

    Copies of one text count as one when it is asked what only one has (the elimination of mere copies: Maas 1927).
    """
    mine = readings(child)
    theirs = [readings(r) for r in rivals]
    groups = copies([t["runs"] for t in theirs])
    rows: list[dict[str, float]] = [{} for _ in rivals]
    for grain in GRAINS:
        known = Counter(i for g in groups for i in mine[grain] & frozenset().union(*(theirs[k][grain] for k in g)))
        # a reading of every text weighs little; of one alone, log(n + 1)
        rare = {i: math.log((len(groups) + 1) / n) for i, n in known.items()}
        total = math.fsum(rare.values()) or 1.0
        for row, t in zip(rows, theirs, strict=True):
            shared = known.keys() & t[grain]
            row[f"{grain}_explained"] = math.fsum(rare[i] for i in shared) / total
            row[f"{grain}_alone"] = math.log1p(sum(known[i] == 1 for i in shared))
            row[f"{grain}_taken"] = len(shared) / (len(t[grain]) or 1)
            row[f"{grain}_missed"] = math.log1p(len(known) - len(shared))
    words = Counter(s for g in groups for s in child.speaking & frozenset().union(*(rivals[k].weights for k in g)))
    names = words.keys() & (child.names | child.numbers)  # no rewrite can put right what its parent has lost
    told = [covers(child, r) for r in rivals]
    for name, group in enumerate(groups):
        apart = [k for k in range(len(rivals)) if k not in group]
        others = [max((told[k][i].share for k in apart), default=0.0) for i in range(len(told[0]))]
        elsewhere = set().union(*(rivals[k].weights for k in apart))
        for k in group:
            row, found, has = rows[k], told[k], rivals[k].weights
            row["group"] = name
            row["told_alone"] = math.fsum(max(0.0, c.share - o) for c, o in zip(found, others, strict=True))
            row["rare_missed"] = math.log1p(math.fsum(child.weights[s] for s in words if s not in has))
            row["names_missed"] = math.log1p(math.fsum(words[s] / len(groups) for s in names if s not in has))
            row["names_alone"] = math.log1p(sum(s in has and s not in elsewhere for s in names))
    for row, seen in zip(rows, valued(child, rivals, groups, told), strict=True):
        row |= seen
    credited = _credited(child, rivals)
    for k, (row, rival, pair) in enumerate(zip(rows, rivals, pairs, strict=True)):
        row["kin"] = odds_of(pair.probability)
        seen = likeness(pair.shared)
        row |= {n: seen[n] for n in ("told_parent", "half_parent", "half_child", "said_child", "quotes_left")}
        row["credited"] = credited[k]
        row["other_credited"] = float(any(credited) and not credited[k])
        row["copied"] = float(any(is_before(rivals[o], rival) for group in groups if k in group for o in group))
        row["longer"] = math.log((len(rival.words) + 1) / (len(child.words) + 1))
    return rows


def valued(child: Witness, rivals: Sequence[Witness], groups: Sequence[Sequence[int]],
           told: Sequence[Sequence[Cover]]) -> list[dict[str, float]]:  # fmt: skip
    """For each rival what numbers tell, whatever their spelling: a number that was changed is seldom put right again.

    `told` is how each rival tells the child's sentences. As log(1 + n): values of the child that this rival alone has;
    values that the rival tells otherwise, in the sentence that tells the child's, while another rival has the child's;
    and its values in such sentences that neither the child has nor another rival.
    """
    mine = frozenset().union(*child.values)
    theirs = [frozenset().union(*r.values) for r in rivals]
    known = frozenset().union(*theirs)
    rows: list[dict[str, float]] = [{} for _ in rivals]
    for group in groups:
        others = frozenset().union(*(t for k, t in enumerate(theirs) if k not in group))
        for k in group:
            aligned = [(child.values[c.at], rivals[k].values[c.place]) for c in told[k] if c.share >= ALIGNED]
            changed = [v for here, there in aligned if there - mine for v in here & known - theirs[k]]
            own = frozenset().union(*(there for _, there in aligned)) - mine - others
            rows[k] = {
                "values_alone": math.log1p(len(mine & theirs[k] - others)),
                "values_changed": math.log1p(len(frozenset(changed))),
                "values_own": math.log1p(len(own)),
            }
    return rows


COPIES = 0.85  # share of the smaller one's runs from which two are one text: on bench/train copies have 0.92 and more


def copies(runs: Sequence[Set[Hashable]]) -> list[list[int]]:
    """The texts, by number, grouped by which are copies of each other."""
    group = list(range(len(runs)))
    for a, b in combinations(range(len(runs)), 2):
        if len(runs[a] & runs[b]) >= COPIES * min(len(runs[a]), len(runs[b])) > 0:
            one, other = group[a], group[b]
            group = [one if g == other else g for g in group]
    return [[k for k, g in enumerate(group) if g == name] for name in sorted(set(group))]


def _credited(child: Witness, rivals: Sequence[Witness]) -> list[float]:
    """For each rival the share that it has in a credit: a text that names an agency was made from the agency's report,
    or from any version that names the agency too."""
    shares = [0.0] * len(rivals)
    for named in rivals:
        if credits_other(child.document, named.document):
            through = [k for k, r in enumerate(rivals) if r is named or credits_other(r.document, named.document)]
            for k in through:
                shares[k] = max(shares[k], 1 / len(through))
    return shares


def derivation(child: Witness, rivals: Sequence[Witness], pairs: Sequence[Kin], rows: Sequence[Mapping[str, float]],
               shares: Sequence[float]) -> dict[str, float]:  # fmt: skip
    """The evidence that `child` was made from one of its rivals at all, or that the likeliest is its very parent.

    `pairs` are its kin with each rival, `rows` the rivals' `standing`, `shares` how likely each is the parent if one
    is. Another newsroom's report is like all versions a little; a rewrite is like one of them in particular, keeps what
    that one tells in its own voice, and has few quotations that are in none. An answer has many of its own.
    """
    chosen = max(range(len(rows)), key=lambda k: shares[k])
    odds = [row["kin"] for row in rows]
    others = [row["kin"] for row in rows if row["group"] != rows[chosen]["group"]]  # a copy of it tells nothing new
    known = frozenset().union(*(r.triples for r in rivals))
    said = [run for runs in child.quote_runs for run in runs]
    back = covers(rivals[chosen], child)
    kept = [c for c in back if not c.quoted]
    told = [max(some, key=lambda c: c.share) for some in zip(*(covers(child, r) for r in rivals), strict=True)]
    lead = [(c.place + 0.5) / len(child.sentences) if c.share >= FOUND else 1.0 for c in back[:2]]
    seen = likeness(pairs[chosen].shared)
    row = {
        "best": max(odds),
        "second": max(others, default=NO_SECOND),
        "peak": shares[chosen],
        "quotes_strange": math.log1p(unheard(child, known)),
        "quotes_known": (sum(run in known for run in said) + 0.5) / (len(said) + 2.0),
        "names_strange": math.log1p(len(child.names.difference(*(r.rare for r in rivals)))),
        "numbers_strange": math.log1p(len(child.numbers.difference(*(r.numbers for r in rivals)))),
        "voice_strange": math.log1p(sum(c.share < NOTHING for c in told if not c.quoted)),
        "undated": float(not all(is_before(r, child) for r in rivals)),  # either may come of the other: two chances
        "replies": math.log1p(len((REPLIES & child.weights.keys()).difference(*(r.weights for r in rivals)))),
        "lead_place": math.fsum(lead) / len(lead) if lead else 1.0,
        "first_told": next((i for i, c in enumerate(told) if c.share >= ALIGNED), len(told)) / (len(told) or 1),
        "told_late": _centre([c.weight * c.share for c in told]) - _centre([c.weight for c in told]),
        "own_kept": (math.fsum(c.weight * c.share for c in kept) + 1.0) / (math.fsum(c.weight for c in kept) + 4.0),
    }
    return row | {n: rows[chosen][n] for n in STANDING} | {n: seen[n] for n in SEEN}


def _centre(weights: Sequence[float]) -> float:
    """Where in a row of sentences the middle of `weights` lies, from 0 to 1."""
    whole = math.fsum(weights)
    return math.fsum(w * (i + 0.5) for i, w in enumerate(weights)) / (whole * len(weights)) if whole else 0.5


def is_before(one: Witness, other: Witness) -> bool:
    """Whether `one` is known to be older; a missing or equal time tells nothing, a day alone may be any time of it."""
    return one.until is not None and other.time is not None and one.until < other.time


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
        # of the versions of one second parent, each with much of what the first has not, the very parent has the most
        most = max((len(left & f[grain]) for f in further), default=0)
        row[f"{grain}_ahead"] = math.log1p(len(found)) - math.log1p(most)
        row[f"{grain}_first"] = len((mine[grain] & base[grain]) - more[grain]) / (len(mine[grain]) or 1)
    base_told = covers(child, first)
    gained = [
        math.fsum(max(0.0, c.share - b.share) for c, b in zip(covers(child, w), base_told, strict=True))
        for w in (other, *rest)
    ]
    row["told_ahead"] = math.log1p(gained[0]) - math.log1p(max(gained[1:], default=0.0))
    row["credited"] = float(credits_other(child.document, other.document))
    row["kin"] = odds_of(pairs[other.id].probability)
    row["first_kin"] = odds_of(pairs[first.id].probability)
    row["link"] = odds_of(link.probability)
    return row
