"""Disputes, drawn: who answers what; positions, predictions with their dates, sides, and the network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree as Xml

import numpy as np
import pytest

from stemmata import desk, growth
from stemmata.case import Case, judgements, views
from stemmata.case import disputes as kept
from stemmata.case.verdicts import decisions
from stemmata.dispute.dates import dates
from stemmata.dispute.disputes import INSIDE, READ, Answer, answers, disputes, likely, read_beside, related
from stemmata.dispute.evidence import across, nearness
from stemmata.dispute.positions import Named, positions, predictions
from stemmata.dispute.sides import accounts, sides, ties, unplaced
from stemmata.dispute.told import Reading
from stemmata.export.gexf import gexf
from stemmata.language.force import negations
from stemmata.model import (
    Act,
    Actor,
    ActorKind,
    Claim,
    Departure,
    Dispute,
    Document,
    Family,
    Judgement,
    Prediction,
    Relation,
    Run,
    Span,
    Statement,
    StemmataError,
    statement_id,
    subject,
)
from stemmata.pages import site
from stemmata.pairs import Excerpt, Judged
from stemmata.weighing import Weighing, weighings

WEDNESDAY = "2031-11-26T09:00:00"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("by Friday", ("by Friday", "2031-11-26", "2031-11-28")),
        ("on 3 March", ("on 3 March", "2032-03-03", "2032-03-03")),
        ("March 3rd, 2034", ("March 3rd, 2034", "2034-03-03", "2034-03-03")),
        ("next month", ("next month", "2031-12-01", "2031-12-31")),
        ("in 2033 a bridge", ("in 2033", "2033-01-01", "2033-12-31")),
        ("within three weeks", ("within three weeks", "2031-11-26", "2031-12-17")),
        ("by the end of the year", ("by the end of the year", "2031-11-26", "2031-12-31")),
        ("next spring", ("next spring", "2032-03-01", "2032-05-31")),
        ("in the 2040s", ("in the 2040s", "2040-01-01", "2049-12-31")),
        ("last Friday", ("last Friday", "2031-11-21", "2031-11-21")),
        ("within 24 to 48 hours", ("within 24 to 48 hours", "2031-11-26", "2031-11-28")),
        ("in three years it will be gone", ("in three years", "2034-11-26", "2034-11-26")),
        ("the worst in 50 years", None),
        ("a deal with the union comes in three weeks", ("in three weeks", "2031-12-17", "2031-12-17")),
        ("The protest of nurses ends in three weeks", ("in three weeks", "2031-12-17", "2031-12-17")),
        ("the first boats will sail in three weeks", ("in three weeks", "2031-12-17", "2031-12-17")),
        ("the deadliest storm in a decade", None),
        ("the third strike of nurses in a year", None),
        ("Theresa Mayhew and Ana May would resign", None),
        ("by Jan Novak", None),
        ("an Arab Spring could return and spring a surprise on an august body", None),
        ("they may march on", None),
        ("in 5,000 boats", None),
        ("before the snow", None),
        ("ministers will meet later in the day", None),
        ("in a day or two", ("in a day", "2031-11-27", "2031-11-27")),
        ("it will take at least until September", ("until September", "2032-09-01", None)),
        ("no boat will sail before Friday", ("before Friday", "2031-11-28", None)),
        ("it rises by no more than 5 per cent before Friday", ("before Friday", "2031-11-26", "2031-11-27")),
        ("no more than ten boats will not sail before Friday", ("before Friday", "2031-11-28", None)),
        ("It falls before May. Reyk knows", ("before May", "2031-11-26", "2032-04-30")),
        ("until Sept. 3", ("until Sept. 3", "2031-11-26", "2032-09-03")),
        ("it opens no earlier than June", ("no earlier than June", "2032-06-01", None)),
        ("in June at the earliest", ("in June", "2032-06-01", None)),
        ("before the end of March", ("before the end of March", "2031-11-26", "2032-03-31")),
        ("before the end of the year", ("before the end of the year", "2031-11-26", "2031-12-31")),
        ("before year’s end", ("before year’s end", "2031-11-26", "2031-12-31")),
        ("by the end of the month", ("by the end of the month", "2031-11-26", "2031-11-30")),
        ("before early March", ("before early March", "2031-11-26", "2032-02-29")),
        ("before the month is out", ("before the month is out", "2031-11-26", "2031-11-30")),
        ("before the summer is over", ("before the summer is over", "2031-11-26", "2032-08-31")),
        ("by summer’s end", ("by summer’s end", "2031-11-26", "2032-08-31")),
        ("on the first Saturday in April", ("on the first Saturday in April", "2032-04-03", "2032-04-03")),
        ("on the last Monday of March 2033", ("on the last Monday of March 2033", "2033-03-28", "2033-03-28")),
        ("by the last Friday of next month", ("by the last Friday of next month", "2031-11-26", "2031-12-26")),
        ("over the weekend", ("over the weekend", "2031-11-29", "2031-11-30")),
        ("in the third quarter", ("in the third quarter", "2032-07-01", "2032-09-30")),
        ("in the fourth quarter", ("in the fourth quarter", "2031-10-01", "2031-12-31")),
        ("by Easter", ("by Easter", "2031-11-26", "2032-03-28")),
        ("on Easter Island", None),
        ("at the turn of the year", ("at the turn of the year", "2031-12-31", "2031-12-31")),
        ("in May or June", ("in May or June", "2032-05-01", "2032-06-30")),
        ("in December or January", ("in December or January", "2031-12-01", "2032-01-31")),
        ("in May next year", ("in May next year", "2032-05-01", "2032-05-31")),
        ("by the summer of next year", ("by the summer of next year", "2031-11-26", "2032-06-01")),
        ("before the weekend", ("before the weekend", "2031-11-26", "2031-11-28")),
        ("by the weekend", ("by the weekend", "2031-11-26", "2031-11-30")),
        ("not before the end of March", ("before the end of March", "2032-03-31", None)),
        ("the border reopens after Friday", ("after Friday", "2031-11-29", None)),
        ("after the summer", ("after the summer", "2032-09-01", None)),
        ("after Friday’s vote", None),
        ("in the first week of April", ("in the first week of April", "2032-04-01", "2032-04-07")),
        ("in the last week of April", ("in the last week of April", "2032-04-24", "2032-04-30")),
        ("in the second half of 2032", ("in the second half of 2032", "2032-07-01", "2032-12-31")),
        ("in the first quarter of next year", ("in the first quarter of next year", "2032-01-01", "2032-03-31")),
        ("as in the first half of the year", None),
        ("in the third half of 2032", None),
        ("the pillar falls within days", ("within days", "2031-11-26", "2031-12-03")),
        ("in the coming weeks", ("in the coming weeks", "2031-11-26", "2031-12-27")),
        ("within a week", ("within a week", "2031-11-26", "2031-12-03")),
        ("within days of the vote", None),
        ("the worst in weeks", None),
        ("it will not sail, and waits until Friday", ("until Friday", "2031-11-26", "2031-11-28")),
        ("it answers within ten days of any such step", None),
        ("it answers within ten days", ("within ten days", "2031-11-26", "2031-12-06")),
        ("it reports no later than Monday", ("no later than Monday", "2031-11-26", "2031-12-01")),
        ("before the middle of January", ("before the middle of January", "2031-11-26", "2032-01-15")),
        ("it reopens before April 15", ("before April 15", "2031-11-26", "2032-04-14")),
        ("it will not open before March 27", ("before March 27", "2032-03-27", None)),
        ("no answer by the twentieth, and I go", ("by the twentieth", "2031-11-26", "2031-12-20")),
        ("it opens on the 28th", ("on the 28th", "2031-11-28", "2031-11-28")),
        ("on the 31st", ("on the 31st", "2031-12-31", "2031-12-31")),
        ("by the first of the month", ("by the first of the month", "2031-11-26", "2031-12-01")),
        ("by the fifth of next month", ("by the fifth of next month", "2031-11-26", "2031-12-05")),
        ("by the twenty-first of March", ("by the twenty-first of March", "2031-11-26", "2032-03-21")),
        ("on the first of April it closes", ("on the first of April", "2032-04-01", "2032-04-01")),
        ("by the second term", None),
        ("before the first snow", None),
        ("a flat on the third floor", None),
        ("it spreads by summer", ("by summer", "2031-11-26", "2032-06-01")),
        ("he stays until the spring", ("until the spring", "2031-11-26", "2032-03-01")),
        ("by next summer", ("by next summer", "2031-11-26", "2032-06-01")),
        ("by spring 2034", ("by spring 2034", "2031-11-26", "2034-03-01")),
        ("by the end of next summer", ("by the end of next summer", "2031-11-26", "2032-08-31")),
        ("by autumn", ("by autumn", "2031-11-26", "2031-11-30")),
        # lengths of time, from now on
        ("over the next decade", ("over the next decade", "2031-11-26", "2041-11-26")),
        ("within the next month", ("within the next month", "2031-11-26", "2031-12-26")),
        ("in the next week", ("in the next week", "2031-11-26", "2031-12-03")),
        ("in the coming year", ("in the coming year", "2031-11-26", "2032-11-26")),
        ("in the following year", None),
        ("quotas for next year", ("for next year", "2032-01-01", "2032-12-31")),
        ("in a year and a half", ("in a year and a half", "2033-05-26", "2033-05-26")),
        ("within a year and a half", ("within a year and a half", "2031-11-26", "2033-05-26")),
        ("in two days and twelve hours", ("in two days and twelve hours", "2031-11-28", "2031-11-28")),
        ("in a fortnight", ("in a fortnight", "2031-12-10", "2031-12-10")),
        ("in two fortnights", ("in two fortnights", "2031-12-24", "2031-12-24")),
        ("ten days from now it opens", ("ten days from now", "2031-12-06", "2031-12-06")),
        ("a decade from now", ("a decade from now", "2041-11-26", "2041-11-26")),
        ("in five to ten years", ("in five to ten years", "2036-11-26", "2041-11-26")),
        ("in 5 to 10 years", ("in 5 to 10 years", "2036-11-26", "2041-11-26")),
        ("it opens in less than a week", ("in less than a week", "2031-11-26", "2031-12-03")),
        ("it cannot be built in less than six years", ("in less than six years", "2037-11-26", None)),
        ("the ferry sank within the hour", None),
        ("four months in the year", None),
        ("it rose in the week before the vote", None),
        ("by the end of the spring", ("by the end of the spring", "2031-11-26", "2032-05-31")),
        ("it lasts until the end of winter", ("until the end of winter", "2031-11-26", "2032-02-29")),
        ("by early summer", ("by early summer", "2031-11-26", "2032-07-01")),
        ("By the year 2040", ("By the year 2040", "2031-11-26", "2040-12-31")),
        ("From the end of Friday", ("From the end of Friday", "2031-11-28", "2031-11-28")),
        ("UNTIL THE END OF MARCH", ("UNTIL THE END OF MARCH", "2031-11-26", "2032-03-31")),
        ("it was common until the 1980s", None),
        ("2033 boats", None),
        ("early in the year", ("early in the year", "2031-01-01", "2031-05-02")),
        ("it may start in the autumn", ("in the autumn", "2031-09-01", "2031-11-30")),
        ("on 00 March", None),
        ("on 05 March", ("on 05 March", "2032-03-05", "2032-03-05")),
        # letters that a search which ignores case takes for ours
        ("BY FRİDAY", ("BY FRİDAY", "2031-11-26", "2031-11-28")),
        ("BY FRıDAY", ("BY FRıDAY", "2031-11-26", "2031-11-28")),
        ("IN APRİL 2032", ("IN APRİL 2032", "2032-04-01", "2032-04-30")),
        ("within dayſ", ("within dayſ", "2031-11-26", "2031-12-03")),
        ("in two weeKs", ("in two weeKs", "2031-12-10", "2031-12-10")),
    ],
)
def test_dates(text: str, found: tuple[str, str, str | None] | None) -> None:
    said = [(d.span.of(text), d.first, d.last) for d in dates(text, (Span(0, len(text)),), WEDNESDAY)]
    assert said == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "published", "found"),
    [
        ("in last winter", "2031-01-10", ("2029-12-01", "2030-02-28")),
        ("in last winter", "2031-11-26", ("2030-12-01", "2031-02-28")),
        ("on 29 February", "2031-03-10", ("2032-02-29", "2032-02-29")),
        ("on 29 February", "2096-03-01", ("2104-02-29", "2104-02-29")),
        ("on 31 June", "2031-03-10", None),
        ("in March", "2031-04-01", ("2032-03-01", "2032-03-31")),
    ],
)
def test_the_last_winter_and_the_next_leap_day(text: str, published: str, found: tuple[str, str] | None) -> None:
    assert [(d.first, d.last) for d in dates(text, (Span(0, len(text)),), published)] == ([found] if found else [])


def test_a_date_without_a_day_of_publication_is_told_where_it_names_a_year() -> None:
    assert [d.first for d in dates("in 2033 or by Friday", (Span(0, 20),), None)] == ["2033-01-01"]


@pytest.mark.parametrize("published", ["9999-12-31", "0001-01-01"])
def test_no_day_is_reckoned_from_one_that_stands_for_none(published: str) -> None:
    assert dates("within a week", (Span(0, 13),), published) == ()


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("By Friday we strike. Before the summer is over you will pay.", "2032-08-31"),
        ("It is open today, and it will be open on Thursday.", "2031-11-27"),
        ("It was said on 3 March 2030 and on 4 March 2030.", "2030-03-04"),
        ("It was open.", None),
    ],
)
def test_what_names_two_times_is_due_at_the_last(text: str, due: str | None) -> None:
    found = dates(text, (Span(0, len(text)),), WEDNESDAY)
    p = Prediction(statement="s", kind="promise", actor=None, claim=None, said=WEDNESDAY, dates=found)
    assert p.due == due


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("by the end of the year rather than in September", ["2031-11-26/2031-12-31"]),
        ("by October 1 instead of July 1", ["2031-11-26/2032-10-01"]),
        ("instead of as planned in July it comes in August", ["2032-08-01/2032-08-31"]),
        ("at once rather than in September", []),
        ("not in September but in December", ["2031-12-01/2031-12-31"]),
        ("on March 9 and not on March 23", ["2032-03-09/2032-03-09"]),
        ("not on Friday", ["2031-11-28/2031-11-28"]),
        ("not only in March but in May", ["2032-03-01/2032-03-31", "2032-05-01/2032-05-31"]),
        ("not before March 9 and by May 2", ["2032-03-09/None", "2031-11-26/2032-05-02"]),
        ("shut from July to October", ["2032-07-01/2032-10-31"]),
        ("shut from 1 May to 14 November", ["2032-05-01/2032-11-14"]),
        ("shut from Friday to Monday", ["2031-11-28/2031-12-01"]),
        ("it lasts from November until May", ["2031-11-01/2032-05-31"]),
        ("it opens from Friday, on Monday it shuts", ["2031-11-28/2031-11-28", "2031-12-01/2031-12-01"]),
        ("postponed from July to October", ["2032-10-01/2032-10-31"]),
        ("the vote is put off from March 3 to May 5", ["2032-05-05/2032-05-05"]),
        ("brought forward from October to July", ["2032-07-01/2032-07-31"]),
        ("the vote slips to May 5 from March 3", ["2032-05-05/2032-05-05"]),
    ],
)
def test_a_date_that_is_given_up_for_another_is_none(text: str, found: list[str]) -> None:
    assert [f"{d.first}/{d.last}" for d in dates(text, (Span(0, len(text)),), WEDNESDAY)] == found


@pytest.mark.parametrize(
    "text", ["by Friday it will show all that it did since the first of August", "since June we wait for Friday"]
)
def test_what_lasts_since_a_day_is_not_due_then(text: str) -> None:
    assert [d.last for d in dates(text, (Span(0, len(text)),), WEDNESDAY)] == ["2031-11-28"]


Row = tuple[str, str, str, Act]  # what the source is, its cue, what is said, and the act


def told(name: str, *rows: Row, published: str = WEDNESDAY) -> tuple[Document, list[Statement]]:
    """An article of one sentence a row, "source cue content." """
    text, made = "", []
    for source, cue, content, act in rows:
        at = len(text)
        text += f"{source} {cue} {content}. "
        spans = Span(at, at + len(source)), Span(at + len(source) + 1, at + len(source) + 1 + len(cue))
        parts = (Span(spans[1].end + 1, spans[1].end + 1 + len(content)),)
        made.append(
            Statement(
                id=statement_id(document=name, source=spans[0], cue=spans[1], content=parts),
                document=name, source=spans[0], cue=spans[1], content=parts, mode="indirect", act=act,
                sourcing="named-person", confidence=0.9, actor=source, claim=content,
            )
        )  # fmt: skip
    return Document(id=name, text=text, outlet=name, published=published), made


def claims_of(statements: Sequence[Statement]) -> list[Claim]:
    members: dict[str, list[str]] = {}
    for s in statements:
        members.setdefault(s.claim or "", []).append(s.id)
    return [Claim(id=k, gist=k, statements=tuple(v)) for k, v in members.items()]


HARBOUR: list[Row] = [
    ("Ana Reyk", "said", "that the harbour board of Ellmouth took bribes from Corvane Shipping in May", "accuse"),
    ("Ilse Marrow", "denied", "that the harbour board of Ellmouth took bribes from Corvane Shipping", "deny"),
    ("Otto Vels", "said", "the bridge will open in spring", "promise"),
]


@pytest.mark.parametrize("least", [0.5, 0.9999999])
def test_a_denial_is_tied_to_what_it_denies(least: float) -> None:
    document, statements = told("harbour", *HARBOUR)
    found = _found([document], statements, least=least)
    words = {s.id: s.claim for s in statements}
    expected = [(HARBOUR[1][2], HARBOUR[0][2], "denies")] if least < 0.9 else []
    assert [(words[d.by_statement], words[d.of_statement], d.relation) for d in found] == expected


def _found(
    documents: Sequence[Document], statements: Sequence[Statement], *, least: float = 0.5, outright: bool = False
) -> tuple[Dispute, ...]:
    """With the shipped weights at another threshold, so that a new fit need not move the drawings; `outright`: what
    needs no reading alone."""
    scales: dict[str, Weighing] = dict(weighings("dispute"))
    scales["answers, read"] = replace(scales["answers, read"], threshold=least)
    if outright:
        scales["answers, read"] = replace(scales["answers, read"], constant=-99.0)
    actors = [Actor(id=n, name=n, kind="person") for n in sorted({s.actor or "" for s in statements})]
    return disputes(documents, statements, claims_of(statements), actors, (), scales)


def test_in_a_long_document_a_claim_is_held_against_its_neighbours_and_what_shares_its_words() -> None:
    filler: list[Row] = [(f"Speaker{n}", "said", f"lamp {n} on the old pier went out", "assert") for n in range(150)]
    document, statements = told("minutes", HARBOUR[0], *filler, HARBOUR[1])
    (denial,) = (a for a in answers([document], statements, claims_of(statements), []) if a.claim == HARBOUR[1][2])
    assert {HARBOUR[0][2], filler[-1][2]} <= denial.targets.keys() and len(denial.targets) == INSIDE - 1 < len(filler)


@pytest.mark.parametrize(
    ("before", "after", "relation"),
    [
        (  # another speaker's claim, denied in its words
            ("Luise Abend", "said", "the police of Ellmouth had fired rubber bullets at the strikers", "accuse"),
            ("The police", "denied", "that they had fired rubber bullets at the strikers", "deny"),
            "denies",
        ),
        (  # denied by both
            ("Luise Abend", "denied", "that the police of Ellmouth had fired rubber bullets at the strikers", "deny"),
            ("The police", "denied", "that they had fired rubber bullets at the strikers", "deny"),
            None,
        ),
        (  # in too few words
            ("Luise Abend", "said", "the strikers of Ellmouth were on their way", "assert"),
            ("The police", "denied", "that they had fired rubber bullets at the strikers", "deny"),
            None,
        ),
        (  # an appeal is no claim
            ("Luise Abend", "called on", "the police of Ellmouth to fire rubber bullets at the strikers", "urge"),
            ("The police", "denied", "that they had fired rubber bullets at the strikers", "deny"),
            None,
        ),
        (
            ("Ilse Marrow", "said", "strikers of Ellmouth had sabotaged a transformer", "accuse"),
            ("Ilse Marrow", "withdrew", "her claim that strikers had sabotaged a transformer", "assert"),
            "corrects",
        ),
        (
            ("Ilse Marrow", "said", "strikers of Ellmouth had sabotaged a transformer", "accuse"),
            ("Otto Vels", "withdrew", "his claim that strikers had sabotaged a transformer", "assert"),
            None,
        ),
        (
            ("Ilse Marrow", "said", "leaflets had been sent to Ellmouth", "assert"),
            ("Ilse Marrow", "admitted", "that no leaflets had been sent to Ellmouth", "assert"),
            "contradicts",
        ),
        (
            ("Ilse Marrow", "said", "leaflets had been sent to Ellmouth", "assert"),
            ("Ilse Marrow", "said", "leaflets had been sent to Ellmouth and to Corvane", "assert"),
            None,
        ),
    ],
)
def test_what_is_denied_or_taken_back_in_its_own_words_is_disputed_outright(
    before: Row, after: Row, relation: Relation | None
) -> None:
    early, first = told("early", before, published="2031-11-25")
    late, second = told(
        "late", after, ("Per Corvane", "said", "it rained in Ellmouth", "assert"), published="2031-11-28"
    )
    found = _found([early, late], [*first, *second], outright=True)
    assert [(d.by_statement, d.of_statement, d.relation) for d in found] == (
        [(second[0].id, first[0].id, relation)] if relation else []
    )


def test_one_quotation_cut_by_two_newsrooms_is_no_change_of_mind() -> None:
    whole = "I do not know who sent the leaflets to Ellmouth, and I never asked"
    early, first = told("early", ("Ilse Marrow", "said", whole, "assert"), published="2031-11-25")
    late, second = told("late", ("Ilse Marrow", "said", whole.partition(",")[0], "assert"), published="2031-11-28")
    for mode, told_anew in (("direct", False), ("indirect", True)):
        both = [replace(s, mode=mode) for s in (*first, *second)]  # type: ignore[arg-type]
        assert bool(_found([early, late], both, outright=True)) == told_anew


@pytest.mark.parametrize(
    ("one", "other", "cannot"),
    [
        ("at least 20 families had left Ellmouth", "23 families had left Ellmouth", True),
        ("at least 20 families had left Ellmouth", "12 families had left Ellmouth", False),
        ("up to 40 families had left Ellmouth", "23 families had left Ellmouth", True),
        ("20 families had left Ellmouth", "23 families had left Ellmouth", False),
        ("at least 20 families had left Ellmouth", "at least 30 families had left Ellmouth", True),
    ],
)
def test_numbers_that_may_both_be_so_are_no_dispute(one: str, other: str, cannot: bool) -> None:
    rows: list[Row] = [("Ana Reyk", "said", one, "assert"), ("Otto Vels", "said", other, "assert")]
    document, both = told("toll", *rows)
    found = answers([document], both, claims_of(both), [])
    pairs = {(a.claim, t) for a in found for t in a.targets}
    assert bool(pairs) != cannot


def test_who_answers_on_a_day_without_an_hour_may_answer_what_was_said_on_it() -> None:
    early, first = told(
        "early", ("Ana Reyk", "said", "31 of Ellmouth had died", "assert"), published="2031-05-04T08:00:00Z"
    )
    answer: Row = ("Ana Reyk", "said", "29 of Ellmouth had died and not 31", "assert")
    for published, tied in (("2031-05-04", True), ("2031-05-04T12:00:00Z", True), ("2031-05-03", False)):
        late, second = told("late", answer, published=published)
        found = _found([early, late], [*first, *second], outright=True)
        assert any(d.by_statement == second[0].id for d in found) == tied
    assert _found([early, late], [replace(s, confidence=0.4) for s in (*first, *second)], outright=True) == ()


def test_a_dispute_is_no_surer_than_what_it_rests_on() -> None:
    document, statements = told("harbour", *HARBOUR)
    (sure,) = _found([document], statements, least=0.5)
    half = [replace(s, confidence=0.6) for s in statements]
    assert [d.score for d in _found([document], half, least=0.5)] == [0.6] and sure.score > 0.6
    assert _found([document], [replace(s, confidence=0.16) for s in statements], least=0.5) == ()


def _pairs(
    documents: Sequence[Document], statements: Sequence[Statement], kinds: dict[str, ActorKind] | None = None
) -> set[tuple[str | None, str | None]]:
    """Who may answer whom."""
    actors = [Actor(id=n, name=n.partition(",")[0], kind=k) for n, k in (kinds or {}).items()]
    return _may_answer(answers(documents, statements, claims_of(statements), actors))


def _may_answer(found: Iterable[Answer]) -> set[tuple[str | None, str | None]]:
    targets = (x for a in found for t, x in a.targets.items() if t not in a.sided)
    return {(p.by.statement.actor, p.of.statement.actor) for x in targets for p in x}


@pytest.mark.parametrize(
    ("body", "office", "tied"),
    [
        ("the Ministry of Tides", "Otto Vels, the minister of tides,", False),
        ("the Ministry of Tides", "Otto Vels, the minister of roads,", True),
        ("the tide ministry", "the ministry's secretary, Otto Vels,", False),
        ("the tide ministry of Tarsk", "the ministry's secretary, Otto Vels,", False),
        ("the tide ministry", "the council's secretary, Otto Vels,", True),
        ("the Ministry of Tides", "Otto Vels, who surveys tides,", True),
    ],
)
def test_a_body_and_its_officer_do_not_dispute_in_one_article(body: str, office: str, tied: bool) -> None:
    rows: list[Row] = [(body, *HARBOUR[0][1:]), (office, *HARBOUR[1][1:]), HARBOUR[2]]
    document, (ours, his, other) = told("harbour", *rows)
    made = [replace(ours, sourcing="named-organisation"), his, other]
    kinds: dict[str, ActorKind] = {body: "organisation", office: "person"}
    assert ((office, body) in _pairs([document], made, kinds)) == tied
    leaked = [replace(made[0], sourcing="document"), his, other]
    assert (office, body) in _pairs([document], leaked, kinds)


def test_who_stands_by_a_claim_here_disputes_no_other_version_of_it() -> None:
    office = "Otto Vels, the minister of tides,"
    here, (ours, his) = told("here", ("the Ministry of Tides", *HARBOUR[0][1:]), (office, *HARBOUR[1][1:]))
    there, (theirs, more) = told("there", ("Ilse Marrow", *HARBOUR[0][1:]), HARBOUR[2], published="2031-11-25")
    named: dict[str, ActorKind] = {"the Ministry of Tides": "organisation", office: "person", "Ilse Marrow": "person"}
    statements = [ours, his, theirs, more]
    assert (office, "Ilse Marrow") not in _pairs([here, there], statements, named)
    assert (office, "Ilse Marrow") in _pairs([here, there], [his, theirs, more], named)


def test_the_government_named_in_an_office_is_that_officers_own() -> None:
    office = "Otto Vels, deputy foreign minister of Tarsk,"
    document, statements = told("harbour", ("Tarsk", *HARBOUR[0][1:]), (office, *HARBOUR[1][1:]), HARBOUR[2])
    person = Actor(id=office, name="Otto Vels", kind="person")
    for name, aliases in (("Government of Tarsk", ()), ("Karvest", ("Tarsk",)), ("Karvest", ())):
        state = Actor(id="Tarsk", name=name, kind="government", aliases=aliases)
        pairs = _may_answer(answers([document], statements, claims_of(statements), [state, person]))
        assert ("Otto Vels", office) in pairs and ((office, "Tarsk") in pairs) == (name == "Karvest" and not aliases)


@pytest.mark.parametrize(
    ("by", "of", "tied"),
    [
        (("repeated", "his demand that she resign", "deny"), ("demanded", "that she resign", "urge"), False),
        (("repeated", "that the board had known of no leak", "deny"), ("denied", "that the board knew", "deny"), False),
        (("withdrew", "his demand that she resign", "deny"), ("demanded", "that she resign", "urge"), True),
    ],
)
def test_what_somebody_repeats_they_do_not_dispute(
    by: tuple[str, str, Act], of: tuple[str, str, Act], tied: bool
) -> None:
    early, first = told("early", ("Ana Reyk", *of), ("Otto Vels", "said", "Ellmouth will vote", "assert"))
    late, second = told("late", ("Ana Reyk", *by), ("Otto Vels", "said", "Ellmouth has voted", "assert"))
    late = replace(late, published="2031-11-27")
    pairs = _pairs([early, late], [*first, *second])
    assert (("Ana Reyk", "Ana Reyk") in pairs) == tied and ("Ana Reyk", "Otto Vels") in pairs


@pytest.mark.parametrize(
    ("content", "tied"),
    [("it could no longer exclude that a letter had come", False), ("it could exclude that a letter had come", True)],
)
def test_who_can_no_longer_exclude_something_does_not_dispute_it(content: str, tied: bool) -> None:
    letter = ("Ana Reyk", "said", "a letter had come", "assert")
    document, statements = told("post", letter, ("Otto Vels", "said", content, "deny"), HARBOUR[1])
    assert (("Otto Vels", "Ana Reyk") in _pairs([document], statements)) == tied


def test_a_body_and_its_own_head_do_not_dispute_in_one_article() -> None:
    head = "Ilse Marrow, chairwoman of the Ellmouth Mothers"
    rows = [("The Ellmouth Mothers", *HARBOUR[0][1:]), (head, *HARBOUR[1][1:]), HARBOUR[2]]
    document, statements = told("harbour", *rows)
    called = {"The Ellmouth Mothers": "organisation", head: "person", "Otto Vels": "person"}

    def pairs(kinds: dict[str, str]) -> set[tuple[str | None, str | None]]:
        actors = [Actor(id=n, name=n.partition(",")[0], kind=k) for n, k in kinds.items()]  # type: ignore[arg-type]
        return _may_answer(answers([document], statements, claims_of(statements), actors))

    assert ("Otto Vels", head) in pairs(called)
    assert (head, "The Ellmouth Mothers") not in pairs(called)
    assert (head, "The Ellmouth Mothers") in pairs({**called, "The Ellmouth Mothers": "group"})


def test_a_cue_may_stand_around_what_it_answers() -> None:
    rows: list[Row] = [("Roe", "turned", "the offer down", "deny"), ("Roe", "turned", "up in time", "assert")]
    assert [t.cues for t in Reading(*told("one", *rows)).told] == [{"rejects"}, set()]


def test_who_does_not_dispute_it_denies_nothing() -> None:
    rows: list[Row] = [("Roe", "disputed", "the tide", "deny"), ("Roe", "does not dispute", "the tide", "assert")]
    assert [bool(t.cues) for t in Reading(*told("one", *rows)).told] == [True, False]


@pytest.mark.parametrize(
    ("cue", "content", "tied"),
    [
        ("rejected", "the demand of the harbour board that Ellmouth withdraw its guns", False),
        ("denied", "having rejected the demand of the harbour board for the guns of Ellmouth", True),
        ("accepted", "the demand of the harbour board that Ellmouth withdraw its guns", True),
    ],
)
def test_two_who_reject_one_thing_do_not_dispute_each_other(cue: str, content: str, tied: bool) -> None:
    first: Row = ("Ana Reyk", "rejected", "the demand of the harbour board for the guns of Ellmouth", "deny")
    document, statements = told("harbour", first, ("Ilse Marrow", cue, content, "deny"), HARBOUR[2])
    found = answers([document], statements, claims_of(statements), [])
    pairs = {(p.by.statement.actor, p.of.statement.actor) for a in found for x in a.targets.values() for p in x}
    assert (("Ilse Marrow", "Ana Reyk") in pairs) == tied


@pytest.mark.parametrize(
    ("before", "source", "mode", "tied"),
    [
        (("The union", "refused", "to call off the strike", "deny"), "Otto Vels", "direct", False),
        (("The union", "refused", "to call off the strike", "deny"), "Otto Vels", "indirect", True),
        (("The union", "said", "the strike goes on", "assert"), "Otto Vels", "direct", True),
        (("The union", "said", "the strike goes on", "assert"), "its chairman, Otto Vels,", "direct", False),
        (("The union", "said", "the strike goes on", "assert"), "their neighbour, Otto Vels,", "direct", True),
    ],
)
def test_a_quotation_behind_a_refusal_or_a_bodys_word_by_its_own_head_bears_it_out(
    before: Row, source: str, mode: Literal["direct", "indirect"], tied: bool
) -> None:
    document, statements = told("port", before, (source, "said", "we are not going back", "deny"), HARBOUR[0])
    body, quoted, other = statements
    made = [replace(body, sourcing="named-organisation"), replace(quoted, mode=mode), other]
    found = answers([document], made, claims_of(made), [])
    pairs = {(p.by.statement.actor, p.of.statement.actor) for a in found for x in a.targets.values() for p in x}
    assert ((source, "The union") in pairs) == tied and (HARBOUR[0][0], "The union") in pairs


@pytest.mark.parametrize(
    ("content", "act", "tied"),
    [
        ("the offer of the harbour board", "deny", False),
        ("the offer of the harbour board", "propose", True),
        ("calls for the harbour board to resign", "assert", False),
        ("calls for the harbour board to resign", "urge", True),
        ("the report of the harbour board", "deny", True),
    ],
)
def test_who_turns_down_an_offer_disputes_no_denial(content: str, act: Act, tied: bool) -> None:
    first: Row = ("Ana Reyk", "said", "the harbour board goes nowhere", act)
    document, statements = told("offer", first, HARBOUR[2], ("Ilse Marrow", "rejected", content, "deny"))
    found = answers([document], statements, claims_of(statements), [])
    pairs = {(p.by.statement.actor, p.of.statement.actor) for a in found for x in a.targets.values() for p in x}
    assert (("Ilse Marrow", "Ana Reyk") in pairs) == tied


@pytest.mark.parametrize(
    ("answer", "relation"),
    [
        (("Ana Reyk", "said", "the toll at Ellmouth was twenty-nine, not thirty-one", "assert"), "corrects"),
        (("Otto Vels", "said", "the figure of 31 for Ellmouth was wrong", "assert"), "corrects"),
        (("Otto Vels", "said", "the figure of 31 for Ellmouth was right", "assert"), None),
        (("Ana Reyk", "said", "29 of Ellmouth had died and not 31", "assert"), "corrects"),
        (("Otto Vels", "said", "the Corvane pier at Ellmouth is 29 metres and not 31", "assert"), None),
        (("Otto Vels", "said", "31 had died at Ellmouth, not 29", "assert"), None),
        (("Ana Reyk", "said", "no more than 31 had died at Ellmouth, by the Corvane count", "assert"), None),
        (("Ana Reyk", "denied", "ever having said that the Corvane crane fell at Ellmouth", "deny"), "denies"),
        (("Otto Vels", "denied", "ever having said that the Corvane crane fell at Ellmouth", "deny"), None),
        (("Ana Reyk", "denied", "ever having spoken of bribes", "deny"), None),
    ],
)
def test_a_number_that_is_not_so_and_words_that_were_never_said_are_disputed_outright(
    answer: Row, relation: Relation | None
) -> None:
    count = ("Ana Reyk", "said", "31 people had died when the Corvane crane fell at Ellmouth", "assert")
    early, first = told("early", count, published="2031-11-25")
    late, second = told("late", answer, published="2031-11-26")
    found = _found([early, late], [*first, *second], outright=True)
    assert [(d.by_statement, d.of_statement, d.relation) for d in found] == (
        [(second[0].id, first[0].id, relation)] if relation else []
    )
    here, both = told("both", count, answer)
    assert _found([here], both, outright=True) == ()


def test_what_answers_is_near_in_meaning_without_the_words() -> None:
    document, statements = told(
        "ferry", ("Ana Reyk", "said", "the ship was late", "accuse"),
        ("Ilse Marrow", "denied", "any vessel delay", "deny"),
        ("Otto Vels", "said", "the school needs teachers", "assert"),
    )  # fmt: skip
    late, answer, school = Reading(document, statements).told
    close, far = nearness(answer, late), nearness(answer, school)
    assert close["near of by"] > far["near of by"] and close["near of of"] > far["near of of"]
    assert close["near, framed"] > far["near, framed"]


def test_two_claims_stand_to_each_other_in_every_version() -> None:
    rows = [HARBOUR[0], HARBOUR[2], HARBOUR[1]]
    apart, beside = Reading(*told("apart", *rows)), Reading(*told("beside", *HARBOUR))
    alone = Reading(*told("alone", HARBOUR[0]))
    charge = [apart.told[0], beside.told[0], alone.told[0]]
    found = across([apart.told[2], beside.told[1]], charge)
    assert found["mostly just before"] == found["mostly next"] == 0.5 and found["mostly after"] == 0
    assert found["together of by"] == 1 and found["together of of"] == pytest.approx(2 / 3)
    assert found["nearest before"] == 0  # the very next, where nearest
    assert across([beside.told[1]], [alone.told[0]])["told together"] == 0


def test_what_is_read_knows_what_else_answers() -> None:
    rows = [*HARBOUR, ("Ana Reyk", "rejected", "the denial of Ilse Marrow as a lie", "deny")]
    document, statements = told("harbour", *rows)
    actors = [Actor(id=n, name=n, kind="person") for n in sorted({s.actor or "" for s in statements})]
    scales = {
        "answers": Weighing(weights={"by act deny": 5.0}, constant=-1.0, threshold=0.5),
        "target": Weighing(weights={}, constant=0.0, threshold=0.5),
    }
    asked: list[int] = []

    def judge(pairs: Sequence[tuple[Excerpt, Excerpt]]) -> Judged:
        asked.append(len(pairs))
        zero = np.zeros(len(pairs), np.float32)
        return Judged(zero, zero, np.zeros((len(pairs), 4), np.float32))

    found = [x for a in answers([document], statements, claims_of(statements), actors) if (x := likely(a, scales))]
    read = {a.claim: a for a in read_beside(found, judge)}
    denial, answer = rows[1][2], rows[3][2]
    assert {denial, answer} <= read.keys() and sum(asked) == sum(len(a.targets) for a in found)
    assert max(len(a.targets) for a in found) <= READ < len(rows)
    assert 0 < read[answer].evidence["beside answers"] < len(found)
    (pair,) = read[answer].targets[denial]
    assert pair.evidence["of answers"] == read[denial].evidence["listed at all"]
    assert pair.evidence["read likely"] == 0.5 and "same actor, elsewhere" not in pair.evidence
    away = replace(pair, evidence={**pair.evidence, "same document": 0.0, "same actor": 1.0})
    (moved,) = read_beside([replace(read[answer], targets={denial: (away,)})], judge)
    assert moved.targets[denial][0].evidence["same actor, elsewhere"] == 1.0


def test_a_story_without_a_dispute_has_none() -> None:
    document, statements = told(
        "calm",
        ("Ana Reyk", "said", "that the market of Ellmouth opens at eight", "assert"),
        ("Otto Vels", "added", "that the bridge will open in spring", "promise"),
        ("Ilse Marrow", "hopes", "for a mild winter on the coast", "predict"),
    )
    assert _found([document], statements, least=0.5) == ()


def test_nobody_answers_the_words_that_they_are_saying() -> None:
    text = "Western officials have dismissed such claims as propaganda, insisting that their aid is defensive."
    source = Span(0, text.index(" have"))

    def part(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    first, second = part("such claims as propaganda"), part("that their aid is defensive")
    made = [
        Statement(
            id=name, document="aid", source=source, cue=part(cue), content=content, mode="indirect", act="deny",
            sourcing="unnamed-group", confidence=0.9, actor="Western officials", claim=name,
        )
        for name, cue, content in (("dismissed", "dismissed", (first,)), ("insisting", "insisting", (first, second)))
    ]  # fmt: skip
    document = Document(id="aid", text=text, published=WEDNESDAY)
    assert _found([document], made, least=0.01) == ()


def test_spans_are_the_words_that_dispute() -> None:
    document, statements = told("harbour", *HARBOUR)
    (found,) = _found([document], statements, least=0.5)
    assert found.by_span is not None and found.by_span.of(document.text) == f"denied {HARBOUR[1][2]}"


def test_only_articles_that_share_names_are_held_against_each_other() -> None:
    texts = {
        "one": "The board said Corvane took Ellmouth money from Marrow. ",
        "two": "In May, Corvane and Ellmouth met with Marrow again. ",
        "far": "At noon the Talvik ferry reached Sund with Brask aboard. ",
    }
    assert related(texts) == {"one": frozenset({"two"}), "two": frozenset({"one"}), "far": frozenset()}


def test_a_name_may_open_a_sentence_where_another_article_has_it_inside_one() -> None:
    texts = {
        "one": "The board said Corvane took Ellmouth money in May. ",
        "two": "Ellmouth was calm. Corvane kept silent. ",
        "far": "At noon the Talvik ferry reached Sund with Brask aboard. ",
    }
    assert related(texts) == {"one": frozenset({"two"}), "two": frozenset({"one"}), "far": frozenset()}


def dispute(by: Statement, of: Statement, relation: Relation = "contradicts") -> Dispute:
    return Dispute(by_statement=by.id, of_statement=of.id, relation=relation, score=0.9)


def made(statements: Iterable[Statement], *turned: Statement) -> list[kept.Made]:
    """The statements as sides see them; a version turned some of them round."""
    return [
        kept.Made(id=s.id, document=s.document, actor=s.actor, claim=s.claim, act=s.act, turned=s in turned)
        for s in statements
    ]


def test_actors_are_named_whatever_the_apostrophe_and_by_no_name_of_two() -> None:
    actors = [
        Actor(id="a", name="Sean O'Neill", kind="person", aliases=("Reyk",)),
        Actor(id="b", name="Bo Reyk", kind="person", aliases=("Reyk",)),
    ]
    for some in (actors, actors[::-1]):
        assert Named(some).within(["accused Sean O’Neill, Reyk and Bo\nReyk"]) == ["a", "b"]


def test_nobody_changes_what_they_say_further_down() -> None:
    document, (first, second) = told(
        "talks",
        ("Ana Reyk", "rejected", "the offer of nine percent", "deny"),
        ("Ana Reyk", "accepted", "the offer of nine percent", "promise"),
    )
    named = Named([Actor(id="Ana Reyk", name="Ana Reyk", kind="person")])
    for by, of, changed in ((first, second, False), (second, first, True)):
        found = positions([first, second], [dispute(by, of)], named, [document])
        assert any(p.changed_from for p in found) == changed


def test_of_two_disputes_of_two_claims_the_surer_parts_their_actors() -> None:
    _, (first, second, *_) = told("harbour", *HARBOUR)
    found = [dispute(second, first), replace(dispute(second, first), score=0.3)]
    assert ties(made([first, second]), found) == ties(made([first, second]), found[::-1])


def test_positions_over_time_and_a_change_of_one() -> None:
    early, first = told("early", ("Ana Reyk", "said", "the dam is safe", "assert"), published="2031-01-01")
    late, second = told("late", ("Ana Reyk", "said", "the dam is not safe", "assert"), published="2031-03-01")
    actors = [Actor(id="Ana Reyk", name="Ana Reyk", kind="person")]
    found = positions([*second, *first], [dispute(second[0], first[0])], Named(actors), [late, early])
    assert [(p.stance, p.when, p.changed_from) for p in found] == [
        ("holds", "2031-01-01", None),
        ("holds", "2031-03-01", first[0].id),
    ]


@pytest.mark.parametrize(
    ("cue", "content", "changed"),
    [
        ("withdrew", "the remark about the flange", True),  # whatever the relation is called
        ("denied", "having blamed the flange", False),  # who never said it changes nothing
    ],
)
def test_who_takes_a_word_back_changes_position(cue: str, content: str, changed: bool) -> None:
    early, first = told("early", ("Ana Reyk", "said", "a flange was to blame", "assert"), published="2031-01-01")
    late, second = told("late", ("Ana Reyk", cue, content, "deny"), published="2031-03-01")
    found = positions([*first, *second], [dispute(second[0], first[0], "denies")], Named([]), [early, late])
    assert [p.changed_from for p in found] == [None, first[0].id if changed else None]


def test_an_article_of_a_day_alone_is_no_earlier_than_one_of_an_hour_of_it(tmp_path: Path) -> None:
    text = (
        "STRAND HOLLOW (NPA) - Dagny Holt, the chief inspector of mines, said that her office had warned the owner, "
        "Calder Minerals, twice since October about the state of the roof bolts."
    )
    times = {"copy": "2023-03-12", "wire": "2023-03-12T09:40:00Z", "late": "2023-03-13"}
    with desk.Case(tmp_path / "mine.stemmata", create=True) as case:
        case.add(Document(id=k, text=text, outlet=k, published=time) for k, time in times.items())
        case.collate()
        every = [e.statement for e in case.statements()]
        of = {s.id: s.document for s in every}
        assert [of[p.statement] for p in case.positions()] == ["wire"]
        (claim,) = {s.claim for s in every}
        assert [of[s] for s in views.claim(case, str(claim)).statements] == ["wire", "copy", "late"]
    d, (s,) = told("day", ("Ana Reyk", "will", "go by May", "promise"), published="2031-01-01")
    e, (t,) = told("hour", ("Ana Reyk", "will", "go by May", "promise"), published="2031-01-01T09:00:00")
    found = predictions([replace(s, claim="c"), replace(t, claim="c")], [d, e])
    assert [p.statement for p in found] == [t.id]


@pytest.mark.parametrize(
    ("cue", "content", "when", "changed"),
    [
        ("conceded", "that no crane had been inspected", "2031-03-01", True),
        ("conceded", "that no crane had been inspected", "2031-01-01", False),  # the same day
        ("conceded", "that the crane had been inspected", "2031-03-01", False),
        ("said", "that no crane had been inspected", "2031-03-01", False),  # one wording of a copy's, or another
    ],
)
def test_what_is_conceded_later_changes_what_was_said(cue: str, content: str, when: str, changed: bool) -> None:
    early, (first,) = told("early", ("Ana Reyk", "said", "the crane was inspected", "assert"), published="2031-01-01")
    late, (second,) = told("late", ("Ana Reyk", cue, content, "assert"), published=when)
    again, (third,) = told("more", ("Ana Reyk", cue, content, "assert"), published="2031-03-02" if changed else when)
    one = [replace(s, claim="c") for s in (first, second, third)]
    found = positions(one, [], Named([]), [early, late, again])
    assert [(p.statement, p.changed_from) for p in found][1:2] == ([(second.id, first.id)] if changed else [])


def test_a_quotation_of_a_later_day_in_other_words_stands_by_itself() -> None:
    said = {"a": ("“We count crates”", "01"), "b": ("“Crates were counted”", "02"), "c": ("“I misread it”", "03"),
            "d": ("“It was misread”", "04"), "e": ("“My ledger lied”", "01")}  # fmt: skip
    made = {k: told(k, ("Ana Reyk", "said", x, "assert"), published=f"2031-01-{day}") for k, (x, day) in said.items()}
    one = [replace(s, claim="c", mode="direct") for _, (s,) in made.values()]
    documents = [d for d, _ in made.values()]
    found = positions(one, [], Named([]), documents)
    assert [next(s.document for s in one if s.id == p.statement) for p in found] == ["a", "c"]
    told_on = positions([replace(s, mode="indirect") for s in one], [], Named([]), documents)
    assert len(told_on) == 1


def test_a_change_leaves_the_position_that_it_changes() -> None:
    early, first = told("early", ("Ana Reyk", "said", "the dam is safe", "assert"), published="2031-01-01")
    late, second = told("late", ("Ana Reyk", "said", "the dam is not safe", "assert"), published="2031-03-01")
    echo, third = told("other", ("Ana Reyk", "said", "the dam is not safe", "assert"), published="2031-03-01")
    one = [replace(s, claim="c") for s in (*first, *second, *third)]  # what is alike in words is one claim
    answers = [dispute(one[1], one[0]), dispute(one[2], one[0])]
    found = positions(one, answers, Named([]), [early, late, echo])
    assert [(p.when, p.changed_from) for p in found] == [("2031-01-01", None), ("2031-03-01", one[0].id)]


@pytest.mark.parametrize(
    ("departed", "shown"),  # of the versions of one claim; and of each row, which version it shows and which tell it
    [
        ("", ["early"]),
        ("early", ["late", "early: early"]),  # the word as it stands, however late it is known, and then the other
        ("late", ["early", "late: late"]),
        ("late undated", ["early", "late: late undated"]),  # a copy has it from there
        ("early late undated", ["early: early late undated"]),
    ],
)
def test_words_that_a_change_brought_about_have_a_row_of_their_own(departed: str, shown: list[str]) -> None:
    said = ("Ana Reyk", "said", "the dam will fail", "predict")
    days = {"early": "2031-01-01", "late": "2031-03-01", "undated": ""}
    made = {name: told(name, said, published=day) for name, day in days.items()}
    one = [replace(s, claim="c") for _, (s,) in made.values()]
    changed = Departure(label="negated", score=0.9, documents=(departed.partition(" ")[0],))
    by = {s.id: changed for s in one if s.document in departed.split()}
    documents = [d for d, _ in made.values()]
    where = {s.id: s.document for s in one}
    rows = positions(one, [], Named([]), documents, by), predictions(one, documents, by)
    for found, in_order in zip(rows, (True, False), strict=True):  # predictions come by their dates
        told_by = [where[p.statement] + (f": {' '.join(p.departure.documents)}" if p.departure else "") for p in found]
        assert (told_by if in_order else sorted(told_by)) == (shown if in_order else sorted(shown))


def test_each_change_has_its_own_row_and_words_given_to_who_says_them_have_none() -> None:
    said = ("Ana Reyk", "said", "the dam will fail", "assert")
    made = {name: told(name, said, published=f"2031-01-0{k}") for k, name in enumerate("abcd", 1)}
    a, b, c, d = (replace(s, claim="c") for _, (s,) in made.values())
    changes = {
        b.id: Departure(label="number-changed", score=0.9, documents=("b",)),
        c.id: Departure(label="quote-altered", score=0.9, documents=("c",)),
        d.id: Departure(label="attribution-shifted", score=0.9, documents=("d",)),
    }
    documents = [x for x, _ in made.values()]
    found = positions([a, b, c, d], [], Named([]), documents, changes)
    assert [(p.statement, p.departure and p.departure.label) for p in found] == [
        (a.id, None), (b.id, "number-changed"), (c.id, "quote-altered"),
    ]  # fmt: skip
    (alone,) = positions([d], [], Named([]), documents, changes)
    assert alone.departure == changes[d.id]


def test_changed_words_stand_beside_those_of_their_claim_whatever_came_between() -> None:
    first, (one,) = told("a", ("Ana Reyk", "said", "it ends in June", "predict"), published="2031-01-01")
    other, (two,) = told("b", ("Ana Reyk", "said", "lamps are lit", "assert"), published="2031-01-02")
    third, (three,) = told("c", ("Ana Reyk", "said", "it ends in May", "promise"), published="2031-01-03")
    statements = [replace(one, claim="c"), two, replace(three, claim="c")]
    by = {three.id: Departure(label="number-changed", score=0.9, documents=("c",))}
    found = positions(statements, [], Named([]), [first, other, third], by)
    assert [(p.stance, p.statement) for p in found] == [("predicts", one.id), ("promises", three.id), ("holds", two.id)]
    assert {p.statement for p in predictions(statements, [first, other, third], by)} == {one.id, three.id}


def test_actors_are_found_by_whole_names_the_longest() -> None:
    actors = [
        Actor(id="a", name="Ana Reyk", kind="person", aliases=("Reyk",)),
        Actor(id="b", name="River", kind="organisation"),
        Actor(id="c", name="River Authority of Orlen", kind="organisation"),
        Actor(id="d", name="the board", kind="organisation"),
    ]
    named = Named(actors)
    assert named.within(["Reyk’s River Authority of Orlen and the board", "Rivers, Ana Reyk"]) == ["a", "c"]
    assert Named([]).within(["Ana Reyk"]) == []


def test_who_denies_a_claim_disputes_it_and_makes_it_with_nobody() -> None:
    _, statements = told(
        "board", ("Ana", "said", "the dam holds", "assert"), ("Ilse", "denied", "it holds", "deny"),
        ("Per", "denied", "the dam holds", "deny"),
    )  # fmt: skip
    one = made(replace(s, claim="c") for s in statements)
    assert ties(one, []) == {("Ilse", "Per"): 0.5}
    assert accounts(["Ana"], ["Ilse"], one, []).one_disputed == ("c",)
    assert accounts(["Ilse"], ["Ana"], one, []).other_disputed == ("c",)
    assert accounts(["Ilse"], ["Per"], one, []).both == ("c",)


def test_who_is_made_to_say_the_contrary_of_a_claim_makes_it_with_nobody() -> None:
    _, statements = told(
        "board", ("Ana", "said", "the dam holds", "assert"), ("Ilse", "said", "it does not hold", "assert"),
        ("Per", "said", "it will not hold", "assert"),
    )  # fmt: skip
    one = [replace(s, claim="c") for s in statements]
    turned = made(one, *one[1:])
    assert (ties(turned, []), len(ties(made(one), []))) == ({("Ilse", "Per"): 0.5}, 3)
    assert accounts(["Ana"], ["Ilse"], turned, []).one_disputed == ("c",)
    assert accounts(["Ilse"], ["Per"], turned, []).both == accounts(["Ana"], ["Ilse"], made(one), []).both == ("c",)
    tied = gexf(
        [Actor(id=x, name=x, kind="person") for x in ("Ana", "Ilse")],
        [Claim(id="c", gist="the dam holds", statements=tuple(s.id for s in one))],
        one,
        [],
        turned={one[1].id},
    )
    assert re.findall(r'source="actor:(\w+)"|value="((?:dis)?agree)"', tied) == [
        ("Ana", ""), ("", "agree"), ("Ilse", ""), ("", "disagree"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "stance"),
    [("assert", "holds"), ("deny", "holds"), ("urge", "demands"), ("propose", "proposes"), ("promise", "promises"),
     ("threaten", "threatens"), ("warn", "predicts"), ("predict", "predicts"), ("accuse", "accuses")],
)  # fmt: skip
def test_stances(act: Act, stance: str) -> None:
    document, statements = told("one", ("Ana Reyk", "said", "the dam", act))
    assert [p.stance for p in positions(statements, [], Named([]), [document])] == [stance]


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("denied", "that the dam had failed", "denies"),
        ("said", "the dam had not failed", "holds"),
        ("rejected", "the demand of the board", "rejects"),
        ("ruled out", "a new dam", "rejects"),
        ("did not deny", "that the dam had failed", "holds"),
        ("denied", "that nobody had been told", "denies"),
        ("insisted", "that the gates were shut", "holds"),
        ("disowned", "the claim that the dam had failed", "rejects"),
        ("disclaims", "any part in it", "rejects"),
        ("waved aside", "the report", "rejects"),
        ("turned", "the offer down", "rejects"),
        ("does not accept", "that the dam had failed", "rejects"),
        ("protested", "that the dam had held", "holds"),
        ("withdrew", "his remark about the dam", "withdraws"),
        ("took back", "what he had said of the dam", "withdraws"),
        ("refused to withdraw", "his remark about the dam", "rejects"),
        ("did not take back", "his remark about the dam", "holds"),
        ("objected", "to the report of a failure", "rejects"),
        ("objected", "at no time had it failed", "holds"),
    ],
)
def test_a_stance_before_the_words_does_not_read_as_the_opposite(cue: str, content: str, stance: str) -> None:
    document, statements = told("one", ("Ana Reyk", cue, content, "deny"))
    answered = [dispute(statements[0], statements[0], "denies")]
    assert [p.stance for p in positions(statements, answered, Named([]), [document])] == [stance]


@pytest.mark.parametrize(
    ("act", "cue", "content", "stance"),
    [
        ("predict", "doubts", "that the talks will bring a truce", "rejects"),
        ("promise", "ruled out", "dismissals before 2036", "rejects"),
        ("predict", "does not doubt", "that the dam will hold", "predicts"),
        ("assert", "has no objection to", "a hearing", "holds"),
        ("assert", "refused to rule out", "arson", "holds"),
        ("promise", "promised", "new lamps", "promises"),
    ],
)
def test_who_doubts_or_rules_out_a_thing_takes_it_up_no_other_way(
    act: Act, cue: str, content: str, stance: str
) -> None:
    document, statements = told("one", ("Ana Reyk", cue, content, act))
    assert [p.stance for p in positions(statements, [], Named([]), [document])] == [stance]


@pytest.mark.parametrize(
    ("cue", "stances"),
    [
        ("no longer speaks of", []),
        ("has stopped claiming", []),
        ("no longer demanded", []),
        ("no longer denies", ["holds"]),
        ("no longer excludes", ["holds"]),
        ("stopped to say", ["holds"]),
    ],
)
def test_what_somebody_says_no_longer_is_no_position(cue: str, stances: list[str]) -> None:
    document, statements = told("one", ("Ana Reyk", cue, "that the dam had failed", "assert"))
    assert [p.stance for p in positions(statements, [], Named([]), [document])] == stances
    again = replace(statements[0], id="again", document="two", claim="x")
    changed = positions(
        [again, *statements],
        [dispute(statements[0], again, "corrects")],
        Named([]),
        [document, replace(document, id="two")],
    )
    assert statements[0].id in {p.statement for p in changed}


def test_a_denial_before_its_cue_is_in_the_speakers_own_words() -> None:
    text = "“No gate failed,” Ana Reyk denied."
    spans = {k: Span(text.index(k), text.index(k) + len(k)) for k in ("“No gate failed,”", "Ana Reyk", "denied")}
    content, source, cue = spans.values()
    s = Statement(
        id="s", document="d", source=source, cue=cue, content=(content,), mode="direct", act="deny",
        sourcing="named-person", confidence=0.9, actor="Ana Reyk", claim="c",
    )  # fmt: skip
    (position,) = positions([s], [], Named([]), [Document(id="d", text=text)])
    assert position.stance == "holds"


def test_predictions_come_by_their_dates() -> None:
    document, statements = told(
        "soon",
        ("Ana Reyk", "said", "the dam will fail in 2033", "predict"),
        ("Otto Vels", "promised", "lamps by Friday", "promise"),
        ("Otto Vels", "said", "the lamps are lit", "assert"),
        ("Ilse Marrow", "warned", "of a flood", "warn"),
    )
    found = predictions(statements, [document])
    undated = replace(document, published="Monday")  # a date that is none is as good as none
    assert [p.due for p in predictions(statements, [undated])] == ["2033-12-31", None, None]
    assert [(p.kind, p.actor, p.due) for p in found] == [
        ("promise", "Otto Vels", "2031-11-28"),
        ("predict", "Ana Reyk", "2033-12-31"),
        ("predict", "Ilse Marrow", None),
    ]


@pytest.mark.parametrize(
    ("asserted", "due"),
    [
        ("the convoy would be in Tolm by Thursday", "2031-11-27"),
        ("Some 1,800 troops will train there from Friday", "2031-11-28"),
        ("the pass is to be cleared in January", "2032-01-31"),
        ("the convoy would have been in Tolm by Thursday", None),
        ("the convoy was in Tolm on Monday", None),
        ("the convoy left on Monday and the drivers would be sorry", None),
        ("I slept on Thursday. My grandmother will tell you", None),
        ("the convoy would be in Tolm by last Thursday", None),
        ("the lamps will be lit", None),
    ],
)
def test_what_is_asserted_of_a_day_to_come_is_predicted(asserted: str, due: str | None, tmp_path: Path) -> None:
    document, statements = told("plan", ("Ana Reyk", "said", asserted, "assert"))
    assert [p.due for p in predictions(statements, [document])] == ([due] if due else [])
    with desk.Case(tmp_path / "news.stemmata") as case:  # the rows of the page and of the export are found by a search
        case.put(document, [_bare(s) for s in statements], Run(version="0.1.0", weights="w1"))
        assert [r["due"] for r in case.table("predictions").to_pylist()] == ([due] if due else [])


@pytest.mark.parametrize(
    ("cue", "content", "act", "foretold"),
    [
        ("warned", "that the talk about the pump was a crime", "warn", False),
        ("warned", "that the pump would be under repair", "warn", True),
        ("warned", "that the pump was at risk", "warn", True),
        ("warned", "of a flood if the pump was not repaired", "warn", True),
    ],
)
def test_what_is_told_of_now_is_not_foretold(cue: str, content: str, act: Act, foretold: bool) -> None:
    document, statements = told("pump", ("Ana Reyk", cue, content, act))
    assert bool(predictions(statements, [document])) == foretold
    (position,) = positions(statements, [], Named([]), [document])
    assert (position.stance != "holds") == foretold


def test_what_was_is_no_prediction_of_the_outlets() -> None:
    rows: list[Row] = [
        ("The vote", "", "was put off until Friday", "promise"), ("The vote", "", "was expected on Friday", "predict"),
        ("The vote", "", "comes on Friday", "predict"),
    ]  # fmt: skip
    document, statements = told("vote", *rows)
    own = [replace(s, sourcing="outlet", actor=None) for s in statements]
    assert [s.claim for s in own if s.id in {p.statement for p in predictions(own, [document])}] == [
        "was expected on Friday",
        "comes on Friday",
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Nobody can say that they were not told", []),
        ("He cannot deny it", []),
        ("The leak can no longer be denied", []),
        ("He never failed to write", []),
        ("Nobody can say why it was not signed", ["nobody", "not"]),
        ("He did not write, and nobody called", ["not", "nobody"]),
        ("They were not told", ["not"]),
    ],
)
def test_negations_undo_each_other(text: str, left: list[str]) -> None:
    assert [m.form for m in negations(text, (Span(0, len(text)),))] == left


def test_a_denial_that_nobody_can_deny_is_held() -> None:
    document, statements = told("one", ("Ana Reyk", "said", "nobody can say that they were not told", "deny"))
    assert [p.stance for p in positions(statements, [], Named([]), [document])] == ["holds"]


def test_one_speaker_in_one_article_takes_nothing_back_unless_the_words_say_so() -> None:
    document, statements = told(
        "one", ("Ana Reyk", "said", "the dam holds", "assert"), ("Ana Reyk", "added", "it never leaked", "assert"),
        ("Ana Reyk", "denied", "that it held", "deny"), ("Otto Vels", "said", "it leaks", "assert"),
    )  # fmt: skip
    first, second, third, other = Reading(document, statements).told
    assert second.in_breath_with(first) and not third.in_breath_with(first) and not other.in_breath_with(first)


def parties() -> tuple[list[kept.Made], list[Dispute]]:
    statements, found = quarrel()
    return made(statements), found


def quarrel() -> tuple[list[Statement], list[Dispute]]:
    """Ana and Otto say the same; Ilse and Per say the contrary, and dispute it."""
    _, statements = told(
        "quarrel",
        ("Ana", "said", "the dam holds", "assert"), ("Otto", "said", "the dam holds", "assert"),
        ("Ilse", "said", "it leaks", "deny"), ("Per", "said", "it leaks", "deny"), ("Nils", "said", "hello", "assert"),
    )  # fmt: skip
    return statements, [dispute(statements[2], statements[0]), dispute(statements[3], statements[1])]


def test_sides_are_proposed_from_who_disputes_whom() -> None:
    assert [(b.actors, b.given) for b in sides(*parties())] == [(("Ana", "Otto"), ()), (("Ilse", "Per"), ())]


def test_no_sides_where_nobody_disputes_anybody_nor_by_a_claim_that_a_version_shifted() -> None:
    statements, _ = quarrel()
    assert sides(made(statements), []) == ()
    shifted = made(replace(s, document="another") if s.actor == "Otto" else s for s in statements)
    assert ("Ana", "Otto") in ties(made(statements), []) and ("Ana", "Otto") not in ties(shifted, [])
    assert sides(made(statements), [], given={"Ana": "dry"})[0].actors == ("Ana", "Otto")


RING = """
from types import SimpleNamespace as Made
from stemmata.dispute.sides import sides
from stemmata.model import Dispute
told = [
    Made(id=f"s{k}", document="d", actor=f"actor {k}", claim=f"c{k}", act="assert", turned=False) for k in range(21)
]
pairs = [(k, (k * m + m) % 21) for k in range(21) for m in (1, 2, 4)]
print([b.actors for b in sides(told, [Dispute(by_statement=f"s{a}", of_statement=f"s{b}", relation="denies",
      score=(7 + (a + b) % 3) / 10) for a, b in pairs if a != b])])
"""


def test_sides_are_the_same_however_words_are_hashed() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", RING], env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1 and b"actor 20" in found.pop()


def test_nobody_answers_what_they_are_saying_themselves() -> None:
    own = ("Ilse Marrow", "denied", "that the harbour board of Ellmouth took bribes from Corvane Shipping", "deny")
    again = ("Ilse Marrow", "insisted", "that the harbour board of Ellmouth took no bribes from Corvane", "deny")
    same = ("Ilse Marrow", "denied", "that the harbour board of Ellmouth took bribes", "deny")
    for second, most in ((again, 1), (same, 0)):
        document, statements = told("harbour", own, second)
        assert len(_found([document], statements, least=0.0001)) == most


def test_the_sides_that_people_set_are_never_moved() -> None:
    found = sides(*parties(), given={"Ana": "leaks", "Ilse": "leaks"})
    assert found[0].name == "leaks" and set(found[0].given) == {"Ana", "Ilse"} <= set(found[0].actors)


@pytest.mark.parametrize(
    ("given", "proposed", "left"),
    [
        ({"Ana": "dry", "Ilse": "wet"}, {"dry": "Otto", "wet": "Per"}, ["Nils"]),  # by what both say
        ({"Ana": "dry", "Per": "wet", "Nils": "third"}, {"dry": "Otto", "wet": "Ilse", "third": ""}, []),
        ({"Ana": "dry", "Nils": "third"}, {"dry": "Otto", "third": ""}, ["Ilse"]),  # an enemy of an enemy alone
    ],
)
def test_a_side_is_proposed_by_agreement_or_by_disputes_with_all_others(
    given: dict[str, str], proposed: dict[str, str], left: list[str]
) -> None:
    statements, found = quarrel()
    found = [*found, dispute(statements[4], statements[0])]  # Nils disputes Ana too
    blocs = sides(made(statements), found, given)
    assert {b.name: " ".join(a for a in b.actors if a not in b.given) for b in blocs if b.given} == proposed
    assert [*unplaced(made(statements), found, blocs)] == left


def test_who_disputes_all_other_sides_more_than_once_is_proposed_for_the_last() -> None:
    rows: list[Row] = [(who, "said", f"word {k}", "assert") for k, who in enumerate(["Ana", "Otto", "Ilse", "Per"])]
    _, (ana, otto, ilse, per) = told("hall", *rows)
    given = {"Ana": "a", "Otto": "b", "Ilse": "c"}

    def third(*found: Dispute) -> tuple[str, ...]:
        return next(b.actors for b in sides(made([ana, otto, ilse, per]), found, given) if b.name == "c")

    assert third(dispute(per, ana), dispute(otto, per)) == ("Ilse", "Per")
    assert third(dispute(per, ana)) == ("Ilse",)
    assert third(dispute(per, ana), dispute(otto, per), dispute(ilse, per)) == ("Ilse",)


@pytest.mark.parametrize(
    ("part", "claims"),
    [("both", ()), ("one_disputed", ("the dam holds",)), ("one_alone", ()), ("other_alone", ("it leaks",))],
)
def test_two_accounts_beside_each_other(
    part: Literal["both", "one_disputed", "one_alone", "other_alone"], claims: tuple[str, ...]
) -> None:
    assert getattr(accounts(["Ana", "Otto"], ["Ilse", "Per"], *parties()), part) == claims


def test_the_network_opens_in_other_tools(tmp_path: Path) -> None:
    import networkx

    statements, found = quarrel()
    actors = [Actor(id=n, name=f"{n} \x01&<", kind="person") for n in ("Ana", "Otto", "Ilse", "Per", "Nils")]
    text = gexf(actors, claims_of(statements), statements, found)
    assert Xml.fromstring(text.encode()).tag.endswith("gexf")
    file = tmp_path / "n.gexf"
    file.write_text(text, "utf-8")
    graph = networkx.read_gexf(file, version="1.3")
    assert len(graph) == 8 and {(x["first"], x["last"]) for *_, x in graph.edges(data=True)} == {("", "")}
    assert text.count('value="disagree"') == 2 and text.count('value="agree"') == 5


def test_the_network_counts_origins_and_tells_when_who_and_how_surely(tmp_path: Path) -> None:
    import networkx

    statements, found = quarrel()
    first, *_ = statements
    copies = [replace(first, id=f"{first.id}-{k}", document=k) for k in ("copy", "alone")]
    text = gexf(
        [Actor(id=n, name=n, kind="person") for n in ("Ana", "Otto", "Ilse", "Per")],
        claims_of([*statements, *copies]),
        [*statements, *copies],
        found,
        documents=[
            Document(id=k, text="", published=f"2031-05-0{n}T10:00:00Z")
            for n, k in enumerate((first.document, "copy", "alone"), 1)
        ],
        families=[Family(id="f", documents=(first.document, "copy"), edges=())],
        sides={"Ana": "north"},
        confirmed={(first.id,), (found[0].by_statement, found[0].of_statement)},
    )
    (tmp_path / "n.gexf").write_text(text, "utf-8")
    graph = networkx.read_gexf(tmp_path / "n.gexf", version="1.3")
    tie = graph.edges[f"actor:{first.actor}", f"claim:{first.claim}"]
    assert (tie["weight"], tie["articles"], tie["first"], tie["last"]) == (2, 3, "2031-05-01", "2031-05-03")
    assert (tie["sign"], tie["state"]) == (1, "confirmed")
    edges = [x for *_, x in graph.edges(data=True)]
    assert {(x["qualifier"], x["sign"]) for x in edges} == {("agree", 1), ("disagree", -1)}
    assert sorted(x["state"] for x in edges if x["qualifier"] == "disagree") == ["confirmed", "suggested"]
    assert graph.nodes["actor:Ana"]["side"] == "north" and "side" not in graph.nodes["actor:Per"]
    assert {round(x["confidence"], 3) for *_, x in graph.edges(data=True) if x["qualifier"] == "disagree"} == {
        round(d.score, 3) for d in found
    }


def test_a_case_keeps_its_disputes_and_the_verbs_show_them(tmp_path: Path) -> None:
    path = tmp_path / "news.stemmata"
    document, statements = told("harbour", *HARBOUR)
    run = Run(version="0.1.0", weights="w1")
    with Case(path) as case:
        bare = [_bare(s) for s in statements]
        case.put(document, bare, run)
        growth.grow(case)
        kept.put_disputes(case, [dispute(bare[1], bare[0], "denies")], run)
        (shown,) = kept.shown_disputes(case, kept.disputes(case))
        assert (shown.by.content[0], shown.of.content[0]) == (HARBOUR[1][2], HARBOUR[0][2])

    def rows(*arguments: str) -> list[dict[str, object]]:
        command = [sys.executable, "-m", "stemmata.cli", *arguments]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return [json.loads(line) for line in said.splitlines()]

    assert [(r["relation"], r["state"]) for r in rows("disputes", str(path))] == [("denies", "suggested")]
    assert len(rows("disputes", str(path), "--actor", "Marrow", "--by-time")) == 1
    assert rows("disputes", str(path), "--actor", "Vels") == []
    with Case(path) as case:
        answer = subject("dispute", shown.dispute.by_statement, shown.dispute.of_statement)
        judgements.judge(
            case, Judgement(kind="reject", targets=(answer,), who="ana", when=judgements.now(), why="read")
        )
    assert [r["state"] for r in rows("disputes", str(path))] == ["rejected"]
    assert rows("sides", str(path)) == []  # a dispute that a person rejected parts nobody
    with Case(path) as case:
        judgements.undo(case, who="ana")
    assert {r["stance"] for r in rows("positions", str(path), "Marrow")} == {"denies"}
    assert [r["kind"] for r in rows("predictions", str(path))] == ["promise"]
    assert [len(r["actors"]) for r in rows("sides", str(path))] == [1, 1]  # type: ignore[arg-type]
    answered, *_ = rows("sides", str(path), "--one", "bloc 1", "--other", "bloc 2")
    assert answered["what"] == "bloc 1 says, bloc 2 disputes"
    sides: list[Any] = [answered["first"], answered["second"]]  # each with its own speaker's words
    words = [(s["source"]["text"], s["cue"]["text"], [x["text"] for x in s["content"]]) for s in sides]
    assert words == [(*r[:2], [r[2]]) for r in HARBOUR[:2]]


def test_what_is_unsure_is_told_to_who_asks_and_what_a_person_confirms_is_a_dispute(
    tmp_path: Path,
) -> None:
    document, statements = told("harbour", *HARBOUR)
    run = Run(version="0.1.0", weights="w1")
    with desk.Case(tmp_path / "news.stemmata") as case:
        first, second, third, *_ = bare = [_bare(s) for s in statements]
        case.put(document, bare, run)
        growth.grow(case)
        sure, unsure = dispute(second, first, "denies"), replace(dispute(third, first, "rejects"), score=0.3)
        kept.put_disputes(case, [sure, unsure], run, least=0.5)

        def listed(**asked: bool) -> list[tuple[str, str, float]]:
            return [(d.dispute.by_statement, d.dispute.relation, d.dispute.score) for d in case.disputes(**asked)]

        told_unasked = [(second.id, "denies", 0.9)]
        assert listed() == told_unasked and kept.count_unsure(case) == 1
        assert listed(unsure=True) == [*told_unasked, (third.id, "rejects", 0.3)]
        assert "1 more are less sure" in site.disputes(case, site.Frame(name="news"))
        case.judge("confirm", "dispute", third.id, first.id, who="ana", why="read both", relation="contradicts")
        assert listed() == listed(unsure=True) == [*told_unasked, (third.id, "contradicts", 0.3)]
        assert kept.count_unsure(case) == 0 and case.table("disputes").num_rows == 2
        case.undo(who="ana")
        case.judge("confirm", "dispute", third.id, second.id, who="ana", why="read both")
        assert listed() == [(third.id, "denies", 1.0), *told_unasked]
        kept.put_disputes(case, [], run)  # sought anew: what a person confirmed stays
        assert listed() == [(third.id, "denies", 1.0)]
        case.judge("reject", "dispute", third.id, second.id, who="ana", why="read again")
        assert [r["state"] for r in case.table("disputes").to_pylist()] == ["rejected"]
        with pytest.raises(StemmataError, match="of a dispute that is confirmed"):
            case.judge("confirm", "statement", first.id, who="ana", why="x", relation="denies")
        with pytest.raises(StemmataError, match="was not found to dispute"):
            case.judge("reject", "dispute", first.id, third.id, who="ana", why="x")


def test_what_stands_on_a_rejected_statement_is_rejected_with_it_and_nobody_holds_it(tmp_path: Path) -> None:
    document, statements = told("harbour", *HARBOUR)
    run = Run(version="0.1.0", weights="w1")
    with desk.Case(tmp_path / "news.stemmata") as case:
        bare = [_bare(s) for s in statements]
        case.put(document, bare, run)
        growth.grow(case)
        kept.put_disputes(case, [dispute(bare[1], bare[0], "denies")], run)
        about = subject("dispute", bare[1].id, bare[0].id)

        def shown() -> tuple[list[str], set[str], int, int]:
            table = case.table("disputes").to_pylist()
            return [r["state"] for r in table], {p.statement for p in case.positions()}, len(case.sides()), _nodes(case)

        before = shown()
        assert before[0] == ["suggested"] and bare[1].id in before[1] and before[2] == 2
        judgements.decide(case, "reject", subject("statement", bare[1].id), who="ana", why="nobody said so")
        states, held, blocs, nodes = shown()
        assert states == ["rejected"] and bare[1].id not in held and blocs == 0 and nodes < before[3]
        assert decisions(case).states([about]) == {about: "rejected"}
        assert not [p for p in case.predictions() if p.statement == bare[1].id]
        assert bare[1].id not in {s.id for s in kept.heard(case, decisions(case), [s.id for s in bare]).statements}
        judgements.undo(case, who="ana")
        assert shown() == before


def _nodes(case: desk.Case) -> int:
    return case.network().count("<node ")


def test_disputes_are_sought_anew_when_something_was_decided_or_a_collation_was_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sought: list[int] = []
    found = growth.disputes

    def counting(*given: Any, **more: Any) -> Any:
        sought.append(1)
        return found(*given, **more)

    monkeypatch.setattr(growth, "disputes", counting)
    document, statements = told("harbour", *HARBOUR)
    with desk.Case(tmp_path / "news.stemmata") as case:
        case.put(document, [_bare(s) for s in statements], Run(version="0.1.0", weights="w1"))
        growth.grow(case)  # and the process is killed
        assert not kept.settled(case)
        case.collate()
        case.collate()
        assert len(sought) == 1 and kept.settled(case) and kept.heeded(case)
        judgements.decide(case, "note", subject("document", document.id), who="ana", note="read")
        assert kept.heeded(case)
        judgements.decide(case, "reject", subject("statement", statements[1].id), who="ana", why="read")
        assert not kept.heeded(case)
        case.collate()
        assert len(sought) == 2 and kept.heeded(case)
        judgements.undo(case, who="ana")  # the latest: the rejection
        assert not kept.heeded(case)


def test_a_statement_that_another_process_takes_away_while_disputes_are_sought_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.stemmata"
    run = Run(version="0.1.0", weights="w1")
    document, statements = told("harbour", *HARBOUR)
    other, more = told("bridge", *HARBOUR)

    def meanwhile(*_: Any, **__: Any) -> Any:
        with Case(path) as second:
            growth.remove(second, [document.id])
        return [dispute(statements[1], statements[0], "denies"), dispute(more[1], more[0], "denies")]

    monkeypatch.setattr(growth, "disputes", meanwhile)
    with Case(path) as case:
        for d, some in ((document, statements), (other, more)):
            case.put(d, [_bare(s) for s in some], run)
        growth.grow(case)
        growth.disputed(case, run)
        assert [d.by_statement for d in kept.disputes(case)] == [more[1].id] and not kept.settled(case)


def _bare(s: Statement) -> Statement:
    return replace(s, actor=None, claim=None)


def test_too_large_a_case_is_not_searched_unasked(tmp_path: Path) -> None:
    run = Run(version="0.1.0", weights="w1")
    with Case(tmp_path / "big.stemmata") as case:
        for name in ("one", "two"):
            document, statements = told(name, *HARBOUR)
            case.put(document, [_bare(s) for s in statements], run)
        growth.grow(case)
        assert growth.disputed(case, run, most=1) is None
        assert growth.disputed(case, run, most=None) is not None
