"""How firmly a claim is told on either side: doubt and hedges, boosters and softeners, modal verbs, verbs of saying."""

from __future__ import annotations

from collections.abc import Iterable

from stemmata.collate.certainty import LESS_SURE, SURER, less_sure, surer
from stemmata.collate.conditions import doubt_gone, doubt_put, leaves_open
from stemmata.collate.counted import counted
from stemmata.collate.denial import kept_share, unlike
from stemmata.collate.rendering import Rendering, once_a_pair
from stemmata.language.force import KINDS, TONES, Marked, allows, extent, kept_verbs, modals, to_come
from stemmata.language.wording import common_order, stem
from stemmata.model import NAMED, UNNAMED

FAR = 2.0  # from "said" to "revealed", see _far_firmer
CERTAIN = 2.5  # "confirmed"
ALONE = 1  # telling words that may differ beside a word of doubt that goes or comes: see changes.OUTRIGHT


Apart = dict[str, tuple[list[Marked], list[Marked]]]


@once_a_pair
def apart(parent: Rendering, child: Rendering) -> Apart:
    """The words of each kind ("extent" among them) whose class the other side has not, not in its cue either ("said it
    hoped" beside "hopes"): gone, and new. "Could" is none where it says what "can" says."""
    out: Apart = {}
    sides = [(t, _meant(t, beside)) for t, beside in ((parent, child), (child, parent))]
    for kind in (*KINDS, *TONES, "extent"):
        own = [[m for m in t.marked[kind] if m.form not in meant] for t, meant in sides]
        said = [_senses((*x, *t.doubted, *t.hedged)) for x, (t, _) in zip(own, sides, strict=True)]
        gone, new = ([m for m in x if _senses([m]).isdisjoint(y)] for x, y in zip(own, reversed(said), strict=True))
        out[kind] = gone, new
    return out


def _senses(found: Iterable[Marked]) -> set[str]:
    return {x for m in found for x in m.sense.split()}


@once_a_pair
def _meant(one: Rendering, other: Rendering) -> set[str]:
    """Which modal verbs of one side doubt nothing: "could" where it says what "can" says on the other, "may" where the
    other alone says what is allowed."""
    shared = set(one.modal) & set(other.modal)
    could = {"could"} if "can" in shared and "may" not in shared else set()
    allowed = allows(other.text, other.frame) and not allows(one.text, one.frame)
    return could | ({"may", "might"} if allowed else set())


def _doubts(of: Rendering, beside: Rendering) -> int:
    """How many words of doubt a side has, the verb of saying and "should" counted where the other says so in a word of
    doubt: "expects" beside "is expected to"."""
    meant = _meant(of, beside)
    own = [m for m in of.doubts if m.form not in meant]
    others = _senses(beside.doubts)
    near = (*of.doubted, *(m for m in of.marked["hedge"] if m.span not in {x.span for x in of.doubts}))
    return len(own) + sum(not others.isdisjoint(_senses([m])) for m in near)


def firmness_evidence(parent: Rendering, child: Rendering) -> dict[str, float]:
    """What is weighed of how firmly both sides tell a claim, by name; a number that goes up or down counts too."""
    out: dict[str, float] = {}
    numbers, found = counted(parent, child), apart(parent, child)
    for kind in KINDS:
        gone, new = found[kind]
        out[f"{kind}: gone"] = min(len(gone), 3)
        out[f"{kind}: new"] = min(len(new), 3)
    out |= _modal_evidence(parent, child)
    (loud, louder), (mild, milder), (open_, opened) = (found[kind] for kind in TONES)
    out |= {
        "booster: loud new": min(len(louder), 3),
        "booster: loud gone": min(len(loud), 3),
        "softener: mild new": min(len(milder), 3),
        "softener: mild gone": min(len(mild), 3),
        "hedge: number left open": bool(numbers.gone and opened),
        "hedge: number filled in": bool(numbers.new and open_),
        "hedge: vague new": min(len(opened), 2),
        "hedge: vague gone": min(len(open_), 2),
    }
    out |= _cue_evidence(parent, child)
    up = [b.value / a.value for a, b in numbers.changed if a.value and b.value and a.unit == b.unit]
    order = common_order(parent.plain, child.plain)
    out |= {
        "booster: number up": any(x > 1 for x in up),
        "softener: number down": any(0 < x < 1 for x in up),
        "booster: put in": order == len(parent.plain) < len(child.plain),
        "softener: cut out": order == len(child.plain) < len(parent.plain),
    }
    p, c = parent.cue or 0.0, child.cue or 0.0
    out |= _doubt_evidence(parent, child, firmer=c >= p, softer=c <= p)
    spoken = parent.statement.sourcing != "outlet" != child.statement.sourcing
    for voice, marks in (("dropped", out["voice: dropped"]), ("kept", float(spoken))):
        for name in ("hedge: gone", "hedge: new", "booster: new", "modal: firmer", "modal: softer", "softener: new"):
            out[f"voice: {voice}, {name}"] = marks * out[name]
    return out | _act_evidence(parent, child, dropped=out["voice: dropped"])


def _modal_evidence(parent: Rendering, child: Rendering) -> dict[str, float]:
    """What "may", "will" and none of them tell, and what is still to come."""
    old, new = modals(parent.modal, child.modal)
    if (old > new and child.modal and kept_verbs(child.modals, parent.modals)) or (
        new > old and parent.modal and kept_verbs(parent.modals, child.modals)
    ):
        old = new = 1  # of "could last and would cost" the "could" is kept
    if (old == 1 and _by_chance(child)) or (new == 1 and _by_chance(parent)):
        old = new = 1  # "a possible site" beside "a site that might do"
    if (old, new) in ((1, 0), (0, 1)) and "may" in _meant(*((parent, child) if old else (child, parent))):
        old = new = 0
    coming, come = (
        to_come(t.text, t.spans, t.modal) and _SEEMS.isdisjoint(t.cue_stems)  # "seems to be" so
        for t in (parent, child)
    )
    return {
        "modal: firmer": old in (1, 2) and new in (0, 3),
        "modal: softer": new in (1, 2) and old in (0, 3),
        "modal: may to none": old == 1 and new == 0,
        "modal: none to may": old == 0 and new == 1,
        "modal: may to will": old == 1 and new == 3,
        "modal: will to may": old == 3 and new == 1,
        "modal: will to none": old == 3 and new == 0,
        "modal: none to will": old == 0 and new == 3,
        "modal: done": coming and not come,
        "modal: still to come": come and not coming,
    }


def _cue_evidence(parent: Rendering, child: Rendering) -> dict[str, float]:
    """What the verbs of saying tell, and who says it: a source, an unnamed one, or the outlet itself."""
    a, b = parent.statement, child.statement
    p, c = parent.cue or 0.0, child.cue or 0.0
    same = parent.cue_stems == child.cue_stems
    dropped = a.sourcing != "outlet" and b.sourcing == "outlet"
    given = a.sourcing == "outlet" and b.sourcing != "outlet"
    spoken = a.sourcing != "outlet" and b.sourcing != "outlet"
    compared = spoken and not same
    firmer, softer = (max(x, 0.0) if compared else 0.0 for x in (c - p, p - c))
    kept = kept_share(parent, child) if spoken and not same else 0.0
    charging = not (_CHARGES.isdisjoint(parent.cue_stems) or _CHARGES.isdisjoint(child.cue_stems))
    return {
        "cue: same": same,
        "cue: firmer": firmer,
        "cue: softer": softer,
        "cue: is firmer": firmer > 0,
        "cue: is softer": softer > 0,
        "cue: firmer, words kept": float(firmer > 0) * kept,
        "cue: softer, words kept": float(softer > 0) * kept,
        "cue: firmer, same act": firmer * (a.act == b.act),
        "cue: softer, same act": softer * (a.act == b.act),
        "cue: softer, both charge": softer * charging,
        "cue: far firmer, same words": float(_far_firmer(parent, child)),
        "cue: charge borne out": float(_borne_out(parent, child)),
        "cue: now strongest": compared and c == 2 and p < 2,
        "cue: now weak": compared and c < 0 <= p,
        "cue: weak before": p < 0,
        "cue: strong before": p > 0,
        "voice: dropped": dropped,
        "voice: given": given,
        "voice: outlet in both": a.sourcing == "outlet" == b.sourcing,
        "voice: dropped, weak before": dropped and p < 0,
        "voice: dropped, how weak before": float(dropped) * max(-p, 0.0),
        "voice: dropped, how strong before": float(dropped) * max(p, 0.0),
        "voice: dropped, unnamed before": a.sourcing in UNNAMED and b.sourcing == "outlet",
        "voice: given, how weak": float(given) * max(-c, 0.0),
        "voice: given to unnamed": a.sourcing == "outlet" and b.sourcing in UNNAMED,
        "voice: unnamed to named": a.sourcing in UNNAMED and b.sourcing in NAMED,
        "voice: named to unnamed": a.sourcing in NAMED and b.sourcing in UNNAMED,
    }


def _far_firmer(parent: Rendering, child: Rendering) -> bool:
    """Whether what somebody said, or only thought, is told in the same reported words and a far firmer verb: "said" and
    "admitted", "thinks" and "knows". Of such gold statements 17 of 20 are told as stronger; of "claimed" that is told
    as "said" 3 of 26."""
    p, c = parent.cue, child.cue
    if p is None or c is None or p > 0 or c - p < FAR or parent.quoted or child.quoted:
        return False
    one, other = ([w for w in t.plain if w != "that"] for t in (parent, child))
    return one == other and "outlet" not in (parent.statement.sourcing, child.statement.sourcing)


def _borne_out(parent: Rendering, child: Rendering) -> bool:
    """Whether a charge is told as admitted, confirmed or proved: 4 of 5 such gold statements are told as stronger."""
    return not _CHARGES.isdisjoint(parent.cue_stems) and (child.cue or 0.0) >= CERTAIN


def _act_evidence(parent: Rendering, child: Rendering, *, dropped: float) -> dict[str, float]:
    """What the acts of both sides tell."""
    a, b = parent.statement.act, child.statement.act
    out = {f"voice: dropped, was {x}": dropped * (a == x) for x in _ACTS_DROPPED}
    for act in _ACTS_TURNED:
        out[f"act: no longer {act}"] = a == act != b
        out[f"act: now {act}"] = b == act != a
    return out


_ACTS_DROPPED = ("deny", "accuse", "warn", "promise", "predict", "urge")
_ACTS_TURNED = ("deny", "accuse", "warn", "threaten", "promise", "predict", "propose", "urge", "criticise")


def _by_chance(told: Rendering) -> bool:
    """Whether a word says that it may be, and no modal verb does."""
    doubts = [m.form for m in told.doubts if "chance" in m.sense]
    return bool(doubts) and not {"may", "might", "could"}.intersection(doubts)


def _undoubted(doubtful: Rendering, plain: Rendering) -> bool:
    """Whether of two sides, that both have a source and deny as much, the one says that something may be or is likely
    and the other leaves nothing open, in whatever words: no hedge, no "may" or "would", nothing foreseen or asked.
    "Could" is no such word, nor is "chance" or "prospect", what is believed, alleged or seems: half of these or fewer
    are changes. Of 105 found statements of gold 92 are."""
    if not any(m.form not in _HARDLY and not _CHANCES.isdisjoint(m.sense.split()) for m in doubtful.doubts):
        return False
    if "outlet" in (doubtful.statement.sourcing, plain.statement.sourcing) or (doubtful.quoted and plain.quoted):
        return False
    if plain.marked["hedge"] or plain.doubted or plain.hedged or not {"may", "would", "can"}.isdisjoint(plain.modal):
        return False
    return len(doubtful.negators) == len(plain.negators) and not leaves_open(plain)


_SEEMS = frozenset(("seem", "appear"))
_CHANCES = frozenset(("chance", "likely"))
_HARDLY = frozenset(("could", "chance", "prospect"))
_CHARGES = frozenset(map(stem, ("accuse", "accusation", "allege", "allegation", "blame", "charge")))


def _doubt_evidence(parent: Rendering, child: Rendering, *, firmer: bool, softer: bool) -> dict[str, float]:
    """Words of doubt and of extent; `alone` where hardly another telling word differs, and the cue pulls nowhere else.
    Most of what is fitted on differs in many words, so that the weights alone hear too little of one that does not."""
    was, now = _doubts(parent, child), _doubts(child, parent)
    gone, new = was > now, now > was
    less, more = (extent(x) for x in apart(parent, child)["extent"])
    wider, narrower = 0 < less < more, 0 < more < less
    p, c = ([m.form for m in t.negators] for t in (parent, child))
    alone = p == c and len(unlike(parent, child)) + len(unlike(child, parent)) <= ALONE
    return {
        "hedge: doubt gone": gone,
        "hedge: doubt new": new,
        "hedge: all doubt gone": gone and firmer and _undoubted(parent, child),
        "hedge: all doubt new": new and softer and _undoubted(child, parent),
        "hedge: doubt gone alone": gone and alone and firmer,
        "hedge: doubt new alone": new and alone and softer,
        "hedge: doubt put in its place": new and softer and doubt_put(parent, child) is not None,
        "hedge: doubt gone from its place": gone and firmer and doubt_gone(parent, child) is not None,
        "hedge: wider": wider,
        "hedge: narrower": narrower,
        "hedge: wider alone": wider and alone and firmer,
        "hedge: narrower alone": narrower and alone and softer,
        **{name: float(name in surer(parent, child)) for name, _ in SURER},
        **{name: float(name in less_sure(parent, child)) for name, _ in LESS_SURE},
    }
