"""Families and their stemma: for each document the likeliest parent given all versions, then the likeliest tree.

Edges point back in time. A document whose rivals' times are all known chooses its parent by itself; where times are
missing or equal, a circle is possible, and the tree is the maximum spanning arborescence (Chu and Liu 1965, Edmonds
1967) over the log-probabilities, with an imagined root that stands for "made from none of these". What an edge is
worth is then its share of all such trees (the matrix-tree theorem: Kirchhoff 1847, Tutte 1948; for parsing Koo et al.
2007): that two texts are kin says nothing of which came first, and a direction that is a guess is shown as one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np

from stemmata.collate.credited import credits_other
from stemmata.collate.kin import Kin, Weights, log_odds, shared
from stemmata.collate.precedence import precedence
from stemmata.collate.rivals import addition, derivation, is_before, standing
from stemmata.collate.witness import Witness
from stemmata.groups import Groups
from stemmata.model import AGAINST_TIME, CORRECTS, PARTED, SET, TURNED, WORDED, Edge, Family, LostAncestor, content_id
from stemmata.weighing import chance

RIVAL = 0.1  # kinship from which a document is a rival for parenthood; 98.9 % of the parents of bench/train have it
# Probability from which a document is taken to be made from another. Of 0.5 and 0.6 the one at which fewer versions
# are missed of bench/train and of training/written, each sixth by a fit without it; outsiders joined are nearly as few.
JOINED = 0.5
DIRECT = 0.5  # probability from which the likeliest parent is taken for the very parent
# Probability, that there is a second parent, from which the likeliest is taken. By fits without them, of the versions
# of bench/train that have two parents both are found of 18 in 21 and no false one, of our large dossiers' 131 of 157
# and 18. (From 0.4 on: 129 and 13; but what a second parent joins is then missed in more families.)
SECOND = 0.3
STRANGER = 0.05  # a rival less likely than this is no second parent, so that many of them are none (by hand)
UNLIKELY = 0.05  # a rival of less than this share of the likeliest's is no parent, whatever circle it leaves (by hand)
TIE = 0.9  # a rival this near to the likeliest parent's probability may as well be it
# Share of rare names in common: reports of one event have 0.2 to 0.8 on bench/train, strangers under 0.1.
SAME_EVENT = 0.2
# Log-odds of an origin among undated texts, beside those of the rivals of the others. Without times, by fits without
# them, the edges of bench/train score best from -2 to 2; lower is more hopeful.
ORIGIN = -2.0
# What a rival loses, in log-odds, where times do not tell and a language model left text in it and none in the child:
# of 33 such pairs of bench/train 29 are the other way round.
LEFT = 2.0
# Log-odds, by the wording, that a later text was first, from which the times are doubted. Of versions and parents, by
# fits without them, 2 of 192 of bench/train have so much, 8 of 2,208 of our dossiers and 2 of 1,080 rewrites; were
# their times exchanged, 127, 1,805 and 929 would (training.precedence --check).
DOUBTFUL = 3.0
NEVER = 60.0  # what it costs, in log-probability, to call a document an origin that was judged to be made from another
LEFT_ALONE = "text of a language model in the version and none in the parent"
ROOT = ""  # the imagined root of an arborescence

KinOf = Callable[[str, str], Kin | None]  # the judgement of two documents by id, in any order; None: never compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What people decided of where a document comes from: parents that they set, those that they rejected, and what
    was made from it by their word, which is none of its parents either."""

    parents: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parents or self.rejected or self.below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """What one document shows of where it comes from. It depends on the document and its rivals alone."""

    child: str
    made: float  # probability that it was made from one of the rivals
    direct: float  # probability that the likeliest is its very parent
    shares: Mapping[str, float]  # rival -> probability that it is the parent, if one is
    evidence: Mapping[str, tuple[tuple[str, float], ...]]
    seconds: Mapping[tuple[str, str], float]  # (first parent, other) -> probability that the other is a parent too
    undated: bool  # some rival may as well be younger
    older: frozenset[str] | None = None  # rivals that are surely older; None where it has itself no time
    sure: float = 0.0  # probability, by these alone, that it was made from one of them
    level: float = 0.0  # of an undated one, the log-odds that its rivals have together: documents compare by it
    ruled: Ruled = Ruled()
    parted: Mapping[str, float] = field(default_factory=dict)  # rejected parent -> probability without the rejection


def alone(child: str) -> Descent:
    """The descent of a document that is kin to none."""
    return Descent(child=child, made=0.0, direct=0.0, shares={}, evidence={}, seconds={}, undated=False)


def as_ruled(found: Descent, left: Descent, ruled: Ruled) -> Descent:
    """The descent of a document of which people decided: `found` among all its rivals, `left` without those that they
    rejected. What they set takes the place of what was found, unless it is one of two parents that were."""
    parted = {k: round(found.made * found.shares[k], 4) for k in ruled.rejected if k in found.shares}
    evidence = {k: v for k, v in found.evidence.items() if k in parted} | dict(left.evidence)
    told = replace(left, ruled=ruled, parted=parted, evidence=evidence)
    if not ruled.parents:
        return told
    first = _likeliest(left.shares) if left.made >= JOINED and left.direct >= DIRECT else None
    second = second_parent(left, first) if first else None
    if first and second and set(ruled.parents) < {first, second[0]}:
        made, other = max(JOINED, left.made * left.shares[first]), (first, second[0])
        seconds = {other: min(1.0, second[1] * left.made / made)}
    else:
        first, made, seconds = max(ruled.parents, key=lambda k: (left.shares.get(k, 0.0), k)), 1.0, {}
    shares = {first: 1.0}
    return replace(told, made=made, direct=1.0, shares=shares, seconds=seconds, undated=False, sure=1.0, level=0.0)


def oriented(pair: Kin, other: Witness, child: Witness) -> Kin:
    """The pair of two with `child` as the later, and as likely as it is."""
    if pair.later == child.id:
        return pair
    return replace(pair, earlier=other.id, later=child.id, shared=shared(other, child))


def descent(child: Witness, around: Sequence[tuple[Witness, Kin]], kin_of: KinOf, fitted: Weights) -> Descent:
    """Where `child` comes from, given the documents `around` it that are kin to it by `RIVAL` or more.

    What times tell of some rivals others cannot take away: of those that are surely older the likeliest is chosen among
    them alone, by the weights for times that are known. What they have together beside the others, which may be younger
    than the child, is by the weights for times that are not."""
    near = sorted(
        ((w, oriented(p, w, child)) for w, p in around if p.probability >= RIVAL and _may_be_older(w, child)),
        key=lambda pair: pair[0].id,
    )
    if not near:
        return alone(child.id)
    dated = [(w, p) for w, p in near if is_before(w, child)]
    whole = _choice(child, near, fitted)
    known = whole if len(dated) == len(near) else _choice(child, dated, fitted) if dated else None
    shares, made, direct, rows = dict(whole.shares), whole.made, whole.direct, dict(whole.rows)
    seconds: dict[tuple[str, str], float] = {}
    if known:
        theirs = math.fsum(shares[k] for k in known.shares)
        shares |= {k: theirs * s for k, s in known.shares.items()}
        rows |= known.rows
        made = max(made, known.made)
        direct = known.direct if _likeliest(shares) in known.shares else direct
        seconds = _seconds(child, near, _likeliest(known.shares), known.shares, kin_of, fitted)
    likeliest = _likeliest(shares)
    # what names the other as where it has it from came after it, whatever its wording says
    against = [
        -precedence(w, child, p, fitted)
        for w, p in dated
        if w.id == likeliest and not credits_other(child.document, w.document)
    ]
    return Descent(
        child=child.id,
        made=made,
        direct=direct,
        shares=shares,
        evidence={
            w.id: (
                *_evidence(p, rows[w.id]),
                *([(LEFT_ALONE, 1.0)] if _left(child, w) else []),
                *([(CORRECTS, 1.0)] if child.corrects else []),
                *([(WORDED, round(whole.worded[w.id], 4))] if w.id in whole.worded else []),
                *((AGAINST_TIME, round(chance(x), 4)) for x in against if x >= DOUBTFUL and w.id == likeliest),
            )
            for w, p in near
        },
        seconds=seconds,
        undated=known is not whole,
        older=None if child.time is None else frozenset(w.id for w, _ in dated),
        sure=known.made if known else 0.0,
        level=whole.level,
    )


def _left(child: Witness, other: Witness) -> bool:
    """Whether what a language model left in the child alone tells it from another that times do not tell is older."""
    return child.generated and not other.generated and not is_before(other, child)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """Which of some rivals a document was made from, if from one of them (`Descent`)."""

    made: float
    direct: float
    shares: Mapping[str, float]
    rows: Mapping[str, Mapping[str, float]]  # rival -> its standing
    level: float
    worded: Mapping[str, float]  # rival that may as well be younger -> probability, by its wording, that it was first


def _choice(child: Witness, near: Sequence[tuple[Witness, Kin]], fitted: Weights) -> _Choice:
    """The choice among rivals, each with its pair, by the weights for known times where all are surely older.

    Of one that may as well be younger the chance that it was first, by the wording, is a factor.
    """
    rivals, pairs = [w for w, _ in near], [p for _, p in near]
    older = [is_before(w, child) for w in rivals]
    rows = standing(child, rivals, pairs)
    scores = [log_odds(fitted.parent if all(older) else fitted.undated, row) for row in rows]
    if not child.generated:
        scores = [s - LEFT * (w.generated and not known) for s, w, known in zip(scores, rivals, older, strict=True)]
    alike, _ = _raised(scores)
    row = derivation(child, rivals, pairs, rows, alike)
    made = log_odds(fitted.made, row)
    if len(rivals) == 1:
        made = (made + rows[0]["kin"]) / 2  # nothing to compare: the pair's own judgement counts half
    worded = {w.id: chance(precedence(w, child, p, fitted)) for w, p in near if _is_open(w, child)}
    # what another is nearer to by far is no parent, however sure it is that it was first: not every text has one
    possible = [known or s >= UNLIKELY * max(alike) for s, known in zip(alike, older, strict=True)]
    shares, level = _raised(
        [
            s + math.log(worded.get(w.id, 1.0)) if ok else -math.inf
            for s, w, ok in zip(scores, rivals, possible, strict=True)
        ]
    )
    return _Choice(
        made=chance(made),
        direct=chance(log_odds(fitted.direct, row)),
        shares={w.id: s for w, s in zip(rivals, shares, strict=True)},
        rows={w.id: row for w, row in zip(rivals, rows, strict=True)},
        level=0.0 if all(older) else level,
        worded=worded,
    )


def _raised(scores: Sequence[float]) -> tuple[list[float], float]:
    """The shares of all weight that log-weights have, and the logarithm of that weight."""
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    return [x / sum(raised) for x in raised], top + math.log(math.fsum(raised))


def _likeliest(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda k: (shares[k], k))


def _seconds(
    child: Witness,
    near: Sequence[tuple[Witness, Kin]],
    first: str,
    older: Collection[str],
    kin_of: KinOf,
    fitted: Weights,
) -> dict[tuple[str, str], float]:
    """How likely each rival that is surely older is a parent beside `first`; another may as well be a child."""
    rivals = {w.id: w for w, _ in near}
    by_id = {p.earlier: p for _, p in near}
    found = {}
    for k in older:
        if k != first and (link := kin_of(first, k)):
            rest = [w for w in rivals.values() if w.id not in (first, k)]
            seen = addition(child, rivals[first], rivals[k], rest, by_id, link)
            found[first, k] = chance(log_odds(fitted.second, seen))
    return found


def _may_be_older(one: Witness, other: Witness) -> bool:
    """Whether `other` can have been made from `one`: neither its time nor, where times do not tell, the text says that
    it is older."""
    return not is_before(other, one) and (is_before(one, other) or not _says_older(other, one))


def _is_open(one: Witness, other: Witness) -> bool:
    """Whether neither times nor the texts say which of two is older, so that either may come from the other."""
    return not is_before(one, other) and _may_be_older(one, other) and _may_be_older(other, one)


def _says_older(one: Witness, other: Witness) -> bool:
    """Whether the texts say that `one` is older than `other`: by credit (a text that names another's outlet came after
    it), else by the days of their datelines."""
    credited = credits_other(other.document, one.document), credits_other(one.document, other.document)
    if credited[0] != credited[1]:
        return credited[0]
    days = one.day.until(other.day) if one.day and other.day else None
    # an outlet's day may have begun the evening before, by the clock of another's time
    return days is not None and days > (0 if one.time is None and other.time is None else 1)


def _evidence(pair: Kin, row: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """What an edge shows for itself: the share of the pair, and what only this parent explains."""
    seen = pair.shared
    shown = {
        "kin": pair.probability,
        "copy": pair.copy,
        "quotes found in the parent": seen.quotes_child,
        "own words found in the parent": seen.own_child,
        "told in the parent's order": seen.order,
        "content found in the parent": seen.told_child,
        "runs of words that only this parent has": math.expm1(row["runs_alone"]),
        "numbers that only this parent has": math.expm1(row["values_alone"]),
        "numbers of the version that another text has and the parent tells otherwise": math.expm1(
            row["values_changed"]
        ),
        "credited": row["credited"],
    }
    return tuple((name, round(value, 4)) for name, value in shown.items())


def arborescence(nodes: Sequence[str], score: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """child -> parent of the spanning arborescence from `ROOT` with the highest sum of `score[parent, child]`.

    Chu and Liu's algorithm: every node takes its best edge; circles are shrunk to one node each and the rest solved
    again. Equal scores are settled by id, so that the order in which documents came never shows.
    """
    edges = dict(score)
    shrunk_by: list[tuple[dict[str, str], list[list[str]], dict[tuple[str, str], tuple[str, str]]]] = []
    while True:
        into: dict[str, list[tuple[float, bool, str]]] = defaultdict(list)
        for (parent, child), s in edges.items():
            into[child].append((s, parent != ROOT, parent))
        best = {node: max(into[node])[2] for node in nodes}
        circles = _circles(nodes, best)
        if not circles:
            break
        home = {n: "\x00" + "\x00".join(sorted(c)) for c in circles for n in c}  # no document's id
        shrunk: dict[tuple[str, str], float] = {}
        chosen: dict[tuple[str, str], tuple[str, str]] = {}
        for (parent, child), s in sorted(edges.items()):
            one, other = home.get(parent, parent), home.get(child, child)
            gain = s - edges[best[child], child] if child in home else s
            if one != other and ((one, other) not in shrunk or gain > shrunk[one, other]):
                shrunk[one, other] = gain
                chosen[one, other] = (parent, child)
        shrunk_by.append((best, circles, chosen))
        nodes = [*(n for n in nodes if n not in home), *dict.fromkeys(home[c[0]] for c in circles)]
        edges = shrunk
    for inside, circles, chosen in reversed(shrunk_by):
        taken = (chosen[parent, child] for child, parent in best.items())
        best = {n: inside[n] for c in circles for n in c} | {child: parent for parent, child in taken}
    return best


def _circles(nodes: Sequence[str], parent: Mapping[str, str]) -> list[list[str]]:
    seen: dict[str, str] = {ROOT: ROOT}  # node -> the node from which it was first reached
    found = []
    for start in nodes:
        at, path = start, []
        while at not in seen:
            seen[at] = start
            path.append(at)
            at = parent[at]
        if at != ROOT and seen[at] == start:
            found.append(path[path.index(at) :])
    return found


def possible(descent: Descent) -> tuple[str, ...]:
    """The documents that `descent` may hang on: none where it stands by itself. What people decided holds it too."""
    ruled = (*descent.ruled.parents, *descent.parted)
    if descent.made < JOINED:
        return ruled
    firsts = sorted({first for first, _ in descent.seconds})
    seconds = (found[0] for first in firsts if (found := second_parent(descent, first)))
    return tuple(dict.fromkeys((*descent.shares, *seconds, *ruled)))


def second_parent(descent: Descent, first: str) -> tuple[str, float] | None:
    """The likeliest second parent beside `first`, and the probability that there is one.

    A copy or a rewrite of it explains what it explains, so that the chances are divided among them: that one of them
    is the other parent is as likely as all together, and it is the likeliest of them 9 times in 10.
    """
    found = [(p, other) for (one, other), p in descent.seconds.items() if one == first and p >= STRANGER]
    chance = min(1.0, math.fsum(p for p, _ in found))
    return (max(found)[1], chance) if chance >= SECOND else None


def stemma(descents: Mapping[str, Descent], kin_of: KinOf) -> tuple[Family, ...]:
    """The families among documents that may hang together, each with its tree."""
    nodes = sorted(descents)
    parent = _parents(nodes, descents)
    doubtful = _among_all_trees(nodes, descents)
    edges: dict[str, list[Edge]] = defaultdict(list)
    siblings: list[tuple[str, str, float]] = []
    joins: list[tuple[str, str]] = []
    also: list[tuple[str, str]] = []
    for child in nodes:
        first, d = parent.get(child), descents[child]
        for k, likely in d.parted.items():
            shown = (*d.evidence[k], (PARTED, 1.0))
            edges[child].append(Edge(parent=k, child=child, score=likely, evidence=shown))
            # what is found elsewhere now stays there, and stands beside that one too, as a digest does
            (joins if first is None else also).append((k, child))
        for k in d.ruled.parents:
            shown = (*(x for x in d.evidence.get(k, ()) if x[0] not in (WORDED, AGAINST_TIME)), (SET, 1.0))
            edges[child].append(Edge(parent=k, child=child, score=1.0, evidence=shown))
            joins.append((k, child))
        if first is None:
            continue
        if d.direct < DIRECT:
            siblings.append((first, child, d.made * (1 - d.direct)))
            joins.append((first, child))
            continue
        second = second_parent(d, first)
        if second and (second[0] not in descents or parent.get(second[0]) == child):
            second = None
        turned = _turned(first, d, descents[first], doubtful)
        tied = tuple(sorted(o for o, s in d.shares.items() if o != first and s >= TIE * d.shares[first]))
        # what it has from a second parent the first lacks, as if it were the older
        evidence = {k: tuple(x for x in told if x[0] != AGAINST_TIME or not second) for k, told in d.evidence.items()}
        if first not in d.ruled.parents:
            edges[child].append(
                Edge(
                    parent=first,
                    child=child,
                    score=round(d.made * doubtful.get((first, child), d.shares[first]), 4),
                    tied=tied,
                    evidence=evidence[first] + (() if turned is None else ((TURNED, turned),)),
                )
            )
            joins.append((first, child))
        if second is None or second[0] in d.ruled.parents:
            continue
        other, p = second
        edges[child].append(Edge(parent=other, child=child, score=round(d.made * p, 4), evidence=evidence[other]))
        link = kin_of(first, other)
        (joins if link and _same_event(link) else also).append((other, child))
    undated = {child for child in nodes if _is_placed_by_text(descents[child], doubtful)}
    return _families(nodes, joins, also, edges, siblings, undated)


def _is_placed_by_text(d: Descent, doubtful: Mapping[tuple[str, str], float]) -> bool:
    """Whether times do not settle the place of a document: it has none, or comes likely enough from another that may
    as well be younger."""
    if not d.undated or d.older is None:
        return d.undated
    doubts = (d.made * doubtful.get((k, d.child), s) for k, s in d.shares.items() if k not in d.older)
    return max(doubts) >= UNLIKELY


def _turned(parent: str, child: Descent, of_parent: Descent, doubtful: Mapping[tuple[str, str], float]) -> float | None:
    """The probability that `parent` was made from `child`; None where the times, the texts' own words or what a
    language model left say that it was not, or where it is another that `parent` was made from."""
    share, name = of_parent.shares.get(child.child, 0.0), child.child
    if share <= UNLIKELY * max(of_parent.shares.values(), default=0.0) or LEFT_ALONE in dict(child.evidence[parent]):
        return None
    return round(of_parent.made * doubtful.get((name, parent), share), 4)


def _same_event(link: Kin) -> bool:
    """Whether two parents of one version tell one event; a round-up of two stories welds neither to the other."""
    return max(link.shared.names_child, link.shared.names_parent) >= SAME_EVENT


def _parents(nodes: Sequence[str], descents: Mapping[str, Descent]) -> dict[str, str]:
    """child -> parent, for those that have one. None has an ancestor that is surely younger, over whatever texts
    without a time: of the edges between the two the least likely is left out.

    With half of the times taken away, of thirty families of bench/train and 337 dossiers two would have one. What is
    left out then is two wrong edges and two right ones; what comes in their place one of each.
    """
    barred: set[tuple[str, str]] = set()
    while True:
        found = _likeliest_tree(nodes, descents, barred)
        against = {edge for child in nodes if (edge := _against_time(child, found, descents))}
        if not against:
            return found
        barred |= against


def _against_time(child: str, parent: Mapping[str, str], descents: Mapping[str, Descent]) -> tuple[str, str] | None:
    """The least likely edge between `child` and an ancestor that is surely younger; None where there is none."""
    path = []
    at = child
    while at in parent:
        if parent[at] not in descents[at].ruled.parents:
            path.append((parent[at], at))
        at = parent[at]
        if path and child in (descents[at].older or ()):
            return min(path, key=lambda e: (descents[e[1]].made * descents[e[1]].shares.get(e[0], 0.0), e))
    return None


def _likeliest_tree(
    nodes: Sequence[str], descents: Mapping[str, Descent], barred: Set[tuple[str, str]]
) -> dict[str, str]:
    """child -> parent, with none of the edges that are barred."""
    score: dict[tuple[str, str], float] = {}
    for child in nodes:
        d = descents[child]
        # what has a version that is surely older is an origin least of all, but for one whose parent a person set
        never = 4 * NEVER if d.ruled.parents else 2 * NEVER if _is_later(d) else NEVER
        score[ROOT, child] = 0.0 if d.made < JOINED else -never
        for rival, odds in _believed(d, descents).items():
            if (rival, child) not in barred:
                score[rival, child] = odds
    found = arborescence(nodes, score)
    return {child: p for child, p in found.items() if p != ROOT}


def _believed(d: Descent, descents: Mapping[str, Descent]) -> dict[str, float]:
    """The rivals that a document may hang on and their log-odds, none where it stands by itself."""
    if d.made < JOINED:
        return {}
    least = UNLIKELY * max(d.shares.values(), default=0.0)
    return {
        rival: d.level + math.log(max(1e-9, share))
        for rival, share in d.shares.items()
        if rival in descents and share > 0 and (share >= least or (_is_later(d) and rival in (d.older or ())))
    }


def _is_later(d: Descent) -> bool:
    """Whether a document was made from one that is surely older, so that it is no origin, whatever others may be."""
    return not d.undated or d.sure >= JOINED


def _among_all_trees(nodes: Sequence[str], descents: Mapping[str, Descent]) -> dict[tuple[str, str], float]:
    """(parent, child) -> the share of all trees, by their weight, that the edge is in; of children without times."""
    every = {c: _believed(descents[c], descents) for c in nodes if descents[c].undated}
    held = {c: odds for c, odds in every.items() if odds}
    place = {c: k for k, c in enumerate(held)}
    laplacian = np.zeros((len(held), len(held)))
    weight: dict[tuple[str, str], float] = {}
    for child, odds in held.items():
        k, top = place[child], max(odds.values())
        # as good as none for one that is no origin, and enough to solve by
        laplacian[k, k] = 1e-12 if _is_later(descents[child]) else max(1e-9, math.exp(min(30.0, ORIGIN - top)))
        for rival, o in odds.items():
            weight[rival, child] = w = math.exp(o - top)
            laplacian[k, k] += w
            if rival in place:  # any other is a root itself, or surely older than the child
                laplacian[place[rival], k] -= w
    inverse = np.linalg.inv(laplacian)
    found = {}
    for (parent, child), w in weight.items():
        k = place[child]
        share = w * (inverse[k, k] - (inverse[k, place[parent]] if parent in place else 0.0))
        found[parent, child] = min(1.0, max(0.0, float(share)))
    return found


def _families(
    nodes: Sequence[str],
    joins: Sequence[tuple[str, str]],
    also: Sequence[tuple[str, str]],
    edges: Mapping[str, Sequence[Edge]],
    siblings: Sequence[tuple[str, str, float]],
    undated: Set[str],
) -> tuple[Family, ...]:
    groups = Groups(nodes)
    for a, b in joins:
        groups.join(a, b)
    home = groups.roots()
    members: dict[str, set[str]] = defaultdict(set)
    for n in nodes:
        members[home[n]].add(n)
    for parent, child in also:  # the digest stands in both families; its two stories stay apart
        members[home[parent]].add(child)
    found = []
    for key, group in sorted(members.items()):
        if len(group) < 2:
            continue
        mine = [e for c in sorted(group) for e in edges.get(c, ()) if e.parent in group]
        lost = [(a, b, s) for a, b, s in siblings if home[b] == key]
        found.append(
            Family(
                id=content_id("family", *sorted(group)),
                documents=tuple(sorted(group)),
                edges=tuple(sorted(mine, key=lambda e: (e.child, -e.score, e.parent))),
                lost=tuple(
                    LostAncestor(id=content_id("lost", a, b), children=tuple(sorted((a, b))), score=round(s, 4))
                    for a, b, s in lost
                ),
                undated=tuple(sorted(group & undated)),
            )
        )
    return tuple(found)
