"""From scores to statements: the best segment, the conventions of spans, doubles, nesting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemmata import flow
from stemmata.attribute.answered import answered
from stemmata.attribute.candidates import Candidate, distinct, segments
from stemmata.attribute.conventions import tidied
from stemmata.attribute.further import continued, told_on, went_on
from stemmata.attribute.overlaps import touching
from stemmata.attribute.relatives import told_behind
from stemmata.attribute.sources import kind_of_source
from stemmata.desk import analyze, encoder
from stemmata.flow import Settings
from stemmata.model import Document, Sourcing, Span
from stemmata.surface import paragraphs, quotations, sentences

scores = st.lists(st.tuples(*[st.floats(-9, 9, allow_nan=False, width=32)] * 3), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(scores)
def test_a_segment_is_the_best_of_all(rows: list[tuple[float, float, float]]) -> None:
    inside, start, end = (np.array([x], np.float32) for x in zip(*rows, strict=True))
    value, first, last = segments(inside, start, end)
    n = len(rows)
    best = max(float(inside[0, i : j + 1].sum() + start[0, i] + end[0, j]) for i in range(n) for j in range(i, n))
    assert value[0] == pytest.approx(best, abs=1e-3)
    i, j = int(first[0]), int(last[0])
    assert float(inside[0, i : j + 1].sum() + start[0, i] + end[0, j]) == pytest.approx(best, abs=1e-3)


def drawn(drawing: str) -> tuple[str, dict[str, tuple[Span, ...]]]:
    """A text and its spans from a drawing: ⟦Ana Reyk⟧s ⟦said⟧c ⟦the dam may fail⟧q."""
    text, spans, opened = "", {"s": (), "c": (), "q": ()}, []
    k = 0
    while k < len(drawing):
        if drawing[k] == "⟦":
            opened.append(len(text))
        elif drawing[k] == "⟧":
            k += 1
            spans[drawing[k]] = (*spans[drawing[k]], Span(opened.pop(), len(text)))
        else:
            text += drawing[k]
        k += 1
    return text, spans


def candidate(spans: dict[str, tuple[Span, ...]], chance: float = 0.9) -> Candidate:
    return Candidate(
        chance=chance, source=spans["s"][0] if spans["s"] else None, cue=spans["c"][0] if spans["c"] else None,
        content=spans["q"], evidence=(0.0,) * 9, sourcing=0, acts=(1.0,) * 11, direct=0.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rough", "tidy"),
    [
        ("⟦“The dam may fail⟧q,” ⟦Ana Reyk,⟧s ⟦said⟧c.", "⟦“The dam may fail,”⟧q ⟦Ana Reyk⟧s, ⟦said⟧c."),
        ("“⟦The dam may fail⟧q,” ⟦Ana Reyk⟧s ⟦said⟧c.", "⟦“The dam may fail,”⟧q ⟦Ana Reyk⟧s ⟦said⟧c."),
        ("⟦Reyk’s⟧s ⟦view was⟧c ⟦that it holds.⟧q", "⟦Reyk⟧s’s ⟦view was⟧c ⟦that it holds⟧q."),
        ("⟦Moorby’s⟧s ⟦said⟧c ⟦that it holds.⟧q", "⟦Moorby’s⟧s ⟦said⟧c ⟦that it holds⟧q."),
        ("⟦Moorby's⟧s ⟦told investors⟧c ⟦it holds.⟧q", "⟦Moorby's⟧s ⟦told investors⟧c ⟦it holds⟧q."),
        (
            "⟦Tosk⟧s ⟦repeated the claim⟧c ⟦that the report is wrong⟧q.",
            "⟦Tosk⟧s ⟦repeated the claim⟧c ⟦that the report is wrong⟧q.",
        ),
        (
            "By freedom, ⟦Reyk⟧s ⟦meant⟧c ⟦that the press is free⟧q.",
            "By freedom, ⟦Reyk⟧s ⟦meant⟧c ⟦that the press is free⟧q.",
        ),
        ("⟦Reyk⟧s’s ⟦claim⟧c ⟦that it is quite safe⟧q.", "⟦Reyk⟧s’s ⟦claim⟧c ⟦that it is quite safe⟧q."),
        ("⟦Reyk⟧s ⟦claims⟧c ⟦that it was untrue⟧q.", "⟦Reyk⟧s ⟦claims⟧c ⟦that it was untrue⟧q."),
        ("⟦Reyk⟧s ⟦said that⟧c ⟦it holds.⟧q", "⟦Reyk⟧s ⟦said⟧c that ⟦it holds⟧q."),
        ("⟦Rey⟧sk ⟦sai⟧cd ⟦it hol⟧qds.", "⟦Reyk⟧s ⟦said⟧c ⟦it holds⟧q."),
        ("⟦Reyk⟧s ⟦said⟧c ⟦it holds in the U.S.⟧q", "⟦Reyk⟧s ⟦said⟧c ⟦it holds in the U.S.⟧q"),
        ("⟦Reyk⟧s ⟦said⟧c ⟦it holds, “⟧qand then left.", "⟦Reyk⟧s ⟦said⟧c ⟦it holds⟧q, “and then left."),
        ("⟦“It holds.”⟧q ⟦“It will.”⟧q ⟦Reyk⟧s", "⟦“It holds.” “It will.”⟧q ⟦Reyk⟧s"),
        ("⟦Reyk⟧s, who left, ⟦said⟧c ⟦it holds⟧q.", "⟦Reyk, who left⟧s, ⟦said⟧c ⟦it holds⟧q."),
        ("⟦Reyk⟧s (who left) ⟦said⟧c ⟦it holds⟧q.", "⟦Reyk (who left)⟧s ⟦said⟧c ⟦it holds⟧q."),
        ("⟦Reyk⟧s — whose dam it is — ⟦said⟧c ⟦it holds⟧q.", "⟦Reyk — whose dam it is⟧s — ⟦said⟧c ⟦it holds⟧q."),
        ("⟦Reyk⟧s, who left, on Friday ⟦said⟧c ⟦it holds⟧q.", "⟦Reyk, who left⟧s, on Friday ⟦said⟧c ⟦it holds⟧q."),
        ("⟦Two⟧s who left ⟦said⟧c ⟦it holds⟧q.", "⟦Two who left⟧s ⟦said⟧c ⟦it holds⟧q."),
        ("⟦Reyk⟧s, who ⟦said⟧c ⟦it holds⟧q, left.", "⟦Reyk⟧s, who ⟦said⟧c ⟦it holds⟧q, left."),
        ("⟦Reyk⟧s, who left. She ⟦said⟧c ⟦it holds⟧q.", "⟦Reyk⟧s, who left. She ⟦said⟧c ⟦it holds⟧q."),
        ("⟦Reyk⟧s, who fears ⟦it holds⟧q, ⟦said⟧c so.", "⟦Reyk⟧s, who fears ⟦it holds⟧q, ⟦said⟧c so."),
    ],
)
def test_spans_keep_the_conventions(rough: str, tidy: str) -> None:
    text, spans = drawn(rough)
    expected_text, expected = drawn(tidy)
    assert text == expected_text
    got = tidied(text, candidate(spans), quotations(text), paragraphs(text))
    assert got is not None
    assert (got.source, got.cue, got.content) == (
        expected["s"][0] if expected["s"] else None,
        expected["c"][0] if expected["c"] else None,
        expected["q"],
    )


@pytest.mark.parametrize(
    ("rough", "whole"),
    [
        ("“The dam may fail.\n\n⟦“Go,”⟧q ⟦she⟧s ⟦said⟧c.", "⟦“The dam may fail.\n\n“Go,”⟧q ⟦she⟧s ⟦said⟧c."),
        (
            "⟦She⟧s ⟦said⟧c: ⟦“The dam may fail.⟧q\n\n“It is old.\n\n“Go.”",
            "⟦She⟧s ⟦said⟧c: ⟦“The dam may fail.\n\n“It is old.\n\n“Go.”⟧q",
        ),
        ("“The dam may fail.”\n\n⟦“Go,”⟧q ⟦she⟧s ⟦said⟧c.", "“The dam may fail.”\n\n⟦“Go,”⟧q ⟦she⟧s ⟦said⟧c."),
    ],
)
def test_a_quotation_that_goes_on_over_paragraphs_is_one(rough: str, whole: str) -> None:
    text, spans = drawn(rough)
    assert (text, [(c.source, c.cue, c.content) for c in continued(text, [candidate(spans)], quotations(text))]) == (
        text,
        [(x["s"][0], x["c"][0], x["q"]) for x in [drawn(whole)[1]]],
    )


@pytest.mark.parametrize(
    ("rough", "whole"),
    [
        ("We buy dear. ⟦We sell cheap⟧q, ⟦Reyk⟧s ⟦said⟧c.", "⟦We buy dear. We sell cheap⟧q, ⟦Reyk⟧s ⟦said⟧c."),
        ("⟦We sell cheap⟧q, ⟦Reyk⟧s ⟦said⟧c. It hurts.", "⟦We sell cheap⟧q, ⟦Reyk⟧s ⟦said⟧c. ⟦It hurts.⟧q"),
        ("It rained. ⟦We sell cheap⟧q, ⟦Reyk⟧s ⟦said⟧c.", "It rained. ⟦We sell cheap⟧q, ⟦Reyk⟧s ⟦said⟧c."),
        ("⟦Reyk⟧s ⟦said⟧c ⟦we sell cheap⟧q. It hurts.", "⟦Reyk⟧s ⟦said⟧c ⟦we sell cheap⟧q. It hurts."),
    ],
)  # fmt: skip
def test_without_marks_a_quotation_holds_the_sentences_beside_it_that_are_told_too(rough: str, whole: str) -> None:
    text, spans = drawn(rough)
    of = sentences(text)
    at = next(k for k, x in enumerate(of) if spans["c"][0] in x)
    beside = tuple((of[k], 0.0) for k in (at - 1, at + 1) if 0 <= k < len(of))
    (got,) = told_on(text, [replace(candidate(spans), beside=beside)])
    assert got.content == drawn(whole)[1]["q"]
    unlikely = replace(candidate(spans), beside=tuple((x, -9.0) for x, _ in beside))
    assert told_on(text, [unlikely])[0].content == spans["q"]


def test_without_marks_a_sentence_in_which_another_tells_something_is_left() -> None:
    text, a = drawn("⟦We sell cheap⟧q, ⟦Reyk⟧s ⟦said⟧c. We hope, Oll added.")
    _, b = drawn("We sell cheap, Reyk said. ⟦We hope⟧q, ⟦Oll⟧s ⟦added⟧c.")
    first = replace(candidate(a), beside=((sentences(text)[1], 3.0),))
    assert told_on(text, [first, candidate(b)])[0].content == a["q"]


@pytest.mark.parametrize(
    ("rough", "score", "whole"),
    [
        ("⟦The pool closes⟧q, ⟦she⟧s ⟦said⟧c, and a buyer had been found.", -3.0, "and a buyer had been found"),
        ("⟦She⟧s ⟦said⟧c ⟦the pool would close⟧q, and a buyer had come.", -3.0, "and a buyer had come"),
        ("⟦The pool closes⟧q, ⟦she⟧s ⟦said⟧c, and a buyer had been found.", -9.0, None),
        ("⟦“The pool closes,”⟧q ⟦she⟧s ⟦said⟧c, and a buyer had been found.", -3.0, None),
        ("⟦The pool closes⟧q, ⟦she⟧s ⟦said⟧c, and left.", -3.0, None),
        ("⟦Over seven months⟧q, ⟦it⟧s ⟦says⟧c, two million reached them.", 0.0, "two million reached them"),
        ("⟦“Gone,”⟧q ⟦she⟧s ⟦said⟧c; “two of them” were sold.", 0.0, "“two of them” were sold"),
        ("⟦Over seven months⟧q, ⟦it⟧s ⟦says⟧c, two million reached them.", -3.0, None),
        ("⟦The pool closes⟧q, ⟦she⟧s ⟦said⟧c, though it is new.", 0.0, None),
        ("⟦The pool closes⟧q, ⟦she⟧s ⟦said⟧c, without a word of regret.", 0.0, None),
        ("⟦She⟧s ⟦said⟧c ⟦the pool would close⟧q, though it is new.", 0.0, None),
        ("⟦She⟧s ⟦said⟧c ⟦the pool would close⟧q, it is new.", 0.0, None),
    ],
)
def test_content_goes_on_with_its_sentence_behind_the_cue(rough: str, score: float, whole: str | None) -> None:
    text, spans = drawn(rough)
    start = max(x.end for part in spans.values() for x in part) + 2
    rest = (Span(start, len(text)), score)
    (got,) = went_on(text, [replace(candidate(spans), rest=rest)], quotations(text))
    assert [x.of(text) for x in got.content[len(spans["q"]) :]] == ([whole] if whole else [])
    other = replace(candidate({"s": (), "c": (Span(start, start + 3),), "q": (Span(start + 4, len(text)),)}))
    assert went_on(text, [replace(candidate(spans), rest=rest), other], quotations(text))[0].content == spans["q"]


@pytest.mark.parametrize(
    ("told", "cue"),
    [
        ("She declined to say whether the gates had been tested.", None),
        ("Her deputy, Tomas Orlu, refused to comment on the report.", None),
        ("The Port Authority would not say who had signed the order.", None),
        ("Tomas Orlu would neither confirm nor deny that such an offer had been made.", None),
        ("The Port Authority could not confirm that the gates had been tested.", None),
        ("Tomas Orlu declined the offer of a joint inspection.", "declined"),
        ("It seems that the lamps went out at midnight.", None),
    ],
)
def test_who_declined_to_answer_and_what_seems_so_said_nothing(told: str, cue: str | None) -> None:
    text = f"“The dam may fail,” said Ana Reyk, the minister of works. {told}\n"
    document = Document(id="a", text=text)
    found = flow.analysis(document, encoder(), Settings()).statements
    assert [s.cue.of(text) for s in found if s.cue] == ["said", *([cue] if cue else [])]
    assert len(flow.analysis(document, encoder(), Settings(broad=True)).statements) == 2  # as PolNeAR has it


@pytest.mark.parametrize(
    ("rough", "source", "further"),
    [
        (
            "⟦The dam leaks⟧q, ⟦said⟧c ⟦Ana Reyk, who called on both towns to wait⟧s. It rained.",
            "Ana Reyk",
            ("who", "called on", "both towns to wait"),
        ),
        (
            "⟦The dam leaks⟧q, ⟦said⟧c ⟦Ana Reyk, who wants Orrin⟧s, the town below, ⟦to wait⟧q.",
            "Ana Reyk",
            ("who", "wants", "Orrin, the town below, to wait"),
        ),
        (
            "⟦The dam leaks⟧q, ⟦according to⟧c ⟦the council⟧s, which has also warned Mr. Oll of floods; it rained.",
            "the council",
            ("which", "has also warned", "Mr. Oll of floods"),
        ),
        ("⟦It leaks⟧q, ⟦said⟧c ⟦a miner, who asked not to be named⟧s.", "a miner, who asked not to be named", None),
        ("⟦It leaks⟧q, ⟦said⟧c ⟦a miner, who spoke of it unnamed⟧s.", "a miner, who spoke of it unnamed", None),
        ("⟦It leaks⟧q, ⟦said⟧c ⟦Ana Reyk, who speaks for Orrin⟧s.", "Ana Reyk, who speaks for Orrin", None),
        ("⟦It leaks⟧q, ⟦said⟧c ⟦Ana Reyk, who argued her case⟧s.", "Ana Reyk, who argued her case", None),
        ("⟦It leaks⟧q, ⟦said⟧c ⟦Ana Reyk, who believes in God⟧s.", "Ana Reyk, who believes in God", None),
        ("⟦Ana Reyk, who called on both towns to wait⟧s, ⟦said⟧c ⟦it leaks⟧q.", None, None),
    ],
)
def test_a_relative_clause_behind_a_source_tells_a_statement_of_its_own(
    rough: str, source: str | None, further: tuple[str, str, str] | None
) -> None:
    text, spans = drawn(rough)
    c = candidate(spans)
    kept, *more = told_behind(text, [c], sentences(text))
    assert kept.source and kept.source.of(text) == (source or (c.source and c.source.of(text)))
    found = [(x.source.of(text), x.cue.of(text), x.content[0].of(text)) for x in more if x.source and x.cue]
    assert found == ([further] if further else [])


def test_a_relative_clause_that_is_told_already_is_told_once() -> None:
    text, spans = drawn("⟦The dam leaks⟧q, ⟦said⟧c ⟦Ana Reyk, who warned of floods⟧s.")
    again = text.index("who")
    inner = replace(
        candidate(spans),
        source=Span(again, again + 3),
        cue=Span(again + 4, again + 10),
        content=(Span(again + 11, 51),),
    )
    kept, told = told_behind(text, [candidate(spans), inner], sentences(text))
    assert kept.source and kept.source.of(text) == "Ana Reyk" and told == inner


@pytest.mark.parametrize("head", ["ELLMOUTH - ", "ELLMOUTH – ", "ELLMOUTH, March 3 (QNA) - ", "ELLMOUTH — "])
def test_a_dateline_is_no_part_of_a_source(head: str) -> None:
    text = f"{head}Mayor Ana Reyk promised on Monday that the town would have a ferry by spring. The river was calm.\n"
    found = flow.analysis(Document(id="a", text=text), encoder(), Settings()).statements
    assert [s.source.of(text) for s in found if s.source] == ["Mayor Ana Reyk"]


def test_what_words_are_about_is_not_said_by_them() -> None:
    asked = "QUESTION: Mayor Vels says he twice asked you to move them.\n\n"
    text = f"{'ANA REYK: The bridge was struck.'}\n\n{asked}ANA REYK: The mayor's letters concern a car park.\n\n"
    text += "QUESTION: And the road?\n\nANA REYK: The road is closed. I said so.\n"
    found = flow.analysis(Document(id="a", text=text), encoder(), Settings()).statements
    assert "concern" not in [s.cue.of(text) for s in found if s.cue]
    assert "The mayor's letters concern a car park" in [p.of(text) for s in found for p in s.content]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Ana Reyk spoke on Monday. The interior ministry exaggerated the fighting to put off the vote.", 0),
        ("The memo, dated 2 April, was written by the firm's technical director, Ana Reyk.", 0),
        ("Ana Reyk spoke on Monday. The interior ministry admitted that there was no fighting.", 1),
    ],
)
def test_who_exaggerates_and_by_whom_a_paper_is_written_says_nothing(words: str, told: int) -> None:
    found = flow.analysis(Document(id="a", text=words + "\n"), encoder(), Settings()).statements
    assert len(found) == told


@pytest.mark.parametrize(
    ("source", "anonymous"),
    [
        ("An informed source in the Naval Directorate", True),
        ("The source", True),
        ("A source in Dahrum’s Naval Directorate", True),
        ("Source Tomas Orlu", False),
        ("The Naval Directorate", False),
    ],
)
def test_a_source_that_is_called_no_more_is_anonymous(source: str, anonymous: bool) -> None:
    text = f"The tanker was boarded at dawn off Ras Tamim. {source} said that it was smuggling oil.\n"
    (found,) = flow.analysis(Document(id="a", text=text), encoder(), Settings()).statements
    assert (found.sourcing == "anonymous") == anonymous


@pytest.mark.parametrize(
    ("source", "told", "kind"),
    [
        ("A nurse at Ellmouth Hospital, who asked not to be named", "named-person", "anonymous"),
        ("One of them", "named-person", "anonymous"),
        ("A nurse at the hospital, Ana Reyk", "named-person", "named-person"),
        ("A herder called Gocha", "named-person", "named-person"),
        ("One participant, 71-year-old Ana Reyk", "anonymous", "named-person"),
        ("A tearful Ana Reyk", "named-person", "named-person"),
        ("The nurse", "named-person", "named-person"),
        ("A company spokeswoman", "anonymous", "named-organisation"),
        ("A spokesman for the Harbour Board", "anonymous", "named-organisation"),
        ("A spokesman, Tomas Orlu", "named-person", "named-person"),
        ("A bank in Ellmouth", "named-organisation", "named-organisation"),
        ("Company director Ana Reyk", "named-person", "named-person"),
        ("The head of the union, Ana Reyk", "named-person", "named-person"),
        ("The insurer Ana Reyk", "named-person", "named-person"),
        ("I", "named-organisation", "named-person"),
        ("The head of government", "named-person", "named-person"),
        ("The bookkeeper of the firm", "anonymous", "anonymous"),
    ],
)
def test_one_of_many_is_no_named_person_and_a_spokesman_is_his_body(
    source: str, told: Sourcing, kind: Sourcing
) -> None:
    assert kind_of_source(source, told) == kind


def test_a_candidate_of_marks_alone_is_nothing() -> None:
    text, spans = drawn("Reyk said ⟦“ ”⟧q.")
    assert tidied(text, candidate(spans), quotations(text), paragraphs(text)) is None


def test_one_cue_tells_one_statement_and_the_likelier_stays() -> None:
    _, a = drawn("⟦Reyk⟧s ⟦told reporters⟧c ⟦the dam may fail⟧q.")
    _, b = drawn("⟦Reyk⟧s told ⟦reporters⟧c ⟦the dam may⟧q fail.")
    assert distinct([candidate(b, 0.5), candidate(a, 0.9)]) == [candidate(a, 0.9)]


def test_a_report_inside_a_report_is_a_statement_of_its_own() -> None:
    _, a = drawn("⟦Reyk⟧s ⟦said⟧c ⟦the board had told her the dam may fail⟧q.")
    _, b = drawn("Reyk said ⟦the board⟧s ⟦had told her⟧c ⟦the dam may fail⟧q.")
    assert len(distinct([candidate(a), candidate(b)])) == 2


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 900)), max_size=30))
def test_touching_misses_no_overlap(pairs: list[tuple[int, int]]) -> None:
    spans = [Span(a, a + n) for a, n in pairs]
    near = touching(spans)
    for i, x in enumerate(spans):
        assert {k for k, y in enumerate(spans) if k != i and x.overlaps(y)} == set(near[i])


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("It came in 23 portions, according to the prosecutor, Amara Finch. “The town hall had a price list.”", True),
        (
            "Sam Okoro intends to press workmates to reject it. “We stood in the rain for nineteen days for a maybe.”",
            True,
        ),
        ("The hall stood empty. Over its door somebody had painted four words. “The town is ours.”", False),
    ],
)
def test_a_quotation_behind_what_someone_says_is_theirs(text: str, whose: bool) -> None:
    told = analyze(text)
    of = [s.source for s in told for part in s.content if part.start >= text.index("“")]
    assert bool(of) is whose
    if whose:
        assert of[0] is not None and of[0].of(text) in ("the prosecutor, Amara Finch", "Sam Okoro")


def test_a_word_or_two_without_marks_are_not_direct() -> None:
    told = analyze("The levy was agreed by the state, which the prosecutor, Amara Finch, disputed.")
    assert all(s.mode == "indirect" for s in told)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            "⟦The police⟧s ⟦denied⟧c ⟦Abend's claim that dogs were used⟧q.",
            "Abend | claim | that dogs were used",
        ),
        (
            "⟦The police⟧s ⟦denied⟧c ⟦a claim by Abend, a deputy, that dogs were used⟧q.",
            "Abend, a deputy | claim | that dogs were used",
        ),
        (
            "⟦The police⟧s ⟦denied⟧c ⟦that dogs were used⟧q, as a website had reported.",
            "a website | had reported | that dogs were used",
        ),
        ("⟦Abend⟧s ⟦said⟧c ⟦that dogs were used⟧q, which the police deplored.", None),
        ("⟦Abend⟧s ⟦said⟧c ⟦that dogs were used⟧q, which the police has denied.", "the police | has denied | which"),
        ("⟦Dogs were used⟧q, ⟦Abend⟧s ⟦said⟧c, a claim the police denies.", "the police | denies | a claim"),
        ("⟦The police⟧s ⟦rejected⟧c ⟦a report by Abend that was printed⟧q.", None),
        ("⟦The police⟧s ⟦rejected⟧c ⟦today's report that dogs were used⟧q.", None),
        ("⟦The police⟧s ⟦rejected⟧c ⟦claims of fraud that dogs had sniffed⟧q.", None),
        ("⟦The police⟧s ⟦called⟧c ⟦Abend's claim that dogs were used a lie⟧q.", None),
        ("⟦The police⟧s ⟦said⟧c ⟦that dogs were used⟧q, as a website had reported.", None),
    ],
)
def test_whose_claim_it_is_that_is_denied(found: str, told: str | None) -> None:
    text, spans = drawn(found)
    first, *more = answered(text, [candidate(spans)])
    assert first == candidate(spans)
    lines = [f"{c.source.of(text)} | {c.cue.of(text)} | {c.content[0].of(text)}" for c in more if c.source and c.cue]
    assert lines == ([told] if told else [])


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ("⟦Orlu⟧s ⟦said⟧c ⟦the minister had told him that it leaks⟧q.", "the minister | told him | that it leaks"),
        ("⟦Orlu⟧s ⟦said⟧c ⟦that Bo Abend had said to her that it leaks⟧q.", "Bo Abend | said to her | that it leaks"),
        (
            "⟦An aide⟧s ⟦said⟧c ⟦Abend had promised in May that it would hold⟧q.",
            "Abend | promised | that it would hold",
        ),
        (
            "⟦Orlu⟧s ⟦said⟧c ⟦the dairy had assured her last week it was safe⟧q.",
            "the dairy | assured her | it was safe",
        ),
        ("⟦Orlu⟧s ⟦said⟧c ⟦nobody had told him that it leaks⟧q.", None),
        ("⟦Orlu⟧s ⟦said⟧c ⟦the minister had asked for no money⟧q.", None),
        ("⟦Orlu⟧s ⟦said⟧c ⟦the dam had leaked⟧q.", None),
    ],
)
def test_whose_words_somebody_passes_on(found: str, told: str | None) -> None:
    text, spans = drawn(found)
    _, *more = answered(text, [candidate(spans)])
    lines = [f"{c.source.of(text)} | {c.cue.of(text)} | {c.content[0].of(text)}" for c in more if c.source and c.cue]
    assert lines == ([told] if told else [])


def test_who_claims_what_is_denied_does_not_claim_the_denial() -> None:
    text, spans = drawn("⟦The police⟧s ⟦denied⟧c ⟦using dogs⟧q, as Abend had claimed.")
    start = text.index("Abend")
    aside = replace(
        candidate(spans), source=Span(start, start + 5), cue=Span(start + 6, start + 17), content=(Span(0, 27),)
    )
    assert answered(text, [candidate(spans), aside])[1].content == spans["q"]
