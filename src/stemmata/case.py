"""The case: one SQLite file that holds documents, what was found in them, and the runs that found it.

    with Case("news.stemmata") as case:
        case.put(document, statements, run)
        for entry in case.statements(speaker="rutte"):
            print(entry.published, entry.outlet, entry.source, entry.content)

A document goes in with everything found in it, in one transaction: a writer that is killed leaves all of it or nothing.
Readers never wait. Writers, in any number of processes, wait for each other. schema.sql tells what each column means.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal, Self

from stemmata.model import (
    ACTS,
    SOURCINGS,
    Actor,
    Change,
    Claim,
    Credit,
    Document,
    Evidence,
    Family,
    Refusal,
    Run,
    Span,
    Statement,
    StemmataError,
    content_id,
    statement_id,
)

SCHEMA: Final = 1  # raised by every change of schema.sql; kept in the file as its user_version
APPLICATION: Final = 0x53744D61  # "StMa": tells a case from other SQLite files
MAGIC: Final = b"SQLite format 3\x00"
PATIENCE: Final = 1.0  # seconds that a writer waits before it says so, as a person would wonder by then
WAIT_LIMIT: Final = 600.0  # seconds that a writer waits at all; one document takes milliseconds, a big import minutes

Outcome = Literal["added", "second-version", "known", "analysed-anew"]

# Oldest first, those without a date last, and then by content alone: never by the order in which things were added.
DOCUMENT_ORDER: Final = "documents.published IS NULL, documents.published, documents.id"
STATEMENT_ORDER: Final = f'{DOCUMENT_ORDER}, statements."start", statements.id'

# The fields of a document and of a statement that are columns as they are.
_OF_DOCUMENT: Final = ("id", "text", "url", "outlet", "title", "published", "author", "lang")
_OF_STATEMENT: Final = ("id", "document", "mode", "act", "sourcing", "confidence", "inside", "actor", "claim")

_FAULTS: Final = {
    sqlite3.SQLITE_BUSY: "another process holds {name}: try again when it is done",
    sqlite3.SQLITE_CANTOPEN: "cannot open {path}: it or its folder is gone, or may not be read",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged ({error}): put back a copy, or make a new case from the articles",
    sqlite3.SQLITE_FULL: "the disk of {path} is full: what was finished is kept; make room and run the same again",
    sqlite3.SQLITE_IOERR: "cannot read or write {path} ({error}): check the disk; what was finished is kept",
    sqlite3.SQLITE_NOTADB: "{path} is not a Stemmata case: it is damaged, or not an SQLite file",
    sqlite3.SQLITE_READONLY: "{path} is read-only: copy it to where it may be written",
    sqlite3.SQLITE_TOOBIG: "{path} cannot hold a text this long: split the article",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What `put` did with a document, and the id that the case holds it under.

    `added`: it is new. `second-version`: it is new, but its id stood for another text: it has an id of its own.
    `known`: nothing was added. `analysed-anew`: it was known, and another run's findings took the place of the old.
    """

    id: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement with the words of the text that it points at, and where it was published."""

    statement: Statement
    source: str | None
    cue: str | None
    content: tuple[str, ...]
    outlet: str | None
    title: str | None
    published: str | None
    actor: str | None  # the actor's name
    run: str  # the id of the run that found it


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run that wrote to the case, and when it first did (ISO 8601, UTC)."""

    id: str
    run: Run
    made_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How much a case holds."""

    documents: int
    outlets: int
    statements: int
    refusals: int


class Case:
    """A case file, made when it is missing (unless `create` is false). Close it, or use it in a `with`.

    `busy` is called with one line when a write has to wait for another process. A file that may not be written is
    opened for reading: `read_only` is then true, `notice` says what that means, and every write is refused.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, create: bool = True, busy: Callable[[str], None] | None = None
    ) -> None:
        self.path = Path(path)
        self.read_only = False
        self.notice: str | None = None
        self._busy = busy
        missing = self._missing(create=create)
        self._connection = self._connected(missing=missing)
        with ExitStack() as undone:
            undone.callback(self._connection.close)
            self._prepare(create=create)
            undone.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Case({str(self.path)!r})"

    def close(self) -> None:
        self._connection.close()

    # Opening

    def _missing(self, *, create: bool) -> bool:
        """Whether the file has to be made. Raises where it cannot be, and where it is plainly something else."""
        path = self.path
        try:
            if path.is_dir():
                raise StemmataError(f"{path} is a folder: name a case file, such as {path / 'news.stemmata'}")
            if path.exists():
                with path.open("rb") as file:
                    head = file.read(len(MAGIC))
                if head and head != MAGIC:
                    raise StemmataError(f"{path} is not a Stemmata case: it is not an SQLite file")
                return False
            if not path.parent.is_dir():
                raise StemmataError(f"cannot make {path}: there is no folder {path.parent}")
        except OSError as fault:
            raise StemmataError(f"cannot read {path}: {fault.strerror}") from fault
        if not create:
            raise StemmataError(f"there is no case {path}: check the name, or add articles to make it")
        return True

    def _connected(self, *, missing: bool) -> sqlite3.Connection:
        if missing:
            return self._connection_in("rwc")
        effective = os.access in os.supports_effective_ids
        if all(os.access(place, os.W_OK, effective_ids=effective) for place in (self.path, self.path.parent)):
            return self._connection_in("rw")
        self.read_only = True
        self.notice = f"{self.path.name} is read-only: opened for reading"
        try:
            return self._connection_in("ro")
        except StemmataError:
            # Where the folder cannot be written, SQLite cannot make the side files of its log. A file that nobody can
            # change needs none; but what a log left behind still holds is then not seen.
            connection = self._connection_in("ro&immutable=1")
            log = self.path.with_name(f"{self.path.name}-wal")
            if log.exists() and log.stat().st_size:
                self.notice = f"{self.path.name} is read-only: opened without the latest documents, still in {log.name}"
            return connection

    def _connection_in(self, mode: str) -> sqlite3.Connection:
        with self._told(), ExitStack() as undone:
            address = f"{self.path.resolve().as_uri()}?mode={mode}"
            connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
            undone.callback(connection.close)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            undone.pop_all()
        return connection

    def _prepare(self, *, create: bool) -> None:
        """Checks that the file is a case that this version can read; makes the tables of one that is empty."""
        with self._told():
            if self._empty():
                if self.read_only or not create:
                    raise StemmataError(f"{self.path} is not a Stemmata case: it is empty")
                self._waited("PRAGMA journal_mode = WAL")
                with self._transaction():
                    if self._empty():  # or else another process was first
                        for statement in _sql_statements(files("stemmata").joinpath("schema.sql").read_text("utf-8")):
                            self._connection.execute(statement)
                        self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
                        self._connection.execute(f"PRAGMA user_version = {SCHEMA}")
            if self._value("PRAGMA application_id") != APPLICATION:
                raise StemmataError(f"{self.path} is not a Stemmata case: it is the SQLite file of another program")
            version = self._value("PRAGMA user_version")
            if version > SCHEMA:
                raise StemmataError(
                    f"{self.path} was made by a newer Stemmata (schema {version}, this is {SCHEMA}): "
                    "upgrade with pip install -U stemmata"
                )
            self._connection.execute("PRAGMA foreign_keys = ON")
            # Safe when a process is killed. When the power goes, the last few documents may be missing, each in whole.
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.create_function("casefold", 1, str.casefold, deterministic=True)

    def _empty(self) -> bool:
        marks = self._value("PRAGMA application_id"), self._value("PRAGMA user_version")
        return marks == (0, 0) and not self._value("SELECT count(*) FROM sqlite_master")

    # Reading and writing, with faults of the file told as ours

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            line = _FAULTS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
            if line is None:
                raise
            raise StemmataError(line.format(name=self.path.name, path=self.path, error=error)) from error
        except UnicodeEncodeError as error:
            half = error.object[error.start : error.start + 1]
            raise StemmataError(
                f"{self.path.name} cannot hold half a character (U+{ord(half):04X} at {error.start}): replace it"
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of what is written inside, or nothing."""
        if self.read_only:
            raise StemmataError(f"{self.path} is read-only: copy it to where it may be written")
        with self._told():
            self._waited("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever other processes write meanwhile."""
        with self._told():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _waited(self, sql: str) -> None:
        """Executes `sql`, which needs the one write lock of the file, when other writers have let go of it."""
        begun, said = time.monotonic(), False
        while True:
            try:
                self._connection.execute(sql)
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
            waited = time.monotonic() - begun
            if waited > WAIT_LIMIT:
                raise StemmataError(
                    f"another process has been writing to {self.path.name} for {waited / 60:.0f} minutes: "
                    "try again when it is done"
                )
            if self._busy and not said and waited > 0.9 * PATIENCE:
                self._busy(f"another process is writing to {self.path.name}: waiting")
                said = True
            time.sleep(0.02)

    def rows(self, sql: str, values: Iterable[object] = ()) -> Iterator[Any]:
        """The rows of a query of your own, as they come. schema.sql has the tables and what their columns mean."""
        with self._told(), closing(self._connection.execute(sql, tuple(values))) as cursor:
            yield from cursor

    def _value(self, sql: str, values: Iterable[object] = ()) -> Any:
        """The first column of the first row; None where there is no row."""
        with self._told(), closing(self._connection.execute(sql, tuple(values))) as cursor:
            row = cursor.fetchone()
        return row[0] if row else None

    # Writing

    def put(
        self, document: Document, statements: Iterable[Statement], run: Run, *, refusals: Iterable[Refusal] = ()
    ) -> Put:
        """Stores a document with everything that `run` found in it, in one transaction.

        The same document again adds nothing but where it was found this time. From another run, its findings take the
        place of the old ones. An id that stands for another text already is kept too, as a second version.
        """
        found = {statement.id: statement for statement in statements}  # the same characters are one statement
        for statement in found.values():
            _check(statement, document)
        with self._transaction():
            self._put_run(run)
            id, analysed_by = self._place(document)
            outcome: Outcome
            if analysed_by is None:
                outcome = "added" if id == document.id else "second-version"
            else:
                outcome = "known" if analysed_by == run.id else "analysed-anew"
            if outcome != "known":
                self._remove_findings(id)
                self._put_document(replace(document, id=id), run)
                self._put_findings(document.credits, _moved(found.values(), id), run, id=id)
            self._put_evidence(id, document.evidence)
            for refusal in refusals:
                self._put_refusal(refusal, run, document=id)
        return Put(id=id, outcome=outcome)

    def known(self, document: Document, run: Run) -> bool:
        """Whether `run` has put this very document, so that it need not be analysed again."""
        with self._told():
            _, analysed_by = self._place(document)
        return analysed_by == run.id

    def put_evidence(self, document: Document) -> None:
        """Notes one more place where a document that the case holds was found. A place that is known adds nothing."""
        with self._told():
            id, analysed_by = self._place(document)
        if analysed_by is None:
            raise StemmataError(f"no document {document.id!r} with this text in {self.path.name}: put it first")
        places = [(place.location, place.sha256) for place in self.evidence(id)]
        if document.evidence and (document.evidence.location, document.evidence.sha256) not in places:
            with self._transaction():
                self._put_evidence(id, document.evidence)

    def put_refusal(self, refusal: Refusal, run: Run) -> None:
        """Keeps what was not done. The same again adds nothing."""
        with self._transaction():
            self._put_run(run)
            self._put_refusal(refusal, run, document=None)

    def put_lineage(
        self,
        run: Run,
        *,
        statements: Iterable[Statement],
        actors: Iterable[Actor],
        claims: Iterable[Claim],
        families: Iterable[Family],
        changes: Iterable[Change],
    ) -> None:
        """Stores what the documents tell only together, in the place of what was stored before, in one transaction.

        `statements` are all of the case, with their actors and claims, and those in an outlet's own voice.
        """
        every = tuple(statements)
        with self._transaction():
            self._put_run(run)
            self._connection.execute("UPDATE documents SET family = NULL")
            self._connection.execute("DELETE FROM statements WHERE sourcing = 'outlet'")
            for table in ("disputes", "changes", "edges", "families", "claims", "actors"):
                self._connection.execute(f"DELETE FROM {table}")
            put = self._connection.executemany
            put(
                "INSERT INTO actors (id, name, kind, aliases, run) VALUES (?, ?, ?, ?, ?)",
                [(a.id, a.name, a.kind, json.dumps(a.aliases), run.id) for a in actors],
            )
            put("INSERT INTO claims (id, gist, run) VALUES (?, ?, ?)", [(c.id, c.gist, run.id) for c in claims])
            self._put_statements((s for s in every if s.sourcing == "outlet"), run)
            put("UPDATE statements SET actor = ?, claim = ? WHERE id = ?", [(s.actor, s.claim, s.id) for s in every])
            for f in families:
                self._connection.execute("INSERT INTO families (id, run) VALUES (?, ?)", (f.id, run.id))
                put("UPDATE documents SET family = ? WHERE id = ?", [(f.id, d) for d in f.documents])
                put(
                    "INSERT INTO edges (family, parent, child, score, run) VALUES (?, ?, ?, ?, ?)",
                    [(f.id, e.parent, e.child, e.score, run.id) for e in f.edges],
                )
            columns = ("parent_document", "child_document", "claim", "parent_statement", "child_statement", "score")
            put(
                f"INSERT INTO changes ({', '.join(columns)}, changes, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(*(getattr(c, k) for k in columns), json.dumps(c.changes), run.id) for c in changes],
            )

    def _place(self, document: Document) -> tuple[str, str | None]:
        """The id that the case holds `document` under, or would, and the id of the run that analysed it, if any."""
        id = document.id
        while held := self._connection.execute("SELECT text, run FROM documents WHERE id = ?", (id,)).fetchone():
            if held[0] == document.text:
                return id, held[1]
            id = f"{id}@{content_id('text', document.text)[:8]}"
        return id, None

    def _put_run(self, run: Run) -> None:
        settings = json.dumps(run.settings, sort_keys=True)
        self._connection.execute(
            "INSERT INTO runs (id, version, weights, settings, made_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (run.id, run.version, run.weights, settings, datetime.now(UTC).isoformat(timespec="seconds")),
        )

    def _put_document(self, document: Document, run: Run) -> None:
        described = ", ".join(f"{field} = :{field}" for field in (*_OF_DOCUMENT[2:], "run"))  # all but id and text
        self._connection.execute(
            f"INSERT INTO documents ({', '.join(_OF_DOCUMENT)}, run) VALUES (:{', :'.join(_OF_DOCUMENT)}, :run)"
            f" ON CONFLICT (id) DO UPDATE SET {described}",
            {field: getattr(document, field) for field in _OF_DOCUMENT} | {"run": run.id},
        )

    def _remove_findings(self, document: str) -> None:
        """What one run found in one document, and every change and dispute that rests on it."""
        for table in ("statements", "credits", "refusals"):
            self._connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))

    def _put_findings(self, credits: Iterable[Credit], statements: Iterable[Statement], run: Run, *, id: str) -> None:
        self._connection.executemany(
            'INSERT INTO credits (document, name, "start", "end", run) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
            [(id, credit.name, credit.span.start, credit.span.end, run.id) for credit in credits],
        )
        self._put_statements(statements, run)

    def _put_statements(self, statements: Iterable[Statement], run: Run) -> None:
        self._connection.executemany(
            f"INSERT INTO statements ({', '.join(_OF_STATEMENT)},"
            ' source_start, source_end, cue_start, cue_end, content, "start", run)'
            f" VALUES (:{', :'.join(_OF_STATEMENT)},"
            " :source_start, :source_end, :cue_start, :cue_end, :content, :start, :run)",
            [
                {field: getattr(statement, field) for field in _OF_STATEMENT} | _places(statement) | {"run": run.id}
                for statement in statements
            ],
        )

    def _put_evidence(self, document: str, evidence: Evidence | None) -> None:
        if evidence is None:
            return
        self._connection.execute(
            "INSERT INTO evidence (document, sha256, location, read_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (document, evidence.sha256, evidence.location, evidence.read_at),
        )
        if not evidence.location.startswith("-"):  # what is piped in is another thing each time
            # What was refused at this place once has been read now.
            self._connection.execute("DELETE FROM refusals WHERE location = ? AND NOT kept", (evidence.location,))

    def _put_refusal(self, refusal: Refusal, run: Run, *, document: str | None) -> None:
        self._connection.execute(
            "INSERT INTO refusals (location, step, reason, kept, document, run) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET document = excluded.document, run = excluded.run",
            (refusal.location, refusal.step, refusal.reason, refusal.kept, document, run.id),
        )

    # Reading

    def documents(
        self, *, outlet: str | None = None, search: str | None = None, limit: int | None = None
    ) -> Iterator[Document]:
        """The documents, oldest first: of outlets with `outlet` in the name, with the words of `search` in them.

        `search` takes words, all of which have to be there, and "quoted phrases". Case and accents do not matter.
        """
        where, values = _outlet_filter(outlet)
        if search is not None:
            where.append("documents.key IN (SELECT rowid FROM documents_search WHERE documents_search MATCH ?)")
            values.append(_query(search))
        return islice(self._documents(where, values), limit)

    def document(self, id: str) -> Document:
        """The document whose id is `id`, or alone begins with it."""
        return next(self._documents(["documents.id = ?"], [self._document_id(id)]))

    def evidence(self, document: str) -> tuple[Evidence, ...]:
        """Every place that a document was read from, the first one first."""
        rows = self.rows("SELECT sha256, location, read_at FROM evidence WHERE document = ? ORDER BY rowid", [document])
        return tuple(Evidence(sha256=sha256, location=location, read_at=read_at) for sha256, location, read_at in rows)

    def statements(
        self,
        *,
        speaker: str | None = None,
        outlet: str | None = None,
        act: str | None = None,
        sourcing: str | None = None,
        search: str | None = None,
        document: str | None = None,
        min_confidence: float | None = None,
        limit: int | None = None,
    ) -> Iterator[Entry]:
        """The statements that pass every filter, in the order of their documents, oldest first, and of the text.

        `speaker` and `outlet` are parts of names, case aside; a speaker is sought in the source as written and in the
        actor's name. `search` is as for documents, over contents. `document` is an id, or the beginning of one.
        """
        where, values = _outlet_filter(outlet)
        for column, value, labels in (("act", act, ACTS), ("sourcing", sourcing, SOURCINGS)):
            if value is not None:
                if value not in labels:
                    raise StemmataError(f"{value!r} is no {column}: choose from {', '.join(labels)}")
                where.append(f"statements.{column} = ?")
                values.append(value)
        if search is not None:
            where.append("statements.key IN (SELECT rowid FROM statements_search WHERE statements_search MATCH ?)")
            values.append(_query(search))
        if document is not None:
            where.append("documents.id = ?")
            values.append(self._document_id(document))
        if min_confidence is not None:
            where.append("statements.confidence >= ?")
            values.append(min_confidence)
        # A search finds few, and sorts them. Else the documents go first, as their index gives the order: however many
        # rows there are, none is kept in memory.
        entries = self._entries("JOIN" if search is not None else "CROSS JOIN", where, values)
        if speaker is not None:
            part = speaker.casefold()
            entries = (e for e in entries if any(part in name.casefold() for name in (e.source, e.actor) if name))
        return islice(entries, limit)

    def refusals(self) -> Iterator[Refusal]:
        """What was not done, where, and why, in the order in which it was met."""
        for location, step, reason, kept in self.rows("SELECT location, step, reason, kept FROM refusals ORDER BY key"):
            yield Refusal(location=location, step=step, reason=reason, kept=bool(kept))

    def runs(self) -> Iterator[PastRun]:
        """What made the findings, the first one first."""
        sql = "SELECT id, version, weights, settings, made_at FROM runs ORDER BY made_at, rowid"
        for id, version, weights, settings, made_at in self.rows(sql):
            run = Run(version=version, weights=weights, settings=json.loads(settings))
            yield PastRun(id=id, run=run, made_at=made_at)

    def summary(self) -> Summary:
        return Summary(
            documents=self._value("SELECT count(*) FROM documents"),
            outlets=self._value("SELECT count(DISTINCT outlet) FROM documents"),
            statements=self._value("SELECT count(*) FROM statements"),
            refusals=self._value("SELECT count(*) FROM refusals"),
        )

    def _documents(self, where: list[str], values: list[object]) -> Iterator[Document]:
        sql = f"SELECT {', '.join(_OF_DOCUMENT)} FROM documents {_where(where)} ORDER BY {DOCUMENT_ORDER}"
        for row in self.rows(sql, values):
            fields = dict(zip(_OF_DOCUMENT, row, strict=True))
            credits = self.rows('SELECT name, "start", "end" FROM credits WHERE document = ? ORDER BY rowid', row[:1])
            yield Document(
                **fields,
                credits=tuple(Credit(name=name, span=Span(start, end)) for name, start, end in credits),
                evidence=next(iter(self.evidence(fields["id"])), None),
            )

    def _entries(self, join: str, where: list[str], values: list[object]) -> Iterator[Entry]:
        sql = f"""
            SELECT {", ".join(f"statements.{field}" for field in _OF_STATEMENT)}, source_start, source_end,
                cue_start, cue_end, content, statements.run, outlet, title, published, actors.name
            FROM documents
            {join} statements ON statements.document = documents.id
            LEFT JOIN actors ON actors.id = statements.actor
            {_where(where)}
            ORDER BY {STATEMENT_ORDER}"""
        document, text = None, ""
        for row in self.rows(sql, values):
            fields = dict(zip(_OF_STATEMENT, row, strict=False))
            places, (run, outlet, title, published, actor) = row[len(fields) : -5], row[-5:]
            source_start, source_end, cue_start, cue_end, content = places
            if fields["document"] != document:
                # The statements of a document come together, so its text is read once, not with each of them.
                document = fields["document"]
                text = self._value("SELECT text FROM documents WHERE id = ?", [document])
            statement = Statement(
                **fields,
                source=None if source_start is None else Span(source_start, source_end),
                cue=None if cue_start is None else Span(cue_start, cue_end),
                content=tuple(Span(start, end) for start, end in json.loads(content)),
            )
            yield Entry(
                statement=statement,
                source=statement.source.of(text) if statement.source else None,
                cue=statement.cue.of(text) if statement.cue else None,
                content=tuple(part.of(text) for part in statement.content),
                outlet=outlet,
                title=title,
                published=published,
                actor=actor,
                run=run,
            )

    def _document_id(self, given: str) -> str:
        """The id that `given` is, or is the only beginning of."""
        if self._value("SELECT 1 FROM documents WHERE id = ?", [given]):
            return given
        sql = "SELECT id FROM documents WHERE id >= ? AND id < ? ORDER BY id LIMIT 6"
        ids = [id for (id,) in self.rows(sql, (given, f"{given}\U0010ffff"))]
        if len(ids) == 1 and given:
            return str(ids[0])
        if given and ids:
            more = ", ..." if len(ids) == 6 else ""
            raise StemmataError(f"{given!r} is the beginning of several ids: {', '.join(ids[:5])}{more}")
        # The ids on either side in the alphabet: enough for a slip at the end, in constant time in a case of any size.
        around = [
            *self.rows("SELECT id FROM documents WHERE id < ? ORDER BY id DESC LIMIT 100", [given]),
            *self.rows("SELECT id FROM documents WHERE id > ? ORDER BY id LIMIT 100", [given]),
        ]
        near = get_close_matches(given, [id for (id,) in around], n=5)
        hint = f"; near it are {', '.join(near)}" if near else ""
        raise StemmataError(f"no document {given!r} in {self.path.name}{hint}")


def _spans(statement: Statement) -> list[Span]:
    return [span for span in (statement.source, statement.cue, *statement.content) if span]


def _places(statement: Statement) -> dict[str, object]:
    """Where a statement stands in its text, as schema.sql keeps it."""
    source, cue = statement.source, statement.cue
    return {
        "source_start": source and source.start,
        "source_end": source and source.end,
        "cue_start": cue and cue.start,
        "cue_end": cue and cue.end,
        "content": json.dumps([[part.start, part.end] for part in statement.content]),
        "start": min(span.start for span in _spans(statement)),
    }


def _check(statement: Statement, document: Document) -> None:
    """What points outside its document is a fault of the step that made it, never to be stored."""
    if statement.document != document.id:
        raise ValueError(f"statement {statement.id} is of document {statement.document}, not of {document.id}")
    if not statement.content or not all(0 <= span.start < span.end <= len(document.text) for span in _spans(statement)):
        raise ValueError(f"statement {statement.id} does not lie in the text of document {document.id}")


def _moved(statements: Collection[Statement], document: str) -> list[Statement]:
    """The same statements, of a document that is stored under `document`: their ids are made from its id."""
    ids = {
        s.id: s.id
        if s.document == document
        else statement_id(document=document, source=s.source, cue=s.cue, content=s.content)
        for s in statements
    }
    # The statement around one may have been left out, as too uncertain: it is then inside none.
    return [replace(s, id=ids[s.id], document=document, inside=ids.get(s.inside or "")) for s in statements]


def _outlet_filter(outlet: str | None) -> tuple[list[str], list[object]]:
    if outlet is None:
        return [], []
    return ["instr(casefold(coalesce(documents.outlet, '')), ?)"], [outlet.casefold()]


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _query(search: str) -> str:
    """What someone typed, as a query that FTS5 cannot misread: every word and every "phrase" a quoted string."""
    plain = search.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    parts = [phrase or word for phrase, word in re.findall(r'["“”„]([^"“”„]*)["“”„]|([^\s"“”„]+)', plain)]
    words = [part for part in parts if any(character.isalnum() for character in part)]
    if not words:
        raise StemmataError(f'nothing to search for in {search!r}: type a word, or a "quoted phrase"')
    return " ".join(f'"{word}"' for word in words)


def _sql_statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: sqlite3's executescript would end the transaction that we are in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
