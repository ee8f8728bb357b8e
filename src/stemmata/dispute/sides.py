"""Who stands with whom: a proposal of blocs from who disputes whom and who says the same, and two accounts compared.

A signed network: two actors are drawn together by each claim that one document lets both make the same way round, and
apart by each dispute between them. (Where two versions give one claim to two actors, one of them shifted it: that is no
agreement.)
Two blocs with as little strain as can be found (Harary's frustration) are a maximum cut of the network with its signs
turned; networkx's `one_exchange` finds it by local search, each connected part on its own. Where nobody disputes
anybody and the analyst has set no side, there are none.

The enemy of an enemy is no friend: of 9,962 pairs of speakers of bench/train and our dossiers who dispute with one and
the same third, 1,275 dispute each other (128 of 1,000; of all pairs of one family 65). So nobody is proposed for a side
that the analyst set unless he says what it says, or disputes with all the others.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from stemmata.model import Accounts, Act, Bloc, Dispute

if TYPE_CHECKING:
    import networkx as nx

SAME = 0.5  # weight of a claim that two actors share, against 1 of a sure dispute (by hand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """All that is asked of a statement here: who makes, or denies, which claim; `turned`: a version made it tell that
    the other way round."""

    id: str
    document: str
    actor: str | None
    claim: str | None
    act: Act
    turned: bool = False


def ties(statements: Iterable[Made], disputes: Iterable[Dispute]) -> dict[tuple[str, str], float]:
    """Pairs of actors (in order of their ids) and how far they stand together (above 0) or apart (under 0)."""
    told = {s.id: s for s in statements}
    # who makes a claim, and who denies it or turns it round, where
    makers: dict[tuple[str, tuple[bool, bool], str], set[str]] = defaultdict(set)
    for s in told.values():
        if s.actor and s.claim:
            makers[s.claim, (s.act == "deny", s.turned), s.document].add(s.actor)
    agreed = {(claim, way, *pair) for (claim, way, _), who in makers.items() for pair in combinations(sorted(who), 2)}
    out: dict[tuple[str, str], float] = defaultdict(float)
    for *_, a, b in agreed:
        out[a, b] += SAME
    apart: dict[tuple[str, str, str, str], float] = {}  # the surest dispute of two claims
    for d in disputes:
        by, of = told.get(d.by_statement), told.get(d.of_statement)
        if by and of and by.actor and of.actor and by.actor != of.actor:
            key = (by.actor, of.actor, by.claim or by.id, of.claim or of.id)
            apart[key] = max(apart.get(key, 0.0), d.score)
    for (by_actor, of_actor, *_), score in sorted(apart.items()):
        out[min(by_actor, of_actor), max(by_actor, of_actor)] -= score
    return dict(sorted(out.items()))


def sides(
    statements: Iterable[Made], disputes: Iterable[Dispute], given: Mapping[str, str] | None = None
) -> tuple[Bloc, ...]:
    """Blocs of actors, those that the analyst gave first, then by their size. `given` (actor -> the analyst's side) is
    kept as it is: its actors are never moved, and the others are proposed around them: for a side with which they
    agree, or all of whose rivals they dispute. Who does neither, and actors whom no chain of ties leads to a dispute,
    are in no bloc (`unplaced`)."""
    import networkx as nx

    given = dict(given or {})
    graph = nx.Graph()
    for (a, b), weight in ties(statements, disputes).items():
        x, y = (("side", given[k]) if k in given else ("actor", k) for k in (a, b))
        if x != y:
            before = graph.get_edge_data(x, y, {"weight": 0.0})["weight"]
            graph.add_edge(x, y, weight=before - weight)  # signs turned: a dispute pulls over the cut
    members: dict[str, list[str]] = defaultdict(list)
    for actor, side in sorted(given.items()):
        members[side].append(actor)
    joined = _joined(graph, sorted(members))
    out = [
        Bloc(name=k, actors=(*v, *sorted(a for a, side in joined.items() if side == k)), given=tuple(v))
        for k, v in members.items()
    ]
    free_ones: list[tuple[str, ...]] = []
    parts = sorted(nx.connected_components(graph), key=lambda c: (-len(c), min(c)))
    for part in (p for p in parts if _parted(graph.subgraph(p))):
        for half in _halves(graph.subgraph(part)):
            free = sorted(name for kind, name in half if kind == "actor" and name not in joined)
            if free and not any(kind == "side" for kind, _ in half):
                free_ones.append(tuple(free))
    # The larger half of a part before the smaller, and the parts in their order where they are as large
    free_ones.sort(key=lambda actors: -len(actors))
    proposed = (Bloc(name=f"bloc {n}", actors=actors) for n, actors in enumerate(free_ones, 1))
    return (*sorted(out, key=lambda b: (-len(b.actors), b.name)), *proposed)


def unplaced(statements: Iterable[Made], disputes: Iterable[Dispute], blocs: Iterable[Bloc]) -> tuple[str, ...]:
    """The actors who agree or dispute with somebody of a side that the analyst set, and are in no bloc."""
    found = tuple(blocs)
    given, placed = {a for b in found for a in b.given}, {a for b in found for a in b.actors}
    tied = {x for pair in ties(statements, disputes) if not given.isdisjoint(pair) for x in pair}
    return tuple(sorted(tied - placed))


def _joined(graph: nx.Graph[Any], sides: list[str]) -> dict[str, str]:
    """Actor -> the side that it is proposed for: the one that it, and those proposed before it, agree with most; or
    where it disputes all the others, by more than one sure dispute, and not this one."""
    joined: dict[str, str] = {}
    while True:
        more = {}
        for kind, actor in sorted(graph):
            if kind == "side" or actor in joined:
                continue
            pulls = {side: _pull(graph, actor, side, joined) for side in sides}
            best = max(sides, key=lambda side: (pulls[side], -sides.index(side)), default="")
            rivals = [pulls[side] for side in sides if side != best]
            agrees = bool(best) and pulls[best] > max([0.0, *rivals])
            opposes = bool(rivals) and pulls[best] >= 0 and max(rivals) < 0 and -sum(rivals) > 1
            if agrees or opposes:
                more[actor] = best
        if not more:
            return joined
        joined |= more


def _parted(part: nx.Graph[Any]) -> bool:
    """Whether anything parts these actors: a dispute, or a side that the analyst gave."""
    return any(kind == "side" for kind, _ in part) or any(w > 0 for *_, w in part.edges(data="weight"))


def _pull(graph: nx.Graph[Any], actor: str, side: str, joined: Mapping[str, str]) -> float:
    """How far an actor is drawn to a side, and to those that are proposed for it."""
    edges = sorted(graph[("actor", actor)].items())
    return -math.fsum(
        x["weight"] for (kind, name), x in edges if (name if kind == "side" else joined.get(name)) == side
    )


def _halves(graph: nx.Graph[Any]) -> list[set[tuple[str, str]]]:
    """The two sides of a maximum cut, the one with the first name first; one where all stand together."""
    from networkx.algorithms.approximation import one_exchange

    plain = _ordered(graph)
    value, (one, other) = one_exchange(plain, weight="weight", seed=1)
    if value <= 0 or not one or not other:
        return [set(plain)]
    return sorted((set(one), set(other)), key=min)


def _ordered(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """The same graph with its nodes in order and its weights in whole ten thousandths, so that a local search goes the
    same way each time: sums of fractions differ with the order of a set."""
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_weighted_edges_from(
        sorted((min(a, b), max(a, b), round(w * 10_000)) for a, b, w in graph.edges(data="weight"))
    )
    return plain


def accounts(
    one: Iterable[str], other: Iterable[str], statements: Iterable[Made], disputes: Iterable[Dispute]
) -> Accounts:
    """Two groups of actors beside each other, by claim: what both tell, what one tells and the other disputes, what one
    tells and was not found in what the other says (left out, or not matched). Claims in the order of `statements`."""
    first, second = frozenset(one), frozenset(other)
    told = {s.id: s for s in statements}
    turned = {s.claim for s in told.values() if s.turned}
    said: dict[str, dict[bool, set[bool]]] = defaultdict(dict)  # claim -> the first, or not -> said no to, or not
    for s in told.values():
        if s.claim and s.actor in first | second:
            against = s.turned if s.claim in turned else s.act == "deny"
            said[s.claim].setdefault(s.actor in first, set()).add(against)
    made = {c: set(by) for c, by in said.items()}  # by the first (True), by the second (False)
    disputed: dict[str, set[bool]] = defaultdict(set)
    for d in disputes:
        by, of = told.get(d.by_statement), told.get(d.of_statement)
        if by and of and of.claim and by.actor in first | second:
            disputed[of.claim].add(by.actor in first)
    for c, by_side in said.items():
        for side in (True, False):
            if by_side.get(side) == {False} and by_side.get(not side) == {True}:
                made[c] = {side}
                disputed[c].add(not side)

    return Accounts(
        both=tuple(c for c, who in made.items() if len(who) == 2),
        one_disputed=tuple(c for c, who in made.items() if who == {True} and False in disputed[c]),
        other_disputed=tuple(c for c, who in made.items() if who == {False} and True in disputed[c]),
        one_alone=tuple(c for c, who in made.items() if who == {True} and False not in disputed[c]),
        other_alone=tuple(c for c, who in made.items() if who == {False} and True not in disputed[c]),
    )
