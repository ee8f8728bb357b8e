"""What actors take up, what they foretell and with whom they stand, as the pages and the report show it.

All of it is computed when it is asked for, from what the case holds: of one actor as many statements as its page is
about, of predictions the latest `MOST_FORETOLD`, and sides where disputes are sought unasked too.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from stemmata.case import Case, Entry, actors, taken, views
from stemmata.case import disputes as kept
from stemmata.case.actors import Passage
from stemmata.case.verdicts import Decisions
from stemmata.dispute.dates import dates
from stemmata.dispute.positions import Named, predictions
from stemmata.dispute.sides import accounts, ties, unplaced
from stemmata.dispute.sides import sides as proposed
from stemmata.model import STANCES, Bloc, DatedWords, Position, Prediction, Relation, Stance, due_at
from stemmata.pages.rendered import when
from stemmata.pages.shown import Spoken, only_in, spoken

DATED: Final[tuple[Stance, ...]] = ("promises", "threatens", "predicts")
MOST_FORETOLD: Final = 2_000  # predictions that are read: a second's work on one core of a laptop
MOST_DOCUMENTS: Final = 2_000  # of more, disputes are sought when they are asked for alone, and so are sides
WORDS: Final = 600  # characters of a statement that are shown
OFFICES: Final = 8  # of an actor that are shown
MOST_FIGURES: Final = 300  # documents whose words for an actor's offices are read
FILED: Final = 12  # positions of an actor that a report has, and predictions (by hand)
FILED_FORETOLD: Final = 40
MOST_MADE: Final = 10_000  # statements that two accounts are compared by

UNNAMED: Final = Named(())  # whom an accusation names is sought in what is shown alone: there may be many times as many
Piece = tuple[str, bool]  # words, and whether they name a date


def named(case: Case) -> Named:
    """Every actor of a case by its names."""
    return Named(kept.known_actors(case))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A position with its words; of a change of position, with those of before. `only_in`: of what a change brought
    about, where alone it stands. `disputed`: how, and id and name of who, the surest first."""

    position: Position
    spoken: Spoken
    content: tuple[Piece, ...]
    due: str | None
    towards: tuple[tuple[str, str], ...]  # id and name of actors
    disputed: tuple[tuple[Relation, str, str], ...]
    before: Entry | None
    only_in: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What one actor takes up: some positions of how many, and how many of each stance."""

    rows: list[Taken]
    total: int  # of those asked for
    counts: dict[Stance, int]
    changed: int

    @property
    def every(self) -> int:
        return sum(self.counts.values())


def stand(
    case: Case, decided: Decisions, actor: str, named: Named, *, stance: str = "", limit: int, offset: int = 0
) -> Stand:
    """Positions of an actor over time: all, of one stance, or those that change one ("changed")."""
    heard = kept.heard(case, decided, views.telling_of(case, actor))
    mine = [p for p in taken.taken(heard, UNNAMED) if p.actor == actor]
    return _stand(case, decided, mine, named, stance=stance, limit=limit, offset=offset)


def _stand(
    case: Case,
    decided: Decisions,
    found: Sequence[Position],
    named: Named,
    *,
    stance: str = "",
    limit: int,
    offset: int = 0,
    changed_first: bool = False,
) -> Stand:
    counts = Counter(p.stance for p in found)
    changed = [p for p in found if p.changed_from]
    asked = changed if stance == "changed" else [p for p in found if stance in ("", p.stance)]
    if changed_first:
        first = sorted(asked, key=lambda p: p.changed_from is None)[:limit]
        shown = [p for p in asked if p in first]
    else:
        shown = asked[offset : offset + limit]
    return Stand(
        rows=_taken(case, decided, shown, named),
        total=len(asked),
        counts={s: counts[s] for s in STANCES if counts[s]},
        changed=len(changed),
    )


def _taken(case: Case, decided: Decisions, shown: Sequence[Position], named: Named) -> list[Taken]:
    entries = views.entries(case, {x for p in shown for x in (p.statement, p.changed_from) if x})
    said = {s.entry.statement.id: s for s in spoken(decided, [entries[p.statement] for p in shown])}
    dated = [entries[p.statement].statement.document for p in shown if p.stance in DATED]
    texts = {d.id: d.text for d in kept.documents_of(case, dated)}
    towards = {
        p: [
            *p.towards,
            *(a for a in (named.within(entries[p.statement].content) if p.stance == "accuses" else ()) if a != p.actor),
        ]
        for p in shown
    }
    disputed = kept.disputed_by(case, decided, entries.keys())
    names = views.names(case, {a for found in (*towards.values(), *disputed.values()) for a in found})
    alone = only_in(case, (p.departure for p in shown))
    rows = []
    for p in shown:
        entry = entries[p.statement]
        place, content = entry.statement.document, entry.statement.content
        named_dates = dates(texts[place], content, entry.published) if p.stance in DATED else ()
        rows.append(
            Taken(
                position=p,
                spoken=said[p.statement],
                content=_pieces(entry, named_dates),
                due=due(named_dates, entry.published),
                towards=tuple((a, names[a]) for a in dict.fromkeys(towards[p]) if a in names),
                disputed=tuple((r, a, names[a]) for a, r in disputed.get(p.statement, {}).items() if a in names),
                before=entries[p.changed_from] if p.changed_from else None,
                only_in=alone[p.departure] if p.departure else None,
            )
        )
    return rows


def _pieces(entry: Entry, dated: Sequence[DatedWords]) -> tuple[Piece, ...]:
    """The words of a statement, at most `WORDS` characters, those that name a date apart."""
    out: list[Piece] = []
    left = WORDS
    for n, (part, words) in enumerate(zip(entry.statement.content, entry.content, strict=True)):
        at = 0
        inside = ((d.span.start - part.start, d.span.end - part.start) for d in dated if d.span in part)
        for first, last in inside:
            out += [(words[at:first], False), (words[first:last], True)]
            at = last
        out.append((words[at:] + (" … " if n < len(entry.content) - 1 else ""), False))
    shown: list[Piece] = []
    for text, is_date in out:
        if text and left > 0:
            shown.append((text if len(text) <= left else f"{text[: left - 1].rstrip()}…", is_date))
        left -= len(text)
    return tuple(shown)


def due(dated: Collection[DatedWords], said: str | None) -> str | None:
    """When something that names these dates is due, as people write it: a day, a month, or the days that it may be."""
    d = due_at(dated)
    if d is None:
        return None
    if d.last is None:
        return f"from {when(d.first)} on"
    if d.first == d.last:
        return when(d.last)
    if d.first == (said or "")[:10]:
        return f"by {when(d.last)}"
    first, last = date.fromisoformat(d.first), date.fromisoformat(d.last)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1] and first.year == last.year:
        if first.month == last.month:
            return f"{first:%b} {first.year}"
        if (first.month, last.month) == (1, 12):
            return f"{first.year}"
        return f"{first:%b} to {last:%b} {last.year}"
    return f"{when(d.first)} to {when(d.last)}"


def offices(case: Case, actor: str) -> views.Some[tuple[Passage, int]]:
    """The offices of an actor, each by the words that give it one, where they stand first, and in how many documents:
    the most told first, of `MOST_FIGURES` documents."""
    found: dict[str, list[Passage]] = {}
    for p in actors.roles(case, actor, most=MOST_FIGURES):
        found.setdefault(" ".join(p.words.split()).casefold(), []).append(p)
    every = [(same[0], len({p.document for p in same})) for same in found.values()]
    return views.Some(rows=sorted(every, key=lambda o: -o[1])[:OFFICES], total=len(every))


# What was foretold


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """A prediction with its words; `only_in` as of a position."""

    prediction: Prediction
    spoken: Spoken
    content: tuple[Piece, ...]
    due: str | None
    only_in: str | None


def foretelling(case: Case, decided: Decisions) -> tuple[tuple[Prediction, ...], bool]:
    """The predictions, promises and threats of a case, the soonest due first, and whether they are the latest of
    more."""
    ids = taken.foretelling(case, most=MOST_FORETOLD + 1)
    return taken.predictions(case, decided, ids[:MOST_FORETOLD]), len(ids) > MOST_FORETOLD


def foretold(case: Case, decided: Decisions, shown: Sequence[Prediction]) -> list[Foretold]:
    """Those that are there still, with their words."""
    entries = views.entries(case, [p.statement for p in shown])
    there = [(p, entries[p.statement]) for p in shown if p.statement in entries]
    said = spoken(decided, [e for _, e in there])
    alone = only_in(case, (p.departure for p, _ in there))
    return [
        Foretold(
            prediction=p,
            spoken=s,
            content=(*(((f"{e.lead} ", False),) if e.lead else ()), *_pieces(e, p.dates)),
            due=due(p.dates, e.published),
            only_in=alone[p.departure] if p.departure else None,
        )
        for (p, e), s in zip(there, said, strict=True)
    ]


# Who stands with whom


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocs:
    """The sides of a case, those of the analyst first. Not `proposed`: those alone, as the case is large. `against`:
    the name of a side -> that of the one which it disputes most, those that dispute most first. `disputes`: how many
    it was sought in. `unplaced`: the actors whom a tie to a side of the analyst's places in none. `quarrels`: the
    proposed sides of one actor each that dispute with each other and nobody else, two by two: no camps."""

    found: tuple[Bloc, ...]
    proposed: bool
    against: Mapping[str, str]
    disputes: int = 0
    unplaced: tuple[str, ...] = ()
    quarrels: tuple[tuple[Bloc, Bloc], ...] = ()


def blocs(case: Case, decided: Decisions) -> Blocs:
    given = kept.given_sides(case)
    if case.value("SELECT count(*) FROM documents") > MOST_DOCUMENTS:
        return Blocs(found=proposed((), (), given), proposed=False, against={})
    told, disputes = kept.made(case, decided), kept.standing_disputes(case, decided)
    found = proposed(told, disputes, given)
    side = {a: b.name for b in found for a in b.actors}
    apart: dict[tuple[str, str], float] = defaultdict(float)
    for (a, b), weight in ties(told, disputes).items():
        if weight < 0 and a in side and b in side and side[a] != side[b]:
            apart[side[a], side[b]] -= weight
            apart[side[b], side[a]] -= weight
    against: dict[str, str] = {}
    for (one, other), _ in sorted(apart.items(), key=lambda x: (-x[1], x[0])):
        against.setdefault(one, other)
    return Blocs(
        found=found,
        proposed=True,
        against=against,
        disputes=len(disputes),
        unplaced=unplaced(told, disputes, found),
        quarrels=tuple(_quarrels(found, against, apart)),
    )


def _quarrels(
    found: Sequence[Bloc], against: Mapping[str, str], apart: Collection[tuple[str, str]]
) -> Iterator[tuple[Bloc, Bloc]]:
    many = Counter(one for one, _ in apart)
    alone = {b.name: b for b in found if len(b.actors) == 1 and not b.given and many[b.name] == 1}
    for b in alone.values():
        other = alone.get(against[b.name])
        if other and b.name < other.name:
            yield b, other


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBeside:
    """A claim with the first to make it on one side, and on the other the first to make or to dispute it: each in its
    own words, as those of the claim may be another's."""

    claim: str
    first: Entry
    second: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Claims of two accounts that fare alike: some of how many."""

    title: str
    rows: list[ClaimBeside]
    total: int


def beside(case: Case, decided: Decisions, one: Bloc, other: Bloc, *, limit: int | None = None) -> list[Part]:
    """Two accounts by claim: what both say; what one says and the other disputes; what one says and was not found in
    what the other says: left out, or told in words that were not matched. Two parts a row, but for the first. With a
    `limit` of rows a part, of many statements some are read; without, all are."""
    ours, theirs = set(one.actors), set(other.actors)
    most = -1 if limit is None else max(20, MOST_MADE // max(1, len(ours | theirs)))
    told, raised = kept.made_by(case, decided, ours | theirs, most=most)
    a = accounts(ours, theirs, told, raised)
    # the earliest that turns nothing round the last
    as_it_is = [m for turned in (True, False) for m in reversed(told) if m.turned is turned]
    by_us, by_them = ({m.claim: m.id for m in as_it_is if m.claim and m.actor in side} for side in (ours, theirs))
    actor, claim = {m.id: m.actor for m in told}, {m.id: m.claim for m in told}
    we_answer, they_answer = (
        {claim[d.of_statement]: d.by_statement for d in reversed(raised) if actor[d.by_statement] in side}
        for side in (ours, theirs)
    )
    none: dict[str | None, str] = {}
    parts = (
        ("both say", a.both, by_us, by_them),
        (f"{one.name} says, {other.name} disputes", a.one_disputed, by_us, by_them | they_answer),
        (f"{other.name} says, {one.name} disputes", a.other_disputed, by_them, by_us | we_answer),
        (f"{one.name} says, not found in what {other.name} says", a.one_alone, by_us, none),
        (f"{other.name} says, not found in what {one.name} says", a.other_alone, by_them, none),
    )
    asked = {s for _, claims, first, second in parts for c in claims[:limit] for s in (first[c], second.get(c)) if s}
    entries = views.entries(case, asked)
    return [
        Part(
            title=title,
            rows=[
                ClaimBeside(claim=c, first=entries[first[c]], second=entries.get(second.get(c, "")))
                for c in claims[:limit]
            ],
            total=len(claims),
        )
        for title, claims, first, second in parts
    ]


# All of it for a report: small, and of its articles alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """An actor of a report, and what it takes up."""

    id: str
    name: str
    side: str | None
    stand: Stand


def filed(
    case: Case, decided: Decisions, documents: Collection[str], *, voices: int
) -> tuple[views.Some[Voice], views.Some[Foretold]]:
    """What is taken up and foretold in the articles of a report: of the actors who take up most, the positions that
    change one and then the first; of what was foretold, what names a date."""
    heard = kept.heard(case, decided, views.statements_in(case, documents))
    there = set(documents)
    mine: dict[str, list[Position]] = {}
    where = {s.id: s.document for s in heard.statements}
    for p in taken.taken(heard, UNNAMED):
        if where[p.statement] in there:
            mine.setdefault(p.actor, []).append(p)
    order = sorted(mine, key=lambda a: (-len(mine[a]), a))
    names, given = views.names(case, order[:voices]), kept.given_sides(case)
    every = named(case)
    foretelling = predictions(heard.statements, heard.documents, heard.departures)
    dated = [p for p in foretelling if p.due and where[p.statement] in there]
    told = [
        Voice(
            id=a,
            name=names[a],
            side=given.get(a),
            stand=_stand(case, decided, mine[a], every, limit=FILED, changed_first=True),
        )
        for a in order[:voices]
    ]
    return (
        views.Some(rows=told, total=len(order)),
        views.Some(rows=foretold(case, decided, dated[:FILED_FORETOLD]), total=len(dated)),
    )
