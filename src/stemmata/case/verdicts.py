"""What people said of all that was found, and which changes count by it: one rule for every list and page."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any, Final, Literal

from stemmata.case.documents import STATEMENT_ORDER, Case
from stemmata.case.judgements import Standing, standing_judgements
from stemmata.model import Change, ChangeLabel, SubjectKind

SURE: Final = 0.5  # likelihood from which a change counts: likelier than not
# Of the shorter text’s statements: told again by all children of 101 edges of bench/train, by no draft of another text;
# by those of 64 edges (twelve families) where only what is likely counts, and so between the two by `Change.again`
AGAIN: Final = 0.25
SOFT: Final = frozenset({"verbatim", "paraphrased", "added", "omitted"})  # labels that alone make no change count

Weight = Literal["counts", "unsure", "rejected", "soft", "inherited"]


def weight(c: Change, state: str | None = None, *, least: float = SURE) -> Weight:
    """Whether a change counts, here and on every page and list: it is more than kept, added or left out (else it is
    "soft"), nobody rejected it, and it is `likely` (else it is "unsure"). `state`: what a person said. In a case
    `weigher` tells it, by the other parents too."""
    if not set(c.changes) - SOFT:
        return "soft"
    if state == "rejected":
        return "rejected"
    return "counts" if likely(c, state, least=least) else "unsure"


def likely(c: Change, state: str | None = None, *, least: float = SURE) -> bool:
    """Whether a change, of any kind, is likelier than not (or `least`), or a person confirmed it."""
    return c.score >= least or state == "confirmed"


def loud_labels(c: Change, *, least: float = SURE) -> list[ChangeLabel]:
    """The labels of a change that counts that are as sure as that by themselves (`Change.of_label`); all of them, where
    none is: a person confirmed it."""
    loud = [x for x in c.changes if x not in SOFT]
    return [x for x in loud if c.of_label(x) >= least] or loud


def hardly_told(again: int, before: int, after: int) -> bool:
    """Whether a text with `after` statements tells hardly any of another's `before` (`again`: how many, as is likely by
    `Change.again`). That nothing is likely to have changed between the two says nothing then."""
    return bool(before and after) and again < AGAIN * min(before, after)


def weigher(case: Case) -> Callable[[Change], Weight]:
    """`weight` by what people said in a case of changes, and of the edges that they stand on. What would count, or be
    unsure, is "inherited" where another parent has the claim as the version has it, and nobody confirmed it."""
    said, edges, inherited = decided(case, "change"), rejected(case, "edge"), heritage(case)

    def weighed(c: Change) -> Weight:
        gone = (c.parent_document, c.child_document) in edges
        found = weight(c, "rejected" if gone else said.get(c.place))
        return "inherited" if found in ("counts", "unsure") and inherited(c) else found

    return weighed


def heritage(case: Case) -> Callable[[Change], tuple[str, ...]]:
    """Of a change of more than what is soft, the other parents of the child that have the claim as the child has it:
    nothing is likely to have changed against them. None where a person confirmed the change.

    Against one of its two parents a merged version differs in what it has from the other. In bench/train it tells 17
    of 88 claims of both as one has them; the gold calls it a change against the other all the same, and so does what
    is stored. Of 32 changes of bench/train that are inherited by this, 26 stand against no other parent in the gold.
    """
    said, edges, lost = decided(case, "change"), rejected(case, "edge"), rejected(case, "statement")
    sql = """SELECT parent_document, parent_statement, grounds FROM changes
        WHERE child_statement = ? AND parent_document <> ? AND parent_statement IS NOT NULL ORDER BY 1"""

    @cache
    def parents(child: str) -> int:
        return int(case.value("SELECT count(DISTINCT parent) FROM edges WHERE child = ?", [child]))

    def inherited(c: Change) -> tuple[str, ...]:
        child = c.child_document
        if not (c.child_statement and set(c.changes) - SOFT and parents(child) > 1) or said.get(c.place) == "confirmed":
            return ()
        return tuple(
            parent
            for parent, statement, grounds in case.rows(sql, [c.child_statement, c.parent_document])
            if (parent, child) not in edges
            and (statement,) not in lost
            and not _is_changed(said.get((parent, child, statement, c.child_statement)), json.loads(grounds))
        )

    return inherited


def _is_changed(state: Standing | None, grounds: list[Any]) -> bool:
    """Whether a claim is likely another than in its parent, if it is from there, or a person said that it is."""
    loud = [score for label, _, _, score in grounds if label not in SOFT]
    return bool(loud) and state != "rejected" and (state == "confirmed" or max(loud) >= SURE)


def decided(case: Case, kind: SubjectKind) -> dict[tuple[str | None, ...], Standing]:
    """All of a kind that a person confirmed or rejected, by its parts (model.subject): the latest word stands. What was
    said of an actor or a claim by a part that was its first once holds by the one that is so now. What stands on a
    document that somebody rejected, its statements and edges, is rejected with it, and so is what stands on a
    statement, a change or a dispute."""
    found: dict[tuple[str | None, ...], Standing] = {}
    for j in standing_judgements(case, "confirm", "reject"):
        of, *parts = json.loads(j.targets[0])
        if of == kind:
            place = (_first_of(case, kind, parts[0]),) if kind in _FIRSTS and parts else tuple(parts)
            found[place] = "confirmed" if j.kind == "confirm" else "rejected"
    for ground, sql in _STANDS_ON.get(kind, {}).items():
        if lost := [x for (x,) in rejected(case, ground)]:
            found |= dict.fromkeys(case.rows(sql, [json.dumps(lost)]), "rejected")
    return found


_CHANGED: Final = """SELECT parent_document, child_document, parent_statement, child_statement
    FROM json_each(?1) AS lost CROSS JOIN changes ON"""
# kind -> what it stands on, and those that stand on some of these (the parameter)
_STANDS_ON: Final[dict[SubjectKind, dict[SubjectKind, str]]] = {
    "statement": {
        "document": "SELECT statements.id FROM json_each(?1) AS lost CROSS JOIN statements ON document = lost.value"
    },
    "edge": {
        "document": """SELECT edges.parent, child FROM json_each(?1) AS lost CROSS JOIN edges
            ON lost.value IN (edges.parent, child)"""
    },
    "change": {
        "statement": f"{_CHANGED} parent_statement = lost.value UNION {_CHANGED} child_statement = lost.value",
        "document": """SELECT parent_document, child_document, parent_statement, child_statement
            FROM json_each(?1) AS lost CROSS JOIN edges ON lost.value IN (edges.parent, edges.child)
            CROSS JOIN changes ON parent_document = edges.parent AND child_document = edges.child""",
    },
    "dispute": {
        "statement": """SELECT by_statement, of_statement FROM json_each(?1) AS lost CROSS JOIN disputes
                ON by_statement = lost.value
            UNION SELECT by_statement, of_statement FROM json_each(?1) AS lost CROSS JOIN disputes
                ON of_statement = lost.value"""
    },
}
_FIRSTS: Final[dict[SubjectKind, str]] = {
    "actor": """SELECT min(key) FROM actor_parts
        WHERE actor = (SELECT actor FROM actor_parts WHERE key = ? ORDER BY part LIMIT 1)""",
    "claim": f"""SELECT statements.id FROM statements JOIN documents ON documents.id = document
        WHERE claim = (SELECT claim FROM statements WHERE id = ?) ORDER BY {STATEMENT_ORDER} LIMIT 1""",
}


def _first_of(case: Case, kind: SubjectKind, part: str) -> str:
    return str(case.value(_FIRSTS[kind], [part]) or part)


def statement_states(case: Case) -> dict[str, Standing]:
    """The statements that a person confirmed or rejected, or whose document was rejected."""
    return {str(id): state for (id,), state in decided(case, "statement").items()}


def rejected(case: Case, kind: SubjectKind) -> set[tuple[str | None, ...]]:
    return {parts for parts, standing in decided(case, kind).items() if standing == "rejected"}
