"""Who speaks in a case: the figures of its documents brought together as actors, with what people decided on top.

`put_figures` stores what resolving found in one document. `regroup` then brings the actors up to date: it looks at the
figures that came or went, at what people judged meanwhile, and at all that either can touch, never at the whole case.
What comes out is the same in whatever order the documents arrived.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from itertools import chain, repeat
from typing import Any, Final

from stemmata.case.documents import Case
from stemmata.case.judgements import standing_judgements
from stemmata.model import ActorLink, Judgement, JudgementKind, Run, Span
from stemmata.resolve import Figure, Figures, Merged, Record, blocks, closure, figure_key, local, merged, records

ON_ACTORS: Final[tuple[JudgementKind, ...]] = ("merge", "split", "rename", "set-side")


# Keeping actors up to date


def put_figures(case: Case, document: str, found: Figures, run: Run) -> None:
    """Stores what resolving found in a document, in the place of what it found before; inside a transaction of yours.

    The statements get their actors from `regroup`.
    """
    case.put_run(run)
    put = case.connection.executemany
    case.connection.execute(
        "DELETE FROM figure_links WHERE statement IN (SELECT id FROM statements WHERE document = ?)", [document]
    )
    case.connection.execute("DELETE FROM figures WHERE document = ?", [document])
    put(
        "INSERT INTO figures (document, key, name, kind, aliases, countries, roles, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (document, f.key, f.name, f.kind, *map(_packed, (f.aliases, f.countries, _ends(f.roles))), run.id)
            for f in found.figures
        ],
    )
    put(
        "INSERT INTO figure_links (statement, key, how, probability, rests_start, rests_end, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                x.statement,
                x.key,
                x.how,
                x.probability,
                *((r.start, r.end) if (r := x.rests_on) else (None, None)),
                run.id,
            )
            for x in found.links
        ],
    )


def unresolved(case: Case) -> list[str]:
    """The documents with a source that stands for no figure yet: those that came in since, or were analysed anew."""
    sql = """SELECT DISTINCT document FROM statements WHERE source_start IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM figure_links WHERE statement = statements.id) ORDER BY document"""
    return [document for (document,) in case.rows(sql)]


def regroup(case: Case) -> frozenset[str]:
    """Brings the actors up to date with figures and judgements; inside a transaction of yours.

    Returns the ids of the statements that have another actor now than before.
    """
    stale = list(case.rows("SELECT key, document FROM ungrouped"))
    if not stale:
        return frozenset()
    keys = {key for key, _ in stale}
    judgements = standing_judgements(case, *ON_ACTORS)
    near = closure(
        keys,
        partial(_met, case, judgements),
        judgements,
        left=[block for block, _ in _rows_of(case, "SELECT block, key FROM actor_blocks WHERE key IN", keys)],
    )
    touched = keys | {figure_key(r.key) for r in near}
    moved, gone = _put_actors(case, merged(near, judgements), touched)
    _put_difference(
        case,
        "actor_blocks",
        ("block", "key"),
        before=set(_rows_of(case, "SELECT block, key FROM actor_blocks WHERE key IN", touched)),
        after={(b, r.key) for r in near for b in blocks(r)},
    )
    changed = _put_speakers(case, keys=moved, documents={document for _, document in stale})
    case.connection.executemany("DELETE FROM actors WHERE id = ?", [(id,) for id in gone])
    case.connection.execute("DELETE FROM ungrouped")
    return changed


def _records(case: Case, keys: Collection[str], judgements: Iterable[Judgement]) -> list[Record]:
    """The records of some keys. Figures that are alike are read once, and counted."""
    parted = {figure_key(t) for j in judgements if j.kind == "split" for t in j.targets}
    sql = """SELECT {document}, key, name, kind, aliases, countries, count(*) FROM figures
        WHERE key IN (SELECT value FROM json_each(?)) GROUP BY 1, key, name, kind, aliases, countries"""
    rows = chain(
        case.rows(sql.format(document="''"), [_packed(sorted(set(keys) - parted))]),
        case.rows(sql.format(document="document"), [_packed(sorted(set(keys) & parted))]),
    )
    return records(chain.from_iterable(repeat(_figure(row), row[-1]) for row in rows), judgements)


def _figure(row: Any) -> Figure:
    document, key, name, kind, aliases, countries = row[:6]
    return Figure(
        document=document,
        key=key,
        name=name,
        kind=kind,
        aliases=tuple(json.loads(aliases)),
        countries=tuple((country, chance) for country, chance in json.loads(countries)),
    )


def _met(case: Case, judgements: list[Judgement], wanted: frozenset[str], keys: frozenset[str]) -> list[Record]:
    """The records that stand in blocks, and those of keys."""
    there = {key for _, key in _rows_of(case, "SELECT block, key FROM actor_blocks WHERE block IN", wanted)}
    return _records(case, there | keys, judgements)


def _put_actors(case: Case, made: list[Merged], touched: set[str]) -> tuple[set[str], set[str]]:
    """Stores actors, their parts and reasons. Returns the keys with a part that moved, and the actors that are gone."""
    parts = "SELECT part, key, actor, decided FROM actor_parts WHERE key IN"
    before = set(_rows_of(case, parts, touched))
    after = {(part, figure_key(part), m.actor.id, int(part in m.decided)) for m in made for part in m.keys}
    known, here = {actor for _, _, actor, _ in before}, {m.actor.id for m in made}
    latest = _latest_runs(case, touched)
    case.connection.executemany(
        "INSERT INTO actors (id, name, kind, aliases, side, run) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " name = excluded.name, kind = excluded.kind, aliases = excluded.aliases, side = excluded.side,"
        " run = excluded.run",
        [
            (m.actor.id, m.actor.name, m.actor.kind, _packed(m.actor.aliases), m.side,
             max(latest[figure_key(part)] for part in m.keys)[1]) for m in made
        ],
    )  # fmt: skip
    _put_difference(case, "actor_parts", ("part", "key", "actor", "decided"), before=before, after=after)
    reasons = "SELECT actor, part, other, why FROM actor_reasons WHERE actor IN"
    _put_difference(
        case,
        "actor_reasons",
        ("actor", "part", "other", "why"),
        before=set(_rows_of(case, reasons, here)),
        after={(m.actor.id, *reason) for m in made for reason in m.reasons},
    )
    return {key for _, key, _, _ in before ^ after}, known - here


def _latest_runs(case: Case, keys: Collection[str]) -> dict[str, tuple[int, str]]:
    """The run of the latest figure of each key, with its place among the runs of the case."""
    sql = """SELECT key, max(runs.rowid), runs.id FROM
        (SELECT DISTINCT key, run FROM figures WHERE key IN (SELECT value FROM json_each(?)))
        JOIN runs ON runs.id = run GROUP BY key"""
    return {key: (order, id) for key, order, id in case.rows(sql, [_packed(sorted(keys))])}


def _put_speakers(case: Case, *, keys: Collection[str], documents: Collection[str]) -> frozenset[str]:
    """Gives the statements of figures of `keys`, and those of `documents`, their actors; returns those that changed."""
    linked = """SELECT figure_actors.actor, statements.id FROM figure_links
        JOIN statements ON statements.id = figure_links.statement
        JOIN figure_actors ON figure_actors.document = statements.document AND figure_actors.key = figure_links.key
        WHERE statements.actor IS NOT figure_actors.actor AND {}"""
    bare = """SELECT NULL, id FROM statements WHERE actor IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM figure_links WHERE statement = statements.id) AND document IN"""
    rows: set[tuple[str | None, str]] = {
        *_rows_of(case, linked.format("figure_links.key IN"), keys),
        *_rows_of(case, linked.format("statements.document IN"), documents),
        *_rows_of(case, bare, documents),
    }
    case.connection.executemany("UPDATE statements SET actor = ? WHERE id = ?", rows)
    return frozenset(id for _, id in rows)


def _put_difference(
    case: Case,
    table: str,
    columns: tuple[str, ...],
    *,
    before: set[tuple[Any, ...]],
    after: set[tuple[Any, ...]],
) -> None:
    """Makes `after` of the rows `before`, writing only what differs: a popular actor has thousands."""
    where = " AND ".join(f"{column} = ?" for column in columns)
    case.connection.executemany(f"DELETE FROM {table} WHERE {where}", sorted(before - after))
    case.connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", sorted(after - before)
    )


def _rows_of(case: Case, sql: str, values: Collection[str]) -> Iterator[Any]:
    """The rows of a query that ends with "... IN", for some values, however many."""
    return case.rows(f"{sql} (SELECT value FROM json_each(?))", [_packed(sorted(values))])


def _packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ends(spans: Iterable[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


# Reading


def links(case: Case, *, document: str | None = None, actor: str | None = None) -> dict[str, ActorLink]:
    """Statement -> its link to an actor: of one document, of one actor, or of the whole case."""
    where = {"statements.document": document, "statements.actor": actor}
    given = {column: value for column, value in where.items() if value is not None}
    sql = f"""SELECT statements.id, statements.actor, decided, how, probability, rests_start, rests_end, figure_links.key
        FROM statements JOIN figure_links ON figure_links.statement = statements.id
        JOIN figure_actors ON figure_actors.document = statements.document AND figure_actors.key = figure_links.key
        WHERE {" AND ".join(f"{column} = ?" for column in given) or "1"} ORDER BY statements.id"""
    return {
        id: ActorLink(
            statement=id,
            actor=actor,
            how="analyst" if decided else how,
            probability=probability,
            rests_on=None if start is None else Span(start, end),
            local=local(key) and not decided,
        )
        for id, actor, decided, how, probability, start, end, key in case.rows(sql, given.values())
    }
