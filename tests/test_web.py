"""The local page over HTTP: who is let in, what is decided and undone, and what is refused."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from made_case import made_case
from served import KEY, Served, served
from stemmata import web
from stemmata.case import Case, judgements
from stemmata.case.verdicts import decisions
from stemmata.model import Document, Judgement, Run, StemmataError, subject

EDGE = subject("edge", "wire-1", "loud-1")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "news.stemmata"
    made_case(path)
    return path


@pytest.fixture(scope="module")
def page(case: Path) -> Iterator[Served]:
    with served(case) as one:
        yield one


@pytest.fixture
def actor(case: Path) -> str:
    with Case(case, create=False) as one:
        return str(one.value("SELECT id FROM actors WHERE name LIKE '%Reyk%'"))


def token(page: Served, address: str = "/log") -> str:
    found = re.search(r'name="token" value="(\w+)"', page.get(address).page)
    assert found
    return found.group(1)


EVERY = [
    "/",
    "/families",
    "/family?id=f1",
    "/family?id=f1&order=text&row=1&column=1",
    "/versions?parent=wire-1&child=loud-1",
    "/versions?parent=late-1&child=copy-1",
    "/article?id=wire-1",
    "/actors",
    "/claim?id=c1",
    "/search",
    "/search?q=dam&outlet=&act=assert",
    "/disputes",
    "/predictions",
    "/predictions?order=said&kind=promise&at=1",
    "/sides",
    "/sides?one=bloc+1&other=nobody",
    "/log",
    "/style.css",
    "/page.js",
]


@pytest.mark.parametrize("address", EVERY)
def test_every_page_answers_and_says_what_it_may_do(page: Served, address: str) -> None:
    got = page.get(address)
    assert got.status == 200
    assert "script-src 'self'" in got.headers["content-security-policy"]
    assert "unsafe" not in got.headers["content-security-policy"]
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["cache-control"] == "no-store"
    assert "server" not in got.headers


def test_every_link_of_every_page_leads_somewhere(page: Served) -> None:
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        got = page.get(address)
        assert got.status == 200, address
        for link in re.findall(r'href="(/[^"#]*)', got.page):
            waiting.append(link.replace("&amp;", "&"))
    assert len(seen) > 20


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/family?id=nothing", 404),
        ("/family", 404),
        ("/article?id=", 404),
        ("/article?id=" + quote("../../etc/passwd"), 404),
        ("/versions?parent=wire-1", 404),
        ("/actor?id=nobody", 404),
        ("/claim?id=" + "x" * 3_000, 404),
        ("/search?act=sing", 200),
        ("/search?q=" + quote('"' * 50 + "\x00 NEAR( *"), 200),
        ("/search?q=,,,", 200),
        ("/log?at=99999999999999999999", 200),
        ("/log?at=-1", 200),
        ("/families?at=500", 200),
        ("/predictions?order=x&kind=y&at=500", 200),
        ("/sides?one=%22%3E&other=", 200),
        ("/nowhere", 404),
        ("/static/../../../etc/passwd", 404),
        ("/templates/base.html", 404),
    ],
)
def test_what_there_is_not_is_said_plainly(page: Served, address: str, status: int) -> None:
    got = page.get(address)
    assert got.status == status
    assert "Traceback" not in got.page and "passwd:" not in got.page


@pytest.mark.parametrize(("q", "told"), [("act=sing", "is no act"), ("q=,,,", "nothing to search for")])
def test_a_search_that_is_none_is_told_beside_the_form(page: Served, q: str, told: str) -> None:
    shown = page.get(f"/search?{q}").page
    assert told in shown and 'role="search"' in shown


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(page: Served, method: str) -> None:
    assert page.ask(method, "/judge").status == 405


# Who is let in


def test_the_key_opens_the_page_once_and_stays_in_a_cookie(page: Served) -> None:
    got = page.get(f"/family?id=f1&key={KEY}", cookie="-")
    assert (got.status, got.headers["location"]) == (303, "/family?id=f1")
    assert re.fullmatch(rf"stemmata-{page.port}={KEY}; HttpOnly; Path=/; SameSite=strict", got.headers["set-cookie"])


@pytest.mark.parametrize("theirs", ['a={"x": 1}', "a=b c", "n@me=1", "a[b]=1", "bare"])
def test_what_other_pages_keep_in_cookies_locks_nobody_out(page: Served, theirs: str) -> None:
    assert page.get("/", cookie=f"{theirs}; stemmata-{page.port}={KEY}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "-"},
        {"cookie": "stemmata-1=x"},
        {"cookie": f"stemmata={KEY}"},
        {"cookie": "\x01;;=,"},
    ],
)
@pytest.mark.parametrize("address", ["/", "/log", "/style.css", "/?key=wrong", "/?key="])
def test_without_the_key_nothing_is_shown(page: Served, address: str, headers: dict[str, str]) -> None:
    got = page.get(address, **headers)
    assert got.status in (400, 403)
    assert "Ana Reyk" not in got.page


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "[::1]:{port}"]
)
def test_another_host_is_refused(page: Served, host: str) -> None:
    got = page.get("/", host=host.format(port=page.port))
    assert got.status in (400, 421)
    assert "Ana Reyk" not in got.page


def test_localhost_is_this_host(page: Served) -> None:
    assert page.get("/", host=f"localhost:{page.port}").status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "-", "https://127.0.0.1:{port}", "http://127.0.0.1:1"]
)
@pytest.mark.parametrize("address", ["/judge", "/undo", "/actor"])
def test_a_decision_from_another_page_is_refused(page: Served, case: Path, address: str, origin: str) -> None:
    before = _decided(case)
    form = {"token": token(page), "subject": EDGE, "kind": "reject", "back": "/"}
    assert page.post(address, form, origin=origin.format(port=page.port)).status == 403
    assert _decided(case) == before


@pytest.mark.parametrize("given", ["", "wrong", KEY, "ä"])
def test_a_decision_without_the_token_is_refused(page: Served, case: Path, given: str) -> None:
    before = _decided(case)
    assert page.post("/judge", {"token": given, "subject": EDGE, "kind": "reject"}).status == 403
    assert _decided(case) == before


def test_a_form_without_end_is_refused(page: Served) -> None:
    assert page.ask("POST", "/judge", b"why=" + b"x" * (web.FORM_LIMIT + 1)).status == 413


def _decided(path: Path) -> list[str]:
    with Case(path, create=False) as one:
        return [e.id for e in judgements.log(one)]


# Decisions


def test_a_change_is_rejected_shown_and_taken_back(page: Served, case: Path) -> None:
    back = "/family?id=f1#c-x"
    form = {"token": token(page), "subject": EDGE, "kind": "reject", "why": "the byline says so", "back": back}
    got = page.post("/judge", form)
    assert got.status == 303
    did = re.fullmatch(r"/family\?id=f1&did=(\w+)#c-x", got.headers["location"])
    assert did
    shown = page.get(got.headers["location"].partition("#")[0])
    assert "You rejected it." in shown.page and "rejected" in shown.page
    with Case(case, create=False) as one:
        logged = next(e for e in judgements.log(one) if e.id == did.group(1))
        assert (logged.judgement.who, logged.judgement.why) == ("Ida Holm", "the byline says so")
        assert decisions(one).states([EDGE]) == {EDGE: "rejected"}
    got = page.post("/undo", {"token": token(page), "id": did.group(1), "back": "/family?id=f1&did=" + did.group(1)})
    assert (got.status, got.headers["location"]) == (303, "/family?id=f1")
    with Case(case, create=False) as one:
        assert decisions(one).states([EDGE]) == {}
        assert next(e for e in judgements.log(one) if e.id == did.group(1)).undone_by == "Ida Holm"


def test_a_decision_is_about_what_its_page_is_about(tmp_path: Path) -> None:
    id = "b\u202eidi"
    with Case(path := tmp_path / "news.stemmata") as one:
        one.put(Document(id=id, text="The dam may fail."), [], Run(version="0", weights="w"))
    with served(path) as its:
        shown = its.get("/article?id=" + quote(id)).page
        about = unescape(re.findall(r'name="subject" value="([^"]*)"', shown)[0])
        form = {"token": token(its, "/article?id=" + quote(id)), "subject": about, "kind": "reject", "why": "read"}
        assert its.post("/judge", form).status == 303
        assert its.post("/judge", form | {"subject": subject("document", "bidi")}).status == 400
    with Case(path) as one:
        assert decisions(one).states([subject("document", id)]) == {subject("document", id): "rejected"}


def test_a_removal_is_told_where_an_address_names_it(tmp_path: Path) -> None:
    made_case(path := tmp_path / "news.stemmata")
    with Case(path) as one:
        gone = judgements.removal(one, "wire-1", who="Ida", why="retracted")
        judgements.judge(one, gone)
    with served(path) as its:
        got = its.get(f"/?did={gone.id}")
    assert got.status == 200 and "Taken out of the case." in got.page


@pytest.mark.parametrize(
    ("child", "parent", "told"),
    [
        ("late-1", "wire", None),  # the beginning of an id
        ("late-1", "nobody", "no document"),
        ("late-1", "", "no document"),
        ("late-1", "late-1", "cannot be made from itself"),
        ("wire-1", "late-1", "came out before"),
    ],
)
def test_a_parent_is_set_by_a_form_of_its_own(
    page: Served, case: Path, child: str, parent: str, told: str | None
) -> None:
    assert 'name="parent" list="versions-here"' in page.get("/family?id=f1").page
    form = {
        "token": token(page),
        "kind": "confirm",
        "child": child,
        "parent": parent,
        "why": "read",
        "back": "/family?id=f1",
    }
    got = page.post("/judge", form)
    if told:
        assert got.status == 400 and told in got.page
        return
    with Case(case, create=False) as one:
        assert decisions(one).of("edge")[("wire-1", child)] == "confirmed"
    page.post("/undo", {"token": token(page), "id": got.headers["location"].partition("did=")[2]})


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/family?id=f1&order=text#h-stemma", "/family?id=f1&order=text#h-stemma"),
        ("/family?id=gone&order=text#h-stemma", "/family?id=loud-1&order=text#h-stemma"),
        ("/versions?parent=wire-1&child=loud-1", "/versions?parent=wire-1&child=loud-1"),
    ],
)
def test_after_a_family_was_drawn_anew_a_decision_leads_to_the_one_that_its_version_is_in(
    case: Path, back: str, leads: str
) -> None:
    made = Judgement(kind="confirm", targets=(EDGE,), who="Ida", when="2031-01-01", why="read")
    with Case(case, create=False) as one:
        assert web.standing_at(one, back, made) == leads
        alone = replace(made, targets=(subject("edge", "wire-1", "reply-1"),))
        assert web.standing_at(one, "/family?id=gone", alone) == "/article?id=reply-1"


def test_a_note_is_kept_beside_the_thing(page: Served) -> None:
    about = subject("document", "wire-1")
    form = {
        "token": token(page),
        "subject": about,
        "kind": "note",
        "why": "<b>call</b> them",
        "back": "/article?id=wire-1",
    }
    assert page.post("/judge", form).status == 303
    assert "&lt;b&gt;call&lt;/b&gt; them" in page.get("/article?id=wire-1").page


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind": "note", "why": " "}, "empty note"),
        ({"why": " "}, "a reason is needed to reject"),
        ({"kind": "burn"}, "confirm, reject or note"),
        ({"subject": ""}, "nothing to reject"),
        ({"subject": '["edge"]'}, "nothing to reject"),
        ({"subject": '["edge", ["x"], "y"]'}, "nothing to reject"),
        ({"subject": '["claim", {"a": 1}]'}, "nothing to reject"),
        ({"subject": '["edge", null, "x"]'}, "nothing to reject"),
        ({"subject": '[["edge"], "x"]'}, "nothing to reject"),
    ],
)
def test_a_decision_that_is_none_is_told(page: Served, changed: dict[str, str], told: str) -> None:
    got = page.post("/judge", {"token": token(page), "subject": EDGE, "kind": "reject", **changed})
    assert got.status == 400
    assert told in got.page


def test_a_form_that_is_sent_twice_decides_once(page: Served, case: Path) -> None:
    before = len(_decided(case))
    form = {"token": token(page), "subject": EDGE, "kind": "confirm", "why": "twice"}
    first, second = (page.post("/judge", form).headers["location"] for _ in "12")
    assert first == second and len(_decided(case)) == before + 1
    page.post("/undo", {"token": token(page), "id": first.partition("did=")[2]})
    assert page.post("/judge", form).headers["location"] != first  # said again after it was taken back


def test_a_case_that_is_gone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gone.stemmata"
    made_case(path)
    with served(path) as page:
        path.rename(tmp_path / "moved.stemmata")
        got = page.get("/")
    assert got.status == 503 and "no case" in got.page


def test_undoing_what_does_not_stand_is_told(page: Served) -> None:
    for id in ("", "nothing"):
        assert page.post("/undo", {"token": token(page), "id": id}).status == 400


def test_an_actor_is_renamed_and_the_page_follows_it(page: Served, actor: str) -> None:
    form = {"token": token(page), "id": actor, "kind": "rename", "value": "Dr Ana Reyk", "why": "her title"}
    got = page.post("/actor", form)
    assert got.status == 303
    assert "<h1>Dr Ana Reyk</h1>" in page.get(got.headers["location"]).page
    did = got.headers["location"].rpartition("did=")[2]
    back = page.post("/undo", {"token": token(page), "id": did, "back": "/"})
    assert "<h1>Ana Reyk</h1>" in page.get(back.headers["location"]).page
    assert page.post("/actor", {**form, "kind": "burn"}).status == 400


def test_one_statement_is_taken_from_an_actor_on_its_page(page: Served, actor: str) -> None:
    shown = page.get(f"/actor?id={actor}").page
    chosen = re.search(r'<select name="statement" required><option value="(\w+)"', shown)
    assert chosen
    form = {"token": token(page), "id": actor, "kind": "split", "statement": chosen.group(1), "why": "another's"}
    got = page.post("/actor", form)
    made = page.get(got.headers["location"]).page
    assert got.status == 303 and actor not in got.headers["location"] and "1 statement:" in made
    assert page.post("/actor", form).status == 400  # it is that actor's no more
    did = got.headers["location"].rpartition("did=")[2]
    assert page.post("/undo", {"token": token(page), "id": did, "back": "/"}).headers["location"].endswith(actor)


def test_a_side_that_is_set_is_seen_among_the_sides_at_once(page: Served, actor: str) -> None:
    assert "set by an analyst" not in page.get("/sides").page
    form = {"token": token(page), "id": actor, "kind": "set-side", "value": "the valley", "why": "a member"}
    done = page.post("/actor", form)
    assert "the valley" in page.get("/sides").page and "set by an analyst" in page.get("/sides").page
    own = page.get(f"/actor?id={quote(actor)}").page
    assert "required" not in re.findall(r'<input name="value" value="the valley"[^>]*>', own)[0]  # "" takes it off
    id = done.headers["location"].partition("did=")[2]
    assert page.post("/undo", {"token": token(page), "id": id, "back": "/"}).status == 303
    assert "set by an analyst" not in page.get("/sides").page


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/family?id=f1&did=old#here", "/family?id=f1&did=new#here"),
        ("https://evil.example/", "/?did=new"),
        ("//evil.example/", "/?did=new"),
        ("/\\evil.example", "/?did=new"),
        ("http:evil", "/?did=new"),
        ("/x\r\nset-cookie: a=b", "/?did=new"),
        ("//[::1", "/?did=new"),
        ("", "/?did=new"),
        ("/a b?q=ä", "/a%20b?q=%C3%A4&did=new"),
    ],
)
def test_a_decision_leads_back_to_pages_of_ours_alone(back: str, leads: str) -> None:
    assert web.came_back(back, "new") == leads


def test_a_case_that_may_not_be_written_is_shown_without_forms(tmp_path: Path) -> None:
    path = tmp_path / "news.stemmata"
    made_case(path)
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("root may write to every file")
    with served(path) as page:
        assert "<form method" not in page.get("/family?id=f1").page


# Serving


def test_a_port_that_is_taken_gives_way_to_another() -> None:
    with web.listening(None) as first, web.listening(None) as second:
        assert first.getsockname()[0] == "127.0.0.1"
        assert first.getsockname()[1] != second.getsockname()[1]
        with pytest.raises(StemmataError, match="leave --port out"):
            web.listening(first.getsockname()[1])


def test_serve_tells_its_address_and_ends_with_ctrl_c(case: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "stemmata.cli", "serve", str(case), "--no-browser", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        told = running.stderr.readline()
        assert re.search(rf"news\.stemmata is at http://127\.0\.0\.1:{port}/\?key=\S{{32}}", told), told
        key = told.rpartition("key=")[2].strip()
        got = Served(port).get("/?" + urlencode({"key": key}), cookie="-")
        assert got.status == 303
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serve", "{dir}/nothing.stemmata"], "there is no case"),
        (["report", "{dir}/nothing.stemmata"], "there is no case"),
        (["report", "{case}", "-o", "{dir}"], "is a folder"),
        (["report", "{case}", "nothing", "-o", "{dir}/r.html"], "no single family"),
        (["report", "{case}", "-o", "{dir}/notes.html"], "--force"),
    ],
)
def test_a_wrong_command_is_told_in_one_line(case: Path, tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "notes.html").write_text("mine", "utf8")
    given = [a.format(dir=tmp_path, case=case) for a in arguments]
    done = subprocess.run([sys.executable, "-m", "stemmata.cli", *given], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert told in done.stderr and done.stderr.count("\n") == 1
    assert (tmp_path / "notes.html").read_text("utf8") == "mine"


def test_report_writes_one_file(case: Path, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "report.html"
    for _ in range(2):  # over its own report it may write
        command = [sys.executable, "-m", "stemmata.cli", "report", str(case), "f1", "-o", str(target)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert re.fullmatch(rf"{re.escape(str(target))}: \d+ kB\n", done.stdout)
    assert [p.name for p in target.parent.iterdir()] == ["report.html"]


def test_what_a_verb_decides_the_page_shows(page: Served, case: Path) -> None:
    def stemmata(*arguments: str) -> str:
        command = [sys.executable, "-m", "stemmata.cli", *arguments, "--who", "Bo Lund"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    stemmata("note", str(case), "document", "late-1", "--text", "call the desk")
    assert "call the desk" in page.get("/article?id=late-1").page
    stemmata("reject", str(case), "edge", "loud-1", "late-1", "--why", "the dates")
    assert "rejected" in page.get("/versions?parent=loud-1&child=late-1").page
    stemmata("undo", str(case))
    assert "✕" not in page.get("/family?id=f1").page
