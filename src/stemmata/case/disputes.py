"""Disputes as a case holds them: stored in one go, and read back with what positions, sides and predictions need."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stemmata.case.documents import Case, Entry
from stemmata.model import Actor, Claim, Dispute, Run, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a case holds of who said what, as plain values."""

    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]
    sides: dict[str, str]  # actor -> the side that the analyst gave it


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDispute:
    """A dispute with the words of both sides."""

    dispute: Dispute
    by: Entry
    of: Entry


def put_disputes(case: Case, disputes: Iterable[Dispute], run: Run) -> None:
    """Stores the disputes of a case in the place of those before, in one transaction."""
    with case.transaction():
        case.put_run(run)
        case.connection.execute("DELETE FROM disputes")
        case.connection.executemany(
            "INSERT INTO disputes (by_statement, of_statement, relation, score, run) VALUES (?, ?, ?, ?, ?)",
            [(d.by_statement, d.of_statement, d.relation, d.score, run.id) for d in disputes],
        )


def told(case: Case) -> Told:
    """The statements, claims and actors of a case, in memory: some 2 kB a statement."""
    statements = tuple(e.statement for e in case.statements())
    members: dict[str, list[str]] = {}
    for s in statements:
        if s.claim:
            members.setdefault(s.claim, []).append(s.id)
    claims = case.rows("SELECT id, gist FROM claims ORDER BY id")
    actors = list(case.rows("SELECT id, name, kind, aliases, side FROM actors ORDER BY id"))
    return Told(
        statements=statements,
        claims=tuple(Claim(id=k, gist=gist, statements=tuple(members.get(k, ()))) for k, gist in claims),
        actors=tuple(Actor(id=k, name=n, kind=kind, aliases=tuple(json.loads(a))) for k, n, kind, a, _ in actors),
        sides={k: side for k, *_, side in actors if side},
    )


def disputes(case: Case) -> Iterator[Dispute]:
    """The disputes of a case, the surest first."""
    sql = "SELECT by_statement, of_statement, relation, score FROM disputes ORDER BY score DESC, 1, 2"
    for by, of, relation, score in case.rows(sql):
        yield Dispute(by_statement=by, of_statement=of, relation=relation, score=score)


def shown_disputes(case: Case) -> Iterator[ShownDispute]:
    """The disputes of a case with the words of both sides, the surest first."""
    for d in disputes(case):
        by, of = case.entry(d.by_statement), case.entry(d.of_statement)
        yield ShownDispute(dispute=d, by=by, of=of)
