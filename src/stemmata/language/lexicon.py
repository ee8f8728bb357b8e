"""Titles, bodies, places and words that are no names, as the lists have them. Data, with sources, no code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stemmata.language.wording import folded
from stemmata.lists import classes, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a place name stands for: a country's own name, its capital, its seat of government, or its demonym."""

    kind: str
    country: str


@cache
def titles() -> dict[str, str]:
    """Word -> its kind: honorific, rank, office, profession, relation, person, group."""
    return {folded(form): kind for form, kind, _ in rows("titles")}


@cache
def genders() -> dict[str, float]:
    """Pronoun or title -> 1 where it is a man's, -1 where it is a woman's; without those that may be either's."""
    return {"he": 1.0, "she": -1.0} | {folded(x): {"m": 1.0, "f": -1.0}[g] for x, _, g in rows("titles") if g != "-"}


@cache
def given_names() -> dict[str, float]:
    """First name -> 1 where it is a man's, -1 where it is a woman's; names that both bear are not listed."""
    return {folded(name): {"m": 1.0, "f": -1.0}[gender] for name, gender in rows("given")}


@cache
def bodies() -> dict[str, str]:
    """Word -> what it heads: a body, a government, a document. A firm is a body."""
    return {folded(form): "body" if kind == "firm" else kind for form, kind in rows("bodies")}


@cache
def firms() -> frozenset[str]:
    """The words that head a company."""
    return frozenset(folded(form) for form, kind in rows("bodies") if kind == "firm")


def closed(kind: str) -> frozenset[str]:
    """A closed class of words: determiners, prepositions, pronouns, words of state."""
    return classes("closed")[kind]


@cache
def places() -> dict[str, Place]:
    """Name -> country, capital, seat or demonym. A name that is a country and a city is the country."""
    rank = {"demonym": 0, "capital": 1, "seat": 2, "country": 3}
    found: dict[str, Place] = {}
    for form, kind, country in rows("places"):
        name = folded(form)
        if name not in found or rank[kind] > rank[found[name].kind]:
            found[name] = Place(kind=kind, country=country)
    return found


@cache
def common() -> frozenset[str]:
    """Words that news writes in lower case: capitals at the start of a sentence make no name of them."""
    return frozenset(folded(form) for (form,) in rows("common"))


def singular(word: str) -> str:
    """The word without its plural ending, where the singular is in a list."""
    for ending, instead in (("men", "man"), ("women", "woman"), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            one = word[: -len(ending)] + instead
            if one in titles() or one in bodies():
                return one
    return word
