"""What people judge, by the words that they type: from an edge's two documents or a change's short name to the subject
that the log keeps (model.subject)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from stemmata.case.documents import Case
from stemmata.case.judgements import PARTS
from stemmata.case.rows import STATEMENT_ORDER
from stemmata.model import StemmataError, SubjectKind, subject

# kind -> what is typed after it
NAMED_BY: Final[dict[SubjectKind, tuple[str, ...]]] = {
    "change": ("ID",),
    "edge": ("PARENT", "CHILD"),
    "statement": ("ID",),
    "claim": ("ID",),
    "document": ("ID",),
    "dispute": ("BY", "OF"),
}
_TABLES: Final[dict[SubjectKind, str]] = {
    "change": "changes", "statement": "statements", "claim": "claims", "document": "documents",
}  # fmt: skip
FORMS: Final = ", ".join(" ".join((kind, *parts)) for kind, parts in NAMED_BY.items())


def named(case: Case, words: Sequence[str], *, anew: bool = False) -> str:
    """The subject that `words` name: "edge PARENT CHILD", "change ID", ...; ids, or the beginning of one that fits no
    other. An id alone, without its kind, is looked for among all kinds that have one. `anew`: an edge or a dispute may
    also be one that was not found."""
    kind, *parts = words or ("",)
    for known, asked in NAMED_BY.items():
        if kind == known and len(parts) == len(asked):
            return _of_kind(case, known, parts, anew=anew)
    if parts or not kind:
        raise StemmataError(f"{' '.join(words)!r} names nothing that can be judged: type {FORMS}")
    found = [(k, id) for k in _TABLES for id in _ids(case, k, kind)]
    if len(found) != 1:
        many = "nothing" if not found else "several things"
        raise StemmataError(f"{many} in {case.path.name} with the id {kind!r}: type {FORMS}")
    return _of_kind(case, found[0][0], [found[0][1]])


def check_there(case: Case, about: str) -> None:
    """Refuses a subject (model.subject) of what is not in the case: a form may be older than the case."""
    kind, *parts = json.loads(about)
    for table, id in zip(PARTS[kind], parts, strict=True):
        if table and id is not None and not case.value(f"SELECT 1 FROM {table} WHERE id = ?", [id]):
            raise StemmataError(f"no {table[:-1]} {id!r} in {case.path.name}: nothing was decided")


def _of_kind(case: Case, kind: SubjectKind, parts: Sequence[str], *, anew: bool = False) -> str:
    if kind == "edge":
        parent, child = (one(case, "document", p) for p in parts)
        if not anew and not case.value("SELECT 1 FROM edges WHERE parent = ? AND child = ?", [parent, child]):
            missing = f"{child!r} was not found to be made from {parent!r}"
            raise StemmataError(f"{missing}: stemmata tree {case.path} {child}")
        return subject("edge", parent, child)
    if kind == "dispute":
        by, of = (one(case, "statement", p) for p in parts)
        found = "SELECT 1 FROM {} WHERE by_statement = ? AND of_statement = ?"
        if not anew and not any(case.value(found.format(x), [by, of]) for x in ("disputes", "found_disputes")):
            listed = f"stemmata disputes {case.path} --unsure lists them"
            raise StemmataError(f"{by!r} was not found to dispute {of!r}: {listed}")
        return subject("dispute", by, of)
    id = one(case, kind, parts[0])
    if kind == "change":
        sql = "SELECT parent_document, child_document, parent_statement, child_statement FROM changes WHERE id = ?"
        return subject("change", *next(case.rows(sql, [id])))
    if kind == "claim":  # its id may change when more tell it; its first statement's does not
        sql = f"""SELECT statements.id FROM statements JOIN documents ON documents.id = document WHERE claim = ?
            ORDER BY {STATEMENT_ORDER} LIMIT 1"""
        return subject("claim", case.value(sql, [id]))
    return subject(kind, id)


def one(case: Case, kind: SubjectKind, given: str) -> str:
    """The id of the one thing of a kind that an id, or the beginning of it, names."""
    found = _ids(case, kind, given)
    if len(found) != 1:
        how = "no" if not found else "more than one"
        raise StemmataError(f"{how} {kind} {given!r} in {case.path.name}: its id, or the beginning of it, is wanted")
    return found[0]


def _ids(case: Case, kind: SubjectKind, given: str) -> list[str]:
    """The ids of a kind that are, or else begin with, what was given: two at most."""
    table = _TABLES[kind]
    if case.value(f"SELECT 1 FROM {table} WHERE id = ?", [given]):
        return [given]
    sql = f"SELECT DISTINCT id FROM {table} WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 2"
    return [id for (id,) in case.rows(sql, [given])] if given else []
