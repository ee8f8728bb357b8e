"""Stemmata as graphs that other tools read: networkx, GraphML and Graphviz DOT.

A node a document, and one for each lost ancestor; an edge from what a version was made from to it. What a person
rejected is in the graph too, and says so.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from stemmata.case import Case, lineage, name_of
from stemmata.case.verdicts import Decisions, heritage, likely
from stemmata.export.gexf import NOT_XML
from stemmata.model import AGAINST_TIME, GRAVITY, KEPT, Family, is_guess

if TYPE_CHECKING:
    import networkx


def graph(case: Case, decided: Decisions, families: Iterable[Family]) -> networkx.DiGraph[str]:
    """The stemmata of `families` in one directed graph; a digest that tells two stories is one node.

    Of a document: `kind` "version", `name` (by which lists call it), `outlet`, `title`, `published`, `family` (the
    first that it is met in), `undated` (its place rests on its text alone), `leftovers` (what kinds a language model
    left in it). Of a lost ancestor: `kind` "lost", `score`, `family`. Of an edge: `score` (a probability; 1 where a
    person set it), `tied` (documents that may as well be the parent), `guess` (which of the two came first is a guess,
    and nobody confirmed it; `evidence_the_other_way_round` is how likely that is), `changes` (what the version likely
    changed, the gravest first, without what it kept or has as another parent has it), `state` ("suggested",
    "confirmed", "rejected"), and every number that the score rests on as `evidence_NAME`. Lists are text, parted by
    "; ".
    """
    import networkx

    made: networkx.DiGraph[str] = networkx.DiGraph()
    said_of, inherited = decided.of("change"), heritage(case, decided)
    for f in families:
        left: dict[str, list[str]] = defaultdict(list)
        for x in lineage.leftovers(case, f.documents):
            left[x.document].append(x.kind)
        for d in case.documents(among=f.documents):
            about = {"outlet": d.outlet, "title": d.title, "published": d.published}
            made.add_node(
                d.id,
                kind="version",
                name=name_of(d),
                family=made.nodes[d.id]["family"] if d.id in made else f.id,
                undated=d.id in f.undated,
                leftovers="; ".join(dict.fromkeys(left[d.id])),
                **{k: v for k, v in about.items() if v},
            )
        changed: dict[tuple[str, str], set[str]] = defaultdict(set)
        for c in lineage.changes_along(case, f.edges):
            said = said_of.get(c.place)
            if said == "rejected" or not likely(c, said) or inherited(c):
                continue
            changed[c.parent_document, c.child_document].update(c.changes)
        for e in f.edges:
            labels = changed[e.parent, e.child].difference(KEPT)
            made.add_edge(
                e.parent,
                e.child,
                score=e.score,
                tied="; ".join(e.tied),
                changes="; ".join(x for x in GRAVITY if x in labels),
                state=(state := decided.of("edge").get((e.parent, e.child), "suggested")),
                guess=is_guess(e, state),
                **{_attribute(name): value for name, value in e.evidence},
            )
        for lost in f.lost:
            made.add_node(lost.id, kind="lost", family=f.id, score=lost.score)
            for child in lost.children:
                made.add_edge(lost.id, child, score=lost.score, tied="", guess=False, changes="", state="suggested")
    return made


def _attribute(evidence: str) -> str:
    """What the attribute of an edge is called that has this evidence: a name to GML and to Python."""
    return f"evidence_{re.sub(r'[^0-9A-Za-z]+', '_', evidence)}"


def graphml(made: networkx.DiGraph[str]) -> str:
    """A graph as GraphML, for Gephi, yEd and what else reads it. The same graph gives the same text."""
    import networkx

    clean = made.copy()
    for _, values in [*clean.nodes(data=True), *((None, values) for _, _, values in clean.edges(data=True))]:
        values.update({k: NOT_XML.sub(" ", v) for k, v in values.items() if isinstance(v, str)})
    out = BytesIO()
    networkx.write_graphml(networkx.relabel_nodes(clean, {n: NOT_XML.sub(" ", n) for n in clean}), out)
    return out.getvalue().decode("utf-8") + "\n"


def dot(made: networkx.DiGraph[str]) -> str:
    """A graph as Graphviz DOT: a lost ancestor and what rests on it dashed, what a person rejected grey; an edge whose
    direction is a guess has a head at both ends."""
    lines = ["digraph stemma {", "  node [shape=box, fontname=sans];", "  edge [fontname=sans, fontsize=10];"]
    for node, about in made.nodes(data=True):
        if about["kind"] == "lost":
            lines.append(f"  {_quoted(node)} [label={_quoted('lost')}, shape=ellipse, style=dashed];")
        else:
            label = "\n".join(x for x in (about["name"], (about.get("published") or "no date")[:16]) if x)
            lines.append(f"  {_quoted(node)} [label={_quoted(label)}];")
    for parent, child, about in made.edges(data=True):
        style: dict[str, Any] = {"label": f"{about['score']:.2f}"}
        if about["tied"]:
            style["label"] += f"\nor from {about['tied']}"
        if about["guess"]:
            style["label"] += "\na guess which came first"
            style["dir"] = "both"
        if _attribute(AGAINST_TIME) in about and about["state"] != "confirmed":
            style["label"] += "\nby its wording first"
        if made.nodes[parent]["kind"] == "lost":
            style["style"] = "dashed"
        if about["state"] == "rejected":
            style["color"] = style["fontcolor"] = "grey"
            style["label"] += "\nrejected"
        said = ", ".join(f"{k}={_quoted(v)}" for k, v in style.items())
        lines.append(f"  {_quoted(parent)} -> {_quoted(child)} [{said}];")
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    """A string of DOT, which escapes as JSON does, but has no way to write a control character."""
    shown = "".join(x if x == "\n" or x.isprintable() else " " for x in text)
    return json.dumps(shown, ensure_ascii=False)
