"""The manifest of an export: datapackage.json, by the standard of Frictionless Data (Data Package 1).

It holds what a methods section needs: which program and weights made the findings, with which settings and from which
thresholds; every file with its size and SHA-256; and the codebook of every column. When and of which bytes each article
was read stands in the table `readings`. The same case gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from stemmata import __version__
from stemmata.case import Case
from stemmata.case.verdicts import SURE
from stemmata.dispute.disputes import UNSURE, told_from
from stemmata.export.codebook import codebook
from stemmata.export.csv import typed
from stemmata.export.tables import TABLES, Kind

NAME: Final = "datapackage.json"
_MEDIA: Final = {"csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet"}
_TYPES: Final[dict[Kind, str]] = {
    "text": "string", "number": "number", "count": "integer", "flag": "boolean", "span": "object",
}  # fmt: skip


def manifest(case: Case, folder: Path, format: str, rows: dict[str, int]) -> str:
    """The manifest of the files of a format in `folder`, each table with its number of `rows`."""
    told = {
        "profile": "tabular-data-package" if format == "csv" else "data-package",
        "name": "stemmata-export",
        "title": f"Tables of {case.path.name}, by Stemmata {__version__}",
        "stemmata": {
            "version": __version__,
            "runs": [{"id": r.id, "made_at": r.made_at} | asdict(r.run) for r in case.runs()],
            "thresholds": {
                "changes": SURE, "disputes": round(told_from(), 4), "unsure_disputes": UNSURE,
            },
            "decisions": rows["decisions"],
        },
        "resources": [_resource(folder / f"{name}.{format}", name, format, n) for name, n in rows.items()],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def is_ours(path: Path) -> bool:
    """Whether a manifest is one of an export."""
    try:
        return "stemmata" in json.loads(path.read_text("utf-8"))
    except (ValueError, TypeError):
        return False


def _resource(path: Path, table: str, format: str, rows: int) -> dict[str, Any]:
    what, columns = codebook()[table]
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    fields = [
        {"name": name, "type": type, "description": columns[field]}
        for field, kind in TABLES[table].items()
        for name, type in (typed(field, kind) if format == "csv" else [(field, _TYPES.get(kind, "array"))])
    ]
    made: dict[str, Any] = {"profile": "tabular-data-resource"} if format == "csv" else {}
    made |= {"name": table.replace("_", "-"), "path": path.name, "description": what, "format": format}
    made |= {"mediatype": _MEDIA[format], "encoding": "utf-8", "bytes": path.stat().st_size}
    made |= {"hash": f"sha256:{digest}", "rows": rows, "schema": {"fields": fields}}
    if "id" in TABLES[table]:
        made["schema"]["primaryKey"] = "id"
    return made
