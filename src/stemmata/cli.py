"""The verbs. The only place that prints and exits."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stemmata import __version__
from stemmata.model import ACTS, SOURCINGS, Document, Refusal, Statement, StemmataError

if TYPE_CHECKING:
    from stemmata.case import Entry, Put
    from stemmata.desk import Added, Case

app = typer.Typer(
    name="stemmata",
    help="Who said it, who copied it, what changed: attribution and lineage of news, on this machine alone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
T = TypeVar("T")
screen = Console(highlight=False)
notes = Console(stderr=True, highlight=False)

STYLES = {"source": "bold blue", "cue": "magenta", "content": "yellow", "text": ""}
SHOWN = 200  # rows of a table on a terminal: more are asked for with --all, or piped

Act = StrEnum("Act", {a.upper(): a for a in ACTS})  # type: ignore[misc]
Sourcing = StrEnum("Sourcing", {s.upper().replace("-", "_"): s for s in SOURCINGS})  # type: ignore[misc]
Format = StrEnum("Format", {f: f for f in ("jsonl", "csv", "parquet")})  # type: ignore[misc]

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="the case file, news.stemmata say")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines (what a pipe gets anyway)")]
Broad = Annotated[bool, typer.Option(help="also beliefs, intentions and feelings told of someone")]
Private = Annotated[bool, typer.Option(help="let URLs lead to this machine and to private networks")]


def main() -> None:
    """Runs a verb. A caller's mistake is one line on stderr and exit 1; Ctrl-C is 130; a closed pipe is quiet."""
    try:
        app(standalone_mode=True)
    except StemmataError as mistake:
        notes.print(Text(f"stemmata: {mistake}"), soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        notes.print("stemmata: stopped; what was finished is kept, and the same command goes on from there")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _version(asked: bool) -> None:
    if asked:
        screen.print(f"stemmata {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    pass


@contextmanager
def _case(path: Path, *, create: bool = False) -> Iterator[Case]:
    from stemmata.desk import Case

    with Case(path, create=create, busy=lambda line: notes.print(Text(line))) as case:
        if case.notice:
            notes.print(Text(case.notice))
        yield case


@app.command()
def add(
    path: CasePath,
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="files, folders, globs, URLs, - for standard input")
    ],
    broad: Broad = False,
    private: Private = False,
    workers: Annotated[int, typer.Option(help="articles at a time; 0 means one for each processor, four at most")] = 0,
) -> None:
    """Reads articles into a case: what they say is found and kept. Safe to repeat, and to stop at any moment."""
    with _case(path, create=True) as case:
        done = _added(case, sources, broad=broad, private=private, workers=workers)
    _print_added(done, path)
    if not done.documents:
        raise typer.Exit(1)


def _added(case: Case, sources: list[str], *, broad: bool, private: bool, workers: int) -> Added:
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from stemmata.flow import Settings
    from stemmata.model import Refusal

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TextColumn("articles"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=notes, transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def watch(event: Put | Refusal) -> None:
            if not isinstance(event, Refusal):
                progress.update(task, advance=1)

        return case.add(
            *sources, settings=Settings(broad=broad), allow_private=private, workers=workers or None, watch=watch
        )


def _print_added(done: Added, path: Path) -> None:
    names = {
        "added": "added",
        "second-version": "added as second versions (their id stood for another text)",
        "analysed-anew": "analysed anew",
        "known": "known already",
    }
    parts = [f"{done.outcomes[k]:,} {name}" for k, name in names.items() if done.outcomes.get(k)]
    kept = sum(r.kept for r in done.refusals)
    left = len(done.refusals) - kept
    if kept:
        parts.append(f"{kept:,} kept but not analysed")
    if left:
        parts.append(f"{left:,} not read")
    screen.print(Text(f"{path.name}: {', '.join(parts) or 'nothing to add'}; {done.statements:,} statements found"))
    for refusal in done.refusals[:20]:
        notes.print(Text(f"  {refusal.location}: {refusal.reason}"), soft_wrap=True)
    if len(done.refusals) > 20:
        notes.print(f"  ... and {len(done.refusals) - 20:,} more: stemmata refusals {path}")


@app.command()
def statements(
    path: CasePath,
    speaker: Annotated[str | None, typer.Option(help="part of the source's or actor's name")] = None,
    outlet: Annotated[str | None, typer.Option(help="part of the outlet's name")] = None,
    act: Annotated[Act | None, typer.Option(help="kind of speech act")] = None,
    sourcing: Annotated[Sourcing | None, typer.Option(help="kind of source")] = None,
    search: Annotated[str | None, typer.Option(help='words in what is said; "a phrase" in quotation marks')] = None,
    document: Annotated[str | None, typer.Option(help="id of a document, or its beginning")] = None,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="leave out what is less sure")] = None,
    every: Annotated[bool, typer.Option("--all", help=f"more than {SHOWN} rows on a terminal")] = False,
    as_json: AsJson = False,
) -> None:
    """Lists who said what."""
    with _case(path) as case:
        found = case.statements(
            speaker=speaker, outlet=outlet, act=act, sourcing=sourcing, search=search, document=document,
            min_confidence=min_confidence,
        )  # fmt: skip
        if as_json or not screen.is_terminal:
            _print_json(map(_entry_row, found))
            return
        table = _listing("where", "who", "what", "how", "sure")
        shown, more = _first(found, None if every else SHOWN)
        for e in shown:
            where = Text(_line((e.published or "")[:10]), "dim").append(f"\n{_line(e.outlet or e.statement.document)}")
            table.add_row(where, *_cells(e.statement, e.source, e.cue, e.content))
        screen.print(table)
        screen.print(Text(f"{len(shown):,} statements" + (", and more: --all shows them" if more else "")))


@app.command()
def documents(
    path: CasePath,
    outlet: Annotated[str | None, typer.Option(help="part of the outlet's name")] = None,
    search: Annotated[str | None, typer.Option(help='words in the text; "a phrase" in quotation marks')] = None,
    every: Annotated[bool, typer.Option("--all", help=f"more than {SHOWN} rows on a terminal")] = False,
    as_json: AsJson = False,
) -> None:
    """Lists the articles of a case."""
    with _case(path) as case:
        found = case.documents(outlet=outlet, search=search)
        if as_json or not screen.is_terminal:
            _print_json(_document_row(d) for d in found)
            return
        table = _listing("published", "id", "outlet", "title", "credits", "words")
        shown, more = _first(found, None if every else SHOWN)
        for d in shown:
            credited = ", ".join(dict.fromkeys(c.name for c in d.credits))
            table.add_row(
                (d.published or "")[:16].replace("T", " "),
                *(Text(_line(x or "")) for x in (d.id, d.outlet, d.title, credited)),
                f"{len(d.text.split()):,}",
            )
        screen.print(table)
        screen.print(Text(f"{len(shown):,} documents" + (", and more: --all shows them" if more else "")))


@app.command()
def show(
    path: CasePath,
    document: Annotated[str, typer.Argument(metavar="ID", help="id of a document, or its beginning")],
    as_json: AsJson = False,
) -> None:
    """Shows an article with its statements marked: who says (blue), how (magenta), what (yellow)."""
    with _case(path) as case:
        d = case.document(document)
        found = [e.statement for e in case.statements(document=d.id)]
        if as_json:
            _print_json([{**_document_row(d), "text": d.text, "statements": _statement_rows(d, found)}])
        else:
            _print_document(d, found)


@app.command()
def refusals(path: CasePath, as_json: AsJson = False) -> None:
    """Lists what was not read or not analysed, and why."""
    with _case(path) as case:
        found = case.refusals()
        if as_json or not screen.is_terminal:
            _print_json({"location": r.location, "step": r.step, "reason": r.reason, "kept": r.kept} for r in found)
            return
        for r in found:
            screen.print(Text(f"{_line(r.location)}: {_line(r.reason)}"), soft_wrap=True)


@app.command()
def export(
    path: CasePath,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="where the tables go, one file each")],
    format: Annotated[Format, typer.Option(help="file format")] = Format.jsonl,  # type: ignore[attr-defined]
) -> None:
    """Writes every table of a case to files that other tools read."""
    from stemmata.export import export as exported

    with _case(path) as case:
        counts = exported(case, folder, format=str(format))
    screen.print(Text(f"{folder}: " + ", ".join(f"{n:,} {name}" for name, n in counts.items())))


@app.command()
def analyze(
    source: Annotated[str, typer.Argument(metavar="FILE", help="a file, a URL, or - for standard input")],
    broad: Broad = False,
    private: Private = False,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="leave out what is less sure")] = 0.0,
    as_json: AsJson = False,
) -> None:
    """Shows who says what in one article, without a case."""
    from stemmata import flow, read
    from stemmata.desk import encoder
    from stemmata.flow import Settings

    settings = Settings(broad=broad, min_confidence=min_confidence)
    done = 0
    for item in read.documents([source], allow_private=private):
        if isinstance(item, Refusal):
            notes.print(Text(f"{item.location}: {item.reason}"), soft_wrap=True)
            continue
        told = flow.analysis(item, encoder(), settings)
        for refusal in told.refusals:
            notes.print(Text(f"{refusal.location}: {refusal.reason}"), soft_wrap=True)
        done += not told.refusals
        if as_json or not screen.is_terminal:
            _print_json(_statement_rows(item, told.statements))
        else:
            _print_document(item, told.statements)
    if not done:
        raise typer.Exit(1)


@app.command()
def demo(
    path: Annotated[Path | None, typer.Option("--case", help="keep the case here (else it is thrown away)")] = None,
) -> None:
    """Reads the shipped sample, an invented story as eleven outlets tell it, and shows what it says."""
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        target = path or Path(scratch) / "sample.stemmata"
        sample = Path(str(files("stemmata") / "sample" / "articles.jsonl"))
        with _case(target, create=True) as case:
            done = _added(case, [str(sample)], broad=False, private=False, workers=0)
            _print_added(done, target)
            first = next(case.documents())
            _print_document(first, [e.statement for e in case.statements(document=first.id)])
            screen.print(Text("\nThe same person in other outlets:", "bold"))
            _print_sample_speaker(case)
    if path:
        screen.print(Text(f"\nGo on with: stemmata statements {path}   stemmata documents {path}"))


def _print_sample_speaker(case: Case) -> None:
    from collections import Counter

    said = Counter(e.source for e in case.statements(sourcing="named-person") if e.source and len(e.source.split()) > 1)
    if not said:
        return
    name = said.most_common(1)[0][0].split()[-1]
    for e in case.statements(speaker=name):
        line = Text(f"{(e.published or '')[:10]}  {_line(e.outlet or ''):<28.28}  ")
        line.append(_line(e.cue or "—"), STYLES["cue"]).append("  ").append(
            _line(" … ".join(e.content)), STYLES["content"]
        )
        line.truncate(max(60, screen.width), overflow="ellipsis")
        screen.print(line)


def _print_document(d: Document, found: Iterable[Statement]) -> None:
    from stemmata.pages.marked import pieces, visible

    found = list(found)
    head = " · ".join(_line(x) for x in (d.outlet, (d.published or "")[:16].replace("T", " "), d.id) if x)
    screen.print(Text(_line(d.title or ""), "bold"))
    screen.print(Text(head, "dim"))
    body = Text()
    for piece, role in pieces(d, found):
        body.append(visible(piece), STYLES[role])
    screen.print(body)
    table = _listing("who", "what", "how", "sure")
    for s in found:
        source = s.source.of(d.text) if s.source else None
        cue = s.cue.of(d.text) if s.cue else None
        table.add_row(*_cells(s, source, cue, tuple(part.of(d.text) for part in s.content)))
    screen.print()
    screen.print(table)
    screen.print(Text(f"{len(found)} statements"))


def _listing(*columns: str) -> Table:
    """A table for any width: what is said gets the room, labels are never cut."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    for name in columns:
        ratio = {"who": 3, "what": 6, "where": 2, "title": 3, "outlet": 2, "id": 2, "credits": 2}.get(name)
        table.add_column(name, ratio=ratio, no_wrap=ratio is None, overflow="fold")
    return table


def _cells(s: Statement, source: str | None, cue: str | None, content: tuple[str, ...]) -> tuple[Text, ...]:
    """A statement as cells: who and with which words, what, how, and how sure that is."""
    who = Text(_line(source or "no source"), STYLES["source"] if source else "dim")
    if cue:
        who.append(f"\n{_line(cue)}", STYLES["cue"])
    how = Text(f"{s.act}, {s.mode}\n").append(s.sourcing, "dim")
    return who, Text(_line(" … ".join(content)), STYLES["content"]), how, Text(f"{s.confidence:.2f}")


def _line(text: str) -> str:
    from stemmata.pages.marked import visible

    return " ".join(visible(text).split())


def _first(rows: Iterator[T], limit: int | None) -> tuple[list[T], bool]:
    shown = list(islice(rows, limit))
    return shown, limit is not None and next(rows, None) is not None


def _print_json(rows: Iterable[dict[str, Any]]) -> None:
    for r in rows:
        sys.stdout.write(json.dumps(r, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _entry_row(e: Entry) -> dict[str, Any]:
    from stemmata.export.tables import entry_row

    about = {"inside": e.statement.inside, "outlet": e.outlet, "published": e.published, "title": e.title}
    return entry_row(e) | about


def _statement_rows(d: Document, found: Iterable[Statement]) -> list[dict[str, Any]]:
    from stemmata.export.tables import statement_row

    return [statement_row(s, d.text) | {"inside": s.inside} for s in found]


def _document_row(d: Document) -> dict[str, Any]:
    return {
        "id": d.id, "url": d.url, "outlet": d.outlet, "title": d.title, "published": d.published, "author": d.author,
        "lang": d.lang, "credits": [{"name": c.name, "start": c.span.start, "end": c.span.end} for c in d.credits],
        "sha256": d.evidence.sha256 if d.evidence else None, "location": d.evidence.location if d.evidence else None,
        "read_at": d.evidence.read_at if d.evidence else None,
    }  # fmt: skip


if __name__ == "__main__":
    main()
