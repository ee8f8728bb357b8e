"""Bonds: two figures that a version and one made from it show to be one actor, because they tell one claim."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from stemmata.language.lexicon import bodies, firms, places, singular
from stemmata.language.wording import bare, folded, head_of, stem
from stemmata.model import How, Judgement
from stemmata.resolve.figures import Figure, plain
from stemmata.resolve.keys import is_described, is_part, part_key
from stemmata.resolve.records import Record, body_words, is_country, shown_as

Bond = tuple[str, str]  # the keys of two figures that versions of one text show to be one actor, the lesser first


def bonds(told: Iterable[tuple[Figure, Figure, bool]], corrections: Iterable[Judgement] = ()) -> set[Bond]:
    """Of pairs of figures that tell one claim in a version and in one made from it, those that are one actor. With each
    pair whether both tell it by name (`tells_by_name`).

    Two that tell it by name and that a text takes for governments, or one of them, may be a country and its capital,
    whatever they are called, where no lexicon has either. Else one at least is known in its document only, and they go
    under one name, or one goes under fewer words of the other's and with the same head, or one has no name ("the
    agency") and nothing in the other's name forbids it. Whom the words tell from nobody ("officials", "two sources")
    stays of their document.
    """
    parted = {t for c in corrections if c.kind == "split" for t in c.targets}
    bonded = ((a, b) for a, b, named in told if _is_bonded(a, b) or (named and may_be_capital(a, b)))
    keys = (sorted(part_key(f.key, f.document, parted) for f in pair) for pair in bonded)
    return {(one, other) for one, other in keys}


def tells_by_name(f: Figure, how: How) -> bool:
    """Whether a source says its figure's name: "Tamsin", "the government in Tamsin", and not "it" or "the army"."""
    return how in ("name", "short-name", "capital") or (how == "title" and f.kind == "government")


def may_speak_for_state(key: str) -> bool:
    """Whether a key of a figure holds in every document and may be that of a country or of a capital that no lexicon
    has: a word or two, none of them a body's."""
    kind, _, own = key.partition(":")
    words = own.split()
    return (
        kind in ("government", "organisation")
        and len(words) < 3
        and not is_part(key)
        and own not in places()
        and not any(w in bodies() for w in words)
    )


def may_be_capital(a: Figure | Record, b: Figure | Record) -> bool:
    """Whether of two one may be the capital of the other, where they tell one claim by name. Two countries are not."""
    return "government" in (a.kind, b.kind) and a.key != b.key and not (is_country(a) and is_country(b)) and all(
        x.kind in ("government", "organisation") and may_speak_for_state(x.key) and not shown_as(x) for x in (a, b)
    )  # fmt: skip


def _is_bonded(a: Figure, b: Figure) -> bool:
    if a.document == b.document or "anonymous" in (a.kind, b.kind) or not (a.local or b.local):
        return False
    if is_part(a.key) or is_part(b.key):  # who an analyst says that one statement is not of
        return False
    if _open(a) or _open(b):  # what is open in both stays so, and so does what is somebody's description
        return a.kind == b.kind == "person" and not (_described(a) and _described(b))
    if a.kind != b.kind:
        return _described(a) != _described(b) and _may_govern(*sorted((a, b), key=_described))
    least = 2 if a.kind == "group" else 1
    for x, head in map(_stems, (a.name, *a.aliases)):
        for y, other in map(_stems, (b.name, *b.aliases)):
            if len(x & y) >= least and (x == y or (head == other and (x <= y or y <= x))):
                return True
    return _described(a) != _described(b) and _may_be_named(*sorted((a, b), key=_described))


def _described(f: Figure | Record) -> bool:
    return is_described(f.key)


def _open(f: Figure) -> bool:
    return f.likely is not None and shown_as(f) != "beside"


def _may_govern(named: Figure, described: Figure) -> bool:
    """Whether "the government", and not "governments", is that of a named country."""
    return named.kind == "government" and bodies().get(_last_word(described.name)) == "government"


def _may_be_named(named: Figure, described: Figure) -> bool:
    """Whether a description may be of who has a name: any person's of a person; of a body where no other head stands in
    its name, and a lone word may only name a company ("Haapsala" is no ministry)."""
    if named.kind == "person":
        return True
    if named.kind != "organisation":
        return False
    head = singular(_last_word(described.name))
    heads = {w for n in (named.name, *named.aliases) for w in body_words(n) if w in bodies()}
    if heads:
        return head in heads or {head} | heads <= firms()
    if head in _BORNE:
        return any(n.isupper() for n in (named.name, *named.aliases))
    lone = all(" " not in n and not n.isupper() for n in (named.name, *named.aliases))
    return not lone or head in firms() or head not in bodies()


# What each of them bears in its name. Of such that tell one claim under another name, 8 of 8 are two by gold
_BORNE = frozenset(("embassy", "ministry"))


def _last_word(name: str) -> str:
    """The head of a name as it is written: "ministry" of "foreign ministry of Tamsin"."""
    return folded(head_of(_bare(name)))


@lru_cache(maxsize=1 << 14)
def _stems(name: str) -> tuple[frozenset[str], str]:
    """The stems of a name, and that of its head: a "Ministry of Foreign Affairs" is a ministry."""
    return frozenset(map(stem, body_words(_bare(name)))), stem(_last_word(name))


def _bare(name: str) -> str:
    """A name without its possessive endings."""
    return " ".join(map(bare, plain(name).split()))
