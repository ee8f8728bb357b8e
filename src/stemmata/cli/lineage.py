"""Verbs on families: collate, families, tree, changes, leftovers; and the demo, which ends with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from stemmata.cli.app import (
    AsJson,
    CasePath,
    Panel,
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
from stemmata.cli.articles import Counts, own_voice, print_added, watched_add
from stemmata.cli.shown import (
    SHOWN,
    STYLES,
    day,
    leftover_row,
    line,
    listing,
    piped,
    print_document,
    print_json,
    print_list,
    print_rest,
)
from stemmata.model import StemmataError
from stemmata.wordings import counted, outlets_told

if TYPE_CHECKING:
    from stemmata.case.views import Beginning, ListedFamily
    from stemmata.desk import Case
    from stemmata.model import Family

ORIGINS = 3  # of a family that are named in a list

GivenFamily = Annotated[
    str,
    typer.Argument(
        metavar="FAMILY",
        help="id of a family or its beginning, or a document's id; not needed where there is one family",
        show_default=False,
    ),
]


@app.command(rich_help_panel=Panel.READ)
def collate(
    path: CasePath,
    window: Annotated[
        float | None,
        typer.Option(
            metavar="DAYS",
            min=0,
            help="articles further apart in time are no versions (0: however far they are). Kept for the next time",
            show_default=False,
        ),
    ] = None,
    as_json: Counts = False,
) -> None:
    """Brings the articles of a case together. Who speaks, which versions come from one text, what each changed.

    Exits 3 where a fault of Stemmata kept an article from it: the next collate tries that again."""
    from stemmata.case import verdicts, views

    with opened(path) as case:
        held(case)
        far = "collating"

        def watch(done: int, of: int) -> None:
            nonlocal far
            far = f"collating: {done:,} of {of:,} articles"
            status.update(far)

        with stoppable(), told_now_and_then(lambda: far), notes.status(far) as status:
            grown = case.collate(window_days=window, watch=watch)
        if as_json:
            told = {"documents": grown.documents, "anew": grown.anew, "not_collated": len(grown.refusals)}
            whole = views.held(case, verdicts.decisions(case))
            print_json([told | {"families": whole.families, "origins": whole.origins, "own_voice": own_voice(case)}])
        else:
            print_families(case)
            print_own_voice(case)
        largest = case.value("SELECT family FROM members GROUP BY family ORDER BY count(*) DESC, family LIMIT 1")
        for refusal in grown.refusals:
            complain(f"{refusal.location}: {refusal.reason}")
        if grown.refusals:
            complain(f"all else is done, and stemmata collate {path} tries this again")
            raise typer.Exit(3)
        if largest:
            then(f"stemmata changes {path} {largest} --loud", f"stemmata serve {path} shows all of it in the browser")


@app.command(rich_help_panel=Panel.LOOK)
def families(
    path: CasePath,
    every: Annotated[bool, typer.Option("--all", help=f"more than {SHOWN} rows on a terminal")] = False,
    as_json: AsJson = False,
) -> None:
    """Lists the families of a case: articles of one origin. What is shown is suggested; look before you tell.

    A family whose joining edges a person rejected is listed by its parts (JSON: `parts`)."""
    from stemmata.case.parts import parts_of
    from stemmata.case.verdicts import decisions

    with collated(path) as case:
        if as_json or not screen.is_terminal:
            decided = decisions(case)
            print_json(
                family_row(f) | {"parts": [list(p.documents) for p in parts_of(case, decided, f.id)]}
                for f in case.families()
            )
        else:
            print_families(case, limit=-1 if every else SHOWN)


@app.command(rich_help_panel=Panel.LOOK)
def tree(
    path: CasePath,
    family: GivenFamily = "",
    dot: Annotated[bool, typer.Option(help="Graphviz DOT instead of a drawing")] = False,
    graphml: Annotated[bool, typer.Option(help="GraphML instead of a drawing")] = False,
) -> None:
    """Draws which version was likely made from which. And what is tied, what must have been lost."""
    from stemmata.case import lineage
    from stemmata.cli import drawn

    with collated(path) as case:
        found = lineage.family(case, family)
        if dot or graphml:
            from stemmata.export import graph

            written = graph.dot if dot else graph.graphml
            sys.stdout.write(written(case.graph(found)))
        else:
            drawn.print_tree(case, found)


@app.command(rich_help_panel=Panel.LOOK)
def changes(
    path: CasePath,
    family: GivenFamily = "",
    loud: Annotated[
        bool, typer.Option(help="leave out what was only reworded or left out or added, and what is rejected")
    ] = False,
    rejected: Annotated[bool, typer.Option(help="with --loud: what a person rejected too")] = False,
    unlikely: Annotated[
        bool, typer.Option("--unsure", help="with --loud or --list: what is less sure than 0.50 too")
    ] = False,
    flat: Annotated[
        bool, typer.Option("--list", help="one change a row, the gravest first, with both wordings")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Shows what the versions of a family did to each claim. A row is a claim, a column a version, a sign a change.

    --loud and --list leave out what is less sure than 0.50 and nobody confirmed, and say how much that is; --unsure
    shows it. --loud leaves out too what a version made from two has as one of them has it; --list marks it.

    What every field of the JSON is: python -m pydoc stemmata.export.rows"""
    from stemmata.case import lineage, verdicts
    from stemmata.cli import drawn
    from stemmata.pages.shown import shown_family

    with collated(path) as case:
        found = lineage.family(case, family)
        as_json = as_json or not screen.is_terminal
        wanted = None
        if loud:
            asked: dict[verdicts.Weight, bool] = {"counts": True, "rejected": rejected, "unsure": unlikely}
            wanted = {w for w, is_asked in asked.items() if is_asked}
        decided = verdicts.decisions(case)
        shown = shown_family(case, decided, found)
        if flat:
            weigh = verdicts.weigher(case, decided)
            rows = [r for r in case.changes(found) if wanted is None or weigh(r.change) in {*wanted, "unsure"}]
            known = drawn.said_of(decided, (r.change for r in rows))
            sure = [
                r for r in rows if (state := known[r.change].state) == "rejected" or verdicts.likely(r.change, state)
            ]
            unsure = len(rows) - len(sure)
            rows = rows if unlikely else sure
            if as_json:
                print_json(drawn.changed_row(r, known[r.change]) for r in rows)
            else:
                drawn.print_changes(rows, known=known, shown=shown)
        else:
            unsure = shown.unsure
            lines = [x for x in shown.lines if wanted is None or any(drawn.is_wanted(c, wanted) for c in x.cells)]
            if as_json:
                print_json(drawn.apparatus_row(shown, x, wanted) for x in lines)
            else:
                drawn.print_apparatus(shown, lines, wanted)
        if (wanted or flat) and not unlikely:
            drawn.print_unsure(unsure, "--unsure shows them", to=notes if as_json else screen)
            drawn.print_hanging(case, shown.hanging, to=notes if as_json else screen)
        if wanted:
            drawn.print_inherited(shown.inherited, "--list without --loud shows them", to=notes if as_json else screen)


@app.command(rich_help_panel=Panel.LOOK)
def leftovers(path: CasePath, as_json: AsJson = False) -> None:
    """Lists text that a language model left in articles. Evidence about an article, never a verdict on an outlet."""
    with collated(path) as case:
        found = case.leftovers()
        if piped(as_json, map(leftover_row, found)):
            return
        table = listing("id", "where", "kind", "what")
        for x in found[:SHOWN]:
            words = Text(line(x.words), STYLES["content"])
            table.add_row(Text(line(x.document), "dim"), Text(line(x.name)), x.kind, words)
        print_list(table, len(found))
        many = counted(len(found), "left-over")
        tell(f"{many}: evidence about the article, not a verdict on its outlet")


@app.command(rich_help_panel=Panel.READ)
def demo(
    path: Annotated[Path | None, typer.Option("--case", help="keep the case here (else it is thrown away)")] = None,
) -> None:
    """Reads the shipped sample, and shows what it says. It is an invented story as eleven outlets tell it."""
    import tempfile

    from stemmata.case import verdicts
    from stemmata.cli import drawn
    from stemmata.pages.shown import shown_family

    with tempfile.TemporaryDirectory() as scratch:
        target = path or Path(scratch) / "sample.stemmata"
        sample = Path(str(files("stemmata") / "sample" / "articles.jsonl"))
        with opened(target, create=True) as case:
            done = watched_add(case, [str(sample)], broad=False, private=False, workers=0)
            print_added(done, target)
            first = next(case.documents())
            print_document(first, [e.statement for e in case.statements(document=first.id)])
            with notes.status("collating"):
                case.collate()
            screen.print()
            print_families(case)
            print_own_voice(case)
            decided = verdicts.decisions(case)
            weighed = verdicts.weigher(case, decided)
            for found in case.families():
                drawn.print_tree(case, found, kept=path is not None)
                loud = [r for r in case.changes(found) if weighed(r.change) == "counts"]
                said = f"\nIts {min(5, len(loud))} gravest changes of {len(loud)}, as suggested:"
                screen.print(Text(said, "bold"))
                drawn.print_changes(loud[:5], shown=shown_family(case, decided, found))
    if path:
        then(f"stemmata changes {path}", f"stemmata serve {path} shows all of it in the browser")
    else:
        then(
            "stemmata demo --case sample.stemmata keeps it",
            "stemmata add news.stemmata FILE... reads your own articles",
        )


@contextmanager
def collated(path: Path) -> Iterator[Case]:
    """Opens a case. Refuses one that was never collated; says so where articles came in since, or edges were
    decided."""
    from stemmata.case import collation, parentage

    with opened(path) as case:
        held(case)
        if not collation.is_collated(case):
            raise StemmataError(f"{path.name} is not collated yet: stemmata collate {path}")
        stale = collation.is_stale(case)
        if stale or parentage.undrawn(case):
            since = "articles came in" if stale else "edges were decided"
            tell(f"{since} since {path.name} was collated: stemmata collate {path}", to=notes)
        yield case


def held(case: Case) -> None:
    """Refuses a case that holds nothing yet."""
    if not case.summary().documents:
        raise StemmataError(f"there are no articles in {case.path.name} yet: stemmata add {case.path} FILE...")


def print_families(case: Case, *, limit: int = SHOWN) -> None:
    from stemmata.case import verdicts, views
    from stemmata.pages.signs import by_gravity

    decided = verdicts.decisions(case)
    whole = views.held(case, decided)
    screen.print(
        Text(f"{outlets_told(whole.outlets, whole.unnamed)}, {counted(whole.origins, 'origin')}", "bold").append(
            "  as suggested; an origin is an article that was made from no other", "dim"
        ),
        soft_wrap=True,
    )
    table = listing("family", "versions", "title", "first told by", "gravest change")
    for f in views.largest_families(case, decided, limit=limit):
        gravest = ", ".join(x for x in by_gravity(f.gravest.changes) if x not in verdicts.SOFT) if f.gravest else ""
        table.add_row(Text(f.id), f"{f.versions}", Text(line(f.heading)), _first_told(f), Text(gravest))
    if table.row_count:
        screen.print(table)
    if limit >= 0:
        print_rest(whole.families, f"stemmata families {case.path} --all lists all", shown=limit)


def _first_told(f: ListedFamily) -> Text:
    """The text that a family goes back to; of several, each."""
    told = [f"{line(o.brief.name)}, {_since(o)}{_unsure(o)}" for o in f.origins[:ORIGINS]]
    many = len(f.origins)
    more = [f"and {many - ORIGINS:,} more"] if many > ORIGINS else []
    parted = ["parted by a person"] if f.parts > 1 else []
    return Text("\n".join([*([f"{many:,} origins:"] if many > 1 else []), *told, *more, *parted]))


def _unsure(o: Beginning) -> str:
    return ", by a guess" if o.guessed else ", by its time; by the wording a later one" if o.doubted else ""


def _since(o: Beginning) -> str:
    """The day of an origin; of one without a date, that of the first version that goes back to it."""
    if o.before:
        return f"no date, before {day(o.before.published)}"
    return day(o.brief.published)


def print_own_voice(case: Case) -> None:
    """Why there are more statements now than adding found."""
    if n := own_voice(case):
        tell(f"{counted(n, 'statement')} more, in an outlet’s own voice: what another version has from a source", "dim")


def family_row(f: Family) -> dict[str, Any]:
    told = ("parent", "child", "score", "turned", "against_time")
    edges = [{k: getattr(e, k) for k in told} for e in f.edges]
    return {"id": f.id, "documents": list(f.documents), "edges": edges}
