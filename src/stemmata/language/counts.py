"""A number where it stands, by its own words and those behind it: a date, an hour, a share, a sum, a count.

The rules are asked in order, and the first that knows what stands there has it. What stands before a number, or parts
it from another, is for quantities.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from stemmata.language.measures import MEASURES, ONE_FORM, PERIODS
from stemmata.language.numerals import (
    DECADES,
    MONTHS,
    ORDINALS,
    SCALES,
    SHARES,
    TENS,
    TIMES,
    UNITS,
    VAGUE,
    WEEKDAYS,
)
from stemmata.language.wording import folded, lexicon, stem
from stemmata.model import Span

_SHARED_BY = frozenset((3.0, 4.0, 5.0, 10.0, 100.0))  # "six voters in ten"; another whole is counted
_AT = frozenset(("at", "from", "by", "between", "until", "till", "before", "after", "since", "and", "to", "around"))
MONEY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "rouble"}
_CODES = {"rs": "rupee", "inr": "rupee", "usd": "dollar", "eur": "euro", "gbp": "pound"}  # before the sum or behind it
_SAME_UNIT = ONE_FORM | _CODES | {"%": "percent"}
_SPACES = "\u202f\u00a0\u2009\u2007"  # that part thousands
# A plain space parts them where no number could begin behind it, or twice: "1 000", "2 340 150"
_TOKEN = re.compile(
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?=\s*(?:hours|hrs|h\b|[ap]\.?m\b))|\d\d?:\d\d(?::\d\d)?|"
    r"(?<![\d,.:/-])(?<!\d )[1-9]\d{0,2}(?: (?=0)\d{3}|(?: \d{3}){2})(?: \d{3})*(?!\d)|"
    rf"\d+(?:[,.{_SPACES}]\d+)*|"
    r"[^\W\d_]+(?:['’][^\W\d_]+)?|[$€£¥₹₽%]"
)
_AFTER_ONE = frozenset(lexicon("numbers")["after one"])
# what may stand behind "a third" that is a share; what else stands there is counted: "a third suspect"
_SHARED = frozenset(lexicon("numbers")["behind a share"])
_MEASURED = frozenset(lexicon("numbers")["before a share"])
_NO_UNIT = frozenset(lexicon("numbers")["no unit"])
_NUMBERED = frozenset(lexicon("numbers")["numbered"])
_SKIPPED = frozenset(("of", "the", "a", "an", "more", "other", "new", "full", "whole", "about", "some", "additional"))
CALENDAR = frozenset(("date", "clock", "o'clock", "weekday", "calendar month", "calendar year", "decade"))
UNSIGNED = CALENDAR | {"ordinal", "times", "name"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A value in the text. `unit` is the word it counts ("soldier", "percent", "date"), "" where none stands there."""

    value: float
    unit: str
    span: Span
    weak: bool = False  # "one", "dozens": says little by itself
    per: str = ""  # the period of a rate: "year" of "£50 a year"
    timed: Span | None = None  # with its period
    most: float = 0.0  # the most that a vague one may be, as `value` is the least; 0 where it is not vague
    rounded: str = ""  # "over", "under" or "about" where the words before it say so
    limit: str = ""  # "least" or "most": "at least 40", "40 or fewer"
    bounded: Span | None = None  # with the words that round or limit it
    basis: str = ""  # the period back to what it is compared with: "year" of "4 percent more than a year earlier"
    based: Span | None = None  # with the words that say so
    end: str = ""  # "low" or "high" where it is one of the two ends that something lies between
    other_end: Span | None = None  # where the other one of the two stands


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of a text, folded."""

    text: str
    span: Span


Found = tuple[Quantity | None, int]  # what starts at a token, if anything, and the token to go on with
# What is no digit and may begin a quantity: most words do not, and no rule has to look at them
_FIRST = frozenset((
    *UNITS, *TENS, *SHARES, *ORDINALS, *MONTHS, *WEEKDAYS, *TIMES, *DECADES, *VAGUE, *MONEY, *_CODES,
    "a", "an", "both", "fortnight", "halved", "midday", "midnight", "noon", "tens",
))  # fmt: skip
_HUNDREDS = re.compile(r"(?:19|20)\d\d|2100")


def tokens_of(text: str, part: Span) -> list[Token]:
    """The words, numbers and signs of a part of a text."""
    return [Token(folded(m.group()), Span(m.start(), m.end())) for m in _TOKEN.finditer(text, part.start, part.end)]


def quantity_at(text: str, tokens: list[Token], at: int) -> Found:
    """The quantity that starts at token `at`, if one does, and where to go on."""
    if not (tokens[at].text in _FIRST or tokens[at].text[:1].isdecimal()):
        return None, at + 1
    place = _Place(text, tokens, at)
    for worded in _WORDED:
        if found := worded(place):
            return found
    number = _number_at(place)
    if number is None:
        return _one_share(place) or (None, at + 1)
    for rule in _NUMBERED_AS:
        known = rule(number)
        if isinstance(known, _Number):
            number = known
        elif known:
            return known
    return _counted(number)


class _Place:
    """A token of a text, and the words beside it."""

    __slots__ = ("at", "back", "following", "text", "token", "tokens", "word")

    def __init__(self, text: str, tokens: list[Token], at: int) -> None:
        self.text, self.tokens, self.at = text, tokens, at
        self.token = tokens[at]
        self.word = self.token.text
        self.following = [t.text for t in tokens[at + 1 : at + 5]] + [""] * 4
        self.back = tokens[at - 1].text if at else ""

    def made(self, value: float, unit: str, stop: int, *, weak: bool = False, most: float = 0.0) -> Found:
        """A quantity of the tokens from here up to `stop`."""
        span = Span(self.token.span.start, self.tokens[stop - 1].span.end)
        return Quantity(value=value, unit=unit, span=span, weak=weak, most=most), stop

    def words(self, start: int, stop: int) -> list[str]:
        """The words of some tokens, as far as there are any."""
        return [t.text for t in self.tokens[start:stop]]

    def gap(self, at: int) -> str:
        """What stands between a token and the one before it."""
        tokens = self.tokens
        return self.text[tokens[at - 1].span.end : tokens[at].span.start] if 0 < at < len(tokens) else " "

    def apart(self, at: int) -> bool:
        """Whether a mark of punctuation parts a token from the next."""
        return bool(re.search(r"[,;:()!?\n—]|\.\s", self.gap(at + 1)))


# What is a quantity by its words


def _time_in_words(p: _Place) -> Found | None:
    """ "Quarter past three", "a quarter to ten", "noon", "a fortnight"."""
    first = p.tokens[p.at + 1] if p.word == "a" and p.following[0] == "quarter" else p.token
    spoken = _clock_in_words(p.text, first.span.start) if first.text in _MINUTES else None
    if spoken:
        stop = next((k for k in range(p.at, len(p.tokens)) if p.tokens[k].span.end >= spoken[1]), p.at) + 1
        return p.made(spoken[0], "o'clock", stop)
    if p.word == "fortnight":
        return p.made(2.0, "week", p.at + 1)
    if p.word in ("noon", "midday", "midnight"):
        return p.made(43200 if p.word != "midnight" else 0, "clock", p.at + 1)
    return None


def _date(p: _Place) -> Found | None:
    """ "4 October", "May", "Tuesday"."""
    if p.word in MONTHS and p.text[p.token.span.start].isupper():
        day = _day(p.following[0])
        if day:
            return p.made(MONTHS[p.word] * 100 + day, "date", p.at + 2)
        return p.made(MONTHS[p.word], "calendar month", p.at + 1, weak=True)
    month = 1 + (p.following[0] in ("st", "nd", "rd", "th"))
    month += p.following[month - 1] == "of"
    day = _day(p.word)
    if day and p.following[month - 1] in MONTHS and p.text[p.tokens[p.at + month].span.start].isupper():
        return p.made(MONTHS[p.following[month - 1]] * 100 + day, "date", p.at + month + 1)
    if p.word in WEEKDAYS:
        return p.made(WEEKDAYS[p.word], "weekday", p.at + 1, weak=True)
    return None


def _clock(p: _Place) -> Found | None:
    """ "14:30", "4.30 pm", "06:15 hours"."""
    behind = p.following[0]
    half_day = behind if behind in ("am", "pm") or (behind in ("a", "p") and p.following[1] == "m") else ""
    halved = half_day[:1] in ("a", "p")
    if not (re.fullmatch(r"\d{1,2}", p.word) and halved and int(p.word) <= 12) and not (
        re.fullmatch(r"\d{1,2}[:.]\d\d(?::\d\d)?", p.word)
        and (":" in p.word or halved or behind in ("hours", "hrs", "h"))
    ):
        return None
    hour, minute, second = [*(int(x) for x in re.split("[:.]", p.word)), 0, 0][:3]
    vague = not halved and hour <= 12 and p.word[0] != "0" and behind not in ("hours", "hrs", "h")
    hour = hour % 12 + 12 * (half_day[0] == "p") if halved else hour
    return p.made(
        hour * 3600 + minute * 60 + second,
        "o'clock" if vague else "clock",
        p.at + 1 + (1 if half_day[1:] else 2 if halved else 0),
    )


def _single_word(p: _Place) -> Found | None:
    """ "Twice", "the eighties", "halved"."""
    if p.word in TIMES:
        return p.made(TIMES[p.word], "times", p.at + 1, weak=p.word == "once")
    if p.word in DECADES:
        return p.made(DECADES[p.word], "decade", p.at + 1)
    return p.made(0.5, "share", p.at + 1) if p.word == "halved" else None


def _nth_in_words(p: _Place) -> Found | None:
    """ "The third", and nothing where "a second" is a time or the second war is named."""
    if p.word not in ORDINALS or _cardinal(p.back) or [p.word, *p.following[:2]] == ["second", "world", "war"]:
        return None
    if p.word == "second" and (p.back in ("a", "per", "each", "every") or not p.following[0]):
        return None, p.at + 1
    return p.made(ORDINALS[p.word], "ordinal", p.at + 1, weak=p.word == "first")


def _share_in_words(p: _Place) -> Found | None:
    """ "Half", "a quarter", "a year and a half"."""
    if p.word == "quarter" and p.following[0] not in ("of", "million", "point"):
        return None, p.at + 1
    if p.word in ("half", "quarter") and (p.back in ORDINALS or p.back == "same"):  # of a year
        return None, p.at + 1
    if p.word in SHARES and p.word not in ORDINALS and not p.following[0].startswith("way"):
        return _share(p, p.at + 1, SHARES[p.word])
    if p.word in ("a", "an") and p.following[0] in PERIODS and p.following[1:4] == ["and", "a", "half"]:
        return p.made(1.5, _unit(p.following[:1]), p.at + 5)
    return None


def _vaguely(p: _Place) -> Found | None:
    """ "Dozens", "a couple of", and nothing for "no one", "both"."""
    if p.word in VAGUE or (p.word == "tens" and p.following[:2] == ["of", "thousands"]):
        return _vague(p)
    if p.word == "both" or (
        p.word == "one"
        and p.back in ("no", "every", "each", "any")
        and p.following[0] not in SCALES
        and p.following[0] not in ("in", "out")
    ):
        return None, p.at + 1
    if p.word == "a" and p.following[:2] in (["couple", "of"], ["score", "of"]):
        return p.made(2 if p.following[0] == "couple" else 20, _unit(p.following[2:4]), p.at + 3, weak=True)
    return None


_WORDED: tuple[Callable[[_Place], Found | None], ...] = (
    _time_in_words, _date, _clock, _single_word, _nth_in_words, _share_in_words, _vaguely,
)  # fmt: skip


# What a number is by the words behind it


@dataclass(frozen=True)
class _Number:
    """A cardinal number, up to token `stop`, and the words behind it."""

    place: _Place
    value: float
    stop: int
    digits: bool
    money: str | None  # the currency before it

    @cached_property
    def after(self) -> list[str]:
        return [t.text for t in self.place.tokens[self.stop : self.stop + 4]] + [""] * 4

    @property
    def whole(self) -> bool:
        """Whether it is one token of digits alone."""
        return self.stop == self.place.at + 1 and not self.money and self.place.word.isdecimal()

    def made(self, value: float, unit: str, more: int = 0) -> Found:
        """A quantity of the number and so many tokens behind it."""
        return self.place.made(value, unit, self.stop + more)


def _number_at(p: _Place) -> _Number | None:
    money = MONEY.get(p.word)
    if p.word in _CODES and p.following[0][:1].isdecimal():
        money = _CODES[p.word]
    value, stop, digits = _number(p.tokens, p.at + 1 if money else p.at)
    return None if value is None else _Number(p, value, stop, digits, money)


def _one_share(p: _Place) -> Found | None:
    """ "A third", "one fifth", where no thing is counted by it."""
    counted = (
        p.following[0] in ORDINALS and p.back not in _MEASURED and p.following[1] and p.following[1] not in _SHARED
    )
    if counted and p.apart(p.at + 1):
        counted = False
    if p.word in ("a", "an", "one") and p.following[0] in SHARES and not counted:
        return _share(p, p.at + 2, SHARES[p.following[0]])
    return None


def _years(n: _Number) -> Found | None:
    """ "FY23", "the 1980s", "the over 65s"."""
    p = n.place
    if n.whole and re.search(r"\bFY$", p.text[max(0, p.token.span.start - 3) : p.token.span.start]):
        return n.made(n.value + 2000 * (n.value < 100), "calendar year")
    if n.whole and n.after[0] == "s" and not p.gap(n.stop):
        if p.back in ("over", "under") and n.value < 100:
            return n.made(n.value, "age", 1)
        return n.made(n.value + 1900 * (n.value < 100), "decade", 1)
    return None


def _name(n: _Number) -> Found | None:
    """ "F-16"."""
    named = n.whole and _name_of_number(n.place.text, n.place.token.span.start, n.place.token.span.end)
    return n.made(n.value, "name") if named else None


def _tens_and_nth(n: _Number) -> Found | None:
    """ "Twenty-first"."""
    after = n.after[0]
    if not n.digits and after in ORDINALS and n.value in TENS.values() and ORDINALS[after] < 10:
        return n.made(n.value + ORDINALS[after], "ordinal", 1)
    return None


def _hour(n: _Number) -> Found | None:
    """ "Six o'clock", "at six in the evening"."""
    if n.after[0] in ("o'clock", "oclock") and n.value <= 12:
        return n.made(n.value % 12 * 3600, "o'clock", 1)
    if n.place.back in _AT and n.value in range(1, 13) and (half := _half_of_day(n.after, n.value)):
        return n.made((n.value % 12 + half[0]) * 3600, "clock", half[1])
    return None


def _times(n: _Number) -> Found | None:
    """ "Four times"."""
    return n.made(n.value, "times", 1) if n.after[0] in ("times", "fold", "x") and not n.money else None


def _with_sign(n: _Number) -> _Number | None:
    """ "3½"."""
    if n.after[0] in ("½", "¼", "¾", "⅓", "⅔") and n.digits:
        return replace(n, value=n.value + SHARES[n.after[0]], stop=n.stop + 1)
    return None


def _nth(n: _Number) -> Found | None:
    """ "21st"."""
    return n.made(n.value, "ordinal", 1) if n.after[0] in ("st", "nd", "rd", "th") and n.digits else None


def _shares(n: _Number) -> Found | None:
    """ "Two thirds"."""
    p, after = n.place, n.after[0]
    share = after if after in SHARES else after.removesuffix("s")
    if share in SHARES and n.value < 20 and not n.money and (n.value == 1 or after.endswith("s") or share == "half"):
        return _share(p, n.stop + 1, n.value * SHARES[share])
    return None


def _and_a_share(n: _Number) -> _Number | None:
    """ "Two and a half", "two and a half million", "two million and a half"."""
    after = n.after
    if after[0] != "and" or after[1] not in ("a", "one") or after[2] not in SHARES:
        return None
    value, stop = n.value + SHARES[after[2]] * SCALES.get(n.place.tokens[n.stop - 1].text, 1.0), n.stop + 3
    if after[3] in SCALES and len(after[3]) > 2:
        value, stop = value * SCALES[after[3]], stop + 1
    return replace(n, value=value, stop=stop)


def _of_a_whole(n: _Number) -> Found | None:
    """ "Three in ten", "five out of every eight", "3/4 of"."""
    after, tokens = n.after, n.place.tokens
    if after[1] == "of" and n.whole and n.place.gap(n.stop) == "/" and re.fullmatch("[1-9]|10", after[0]):
        share = n.value / float(after[0])
        return _share(n.place, n.stop + 1, share) if 0 < share < 1 else None
    if after[0] not in ("in", "of", "out") or not (n.value <= 20 or "every" in after[1:3]):
        return None
    if n.digits and not _of_digits(after, n.value):
        return None
    skip = 2 if after[:2] == ["out", "of"] else 1
    skip += after[skip] == "every"
    whole, end, _ = _number(tokens, n.stop + skip) if n.stop + skip < len(tokens) else (None, n.stop, False)
    if whole is None and after[skip] == "hundred":
        whole, end = 100.0, n.stop + skip + 1
    if whole and whole > n.value and (after[0] != "of" or whole <= 100) and not n.money:
        return n.place.made(n.value / whole, "share", end)
    return None


def _percent(n: _Number) -> Found | None:
    """ "12 per cent", "two percentage points", "25 basis points"."""
    after = n.after
    if after[0] == "basis" and after[1].startswith("point"):
        return n.made(n.value / 10000, "points", 2)
    if after[0] == "percentage" and after[1].startswith("point"):
        return n.made(n.value / 100, "points", 2)
    if after[0] in ("%", "percent", "pc", "pct") or after[:2] == ["per", "cent"]:
        points = "point" in after[1 + (after[0] == "per")]
        return n.made(n.value / 100, "points" if points else "share", 2 if after[0] == "per" else 1)
    return None


def _sum(n: _Number) -> Found | None:
    """ "$40"."""
    return n.made(n.value, n.money) if n.money else None


def _of_counted(n: _Number) -> Found | None:
    """ "Six voters in ten"."""
    p = n.place
    if n.after[1] == "in" and (end := _some_in(p, n.stop, n.value)):
        return p.made(n.value / (_number(p.tokens, n.stop + 2)[0] or 1.0), "share", end)
    return None


def _year(n: _Number) -> Found | None:
    """ "2031"."""
    after = n.after[0]
    if not _HUNDREDS.fullmatch(n.place.word) or n.stop != n.place.at + 1:
        return None
    counted = after not in _SKIPPED and (_countable(after) or after in ("feet", *ONE_FORM))
    return None if counted else n.made(n.value, "calendar year")


def _degrees(n: _Number) -> Found | None:
    """ "30°C"."""
    m = _DEGREES.match(n.place.text, n.place.tokens[n.stop - 1].span.end)
    unit = "celsius" if m and (m[1] or m[2]) == "C" else "fahrenheit"
    return n.made(n.value, unit, 1 + (m[2] is not None)) if m else None


_NUMBERED_AS: tuple[Callable[[_Number], Found | _Number | None], ...] = (
    _years, _name, _tens_and_nth, _hour, _times, _with_sign, _nth, _shares, _and_a_share, _of_a_whole,
    _percent, _sum, _of_counted, _year, _degrees,
)  # fmt: skip


def _counted(n: _Number) -> Found:
    """ "340 nurses": a number of what is named behind it."""
    p, after = n.place, n.after
    near = [a for k, a in enumerate(after[:3]) if not any(p.apart(n.stop - 1 + i) for i in range(k + 1))]
    unit = _unit(near)
    if p.tokens[n.stop - 1].text == "m" and unit not in MEASURES:
        unit = unit if after[0].endswith("s") or after[0] == "people" else "m"
    weak = n.value == 1 and not n.digits and (after[0] in _AFTER_ONE or not after[0])
    if n.value == 1 and not n.digits and not weak:
        weak = not _countable(after[0])
    return p.made(n.value, unit, n.stop, weak=weak)


_CLOCK_WORDS = re.compile(
    r"(?:(?P<part>quarter|half) (?P<past>past|to)|(?<=\bat )(?P<n>five|ten|twenty|twenty-five) (?P<way>past|to)) "
    r"(?P<hour>\w+)\b(?! (?:in (?!the\b)|out of|per|half|third|quarter|fifth|tenth))",
    re.IGNORECASE,
)


_DEGREES = re.compile(r" ?°? ?([CF])\b| degrees? ([CF])")
_MINUTES = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}


def _half_of_day(after: list[str], hour: float) -> tuple[int, int] | None:
    """The hours to add to a number of 1 to 12 before "in the evening", and how many words that is."""
    if after[:2] == ["in", "the"] and after[2] in ("morning", "afternoon", "evening"):
        return 12 * (after[2] != "morning"), 3
    if after[:2] == ["at", "night"]:
        return 12 * (6 <= hour < 12), 2
    return None


def _clock_in_words(text: str, at: int) -> tuple[float, int] | None:
    """ "quarter past three", "at ten to four": the seconds since twelve, and where it ends."""
    m = _CLOCK_WORDS.match(text, at)
    hour = m and (UNITS.get(folded(m["hour"])) or (int(m["hour"]) if m["hour"].isdecimal() else 0))
    if not m or not hour or hour > 12:
        return None
    part = _MINUTES[folded(m["part"] or m["n"])]
    before = folded(m["past"] or m["way"]) == "to"
    return (hour % 12 * 60 + (-part if before else part)) % 720 * 60.0, m.end()


def _name_of_number(text: str, at: int, end: int) -> bool:
    """Whether the digits at `at` name something and count nothing: "F-16", "M25", "Article 21", "0800"."""
    digits = text[at:end]
    if re.fullmatch(r"0\d+", digits) and not re.match(r"[:.]\d", text[end : end + 2]):
        return True
    year = re.fullmatch(r"(?:19|20)\d\d", digits)
    if re.search(r"(?<!\d)0\d+[ -](?:\d+[ -])*$", text[max(0, at - 20) : at]):
        return True
    before = re.search(r"([^\W\d_]+)(-|\.? ?)$", text[max(0, at - 20) : at])
    if before is None or year:
        return False
    word = before[1]
    if before[2] in ("", "-"):
        return folded(word) not in _CODES and (before[2] == "" or word[0].isupper())
    follows = re.match(r" ([a-z]+)", text[end : end + 20])
    return folded(word) in _NUMBERED and not (follows and _countable(follows[1]))


def _some_in(p: _Place, stop: int, value: float) -> int:
    """Where "six voters in ten" ends, its first number before `stop`; 0 where it is no share: "two men in three cars",
    "three attacks in five days"."""
    whole, end, _ = _number(p.tokens, stop + 2) if stop + 2 < len(p.tokens) else (None, stop, False)
    if whole not in _SHARED_BY or whole <= value or value != int(value) or any(map(p.apart, range(stop - 1, end - 1))):
        return 0
    if end < len(p.tokens) and not p.apart(end - 1):
        after, at = p.tokens[end].text, p.tokens[end].span.start
        counted = stem(after) in {stem(x) for x in PERIODS} or (value > 1 and _countable(after))
        if counted or p.text[at].isupper() or not p.text[at - 1].isspace() or _unit([after]) in MEASURES:
            return 0
    return end


def _cardinal(word: str) -> bool:
    return word[:1].isdecimal() or word in UNITS or word in TENS


def _of_digits(after: list[str], value: float) -> bool:
    """Whether "1 in 5", "3 out of 5", "7 in 10" go on behind their first number."""
    whole = next((w for w in after[1:] if w not in ("of", "every")), "")
    known = {"3": 3, "4": 4, "5": 5, "10": 10, "100": 100}
    return value == int(value) and (after[0] == "out" or (after[0] == "in" and (value == 1 or whole in known)))


def _vague(p: _Place) -> Found:
    """ "Dozens", "tens of thousands": the least and the most of it."""
    least, most, stop = *VAGUE.get(p.word, (10.0, 100.0)), p.at + 1
    while p.words(stop, stop + 1) == ["of"] and (scale := p.words(stop + 1, stop + 2)) and scale[0] in VAGUE:
        least, most, stop = least * VAGUE[scale[0]][0], most * VAGUE[scale[0]][0], stop + 2
    return p.made(least, _unit(p.words(stop, stop + 3)), stop, weak=True, most=most)


def _share(p: _Place, stop: int, value: float) -> Found:
    """A share that ends before token `stop`; of a scale that follows it a number: "half a million", "a quarter of a
    million"."""
    k = stop + (p.words(stop, stop + 1) == ["of"])
    k += p.words(k, k + 1) in (["a"], ["an"])
    first, second = [*p.words(k, k + 2), "", ""][:2]
    if k > stop and first and (first in PERIODS or _unit([first]) in MEASURES):
        return p.made(value, _unit([first]), k + 1)
    if first in ("percent", "percentage", "point"):
        dotted = first == "point" or second.startswith("point")
        return p.made(value / 100, "points" if dotted else "share", k + 1 + (first != "point" and dotted))
    if first in SCALES and len(first) > 2:
        return p.made(value * SCALES[first], _unit(p.words(k + 1, k + 4)), k + 1)
    return p.made(value, "share", stop)


def _unit(after: list[str]) -> str:
    """What is counted: the first word behind a number that counts anything, in one form."""
    for k, word in enumerate(after):
        if word in ("a", "an") and k + 1 < len(after) and after[k + 1] in PERIODS:
            return ""  # "20 a day": a rate of no unit
        if word and word not in _SKIPPED:
            break
    else:
        return ""
    behind = after[k + 1 :]
    if word in ("sq", "square", "cubic") and behind:
        return f"{'cubic' if word == 'cubic' else 'square'} {'meter' if behind[0] == 'm' else _unit(behind)}"
    if word[-1] in ("²", "³"):
        return _unit(["square" if word[-1] == "²" else "cubic", word[:-1]])
    if word.endswith(("watt", "watts")) and behind[:1] in (["hour"], ["hours"]):
        return stem(word.removesuffix("s") + "hour")
    if word in _NO_UNIT or word in MONTHS or not word.isalpha():
        return ""
    return _SAME_UNIT.get(stem(word), stem(word))


def _countable(word: str) -> bool:
    return word in {"minute", "hour", "day", "week", "month", "year", "km", "mile", "percent"} or (
        len(word) > 3 and word.endswith("s") and word not in _NO_UNIT
    )


def _day(text: str) -> int:
    bare = re.sub(r"(?:st|nd|rd|th)$", "", text)
    value = int(bare) if bare.isdecimal() and len(bare) <= 2 else ORDINALS.get(text, 0)
    return value if 1 <= value <= 31 else 0


def _number(tokens: list[Token], at: int) -> tuple[float | None, int, bool]:
    """The cardinal number that starts at token `at`: its value, the token after it, and whether it has digits."""
    total, current, stop, digits = 0.0, None, at, False
    while stop < len(tokens):
        t = tokens[stop].text
        if current is None and t[:1].isdecimal():
            if ":" in t:
                break
            current, digits = _digits(t), True
        elif t in UNITS and not digits and _joins(current, 10 if UNITS[t] < 10 else 100):
            current = (current or 0) + UNITS[t]
        elif t in TENS and not digits and _joins(current, 100):
            current = (current or 0) + TENS[t]
        elif t in SCALES and current is not None:
            if len(t) <= 2 and not digits:
                break
            if t == "hundred":
                current = (current or 1) * 100
            else:
                total, current = total + (current or 1) * SCALES[t], None
        elif t == "and" and current is not None and not digits and current >= 100 and stop + 1 < len(tokens) and (
            tokens[stop + 1].text in UNITS or tokens[stop + 1].text in TENS
        ):  # fmt: skip
            pass
        elif t in ("a", "an") and stop == at and stop + 1 < len(tokens) and tokens[stop + 1].text in SCALES:
            if len(tokens[stop + 1].text) <= 2:
                break
            current = 1
        else:
            break
        stop += 1
        if current is None and not (stop < len(tokens) and (tokens[stop].text in UNITS or tokens[stop].text in TENS)):
            break
    if stop == at:
        return None, at, False
    return total + (current or 0), stop, digits


def _joins(current: float | None, step: int) -> bool:
    """Whether a smaller number word goes on with `current`: "twenty" and "three", not "twenty" and "thirty"."""
    return current is None or (current > 0 and current % step == 0)


def _digits(text: str) -> float:
    """ "1,340", "2.6", "1.340.000", "11 400" as a number."""
    bare = re.sub(rf"[ {_SPACES}]", "", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare) or re.fullmatch(r"\d{1,2}(?:,\d{2})*,\d{3}", bare):
        return float(bare.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", bare):
        return float(bare.replace(".", ""))
    if re.fullmatch(r"\d+,\d+", bare):
        return float(bare.replace(",", "."))
    return float(bare) if re.fullmatch(r"\d+(?:\.\d+)?", bare) else float(re.sub(r"\D", "", bare))
