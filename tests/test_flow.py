"""Any text through the whole analysis; the front door in Python; what does not depend on what."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stemmata
from stemmata import desk, flow
from stemmata.desk import encoder
from stemmata.export import TABLES
from stemmata.flow import Settings
from stemmata.model import ACTS, MODES, SOURCINGS, Document, Run, Span
from stemmata.wordings import worded


@pytest.mark.parametrize("workers", [1, 2])
def test_one_article_that_trips_the_program_costs_no_other(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def slip(document: Document, *_: object) -> flow.Analysis:
        if document.id == "d1":
            raise IndexError("list index out of range")
        return flow.Analysis(document=document)

    monkeypatch.setattr(flow, "analysis", slip)
    articles = [Document(id=f"d{n}", text="The dam may fail.") for n in range(6)]
    told = list(flow.analyses(articles, encoder(), Settings(), workers=workers))
    assert [a.document for a in told] == articles
    (refusal,) = [r for a in told for r in a.refusals]
    assert (refusal.location, refusal.step, refusal.kept) == ("d1", "attribute", True)
    assert refusal.reason.startswith("not analysed, by a fault of Stemmata (IndexError: list index out of range, in ")


NOTHING = desk.Added(outcomes={}, statements=0, refusals=())


def test_an_earlier_case_is_renewed_by_its_own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with stemmata.Case(tmp_path / "a.stemmata") as case, pytest.raises(stemmata.StemmataError, match="no article"):
        case.renew(case_of(tmp_path / "empty.stemmata"))
    taken: list[Settings] = []
    monkeypatch.setattr(stemmata.Case, "_take", lambda _, __, settings, **___: taken.append(settings) or NOTHING)
    sure = Settings(broad=True, min_confidence=0.995)
    with stemmata.Case(tmp_path / "a.stemmata", create=True) as case:
        case.renew(case_of(tmp_path / "b.stemmata", sure))
    assert taken == [sure]


def case_of(path: Path, *settings: Settings) -> Path:
    """A case of one article for each of `settings`."""
    with stemmata.Case(path, create=True) as case:
        for n, some in enumerate(settings):
            case.put(
                Document(id=f"d{n}", text="The dam may fail."), [], Run(version="0", weights="w", settings=asdict(some))
            )
    return path


PIECES = st.sampled_from(
    ["“", "”", '"', "‘", "’", "«", "»", "said", " Ana Reyk", " she", " the dam may fail", ".", ",", "\n", "\n\n", " ",
     "according to", "😀", "é", "ا", "\u202e", "\x00", "—", "ANA:", " the board told her that "]
)  # fmt: skip


def check(text: str) -> None:
    told = flow.alone(flow.analysis(Document(id="x", text=text), encoder(), Settings()))
    ids = {s.id for s in told.statements}
    for s in told.statements:
        spans = [x for x in (s.source, s.cue, *s.content) if x]
        assert s.content and all(0 <= x.start < x.end <= len(text) for x in spans)
        assert all(x.of(text).strip() for x in spans)
        assert all(a.end <= b.start for a, b in zip(s.content, s.content[1:], strict=False))
        assert s.mode in MODES and s.act in ACTS and s.sourcing in SOURCINGS and 0 <= s.confidence <= 1
        assert s.inside is None or s.inside in ids - {s.id}
    assert len(ids) == len(told.statements)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_arbitrary_text_is_survived(text: str) -> None:
    check(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_scraps_of_news_are_survived(text: str) -> None:
    check(text)


def test_an_article_alone_sources_a_name_by_who_it_is() -> None:
    text = "Ana Reyk, the minister of works, said that the dam may fail. Reyk said that the board knew."
    told = flow.analysis(Document(id="x", text=text), encoder(), Settings())
    odd = replace(told, statements=(told.statements[0], replace(told.statements[1], sourcing="named-organisation")))
    assert [s.sourcing for s in flow.alone(odd).statements] == ["named-person"] * 2
    assert [s.sourcing for s in flow.findings([odd]).statements] == ["named-person"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The dam may fail,” said Ana Reyk.", ("Ana Reyk", "said", ["“The dam may fail,”"], "direct")),
        ("Ana Reyk said that the dam may fail.", ("Ana Reyk", "said", ["that the dam may fail"], "indirect")),
        ("According to the board, the dam may fail.", ("the board", "According to", ["the dam may fail"], "indirect")),
        ("Ana Reyk called the dam “a sieve” on Monday.", ("Ana Reyk", "called", ["the dam “a sieve”"], "mixed")),
        ("‘The dam may fail,’ Ana Reyk said.", ("Ana Reyk", "said", ["‘The dam may fail,’"], "direct")),
        (
            "‘The dam may fail,’ Ana Reyk told reporters.",
            ("Ana Reyk", "told reporters", ["‘The dam may fail,’"], "direct"),
        ),
        ("The order lists six lamps as broken.", ("The order", "lists", ["six lamps as broken"], "indirect")),
    ],
)
def test_a_sentence_tells_its_statement(text: str, expected: tuple[str, str, list[str], str]) -> None:
    told = stemmata.analyze(text)
    found = [
        (s.source and s.source.of(text), s.cue and s.cue.of(text), [c.of(text) for c in s.content], s.mode)
        for s in told
    ]
    assert expected in found


def test_a_report_in_a_report_points_to_the_outer_one() -> None:
    text = "Ana Reyk said that the board had told her that the dam may fail."
    inner = next(s for s in stemmata.analyze(text) if s.source and s.source.of(text) == "the board")
    outer = next(s for s in stemmata.analyze(text) if s.id == inner.inside)
    assert outer.source and outer.source.of(text) == "Ana Reyk"


def test_an_article_tells_the_same_alone_and_among_others() -> None:
    texts = [f"“The dam may fail,” said Ana Reyk on day {k}. She denied a cover-up." for k in range(12)]
    documents = [Document(id=f"d{k}", text=t) for k, t in enumerate(texts)]
    alone = [flow.analysis(d, encoder(), Settings()) for d in documents]
    assert list(flow.analyses(documents, encoder(), Settings(), workers=3)) == alone


def test_confidence_can_be_asked_for() -> None:
    text = "“The dam may fail,” said Ana Reyk. Some thought of the dam, in a way."
    sure = stemmata.analyze(text, min_confidence=0.5)
    assert all(s.confidence >= 0.5 for s in sure)
    assert {s.id for s in sure} <= {s.id for s in stemmata.analyze(text)}


def test_a_long_text_is_read_to_its_end() -> None:
    filler = "The road runs along the river for some miles and then turns north. " * 60
    text = filler + "“The dam may fail,” said Ana Reyk.\n\n" + filler
    assert Span(len(filler), len(filler) + 19) in [s.content[0] for s in stemmata.analyze(text)]


def test_a_notebook_shows_it_escaped() -> None:
    told = stemmata.analyze("“<script>alert(1)</script> may fail,” said Ana Reyk.", title="<b>x</b>")
    shown = told._repr_html_()
    assert "<script" not in shown and "<b>x" not in shown and 'class="source">Ana Reyk<' in shown


def test_documents_are_added_as_those_that_were_read(tmp_path: Path) -> None:
    text = "“The dam may fail,” said Ana Reyk.\r\nShe denied all else."
    made = [
        stemmata.Document(id="a", text=text, outlet="Post", published="2031-03-04T10:00:00+02:00"),
        stemmata.Document(id="b", text=" "),
        stemmata.Document(id="c", text=text, published="May"),
        stemmata.Document(id="d", text=text, published=datetime(2031, 3, 4, 9, tzinfo=UTC)),  # type: ignore[arg-type]
    ]
    with stemmata.Case(tmp_path / "c.stemmata") as case:
        with pytest.raises(stemmata.StemmataError, match=r"this holds a str: add\(\*paths\), "):
            case.add(["a.txt"])  # type: ignore[list-item]
        with pytest.raises(stemmata.StemmataError, match=r"add: sources is to be str or .* or Iterable.Row., not int"):
            case.add(7)  # type: ignore[arg-type]
        with pytest.raises(stemmata.StemmataError, match="a source is empty"):
            case.add("")
        assert not case.is_made
        added = case.add(made[0], (d for d in made), workers=1)
        assert (added.outcomes, added.statements) == ({"added": 3, "known": 1}, 6)
        assert [(r.location, r.kept) for r in added.refusals] == [("b", False), ("c", True)]
        assert added.refusals[0].reason == "“text” is empty"
        assert added.refusals[1].reason.startswith("read without its date: “May” is no date")
        assert {d.published for d in case.documents()} == {"2031-03-04T08:00:00Z", "2031-03-04T09:00:00Z", None}
        assert not any("\r" in d.text for d in case.documents())


def gaps() -> list[Any]:
    pandas = pytest.importorskip("pandas")
    return [None, float("nan"), pandas.NA, pandas.NaT]


def test_what_is_missing_in_a_table_is_not_given_whoever_is_asked(tmp_path: Path) -> None:
    text = "“The dam may fail,” said Ana Reyk."
    bare = stemmata.analyze(text).document
    fields = ("title", "outlet", "published", "lang")
    for gap in gaps():
        assert stemmata.analyze(text, **dict.fromkeys(fields, gap)).document == bare
        holed = stemmata.Document(id=bare.id, text=text, **dict.fromkeys((*fields, "url", "author"), gap))
        assert stemmata.analyze(holed).document == bare == stemmata.compare(holed, bare).parent.document
        with stemmata.Case(tmp_path / "c.stemmata") as case:
            assert case.add(holed).refusals == () and list(case.documents()) == [bare]


def test_a_time_is_taken_as_a_program_has_it(tmp_path: Path) -> None:
    pandas, text = pytest.importorskip("pandas"), "“The dam may fail,” said Ana Reyk."
    day, noon = date(2033, 1, 2), datetime(2033, 1, 2, 12, tzinfo=UTC)
    for when, told in ((day, "2033-01-02"), (noon, "2033-01-02T12:00:00Z"), (pandas.Timestamp(noon), None)):
        told = told or "2033-01-02T12:00:00Z"
        assert stemmata.analyze(text, published=when).document.published == told
        document = stemmata.Document(id="a", text=text, published=when)  # type: ignore[arg-type]
        assert stemmata.compare(text, document).child.document.published == told
    with pytest.raises(stemmata.StemmataError, match="published: “May” is no date"):
        stemmata.analyze(text, published="May")


def test_a_data_frame_is_read_as_the_table_of_a_file_is(tmp_path: Path) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    text = "“The dam may fail,” said Ana Reyk. "
    columns = {
        "ID": [1, 2, 3], "Body": [text, text + "It rained.", " "], "outlet": ["Post", None, "Post"],
        "date": [datetime(2033, 1, 2, 12), None, None], "words": [6, 8, 0],
    }  # fmt: skip
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    pandas.DataFrame(columns).to_csv(tmp_path / "a.csv", index=False)
    found = []
    for n, source in enumerate((tmp_path / "a.csv", pandas.DataFrame(columns), polars.DataFrame(columns), rows)):
        with stemmata.Case(tmp_path / f"{n}.stemmata") as case:
            added = case.add(source)
            told = sorted((r.kept, r.reason.partition(" in it")[0]) for r in added.refusals)
            found.append((added.outcomes, told, [replace(d, evidence=None) for d in case.documents()]))
    assert found[1:] == [found[0]] * 3
    outcomes, told, (first, second) = found[0]
    assert outcomes == {"added": 2} and told[0] == (False, "no “text”") and "“body” is read as “text”" in told[1][1]
    assert (first.id, first.outlet, first.published) == ("1", "Post", "2033-01-02T12:00:00") and second.outlet is None
    with stemmata.Case(tmp_path / "one.stemmata") as case:
        (tmp_path / "tagged.jsonl").write_text(json.dumps({"text": f"<p>{text}</p>"}))
        assert len(case.add(stemmata.read.documents([tmp_path / "tagged.jsonl"])).refusals) == 1  # told once
        assert len(case.add({"text": f"<p>{text}</p> She spoke."}).refusals) == 1
        refused = case.add([{"id": "q"}, {"text": None}]).refusals
        assert [r.location for r in refused] == ["q", "row 2"]
        assert case.add({"text": text}, ({"text": text, "id": str(n)} for n in range(2))).outcomes == {"added": 3}


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda c: c.document(None), "document: id is to be str, not None$"),
        (lambda c: c.changes(5), "changes: family is to be str or Family, not int"),
        (lambda c: c.statements(speaker=5), "statements: speaker is to be str or None, not int"),
        (lambda c: c.statements(limit=True), "statements: limit is to be int or None, not bool"),
        (lambda c: c.merge("a", 5, who="Ida", why="read"), "merge: given is to be str, not int"),
        (lambda c: c.judge("confirm", "document", "a", who=None, why="x"), "judge: who is to be str, not None"),
        (
            lambda c: c.remove(["a", "b"], who="Ida", why="x"),
            "remove: documents is to be str, not list: remove.[*]documents.",
        ),
        (lambda c: c.remove(who="Ida", why="x"), "which document[?] remove takes their ids"),
        (lambda c: c.export(None), "export: directory is to be str or os.PathLike.str., not None"),
        (lambda c: c.add("a.txt", workers="a"), "add: workers is to be int or None, not str"),
        (lambda c: c.add("a.txt", workers=-1), "workers is how many articles are read at a time, 0 or more"),
        (lambda c: stemmata.Case(None), "Case: path is to be str or os.PathLike.str., not None"),
        (lambda c: stemmata.analyze("Reyk spoke.", broad="yes"), "analyze: broad is to be bool, not str"),
        (lambda c: stemmata.compare(5, "Reyk spoke."), "compare: parent is to be str or Document, not int"),
    ],
)
def test_what_is_of_another_type_is_refused_in_words(tmp_path: Path, ask: Any, says: str) -> None:
    with stemmata.Case(tmp_path / "c.stemmata", create=True) as case, pytest.raises(stemmata.StemmataError, match=says):
        ask(case)


def test_a_filter_that_is_missing_asks_nothing_and_numpy_has_numbers(tmp_path: Path) -> None:
    numpy = pytest.importorskip("numpy")
    with stemmata.Case(tmp_path / "c.stemmata") as case:
        case.add(stemmata.Document(id="a", text="“The dam may fail,” said Ana Reyk."), workers=numpy.int64(1))
        for gap in gaps():
            asked = {"since": gap, "speaker": gap, "document": gap}
            assert len(list(case.statements(**asked, limit=numpy.int64(9), min_confidence=numpy.float32(0)))) == 1
        assert case.collate(window_days=numpy.int64(30)).documents == 1


@pytest.mark.parametrize("days", ["30", -1, float("nan"), float("inf"), True])
def test_a_window_is_a_number_of_days(tmp_path: Path, days: Any) -> None:
    with stemmata.Case(tmp_path / "c.stemmata") as case:
        case.add(stemmata.Document(id="a", text="“The dam may fail,” said Ana Reyk."))
        with pytest.raises(stemmata.StemmataError, match=r"window_days is (a number of days, 0 or more|to be float)"):
            case.collate(window_days=days)
        assert case.collate(window_days=30).documents == 1 and not list(case.refusals())


def test_what_functions_take_and_give_is_in_the_namespace() -> None:
    (refused,) = stemmata.read.documents(["nowhere.txt"])
    assert isinstance(refused, stemmata.Refusal) and stemmata.Settings(broad=True).broad


def test_all_that_a_case_offers_is_told() -> None:
    assert [n for n in dir(stemmata.Case) if n[0] != "_" and not getattr(stemmata.Case, n).__doc__] == []


def test_a_console_shows_one_line() -> None:
    told = stemmata.analyze("“The dam may fail,” said Ana Reyk.\n\nShe denied all else.", title="Dam\nnews")
    assert repr(told) == f"<Told: {len(told)} statements in 'Dam news'>" and len(told) == 2


def test_what_analyze_would_leave_unused_is_refused() -> None:
    text = "“The dam may fail,” said Ana Reyk."
    document = stemmata.analyze(text, outlet="Post").document
    with pytest.raises(
        stemmata.StemmataError, match=r"a document has its own outlet and lang: dataclasses.replace\(document, ou"
    ):
        stemmata.analyze(document, outlet="Wire", lang="en")
    assert stemmata.analyze(replace(document, outlet="Wire")).document.outlet == "Wire"
    for least in (2, -0.1, float("nan"), "high"):
        with pytest.raises(stemmata.StemmataError, match=r"min_confidence is (a probability, from 0 to 1|to be float)"):
            stemmata.analyze(text, min_confidence=least)  # type: ignore[arg-type]


def test_a_told_has_the_fields_of_the_table() -> None:
    told = stemmata.analyze("“The dam may fail,” said Ana Reyk.", outlet="Post", published="2031-05-04")
    (row,) = told.rows()
    assert list(row) == told.table().column_names == list(TABLES["statements"])
    assert (row["outlet"], row["published"], row["state"]) == ("Post", "2031-05-04", None)


def test_frames_have_the_table_of_the_contract() -> None:
    told = stemmata.analyze("“The dam may fail,” said Ana Reyk.")
    assert told.table().num_rows == len(told) == len(told.frame()) == len(told.frame("polars"))
    assert told.frame()["source"][0]["text"] == "Ana Reyk"


def test_analyze_refuses_what_is_no_text() -> None:
    with pytest.raises(stemmata.StemmataError, match="is to be str or Document, not PosixPath: read the file first"):
        stemmata.analyze(Path("article.txt"))  # type: ignore[arg-type]


def test_analyze_refuses_the_place_of_a_text(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("“The dam may fail,” said Ana Reyk.", "utf8")
    for place, what in ((str(file), "a file"), ("https://dam.example/a", "an address")):
        with pytest.raises(stemmata.StemmataError, match=rf"is {what}: give it what stemmata\.read\.documents"):
            stemmata.analyze(place)
    assert len(stemmata.analyze("Reyk said it may fail." + "x" * 900)) <= 1
    (document,) = stemmata.read.documents([file])
    told = stemmata.analyze(document)
    assert told.document == document and len(told) == 1


def test_a_slip_in_the_name_of_a_case_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "typo.stemmata"
    for ask in (stemmata.Case.families, stemmata.Case.actors, stemmata.Case.collate, stemmata.Case.summary):
        with stemmata.Case(path) as case, pytest.raises(stemmata.StemmataError, match=r"there is no case .*typo"):
            ask(case)
    with stemmata.Case(path) as case:
        assert "no case yet" in case._repr_html_()
    assert not path.exists()
    with pytest.raises(stemmata.StemmataError, match="there is no case"):
        stemmata.Case(path, create=False)
    (tmp_path / "a.txt").write_text("“The dam may fail,” said Ana Reyk.", "utf8")
    with stemmata.Case(path) as case:
        case.add(tmp_path / "a.txt")
        assert case.summary().statements == 1
    with stemmata.Case(tmp_path / "now.stemmata", create=True) as case:
        assert case.summary().documents == 0


def test_torch_is_not_needed() -> None:
    program = "import sys, stemmata; stemmata.analyze('Reyk said it may fail.'); print('torch' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
    )


def test_both_wordings_tell_who_and_with_which_words() -> None:
    both = [
        flow.analysis(Document(id=k, text=f"Ana Reyk {cue} that the board had been warned."), encoder(), Settings())
        for k, cue in (("before", "denied"), ("after", "admitted"))
    ]
    (shown,) = flow.compared(*both)
    assert shown.before == "Ana Reyk denied: that the board had been warned"
    assert shown.after == "Ana Reyk admitted: that the board had been warned"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reyk said it may fail.", "Reyk said: it may fail"),
        ("It may fail, according to Reyk.", "according to Reyk: It may fail"),
        ("It may\nfail, Reyk said.", "Reyk said: It may fail"),
    ],
)
def test_a_wording_is_one_line_in_the_order_of_the_text(text: str, expected: str) -> None:
    (s,) = stemmata.analyze(text)
    assert worded(s, text).line == expected
    assert worded(replace(s, source=None, cue=None, sourcing="outlet"), text).line.startswith(
        "in the outlet’s own voice: "
    )


def test_a_change_against_texts_that_are_told_apart_by_nothing_is_as_sure_as_against_one() -> None:
    wire = (
        "TOLM, May 3 - The dam at Orrin may fail before the winter, works minister Ana Reyk said on Monday.\n\n"
        "Reyk told reporters that 14 of the valves were rusted through. “Nobody has looked at them since 1988,” she "
        "said.\n\nThe Dam Authority denied that the valves had never been tested. Farmers in the valley of the Sorn "
        "fear that the ferry to Tolm will stop in June, said Ida Falk, who keeps the lock at Grell."
    )
    rewrite = (
        "Works minister Ana Reyk warned on Monday that Orrin’s dam will fail before the winter comes.\n\n"
        "As many as 41 of its valves have rusted through, Reyk told reporters: “Nobody has looked at them since "
        "1988.”\n\nThat the valves had never been tested was denied by the Dam Authority. Ida Falk, the keeper of the "
        "lock at Grell, said farmers in the Sorn valley fear the ferry to Tolm will stop in June."
    )
    wires = [Document(id=f"w{k}", text=wire, outlet=f"Wire {k}", published="2031-05-03") for k in range(3)]
    late = Document(id="r", text=rewrite, outlet="Late", published="2031-05-05")
    told = [flow.analysis(d, encoder(), Settings()) for d in (late, *wires)]
    alone, among = flow.findings(told[:2]), flow.findings(told)
    (one,), (three,) = (
        [c.score for c in found.changes if c.child_document == "r" and "number-changed" in c.changes]
        for found in (alone, among)
    )
    assert [len(e.tied) for f in among.families for e in f.edges if e.child == "r"] == [2]
    assert three > 0.8 * one


def test_cases_made_apart_become_one_as_if_it_had_all_from_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "“The dam may fail,” said Ana Reyk. According to the board, eleven villages were warned."
    again = "“The dam will fail,” said Ana Reyk. Eleven villages were warned."
    both = [
        Document(id=k, text=t, outlet=k, published=d)
        for k, t, d in (("a", told, "2033-10-01"), ("b", again, "2033-10-02"))
    ]
    with stemmata.Case(tmp_path / "whole.stemmata") as whole:
        whole.add(both)
        whole.collate()
        parts = {"first": both[:1], "second": both}  # collated, as what that adds is not taken over
        for name, held in parts.items():
            with stemmata.Case(tmp_path / f"{name}.stemmata") as part:
                part.add(held)
                part.collate()
        monkeypatch.setattr(flow, "analysis", None)
        with stemmata.Case(tmp_path / "joined.stemmata") as joined:
            came = [joined.renew(tmp_path / f"{name}.stemmata")[0].outcomes for name in parts]
            assert came == [{"added": 1}, {"known": 1, "added": 1}]
            joined.collate()
            for name in ("statements", "edges", "changes", "actors"):
                assert joined.frame(name).equals(whole.frame(name))
            assert "outlet" in set(joined.frame("statements").sourcing)
