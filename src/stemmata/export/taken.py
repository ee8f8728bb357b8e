"""What actors take up and what was foretold, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, Final, TypeVar

from stemmata.case import Case, Entry, taken, views
from stemmata.case.verdicts import Decisions
from stemmata.model import DatedWords, Departure, Position, Prediction

AT_A_TIME: Final = 5_000  # whose words are in memory
NO_DATE, UNDATED = "names no date", "article has no date"  # why a prediction is due at no day
T = TypeVar("T", Position, Prediction)


def position_rows(case: Case, decided: Decisions, actors: Collection[str] | None = None) -> Iterator[dict[str, Any]]:
    """The positions of some actors (their ids), or of all of a case."""
    for p, e in _worded(case, taken.positions(case, decided, actors)):
        row = {"actor": p.actor, "actor_name": e.actor, "stance": p.stance, "when": p.when}
        against = {"towards": list(p.towards), "changed_from": p.changed_from}
        yield row | against | _told(e, p.claim, decided) | _departed(p.departure)


def prediction_rows(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    """The predictions of a case, the soonest due first."""
    for p, e in _worded(case, taken.predictions(case, decided)):
        row = {"kind": p.kind, "actor": p.actor, "actor_name": e.actor, "said": p.said, "due": p.due}
        yield (
            row
            | {"dates": [_interval(d) for d in p.dates], "lead": e.lead or None}
            | {"due_missing": None if p.due else NO_DATE if p.said else UNDATED}
            | _told(e, p.claim, decided)
            | _departed(p.departure)
        )


def _worded(case: Case, found: Iterable[T]) -> Iterator[tuple[T, Entry]]:
    """Positions or predictions, each with its statement, some at a time."""
    remaining = iter(found)
    while some := list(islice(remaining, AT_A_TIME)):
        words = views.entries(case, {p.statement for p in some})
        yield from ((p, words[p.statement]) for p in some)


def _told(e: Entry, claim: str | None, decided: Decisions) -> dict[str, Any]:
    s = e.statement
    return {
        "claim": claim, "statement": s.id, "document": s.document, "outlet": e.outlet,
        "content": " … ".join(e.content), "confidence": s.confidence, "actor_probability": e.actor_probability,
        "actor_how": e.actor_how, "state": decided.of("statement").get((s.id,)) or "suggested",
    }  # fmt: skip


def _departed(d: Departure | None) -> dict[str, Any]:
    documents = list(d.documents) if d else []
    return {"departure": d and d.label, "departure_score": d and d.score, "departure_documents": documents}


def _interval(d: DatedWords) -> str:
    """The days that words may mean, as an interval of ISO 8601: ".." where no end is named."""
    return f"{d.first}/{d.last or '..'}"
