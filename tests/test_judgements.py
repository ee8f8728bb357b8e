"""What a person decides is logged, stands, can be taken back, and is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemmata.case import Case
from stemmata.case.judgements import judge, log, standing_judgements, undo
from stemmata.case.verdicts import decisions
from stemmata.model import Judgement, JudgementKind, StemmataError, subject

EDGE = subject("edge", "a", "b")
CHANGE = subject("change", "a", "b", None, "s1")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path / "news.stemmata")


def word(kind: JudgementKind, *targets: str, value: str | None = None, at: int = 1, who: str = "Ida") -> Judgement:
    return Judgement(kind=kind, targets=targets, value=value, who=who, when=f"2031-05-01T10:00:0{at}+00:00", why="read")


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ([], {}),
        (["confirm"], {EDGE: "confirmed"}),
        (["reject"], {EDGE: "rejected"}),
        (["confirm", "reject"], {EDGE: "rejected"}),
        (["reject", "confirm"], {EDGE: "confirmed"}),
        (["note"], {}),
    ],
)
def test_the_latest_word_stands(case: Case, said: list[JudgementKind], stands: dict[str, str]) -> None:
    judge(case, *(word(kind, EDGE, at=n) for n, kind in enumerate(said)))
    assert decisions(case).states([EDGE, CHANGE]) == stands


def test_undo_takes_back_the_latest_and_keeps_it_in_the_log(case: Case) -> None:
    judge(case, word("confirm", EDGE, at=1), word("reject", EDGE, at=2))
    assert undo(case, who="Ola").kind == "reject"
    assert decisions(case).states([EDGE]) == {EDGE: "confirmed"}
    assert [(e.judgement.kind, e.undone_by) for e in log(case)] == [("confirm", None), ("reject", "Ola")]


def test_undo_of_one_by_its_id_and_of_nothing(case: Case) -> None:
    first = word("confirm", EDGE, at=1)
    judge(case, first, word("note", EDGE, value="see the byline", at=2))
    undo(case, who="Ola", id=first.id[:8])
    assert decisions(case).states([EDGE]) == {}
    assert [j.value for j in decisions(case).notes[EDGE]] == ["see the byline"]
    with pytest.raises(StemmataError, match="no single judgement"):
        undo(case, who="Ola", id=first.id)


def test_the_same_word_again_adds_nothing(case: Case) -> None:
    judge(case, word("confirm", EDGE))
    judge(case, word("confirm", EDGE))
    assert len(list(log(case))) == 1


def test_only_what_stands_is_given_to_later_steps(case: Case) -> None:
    judge(case, word("merge", "k1", "k2", at=1), word("rename", "k1", value="Ana Reyk", at=2))
    undo(case, who="Ida")
    assert standing_judgements(case, "merge", "rename") == [word("merge", "k1", "k2", at=1)]


@pytest.mark.parametrize(
    ("bad", "told"), [(word("confirm", EDGE, who=" "), "`who` says"), (word("confirm"), "nothing to confirm")]
)
def test_a_word_of_nobody_or_about_nothing_is_refused(case: Case, bad: Judgement, told: str) -> None:
    with pytest.raises(StemmataError, match=told):
        judge(case, word("note", EDGE, value="first"), bad)
    assert list(log(case)) == []


def test_subjects_of_different_parts_never_meet() -> None:
    assert subject("edge", "a b", "c") != subject("edge", "a", "b c")
