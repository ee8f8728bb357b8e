"""Whether a version tells without it what hung on a condition ("if", "unless"), went up to a limit ("up to 40"), or was
not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stemmata.collate.denial import kept_share
from stemmata.collate.passages import TELLING
from stemmata.language.force import modals
from stemmata.language.wording import weight
from stemmata.model import Span

if TYPE_CHECKING:
    from stemmata.collate.evidence import Told

SAME = 0.75  # share of the telling words beside the condition, of either side, that the other side has; see below
SAME_LIMITED = 0.6  # share of the words of the shorter that the longer has, where a limit is gone; see below
ELSEWHERE = 0.35  # a condition of which the other side has so many words is told in another way (by hand)
_CONDITION = re.compile(
    r"(?<!even )\b(?:if|unless|provid(?:ed|ing)|on (?:the )?condition that)\b"
    r"(?!\s+(?:only|not|any|anything|need|so)\b)",
    re.IGNORECASE,
)
# What else may say that something hangs on something
_HANGS = re.compile(
    r"\b(?:if|unless|whether|provid(?:ed|ing)|as long as|condition|otherwise|should the|should \w+ \w+|when|once|until|"
    r"without|were to|in case|in return|in exchange|after|depend\w*|subject to)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"(?:\b(?:not|cannot|nobody|no one|unable to|too early to)|n[’']t)(?: \w+){0,3}? "
    r"(?:say|said|know|known|knew|tell|told|verify|verified|confirm|confirmed|establish|established|determined?|clear)\b"
    r"[^.;]{0,12}? (?:who|when|what|why|where|how|whether|if|which)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:who|when|what|why|where|how|whether|if|which|unclear|unknown|open|not|never|no|nobody)\b|n[’']t",
    re.IGNORECASE,
)
ASKED = 0.5  # share of the telling words of what is not known that the other side has (by hand)
_END = re.compile(r"[,;:.!?—–\"”’]|$")


def condition_gone(parent: Told, child: Told) -> Span | None:
    """The one condition of what the parent says will be done, where the child says that it will be, in words that
    nearly all are the parent's, and names none. Of 13 such gold statements of our dossiers (bench/train has none) 11
    are strengthened; of 41 whose words differ more (0.6), are quoted on both sides or tell of nothing to come, 24.
    """
    found = [m for s in parent.spans for m in _CONDITION.finditer(parent.text, s.start, s.end)]
    if len(found) != 1 or {"will", "would"}.isdisjoint(child.modal) or (parent.quoted and child.quoted):
        return None
    if any(_HANGS.search(child.text, s.start, s.end) for s in child.spans):
        return None
    part = next(s for s in parent.spans if s.start <= found[0].start() < s.end)
    end = _END.search(parent.text, found[0].end(), part.end)
    gone = Span(found[0].start(), end.start() if end else part.end)
    telling = [w for w in parent.words if weight(w.norm) > TELLING]
    inside = [w.norm for w in telling if w.span.overlaps(gone)]
    outside = [w.norm for w in telling if not w.span.overlaps(gone)]
    others = [w for w in child.stems if weight(w) > TELLING]
    negators = [m for m in parent.negators if not m.span.overlaps(gone)]
    if len(outside) < 2 or not others or len(negators) != len(child.negators):
        return None
    if _share(inside, child.stems) >= ELSEWHERE or min(_share(outside, child.stems), _share(others, outside)) < SAME:
        return None
    return gone


def unknown_gone(parent: Told, child: Told) -> Span | None:
    """What the parent says that nobody can say, "could not say who had cut the cable", where the child tells it and
    asks nothing. Of 6 such gold statements of bench/train and our dossiers 4 are strengthened and one is negated."""
    found = [m for s in parent.spans for m in _UNKNOWN.finditer(parent.text, s.start, s.end)]
    if len(found) != 1 or any(_ASKS.search(child.text, s.start, s.end) for s in child.spans):
        return None
    part = next(s for s in parent.spans if s.start <= found[0].start() < s.end)
    asked = [w.norm for w in parent.words if found[0].end() <= w.span.start < part.end and weight(w.norm) > TELLING]
    return Span(found[0].start(), found[0].end()) if asked and _share(asked, child.stems) >= ASKED else None


def limit_gone(parent: Told, child: Told) -> Span | None:
    """The first number with its limit, "up to 40", that is plain "40" in the child, where the words are kept and the
    child neither doubts nor denies more. Of 22 such gold statements 19 are strengthened, on bench/train 3 of 3. One
    that is new weakens in 8 of 16, and "at least 40" for "40" strengthens in 9 of 35: neither is told.
    """
    if "may" in child.modal[:1] or len(child.doubts) > len(parent.doubts):
        return None
    old, new = modals(parent.modal, child.modal)
    softer = new in (1, 2) and old in (0, 3)
    if softer or (len(parent.negators) - len(child.negators)) % 2 or kept_share(parent, child) < SAME_LIMITED:
        return None
    plain = {(q.value, q.unit) for q in child.quantities if not (q.limit or q.rounded)}
    limited = {(q.value, q.unit) for q in child.quantities if q.limit or q.rounded}
    hedged = {x for m in child.marked["hedge"] for x in m.sense.split()}  # "as many as 40" too
    for q in parent.quantities:
        if q.limit == "most" and q.bounded and (q.value, q.unit) in plain - limited:
            said = {x for m in parent.marked["hedge"] if m.span.overlaps(q.bounded) for x in m.sense.split()}
            if said.isdisjoint(hedged):
                return q.bounded
    return None


def _share(of: list[str], among: list[str]) -> float:
    return sum(w in among for w in of) / max(1, len(of))
