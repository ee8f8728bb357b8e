"""Verbs on articles and what they say: add, renew, statements, documents, show, refusals, export, analyze."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.text import Text

from stemmata.cli.app import (
    AsJson,
    Broad,
    CasePath,
    Panel,
    Private,
    WithText,
    app,
    complain,
    notes,
    opened,
    screen,
    stoppable,
    tell,
    then,
    told_now_and_then,
)
from stemmata.cli.shown import (
    SHOWN,
    STATES,
    cells,
    day,
    document_row,
    first,
    leftover_row,
    line,
    listing,
    minute,
    piped,
    print_document,
    print_first,
    print_json,
    text_row,
)
from stemmata.model import ACTS, SOURCINGS, Refusal
from stemmata.wordings import counted

if TYPE_CHECKING:
    from stemmata.case import Put
    from stemmata.desk import Added, Case

T = TypeVar("T")
Act = StrEnum("Act", {a.upper(): a for a in ACTS})  # type: ignore[misc]
Sourcing = StrEnum("Sourcing", {s.upper().replace("-", "_"): s for s in SOURCINGS})  # type: ignore[misc]
_DAY = "2033-10-10 say, or a year, a month, a time; what has no date is left out"
Since = Annotated[str | None, typer.Option(metavar="DATE", help=f"published then or later: {_DAY}")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="published then or earlier, its end included")]
Search = Annotated[str | None, typer.Option(help='words in it; "a phrase" in quotation marks')]
Limit = Annotated[int | None, typer.Option(min=1, help="so many rows at most")]
TOLD = 20  # lines on what was not read, or read with a remark
FILES = 3  # with one reason for a refusal that are told apart
Counts = Annotated[bool, typer.Option("--json", help="what was done, in numbers, as a row of JSON")]
Format = StrEnum("Format", {f: f for f in ("jsonl", "csv", "parquet")})  # type: ignore[misc]


@app.command(rich_help_panel=Panel.READ)
def add(
    path: CasePath,
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="files, folders, globs, URLs, - for standard input")
    ],
    broad: Broad = False,
    private: Private = False,
    workers: Annotated[int, typer.Option(min=0, help="articles at a time; 0: one a processor, four at most")] = 0,
    strict: Annotated[bool, typer.Option("--strict", help="exit 3 where anything was not read")] = False,
    as_json: Counts = False,
) -> None:
    """Reads articles into a case: what they say is found and kept. Safe to repeat, and to stop at any moment.

    Exits 1 where no article was read at all, with --strict too: no case is made of that.
    """
    with opened(path, create=None) as case:
        done = watched_add(case, sources, broad=broad, private=private, workers=workers)
    print_added(done, path, as_json=as_json)
    if not done.documents:
        raise typer.Exit(1)
    if strict and not all(r.kept for r in done.refusals):
        raise typer.Exit(3)
    if set(done.outcomes) != {"known"}:
        then(f"stemmata collate {path} finds who speaks, which articles come from one text, and what each changed")


@app.command(rich_help_panel=Panel.READ)
def renew(
    earlier: Annotated[
        Path, typer.Argument(metavar="EARLIER", help="a case file of an earlier Stemmata, or another's")
    ],
    path: Annotated[Path, typer.Argument(metavar="CASE", help="the case that takes it over; made if there is none")],
) -> None:
    """Takes a case over into another. Its articles, analysed anew where they have to be, and all that people decided;
    EARLIER stays. So cases that many machines made become one."""
    with opened(path, create=None) as case:  # made when the other was read: a slip in its name makes no empty case
        added, decided = watched(lambda watch: case.renew(earlier, watch=watch))
    print_added(added, path)
    tell(f"{counted(decided, 'decision')} taken over: stemmata log {path}")
    then(f"stemmata collate {path} finds all else anew, and what was decided holds")


def watched_add(case: Case, sources: list[str], *, broad: bool, private: bool, workers: int) -> Added:
    from stemmata.flow import Settings

    settings = Settings(broad=broad)
    return watched(
        lambda watch: case.add(*sources, settings=settings, allow_private=private, workers=workers or None, watch=watch)
    )


def watched(adding: Callable[[Callable[[Put | Refusal], None]], T]) -> T:
    """What `adding` gives, with how many articles are done on the screen meanwhile."""
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TextColumn("articles"),
        TimeElapsedColumn(),
    )
    count = 0
    with (
        stoppable(),
        told_now_and_then(lambda: f"reading: {counted(count, 'article')}"),
        Progress(*columns, console=notes, transient=True, disable=not notes.is_terminal) as progress,
    ):
        task = progress.add_task("reading", total=None)

        def watch(event: Put | Refusal) -> None:
            nonlocal count
            if not isinstance(event, Refusal):
                count += 1
                progress.update(task, advance=1)

        return adding(watch)


_OTHERS = re.compile(r"([\d,]+) files of other kinds")  # of one folder they are told at once


def print_added(done: Added, path: Path, *, as_json: bool = False) -> None:
    names = {
        "added": "added",
        "second-version": "added as second versions (their id stood for another text)",
        "analysed-anew": "analysed anew",
        "known": "known already",
        "not-analysed": "kept but not analysed",
        "remarks": "with a remark",
        "not-read": "not read",
    }
    ends: Counter[str] = Counter()
    for r in done.refusals:
        end = "not-read" if not r.kept else "not-analysed" if r.step in ("encode", "attribute") else "remarks"
        others = _OTHERS.match(r.reason)
        ends[end] += int(others[1].replace(",", "")) if others else 1
    counts = dict.fromkeys(names, 0) | done.outcomes | ends
    if as_json:
        print_json([{k.replace("-", "_"): n for k, n in counts.items()} | {"statements": done.statements}])
    else:
        parts = ", ".join(f"{n:,} {names[k]}" for k, n in counts.items() if n)
        tell(f"{path.name}: {parts or 'nothing to add'}; {counted(done.statements, 'statement')} found")
    told = list(_summed(done.refusals))
    for said in told[:TOLD]:
        complain(said)
    if len(told) > TOLD:
        where = f": stemmata refusals {path}" if path.exists() else ""
        complain(f"and {len(told) - TOLD:,} more kinds{where}")


def _summed(refusals: Iterable[Refusal]) -> Iterator[str]:
    """What is to be said of refusals: a line for those of one reason in one file, or in all files where many have it;
    what was not read first, and then the most frequent."""
    alike: dict[tuple[bool, str], dict[str, list[Refusal]]] = {}
    for r in refusals:
        reason = re.sub(r"“[^”]*”|\([^()]*\)|\d[\d,]*", "…", r.reason)
        file = re.sub(r"#\d+$", "", r.location)
        alike.setdefault((r.kept, reason), {}).setdefault(file, []).append(r)
    groups: list[tuple[int, list[Refusal]]] = []
    for files in alike.values():
        every = [r for found in files.values() for r in found]
        groups += [(len(files), every)] if len(files) > FILES else [(1, found) for found in files.values()]
    for files_of, found in sorted(groups, key=lambda g: (g[1][0].kept, -len(g[1]))):
        first, more = found[0], len(found) - 1
        where = f" in {files_of} files" if files_of > 1 else ""
        yield f"{first.location}: {first.reason}" + (f"; and {more:,} more like it{where}" if more else "")


@app.command(rich_help_panel=Panel.LOOK)
def statements(
    path: CasePath,
    speaker: Annotated[str | None, typer.Option(help="part of the source's or actor's name")] = None,
    outlet: Annotated[str | None, typer.Option(help="part of the outlet's name")] = None,
    act: Annotated[Act | None, typer.Option(help="kind of speech act")] = None,
    sourcing: Annotated[Sourcing | None, typer.Option(help="kind of source")] = None,
    search: Search = None,
    document: Annotated[str | None, typer.Option(help="id of a document, or its beginning")] = None,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="leave out what is less sure")] = None,
    min_act_probability: Annotated[
        float | None, typer.Option(min=0, max=1, help="leave out what has a less likely act")
    ] = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    every: Annotated[bool, typer.Option("--all", help=f"more than {SHOWN} rows on a terminal")] = False,
    as_json: AsJson = False,
) -> None:
    """Lists who said what."""
    from stemmata.case.verdicts import decisions
    from stemmata.export.tables import entry_rows

    with opened(path) as case:
        decided = decisions(case)
        states = decided.of("statement")
        found = case.statements(
            speaker=speaker, outlet=outlet, act=act, sourcing=sourcing, search=search, document=document,
            min_confidence=min_confidence, min_act_probability=min_act_probability, since=since, until=until,
        )  # fmt: skip
        if piped(as_json, entry_rows(case, decided, islice(found, limit))):
            return
        table = listing("where", "who", "what", "how", "sure")
        shown, total = first(found, None if every else limit or SHOWN)
        for e in shown:
            where = Text(line(day(e.published, "")), "dim").append(f"\n{line(e.name)}")
            where.append(f"\n{e.statement.id[:8]}", "dim")
            if state := states.get((e.statement.id,)):
                where.append(f"\n{state}", STATES[state])
            table.add_row(where, *cells(e, e))
        print_first(table, total, "statement")


@app.command(rich_help_panel=Panel.LOOK)
def documents(
    path: CasePath,
    outlet: Annotated[str | None, typer.Option(help="part of the outlet's name")] = None,
    search: Search = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    every: Annotated[bool, typer.Option("--all", help=f"more than {SHOWN} rows on a terminal")] = False,
    as_json: AsJson = False,
) -> None:
    """Lists the articles of a case."""
    from stemmata.case import name_of

    with opened(path) as case:
        found = case.documents(outlet=outlet, search=search, since=since, until=until)
        if piped(as_json, map(document_row, islice(found, limit))):
            return
        table = listing("published", "id", "outlet", "title", "credits", "words")
        shown, total = first(found, None if every else limit or SHOWN)
        for d in shown:
            credited = ", ".join(dict.fromkeys(c.name for c in d.credits))
            table.add_row(
                minute(d.published),
                Text(line(d.id)),
                Text(line(d.outlet or "")),
                Text(line(d.title or "")) if d.title or d.outlet else Text(line(name_of(d)), "dim"),
                Text(line(credited)),
                f"{len(d.text.split()):,}",
            )
        print_first(table, total, "document")


@app.command(rich_help_panel=Panel.LOOK)
def show(
    path: CasePath,
    document: Annotated[str, typer.Argument(metavar="ID", help="id of a document, or its beginning")],
    as_json: AsJson = False,
) -> None:
    """Shows an article with its statements marked. Who says is blue, how magenta, what yellow."""
    from stemmata.case import lineage
    from stemmata.case.verdicts import decisions
    from stemmata.export.tables import entry_rows

    with opened(path) as case:
        d = case.document(document)
        decided = decisions(case)
        found = list(case.statements(document=d.id))
        left = list(lineage.leftovers(case, [d.id]))
        if as_json:
            rows = list(entry_rows(case, decided, found))
            told = {"text": d.text, "statements": rows, "leftovers": list(map(leftover_row, left))}
            print_json([{**document_row(d), **told}])
        else:
            states = {id: state for (id,), state in decided.of("statement").items() if id}
            print_document(d, [e.statement for e in found], states=states)
            for x in left:
                tell(f"a language model’s text ({x.kind}): {line(x.words)}", "cyan")


@app.command(rich_help_panel=Panel.READ)
def refusals(path: CasePath, as_json: AsJson = False) -> None:
    """Lists what was not read or not analysed, and why."""
    with opened(path) as case:
        found = list(case.refusals())
        if piped(as_json, map(asdict, found)):
            return
        if not found:
            screen.print(Text("everything was read and analysed", "dim"))
        for r in found:
            tell(f"{line(r.location)}: {line(r.reason)}")


@app.command(rich_help_panel=Panel.HAND_OUT)
def export(
    path: CasePath,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="where the tables go, one file each")],
    format: Annotated[Format, typer.Option(help="file format")] = Format.jsonl,  # type: ignore[attr-defined]
    force: Annotated[bool, typer.Option(help="write over files of another's")] = False,
) -> None:
    """Writes every table to files that other tools read.

    Beside them stands datapackage.json: what made them, and what every column is.
    """
    from stemmata.export import export as exported

    with opened(path) as case:
        counts = exported(case, folder, format=str(format), force=force)
        own = own_voice(case)
    plain = {name.replace("_", " "): n for name, n in counts.items()}
    told = {name: counted(n, f"{name[:-3]}y" if name.endswith("ies") else name[:-1], name) for name, n in plain.items()}
    if own:
        told["statements"] += f" ({own:,} of them in an outlet’s own voice, found by collate)"
    tell(f"{folder}: {', '.join(told.values())}")


def own_voice(case: Case) -> int:
    """How many statements outlets tell in their own voice: collating finds them, where another tells the same."""
    return int(case.value("SELECT count(*) FROM statements WHERE sourcing = 'outlet'"))


@app.command(rich_help_panel=Panel.READ)
def analyze(
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="a file, a folder, a glob, a URL, or - for standard input")
    ],
    broad: Broad = False,
    private: Private = False,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="leave out what is less sure")] = 0.0,
    text: WithText = False,
    as_json: AsJson = False,
) -> None:
    """Shows who says what in one article, without a case.

    What every field of the JSON is, and what its offsets count: python -m pydoc stemmata.export.rows"""
    from stemmata import flow, read
    from stemmata.case import name_of
    from stemmata.desk import encoder
    from stemmata.export.tables import told_rows
    from stemmata.flow import Settings

    settings = Settings(broad=broad, min_confidence=min_confidence)
    done = 0
    for item in read.documents([source], allow_private=private):
        if isinstance(item, Refusal):
            complain(f"{item.location}: {item.reason}")
            continue
        far = f"analysing {line(name_of(item))}, {counted(len(item.text.split()), 'word')}"
        with told_now_and_then(lambda far=far: far), notes.status(Text(far)):  # type: ignore[misc]
            told = flow.alone(flow.analysed(item, encoder(), settings))
        for refusal in told.refusals:
            complain(f"{refusal.location}: {refusal.reason}")
        done += not told.refusals
        if as_json or text or not screen.is_terminal:
            found = [{"kind": "statement"} | row for row in told_rows(told.statements, item)]
            print_json([text_row(item), *found] if text else found)
        else:
            print_document(item, told.statements, held=False)
    if not done:
        raise typer.Exit(1)
