"""What each actor holds, denies, demands, promises, threatens, predicts, and whom it accuses; and what can be come
back to: predictions, promises and threats, with the dates that they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from stemmata.dispute.dates import dates
from stemmata.model import Act, Actor, Dispute, Document, Position, Prediction, Stance, Statement

_STANCE: dict[Act, Stance] = {
    "assert": "holds", "praise": "holds", "criticise": "accuses", "accuse": "accuses", "deny": "denies",
    "urge": "demands", "propose": "demands", "promise": "promises", "threaten": "threatens", "warn": "predicts",
    "predict": "predicts",
}  # fmt: skip
_FORETOLD: dict[Act, Literal["predict", "promise", "threaten"]] = {
    "predict": "predict", "warn": "predict", "promise": "promise", "threaten": "threaten",
}  # fmt: skip


def positions(
    statements: Iterable[Statement],
    disputes: Iterable[Dispute],
    actors: Iterable[Actor],
    documents: Iterable[Document],
) -> tuple[Position, ...]:
    """What every actor takes up, by actor, then by time: one row an actor, claim and stance, the earliest.

    A statement of an actor's that disputes an earlier one of its own is a change of position, unless it denies ever
    having said it: then it is a denial, and `changed_from` stays empty.
    """
    texts = {d.id: d for d in documents}
    told = {s.id: s for s in statements}
    known = tuple(actors)
    named = Named(known)
    answered: dict[str, list[Dispute]] = defaultdict(list)
    for d in disputes:
        if d.by_statement in told and d.of_statement in told:
            answered[d.by_statement].append(d)

    def when(s: Statement) -> str:
        return texts[s.document].published or "~"  # undated last

    rows: dict[tuple[str, str, Stance], Position] = {}
    order = sorted(
        (s for s in told.values() if s.actor and s.document in texts), key=lambda s: (when(s), s.document, s.content[0])
    )
    for s in order:
        actor = s.actor or ""
        against = answered.get(s.id, [])
        others = [told[d.of_statement] for d in against]
        stance: Stance = "denies" if any(d.relation in ("denies", "rejects") for d in against) else _STANCE[s.act]
        key = (actor, s.claim or s.id, stance)
        own = [
            o.id
            for d, o in zip(against, others, strict=True)
            if o.actor == s.actor and d.relation != "denies" and when(o) <= when(s)
        ]
        if key in rows and not own:
            continue
        towards = dict.fromkeys(o.actor for o in others if o.actor and o.actor != s.actor)
        if stance == "accuses":
            towards |= dict.fromkeys(named.within(s, texts[s.document]))
        rows[key] = Position(
            actor=actor,
            stance=stance,
            statement=s.id,
            claim=s.claim,
            when=texts[s.document].published,
            towards=tuple(towards),
            changed_from=own[0] if own else None,
        )
    return tuple(sorted(rows.values(), key=lambda p: (p.actor, p.when or "~", p.statement)))


class Named:
    """Finds the actors whose names a statement's content holds."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.of: dict[str, str] = {}
        for a in actors:
            for name in (a.name, *a.aliases):
                if len(name) > 3 and name[:1].isupper():
                    self.of.setdefault(name, a.id)
        longest_first = sorted(self.of, key=len, reverse=True)
        self.pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b") if longest_first else None

    def within(self, statement: Statement, document: Document) -> list[str]:
        found = []
        for part in statement.content if self.pattern else ():
            found += [self.of[m.group()] for m in self.pattern.finditer(document.text, part.start, part.end)]  # type: ignore[union-attr]
        return [a for a in dict.fromkeys(found) if a != statement.actor]


def predictions(statements: Iterable[Statement], documents: Iterable[Document]) -> tuple[Prediction, ...]:
    """The predictions, promises and threats, once an actor and claim (the earliest), the soonest due first.

    A warning is a prediction. Those that name no date come last.
    """
    texts: Mapping[str, Document] = {d.id: d for d in documents}
    rows: dict[tuple[str, str], Prediction] = {}
    order = (s for s in statements if s.act in _FORETOLD and s.document in texts)
    for s in sorted(order, key=lambda s: (texts[s.document].published or "~", s.document, s.content[0])):
        d = texts[s.document]
        rows.setdefault(
            (s.actor or "", s.claim or s.id),
            Prediction(
                statement=s.id,
                kind=_FORETOLD[s.act],
                actor=s.actor,
                claim=s.claim,
                said=d.published,
                dates=dates(d.text, s.content, d.published),
            ),
        )
    return tuple(sorted(rows.values(), key=lambda p: (p.due or "~", p.said or "~", p.statement)))
