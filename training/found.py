"""Statements as the shipped encoder and resolution find them in gold articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stemmata.model import Actor, Document, Statement
from stemmata.resolve import figures, merged, offices, ranker, records
from stemmata.resolve.keys import local


def statements_found(articles: Mapping[str, dict[str, Any]]) -> dict[str, tuple[Statement, ...]]:
    """Document id -> its statements, without actors."""
    from stemmata import flow
    from stemmata.desk import encoder

    model = encoder()
    return {
        k: flow.analysis(Document(id=k, text=a["text"]), model, flow.Settings()).statements for k, a in articles.items()
    }


def resolved(
    articles: Mapping[str, dict[str, Any]], told: Mapping[str, tuple[Statement, ...]]
) -> dict[str, tuple[Statement, ...]]:
    """The statements with their actors; those known inside one document alone stay without, as across documents
    nothing can be said of them."""
    actor_of, _ = spoken_by(articles, told, alone=False)
    return {k: tuple(replace(x, actor=actor_of.get(x.id)) for x in v) for k, v in told.items() if k in articles}


def spoken_by(
    articles: Mapping[str, dict[str, Any]], told: Mapping[str, tuple[Statement, ...]], *, alone: bool = True
) -> tuple[dict[str, str], list[Actor]]:
    """Statement id -> its actor, and the actors; `alone`: those too that one document alone knows."""
    seen = {
        k: figures(Document(id=k, text=a["text"], outlet=a["outlet"]), told[k], ranker()) for k, a in articles.items()
    }
    every = [x for s in seen.values() for x in s.figures]
    everyone = merged(records(every), offices=offices(every, {k: a["text"] for k, a in articles.items()}))
    id_of = {key: m.actor.id for m in everyone for key in m.keys}
    actor_of = {x.statement: id_of[x.key] for s in seen.values() for x in s.links if alone or not local(x.key)}
    return actor_of, [m.actor for m in everyone]
