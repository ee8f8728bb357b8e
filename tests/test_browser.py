"""The page and the report in a real browser: the way of an analyst, and articles that mean harm."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from browser import Browser, browsing, chromium
from made_case import made_case
from served import KEY, Served, served
from stemmata.case import Case, judgements
from test_pages import POISON

PROGRAM = chromium()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine: apt-get install chromium")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert PROGRAM
    with browsing(PROGRAM, tmp_path_factory.mktemp("profile")) as one:
        yield one


def report_of(case: Path, target: Path) -> str:
    command = [sys.executable, "-m", "stemmata.cli", "report", str(case), "-o", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return target.as_uri()


def entered(browser: Browser, page: Served) -> None:
    browser.open(f"{page.origin}/?key={KEY}")


def test_the_way_of_an_analyst(browser: Browser, tmp_path: Path) -> None:
    case = tmp_path / "news.stemmata"
    ids = made_case(case)
    with served(case) as page:
        entered(browser, page)
        assert "5 outlets, 2 origins" in browser.text()
        assert "key=" not in browser.value("location.href")

        browser.type("#find", "dam will fail")  # search
        browser.press("Enter")
        browser.wait("location.pathname === '/search' && document.readyState === 'complete'")
        assert "Loud Daily" in browser.text()

        browser.click(".mark")  # open a family
        browser.wait("location.pathname === '/' && document.readyState === 'complete'")
        browser.click(".families a", words="dam may fail")
        browser.wait("location.pathname === '/family' && document.readyState === 'complete'")
        assert browser.value("document.querySelectorAll('.stemma a.edge').length") == 3

        browser.click(".apparatus td.turned a")  # click a cell
        browser.wait("location.pathname === '/versions' && document.readyState === 'complete'")
        landed = browser.value("document.querySelector(':target').innerText")
        assert "quote-altered" in landed  # read two wordings
        assert "“The dam may fail,”" in landed and "“The dam will fail,”" in landed
        assert browser.value("document.querySelector(':target .after mark').innerText") == "will"

        browser.click(".altered:target .judge summary")  # reject a change
        browser.type(".altered:target textarea", "the wire corrected itself")
        browser.click(".altered:target button", words="Reject")
        browser.wait("document.body.innerText.includes('You rejected it.')")
        assert browser.wait("document.querySelector(':target .state')?.innerText") == "rejected"
        with Case(case, create=False) as one:
            latest = list(judgements.log(one))[-1]
            assert (latest.judgement.kind, latest.judgement.why) == ("reject", "the wire corrected itself")
            assert latest.judgement.who == "Ida Holm"

        browser.click(".did button", words="Undo")  # undo it
        browser.wait("!document.body.innerText.includes('You rejected it.') && document.readyState === 'complete'")
        with Case(case, create=False) as one:
            assert list(judgements.log(one))[-1].undone_by == "Ida Holm"
        assert all(url.startswith((page.origin, "data:")) for url in browser.requests())

    address = report_of(case, tmp_path / "report.html")  # write a report; open it from disk with the network off
    browser.command(
        "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0
    )
    try:
        browser.requests()
        browser.open(address)
        assert "Read from" in browser.text() and "5 outlets, 2 origins" in browser.text()
        assert browser.value("getComputedStyle(document.querySelector('.report h3')).fontSize") == "17.92px"  # styled
        assert browser.value("document.querySelector('svg.stemma').getBoundingClientRect().height") > 100
        browser.click(".apparatus td.turned a")
        assert "quote-altered" in browser.wait("document.querySelector(':target')?.innerText")
        assert browser.requests() == [address] or all(u.startswith("file:") for u in browser.requests())
        printed = browser.command("Page.printToPDF", printBackground=True)
        assert len(printed["data"]) > 20_000
    finally:
        browser.command(
            "Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1
        )
    assert ids["wire"] in browser.text()
    assert browser.faults() == []


def test_the_keyboard_reaches_everything(browser: Browser, tmp_path: Path) -> None:
    case = tmp_path / "news.stemmata"
    made_case(case)
    with served(case) as page:
        entered(browser, page)
        browser.open(f"{page.origin}/family?id=f1")
        reached = []
        for _ in range(80):
            browser.press("Tab")
            reached.append(
                browser.value("document.activeElement.getAttribute('class') || document.activeElement.tagName")
            )
        assert {"skip", "mark", "edge turned suggested lit", "stemma-box", "apparatus-box"} <= set(reached)
        browser.value("document.querySelector('details.judge').open = true")
        browser.press("Escape")
        assert browser.value("document.querySelector('details.judge').open") is False
        names = browser.value("""[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')]
            .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length || e.title))
            .map(e => e.outerHTML)""")
        assert names == []
        levels = browser.value("[...document.querySelectorAll('h1, h2, h3')].map(e => +e.tagName[1])")
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("width", [360, 800])
def test_narrow_screens_scroll_one_way_only(browser: Browser, tmp_path: Path, width: int) -> None:
    case = tmp_path / "news.stemmata"
    made_case(case, poison="W" * 300, long_title=True)
    with served(case) as page:
        entered(browser, page)
        browser.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=700, deviceScaleFactor=1, mobile=False
        )
        try:
            with Case(case, create=False) as one:
                wire, loud = (
                    one.value("SELECT id FROM documents WHERE id LIKE ?", [f"{n}%"]) for n in ("wire", "loud")
                )
                actor = one.value("SELECT id FROM actors WHERE name LIKE 'Ana%'")
            for address in (
                "/",
                "/family?id=f1",
                f"/article?id={wire}",
                f"/versions?parent={wire}&child={loud}",
                f"/actor?id={actor}",
                "/predictions",
                "/sides",
                "/log",
            ):
                browser.open(page.origin + address)
                # as wide as that of a large family
                browser.value("document.querySelectorAll('.apparatus').forEach(t => t.style.minWidth = '2000px')")
                assert browser.value("document.documentElement.scrollWidth") <= width, address
        finally:
            browser.command("Emulation.clearDeviceMetricsOverride")


def test_it_reads_without_javascript(browser: Browser, tmp_path: Path) -> None:
    case = tmp_path / "news.stemmata"
    made_case(case)
    with served(case) as page:
        entered(browser, page)
        browser.command("Emulation.setScriptExecutionDisabled", value=True)
        try:
            browser.open(f"{page.origin}/versions?parent=wire-1&child=loud-1")
            browser.click(".altered .judge summary")
            browser.type(".altered textarea", "it says will")
            browser.click(".altered button", words="Confirm")
            browser.wait("document.body.innerText.includes('You confirmed it.')")
        finally:
            browser.command("Emulation.setScriptExecutionDisabled", value=False)


def test_articles_that_mean_harm_do_nothing(browser: Browser, tmp_path: Path) -> None:
    """Script, handlers, SVG, marks of direction and a title of ten thousand words, wherever something is read in."""
    case = tmp_path / "news.stemmata"
    ids = made_case(case, poison=POISON, long_title=True)
    browser.events.clear()
    with served(case) as page:
        entered(browser, page)
        links = ["/"]
        for address in ("/", "/family?id=f1", "/search?q=dam", "/actors", "/disputes", "/log"):
            browser.open(page.origin + address)
            links += browser.value(
                "[...document.querySelectorAll('main a[href^=\"/\"]')].map(a => a.getAttribute('href'))"
            )
        for address in dict.fromkeys(links):
            browser.open(page.origin + address)
            assert browser.value("document.documentElement.dataset.owned") is None, address
            assert browser.value("document.querySelectorAll('img, iframe, main script, svg[onload]').length") == 0, (
                address
            )
            assert browser.value("document.querySelectorAll('footer').length") == 1, address  # nothing closed the page
            tall = browser.value("Math.max(...[...document.querySelectorAll('h1, td, li a')].map(e => e.clientHeight))")
            assert tall < 900, address
        assert len(set(links)) > 15
        assert all(url.startswith((page.origin, "data:")) for url in browser.requests())
    browser.open(report_of(case, tmp_path / "report.html"))
    assert browser.value("document.documentElement.dataset.owned") is None
    assert browser.value("document.querySelectorAll('script, img, iframe, footer').length") == 1
    assert not set(browser.text()) & set("\u202e\u2066\x00\x1b")
    assert browser.faults() == []
    assert ids["family"] == "f1"
