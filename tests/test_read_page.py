"""What of a page is its article's, and what its lines say of it. Every text and outlet here is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemmata.model import Document
from stemmata.read import documents

DAM = "The dam above Karsk may fail within a week, engineers said on Monday."
WALL = "“We have told the ministry twice,” said Ana Reyk, who inspects the wall."
END = "Nobody has answered her letters, and the water stands a metre below the rim of the wall, which is of stone."


def read(folder: Path, body: str, head: str = "<title>Dam may fail</title>") -> tuple[Document, list[str]]:
    """The document of a page, and what was remarked of it."""
    path = folder / "a.html"
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", "utf-8")
    document, *refused = documents([path])
    assert isinstance(document, Document)
    return document, [r.reason for r in refused if not isinstance(r, Document)]


def around(between: str, last: str = "") -> str:
    return f"<article><h1>Dam may fail</h1><p>{DAM}</p>{between}<p>{WALL}</p><p>{END}</p>{last}</article>"


# What stands apart


@pytest.mark.parametrize(
    ("between", "told"),
    [
        ('<p><strong>Read more: <a href="/x">“Nobody told us,” say many</a></strong></p>', "a line that leads"),
        ("<p><b>SEE ALSO: <a href='#'>Governor says tolls will end</a></b></p>", "a line that leads"),
        ('<p>(MORE: <a href="/x">How the dam was built</a>)</p>', "a line that leads"),
        ("<div><h3>More on this story</h3><p>What is a dam?</p><p>Union rejects offer</p></div>", "lines that lead"),
        ('<blockquote class="pullquote">“told the ministry twice”</blockquote>', "a pull quote"),
        ('<blockquote class="pullquote">“We have told … twice”<cite>Ana Reyk</cite></blockquote>', "a pull quote"),
        ("<blockquote>“We have told the ministry twice”</blockquote>", "a pull quote"),
        ("<div class='ad'>ADVERTISEMENT<br>Story continues below</div>", "a word about advertisements"),
        ("<p>Article continues after advertisement</p>", "a word about advertisements"),
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_not_the_articles_is_left_out_and_said(tmp_path: Path, between: str, told: str) -> None:
    document, remarks = read(tmp_path, around(between))
    assert document.text == f"{DAM}\n\n{WALL}\n\n{END}"
    (remark,) = remarks
    assert remark.startswith("left out of its text: ")
    assert told in remark


@pytest.mark.parametrize(
    ("between", "kept"),
    [
        ('<p>Read more of <a href="/x">her letters</a> and you will see, she said.</p>', "Read more of her letters"),
        ('<p><a href="/x">The ministry has answered none of her letters.</a></p>', "The ministry has answered"),
        ('<p>Read more at <a href="https://orva.example">Orva Wire</a></p>', "Read more at Orva Wire"),
        ("<blockquote class='pullquote'>“I told them three times”</blockquote>", "three times"),
        ("<blockquote>“told the ministry twice”</blockquote>", "“told the ministry twice”"),
        ("<p>She wrote:</p><blockquote>We have told the ministry twice</blockquote>", "twice\n\n“We"),
        ("<p>Most read it as a threat</p>", "Most read it as a threat"),
        ("<h2>More on the wall</h2><p>It was built of stone from Sarn.</p>", "More on the wall"),
    ],
    ids=range(8),
)
def test_what_may_be_the_articles_stays(tmp_path: Path, between: str, kept: str) -> None:
    document, remarks = read(tmp_path, around(between))
    assert kept in document.text
    assert remarks == []


SAID_ONCE = "Correction: our report of 3 March said that she had written twice. She says that she did so once."


@pytest.mark.parametrize(
    "last",
    [
        f'<aside class="correction"><p>{SAID_ONCE}</p></aside>',
        f'</article><div class="corr"><i>{SAID_ONCE}</i></div><article>',
        f'<div class="editors-note">{SAID_ONCE}</div>',
        f'<p class="correction"><i>{SAID_ONCE}</i></p>',
        f"<footer><p>{SAID_ONCE}</p></footer>",
        f"<p>{SAID_ONCE}</p>",
    ],
    ids=range(6),
)
def test_a_correction_at_the_foot_is_the_articles(tmp_path: Path, last: str) -> None:
    document, remarks = read(tmp_path, around("", last))
    assert document.text == f"{DAM}\n\n{WALL}\n\n{END}\n\n{SAID_ONCE}"
    assert remarks == []


@pytest.mark.parametrize(
    "note", [f"<aside class='correction'>{SAID_ONCE}</aside>", f"<div class='corr'>{SAID_ONCE}</div>"]
)
def test_a_correction_over_the_article_stays_there(tmp_path: Path, note: str) -> None:
    page = f"<h1>Dam may fail</h1>{note}<article><p>{DAM}</p><p>{WALL}</p><p>{END}</p></article>"
    assert read(tmp_path, page)[0].text == f"{SAID_ONCE}\n\n{DAM}\n\n{WALL}\n\n{END}"


@pytest.mark.parametrize(
    "other",
    [
        "<footer>Corrections and clarifications: email the readers' editor about all that you find wrong.</footer>",
        '<aside class="corrections">If you see an error in this article, write to us and it is corrected.</aside>',
        f'<aside class="related"><ul><li><a href="/x">{SAID_ONCE}</a></li></ul></aside>',
        f'<div class="sidebar"><p>{SAID_ONCE}</p></div>',
        '<nav class="correction"><p>The corrections desk has amended nine articles in this month.</p></nav>',
    ],
    ids=range(5),
)
def test_what_is_said_of_corrections_is_none(tmp_path: Path, other: str) -> None:
    assert read(tmp_path, around("") + other)[0].text == f"{DAM}\n\n{WALL}\n\n{END}"


@pytest.mark.parametrize(
    "box",
    [
        "<div><b>Claim:</b> “The dam has failed,” Ana Reyk said.<br><b>Verdict:</b> FALSE</div>",
        "<div><p><b>Claim:</b> “The dam has failed,” Ana Reyk said.</p><p><b>Verdict:</b> FALSE</p></div>",
        "<aside class='box'><p>Claim: “The dam has failed,” Ana Reyk said.</p><p>Verdict: FALSE</p></aside>",
    ],
    ids=range(3),
)
def test_a_box_of_a_fact_check_is_read_with_its_claim(tmp_path: Path, box: str) -> None:
    page = f"<article><h1>No, it has not failed</h1>{box}<p>{DAM}</p><p>{WALL}</p></article>"
    text = read(tmp_path, page)[0].text
    assert text.replace("\n\n", "\n") == f"Claim: “The dam has failed,” Ana Reyk said.\nVerdict: FALSE\n{DAM}\n{WALL}"


# What its lines say of it


@pytest.mark.parametrize(
    ("named", "author"),
    [
        ("Staff and agencies", "Staff and agencies"),
        ("By Staff and agencies", "Staff and agencies"),
        ("Ana Reyk and agencies", "Ana Reyk and agencies"),
        ("Our Reporters", "Our Reporters"),
        ("Ana Reyk and Bo Lund", "Ana Reyk; Bo Lund"),
        ("By Ana Reyk", "Ana Reyk"),
    ],
)
def test_those_who_are_not_named_are_no_author_apart(tmp_path: Path, named: str, author: str) -> None:
    head = f'<title>Dam may fail</title><meta name="author" content="{named}">'
    assert read(tmp_path, around(""), head)[0].author == author
