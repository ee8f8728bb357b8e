"""Families, claims and changes as a case holds them: stored in one go, read back in the shape that people look at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from stemmata.case.documents import Case
from stemmata.model import (
    Actor,
    Change,
    Claim,
    Dispute,
    Edge,
    Family,
    Ground,
    LostAncestor,
    Run,
    ShownChange,
    Span,
    Statement,
    StemmataError,
)

_OF_CHANGE = ("parent_document", "child_document", "claim", "parent_statement", "child_statement", "score")


def put_findings(
    case: Case,
    run: Run,
    *,
    statements: Iterable[Statement],
    actors: Iterable[Actor],
    claims: Iterable[Claim],
    families: Iterable[Family],
    changes: Iterable[Change],
    disputes: Iterable[Dispute] = (),
) -> None:
    """Stores what the documents tell only together, in the place of what was stored before, in one transaction.

    `statements` are all of the case, with their actors and claims, and those in an outlet's own voice.
    """
    every = tuple(statements)
    with case.transaction():
        case.put_run(run)
        put = case.connection.executemany
        case.connection.execute("UPDATE documents SET family = NULL")
        case.connection.execute("DELETE FROM statements WHERE sourcing = 'outlet'")
        for table in ("disputes", "changes", "lost_ancestors", "edges", "families", "claims", "actors"):
            case.connection.execute(f"DELETE FROM {table}")
        put(
            "INSERT INTO actors (id, name, kind, aliases, run) VALUES (?, ?, ?, ?, ?)",
            [(a.id, a.name, a.kind, json.dumps(a.aliases), run.id) for a in actors],
        )
        put("INSERT INTO claims (id, gist, run) VALUES (?, ?, ?)", [(c.id, c.gist, run.id) for c in claims])
        case.put_statements((s for s in every if s.sourcing == "outlet"), run)
        put("UPDATE statements SET actor = ?, claim = ? WHERE id = ?", [(s.actor, s.claim, s.id) for s in every])
        for f in families:
            _put_family(case, f, run)
        _put_changes(case, changes, run)
        put(
            "INSERT INTO disputes (by_statement, of_statement, relation, score, run) VALUES (?, ?, ?, ?, ?)",
            [(d.by_statement, d.of_statement, d.relation, d.score, run.id) for d in disputes],
        )


def _put_family(case: Case, f: Family, run: Run) -> None:
    put = case.connection.executemany
    put("INSERT INTO families (id, undated, run) VALUES (?, ?, ?)", [(f.id, json.dumps(f.undated), run.id)])
    put("UPDATE documents SET family = ? WHERE id = ?", [(f.id, d) for d in f.documents])
    put(
        "INSERT INTO edges (family, parent, child, score, tied, evidence, run) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(f.id, e.parent, e.child, e.score, json.dumps(e.tied), json.dumps(dict(e.evidence)), run.id) for e in f.edges],
    )
    put(
        "INSERT INTO lost_ancestors (family, id, children, score, run) VALUES (?, ?, ?, ?, ?)",
        [(f.id, lost.id, json.dumps(lost.children), lost.score, run.id) for lost in f.lost],
    )


def _put_changes(case: Case, changes: Iterable[Change], run: Run) -> None:
    case.connection.executemany(
        f"INSERT INTO changes ({', '.join(_OF_CHANGE)}, changes, grounds, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (*(getattr(c, k) for k in _OF_CHANGE), json.dumps(c.changes), json.dumps(_grounds(c)), run.id)
            for c in changes
        ],
    )


def _grounds(c: Change) -> list[Any]:
    return [[g.label, *([[s.start, s.end] for s in side] for side in (g.parent, g.child)), g.score] for g in c.grounds]


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
    found = [_family(case, k, tuple(v)) for k, v in members.items()]
    return sorted(found, key=lambda f: (-len(f.documents), f.id))


def _family(case: Case, id: str, documents: tuple[str, ...]) -> Family:
    edges = case.rows(
        "SELECT parent, child, score, tied, evidence FROM edges WHERE family = ? ORDER BY child, parent", [id]
    )
    lost = case.rows("SELECT id, children, score FROM lost_ancestors WHERE family = ? ORDER BY id", [id])
    undated = next(case.rows("SELECT undated FROM families WHERE id = ?", [id]))[0]
    return Family(
        id=id,
        documents=documents,
        edges=tuple(
            Edge(parent=p, child=c, score=s, tied=tuple(json.loads(t)), evidence=tuple(json.loads(e).items()))
            for p, c, s, t, e in edges
        ),
        lost=tuple(LostAncestor(id=k, children=tuple(json.loads(c)), score=s) for k, c, s in lost),
        undated=tuple(json.loads(undated)),
    )


def family(case: Case, given: str) -> Family:
    """The family whose id begins with `given`, or that holds the document of that id."""
    found = {
        k
        for sql, value in (
            ("SELECT id FROM families WHERE id >= ? AND id < ? || char(1114111)", given),
            ("SELECT family FROM documents WHERE id = ? AND id = ? AND family IS NOT NULL", given),
        )
        for (k,) in case.rows(sql, [value, value])
    }
    if len(found) != 1 or not given:
        known = ", ".join(k for (k,) in case.rows("SELECT id FROM families ORDER BY id LIMIT 5")) or "none yet"
        raise StemmataError(f"no single family {given!r} in {case.path.name}; it has {known}")
    id = found.pop()
    documents = case.rows("SELECT id FROM documents WHERE family = ? ORDER BY published IS NULL, published, id", [id])
    return _family(case, id, tuple(d for (d,) in documents))


def origins(found: Family) -> list[str]:
    """The documents of a family that were made from no other."""
    children = {e.child for e in found.edges}
    return [d for d in found.documents if d not in children]


def changes(case: Case, found: Family) -> list[ShownChange]:
    """The changes along a family's edges, the gravest and surest first."""
    words = {e.statement.id: " … ".join(e.content) for d in found.documents for e in case.statements(document=d)}
    rows = [
        ShownChange(change=c, before=words.get(c.parent_statement or ""), after=words.get(c.child_statement or ""))
        for c in changes_along(case, found.edges)
    ]
    return sorted(rows, key=lambda r: r.change.gravity)


def changes_along(case: Case, edges: Iterable[Edge]) -> Iterator[Change]:
    """The changes along edges, edge by edge, in the order in which they were found."""
    columns = f"{', '.join(_OF_CHANGE)}, changes, grounds"
    sql = f"SELECT {columns} FROM changes WHERE parent_document = ? AND child_document = ? ORDER BY key"
    for e in edges:
        for *values, labels, grounds in case.rows(sql, [e.parent, e.child]):
            yield Change(
                **dict(zip(_OF_CHANGE, values, strict=True)),
                changes=tuple(json.loads(labels)),
                grounds=tuple(
                    Ground(label=label, parent=_spans(parent), child=_spans(child), score=score)
                    for label, parent, child, score in json.loads(grounds)
                ),
            )


def _spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
