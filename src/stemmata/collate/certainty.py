"""How sure a version is of what the other is less sure of, where no hedge went or came: evidence that suggested and now
proves, what was possible and is now likely, what somebody did not recall and now denies; and the other way."""

from __future__ import annotations

import re
from collections.abc import Callable

from stemmata.collate.asked import question_told
from stemmata.collate.conditions import cause_told
from stemmata.collate.rendering import Rendering
from stemmata.language.clauses import clause
from stemmata.language.force import Marked
from stemmata.language.senses import kept_in_sense
from stemmata.model import Span

KEPT = 0.5  # share of the telling words of what is shown, or recalled, that the other side has or has near (by hand)
_SUGGESTS = re.compile(
    r"\b(?:suggest(?:s|ed|ing)?|indicat(?:es?|ed|ing)|hint(?:s|ed|ing)? (?:at|that)|impl(?:y|ies|ied|ying)|"
    r"point(?:s|ed|ing)? (?:to|towards?)|signs? (?:of|that)|indications?|consistent with)\b",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"\b(?:shows?|showed|shown|showing|finds?|found|finding|reveal(?:s|ed|ing)?|prov(?:es?|ed|en|ing)|proof|"
    r"confirm(?:s|ed|ing)?|establish(?:es|ed|ing)?|demonstrat(?:es?|ed|ing))\b",
    re.IGNORECASE,
)
_UNRECALLED = re.compile(
    r"(?:\b(?:not|never|no longer|cannot)|n[’']t)(?: \w+)? (?:recall|remember|recollect)\b"
    r"|\bno (?:\w+ )?(?:memory|recollection|recall) of\b",
    re.IGNORECASE,
)
_KNOWS = re.compile(r"\b(?:recall|remember|recollect|memor|forg[eo]t|aware|unaware|kn[eo]w)\w*", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:not|no|no one|nobody|none|never|nothing|neither|den(?:y|ies|ied|ial))\b|n[’']t\b", re.IGNORECASE
)


def evidence_surer(parent: Rendering, child: Rendering) -> tuple[Span, Span] | None:
    """What suggests or points to something in the parent and shows or proves it in the child: 1 of 1 of bench/train,
    our dossiers and rewrites. What shows something and is told as proving it is strengthened in 5 of 12, what shows it
    and is told as suggesting it weakened in 2 of 4."""
    if parent.has(_SHOWS) or child.has(_SUGGESTS) or len(parent.negators) != len(child.negators):
        return None
    if (parent.quoted and child.quoted) or len(child.doubts) > len(parent.doubts) or "may" in child.modal[:1]:
        return None
    suggests, shows = parent.found(_SUGGESTS), child.found(_SHOWS)
    if len(suggests) != 1 or len(shows) != 1:
        return None
    m, n = suggests[0], shows[0]
    behind = [w.norm for w in parent.telling if m.end() <= w.span.start < parent.part_at(m.start()).end]
    again = [w.norm for w in child.telling if n.end() <= w.span.start < child.part_at(n.start()).end]
    if not behind or kept_in_sense(behind, again) < KEPT:
        return None
    return Span(m.start(), m.end()), Span(n.start(), n.end())


def likelier(parent: Rendering, child: Rendering) -> tuple[Span, Span] | None:
    """What may be in the parent, and is likely in the child, in a clause that shares a word with it: 4 of 5 of
    bench/train, our dossiers and rewrites, one of them negated."""
    may, likely = (_doubting(t, sense) for t, sense in ((parent, "chance"), (child, "likely")))
    if may is None or likely is None:
        return None
    one, other = (_beside(t, m.span) for t, m in ((parent, may), (child, likely)))
    return (may.span, likely.span) if kept_in_sense(one, other) > 0 else None


def less_likely(parent: Rendering, child: Rendering) -> tuple[Span, Span] | None:
    """What is likely in the parent, and may be in the child: 7 of 7 of bench/train, our dossiers and rewrites."""
    turned = likelier(child, parent)
    return turned and (turned[1], turned[0])


def unrecalled_denied(parent: Rendering, child: Rendering) -> tuple[Span, Span] | None:
    """What somebody does not recall in the parent, and in the child denies or says is not so, with no word of what he
    knows: 3 of 3 of bench/train, our dossiers and rewrites. Of what he was not aware of every second is."""
    found = [m for s in parent.frame for m in _UNRECALLED.finditer(parent.text, s.start, s.end)]
    denied = [m for s in child.frame for m in _DENIES.finditer(child.text, s.start, s.end)]
    if len(found) != 1 or not denied or child.has(_KNOWS, framed=True) or len(parent.negators) > len(child.negators):
        return None
    own = Span(*found[0].span())
    part = parent.part_of(own)  # none where it is the cue
    near = clause(parent.text, part, own) if part else clause(parent.text, parent.spans[0], _first(parent.spans[0]))
    recalled = [w.norm for w in parent.telling if own.end <= w.span.start < near.end]
    again = [w.norm for w in child.telling]
    if recalled and again and kept_in_sense(recalled, again) < KEPT:
        return None
    return own, Span(*denied[0].span())


def _first(part: Span) -> Span:
    return Span(part.start, part.start)


def denied_unrecalled(parent: Rendering, child: Rendering) -> tuple[Span, Span] | None:
    """What somebody denies in the parent, and does not recall in the child: 3 of 3 of bench/train and our dossiers."""
    turned = unrecalled_denied(child, parent)
    return turned and (turned[1], turned[0])


def _doubting(told: Rendering, sense: str) -> Marked | None:
    """The first word of doubt of a side all of whose words of doubt are of one sense."""
    return told.doubts[0] if told.doubts and all(sense in m.sense.split() for m in told.doubts) else None


def _beside(told: Rendering, at: Span) -> list[str]:
    """The telling words of the clause of a word of doubt."""
    near = next(iter(x for x in told.clauses if x.overlaps(at)), None)
    aside = {m.span for m in told.doubts}
    return [w.norm for w in told.telling if near and w.span.overlaps(near) and w.span not in aside]


Law = Callable[[Rendering, Rendering], tuple[Span, Span] | None]
# What shows on both sides that a claim is told as surer, or as less sure, by the name of its evidence
SURER: dict[str, Law] = {
    "hedge: cause told": cause_told,
    "hedge: question told": question_told,
    "hedge: evidence surer": evidence_surer,
    "hedge: likelier": likelier,
    "hedge: unrecalled denied": unrecalled_denied,
}
LESS_SURE: dict[str, Law] = {
    "hedge: less likely": less_likely,
    "hedge: denied unrecalled": denied_unrecalled,
}
