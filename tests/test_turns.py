"""Interviews and transcripts: whose words stand under a label."""

from __future__ import annotations

from stemmata import analyze
from stemmata.attribute.candidates import Candidate
from stemmata.attribute.labels import under_labels
from stemmata.attribute.turns import turns
from stemmata.model import ACTS, Span
from stemmata.resolve.figures import figures
from stemmata.resolve.ranking import ranker
from stemmata.surface import paragraphs

INTERVIEW = """Harbour pilot Ilse Brandvoll spoke to the Larnach Courier on Tuesday about the night of the collision.

Q: Where were you when the Maren hit the pier?
A: On the bridge, two metres from the helmsman. I saw the pier lights and I shouted.

Q: The company says that you gave the wrong heading.
A: That is simply untrue. I gave zero-four-five and I repeated it twice.

Q: Will you work again?
A: I hope so. If they take my licence, I will go to court.
"""

RECORD = """Estimates committee, morning sitting

Ms Odile Brandt (Harrow East): Will the Minister confirm that the dam was inspected in March?

Mr Tolland (Minister for Works): The dam was inspected on 4 March, and no fault was found.

(Laughter.)

Ms Brandt: The engineers count 14 cracks.

Mr Tolland: Those cracks are cosmetic.

They will be painted over by May.

Ms Brandt: By whom?
"""


def told(text: str, outlet: str | None = None) -> list[tuple[str, str, bool]]:
    return [(t.label.of(text), t.words.of(text), t.asks) for t in turns(text, paragraphs(text), outlet)]


def speakers(text: str) -> list[tuple[str, str]]:
    """The sources of a text with whom they stand for."""
    found = analyze(text)
    of = figures(found.document, found.statements, ranker())
    named = {f.key: f.name for f in of.figures}
    linked = {x.statement: named[x.key] for x in of.links}
    return [(s.source.of(text), linked[s.id]) for s in found.statements if s.source and s.id in linked]


def test_answers_are_told_and_questions_asked() -> None:
    found = told(INTERVIEW)
    assert [(label, asks) for label, _, asks in found] == [("Q", True), ("A", False)] * 3
    assert found[1][1] == "On the bridge, two metres from the helmsman. I saw the pier lights and I shouted."


def test_a_label_may_have_an_office_and_a_turn_several_paragraphs() -> None:
    found = told(RECORD)
    assert [label for label, _, _ in found] == [
        "Ms Odile Brandt (Harrow East)", "Mr Tolland (Minister for Works)", "Ms Brandt", "Mr Tolland", "Ms Brandt",
    ]  # fmt: skip
    assert found[1][1] == "The dam was inspected on 4 March, and no fault was found."
    assert found[3][1] == "Those cracks are cosmetic.\n\nThey will be painted over by May."


def test_the_outlets_own_label_asks() -> None:
    text = "\n\n".join(
        (
            "TERN: Two diplomats speak of a draft.",
            "ADA ROE: There is none.",
            "TERN: And a third one?",
            "ROE: He is wrong.",
        )
    )
    assert [asks for _, _, asks in told(text, "The Evening Tern")] == [True, False, True, False]


def test_an_outlet_may_be_called_as_its_guest_is() -> None:
    text = "ROE: I am Ada Roe.\n\nPRICE: So you say.\n\nROE: We paid.\n\nPRICE: You did.\n\nROE: I left."
    assert [(label, asks) for label, _, asks in told(text, "Roe Gazette")][::2] == [("ROE", False)] * 3


def test_one_question_and_its_answer_are_two_turns_where_somebody_is_spoken_to() -> None:
    for question, answer in (
        ("They say that your people did it.", "That is false."),
        ("Who did it?", "We do not know."),
    ):
        found = told(f"Q: {question}\n\nA: {answer}")
        assert found == [("Q", question, True), ("A", answer, False)]
    assert not told("Q: Do you need a ticket?\n\nA: The agency says so.")
    assert not told("Roe: They say that your people did it.\n\nPrice: We did not.")


def test_headings_lists_and_an_outlet_that_answers_itself_are_no_turns() -> None:
    assert not told("Claim: The bridge is shut.\n\nVerdict: False.\n\nClaim: It fell.\n\nVerdict: False.")
    assert not told("Weighed: light. The roof held.\n\nWeighed: heavy.\n\nWeighed: light.")
    assert not told("Q: Is it safe?\n\nA: The agency says so.\n\nQ: Since when?\n\nA: Since May, says Ana Reyk.")
    assert not told("What we know: The strike began.\n\nMore: Nobody works.\n\nWhat we know: It ended.")


def test_long_words_cost_no_time() -> None:
    assert not told("A" * 20_000 + "\n\n" + "Ab " * 20_000 + "\n\n" + "((" * 20_000)


def test_an_answer_is_its_speakers_to_the_character() -> None:
    found = analyze(INTERVIEW)
    answers = [s for s in found.statements if s.source and s.source.of(INTERVIEW) == "A"]
    assert len(answers) >= 3
    assert all(s.mode == "direct" and s.cue is None and s.sourcing == "named-person" for s in answers)
    whole = "That is simply untrue. I gave zero-four-five and I repeated it twice"
    assert whole in {s.content[0].of(INTERVIEW) for s in answers}
    assert {who for source, who in speakers(INTERVIEW) if source == "A"} == {"Ilse Brandvoll"}


def test_an_i_under_a_label_is_the_labels() -> None:
    text = RECORD.replace(
        "no fault was found.", "no fault was found. I reject the suggestion that my department hid it."
    )
    assert ("I", "Tolland") in speakers(text)


def test_initials_are_whom_the_introduction_names_and_the_interviewer_tells_nothing() -> None:
    text = """Klára Vesely-Thorn, the oboist who leads the players' council, received the Kurier on Monday.

KURIER: Why did sixty-four of you vote against him?

K. V.: We stood ninth in the world when he came. Today we are thirtieth.

KURIER: And the money?

K. V.: I gave up nine per cent of my pay so that he could have his second harp.
"""
    assert set(speakers(text)) == {("K. V.", "Klára Vesely-Thorn")}


def test_letters_that_are_no_persons_initials_are_a_name() -> None:
    text = """The talks on the strait ended. Ana Reyk and the UN were there.

UN: “There will be no second round.”

REYK: “We go home.”

UN: “The door stays open.”
"""
    assert {who for source, who in speakers(text) if source == "UN"} == {"UN"}


def bare(*content: tuple[int, int]) -> Candidate:
    """What the encoder finds without a cue."""
    return Candidate(
        chance=0.5, source=None, cue=None, content=tuple(Span(*c) for c in content), evidence=(), sourcing=0,
        acts=(1 / len(ACTS),) * len(ACTS), direct=1.0,
    )  # fmt: skip


def test_a_turn_is_told_as_far_as_its_paragraph_goes_and_without_its_full_stop() -> None:
    blocks = paragraphs(RECORD)
    at = RECORD.index("Those cracks")
    found = under_labels(RECORD, [bare((at, at + 11))], turns(RECORD, blocks), blocks)
    mine = [c for c in found if c.source and c.source.of(RECORD) == "Mr Tolland" and c.turn]
    assert [p.of(RECORD) for c in mine for p in c.content] == ["Those cracks are cosmetic"]


def test_of_several_in_a_turn_each_keeps_its_own() -> None:
    blocks = paragraphs(RECORD)
    parts = ("The dam was inspected on 4 March", "no fault was found.")
    two = [bare((RECORD.index(x), RECORD.index(x) + len(x))) for x in parts]
    found = under_labels(RECORD, two, turns(RECORD, blocks), blocks)
    mine = [c for c in found if c.source and c.source.of(RECORD).startswith("Mr Tolland (")]
    assert [p.of(RECORD) for c in mine for p in c.content] == [parts[0], "no fault was found"]


ADDRESS = """Address of President Rasmus Holt to the Chamber

Members of the Chamber, the bridge at Larnach will open again. I have promised the ferrymen that I will cross it first.

Some say that we paid too much. I say to them: "Holt was right."

(Applause.)

We will build a second one by October.
"""


def test_a_speech_is_whose_its_first_line_names() -> None:
    found = told(ADDRESS)
    assert {label for label, _, _ in found} == {"President Rasmus Holt"}
    assert [words[:7] for _, words, _ in found] == ["Members", "Some sa", "We will"]
    for title in (
        "Remarks by Prime Minister Ana Reyk at the opening",
        "Statement by the Governor, Ana Reyk",
        "President Ana Reyk's address to the Chamber, as delivered",
        "Full text of a speech given by Ana Reyk",
    ):
        assert len(told(ADDRESS.replace("Address of President Rasmus Holt to the Chamber", title))) == 3, title


def test_what_only_tells_of_a_speech_is_none() -> None:
    assert not told(ADDRESS.replace("Some say", "Holt says"))
    assert not told(ADDRESS.replace("I ", "He ").replace("we ", "they ").replace("We ", "They "))
    assert not told(ADDRESS.replace("to the Chamber", "to the Chamber pleases the ferrymen."))
    assert not told(ADDRESS.replace("Address of President", "Address of the president angers"))


def test_an_i_outside_of_quotation_marks_is_the_speakers_and_nobodys_name() -> None:
    of = speakers(ADDRESS)
    assert ("I", "Rasmus Holt") in of
    nobodys = speakers("Members of the Chamber, I urge you to vote for the bridge. I promise that it will hold.")
    assert {who for _, who in nobodys}.isdisjoint({"I", "Chamber", "Members of the Chamber"})
