"""The network of actors and claims as GEXF 1.3, for Gephi and what else reads it.

Two kinds of nodes and an edge for each pair of an actor and a claim, agreeing or disagreeing, as discourse network
analysis has it (Leifeld 2017, "Discourse Network Analysis: Policy Debates as Dynamic Networks"): its one-mode networks,
of actors or of claims, can be made from it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final
from xml.etree import ElementTree as Xml

from stemmata.model import Actor, Claim, Dispute, Document, Family, Statement

_NAMESPACE = "http://gexf.net/1.3"
_OF_NODES: Final = {"kind": "string", "side": "string"}
_OF_EDGES: Final = {
    "qualifier": "string", "sign": "integer", "articles": "integer", "first": "string", "last": "string",
    "confidence": "double", "state": "string",
}  # fmt: skip
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def gexf(
    actors: Iterable[Actor],
    claims: Iterable[Claim],
    statements: Iterable[Statement],
    disputes: Iterable[Dispute],
    *,
    documents: Iterable[Document] = (),
    families: Iterable[Family] = (),
    sides: Mapping[str, str] | None = None,
    confirmed: Collection[tuple[str | None, ...]] = (),
    turned: Collection[str] = (),
) -> str:
    """The text of a GEXF file. An edge agrees where the actor makes the claim, disagrees where it disputes it, or where
    a version has it say the contrary (`turned`: the statements that tell their claim the other way round).

    Its weight is how many origins say so: the versions of one family count once, however many outlets took the story
    over. `sign` is 1 where it agrees, -1 where it disagrees. `articles` is how many say so, copies among them, `first`
    and `last` are the days of these (of `documents`), empty where none has a date, and `confidence` is the greatest of
    what its statements, or disputes, are given. `state` is "confirmed" where a person confirmed any of these (ids of
    `confirmed`: of a statement, or of both statements of a dispute), else "suggested". Nodes are of a `kind` (an
    actor's, or claim); an actor has the `side` that a person put it on. The same input gives the same text: the day of
    writing stands nowhere in it.
    """
    who, what = {a.id: a for a in actors}, {c.id: c for c in claims}
    told = {s.id: s for s in statements}
    origin = {d: f.id for f in families for d in f.documents}
    day = {d.id: d.published[:10] for d in documents if d.published}
    said_in: dict[tuple[str, str, str], set[str]] = defaultdict(set)  # actor, claim, qualifier -> documents
    surest: dict[tuple[str, str, str], float] = defaultdict(float)
    stated: set[tuple[str, str, str]] = set()  # what a person confirmed

    def tie(actor: str, claim: str, qualifier: str, document: str, chance: float, *place: str) -> None:
        said_in[actor, claim, qualifier].add(document)
        stated.update([(actor, claim, qualifier)] if place in confirmed else ())
        surest[actor, claim, qualifier] = max(surest[actor, claim, qualifier], chance)

    for s in told.values():
        if s.actor in who and s.claim in what:
            way = "disagree" if s.id in turned else "agree"
            tie(s.actor or "", s.claim or "", way, s.document, s.confidence, s.id)
    for x in disputes:
        by, of = told.get(x.by_statement), told.get(x.of_statement)
        if by and of and by.actor in who and of.claim in what:
            tie(by.actor or "", of.claim or "", "disagree", by.document, x.score, by.id, of.id)
    met = {end for a, c, _ in said_in for end in (f"actor:{a}", f"claim:{c}")}

    root = Xml.Element("gexf", {"xmlns": _NAMESPACE, "version": "1.3"})
    graph = Xml.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    for of_what, columns in (("node", _OF_NODES), ("edge", _OF_EDGES)):
        listed = Xml.SubElement(graph, "attributes", {"class": of_what, "mode": "static"})
        for name, kind in columns.items():
            Xml.SubElement(listed, "attribute", {"id": name, "title": name, "type": kind})
    nodes = Xml.SubElement(graph, "nodes")
    labels = [(f"actor:{k}", a.name, {"kind": a.kind, "side": (sides or {}).get(k)}) for k, a in who.items()]
    labels += [(f"claim:{k}", c.gist, {"kind": "claim", "side": None}) for k, c in what.items()]
    for name, label, values in labels:
        if name in met:
            node = Xml.SubElement(nodes, "node", {"id": name, "label": NOT_XML.sub(" ", label)})
            _put(node, values)
    made = Xml.SubElement(graph, "edges")
    for number, (a, c, qualifier) in enumerate(sorted(said_in)):
        told_in = said_in[a, c, qualifier]
        weight = len({origin.get(d, d) for d in told_in})
        days = sorted(day[d] for d in told_in if d in day)
        ends = {"id": str(number), "source": f"actor:{a}", "target": f"claim:{c}", "weight": str(weight)}
        edge = Xml.SubElement(made, "edge", ends)
        _put(
            edge,
            {
                "qualifier": qualifier,
                "sign": 1 if qualifier == "agree" else -1,
                "articles": len(told_in),
                "first": days[0] if days else "",
                "last": days[-1] if days else "",
                "confidence": round(surest[a, c, qualifier], 3),
                "state": "confirmed" if (a, c, qualifier) in stated else "suggested",
            },
        )
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _put(element: Xml.Element, values: Mapping[str, object]) -> None:
    """The values of a node or an edge, those that there are."""
    listed = Xml.SubElement(element, "attvalues")
    for name, value in values.items():
        if value is not None:
            Xml.SubElement(listed, "attvalue", {"for": name, "value": NOT_XML.sub(" ", str(value))})
