"""What pages show of a case: questions that are answered in bounded work, however many documents there are.

A list says how many there are and gives one stretch of them; `search` finds statements and documents.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Generic, TypeVar

from stemmata.case.departures import turned
from stemmata.case.disputes import ShownDispute, dispute_of, disputes, shown_disputes
from stemmata.case.documents import Case
from stemmata.case.lineage import BARE, EDGE, PARTED_AT, bare_change, changes_on, stored_edge
from stemmata.case.parts import Part, left_alone, parted, parts_of
from stemmata.case.rows import DOCUMENT_ORDER, FIRST_ORDER, LOCATION, Entry, called
from stemmata.case.timeline import Timeline, over_time
from stemmata.case.verdicts import SURE, Decisions, Weight, weigher
from stemmata.model import (
    DEPARTING,
    Actor,
    Change,
    Claim,
    Edge,
    StemmataError,
    content_id,
    subject,
)

LOOKED_THROUGH: Final = 2_000  # candidates of a search: sorted and filtered in some 50 ms on one core of a laptop
MOST_OF_ACTOR: Final = 2_000  # statements of an actor that its page counts over; a head of state has more

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Some(Generic[T]):
    """The first rows of a list, and how many it has."""

    rows: list[T]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class Brief:
    """A document without its text."""

    id: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    location: str | None = None  # where it was read from

    @property
    def name(self) -> str:
        """What stands for the document in a drawing or a list."""
        return called(self.id, self.outlet, self.title, self.location)

    @property
    def heading(self) -> str:
        return self.title or self.name


_REFUSED = "NOT kept OR step IN ('encode', 'attribute', 'collate')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How much a case holds, and from how few origins: a document of no family is an origin, and so is one that was
    made from no other of its family."""

    documents: int
    outlets: int  # that are named
    unnamed: int  # documents that name no outlet
    origins: int
    alone: int  # documents of no family
    families: int
    statements: int
    disputes: int
    refusals: int  # articles that were not read, or not analysed
    remarks: int  # on how articles were read: a date that was not used, fields of other names


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """An origin of a family, as case/parts.py has it, with the documents that it names."""

    brief: Brief
    guessed: bool
    doubted: bool
    before: Brief | None


def beginnings(part: Part, brief: Mapping[str, Brief]) -> tuple[Beginning, ...]:
    return tuple(
        Beginning(brief=brief[o.document], guessed=o.guessed, doubted=o.doubted, before=brief.get(o.before or ""))
        for o in part.origins
    )


def heading(part: Part, brief: Mapping[str, Brief]) -> str:
    """What a family goes by: the title of its first origin, or of the earliest version that has one."""
    first = part.origins[0]
    order = [first.document, *([first.before] if first.before else []), *part.documents]
    return next((t for d in order if (t := brief[d].title)), brief[first.document].heading)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFamily:
    """A family as a line of a list, or a part of one that a person parted (`parts` of them); `gravest` is its gravest
    change that counts (`weight`), if one does."""

    id: str
    parts: int
    versions: int
    heading: str
    outlets: int  # that are named
    unnamed: int  # versions that name no outlet
    origins: tuple[Beginning, ...]  # the earliest first
    gravest: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """An actor as a line of a list."""

    id: str
    name: str
    kind: str
    statements: int
    documents: int
    only_in: Brief | None  # the document, where it speaks in one alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A claim that an actor made: how often, when first, in how many documents and as which acts; and in how many it is
    told the other way round, by a change that negated it, and as which acts."""

    claim: Claim
    statements: int
    first: str | None
    documents: int
    acts: tuple[str, ...]
    turned_documents: int
    turned_acts: tuple[str, ...]


# Documents


BRIEF: Final = f"documents.id, outlet, title, published, url, {LOCATION}"


def briefs(case: Case, ids: Iterable[str]) -> dict[str, Brief]:
    """The documents of those ids, by id, oldest first."""
    sql = f"SELECT {BRIEF} FROM documents WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {DOCUMENT_ORDER}"
    return {row[0]: Brief(*row) for row in case.rows(sql, [json.dumps(list(ids))])}


def relatives(case: Case, document: str) -> tuple[list[Edge], list[Edge]]:
    """The edges to what a document was made from, and to what was made from it, the likeliest first, and last those
    that a person parted."""
    sql = f"SELECT {EDGE} FROM edges WHERE {{}} = ? ORDER BY {PARTED_AT} IS NOT NULL, score DESC, parent, child"
    up, down = (list(map(stored_edge, case.rows(sql.format(side), [document]))) for side in ("child", "parent"))
    return up, down


def remarks_on(case: Case, document: str) -> list[str]:
    """What was told when a document was read and analysed: why it has no date, say, or no statements."""
    sql = """SELECT reason FROM refusals WHERE document = ?1
            OR kept AND location IN (SELECT location FROM evidence WHERE document = ?1) ORDER BY key"""
    return list(dict.fromkeys(reason for (reason,) in case.rows(sql, [document])))


def families_of(case: Case, document: str) -> list[str]:
    """The families of a document: more than one for a digest that tells several stories."""
    return [id for (id,) in case.rows("SELECT family FROM members WHERE document = ? ORDER BY family", [document])]


# The parameter: those that no edge of a family joins to another any more, as a person rejected it
_ALONE: Final = """(NOT EXISTS (SELECT 1 FROM members WHERE document = documents.id)
    OR documents.id IN (SELECT value FROM json_each(?)))"""


def is_alone(case: Case, decided: Decisions, document: str) -> bool:
    """Whether a document of that id is there, and of no family."""
    sql = f"SELECT EXISTS (SELECT 1 FROM documents WHERE id = ? AND {_ALONE})"
    return bool(case.value(sql, [document, json.dumps(sorted(left_alone(case, parted(case, decided))))]))


def most_telling_alone(case: Case, decided: Decisions, *, limit: int) -> list[str]:
    """The documents of no family, those in most disputes and then those with most statements first. Counts over the
    whole case."""
    sql = f"""WITH quarrels AS (SELECT document, count(*) AS n FROM
            (SELECT by_statement AS side FROM disputes UNION ALL SELECT of_statement FROM disputes)
            CROSS JOIN statements ON statements.id = side GROUP BY document)
        SELECT documents.id FROM documents LEFT JOIN quarrels ON quarrels.document = documents.id WHERE {_ALONE}
        ORDER BY coalesce(n, 0) DESC, (SELECT count(*) FROM statements WHERE document = documents.id) DESC,
            {DOCUMENT_ORDER} LIMIT ?"""
    parted_off = json.dumps(sorted(left_alone(case, parted(case, decided))))
    return [id for (id,) in case.rows(sql, [parted_off, limit])]


def changes_between(case: Case, parent: str, child: str) -> list[Change]:
    """What `child` did to the claims of `parent`, the gravest first."""
    return sorted(changes_on(case, parent, child), key=lambda c: c.gravity)


def changes_of_family(case: Case, family: str) -> list[Change]:
    """What the versions of a family changed, edge by edge, without the characters that it rests on."""
    return [bare_change(row) for row in case.rows(f"{_OF_FAMILY} edges.parent, edges.child, changes.key", [family])]


_OF_FAMILY: Final = f"""SELECT {BARE} FROM edges CROSS JOIN changes
    ON parent_document = edges.parent AND child_document = edges.child WHERE edges.family = ? ORDER BY"""


# The case as a whole


def held(case: Case, decided: Decisions) -> Held:
    rejects = decided.rejected("edge")
    parentless = 0  # children of whom every edge was rejected: they stand as origins now
    for child in {child for _, child in rejects}:
        parents = [p for (p,) in case.rows("SELECT parent FROM edges WHERE child = ?", [child])]
        parentless += bool(parents) and all((p, child) in rejects for p in parents)
    tables = ("documents", "families", "statements", "disputes")
    documents, families, statements, disputed = (case.value(f"SELECT count(*) FROM {x}") for x in tables)
    in_families = case.value("SELECT count(DISTINCT document) FROM members")
    children = case.value("SELECT count(DISTINCT child) FROM edges")
    apart = parted(case, decided)
    more = sum(sum(len(p.documents) > 1 for p in some) - 1 for some in apart.values())
    return Held(
        documents=documents,
        outlets=case.value("SELECT count(DISTINCT outlet) FROM documents"),
        unnamed=case.value("SELECT count(*) - count(outlet) FROM documents"),
        origins=documents - in_families + max(0, in_families - children) + parentless,
        alone=documents - in_families + len(left_alone(case, apart)),
        families=families + more,
        statements=statements,
        disputes=disputed,
        refusals=case.value(f"SELECT count(*) FROM refusals WHERE {_REFUSED}"),
        remarks=case.value(f"SELECT count(*) FROM refusals WHERE NOT ({_REFUSED})"),
    )


def largest_families(case: Case, decided: Decisions, *, limit: int, offset: int = 0) -> list[ListedFamily]:
    """The largest families as they are kept; of one that a person parted, every part of more than one version."""
    sql = "SELECT family, count(*) FROM members GROUP BY family ORDER BY 2 DESC, family LIMIT ? OFFSET ?"
    weighed = weigher(case, decided)
    found = [
        f
        for id, _ in list(case.rows(sql, [limit, offset]))
        for f in _listed(case, decided, id, _loud(case, id, weighed))
    ]
    return sorted(found, key=lambda f: -f.versions)


def gravest_families(case: Case, decided: Decisions, *, limit: int) -> list[ListedFamily]:
    """The families with the gravest changes first, of those with changes that count."""
    weighed = weigher(case, decided)
    found: dict[str, Change] = {}
    confirmed = [content_id(subject("change", *k)) for k, s in decided.of("change").items() if s == "confirmed"]
    sql = f"""SELECT edges.family, {BARE} FROM changes
        CROSS JOIN edges ON edges.child = child_document AND edges.parent = parent_document
        WHERE changes.score >= ? OR changes.id IN (SELECT value FROM json_each(?))
        ORDER BY changes.gravity, changes.score DESC"""
    for family, *row in islice(case.rows(sql, [SURE, json.dumps(confirmed)]), LOOKED_THROUGH):
        change = bare_change(row)
        if family not in found and weighed(change) == "counts":
            found[family] = change
        if len(found) == limit:
            break
    return [f for id, gravest in found.items() for f in _listed(case, decided, id, [gravest]) if f.gravest]


def _loud(case: Case, family: str, weighed: Callable[[Change], Weight]) -> Iterable[Change]:
    """The changes of a family that count, the gravest first."""
    rows = case.rows(f"{_OF_FAMILY} changes.gravity, changes.score DESC", [family])
    return (c for c in map(bare_change, rows) if weighed(c) == "counts")


def _listed(case: Case, decided: Decisions, id: str, loud: Iterable[Change]) -> list[ListedFamily]:
    """The parts of a family of more than one version, the largest first; `loud`: its changes, the gravest first."""
    every = parts_of(case, decided, id)
    shown = [p for p in every if len(p.documents) > 1]
    brief = briefs(case, [d for p in shown for d in p.documents])
    gravest: dict[str, Change] = {}
    of = {d: p.documents[0] for p in shown for d in p.documents}
    for c in loud:
        gravest.setdefault(of.get(c.child_document, ""), c)
        if len(gravest) == len(shown):
            break
    return [
        ListedFamily(
            id=id,
            parts=len(every),
            versions=len(p.documents),
            heading=heading(p, brief),
            outlets=len({brief[d].outlet for d in p.documents} - {None}),
            unnamed=sum(brief[d].outlet is None for d in p.documents),
            origins=beginnings(p, brief),
            gravest=gravest.get(p.documents[0]),
        )
        for p in shown
    ]


def most_quoted(case: Case, decided: Decisions, *, limit: int) -> list[Voice]:
    """Who speaks most, the most first, by the statements that nobody rejected. Counts over the whole case."""
    gone = _gone(decided)
    sql = f"""SELECT id, name, kind, told FROM (
            SELECT actor, count(*) AS told FROM statements WHERE actor IS NOT NULL AND {_HELD}
            GROUP BY actor ORDER BY told DESC, actor LIMIT ?
        ) JOIN actors ON actors.id = actor ORDER BY told DESC, name"""
    found = list(case.rows(sql, [gone, limit]))
    told = f"SELECT count(DISTINCT document), min(document) FROM statements WHERE actor = ? AND {_HELD}"
    where = {id: next(case.rows(told, [id, gone])) for id, *_ in found}
    alone = briefs(case, {document for n, document in where.values() if n == 1})
    return [
        Voice(
            **dict(zip(("id", "name", "kind", "statements"), row, strict=True)),
            documents=many,
            only_in=alone[document] if many == 1 else None,
        )
        for row, (many, document) in ((row, where[row[0]]) for row in found)
    ]


def speakers(case: Case, decided: Decisions) -> int:
    """How many actors say something that nobody rejected."""
    return int(case.value(f"SELECT count(DISTINCT actor) FROM statements WHERE {_HELD}", [_gone(decided)]))


_HELD: Final = "id NOT IN (SELECT value FROM json_each(?))"


def _gone(decided: Decisions) -> str:
    return json.dumps([id for (id,) in decided.rejected("statement")])


# Statements, actors and claims


def entries(case: Case, ids: Iterable[str]) -> dict[str, Entry]:
    """The statements of those ids, by id, oldest first."""
    return {e.statement.id: e for e in case.entries(ids)}


def names(case: Case, actors: Iterable[str]) -> dict[str, str]:
    """actor -> its name, of those that there are still."""
    return dict(case.rows_in("SELECT id, name FROM actors WHERE id IN", actors))


def gists(case: Case, claims: Iterable[str]) -> dict[str, str]:
    return dict(case.rows_in("SELECT id, gist FROM claims WHERE id IN", claims))


def claims_in(case: Case, documents: Sequence[str]) -> dict[str, set[str]]:
    """claim -> the documents that have it, of those given, in the order in which the claims first appear."""
    sql = """SELECT claim, document FROM json_each(?) AS asked CROSS JOIN statements ON document = asked.value
        WHERE claim IS NOT NULL ORDER BY asked.key, "start" """
    found: dict[str, set[str]] = {}
    for claim, document in case.rows(sql, [json.dumps(documents)]):
        found.setdefault(claim, set()).add(document)
    return found


def actor(case: Case, id: str) -> Actor:
    row = next(case.rows("SELECT id, name, kind, aliases FROM actors WHERE id = ?", [id]), None)
    if row is None:
        raise StemmataError(f"no actor {id!r} in {case.path.name}: stemmata actors {case.path.name} lists them")
    return Actor(id=row[0], name=row[1], kind=row[2], aliases=tuple(json.loads(row[3])))


def keys_of(case: Case, actor: str) -> list[str]:
    """What an actor is made of: judgements are hung on its keys, as its id changes with them."""
    sql = "SELECT DISTINCT key FROM actor_parts WHERE actor = ? ORDER BY key"
    return [key for (key,) in case.rows(sql, [actor])] or [actor]


# The statements that the page of an actor (the parameter) is about: all, or as many as can be counted while it waits.
_OF_ACTOR: Final = f"""(SELECT id, document, "start", act, claim FROM statements WHERE actor = ?
    LIMIT {MOST_OF_ACTOR}) AS mine"""


def acts_of(case: Case, actor: str) -> list[tuple[str, int]]:
    """How an actor speaks: act -> how often, the most frequent first."""
    return list(case.rows(f"SELECT act, count(*) FROM {_OF_ACTOR} GROUP BY act ORDER BY 2 DESC", [actor]))


def timeline_of(case: Case, actor: str) -> Timeline:
    """An actor's statements over time, for the outlets that carry the most."""
    sql = f"FROM {_OF_ACTOR} CROSS JOIN documents ON documents.id = document"
    rows = case.rows(f"SELECT outlet, unixepoch(published), count(*) {sql} GROUP BY 1, 2", [actor])
    return over_time(list(rows), rows=8)


def telling_of(case: Case, actor: str) -> list[str]:
    """Of an actor's statements, those that tell a claim first in some act, those that dispute something, and all of a
    claim that a change may have brought about: the rest takes up nothing new."""
    sql = f"""SELECT id FROM (SELECT mine.id, min(
                coalesce(published || iif(length(published) = 10, '~', ''), '~~') || ' ' || document)
            FROM {_OF_ACTOR} CROSS JOIN documents ON documents.id = document GROUP BY coalesce(claim, mine.id), act)
        UNION SELECT mine.id FROM {_OF_ACTOR} CROSS JOIN disputes ON by_statement = mine.id
        UNION SELECT mine.id FROM {_OF_ACTOR} WHERE claim IN (
            SELECT mine.claim FROM {_OF_ACTOR} CROSS JOIN changes ON child_statement = mine.id
            CROSS JOIN json_each(changes.changes) AS label WHERE label.value IN (SELECT value FROM json_each(?)))"""
    return [id for (id,) in case.rows(sql, [*[actor] * 4, json.dumps(DEPARTING)])]


def statements_in(case: Case, documents: Collection[str]) -> list[str]:
    sql = "SELECT statements.id FROM json_each(?) AS asked CROSS JOIN statements ON document = asked.value"
    return [id for (id,) in case.rows(sql, [json.dumps(list(documents))])]


def statement_counts(case: Case, documents: Collection[str]) -> dict[str, int]:
    """document -> how many statements it has, of those that have some."""
    sql = """SELECT document, count(*) FROM json_each(?) AS asked CROSS JOIN statements ON document = asked.value
        GROUP BY document"""
    return dict(case.rows(sql, [json.dumps(list(documents))]))


def documents_of(case: Case, actor: str, *, limit: int) -> Some[Brief]:
    """Documents in which an actor speaks, oldest first: `limit` of them."""
    sql = f"""SELECT {BRIEF} FROM (SELECT DISTINCT document FROM statements WHERE actor = ? LIMIT ?)
        CROSS JOIN documents ON documents.id = document ORDER BY {DOCUMENT_ORDER}"""
    total = case.value("SELECT count(DISTINCT document) FROM statements WHERE actor = ?", [actor])
    return Some(rows=[Brief(*row) for row in case.rows(sql, [actor, limit])], total=total)


def statements_of(case: Case, actor: str, *, limit: int, offset: int = 0) -> list[Entry]:
    """An actor's statements, oldest first."""
    sql = f"""SELECT mine.id FROM {_OF_ACTOR} CROSS JOIN documents ON documents.id = document
        ORDER BY {DOCUMENT_ORDER}, "start" LIMIT ? OFFSET ?"""
    return list(case.entries(id for (id,) in case.rows(sql, [actor, limit, offset])))


def repeated(case: Case, decided: Decisions, actor: str, *, limit: int) -> Some[Repeated]:
    """The claims that an actor made in more than one document, the most repeated first."""
    sql = f"""SELECT claims.id, gist, count(*), min(published), json_group_array(mine.id), count(*) OVER ()
        FROM {_OF_ACTOR} CROSS JOIN documents ON documents.id = document JOIN claims ON claims.id = claim
        GROUP BY claims.id HAVING count(DISTINCT document) > 1
        ORDER BY count(DISTINCT document) DESC, 4, claims.id LIMIT ?"""
    rows = [(*row[:4], json.loads(row[4]), row[5]) for row in case.rows(sql, [actor, limit])]
    told = [id for *_, ids, _ in rows for id in ids]
    other_way = turned(case, decided, told)
    asked = """SELECT statements.id, document, act FROM json_each(?) AS asked
        CROSS JOIN statements ON statements.id = asked.value"""
    where = {id: (document, act) for id, document, act in case.rows(asked, [json.dumps(told)])}
    found = []
    for id, gist, n, first, ids, _ in rows:
        one, other = ([where[s] for s in ids if (s in other_way) == way] for way in (False, True))
        found.append(
            Repeated(
                claim=Claim(id=id, gist=gist, statements=()),
                statements=n,
                first=first,
                documents=len({d for d, _ in one}),
                acts=tuple(sorted({act for _, act in one})),
                turned_documents=len({d for d, _ in other}),
                turned_acts=tuple(sorted({act for _, act in other})),
            )
        )
    return Some(rows=found, total=rows[0][-1] if rows else 0)


def claim(case: Case, id: str) -> Claim:
    """A claim and its statements, in order of appearance."""
    gist = case.value("SELECT gist FROM claims WHERE id = ?", [id])
    if gist is None:
        raise StemmataError(f"no claim {id!r} in {case.path.name}: it may have another id since the last collate")
    sql = f"""SELECT statements.id FROM statements JOIN documents ON documents.id = document
        WHERE claim = ? ORDER BY {FIRST_ORDER}, "start" """
    return Claim(id=id, gist=gist, statements=tuple(s for (s,) in case.rows(sql, [id])))


def changes_into(case: Case, statements: Collection[str]) -> dict[str, list[Change]]:
    """child statement -> the changes that made it what it is."""
    sql = f"SELECT {BARE} FROM changes WHERE child_statement IN (SELECT value FROM json_each(?)) ORDER BY key"
    found: dict[str, list[Change]] = {}
    for row in case.rows(sql, [json.dumps(list(statements))]):
        change = bare_change(row)
        found.setdefault(change.child_statement or "", []).append(change)
    return found


def disputes_about(case: Case, statements: Collection[str], *, limit: int) -> Some[ShownDispute]:
    """Disputes that any of these statements raises or meets, the surest first."""
    sql = """SELECT by_statement, of_statement, relation, score, count(*) OVER () FROM (
            SELECT * FROM disputes WHERE by_statement IN (SELECT value FROM json_each(?1))
            UNION SELECT * FROM disputes WHERE of_statement IN (SELECT value FROM json_each(?1)))
        ORDER BY score DESC, by_statement, of_statement LIMIT ?2"""
    rows = list(case.rows(sql, [json.dumps(list(statements)), limit]))
    found = shown_disputes(case, (dispute_of(row[:4]) for row in rows))
    return Some(rows=found, total=rows[0][4] if rows else 0)


def disputes_of_actor(case: Case, actor: str, *, limit: int) -> Some[ShownDispute]:
    """Disputes in which an actor speaks on either side, the surest first."""
    return disputes_about(case, [id for (id,) in case.rows(f"SELECT id FROM {_OF_ACTOR}", [actor])], limit=limit)


def disputes_within(case: Case, documents: Collection[str], *, limit: int) -> Some[ShownDispute]:
    """Disputes that any of these documents raises or meets, the surest first."""
    return disputes_about(case, statements_in(case, documents), limit=limit)


def latest_disputes(case: Case, *, limit: int, offset: int = 0, unsure: bool = False) -> list[ShownDispute]:
    """Some of the disputes of a case, the surest first; `unsure` as in `disputes`."""
    return shown_disputes(case, islice(disputes(case, unsure=unsure), offset, offset + limit))
