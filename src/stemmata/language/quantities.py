"""Numbers, dates, units and shares as values: "twenty-three" is 23, "a third" is near 33 per cent, 1,340 is not 13,400.

Values are compared, never their spelling. What is too vague to be wrong ("dozens", "one of") is kept apart as weak.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from stemmata.language.wording import folded, stem
from stemmata.model import Span

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7,
    "dozen": 12.0, "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
_SHARES = {
    "half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fourth": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6,
    "seventh": 1 / 7, "eighth": 1 / 8, "ninth": 1 / 9, "tenth": 1 / 10, "twelfth": 1 / 12, "twentieth": 1 / 20,
    "hundredth": 1 / 100,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
    "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_WEEKDAYS = {
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
}  # fmt: skip
_TIMES = {
    "once": 1.0, "twice": 2.0, "thrice": 3.0, "doubled": 2.0, "double": 2.0, "tripled": 3.0, "triple": 3.0,
    "twofold": 2.0, "threefold": 3.0, "tenfold": 10.0,
}  # fmt: skip
_MONEY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "rouble"}
_SAME_UNIT = {
    "kilometer": "km", "kilomet": "km", "metre": "meter", "per": "percent", "usd": "dollar", "kg": "kilogram",
    "kilo": "kilogram", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute", "%": "percent",
}  # fmt: skip
# what one unit of the first is in the second; rounding in print is allowed for by NEAR
_CONVERTED = {
    (stem(a), stem(b)): factor
    for a, b, factor in (
        ("mile", "km", 1.609), ("meter", "foot", 3.281), ("kilogram", "pound", 2.205), ("yard", "meter", 0.914),
        ("hectare", "acre", 2.471), ("inch", "centimeter", 2.54), ("day", "hour", 24.0), ("week", "day", 7.0),
        ("month", "week", 4.345), ("year", "month", 12.0), ("hour", "minute", 60.0), ("decade", "year", 10.0),
    )
}  # fmt: skip
NEAR = 0.03  # values that differ by less are one: a third and 33 per cent (set by hand, not tuned)
_TOKEN = re.compile(
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?=\s*(?:hours|hrs|h\b|[ap]\.?m\b))|\d\d?:\d\d(?::\d\d)?|\d+(?:[,.\u202f\u00a0]\d+)*|"
    r"[^\W\d_]+(?:['’][^\W\d_]+)?|[$€£¥₹₽%]"
)
_AFTER_ONE = frozenset(
    (
        "of",
        "another",
        "day",
        "who",
        "that",
        "in",
        "which",
        "more",
        "by",
        "and",
        "side",
        "or",
        "to",
        "man",
        "woman",
        "thing",
    )
)
_SKIPPED = frozenset(("of", "the", "a", "an", "more", "other", "new", "full", "whole", "about", "some", "additional"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A value in the text. `unit` is the word it counts ("soldier", "percent", "date"), "" where none stands there."""

    value: float
    unit: str
    span: Span
    weak: bool = False  # "one", "dozens": says little by itself


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
                found.append(_signed(text, quantity))
    return found


_MINUS = re.compile(r"(?:(?<![\w−-])[-−]|\bminus )$")  # two hyphens are a dash
_UNSIGNED = frozenset(("date", "clock", "weekday", "month", "year", "ordinal", "times"))


def _signed(text: str, found: Quantity) -> Quantity:
    """The quantity with the sign before it."""
    m = _MINUS.search(text, max(0, found.span.start - 7), found.span.start)
    if not m or found.unit in _UNSIGNED:
        return found
    return replace(found, value=-found.value, span=Span(m.start(), found.span.end))


def _quantity(text: str, tokens: list[_Token], at: int) -> tuple[Quantity | None, int]:
    """The quantity that starts at token `at`, if one does, and where to go on."""
    token = tokens[at]
    following = [t.text for t in tokens[at + 1 : at + 5]] + [""] * 4

    def made(value: float, unit: str, stop: int, *, weak: bool = False) -> tuple[Quantity, int]:
        return Quantity(value=value, unit=unit, span=Span(token.span.start, tokens[stop - 1].span.end), weak=weak), stop

    capital = text[token.span.start].isupper()
    if token.text in _MONTHS and capital:
        day = _day(following[0])
        if day:
            return made(_MONTHS[token.text] * 100 + day, "date", at + 2)
        return made(_MONTHS[token.text], "month", at + 1, weak=True)
    month = 1 + (following[0] in ("st", "nd", "rd", "th"))
    month += following[month - 1] == "of"
    day = _day(token.text)
    if day and following[month - 1] in _MONTHS and text[tokens[at + month].span.start].isupper():
        return made(_MONTHS[following[month - 1]] * 100 + day, "date", at + month + 1)
    if token.text in _WEEKDAYS:
        return made(_WEEKDAYS[token.text], "weekday", at + 1, weak=True)
    half_day = following[0] if following[0] in ("am", "pm") else following[0] if following[1] == "m" else ""
    halved = half_day[:1] in ("a", "p")
    if (re.fullmatch(r"\d{1,2}", token.text) and halved and int(token.text) <= 12) or (
        re.fullmatch(r"\d{1,2}[:.]\d\d(?::\d\d)?", token.text)
        and (":" in token.text or halved or following[0] in ("hours", "hrs", "h"))
    ):
        hour, minute, second = [*(int(x) for x in re.split("[:.]", token.text)), 0, 0][:3]
        hour = hour % 12 + 12 * (half_day[0] == "p") if halved else hour
        return made(hour * 3600 + minute * 60 + second, "clock", at + 1 + (1 if half_day[1:] else 2 if halved else 0))
    if token.text in _TIMES:
        return made(_TIMES[token.text], "times", at + 1, weak=token.text == "once")
    if token.text in _SHARES and token.text not in _ORDINALS and not following[0].startswith("way"):
        return _share(text, tokens, at, at + 1, _SHARES[token.text])
    if token.text in ("dozens", "hundreds", "thousands", "millions", "billions", "both", "scores"):
        return None, at + 1
    money = _MONEY.get(token.text)
    value, stop, digits = _number(tokens, at + 1 if money else at)
    if value is None:
        if token.text in ("a", "an", "one") and following[0] in _SHARES and following[1] != "time":
            return _share(text, tokens, at, at + 2, _SHARES[following[0]])
        return None, at + 1
    after = [t.text for t in tokens[stop : stop + 4]] + [""] * 4
    if after[0] in ("st", "nd", "rd", "th") and digits:
        return made(value, "ordinal", stop + 1)
    share = after[0] if after[0] in _SHARES else after[0].removesuffix("s")
    if share in _SHARES and value < 20 and not money and (value == 1 or after[0].endswith("s") or share == "half"):
        return _share(text, tokens, at, stop + 1, value * _SHARES[share])
    if after[0] == "and" and after[1] in ("a", "one") and after[2] in _SHARES:
        value, stop = value + _SHARES[after[2]], stop + 3
        if after[3] in _SCALES and len(after[3]) > 2:
            value, stop = value * _SCALES[after[3]], stop + 1
        after = [t.text for t in tokens[stop : stop + 4]] + [""] * 4
    if after[0] in ("in", "of", "out") and value <= 20 and not digits:
        skip = 2 if after[:2] == ["out", "of"] else 1
        whole, end, _ = _number(tokens, stop + skip) if stop + skip < len(tokens) else (None, stop, False)
        if whole and whole > value and (after[0] != "of" or whole <= 100) and not money:
            return made(value / whole, "share", end)
    if after[0] in ("%", "percent") or after[:2] == ["per", "cent"]:
        points = "point" in after[1 + (after[0] == "per")]
        end = stop + (2 if after[0] == "per" else 1)
        return made(value / 100, "points" if points else "share", end)
    if money:
        return made(value, money, stop)
    looks_like_year = re.fullmatch(r"(?:19|20)\d\d|2100", token.text) and stop == at + 1
    if looks_like_year and (after[0] in _SKIPPED or not _countable(after[0])):
        return made(value, "year", stop)
    unit = _unit(after[:3])
    weak = value == 1 and not digits and (after[0] in _AFTER_ONE or not after[0])
    if value == 1 and not digits and not weak:
        weak = not _countable(after[0])
    return made(value, unit, stop, weak=weak)


def _share(text: str, tokens: list[_Token], at: int, stop: int, value: float) -> tuple[Quantity, int]:
    """A share that ends before token `stop`; of a scale that follows it a number: "half a million", "a quarter of a
    million"."""
    k = stop + (stop < len(tokens) and tokens[stop].text == "of")
    k += k < len(tokens) and tokens[k].text in ("a", "an")
    scale = _SCALES.get(tokens[k].text) if k < len(tokens) and len(tokens[k].text) > 2 else None
    unit = "share"
    if scale:
        value, stop, unit = value * scale, k + 1, _unit([t.text for t in tokens[k + 1 : k + 4]])
    return Quantity(value=value, unit=unit, span=Span(tokens[at].span.start, tokens[stop - 1].span.end)), stop


def _unit(after: list[str]) -> str:
    """What is counted: the first word behind a number that counts anything, in one form."""
    unit = next((w for w in after if w and w not in _SKIPPED), "")
    return _SAME_UNIT.get(stem(unit), stem(unit)) if unit else ""


def _countable(word: str) -> bool:
    return word in {"minute", "hour", "day", "week", "month", "year", "km", "mile", "percent"} or (
        len(word) > 3 and word.endswith("s")
    )


def _day(text: str) -> int:
    bare = re.sub(r"(?:st|nd|rd|th)$", "", text)
    value = int(bare) if bare.isdigit() and len(bare) <= 2 else _ORDINALS.get(text, 0)
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
        elif t in _UNITS and not digits and _joins(current, 10 if _UNITS[t] < 10 else 100):
            current = (current or 0) + _UNITS[t]
        elif t in _TENS and not digits and _joins(current, 100):
            current = (current or 0) + _TENS[t]
        elif t in _SCALES and current is not None:
            if len(t) <= 2 and not digits:
                break
            if t == "hundred":
                current = (current or 1) * 100
            else:
                total, current = total + (current or 1) * _SCALES[t], None
        elif t == "and" and current is not None and not digits and current >= 100 and stop + 1 < len(tokens) and (
            tokens[stop + 1].text in _UNITS or tokens[stop + 1].text in _TENS
        ):  # fmt: skip
            pass
        elif t in ("a", "an") and stop == at and stop + 1 < len(tokens) and tokens[stop + 1].text in _SCALES:
            if len(tokens[stop + 1].text) <= 2:
                break
            current = 1
        else:
            break
        stop += 1
        if current is None and not (stop < len(tokens) and (tokens[stop].text in _UNITS or tokens[stop].text in _TENS)):
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


def near(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities may be one value, units converted where both are known."""
    if {a.unit, b.unit} & {"date", "clock", "weekday", "month", "ordinal", "year"} and a.unit != b.unit:
        return False
    value = a.value
    if a.unit != b.unit:
        for (x, y), factor in _CONVERTED.items():
            if (a.unit, b.unit) == (x, y):
                value = a.value * factor
                return abs(value - b.value) <= 2 * NEAR * max(abs(value), abs(b.value))
            if (a.unit, b.unit) == (y, x):
                value = a.value / factor
                return abs(value - b.value) <= 2 * NEAR * max(abs(value), abs(b.value))
        if a.unit in _MONEY.values() and b.unit in _MONEY.values():
            return False
    if a.unit == b.unit == "share" or "share" in (a.unit, b.unit):
        return abs(value - b.value) <= NEAR * max(abs(value), abs(b.value))
    return math.isclose(value, b.value, rel_tol=1e-9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The quantities of two texts side by side."""

    same: int
    changed: tuple[tuple[Quantity, Quantity], ...]  # of one unit, or the only ones left
    alike: int  # how many of `changed` count the same thing
    gone: tuple[Quantity, ...]
    new: tuple[Quantity, ...]


def compared(parent: list[Quantity], child: list[Quantity]) -> Compared:
    left, right = list(parent), list(child)
    same = 0
    for a in list(left):
        for b in right:
            if near(a, b):
                same += 1
                left.remove(a)
                right.remove(b)
                break
    changed: list[tuple[Quantity, Quantity]] = []
    for match_units in (True, False):
        for a in list(left):
            for b in right:
                named = {a.unit, b.unit} & {"date", "clock", "weekday", "month", "year"}
                if a.unit == b.unit if match_units else not named and not (a.weak and b.weak):
                    changed.append((a, b))
                    left.remove(a)
                    right.remove(b)
                    break
    alike = sum(a.unit == b.unit for a, b in changed)
    return Compared(same=same, changed=tuple(changed), alike=alike, gone=tuple(left), new=tuple(right))
