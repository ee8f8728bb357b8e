"""A case grows: the documents that came in are compared with their candidates alone, and only what they touch is told
anew, so that the result equals computing all anew, in whatever order they came.

The steps are flow.py's and collate's, and remember nothing; what they said of documents that came before is read from
the case (case/collation.py). An alignment and the changes of an edge are kept with a digest of all that they depend on,
and made again when that is another. Each batch of documents is one transaction, after which the case is what collating
the documents so far makes of it: a process that is killed loses the batch it was at, some seconds of work, and the next
goes on from there.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from itertools import chain, combinations
from time import monotonic
from typing import Any, Final

from stemmata import flow
from stemmata.acts import agreed, likeliest
from stemmata.case import Case, actors, grouping, identities, judgements, lineage, parentage, views
from stemmata.case import collation as kept
from stemmata.case import disputes as disputes_kept
from stemmata.case.collation import AlignmentRow, Holder, KinRow
from stemmata.case.rows import spans
from stemmata.case.verdicts import decisions
from stemmata.collate.alignment import Alignment, Loose, Pair, alignment
from stemmata.collate.candidates import PASSAGES, Marks, enough, marks
from stemmata.collate.changes import turned
from stemmata.collate.claims import MOST_SHARING, claims, collation, quoted_runs, told_alike, told_elsewhere
from stemmata.collate.families import DAY, Heap
from stemmata.collate.kin import Kin, Shared, weights
from stemmata.collate.leftovers import leftovers
from stemmata.collate.passages import Reading, Version, reading_of
from stemmata.collate.rivals import is_before
from stemmata.collate.stemma import Descent, Ruled
from stemmata.collate.witness import instant
from stemmata.dispute.disputes import disputes
from stemmata.encode import one_blas_thread
from stemmata.flow import Analysis, Transmission
from stemmata.model import (
    Document,
    Edge,
    Family,
    Judgement,
    JudgementKind,
    Run,
    Statement,
    StemmataError,
    content_id,
)

MOST: Final = 2_000  # documents whose disputes are sought unasked: a minute, and some 100 MB
# Documents of the first transaction of a collation, and of any at least and at most. All that a batch touches is read
# and drawn anew with it, a long transcript as well (some seconds), so that batches of one or two never end (by hand)
FIRST: Final = 32
LEAST: Final = 16
BATCH: Final = 500
STEP: Final = 10.0  # seconds that a transaction is to take: lost by a stop, waited for by other writers (by hand)
READ: Final = 256  # versions that are kept read, some 100 kB each
AT_ONCE: Final = 200  # documents whose trees are drawn at once when a person judges an edge: a second or two (by hand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What a collation did: how many documents it looked at, and whether it began from nothing."""

    documents: int
    anew: bool


def grow(case: Case, *, window_days: float | None = None, watch: Callable[[int, int], None] | None = None) -> Grown:
    """Brings the collation of a case up to date with its documents.

    `window_days`: documents further apart in time are not compared; as the case was collated before where it is None,
    and 0 compares all. Another window, other weights or another version of Stemmata begin from nothing. `watch` is
    called with how many documents are done, and of how many, after each batch.
    """
    before = kept.collated_by(case)
    if window_days is None:
        window_days = before.settings["window_days"] if before else 0.0
    run = flow.collating(window_days)
    anew = forgets = before is not None and before != run
    total, count = case.value("SELECT count(*) FROM documents") if anew else len(kept.waiting(case)), 0
    many = min(FIRST, BATCH)
    while forgets or kept.waiting(case, limit=1):
        with case.transaction():
            began = monotonic()
            if forgets:  # with the first batch: a process that is killed in between does not forget the window
                kept.forget_all(case)
                forgets = False
            come = kept.waiting(case, limit=many)  # asked now: another process may have been here
            _Batch(case, run).settle(come=come)
        many = paced(many, monotonic() - began)
        count += len(come)
        if watch:
            watch(count, max(count, total))
    if parentage.undrawn(case):
        with case.transaction():
            _Batch(case, run).settle(ruled=parentage.undrawn(case))
    if kept.is_restless(case):
        with case.transaction():
            _Batch(case, run).rest()
    return Grown(documents=count, anew=anew)


def paced(many: int, seconds: float) -> int:
    """How many documents the next batch has, where one of so `many` took so many seconds: as many as take `STEP`, but
    no more than twice and no less than half as many, for a long document tells little of the others."""
    fits = many * STEP / max(seconds, 1e-3)
    return min(max(round(min(max(fits, many / 2), many * 2)), LEAST), BATCH)


def decide(
    case: Case, kind: JudgementKind, about: str, *, who: str, why: str = "", note: str = ""
) -> tuple[Judgement, bool]:
    """Confirms or rejects the thing that `about` names, or notes something beside it (judgements.decide). To confirm an
    edge sets it, found or not, and to reject one parts it: the tree is drawn by it at once (`redrawn`), and tells
    whether. An edge that cannot be is refused."""
    if kind == "confirm" and (pair := parentage.edge_of(about)):
        _check_edge(case, *pair)
    made = judgements.decide(case, kind, about, who=who, why=why, note=note)
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
        _Batch(case, run).settle(ruled=parentage.undrawn(case))
        _Batch(case, run).rest()
    return True


def _check_edge(case: Case, parent: str, child: str) -> None:
    """Refuses an edge that was not found and cannot be, whoever says it: of one article, in a circle, or against sure
    times."""
    pair = parent, child
    if case.value("SELECT 1 FROM edges WHERE parent = ? AND child = ?", pair):
        return
    name = {k: b.name for k, b in views.briefs(case, pair).items()}
    if missing := [k for k in pair if k not in name]:
        raise StemmataError(
            f"no document {missing[0]!r} in {case.path.name}: stemmata documents {case.path} lists them"
        )
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
    found = disputes(documents, ledger.statements, ledger.claims, ledger.actors, families)
    there = {s.id for s in ledger.statements}
    disputes_kept.put_disputes(case, (d for d in found if {d.by_statement, d.of_statement} <= there), run, of=state)
    return len(found)


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
            _Batch(case, run).settle(gone=sorted(known))
            _Batch(case, run).rest()


class _Batch:
    """One transaction: some documents come, or go, and all that they touch is brought up to date."""

    def __init__(self, case: Case, run: Run) -> None:
        self.case, self.run = case, run
        self.window: float | None = run.settings["window_days"] or None
        self.documents: dict[str, Document] = {}
        self.runs: dict[str, frozenset[int]] = {}  # of quoted words
        self.readings: OrderedDict[str, Reading] = OrderedDict()
        self.parted: list[set[int]] = []  # holders of a quoted run that too many have now
        self.met: list[set[int]] = []  # holders of one that few enough have again
        self.retold: set[str] = set()  # documents with other statements than before
        self.seeds: set[str] = set()  # statements whose claims may be others now

    def settle(
        self,
        *,
        come: Collection[str] = (),
        gone: Collection[str] = (),
        respoken: Collection[str] = (),
        ruled: Collection[str] = (),
    ) -> None:
        case = self.case
        case.put_run(self.run)
        disputes_kept.unsettle(case)
        self.load([*come, *gone])
        met_before = kept.told(case, [*come, *gone]).keys()
        beside = parentage.beside(case, [*come, *gone, *ruled])
        self._unmarked([k for k in gone if k in met_before])
        old = lineage.families_with(case, gone)
        around = kept.forget(case, [*come, *gone])
        kept.remove(case, gone)
        memory = _Memory(self, parentage.parentage(case, coming=come))
        near = {k for name in ruled for pair in kept.kin(case, name) for k in (pair.earlier, pair.later)}
        again = around | parentage.collated(case, {*ruled, *beside, *near})
        for k, told in self._told(come).items():
            analysis = Analysis(document=self.documents[k], statements=tuple(told))
            grouping.put_figures(case, k, flow.figured(analysis), self.run)
        grouping.regroup(case)
        heap = Heap(window_days=self.window, memory=memory)
        judged = heap.extend([self.documents[k] for k in come], again=again)
        kept.put_descents(case, {k: _descent_row(heap.descent_of(k)) for k in judged}, self.run)
        kept.put_parts(case, [part.documents for part in heap.parts])
        kept.put_kin(case, {_kin_row(pair) for k in come for pair in heap.pairs_of(k)})
        self._marked([k for k in come if k not in met_before], memory.found)
        affected = {k for part in heap.parts for k in part.documents}
        self._drawn([f for part in heap.parts for f in part.families], affected, old)
        edges = self._collated(affected | kept.parts_of(case, respoken), set(come))
        self._told_elsewhere()
        self._claimed()
        self._changed(edges)
        self._acted()
        kept.put_leftovers(
            case, {k: [(x.kind, x.span) for x in leftovers(self.documents[k].text)] for k in come}, self.run
        )
        kept.done(case, [*come, *respoken])

    def rest(self) -> None:
        """Collates anew the families in which others speak than before, when no document waits."""
        grouping.regroup(self.case)
        if respoken := kept.respoken(self.case):
            self.settle(respoken=respoken)
        kept.rested(self.case)

    # What is read of the case

    def load(self, names: Iterable[str]) -> None:
        """Has the documents at hand, those that are not there yet read at once."""
        if missing := set(names) - self.documents.keys():
            self.documents |= {d.id: d for d in self.case.documents(among=missing)}

    def _told(self, names: Collection[str]) -> dict[str, list[Statement]]:
        """What each of some documents tells, but for what it tells in the outlet's own voice, as it was analysed."""
        every = kept.statements(self.case, names)
        return {k: [_bare(s) for s in found if s.sourcing != "outlet"] for k, found in every.items()}

    def _reading(self, name: str) -> Reading:
        """A document with all of its statements, as they are in the case now."""
        held = self.readings.get(name)
        if held is None:
            self.load([name])
            statements = tuple(map(_bare, kept.statements(self.case, [name])[name]))
            held = reading_of(Version(document=name, text=self.documents[name].text, statements=statements))
            self.readings[name] = held
            if len(self.readings) > READ:
                self.readings.popitem(last=False)
        else:
            self.readings.move_to_end(name)
        return held

    # Families

    def _drawn(self, found: Collection[Family], affected: Collection[str], old: Iterable[Family]) -> None:
        """Stores the families of the parts that were drawn anew in the place of those that were there."""
        before = {f.id: f for f in (*old, *lineage.families_with(self.case, affected))}
        after = {f.id: f for f in found}
        lineage.remove_families(self.case, [k for k, f in before.items() if not lineage.alike(f, after.get(k))])
        new = [f for k, f in after.items() if not lineage.alike(f, before.get(k))]
        lineage.put_families(self.case, new, self.run)

    def _collated(self, affected: Collection[str], come: Collection[str]) -> list[Transmission]:
        """Aligns what is not aligned yet of the families of `affected`, whole parts; returns all their edges."""
        case = self.case
        self.load(affected)
        stored = kept.statements(case, affected)
        told = {k: [_bare(s) for s in found if s.sourcing != "outlet"] for k, found in stored.items()}
        versions = {k: Version(document=k, text=self.documents[k].text, statements=tuple(s)) for k, s in told.items()}
        known = kept.alignments(case, affected)
        made: dict[tuple[str, str], AlignmentRow] = {}
        found: list[Alignment] = []

        def aligned(parent: Version, child: Version) -> Alignment:
            edge = parent.document, child.document
            of = content_id("alignment", _digest(parent), _digest(child), _speakers(parent, child))
            if edge in known and known[edge].of == of:
                return _alignment_of(*edge, known[edge].found)
            new = alignment(parent, child)
            made[edge] = AlignmentRow(of=of, found=_alignment_row(new), changed_of=None)
            return new

        drawn = list(lineage.families_with(case, affected))
        for trees in flow.woven(drawn):
            names = flow.members(trees)
            links = {k: link for name in names for k, link in actors.links(case, document=name).items()}
            for name in names:
                analysis = Analysis(document=self.documents[name], statements=tuple(told[name]))
                versions[name] = flow.version(analysis, links)
            edges = flow.edges_of(trees)
            result = collation(
                [versions[k] for k in names], edges, aligned=aligned, apart=flow.edges_of(trees, parted=True)
            )
            versions |= {v.document: v for v in result.versions}
            found += result.alignments
        kept.put_alignments(case, made)
        kept.remove_edges(case, known.keys() - {(a.parent, a.child) for a in found})
        old_pairs = kept.told_again(case, affected)
        self._voiced(stored, versions)
        pairs = {(p.parent, p.child) for a in found for p in a.pairs}
        kept.put_told_again(case, gone=old_pairs - pairs, come=pairs)
        digests = {k: _digest(v) for k, v in versions.items()}
        before = kept.told(case, affected)
        self.retold = {k for k, digest in digests.items() if k in come or before[k] != digest}
        kept.put_told(case, {k: digests[k] for k in self.retold})
        self.seeds.update(chain.from_iterable(old_pairs ^ pairs))
        self.seeds.update(s.id for k in self.retold for s in versions[k].statements)
        return list(flow.transmissions(self.documents, versions, found, drawn))

    def _voiced(self, stored: Mapping[str, list[Statement]], versions: Mapping[str, Version]) -> None:
        """Stores what outlets say in their own voice."""
        before = {s.id: _bare(s) for found in stored.values() for s in found if s.sourcing == "outlet"}
        after = {s.id: s for v in versions.values() for s in v.statements if s.sourcing == "outlet"}
        lineage.remove_statements(self.case, [k for k, s in before.items() if after.get(k) != s])
        self.case.put_statements([s for k, s in after.items() if before.get(k) != s], self.run)

    # Claims

    def _marked(self, names: Collection[str], found: Mapping[str, Marks]) -> None:
        """Notes what new documents are found by."""
        keys = kept.keys_of(self.case, names)
        stems: dict[int, list[Holder]] = {}
        runs: dict[int, list[Holder]] = {}
        quotes: dict[int, list[Holder]] = {}
        for k in sorted(names, key=lambda k: keys[k]):
            holder = Holder(keys[k], len(found[k].stems))
            for table, marks_ in ((stems, found[k].stems), (runs, found[k].runs), (quotes, self._quoted(k))):
                for mark in marks_:
                    table.setdefault(mark, []).append(holder)
        for run, packed in kept.holders(self.case, "quote", quotes):
            if len(packed) <= MOST_SHARING < len(packed) + len(quotes[run]):
                self.parted.append({kept.holder(p).key for p in packed})
        kept.put_marks(self.case, "stem", stems)
        kept.put_marks(self.case, "run", runs)
        kept.put_marks(self.case, "quote", quotes)

    def _unmarked(self, names: Collection[str]) -> None:
        """Takes away what documents are found by."""
        keys = set(kept.keys_of(self.case, names).values())
        stems: set[int] = set()
        runs: set[int] = set()
        quotes: set[int] = set()
        for k in names:
            found = marks(weights().witness(self.documents[k]))
            stems |= found.stems
            runs |= found.runs
            quotes |= self._quoted(k)
        for _, packed in kept.holders(self.case, "quote", quotes):
            left = {kept.holder(p).key for p in packed} - keys
            if len(left) <= MOST_SHARING < len(packed):
                self.met.append(left)
        kept.remove_marks(self.case, "stem", stems, keys)
        kept.remove_marks(self.case, "run", runs, keys)
        kept.remove_marks(self.case, "quote", quotes, keys)

    def _quoted(self, name: str) -> frozenset[int]:
        if name not in self.runs:
            self.load([name])
            self.runs[name] = quoted_runs(self.documents[name].text)
        return self.runs[name]

    def _near(self, name: str) -> set[str]:
        """The collated documents that share a quotation with one."""
        keys: set[int] = set()
        for _, packed in kept.holders(self.case, "quote", self._quoted(name)):
            if len(packed) <= MOST_SHARING:
                keys.update(kept.holder(p).key for p in packed)
        return kept.published(self.case, keys).keys() - {name}

    def _told_elsewhere(self) -> None:
        """Compares each document that tells something else than before with the reports that share a quotation.

        Of the others, those that shared a run of words with too many, or do so now, share it no more, or do so again.
        """
        near = {k: self._near(k) for k in sorted(self.retold)}
        wanted = {tuple(sorted((k, other))) for k, others in near.items() for other in others}
        links = kept.told_elsewhere(self.case, self.retold)
        old = set(chain.from_iterable(links.values()))
        for holders in (*self.parted, *self.met):
            names = kept.published(self.case, holders).keys() - self.retold
            near |= {k: self._near(k) for k in names - near.keys()}
            linked = kept.told_elsewhere(self.case, names, both=True)
            old |= {link for (a, b), held in linked.items() if b not in near[a] for link in held}
            if holders in self.met:
                wanted |= {(a, b) for a, b in combinations(sorted(names), 2) if b in near[a]}
        after: dict[tuple[str, str], float] = {}
        for one, other in sorted(wanted):
            self.load([one, other])
            earlier, later = sorted((one, other), key=lambda k: (self.documents[k].published or "9", k))
            for p in told_elsewhere(self._reading(earlier), self._reading(later)):
                after[p.parent, p.child] = p.score
        kept.put_told_elsewhere(
            self.case, gone=old - after.keys(), come=((*pair, score) for pair, score in after.items())
        )
        self.seeds.update(chain.from_iterable(old ^ after.keys()))

    def _claimed(self) -> None:
        """Tells anew the claims of all statements that are connected with what is new, or that lost a connection."""
        found = kept.component(self.case, self.seeds.union(kept.unsettled(self.case)))
        names = set(found.statements.values())
        self.load(names)
        told = kept.statements(self.case, names)
        versions = [
            Version(
                document=k,
                text=self.documents[k].text,
                statements=tuple(s for s in told[k] if s.id in found.statements),
            )
            for k in sorted(names)
        ]
        again = Alignment(parent="", child="", pairs=tuple(Pair(parent=p, child=c, score=1.0) for p, c in found.again))
        elsewhere = [Pair(parent=p, child=c, score=score) for (p, c), score in found.elsewhere.items()]
        times = {k: self.documents[k].published for k in names}
        said = claims(versions, [again], times, elsewhere=elsewhere)
        kept.put_claims(self.case, [(c.id, c.gist, c.statements) for c in said], self.run)
        self.seeds.update(found.statements)

    def _acted(self) -> None:
        """Tells anew the acts of the statements whose claims were told anew, or that others negate now, or no more."""
        found = kept.component(self.case, self.seeds)
        told = kept.statements(self.case, set(found.statements.values()))
        every = {s.id: s for some in told.values() for s in some if s.id in found.statements}
        said: dict[str, list[str]] = {}
        for s in every.values():
            said.setdefault(s.claim or s.id, []).append(s.id)
        alike = told_alike(said.values(), found.again, turned(lineage.negations(self.case, every)))
        acts = agreed([every[k] for k in some] for some in alike)
        kept.put_acts(self.case, {k: act for k, act in acts.items() if act != every[k].act})

    def _changed(self, edges: Iterable[Transmission]) -> None:
        """What changed on the edges of which anything is another than when it was told last."""
        known = kept.alignments(self.case, {t.child.document for t in edges})
        for edge in edges:
            at = edge.parent.document, edge.child.document
            of = _transmission_digest(edge)
            if known[at].changed_of != of:
                claim_of = kept.claims_of(self.case, at)
                before = turned(lineage.changes_along(self.case, [Edge(parent=at[0], child=at[1], score=0.0)]))
                after = tuple(flow.changed(edge, claim_of))
                self.seeds.update(chain.from_iterable(before ^ turned(after)))
                lineage.put_changes(self.case, *at, after, self.run)
                kept.put_changed_of(self.case, {at: of})


class _Memory:
    """What the case remembers of the documents in its heap (collate/families.py's Memory)."""

    def __init__(self, batch: _Batch, decided: Mapping[str, parentage.Parentage]) -> None:
        self.batch, self.case, self.decided = batch, batch.case, decided
        self.found: dict[str, Marks] = {}  # of the documents that came

    def document(self, name: str) -> Document:
        self.batch.load([name])
        return self.batch.documents[name]

    def candidates(self, name: str, found: Marks) -> Iterator[str]:
        self.found[name] = found
        mine = len(found.stems)
        keys: set[int] = set()
        runs = Counter(chain.from_iterable(packed for _, packed in kept.holders(self.case, "run", found.runs)))
        keys.update(kept.holder(p).key for p, many in runs.items() if many >= PASSAGES)
        stems: Counter[int] = Counter()
        for _, packed in kept.holders(self.case, "stem", found.stems):
            stems.update(packed)
        keys.update(h.key for p, many in stems.items() if enough(many, mine, (h := kept.holder(p)).size))
        window = None if self.batch.window is None else self.batch.window * DAY
        for other, published in kept.published(self.case, keys).items():
            at = instant(published)
            if other != name and (window is None or found.time is None or at is None or abs(at - found.time) <= window):
                yield other

    def kin(self, name: str) -> Iterator[Kin]:
        for row in kept.kin(self.case, name):
            yield Kin(
                earlier=row.earlier,
                later=row.later,
                probability=row.probability,
                copy=row.copy,
                shared=Shared(**dict(zip(_SHARED, row.shared, strict=True))),
            )

    def part(self, name: str) -> Iterator[Descent]:
        for child, row in kept.part(self.case, name):
            yield _descent_of(child, row)

    def ruled(self, name: str) -> Ruled:
        said = self.decided.get(name)
        return Ruled(parents=said.parents, rejected=said.rejected, below=said.below) if said else Ruled()


# What is kept, as plain values

_SHARED: Final = tuple(f.name for f in fields(Shared))


def _kin_row(pair: Kin) -> KinRow:
    return KinRow(
        earlier=pair.earlier,
        later=pair.later,
        probability=pair.probability,
        copy=pair.copy,
        shared=tuple(getattr(pair.shared, name) for name in _SHARED),
    )


def _descent_row(d: Descent) -> Any:
    if not d.shares and not d.ruled:
        return None
    ruled = {"ruled": [d.ruled.parents, d.ruled.rejected, d.ruled.below], "parted": dict(d.parted)} if d.ruled else {}
    return {
        "made": d.made,
        "direct": d.direct,
        "shares": dict(d.shares),
        "evidence": {k: list(v) for k, v in d.evidence.items()},
        "seconds": [[*pair, p] for pair, p in d.seconds.items()],
        "undated": d.undated,
        "older": None if d.older is None else sorted(d.older),
        "sure": d.sure,
        "level": d.level,
    } | ruled


def _descent_of(child: str, row: Any) -> Descent:
    if row is None:
        return Descent(child=child, made=0.0, direct=0.0, shares={}, evidence={}, seconds={}, undated=False)
    return Descent(
        child=child,
        made=row["made"],
        direct=row["direct"],
        shares=row["shares"],
        evidence={k: tuple((name, value) for name, value in v) for k, v in row["evidence"].items()},
        seconds={(first, other): p for first, other, p in row["seconds"]},
        undated=row["undated"],
        older=None if row["older"] is None else frozenset(row["older"]),
        sure=row["sure"],
        level=row["level"],
        ruled=_ruled_of(row.get("ruled", [(), (), ()])),
        parted=row.get("parted", {}),
    )


def _ruled_of(row: Any) -> Ruled:
    parents, rejected, below = map(tuple, row)
    return Ruled(parents=parents, rejected=rejected, below=below)


def _alignment_row(a: Alignment) -> Any:
    loose = [[x.statement, dict(x.evidence)] for x in a.loose]
    return [[astuple(p) for p in a.pairs], [_statement_row(s) for s in a.own_voice], loose]


def _alignment_of(parent: str, child: str, row: Any) -> Alignment:
    pairs, own_voice, loose = row
    return Alignment(
        parent=parent,
        child=child,
        pairs=tuple(
            Pair(parent=p, child=c, score=score, part=(spans(part[0]), spans(part[1]))) for p, c, score, part in pairs
        ),
        own_voice=tuple(_statement_of(child, s) for s in own_voice),
        loose=tuple(Loose(statement=s, evidence=evidence) for s, evidence in loose),
    )


def _statement_row(s: Statement) -> Any:
    return [s.id, [[p.start, p.end] for p in s.content], s.mode, s.act, s.acts, s.confidence]


def _statement_of(document: str, row: Any) -> Statement:
    """A statement in the outlet's own voice."""
    id, content, mode, act, acts, confidence = row
    return Statement(
        id=id,
        document=document,
        source=None,
        cue=None,
        content=spans(content),
        mode=mode,
        act=act,
        sourcing="outlet",
        confidence=confidence,
        acts=tuple(acts),
    )


def _bare(s: Statement) -> Statement:
    """As its article alone tells it."""
    return replace(s, actor=None, claim=None, act=likeliest(s.acts) if s.acts else s.act)


def _digest(version: Version) -> str:
    """Of what a version tells, whoever the speakers are taken for. Its text never changes."""
    return content_id("version", version.document, *(repr(_bare(s)) for s in version.statements))


def _speakers(*versions: Version) -> str:
    """Who speaks where, as far as any step asks: which statements have one actor. A new id for an actor is no news."""
    numbers: dict[str | None, int] = {None: 0}
    return repr([numbers.setdefault(s.actor, len(numbers)) for v in versions for s in v.statements])


def _transmission_digest(t: Transmission) -> str:
    naming = [replace(n, text="") for n in (t.parent_naming, t.child_naming, *t.sources)]
    versions = (t.parent, t.child, *t.parents)
    return content_id(
        "transmission",
        *map(_digest, versions),
        _speakers(*versions),
        repr(t.score),
        *(repr(a.pairs) for a in (t.alignment, *t.beside)),
        *(repr([(x.statement, sorted(x.evidence.items())) for x in a.loose]) for a in (t.alignment, *t.beside)),
        repr(naming),
    )
