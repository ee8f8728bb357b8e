"""Verbs that decide about what was found: confirm, reject, note. Actors have their own (cli/actors.py)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from stemmata.cli.app import DECIDE, CasePath, Who, Why, app, decider, opened, screen
from stemmata.cli.shown import line

if TYPE_CHECKING:
    from stemmata.model import JudgementKind

Subject = Annotated[
    list[str],
    typer.Argument(
        metavar="SUBJECT...",
        help="edge PARENT CHILD, change ID (as changes --list shows it), statement ID, claim ID, document ID, "
        "dispute BY OF; the beginning of an id will do",
    ),
]


@app.command(rich_help_panel=DECIDE)
def confirm(path: CasePath, named: Subject, why: Why, who: Who = None) -> None:
    """Says that something found is right. It is shown as confirmed from then on, not as suggested."""
    _judged(path, "confirm", named, who=who, why=why)


@app.command(rich_help_panel=DECIDE)
def reject(path: CasePath, named: Subject, why: Why, who: Who = None) -> None:
    """Says that something found is wrong. It is kept, shown as rejected, and left out where only the loud is shown.

    What stands on a document (its statements and edges) or on a statement (its changes and disputes) is rejected with
    it. A rejected claim is marked, and no more.
    """
    _judged(path, "reject", named, who=who, why=why)


@app.command(rich_help_panel=DECIDE)
def note(
    path: CasePath,
    named: Subject,
    text: Annotated[str, typer.Option(help="what stands beside it")],
    why: Annotated[str, typer.Option(help="why: kept in the log")] = "",
    who: Who = None,
) -> None:
    """Puts a note beside something found."""
    _judged(path, "note", named, who=who, why=why, text=text)


def _judged(
    path: Path, kind: JudgementKind, named: list[str], *, who: str | None, why: str, text: str | None = None
) -> None:
    from stemmata.pages.shown import Served, things

    with opened(path) as case:
        made = case.judge(kind, *named, who=decider(who), why=why, text=text)
        (thing,) = things(case, made.targets, Served()).values()
        said = f"{kind}: {thing.words}" + (f": {made.value}" if made.value else "")
        screen.print(Text(line(said)), soft_wrap=True)
        screen.print(Text(f"logged as {made.id[:8]} in the name of {line(made.who)}", "dim"), soft_wrap=True)
