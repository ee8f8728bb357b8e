"""Families, claims and changes as a case holds them: stored in one go, read back in the shape that people look at."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from stemmata.case.documents import Case
from stemmata.case.rows import DOCUMENT_ORDER, LOCATION, called, spans
from stemmata.case.verdicts import SURE, Decisions, heritage, weigher
from stemmata.model import (
    PARTED,
    Change,
    Edge,
    Family,
    Ground,
    LostAncestor,
    Run,
    Span,
    StemmataError,
    content_id,
    subject,
)
from stemmata.wordings import ShownChange, shown_change, uncredited

_OF_CHANGE = ("parent_document", "child_document", "claim", "parent_statement", "child_statement", "score")
CERTAIN: Final = 0.995  # an edge that reads ">99 %" keeps nothing from counting
BARE: Final = ", ".join(f"changes.{x}" for x in (*_OF_CHANGE, "changes"))  # columns of `bare_change`
EDGE: Final = "parent, child, score, tied, evidence"
PARTED_AT: Final = f"json_extract(evidence, '$.\"{PARTED}\"')"  # null of an edge that no person rejected
STORED: Final = f"{BARE}, changes.grounds"  # columns of `stored_change`


def put_families(case: Case, families: Iterable[Family], run: Run) -> None:
    """Stores families, inside a transaction of the caller's. A document is of the family of its likeliest parent."""
    put = case.connection.executemany
    for f in families:
        put("INSERT INTO families (id, undated, run) VALUES (?, ?, ?)", [(f.id, json.dumps(f.undated), run.id)])
        put("INSERT INTO members (family, document) VALUES (?, ?)", [(f.id, d) for d in f.documents])
        put(
            "INSERT INTO edges (family, parent, child, score, tied, evidence, run) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (f.id, e.parent, e.child, e.score, json.dumps(e.tied), json.dumps(dict(e.evidence)), run.id)
                for e in f.edges
            ],
        )
        put(
            "INSERT INTO lost_ancestors (family, id, children, score, run) VALUES (?, ?, ?, ?, ?)",
            [(f.id, lost.id, json.dumps(lost.children), lost.score, run.id) for lost in f.lost],
        )
        put(
            f"""UPDATE documents SET family = coalesce(
                (SELECT family FROM edges WHERE child = ?1 AND {PARTED_AT} IS NULL
                    ORDER BY score DESC, family LIMIT 1), ?2) WHERE id = ?1""",
            [(d, f.id) for d in f.documents],
        )


def remove(case: Case, table: Literal["families", "statements"], ids: Iterable[str]) -> None:
    """Takes families away, whose documents stay, or statements; with all that rests on them, inside a transaction of
    the caller's."""
    case.connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(id,) for id in sorted(ids)])


def families_with(case: Case, documents: Collection[str]) -> list[Family]:
    """The families that any of `documents` is in."""
    sql = "SELECT DISTINCT family FROM members WHERE document IN (SELECT value FROM json_each(?)) ORDER BY family"
    return [_family(case, id) for (id,) in case.rows(sql, [json.dumps(sorted(documents))])]


def alike(one: Family, other: Family | None) -> bool:
    """Whether two families are the same, whatever order their parts are told in."""
    return other is not None and _in_order(one) == _in_order(other)


def _in_order(f: Family) -> Family:
    return replace(
        f,
        documents=tuple(sorted(f.documents)),
        edges=tuple(sorted(f.edges, key=lambda e: (e.parent, e.child))),
        lost=tuple(sorted(f.lost, key=lambda x: x.id)),
    )


def put_changes(case: Case, parent: str, child: str, changes: Iterable[Change], run: Run) -> None:
    """Stores what changed on one edge in the place of what was stored before, inside a transaction of the caller's."""
    case.connection.execute("DELETE FROM changes WHERE parent_document = ? AND child_document = ?", (parent, child))
    case.connection.executemany(
        f"INSERT INTO changes (id, {', '.join(_OF_CHANGE)}, changes, grounds, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (change_id(c), *(getattr(c, k) for k in _OF_CHANGE), json.dumps(c.changes), json.dumps(_grounds(c)), run.id)
            for c in changes
        ],
    )


def change_id(c: Change) -> str:
    """The short name of a change, the same whenever it is found again: of the two documents and statements."""
    return content_id(subject("change", *c.place))


def _grounds(c: Change) -> list[Any]:
    return [[g.label, *([[s.start, s.end] for s in side] for side in (g.parent, g.child)), g.score] for g in c.grounds]


def families(case: Case) -> list[Family]:
    """The families of a case, the largest first; `Case.changes` tells what their versions changed. `collate` first."""
    sql = "SELECT family FROM members GROUP BY family ORDER BY count(*) DESC, family"
    return [_family(case, id) for (id,) in list(case.rows(sql))]


def stored_edge(row: Sequence[Any]) -> Edge:
    """An edge, from the columns `EDGE`."""
    parent, child, score, tied, evidence = row
    return Edge(
        parent=parent, child=child, score=score, tied=tuple(json.loads(tied)),
        evidence=tuple(json.loads(evidence).items()),
    )  # fmt: skip


def _family(case: Case, id: str) -> Family:
    documents = case.rows(
        f"SELECT documents.id FROM members JOIN documents ON documents.id = document WHERE members.family = ?"
        f" ORDER BY {DOCUMENT_ORDER}",
        [id],
    )
    edges = case.rows(f"SELECT {EDGE} FROM edges WHERE family = ? ORDER BY child, score DESC, parent", [id])
    lost = case.rows("SELECT id, children, score FROM lost_ancestors WHERE family = ? ORDER BY id", [id])
    undated = case.value("SELECT undated FROM families WHERE id = ?", [id])
    return Family(
        id=id,
        documents=tuple(d for (d,) in documents),
        edges=tuple(map(stored_edge, edges)),
        lost=tuple(LostAncestor(id=k, children=tuple(json.loads(c)), score=s) for k, c, s in lost),
        undated=tuple(json.loads(undated)),
    )


def family(case: Case, given: str) -> Family:
    """The family whose id begins with `given`, or that holds the document of that id; "" where there is one alone."""
    found = {id for (id,) in case.rows("SELECT id FROM families WHERE id >= ?1 AND id < ?1 || char(1114111)", [given])}
    found |= {id for (id,) in case.rows("SELECT family FROM documents WHERE id = ? AND family IS NOT NULL", [given])}
    if not found and case.value("SELECT 1 FROM documents WHERE id = ?", [given]):
        alone = f"{given} is in no family of {case.path.name}"
        raise StemmataError(f"{alone}: stemmata show {case.path} {given} tells what it says")
    if len(found) != 1:
        known = [k for (k,) in case.rows("SELECT id FROM families ORDER BY id LIMIT 6")]
        has = f"{', '.join(known[:5]) or 'none yet'}{', ...' if len(known) > 5 else ''}"
        asked = f"no single family {given!r} in {case.path.name}; it has" if given else "which family? There are"
        raise StemmataError(f"{asked} {has}: stemmata families {case.path} lists them")
    return _family(case, found.pop())


def changes(case: Case, decided: Decisions, found: Family) -> list[ShownChange]:
    """The changes along a family's edges, the gravest and surest first; last what is as in another parent."""
    told = {e.statement.id: e for e in case.statements(among=found.documents)}
    text_of = dict(case.rows_in("SELECT id, text FROM documents WHERE id IN", found.documents))
    rows = []
    inherited = heritage(case, decided)
    for c in changes_along(case, found.edges):
        texts = text_of[c.parent_document], text_of[c.child_document]
        sides = told.get(c.parent_statement or ""), told.get(c.child_statement or "")
        credit = credits_of(case, c) if c.of_document else None
        rows.append(shown_change(c, texts, sides, credit=credit, as_in=inherited(c)))
    return sorted(rows, key=lambda r: (bool(r.as_in), r.change.gravity))


def credits_of(case: Case, c: Change) -> tuple[str | None, str]:
    """What `uncredited` gives of a change of a whole document."""
    own = case.value("SELECT outlet FROM documents WHERE id = ?", [c.child_document])
    above = f"SELECT 1 FROM edges WHERE child = ? AND {PARTED_AT} IS NULL LIMIT 1"
    first = case.value(above, [c.parent_document]) is None
    return uncredited(c, case.document(c.parent_document), own, first=first)


def changes_along(case: Case, edges: Iterable[Edge]) -> Iterator[Change]:
    """The changes along edges, edge by edge, in the order in which they were found."""
    for e in edges:
        yield from changes_on(case, e.parent, e.child)


def changes_on(case: Case, parent: str, child: str) -> Iterator[Change]:
    """The changes of one edge, in the order in which they were found."""
    sql = f"SELECT {STORED} FROM changes WHERE parent_document = ? AND child_document = ? ORDER BY key"
    return map(stored_change, case.rows(sql, [parent, child]))


def hanging(case: Case, decided: Decisions, found: Family) -> list[tuple[Edge, int]]:
    """The edges of a family that alone keep changes from counting, with how many would count if it were sure that the
    one version was made from the other; those with the most first.

    How likely an edge was when its changes were found (it is weighed with how much is told again) is taken from them:
    what one side alone has is as likely as that and its label, and of what both tell the surest comes near."""
    weigh, said = weigher(case, decided), decided.of("edge")
    hidden = []
    for e in found.edges:
        if e.score >= CERTAIN or (e.parent, e.child) in said:
            continue
        rows = [c for c in changes_along(case, [e]) if c.surest]
        made = max([e.score, *(c.score / c.surest for c in rows if not c.of_document)])
        count = sum(weigh(c) == "unsure" and (c.surest if c.of_document else c.score / made) >= SURE for c in rows)
        if count:
            hidden.append((e, count))
    return sorted(hidden, key=lambda x: -x[1])


def negations(case: Case, statements: Iterable[str]) -> Iterator[Change]:
    """The changes labelled "negated" by which versions came to make those statements."""
    sql = f"""SELECT {STORED} FROM changes WHERE child_statement IN (SELECT value FROM json_each(?))
        AND instr(changes, ?) ORDER BY key"""
    yield from map(stored_change, case.rows(sql, [json.dumps(sorted(statements)), '"negated"']))


def bare_change(row: Sequence[Any]) -> Change:
    """A change without its grounds, from the columns `BARE`."""
    *values, labels = row
    return Change(**dict(zip(_OF_CHANGE, values, strict=True)), changes=tuple(json.loads(labels)))


def stored_change(row: Sequence[Any]) -> Change:
    """A change with its grounds, from the columns `STORED`."""
    *bare, grounds = row
    return replace(
        bare_change(bare),
        grounds=tuple(
            Ground(label=label, parent=spans(parent), child=spans(child), score=score)
            for label, parent, child, score in json.loads(grounds)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLeftOver:
    """Text of a document that a language model left in it: evidence about the document, never a verdict."""

    document: str
    kind: str  # collate/leftovers.py's LeftOverKind
    span: Span
    words: str
    outlet: str | None
    published: str | None
    name: str  # what stands for the document in a list


def leftovers(case: Case, documents: Collection[str] | None = None) -> Iterator[ShownLeftOver]:
    """The left-overs of a case, or of some of its documents, the oldest document first."""
    where = "" if documents is None else "WHERE leftovers.document IN (SELECT value FROM json_each(?))"
    sql = f"""SELECT documents.id, kind, "start", "end", substr(text, "start" + 1, "end" - "start"), outlet, published,
            title, {LOCATION}
        FROM leftovers CROSS JOIN documents ON documents.id = leftovers.document {where}
        ORDER BY {DOCUMENT_ORDER}, "start" """
    for id, kind, start, end, words, outlet, published, title, location in case.rows(
        sql, [] if documents is None else [json.dumps(sorted(documents))]
    ):
        yield ShownLeftOver(
            document=id,
            kind=kind,
            span=Span(start, end),
            words=words,
            outlet=outlet,
            published=published,
            name=called(id, outlet, title, location),
        )
