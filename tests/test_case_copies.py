"""One text from several outlets: which documents the case holds, in whatever order they came in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from stemmata.case import Case, judgements
from stemmata.model import Document, Evidence, Run, content_id, subject
from stemmata.read import document_from_text

RUN = Run(version="0.1.0", weights="w1")
LATER = Run(version="0.2.0", weights="w2")
DAM = "“The dam may fail,” said Ana Reyk. The ministry denied it, according to Café Wire."


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case(tmp_path / "news.stemmata") as case:
        yield case


def test_a_known_id_from_another_outlet_is_told_and_nothing_of_it_is_taken(case: Case) -> None:
    place = Evidence(sha256="ab", location="a.jsonl#1", read_at="2031-01-01T00:00:00+00:00")
    dam = Document(id="d1", text=DAM, outlet="Sarn Post", evidence=place)
    other = replace(
        dam, outlet="The Bugle", published="2031-01-01", title="Dam", evidence=replace(place, location="b.jsonl#1")
    )
    assert case.at_odds(dam) is None
    case.put(dam, [], RUN)
    odds = case.at_odds(other)
    assert odds and (odds.location, odds.kept) == ("b.jsonl#1", True)
    assert odds.reason == "known already as d1 (Sarn Post), which stays; this says The Bugle, 2031-01-01"
    for run in (RUN, LATER):
        case.put(other, [], run)
        kept = case.document("d1")
        assert (kept.outlet, kept.published, kept.title) == ("Sarn Post", None, None)
    mended = replace(other, evidence=replace(place, sha256="cd"))  # the same place, with other words about it
    odds = case.at_odds(mended)
    assert odds and odds.reason == "known already as d1 (Sarn Post), which is The Bugle, 2031-01-01 from now on"
    assert case.put(mended, [], LATER).outcome == "analysed-anew"
    assert case.document("d1").outlet == "The Bugle"


def test_a_copy_by_another_outlet_is_a_document_in_any_order(tmp_path: Path) -> None:
    told: list[dict[str, Any]] = [
        {},
        {"outlet": "Sarn Post"},
        {"outlet": "The Bugle"},
        {"outlet": "The Bugle", "published": "2031-01-02"},
    ]
    copies = [document_from_text(DAM, **about) for about in [*told, {"published": "2031-01-02"}]]
    assert copies[0].id == content_id("text", DAM)
    for number, order in enumerate(permutations(copies)):
        if number % 10 == 0:
            with Case(tmp_path / f"{number}.stemmata") as case:
                assert {case.put(copy, [], RUN).outcome for copy in (*order, *order)} == {"added", "known"}
                assert {d.id: d for d in case.documents()} == {copy.id: copy for copy in copies}


def test_a_document_under_the_id_of_its_text_alone_stays_the_same(case: Case) -> None:
    place = Evidence(sha256="ab", location="a.csv#2", read_at="2031-01-01T00:00:00+00:00")
    again = document_from_text(DAM, outlet="Sarn Post", published="2031-01-02", evidence=place)
    copy = document_from_text(DAM, outlet="The Bugle", published="2031-01-02")
    old = replace(again, id=content_id("text", DAM))  # as ids were made before outlets and times were in them
    case.put(old, [], RUN)
    assert case.known(again, RUN)
    assert case.known(
        document_from_text(DAM, outlet="Sarn Post", evidence=place), RUN
    )  # a page whose date is read otherwise since
    assert case.put(copy, [], RUN).outcome == "added"
    assert [d.id for d in case.documents()] == sorted([old.id, copy.id])


def test_a_text_that_stood_alone_is_told_of_where_an_outlet_has_it(case: Case) -> None:
    bare, dated = document_from_text(DAM), document_from_text(DAM, outlet="Sarn Post")
    case.put(bare, [], RUN)
    odds = case.at_odds(dated)
    assert odds and f"in the case as {bare.id} too, without outlet and time" in odds.reason
    case.put(dated, [], RUN)
    assert case.at_odds(dated) is None


@pytest.mark.parametrize("location", ["dam.html", "a.csv#2"])
def test_a_time_that_is_read_better_makes_no_second_document(case: Case, location: str) -> None:
    place = Evidence(sha256="ab", location=location, read_at="2031-01-01T00:00:00+00:00")
    dam = document_from_text(DAM, outlet="Sarn Post", published="2031-05-04", evidence=place)
    better = document_from_text(DAM, outlet="Sarn Post", published="2031-04-05", evidence=place)
    case.put(dam, [], RUN)
    noted = judgements.decide(case, "note", subject("document", dam.id), who="Ida", why="", note="read twice")
    odds = case.at_odds(better)
    assert odds and odds.reason == (
        f"known already as {dam.id} (Sarn Post, 2031-05-04), which is Sarn Post, 2031-04-05 from now on"
    )
    assert (put := case.put(better, [], LATER)).outcome == "analysed-anew" and put.id == dam.id
    assert [(d.id, d.published) for d in case.documents()] == [(dam.id, "2031-04-05")]
    assert [e.judgement for e in judgements.log(case)] == [noted]
    elsewhere = replace(better, evidence=replace(place, location="copy.html"))
    for again in (better, elsewhere):
        assert case.known(again, LATER) and case.at_odds(again) is None


def test_two_editions_in_one_table_are_two_documents(case: Case) -> None:
    place = Evidence(sha256="ab", location="a.csv#2", read_at="2031-01-01T00:00:00+00:00")
    early = document_from_text(DAM, outlet="Sarn Post", published="2031-01-01", evidence=place)
    late = document_from_text(
        DAM, outlet="Sarn Post", published="2031-01-02", evidence=replace(place, location="a.csv#3")
    )
    other = document_from_text(DAM, outlet="The Bugle", evidence=replace(place, sha256="cd"))  # a row put in before it
    assert [case.put(d, [], RUN).outcome for d in (early, late, other)] == ["added"] * 3
    assert case.put(replace(early, evidence=replace(place, location="a.csv#3")), [], RUN).outcome == "known"


def test_a_case_of_before_learns_where_its_documents_were_read(tmp_path: Path) -> None:
    with Case(tmp_path / "news.stemmata") as case:
        case.connection.execute("DROP INDEX evidence_at")
    with Case(tmp_path / "news.stemmata") as case:
        plan = "EXPLAIN QUERY PLAN SELECT document FROM evidence WHERE location = 'a'"
        assert "evidence_at" in str(list(case.rows(plan)))
