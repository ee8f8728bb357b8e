"""The file of a case: opening it, one writer at a time, and faults of the disk told as ours. Alone names sqlite3."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Self

from stemmata.model import StemmataError

SCHEMA: Final = 17  # raised by every change of schema.sql or of what a column holds; kept as the user_version
APPLICATION: Final = 0x53744D61  # "StMa": tells a case from other SQLite files
MAGIC: Final = b"SQLite format 3\x00"
PATIENCE: Final = 1.0  # seconds that a writer waits before it says so, as a person would wonder by then
WAIT_LIMIT: Final = 600.0  # seconds that a writer waits at all; one document takes milliseconds, a big import minutes

# What came to the schema without another number, so that the cases of before can be used: by its name
_SINCE: Final = {
    "evidence_at": "CREATE INDEX IF NOT EXISTS evidence_at ON evidence (location)",
    "disputes_settled": "CREATE TABLE IF NOT EXISTS disputes_settled (decided TEXT NOT NULL)",
}
_NO_CASE: Final = "there is no case {path}: check the name, or add articles to make it"
_OF_ANOTHER: Final = "{path} was opened in another thread: open a Case in each, which may read and write at once"
_CLOSED: Final = "{path} was closed: open it again, or ask inside of its `with`"
_FAULTS: Final = {
    sqlite3.SQLITE_BUSY: "another process holds {name}: try again when it is done",
    sqlite3.SQLITE_CANTOPEN: "cannot open {path}: it or its folder is gone, or may not be read or written to",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged ({error}): put back a copy, or make a new case from the articles",
    sqlite3.SQLITE_FULL: "the disk of {path} is full: what was finished is kept; make room and run the same again",
    sqlite3.SQLITE_IOERR: "cannot read or write {path} ({error}): check the disk; what was finished is kept",
    sqlite3.SQLITE_NOTADB: "{path} is not a Stemmata case: it is damaged, or not an SQLite file",
    sqlite3.SQLITE_READONLY: "{path} is read-only: copy it to where it may be written",
    sqlite3.SQLITE_TOOBIG: "{path} cannot hold a text this long: split the article",
}


class File:
    """A case file, made when it is missing: at once, or (`create` None) when it is first written to, and until then
    every question is refused; never where `create` is false. Close it, or use it in a `with`.

    `busy` is called with one line when a write has to wait for another process. A file that may not be written is
    opened for reading: `read_only` is then true, `notice` says what that means, and every write is refused. It is of
    the thread that opened it; other threads, like other processes, open their own.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, create: bool | None = True, busy: Callable[[str], None] | None = None
    ) -> None:
        self.path = Path(path)
        self.read_only = False
        self.notice: str | None = None
        self._busy = busy
        self._open: sqlite3.Connection | None = None
        self._closed = False
        missing = self._missing(create=create is not False)
        if create is None and (missing or not self.path.stat().st_size):
            return
        self._opened(create=bool(create), missing=missing)

    @property
    def connection(self) -> sqlite3.Connection:
        """The file itself, for SQL that writes; questions are put with `rows` and `value`. Refused where there is no
        file yet, or it was closed."""
        if self._open is None:
            raise StemmataError(_NO_CASE.format(path=self.path))
        if self._closed:
            raise StemmataError(_CLOSED.format(path=self.path))
        return self._open

    def check_open(self) -> None:
        """Refuses at once where there is no file yet, or it was closed."""
        _ = self.connection

    @property
    def is_made(self) -> bool:
        """Whether there is a file yet."""
        return self._open is not None

    def make(self) -> None:
        """Makes the file, where it is still to be made."""
        if self._open is None:
            self._opened(create=True, missing=self._missing(create=True))

    def _opened(self, *, create: bool, missing: bool) -> None:
        self._open = self._connected(missing=missing)
        try:
            self._prepare(create=create)
        except BaseException as fault:
            unfilled = missing and self._has_no_room(fault)
            self.close()
            if unfilled:
                self._open, self._closed = None, False
                for side in ("", "-wal", "-shm"):
                    self.path.with_name(f"{self.path.name}{side}").unlink(missing_ok=True)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.path)!r})"

    def close(self) -> None:
        """Lets go of the file. Nothing can be asked of this case any more: open it again."""
        if self._open is not None:
            with self.told():
                self._open.close()
            self._closed = True

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
            raise StemmataError(_NO_CASE.format(path=path))
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
        with self.told(), ExitStack() as undone:
            address = f"{self.path.resolve().as_uri()}?mode={mode}"
            connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
            undone.callback(connection.close)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            undone.pop_all()
        return connection

    def _prepare(self, *, create: bool) -> None:
        """Checks that the file is a case that this version can read; makes the tables of one that is empty."""
        with self.told():
            if self._empty():
                if self.read_only or not create:
                    raise StemmataError(f"{self.path} is not a Stemmata case: it is empty")
                self._make_tables()
            if self.value("PRAGMA application_id") != APPLICATION:
                raise StemmataError(f"{self.path} is not a Stemmata case: it is the SQLite file of another program")
            version = self.value("PRAGMA user_version")
            if version > SCHEMA:
                raise StemmataError(
                    f"{self.path} was made by a newer Stemmata (schema {version}, this is {SCHEMA}): "
                    "upgrade with pip install -U stemmata"
                )
            if version < SCHEMA:
                raise StemmataError(
                    f"{self.path} was made by an earlier Stemmata (schema {version}, this is {SCHEMA}): "
                    f"stemmata renew {self.path} NEW makes a new case of its articles and decisions"
                )
            for name, made in _SINCE.items():  # a case of before; where another writes to it, another time
                if not self.read_only and not self.value("SELECT 1 FROM sqlite_master WHERE name = ?", [name]):
                    with suppress(sqlite3.OperationalError):
                        self.connection.execute(made)
            self.connection.execute("PRAGMA foreign_keys = ON")
            # Safe when a process is killed. When the power goes, the last few documents may be missing, each in whole.
            self.connection.execute("PRAGMA synchronous = NORMAL")
            self.connection.create_function("casefold", 1, str.casefold, deterministic=True)

    def _make_tables(self) -> None:
        self._waited("PRAGMA journal_mode = WAL")
        with self.transaction():
            if not self._empty():  # another process was first
                return
            for statement in _sql_statements(files("stemmata.case").joinpath("schema.sql").read_text("utf-8")):
                self.connection.execute(statement)
            self.connection.execute(f"PRAGMA application_id = {APPLICATION}")
            self.connection.execute(f"PRAGMA user_version = {SCHEMA}")

    def _has_no_room(self, fault: BaseException) -> bool:
        """Whether a file that was just made is still empty because the disk holds no more."""
        code = getattr(fault.__cause__, "sqlite_errorcode", 0) & 0xFF
        if not isinstance(fault, StemmataError) or code not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            return False
        try:
            return self._empty()
        except (StemmataError, sqlite3.Error):
            return True  # not even that can be told

    def _empty(self) -> bool:
        marks = self.value("PRAGMA application_id"), self.value("PRAGMA user_version")
        return marks == (0, 0) and not self.value("SELECT count(*) FROM sqlite_master")

    # Reading and writing, with faults of the file told as ours

    @contextmanager
    def told(self) -> Iterator[None]:
        """Faults of the file that are met inside, a full disk say, come as a StemmataError in one line."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            line = _CLOSED if self._closed else _FAULTS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
            if isinstance(error, sqlite3.ProgrammingError) and "thread" in str(error):
                line = _OF_ANOTHER
            if line is None:
                raise
            raise StemmataError(line.format(name=self.path.name, path=self.path, error=error)) from error
        except UnicodeEncodeError as error:
            half = error.object[error.start : error.start + 1]
            raise StemmataError(
                f"{self.path.name} cannot hold half a character (U+{ord(half):04X} at {error.start}): replace it"
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is written inside, or nothing. Makes the file where it is still to be made."""
        self.make()
        if self.read_only:
            raise StemmataError(f"{self.path} is read-only: copy it to where it may be written")
        if self.connection.in_transaction:
            raise StemmataError(f"{self.path} is in a transaction already: end that before what begins one of its own")
        with self.told():
            self._waited("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever other processes write meanwhile."""
        with self.told():
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    def _waited(self, sql: str) -> None:
        """Executes `sql`, which needs the one write lock of the file, when other writers have let go of it."""
        begun, said = time.monotonic(), False
        while True:
            try:
                self.connection.execute(sql)
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
        with self.told():
            cursor = self.connection.execute(sql, tuple(values))
            try:
                for row in cursor:  # noqa: UP028 - "yield from" would close the cursor itself
                    yield row
            finally:
                with suppress(sqlite3.ProgrammingError):  # the case was closed before its rows were read to the end
                    cursor.close()

    def rows_in(self, sql: str, values: Iterable[Any]) -> Iterator[Any]:
        """The rows of a query that ends with "IN", for some values, however many."""
        return self.rows(f"{sql} (SELECT value FROM json_each(?))", [packed(values)])

    def value(self, sql: str, values: Iterable[object] = ()) -> Any:
        """The first column of the first row; None where there is no row."""
        with self.told(), closing(self.connection.execute(sql, tuple(values))) as cursor:
            row = cursor.fetchone()
        return row[0] if row else None


def as_json(value: Any) -> str:
    """A value as a column holds it."""
    return json.dumps(value, ensure_ascii=False)


def packed(values: Iterable[Any]) -> str:
    """Values, however many, as one parameter of a query: "... IN (SELECT value FROM json_each(?))"."""
    return as_json(sorted(values))


def _sql_statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: sqlite3's executescript would end the transaction that we are in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
