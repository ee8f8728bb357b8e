"""How a change looks: a sign that is legible without colour, and a class of gravity that has a colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from stemmata.model import GRAVITY, ChangeLabel

Gravity = Literal["turned", "source", "force", "moved", "kept"]

# The classes, the gravest first, and what they are called in a legend
GRAVITIES: Final[dict[Gravity, str]] = {
    "turned": "words or facts turned",
    "source": "source shifted, blurred or gone",
    "force": "made stronger or weaker",
    "moved": "added or left out",
    "kept": "kept",
}

# label -> its sign, its class, and what it means in a few words
LOOKS: Final[dict[ChangeLabel, tuple[str, Gravity, str]]] = {
    "quote-fabricated": ("“", "turned", "quotation marks around words that no parent has"),
    "negated": ("¬", "turned", "says the contrary"),
    "quote-altered": ("≠", "turned", "words inside the quotation marks changed"),
    "number-changed": ("#", "turned", "another number"),
    "attribution-shifted": ("⇄", "source", "given to another speaker"),
    "attribution-dropped": ("⊘", "source", "now in the outlet’s own voice"),
    "strengthened": ("▲", "force", "told as more certain or more severe"),
    "attribution-vague": ("?", "source", "a named source became a vague one"),
    "weakened": ("▼", "force", "told as less certain or less severe"),
    "credit-dropped": ("©", "source", "no longer names where it got the story"),
    "added": ("+", "moved", "not in the parent"),
    "omitted": ("−", "moved", "left out"),
    "paraphrased": ("≈", "kept", "in other words"),
    "verbatim": ("=", "kept", "word for word"),
}

SOURCING_WORDS: Final = {
    "named-person": "named person",
    "named-organisation": "named body",
    "document": "document",
    "anonymous": "anonymous source",
    "unnamed-group": "unnamed group",
    "outlet": "outlet’s own voice",
}


def sign(label: ChangeLabel) -> str:
    return LOOKS[label][0]


def gravity(label: ChangeLabel) -> Gravity:
    return LOOKS[label][1]


def by_gravity(labels: Iterable[ChangeLabel]) -> list[ChangeLabel]:
    """The labels without repeats, the gravest first."""
    return sorted(set(labels), key=GRAVITY.index)


def key() -> list[tuple[ChangeLabel, str, Gravity, str]]:
    """Every label with its sign, class and meaning, class by class: the key of a drawing."""
    order = list(GRAVITIES)
    rows = [(label, *LOOKS[label]) for label in GRAVITY]
    return sorted(rows, key=lambda r: (order.index(r[2]), GRAVITY.index(r[0])))
