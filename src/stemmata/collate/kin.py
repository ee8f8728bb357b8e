"""Kin: was one of two documents made from the other, or both from one text? Evidence with names, and a probability.

Two newsrooms at one press conference share quotations, names and numbers; they share neither each other's sentences
nor their order. A rewrite takes over what its parent selected, brings little of its own, and keeps the order. What is
shared is weighed by rarity. A page that carries another story whole inside its own is kin by its best passage.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from stemmata.collate.credited import credits_other
from stemmata.collate.witness import Rarity, Witness
from stemmata.model import Document
from stemmata.weighing import chance

Relation = Literal["copy", "rewrite", "independent"]

ALIGNED = 0.3  # share of a sentence's weight from which another tells it (looked at on bench/train: 0.3 to 0.5 alike)
PLAIN = 1.0  # rarity under which a stem says nothing: it is in more than a third of news texts
WEEK = 7.0  # days after which a further day tells nothing more
UNDATED = 2.0  # days taken where no time or dateline tells: as far from rewrites of bench/train as from its reactions
FEW = 3  # things in order that prove half of what many prove: two stand in order by chance
NOTHING = 0.08  # under this share a sentence is not told at all: of 0.08, 0.15 and 0.25 it parts kin best on the folds
COVERS = 128  # of pairs kept, told sentence by sentence: a document is held against its rivals (40 at most) many times
PARTICULAR = 15.0  # rarity of names and numbers from which a text has enough to be known by them: two and a number
# Share of its names and numbers, by rarity, up to which a text has another's by chance: 0 to 0.24 of 396 pairs of six
# forms of our own. Of 3,865 versions of bench, training/ and data two have so little of their parent's and more of its
# runs of words: one took that from a second text, one is a passage out of it.
STRANGE = 0.25
# ... and how far the share of its runs of words is above that share where it has up to half of them, as a weekly report
# of one town and one minister has: none more of those versions (six copies cut out of others are nearest, at 0.11).
FORMED, HALF = 0.15, 0.5
OWN = 0.5  # a sentence is in the outlet's own voice when less of it stands in quotation marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What two documents have in common: every number a share from 0 to 1 unless it says otherwise.

    `..._child`: of what the later document has, how much is in the earlier; `..._parent`: the other way.
    """

    names_child: float  # rare names, by weight
    names_parent: float
    names_new: float  # rare names of the later that the earlier has not, as log(1 + n)
    names_left: float  # rare names of the earlier that the later has not, as log(1 + n)
    numbers_child: float
    numbers_parent: float
    numbers_new: float  # as with the names
    numbers_left: float
    quotes_child: float  # words of its quotations that the other has in the same order
    quotes_parent: float
    quotes_new: float  # quotations of the later that the earlier has not, as log(1 + n)
    quotes_left: float  # quotations of the earlier that the later has not, as log(1 + n)
    quotes_order: float  # of the quotations of both, how many stand in the same order; less where they are few
    topics_child: float  # telling words that the text comes back to, by weight
    topics_parent: float
    details_child: float  # telling words that stand once, outside quotation marks
    details_parent: float
    details_order: float  # of these, how many stand in the same order in both; less where they are few
    facts_child: float  # pairs of rare words in one sentence, outside quotation marks
    facts_parent: float
    runs_child: float  # shingles of four words
    runs_parent: float
    own_child: float  # shingles outside quotation marks
    own_parent: float
    told_child: float  # sentences that one sentence of the other tells, by weight
    told_parent: float
    said_child: float  # of those in quotation marks, told by some sentence of the other, quoted or not
    said_parent: float
    half_child: float  # the best-told half of the text
    half_parent: float
    voice_new: float  # sentences in the later outlet's own voice of which the earlier tells nothing, as log(1 + n)
    voice_left: float  # the other way
    own_told: float  # sentences in the outlet's own voice that the earlier tells, as log(1 + n)
    order: float  # of these, how many stand in the same order
    size: float  # rare words of the smaller of the two, as log(1 + n): little can be known of a short text
    days: float  # between the two, as log(1 + n), at most a week; two days where it is not known
    credit: float  # 1 where the later names the earlier's outlet


NAMES: tuple[str, ...] = tuple(f.name for f in fields(Shared))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """The judgement of a pair, earlier document first, and what it rests on."""

    earlier: str
    later: str
    probability: float  # that both come from one text
    copy: float  # that one is a copy of the other, word for word but for cuts
    shared: Shared

    @property
    def relation(self) -> Relation:
        """What the two are to each other, as is likeliest."""
        if self.probability < 0.5:
            return "independent"
        return "copy" if self.copy >= 0.5 else "rewrite"


# Of a logistic regression: evidence -> (knot, slope) of a broken line: slope * (value - knot) from the knot on.
# "constant" has one slope. So a coefficient can be read off, and more of an evidence need not count ever the same.
FITTED = ("kin", "copy", "parent", "undated", "made", "direct", "second")
Lines = Mapping[str, Sequence[tuple[float, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What training/kin.py fitted (weights/kin.json): slopes by the name of the evidence, and rarities."""

    kin: Lines
    copy: Lines
    parent: Lines  # which of several rivals, where times are known
    undated: Lines  # which of several, where they are not
    made: Lines  # whether any of them
    direct: Lines  # whether the likeliest is the very parent, rather than made from the same lost version
    second: Lines  # whether another one too
    first: Mapping[str, float]  # evidence -> slope: which of two came first, where times do not tell (precedence.py)
    retelling: Mapping[str, float]  # stem -> how far its use speaks for a text that retells another
    rarity: Rarity
    unknown: float  # the rarity of a word that is not in the table

    def witness(self, document: Document) -> Witness:
        """The document read for comparison, with these rarities."""
        return Witness(document, self.rarity, self.unknown)


@cache
def weights() -> Weights:
    """The weights that come with the package."""
    return weights_of(json.loads((files("stemmata") / "weights" / "kin.json").read_text("utf-8")))


def weights_of(row: Mapping[str, Any]) -> Weights:
    """Weights from the row of kin.json, where words stand in one string by their value in hundredths."""
    fitted = {name: row[name] for name in (*FITTED, "first")}
    return Weights(
        **fitted, rarity=_by_word(row["rarity"]), retelling=_by_word(row["retelling"]), unknown=row["unknown"]
    )


def _by_word(packed: Mapping[str, str]) -> dict[str, float]:
    return {word: int(value) / 100 for value, words in packed.items() for word in words.split()}


def log_odds(lines: Lines, evidence: Mapping[str, float]) -> float:
    """The sum of what each evidence adds: the logarithm of the odds."""
    total = 0.0
    for name, line in lines.items():
        value = 1.0 if name == "constant" else evidence[name]
        total += sum(slope * max(0.0, value - knot) for knot, slope in line)
    return total


def shared(earlier: Witness, later: Witness) -> Shared:
    """The evidence of a pair."""
    row: dict[str, float] = {}
    for mine, other, had, lacks in ((later, earlier, "child", "new"), (earlier, later, "parent", "left")):
        shares, strange = _held(mine, other)
        row |= {f"{name}_{had}": x for name, x in shares.items()}
        row |= {f"{name}_{lacks}": math.log1p(n) for name, n in strange.items()}
    details = sorted(later.details.keys() & earlier.details.keys(), key=later.details.__getitem__)
    # sentences of the earlier that tell those in the later outlet's own voice, in the order of the later
    places = [c.place for c in covers(later, earlier) if not c.quoted and c.share >= ALIGNED]
    return Shared(
        **row,
        quotes_order=_quotes_in_order(later, earlier),
        details_order=in_order([earlier.details[s] for s in details]) * len(details) / (len(details) + FEW),
        own_told=math.log1p(len(places)),
        order=in_order(places),
        size=math.log1p(min(len(earlier.rare), len(later.rare))),
        days=math.log1p(_days(earlier, later)),
        credit=float(credits_other(later.document, earlier.document)),
    )


def _held(mine: Witness, other: Witness) -> tuple[dict[str, float], dict[str, int]]:
    """How much of a document the other has, as shares by name; and how many things of it the other has not."""
    numbers = len(mine.numbers & other.numbers)
    found = covers(mine, other)
    told, weight = [c.share * c.weight for c in found], [c.weight for c in found]
    said = math.fsum(t for t, c in zip(told, found, strict=True) if c.quoted) + 1.0
    spoken = math.fsum(c.weight for c in found if c.quoted) + 4.0
    shares = {
        "names": _weighed(mine.names & other.rare, mine.names, mine),
        "numbers": _share(numbers, len(mine.numbers)),
        "quotes": _quoted(mine, other),
        "topics": _topical(mine, other),
        "details": len(mine.details.keys() & other.details.keys()) / (len(mine.details) + 3),
        "facts": _part(mine.facts & other.facts, mine.facts),
        "runs": _part(mine.runs & other.runs, mine.runs),
        "own": _part(mine.own_runs & other.runs, mine.own_runs),
        "told": math.fsum(told) / (math.fsum(weight) + 10),
        "said": said / spoken,
        "half": _passage(told, weight, (len(found) + 1) // 2),
    }
    return shares, {
        "names": len(mine.names - other.rare),
        "numbers": len(mine.numbers) - numbers,
        "quotes": unheard(mine, other.triples),
        "voice": sum(c.share < NOTHING for c in found if not c.quoted),
    }


def likeness(seen: Shared) -> dict[str, float]:
    """The evidence as the regressions take it: most rewrites share few runs of words, so their root is taken."""
    row = {name: getattr(seen, name) for name in NAMES}
    for name in ("runs", "own", "facts"):
        for side in ("child", "parent"):
            row[f"{name}_{side}"] = math.sqrt(row[f"{name}_{side}"])
    told = math.expm1(row["own_told"])
    row["order"] *= told / (told + FEW)
    return row


def kin(earlier: Witness, later: Witness, fitted: Weights) -> Kin:
    """The judgement of a pair, the first of which came first. Asked the other way round it is another: what a version
    takes over, and in whose order, is asked of the later (`precedence.undated_kin` where no time tells which it is)."""
    seen = shared(earlier, later)
    row = likeness(seen)
    return Kin(
        earlier=earlier.id,
        later=later.id,
        probability=chance(log_odds(fitted.kin, row)),
        copy=chance(log_odds(fitted.copy, row)),
        shared=seen,
    )


def is_form(one: Witness, other: Witness, seen: Shared) -> bool:
    """Whether two texts are one form filled in twice, as notices, match reports and results are: of the names and
    numbers that each has enough of they share hardly any, and of their wording more; or up to half, and of their
    wording much more: a weekly report names its minister every time. A version keeps names and numbers though it
    changes all else; so neither was made from the other."""
    shares = []
    for mine, theirs in ((one, other), (other, one)):
        every = sorted(mine.names | mine.numbers)
        weight = math.fsum(map(mine.weight, every))
        if weight < PARTICULAR:
            return False
        kept = math.fsum(mine.weight(s) for s in every if s in theirs.rare or s in theirs.numbers)
        shares.append(kept / weight)
    most, runs = max(shares), max(seen.runs_child, seen.runs_parent)
    return (most <= STRANGE and most < runs) or (most <= HALF and most + FORMED < runs)


def _weighed(part: frozenset[str], whole: frozenset[str], witness: Witness) -> float:
    """Share of the weight of `whole` that is in `part`; half of it unknown where there is almost nothing to weigh."""
    total = math.fsum(witness.weights[s] for s in whole)
    return (math.fsum(witness.weights[s] for s in part & whole) + 1.0) / (total + 4.0)


def _share(part: int, whole: int) -> float:
    """A share pulled to a quarter where there are few: one number of one proves little."""
    return (part + 0.5) / (whole + 2.0)


def _part(part: Set[object], whole: Set[object]) -> float:
    return len(part) / len(whole) if whole else 0.0


def _days(one: Witness, other: Witness) -> float:
    if one.time is None or other.time is None:
        days = one.day.until(other.day) if one.day and other.day else UNDATED
        return WEEK if days is None else min(abs(days), WEEK)
    return min(abs(one.time - other.time) / 86400, WEEK)


def _topical(mine: Witness, other: Witness) -> float:
    """Share of my topics, by weight, that the other has in whatever place."""
    found = math.fsum(w for s, w in mine.topics.items() if s in other.weights)
    return found / (math.fsum(mine.topics.values()) + 10)


def _quoted(mine: Witness, other: Witness) -> float:
    """Of the words in my quotations, the share that the other has, in runs of three."""
    runs = [run for quoted in mine.quote_runs for run in quoted]
    return (sum(run in other.triples for run in runs) + 0.5) / (len(runs) + 2.0)


def _quotes_in_order(mine: Witness, other: Witness) -> float:
    """Two who heard one speech quote it in their own order; a rewrite mostly keeps that of its parent."""
    first: dict[int, int] = {}
    for place, runs in enumerate(other.quote_runs):
        for run in runs:
            first.setdefault(run, place)
    heard = (next((first[run] for run in runs if run in first), None) for runs in mine.quote_runs)
    places = [place for place in heard if place is not None]
    return in_order(places) * len(places) / (len(places) + 2)


def unheard(witness: Witness, known: Set[int]) -> int:
    """How many quotations have less than a third of their runs of three words among `known`."""
    return sum(3 * sum(run in known for run in runs) < len(runs) for runs in witness.quote_runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """How much of one sentence the best sentence of another document tells."""

    at: int  # which sentence it is
    share: float  # of its weight
    weight: float
    place: int  # which sentence of the other that is
    quoted: bool  # most of it stands in quotation marks


@lru_cache(COVERS)
def covers(mine: Witness, other: Witness) -> tuple[Cover, ...]:
    """Sentence by sentence, how much of `mine` the other tells; sentences of grammar alone are left out."""
    holds: dict[str, list[int]] = defaultdict(list)
    for k, sentence in enumerate(other.sentences):
        for s in sentence.stems:
            if mine.weights.get(s, 0.0) >= PLAIN:
                holds[s].append(k)
    found: list[Cover] = []
    for at, sentence in enumerate(mine.sentences):
        # in the order of the words: a sum over a set depends on the order in which Python holds it, and ties on the sum
        stems = dict.fromkeys(mine.stems[sentence.first : sentence.last])
        telling = [s for s in stems if mine.weights[s] >= PLAIN]
        weight = 0.0
        overlap: dict[int, float] = defaultdict(float)
        for s in telling:
            weight += mine.apart[s]
            for k in holds.get(s, ()):
                overlap[k] += min(mine.apart[s], other.apart[s])
        if weight:
            best, negative = max(((v, -k) for k, v in overlap.items()), default=(0.0, 0))
            found.append(
                Cover(at=at, share=best / weight, weight=weight, place=-negative, quoted=sentence.quoted >= OWN)
            )
    return tuple(found)


def _passage(told: Sequence[float], weight: Sequence[float], length: int) -> float:
    """The share told of the best-told `length` sentences in a row."""
    shares = (
        sum(told[k : k + length]) / whole
        for k in range(len(told) - length + 1)
        if (whole := sum(weight[k : k + length]))
    )
    return max(shares, default=0.0)


def in_order(places: Sequence[int]) -> float:
    """Share of `places` on a longest run that never goes back (patience sorting); nothing shared has no order."""
    piles: list[int] = []
    for place in places:
        at = bisect_left(piles, place + 1)
        piles[at : at + 1] = [place]
    return len(piles) / len(places) if places else 0.0
