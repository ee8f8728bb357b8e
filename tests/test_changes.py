"""What a version did to a claim: one pair of sentences a label, and never likeness alone."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

import pytest

from stemmata.case.verdicts import SURE
from stemmata.collate.alignment import alignment, made_from
from stemmata.collate.asked import question_told, questions
from stemmata.collate.changes import LIKELY, changes, washes
from stemmata.collate.claims import collation
from stemmata.collate.counted import counted
from stemmata.collate.credited import called, credit_change, is_credit, outlet_forms
from stemmata.collate.denial import clause_denied, heard
from stemmata.collate.evidence import evidence, in_its_manner, kept_words
from stemmata.collate.passages import Version
from stemmata.collate.pulls import pulled
from stemmata.collate.rendering import Rendering
from stemmata.collate.speakers import his_body, members, two_persons
from stemmata.collate.voice import voice_evidence
from stemmata.language.force import commitment, marked
from stemmata.model import Change, Document, Ground, Span
from stemmata.read.credit import credits
from stemmata.weighing import weighings
from test_claims import told, version


def rows(parent: Version, child: Version) -> tuple[Change, ...]:
    made = collation([parent, child], [(parent.document, child.document)])
    held = {v.document: v for v in made.versions}
    return changes(held[parent.document], held[child.document], made.alignments[0])


def labels(parent: str, child: str) -> set[str]:
    (row,) = rows(version("parent", parent), version("child", child))
    return set(row.changes)


DRAWINGS = [
    (
        "[s:Ana Reyk| |c:said| |q:that the dam at Orrin leaks badly]p.",
        "[s:Ana Reyk| |c:said| |q:that the dam at Orrin leaks badly]p.",
        {"verbatim"},
    ),
    (
        "[s:Ana Reyk| |c:said| |q:that the dam at Orrin leaks badly]p.",
        "[s:Ana Reyk| |c:admitted| |q:that the dam at Orrin leaks badly]p.",
        {"strengthened"},
    ),
    (
        "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o.",
        "[s:The Dam Authority| |c:said| |q:that 32 of the valves at Orrin were rusted]o.",
        {"number-changed"},
    ),
    (
        "[s:The Board| |c:said| |q:that its loss rose to 18 million marks from 11 million a year earlier]o.",
        "[s:The Board| |c:said| |q:that its loss rose to 18 million marks from 11 million in the prior quarter]o.",
        {"number-changed", "paraphrased"},
    ),
    (
        "[s:The Harbour Board| |c:said| |q:that dues at Orrin rose 2.9 percent in October from a year earlier]o.",
        "[s:The Harbour Board| |c:said| |q:that dues at Orrin rose 2.9 percent in October from the month before]o.",
        {"number-changed", "paraphrased"},
    ),
    (
        "[q:“We will mend the dam at Orrin before the winter”|, |s:Ana Reyk| |c:said]p.",
        "[q:“We will sell the dam at Orrin before the winter”|, |s:Ana Reyk| |c:said]p.",
        {"quote-altered"},
    ),
    (
        "[s:Ana Reyk| |c:said| |q:that no valve at the Orrin dam had been replaced]p.",
        "[s:Officials| |c:said| |q:that no valve at the Orrin dam had been replaced]g.",
        {"attribution-vague"},
    ),
    (
        "[s:Ana Reyk| |c:said| |q:that no valve at the Orrin dam had been replaced]p.",
        "[s:Tomas Oll| |c:said| |q:that no valve at the Orrin dam had been replaced]p.",
        {"attribution-shifted"},
    ),
]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Paul King", "Ana Reyk", {"attribution-shifted"}),
        ("Ana Reyk", "Paul King", {"attribution-shifted"}),
        ("Laura Baker, the mayor", "Tom Cook, the treasurer", {"attribution-shifted"}),
        ("Paul King", "Mayor Paul King", {"verbatim"}),
        ("King Paul", "Paul", {"verbatim"}),
        ("Paul King's deputy", "Paul King", {"attribution-shifted"}),
        ("Reyk", "an aide to Ana Reyk", {"attribution-shifted"}),
        ("Paul King's lawyer", "Paul King", {"verbatim"}),
        ("Paul King's spokesman", "Paul King", {"verbatim"}),
        ("Oddland's envoy, Paul King", "Oddland's ambassador, Mr King", {"verbatim"}),
    ],
)
def test_the_words_of_a_source_tell_which_person_speaks(one: str, other: str, expected: set[str]) -> None:
    drawing = "[s:{}| |c:said| |q:that no valve at the Orrin dam had been replaced]p."
    assert labels(drawing.format(one), drawing.format(other)) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Oda Vance has been charged with theft", "Oda Vance has been convicted of theft", "strengthened"),
        ("Oda Vance was arrested over the theft", "Oda Vance was questioned over the theft", "weakened"),
        ("police are investigating Oda Vance over the theft", "Oda Vance was arrested over the theft", "strengthened"),
        ("Oda Vance is on trial for theft", "Oda Vance was cleared of theft", "weakened"),
        ("the firm would review its calls at Orrin", "the firm would stop calling at Orrin", "strengthened"),
        ("the leak is linked to the storm", "the storm contributed to the leak", "strengthened"),
        ("schools that ban telephones report fewer fights", "banning telephones reduces fights", "strengthened"),
        ("people who drink tea had fewer strokes", "people who drink tea had fewer strokes in May", None),
        ("the firm had scrapped the ferry to Tolm", "the firm had suspended the ferry to Tolm", "weakened"),
        ("Oda Vance has been charged with theft", "Oda Vance is accused of theft", None),  # charged, perhaps
        ("Oda Vance was convicted of theft", "Oda Vance was jailed for theft", None),
        ("one of the suspects had worked at the bank", "one of those arrested had worked at the bank", None),
    ],
)
def test_a_higher_step_of_a_ladder_is_told_as_stronger(before: str, after: str, expected: str | None) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:that {}]p."
    found = labels(drawing.format(before), drawing.format(after)) & {"strengthened", "weakened"}
    assert found == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("said", "hedges"),
    [
        ("those who write about it", 0),
        ("it was too soon to talk about the dues", 0),
        ("about 40 boats lay about", 1),
        ("the ferry is about to leave", 1),
    ],
)
def test_what_is_written_about_is_no_hedge(said: str, hedges: int) -> None:
    assert len(marked(said, (Span(0, len(said)),), "hedge")) == hedges


@pytest.mark.parametrize(
    ("denied", "told", "negated"),
    [
        ("members had not been asked before the vote", "Its members had been asked beforehand", True),
        ("officers did not expect to make further arrests", "Further arrests are expected", True),
        ("it will not last a week at Orrin", "The new dam will last a week at most", False),
        ("output would not be cut before October", "Mine output would be cut from October by a third", False),
        ("arrests are not expected unless the dam breaks", "If the dam breaks arrests are expected", False),
    ],
)
def test_what_is_denied_of_one_clause_is_negated_where_most_is_told_in_other_words(
    denied: str, told: str, negated: bool
) -> None:
    for before, after in ((denied, told), (told, denied)):
        one, other = (version(x[:9], f"[s:Ana Reyk| |c:said| |q:that {x}]p.") for x in (before, after))
        pair = (Rendering(v, v.statements[0]) for v in (one, other))
        assert clause_denied(*pair) == negated
        assert not negated or "negated" in rows(one, other)[0].changes


@pytest.mark.parametrize(
    ("one", "other", "shifted"),
    [
        ("A spokesman for Corran Lines", "A spokeswoman for Brindle Ferries", True),
        ("Vesperia's foreign ministry", "Kolmark's foreign ministry", True),
        ("A spokesman for Corran Lines", "The spokesman for the Corran group", False),
        ("Vesperia's foreign ministry", "The foreign ministry in Lusk", False),  # its capital, perhaps
        ("The Foreign Ministry", "Kolmark", False),
    ],
)
def test_one_office_of_another_body_is_another_speaker(one: str, other: str, shifted: bool) -> None:
    drawing = "[s:{}| |c:said| |q:that no valve at the Orrin dam had been replaced]o."
    assert ("attribution-shifted" in labels(drawing.format(one), drawing.format(other))) == shifted


@pytest.mark.parametrize(
    ("one", "other", "shifted"),
    [
        ("[s:Frau Voss| |c:said", "[s:Herr Voss| |c:said", True),
        ("[s:Mr Voss| |c:said", "[s:Mrs Voss| |c:said", True),
        ("[s:Lord Voss| |c:said", "[s:Lady Voss| |c:said", True),
        ("[s:Mrs Voss| |c:said", "[s:Ms Voss| |c:said", False),
        ("[s:Mr Voss| |c:said", "[s:Voss| |c:said", False),
        ("[s:Mr Voss, whose sister drowned|, |c:said", "[s:Mr Voss, whose brother lived|, |c:said", False),
        ("[s:The union| |c:said", "[s:The company| |c:said", True),
        ("[s:The company| |c:said", "[s:The firm| |c:said", False),
    ],
)
def test_two_of_one_name_and_two_bodies_may_be_told_apart(one: str, other: str, shifted: bool) -> None:
    drawing, kind = "{}| |q:that no valve at the Orrin dam had been replaced]{}.", "p" if "Voss" in one else "o"
    found = rows(version("p", drawing.format(one, kind)), version("c", drawing.format(other, kind)))
    assert ("attribution-shifted" in found[0].changes and found[0].score >= SURE) == shifted


def acted(name: str, drawing: str, *actors: str) -> Version:
    v = version(name, drawing)
    return replace(v, statements=tuple(replace(s, actor=a) for s, a in zip(v.statements, actors, strict=True)))


def test_speakers_who_are_exchanged_are_others() -> None:
    drawing = "[s:{}| |c:said| |q:the dam at Orrin leaks badly]o. [s:{}| |c:said| |q:wages would rise in May]o."
    one, other = "The dyke board", "The water office"
    parent = acted("p", drawing.format(one, other), "board", "office")
    for actors, shifted in ((("office", "board"), True), (("board", "board"), False)):  # or one is the other's name
        child = acted("c", drawing.format(other, one), *actors)
        found = rows(parent, child)
        assert all(("attribution-shifted" in r.changes) == shifted for r in found[: 2 if shifted else 1])


def test_who_speaks_on_in_a_stolen_interview_is_another() -> None:
    drawing = "[s:{}, the mayor|, |c:said| |q:the hall was full]p. [s:He| |c:said| |q:the mill would close in May]p."
    parent = acted("p", drawing.format("Pavel Dorn"), "dorn", "dorn")
    child = acted("c", drawing.format("Tolan Brun"), "brun", "brun")
    assert all(r.changes == ("attribution-shifted",) for r in rows(parent, child))


@pytest.mark.parametrize(
    ("one", "other", "firmer"),
    [
        ("said", "revealed", True),
        ("said", "conceded", True),
        ("thinks", "knows", True),
        ("claimed", "said", False),  # of 26 such 3 are firmer
        ("said", "insisted", False),
    ],
)
def test_the_same_words_behind_a_far_firmer_verb_are_firmer(one: str, other: str, firmer: bool) -> None:
    drawing = "[s:Ana Reyk| |c:{}| |q:that the council had not known about the leak]p."
    (row,) = rows(version("p", drawing.format(one)), version("c", drawing.format(other)))
    assert ("strengthened" in row.changes and row.score >= LIKELY) == firmer


@pytest.mark.parametrize(
    ("one", "other", "changed"),
    [
        (
            "that the report suggested that the bridge was unsafe",
            "that the report proved that the bridge was unsafe",
            1,
        ),
        ("that the data indicate that the fire was set", "that the data prove that the fire was set", 1),
        ("that the report suggested that the bridge was unsafe", "that the report pointed to an unsafe bridge", 0),
        ("that the report suggested that the bridge was unsafe", "that the report did not prove the bridge unsafe", 0),
        ("that a deal was possible", "that a deal was likely", 1),
        ("that promotion was possible, though unlikely", "that promotion was likely", 1),
        ("that a deal was likely", "that a deal was possible", -1),
        ("that a deal was possible", "that a deal might be done", 0),
        ("that she did not recall any meeting with the firm", "that there had been no meeting with the firm", 1),
        ("that she did not recall any meeting with the firm", "that she had no memory of a meeting with the firm", 0),
        ("that she did not recall the call and would not resign", "that she would not resign", 0),
        ("that there had been no meeting with the firm", "that she did not recall any meeting with the firm", -1),
    ],
)
def test_it_may_be_told_as_surer_without_a_hedge_gone(one: str, other: str, changed: int) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    (row,) = rows(version("p", drawing.format(one)), version("c", drawing.format(other)))
    said = [x in row.changes and row.of_label(x) >= LIKELY for x in ("strengthened", "weakened")]
    assert said == [changed > 0, changed < 0]


def test_if_needed_does_not_halve_what_is_told_without_its_no() -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    parent = version("p", drawing.format("the state had no plans to intervene but was following the strike closely"))
    child = version("c", drawing.format("the state plans to intervene if needed and is watching the strike closely"))
    (row,) = rows(parent, child)
    assert "negated" in row.changes and row.score >= 0.8


def test_a_charge_that_is_told_as_admitted_is_firmer() -> None:
    parent = version("p", "[s:Ana Reyk| |c:accused| |q:the government of having hidden 300 million of debt]p.")
    child = version("c", "[s:Ana Reyk| |c:admitted| |q:that the government had hidden 300 million of debt]p.")
    (row,) = rows(parent, child)
    assert "strengthened" in row.changes and row.score >= LIKELY


@pytest.mark.parametrize(
    ("one", "other", "turned"),
    [
        ("that Kolmark attacked Vesperia in May", "that Vesperia attacked Kolmark in May", True),
        ("that Kolmark was hit by Vesperia in May", "that Vesperia was hit by Kolmark in May", True),
        ("that Kolmark attacked Vesperia in May", "that Vesperia was attacked by Kolmark in May", False),
        ("that Kolmark attacked Vesperia in May", "that Kolmark was attacked by Vesperia in May", True),
        ("that Kolmark was attacked by Vesperia in May", "that Kolmark attacked Vesperia in May", True),
        ("that Kolmark was attacked in Vesperia in May", "that Kolmark attacked Vesperia in May", False),
        ("that Kolmark met Vesperia in May", "that Vesperia met Kolmark in May", False),
        ("that Kolmark clashed with Vesperia in May", "that Vesperia clashed with Kolmark in May", False),
        ("the bank had sued the ministry over the loan", "the ministry had sued the bank over the loan", True),
        ("the bank had sued the ministry in May", "the ministry had been sued by the bank in May", False),
        ("the bank had sued the ministry over the loan", "the bank had been sued by the ministry over the loan", True),
        ("the bank manager had sued the ministry", "the bank had been sued by the ministry", False),
        ("the judge had reported it to the inspector", "the inspector had reported it to the judge", True),
        ("he had hit Bo Kelt with a bottle", "Bo Kelt had hit him with a bottle", True),
        ("the storm had sunk the ship off Tolm", "the ship had sunk in the storm off Tolm", False),
        ("the bank manager had sued the ministry", "the ministry had sued the bank", False),
        ("the army had fought the rebels for a week", "the rebels had fought the army for a week", False),
        ("the batch had passed the laboratory", "the laboratory had passed the batch", False),
        ("the delay was the fault of the union", "the delay was the fault of the company", True),
        ("the delay was the fault of the company", "the delay was the fault of the firm", False),
        ("the delay was the fault of the ministry", "the delay was the fault of the government", False),
    ],
)
def test_who_did_it_to_whom_may_be_turned_round(one: str, other: str, turned: bool) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    (row,) = rows(version("p", drawing.format(one)), version("c", drawing.format(other)))
    assert ("negated" in row.changes and row.score >= LIKELY) == turned


@pytest.mark.parametrize(("parent", "child", "expected"), DRAWINGS)
def test_a_change_is_named(parent: str, child: str, expected: set[str]) -> None:
    assert labels(parent, child) == expected


QUESTIONS = [  # what follows the question, what the version tells, whether it tells the question as said
    ("She walked on.", "[s:Corinne Vail| |c:said| |q:that alarms had sounded]p.", True),
    ("She said they had.", "[s:Corinne Vail| |c:said| |q:that alarms had sounded]p.", False),  # an answer
    ("She confirmed it.", "[s:Corinne Vail| |c:said| |q:that alarms had sounded]p.", False),
    ("A porter said that alarms had sounded.", "[s:Corinne Vail| |c:said| |q:that alarms had sounded]p.", False),
    ("She walked on.", "[s:Corinne Vail| |c:did not say| |q:whether alarms had sounded]p.", False),
    ("She walked on.", "[s:Corinne Vail| |c:was asked| |q:whether alarms had sounded]p.", False),
]


@pytest.mark.parametrize(("after", "again", "told_so"), QUESTIONS)
def test_what_one_was_asked_may_be_told_as_said(after: str, again: str, told_so: bool) -> None:
    asked = version("p", f"[s:Corinne Vail| |c:was asked whether| |q:alarms had sounded]p. {after}")
    one, other = (Rendering(v, v.statements[0]) for v in (asked, version("c", again)))
    assert bool(question_told(one, other)) == told_so


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("She was asked whether alarms had sounded  ", ["alarms had sounded  "]),
        ("Asked if alarms had sounded, and said no.", []),
        ("Asked whether, he left. He asked if ", []),
        ("She was asked about a report that two pilots had quit and said it was early.", ["two pilots had quit"]),
    ],
)
def test_a_question_ends_where_its_clause_does(text: str, asked: list[str]) -> None:
    assert [x.of(text) for x in questions(text)] == asked


@pytest.mark.parametrize("partner", ["", " [s:She| |c:said| |q:that the logs were being read]p."])
def test_a_question_that_stands_beside_its_answer_is_shown_with_what_tells_it(partner: str) -> None:
    parent = version("p", f"Corinne Vail was asked whether alarms had sounded.{partner}")
    child = version("c", "[s:Corinne Vail| |c:said| |q:that alarms had sounded]p.")
    (row,) = (r for r in rows(parent, child) if r.child_statement)
    (ground,) = (g for g in row.grounds if g.label == "strengthened")
    assert [x.of(parent.text) for x in ground.parent if "alarms" in x.of(parent.text)] == ["alarms had sounded"]


INCLUDED = [
    (
        "[s:The Orrin Authority| |c:said| |q:that foreign ships had not been turned back at Tolm]o.",
        "[s:The Orrin Authority| |c:said| |q:that foreign ships had been turned back at Tolm]o.",
        "negated",
    ),
    (
        "[s:Ana Reyk| |c:warned| |q:that the Orrin dam may burst before the winter]p.",
        "[s:Ana Reyk| |c:warned| |q:that the Orrin dam will burst before the winter]p.",
        "strengthened",
    ),
    (
        "[s:Ana Reyk| |c:confirmed| |q:that the Orrin dam will burst before the winter]p.",
        "[s:Ana Reyk| |c:suggested| |q:that the Orrin dam might burst before the winter]p.",
        "weakened",
    ),
    (
        "[s:Ana Reyk| |c:said| |q:that the ferry to Tolm would sail again in the spring]p.",
        "[q:“The ferry to Tolm sails again in the spring, and God help whoever stops it”|, |s:Ana Reyk| |c:said]p.",
        "quote-fabricated",
    ),
    (
        "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted through]o.",
        "At Orrin, 23 of the valves are rusted through.",
        "attribution-dropped",
    ),
]


@pytest.mark.parametrize(("parent", "child", "label"), INCLUDED)
def test_a_change_is_among_the_labels(parent: str, child: str, label: str) -> None:
    found = labels(parent, child)
    assert label in found
    assert "verbatim" not in found


SPOKEN = "[s:Ana Reyk| |c:said| |q:that the war was over]p."  # so that both texts have a claim in common
QUOTED = "[q:“Come to the bridge and say it to the mothers”|, |s:Rolan Ketter| |c:said]p. " + SPOKEN


@pytest.mark.parametrize(
    ("parent", "expected"),
    [
        ("I tell her: come to the bridge, and say it to the mothers.", set()),  # a speech, in its speaker's own voice
        ("We ask them all to come to the bridge and say it to the mothers.", set()),
        ("He asked her to come to the bridge and say it to the mothers.", {"added", "quote-fabricated"}),
        ("The word of [s:Ana Reyk| to us was |c:that we should| |q:come to the bridge and say it to the mothers]p.",
         {"quote-fabricated"}),
        ("“I shall go,” she said and asked to come to the bridge and say it to the mothers.",
         {"added", "quote-fabricated"}),
    ],
)  # fmt: skip
def test_what_a_speech_says_itself_is_not_made_up(parent: str, expected: set[str]) -> None:
    found = rows(version("parent", f"{SPOKEN} {parent}"), version("child", QUOTED))
    labels = {x for r in found if r.changes != ("verbatim",) for x in r.changes}
    assert labels & {"added", "quote-fabricated"} == expected


@pytest.mark.parametrize(("speaker", "made_up"), [("I", False), ("Ana Reyk", True)])
def test_what_the_speaker_of_a_speech_says_of_himself_is_not_made_up(speaker: str, made_up: bool) -> None:
    parent = f"[s:{speaker}| |c:promised| |q:that the ferry to Tolm will sail again in the spring]p."
    child = "[q:“The ferry to Tolm will sail again in the spring”|, |s:Ana Reyk| |c:promised]p."
    assert ("quote-fabricated" in labels(parent, child)) is made_up


DROPPED = [  # the child's own words make a statement of what stood in another's mouth
    (
        "[s:Ana Reyk| |c:said| |q:the company had asked for more time to make repairs]p.",
        "[s:The company| had |c:asked| |q:for more time to make repairs]o.",
    ),
    (
        "[s:Ana Reyk| |c:said| |q:that the valves leaked and that the company had asked for more time for repairs]p.",
        "[s:The company| |c:asked| |q:for more time for repairs]o.",
    ),
]


@pytest.mark.parametrize(("parent", "child"), DROPPED)
def test_a_statement_that_was_inside_anothers_has_lost_that_speaker(parent: str, child: str) -> None:
    found = labels(parent, child)
    assert "attribution-dropped" in found
    assert not found & {"attribution-shifted", "weakened", "strengthened"}


def test_a_statement_inside_anothers_that_stands_alone_is_not_omitted() -> None:
    inner = "[s:The company| |c:asked| |q:for more time to make repairs]o"
    outer = version("outer", f"Ana Reyk said that {inner[0].lower()}{inner[1:]}.")
    (told,) = outer.statements
    start = outer.text.index("that")
    reyk = replace(
        told,
        id="outer-reyk",
        source=Span(0, 8),
        cue=Span(9, 13),
        content=(Span(start, len(outer.text) - 1),),
        sourcing="named-person",
    )
    outer = replace(outer, statements=(reyk, replace(told, inside="outer-reyk")))
    found = {r.parent_statement: r.changes for r in rows(outer, version("child", inner + "."))}
    assert found == {"outer-reyk": ("attribution-dropped",), told.id: ("verbatim",)}


def test_one_who_reports_oneself_is_not_dropped() -> None:
    parent = "[s:Ana Reyk| |c:said| |q:that Reyk had asked the company for more time]p."
    assert "attribution-dropped" not in labels(parent, "[s:Reyk| |c:asked| |q:the company for more time]p.")


SAILORS = "the city would free 11 sailors by May"
LINK = "a link between the fund and the harbour office has not been proven"
TALKS = "the Front was considering a withdrawal from the port of Tolm"
UNTIED = [  # what is tied to a condition, a limit, a doubt or a plan; told without; whether that is firmer
    (f"{SAILORS} if the Front cleared its mines", SAILORS, True),
    ("unless it was paid, the Front would keep its sailors in Tolm", "the Front would keep its sailors in Tolm", True),
    (f"{SAILORS} if the Front cleared its mines", "the city otherwise would free 11 sailors by May", False),
    (f"{SAILORS} if the Front cleared its mines", "without mines the city would free 11 sailors by May", False),
    ("he did not know who had cut the cable", "the contractor had cut the cable", True),
    ("she could not say when the trial would end", "the trial would end in June", True),
    ("she could not say when the trial would end", "nobody could tell when the trial would end", False),
    ("he did not know who had cut the cable", "the harbour would be closed until Monday", False),
    ("it was unclear whether the drone had come from Selm", "the drone had come from Selm", True),
    ("it was unclear whether the drone had come from Selm", "the drone may have come from Selm", False),
    (LINK, "the fund is linked to the harbour office", True),
    (LINK, "a link between the fund and the harbour office is unproven", False),
    ("it was not possible to attribute one flood to the new lock", "the new lock was behind the flood", True),
    ("it was not possible to attribute one flood to the new lock", "nobody could say the lock made the flood", False),
    (f"2.4 million crowns had reached the fund, but {LINK}", "2.4 million crowns had come to the fund", False),
    ("the city would probably appeal against the verdict, but no step had been taken", "the city would appeal", True),
    ("the dam was believed to have been holed by a boat, and that nobody had drowned", "a boat holed the dam", True),
    ("the city would appeal against the verdict, but would probably lose", "the city would appeal", False),
    (TALKS, "the Front had begun a withdrawal from the port of Tolm", True),
    (TALKS, "the Front was weighing a withdrawal from the port of Tolm", False),
    (TALKS, "a withdrawal of the Front from the port of Tolm was on the cards", False),
    (TALKS, "the Front had begun to clear its mines", False),
    (
        "the crown would raise the grazing payment to 180 crowns a hectare, provided that the budget is approved",
        "herders are to get a grazing payment of 180 crowns a hectare",
        True,
    ),
    (
        "the firm would close its works in Ostby by the end of May unless a buyer was found",
        "the firm is to shut its Ostby works, with 310 jobs gone and a canteen sold, by the end of May",
        True,
    ),
    ("the yard was ready to buy two tugs if the bank of Tolm gave a loan", "the yard is ready to buy two tugs", True),
    ("the yard was ready to buy two tugs if the bank of Tolm gave a loan", "the yard is weighing two tugs", False),
    (
        "the recall covered the boats Dot and Dash, except those with a green mark on the keel",
        "the boats Dot and Dash are recalled",
        True,
    ),
    (
        "the recall covered the boats Dot and Dash, except those with a green mark on the keel",
        "the boats Dot and Dash are recalled, but boats with a green mark are exempt",
        False,
    ),
    (  # what hung on it is told nowhere
        "the fund was awaiting the findings and it could demand its money back if fraud was proved",
        "the fund is awaiting the findings",
        False,
    ),
    (f"{SAILORS}, even if the Front kept its mines", SAILORS, False),
    (SAILORS, f"{SAILORS} if the Front cleared its mines", False),
    ("the valves at Orrin are worth up to 21 million crowns", "the valves are worth 21 million crowns", True),
    ("the valves at Orrin are worth up to 21 million crowns", "the valves may be worth 21 million crowns", False),
    ("the valves at Orrin are worth at least 21 million crowns", "the valves are worth 21 million crowns", True),
    ("the valves at Orrin are worth at least 21 million crowns", "they are worth 21 million crowns or more", False),
    ("up to 21 boats of the Front could sail", "21 boats of the Front could sail", True),
    ("up to 21 boats of the Front could sail", "as many as 21 boats of the Front could sail", False),
    ("only farms in the hills would qualify", "farms in the hills would qualify", True),
    ("only farms in the hills would qualify", "farms in the hills alone would qualify", False),
    ("only farms in the hills would qualify", "no farms but those in the hills would qualify", False),
    (
        "the union would back a buyer only if the works were kept",
        "the union would back a buyer if the works were kept",
        True,
    ),
    ("only 21 boats of the Front had sailed", "21 boats of the Front had sailed", False),
    ("the news had reached the harbour only on Friday", "the news had reached the harbour on Friday", False),
]


OR_NOT = [  # what nobody knows to be so or not; told; whether that is firmer
    (
        "he did not yet know whether captain Tomas Oll, who had hurt his knee, would be fit for the regatta on Sunday",
        "captain Tomas Oll, who left the water with a sore knee, would not be fit for Sunday's regatta",
        True,
    ),
    ("she could not say whether the ferry would sail on Monday", "the ferry will not sail on Monday", True),
    ("nobody could tell if the mast had been cut", "the mast had been cut when it was found", True),
    ("it was too early to say whether the eels had been poisoned", "the eels, which died in May, were poisoned", True),
    ("it was not clear whether the mayor had signed the lease", "the mayor had not signed the lease", True),
    ("the board had yet to decide whether to close the lock at Selm", "the board will close the lock at Selm", True),
    ("police could not confirm whether the two fires were linked", "the two fires were linked", True),
    ("it remains to be seen if the pears will ripen", "the pears will not ripen before the frost", True),
    ("the club did not know if its keeper would return in May", "its keeper would return in May, not in June", True),
    (
        "she was unable to say whether the wall had been checked",
        "the wall that broke had never been checked",
        True,
    ),
    ("it was unclear whether any of the divers had a licence", "none of the divers had a licence", True),
    ("he did not know whether the bell was cracked, but it rang on Friday", "the bell was cracked", True),
    ("her office was looking into whether the yard had broken its lease", "the yard had broken its lease", True),
    ("police were examining whether the mast had been cut", "the mast had been cut", True),
    ("the board will decide in May whether to close the lock", "the board will close the lock in May", True),
    ("the board will vote in May on whether to close the lock", "the board will close the lock in May", True),
    ("the board will vote in May on whether to close the lock", "the board will vote on closing the lock", False),
    (
        "she was looking into whether the yard had broken its lease, for which it could be fined",
        "the yard had broken its lease and could be fined",
        True,
    ),
    ("her office was looking into whether the yard had broken its lease", "the yard is suspected of it", False),
    ("police were examining whether the mast had been cut", "an inquiry had begun into how the mast was cut", False),
    ("he did not yet know whether Oll would be fit for the regatta", "it was unclear if Oll would be fit", False),
    ("she could not say whether the ferry would sail on Monday", "the ferry might not sail on Monday", False),
    ("nobody could tell if the mast had been cut", "there was no knowing who had cut the mast", False),
    ("it was too early to say whether the eels had been poisoned", "the eels were possibly poisoned", False),
    ("it was not clear whether the mayor had signed the lease", "the mayor's signing of the lease was in doubt", False),
    ("the board had yet to decide whether to close the lock at Selm", "no decision to close the lock had come", False),
    (
        "police could not confirm whether the two fires were linked",
        "a link of the fires was an open question",
        False,
    ),
    ("it remains to be seen if the pears will ripen", "we must wait and see about the pears", False),
    ("the club did not know if its keeper would return in May", "the return of its keeper in May is uncertain", False),
    ("she was unable to say whether the wall had been checked", "she had no idea of any check of the wall", False),
    ("it was unclear whether any of the divers had a licence", "nobody knew of a licence of the divers", False),
    ("he did not know whether the bell was cracked, but it rang on Friday", "the bell had rung on Friday", False),
]


@pytest.mark.parametrize(("before", "after", "firmer"), OR_NOT)
def test_what_nobody_knows_to_be_so_or_not_is_firmer_told_either_way(before: str, after: str, firmer: bool) -> None:
    drawn = (version(x, f"[s:Ana Reyk| |c:said| |q:that {x}]p.") for x in (before, after))
    parent, child = (Rendering(v, v.statements[0]) for v in drawn)
    assert bool(evidence(parent, child)["hedge: unknown gone"]) is firmer


@pytest.mark.parametrize(("before", "after", "firmer"), UNTIED)
def test_without_its_condition_or_limit_a_claim_is_firmer(before: str, after: str, firmer: bool) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    parent = version("parent", drawing.format(before))
    (row,) = rows(parent, version("child", drawing.format(after)))
    assert ("strengthened" in row.changes) is firmer
    if firmer:  # and what is gone shows it
        (ground,) = (g for g in row.grounds if g.label == "strengthened")
        ties = (
            "if",
            "unless",
            "except",
            "provided",
            "up to",
            "at least",
            "only",
            "not",
            "unclear",
            "probably",
            "believed",
            "was considering",
        )
        assert any(x.of(parent.text).startswith(ties) for x in ground.parent)


@pytest.mark.parametrize(
    ("law", "before", "after"),
    [
        (
            "hedge: doubt gone from its place",
            "the results of the tests are expected in May",
            "the results are due in May",
        ),
        (
            "hedge: doubt gone from its place",
            "she would believe in a truce when she slept upstairs again",
            "she would have faith in a truce once she slept upstairs",
        ),
        (
            "hedge: doubt gone from its place",
            "the group expected a margin of 13 percent for the year",
            "the group now sees a margin of 13 percent for the year",
        ),
        (
            "hedge: doubt gone from its place",
            "floods of that kind have become more likely",
            "floods of that kind have become likelier",
        ),
        (
            "negation: of a kept clause",
            "the boats at Orrin do not leave in May",
            "the boats at Orrin rarely leave in May",
        ),
        ("hedge: condition gone", f"{SAILORS} if the Front cleared its mines", "the city may free 11 sailors by May"),
        ("hedge: part gone", "some crews of Orrin would refuse to sail", "three crews of Orrin would refuse to sail"),
        ("hedge: part gone", "some crews of Orrin would sail", "crews of Orrin, though not all, would sail"),
        ("hedge: part gone", "some forty crews of Orrin would sail", "forty crews of Orrin would sail"),
    ],
)
def test_what_is_told_in_another_way_breaks_no_law(law: str, before: str, after: str) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    parent, child = (Rendering(v, v.statements[0]) for v in (version(x, drawing.format(x)) for x in (before, after)))
    assert not evidence(parent, child)[law]


def test_a_condition_before_the_cue_is_one() -> None:
    parent = version("parent", f"[s:Ana Reyk| |c:said| |q:{SAILORS} if the Front cleared its mines]p.")
    for lead, firmer in (("If Tolm was safe again, ", False), ("At the port of Tolm, ", True)):
        (row,) = rows(parent, version("child", f"{lead}[s:she| |c:said|, |q:{SAILORS}]p."))
        assert ("strengthened" in row.changes) is firmer


@pytest.mark.parametrize(
    ("doubtful", "plain", "apart"),
    [
        ("that the boat may have been registered in Selm", "that its home port is Selm", True),
        ("that the boat is perhaps registered in Selm", "that its home port is Selm", True),
        ("that the boat may have been registered in Selm", "that its home port is presumably Selm", False),
        ("that the boat may have been registered in Selm", "that all signs point to Selm as its home port", False),
        ("that the boat could take forty men", "that it has room for forty men", False),
        ("that the boat may not have come from Selm", "that its home port is Selm", False),
        ("that it had the prospect of a home port at Selm", "that its home port is Selm", False),
    ],
)
def test_what_may_be_and_is_told_as_so_in_other_words_is_firmer_and_the_other_way_round(
    doubtful: str, plain: str, apart: bool
) -> None:
    drawn = [version(k, f"[s:Ana Reyk| |c:said| |q:{x}]p.") for k, x in (("a", doubtful), ("b", plain))]
    may, so = (Rendering(v, v.statements[0]) for v in drawn)
    assert bool(evidence(may, so)["hedge: all doubt gone"]) is apart
    assert bool(evidence(so, may)["hedge: all doubt new"]) is apart


def test_a_doubt_before_the_cue_is_one() -> None:
    parent = version("parent", "[s:Ana Reyk| |c:said| |q:that the boat may have been registered in Selm]p.")
    for lead, firmer in (("It is possible, ", False), ("At the port of Tolm, ", True)):
        child = version("child", f"{lead}[s:she| |c:said|, |q:that its home port is Selm]p.")
        held = [Rendering(v, v.statements[0]) for v in (parent, child)]
        assert bool(evidence(*held)["hedge: all doubt gone"]) is firmer


HALVES = [  # what is said; what of it is told; what is told nowhere
    (
        "that voting at Orrin had been free, but that the coverage by the harbour radio had been unbalanced",
        "the voting at Orrin had been free",
        "that the coverage by the harbour radio had been unbalanced",
    ),
    (
        "that the ferries to Tolm ran late, although he would not exclude more boats as a last resort",
        "the ferries to Tolm ran late",
        "although he would not exclude more boats as a last resort",
    ),
    (
        "that the ferries to Tolm ran late, although he would not exclude more boats as a last resort",
        "the ferries to Tolm ran late, but more boats were his last resort",
        None,
    ),
    ("that the ferries to Tolm ran late, and that the piers were full", "there was trouble at Tolm", None),
    ("that the ferries to Tolm ran late in the spring", "the ferries to Tolm ran late", None),
]


@pytest.mark.parametrize(("before", "after", "missing"), HALVES)
def test_of_a_half_that_is_told_the_other_half_is_shown(before: str, after: str, missing: str | None) -> None:
    parent = version("parent", f"[s:Ana Reyk| |c:said| |q:{before}]p.")
    (row,) = rows(parent, version("child", f"[s:Ana Reyk| |c:said| |q:that {after}]p."))
    (ground,) = [g for g in row.grounds if g.label == "paraphrased"]
    assert ([x.of(parent.text) for x in ground.untold] or [None]) == [missing]
    (whole,) = rows(parent, version("child", f"[s:Ana Reyk| |c:said| |q:that {after}]p. Radio: unbalanced coverage."))
    if missing and "coverage" in missing:  # told elsewhere
        assert not any(g.untold for g in whole.grounds)
        assert whole.score > row.score


ONE_WORD = [  # read both ways
    ("she believed her son had opened the valve", "her son had opened the valve"),
    ("the ferry may have been overloaded at Tolm", "the ferry was overloaded at Tolm"),
    ("the mayor might have taken the money", "the mayor had taken the money"),
    ("the mayor had allegedly taken the money", "the mayor had taken the money"),
    ("a leak of the dam could not be ruled out", "a leak of the dam would follow"),
    ("the firm had acted on most warnings of the inspectors", "the firm had acted on every warning of the inspectors"),
    ("some of the valves were rusted", "all of the valves were rusted"),
    ("some of the valves were rusted, but not all of them", "all of the valves were rusted"),
]


@pytest.mark.parametrize(("doubtful", "firm"), ONE_WORD)
def test_one_word_of_doubt_or_extent_is_enough(doubtful: str, firm: str) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    assert "strengthened" in labels(drawing.format(doubtful), drawing.format(firm))
    assert "weakened" in labels(drawing.format(firm), drawing.format(doubtful))


@pytest.mark.parametrize(
    ("first", "firmer"), [("nine dockers would be charged by Friday", False), ("nine dockers were charged", True)]
)
def test_a_clause_of_doubt_that_is_told_in_the_next_sentence_is_not_gone(first: str, firmer: bool) -> None:
    said = "nine of the dockers would be charged by Friday and that the other five could be freed if they paid a fine"
    parent = version(
        "parent", f"[s:Ana Reyk| |c:said| |q:that {said if not firmer else said.replace('would', 'may')}]p."
    )
    again = "The other five could be freed if they paid"
    child = version("child", f"[s:Ana Reyk| |c:said| |q:{first}]p. [q:{again}|, |s:she| |c:said]p.")
    found = rows(parent, child)
    assert len(found) == 2
    assert ("strengthened" in {x for row in found for x in row.changes}) is firmer


@pytest.mark.parametrize(
    ("again", "firmer"),
    [("[q:The crew altered 38 maps|, |s:she| |c:said], but might have believed that it mended errors.", False),
     ("[q:The crew altered 38 maps|, |s:she| |c:said], but the port was open.", True)],
)  # fmt: skip
def test_a_half_that_the_sentence_goes_on_to_tell_is_not_gone(again: str, firmer: bool) -> None:
    said = "that the crew had altered 38 maps, but that they might have believed that they mended errors"
    parent, child = (
        version("parent", f"[s:Ana Reyk| |c:said| |q:{said}]p."),
        version("child", again.replace("]", "]p", 1)),
    )
    (row,) = rows(parent, child)
    assert ("strengthened" in row.changes and row.of_label("strengthened") >= SURE) is firmer


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        ("[c:said| |q:the outlook seemed good]", "[c:said| |q:the outlook was good]", "strengthened"),
        (
            "[c:said| |q:that Brandt had a tight knee and could miss the cup]",
            "[c:said| |q:Brandt may have a tight knee and could miss the cup]",
            "weakened",
        ),
        (
            "[c:said| |q:that the price had risen since the strike began]",
            "[c:said| |q:that the price had risen because the strike began]",
            "strengthened",
        ),
        ("[c:is considering| |q:whether to charge for boats]", "[c:decided| |q:to charge for boats]", "strengthened"),
        (
            "[c:found| |q:no evidence that he had acted dishonestly]",
            "[c:found| |q:that he had not acted dishonestly]",
            "strengthened",
        ),
    ],
)
def test_a_doubt_or_a_plan_gone_or_put_in_is_likely_a_change(before: str, after: str, label: str) -> None:
    drawings = (x.replace("[", "[s:The panel| |").replace("]", "]o.") for x in (before, after))
    (row,) = rows(*(version(n, x) for n, x in zip(("p", "c"), drawings, strict=True)))
    assert label in row.changes and row.of_label(label) >= SURE  # type: ignore[arg-type]


def test_what_the_sentence_around_it_denies_is_not_told() -> None:
    parent = version("parent", "[s:He| |c:never recorded| |q:his best-known tune, “Low Water”]p, at Orrin.")
    child = version("child", "[q:“Low Water”, the tune he was best known for]a, was never recorded at Orrin.")
    for x, y in ((parent, child), (child, parent)):
        assert not evidence(*(Rendering(v, v.statements[0]) for v in (x, y)))["negation: alone"]


def test_a_word_read_as_a_share_and_as_a_place_in_a_row_is_one_number() -> None:
    drawings = ("[s:Ana Reyk| |c:expected| |q:a fifth]p.", "[s:Ana Reyk| |c:expected| |q:a fifth version]p.")
    assert not counted(*(Rendering(v, v.statements[0]) for v in (version(x, x) for x in drawings))).changed


def test_a_since_that_tells_a_cause_is_no_time() -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:that they checked the dam {} it had not held]p."
    assert "strengthened" not in labels(drawing.format("twice, since"), drawing.format("twice because"))


def test_what_seems_to_be_so_was_not_still_to_be_done() -> None:
    parent = version("parent", "The moon [c:seems| |q:to be about twice as wide as the storm]a.")
    child = version("child", "[q:The moon appears to be roughly twice as wide as the storm]a.")
    assert not evidence(*(Rendering(v, v.statements[0]) for v in (parent, child)))["modal: done"]


@pytest.mark.parametrize(
    ("child", "heard"),
    [
        ("[s:Reyk| |c:took issue with| |q:the dam at Orrin]p.", ["took issue"]),
        ("[s:Reyk| |c:said| |q:she took no issue with the dam]p.", []),
        ("[s:Reyk| |c:said| |q:the dam would be spared any cuts]p.", ["be spared"]),
        ("[s:Reyk| |c:said| |q:the dam would be spared]p.", []),
    ],
)
def test_what_rejects_or_denies_in_two_words(child: str, heard: list[str]) -> None:
    v = version("child", child)
    assert [m.form for m in Rendering(v, v.statements[0]).negators] == heard


@pytest.mark.parametrize(("people", "new"), [("310", []), ("410", ["410"]), ("three", ["three"])])
def test_a_number_that_the_parent_tells_beside_a_claim_is_not_new(people: str, new: list[str]) -> None:
    beside = "They employ 310 people in three sheds."
    parent = version("parent", f"[s:Ana Reyk| |c:said| |q:the dam works would close in 2031]p. {beside}")
    child = version("child", f"[s:Reyk| |c:said| |q:the dam works, with {people} people, would close in 2031]p.")
    found = counted(*(Rendering(v, v.statements[0]) for v in (parent, child)))
    assert [q.span.of(child.text) for q in found.new] == new


@pytest.mark.parametrize(("sheds", "changed"), [("three sheds", 0), ("four sheds", 1)])
def test_a_number_that_the_parent_tells_elsewhere_is_no_other_one_changed(sheds: str, changed: int) -> None:
    parent = version("parent", "[s:Ana Reyk| |c:said| |q:the dam works lost 12 percent]p. They have three sheds.")
    child = version("child", f"[s:Reyk| |c:said| |q:the dam works, with {sheds}, lost money]p.")
    found = counted(*(Rendering(v, v.statements[0]) for v in (parent, child)))
    assert (len(found.changed), [q.span.of(parent.text) for q in found.gone]) == (changed, ["12 percent"][changed:])


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("wages rose 3 percent and prices rose 9 percent", "wages rose 9 percent and prices rose 3 percent", True),
        ("the mill had 40 workers and 12 looms", "the mill had 12 workers and 40 looms", True),
        ("40 of 50 boats sank", "50 of 40 boats sank", True),
        ("wages rose 3 percent and prices rose 9 percent", "wages rose 9 percent while prices rose 3 percent", True),
        ("the mill had 40 workers and 12 looms", "the mill had 12 looms and 40 workers", False),
        ("3 goals were for Kolm and 1 goal for Sarn", "1 goal was for Sarn and 3 goals for Kolm", False),
        ("the mill had twelve workers and 40 looms", "the mill had 12 workers and forty looms", False),
    ],
)
def test_two_numbers_may_change_places(before: str, after: str, changed: bool) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    (row,) = rows(version("p", drawing.format(before)), version("c", drawing.format(after)))
    assert ("number-changed" in row.changes and row.score >= SURE) == changed


@pytest.mark.parametrize(("valves", "changed"), [("23", False), ("32", True)])
def test_a_quotation_that_the_parent_has_whole_tells_no_other_number(valves: str, changed: bool) -> None:
    there = "[s:Ana Reyk| |c:said| |q:“We mended 31 valves at the dam in May”]p. “We mended 23 valves at the dam,” too."
    again = f"[s:Ana Reyk| |c:said| |q:“We mended {valves} valves at the dam”]p."
    assert ("number-changed" in labels(there, again)) == changed


def test_a_day_that_is_gone_and_a_length_that_is_new_are_no_changed_number() -> None:
    same = "".join(f"[s:Tomas Orlu| |c:said| |q:that the {x} gates were shut]p. " for x in ("outer", "inner", "upper"))
    p = "[s:Ana Reyk| |c:said| |q:forty people were hurt when a grain silo fell at the port of Varrin on Tuesday]p. "
    c = "[s:officials| |c:said| |q:an 80-metre grain silo has fallen at the port of Varrin, leaving 40 people hurt]g. "
    assert not any("number-changed" in row.changes for row in rows(version("p", p + same), version("c", c + same)))


def test_what_is_not_ruled_out_is_what_may_be() -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    one, other = "a leak of the dam could not be ruled out", "the dam could leak"
    assert labels(drawing.format(one), drawing.format(other)) == {"paraphrased"}
    assert "negated" in labels(drawing.format(one), drawing.format("a leak of the dam could be ruled out"))


TURNED = [
    ("said|they had not been told of the leak until March", "said|they had been told of the leak before March"),
    ("said|the file held an order to mend the dam", "said|the file held no order to mend the dam"),
    ("said|not all of the valves were rusted", "said|all of the valves were rusted"),
    ("said|the money had left the wallets", "said|the money had entered the wallets"),
    (
        "said|those who lived upstream had a higher risk than others",
        "said|those who lived upstream had a lower risk than others",
    ),
    ("said|the cough was seen in women alone", "said|the cough was seen in men alone"),
    ("said|the gap between the two banks widened in May", "said|the gap between the two banks narrowed in May"),
    (
        "said|the wall had not been surveyed and that the crew of the tug could not be blamed",
        "said|the wall had not been surveyed and that the crew of the tug could be blamed",
    ),
    ("said|the levy raised the price of salt", "said|the levy lowered the price of salt"),
    ("said|the vote should come before the audit", "said|the vote should come after the audit"),
    ("said|the serum shrank the growths in mice", "said|the serum shrank the growths in patients"),
    ("denied|that anybody had been beaten", "does not deny|that anybody had been beaten"),
    (
        "said|her team had seen cracks in three places, none of which was likely to have weakened the dam",
        "said|cracks noticed by her team in three places were likely to have weakened the dam",
    ),
    (
        "said|the fund was not unwilling to help but wanted to see a budget",
        "said|the fund was unwilling to help and wanted to see a budget",
    ),
    ("said|it would be wrong to say she had never seen the dam", "said|she had never seen the dam"),
]


@pytest.mark.parametrize(("before", "after"), TURNED)
def test_one_negator_or_its_opposite_is_enough(before: str, after: str) -> None:
    drawings = ["[s:Ana Reyk| |c:{}| |q:{}]p.".format(*x.split("|")) for x in (before, after)]
    (row,) = rows(*(version(n, x) for n, x in zip(("p", "c"), drawings, strict=True)))
    assert "negated" in row.changes and row.of_label("negated") >= SURE


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("the boats come less than once a week", "the boats come less than once a month", True),
        ("the file must be burnt by the end of the month", "the file must be burnt by the end of the year", True),
        ("the file must be burnt by the end of the week", "the file must be burnt by the week's end", False),
        ("the file was kept by day", "the file was kept by night", False),
    ],
)
def test_another_period_is_another_number(before: str, after: str, changed: bool) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:that {}]p."
    p, c = version("p", drawing.format(before)), version("c", drawing.format(after))
    (row,) = rows(p, c)
    assert ("number-changed" in row.changes and row.of_label("number-changed") >= LIKELY) == changed
    if changed:
        (ground,) = [g for g in row.grounds if g.label == "number-changed"]
        assert [s.of(c.text) for s in ground.child] in (["once a month"], ["year"])


FAITHFUL = [
    ("about 300 crates had been lost", "roughly 300 crates had been lost"),
    ("up to 300 crates had been lost", "as many as 300 crates had been lost"),
    ("the dam would hold at least 300 days", "the dam would hold no fewer than 300 days"),
    ("the dam might fail", "the dam may fail"),
    ("the harvest was smaller than expected", "the harvest was smaller than anticipated"),
    ("visitors could leave their boats at the dam", "visitors can leave their boats at the dam"),
    ("visitors could leave their boats at the dam", "visitors will be able to leave their boats at the dam"),
    ("there were no pumps and no boats at the dam", "there were no pumps or boats at the dam"),
    ("there were no pumps and no boats at the dam", "there were neither pumps nor boats at the dam"),
    ("she was not happy with the dam", "she was unhappy with the dam"),
    ("the engineers did not know of the leak", "the engineers were unaware of the leak"),
    ("the visit to the dam had been cancelled", "the visit to the dam had been called off"),
    ("the repair had not been agreed", "the repair had yet to be agreed"),
    ("the engineer should appear before the board", "the engineer should go before the board"),
    ("the seven suspects had been freed on Monday", "the seven who were held had been freed on Monday"),
    ("the board had received no letter", "the board had not been sent a letter"),
    ("the dam would be shut if the leak did not stop", "the dam would be shut unless the leak stopped"),
    ("if there was no letter, the dam would be shut", "unless there was a letter, the dam would be shut"),
    ("the board was not unaware of the leak", "the board knew of the leak"),
    ("the board was not unhappy with the dam", "the board was happy with the dam"),
    ("it would be wrong to say that the dam was safe", "it would be a mistake to claim that the dam was safe"),
    ("the dam would cost an estimated 30 million crowns", "the dam is expected to cost 30 million crowns"),
    ("the repair could last until May and would cost 30 crowns", "the repair costs 30 crowns and could last until May"),
    ("she believed him", "she trusted his word"),
    ("she believed him", "she believed in his innocence"),
    ("he suspected a leak at the dam", "his suspicion was that the dam leaked"),
    ("the harvest was smaller than they had expected", "the harvest was smaller than forecast"),
    ("the valves would not be cut", "the valves would be spared any cuts"),
    ("she could not give details", "it was not possible for her to give details"),
    ("the engineers could not check either list", "neither list could be checked by the engineers"),
    ("the others were expected to follow", "the expectation was that the others would follow"),
    ("the leak was smaller than the board had expected", "the leak was smaller than forecast"),
    ("the works would stop making pumps", "the works would cease making pumps"),
    ("nothing would halt the leak", "the leak would not be stopped"),
    ("the board could find no record of the leak", "no record of the leak could be found"),
    ("the results were better than expected", "the results exceeded expectations"),
    ("nobody knew whether the dam could fail", "no one knew if the dam might fail"),
    ("the ship had been sent back at the dam", "the ship had been turned around at the dam"),
]


def test_what_is_closed_is_not_turned_round_by_a_no() -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    one, other = "the schools of Tolm would be closed on Monday", "there would be no school in Tolm on Monday"
    for p, c in ((one, other), (other, one)):
        made = rows(version("parent", drawing.format(p)), version("child", drawing.format(c)))
        assert max((g.score for r in made for g in r.grounds if g.label == "negated"), default=0.0) < SURE


@pytest.mark.parametrize(("before", "after"), FAITHFUL)
def test_words_of_one_class_are_no_change(before: str, after: str) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    for one, other in ((before, after), (after, before)):
        assert not labels(drawing.format(one), drawing.format(other)) & {"strengthened", "weakened", "negated"}


def test_will_put_back_in_time_is_will() -> None:
    p, c = (
        "[s:Ana Reyk| |c:said| |q:she will not leave the dam]p.",
        "[s:Ana Reyk| |c:said| |q:she would not leave the dam]p.",
    )
    assert not labels(p, c) & {"strengthened", "weakened", "negated"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the delay was unacceptable", "the delay was acceptable"),
        ("they had not discussed a fee larger than a quarter", "they had discussed a fee of more than a quarter"),
        ("the order was unfair", "the order was fair"),
    ],
)
def test_a_negating_syllable_and_a_comparison_turned_round(before: str, after: str) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    assert "negated" in labels(drawing.format(before), drawing.format(after))


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("the valves led to an engine failure at Orrin", "the valves led to a broken engine at Orrin", 0),
        ("its failure to mend the valves cost a life", "it mended the valves, which cost a life", 1),
        ("its failure to mend the valves cost a life", "it had not mended the valves, which cost a life", 0),
    ],
)
def test_a_failure_denies_what_was_not_done(before: str, after: str, found: int) -> None:
    p, c = (version(n, f"[s:Ana Reyk| |c:said| |q:{x}]p.") for n, x in (("parent", before), ("child", after)))
    assert ("negated" in rows(p, c)[0].changes) == found


def test_a_claim_dismissed_as_something_is_called_so() -> None:
    parent = "[s:Ana Reyk| |c:dismissed| |q:the report as “a fable dictated by the rebels”]p."
    assert "negated" not in labels(parent, "[s:Ana Reyk| |c:called| |q:the report “a fable dictated by the rebels”]p.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the dam had been mended since May", "the dam had been mended since March"),
        ("the dam could not be mended", "the dam cannot be mended"),
        ("a boat may pass the dam on Friday", "boats are allowed to pass the dam on Friday"),
        ("no boat may pass the dam before May", "boats are kept from the dam until May"),
        ("not a boat may pass the dam", "no boat may pass the dam"),
        ("nobody knew how long the dam may be used", "it was not known for what time the dam is in use"),
        ("the dam would open on Friday, come what may", "the dam would open on Friday"),
    ],
)
def test_a_month_or_a_denied_could_is_no_doubt(before: str, after: str) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    assert not labels(drawing.format(before), drawing.format(after)) & {"strengthened", "weakened"}


def test_a_doubt_of_what_is_allowed_is_one() -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:that boats {} to pass the dam on Friday]p."
    assert "strengthened" in labels(drawing.format("may be allowed"), drawing.format("will come"))


def test_the_ground_of_an_extent_is_its_word() -> None:
    p, c = (version(n, f"[s:Ana Reyk| |c:said| |q:it had acted on {x} of the inspectors]p.") for n, x in (
        ("p", "every warning"), ("c", "most warnings")
    ))  # fmt: skip
    (ground,) = [g for g in rows(p, c)[0].grounds if g.label == "weakened"]
    assert ([s.of(p.text) for s in ground.parent], [s.of(c.text) for s in ground.child]) == (["every"], ["most"])


def test_a_fragment_of_a_speech_kept_whole_is_not_altered() -> None:
    parent = "[q:“They gambled with our members and they lost”|, |s:Ana Reyk| |c:said]p."
    assert "quote-altered" not in labels(parent, "[s:Ana Reyk| |c:said| |q:the firm had “gambled with our members”]p.")
    assert "quote-altered" in labels(parent, "[s:Ana Reyk| |c:said| |q:the firm had “gambled with our money”]p.")


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        ("$5 million", "€5 million", "number-changed"),
        ("$5 million", "-$5 million", "number-changed"),
        ("5% more", "5 more", "number-changed"),
        ("half a million boats", "500,000 boats", "paraphrased"),
        ("8.2 million boats", "8,200,000 boats", "paraphrased"),
    ],
)
def test_a_number_is_read_with_its_signs_and_scales(before: str, after: str, label: str) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:that the harbour at Tolm had lost {} in the storm]p."
    assert label in labels(drawing.format(before), drawing.format(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [("Ana Zelensky", "President Zelenskiy"), ("Ana Erdoğan", "Erdogan"), ("Ana Reyk", "The Minister")],
)
def test_one_speaker_in_another_spelling_or_by_title_is_no_likely_shift(before: str, after: str) -> None:
    drawing = "[s:{}| |c:said| |q:that no valve at the Orrin dam had been replaced]p."
    made = rows(version("parent", drawing.format(before)), version("child", drawing.format(after)))
    assert not any("attribution-shifted" in c.changes and c.score >= SURE for c in made)


ORDER = [  # cues from the weakest to the strongest
    ("hinted", "claimed", "believed", "said", "announced", "promised", "vowed", "admitted"),
    ("suggested", "asked", "said", "urged", "demanded", "ordered"),
    ("does not exclude", "said", "does not deny", "denied", "confirmed"),
]


@pytest.mark.parametrize("cues", ORDER)
def test_cues_stand_in_the_order_of_their_force(cues: tuple[str, ...]) -> None:
    values = [commitment(c, Span(0, len(c))) for c in cues]
    assert None not in values
    assert values == sorted(values, key=lambda v: v or 0.0) and len(set(values)) == len(values)


def test_words_after_a_dash_are_a_quotation() -> None:
    parent = "[q:– We will mend the dam at Orrin before the winter|, |s:Ana Reyk| |c:said]p."
    child = "[q:– We will sell the dam at Orrin before the winter|, |s:Ana Reyk| |c:said]p."
    assert labels(parent, child) == {"quote-altered"}


def test_a_statement_that_may_be_none_is_not_surely_added() -> None:
    kept = "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o."
    parent = version("parent", kept)
    child = version("child", kept + " [q:“Nobody in Tolm has slept since Tuesday”|, |s:Ida Falk| |c:told| us]p.")
    doubted = replace(child, statements=tuple(replace(s, confidence=0.3) for s in child.statements))
    assert [r.changes for r in rows(parent, child) if "added" in r.changes]
    assert not [r.changes for r in rows(parent, doubted) if "added" in r.changes]


def test_quotation_marks_of_another_style_are_no_change() -> None:
    parent = "[q:“We will mend the dam at Orrin before the winter,”| |s:Ana Reyk| |c:said]p."
    child = "[q:«We will mend the dam at Orrin before the winter»|, |s:Ana Reyk| |c:said]p."
    assert labels(parent, child) == {"verbatim"}


@pytest.mark.parametrize(
    ("before", "after", "found", "shown"),
    [
        ("4 to 6 percent", "6 percent", {"number-changed", "strengthened"}, ("4 … 6 percent", "6 percent")),
        ("between 4 and 6 percent", "4 percent", {"number-changed"}, ("4 … 6 percent", "4 percent")),
        ("between 4 and 6 percent", "up to 6 percent", set(), ()),
        ("from 4 to 6 percent", "6 percent", set(), ()),  # of two times
        (
            "11 percent, twice a week",
            "11 percent, twice a month",
            {"number-changed"},
            ("twice a week", "twice a month"),
        ),
        ("£5 million a year ago", "€5 million a year ago", {"number-changed"}, ("£5 million", "€5 million")),
    ],
)
def test_an_end_or_a_period_is_a_number(before: str, after: str, found: set[str], shown: tuple[str, str]) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:that the tolls at Orrin would rise by {} in the spring]p."
    p, c = (version(n, drawing.format(x)) for n, x in (("parent", before), ("child", after)))
    (row,) = rows(p, c)
    assert set(row.changes) - {"paraphrased"} == found
    for g in row.grounds:
        if g.label in found:
            sides = zip((g.parent, g.child), (p, c), strict=True)
            assert tuple(" … ".join(s.of(v.text) for s in side) for side, v in sides) == shown


def test_numbers_written_otherwise_are_no_change() -> None:
    parent = "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o."
    child = "[s:The Dam Authority| |c:said| |q:that twenty-three of the valves at Orrin were rusted]o."
    assert "number-changed" not in labels(parent, child)


def test_what_the_parent_told_in_its_own_voice_is_not_dropped_again() -> None:
    first = version("first", "[s:The Dam Authority| |c:said| |q:that 23 valves at Orrin were rusted through]o.")
    second = version("second", "At Orrin, 23 valves are rusted through.")
    third = version("third", "At Orrin, 23 valves are now rusted through.")
    made = collation([first, second, third], [("first", "second"), ("second", "third")])
    held = {v.document: v for v in made.versions}
    found = {a.child: changes(held[a.parent], held[a.child], a) for a in made.alignments}
    assert "attribution-dropped" in found["second"][0].changes
    assert "attribution-dropped" not in found["third"][0].changes


@pytest.mark.parametrize(
    "again",
    [
        "[s:The Dam Authority| |c:said| |q:that it would not wait for spring]o, and at Orrin 23 valves are rusted.",
        "At Orrin, in its own view, 23 valves are rusted through.",
        "At Orrin, in the Authority's view, 23 valves are rusted through.",
        "At Orrin, in its eyes, 23 valves are rusted through.",
        "At Orrin, in the judgment of the Authority, 23 valves are rusted through.",
    ],
)
def test_what_its_sentence_still_gives_to_the_speaker_is_not_dropped(again: str) -> None:
    parent = version("parent", "[s:The Dam Authority| |c:said| |q:that 23 valves at Orrin were rusted through]o.")
    bare = version("bare", "At Orrin, 23 valves are rusted through.")
    told = version("told", again)
    at = told.text.index("23 valves")
    (said,) = parent.statements
    span = Span(at, len(told.text) - 1)
    own = replace(said, document="told", source=None, cue=None, content=(span,), sourcing="outlet", actor=None)
    other = replace(own, document="bare", content=(Span(0, len(bare.text) - 1),))
    dropped = weighings()["attribution-dropped"]
    still, gone = (
        dropped.probability(voice_evidence(Rendering(parent, said), x))
        for x in (Rendering(told, own), Rendering(bare, other))
    )
    assert still < 0.5 < gone


def test_what_is_named_by_the_speaker_is_told_by_the_outlet() -> None:
    parent = version("parent", "[s:The Dam Authority| |c:accused| |q:the engineers of sinking 23 barges at Orrin]o.")
    again = version("again", "The engineers sank 23 barges at Orrin, in what the Dam Authority called “an outrage”.")
    (said,) = parent.statements
    span = Span(0, again.text.index(", in what"))
    own = replace(said, document="again", source=None, cue=None, content=(span,), sourcing="outlet", actor=None)
    evidence = voice_evidence(Rendering(parent, said), Rendering(again, own))
    assert not (evidence["still: source beside"] or evidence["still: word of saying"])
    assert weighings()["attribution-dropped"].probability(evidence) > 0.5


@pytest.mark.parametrize(
    ("again", "kept"),
    [
        ("The Dam Authority: 23 valves at Orrin are rusted through.", True),
        ("09:40 - Dam Authority: 23 valves at Orrin are rusted through.", True),
        ("23 valves at Orrin are rusted through: Dam Authority.", True),
        ("23 valves at Orrin are rusted through\n— The Dam Authority", True),
        ("Orrin: 23 valves are rusted through.", False),
        ("At Orrin 23 valves are rusted through - worse than any other dam.", False),
    ],
)
def test_what_a_label_gives_to_its_speaker_is_not_dropped(again: str, kept: bool) -> None:
    parent = version("parent", "[s:The Dam Authority| |c:said| |q:that 23 valves at Orrin were rusted through]o.")
    (row,) = rows(parent, version("child", again))
    assert ("attribution-dropped" not in row.changes) is kept


def test_a_version_washes_or_it_does_not() -> None:
    quiet = [Ground(label="paraphrased", parent=(), child=(), score=0.9)]
    loud = [Ground(label="strengthened", parent=(), child=(), score=0.9)]
    (hardly, *_, faithful), (surely, *_, no) = washes([quiet] * 10), washes([quiet] * 4 + [loud] * 6)
    assert hardly < 0.05 < 0.5 < faithful and no < 0.1 < 0.5 < surely
    assert washes([quiet] * 9 + [loud])[0] < 0.1 < 1 / 3 < washes([loud])[0]
    assert washes([]) == pytest.approx([1 / 3] * 3)


def test_the_neighbours_of_a_change_tell_how_likely_it_is() -> None:
    claim = "[s:Ana Reyk| |c:said| |q:the dam {} fail in spring]p. "
    other = "".join(f"[s:Tomas Orlu| |c:said| |q:that the {x} gates {{}}]p. " for x in ("outer", "inner", "upper"))
    painted, in_other_words = (
        other.format(*[x] * 3) for x in ("had been painted by the crew", "were given their paint by the crew")
    )

    def shown(before: str, after: str) -> float:
        made = rows(version("parent", claim.format("may") + before), version("child", claim.format("will") + after))
        return next(g.score for c in made for g in c.grounds if g.label == "strengthened")

    assert shown(painted, in_other_words) < shown("", "")  # told honestly, so less likely to have washed
    assert shown(painted, painted) > shown("", "")  # in a copy a word that differs says more


def test_a_number_is_another_whatever_else_the_version_did() -> None:
    text = "[s:Ana Reyk| |c:said| |q:that {} lamps were dark {}]p. "
    other = "".join(f"[s:Tomas Orlu| |c:said| |q:that the {x} gates {{}}]p. " for x in ("outer", "inner", "upper"))

    def shown(before: str, after: str) -> float:
        parent = text.format(23, "on the coast at present") + before
        child = text.format(32, "along the shore for now") + after
        made = rows(version("parent", parent), version("child", child))
        return next(g.score for c in made for g in c.grounds if g.label == "number-changed")

    painted = [other.format(*[x] * 3) for x in ("had been painted by the crew", "were given their paint by the crew")]
    assert min(shown(*painted), shown("", "")) > 0.9


def test_what_stands_on_one_side_alone_is_omitted_or_added() -> None:
    kept = "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o."
    parent = version("parent", kept + " [s:Ana Reyk| |c:said| |q:that the dam leaks in a hundred places]p.")
    child = version("child", kept + " [q:“Nobody in Tolm has slept since Tuesday”|, |s:Ida Falk| |c:told| us]p.")
    _, omitted, added = rows(parent, child)
    assert (omitted.changes, omitted.child_statement) == (("omitted",), None)
    assert (added.changes, added.parent_statement) == (("quote-fabricated", "added"), None)


@pytest.mark.parametrize(
    ("again", "gone"), [("the offer by volunteers to run the mill in case of closure", False), ("the closure", True)]
)
def test_what_a_sentence_tells_in_other_words_is_not_omitted(again: str, gone: bool) -> None:
    parent = version(
        "parent",
        "[s:Volunteers| |c:offered| |q:to run the mill if it closed]g. [s:Ana Reyk| |c:said| |q:it would stand]p.",
    )
    child = version("child", f"[s:Ana Reyk| |c:said| |q:{again} would stand]p.")
    assert (
        any("omitted" in r.changes and r.parent_statement == parent.statements[0].id for r in rows(parent, child))
        is gone
    )


def test_an_outlet_that_is_credited_says_nothing_that_is_new_or_missed() -> None:
    kept = "[s:Ana Reyk| |c:said| |q:that the dam at Orrin leaks in a hundred places]p. "
    kept += "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o."
    bare = version("bare", kept)
    naming = version(
        "naming", kept + " [q:The county sells its ferry to a bank in Norr|, |s:the Orrin Gazette| |c:reports]o."
    )
    credited = credits(naming.text)
    assert [c.name for c in credited] == ["Orrin Gazette"]
    for parent, child, label in ((bare, naming, "added"), (naming, bare, "omitted")):
        for here, expected in (((), {label}), (credited, set())):
            found = changes(parent, child, alignment(parent, child), credits=(here, here))
            assert {x for r in found for x in r.changes} - {"verbatim"} == expected
    seen = version("seen", "[s:A letter obtained by the Orrin Gazette| |c:says| |q:that the ferry is sold]p.")
    assert not is_credit(seen.text, seen.statements[0].source, credits(seen.text))


@pytest.mark.parametrize(
    ("source", "counts"),
    [("the Orrin Gazette", False), ("the newspaper Orrin Gazette", False), ("the lake guard", True)],
)
def test_an_outlet_that_is_credited_with_what_it_told_itself_is_no_other_speaker(source: str, counts: bool) -> None:
    dam = "the dam at Sarn leaks in a hundred places"
    first = version("first", f"[s:Ana Reyk, the engineer,| |c:said| |q:that {dam}]p.")
    gazette = version("gazette", f"{dam.capitalize()}.")
    copy = version("copy", f"[q:{dam.capitalize()}|, |s:{source}| |c:reported]o.")
    made = collation([first, gazette, copy], [("first", "gazette"), ("gazette", "copy")])
    by_name = {v.document: v for v in made.versions}
    along = next(a for a in made.alignments if a.child == "copy")
    (row,) = changes(by_name["gazette"], by_name["copy"], along, credits=((), credits(copy.text)))
    assert "attribution-shifted" in row.changes
    assert (row.score >= SURE) == counts


@pytest.mark.parametrize(
    ("outlet", "text", "source", "credit"),
    [
        ("Orrin News Service", "The dam leaks.", "ONS", True),
        ("Orrin News Service", "The dam leaks.", "the agency ONS", True),
        ("Orrin News Service", "The dam leaks.", "the Orrin News Service", True),
        ("Lake Press", "SARN, May 6 (LPR) - The dam leaks.", "LPR", True),
        ("Lake Press", "The dam leaks.", "LPR", False),
        ("RTL News", "The dam leaks.", "RTL", False),  # it may be in the news itself
        ("Orrin Dam Authority, press release", "The dam leaks.", "ODA", False),
    ],
)
def test_an_outlet_that_a_text_was_made_from_is_credited_by_its_short_name(
    outlet: str, text: str, source: str, credit: bool
) -> None:
    parent = Document(id="p", text=text, outlet=outlet, credits=credits(text))
    child = version("c", f"[q:The dam leaks|, |s:{source}| |c:said]o.")
    assert is_credit(child.text, child.statements[0].source, (), called(parent)) == credit


def test_the_verb_of_a_credit_makes_nothing_weaker() -> None:
    dam = "that the dam at Orrin leaks in a hundred places"
    parent = version("parent", f"[s:The county council| |c:announced| |q:{dam}]o.")
    for source, softer in (("The lake guard", True), ("The newspaper Orrin Gazette", False)):
        child = version("child", f"[s:{source}| |c:claimed| |q:{dam}]o.")
        found = changes(parent, child, alignment(parent, child), credits=((), credits(child.text)))
        assert ("weakened" in {x for r in found for x in r.changes}) == softer


def test_what_an_unlikely_parent_tells_is_not_missed() -> None:
    kept = "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o."
    parent = version("parent", kept + " [s:Ana Reyk| |c:said| |q:that the dam leaks in a hundred places]p.")
    child = version("child", kept + " [q:“Nobody in Tolm has slept since Tuesday”|, |s:Ida Falk| |c:told| us]p.")
    sure, unlikely = (changes(parent, child, alignment(parent, child), edge=x) for x in (1.0, 0.2))
    assert [r.changes for r in unlikely] == [sure[0].changes]
    chance = made_from(0.2, 1, 2, weighings())
    assert chance < 0.2
    assert unlikely[0].score == pytest.approx(sure[0].score * chance, abs=1e-3)


def test_what_the_parent_hardly_tells_in_its_own_voice_is_not_missed() -> None:
    kept = "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o."
    parent = version("parent", kept + " The dam leaks in a hundred places.")
    child = version("child", kept)
    clause = Span(parent.text.index("The dam leaks"), len(parent.text) - 1)
    (said,) = parent.statements
    own = replace(said, id="own", source=None, cue=None, content=(clause,), sourcing="outlet", actor=None)
    found = []
    for confidence in (0.95, 0.1):
        told = replace(parent, statements=(said, replace(own, confidence=confidence)))
        found.append([r.changes for r in changes(told, child, alignment(told, child))])
    assert found == [[("verbatim",), ("omitted",)], [("verbatim",)]]


def test_a_version_that_tells_little_again_is_a_less_likely_child() -> None:
    chances = [made_from(0.8, told, 10, weighings()) for told in range(11)]
    assert chances == sorted(chances)
    assert chances[2] < 0.2 < 0.8 < chances[9]
    assert made_from(0.9, 0, 1, weighings()) > chances[2]  # one statement tells little
    assert made_from(1.0, 0, 10, weighings()) == 1.0  # what is known is not weighed


def test_what_the_other_parent_tells_is_not_added() -> None:
    kept = "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o. "
    sleepless = "[s:Ida Falk| |c:said| |q:that nobody in Tolm has slept]p."
    child, other = version("child", kept + sleepless), version("other", sleepless)
    one = version("one", kept + "[s:Ana Reyk| |c:said| |q:that the dam at Orrin leaks]p.")
    found = changes(one, child, alignment(one, child), beside=[alignment(other, child)])
    assert [r.changes for r in found] == [("verbatim",), ("omitted",)]


@pytest.mark.parametrize(("parent", "child", "expected"), DRAWINGS)
def test_every_label_has_its_ground_in_both_texts(parent: str, child: str, expected: set[str]) -> None:
    p, c = version("parent", parent), version("child", child)
    (row,) = rows(p, c)
    assert [g.label for g in row.grounds] == list(row.changes)
    for ground in row.grounds:
        assert ground.parent and ground.child
        assert all(0 <= s.start < s.end <= len(p.text) for s in ground.parent)
        assert all(0 <= s.start < s.end <= len(c.text) for s in ground.child)


def test_the_ground_of_a_changed_number_is_the_number() -> None:
    p, c = version("parent", DRAWINGS[2][0]), version("child", DRAWINGS[2][1])
    (ground,) = rows(p, c)[0].grounds
    assert [s.of(p.text) for s in ground.parent] == ["23"]
    assert [s.of(c.text) for s in ground.child] == ["32"]


def test_the_ground_of_a_changed_unit_has_the_unit() -> None:
    told = "[s:Ana Reyk| |c:said| |q:that claims at Tolm would be settled within eight {}]p."
    (row,) = rows(version("parent", told.format("weeks")), version("child", told.format("months")))
    (ground,) = [g for g in row.grounds if g.label == "number-changed"]
    assert [s.end - s.start for s in (*ground.parent, *ground.child)] == [len("eight weeks"), len("eight months")]


def test_the_ground_of_a_changed_limit_is_its_words() -> None:
    told = "[s:Ana Reyk| |c:said| |q:that {} 300 crates had been lost at Tolm]p."
    (row,) = rows(version("parent", told.format("at least")), version("child", told.format("at most")))
    (ground,) = [g for g in row.grounds if g.label == "number-changed"]
    assert ground.score >= LIKELY
    assert "negated" not in row.changes
    assert [s.end - s.start for s in (*ground.parent, *ground.child)] == [len("at least 300"), len("at most 300")]


def test_the_ground_of_a_denied_statement_is_the_cue_on_both_sides() -> None:
    p = version("p", "[s:The Orrin Authority| |c:said| |q:it had acted on every warning]o.")
    c = version("c", "[s:The Orrin Authority| |c:denied| |q:that it had acted on every warning]o.")
    (ground,) = [g for g in rows(p, c)[0].grounds if g.label == "negated"]
    assert ([s.of(p.text) for s in ground.parent], [s.of(c.text) for s in ground.child]) == (["said"], ["denied"])


def test_the_ground_of_what_is_turned_by_its_opposite_is_the_opposites() -> None:
    said = "[s:Ana Reyk| |c:said| |q:that the dam at Orrin had {} in the spring]p."
    p, c = version("parent", said.format("opened")), version("child", said.format("closed"))
    (ground,) = [g for g in rows(p, c)[0].grounds if g.label == "negated"]
    assert ([s.of(p.text) for s in ground.parent], [s.of(c.text) for s in ground.child]) == (["opened"], ["closed"])


def test_the_ground_of_one_negator_of_two_is_that_one() -> None:
    said = "[s:Ana Reyk| |c:said| |q:that the wall had not been surveyed and that the tug could {}be blamed]p."
    p, c = version("p", said.format("not ")), version("c", said.format(""))
    (ground,) = [g for g in rows(p, c)[0].grounds if g.label == "negated"]
    assert [s.start for s in ground.parent] == [p.text.rindex("not ")]


def test_one_not_of_two_alike_turns_its_clause_and_the_row_rests_on_it() -> None:
    said = "[s:Ana Reyk| |c:said| |q:that the firm had {}asked for the papers and had not opened them]p."
    p, c = version("p", said.format("not ")), version("c", said.format(""))
    (row,) = rows(p, c)
    assert "negated" in row.changes and row.of_label("negated") >= LIKELY
    (ground,) = [g for g in row.grounds if g.label == "negated"]
    assert [s.start for s in ground.parent] == [p.text.index("not ")]


def test_a_clause_that_one_side_alone_denies_to_its_end_is_negated_whatever_else_is_reworded() -> None:
    had = "[s:Ana Reyk| |c:said| |q:that she was aware of complaints but had not opened an inquiry]p."
    has = "[s:Ana Reyk| |c:said| |q:that she knew of charges against it and {} opened an inquiry]p."
    (row,) = rows(version("p", had), version("c", has.format("had")))
    assert "negated" in row.changes and row.of_label("negated") >= LIKELY
    assert not seen(had, has.format("could have"))["negation: of a kept clause"]
    assert not seen(had, has.format("had never"))["negation: of a kept clause"]


def test_a_clause_that_is_cut_off_with_its_negator_is_none_that_is_kept() -> None:
    said = "[s:Ana Reyk| |c:said| |q:that she had never sold a crate{}]p."
    assert not seen(said.format(" that was not hers"), said.format(""))["negation: of a kept clause"]
    assert seen(said.format(""), said.format("").replace("never ", ""))["negation: of a kept clause"]


def test_a_clause_that_is_told_to_its_end_of_others_is_negated() -> None:
    denied = "[s:The Dam Authority| |c:said| |q:that owners should not throw the boats away, as the plate was needed]o."
    again = "Owners [c:were told by| |s:the Dam Authority| |q:to {} the boats away]o."
    assert seen(denied, again.format("throw"))["negation: of a kept clause"]
    assert not seen(denied, again.format("avoid to throw"))["negation: of a kept clause"]
    until = "[s:Ana Reyk| |c:said| |q:that there was {} until the police came]p."
    again = "[s:Ana Reyk| |c:said| |q:that until officers came she had shown no sign of remorse]p."
    assert not seen(until.format("no sign of remorse"), again)["negation: of a kept clause"]
    assert seen(until.format("a sign of remorse").replace(" until the police came", ""), again)[
        "negation: of a kept clause"
    ]


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [
        ("she was using a salve against cramps", "she was using a salve for cramps", False),
        ("they had paid against a receipt of the port", "they had paid for a receipt of the port", False),
        ("the members voted against a lock at Selm", "the members voted for a lock at Selm", True),
        ("half of Orrin was against a lock at Selm", "half of Orrin was for a lock at Selm", True),
    ],
)
def test_only_an_against_that_takes_sides_is_the_contrary_of_for(before: str, after: str, turned: bool) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:that {}]p."
    (row,) = rows(*(version(n, drawing.format(x)) for n, x in (("p", before), ("c", after))))
    assert ("negated" in row.changes) is turned


def test_an_against_of_the_cue_takes_sides() -> None:
    warned = "[s:Ana Reyk| |c:warned| |q:against a return to diesel]p."
    assert seen(warned, "[s:Ana Reyk| |c:called| |q:for a return to diesel]p.")["negation: opposites"]


def test_a_hedge_of_a_clause_that_is_told_in_another_number_bears_on_it() -> None:
    before = "[s:The ministry| |c:said| |q:that an independent inquiry would start within a week]o."
    after = (
        "[q:An independent investigation, from which Oll is kept out, might get going inside seven days|, "
        "|s:the ministry| |c:said]o."
    )
    parent, child = (Rendering(v, v.statements[0]) for v in (version("p", before), version("c", after)))
    assert pulled("weakened", parent, child, evidence(parent, child))


NOT_FIRMER = [  # what was called stronger or weaker by words that do not bear on what both tell
    (
        "[s:The court| |c:ruled| |q:that the council acted unlawfully when it let the quarry grow without a survey of "
        "its effect on the water, in a judgment that could delay other projects]o.",
        "[s:The Coastal Press| |c:reported| |q:the council broke the law by letting the quarry grow without having "
        "looked at what this would do to the water]o.",
    ),
    (
        "[s:The Alliance| |c:accused| |q:the council of having made the port's task harder by cutting the toll]o.",
        "[c:According to| |s:the Alliance|, |q:the council made the port's work hard when it reduced the toll]o.",
    ),
    (
        "[s:Nadia Perrow| |c:said| |q:that tolls had to be corrected when a skipper sent in a reading]p.",
        "[s:Nadia Perrow| |c:said| |q:tolls are put right by the port if skippers send a reading]p.",
    ),
    (
        "[s:The mayor| |c:confirmed| |q:that the old lock at Selm was to be closed to boats]p.",
        "[s:The mayor| |c:said| |q:that the old lock at Selm was to be shut to boats]p.",
    ),
    (
        "[s:Tomas Oll| |c:claimed| |q:that the guards could not keep watch over the lock at night]p.",
        "[s:Tomas Oll| |c:said| |q:guards were unable to watch the lock in the night]p.",
    ),
]


@pytest.mark.parametrize(("before", "after"), NOT_FIRMER)
def test_a_hedge_of_another_clause_or_another_neutral_cue_makes_no_claim_firmer(before: str, after: str) -> None:
    parent, child = (Rendering(v, v.statements[0]) for v in (version("p", before), version("c", after)))
    weighed = evidence(parent, child)
    assert not pulled("strengthened", parent, child, weighed)
    assert not pulled("weakened", parent, child, weighed)


def test_the_ground_of_a_changed_sum_is_the_whole_sum() -> None:
    drawing = "[q:The repairs would have cost {} crowns|, |c:according to| |s:Ana Reyk]p."
    p, c = (version(n, drawing.format(x)) for n, x in (("p", "2.4 million"), ("c", "4.2 million")))
    (ground,) = rows(p, c)[0].grounds
    assert ([s.of(p.text) for s in ground.parent], [s.of(c.text) for s in ground.child]) == (
        ["2.4 million"], ["4.2 million"],
    )  # fmt: skip


def naming() -> dict[str, Document]:
    lines = (files("stemmata") / "sample" / "articles.jsonl").read_text("utf8").splitlines()
    return {
        a["id"]: Document(id=a["id"], text=a["text"], outlet=a["outlet"], credits=credits(a["text"]))
        for a in map(json.loads, lines)
    }


SAMPLE_EDGES = [  # as src/stemmata/sample/README.md tells: parent, child, dropped
    ("orva-1", "idrin-harbour-news-1", False),
    ("orva-1", "pellimoor-tribune-1", False),
    ("orva-1", "cressfold-today-1", True),
    ("cressfold-today-1", "ashlock-valley-now-1", False),
    ("pellimoor-tribune-1", "tessbury-mercury-1", False),
    ("orva-1", "hurnfell-voice-1", True),
    ("pellimoor-tribune-1", "morrick-bay-beacon-1", True),
    ("hurnfell-voice-1", "morrick-bay-beacon-1", False),
    ("cressfold-today-1", "larkenmere-daily-brief-1", False),
]


@pytest.mark.parametrize(("parent", "child", "dropped"), SAMPLE_EDGES)
def test_the_credit_is_dropped_where_the_sample_drops_it(parent: str, child: str, dropped: bool) -> None:
    held = naming()
    first = parent == "orva-1"
    sources = [] if first else [held["orva-1"]]
    assert (credit_change(held[parent], held[child], first=first, sources=sources) is not None) == dropped


@pytest.mark.parametrize(
    ("outlet", "child", "text", "dropped"),
    [
        ("Harbour Wire", "Harbour Wire", "The dam leaks.", False),  # an outlet need not name itself
        ("Association of Papers", "The Bugle", "ELLMOUTH (AP) - The dam leaks.", False),
        ("Harbour Wire", "Herald Weekly", "The dam leaks.", True),  # two names with the same initials
        ("harbourwire.com", "The Bugle", "The dam leaks, Harbourwire reported.", False),
        ("Harbour Wire", "The Bugle", "The dam leaks.", True),
    ],
)
def test_a_credit_is_kept_however_the_outlet_is_written(outlet: str, child: str, text: str, dropped: bool) -> None:
    made = (Document(id="p", text="It leaks.", outlet=outlet), Document(
        id="c", text=text, outlet=child, credits=credits(text)
    ))  # fmt: skip
    assert (credit_change(*made, first=True) is not None) == dropped


@pytest.mark.parametrize("outlet", [None, "Harbour Wire"])
@pytest.mark.parametrize(
    ("text", "dropped"),
    [("The dam leaks.", True), ("The dam leaks, the Orrin Gazette first reported.", False)],
)
def test_the_first_version_known_may_name_where_it_got_the_story(outlet: str | None, text: str, dropped: bool) -> None:
    told = "It leaks. The trade paper Orrin Gazette first reported the damage."
    p = Document(id="p", text=told, outlet=outlet, credits=credits(told))
    c = Document(id="c", text=text, outlet="The Bugle", credits=credits(text))
    found = credit_change(p, c, first=True)
    assert (found is not None) == dropped
    assert not found or [s.of(told) for s in found.grounds[0].parent] == [c.span.of(told) for c in p.credits]


@pytest.mark.parametrize(
    ("parent", "child", "dropped"),
    [
        ("KARSK (OPS) - It leaks.", "It leaks, said a man of the Orrin Press Service.", False),
        ("KARSK (VALPRES) - It leaks.", "It leaks, the Valley Press (VALPRES) has learnt. It leaks.", False),
        ("It leaks, the Valley Press (VALPRES) reported.", "It leaks. (VALPRES)", False),
        ("KARSK (OPS) - It leaks.", "It leaks, said Otto Piet Sarn.", True),  # a person of these letters
        ("KARSK (OPS) - It leaks.", "It leaks, said a man of the Karsk Press Service.", True),
        ("KARSK (OPS) - It leaks.", "It leaks, she said in remarks carried by the Orrin Press Service.", False),
    ],
)
def test_the_letters_of_an_outlet_and_its_full_name_are_one(parent: str, child: str, dropped: bool) -> None:
    made = (Document(id=n, text=t, outlet=None, credits=credits(t)) for n, t in (("p", parent), ("c", child)))
    assert (credit_change(*made, first=True) is not None) == dropped


@pytest.mark.parametrize(
    ("outlet", "text", "dropped"),
    [
        ("Orrin Dairies plc", "The milk is safe, Orrin Dairies said.", False),
        ("Orrin Dairies plc", "The milk is safe, the firm said in a statement. Orrin Dairies has 40 farms.", False),
        ("Orrin Dairies plc", "The milk of Orrin Dairies is safe.", True),  # what is told of a firm is named anyway
        ("Orrin Dairies, media release", "Shares in Orrin Dairies rose.", True),
        ("University of Karsk press office", "A study by the University of Karsk says so.", False),
        ("Hill Radio Newsroom", "The milk is safe, according to Hill Radio.", False),
        ("Karsk Newsroom", "The milk is safe, Karsk said.", True),  # a place
        ("Karsk Evening Record", "The milk is safe, the Evening Record reported.", False),
    ],
)
def test_the_body_behind_an_outlet_is_credited_as_who_said_it(outlet: str, text: str, dropped: bool) -> None:
    p = Document(id="p", text="The milk is safe.", outlet=outlet)
    c = Document(id="c", text=text, outlet="The Bugle", credits=credits(text))
    assert (credit_change(p, c, first=True) is not None) == dropped


def test_a_byline_credits() -> None:
    p = Document(id="p", text="It leaks.", outlet="Harbour Wire")
    for author, dropped in (("Bugle staff and Harbour Wire", False), ("Ana Reyk", True)):
        c = Document(id="c", text="It leaks.", outlet="The Bugle", author=author)
        assert (credit_change(p, c, first=True) is not None) == dropped


@pytest.mark.parametrize(
    ("parent", "child", "dropped"),
    [
        ("It leaks, so Harbour Wire learnt.", "It leaks.", True),  # named, if in no credit line
        ("It leaks, so Harbour Wire learnt.", "It leaks, the Orrin Gazette said.", False),  # the child names its parent
        ("It leaks. With material from Harbour Wire.", "It leaks, the Orrin Gazette said.", False),
        ("It leaks.", "It leaks.", False),  # who names nobody is not asked for
    ],
)
def test_a_credit_of_a_version_in_between(parent: str, child: str, dropped: bool) -> None:
    first = Document(id="f", text="It leaks.", outlet="Harbour Wire")
    p = Document(id="p", text=parent, outlet="Orrin Gazette", credits=credits(parent))
    c = Document(id="c", text=child, outlet="The Bugle", credits=credits(child))
    found = credit_change(p, c, first=False, sources=[first])
    assert (found is not None) == dropped
    assert not found or [x.of(parent) for x in found.grounds[0].parent] == ["Harbour Wire"]


def test_an_outlet_may_be_written_by_its_letters() -> None:
    assert outlet_forms("Press Bureau of Jharwan (PBJ)") >= {"Press Bureau of Jharwan", "PBJ"}
    assert "FNS" in outlet_forms("Federal News Service")
    assert not outlet_forms("Karsk TV") & outlet_forms("Velde TV")


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("Local residents fear that the dam may fail.", True),
        ("Residents told the Local that the dam may fail.", False),
        ("The dam may fail, The Local reported.", False),
    ],
)
def test_an_outlet_with_the_name_of_a_word_is_named_inside_a_sentence(text: str, dropped: bool) -> None:
    parent = Document(id="p", text="Ana Reyk said the dam may fail.", outlet="The Local")
    child = Document(id="c", text=text, outlet="Velde Post")
    assert (credit_change(parent, child, first=True) is not None) is dropped


def test_a_negator_in_a_sentence_that_is_added_turns_nothing() -> None:
    lesson = "I do not need lessons in seamanship from people who have never been wet"
    told = []
    for words in (f"“{lesson}.”", f"“My grandfather kept the lamp and never asked a ship for its flag. {lesson}.”"):
        made = version("one", f"[q:{words}| |s:Ana Reyk| |c:said]p.")
        told.append(Rendering(made, made.statements[0]))
    said, more = told
    assert [m.form for m in more.negators] == ["never", "not", "never"]
    assert [m.form for m in heard(more.negators, more, said)] == ["not", "never"]
    assert heard(said.negators, said, more) == said.negators


@pytest.mark.parametrize(
    ("child", "dropped"),
    [
        ("The valves at the Orrin dam were found by the Dam Authority to be rusted through.\n", False),
        ("The valves at the Orrin dam were rusted through.\n", True),
    ],
)
def test_an_agent_that_is_named_was_not_dropped(child: str, dropped: bool) -> None:
    parent = "[s:The Dam Authority| |c:said| |q:that the valves at the Orrin dam were rusted through]o.\n"
    assert ("attribution-dropped" in labels(parent, child)) == dropped


def test_a_deed_whose_doer_is_named_has_lost_nobody() -> None:
    parent = "[s:Quillsoft| |c:agreed| |q:to buy the dam at Orrin for 40 million crowns]o.\n"
    assert "attribution-dropped" not in labels(parent, "Quillsoft is to buy the dam at Orrin for 40 million crowns.\n")
    assert "attribution-dropped" in labels(parent, "A firm is to buy the dam at Orrin for 40 million crowns.\n")


def test_quotations_that_are_kept_whole_were_not_altered_where_others_are_left_out() -> None:
    parent = "[s:Ana Reyk| |c:said|: |q:“The dam at Orrin leaks badly,” she went on, “and nobody mends the valves”]p.\n"
    assert "quote-altered" not in labels(parent, "[s:Ana Reyk| |c:said|: |q:“The dam at Orrin leaks badly”]p.\n")
    assert "quote-altered" in labels(parent, "[s:Ana Reyk| |c:said|: |q:“The dam at Orrin badly leaks”]p.\n")


@pytest.mark.parametrize(
    ("other", "altered"), [("neighbors of the theater", False), ("neighbour of the theatre", True)]
)
def test_a_quotation_in_american_spelling_is_not_altered(other: str, altered: bool) -> None:
    said = "[s:Ana Reyk| |c:blamed| |q:the leak at the Orrin dam on the “{} and their cheques”]p."
    found = labels(said.format("neighbours of the theatre"), said.format(other).replace("cheques", "checks"))
    assert ("quote-altered" in found) == altered


@pytest.mark.parametrize(("other", "vague"), [("Polls", True), ("A survey by the Pell Institute", False)])
def test_a_poll_without_its_pollster_is_a_vaguer_source(other: str, vague: bool) -> None:
    said = "[s:{}| |c:found| |q:that 61 per cent of Tolm want the Orrin dam mended]o."
    made = (version(k, said.format(x)) for k, x in (("parent", "A poll by the Pell Institute"), ("child", other)))
    parent, child = (replace(v, statements=(replace(v.statements[0], sourcing="document"),)) for v in made)
    (row,) = rows(parent, child)
    assert ("attribution-vague" in row.changes) == vague


@pytest.mark.parametrize("source", ["A spokeswoman", "Sen. Ana Reyk", "which", "she"])
def test_the_same_words_name_no_other_speaker_whoever_they_are_taken_for(source: str) -> None:
    parent = f"[s:{source}| |c:said| |q:that no valve at the Orrin dam had been replaced]o.\n"
    for kind in "pg":
        child = f"[s:{source}| |c:said| |q:that no valve at the Orrin dam had been replaced]{kind}.\n"
        assert not {"attribution-shifted", "attribution-vague"} & labels(parent, child)


SOURCES = [
    ("Celia Orlu, who runs the tide office", "p", "The tide office", "o", True),
    ("The tide office", "o", "its head, Celia Orlu", "p", True),
    ("The tide office’s spokesman, Evan Pell", "p", "The tide office", "o", False),
    ("Mayor Celia Orlu", "p", "The mayor", "p", False),
    ("Mayor Celia Orlu", "p", "Evan Pell", "p", True),
    ("Tolm Pumps", "o", "The company", "o", False),
]


@pytest.mark.parametrize(("one", "kind", "other", "kind_of_other", "shifted"), SOURCES)
def test_a_person_is_no_body_and_one_called_more_briefly_is_the_same(
    one: str, kind: str, other: str, kind_of_other: str, shifted: bool
) -> None:
    parent = f"[s:{one}| |c:said| |q:that no valve at the Orrin dam had been replaced]{kind}.\n"
    child = f"[s:{other}| |c:said| |q:that no valve at the Orrin dam had been replaced]{kind_of_other}.\n"
    assert ("attribution-shifted" in labels(parent, child)) == shifted


@pytest.mark.parametrize(("placard", "known"), [("slept since Tuesday", True), ("eaten since Tuesday", False)])
def test_what_a_parent_quotes_too_was_not_made_up(placard: str, known: bool) -> None:
    kept = "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o."
    parent = version("parent", f"{kept} On the wall stood “Nobody in Tolm has {placard}”.")
    child = version("child", kept + " [q:“Nobody in Tolm has slept since Tuesday”|, |s:Ida Falk| |c:told| us]p.")
    added = [r.changes for r in rows(parent, child) if r.parent_statement is None]
    assert added == [("added",) if known else ("quote-fabricated", "added")]


@pytest.mark.parametrize(("words", "known"), [("rusted through and through", True), ("rusted", False)])
def test_what_the_other_parent_quotes_was_not_made_up(words: str, known: bool) -> None:
    said = "[s:Ana Reyk| |c:said| |q:that the valves at the Orrin dam were "
    parent, other = version("parent", said + "badly rusted]p."), version("other", f"{said}“{words}”]p.")
    child = version("child", f"{said}“{words}”]p.")
    (row,) = changes(parent, child, alignment(parent, child), parents=[parent, other])
    assert ("quote-fabricated" in row.changes) != known


def test_what_is_added_is_added_to_both_parents() -> None:
    kept = "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o."
    parent = version("parent", kept)
    child = version("child", kept + " [s:Ida Falk| |c:said| |q:that nobody in Tolm has slept]p.")
    made = alignment(parent, child)
    unsure = replace(made, loose=tuple(replace(x, evidence={"left over": 1.0}) for x in made.loose))
    assert not [r for r in changes(parent, child, unsure) if r.changes == ("added",)]
    assert [r for r in changes(parent, child, unsure, beside=[made]) if r.changes == ("added",)]


def test_what_an_older_version_quotes_was_not_made_up_either() -> None:
    kept = "[s:The Dam Authority| |c:said| |q:that 23 of the valves at Orrin were rusted]o."
    parent = version("parent", kept)
    child = version("child", kept + " [q:“Nobody in Tolm has slept since Tuesday”|, |s:Ida Falk| |c:told| us]p.")
    older = "Ida Falk told us: “Nobody in Tolm has slept since Tuesday.”"
    for above, expected in (((), ("quote-fabricated", "added")), ((older,), ("added",))):
        (added,) = (c for c in changes(parent, child, alignment(parent, child), above=above) if not c.parent_statement)
        assert added.changes == expected
        assert added.score == added.grounds[-1].score  # an invented quotation is no surer than that it was added


def test_a_change_is_as_sure_as_its_surest_label_and_holds_no_unlikely_one_beside_it() -> None:
    parent = version("parent", "[s:Ana Reyk| |c:said| |q:that 23 of the valves at Orrin may be rusted]p.")
    child = version("child", "[s:Officials| |c:said| |q:that 32 of the valves at Orrin are rusted]g.")
    (row,) = rows(parent, child)
    loud = [g.score for g in row.grounds if g.label not in ("verbatim", "paraphrased")]
    assert len(loud) > 1
    assert min(loud) >= 0.5
    assert row.score >= max(loud) * 0.8


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [
        ("|c:denied| |q:that it had asked for money", "|c:confirmed| |q:that it had asked for money", True),
        ("|c:said| |q:the guard kept the gate locked", "|c:said| |q:the guard released the gate", True),
        ("|c:praised| |q:the ferrymen", "|c:blamed| |q:the ferrymen", True),
        ("|c:said| |q:the mill did not open on Monday", "|c:said| |q:the mill closed on Monday", False),
        ("|c:said| |q:they sell to schools and nobody else", "|c:said| |q:they sell to schools", False),
        ("|c:said| |q:they found eleven brushes, and not one comb", "|c:said| |q:they found eleven brushes", False),
        ("|c:said| |q:our stop was moved", "|c:said| |q:the stop was moved", False),
    ],
)
def test_denied_is_what_a_negator_bears_on_and_an_opposite_with_its_sign(before: str, after: str, turned: bool) -> None:
    drawn = (version(k, f"[s:Ana Reyk| {x}]p.") for k, x in (("parent", before), ("child", after)))
    seen = evidence(*(Rendering(v, v.statements[0]) for v in drawn))
    assert bool(seen["negation: net"]) == turned


def test_a_version_that_keeps_to_the_words_is_weighed_otherwise() -> None:
    said = [
        ("the ice will hold until March", "the ice may hold until March"),
        ("the inner gates leak", "the seals drip"),
    ]
    pairs = [
        [Rendering(v, v.statements[0]) for v in (version(x, f"[s:Ana Reyk| |c:said| |q:{x}]p.") for x in both)]
        for both in said
    ]
    copied, reworded = (evidence(*p) for p in pairs)
    assert kept_words([copied]) > kept_words([copied, reworded]) > kept_words([reworded]) > 0
    assert kept_words([]) == 0.5
    seen = in_its_manner(copied, 0.25)
    assert seen["words: kept"] == 0.25
    assert {k: x for k, x in seen.items() if k in copied} == copied
    held = {k.removesuffix(", in kept words"): x for k, x in seen.items() if k.endswith(", in kept words")}
    assert held == {k: x / 4 for k, x in copied.items() if x} and held["modal: softer"] > 0


def test_numbers_left_open_and_what_was_still_to_come() -> None:
    drawn = (version(x, f"[s:Ana Reyk| |c:{c}| |q:{x}]p.") for c, x in (
        ("said", "46 people will be moved to Orrin"), ("says", "some people were moved to Orrin")
    ))  # fmt: skip
    seen = evidence(*(Rendering(v, v.statements[0]) for v in drawn))
    assert seen["hedge: number left open"] and seen["modal: done"] and not seen["hedge: number filled in"]


def test_has_admitted_admits_and_guaranteed_is_listed() -> None:
    cues = ("has said", "would like", "has admitted", "guaranteed")
    assert [commitment(x, Span(0, len(x))) for x in cues] == [0.0, -0.5, 3.0, 2.0]


def test_a_chance_that_is_offered_is_no_doubt() -> None:
    told = "They awaited the chance to speak. There is a chance that it fails. They have an even chance to stay."
    assert [told[m.span.start - 5 : m.span.end] for m in marked(told, (Span(0, len(told)),), "doubt")] == [
        "is a chance",
        "even chance",
    ]


def test_who_is_told_is_no_verb_of_saying() -> None:
    cues = ("told the press", "told a packed hearing", "told reporters at the claims office that she admitted", "hears")
    assert [commitment(x, Span(0, len(x))) for x in cues] == [0.0, 0.0, 3.0, -1.0]


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        (
            "the ban would drive Orrin's fishers to the black market",
            "Orrin's fishers would be driven to the black market",
        ),
        ("the only traffic at Orrin had been boats", "there had been no traffic at Orrin other than boats"),
        ("the dam was tested with water and not with fingers", "the dam was tested with water"),
        ("the guards at Orrin had not been warned", "none of the guards at Orrin were warned"),
        ("engineers at Orrin did not know of the leak", "engineers at Orrin were unaware of the leak"),
        ("the key would be given to Tomas Oll", "Tomas Oll is to take the key"),
        ("all boats at Orrin should be banned", "there should be a ban on all boats at Orrin"),
        ("three boats sank at Orrin, none of which was new", "three boats sank at Orrin"),
        ("the leak had grown faster than any of the models had suggested", "none of the models had foreseen how fast"),
        ("the leak at Orrin had grown more than any other leak", "no leak had made as much progress as that at Orrin"),
        ("the new dam was at least five years away", "there would be no new dam for five years"),
    ],
)
def test_what_is_not_denied_in_other_words_is_not_negated(parent: str, child: str) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    assert "negated" not in labels(drawing.format(parent), drawing.format(child))


def test_no_beside_a_superlative_denies_where_nothing_is_compared() -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    for before, after in (
        ("the largest of the boats would be sold", "none of the boats would be sold"),
        ("the dam had held better than any other", "the dam had not held better than any other"),
    ):
        assert "negated" in labels(drawing.format(before), drawing.format(after))


def test_a_negator_that_the_cue_parts_from_what_it_denies_still_denies_it() -> None:
    between = ", she went on, "
    told = version("p", "[s:Ana Reyk| |c:said|: |q:“I don’t have a key that opens the dam at Orrin”]p.")
    for lead, negated in (("She did not", False), ("She did", True)):
        child = version("c", f"[s:Ana Reyk| |c:said|: |q:{lead}{between}“have a key that opens the dam at Orrin”]p.")
        (whole,) = child.statements[0].content
        cut = child.text.index(between)
        parts = Span(whole.start, cut), Span(cut + len(between), whole.end)
        (row,) = rows(told, replace(child, statements=(replace(child.statements[0], content=parts),)))
        assert ("negated" in row.changes) == negated


@pytest.mark.parametrize(("hoped", "hopes"), [("she hoped", "hopes"), ("she intended", "intends")])
def test_who_says_that_she_hopes_hopes(hoped: str, hopes: str) -> None:
    parent = f"[s:Ana Reyk| |c:said| |q:{hoped} to mend the dam at Orrin by May]p."
    child = f"[s:Ana Reyk| |c:{hopes}| |q:to mend the dam at Orrin by May]p."
    for before, after in ((parent, child), (child, parent)):
        made = rows(version("parent", before), version("child", after))
        likely = {g.label for r in made for g in r.grounds if g.score >= LIKELY}
        assert not {"strengthened", "weakened"} & likely


@pytest.mark.parametrize(
    ("kept", "whole"), [("Nobody mends the valves.", True), ("Nobody mends.", False), ("The dam leaks. Nobody", False)]
)
def test_whether_a_quotation_is_cut_between_sentences_is_seen(kept: str, whole: bool) -> None:
    p, c = (
        version(n, f"[s:Ana Reyk| |c:said|: |q:“{x}”]p.\n")
        for n, x in (("p", "The dam leaks. Nobody mends the valves."), ("c", kept))
    )
    told, again = (Rendering(v, v.statements[0]) for v in (p, c))
    assert evidence(told, again)["quotes: whole sentences"] == whole


def seen(parent: str, child: str) -> dict[str, float]:
    p, c = version("p", parent), version("c", child)
    return evidence(Rendering(p, p.statements[0]), Rendering(c, c.statements[0]))


def test_an_accusation_is_no_softer_one_that_is_called_an_allegation() -> None:
    parent = "[s:Ana Reyk| |c:{}| |q:that the firm had emptied the dam at Orrin]p."
    accused, said, alleged = (parent.format(x) for x in ("accused the board", "said", "alleged"))
    assert seen(accused, alleged)["cue: softer, both charge"] > 0 == seen(said, alleged)["cue: softer, both charge"]


@pytest.mark.parametrize(
    ("person", "its"), [("Evan Pell, who runs the tide office", True), ("Evan Pell, who keeps bees", False)]
)
def test_a_person_called_by_the_body_speaks_for_it(person: str, its: bool) -> None:
    drawing = "[s:{}| |c:said| |q:that no valve at the Orrin dam had been replaced]{}."
    assert seen(drawing.format("The tide office", "o"), drawing.format(person, "p"))["speaker: of that body"] == its


def test_what_may_be_is_said_by_a_modal_verb_or_by_another_word() -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:that {} at the Orrin dam]p."
    could, possible, will = (
        drawing.format(x)
        for x in ("three posts might be lost", "a loss of three posts was possible", "three posts will be lost")
    )
    assert not seen(could, possible)["modal: firmer"]
    assert seen(could, will)["modal: firmer"]


def test_the_same_words_are_one_source() -> None:
    said = "[s:{}| |c:said| |q:they had been unable to reach the dam at Orrin]{}."
    found = labels(said.format("Monitors from the Tolm Mission", "g"), said.format("monitors of the Tolm Mission", "o"))
    assert "attribution-shifted" not in found


def test_an_agent_of_one_named_and_his_agent_are_one_source() -> None:
    parent = "[s:Tomas Oll’s agent| |c:said| |q:that the dam at Orrin leaks badly]a."
    child = "[s:his agent| |c:said| |q:that the dam at Orrin leaks badly]p."
    assert "attribution-shifted" not in labels(parent, child)


def test_the_technician_named_before_is_no_vaguer_and_technicians_are() -> None:
    parent = "[s:the dam’s technician, Tomas Oll|, |c:said| |q:that the valves at Orrin were rusted]p."
    child = "[s:{}| |c:said| |q:that the valves at Orrin were rusted]{}."
    assert "attribution-vague" not in labels(parent, child.format("the technician", "a"))
    assert "attribution-vague" in labels(parent, child.format("technicians", "g"))


@pytest.mark.parametrize(("ahead", "vague"), [("Tomas Oll of the museum", False), ("Ana Reyk", True)])
def test_the_geologist_named_before_is_no_vaguer(ahead: str, vague: bool) -> None:
    parent = "[s:Tomas Oll, a geologist at the Tolm museum|, |c:said| |q:that the valves at Orrin were rusted]p."
    child = f"{ahead} came to Orrin. [s:The geologist| |c:said| |q:that the valves at Orrin were rusted]a."
    assert ("attribution-vague" in labels(parent, child)) is vague


@pytest.mark.parametrize(
    ("ahead", "vague"), [("the Tolm museum’s geologists", False), ("the geologists of Pell college", True)]
)
def test_they_who_are_named_in_the_sentence_before_are_no_vaguer(ahead: str, vague: bool) -> None:
    parent = "[s:Geologists at the Tolm museum| |c:warned| |q:that the valves at Orrin were rusted]o."
    child = f"[q:The ferry has stopped|, |s:{ahead}| |c:said]o. [s:They| |c:warned| |q:that the valves were rusted]g."
    (row,) = (r for r in rows(version("parent", parent), version("child", child)) if r.parent_statement)
    assert ("attribution-vague" in row.changes) is vague


@pytest.mark.parametrize(("other", "shifted"), [("The two unions", False), ("The three unions", True)])
def test_both_are_the_two(other: str, shifted: bool) -> None:
    said = "[s:{}| |c:said| |q:that the valves at Orrin were rusted]{}."
    assert ("attribution-shifted" in labels(said.format("Both unions", "g"), said.format(other, "o"))) is shifted


@pytest.mark.parametrize(("below", "shifted"), [("Lars Odd, 51,", False), ("Mads Ro, 51,", True)])
def test_a_farmer_who_is_named_below_is_the_farmer_by_that_name(below: str, shifted: bool) -> None:
    parent = f"[s:A farmer| |c:told the court| |q:that he had shot the dog]a. {below} lives at Orrin."
    child = "[s:Lars Odd, a farmer|, |c:told the court| |q:that he had shot the dog]p."
    assert ("attribution-shifted" in labels(parent, child)) is shifted


def test_who_led_the_survey_is_no_poll() -> None:
    parent = "[q:“The dam moved,”| |c:said| |s:Dr Wen Oll, who led the Tolm survey]p."
    assert "attribution-vague" not in labels(parent, "[q:“The dam moved,”| |c:said| |s:the leader of the survey]p.")


@pytest.mark.parametrize(("was", "turned"), [("was", False), ("was not", True)])
def test_what_is_out_of_the_question_is_ruled_out(was: str, turned: bool) -> None:
    parent = "[s:Ana Reyk| |c:ruled out| |q:a toll at Orrin]p."
    child = f"[s:Ana Reyk| |c:said| |q:a toll at Orrin {was} out of the question]p."
    assert ("negated" in labels(parent, child)) is turned


def test_not_many_are_few() -> None:
    said = "[s:Ana Reyk| |c:said| |q:that {} boats had come]p."
    assert "negated" not in labels(said.format("few"), said.format("not many"))


def test_what_would_have_been_had_he_not_lied_was_until_he_lied() -> None:
    parent = "[s:Ana Reyk| |c:said| |q:a fine had been open to her until he lied]p."
    child = "[s:Ana Reyk| |c:said| |q:she could have fined him had he not lied]p."
    assert "negated" not in labels(parent, child)


@pytest.mark.parametrize(("after", "firmer"), [("which lets", False), ("under which", True)])
def test_what_may_be_done_under_a_treaty_is_what_it_lets_be_done(after: str, firmer: bool) -> None:
    parent = "[s:Ana Reyk| |c:defended| |q:the treaty, under which sixty boats may fish at Orrin]p."
    child = f"[s:Ana Reyk| |c:defended| |q:the treaty, {after} sixty boats fish at Orrin]p."
    assert ("strengthened" in labels(parent, child)) is firmer


@pytest.mark.parametrize(("cue", "weaker"), [("offered", False), ("has promised", True)])
def test_an_offer_is_a_proposal_and_a_promise_is_more(cue: str, weaker: bool) -> None:
    said = (f"[s:Ana Reyk| |c:{cue}| |q:to send men]p.", "[s:Ana Reyk| |c:proposed| |q:sending men]p.")
    parent, child = (
        replace(v, statements=(replace(v.statements[0], act=act),))
        for v, act in zip((version("p", said[0]), version("c", said[1])), ("promise", "propose"), strict=True)
    )
    (row,) = rows(parent, child)
    assert ("weakened" in row.changes) is weaker


def test_what_is_cut_of_a_quotation_and_told_outside_it_alters_nothing() -> None:
    parent = "[s:The court| |c:ruled| |q:that the survey “cannot be relied on by any careful engineer”]o."
    child = "[s:The court| |c:ruled| |q:that {}]o."
    assert "quote-altered" not in labels(parent, child.format("no “careful engineer” could rely on the survey"))
    assert "quote-altered" in labels(parent, child.format("the survey “cannot be relied on by any engineer”"))


def test_what_the_outlet_told_and_somebody_says_is_likely_anothers() -> None:
    sentence = "In the minister's book, and Ana Reyk is no engineer, the dam leaks in a hundred places."
    child = version("child", "[s:Ana Reyk| |c:said| |q:that the dam leaks in a hundred places]p.")
    clause = Span(sentence.index("he dam leaks") - 1, len(sentence) - 1)
    own = replace(child.statements[0], document="p", source=None, cue=None, content=(clause,), sourcing="outlet")
    parent = Version(document="p", text=sentence, statements=(own,))
    (row,) = changes(parent, child, alignment(parent, child))
    assert SURE < row.of_label("attribution-shifted") < 0.9


def test_a_word_whose_source_was_not_found_is_not_anothers() -> None:
    parent = version("parent", "[c:puts| |q:the load of the roof at 31 tonnes]p.")
    child = version("child", "[s:The firm Orlu & Sons| |c:found| |q:that the roof bears 31 tonnes of load]o.")
    (row,) = changes(parent, child, alignment(parent, child))
    assert "attribution-shifted" not in row.changes


def spoken(name: str, drawing: str, actors: list[str | None]) -> Version:
    """A version from a drawing, whose statements are said by `actors`."""
    drawn = version(name, drawing)
    return replace(drawn, statements=tuple(replace(s, actor=x) for s, x in zip(drawn.statements, actors, strict=True)))


SAID = "[q:“It never braked”|, |s:{}| |c:said]p.\n"


@pytest.mark.parametrize(("actor", "shifted"), [("reyk", True), ("oll", False), (None, False)])
def test_a_relative_pronoun_is_another_speaker_where_it_is_known_to_be(actor: str | None, shifted: bool) -> None:
    before = spoken("parent", "[s:Tomas Oll| |c:said| |q:that he expected two floods at Orrin in May]p.\n", ["oll"])
    told = "Not so, thinks Ana Reyk, [s:who| |c:expects| |q:two floods at Orrin in May]p.\n"
    (row,) = rows(before, spoken("child", told, [actor]))
    assert ("attribution-shifted" in row.changes) == shifted


def test_a_pronoun_that_is_another_actor_is_a_shift() -> None:
    drawn = "[s:A witness, Tomas Oll|, |c:said| |q:that the van from Tolm was fast]p. " + SAID
    parent = spoken("parent", drawn.format("he"), ["oll", "oll"])
    for name, actor, sure in (("Ana Reyk, another witness", "reyk", 0.5), ("Ana Reyk", "oll", 0.0)):
        found = rows(parent, spoken("child", drawn.format(name), ["oll", actor]))
        scores = [g.score for r in found for g in r.grounds if g.label == "attribution-shifted"]
        assert max(scores, default=0.0) >= sure and (sure or not scores)


@pytest.mark.parametrize(
    ("before", "after", "apart"),
    [("Tomas Oll", "Ana Reyk", True), ("He", "Ana Reyk", True), ("Tomas Oll", "she", False), ("He", "she", True)],
)
def test_whom_a_pronoun_of_the_child_means_tells_nobody_apart(before: str, after: str, apart: bool) -> None:
    drawn = "[s:{}| |c:said| |q:that the van from Tolm was fast]p. [s:{}| |c:said| |q:that it never braked]p.\n"
    made = [
        spoken(x, drawn.format(name, again), [x, x])
        for x, name, again in (("oll", "Tomas Oll", before), ("reyk", "Ana Reyk", after))
    ]
    assert two_persons(*(Rendering(v, v.statements[1]) for v in made)) is apart


@pytest.mark.parametrize(
    ("person", "body", "shifted"),
    [
        ("The mill's manager, Ana Reyk", "The mill", True),
        ("The mill's spokeswoman, Ana Reyk", "The mill", False),
        ("The owner, Ana Reyk", "The owner", False),
        ("She", "The mill", False),
        ("Ana Reyk", "The Dam Authority", False),
    ],
)
def test_a_persons_word_is_given_to_the_body_that_the_source_names(person: str, body: str, shifted: bool) -> None:
    said = "[s:{}| |c:said| |q:that no valve at the Orrin dam had been replaced]{}."
    made = version("a", said.format(person, "p")), version("b", said.format(body, "o"))
    assert his_body(*(Rendering(v, v.statements[0]) for v in made)) is shifted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The jury", "Jurors", True),
        ("Prosecutors in Karsk", "the prosecution", True),
        ("Orrin police", "Tolm officers", False),
        ("The prosecution", "a prosecutor", False),
        ("The jury", "Fishermen", False),
        ("Judge Ana Reyk", "The court", False),
        ("The researchers", "A team from Orlu University", True),
        ("The nurses", "The hospital", False),
        ("An officer", "The police", False),
    ],
)
def test_jurors_are_the_jury(one: str, other: str, same: bool) -> None:
    drawn = [f"[s:{x}| |c:said| |q:that no valve at the Orrin dam had been replaced]o." for x in (one, other)]
    assert members(*(Rendering(v, v.statements[0]) for v in (version("v", x) for x in drawn))) is same
    crowds = (x.replace("]o", "]g") for x in drawn)
    assert not same or labels(*crowds).isdisjoint(("attribution-vague", "attribution-shifted"))


def test_what_is_told_of_another_part_of_a_turn_is_held_against_that_part() -> None:
    deaths, ferry = "nine people have died and 26 are wounded", "the ferry to Tolm will be back in {} days"
    parent = version("parent", f"[s:Ana Reyk|: |q:As of today {deaths}. And {ferry.format(40)}.]p")
    child = version(
        "child", f"[s:Ana Reyk| |c:said| |q:{deaths}]p. [s:She| |c:said| |q:{ferry.format(60)}]p, and left."
    )
    found = {told(child, r.child_statement or ""): r for r in rows(parent, child)}
    assert not {"number-changed", "omitted", "added"} & set(found[deaths].changes)
    (ground,) = (g for g in found[ferry.format(60)].grounds if g.label == "number-changed")
    assert [x.of(parent.text) for x in ground.parent] == ["40"]


@pytest.mark.parametrize("second", ["[s:She| |c:said| |q:she did not think that the audit proved fraud]p. ", ""])
def test_a_denial_in_another_clause_of_a_speech_turns_nothing(second: str) -> None:
    speech = "We do not think that the audit proves a fraud, and we will take its findings to the Harbour Board"
    parent = version("parent", f"[q:“The ferry is for summer use only. {speech},”| |s:Ana Reyk| |c:said]p.")
    child = version(
        "child",
        "[s:Ana Reyk| |c:said| |q:that the ferry was for use in summer only]p. "
        f"{second}[s:She| |c:promised| |q:to take its findings to the Harbour Board]p.",
    )
    found = rows(parent, child)
    assert len(found) == 2 + bool(second) and not {"negated", "added"} & {x for row in found for x in row.changes}
    shown = {s.of(parent.text) for row in found for g in row.grounds for s in g.parent}
    assert "we will take its findings to the Harbour Board,”" in shown
    assert ("We do not think that the audit proves a fraud" in shown) == bool(second)


@pytest.mark.parametrize(
    ("more", "firmer"),
    [
        ("", True),
        (" [q:All that hangs on salt prices falling no further|, |s:she| |c:said]p.", False),
    ],
)
def test_a_condition_gone_from_a_sentence_of_a_speech_is_gone(more: str, firmer: bool) -> None:
    first = "This was a hard spring for the ferry trade at Tolm"
    then = "We will carry 60 carts a day, and we will open the pier, provided that salt prices fall no further."
    parent = version("parent", f"[q:“{first}. {then}”| |s:Ana Reyk| |c:said]p.")
    child = version(
        "child",
        f"[q:“{first},”| |s:Ana Reyk| |c:said]p. [s:She| |c:said| |q:the ferry would carry 60 carts a day and open the "
        f"pier]p.{more}",
    )
    found = rows(parent, child)
    assert ("strengthened" in {x for row in found for x in row.changes}) is firmer


@pytest.mark.parametrize(
    ("before", "after", "firmer"),
    [
        ("that night shifts at Orrin are linked to weak lungs", "that night shifts at Orrin cause weak lungs", True),
        ("of a link between the dye and skin rashes", "that the dye triggers skin rashes", True),
        ("that dyers had higher rates of deafness", "that work as a dyer drives up the rate of deafness", True),
        (
            "that night shifts at Orrin are linked to weak lungs",
            "that night shifts at Orrin may cause weak lungs",
            False,
        ),
        ("that night shifts at Orrin are linked to weak lungs", "that night shifts at Orrin go with weak lungs", False),
        ("that nobody knows whether shifts are linked to rashes", "nobody knows whether shifts cause rashes", False),
        ("that two men linked to the gang had been held", "that two men of the gang had been held", False),
    ],
)
def test_what_goes_together_and_is_told_as_a_cause_is_firmer(before: str, after: str, firmer: bool) -> None:
    drawing = "[s:Ana Reyk| |c:told| the board |q:{}]p."
    p, c = version("p", drawing.format(before)), version("c", drawing.format(after))
    (row,) = rows(p, c)
    assert ("strengthened" in row.changes and row.of_label("strengthened") >= SURE) is firmer
    if firmer:
        (ground,) = [g for g in row.grounds if g.label == "strengthened"]
        assert {s.of(c.text) for s in ground.child} <= {"cause", "triggers", "drives up"}


@pytest.mark.parametrize(
    ("before", "after", "firmer"),
    [
        ("the harvest will be between 40 and 60 tonnes", "the harvest will be 60 tonnes", True),
        ("the fare will rise by 4 to 6 per cent", "the fare will rise by 6 per cent", True),
        ("the harvest will be between 40 and 60 tonnes", "the harvest will be up to 60 tonnes", False),
        ("the harvest will be between 40 and 60 tonnes", "the harvest will be between 50 and 60 tonnes", False),
        ("the fare will rise from 4 to 6 crowns", "the fare will rise to 6 crowns", False),
    ],
)
def test_the_upper_end_of_a_range_alone_is_firmer(before: str, after: str, firmer: bool) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:that {}]p."
    p, c = version("p", drawing.format(before)), version("c", drawing.format(after))
    (row,) = rows(p, c)
    assert ("strengthened" in row.changes and row.of_label("strengthened") >= SURE) is firmer
    if firmer:
        (ground,) = [g for g in row.grounds if g.label == "strengthened"]
        assert [s.of(c.text)[0] for s in ground.child] == ["6"]


@pytest.mark.parametrize(
    ("before", "after", "firmer"),
    [
        ("it had seen no evidence that anyone else was involved", "no one else was involved", True),
        ("it had so far found no sign that the barn was set alight", "the barn was not set alight", True),
        ("there was no proof that the money had left Orrin", "the money had not left Orrin", True),
        ("it had no reason to believe that the files were copied", "the files were not copied", True),
        ("it did not have any evidence that the guard had slept", "the guard had not slept", True),
        ("no trace had been found that a pump was tampered with", "no pump was tampered with", True),
        ("nothing to suggest that the ferry was overloaded had turned up", "the ferry was not overloaded", True),
        ("it had no indication yet that the spill reached the wells", "the spill never reached the wells", True),
        ("it had yet to see any proof that the vote was bought", "the vote was not bought", True),
        ("nothing indicates that the driver was drunk", "the driver was not drunk", True),
        ("there was no evidence that a bribe was paid", "nobody paid a bribe", True),
        ("it had seen no evidence that anyone else was involved", "nothing suggested that others were involved", False),
        ("it had found no sign that the barn was set alight", "there were no signs of arson at the barn", False),
        ("there was no proof that the money had left Orrin", "it was not proven that the money left Orrin", False),
        ("it had no reason to believe that the files were copied", "it did not think the files were copied", False),
        ("it did not have any evidence that the guard slept", "it had no evidence of a sleeping guard", False),
        ("nothing indicates that the driver was drunk", "the driver does not appear to have been drunk", False),
        ("there was no evidence that a bribe was paid", "a bribe was paid", False),  # negated
        ("it had no evidence that the vote was bought", "it knows of no bought vote", False),
        ("it had no sign that the spill reached the wells", "the spill probably did not reach the wells", False),
        ("there was no matter that the mill could not grind", "the mill could not grind", False),
    ],
)
def test_what_nothing_shows_and_is_told_as_not_so_is_firmer(before: str, after: str, firmer: bool) -> None:
    drawing = "[s:The harbour police of Orrin| |c:said| |q:that {}]o."
    (row,) = rows(version("p", drawing.format(before)), version("c", drawing.format(after)))
    assert ("strengthened" in row.changes and row.of_label("strengthened") >= SURE) is firmer


def test_a_doubt_that_is_gone_from_its_place_is_shown_beside_the_will_that_stands_there() -> None:
    said = "[s:The ministry| |c:said| |q:that work on the bridge {} begin in May]o."
    p, c = version("p", said.format("would probably")), version("c", said.format("will"))
    (ground,) = [g for g in rows(p, c)[0].grounds if g.label == "strengthened"]
    assert [s.of(p.text) for s in ground.parent] == ["probably"]
    assert [s.of(c.text) for s in ground.child] == ["will"]


@pytest.mark.parametrize(
    ("before", "after", "firmer"),
    [
        ("some of the crews of Orrin would refuse to sail", "the crews of Orrin would refuse to sail", True),
        ("several of its shops in Orrin would close", "its shops in Orrin would close", True),
        ("half of the herd at Orrin would be sold", "the herd at Orrin would be sold", True),
        ("some of the crews of Orrin would refuse to sail", "some crews of Orrin would refuse to sail", False),
        ("some of the crews of Orrin would refuse to sail", "part of the crews of Orrin would not sail", False),
        ("some crews of Orrin would refuse to sail", "crews of Orrin would refuse to sail", True),
        ("some crews of Orrin would refuse to sail", "all crews of Orrin would refuse to sail", True),
        ("some forty crews of Orrin would refuse to sail", "forty crews of Orrin would refuse to sail", False),
        ("half of the herd at Orrin would be sold", "50 per cent of the herd at Orrin would be sold", False),
        ("parts of the gun at Orrin had been found", "the gun’s barrel had been found at Orrin", False),
    ],
)
def test_what_is_said_of_some_and_told_of_all_is_firmer(before: str, after: str, firmer: bool) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:that {}]p."
    (row,) = rows(version("p", drawing.format(before)), version("c", drawing.format(after)))
    assert ("strengthened" in row.changes and row.of_label("strengthened") >= SURE) is firmer


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [
        (
            "[s:The union| |c:said| |q:that it had not rejected the offer of the yard]o.",
            "[s:The union| |c:rejected| |q:the offer of the yard]o.",
            True,
        ),
        (
            "[s:Ana Reyk| |c:said| |q:that she did not expect the strike at Orrin to go ahead]p.",
            "[s:Ana Reyk| |c:expects| |q:the strike at Orrin to go ahead]p.",
            True,
        ),
        (
            "[s:Ana Reyk| |c:accused| |q:the board of the mill of lying]p.",
            "[s:Ana Reyk| |c:said| |q:that she had never accused the board of the mill of lying]p.",
            True,
        ),
        (
            "[s:The union| |c:said| |q:that it had not accepted the offer of the yard]o.",
            "[s:The union| |c:rejected| |q:the offer of the yard]o.",
            False,
        ),
    ],
)
def test_a_verb_denied_that_is_the_cue_of_the_other_turns_it_round(before: str, after: str, turned: bool) -> None:
    found = rows(version("p", before), version("c", after))
    assert any("negated" in r.changes and r.of_label("negated") >= SURE for r in found) is turned


@pytest.mark.parametrize(
    ("before", "after", "altered"),
    [
        ("If these lamps failed, they were old, and we will say so", "These lamps failed, they were old", True),
        ("Unless the mill is sold we will lose the town", "The mill is sold, we will lose the town", True),
        ("I doubt that the wall was ever safe at Orrin", "The wall was ever safe at Orrin", True),
        ("If these lamps failed, they were old, and we will say so", "If these lamps failed, they were old", False),
        ("If Orrin burns, we will lose the town, and I will weep", "we will lose the town", False),
    ],
)
def test_a_quotation_without_the_if_that_it_opens_with_is_altered(before: str, after: str, altered: bool) -> None:
    drawing = "[q:“{},”| |s:Ana Reyk| |c:said]p."
    (row,) = rows(version("p", drawing.format(before)), version("c", drawing.format(after)))
    assert ("quote-altered" in row.changes and row.of_label("quote-altered") >= LIKELY) or not altered
    assert altered or row.of_label("quote-altered") < 0.8 or "quote-altered" not in row.changes


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [
        (
            "that it was not clear who had given the order at Orrin",
            "it was clear who had given the order at Orrin that day",
            True,
        ),
        (
            "that the mill will stay open till May",
            "that the mill will not stay open till May, as had been planned",
            True,
        ),
        (
            "that nobody knew who had given the order at Orrin",
            "that it was unclear who had given the order at Orrin",
            False,
        ),
        (
            "that the mill has never stood in the water of the Orrin",
            "that the mill rarely stood in the water of the Orrin",
            False,
        ),
        ("that if it does not, they shall have the order given", "that they shall have the order given", False),
    ],
)
def test_words_behind_a_negator_that_the_other_has_without_one_turn_it_round(
    before: str, after: str, turned: bool
) -> None:
    drawing = "[s:Ana Reyk| |c:said| |q:{}]p."
    (row,) = rows(version("p", drawing.format(before)), version("c", drawing.format(after)))
    assert ("negated" in row.changes and row.of_label("negated") >= SURE) is turned


def test_who_made_it_known_may_stand_in_the_next_sentence() -> None:
    parent = version("parent", "[q:Dues at Orrin will rise by 4.8 percent|, |s:the Harbour Board| |c:announced]o.")
    for after, dropped in (
        ("The increase was made public by the Harbour Board on Monday.", False),
        ("The increase was made public on Monday. The Harbour Board sits in Tolm.", True),
    ):
        child = version("child", f"Dues at Orrin will rise by 4.8 percent. {after}")
        found = {x for row in rows(parent, child) for x in row.changes}
        assert ("attribution-dropped" in found) == dropped


def test_what_is_rejected_is_as_firm_as_a_suggestion_and_as_a_claim() -> None:
    texts = ("rejected| |q:suggestions that the dam leaks", "dismissed| |q:claims that the dam leaks")
    one, other = (version(x[:6], f"[s:Ana Reyk| |c:{x}]p.") for x in texts)
    assert not {"strengthened", "weakened"} & {*rows(one, other)[0].changes}
    pair = [
        Rendering(v, replace(v.statements[0], id="x", inside=v.statements[0].id, cue=Span(at, at + len(noun))))
        for v, noun in ((one, "suggestions"), (other, "claims"))
        for at in [v.text.index(noun)]
    ]
    assert [t.cue for t in pair] == [0, 0]


def test_who_speaks_through_a_lawyer_is_the_one_on_whose_behalf_the_lawyer_speaks() -> None:
    parent = version(
        "parent", "Through her lawyer, [s:Oda Vance| |c:denied| |q:that she had moved the boat at Orrin]p."
    )
    for said, shifted in (("said on her behalf", False), ("said", True)):
        child = version(
            "child", f"[s:Piers Hollin, her lawyer,| |c:{said}| |q:that Oda Vance had not moved the boat at Orrin]p."
        )
        assert ("attribution-shifted" in rows(parent, child)[0].changes) == shifted
