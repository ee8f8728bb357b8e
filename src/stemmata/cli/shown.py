"""What verbs show: tables for any width, JSON Lines, articles with their statements marked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rich.table import Table
from rich.text import Text

from stemmata.cli.app import drop_output, screen, tell
from stemmata.model import Document, Statement
from stemmata.pages.marked import visible
from stemmata.wordings import Worded, counted, worded

if TYPE_CHECKING:
    from stemmata.case import Entry
    from stemmata.case.actors import Passage
    from stemmata.case.lineage import ShownLeftOver
    from stemmata.pages.drawing import State

T = TypeVar("T")
STYLES = {"source": "bold blue", "cue": "magenta", "content": "yellow", "text": ""}
STATES: Final = {"confirmed": "bold green", "rejected": "dim strike"}
ALARM: Final = {
    "quote-fabricated": "bold red", "negated": "bold red", "quote-altered": "red", "number-changed": "red",
    "attribution-shifted": "magenta", "attribution-dropped": "magenta", "credit-dropped": "magenta",
}  # fmt: skip
ID: Final = 8  # characters of an id that are shown: of 100,000 changes, one pair or so shares them
SHOWN = 200  # rows of a table on a terminal: more are asked for with --all, or piped


def print_document(
    d: Document, found: Iterable[Statement], *, held: bool = True, states: Mapping[str, State] | None = None
) -> None:
    """An article with its statements marked and listed; its id where a case is to be asked by it (`held`). `states`:
    statement -> what a person said of it, of those that somebody did."""
    from stemmata.case import name_of
    from stemmata.pages.marked import pieces

    told = [worded(s, d.text) for s in found]
    about = (d.outlet, minute(d.published), d.id if held else "")
    screen.print(Text(line(d.title or name_of(d)), "bold"))
    if head := " · ".join(line(x) for x in about if x):
        screen.print(Text(head, "dim"))
    body = Text()
    for piece, role in pieces(d, (w.statement for w in told)):
        body.append(piece, STYLES[role])
    screen.print(body)
    table = listing("who", "what", "how", "sure")
    for w in told:
        who, *rest = cells(w)
        if states and (state := states.get(w.statement.id)):
            who = Text().append_text(who).append(f"\n{state}", STATES[state])
        table.add_row(who, *rest)
    screen.print()
    if told:
        screen.print(table)
    screen.print(Text(counted(len(told), "statement")))


def listing(*columns: str) -> Table:
    """A table for any width: what is said gets the room, labels and ids are never cut."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    for name in columns:
        ratio = {
            "who": 3, "what": 6, "where": 2, "title": 3, "outlet": 2, "credits": 2, "before": 4, "after": 4,
            "in": 2 if "before" in columns else 3, "actor": 3, "also": 4, "office": 4, "names": 3, "one because": 3,
            "it rests on": 4, "why": 4, "first told by": 3, "gravest change": 5, "against": 6, "towards": 2,
        }.get(name)  # fmt: skip
        table.add_column(name, ratio=ratio, no_wrap=ratio is None, overflow="fold")
    return table


def cells(w: Worded, e: Entry | None = None) -> tuple[Text, ...]:
    """A statement as cells: who (and, of one of a case, `e`, which actor that is, where the words do not say it, by
    what chance if that is a guess, else how likely if less than sure) and with which words, what, how (the act by what
    chance), and how sure the words are."""
    s, source = w.statement, line(w.source or "")
    who = Text(source or "no source", STYLES["source"] if source else "dim")
    if e and e.actor and (actor := line(e.actor)).casefold() not in source.casefold():
        sure = f" ({e.less_than_sure:.2f})" if e.less_than_sure is not None else ""
        who.append(f"\n= {actor}{sure}" if e.chance is None else f"\nperhaps {actor} ({e.chance:.2f})", "dim")
    if w.cue:
        who.append(f"\n{line(w.cue)}", STYLES["cue"])
    how = Text(f"{s.act} {s.act_probability:.2f}\n{s.mode}\n").append(s.sourcing, "dim")
    return who, said(w), how, Text(f"{s.confidence:.2f}")


def said(w: Worded) -> Text:
    """What is said, in its colour."""
    return Text(line(" … ".join(w.content)), STYLES["content"])


def where(about: Entry | Passage) -> str:
    """Where something stands: the document by what it goes by, and its day."""
    return line(f"{about.name}, {day(about.published)}")


def day(published: str | None, none: str = "no date") -> str:
    return (published or none)[:10]


def minute(when: str | None, none: str = "") -> str:
    """A time to the minute."""
    return (when or none)[:16].replace("T", " ")


def line(text: str) -> str:
    """`text` on one line, without what could turn or hide it."""
    return " ".join(visible(text).split())


def first(rows: Iterator[T], limit: int | None) -> tuple[list[T], int]:
    """The rows of a list that are shown, and how many it has."""
    shown = list(islice(rows, limit))
    return shown, len(shown) + sum(1 for _ in rows)


def print_first(table: Table, of: int, what: str) -> None:
    """The first rows of a list, how many it has, and of one that is cut, what shows all."""
    if shown := table.row_count:
        screen.print(table)
    cut = f"the first {shown:,} of {counted(of, what)}: --all or --limit N shows more"
    screen.print(Text(counted(of, what) if shown == of else cut))


def print_rest(total: int, how: str = "--json lists all", *, shown: int | None = None) -> None:
    """Of a list that is cut, at `SHOWN` unless told: how many more there are, and what lists them."""
    left = total - (SHOWN if shown is None else shown)
    if left > 0:
        tell(f"and {left:,} more: {how}", "dim")


def print_list(table: Table, total: int) -> None:
    """A list, cut at `SHOWN`, of so many rows; nothing of one that has none."""
    if total:
        screen.print(table)
        print_rest(total)


def piped(as_json: bool, rows: Iterable[dict[str, Any]]) -> bool:
    """Whether JSON is asked for, or goes into a pipe: then the rows are printed so."""
    if asked := as_json or not screen.is_terminal:
        print_json(rows)
    return asked


def print_json(rows: Iterable[dict[str, Any]]) -> None:
    from stemmata.export.rows import SCHEMA

    try:
        for r in rows:
            sys.stdout.write(json.dumps({"schema": SCHEMA} | r, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read it has what they wanted
        drop_output()


def leftover_row(x: ShownLeftOver) -> dict[str, Any]:
    return {
        "document": x.document, "outlet": x.outlet, "kind": x.kind, "start": x.span.start, "end": x.span.end,
        "text": x.words,
    }  # fmt: skip


def text_row(d: Document) -> dict[str, Any]:
    """An article as read, with the text that the offsets of all rows about it count in."""
    return {"kind": "text", **document_row(d), "text": d.text}


def document_row(d: Document) -> dict[str, Any]:
    return {
        "id": d.id, "url": d.url, "outlet": d.outlet, "title": d.title, "published": d.published, "author": d.author,
        "lang": d.lang, "credits": [{"name": c.name, "start": c.span.start, "end": c.span.end} for c in d.credits],
        "sha256": d.evidence.sha256 if d.evidence else None, "location": d.evidence.location if d.evidence else None,
        "read_at": d.evidence.read_at if d.evidence else None,
    }  # fmt: skip
