"""A case that grew article by article holds what one holds that was collated at once, in whatever order they came."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from stemmata import flow, growth, read
from stemmata.case import Case, actors, judgements, lineage
from stemmata.case.collation import is_stale
from stemmata.case.parentage import by_document
from stemmata.case.verdicts import decisions
from stemmata.desk import encoder
from stemmata.flow import Analysis, Settings
from stemmata.growth import batch
from stemmata.model import Document, Run, Span, StemmataError, statement_id, subject

RUN = Run(version="0.1.0", weights="w1")
LATER = Run(version="0.1.0", weights="w2")

TABLES = (
    "SELECT id, family FROM documents",
    "SELECT family, document FROM members",
    "SELECT id, document, content, mode, act, sourcing, confidence, actor, claim FROM statements",
    "SELECT id, gist FROM claims",
    "SELECT id, name, kind, aliases FROM actors",
    "SELECT parent_document, child_document, claim, parent_statement, child_statement, changes, score, grounds"
    " FROM changes",
    "SELECT * FROM told_again",
    "SELECT * FROM told_elsewhere",
    "SELECT document, kind, start, end FROM leftovers",
    "SELECT part, actor, decided FROM actor_parts",
    "SELECT actor, part, other, why FROM actor_reasons",
)


@cache
def sample() -> tuple[Analysis, ...]:
    """The shipped sample as it is analysed, with a digest of two of its articles and an undated copy of one."""
    source = str(files("stemmata") / "sample" / "articles.jsonl")
    told = [flow.analysis(d, encoder(), Settings()) for d in read.documents([source]) if isinstance(d, Document)]
    first, second = told[0], told[-1]
    copy = replace(first.document, id="copy", outlet="The Copy", published=None)
    text = f"{first.document.text}\n\n{second.document.text}"
    digest = replace(first.document, id="digest", outlet="The Digest", published="2031-11-01", text=text)
    moved = len(first.document.text) + 2
    return (
        *told,
        Analysis(document=copy, statements=_shifted(first, "copy", 0)),
        Analysis(document=digest, statements=(*_shifted(first, "digest", 0), *_shifted(second, "digest", moved))),
    )


def _shifted(told: Analysis, document: str, by: int) -> tuple[Any, ...]:
    out = []
    for s in told.statements:
        source, cue, *content = (x and Span(x.start + by, x.end + by) for x in (s.source, s.cue, *s.content))
        parts = tuple(x for x in content if x)
        id = statement_id(document=document, source=source, cue=cue, content=parts)
        out.append(replace(s, id=id, document=document, source=source, cue=cue, content=parts, inside=None))
    return tuple(out)


def picture(case: Case) -> dict[str, Any]:
    """All that a collation stores, without the order in which it came."""
    held = {sql: sorted(case.rows(sql), key=repr) for sql in TABLES}
    families = (replace(f, documents=tuple(sorted(f.documents))) for f in lineage.families(case))
    return held | {"families": sorted(families, key=lambda f: f.id)}


def put(case: Case, told: Analysis, run: Run = RUN) -> None:
    case.put(told.document, told.statements, run)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a case holds that was collated once."""
    with Case(tmp_path_factory.mktemp("whole") / "all.stemmata") as case:
        for told in sample():
            put(case, told)
        growth.grow(case)
        return picture(case)


def test_the_picture_is_not_empty(whole: dict[str, Any]) -> None:
    assert all(whole[name] for name in ("families", *TABLES[:6]))
    assert any("versions of one text" in why for *_, why in whole[TABLES[-1]])  # "the Foreign Ministry" is one actor


@pytest.mark.parametrize("seed", range(4))
def test_growing_in_any_order_equals_all_at_once(seed: int, tmp_path: Path, whole: dict[str, Any]) -> None:
    chance = random.Random(seed)
    order = list(sample())
    chance.shuffle(order)
    with Case(tmp_path / "grown.stemmata") as case:
        while order:
            for told in [order.pop() for _ in range(min(len(order), chance.choice((1, 1, 2, 5))))]:
                put(case, told)
            growth.grow(case)
        assert picture(case) == whole


def test_growing_equals_the_flow_on_plain_values(tmp_path: Path, whole: dict[str, Any]) -> None:
    with Case(tmp_path / "flow.stemmata") as case:
        for told in sample():
            put(case, told)
        growth.grow(case)
        found = flow.findings(sample(), links=actors.links(case))
    assert sorted((c.id, c.gist) for c in found.claims) == whole["SELECT id, gist FROM claims"]
    assert {f.id for f in found.families} == {f.id for f in whole["families"]}


DENIED = """The cable car to the Hollin observatory will stand still until April, the valley council said on Tuesday.

“A rope that sings is a rope that is tired,” said Berit Ansgard, who inspects it for the council.

She denied that her office had been told of the broken strand. Hollin Lifts, the operator, promised a bus every hour.

The mayor of Hollin, Pavel Drost, warned that the inns would not last a winter without guests."""
CONFIRMED = DENIED.replace("denied", "confirmed").replace("said on Tuesday", "announced")
VERSIONS = {
    "first": DENIED,
    "second": DENIED.rsplit("\n\n", 1)[0],
    "turned": CONFIRMED,
    "third": DENIED.replace("a bus every hour", "a bus"),
    "told": DENIED.replace("been told", "heard").replace("will stand still", "is to stand still"),
}


@cache
def versions() -> tuple[Analysis, ...]:
    told = (
        Document(id=name, text=text, outlet=name.title(), published=f"2031-03-04T0{n}:00:00Z")
        for n, (name, text) in enumerate(VERSIONS.items())
    )
    return tuple(flow.analysis(d, encoder(), Settings()) for d in told)


def strand(case: Case) -> dict[str, str]:
    """Version -> how it tells what was told of the strand."""
    told = (e for e in case.statements() if "of the broken strand" in "".join(e.content))
    return {e.statement.document: e.statement.act for e in told}


def test_who_negates_a_claim_takes_no_act_from_the_others_whoever_comes_first(tmp_path: Path) -> None:
    acts = {name: "assert" if text.count("confirmed") else "deny" for name, text in VERSIONS.items()}
    found = flow.findings(versions())
    text = {a.document.id: a.document.text for a in versions()}
    told = [s for s in found.statements if "of the broken strand" in s.content[0].of(text[s.document])]
    assert {s.document: s.act for s in told} == acts and len({s.claim for s in told}) == 1
    pictures = []
    for n, order in enumerate((range(5), (2, 0, 1, 3, 4), (4, 3, 1, 2, 0))):
        with Case(tmp_path / f"{n}.stemmata") as case:
            for k in order:
                put(case, versions()[k])
                if n:
                    growth.grow(case)
            growth.grow(case)
            assert strand(case) == acts
            pictures.append(picture(case))
            growth.remove(case, ["first", "second"])
            with Case(tmp_path / f"{n}-never.stemmata") as never:
                for k in (2, 3, 4):
                    put(never, versions()[k])
                growth.grow(never)
                assert picture(case) == picture(never)
    assert pictures[0] == pictures[1] == pictures[2]


@pytest.mark.parametrize("gone", ["digest", "copy", "orva-1"])
def test_what_is_taken_out_leaves_nothing_behind(gone: str, tmp_path: Path) -> None:
    with Case(tmp_path / "less.stemmata") as case, Case(tmp_path / "never.stemmata") as never:
        for told in sample():
            put(case, told)
            if told.document.id != gone:
                put(never, told)
        growth.grow(case)
        growth.remove(case, [gone])
        growth.grow(case)
        growth.grow(never)
        assert picture(case) == picture(never)


def test_what_is_analysed_anew_is_told_anew(tmp_path: Path) -> None:
    told = sample()
    changed = replace(told[1], statements=told[1].statements[::2])
    fewer = {s.id for s in changed.statements}
    changed = replace(
        changed, statements=tuple(s if s.inside in fewer else replace(s, inside=None) for s in changed.statements)
    )
    with Case(tmp_path / "anew.stemmata") as case, Case(tmp_path / "once.stemmata") as once:
        for each in told:
            put(case, each)
        growth.grow(case)
        put(case, changed, LATER)
        growth.grow(case)
        for each in told:
            put(once, changed if each is told[1] else each, LATER if each is told[1] else RUN)
        growth.grow(once)
        assert picture(case) == picture(once)


@pytest.mark.parametrize("step", ["alignment", "flow.changed"])
def test_one_article_that_trips_the_program_costs_no_other(
    step: str, tmp_path: Path, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    module, name = (batch, step) if step == "alignment" else (flow, "changed")
    real, tripping = getattr(module, name), []

    def slip(*given: Any) -> Any:
        child = given[1].document if name == "alignment" else given[0].child.document
        tripping[:] = tripping or [child]
        if [child] == tripping:
            raise IndexError("list index\nout of range")
        return real(*given)

    changes = "SELECT parent_document, child_document FROM changes"
    with Case(tmp_path / "all.stemmata") as case:
        for told in sample():
            put(case, told)
        monkeypatch.setattr(module, name, slip)
        growth.grow(case)
        refused = {tuple(row) for row in case.rows("SELECT step, document, kept FROM refusals")}
        assert refused == {("collate", tripping[0], 1)}
        assert all("IndexError: list index out of range, in test_growth.py" in r.reason for r in case.refusals())
        of_it = {k for k in case.rows(changes) if k[1] == tripping[0]}
        assert not of_it and set(case.rows(changes))
        monkeypatch.undo()
        assert not growth.grow(case).refusals and not list(case.refusals())
        assert {k for k in case.rows(changes) if k[1] == tripping[0]}


@pytest.mark.parametrize("place", [0, 2, -1])
def test_one_article_that_no_step_can_read_is_refused_and_costs_no_other(
    place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tripping = flow.figured, sample()[place].document.id

    def slip(told: Analysis) -> Any:
        if told.document.id == tripping:
            raise KeyError("frİday")
        return real(told)

    monkeypatch.setattr(flow, "figured", slip)
    with Case(tmp_path / "all.stemmata") as case, Case(tmp_path / "others.stemmata") as others:
        for told in sample():
            put(case, told)
            if told.document.id != tripping:
                put(others, told)
        growth.grow(case)
        growth.grow(others)
        (refusal,) = case.refusals()
        assert refusal.step == "collate" and refusal.kept and "not collated, by a fault of Stemmata" in refusal.reason
        alike = picture(case)["families"], picture(others)["families"]
        assert alike[0] == alike[1] and alike[0]
        again = growth.grow(case)
        assert again.documents == 1 and again.refusals == (refusal,)  # tried once more, and told once
        assert not is_stale(case)
        monkeypatch.undo()  # the code is mended
        assert growth.grow(case).refusals == () == tuple(case.refusals())
        assert growth.grow(case).documents == 0
        with Case(tmp_path / "never.stemmata") as never:
            for told in sample():
                put(never, told)
            growth.grow(never)
            assert picture(case) == picture(never)


def test_growing_again_does_nothing(tmp_path: Path) -> None:
    with Case(tmp_path / "still.stemmata") as case:
        assert not is_stale(case)
        for told in sample()[:3]:
            put(case, told)
        assert is_stale(case)
        assert growth.grow(case).documents == 3
        assert not is_stale(case)
        before = picture(case)
        assert growth.grow(case).documents == 0
        assert picture(case) == before


def test_growth_that_is_cut_short_goes_on(
    tmp_path: Path, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "BATCH", 4)

    class CutError(Exception):
        pass

    def cut(done: int, of: int) -> None:
        if done >= 8:
            raise CutError

    with Case(tmp_path / "cut.stemmata") as case:
        for told in sample():
            put(case, told)
        with pytest.raises(CutError):
            growth.grow(case, watch=cut)
        growth.grow(case)
        assert picture(case) == whole


FIRE = """A fire broke out in the paper mill at Osterby on Sunday night, and four streets were cleared.

“We saw the roof go in one piece,” said Hanne Vik, who drives the fire engine. The mill's owner, Lorens Daal, said that
no chemicals were stored in the hall. The police counted 63 people who could not go home."""
RIVER = """The river Elm has risen by two metres since Friday, the water board said.

“The dyke at Sollen holds until Tuesday, not longer,” said Bram Okko, who is its engineer. The board asked 900 people to
leave their houses, and Mayor Ida Rusk promised them beds in the school."""
PAPERS = {
    "wire": (FIRE, 1),
    "post": (FIRE.replace("63 people", "83 people").replace("in one piece", "at once"), 2),
    "echo": (
        FIRE.replace("63 people", "83 people").replace("in one piece", "at once").replace("four streets", "six"),
        3,
    ),
    "moss": ("The chess club of Tarrow has a new president. “I play badly,” said Nils Eberg, who was elected.", 5),
    "flood": (RIVER, 1),
    "tide": (RIVER.replace("900 people", "1,900 people"), 4),
}


@cache
def papers() -> tuple[Analysis, ...]:
    made = (
        Document(id=name, text=text, outlet=f"The {name.title()}", published=f"2031-05-06T0{hour}:00:00Z")
        for name, (text, hour) in PAPERS.items()
    )
    return tuple(flow.analysis(d, encoder(), Settings()) for d in made)


def tree(case: Case) -> str:
    """The edges of a case, "=" a set one and "/" a rejected one, by child."""
    found = {
        (e.child, e.parent, "=" if e.is_set else "/" if e.is_parted else ">")
        for f in lineage.families(case)
        for e in f.edges
    }
    return " ".join(f"{parent}{how}{child}" for child, parent, how in sorted(found))


def decided(case: Case, words: str) -> bool:
    """What is decided in words: "wire=echo" sets that edge, "post/echo" rejects it, "undo" takes the last back."""
    if words == "undo":
        return growth.undo(case, who="Ida")[1]
    parent, child = re.split("[=/]", words)
    return growth.decide(
        case, "reject" if "/" in words else "confirm", subject("edge", parent, child), who="Ida", why="read"
    )[1]


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("", "post>echo wire>post flood>tide"),
        ("wire=echo", "wire=echo wire>post flood>tide"),  # the parent that was found is none
        ("wire=echo undo", "post>echo wire>post flood>tide"),
        ("post=echo", "post=echo wire>post flood>tide"),
        ("wire=echo post=echo", "post=echo wire=echo wire>post flood>tide"),
        ("post/echo", "post/echo wire>echo wire>post flood>tide"),  # the next best
        ("post/echo wire/echo", "post/echo wire/echo wire>post flood>tide"),
        ("post/echo wire/echo undo undo", "post>echo wire>post flood>tide"),
        ("flood/tide wire=tide", "post>echo wire>post flood/tide wire=tide"),
        ("wire=tide", "post>echo wire>post wire=tide"),  # it was in another family
        ("echo=moss", "post>echo echo=moss wire>post flood>tide"),  # it was in none
        ("echo=moss undo", "post>echo wire>post flood>tide"),
        ("wire=tide wire/tide", "post>echo wire>post flood>tide"),
    ],
)
def test_what_people_decide_of_parents_is_drawn_at_once_and_when_all_is_told_anew(
    said: str, drawn: str, tmp_path: Path
) -> None:
    with Case(tmp_path / "decided.stemmata") as case, Case(tmp_path / "before.stemmata") as before:
        for told in papers():
            put(case, told)
        growth.grow(case)
        assert all(decided(case, words) for words in said.split())
        assert tree(case) == drawn
        assert growth.grow(case).documents == 0
        at_once = picture(case)
        # the decisions stand before the articles come, as in a case that is renewed
        for made in judgements.log(case):
            judgements.put(before, [made.judgement]) if made.undone_by is None else None
        for told in reversed(papers()):
            put(before, told)
            growth.grow(before)
        assert picture(before) == at_once
        growth.remove(case, ["wire"])
        growth.remove(before, ["wire"])
        assert picture(before) == picture(case)


def test_what_is_more_than_a_moments_work_is_drawn_when_the_case_is_collated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "AT_ONCE", 1)
    with Case(tmp_path / "later.stemmata") as case:
        for told in papers():
            put(case, told)
        growth.grow(case)
        before = tree(case)
        assert not decided(case, "wire=echo") and tree(case) == before
        growth.grow(case)
        assert "wire=echo" in tree(case)
        assert not decided(case, "undo") and "wire=echo" in tree(case)
        growth.grow(case)
        assert tree(case) == before


def test_of_edges_that_make_a_circle_the_latest_stand() -> None:
    said = {("a", "b"): True, ("b", "c"): True, ("c", "a"): True, ("d", "a"): False}
    found = by_document(said)
    assert {k: x.parents for k, x in found.items()} == {"a": ("c",), "b": (), "c": ("b",)}
    assert found["a"].rejected == ("d",) and found["b"].below == ("a", "c")


def test_what_people_set_to_be_made_from_a_later_text_is_no_parent_of_an_earlier_one(tmp_path: Path) -> None:
    undated = replace(papers()[1], document=replace(papers()[1].document, id="isle", published=None), statements=())
    with Case(tmp_path / "undated.stemmata") as case:
        for told in (*papers(), undated):
            put(case, told)
        growth.grow(case)
        assert "wire" in lineage.families(case)[0].undated or "isle>wire" in tree(case)
        before = picture(case)
        assert decided(case, "post=isle")
        assert "post=isle" in tree(case)
        assert "wire" not in lineage.families(case)[0].undated
        assert decided(case, "undo") and picture(case) == before


def test_the_changes_along_a_set_edge_are_found_like_those_of_any(tmp_path: Path) -> None:
    with Case(tmp_path / "set.stemmata") as case:
        for told in papers():
            put(case, told)
        growth.grow(case)
        assert decided(case, "wire=echo")
        (family,) = [f for f in lineage.families(case) if "echo" in f.documents]
        changes = lineage.changes(case, decisions(case), family)
        numbers = [
            c.change for c in changes if "number-changed" in c.change.changes and c.change.child_document == "echo"
        ]
        assert {(c.parent_document, c.score > 0.9) for c in numbers} == {("wire", True)}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("wire=wire", r"The Wire \(wire\) cannot be made from itself"),
        ("echo=wire", r"The Wire \(wire\) came out before The Echo \(echo\), at 2031-05-06T01:00:00\+?Z? and "),
        ("wire=none", "no document 'none' in "),
        ("isle=quay quay=isle", "which was made from it by what a person confirmed: take that back first"),
    ],
)
def test_an_edge_that_cannot_be_is_not_set(said: str, why: str, tmp_path: Path) -> None:
    with Case(tmp_path / "refused.stemmata") as case:
        for told in papers():
            put(case, told)
        for name in ("isle", "quay"):
            put(
                case,
                replace(papers()[0], document=replace(papers()[0].document, id=name, published=None), statements=()),
            )
        *before, last = said.split()
        assert all(decided(case, words) is False for words in before)  # nothing is collated yet
        with pytest.raises(StemmataError, match=why):
            decided(case, last)


@pytest.mark.parametrize(
    ("point", "nth"), [("put_figures", 2), ("put_alignments", 3), ("put_told_elsewhere", 2), ("done", 3)]
)
def test_growth_that_is_stopped_anywhere_keeps_what_was_done_and_goes_on(
    point: str, nth: int, tmp_path: Path, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "BATCH", 4)
    room = next(r for r in (batch.grouping, batch.lineage, batch.kept) if hasattr(r, point))
    works, batches = getattr(room, point), [0]

    def stopped(*told: Any, **named: Any) -> Any:
        if batches[0] == nth - 1:
            raise KeyboardInterrupt
        return works(*told, **named)

    def committed(done: int, of: int) -> None:
        batches[0] += 1
        assert not list(case.rows("PRAGMA foreign_key_check"))
        bare = "SELECT count(*) FROM statements WHERE claim IS NULL AND document IN (SELECT id FROM documents WHERE key"
        assert case.value(f"{bare} IN (SELECT document FROM collated))") == 0
        assert case.value("SELECT count(*) FROM collated") == min(done, of) == of - len(batch.kept.waiting(case))

    with Case(tmp_path / "cut.stemmata") as case:
        for told in sample():
            put(case, told)
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(room, point, stopped)
            growth.grow(case, watch=committed)
        kept = case.value("SELECT count(*) FROM collated")
        assert kept == 4 * (nth - 1)
    with Case(tmp_path / "cut.stemmata") as case:
        assert growth.grow(case).documents == len(sample()) - kept
        assert picture(case) == whole


@pytest.mark.parametrize(
    ("many", "seconds", "expected"),
    [(32, 10.0, 32), (32, 2.0, 64), (32, 8.0, 40), (64, 16.0, 40), (64, 900.0, 32), (16, 900.0, 16), (400, 1.0, 500)],
)
def test_a_batch_is_as_large_as_the_time_that_may_be_lost(many: int, seconds: float, expected: int) -> None:
    assert growth.paced(many, seconds) == expected
