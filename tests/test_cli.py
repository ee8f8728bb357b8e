"""The verbs as a user types them, in processes of their own: what they print, and how they end."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from made_case import made_case
from stemmata import flow
from stemmata.cli import app
from stemmata.desk import Case
from stemmata.export import TABLES, tables
from stemmata.export.rows import SCHEMA
from stemmata.model import Document, Run, StemmataError
from terminal import on_a_terminal

SAMPLE = Path(str(files("stemmata") / "sample" / "articles.jsonl"))
ARTICLE = "“The dam may fail,” said Ana Reyk, the minister of works.\n\nShe denied that the board had been warned."


def stemmata(*arguments: object, given: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stemmata.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=given, check=False)


def rows(done: subprocess.CompletedProcess[str]) -> list[dict]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("case") / "news.stemmata"
    done = stemmata("add", path, SAMPLE)
    assert done.returncode == 0, done.stderr
    assert "11 added" in done.stdout
    return path


def test_analyze_gives_json_to_a_pipe() -> None:
    first, second = rows(stemmata("analyze", "-", given=ARTICLE))
    assert first.keys() - {"schema", "kind"} == TABLES["statements"].keys()
    assert (first["source"]["text"], first["cue"]["text"]) == ("Ana Reyk, the minister of works", "said")
    assert first["content"] == [{"start": 0, "end": 19, "text": "“The dam may fail,”"}]
    assert (first["mode"], first["sourcing"]) == ("direct", "named-person")
    assert (second["source"]["text"], second["act"], second["mode"]) == ("She", "deny", "indirect")


def test_analyze_gives_the_text_that_offsets_count_in() -> None:
    text, first, *_ = rows(stemmata("analyze", "-", "--text", given=ARTICLE))
    assert (text["kind"], first["kind"], text["id"]) == ("text", "statement", first["document"])
    assert text["text"][first["cue"]["start"] : first["cue"]["end"]] == first["cue"]["text"] == "said"


def test_a_stream_that_is_closed_takes_no_file_s_place(case: Path) -> None:
    verb = [sys.executable, "-m", "stemmata.cli", "documents", str(case), "--json"]
    for closed in (">&-", "<&- >&-", ">&- 2>&-"):
        done = subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", *verb], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_what_add_did_is_told_in_numbers(case: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (told,) = rows(stemmata("add", case, SAMPLE, tmp_path, "--json"))
    assert (told["known"], told["added"], told["not_read"], told["statements"]) == (11, 0, 1, 0)


def test_adding_again_adds_nothing(case: Path) -> None:
    done = stemmata("add", case, SAMPLE)
    assert done.returncode == 0
    assert "11 known already; 0 statements found" in done.stdout


def test_every_verb_is_listed_once_under_what_it_is_for() -> None:
    said = stemmata("--help").stdout
    _, *parts = re.split(r"^(?:Read and compare|Look|Decide|Hand out):$", said, flags=re.MULTILINE)
    listed = [line.split()[0] for part in parts for line in part.splitlines() if line.strip()]
    assert len(parts) == 4 and sorted(listed) == sorted(typer.main.get_command(app).commands)


def test_a_report_may_be_asked_of_an_article() -> None:
    assert "[FAMILY|ARTICLE]" in stemmata("report", "--help").stdout


def test_no_verb_is_cut_short_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert not [line for line in stemmata("--help").stdout.splitlines()[1:] if line.endswith("...")]


def test_a_verb_that_is_not_there_is_answered_with_what_does_it() -> None:
    assert "near it: statements CASE --search WORDS" in stemmata("search", "a.stemmata", "dam").stderr
    assert "near it: families" in stemmata("family", "a.stemmata").stderr


def test_the_one_family_of_a_case_need_not_be_named(case: Path, tmp_path: Path) -> None:
    early = tmp_path / "early.stemmata"
    with Case(early, create=True):
        assert "no articles in early.stemmata" in stemmata("report", early, "-o", tmp_path / "none.html").stderr
    assert stemmata("add", early, SAMPLE).returncode == 0
    for asked in ([], ["orva-1"]):  # of the whole case, of one article
        done = stemmata("report", early, *asked, "-o", tmp_path / "report.html")
        said = "nothing was collated yet, and the report says so; before the next one: stemmata collate"
        assert done.returncode == 0 and f"{said} {early}" in done.stderr.replace("\n", "")
    assert stemmata("collate", early).returncode == 0
    said = stemmata("tree", early).stdout
    assert said == stemmata("tree", early, "orva-1").stdout
    assert re.search(rf"stemmata changes {early} [0-9a-f]{{16}} --loud --unsure shows them", said.replace("\n", ""))
    (tmp_path / "two.jsonl").write_text(
        "".join(json.dumps({"text": ARTICLE, "outlet": o, "id": o}) + "\n" for o in ("Post", "Wire")), "utf8"
    )
    assert stemmata("add", early, tmp_path / "two.jsonl").returncode == 0
    assert stemmata("collate", early).returncode == 0
    assert "which family? There are " in stemmata("changes", early).stderr


def test_a_remark_on_a_text_does_not_stop_a_comparison(tmp_path: Path) -> None:
    for name, text in (("a.txt", ARTICLE), ("b.txt", ARTICLE.replace("may", "will"))):
        (tmp_path / name).write_bytes(text.encode("cp1252"))
    done = stemmata("compare", tmp_path / "a.txt", tmp_path / "b.txt")
    assert done.returncode == 0 and done.stderr.count("read as Windows-1252") == 2
    assert "strengthened" in done.stdout


def test_what_was_read_without_its_date_was_analysed(tmp_path: Path) -> None:
    row = {"text": "Ana Reyk said it may fail.", "published": "yesterday"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf8")
    done = stemmata("add", tmp_path / "a.stemmata", tmp_path / "a.jsonl")
    assert done.stdout == "a.stemmata: 1 added, 1 with a remark; 1 statement found\n"
    assert done.stderr.startswith("stemmata: ") and done.stderr.count("\n") == 1


def test_no_row_is_told_without_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.stemmata"
    with Case(path) as case:
        case.put(Document(id="a", text="Reyk said it may fail."), [], Run(version="0", weights="w"))
        case.collate()
    on_a_terminal(monkeypatch, width=80)
    for verb, expected in (
        ("disputes", "no dispute was found, which means little: most are missed"),
        ("predictions", "0 predictions, promises and threats"),
        ("leftovers", "0 left-overs: evidence about the article, not a verdict on its outlet"),
        ("statements", "0 statements"),
        ("documents", "1 document"),
        ("log", "nothing was decided yet"),
    ):
        said = CliRunner().invoke(app, [verb, str(path)]).stdout.splitlines()
        assert said[-1] == expected and (len(said) == 1 or verb == "documents")


def test_a_table_that_is_cut_says_how_much_more_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.stemmata"
    with Case(path) as case:
        for n in range(3):
            text = f"I hope this helps! Reyk said pier {n} will open by 1 June 2031."
            case.put(Document(id=f"a{n}", text=text, outlet="Post"), [], Run(version="0", weights="w"))
        case.collate()
    on_a_terminal(monkeypatch, width=80)
    for module in ("lineage", "shown"):
        monkeypatch.setattr(f"stemmata.cli.{module}.SHOWN", 1)
    said = CliRunner().invoke(app, ["leftovers", str(path)]).stdout
    assert "3 left-overs" in said and "and 2 more: --json lists all" in said
    asked: tuple[tuple[list[str], str], ...] = (
        (["--limit", "2"], "the first 2 of 3 documents: --all or --limit N shows more"),
        (["--all"], "3 documents"),
        ([], "3 documents"),
    )
    for more, last in asked:
        assert CliRunner().invoke(app, ["documents", str(path), *more]).stdout.splitlines()[-1] == last
    monkeypatch.setattr("stemmata.cli.articles.SHOWN", 1)
    said = CliRunner().invoke(app, ["documents", str(path)]).stdout
    assert said.splitlines()[-1].startswith("the first 1 of 3 documents: ")


def test_statements_are_filtered(case: Path) -> None:
    every = rows(stemmata("statements", case))
    assert len(every) > 80
    found = rows(stemmata("statements", case, "--speaker", "brasket", "--outlet", "orva"))
    assert found and all("brasket" in r["source"]["text"].lower() and r["outlet"] == "ORVA" for r in found)
    assert {r["act"] for r in rows(stemmata("statements", case, "--act", "deny"))} == {"deny"}
    assert all(
        "lamp" in " ".join(c["text"] for c in r["content"]).lower()
        for r in rows(stemmata("statements", case, "--search", "lamp"))
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "abcde"),
        ({"since": "2031-05-02"}, "bcd"),
        ({"until": "2031-05-02"}, "abc"),  # the day to its end
        ({"since": "2031-05-02T10", "until": "2031-05"}, None),
        ({"since": "2031-05-02T10:00", "until": "2031-05"}, "c"),
        ({"since": "2031-05-02", "until": "2031-05-02T09:30"}, "b"),
        ({"until": "2031"}, "abcd"),
        ({"since": "May"}, None),
        ({"until": "2031-02-30"}, None),
    ],
)
def test_statements_and_documents_are_asked_by_their_time(
    asked: dict[str, str], found: str | None, tmp_path: Path
) -> None:
    times = ("2031-05-01", "2031-05-02T09:30:00Z", "2031-05-02T10:00:00", "2031-06-03", None)
    texts = [
        {"id": k, "text": f"Ana Reyk said pier {k} may fail.", "published": t}
        for k, t in zip("abcde", times, strict=True)
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(x) + "\n" for x in texts), "utf8")
    options = [x for name, value in asked.items() for x in (f"--{name}", value)]
    with Case(tmp_path / "a.stemmata") as case:
        case.add(tmp_path / "a.jsonl")
        if found is None:
            with pytest.raises(
                StemmataError, match=r"(since|until) is no date: .+ \(write 2033, 2033-10, 2033-10-10 or"
            ):
                list(case.statements(**asked))  # type: ignore[arg-type]
            done = CliRunner().invoke(app, ["statements", str(case.path), *options])
            assert isinstance(done.exception, StemmataError)
            return
        assert "".join(e.statement.document for e in case.statements(**asked)) == found  # type: ignore[arg-type]
        assert "".join(d.id for d in case.documents(**asked)) == found  # type: ignore[arg-type]
        for verb, field in (("statements", "document"), ("documents", "id")):
            done = CliRunner().invoke(app, [verb, str(case.path), *options])
            assert "".join(json.loads(x)[field] for x in done.stdout.splitlines()) == found


def test_verbs_print_the_rows_of_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "news.stemmata"
    ids = made_case(path)
    with Case(path) as case, case.transaction():
        case.connection.execute("UPDATE statements SET act = 'predict' WHERE actor = ?", [ids["actor"]])

    def listed(*verb: str) -> list[dict]:
        found = [json.loads(x) for x in CliRunner().invoke(app, [verb[0], str(path), *verb[1:]]).stdout.splitlines()]
        assert {r.pop("schema") for r in found} == {SCHEMA}, verb
        return found

    with Case(path) as case:
        held = {name: list(tables.rows(case, name)) for name in TABLES}
    assert listed("statements") == held["statements"] and listed("predictions") == held["predictions"] != []
    assert listed("positions", ids["actor"]) == [r for r in held["positions"] if r["actor"] == ids["actor"]] != []
    for verb in ("documents", "families", "actors", "sides", "changes", "changes --list", "leftovers", "log"):
        assert {r.get("kind") for r in listed(*verb.split())} <= {"claim", "change"} or not verb.startswith("changes")
    assert {len(r["targets"]) for r in listed("log") if r["targets"][0] == "edge"} == {3}  # its kind, PARENT, CHILD
    found = listed("disputes")
    statements = {r["id"]: r for r in held["statements"]}
    assert all((r["by"]["id"], r["of"]["id"]) == (r["by_statement"], r["of_statement"]) for r in found)
    assert all(r.pop(side) == statements[r[f"{side}_statement"]] for r in found for side in ("by", "of"))
    assert sorted(found, key=lambda r: r["by_statement"]) == held["disputes"] != []


def test_documents_carry_their_credit_and_evidence(case: Path) -> None:
    listed = {r["id"]: r for r in rows(stemmata("documents", case))}
    assert len(listed) == 11
    copy = listed["idrin-harbour-news-1"]
    assert [c["name"] for c in copy["credits"]] == ["ORVA"]
    assert len(copy["sha256"]) == 64 and copy["location"].endswith("articles.jsonl#2")


def test_show_gives_the_text_and_its_statements(case: Path) -> None:
    (shown,) = rows(stemmata("show", case, "orva-1", "--json"))
    for s in shown["statements"]:
        for span in (s["source"], s["cue"], *s["content"]):
            assert span is None or shown["text"][span["start"] : span["end"]] == span["text"]


def test_export_writes_every_table(case: Path, tmp_path: Path) -> None:
    done = stemmata("export", case, tmp_path / "out")
    assert done.returncode == 0 and re.search(r" (1 family|[02-9]+ families),", done.stdout)
    written = {p.name for p in (tmp_path / "out").iterdir()}
    assert written == {"datapackage.json", *(f"{t}.jsonl" for t in TABLES)}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["statements", "{tmp}/none.stemmata"], "none.stemmata"),
        (["add", "{tmp}/a.stemmata", "{tmp}/nowhere.txt"], "nowhere.txt"),
        (["analyze", "{tmp}/nowhere.txt"], "nowhere.txt"),
        (["show", "{case}", "zzz"], "no document 'zzz'"),
    ],
)
def test_a_mistake_is_one_line_and_a_failure(arguments: list[str], complaint: str, tmp_path: Path, case: Path) -> None:
    done = stemmata(*(a.format(tmp=tmp_path, case=case) for a in arguments))
    assert done.returncode == 1
    assert complaint in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("familes x", ("no such verb 'familes' (near it: families)", "--help")),
        ("positions x", ("positions: missing argument 'ACTOR'", "positions [OPTIONS] CASE ACTOR", "positions --help")),
        ("merge x A B", ("merge: missing option '--why'", "merge --help")),
        ("statements x --act sing", ("statements: invalid value for '--act'", "'sing' is not one of 'assert', 'deny'")),
        ("statements x --min-confidence 2", ("'--min-confidence'", "less than or equal to 1")),
        ("statements {case} --search ??", ("nothing to search for in '??'",)),
        ("documents {case} --since soon", ("since is no date: 'soon'",)),
        ("documents {case} --until 2033-13", ("until is no date: '2033-13'",)),
        ("confirm x dispute a b --why y --relation likes", ("confirm: invalid value for '--relation'", "'denies'")),
        ("add x y --workers -1", ("add: invalid value for '--workers'", "greater than or equal to 0")),
        ("sides x --one a", ("give both --one and --other",)),
        ("add --nope x y", ("add: no such option: --nope", "add --help")),
        ("show x a b", ("show: got unexpected extra argument", "(b)", "show [OPTIONS] CASE ID")),
        ("report x -o", ("option '-o' requires an argument", "stemmata --help")),
    ],
)
def test_what_a_verb_does_not_take_is_one_line(arguments: str, says: tuple[str, ...], case: Path) -> None:
    done = stemmata(*arguments.format(case=case).split())
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith("stemmata: ") and all(x in done.stderr for x in says)


@pytest.mark.parametrize("how", [("network", "{case}", "{file}"), ("actors", "{case}", "--write", "{file}")])
@pytest.mark.parametrize(
    ("there", "forced", "written"),
    [
        (None, False, True),
        (b"name,aliases,kind,side\nAna Reyk,,person,\n", False, False),
        (b"my notes", True, True),
        (b"SQLite format 3\0 a case", True, False),
    ],
)
def test_no_file_is_written_over_unasked_and_a_case_never(
    how: tuple[str, ...], there: bytes | None, forced: bool, written: bool, tmp_path: Path
) -> None:
    path, file = tmp_path / "news.stemmata", tmp_path / "file"
    made_case(path)
    if there is not None:
        file.write_bytes(there)
    done = stemmata(*(x.format(case=path, file=file) for x in how), *(["--force"] if forced else []))
    assert (done.returncode == 0) == written and len(done.stderr.splitlines()) <= 1, done.stderr
    assert written == (not file.exists() or file.read_bytes() != there)


def test_a_case_is_not_written_over_by_what_it_tells(tmp_path: Path) -> None:
    path = tmp_path / "news.stemmata"
    made_case(path)
    before = path.read_bytes()
    for how in (["actors", path, "--write", path], ["network", path, path], ["report", path, "-o", path, "--force"]):
        done = stemmata(*how)
        assert done.returncode == 1 and "is a case" in done.stderr, how
    assert path.read_bytes() == before


def test_a_report_or_network_of_ours_is_written_again_and_no_other_file(tmp_path: Path) -> None:
    path, other = tmp_path / "news.stemmata", tmp_path / "mine.html"
    made_case(path)
    for verb, file in (("report", tmp_path / "report.html"), ("network", tmp_path / "network.gexf")):
        ask = [verb, path, "-o", file] if verb == "report" else [verb, path, file]
        assert [stemmata(*ask).returncode for _ in "12"] == [0, 0]
    other.write_text("<html>my notes</html>", "utf8")
    assert "is no report of ours" in stemmata("report", path, "-o", other).stderr
    assert stemmata("report", path, "-o", other, "--force").returncode == 0
    assert "is a folder" in stemmata("report", path, "-o", tmp_path, "--force").stderr


def test_what_an_article_brings_in_does_not_steer_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"id": "a", "text": ARTICLE, "outlet": "Out\x1b[2J"}) + "\n", "utf-8")
    path = tmp_path / "news.stemmata"
    stemmata("add", path, file)
    file.write_text(json.dumps({"id": "a", "text": f"{ARTICLE} Again.", "outlet": "Out\x1b]0;x\x07"}) + "\n", "utf-8")
    done = stemmata("add", path, file, tmp_path / "no\x1b[31mwhere.txt")
    assert "\x1b" not in done.stderr + done.stdout and "where.txt" in done.stderr


def test_what_is_piped_is_utf8_whatever_the_locale(case: Path) -> None:
    command = [sys.executable, "-m", "stemmata.cli", "statements", str(case)]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0 and "“" in done.stdout.decode("utf-8")


def test_a_pipe_that_is_closed_early_is_no_fault(tmp_path: Path) -> None:
    made_case(path := tmp_path / "news.stemmata")
    for verb in ("tree", "statements"):
        command = [sys.executable, "-m", "stemmata.cli", verb, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout and running.stderr
            running.stdout.close()
            told = running.stderr.read()
        assert running.returncode == 0 and b"Error" not in told, verb


def test_a_full_disk_is_told_in_a_line(case: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "stemmata.cli", "statements", str(case)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1 and "no room" in done.stderr and "Traceback" not in done.stderr


def test_an_actor_that_speaks_no_more_is_refused_until_it_is_collated(tmp_path: Path) -> None:
    path = tmp_path / "news.stemmata"
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE, "utf-8")
    assert stemmata("add", path, file).returncode == stemmata("collate", path).returncode == 0
    assert stemmata("positions", path, "Ana Reyk").returncode == 0
    assert stemmata("add", path, file, "--broad").returncode == 0
    done = stemmata("positions", path, "Ana Reyk")
    assert done.returncode == 1 and "collate" in done.stderr and "Traceback" not in done.stderr


def test_an_empty_case_says_what_to_do(tmp_path: Path) -> None:
    with Case(tmp_path / "a.stemmata", create=True):
        pass
    for verb in ("collate", "families", "disputes", "sides", "predictions", "actors"):
        done = stemmata(verb, tmp_path / "a.stemmata")
        assert done.returncode == 1 and "no articles in a.stemmata yet: stemmata add" in done.stderr, verb


def test_another_language_is_kept_and_said(tmp_path: Path) -> None:
    french = tmp_path / "lettre.txt"
    french.write_text(
        "La ministre a déclaré mardi que le barrage pourrait céder avant la fin de l'hiver. « Nous n'avons pas été "
        "prévenus », a-t-elle ajouté devant les journalistes réunis dans la cour du ministère.",
        "utf8",
    )
    done = stemmata("add", tmp_path / "a.stemmata", french)
    assert done.returncode == 0
    assert "1 kept but not analysed" in done.stdout and "(fr)" in done.stderr
    assert [r["lang"] for r in rows(stemmata("documents", tmp_path / "a.stemmata"))] == ["fr"]


def test_where_nothing_was_read_no_case_is_made(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    done = stemmata("add", tmp_path / "a.stemmata", tmp_path / "none", tmp_path / "slip.txt")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 2 and "no articles in this folder" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["none"]
    file = tmp_path / "b.txt"
    file.write_text(ARTICLE, "utf8")  # with the first that is read, the refusals of before are kept too
    assert stemmata("add", tmp_path / "a.stemmata", tmp_path / "slip.txt", file).returncode == 0
    assert [r["location"] for r in rows(stemmata("refusals", tmp_path / "a.stemmata"))] == [str(tmp_path / "slip.txt")]


def test_a_full_disk_leaves_no_empty_case(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    (tmp_path / "a.txt").write_text(ARTICLE, "utf8")
    path = tmp_path / "a.stemmata"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Case(path) as case:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[1]))
        try:
            with pytest.raises(StemmataError, match="disk"):
                case.add(tmp_path / "a.txt")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
        assert case.add(tmp_path / "a.txt").documents == 1  # when there is room again


def test_files_of_other_kinds_are_counted_one_by_one(tmp_path: Path) -> None:
    for name in ("a.txt", "a.png", "b.png"):
        (tmp_path / name).write_text(ARTICLE, "utf8")
    done = stemmata("add", tmp_path / "a.stemmata", tmp_path)
    assert ": 1 added, 2 not read; " in done.stdout
    assert "2 files of other kinds (.png) were left" in done.stderr


def test_a_strict_add_says_by_its_end_that_something_was_not_read(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text(json.dumps({"text": ARTICLE, "published": "yesterday"}), "utf8")  # a remark is no fault
    bad.write_text("{}", "utf8")
    path = tmp_path / "a.stemmata"
    for sources, status in (([good], 0), ([good, bad], 3), ([bad], 1)):
        assert stemmata("add", path, *sources, "--strict").returncode == status, sources


def test_refusals_are_summed_by_reason_what_was_not_read_first(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    remarks = [{"text": f"{ARTICLE} {n}", "published": day} for n, day in enumerate(["May", "June", "July"])]
    wrong: list[dict] = [{"story": "x"}, {"tale": "y"}, {"text": 7}]
    file.write_text("".join(json.dumps(r) + "\n" for r in [*remarks, *wrong]), "utf8")
    for n in range(5):
        (tmp_path / f"{n}.md").write_text(f"---\ntags: x{n}\n---\n{ARTICLE} Again, {n}.\n", "utf8")
    done = stemmata("add", tmp_path / "a.stemmata", file, *(tmp_path / f"{n}.md" for n in range(5)))
    how = "is no date (write 2033-10-10 or 2033-10-10T13:45:00Z)"
    assert done.stderr.replace(f"stemmata: {tmp_path}/", "").splitlines() == [
        "a.jsonl#4: no “text” in it (there is “story”); and 1 more like it",
        "a.jsonl#6: “text” is a number, not a string",
        "0.md: of its front matter this is not used: “tags”; and 4 more like it in 5 files",
        f"a.jsonl#1: read without its date: “May” {how}; and 2 more like it",
    ]
    assert len(rows(stemmata("refusals", tmp_path / "a.stemmata"))) == 11


@pytest.mark.parametrize(("how", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_collate_tells_how_far_it_is_and_may_be_stopped(tmp_path: Path, how: signal.Signals, status: int) -> None:
    path = tmp_path / "a.stemmata"
    with Case(path) as case:
        case.put(Document(id="a", text="Reyk said it may fail."), [], Run(version="0", weights="w"))
    program = (
        "import sys, time; from stemmata.cli import main; from stemmata.desk import Case;"
        "sys.modules['stemmata.cli.app'].EVERY = 0.1;"
        "Case.collate = lambda self, window_days, watch: (watch(3, 7), time.sleep(60)); main()"
    )
    command = [sys.executable, "-c", program, "collate", str(path)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    # a job in the background of a shell is not told of Ctrl-C, and nor are its children
    with subprocess.Popen(command, **quiet, preexec_fn=lambda: signal.signal(how, signal.SIG_DFL)) as process:
        assert process.stderr and re.fullmatch(r"collating: 3 of 7 articles, \d+ s\n", process.stderr.readline())
        os.kill(process.pid, how)
        _, said = process.communicate(timeout=60)
    assert process.returncode == status and "Traceback" not in said
    assert said.splitlines()[-1] == "stopped; what was finished is kept, and the same command goes on from there"


def test_what_a_fault_kept_from_a_collate_is_told_by_its_end_and_tried_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.stemmata"
    with Case(path) as case:
        case.put(Document(id="a", text="Reyk said it may fail."), [], Run(version="0", weights="w"))
    monkeypatch.setattr(flow, "figured", lambda told: {}["frİday"])
    done = CliRunner().invoke(app, ["collate", str(path)])
    (told,) = (json.loads(x) for x in CliRunner().invoke(app, ["collate", str(path), "--json"]).stdout.splitlines())
    assert (told["documents"], told["not_collated"], told["families"]) == (1, 1, 0)
    assert done.exit_code == 3 and "a: not collated, by a fault of Stemmata" in done.stderr
    assert done.stderr.endswith(f"stemmata collate {path} tries this again\n")
    monkeypatch.undo()  # the code is mended
    assert CliRunner().invoke(app, ["collate", str(path)]).exit_code == 0
    assert not rows(stemmata("refusals", path))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_an_add_that_was_stopped_goes_on_where_it_was(tmp_path: Path, how: signal.Signals) -> None:
    path, articles = tmp_path / "a.stemmata", tmp_path / "many.jsonl"
    with articles.open("w", encoding="utf8") as out:
        for k in range(300):
            out.write(json.dumps({"id": f"a{k}", "text": f"No. {k}. {ARTICLE}"}) + "\n")
    command = [sys.executable, "-m", "stemmata.cli", "add", str(path), str(articles)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not (path.exists() and len(rows(stemmata("documents", path))) >= 3):
            time.sleep(0.05)
        os.kill(process.pid, how)
        _, said = process.communicate(timeout=60)
    before = len(rows(stemmata("documents", path)))
    if how != signal.SIGKILL and before < 300:  # it may have been done before it could be stopped
        assert process.returncode == 128 + how and "goes on from there" in said
    assert before >= 3
    again = stemmata("add", path, articles)
    assert again.returncode == 0
    assert len(rows(stemmata("documents", path))) == 300
    told = rows(stemmata("statements", path))
    assert {r["document"] for r in told} == {f"a{k}" for k in range(300)}


def test_demo_tells_the_sample() -> None:
    done = stemmata("demo")
    assert done.returncode == 0, done.stderr
    assert "11 added" in done.stdout and "Brasket" in done.stdout
    assert "11 outlets" in done.stdout and "quote-altered" in done.stdout
    assert "gravest changes of" in done.stdout and "more, in an outlet’s own voice" in done.stdout
    assert "stemmata changes /" not in done.stdout  # the case is gone by then


def test_a_case_is_collated(case: Path) -> None:
    assert "stemmata collate" in stemmata("families", case).stderr
    assert stemmata("collate", case).returncode == 0
    found = rows(stemmata("families", case))
    every = {d for f in found for d in f["documents"]}
    assert {"orva-1", "idrin-harbour-news-1", "pellimoor-tribune-1"} <= every and "saltmark-wire-1" not in every
    (copied,) = (e for f in found for e in f["edges"] if e["child"] == "idrin-harbour-news-1")
    assert copied["parent"] == "orva-1" and copied["score"] > 0.9
    told = rows(stemmata("changes", case, "orva-1", "--list"))
    invented = [r for r in told if "quote-fabricated" in r["changes"] and r["child_document"] == "hurnfell-voice-1"]
    assert any("«Let the alliance" in r["after"] for r in invented)
    assert "digraph" in stemmata("tree", case, "orva-1", "--dot").stdout
    brasket = next(r for r in rows(stemmata("actors", case)) if r["name"] == "Ottoline Brasket")
    assert brasket["documents"] > 5 and brasket["kind"] == "person"


def test_articles_further_apart_than_the_window_are_no_versions(tmp_path: Path) -> None:
    path = tmp_path / "news.stemmata"
    text = (
        "“The dam may fail within 23 days,” said Ana Reyk. The river board met in Ellmouth, and 23 villages below the"
        " Corvane dam were told to wait for it."
    )
    for k, day in enumerate(("2031-11-01", "2031-11-20")):
        front = f"outlet: Paper {k}\npublished: {day}T10:00:00Z"
        (tmp_path / f"{k}.md").write_text(f"---\n{front}\n---\n\n{text}\n", "utf8")
    assert stemmata("add", path, tmp_path / "0.md", tmp_path / "1.md").returncode == 0
    for window, families in ((7, 0), (30, 1), (None, 1)):
        chosen = [] if window is None else ["--window", window]
        assert stemmata("collate", path, *chosen).returncode == 0
        assert len(rows(stemmata("families", path))) == families


def test_what_cannot_be_written_is_told(case: Path) -> None:
    stemmata("collate", case)
    for arguments in (["report", case, "-o"], ["network", case], ["actors", case, "--write"]):
        done = stemmata(*arguments, case / "out")  # a file in the place of a folder
        assert done.returncode == 1 and len(done.stderr.splitlines()) == 1, arguments
        assert f"cannot write {case / 'out'}: " in done.stderr


def test_an_export_says_why_there_are_more_statements(case: Path, tmp_path: Path) -> None:
    said = stemmata("export", case, tmp_path / "out").stdout
    assert "of them in an outlet’s own voice, found by collate)" in said and "1 family, " in said


def test_a_draft_is_compared_with_its_source(tmp_path: Path) -> None:
    source, draft = tmp_path / "source.txt", tmp_path / "draft.txt"
    source.write_text(
        "“The dam may fail within 23 days,” said Ana Reyk. She denied that the board had been warned.", "utf8"
    )
    draft.write_text(
        "“The dam will fail within 32 days,” said Ana Reyk. She denied that the board had been warned.", "utf8"
    )
    done = stemmata("compare", source, draft, "--json", "--fail-on", "quote-altered")
    assert done.returncode == 1
    told = [json.loads(line) for line in done.stdout.splitlines()]
    (row,) = (r for r in told if "quote-altered" in r["changes"])
    assert (row["before"], row["after"]) == (
        "said Ana Reyk: “The dam may fail within 23 days,”",
        "said Ana Reyk: “The dam will fail within 32 days,”",
    )
    assert stemmata("compare", source, draft, "--fail-on", "omitted").returncode == 0
    assert "no such change" in stemmata("compare", source, draft, "--fail-on", "nonsense").stderr


@pytest.mark.parametrize(("fail_on", "status"), [("quote-altered", 1), ("omitted", 0)])
def test_a_draft_fails_whoever_closes_the_pipe(tmp_path: Path, fail_on: str, status: int) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, "utf8")
    (tmp_path / "b.txt").write_text(ARTICLE.replace("dam may fail", "old dam is about to fail"), "utf8")
    command = [sys.executable, "-m", "stemmata.cli", "compare", tmp_path / "a.txt", tmp_path / "b.txt"]
    with subprocess.Popen([*command, "--fail-on", fail_on], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout and run.stderr
        run.stdout.close()
        said = run.stderr.read().decode()
    assert (run.returncode, "Traceback" in said, "fails, as" in said) == (status, False, bool(status)), said


def test_texts_without_outlet_and_title_go_by_their_files(tmp_path: Path) -> None:
    with SAMPLE.open(encoding="utf8") as lines:
        for name, line in zip(("wire.txt", "copy.txt"), lines, strict=False):
            (tmp_path / name).write_text(json.loads(line)["text"], "utf8")
    path = tmp_path / "a.stemmata"
    assert stemmata("add", path, tmp_path / "wire.txt", tmp_path / "copy.txt").returncode == 0
    assert stemmata("collate", path).stdout.startswith("2 documents that name no outlet, 1 origin")
    ids = [r["id"] for r in rows(stemmata("documents", path))]
    drawn = stemmata("tree", path, ids[0]).stdout
    assert "wire.txt" in drawn and "copy.txt" in drawn
    assert [drawn.count(id) for id in ids] == [1, 1]


def test_a_case_of_an_earlier_schema_is_renewed_with_what_was_decided(tmp_path: Path) -> None:
    before, after = tmp_path / "before.stemmata", tmp_path / "after.stemmata"
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(ARTICLE, "utf-8")
    second.write_text("The board was never asked, according to Minister Reik.\n\nHe hopes for rain.", "utf-8")
    stemmata("add", before, first)
    stemmata("add", before, second, "--broad")
    stemmata("collate", before)
    stemmata("merge", before, "Ana Reyk", "Reik", "--why", "a slip", "--who", "Ida")
    stemmata("rename", before, "Ana Reyk", "Ana Maria Reyk", "--why", "her full name", "--who", "Ida")
    told = [(r["source"] and r["source"]["text"], r["actor_name"]) for r in rows(stemmata("statements", before))]
    with sqlite3.connect(before) as file:
        file.execute("PRAGMA user_version = 9")
        file.execute("DROP TABLE changes")
    refused = stemmata("collate", before)
    assert refused.returncode == 1 and f"stemmata renew {before} NEW" in refused.stderr.replace("\n", " ")
    for decided in ("2 decisions", "0 decisions"):  # and again: nothing comes twice
        done = stemmata("renew", before, after)
        assert done.returncode == 0 and decided in done.stdout, done.stderr
    stemmata("collate", after)
    assert [(r["source"] and r["source"]["text"], r["actor_name"]) for r in rows(stemmata("statements", after))] == told
    assert "Ana Maria Reyk" in {name for _, name in told}
    assert [r["who"] for r in rows(stemmata("log", after))] == ["Ida", "Ida"]
    assert {r["location"] for r in rows(stemmata("documents", after))} == {str(first), str(second)}
    for wrong in (first, tmp_path / "nothing.stemmata"):
        assert stemmata("renew", wrong, tmp_path / "c.stemmata").returncode == 1
        assert not (tmp_path / "c.stemmata").exists()
    assert "is the case itself" in stemmata("renew", after, after).stderr


def test_what_a_person_said_of_a_statement_is_in_every_list(tmp_path: Path) -> None:
    path, file = tmp_path / "news.stemmata", tmp_path / "a.txt"
    file.write_text(ARTICLE, "utf-8")
    stemmata("add", path, file)
    first, second = (r["id"] for r in rows(stemmata("statements", path)))
    stemmata("reject", path, "statement", first, "--why", "nobody said so", "--who", "Ida")
    assert {r["id"]: r["state"] for r in rows(stemmata("statements", path))} == {first: "rejected", second: "suggested"}
    (shown,) = rows(stemmata("show", path, rows(stemmata("documents", path))[0]["id"], "--json"))
    assert [r["state"] for r in shown["statements"]] == ["rejected", "suggested"]
