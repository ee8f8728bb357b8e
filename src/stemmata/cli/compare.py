"""The verb on two texts without a case: compare. An editor's gate for a draft against its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.text import Text

from stemmata.cli.app import READ, AsJson, Private, app, complain, notes, screen
from stemmata.cli.drawn import change_row, print_changes, print_unsure
from stemmata.cli.shown import line, print_json
from stemmata.model import (
    CHANGE_LABELS,
    GRAVITY,
    ChangeLabel,
    Document,
    Refusal,
    ShownChange,
    StemmataError,
    content_id,
)
from stemmata.pages.marked import counted

if TYPE_CHECKING:
    from stemmata.case.verdicts import Weight
    from stemmata.collate.leftovers import LeftOver

LEFT_OVER: Final = "left-over"  # what --fail-on calls text of a language model, which is no label of a change
WORDS: Final = 100  # characters of a wording in the reasons of a failure


@app.command(rich_help_panel=READ)
def compare(
    parent: Annotated[
        str, typer.Argument(metavar="PARENT", help="the text that the other was made from: a file or URL")
    ],
    child: Annotated[str, typer.Argument(metavar="CHILD", help="the later text: a rewrite, a draft")],
    fail_on: Annotated[
        str,
        typer.Option(metavar="LABEL,LABEL", help=f"exit 1 where one is found, how sure or not; {LEFT_OVER} is one too"),
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="also what was kept word for word")] = False,
    loud: Annotated[
        bool, typer.Option(help="leave out what was only reworded or left out or added, and what is unlikely")
    ] = False,
    private: Private = False,
    as_json: AsJson = False,
) -> None:
    """Shows what one text did to the claims of another. Without a case: a draft and its source, say. Also what a
    language model left in it."""
    from stemmata import flow
    from stemmata.case.verdicts import weight
    from stemmata.collate.leftovers import leftovers
    from stemmata.desk import encoder

    failing = {x.strip() for x in fail_on.split(",") if x.strip()}
    if unknown := failing - {*CHANGE_LABELS, LEFT_OVER}:
        known = ", ".join((*CHANGE_LABELS, LEFT_OVER))
        raise StemmataError(f"{', '.join(sorted(unknown))}: no such change; choose from {known}")
    first, second = (_article(source, private=private) for source in (parent, child))
    if second.id == first.id:  # the same text, or another version of one address
        second = replace(second, id=f"{second.id}@{content_id('text', second.text)[:8]}")
    before, after = (flow.analysis(d, encoder(), flow.Settings()) for d in (first, second))
    for refusal in (*before.refusals, *after.refusals):
        raise StemmataError(f"{refusal.location}: {refusal.reason}")
    rows = flow.comparison(before, after)
    left = leftovers(second.text)
    weights = [weight(r.change) for r in rows]
    shown = [r for r, w in zip(rows, weights, strict=True) if w == "counts" or not loud]
    as_json = as_json or not screen.is_terminal
    if as_json:
        told = [change_row(r) for r in shown] + [_left_row(first, second, x) for x in left]
        print_json(row | ({"fails": _fails(row, failing)} if failing else {}) for row in told)
    elif listed := [r for r in shown if every or r.change.changes != ("verbatim",)]:
        print_changes(listed, as_json=False)
    to = notes if as_json else screen
    for x in left:
        said = f"a language model’s text ({x.kind}): {line(x.span.of(second.text))}"
        to.print(Text(said, "cyan"), soft_wrap=True)
    to.print(Text(_summary(rows, weights, same=first.text == second.text), "bold"), soft_wrap=True)
    if not as_json and not every and any(r.change.changes == ("verbatim",) for r in shown):
        screen.print(Text("--all lists what was kept word for word too", "dim"))
    if loud:
        print_unsure(weights.count("unsure"), "without --loud they are shown", to=to)
    reasons = list(_reasons(rows, left, second, failing))
    if reasons:
        complain(f"fails, as --fail-on {fail_on} asks:")
        for reason in reasons:
            notes.print(Text(f"  {reason}"), soft_wrap=True)
        raise typer.Exit(1)


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


def _left_row(parent: Document, child: Document, x: LeftOver) -> dict[str, Any]:
    """Text of a language model, as a row beside those of changes: it has no label and no other side."""
    return {
        "parent_document": parent.id, "child_document": child.id, "claim": None, "changes": [], "score": None,
        "before": None, "after": line(x.span.of(child.text)), "grounds": [], LEFT_OVER: x.kind,
    }  # fmt: skip


def _fails(row: dict[str, Any], failing: Collection[str]) -> list[str]:
    """The labels of a row that --fail-on names."""
    return [x for x in (*row["changes"], *([LEFT_OVER] if LEFT_OVER in row else [])) if x in failing]


def _summary(rows: Sequence[ShownChange], weights: Sequence[Weight], *, same: bool) -> str:
    """What became of the claims, in one line."""
    from stemmata.case.verdicts import SOFT, SURE

    loud = [r for r, w in zip(rows, weights, strict=True) if w != "soft"]
    labels = Counter(x for r in loud for x in r.change.changes if x not in SOFT)
    parts = [f"{len(loud):,} changed"]
    if loud:
        unsure = weights.count("unsure")
        parts[0] += f" ({', '.join(f'{x} {labels[x]}' for x in GRAVITY if labels[x])}"
        parts[0] += f"; {unsure:,} less sure than {SURE:.2f})" if unsure else ")"
    kept = Counter(min(r.change.changes, key=GRAVITY.index) for r, w in zip(rows, weights, strict=True) if w == "soft")
    words: dict[ChangeLabel, str] = {
        "added": "added",
        "omitted": "omitted",  # "left out" is what was found and is not listed
        "paraphrased": "in other words",
        "verbatim": "word for word",
    }
    parts += [f"{kept[x]:,} {said}" for x, said in words.items() if kept[x]]
    return f"{'the two texts are the same: ' if same else ''}{', '.join(parts)}"


def _reasons(
    rows: Sequence[ShownChange], left: Sequence[LeftOver], child: Document, failing: Collection[str]
) -> Iterator[str]:
    """Why a gate fails, a line each: the labels, how sure they are, and both wordings."""
    from stemmata.pages.rendered import clipped

    for r in rows:
        if named := [x for x in r.change.changes if x in failing]:
            before, after = (clipped(x, WORDS) if x else "nothing" for x in (r.before, r.after))
            yield f"{', '.join(named)} ({r.change.score:.2f}): {before} -> {after}"
    if LEFT_OVER in failing:
        yield from (f"{LEFT_OVER} ({x.kind}): {clipped(x.span.of(child.text), WORDS)}" for x in left)
