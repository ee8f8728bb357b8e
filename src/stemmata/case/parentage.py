"""Which version was made from which by what people decided: the edges that they set and those that they rejected, and
of which documents the trees do not show it yet."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from stemmata.case.documents import Case
from stemmata.case.judgements import is_subject

Pair = tuple[str, str]  # parent and child, by id

_EDGES: Final = """SELECT kind, json_extract(targets, '$[0]') FROM judgements
    WHERE kind IN ('confirm', 'reject') AND json_extract(targets, '$[0]') LIKE '["edge"%' AND undone_at IS NULL
    ORDER BY "when", key"""
# The descents that hold a decision (growth/plain.py puts it there under this name)
_DRAWN: Final = """SELECT id, json_extract(descent, '$.ruled') FROM collated
    JOIN documents ON documents.key = collated.document WHERE instr(descent, '"ruled"')"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parentage:
    """What people decided of the parents of one document, each by id: the parents that they set, those that they
    rejected, and all that was made from it by their word."""

    parents: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def edge_of(about: str) -> Pair | None:
    """The parent and child that a subject (model.subject) is about, if it is an edge."""
    if not is_subject(about) or (words := json.loads(about))[0] != "edge":
        return None
    return words[1], words[2]


def parentage(case: Case, *, coming: Collection[str] | None = None) -> dict[str, Parentage]:
    """Document -> what people decided of its parents, where they did; by edges of which both ends are in the case, and,
    where `coming` is given, are collated or among these."""
    said: dict[Pair, bool] = {}
    for kind, about in case.rows(_EDGES):
        _, parent, child = json.loads(about)
        said.pop((parent, child), None)  # the latest stands, and the latest is the last
        said[parent, child] = kind == "confirm"
    if not said:
        return {}
    ends = {d for pair in said for d in pair}
    there = {id for (id,) in case.rows_in("SELECT id FROM documents WHERE id IN", ends)}
    if coming is not None:
        there = collated(case, there) | there.intersection(coming)
    return by_document({pair: right for pair, right in said.items() if there.issuperset(pair)})


def by_document(said: Mapping[Pair, bool]) -> dict[str, Parentage]:
    """Document -> what was `said` of its parents: whether each edge is right, the latest last. Of edges that are right
    and make a circle, as two desks may have said, the earliest is left out."""
    made: list[Pair] = []
    for parent, child in reversed([pair for pair, right in said.items() if right]):
        if parent != child and parent not in _below(child, made):
            made.append((parent, child))
    found = {}
    for document in sorted({d for pair in said for d in pair}):
        mine = Parentage(
            parents=tuple(sorted(p for p, c in made if c == document)),
            rejected=tuple(sorted(p for (p, c), right in said.items() if c == document and not right)),
            below=tuple(sorted(_below(document, made))),
        )
        if mine != Parentage():
            found[document] = mine
    return found


def _below(document: str, made: Iterable[Pair]) -> set[str]:
    """All that was made from a document, along edges."""
    edges, found, waiting = list(made), set[str](), [document]
    while waiting:
        at = waiting.pop()
        new = {c for p, c in edges if p == at} - found
        found |= new
        waiting += new
    return found


def collated(case: Case, documents: Collection[str]) -> set[str]:
    """Those of `documents` that collation has looked at."""
    sql = "SELECT id FROM documents JOIN collated ON collated.document = documents.key WHERE id IN"
    return {id for (id,) in case.rows_in(sql, documents)}


def undrawn(case: Case) -> list[str]:
    """The collated documents whose descent was found by other decisions than those that stand now."""
    if not case.value("SELECT 1 FROM judgements WHERE json_extract(targets, '$[0]') LIKE '[\"edge\"%' LIMIT 1"):
        return []
    wanted = parentage(case, coming=())
    drawn = {
        id: Parentage(parents=tuple(parents), rejected=tuple(rejected), below=tuple(below))
        for id, (parents, rejected, below) in ((id, json.loads(ruled)) for id, ruled in case.rows(_DRAWN))
    }
    return sorted(d for d in {*wanted, *drawn} if wanted.get(d) != drawn.get(d))


def beside(case: Case, documents: Collection[str]) -> set[str]:
    """The documents that people set to be made from any of `documents`, or these from them: their trees hang
    together, whether the texts tell so or not."""
    mine, said = set(documents), parentage(case)
    told = {d for k in mine & said.keys() for d in (*said[k].parents, *said[k].below)}
    return told | {k for k, x in said.items() if mine.intersection(x.parents)}
