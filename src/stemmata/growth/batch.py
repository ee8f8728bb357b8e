"""Some documents come, or go, and all that they touch is brought up to date."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from itertools import chain, combinations
from typing import Final, get_args

from stemmata import flow
from stemmata.acts import agreed
from stemmata.case import Case, actors, grouping, lineage, parentage
from stemmata.case import collation as kept
from stemmata.case import disputes as disputes_kept
from stemmata.case.collation import AlignmentRow, MarkKind
from stemmata.collate.alignment import Alignment, Pair, alignment
from stemmata.collate.candidates import PASSAGES, Marks, enough, marks
from stemmata.collate.changes import negating
from stemmata.collate.claims import MOST_SHARING, claims, collation, quoted_runs, told_alike, told_elsewhere
from stemmata.collate.families import DAY, Heap
from stemmata.collate.kin import Kin, weights
from stemmata.collate.leftovers import leftovers
from stemmata.collate.passages import Reading, Version, reading_of
from stemmata.collate.stemma import Descent, Ruled
from stemmata.collate.witness import instant
from stemmata.flow import Analysis, Transmission
from stemmata.growth.plain import (
    alignment_of,
    alignment_row,
    bare,
    descent_of,
    descent_row,
    digest,
    kin_of,
    kin_row,
    speakers,
    transmission_digest,
)
from stemmata.model import Change, Document, Family, Refusal, Run, Statement, content_id, said_by

READ: Final = 256  # versions that are kept read, some 100 kB each
MARKS: Final[tuple[MarkKind, ...]] = get_args(MarkKind)


class Batch:
    """One transaction: some documents come, or go, and all that they touch is brought up to date."""

    def __init__(self, case: Case, run: Run) -> None:
        self.case, self.run = case, run
        self.window: float | None = run.settings.get("window_days") or None
        self.documents: dict[str, Document] = {}
        self.runs: dict[str, frozenset[int]] = {}  # of quoted words
        self.readings: OrderedDict[str, Reading] = OrderedDict()
        self.parted: list[set[int]] = []  # holders of a quoted run that too many have now
        self.met: list[set[int]] = []  # holders of one that few enough have again
        self.retold: set[str] = set()  # documents with other statements than before
        self.seeds: set[str] = set()  # statements whose claims may be others now
        self.tripped: dict[tuple[str, str], Refusal] = {}  # edges that trip the program: they cost no other

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
        near = {k for name in ruled for pair in kept.kin(case, name) for k in pair[:2]}
        again = around | parentage.collated(case, {*ruled, *beside, *near})
        for k, told in _own(kept.statements(case, come)).items():
            analysis = Analysis(document=self.documents[k], statements=tuple(told))
            grouping.put_figures(case, k, flow.figured(analysis), self.run)
        grouping.regroup(case)
        heap = Heap(window_days=self.window, memory=memory)
        judged = heap.extend([self.documents[k] for k in come], again=again)
        kept.put_descents(case, {k: descent_row(heap.descent_of(k)) for k in judged}, self.run)
        kept.put_parts(case, [part.documents for part in heap.parts])
        kept.put_kin(case, {kin_row(pair) for k in come for pair in heap.pairs_of(k)})
        self._marked([k for k in come if k not in met_before], memory.found)
        affected = {k for part in heap.parts for k in part.documents}
        self._drawn([f for part in heap.parts for f in part.families], affected, old)
        edges = self._collated(affected | kept.parts_of(case, respoken), set(come))
        self._told_elsewhere()
        self._claimed()
        self._changed(edges)
        kept.put_tripped(case, affected, [(k, told) for (_, k), told in self.tripped.items()], self.run)
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

    def refuse(self, name: str, fault: Exception) -> None:
        """Notes of a document that it trips the program, so that it costs no other and waits for a retry alone."""
        self.case.put_run(self.run)
        self.load([name])
        told = flow.tripped(self.documents[name], "collate", "not collated", fault)
        kept.put_tripped(self.case, [name], [(name, told)], self.run)
        kept.done(self.case, [name])

    # What is read of the case

    def load(self, names: Iterable[str]) -> None:
        """Has the documents at hand, those that are not there yet read at once."""
        if missing := set(names) - self.documents.keys():
            self.documents |= {d.id: d for d in self.case.documents(among=missing)}

    def _reading(self, name: str) -> Reading:
        """A document with all of its statements, as they are in the case now."""
        held = self.readings.get(name)
        if held is None:
            self.load([name])
            statements = tuple(map(bare, kept.statements(self.case, [name])[name]))
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
        lineage.remove(self.case, "families", [k for k, f in before.items() if not lineage.alike(f, after.get(k))])
        new = [f for k, f in after.items() if not lineage.alike(f, before.get(k))]
        lineage.put_families(self.case, new, self.run)

    def _collated(self, affected: Collection[str], come: Collection[str]) -> list[Transmission]:
        """Aligns what is not aligned yet of the families of `affected`, whole parts; returns all their edges."""
        case = self.case
        self.load(affected)
        stored = kept.statements(case, affected)
        told = _own(stored)
        versions = {k: Version(document=k, text=self.documents[k].text, statements=tuple(s)) for k, s in told.items()}
        known = kept.alignments(case, affected)
        made: dict[tuple[str, str], AlignmentRow] = {}
        found: list[Alignment] = []

        def aligned(parent: Version, child: Version) -> Alignment:
            edge = parent.document, child.document
            of = content_id("alignment", digest(parent), digest(child), speakers(parent, child))
            if edge in known and known[edge].of == of:
                return alignment_of(*edge, known[edge].found)
            try:
                new = alignment(parent, child)
            except flow.FAULTS as fault:
                self._trip(edge, fault)
                of, new = "", Alignment(parent=parent.document, child=child.document, pairs=())  # sought again
            made[edge] = AlignmentRow(of=of, found=alignment_row(new), changed_of=None)
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
        digests = {k: digest(v) for k, v in versions.items()}
        before = kept.told(case, affected)
        self.retold = {k for k, of in digests.items() if k in come or before[k] != of}
        kept.put_told(case, {k: digests[k] for k in self.retold})
        self.seeds.update(chain.from_iterable(old_pairs ^ pairs))
        self.seeds.update(s.id for k in self.retold for s in versions[k].statements)
        return list(flow.transmissions(self.documents, versions, found, drawn))

    def _voiced(self, stored: Mapping[str, list[Statement]], versions: Mapping[str, Version]) -> None:
        """Stores what outlets say in their own voice."""
        before = {s.id: bare(s) for found in stored.values() for s in found if s.sourcing == "outlet"}
        after = {s.id: s for v in versions.values() for s in v.statements if s.sourcing == "outlet"}
        lineage.remove(self.case, "statements", [k for k, s in before.items() if after.get(k) != s])
        self.case.put_statements([s for k, s in after.items() if before.get(k) != s], self.run)

    # Claims

    def _marked(self, names: Collection[str], found: Mapping[str, Marks]) -> None:
        """Notes what new documents are found by."""
        keys = kept.keys_of(self.case, names)
        added: dict[MarkKind, dict[int, list[int]]] = {kind: defaultdict(list) for kind in MARKS}
        for k in sorted(names, key=lambda k: keys[k]):
            for kind, some in self._marks_of(k, found[k]).items():
                for mark in some:
                    added[kind][mark].append(kept.holder(keys[k], len(found[k].stems)))
        for run, holders in kept.holders(self.case, "quote", added["quote"]):
            if len(holders) <= MOST_SHARING < len(holders) + len(added["quote"][run]):
                self.parted.append(_keys(holders))
        for kind, of in added.items():
            kept.put_marks(self.case, kind, of)

    def _unmarked(self, names: Collection[str]) -> None:
        """Takes away what documents are found by."""
        keys = set(kept.keys_of(self.case, names).values())
        gone: dict[MarkKind, set[int]] = {kind: set() for kind in MARKS}
        for k in names:
            for kind, some in self._marks_of(k, marks(weights().witness(self.documents[k]))).items():
                gone[kind] |= some
        for _, holders in kept.holders(self.case, "quote", gone["quote"]):
            left = _keys(holders) - keys
            if len(left) <= MOST_SHARING < len(holders):
                self.met.append(left)
        for kind, of in gone.items():
            kept.remove_marks(self.case, kind, of, keys)

    def _marks_of(self, name: str, found: Marks) -> dict[MarkKind, Set[int]]:
        return {"stem": found.stems, "run": found.runs, "quote": self._quoted(name)}

    def _quoted(self, name: str) -> frozenset[int]:
        if name not in self.runs:
            self.load([name])
            self.runs[name] = quoted_runs(self.documents[name].text)
        return self.runs[name]

    def _near(self, name: str) -> set[str]:
        """The collated documents that share a quotation with one."""
        keys: set[int] = set()
        for _, holders in kept.holders(self.case, "quote", self._quoted(name)):
            if len(holders) <= MOST_SHARING:
                keys |= _keys(holders)
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
            earlier, later = sorted((one, other), key=lambda k: (said_by(self.documents[k].published), k))
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
        alike = told_alike(said.values(), found.again, negating(lineage.negations(self.case, every)))
        acts = agreed([every[k] for k in some] for some in alike)
        kept.put_acts(self.case, {k: act for k, act in acts.items() if act != (every[k].act, every[k].act_probability)})

    def _changed(self, edges: Iterable[Transmission]) -> None:
        """What changed on the edges of which anything is another than when it was told last."""
        known = kept.alignments(self.case, {t.child.document for t in edges})
        for edge in edges:
            at = edge.parent.document, edge.child.document
            of = transmission_digest(edge)
            if known[at].changed_of != of:
                claim_of = kept.claims_of(self.case, at)
                before = negating(lineage.changes_on(self.case, *at))
                after: tuple[Change, ...] = ()
                try:
                    after = () if at in self.tripped else tuple(flow.changed(edge, claim_of))
                except flow.FAULTS as fault:
                    self._trip(at, fault)
                self.seeds.update(chain.from_iterable(before ^ negating(after)))
                lineage.put_changes(self.case, *at, after, self.run)
                kept.put_changed_of(self.case, {at: "" if at in self.tripped else of})

    def _trip(self, edge: tuple[str, str], fault: Exception) -> None:
        """Notes of an edge that what changed on it is not known."""
        parent, child = edge
        what = f"not compared with {parent}, which it was made from"
        self.tripped[edge] = flow.tripped(self.documents[child], "collate", what, fault)


def _own(stored: Mapping[str, Iterable[Statement]]) -> dict[str, list[Statement]]:
    """What documents tell but for what they tell in the outlet's own voice, as it was analysed."""
    return {k: [bare(s) for s in found if s.sourcing != "outlet"] for k, found in stored.items()}


def _keys(holders: Iterable[int]) -> set[int]:
    return {kept.key_and_size(h)[0] for h in holders}


class _Memory:
    """What the case remembers of the documents in its heap (collate/families.py's Memory)."""

    def __init__(self, batch: Batch, decided: Mapping[str, parentage.Parentage]) -> None:
        self.batch, self.case, self.decided = batch, batch.case, decided
        self.found: dict[str, Marks] = {}  # of the documents that came

    def document(self, name: str) -> Document:
        self.batch.load([name])
        return self.batch.documents[name]

    def candidates(self, name: str, found: Marks) -> Iterator[str]:
        self.found[name] = found
        mine = len(found.stems)
        runs, stems = self._met("run", found.runs), self._met("stem", found.stems)
        keys = _keys(h for h, many in runs.items() if many >= PASSAGES)
        keys |= _keys(h for h, many in stems.items() if enough(many, mine, kept.key_and_size(h)[1]))
        window = None if self.batch.window is None else self.batch.window * DAY
        for other, published in kept.published(self.case, keys).items():
            at = instant(published)
            if other != name and (window is None or found.time is None or at is None or abs(at - found.time) <= window):
                yield other

    def _met(self, kind: MarkKind, marks: Set[int]) -> Counter[int]:
        """Who has any of some marks, and how many of them."""
        return Counter(chain.from_iterable(holders for _, holders in kept.holders(self.case, kind, marks)))

    def kin(self, name: str) -> Iterator[Kin]:
        return map(kin_of, kept.kin(self.case, name))

    def part(self, name: str) -> Iterator[Descent]:
        for child, row in kept.part(self.case, name):
            yield descent_of(child, row)

    def ruled(self, name: str) -> Ruled:
        said = self.decided.get(name)
        return Ruled(parents=said.parents, rejected=said.rejected, below=said.below) if said else Ruled()
