"""Words that a change brought about: which statements they are, and how positions, pages and the report tell them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from made_case import RUN, made_case
from stemmata.case import Case, collation, judgements, lineage, views
from stemmata.case.departures import departures, turned
from stemmata.case.verdicts import decisions
from stemmata.export.tables import rows as rows_of
from stemmata.model import Change, ChangeLabel, Departure, Document, Ground, Judgement, Span, Statement, subject
from stemmata.pages import site, standing
from stemmata.pages.report import report
from stemmata.pages.shown import only_in
from stemmata.pages.site import Frame

Row = tuple[str, str | None, str | None, tuple[ChangeLabel, ...], float]  # versions "a b", statements, labels, score


def held(path: Path, *rows: Row) -> Case:
    """A case of versions, each of one statement of its name, with changes between them."""
    case = Case(path / "news.stemmata")
    for k, name in enumerate("abcd"):
        document = Document(id=name, text=f"Reyk said it {k}.", outlet=name.upper())
        said = Statement(
            id=name, document=name, source=Span(0, 4), cue=Span(5, 9), content=(Span(10, 14),), mode="indirect",
            act="assert", sourcing="named-person", confidence=0.9,
        )  # fmt: skip
        case.put(document, [said], RUN)
    for versions, before, after, labels, score in rows:
        parent, child = versions.split()
        made = Change(
            parent_document=parent, child_document=child, claim=None, parent_statement=before, child_statement=after,
            changes=labels, score=score,
        )  # fmt: skip
        with case.transaction():
            lineage.put_changes(case, parent, child, [made], RUN)
    return case


INVENTED: Row = ("a b", None, "b", ("quote-fabricated", "added"), 0.8)
COPIED: Row = ("b c", "b", "c", ("verbatim",), 1.0)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((INVENTED,), "b"),
        ((INVENTED, COPIED), "b c"),  # who copies it has no other word for it
        ((INVENTED, COPIED, ("c d", "c", "d", ("paraphrased",), 0.9)), "b c d"),
        ((INVENTED, COPIED, ("a c", "a", "c", ("verbatim",), 0.9)), "b"),  # one parent tells it as it stands
        ((INVENTED, COPIED, ("a c", "a", "c", ("verbatim",), 0.4)), "b c"),  # hardly a parent
        ((("a b", "a", "b", ("attribution-shifted", "paraphrased"), 0.7), COPIED), "b c"),
        ((("a b", "a", "b", ("attribution-shifted",), 0.4), COPIED), ""),
        ((("a b", "a", "b", ("attribution-vague",), 0.9), COPIED), ""),
        ((("a b", None, "b", ("added",), 0.9), COPIED), ""),
    ],
)
def test_what_a_change_brought_about(tmp_path: Path, rows: tuple[Row, ...], found: str) -> None:
    with held(tmp_path, *rows) as case:
        assert sorted(departures(case, decisions(case), ["a", "b", "c", "d"])) == found.split()


NEGATED: Row = ("a b", "a", "b", ("negated", "paraphrased"), 0.8)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((NEGATED,), "b"),
        ((NEGATED, COPIED), "b c"),  # who copies it says the contrary too
        ((NEGATED, ("b c", "b", "c", ("negated",), 0.9)), "b"),  # who turns it back says it as it was
        ((NEGATED, COPIED, ("a c", "a", "c", ("verbatim",), 0.9)), "b"),  # one parent tells it as it stands
        ((("a b", "a", "b", ("negated",), 0.4), COPIED), ""),
        ((("a b", "a", "b", ("weakened",), 0.9), COPIED), ""),
        ((("a b", None, "b", ("added",), 0.9), COPIED), ""),
    ],
)
def test_which_way_round_a_statement_tells_its_claim(tmp_path: Path, rows: tuple[Row, ...], found: str) -> None:
    with held(tmp_path, *rows) as case:
        assert sorted(turned(case, decisions(case), ["a", "b", "c", "d"])) == found.split()
        assert turned(case, decisions(case), ["c"]) == {"c"} & {*found.split()}
        assert {r["qualifier"] for r in rows_of(case, "statements")} == {None}  # they have no claim yet
        with case.transaction():
            collation.put_claims(case, [("claim", "it", ("a", "b", "c", "d"))], RUN)
        told = {r["id"]: r["qualifier"] for r in rows_of(case, "statements")}
        assert told == {k: "disagree" if k in found.split() else "agree" for k in "abcd"}


def test_a_change_that_a_person_rejects_brings_nothing_about(tmp_path: Path) -> None:
    with held(tmp_path, INVENTED, COPIED) as case:
        assert departures(case, decisions(case), ["c"]) == {
            "c": Departure(label="quote-fabricated", score=0.8, documents=("b",))
        }
        word = subject("change", "a", "b", None, "b")
        judgements.judge(case, Judgement(kind="reject", targets=(word,), who="Ida", when="2031-01-01", why="it is his"))
        assert departures(case, decisions(case), ["b", "c"]) == {}


def test_a_change_of_several_labels_tells_its_gravest_with_the_score_of_that_label(tmp_path: Path) -> None:
    labels: tuple[ChangeLabel, ...] = ("quote-altered", "negated", "quote-fabricated")
    grounds = tuple(Ground(label=x, parent=(), child=(), score=p) for x, p in zip(labels, (0.9, 0.7, 0.4), strict=True))
    with held(tmp_path) as case:
        made = Change(
            parent_document="a", child_document="b", claim=None, parent_statement="a", child_statement="b",
            changes=labels, score=0.81, grounds=grounds,
        )  # fmt: skip
        with case.transaction():
            lineage.put_changes(case, "a", "b", [made], RUN)
        # 0.7 of 0.9, and the edge is as sure as 0.81 of 0.9; what is unlikelier than not is the gravest of nothing
        assert departures(case, decisions(case), ["b"]) == {
            "b": Departure(label="negated", score=0.63, documents=("b",))
        }


def test_where_alone_it_stands_is_told_by_names(tmp_path: Path) -> None:
    with held(tmp_path) as case:
        told = [Departure(label="negated", score=0.8, documents=tuple(x)) for x in ("b", "ba", "bacd")]
        names = only_in(case, told)
        assert [names[d] for d in told] == ["only in B", "only in B and A", "only in B, A, C and D"]


@pytest.mark.parametrize(
    ("label", "told", "turned"),
    [("negated", (2, ("assert",)), (2, ("deny",))), ("number-changed", (4, ("assert", "deny")), (0, ()))],
)
def test_a_claim_told_the_other_way_round_is_not_told_so_by_all(
    tmp_path: Path, label: ChangeLabel, told: tuple[int, tuple[str]], turned: tuple[int, tuple[str, ...]]
) -> None:
    copied: Row = ("a d", "a", "d", ("verbatim",), 1.0)
    with held(tmp_path, ("a b", "a", "b", (label,), 0.9), COPIED, copied) as case:
        with case.transaction():
            case.connection.execute("INSERT INTO claims VALUES ('k', 'it closed', ?)", [RUN.id])
            case.connection.execute("INSERT INTO actors VALUES ('r', 'Ana Reyk', 'person', '[]', NULL, ?)", [RUN.id])
            case.connection.execute("UPDATE statements SET claim = 'k', actor = 'r'")
            case.connection.execute("UPDATE statements SET act = 'deny' WHERE id IN ('b', 'c')")
        decided = decisions(case)
        (one,) = views.repeated(case, decided, "r", limit=9).rows
        assert (one.documents, one.acts) == told and (one.turned_documents, one.turned_acts) == turned
        page = site.actor(case, Frame(name="news"), "r", site.overview(case, decided), standing.named(case))
        assert page.count("the other way round: deny") == bool(turned[0])


@pytest.fixture
def story(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """The made case, where what the loud version made of the minister's words is a claim of its own."""
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case, case.transaction():
        case.connection.execute("UPDATE statements SET claim = NULL WHERE id = ?", [ids["told"]])
        case.connection.execute("UPDATE statements SET act = 'predict' WHERE actor = ?", [ids["actor"]])
    return tmp_path / "news.stemmata", ids


def test_words_of_a_claim_that_a_change_made_are_shown_beside_those_as_first_taken(tmp_path: Path) -> None:
    """The loud version's words are of the claim of the wire's: a row each, on the page and in the report."""
    ids = made_case(tmp_path / "news.stemmata")
    with Case(tmp_path / "news.stemmata") as case:
        mine = case.rows("SELECT id FROM statements WHERE actor = ?", [ids["actor"]])
        assert ids["told"] in [id for (id,) in mine]
        page = plain(
            site.actor(
                case, Frame(name="news"), ids["actor"], site.overview(case, decisions(case)), standing.named(case)
            )
        )
        filed = plain(report(case, "f1"))
    for told in (page, filed):
        at = told.index("holds ; denied by Bo Lund “The dam may fail,”")
        assert told.index("denied by Bo Lund “The dam will fail,” ≠ quote-altered only in Loud Daily, 90 %") > at


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_pages_and_report_tell_which_change_brought_a_position_about(story: tuple[Path, dict[str, str]]) -> None:
    path, ids = story
    frame = Frame(name="news")
    with Case(path) as case:
        seen, named = site.overview(case, decisions(case)), standing.named(case)
        page = plain(site.actor(case, frame, ids["actor"], seen, named))
        foretold = plain(site.predictions(case, frame, standing.foretelling(case, decisions(case))))
        filed = plain(report(case, "f1"))
    for told in (page, foretold, filed):
        assert "“The dam may fail,”" in told
        assert "“The dam will fail,” ≠ quote-altered only in Loud Daily, 90 %" in told
        assert told.count("only in ") == {page: 1, foretold: 1}.get(told, 3)  # officials have it from there; a remark
