"""Whether the speakers of one claim can be one: by the sex that words give them, the names behind pronouns, members."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from stemmata.collate.evidence import BEHIND, Rendering, telling
from stemmata.language.spelling import one_name
from stemmata.language.wording import folded, lexicon, stem
from stemmata.model import Statement
from stemmata.surface import WORD

_PRONOUNS = {"he": "m", "him": "m", "she": "f", "her": "f"}
_MEMBERS = (("jury", "jurors"), ("prosecution", "prosecutors"), ("police", "officers"), ("court", "judges"))


def sex(told: Rendering) -> str:
    """The sex, m or f, that a named person's source says by itself, in a pronoun or a title before the name."""
    return _sex(told.text, told.statement)


def sexes_apart(parent: Rendering, child: Rendering) -> bool:
    """Whether the speakers are of two sexes: by what both sources say; or, of two actors, by what other sources of
    theirs in the same text say. Of 24 gold statements of bench/train and our dossiers whose speakers are of two sexes
    23 are shifted, 7 of the 8 that this finds; in the last the dossier errs. As read, on bench/train: 4 of 4."""
    said = sex(parent), sex(child)
    if not all(said) and parent.statement.actor != child.statement.actor:
        said = _known_sex(parent), _known_sex(child)
    return all(said) and said[0] != said[1]


def misgendered(pairs: Iterable[tuple[Rendering, Rendering]]) -> set[str]:
    """The actors whom one of two texts has wrong, or calls otherwise, all through: more than once, and never the same
    as the other text. `pairs` tell one claim."""
    alike: dict[str, list[bool]] = {}
    for parent, child in pairs:
        actor = parent.statement.actor
        if actor is not None and actor == child.statement.actor and sex(parent) and sex(child):
            alike.setdefault(actor, []).append(sex(parent) == sex(child))
    return {actor for actor, found in alike.items() if len(found) > 1 and not any(found)}


def two_persons(parent: Rendering, child: Rendering) -> bool:
    """Whether two persons are named, or one by a pronoun, that are two actors. All of 63 such gold statements of
    bench/train and our dossiers have another speaker, 10 with a pronoun or a common word; as read, 32 of 33."""
    a, b = parent.statement, child.statement
    if not (a.sourcing == b.sourcing == "named-person" and a.actor and b.actor and a.actor != b.actor):
        return False
    x, y = _named(parent), _named(child)
    return bool(x and y) and not any(one_name(n, m) for n in x for m in y)


def members(parent: Rendering, child: Rendering) -> bool:
    """Whether one speaker is the body of which the others are the members: "the jury" and "jurors". None of 11 such
    gold statements of bench/train and our dossiers has another speaker; of six of one "prosecutor" two have."""
    heads = [_head(t) for t in (parent, child)]
    if not any(set(heads) == set(kin) for kin in _MEMBERS):
        return False
    aside = {*map(stem, heads)}
    x, y = (telling(t.source) - aside for t in (parent, child))
    return x <= y or y <= x


def _sex(text: str, statement: Statement) -> str:
    source = statement.source
    if source is None or statement.sourcing != "named-person":
        return ""
    first, *others = WORD.findall(source.of(text).split(",")[0]) or [""]
    if (pronoun := folded(first)) in _PRONOUNS:
        return "" if pronoun == "her" and others else _PRONOUNS[pronoun]  # "her mother"
    titles = (first, *others)[:-1]
    said = {_titles()[w.lower()] for w in titles if w[0].isupper() and w.lower() in _titles()}
    return said.pop() if len(said) == 1 else ""


def _known_sex(told: Rendering) -> str:
    """The sex that a source says, or else that the other sources of its actor in the same text do."""
    a = told.statement
    if (own := sex(told)) or a.sourcing != "named-person" or a.actor is None:
        return own
    said = {_sex(told.text, s) for s in told.version.statements if s.actor == a.actor} - {""}
    return said.pop() if len(said) == 1 else ""


@cache
def _titles() -> dict[str, str]:
    """The titles before a name that say a sex, and which."""
    return {form: of for form, of in lexicon("titles")["honorific"].items() if of in ("m", "f")}


def _named(told: Rendering) -> set[str]:
    """The name in a source, or, of a pronoun, in the nearest source before it that is the same actor's."""
    a = told.statement
    if not told.pronoun or a.source is None:
        return _name(told)
    before = [
        (s.source, t)
        for s in told.version.statements
        if s.actor == a.actor and s.source and s.source.end <= a.source.start and _name(t := Rendering(told.version, s))
    ]
    return _name(max(before, key=lambda x: x[0])[1]) if before else set()


def _name(told: Rendering) -> set[str]:
    """The surname, in "a witness, Ana Reyk" too."""
    source = told.statement.source
    if told.names or told.pronoun or source is None:
        return told.names
    parts = [WORD.findall(x) for x in source.of(told.text).split(",")[1:2]]
    return {stem(x[-1]) for x in parts if len(x) > 1 and all(w[0].isupper() for w in x)}


def _head(told: Rendering) -> str:
    """The last word of the head of a source, in lower case: "jurors" of "Jurors in Karsk"."""
    source = told.statement.source
    found = WORD.findall(BEHIND.split(source.of(told.text))[0]) if source else []
    return found[-1].lower() if found else ""
