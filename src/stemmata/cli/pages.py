"""Verbs on the face of a case: serve and report."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from stemmata.cli.app import (
    CasePath,
    Panel,
    Who,
    app,
    decider,
    may_write,
    notes,
    opened,
    tell,
    write_out,
)
from stemmata.cli.lineage import held


@app.command(rich_help_panel=Panel.LOOK)
def serve(
    path: CasePath,
    who: Who = None,
    port: Annotated[int | None, typer.Option(min=1, max=65_535, help="else 8765, or any that is free")] = None,
    browser: Annotated[bool, typer.Option(help="open the page in the browser")] = True,
) -> None:
    """Shows a case in the browser, on this machine alone. Look, compare, confirm or reject; Ctrl-C ends it."""
    from stemmata import web

    def ready(address: str) -> None:
        tell(f"{path.name} is at {address}", to=notes)
        notes.print(Text("Ctrl-C ends it", "dim"))
        if browser:
            webbrowser.open(address)

    try:
        web.serve(path, who=decider(who), port=port, ready=ready)
    except KeyboardInterrupt:
        notes.print("ended")


@app.command(rich_help_panel=Panel.HAND_OUT)
def report(
    path: CasePath,
    asked: Annotated[
        str | None,
        typer.Argument(
            metavar="FAMILY|ARTICLE", help="a family or its beginning, or the id of an article; else the whole case"
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="the file to write")] = Path("report.html"),
    force: Annotated[bool, typer.Option(help="write over a file that is no report")] = False,
) -> None:
    """Writes one file to hand on: what was found, what it rests on. It opens from disk, and prints."""
    from stemmata.case import collation
    from stemmata.pages.report import MARK
    from stemmata.pages.report import report as written

    may_write(output, kind="report", mark=MARK, force=force)
    with opened(path) as case:
        held(case)
        page = written(case, asked)
        early = not collation.is_collated(case)
    write_out(output, page)
    tell(f"{output}: {len(page.encode()) / 1000:,.0f} kB")
    if early:
        said = f"nothing was collated yet, and the report says so; before the next one: stemmata collate {path}"
        tell(said, to=notes)
