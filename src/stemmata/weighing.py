"""Weighed evidence: named numbers in, a probability out. The weights are fitted in training/."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """A logistic regression over named evidence, and the probability from which it says yes."""

    weights: Mapping[str, float]
    constant: float
    threshold: float

    def odds(self, evidence: Mapping[str, float]) -> float:
        """The logarithm of the odds."""
        weight = self.weights.get
        return self.constant + sum([weight(name, 0.0) * x for name, x in evidence.items() if x])

    def probability(self, evidence: Mapping[str, float]) -> float:
        """The probability that the answer is yes."""
        return chance(self.odds(evidence))

    def many_odds(self, columns: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        """The `odds` of many cases, whose evidence is given by name as one column each."""
        first, *others = (self.weights.get(name, 0.0) * column for name, column in columns.items())
        return self.constant + sum(others, first)

    def probabilities(self, columns: Mapping[str, NDArray[np.float64]]) -> list[float]:
        """The `probability` of many cases."""
        return [chance(x) for x in self.many_odds(columns).tolist()]

    @property
    def least_odds(self) -> float:
        """Odds under which no case is as likely as `threshold`; a little less than its own, for they are rounded."""
        return math.log(self.threshold / (1 - self.threshold)) - 1e-9


def chance(odds: float) -> float:
    """The probability of some log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def odds_of(probability: float) -> float:
    """The logarithm of the odds of a probability, nothing surer than 1 in 10,000 either way."""
    return math.log(max(probability, 1e-4) / max(1 - probability, 1e-4))


@cache
def weighings(room: str = "collate") -> dict[str, Weighing]:
    """The shipped weights of one room, weights/ROOM.json."""
    stored: dict[str, Any] = json.loads((files("stemmata") / "weights" / f"{room}.json").read_text("utf8"))
    return {name: Weighing(**value) for name, value in stored["weighings"].items()}
