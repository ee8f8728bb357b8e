"""Numbers, dates, units and shares as values: "twenty-three" is 23, "a third" is near 33 per cent, 1,340 is not 13,400.

Values are compared, never their spelling. What is too vague to be wrong ("dozens", "one of") is kept apart as weak.
"""

from __future__ import annotations

import re
from dataclasses import replace

from stemmata.language.counts import MONEY, UNSIGNED, Quantity, quantity_at, tokens_of
from stemmata.language.measures import PERIODS
from stemmata.language.numerals import MONTHS, SCALES
from stemmata.language.wording import folded, lexicon, stem
from stemmata.model import Span

_SPEEDS = {"mph": "mile", "kph": "kilometer", "kmh": "kilometer", "kmph": "kilometer"}


def quantities(text: str, spans: tuple[Span, ...]) -> list[Quantity]:
    """The quantities inside `spans`, in order; none of a phrase that counts nothing, "in two minds"."""
    found: list[Quantity] = []
    for part in spans:
        tokens, at = tokens_of(text, part), 0
        while at < len(tokens):
            quantity, at = quantity_at(text, tokens, at)
            if quantity:
                quantity = _rate(text, part, _aged(text, part, _signed(text, quantity)))
                found.append(_based(text, part, _rounded(text, part, quantity)))
    idle = [Span(*m.span()) for s in spans for m in _IDIOM.finditer(text, s.start, s.end)]
    return _ranged(text, _of_two_units(text, [q for q in found if not any(q.span in x for x in idle)]))


_IDIOM = re.compile(rf"\b(?:{'|'.join(map(re.escape, lexicon('numbers')['idiom']))})\b", re.IGNORECASE)

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
            elif lead and PERIODS[folded(lead[1])] > PERIODS[small]:
                value = PERIODS[folded(lead[1])] / PERIODS[small] + q.value
                q = replace(q, value=value, span=Span(lead.start(), q.span.end))
        out.append(q)
    return out


_MINUS = re.compile(r"(?:(?<![\w%−-])[-−]|\bminus )$")  # two hyphens are a dash


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
_AGED_UNITS = {"": 1.0, **{x: PERIODS[x] / PERIODS["year"] for x in ("year", "month", "week", "day")}}


def _aged(text: str, part: Span, found: Quantity) -> Quantity:
    """The quantity as an age in years, where it is one: "58-year-old", "aged 58", "Ana Reyk, 58,"."""
    end = found.span.end
    said = _AGE_AFTER.match(text, end, part.end)
    if said and found.unit == folded(said[1]):
        return replace(found, unit="age", value=found.value * _AGED_UNITS[found.unit], weak=False)
    lead = text[max(part.start, found.span.start - 40) : found.span.start]
    if _AGE_BEFORE.search(lead) and (found.unit in _AGED_UNITS or re.match(r"\W|$", text[end : end + 1])):
        return replace(found, unit="age", value=found.value * _AGED_UNITS.get(found.unit, 1.0), weak=False)
    if _IN_APPOSITION.search(lead) and _APPOSITION_ENDS.match(text, end, part.end):
        plain = text[found.span.start : end]
        if plain.isdecimal() and len(plain) <= 3 and found.value <= 110 and (lead.endswith("(") or text[end : end + 1]):
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
    if fast and folded(fast[1]) in _SPEEDS:
        return replace(found, unit=stem(_SPEEDS[folded(fast[1])]), per="hour", span=Span(found.span.start, fast.end()))
    m = _RATE.match(text, found.span.end, part.end)
    if m is None:
        return found
    period = {"h": "hour", "hr": "hour"}.get(folded(m["period"]), folded(m["period"]))
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


_PERIOD = r"(year|quarter|month|week|decade)"
_BASIS = (
    r"(?:(?:from|than|on|over|against|compared (?:with|to)|versus)(?: in| that of)? (?:"
    rf"(?:an?|one|the|that|the same \w+ an?) {_PERIOD} (?:earlier|before|ago|previously|prior)\b|"
    rf"(?:the )?(?:previous|preceding|prior|last) {_PERIOD}\b|the same \w+ (?:of )?last {_PERIOD}\b|"
    rf"(?P<month>{'|'.join(MONTHS)})\b(?! \d))|on the {_PERIOD}\b|"
    rf"{_PERIOD}[- ](?:on|over)[- ](?:year|quarter|month|week)\b)"
)
_WITHIN = r"(?:[ -](?!(?:and|but|while|which|who|to|from|of)\b)[^\W\d][\w’'-]*)"
_BASIS_AFTER = re.compile(rf"{_WITHIN}{{0,5}}?,? {_BASIS}", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|against|versus|compared (?:with|to))\s+$", re.IGNORECASE)
_IN_BASIS = re.compile(
    rf"{_WITHIN}{{0,2}}?,? (?:in )?(?:(?:the )?(?:previous|preceding|prior) {_PERIOD}\b|"
    rf"an? {_PERIOD} (?:earlier|before|ago|previously)\b|the same \w+ (?:of )?last {_PERIOD}\b)",
    re.IGNORECASE,
)
_BASIS_BEFORE = re.compile(rf"\b{_BASIS},?(?:{_WITHIN}| of){{0,6}} $", re.IGNORECASE)


def _based(text: str, part: Span, found: Quantity) -> Quantity:
    """The quantity with the period back to what it is compared with: "from a year earlier", "on the quarter",
    "month-on-month"; "than in September", of October, is a month."""
    if found.unit in UNSIGNED:
        return found
    m = _BASIS_AFTER.match(text, found.span.end, part.end)
    before = None if m else _BASIS_BEFORE.search(text, max(part.start, found.span.start - 80), found.span.start)
    m = m or before
    if m is None and _FROM.search(text, max(part.start, found.span.start - 20), found.span.start):
        m = _IN_BASIS.match(text, found.span.end, part.end)  # "from 11 million marks in the previous quarter"
        if m is not None:
            return replace(found, basis=next(x for x in m.groups() if x).lower(), based=Span(found.span.start, m.end()))
    if m is None:
        return found
    period = folded(next((x for x in m.groups() if x), ""))
    if m["month"]:
        others = {MONTHS[folded(x)] for x in _MONTH.findall(text[part.start : part.end])} - {MONTHS[period]}
        period = "month" if {(x - MONTHS[period]) % 12 for x in others} == {1} else ""
    span = Span(m.start(), found.span.end) if before else Span(found.span.start, m.end())
    return replace(found, basis=period, based=span) if period else found


_MONTH = re.compile(rf"\b(?:{'|'.join(x.title() for x in MONTHS)})\b")
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
                a, b = replace(a, end="low", other_end=b.span), replace(b, end="high", other_end=a.span)
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
    if a.unit == "" and b.unit in ("share", "points") and b.value and a.value >= 1:
        a = replace(a, value=a.value / 100, unit=b.unit, weak=False)
    elif a.unit == "" and b.unit:
        a = replace(a, unit=b.unit, weak=False)
    elif b.unit == "" and a.unit in MONEY.values():
        b = replace(b, unit=a.unit)
    if b.per and not a.per:
        a = replace(a, per=b.per)
    return a, b
