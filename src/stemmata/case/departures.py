"""Which statements a change brought about, and no parent tells so: words put into a mouth, a word given to another."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection

from stemmata.case.documents import Case
from stemmata.case.lineage import STORED, stored_change
from stemmata.case.verdicts import SURE, Decisions, weigher
from stemmata.model import DEPARTING, GRAVITY, Change, Departure

_INTO = f"""WITH RECURSIVE made (statement) AS (
        SELECT value FROM json_each(?)
        UNION SELECT parent_statement FROM made CROSS JOIN changes ON child_statement = made.statement
            WHERE parent_statement IS NOT NULL)
    SELECT {STORED} FROM made CROSS JOIN changes ON child_statement = made.statement"""


def departures(case: Case, decided: Decisions, statements: Collection[str]) -> dict[str, Departure]:
    """Those of `statements` that a change of `DEPARTING` brought about, if it counts, or that were likely taken from
    such ones alone; each with that change and where it was made. What one parent tells as it stands is none, whatever
    another does."""
    gone = decided.rejected("edge")
    weigh = weigher(case, decided)
    into: dict[str, list[tuple[str | None, Departure | None]]] = defaultdict(list)  # parent's statement, and the change
    heirs: dict[str | None, list[str]] = defaultdict(list)
    for c in map(stored_change, case.rows(_INTO, [json.dumps(list(statements))])):
        after = c.child_statement or ""
        made = None
        if weigh(c) == "counts" and set(c.changes).intersection(DEPARTING):
            made = _departure(c)
        elif c.again < SURE or (c.parent_document, c.child_document) in gone:
            continue
        into[after].append((c.parent_statement, made))
        heirs[c.parent_statement].append(after)
    found: dict[str, Departure] = {}
    waiting = list(into)
    while waiting:
        s = waiting.pop()
        known = [made or found.get(before or "") for before, made in into[s]]
        if s not in found and all(known):
            found[s] = min((d for d in known if d), key=lambda d: (GRAVITY.index(d.label), -d.score))
            waiting += heirs[s]
    return {s: found[s] for s in statements if s in found}


def _departure(c: Change) -> Departure:
    """The gravest of its labels that may bring words about, of those likelier than not if there are any, and how sure
    that label is: a change is as sure as its surest."""
    scores = {x: c.of_label(x) for x in c.changes if x in DEPARTING}
    label = min(scores, key=lambda x: (scores[x] < SURE, GRAVITY.index(x)))
    return Departure(label=label, score=scores[label], documents=(c.child_document,))
