"""What the pages show of a case: drawings, charts, wordings and the report, without a server or a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from made_case import RUN, made_case, note_collated
from made_case import _figures as figures
from made_case import _told as told
from stemmata.case import Case, Entry, actors, called, collation, identities, judgements, lineage, search, views
from stemmata.case.disputes import disputes as disputes_of
from stemmata.case.disputes import put_disputes
from stemmata.case.grouping import put_figures, regroup
from stemmata.case.parts import Link, joined_parts
from stemmata.case.search import Question, answer
from stemmata.case.timeline import timeline
from stemmata.case.verdicts import decisions, weight
from stemmata.case.views import Brief
from stemmata.collate.families import families
from stemmata.export.tables import rows
from stemmata.model import (
    AGAINST_TIME,
    CHANGE_LABELS,
    CORRECTS,
    GRAVITY,
    WORDED,
    Bloc,
    Change,
    ChangeLabel,
    DatedWords,
    Dispute,
    Document,
    Edge,
    Evidence,
    Family,
    Ground,
    Judgement,
    JudgementKind,
    LostAncestor,
    Refusal,
    Span,
    Statement,
    StemmataError,
    statement_id,
    subject,
)
from stemmata.pages import report as reporting
from stemmata.pages import site, standing
from stemmata.pages.apparatus import apparatus
from stemmata.pages.charts import over_time, sourcing
from stemmata.pages.drawing import CUT, LEFT, STEP, Drawing, drawing, moment
from stemmata.pages.rendered import asset, clipped, digest, percent, web_address, when
from stemmata.pages.report import report
from stemmata.pages.shown import (
    Served,
    _alone,
    _rested,
    anchor,
    of_change,
    of_dispute,
    pointing,
    shown_family,
    siglum,
    things,
)
from stemmata.pages.sides import sides, wordings
from stemmata.pages.signs import GRAVITIES, gravity, key, sign
from stemmata.pages.site import Frame, Stretch
from stemmata.resolve import Figure, Figures
from stemmata.resolve.figures import FigureLink
from stemmata.wordings import outlets_told

PAGES = Path(site.__file__).parent
TEMPLATES = sorted(PAGES.joinpath("templates").glob("*.html"))


# Signs and gravity


def test_every_label_has_a_sign_of_its_own_and_a_class() -> None:
    assert len({sign(x) for x in CHANGE_LABELS}) == len(CHANGE_LABELS)
    assert {gravity(x) for x in CHANGE_LABELS} == set(GRAVITIES)
    assert sorted(label for label, *_ in key()) == sorted(CHANGE_LABELS)


def test_the_case_ranks_labels_as_the_model_does(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "made.stemmata")
    with Case(tmp_path / "made.stemmata") as case:
        for labels in (*((x,) for x in CHANGE_LABELS), ("paraphrased", "negated"), ("omitted", "weakened"), ()):
            made = Change(
                parent_document=ids["wire"], child_document=ids["copy"], claim=None, parent_statement=None,
                child_statement=None, changes=labels, score=0.5,
            )  # fmt: skip
            sql = "UPDATE changes SET changes = ? WHERE key = 1"
            case.connection.execute(sql, (str(list(labels)).replace("'", '"'),))
            assert case.value("SELECT gravity FROM changes WHERE key = 1") == made.gravity[0]
    assert len(GRAVITY) == len(CHANGE_LABELS)


# The stemma


def drawn(edges: str, times: str, **fields: object) -> Drawing:
    """Edges "a>b 0.9, a>c 0.5" of versions with times "a 10:00, b 11:00, c -"."""
    published = dict(t.split() for t in times.split(", "))
    versions = {
        k: Brief(id=k, outlet=k.upper(), title=None, published=None if t == "-" else f"2031-05-01T{t}:00Z", url=None)
        for k, t in published.items()
    }
    made = [e.replace(">", " ").split() for e in edges.split(", ") if e]
    family = Family(
        id="f",
        documents=tuple(published),
        edges=tuple(Edge(parent=p, child=c, score=float(s)) for p, c, s in made),
        **fields,  # type: ignore[arg-type]
    )
    return drawing(family, versions, labels={}, states={("a", "b"): "rejected"} if fields.pop("reject", 0) else {})


@pytest.mark.parametrize(
    ("edges", "times", "lanes"),
    [
        ("a>b 0.9, a>c 0.5", "a 10:00, b 11:00, c 12:00", "abc"),
        ("a>c 0.9, c>b 0.5, a>d 0.9", "a 10:00, b 13:00, c 11:00, d 12:00", "acbd"),  # a child stands under its parent
        ("a>b 0.9, c>b 0.4", "a 10:00, b 12:00, c 11:00", "abc"),  # under the likelier of two
        ("", "b 10:00, a 09:00", "ab"),
        ("a>b 0.9, b>a 0.9", "a 10:00, b 11:00", "ab"),  # a circle is drawn all the same
    ],
)
def test_lanes_follow_the_tree_and_then_time(edges: str, times: str, lanes: str) -> None:
    assert "".join(d.id for d in drawn(edges, times).dots) == lanes


def test_time_runs_to_the_right_and_no_two_versions_meet() -> None:
    shown = drawn("a>b 0.9, a>c 0.9, c>d 0.9", "a 10:00, b 10:01, c 10:02, d 23:00")
    xs = [d.x for d in shown.dots]
    assert xs[0] == LEFT
    assert all(b - a >= STEP for a, b in zip(sorted(xs), sorted(xs)[1:], strict=False))
    assert len({d.y for d in shown.dots}) == len(shown.dots)
    assert all(0 <= d.x <= shown.width and 0 <= d.y <= shown.height for d in shown.dots)


def test_a_long_pause_is_cut_and_said() -> None:
    shown = drawn("a>b 0.9, a>c 0.9, c>d 0.9", "a 00:00, b 00:10, c 00:20, d 23:20")
    assert [c.pause for c in shown.cuts] == ["23 hours"]
    gaps = [shown.dots[k + 1].x - shown.dots[k].x for k in range(3)]
    assert gaps[2] <= CUT * gaps[0]
    assert drawn("a>b 0.9", "a 00:00, b 23:00").cuts == ()


def test_a_version_without_a_date_stands_right_of_its_parent() -> None:
    a, b = drawn("a>b 0.9", "a 10:00, b -").dots
    assert b.x > a.x and b.when == "no date" and b.unsure and not a.unsure


def test_a_lost_ancestor_stands_left_of_its_children_in_a_lane_of_its_own() -> None:
    lost = (LostAncestor(id="x", children=("b", "c"), score=0.7),)
    shown = drawn("a>d 0.9", "a 10:00, b 11:00, c 12:00, d 13:00", lost=lost)
    place = {d.id: d for d in shown.dots}
    assert place["x"].lost == 0.7
    assert place["x"].x < min(place["b"].x, place["c"].x)
    assert {(n.parent, n.child) for n in shown.lines if n.kind == "lost"} == {("\0x", "b"), ("\0x", "c")}
    assert [d.id for d in shown.dots] == ["a", "d", "x", "b", "c"]
    both = drawn("a>b 0.9, a>c 0.9", "a 10:00, b 11:00, c 12:00", lost=lost)  # its children have a parent all the same
    assert [d.id for d in both.dots] == ["a", "x", "b", "c"]


def test_ties_are_drawn_and_width_tells_likelihood() -> None:
    family = Family(
        id="f",
        documents=("a", "b", "c"),
        edges=(Edge(parent="a", child="c", score=0.9, tied=("b",)), Edge(parent="a", child="b", score=0.2)),
    )
    versions = {k: Brief(id=k, outlet=None, title=None, published=None, url=None) for k in "abc"}
    lines = drawing(family, versions, labels={}, states={}).lines
    assert [(n.parent, n.child) for n in lines if n.kind == "tied"] == [("b", "c")]
    width = {n.child: n.width for n in lines if n.kind == "edge"}
    assert width["c"] > width["b"]


def test_no_edge_runs_beneath_another_version_as_if_it_came_from_that() -> None:
    def paths(hour: int) -> dict[str, str]:
        times = f"a 01:00, b 02:00, c {hour:02}:00, d 20:00"
        return {n.child: n.path for n in drawn("a>b 0.9, a>c 0.9, a>d 0.9", times).lines}

    hidden, clear = paths(7), paths(19)
    assert "V" in hidden["d"] and "H" in hidden["d"] and "C" in hidden["b"]
    assert "V" not in clear["d"]


def test_of_a_huge_family_the_parents_are_drawn_first() -> None:
    versions = {f"d{k}": Brief(id=f"d{k}", outlet=None, title=None, published=None, url=None) for k in range(50)}
    family = Family(id="f", documents=tuple(versions), edges=(Edge(parent="d40", child="d1", score=0.9),))
    shown = drawing(family, versions, labels={}, states={}, most=10)
    assert len(shown.dots) == 10 and shown.left_out == 40
    assert "d40" in {d.id for d in shown.dots}


@pytest.mark.parametrize(("k", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")])
def test_versions_have_sigla(k: int, name: str) -> None:
    assert siglum(k) == name


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2031-05-01T10:00:00Z", "1 May 2031, 10:00"),
        ("2031-05-01", "1 May 2031"),
        ("yesterday", "yesterday"),
        (None, "no date"),
        ("9" * 500, "9" * 39 + "…"),
    ],
)
def test_dates_as_people_write_them(published: str | None, shown: str) -> None:
    assert when(published) == shown
    assert moment("2031-05-01") == moment("2031-05-01T00:00:00Z")


# The apparatus


def change(child: str, labels: str, claim: str = "c", parent: str = "a", score: float = 0.9) -> Change:
    return Change(
        parent_document=parent, child_document=child, claim=claim, parent_statement=f"{parent}{claim}",
        child_statement=None if labels == "omitted" else f"{child}{claim}",
        changes=tuple(labels.split()), score=score,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "having", "row"),
    [
        ([], "a", "● · ·"),
        ([change("b", "verbatim"), change("c", "omitted")], "ab", "● = −"),
        ([change("b", "paraphrased negated")], "ab", "● ¬ ·"),
        ([change("c", "omitted"), change("c", "verbatim", parent="b")], "abc", "● ● ="),  # kept from one parent of two
        ([change("c", "verbatim"), change("c", "number-changed", parent="b")], "ac", "● · #"),
        ([change("b", "added")], "b", "· + ·"),
    ],
)
def test_a_cell_shows_the_gravest_of_what_a_version_did(changes: list[Change], having: str, row: str) -> None:
    (line,) = apparatus("abc", {"c": set(having)}, changes, {"c": "the dam"}, {}, {c.place: weight(c) for c in changes})
    assert " ".join("·" if c is None else sign(c.labels[0]) if c.labels else "●" for c in line.cells) == row


def test_a_rejected_change_weighs_nothing() -> None:
    grave, mild = change("b", "negated", "c1"), change("b", "weakened", "c2")
    said, weights = {grave.place: "rejected"}, {grave.place: "rejected", mild.place: "counts"}
    lines = apparatus("ab", {"c1": {"a", "b"}, "c2": {"a", "b"}}, [grave, mild], {}, said, weights)
    assert [n.claim for n in sorted(lines, key=lambda n: n.gravity)] == ["c2", "c1"]
    assert [c.state for n in lines for c in n.cells if c and c.change] == ["rejected", "suggested"]


# Two wordings and two versions


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The dam ⟦may⟧ fail", "The dam ⟦will⟧ fail"),
        ("The dam fails", "The dam fails ⟦today⟧"),
        ("“The dam fails,”", "The DAM fails"),  # case and marks are no other words
        ("⟦12⟧ gates", "⟦21⟧ gates"),
        ("⟦2.4⟧ million", "⟦4.2⟧ million"),
        ("⟦all of it⟧", "⟦another thing⟧"),
    ],
)
def test_differing_words_are_marked(before: str, after: str) -> None:
    plain = [re.sub("[⟦⟧]", "", text) for text in (before, after)]
    marked = ["".join(f"⟦{t}⟧" if differs else t for t, differs in side) for side in wordings(*plain)]
    assert marked == [before, after]


def test_paragraphs_stand_beside_their_versions() -> None:
    before = "The dam may fail, she said.\n\nNobody asked the valley about it.\n\nIt was built in 1931 by two firms."
    after = "A storm came in the night.\n\nThe dam will fail, she said.\n\nIt was built in 1931 by two firms."
    both = sides(Document(id="a", text=before), Document(id="b", text=after), of_parent=[], of_child=[])
    rows = [tuple("".join(p.text for p in side)[:11] for side in (r.before, r.after)) for r in both.rows]
    assert rows == [
        ("", "A storm cam"),
        ("The dam may", "The dam wil"),
        ("Nobody aske", ""),
        ("It was buil", "It was buil"),
    ]


def test_a_page_of_a_huge_text_is_bounded_and_says_so() -> None:
    long = "\n\n".join(f"Paragraph {k} of many." for k in range(3_000))
    both = sides(Document(id="a", text=long), Document(id="b", text="word " * 20_000), of_parent=[], of_child=[])
    assert both.left_out == 2_800
    assert len(both.rows) <= 201


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        (
            "He said: “We wrote twice and ⟦asked⟧ them to take her out of service,” and left. Nobody came.",
            "He said: “We wrote twice and ⟦ordered⟧ them to take her out of service,” and left.",
            "quote-altered",
        ),
        ("He said: “We ⟦may⟧ ask them.”", "He said: “We ⟦will⟧ ask them.”", "strengthened"),
        ("He said: “We ⟦had⟧ asked.”", "He said: “We asked.”", "quote-altered"),
        ("He said: “⟦Ask⟧.”", "He said: “⟦Go⟧.”", "number-changed"),
    ],
)
def test_of_a_quotation_side_by_side_the_words_that_differ_are_marked(
    before: str, after: str, label: ChangeLabel
) -> None:
    texts = [re.sub("[⟦⟧]", "", x) for x in (before, after)]
    quoted = [Span(x.index("“"), x.index("”") + 1) for x in texts]
    said = [replace(_said(x, "He", "said", x[q.start : q.end]), id=x) for x, q in zip(texts, quoted, strict=True)]
    both = sides(
        Document(id="a", text=texts[0]),
        Document(id="b", text=texts[1]),
        of_parent=[(1, said[0])],
        of_child=[(1, said[1])],
        grounds=[Ground(label=label, parent=(quoted[0],), child=(quoted[1],), score=0.9)],
    )
    (row,) = both.rows
    marked = ["".join(f"⟦{p.text}⟧" if p.ground else p.text for p in side) for side in (row.before, row.after)]
    assert marked == [before, after]


def test_statements_keep_their_numbers_and_the_inner_report_is_shown() -> None:
    text = "He said she had said the dam fails."
    outer = _said(text, "He", "said", "she had said the dam fails")
    inner = _said(text, "she", "had said", "the dam fails")
    both = sides(
        Document(id="a", text=text), Document(id="b", text=text), of_parent=[(1, outer), (2, inner)], of_child=[]
    )
    shown = [(p.text, p.role, p.statement, p.begins) for p in both.rows[0].before if p.text.strip()]
    assert shown == [
        ("He", "source", 1, (1,)),
        ("said", "cue", 1, ()),
        ("she", "source", 2, (2,)),
        ("had said", "cue", 2, ()),
        ("the dam fails", "content", 2, ()),
        (".", "text", None, ()),
    ]


def _said(text: str, source: str, cue: str, content: str, sourcing: str = "named-person") -> Statement:
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return Statement(
        id=f"{source} {cue}", document="a", source=span(source) if source else None, cue=span(cue) if cue else None,
        content=(span(content),), mode="indirect", act="assert", sourcing=sourcing, confidence=0.9,
    )  # fmt: skip


# Charts


def test_sourcing_counts_every_character_once() -> None:
    text = "Ana said yes. Nobody knows."
    shares = sourcing(Document(id="a", text=text), [_said(text, "Ana", "said", "yes")])
    assert [(s.sourcing, round(s.width, 1)) for s in shares] == [("named-person", 43.5), ("outlet", 56.5)]
    assert sum(s.width for s in shares) == pytest.approx(100)


def test_what_is_told_inside_another_report_stands_on_the_inner_source() -> None:
    text = "Ana said officials fear it."
    told = [
        _said(text, "Ana", "said", "officials fear it"),
        _said(text, "officials", "fear", "it", sourcing="unnamed-group"),
    ]
    assert [s.sourcing for s in sourcing(Document(id="a", text=text), told)] == [
        "named-person",
        "unnamed-group",
        "outlet",
    ]


def test_bars_over_time() -> None:
    chart = over_time([("Wire", [0, 4, 2]), ("Post", [1, 0, 0])], start=0, width=86_400)
    assert [[b.count for b in s.bars] for s in chart.strips] == [[4, 2], [1]]
    high, low = chart.strips[0].bars
    assert high.height == pytest.approx(2 * low.height, abs=0.2)
    assert high.when == "2 Jan 1970"
    for width, during in (
        (3_600, "1 Jan 1970, 01:00 to 01:59"),
        (604_800, "8 Jan 1970 to 14 Jan 1970"),
        (315_576_000, "1 Jan 1980 to 31 Dec 1989"),
    ):
        assert over_time([("Wire", [0, 1])], start=0, width=width).strips[0].bars[0].when == during
    assert chart.narrow and chart.narrow.width < 400  # at the size of its letters on a telephone
    assert [[b.count for b in s.bars] for s in chart.narrow.strips] == [[4, 2], [1]]
    assert all(s.label_y < b.y for s in chart.narrow.strips for b in s.bars)


# What goes out


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://wire.example/dam", True),
        ("HTTP://wire.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (" https://wire.example", False),
        ("//wire.example", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str | None, link: bool) -> None:
    assert bool(web_address(url)) is link


@pytest.mark.parametrize(
    ("p", "shown"), [(1.0, ">99 %"), (0.996, ">99 %"), (0.5, "50 %"), (0.004, "<1 %"), (0.0, "<1 %"), (0.994, "99 %")]
)
def test_no_likelihood_is_rounded_to_certainty(p: float, shown: str) -> None:
    assert percent(p) == shown


def test_long_lines_are_cut() -> None:
    assert clipped("a\n b\t c") == "a b c"
    assert clipped("word " * 10_000, 20) == "word word word word…"
    assert clipped(None) == ""


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
def test_templates_hold_no_script_style_or_handler(template: Path) -> None:
    text = template.read_text("utf8")
    assert not re.search(r"\son\w+\s*=|\sstyle\s*=|javascript:", text)
    assert not re.search(r"<script(?! src=\"/page\.js\")", text)
    assert not re.search(r"https?://", text)
    safe = re.findall(r"\{\{[^}]*\|\s*safe[^}]*\}\}", text)
    ours = {"{{ mark|safe }}", "{{ policy|safe }}", "{{ style|safe }}"}
    assert {s for s in safe if s not in ours and not re.fullmatch(r"\{\{ \"[^{]*", s)} == set()


POISON = (
    '"\'><script>document.documentElement.dataset.owned=1</script><img src=x onerror="document.documentElement'
    '.dataset.owned=1"><svg onload="document.documentElement.dataset.owned=1"></svg></style></title>{{ 7*7 }}'
    "\u202egnorw\u2066 &#60;b&#62; ../../ \x00\x1b[31m"
)
OURS = """
a abbr article b blockquote body br button circle cite code datalist dd details div dl dt em figcaption figure footer
form g h1 h2 h3 head header html i input label li line link main mark meta nav ol option p path q rect script section
select span style summary sup svg table tbody td text textarea th thead time title tr tspan ul
"""


def every_page(path: Path, ids: dict[str, str]) -> dict[str, str]:
    with Case(path, create=False) as case:
        frame = Frame(name="news", who="Ida", token="t", here="/")
        return {
            "front": site.front(case, frame, site.overview(case, decisions(case))),
            "families": site.families(case, frame),
            "family": site.family(case, frame, "f1"),
            "versions": site.versions(case, frame, ids["wire"], ids["loud"]),
            "article": site.article(case, frame, ids["wire"]),
            "late article": site.article(case, frame, ids["late"]),
            "actors": site.actors(frame, site.overview(case, decisions(case))),
            "actor": site.actor(case, frame, ids["actor"], site.overview(case, decisions(case)), standing.named(case)),
            "claim": site.claim(case, frame, "c1"),
            "search": site.search(case, frame, Question(words="dam")),
            "disputes": site.disputes(case, frame),
            "predictions": site.predictions(case, frame, standing.foretelling(case, decisions(case))),
            "sides": site.blocs(case, frame, standing.blocs(case, decisions(case))),
            "log": site.log(case, frame),
            "report": report(case),
            "report of a family": report(case, "f1"),
            "report of one": report(case, ids["reply"]),
        }


@pytest.mark.parametrize("name", ["front", "families", "family", "versions", "article", "claim", "report"])
def test_a_page_reads_once_what_was_decided(tmp_path: Path, name: str) -> None:
    path = tmp_path / "news.stemmata"
    ids = made_case(path)
    asked: dict[str, Callable[[Case, Frame], str]] = {
        "front": lambda case, frame: site.front(case, frame, seen),
        "families": site.families,
        "family": lambda case, frame: site.family(case, frame, "f1"),
        "versions": lambda case, frame: site.versions(case, frame, ids["wire"], ids["loud"]),
        "article": lambda case, frame: site.article(case, frame, ids["wire"]),
        "claim": lambda case, frame: site.claim(case, frame, "c1"),
        "report": lambda case, frame: report(case),
    }
    with Case(path) as case:
        seen = site.overview(case, decisions(case))
        judgements.decide(case, "reject", subject("edge", ids["loud"], ids["late"]), who="Ida", why="read")
        read: list[str] = []
        case.connection.set_trace_callback(read.append)
        asked[name](case, Frame(name="news"))
    assert len([sql for sql in read if "FROM judgements" in sql and "'confirm', 'reject'" in sql]) == 1


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    path = tmp_path_factory.mktemp("poisoned") / "news.stemmata"
    return every_page(path, made_case(path, poison=POISON, long_title=True))


def test_no_markup_of_an_article_gets_out(poisoned: dict[str, str]) -> None:
    for name, page in poisoned.items():
        tags = re.findall(r"<([a-zA-Z][^\s/>]*)([^>]*)>", re.sub(r"<style>.*?</style>", "<style>", page, flags=re.S))
        assert {t for t, _ in tags} <= set(OURS.split()), name
        for tag, attributes in tags:
            plain = re.sub(r'"[^"]*"', '""', attributes)
            assert not re.search(r"\b(on\w+|style|srcdoc)\s*=", plain), (name, tag, attributes)
            assert not re.search(r'(href|src|action)="(?!/|#|https?://|data:,)', attributes), (name, tag, attributes)
        assert page.count("<script") == (0 if name.startswith("report") else 1), name
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", page), name
        assert "/title&gt;49" not in page, name
        assert "&lt;script&gt;" in page or name == "families" or "owned" not in page, name


def test_a_title_of_ten_thousand_words_is_cut_everywhere_but_on_its_own_page(poisoned: dict[str, str]) -> None:
    for name, page in poisoned.items():
        assert (page.count(" word word word word") > 100) == name.endswith("article"), name
        assert len(page) < 250_000, name


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    path = tmp_path_factory.mktemp("made") / "news.stemmata"
    return every_page(path, made_case(path))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("front", ["5 outlets", "2 origins", "Minister: dam may fail", "quote-altered", "Ana Reyk", "denies"]),
        (
            "family",
            ["4 versions by 4 outlets", "a lost version", "may as well come from", "number-changed", "confirmed"],
        ),
        (
            "versions",
            ["62 %", "may as well come from 1 other", "quote-altered", "<mark>will</mark>", "DAM WIRE reported"],
        ),
        ("article", ["named person", "Made from it", "https://wire.example/dam", "sha256"]),
        ("late article", ["left by a language model", "preamble: <q>the dam</q>", "Made from</h2>"]),
        ("actor", ["Positions", "Statements over time", "Correct this actor"]),
        ("claim", ["4 wordings", "Who disputes it", "quote-altered"]),
        ("search", ["statements, oldest first", "The dam will fail"]),
        ("predictions", ["new pumps", "by 15 Jun 2031", "1 of 1 name a date", "promise"]),
        ("sides", ["bloc 1", "proposed", "Two accounts", "bloc 1 says, bloc 2 disputes", "Bo Lund"]),
        ("log", ["confirm", "see the byline", "Undo"]),
        (
            "report",
            ["5 outlets", "How this was made", "w1", "does not say who ordered it", "/news/wire.html", "Limits"],
        ),
        (
            "report of a family",
            ["gravest changes", "SHA-256", "suggested", "confirmed 1 and rejected 0", "The apparatus"],
        ),
    ],
)
def test_pages_show_what_they_are_for(pages: dict[str, str], page: str, words: list[str]) -> None:
    plain = pages[page]
    assert [w for w in words if w not in plain] == []


def test_a_page_without_a_token_offers_no_decision(tmp_path: Path) -> None:
    made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        assert "<form method" not in site.family(case, Frame(name="news"), "f1")


def test_ids_name_one_thing_in_a_page(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        ids = re.findall(r'\sid="([^"]*)"', page)
        assert len(ids) == len(set(ids)), name
        for target in re.findall(r'href="#([^"]*)"', page):
            assert target in ids, (name, target)


def test_rejecting_a_change_takes_it_from_the_gravest(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        frame = Frame(name="news", token="t")
        (grave,) = [c for c in views.changes_between(case, ids["wire"], ids["loud"]) if "quote-altered" in c.changes]
        about = subject("change", ids["wire"], ids["loud"], grave.parent_statement, grave.child_statement)
        assert f'id="{anchor(grave)}"' in site.family(case, frame, "f1")
        done = judgements.decide(case, "reject", about, who="Ida", why="read")
        after = site.family(case, frame, "f1")
        assert f'id="{anchor(grave)}"' not in after
        assert "1 change is not counted" in after
        judgements.undo(case, who="Ida", id=done.id)
        assert f'id="{anchor(grave)}"' in site.family(case, frame, "f1")


def test_a_drawing_shows_what_is_likely_and_says_how_much_more(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        (shown,) = (shown_family(case, decisions(case), f) for f in lineage.families(case))
        loud = shown.by_id[ids["loud"]]
        assert {"quote-altered", "number-changed", "credit-dropped"} <= set(loud.labels)
        case.connection.execute("UPDATE changes SET score = 0.3 WHERE changes LIKE '%number-changed%'")
        after = shown_family(case, decisions(case), shown.family)
        assert "number-changed" not in after.by_id[ids["loud"]].labels and after.unsure == 1
        (line,) = [n for n in after.drawing.lines if n.kind == "edge" and n.child == ids["loud"]]
        assert line.labels == after.by_id[ids["loud"]].labels
        page = site.family(case, Frame(name="news"), "f1")
        assert 'class="turned suggested unsure"' in page and "1 more is less likely than not" in page
        assert 'class="more"' not in page
        every = ["negated", "quote-altered", "number-changed", "strengthened", "weakened", "added", "paraphrased"]
        case.connection.execute(
            "UPDATE changes SET score = 0.9, changes = ? WHERE changes LIKE '%number-changed%'", [json.dumps(every)]
        )
        page = site.family(case, Frame(name="news"), "f1")
        assert "<title>weakened, credit-dropped, added</title>+3</text>" in page.replace("\n", "")


def test_every_share_among_the_evidence_of_an_edge_is_a_percentage() -> None:
    lines = (files("stemmata") / "sample" / "articles.jsonl").read_text("utf-8").splitlines()
    rows = map(json.loads, lines)
    (tree,) = families([Document(id=r["id"], text=r["text"], published=r["published"]) for r in rows])
    names = {name for e in tree.edges for name, _ in e.evidence}
    assert names >= site._SHARES  # a name of the evidence that changed would show as a bare fraction
    assert {v for n, v in site.evidence(tree.edges[0]) if n in site._SHARES and not v.endswith(" %")} == set()


def test_an_edge_without_dates_tells_kinship_apart(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        told = [json.dumps({"kin": 0.98, WORDED: 0.6}), ids["late"]]
        case.connection.execute("UPDATE edges SET evidence = ? WHERE child = ?", told)
        pages = [
            " ".join(page.split())
            for page in (
                site.family(case, Frame(name="news"), "f1"),
                report(case),
                site.article(case, Frame(name="news"), ids["late"]),
                site.versions(case, Frame(name="news"), ids["loud"], ids["late"]),
                site.versions(case, Frame(name="news"), ids["wire"], ids["loud"]),
            )
        ]
        assert all("of one text with a likelihood of 98 %, made from it with one of 40 %" in p for p in pages[:3])
        assert "come from one text with a likelihood of 98 %" in pages[3] and "from one text" not in pages[4]


def test_where_wording_and_times_disagree_the_family_says_so_at_once(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        told = [json.dumps({"kin": 0.98, AGAINST_TIME: 0.97}), ids["loud"]]
        case.connection.execute("UPDATE edges SET evidence = ? WHERE child = ?", told)
        pages = [
            " ".join(page.split())
            for page in (
                site.family(case, Frame(name="news"), "f1"),
                report(case),
                site.versions(case, Frame(name="news"), ids["wire"], ids["loud"]),
            )
        ]
        assert all("by its wording it came before that one (97 %)" in p for p in pages)
        assert all("by its time; by the wording a version made from it came before it" in p for p in pages[:2])
        assert all("by the wording the other way round than by the times" in p for p in pages[:2])


def test_a_correction_is_called_one_where_its_parent_is_told(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        for told, corrects in (({"kin": 0.98}, False), ({"kin": 0.98, CORRECTS: 1.0}, True)):
            case.connection.execute("UPDATE edges SET evidence = ? WHERE child = ?", [json.dumps(told), ids["loud"]])
            pages = (
                site.family(case, Frame(name="news"), "f1"),
                report(case),
                site.versions(case, Frame(name="news"), ids["wire"], ids["loud"]),
            )
            assert {"says that it corrects an article" in page for page in pages} == {corrects}


def test_beside_the_text_an_unlikely_change_is_called_so(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:

        def page() -> str:
            return " ".join(site.versions(case, Frame(name="news"), ids["wire"], ids["loud"]).split())

        assert "perhaps</span>" not in page()
        case.connection.execute("UPDATE changes SET score = 0.43 WHERE instr(changes, 'number-changed')")
        assert page().count("perhaps</span></a>") == 1


def test_a_claims_page_shows_what_counts_and_how_much_does_not(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:

        def page() -> str:
            return " ".join(site.claim(case, Frame(name="news"), ids["claim"]).split())

        assert 'title="quote-altered' in page() and "less likely than not" not in page()
        case.connection.execute("UPDATE changes SET score = 0.09")
        assert 'title="quote-altered' not in page() and "1 change less likely than not" in page()


def test_of_versions_with_hardly_a_statement_in_common_it_is_not_said_that_nothing_changed(tmp_path: Path) -> None:
    made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        assert "hardly a statement in common" not in site.family(case, Frame(name="news"), "f1")
        case.connection.execute("DELETE FROM changes")
        page = site.family(case, Frame(name="news"), "f1")
        assert page.count("hardly a statement in common") == 3 and "no change beyond rewording" not in page


def test_decisions_are_told_by_names_and_words(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        (grave,) = [c for c in views.changes_between(case, ids["wire"], ids["loud"]) if "quote-altered" in c.changes]
        (dispute,) = views.latest_disputes(case, limit=9)
        actor = subject("actor", views.keys_of(case, ids["actor"])[0])
        about = {
            of_change(grave): "change Dam Wire → Loud Daily: “The dam will fail,”",
            of_dispute(
                dispute
            ): "dispute in Radio Reply: “Ana Reyk’s warning is false” against Dam Wire: “The dam may fail,”",
            subject("statement", ids["told"]): "statement in Loud Daily: “The dam will fail,”",
            subject("statement", "gone"): "statement that is gone",
            actor: "Ana Reyk",
            f"{json.loads(actor)[1]}|{ids['loud']}": "Ana Reyk in Loud Daily",
        }
        assert {k: t.words for k, t in things(case, about, Served()).items()} == about
        assert things(case, [actor], Served())[actor].address == Served().of("actor", ids["actor"])


def test_what_was_said_of_an_actor_or_a_claim_stays_when_another_part_comes_first(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        about = [subject("actor", views.keys_of(case, ids["actor"])[0]), subject("claim", ids["told"])]
        assert json.loads(about[0])[1] > "person:a" and views.claim(case, "c1").statements[0] != ids["told"]
        for x in about:
            judgements.decide(case, "confirm", x, who="Ida", why="read")
            judgements.decide(case, "note", x, who="Ida", note="a thing to know")
        figure = Figure(document=ids["reply"], key="person:a reyk", name="A Reyk", kind="person", aliases=("A Reyk",))
        sql = "SELECT id FROM statements WHERE document = ? ORDER BY start LIMIT 1"
        link = FigureLink(statement=case.value(sql, [ids["reply"]]), key=figure.key, how="name", probability=0.9)
        with case.transaction():
            put_figures(case, ids["reply"], Figures(figures=(figure,), links=(link,)), RUN)
            regroup(case)
        whole = actors.speaker(case, "Ana Reyk").actor.id
        assert views.keys_of(case, whole)[0] == "person:a reyk"
        frame, every = Frame(name="news", token="t"), (site.overview(case, decisions(case)), standing.named(case))
        pages = [site.actor(case, frame, whole, *every), site.claim(case, frame, "c1")]
        assert all("a thing to know" in page for page in pages)
        assert [r["state"] for r in rows(case, "actors") if r["id"] == whole] == ["confirmed"]
        assert [r["state"] for r in rows(case, "claims") if r["id"] == "c1"] == ["confirmed"]


def test_an_article_that_was_not_analysed_says_so(tmp_path: Path) -> None:
    text = "سد الوادي قد ينهار قبل الشتاء"
    where = Evidence(sha256="0" * 64, location="dam.html", read_at="2031-06-01T09:00:00+00:00")
    document = Document(id="ar-1", text=text, lang="ar", evidence=where)
    told = Refusal(location="ar-1", step="attribute", reason="written in another language (ar)", kept=True)
    with Case(tmp_path / "news.stemmata") as case:
        case.put(document, [], RUN, refusals=[told])
        undated = Refusal(location="dam.html", step="read", reason="read without its date: “9/8”", kept=True)
        case.put_refusal(undated, RUN)
        page = " ".join(site.article(case, Frame(name="news"), "ar-1").split())
        front = " ".join(site.front(case, Frame(name="news"), site.overview(case, decisions(case))).split())
    assert (
        "1 thing that was given could not be read or analysed" in front and "is 1 remark on how articles were" in front
    )
    assert "the language of this text (ar) is not English" in page and "No statement was found" not in page
    assert "How much of the text" not in page
    assert all(f"<dd>{r.reason}</dd>" in page for r in (told, undated))


def test_a_decision_about_parts_of_one_name_tells_it_once(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        key = views.keys_of(case, ids["actor"])[0]
        both = (*(subject("actor", k) for k in (key, f"{key}|")), subject("document", ids["wire"]))
        judgements.judge(case, Judgement(kind="merge", targets=both, who="Ida", when=judgements.now(), why="read"))
        page = site.log(case, Frame(name="news"))
    assert page.count(">Ana Reyk</a>") == 1 and "</a>, <a" in page


def test_an_outlet_without_a_date_has_no_row_in_a_chart_of_time(tmp_path: Path) -> None:
    made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        case.put(Document(id="u-1", text="The valley has nine villages.", outlet="Undated Post"), [], RUN)
        time = timeline(case)
        assert "Undated Post" not in dict(time.rows) and (time.others, time.undated) == (1, 1)
        page = site.front(case, Frame(name="news"), site.overview(case, decisions(case)))
    assert "1 more outlet is not drawn. 1 article has no date." in page


def test_a_year_that_stands_for_none_breaks_no_chart(tmp_path: Path) -> None:
    made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        case.put(Document(id="u-1", text="It has nine villages.", outlet="Post", published="0001-01-01"), [], RUN)
        assert "Post" in site.front(case, Frame(name="news"), site.overview(case, decisions(case)))


def test_rejecting_an_edge_makes_an_origin(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        assert views.held(case, decisions(case)).origins == 2
        judgements.decide(case, "reject", subject("edge", ids["loud"], ids["late"]), who="Ida", why="read")
        assert views.held(case, decisions(case)).origins == 3
        assert "from 2 origins" in site.family(case, Frame(name="news"), "f1")


@pytest.mark.parametrize(
    ("documents", "edges", "told"),
    [
        ("a1 b2", "ab", "ab from a"),
        ("a2 b1 c3", "ac bc", "abc from b a"),  # the earlier one, in whatever order they come
        ("a2 b c1", "ac bc", "abc from b<c a"),  # one without a date is before what goes back to it
        ("a b c2", "ab bc", "abc from a<c"),
        ("a b", "ab", "ab from a"),
        ("a1 b2 c3 d4", "ab bd", "abd from a, c from c"),
        ("a1 b2 c3 d4 e5", "ab ce de", "cde from c d, ab from a"),  # the larger first
    ],
)
def test_what_edges_join_goes_back_to_its_earliest_origin(documents: str, edges: str, told: str) -> None:
    dates = {d[0]: d[1:] or None for d in documents.split()}
    found = joined_parts(list(dates), [Link(parent=e[0], child=e[1]) for e in edges.split()], dates)
    said = [
        f"{''.join(p.documents)} from {' '.join(o.document + (f'<{o.before}' if o.before else '') for o in p.origins)}"
        for p in found
    ]
    assert ", ".join(said) == told


def test_a_family_parts_where_a_person_rejected_what_joined_it(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:

        def listed() -> list[tuple[str, int, int]]:
            return [(f.heading, f.versions, f.parts) for f in views.largest_families(case, decisions(case), limit=9)]

        def counted() -> tuple[int, int]:
            return views.held(case, decisions(case)).families, views.held(case, decisions(case)).alone

        assert listed() == [("Minister: dam may fail", 4, 1)] and counted() == (1, 1)
        assert "held to come from one text" in report(case, "f1")
        judgements.decide(case, "reject", subject("edge", ids["wire"], ids["loud"]), who="Ida", why="read")
        assert listed() == [("Minister: dam may fail", 2, 2), ("Dam WILL fail", 2, 2)] and counted() == (2, 1)
        page = " ".join(site.family(case, Frame(name="news"), "f1").split())
        assert "stand apart, in 2 parts. 2 versions: first told by" in page
        assert "held to come from one text" not in report(case, "f1")
        judgements.decide(case, "reject", subject("edge", ids["loud"], ids["late"]), who="Ida", why="read")
        assert listed() == [("Minister: dam may fail", 2, 3)] and counted() == (1, 3)
        assert views.is_alone(case, decisions(case), ids["late"]) and not views.is_alone(
            case, decisions(case), ids["wire"]
        )
        assert ids["late"] in views.most_telling_alone(case, decisions(case), limit=9)
        for _ in range(2):
            judgements.undo(case, who="Ida")
        assert listed() == [("Minister: dam may fail", 4, 1)] and counted() == (1, 1)


@pytest.mark.parametrize(
    ("kind", "about", "told"),
    [
        ("note", '["document", "x"]', "empty note"),
        ("merge", '["document", "x"]', "no decision about one thing"),
        ("reject", "", "nothing to reject"),
        ("reject", '["dream", "x"]', "nothing to reject"),
        ("confirm", "[", "nothing to confirm"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(tmp_path: Path, kind: JudgementKind, about: str, told: str) -> None:
    with Case(tmp_path / "news.stemmata") as case, pytest.raises(StemmataError, match=told):
        judgements.decide(case, kind, about, who="Ida", note=" ")


def test_of_an_actor_with_too_many_statements_some_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    monkeypatch.setattr(views, "_OF_ACTOR", views._OF_ACTOR.replace(f"LIMIT {views.MOST_OF_ACTOR}", "LIMIT 2"))
    with Case(tmp_path / "news.stemmata") as case:
        page = site.actor(
            case, Frame(name="news"), ids["actor"], site.overview(case, decisions(case)), standing.named(case)
        )
        assert "3 statements: 2 assert" in page and "What follows counts 2 of them" in page


# Positions, predictions, sides

SAYINGS = {  # day -> source, cue, content and act
    "2031-03-01": ("Ana Reyk", "said", "the dam is safe", "assert"),
    "2031-03-02": ("Ana Reyk", "accused", "Bo Lund of hiding the report", "accuse"),
    "2031-03-03": ("Ana Reyk", "promised", "new gates by 15 June", "promise"),
    "2031-03-04": ("Bo Lund", "warned", "of a flood", "warn"),
    "2031-03-05": ("Ana Reyk", "said", "the dam is not safe", "assert"),
    "2031-03-06": ("Bo Lund", "denied", "the dam is not safe", "deny"),
}


def sayings(path: Path) -> list[str]:
    """A case of one saying a day, in which one speaker changes her mind; gives the ids of the statements."""
    made = []
    with Case(path) as case:
        for day, (who, cue, content, act) in SAYINGS.items():
            office = "Minister " if day == "2031-03-01" else ""
            text = f"{office}{who} {cue} {content} on Monday."
            document = Document(id=f"d{day}", text=text, outlet=f"Post of {day}", published=f"{day}T10:00:00Z")
            s = told(document, who, cue, content, act=act)  # type: ignore[arg-type]
            case.put(document, [s], RUN)
            with case.transaction():
                found = figures(document.id, s, text, "")
                roles = (Span(0, len("Minister")),) if office else ()
                put_figures(case, document.id, replace(found, figures=(replace(found.figures[0], roles=roles),)), RUN)
            made.append(s.id)
        with case.transaction():
            gists = [content for _, _, content, _ in SAYINGS.values()]
            collation.put_claims(case, [(f"c{k}", gists[k], [s]) for k, s in enumerate(made)], RUN)
            regroup(case)
        disputed = [(4, 0, "contradicts"), (5, 4, "denies")]
        put_disputes(
            case,
            [Dispute(by_statement=made[a], of_statement=made[b], relation=r, score=0.9) for a, b, r in disputed],  # type: ignore[arg-type]
            RUN,
        )
        case.connection.execute("DELETE FROM waiting")
    return made


def page_of(case: Case, name: str, **asked: str) -> str:
    id = case.value("SELECT id FROM actors WHERE name = ?", [name])
    return " ".join(
        site.actor(
            case, Frame(name="news"), id, site.overview(case, decisions(case)), standing.named(case), **asked
        ).split()
    )  # type: ignore[arg-type]


def test_an_actors_page_tells_what_it_takes_up_with_its_words(tmp_path: Path) -> None:
    made = sayings(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        page = page_of(case, "Ana Reyk")
        places = [page.index(f'd{day}#s-{made[k]}">Post') for k, day in enumerate(SAYINGS) if k in (0, 1, 2, 4)]
        assert places == sorted(places)
        positions = page[page.index('id="h-positions"') : page.index('id="h-disputes"')]
        assert "<b>accuses</b> <span" in positions and 'names</span> <a href="/actor?id=' in positions
        assert '<b class="date">by 15 June</b>' in positions and "by 15 Jun 2031" in positions
        assert positions.count("↺</span> changed") == 1 and "before: <time>1 Mar 2031, 10:00</time>" in positions
        assert ">Minister</q>" in page and 'class="facts offices"' in page
        assert page.count("contradicts</span>") == 1  # a dispute with oneself stands there once
        changed = page_of(case, "Ana Reyk", stance="changed")
        assert changed.count('<p class="stance">') == 1
        assert page_of(case, "Ana Reyk", stance="sings").count('<p class="stance">') == 4
        against = page_of(case, "Bo Lund", stance="denies")
        assert "against</span> <a" in against and against.count('<p class="stance">') == 1
        assert positions.count('denied by</span> <a href="/actor?id=') == 1 and "contradicted by" not in positions
        judgements.decide(case, "reject", subject("dispute", made[5], made[4]), who="Ida", why="read")
        assert "denied by" not in page_of(case, "Ana Reyk")


def test_what_a_person_rejected_changes_no_position_and_parts_nobody(tmp_path: Path) -> None:
    made = sayings(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        assert [len(b.actors) for b in standing.blocs(case, decisions(case)).found] == [1, 1]
        for by, of in ((4, 0), (5, 4)):
            judgements.decide(case, "reject", subject("dispute", made[by], made[of]), who="Ida", why="read")
        assert "↺</span> changed" not in page_of(case, "Ana Reyk")
        assert standing.blocs(case, decisions(case)).found == ()


def test_a_rejected_statement_is_no_voice_of_the_case(tmp_path: Path) -> None:
    made = sayings(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        before = {v.name: v.statements for v in site.overview(case, decisions(case)).voices}
        said = case.value("SELECT actor FROM statements WHERE id = ?", [made[4]])
        name = case.value("SELECT name FROM actors WHERE id = ?", [said])
        judgements.decide(case, "reject", subject("statement", made[4]), who="Ida", why="read")
        seen = site.overview(case, decisions(case))
        after = {v.name: v.statements for v in seen.voices}
        assert after == {k: n - (k == name) for k, n in before.items() if n - (k == name)}
        assert seen.speakers == len(after)


def test_where_nobody_known_disputes_that_is_said(tmp_path: Path) -> None:
    made = sayings(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        with case.transaction():  # Bo Lund is known in his document only, as "the minister" is
            case.connection.execute("UPDATE actor_parts SET key = 'person@d:bo' WHERE key LIKE '%bo lund'")
        seen = standing.blocs(case, decisions(case))
        page = " ".join(site.blocs(case, Frame(name="news"), seen).split())
        assert seen.found == () and "2 disputes</a>, none of them between two actors who are known" in page
        bo = case.value("SELECT id FROM actors WHERE name = 'Bo Lund'")
        case.connection.execute("UPDATE actors SET side = 'river' WHERE id = ?", [bo])
        assert [b.name for b in standing.blocs(case, decisions(case)).found] == ["river", "bloc 1"]
        case.connection.execute("UPDATE actors SET side = NULL")
        with case.transaction():  # a person joined two of them
            case.connection.execute("INSERT INTO actor_parts VALUES ('person@e:bo', 'person@e:bo', ?, 1)", [bo])
        assert [len(b.actors) for b in standing.blocs(case, decisions(case)).found] == [1, 1]
        for by, of in ((4, 0), (5, 4)):
            judgements.decide(case, "reject", subject("dispute", made[by], made[of]), who="Ida", why="read")
        assert "No dispute was found" in site.blocs(case, Frame(name="news"), standing.blocs(case, decisions(case)))


def test_predictions_are_sorted_by_their_date_or_by_when_they_were_said(tmp_path: Path) -> None:
    sayings(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        seen = standing.foretelling(case, decisions(case))

        def page(**asked: str) -> str:
            return site.predictions(case, Frame(name="news"), seen, **asked)  # type: ignore[arg-type]

        due, said = page(), page(order="said")
        assert due.index("new gates") < due.index("of a flood") and said.index("of a flood") < said.index("new gates")
        assert "1 of 2 name a date" in due and "by 15 Jun 2031" in due and "no date named" in due
        assert "of a flood" not in page(kind="promise") and "new gates" in page(kind="promise")


def test_two_accounts_stand_beside_each_other_the_analysts_sides_first(tmp_path: Path) -> None:
    sayings(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        identities.set_side(case, "Bo Lund", "the <i>river</i>", who="Ida", why="read")
        page = site.blocs(case, Frame(name="news"), standing.blocs(case, decisions(case)))
        assert page.index("the &lt;i&gt;river") < page.index("bloc 1") and "set by an analyst" in page
        assert standing.blocs(case, decisions(case)).against == {
            "bloc 1": "the <i>river</i>",
            "the <i>river</i>": "bloc 1",
        }
        assert 'href="/sides?one=bloc+1&amp;other=the+%3Ci%3Eriver%3C%2Fi%3E#h-beside"' in page
        assert "bloc 1 says, the &lt;i&gt;river&lt;/i&gt; disputes" in page
        both = standing.beside(case, decisions(case), *standing.blocs(case, decisions(case)).found, limit=9)
        parts = {p.title: [t.first.content[0] for t in p.rows] for p in both}
        assert parts["bloc 1 says, the <i>river</i> disputes"] == ["the dam is not safe"]
        (answered,) = standing.beside(case, decisions(case), *standing.blocs(case, decisions(case)).found, limit=9)[
            2
        ].rows
        assert answered.second and answered.second.cue == "denied"
        assert parts["the <i>river</i> says, not found in what bloc 1 says"] == ["of a flood", "the dam is not safe"]
        assert len(parts["bloc 1 says, not found in what the <i>river</i> says"]) == 3


def test_two_who_dispute_with_nobody_else_are_no_camp(tmp_path: Path) -> None:
    made = sayings(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        page = " ".join(site.blocs(case, Frame(name="news"), standing.blocs(case, decisions(case))).split())
        assert "dispute with each other and nobody else" in page and 'class="bloc ' not in page
        assert "bloc 1 says, bloc 2 disputes" in page  # they can be compared all the same
        document = Document(id="d9", text="Ida Holm denied the gates hold.", published="2031-03-09T10:00:00Z")
        s = told(document, "Ida Holm", "denied", "the gates hold", act="deny")
        case.put(document, [s], RUN)
        with case.transaction():
            put_figures(case, document.id, figures(document.id, s, document.text, ""), RUN)
            regroup(case)
        more = [Dispute(by_statement=s.id, of_statement=made[4], relation="denies", score=0.9), *disputes_of(case)]
        put_disputes(case, more, RUN)
        page = " ".join(site.blocs(case, Frame(name="news"), standing.blocs(case, decisions(case))).split())
        assert "nobody else" not in page and page.count('class="bloc ') == 2


def test_each_side_speaks_in_its_own_words_not_in_those_of_the_claim(tmp_path: Path) -> None:
    made = sayings(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case, case.transaction():
        case.connection.execute("UPDATE statements SET claim = 'c1' WHERE id = ?", [made[3]])
        case.connection.execute("UPDATE claims SET gist = 'words of a third'")
        two = [Bloc(name=n, actors=(case.entry(made[k]).statement.actor or "",)) for n, k in (("a", 1), ("b", 3))]
        (both, *_) = standing.beside(case, decisions(case), *two)
        said = [(e.source, e.cue, *e.content) for t in both.rows for e in (t.first, t.second) if e]
        assert said == [("Ana Reyk", "accused", "Bo Lund of hiding the report"), ("Bo Lund", "warned", "of a flood")]
        left = case.value("SELECT actor FROM statements WHERE id = ?", [made[0]])
        seen = standing.Blocs(found=tuple(two), proposed=True, against={}, unplaced=(left,))
        page = site.blocs(case, Frame(name="news"), seen)
        assert (
            f'In no side, as they neither say what one says nor dispute all the others: <a href="/actor?id={left}'
            in page
        )
    assert "words of a third" not in page and "Bo Lund of hiding the report" in page and "of a flood" in page


def test_of_a_large_case_the_analysts_sides_and_the_latest_predictions_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sayings(tmp_path / "news.stemmata")
    monkeypatch.setattr(standing, "MOST_DOCUMENTS", 1)
    monkeypatch.setattr(standing, "MOST_FORETOLD", 1)
    with Case(tmp_path / "news.stemmata") as case:
        assert "None is set yet" in site.blocs(case, Frame(name="news"), standing.blocs(case, decisions(case)))
        identities.set_side(case, "Bo Lund", "river", who="Ida", why="read")
        seen = standing.blocs(case, decisions(case))
        assert [(b.name, len(b.given)) for b in seen.found] == [("river", 1)]
        assert "none are proposed here" in site.blocs(case, Frame(name="news"), seen)
        foretelling = standing.foretelling(case, decisions(case))
        page = site.predictions(case, Frame(name="news"), foretelling)
        assert "of a flood" in page and "new gates" not in page and "stemmata predictions" in page


def test_a_report_holds_positions_predictions_and_sides(pages: dict[str, str]) -> None:
    for name in ("report", "report of a family"):
        assert 'id="positions"' in pages[name] and "Ana Reyk</h3>" in pages[name]
    assert 'id="sides"' in pages["report"] and 'id="sides"' not in pages["report of a family"]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2031-06-15", "2031-06-15", "15 Jun 2031"),
        ("2031-03-03", "2031-06-15", "by 15 Jun 2031"),
        ("2032-02-01", "2032-02-29", "Feb 2032"),
        ("2033-01-01", "2033-12-31", "2033"),
        ("2033-04-01", "2033-06-30", "Apr to Jun 2033"),
        ("2033-04-02", "2034-06-30", "2 Apr 2033 to 30 Jun 2034"),
        ("2090-01-01", "9999-12-31", "1 Jan 2090 to 31 Dec 9999"),
        ("2031-09-01", None, "from 1 Sep 2031 on"),
    ],
)
def test_days_that_words_name_as_people_write_them(first: str, last: str | None, shown: str) -> None:
    assert standing.due([DatedWords(span=Span(0, 1), first=first, last=last)], "2031-03-03T10:00:00Z") == shown
    assert standing.due([], None) is None


# Search


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Question(), 0),
        (Question(words="dam"), 4),
        (Question(words="gates"), 3),
        (Question(words="dam", outlet="loud"), 1),
        (Question(outlet="loud"), 2),
        (Question(outlet="nobody"), 0),
        (Question(actor="reyk"), 3),
        (Question(actor="reyk", outlet="copy"), 1),
        (Question(sourcing="unnamed-group"), 1),
        (Question(act="deny"), 0),
        (Question(since="2031-05-03", until="2031-05-03"), 2),
        (Question(until="2031-05-01"), 4),
        (Question(words="dam", act="assert", sourcing="named-person", since="2031-05-02"), 2),
    ],
)
def test_every_filter_has_to_hold(tmp_path: Path, asked: Question, found: int) -> None:
    made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        got = answer(case, asked, limit=50)
        assert (got.total, len(got.entries)) == (found, found)


@pytest.mark.parametrize("asked", [{"outlet": "herald"}, {"since": "2031-10-05", "until": "2031-10"}, {"words": "dam"}])
def test_the_page_finds_what_the_command_line_finds(tmp_path: Path, asked: dict[str, str]) -> None:
    with Case(tmp_path / "news.stemmata") as case:
        for n in range(210):
            day = f"2031-10-{n % 28 + 1:02}"
            document = Document(id=f"d{n}", text="The dam may fail.", outlet=f"Herald of Town {n}", published=day)
            content = (Span(0, 16),)
            id = statement_id(document=document.id, source=None, cue=None, content=content)
            said = Statement(
                id=id, document=document.id, source=None, cue=None, content=content, mode="indirect", act="assert",
                sourcing="anonymous", confidence=0.5,
            )  # fmt: skip
            case.put(document, [said], RUN)
        found = {"search" if k == "words" else k: v for k, v in asked.items()}
        assert answer(case, Question(**asked), limit=1).total == len(list(case.statements(**found))) > 100


@pytest.mark.parametrize("name", ["özal", "ÖZAL Ç"])
def test_an_actor_is_found_whatever_the_case_of_its_letters(tmp_path: Path, name: str) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        before = answer(case, Question(actor=ids["actor"]), limit=1).total
        case.connection.execute("UPDATE actors SET name = 'Özal Çetin' WHERE id = ?", [ids["actor"]])
        assert answer(case, Question(actor=name), limit=1).total == before > 0


@pytest.mark.parametrize("given", ["garbage", "2031-1", "20311010"])
def test_what_is_no_date_is_said_beside_the_form(tmp_path: Path, given: str) -> None:
    made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        assert "is no date" in site.search(case, Frame(name="news"), Question(words="dam", since=given))


def test_search_says_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_case(tmp_path / "news.stemmata")
    monkeypatch.setattr(search, "LOOKED_THROUGH", 2)
    with Case(tmp_path / "news.stemmata") as case:
        got = answer(case, Question(words="dam"), limit=50)
        assert (got.total, got.bounded) == (2, True)
        with pytest.raises(StemmataError, match="choose from"):
            answer(case, Question(act="sing"), limit=50)


@pytest.mark.parametrize(("at", "total", "ends"), [(0, 10, (None, None)), (0, 60, (None, 50)), (50, 60, (0, None))])
def test_lists_have_a_before_and_an_after(at: int, total: int, ends: tuple[int | None, int | None]) -> None:
    stretch = Stretch(at=at, size=50, total=total)
    assert (stretch.before, stretch.after) == ends


# The report


def test_a_report_asks_nothing_of_anybody(pages: dict[str, str]) -> None:
    page = pages["report"]
    assert not re.search(r"<(script|link|img|iframe|object|form)\b", page)
    assert "url(" not in page and "@import" not in page
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style and f"style-src '{digest(style.group(1))}'" in page


def part(page: str, id: str) -> str:
    """The words of one section of a page, a space between two things; "" where there is none."""
    found = re.search(rf'<section id="{id}">(.*?)</section>', page, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split()) if found else ""


def test_a_report_shows_who_says_what_in_articles_of_no_family(pages: dict[str, str]) -> None:
    denied, promised = (
        "Bo Lund said Ana Reyk’s warning is false assert &gt;99 % , indirect",
        "Lund promised new pumps by 15 June",
    )
    for name in ("report", "report of one"):
        shown = part(pages[name], "alone")
        assert (
            denied in shown and f"{promised} promise &gt;99 % , indirect, named person, words 90 % suggested" in shown
        )
        assert "Radio Reply 1 May 2031, 10:00 by Ida Holm, 2 statements" in shown
        assert "⚡ denies 80 % suggested Dam Wire" in shown and "credits" not in shown
    assert "<h1>Reply</h1>" in pages["report of one"] and 'id="f-f1"' not in pages["report of one"]
    assert part(pages["report of a family"], "alone") == part(pages["report of one"], "positions") == ""


def test_beside_the_texts_a_change_that_is_less_likely_than_not_is_faint(tmp_path: Path) -> None:
    path = tmp_path / "news.stemmata"
    ids = made_case(path)
    sure = every_page(path, ids)["versions"]
    with Case(path) as case, case.transaction():
        case.connection.execute("UPDATE changes SET score = 0.4 WHERE score = 0.9")
    unsure = every_page(path, ids)["versions"]
    faint = re.compile(r'class="tag \w+ suggested unsure" title="Less likely than not: 40 %"')
    assert not faint.search(sure) and faint.search(unsure)


def test_an_article_has_no_other_version_only_where_one_was_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = made_case(tmp_path / "news.stemmata", collated=False)
    with Case(tmp_path / "news.stemmata", create=False) as case:

        def claims() -> set[bool]:
            page, own = report(case), report(case, ids["reply"])
            of_all = [words in page for words in ("no other version here: <a", "Articles without another version")]
            return {*of_all, "No other version of this article" in own}

        assert claims() == {False}  # never collated
        assert "of no family" not in report(case) and "one by one" in report(case)
        note_collated(case)
        assert claims() == {True}
        lone(case, "alder", "The quay is shut.")
        assert claims() == {False} and "Articles came in since" in report(case)
        monkeypatch.setattr(reporting, "LONE", 1)
        assert "2 articles are of no family yet: <a" in (page := report(case))
        assert "Not shown: 1 more article of no family yet." in page


def test_a_case_that_was_never_collated_says_so_first_and_counts_no_origins(tmp_path: Path) -> None:
    path = tmp_path / "pier news.stemmata"
    with Case(path) as case:
        for name in ("alder", "birch", "cedar"):
            lone(case, name, "Bo Lund said the pier is safe.", ("Bo Lund", "said", "the pier is safe"))
        frame = Frame(name="pier news", uncollated=path.name)
        for page in (report(case), site.front(case, frame, site.overview(case, decisions(case)))):
            plain = " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())
            assert "collated yet" in plain.partition(". ")[0], plain[:300]
            assert "stemmata collate pier news.stemmata" in page
            assert not re.search(r"\d+ origin|go back to|no other|no family|compared the versions", page)
        note_collated(case)
        assert "3 origins" in report(case) and "Nothing in this case" not in report(case)


def test_a_whole_id_goes_before_the_beginning_of_another(tmp_path: Path) -> None:
    made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata", create=False) as case:
        assert 'id="f-f1"' in report(case, "f")  # the beginning of the one family
        lone(case, "f", "The quay is shut.")
        assert "f post" in part(report(case, "f"), "alone")
        assert 'id="f-f1"' in (page := report(case, "f1")) and part(page, "alone") == ""


def test_every_article_that_a_report_speaks_of_is_among_its_sources(pages: dict[str, str]) -> None:
    listed = {
        name: set(re.findall(r"(\w+)-1 https:", part(page, "sources")))
        for name, page in pages.items()
        if name.startswith("report")
    }
    every = {"wire", "copy", "loud", "late", "reply"}  # of a family, the reply disputes a version
    assert listed == {"report": every, "report of a family": every, "report of one": {"wire", "reply"}}
    assert "Not listed" not in part(pages["report"], "sources")


def lone(case: Case, name: str, text: str, *said: tuple[str, str, str], inside: bool = False) -> list[Statement]:
    document = Document(id=name, text=text, outlet=f"{name} post", title=f"The {name}", published="2031-05-01")
    made = [told(document, *s) for s in said]
    if inside:
        made[1] = replace(made[1], inside=made[0].id)
    case.put(document, made, RUN)
    return made


def test_articles_of_no_family_are_bounded_and_the_rest_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bound, most in (("LONE", 2), ("OF_LONE", 1), ("TOLD", 2), ("SOURCES", 3), ("QUARRELS", 1)):
        monkeypatch.setattr(reporting, bound, most)
    with Case(tmp_path / "news.stemmata") as case:
        lone(case, "alder", "The quay is shut.")
        a, *_ = lone(case, "birch", "Bo Lund said the pier is safe.", ("Bo Lund", "said", "the pier is safe"))
        texts = [("Ana Reyk", "said", "it rains"), ("Odo Marn", "said", "it pours"), ("Ilse Toff", "said", "it hails")]
        lone(case, "cedar", "Ana Reyk said it rains. Odo Marn said it pours. Ilse Toff said it hails.", *texts)
        b, c = lone(
            case,
            "elder",
            "Ana Reyk denied that the pier is safe. She said it will fall.",
            ("Ana Reyk", "denied", "that the pier is safe"),
            ("She", "said", "it will fall"),
        )
        put_disputes(
            case,
            [Dispute(by_statement=s.id, of_statement=a.id, relation="denies", score=0.7) for s in (b, c)],
            RUN,
        )
        page = report(case)
        shown, sources = part(page, "alone"), part(page, "sources")
        assert (
            "2 of 4, those in most disputes and with most statements" in shown and "Not shown: 2 more articles" in shown
        )
        assert "birch post" in shown and "elder post" in shown and "cedar" not in shown  # it has most statements
        assert "Not shown: 1 more statement." in shown and shown.count("denies 70 %") == 1
        assert "1 of 2: the likeliest; stemmata disputes news.stemmata lists those of the whole case" in shown
        assert [name for name in ("alder", "birch", "cedar", "elder") if name in sources] == ["birch", "cedar", "elder"]
        assert "Not listed: 1 more article of the case" in sources
        own = part(report(case, "cedar"), "alone")
        assert "it pours" in own and "it hails" not in own and "cedar post 1 May 2031 , 3 statements" in own
        with pytest.raises(StemmataError, match="no single family"):
            report(case, "beech")


def test_a_list_that_is_cut_says_of_how_many_and_where_the_rest_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_report = ("OF_FAMILY", "OF_CASE", "CLAIMS", "DECISIONS", "BLOCS", "OF_LONE")
    for module, bounds in ((reporting, of_report), (site, ("DISPUTES",))):
        for bound in bounds:
            monkeypatch.setattr(module, bound, 1)
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata", create=False) as case:
        who = next(s.statement for s in case.statements(document=ids["reply"]))
        (first,) = [d.of.statement for d in views.latest_disputes(case, limit=9)]
        others = [s.statement for s in case.statements(document=ids["loud"]) if s.statement.claim == first.claim]
        more = [
            Dispute(by_statement=who.id, of_statement=s, relation="denies", score=0.6)
            for s in (others[0].id, views.claim(case, "c2").statements[0])
        ]
        put_disputes(case, [*(d.dispute for d in views.latest_disputes(case, limit=9)), *more], RUN)
        for name, side in (("Ana Reyk", "board"), ("Bo Lund", "valley")):
            identities.set_side(case, name, side, who="Ida", why="read")
        page, frame = report(case), Frame(name="news")
        seen = site.overview(case, decisions(case))
        told = {
            "the family's disputes": (page, "1 of 3: the likeliest; stemmata disputes news.stemmata lists"),
            "the family's changes": (page, "1 of 5: stemmata changes news.stemmata f1 --loud --list has all"),
            "its claims": (page, "Not shown: 2 more claims, less changed. stemmata changes news.stemmata f1 has all"),
            "sides": (page, "Not shown: 1 more side. stemmata sides news.stemmata lists all"),
            "decisions": (page, "The latest 1 of 4 decisions in the case: stemmata log news.stemmata lists all"),
            "an article's statements": (
                page,
                f"Not shown: 1 more statement. stemmata show news.stemmata {ids['reply']}",
            ),
            "a page of a family": (site.family(case, frame, "f1"), "1 of 3: the likeliest; all of the case"),
            "a page of an article": (site.article(case, frame, ids["wire"]), "1 of 2: the likeliest; all of the case"),
            "a page of a claim": (site.claim(case, frame, "c1"), "1 of 2: the likeliest; all of the case"),
            "the first page": (site.front(case, frame, seen), "All disputes (3)"),
        }
        for what, (html, words) in told.items():
            assert words in " ".join(re.sub(r"<[^>]+>", " ", html).split()), what
    whole = made_case(tmp_path / "whole.stemmata")
    with Case(tmp_path / "whole.stemmata", create=False) as case:
        assert not re.search(r"Disputes[^<]*<span class=.sub.>\d", site.article(case, frame, whole["wire"]))


def test_a_chart_says_which_outlets_it_leaves_out(tmp_path: Path) -> None:
    with Case(tmp_path / "news.stemmata") as case:
        for n in range(26):
            lone(case, f"birch{n}", "The pier is safe.")
        note_collated(case)
        assert "2 more outlets are not drawn." in report(case)


def test_whoever_tells_a_statement_is_named_wherever_his_own_words_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "TOLD", 1)
    with Case(tmp_path / "news.stemmata") as case:
        text = "The pier is safe, Ana Reyk had written. So Bo Lund said."
        outer, inner = ("Bo Lund", "said", "Ana Reyk had written"), ("Ana Reyk", "had written", "The pier is safe")
        lone(case, "birch", text, outer, inner, inside=True)
        shown = part(report(case, "birch"), "alone")
        assert "Ana Reyk had written , as told by Bo Lund The pier is safe" in shown
        assert "Not shown: 1 more statement." in shown


def test_a_report_tells_the_actor_the_frame_and_every_word(tmp_path: Path) -> None:
    long = f"the pier is safe, {'and dry, ' * 200}and that it stands"
    with Case(tmp_path / "news.stemmata") as case:
        outer, _ = lone(
            case,
            "birch",
            f"Bo Lund said that Ana Reyk had written {long}. A board met.",
            ("Bo Lund", "said", f"that Ana Reyk had written {long}"),
            ("Ana Reyk", "had written", long),
            inside=True,
        )
        known = Figure(
            document="birch", key="person:bo tomas lund", name="Bo Tomas Lund", kind="person", aliases=("Bo Lund",)
        )
        put_figures(
            case,
            "birch",
            Figures(
                figures=(known,), links=(FigureLink(statement=outer.id, key=known.key, how="name", probability=0.9),)
            ),
            RUN,
        )
        with case.transaction():
            regroup(case)
        page = report(case, "birch")
        shown = part(page, "alone")
        assert "Bo Lund (Bo Tomas Lund, 90 % ) said" in shown
        assert (
            f"Ana Reyk had written , as told by Bo Lund (Bo Tomas Lund, 90 % ) {' '.join(long.split())} assert" in shown
        )
        assert "Nothing in this case was collated yet" in page
        note_collated(case)
        assert "Nothing in this case was collated yet" not in report(case, "birch")


# Colours


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.1)."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *((ink, paper) for ink in ("ink", "soft", "link", "cue-ink") for paper in ("paper", "sheet", "faint")),
        *((g, f"{g}-tint") for g in ("turned", "source", "force", "moved", "kept")),
        *((g, "sheet") for g in ("turned", "source", "force", "moved", "kept")),
        *(("on", g) for g in ("turned", "source", "force", "moved", "kept", "good")),
        ("ink", "mark"),
        ("ink", "mark-soft"),
        ("soft", "mark-soft"),
        ("moved", "mark-soft"),
        ("cue-ink", "mark-soft"),
        ("who-ink", "who"),
        ("what-ink", "what"),
        ("cue-ink", "what"),
    ],
)
def test_contrast_is_enough_to_read(ink: str, paper: str, dark: bool) -> None:
    light, _, rest = asset("style.css").partition("@media screen and (prefers-color-scheme: dark)")
    block = rest[: rest.index("}\n}")] if dark else light
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", block))
    full = {k: v if len(v) == 7 else "#" + "".join(2 * c for c in v[1:]) for k, v in colours.items()}
    a, b = sorted((luminance(full[ink]), luminance(full[paper])))
    assert (b + 0.05) / (a + 0.05) >= 4.5


def test_a_credit_that_is_gone_is_shown_with_its_words(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        rows = lineage.changes(case, decisions(case), lineage.family(case, "f1"))
        (gone,) = (
            r for r in rows if r.change.changes == ("credit-dropped",) and r.change.child_document == ids["loud"]
        )
        assert (gone.before, gone.after) == ("DAM WIRE reported", "does not name Dam Wire, the first outlet")
        shown = " ".join(re.sub(r"<[^>]+>", " ", report(case, "f1")).split())
        assert "DAM WIRE reported Loud Daily 3 May 2031, 10:00 It does not name Dam Wire, the first outlet." in shown
        assert "say Officials: the dam will fail" in {r.after for r in rows}


@pytest.mark.parametrize(
    ("id", "outlet", "title", "location", "expected"),
    [
        ("0123456789abcdef", "Dam Wire", "Dam may fail", "/news/a.txt", "Dam Wire"),
        ("0123456789abcdef", None, "Dam may fail", "/news/a.txt", "Dam may fail"),
        ("0123456789abcdef", " ", None, "/news/a.txt", "a.txt"),
        ("0123456789abcdef@89abcdef", None, None, "/news/a.txt#3", "a.txt#3"),
        ("0123456789abcdef", None, None, "https://dam.example/news/may-fail/?x=1/2", "may-fail"),
        ("0123456789abcdef", None, None, "-", "0123456789abcdef"),
        ("0123456789abcdef", None, None, None, "0123456789abcdef"),
        ("wire-1", None, None, "/news/table.jsonl#3", "wire-1"),
        ("wire-1", None, "x" * 61, None, "x" * 59 + "…"),
    ],
)
def test_a_document_goes_by_what_says_most(
    id: str, outlet: str | None, title: str | None, location: str | None, expected: str
) -> None:
    assert called(id, outlet, title, location) == expected


@pytest.mark.parametrize(
    ("named", "unnamed", "expected"),
    [
        (2, 0, "2 outlets"),
        (1, 0, "1 outlet"),
        (3, 6, "3 outlets and 6 documents that name none"),
        (1, 1, "1 outlet and 1 document that names none"),
        (0, 1, "1 document that names no outlet"),
        (0, 1234, "1,234 documents that name no outlet"),
    ],
)
def test_who_names_no_outlet_is_no_outlet(named: int, unnamed: int, expected: str) -> None:
    assert outlets_told(named, unnamed) == expected


def test_what_has_neither_outlet_nor_title_goes_by_its_file(tmp_path: Path) -> None:
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        case.connection.execute("UPDATE documents SET outlet = NULL WHERE id = ?", [ids["loud"]])
        assert (views.held(case, decisions(case)).outlets, views.held(case, decisions(case)).unnamed) == (4, 1)
        for id, title in ((ids["wire"], "Dam may fail"), ("0123456789abcdef", None)):
            place = Evidence(sha256="0" * 64, location=f"/news/{title}.txt", read_at="2031-06-01T09:00:00+00:00")
            case.put(Document(id=id, text=f"{title}. “It may fail,” Reyk said.", title=title, evidence=place), [], RUN)
        brief = views.briefs(case, [ids["loud"], "0123456789abcdef"])
        assert [b.name for b in brief.values()] == ["Dam WILL fail", "None.txt"]
        assert "None.txt" in site.article(case, Frame(name="news"), "0123456789abcdef")
        (entry, *_) = case.statements(document=ids["loud"])
        assert entry.name == "Dam WILL fail"
        assert "4 outlets and 3 documents that name none" in report(case)


@pytest.mark.parametrize("published", [None, "2031-05-02"])  # of a rewrite of a wire that bears no date
def test_the_origin_was_first(tmp_path: Path, published: str | None) -> None:
    with Case(tmp_path / "c.stemmata") as case:
        for id, when in (("a-rewrite", None), ("b-wire", None), ("c-rewrite", published)):
            case.put(Document(id=id, text=f"The quay of {id} is shut.", outlet=id.upper(), published=when), (), RUN)
        made = tuple(Edge(parent="b-wire", child=k, score=0.9) for k in ("a-rewrite", "c-rewrite"))
        with case.transaction():
            lineage.put_families(
                case, [Family(id="f", documents=("a-rewrite", "b-wire", "c-rewrite"), edges=made)], RUN
            )
        (listed,) = views.largest_families(case, decisions(case), limit=1)
        assert listed.origins[0].brief.id == "b-wire"
        (family,) = lineage.families(case)
        assert shown_family(case, decisions(case), family).first.brief.id == "b-wire"


@pytest.mark.parametrize(
    ("label", "rests", "marked"),
    [
        ("number-changed", "400", "[400] soldiers were  moved away"),
        ("strengthened", "were moved", "400 soldiers [were moved] away"),
        ("negated", "400 soldiers were moved away", "[400] soldiers were moved [away]"),  # on all of it: what differs
        ("quote-altered", "soldiers were moved away", "400 soldiers were moved [away]"),
        ("attribution-shifted", "400", "400 soldiers were moved away"),  # nothing of what is said
    ],
)
def test_of_a_change_the_words_are_marked_that_its_labels_rest_on(label: ChangeLabel, rests: str, marked: str) -> None:
    text = "Reyk said that 400 soldiers were  moved away."
    content = Span(15, 44)
    said = Statement(
        id="s", document="d", source=Span(0, 4), cue=Span(5, 9), content=(content,), mode="indirect", act="assert",
        sourcing="named-person", confidence=1.0,
    )  # fmt: skip
    entry = Entry(
        statement=said, source="Reyk", cue="said", content=(content.of(text),), outlet=None, title=None,
        published=None, actor=None, run="r",
    )  # fmt: skip
    start = text.replace("  ", " ").index(rests)
    differing = wordings("forty soldiers were moved", "400 soldiers were moved away")[1]
    spans = [(label, Span(start, start + len(rests) + ("were" in rests)))]
    found = "".join(f"[{words}]" if is_marked else words for words, is_marked in _rested(entry, differing, spans))
    assert found == marked.replace("  ", " ")
    assert "".join(words for words, _ in _rested(entry, differing, [])) == "400 soldiers were moved away"


def test_of_a_claim_that_is_kept_the_words_are_shown_that_are_told_nowhere() -> None:
    text = "Reyk said that the piers were open,  but not at night."
    said = Statement(
        id="s", document="d", source=Span(0, 4), cue=Span(5, 9), content=(Span(10, 53),), mode="indirect", act="assert",
        sourcing="named-person", confidence=1.0,
    )  # fmt: skip
    entry = Entry(
        statement=said, source="Reyk", cue="said", content=(text[10:53],), outlet=None, title=None, published=None,
        actor=None, run="r",
    )  # fmt: skip
    half = Ground(label="paraphrased", parent=(Span(30, 53),), child=(), score=0.7)
    assert _alone([half.untold], entry) == ("open, but not at night",)
    assert _alone([replace(half, child=(Span(0, 9),)).untold], entry) == ()
    assert _alone([replace(half, label="strengthened").untold], entry) == ()
    assert _alone([replace(half, parent=(), child=half.parent).put_in], entry) == ("open, but not at night",)


def test_a_side_of_a_dispute_that_only_points_is_shown_with_its_sentence(tmp_path: Path) -> None:
    with Case(tmp_path / "news.stemmata") as case:
        lone(case, "birch", "The pier is shut. Bo Lund denied that, twice. A board met.", ("Bo Lund", "denied", "that"))
        lone(case, "aspen", "The pier is shut, Bo Lund said.", ("Bo Lund", "said", "The pier is shut"))
        every = {e.statement.document: e for e in case.statements()}
        found = pointing(case, every.values())
        assert found == {every["birch"].statement.id: "Bo Lund denied that, twice."}
