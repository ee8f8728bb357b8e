"""A case as files that others can read: JSON Lines, CSV or Parquet, one file a table (tables.py), and what made them
(package.py)."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from stemmata.case import Case
from stemmata.export import csv, jsonl, package, parquet
from stemmata.export.tables import TABLES, frame, table
from stemmata.model import StemmataError

__all__ = ["FORMATS", "TABLES", "export", "frame", "table"]

FORMATS: Final = {"jsonl": jsonl.write, "csv": csv.write, "parquet": parquet.write}


def export(
    case: Case, directory: str | os.PathLike[str], *, format: str = "jsonl", force: bool = False
) -> dict[str, int]:
    """Writes every table of a case to a file in `directory`, and returns how many rows each has.

    The files are of one moment. They take their places, one after another, when all are finished: an export that is
    interrupted before leaves what stood there. The same case gives the same bytes. A file of such a name that stands
    there without all the others is another's, and refused unless `force`. Beside them stands datapackage.json, which
    tells what made them and what their columns are: of the format that was written last.
    """
    if format not in FORMATS:
        raise StemmataError(f"{format!r} is no format of export: choose from {', '.join(FORMATS)}")
    directory = Path(directory)
    names = {table: f"{table}.{format}" for table in TABLES}
    there = [directory / name for name in names.values() if (directory / name).exists()]
    told = directory / package.NAME
    if told.exists() and not package.is_ours(told):
        there = [told]
    if 0 < len(there) < len(names) and not force:
        raise StemmataError(f"{there[0]} is of no export of ours: name another folder, or write over it with --force")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".export-", dir=directory) as unfinished, case.snapshot():
            counts = {table: FORMATS[format](case, table, Path(unfinished, name)) for table, name in names.items()}
            Path(unfinished, package.NAME).write_text(
                package.manifest(case, Path(unfinished), format, counts), "utf-8", newline="\n"
            )
            for name in (*names.values(), package.NAME):
                Path(unfinished, name).replace(directory / name)
    except OSError as fault:
        raise StemmataError(f"cannot export to {directory}: {fault.strerror or fault}") from fault
    return counts
