"""Verbs on families: collate, families, tree, changes, compare; and the demo, which ends with them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text
from rich.tree import Tree

from stemmata.cli.app import AsJson, CasePath, Private, app, notes, opened, screen
from stemmata.cli.articles import print_added, watched_add
from stemmata.cli.shown import SHOWN, STYLES, line, listing, print_document, print_json
from stemmata.model import Document, Refusal, StemmataError

if TYPE_CHECKING:
    from stemmata.desk import Case
    from stemmata.model import Edge, Family, ShownChange

SOFT = {"verbatim", "paraphrased", "added", "omitted"}
ALARM = {
    "quote-fabricated": "bold red", "negated": "bold red", "quote-altered": "red", "number-changed": "red",
    "attribution-shifted": "magenta", "attribution-dropped": "magenta", "credit-dropped": "magenta",
}  # fmt: skip


@app.command()
def collate(path: CasePath) -> None:
    """Brings the articles of a case together: who speaks, which versions come from one text, what each changed."""
    with opened(path) as case:
        with notes.status("collating"):
            case.collate()
        print_families(case)


@app.command()
def families(path: CasePath, as_json: AsJson = False) -> None:
    """Lists the families of a case: N outlets, how many origins. What is shown is suggested; look before you tell."""
    with opened(path) as case:
        collated(case)
        if as_json or not screen.is_terminal:
            print_json(family_row(f) for f in case.families())
        else:
            print_families(case)


@app.command()
def tree(
    path: CasePath,
    family: Annotated[
        str, typer.Argument(metavar="FAMILY", help="id of a family or its beginning, or a document's id")
    ],
    dot: Annotated[bool, typer.Option(help="Graphviz DOT instead of a drawing")] = False,
) -> None:
    """Draws a family's tree: which version was likely made from which."""
    from stemmata.case import lineage

    with opened(path) as case:
        collated(case)
        found = lineage.family(case, family)
        if dot:
            sys.stdout.write(graphviz(case, found))
        else:
            screen.print(drawn_tree(case, found))


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
    with opened(path) as case:
        collated(case)
        rows = [r for r in case.changes(family) if not loud or set(r.change.changes) - SOFT]
        print_changes(rows, as_json=as_json or not screen.is_terminal)


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
    print_changes(rows, as_json=as_json or not screen.is_terminal)
    if failing & {label for r in rows for label in r.change.changes}:
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
        with opened(target, create=True) as case:
            done = watched_add(case, [str(sample)], broad=False, private=False, workers=0)
            print_added(done, target)
            first = next(case.documents())
            print_document(first, [e.statement for e in case.statements(document=first.id)])
            with notes.status("collating"):
                case.collate()
            screen.print()
            print_families(case)
            for found in case.families():
                screen.print(drawn_tree(case, found))
                screen.print(Text("\nIts five gravest changes, as suggested:", "bold"))
                loud = [r for r in case.changes(found) if set(r.change.changes) - SOFT and r.change.score >= 0.5]
                print_changes(loud[:5], as_json=False)
    if path:
        screen.print(Text(f"\nGo on with: stemmata statements {path}   stemmata changes {path} FAMILY"))


def collated(case: Case) -> None:
    """Refuses a case that was never collated; says so where articles came in since."""
    from stemmata.case import growth

    if not growth.is_collated(case):
        raise StemmataError(f"{case.path.name} is not collated yet: stemmata collate {case.path}")
    if growth.is_stale(case):
        notes.print(Text(f"articles came in since {case.path.name} was collated: stemmata collate {case.path}"))


def print_families(case: Case) -> None:
    from stemmata.case import lineage

    found = case.families()
    held = {d.id: d for d in case.documents()}
    alone = len(held) - sum(len(f.documents) for f in found)
    origins = alone + sum(max(1, len(lineage.origins(f))) for f in found)
    outlets = len({d.outlet or d.id for d in held.values()})
    screen.print(
        Text(f"{outlets:,} outlets, {origins:,} origins", "bold").append("  as suggested: look at both wordings", "dim")
    )
    table = listing("family", "versions", "first told by", "gravest change")
    for f in found[:SHOWN]:
        first = held[(lineage.origins(f) or list(f.documents))[0]]
        gravest = next((", ".join(r.change.changes) for r in case.changes(f)), "")
        told_by = f"{line(first.outlet or first.id)}, {(first.published or 'no date')[:10]}"
        table.add_row(Text(f.id), f"{len(f.documents)}", Text(told_by), Text(gravest))
    screen.print(table)


def family_row(f: Family) -> dict[str, Any]:
    edges = [{"parent": e.parent, "child": e.child, "score": e.score} for e in f.edges]
    return {"id": f.id, "documents": list(f.documents), "edges": edges}


def drawn_tree(case: Case, found: Family) -> Tree:
    from stemmata.case import lineage

    held = {k: case.document(k) for k in found.documents}
    loud: dict[tuple[str, str], list[str]] = {}
    for r in case.changes(found):
        pair = (r.change.parent_document, r.change.child_document)
        loud.setdefault(pair, []).extend(x for x in r.change.changes if x not in SOFT)

    def label(k: str, edge: Edge | None, other: list[str]) -> Text:
        d = held[k]
        text = Text(line(d.outlet or d.id), "bold").append(f"  {(d.published or 'no date')[:16]}  {d.id}", "dim")
        if edge:
            text.append(f"  {edge.score:.0%}", "dim")
            for change in dict.fromkeys(loud.get((edge.parent, k), ())):
                text.append(f"  {change}", ALARM.get(change, "yellow"))
        if other:
            text.append(f"  also from {', '.join(line(held[p].outlet or p) for p in other)}", "dim italic")
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


def graphviz(case: Case, found: Family) -> str:
    def quoted(text: str) -> str:
        return json.dumps(line(text), ensure_ascii=False)

    nodes = [f"  {quoted(d.id)} [label={quoted(d.outlet or d.id)}];" for d in map(case.document, found.documents)]
    edges = [f'  {quoted(e.parent)} -> {quoted(e.child)} [label="{e.score:.2f}"];' for e in found.edges]
    return "\n".join([f"digraph {quoted(found.id)} {{", *nodes, *edges, "}", ""])


def print_changes(rows: Sequence[ShownChange], *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "parent_document": r.change.parent_document, "child_document": r.change.child_document,
                "claim": r.change.claim, "changes": list(r.change.changes), "score": r.change.score,
                "before": r.before, "after": r.after,
            }
            for r in rows
        )  # fmt: skip
        return
    table = listing("change", "before", "after", "in", "sure")
    for r in rows:
        named = Text("\n").join(Text(x, ALARM.get(x, "yellow" if x not in SOFT else "dim")) for x in r.change.changes)
        sides = (Text(line(x or "—"), STYLES["content"] if x else "dim") for x in (r.before, r.after))
        table.add_row(named, *sides, Text(line(r.change.child_document), "dim"), f"{r.change.score:.2f}")
    screen.print(table)
