"""Credit lines: the credit is between ⟦ and ⟧, its outlet is named beside it. All texts and outlets are invented."""

from __future__ import annotations

from time import process_time

import pytest

from stemmata.read import credits

LEAD = "The dam above Karsk may fail, engineers said. The ministry did not answer.\n\n"
WIDE = "\n\nA second thing.\n\nA third thing.\n\nA fourth thing.\n\nA fifth thing.\n\n"

# (text with the credit marked, outlets in the text's order)
CREDITS = [
    # lines at the end
    (LEAD + "⟦With material from Sarn Wire⟧.", "Sarn Wire"),
    (LEAD + "⟦With additional reporting by the Karsk Courier⟧.", "Karsk Courier"),
    (LEAD + "(⟦With inputs from SNA⟧)", "SNA"),
    (LEAD + "⟦With agency material from SNA⟧", "SNA"),
    (LEAD + "⟦With thanks to Half Past Six⟧.", "Half Past Six"),
    (LEAD + "⟦With SNA⟧", "SNA"),
    (LEAD + "⟦With Radio Sarn⟧", "Radio Sarn"),
    (LEAD + "⟦Source: Dikes & Sluices⟧", "Dikes & Sluices"),
    (LEAD + "(⟦Source: Dikes & Sluices⟧)", "Dikes & Sluices"),
    (LEAD + "⟦Source: karsk-live.example⟧", "karsk-live.example"),
    (LEAD + "⟦Facts: SNA⟧. Anger: ours.", "SNA"),
    (LEAD + "⟦Reporting: Karsk Public Broadcasting⟧", "Karsk Public Broadcasting"),
    (LEAD + "⟦Based on a report by Lowland Ledger⟧.", "Lowland Ledger"),
    (LEAD + "⟦Prepared on the basis of SNA materials⟧.", "SNA"),
    (LEAD + "⟦Reporting draws on Sarn Abroad⟧. We are free of charge.", "Sarn Abroad"),
    (LEAD + "⟦Reporting by our desk and SNA⟧.", "SNA"),
    (LEAD + "⟦The Sarn Wire contributed to this report⟧.", "Sarn Wire"),
    (LEAD + "⟦Sarn Press Agency (SPA) contributed reporting to this story⟧.", "Sarn Press Agency"),
    (LEAD + "– ⟦SNA⟧", "SNA"),
    (LEAD + "/⟦SNA⟧/", "SNA"),
    (LEAD + "⟦SNA / Večer Karsk⟧", "SNA"),
    (LEAD + "Nobody was hurt. (⟦SNA⟧)", "SNA"),
    (LEAD + "⟦Karsk Evening Herald⟧", "Karsk Evening Herald"),
    (LEAD + "⟦Contributing: Ana Reyk; Karsk Courier⟧", "Karsk Courier"),
    (LEAD + "⟦Translated from the Karsk Courier⟧.", "Karsk Courier"),
    (LEAD + "⟦In cooperation with Radio Sarn⟧.", "Radio Sarn"),
    (LEAD + "⟦Read the full story at Weir.example⟧", "Weir.example"),
    (LEAD + "⟦Source – Sarn Wire⟧", "Sarn Wire"),
    (LEAD + "⟦SNA/own⟧", "SNA"),
    ("⟦By the Sarn Wire⟧\n\n" + LEAD + WIDE, "Sarn Wire"),
    ("⟦By our staff, with Karsk Courier⟧\n\n" + LEAD + WIDE, "Karsk Courier"),
    ("⟦By our desk with SNA⟧\n\n" + LEAD + WIDE, "SNA"),
    ("⟦By Ana Reyk, Karsk Courier⟧\n\n" + LEAD + WIDE, "Karsk Courier"),
    ("⟦By Ana Reyk (Sarn Wire)⟧\n\n" + LEAD + WIDE, "Sarn Wire"),
    ("⟦By Ana Reyk and the Sarn Wire⟧\n\n" + LEAD + WIDE, "Sarn Wire"),
    ("By Ana Reyk; additional ⟦reporting by Karsk Courier⟧\n\n" + LEAD + WIDE, "Karsk Courier"),
    (LEAD + "By our staff, ⟦with reporting from Sarn Wire⟧", "Sarn Wire"),
    (LEAD + "⟦Reporting by Ana Reyk; editing by Boris Lunt (Sarn Wire)⟧", "Sarn Wire"),
    (LEAD + "(⟦Reporting by Ana Reyk in Karsk; Editing by Boris Lunt) (SNA)⟧", "SNA"),
    # where it stood first
    ("⟦This story first appeared in Lowlander⟧." + WIDE, "Lowlander"),
    (LEAD + "⟦This article was originally published by Lowlander and is republished with permission⟧.", "Lowlander"),
    (LEAD + "⟦Originally published on Grindstone⟧.", "Grindstone"),
    (LEAD + "The post Dam Fails ⟦appeared first on Grindstone⟧.", "Grindstone"),
    (LEAD + "⟦Republished from The Weir⟧.", "Weir"),
    (LEAD + "The leak was ⟦first reported by the Karsk Courier⟧ on Monday.", "Karsk Courier"),
    # datelines
    ("⟦KARSK (Sarn Wire)⟧ — The dam may fail." + WIDE, "Sarn Wire"),
    ("⟦KARSK, Oct. 10 (SNA)⟧: The dam may fail." + WIDE, "SNA"),
    ("⟦ST. ANNE'S FORD, Upper Sarn (SNA)⟧ -- The dam may fail." + WIDE, "SNA"),
    ("⟦KARSK, March 1. /SNA⟧/. The dam may fail." + WIDE, "SNA"),
    ("⟦Karsk, 4 March (SNA)⟧ – The dam may fail." + WIDE, "SNA"),
    # in the running text
    ("The dam may fail, ⟦the Karsk Courier reports⟧." + WIDE, "Karsk Courier"),
    ("The dam may fail, ⟦Half an Hour of Water reports⟧." + WIDE, "Half an Hour of Water"),
    ("The dam may fail, ⟦reports the Karsk Courier⟧." + WIDE, "Karsk Courier"),
    ("The dam may fail, ⟦calculates the portal Weir Watch⟧." + WIDE, "Weir Watch"),
    ("⟦According to the broadcaster VKR⟧, the dam may fail." + WIDE, "VKR"),
    ("⟦According to the water portal Blue Mornings⟧, the dam may fail." + WIDE, "Blue Mornings"),
    ("The dam may fail, as follows from ⟦materials of the broadcaster VKR⟧." + WIDE, "VKR"),
    ("⟦The Lower Sarn news agency reports⟧ that the dam may fail." + WIDE, "Lower Sarn"),
    ("⟦SNA, the Sarnian state agency, wrote⟧ that the dam may fail." + WIDE, "SNA"),
    ("⟦The agency SNA⟧ reports that the dam may fail." + WIDE, "SNA"),
    ("The dam may fail, ⟦SNA reports⟧." + WIDE, "SNA"),
    ("The dam may fail, ⟦as SNA first reported⟧, and soon." + WIDE, "SNA"),
    ("On Tuesday ⟦the Karsk Courier reported⟧ that the dam may fail." + WIDE, "Karsk Courier"),
    ("“It may fail,” she ⟦told the Karsk Courier⟧." + WIDE, "Karsk Courier"),
    ("“It may fail,” she ⟦told SNA⟧ by phone." + WIDE, "SNA"),
    ("In a letter ⟦seen by Sarn Press Agency⟧, she asks for sand." + WIDE, "Sarn Press Agency"),
    ("The dam may fail (⟦via Karsk Courier⟧)." + WIDE, "Karsk Courier"),
    ("It may fail, ⟦in a report by the Karsk Courier⟧ that others copied." + WIDE, "Karsk Courier"),
    ("It may fail, the mayor said, ⟦citing Reuters⟧." + WIDE, "Reuters"),
    ("It may fail, the mayor told ⟦an SNA correspondent⟧." + WIDE, "SNA"),
    ("It may fail, the mayor ⟦said on Radio Sarn⟧." + WIDE, "Radio Sarn"),
    ("⟦A Karsk Courier report⟧ had put the bill at nine million." + WIDE, "Karsk Courier"),
    ("⟦The Karsk Courier, which first reported⟧ the leak, asked twice." + WIDE, "Karsk Courier"),
    ("⟦The Karsk Courier was first to report⟧ the leak." + WIDE, "Karsk Courier"),
    ("The leak was ⟦first reported by Grindstone⟧." + WIDE, "Grindstone"),
    ("“It may fail,” she said in ⟦remarks carried by the Sarn Press Agency⟧." + WIDE, "Sarn Press Agency"),
    ("“It may fail,” she said in ⟦remarks carried by SNA⟧." + WIDE, "SNA"),
    ("A note ⟦published by the Karsk Courier⟧ asks for sand." + WIDE, "Karsk Courier"),
    ("Pictures ⟦shown on Radio Sarn⟧ prove the leak." + WIDE, "Radio Sarn"),
    # more than one
    (LEAD + "⟦With reporting by SNA, Radio Sarn and the Karsk Courier⟧.", "SNA; Radio Sarn; Karsk Courier"),
    ("She ⟦told SNA⟧ it leaks." + WIDE + "⟦With files from Radio Sarn⟧", "SNA; Radio Sarn"),
]


@pytest.mark.parametrize(("drawn", "outlets"), CREDITS, ids=lambda value: str(value)[-60:])
def test_credits(drawn: str, outlets: str) -> None:
    text = drawn.replace("⟦", "").replace("⟧", "")
    found = credits(text)
    assert [c.name for c in found] == outlets.split("; ")
    marked = [part.split("⟧")[0] for part in drawn.split("⟦")[1:]]
    assert sorted({c.span for c in found}) == [c for c in sorted({c.span for c in found}) if c.of(text) in marked]
    assert {c.span.of(text) for c in found} == set(marked)
    assert all(c.name in c.span.of(text) for c in found)


@pytest.mark.parametrize(
    "text",
    [
        "The minister reported that the dam may fail, according to the Ministry of Works.",
        "Ana Reyk reported the leak. Karsk reports no damage.",
        "“It may fail,” she told Parliament. She told NATO and the KPU that it leaks.",
        "Ana Reyk told Boris Lunt that the dam may fail, according to Upper Sarn.",
        "Thanks to Karsk and its sand the dam still holds.",
        "The trench was filled with material from Karsk.",
        "Cases were first reported in Karsk; the band first appeared in Sarn.",
        LEAD + "Source: Ministry of Works",
        LEAD + "Sources: own reporting, conference call",
        LEAD + "Ana Reyk contributed to this report.",
        LEAD + "Additional reporting by Ana Reyk in Karsk.",
        LEAD + "(Boris Lunt/SNA)",
        LEAD + "BACKGROUND",
        LEAD + "Photo: Sarn Wire",
        "MARKET\n\nScallops closed at 14.",
        "KARSK (Agencies) — The dam may fail.",
        "Karsk (Labour) — the member for Sarn — said nothing.",
        "UPDATE: The dam may fail.",
        "KPU reported a loss. It fell, as KPU said, according to KPU. The water agency KPU wrote. It fell, KPU said.",
        "It may fail, as NASA reported.",
        "Sarnish state television said that the dam may fail.",
        "The motion was carried by SPU and MPs of Upper Sarn. A statement released by KPU, carried by boys, was long.",
        "News reports said so. Media reports followed. Weather reports were worse.",
        "Environment Agency reports show that it leaks, according to the Environment Agency.",
        "The leak was first reported by Ana Reyk. An April 24 report is lost.",
        LEAD + "By Ana Reyk",
        LEAD + "By Ana Reyk, with Boris Lunt in Karsk",
        LEAD + "By Ana Reyk, Minister of Works",
        LEAD + "Reporting by Ana Reyk; editing by Boris Lunt (Karsk)",
        LEAD + "Contributing: Ana Reyk, Boris Lunt",
        "",
        "\n\n\n",
    ],
)
def test_no_credits(text: str) -> None:
    assert [c.name for c in credits(text)] == []


def test_an_outlet_is_credited_once_and_by_its_surest_words() -> None:
    text = "“It leaks,” she told the Karsk Courier. “Yes,” she told the Karsk Courier.\n\nSource: Karsk Courier"
    assert [c.span.of(text) for c in credits(text)] == ["Source: Karsk Courier"]


def test_an_acronym_that_the_text_explains_is_an_outlet() -> None:
    text = "The Sarn Press Agency (KQX) is closed. According to KQX, the dam may fail."
    assert "KQX" in [c.name for c in credits(text)]
    assert credits("According to KQX, the dam may fail.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "A" * 20_000,
        "Aa " * 7_000,
        "( " * 10_000,
        "With reporting by " * 1_200,
        "a\n" * 10_000,
        "\n" * 20_000,
        " " * 20_000,
    ],
)
def test_time_grows_with_the_text_and_no_faster(text: str) -> None:
    start = process_time()
    credits(text)
    assert process_time() - start < 2  # a quadratic search took over a minute
