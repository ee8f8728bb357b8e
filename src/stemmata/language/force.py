"""How strongly a text commits itself: verbs of saying, hedges and boosters, negation, by lists (lexicon/force.tsv).

Counts of listed words in two texts, side by side; the words are given back with their places, so that a finding shows
what it rests on. The lists decide nothing alone: training/claims.py weighs them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stemmata.language.wording import folded, lexicon, stem
from stemmata.model import Span
from stemmata.surface import WORD

KINDS = ("hedge", "booster", "softener", "negator")
_MODAL = {"might": 1, "may": 1, "could": 1, "would": 2, "should": 2, "can": 2, "will": 3, "shall": 3, "must": 3,
          "cannot": 3, "won't": 3, "can't": 3}  # fmt: skip
_DENIED = re.compile(r"\s+(?:not|never)\b")


@dataclass(frozen=True, slots=True)
class Marked:
    """A listed word or phrase, and where it stands."""

    form: str
    span: Span


@cache
def _forms(kind: str) -> tuple[frozenset[str], int]:
    every = frozenset(lexicon("force")[kind])
    return every, max(len(f.split()) for f in every)


def marked(text: str, spans: tuple[Span, ...], kind: str) -> list[Marked]:
    """The words and phrases of one list inside `spans`, the longest first."""
    forms, longest = _forms(kind)
    found = []
    for part in spans:
        places = [(_heard(m), Span(m.start(), m.end())) for m in WORD.finditer(text, part.start, part.end)]
        at = 0
        while at < len(places):
            for size in range(min(longest, len(places) - at), 0, -1):
                form = " ".join(w for w, _ in places[at : at + size])
                if form in forms:
                    found.append(Marked(form, Span(places[at][1].start, places[at + size - 1][1].end)))
                    at += size - 1
                    break
            at += 1
    return found


def _heard(m: re.Match[str]) -> str:
    """The word as it is looked up: "May" with a capital is the month, "could not" the past of "cannot"."""
    word = m.group()
    return "" if word == "May" or (word == "could" and _DENIED.match(m.string, m.end())) else folded(word)


def extent(found: list[Marked]) -> float:
    """How far the farthest of the words of extent goes: 1 "some", 2 "most", 3 "all"; 0 where there is none."""
    return max((float(lexicon("force")["extent"][m.form]) for m in found), default=0.0)


_UNDONE = re.compile(r"\s+(?:[\w’'-]+\s+){0,3}")
_VERBS = ("den", "refus", "reject", "rule", "fail", "lack", "disput", "dismiss", "avoid", "unaware")
_SAID = re.compile(
    r"\s+(?:(?:can|could|may|will|would|should|must|ever)\s+){0,2}"
    r"(?:say|said|claim(?:ed)?|argue|pretend|think|believe|suggest|maintain|tell\s+\w+|complain)\s+"
    r"(?!(?:why|when|where|who|whom|what|how|whether|if)\b)(?:[\w’'-]+\s+){0,5}",
    re.IGNORECASE,
)


def negations(text: str, spans: tuple[Span, ...]) -> list[Marked]:
    """The listed negators that no other undoes: none in "nobody can say that they were not told" and "cannot deny"."""
    kept: list[Marked] = []
    for m in marked(text, spans, "negator"):
        before = kept[-1] if kept else None
        verb = m.form.startswith(_VERBS)
        if (
            before is not None
            and not before.form.startswith(_VERBS)
            and (_UNDONE if verb else _SAID).fullmatch(text, before.span.end, m.span.start)
        ):
            kept.pop()
        else:
            kept.append(m)
    return kept


def modality(text: str, spans: tuple[Span, ...]) -> int:
    """The strongest modal verb: 0 none, 1 may or could, 2 would or should, 3 will or must."""
    found = (_heard(m) for s in spans for m in WORD.finditer(text, s.start, s.end))
    return max((_MODAL.get(word, 0) for word in found), default=0)


@cache
def _cues() -> dict[str, float]:
    listed = lexicon("force")["cue"].items()
    return {" ".join(stem(w) for w in re.findall(r"\w+", form)): float(value) for form, value in listed}


def commitment(text: str, cue: Span | None) -> float | None:
    """How far a verb of saying goes, from -2 ("hinted") over 0 ("said") to 3 ("admitted"); None where not listed."""
    if cue is None:
        return None
    stems = [stem(w) for w in WORD.findall(text, cue.start, cue.end)]
    for size in (4, 3, 2, 1):
        for at in range(len(stems) - size + 1):
            value = _cues().get(" ".join(stems[at : at + size]))
            if value is not None:
                return value
    return None


@cache
def _antonyms() -> frozenset[tuple[str, str]]:
    out = set()
    for form, others in lexicon("force")["antonym"].items():
        for other in others.split():
            out |= {(stem(form), stem(other)), (stem(other), stem(form))}
    return frozenset(out)


def opposed(gone: set[str], new: set[str]) -> list[tuple[str, str]]:
    """Pairs of opposites of which one went and the other came (stems)."""
    return sorted(p for p in _antonyms() if p[0] in gone and p[1] in new)
