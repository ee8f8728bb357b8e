"""CSV for spreadsheets: one value a cell, in UTF-8 with a byte order mark, without which Excel misreads every accent.

A span is three columns (`source_start`, `source_end`, `source_text`). A content, which may be in several parts, is the
whole that they span (`content_start`, `content_end`), their texts joined by " … " (`content_text`), and their offsets
(`content_spans`, "10..25; 31..40": with a hyphen a spreadsheet would make dates of them): take the parts by these, as
the cue mostly stands between them. Other lists are joined by
"; ", and the edges of a family are JSON. What is missing is an empty cell.

A spreadsheet runs a cell that begins with = + - @ as a formula, and the texts are other people's. Such a cell gets an
apostrophe in front. Import ids as text: a few look like numbers. JSON Lines and Parquet keep everything as it is.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from stemmata.case import Case
from stemmata.export.tables import TABLES, Kind, rows, whole

# Behind blanks too, and with the full-width forms, which Excel takes as well in some languages.
_FORMULA: Final = re.compile(r"[\s\x00-\x1f\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


def write(case: Case, table: str, path: Path) -> int:
    """Writes a table and returns how many rows it has."""
    count = 0
    fields = TABLES[table]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(name for field, kind in fields.items() for name, _ in typed(field, kind))
        for row in rows(case, table):
            lines.writerow(cell for field, kind in fields.items() for cell in cells(row[field], kind))
            count += 1
    return count


def typed(field: str, kind: Kind) -> Iterator[tuple[str, str]]:
    """The columns of a field, each with its type as Frictionless Data names it."""
    if kind not in ("span", "spans"):
        yield field, {"number": "number", "count": "integer", "flag": "boolean"}.get(kind, "string")
        return
    yield from ((f"{field}_start", "integer"), (f"{field}_end", "integer"), (f"{field}_text", "string"))
    if kind == "spans":
        yield f"{field}_spans", "string"


def cells(value: Any, kind: Kind) -> Iterator[object]:
    """The cells of a value, as many as `typed` names."""
    if kind in ("number", "count"):
        yield value
    elif kind == "flag":
        yield None if value is None else str(value).lower()
    elif kind == "text":
        yield _harmless(value)
    elif kind == "texts":
        yield _harmless("; ".join(value))
    elif kind == "numbers":
        yield "; ".join(map(str, value))
    elif kind == "edges":
        yield json.dumps(value, ensure_ascii=False)
    elif kind == "span":
        span = value or {"start": None, "end": None, "text": None}
        yield from (span["start"], span["end"], _harmless(span["text"]))
    else:
        yield from (x if isinstance(x, int) else _harmless(x) for x in whole(value))


def _harmless(text: str | None) -> str | None:
    if text and _FORMULA.match(text):
        return f"'{text}"
    return text
