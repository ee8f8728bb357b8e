"""Which statements a change brought about, and no parent tells so: words put into a mouth, a word given to another; and
which tell their claim the other way round."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection

from stemmata.case.documents import Case
from stemmata.case.lineage import STORED, stored_change
from stemmata.case.verdicts import SURE, Decisions, loud_labels, weigher
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


def turned(case: Case, decided: Decisions, statements: Collection[str]) -> set[str]:
    """Those of `statements` that tell their claim the other way round: a change that counts negated it, or
    they were likely taken from such ones alone. What is negated twice tells it as it was."""
    gone = decided.rejected("edge")
    weigh = weigher(case, decided)
    into: dict[str, list[tuple[str, bool]]] = defaultdict(list)  # the parents' statements, and whether it negates them
    for c in map(stored_change, case.rows(_INTO, [json.dumps(list(statements))])):
        if not c.parent_statement or not c.child_statement:
            continue
        negates = "negated" in c.changes and weigh(c) == "counts" and "negated" in loud_labels(c)
        if negates or not (c.again < SURE or (c.parent_document, c.child_document) in gone):
            into[c.child_statement].append((c.parent_statement, negates))
    found: dict[str, bool] = {}
    for asked in statements:
        path = [asked]  # up to what was made from nothing
        while path:
            above = into.get(path[-1], [])
            waiting = [p for p, _ in above if p not in found and p not in path]
            if waiting:
                path.append(waiting[0])
            else:
                s = path.pop()
                found[s] = bool(above) and all(found.get(p, False) != negates for p, negates in above)
    return {s for s in statements if found[s]}


def _departure(c: Change) -> Departure:
    """The gravest of its labels that may bring words about, of those likelier than not if there are any, and how sure
    that label is: a change is as sure as its surest."""
    scores = {x: c.of_label(x) for x in c.changes if x in DEPARTING}
    label = min(scores, key=lambda x: (scores[x] < SURE, GRAVITY.index(x)))
    return Departure(label=label, score=scores[label], documents=(c.child_document,))
