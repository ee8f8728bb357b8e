"""The tables of a case: row by row, as Arrow tables and as data frames. `TABLES` names their fields.

`state` is what a person said of the row: "confirmed", "rejected", or "suggested" where nobody said anything; a change
is rejected with the edge that it stands on. `decisions` is the log: what people decided, with what was taken back.

documents     `family` is that of its likeliest parent (of a first version, its own), `families` all that it is in: a
              document made from versions of two families is in both. `credits` are the names; `location` is where it
              was read first, `sha256` of the bytes read there.
statements    `confidence` is how sure the words of source and content are, `actor_probability` that the source is this
              actor, and `actor_how` how that is known: "name", "short-name", "title", "pronoun", "capital", "document",
              "description", or "analyst", where a person decided it (model.ActorLink). `inside` is the statement whose
              content reports this one; `outlet` and `published` are of its document. `qualifier` is "agree" where
              it tells its claim, "disagree" where a version made it tell the contrary, none where it has no claim.
actors        `side` is where a person put it.
families      `documents` are all that are in it, `edges` those of its stemma; `edges` has them as a table of its own.
edges         `score` is 1 where a person set it (`state` confirmed). `turned`, where the direction is a guess, is the
              probability that it is the other way round; `tied` are the documents that may as well be the parent.
changes       `score` is the probability that the one version was made from the other, that both statements tell one
              claim, and that the surest label holds (of those that are more than `verbatim` and `paraphrased`, if there
              are any). `scores` has the probability of each label of `changes`, in their order, given the first two: a
              row may be sure of one label and hardly of another. `before` and `after` are both wordings, who and what;
              of a dropped credit its words, if there are any, and whom the child does not name. `as_in` are other
              parents that have the claim as the child has it, so that the change does not count.
positions     what an actor takes up; `towards` are actors, `changed_from` is a statement of its own that it
              contradicts.
predictions   what can be come back to; `dates` are intervals of days (ISO 8601), `due` is their last day; `lead` is the
              cue that the words of `content` follow, to be read with them: "doubts", that they will come.
              In both, `departure` is the change that put the words there, if one did (model.Departure).

`actor` is always an id and `actor_name` its name. `published`, `said` and `when` are ISO 8601 as the source gave it, a
day or a time, in UTC ("Z") where it has an offset: pandas.to_datetime(column, format="ISO8601", utc=True) reads both.

frame(case, "statements")                      # pandas
frame(case, "statements", library="polars")
table(case, "statements")                      # pyarrow
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Literal

from stemmata.case import DOCUMENT_ORDER, STATEMENT_ORDER, Case, Entry, departures
from stemmata.case.disputes import ShownDispute
from stemmata.case.judgements import Logged, Standing, log
from stemmata.case.lineage import change_id, credits_of
from stemmata.case.rows import LOCATION
from stemmata.case.verdicts import Decisions, decisions, heritage
from stemmata.case.views import changes_between, entries
from stemmata.export.taken import position_rows, prediction_rows
from stemmata.model import TURNED, Change, Document, Span, Statement, StemmataError
from stemmata.wordings import ShownChange, Worded, worded, wording

if TYPE_CHECKING:
    import pyarrow

BATCH: Final = 10_000  # rows in memory at a time, which is some 10 MB of statements

Kind = Literal["text", "texts", "number", "numbers", "span", "spans", "edges"]


def _table(fields: str, **others: Kind) -> dict[str, Kind]:
    """The fields of a table, in their order, with their kinds: text, where `others` names none."""
    return {field: others.get(field, "text") for field in fields.split()}


# Every table with its fields: all formats and frames follow it.
TABLES: Final[dict[str, dict[str, Kind]]] = {
    "documents": _table(
        "id url outlet title published lang family state families author credits location sha256",
        families="texts", credits="texts",
    ),
    "statements": _table(
        "id document source cue content mode act sourcing actor claim confidence inside state actor_name "
        "actor_probability actor_how outlet published qualifier",
        source="span", cue="span", content="spans", confidence="number", actor_probability="number",
    ),
    "actors": _table("id name kind aliases side state", aliases="texts"),
    "claims": _table("id gist statements state", statements="texts"),
    "families": _table("id documents edges", documents="texts", edges="edges"),
    "edges": _table("family parent child score turned tied state", score="number", turned="number", tied="texts"),
    "changes": _table(
        "parent_document child_document claim parent_statement child_statement changes score before after id "
        "as_in state scores",
        changes="texts", score="number", as_in="texts", scores="numbers",
    ),
    "disputes": _table("by_statement of_statement relation score state", score="number"),
    "positions": _table(
        "actor actor_name stance when content towards claim statement document outlet changed_from departure "
        "departure_score departure_documents",
        towards="texts", departure_score="number", departure_documents="texts",
    ),
    "predictions": _table(
        "kind actor actor_name said due dates lead content claim statement document outlet departure departure_score "
        "departure_documents",
        dates="texts", departure_score="number", departure_documents="texts",
    ),
    "decisions": _table("id kind targets value who when why undone_by undone_at", targets="texts"),
}  # fmt: skip

# What reads each table but statements, which are sliced from their texts, and what export/taken.py computes. A list
# comes as JSON; the edges of a family are read beside it, as SQLite's JSON rounds their scores. The order is that of
# the content, never that of adding.
_QUERIES: Final = {
    "documents": f"""
        SELECT id, url, outlet, title, published, lang, family, author, (
            SELECT json_group_array(name) FROM (SELECT name FROM credits WHERE document = documents.id ORDER BY "start")
        ), (SELECT json_group_array(family) FROM (SELECT family FROM members WHERE document = documents.id ORDER BY 1)),
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
    "edges": "SELECT family, parent, child, score, json_extract(evidence, ?), tied FROM edges ORDER BY 1, 2, 3",
    "changes": """
        SELECT parent_document, child_document, claim, parent_statement, child_statement, changes, score, id, grounds
        FROM changes ORDER BY 1, 2, 3, 4, 5, 6, 7""",
    "disputes": "SELECT by_statement, of_statement, relation, score FROM disputes ORDER BY 1, 2",
}


def rows(case: Case, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a table, one at a time, with the fields of `TABLES`."""
    _fields(name)
    return _ROWS[name](case, decisions(case))


def schema(name: str) -> pyarrow.Schema:
    """The Arrow types of a table."""
    import pyarrow

    text, number, offset = pyarrow.string(), pyarrow.float64(), pyarrow.int64()
    span = pyarrow.struct({"start": offset, "end": offset, "text": text})
    edge = {"parent": text, "child": text, "score": number, "turned": number, "state": text}
    types: dict[Kind, pyarrow.DataType] = {
        "text": text,
        "texts": pyarrow.list_(text),
        "number": number,
        "numbers": pyarrow.list_(number),
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


def frame(case: Case, name: str, *, library: str = "pandas") -> Any:
    """A table as a data frame of pandas or polars."""
    return framed(lambda: table(case, name), library=library)


def framed(made: Callable[[], pyarrow.Table], *, library: str) -> Any:
    """The Arrow table that `made` gives, as a data frame of a library that may not be installed."""
    if library not in ("pandas", "polars"):
        raise StemmataError(f"there are no frames of {library!r}: choose from pandas, polars")
    try:
        if library == "polars":
            import polars

            return polars.from_arrow(made())
        import pandas  # noqa: F401 - pyarrow needs it below, and says so less plainly
    except ImportError as error:
        raise StemmataError(f"{library} is not installed: pip install 'stemmata[frames]'") from error
    return made().to_pandas()


def statement_table(statements: Iterable[Statement], document: Document) -> pyarrow.Table:
    """Statements of one document, without a case, as an Arrow table."""
    import pyarrow

    return pyarrow.Table.from_pylist(told_rows(statements, document), schema=schema("statements"))


def told_rows(statements: Iterable[Statement], document: Document) -> list[dict[str, Any]]:
    """Statements of one document, without a case, as rows: nobody can have decided about them, and `state` is none."""
    about: dict[str, Any] = {"state": None, "actor_name": None, "actor_probability": None, "actor_how": None}
    about |= {"outlet": document.outlet, "published": document.published, "qualifier": None}
    return [worded_row(worded(s, document.text)) | about for s in statements]


def compared_rows(changes: Iterable[ShownChange]) -> list[dict[str, Any]]:
    """Changes between two texts, without a case, as rows: nobody can have decided about them, and `state` is none."""
    return [
        {
            "parent_document": c.parent_document, "child_document": c.child_document, "claim": c.claim,
            "parent_statement": c.parent_statement, "child_statement": c.child_statement, "changes": list(c.changes),
            "score": c.score, "before": r.before, "after": r.after, "id": change_id(c), "as_in": list(r.as_in),
            "state": None, "scores": [c.of_label(x) for x in c.changes],
        }
        for r, c in ((r, r.change) for r in changes)
    ]  # fmt: skip


def compared_table(changes: Iterable[ShownChange]) -> pyarrow.Table:
    """Changes between two texts, without a case, as an Arrow table."""
    import pyarrow

    return pyarrow.Table.from_pylist(compared_rows(changes), schema=schema("changes"))


def _fields(name: str) -> dict[str, Kind]:
    if name not in TABLES:
        raise StemmataError(f"there is no table {name!r}: choose from {', '.join(TABLES)}")
    return TABLES[name]


def _documents(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    said = decided.of("document")
    for *values, author, credits, families, location, sha256 in case.rows(_QUERIES["documents"]):
        row = _row("documents", values)
        row |= {"state": _state(said.get((row["id"],))), "families": json.loads(families), "author": author}
        names = list(dict.fromkeys(json.loads(credits)))
        yield row | {"credits": names, "location": location, "sha256": sha256}


def _statements(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    return entry_rows(case, decided, case.statements())


def _actors(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    said = decided.of("actor")
    for *values, key in case.rows(_QUERIES["actors"]):
        row = _row("actors", values)
        yield row | {"state": _state(said.get((key or row["id"],)))}


def _claims(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    said = decided.of("claim")
    for row in _plain(case, "claims"):
        yield row | {"state": _state(said.get((next(iter(row["statements"]), None),)))}


def _families(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    edges = groupby(_edges(case, decided), key=itemgetter("family"))
    family, found = next(edges, (None, iter(())))
    for row in _plain(case, "families"):
        row["edges"] = []
        if family == row["id"]:
            row["edges"] = [{k: e[k] for k in ("parent", "child", "score", "turned", "state")} for e in found]
            family, found = next(edges, (None, iter(())))
        yield row


def _edges(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    said = decided.of("edge")
    for family, parent, child, score, turned, tied in case.rows(_QUERIES["edges"], [f'$."{TURNED}"']):
        row = {"family": family, "parent": parent, "child": child, "score": score, "turned": turned}
        yield row | {"tied": json.loads(tied), "state": _state(said.get((parent, child)))}


def _changes(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    said, edges, inherited = decided.of("change"), decided.of("edge"), heritage(case, decided)
    for (parent, child), group in groupby(case.rows(_QUERIES["changes"]), key=itemgetter(0, 1)):
        found = list(group)
        words = {
            e.statement.id: wording(e.statement, e.source, e.cue, e.content)
            for e in entries(case, {s for row in found for s in row[3:5] if s})
        }
        for *values, id, grounds in found:
            row = _row("changes", values)
            statements = row["parent_statement"], row["child_statement"]
            before, after = (words.get(s) for s in statements)
            if not any(statements):
                before, after = credits_of(case, next(c for c in changes_between(case, parent, child) if c.of_document))
            lost = edges.get((parent, child)) == "rejected"
            state = _state("rejected" if lost else said.get((parent, child, *statements)))
            as_in = list(inherited(Change(**row | {"changes": tuple(row["changes"])})))
            own = {label: score for label, _, _, score in json.loads(grounds)}
            scores = [own.get(label, row["score"]) for label in row["changes"]]
            about = {"before": before, "after": after, "id": id, "as_in": as_in, "state": state, "scores": scores}
            yield row | about


def decision_row(e: Logged) -> dict[str, Any]:
    """A decision as a row of its table."""
    about = asdict(e.judgement) | {"targets": list(e.judgement.targets)}
    return {"id": e.id} | about | {"undone_by": e.undone_by, "undone_at": e.undone_at}


def _disputes(case: Case, decided: Decisions) -> Iterator[dict[str, Any]]:
    said = decided.of("dispute")
    for row in _plain(case, "disputes"):
        yield row | {"state": _state(said.get((row["by_statement"], row["of_statement"])))}


def _state(said: Standing | None) -> str:
    """What a person said of a row, in the words of the lists and graphs."""
    return said or "suggested"


_ROWS: Final[dict[str, Callable[[Case, Decisions], Iterator[dict[str, Any]]]]] = {
    "documents": _documents,
    "statements": _statements,
    "actors": _actors,
    "claims": _claims,
    "families": _families,
    "edges": _edges,
    "changes": _changes,
    "disputes": _disputes,
    "positions": lambda case, decided: taken_rows(case, decided),
    "predictions": lambda case, decided: _ordered("predictions", prediction_rows(case, decided)),
    "decisions": lambda case, decided: _ordered("decisions", map(decision_row, log(case))),
}


def taken_rows(case: Case, decided: Decisions, actors: Collection[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of the table `positions`, of some actors (their ids), or of all."""
    return _ordered("positions", position_rows(case, decided, actors))


def _plain(case: Case, name: str) -> Iterator[dict[str, Any]]:
    return (_row(name, values) for values in case.rows(_QUERIES[name]))


def _ordered(name: str, found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return ({field: row[field] for field in TABLES[name]} for row in found)


def _row(name: str, values: Sequence[Any]) -> dict[str, Any]:
    """The first fields of a table by name, the lists unpacked."""
    fields = [(field, kind) for field, kind in TABLES[name].items() if kind != "edges"]
    return {f: json.loads(v) if kind == "texts" else v for (f, kind), v in zip(fields, values, strict=False)}


def entry_rows(case: Case, decided: Decisions, entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Statements of a case, as rows of their table, some thousands at a time."""
    remaining = iter(entries)
    while some := list(islice(remaining, BATCH)):
        other_way = departures.turned(case, decided, [e.statement.id for e in some])
        yield from (_entry_row(e, decided, other_way) for e in some)


def _entry_row(entry: Entry, decided: Decisions, turned: Collection[str]) -> dict[str, Any]:
    words = Worded(statement=entry.statement, source=entry.source, cue=entry.cue, content=entry.content)
    return worded_row(words) | {
        "state": _state(decided.of("statement").get((entry.statement.id,))),
        "actor_name": entry.actor,
        "actor_probability": entry.actor_probability,
        "actor_how": entry.actor_how,
        "outlet": entry.outlet,
        "published": entry.published,
        "qualifier": entry.statement.claim and ("disagree" if entry.statement.id in turned else "agree"),
    }


def dispute_rows(case: Case, decided: Decisions, disputes: Iterable[ShownDispute]) -> Iterator[dict[str, Any]]:
    """Disputes as rows of their table, with the rows of both statements."""
    found = list(disputes)
    told = {r["id"]: r for r in entry_rows(case, decided, (e for d in found for e in (d.by, d.of)))}
    return (_dispute_row(d, decided, told) for d in found)


def _dispute_row(d: ShownDispute, decided: Decisions, told: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    row = {field: getattr(d.dispute, field) for field in TABLES["disputes"] if field != "state"}
    row["state"] = _state(decided.of("dispute").get((d.dispute.by_statement, d.dispute.of_statement)))
    return row | {"by": told[d.by.statement.id], "of": told[d.of.statement.id]}


def worded_row(w: Worded) -> dict[str, Any]:
    """A statement with its words as a row of its table, as far as its article alone tells it."""
    statement = w.statement
    return {
        "id": statement.id,
        "document": statement.document,
        "source": _span(statement.source, w.source),
        "cue": _span(statement.cue, w.cue),
        "content": [_span(span, text) for span, text in zip(statement.content, w.content, strict=True)],
        "mode": statement.mode,
        "act": statement.act,
        "sourcing": statement.sourcing,
        "actor": statement.actor,
        "claim": statement.claim,
        "confidence": statement.confidence,
        "inside": statement.inside,
    }


def _span(span: Span | None, text: str | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": text}
