"""Whether two words can be one name in two spellings: Zelensky, Zelenskiy and Zelenskyy."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from stemmata.language.wording import folded

ALIKE = 0.8  # Zelensky and Zelenskyy 0.94, Lukashenko and Lukashenka 0.9; Idris and Idress 0.73 are two names

_SOUNDS = (
    ("x", "ks"), ("sch", "s"), ("tch", "c"), ("kh", "h"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("ck", "k"),
    ("ph", "f"), ("th", "t"), ("gh", "g"), ("q", "k"), ("w", "v"), ("iy", "i"), ("yy", "y"),
)  # fmt: skip


def skeleton(word: str) -> str:
    """The consonants of a name, spellings of one sound made one: the same for Zelensky, Zelenskiy and Zelenskyy."""
    sound = re.sub(r"['-]", "", folded(word))
    for written, instead in _SOUNDS:
        sound = sound.replace(written, instead)
    sound = sound.replace("c", "k")
    bare = sound[:1] + "".join(c for c in sound[1:] if c not in "aeiouyjh")
    bare = ("" if bare[:1] in "aeiouy" else bare[:1]) + bare[1:]
    return re.sub(r"(.)\1+", r"\1", bare) or sound


def alike(a: str, b: str) -> bool:
    """Whether two words can be one name in two spellings; their consonants are known to agree."""
    return a == b or (len(a) > 4 and len(b) > 4 and SequenceMatcher(None, a, b).ratio() >= ALIKE)


def one_name(a: str, b: str) -> bool:
    """Whether two folded words can be one name in two spellings: "zelensky" and "zelenskiy"."""
    return a == b or (skeleton(a) == skeleton(b) and alike(a, b))
