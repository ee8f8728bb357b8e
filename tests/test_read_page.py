"""What of a page is its article's, and what its lines say of it. Every text and outlet here is invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stemmata.model import Document, document_id
from stemmata.read import documents, posts

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
        ("<div class='rel'><p>Read also: Minister says the bridge is safe</p></div>", "a line that leads"),
        ("<div><h3>More on this story</h3><p>What is a dam?</p><p>Union rejects offer</p></div>", "lines that lead"),
        ('<blockquote class="pullquote">“told the ministry twice”</blockquote>', "a pull quote"),
        ('<blockquote class="pullquote">“We have told … twice”<cite>Ana Reyk</cite></blockquote>', "a pull quote"),
        ("<blockquote>“We have told the ministry twice”</blockquote>", "a pull quote"),
        ("<div class='ad'>ADVERTISEMENT<br>Story continues below</div>", "a word about advertisements"),
        ("<p>Article continues after advertisement</p>", "a word about advertisements"),
        ("<div class='paywall-promo'><p>OFFER Subscribe now for 2 crowns. “Fine,” said one.</p></div>", "that asks"),
        ("<section class='email-signup'><p>Orva Daily: all that matters, said to be good.</p></section>", "that asks"),
        ("<div class='inlinePromo'><h4>We need you</h4><p>Your gift keeps us here.</p><p>Donate now</p></div>", "ask"),
        ("<p><i>Already a subscriber? Log in to read the comments.</i></p>", "a line that asks readers"),
        ("<p>SUBSCRIBE TO THE ORVA WIRE! Call 555-0101 or stop by our office.</p>", "a line that asks readers"),
        ("<p>Help us keep reporting. Support the Wire with a donation, however small.</p>", "a line that asks"),
    ],
    ids=range(16),
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
        ("<h3>More: how the wall was built</h3><p>It is of stone.</p>", "More: how the wall"),
        ("<ul><li>Subscribe to a list of gates, the police advised.</li><li>Go.</li></ul>", "Subscribe to a list"),
        ("<p>Get the letter in your inbox, the union wrote to all its members.</p>", "Get the letter in your"),
        ("<p>Read more: the minister has answered none of her letters.</p>", "has answered none"),
        ("<p class='paywall'>Ana Reyk asked the members to support the wall with stone.</p>", "asked the members"),
        ("<div class='promo'><p>The wall was built of stone from Sarn.</p></div>", "stone from Sarn"),
        (
            "<p>Subscribe or lose it: that is the choice before the Wire’s readers, Ana Reyk said.</p>",
            "Subscribe or lose",
        ),
        ("<p>“Sign up for our newsletter,” the minister told the letter’s readers.</p>", "Sign up for our"),
    ],
    ids=range(16),
)
def test_what_may_be_the_articles_stays(tmp_path: Path, between: str, kept: str) -> None:
    document, remarks = read(tmp_path, around(between))
    assert kept in document.text
    assert remarks == []


def test_a_name_that_much_of_the_text_bears_is_no_boxs(tmp_path: Path) -> None:
    body = "".join(f"<div class='newsletter'><p>{x}</p></div>" for x in (DAM, WALL, END))
    document, remarks = read(tmp_path, f"<article><h1>Dam may fail</h1>{body}</article>")
    assert document.text == f"{DAM}\n\n{WALL}\n\n{END}"
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


IT_SAYS = "Our report of 3 March said that she had written twice. She says that she did so once."


@pytest.mark.parametrize(
    "label",
    [
        "Correction, March 4:",
        "Corrections:",
        "A correction was made on March 4:",
        "This article was amended on March 4.",
    ],
)
def test_a_correction_is_known_by_its_first_words(tmp_path: Path, label: str) -> None:
    document, _ = read(tmp_path, around("", f"<aside><p><b>{label}</b> {IT_SAYS}</p></aside>"))
    assert document.text.endswith(f"{END}\n\n{label} {IT_SAYS}")
    document, _ = read(tmp_path, around("", f"<aside><h4>Editors’ note</h4><p>{IT_SAYS}</p></aside>"))
    assert document.text.endswith(f"{END}\n\nEditors’ note\n\n{IT_SAYS}")


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
        "<aside><p>Corrections officers end their strike after nine days of talks in Karsk.</p></aside>",
        "<aside><h4>Correction</h4><ul><li><a href='/x'>Minister says that she was wrong</a></li></ul></aside>",
        '<nav class="correction"><p>The corrections desk has amended nine articles in this month.</p></nav>',
    ],
    ids=range(7),
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


@pytest.mark.parametrize(
    ("lines", "author", "published"),
    [
        ("<p>By Ana Reyk</p><p>4 March 2024</p>", "Ana Reyk", "2024-03-04"),
        ("<p>By Ana Reyk<br>4 March 2024</p>", "Ana Reyk", "2024-03-04"),
        ("<p>BY ANA REYK and Bo Lund in Karsk, March 4, 2024</p>", "ANA REYK; Bo Lund", "2024-03-04"),
        ("<p>Sarn Post, by Ana Reyk, Water correspondent | Mon, Mar 4 2024</p>", "Ana Reyk", "2024-03-04"),
        ("<p>Published: 2024-03-04</p>", None, "2024-03-04"),
        ("<p>Posted on Monday 4 March 2024 at 10.20 GMT</p>", None, "2024-03-04T10:20:00Z"),
        ("<p>10:20 am UTC, 4th March, 2024</p>", None, "2024-03-04T10:20:00Z"),
        ("<p>The wall above the town is old, and few had looked at it.</p><p>By Ana Reyk</p>", "Ana Reyk", None),
    ],
    ids=range(8),
)
def test_a_byline_and_a_dateline_are_read_and_are_no_text(
    tmp_path: Path, lines: str, author: str | None, published: str | None
) -> None:
    head = '<title>Dam may fail</title><meta property="og:site_name" content="The Sarn Post">'
    page = around("").replace("</h1>", f"</h1>{lines}", 1)
    document, remarks = read(tmp_path, page, head)
    assert (document.author, document.published) == (author, published)
    assert document.text.removeprefix("The wall above the town is old, and few had looked at it.\n\n").startswith(DAM)
    assert remarks == []


@pytest.mark.parametrize(
    "line",
    [
        "By Orva Press Agency",
        "By Ana Reyk, Orva Wire",
        "By Our Correspondent",
        "By noon all were gone",
        "Karsk Water Desk",
        "Updated 4 March 2024",
        "4 July 1776",
        "4 March 2133",
        "31 February 2024",
        "On 4 March 2024 the wall was seen to move.",
        "Ana Reyk",
    ],
)
def test_a_line_of_more_meanings_than_one_stays(tmp_path: Path, line: str) -> None:
    document, _ = read(tmp_path, around("").replace("</h1>", f"</h1><p>{line}</p>", 1))
    assert document.text.startswith(f"{line}\n\n{DAM}")
    assert (document.author, document.published) == (None, None)


def test_a_line_that_the_head_bears_out_leaves_and_another_stays(tmp_path: Path) -> None:
    head = (
        '<title>Dam may fail</title><meta name="author" content="Ana Reyk">'
        '<meta property="article:published_time" content="2024-03-04T10:20:00Z">'
    )
    page = around("").replace("</h1>", "</h1><p>{}</p><p>{}</p>", 1)
    document, _ = read(tmp_path, page.format("Ana Reyk in Karsk", "4 March 2024, 12.20pm"), head)
    assert document.text.startswith(DAM)
    document, _ = read(tmp_path, page.format("By Bo Lund", "9 March 2024"), head)
    assert document.text.startswith(f"By Bo Lund\n\n9 March 2024\n\n{DAM}")
    assert (document.author, document.published) == ("Ana Reyk", "2024-03-04T10:20:00Z")


def test_two_days_are_none(tmp_path: Path) -> None:
    document, _ = read(tmp_path, around("").replace("</h1>", "</h1><p>4 March 2024</p><p>9 March 2024</p>", 1))
    assert document.published is None
    assert document.text.startswith("4 March 2024\n\n9 March 2024")


BESIDE = "<div><h1>Dam may fail</h1>{}</div><div class=story>" + f"<p>{DAM}</p><p>{WALL}</p><p>{END}</p></div>"


@pytest.mark.parametrize(
    ("between", "author", "published", "told"),
    [
        ("<div class=by>By <a>Ana Reyk</a> and <a>Bo Lund</a></div>", "Ana Reyk; Bo Lund", None, None),
        ("<div class=x>By Ana Reyk</div><div>March 4, 2024 6:00 a.m.</div>", "Ana Reyk", "2024-03-04", "6:00 a.m."),
        ("<p>What she wrote</p><div>Published: 4 March 2024 | Updated: 5 March 2024 | By Ana Reyk</div>", "Ana Reyk",
         "2024-03-04", None),
        ("<div>By Ana Reyk<br>Harbour Reporter<br>March 4, 2024</div>", "Ana Reyk", "2024-03-04", None),
        ("<div>04/03/2024 18.30</div>", None, None, "“04/03/2024 18.30” may be either of two days"),
        ("<div><a href=/1>Union rejects the offer</a><div>By Bo Lund</div><div>4 March 2024</div></div>", None, None,
         None),
    ],
    ids=range(6),
)  # fmt: skip
def test_lines_between_headline_and_story_tell_who_wrote_it_and_when(
    tmp_path: Path, between: str, author: str | None, published: str | None, told: str | None
) -> None:
    document, remarks = read(tmp_path, BESIDE.format(between))
    assert document.text == f"{DAM}\n\n{WALL}\n\n{END}"
    assert (document.author, document.published) == (author, published)
    assert any(told in remark for remark in remarks) if told else not remarks


@pytest.mark.parametrize("line", ["<span class=date>18/11/2024 18.30</span>", "<p>18.11.2024, 18:30</p>"])
def test_a_date_in_figures_is_no_paragraph(tmp_path: Path, line: str) -> None:
    document, remarks = read(tmp_path, around("").replace("</h1>", f"</h1>{line}", 1))
    assert document.text == f"{DAM}\n\n{WALL}\n\n{END}"
    assert document.published == "2024-11-18"
    (remark,) = remarks
    assert "a line about its page" in remark


def test_a_very_short_article_has_paragraphs(tmp_path: Path) -> None:
    between = "<div class=byline>By <a>Ana Reyk</a></div>"
    document, _ = read(tmp_path, f"<article><h1>Dam may fail</h1>{between}<p>{DAM}</p><p>{WALL}</p></article>")
    assert (document.text, document.author) == (f"{DAM}\n\n{WALL}", "Ana Reyk")


def test_a_day_over_the_headline_is_read(tmp_path: Path) -> None:
    document, remarks = read(tmp_path, f"<div><p>March 4, 2024</p><h2>Dam may fail</h2><p>{DAM}</p><p>{WALL}</p></div>")
    assert (document.text, document.published, remarks) == (f"{DAM}\n\n{WALL}", "2024-03-04", [])


def test_what_stands_over_a_headline_is_not_the_articles(tmp_path: Path) -> None:
    menu = "<td><b>The Brough Advertiser</b><br><a href=/>Home</a><br><a href=/o>Obituaries</a></td>"
    story = f"<td><h2>Dam may fail</h2><b>By Ana Reyk</b><br>Reporter<br>March 4, 2024<p>{DAM}</p><p>{WALL}</p></td>"
    document, remarks = read(tmp_path, f"<table><tr>{menu}{story}</tr></table><p>{END}</p>")
    assert document.text == f"{DAM}\n\n{WALL}\n\n{END}"
    assert (document.author, document.published) == ("Ana Reyk", "2024-03-04")
    (remark,) = remarks
    assert "“The Brough Advertiser”, “Home”, “Obituaries”" in remark


@pytest.mark.parametrize(
    ("end", "broken"),
    [
        (f"<p>{WALL}</p><p>{END}", True),  # within the article
        (f"<p>{WALL}</p><p>{END}</p></div></article><div class='foo", True),
        (f"<p>{WALL}</p></div></article><p>{END[:-1]}", True),
        (f"<p>{WALL}</p><p>{END}</p></div></article>", False),
        (f"<p>{WALL}</p><p>{END}</p></article></body></html><!-- 12 ms -->", False),
    ],
    ids=range(5),
)
def test_a_page_that_breaks_off_says_so(tmp_path: Path, end: str, broken: bool) -> None:
    (tmp_path / "a.html").write_text(f"<html><body><article><div><h1>Dam may fail</h1><p>{DAM}</p>{end}", "utf-8")
    document, *remarks = documents([tmp_path / "a.html"])
    assert isinstance(document, Document)
    told = [r.reason for r in remarks if not isinstance(r, Document)]
    assert told == ["its page breaks off: the article may go on"] * broken


PRINTED = (
    "<p><b>Sarn Post</b><br>https://www.sarnpost.example/dam?print=1<br>Printed from the web on 9 March 2024</p><hr>"
    f"<h2>Dam may fail</h2><p>By Ana Reyk<br>4 March 2024, 3.20pm</p><p>{DAM}</p><p>{WALL}</p><p>{END}</p>"
    "<p>Copyright Sarn Post. For personal use only.</p>"
)


@pytest.mark.parametrize("title", ["Sarn Post | Print | Dam may fail", "Print version - Dam may fail - Sarn Post"])
def test_a_page_for_printing_is_its_article(tmp_path: Path, title: str) -> None:
    document, remarks = read(tmp_path, PRINTED, f"<title>{title}</title>")
    assert document.text == f"{DAM}\n\n{WALL}\n\n{END}"
    assert (document.title, document.outlet, document.author) == ("Dam may fail", "Sarn Post", "Ana Reyk")
    assert (document.published, document.url) == ("2024-03-04", "https://www.sarnpost.example/dam?print=1")
    (remark,) = remarks
    assert remark == (
        "left out of its text: 3 lines about its page (“Printed from the web on 9 March 2024”,"
        " “4 March 2024, 3.20pm”, “Copyright Sarn Post. For personal use only.”)"
    )


@pytest.mark.parametrize(
    ("title", "more", "outlet"),
    [
        ("Dam may fail | Sarn Post", "<div>© 2024 Sarn Post</div>", "Sarn Post"),
        ("Dam may fail - The Sarn Post", '<link rel="canonical" href="https://sarnpost.example/1">', "The Sarn Post"),
        ("Dam may fail | Opinion", '<a href="/opinion">Opinion</a><div>© Sarn Post</div>', None),
        ("Dam may fail | Opinion | Sarn Post", "<div>© 2024 Sarn Post</div>", "Sarn Post"),
        ("Dam may fail | Sarn", "<a href='/'><img alt='Sarn' src=l.png></a>", "Sarn"),
        ("Dam may fail | Sarn", "", None),
        ("Dam may fail | Local News", "", None),
    ],
    ids=range(7),
)
def test_an_outlet_of_the_title_is_one_that_something_else_bears_out(
    tmp_path: Path, title: str, more: str, outlet: str | None
) -> None:
    in_head = more.startswith("<link")
    head = f"<title>{title}</title>" + (more if in_head else "")
    document, _ = read(tmp_path, around("") + ("" if in_head else more), head)
    assert (document.title, document.outlet) == ("Dam may fail", outlet)


def test_a_title_that_names_a_paper_tells_the_outlet_and_that_is_said(tmp_path: Path) -> None:
    document, remarks = read(tmp_path, around(""), "<title>Dam may fail | Opinion | Sarn Post</title>")
    assert document.outlet == "Sarn Post"
    assert remarks == ["its outlet is read from its title alone (“Sarn Post”)"]


@pytest.mark.parametrize(
    ("publisher", "outlet"),
    [
        ("<span itemprop=publisher itemscope><meta itemprop=name content='Sarn Post'></span>", "Sarn Post"),
        ("<div itemprop=publisher itemscope><span itemprop=name>Sarn Post</span></div>", "Sarn Post"),
        ("<meta itemprop='publisher copyrightHolder' content='Sarn Post'>", "Sarn Post"),
        ("<meta itemprop=publisher content='Sarn Post'><meta itemprop=publisher content='Orva Wire'>", None),
    ],
    ids=range(4),
)
def test_a_publisher_in_microdata_is_the_outlet(tmp_path: Path, publisher: str, outlet: str | None) -> None:
    document, remarks = read(tmp_path, around("").replace("<h1>", f"{publisher}<h1>", 1))
    assert (document.outlet, remarks) == (outlet, [])


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://sarn.example/dam">', "https://sarn.example/dam"),
        ('<meta property="og:url" content="https://sarn.example/dam">', "https://sarn.example/dam"),
        ('<link rel="canonical" href="/dam">', None),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Dam may fail",'
            ' "author": "Ana Reyk", "mainEntityOfPage": {"@id": "https://sarn.example/dam"}}</script>',
            "https://sarn.example/dam",
        ),
    ],
    ids=range(4),
)
def test_a_saved_page_tells_its_address_which_is_not_its_id(tmp_path: Path, head: str, url: str | None) -> None:
    document, _ = read(tmp_path, around(""), f"<title>Dam may fail</title>{head}")
    assert document.url == url
    assert document.id == document_id(document.text, outlet=document.outlet)


def test_a_fault_of_ours_is_not_told_as_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posts, "_STATED", None)
    (tmp_path / "a.html").write_text(f"<time datetime='2024-03-05T07:55Z'>x</time>{ROSE}{ROSE}", "utf-8")
    (refusal,) = documents([tmp_path / "a.html"])
    assert "not read, by a fault of Stemmata (AttributeError in posts.py, line " in refusal.reason


# Live pages


def live(*posts: str) -> str:
    return (
        "<h1>Dam live</h1><section>" + "".join(f"<article class='update'>{p}</article>" for p in posts) + "</section>"
    )


ROSE = "<p>The water has risen by a metre since noon, Ana Reyk has told us at the wall.</p>"
FELL = (
    "<h3>Water falls</h3><p>The water is falling again, the guards at the lower gate of the wall say to us. Sand came"
    " from Sarn in forty carts, and whoever has a spade is there. The school is open for all whose houses are wet.</p>"
)
FIRST = '<meta property="article:published_time" content="2024-03-04T08:00:00Z">'


@pytest.mark.parametrize(
    ("time", "line"),
    [
        ('<time datetime="2024-03-05T07:55Z">07:55 GMT, 5 Mar</time>', "07:55 GMT, 5 Mar"),
        ('<time datetime="2024-03-05T07:55Z">07:55 GMT</time>', "5 March 2024, 07:55 GMT"),
        ('<time datetime="2024-03-05T19:55:00Z">7.55pm</time>', "5 March 2024, 7.55pm"),
        ('<time datetime="2024-03-05T02:55:00Z">21:55 EST</time>', "5 March 2024, 02:55 UTC"),
        ('<time datetime="2024-03-05T02:55:00+02:00">2 hours ago</time>', "5 March 2024, 02:55 +02:00"),
        ('<a href="#u4"><time datetime="2024-03-05T07:55Z"></time></a>', "5 March 2024, 07:55 UTC"),
    ],
    ids=range(6),
)
def test_a_post_of_a_live_page_keeps_its_time(tmp_path: Path, time: str, line: str) -> None:
    page = live(time + FELL, '<time datetime="2024-03-04T12:30Z">12:30 GMT</time>' + ROSE)
    document, _ = read(tmp_path, page, f"<title>Dam live</title>{FIRST}")
    fell, rose = (re.sub(r"<h3>|</?p>", "", post).replace("</h3>", "\n\n") for post in (FELL, ROSE))
    assert document.text == f"{line}\n\n{fell}\n\n4 March 2024, 12:30 GMT\n\n{rose}"
    assert document.published == "2024-03-04T08:00:00Z"


def test_a_long_feed_is_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(posts, "_words_in", lambda node: asked.append(node) or 9)
    times = "".join(f'<time datetime="2024-03-05T07:{n}Z">x</time>{ROSE}' for n in range(10, 60))
    read(tmp_path, f"<div>{times}</div>")
    assert len(asked) < 10


@pytest.mark.parametrize(
    "page",
    [
        live('<time datetime="2024-03-05T07:55Z">07:55 GMT</time>' + FELL),
        around("") + live(*['<time datetime="2024-03-05T07:55Z">07:55 GMT</time>' + FELL] * 2).replace("Dam live", ""),
        live(*['<time datetime="5 March">07:55 GMT</time>' + FELL] * 2),
        around('<time datetime="2024-03-05T07:55Z">07:55</time>', '<time datetime="2024-03-05T08:55Z">08:55</time>'),
        around("") + live(*['<time datetime="2024-03-05T07:55Z">07:55</time>' + FELL] * 4).replace("update", "comment"),
    ],
    ids=["one", "less than the article", "of no time", "in an article", "comments"],
)
def test_other_times_are_no_posts(tmp_path: Path, page: str) -> None:
    assert "5 March" not in read(tmp_path, page)[0].text
