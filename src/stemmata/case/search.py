"""A search of a case: it looks through a bounded number of candidates, and says when there were more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from stemmata.case.documents import Case
from stemmata.case.filters import check_label, full_text, where
from stemmata.case.rows import DOCUMENT_ORDER, STATEMENT_ORDER, Entry
from stemmata.case.views import BRIEF, LOOKED_THROUGH, Brief, brief, entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is sought: words, and filters that all have to hold. None leaves a filter out."""

    words: str | None = None
    outlet: str | None = None  # part of a name
    actor: str | None = None  # part of a name, or an id
    act: str | None = None
    sourcing: str | None = None
    since: str | None = None  # ISO 8601: published then or later
    until: str | None = None  # published on that day or before

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return any((self.words, self.outlet, self.actor, self.act, self.sourcing, self.since, self.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A stretch of what was found, oldest first. `bounded`: there were more candidates than were looked through."""

    entries: tuple[Entry, ...] = ()
    total: int = 0
    bounded: bool = False


def outlets(case: Case, part: str = "", *, limit: int = 200) -> list[str]:
    """The outlets with `part` in the name, by name."""
    names = case.rows("SELECT DISTINCT outlet FROM documents WHERE outlet IS NOT NULL ORDER BY outlet")
    return list(islice((name for (name,) in names if part.casefold() in name.casefold()), limit))


def answer(case: Case, asked: Question, *, limit: int, offset: int = 0) -> Answer:
    """The statements that pass every filter, oldest first; nothing where nothing is asked.

    At most `LOOKED_THROUGH` candidates are looked at: the first statements with the words, else those of the oldest
    documents that pass, else those of the actor, act or sourcing.
    """
    check_label("act", asked.act)
    check_label("sourcing", asked.sourcing)
    of_document, values = _document_filters(case, asked)
    of_statement = [f"+statements.{k} = :{k}" for k in ("act", "sourcing") if getattr(asked, k)]  # +: not by its index
    values |= {"act": asked.act, "sourcing": asked.sourcing, "most": LOOKED_THROUGH}
    if asked.actor:
        of_statement.append("+statements.actor IN (SELECT value FROM json_each(:actors))")
        values["actors"] = json.dumps(_actors_named(case, asked.actor))
    if asked.words:
        candidates = "SELECT rowid FROM statements_search WHERE statements_search MATCH :words ORDER BY rowid"
        values["words"] = full_text(asked.words)
    elif of_document:
        candidates = f"""SELECT statements.key
            FROM (SELECT id FROM documents {where(of_document)} ORDER BY {DOCUMENT_ORDER} LIMIT :most) AS near
            CROSS JOIN statements ON statements.document = near.id {where(of_statement)}"""
    elif of_statement:
        candidates = f"SELECT key FROM statements {where([w.removeprefix('+') for w in of_statement])}"
    else:
        return Answer()
    sql = f"""WITH candidates (key) AS MATERIALIZED ({candidates} LIMIT :most + 1)
        SELECT statements.id, (SELECT count(*) FROM candidates)
        FROM (SELECT key FROM candidates LIMIT :most) AS candidate
        CROSS JOIN statements ON statements.key = candidate.key
        CROSS JOIN documents ON documents.id = statements.document
        {where([*of_document, *of_statement])} ORDER BY {STATEMENT_ORDER}"""
    found = list(_named(case, sql, values))
    return Answer(
        entries=tuple(entries(case, [id for id, _ in found[offset : offset + limit]])),
        total=len(found),
        bounded=bool(found) and found[0][1] > LOOKED_THROUGH,
    )


def _named(case: Case, sql: str, values: Mapping[str, object]) -> Iterable[Any]:
    """Rows of a query whose values have names."""
    with case.told():
        yield from case.connection.execute(sql, values)


def _document_filters(case: Case, asked: Question) -> tuple[list[str], dict[str, object]]:
    conditions: list[str] = []
    values: dict[str, object] = {}
    if asked.outlet:
        conditions.append("documents.outlet IN (SELECT value FROM json_each(:outlets))")
        values["outlets"] = json.dumps(outlets(case, asked.outlet))
    if asked.since:
        conditions.append("documents.published >= :since")
        values["since"] = asked.since
    if asked.until:
        conditions.append("documents.published < :until || char(1114111)")  # all of that day, whatever the hour
        values["until"] = asked.until
    return conditions, values


def _actors_named(case: Case, part: str) -> list[str]:
    sql = "SELECT id FROM actors WHERE id = ?1 OR instr(lower(name), lower(?1)) ORDER BY id LIMIT 200"
    return [id for (id,) in case.rows(sql, [part])]


def documents_found(case: Case, words: str, *, limit: int) -> list[Brief]:
    """Documents with the words in title or text: those that came into the case first."""
    sql = f"""SELECT {BRIEF} FROM documents WHERE key IN (
        SELECT rowid FROM documents_search WHERE documents_search MATCH ? ORDER BY rowid LIMIT ?)
        ORDER BY {DOCUMENT_ORDER}"""
    return [brief(row) for row in case.rows(sql, [full_text(words), limit])]
