"""Dates that a text names, as days: "by Friday", "next month", "in 2027", "on 3 March", "within three weeks".

Read against the day of publication and towards the future, as predictions and promises are: "on 3 March" is the next
3 March. A general parser of dates gives one instant for a month or a year, and finds dates in
"may", "sat" and "second"; what is wanted here is the span of the words and the first and last day that they allow.
Seasons are those of the northern half of the earth, and what is due by one, or lasts until it, is due when it begins.
"Before" and "until" leave the beginning at the day of publication; "at least until", "not before" and "after" name a
beginning and no end. What is due before the end of a time is due by its last day. "Next year" is that of the calendar,
"over the next year" runs from the day of publication; "within days" is within less than the next longer unit.
What something has lasted "since" is no time to come, and is left out; so is the date that is given up for another
("by October 1 instead of July 1"). "From Friday to Monday" is one time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from stemmata.language.measures import PERIODS
from stemmata.language.numerals import MONTH_NAMES, MONTHS, ORDINALS, SHORT_MONTHS, WEEKDAYS
from stemmata.language.quantities import quantities
from stemmata.language.wording import folded, stem
from stemmata.model import DatedWords, Span

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the first of their three months
_PARTS = {"early": (0.0, 1 / 3), "mid": (1 / 3, 2 / 3), "late": (2 / 3, 1.0), "end": (0.75, 1.0), "start": (0.0, 0.25),
          "beginning": (0.0, 0.25), "middle": (1 / 3, 2 / 3)}  # fmt: skip
# With the point of a short form: one behind "May" ends a sentence, and what comes next begins another
_M = "|".join([*(rf"{m}\b" for m in MONTH_NAMES), *(rf"{m}\b\.?" for m in SHORT_MONTHS)])
_MONTH = rf"(?P<month>{_M})"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)(?![\d,.]\d|s\b)"
# "in May next year" is that May, and not two times
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?:{_YEAR}|(?P<other>next|this)\s+year\b))?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_NTH_DAYS = {word: n for word, n in ORDINALS.items() if n <= 20}
_NTH_DAYS |= {f"twenty-{word}": 20 + n for word, n in ORDINALS.items() if n < 10}
_NTH_DAYS |= {"thirtieth": 30, "thirty-first": 31}
_NTH_DAY = rf"(?:{'|'.join(sorted(_NTH_DAYS, key=len, reverse=True))})\b"
_LEAD = (
    r"(?:(?P<lead>by|before|until|till|from|after|since|no (?:earlier|later|sooner) than"
    r"|in|on|for|during|over|within)\s+)?"
    r"(?:the\s+)?"
)
_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3}
_PART = (
    rf"(?:(?P<nth>{'|'.join(_NTH)}|last|final)\s+(?P<piece>days|week|fortnight|half|quarter)\s+of\s+(?:the\s+)?"
    r"|(?P<part>early|mid|late|end|start|beginning|middle)(?:[\s-]+of|(?<=early|.late)\s+in)?[\s-]+(?:the\s+)?)?"
)
_SIZES = {"days": 7, "week": 7, "fortnight": 14}  # in days
_LONG = {"month": 1, "quarter": 3, "year": 12, "decade": 120}  # in months
_LEAP = 9  # years in a row of which one at least has a 29 February
_TIMES = (  # any of them behind a lead, and a part or piece of it
    r"(?P<iso>\d{4}-\d\d-\d\d)\b",
    rf"(?:{_DAY}(?:\s+of)?|(?P<nth_day>{_NTH_DAY})\s+of)\s+{_MONTH}{_OF_YEAR}",
    rf"{_MONTH}\s+{_DAY}\b(?!\s*(?:per|%|million|billion)){_OF_YEAR}",
    rf"{_MONTH}(?:\s+(?:or|and|to)\s+(?P<month2>{_M}))?{_OF_YEAR}",
    rf"(?:(?P<which>next|this|last|coming)\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})\b(?:\s+(?P<week>week))?",
    r"(?P<which>next|this|the coming|coming|last|the)\s+(?P<unit>week|month|year|decade|weekend|quarter|"
    r"spring|summer|autumn|fall|winter)\b(?!\s+of)",
    rf"(?P<unit>spring|summer|autumn|winter){_OF_YEAR}\b",
    r"(?P<unit>year|month|week|spring|summer|autumn|winter)(?:['’]s)?[\s-](?P<ends>end)\b",
    rf"(?P<word>year\s+)?{_YEAR}",
)
_FORMS = [
    *(rf"{_LEAD}{_PART}{time}" for time in _TIMES),
    rf"{_LEAD}(?P<nth>first|second|third|fourth|last)\s+(?P<weekday>{'|'.join(WEEKDAYS)})\s+(?:in|of)\s+"
    rf"(?:{_MONTH}{_OF_YEAR}|(?:the|this|(?P<which>next))\s+(?P<unit>month)\b)",
    # "by the twentieth", of the month: of 78 such in bench/train and our dossiers 76 name a day
    rf"(?:(?P<lead>by|before|until|till|from|after|on|no (?:earlier|later|sooner) than)\s+)the\s+"
    rf"(?P<nth_day>{_NTH_DAY}|[0-3]?\d(?:st|nd|rd|th))(?:\s+of\s+(?:the|this|(?P<which>next))\s+(?P<unit>month)\b"
    r"|(?!\s+[^\W_]))",
    r"(?P<lead>before|until|till)\s+(?:the\s+)?(?P<unit>year|month|week|spring|summer|autumn|winter)\s+"
    r"(?P<ends>(?:is|was)\s+(?:out|over|up))\b",
    # of 9 such quarters without a year in bench/train and our dossiers 6 are to come, 2 stand beside their year
    r"(?P<lead>by|before|until|till|from|after|in|during)\s+the\s+(?P<nth>first|second|third|fourth|last|final)\s+"
    r"(?P<piece>quarter)\b(?!\s+of\b)",
    r"(?P<lead>over|at|on|during)\s+the\s+(?P<unit>weekend)\b",
    r"(?:(?P<lead>by|before|until|till|from|after|at|on|over)\s+)?"
    r"(?P<named>the day after tomorrow|tomorrow|tonight|today|christmas|new year(?:['’]s (?:day|eve))?"
    r"|the turn of the year)\b",
    r"(?P<lead>by|before|until|till|from|after|at|on|over)\s+(?P<named>easter)\b(?!\s+(?:egg|island|rising)s?\b)",
    r"(?P<lead>in|by|during|of)\s+the\s+(?P<decade>(?:19|20|21)\d0)s\b",
]
_FORM = [re.compile(rf"\b{form}", re.IGNORECASE) for form in _FORMS]
_OF_A_YEAR = {"lead", "year"}
_SURE = {"day", "year", "other", "part", "which", "weekday"}  # what makes a month or a season of a word
_CAPITAL = {*SHORT_MONTHS, "may", "march", "august"}  # months that are also words
# Months and seasons are names and words too ("Theresa May", "Jan Novak", "will spring a surprise"): alone they are
# dates only behind a word that leads to a time; a month also in front of no other name
_NAMED = re.compile(r"\s+[A-ZÀ-Þ]")
# "the worst in 50 years", "its third strike in a year": what lies behind, not ahead; "the first boats will sail in
# three weeks" is told of what comes
_RANKED = re.compile(
    r"\b(?:the|its|their|his|her|our|a|an|this|that)\s+(?:worst|best|only|last|first|second|third|fourth|fifth|sixth|\d+th|"
    r"(?:most|least)\s+\w+|(?:bigg|bloodi|cold|deadli|dri|earli|fast|great|heavi|high|hott|larg|lat|long|low|new|old|poor|"
    r"sharp|short|slow|small|steep|strong|warm|weak|wett|young)est)\b"
    r"(?:[\s-]+(?!(?:will|shall|would|may|might|can|could|must|should|to|is|are|be)\b)[\w’'-]+){0,4}\s+$",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?<![^\W\d_])(?P<unit>hour|day|week|fortnight|month|year|decade)(?P<many>s?)\b", re.IGNORECASE
)  # not within a word: "Friday" is read as a number, that of a day
_TO = re.compile(r"\s*(?:to|or|-|–)\s*")
_ARTICLE = re.compile(r"(?<![\w-])(?:(?P<the>the)|(?P<few>(?:a\s+)?few)|an?|one)\s+$", re.IGNORECASE)
_SPAN_LEAD = re.compile(
    r"\b(?P<lead>within|in|inside|over|during|for|after)\s+(?:(?:just|only|about|less\s+than|under)\s+)?"
    r"(?:(?P<the>the\s+)?(?P<next>next|coming|following)\s+)?"
    r"(?:(?:just|only|about|less\s+than|under|(?P<matter>a\s+matter\s+of))\s+)?$",
    re.IGNORECASE,
)
_INSIDE, _OVER = ("within", "inside"), ("in", "over", "during")
_UNITS = {stem(x): x for x in ("minute", "hour", "day", "week", "month", "year")}  # as quantities name them
_SMALLER = re.compile(r"\s(?:minute|hour|day|week|month)s?\b", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:less\s+than|under)\s+$", re.IGNORECASE)
_FROM_NOW = re.compile(r"\s+from\s+(?:now|today)\b", re.IGNORECASE)
# "Within days": no number, but less than the next longer unit. "In" and "over" lead to it where it is said to come
_UP_TO = {"hour": 1, "day": 7, "week": 31, "month": 365}  # days: less than a day, a week, a month, a year
# "Within ten days of any such step" counts from what has no day: of the predictions, warnings, promises and threats of
# bench/train and our dossiers all 10 that end so
_OF = re.compile(r"\s+of\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\bsince\s+(?:(?:about|around|at least)\s+)?(?:the\s+)?(?:\w+\s+of\s+)?(?:the\s+)?$", re.IGNORECASE
)
_SECOND_DAY = date.min + timedelta(1)
_LAST_DAY = date.max - timedelta(1)
_POSSESSIVE = re.compile(r"['’]s\b")
_DEADLINES = frozenset(("by", "before", "until", "till", "no later than"))
_EARLIEST = frozenset(("no earlier than", "no sooner than"))
# "at least until September", "will not sail before Friday": the day opens a time, and nothing ends it; "no more than
# five before Friday" bounds a number
_NOT = re.compile(
    r"\b(?:at\s+least|(?:not|never|no|nobody|nothing|none|cannot|\w+n[’']t)"
    r"(?!\s+(?:more|less|fewer|greater|higher|lower|larger|smaller|longer|shorter)\s+than\b)"
    r"(?:\s+(?!(?:and|but|or|which|who|that)\b)[\w’'-]+){0,6})\s+$",
    re.IGNORECASE,
)
_AT_EARLIEST = re.compile(r"\s+at\s+the\s+(?:very\s+)?earliest\b", re.IGNORECASE)
# "In May, and not in March", "by October 1 instead of July 1". Of 9 dates in bench/train, our dossiers and rewrites
# that have "not" in front of them and another date beside them 8 are given up (the ninth: "Saturday is not Monday");
# before the other words none stands there
_PLANNED = r"(?:(?:as|originally|initially|previously|planned|promised|scheduled)\s+){0,3}"
_NOT_THEN = re.compile(
    rf"\b(?:(?P<no>not)|rather\s+than|instead\s+of|in\s+place\s+of)\s+{_PLANNED}(?:at\s+)?(?:the\s+)?{_PLANNED}$",
    re.IGNORECASE,
)
# "From Friday to Monday": of 10 such pairs there all are one time; where something is moved, the first is given up.
# Nothing is moved there so: the words are from no text
_FROM, _UNTIL = re.compile(r"from\b", re.IGNORECASE), re.compile(r"(?:until|till)\b", re.IGNORECASE)
_ON_TO = re.compile(
    r"(?:\s+(?:morning|noon|afternoon|evening|night))?,?\s+(?:(?:to|until|till|through)\s+(?:the\s+)?)?", re.IGNORECASE
)
_TO_HERE = re.compile(r"\b(?:to|until|till)\s+(?:the\s+)?$", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:(?:re)?schedul|postpon|delay|defer|mov|shift|extend|adjourn|put|push|bring|brought|slip)\w*\b[^.!?;]{0,60}$",
    re.IGNORECASE,
)


_TH = ("st", "nd", "rd", "th")
TIMES = (
    *MONTHS, *WEEKDAYS, *_SEASONS, *_NTH_DAYS, *(f"{n}{x}" for n in range(1, 32) for x in _TH),
    *(x for u in ("hour", "day", "week", "fortnight", *_LONG, "weekend") for x in (u, f"{u}s")),
    "half", "today", "tomorrow", "tonight", "christmas", "new year", "easter", "19*", "20*", "21*",
)  # fmt: skip
"""Of what `dates` reads, a word of each, as a search takes it: what has none of these names no time."""


def dates(text: str, spans: Sequence[Span], published: str | None) -> tuple[DatedWords, ...]:
    """The times that `spans` of `text` name, in order, none overlapping; none where the day of publication is unknown
    and the words need it. A date that is given up for another is none of them."""
    today = day_of(published)
    found: list[DatedWords] = []
    for part in spans:
        named = (*_durations(text, part, today), *_named(text, part, today))
        apart: list[DatedWords] = []
        for d in sorted(named, key=lambda d: (d.span.start - d.span.end, d.span.start)):
            if not any(d.span.overlaps(x.span) for x in (*found, *apart)):
                apart.append(d)
        found += _in_pairs(text, part, sorted(apart, key=lambda d: d.span))
    found.sort(key=lambda d: d.span)
    no = {d.span: m for d in found if (m := _NOT_THEN.search(text, max(0, d.span.start - 60), d.span.start))}
    return tuple(
        d
        for d in found
        if d.span not in no or d.last is None or (no[d.span]["no"] and not any(x.span not in no for x in found))
    )


def _in_pairs(text: str, part: Span, found: Sequence[DatedWords]) -> list[DatedWords]:
    """Times of a passage in order: two from the one of which something lasts to the other are one, and of two from the
    one of which something is moved to the other the first is left out."""
    kept: list[DatedWords] = []
    for d in found:
        before = kept[-1] if kept else None
        gap = before and _ON_TO.fullmatch(text, before.span.end, d.span.start)
        if not (before and gap):
            kept.append(d)
        elif _FROM.match(text, before.span.start) and (gap[0].strip(" ,") or _UNTIL.match(text, d.span.start)):
            until = dates(text, (d.span,), before.first) or (d,)  # the next such day is that after the first
            if _MOVED.search(text, part.start, before.span.start):
                kept[-1] = d
            elif until[0].last:
                whole = Span(before.span.start, d.span.end)
                kept[-1] = DatedWords(span=whole, first=before.first, last=until[0].last)
        elif not (_FROM.match(text, d.span.start) and _led_to(text, part, before)):
            kept.append(d)
    return kept


def _led_to(text: str, part: Span, d: DatedWords) -> bool:
    """Whether something is put off or brought forward to a time: "to October 1" of "to October 1 from July 1"."""
    return bool(_TO_HERE.search(text, part.start, d.span.start) or _UNTIL.match(text, d.span.start))


def day_of(published: str | None) -> date | None:
    """The day of a time of publication; None where that is unknown, or no date that another can be reckoned from."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if 1_000 < day.year < 9_000 else None


def _named(text: str, part: Span, today: date | None) -> Iterator[DatedWords]:
    found = (_dated(text, part, m, today) for form in _FORM for m in form.finditer(text, part.start, part.end))
    return (d for d in found if d)


def _dated(text: str, part: Span, m: re.Match[str], today: date | None) -> DatedWords | None:
    """The days that one of the forms names, as far as its lead opens or closes them ("by", "after"); None for none."""
    g = {k: folded(v) for k, v in m.groupdict().items() if v}
    if g.get("month", "").rstrip(".") in _CAPITAL and not m["month"][0].isupper():
        return None
    lead, which = g.get("lead", ""), g.get("which", "")
    alone = not lead or ("month" in g and _NAMED.match(text, m.end()))
    if ("month" in g or g.get("unit") in _SEASONS) and alone and not g.keys() & _SURE:
        return None
    if which == "the" and not (_is_part(g) or (g["unit"] == "weekend" and lead in _DEADLINES)):
        return None
    if not g.keys() - _OF_A_YEAR and (not lead or lead in ("on", "over", "within")):
        return None  # "2031", of what nobody knows whether it is a year
    if lead == "since" or _SINCE.search(text, part.start, m.start()):
        return None
    span = Span(m.start(), m.end())
    if "month2" in g and lead == "from" and _MOVED.search(text, part.start, m.start()):
        span, g["month"] = Span(m.start("month2"), m.end()), g.pop("month2")
    days = _days(g, today)
    if not days:
        return None
    first, last = days
    ends = bool(g.get("ends")) or (g.get("part") == "end" and lead in ("before", "until", "till"))
    if ends:
        first = last
    if lead == "after":
        if last < (today or last) or _POSSESSIVE.match(text, m.end()):
            return None  # "after Friday’s vote" may be the last one
        return DatedWords(span=span, first=(min(last, _LAST_DAY) + timedelta(1)).isoformat(), last=None)
    if _opens(text, part, m, lead):
        return DatedWords(span=span, first=first.isoformat(), last=None)
    if lead == "before" and g.get("part") in ("mid", "middle"):
        first += (last - first) / 2  # of the middle third, whose first day is none that anybody means
    if lead == "before" and not ends:
        last = max(first, _SECOND_DAY) - timedelta(1)
    if lead in ("by", "until", "till") and g.get("unit") in _SEASONS and not _is_part(g) and (today or first) < first:
        last = first
    if lead in _DEADLINES and today:
        first = min(today, last)
    return DatedWords(span=span, first=first.isoformat(), last=last.isoformat())


def _is_part(g: Mapping[str, str]) -> bool:
    """Whether a part of a time is named: "by summer" is due when the summer begins, "by the end of summer" is not."""
    return "part" in g or "nth" in g


def _opens(text: str, part: Span, m: re.Match[str], lead: str) -> bool:
    """Whether the day named is the earliest: nothing is told of how long after it."""
    negated = lead in _DEADLINES - {"by", "no later than"} and _NOT.search(text, part.start, m.start())
    return bool(negated) or lead in _EARLIEST or bool(_AT_EARLIEST.match(text, m.end(), part.end))


def _days(g: dict[str, str], today: date | None) -> tuple[date, date] | None:
    """The first and the last day that the parts of an expression allow; None where it is no date."""
    try:
        days = _whole(g, today)
    except ValueError:  # 31 June: a number and a month that are no date
        return None
    if days and "piece" in g:
        return _piece(*days, g["nth"], g["piece"], today if g.get("which") == "the" else None)
    if days and "part" in g:
        low, high = _PARTS[g["part"]]
        length = (days[1] - days[0]).days
        return days[0] + timedelta(round(length * low)), days[0] + timedelta(round(length * high))
    return days


def _piece(first: date, last: date, nth: str, piece: str, today: date | None) -> tuple[date, date] | None:
    """The first days, week, half or quarter of a time; none that `today` is over (of "the year": it was the last)."""
    months = 12 if (last - first).days > 31 else 0
    if piece in _SIZES:
        size = timedelta(_SIZES[piece])
        begins = last - size + timedelta(1) if nth in ("last", "final") else first + _NTH[nth] * size
        ends = min(last, begins + size - timedelta(1))
    else:
        parts = 2 if piece == "half" else 4
        n = _NTH.get(nth, parts - 1)
        if n >= parts or not (months or parts == 2):
            return None
        if months:
            begins, ends = _months(first.year, n * months // parts + 1, months // parts)
        else:
            begins, ends = (first, first.replace(day=15)) if n == 0 else (first.replace(day=16), last)
    return None if begins > last or (today and ends < today) else (begins, ends)


def _whole(g: dict[str, str], today: date | None) -> tuple[date, date] | None:
    if "iso" in g:
        day = date.fromisoformat(g["iso"])
        return day, day
    if "other" in g and today is None:
        return None
    year = int(g["year"]) if "year" in g else None
    if today and "other" in g:
        year = today.year + (g["other"] == "next")
    nth = g.get("nth_day", "")
    nth_day = _NTH_DAYS.get(nth) or int(nth[:-2] or g.get("day", "0"))
    if "weekday" in g and "nth" in g:
        return _nth_weekday(g, year, today)
    if "month2" in g:
        return _months_to(MONTHS[g["month"].rstrip(".")], MONTHS[g["month2"].rstrip(".")], year, today)
    if "month" in g:
        return _month(MONTHS[g["month"].rstrip(".")], year, nth_day or None, today)
    if nth_day and today:
        return _day_of_month(nth_day, g.get("which", ""), today)
    if "decade" in g:
        return _months(int(g["decade"]), 1, _LONG["decade"])
    if g.get("unit") in _SEASONS and (year or today):
        return _season(g["unit"], g.get("which", ""), year, today)
    if year:
        return _months(year, 1, _LONG["year"])
    if today is None:
        return None
    if "weekday" in g:
        ahead = (WEEKDAYS[g["weekday"]] - today.isoweekday()) % 7
        if g.get("which") == "last":
            ahead = ahead - 7 if ahead else -7
        elif g.get("which") == "next" or "week" in g:
            ahead += 7 if ahead == 0 or "week" in g else 0
        day = today + timedelta(ahead)
        return day, day
    if "named" in g:
        return _day_by_name(g["named"], today)
    if "piece" in g and "unit" not in g:  # "in the third quarter": of the year in which it is not over yet
        over = _piece(*_months(today.year, 1, _LONG["year"]), g["nth"], g["piece"], today) is None
        return _months(today.year + over, 1, _LONG["year"])
    return _period(g["unit"], g.get("which", "this"), today) if "unit" in g else None


def _month(month: int, year: int | None, day: int | None, today: date | None) -> tuple[date, date] | None:
    """Of a month without its year, the next that is not over; of 29 February the next that there is."""
    if year is None:
        if today is None:
            return None
        ends = ((y, day or monthrange(y, month)[1]) for y in range(today.year, today.year + _LEAP))
        year = next((y for y, end in ends if end <= monthrange(y, month)[1] and date(y, month, end) >= today), None)
        if year is None:
            return None
    if day:
        return date(year, month, day), date(year, month, day)
    return _months(year, month, 1)


def _months_to(first: int, last: int, year: int | None, today: date | None) -> tuple[date, date] | None:
    """From one month to another: "in May or June"."""
    end = _month(last, year, None, today)
    return (date(end[1].year - (first > last), first, 1), end[1]) if end else None


def _nth_weekday(g: Mapping[str, str], year: int | None, today: date | None) -> tuple[date, date] | None:
    """ "The first Saturday in April", the next one where no year is named; "the last Friday of next month"."""
    month = MONTHS[g["month"].rstrip(".")] if "month" in g else 0
    if not month:
        day = _weekday_of(g, *_period("month", g.get("which", "this"), today)) if today else None
        return (day, day) if day else None
    for y in (year,) if year else (today.year, today.year + 1) if today else ():
        day = _weekday_of(g, *_months(y, month, 1))
        if year or not today or day >= today:
            return day, day
    return None


def _weekday_of(g: Mapping[str, str], first: date, last: date) -> date:
    """The first, second or last such weekday of a time."""
    if g["nth"] == "last":
        return last - timedelta((last.isoweekday() - WEEKDAYS[g["weekday"]]) % 7)
    return first + timedelta((WEEKDAYS[g["weekday"]] - first.isoweekday()) % 7 + 7 * _NTH[g["nth"]])


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher's rule of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    w = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = h + w - 7 * ((a + 11 * h + 22 * w) // 451) + 114
    return date(year, m // 31, m % 31 + 1)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """The first and the last day of so many months."""
    last = year * 12 + month + count - 2
    return date(year, month, 1), date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])


def _day_of_month(day: int, which: str, today: date) -> tuple[date, date] | None:
    """The next such day, or that of the next month; a month that has none is passed over."""
    for k in range(1 if which else 0, 4):
        year, month = today.year + (today.month - 1 + k) // 12, (today.month - 1 + k) % 12 + 1
        if day <= monthrange(year, month)[1] and (which or date(year, month, day) >= today):
            return date(year, month, day), date(year, month, day)
    return None


def _season(name: str, which: str, year: int | None, today: date | None) -> tuple[date, date] | None:
    if year:
        return _months(year, _SEASONS[name], 3)
    if today is None:
        return None
    open_yet = [_months(y, _SEASONS[name], 3) for y in range(today.year - 2, today.year + 3)]
    if which == "last":
        return max(s for s in open_yet if s[1] < today)
    coming = [s for s in open_yet if s[1] >= today]
    return coming[1] if which == "next" and coming[0][0] <= today else coming[0]


def _day_by_name(name: str, today: date) -> tuple[date, date]:
    if name == "easter":
        found = _easter(today.year)
        found = found if found >= today else _easter(today.year + 1)
    elif name == "the turn of the year":
        found = date(today.year, 12, 31)
    elif name.startswith(("christmas", "new year")):
        month, day = (12, 25) if name == "christmas" else (12, 31) if name.endswith("eve") else (1, 1)
        found = date(today.year, month, day)
        found = found if found >= today else date(today.year + 1, month, day)
    else:
        found = today + timedelta({"tomorrow": 1, "the day after tomorrow": 2}.get(name, 0))
    return found, found


def _period(unit: str, which: str, today: date) -> tuple[date, date]:
    """This, the next or the last week, month, quarter, year, decade or weekend."""
    step = {"next": 1, "last": -1}.get(which, 1 if "coming" in which else 0)
    if unit in ("week", "weekend"):
        monday = today - timedelta(today.weekday()) + timedelta(7 * step)
        if unit == "week":
            return monday, monday + timedelta(6)
        if "coming" in which or (which == "next" and today.weekday() < 5):
            monday = today - timedelta(today.weekday())
        return monday + timedelta(5), monday + timedelta(6)
    size = _LONG[unit]
    index = ((today.year * 12 + today.month - 1) // size + step) * size
    return _months(index // 12, index % 12 + 1, size)


def _durations(text: str, part: Span, today: date | None) -> Iterator[DatedWords]:
    """From the day of publication on: "within three weeks", "in the next ten days", "over the next year", "a decade
    from now", "within days"."""
    if today is None:
        return
    every = quantities(text, (part,))
    for m in _LENGTH.finditer(text, part.start, part.end):
        unit, article = folded(m["unit"]), _ARTICLE.search(text, part.start, m.start())
        start, end, counts = article.start() if article else m.start(), m.end(), (1.0, 1.0)
        q = next(
            (q for q in every if q.span.start < m.start() and not text[q.span.end : m.start()].strip(" \n-")), None
        )
        if q:
            least = next((x for x in every if _TO.fullmatch(text, x.span.end, q.span.start)), q)
            start, end, counts = least.span.start, m.end(), (least.value, q.value)
            if q.span.end > end:  # "a year and a half", "two hours and ten minutes"
                more = _SMALLER.match(text, q.span.end, part.end)
                unit, end = _UNITS.get(q.unit, unit), more.end() if more else q.span.end
        elif m["many"]:
            counts, unit = (_UP_TO.get(unit, 0),) * 2, "day"
        lead, now = _SPAN_LEAD.search(text, part.start, start), _FROM_NOW.match(text, end, part.end)
        how = folded(lead["lead"]) if lead else ""
        if _OF.match(text, end) or (lead and _behind(text, part, lead.start(), how)) or not counts[1]:
            continue
        said = "counted" if q else "many" if m["many"] else "one" if article and unit != "hour" else ""
        if now and (q or said == "one"):
            yield _ahead(Span(lead.start() if lead else start, now.end()), counts, unit, how or "in", today)
        elif lead and _leads(lead, said, article):
            under, span = _UNDER.search(text, lead.start(), start), Span(lead.start(), end)
            how = "within" if lead["next"] or said == "many" or under else how
            d = _ahead(span, counts, unit, how, today)
            bound = under and _NOT.search(text, part.start, lead.start())  # "cannot be built in less than six years"
            yield DatedWords(span=span, first=d.last or d.first, last=None) if bound else d


def _leads(lead: re.Match[str], said: str, article: re.Match[str] | None) -> bool:
    """Whether the words before a length of time tell that it runs from now: one that is "counted", "one" ("a year"),
    "many" without a number ("days"), or bare ("the next year"; without "the" it is that of the calendar)."""
    how, coming = folded(lead["lead"]), folded(lead["next"] or "")
    the, few = (article["the"], article["few"]) if article else (None, None)
    if said == "counted":
        return how != "for" or bool(coming)
    if said == "one":
        return not few and how in (_INSIDE if the else {"in", "after", *_INSIDE})
    if said == "many":
        ahead = coming in ("next", "coming") or bool(lead["matter"]) or (how == "in" and bool(few))
        return (bool(few) or not article) and (how == "within" or (how in _OVER and ahead))
    return not article and bool(lead["the"]) and coming != "following" and how in (*_OVER, *_INSIDE)


def _behind(text: str, part: Span, at: int, lead: str | None) -> bool:
    """Whether "in" or "over" some time is said of what something is the worst, first or third of: of time gone by."""
    return folded(lead or "") in ("in", "over") and bool(_RANKED.search(text, part.start, at))


def _ahead(span: Span, counts: tuple[float, float], unit: str, lead: str, today: date) -> DatedWords:
    """ "Within" a time is any day of it; "in" and "after" a time is about its end, or between its two."""
    first, last = (_day_ahead(count, unit, today) for count in counts)
    return DatedWords(span=span, first=(first if lead in ("in", "after") else today).isoformat(), last=last.isoformat())


def _day_ahead(count: float, unit: str, today: date) -> date:
    if unit not in _LONG:
        return today + timedelta(min(36500, max(1, round(count * PERIODS[unit]))))
    index = today.year * 12 + today.month - 1 + round(count * _LONG[unit])
    year, month = min(index // 12, date.max.year), index % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
