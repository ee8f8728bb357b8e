"""What a case remembers of its collation, so that it can grow: rows in and out, by the tables at the end of schema.sql.

Everything here is called inside a transaction of the caller's, but for what only reads. What the rows mean, and when
they are stale, is for growth/ to know.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from sys import byteorder
from typing import Any, Final, Literal

from stemmata.case.documents import Case
from stemmata.case.file import packed
from stemmata.case.rows import DOCUMENT_ORDER
from stemmata.model import Refusal, Run, Span, Statement

MarkKind = Literal["stem", "run", "quote"]
_KINDS: Final[dict[MarkKind, int]] = {"stem": 0, "run": 1 << 48, "quote": 2 << 48}
_SIZES: Final = 1 << 16
# All that is made of documents together; figures and actors are case/grouping.py's.
_MADE: Final = (
    "found_disputes", "changes", "lost_ancestors", "edges", "members", "families", "told_again", "told_elsewhere",
    "alignments", "kin", "marks", "leftovers", "collated",
)  # fmt: skip


def holder(key: int, size: int) -> int:
    """A document that has a mark, by its key, and how many rare stems it has: in one number, as marks store both."""
    return key * _SIZES + min(size, _SIZES - 1)


def key_and_size(holder: int) -> tuple[int, int]:
    """What `holder` put into one number."""
    return divmod(holder, _SIZES)


# What waits, and what was looked at


def waiting(case: Case, *, limit: int | None = None) -> list[str]:
    """The documents that were added or analysed anew since the case was collated, the oldest first."""
    sql = f"""SELECT documents.id FROM waiting CROSS JOIN documents ON documents.key = waiting.document WHERE anew
        ORDER BY {DOCUMENT_ORDER} LIMIT ?"""
    return [id for (id,) in case.rows(sql, [-1 if limit is None else limit])]


def respoken(case: Case) -> list[str]:
    """The documents of families in which some source has another actor than when the case was collated."""
    sql = """SELECT documents.id FROM waiting CROSS JOIN documents ON documents.key = waiting.document
        WHERE NOT anew AND documents.id IN (SELECT document FROM members) ORDER BY documents.id"""
    return [id for (id,) in case.rows(sql)]


def done(case: Case, documents: Collection[str]) -> None:
    """Notes that collation has looked at `documents`."""
    keys = keys_of(case, documents).values()
    case.connection.executemany("DELETE FROM waiting WHERE document = ?", [(k,) for k in sorted(keys)])


def rested(case: Case) -> None:
    """Notes that nothing waits but documents that came in."""
    case.connection.execute("DELETE FROM waiting WHERE NOT anew")


def is_restless(case: Case) -> bool:
    """Whether speakers changed since the case was collated, or are about to."""
    return bool(case.value("SELECT EXISTS (SELECT 1 FROM waiting) OR EXISTS (SELECT 1 FROM ungrouped)"))


def is_stale(case: Case) -> bool:
    """Whether documents came in, or were analysed anew, since the case was last collated."""
    return bool(case.value("SELECT EXISTS (SELECT 1 FROM waiting WHERE anew)"))


def is_collated(case: Case) -> bool:
    """Whether the case was ever collated, in part at least."""
    return bool(case.value("SELECT EXISTS (SELECT 1 FROM collated)"))


def collated_by(case: Case) -> Run | None:
    """The run that collated the case: one for all of it."""
    sql = "SELECT version, weights, settings FROM runs WHERE id = (SELECT run FROM collated LIMIT 1)"
    for version, weights, settings in case.rows(sql):
        return Run(version=version, weights=weights, settings=json.loads(settings))
    return None


def forget_all(case: Case) -> None:
    """Takes away all that collation made, and lets every document wait for it."""
    execute = case.connection.execute
    execute("UPDATE documents SET family = NULL WHERE family IS NOT NULL")
    execute("UPDATE statements SET claim = NULL WHERE claim IS NOT NULL")
    execute("DELETE FROM statements WHERE sourcing = 'outlet'")
    for table in (*_MADE, "claims", "unsettled_claims"):
        execute(f"DELETE FROM {table}")
    execute("INSERT OR REPLACE INTO waiting (document, anew) SELECT key, 1 FROM documents")


def forget(case: Case, documents: Collection[str]) -> set[str]:
    """Takes away what was judged of `documents`; returns the others that they were kin to, to be judged anew."""
    keys = packed(keys_of(case, documents).values())
    sql = """SELECT id FROM documents WHERE key IN (
        SELECT later FROM kin WHERE earlier IN (SELECT value FROM json_each(?1))
        UNION SELECT earlier FROM kin WHERE later IN (SELECT value FROM json_each(?1)))"""
    around = {id for (id,) in case.rows(sql, [keys])}
    for column in ("kin.earlier", "kin.later", "collated.document"):
        _delete(case, column, keys)
    for column in ("alignments.parent", "alignments.child", "changes.parent_document", "changes.child_document"):
        _delete(case, column, packed(documents))
    return around - set(documents)


def _delete(case: Case, column: str, values: str) -> None:
    """Takes away the rows of a table ("TABLE.COLUMN") that have any of some values (`packed`)."""
    table, _, name = column.partition(".")
    case.connection.execute(f"DELETE FROM {table} WHERE {name} IN (SELECT value FROM json_each(?))", [values])


def remove(case: Case, documents: Collection[str]) -> None:
    """Takes documents out, with all that was found in them. Their families and marks have to be gone before."""
    found = ("members", "leftovers", "figures", "statements", "credits", "refusals", "evidence")
    ends = ("changes.parent_document", "changes.child_document", "edges.parent", "edges.child")
    for column in (*ends, *(f"{table}.document" for table in found), "documents.id"):
        _delete(case, column, packed(documents))


def put_tripped(case: Case, affected: Collection[str], found: Iterable[tuple[str, Refusal]], run: Run) -> None:
    """Notes which documents were not compared with what they were made from (`found`), in the place of what was noted
    of `affected`."""
    sql = "DELETE FROM refusals WHERE step = 'collate' AND document IN (SELECT value FROM json_each(?))"
    case.connection.execute(sql, [packed(affected)])
    for document, told in found:
        case.note_refusal(told, run, document=document)


def tripped(case: Case) -> tuple[Refusal, ...]:
    """What `put_tripped` noted and still holds."""
    return tuple(r for r in case.refusals() if r.step == "collate")


def retry(case: Case) -> None:
    """Lets the documents wait of which that is noted."""
    case.connection.execute(
        """INSERT OR REPLACE INTO waiting (document, anew)
        SELECT key, 1 FROM documents WHERE id IN (SELECT document FROM refusals WHERE step = 'collate')"""
    )


# Many documents at once


def statements(case: Case, ids: Collection[str]) -> dict[str, list[Statement]]:
    """The statements of each of some documents, in the order of the text, with the sourcing that their article alone
    tells."""
    found: dict[str, list[Statement]] = {id: [] for id in ids}
    sql = "SELECT id, own_sourcing FROM statements WHERE sourcing <> own_sourcing AND document IN"
    own = dict(case.rows_in(sql, ids))
    for e in case.statements(among=ids):
        s = e.statement
        found[s.document].append(replace(s, sourcing=own.get(s.id, s.sourcing)))
    return found


def keys_of(case: Case, ids: Collection[str]) -> dict[str, int]:
    """Document -> its key, the number that the tables of marks and kin know it by."""
    return dict(case.rows_in("SELECT id, key FROM documents WHERE id IN", ids))


# Marks


def holders(case: Case, kind: MarkKind, marks: Iterable[int]) -> Iterator[tuple[int, array[int]]]:
    """Each of `marks` that some document has, with its documents (`holder`)."""
    base = _KINDS[kind]
    for mark, found in case.rows_in("SELECT mark, documents FROM marks WHERE mark IN", (base + m for m in marks)):
        yield mark - base, _numbers(found)


def put_marks(case: Case, kind: MarkKind, added: Mapping[int, Iterable[int]]) -> None:
    """Adds documents (`holder`) to the marks that they have, in the order in which the pages of the file lie."""
    base = _KINDS[kind]
    case.connection.executemany(
        "INSERT INTO marks (mark, documents) VALUES (?, ?) ON CONFLICT (mark) DO UPDATE SET"
        " documents = CAST(documents || excluded.documents AS BLOB)",
        [(base + m, _numbers(added[m]).tobytes()) for m in sorted(added)],
    )


def remove_marks(case: Case, kind: MarkKind, marks: Collection[int], documents: Collection[int]) -> None:
    """Notes that documents (their keys) no longer have `marks`."""
    base, gone = _KINDS[kind], set(documents)
    for mark, found in list(holders(case, kind, marks)):
        left = _numbers(h for h in found if key_and_size(h)[0] not in gone).tobytes()
        if left:
            case.connection.execute("UPDATE marks SET documents = ? WHERE mark = ?", (left, base + mark))
        else:
            case.connection.execute("DELETE FROM marks WHERE mark = ?", [base + mark])


def _numbers(stored: bytes | Iterable[int]) -> array[int]:
    """Numbers as the file has them, or to be put there as `tobytes` gives them: the lowest byte first."""
    found = array("Q", stored)
    if byteorder == "big":
        found.byteswap()
    return found


# Kin and descent


# Two documents that may come from one text, by id, the earlier first; how likely they do, and the one is a copy of the
# other; and what they share, in the order of its fields
KinRow = tuple[str, str, float, float, tuple[float, ...]]


def kin(case: Case, document: str) -> Iterator[KinRow]:
    """The pairs of which a document is one side."""
    key = keys_of(case, [document])[document]
    sql = """SELECT one.id, other.id, probability, "copy", shared FROM (
            SELECT * FROM kin WHERE earlier = ?1 UNION ALL SELECT * FROM kin WHERE later = ?1)
        JOIN documents AS one ON one.key = earlier JOIN documents AS other ON other.key = later"""
    for *found, shared in case.rows(sql, [key]):
        yield *found, tuple(json.loads(shared))


def put_kin(case: Case, pairs: Iterable[KinRow]) -> None:
    """Stores pairs, in the place of what was known of them."""
    rows = list(pairs)
    keys = keys_of(case, {name for p in rows for name in p[:2]})
    case.connection.executemany(
        'INSERT OR REPLACE INTO kin (earlier, later, probability, "copy", shared) VALUES (?, ?, ?, ?, ?)',
        sorted((keys[one], keys[other], kin, copy, json.dumps(shared)) for one, other, kin, copy, shared in rows),
    )


def part(case: Case, document: str) -> Iterator[tuple[str, Any]]:
    """The documents that may hang together with one, itself among them, each with its descent as it was put."""
    sql = """SELECT id, descent FROM collated JOIN documents ON documents.key = collated.document
        WHERE part = (SELECT part FROM collated WHERE document = (SELECT key FROM documents WHERE id = ?))"""
    for id, descent in case.rows(sql, [document]):
        yield id, json.loads(descent) if descent else None


def parts_of(case: Case, ids: Collection[str]) -> set[str]:
    """All documents of the parts that `ids` are in."""
    sql = """SELECT id FROM documents JOIN collated ON collated.document = documents.key WHERE part IN (
        SELECT part FROM collated JOIN documents ON documents.key = collated.document
        WHERE id IN (SELECT value FROM json_each(?)))"""
    return {id for (id,) in case.rows(sql, [packed(ids)])}


def put_descents(case: Case, descents: Mapping[str, Any], run: Run) -> None:
    """The descents of documents that were judged; None: from nowhere."""
    keys = keys_of(case, descents)
    case.connection.executemany(
        "INSERT INTO collated (document, part, descent, told, run) VALUES (?1, ?1, ?2, '', ?3)"
        " ON CONFLICT (document) DO UPDATE SET descent = excluded.descent",
        sorted((keys[k], json.dumps(d) if d is not None else None, run.id) for k, d in descents.items()),
    )


def put_parts(case: Case, parts: Iterable[Collection[str]]) -> None:
    """Which documents may hang together."""
    parts = [p for p in parts if p]
    keys = keys_of(case, [name for part in parts for name in part])
    rows = [(min(keys[n] for n in part), keys[name]) for part in parts for name in part]
    case.connection.executemany("UPDATE collated SET part = ?1 WHERE document = ?2 AND part <> ?1", rows)


def told(case: Case, ids: Collection[str]) -> dict[str, str]:
    """The digests of the statements of documents, as collation saw them last."""
    sql = "SELECT id, told FROM documents JOIN collated ON collated.document = documents.key WHERE id IN"
    return dict(case.rows_in(sql, ids))


def put_told(case: Case, digests: Mapping[str, str]) -> None:
    """Stores the digests of the statements that collation has now seen."""
    case.connection.executemany(
        "UPDATE collated SET told = ? WHERE document = (SELECT key FROM documents WHERE id = ?)",
        [(digest, id) for id, digest in sorted(digests.items())],
    )


def published(case: Case, keys: Collection[int]) -> dict[str, str | None]:
    """Of documents by key, those that collation has looked at: id -> time."""
    sql = """SELECT id, published FROM documents JOIN collated ON collated.document = documents.key
        WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key"""
    return dict(case.rows(sql, [packed(keys)]))


# Alignments


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentRow:
    """What is remembered of an edge: the alignment, what it was made of, and what its changes were made of."""

    of: str
    found: Any
    changed_of: str | None


def alignments(case: Case, children: Collection[str]) -> dict[tuple[str, str], AlignmentRow]:
    """What is remembered of the edges that lead to `children`, by parent and child."""
    sql = 'SELECT parent, child, "of", found, changed_of FROM alignments WHERE child IN'
    return {
        (parent, child): AlignmentRow(of=of, found=json.loads(found), changed_of=changed_of)
        for parent, child, of, found, changed_of in case.rows_in(sql, children)
    }


def put_alignments(case: Case, made: Mapping[tuple[str, str], AlignmentRow]) -> None:
    """Stores alignments, in the place of those of the same edges."""
    case.connection.executemany(
        'INSERT OR REPLACE INTO alignments (parent, child, "of", found, changed_of) VALUES (?, ?, ?, ?, ?)',
        [(*edge, r.of, json.dumps(r.found), r.changed_of) for edge, r in sorted(made.items())],
    )


def put_changed_of(case: Case, digests: Mapping[tuple[str, str], str]) -> None:
    """Notes what the changes of edges were made of."""
    case.connection.executemany(
        "UPDATE alignments SET changed_of = ? WHERE parent = ? AND child = ?",
        [(digest, *edge) for edge, digest in sorted(digests.items())],
    )


def remove_edges(case: Case, edges: Collection[tuple[str, str]]) -> None:
    """Takes away the alignments and changes of edges that are no more."""
    for table, side in (("alignments", ""), ("changes", "_document")):
        sql = f"DELETE FROM {table} WHERE parent{side} = ? AND child{side} = ?"
        case.connection.executemany(sql, sorted(edges))


# What tells one claim

Links = set[tuple[str, str]]


def told_again(case: Case, documents: Collection[str]) -> Links:
    """The pairs of statements that tell one claim, along the edges that lead to `documents`."""
    sql = "SELECT parent, child FROM statements JOIN told_again ON child = statements.id WHERE document IN"
    return set(case.rows_in(sql, documents))


def put_told_again(case: Case, *, gone: Links, come: Links) -> None:
    """Removes and adds pairs of statements along edges."""
    case.connection.executemany("DELETE FROM told_again WHERE parent = ? AND child = ?", sorted(gone))
    case.connection.executemany("INSERT OR IGNORE INTO told_again (parent, child) VALUES (?, ?)", sorted(come))


def told_elsewhere(case: Case, documents: Collection[str], *, both: bool = False) -> dict[tuple[str, str], Links]:
    """The pairs of statements of independent reports that may tell one claim, by the two documents. One of these is in
    `documents`, or both are (`both`)."""
    sql = """SELECT one.document, other.document, one.id, other.id FROM statements AS {near}
        JOIN told_elsewhere ON told_elsewhere.{side} = {near}.id JOIN statements AS {far} ON {far}.id = {other_side}
        WHERE {near}.document IN (SELECT value FROM json_each(?1))"""
    sides = [sql.format(near="one", far="other", side="earlier", other_side="later")]
    if both:
        sides[0] += " AND other.document IN (SELECT value FROM json_each(?1))"
    else:
        sides.append(sql.format(near="other", far="one", side="later", other_side="earlier"))
    found: dict[tuple[str, str], Links] = {}
    for side in sides:
        for one, other, earlier, later in case.rows(side, [packed(documents)]):
            found.setdefault((one, other), set()).add((earlier, later))
    return found


def put_told_elsewhere(case: Case, *, gone: Links, come: Iterable[tuple[str, str, float]]) -> None:
    """Removes and adds pairs of statements of independent reports, each with its score."""
    case.connection.executemany("DELETE FROM told_elsewhere WHERE earlier = ? AND later = ?", sorted(gone))
    case.connection.executemany(
        "INSERT OR REPLACE INTO told_elsewhere (earlier, later, score) VALUES (?, ?, ?)", sorted(come)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Statements that are connected by pairs which may tell one claim, and those pairs."""

    statements: dict[str, str]  # statement -> document
    again: Links
    elsewhere: dict[tuple[str, str], float]


def component(case: Case, seeds: Collection[str]) -> Component:
    """The component that holds `seeds`."""
    again: Links = set()
    elsewhere: dict[tuple[str, str], float] = {}
    seen: set[str] = set()
    fresh = set(seeds)
    while fresh:
        seen |= fresh
        beside = set()
        for side in ("parent", "child"):
            for pair in case.rows_in(f"SELECT parent, child FROM told_again WHERE {side} IN", fresh):
                again.add(pair)
                beside.update(pair)
        for side in ("earlier", "later"):
            sql = f"SELECT earlier, later, score FROM told_elsewhere WHERE {side} IN"
            for earlier, later, score in case.rows_in(sql, fresh):
                elsewhere[earlier, later] = score
                beside.update((earlier, later))
        fresh = beside - seen
    statements = dict(case.rows_in("SELECT id, document FROM statements WHERE id IN", seen))
    return Component(statements=statements, again=again, elsewhere=elsewhere)


def unsettled(case: Case) -> list[str]:
    """The statements left of claims that lost others; asking settles them."""
    sql = "SELECT id FROM statements WHERE claim IN (SELECT claim FROM unsettled_claims)"
    return [id for (id,) in case.rows(sql)]


def put_claims(case: Case, claims: Iterable[tuple[str, str, Iterable[str]]], run: Run) -> None:
    """Claims (id, gist, statements) in the place of those that their statements told before."""
    rows = [(id, gist, tuple(statements)) for id, gist, statements in claims]
    claim_of = {s: id for id, _, statements in rows for s in statements}
    before = dict(case.rows_in("SELECT id, claim FROM statements WHERE id IN", claim_of))
    case.connection.executemany(
        "INSERT INTO claims (id, gist, run) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " gist = excluded.gist, run = excluded.run WHERE gist <> excluded.gist",
        [(id, gist, run.id) for id, gist, _ in rows],
    )
    moved = sorted(s for s in claim_of if before[s] != claim_of[s])
    case.connection.executemany("UPDATE statements SET claim = ? WHERE id = ?", [(claim_of[s], s) for s in moved])
    for side in ("parent_statement", "child_statement"):
        case.connection.execute(
            f"""UPDATE changes SET claim = coalesce(
                (SELECT claim FROM statements WHERE id = parent_statement),
                (SELECT claim FROM statements WHERE id = child_statement))
            WHERE {side} IN (SELECT value FROM json_each(?))""",
            [packed(moved)],
        )
    old = {c for c in before.values() if c} | {c for (c,) in case.rows("SELECT claim FROM unsettled_claims")}
    case.connection.execute(
        "DELETE FROM claims WHERE id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM statements WHERE claim = claims.id)",
        [packed(old)],
    )
    case.connection.execute("DELETE FROM unsettled_claims")


def put_acts(case: Case, acts: Mapping[str, tuple[str, float]]) -> None:
    """Statement -> its act and how likely that is, by all that tell its claim."""
    case.connection.executemany(
        "UPDATE statements SET act = ?, act_probability = ? WHERE id = ?",
        [(*act, id) for id, act in sorted(acts.items())],
    )


def claims_of(case: Case, documents: Collection[str]) -> dict[str, str]:
    """Statement -> claim, of documents."""
    return dict(case.rows_in("SELECT id, claim FROM statements WHERE claim IS NOT NULL AND document IN", documents))


# Left-overs


def put_leftovers(case: Case, found: Mapping[str, Iterable[tuple[str, Span]]], run: Run) -> None:
    """Document -> the left-overs of a language model in it, in the place of those found before."""
    case.connection.execute("DELETE FROM leftovers WHERE document IN (SELECT value FROM json_each(?))", [packed(found)])
    case.connection.executemany(
        'INSERT INTO leftovers (document, kind, "start", "end", run) VALUES (?, ?, ?, ?, ?)',
        [(id, kind, span.start, span.end, run.id) for id, rows in found.items() for kind, span in rows],
    )
