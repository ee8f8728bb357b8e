"""JSON Lines: one object a row, with the fields of `tables.TABLES`. Lossless; the benchmark reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from stemmata.case import Case
from stemmata.export.tables import rows

# JSON lets these stand as they are, but many readers (Python's splitlines among them) take them for line ends.
_LINE_ENDS: Final = str.maketrans({end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"})


def write(case: Case, table: str, path: Path) -> int:
    """Writes a table and returns how many rows it has."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows(case, table):
            file.write(json.dumps(row, ensure_ascii=False).translate(_LINE_ENDS) + "\n")
            count += 1
    return count
