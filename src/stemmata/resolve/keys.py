"""The key of a figure: how it is spelt, and how it is read. Cases and judgements hold it as text.

    person:ana reyk                known everywhere: the figures of one key are one actor
    person@d1:reyk                 known in document d1 only, as the words fit many
    described@d1:group:officials   a source without a name; of some also where it begins (described@d1:person:aide:120)
    person:ana reyk|d1             what an analyst parted from the rest of its key: the figure of d1 ...
    person:ana reyk|               ... or those of all other documents
    parted@d1:STATEMENT            one statement of d1 whose source an analyst took from whoever it was taken for

Before the words, "%", ":" and "|" in a document's id are written as in URLs: "person@urn%3Anews:reyk".

SQL reads keys by itself: the triggers and the view of case/schema.sql, as any reader of the file has to be able to run
them, and two questions in case/actors.py and case/disputes.py.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import quote, unquote

PARTED: Final = "parted@"  # what keys of single statements begin with


def key_of(kind: str, words: str, *, only_in: str | None = None) -> str:
    """The key of the figures called `words`: one for all documents, or one for a single document (`only_in`)."""
    return f"{kind}:{words}" if only_in is None else f"{kind}@{_safe(only_in)}:{words}"


def described_key(kind: str, words: str, document: str, *, start: int | None = None) -> str:
    """The key of a source that has no name ("officials"). `start`, the place where it begins, tells it from other
    sources with the same words."""
    return f"described@{_safe(document)}:{kind}:{words}" + ("" if start is None else f":{start}")


def own_key(document: str, statement: str) -> str:
    """The key of one statement's source that an analyst took away from its actor, whatever name it goes by."""
    return f"{PARTED}{_safe(document)}:{statement}"


def statement_of(key: str) -> str:
    """The id of the statement, for a key made by `own_key`; else ""."""
    return key.rpartition(":")[2] if key.startswith(PARTED) else ""


def _safe(document: str) -> str:
    """A document's id without what parts a key: "urn%3Anews" of "urn:news". `unquote` takes it back."""
    for sign in "%:|":
        document = document.replace(sign, quote(sign))
    return document


def local(key: str) -> bool:
    """Whether a key holds in a single document only."""
    return "@" in key.partition(":")[0]


def is_described(key: str) -> bool:
    """Whether a key is of a source without a name, or of one whose name an analyst said to be somebody else's."""
    return key.startswith(("described@", PARTED))


def words_of(key: str) -> str:
    """The words in a key: "ana reyk" of "person:ana reyk", "reyk" of "person@urn%3Anews:reyk"."""
    return key.partition(":")[2]


def is_part(key: str) -> bool:
    """Whether an analyst split it off: the figure of one document, all others of its key, or one statement."""
    return "|" in key or key.startswith(PARTED)


def figure_key(target: str) -> str:
    """The key without the part that an analyst split off: "person:reyk" of "person:reyk|d1"."""
    return target.partition("|")[0]


def document_of(part: str) -> str:
    """The document that a part belongs to; "" where it belongs to all documents but some."""
    if part.startswith(PARTED):
        return unquote(part.removeprefix(PARTED).rpartition(":")[0])
    return part.partition("|")[2]


def part_of(key: str, document: str) -> str:
    """The key of a document's figure once an analyst has split it off from its actor."""
    return f"{key}|{document}"


def parted_key(target: str) -> str:
    """The part that the target of a split becomes: of one document or, for a whole key, of all the others."""
    return target if is_part(target) else part_of(target, "")


def part_key(key: str, document: str, parted: Collection[str]) -> str:
    """The key under which the figure `key` of a document is recorded, given the targets `parted` that analysts split
    off."""
    if is_part(key):
        return key
    one, rest = part_of(key, document), part_of(key, "")
    if one in parted:
        return one
    return rest if rest in parted or key in parted else key
