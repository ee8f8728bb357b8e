"""An editor's gate: what one text did to another, why it fails, and what a language model left in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import stemmata
from stemmata.case.verdicts import loud_labels
from stemmata.cli import app, main
from stemmata.export import rows as told_rows
from stemmata.export.rows import SCHEMA
from stemmata.model import EXTRAS, Change, ChangeLabel, Ground, Span, StemmataError
from stemmata.wordings import ShownChange
from terminal import on_a_terminal

SOURCE = """“The dam may fail within 23 days,” said Ana Reyk. She denied that the board had been warned.

The board said that the valley would be cleared by Friday."""
DRAFT = """Sure! Here is a rewritten version of the article:

“The dam will fail within 32 days,” said Ana Reyk. She denied that the board had been warned."""


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("source.txt", SOURCE), ("draft.txt", DRAFT)):
        (tmp_path / name).write_text(text, "utf8")
    return tmp_path / "source.txt", tmp_path / "draft.txt"


def compared(*arguments: object) -> Result:
    done = CliRunner().invoke(app, ["compare", *map(str, arguments)])
    if isinstance(done.exception, StemmataError):
        raise done.exception
    return done


def rows(done: Result) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_gate_says_why_it_fails(both: tuple[Path, Path]) -> None:
    done = compared(*both, "--fail-on", "quote-altered,left-over", "--json")
    assert done.exit_code == 1
    told = rows(done)
    assert [r["fails"] for r in told if r["fails"]] == [["quote-altered"], ["left-over"]]
    why, *reasons = done.stderr.splitlines()[-3:]
    assert why == "stemmata: fails, as --fail-on quote-altered,left-over asks:"
    assert "quote-altered (" in reasons[0] and "may fail" in reasons[0] and "will fail" in reasons[0]
    assert reasons[1] == "  left-over (opening): Sure! Here is a rewritten version of the article:"
    passed = compared(*both, "--fail-on", "attribution-shifted", "--json")  # a left-over fails where it is named alone
    assert passed.exit_code == 0 and "fails" not in passed.stderr
    assert compared(*both, "--fail-on", "left-over", "--json").exit_code == 1


def test_what_the_draft_tells_nowhere_of_a_claim_is_shown(tmp_path: Path) -> None:
    missing = "that the coverage by the harbour radio had been unbalanced"
    source = f"Mo Tindall said that voting in Ellmouth had been free, but {missing}."
    both = tmp_path / "source.txt", tmp_path / "draft.txt"
    for path, text in zip(both, (source, "The vote in Ellmouth was free, said Mo Tindall."), strict=True):
        path.write_text(text, "utf8")
    (row,) = rows(compared(*both, "--json"))
    assert row["rests_on"] == [{"label": "paraphrased", "before": missing, "after": None}]
    assert row["changes"] == ["paraphrased"] and row["score"] < 0.8 and row["paragraphs"] == [1, 1]


def test_what_the_draft_hung_on_to_a_claim_is_shown_with_its_figures() -> None:
    hung = "that the mayor had taken 300 crowns"
    around = "Ana Reyk said that the bridge was closed{}. Tomas Velding said that buses would run."
    found = stemmata.compare(around.format(""), around.format(f" and {hung}"))
    (row,) = (r for r in found if r.change.changes == ("paraphrased",))
    assert [(x.before, x.after) for x in row.rests_on] == [(None, hung)] and row.change.score < 0.5
    assert [(x.kind, x.what) for x in found.beside] == [("new-figure", "300")]
    assert found.paragraphs(row.change) == (1, 1)
    told_besides = around.format("") + " The mayor has taken 300 crowns, said Mo Tindall."
    again = stemmata.compare(told_besides, around.format(f" and {hung}"))
    assert not any(x.after == hung for r in again for x in r.rests_on)


def test_a_figure_that_the_source_has_nowhere_is_shown_where_nobody_tells_it(tmp_path: Path) -> None:
    source = "The council of Ellmouth voted 17 to 12 to spend 38 million pounds. Mo Tindall said that it came too late."
    draft = source.replace("17", "19").replace("38", "83")
    for name, text in (("source.txt", source), ("draft.txt", draft)):
        (tmp_path / name).write_text(text, "utf8")
    both = tmp_path / "source.txt", tmp_path / "draft.txt"
    done = compared(*both, "--fail-on", "new-figure", "--json")
    found = [r for r in rows(done) if "new-figure" in r]
    assert [(r["new-figure"], r["fails"]) for r in found] == [("19", ["new-figure"]), ("83 million", ["new-figure"])]
    assert [draft[r["span"]["start"] : r["span"]["end"]] for r in found] == ["19", "83 million"]
    assert [r["after"] for r in found] == [
        "The council of Ellmouth voted 19 to 12 to spend 83 million pounds. Mo…",
        "…of Ellmouth voted 19 to 12 to spend 83 million pounds. Mo Tindall said that it came…",
    ]
    assert [(r["old-figure"], source[r["old_span"]["start"] : r["old_span"]["end"]]) for r in found] == [
        ("17", "17"),
        ("38 million", "38 million"),
    ]
    assert found[0]["before"] == "The council of Ellmouth voted 17 to 12 to spend 38 million pounds. Mo…"
    said = "new-figure (19, where the parent has 17): The council of Ellmouth voted 19 to 12"
    assert done.exit_code == 1 and said in done.stderr
    assert compared(*both, "--fail-on", "number-changed").exit_code == 1
    assert compared(*both, "--fail-on", "number-changed", "--min-confidence", "0.9").exit_code == 0
    assert not [r for r in rows(compared(both[0], both[0], "--json")) if "new-figure" in r]


def test_a_name_and_a_statement_that_nothing_in_the_source_answers_are_told(tmp_path: Path) -> None:
    source = "Mo Tindall, the mayor of Ellmouth, said that the bridge would open in May. The harbour has 38 boats."
    draft = f"{source.split('. ')[0]}. The council said that a gull from Ostmar had stolen the fish of Idris Vell."
    for name, text in (("source.txt", source), ("draft.txt", draft)):
        (tmp_path / name).write_text(text, "utf8")
    both = tmp_path / "source.txt", tmp_path / "draft.txt"
    done = compared(*both, "--fail-on", "new-name", "--json")
    found = [r for r in rows(done) if "new-name" in r]
    assert [r["new-name"] for r in found] == ["Ostmar", "Idris Vell"] and done.exit_code == 1
    told = [r for r in rows(done) if r["changes"] == ["added"] or "unpaired" in r]
    assert len(told) == 1 and "a gull from Ostmar" in told[0]["after"]  # no statement of a draft is passed over


def test_a_gate_counts_what_is_likelier_than_not(both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def found(score: float, label: str) -> ShownChange:
        surest = Ground(label="number-changed", parent=(), child=(), score=score)
        other = Ground(label="strengthened", parent=(), child=(), score=min(0.55, score))
        change = Change(
            parent_document="a", child_document="b", claim="c", parent_statement="s", child_statement=f"t{score}",
            changes=("number-changed", "strengthened"), score=score, grounds=(surest, other),
        )  # fmt: skip
        return ShownChange(change=change, before="23 days", after=label)

    monkeypatch.setattr("stemmata.flow.compared", lambda *_: [found(0.4, "24 days"), found(0.8, "32 days")])
    monkeypatch.setattr("stemmata.comparison.new_figures", lambda *_: [])

    def failing(*options: str) -> tuple[int, list[str]]:
        done = compared(*both, "--fail-on", "number-changed", "--json", *options)
        told = rows(done)
        assert [bool(r["fails"]) for r in told if "left-over" not in r].count(True) == done.stderr.count(" -> ")
        return done.exit_code, [r["after"] for r in told if r["fails"]]

    assert failing() == failing("--loud") == (1, ["32 days"])
    assert failing("--min-confidence", "0.3", "--loud") == (1, ["24 days", "32 days"])  # what fails is shown
    listed = [r["after"] for r in rows(compared(*both, "--json")) if r["grounds"]]
    assert listed == ["32 days", "24 days"]  # what is unsure goes last
    assert failing("--min-confidence", "0.9", "--loud") == (0, [])
    surer = compared(*both, "--fail-on", "strengthened", "--min-confidence", "0.6", "--json")
    assert surer.exit_code == 0 and "1 changed" in surer.stderr
    assert "1 more perhaps (less sure than 0.60)" in surer.stderr


@pytest.mark.parametrize(
    ("grounds", "expected"),
    [
        ({"negated": 0.0, "number-changed": 0.8}, {"negated": 0.0, "number-changed": 0.9}),
        ({"negated": 0.0, "paraphrased": 0.8}, {"negated": 0.0, "paraphrased": 0.72}),
        ({"paraphrased": 0.8}, {"paraphrased": 0.9, "negated": 0.9}),
    ],
)
def test_a_label_that_its_ground_rules_out_is_not_likely(
    grounds: dict[ChangeLabel, float], expected: dict[ChangeLabel, float]
) -> None:
    change = Change(
        parent_document="a", child_document="b", claim=None, parent_statement="s", child_statement="t",
        changes=tuple(grounds), score=0.9,
        grounds=tuple(Ground(label=x, parent=(), child=(), score=p) for x, p in grounds.items()),
    )  # fmt: skip
    assert {x: change.of_label(x) for x in expected} == expected


def test_table_summary_and_gate_hold_to_one_score(both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    # A doubtful pair, 0.6: both labels are surer than the row that they stand in
    grounds = (
        Ground(label="number-changed", parent=(Span(29, 31),), child=(Span(76, 78),), score=0.9),
        Ground(label="strengthened", parent=(Span(9, 12),), child=(), score=0.6),
    )
    doubtful = Change(
        parent_document="a", child_document="b", claim="c", parent_statement="s", child_statement="t",
        changes=("strengthened", "number-changed"), score=0.54, grounds=grounds,
    )  # fmt: skip
    assert [doubtful.of_label(x) for x in doubtful.changes] == [0.36, 0.54]
    assert loud_labels(doubtful) == ["number-changed"]
    assert loud_labels(doubtful, least=0.3) == loud_labels(doubtful, least=0.6) == ["strengthened", "number-changed"]
    row = ShownChange(change=doubtful, before="23 days", after="32 days")
    monkeypatch.setattr("stemmata.flow.compared", lambda *_: [row])
    for least, label, fails in (
        (0.5, "number-changed", True),
        (0.5, "strengthened", False),
        (0.6, "number-changed", False),
    ):
        done = compared(*both, "--fail-on", label, "--min-confidence", least, "--json")
        assert done.exit_code == fails
        assert ("number-changed (0.54): " in done.stderr) == fails
        assert ("1 changed (number-changed 1), " in done.stderr or "1 changed (number-changed 1)\n" in done.stderr) == (
            least == 0.5
        )
    (told,) = (r for r in rows(done) if r["grounds"])
    assert [(g["label"], g["score"]) for g in told["grounds"]] == [("number-changed", 0.54), ("strengthened", 0.36)]


def test_a_row_says_on_which_words_it_rests_and_where_it_stands(
    both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "Mo Tindall said that the bridge may open in May.\n\nIdris Vell denied that the pier was closed."
    draft = "Ellmouth hopes.\n\nMo Tindall said that the bridge will open in May."
    for path, text in zip(both, (source, draft), strict=True):
        path.write_text(text, "utf8")
    by_label = {r["changes"][-1]: r for r in rows(compared(*both, "--json"))}
    told = by_label["strengthened"]
    assert told["paragraphs"] == [1, 2]
    assert told["rests_on"] == [{"label": "strengthened", "before": "may", "after": "will"}]
    assert by_label["omitted"]["paragraphs"] == [2, None] and by_label["omitted"]["rests_on"] == []
    done = compared(*both, "--json", "--fail-on", "strengthened")
    assert "; “may” → “will”): Mo Tindall said: " in done.stderr
    on_a_terminal(monkeypatch, width=140)
    whole = compared(*both).stdout.splitlines()
    assert any(x.split() == ["rests", "on", "“may”", "“will”"] for x in whole)
    assert any("strengthened" in x and " 1→2 " in x for x in whole) and any(
        "omitted" in x and " 2→ " in x for x in whole
    )


def test_what_another_body_s_man_says_is_shown_though_word_for_word(
    both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "A spokesman for the {}, Emil Rost, confirmed that the memo was genuine. {} said that the dam was safe."
    for path, names in zip(both, (("waterworks", "Ana Reyk"), ("harbour police", "Reyk")), strict=True):
        path.write_text(said.format(*names), "utf8")
    on_a_terminal(monkeypatch, width=140)
    whole = compared(*both).stdout
    assert "harbour police" in whole and "dam was safe" not in whole and ", 2 word for word" in whole


def test_of_an_altered_quotation_the_words_that_differ_are_shown(both: tuple[Path, Path]) -> None:
    done = compared(*both, "--fail-on", "quote-altered", "--json")
    assert "; “may … 23” → “will … 32”): said Ana Reyk: " in done.stderr


@pytest.mark.parametrize(
    ("draft", "labels", "says"),
    [
        (DRAFT, "nonsense", "nonsense: no such change; choose from verbatim, "),
        (DRAFT, " ,", "--fail-on without a label: no such change"),
        ("", "negated", "draft.txt: empty"),
        (None, "negated", "draft.txt: no such file"),
        (
            "La presa puede ceder en una semana, dijo ayer Ana Reyk, que la inspecciona.",
            "negated",
            "another language",
        ),
    ],
)
def test_what_was_not_compared_is_no_verdict(
    draft: str | None, labels: str, says: str, both: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    if draft is None:
        both[1].unlink()
    else:
        both[1].write_text(draft, "utf8")
    monkeypatch.setattr("sys.argv", ["stemmata", "compare", *map(str, both), "--fail-on", labels])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2 and says in capsys.readouterr().err


def test_a_draft_that_tells_nothing_of_its_source_is_doubted(both: tuple[Path, Path]) -> None:
    assert "stemmata: " not in compared(*both, "--json").stderr
    for draft, says in (
        ("It rained all day in Marn. The streets were empty.", ": no statement was found in it, so nothing"),
        ("Jan Fenn said the bakery in Marn opens at six. He said bread was dear.", " tells 0 of 3 statements of "),
    ):
        both[1].write_text(draft, "utf8")
        done = compared(*both, "--json", "--fail-on", "quote-altered")
        assert done.exit_code == 0 and f"stemmata: {both[1]}{says}" in done.stderr.replace("\n", "")
        doubt = rows(done)[-1]
        assert doubt["kind"] == "doubt" and says in doubt["what"] and doubt["fails"] == doubt["changes"] == []
        assert "doubt" not in {r["kind"] for r in rows(done)[:-1]}


def test_a_claim_of_which_one_word_was_turned_is_told_again(both: tuple[Path, Path]) -> None:
    source = "Pia Ulm said that the children who walked to the school in Tamm slept {} than those who came by bus."
    for path, word in zip(both, ("worse", "deeper"), strict=True):
        path.write_text(source.format(word), "utf8")
    assert "is it made from it?" not in compared(*both, "--json").stderr
    turned = Change(
        parent_document="p", child_document="c", claim=None, parent_statement="1", child_statement="2",
        changes=("paraphrased",), score=0.36, grounds=(Ground(label="paraphrased", parent=(), child=(), score=0.4),),
    )  # fmt: skip
    assert turned.again == pytest.approx(0.9)
    assert replace(turned, parent_statement=None, changes=("added",)).again == 0.36


def test_what_stands_where_a_claim_stood_is_not_that_claim() -> None:
    around = "The tunnel is shut, police said. Corinne Vail said that {}. A driver, Radek Soln, said he saw smoke."
    found = stemmata.compare(around.format("the logs were being read"), around.format("twelve people had died"))
    assert [r.change.changes for r in found if "verbatim" not in r.change.changes] == [("added",), ("omitted",)]
    assert [(x.kind, x.what) for x in found.beside] == [("new-figure", "twelve")]


def test_every_row_tells_its_kind_and_has_all_fields_and_all_are_told(tmp_path: Path) -> None:
    source = "The council voted 17 to 12. Mo Tindall, who sat there, said that it came too late. Vell said no."
    draft = (
        "Sure! Here is the rewritten text:\n\nThe council voted 19 to 12. Mo Tindall, who sat there, said it was early."
    )
    draft += " A gull from Ostmar ate it, Idris Vell said. Nobody knew, said Una Ree, what the harbour was for."
    for name, text in (("source.txt", source), ("draft.txt", draft)):
        (tmp_path / name).write_text(text, "utf8")
    found = rows(compared(tmp_path / "source.txt", tmp_path / "draft.txt", "--json"))
    assert {"change", "left-over", "new-figure", "new-name"} <= {r["kind"] for r in found} <= {"change", *EXTRAS}
    (fields,) = {frozenset(r) - set(EXTRAS) for r in found}
    told = told_rows.__doc__ or ""
    assert all(re.search(rf"\b{re.escape(x)}\b", told) for x in fields) and {r["schema"] for r in found} == {SCHEMA}
    assert all(r["fails"] == [] and r[r["kind"]] == r["what"] for r in found if r["kind"] != "change")
    for side, text in (("parent", source), ("child", draft)):
        words = [x for r in found if r[side] for x in (r[side]["source"], r[side]["cue"], *r[side]["content"]) if x]
        assert words and all(text[x["start"] : x["end"]] == x["text"] for x in words)
    both = next(r for r in found if r["parent"] and r["child"])
    assert both["child"]["source"]["text"] == "Mo Tindall, who sat there" and both["child"]["cue"]["text"] == "said"
    assert both["parent"]["actor"] == both["child"]["actor"] != None  # noqa: E711
    figure = next(r for r in found if r["kind"] == "new-figure")
    assert (figure["what"], figure["old-figure"], figure["paragraphs"]) == ("19", "17", [1, 2])


def test_the_text_that_offsets_count_in_is_given(tmp_path: Path) -> None:
    """Not that of the file: a byte order mark, line ends of Windows, letters in parts."""
    for name, text in (("source.txt", SOURCE), ("draft.txt", DRAFT)):
        (tmp_path / name).write_text(f"Zo\u0065\u0308.\n\n{text}".replace("\n", "\r\n"), "utf-8-sig", newline="")
    done = compared(tmp_path / "source.txt", tmp_path / "draft.txt", "--text")
    first, second, *found = rows(done)
    assert [r["kind"] for r in (first, second)] == ["text", "text"]
    assert (first["location"], first["text"][:8]) == (str(tmp_path / "source.txt"), "Zo\xeb.\n\n“T")
    assert (first["id"], second["id"]) == (found[0]["parent_document"], found[0]["child_document"])
    (row,) = (r for r in found if "quote-altered" in r["changes"])
    (place,) = row["child"]["content"]
    assert second["text"][place["start"] : place["end"]] == place["text"] == "“The dam will fail within 32 days,”"


def test_what_a_language_model_left_is_a_row(both: tuple[Path, Path]) -> None:
    (left,) = (r for r in rows(compared(*both, "--json")) if "left-over" in r)
    assert (left["left-over"], left["changes"], left["before"]) == ("opening", [], None)
    assert left["after"] == "Sure! Here is a rewritten version of the article:"


def test_whom_a_draft_does_not_name_is_told(tmp_path: Path) -> None:
    text = "“The dam may fail within 23 days,” said Ana Reyk."
    told = {"old": ("Dam Wire", text), "new": ("Late Post", text), "credit": (None, "KARSK (SNA) - " + text)}
    told |= {"copy": ("Mill Daily", "KARSK (SNA) - " + text)}
    for name, (outlet, words) in told.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": name, "text": words, "outlet": outlet}), "utf8")

    def dropped(parent: str) -> list[tuple[str | None, str]]:
        made = rows(compared(tmp_path / f"{parent}.jsonl", tmp_path / "new.jsonl", "--json"))
        return [(r["before"], r["after"]) for r in made if r["changes"] == ["credit-dropped"]]

    assert dropped("old") == [(None, "does not name Dam Wire")]  # it needs no credit line itself
    assert dropped("copy") == [("KARSK (SNA)", "does not name Mill Daily or SNA")]
    assert dropped("credit") == [("KARSK (SNA)", "does not name SNA")]


def test_the_same_text_gives_json_alone_to_a_pipe(both: tuple[Path, Path]) -> None:
    done = compared(both[0], both[0], "--json")
    assert done.exit_code == 0 and done.stderr.startswith("the two texts are the same: 0 changed, ")
    assert {tuple(r["changes"]) for r in rows(done)} == {("verbatim",)}


def test_two_versions_of_one_id_are_compared(tmp_path: Path) -> None:
    for name, text in (("old", SOURCE), ("new", DRAFT)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": "a1", "text": text}), "utf8")
    told = rows(compared(tmp_path / "old.jsonl", tmp_path / "new.jsonl", "--json"))
    assert any("quote-altered" in r["changes"] for r in told)
    assert {(r["parent_document"], r["child_document"][:3]) for r in told} == {("a1", "a1@")}


def test_a_terminal_shows_what_was_changed_and_counts_the_rest(
    both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch, width=140)
    whole = compared(*both).stdout
    assert "will fail within 32 days" in whole and "\nomitted" in whole
    assert "denied" not in whole and ", 1 word for word" in whole and "--all lists" in whole
    assert "a language model’s text (opening): Sure!" in whole
    header, *_ = whole.splitlines()
    assert header.split() == ["change", "¶", "before", "after", "sure"]
    assert "She denied: that the board had been warned" in compared(*both, "--all").stdout
    loud = compared(*both, "--loud").stdout
    assert "will fail within 32 days" in loud and "\nomitted" not in loud and ", 1 omitted" in loud


def test_a_narrow_terminal_has_one_beneath_the_other(both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch, width=40)
    told = compared(*both).stdout
    table = told.partition(": told in")[0]
    assert "quote-altered 0." in table and "\nbefore: " in table
    assert "after: said Ana Reyk: “The dam will fail within 32 days,”" in " ".join(table.split())
    assert max(len(x.rstrip()) for x in table.splitlines()) <= 40


def test_in_python_it_is_the_same_without_files() -> None:
    told = stemmata.compare(SOURCE, DRAFT)
    loud = {x: s.change for s, w in zip(told, told.weights(), strict=True) if w == "counts" for x in s.change.changes}
    assert {"quote-altered", "number-changed"} <= set(loud)
    assert told.parent.document.text == SOURCE and len(told) == len(told.changes) and told[0] is told.changes[0]
    assert [(x.kind, x.span.of(DRAFT)) for x in told.beside] == [("left-over", DRAFT.splitlines()[0])]
    assert not list(told.doubts()) and told.summary().startswith("1 changed (")
    frame = told.frame()
    assert list(frame["changes"].map(list)) == [list(s.change.changes) for s in told]
    assert {"before", "after", "scores", "parent_statement"} <= set(frame)
    assert told.rows()[0]["state"] is None and "<Compared: 1 changed" in repr(told)


def test_in_a_notebook_a_comparison_shows_both_wordings_escaped() -> None:
    shown = stemmata.compare(SOURCE.replace("dam", "<b>dam</b>"), DRAFT)._repr_html_()
    assert "<b>" not in shown and "quote-altered" in shown and '<span class="content">32</span>' in shown
    assert "left-over" in shown and "Sure! Here is a rewritten version" in shown


def test_one_text_twice_and_what_is_no_article() -> None:
    told = stemmata.compare(SOURCE, SOURCE)
    assert told.same and set(told.weights()) == {"soft"} and told.child.document.id != told.parent.document.id
    with pytest.raises(StemmataError, match="compare: child is to be str or Document, not int"):
        stemmata.compare(SOURCE, 7)  # type: ignore[arg-type]
    with pytest.raises(StemmataError, match="only English is"):
        stemmata.compare(
            SOURCE, "Der Damm könnte brechen, sagte die Ministerin am Dienstag vor dem Rat der Stadt. " * 3
        )
    nobody = stemmata.compare(
        SOURCE, "The road was closed. It rained all night in the valley, and the road was closed."
    )
    assert [x.split(":")[0] for x in nobody.doubts()] == ["the child"]
