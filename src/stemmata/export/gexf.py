"""The network of actors and claims as GEXF 1.3, for Gephi and what else reads it.

Two kinds of nodes and an edge for each pair of an actor and a claim, agreeing or disagreeing, as discourse network
analysis has it (Leifeld 2017, "Discourse Network Analysis: Policy Debates as Dynamic Networks"): its one-mode networks,
of actors or of claims, can be made from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as Xml

from stemmata.model import Actor, Claim, Dispute, Statement

_NAMESPACE = "http://gexf.net/1.3"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def gexf(
    actors: Iterable[Actor], claims: Iterable[Claim], statements: Iterable[Statement], disputes: Iterable[Dispute]
) -> str:
    """The text of a GEXF file. An edge agrees where the actor makes the claim, disagrees where it disputes it; its
    weight is how many statements say so, and counts under 0 in `sign` where it disagrees. The same input gives the
    same text: no date stands in it."""
    who, what = {a.id: a for a in actors}, {c.id: c for c in claims}
    told = {s.id: s for s in statements}
    edges: dict[tuple[str, str, str], int] = {}
    for s in told.values():
        if s.actor in who and s.claim in what:
            key = (s.actor or "", s.claim or "", "agree")
            edges[key] = edges.get(key, 0) + 1
    for d in disputes:
        by, of = told.get(d.by_statement), told.get(d.of_statement)
        if by and of and by.actor in who and of.claim in what:
            key = (by.actor or "", of.claim or "", "disagree")
            edges[key] = edges.get(key, 0) + 1
    met = {end for a, c, _ in edges for end in (f"actor:{a}", f"claim:{c}")}

    root = Xml.Element("gexf", {"xmlns": _NAMESPACE, "version": "1.3"})
    graph = Xml.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    columns = Xml.SubElement(graph, "attributes", {"class": "node", "mode": "static"})
    Xml.SubElement(columns, "attribute", {"id": "kind", "title": "kind", "type": "string"})
    columns = Xml.SubElement(graph, "attributes", {"class": "edge", "mode": "static"})
    Xml.SubElement(columns, "attribute", {"id": "qualifier", "title": "qualifier", "type": "string"})
    Xml.SubElement(columns, "attribute", {"id": "sign", "title": "sign", "type": "integer"})
    nodes = Xml.SubElement(graph, "nodes")
    labels: list[tuple[str, str, str]] = [(f"actor:{k}", a.name, a.kind) for k, a in who.items()]
    labels += [(f"claim:{k}", c.gist, "claim") for k, c in what.items()]
    for name, label, kind in labels:
        if name in met:
            node = Xml.SubElement(nodes, "node", {"id": name, "label": NOT_XML.sub(" ", label)})
            values = Xml.SubElement(node, "attvalues")
            Xml.SubElement(values, "attvalue", {"for": "kind", "value": kind})
    made = Xml.SubElement(graph, "edges")
    for number, ((a, c, qualifier), count) in enumerate(sorted(edges.items())):
        ends = {"id": str(number), "source": f"actor:{a}", "target": f"claim:{c}", "weight": str(count)}
        edge = Xml.SubElement(made, "edge", ends)
        values = Xml.SubElement(edge, "attvalues")
        Xml.SubElement(values, "attvalue", {"for": "qualifier", "value": qualifier})
        sign = count if qualifier == "agree" else -count
        Xml.SubElement(values, "attvalue", {"for": "sign", "value": str(sign)})
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"
