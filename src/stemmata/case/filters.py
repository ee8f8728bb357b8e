"""What a question asks of documents and statements, as conditions of SQL with their values."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from datetime import UTC, date, datetime

from stemmata.model import ACTS, SOURCINGS, MisusedError

LABELS: dict[str, tuple[str, ...]] = {"act": ACTS, "sourcing": SOURCINGS}  # the columns that hold one of a set


class Filters:
    """Conditions that all have to hold. What is None asks nothing."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, *values: object) -> None:
        """Adds a condition with the values of its question marks."""
        self.conditions.append(condition)
        self.values += values

    def outlet(self, part: str | None) -> None:
        """Documents of outlets with `part` in the name, case aside."""
        if part is not None:
            self.add("instr(casefold(coalesce(documents.outlet, '')), ?)", part.casefold())

    def among(self, ids: Collection[str] | None) -> None:
        """Documents with these ids, any number of them."""
        if isinstance(ids, str):
            raise MisusedError(f"among is a list of ids: [{ids!r}]")
        if ids is not None:
            self.add("documents.id IN (SELECT value FROM json_each(?))", json.dumps(sorted(ids)))

    def published(self, since: str | date | None, until: str | date | None) -> None:
        """Documents of a time, both ends included. Times are stored in one form, so their text sorts as they do; of
        the end as much is compared as it names."""
        first, last = _time("since", since), _time("until", until)
        if first is not None:
            self.add("documents.published >= ?", first)
        if last is not None:
            self.add("substr(documents.published, 1, ?) <= ?", len(last), last)

    def label(self, column: str, value: str | None) -> None:
        """Statements with this act or sourcing."""
        if value is None:
            return
        if value not in LABELS[column]:
            raise MisusedError(f"{value!r} is no {column}: choose from {', '.join(LABELS[column])}")
        self.add(f"statements.{column} = ?", value)

    def words(self, table: str, search: str | None) -> None:
        """Rows of `table` (documents or statements) with the words in them."""
        if search is not None:
            found = f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH ?"
            self.add(f"{table}.key IN ({found})", full_text(search))

    @property
    def sql(self) -> str:
        """All conditions, as the WHERE of a query."""
        return where(self.conditions)


def where(conditions: Collection[str]) -> str:
    """The WHERE of a query; nothing where there is no condition."""
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def full_text(search: str) -> str:
    """What someone typed, as a query that FTS5 cannot misread: every word and every "phrase" a quoted string."""
    plain = search.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    parts = [phrase or word for phrase, word in re.findall(r'["“”„]([^"“”„]*)["“”„]|([^\s"“”„]+)', plain)]
    words = [part for part in parts if any(character.isalnum() for character in part)]
    if not words:
        raise MisusedError(f'nothing to search for in {search!r}: type a word, or a "quoted phrase"')
    return " ".join(f'"{word}"' for word in words)


def check_limit(limit: int | None) -> None:
    """Refuses what is no number of rows."""
    if limit is not None and limit < 1:
        raise MisusedError(f"limit is a number of rows, 1 or more: {limit!r} is none (leave it out for all)")


def _time(name: str, given: str | date | None) -> str | None:
    """A time as cases hold it; a datetime without a zone is taken for UTC, as text is."""
    if isinstance(given, datetime):
        moment = given.astimezone(UTC) if given.tzinfo else given
        return moment.strftime("%Y-%m-%dT%H:%M:%S")
    if isinstance(given, date):
        return given.isoformat()
    if given is not None and not (isinstance(given, str) and _is_time(given)):
        said = "write 2033, 2033-10, 2033-10-10 or 2033-10-10T13:45"
        raise MisusedError(f"{name} is no date: {given!r} ({said})")
    return given


def _is_time(given: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?)?)?)?", given, re.ASCII):
        return False
    try:
        datetime.fromisoformat(given + "2000-01-01"[len(given) :])
    except ValueError:
        return False
    return True
