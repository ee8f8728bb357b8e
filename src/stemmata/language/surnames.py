"""Which titles of a text are surnames in it: the "King" of Paul King, the "Baker" of Laura Baker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from stemmata.language.lexicon import bodies, closed, common, places, titles
from stemmata.language.wording import bare, folded

KEPT = 512  # texts whose surnames are kept (by hand)
# What no first name is: with a title behind it, it makes an office of one, "the Prime Minister", "Police Chief"
_RANKS = closed("ranks") | {"air", "former", "general"}
_NO_TITLES = ("group", "person")  # "teachers", "somebody": no office that a single one bears
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_OPENS = re.compile(r"(?:[.!?:\n]\s?|[\"“‘«(])$")  # what stands before the first word of a sentence
_SPACE = re.compile(r"[^\S\n]\n?|\n")  # between two words of a line, wrapped or not


@lru_cache(maxsize=KEPT)
def surnames(text: str) -> frozenset[str]:
    """The titles, folded, that stand in a text as somebody's surname: capitalised right behind what may be a first
    name, no article before the two and no name behind them ("Paul King said", and not "the Prime Minister", "Finance
    Minister Ana Reyk"); or behind "Mr" and the like, where they are no office ("Mr Baker", and not "Mr Speaker").

    Of the 31 that 3,980 articles of bench/train and our dossiers have, 30 are names: 9 of persons ("Rufus Amory-Dean"),
    the others of firms, hospitals, ships and places ("Voltaire Coach"); one is an office ("Air Marshal").
    """
    found = set()
    words = list(_WORD.finditer(text))
    for k, m in enumerate(words):
        word = m.group()
        if not word[0].isupper() or word.isupper():
            continue
        kind = _kind(key := _key(word))
        if kind and not _follows(text, words, k + 1) and _led(text, words, k, kind):
            found.add(key)
    return frozenset(found)


def _follows(text: str, words: Sequence[re.Match[str]], k: int) -> bool:
    """Whether the k-th word has a capital and follows right behind the one before it."""
    if not 0 < k < len(words) or not words[k].group()[0].isupper():
        return False
    gap, before = text[words[k - 1].end() : words[k].start()], words[k - 1].group()
    short = len(before) == 1 or _title(_key(before)) == "honorific"  # "J. King", "Dr. King"
    return bool(_SPACE.fullmatch(gap)) or (short and gap == ". ")


def _led(text: str, words: Sequence[re.Match[str]], k: int, kind: str) -> bool:
    """Whether what stands before the k-th word, a title of a `kind`, makes a surname of it."""
    first = k
    while _follows(text, words, first):
        first -= 1
    if first and _SPACE.fullmatch(text, words[first - 1].end(), words[first].start()):
        first -= 1  # the last word before the run
    run = [m.group() for m in words[first:k]]
    name, key = (run[-1], _key(run[-1])) if run else ("", "")
    initial = len(name) == 1 and text[words[k - 1].end()] == "."  # "J. King"
    if not name[:1].isupper() or (name.isupper() and not initial):
        return False
    if _title(key) == "honorific":
        return kind != "office"
    if any(_key(w) in closed("determiners") or w.endswith(("'s", "’s")) for w in run) and not initial:
        return False
    opens = _OPENS.search(text[max(0, words[k - 1].start() - 3) : words[k - 1].start()] or "\n") is not None
    return not _title(key) and key not in _no_first_names() and not (opens and key in common())


def _kind(key: str) -> str:
    """The kind of a title, of "lockhart-sen" that of its part; empty for what is none."""
    parts = (key, *(x for x in key.split("-")[:2] if _title(x) in ("rank", "office"))) if "-" in key else (key,)
    return next((kind for x in parts if (kind := _title(x))), "")


def _key(word: str) -> str:
    return bare(folded(word))


def _title(key: str) -> str:
    """The kind of a title that a single one bears; empty for what is none."""
    kind = titles().get(key, "")
    return "" if kind in _NO_TITLES else kind


@cache
def _no_first_names() -> frozenset[str]:
    lists = (bodies(), places(), closed("field"), closed("prepositions"), _RANKS)
    return frozenset(form for forms in lists for form in forms)
