"""The verb on two texts without a case: compare. An editor's gate for a draft against its source."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.text import Text

from stemmata.cli.app import READ, AsJson, Private, UncheckedError, app, complain, notes, screen
from stemmata.cli.drawn import change_row, print_changes, print_unsure, rested
from stemmata.cli.shown import line, print_json
from stemmata.model import (
    CHANGE_LABELS,
    GRAVITY,
    Change,
    ChangeLabel,
    Document,
    Refusal,
    ShownChange,
    Span,
    StemmataError,
    content_id,
)
from stemmata.pages.marked import counted

if TYPE_CHECKING:
    from stemmata.case.verdicts import Weight
    from stemmata.flow import Analysis

# What --fail-on calls what is no label of a change: text of a language model; a figure or a name that the parent has
# nowhere; a statement of the child that is held against none of the parent's, and not said to be added
LEFT_OVER: Final = "left-over"
NEW_FIGURE: Final = "new-figure"
NEW_NAME: Final = "new-name"
UNPAIRED: Final = "unpaired"
NAMES: Final = (*CHANGE_LABELS, LEFT_OVER, NEW_FIGURE, NEW_NAME, UNPAIRED)
AROUND: Final = 40  # characters shown on either side of a figure
WORDS: Final = 100  # characters of a wording in the reasons of a failure


@app.command(rich_help_panel=READ)
def compare(
    parent: Annotated[
        str, typer.Argument(metavar="PARENT", help="the text that the other was made from: a file or URL")
    ],
    child: Annotated[str, typer.Argument(metavar="CHILD", help="the later text: a rewrite, a draft")],
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="LABEL,LABEL",
            help=f"exit 1 where one is found; {LEFT_OVER}, {NEW_FIGURE}, {NEW_NAME} and {UNPAIRED} are some too. "
            "exit 2: not compared",
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
    as_json: AsJson = False,
) -> None:
    """Shows what one text did to the claims of another. Without a case: a draft and its source, say. Also what a
    language model left in it, figures that the other has nowhere, outside the claims that both tell, names that it has
    nowhere, and statements that are held against none of it.

    Exit 1 where a change that --fail-on names is found, 2 where nothing was compared: a file that cannot be read, a
    text that is not English, a label that does not exist."""
    from stemmata import flow
    from stemmata.case.verdicts import SURE, weight
    from stemmata.collate.leftovers import leftovers
    from stemmata.collate.nowhere import new_names

    failing = _named(fail_on) if fail_on is not None else frozenset()
    least = SURE if min_confidence is None else min_confidence
    try:
        before, after = _told((parent, child), private=private)
    except StemmataError as mistake:
        raise UncheckedError(str(mistake)) from mistake
    first, second = before.document, after.document
    # What is less sure than asked goes last
    rows = sorted(flow.comparison(before, after), key=lambda r: weight(r.change, least=least) == "unsure")
    beside = [Beside(LEFT_OVER, x.kind, x.span) for x in leftovers(second.text)]
    beside += [Beside(NEW_FIGURE, x.of(second.text), x) for x in _new_figures(before, after, rows)]
    beside += [Beside(NEW_NAME, x.of(second.text), x) for x in new_names(first.text, second.text)]
    beside += _unpaired(before, after, rows)
    weights = [weight(r.change, least=least) for r in rows]
    fails = [_fails(r, failing, least) for r in rows]
    shown = [r for r, w, f in zip(rows, weights, fails, strict=True) if w == "counts" or f or not loud]
    as_json = as_json or not screen.is_terminal
    if as_json:
        paragraph = _paragraphs(first.text, second.text)
        told: list[tuple[dict[str, Any], Sequence[str]]] = [
            (change_row(r) | {"paragraphs": paragraph(r.change)}, _fails(r, failing, least)) for r in shown
        ]
        told += [(_row_beside(first, second, x), [x.name] if x.name in failing else []) for x in beside]
        print_json(row | ({"fails": f} if failing else {}) for row, f in told)
    elif listed := [
        r for r in shown if every or r.change.changes != ("verbatim",) or _called_otherwise(before, after, r.change)
    ]:
        paragraph = _paragraphs(first.text, second.text)
        places = {r.change: "→".join(str(x or "") for x in paragraph(r.change)) for r in listed}
        print_changes(listed, as_json=False, places=places, least=least)
        if both := next((p for r in listed if all(p := paragraph(r.change))), None):
            where = "¶ {}→{}: told in paragraph {} of the parent and {} of the child".format(*both, *both)
            screen.print(Text(where, "dim"), soft_wrap=True)
    to = notes if as_json else screen
    hidden = sum(x.name == UNPAIRED and not every and UNPAIRED not in failing for x in beside)
    for x in beside:
        if x.name != UNPAIRED or not hidden:
            to.print(Text(x.said(second.text), "cyan"), soft_wrap=True)
    if hidden:
        held = f"{counted(hidden, 'statement')} of it held against nothing in the parent, perhaps told otherwise"
        to.print(Text(f"{held}: --all lists them", "dim"), soft_wrap=True)
    to.print(Text(_summary(rows, weights, least, same=first.text == second.text), "bold"), soft_wrap=True)
    if not as_json and any(r.change.changes == ("paraphrased",) for r in shown):
        screen.print(Text("paraphrased: that no change was found, not that there is none", "dim"), soft_wrap=True)
    if not as_json and not every and any(r.change.changes == ("verbatim",) for r in shown):
        screen.print(Text("--all lists what was kept word for word too", "dim"))
    if loud:
        unsure = sum(w == "unsure" and not f for w, f in zip(weights, fails, strict=True))
        print_unsure(unsure, "without --loud they are shown", to=to, least=least)
    for doubt in _doubts(before, after, rows, (parent, child)):
        complain(doubt)
    reasons = list(_reasons(rows, fails, [x for x in beside if x.name in failing], second))
    if reasons:
        complain(f"fails, as --fail-on {fail_on} asks:")
        for reason in reasons:
            notes.print(Text(f"  {reason}"), soft_wrap=True)
        raise typer.Exit(1)


def _named(fail_on: str) -> frozenset[str]:
    """The labels that --fail-on names."""
    named = frozenset(x.strip() for x in fail_on.split(",") if x.strip())
    unknown = named - {*NAMES}
    if unknown or not named:
        what = ", ".join(sorted(unknown)) or "--fail-on without a label"
        raise UncheckedError(f"{what}: no such change; choose from {', '.join(NAMES)}")
    return named


def _told(sources: Sequence[str], *, private: bool) -> tuple[Analysis, Analysis]:
    """Both texts and what is said in them. Raises StemmataError where one is not read or not analysed."""
    from stemmata import flow
    from stemmata.desk import encoder

    first, second = (_article(source, private=private) for source in sources)
    if second.id == first.id:  # the same text, or another version of one address
        second = replace(second, id=f"{second.id}@{content_id('text', second.text)[:8]}")
    before, after = (flow.analysis(d, encoder(), flow.Settings()) for d in (first, second))
    for refusal in (*before.refusals, *after.refusals):
        raise StemmataError(f"{refusal.location}: {refusal.reason}")
    return before, after


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


@dataclass(frozen=True, slots=True)
class Beside:
    """What is found in the child beside the changes of claims, by one of the names above; `what` it is, and where."""

    name: str
    what: str
    span: Span

    def said(self, text: str) -> str:
        if self.name == LEFT_OVER:
            return f"a language model’s text ({self.what}): {line(self.span.of(text))}"
        if self.name == UNPAIRED:
            return f"held against nothing in the parent, perhaps told otherwise ({self.what}): {self.words(text)}"
        if self.name == NEW_NAME:
            return f"a name that stands nowhere in the parent ({self.what}): {self.words(text)}"
        return f"a figure that stands nowhere in the parent ({self.what}): {self.words(text)}"

    def words(self, text: str) -> str:
        """The words of a left-over or a statement, or those around a figure or a name."""
        if self.name in (LEFT_OVER, UNPAIRED):
            return line(self.span.of(text))
        start, end = max(0, self.span.start - AROUND), self.span.end + AROUND
        before, after = text[start : self.span.start], text[self.span.end : end]
        if start:
            before = f"…{before.partition(' ')[2]}"
        if end < len(text):
            after = f"{after.rpartition(' ')[0]}…"
        return line(f"{before}{self.what}{after}")


def _new_figures(before: Analysis, after: Analysis, rows: Sequence[ShownChange]) -> list[Span]:
    """The figures of the child that its parent has nowhere, but for those that changes speak of."""
    from stemmata.collate.nowhere import new_figures

    again = {r.change.child_statement for r in rows if r.change.parent_statement}
    told = [x for s in after.statements if s.id in again for x in s.content]
    told += [x for r in rows for g in r.change.grounds if g.label == "number-changed" for x in g.child]
    return new_figures(before.document.text, after.document.text, told)


def _unpaired(before: Analysis, after: Analysis, rows: Sequence[ShownChange]) -> Iterator[Beside]:
    """The statements of the child that stand in no row: what it may have of the parent, and is not told to have. Of 14
    faithful rewrites of training/rewritten (sets l and m) eight have one or two."""
    if not before.statements:
        return
    told = {r.change.child_statement for r in rows}
    text = after.document.text
    for s in after.statements:
        around = [x for t in after.statements if t.id in told for x in t.content]
        if s.id not in told and not any(x.overlaps(y) for x in s.content for y in around):
            parts = [x for x in (s.source, s.cue, *s.content) if x]
            whole = Span(min(x.start for x in parts), max(x.end for x in parts))
            yield Beside(UNPAIRED, line(s.source.of(text)) if s.source else "nobody named", whole)


def _row_beside(parent: Document, child: Document, x: Beside) -> dict[str, Any]:
    """What stands beside the changes, as a row: it has no label and no other side."""
    return {
        "parent_document": parent.id, "child_document": child.id, "claim": None, "changes": [], "score": None,
        "before": None, "after": x.words(child.text), "grounds": [], x.name: x.what,
        "span": {"start": x.span.start, "end": x.span.end},
    }  # fmt: skip


def _fails(r: ShownChange, failing: Collection[str], least: float) -> list[ChangeLabel]:
    """The labels of a row that --fail-on names and that are sure enough, by the one score of each."""
    return [x for x in r.change.changes if x in failing and r.change.of_label(x) >= least]


def _called_otherwise(before: Analysis, after: Analysis, c: Change) -> bool:
    """Whether both sides call the speaker by telling words that the other has not: "the waterworks spokesman Emil Rost"
    and "Emil Rost of the ministry". It is no change: of 266 persons of bench/train and our dossiers of whom another
    office or body is named none is another speaker. But 41 of the 616 claims of bench/train that are told word for word
    are told so, and each is to be seen."""
    from stemmata.collate.passages import TELLING
    from stemmata.language.wording import weight, words

    named = []
    for side, statement in ((before, c.parent_statement), (after, c.child_statement)):
        source = next((s.source for s in side.statements if s.id == statement), None)
        named.append({w.norm for w in words(side.document.text, (source,))} if source else set())
    return all(any(weight(w) > TELLING for w in one - other) for one, other in (named, reversed(named)))


def _paragraphs(parent: str, child: str) -> Callable[[Change], tuple[int | None, int | None]]:
    """Of a change, the numbers of the paragraphs of both texts in which it begins, from 1; None where a side has no
    statement."""
    from stemmata.surface import paragraphs

    ends = [[p.end for p in paragraphs(text)] for text in (parent, child)]

    def begins(c: Change) -> tuple[int | None, int | None]:
        sides = ([s.start for g in c.grounds for s in g.parent], [s.start for g in c.grounds for s in g.child])
        first, second = (bisect(e, min(x)) + 1 if x else None for e, x in zip(ends, sides, strict=True))
        return first, second

    return begins


def _doubts(before: Analysis, after: Analysis, rows: Sequence[ShownChange], sources: tuple[str, str]) -> Iterator[str]:
    """Why a comparison may tell nothing: nobody speaks in one of the two, or hardly anything of it is in the other."""
    from stemmata.case.verdicts import SURE, hardly_told

    silent = [source for a, source in zip((before, after), sources, strict=True) if not a.statements]
    yield from (f"{source}: no statement was found in it, so nothing that it says was compared" for source in silent)
    both = (c for c in (r.change for r in rows) if c.parent_statement and c.child_statement)
    again = {c.parent_statement for c in both if c.again >= SURE}
    if hardly_told(len(again), len(before.statements), len(after.statements)):
        told = f"{len(again)} of {counted(len(before.statements), 'statement')}"
        yield f"{sources[1]} tells {told} of {sources[0]}: is it made from it?"


def _summary(rows: Sequence[ShownChange], weights: Sequence[Weight], least: float, *, same: bool) -> str:
    """What became of the claims, in one line."""
    from stemmata.case.verdicts import loud_labels

    loud = [r for r, w in zip(rows, weights, strict=True) if w == "counts"]
    labels = Counter(x for r in loud for x in loud_labels(r.change, least=least))
    parts = [f"{len(loud):,} changed"]
    if loud:
        parts[0] += f" ({', '.join(f'{x} {labels[x]}' for x in GRAVITY if labels[x])})"
    if unsure := weights.count("unsure"):
        parts.append(f"{unsure:,} more perhaps (less sure than {least:.2f})")
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
    rows: Sequence[ShownChange], fails: Sequence[Sequence[ChangeLabel]], beside: Sequence[Beside], child: Document
) -> Iterator[str]:
    """Why a gate fails, a line each: the labels, how sure they are, and both wordings."""
    from stemmata.pages.rendered import clipped

    for r, named in zip(rows, fails, strict=True):
        if named:
            before, after = (clipped(x, WORDS) if x else "nothing" for x in (r.before, r.after))
            words = {label: " → ".join(f"“{x}”" if x else "nothing" for x in pair) for label, *pair in rested(r)}
            labels = ", ".join(
                f"{x} ({r.change.of_label(x):.2f}{f'; {words[x]}' if x in words else ''})" for x in named
            )
            yield f"{labels}: {before} -> {after}"
    yield from (f"{x.name} ({x.what}): {clipped(x.words(child.text), WORDS)}" for x in beside)
