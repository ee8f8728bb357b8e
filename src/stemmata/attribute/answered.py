"""Whose words it is that somebody denies or passes on: "denied Reyk's claim that it leaks" and "said that Reyk had told
him that it leaks" tell two statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stemmata.acts import allowed
from stemmata.attribute.candidates import Candidate
from stemmata.model import ACTS, ATTRIBUTED, Sourcing, Span

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
    "the": "named-organisation", "its": "named-organisation", "it": "named-organisation", "he": "named-person",
    "she": "named-person", "a": "anonymous", "an": "anonymous",
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

_WHOM = r"(?:him|her|them|us|me|(?:the|his|her|their|its|our|my)\s\w+|[A-ZÀ-Þ][\w’'-]+)"
_WHEN = r"(?:\s(?:in|on|last|this|earlier)\s[^,;.]{2,24}?)?"
_PASSED_ON = re.compile(
    r"(?:that\s)?(?P<who>(?:(?i:the|an?|his|her|their|its|our|my|one|two|some|several)\s[\w’'-]+(?:\s[\w’'-]+){0,6}?"
    r"|he|she|it|they|we|[A-ZÀ-Þ][\w.’'-]*(?:\s[\w.’'-]+){0,6}?))\s(?:had|has|have)\s(?:(?:also|already|once)\s)?"
    rf"(?P<cue>said(?:\sto\s{_WHOM})?(?={_WHEN}\sthat\b)|(?:told|assured|warned|promised|informed)\s{_WHOM}"
    r"|(?:acknowledged|admitted|alleged|announced|argued|claimed|confirmed|denied|insisted|predicted|promised|threatened"
    rf"|warned)(?={_WHEN}\sthat\b)){_WHEN}\s(?P<told>that\s|(?:it|he|she|they|there|the|we)\s)"
)
# Endings of those who are one person: "the minister", "her lawyer" (by hand)
_PERSON = re.compile(
    r"(?!.*(?:operator|regulator|military|incubator)$).*(?:aide|captain|chief|coach|dean|doctor|general|judge|king|mayor"
    r"|premier|queen|\w(?:ster|ner|yer|cer|ager|cher|ider|ader|iver|eper|ctor|utor|ssor|rnor|ator|ident|tary|ist|ian|man))$"
)


def answered(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, and with a denial what is denied, as a statement of whose it is: "dismissed a claim by Reyk that
    it leaks", "denied that it leaked, as Reyk had claimed"; with what is told that it is denied: ", which the council
    denies"; and with what is said of another's words these: "said that Reyk had told him that it leaks".

    Of 6 denials of bench/train and our dossiers that name so whose claim it is all have it as a statement inside, of 2
    that name a newspaper in which it stands one ("the report in the Bell that": left); "Reyk's claim that" stands in
    none. Of 7 things denied "as Reyk had claimed" all are Reyk's too, and of 6 "which the council denies" all the
    council's. Of 22 contents of bench/train that begin with whoever "had told him that" all hold that as a statement,
    from the same character on, and of 11 of our dossiers four. The encoder finds most: of 887 articles 3 denied ones
    are added, all annotated, and 5 in 363 texts that it has not read.
    """
    kinds = {c.source.of(text): c.sourcing for c in found if c.source}
    out = list(found)
    for c in found:
        for who, cue, told in (*_claimed(text, c), *_denied_behind(text, c), *_passed_on(text, c)):
            at = next((k for k, x in enumerate(out) if x.cue and x.cue.overlaps(cue)), None)
            if at is not None:
                if c.cue and c.cue in out[at].content[-1]:  # it claims what is denied, and not the denial
                    out[at] = replace(out[at], content=told)
                continue
            out.append(
                replace(
                    c, source=who, cue=cue, content=told, sourcing=_kind(who.of(text), kinds, text), direct=0.0,
                    beside=(), rest=None, confidence=NAMED, acts=(1 / len(ACTS),) * len(ACTS),
                )
            )  # fmt: skip
    return out


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


def _passed_on(text: str, c: Candidate) -> Iterator[tuple[Span, Span, tuple[Span, ...]]]:
    """Who is told to have said what, with which words: "that the minister had told him that it leaks"."""
    first = c.content[0]
    if c.cue and (m := _PASSED_ON.match(text, first.start, first.end)):
        yield Span(*m.span("who")), Span(*m.span("cue")), (Span(m.start("told"), first.end), *c.content[1:])


def _kind(who: str, known: dict[str, int], text: str) -> int:
    """What kind of source a name is: that of who is called so elsewhere, or in full; else by its capitals, and by
    whether the text gives it a first name."""
    named = [k for source, k in known.items() if source.endswith(who)]
    if named:
        return named[0]
    words = who.split()
    if _PERSON.fullmatch(who.lower()):
        return ATTRIBUTED.index("anonymous" if words[0].lower() in ("a", "an", "one") else "named-person")
    if not any(w[0].isupper() for w in words):
        return ATTRIBUTED.index(_NAMELESS.get(words[0], "unnamed-group"))
    in_full = (
        re.search(rf"\b(?!The\b)[A-ZÀ-Þ][\w’'.-]+\s{re.escape(who)}\b", text) if len(words) == 1 else len(words) > 1
    )
    person = bool(in_full) and all(w[0].isupper() for w in words)
    return ATTRIBUTED.index("named-person" if person else "named-organisation")
