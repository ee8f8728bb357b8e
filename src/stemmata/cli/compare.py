"""The verb on two texts without a case: compare. An editor's gate for a draft against its source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from stemmata.cli.app import AsJson, Panel, Private, WithText, app, complain, notes, screen, tell
from stemmata.cli.shown import line, print_json, text_row
from stemmata.model import CHANGE_LABELS, EXTRAS, Change, ChangeLabel, Document, MisusedError, Refusal, StemmataError
from stemmata.wordings import ShownChange, counted

if TYPE_CHECKING:
    from rich.console import Console

    from stemmata.comparison import Beside
    from stemmata.desk import Compared

NAMES: Final = (*CHANGE_LABELS, *EXTRAS)
WORDS: Final = 100  # characters of a wording in the reasons of a failure


@app.command(rich_help_panel=Panel.READ)
def compare(
    parent: Annotated[
        str, typer.Argument(metavar="PARENT", help="the text that the other was made from: a file or URL")
    ],
    child: Annotated[str, typer.Argument(metavar="CHILD", help="the later text: a rewrite, a draft")],
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="LABEL,LABEL",
            help=f"exit 1 where one is found: {', '.join(NAMES)}; exit 2: not compared",
        ),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="what is less sure (else: less likely than not) neither fails nor is --loud"),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="also what was kept word for word")] = False,
    loud: Annotated[
        bool, typer.Option(help="leave out what was only reworded or left out or added, and what is unlikely")
    ] = False,
    private: Private = False,
    text: WithText = False,
    as_json: AsJson = False,
) -> None:
    """Shows what one text did to the claims of another. Without a case: a draft and its source, say. Also what a
    language model left in it, figures that the other has nowhere, outside the claims that both tell, names that it has
    nowhere, and statements that are held against none of it.

    Exit 1 where a change that --fail-on names is found, 2 where nothing was compared: a file that cannot be read, a
    text that is not English, a label that does not exist.

    What every field of the JSON is: python -m pydoc stemmata.export.rows"""
    from stemmata import desk
    from stemmata.case.verdicts import SURE
    from stemmata.cli.drawn import print_unsure
    from stemmata.export.rows import beside_row, compared_row, doubt_row

    failing = _named(fail_on) if fail_on is not None else frozenset()
    least = SURE if min_confidence is None else min_confidence
    try:
        found = desk.compare(*(_article(source, private=private) for source in (parent, child)))
    except StemmataError as mistake:
        raise MisusedError(str(mistake)) from mistake
    rows = [
        (r, weight, _fails(r, failing, least)) for r, weight in zip(found.changes, found.weights(least), strict=True)
    ]
    rows.sort(key=lambda row: row[1] == "unsure")  # what is less sure than asked goes last
    shown = [(r, fails) for r, weight, fails in rows if weight == "counts" or fails or not loud]
    as_json, doubts = as_json or text or not screen.is_terminal, list(found.doubts((parent, child)))
    if as_json:
        told = [text_row(a.document) for a in (found.parent, found.child)] if text else []
        told += [compared_row(found, r, fails) for r, fails in shown]
        told += [beside_row(found, x, _fails_beside(x, failing, least)) for x in found.beside]
        print_json([*told, *(doubt_row(found, x) for x in doubts)])
    else:
        _print(found, [r for r, _ in shown], every=every, least=least)
    _print_beside(found.beside, every=every or "unpaired" in failing, to=notes if as_json else screen)
    tell(found.summary(least), "bold", to=notes if as_json else screen)
    if not as_json and any(r.change.changes == ("paraphrased",) for r, _ in shown):
        tell("paraphrased: that no change was found, not that there is none", "dim")
    if not as_json and not every and any(r.change.changes == ("verbatim",) for r, _ in shown):
        screen.print(Text("--all lists what was kept word for word too", "dim"))
    if loud:
        unsure = sum(weight == "unsure" and not fails for _, weight, fails in rows)
        print_unsure(unsure, "without --loud they are shown", to=notes if as_json else screen, least=least)
    for doubt in doubts:
        complain(doubt)
    reasons = list(_reasons(rows, [x for x in found.beside if _fails_beside(x, failing, least)]))
    if reasons:
        complain(f"fails, as --fail-on {fail_on} asks:")
        for reason in reasons:
            tell(f"  {reason}", to=notes)
        raise typer.Exit(1)


def _print(found: Compared, shown: Sequence[ShownChange], *, every: bool, least: float) -> None:
    """The changes as a table, but for what was kept word for word, unless `every` one is asked for."""
    from stemmata.cli.drawn import print_changes

    kept = ("verbatim",)
    listed = [r for r in shown if every or r.change.changes != kept or _called_otherwise(found, r.change)]
    if not listed:
        return
    begins = {r.change: found.paragraphs(r.change) for r in listed}
    places = {c: "→".join(str(x or "") for x in both) for c, both in begins.items()}
    print_changes(listed, places=places, least=least)
    if both := next((x for x in begins.values() if all(x)), None):
        where = "¶ {}→{}: told in paragraph {} of the parent and {} of the child".format(*both, *both)
        tell(where, "dim")


def _print_beside(beside: Sequence[Beside], *, every: bool, to: Console) -> None:
    """What was found beside the changes; unpaired statements as a count, unless `every` one is asked for."""
    told = [x for x in beside if every or x.kind != "unpaired"]
    for x in told:
        tell(f"{_SAID[x.kind]} ({_called(x)}): {line(x.words)}", "cyan", to=to)
    if hidden := len(beside) - len(told):
        held = f"{counted(hidden, 'statement')} of it {_SAID['unpaired']}"
        tell(f"{held}: --all lists them", "dim", to=to)


_SAID: Final = {
    "left-over": "a language model’s text",
    "new-figure": "a figure that stands nowhere in the parent",
    "new-name": "a name that stands nowhere in the parent",
    "unpaired": "held against nothing in the parent, perhaps told otherwise",
}


def _named(fail_on: str) -> frozenset[str]:
    """The labels that --fail-on names."""
    named = frozenset(x.strip() for x in fail_on.split(",") if x.strip())
    unknown = named - {*NAMES}
    if unknown or not named:
        what = ", ".join(sorted(unknown)) or "--fail-on without a label"
        raise MisusedError(f"{what}: no such change; choose from {', '.join(NAMES)}")
    return named


def _article(source: str, *, private: bool) -> Document:
    from stemmata import read

    items = list(read.documents([source], allow_private=private))
    for item in items:
        if isinstance(item, Refusal):
            if not item.kept:
                raise StemmataError(f"{item.location}: {item.reason}")
            complain(f"{item.location}: {item.reason}")
    found = [d for d in items if isinstance(d, Document)]
    if len(found) != 1:
        raise StemmataError(f"{source} holds {counted(len(found), 'article')}: compare takes one on each side")
    return found[0]


def _called(x: Beside) -> str:
    return f"{line(x.what)}, where the parent has {line(x.old)}" if x.old else line(x.what)


def _fails_beside(x: Beside, failing: Collection[str], least: float) -> list[str]:
    """What --fail-on names of what stands beside the changes: a figure in another's place is a changed number too."""
    changed = x.changed > 0 and x.changed >= least
    return [name for name, is_so in ((x.kind, True), ("number-changed", changed)) if is_so and name in failing]


def _fails(r: ShownChange, failing: Collection[str], least: float) -> list[ChangeLabel]:
    """The labels of a row that --fail-on names and that are sure enough, by the one score of each."""
    return [x for x in r.change.changes if x in failing and r.change.of_label(x) >= least]


def _called_otherwise(found: Compared, c: Change) -> bool:
    """Whether both sides call the speaker by telling words that the other has not: "the waterworks spokesman Emil Rost"
    and "Emil Rost of the ministry". It is no change: of 266 persons of bench/train and our dossiers of whom another
    office or body is named none is another speaker. But 41 of the 616 claims of bench/train that are told word for word
    are told so, and each is to be seen."""
    from stemmata.collate.passages import TELLING
    from stemmata.language.wording import weight, words

    named = []
    for side, statement in ((found.parent, c.parent_statement), (found.child, c.child_statement)):
        source = next((s.source for s in side.statements if s.id == statement), None)
        named.append({w.norm for w in words(side.document.text, (source,))} if source else set())
    return all(any(weight(w) > TELLING for w in one - other) for one, other in (named, reversed(named)))


def _reasons(rows: Sequence[tuple[ShownChange, str, Sequence[ChangeLabel]]], beside: Sequence[Beside]) -> Iterator[str]:
    """Why a gate fails, a line each: the labels, how sure they are, and both wordings."""
    from stemmata.cli.drawn import rested
    from stemmata.pages.rendered import clipped

    for r, _, named in rows:
        if named:
            before, after = (clipped(x, WORDS) if x else "nothing" for x in (r.before, r.after))
            words = {label: " → ".join(f"“{x}”" if x else "nothing" for x in pair) for label, *pair in rested(r)}
            labels = ", ".join(
                f"{x} ({r.change.of_label(x):.2f}{f'; {words[x]}' if x in words else ''})" for x in named
            )
            yield f"{labels}: {before} -> {after}"
    yield from (f"{x.kind} ({_called(x)}): {clipped(line(x.words), WORDS)}" for x in beside)
