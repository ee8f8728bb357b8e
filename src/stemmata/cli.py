"""The verbs. The only place that prints and exits."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
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
from rich.tree import Tree

from stemmata import __version__
from stemmata.model import ACTS, SOURCINGS, Document, Refusal, Statement, StemmataError

if TYPE_CHECKING:
    from stemmata.case import Entry, Put
    from stemmata.desk import Added, Case
    from stemmata.model import Edge, Family, ShownChange

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
    """Runs a verb. A caller's mistake is one line on stderr and exit 1; a closed pipe is quiet."""
    try:
        app(standalone_mode=True)
    except StemmataError as mistake:
        notes.print(Text(f"stemmata: {mistake}"), soft_wrap=True)
        sys.exit(1)
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
    with Progress(*columns, console=notes, transient=True, disable=not notes.is_terminal) as progress:
        task = progress.add_task("reading", total=None)

        def watch(event: Put | Refusal) -> None:
            if not isinstance(event, Refusal):
                progress.update(task, advance=1)

        try:
            return case.add(
                *sources, settings=Settings(broad=broad), allow_private=private, workers=workers or None, watch=watch
            )
        except KeyboardInterrupt:
            progress.stop()
            notes.print("stopped; what was finished is kept, and the same command goes on from there")
            raise typer.Exit(130) from None


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
    screen.print(
        Text(f"{path.name}: {', '.join(parts) or 'nothing to add'}; {done.statements:,} statements found"),
        soft_wrap=True,
    )
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
def collate(path: CasePath) -> None:
    """Brings the articles of a case together: who speaks, which versions come from one text, what each changed."""
    with _case(path) as case:
        with notes.status("collating"):
            case.collate()
        _print_families(case)


@app.command()
def families(path: CasePath, as_json: AsJson = False) -> None:
    """Lists the families of a case: N outlets, how many origins. What is shown is suggested; look before you tell."""
    with _case(path) as case:
        _collated(case)
        if as_json or not screen.is_terminal:
            _print_json(_family_row(f) for f in case.families())
        else:
            _print_families(case)


@app.command()
def tree(
    path: CasePath,
    family: Annotated[
        str, typer.Argument(metavar="FAMILY", help="id of a family or its beginning, or a document's id")
    ],
    dot: Annotated[bool, typer.Option(help="Graphviz DOT instead of a drawing")] = False,
) -> None:
    """Draws a family's tree: which version was likely made from which."""
    from stemmata import lineage

    with _case(path) as case:
        _collated(case)
        found = lineage.family(case, family)
        if dot:
            sys.stdout.write(_dot(case, found))
        else:
            screen.print(_tree(case, found))


@app.command()
def changes(
    path: CasePath,
    family: Annotated[
        str, typer.Argument(metavar="FAMILY", help="id of a family or its beginning, or a document's id")
    ],
    loud: Annotated[bool, typer.Option(help="leave out what was only reworded or left out or added")] = False,
    as_json: AsJson = False,
) -> None:
    """Lists what the versions of a family changed, the gravest first, with the words of both sides."""
    with _case(path) as case:
        _collated(case)
        rows = [r for r in case.changes(family) if not loud or set(r.change.changes) - _SOFT]
        _print_changes(rows, as_json=as_json or not screen.is_terminal)


@app.command()
def compare(
    parent: Annotated[
        str, typer.Argument(metavar="PARENT", help="the text that the other was made from: a file or URL")
    ],
    child: Annotated[str, typer.Argument(metavar="CHILD", help="the later text: a rewrite, a draft")],
    fail_on: Annotated[str, typer.Option(help="labels, with commas: exit 1 where one is found")] = "",
    private: Private = False,
    as_json: AsJson = False,
) -> None:
    """Shows what one text did to the claims of another, without a case. For a draft against its source, say."""
    from stemmata import flow, read
    from stemmata.desk import encoder
    from stemmata.model import CHANGE_LABELS

    failing = {x.strip() for x in fail_on.split(",") if x.strip()}
    if unknown := failing - set(CHANGE_LABELS):
        raise StemmataError(f"{', '.join(sorted(unknown))}: no such change; choose from {', '.join(CHANGE_LABELS)}")
    both = []
    for source in (parent, child):
        items = list(read.documents([source], allow_private=private))
        for item in items:
            if isinstance(item, Refusal):
                raise StemmataError(f"{item.location}: {item.reason}")
        if len(items) != 1:
            raise StemmataError(f"{source} holds {len(items)} articles: compare takes one article on each side")
        both += items
    before, after = (flow.analysis(d, encoder(), flow.Settings()) for d in both if isinstance(d, Document))
    for told in (before, after):
        for refusal in told.refusals:
            raise StemmataError(f"{refusal.location}: {refusal.reason}")
    if before.document.id == after.document.id:
        screen.print("the two texts are the same")
        return
    rows = flow.comparison(before, after)
    _print_changes(rows, as_json=as_json or not screen.is_terminal)
    if failing & {label for r in rows for label in r.change.changes}:
        raise typer.Exit(1)


@app.command()
def actors(path: CasePath, as_json: AsJson = False) -> None:
    """Lists who speaks in a case, and how often."""
    with _case(path) as case:
        _collated(case)
        sql = """SELECT actors.id, name, kind, aliases, count(*), count(DISTINCT document) FROM actors
            JOIN statements ON statements.actor = actors.id GROUP BY actors.id ORDER BY 5 DESC, name"""
        found = [(*r[:3], json.loads(r[3]), *r[4:]) for r in case.rows(sql)]
        if as_json or not screen.is_terminal:
            names = ("id", "name", "kind", "aliases", "statements", "documents")
            _print_json(dict(zip(names, r, strict=True)) for r in found)
            return
        table = _listing("actor", "kind", "statements", "documents", "also")
        for _id, name, kind, aliases, told, where in found[:SHOWN]:
            also = ", ".join(a for a in aliases if a != name)
            table.add_row(Text(_line(name), STYLES["source"]), kind, f"{told:,}", f"{where:,}", Text(_line(also)))
        screen.print(table)


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
    screen.print(Text(f"{folder}: " + ", ".join(f"{n:,} {name}" for name, n in counts.items())), soft_wrap=True)


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
            with notes.status("collating"):
                case.collate()
            screen.print()
            _print_families(case)
            for found in case.families():
                screen.print(_tree(case, found))
                screen.print(Text("\nIts five gravest changes, as suggested:", "bold"))
                loud = [r for r in case.changes(found) if set(r.change.changes) - _SOFT and r.change.score >= 0.5]
                _print_changes(loud[:5], as_json=False)
    if path:
        screen.print(Text(f"\nGo on with: stemmata statements {path}   stemmata changes {path} FAMILY"))


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
        ratio = {
            "who": 3,
            "what": 6,
            "where": 2,
            "title": 3,
            "outlet": 2,
            "id": 2,
            "credits": 2,
            "before": 4,
            "after": 4,
            "in": 2,
            "actor": 3,
            "also": 4,
            "first told by": 3,
            "gravest change": 3,
        }.get(name)
        table.add_column(name, ratio=ratio, no_wrap=ratio is None, overflow="fold")
    return table


def _cells(s: Statement, source: str | None, cue: str | None, content: tuple[str, ...]) -> tuple[Text, ...]:
    """A statement as cells: who and with which words, what, how, and how sure that is."""
    who = Text(_line(source or "no source"), STYLES["source"] if source else "dim")
    if cue:
        who.append(f"\n{_line(cue)}", STYLES["cue"])
    how = Text(f"{s.act}, {s.mode}\n").append(s.sourcing, "dim")
    return who, Text(_line(" … ".join(content)), STYLES["content"]), how, Text(f"{s.confidence:.2f}")


_SOFT = {"verbatim", "paraphrased", "added", "omitted"}
_ALARM = {
    "quote-fabricated": "bold red", "negated": "bold red", "quote-altered": "red", "number-changed": "red",
    "attribution-shifted": "magenta", "attribution-dropped": "magenta", "credit-dropped": "magenta",
}  # fmt: skip


def _collated(case: Case) -> None:
    from stemmata import lineage

    if lineage.is_stale(case):
        raise StemmataError(f"articles came in since {case.path.name} was collated: stemmata collate {case.path}")


def _print_families(case: Case) -> None:
    from stemmata import lineage

    found = case.families()
    held = {d.id: d for d in case.documents()}
    alone = len(held) - sum(len(f.documents) for f in found)
    origins = alone + sum(max(1, len(lineage.origins(f))) for f in found)
    outlets = len({d.outlet or d.id for d in held.values()})
    screen.print(
        Text(f"{outlets:,} outlets, {origins:,} origins", "bold").append("  as suggested: look at both wordings", "dim")
    )
    table = _listing("family", "versions", "first told by", "gravest change")
    for f in found[:SHOWN]:
        first = held[(lineage.origins(f) or list(f.documents))[0]]
        gravest = next((", ".join(r.change.changes) for r in case.changes(f)), "")
        told_by = f"{_line(first.outlet or first.id)}, {(first.published or 'no date')[:10]}"
        table.add_row(Text(f.id), f"{len(f.documents)}", Text(told_by), Text(gravest))
    screen.print(table)


def _family_row(f: Family) -> dict[str, Any]:
    edges = [{"parent": e.parent, "child": e.child, "score": e.score} for e in f.edges]
    return {"id": f.id, "documents": list(f.documents), "edges": edges}


def _tree(case: Case, found: Family) -> Tree:
    from stemmata import lineage

    held = {k: case.document(k) for k in found.documents}
    loud: dict[tuple[str, str], list[str]] = {}
    for r in case.changes(found):
        pair = (r.change.parent_document, r.change.child_document)
        loud.setdefault(pair, []).extend(x for x in r.change.changes if x not in _SOFT)

    def label(k: str, edge: Edge | None, other: list[str]) -> Text:
        d = held[k]
        text = Text(_line(d.outlet or d.id), "bold").append(f"  {(d.published or 'no date')[:16]}  {d.id}", "dim")
        if edge:
            text.append(f"  {edge.score:.0%}", "dim")
            for change in dict.fromkeys(loud.get((edge.parent, k), ())):
                text.append(f"  {change}", _ALARM.get(change, "yellow"))
        if other:
            text.append(f"  also from {', '.join(_line(held[p].outlet or p) for p in other)}", "dim italic")
        return text

    best: dict[str, Edge] = {}
    for e in sorted(found.edges, key=lambda e: e.score):
        best[e.child] = e
    also = {k: [e.parent for e in found.edges if e.child == k and e != best[k]] for k in best}
    top = Tree(
        Text(f"family {found.id}: {len(found.documents)} versions, as suggested; each edge with its score", "dim")
    )

    def grow(node: Tree, k: str) -> None:
        for e in sorted(
            (e for e in best.values() if e.parent == k), key=lambda e: (held[e.child].published or "", e.child)
        ):
            grow(node.add(label(e.child, e, also[e.child])), e.child)

    for k in lineage.origins(found):
        grow(top.add(label(k, None, [])), k)
    return top


def _dot(case: Case, found: Family) -> str:
    def quoted(text: str) -> str:
        return json.dumps(_line(text), ensure_ascii=False)

    nodes = [f"  {quoted(d.id)} [label={quoted(d.outlet or d.id)}];" for d in map(case.document, found.documents)]
    edges = [f'  {quoted(e.parent)} -> {quoted(e.child)} [label="{e.score:.2f}"];' for e in found.edges]
    return "\n".join([f"digraph {quoted(found.id)} {{", *nodes, *edges, "}", ""])


def _print_changes(rows: Sequence[ShownChange], *, as_json: bool) -> None:
    if as_json:
        _print_json(
            {
                "parent_document": r.change.parent_document, "child_document": r.change.child_document,
                "claim": r.change.claim, "changes": list(r.change.changes), "score": r.change.score,
                "before": r.before, "after": r.after,
            }
            for r in rows
        )  # fmt: skip
        return
    table = _listing("change", "before", "after", "in", "sure")
    for r in rows:
        named = Text("\n").join(Text(x, _ALARM.get(x, "yellow" if x not in _SOFT else "dim")) for x in r.change.changes)
        sides = (Text(_line(x or "—"), STYLES["content"] if x else "dim") for x in (r.before, r.after))
        table.add_row(named, *sides, Text(_line(r.change.child_document), "dim"), f"{r.change.score:.2f}")
    screen.print(table)


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
