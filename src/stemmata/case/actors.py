"""Who speaks in a case: the figures of its documents brought together as actors, with what people decided on top.

`put_figures` stores what resolving found in one document. `regroup` then brings the actors up to date: it looks at the
figures that came or went, at what people judged and what versions of one text tell meanwhile, and at all that these can
touch, never at the whole case. What comes out is the same in whatever order the documents arrived.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain, repeat
from typing import Any, Final

from stemmata.case import judgements
from stemmata.case.documents import DOCUMENT_ORDER, LOCATION, STATEMENT_ORDER, Case, called
from stemmata.case.views import briefs
from stemmata.model import Actor, ActorLink, Judgement, JudgementKind, Run, Span, StemmataError
from stemmata.resolve import (
    BY_VERSION,
    Bond,
    Figure,
    Figures,
    Listed,
    Merged,
    Record,
    blocks,
    bonds,
    closure,
    corrections,
    figure_key,
    folded,
    foremost,
    local,
    may_speak_for_state,
    merged,
    plain,
    records,
    sourcings,
)

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
        "INSERT INTO figures (document, key, name, kind, aliases, countries, roles, likely, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (document, f.key, f.name, f.kind, *map(_packed, (f.aliases, f.countries, _ends(f.roles))), f.likely, run.id)
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


def regroup(case: Case) -> frozenset[str]:
    """Brings the actors up to date with figures and judgements; inside a transaction of yours.

    Returns the ids of the statements that have another actor now than before.
    """
    stale = list(case.rows("SELECT key, document FROM ungrouped"))
    if not stale:
        return frozenset()
    keys = {key for key, _ in stale}
    decided = _standing(case)
    around = _Around(case, decided)
    near = closure(
        keys,
        around.fetched,
        decided,
        left=[block for block, _ in _rows_of(case, "SELECT block, key FROM actor_blocks WHERE key IN", keys)],
    )
    touched = keys | {figure_key(r.key) for r in near}
    moved, gone, retold = _put_actors(case, merged(near, decided, around.bonded), touched, stale=keys)
    _put_difference(
        case,
        "actor_blocks",
        ("block", "key"),
        before=set(_rows_of(case, "SELECT block, key FROM actor_blocks WHERE key IN", touched)),
        after={(b, r.key) for r in near for b in blocks(r)},
    )
    documents = {document for _, document in stale}
    changed = _put_speakers(case, keys=moved, documents=documents)
    _put_sourcings(case, retold - gone, documents=documents)
    case.connection.executemany("DELETE FROM actors WHERE id = ?", [(id,) for id in gone])
    case.connection.execute("DELETE FROM ungrouped")
    return changed


def _records(case: Case, keys: Collection[str], decided: Iterable[Judgement]) -> list[Record]:
    """The records of some keys. Figures that are alike are read once, and counted; one that stands for another of its
    document, of which its part may be meant, is read with that."""
    parted = {figure_key(t) for j in decided if j.kind == "split" for t in j.targets}
    sql = """SELECT iif(likely IS NULL, {document}, document), key, name, kind, aliases, likely, countries, count(*)
        FROM figures WHERE key IN (SELECT value FROM json_each(?))
        GROUP BY 1, key, name, kind, aliases, likely, countries"""
    rows = chain(
        case.rows(sql.format(document="''"), [_packed(sorted(set(keys) - parted))]),
        case.rows(sql.format(document="document"), [_packed(sorted(set(keys) & parted))]),
    )
    return records(chain.from_iterable(repeat(_figure(row), row[-1]) for row in rows), decided)


def _figure(row: Any) -> Figure:
    document, key, name, kind, aliases, likely, countries = row[:7]
    return Figure(
        document=document,
        key=key,
        name=name,
        kind=kind,
        aliases=tuple(json.loads(aliases)),
        countries=tuple((country, chance) for country, chance in json.loads(countries)),
        likely=likely,
    )


class _Around:
    """What actors may be made of: read of a case, with the bonds found on the way."""

    def __init__(self, case: Case, decided: list[Judgement]) -> None:
        self.case, self.decided = case, decided
        self.bonded: set[Bond] = set()
        self.met: set[str] = set()  # the keys that were looked around already

    def fetched(self, wanted: frozenset[str], keys: frozenset[str]) -> list[Record]:
        """The records that stand in blocks, and those of keys; each with all that it is bonded with, or was."""
        there = {key for _, key in _rows_of(self.case, "SELECT block, key FROM actor_blocks WHERE block IN", wanted)}
        every = fresh = there | keys
        while fresh := fresh - self.met:
            self.met |= fresh
            fresh = self._bonded_with(fresh) | self._together_with(fresh)
            every |= fresh
        return _records(self.case, every, self.decided)

    def _bonded_with(self, keys: Iterable[str]) -> set[str]:
        """What versions of one text show to be one with those of `keys` that they may tell it of."""
        asked = [k for k in keys if local(k) or may_speak_for_state(k)]
        told = {
            tuple(sorted((row[:6], row[6:])))
            for side, other in (("parent", "child"), ("child", "parent"))
            for row in _rows_of(self.case, _TOLD_AGAIN.format(side=side, other=other), asked)
        }
        found = bonds(((_figure([*one, "[]"]), _figure([*two, "[]"])) for one, two in told), self.decided)
        self.bonded |= found
        return {figure_key(k) for bond in found for k in bond}

    def _together_with(self, keys: Collection[str]) -> set[str]:
        """What was of one actor with any of `keys` until now, where one of the two is known in one document only: they
        stand in no block together."""
        actors = "SELECT actor FROM actor_parts WHERE key IN (SELECT value FROM json_each(?))"
        sql = f"SELECT DISTINCT key FROM actor_parts WHERE actor IN ({actors})"
        here = {key for (key,) in self.case.rows(sql, [_packed(sorted(keys))]) if local(key)}
        return here | {key for (key,) in self.case.rows(sql, [_packed(sorted(filter(local, keys)))])}


# Figures whose statements tell one claim in a version and in one made from it. No anonymous source is anybody else's.
_TOLD_AGAIN: Final = """
    SELECT one.document, one.key, one.name, one.kind, one.aliases, one.likely,
        two.document, two.key, two.name, two.kind, two.aliases, two.likely
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
    before = set(_rows_of(case, parts, touched))
    after = {(part, figure_key(part), m.actor.id, int(part in m.decided)) for m in made for part in m.keys}
    known, here = {actor for _, _, actor, _ in before}, {m.actor.id for m in made}
    kinds = dict(_rows_of(case, "SELECT id, kind FROM actors WHERE id IN", here))
    latest = _latest_runs(case, touched)
    case.connection.executemany(
        "INSERT INTO actors (id, name, kind, aliases, side, run) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, aliases = excluded.aliases,"
        " side = excluded.side, run = excluded.run",
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
    moved = {key for _, key, _, _ in before ^ after}
    retold = {actor for _, key, actor, _ in before | after if key in moved or key in stale}
    retold |= {m.actor.id for m in made if kinds.get(m.actor.id) != m.actor.kind}
    return moved, known - here, retold


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


def _put_sourcings(case: Case, changed: Collection[str], *, documents: Collection[str]) -> None:
    """Gives the statements of some actors the sourcing that who they are tells, and those of `documents` that have no
    actor their own."""
    sql = """SELECT statements.id, own_sourcing, how, sourcing FROM statements
        JOIN figure_links ON figure_links.statement = statements.id WHERE actor = ?"""
    for actor, kind in list(_rows_of(case, "SELECT id, kind FROM actors WHERE id IN", changed)):
        rows = list(case.rows(sql, [actor]))
        now = {id: sourcing for id, _, _, sourcing in rows}
        meant = sourcings(kind, (row[:3] for row in rows)).items()
        case.connection.executemany(
            "UPDATE statements SET sourcing = ? WHERE id = ?", [(told, id) for id, told in meant if told != now[id]]
        )
    own = "SELECT own_sourcing, id FROM statements WHERE actor IS NULL AND sourcing <> own_sourcing AND document IN"
    rows = list(_rows_of(case, own, documents))
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
    sql = f"""SELECT statements.id, statements.actor, own.decided, how, probability,
            likely IS NOT NULL AND guess.actor IS NOT statements.actor, rests_start, rests_end, figure_links.key
        FROM statements JOIN figure_links ON figure_links.statement = statements.id
        JOIN figures ON figures.document = statements.document AND figures.key = figure_links.key
        JOIN figure_actors AS own ON own.document = figures.document AND own.key = figures.key
        LEFT JOIN figure_actors AS guess ON guess.document = figures.document AND guess.key = likely
        WHERE {" AND ".join(f"{column} = ?" for column in given) or "1"} ORDER BY statements.id"""
    return {
        id: ActorLink(
            statement=id,
            actor=actor,
            how="analyst" if decided else how,
            probability=(1.0 if decided else BY_VERSION) if closed else probability,
            rests_on=None if closed or start is None else Span(start, end),
            local=local(key) and not decided,
        )
        for id, actor, decided, how, probability, closed, start, end, key in case.rows(sql, given.values())
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """An actor of a case: the side that a person put it on, and how much it says."""

    actor: Actor
    side: str | None
    statements: int
    documents: int
    only_in: str | None  # what stands for the document, where it speaks in one alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of a document, and where that was published."""

    document: str
    span: Span
    words: str
    outlet: str | None
    published: str | None
    name: str  # what stands for the document in a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two names were taken for one actor, with the first words under each."""

    why: str
    names: tuple[str, str]
    passages: tuple[Passage, ...]


_SPEAKERS: Final = """SELECT actors.id, name, kind, aliases, side, count(*), count(DISTINCT document), min(document)
    FROM actors JOIN statements ON statements.actor = actors.id"""


def speakers(case: Case) -> list[Speaker]:
    """Who speaks in a case, those who speak most first."""
    return _speakers(case, case.rows(f"{_SPEAKERS} GROUP BY actors.id ORDER BY 6 DESC, name, actors.id"))


def _speakers(case: Case, rows: Iterable[Any]) -> list[Speaker]:
    found = list(rows)
    alone = briefs(case, {row[-1] for row in found if row[-2] == 1})
    return [
        Speaker(
            actor=Actor(id=id, name=name, kind=kind, aliases=tuple(json.loads(aliases))),
            side=side,
            statements=statements,
            documents=documents,
            only_in=alone[document].name if documents == 1 else None,
        )
        for id, name, kind, aliases, side, statements, documents, document in found
    ]


def speaker(case: Case, given: str) -> Speaker:
    """The actor of that id, name or alias, or whose id, name or alias alone begins so; case and accents aside."""
    # those who speak: after documents were analysed anew, and until the next collate, actors may be left that do not
    sql = "SELECT id, name, aliases FROM actors WHERE EXISTS (SELECT 1 FROM statements WHERE actor = actors.id)"
    actors = [(id, [name, *json.loads(aliases)]) for id, name, aliases in case.rows(sql)]
    wanted = folded(plain(given))
    ways: tuple[Callable[[str, list[str]], bool], ...] = (
        lambda id, names: id == given,
        lambda id, names: folded(names[0]) == wanted,
        lambda id, names: any(folded(n) == wanted for n in names),
        lambda id, names: id.startswith(given) or any(f" {folded(n)}".find(f" {wanted}") >= 0 for n in names),
    )
    for fits in ways if wanted else ():
        found = sorted({id for id, names in actors if fits(id, names)})
        if len(found) == 1:
            return _by_id(case, found[0])
        if found:
            several = ", ".join(_told_apart(_by_id(case, id)) for id in found[:5])
            more = f", and {len(found) - 5:,} more" if len(found) > 5 else ""
            raise StemmataError(f"{given!r} may be several: type the id of one, or its beginning: {several}{more}")
    if not actors:
        raise StemmataError(f"no actors in {case.path.name} yet: stemmata collate {case.path}")
    near = get_close_matches(given, [n for _, names in actors for n in names], n=3, cutoff=0.5)
    hint = f"near it are {', '.join(near)}" if near else f"stemmata actors {case.path} lists them"
    raise StemmataError(f"no actor {given!r} in {case.path.name}; {hint}")


def _by_id(case: Case, id: str) -> Speaker:
    return _speakers(case, case.rows(f"{_SPEAKERS} WHERE actors.id = ?", [id]))[0]


def _told_apart(s: Speaker) -> str:
    """An actor among several of one name: its id, and where it speaks."""
    said = f"{s.statements:,} statement{'' if s.statements == 1 else 's'}"
    return f"{s.actor.id} ({s.actor.name}, {said} in {s.only_in or f'{s.documents:,} documents'})"


# The figures of an actor: those of its parts, but for what was split off from a part of a whole key.
_FIGURES_OF: Final = """FROM actor_parts AS mine JOIN figures ON figures.key = mine.key
    JOIN documents ON documents.id = figures.document
    WHERE mine.actor = ? AND mine.part = coalesce(
        (SELECT part FROM actor_parts WHERE part = figures.key || '|' || figures.document),
        (SELECT part FROM actor_parts WHERE part = figures.key || '|'), figures.key)"""


def roles(case: Case, actor: str, *, most: int = -1) -> list[Passage]:
    """The words that give an actor an office or an affiliation, oldest first; of `most` of its figures."""
    sql = f"""SELECT told.roles, {_PASSAGE} FROM
            (SELECT figures.document, roles {_FIGURES_OF} AND roles != '[]' LIMIT ?) AS told
        JOIN documents ON documents.id = told.document ORDER BY {DOCUMENT_ORDER}"""
    return [
        _passage(start, end, document)
        for spans, *document in case.rows(sql, [actor, most])
        for start, end in json.loads(spans)
    ]


_PASSAGE: Final = f"documents.id, documents.text, outlet, published, title, {LOCATION}"  # what `_passage` reads


def _passage(start: int, end: int, document: Sequence[Any]) -> Passage:
    id, text, outlet, published, title, location = document
    name = called(id, outlet, title, location)
    span, words = Span(start, end), text[start:end]
    return Passage(document=id, span=span, words=words, outlet=outlet, published=published, name=name)


def reasons(case: Case, actor: str) -> list[Reason]:
    """Why the names of an actor were taken for one, each with the words that it rests on."""
    rows = list(case.rows("SELECT part, other, why FROM actor_reasons WHERE actor = ? ORDER BY 1, 2", [actor]))
    return [
        Reason(
            why=why,
            names=(_name_of(case, part), _name_of(case, other)),
            passages=tuple(p for x in (part, other) if (p := _first_words(case, x))),
        )
        for part, other, why in rows
    ]


def _name_of(case: Case, part: str) -> str:
    """What a figure of a part is called; the key itself where no document has one any more."""
    key, bar, document = part.partition("|")
    name = case.value("SELECT name FROM figures WHERE key = ? ORDER BY length(name) DESC, name LIMIT 1", [key]) or key
    return f"{name} in {document}" if bar and document else str(name)


def _first_words(case: Case, part: str) -> Passage | None:
    """The oldest mention by name of a part, or where it has no name, the source itself."""
    key, _, document = part.partition("|")
    sql = f"""SELECT coalesce(rests_start, source_start), coalesce(rests_end, source_end), {_PASSAGE}
        FROM figure_links JOIN statements ON statements.id = figure_links.statement
        JOIN documents ON documents.id = statements.document
        WHERE figure_links.key = ?1 AND (?2 = '' OR documents.id = ?2) ORDER BY {STATEMENT_ORDER} LIMIT 1"""
    for start, end, *read in case.rows(sql, [key, document]):
        return _passage(start, end, read)
    return None


# Deciding: each is logged, holds at once, and is kept when everything else is computed anew


def merge(case: Case, *given: str, who: str, why: str) -> Speaker:
    """Says that actors are one, by id, name or alias; returns what they are now."""
    found = [speaker(case, g).actor for g in given]
    if len({a.id for a in found}) < 2:
        raise StemmataError(f"{' and '.join(given) or 'nobody'}: name two actors or more that are one")
    targets = tuple(dict.fromkeys(_meant(case, a.id, g) for a, g in zip(found, given, strict=True)))
    return _decided(case, _judgement("merge", targets, who=who, why=why))


def split(
    case: Case, given: str, *, document: str | None = None, alias: str | None = None, who: str, why: str
) -> Speaker:
    """Says that some of an actor is another: what speaks in a document, or goes under another name, or both.

    Returns that other, which goes under the name that it had, or, where none of its sources bears that, under theirs.
    Later documents go to the actor that they fit.
    """
    whole = speaker(case, given).actor
    id = case.document(document).id if document else None
    sql = f"SELECT part, figures.key, figures.document, figures.name {_FIGURES_OF}"
    every = list(case.rows(sql, [whole.id]))
    chosen = [
        row for row in every if id in (None, row[2]) and (alias is None or folded(row[3]) == folded(plain(alias)))
    ]
    if (document is None and alias is None) or len(chosen) in (0, len(every)):
        names = ", ".join(sorted({row[3] for row in every})[:5])
        where = ", ".join(sorted({row[2] for row in every})[:5])
        raise StemmataError(
            f"{'all' if chosen else 'none'} of {whole.name} is meant: name a part of it, by --alias ({names}), "
            f"by --document ({where})"
        )
    whole_parts = {row[0] for row in chosen} - {row[0] for row in every if row not in chosen}
    targets = tuple(
        sorted({row[0] if id is None and row[0] in whole_parts else f"{row[1]}|{row[2]}" for row in chosen})
    )
    parts = {_parted(t) for t in targets}
    for j in judgements.standing_judgements(case, "merge", "split"):
        together = set(j.targets) if j.kind == "merge" else {_parted(t) for t in j.targets}
        if len(together) > 1 and (bound := together & parts):
            raise StemmataError(f"{_name_of(case, min(bound))} was joined by {j.who}: stemmata undo {case.path} {j.id}")
    there = [(key, place) for _, key, place, _ in chosen]
    value = _written(case, there) if any(row[3] == whole.name for row in chosen) else None
    return _decided(case, _judgement("split", targets, value=value, who=who, why=why))


def _written(case: Case, figures: Iterable[tuple[str, str]]) -> str | None:
    """The fullest name that the sources of some figures bear, where none bears the one that their actor goes under."""
    found: set[str] = set()
    full: set[str] = set()
    sql = """SELECT figures.name, aliases, substr(text, source_start + 1, source_end - source_start)
        FROM figures JOIN documents ON documents.id = figures.document
        JOIN statements ON statements.document = documents.id
        JOIN figure_links ON figure_links.statement = statements.id AND figure_links.key = figures.key
        WHERE figures.key = ? AND figures.document = ? AND kind <> 'government'"""
    for key, document in figures:
        for name, aliases, source in case.rows(sql, (key, document)):
            words = f" {folded(plain(source))} "
            full.add(name)
            found.update(n for n in (name, *json.loads(aliases)) if re.search(rf"\b{re.escape(folded(n))}\b", words))
    return max(found, key=lambda n: (len(n.split()), n)) if found and not found & full else None


def rename(case: Case, given: str, name: str, *, who: str, why: str) -> Speaker:
    """Gives an actor the name that it is shown under."""
    if not any(c.isalnum() for c in name):
        raise StemmataError("an actor needs a name with a letter or a figure in it: type one")
    part = _meant(case, speaker(case, given).actor.id, given)
    return _decided(case, _judgement("rename", (part,), value=plain(name), who=who, why=why))


def set_side(case: Case, given: str, side: str, *, who: str, why: str) -> Speaker:
    """Puts an actor on a side: any label of a bloc; an empty one takes it off."""
    part = _meant(case, speaker(case, given).actor.id, given)
    return _decided(case, _judgement("set-side", (part,), value=plain(side), who=who, why=why))


def undo(case: Case, id: str | None = None, *, who: str) -> Judgement:
    """Takes back a judgement, the latest that stands unless `id` (or its beginning) names another; tells which."""
    return judgements.undo(case, who=who, id=id, then=regroup)


def subjects(case: Case, judgement: Judgement) -> list[str]:
    """What a judgement on actors is about, in words."""
    return [_name_of(case, t) for t in judgement.targets]


def listed_actors(case: Case) -> list[Listed]:
    """The actors as a list that other cases can take: those whose names say who they are, and those on a side."""
    known = {actor for actor, key in case.rows("SELECT actor, key FROM actor_parts") if not local(key)}
    return [
        Listed(name=s.actor.name, aliases=s.actor.aliases, kind=s.actor.kind, side=s.side)
        for s in speakers(case)
        if s.actor.id in known or s.side
    ]


def take_list(case: Case, rows: Iterable[Listed], *, who: str, why: str) -> list[Judgement]:
    """Decides what a list says, of the actors that are in the case; returns what was not so before."""
    every = _records(case, [k for (k,) in case.rows("SELECT DISTINCT key FROM figures")], _standing(case))
    made = []
    for j in corrections(rows, every, who=who, when=judgements.now(), why=why):
        now = {_by_part(case, t) for t in j.targets}
        so = {"merge": len(now) == 1, "rename": {s.actor.name for s in now} == {j.value}}
        if not so.get(j.kind, {s.side for s in now} == {j.value}):
            made.append(j)
    if made:
        _decided(case, *made)
    return made


def _parted(target: str) -> str:
    """The part that a target of a split becomes."""
    return target if "|" in target else f"{target}|"


def _standing(case: Case) -> list[Judgement]:
    return judgements.standing_judgements(case, *ON_ACTORS)


def _meant(case: Case, actor: str, given: str) -> str:
    """The part of an actor that a judgement is hung on: one that goes under the words given, else the foremost."""
    parts: dict[str, bool] = {}
    for part, name, aliases in case.rows(f"SELECT part, figures.name, figures.aliases {_FIGURES_OF}", [actor]):
        named = any(folded(n) == folded(plain(given)) for n in (name, *json.loads(aliases)))
        parts[part] = named or parts.get(part, False)
    return foremost([part for part, named in parts.items() if named] or parts)


def _by_part(case: Case, part: str) -> Speaker:
    parts = [part, f"{part}|"] if "|" not in part else [part]
    return _by_id(
        case, next(a for x in parts for (a,) in case.rows("SELECT actor FROM actor_parts WHERE part = ?", [x]))
    )


def _judgement(
    kind: JudgementKind, targets: tuple[str, ...], *, value: str | None = None, who: str, why: str
) -> Judgement:
    return Judgement(kind=kind, targets=targets, value=value, who=who, when=judgements.now(), why=why)


def _decided(case: Case, *made: Judgement) -> Speaker:
    """Logs judgements and makes the actors that they mean; returns that of the first target."""
    judgements.judge(case, *made, then=regroup)
    return _by_part(case, made[0].targets[0])
