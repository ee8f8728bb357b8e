"""Whose an office is that its own article gives to nobody, by the articles in which the likeliest speaks too.

A mayor whom one article names is the mayor of another that tells of the same persons: "Ana Reyk said so. The mayor said
no" is not Reyk's where another article with Reyk in it says "Mayor Bo Tosk", and is where one says "Mayor Ana Reyk".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stemmata.language.lexicon import closed
from stemmata.language.wording import folded, head_of
from stemmata.resolve.article import apart, proper
from stemmata.resolve.figures import Figure
from stemmata.resolve.keys import figure_key, words_of
from stemmata.resolve.names import RANKS

_FIELDS = closed("field")
_APART = RANKS | {"former"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Words of a document that give a figure of it an office."""

    document: str
    key: str
    words: str


Offices = Mapping[str, Sequence[Office]]  # by the word that heads them


def by_head(told: Iterable[Office]) -> Offices:
    """Offices by the word that heads them: "minister" of "the minister of health"; those of one figure under the same
    words by two documents, as `given` asks for one beside that of the source."""
    found: dict[str, list[Office]] = defaultdict(list)
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    for o in told:
        documents = where[o.key, o.words]
        if len(documents) < 2 and o.document not in documents:
            documents.add(o.document)
            found[_parsed(o.words)[0]].append(o)
    return found


def offices(every: Iterable[Figure], texts: Mapping[str, str]) -> dict[str, bool]:
    """Key of a figure that is left open -> what `given` says of it; without those of which it says nothing. `texts`:
    document -> its text."""
    speaking: dict[str, dict[str, Figure]] = defaultdict(dict)  # document -> its figures by key
    where: dict[str, list[str]] = defaultdict(list)
    opened: dict[str, list[Figure]] = defaultdict(list)
    for f in every:
        speaking[f.document][f.key] = f
        where[f.key].append(f.document)
        if f.likely:
            opened[f.likely].append(f)
    found = {}
    for likely, left in opened.items():
        told = by_head(
            Office(document=d, key=x.key, words=span.of(texts[d]))
            for d in where[likely]
            for x in speaking[d].values()
            if x.kind == "person"
            for span in x.roles
        )
        for f in left:
            if (given_to := given((f.name, *f.aliases), likely, f.document, told)) is not None:
                found[f.key] = given_to
    return found


def given(names: Iterable[str], likely: str, document: str, told: Offices) -> bool | None:
    """Whether other articles than `document` give an office (under any of `names`) to the likeliest (True), or to
    somebody else alone (False); None where they tell neither. `told`: of the articles in which that one speaks."""
    whose = figure_key(likely)
    surname = words_of(whose).split()[-1:]
    found = None
    for head, words in map(_parsed, names):
        for o in told.get(head, ()):
            if o.document == document or not _one(words, _parsed(o.words)[1]):
                continue
            if o.key == whose:
                return True
            if words_of(o.key).split()[-1:] != surname:
                found = False
    return found


def _one(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two offices of one head may be one: none is a deputy's alone, and they are of no two fields or bodies."""
    fields, others = a & _FIELDS, b & _FIELDS
    if a & _APART != b & _APART or apart(proper(a), proper(b)):
        return False
    return not fields or not others or bool(fields & others)


@lru_cache(maxsize=1 << 14)
def _parsed(words: str) -> tuple[str, frozenset[str]]:
    """The word that heads an office, and all of its words: "minister" of "the minister of health"."""
    return folded(head_of(words)), frozenset(folded(w) for w in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", words))
