"""Parquet, for data frames and databases: the rows of the tables as they are, nested and typed."""

from __future__ import annotations

from pathlib import Path

from stemmata.case import Case
from stemmata.export.tables import batches, schema


def write(case: Case, table: str, path: Path) -> int:
    """Writes a table and returns how many rows it has."""
    from pyarrow.parquet import ParquetWriter

    count = 0
    with ParquetWriter(path, schema(table), compression="zstd") as file:
        for batch in batches(case, table):
            file.write_batch(batch)
            count += batch.num_rows
    return count
