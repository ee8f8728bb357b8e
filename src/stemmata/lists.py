"""The word lists, lexicon/*.tsv: data with a heading and sources, no code."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


def rows(name: str) -> list[list[str]]:
    """The rows of lexicon/NAME.tsv, each without its source, which stands last."""
    lines = (files("stemmata") / "lexicon" / f"{name}.tsv").read_text("utf-8").splitlines()[1:]
    return [line.split("\t")[:-1] for line in lines]


@cache
def classes(name: str) -> dict[str, frozenset[str]]:
    """The forms of each kind, of a list that tells no more of them."""
    found: dict[str, set[str]] = {}
    for form, kind in rows(name):
        found.setdefault(kind, set()).add(form)
    return {kind: frozenset(forms) for kind, forms in found.items()}


@cache
def forms(name: str, kind: str) -> str:
    """The forms of a kind as one regular expression, the longest first; a "*" in a form stands for any letters, a "…"
    for up to three words."""
    listed = sorted(classes(name)[kind], key=lambda x: (-len(x), x))
    found = (
        re.escape(x).replace(r"\*", r"\w*").replace(r"\ …", r"(?: \w+){0,3}?").replace("'", "[’']") for x in listed
    )
    return rf"\b(?:{'|'.join(found)})\b"


@cache
def pattern(name: str, kind: str) -> re.Pattern[str]:
    """What finds the forms of a kind, whatever their case."""
    return re.compile(forms(name, kind), re.IGNORECASE)
