"""Whether a version tells without it what hung on a condition ("if", "unless"), went up to a limit ("up to 40"), was in
doubt ("probably"), or was true of a part."""

from __future__ import annotations

import re

from stemmata.collate.denial import heard, kept_share, unlike
from stemmata.collate.parts import worded
from stemmata.collate.passages import TELLING
from stemmata.collate.rendering import Rendering, once_a_pair
from stemmata.language.clauses import clause, main_clauses
from stemmata.language.force import allows, marked, modals
from stemmata.language.senses import kept_in_sense
from stemmata.language.wording import stem, weight
from stemmata.lists import forms, pattern
from stemmata.model import Span

Places = tuple[Span | None, Span | None]  # what shows something in the parent, and in the child
# Shares of the telling words beside the condition, of the parent's and of the child's, that stand on the other side or
# are near in sense to a word there; of 0.4 to 0.7 each: see condition_gone
KEPT, SAME = 0.4, 0.6
CLAUSE = 3  # telling words that a clause of the child has where it alone tells what hung on a condition (by hand)
SAME_LIMITED = 0.6  # share of the words of the shorter that the longer has, where a limit is gone; see below
SAME_NEARLY = 0.8  # likewise where the limit is "at least", or of what may be
CUT = 2  # telling words that may be gone where only one of those beside a word of doubt is kept: see doubt_gone
ELSEWHERE = 0.35  # a condition of which a sentence of the other side has so many words is told there (by hand)
KEPT_OF_PART = 0.5  # share of the telling words of the shorter side that the other has: see part_gone
_CONDITION = re.compile(
    r"(?<!even )(?<!as )\b(?:if|unless|provid(?:ed|ing)|on (?:the )?condition that|except(?: for)?|excluding|"
    r"with the exception of|(?:apart|aside) from|save for|bar(?= (?:one|two|three|an?)\b))\b"
    r"(?!\s+(?:only|not|any|anything|need|so)\b)",
    re.IGNORECASE,
)
# It is so, or will be, and is not weighed
_SO = re.compile(r"\b(?:is|are|was|were|has|have|had|stands?|remains?)\b", re.IGNORECASE)
INTENT = re.compile(
    rf"\b(?:am|is|are|was|were|been|be)\s+(?:(?:now|also|still|\w+ly|already)\s+)?{forms('conditions', 'weighing')}"
    r"|\b(?:will|would|could|may|might)\s+(?:consider|contemplate|weigh|ponder)\b",
    re.IGNORECASE,
)
# What says in another way that something is likely or may be: in one of the 221 right ones of doubt_gone
_FORESEEN, _ASKS, _HANGS = (pattern("conditions", x) for x in ("foreseen", "asked", "hanging"))
_STOP = re.compile(r"[.!?](?=\s)|\n")
_END = re.compile(r"[,;:.!?—–\"”’]|$")


def condition_gone(parent: Rendering, child: Rendering) -> Places | None:
    """The one condition, or exception, of what the parent says, where the child says that it is so or will be, without
    a word of doubt, in words of which most are the parent's or near in sense, or those of one clause, and its sentence
    names none. Of others that lack the parent's "if" or "unless" every second is strengthened; of "as long as" few."""
    found = parent.found(_CONDITION)
    if len(found) != 1 or (parent.quoted and child.quoted) or child.doubts:
        return None
    so = not {"will", "would"}.isdisjoint(child.modal) if child.modal else child.has(_SO)
    around = _sentence(child)
    weighed = child.has(INTENT) or child.has(_FORESEEN) or _HANGS.search(child.text, around.start, around.end)
    if weighed or not so:
        return None
    part = parent.part_at(found[0].start())
    end = _END.search(parent.text, found[0].end(), part.end)
    gone = Span(found[0].start(), end.start() if end else part.end)
    main = next(x for x in main_clauses(parent.text, part) if gone.overlaps(x))  # which it hangs on
    inside = [w.norm for w in parent.telling if w.span.overlaps(gone)]
    beside = [w for w in parent.telling if not w.span.overlaps(gone)]
    outside = [w.norm for w in beside if w.span.overlaps(main)]
    others = [w.norm for w in child.telling]
    negators = [m for m in parent.negators if not m.span.overlaps(gone)]
    if len(outside) < 2 or not others or len(negators) != len(child.negators):
        return None
    elsewhere = worded(child.text) if parent.in_part or child.in_part else []
    if any(_share(inside, x) >= ELSEWHERE for x in (child.stems, *([w.norm for w in y] for y in elsewhere))):
        return None
    whole = [*(w.norm for w in beside), *parent.source, *parent.cue_stems]
    told = [[w.norm for w in x if weight(w.norm) > TELLING] for x in child.clauses.values()]
    tellers = [others, *(x for x in told if len(x) >= CLAUSE)]
    same = kept_in_sense(outside, child.stems) >= KEPT and any(kept_in_sense(x, whole) >= SAME for x in tellers)
    return (gone, None) if same else None


@once_a_pair
def doubt_gone(parent: Rendering, child: Rendering) -> Span | None:
    """A word of doubt of the parent's, "would probably appeal", that is gone from its place: the telling words on both
    sides of it in its clause stand in the child, or one of them where little else of the parent is gone, and both
    versions deny the same; of others with a doubt gone every second is strengthened."""
    p, c = heard(parent.negators, parent, child), heard(child.negators, child, parent)
    if [m.form for m in p] != [m.form for m in c]:
        return None
    foreseen = (m.group().lower() for x in child.frame for m in _FORESEEN.finditer(child.text, x.start, x.end))
    if any(x not in parent.text.lower() for x in foreseen):
        return None
    doubted = {x for m in (*child.doubts, *child.doubted, *child.hedged) for x in m.sense.split()}
    telling = [w for w in parent.telling if not any(w.span.overlaps(m.span) for m in parent.doubts)]
    allowed = allows(child.text, child.frame) and not allows(parent.text, parent.frame)
    half = None
    for m in heard(parent.doubts, parent, child):
        near = clause(parent.text, parent.part_at(m.span.start), m.span)
        inside = [w for w in telling if w.span.overlaps(near)]
        before = [w.norm for w in inside if w.span.end <= m.span.start]
        after = [w.norm for w in inside if w.span.start >= m.span.end]
        beside = before[-1:] + after[:1]
        kept = sum(w in child.stems for w in beside)
        trusts = m.form.startswith("believe") and parent.text.startswith(" in ", m.span.end)
        still = not doubted.isdisjoint(m.sense.split()) and not (len(beside) == kept and _firm(beside, parent, child))
        if trusts or not kept or still or (m.form in ("may", "might") and allowed):
            continue
        if kept == len(beside):
            return m.span
        half = half or m.span
    return half if half and len(unlike(parent, child)) <= CUT else None


def _firm(beside: list[str], parent: Rendering, child: Rendering) -> bool:
    """Whether the child has fewer doubts and one clause of it has the words of the parent `beside` one and no doubt:
    the "may" of "had a sprain and may miss the cup" is another one's."""
    if len(child.doubts) >= len(parent.doubts) or child.doubted or child.hedged:
        return False
    firm = (x for near, x in child.clauses.items() if not any(m.span.overlaps(near) for m in child.doubts))
    return any(set(beside) <= {w.norm for w in x} for x in firm)


def doubt_put(parent: Rendering, child: Rendering) -> Span | None:
    """A word of doubt of the child's that is put into its place, likewise: "may have" beside "had". "Could" is none, it
    may be "can", nor are "possible" and "chance", nor what both quote. Weakened are 127 of 134 gold statements of
    bench/train and a part of our dossiers and 15 of 15 of our rewrites."""
    put = doubt_gone(child, parent)
    if put is None or (parent.quoted and child.quoted):
        return None
    return None if put.of(child.text).lower() in ("could", "possible", "chance") else put


def limit_gone(parent: Rendering, child: Rendering) -> Places | None:
    """The first number with its limit, "up to 40", that is plain "40" in the child, where the words are kept and the
    child neither doubts nor denies more. "At least 40", and "up to 40" of what may be, where nearly all are kept: 3 of
    4 of bench/train and our dossiers, and none of three that keep fewer. A limit that is new, or another one, shows
    nothing: half of them or fewer."""
    may = "may" in child.modal[:1]
    if (may and "may" not in parent.modal[:1]) or len(child.doubts) > len(parent.doubts):
        return None
    old, new = modals(parent.modal, child.modal)
    softer = new in (1, 2) and old in (0, 3)
    kept = kept_share(parent, child)
    if softer or (len(parent.negators) - len(child.negators)) % 2 or kept < SAME_LIMITED:
        return None
    plain = {(q.value, q.unit) for q in child.quantities if not (q.limit or q.rounded)}
    limited = {(q.value, q.unit) for q in child.quantities if q.limit or q.rounded}
    hedged = {x for m in child.marked["hedge"] for x in m.sense.split()}  # "as many as 40" too
    for q in parent.quantities:
        sure = kept >= SAME_NEARLY or (q.limit == "most" and not may)
        if q.limit and q.bounded and sure and (q.value, q.unit) in plain - limited:
            said = {x for m in parent.marked["hedge"] if m.span.overlaps(q.bounded) for x in m.sense.split()}
            if said.isdisjoint(hedged):
                return q.bounded, None
    return None


_ITS = "(?:the|its|his|her|their|those|these|our|your|my)"
_PART = re.compile(
    r"\b(?:(?:several|most|many|an? few|few|parts?|half|a handful|a number|a (?:third|quarter|fifth)|two thirds|"
    rf"one in \w+) of {_ITS} (?P<whole>[\w-]+)"
    rf"|some (?:of {_ITS} )?(?!of\b)(?:[^\W\d][\w’'-]* ){{0,2}}?"
    r"(?P<several>[^\W\d][\w-]+s|people|men|women|children))\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"(?<!of )\b{_ITS} ([\w-]+)\b(?![’'])", re.IGNORECASE)
_ALL = frozenset(("all", "every", "everyone", "everybody", "whole", "entire"))


def part_gone(parent: Rendering, child: Rendering) -> Places | None:
    """What the parent says of some of a group, "some of the vaccinators", where the child says it of the group, "the
    vaccinators", or of "some vaccinators", where it says it of "vaccinators"; with no word of how many, in words of
    which half are kept."""
    if len(parent.negators) != len(child.negators) or kept_share(parent, child) < KEPT_OF_PART:
        return None
    if any(q.unit == "share" for q in child.quantities) or any(m.form not in _ALL for m in child.marked["extent"]):
        return None
    whole = {stem(m[1].lower()) for m in child.found(_WHOLE)}
    for m in parent.found(_PART):
        own, noun = Span(m.start(), m.end()), stem((m["whole"] or m["several"]).lower())
        if m["whole"]:
            told = noun in whole
        else:  # "some thirty people" is a number
            counted = any(q.span.overlaps(own) for q in parent.quantities) or any(
                q.unit == noun for q in child.quantities
            )
            told = noun in child.stems and not counted
        if told:
            return own, None
    return None


def leaves_open(of: Rendering) -> bool:
    """Whether a word of it, the cue's too, says that something is foreseen or may be, or asks or denies it; or one of
    its sentence doubts something: "It is possible, she said, that"."""
    if of.has(_FORESEEN, framed=True) or of.has(_ASKS, framed=True):
        return True
    return bool(marked(of.text, (_sentence(of),), "doubt"))


def _sentence(of: Rendering) -> Span:
    """The sentences that a content stands in, of which it may be a part: "If it fails, she said, …"."""
    first, last = of.spans[0].start, of.spans[-1].end
    before = [m.end() for m in _STOP.finditer(of.text, max(0, first - 300), first)]
    after = _STOP.search(of.text, last)
    return Span(before[-1] if before else max(0, first - 300), after.start() if after else len(of.text))


def _share(of: list[str], among: list[str]) -> float:
    return sum(w in among for w in of) / max(1, len(of))
