"""Which of two texts that are kin came first, where no time tells: by what each has of the other, and by its wording.

What is told again loses names, numbers and quotations, and gets words of its own kind: a speaker who "said" now
"expressed" or "acknowledged", what happened "has" happened, and it is "significant". A stemma without times is drawn
by it (stemma.py). The evidence is weighed as it was in versions that language models wrote; how a person retells may
differ.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from stemmata.collate.kin import Kin, Weights, covers, kin, likeness
from stemmata.collate.rivals import valued
from stemmata.collate.witness import Witness
from stemmata.weighing import chance, odds_of

# Each as a difference, so that all change their signs when the two are turned: the share of the later that the earlier
# has, less the share of the earlier that the later has; and what the later has new, less what it left out.
SHARES = ("names", "numbers", "quotes", "topics", "details", "facts", "runs", "own", "told", "said", "half")
COUNTS = ("names", "numbers", "quotes", "voice")
# What two that came out on one day lose, in log-odds of being kin: two newsrooms report one event then. Of 0 to 1.5 the
# least by which of the reports of one day in data/independents no more are joined than by one way alone: 4 of 150.
ONE_DAY = 0.75


def precedence(earlier: Witness, later: Witness, pair: Kin, fitted: Weights) -> float:
    """The log-odds that `earlier` was first; the other way round they are the same with the other sign."""
    row = order_evidence(earlier, later, pair)
    return weighed(row | {"retelling": retelling(later, fitted) - retelling(earlier, fitted)}, fitted)


def weighed(row: Mapping[str, float], fitted: Weights) -> float:
    """The log-odds that evidence of `order_evidence` and of `retelling` makes."""
    return math.fsum(fitted.first[name] * value for name, value in row.items())


def undated_kin(one: Witness, other: Witness, fitted: Weights) -> Kin:
    """The judgement of two of which no time tells which came first, the one first that likelier was.

    Each way round counts by the chance, by the wording, that it is the right one. By fits without them, of 366 versions
    in dossiers and what they were made from, without times, 327 are so one family, of 124 other pairs 4. By whichever
    way their ids say it is 292 and none, by the less likely way 262 and 1.
    """
    a, b = sorted((one, other), key=lambda w: (w.document.text, w.id))  # so that no id decides
    there, back = kin(a, b, fitted), kin(b, a, fitted)
    first = precedence(a, b, there, fitted)
    odds = either_way(odds_of(there.probability), odds_of(back.probability), first) - one_day(a, b)
    return replace(there if first >= 0 else back, probability=chance(odds))


def either_way(there: float, back: float, first: float) -> float:
    """The log-odds that two are kin, by those of both ways and the log-odds that it is the way `there`."""
    return chance(first) * there + chance(-first) * back


def one_day(one: Witness, other: Witness) -> float:
    """What two of which no time tells which came first lose where both have a time."""
    return 0.0 if one.time is None or other.time is None else ONE_DAY


def order_evidence(earlier: Witness, later: Witness, pair: Kin) -> dict[str, float]:
    """All that `precedence` weighs but the words."""
    seen = likeness(pair.shared)
    row = {name: seen[f"{name}_child"] - seen[f"{name}_parent"] for name in SHARES}
    row |= {f"{name} added": seen[f"{name}_new"] - seen[f"{name}_left"] for name in COUNTS}
    row["values told otherwise"] = _otherwise(later, earlier) - _otherwise(earlier, later)
    return row


def retelling(witness: Witness, fitted: Weights) -> float:
    """How far the words of a text are those of one that retells another: square roots of their shares, weighed."""
    many = len(witness.stems) or 1
    found = sorted((s, n) for s, n in Counter(witness.stems).items() if s in fitted.retelling)
    return math.fsum(fitted.retelling[s] * math.sqrt(n / many) for s, n in found)


def _otherwise(child: Witness, parent: Witness) -> float:
    """Values that `parent` has where it tells sentences of `child`, and `child` has not."""
    return valued(child, [parent], [[0]], [covers(child, parent)])[0]["values_own"]
