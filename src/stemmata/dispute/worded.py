"""How an answer is worded beside what it answers: names of signs that tell denies, contradicts, corrects and rejects
apart on any topic. Their weights are fitted by training/worded.py, on many more disputes than bench/train has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[?!]")
_NOTS = (
    "not no never nothing nobody none neither nor cannot without don't didn't doesn't isn't wasn't weren't aren't "
    "hasn't haven't hadn't won't can't couldn't"
)
NOTS = frozenset(_NOTS.split())
OURS = frozenset(["i", "we", "my", "our", "me", "us"])
LONG = 4  # letters of a word that two statements may share by more than chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A statement in its words."""

    source: str
    cue: str
    content: str


def signs(by: Words, of: Words, *, one_actor: bool) -> frozenset[str]:
    """What holds of `by`, which answers `of`."""
    return frozenset(_signs(by, of, one_actor))


def _signs(by: Words, of: Words, one_actor: bool) -> Iterator[str]:
    cue, mine, theirs = (_words(x) for x in (by.cue, by.content, of.content))
    yield from (f"c={w}" for w in cue)
    yield from (f"oc={w}" for w in _words(of.cue))
    yield from (f"w={w}" for w in mine)
    yield from (f"w{k}={w}" for k, w in enumerate(mine[:3]))
    yield from (f"b={a} {b}" for a, b in pairwise(["^", *mine, "$"]))
    yield f"nots {not NOTS.isdisjoint(mine)} {not NOTS.isdisjoint(theirs)}"
    yield f"numbers {any(w.isdigit() for w in mine)} {any(w.isdigit() for w in theirs)}"
    yield f"shared {min(3, len(_long(mine) & _long(theirs)))}"
    yield f"length {min(4, len(mine) // 5)}"
    if one_actor:
        yield "one actor"
    if _long(_words(by.source)) & _long(theirs):
        yield "is named"
    if not OURS.isdisjoint(w.split("'")[0] for w in mine):  # "we've"
        yield "ours"
    if not by.source:
        yield "no source"


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


def _long(words: Iterable[str]) -> set[str]:
    return {w for w in words if len(w) >= LONG}
