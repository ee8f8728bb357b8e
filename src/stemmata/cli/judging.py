"""Verbs that decide about what was found: confirm, reject, note; and remove, which takes an article out. Actors have
their own (cli/actors.py)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from stemmata.cli.app import CasePath, Panel, Who, Why, app, decider, opened, screen, tell
from stemmata.cli.shown import line
from stemmata.model import RELATIONS, StemmataError
from stemmata.wordings import counted

if TYPE_CHECKING:
    from stemmata.desk import Case
    from stemmata.model import Judgement, JudgementKind

Relation = StrEnum("Relation", {r.upper(): r for r in RELATIONS})  # type: ignore[misc]
Subject = Annotated[
    list[str],
    typer.Argument(
        metavar="SUBJECT",
        help="edge PARENT CHILD, change ID (as changes --list shows it), statement ID, claim ID, document ID, "
        "dispute BY OF; the beginning of an id will do",
    ),
]


@app.command(rich_help_panel=Panel.DECIDE)
def confirm(
    path: CasePath,
    named: Subject,
    why: Why,
    who: Who = None,
    relation: Annotated[Relation | None, typer.Option(help="of a dispute: what it is", show_default=False)] = None,
) -> None:
    """Says that something found is right. It is shown as confirmed from then on, not as suggested.

    An edge is set so, found or not: CHILD was made from PARENT, and from no other that nobody confirmed. What CHILD
    changed is found along it, and undo takes it back. A dispute is made so too, found or not: BY answers OF.
    """
    _judged(path, "confirm", named, who=who, why=why, relation=relation)


@app.command(rich_help_panel=Panel.DECIDE)
def reject(path: CasePath, named: Subject, why: Why, who: Who = None) -> None:
    """Says that something found is wrong. It is kept, shown as rejected, and left out where only the loud is shown.

    Of a version whose edge is rejected the next likely parent is suggested, if there is one.
    What stands on a document (its statements and edges) or on a statement (its changes and disputes) is rejected with
    it. A rejected claim is marked, and no more.
    """
    _judged(path, "reject", named, who=who, why=why)


@app.command(rich_help_panel=Panel.DECIDE)
def note(
    path: CasePath,
    named: Subject,
    text: Annotated[str, typer.Option(help="what stands beside it")],
    why: Annotated[str, typer.Option(help="why: kept in the log")] = "",
    who: Who = None,
) -> None:
    """Puts a note beside something found."""
    _judged(path, "note", named, who=who, why=why, text=text)


@app.command(rich_help_panel=Panel.DECIDE)
def remove(
    path: CasePath,
    documents: Annotated[list[str], typer.Argument(metavar="ID", help="ids of documents, or their beginnings")],
    why: Why,
    who: Who = None,
    yes: Annotated[bool, typer.Option("--yes", help="also where something was decided about them")] = False,
) -> None:
    """Takes articles out of a case. All that was found in them goes too, and their families are drawn anew.

    The log keeps it, and what was decided about them, which holds again if the same article is added again: that, and
    not undo, brings an article back.
    """
    from stemmata.case import judgements, name_of

    with opened(path) as case:
        found = list({d.id: d for d in map(case.document, documents)}.values())
        ids = [d.id for d in found]
        if (lost := len(judgements.resting_on(case, ids))) and not yes:
            it = "it" if len(ids) == 1 else "them"
            raise StemmataError(
                f"{counted(lost, 'decision')} about {it} would be about nothing (stemmata log {path}): "
                f"take {it} out all the same with --yes"
            )
        case.remove(*ids, who=decider(who), why=why)
        for d in found:
            tell(line(f"taken out: {d.id}, {name_of(d)}"))


def _judged(
    path: Path,
    kind: JudgementKind,
    named: list[str],
    *,
    who: str | None,
    why: str,
    text: str | None = None,
    relation: str | None = None,
) -> None:
    from stemmata.pages.shown import Served, things

    with opened(path) as case:
        made = case.judge(kind, *named, who=decider(who), why=why, text=text, relation=relation)  # type: ignore[arg-type]
        (thing,) = things(case, made.targets, Served()).values()
        said = f"{kind}: {thing.words}" + (f": {made.value}" if made.value else "")
        tell(line(said))
        tell(f"logged as {made.id[:8]} in the name of {line(made.who)}", "dim")
        if kind != "note":
            print_parents(case, made)


def print_parents(case: Case, made: Judgement) -> None:
    """Of a decision about an edge: what its version is made from now, or that it is drawn when the case is collated."""
    from stemmata.case import parentage, views
    from stemmata.cli.drawn import likely

    if (pair := parentage.edge_of(made.targets[0])) is None:
        return
    child = pair[1]
    if parentage.undrawn(case):
        screen.print(Text(f"the tree shows it when it is collated next: stemmata collate {case.path}", "dim"))
        return
    up = [e for e in views.relatives(case, child)[0] if not e.is_parted]
    name = {k: line(b.name) for k, b in views.briefs(case, [child, *(e.parent for e in up)]).items()}
    told = " and ".join(f"{name[e.parent]} ({likely(e)})" for e in up) or "no other that is known"
    tell(f"{name.get(child, child)} is made from {told}: stemmata tree {case.path} {child}", "dim")
