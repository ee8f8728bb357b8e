"""Whatever holds articles is read, or refused with a reason. Every text and outlet here is invented."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemmata.model import Document, Refusal, StemmataError, content_id
from stemmata.read import Limits, document_from_text, documents, language

DAM = "The dam above Karsk may fail within a week, engineers said on Monday."
WALL = "“We have told the ministry twice,” said Ana Reyk, who inspects the wall."
PAGE = (
    '<html><head><title>Dam may fail | Sarn Post</title><meta property="og:site_name" content="Sarn Post">'
    '<meta name="author" content="Ana Reyk">'
    '<meta property="article:published_time" content="2024-03-04T10:20:30+01:00">'
    "</head><body><nav><a href='/'>Home</a> <a href='/x'>Sport</a></nav><article><h1>Dam may fail</h1>"
    f"<p>{DAM}</p><p>{WALL}</p><h2>What now</h2><ul><li>Sand is on its way to the wall.</li></ul>"
    "</article><footer>All rights reserved</footer></body></html>"
)


def read(*sources: str | os.PathLike[str], **options: Any) -> tuple[list[Document], list[Refusal]]:
    items = list(documents(sources, **options))
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Refusal)]


def only(*sources: str | os.PathLike[str], **options: Any) -> Document:
    found, refused = read(*sources, **options)
    assert refused == []
    (document,) = found
    return document


def reason(*sources: str | os.PathLike[str], **options: Any) -> str:
    found, refused = read(*sources, **options)
    assert found == []
    (refusal,) = refused
    assert refusal.step == "read"
    assert not refusal.kept
    assert "\n" not in refusal.reason
    return refusal.reason


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put


Put = Callable[[str, str | bytes], Path]

# The document itself


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("cafe\u0301", "café"),
        ("  two  spaces \t\n\n\n", "  two  spaces \t\n\n\n"),
        ("½ ﬁ “x”\u00a0…", "½ ﬁ “x”\u00a0…"),
    ],
)
def test_text_is_as_read_but_for_line_ends_and_nfc(given: str, kept: str) -> None:
    assert document_from_text(given).text == kept


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_a_text_read_again_is_the_same(text: str) -> None:
    if re.search(r"\w", text):
        once = document_from_text(text)
        assert document_from_text(once.text) == once


def test_an_id_is_given_or_of_the_url_or_of_the_text() -> None:
    assert document_from_text(DAM, id="a1", url="https://sarn.example/1").id == "a1"
    assert document_from_text(DAM, url="https://sarn.example/1").id == content_id("url", "https://sarn.example/1")
    assert document_from_text(DAM + "\r\n").id == content_id("text", DAM + "\n")
    told = [(outlet, day) for outlet in (None, "Sarn Post", "The Bugle") for day in (None, "2031-01-01")]
    assert len({document_from_text(DAM, outlet=outlet, published=day).id for outlet, day in told}) == 6


def test_a_document_has_its_credits_and_language() -> None:
    document = document_from_text(f"KARSK (Sarn Wire) — {DAM}", title=" Dam\n may  fail ", outlet="", lang="EN-gb")
    assert [c.name for c in document.credits] == ["Sarn Wire"]
    assert (document.title, document.outlet, document.lang) == ("Dam may fail", None, "en")
    assert document_from_text(f"{DAM} {WALL}", lang="English").lang == "en"


@pytest.mark.parametrize(
    ("text", "about", "says"),
    [
        (" \n", {}, "no text"),
        ("\u200b\ufeff…", {}, "no text"),
        ("a\ud800b", {}, "U+D800 at character 1"),
        ("a\0b", {}, "NUL"),
        (DAM, {"title": "\udfff"}, "title"),
        (DAM, {"published": "on Monday"}, "“on Monday”"),
        (DAM, {"published": "0001-01-01T00:00:00+05:00"}, "“0001-01-01T00:00:00+05:00”"),
        (DAM, {"outlet": 7}, "outlet is to be a str, not int"),
        (None, {}, "text is to be a str"),
    ],
)
def test_what_cannot_be_a_document_is_a_callers_mistake(text: str, about: dict[str, Any], says: str) -> None:
    with pytest.raises(StemmataError, match=r"^[^\n]+$") as raised:
        document_from_text(text, **about)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{DAM} {WALL}", "en"),
        (f"{DAM} {WALL}".upper(), "en"),
        (
            "Thimrang told Osmagarh on Monday that Bhalwan, Dhansi and Kelur had been cut off by the Nilgah floods.",
            "en",
        ),
        ("Der Staudamm über Karsk könnte noch in dieser Woche brechen, sagte die Ingenieurin am Montag.", "de"),
        ("Le barrage pourrait céder cette semaine, a déclaré lundi une ingénieure qui accuse le ministère.", "fr"),
        ("Плотина может рухнуть на этой неделе, заявила в понедельник инженер, которая писала в министерство.", "ru"),
        ("大坝可能在本周内崩溃,工程师周一表示,她两次写信给该部,但没有得到答复。", "zh"),
        ("Dammbruch in Karsk", None),
        ("Thimrang Osmagarh Bhalwan Dhansi Kelur Nilgah Torkhun Sonavati Drenovia Lug Tirvana Karsk Zhurvania", None),
        ("7 8 9 10 11 12 13 14 15 16 17 18 19 20", None),
        ("قالت مديرة الميناء مارا كويست للصحفيين يوم الثلاثاء إن جسر الميناء يجب أن يغلق قبل الشتاء القادم", "ar"),
        ("", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language(text) == code


# Files


def test_a_text_file(put: Put) -> None:
    path = put("dam.txt", codecs.BOM_UTF8 + f"{DAM}\r\n".encode())
    at = datetime(2033, 10, 10, 15, 45, 3, 9, tzinfo=timezone(timedelta(hours=2)))
    document = only(path, now=lambda: at)
    assert document.text == DAM + "\n"
    assert document.evidence
    assert document.evidence.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.evidence.location == str(path)
    assert document.evidence.read_at == "2033-10-10T13:45:03Z"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_a_byte_order_mark_tells_the_encoding(put: Put, name: str, encoding: str) -> None:
    line = "Ana said: “Ċ Ͻ ਊ — ок”. The dam may fail."  # U+010A and U+0A0A hold the byte of a line end
    content = {"a.txt": line, "a.jsonl": json.dumps({"text": line}, ensure_ascii=False), "a.csv": f'text\r\n"{line}"'}
    found, refused = read(put(name, (content[name] + "\r\n" + content[name].removeprefix("text\r\n")).encode(encoding)))
    assert refused == []
    assert {d.text for d in found} == ({f"{line}\n{line}"} if name == "a.txt" else {line})
    assert len(found) == (1 if name == "a.txt" else 2)


MARKED = "Ana Peréz said the dam “may fail” within a year — nobody’s looked. Sand is on its way to the wall, she said."
WINDOWS = "read as Windows-1252, which nothing in it says (Peréz)"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", MARKED),
        ("a.html", f"<html><body><article><p>{MARKED}</p></article></body></html>"),
        ("a.html", f"<html><head><meta charset=utf-8></head><body><article><p>{MARKED}</p></article></body></html>"),
        ("a.csv", f'outlet;text\r\nSarn Post;"{MARKED}"'),
        ("a.jsonl", json.dumps({"text": MARKED}, ensure_ascii=False)),
    ],
)
def test_the_letters_of_windows_are_read_where_they_are_sure(put: Put, name: str, content: str) -> None:
    (document,), (refusal,) = read(put(name, content.encode("cp1252")))
    assert document.text == MARKED
    assert (refusal.kept, refusal.reason) == (True, WINDOWS)


@pytest.mark.parametrize("encoding", ["cp1250", "cp1257", "mac_roman", "cp850", "cp1251"])
@pytest.mark.parametrize("text", ["Ana Perič said so.", "the café — open", "“Nič,” said Ana Novák", "Плотина стоит"])
def test_letters_that_may_be_others_are_never_guessed(put: Put, encoding: str, text: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return
    found, refused = read(put("a.txt", data))
    assert [d.text for d in found] in ([], [text]) and len(refused) == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(put: Put, encoding: str) -> None:
    assert only(put("a.txt", MARKED.encode(encoding))).text == MARKED


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n ", "empty"),
        ("a.txt", b"dam\0fail", "NUL byte at byte 3"),
        ("a.txt", b"caf\x8e and \x8et\x8e", "3 bytes are not UTF-8 (first at byte 3): save it as UTF-8"),
        ("a.txt", "Møller said".encode("cp1252"), "“Møller” in Windows-1252 or “Mřller” in Windows-1250: save"),
        ("a.txt", codecs.BOM_UTF8 + b"dam \xff", "1 byte is not UTF-8 (first at byte 7)"),
        ("a.txt", codecs.BOM_UTF16_LE + b"d\0\0\xd8", "not UTF-16-LE"),
        ("a.html", b"", "empty"),
        ("a.html", b"<p>dam\0", "NUL byte"),
        ("a.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
        ("a.html", b"just a few words", "no article"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.csv", b"", "empty"),
        (
            "a.csv",
            b"headline;story\nx;y",
            "no column “text” or “url” in the first line (its columns: “headline”, “story”)",
        ),
        ("a.pdf", b"%PDF-1.7 dam", "a PDF is not read"),
        ("a.docx", b"PK\3\4dam", "a zip file"),
        ("a.txt", b"%PDF-1.7 dam", "a PDF is not read"),
        ("a.html", b"PK\3\4\0dam", "a zip file"),
        ("a.txt", b"{\\rtf1 dam}", "an RTF file"),
        ("a.rtf", b"{\\rtf1 dam}", "an RTF file"),
        ("a.dat", b"\xff\xfe\xfd\xfc\n\xd8\xd8", "not UTF-16-LE"),
        ("a.csv", b"link\nhttps://sarn.example/1", "no column “text” or “url”"),  # nothing is fetched unasked
        ("a.csv", b"body,content\nx,y", "“body” and “content” may each be its “text”: call one of them so"),
        ("a.csv", b"text,outlet\n\n,\n", "a table without rows"),
        ("a.csv", b"text,outlet,outlet\nx,y,z", "“outlet” stands in it twice"),
        ("a.csv", b"text,outlet\rx,y\rz,y", "CR alone"),
        ("a.jsonl", b'{\n "text": "dam"\n}', "JSON, but not one object a line"),
        ("a.eml", b"From: Ana <ana@sarn.example>\nSubject: Dam\n\nThe dam may fail.", "an e-mail is not read"),
        ("a.warc", b"WARC/1.0\r\n", "a web archive (WARC)"),
        ("a.html", b'<?xml version="1.0"?>\n<rss version="2.0"><channel><item>x</item>', "a feed, not an article"),
        ("a.xml", b'<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>', "a feed, not an article"),
        ("a.parquet", b"PAR1\x15", "a Parquet file is not read: save its table as .jsonl or .csv"),
        ("a.gz", b"\x1f\x8b\x08", "a damaged gzip file (it ends too early)"),
        ("a.jsonl.gz", b"\x1f\x8b\x07 dam fails", "a damaged gzip file (“Unknown compression method”)"),
        (
            "a.txt.gz",
            gzip.compress(DAM.encode(), mtime=0)[:40],
            "a damaged gzip file (it ends too early): fetch it again",
        ),
        ("a.tar.gz", gzip.compress(b"a.txt\0\0\0", mtime=0), "NUL byte"),
        ("a.pdf.gz", gzip.compress(b"%PDF-1.7 dam", mtime=0), "a PDF is not read"),
        ("a.json", b'{\n "text": "dam"\n}', "JSON, but not one object a line"),
        ("a.json", b'[{"text": "dam"}]', "JSON, but not one object a line"),
    ],
)
def test_files_that_are_refused(put: Put, name: str, content: bytes, says: str) -> None:
    assert says in reason(put(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dam", DAM),
        ("dam.md", f"\n\n{DAM}"),
        ("dam.php", f"\n{PAGE}"),
        ("page.txt", PAGE),
        ("dam.json", json.dumps({"text": DAM})),
        ("UPPER.TXT", DAM),
    ],
)
def test_a_file_of_another_ending_is_read_for_what_it_holds(put: Put, name: str, content: str) -> None:
    assert DAM in only(put(name, content)).text
    assert "<p>" not in only(put(name, content)).text


@pytest.mark.parametrize(("name", "limit"), [("a.txt", "40 bytes"), ("b.txt", "11 characters"), ("a.html", "30 bytes")])
def test_what_is_too_large_is_not_read(put: Put, name: str, limit: str) -> None:
    put("a.txt", "x" * 41), put("b.txt", "x" * 11)
    path = put("a.html", PAGE).parent / name
    says = reason(path, limits=Limits(max_chars=10, max_page_bytes=30))
    assert limit in says


def test_paths_that_cannot_be_read(tmp_path: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    put("locked.txt", DAM)
    opened = Path.open

    def locked(path: Path, *args: Any) -> Any:  # tests may run as root, who may read everything
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args)

    monkeypatch.setattr(Path, "open", locked)
    assert reason(tmp_path / "gone.txt") == "no such file or folder"
    assert reason(tmp_path / "broken.txt") == "a broken link"
    assert "symbolic links" in reason(tmp_path / "loop.txt")
    assert "not a file" in reason(tmp_path / "pipe.txt")
    assert "permission denied" in reason(tmp_path / "locked.txt")
    assert "not a file" in reason("/dev/null")
    assert "cannot be read" in reason("a\0b.txt")
    assert "cannot be read" in reason("a\ud800.txt")


# Packed files


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt.gz", DAM),
        ("a.md.GZ", f"*{DAM}*"),
        ("a.html.gz", PAGE),
        ("a.jsonl.gz", json.dumps({"text": DAM})),
        ("a.csv.gz", f'text\n"{DAM}"\n'),
        ("dam.gz", DAM),
        ("dam.jsonl", json.dumps({"text": DAM})),  # whatever it is called
    ],
)
def test_a_packed_file_is_read_as_what_is_in_it(put: Put, name: str, content: str) -> None:
    document = only(put(name, gzip.compress(content.encode())))
    assert document.text.startswith(DAM)
    line = "" if not re.search("jsonl|csv", name) else "#2" if "csv" in name else "#1"
    assert document.evidence and document.evidence.location.endswith(name + line)


def test_packed_files_of_a_folder_are_read_and_others_left(tmp_path: Path, put: Put) -> None:
    put("in/a.txt.gz", gzip.compress(DAM.encode())), put("in/b.tar.gz", b"\0")
    (document,), (refusal,) = read(tmp_path / "in")
    assert (document.text, refusal.reason) == (DAM, "1 file of another kind (.gz) was left")
    assert len(read(f"{tmp_path}/in/*")[0]) == 1


def test_what_was_whole_of_a_damaged_packed_file_is_read(put: Put) -> None:
    lines = "".join(json.dumps({"text": f"{DAM} {hashlib.sha256(bytes([n])).hexdigest()}"}) + "\n" for n in range(250))
    packed = gzip.compress(lines.encode())
    found, (refusal,) = read(put("a.jsonl.gz", packed[:-2_000]))
    assert 100 < len(found) < 250 and refusal.reason.startswith("a damaged gzip file") and not refusal.kept
    packed = gzip.compress(b"text\n" + b"the dam may fail, she said\n" * 9 + b'"' + os.urandom(300).hex().encode())
    found, refused = read(put("a.csv.gz", packed[:-200]))
    assert not any("the dam" not in d.text for d in found) and "a damaged gzip file" in refused[0].reason


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz", "a.txt.gz"])
def test_a_packed_file_that_unpacks_out_of_all_measure_is_not_read_on(put: Put, name: str) -> None:
    lines = b"text\n" if "csv" in name else b""
    path = put(name, gzip.compress(lines + b"\n" * 2_000_000))
    found, refused = read(path, limits=Limits(max_chars=1_000))
    assert not found and re.search("unpacks to more than any text|larger than 4,000 bytes", refused[0].reason)


# Markdown


@pytest.mark.parametrize(
    ("marked", "text", "title"),
    [
        (f"# Dam may *fail*\n\n{DAM}", DAM, "Dam may fail"),
        (f"{DAM}\n\n## What now\n{WALL}", f"{DAM}\n\nWhat now\n\n{WALL}", None),
        ("**Ana Reyk** was *considering* a_b_c, __twice__.", "Ana Reyk was considering a_b_c, twice.", None),
        ('said [Ana Reyk](https://karsk.example/a_b "x"), head of it', "said Ana Reyk, head of it", None),
        ("“We have been [told](https://x.example/a),” he said.", "“We have been told,” he said.", None),
        ("- **Ana Reyk** said so\n- “It is old,”\n  she said", "Ana Reyk said so\n\n“It is old,” she said", None),
        ("> “It may fail,” Reyk said.\n>\n> Nobody spoke.", "“It may fail,” Reyk said.\n\nNobody spoke.", None),
        ("1. Reyk spoke.\n2. Fenn left.", "Reyk spoke.\n\nFenn left.", None),
        ("1984. It was a wet year.", "1984. It was a wet year.", None),
        ("    Indented, Reyk said.\n\n---\n\nIt fell 5 \\* 3.", "Indented, Reyk said.\n\nIt fell 5 * 3.", None),
        ("| who | says |\n|---|---|\n| Reyk | it may |", "who says\n\nReyk it may", None),
        ("~~Old words~~ New &amp; true<br>line <!-- no --> ![the dam](a.png)", "New & true\nline", None),
        ("---\ntitle: x\ndate: 2021-05-04\n---\nIt may fail, Reyk said.", "It may fail, Reyk said.", "x"),
        ("<style>p {}</style>\n\nIt fell.\n\n<script>\nread(1)\n</script>", "It fell.", None),
        ("<div>\nIt may fail, <b>Reyk</b> said.\n</div>", "It may fail, Reyk said.", None),
        ("It may fail, Reyk said.\n\n<div>\n" + "<!-- " * 50_000, "It may fail, Reyk said.", None),  # in linear time
    ],
)
def test_markdown_is_read_without_its_marks(marked: str, text: str, title: str | None, put: Put) -> None:
    found = only(str(put("a.md", marked)))
    assert (found.text, found.title) == (text, title)


FRONT = """---
title: "Minister vows \\"revenge\\""
outlet: Casden Tribune  # of Casden
source: Vardan Wire
date: 2026-05-03 13:40:00 +0200
author: 'Ida O''Holm'
url: https://casden.example/1
{more}---

# Minister vows "revenge"

Ana Reyk said so.
"""


def test_front_matter_of_markdown_tells_outlet_time_and_author(put: Put) -> None:
    (found,), refused = read(str(put("a.md", FRONT.replace("source: Vardan Wire\n", "").format(more=""))))
    assert (found.text, found.title, found.outlet) == ("Ana Reyk said so.", 'Minister vows "revenge"', "Casden Tribune")
    assert (found.published, found.author) == ("2026-05-03T11:40:00Z", "Ida O'Holm")
    assert found.url == "https://casden.example/1" and not refused


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", "“source”"),  # there is an outlet
        ("layout: post\n", "“layout”, “source”"),
        ("tags:\n  - war\n  - grain\n", "“tags”, “source”"),
        ("lang: [en]\nmap: {{a: 1}}\n", "“lang”, “map”, “source”"),
        ("title: Another\n", "“title”, “source”"),  # twice: the first stands
        ("draft:\nid: ~\n", "“source”"),  # says nothing
    ],
)
def test_what_of_front_matter_is_not_used_is_told(more: str, told: str, put: Put) -> None:
    (found,), (remark,) = read(str(put("a.md", FRONT.format(more=more))))
    assert (found.title, found.outlet) == ('Minister vows "revenge"', "Casden Tribune")
    assert remark.kept and re.fullmatch(r"of its front matter this is not used: (.+)", remark.reason)
    assert set(remark.reason.partition(": ")[2].split(", ")) == set(told.split(", "))


def test_front_matter_of_a_plain_text_is_read_alike_where_it_tells_of_the_article(put: Put) -> None:
    (found,), refused = read(str(put("a.txt", FRONT.replace("source: Vardan Wire\n", "").format(more=""))))
    assert (found.outlet, found.published, found.author) == ("Casden Tribune", "2026-05-03T11:40:00Z", "Ida O'Holm")
    assert found.title == 'Minister vows "revenge"' and not refused
    assert found.text == '# Minister vows "revenge"\n\nAna Reyk said so.\n'  # its marks are its own


@pytest.mark.parametrize(
    "text",
    [
        "---\nReyk: it may fail.\n---\nShe left.",
        "---\n\nReyk: it may fail.\n\n---\nShe left.",
        "A.\n---\ntitle: t\n---\nB.",
    ],
)
def test_rules_in_a_plain_text_are_its_own(text: str, put: Put) -> None:
    assert only(str(put("a.txt", text))).text == text


@pytest.mark.parametrize(
    ("front", "told"),
    [
        (
            "---\ntitle: It fell\n\n# from the wire\ndate: 2021-05-04\nsource: Wire\n---\n",
            ("It fell", "2021-05-04", "Wire"),
        ),
        ("\n---\ntitle: It fell\n...\n", ("It fell", None, None)),
        ("---\nPublish Date: 2021-05-04\n---\n", (None, "2021-05-04", None)),
        ('---\ntitle: "Caf\\u00e9 \\"Orva\\""\n---\n', ('Café "Orva"', None, None)),
    ],
)
def test_front_matter_as_people_write_it(front: str, told: tuple[str | None, ...], put: Put) -> None:
    found = only(str(put("a.md", f"{front}\nIt fell, Reyk said.\n")))
    assert (found.text, found.title, found.published, found.outlet) == ("It fell, Reyk said.", *told)


def test_front_matter_without_an_outlet_may_name_its_site_or_source(put: Put) -> None:
    for name in ("site", "source", "Outlet"):
        assert (
            only(str(put("a.md", f"---\n{name}: Casden Tribune\n---\nAna Reyk said so.\n"))).outlet == "Casden Tribune"
        )


def test_a_date_or_address_of_front_matter_that_is_none_is_told(put: Put) -> None:
    (found,), told = read(str(put("a.md", "---\ndate: 3 May\nurl: /news/1\n---\n# One\n\nAna Reyk said so.\n")))
    assert (found.published, found.url, found.title) == (None, None, "One")
    assert [r.reason for r in told] == [
        "of its front matter this is not used: “url”",
        "read without its date: “3 May” is no date (write 2033-10-10 or 2033-10-10T13:45:00Z)",
    ]


def test_a_headline_that_is_not_the_title_is_told(put: Put) -> None:
    (found,), (remark,) = read(str(put("a.md", "---\ntitle: The vow\n---\n# One\n\nAna Reyk said so.\n")))
    assert found.title == "The vow"
    assert remark.reason == "its headline is “One”, and its title that of its front matter"


def test_a_front_without_end_is_read_in_time_that_grows_with_it(put: Put) -> None:
    only(str(put("a.md", "---\n" + "-a: b\n\n" * 2_000)))


def test_a_rule_above_an_article_is_no_front_matter(put: Put) -> None:
    found = only(str(put("a.md", "---\n\nAna Reyk: it may fail.\n\n---\n\nShe left.\n")))
    assert found.text == "Ana Reyk: it may fail.\n\nShe left."


def test_markdown_is_known_by_its_ending_alone(tmp_path: Path, put: Put) -> None:
    put("in/a.md", "- *Reyk* said so")
    put("in/b.txt", "- *Reyk* said so")
    put("in/c.MARKDOWN", "- *Reyk* said so")
    assert [d.text for d in read(tmp_path / "in")[0]] == ["Reyk said so", "- *Reyk* said so", "Reyk said so"]
    assert reason(str(put("d.md", "# *\n\n---\n"))) == "“text” is empty"


# Folders and globs


@pytest.fixture
def desk(tmp_path: Path, put: Put) -> Path:
    for name in ("b.txt", "a/z.txt", "a/deep/er/y.txt", "c.jsonl", ".hidden.txt", ".git/x.txt", "a/.x/x.txt"):
        put(f"desk/{name}", json.dumps({"text": name}) if name.endswith("jsonl") else name)
    for name in ("p.pdf", "a/q.PDF", "notes.docx", "README"):
        put(f"desk/{name}", b"\0")
    return tmp_path / "desk"


def test_a_folder_is_read_in_order_and_what_is_left_is_counted(desk: Path) -> None:
    found, refused = read(desk)
    assert [d.text for d in found] == ["a/deep/er/y.txt", "a/z.txt", "b.txt", "c.jsonl"]
    assert [(r.location, r.reason) for r in refused] == [
        (str(desk), "4 files of other kinds (.pdf, .docx, no ending) were left")
    ]


def test_a_folder_without_articles(tmp_path: Path) -> None:
    assert reason(tmp_path) == "no articles in this folder"


def test_links_to_folders_are_followed_once(desk: Path) -> None:
    (desk / "a" / "up").symlink_to(desk)
    (desk / "z").symlink_to(desk / "a")
    found, refused = read(desk)
    assert len(found) == 4
    assert [(Path(r.location).name, "not read twice" in r.reason) for r in refused[:-1]] == [("up", True), ("z", True)]


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("*.txt", ["b.txt"]),
        ("**/*.txt", ["a/deep/er/y.txt", "a/z.txt", "b.txt"]),
        ("[bc].*", ["b.txt", "c.jsonl"]),
        ("a*", ["a/deep/er/y.txt", "a/z.txt"]),
        ("**", ["a/deep/er/y.txt", "a/z.txt", "b.txt", "c.jsonl"]),
    ],
)
def test_globs(desk: Path, pattern: str, texts: list[str]) -> None:
    assert [d.text for d in read(f"{desk}/{pattern}")[0]] == texts


def test_a_glob_that_matches_nothing(desk: Path) -> None:
    assert reason(f"{desk}/*.htm") == "no file matches this pattern"
    assert "4 files of other kinds" in read(f"{desk}/**")[1][0].reason


def test_a_name_with_brackets_is_a_file_where_there_is_one(put: Put) -> None:
    assert only(str(put("dam [1].txt", DAM))).text == DAM


# HTML


def test_a_page(put: Put) -> None:
    document = only(put("dam.html", PAGE))
    assert document.text == f"{DAM}\n\n{WALL}\n\nWhat now\n\nSand is on its way to the wall."
    assert (document.title, document.author, document.outlet) == ("Dam may fail", "Ana Reyk", "Sarn Post")
    assert document.published == "2024-03-04T09:20:30Z"
    assert document.url is None


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        ("<meta charset='UTF-8'>", "utf-8"),
        ("<meta charset=zlib>", "utf-8"),
        ("", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_a_page_may_say_its_encoding(put: Put, head: str, encoding: str) -> None:
    quoted = f"{WALL} {DAM} Наша плотина." if encoding == "cp1251" else f"{WALL} {DAM}"
    page = f"<html><head>{head}</head><body><article><p>{quoted}</p></article></body></html>"
    assert only(put("a.html", page.encode(encoding))).text == quoted


@pytest.mark.parametrize("said", ["iso-8859-1", "windows-1251", "koi8-r"])
def test_a_page_saved_as_utf_8_may_say_its_old_encoding(put: Put, said: str) -> None:
    page = f"<html><head><meta charset={said}></head><body><article><p>{WALL} {DAM} The café too.</p></article></body>"
    assert only(put("a.html", page.encode())).text == f"{WALL} {DAM} The café too."


@pytest.mark.parametrize("place", ["aside", "footer", 'div class="comments"'])
def test_the_date_of_another_article_is_not_taken(put: Put, place: str) -> None:
    other = f'<{place}><a href="/x">Most read</a> <time datetime="2017-03-04">4 March 2017</time></{place.split()[0]}>'
    page = f"<html><body><article><p>{DAM} {WALL}</p></article>{other}</body></html>"
    assert only(put("a.html", page)).published is None


def dated(put: Put, head: str, body: str = "") -> tuple[str | None, list[Refusal]]:
    page = f"<html><head><title>Dam may fail | Sarn</title>{head}</head><body><article><h1>Dam may fail</h1>"
    (document,), refused = read(put("a.html", f"{page}<p>{DAM}</p><p>{WALL}</p>{body}</article></body></html>"))
    return document.published, refused


META = '<meta property="article:published_time" content="{}">'
LINKED = '<script type="application/ld+json">{}</script>'
OWN = '{"@type": "NewsArticle", "headline": "Dam may fail", "datePublished": "2019-10-10T18:00:00Z"}'
OTHER = '{"@type": "NewsArticle", "headline": "Wall holds", "datePublished": "2019-10-10T01:00:00Z"}'
UNNAMED = '{"datePublished": "2019-10-10T01:00:00Z"}'


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (LINKED.format(f"[{OTHER}, {OWN}]"), "2019-10-10T18:00:00Z"),
        (LINKED.format(f'{{"related": [{UNNAMED}]}}') + LINKED.format(OWN), "2019-10-10T18:00:00Z"),
        (LINKED.format(OWN) + META.format("2019-10-10T17:00:00Z"), "2019-10-10T17:00:00Z"),
        (LINKED.format(OWN) + META.format("2019-10-10"), "2019-10-10T18:00:00Z"),
        (LINKED.format(OTHER) + '<meta name="date" content="2019-10-10">', "2019-10-10"),
        (META.format("2019-10-10T17:00:00Z") + META.format("2019-10-10T19:00:00Z"), "2019-10-10"),
        (META.format("0001-01-01T00:00:00"), None),
        (META.format("2033-10-10T17:00:00Z") + LINKED.format(OWN), "2019-10-10T18:00:00Z"),
    ],
    ids=range(8),
)
def test_a_page_is_of_its_own_time(put: Put, head: str, published: str | None) -> None:
    assert dated(put, head) == (published, [])


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ('<meta name="date" content="05/04/2019">', "", None),
        ('<meta name="date" content="05/04/2019">', "<p>Sarn, 5 April 2019.</p>", "2019-04-05"),
        ('<meta name="date" content="25/04/2019">', "", "2019-04-25"),
        ('<meta name="date" content="2019-04-09">', "", "2019-04-09"),
        ('<meta name="date" content="2019-04-25T14:00:00Z">', "", "2019-04-25T14:00:00Z"),
        ('<meta name="dc.date" content="2019-04-25 14:00:00+02:00">', "", "2019-04-25T12:00:00Z"),
        (
            '<meta name="date" content="2019-04-25"><meta name="dateModified" content="2019-04-25T20:00Z">',
            "",
            "2019-04-25",
        ),
        ('<meta name="date" content="2019-04-05"><meta name="also" content="05/04/2019">', "", "2019-04-05"),
    ],
)
def test_a_day_that_may_be_two_is_none(put: Put, head: str, body: str, published: str | None) -> None:
    day, refused = dated(put, head, body)
    assert day == published
    assert [("05/04/2019" in r.reason, r.kept) for r in refused] == [(True, True)] * (published is None)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="date" content="2033-04-02">', ""),
        ('<meta name="parsely-pub-date" content="2033-04-02T10:00:00Z">', ""),
        (LINKED.format('{"datePublished": "2033-04-02T10:00:00Z"}'), ""),
        ("", '<time datetime="2033-04-02">2 April</time>'),
    ],
)
def test_a_day_to_come_that_is_only_found_on_a_page_is_left_out_and_said(put: Put, head: str, body: str) -> None:
    day, refused = dated(put, head, body)
    assert day is None
    assert [(r.reason[:47], r.kept) for r in refused] == [("read without its date: 2033-04-02 has not come ", True)]


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (META.format("2033-04-02T10:00:00Z"), "", "2033-04-02T10:00:00Z"),
        (META.format("2033-04-02"), "", "2033-04-02"),
        (LINKED.format(OWN.replace("2019-10-10T18", "2033-04-02T10")), "", "2033-04-02T10:00:00Z"),
        (META.format("2033-04-02T10:00:00Z"), '<div class="date">5 May 2019</div>', "2033-04-02T10:00:00Z"),
    ],
)
def test_a_day_to_come_that_a_page_states_is_its_own(put: Put, head: str, body: str, published: str | None) -> None:
    found, (remark,) = dated(put, head, body)
    assert (found, remark.reason) == (published, f"its date has not come yet ({published}), and is kept")


def test_several_days_to_come_are_none(put: Put) -> None:
    day, (refused,) = dated(put, META.format("2033-04-02") + META.format("2033-04-05"))
    assert day is None and "several" in refused.reason


def test_what_lies_ahead_is_read_the_same_in_every_form(put: Put) -> None:
    day = "2033-04-02T10:00:00Z"
    page = f"<html><head>{META.format(day)}</head><body><h1>Dam may fail</h1><p>{DAM}</p><p>{WALL}</p></body></html>"
    forms = {
        "a.html": page,
        "a.jsonl": json.dumps({"text": DAM, "published": day}),
        "a.txt": f"---\npublished: {day}\n---\n{DAM}",
    }
    assert {read(put(name, text))[0][0].published for name, text in forms.items()} == {day}


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<p>On 2019-03-04 the dam broke for the first time, as the board wrote.</p>"),
        (LINKED.format(OTHER), ""),
    ],
    ids=("told", "of another"),
)
def test_a_date_that_is_not_the_pages_own_is_not_taken(put: Put, head: str, body: str) -> None:
    assert dated(put, head, body) == (None, [])


def article_of(**about: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Dam may fail", **about}


WIRE, IDA = {"@type": "NewsMediaOrganization", "name": "Orva Wire"}, {"@type": "Person", "name": "Ida Holm"}
ELSEWHERE = {
    **article_of(publisher={"name": "The Other Paper of Tessbury"}, author={"@type": "Person", "name": "Lio Vant"}),
    "headline": "Wall holds",
}


@pytest.mark.parametrize(
    ("linked", "outlet", "author"),
    [
        (article_of(publisher=WIRE, author=IDA), "Orva Wire", "Ida Holm"),
        (article_of(publisher="Orva Wire", author="Ida Holm"), "Orva Wire", "Ida Holm"),
        (article_of(publisher=[WIRE], author=[IDA, {"name": "Bo Lund"}]), "Orva Wire", "Ida Holm; Bo Lund"),
        (article_of(publisher=WIRE, author=WIRE), "Orva Wire", None),
        (article_of(author={"@type": "Person", "givenName": "Ida", "familyName": "Holm"}), None, "Ida Holm"),
        (article_of(author={"name": "Ida O&#39;Holm"}), None, "Ida O'Holm"),
        (article_of(author="https://orva.example/ida", publisher="https://orva.example"), None, None),
        (article_of(**{"@type": ["NewsArticle", "Article"]}, publisher=WIRE), "Orva Wire", None),
        ({"@type": "WebPage", "mainEntity": article_of(publisher=WIRE)}, "Orva Wire", None),
        (
            {
                "@graph": [
                    {"@id": "#o", **WIRE},
                    {"@id": "#p", **IDA},
                    article_of(publisher={"@id": "#o"}, author=[{"@id": "#p"}]),
                ]
            },
            "Orva Wire",
            "Ida Holm",
        ),
        ([ELSEWHERE, article_of(publisher=WIRE, author=IDA)], "Orva Wire", "Ida Holm"),
        (ELSEWHERE, None, None),
        ({**article_of(publisher=WIRE), "headline": "Minister: dam may fail soon"}, "Orva Wire", None),
        ({**article_of(publisher=WIRE), "headline": "How the dam came to fail us may be asked"}, "Orva Wire", None),
        (article_of(author=[[[IDA]]], publisher={"name": {"name": 3}}), None, None),
    ],
    ids=range(15),
)
def test_json_ld_tells_outlet_and_author(put: Put, linked: Any, outlet: str | None, author: str | None) -> None:
    page = f"<html><head><title>Dam may fail</title>{LINKED.format(json.dumps(linked))}</head><body><article>"
    document = only(put("a.html", f"{page}<h1>Dam may fail</h1><p>{DAM}</p><p>{WALL}</p></article></body></html>"))
    assert (document.outlet, document.author) == (outlet, author)
    assert document.title != "Wall holds"


@pytest.mark.parametrize(
    ("head", "body", "outlet", "author"),
    [
        ('<meta property="og:site_name" content="The Orva Wire">', "", "The Orva Wire", "Ida Holm"),
        ('<meta property="og:site_name" content="orva.example">', "", "Orva Wire", "Ida Holm"),
        ('<meta property="article:publisher" content="https://social.example/orva">', "", "Orva Wire", "Ida Holm"),
        ('<meta name="author" content="editor">', "", "Orva Wire", "Ida Holm"),
        ("", '<p class="byline">By Bo Lund</p>', "Orva Wire", "Ida Holm"),
    ],
    ids=range(5),
)
def test_the_head_goes_before_json_ld_for_the_outlet_and_after_it_for_the_author(
    put: Put, head: str, body: str, outlet: str, author: str
) -> None:
    linked = LINKED.format(json.dumps([ELSEWHERE, article_of(publisher=WIRE, author=IDA)]))
    page = f"<html><head><title>Dam may fail | Tessbury Online</title>{head}{linked}</head><body><article>{body}"
    page += f"<h1>Dam may fail</h1><p>{DAM}</p><p>{WALL}</p></article></body></html>"
    (document,), _ = read(put("a.html", page))
    assert (document.outlet, document.author) == (outlet, author)


def test_what_is_struck_out_is_not_said(put: Put) -> None:
    page = f"<html><body><article><p>{DAM} {WALL}</p><p>She named <del>ten</del><ins>twelve</ins> towns, <s>all</s>."
    page += "</article>"
    assert only(put("a.html", page)).text.endswith("\n\nShe named twelve towns, .")


def test_marks_that_a_browser_draws_are_in_the_text(put: Put) -> None:
    page = (
        f"<html><body><article><p>{DAM}</p><p>She said: <q>We left at noon,</q> and went.</p></article></body></html>"
    )
    assert "She said: “We left at noon,” and went." in only(put("a.html", page)).text


@pytest.mark.parametrize(
    ("quotation", "read_as"),
    [
        ("<blockquote><p>“It may fail.”</p><cite>Ana Reyk</cite></blockquote>", "“It may fail.” — Ana Reyk"),
        ("<blockquote>“It may fail.”<footer>— Ana Reyk, in <cite>Dams</cite></footer></blockquote>",
         "“It may fail.” — Ana Reyk, in Dams"),
        ("<figure><blockquote><p>“It <b>may</b> fail.”</p></blockquote><figcaption>Ana Reyk</figcaption></figure>",
         "“It may fail.” — Ana Reyk"),
        ("<blockquote><p>“It may fail,” writes <cite>Dams</cite></p></blockquote>", "“It may fail,” writes Dams"),
        ("<blockquote><p>As <cite>Dams</cite> has it, it may fail.</p></blockquote>", "As Dams has it, it may fail."),
        ("<blockquote><cite>Dams</cite></blockquote>", "Dams"),
    ],
)  # fmt: skip
def test_who_is_quoted_stands_with_a_quotation_set_apart(put: Put, quotation: str, read_as: str) -> None:
    page = f"<html><body><article><h1>Dam</h1><p>{DAM}</p>{quotation}<p>{WALL}</p></article></body></html>"
    assert only(put("a.html", page)).text == f"{DAM}\n\n{read_as}\n\n{WALL}"


def test_an_xhtml_page_with_a_declaration(put: Put) -> None:
    page = (
        f'<?xml version="1.0" encoding="iso-8859-1"?>\n<html><body><p>{DAM} The café too, they added.</p></body></html>'
    )
    assert "café" in only(put("a.xhtml", page.encode("latin-1"))).text


def test_a_broken_letter_counts_only_in_the_article(put: Put) -> None:
    page = PAGE.encode()
    assert only(put("a.html", page.replace(b"Sport", b"Sp\xffrt"))).text.startswith(DAM)
    assert "1 byte is not UTF-8 (first at byte" in reason(put("b.html", page.replace(b"within", b"w\xffthin")))


def test_line_breaks_in_a_page(put: Put) -> None:
    page = f"<html><body><article><p>{DAM}<br>{WALL}</p><div>First it rained.<br><br>Then\n it snowed.</div></article>"
    assert only(put("a.html", page)).text == f"{DAM}\n{WALL}\n\nFirst it rained.\n\nThen it snowed."


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 5_000 + PAGE,
        PAGE.replace("<p>", "<blockquote>" * 500 + "<p>"),
        "<script type='application/ld+json'>" + "[" * 5_000 + "</script>" + PAGE,
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": {}}, "headline": 3}</script>'
        + PAGE,
        "<p>" + "&#0;&#xD800;&#1;" * 50 + DAM,
        "<html" + " a=b" * 5_000,
        "<svg><a><p><table><tr><td>}<p>text,url\n\ufeff",  # lxml asserts that this has a parent
    ],
    ids=range(7),
)
def test_hostile_pages_are_read_or_refused(put: Put, page: str, capfd: pytest.CaptureFixture[str]) -> None:
    found, refused = read(put("a.html", page))
    assert len(found) + len(refused) == 1
    assert capfd.readouterr() == ("", "")


# JSON Lines


def test_json_lines(put: Put) -> None:
    first = {"text": DAM, "id": "s1", "url": "https://sarn.example/1", "title": "Dam", "outlet": "Sarn Post"}
    more = {"published": "2033-10-10T13:45:00Z", "author": "Ana Reyk", "lang": "en", "genre": ["news"]}
    path = put("a.jsonl", json.dumps(first | more) + "\r\n\n" + json.dumps({"text": WALL, "id": 7, "title": None}))
    (one, two), refused = read(path)
    assert refused == []
    assert (one.id, one.url, one.title, one.outlet) == ("s1", "https://sarn.example/1", "Dam", "Sarn Post")
    assert (one.published, one.author, one.lang) == ("2033-10-10T13:45:00Z", "Ana Reyk", "en")
    assert (two.id, two.text, two.title) == ("7", WALL, None)
    assert one.evidence and two.evidence
    assert (one.evidence.location, two.evidence.location) == (f"{path}#1", f"{path}#3")
    assert one.evidence.sha256 == hashlib.sha256(json.dumps(first | more).encode()).hexdigest()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"text": "dam"', "broken JSON: Expecting ',' delimiter (character 15 of the line)"),
        ('["dam"]', "not a JSON object but a list"),
        ("3", "not a JSON object but a number"),
        ('{"title": "dam", "story": "it fails"}', "no “text” in it (there is “title”, “story”)"),
        ('{"content": "dam", "body": "it fails"}', "“content” and “body” may each be its “text”: call one of them so"),
        ("{}", "no “text” in it (there is nothing)"),
        ('{"text": " "}', "“text” is empty"),
        ('{"text": null, "x": 1}', "“text” is empty"),
        ('{"text": "dam", "text": "wall"}', "“text” stands in it twice"),
        ('{"url": "https://sarn.example/1", "text": ""}', "no “text” beside its URL"),
        ('{"text": ["dam"]}', "“text” is a list, not a string"),
        ('{"text": "d\\ud800m"}', "U+D800"),
        ('{"text": "d\\u0000m"}', "NUL"),
        ("[" * 60_000, "broken JSON"),
        ('{"text": "dam", "n": ' + "1" * 5_000 + "}", "broken JSON"),
        (b'{"text": "d\xffm"}', "1 byte is not UTF-8 (first at byte 11)"),
        (b'{"text": "d\0m"}', "NUL"),
        ('{"text": "' + "x" * 200_000 + '"}', "a line longer than 65,836 bytes"),
        ('{"text": "' + "x" * 51 + '"}', "a text of 51 characters: the limit is 50"),
    ],
    ids=range(19),
)
def test_a_line_that_is_wrong_costs_no_other(put: Put, line: str | bytes, says: str) -> None:
    wrong = line if isinstance(line, bytes) else line.encode()
    path = put("a.jsonl", b'{"text": "one"}\n' + wrong + b'\n{"text": "three"}')
    found, (refusal,) = read(path, limits=Limits(max_chars=50))
    assert [d.text for d in found] == ["one", "three"]
    assert refusal.location == f"{path}#2"
    assert says in refusal.reason
    assert len(refusal.reason) < 200


@pytest.mark.parametrize(
    ("more", "read_as", "told"),
    [
        ({"author": ["Bea Tosk", "Cid Rost"]}, {"author": "Bea Tosk; Cid Rost"}, None),
        ({"id": 12.0}, {"id": "12"}, None),
        ({"title": float("nan")}, {"title": None}, None),
        ({"outlet": {"name": "B"}}, {"outlet": None}, "“outlet”, which is an object, not a string"),
        ({"title": 3}, {"title": None}, "“title”, which is a number, not a string"),
        ({"author": ["Bea", 3]}, {"author": None}, "“author”, which is a list, not a string"),
        ({"title": True}, {"title": None}, "“title”, which is true or false, not a string"),
    ],
)
def test_an_article_is_never_lost_for_another_field(
    more: dict[str, object], read_as: dict[str, str | None], told: str | None, put: Put
) -> None:
    (found,), remarks = read(put("a.jsonl", json.dumps({"text": DAM, **more})))
    assert {k: getattr(found, k) for k in read_as} == read_as
    assert [r.reason for r in remarks] == ([f"read without its {told}"] if told else [])


def test_a_date_that_cannot_be_read_is_left_out_and_said(put: Put) -> None:
    path = put("a.jsonl", json.dumps({"text": DAM, "published": "last Monday"}))
    document, refusal = documents([path])
    assert isinstance(document, Document) and isinstance(refusal, Refusal)
    assert document.published is None
    assert refusal.kept
    assert "“last Monday” is no date (write 2033-10-10" in refusal.reason


WRITE = "(write 2033-10-10 or 2033-10-10T13:45:00Z)"


@pytest.mark.parametrize(
    ("written", "published"),
    [
        (1988000000, "2032-12-30T06:13:20Z"),
        (1988000000123, "2032-12-30T06:13:20Z"),
        (1988000000.5, "2032-12-30T06:13:20Z"),
        ("1988000000", "2032-12-30T06:13:20Z"),  # of a table
        ("1988121512345", "2032-12-31T15:58:32Z"),  # and not a day of 1988
        (20330820, "2033-08-20"),
        ("Mon, 03 Jan 2033 15:00:00 +0100", "2033-01-03T14:00:00Z"),
        ("3 Jan 2033 15:00 EST", "2033-01-03T20:00:00Z"),
        ("Mon, 03 Jan 2033 15:00:00 +0000 (UTC)", "2033-01-03T15:00:00Z"),
        ("2033-10-10 13:45:00 +0200", "2033-10-10T11:45:00Z"),
        ("2033-10-10 13:45:00 UTC", "2033-10-10T13:45:00Z"),
        ("20 August 2033", "2033-08-20"),
        ("20th Aug. 2033", "2033-08-20"),
        ("Saturday, August 20, 2033", "2033-08-20"),
        ("Thurs. 18 August 2033", "2033-08-18"),
        ("2033-08-20T10:20:00.500Z", "2033-08-20T10:20:00Z"),  # so that they sort
        ("August 20, 2033 at 12:30 a.m.", "2033-08-20T00:30:00"),
        ("2033/08/20", "2033-08-20"),
        ("2033/8/20 13:45", "2033-08-20T13:45:00"),
        ("20.08.2033", "2033-08-20"),
        ("5.8.2033 14:30", "2033-08-05T14:30:00"),  # with points the day is first
        ("20/08/2033", "2033-08-20"),
        ("08/20/2033", "2033-08-20"),
        ("08-08-2033", "2033-08-08"),
    ],
    ids=str,
)
def test_a_time_is_read_in_the_forms_that_have_one_meaning(put: Put, written: object, published: str) -> None:
    assert only(put("a.jsonl", json.dumps({"text": DAM, "published": written}))).published == published
    if isinstance(written, str):
        assert document_from_text(DAM, published=written).published == published


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("05/08/2033", "“05/08/2033” may be either of two days (write 2033-08-05 or 2033-05-08)"),
        ("05-08-2033", "“05-08-2033” may be either of two days (write 2033-08-05 or 2033-05-08)"),
        ("20.13.2033", f"“20.13.2033” is no date {WRITE}"),
        ("31 February 2033", f"“31 February 2033” is no date {WRITE}"),
        ("20 Ma 2033", f"“20 Ma 2033” is no date {WRITE}"),  # of March or May
        ("3 Jan 2033 15:00 CET", f"“3 Jan 2033 15:00 CET” has a zone that is not known, CET {WRITE}"),
        ("3 Jan 2033 25:00", f"“3 Jan 2033 25:00” is no date {WRITE}"),
        (2033, f"“2033” is no date {WRITE}"),
        ("0001-01-01T00:00:00Z", "“0001-01-01T00:00:00Z” is what stands where no date is known"),
        ("1970-01-01", "“1970-01-01” is what stands where no date is known"),
        ("9999-12-31", "“9999-12-31” is what stands where no date is known"),
        (99999999999, f"“99999999999” is no number of seconds or milliseconds of the years 1990 to 2100 {WRITE}"),
        (1e300, f" is no date {WRITE}"),
        (-1, f"“-1” is no date {WRITE}"),
        (True, f"(true or false) is no date {WRITE}"),
        ("Updated 20 August 2033", f"“Updated 20 August 2033” is no date {WRITE}"),  # and came out before
        ("until August 20, 2033", f"“until August 20, 2033” is no date {WRITE}"),
        (["2033-08-20"], f"(a list) is no date {WRITE}"),
        ({"day": 3}, f"(an object) is no date {WRITE}"),
    ],
    ids=str,
)
def test_an_article_is_never_lost_for_its_date(put: Put, written: object, why: str) -> None:
    (document,), (refusal,) = read(put("a.jsonl", json.dumps({"text": DAM, "published": written})))
    assert (document.published, refusal.kept) == (None, True)
    assert refusal.reason.startswith("read without its date: ") and refusal.reason.endswith(why)


def test_no_number_is_no_date_and_no_remark(put: Put) -> None:
    assert only(put("a.jsonl", f'{{"text": "{DAM}", "published": NaN}}')).published is None


@pytest.mark.parametrize(
    ("record", "outlet", "published", "said"),
    [
        ({"body": DAM, "pubDate": "2033-08-20"}, None, "2033-08-20",
         ["“body” is read as “text”, “pubdate” is read as “published”"]),
        ({"Article_Text": DAM, "source": "Sarn Post"}, "Sarn Post", None,
         ["“article_text” is read as “text”, “source” is read as “outlet”"]),
        ({"text": None, "content": DAM}, None, None, ["“content” is read as “text”"]),
        ({"text": DAM, "body": "no", "outlet": "Sarn Post", "source": "Vardan Wire"}, "Sarn Post", None, []),
        ({"text": DAM, "source": "https://sarn.example/feed"}, None, None, []),  # an address is no outlet
        ({"text": DAM, "source": {"id": 3, "name": "Sarn Post"}}, None, None, []),
        ({"text": DAM, "Created At": 1988000000}, None, "2032-12-30T06:13:20Z",
         ["“created at” is read as “published”"]),
        ({"text": DAM, "date": "2033-08-20", "created_at": "2033-08-21"}, None, None,
         ["“date” and “created_at” may each be “published”, and none is read: call one of them so"]),
    ],
    ids=range(8),
)  # fmt: skip
def test_fields_that_are_called_otherwise_are_read_and_said_once(
    put: Put, record: dict[str, Any], outlet: str | None, published: str | None, said: list[str]
) -> None:
    path = put("a.jsonl", f"{json.dumps(record)}\n" * 3)
    found, refused = read(path)
    assert [(d.text, d.outlet, d.published) for d in found] == [(DAM, outlet, published)] * 3
    assert [(r.location, r.reason, r.kept) for r in refused] == [(str(path), x, True) for x in said]


def test_columns_that_are_called_otherwise_are_read_and_said_once(put: Put) -> None:
    path = put(
        "a.csv", f"Headline;Content;Domain;Link\nDam;{DAM};sarn.example;https://sarn.example/1\nWall;{WALL};;/2\n"
    )
    (one, two), (remark,) = read(path)
    assert (one.title, one.text, one.outlet, one.url) == ("Dam", DAM, "sarn.example", "https://sarn.example/1")
    assert (two.title, two.text, two.outlet, two.url) == ("Wall", WALL, None, None)
    assert remark.kept and remark.location == str(path)
    assert sorted(remark.reason.split(", ")) == [
        "“content” is read as “text”", "“domain” is read as “outlet”", "“headline” is read as “title”",
        "“link” is read as “url”",
    ]  # fmt: skip


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table(put: Put, delimiter: str) -> None:
    cells = [
        ["ID", "Kicker", "Text", "Outlet"],
        ["a", "x", f'{DAM}\n\n"Yes, {delimiter} yes."', "Sarn Post"],
        [],
        ["b", "", ""],
    ]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([*cells, ["c", "", "Short."]])
    path = put("a.csv", codecs.BOM_UTF8 + written.getvalue().encode())
    found, (refusal,) = read(path)
    assert [(d.id, d.outlet, d.text) for d in found] == [
        ("a", "Sarn Post", f'{DAM}\n\n"Yes, {delimiter} yes."'),
        ("c", None, "Short."),
    ]
    assert (refusal.location, refusal.reason) == (f"{path}#4", "no “text” in it (there is “id”)")
    assert [d.evidence.location for d in found if d.evidence] == [f"{path}#2", f"{path}#5"]
    last = f"c{delimiter}{delimiter}Short.".encode()
    assert found[1].evidence and found[1].evidence.sha256 == hashlib.sha256(last).hexdigest()


def test_a_row_with_more_cells_than_columns_is_refused_alone(put: Put) -> None:
    path = put("a.csv", "sep=;\ntext;outlet\nThe dam; said Ana; may fail;\nShort.;Sarn Post;;\n")
    (document,), (refusal,) = read(path)
    assert (document.text, document.outlet) == ("Short.", "Sarn Post")
    assert (refusal.location, refusal.reason) == (
        f"{path}#2", "4 cells, 2 columns: is the text in quotation marks?"
    )  # fmt: skip


def test_names_of_fields_in_any_case(put: Put) -> None:
    assert only(put("a.jsonl", json.dumps({"Text": DAM, "Outlet": "Sarn Post"}))).outlet == "Sarn Post"


def test_tags_in_a_text_are_told(put: Put) -> None:
    (_,), (refusal,) = read(put("a.jsonl", json.dumps({"text": f"{DAM}</p>"})))
    assert (refusal.kept, refusal.reason) == (True, "read with tags of HTML in its text (“</p>”)")


def test_a_row_with_broken_letters_costs_no_other(put: Put) -> None:
    path = put("a.csv", b'text,title\n"one\n\xff\xff two",x\nthree,y\n')
    (document,), (refusal,) = read(path)
    assert document.text == "three"
    assert (refusal.location, refusal.reason[:24]) == (f"{path}#2", "2 bytes are not UTF-8 (f")


def test_a_quotation_mark_that_is_never_closed_ends_a_table(put: Put) -> None:
    path = put("a.csv", "text\none\n" + '"two ' + "x" * 200_000 + "\nthree\n" + "y" * 200_000)
    found, (refusal,) = read(path, limits=Limits(max_chars=150_000))
    assert [d.text for d in found] == ["one"]
    assert "a broken table from here on" in refusal.reason


def test_a_large_cell_is_read(put: Put) -> None:
    assert len(only(put("a.csv", f"text\n{'dam ' * 35_000}\n")).text) == 140_000  # csv's own limit is 131,072


# Standard input


@pytest.mark.parametrize(
    ("given", "texts", "locations"),
    [
        (f"\n{json.dumps({'text': DAM})}\n{json.dumps({'text': WALL})}", [DAM, WALL], ["-#2", "-#3"]),
        (DAM, [DAM], ["-"]),
        (f"{{{DAM}}}", [f"{{{DAM}}}"], ["-"]),
        (f"[Update] {DAM}", [f"[Update] {DAM}"], ["-"]),
        (f"<!DOCTYPE html>\n<html><body><p>{DAM}</p></body></html>", [DAM], ["-"]),
    ],
)
def test_standard_input(given: str, texts: list[str], locations: list[str]) -> None:
    found, refused = read("-", stdin=io.BytesIO(given.encode()))
    assert [d.text for d in found] == texts
    assert [d.evidence.location for d in found if d.evidence] == locations
    assert refused == []


def test_standard_input_that_is_empty_or_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reason("-", stdin=io.BytesIO()) == "empty"
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert reason("-") == "there is no standard input"


# The stream of them


def test_a_line_is_read_when_it_is_asked_for() -> None:
    class Endless(io.RawIOBase):
        lines = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.lines += 1
            return b'{"text": "one more"}\n'

    stdin: Any = Endless()
    found = documents(["-"], stdin=stdin)
    for _ in range(5):
        next(found)
    assert stdin.lines == 5


def test_sources_come_in_their_order_and_as_often_as_given(put: Put) -> None:
    a, b = put("a.txt", "one"), put("b.txt", "two")
    assert [d.text for d in read(b, str(a), b)[0]] == ["two", "one", "two"]


@pytest.mark.parametrize("sources", ["news/", Path("news"), b"news", [7], [None]])
def test_a_mistake_in_the_sources_is_told_at_once(sources: Any) -> None:
    with pytest.raises(StemmataError):
        documents(sources)


def test_import_is_light() -> None:
    heavy = "[m for m in ('trafilatura', 'py3langid', 'urllib3', 'numpy', 'lxml') if m in sys.modules]"
    said = subprocess.run(
        [sys.executable, "-c", f"import sys, stemmata.read; print({heavy})"], check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == "[]"


def test_now_is_the_present() -> None:
    (document,), _ = read("-", stdin=io.BytesIO(DAM.encode()))
    assert document.evidence
    assert abs(datetime.now(UTC) - datetime.fromisoformat(document.evidence.read_at)) < timedelta(minutes=1)
