"""What actors take up and what they foretell: computed when it is asked for, of some actors at a time, and not kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Final

from stemmata.case.disputes import Heard, heard, known_actors
from stemmata.case.documents import Case
from stemmata.case.verdicts import Decisions
from stemmata.dispute import positions as read
from stemmata.dispute.positions import ANNOUNCED, FORETOLD, Named
from stemmata.model import Position, Prediction

ACTORS: Final = 200  # whose statements, and the documents of these, are in memory at a time


def positions(case: Case, decided: Decisions, actors: Collection[str] | None = None) -> Iterator[Position]:
    """The positions of some actors (their ids), or of all, by actor, then by time."""
    known = known_actors(case)
    named = Named(known)
    asked = [a.id for a in known if actors is None or a.id in actors]
    sql = "SELECT statements.id FROM json_each(?) AS asked CROSS JOIN statements ON actor = asked.value"
    for some in (asked[at : at + ACTORS] for at in range(0, len(asked), ACTORS)):
        said = [s for (s,) in case.rows(sql, [json.dumps(some)])]
        yield from (p for p in taken(heard(case, decided, said), named) if p.actor in some)


def taken(said: Heard, named: Named) -> tuple[Position, ...]:
    """The positions in some statements, of whoever says them."""
    return read.positions(said.statements, said.disputes, named, said.documents, said.departures)


def predictions(case: Case, decided: Decisions, statements: Collection[str] | None = None) -> tuple[Prediction, ...]:
    """The predictions, promises and threats in some statements, or in all, the soonest due first."""
    said = heard(case, decided, foretelling(case) if statements is None else statements)
    return read.predictions(said.statements, said.documents, said.departures)


def foretelling(case: Case, *, most: int = -1) -> list[str]:
    """The ids of the latest `most` statements that foretell, promise or threaten, or of all; of those too that only
    assert something, in words that announce it."""
    sql = """SELECT id FROM (
            SELECT statements.id, published FROM statements JOIN documents ON documents.id = document
            WHERE act IN (SELECT value FROM json_each(?1))
            UNION SELECT statements.id, published FROM statements_search
            CROSS JOIN statements ON statements.key = statements_search.rowid JOIN documents ON documents.id = document
            WHERE statements_search MATCH ?2 AND act = 'assert')
        ORDER BY published IS NULL, published DESC, id LIMIT ?3"""
    announced = " AND ".join(f"({' OR '.join(map(_searched, words))})" for words in ANNOUNCED)
    return [id for (id,) in case.rows(sql, [json.dumps(list(FORETOLD)), announced, most])]


def _searched(words: str) -> str:
    """A word, several in a row, or the beginning of one ("20*"), as FTS5 seeks them."""
    return f'"{words.removesuffix("*")}"{"*" if words.endswith("*") else ""}'
