"""What actors take up and what was foretold, as rows: computed when asked for, as the pages do, not kept in a case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from stemmata.case import Case, Entry, disputes, views
from stemmata.case.verdicts import Decisions
from stemmata.dispute.positions import ANNOUNCED, FORETOLD, Named, positions, predictions
from stemmata.model import DatedWords, Departure

ACTORS: Final = 200  # whose statements, and the documents of these, are in memory at a time
FORETOLD_AT_A_TIME: Final = 5_000  # predictions whose words are


def position_rows(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    """The positions of a case (model.Position), some actors at a time: those that `Case.positions()` gives."""
    known = disputes.known_actors(case)
    named = Named(known)
    for at in range(0, len(known), ACTORS):
        some = {a.id: a.name for a in known[at : at + ACTORS]}
        sql = "SELECT statements.id FROM json_each(?) AS asked CROSS JOIN statements ON actor = asked.value"
        ids = [s for (s,) in case.rows(sql, [json.dumps(list(some))])]
        heard = disputes.heard(case, decided, ids, texts=True)
        found = positions(heard.statements, heard.disputes, named, heard.documents, heard.departures)
        mine = [p for p in found if p.actor in some]
        words = {e.statement.id: e for e in views.entries(case, [p.statement for p in mine])}
        for p in mine:
            row = {"actor": p.actor, "actor_name": some[p.actor], "stance": p.stance, "when": p.when}
            against = {"towards": list(p.towards), "changed_from": p.changed_from}
            yield row | against | _told(words[p.statement], p.claim) | _departed(p.departure)


def prediction_rows(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    """The predictions of a case (model.Prediction), the soonest due first: those that `Case.predictions()` gives."""
    ids = disputes.latest_acts(case, tuple(FORETOLD), or_assert=ANNOUNCED, most=-1)
    heard = disputes.heard(case, decided, ids, texts=True)
    found = predictions(heard.statements, heard.documents, heard.departures)
    for at in range(0, len(found), FORETOLD_AT_A_TIME):
        some = found[at : at + FORETOLD_AT_A_TIME]
        words = {e.statement.id: e for e in views.entries(case, [p.statement for p in some])}
        for p in some:
            e = words[p.statement]
            row = {"kind": p.kind, "actor": p.actor, "actor_name": e.actor, "said": p.said, "due": p.due}
            yield row | {"dates": [_interval(d) for d in p.dates]} | _told(e, p.claim) | _departed(p.departure)


def _told(e: Entry, claim: str | None) -> dict[str, Any]:
    s = e.statement
    return {
        "claim": claim, "statement": s.id, "document": s.document, "outlet": e.outlet,
        "content": " … ".join(e.content),
    }  # fmt: skip


def _departed(d: Departure | None) -> dict[str, Any]:
    return {
        "departure": d and d.label,
        "departure_score": d and d.score,
        "departure_documents": list(d.documents) if d else [],
    }


def _interval(d: DatedWords) -> str:
    """The days that words may mean, as an interval of ISO 8601: ".." where no end is named."""
    return f"{d.first}/{d.last or '..'}"
