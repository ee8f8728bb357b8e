"""Statements as the shipped encoder and resolution find them in gold articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stemmata.model import Document, Statement
from stemmata.resolve import figures, merged, ranker, records


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
    seen = {
        k: figures(Document(id=k, text=a["text"], outlet=a["outlet"]), told[k], ranker()) for k, a in articles.items()
    }
    actors = {key: m.actor.id for m in merged(records(x for s in seen.values() for x in s.figures)) for key in m.keys}
    out = {}
    for k, s in seen.items():
        keys = {link.statement: link.key for link in s.links if "@" not in link.key}
        out[k] = tuple(replace(x, actor=actors.get(keys.get(x.id, ""))) for x in told[k])
    return out
