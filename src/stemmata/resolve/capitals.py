"""Whose capital a city is, where the text says so: "X, the capital of Y", "the Y government in X"."""

from __future__ import annotations

import re

from stemmata.resolve.article import Reading, is_place

_CAPITAL_OF = re.compile(r", (?:the )?(?:[\w-]+ ){0,2}(?:capital|seat of government) of (?:the )?$")
_CAPITAL_BEFORE = re.compile(r"(?:[’']s?)? (?:[a-z-]+ )?capital(?: city)?,? (?:of )?$")
_CAPITAL_BEHIND = re.compile(r"(?:[’']s?)? (?:[a-z-]+ )?capital\b")
_ITS_CAPITAL = re.compile(r", (?:its|the country[’']s) (?:[a-z-]+ )?capital\b")
_RULES_IN = re.compile(r"(?:[’']s?)? (?:[a-z-]+ ){0,2}(?:government|ministry|authorities|cabinet|leadership) in $")


def ruled_from(r: Reading, place: int) -> int | None:
    """The entity that the text says has `place` for its capital: "X, the capital of Y", "the Y government in X", "Y is
    ruled from X, its capital"."""
    if place not in r.homes:
        r.homes[place] = _ruled_from(r, place)
    return r.homes[place]


def _ruled_from(r: Reading, place: int) -> int | None:
    text = r.page.text
    for k in r.names_of.get(place, ()):
        n = r.found[k]
        for j in (k + 1, k - 1):
            if not 0 <= j < len(r.found) or r.entity_of[j] == place:
                continue
            other = r.found[j].span
            if j > k:
                between, behind = r.page.gap(n.span.end, other.start), r.page.gap(other.end, other.end + 40)
                told = bool(_CAPITAL_OF.fullmatch(between)) or bool(
                    between in (", ", ", the ") and _CAPITAL_BEHIND.match(behind)
                )
            else:
                between = r.page.gap(other.end, n.span.start)
                told = bool(_CAPITAL_BEFORE.fullmatch(between) or _RULES_IN.fullmatch(between)) or (
                    between == ", " and text[: other.start].endswith(("capital of ", "capital of the "))
                )
                behind = r.page.gap(n.span.end, n.span.end + 40)
                same = r.page.sentence(other.start) == r.page.sentence(n.span.start)
                told = told or (same and bool(_ITS_CAPITAL.match(behind)))
            if told and is_place(r.entities[r.entity_of[j]]):
                return r.entity_of[j]
    return None
