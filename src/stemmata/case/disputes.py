"""Disputes as a case holds them: stored in one go, and read back with what positions, sides and predictions need."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from stemmata.case import judgements
from stemmata.case.departures import departures, turned
from stemmata.case.documents import Case
from stemmata.case.rows import STATEMENT, STATEMENT_ORDER, Entry, statement_of
from stemmata.case.verdicts import Decisions
from stemmata.dispute.sides import Made
from stemmata.model import Actor, Claim, Departure, Dispute, Document, Relation, Run, Statement

State = tuple[int, tuple[int, int]]  # of a case: `state`
_FIELDS: Final = "by_statement, of_statement, relation, score"
_UNSURE: Final = """FROM found_disputes AS found WHERE NOT sure AND NOT EXISTS (
    SELECT 1 FROM disputes WHERE by_statement = found.by_statement AND of_statement = found.of_statement)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The statements of a case that no person rejected, with its claims and actors, in memory."""

    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Some statements, those that they dispute, the disputes and documents of all of these, and, by statement, the
    changes that brought some of them about."""

    statements: tuple[Statement, ...]
    disputes: tuple[Dispute, ...]
    documents: tuple[Document, ...]
    departures: Mapping[str, Departure]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDispute:
    """A dispute with the words of both sides."""

    dispute: Dispute
    by: Entry
    of: Entry
    told: bool = True  # unasked: it is sure enough, or a person confirmed it


def put_disputes(
    case: Case, disputes: Iterable[Dispute], run: Run, *, least: float = 0.0, of: State | None = None
) -> None:
    """Stores the disputes of a case in the place of those found before: those under `least` as too unsure to be told
    unasked. One is left out where one of its statements is gone. `of` is the state of the case in which they were
    sought: only if that is still its state are the disputes `settled`."""
    with case.transaction():
        case.put_run(run)
        case.connection.execute("DELETE FROM found_disputes")
        case.connection.executemany(
            """INSERT INTO found_disputes (by_statement, of_statement, relation, score, sure, run)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6
            WHERE EXISTS (SELECT 1 FROM statements WHERE id = ?1)
                AND EXISTS (SELECT 1 FROM statements WHERE id = ?2)""",
            [(d.by_statement, d.of_statement, d.relation, d.score, d.score >= least, run.id) for d in disputes],
        )
        unsettle(case)
        if of and of == state(case):
            case.connection.execute("INSERT INTO disputes_settled (decided) VALUES (?)", [json.dumps(of[1])])


def state(case: Case) -> State:
    """What a search for disputes depends on, as it is now: how often other processes have written to the file since it
    was opened, and how many decisions there were about actors, statements, edges and changes."""
    return case.value("PRAGMA data_version"), _decided(case)


def _decided(case: Case) -> tuple[int, int]:
    return judgements.tally(case, "merge", "split", "confirm", "reject")


def unsettle(case: Case) -> None:
    """Notes that the disputes are out of date. To be called in a transaction."""
    case.connection.execute("DELETE FROM disputes_settled")


def settled(case: Case) -> bool:
    """Whether disputes were sought after everything in the case was collated."""
    return bool(case.value("SELECT EXISTS (SELECT 1 FROM disputes_settled)"))


def heeded(case: Case) -> bool:
    """Whether disputes were sought after the last decision that could change them."""
    if not case.value("SELECT 1 FROM sqlite_master WHERE name = 'disputes_settled'"):
        return True  # a case of before, opened for reading
    last = case.value("SELECT decided FROM disputes_settled")
    return last is None or tuple(json.loads(last)) == _decided(case)


def ledger(case: Case, decided: Decisions) -> Ledger:
    """The statements, claims and actors of a case, in memory: some 2 kB a statement."""
    lost = _lost(decided)
    statements = as_decided(case, decided, [e.statement for e in case.statements() if e.statement.id not in lost])
    members: dict[str, list[str]] = {}
    for s in statements:
        if s.claim:
            members.setdefault(s.claim, []).append(s.id)
    claims = case.rows("SELECT id, gist FROM claims ORDER BY id")
    return Ledger(
        statements=statements,
        claims=tuple(Claim(id=k, gist=gist, statements=tuple(members.get(k, ()))) for k, gist in claims),
        actors=tuple(known_actors(case)),
    )


def each_in_a_claim(case: Case, ledger: Ledger) -> Ledger:
    """The ledger, with a claim of its own for each statement that has none (see `as_decided`); its id is the
    statement's."""
    alone = [s.id for s in ledger.statements if s.claim is None]
    gists = {e.statement.id: " … ".join(e.content) for e in case.entries(alone)}
    return replace(
        ledger,
        statements=tuple(replace(s, claim=s.claim or s.id) for s in ledger.statements),
        claims=(*ledger.claims, *(Claim(id=k, gist=gists[k], statements=(k,)) for k in alone)),
    )


def as_decided(case: Case, decided: Decisions, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements, without their claim where only edges or changes that a person rejected tie them to other
    versions."""
    found = tuple(statements)
    edges, changes = decided.rejected("edge"), decided.rejected("change")
    if not edges and not changes:
        return found
    sql = """SELECT parent_document, child_document, parent_statement, child_statement FROM json_each(?) AS asked
        CROSS JOIN changes ON child_statement = asked.value WHERE parent_statement IS NOT NULL"""
    parted: set[str] = set()
    held: set[str] = set()
    for place in case.rows(sql, [json.dumps([s.id for s in found])]):
        gone = place[:2] in edges or place in changes
        (parted if gone else held).add(place[3])
    return tuple(replace(s, claim=None) if s.id in parted - held else s for s in found)


def known_actors(case: Case) -> list[Actor]:
    """All actors of a case, in the order of their ids."""
    sql = "SELECT id, name, kind, aliases FROM actors ORDER BY id"
    return [Actor(id=k, name=n, kind=kind, aliases=tuple(json.loads(a))) for k, n, kind, a in case.rows(sql)]


def given_sides(case: Case) -> dict[str, str]:
    """Actor -> the side that a person put it on."""
    return dict(case.rows("SELECT id, side FROM actors WHERE side IS NOT NULL AND side != '' ORDER BY id"))


def _lost(decided: Decisions) -> set[str | None]:
    """The statements that a person rejected: nobody said so."""
    return {s for (s,) in decided.rejected("statement")}


def made(case: Case, decided: Decisions) -> list[Made]:
    """Who makes which claim, oldest first: the actors whose names say in any document who they are, those that were
    joined across documents, and those on a side. Whom one document alone knows ("officials", "the ministry") repeats
    what its other versions say, no more."""
    known = """SELECT actor FROM actor_parts GROUP BY actor
            HAVING max(instr(key, '@') NOT BETWEEN 1 AND instr(key, ':')) OR count(*) > 1
        UNION SELECT id FROM actors WHERE side != ''"""
    sql = f"""SELECT statements.id, document, actor, claim, act
        FROM statements JOIN documents ON documents.id = document
        WHERE actor IN ({known}) ORDER BY {STATEMENT_ORDER}"""
    return _made(case, decided, case.rows(sql))


def made_by(
    case: Case, decided: Decisions, actors: Collection[str], *, most: int = -1
) -> tuple[list[Made], list[Dispute]]:
    """The statements of those actors (`most` of each) with those that they dispute, oldest first; and the disputes."""
    mine = "SELECT id FROM statements WHERE actor = ? LIMIT ?"
    ids = [id for a in sorted(actors) for (id,) in case.rows(mine, [a, most])]
    raised = _raised(case, decided, ids)
    sql = f"""SELECT statements.id, document, actor, claim, act FROM json_each(?) AS asked
        CROSS JOIN statements ON statements.id = asked.value JOIN documents ON documents.id = document
        ORDER BY {STATEMENT_ORDER}"""
    every = json.dumps([*ids, *{d.of_statement for d in raised}.difference(ids)])
    return _made(case, decided, case.rows(sql, [every])), raised


def _made(case: Case, decided: Decisions, rows: Iterable[Sequence[Any]]) -> list[Made]:
    lost = _lost(decided)
    found = list(rows)
    other_way = turned(case, decided, [id for id, *_ in found])
    return [
        Made(id=id, document=document, actor=actor, claim=claim, act=act, turned=id in other_way)
        for id, document, actor, claim, act in found
        if id not in lost
    ]


def _raised(case: Case, decided: Decisions, statements: Collection[str]) -> list[Dispute]:
    sql = f"""SELECT {_FIELDS} FROM json_each(?) AS asked CROSS JOIN disputes ON by_statement = asked.value
        ORDER BY score DESC, 1, 2"""
    return _standing(decided, case.rows(sql, [json.dumps(list(statements))]))


def disputed_by(case: Case, decided: Decisions, statements: Collection[str]) -> dict[str, dict[str, Relation]]:
    """Statement -> the others who dispute it, or what its actor says with the same claim, and how, the surest first."""
    sql = """WITH mine AS (SELECT statements.id, claim, actor FROM json_each(?) AS asked
            CROSS JOIN statements ON statements.id = asked.value),
        told AS (SELECT id AS mine, id, actor FROM mine
            UNION SELECT mine.id, other.id, mine.actor FROM mine
            CROSS JOIN statements AS other ON other.claim = mine.claim AND other.actor = mine.actor)
        SELECT by_statement, of_statement, relation, score, mine, by.actor FROM told
        CROSS JOIN disputes ON of_statement = told.id CROSS JOIN statements AS by ON by.id = by_statement
        WHERE by.actor IS NOT NULL AND by.actor IS NOT told.actor ORDER BY score DESC, 1, 2"""
    lost, gone = decided.rejected("dispute"), _lost(decided)
    found: dict[str, dict[str, Relation]] = {}
    for by, of, relation, _, mine, actor in case.rows(sql, [json.dumps(sorted(statements))]):
        if (by, of) not in lost and not gone & {by, of}:
            found.setdefault(mine, {}).setdefault(actor, relation)
    return found


def heard(case: Case, decided: Decisions, ids: Collection[str]) -> Heard:
    """The statements of those ids that nobody rejected, with all that is needed to tell what positions they take."""
    lost = _lost(decided)
    ids = [s for s in ids if s not in lost]
    raised = _raised(case, decided, ids)
    every = json.dumps([*ids, *{d.of_statement for d in raised}.difference(ids)])
    sql = f"SELECT {STATEMENT} FROM json_each(?) AS asked CROSS JOIN statements ON statements.id = asked.value"
    statements = as_decided(case, decided, (statement_of(row) for row in case.rows(sql, [every])))
    documents = tuple(documents_of(case, {s.document for s in statements}))
    departed = departures(case, decided, [s.id for s in statements])
    return Heard(statements=statements, disputes=tuple(raised), documents=documents, departures=departed)


def documents_of(case: Case, ids: Collection[str]) -> list[Document]:
    """The documents of those ids with nothing but id, time and text."""
    rows = case.rows_in("SELECT id, text, published FROM documents WHERE id IN", ids)
    return [Document(id=id, text=text, published=published) for id, text, published in rows]


def disputes(case: Case, *, unsure: bool = False) -> Iterator[Dispute]:
    """The disputes of a case, the surest first; `unsure`: with those that are too unsure to be told unasked."""
    found = f"SELECT {_FIELDS} FROM disputes" + (f" UNION SELECT {_FIELDS} {_UNSURE}" if unsure else "")
    yield from map(dispute_of, case.rows(f"{found} ORDER BY score DESC, 1, 2"))


def count_unsure(case: Case) -> int:
    """How many more disputes of a case are too unsure to be told unasked."""
    return int(case.value(f"SELECT count(*) {_UNSURE}"))


def standing_disputes(case: Case, decided: Decisions) -> list[Dispute]:
    """The disputes that nobody rejected: what positions and sides go by."""
    return _standing(decided, case.rows(f"SELECT {_FIELDS} FROM disputes ORDER BY score DESC, 1, 2"))


def dispute_of(row: Sequence[Any]) -> Dispute:
    by, of, relation, score = row
    return Dispute(by_statement=by, of_statement=of, relation=relation, score=score)


def _standing(decided: Decisions, rows: Iterable[Sequence[Any]]) -> list[Dispute]:
    lost = decided.rejected("dispute")
    return [d for d in map(dispute_of, rows) if (d.by_statement, d.of_statement) not in lost]


def shown_disputes(case: Case, found: Iterable[Dispute]) -> list[ShownDispute]:
    """Some disputes with the words of both sides."""
    some = list(found)
    ids = {id for d in some for id in (d.by_statement, d.of_statement)}
    words = {e.statement.id: e for e in case.entries(ids)}
    told = set(case.rows("SELECT by_statement, of_statement FROM disputes"))
    return [
        ShownDispute(
            dispute=d,
            by=words[d.by_statement],
            of=words[d.of_statement],
            told=(d.by_statement, d.of_statement) in told,
        )
        for d in some
    ]
