"""The tables of contract.md, read from a case: row by row, as Arrow tables and as data frames.

frame(case, "statements")                      # pandas
frame(case, "statements", library="polars")
table(case, "statements")                      # pyarrow
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal

from stemmata.case import DOCUMENT_ORDER, STATEMENT_ORDER, Case, Entry
from stemmata.model import Span, Statement, StemmataError

if TYPE_CHECKING:
    import pyarrow

BATCH: Final = 10_000  # rows in memory at a time, which is some 10 MB of statements

Kind = Literal["text", "texts", "number", "span", "spans", "edges"]

# Every table with its fields, in the order of contract.md: all formats and frames follow it.
TABLES: Final[dict[str, dict[str, Kind]]] = {
    "documents": {
        "id": "text",
        "url": "text",
        "outlet": "text",
        "title": "text",
        "published": "text",
        "lang": "text",
        "family": "text",
    },
    "statements": {
        "id": "text",
        "document": "text",
        "source": "span",
        "cue": "span",
        "content": "spans",
        "mode": "text",
        "act": "text",
        "sourcing": "text",
        "actor": "text",
        "claim": "text",
        "confidence": "number",
    },
    "actors": {"id": "text", "name": "text", "kind": "text", "aliases": "texts"},
    "claims": {"id": "text", "gist": "text", "statements": "texts"},
    "families": {"id": "text", "documents": "texts", "edges": "edges"},
    "changes": {
        "parent_document": "text",
        "child_document": "text",
        "claim": "text",
        "parent_statement": "text",
        "child_statement": "text",
        "changes": "texts",
        "score": "number",
    },
    "disputes": {"by_statement": "text", "of_statement": "text", "relation": "text", "score": "number"},
}

# What reads each table but statements, which are sliced from their texts. A list comes as JSON; the edges of a family
# are read beside it, as SQLite's JSON rounds their scores. The order is that of the content, never that of adding.
_QUERIES: Final = {
    "documents": f"SELECT id, url, outlet, title, published, lang, family FROM documents ORDER BY {DOCUMENT_ORDER}",
    "actors": "SELECT id, name, kind, aliases FROM actors ORDER BY id",
    "claims": f"""
        SELECT id, gist, (
            SELECT json_group_array(id) FROM (
                SELECT statements.id FROM statements JOIN documents ON documents.id = statements.document
                WHERE statements.claim = claims.id ORDER BY {STATEMENT_ORDER}))
        FROM claims ORDER BY id""",
    "families": f"""
        SELECT id, (
            SELECT json_group_array(id) FROM (
                SELECT documents.id FROM documents WHERE documents.family = families.id ORDER BY {DOCUMENT_ORDER}))
        FROM families ORDER BY id""",
    "changes": """
        SELECT parent_document, child_document, claim, parent_statement, child_statement, changes, score
        FROM changes ORDER BY 1, 2, 3, 4, 5, 6, 7""",
    "disputes": "SELECT by_statement, of_statement, relation, score FROM disputes ORDER BY 1, 2",
}


def rows(case: Case, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a table, one at a time, as contract.md has them."""
    fields = _fields(name)
    if name == "statements":
        return (entry_row(entry) for entry in case.statements())
    return _plain_rows(case, name, fields)


def schema(name: str) -> pyarrow.Schema:
    """The Arrow types of a table."""
    import pyarrow

    text, number, offset = pyarrow.string(), pyarrow.float64(), pyarrow.int64()
    span = pyarrow.struct({"start": offset, "end": offset, "text": text})
    types: dict[Kind, pyarrow.DataType] = {
        "text": text,
        "texts": pyarrow.list_(text),
        "number": number,
        "span": span,
        "spans": pyarrow.list_(span),
        "edges": pyarrow.list_(pyarrow.struct({"parent": text, "child": text, "score": number})),
    }
    return pyarrow.schema({field: types[kind] for field, kind in _fields(name).items()})


def batches(case: Case, name: str) -> Iterator[pyarrow.RecordBatch]:
    """The rows of a table, some thousands at a time."""
    import pyarrow

    typed, remaining = schema(name), rows(case, name)
    while batch := list(islice(remaining, BATCH)):
        yield pyarrow.RecordBatch.from_pylist(batch, schema=typed)


def table(case: Case, name: str) -> pyarrow.Table:
    """A table, all in memory."""
    import pyarrow

    return pyarrow.Table.from_batches(batches(case, name), schema=schema(name))


def frame(case: Case, name: str, *, library: str = "pandas") -> Any:
    """A table as a data frame of pandas or polars."""
    return framed(lambda: table(case, name), library=library)


def framed(made: Callable[[], pyarrow.Table], *, library: str) -> Any:
    """The Arrow table that `made` gives, as a data frame of a library that may not be installed."""
    if library not in ("pandas", "polars"):
        raise StemmataError(f"there are no frames of {library!r}: choose from pandas, polars")
    try:
        if library == "polars":
            import polars

            return polars.from_arrow(made())
        import pandas  # noqa: F401 - pyarrow needs it below, and says so less plainly
    except ImportError as error:
        raise StemmataError(f"{library} is not installed: pip install 'stemmata[frames]'") from error
    return made().to_pandas()


def statement_table(statements: Iterable[Statement], text: str) -> pyarrow.Table:
    """Statements of one text, without a case, as an Arrow table."""
    import pyarrow

    return pyarrow.Table.from_pylist([statement_row(s, text) for s in statements], schema=schema("statements"))


def _fields(name: str) -> dict[str, Kind]:
    if name not in TABLES:
        raise StemmataError(f"there is no table {name!r}: choose from {', '.join(TABLES)}")
    return TABLES[name]


def _plain_rows(case: Case, name: str, fields: dict[str, Kind]) -> Iterator[dict[str, Any]]:
    columns = [field for field, kind in fields.items() if kind != "edges"]
    lists = [field for field, kind in fields.items() if kind == "texts"]
    for values in case.rows(_QUERIES[name]):
        row = dict(zip(columns, values, strict=True))
        for field in lists:
            row[field] = json.loads(row[field])
        if name == "families":
            edges = case.rows("SELECT parent, child, score FROM edges WHERE family = ? ORDER BY 1, 2", [row["id"]])
            row["edges"] = [{"parent": parent, "child": child, "score": score} for parent, child, score in edges]
        yield row


def statement_row(statement: Statement, text: str) -> dict[str, Any]:
    """A statement of the document whose text is `text`, as contract.md has it."""
    source = statement.source.of(text) if statement.source else None
    cue = statement.cue.of(text) if statement.cue else None
    return _statement_row(statement, source, cue, tuple(part.of(text) for part in statement.content))


def entry_row(entry: Entry) -> dict[str, Any]:
    """The same of a statement that a case gave."""
    return _statement_row(entry.statement, entry.source, entry.cue, entry.content)


def _statement_row(
    statement: Statement, source: str | None, cue: str | None, content: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "id": statement.id,
        "document": statement.document,
        "source": _span(statement.source, source),
        "cue": _span(statement.cue, cue),
        "content": [_span(span, text) for span, text in zip(statement.content, content, strict=True)],
        "mode": statement.mode,
        "act": statement.act,
        "sourcing": statement.sourcing,
        "actor": statement.actor,
        "claim": statement.claim,
        "confidence": statement.confidence,
    }


def _span(span: Span | None, text: str | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": text}
