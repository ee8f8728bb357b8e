"""Paragraphs and quotation marks, as drawings: ⟦ ⟧ closed, ⟦ ⟧> runs on, ⟦ ⟧? recovered."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stemmata.model import Span
from stemmata.surface import dateline, mode_words, paragraphs, quotations, quotations_at, unbroken

ENDS = {"closed": "", "runs-on": ">", "recovered": "?"}

DRAWINGS = [
    "Reyk said: ⟦“The dam may fail.”⟧ Nobody asked.",
    "⟦“The dam,”⟧ she said, ⟦“may fail.”⟧",
    '⟦"The dam,"⟧ she said, ⟦"may fail."⟧',
    "⟦‘The dam,’⟧ she said, ⟦‘may fail.’⟧",
    "⟦'The dam's wall,'⟧ she said, ⟦'may fail.'⟧",
    "⟦‘It’s the officials’ view,’⟧ she said.",
    "The officials’ view and the minister’s are one.",
    "Rock 'n' roll in the '90s, y'all.",
    "⟦«The dam»⟧, she said, ⟦«may fail»⟧.",
    "⟦« Le barrage »⟧ may fail.",
    "⟦„The dam“⟧, she said, ⟦„may fail”⟧.",
    "⟦»The dam«⟧, she said.",
    "⟦“She called it ‘safe’ twice,”⟧ he said.",
    "⟦“The dam may fail.⟧>\n\n⟦“It may hold.”⟧",
    '⟦"The dam may fail.⟧>\n\n⟦"It may hold."⟧',
    "⟦“The dam may fail,⟧?\n\nshe said.",
    "⟦“The dam may fail, she said.⟧? ⟦“It may hold.”⟧",
    "A 6\" pipe and a 9' wall.",
    "A ⟦“leak”⟧ of 5’ in the wall.",
    "She held the ⟦‘keys’⟧ of the officials’ gate.",
    "(⟦“Yes”⟧)—⟦“no”⟧.",
]


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_quotations(drawing: str) -> None:
    text = drawing.replace("⟦", "").replace("⟧>", "").replace("⟧?", "").replace("⟧", "")
    pieces, at = [], 0
    for q in quotations(text):
        pieces += [text[at : q.span.start], "⟦", q.span.of(text), "⟧", ENDS[q.end]]
        at = q.span.end
    assert "".join([*pieces, text[at:]]) == drawing


LONG = "The dam may fail within a year, the board of the valley was told on Monday."
WRAPPED = "The dam may fail within a year, the board\nof Lower Tarn was told, and nobody knows\nBo Tarn, who built it"


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("  One.\n \n\n Two. \n", ["One.", "Two."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One goes\non here.\nTwo.", ["One goes\non here.", "Two."]),
        ("He asked the U.S.\nCongress.", ["He asked the U.S.\nCongress."]),
        ("He asked the Workers’\nUnion.", ["He asked the Workers’\nUnion."]),
        ("18.42\nUnion calls strike\n" + LONG, ["18.42", "Union calls strike", LONG]),
        ("THE BOARD\nBy Ana Reyk\n\n" + LONG, ["THE BOARD", "By Ana Reyk", LONG]),
        ("The dam may\nfail. " + LONG, ["The dam may\nfail. " + LONG]),  # a small letter goes on with it
        ("So far\n- The dam may fail\n• the wall holds", ["So far", "- The dam may fail", "• the wall holds"]),
        (WRAPPED, [WRAPPED]),
        (WRAPPED + "\nhttps://board.example/" + "x" * 99, [WRAPPED + "\nhttps://board.example/" + "x" * 99]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_paragraphs(text: str, blocks: list[str]) -> None:
    assert [b.of(text) for b in paragraphs(text)] == blocks


@example("'\".\n'")  # one mark runs on, and another opens within it
@given(st.text(alphabet="ab .,\n“”‘’'\"«»„", max_size=80))
def test_any_marks_are_survived(text: str) -> None:
    blocks = paragraphs(text)
    found = quotations(text)
    assert all(x.end <= y.start for x, y in pairwise(blocks))
    assert all(x.span.end <= y.span.start for x, y in pairwise(found))
    assert all(any(q.span in b for b in blocks) and q.span.start < q.span.end for q in found)


@pytest.mark.parametrize(
    ("content", "expected"), [("“may fail”", (2, 2)), ("the dam “may fail”", (2, 4)), ("the dam", (0, 2))]
)
def test_words_in_marks(content: str, expected: tuple[int, int]) -> None:
    text = "She said the dam “may fail” soon."
    start = text.index(content)
    assert mode_words(text, (Span(start, start + len(content)),), quotations(text)) == expected


def test_an_unclosed_quotation_holds_only_what_opens_it() -> None:
    text = "“The dam may fail, she said. She denied that it had failed before."
    (quoted,) = quotations(text)
    assert quoted.end == "recovered"
    assert mode_words(text, (Span(0, 17),), [quoted]) == (4, 4)
    later = Span(text.index("that it"), len(text) - 1)
    assert mode_words(text, (later,), [quoted]) == (0, 5)


@given(st.text(alphabet="ab .,\n“”‘’'\"", max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_those_at_a_span_miss_none(text: str, start: int, size: int) -> None:
    every, span = quotations(text), Span(start, start + size)
    assert {q.span for q in every if q.span.overlaps(span)} <= {q.span for q in quotations_at(every, span)}


@pytest.mark.parametrize("drawn", ["The ‘dam may fail. ", "‘The boards’ plan and the boards’ dam "])
def test_time_grows_with_the_marks_of_a_paragraph(drawn: str) -> None:
    text = drawn * 20_000
    clock = time.perf_counter()
    quotations(text)
    assert time.perf_counter() - clock < 10  # the first took half an hour when every mark looked for its end anew


def test_paragraphs_of_many_lines_take_no_time() -> None:
    text = "the dam may fail said the board of the valley\n" * 40_000
    clock = time.process_time()
    assert len(paragraphs(text)) == 1
    assert time.process_time() - clock < 3  # each line was read again with all that stood before it


@pytest.mark.parametrize(
    ("text", "at", "kept"),
    [
        ("It says ⟦it has summoned him\n\n09:00⟧\n\nThe dam holds.", "It", "it has summoned him"),
        ("⟦Board turns on him\n\nReyk has left⟧, she said.", "said", "Reyk has left"),
        ("She said ⟦“It may fail.\n\n“It may hold.”⟧", "said", "“It may fail.\n\n“It may hold.”"),
    ],
)
def test_what_is_said_goes_on_over_no_heading_and_no_stamp(text: str, at: str, kept: str) -> None:
    start, end = text.index("⟦"), text.index("⟧") - 1
    bare = text.replace("⟦", "").replace("⟧", "")
    assert unbroken(bare, paragraphs(bare), Span(start, end), bare.index(at)).of(bare) == kept


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("ELLMOUTH - Mayor Ana Reyk spoke.", "ELLMOUTH - "),
        ("ELLMOUTH, Tamsin, March 3 – Mayor Ana Reyk spoke.", "ELLMOUTH, Tamsin, March 3 – "),
        ("ELLMOUTH, March 3 (QNA) -- Mayor Ana Reyk spoke.", "ELLMOUTH, March 3 (QNA) -- "),
        ("Gates fail\n\nELLMOUTH (QNA) — Mayor Ana Reyk spoke.", "ELLMOUTH (QNA) — "),
        ("REYK-BRELL TRUST spoke.", None),
        ("ELLMOUTH–LOWMARK ROAD closed.", None),
        ("Ana Reyk - the mayor - spoke.", None),
        ("REYK: The gates failed.", None),
    ],
)
def test_a_dateline_is_a_place_in_capitals_before_a_dash(text: str, head: str | None) -> None:
    found = dateline(text)
    assert (found and found.of(text)) == head
