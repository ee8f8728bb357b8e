"""Verbs on who speaks."""

from __future__ import annotations

import json

from rich.text import Text

from stemmata.cli.app import AsJson, CasePath, app, opened, screen
from stemmata.cli.lineage import collated
from stemmata.cli.shown import SHOWN, STYLES, line, listing, print_json


@app.command()
def actors(path: CasePath, as_json: AsJson = False) -> None:
    """Lists who speaks in a case, and how often."""
    with opened(path) as case:
        collated(case)
        sql = """SELECT actors.id, name, kind, aliases, count(*), count(DISTINCT document) FROM actors
            JOIN statements ON statements.actor = actors.id GROUP BY actors.id ORDER BY 5 DESC, name"""
        found = [(*r[:3], json.loads(r[3]), *r[4:]) for r in case.rows(sql)]
        if as_json or not screen.is_terminal:
            names = ("id", "name", "kind", "aliases", "statements", "documents")
            print_json(dict(zip(names, r, strict=True)) for r in found)
            return
        table = listing("actor", "kind", "statements", "documents", "also")
        for _id, name, kind, aliases, told, where in found[:SHOWN]:
            also = ", ".join(a for a in aliases if a != name)
            table.add_row(Text(line(name), STYLES["source"]), kind, f"{told:,}", f"{where:,}", Text(line(also)))
        screen.print(table)
