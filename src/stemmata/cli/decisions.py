"""Verbs on what was found: confirm, reject, note. The page decides through the same function."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, get_args

import typer
from rich.text import Text

from stemmata.cli.app import CasePath, Who, app, decider, opened, screen
from stemmata.model import JudgementKind, SubjectKind, subject

Kind = StrEnum("Kind", {k.upper(): k for k in get_args(SubjectKind)})  # type: ignore[misc]
Parts = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="its id; of an edge PARENT CHILD; of a change documents and statements"),
]
Words = Annotated[str, typer.Option(help="why, in a few words")]


@app.command()
def confirm(path: CasePath, kind: Kind, parts: Parts, why: Words = "", who: Who = None) -> None:
    """Says that something that was found is right. "-" stands for a statement that a change does not have."""
    _decide(path, "confirm", kind, parts, who=who, why=why)


@app.command()
def reject(path: CasePath, kind: Kind, parts: Parts, why: Words = "", who: Who = None) -> None:
    """Says that something that was found is wrong. It stays, and shows as rejected."""
    _decide(path, "reject", kind, parts, who=who, why=why)


@app.command()
def note(
    path: CasePath,
    kind: Kind,
    parts: Parts,
    words: Annotated[str, typer.Option("--words", help="the note")],
    who: Who = None,
) -> None:
    """Keeps a note beside something that was found."""
    _decide(path, "note", kind, parts, who=who, note=words)


def _decide(
    path: CasePath,
    decision: JudgementKind,
    kind: Kind,
    parts: list[str],
    *,
    who: str | None,
    why: str = "",
    note: str = "",
) -> None:
    from stemmata.case import judgements

    about = subject(str(kind), *(None if p == "-" else p for p in parts))  # type: ignore[arg-type]
    with opened(path) as case:
        done = judgements.decide(case, decision, about, who=decider(who), why=why, note=note)
    undo = f"stemmata undo {path} {done.id} takes it back"
    screen.print(Text(f"{decision}: {kind} {' '.join(parts)}; {undo}"), soft_wrap=True)
