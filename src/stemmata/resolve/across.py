"""Across the articles of a case: which figures are one actor.

Figures meet only in blocks (a surname's consonants, a body's own words, a capital), so that the time grows with the
number of figures. Inside a block the decision rests on the set of names alone, never on the order of arrival. What
comes out is the same for all records at once, or for the blocks that a new article touches.

A name that fits many ("Foreign Ministry", nine times) joins nobody by itself. Where versions of one text tell one claim
under it, it is bonded: one actor in all of them; and so it is in articles in which the same two persons speak, which
are of one story (`records.STORY`). What its own text leaves open (`Figure.likely`) is bonded with a person whom another
version names; where none does, it goes to the likeliest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from stemmata.groups import Groups
from stemmata.language.spelling import alike, skeleton
from stemmata.language.wording import folded
from stemmata.model import Actor, ActorKind, Judgement, content_id
from stemmata.resolve.bonds import Bond, may_be_capital
from stemmata.resolve.keys import figure_key, is_described, is_part, key_of, local, parted_key, statement_of, words_of
from stemmata.resolve.records import (
    STORY,
    Record,
    blocks,
    body_words,
    country_of,
    is_lone,
    of_shown_kinds,
    person_words,
    shown_as,
    spellings,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """An actor, the keys of its figures, and why they were brought together."""

    actor: Actor
    keys: tuple[str, ...]
    side: str | None = None
    reasons: tuple[tuple[str, str, str], ...] = ()  # (key, key, reason)
    decided: tuple[str, ...] = ()  # the keys that only an analyst's word brought here


def merged(
    given: Iterable[Record],
    corrections: Sequence[Judgement] = (),
    bonded: Iterable[Bond] = (),
    offices: Mapping[str, bool] | None = None,
) -> list[Merged]:
    """The actors of `given`, all records of a case or those that `closure` gives, and of the bonds among them.
    `offices`: of keys that are open, whether other articles give their office to the likeliest or to somebody else."""
    corrections = sorted(corrections, key=lambda c: (c.when, c.id))
    every = {r.key: r for r in of_shown_kinds(sorted(given, key=lambda r: r.key))}
    groups = Groups(every)
    met: dict[str, list[Record]] = defaultdict(list)
    for r in every.values():
        for b in blocks(r):
            met[b].append(r)
    for name in sorted(met):
        kind, _, word = name.partition(" ")
        if kind == "person":
            _join_persons([r for r in met[name] if r.kind == "person"], word, groups)
            _join_taken_for_persons(met[name], groups)
        elif kind == "body":
            _join_bodies([r for r in met[name] if r.kind != "person"], groups)
    _join_states(every, groups)
    named = groups.roots()  # what the names alone tell
    said = groups.copy()
    _join_corrected(corrections, said)
    decided = _decided(named, said.roots(), corrections)
    bonded = sorted(bonded)
    identities = _join_told_states(every, bonded, groups, _identities(named, said.roots()), corrections)
    told = [(a, b, _bonding(a, b)) for a, b in bonded] + _of_one_story(met)
    _join_bonded(every, told, groups, identities)
    _join_likely(every, groups, corrections, offices or {})
    alone = groups.roots()  # what the names and the versions tell
    _join_corrected(corrections, groups)
    members: dict[str, list[Record]] = defaultdict(list)
    for k in every:
        members[groups.root(k)].append(every[k])
    reasons: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for a, b, why in groups.reasons:
        reasons[groups.root(a)].append((a, b, why))
    made = [_actor(m, tuple(reasons[k]), corrections, alone, decided) for k, m in members.items()]
    return sorted(made, key=lambda m: m.actor.id)


def _full_names(r: Record, block: str) -> set[tuple[str, str]]:
    """The full names of a record in a block, folded: the word that the block is of, behind the other one at the ends of
    the name ("Ana Reyk" and "Reyk Ana" are ("ana", "reyk") for the consonants of Reyk)."""
    ends = [(folded(w[0]), folded(w[-1])) for n in r.names if len(w := person_words(n)) > 1]
    turned = ((a, b) if skeleton(b) == block else (b, a) for a, b in ends)
    return {(given, surname) for given, surname in turned if skeleton(surname) == block}


def _join_persons(met: list[Record], block: str, groups: Groups) -> None:
    """One person under one full name, spellings aside; initials and lone surnames go to the only one they fit."""
    full = {r.key: _full_names(r, block) for r in met}
    givens = spellings(given for names in full.values() for given, _ in names)
    surnames = spellings(surname for names in full.values() for _, surname in names)
    first: dict[tuple[str, str], str] = {}  # full name in one spelling -> a key
    bearers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # surname -> initial -> keys
    for r in met:
        for given, surname in sorted(x for x in full[r.key] if len(x[0]) > 1):
            same = first.setdefault((givens[given], surnames[surname]), r.key)
            groups.join(same, r.key, "the same name in another spelling")
            bearers[surnames[surname]][given[0]].add(r.key)
    for r in met:
        if full[r.key] and all(len(given) == 1 for given, _ in full[r.key]):
            initial, surname = min(full[r.key])
            keys = bearers[surnames[surname]][initial]
            fit = {groups.root(k) for k in keys}
            if len(fit) == 1:
                groups.join(fit.pop(), r.key, "the same surname and initial, and nobody else of them in the case")
            elif not fit:
                keys.add(r.key)
    persons = {one: {groups.root(k) for keys in by.values() for k in keys} for one, by in bearers.items()}
    alone = [r for r in met if not full[r.key]]
    own = {r.key: {folded(w) for n in r.names for w in person_words(n)} for r in alone}
    meant = {w: {one for x, one in surnames.items() if alike(w, x)} for w in {w for ws in own.values() for w in ws}}
    for r in alone:
        fit = {k for w in own[r.key] for one in meant[w] for k in persons.get(one, ())}
        if len(fit) == 1:
            groups.join(fit.pop(), r.key, "the same surname, and nobody else of it in the case")
    for r in alone[1:] if not bearers else ():
        if {folded(n) for n in r.names} & {folded(n) for n in alone[0].names}:
            groups.join(alone[0].key, r.key, "the same single name, and nobody else of it in the case")


def _join_taken_for_persons(met: list[Record], groups: Groups) -> None:
    """A lone name that an article takes for a person's is the body's or the capital's of that name, where nobody in the
    case bears it with another."""
    bodies = {words_of(r.key): r.key for r in met if r.kind == "organisation" and not local(r.key)}
    for r in met:
        if r.kind == "organisation" and is_lone(r) and (body := bodies.get(words_of(r.key))) is not None:
            groups.join(body, r.key, "the same name, and nobody in the case has it for a surname")
    if any(len(person_words(n)) > 1 for r in met if r.kind == "person" for n in r.names):
        return
    for state in (r for r in met if r.kind == "government"):
        for r in met:
            if r.kind == "person" and {folded(n) for n in r.names} == {words_of(state.key)}:
                groups.join(state.key, r.key, "the same name, and nobody in the case has it for a surname")


def _join_bodies(met: list[Record], groups: Groups) -> None:
    """One body under one set of words. Initials alone go to the only full name that was given with them."""
    heads = {r.key: max(map(body_words, r.names), key=lambda w: (len(w), sorted(w))) for r in met}
    alike = len(met) == 2 or len(set(map(len, heads.values()))) == 1
    full = [r.key for r in met if alike or len(heads[r.key]) > 1]
    long = {heads[k] for k in full if len(heads[k]) > 1}
    if all(a <= b or b <= a for a in long for b in long):
        for r in met[1:]:
            groups.join(met[0].key, r.key, "the same body by name")
        return
    exact: dict[frozenset[str], str] = {}
    for k in full:
        if (same := exact.setdefault(heads[k], k)) != k:
            groups.join(same, k, "the same body by name")


def _join_states(every: dict[str, Record], groups: Groups) -> None:
    """A capital goes to the country that its articles name beside it, by the sum of what they vote; and with it goes
    the body of that very name, which is what an article that tells too little takes the capital for."""
    names = {words_of(k): k for k, r in every.items() if r.kind == "government"}
    for own, key in sorted(names.items()):
        if (body := key_of("organisation", own)) in every and country_of(every[key]) is not None:
            groups.join(key, body, "a place that speaks for its government")
    for key, r in every.items():
        if r.kind == "organisation" and key.startswith("government:") and not is_part(key):
            groups.join(key, key_of("organisation", words_of(key)), "the same body by name")
    capitals = {}
    for key, r in every.items():
        if r.kind != "government" or not r.countries or is_part(key):
            continue
        country = country_of(r)
        if country is not None:
            capitals[words_of(key)] = folded(country)
    first: dict[str, str] = {}
    for own, country in sorted(capitals.items()):
        if capitals.get(country) == own:
            continue
        home = names.get(country) or first.setdefault(country, names[own])
        groups.join(home, names[own], "the capital for its government")


def _join_corrected(corrections: Sequence[Judgement], groups: Groups) -> None:
    """What analysts joined, in the order of their decisions. A target that is not there (any more) is passed over."""
    for c in corrections:
        if c.kind in ("merge", "split"):
            wanted = [t if c.kind == "merge" else parted_key(t) for t in c.targets]
            there = [t for t in wanted if t in groups]
            for t in there[1:]:
                groups.join(there[0], t, f"{c.who}: {c.why}")


def _decided(named: Mapping[str, str], said: Mapping[str, str], corrections: Sequence[Judgement]) -> frozenset[str]:
    """The keys that only an analyst's word brought to their actor. Bonds have no part in it: who speaks, as far as
    versions are compared by it, must not rest on what comparing them told."""
    together: dict[str, list[str]] = defaultdict(list)
    for k, root in said.items():
        together[root].append(k)
    out = {k for k in named if is_part(k)}
    for keys in together.values():
        if len({named[k] for k in keys}) > 1:
            first = named[_heading(keys, corrections)]
            out.update(k for k in keys if named[k] != first)
    return frozenset(out)


def _identities(named: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Of the keys that are known everywhere, or that an analyst joined to others: who they are, bonds aside."""
    joined: dict[str, set[str]] = defaultdict(set)
    for k, root in said.items():
        joined[root].add(named[k])
    return {k: root for k, root in said.items() if not local(k) or len(joined[root]) > 1}


def _join_told_states(
    every: Mapping[str, Record],
    bonded: Iterable[Bond],
    groups: Groups,
    identities: dict[str, str],
    corrections: Iterable[Judgement],
) -> dict[str, str]:
    """Joins a country and its capital that versions of one text show to be one, no third with them, and nobody whom an
    analyst joined or parted. Gives the identities with these as one."""
    judged = {figure_key(t) for c in corrections if c.kind in ("merge", "split") for t in c.targets}
    called: dict[str, set[str]] = defaultdict(set)
    for k, r in every.items():
        if r.kind in ("government", "organisation") and not local(k):
            called[groups.root(k)].add(words_of(k))
    one = Groups(identities.values())
    for a, b in sorted(bonded):
        if a not in every or b not in every or {a, b} & judged or not may_be_capital(every[a], every[b]):
            continue
        names = called[groups.root(a)] | called[groups.root(b)]
        if len(names) < 3:
            groups.join(a, b, _BONDED if words_of(a) == words_of(b) else _CAPITAL)
            one.join(identities[a], identities[b], "")
            called[groups.root(a)] = names
    return {k: one.root(who) for k, who in identities.items()}


def _of_one_story(met: Mapping[str, Sequence[Record]]) -> list[tuple[str, str, str]]:
    """The bonds of bodies that are told in the same words in articles of one story: each in a block with its first, so
    that their number grows with that of the articles."""
    alike = [[r.key for r in met[name]] for name in met if name.startswith(f"{STORY} ")]
    return sorted({(keys[0], k, _TOLD_ALIKE) for keys in alike for k in keys[1:]})


def _join_bonded(
    every: Mapping[str, Record],
    bonded: Iterable[tuple[str, str, str]],
    groups: Groups,
    identities: Mapping[str, str],
) -> None:
    """Joins what versions of one text, or articles of one story, show to be one, each with its reason; but never two
    who are known to be others: those of two names, or of two actors that an analyst made. What an analyst parted stays
    apart, and the rest of its actor together."""
    parted = {k for k in every if is_part(k) and local(k)}
    held: dict[str, set[str]] = defaultdict(set)
    for k, who in identities.items():
        if k not in parted:
            held[groups.root(k)].add(who)
    linked = groups.copy()
    why_of: dict[str, str] = {}
    for a, b, why in bonded:
        if a not in every or b not in every:
            continue
        both = held[linked.root(a)] | held[linked.root(b)]
        if len(both) < 2:
            linked.join(a, b, why)
            held[linked.root(a)] = both
            if not {a, b} & parted:
                groups.join(a, b, why)
        why_of |= {a: why_of.get(a, why), b: why_of.get(b, why)}
    first: dict[str, str] = {}
    for k in sorted(why_of.keys() - parted):
        groups.join(first.setdefault(linked.root(k), k), k, why_of[k])  # where only what was parted stands between them


def _join_likely(
    every: Mapping[str, Record], groups: Groups, corrections: Iterable[Judgement], offices: Mapping[str, bool]
) -> None:
    """Gives what is open, and what neither a version nor an analyst gives to anybody, to the likeliest by its text;
    where other articles tell whose an office is, they decide."""
    judged = {figure_key(t) for c in corrections if c.kind in ("merge", "split") for t in c.targets}
    roots = groups.roots()
    size, named = Counter(roots.values()), {root for k, root in roots.items() if not is_described(k)}
    for key, r in every.items():
        beside = shown_as(r) == "beside"
        alone = size[roots[key]] == 1 or (beside and roots[key] not in named)  # "the mayor" of two versions
        left = r.likely in groups and alone and key not in judged and not is_part(key)
        if left and r.likely and offices.get(key, not beside):
            groups.join(key, r.likely, None)


_CAPITAL = "a capital and its country, in versions of one text that tell one claim"
_BONDED = "the same name, and the same claim in versions of one text"
_TOLD_ALIKE = "the same words, in articles in which the same two persons speak"


def _bonding(a: str, b: str) -> str:
    described = sum(is_described(k) for k in (a, b))
    return _BONDED if described != 1 else "a name for a description, in versions of one text that tell one claim"


def foremost(keys: Iterable[str]) -> str:
    """The key that stands for an actor: one that is known everywhere before one of a single document, a person's before
    that of the government which a bare surname was taken for."""
    return min(keys, key=lambda k: (is_part(k), local(k), not k.startswith("person:"), k))


def _heading(keys: Collection[str], corrections: Sequence[Judgement]) -> str:
    """The key under whose name an actor goes: the foremost, unless an analyst joined the others to another. A single
    statement is joined to whose it is, in whatever order the two are named."""
    here = set(keys)
    first = foremost(here)
    for c in corrections:
        if c.kind == "merge" and len(here & set(c.targets)) > 1:
            first = next((t for t in c.targets if t in here and not statement_of(t)), first)
    return first


def _actor(
    members: list[Record],
    reasons: tuple[tuple[str, str, str], ...],
    corrections: Sequence[Judgement],
    alone: Mapping[str, str],
    decided: Collection[str],
) -> Merged:
    keys = tuple(sorted(r.key for r in members))
    here = set(keys)
    first = _heading(keys, corrections)
    core = [r for r in members if alone[r.key] == alone[first]]
    first = foremost(r.key for r in core)
    named = [r for r in core if not is_described(r.key)]
    core = named or core
    kind = min((r.kind for r in core), key=lambda k: ("government", "person", "organisation", "document", "group",
                                                      "anonymous").index(k))  # fmt: skip
    forms = {
        n for r in members if not (named and is_described(r.key)) for n in r.names
    }  # "the agency" is no name of it
    name = _best_name(kind, core)
    side = None
    for c in corrections:
        if here & {*c.targets, *(parted_key(t) for t in c.targets)}:
            if c.value and (c.kind == "rename" or (c.kind == "split" and first in map(parted_key, c.targets))):
                name = c.value
            elif c.kind == "set-side":
                side = c.value or None
    return Merged(
        actor=Actor(id=content_id("actor", first), name=name, kind=kind, aliases=tuple(sorted(forms - {name}))),
        keys=keys,
        side=side,
        reasons=tuple(sorted(reasons)),
        decided=tuple(k for k in keys if k in decided),
    )


def _state_name(members: list[Record]) -> str:
    """Of the country that the capitals vote for, where it speaks itself or nothing is known better; else of what all
    the sources name, what no text took for a capital first."""
    home = {folded(country): country for r in members if (country := country_of(r)) is not None}
    states = [r for r in members if r.key.startswith("government:") and country_of(r) is None]
    own = {words_of(r.key): sum(v for c, v in r.countries if folded(c) != words_of(r.key)) for r in states}
    if not home.keys() & own.keys() and not all(own.values()):
        home = {}
    keys = sorted(own.keys() | home.keys(), key=lambda k: (own.get(k, 0.0), k))
    forms = [n for r in members for n in r.names]
    called = (n for k in keys if k in home or not home for n in forms if folded(n) == folded(f"government of {k}"))
    return next(called, f"Government of {home[min(home)]}" if home else members[0].names[0])


def _best_name(kind: ActorKind, members: list[Record]) -> str:
    if kind == "government":
        return _state_name(members)
    forms = {n for r in members for n in r.names}
    if kind == "person":
        return min(
            forms,
            key=lambda n: (-sum(len(w.strip(".")) > 1 for w in person_words(n)), -len(n.split()), n.isupper(), n),
        )
    return min(forms, key=lambda n: (-len(body_words(n)), n.isupper(), n))


def closure(
    keys: Iterable[str],
    fetch: Callable[[frozenset[str], frozenset[str]], Iterable[Record]],
    corrections: Iterable[Judgement] = (),
    *,
    left: Iterable[str] = (),
) -> list[Record]:
    """The records of keys that changed, with all that these may be merged with: `merged` of them is right for them.

    `fetch` gives the records of a case that stand in blocks, and those of keys of figures, all parts of a key together,
    each with those that it is bonded with or was, and those open ones that stood for it.
    `left` are the blocks that the keys stood in before they changed; a key may have no record any more.
    """
    together: dict[str, set[str]] = defaultdict(set)
    for c in corrections:
        if c.kind in ("merge", "split"):
            targets = {figure_key(t) for t in c.targets}
            for k in targets:
                together[k] |= targets
    held: dict[str, Record] = {}
    asked: set[str] = set()
    known: set[str] = set()
    wanted = set(left)
    named = {x for k in keys for x in (k, *together[k])}
    while wanted or named:
        asked |= wanted
        known |= named
        new = {r.key: r for r in fetch(frozenset(wanted), frozenset(named)) if r.key not in held}
        held |= new
        known |= {figure_key(k) for k in new}
        wanted = {b for r in new.values() for b in blocks(r)} - asked
        named = {x for k in new for x in together[figure_key(k)]} | {
            figure_key(r.likely) for r in new.values() if r.likely
        }
        named -= known
    return [held[k] for k in sorted(held)]
