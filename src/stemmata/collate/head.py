"""What a text says of itself at its head: whose it is, of which day, and that it puts another article right.

Evidence where nothing else is given: a dateline or a byline stands in every copy too, so two texts with one dateline
are of one outlet as far as this tells. Metadata are never overwritten.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from stemmata.language.numerals import MONTH_NAMES, MONTHS
from stemmata.model import Document
from stemmata.surface import DATELINE, heads

YEAR = 366
LEAP = 2000  # a year that has every day
SEASON = 90  # days: farther apart, two days without a year do not tell which came first

_BYLINE = re.compile(r"(?:By|BY|From|FROM) ")
_HELPED = re.compile(r"\b(?:with|and|via)\b|reporting", re.IGNORECASE)  # names whose words it took, not whose it is
_MONTH = rf"(?:{'|'.join(m[:3] for m in MONTH_NAMES)})[a-z]{{0,6}}\.?"
_DAY = re.compile(
    rf"\b(?:(?P<m>{_MONTH}) (?P<d>\d\d?)|(?P<day>\d\d?)\.? (?P<month>{_MONTH}))(?!\w)(?:,? (?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_ARTICLE = r"(?:article|story|storie|report|version|post|piece|interview|headline)s?\b"
# Which article it is of: its owner, when and where it stood. A noun there makes it a correction of that ("of the dyke")
_OWNED = (
    r"(?:(?:an?|the|this|that|these|those|one|two|three|several|some|of|our|my|his|her|their|its|earlier|previous|recent"
    rf"|original|last|first|former|online|printed?|front-page|[\w-]+['’]s|\d{{1,4}},?|{_MONTH}|\w+day|week) ){{0,6}}"
)
# What is told of the article before its verb: nothing with a doer of its own ("the story of the mill, which she said")
_OF_IT = r"(?:(?!\b(?:which|who|whom|whose|that)\b(?! (?:was|were|we|ran|appeared)\b))[^.!?\n]){0,120}?"
_ANNOUNCED = re.compile(
    r"(?:correction|clarification|erratum|corrigendum|retraction|apology)s?(?: and (?:correction|clarification)s?)?"
    rf"(?:$| ?[:.–—-]| (?:to|of|on) {_OWNED}{_ARTICLE})"
    rf"|(?:in )?(?:an?|our|the|one of our) (?:earlier|previous|recent|original) (?:\w+ )?{_ARTICLE}{_OF_IT}"
    r"\b(?:said|stated|reported|misstated|claimed|gave|named|attributed|misattributed|quoted|misquoted|misidentified"
    r"|contained|incorrectly|wrongly)\b"
    r"|we (?:apologi[sz]e|wish to apologi[sz]e|would like to apologi[sz]e)\b"
    rf"|we (?:would like|wish|have been asked) to (?:correct|clarify|make clear)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a dateline gives it, mostly without its year."""

    year: int | None
    month: int
    day: int

    def until(self, other: Day) -> int | None:
        """Days from this to the other, of two years the nearest; None where they are too far apart to tell."""
        ours, theirs = self._in(other.year), other._in(self.year)
        days = (theirs - ours).days
        if self.year and other.year:
            return days
        days = (days + YEAR // 2) % YEAR - YEAR // 2
        return days if abs(days) <= SEASON else None

    def _in(self, year: int | None) -> date:
        year = self.year or year or LEAP
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


def own_outlet(document: Document) -> str | None:
    """The outlet that the text gives as its own, in a dateline ("KARSK (Sarn Wire) -") or a byline."""
    lines = dict(heads(document.text))
    for credit in document.credits:
        head, said = lines.get(credit.span.start, ""), credit.span.of(document.text)
        dateline = DATELINE.match(head)
        if dateline and dateline["outlet"] and credit.name in dateline["outlet"]:
            return credit.name
        if head and _BYLINE.match(said) and not _HELPED.search(said):
            return credit.name
    return None


def dateline_day(text: str) -> Day | None:
    """The day in the dateline of a text."""
    for _start, head in heads(text):
        dateline = DATELINE.match(head)
        found = _DAY.search(dateline["place"]) if dateline else None
        if dateline and found and (dateline["outlet"] or head[:3].isupper()):
            month = MONTHS[(found["m"] or found["month"]).lower()[:3]]
            day, year = int(found["d"] or found["day"]), int(found["year"] or 0) or None
            return Day(year, month, day) if 0 < day <= monthrange(year or LEAP, month)[1] else None
    return None


def corrects(document: Document) -> bool:
    """Whether the title or the first words say that the text puts an article right, or apologises for one."""
    lines = [document.title or "", *(head for _, head in heads(document.text))][:2]
    return any(_ANNOUNCED.match(head.lstrip("*_#[( ")) for head in lines)
