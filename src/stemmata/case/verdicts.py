"""What people said of all that was found, and which changes count by it: one rule for every list and page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final, Literal

from stemmata.case.documents import STATEMENT_ORDER, Case
from stemmata.case.judgements import Standing, standing_judgements
from stemmata.model import Change, SubjectKind

SURE: Final = 0.5  # likelihood from which a change counts: likelier than not
SOFT: Final = frozenset({"verbatim", "paraphrased", "added", "omitted"})  # labels that alone make no change count

Weight = Literal["counts", "unsure", "rejected", "soft"]


def weight(c: Change, state: str | None = None, *, least: float = SURE) -> Weight:
    """Whether a change counts, here and on every page and list: it is more than kept, added or left out (else it is
    "soft"), nobody rejected it, and it is `likely` (else it is "unsure"). `state`: what a person said."""
    if not set(c.changes) - SOFT:
        return "soft"
    if state == "rejected":
        return "rejected"
    return "counts" if likely(c, state, least=least) else "unsure"


def likely(c: Change, state: str | None = None, *, least: float = SURE) -> bool:
    """Whether a change, of any kind, is likelier than not (or `least`), or a person confirmed it."""
    return c.score >= least or state == "confirmed"


def weigher(case: Case) -> Callable[[Change], Weight]:
    """`weight` by what people said in a case of changes, and of the edges that they stand on."""
    said, edges = decided(case, "change"), rejected(case, "edge")

    def weighed(c: Change) -> Weight:
        gone = (c.parent_document, c.child_document) in edges
        return weight(c, "rejected" if gone else said.get(c.place))

    return weighed


def decided(case: Case, kind: SubjectKind) -> dict[tuple[str | None, ...], Standing]:
    """All of a kind that a person confirmed or rejected, by its parts (model.subject): the latest word stands. What was
    said of an actor or a claim by a part that was its first once holds by the one that is so now."""
    found: dict[tuple[str | None, ...], Standing] = {}
    for j in standing_judgements(case, "confirm", "reject"):
        of, *parts = json.loads(j.targets[0])
        if of == kind:
            place = (_first_of(case, kind, parts[0]),) if kind in _FIRSTS and parts else tuple(parts)
            found[place] = "confirmed" if j.kind == "confirm" else "rejected"
    return found


_FIRSTS: Final[dict[SubjectKind, str]] = {
    "actor": """SELECT min(key) FROM actor_parts
        WHERE actor = (SELECT actor FROM actor_parts WHERE key = ? ORDER BY part LIMIT 1)""",
    "claim": f"""SELECT statements.id FROM statements JOIN documents ON documents.id = document
        WHERE claim = (SELECT claim FROM statements WHERE id = ?) ORDER BY {STATEMENT_ORDER} LIMIT 1""",
}


def _first_of(case: Case, kind: SubjectKind, part: str) -> str:
    return str(case.value(_FIRSTS[kind], [part]) or part)


def rejected(case: Case, kind: SubjectKind) -> set[tuple[str | None, ...]]:
    return {parts for parts, standing in decided(case, kind).items() if standing == "rejected"}
