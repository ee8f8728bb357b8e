"""A case grows: the documents that came in are compared with their candidates alone, and only what they touch is told
anew, so that the result equals computing all anew, in whatever order they came.

The steps are flow.py's and collate's, and remember nothing; what they said of documents that came before is read from
the case (case/collation.py). An alignment and the changes of an edge are kept with a digest of all that they depend on,
and made again when that is another. Each batch of documents is one transaction, after which the case is what collating
the documents so far makes of it: a process that is killed loses the batch it was at, some seconds of work, and the next
goes on from there.

Here is what may be asked for; what does it, in the order in which the modules may import each other:

- `plain`: what is kept, as plain values, and the digests that tell whether it still holds
- `batch`: one transaction, in which documents come or go
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

from stemmata import flow
from stemmata.case import Case, identities, judgements, lineage, parentage, subjects, views
from stemmata.case import collation as kept
from stemmata.case import disputes as disputes_kept
from stemmata.case.verdicts import decisions
from stemmata.collate.kin import weights
from stemmata.collate.rivals import is_before
from stemmata.dispute.disputes import UNSURE, disputes, told_from
from stemmata.encode import one_blas_thread
from stemmata.growth.batch import Batch
from stemmata.model import Judgement, JudgementKind, Refusal, Relation, Run, StemmataError

MOST: Final = 2_000  # documents whose disputes are sought unasked: a minute, and some 100 MB
# Documents of the first transaction of a collation, and of any at least and at most. All that a batch touches is read
# and drawn anew with it, a long transcript as well (some seconds), so that batches of one or two never end (by hand)
FIRST: Final = 32
LEAST: Final = 16
BATCH: Final = 500
STEP: Final = 10.0  # seconds that a transaction is to take: lost by a stop, waited for by other writers (by hand)
AT_ONCE: Final = 200  # documents whose trees are drawn at once when a person judges an edge: a second or two (by hand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What a collation did: how many documents it looked at, whether it began from nothing, and what of the case a
    fault of ours keeps from being collated: the next collation tries that again."""

    documents: int
    anew: bool
    refusals: tuple[Refusal, ...]


def grow(case: Case, *, window_days: float | None = None, watch: Callable[[int, int], None] | None = None) -> Grown:
    """Brings the collation of a case up to date with its documents.

    `window_days`: documents further apart in time are not compared; as the case was collated before where it is None,
    and 0 compares all. Another window, other weights or another version of Stemmata begin from nothing. `watch` is
    called with how many documents are done, and of how many, after each batch. A document that trips the program is
    refused, and costs no other; each later call tries it once more, as the code that tripped may be another by then.
    """
    before = kept.collated_by(case)
    if window_days is None:
        window_days = before.settings["window_days"] if before else 0.0
    if not 0 <= window_days < math.inf:
        raise StemmataError(f"window_days is a number of days, 0 or more: {window_days!r} is none")
    run = flow.collating(float(window_days))
    anew = forgets = before is not None and before != run
    if kept.tripped(case):
        with case.transaction():
            kept.retry(case)
    total, count = case.value("SELECT count(*) FROM documents") if anew else len(kept.waiting(case)), 0
    many = min(FIRST, BATCH)
    while forgets or kept.waiting(case, limit=1):
        began, come = monotonic(), list[str]()
        try:
            with case.transaction():
                began = monotonic()
                if forgets:  # with the first batch: a process that is killed in between does not forget the window
                    kept.forget_all(case)
                come = kept.waiting(case, limit=many)  # asked now: another process may have been here
                Batch(case, run).settle(come=come)
        except flow.FAULTS as fault:
            if len(come) != 1:  # fewer, down to the one that trips the program
                if not come:
                    raise
                many = len(come) // 2
                continue
            with case.transaction():
                if forgets:
                    kept.forget_all(case)
                Batch(case, run).refuse(come[0], fault)
        forgets = False
        many = paced(many, monotonic() - began)
        count += len(come)
        if watch:
            watch(count, max(count, total))
    if parentage.undrawn(case):
        with case.transaction():
            Batch(case, run).settle(ruled=parentage.undrawn(case))
    if kept.is_restless(case):
        with case.transaction():
            Batch(case, run).rest()
    return Grown(documents=count, anew=anew, refusals=kept.tripped(case))


def paced(many: int, seconds: float) -> int:
    """How many documents the next batch has, where one of so `many` took so many seconds: as many as take `STEP`, but
    no more than twice and no less than half as many, for a long document tells little of the others."""
    fits = many * STEP / max(seconds, 1e-3)
    return min(max(round(min(max(fits, many / 2), many * 2)), LEAST), BATCH)


def decide(
    case: Case,
    kind: JudgementKind,
    about: str,
    *,
    who: str,
    why: str = "",
    note: str = "",
    relation: Relation | None = None,
) -> tuple[Judgement, bool]:
    """Confirms or rejects the thing that `about` names, or notes something beside it (judgements.decide). To confirm an
    edge sets it, found or not, and to reject one parts it: the tree is drawn by it at once (`redrawn`), and tells
    whether. An edge that cannot be is refused, and so is what is not in the case."""
    if judgements.is_subject(about):
        subjects.check_there(case, about)
    if kind == "confirm" and (pair := parentage.edge_of(about)):
        _check_edge(case, *pair)
    made = judgements.decide(case, kind, about, who=who, why=why, note=note, relation=relation)
    return made, redrawn(case)


def undo(case: Case, id: str | None = None, *, who: str) -> tuple[Judgement, bool]:
    """Takes back a judgement (identities.undo); tells also whether the trees show it, as `decide` does."""
    taken_back = identities.undo(case, id, who=who)
    return taken_back, redrawn(case)


def redrawn(case: Case) -> bool:
    """Draws the trees by what people decided about edges since, with all that rests on them; tells whether they show
    it now. What is more than a moment's work, or waits for documents that came in, is left to `grow`."""
    due = parentage.undrawn(case)
    run = kept.collated_by(case)
    if not due or run is None:
        return parentage.parentage(case) == parentage.parentage(case, coming=())
    if kept.is_stale(case) or run != flow.collating(run.settings.get("window_days", 0.0)):
        return False
    if len(kept.parts_of(case, {*due, *parentage.beside(case, due)})) > AT_ONCE:
        return False
    with one_blas_thread(), case.transaction():
        Batch(case, run).settle(ruled=parentage.undrawn(case))
        Batch(case, run).rest()
    return True


def _check_edge(case: Case, parent: str, child: str) -> None:
    """Refuses an edge that was not found and cannot be, whoever says it: of one article, in a circle, or against sure
    times."""
    pair = parent, child
    if case.value("SELECT 1 FROM edges WHERE parent = ? AND child = ?", pair):
        return
    name = {k: b.name for k, b in views.briefs(case, pair).items()}
    if parent == child:
        raise StemmataError(f"{name[child]} ({child}) cannot be made from itself: name another article as its parent")
    if parent in parentage.parentage(case).get(child, parentage.Parentage()).below:
        raise StemmataError(
            f"{name[child]} ({child}) cannot be made from {name[parent]} ({parent}), which was made from it by what a "
            f"person confirmed: take that back first (stemmata log {case.path})"
        )
    both = {d.id: d for d in case.documents(among=pair)}
    older, newer = (weights().witness(both[k]) for k in (child, parent))
    if is_before(older, newer):
        raise StemmataError(
            f"{name[child]} ({child}) came out before {name[parent]} ({parent}), at {both[child].published} and "
            f"{both[parent].published}, so it cannot be made from it: if a time is wrong, add that article again with "
            f"the right one (published)"
        )


def disputed(case: Case, run: Run, *, most: int | None = MOST) -> int | None:
    """Finds who disputes whom over all documents of a case, and stores it. Returns how many disputes were found.

    Edges that a person rejected are left out, so that a document which is no version of another may answer it. The case
    is held in memory and everything is computed anew, some 30 seconds for 1,000 documents. In a case of more than
    `most` documents nothing is sought: disputes found before are removed if the case has changed since, and None is
    returned.
    """
    if most is not None and case.value("SELECT count(*) FROM documents") > most:
        if not disputes_kept.settled(case):
            disputes_kept.put_disputes(case, (), run, of=disputes_kept.state(case))
        return None
    with case.snapshot():
        state = disputes_kept.state(case)
        decided = decisions(case)
        ledger = disputes_kept.each_in_a_claim(case, disputes_kept.ledger(case, decided))
        documents = tuple(case.documents())
        gone = decided.rejected("edge")
        families = [
            replace(f, edges=tuple(e for e in f.edges if (e.parent, e.child) not in gone))
            for f in lineage.families(case)
        ]
    found = disputes(documents, ledger.statements, ledger.claims, ledger.actors, families, least=UNSURE)
    disputes_kept.put_disputes(case, found, run, least=(sure := told_from()), of=state)
    return sum(d.score >= sure for d in found)


def remove(case: Case, documents: Collection[str], *, logged: Iterable[Judgement] = ()) -> None:
    """Takes documents out of a case, with all that was found in them; their families are drawn anew without them.
    `logged` is what the log keeps of it."""
    known = set(kept.keys_of(case, documents))
    if missing := sorted(set(documents) - known):
        raise StemmataError(f"no document {', '.join(missing)} in {case.path.name}: stemmata documents lists them")
    run = kept.collated_by(case)
    with case.transaction():
        judgements.put(case, logged)
        if run is None:
            kept.remove(case, known)
        else:
            Batch(case, run).settle(gone=sorted(known))
            Batch(case, run).rest()
