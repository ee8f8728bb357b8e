"""Figures and names that a version has and its parent has nowhere."""

from __future__ import annotations

import pytest

from stemmata.collate.nowhere import new_figures, new_names, stands_for
from stemmata.model import Span

PARENT = "The council voted 17 to 12 on Tuesday to spend 38 million pounds, a third of what it has. Two members left."


@pytest.mark.parametrize(
    ("child", "new"),
    [
        ("On Tuesday 38 million pounds were voted by seventeen to twelve, 33 percent of all that it has.", []),
        ("The vote was 19 to 12, and 83 million pounds will go.", ["19", "83 million"]),
        ("Two members left on Monday, and the council said so on Friday.", []),  # the days of the child's own week
        ("On 4 March the council voted 17 to 12; both who left were of one party.", []),  # no date to hold it against
        ("It was the first vote of 2031. Nineteen were for it, 19 in all.", ["Nineteen"]),
    ],
)
def test_a_figure_that_the_parent_has_nowhere_is_found_once(child: str, new: list[str]) -> None:
    assert [s.of(child) for s in new_figures(PARENT, child, ())] == new


def test_what_is_counted_as_known_is_no_figure() -> None:
    child = "It heard the two sides out. Then two members left."
    assert [s.of(child) for s in new_figures("The council met.", child, ())] == ["two"]


def test_a_share_is_known_without_its_per_cent() -> None:
    parent, child = (
        "The Alliance had 36.7 per cent, the Union 9.8 per cent.",
        "It was ahead, on 36.7; the Union came to 8.9.",
    )
    assert [s.of(child) for s in new_figures(parent, child, ())] == ["8.9"]


def test_the_same_number_of_another_measure_is_a_figure() -> None:
    parent = "The line is 14 kilometres long. The shop is 20 metres off, open from one to three o'clock."
    child = "The 14-mile line is built. The shop, 20m off, is open from 1am to 3am."
    assert [s.of(child) for s in new_figures(parent, child, ())] == ["14"]


@pytest.mark.parametrize(
    ("child", "new"),
    [
        ("Envoys will meet on Thursday in Port Sever.", ["Thursday"]),
        ("The ferry sails again on Thursday.", []),  # of nothing that the parent tells
        ("Envoys are to meet in Port Sever on Tuesday, and again on Thursday.", []),
        ("She was born in Harl, the second of five children.", ["second"]),
        ("The second ferry sails.", []),
        ("Rovers have won seven of nine matches.", []),
        ("Rovers have won eight of nine matches.", ["eight of nine"]),
    ],
)
def test_a_day_or_a_place_in_a_row_is_new_where_it_stands_for_another(child: str, new: list[str]) -> None:
    parent = "Envoys are to meet on Tuesday in Port Sever. Born in Harl, the third of five children, she left."
    parent += " It was the Rovers' seventh win in nine matches."
    assert [s.of(child) for s in new_figures(parent, child, ())] == new


def test_what_is_compared_as_a_claim_is_left_out() -> None:
    child = "He said 19 had voted for it. It cost 83 million pounds."
    assert [s.of(child) for s in new_figures(PARENT, child, (Span(8, 27),))] == ["83 million"]


@pytest.mark.parametrize(
    ("parent", "child", "new"),
    [
        ("Police in the Netherlands held the driver.", "He was held by the Dutch police.", []),
        ("The Belgian driver was held.", "The driver was held in Belgium.", []),
        ("The Belgian driver was held.", "The driver was held by the Dutch police.", ["Dutch"]),
        ("He spoke in Amsterdam.", "He spoke to the Dutch police.", ["Dutch"]),
    ],
)
def test_a_country_and_its_people_are_one_name(parent: str, child: str, new: list[str]) -> None:
    assert [s.of(child) for s in new_names(parent, child)] == new


@pytest.mark.parametrize(
    ("child", "new"),
    [
        ("The town blamed Tamsini soldiers, and the mayor, Ana Reyk, spoke.", []),  # a form of one, and one that it has
        ("The town blamed the Ostmar militia.", ["Ostmar"]),
        ("The mayor thanked Idris Vell. She said Idris Vell had come at night.", ["Idris Vell"]),
        ("Orlu had been told, the mayor said.", []),  # at the beginning of a sentence anything has a capital
    ],
)
def test_a_name_that_the_parent_has_nowhere_is_found_once(child: str, new: list[str]) -> None:
    parent = "The town blamed Tamsin, and its mayor, Ana Reyk, said so at night."
    assert [s.of(child) for s in new_names(parent, child)] == new


@pytest.mark.parametrize(
    ("child", "pairs"),
    [
        ("The vote was 19 to 12, to spend 83 million pounds.", [("19", "17"), ("83 million", "38 million")]),
        ("Nineteen voted for it and 12 against it, on Tuesday.", [("Nineteen", "17")]),
        ("Rain fell on 83 days. It spends 38 million pounds, voting 17 to 12.", [("83", None)]),  # nothing told of it
        ("The council voted 17 to 12 to spend a quarter of its money, 38 million.", [("a quarter", "a third")]),
        ("The council voted 17 to 12 on Tuesday.", []),
    ],
)  # fmt: skip
def test_a_new_figure_stands_in_the_place_of_one_that_is_gone(child: str, pairs: list[tuple[str, str | None]]) -> None:
    figures = new_figures(PARENT, child, ())
    old = stands_for(PARENT, child, figures)
    assert [(x.of(child), y and y.of(PARENT)) for x, y in zip(figures, old, strict=True)] == pairs
