"""Single statements that an analyst took from the actor that they were given to.

Each is the source of a figure of its own, which nothing but another decision joins to anybody: whoever resolving takes
its source for. That stands as the figure's `likely`, so that an undone decision leaves nothing behind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from stemmata.case.documents import Case
from stemmata.case.file import as_json, packed
from stemmata.model import Judgement
from stemmata.resolve import folded, plain
from stemmata.resolve.keys import PARTED, statement_of


def part_statements(case: Case, decided: Iterable[Judgement]) -> None:
    """Gives each statement that a standing decision parts a figure of its own, and back to its figure each that none
    does any more; inside a transaction of yours."""
    wanted = {s: t for j in decided if j.kind == "split" for t in j.targets if (s := statement_of(t))}
    sql = "SELECT document, key, likely FROM figures WHERE key >= ? AND key < ?"
    held = {statement_of(row[1]): row for row in case.rows(sql, [PARTED, f"{PARTED}\U0010ffff"])}
    for statement in sorted(held.keys() - wanted.keys()):
        document, key, whose = held[statement]
        _linked(case, statement, whose, document)
        case.connection.execute("DELETE FROM figures WHERE document = ? AND key = ?", (document, key))
    sql = """SELECT statements.id, figures.document, figures.key, figures.name, kind, aliases, figures.run,
            substr(text, source_start + 1, source_end - source_start)
        FROM json_each(?) AS asked CROSS JOIN statements ON statements.id = asked.value
        JOIN figure_links ON figure_links.statement = statements.id
        JOIN figures ON figures.document = statements.document AND figures.key = figure_links.key
        JOIN documents ON documents.id = statements.document"""
    for statement, document, whose, name, kind, aliases, run, source in list(
        case.rows(sql, [packed(wanted.keys() - held.keys())])
    ):
        own = fullest(borne([name, *json.loads(aliases)], source) or {_head(source) or name})
        case.connection.execute(
            "INSERT INTO figures (document, key, name, kind, aliases, countries, roles, likely, run)"
            " VALUES (?, ?, ?, ?, ?, '[]', '[]', ?, ?)",
            (document, wanted[statement], own, kind, as_json([own]), whose, run),
        )
        _linked(case, statement, wanted[statement], document)


def borne(names: Iterable[str], source: str) -> set[str]:
    """Those of some names that the words of a source bear."""
    words = folded(plain(source))
    return {n for n in names if re.search(rf"\b{re.escape(folded(n))}\b", words)}


def _head(source: str) -> str:
    """What a source without a name is called: "prime minister" of "the prime minister, who spoke first"."""
    words = plain(source).partition(",")[0]
    return re.sub(r"^(?:the|an?) (?=\w)", "", words, flags=re.IGNORECASE)


def fullest(names: Iterable[str]) -> str:
    """The name of most words."""
    return max(names, key=lambda n: (len(n.split()), n))


def _linked(case: Case, statement: str, key: str, document: str) -> None:
    """Links a statement to another figure of its document; its actors, and what rests on them, are then made anew."""
    case.connection.execute(
        "INSERT OR IGNORE INTO ungrouped (key, document) SELECT key, '' FROM figure_links WHERE statement = ?1"
        " UNION SELECT ?2, ''",
        (statement, key),
    )
    case.connection.execute("UPDATE figure_links SET key = ? WHERE statement = ?", (key, statement))
    case.connection.execute(
        "INSERT INTO waiting (document, anew) SELECT key, 0 FROM documents WHERE id = ? ON CONFLICT DO NOTHING",
        [document],
    )
