"""What the first and last lines of an article say about it: who wrote it, the day that it came out, its address. Lines
of one meaning are read where the page's head does not say it, and are no text: "By Ana Reyk", "4 March 2033, 10.20am".

A line is taken whole or not at all. One that credits another outlet stays in the text, where credits are sought. Of 66
real pages and a fact-checker's 19 invented ones 22 lines were taken, none wrongly (by eye).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from stemmata.read.credit import credits
from stemmata.read.given import NoTimeError, time_of
from stemmata.read.stated import latest_day, words_of

Block = tuple[str, str]  # a paragraph: its kind ("head", "p"), its text

OVER: Final = "over"  # the kind of what stands over the headline
_HEAD: Final = 5  # paragraphs at the head among which an imprint stands, before the first of more than
_RUNNING: Final = 30  # words: standfirsts are shorter (by hand, on 66 real pages and the fact-checker's 19)
_FOOT: Final = 2  # paragraphs at the foot among which a copyright line stands
_FIRST_YEAR: Final = "1990"  # as `given` has it: a day before it is told of, and is no day on which a page came out

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = (
    rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|(?<!\d)(?:\d{4}-\d\d-\d\d|\d\d?[/.-]\d\d?[/.-]\d{4})(?!\d))"
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"


def _clock(name: str) -> str:
    half = r"[ap]\.?m\b\.?"
    return (
        rf"(?P<{name}>\d{{1,2}}(?:[.:h]\d\d(?::\d\d)?\s*(?:{half})?|\s*{half})(?:\s*(?:GMT|UTC|Z|[BECMP]S?T|CEST)\b)?)"
    )


_DATE: Final = re.compile(
    r"(?:(?:first )?(?:published|posted|created|added|date)(?: on| at)?:?\s+)?"
    rf"(?:{_clock('before')},?\s+(?:on\s+)?)?{_WEEKDAY}{_DAY}(?:,?\s+(?:at\s+|[-–|]\s*)?{_clock('after')})?",
    re.IGNORECASE,
)
# What a line says beside that: when it was changed, how long it is, what office its writer has
_UPDATED: Final = re.compile(
    rf"(?:last )?(?:updated|modified|edited)(?: on| at)?:?\s+(?:{_DATE.pattern}|\d+ \w+ ago)"
    r"|\d+[ -]min(?:ute)?s?[ -]read",
    re.IGNORECASE,
)
_SURE_ZONE: Final = re.compile(r"(?:GMT|UTC|Z)$")  # others are of summer or winter, of one land or another
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_PRINTED: Final = re.compile(
    r"(?:printed|print(?:ed)? version|retrieved|downloaded)\b(?:[^.!?]|\.\w){0,80}", re.IGNORECASE
)
_COPYRIGHT: Final = re.compile(r"(?:©|\(c\)|copyright\b|all rights reserved)[^\n]{0,150}", re.IGNORECASE)
_BY: Final = re.compile(r"(?:by|written by|words by|report by|story by)[\s:]+", re.IGNORECASE)
_NAME: Final = re.compile(r"(?:[^\W\d_a-z][\w’'.-]*|de|del|da|di|la|le|van|von|der|den|bin|al)(?: (?!$)|$)")
_OFFICE: Final = r"(?:[A-Z]?[a-z]+ ){0,3}(?:correspondent|editor|reporter|writer)"
_ROLE: Final = re.compile(rf"(?:,? |\s*[|·•–—-]\s*){_OFFICE}$", re.IGNORECASE)
_PLACE: Final = re.compile(r" (?:in|at) [^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*){0,2}$")
_NOBODY: Final = re.compile(
    r"\b(?:staff|team|desk|newsroom|agenc(?:y|ies)|wires?|news|press|media|correspondents?|reporters?|editors?|our|the)\b",
    re.IGNORECASE,
)
_JOINTS: Final = " \t,|·•–—-/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What lines of an article say of it, with what was known; `left` are those of them that are no field of it."""

    author: str | None
    published: str | None
    url: str | None = None
    undated: str | None = None  # why a day that they name was not taken
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """What one line says; of one that is understood and says nothing new, nothing."""

    names: tuple[str, ...] = ()
    day: str | None = None
    at: str | None = None  # the time of that day, if its zone is told
    url: str | None = None
    either: tuple[str, ...] = ()  # the two days that its day may be
    clock: bool = False  # it tells a time of the day in a zone that it does not tell
    idle: bool = False  # it is no field: that the page was printed, and when


def imprint(
    blocks: Sequence[Block], *, title: str | None, outlet: str | None, author: str | None, published: str | None,
    undated: str | None, before: Collection[str] = (), beneath: Sequence[str] = (),
) -> tuple[list[Block], Imprint]:  # fmt: skip
    """The paragraphs of an article without the lines that say who wrote it, when it came out and where, and what they
    say. What the page's head says goes before; a line that says otherwise stays in the text. An imprint stands before
    the first of the lines `before`, the times of a live page's posts. The lines `beneath` the headline say so too,
    where they were not found as text."""
    found = {line for _, text in blocks for line in text.split("\n")}
    beside = [(n, 0, line) for n, line in enumerate(beneath, -len(beneath)) if line not in found]
    heading = [(n, m, line) for n, block in _at_head(blocks, before) for m, line in enumerate(block.split("\n"))]
    lines: dict[tuple[int, int], _Line] = {}
    named = False  # in the line before
    for n, m, line in (*beside, *heading):
        said = _said(line, title, outlet, author, latest=max(latest_day(), published or ""))
        if said is None and named and re.fullmatch(_OFFICE, line, re.IGNORECASE):
            said = _Line(idle=True)
        named = said is not None and bool(said.names)
        if said is not None:
            lines[n, m] = said
    days = {said.day for said in lines.values() if said.day}
    if not published and not undated and len(days) == 1:
        times = {said.at for said in lines.values() if said.at}
        published = next(iter(times)) if len(times) == 1 else next(iter(days))
    doubtful = [line for n, m, line in (*beside, *heading) if (n, m) in lines and lines[n, m].either]
    if not published and not undated and doubtful:
        undated = f"“{doubtful[0]}” may be either of two days"
    if not author:
        author = "; ".join(dict.fromkeys(name for said in lines.values() for name in said.names)) or None
    addresses = {said.url for said in lines.values() if said.url}
    url = next(iter(addresses)) if len(addresses) == 1 else None
    writers = [words_of(name) for name in (author or "").split(";")]
    taken = {
        at: said
        for at, said in lines.items()
        if (not said.day or _near(said.day, published))
        and (not said.either or not published or any(_near(day, published) for day in said.either))
        and said.url in (None, url)
        and all(words_of(name) in writers for name in said.names)
    }
    kept: list[Block] = []
    left = [line for n, m, line in beside if (n, m) in taken and taken[n, m].clock and "T" not in (published or "")]
    for n, (kind, text) in enumerate(blocks):
        rest: list[str] = []
        for m, line in enumerate(text.split("\n")):
            foot = n >= len(blocks) - _FOOT and _COPYRIGHT.fullmatch(line) and not _credits(line, outlet)
            used = taken.get((n, m))
            if not foot and not used:
                rest.append(line)
            elif used is None or used.idle or (used.clock and "T" not in (published or "")):
                left.append(line)
        kept += [(kind, "\n".join(rest))] if rest else []
    return kept, Imprint(author=author, published=published, url=url, undated=undated, left=tuple(left))


def _at_head(blocks: Sequence[Block], before: Collection[str]) -> Iterable[tuple[int, str]]:
    over = sum(kind == OVER for kind, _ in blocks)
    for n, (kind, text) in enumerate(blocks[: over + _HEAD]):
        if text in before or len(text.split()) > _RUNNING:
            return
        if kind != "head":
            yield n, text


def _said(line: str, title: str | None, outlet: str | None, author: str | None, *, latest: str) -> _Line | None:
    """What a line says of its article, of no day after `latest`; None where it is not understood, or credits another
    outlet."""
    if words_of(line) in (words_of(title or ""), words_of(outlet or "")):
        return _Line()
    if _ADDRESS.fullmatch(line):
        return _Line(url=line)
    if _PRINTED.fullmatch(line):
        return _Line(idle=True)
    rest, told_clock = _UPDATED.sub("", line).strip(_JOINTS), False
    day = at = None
    either: tuple[str, ...] = ()
    if told := _DATE.search(rest):
        rest = _joined(rest[: told.start()], rest[told.end() :])
        clock = told["before"] or told["after"]
        either = _either(told["day"])
        day, at = _time(told["day"], clock, latest)
        told_clock = bool(clock) and at is None
        if day is None and not either:
            return None
    rest = _without(rest, outlet)
    by = _BY.match(rest)
    names = _PLACE.sub("", _ROLE.sub("", rest[by.end() :] if by else rest))
    persons = tuple(part for x in re.split(r",? and |, | & |; ", names) if (part := " ".join(x.split())))
    known = {words_of(name) for name in (author or "").split(";")}
    if not persons:
        return _Line(day=day, at=at, either=either, clock=told_clock) if (day or either) and not by else None
    if _credits(line, outlet) or not (all(map(_is_person, persons)) if by else {*map(words_of, persons)} <= known):
        return None
    return _Line(names=persons, day=day, at=at, either=either, clock=told_clock)


def _either(day: str) -> tuple[str, ...]:
    """The two days that "05/04/2033" may be."""
    told = re.fullmatch(r"(\d\d?)[/-](\d\d?)[/-](\d{4})", day)
    one, other = (int(told[1]), int(told[2])) if told else (0, 0)
    both = 0 < max(one, other) <= 12 and min(one, other) > 0 and one != other
    return (f"{told[3]}-{one:02}-{other:02}", f"{told[3]}-{other:02}-{one:02}") if told and both else ()


def _joined(before: str, after: str) -> str:
    return f"{before.rstrip(_JOINTS)}, {after.lstrip(_JOINTS)}".strip(_JOINTS)


def _without(line: str, outlet: str | None) -> str:
    """A line without its own outlet's name at its beginning or end."""
    if outlet:
        bare = re.escape(re.sub(r"^the ", "", outlet, flags=re.I))
        line = re.sub(rf"^(?:the )?{bare}(?!\w)|(?<!\w)(?:(?:for|of) )?(?:the )?{bare}$", "", line, flags=re.I)
    return line.strip(_JOINTS)


def _is_person(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and not _NOBODY.search(name) and all(_NAME.fullmatch(word) for word in words)


def _time(day: str, clock: str | None, latest: str) -> tuple[str | None, str | None]:
    """A day, and its time where that names Greenwich's; neither for what is none, after `latest` or long ago."""
    try:
        on = time_of(day)
        if not _FIRST_YEAR <= on <= latest:
            return None, None
        if not clock or not _SURE_ZONE.search(clock):
            return on, None
        clock = re.sub(r"^(\d{1,2})(?=\s*[ap])", r"\1:00", clock.replace(".", ":", 1), flags=re.I)
        return on, time_of(f"{on} {clock}") if on == day else time_of(f"{day} {clock}")
    except NoTimeError:
        return None, None


def _near(day: str, published: str | None) -> bool:
    """Is a day that of `published`, or beside it, as days are in other zones?"""
    if not published:
        return False
    return abs((date.fromisoformat(day) - date.fromisoformat(published[:10])).days) <= 1


def _credits(line: str, outlet: str | None) -> bool:
    """Does a line credit another outlet than the page's own?"""
    own = words_of(re.sub(r"^the ", "", outlet or "", flags=re.I))
    return any(words_of(credit.name) != own for credit in credits(line))
