"""What a claim told as more, or as less, certain can rest on: without any of it no such label is given.

Weighed evidence hears how two statements differ as a whole; here is asked whether what it heard is there at all, in
what both sides tell: a hedge of a clause that is left out, or a step down to another neutral verb of saying, is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stemmata.collate.certainty import LESS_SURE, SURER
from stemmata.collate.firmness import apart
from stemmata.collate.passages import TELLING
from stemmata.collate.rendering import Rendering
from stemmata.language.force import modals_at
from stemmata.language.senses import kept_in_sense
from stemmata.language.wording import Word, stem, weight
from stemmata.model import ChangeLabel, Span

# One of these there must be: without any 12 of 24 labels of strengthening on bench/train are right, 2 of 6 of
# weakening. A lost attribution is none, nor a booster that is gone, or new in other words: of what hung on them 4 of
# 18, 2 of 7 and 6 of 16 were right (training/laws.py)
PULLS: dict[ChangeLabel, tuple[str, ...]] = {
    "strengthened": (
        "hedge: gone", "hedge: doubt gone", "hedge: wider", "softener: gone", "modal: firmer",
        "cue: firmer", "hedge: number filled in", "booster: loud new", "softener: mild gone", "booster: number up",
        "booster: put in", "modal: done", "numbers: high end alone", *dict(SURER),
    ),
    "weakened": (
        "hedge: new", "hedge: doubt new", "hedge: narrower", "softener: new", "modal: softer", "cue: softer",
        "voice: given, how weak", "hedge: number left open", "hedge: vague new",
        "softener: mild new", "softener: number down", "softener: cut out", *dict(LESS_SURE),
    ),
}  # fmt: skip
_BY_PLACE = {"hedge: doubt gone from its place", *dict(SURER)} - {"hedge: intent done"}
_HEDGES = {"hedge: gone", "hedge: doubt gone", "hedge: new", "hedge: doubt new"}
_SOFTENERS = {"softener: gone", "softener: new"}
_MODALS = {"modal: firmer", "modal: softer", "modal: done"}
# The verb of saying, and what else was put in or cut out: see _neutral
_SAID = {
    "strengthened": {"cue: firmer", "booster: loud new", "booster: put in"},
    "weakened": {"cue: softer", "softener: cut out", "softener: new"},
}
# Classes of hedges that set a claim no lower by themselves: "if" for "when", "plans to" for "will". Of 21 gold
# statements that are told as weakened by such a new one, with no other doubt or modal verb, 3 are
_TIED = {"whether", "condition", "plan", "ought likely"}
CLAIMED = -1.5  # verbs of saying as weak as "claimed"; of "hinted" that is told as "said" every second strengthens
FAINT = 0.5  # "stressed", "maintained"
# Shares of the telling words of a clause: under the first, in sense, it is not told, from the others on, as they are or
# in sense, it is (by hand)
UNTOLD, TOLD, TOLD_IN_SENSE = 0.4, 0.5, 0.6


def pulled(label: ChangeLabel, parent: Rendering, child: Rendering, weighed: Mapping[str, float]) -> bool:
    """Whether there is anything that `label`, strengthened or weakened, can rest on, by its evidence `weighed`."""
    by_place = label == "strengthened" and any(weighed[name] for name in _BY_PLACE)
    if by_place or parent.in_part or child.in_part:
        # What doubts it may stand in another sentence: 2 of 2 are false in our rewrites, set e; a law of
        # conditions.py looks at what stands beside it (1 of 1 in set h)
        return by_place
    of, beside, side = (parent, child, 0) if label == "strengthened" else (child, parent, 1)
    hedges = apart(parent, child)["hedge"][side]
    every = found = {name for name in PULLS[label] if weighed[name]}
    if _aside((m.span for m in hedges), of, beside):
        found = found - _HEDGES
    if _aside((m.span for m in apart(parent, child)["softener"][side]), of, beside):
        found = found - _SOFTENERS
    if found & _MODALS and _aside(modals_at(of.text, of.frame), of, beside):
        found = found - _MODALS
    if label == "weakened" and hedges and all(m.sense in _TIED for m in hedges):
        found = found - {"hedge: new"}
    said = found < every or any(name.startswith("cue") for name in found)
    return bool(found) and not (said and found <= _SAID[label] and _neutral(label, parent, child))


def _neutral(label: ChangeLabel, parent: Rendering, child: Rendering) -> bool:
    """Whether a verb of saying makes no difference by itself: one that says no less than "said" to one that said more,
    where the words are others, or "said" to "claimed". Of such labels every fourth is right, or fewer."""
    p, c = parent.cue or 0.0, child.cue or 0.0
    if label == "weakened":
        return (c >= 0 and parent.plain != child.plain) or _offered(parent, child)
    return p == CLAIMED and c <= FAINT


def _offered(parent: Rendering, child: Rendering) -> bool:
    """Whether an offer or another proposal is told as proposed: none of 17 such gold claims is weakened, of others that
    are told so 5 of 11."""
    offers = parent.statement.act == "propose" or "offer" in parent.cue_stems
    return offers and _PROPOSE in child.cue_stems


_PROPOSE = stem("propose")


def _aside(found: Iterable[Span], of: Rendering, beside: Rendering) -> bool:
    """Whether the words `found`, one at least, all stand in clauses of which the other side tells nothing, though it
    tells another clause: "a mine, in a step that could delay the port" beside "a mine"."""
    places = list(found)
    theirs = {near for near in of.clauses if any(x.overlaps(near) for x in places)}
    if not places or not all(any(x.overlaps(near) for near in theirs) for x in places):
        return False
    if any(q.span.overlaps(near) for q in of.quantities for near in theirs):
        return False  # "within a week" may be told as "inside seven days"
    told = {}
    for near, every in of.clauses.items():
        telling = [w for w in every if weight(w.norm) > TELLING and not any(w.span.overlaps(x) for x in places)]
        if len(telling) > 1:
            told[near] = _told(telling, beside)
    return all(near in told and told[near][0] == 0 and told[near][1] < UNTOLD for near in theirs) and any(
        kept >= TOLD or in_sense >= TOLD_IN_SENSE for near, (kept, in_sense) in told.items() if near not in theirs
    )


def _told(words: Sequence[Word], beside: Rendering) -> tuple[float, float]:
    """The shares of words that the other side has, and that it has or has near in sense."""
    return sum(w.norm in beside.stems for w in words) / len(words), kept_in_sense([w.norm for w in words], beside.stems)
