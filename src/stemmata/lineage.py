"""What a case holds of families and changes, read back in the shape that people look at."""

from __future__ import annotations

import json

from stemmata.case import Case
from stemmata.model import Change, Edge, Family, ShownChange, StemmataError


def is_stale(case: Case) -> bool:
    """Whether documents came in since the case was last collated."""
    return any(True for _ in case.rows("SELECT 1 FROM statements WHERE claim IS NULL LIMIT 1"))


def families(case: Case) -> list[Family]:
    """The families of a case, the largest first."""
    members: dict[str, list[str]] = {}
    for family, document in case.rows(
        "SELECT family, id FROM documents WHERE family IS NOT NULL ORDER BY published IS NULL, published, id"
    ):
        members.setdefault(family, []).append(document)
    edges: dict[str, list[Edge]] = {}
    for family, parent, child, score in case.rows("SELECT family, parent, child, score FROM edges ORDER BY 1, 3, 2"):
        edges.setdefault(family, []).append(Edge(parent=parent, child=child, score=score))
    found = [Family(id=k, documents=tuple(v), edges=tuple(edges.get(k, ()))) for k, v in members.items()]
    return sorted(found, key=lambda f: (-len(f.documents), f.id))


def family(case: Case, given: str) -> Family:
    """The family whose id begins with `given`, or that holds the document of that id."""
    every = families(case)
    found = [f for f in every if f.id.startswith(given) or given in f.documents]
    if len(found) != 1 or not given:
        known = ", ".join(f.id for f in every[:5]) or "none yet"
        raise StemmataError(f"no single family {given!r} in {case.path.name}; it has {known}")
    return found[0]


def origins(found: Family) -> list[str]:
    """The documents of a family that were made from no other."""
    children = {e.child for e in found.edges}
    return [d for d in found.documents if d not in children]


def changes(case: Case, found: Family) -> list[ShownChange]:
    """The changes along a family's edges, the gravest and surest first."""
    words = {e.statement.id: " … ".join(e.content) for d in found.documents for e in case.statements(document=d)}
    of = set(found.documents)
    fields = ("parent_document", "child_document", "claim", "parent_statement", "child_statement", "score")
    rows = []
    for *values, labels in case.rows(f"SELECT {', '.join(fields)}, changes FROM changes ORDER BY key"):
        change = Change(**dict(zip(fields, values, strict=True)), changes=tuple(json.loads(labels)))
        if change.child_document in of:
            before, after = (words.get(k or "") for k in (change.parent_statement, change.child_statement))
            rows.append(ShownChange(change=change, before=before, after=after))
    return sorted(rows, key=lambda r: r.change.gravity)
