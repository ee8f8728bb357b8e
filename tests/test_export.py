"""Exports: the tables, in every format, whole or not at all."""

from __future__ import annotations

import builtins
import csv
import hashlib
import importlib.util
import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_case import made_case
from stemmata import desk
from stemmata.case import Case, judgements, lineage, views
from stemmata.case.lineage import change_id
from stemmata.case.verdicts import decisions as verdicts
from stemmata.case.verdicts import weigher
from stemmata.export import FORMATS, TABLES, export, frame, jsonl, table, tables
from stemmata.export.codebook import codebook
from stemmata.export.csv import _harmless
from stemmata.export.tables import rows, schema
from stemmata.model import Document, Run, Span, Statement, StemmataError, statement_id, subject

RUN = Run(version="0.1.0", weights="w1")
PLACE = ("parent_document", "child_document", "parent_statement", "child_statement")
SHARED = Path(__file__).parents[2] / "shared"

TEXT = "=HYPERLINK said Ana Reyk.\u2028“The dam may fail,” she said, “very soon.”\x85The end."
EDGE = {"parent": "a", "child": "b", "score": 0.1 + 0.2, "turned": None, "state": "suggested"}


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case with rows in every table."""
    with Case(tmp_path / "news.stemmata") as opened:
        for id, published in (("b", "2031-03-05"), ("a", "2031-03-04")):
            document = Document(id=id, text=TEXT, outlet="Café Wire", title="-1+1", published=published, lang="en")
            opened.put(document, [quoted(id), told(id)], RUN)
        with closing(sqlite3.connect(opened.path)) as connection, connection:
            connection.executescript(f"""
                INSERT INTO actors VALUES ('m1', 'Ana Reyk', 'person', '["she", "@ana"]', 'hill', '{RUN.id}');
                INSERT INTO claims VALUES ('c1', '=gist', '{RUN.id}');
                INSERT INTO families VALUES ('f1', '[]', '{RUN.id}');
                INSERT INTO edges VALUES ('f1', 'a', 'b', {EDGE["score"]!r}, '[]', '{{}}', '{RUN.id}');
                INSERT INTO members VALUES ('f1', 'a'), ('f1', 'b');
                UPDATE documents SET family = 'f1';
                UPDATE statements SET actor = 'm1', claim = 'c1' WHERE mode = 'direct';
                INSERT INTO changes VALUES (1, 'k1', 'a', 'b', 'c1', '{quoted("a").id}', '{quoted("b").id}',
                    '["strengthened", "verbatim"]', 0.5,
                    '[["strengthened", [], [], 0.75], ["verbatim", [], [], 0.125]]', '{RUN.id}');
                INSERT INTO changes
                    VALUES (2, 'k2', 'a', 'b', NULL, NULL, NULL, '["credit-dropped"]', 0.25, '[]', '{RUN.id}');
                INSERT INTO found_disputes
                    VALUES ('{quoted("b").id}', '{quoted("a").id}', 'denies', 0.75, 1, '{RUN.id}'),
                        ('{told("b").id}', '{quoted("a").id}', 'corrects', 0.25, 0, '{RUN.id}');
                INSERT INTO evidence VALUES ('a', 'd1', 'a.html', '2031-03-04T10:00:00Z');
                INSERT INTO judgements VALUES (1, 'j1', 'set-side', '["person:ana reyk"]', 'hill', 'Ida',
                    '2031-03-06', '=why', NULL, NULL);
            """)
        yield opened


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def quoted(document: str) -> Statement:
    content = (span("“The dam may fail,”"), span("“very soon.”"))
    return Statement(
        id=statement_id(document=document, source=span("she"), cue=span("said,"), content=content),
        document=document,
        source=span("she"),
        cue=span("said,"),
        content=content,
        mode="direct",
        act="warn",
        sourcing="named-person",
        confidence=0.1 + 0.2,
    )


def told(document: str) -> Statement:
    content = (span("=HYPERLINK"),)
    return Statement(
        id=statement_id(document=document, source=None, cue=None, content=content),
        document=document,
        source=None,
        cue=None,
        content=content,
        mode="indirect",
        act="assert",
        sourcing="outlet",
        confidence=0.5,
    )


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# What the files hold


def test_json_lines_hold_the_fields_of_the_contract(case: Case, tmp_path: Path) -> None:
    counts = export(case, tmp_path / "out", format="jsonl")
    assert counts == {
        "documents": 2,
        "readings": 1,
        "statements": 4,
        "actors": 1,
        "claims": 1,
        "families": 1,
        "edges": 1,
        "changes": 2,
        "labels": 2,
        "disputes": 1,
        "unsure_disputes": 1,
        "positions": 2,
        "predictions": 2,  # and what was strengthened of it
        "decisions": 1,
    }
    read = {name: lines(tmp_path / "out" / f"{name}.jsonl") for name in TABLES}
    for name, fields in TABLES.items():
        assert [list(row) for row in read[name]] == [list(fields)] * counts[name]
    assert read["documents"][0] == {
        "id": "a",
        "url": None,
        "outlet": "Café Wire",
        "title": "-1+1",
        "published": "2031-03-04",
        "lang": "en",
        "family": "f1",
        "state": "suggested",
        "families": ["f1"],
        "author": None,
        "credits": [],
        "location": "a.html",
        "sha256": "d1",
    }
    assert read["readings"] == [
        {"document": "a", "location": "a.html", "sha256": "d1", "read_at": "2031-03-04T10:00:00Z"}
    ]
    voice, quote = read["statements"][:2]
    assert (voice["source"], voice["cue"]) == (None, None)
    assert [s["text"] for s in (quote["source"], quote["cue"], *quote["content"])] == [
        "she",
        "said,",
        "“The dam may fail,”",
        "“very soon.”",
    ]
    assert all(TEXT[s["start"] : s["end"]] == s["text"] for s in (quote["source"], quote["cue"], *quote["content"]))
    assert (quote["confidence"], quote["actor"], quote["claim"]) == (0.1 + 0.2, "m1", "c1")
    assert (quote["actor_name"], quote["outlet"], quote["published"]) == ("Ana Reyk", "Café Wire", "2031-03-04")
    said = {"state": "suggested"}
    assert read["actors"] == [
        {"id": "m1", "name": "Ana Reyk", "kind": "person", "aliases": ["she", "@ana"], "side": "hill"} | said
    ]
    assert read["claims"] == [{"id": "c1", "gist": "=gist", "statements": [quoted("a").id, quoted("b").id]} | said]
    assert read["families"] == [{"id": "f1", "documents": ["a", "b"], "edges": [EDGE]}]
    assert read["edges"] == [{"family": "f1", **EDGE, "tied": []}]
    assert [row["changes"] for row in read["changes"]] == [["credit-dropped"], ["strengthened", "verbatim"]]
    assert [(row["score"], row["scores"], row["scores_given_edge"], row["counts"]) for row in read["changes"]] == [
        (0.25, [0.25], [0.25], False),
        (0.5, [0.5, 0.0833], [0.75, 0.125], True),
    ]
    made = [tuple(r[k] for k in ("document", "parents", "strengthened", "verbatim")) for r in read["labels"]]
    assert made == [("a", 0, 0, 0), ("b", 1, 1, 0)]
    (sure,), (unsure,) = read["disputes"], read["unsure_disputes"]
    assert (sure["relation"], sure["score"], sure["counts"]) == ("denies", 0.75, True)
    assert (sure["by_document"], sure["by_actor_name"], sure["of_document"]) == ("b", "Ana Reyk", "a")
    assert sure["by_content"] == "“The dam may fail,” … “very soon.”"
    assert (unsure["relation"], unsure["score"], unsure["counts"]) == ("corrects", 0.25, False)
    assert [(p["confidence"], p["state"]) for p in read["positions"]] == [(0.1 + 0.2, "suggested")] * 2
    assert {(p["due"], p["due_missing"]) for p in read["predictions"]} == {(None, "names no date")}


def test_a_row_is_one_line_whatever_is_in_its_text(case: Case, tmp_path: Path) -> None:
    title = "one\u2028two\u2029three\x85four\nfive"
    case.put(Document(id="0", text=TEXT, title=title), [], RUN)
    export(case, tmp_path / "out")
    assert title in [row["title"] for row in lines(tmp_path / "out" / "documents.jsonl")]


def test_rows_say_what_people_decided_and_changes_tell_both_wordings(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        table_of = {name: list(rows(case, name)) for name in TABLES}
        told = {r["id"]: r for r in table_of["changes"]}
        assert set(told) == {change_id(c) for f in ("f1",) for c in views.changes_of_family(case, f)}
        (gone, *_) = (r for r in told.values() if r["child_document"] == ids["loud"] and not r["parent_statement"])
        (turned,) = (r for r in told.values() if "quote-altered" in r["changes"])
        assert (gone["before"], gone["after"]) == ("DAM WIRE reported", "does not name Dam Wire, the first outlet")
        assert turned["after"] == "admitted Ana Reyk: “The dam will fail,”"
        first = table_of["claims"][0]
        subjects = {
            "statements": (ids["told"], subject("statement", ids["told"])),
            "actors": (ids["actor"], subject("actor", views.keys_of(case, ids["actor"])[0])),
            "claims": (first["id"], subject("claim", first["statements"][0])),
            "changes": (turned["id"], subject("change", *[turned[k] for k in PLACE])),
        }
        for _, about in subjects.values():
            judgements.decide(case, "reject", about, who="Ida", why="read")
        (dispute,) = table_of["disputes"]
        both = dispute["by_statement"], dispute["of_statement"]
        judgements.decide(case, "confirm", subject("dispute", *both), who="Ida", why="read")
        judgements.decide(case, "reject", subject("edge", ids["loud"], ids["late"]), who="Ida", why="read")
        for name, (id, _) in subjects.items():
            if name != "changes":
                states = {r["id"]: r["state"] for r in rows(case, name)}
                assert {k for k, state in states.items() if state != "suggested"} == {id}, name
                assert states[id] == "rejected", name
        assert [r["state"] for r in rows(case, "disputes")] == ["confirmed"]
        (family,) = rows(case, "families")
        states = {(e["parent"], e["child"]): e["state"] for e in family["edges"]}
        assert states[ids["wire"], ids["copy"]] == "confirmed" and states[ids["loud"], ids["late"]] == "rejected"
        assert {(e["parent"], e["child"]): e["state"] for e in rows(case, "edges")} == states
        for r in rows(case, "changes"):
            lost = r["child_document"] == ids["late"] or r["id"] == turned["id"]
            assert r["state"] == ("rejected" if lost else "suggested")
        judgements.decide(case, "reject", subject("document", ids["wire"]), who="Ida", why="read")
        assert {r["id"] for r in rows(case, "documents") if r["state"] == "rejected"} == {ids["wire"]}
        assert {r["state"] for r in rows(case, "statements") if r["document"] == ids["wire"]} == {"rejected"}
        decisions = list(rows(case, "decisions"))
        assert [d["id"] for d in decisions] == [e.id for e in judgements.log(case)]
        judgements.undo(case, who="Ida")
        assert [d["undone_by"] for d in rows(case, "decisions")] == [*[None] * (len(decisions) - 1), "Ida"]


def test_the_fields_are_those_of_the_contract() -> None:
    contract = SHARED / "contract.md"
    if not contract.exists():
        pytest.skip("the contract lies outside the project")
    table_rows = re.findall(r"^\| (\w+) \| `([^`]+)`", contract.read_text("utf-8").split("## Export")[1], re.MULTILINE)
    laid_down = {name: fields.split(", ") for name, fields in table_rows}
    assert laid_down == {n: list(TABLES[n])[: len(fields)] for n, fields in laid_down.items()}
    assert set(TABLES) - set(laid_down) == {
        "edges", "positions", "predictions", "decisions", "readings", "labels", "unsure_disputes",
    }  # fmt: skip


def test_a_document_of_two_families_is_in_both(case: Case) -> None:
    case.put(Document(id="c", text=TEXT, published="2031-03-01"), [], RUN)
    with case.transaction():
        case.connection.execute("INSERT INTO families VALUES ('f2', '[]', ?)", [RUN.id])
        case.connection.execute("UPDATE documents SET family = 'f2' WHERE id = 'c'")
        case.connection.execute("INSERT INTO members VALUES ('f2', 'b'), ('f2', 'c')")
        case.connection.execute("INSERT INTO edges VALUES ('f2', 'c', 'b', 0.5, '[\"a\"]', '{}', ?)", [RUN.id])
    told = {f.id: f for f in lineage.families(case)}
    for row in rows(case, "families"):
        assert row["documents"] == list(told[row["id"]].documents)
        assert [(e["parent"], e["child"]) for e in row["edges"]] == [(e.parent, e.child) for e in told[row["id"]].edges]
    of = {row["id"]: (row["family"], row["families"]) for row in rows(case, "documents")}
    assert of == {"a": ("f1", ["f1"]), "b": ("f1", ["f1", "f2"]), "c": ("f2", ["f2"])}
    assert [(e["family"], e["parent"], e["tied"]) for e in rows(case, "edges")] == [("f1", "a", []), ("f2", "c", ["a"])]


def test_positions_and_predictions_are_those_that_are_asked_for_in_python(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with desk.Case(tmp_path / "news.stemmata") as case:
        taken, found = case.positions(), list(rows(case, "positions"))
        assert [(p.actor, p.stance, p.statement, p.when) for p in taken] == [
            (r["actor"], r["stance"], r["statement"], r["when"]) for r in found
        ]
        (put_there,) = [r for r in found if r["statement"] == ids["told"]]
        assert put_there["content"] == "“The dam will fail,”" and put_there["outlet"] == "Loud Daily"
        assert (put_there["departure"], put_there["departure_score"]) == ("quote-altered", 0.9)
        assert put_there["departure_documents"] == [ids["loud"]] and put_there["actor_name"] == "Ana Reyk"
        assert [(p.kind, p.statement, p.due) for p in case.predictions()] == [
            (r["kind"], r["statement"], r["due"]) for r in rows(case, "predictions")
        ]
        (pumps,) = rows(case, "predictions")
        assert (pumps["due"], pumps["due_missing"]) == ("2031-06-15", None)
        assert (pumps["content"], pumps["dates"]) == ("new pumps by 15 June", ["2031-05-01/2031-06-15"])
        assert pumps["lead"] == "promised"


def test_what_is_due_at_no_day_says_why_and_what_counts_is_what_pages_count(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        weigh = weigher(case, verdicts(case))
        counted = {change_id(c) for c in views.changes_of_family(case, "f1") if weigh(c) == "counts"}
        assert {r["id"] for r in rows(case, "changes") if r["counts"]} == counted
        made = {r["document"]: r for r in rows(case, "labels")}
        assert made[ids["loud"]]["quote-altered"] == 1 and made[ids["wire"]]["parents"] == 0
        with case.transaction():
            case.connection.execute("UPDATE documents SET published = NULL")
        assert {(r["due"], r["due_missing"]) for r in rows(case, "predictions")} == {(None, "article has no date")}


def test_documents_tell_where_they_were_read_and_whom_they_credit(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        (row,) = (r for r in rows(case, "documents") if r["id"] == ids["wire"])
        evidence = case.evidence(ids["wire"])[0]
    assert (row["location"], row["sha256"], row["author"]) == (evidence.location, evidence.sha256, "Ida Holm")
    assert row["credits"] == ["Dam Wire"]


def test_csv_has_one_value_a_cell(case: Case, tmp_path: Path) -> None:
    export(case, tmp_path, format="csv")
    voice, quote = cells(tmp_path / "statements.csv")[:2]
    first, last = quoted("a").content
    assert quote["source_text"] == "she"
    assert (int(quote["cue_start"]), int(quote["cue_end"])) == (span("said,").start, span("said,").end)
    assert (int(quote["content_start"]), int(quote["content_end"])) == (first.start, last.end)
    assert quote["content_text"] == "“The dam may fail,” … “very soon.”"
    assert quote["content_spans"] == f"{first.start}..{first.end}; {last.start}..{last.end}"
    assert float(quote["confidence"]) == 0.1 + 0.2
    assert [voice[column] for column in ("source_start", "source_end", "source_text", "actor")] == [""] * 4
    assert cells(tmp_path / "actors.csv")[0]["aliases"] == "she; @ana"
    assert cells(tmp_path / "changes.csv")[1]["changes"] == "strengthened; verbatim"
    assert cells(tmp_path / "changes.csv")[1]["scores"] == "0.5; 0.0833"
    assert [row["counts"] for row in cells(tmp_path / "changes.csv")] == ["false", "true"]
    assert json.loads(cells(tmp_path / "families.csv")[0]["edges"]) == [EDGE]


def test_csv_carries_no_formula_into_a_spreadsheet(case: Case, tmp_path: Path) -> None:
    export(case, tmp_path, format="csv")
    assert cells(tmp_path / "documents.csv")[0]["title"] == "'-1+1"
    assert cells(tmp_path / "statements.csv")[0]["content_text"] == "'=HYPERLINK"
    assert cells(tmp_path / "claims.csv")[0]["gist"] == "'=gist"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t1", "\r1", "  =1", "\n=1", "\u00a0=1", "＝1", "\ufeff=1"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert _harmless(text) == f"'{text}"


@given(st.text())
def test_no_cell_begins_as_a_formula(text: str) -> None:
    cell = _harmless(text) or ""
    assert cell.lstrip()[:1] not in tuple("=+-@") or not cell
    assert cell in (text, f"'{text}")


def test_parquet_is_typed_and_holds_the_same_rows(case: Case, tmp_path: Path) -> None:
    export(case, tmp_path, format="parquet")
    for name in TABLES:
        read = pyarrow.parquet.read_table(tmp_path / f"{name}.parquet")
        assert read.schema.equals(schema(name))
        assert read.to_pylist() == list(rows(case, name))


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_case_has_every_table(tmp_path: Path, format: str) -> None:
    with Case(tmp_path / "news.stemmata") as case:
        assert export(case, tmp_path / "out", format=format) == dict.fromkeys(TABLES, 0)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        ["datapackage.json", *(f"{name}.{format}" for name in TABLES)]
    )
    if format == "csv":
        header = (tmp_path / "out" / "statements.csv").read_text("utf-8-sig").strip()
        assert header == (
            "id,document,source_start,source_end,source_text,cue_start,cue_end,cue_text,"
            "content_start,content_end,content_text,content_spans,mode,act,sourcing,actor,claim,confidence,"
            "act_probability,inside,state,actor_name,actor_probability,actor_how,outlet,published,qualifier"
        )
    if format == "parquet":
        assert pyarrow.parquet.read_schema(tmp_path / "out" / "families.parquet").equals(schema("families"))


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_of_adding_does_not_change_a_byte(tmp_path: Path, format: str) -> None:
    for folder, ids in (("one", "abc"), ("other", "cab")):
        with Case(tmp_path / f"{folder}.stemmata") as case:
            for id in ids:
                case.put(Document(id=id, text=TEXT), [quoted(id), told(id)][:: 1 if folder == "one" else -1], RUN)
            export(case, tmp_path / folder, format=format)
    for name in TABLES:
        file = f"{name}.{format}"
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()


# Frames


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_have_the_columns_of_the_contract(case: Case, library: str) -> None:
    for name, fields in TABLES.items():
        read = frame(case, name, library=library)
        assert list(read.columns)[: len(fields)] == list(fields)
        assert len(read) == table(case, name).num_rows > 0


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_has_the_columns_of_the_csv_file(case: Case, tmp_path: Path, library: str) -> None:
    export(case, tmp_path, format="csv")
    for name in TABLES:
        read = frame(case, name, library=library)
        file = cells(tmp_path / f"{name}.csv")
        assert set(file[0]) <= set(read.columns)
        if name == "statements":
            for column in ("content_text", "content_spans", "source_start", "cue_text"):
                told = ["" if str(x) in ("None", "nan", "<NA>") else str(x) for x in read[column].to_list()]
                assert [c[column].removeprefix("'") for c in file] == told


def test_an_offset_is_a_whole_number_though_one_is_missing(case: Case, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    read = frame(case, "statements")
    assert read.source_start.isna().any() and {str(read[f].dtype) for f in ("source_start", "content_end")} == {"Int64"}
    for r in read[read.source_start.notna()].itertuples():
        assert case.document(r.document).text[r.source_start : r.source_end] == r.source_text
    export(case, tmp_path, format="parquet")
    spans = [x for x in pandas.read_parquet(tmp_path / "statements.parquet").source if x]
    assert spans and {type(x[end]) for x in spans for end in ("start", "end")} == {int}


def test_a_frame_has_the_unsure_disputes_too_when_asked(case: Case) -> None:
    assert frame(case, "disputes")["counts"].to_list() == [True]
    assert frame(case, "disputes", unsure=True)["counts"].to_list() == [True, False]
    with pytest.raises(StemmataError, match="only disputes are kept back"):
        frame(case, "changes", unsure=True)


# The manifest


@pytest.mark.parametrize("format", FORMATS)
def test_the_manifest_tells_what_made_the_files_and_what_every_column_is(
    case: Case, tmp_path: Path, format: str
) -> None:
    counts = export(case, tmp_path, format=format)
    told = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert [r["rows"] for r in told["resources"]] == list(counts.values())
    (run,) = told["stemmata"]["runs"]
    assert (run["version"], run["weights"], run["settings"]) == (RUN.version, RUN.weights, {})
    assert told["stemmata"]["thresholds"]["changes"] == 0.5
    for r in told["resources"]:
        data = (tmp_path / r["path"]).read_bytes()
        assert (r["hash"], r["bytes"]) == (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
        names = [f["name"] for f in r["schema"]["fields"]]
        assert all(f["description"] and f["type"] for f in r["schema"]["fields"])
        if format == "csv":
            assert names == list(cells(tmp_path / r["path"])[0])
        else:
            assert names == list(TABLES[r["name"].replace("-", "_")])


def test_the_codebook_tells_every_column_of_every_table() -> None:
    assert {name: list(columns) for name, (_, columns) in codebook().items()} == {n: list(f) for n, f in TABLES.items()}
    assert all(what for what, columns in codebook().values()) and "scores_given_edge" in (tables.__doc__ or "")


def test_a_manifest_of_another_is_not_written_over(case: Case, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"name": "mine"}', "utf-8")
    with pytest.raises(StemmataError, match=r"datapackage\.json is of no export of ours"):
        export(case, tmp_path)
    assert export(case, tmp_path, force=True)["documents"] == 2
    assert export(case, tmp_path, format="csv")["documents"] == 2


def test_pandas_reads_days_and_times_of_one_column(tmp_path: Path) -> None:
    """As the docstring of export/tables.py says: a case has days, times and times in UTC beside each other."""
    import pandas

    days = ("2031-03-05", "2031-03-05T07:10:00Z", "2031-03-05T10:00:00")
    with Case(tmp_path / "news.stemmata") as case:
        for id, published in zip("abc", days, strict=True):
            case.put(Document(id=id, text=TEXT, published=published), [told(id)], RUN)
        for name in ("documents", "statements"):
            read = pandas.to_datetime(frame(case, name).published, format="ISO8601", utc=True)
            assert [x.hour for x in read] == [0, 7, 10]


def test_a_missing_library_is_told_with_the_line_to_type(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **keywords: Any) -> Any:
        if name in ("pandas", "polars"):
            raise ImportError(name)
        return real(name, *arguments, **keywords)

    monkeypatch.setattr(builtins, "__import__", without)
    for library in ("pandas", "polars"):
        with pytest.raises(StemmataError, match=rf"{library} is not installed: pip install 'stemmata\[frames\]'"):
            frame(case, "statements", library=library)


# Mistakes and interruptions


def test_mistakes_are_told_before_any_work(case: Case, tmp_path: Path) -> None:
    with pytest.raises(StemmataError, match="'xml' is no format of export: choose from jsonl, csv, parquet"):
        export(case, tmp_path / "out", format="xml")
    assert not (tmp_path / "out").exists()
    with pytest.raises(StemmataError, match="there is no table 'quotes': choose from documents, readings, statements"):
        rows(case, "quotes")
    with pytest.raises(StemmataError, match="there are no frames of 'R': choose from pandas, polars"):
        frame(case, "statements", library="R")
    (tmp_path / "file").touch()
    with pytest.raises(StemmataError, match="cannot export to"):
        export(case, tmp_path / "file")
    with pytest.raises(StemmataError, match="cannot export to"):
        export(case, tmp_path / "file" / "out")


def test_another_folders_files_are_not_written_over(case: Case, tmp_path: Path) -> None:
    mine = tmp_path / "out" / "documents.jsonl"
    mine.parent.mkdir()
    mine.write_text("mine", "utf-8")
    with pytest.raises(StemmataError, match=r"documents\.jsonl is of no export of ours"):
        export(case, tmp_path / "out")
    assert mine.read_text("utf-8") == "mine"
    for force in (True, False):  # what was exported is written over again unasked
        assert export(case, tmp_path / "out", force=force)["documents"] == 2


def test_an_interrupted_export_leaves_what_was_there(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    export(case, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    case.put(Document(id="c", text=TEXT), [told("c")], RUN)

    def interrupted(case: Case, name: str, path: Path) -> int:
        if name == "claims":
            raise KeyboardInterrupt
        return jsonl.write(case, name, path)

    monkeypatch.setitem(FORMATS, "jsonl", interrupted)
    with pytest.raises(KeyboardInterrupt):
        export(case, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    monkeypatch.undo()
    assert export(case, out)["documents"] == 3  # the case can be read and written as ever
    case.put(Document(id="d", text=TEXT), [], RUN)


# The benchmark


@pytest.fixture
def score() -> Any:
    path = SHARED / "bench" / "score.py"
    if not path.exists():
        pytest.skip("the benchmark lies outside the project")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode, kept = True, sys.dont_write_bytecode  # its folder is not ours to write
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = kept
    return module


def test_the_benchmark_reads_an_export(score: Any, tmp_path: Path) -> None:
    """The statements of a gold family, put in a case and exported, are all right: nothing is lost on the way."""
    gold = json.loads(min((SHARED / "bench" / "train").glob("*.json")).read_text("utf-8"))
    with Case(tmp_path / "news.stemmata") as case:
        for article in gold["articles"]:
            document = Document(id=article["id"], text=article["text"], title=article["title"])
            case.put(document, [statement for s in gold["statements"] for statement in of_gold(s, document)], RUN)
        export(case, tmp_path / "out")
    figures = score.score(tmp_path / "out", [gold])
    for name in ("source words", "cue words", "content words", "content exact", "statements"):
        assert figures[name]["f1"] == 1.0
    assert figures["mode accuracy"] == figures["act accuracy"] == figures["sourcing accuracy"] == 1.0
    assert figures["documents"] == len(gold["articles"])


def of_gold(statement: dict[str, Any], document: Document) -> Iterator[Statement]:
    if statement["article"] != document.id:
        return
    source, cue = (Span(*place) if (place := statement["spans"][role]) else None for role in ("source", "cue"))
    content = tuple(Span(*place) for place in statement["spans"]["content"])
    yield Statement(
        id=statement_id(document=document.id, source=source, cue=cue, content=content),
        document=document.id,
        source=source,
        cue=cue,
        content=content,
        mode=statement["mode"],
        act=statement["act"],
        sourcing=statement["sourcing"],
        confidence=1.0,
    )
