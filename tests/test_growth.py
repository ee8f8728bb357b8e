"""A case that grew article by article holds what one holds that was collated at once, in whatever order they came."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from stemmata import flow, growth, read
from stemmata.case import Case, actors, lineage
from stemmata.case.collation import is_stale
from stemmata.desk import encoder
from stemmata.flow import Analysis, Settings
from stemmata.model import Document, Run, Span, statement_id

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


@pytest.mark.parametrize(
    ("point", "nth"), [("put_figures", 2), ("put_alignments", 3), ("put_told_elsewhere", 2), ("done", 3)]
)
def test_growth_that_is_stopped_anywhere_keeps_what_was_done_and_goes_on(
    point: str, nth: int, tmp_path: Path, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "BATCH", 4)
    room = next(r for r in (growth.grouping, growth.lineage, growth.kept) if hasattr(r, point))
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
        assert case.value("SELECT count(*) FROM collated") == min(done, of) == of - len(growth.kept.waiting(case))

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
