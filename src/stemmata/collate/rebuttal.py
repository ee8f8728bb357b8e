"""Whether one of two statements answers the other, so that they tell two claims, however much they share.

Nobody tells what they deny. What a rewrite turned round is its parent's claim all the same, and its change is
`negated`; so what is asked here is asked of what two speakers say, or of what somebody takes back.

Counts are of pairs of gold statements in bench/train and our dossiers that are joined by what is alike in them, in all
pairs of articles of a family: of two claims by gold, and of one.
"""

from __future__ import annotations

from stemmata.collate.passages import Passage
from stemmata.language.phrases import listed
from stemmata.model import NAMED, Act, Statement

_ASKS = ("urge", "propose")
# Log-odds by which reading holds two statements rather for an answer than for one claim, and that by which it may fall
# short of it where one says no and the other does not; and those under which they are two claims (bench/train)
RATHER, POLAR, TWO = 0.0, -1.0, -1.0


def rebutted(a: Passage, b: Passage) -> bool:
    """Whether the words of two statements, and who says them, tell that the one answers the other."""
    x, y = a.statement, b.statement
    if x is None or y is None:
        return False
    if ("withdraws" in a.answers) != ("withdraws" in b.answers):
        return _one(x, y)
    if _one(x, y) or a.source & b.source:
        return False
    if _refused(a, b):
        return True
    named = x.sourcing in NAMED and y.sourcing in NAMED
    if not named or not (None not in (x.actor, y.actor) or (a.source and b.source)):
        return False
    return _denied(a, b) or _of_each_other(a, b) or _held_wrong(a, b)


def _one(x: Statement, y: Statement) -> bool:
    return x.actor is not None and x.actor == y.actor


def _denied(a: Passage, b: Passage) -> bool:
    """Whether one denies, by its cue, what another speaker says: "the police had fired", "the police denied that they
    had fired". Along the edges of bench/train and our dossiers 13 are two claims, two are one."""
    return ("denies" in a.answers) != ("denies" in b.answers) and a.odd != b.odd


def _refused(a: Passage, b: Passage) -> bool:
    """Whether one asks for something and another denies: "called on Reyk to resign", "Reyk said the demand was absurd".
    130 are two claims, two are one (31 and one along edges). Or says no in another act, "would not resign": 41 and
    five, where neither is the outlet's own voice."""
    for asks, other in ((a, b), (b, a)):
        if _act(asks) in _ASKS and _act(other) not in _ASKS:
            says_no = other.odd and not asks.odd and "outlet" not in (asks.sourcing, other.sourcing)
            return _act(other) == "deny" or says_no
    return False


def _act(a: Passage) -> Act | None:
    return a.statement.act if a.statement else None


def _of_each_other(a: Passage, b: Passage) -> bool:
    """Whether one says no and the other does not, and one speaks of who says the other: "the dairy will close, Reyk
    said", "the dairy said that it would not close". 77 are two claims, 14 are one (five and four along edges: rewrites
    that turned it round and gave it to another)."""
    return a.odd != b.odd and not (a.source.isdisjoint(b.stems) and b.source.isdisjoint(a.stems))


def _held_wrong(a: Passage, b: Passage) -> bool:
    """Whether one calls a figure, a report or the like false and the other calls nothing so: "the figure of 340 was
    wrong". Of two such that both name their speakers both are two claims; where one does not, half are one."""
    return a.held_wrong != b.held_wrong and not all(listed("dispute", "verdict").within(x.stems) for x in (a, b))


def of_two_speakers(a: Passage, b: Passage) -> bool:
    """Whether two are said by two, as far as is known; where it is not, whether they name none alike."""
    x, y = a.statement, b.statement
    if x is None or y is None or _one(x, y):
        return False
    return not a.source & b.source and bool(a.source or b.source)


def reads_as_answer(a: Passage, b: Passage, same: float, answers: float) -> bool:
    """Whether two statements of two speakers, read side by side, are rather an answer and what it answers than one
    claim, or two claims anyway. `same` and `answers` are log-odds, the greater of either way round.

    Of two known speakers 330 are two claims, five are one (25 and one along edges; bench/train and every fifth large
    dossier). Where one says no and who speaks is less known, 216 and 41, most of which other versions join.
    """
    return answers > same + (POLAR if a.odd != b.odd else RATHER) or same < TWO
