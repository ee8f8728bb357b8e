"""The case: what goes in comes out, whole, once, and whatever happens to the process, the disk or the file."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stemmata.case.file as case_file
from stemmata.case import SCHEMA, Case, Put, documents
from stemmata.model import (
    Credit,
    Document,
    Evidence,
    Refusal,
    Run,
    Span,
    Statement,
    StemmataError,
    document_id,
    statement_id,
)

RUN = Run(version="0.1.0", weights="w1", settings={"broad": False, "min_confidence": 0.5})
LATER = Run(version="0.2.0", weights="w2")
SOURCES = Path(case_file.__file__).parents[2]

DAM = "“The dam may fail,” said Ana Reyk. The ministry denied it, according to Café Wire."
QUIET = "The dam may fail. Nobody was asked."


def document(id: str, text: str = DAM, **fields: object) -> Document:
    return replace(Document(id=id, text=text), **fields)  # type: ignore[arg-type]


def statement(of: Document, source: str | None, cue: str | None, *content: str, **fields: object) -> Statement:
    """A statement of a document, by the words that it points at."""

    def span(words: str | None) -> Span | None:
        if words is None:
            return None
        start = of.text.index(words)
        return Span(start, start + len(words))

    parts = tuple(part for words in content if (part := span(words)))
    made = Statement(
        id=statement_id(document=of.id, source=span(source), cue=span(cue), content=parts),
        document=of.id,
        source=span(source),
        cue=span(cue),
        content=parts,
        mode="direct",
        act="assert",
        sourcing="named-person" if source else "outlet",
        confidence=0.9,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def findings(of: Document) -> list[Statement]:
    around = statement(of, "Café Wire", "according to", "The ministry denied it", sourcing="named-organisation")
    return [
        statement(of, "Ana Reyk", "said", "“The dam may fail,”", confidence=0.1 + 0.2),
        around,
        statement(
            of,
            "The ministry",
            "denied",
            "it",
            act="deny",
            sourcing="named-organisation",
            inside=around.id,
            act_probability=0.7,
        ),
    ]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case(tmp_path / "news.stemmata") as opened:
        yield opened


def stored(case: Case, id: str) -> list[Statement]:
    return [entry.statement for entry in case.statements(document=id)]


def assert_search_in_step(case: Case) -> None:
    """The full-text indexes hold the very words that the tables hold: those of indexes that are made anew."""
    with closing(sqlite3.connect(case.path)) as connection:

        def words(schema: str, index: str) -> list[tuple[object, ...]]:
            connection.execute(f"CREATE VIRTUAL TABLE temp.words_{index} USING fts5vocab ({schema}, {index}, instance)")
            return connection.execute(f"SELECT * FROM temp.words_{index} ORDER BY 1, 2, 3, 4").fetchall()

        for index, columns, table in (
            ("documents_search", "title, text", "documents"),
            ("statements_search", "content", "contents"),
        ):
            tokens = "tokenize='unicode61 remove_diacritics 2'"
            connection.execute(f"CREATE VIRTUAL TABLE temp.anew_{index} USING fts5 ({columns}, {tokens})")
            connection.execute(f"INSERT INTO temp.anew_{index} (rowid, {columns}) SELECT key, {columns} FROM {table}")
            assert words("main", index) == words("temp", f"anew_{index}")


# What goes in comes out


def test_a_document_comes_back_with_everything_found_in_it(case: Case) -> None:
    evidence = Evidence(sha256="ab", location="dam.html", read_at="2031-03-04T10:00:00+00:00")
    given_document = document(
        "d1",
        url="https://a.example/1",
        outlet="Lantern",
        title="Dam",
        published="2031-03-04",
        author="B. Oak",
        lang="en",
        credits=(Credit(name="Café Wire", span=Span(59, 81)),),
        evidence=evidence,
    )
    refusal = Refusal(location="dam.html", step="attribute", reason="too long a tail", kept=True)
    put = case.put(given_document, findings(given_document), RUN, refusals=[refusal])
    assert (put.id, put.outcome) == ("d1", "added")
    assert case.document("d1") == given_document
    assert list(case.documents()) == [given_document]
    assert sorted(stored(case, "d1"), key=str) == sorted(findings(given_document), key=str)
    assert list(case.refusals()) == [refusal]
    [past] = case.runs()
    assert (past.id, past.run) == (RUN.id, RUN)
    summary = case.summary()
    assert (summary.documents, summary.outlets, summary.statements, summary.refusals) == (1, 1, 3, 1)


def test_an_entry_holds_the_words_and_where_they_were_published(case: Case) -> None:
    dam = document("d1", outlet="Lantern", title="Dam", published="2031-03-04")
    case.put(dam, [statement(dam, "Ana Reyk", "said", "“The dam", "fail,”")], RUN)
    [entry] = case.statements()
    assert (entry.source, entry.cue, entry.content) == ("Ana Reyk", "said", ("“The dam", "fail,”"))
    assert (entry.outlet, entry.title, entry.published, entry.run) == ("Lantern", "Dam", "2031-03-04", RUN.id)
    told = entry.statement
    assert (entry.act, entry.mode, entry.sourcing) == (told.act, told.mode, told.sourcing)


def test_a_case_is_closed_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "a #1?.stemmata"  # characters that mean something in the address of a file
    with Case(path) as case:
        case.put(document("d1"), findings(document("d1")), RUN)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    with Case(path, create=False) as case:
        assert len(stored(case, "d1")) == 3


@settings(max_examples=25, deadline=None)  # each makes a file
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=5),
)
def test_any_text_and_any_spans_come_back(text: str, places: list[tuple[int, int]]) -> None:
    of = document("d1", text)
    spans = [Span(start, min(start + length, len(text))) for start, length in places if start < len(text)]
    found = {
        id: Statement(
            id=id,
            document="d1",
            source=span,
            cue=None,
            content=(span, Span(0, 1)),
            mode="mixed",
            act="warn",
            sourcing="anonymous",
            confidence=0.5,
        )
        for span in spans
        for id in [statement_id(document="d1", source=span, cue=None, content=(span, Span(0, 1)))]
    }
    with tempfile.TemporaryDirectory() as folder, Case(Path(folder, "a.stemmata")) as case:
        case.put(of, found.values(), RUN)
        assert case.document("d1") == of
        assert {s.id: s for s in stored(case, "d1")} == found
        case.put(of, [], LATER)
        assert_search_in_step(case)


# A repeat adds nothing


def test_the_same_again_adds_nothing_but_where_it_was_found(case: Case) -> None:
    here = Evidence(sha256="ab", location="a.html", read_at="2031-01-01T00:00:00+00:00")
    there = Evidence(sha256="cd", location="b.html", read_at="2031-01-02T00:00:00+00:00")
    dam = document("d1", evidence=here)
    case.put(dam, findings(dam), RUN)
    assert case.known(dam, RUN)
    assert case.put(dam, findings(dam), RUN).outcome == "known"
    assert case.put(replace(dam, evidence=there), [], RUN).outcome == "known"
    case.put_evidence(replace(dam, evidence=replace(here, read_at="2032-01-01T00:00:00+00:00")))
    assert case.evidence("d1") == (here, there)
    assert case.document("d1").evidence == here
    assert len(stored(case, "d1")) == 3
    assert len(list(case.runs())) == 1


def test_the_same_again_tells_what_was_not_known_and_takes_nothing_away(case: Case) -> None:
    dam = document("d1", outlet="Sarn Post")
    refused = Refusal(location="d", step="read", reason="read without its date", kept=True)
    case.put(dam, findings(dam), RUN, refusals=[refused])
    more = replace(dam, published="2031-01-01")
    assert not case.known(more, RUN)
    assert case.put(more, findings(more), RUN).outcome == "analysed-anew"
    kept = case.document("d1")
    assert (kept.outlet, kept.published, list(case.refusals())) == ("Sarn Post", "2031-01-01", [])
    assert case.known(dam, RUN) and case.known(more, RUN)
    assert case.put(document("d1"), [], LATER).outcome == "analysed-anew"
    assert (case.document("d1").outlet, case.document("d1").published) == ("Sarn Post", "2031-01-01")


def test_a_statement_that_is_given_twice_is_one(case: Case) -> None:
    dam = document("d1")
    case.put(dam, [*findings(dam), *findings(dam)], RUN)
    assert len(stored(case, "d1")) == 3


def test_an_id_with_another_text_is_a_second_version(case: Case) -> None:
    first, second = document("d1"), document("d1", DAM.replace("fail", "hold"))
    told = [replace(s, document="d1") for s in findings(first)]
    case.put(first, told, RUN)
    assert not case.known(second, RUN)
    put = case.put(second, [statement(second, "Ana Reyk", "said", "“The dam may hold,”")], RUN)
    assert put.outcome == "second-version"
    assert put.id.startswith("d1@")
    assert case.known(second, RUN)
    assert case.put(second, [], RUN).outcome == "known"
    [kept] = stored(case, put.id)
    assert kept.document == put.id
    assert kept.id == statement_id(document=put.id, source=kept.source, cue=kept.cue, content=kept.content)
    assert [d.text for d in case.documents()] == [first.text, second.text]
    assert len(stored(case, "d1")) == 3


@pytest.mark.parametrize(
    ("url", "outlet", "is_one"),
    [
        ("https://a.example/dam", "Lantern", True),
        ("http://www.a.example/dam/", "Lantern", True),
        ("https://amp.a.example/dam", "Lantern", True),
        ("https://a.example/amp/dam?utm_source=x", "Lantern", True),
        ("https://a.example/dam/amp/", "Lantern", True),
        ("https://a.example/dam?print=1", "Lantern", True),
        ("https://a.example/dam?page=2", "Lantern", False),
        ("https://a.example/wall", "Lantern", False),
        ("https://b.example/dam", "Lantern", False),
        ("https://a.example/dam", "Beacon", False),  # a copy that names the first version's address
        ("https://a.example/dam", None, False),
        ("https://[a.example/dam", "Lantern", False),
        (None, "Lantern", False),
    ],
)
def test_versions_of_one_article_are_told(case: Case, url: str | None, outlet: str | None, is_one: bool) -> None:
    case.put(document("d1", url="https://a.example/dam", outlet="Lantern"), [], RUN)
    told = case.other_version(document("d2", url=url, outlet=outlet))
    assert (told is not None) == is_one
    if told:
        assert told.kept
        assert (
            told.reason == "a version of the article that the case has as d1: both say that they stand at a.example/dam"
        )


def test_few_addresses_of_an_outlet_are_parsed_for_each_of_its_articles(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(20):
        case.put(document(f"d{n}", f"Dam {n} may fail.", url=f"https://a.example/{n}/dam-{n:02}", outlet="A"), [], RUN)
    parsed: list[str] = []
    monkeypatch.setattr(documents, "_bare_address", lambda url: parsed.append(url) or url.removeprefix("https://"))
    assert case.other_version(document("d", "The dam holds.", url="https://a.example/7/dam-07?", outlet="A")) is None
    assert case.other_version(document("d", "The dam holds.", url="https://a.example/7/dam-07", outlet="A"))
    assert len(parsed) == 4


def test_a_document_is_no_version_of_itself(case: Case) -> None:
    dam = document("d1", url="https://a.example/dam", outlet="Lantern")
    case.put(dam, [], RUN)
    assert case.other_version(dam) is None


def test_a_saved_page_that_names_its_address_is_known_again(case: Case) -> None:
    """Its id is of its text, outlet and time; that it was read before without its address makes it no other."""
    evidence = Evidence(sha256="ab", location="dam.html", read_at="2031-03-04T10:00:00+00:00")
    bare = document(document_id(DAM, outlet="Lantern"), outlet="Lantern", evidence=evidence)
    case.put(bare, [], RUN)
    named = replace(bare, url="https://a.example/dam")
    assert case.put(named, [], RUN) == Put(id=bare.id, outcome="analysed-anew")
    assert case.document(bare.id).url == named.url
    dated = replace(named, published="2031-03-04", id=document_id(DAM, outlet="Lantern", published="2031-03-04"))
    assert case.put(dated, [], RUN) == Put(id=bare.id, outcome="analysed-anew")
    assert case.put(replace(named, id=document_id(DAM, url=named.url)), [], RUN).outcome == "added"  # of the web


def test_what_is_inside_another_statement_stays_so_in_a_second_version(case: Case) -> None:
    case.put(document("d1", QUIET), [], RUN)
    dam = document("d1")
    put = case.put(dam, findings(dam), RUN)
    kept = {s.id: s for s in stored(case, put.id)}
    [inner] = [s for s in kept.values() if s.inside]
    assert inner.inside in kept


def test_an_id_that_looks_like_another_second_version_is_kept_apart(case: Case) -> None:
    taken = case.put(document("d1"), [], RUN).id
    second = case.put(document("d1", QUIET), [], RUN).id
    third = case.put(document(second, DAM), [], RUN).id
    fourth = case.put(document("d1", "x"), [], RUN).id
    assert len({taken, second, third, fourth}) == 4


def test_another_run_takes_the_place_of_the_old_findings(case: Case) -> None:
    dam = document("d1", title="Dam")
    case.put(dam, findings(dam), RUN, refusals=[Refusal(location="d", step="attribute", reason="r", kept=True)])
    assert not case.known(dam, LATER)
    again = replace(dam, title="The dam", lang="en")
    assert case.put(again, findings(again)[:1], LATER).outcome == "analysed-anew"
    [entry] = case.statements()
    assert (entry.statement, entry.run, entry.title) == (findings(dam)[0], LATER.id, "The dam")
    assert list(case.refusals()) == []
    assert case.known(dam, LATER) and not case.known(dam, RUN)
    assert list(case.statements(search="ministry")) == []
    assert_search_in_step(case)


def test_what_rests_on_a_statement_goes_with_it(case: Case) -> None:
    a, b = document("a"), document("b")
    case.put(a, findings(a), RUN)
    case.put(b, findings(b), RUN)
    with closing(sqlite3.connect(case.path)) as connection, connection:
        ids = [s.id for s in (*findings(a)[:1], *findings(b)[:1])]
        connection.execute("INSERT INTO found_disputes VALUES (?, ?, 'denies', 0.5, 1, ?)", (*ids, RUN.id))
        values = "(1, 'c1', 'a', 'b', NULL, ?, ?, '[]', 0.5, '[]', ?)"
        connection.execute(f"INSERT INTO changes VALUES {values}", (*ids, RUN.id))
    case.put(b, findings(b), LATER)
    assert list(case.rows("SELECT * FROM disputes")) == list(case.rows("SELECT * FROM changes")) == []
    assert len(stored(case, "a")) == 3


def test_a_statement_inside_one_that_was_left_out_is_inside_none(case: Case) -> None:
    dam = document("d1")
    case.put(dam, findings(dam)[2:], RUN)
    [kept] = stored(case, "d1")
    assert kept.inside is None


def test_what_points_outside_its_document_is_not_stored(case: Case) -> None:
    dam = document("d1")
    with pytest.raises(ValueError, match="does not lie in the text"):
        case.put(dam, [replace(findings(dam)[0], content=(Span(0, len(DAM) + 1),))], RUN)
    with pytest.raises(ValueError, match="is of document d1"):
        case.put(replace(dam, id="d2"), findings(dam), RUN)
    assert case.summary().documents == 0


def test_half_a_character_is_refused_and_named(case: Case) -> None:
    with pytest.raises(StemmataError, match=r"half a character \(U\+D83D at 3\)"):
        case.put(document("d1", "abc\ud83d"), [], RUN)
    assert case.summary().documents == 0


# Refusals


def test_refusals_are_kept_once_and_go_when_the_place_is_read(case: Case) -> None:
    refused = Refusal(location="a.html", step="read", reason="no body text")
    piped = Refusal(location="-#3", step="read", reason="no text")
    for refusal in (refused, piped, refused):
        case.put_refusal(refusal, RUN)
    assert list(case.refusals()) == [refused, piped]
    for location in ("a.html", "-#3"):
        evidence = Evidence(sha256="ab", location=location, read_at="2031-01-01T00:00:00+00:00")
        case.put(document("d1", evidence=evidence), [], RUN)
    assert list(case.refusals()) == [piped]


# Questions


@pytest.fixture
def three(case: Case) -> Case:
    """Three documents: one without a date, and the newest put first."""
    for id, outlet, published in (
        ("new", "Lantern", "2031-03-05"),
        ("old", "ÉCHO", "2031-03-04"),
        ("none", None, None),
    ):
        dam = document(id, outlet=outlet, published=published, title=f"{id} story")
        case.put(dam, findings(dam), RUN)
    return case


def test_the_oldest_come_first_and_those_without_a_date_last(three: Case) -> None:
    assert [d.id for d in three.documents()] == ["old", "new", "none"]
    assert [e.statement.document for e in three.statements()] == ["old"] * 3 + ["new"] * 3 + ["none"] * 3
    starts = [e.statement.content[0].start for e in three.statements(document="old", search="dam OR ministry")]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"speaker": "ana"}, 3),
        ({"speaker": "café"}, 3),
        ({"speaker": "CAFÉ", "outlet": "écho"}, 1),
        ({"speaker": "nobody"}, 0),
        ({"outlet": "lan"}, 3),
        ({"act": "deny"}, 3),
        ({"sourcing": "named-person", "document": "ol"}, 1),
        ({"min_confidence": 0.5}, 6),
        ({"act": "deny", "min_act_probability": 0.7}, 3),
        ({"act": "deny", "min_act_probability": 0.8}, 0),
        ({"search": "FAIL dam"}, 3),
        ({"search": '"dam fail"'}, 0),
        ({"search": "“may fail” dám"}, 3),
        ({"search": "denied", "limit": 2}, 2),
    ],
    ids=str,
)
def test_filters(three: Case, filters: dict[str, object], count: int) -> None:
    assert len(list(three.statements(**filters))) == count  # type: ignore[arg-type]


def test_a_speaker_is_found_by_the_name_of_the_actor(three: Case) -> None:
    with closing(sqlite3.connect(three.path)) as connection, connection:
        connection.execute(
            "INSERT INTO actors VALUES ('m1', 'Ministry of Works', 'government', '[]', NULL, ?)", (RUN.id,)
        )
        connection.execute("UPDATE statements SET actor = 'm1' WHERE document = 'old' AND act = 'deny'")
    [entry] = three.statements(speaker="of works")
    assert (entry.source, entry.actor) == ("The ministry", "Ministry of Works")


def test_documents_are_found_by_outlet_and_words(three: Case) -> None:
    assert [d.id for d in three.documents(outlet="écho")] == ["old"]
    assert [d.id for d in three.documents(search="new story")] == ["new"]
    assert [d.id for d in three.documents(search="cafe reyk", limit=2)] == ["old", "new"]


def test_an_unknown_label_is_refused_before_any_work(three: Case) -> None:
    with pytest.raises(StemmataError, match=r"'said' is no act: choose from assert, deny"):
        three.statements(act="said")
    with pytest.raises(StemmataError, match="'person' is no sourcing: choose from named-person"):
        three.statements(sourcing="person")


def test_a_document_is_found_by_the_beginning_of_its_id(case: Case) -> None:
    for id in ("ab12", "ab34", "%_*"):
        case.put(document(id), [], RUN)
    assert case.document("ab1").id == "ab12"
    assert case.document("%").id == "%_*"
    with pytest.raises(StemmataError, match="'ab' is the beginning of several ids: ab12, ab34"):
        case.document("ab")
    with pytest.raises(StemmataError, match=r"no document 'ab13' in news\.stemmata; near it are"):
        case.document("ab13")
    with pytest.raises(StemmataError, match=r"no document '' in news\.stemmata$"):
        case.document("")


def test_a_string_is_no_list_of_ids(case: Case) -> None:
    with pytest.raises(StemmataError, match="among is a list of ids"):
        case.documents(among="d1")


def test_a_transaction_in_another_is_refused(case: Case) -> None:
    with case.transaction(), pytest.raises(StemmataError, match="is in a transaction already"):
        case.put(document("d1"), [], RUN)


@pytest.mark.parametrize("search", ["", "  ", "—", '"', '""', "“”", "\0", "'*'"])
def test_a_search_without_a_word_is_refused(case: Case, search: str) -> None:
    with pytest.raises(StemmataError, match="nothing to search for"):
        case.statements(search=search)


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with Case(tmp_path_factory.mktemp("case") / "news.stemmata") as case:
        case.put(document("d1"), findings(document("d1")), RUN)
        yield case


@given(st.one_of(st.text(), st.text(alphabet='ab"“”*^:(){}+-\\,. \0NEARORTND')))
def test_no_search_is_misread(searched: Case, search: str) -> None:
    if any(character.isalnum() for character in search):
        list(searched.statements(search=search))
        list(searched.documents(search=search))
    else:
        with pytest.raises(StemmataError):
            searched.statements(search=search)


@given(st.sampled_from(DAM.split()), st.sampled_from(['"{}"', "{}", "{}*", "(“{}”", 'NOT" {}', "^{} "]))
def test_every_word_of_a_document_is_found(searched: Case, word: str, form: str) -> None:
    search = form.format(word.strip("“”,."))
    if search.startswith("NOT"):
        assert list(searched.documents(search=search)) == []  # "not" is a word like any other, and is not there
    else:
        assert [d.id for d in searched.documents(search=search)] == ["d1"]


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"min_confidence": 90}, "min_confidence is a probability, from 0 to 1: 90 is none"),
        ({"min_confidence": "high"}, "min_confidence is a probability, from 0 to 1: 'high' is none"),
        ({"min_act_probability": 2}, "min_act_probability is a probability, from 0 to 1: 2 is none"),
        ({"limit": 0}, "limit is a number of rows, 1 or more: 0 is none"),
        ({"limit": -1}, "limit is a number of rows, 1 or more: -1 is none"),
        ({"since": 2031}, r"since is no date: 2031 \(write 2033, "),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_sought(
    three: Case, asked: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(StemmataError, match=complaint):
        three.statements(**asked)
    if asked.keys().isdisjoint({"min_confidence", "min_act_probability"}):
        with pytest.raises(StemmataError, match=complaint):
            three.documents(**asked)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"since": date(2031, 3, 5)}, ["new"]),
        ({"until": date(2031, 3, 4)}, ["old"]),
        ({"since": datetime(2031, 3, 4, 12)}, ["new"]),
        ({"until": datetime(2031, 3, 5, 1, tzinfo=timezone(timedelta(hours=2)))}, ["old"]),
    ],
)
def test_a_day_may_be_a_date(three: Case, asked: dict[str, Any], found: list[str]) -> None:
    assert [d.id for d in three.documents(**asked)] == found
    assert {e.statement.document for e in three.statements(**asked)} == set(found)


def test_a_closed_case_says_so(three: Case) -> None:
    rows = three.statements()
    next(rows)
    three.close()
    told = r"news\.stemmata was closed: open it again"
    for ask in (three.summary, lambda: next(rows), three.documents, three.statements):  # asked, not when it is read
        with pytest.raises(StemmataError, match=told):
            ask()


def test_a_case_is_of_the_thread_that_opened_it(three: Case) -> None:
    asked: list[Callable[[], Any]] = [
        three.summary,
        lambda: list(three.documents()),
        lambda: list(three.statements()),
        three.close,
    ]
    asked.append(lambda: three.put_refusal(Refusal(location="x", step="read", reason="y"), RUN))
    with ThreadPoolExecutor(1) as other:
        for ask in asked:
            with pytest.raises(
                StemmataError, match=r"news\.stemmata was opened in another thread: open a Case in each"
            ):
                list(other.submit(ask).result() or ())
    assert three.summary().documents == 3


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_case_may_be_closed_before_an_answer_is_read_to_its_end(three: Case) -> None:
    rows = three.documents()
    next(rows)
    three.close()
    del rows


def test_long_answers_are_not_sorted_in_memory(three: Case) -> None:
    """A million rows stream in constant memory only while an index gives their order."""
    asked: list[str] = []
    three.connection.set_trace_callback(asked.append)
    list(three.statements(act="deny"))
    list(three.documents())
    three.connection.set_trace_callback(None)
    for sql in (sql for sql in asked if "ORDER BY documents.published" in sql):
        plan = " ".join(detail for *_, detail in three.rows(f"EXPLAIN QUERY PLAN {sql}"))
        assert "documents_in_order" in plan
        assert "TEMP B-TREE FOR ORDER BY" not in plan  # one for its right part sorts within a document


# Files that are not a case, or not ours to write


def test_a_file_that_is_not_a_case_is_refused_and_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("The dam may fail, said Ana Reyk.")
    with pytest.raises(StemmataError, match=r"notes\.txt is not a Stemmata case: it is not an SQLite file"):
        Case(notes)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE t (x)")
    before = other.read_bytes()
    with pytest.raises(StemmataError, match="the SQLite file of another program"):
        Case(other)
    assert other.read_bytes() == before


def test_a_case_of_a_newer_version_is_refused(case: Case) -> None:
    case.close()
    with closing(sqlite3.connect(case.path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    told = rf"made by a newer Stemmata \(schema {SCHEMA + 1}, this is {SCHEMA}\): upgrade with"
    with pytest.raises(StemmataError, match=told):
        Case(case.path)


def test_folders_and_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(StemmataError, match="is a folder: name a case file"):
        Case(tmp_path)
    with pytest.raises(StemmataError, match="there is no folder"):
        Case(tmp_path / "missing" / "news.stemmata")
    with pytest.raises(StemmataError, match="there is no case"):
        Case(tmp_path / "news.stemmata", create=False)
    empty = tmp_path / "empty"
    empty.touch()
    with pytest.raises(StemmataError, match="not a Stemmata case: it is empty"):
        Case(empty, create=False)
    with Case(empty) as case:
        assert case.summary().documents == 0


def test_a_damaged_case_is_told(case: Case) -> None:
    for number in range(50):
        case.put(document(f"d{number}", f"{number} {DAM * 20}"), [], RUN)
    case.close()
    data = bytearray(case.path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)  # all but the first page, which holds the schema's beginning
    case.path.write_bytes(data)
    with pytest.raises(StemmataError, match="is damaged"), Case(case.path) as damaged:
        list(damaged.documents())


@contextmanager
def unprivileged() -> Iterator[None]:
    """As a user whom file permissions stop: they do not stop root, whom tests often run as."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that others may enter, with a case in it; pytest's own are closed to all but their owner."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    with Case(folder / "news.stemmata") as case:
        case.put(document("d1"), findings(document("d1")), RUN)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def assert_opens_for_reading(path: Path, notice: str, documents: int = 1) -> None:
    with unprivileged(), Case(path) as case:
        assert case.read_only
        assert case.notice is not None and notice in case.notice
        assert case.summary().documents == documents
        assert len(list(case.statements(search="dam"))) == documents
        with pytest.raises(StemmataError, match="is read-only"):
            case.put(document("d9"), [], RUN)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777], ids=["read-only folder", "open folder"])
def test_a_read_only_case_opens_for_reading(shelf: Path, folder_mode: int) -> None:
    (shelf / "news.stemmata").chmod(0o444)
    shelf.chmod(folder_mode)
    assert_opens_for_reading(shelf / "news.stemmata", "news.stemmata is read-only: opened for reading")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_read_only_copy_says_what_it_cannot_see(shelf: Path) -> None:
    copy = shelf / "copy"
    copy.mkdir()
    with Case(shelf / "news.stemmata") as case:
        case.put(document("d2"), findings(document("d2")), RUN)
        for name in ("news.stemmata", "news.stemmata-wal"):  # as a backup taken while it is open has it
            shutil.copy(shelf / name, copy / name)
    for path in (*copy.iterdir(), copy):
        path.chmod(0o555)
    assert_opens_for_reading(copy / "news.stemmata", "without the latest documents, still in news.stemmata-wal")
    copy.chmod(0o755)


def test_a_full_disk_is_told_and_what_was_finished_stays(case: Case) -> None:
    pages = case.value("PRAGMA page_count")
    case.connection.execute(f"PRAGMA max_page_count = {pages + 30}")
    finished = 0
    with pytest.raises(StemmataError, match=r"disk of .* is full: what was finished is kept"):
        for number in range(1000):
            dam = document(f"d{number}", f"{DAM} {number} {os.urandom(2000).hex()}")
            case.put(dam, findings(dam), RUN)
            finished += 1
    assert finished > 1
    assert case.summary().documents == finished
    assert case.summary().statements == 3 * finished
    assert_search_in_step(case)
    case.connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
    case.put(document("after"), [], RUN)


# Several processes


def script(body: str, *arguments: object) -> subprocess.Popen[str]:
    """A process that runs `body` with `case`, `document`, `findings` and `arguments` at hand."""
    code = "import sys, os, signal, time\nfrom test_case import *\ncase = Case(sys.argv[1])\narguments = sys.argv[2:]\n"
    paths = os.pathsep.join([str(SOURCES), str(Path(__file__).parent)])
    return subprocess.Popen(
        [sys.executable, "-c", code + body, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )


KILLED = """
at, nth, seen = arguments[0], int(arguments[1]), 0
def reached():
    global seen
    seen += 1
    if seen == nth:
        os.kill(os.getpid(), signal.SIGKILL)
if at == "commit":
    case.connection.set_trace_callback(lambda sql: sql == "COMMIT" and reached())
else:
    case.connection.create_function("reached", 0, reached)
    case.connection.execute(f"CREATE TEMP TRIGGER t AFTER INSERT ON main.{at} BEGIN SELECT reached(); END")
for number in range(100):
    one = document(f"d{number:03}", f"{number} {DAM}")
    case.put(one, findings(one), RUN)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
@pytest.mark.parametrize(
    ("at", "nth", "finished"),
    [("documents", 5, 4), ("statements", 20, 6), ("commit", 7, 6)],
)
def test_a_writer_that_is_killed_leaves_whole_documents(tmp_path: Path, at: str, nth: int, finished: int) -> None:
    path = tmp_path / "news.stemmata"
    with script(KILLED, path, at, nth) as process:
        assert process.wait(30) == -signal.SIGKILL
    with Case(path) as case:
        ids = [d.id for d in case.documents()]
        assert ids == [f"d{number:03}" for number in range(finished)]
        assert all(len(stored(case, id)) == 3 for id in ids)
        assert_search_in_step(case)
        case.put(document("after"), [], RUN)


def test_writers_in_two_processes_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "news.stemmata"
    body = """
for number in range(25):
    one = document(f"{arguments[0]}{number}", f"{arguments[0]} {number} {DAM}")
    case.put(one, findings(one), RUN)
"""
    with script(body, path, "a") as one, script(body, path, "b") as other:
        assert one.wait(30) == other.wait(30) == 0
    with Case(path) as case:
        assert (case.summary().documents, case.summary().statements) == (50, 150)
        assert_search_in_step(case)


def test_a_writer_that_waits_says_so_once_and_readers_never_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_file, "PATIENCE", 0.2)
    path, said = tmp_path / "news.stemmata", []
    holds = "with case.transaction():\n    print('held', flush=True)\n    sys.stdin.readline()\n"
    with Case(path, busy=said.append) as case, script(holds, path) as process:
        assert process.stdout is not None and process.stdin is not None
        assert process.stdout.readline() == "held\n"
        assert list(case.documents()) == []
        timer = threading.Timer(0.9, lambda: process.stdin and (process.stdin.write("\n"), process.stdin.flush()))
        timer.start()
        assert case.put(document("d1"), [], RUN).outcome == "added"
        timer.join()
    assert said == ["another process is writing to news.stemmata: waiting"]


def test_a_writer_gives_up_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_file, "PATIENCE", 0.05)
    monkeypatch.setattr(case_file, "WAIT_LIMIT", 0.1)
    with Case(tmp_path / "news.stemmata") as holder, Case(tmp_path / "news.stemmata") as case:
        with holder.transaction(), pytest.raises(StemmataError, match="another process has been writing"):
            case.put(document("d1"), [], RUN)
        assert case.put(document("d1"), [], RUN).outcome == "added"


def test_a_case_that_many_make_at_once_is_made_once(tmp_path: Path) -> None:
    outcomes: list[str] = []

    def add(number: int) -> None:
        with Case(tmp_path / "news.stemmata") as case:
            outcomes.append(case.put(document(f"d{number}"), [], RUN).outcome)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == ["added"] * 6


def test_a_snapshot_does_not_see_what_is_written_meanwhile(case: Case) -> None:
    case.put(document("d1"), [], RUN)
    with case.snapshot():
        assert case.summary().documents == 1
        with Case(case.path) as other:
            other.put(document("d2"), [], RUN)
        assert case.summary().documents == 1
    assert case.summary().documents == 2
