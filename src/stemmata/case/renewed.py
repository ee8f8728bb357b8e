"""What a case file holds that nothing can make again: its articles, where they were found, and what people decided.

A case of an earlier Stemmata is not read as it is (its findings are of other columns, or were found otherwise), but
these three tables have had the same columns since the first schema. So the articles are analysed anew in a new case,
but for what this very Stemmata has analysed, in another process or on another machine; and what was decided holds
there: judgements name keys and characters, not rows (model.Judgement).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from stemmata.case.documents import Case
from stemmata.case.file import APPLICATION, SCHEMA
from stemmata.case.rows import STATEMENT, statement_of
from stemmata.model import Document, Evidence, Run, Statement, StemmataError


@contextmanager
def _before(path: Path) -> Iterator[sqlite3.Connection]:
    """A case file of any earlier schema, or of this one, open for reading."""
    if not path.is_file():
        raise StemmataError(f"there is no case {path}: check the name")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)) as file:
            (application,), (schema,) = (
                file.execute(f"PRAGMA {x}").fetchone() for x in ("application_id", "user_version")
            )
            if application != APPLICATION:
                raise StemmataError(f"{path} is not a Stemmata case")
            if schema > SCHEMA:
                raise StemmataError(f"{path} was made by a newer Stemmata (schema {schema}, this is {SCHEMA}): upgrade")
            file.row_factory = sqlite3.Row
            yield file
    except sqlite3.DatabaseError as error:
        raise StemmataError(f"{path} cannot be read: {error}") from error


def settings_of(path: Path) -> list[str]:
    """The settings by which its documents were analysed, as the file spells them (JSON)."""
    sql = "SELECT DISTINCT settings FROM documents JOIN runs ON runs.id = documents.run ORDER BY 1"
    with _before(path) as file:
        return [s for (s,) in file.execute(sql)]


def documents_of(path: Path, settings: str, run: Run) -> Iterator[tuple[Document, tuple[Statement, ...]]]:
    """Its documents that were analysed by `settings`, in the order in which they came, without their credits; one that
    was found in several places comes once for each, and is one all the same. With the statements
    that `run` found in each, by its own sourcing; none where it is to be analysed."""
    sql = """SELECT documents.id, url, outlet, title, published, author, lang, text, sha256, location, read_at,
        runs.id = ? AS alike FROM documents JOIN runs ON runs.id = documents.run
        LEFT JOIN evidence ON evidence.document = documents.id
        WHERE settings = ? ORDER BY documents.key, evidence.rowid"""
    with _before(path) as file:
        ours = file.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
        for row in file.execute(sql, [run.id, settings]):
            found = {k: row[k] for k in ("id", "url", "outlet", "title", "published", "author", "lang", "text")}
            place = {k: row[k] for k in ("sha256", "location", "read_at")}
            evidence = Evidence(**place) if place["sha256"] else None
            told = tuple(_told(file, row["id"])) if ours and row["alike"] else ()
            yield Document(**found, evidence=evidence), told


def _told(file: sqlite3.Connection, document: str) -> Iterator[Statement]:
    sql = f"""SELECT {STATEMENT}, own_sourcing FROM statements
        WHERE document = ? AND own_sourcing <> 'outlet' ORDER BY "start", id"""
    for row in map(tuple, file.execute(sql, [document])):
        yield replace(statement_of(row), sourcing=row[-1])


def take_decisions(case: Case, path: Path) -> int:
    """Puts what was decided in the file at `path` into the log of `case`, what was taken back too, as it was logged
    there; gives how many of these it did not have. What is known by its id adds nothing."""
    columns = ("id", "kind", "targets", "value", "who", "when", "why", "undone_by", "undone_at")
    named = ", ".join(f'"{c}"' for c in columns)
    with _before(path) as file:
        rows = [tuple(row[c] for c in columns) for row in file.execute(f"SELECT {named} FROM judgements ORDER BY key")]
    known = {id for (id,) in case.rows("SELECT id FROM judgements")}
    with case.transaction():
        case.connection.executemany(
            f"INSERT INTO judgements ({named}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows
        )
        case.connection.execute(
            "INSERT OR IGNORE INTO ungrouped (key, document) SELECT key, document FROM figures"  # speakers by these
        )
    return len({r[0] for r in rows} - known)
