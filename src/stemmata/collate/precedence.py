"""Which of two texts that are kin came first, where no time tells: by what each has of the other, and by its wording.

What is told again loses names, numbers and quotations, and gets words of its own kind: a speaker who "said" now
"expressed" or "acknowledged", what happened "has" happened, and it is "significant". A stemma without times is drawn
by it (stemma.py). The evidence is weighed as it was in versions that language models wrote; how a person retells may
differ.
"""

from __future__ import annotations

import math
from collections import Counter

from stemmata.collate.kin import Kin, Weights, covers, likeness
from stemmata.collate.rivals import valued
from stemmata.collate.witness import Witness

# Each as a difference, so that all change their signs when the two are turned: the share of the later that the earlier
# has, less the share of the earlier that the later has; and what the later has new, less what it left out.
SHARES = ("names", "numbers", "quotes", "topics", "details", "facts", "runs", "own", "told", "said", "half")
COUNTS = ("names", "numbers", "quotes", "voice")


def precedence(earlier: Witness, later: Witness, pair: Kin, fitted: Weights) -> float:
    """The log-odds that `earlier` was first; the other way round they are the same with the other sign."""
    row = order_evidence(earlier, later, pair)
    row["retelling"] = retelling(later, fitted) - retelling(earlier, fitted)
    return math.fsum(fitted.first[name] * value for name, value in row.items())


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
