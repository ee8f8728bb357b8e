"""Numbers as newsrooms write them: two forms of one value, and two values in one form."""

from __future__ import annotations

import pytest

from stemmata.language.counts import Quantity
from stemmata.language.quantities import quantities
from stemmata.language.values import Compared, compared
from stemmata.model import Span


def read(text: str) -> list[Quantity]:
    return quantities(text, (Span(0, len(text)),))


def beside(parent: str, child: str) -> Compared:
    return compared(read(parent), read(child))


SAME = [
    ("people over 50", "the over-50s"),
    ("under-18s", "children under 18"),
    ("14.2 billion crowns", "14 billion crowns"),
    ("60.2 kilometres", "sixty kilometres"),
    ("4.26 million boats", "more than four million boats"),
    ("twice a month", "24 times a year"),
    ("within 500 metres of the river", "within 500m of the river"),
    ("300 metres of pipe", "300m of pipe"),
    ("5 million of the people", "5m of the people"),
    ("a quarter to ten in the evening", "9.45pm"),
    ("from a quarter to one in five", "from 25 to 20 per cent"),
    ("between one and three o'clock in the morning", "between 1am and 3am"),
    ("a million and a half people", "1.5 million people"),
    ("two million and a half", "2.5 million"),
    ("a hundred and a half", "150"),
    ("1 000 jobs", "1,000 jobs"),
    ("12 050 people in 3 rooms", "12,050 people in 3 rooms"),
    ("2 340 150 ballots", "2.34 million ballots"),
    ("14\u2009500 jobs", "14,500 jobs"),
    ("3/4 of voters", "75 per cent of voters"),
    ("1/4 of a million", "250,000"),
    # rounded
    ("seventeen days before", "more than two weeks before"),
    ("40 days", "almost six weeks"),
    ("more than two hundred people", "214 people"),
    ("not even forty", "thirty-seven people"),
    ("about 90,000 dollars", "$91,400"),
    ("more than half", "53 per cent"),
    ("more than a quarter", "27 per cent"),
    ("nearly two thirds", "62 per cent"),
    ("sixty-one in every hundred", "61 per cent"),
    ("some 200 passages", "214 sentences"),
    ("3.2 million", "more than three million"),
    ("almost six voters in ten", "58 per cent"),
    ("sixty-one out of every hundred", "61 per cent"),
    ("sixty days", "two months"),
    ("no one heard the two shots", "two shots"),
    ("one child in three in Orrin", "that one child in three leaves"),
    # two numbers and what one is of the other
    ("nine out of fourteen bottles", "of fourteen bottles opened, nine held it"),
    ("of 2,600 employees, 2,300 left", "nearly nine in ten left"),
    ("eleven knots where five is the limit", "more than double the limit"),
    ("half of its 120,000 doses", "60,000 of its 120,000 doses"),
    ("it had sent 120,000 doses, half of which arrived", "60,000 of the 120,000 doses that it sent arrived"),
    # ranges
    ("between 2% and 3%", "2 to 3 percent"),
    ("between 2 and 3 per cent", "2%-3%"),
    ("$2-3 million", "between $2 million and $3 million"),
    ("between 5 and 7 crore", "50 million to 70 million"),
    ("a 10- to 12-week wait", "a wait of 10 to 12 weeks"),
    ("2 million to 3 million dollars", "$2m-$3m"),
    ("two or three percent", "2 to 3 percent"),
    ("from 2019 to 2021", "2019-21"),
    ("the 2019/20 season", "the 2019-20 season"),
    ("4-6 October", "October 4 to October 6"),
    ("October 4-6", "4 to 6 October"),
    ("from 3 to 5 p.m.", "15:00-17:00"),
    ("900 to 1.2 million people", "between 900 and 1,200,000 people"),
    # ages
    ("a 58-year-old woman", "a woman aged 58"),
    ("a 58-year-old woman", "a woman who is 58 years old"),
    ("Ana Reyk, 58, lost", "the 58-year-old lost"),
    ("a six-month-old calf", "a calf aged six months"),
    ("a child at the age of two", "a two-year-old child"),
    # shares of a count, and weeks
    ("five of its eight libraries", "five out of eight libraries"),
    ("closed for a fortnight", "closed for two weeks"),
    # rates
    ("£50 a year", "£50 annually"),
    ("£50 per annum", "£50 each year"),
    ("£50 yearly", "£50 every year"),
    ("20 ships a day", "20 ships daily"),
    ("20 a day", "20 per day"),
    ("£600 a year", "£50 a month"),
    ("50 miles per hour", "50mph"),
    ("50 mph", "80 km/h"),
    ("80 kph", "80 kilometres an hour"),
    ("50 miles an hour", "80 kilometres an hour"),
    ("20 dollars an hour", "$20 per hour"),
    ("a limit of 20 a day", "a limit of 20 ships a day"),
    ("$5 million a year", "$5m per year"),
    ("20 men died in a day", "20 men died"),
    # shares
    ("two in five farms", "40 percent of farms"),
    ("2 in 5 farms", "two out of five farms"),
    ("one in three", "a third"),
    ("1 in 3 farms", "33% of farms"),
    ("half of the farms", "50 percent of the farms"),
    ("a quarter of the farms", "25pc of the farms"),
    ("three-quarters of the farms", "75 percent of the farms"),
    ("the price was halved", "the price fell by half"),
    ("half an hour", "30 minutes"),
    ("an hour and ten minutes", "70 minutes"),
    ("two hours and 10 minutes", "130 minutes"),
    ("three years and six months", "42 months"),
    ("within a year and a half", "within 18 months"),
    ("a quarter of an hour", "15 minutes"),
    ("two years", "24 months"),
    ("up by a fifth overnight", "up 20 percent overnight"),
    ("half a percent", "0.5 percent"),
    ("half a percentage point", "0.5 percentage points"),
    ("a quarter of a percentage point", "25 basis points"),
    ("5 percentage points", "five points"),
    # counts
    ("a dozen boats", "12 boats"),
    ("half a dozen boats", "six boats"),
    ("two dozen boats", "24 boats"),
    ("a couple of boats", "two boats"),
    ("a score of boats", "20 boats"),
    ("hundreds of boats", "200 boats"),
    ("dozens of boats", "40 boats"),
    ("tens of thousands of people", "30,000 people"),
    ("more than 40 boats", "over 40 boats"),
    ("at least 40 boats", "40 boats"),
    ("at least 40 boats", "no fewer than 40 boats"),
    ("at least 40 boats", "40 boats or more"),
    ("up to 40 boats", "no more than 40 boats"),
    ("at least 190 boats", "nearly 200 boats"),
    ("several boats", "some boats"),
    ("prices doubled", "prices rose two-fold"),
    ("twice as many", "two times as many"),
    ("prices tripled", "a threefold rise"),
    ("for the third time", "for the 3rd time"),
    ("his twentieth win", "his 20th win"),
    ("the twenty-first century", "the 21st century"),
    ("won 2-1", "won 2–1"),
    ("won 6-4", "won six to four"),
    ("by 163 votes to 149", "by 163 to 149"),
    # clocks and calendars
    ("at 3.15pm", "at 15:15"),
    ("at quarter past three", "at 3:15 p.m."),
    ("at half past three", "at 3.30pm"),
    ("between six in the morning and ten at night", "from 6 a.m. to 10 p.m."),
    ("at ten to four", "at 3:50 p.m."),
    ("at 3 o’clock", "at 15:00"),
    ("at noon", "at 12 p.m."),
    ("at midnight", "at 00:00"),
    ("on 9 June", "on June 9th"),
    ("on the 9th of June 2021", "on June 9, 2021"),
    ("in the 1990s", "in the nineties"),
    ("in fiscal 2024", "in FY24"),
    # measures
    ("30C", "86F"),
    ("30 degrees Celsius", "30°C"),
    ("-5C", "minus five degrees"),
    ("6ft tall", "six feet tall"),
    ("10 ft", "3 metres"),
    ("100 acres", "40 hectares"),
    ("100 hectares", "1 sq km"),
    ("a 100m race", "a race of 100 metres"),
    ("5 tonnes", "5,000 kg"),
    ("1,800 megawatts", "1.8 gigawatts"),
    ("1.8GW", "1,800 MW"),
    ("5 gigawatt-hours", "5,000 MWh"),
    ("250 ml", "a quarter of a litre"),
    ("3 gallons", "11.4 litres"),
    ("60 centimetres", "600 mm"),
    ("250 micrograms", "0.25 mg"),
    ("3 hectares", "30,000 m²"),
    ("20 cubic metres", "20,000 litres"),
    ("80 GB", "80 gigabytes"),
    ("20 kroner", "20 crowns"),
    ("2000 feet up", "610 metres up"),
    ("hundreds of kilometres", "200 miles"),
    ("the Harbour Party was third with 9.8 percent", "the Harbour Party was third on 9.8"),
    ("the Union 33 percent and the Harbour Party 11 percent", "the Union at 33 percent and the Harbour Party at 11"),
    ("by 2027 unless it is sold", "in 2027"),
    ("by as much as a third", "by up to a third under the ban"),
    # money
    ("3.4 billion pounds", "£3.4bn"),
    ("$3b", "$3 billion"),
    ("$3 million", "3 mln dollars"),
    ("$3 million", "USD 3m"),
    ("Rs 5 lakh", "500,000 rupees"),
    ("Rs500", "₹500"),
    ("5 crore", "50 million"),
    ("10k people", "10,000 people"),
    ("$1.5tn", "1.5 trillion dollars"),
    # no quantity, or none that is wrong
    ("no one came", "nobody came"),
    ("one of them came", "another came"),
    ("one day it broke", "it broke"),
    ("a Boeing 737 with 180 aboard", "a jet with 180 aboard"),
    ("under Article 21 he owed 40 crowns", "he owed 40 crowns"),
    ("an F-16 fired two missiles", "a jet fired two missiles"),
    ("on Route 66 with 12 cars", "on the road with 12 cars"),
    ("the M25 was shut for 3 hours", "the road was shut for three hours"),
    ("call 0800 123456", "call us"),
    ("World War II", "the Second World War"),
    ("it took one second", "it took a second"),
    # what it is compared with
    (
        "fares rose 2 percent in October from a year earlier",
        "in October fares were 2 percent up on the previous year",
    ),
    ("fares rose 2.9 percent from a year earlier", "a year-on-year rise of 2.9 percent in fares"),
    ("fares rose 2.9 percent from a year earlier", "fares rose 2.9 percent"),
    (
        "fares rose 2 percent in October from a month earlier",
        "fares, 2 percent higher in October than in September",
    ),
    ("sales rose 4 percent on the year", "sales rose 4 percent against the same quarter of last year"),
]

CHANGED = [
    ("people over 50", "the over-60s"),
    ("101 boats", "100 boats"),
    ("39 boats", "40 boats"),
    ("480,000 crowns", "half a million crowns"),
    ("once a week", "once a month"),
    ("twice a day", "twice a week"),
    ("the Harbour Party took 9 percent", "the Harbour Party took 9"),
    ("more than 300 people", "214 people"),
    ("more than 300 miles", "320 km"),
    ("22 days", "more than two weeks"),
    ("11 days", "more than two weeks"),
    ("more than 20 euros", "23 dollars"),
    ("above 200 metres", "214 feet"),
    ("about 200 people", "$214"),
    ("no more than 200 people", "214 people"),
    ("half of its 120,000 doses", "80,000 of its 120,000 doses"),
    ("half of its 120,000 doses", "60,000 of its 150,000 doses"),
    ("no fewer than 200 people", "190 people"),
    ("a dispute over 300 jobs", "a dispute over 313 jobs"),
    ("more than 200 people", "fewer than 200 people"),
    ("nearly 100 percent", "81 percent"),
    ("six attacks in ten days", "three attacks in five days"),
    ("2% in five years", "4% in ten years"),
    ("two men in three cars", "four men in six cars"),
    ("five cases in ten thousand people", "half of the people"),
    ("each one million dollars", "each two million dollars"),
    ("nearly ten ships", "nine ships"),
    ("some 200 people", "260 people"),
    ("more than half", "70 per cent"),
    ("over 200 people", "190 people"),
    ("between 10 and 15 percent", "between 10 and 25 percent"),
    ("$2-3 million", "$2-4 million"),
    ("$2-3 million", "$1-3 million"),
    ("2019-21", "2019-22"),
    ("£50 a year", "£50 a month"),
    ("20 a day", "20 a week"),
    ("a million a day since January", "a million a week since January"),
    ("half an hour", "half a day"),
    ("an hour and ten minutes", "80 minutes"),
    ("two hours and ten minutes", "two hours and twenty minutes"),
    ("20 ships each day", "20 ships every week"),
    ("$5 million per year", "$5 million per month"),
    ("50 mph", "50 kph"),
    ("50 kilometres an hour", "50 miles an hour"),
    ("20 dollars an hour", "20 euros an hour"),
    ("20 dollars a month", "20 kroner a month"),
    ("20 tonnes of fish a day", "20 kilograms of fish a day"),
    ("a 58-year-old woman", "a woman aged 85"),
    ("Ana Reyk, 58, lost", "Ana Reyk, 59, lost"),
    ("2 percent", "2 percentage points"),
    ("two in five farms", "two in six farms"),
    ("one in three", "one in four"),
    ("half of the farms", "a third of the farms"),
    ("at least 40 boats", "at most 40 boats"),
    ("at least 40 boats", "up to 40 boats"),
    ("no fewer than 40 boats", "no more than 40 boats"),
    ("40 boats or more", "40 boats or fewer"),
    ("more than 40 boats", "at most 40 boats"),
    ("a dozen boats", "two dozen boats"),
    ("dozens of boats", "hundreds of boats"),
    ("hundreds of boats", "40 boats"),
    ("hundreds of boats", "9,000 boats"),
    ("prices doubled", "prices tripled"),
    ("for the third time", "for the fourth time"),
    ("the third suspect", "the second suspect"),
    ("a third suspect", "a fourth suspect"),
    ("won 2-1", "won 3-1"),
    ("at 3.15pm", "at 3.45pm"),
    ("at quarter past three", "at quarter to three"),
    ("at 3 a.m.", "at 3 p.m."),
    ("on 9 June", "on 6 June"),
    ("in the 1990s", "in the 1980s"),
    ("by the end of 2026", "by the end of 2027"),
    ("30C", "30F"),
    ("100 acres", "100 hectares"),
    ("60 to 90 millimetres", "60 to 90 centimetres"),
    ("60mm", "60 cm"),
    ("5 g", "5 kg"),
    ("5 mg", "5 g"),
    ("20 mg", "20 µg"),
    ("3 litres", "3 gallons"),
    ("30 l", "30 ml"),
    ("10 MW", "10 GW"),
    ("10 megawatts", "10 megawatt-hours"),
    ("80 kB", "80 GB"),
    ("500 yards", "500 feet"),
    ("3 m²", "3 ha"),
    ("3 square metres", "3 metres"),
    ("40 miles", "40 minutes"),
    ("20 dollars", "20 kroner"),
    ("20m dollars", "20m kroner"),
    ("hundreds of kilometres", "200 metres"),
    ("$3 million", "$3 billion"),
    ("£3m", "€3m"),
    ("5 lakh", "5 crore"),
    ("5 degrees", "minus 5 degrees"),
    ("under Article 21", "under Article 12"),
    ("more than 40 boats", "more than 60 boats"),
    # what it is compared with
    (
        "fares rose 2 percent in October from a year earlier",
        "fares rose 2 percent in October from the month before",
    ),
    (
        "sales rose 4 percent on the year to 3 million euros",
        "sales of 3 million euros, 4 percent up on the last quarter",
    ),
    (
        "fares rose 2 percent in October from a year earlier",
        "in October fares were 2 percent higher than in September",
    ),
    ("year on year, sales rose 4 percent", "sales rose 4 percent month-on-month"),
    ("40 fires fewer than in the previous week", "40 fires fewer than a month earlier"),
]


@pytest.mark.parametrize(("parent", "child"), SAME)
def test_one_value_in_two_forms(parent: str, child: str) -> None:
    for a, b in ((parent, child), (child, parent)):
        found = beside(a, b)
        assert not found.changed
        assert not [q for q in (*found.gone, *found.new) if not q.weak and q.unit != "name"]


@pytest.mark.parametrize(("parent", "child"), CHANGED)
def test_two_values_in_one_form(parent: str, child: str) -> None:
    assert beside(parent, child).changed
    assert beside(child, parent).changed


def test_a_year_is_none_of_money() -> None:
    assert [q.unit for q in read("In 2008 euro leaders met.")] == ["calendar year"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The index fell 9 points, M&S said.", 9, "point"),
        ("He paid 5 pounds, M25 tolls aside.", 5, "pound"),
        ("It closes at 9 p.m. on Sundays.", 75600, "clock"),
    ],
)
def test_an_m_behind_a_word_makes_no_hour(text: str, value: float, unit: str) -> None:
    assert [(q.value, q.unit) for q in read(text)[:1]] == [(value, unit)]


def test_an_end_of_a_range_whose_other_end_is_vague_is_compared() -> None:
    firm = [q for q in read("20 to hundreds of people came") if not q.weak]
    for parent, child in ((firm, read("20 people came")), (read("20 people came"), firm)):
        assert not compared(parent, child).ends


def test_a_changed_period_is_part_of_what_is_shown() -> None:
    text = "It paid £50 a month to each."
    assert [q.span.of(text) for q in read(text)] == ["£50 a month"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was sold.² Later it closed", []),
        ("in 2030² it closed", [(2030, "calendar year")]),
        ("① The bridge, ② the road", []),
        ("at quarter past ² it rang", []),
        ("over ³ people", []),
        ("٣٠ people", [(30, "person")]),
    ],
)
def test_a_raised_or_ringed_number_is_a_mark_and_counts_nothing(text: str, found: list[tuple[float, str]]) -> None:
    assert [(q.value, q.unit) for q in read(text)] == found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("in room 12 300 people stood", [12, 300]),
        ("call 0800 123 000 today", [800, 123, 0]),
        ("In 2031 200 people left", [2031, 200]),
        ("a vote of 3 200 to 4", [3, 200, 4]),
        ("on 3/4 the vote opens", [3, 4]),
        ("7/3 of it", [7, 3]),
    ],
)
def test_two_numbers_beside_each_other_stay_two(text: str, values: list[float]) -> None:
    assert [q.value for q in read(text)] == values


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("AT FİVE PAST SİX", "at five past six"),
        ("HALF PAST ſIX", "half past six"),
        ("4 percent more than in APRİL", "4 percent more than in April"),
        ("an hour and TEN MİNUTES", "an hour and ten minutes"),
        ("aged 12 WEEKſ", "aged 12 weeks"),
        ("40 a WEEK", "40 a week"),  # the sign of kelvins
        ("FRıDAY", "Friday"),
    ],
)
def test_letters_that_ignoring_case_makes_english_are_read_as_those(text: str, plain: str) -> None:
    assert (
        [(q.value, q.unit, q.per, q.basis) for q in read(text)]
        == [(q.value, q.unit, q.per, q.basis) for q in read(plain)]
        != []
    )


@pytest.mark.parametrize("text", ["She was in two minds", "A one-sided game", "Second thoughts came late"])
def test_a_phrase_with_a_number_in_it_counts_nothing(text: str) -> None:
    assert read(text) == []
    assert len(read("In two minds, the two clerks left")) == 1
