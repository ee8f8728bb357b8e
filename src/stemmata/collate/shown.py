"""The characters of both sides that show a label: what a change rests on, for a reader to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stemmata.collate.certainty import less_sure, surer
from stemmata.collate.conditions import Places, doubt_gone
from stemmata.collate.counted import counted, other_period
from stemmata.collate.denial import antonyms, unanswered
from stemmata.collate.firmness import apart
from stemmata.collate.quoting import quoted
from stemmata.collate.rendering import Rendering
from stemmata.collate.roles import roles_changed
from stemmata.collate.untold import untold
from stemmata.language.counts import Quantity
from stemmata.language.force import Marked, modals, modals_at
from stemmata.model import ChangeLabel, Span

Spans = tuple[tuple[Span, ...], tuple[Span, ...]]  # of the parent and of the child


def shown(label: ChangeLabel, parent: Rendering, child: Rendering) -> Spans:
    """What shows `label` on either side; none where the whole statement does."""
    match label:
        case "attribution-dropped" | "attribution-vague" | "attribution-shifted":
            return tuple(x for x in (parent.statement.source,) if x), tuple(x for x in (child.statement.source,) if x)
        case "quote-altered" | "quote-fabricated":
            changed = [q for q in quoted(parent, child) if not q.intact]
            nearest = {q.nearest.span for q in changed if q.nearest and label == "quote-altered"}
            return tuple(sorted(nearest)), tuple(q.fragment.span for q in changed)
        case "number-changed":
            return _numbers(parent, child)
        case "negated":
            return _negation(parent, child)
        case "strengthened" | "weakened":
            return _firmness(label, parent, child)
        case "paraphrased":
            return untold(parent, child), untold(child, parent)
    return (), ()


def _numbers(parent: Rendering, child: Rendering) -> Spans:
    n = counted(parent, child)
    gone, new = [q.span for q in n.gone], [q.span for q in n.new]
    gone += [x.span for x, _ in n.ends]
    new += [y.span for _, y in n.ends]
    for x, y in reversed(n.changed):
        before, after = _two_numbers(parent, x, child, y)
        gone.insert(0, before)
        new.insert(0, after)
    if not (gone or new) and (periods := other_period(parent, child)):
        gone, new = [periods[0]], [periods[1]]
    return tuple(sorted(gone)) if n.ends else tuple(gone), tuple(new)


def _two_numbers(parent: Rendering, x: Quantity, child: Rendering, y: Quantity) -> tuple[Span, Span]:
    """Two numbers with as much as tells them apart."""
    if x.value != y.value:
        return x.span, y.span
    if x.per != y.per:  # "once a week" beside "once a month"
        return x.timed or x.span, y.timed or y.span
    if x.unit != y.unit:  # "eight weeks" beside "eight months"
        return with_unit(parent.text, x.span), with_unit(child.text, y.span)
    if x.basis != y.basis:  # "from a year earlier" beside "from the month before"
        return x.based or x.span, y.based or y.span
    return x.bounded or x.span, y.bounded or y.span  # "at least 40" beside "at most 40"


def with_unit(text: str, number: Span) -> Span:
    """A number with the word or the sign behind it."""
    unit = _UNIT.match(text, number.end)
    return Span(number.start, unit.end()) if unit else number


_UNIT = re.compile(r"[\s-]?(?:%|(?!(?:an?|the|and|or|of|in|on|at|to|for|from|by|with|per)\b)[^\W\d]\w*)", re.IGNORECASE)


def _negation(parent: Rendering, child: Rendering) -> Spans:
    if parties := roles_changed(parent, child):
        return tuple(sorted(parties[0])), tuple(sorted(parties[1]))
    a, b = parent.statement, child.statement
    p, c = _differing(parent.negators, child.negators)
    if not p and not c:  # "rose" beside "fell", or one "not" of two is gone
        had, has = set(parent.stems), set(child.stems)
        if pairs := antonyms(parent, child, had - has, has - had):
            p, c = (
                [w.span for w in t.words if w.norm in ones]
                for t, ones in zip((parent, child), map(set, zip(*pairs, strict=True)), strict=True)
            )
        else:
            p, c = ([m.span for m in found] for found in unanswered(parent, child))
            if p and c:  # one "not" of two alike: the side that has fewer words has none of its own
                p, c = (p, []) if len(parent.plain) > len(child.plain) else ([], c)
    if not p and _within(c, b.cue):  # "said" beside "denied"
        p = [x for x in (a.cue,) if x]
    elif not c and _within(p, a.cue):
        c = [x for x in (b.cue,) if x]
    return tuple(p), tuple(c)


def _differing(p: Iterable[Marked], c: Iterable[Marked]) -> tuple[list[Span], list[Span]]:
    """The places of listed words that stand on one side alone."""
    p, c = list(p), list(c)
    forms_p, forms_c = {m.form for m in p}, {m.form for m in c}
    return [m.span for m in p if m.form not in forms_c], [m.span for m in c if m.form not in forms_p]


def _within(spans: Iterable[Span], cue: Span | None) -> bool:
    return cue is not None and any(x.overlaps(cue) for x in spans)


def _firmness(label: ChangeLabel, parent: Rendering, child: Rendering) -> Spans:
    spans: list[list[Span]] = [[], []]
    firmer = label == "strengthened"
    other = child if firmer else parent  # whose hedges show nothing, but for one doubt for another
    for kind in ("hedge", "booster", "softener", "extent"):
        for side, t, found in zip(spans, (parent, child), apart(parent, child)[kind], strict=True):
            doubts = {m.span for m in t.doubts}
            shows = [m.span for m in found if kind != "hedge" or t is not other or m.span in doubts]
            side += [x for x in shows if x not in side]
    before, after = modals(parent.modal, child.modal)
    if before != after:  # "may" beside "will"
        for side, t in zip(spans, (parent, child), strict=True):
            side += [x for x in modals_at(t.text, t.frame) if not any(x.overlaps(y) for y in side)]
    laws = surer if firmer else less_sure
    undoubted = doubt_gone(parent, child) if firmer else None
    told: list[Places] = [*laws(parent, child).values(), (undoubted, None)]
    for both in told:
        for side, place in zip(spans, both, strict=True):
            if place:
                side[:] = [*(x for x in side if x not in place), place]
    if undoubted and not spans[1]:  # "would probably" beside "will"
        spans[1] += modals_at(child.text, child.spans)
    if firmer:
        numbers = counted(parent, child)
        if high := [(x, y) for x, y in numbers.ends if x.end == "high"]:
            spans[0] += [x.span for x in (*(q for q in numbers.gone if q.end == "low"), *(x for x, _ in high))]
            spans[1] += [y.span for _, y in high]
    if parent.cue_stems != child.cue_stems:
        for side, cue in zip(spans, (parent.statement.cue, child.statement.cue), strict=True):
            side += [x for x in (cue,) if x and not any(x in y for y in side)]
    return tuple(sorted(spans[0])), tuple(sorted(spans[1]))
