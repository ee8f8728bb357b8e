"""What verbs show: tables for any width, JSON Lines, articles with their statements marked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rich.table import Table
from rich.text import Text

from stemmata.cli.app import drop_output, screen
from stemmata.model import Document, Statement
from stemmata.pages.marked import counted, visible

if TYPE_CHECKING:
    from stemmata.case.lineage import ShownLeftOver
    from stemmata.pages.drawing import State

T = TypeVar("T")
STYLES = {"source": "bold blue", "cue": "magenta", "content": "yellow", "text": ""}
STATES: Final = {"confirmed": "bold green", "rejected": "dim strike"}
SHOWN = 200  # rows of a table on a terminal: more are asked for with --all, or piped


def print_document(
    d: Document, found: Iterable[Statement], *, held: bool = True, states: Mapping[str, State] | None = None
) -> None:
    """An article with its statements marked and listed; its id where a case is to be asked by it (`held`). `states`:
    statement -> what a person said of it, of those that somebody did."""
    from stemmata.pages.marked import pieces

    found = list(found)
    about = (d.outlet, (d.published or "")[:16].replace("T", " "), d.id if held else "")
    screen.print(Text(line(d.title or name_of(d)), "bold"))
    if head := " · ".join(line(x) for x in about if x):
        screen.print(Text(head, "dim"))
    body = Text()
    for piece, role in pieces(d, found):
        body.append(piece, STYLES[role])
    screen.print(body)
    table = listing("who", "what", "how", "sure")
    for s in found:
        source = s.source.of(d.text) if s.source else None
        cue = s.cue.of(d.text) if s.cue else None
        who, *rest = cells(s, source, cue, tuple(part.of(d.text) for part in s.content))
        if states and s.id in states:
            who = Text().append_text(who).append(f"\n{states[s.id]}", STATES[states[s.id]])
        table.add_row(who, *rest)
    screen.print()
    if found:
        screen.print(table)
    screen.print(Text(counted(len(found), "statement")))


def name_of(d: Document) -> str:
    """What stands for a document in a list."""
    from stemmata.case import called

    return called(d.id, d.outlet, d.title, d.evidence.location if d.evidence else None)


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


def cells(
    s: Statement,
    source: str | None,
    cue: str | None,
    content: tuple[str, ...],
    actor: str | None = None,
    chance: float | None = None,
    likely: float | None = None,
) -> tuple[Text, ...]:
    """A statement as cells: who (and which `actor` that is, where the words do not say it, by what `chance` if that is
    a guess, else how `likely` if less than sure) and with which words, what, how, and how sure that is."""
    who = Text(line(source or "no source"), STYLES["source"] if source else "dim")
    if actor and line(actor).casefold() not in line(source or "").casefold():
        sure = f" ({likely:.2f})" if likely is not None else ""
        who.append(f"\n= {line(actor)}{sure}" if chance is None else f"\nperhaps {line(actor)} ({chance:.2f})", "dim")
    if cue:
        who.append(f"\n{line(cue)}", STYLES["cue"])
    how = Text(f"{s.act}, {s.mode}\n").append(s.sourcing, "dim")
    return who, Text(line(" … ".join(content)), STYLES["content"]), how, Text(f"{s.confidence:.2f}")


def line(text: str) -> str:
    """`text` on one line, without what could turn or hide it."""
    return " ".join(visible(text).split())


def first(rows: Iterator[T], limit: int | None) -> tuple[list[T], int]:
    """The rows of a list that are shown, and how many it has."""
    shown = list(islice(rows, limit))
    return shown, len(shown) + sum(1 for _ in rows)


def how_many(shown: int, of: int, what: str) -> Text:
    """The last line of a list: how many rows it has, and of one that is cut, what shows all."""
    if shown == of:
        return Text(counted(of, what))
    return Text(f"the first {shown:,} of {counted(of, what)}: --all or --limit N shows more")


def print_rest(total: int, how: str = "--json lists all", *, shown: int | None = None) -> None:
    """Of a list that is cut, at `SHOWN` unless told: how many more there are, and what lists them."""
    left = total - (SHOWN if shown is None else shown)
    if left > 0:
        screen.print(Text(f"and {left:,} more: {how}", "dim"), soft_wrap=True)


def print_json(rows: Iterable[dict[str, Any]]) -> None:
    try:
        for r in rows:
            sys.stdout.write(json.dumps(r, ensure_ascii=False) + "\n")
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
    from stemmata.export.rows import SCHEMA

    return {"schema": SCHEMA, "kind": "text", **document_row(d), "text": d.text}


def document_row(d: Document) -> dict[str, Any]:
    return {
        "id": d.id, "url": d.url, "outlet": d.outlet, "title": d.title, "published": d.published, "author": d.author,
        "lang": d.lang, "credits": [{"name": c.name, "start": c.span.start, "end": c.span.end} for c in d.credits],
        "sha256": d.evidence.sha256 if d.evidence else None, "location": d.evidence.location if d.evidence else None,
        "read_at": d.evidence.read_at if d.evidence else None,
    }  # fmt: skip
