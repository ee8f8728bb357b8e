"""A version made from two parents: what it has as one of them has it does not count against the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from made_case import RUN, made_case
from stemmata.case import Case, collation, lineage, verdicts
from stemmata.case.verdicts import decisions
from stemmata.cli import app
from stemmata.desk import Case as Desk
from stemmata.export.tables import rows as table
from stemmata.model import Change, ChangeLabel, Document, Edge, Family, Ground, Span, Statement
from stemmata.pages.report import report
from stemmata.pages.shown import altered, shown_family
from stemmata.pages.site import Frame, claim

VAGUE: tuple[ChangeLabel, ...] = ("attribution-vague", "paraphrased")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The made case, whose late edition is also made from the copy, and has the claim of the dam as that has it."""
    place = tmp_path / "dam.stemmata"
    ids = made_case(place)
    with Case(place) as case, case.transaction():
        told = {e.statement.document: e.statement for e in case.statements() if e.statement.claim == "c1"}
        copy, late = ids["copy"], ids["late"]
        family = lineage.family(case, "f1")
        also = Edge(parent=copy, child=late, score=0.35)
        lineage.remove(case, "families", ["f1"])
        edges = tuple(Edge(parent=e.parent, child=e.child, score=e.score) for e in family.edges)
        lineage.put_families(case, [type(family)(id="f1", documents=family.documents, edges=(*edges, also))], RUN)
        spans = told[copy].content, told[late].content
        quiet = (Ground(label="paraphrased", parent=spans[0], child=spans[1], score=0.8),)
        quiet += (Ground(label="strengthened", parent=spans[0], child=spans[1], score=0.4),)
        kept = Change(
            parent_document=copy, child_document=late, claim="c1", parent_statement=told[copy].id,
            child_statement=told[late].id, changes=("paraphrased", "strengthened"), score=0.14, grounds=quiet,
        )  # fmt: skip
        lineage.put_changes(case, copy, late, [kept], RUN)
        collation.put_descents(case, {late: None}, RUN)  # as a case that is collated
    return place


def said(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(a) for a in arguments], env={"STEMMATA_WHO": "Ida"})
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


def counted(path: Path) -> dict[str, bool]:
    """Where the change to the late edition counts."""
    with Case(path) as case:
        family = lineage.family(case, "f1")
        shown = shown_family(case, decisions(case), family)
        (change,) = (c for c in shown.changes if c.child_document == "late-1" and c.changes == VAGUE)
        weight = verdicts.weigher(case, decisions(case))(change)
        edge = next(n for n in shown.drawing.lines if (n.parent, n.child) == ("loud-1", "late-1"))
        member = shown.by_id["late-1"]
        page = report(case, "f1")
    with Desk(path) as desk:
        in_graph = desk.graph().edges["loud-1", "late-1"]["changes"]
    listed = [json.loads(x)["changes"] for x in said("changes", path, "f1", "--loud", "--list", "--json").splitlines()]
    grid = [json.loads(x) for x in said("changes", path, "f1", "--loud", "--json").splitlines()]
    return {
        "weight": weight == "counts",
        "loud": change in shown.loud,
        "edge": "attribution-vague" in edge.labels,
        "member": "attribution-vague" in member.labels,
        "list": list(VAGUE) in listed,
        "grid": any("late-1" in x["versions"] and x["claim"] == "c1" for x in grid),
        "tree": "attribution-vague" in said("tree", path, "f1"),
        "report": f'id="c-{lineage.change_id(change)}"' in page,
        "graph": "attribution-vague" in in_graph,
    }


def test_what_another_parent_has_counts_nowhere_unless_a_person_says_so(path: Path) -> None:
    assert not any(counted(path).values()), counted(path)
    said("reject", path, "edge", "copy-1", "late-1", "--why", "they never saw it")
    assert all(counted(path).values()), counted(path)
    said("undo", path)
    with Case(path) as case:
        (change,) = (c for c in lineage.changes_along(case, lineage.family(case, "f1").edges) if c.changes == VAGUE)
    said("confirm", path, "change", lineage.change_id(change), "--why", "read both")
    assert all(counted(path).values()), counted(path)


def test_it_is_said_wherever_the_change_is_shown(path: Path) -> None:
    with Case(path) as case:
        family = lineage.family(case, "f1")
        every = lineage.changes(case, decisions(case), family)
        assert [(r.change.changes, r.as_in) for r in every if r.as_in] == [(VAGUE, ("copy-1",))]
        assert every[-1].as_in  # after all that no other parent has
        (row,) = altered(case, decisions(case), [every[-1].change])
        assert [b.name for b in row.as_in] == ["Copy Post"]
        assert {tuple(r["as_in"]) for r in table(case, "changes")} == {(), ("copy-1",)}
        assert shown_family(case, decisions(case), family).inherited == 1
        shown = claim(case, Frame(name="dam"), "c1")
    assert "attribution-vague" not in shown.split("h-wordings")[1]
    (row,) = (r for x in said("changes", path, "f1", "--list", "--json").splitlines() if (r := json.loads(x))["as_in"])
    assert row["as_in"] == ["copy-1"] and row["changes"] == list(VAGUE)
    assert "1 change against one parent is as another text has it" in " ".join(said("tree", path, "f1").split())


def test_what_is_changed_against_both_parents_counts_against_both(path: Path) -> None:
    with Case(path) as case, case.transaction():
        case.connection.execute(
            "UPDATE changes SET grounds = replace(grounds, '0.4]', '0.6]') WHERE parent_document = 'copy-1'"
        )
    assert all(counted(path).values()), counted(path)


PUMPS = "“None of the pumps has run since March,”"
OTHERS = {  # id -> when, and what it tells
    "before": ("2031-05-02", f"{PUMPS} said Bo Lund."),
    "same-day": ("2031-05-04T22:00:00Z", "“Indeed. None of the pumps has run since March, and who cares?” he said."),
    "after": ("2031-05-05", f"{PUMPS} said Bo Lund."),
    "unmarked": ("2031-05-02", "None of the pumps has run since March, Bo Lund said."),
    "other-words": ("2031-05-02", "“None of the pumps ran since March,” said Bo Lund."),
    "undated": (None, f"{PUMPS} said Bo Lund."),
}


def quoting(
    place: Path, *others: str, words: str = PUMPS, labels: tuple[ChangeLabel, ...] = (), made: str = ""
) -> Case:
    """A case of a version that quotes what its parent has not, and of `others`, of which `made` was made from it."""
    case = Case(place)
    texts = {
        "first": ("2031-05-01", "The dam stands, the board said."),
        "again": ("2031-05-04", f"The dam stands. {words} said Bo Lund."),
        **{k: OTHERS[k] for k in others},
    }
    start = texts["again"][1].index(words)
    content = Span(start, start + len(words))
    told = Statement(
        id="s", document="again", source=None, cue=None, content=(content,), mode="direct", act="assert",
        sourcing="named-person", confidence=1.0,
    )  # fmt: skip
    for k, (when, text) in texts.items():
        case.put(Document(id=k, text=text, published=when, outlet=k), [told] if k == "again" else [], RUN)
    pairs = [("first", "again"), *([("again", made)] if made else [])]
    edges = [Edge(parent=p, child=c, score=1.0) for p, c in pairs]
    found: tuple[ChangeLabel, ...] = ("quote-fabricated", "added", *labels)
    marks = Span(content.start + 1, content.end - 1)
    change = Change(
        parent_document="first", child_document="again", claim=None, parent_statement=None, child_statement="s",
        changes=found, score=0.9, grounds=tuple(Ground(label=x, parent=(), child=(marks,), score=0.9) for x in found),
    )  # fmt: skip
    with case.transaction():
        documents = tuple({k for e in edges for k in (e.parent, e.child)})
        lineage.put_families(case, [Family(id="f", documents=documents, edges=tuple(edges))], RUN)
        lineage.put_changes(case, "first", "again", [change], RUN)
    return case


@pytest.mark.parametrize(
    ("others", "as_in"),
    [
        ((), ()),
        (("before",), ("before",)),
        (("same-day", "before"), ("before", "same-day")),  # in whatever order they came
        (("before", "same-day"), ("before", "same-day")),
        (("after", "unmarked", "other-words"), ()),
        (("undated",), ("undated",)),  # it may have been there before
    ],
)
def test_what_another_article_quoted_before_is_not_made_up(
    tmp_path: Path, others: tuple[str, ...], as_in: tuple[str, ...]
) -> None:
    with quoting(tmp_path / "pumps.stemmata", *others) as case:
        (row,) = lineage.changes(case, decisions(case), lineage.family(case, "f"))
        assert row.as_in == as_in
        assert verdicts.weigher(case, decisions(case))(row.change) == ("inherited" if as_in else "counts")
        assert [tuple(r["as_in"]) for r in table(case, "changes")] == [as_in]
        (shown,) = altered(case, decisions(case), [row.change])
        assert tuple(b.id for b in shown.as_in) == as_in


def test_what_was_made_from_it_a_catchword_and_another_speaker_prove_nothing(tmp_path: Path) -> None:
    for n, case in enumerate((
        quoting(tmp_path / "0.stemmata", "undated", made="undated"),
        quoting(tmp_path / "1.stemmata", "before", words="“since March”"),
        quoting(tmp_path / "2.stemmata", "before", labels=("attribution-shifted",)),
    )):  # fmt: skip
        with case:
            (row,) = lineage.changes(case, decisions(case), lineage.family(case, "f"))
            assert not row.as_in, n
