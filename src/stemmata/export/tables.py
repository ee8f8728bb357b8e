"""The tables of a case: row by row, as Arrow tables and as data frames. `TABLES` names their fields.

What every column is stands below (codebook.py).

`actor` is always an id and `actor_name` its name. `published`, `said` and `when` are ISO 8601 as the source gave it, a
day or a time, in UTC ("Z") where it has an offset: pandas.to_datetime(column, format="ISO8601", utc=True) reads both.
A frame has the columns of the CSV file too, by their names (csv.py): `content_text` beside `content`. Offsets and
counts are whole numbers, in pandas "Int64" whether one is missing or not.

frame(case, "statements")                      # pandas
frame(case, "statements", library="polars")
frame(case, "disputes", unsure=True)           # with those that are told only when asked
table(case, "statements")                      # pyarrow
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Literal

from stemmata.case import DOCUMENT_ORDER, STATEMENT_ORDER, Case, Entry, departures
from stemmata.case.disputes import ShownDispute, disputes, shown_disputes
from stemmata.case.judgements import Logged, Standing, is_subject, log
from stemmata.case.lineage import STORED, change_id, credits_of, stored_change
from stemmata.case.rows import LOCATION
from stemmata.case.verdicts import Decisions, Place, decisions, heritage, likely, loud_labels, weigher, weight
from stemmata.case.views import entries
from stemmata.export.codebook import COLUMNS, codebook
from stemmata.export.taken import position_rows, prediction_rows
from stemmata.model import GRAVITY, TURNED, Change, Dispute, Document, Span, Statement, StemmataError, SubjectKind
from stemmata.wordings import ShownChange, Worded, worded

if TYPE_CHECKING:
    import pyarrow

BATCH: Final = 10_000  # rows in memory at a time, which is some 10 MB of statements

__doc__ = f"{__doc__}\n{COLUMNS}"  # for pydoc

Kind = Literal["text", "texts", "number", "numbers", "count", "flag", "span", "spans", "edges"]


# The fields that are no text, whatever their table
_KINDS: Final[dict[Kind, str]] = {
    "texts": "families credits aliases statements documents tied changes as_in towards departure_documents dates "
    "targets",
    "number": "score turned confidence act_probability actor_probability departure_score",
    "numbers": "scores scores_given_edge",
    "count": " ".join(("parents", *GRAVITY)), "flag": "counts", "span": "source cue", "edges": "edges",
}  # fmt: skip
_KIND_OF: Final = {field: kind for kind, fields in _KINDS.items() for field in fields.split()}
# Every table with its fields, in their order, and their kinds: all formats and frames follow it.
TABLES: Final[dict[str, dict[str, Kind]]] = {
    name: {field: _KIND_OF.get(field, "text") for field in columns} for name, (_, columns) in codebook().items()
}
TABLES["statements"]["content"] = "spans"

# What reads each table but statements, which are sliced from their texts, and what export/taken.py computes. A list
# comes as JSON; the edges of a family are read beside it, as SQLite's JSON rounds their scores. In the place of the
# state of an actor stands the key by which it is judged. The order is that of the content, never that of adding.
_QUERIES: Final = {
    "documents": f"""
        SELECT id, url, outlet, title, published, lang, family, NULL,
        (SELECT json_group_array(family) FROM (SELECT family FROM members WHERE document = documents.id ORDER BY 1)),
        author, (SELECT json_group_array(name) FROM (
            SELECT name FROM credits WHERE document = documents.id GROUP BY name ORDER BY min("start"))),
        {LOCATION}, (SELECT sha256 FROM evidence WHERE document = documents.id ORDER BY rowid LIMIT 1)
        FROM documents ORDER BY {DOCUMENT_ORDER}""",
    "actors": """
        SELECT id, name, kind, aliases, side, (SELECT min(key) FROM actor_parts WHERE actor = actors.id)
        FROM actors WHERE id IN (SELECT actor FROM statements) ORDER BY id""",
    "claims": f"""
        SELECT id, gist, (
            SELECT json_group_array(id) FROM (
                SELECT statements.id FROM statements JOIN documents ON documents.id = statements.document
                WHERE statements.claim = claims.id ORDER BY {STATEMENT_ORDER}))
        FROM claims ORDER BY id""",
    "families": f"""
        SELECT id, (
            SELECT json_group_array(id) FROM (
                SELECT documents.id FROM members JOIN documents ON documents.id = members.document
                WHERE members.family = families.id ORDER BY {DOCUMENT_ORDER}))
        FROM families ORDER BY id""",
    "edges": f"""
        SELECT family, parent, child, score, json_extract(evidence, '$."{TURNED}"'), tied
        FROM edges ORDER BY 1, 2, 3""",
    "changes": f"""
        SELECT {STORED} FROM changes
        ORDER BY parent_document, child_document, claim, parent_statement, child_statement, changes.changes, score""",
    "readings": """
        SELECT document, location, sha256, read_at FROM evidence ORDER BY document, read_at, location, sha256""",
}


def rows(case: Case, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a table, one at a time, with the fields of `TABLES`."""
    _fields(name)
    return _ROWS[name](case, decisions(case))


def schema(name: str) -> pyarrow.Schema:
    """The Arrow types of a table."""
    import pyarrow

    text, number, offset = pyarrow.string(), pyarrow.float64(), pyarrow.int64()
    # never null where a span is: what reads Parquet with pandas would make floats of them
    ends = (pyarrow.field(end, offset, nullable=False) for end in ("start", "end"))
    span = pyarrow.struct([*ends, pyarrow.field("text", text)])
    edge = {"parent": text, "child": text, "score": number, "turned": number, "state": text}
    types: dict[Kind, pyarrow.DataType] = {
        "text": text,
        "texts": pyarrow.list_(text),
        "number": number,
        "numbers": pyarrow.list_(number),
        "count": offset,
        "flag": pyarrow.bool_(),
        "span": span,
        "spans": pyarrow.list_(span),
        "edges": pyarrow.list_(pyarrow.struct(edge)),
    }
    return pyarrow.schema({field: types[kind] for field, kind in _fields(name).items()})


def batches(case: Case, name: str) -> Iterator[pyarrow.RecordBatch]:
    """The rows of a table, some thousands at a time."""
    import pyarrow

    typed, remaining = schema(name), rows(case, name)
    while batch := list(islice(remaining, BATCH)):
        yield pyarrow.RecordBatch.from_pylist(batch, schema=typed)


def table(case: Case, name: str) -> pyarrow.Table:
    """A table, all in memory."""
    import pyarrow

    return pyarrow.Table.from_batches(batches(case, name), schema=schema(name))


def frame(case: Case, name: str, *, library: str = "pandas", unsure: bool = False) -> Any:
    """A table as a data frame of pandas or polars; `unsure`: the disputes with those that are told only when asked."""
    if unsure and name != "disputes":
        raise StemmataError(f"only disputes are kept back as unsure: {name!r} has all its rows")
    return framed(lambda: _all_disputes(case) if unsure else table(case, name), library=library)


def _all_disputes(case: Case) -> pyarrow.Table:
    import pyarrow

    with case.snapshot():
        return pyarrow.concat_tables([table(case, "disputes"), table(case, "unsure_disputes")])


def framed(made: Callable[[], pyarrow.Table], *, library: str) -> Any:
    """The Arrow table that `made` gives, as a data frame of a library that may not be installed: with the columns of
    the CSV file beside those that are nested."""
    import pyarrow

    if library not in ("pandas", "polars"):
        raise StemmataError(f"there are no frames of {library!r}: choose from pandas, polars")
    try:
        if library == "polars":
            import polars

            return polars.from_arrow(_flat(made()))
        import pandas
    except ImportError as error:
        raise StemmataError(f"{library} is not installed: pip install 'stemmata[frames]'") from error
    whole_numbers = {pyarrow.int64(): pandas.Int64Dtype()}  # not floats where one is missing
    return _flat(made()).to_pandas(types_mapper=whole_numbers.get)


def _flat(made: pyarrow.Table) -> pyarrow.Table:
    """A table with `source_start`, `source_end` and `source_text` behind it, and the like: as csv.py names them."""
    import pyarrow

    span, text, offset = schema("statements").field("source").type, pyarrow.string(), pyarrow.int64()
    for field in made.schema:
        if field.type == span:
            found = [[x and x[k] for x in made[field.name].to_pylist()] for k in ("start", "end", "text")]
        elif field.type == pyarrow.list_(span):
            found = [list(x) for x in zip(*map(whole, made[field.name].to_pylist()), strict=True)] or [[]] * 4
        else:
            continue
        for of, column in zip(("start", "end", "text", "spans"), found, strict=False):
            kind = text if of in ("text", "spans") else offset
            made = made.append_column(f"{field.name}_{of}", pyarrow.array(column, kind))
    return made


def whole(parts: Sequence[dict[str, Any]]) -> tuple[int, int, str, str]:
    """Where parts of a text begin and end, their words, and the places of each. Other words stand between two of them:
    a slice from the beginning to the end is not what is said."""
    spans = "; ".join(f"{part['start']}..{part['end']}" for part in parts)
    words = " … ".join(part["text"] for part in parts)
    return min(part["start"] for part in parts), max(part["end"] for part in parts), words, spans


def as_table(rows: list[dict[str, Any]], name: str) -> pyarrow.Table:
    """Rows of a table, without a case, as an Arrow table."""
    import pyarrow

    return pyarrow.Table.from_pylist(rows, schema=schema(name))


def told_rows(statements: Iterable[Statement], document: Document) -> list[dict[str, Any]]:
    """Statements of one document, without a case, as rows: nobody can have decided about them, and `state` is none."""
    about: dict[str, Any] = {"state": None, "actor_name": None, "actor_probability": None, "actor_how": None}
    about |= {"outlet": document.outlet, "published": document.published, "qualifier": None}
    return [worded_row(worded(s, document.text)) | about for s in statements]


def compared_rows(changes: Iterable[ShownChange]) -> list[dict[str, Any]]:
    """Changes between two texts, without a case, as rows: nobody can have decided about them, and `state` is none."""
    return [_change(r.change, r.before, r.after, r.as_in, None) for r in changes]


def _change(
    c: Change, before: str | None, after: str | None, as_in: Sequence[str], state: str | None
) -> dict[str, Any]:
    """A change as a row of its table."""
    own = {g.label: g.score for g in c.grounds}
    return {
        "parent_document": c.parent_document, "child_document": c.child_document, "claim": c.claim,
        "parent_statement": c.parent_statement, "child_statement": c.child_statement, "changes": list(c.changes),
        "score": c.score, "before": before, "after": after, "id": change_id(c), "as_in": list(as_in), "state": state,
        "scores": [c.of_label(x) for x in c.changes], "counts": weight(c, state) == "counts" and not as_in,
        "scores_given_edge": [own.get(x, c.score) for x in c.changes],
    }  # fmt: skip


def _fields(name: str) -> dict[str, Kind]:
    if name not in TABLES:
        raise StemmataError(f"there is no table {name!r}: choose from {', '.join(TABLES)}")
    return TABLES[name]


# table -> of what kind its rows are, and by which parts people judge one (model.subject)
_JUDGED: Final[dict[str, tuple[SubjectKind, Callable[[dict[str, Any]], Place]]]] = {
    "documents": ("document", lambda row: (row["id"],)),
    "actors": ("actor", lambda row: (row["state"] or row["id"],)),
    "claims": ("claim", lambda row: (next(iter(row["statements"]), None),)),
    "edges": ("edge", lambda row: (row["parent"], row["child"])),
}


def _queried(name: str) -> Callable[[Case, Decisions], Iterator[dict[str, Any]]]:
    """A table that a query reads, with what people decided about its rows."""
    kind, place = _JUDGED.get(name, (None, None))

    def found(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
        for values in case.rows(_QUERIES[name]):
            fields = zip(TABLES[name].items(), values, strict=False)
            row = {field: json.loads(v) if of == "texts" else v for (field, of), v in fields}
            if kind and place:
                row["state"] = _state(decided.of(kind).get(place(row)))
            yield row

    return found


def _families(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    edges = groupby(_ROWS["edges"](case, decided), key=itemgetter("family"))
    family, found = next(edges, (None, iter(())))
    for row in _queried("families")(case, decided):
        row["edges"] = []
        if family == row["id"]:
            row["edges"] = [{k: e[k] for k in ("parent", "child", "score", "turned", "state")} for e in found]
            family, found = next(edges, (None, iter(())))
        yield row


def _changes(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    said, edges, inherited = decided.of("change"), decided.of("edge"), heritage(case, decided)
    every = map(stored_change, case.rows(_QUERIES["changes"]))
    for pair, group in groupby(every, key=lambda c: (c.parent_document, c.child_document)):
        found = list(group)
        ids = {s for c in found for s in (c.parent_statement, c.child_statement) if s}
        lines = {id: e.line for id, e in entries(case, ids).items()}
        for c in found:
            before, after = lines.get(c.parent_statement or ""), lines.get(c.child_statement or "")
            if c.of_document:
                before, after = credits_of(case, c)
            state = _state("rejected" if edges.get(pair) == "rejected" else said.get(c.place))
            yield _change(c, before, after, inherited(c), state)


def _labels(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    weigh, lost, said = weigher(case, decided), decided.rejected("edge"), decided.of("change")
    parents = Counter(c for p, c in case.rows("SELECT DISTINCT parent, child FROM edges") if (p, c) not in lost)
    made: dict[str, Counter[str]] = defaultdict(Counter)
    for c in map(stored_change, case.rows(f"SELECT {STORED} FROM changes")):
        weighed, state = weigh(c), said.get(c.place)
        if weighed == "counts":
            made[c.child_document].update(loud_labels(c))
        elif weighed == "soft" and (c.parent_document, c.child_document) not in lost and state != "rejected":
            made[c.child_document].update(c.changes if likely(c, state) else ())
    sql = f"SELECT id, outlet, published, family FROM documents ORDER BY {DOCUMENT_ORDER}"
    for id, outlet, published, family in case.rows(sql):
        row = {"document": id, "outlet": outlet, "published": published, "family": family, "parents": parents[id]}
        yield row | {x: made[id][x] for x in GRAVITY}


def decision_row(e: Logged) -> dict[str, Any]:
    """A decision as a row of its table."""
    named = [json.loads(x) if is_subject(x) else [x] for x in e.judgement.targets]
    about = asdict(e.judgement) | {"targets": [x or "" for of in named for x in of]}
    return {"id": e.id} | about | {"undone_by": e.undone_by, "undone_at": e.undone_at}


def _disputes(case: Case, decided: Decisions, *, unsure: bool) -> Iterator[dict[str, Any]]:
    told = set(disputes(case))
    found = iter(sorted(set(disputes(case, unsure=unsure)) - (told if unsure else set()), key=_sides))
    while some := list(islice(found, BATCH)):
        for d in shown_disputes(case, some):
            yield _dispute(d, decided)


def _sides(d: Dispute) -> tuple[str, str]:
    return d.by_statement, d.of_statement


def _dispute(d: ShownDispute, decided: Decisions) -> dict[str, Any]:
    state = _state(decided.of("dispute").get(_sides(d.dispute)))
    row: dict[str, Any] = {k: getattr(d.dispute, k) for k in ("by_statement", "of_statement", "relation", "score")}
    row |= {"state": state, "counts": d.told and state != "rejected"}
    for side, e in (("by", d.by), ("of", d.of)):
        row |= {f"{side}_document": e.statement.document, f"{side}_actor": e.statement.actor}
        row |= {f"{side}_actor_name": e.actor, f"{side}_content": " … ".join(e.content)}
    return row


def _state(said: Standing | None) -> str:
    """What a person said of a row, in the words of the lists and graphs."""
    return said or "suggested"


_ROWS: Final[dict[str, Callable[[Case, Decisions], Iterator[dict[str, Any]]]]] = {
    **{name: _queried(name) for name in ("documents", "readings", "actors", "claims", "edges")},
    "statements": lambda case, decided: entry_rows(case, decided, case.statements()),
    "families": _families,
    "changes": _changes,
    "labels": _labels,
    "disputes": lambda case, decided: _disputes(case, decided, unsure=False),
    "unsure_disputes": lambda case, decided: _disputes(case, decided, unsure=True),
    "positions": lambda case, decided: taken_rows(case, decided),
    "predictions": lambda case, decided: _ordered("predictions", prediction_rows(case, decided)),
    "decisions": lambda case, decided: _ordered("decisions", map(decision_row, log(case))),
}


def taken_rows(case: Case, decided: Decisions, actors: Collection[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of the table `positions`, of some actors (their ids), or of all."""
    return _ordered("positions", position_rows(case, decided, actors))


def _ordered(name: str, found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return ({field: row[field] for field in TABLES[name]} for row in found)


def entry_rows(case: Case, decided: Decisions, entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Statements of a case, as rows of their table, some thousands at a time."""
    remaining = iter(entries)
    while some := list(islice(remaining, BATCH)):
        other_way = departures.turned(case, decided, [e.statement.id for e in some])
        yield from (_entry_row(e, decided, other_way) for e in some)


def _entry_row(entry: Entry, decided: Decisions, turned: Collection[str]) -> dict[str, Any]:
    s = entry.statement
    about = {"state": _state(decided.of("statement").get((s.id,))), "actor_name": entry.actor}
    about |= {k: getattr(entry, k) for k in ("actor_probability", "actor_how", "outlet", "published")}
    return worded_row(entry) | about | {"qualifier": s.claim and ("disagree" if s.id in turned else "agree")}


def dispute_rows(case: Case, decided: Decisions, found: Iterable[ShownDispute]) -> Iterator[dict[str, Any]]:
    """Disputes as rows of their table, with the rows of both statements."""
    shown = list(found)
    told = {r["id"]: r for r in entry_rows(case, decided, (e for d in shown for e in (d.by, d.of)))}
    return (_dispute(d, decided) | {"by": told[d.by.statement.id], "of": told[d.of.statement.id]} for d in shown)


def worded_row(w: Worded) -> dict[str, Any]:
    """A statement with its words as a row of its table, as far as its article alone tells it."""
    s = w.statement
    content = [_span(span, text) for span, text in zip(s.content, w.content, strict=True)]
    told = {"source": _span(s.source, w.source), "cue": _span(s.cue, w.cue), "content": content}
    rest = ("mode", "act", "sourcing", "actor", "claim", "confidence", "act_probability", "inside")
    return {"id": s.id, "document": s.document} | told | {k: getattr(s, k) for k in rest}


def _span(span: Span | None, text: str | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": text}
