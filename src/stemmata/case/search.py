"""A search of a case: it looks through a bounded number of candidates, and says when there were more."""

from __future__ import annotations

from dataclasses import dataclass

from stemmata.case.documents import Case
from stemmata.case.filters import Filters, full_text, where
from stemmata.case.rows import DOCUMENT_ORDER, STATEMENT_ORDER, Entry
from stemmata.case.views import BRIEF, LOOKED_THROUGH, Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is sought: words, and filters that all have to hold. None leaves a filter out."""

    words: str | None = None
    outlet: str | None = None  # part of a name
    actor: str | None = None  # part of a name, or an id
    act: str | None = None
    sourcing: str | None = None
    since: str | None = None  # this and what follows as `documents.Case.statements` takes them
    until: str | None = None

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return self != Question()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A stretch of what was found, oldest first. `bounded`: there were more candidates than were looked through."""

    entries: tuple[Entry, ...] = ()
    total: int = 0
    bounded: bool = False


def outlets(case: Case) -> list[str]:
    """The first 200 outlets of a case, by name: what a form offers."""
    sql = "SELECT DISTINCT outlet FROM documents WHERE outlet IS NOT NULL ORDER BY outlet LIMIT 200"
    return [name for (name,) in case.rows(sql)]


def answer(case: Case, asked: Question, *, limit: int, offset: int = 0) -> Answer:
    """The statements that pass every filter, oldest first; nothing where nothing is asked.

    At most `LOOKED_THROUGH` candidates are looked at: the first statements with the words, else those of the oldest
    documents that pass, else those of the actor, act or sourcing.
    """
    document, statement = Filters(), Filters()
    document.outlet(asked.outlet)
    document.published(asked.since, asked.until)
    statement.label("act", asked.act)
    statement.label("sourcing", asked.sourcing)
    if asked.actor:
        named = "SELECT id FROM actors WHERE id = ? OR instr(casefold(name), ?)"
        statement.add(f"statements.actor IN ({named})", asked.actor, asked.actor.casefold())
    beside = [f"+{condition}" for condition in statement.conditions]  # +: not by its index
    most = LOOKED_THROUGH
    values: list[object]
    if asked.words:
        candidates = "SELECT rowid FROM statements_search WHERE statements_search MATCH ? ORDER BY rowid"
        values = [full_text(asked.words)]
    elif document.conditions:
        candidates = f"""SELECT statements.key
            FROM (SELECT id FROM documents {document.sql} ORDER BY {DOCUMENT_ORDER} LIMIT ?) AS near
            CROSS JOIN statements ON statements.document = near.id {where(beside)}"""
        values = [*document.values, most, *statement.values]
    elif statement.conditions:
        candidates, values = f"SELECT key FROM statements {statement.sql}", statement.values
    else:
        return Answer()
    sql = f"""WITH candidates (key) AS MATERIALIZED ({candidates} LIMIT ?)
        SELECT statements.id, (SELECT count(*) FROM candidates)
        FROM (SELECT key FROM candidates LIMIT ?) AS candidate
        CROSS JOIN statements ON statements.key = candidate.key
        CROSS JOIN documents ON documents.id = statements.document
        {where([*document.conditions, *beside])} ORDER BY {STATEMENT_ORDER}"""
    found = list(case.rows(sql, [*values, most + 1, most, *document.values, *statement.values]))
    return Answer(
        entries=tuple(case.entries(id for id, _ in found[offset : offset + limit])),
        total=len(found),
        bounded=bool(found) and found[0][1] > most,
    )


def documents_found(case: Case, words: str, *, limit: int) -> list[Brief]:
    """Documents with the words in title or text: those that came into the case first."""
    sql = f"""SELECT {BRIEF} FROM documents WHERE key IN (
        SELECT rowid FROM documents_search WHERE documents_search MATCH ? ORDER BY rowid LIMIT ?)
        ORDER BY {DOCUMENT_ORDER}"""
    return [Brief(*row) for row in case.rows(sql, [full_text(words), limit])]
