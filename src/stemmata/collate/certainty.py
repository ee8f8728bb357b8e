"""How sure a version is of what the other is less sure of, by the words that say so: what was considered and is done,
not known and told, not shown and denied, suggested and proved, linked and caused, charged and
convicted; and the other way."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from stemmata.collate.asked import question_told
from stemmata.collate.conditions import INTENT, Places, condition_gone, limit_gone, part_gone
from stemmata.collate.parts import worded
from stemmata.collate.rendering import Rendering, once_a_pair
from stemmata.language.clauses import contrasted
from stemmata.language.force import modals
from stemmata.language.senses import kept_in_sense
from stemmata.language.wording import common_run, plain, words
from stemmata.lists import forms
from stemmata.model import Span

KEPT = 0.5  # share of the telling words beside a mark that the other side has, or has near in sense, at least (by hand)
FEW = 2  # of them it has so many as they are, where there are (by hand)
RUN = 2  # words behind an "only" that the other side has in a row (by hand)
BESIDE = 2  # characters between a cue and what it says where it is read with it (by hand)
_NOT = r"(?:\b(?:not|cannot|nobody|no one|never|unable to|too early to|yet to)|n[’']t)"
_NOTHING = re.compile(r"(?!)")
_EVIDENCE = forms("conditions", "evidence")
# "Only 40", "only on Friday" belittle
_ONLY = (
    r"\b(?:only|solely|exclusively)\b(?!\s+(?:about|around|some|in|on|at|since|last|this|yesterday|an?|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|\W*\d+)\b)"
)
_SINCE = r"\b(?:has|have|had)\b[^,;.!?]{1,80}?\s(since)\b(?! then\b)"  # of a time
# People who drink tea "had fewer" strokes, and what makes them so
_FARED = (
    r"\b(?:who|that|which|with|whose)\b[^.;,]{3,80}?\s((?:ha(?:ve|s|d)|report(?:s|ed)?|saw|sees?|suffer(?:s|ed)?|show(?:s|ed)?"
    r"|(?:is|are|was|were))\s+(?:(?:slightly|somewhat|far|much|significantly|\w+ percent)\s+)?"
    r"(?:fewer|less|lower|higher|more|better|worse|likelier))\b"
)
_MAKES = r"\b(?:reduc|improv|increas|lower|boost|cut|rais|prevent|protect)(?:e?s|e)\b"
Law = Callable[[Rendering, Rendering], Places | None]


def _either(*found: str) -> re.Pattern[str]:
    return re.compile("|".join(found), re.IGNORECASE)


def _listed(*kinds: str) -> re.Pattern[str]:
    return _either(*(forms("conditions", x) for x in kinds))


def _unknown(asked: str, *more: str) -> re.Pattern[str]:
    knowing, unsettled = (forms("conditions", x) for x in ("knowing", "unsettled"))
    return _either(rf"(?:{_NOT}(?: \w+){{0,3}}? {knowing}|{unsettled})[^.;]{{0,12}}? (?:{asked})\b", *more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A law: the parent says `mark`, once (in its group, where it has one), and the child what is `told`, where
    something is, which the parent does not, and not what says in another way that it is no surer (`excused`); nor has
    it another doubt. Most telling words behind the mark, or `around` it, are kept, or the next two in a `run`. Both
    deny as much besides, but for what is `denied` or not."""

    mark: re.Pattern[str]
    told: re.Pattern[str] | None = None
    excused: re.Pattern[str] | None = None
    around: bool = False
    run: bool = False
    denied: bool = False

    def __call__(self, parent: Rendering, child: Rendering) -> Places | None:
        marks = [m for s in _frame(parent) for m in self.mark.finditer(parent.text, s.start, s.end)]
        if len(marks) != 1 or _doubts(child) - _doubts(parent):
            return None
        own = _place(marks[0])
        if self.excused and child.has(self.excused, framed=True):
            return None
        before, after = (
            [_place(m) for m in t.found(self.told, framed=True)] if self.told else [] for t in (parent, child)
        )
        if self.told and (not after or any(not x.overlaps(own) for x in before)):
            return None
        p, c = (
            sum(not any(m.span.overlaps(x) for x in aside) for m in t.negators)
            for t, aside in ((parent, [own]), (child, after))
        )
        if p != c and not self.denied:
            return None
        kept = _run_on(parent, own, child) if self.run else self._kept(parent, own, child)
        return (own, after[0] if after else None) if kept else None

    def _kept(self, parent: Rendering, own: Span, child: Rendering) -> bool:
        """Whether the child has most telling words behind a mark in its stretch, or those around it."""
        near = [x for s in parent.spans for x in contrasted(parent.text, s) if x.overlaps(own)] or [*parent.spans]
        telling = [w for w in parent.telling if any(w.span in x for x in near) and not w.span.overlaps(own)]
        behind = [w for w in telling if w.span.start >= own.end]
        kept = [w.norm for w in (behind if behind and not self.around else telling)]
        few = sum(w in child.stems for w in kept) >= min(FEW, len(kept)) > 0
        return few and kept_in_sense(kept, child.stems) >= KEPT


def _run_on(parent: Rendering, own: Span, child: Rendering) -> bool:
    part = parent.part_of(own)
    behind = plain(parent.text, (Span(own.end, max(own.end, part.end)),))[:RUN] if part else ()
    return len(behind) == RUN == common_run(behind, tuple(child.plain))


def _place(m: re.Match[str]) -> Span:
    return Span(*m.span(m.lastindex or 0))


def _doubts(of: Rendering) -> set[str]:
    return {x for m in of.doubts for x in m.sense.split()} | ({"may"} & {*of.modal[:1]}) | ({"if"} & {*of.plain})


def _frame(of: Rendering) -> tuple[Span, ...]:
    """What is said with its cue, as one where nothing stands between them: "did not know" may be the cue."""
    cue, first = of.statement.cue, of.spans[0]
    beside = cue is not None and 0 <= first.start - cue.end <= BESIDE
    return (Span(cue.start, first.end), *of.spans[1:]) if cue and beside else of.frame


def likelier(parent: Rendering, child: Rendering) -> Places | None:
    """What may be in the parent, and is likely in the child, with a telling word of both: 4 of 5 of bench/train, our
    dossiers and rewrites; the other way round 7 of 7."""
    for t, sense in ((parent, "chance"), (child, "likely")):
        if not t.doubts or any(sense not in m.sense.split() for m in t.doubts):
            return None
    may, likely = parent.doubts[0].span, child.doubts[0].span
    kept = kept_in_sense(_beside(parent, may), _beside(child, likely)) > 0
    return (may, likely) if kept else None


def _beside(told: Rendering, at: Span) -> list[str]:
    """The telling words of the clause of a word of doubt."""
    near = [x for x in told.clauses if x.overlaps(at)]
    return [w.norm for w in told.telling if w.norm in told.core and any(w.span in x for x in near)]


def climbed(parent: Rendering, child: Rendering) -> Places | None:
    """A step of the parent's and a higher one of the child's on one ladder (force.tsv, "step"): suspected and charged,
    charged and convicted, asked and ordered, reviewed and stopped. No side has a step that the other may mean, or one
    that is denied; half of the telling words beside them are kept, and no sentence of the parent tells the higher one.
    Of 41 gold claims of bench/train and our dossiers 40 are told as stronger, or, with the sides changed, as weaker.
    Whoever is jailed was convicted: no step."""
    before, after = parent.steps, child.steps
    for ladder in before.keys() & after.keys():
        (_, top, own), (low, _, new) = max(before[ladder], key=lambda x: x[1]), min(after[ladder])
        old, now = modals(parent.modal, child.modal)
        (p, denied), (c, undone) = (_denials(t, at) for t, at in ((parent, own), (child, new)))
        if top >= low or p != c or denied or undone or (now in (1, 2) and old in (0, 3)):
            continue
        one, other = (
            [w.norm for w in t.telling if not any(w.span.overlaps(x) for *_, x in steps[ladder])]
            for t, steps in ((parent, before), (child, after))
        )
        higher = {w.norm for w in words(child.text, (new,))}
        every = ([w.norm for w in x] for x in worded(parent.text))
        told = any(higher.issubset(x) and kept_in_sense(other, x) >= KEPT for x in every)
        kept = max(kept_in_sense(x, t.stems) for x, t in ((one, child), (other, parent)) if x) if one or other else 0.0
        if kept >= KEPT and not told:
            return own, new
    return None


def _denials(of: Rendering, at: Span) -> tuple[int, bool]:
    """How many negators a side has besides a step, "stop", and whether one stands in the clause of the step."""
    others = [m.span for m in of.negators if not m.span.overlaps(at)]
    return len(others), any(x.overlaps(near) for near in of.clauses if near.overlaps(at) for x in others)


_inquired = rf"{forms('conditions', 'inquiring')}(?: \w+){{0,4}}? whether\b"
_unproved = rf"{_NOT}(?: \w+){{0,2}}? be(?:en)? {forms('conditions', 'proved')}", forms("conditions", "unproven")
_memory = (
    rf"{_NOT}(?: \w+)? (?:recall|remember|recollect)\b",
    r"\bno (?:\w+ )?(?:memory|recollection|recall) of\b",
)
_unseen = (
    rf"\bno(?: \w+){{0,2}}? {_EVIDENCE}(?: \w+){{0,3}}? that\b",
    rf"(?:{_NOT}|\bwithout)(?: \w+){{0,3}}? any(?: \w+){{0,2}}? {_EVIDENCE} that\b",
    r"\bnothing (?:(?:to|that|which|has|had) )?(?:suggest|indicate|prove|show)(?:s|ed|d)? that\b",
)
_UNRECALLED = Marker(mark=_either(*_memory), told=_listed("denying"), excused=_listed("recalling"))
# What shows that a claim is told as surer, by the name of its evidence. Of gold claims and those of our rewrites so are
# intents that are done 7 of 7 (of what was intended, offered or ready half), what was not recalled and is denied 3 of 3
# (of what he was not aware of half), what is suggested and shown 1 of 1 (shown and proved 5 of 12), "since" told as
# "because" 1 of 1. Causes, and what nothing shows, by 40 pairs that we wrote (by hand, in the tests)
SURER: tuple[tuple[str, Law], ...] = (
    ("hedge: condition gone", condition_gone),
    ("hedge: limit gone", limit_gone),
    ("hedge: only gone", Marker(mark=_either(_ONLY), excused=_listed("limiting"), run=True)),
    ("hedge: part gone", part_gone),
    ("hedge: question told", question_told),
    ("hedge: likelier", likelier),
    ("hedge: step up", climbed),
    ("hedge: intent done", Marker(mark=INTENT, excused=_listed("planned"))),
    ("hedge: unknown gone", Marker(mark=_unknown("whether|if", _inquired), excused=_listed("open"), denied=True)),
    ("hedge: unknown gone", Marker(mark=_unknown("who|when|what|why|where|how|which"), excused=_listed("asked"))),
    ("hedge: unknown gone", Marker(mark=_either(*_unproved), excused=_listed("asked", "shown"), around=True)),
    ("hedge: unshown denied", Marker(mark=_either(*_unseen), told=_listed("denying"), excused=_listed("sought"))),
    ("hedge: unrecalled denied", _UNRECALLED),
    ("hedge: evidence surer",
     Marker(mark=_listed("suggesting"), told=_listed("proving"), excused=_listed("suggesting"))),
    ("hedge: cause told",
     Marker(mark=_listed("together"), told=_listed("causing"), excused=_listed("together", "open"), around=True)),
    ("hedge: cause told",
     Marker(mark=_either(_FARED), told=_either(_MAKES, forms("conditions", "causing")),
            excused=_either(_FARED, forms("conditions", "together"), forms("conditions", "open")), around=True)),
    ("hedge: cause told", Marker(mark=_either(_SINCE), told=_listed("because"), excused=_either(_SINCE), around=True)),
)  # fmt: skip
LESS_SURE: tuple[tuple[str, Law], ...] = (
    ("hedge: less likely", likelier),
    ("hedge: step down", climbed),
    ("hedge: denied unrecalled", _UNRECALLED),
)


@once_a_pair
def surer(parent: Rendering, child: Rendering) -> dict[str, Places]:
    """What shows that the child tells it as surer, by the name of its evidence: the places on both sides."""
    return _hold(SURER, parent, child)


@once_a_pair
def less_sure(parent: Rendering, child: Rendering) -> dict[str, Places]:
    """What shows that the child tells it as less sure, likewise."""
    return {name: (b, a) for name, (a, b) in _hold(LESS_SURE, child, parent).items()}


def _hold(laws: tuple[tuple[str, Law], ...], one: Rendering, other: Rendering) -> dict[str, Places]:
    return {name: found for name, law in laws if (found := law(one, other))}
