"""Whose words it is that somebody denies, or takes back: "denied Reyk's claim that it leaks" tells two statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stemmata.acts import allowed
from stemmata.attribute.candidates import Candidate
from stemmata.attribute.conventions import stopless
from stemmata.attribute.overlaps import extent, touched
from stemmata.model import ACTS, ATTRIBUTED, Sourcing, Span
from stemmata.surface import dateline

NAMED = 0.75  # confidence of what is found here: as sure as the encoder is where it finds the same (by hand)
_NOUN = (
    r"(?:accusation|account|allegation|argument|assertion|charge|claim|complaint|contention|demand|estimate|finding"
    r"|forecast|insinuation|prediction|report|statement|suggestion|theory|version|view|warning)s?"
)
# No relative clause: "the report by Reyk that was printed"
_THAT = (
    r"(?P<told>that\s(?!(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|did|does|appeared|came|led|made"
    r"|ran|went)\b))"
)
_WHO = r"[^.,;:?!“”\"\n]{2,60}?"
_CLAIMS = (
    re.compile(
        rf"(?:[\w-]+\s){{0,3}}?(?P<cue>{_NOUN})\s(?:(?:made|put\sabout|put\sforward)\s)?"
        rf"(?:by|from|of(?=\s(?:the|an?)\s|\s[A-ZÀ-Þ]))\s(?P<who>{_WHO}(?:,\s{_WHO}(?=,))?),?\s{_THAT}"
    ),
    re.compile(
        rf"(?P<who>(?!\w*(?:[Dd]ay|[Mm]onth|[Ww]eek|[Yy]ear)['’]s){_WHO})(?:['’]s|(?<=s)['’])\s(?:[\w-]+\s){{0,2}}?"
        rf"(?P<cue>{_NOUN})\s{_THAT}"
    ),
)
_NAMELESS: dict[str, Sourcing] = {
    "the": "named-organisation", "its": "named-organisation", "a": "anonymous", "an": "anonymous",
}  # fmt: skip
_CALLS = re.compile(
    r"(?:call|describ|brand|label|dub|term)\w*", re.IGNORECASE
)  # "called Reyk's claim that it fell a lie"
_AS_CLAIMED = re.compile(
    rf",\sas\s(?P<who>{_WHO})\s(?P<cue>(?:had\s)?(?:alleged|asserted|claimed|maintained|reported|said|suggested))"
    r"(?=[.,;:\n]|\s(?:at|earlier|in|last|on|this|yesterday)\b|$)"
)
_WHICH_DENIED = re.compile(
    rf",\s(?P<told>which|something|an?\s{_NOUN})(?:\s(?:that|which))?\s(?P<who>{_WHO})\s"
    r"(?P<cue>(?:(?:has|have|had)\s)?(?:denie[ds]|dispute[ds]|contest(?:ed|s)|reject(?:ed|s)))(?=[.;]|,\s|\n|$)"
)
_NO_LEAD = r"(?!(?:After|And|As|At|Before|But|If|In|Later|Meanwhile|On|Since|Somebody|Under|When|While|With|Yet)\b)"
_TAKES_BACK = re.compile(
    rf"(?P<who>{_NO_LEAD}[^\W\da-z]{_WHO}"
    rf"(?:,\s{_WHO}(?=,))?),?\s(?:on\s\w+day\s)?"
    r"(?P<cue>(?:(?:ha[ds]|have)\s)?(?:\w+ly\s)?(?:retract(?:ed|s)|t(?:akes|aken|ook)\sback|withdr(?:awn|aws|ew)))\s$"
)
_TURNS_DOWN = re.compile(
    rf"(?P<who>{_NO_LEAD}[^\W\da-z]{_WHO})\s(?:ha[ds]\s)?(?P<cue>brush(?:ed|es)|rule[ds]|turn(?:ed|s)|wave[ds])\s"
    r"(?P<told>(?:it|this|that|(?:the|this|that|his|her|its|their)\s(?:[\w-]+\s)?(?:advice|appeal|call|demand|idea|invitation"
    r"|motion|offer|petition|plan|plea|proposal|question|request|suggestion)s?)\s(?:aside|away|down|off|out))(?=[.,;])"
)
_TOOK_BACK = re.compile(
    rf"(?P<who>{_NO_LEAD}[^\W\da-z]{_WHO}(?:,\s{_WHO}(?=,))?),?\s(?:on\s\w+day\s)?"
    r"(?P<cue>(?:(?:ha[ds]|have)\s)?(?:\w+ly\s)?(?:retract(?:ed|s)|t(?:akes|aken|ook)\sback|withdr(?:awn|aws|ew)))\s"
    rf"(?P<told>(?:his|her|its|their)\s(?:[\w-]+\s){{0,2}}?{_NOUN}\s(?:about|of|that)\s[^.;\n]+)(?=[.;\n]|$)"
)
_HIS = re.compile(r"(?:his|her|its|their)$")


def answered(text: str, found: Sequence[Candidate], every: Sequence[Span]) -> list[Candidate]:
    """The candidates, and with a denial what is denied, as a statement of whose it is: "dismissed a claim by Reyk that
    it leaks", "denied that it leaked, as Reyk had claimed"; and with what is told that it is denied: ", which the
    council denies". Who takes back "his claim that it leaks" says that, and claims it no more; who "turned the offer
    down" says no. `every` are the sentences of the text.

    Of 6 denials of bench/train and our dossiers that name so whose claim it is all have it as a statement inside, of 2
    that name a newspaper in which it stands one ("the report in the Bell that": left); "Reyk's claim that" stands in
    none. Of 7 things denied "as Reyk had claimed" all are Reyk's too. The encoder finds most: added are 5, all five
    annotated to the letter. Of 6 things "which the council denies" in one way or another all are the council's too, and
    where nothing follows it is "which", or "a charge", that is denied (2 of 2). Of 6 that repeat, lower or stand by
    "its view that" 5 are one statement, of who does. Of 6 who turn it, that or an idea down in so many words all do;
    added is one, which is annotated so. Of 3 that take back "his statement about" something, in a sentence of their
    own, all say so (dossiers).
    """
    cues = [c.cue for c in found if c.cue]
    kinds = {c.source.of(text): c.sourcing for c in found if c.source}
    out = [_taken_back(text, c, every, cues) for c in found]
    for c in found:
        for who, cue, told in (*_claimed(text, c), *_denied_behind(text, c)):
            at = next((k for k, x in enumerate(out) if x.cue and x.cue.overlaps(cue)), None)
            if at is not None:
                if c.cue and c.cue in out[at].content[-1]:  # it claims what is denied, and not the denial
                    out[at] = replace(out[at], content=told)
                elif out[at].content == told and out[at].source == who:
                    out[at] = replace(out[at], confidence=NAMED)
                continue
            body = replace(c, source=who, cue=cue, content=told, sourcing=_kind(who.of(text), kinds), direct=0.0)
            out.append(_plain(body))
    return [*out, *_turned_down(text, out, every)]


def _plain(c: Candidate) -> Candidate:
    return replace(c, confidence=NAMED, acts=(1 / len(ACTS),) * len(ACTS), beside=(), rest=None)


def _claimed(text: str, c: Candidate) -> Iterator[tuple[Span, Span, tuple[Span, ...]]]:
    """Who claims, with which words, what a candidate answers."""
    if c.cue is None or c.content[0].start < c.cue.end or _CALLS.match(c.cue.of(text)):
        return
    first = c.content[0]
    if m := next((m for law in _CLAIMS if (m := law.match(text, first.start, first.end))), None):
        yield Span(*m.span("who")), Span(*m.span("cue")), (Span(m.start("told"), first.end), *c.content[1:])
    if allowed(c.cue.of(text)) == ("deny",) and (m := _AS_CLAIMED.match(text, c.content[-1].end)):
        yield Span(*m.span("who")), Span(*m.span("cue")), c.content


def _denied_behind(text: str, c: Candidate) -> Iterator[tuple[Span, Span, tuple[Span, ...]]]:
    """Who denies, with which words, what a candidate tells: ", which the council denies"."""
    if m := _WHICH_DENIED.match(text, max(x.end for x in (c.source, c.cue, *c.content) if x)):
        yield Span(*m.span("who")), Span(*m.span("cue")), (Span(*m.span("told")),)


def _turned_down(text: str, found: Sequence[Candidate], every: Sequence[Span]) -> Iterator[Candidate]:
    """Who turns something down or takes back what they said, where nobody is found to say anything there: "The council
    turned the offer down."."""
    kinds = {c.source.of(text): c.sourcing for c in found if c.source}
    starts = ((_begin(text, x), x.end) for x in every)
    turned = [m for at, end in starts for law in (_TURNS_DOWN, _TOOK_BACK) if (m := law.match(text, at, end))]
    taken = [extent(x for x in (c.source, c.cue, *c.content) if x) for c in found]
    for m, near in zip(turned, touched([Span(*m.span()) for m in turned], taken), strict=True):
        if not near:
            yield Candidate(
                chance=NAMED, source=Span(*m.span("who")), cue=Span(*m.span("cue")), evidence=(), confidence=NAMED,
                content=(stopless(text, Span(*m.span("told"))),), sourcing=_kind(m["who"], kinds), direct=0.0,
                acts=(1 / len(ACTS),) * len(ACTS),
            )  # fmt: skip


def _begin(text: str, sentence: Span) -> int:
    """Where the words of a sentence begin, behind a dateline."""
    opened = dateline(text)
    return opened.end if opened and sentence.start <= opened.start < sentence.end else sentence.start


def _taken_back(text: str, c: Candidate, every: Sequence[Span], cues: Sequence[Span]) -> Candidate:
    """The candidate: of "Reyk withdrew his claim that it leaks", that he does."""
    if c.source is None or c.cue is None or c.cue > c.content[0] or not _HIS.match(c.source.of(text)):
        return c
    here = [x for x in every if x.start <= c.source.start]
    start = _begin(text, here[-1]) if here else 0
    m = _TAKES_BACK.match(text, start, c.source.start)
    cue = Span(*m.span("cue")) if m else c.cue
    if m is None or any(x.overlaps(cue) for x in cues):
        return c
    content = (Span(c.source.start, c.content[0].end), *c.content[1:])
    return replace(_plain(c), source=Span(*m.span("who")), cue=cue, content=tuple(stopless(text, p) for p in content))


def _kind(who: str, known: dict[str, int]) -> int:
    """What kind of source a name is: that of who is called so elsewhere, or in full; else by its capitals."""
    named = [k for source, k in known.items() if source.endswith(who)]
    if named:
        return named[0]
    words = who.split()
    if not any(w[0].isupper() for w in words):
        return ATTRIBUTED.index(_NAMELESS.get(words[0], "unnamed-group"))
    person = len(words) > 1 and all(w[0].isupper() for w in words)
    return ATTRIBUTED.index("named-person" if person else "named-organisation")
