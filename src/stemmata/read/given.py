"""What rows, records and front matter call the fields of an article, and how they write the time that it came out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from math import isfinite
from numbers import Integral, Real
from typing import Any, Final

from stemmata.read.encoding import UnreadableError
from stemmata.read.stated import NO_DATE, moment_of

FIELDS: Final = ("text", "id", "url", "title", "outlet", "published", "author", "lang")

# What else fields are called, letters and digits alone, the plainest name first. Our choice of what feeds, the APIs of
# news, schema.org and the tools that fetch pages write; none of them has two meanings for one article.
CALLED: Final[dict[str, tuple[str, ...]]] = {
    "text": ("body", "content", "article", "articletext", "articlebody", "maintext", "fulltext"),
    "title": ("headline",),
    "outlet": ("site", "source", "publisher", "sitename", "domain"),
    "published": (
        "date", "pubdate", "publishedat", "publishdate", "publisheddate", "publicationdate", "datepublished",
        "createdat",
    ),
    "url": ("link",),
}  # fmt: skip
_FIELD_OF: Final = {name: field for field, names in CALLED.items() for name in names}


def plain(name: str) -> str:
    """A name as `CALLED` has it: "Publish_Date" is "publishdate"."""
    return re.sub(r"[\W_]+", "", name.casefold())


def fits(field: str, value: object) -> bool:
    """Whether the value of another name than `field` can be it: an address is no outlet, and an address of a site's own
    ("/news/1") none that tells a document."""
    if field == "published" and isinstance(value, Real | date) and not isinstance(value, bool):
        return True
    if not isinstance(value, str) or not value.strip():
        return False
    is_address = re.match(r"https?://", value.strip()) is not None
    return is_address if field == "url" else not (is_address and field == "outlet")


@dataclass(slots=True)
class Names:
    """What one file's fields are called, gathered while it is read, to be said once."""

    read_as: dict[str, str] = field(default_factory=dict)  # name -> field
    doubtful: dict[str, list[str]] = field(default_factory=dict)  # field -> the names that may all be it

    def called(self, names: Iterable[str]) -> dict[str, str]:
        """Field -> the one of `names` that stands for it, where none is its own and no other may be meant.

        Raises UnreadableError where several may be the text.
        """
        names = list(names)
        found: dict[str, list[str]] = {}
        for name in names:
            if (of := _FIELD_OF.get(plain(name))) and of not in names:
                found.setdefault(of, []).append(name)
        several = {of: those for of, those in found.items() if len(those) > 1}
        if "text" in several:
            raise UnreadableError(f"{_and(several['text'])} may each be its “text”: call one of them so")
        self.doubtful |= several
        return {of: those[0] for of, those in found.items() if of not in several}

    def named(self, record: Mapping[str, Any], called: Mapping[str, str] | None = None) -> dict[str, Any]:
        """A record with the fields that stand in it under other names, as `called` has them, else as its own do."""
        if called is None:
            there = [n for n, value in record.items() if value not in (None, "")]
            called = self.called(n for n in there if n in FIELDS or fits(_FIELD_OF.get(plain(n), ""), record[n]))
        more = {of: record[name] for of, name in called.items() if fits(of, record.get(name))}
        self.read_as |= {called[of]: of for of in more}
        return {**record, **more}

    def told(self) -> list[str]:
        """What is to be said of them, a line each."""
        read_as = ", ".join(f"“{name}” is read as “{of}”" for name, of in self.read_as.items())
        doubts = [
            f"{_and(names)} may each be “{of}”, and none is read: call one of them so"
            for of, names in self.doubtful.items()
        ]
        return [read_as, *doubts] if read_as else doubts


def _and(names: Iterable[str]) -> str:
    *first, last = (f"“{name}”" for name in names)
    return f"{', '.join(first)} and {last}" if first else last


# When it came out


class NoTimeError(ValueError):
    """Why a value tells no time, to be said behind it: "“Monday” is no date"."""


# Seconds from 1970 on, of the years 1990 to 2100; milliseconds are a thousand of them. No number is both, and none of
# either is a day that is written without its hyphens, "20330820".
_SECONDS: Final = range(631_152_000, 4_102_444_800)
_NUMBER: Final = re.compile(r"(\d{9,13})(?:\.\d*)?")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_TIME: Final = (
    r"(?:(?:,|\s+at|\s*T)?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>[+-]\d\d:?\d\d|[A-Z]{1,3})?(?:\s*\([A-Z]+\))?)?"
)
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_WORDED: Final = tuple(
    re.compile(rf"(?:{_WEEKDAY}\.?,?\s+)?{day}{_TIME}", re.IGNORECASE)
    for day in (
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<name>[a-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})",
        r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
    )
)
_NUMBERED: Final = tuple(
    re.compile(day + _TIME, re.IGNORECASE)
    for day in (
        r"(?P<year>\d{4})(?P<mark>[/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?P<mark>\.)\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})",
        r"(?P<day>\d{1,2})(?P<mark>[/-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})",
    )
)
_HOW: Final = "write 2033-10-10 or 2033-10-10T13:45:00Z"
_YEARS: Final = range(1500, 2201)  # before the first news that was printed, and so far on that it is none (by hand)


def time_of(value: object) -> str:
    """The day or time that a value tells, as cases hold it (`stated.moment_of`): ISO 8601; RFC 2822, as feeds write it;
    "20 August 2033", "August 20, 2033", "2033/08/20", "20.08.2033", where the day stands first; a date or datetime; and
    seconds or milliseconds from 1970 on. Of "05/08/2033" nobody can tell the day from the month.

    Raises NoTimeError, for what content systems write where they know no date ("0001-01-01") too.
    """
    moment = _told(value)
    if moment[:10] in NO_DATE or int(moment[:4]) not in _YEARS:
        raise NoTimeError("is what stands where no date is known")
    return moment


def _told(value: object) -> str:
    if isinstance(value, date):  # a datetime too
        return _moment(value.isoformat())
    if isinstance(value, bool) or not isinstance(value, str | Real):
        raise NoTimeError(f"is no date ({_HOW})")
    if isinstance(value, Real) and not isinstance(value, Integral):
        value = f"{float(value):f}" if isfinite(value) else "none"
    said = " ".join(str(value).split())
    if number := _NUMBER.fullmatch(said):
        return _since_1970(int(number[1]))
    zone = re.sub(r"\s+(?:UTC|GMT|Z)$", "Z", re.sub(r"\s+([+-]\d\d:?\d\d)$", r"\1", said))
    try:
        return _moment(zone)
    except NoTimeError:
        pass
    for form in _WORDED:
        if told := form.fullmatch(said):
            month = next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(told["name"].lower())), 0)
            return _composed(told, month, int(told["day"]))
    for form in _NUMBERED:
        if told := form.fullmatch(said):
            day, month = int(told["day"]), int(told["month"])
            if told["mark"] in "/-" and told.start("day") < told.start("year"):
                if day <= 12 and month <= 12 and day != month:
                    two = f"{told['year']}-{month:02}-{day:02} or {told['year']}-{day:02}-{month:02}"
                    raise NoTimeError(f"may be either of two days (write {two})")
                day, month = (month, day) if month > 12 else (day, month)
            return _composed(told, month, day)
    raise NoTimeError(f"is no date ({_HOW})")


def _moment(written: str) -> str:
    try:
        return moment_of(written)
    except (ValueError, OverflowError):  # the first hours of the year 1 lie before it in UTC
        raise NoTimeError(f"is no date ({_HOW})") from None


def _since_1970(number: int) -> str:
    seconds = number if number in _SECONDS else number // 1_000
    if seconds not in _SECONDS:
        raise NoTimeError(f"is no number of seconds or milliseconds of the years 1990 to 2100 ({_HOW})")
    return _moment(datetime.fromtimestamp(seconds, UTC).isoformat())


def _composed(told: re.Match[str], month: int, day: int) -> str:
    """A day, and its time where there is one, of a form that was found. The names of zones are those of RFC 2822:
    "GMT", "EST"; what others mean depends on where they are said."""
    written = f"{told['year']}-{month:02}-{day:02}"
    if told["hour"] is None:
        return _moment(written)
    hour, half = int(told["hour"]), (told["half"] or "")[:1].lower()
    if half and not 1 <= hour <= 12:
        raise NoTimeError(f"is no date ({_HOW})")
    hour = hour % 12 + 12 * (half == "p") if half else hour
    clock = f"{hour:02}:{told['minute']}:{told['second'] or '00'}"
    zone = (told["zone"] or "").replace(":", "")
    if zone[:1].isalpha():
        at = parsedate_to_datetime(f"1 Jan 2000 00:00:00 {zone}")
        if at.tzinfo is None:
            raise NoTimeError(f"has a zone that is not known, {zone} ({_HOW})")
        zone = at.strftime("%z")
    return _moment(f"{written}T{clock}{zone}")
