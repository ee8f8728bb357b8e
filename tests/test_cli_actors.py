"""The verbs on actors as a user types them: what they print to a pipe, and what they leave in the case."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stemmata.case import renewed, views
from stemmata.case.disputes import put_disputes
from stemmata.case.verdicts import decisions
from stemmata.cli import app
from stemmata.cli.shown import cells
from stemmata.desk import Case
from stemmata.model import Dispute, Run, StemmataError
from stemmata.pages import site
from stemmata.pages.site import Frame
from stemmata.resolve.figures import SURE
from terminal import on_a_terminal
from test_resolve import drawn

RUN = Run(version="0.1.0", weights="w1")
DRAWINGS = {
    "d1": "[Mayor Ilse Marrow]p spoke of the dam. [She]p spoke again.",
    "d2": "[Ilse Marrow]p spoke. [The Ellmouth Port Trust]o denied it.",
    "d3": "[Marrow]p spoke, and [Jan Fenn]p denied it.",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "c.stemmata"
    with Case(path) as case:
        for id, drawing in DRAWINGS.items():
            case.put(*drawn(drawing, id), RUN)
        case.collate()
    return path


def stemmata(*arguments: object) -> str:
    done = CliRunner(env={"STEMMATA_WHO": "Ab"}).invoke(app, [str(a) for a in arguments])
    if isinstance(done.exception, StemmataError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def rows(*arguments: object) -> list[dict]:
    return [json.loads(line) for line in stemmata(*arguments).splitlines()]


def test_actors_come_with_counts_and_one_with_all_that_is_known_of_it(path: Path) -> None:
    first, *_ = rows("actors", path)
    assert (first["name"], first["statements"], first["documents"], first["side"]) == ("Ilse Marrow", 4, 3, None)
    (shown,) = rows("actor", path, "marrow")
    assert [(r["text"], r["document"]) for r in shown["roles"]] == [("Mayor", "d1")]
    assert [r["why"] for r in shown["reasons"]] == ["the same surname, and nobody else of it in the case"]
    assert sorted(x["how"] for x in shown["links"]) == ["name", "name", "name", "pronoun"]


def test_who_is_a_guess_is_called_one_in_lists_in_json_and_on_pages(path: Path) -> None:
    with Case(path) as case:
        case.connection.execute("UPDATE figure_links SET probability = 0.4 WHERE how = 'pronoun'")
        entries = list(case.statements(document="d1"))
        page = site.article(case, Frame(name="news"), "d1")
    told = {r["source"]["text"]: r["actor_probability"] for r in rows("statements", path, "--document", "d1")}
    assert told == {"Mayor Ilse Marrow": SURE, "She": 0.4}
    shown = [cells(e, e)[0].plain for e in entries]
    assert shown == ["Mayor Ilse Marrow", "She\nperhaps Ilse Marrow (0.40)"]
    with Case(path) as case:
        case.connection.execute("UPDATE figure_links SET probability = 0.73 WHERE how = 'pronoun'")
        (she,) = (e for e in case.statements(document="d1") if e.source == "She")
        likely = site.article(case, Frame(name="news"), "d1")
        assert "(Ilse Marrow, <span" in likely and ">73 %<" in likely and "perhaps Ilse" not in likely
    shown = cells(she, she)[0].plain
    assert shown == "She\n= Ilse Marrow (0.73)"
    with Case(path) as case:
        case.connection.execute("UPDATE figures SET key = 'described@d1:person:she' WHERE key LIKE '%ilse%'")
        case.connection.execute("UPDATE figure_links SET key = 'described@d1:person:she' WHERE how = 'pronoun'")
        assert [e.chance for e in case.statements(document="d1")][1] is None, "it stands for its own words"
    assert page.count("perhaps Ilse Marrow") == 1 and "40 %" in page


def test_statements_tell_how_surely_and_by_what_their_source_is_its_actor(path: Path) -> None:
    told = {(r["source"]["text"], r["document"]): r for r in rows("statements", path)}
    she = told["She", "d1"]
    assert (she["actor_how"], told["Ilse Marrow", "d2"]["actor_how"]) == ("pronoun", "name")
    assert 0.5 < she["actor_probability"] < 1
    with Case(path) as case:
        links = {x.statement: x for x in case.actor("Ilse Marrow").links}
        assert (links[she["id"]].how, links[she["id"]].probability) == ("pronoun", she["actor_probability"])
        assert [p.words for p in case.actor("Ilse Marrow").roles] == ["Mayor"]
        frame = {r["id"]: (r["actor_probability"], r["actor_how"]) for r in case.frame().to_dict("records")}
        assert frame == {r["id"]: (r["actor_probability"], r["actor_how"]) for r in told.values()}
    stemmata("split", path, "Ilse Marrow", "--statement", she["id"], "--why", "it is Fenn who spoke")
    told = {r["id"]: r for r in rows("statements", path)}
    assert (told[she["id"]]["actor_how"], told[she["id"]]["actor_probability"]) == ("analyst", 1.0)


def test_a_list_says_whom_the_case_does_not_know(path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,side\nJan Fenn,shore\nJan Fen,x\n", "utf-8")
    said = stemmata("actors", path, "--list", tmp_path / "a.csv")
    assert "set-side Jan Fenn to shore" in said and said.endswith("not in this case: Jan Fen\n")
    (tmp_path / "b.csv").write_bytes("name\nZoë\n".encode("cp1252"))
    for name, told in (("b.csv", "b.csv is not UTF-8 (first at byte 7)"), ("c.csv", "c.csv: No such file")):
        with pytest.raises(StemmataError, match=re.escape(told)):
            stemmata("actors", path, "--list", tmp_path / name)


def test_a_list_is_not_taken_and_written_at_once(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StemmataError, match="ask for one of them"):
        stemmata("actors", path, "--list", tmp_path / "a.csv", "--write", tmp_path / "b.csv")


def test_no_verb_lets_a_name_steer_the_terminal(path: Path) -> None:
    stemmata("rename", path, "Jan Fenn", "Jan \x1b]0;pwn\x07", "--why", "a slip")
    assert "\x1b" not in stemmata("undo", path)


def test_decisions_are_made_logged_and_taken_back(path: Path) -> None:
    stemmata("merge", path, "Jan Fenn", "Ellmouth Port Trust", "--why", "he chairs it")
    stemmata("set-side", path, "Jan Fenn", "shore", "--why", "his party", "--who", "Cd")
    stemmata("split", path, "Ilse Marrow", "--document", "d3", "--why", "the poet")
    stemmata("rename", path, "Jan Fenn", "Port Trust (Fenn)", "--why", "clearer")
    named = {r["name"]: (r["statements"], r["side"]) for r in rows("actors", path)}
    assert named == {"Ilse Marrow": (3, None), "Port Trust (Fenn)": (2, "shore"), "Marrow": (1, None)}
    log = rows("log", path)
    assert [(r["kind"], r["who"], r["why"]) for r in log] == [
        ("merge", "Ab", "he chairs it"),
        ("set-side", "Cd", "his party"),
        ("split", "Ab", "the poet"),
        ("rename", "Ab", "clearer"),
    ]
    assert stemmata("undo", path, log[0]["id"][:6]) == "taken back: merge Jan Fenn, Ellmouth Port Trust\n"
    assert [r["undone_by"] for r in rows("log", path)] == ["Ab", None, None, None]
    sides = {r["name"]: r["side"] for r in rows("actors", path)}
    assert (sides["Port Trust (Fenn)"], sides["Ellmouth Port Trust"]) == ("shore", None)  # he alone was meant


def test_one_statement_is_given_to_whom_it_is_of_and_stays_so_in_a_new_case(path: Path, tmp_path: Path) -> None:
    she = next(r["id"] for r in rows("statements", path) if r["source"]["text"] == "She")
    split = stemmata("split", path, "Ilse Marrow", "--statement", she[:8], "--why", "it is Fenn who spoke")
    id = re.search(r"She \((\w+)\): 1 statement in 1 document", split)
    assert id
    stemmata("merge", path, id.group(1), "Jan Fenn", "--why", "of the two Fenn alone had spoken")
    stemmata("collate", path)
    assert {r["name"]: r["statements"] for r in rows("actors", path)}["Jan Fenn"] == 2
    assert next((r["kind"], r["targets"]) for r in rows("log", path)) == ("split", [f"parted@d1:{she}"])
    tables = tmp_path / "tables"
    stemmata("export", path, tables)
    told = [json.loads(line) for line in (tables / "decisions.jsonl").read_text("utf-8").splitlines()]
    assert (told[0]["kind"], told[0]["why"]) == ("split", "it is Fenn who spoke")
    with Case(tmp_path / "new.stemmata") as new:
        for id, drawing in DRAWINGS.items():
            new.put(*drawn(drawing, id), Run(version="0.2.0", weights="w2"))
        renewed.take_decisions(new, path)
        new.collate()
        assert new.entry(she).actor == "Jan Fenn" and new.actor("Jan Fenn").statements == 2
    for kind in ("merge", "split"):
        assert stemmata("undo", path).startswith(f"taken back: {kind} She in d1")
    assert {r["name"]: r["statements"] for r in rows("actors", path)}["Ilse Marrow"] == 4


def test_decisions_are_kept_when_all_is_made_anew(path: Path) -> None:
    stemmata("merge", path, "Jan Fenn", "Ellmouth Port Trust", "--why", "he chairs it")
    with Case(path) as case:
        case.put(*drawn(DRAWINGS["d3"], "d3"), Run(version="0.2.0", weights="w2"))
        assert {r["name"]: r["statements"] for r in rows("actors", path)}["Jan Fenn"] == 1
        case.collate()
    assert {r["name"]: r["statements"] for r in rows("actors", path)}["Jan Fenn"] == 2


def test_a_list_is_written_and_taken(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "actors.csv"
    stemmata("set-side", path, "Jan Fenn", "shore", "--why", "his party")
    stemmata("actors", path, "--write", file)
    assert file.read_text("utf-8-sig").splitlines()[0] == "name,aliases,kind,side"
    assert "Jan Fenn,,person,shore" in file.read_text("utf-8-sig")
    assert "0 decisions" in stemmata("actors", path, "--list", file)
    file.write_text(file.read_text("utf-8-sig").replace("shore", "hill"), "utf-8")
    assert "set-side Jan Fenn to hill" in stemmata("actors", path, "--list", file)
    assert rows("log", path)[-1]["why"] == "the list actors.csv"
    with pytest.raises(StemmataError, match="cannot read"):
        stemmata("actors", path, "--list", tmp_path / "none.csv")


def test_who_is_a_guess_is_called_one_in_lists_of_disputes_and_positions(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Case(path) as case:
        case.connection.execute("UPDATE figure_links SET probability = 0.4 WHERE how = 'pronoun'")
        by = {e.source: e.statement.id for e in case.statements()}
        quarrel = Dispute(by_statement=by["Jan Fenn"], of_statement=by["She"], relation="denies", score=0.9)
        put_disputes(case, [quarrel], RUN)
    on_a_terminal(monkeypatch, width=120)
    assert stemmata("disputes", path).count("perhaps Ilse Marrow (0.40)") == 1
    told = stemmata("positions", path, "marrow")
    assert told.count("perhaps theirs (0.40)") == 1 and "perhaps" not in stemmata("positions", path, "Fenn")


def test_what_was_rejected_counts_for_nobody(path: Path) -> None:
    with Case(path) as case:
        she, fenn = (next(e.statement.id for e in case.statements() if e.source == x) for x in ("She", "Jan Fenn"))
    for subject in (she, fenn):
        stemmata("reject", path, "statement", subject, "--why", "nobody said so")
    listed = {r["name"]: (r["statements"], r["documents"]) for r in rows("actors", path)}
    assert listed == {"Ilse Marrow": (3, 3), "Ellmouth Port Trust": (1, 1)}
    (shown,) = rows("actor", path, "Fenn")
    assert shown["statements"] == 0 and shown["only_in"] is None  # and yet it can be asked for


def test_actors_of_one_name_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.stemmata"
    with Case(path) as case:
        for id, said in (("d1", "denied it"), ("d2", "welcomes all guests of the spring fair")):
            document, told = drawn(f"[The ministry]o {said}.", id)
            case.put(replace(document, outlet=f"Outlet {id}"), told, RUN)
        case.collate()
    first, second = rows("actors", path)
    assert first["name"] == second["name"] and {first["only_in"], second["only_in"]} == {"Outlet d1", "Outlet d2"}
    for verb in ("actor", "positions"):
        with pytest.raises(StemmataError, match=r"type the id of one.* \(.*, 1 statement in Outlet d"):
            stemmata(verb, path, first["name"])
    assert rows("actor", path, second["id"][:8])[0]["id"] == second["id"]
    with Case(path) as case:
        voices = views.most_quoted(case, decisions(case), limit=9)
        assert {v.only_in.name for v in voices if v.only_in} == {"Outlet d1", "Outlet d2"}
    on_a_terminal(monkeypatch, width=120)
    shown = [line.split() for line in stemmata("actors", path).splitlines()]
    assert shown[0][:2] == ["id", "actor"] and [row[0] for row in shown[1:]] == [first["id"][:8], second["id"][:8]]


def test_an_actor_of_several_documents_names_none(path: Path) -> None:
    assert [(r["documents"] == 1, bool(r["only_in"])) for r in rows("actors", path)].count((False, True)) == 0


def test_the_ledger_says_who_she_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch, width=120)
    shown = stemmata("statements", path)
    assert shown.count("= Ilse Marrow") == 2  # "She", and "Marrow" alone
    assert "= Jan Fenn" not in shown
    ids = [r["id"] for r in rows("statements", path, "--json")]
    assert ids and all(id[:8] in shown for id in ids)  # by which a person decides about them
