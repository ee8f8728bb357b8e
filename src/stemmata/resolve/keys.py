"""The key of a figure: how it is spelt, and how it is read. Cases and judgements hold it as text.

    person:ana reyk                known everywhere: the figures of one key are one actor
    person@d1:reyk                 known in document d1 only, as the words fit many
    described@d1:group:officials   a source without a name; of some also where it begins (described@d1:person:aide:120)
    person:ana reyk|d1             what an analyst parted from the rest of its key: the figure of d1 ...
    person:ana reyk|               ... or those of all other documents
    parted@d1:STATEMENT            one statement of d1 whose source an analyst took from whoever it was taken for

SQL reads keys by itself: the triggers and the view of case/schema.sql, as any reader of the file has to be able to run
them, and two questions in case/actors.py and case/disputes.py.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

PARTED: Final = "parted@"  # what keys of single statements begin with


def key_of(kind: str, words: str, *, only_in: str | None = None) -> str:
    """The key of what goes by `words`, everywhere or in one document."""
    return f"{kind}:{words}" if only_in is None else f"{kind}@{_safe(only_in)}:{words}"


def described_key(kind: str, words: str, document: str, *, start: int | None = None) -> str:
    """The key of a source without a name; `start` tells it from others of the same words."""
    return f"described@{_safe(document)}:{kind}:{words}" + ("" if start is None else f":{start}")


def own_key(document: str, statement: str) -> str:
    """The key of the source of one statement that an analyst took from its actor, whomever resolving takes it for."""
    return f"{PARTED}{_safe(document)}:{statement}"


def statement_of(key: str) -> str:
    """The statement whose source alone a key is of; none ("") where it is of more."""
    return key.rpartition(":")[2] if key.startswith(PARTED) else ""


def _safe(document: str) -> str:  # a bar parts a key from the document of a part
    return document.replace("|", "%7C")


def local(key: str) -> bool:
    """Whether a key of a figure holds in one document only."""
    return "@" in key.partition(":")[0]


def is_described(key: str) -> bool:
    """Whether it is of a source without a name, or of one whose name an analyst says is not whose it seems."""
    return key.startswith(("described@", PARTED))


def words_of(key: str) -> str:
    """What the figures of a key go by."""
    return key.partition(":")[2]


def is_part(key: str) -> bool:
    """Whether an analyst parted this from the rest of its key, or of its document's."""
    return "|" in key or key.startswith(PARTED)


def figure_key(target: str) -> str:
    """The key of the figures that a target of a judgement, or the key of a member of an actor, is about."""
    return target.partition("|")[0]


def document_of(part: str) -> str:
    """The document whose figure alone a part is; none ("") where it is of more."""
    if part.startswith(PARTED):
        return part.removeprefix(PARTED).rpartition(":")[0].replace("%7C", "|")
    return part.partition("|")[2]


def part_of(key: str, document: str) -> str:
    """The key that a document's figure has once an analyst parted it from its actor."""
    return f"{key}|{document}"


def parted_key(target: str) -> str:
    """The part that a target of a split becomes: of one document, or of all where it is a whole key."""
    return target if is_part(target) else part_of(target, "")


def part_key(key: str, document: str, parted: Collection[str]) -> str:
    """The key of the record that a document's figure of `key` belongs to, where analysts split off `parted`."""
    if is_part(key):
        return key
    one, rest = part_of(key, document), part_of(key, "")
    if one in parted:
        return one
    return rest if rest in parted or key in parted else key
