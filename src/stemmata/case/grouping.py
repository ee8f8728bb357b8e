"""A case's figures brought together as actors, with what people decided on top.

`put_figures` stores what resolving found in one document. `regroup` then brings the actors up to date: it looks at the
figures that came or went, at what people judged and what versions of one text tell meanwhile, and at all that these can
touch, never at the whole case. What comes out is the same in whatever order the documents arrived.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import chain, repeat
from typing import Any, Final

from stemmata.case import judgements
from stemmata.case.documents import Case
from stemmata.case.file import as_json, packed
from stemmata.case.parted import part_statements
from stemmata.case.rows import ends
from stemmata.model import Judgement, JudgementKind, Run
from stemmata.resolve import (
    Bond,
    Figure,
    Figures,
    Merged,
    Office,
    Offices,
    Record,
    blocks,
    bonds,
    by_head,
    closure,
    given,
    may_speak_for_state,
    merged,
    records,
    sourcings,
    tells_by_name,
    told_locally,
)
from stemmata.resolve.keys import figure_key, local

ON_ACTORS: Final[tuple[JudgementKind, ...]] = ("merge", "split", "rename", "set-side")


def standing(case: Case) -> list[Judgement]:
    """What people decided about actors, the first one first, but for what was taken back."""
    return judgements.standing_judgements(case, *ON_ACTORS)


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
        "INSERT INTO figures (document, key, name, kind, aliases, countries, roles, likely, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (document, f.key, f.name, f.kind, *map(as_json, (f.aliases, f.countries, roles)), f.likely, run.id)
            for f, roles in ((f, list(map(ends, f.roles))) for f in found.figures)
        ],
    )
    put(
        "INSERT INTO figure_links (statement, key, how, probability, rests_start, rests_end, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(x.statement, x.key, x.how, x.probability, *ends(x.rests_on), run.id) for x in found.links],
    )


def regroup(case: Case) -> frozenset[str]:
    """Brings the actors up to date with figures and judgements; inside a transaction of yours.

    Returns the ids of the statements that have another actor now than before.
    """
    if not case.value("SELECT EXISTS (SELECT 1 FROM ungrouped)"):
        return frozenset()
    decided = standing(case)
    part_statements(case, decided)
    stale = list(case.rows("SELECT key, document FROM ungrouped"))
    keys = {key for key, _ in stale}
    around = _Around(case, decided)
    near = closure(
        keys,
        around.fetched,
        decided,
        left=[block for block, _ in case.rows_in("SELECT block, key FROM actor_blocks WHERE key IN", keys)],
    )
    touched = keys | {figure_key(r.key) for r in near}
    moved, gone, retold = _put_actors(
        case, merged(near, decided, around.bonded, _offices(case, near)), touched, stale=keys
    )
    _put_difference(
        case,
        "actor_blocks",
        ("block", "key"),
        before=set(case.rows_in("SELECT block, key FROM actor_blocks WHERE key IN", touched)),
        after={(b, figure_key(r.key)) for r in near for b in blocks(r)},
    )
    documents = {document for _, document in stale}
    changed = _put_speakers(case, keys=moved, documents=documents)
    _put_sourcings(case, retold - gone, documents=documents)
    case.connection.executemany("DELETE FROM actors WHERE id = ?", [(id,) for id in gone])
    case.connection.execute("DELETE FROM ungrouped")
    return changed


def records_of(case: Case, keys: Collection[str], decided: Iterable[Judgement]) -> list[Record]:
    """The records of some keys. Figures that are alike are read once, and counted; one that stands for another of its
    document, of which its part may be meant, is read with that, and so is one that is known in that document only."""
    parted = {figure_key(t) for j in decided if j.kind == "split" for t in j.targets}
    sql = """SELECT iif(likely IS NULL AND instr(key, '@') = 0, {document}, document), key, name, kind, aliases, likely,
            countries, count(*)
        FROM figures WHERE key IN (SELECT value FROM json_each(?))
        GROUP BY 1, key, name, kind, aliases, likely, countries"""
    rows = chain(
        case.rows(sql.format(document="''"), [packed(set(keys) - parted)]),
        case.rows(sql.format(document="document"), [packed(set(keys) & parted)]),
    )
    found = [(_figure(row), row[-1]) for row in rows]
    speaking: dict[str, set[str]] = defaultdict(set)
    told = {f.document for f, _ in found if f.kind == "organisation" and told_locally(f.key)}
    sql = "SELECT document, key FROM figures WHERE key LIKE 'person:% %' AND document IN"
    for document, key in case.rows_in(sql, told):
        speaking[document].add(key)
    return records(chain.from_iterable(repeat(f, times) for f, times in found), decided, speaking)


def _figure(row: Any) -> Figure:
    document, key, name, kind, aliases, likely, countries = row[:7]
    told = {"aliases": tuple(json.loads(aliases)), "countries": tuple(map(tuple, json.loads(countries)))}
    return Figure(document=document, key=key, name=name, kind=kind, likely=likely, **told)


class _Around:
    """What actors may be made of: read of a case, with the bonds found on the way."""

    def __init__(self, case: Case, decided: list[Judgement]) -> None:
        self.case, self.decided = case, decided
        self.bonded: set[Bond] = set()
        self.met: set[str] = set()  # the keys that were looked around already

    def fetched(self, wanted: frozenset[str], keys: frozenset[str]) -> list[Record]:
        """The records that stand in blocks, and those of keys; each with all that it is bonded with, or was."""
        there = {key for _, key in self.case.rows_in("SELECT block, key FROM actor_blocks WHERE block IN", wanted)}
        every = fresh = there | keys
        while fresh := fresh - self.met:
            self.met |= fresh
            fresh = self._bonded_with(fresh) | self._together_with(fresh) | self._leaning_on(fresh)
            every |= fresh
        return records_of(self.case, every, self.decided)

    def _bonded_with(self, keys: Iterable[str]) -> set[str]:
        """What versions of one text show to be one with those of `keys` that they may tell it of."""
        asked = [k for k in keys if local(k) or may_speak_for_state(k)]
        told = {
            tuple(sorted((row[:8], row[8:])))
            for side, other in (("parent", "child"), ("child", "parent"))
            for row in self.case.rows_in(_TOLD_AGAIN.format(side=side, other=other), asked)
        }
        figured = (((_figure(one), one[7]), (_figure(two), two[7])) for one, two in told)
        found = bonds(((a, b, tells_by_name(a, x) and tells_by_name(b, y)) for (a, x), (b, y) in figured), self.decided)
        self.bonded |= found
        return {figure_key(k) for bond in found for k in bond}

    def _together_with(self, keys: Collection[str]) -> set[str]:
        """What was of one actor with any of `keys` until now, where one of the two is known in one document only: they
        stand in no block together."""
        actors = "SELECT actor FROM actor_parts WHERE key IN (SELECT value FROM json_each(?))"
        sql = f"SELECT DISTINCT key FROM actor_parts WHERE actor IN ({actors})"
        here = {key for (key,) in self.case.rows(sql, [packed(keys)]) if local(key)}
        return here | {key for (key,) in self.case.rows(sql, [packed(filter(local, keys))])}

    def _leaning_on(self, keys: Iterable[str]) -> set[str]:
        """What is open and likeliest one of `keys`: whose office it is may be told by any article with that one, and it
        need not be of one actor with them until now."""
        sql = """SELECT opened.key FROM figures AS told
            JOIN figures AS opened ON opened.document = told.document AND opened.likely = told.key WHERE told.key IN"""
        return {key for (key,) in self.case.rows_in(sql, [k for k in keys if not local(k)])}


def _offices(case: Case, near: Iterable[Record]) -> dict[str, bool]:
    """Of the open ones of some records: whether other articles give their office to the likeliest or to another."""
    opened = {r.key: r for r in near if r.likely}
    documents = dict(case.rows_in("SELECT key, document FROM figures WHERE key IN", opened))
    told: dict[str, Offices] = {}
    found = {}
    for key, r in opened.items():
        whose = figure_key(r.likely or "")
        if whose not in told:
            told[whose] = by_head(Office(document=d, key=k, words=words) for d, k, words in case.rows(_TOLD, [whose]))
        if key in documents and (to := given(r.names, whose, documents[key], told[whose])) is not None:
            found[key] = to
    return found


MOST_TOLD: Final = 300  # documents in which one speaks that are asked whose an office is: not tuned
# The words that give somebody an office where a figure (the parameter) speaks
_TOLD: Final = f"""
    SELECT other.document, other.key, substr(text, json_extract(role.value, '$[0]') + 1,
        json_extract(role.value, '$[1]') - json_extract(role.value, '$[0]'))
    FROM (SELECT document FROM figures WHERE key = ? LIMIT {MOST_TOLD}) AS here
    CROSS JOIN figures AS other ON other.document = here.document AND other.kind = 'person' AND other.roles <> '[]'
    JOIN documents ON documents.id = other.document, json_each(other.roles) AS role"""


# Figures whose statements tell one claim in a version and in one made from it. No anonymous source is anybody else's.
_TOLD_AGAIN: Final = """
    SELECT one.document, one.key, one.name, one.kind, one.aliases, one.likely, one.countries, link.how,
        two.document, two.key, two.name, two.kind, two.aliases, two.likely, two.countries, far.how
    FROM figure_links AS link JOIN statements AS said ON said.id = link.statement
    JOIN told_again ON told_again.{side} = said.id JOIN statements AS again ON again.id = told_again.{other}
    JOIN figure_links AS far ON far.statement = again.id
    JOIN figures AS one ON one.document = said.document AND one.key = link.key
    JOIN figures AS two ON two.document = again.document AND two.key = far.key
    WHERE said.sourcing <> 'anonymous' AND again.sourcing <> 'anonymous' AND link.key <> far.key
    AND link.key IN"""


def _put_actors(
    case: Case, made: list[Merged], touched: set[str], *, stale: Collection[str]
) -> tuple[set[str], set[str], set[str]]:
    """Stores actors, their parts and reasons. Returns the keys with a part that moved, the actors that are gone, and
    those that are of another kind than before, or have or had figures that moved or are stale."""
    parts = "SELECT part, key, actor, decided FROM actor_parts WHERE key IN"
    before = set(case.rows_in(parts, touched))
    after = {(part, figure_key(part), m.actor.id, int(part in m.decided)) for m in made for part in m.keys}
    known, here = {actor for _, _, actor, _ in before}, {m.actor.id for m in made}
    kinds = dict(case.rows_in("SELECT id, kind FROM actors WHERE id IN", here))
    latest = _latest_runs(case, touched)
    case.connection.executemany(
        "INSERT INTO actors (id, name, kind, aliases, side, run) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, aliases = excluded.aliases,"
        " side = excluded.side, run = excluded.run",
        [
            (m.actor.id, m.actor.name, m.actor.kind, as_json(m.actor.aliases), m.side,
             max(latest[figure_key(part)] for part in m.keys)[1]) for m in made
        ],
    )  # fmt: skip
    _put_difference(case, "actor_parts", ("part", "key", "actor", "decided"), before=before, after=after)
    reasons = "SELECT actor, part, other, why FROM actor_reasons WHERE actor IN"
    _put_difference(
        case,
        "actor_reasons",
        ("actor", "part", "other", "why"),
        before=set(case.rows_in(reasons, here)),
        after={(m.actor.id, *reason) for m in made for reason in m.reasons},
    )
    moved = {key for _, key, _, _ in before ^ after}
    retold = {actor for _, key, actor, _ in before | after if key in moved or key in stale}
    retold |= {m.actor.id for m in made if kinds.get(m.actor.id) != m.actor.kind}
    return moved, known - here, retold


def _latest_runs(case: Case, keys: Collection[str]) -> dict[str, tuple[int, str]]:
    """The run of the latest figure of each key, with its place among the runs of the case."""
    sql = """SELECT key, max(runs.rowid), runs.id FROM
        (SELECT DISTINCT key, run FROM figures WHERE key IN (SELECT value FROM json_each(?)))
        JOIN runs ON runs.id = run GROUP BY key"""
    return {key: (order, id) for key, order, id in case.rows(sql, [packed(keys)])}


def _put_speakers(case: Case, *, keys: Collection[str], documents: Collection[str]) -> frozenset[str]:
    """Gives the statements of figures of `keys`, and those of `documents`, their actors; returns those that changed."""
    linked = """SELECT figure_actors.actor, statements.id FROM figure_links
        JOIN statements ON statements.id = figure_links.statement
        JOIN figure_actors ON figure_actors.document = statements.document AND figure_actors.key = figure_links.key
        WHERE statements.actor IS NOT figure_actors.actor AND {}"""
    bare = """SELECT NULL, id FROM statements WHERE actor IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM figure_links WHERE statement = statements.id) AND document IN"""
    rows: set[tuple[str | None, str]] = {
        *case.rows_in(linked.format("figure_links.key IN"), keys),
        *case.rows_in(linked.format("statements.document IN"), documents),
        *case.rows_in(bare, documents),
    }
    case.connection.executemany("UPDATE statements SET actor = ? WHERE id = ?", rows)
    return frozenset(id for _, id in rows)


def _put_sourcings(case: Case, changed: Collection[str], *, documents: Collection[str]) -> None:
    """Gives the statements of some actors the sourcing that who they are tells, and those of `documents` that have no
    actor their own."""
    sql = """SELECT statements.id, own_sourcing, how, sourcing FROM statements
        JOIN figure_links ON figure_links.statement = statements.id WHERE actor = ?"""
    for actor, kind in list(case.rows_in("SELECT id, kind FROM actors WHERE id IN", changed)):
        rows = list(case.rows(sql, [actor]))
        now = {id: sourcing for id, _, _, sourcing in rows}
        meant = sourcings(kind, (row[:3] for row in rows)).items()
        case.connection.executemany(
            "UPDATE statements SET sourcing = ? WHERE id = ?", [(told, id) for id, told in meant if told != now[id]]
        )
    own = "SELECT own_sourcing, id FROM statements WHERE actor IS NULL AND sourcing <> own_sourcing AND document IN"
    rows = list(case.rows_in(own, documents))
    case.connection.executemany("UPDATE statements SET sourcing = ? WHERE id = ?", rows)


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
