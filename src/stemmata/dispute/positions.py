"""What each actor holds, denies, demands, promises, threatens, predicts, and whom it accuses; and what can be come
back to: predictions, promises and threats, with the dates that they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from stemmata.dispute.dates import TIMES, dates
from stemmata.language.force import answering, cue_stems, marked, modal_verbs, negations
from stemmata.language.phrases import Phrases, listed
from stemmata.language.wording import heavy_words, stem
from stemmata.model import Act, Actor, Departure, Dispute, Document, Position, Prediction, Stance, Statement, said_by

_WORD = re.compile(r"\w+")
_WAS = re.compile(r"\b(?:was|were|had|did)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:about to|bound|danger|due|expect\w*|going|likely|plan\w*|pledge\w*|possible|promise\w*|risk|schedul\w*|set"
    r"|threat\w*|vow\w*|warn\w*)\b",
    re.IGNORECASE,
)
_CLAUSED = re.compile(r"[“\"'‘«]?that\b", re.IGNORECASE)
_STANCE: dict[Act, Stance] = {
    "assert": "holds", "praise": "holds", "criticise": "accuses", "accuse": "accuses", "deny": "denies",
    "urge": "demands", "propose": "demands", "promise": "promises", "threaten": "threatens", "warn": "predicts",
    "predict": "predicts",
}  # fmt: skip
# Of the cues that say no what follows "deny" alone is denied; beside those of lexicon/dispute.tsv these reject it
_DENIES, _REJECTS = (frozenset(map(stem, x)) for x in (("deny", "denial"), ("contradict", "decline")))
# "Objected that it was the prefect's": what follows is their own word, unless it is what they object to
_OWN_WORD = frozenset(stem(x) for x in ("object", "protest", "scoff", "sneer"))
_AT, _TO = re.compile(r"\b(?:to|at|against)\b", re.IGNORECASE), re.compile(r"(?:to|against)\b")
_NOT = re.compile(r"(?:\b(?:not|never|neither|nor)|n[’']t)\b", re.IGNORECASE)
# "No longer speaks of a depot": of 9 such cues in bench/train and our dossiers 6 are of denying ("no longer excludes"):
# it is held; the 3 others tell what is said, believed and asked no more
_GIVEN_UP = re.compile(
    r"\bno longer\b|\b(?:stop(?:s|ped)|ceased?|given up|gave up)\s+(?:accus|ask|believ|blam|call|claim|demand|insist"
    r"|press|say|speak|support|talk|urg|want)\w*ing\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(rf"{_NOT.pattern}|\b(?:no|unable|stop\w*)\b", re.IGNORECASE)  # "has no objection to"
_NOT_BEFORE = re.compile(rf"{_NOT.pattern}\s+(?:\w+ly\s+)?$", re.IGNORECASE)
FORETOLD: dict[Act, Literal["predict", "promise", "threaten"]] = {
    "predict": "predict", "warn": "predict", "promise": "promise", "threaten": "threaten",
}  # fmt: skip
_WILL = ("will", "would", "shall", "is to", "are to", "was to", "were to", "is due", "are due", "was due", "were due")
ANNOUNCED = (_WILL, TIMES)
"""What is asserted is foretold at most where it has one of each of these words."""
_COMING = re.compile(rf"\b(?:{'|'.join(_WILL)})\b(?!\s+(?:not\s+)?have\b)".replace(" ", r"\s"), re.IGNORECASE)
# What parts a day from what is to come: the end of a sentence, or a clause of its own
_CLAUSE = re.compile(
    r"[.!?;:…—–\"“”]|,\s+(?:and|but|that|which|who|while|as|because|so)\b"
    r"|\b(?:and|but|that|because|so that|whether|if|before|after)\s+(?:the|an?|he|she|it|they|we|I|his|her|their)\b"
)


def positions(
    statements: Iterable[Statement],
    disputes: Iterable[Dispute],
    named: Named,
    documents: Iterable[Document],
    departures: Mapping[str, Departure] | None = None,
) -> tuple[Position, ...]:
    """What every actor takes up, by actor, then by time: one row an actor, claim and stance, the earliest of those that
    no change brought about (`departures`: statement -> the change); one each change that brought such words about,
    behind those of its claim as they were first taken; and one a change of position. What is said in other than
    `documents` is passed over.

    What somebody no longer says or demands is none. A stance is named so that the statement's own words, read after it,
    say what the actor did: it "denies" or "rejects" what follows such a word, "withdraws" what it takes back,
    "proposes" what is proposed, and "holds" what is said with a no of its own ("there was nothing on that bridge").

    A statement of an actor's that disputes an earlier one of its own is a change of position, unless it denies ever
    having said it: then it is a denial, and `changed_from` stays empty (of 480 claims of bench/train and our dossiers
    that deny one of their speaker's own one takes it back, and its cue says so). What it concedes on a later day is one
    too, though collation holds it for another wording of what it said (`_turned`); and a quotation of a later day in
    other words has a row of its own (`_in_own_words`).
    """
    texts = {d.id: d for d in documents}
    told = {s.id: s for s in statements}
    taken = _Taken(told, texts, disputes, named, departures or {})
    for s in sorted(
        (s for s in told.values() if s.actor and s.document in texts),
        key=lambda s: (taken.when(s), s.document, s.content[0]),
    ):
        taken.add(s)
    return taken.in_order()


class _Taken:
    """The rows of `positions`, made of statements that are added in the order of time."""

    def __init__(
        self,
        told: Mapping[str, Statement],
        texts: Mapping[str, Document],
        disputes: Iterable[Dispute],
        named: Named,
        departed: Mapping[str, Departure],
    ) -> None:
        self._told, self._texts, self._named, self._departed = told, texts, named, departed
        self._own_words = {
            (s.actor, s.claim or s.id) for s in told.values() if s.id not in departed and s.document in texts
        }
        self._answered: dict[str, list[Dispute]] = defaultdict(list)
        for d in disputes:
            if d.by_statement in told and d.of_statement in told:
                self._answered[d.by_statement].append(d)
        self._rows: list[Position] = []
        # which rows tell what an actor takes up: of a claim, with a stance, by a change of a day, by whose change
        self._at: dict[tuple[str, str, Stance, str | None, Departure | None], list[int]] = defaultdict(list)
        self._first: dict[tuple[str, str], Statement] = {}  # how an actor first told a claim
        self._tellers: dict[int, dict[str, None]] = defaultdict(dict)  # the documents of each row

    def when(self, s: Statement) -> str:
        """What sorts by when a statement was published."""
        return said_by(self._texts[s.document].published)

    def _after(self, before: Statement, s: Statement) -> bool:
        """Whether `s` was told after `before`, or may have been; in one article: further down."""
        if before.document == s.document:
            return before.content[0] < s.content[0]
        return self.when(before) <= self.when(s)

    def _later(self, before: Statement, s: Statement) -> bool:
        return self.when(before)[:10] < self.when(s)[:10] < "~"

    def add(self, s: Statement) -> None:
        """A row of its own for `s`, unless it tells what a row tells already."""
        actor, claim, text = s.actor or "", s.claim or s.id, self._texts[s.document].text
        against = [(d, self._told[d.of_statement]) for d in self._answered.get(s.id, [])]
        denied = any(d.relation in ("denies", "rejects") for d, _ in against)
        holds = _affirms(s, text) or (s.act in FORETOLD and not _foretells(s, text))
        stance: Stance = "denies" if denied else "holds" if holds else _STANCE[s.act]
        made = _made(self._departed.get(s.id), spoken=(actor, claim) in self._own_words)
        changed_from, day = self._changed(s, against, departs=made is not None)
        if changed_from is None and _gives_up(s, text):
            return
        key = (actor, claim, stance, day, made)
        n = next((n for n in self._at[key] if not self._in_new_words(self._rows[n], s)), len(self._rows))
        self._tellers[n][s.document] = None
        if n < len(self._rows):
            return
        self._at[key].append(n)
        towards = dict.fromkeys(o.actor for _, o in against if o.actor and o.actor != s.actor)
        if stance == "accuses":
            accused = self._named.within(part.of(text) for part in s.content)
            towards |= dict.fromkeys(a for a in accused if a != actor)
        self._rows.append(
            Position(
                actor=actor,
                stance=_worded(s, stance, text),
                statement=s.id,
                claim=s.claim,
                when=self._texts[s.document].published,
                towards=tuple(towards),
                changed_from=changed_from,
                departure=made,
            )
        )
        plain = self._at[actor, claim, stance, None, made]
        if not plain:
            plain.append(n)

    def _changed(
        self, s: Statement, against: Iterable[tuple[Dispute, Statement]], *, departs: bool
    ) -> tuple[str | None, str | None]:
        """The statement of the speaker's own that `s` goes back on, and its day: a change is one a day, in all outlets.
        What it concedes is one change. None and None where it goes back on nothing."""
        back = _takes_back(s, self._texts[s.document].text)
        own = [
            o.id for d, o in against if o.actor == s.actor and (back or d.relation != "denies") and self._after(o, s)
        ]
        first = s if departs else self._first.setdefault((s.actor or "", s.claim or s.id), s)
        if own:
            return own[0], self.when(s)[:10]
        if self._later(first, s) and _turned(first, s, self._texts):
            return first.id, "conceded"
        return None, None

    def _in_new_words(self, row: Position, s: Statement) -> bool:
        """Whether `s` is a quotation of a later day in other words than the row's."""
        before = self._told[row.statement]
        return self._later(before, s) and _in_own_words(before, s, self._texts)

    def in_order(self) -> tuple[Position, ...]:
        """The rows by actor, then by time; words that a change brought about behind those of their claim."""
        found = [replace(p, departure=_in_all(p.departure, self._tellers[n])) for n, p in enumerate(self._rows)]
        first: dict[tuple[str, str | None], tuple[str, str]] = {}  # where the words of a claim as first taken stand
        for p in sorted(found, key=_time):
            if p.claim and p.departure is None:
                first.setdefault((p.actor, p.claim), _time(p))

        def place(p: Position) -> tuple[str, tuple[str, str], bool, tuple[str, str]]:
            beside = first.get((p.actor, p.claim)) if p.departure else None
            return p.actor, beside or _time(p), beside is not None, _time(p)

        return tuple(sorted(found, key=place))


def _turned(before: Statement, s: Statement, texts: Mapping[str, Document]) -> bool:
    """Whether `s` concedes what its speaker told the other way round `before`. Without a cue of conceding few of the
    other polarity turn it: most are worded so."""
    now, then = ("concedes" in answering(texts[x.document].text, x.cue) for x in (s, before))
    return now and not then and _odd(s, texts[s.document].text) != _odd(before, texts[before.document].text)


def _odd(s: Statement, text: str) -> bool:
    """Whether an odd number of negators stands in a statement and its cue."""
    return len(negations(text, (*([s.cue] if s.cue else []), *s.content))) % 2 == 1


def _in_own_words(before: Statement, s: Statement, texts: Mapping[str, Document]) -> bool:
    """Whether `s` is a quotation without a telling word of what was told `before`."""
    if s.mode != "direct":
        return False
    mine, theirs = (heavy_words(texts[x.document].text, x.content) for x in (s, before))
    return bool(mine) and mine.isdisjoint(theirs)


def _time(p: Position) -> tuple[str, str]:
    return said_by(p.when), p.statement


def _made(departure: Departure | None, *, spoken: bool) -> Departure | None:
    """The change that brought a statement about. That it was given to an actor who says the same elsewhere
    (`spoken`: with no change) puts no words into its mouth."""
    return None if departure and departure.label == "attribution-shifted" and spoken else departure


def _in_all(departure: Departure | None, tellers: Iterable[str]) -> Departure | None:
    """The change that brought a statement about, with the documents that tell it so (`tellers`)."""
    return departure and replace(departure, documents=tuple(tellers))


def _affirms(s: Statement, text: str) -> bool:
    """Whether a denial's negations undo each other: "nobody can say that they were not told"."""
    spans = (*s.content, *([s.cue] if s.cue else []))
    return s.act == "deny" and bool(marked(text, spans, "negator")) and not negations(text, spans)


def _worded(s: Statement, stance: Stance, text: str) -> Stance:
    """The stance as it reads before the statement's words: what follows a cue of denying is denied, what follows any
    other listed one of saying no ("disowned", "does not accept") rejected, unless it is the speaker's own word
    ("objected that"). Most denials say no in words of their own, which hold."""
    if s.act == "propose" and stance == "demands":
        return "proposes"
    if stance in ("holds", "denies", "accuses") and _takes_back(s, text):
        return "withdraws"
    denied = stance == "denies" or s.act == "deny"
    if not denied and (stance == "accuses" or not _says_no(s, text)):
        return stance
    if s.cue is None or (s.mode == "direct" and s.content[0].start < s.cue.start):  # “No,” he denied: his own words
        return "holds"
    cue, stems = s.cue.of(text), cue_stems(text, s.cue, s.content)
    no = _refusals(stems)
    if any(x[0] == "not" for x in no):  # "does not accept"
        return "rejects"
    if _NOT.search(cue) or _NOT_BEFORE.search(text[max(0, s.cue.start - 30) : s.cue.start]):
        return "holds"
    if not _DENIES.isdisjoint(stems):
        return "denies"
    own = all(x[-1] in _OWN_WORD for x in no) and not (_AT.search(cue) or _TO.match(text, s.content[0].start))
    return "rejects" if (no and not own) or not _REJECTS.isdisjoint(stems) else "holds"


def _takes_back(s: Statement, text: str) -> bool:
    """Whether a cue says that what follows it is taken back: "withdrew the remark", not "refused to withdraw it". Of 18
    such cues of bench/train and our dossiers 14 take back words, and two a battalion."""
    if s.cue is None or s.content[0].start < s.cue.start or "withdraws" not in answering(text, s.cue, s.content):
        return False
    return not (_refusals(cue_stems(text, s.cue, s.content)) or _UNDONE.search(s.cue.of(text)))


def _gives_up(s: Statement, text: str) -> bool:
    """Whether somebody does no longer say, believe or demand it; who no longer denies it holds it."""
    given = s.cue and _GIVEN_UP.search(text, max(0, s.cue.start - len("no longer ")), s.cue.end)
    no = {"denies", "rejects"} & answering(text, s.cue)
    return bool(given) and not no and not (s.cue and "exclu" in s.cue.of(text))


def _refusals(stems: Sequence[str]) -> list[Sequence[str]]:
    """The listed phrases of saying no among the stems of a cue."""
    found = listed("dispute", "cue").within(stems)
    return [stems[a:b] for a, b, value in found if {"denies", "rejects"} & set(value.split())]


def _says_no(s: Statement, text: str) -> bool:
    """Whether a statement's cue, in front of what it reports, says no to that: "doubts that the talks will bring more",
    "ruled out dismissals", and not "refused to rule out"."""
    if s.cue is None or s.mode == "direct" or s.content[0].start < s.cue.start:
        return False
    no = _refusals(cue_stems(text, s.cue, s.content))
    return len(no) % 2 == 1 and not (_UNDONE.search(s.cue.of(text)) or all(x[-1] in _OWN_WORD for x in no))


class Named:
    """Finds actors by their names, whatever the apostrophes and line ends; by none that two of them bear."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        bearers: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for a in actors:
            for name in (a.name, *a.aliases):
                if len(name) > 3 and name[:1].isupper():
                    bearers[_parts(name)].add(a.id)
        self._phrases = Phrases({name: min(who) for name, who in bearers.items() if name and len(who) == 1})

    def within(self, texts: Iterable[str]) -> list[str]:
        """The actors whose names stand in the texts, in order; of names within each other, the longest."""
        found = (actor for text in texts for _, _, actor in self._phrases.within(_parts(text)))
        return list(dict.fromkeys(found))


def _parts(text: str) -> tuple[str, ...]:
    """The words of a text with their capitals, apostrophes left out."""
    return tuple(m.group() for m in _WORD.finditer(text))


def predictions(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    departures: Mapping[str, Departure] | None = None,
) -> tuple[Prediction, ...]:
    """The predictions, promises and threats, once an actor and claim (the earliest) and once each change that brought
    other words of it about, as of `positions`; the soonest due first.

    A warning is a prediction, and so is what is asserted of a day to come ("the camp will be closed by Friday"). Those
    that name no date come last. What the outlet tells in its own voice of what was ("the vote was put off until
    Thursday") is none.
    """
    departed = departures or {}
    texts: Mapping[str, Document] = {d.id: d for d in documents}
    rows: dict[tuple[str, str, Departure | None], Prediction] = {}
    tellers: dict[tuple[str, str, Departure | None], dict[str, None]] = defaultdict(dict)
    order = [
        s
        for s in statements
        if s.document in texts
        and not _gone_by(s, texts[s.document].text)
        and (
            _foretells(s, texts[s.document].text)
            if s.act in FORETOLD
            else s.act == "assert" and _announced(s, texts[s.document])
        )
    ]
    own_words = {(s.actor, s.claim or s.id) for s in order if s.id not in departed}
    for s in sorted(order, key=lambda s: (said_by(texts[s.document].published), s.document, s.content[0])):
        d = texts[s.document]
        made = _made(departed.get(s.id), spoken=(s.actor, s.claim or s.id) in own_words)
        key = s.actor or "", s.claim or s.id, made
        tellers[key][s.document] = None
        if key in rows:
            continue
        rows[key] = Prediction(
            statement=s.id,
            kind=FORETOLD.get(s.act, "predict"),
            actor=s.actor,
            claim=s.claim,
            said=d.published,
            dates=dates(d.text, s.content, d.published),
            departure=made,
        )
    found = (replace(p, departure=_in_all(p.departure, tellers[key])) for key, p in rows.items())
    return tuple(sorted(found, key=lambda p: (p.due or "~", said_by(p.said), p.statement)))


def _announced(s: Statement, document: Document) -> bool:
    """Whether what a statement asserts is to come on a day that it names, in one clause with that: as a forecast or a
    plan it can be come back to."""
    text, today = document.text, (document.published or "")[:10]
    if not today:
        return False
    coming = [m for part in s.content for m in _COMING.finditer(text, part.start, part.end)]
    return bool(coming) and any(
        (d.last or d.first) >= today
        and any(
            not _CLAUSE.search(text, min(m.end(), d.span.end), max(m.start(), d.span.start))
            for m in coming
            if any(x.start <= m.start() < x.end and x.start <= d.span.start < x.end for x in s.content)
        )
        for d in dates(text, s.content, document.published)
    )


def _foretells(s: Statement, text: str) -> bool:
    """Whether what foretells, promises or threatens by its act tells of what is to come, and warns of nothing as it is:
    "that the pump was under repair"."""
    clause = s.act in ("warn", "predict") and _CLAUSED.match(text, s.content[0].start)
    return not (clause and _tells_what_was(s, text))


def _gone_by(s: Statement, text: str) -> bool:
    """Whether the outlet itself tells what was, and no word of it says that it was still to come."""
    return s.sourcing == "outlet" and _tells_what_was(s, text)


def _tells_what_was(s: Statement, text: str) -> bool:
    if modal_verbs(text, s.content, reported=True):
        return False
    told = [c.of(text) for c in s.content]
    return any(_WAS.search(t) for t in told) and not any(_TO_COME.search(t) for t in told)
