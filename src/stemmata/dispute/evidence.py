"""What speaks for one statement answering another: named numbers, read off the two statements and their documents."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING

import numpy as np

from stemmata.dispute.told import CUES, Reading, Utterance
from stemmata.language.force import opposed
from stemmata.language.senses import senses, senses_near
from stemmata.language.values import compared
from stemmata.language.wording import common_run, weight

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

ANSWERING = frozenset(("denies", "rejects", "corrects", "answers"))
ANSWERED = ("assert", "accuse", "criticise", "deny", "predict", "promise", "propose", "threaten", "urge", "warn")
FAR = 20  # statements between two claims from which it is all the same how many


def alone(t: Utterance) -> dict[str, float]:
    """How far a statement by itself looks like an answer to another."""
    s = t.statement
    negated = len(t.negators)
    cues = {f"by cue {x}": float(x in t.cues) for x in CUES}
    acts = {f"by act {x}": float(s.act == x) for x in ("deny", "assert", "criticise", "accuse", "predict")}
    return (
        cues
        | acts
        | {
            "by negated": float(negated > 0),
            "by verdict": float(t.verdict),
            "by disowning": float(t.disowning),
            "by value contrast": float(t.value_contrast),
            "by contrast": float(t.contrast),
            "by target": float(bool(t.targets)),
            "by pointing": float(t.pointing),
            "by short": float(t.short),
            "by first person": float(t.first_person),
            "by numbers": float(bool(t.quantities)),
            "by no cue": float(s.cue is None),
            "by outlet": float(s.sourcing == "outlet"),
            "by denying and negated": float(t.denying and negated > 0),
            "by words": math.log1p(len(t.stems)),
        }
    )


def document_evidence(reading: Reading) -> dict[str, float]:
    """How much of a document answers: the other side's reply is full of denials."""
    told = reading.told
    n = len(told)
    return {
        "document denies": sum(t.statement.act == "deny" for t in told) / n,
        "document's cues": sum(bool(t.cues & ANSWERING) for t in told) / n,
        "document negates": sum(bool(t.negators) for t in told) / n,
        "document's verdicts": sum(t.verdict or t.disowning for t in told) / n,
    }


def first_evidence(t: Utterance, versions: int, *, made: bool, origin: bool) -> dict[str, float]:
    """Where a claim is first told. `made`: in a document made from another, which seldom answers by itself."""
    before = t.reading.told[t.rank - 1] if t.rank else None
    return {
        "by in made": float(made),
        "by in origin": float(origin),
        "by versions": math.log(versions),
        "by place": t.rank / max(1, len(t.reading.told) - 1),
        "by first": float(t.rank == 0),
        "by after denial": float(before is not None and before.denying),
        "by goes on": float(bool(t.went_on)),
    }


def standing(
    by: Utterance, told: Sequence[Utterance], first: Utterance, *, made_from: Set[str], origins: Set[str], here: bool
) -> dict[str, float]:
    """Where the claim that `by` may answer stands: `told` are all its statements and `first` the first of them; `here`:
    one of them is in by's document. `made_from` are the documents made from another, `origins` those that others were
    made from and that were made from none."""
    numbers = [compared(by.quantities, y.quantities) for y in told] if by.quantities else []
    return {
        "of versions": math.log(len(told)),
        "of here": float(here),
        "of leads": float(first.rank == 0),
        "of place": first.rank / max(1, len(first.reading.told) - 1),
        "of in origin": float(first.statement.document in origins),
        "of in made": float(first.statement.document in made_from),
        "any number same": float(any(n.same for n in numbers)),
        "any number alike": float(any(n.alike for n in numbers)),
        "number same and alike": float(any(n.same for n in numbers) and any(n.alike for n in numbers)),
    }


def answered(t: Utterance) -> dict[str, float]:
    """What makes a statement likely to be answered, whoever answers."""
    s = t.statement
    return {f"of act {x}": float(s.act == x) for x in ANSWERED} | {
        "of outlet": float(s.sourcing == "outlet"),
        "of anonymous": float(s.sourcing in ("anonymous", "unnamed-group")),
        "of negated": float(len(t.negators) > 0),
        "of numbers": float(bool(t.quantities)),
        "of words": math.log1p(len(t.stems)),
        "of short": float(t.short),
        "of denying cue": float(bool(t.cues & {"denies", "rejects"})),
    }


def together(a: Utterance, b: Utterance) -> dict[str, float]:
    """The evidence that `a` answers `b`."""
    same_doc = a.reading is b.reading
    rare = Rarity(a, b)
    common = a.heavy & b.heavy
    shared = math.fsum(min(a.weights[w], b.weights[w]) for w in common)
    framed = (a.frame & b.heavy) - a.heavy
    beside = (a.heavy & b.frame) - b.heavy
    soft_a = {w[:5] for w in a.heavy - common if len(w) >= 5}
    soft = sum(1 for w in b.heavy - common if len(w) >= 5 and w[:5] in soft_a)
    numbers = compared(a.quantities, b.quantities)
    run = common_run(a.quoted_words, b.quoted_words) if common else 0
    opposite = opposed(set(a.stems) - set(b.stems), set(b.stems) - set(a.stems))
    polar_a = (len(a.negators) > 0) != bool(a.cues & {"denies"})
    polar_b = (len(b.negators) > 0) != bool(b.cues & {"denies"})
    overlap = shared / min(a.total, b.total)
    sa, sb = a.statement, b.statement
    known = sa.actor is not None and sb.actor is not None
    out = {
        "overlap": overlap,
        "overlap of by": shared / a.total,
        "overlap of of": shared / b.total,
        "told elsewhere": 0.0 if same_doc else shared / max(a.total, b.total),
        "shared": min(shared, 5.0),
        "shared rare": rare.total(common),
        "rarest": rare.best(common),
        "framed": rare.total(framed),
        "beside": rare.total(beside),
        "around": rare.total((a.frame & b.frame) - a.heavy - b.heavy),
        "soft": min(soft, 3) / 3,
        "run": min(run, 8) / 8,
        "numbers same": min(numbers.same, 2) / 2,
        "numbers alike": min(numbers.alike, 2) / 2,
        "numbers other": min(len(numbers.changed) - numbers.alike, 2) / 2,
        "opposed": min(len(opposite), 2) / 2,
        "polarity": float(polar_a != polar_b),
        "polarity and overlap": float(polar_a != polar_b) * overlap,
        "same actor": float(known and sa.actor == sb.actor),
        "other actor": float(known and sa.actor != sb.actor),
        "actor unknown": float(not known),
        "same source": float(bool(a.source & b.source)),
        "by names the other": rare.best((b.called & (a.heavy | a.frame)) - a.called),
        "named before": rare.best((b.called & a.before) - a.called),
        "other names by": rare.best((a.called & (b.heavy | b.frame)) - b.called),
        "by its maker": float(a.names_maker(b)),
        "by source named in of": float(bool(a.source & b.heavy)),
        "before words": rare.total((a.before & b.heavy) - common),
        "just before words": rare.best((a.just_before & b.heavy) - common),
        "block": rare.total((a.block & b.heavy) - common),
        "went on": rare.total((a.went_on & b.heavy) - common),
        "noun fits": float(sb.act in a.target_acts or sb.act in a.frame_targets),
        "noun is source": float(bool(b.source & set(a.stems[:8]) - b.heavy)),
        "same document": float(same_doc),
        "denying overlap": float(a.denying) * overlap,
        "denying rare": float(a.denying) * rare.best(common),
        "numbers alike and rare": float(numbers.alike > 0) * rare.best(common - a.counted),
    }
    if same_doc:
        gap = a.rank - b.rank
        out |= {
            "just before": float(gap == 1),
            "two before": float(gap == 2),
            "before": float(gap > 2),
            "just after": float(gap == -1),
            "after": float(gap < -1),
            "distance": math.log1p(abs(gap)),
            "same sentence": float(a.sentence == b.sentence),
            "next sentence": float(a.sentence - b.last_sentence == 1),
            "just before and short": float(gap == 1) * float(a.short or a.pointing),
            "just before and contrast": float(gap == 1) * float(a.contrast),
            "just before and denying": float(gap == 1) * float(a.denying),
            "just before and other": float(gap == 1) * float(known and sa.actor != sb.actor),
            "just before and same": float(gap == 1) * float(known and sa.actor == sb.actor),
            "nested": float(sa.inside == sb.id or sb.inside == sa.id),
        }
    return out


def nearness(a: Utterance, b: Utterance) -> dict[str, float]:
    """How near in meaning `a`, and what stands before it, is to `b`: what answers seldom repeats the words."""
    mine, theirs = sorted(a.heavy), sorted(b.heavy)
    out = {
        "near, framed": float(_middle(a.around) @ _middle(b.around)),
        "near before": float(_middle(a.just_before - a.heavy) @ _middle(b.heavy)),
    }
    if mine and theirs:
        near = senses_near(senses(mine), senses(theirs))
        near[np.equal.outer(mine, theirs)] = 1.0
        out["near of by"] = float(np.average(near.max(1), weights=[a.weights[w] for w in mine]))
        out["near of of"] = float(np.average(near.max(0), weights=[b.weights[w] for w in theirs]))
    return out


def _middle(stems: Set[str]) -> Floats:
    """The direction in which words point together; zero where none is known."""
    ordered = sorted(stems)
    whole = np.array([weight(w) for w in ordered], np.float32) @ senses(ordered)
    return np.asarray(whole / (np.linalg.norm(whole) + 1e-6), np.float32)


def across(by: Iterable[Utterance], of: Iterable[Utterance]) -> dict[str, float]:
    """How two claims stand to each other in all the versions that tell both."""
    answering, answered = _by_document(by), _by_document(of)
    both = [(mine, answered[k]) for k, mine in answering.items() if k in answered]
    gaps, nexts, blocks = [], 0, 0
    for mine, theirs in both:
        pairs = [(x, y) for x in mine for y in theirs]
        gaps.append(min((x.rank - y.rank for x, y in pairs), key=lambda gap: (gap <= 0, abs(gap))))
        nexts += any(x.rank > y.rank and 0 <= x.sentence - y.last_sentence <= 1 for x, y in pairs)
        at = mine[0].reading.block_of
        blocks += any(at[x.sentence] == at[y.sentence] for x, y in pairs)
    n = max(1, len(both))
    least = min((g for g in gaps if g > 0), default=FAR)
    return {
        "told together": math.log1p(len(both)),
        "together of by": len(both) / len(answering),
        "together of of": len(both) / len(answered),
        "mostly just before": sum(g == 1 for g in gaps) / n,
        "mostly next": nexts / n,
        "mostly one block": blocks / n,
        "mostly after": sum(g < 0 for g in gaps) / n,
        "nearest before": math.log(min(least, FAR)),
    }


def _by_document(told: Iterable[Utterance]) -> dict[str, list[Utterance]]:
    out = defaultdict(list)
    for t in told:
        out[t.statement.document].append(t)
    return out


class Rarity:
    """How rare words are among the statements of the two documents."""

    def __init__(self, a: Utterance, b: Utterance) -> None:
        self.one, self.other = a.reading.spread, b.reading.spread
        self.same = a.reading is b.reading

    def of(self, word: str) -> float:
        """1 for a word that stands in these two statements alone."""
        if self.same:
            return 1 / max(1.0, self.one[word] - 1)
        return 2 / max(2.0, self.one[word] + self.other[word])

    def total(self, words: Set[str]) -> float:
        """The sum over some words, 3 at most."""
        return min(3.0, math.fsum(self.of(w) for w in words))  # the same in any order of a set

    def best(self, words: Set[str]) -> float:
        """The greatest of some words."""
        return max((self.of(w) for w in words), default=0.0)
