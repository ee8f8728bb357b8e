"""Numbers, dates, units and shares as values: "twenty-three" is 23, "a third" is near 33 per cent, 1,340 is not 13,400.

Values are compared, never their spelling. What is too vague to be wrong ("dozens", "one of") is kept apart as weak.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stemmata.language.measures import MEASURES, ONE_FORM
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

PERIODS = {  # in days
    "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0,
    "month": 365.25 / 12, "quarter": 365.25 / 4, "season": 365.25, "year": 365.25, "annum": 365.25, "decade": 3652.5,
    "hourly": 1 / 24, "daily": 1.0, "nightly": 1.0, "weekly": 7.0, "monthly": 365.25 / 12, "quarterly": 365.25 / 4,
    "yearly": 365.25, "annually": 365.25,
}  # fmt: skip
_SHARED_BY = frozenset((3.0, 4.0, 5.0, 10.0, 100.0))  # "six voters in ten"; another whole is counted
_LENGTHS = frozenset(  # "half a mile"
    ("mile", "kilometer", "kilometre", "km", "century", "metre", "meter", "hectare", "acre", "tonne", "ton")
)
_AT = frozenset(("at", "from", "by", "between", "until", "till", "before", "after", "since", "and", "to", "around"))
_SPEEDS = {"mph": "mile", "kph": "kilometer", "kmh": "kilometer", "kmph": "kilometer"}
MONEY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "rouble"}
_CODES = {"rs": "rupee", "inr": "rupee", "usd": "dollar", "eur": "euro", "gbp": "pound"}  # before the sum or behind it
_SAME_UNIT = ONE_FORM | _CODES | {"%": "percent"}
_TOKEN = re.compile(
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?=\s*(?:hours|hrs|h\b|[ap]\.?m\b))|\d\d?:\d\d(?::\d\d)?|\d+(?:[,.\u202f\u00a0]\d+)*|"
    r"[^\W\d_]+(?:['’][^\W\d_]+)?|[$€£¥₹₽%]"
)
_AFTER_ONE = frozenset(lexicon("numbers")["after one"])
# what may stand behind "a third" that is a share; what else stands there is counted: "a third suspect"
_SHARED = frozenset(lexicon("numbers")["behind a share"])
_MEASURED = frozenset(lexicon("numbers")["before a share"])
_NO_UNIT = frozenset(lexicon("numbers")["no unit"])
_NUMBERED = frozenset(lexicon("numbers")["numbered"])
_SKIPPED = frozenset(("of", "the", "a", "an", "more", "other", "new", "full", "whole", "about", "some", "additional"))


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
    rank: str = ""  # the superlative behind an ordinal: "highest" of "second-highest"
    bounded: Span | None = None  # with the words that round or limit it
    end: str = ""  # "low" or "high" where it is one of the two ends that something lies between


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    span: Span


def quantities(text: str, spans: tuple[Span, ...]) -> list[Quantity]:
    """The quantities inside `spans`, in order."""
    found: list[Quantity] = []
    for part in spans:
        matches = _TOKEN.finditer(text, part.start, part.end)
        tokens = [_Token(folded(m.group()), Span(m.start(), m.end())) for m in matches]
        at = 0
        while at < len(tokens):
            quantity, at = _quantity(text, tokens, at)
            if quantity:
                quantity = _rate(text, part, _aged(text, part, _signed(text, quantity)))
                found.append(_ranked(text, part, _rounded(text, part, quantity)))
    return _ranged(text, _of_two_units(text, found))


_DURATIONS = {stem(x): x for x in ("year", "month", "week", "day", "hour", "minute", "second")}
_ONE_AND = re.compile(r"\ban? (year|month|week|day|hour|minute),? and $", re.IGNORECASE)


def _of_two_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities, a length of time in two units as one in the smaller: "an hour and ten minutes" as 70 minutes."""
    out: list[Quantity] = []
    for q in found:
        small = _DURATIONS.get(q.unit)
        if small and not (q.per or q.most or q.rounded or q.limit):
            last = out[-1] if out else None
            more = _DURATIONS.get(last.unit) if last and not (last.per or last.most) else None
            lead = _ONE_AND.search(text, max(0, q.span.start - 20), q.span.start)
            if last and more and re.fullmatch(rf"[ -]{more}s?,? (?:and )?", text[last.span.end : q.span.start]):
                value, span = last.value * PERIODS[more] / PERIODS[small], Span(last.span.start, q.span.end)
                if PERIODS[more] > PERIODS[small]:
                    q = replace(out.pop(), unit=q.unit, value=value + q.value, span=span)
            elif lead and PERIODS[lead[1].lower()] > PERIODS[small]:
                value = PERIODS[lead[1].lower()] / PERIODS[small] + q.value
                q = replace(q, value=value, span=Span(lead.start(), q.span.end))
        out.append(q)
    return out


_RANK = re.compile(rf"[- ](most [a-z]+|{'|'.join(lexicon('numbers')['ranked'])})\b|-([a-z]+est)\b", re.IGNORECASE)
_ORDINAL_BEFORE = re.compile(rf"\b(?:{'|'.join(ORDINALS)}|\d+(?:st|nd|rd|th))[- ]$", re.IGNORECASE)


def _ranked(text: str, part: Span, found: Quantity) -> Quantity:
    """The ordinal with the superlative that it ranks: "second-highest"."""
    m = _RANK.match(text, found.span.end, part.end) if found.unit == "ordinal" else None
    return replace(found, rank=folded(m[1] or m[2])) if m else found


def firsts(text: str, spans: tuple[Span, ...], beside: list[Quantity]) -> list[Quantity]:
    """The bare superlatives that another text ranks: "highest" is the first beside "second-highest"."""
    return [
        Quantity(value=1.0, unit="ordinal", span=Span(m.start(), m.end()), rank=rank)
        for rank in sorted({q.rank for q in beside if q.rank})
        for part in spans
        for m in re.compile(rf"\b{rank}\b", re.IGNORECASE).finditer(text, part.start, part.end)
        if not _ORDINAL_BEFORE.search(text, max(part.start, m.start() - 16), m.start())
    ]


_MINUS = re.compile(r"(?:(?<![\w%−-])[-−]|\bminus )$")  # two hyphens are a dash
CALENDAR = frozenset(("date", "clock", "o'clock", "weekday", "calendar month", "calendar year", "decade"))
UNSIGNED = CALENDAR | {"ordinal", "times", "name"}


def _signed(text: str, found: Quantity) -> Quantity:
    """The quantity with the sign before it."""
    m = _MINUS.search(text, max(0, found.span.start - 7), found.span.start)
    if not m or found.unit in UNSIGNED:
        return found
    return replace(found, value=-found.value, span=Span(m.start(), found.span.end))


_AGE_AFTER = re.compile(r"[ -](year|month|week|day)s?(?:[- ]old| of age)", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\b(?:aged?|age of) (?:between )?$", re.IGNORECASE)
_IN_APPOSITION = re.compile(r"[A-Z][\w'’]+(?:, | \()$")
_APPOSITION_ENDS = re.compile(r"[,.)]|$")
_AGED_UNITS = {"": 1.0, "year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}


def _aged(text: str, part: Span, found: Quantity) -> Quantity:
    """The quantity as an age in years, where it is one: "58-year-old", "aged 58", "Ana Reyk, 58,"."""
    end = found.span.end
    said = _AGE_AFTER.match(text, end, part.end)
    if said and found.unit == said[1].lower():
        return replace(found, unit="age", value=found.value * _AGED_UNITS[found.unit], weak=False)
    lead = text[max(part.start, found.span.start - 40) : found.span.start]
    if _AGE_BEFORE.search(lead) and (found.unit in _AGED_UNITS or re.match(r"\W|$", text[end : end + 1])):
        return replace(found, unit="age", value=found.value * _AGED_UNITS.get(found.unit, 1.0), weak=False)
    if _IN_APPOSITION.search(lead) and _APPOSITION_ENDS.match(text, end, part.end):
        plain = text[found.span.start : end]
        if plain.isdigit() and len(plain) <= 3 and found.value <= 110 and (lead.endswith("(") or text[end : end + 1]):
            return replace(found, unit="age")
    return found


_SPEED = re.compile(r" ?([a-z]{3,4})\b", re.IGNORECASE)
_RATE = re.compile(
    r"(?:[ -](?:(?!(?:a|an|per|each|every|in|within|over|for|after|of|than)\b)[\w'’]+)){0,3}?"
    r"(?: (?P<a>an?) | (?:per|each|every) |[/ ](?=h\b)|/| (?=(?:hour|dai|night|week|month|quarter|year|annual)ly\b))"
    r"(?P<period>[a-z]+)\b(?! (?:ago|earlier|later|after|before|from now|old|early|late)\b|-)",
    re.IGNORECASE,
)


def _rate(text: str, part: Span, found: Quantity) -> Quantity:
    """The quantity with its period, where it is a rate: "£50 a year", "20 ships daily", "50mph"."""
    if found.unit in UNSIGNED - {"times"} or found.unit == "age":
        return found
    fast = _SPEED.match(text, found.span.end, part.end)
    if fast and fast[1].lower() in _SPEEDS:
        return replace(found, unit=stem(_SPEEDS[fast[1].lower()]), per="hour", span=Span(found.span.start, fast.end()))
    m = _RATE.match(text, found.span.end, part.end)
    if m is None:
        return found
    period = {"h": "hour", "hr": "hour"}.get(m["period"].lower(), m["period"].lower())
    if period not in PERIODS or re.search(r"\d", m.group()):
        return found
    unit = "" if stem(found.unit) == stem(period) else found.unit
    close = m.start("period") - found.span.end <= len(" per ")
    weak = found.weak and found.unit != "times"  # "once a week"
    span = Span(found.span.start, m.end()) if close else found.span
    return replace(found, unit=unit, per=period, span=span, weak=weak, timed=Span(found.span.start, m.end()))


_ROUNDING = re.compile(
    r"\b(?:(?P<over>(?:more|greater|higher) than|over|above|beyond|exceed(?:ing|s|ed)|upwards? of|in excess of|topped)|"
    r"(?P<under>(?:less|fewer|lower) than|under|below|nearly|almost|close to|nearing|approaching|not (?:even|quite))|"
    r"(?P<about>about|around|roughly|some|approximately|(?:an )?estimated|circa|in the region of))\W{1,2}$",
    re.IGNORECASE,
)


_LIMIT = re.compile(
    r"\b(?:(?P<least>at (?:the very )?least|(?:no|not) (?:fewer|less|lower) than|a minimum of)|"
    r"(?P<most>at (?:the (?:very )?)?most|up to|(?:no|not) (?:more|greater|higher) than|a maximum of))\W{1,2}$",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(
    r"(?: \w+)?,? (?:(?P<least>at (?:the very )?least|or (?:more|above|over))|"
    r"(?P<most>at (?:the (?:very )?)?most|or (?:fewer|less|under|below)))\b",
    re.IGNORECASE,
)


def _rounded(text: str, part: Span, found: Quantity) -> Quantity:
    """The quantity with what the words beside it say of its rounding or its limit: "more than 200", "nearly 90
    percent", "at least 40"."""
    if found.unit in UNSIGNED - {"times"}:
        return found
    before = max(part.start, found.span.start - 22)
    if m := _LIMIT.search(text, before, found.span.start):
        return replace(found, limit=m.lastgroup or "", bounded=Span(m.start(), found.span.end))
    if m := _LIMIT_AFTER.match(text, found.span.end, part.end):
        return replace(found, limit=m.lastgroup or "", bounded=Span(found.span.start, m.end()))
    m = _ROUNDING.search(text, before, found.span.start)
    if m is None:
        return found
    lead = _LAST_WORD.search(text, max(part.start, m.start() - 20), m.start())
    if lead and folded(lead[1]) in _NO_ROUNDING:
        return found
    return replace(found, rounded=m.lastgroup or "", bounded=Span(m.start(), found.span.end))


_LAST_WORD = re.compile(r"(\w+)\W{1,2}$")
_NO_ROUNDING = frozenset(lexicon("numbers")["no rounding"])  # "a dispute over 300 jobs"


_BETWEEN = re.compile(r"\W?(?:-? ?(?:to|or|and|through) |\s?[-–—−/]\s?)\W?")
_LEAD_AND = re.compile(r"\bbetween\W+$", re.IGNORECASE)
_TURNED = re.compile(r"\bor\b")
_FROM, _ANYTHING = re.compile(r"\bfrom\W+$", re.I), re.compile(r"\b(?:any|some)(?:thing|where) from\W+$", re.I)
_SCALED = re.compile(r"(?:^|[\d\s])([a-z]+)$", re.IGNORECASE)


def _ranged(text: str, found: list[Quantity]) -> list[Quantity]:
    """The two ends of a range in one unit: "2 to 3 percent", "$2-3 million", "4-6 October", "2019-21"."""
    out = list(found)
    for k in range(len(out) - 1):
        a, b = out[k], out[k + 1]
        joint = text[a.span.end : b.span.start]
        if not _BETWEEN.fullmatch(joint):
            continue
        dash = not joint.strip(" -") or not re.search("[a-z]", joint)
        if "and" in joint and not _LEAD_AND.search(text[max(0, a.span.start - 12) : a.span.start]):
            continue
        a, b = _of_one_range(text, a, b, dash=dash)
        if a.unit == b.unit and a.value < b.value and not {a.unit} & UNSIGNED and not _TURNED.search(joint):
            lead = text[max(0, a.span.start - 20) : a.span.start]
            if not _FROM.search(lead) or _ANYTHING.search(lead):  # "grew from 4 to 6 million" tells two times
                a, b = replace(a, end="low"), replace(b, end="high")
        out[k], out[k + 1] = a, b
    return out


def _of_one_range(text: str, a: Quantity, b: Quantity, *, dash: bool) -> tuple[Quantity, Quantity]:
    """Both ends of a range with what only one of them tells of the unit, scale and period."""
    day = a.unit == "" and a.value == int(a.value) and 1 <= a.value <= 31
    if b.unit == "date" and day:
        return replace(a, value=b.value // 100 * 100 + a.value, unit="date"), b
    if a.unit == "date" and b.unit == "" and 1 <= b.value <= 31:
        return a, replace(b, value=a.value // 100 * 100 + b.value, unit="date")
    if a.unit == "calendar year" and dash and b.unit == "" and re.fullmatch(r"\d\d", b.span.of(text)):
        return a, replace(b, value=a.value // 100 * 100 + b.value, unit="calendar year")
    if b.unit in ("clock", "o'clock") and a.unit == "" and 1 <= a.value <= 12:
        afternoon = b.value >= 43200 and a.value % 12 * 3600 < b.value % 43200
        return replace(a, value=(a.value % 12 + 12 * afternoon) * 3600, unit=b.unit, weak=False), b
    if b.unit == "age" and a.unit == "":
        return replace(a, unit="age", weak=False), b
    if a.unit == "age" and b.unit == "":
        return a, replace(b, unit="age", weak=False)
    if {a.unit, b.unit} & UNSIGNED:
        return a, b
    named = _SCALED.search(b.span.of(text).split(" a ")[0].strip())
    scale = SCALES.get(folded(named[1]), 1.0) if named else 1.0
    own = _SCALED.search(a.span.of(text).strip())
    lone = a.unit in ("", b.unit) or (a.unit in MONEY.values() and b.unit in ("", a.unit))
    if lone and scale > 1 and not (own and folded(own[1]) in SCALES) and a.value < b.value / scale:
        a = replace(a, value=a.value * scale)
    if a.unit == "ratio" and b.unit == "":
        b = replace(b, unit="ratio")
    if a.unit == "" and b.unit in ("share", "points") and b.value and a.value >= 1:
        a = replace(a, value=a.value / 100, unit=b.unit, weak=False)
    elif a.unit == "" and b.unit:
        a = replace(a, unit=b.unit, weak=False)
    elif b.unit == "" and a.unit in MONEY.values():
        b = replace(b, unit=a.unit)
    if b.per and not a.per:
        a = replace(a, per=b.per)
    return a, b


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
    hour = m and (UNITS.get(m["hour"].lower()) or (int(m["hour"]) if m["hour"].isdigit() else 0))
    if not m or not hour or hour > 12:
        return None
    part = _MINUTES[(m["part"] or m["n"]).lower()]
    before = (m["past"] or m["way"]).lower() == "to"
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


_RATIO = re.compile(r"\b(?:(?:hazard|odds|risk|rate) ratio|(?P<of>interval|CI))(?: (?:of|was|is|at))*[ ,:=(]+$", re.I)
_IN_PERCENT = re.compile(r"(?:\W{1,3}(?:to|and)?\W{0,2}[\d.]+)?\W?(?:%|per\s?cent)")


def _quantity(text: str, tokens: list[_Token], at: int) -> tuple[Quantity | None, int]:
    """The quantity that starts at token `at`, if one does, and where to go on."""
    token = tokens[at]
    following = [t.text for t in tokens[at + 1 : at + 5]] + [""] * 4

    def made(value: float, unit: str, stop: int, *, weak: bool = False) -> tuple[Quantity, int]:
        return Quantity(value=value, unit=unit, span=Span(token.span.start, tokens[stop - 1].span.end), weak=weak), stop

    first = tokens[at + 1] if token.text == "a" and following[0] == "quarter" else token
    spoken = _clock_in_words(text, first.span.start) if first.text in _MINUTES else None
    if spoken:
        stop = next((k for k in range(at, len(tokens)) if tokens[k].span.end >= spoken[1]), at) + 1
        return made(spoken[0], "o'clock", stop)
    if token.text == "fortnight":
        return made(2.0, "week", at + 1)
    if token.text in ("noon", "midday", "midnight"):
        return made(43200 if token.text != "midnight" else 0, "clock", at + 1)
    capital = text[token.span.start].isupper()
    if token.text in MONTHS and capital:
        day = _day(following[0])
        if day:
            return made(MONTHS[token.text] * 100 + day, "date", at + 2)
        return made(MONTHS[token.text], "calendar month", at + 1, weak=True)
    month = 1 + (following[0] in ("st", "nd", "rd", "th"))
    month += following[month - 1] == "of"
    day = _day(token.text)
    if day and following[month - 1] in MONTHS and text[tokens[at + month].span.start].isupper():
        return made(MONTHS[following[month - 1]] * 100 + day, "date", at + month + 1)
    if token.text in WEEKDAYS:
        return made(WEEKDAYS[token.text], "weekday", at + 1, weak=True)
    half_day = following[0] if following[0] in ("am", "pm") else following[0] if following[1] == "m" else ""
    halved = half_day[:1] in ("a", "p")
    if (re.fullmatch(r"\d{1,2}", token.text) and halved and int(token.text) <= 12) or (
        re.fullmatch(r"\d{1,2}[:.]\d\d(?::\d\d)?", token.text)
        and (":" in token.text or halved or following[0] in ("hours", "hrs", "h"))
    ):
        hour, minute, second = [*(int(x) for x in re.split("[:.]", token.text)), 0, 0][:3]
        vague = not halved and hour <= 12 and token.text[0] != "0" and following[0] not in ("hours", "hrs", "h")
        hour = hour % 12 + 12 * (half_day[0] == "p") if halved else hour
        return made(
            hour * 3600 + minute * 60 + second,
            "o'clock" if vague else "clock",
            at + 1 + (1 if half_day[1:] else 2 if halved else 0),
        )
    if token.text in TIMES:
        return made(TIMES[token.text], "times", at + 1, weak=token.text == "once")
    if token.text in DECADES:
        return made(DECADES[token.text], "decade", at + 1)
    if token.text == "halved":
        return made(0.5, "share", at + 1)
    back = tokens[at - 1].text if at else ""
    if token.text in ORDINALS and not _cardinal(back) and [token.text, *following[:2]] != ["second", "world", "war"]:
        timed = token.text == "second" and (back in ("a", "per", "each", "every") or not following[0])
        return (None, at + 1) if timed else made(ORDINALS[token.text], "ordinal", at + 1, weak=token.text == "first")
    if token.text == "quarter" and following[0] not in ("of", "million", "point"):
        return None, at + 1
    if token.text == "half" and back in ORDINALS:
        return None, at + 1
    if token.text in SHARES and token.text not in ORDINALS and not following[0].startswith("way"):
        return _share(text, tokens, at, at + 1, SHARES[token.text])
    if token.text in ("a", "an") and following[0] in PERIODS and following[1:4] == ["and", "a", "half"]:
        return made(1.5, _unit(following[:1]), at + 5)
    if token.text in VAGUE or (token.text == "tens" and following[:2] == ["of", "thousands"]):
        return _vague(text, tokens, at)
    if token.text == "both" or (
        token.text == "one"
        and back in ("no", "every", "each", "any")
        and following[0] not in SCALES
        and following[0] not in ("in", "out")
    ):
        return None, at + 1
    if token.text == "a" and following[:2] in (["couple", "of"], ["score", "of"]):
        return made(2 if following[0] == "couple" else 20, _unit(following[2:4]), at + 3, weak=True)
    money = MONEY.get(token.text)
    if token.text in _CODES and following[0][:1].isdigit():
        money = _CODES[token.text]
    value, stop, digits = _number(tokens, at + 1 if money else at)
    if value is None:
        counted = following[0] in ORDINALS and back not in _MEASURED and following[1] and following[1] not in _SHARED
        if counted and _apart(text, tokens, at + 1):
            counted = False
        if token.text in ("a", "an", "one") and following[0] in SHARES and not counted:
            return _share(text, tokens, at, at + 2, SHARES[following[0]])
        return None, at + 1
    after = [t.text for t in tokens[stop : stop + 4]] + [""] * 4
    of_two = _RATIO.search(text, max(0, token.span.start - 40), token.span.start) if digits and not money else None
    if of_two and not (of_two["of"] and ("." not in token.text or _IN_PERCENT.match(text, token.span.end))):
        return made(value, "ratio", stop)
    whole_number = stop == at + 1 and not money and token.text.isdigit()
    if whole_number and re.search(r"\bFY$", text[max(0, token.span.start - 3) : token.span.start]):
        return made(value + 2000 * (value < 100), "calendar year", stop)
    if whole_number and after[0] == "s" and not _gap(text, tokens, stop):
        if back in ("over", "under") and value < 100:
            return made(value, "age", stop + 1)
        return made(value + 1900 * (value < 100), "decade", stop + 1)
    if whole_number and _name_of_number(text, token.span.start, token.span.end):
        return made(value, "name", stop)
    if not digits and after[0] in ORDINALS and value in TENS.values() and ORDINALS[after[0]] < 10:
        return made(value + ORDINALS[after[0]], "ordinal", stop + 1)
    if after[0] in ("o'clock", "oclock") and value <= 12:
        return made(value % 12 * 3600, "o'clock", stop + 1)
    if back in _AT and value in range(1, 13) and (half := _half_of_day(after, value)):
        return made((value % 12 + half[0]) * 3600, "clock", stop + half[1])
    if after[0] in ("times", "fold", "x") and not money:
        return made(value, "times", stop + 1)
    if after[0] in ("½", "¼", "¾", "⅓", "⅔") and digits:
        value, stop = value + SHARES[after[0]], stop + 1
        after = [t.text for t in tokens[stop : stop + 4]] + [""] * 4
    if after[0] in ("st", "nd", "rd", "th") and digits:
        return made(value, "ordinal", stop + 1)
    share = after[0] if after[0] in SHARES else after[0].removesuffix("s")
    if share in SHARES and value < 20 and not money and (value == 1 or after[0].endswith("s") or share == "half"):
        return _share(text, tokens, at, stop + 1, value * SHARES[share])
    if after[0] == "and" and after[1] in ("a", "one") and after[2] in SHARES:
        value, stop = value + SHARES[after[2]], stop + 3
        if after[3] in SCALES and len(after[3]) > 2:
            value, stop = value * SCALES[after[3]], stop + 1
        after = [t.text for t in tokens[stop : stop + 4]] + [""] * 4
    if after[0] in ("in", "of", "out") and (value <= 20 or "every" in after[1:3]) and (
        not digits or _of_digits(after, value)
    ):  # fmt: skip
        skip = 2 if after[:2] == ["out", "of"] else 1
        skip += after[skip] == "every"
        whole, end, _ = _number(tokens, stop + skip) if stop + skip < len(tokens) else (None, stop, False)
        if whole is None and after[skip] == "hundred":
            whole, end = 100.0, stop + skip + 1
        if whole and whole > value and (after[0] != "of" or whole <= 100) and not money:
            return made(value / whole, "share", end)
    if after[0] == "basis" and after[1].startswith("point"):
        return made(value / 10000, "points", stop + 2)
    if after[0] == "percentage" and after[1].startswith("point"):
        return made(value / 100, "points", stop + 2)
    if after[0] in ("%", "percent", "pc", "pct") or after[:2] == ["per", "cent"]:
        points = "point" in after[1 + (after[0] == "per")]
        end = stop + (2 if after[0] == "per" else 1)
        return made(value / 100, "points" if points else "share", end)
    if money:
        return made(value, money, stop)
    if after[1] == "in" and (end := _some_in(text, tokens, stop, value)):
        return made(value / (_number(tokens, stop + 2)[0] or 1.0), "share", end)
    looks_like_year = re.fullmatch(r"(?:19|20)\d\d|2100", token.text) and stop == at + 1
    if looks_like_year and (after[0] in _SKIPPED or not (_countable(after[0]) or after[0] in ("feet", *ONE_FORM))):
        return made(value, "calendar year", stop)
    degrees = _DEGREES.match(text, tokens[stop - 1].span.end)
    if degrees:
        unit = "celsius" if (degrees[1] or degrees[2]) == "C" else "fahrenheit"
        return made(value, unit, stop + 1 + (degrees[2] is not None))
    if after[0] in ("ft", "foot", "feet") and stop + 1 < len(tokens):
        inches, end, _ = _number(tokens, stop + 1)
        if inches is not None and end < len(tokens) and stem(tokens[end].text) in ("in", "inch", "inches"):
            return made(value + inches / 12, "foot", end + 1)
    near_by = [a for k, a in enumerate(after[:3]) if not any(_apart(text, tokens, stop - 1 + i) for i in range(k + 1))]
    unit = _unit(near_by)
    if tokens[stop - 1].text == "m" and unit not in MEASURES:
        unit = unit if after[0].endswith("s") or after[0] == "people" else "m"
    weak = value == 1 and not digits and (after[0] in _AFTER_ONE or not after[0])
    if value == 1 and not digits and not weak:
        weak = not _countable(after[0])
    return made(value, unit, stop, weak=weak)


def _gap(text: str, tokens: list[_Token], at: int) -> str:
    """What stands between a token and the one before it."""
    return text[tokens[at - 1].span.end : tokens[at].span.start] if 0 < at < len(tokens) else " "


def _apart(text: str, tokens: list[_Token], at: int) -> bool:
    """Whether a mark of punctuation parts a token from the next."""
    return bool(re.search(r"[,;:()!?\n—]|\.\s", _gap(text, tokens, at + 1)))


def _some_in(text: str, tokens: list[_Token], stop: int, value: float) -> int:
    """Where "six voters in ten" ends, its first number before `stop`; 0 where it is no share: "two men in three cars",
    "three attacks in five days"."""
    whole, end, _ = _number(tokens, stop + 2) if stop + 2 < len(tokens) else (None, stop, False)
    if whole not in _SHARED_BY or whole <= value or value != int(value) or any(
        _apart(text, tokens, k) for k in range(stop - 1, end - 1)
    ):  # fmt: skip
        return 0
    if end < len(tokens) and not _apart(text, tokens, end - 1):
        after, at = tokens[end].text, tokens[end].span.start
        counted = stem(after) in {stem(x) for x in PERIODS} or (value > 1 and _countable(after))
        if counted or text[at].isupper() or not text[at - 1].isspace() or after in _LENGTHS:
            return 0
    return end


def _cardinal(word: str) -> bool:
    return word[:1].isdigit() or word in UNITS or word in TENS


def _of_digits(after: list[str], value: float) -> bool:
    """Whether "1 in 5", "3 out of 5", "7 in 10" go on behind their first number."""
    whole = next((w for w in after[1:] if w not in ("of", "every")), "")
    known = {"3": 3, "4": 4, "5": 5, "10": 10, "100": 100}
    return value == int(value) and (after[0] == "out" or (after[0] == "in" and (value == 1 or whole in known)))


def _vague(text: str, tokens: list[_Token], at: int) -> tuple[Quantity, int]:
    """ "Dozens", "tens of thousands": the least and the most of it."""
    least, most, stop = *VAGUE.get(tokens[at].text, (10.0, 100.0)), at + 1
    while [t.text for t in tokens[stop : stop + 1]] == ["of"] and stop + 1 < len(tokens):
        scale = tokens[stop + 1].text
        if scale not in VAGUE:
            break
        least, most, stop = least * VAGUE[scale][0], most * VAGUE[scale][0], stop + 2
    unit = _unit([t.text for t in tokens[stop : stop + 3]])
    span = Span(tokens[at].span.start, tokens[stop - 1].span.end)
    return Quantity(value=least, unit=unit, span=span, weak=True, most=most), stop


def _share(text: str, tokens: list[_Token], at: int, stop: int, value: float) -> tuple[Quantity, int]:
    """A share that ends before token `stop`; of a scale that follows it a number: "half a million", "a quarter of a
    million"."""
    k = stop + (stop < len(tokens) and tokens[stop].text == "of")
    one = k < len(tokens) and tokens[k].text in ("a", "an")
    k += one
    measured = k < len(tokens) and (
        tokens[k].text in PERIODS or tokens[k].text in _LENGTHS or (one and _unit([tokens[k].text]) in MEASURES)
    )
    if k > stop and measured:
        span = Span(tokens[at].span.start, tokens[k].span.end)
        return Quantity(value=value, unit=_unit([tokens[k].text]), span=span), k + 1
    scale = SCALES.get(tokens[k].text) if k < len(tokens) and len(tokens[k].text) > 2 else None
    unit = "share"
    point = [t.text for t in tokens[k : k + 2]] + [""] * 2
    if point[0] in ("percent", "percentage", "point"):
        dotted = point[0] == "point" or point[1].startswith("point")
        end = k + 1 + (point[0] != "point" and dotted)
        span = Span(tokens[at].span.start, tokens[end - 1].span.end)
        return Quantity(value=value / 100, unit="points" if dotted else "share", span=span), end
    if scale:
        value, stop, unit = value * scale, k + 1, _unit([t.text for t in tokens[k + 1 : k + 4]])
    return Quantity(value=value, unit=unit, span=Span(tokens[at].span.start, tokens[stop - 1].span.end)), stop


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
    value = int(bare) if bare.isdigit() and len(bare) <= 2 else ORDINALS.get(text, 0)
    return value if 1 <= value <= 31 else 0


def _number(tokens: list[_Token], at: int) -> tuple[float | None, int, bool]:
    """The cardinal number that starts at token `at`: its value, the token after it, and whether it has digits."""
    total, current, stop, digits = 0.0, None, at, False
    while stop < len(tokens):
        t = tokens[stop].text
        if current is None and t[:1].isdigit():
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
    if stop == at or (current is None and total == 0 and stop == at):
        return None, at, False
    return total + (current or 0), stop, digits


def _joins(current: float | None, step: int) -> bool:
    """Whether a smaller number word goes on with `current`: "twenty" and "three", not "twenty" and "thirty"."""
    return current is None or (current > 0 and current % step == 0)


def _digits(text: str) -> float:
    """ "1,340", "2.6", "1.340.000", "11 400" as a number."""
    bare = text.replace("\u202f", "").replace("\u00a0", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare) or re.fullmatch(r"\d{1,2}(?:,\d{2})*,\d{3}", bare):
        return float(bare.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", bare):
        return float(bare.replace(".", ""))
    if re.fullmatch(r"\d+,\d+", bare):
        return float(bare.replace(",", "."))
    return float(bare) if re.fullmatch(r"\d+(?:\.\d+)?", bare) else float(re.sub(r"\D", "", bare))
