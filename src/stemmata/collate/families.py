"""From a heap of documents to families: the one object that grows, and the function that computes all anew.

Adding a document compares it with its candidates alone. Every judgement depends on the documents that it is of and on
nothing else, so the families are the same in whatever order documents come. A heap that was put away (in a case file,
say) goes on from a `Memory` of it, which is asked for what the new documents touch and for nothing else.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from stemmata.collate.candidates import Index, Marks, marks
from stemmata.collate.kin import Kin, Weights, is_form, kin, weights
from stemmata.collate.precedence import undated_kin
from stemmata.collate.rivals import is_before
from stemmata.collate.stemma import RIVAL, Descent, Ruled, alone, as_ruled, descent, possible, stemma
from stemmata.collate.witness import Witness
from stemmata.model import Document, Family, StemmataError

READ = 512  # witnesses kept in memory: a few megabytes each hundred; an older one is read again from its text
# Share of an article from which a text that says it corrects it is a version of it: of the versions of bench/train one
# in ten tells less of its parent (0.19 the least); a notice tells what it puts right (0.15, looked at by hand).
CARRIED = 0.25
MOST = 40  # rivals at most, the nearest kin: a text copied five hundred times needs no five hundred rivals
DAY = 86400.0


def families(
    documents: Iterable[Document], *, window_days: float | None = None, fitted: Weights | None = None
) -> tuple[Family, ...]:
    """The families among `documents`, each with its stemma. `window_days`: older pairs are not compared."""
    heap = Heap(window_days=window_days, fitted=fitted)
    heap.extend(documents)
    return heap.families


class Memory(Protocol):
    """What is known of documents that went into a heap before, by id."""

    def document(self, name: str) -> Document: ...

    def candidates(self, name: str, found: Marks) -> Iterable[str]:
        """The others that are to be compared with `name`: those that `Index.candidates` would give."""

    def kin(self, name: str) -> Iterable[Kin]:
        """The judgements of `name` and another, of probability `RIVAL` or more."""

    def part(self, name: str) -> Iterable[Descent]:
        """The descents of all that may hang together with `name`, its own among them."""

    def ruled(self, name: str) -> Ruled:
        """What people decided of where `name` comes from, of documents that are in the heap or go in now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Documents that may hang together, by id, so that their trees are drawn together; and the families found among
    them."""

    documents: tuple[str, ...]
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The memory of a heap that begins from nothing."""

    def document(self, name: str) -> Document:
        raise StemmataError(f"no document {name!r} in the heap: add it first")

    def candidates(self, name: str, found: Marks) -> Iterable[str]:
        return ()

    def kin(self, name: str) -> Iterable[Kin]:
        return ()

    def part(self, name: str) -> Iterable[Descent]:
        return ()

    def ruled(self, name: str) -> Ruled:
        return Ruled()


class Heap:
    """Documents, and the families among them, kept up to date. `memory` knows the documents that came before."""

    def __init__(
        self, *, window_days: float | None = None, fitted: Weights | None = None, memory: Memory | None = None
    ) -> None:
        self._fitted = fitted or weights()
        self._memory: Memory = memory or Nothing()
        self._recalled: set[str] = set()  # whose kin the memory was asked for
        self._index = Index(None if window_days is None else window_days * DAY)
        self._documents: dict[str, Document] = {}
        self._witnesses: OrderedDict[str, Witness] = OrderedDict()
        self._kin: dict[str, dict[str, Kin]] = {}
        self._descents: dict[str, Descent] = {}
        self._hangs: dict[str, tuple[str, ...]] = {}  # document -> those that it may hang on
        self._holds: dict[str, set[str]] = defaultdict(set)  # the other way
        self._part: dict[str, Part] = {}  # document -> the part of the heap that it is in

    def __len__(self) -> int:
        return len(self._documents)

    @property
    def families(self) -> tuple[Family, ...]:
        """All families, by id."""
        return tuple(sorted((f for part in self.parts for f in part.families), key=lambda f: f.id))

    def add(self, document: Document) -> tuple[Family, ...]:
        """The families that `document` made or changed: those it joined, and those whose tree it altered."""
        before = set(self.families_of(document.id))
        touched = self.extend([document])
        after = {f for d in touched for f in self.families_of(d)}
        return tuple(sorted(after - before, key=lambda f: f.id))

    def extend(self, documents: Iterable[Document], *, again: Collection[str] = ()) -> set[str]:
        """Adds `documents`, settles once; gives the documents whose descent was judged anew.

        `again` are judged anew too: those that had a rival which the memory no longer holds, or those of
        which people decided.
        """
        touched = set(again)
        for document in documents:
            touched |= self._entered(document)
        for name in sorted(touched):
            self._recall_part(name)
        for name in sorted(touched):
            self._judge(name)
        self._settle(touched)
        return touched

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts; with a memory, those alone that were drawn anew."""
        return tuple(part for name, part in sorted(self._part.items()) if name == part.documents[0])

    def descent_of(self, name: str) -> Descent:
        """Where `name` comes from, as far as it was judged or recalled."""
        return self._descents[name]

    def pairs_of(self, name: str) -> tuple[Kin, ...]:
        """The judgements of `name` and another of probability `RIVAL` or more, as far as they were made or recalled."""
        return tuple(pair for _, pair in sorted(self._kin.get(name, {}).items()))

    def families_of(self, name: str) -> tuple[Family, ...]:
        """The families that a document is in: none or one, two for a digest of two stories."""
        return tuple(f for f in self._part[name].families if name in f.documents) if name in self._part else ()

    def nominated(self, one: str, other: str) -> bool:
        """Whether the index brought two documents together."""
        return other in self._index.candidates(marks(self._witness(one)))

    def kin_of(self, one: str, other: str) -> Kin:
        """The judgement of two documents, with its evidence; the earlier first."""
        self._recall_kin(one)
        held = self._kin.get(one, {}).get(other)
        return held or self._compared(one, other)

    def _recall_kin(self, name: str) -> None:
        if name not in self._recalled:
            self._recalled.add(name)
            for pair in self._memory.kin(name):
                for one, other in ((pair.earlier, pair.later), (pair.later, pair.earlier)):
                    self._kin.setdefault(one, {})[other] = pair

    def _recall_part(self, name: str) -> None:
        if name not in self._part and (known := tuple(self._memory.part(name))):
            part = Part(documents=tuple(sorted(one.child for one in known)), families=())
            for one in known:
                self._part[one.child] = part
                self._hang(one)

    def _entered(self, document: Document) -> set[str]:
        name = document.id
        if name in self._documents:
            if self._documents[name] != document:
                raise StemmataError(f"{name} is in the heap already, with another text: give it an id of its own")
            return set()
        self._documents[name] = document
        self._recalled.add(name)
        mine = self._witness(name)
        found = marks(mine)
        touched = {name}
        for other in dict.fromkeys((*self._index.candidates(found), *self._memory.candidates(name, found))):
            pair = self._compared(name, other)
            if pair.probability >= RIVAL:
                self._kin.setdefault(name, {})[other] = self._kin.setdefault(other, {})[name] = pair
                if not is_before(self._witness(other), mine) and self._is_near(other, pair):
                    touched.add(other)
        self._index.add(name, found)
        return touched

    def _is_near(self, name: str, new: Kin) -> bool:
        """Whether a pair that came in is among the `MOST` nearest that `name` is judged by: else nothing changes."""
        self._recall_kin(name)
        mine, ruled, order = self._witness(name), self._memory.ruled(name), _nearest_first(name)
        out = (*ruled.rejected, *ruled.below)
        nearer = (k for k, pair in self._kin[name].items() if order(pair) < order(new) and k not in out)
        return len(list(islice((k for k in nearer if self._may_be_rival(mine, k)), MOST))) < MOST

    def _witness(self, name: str) -> Witness:
        held = self._witnesses.get(name)
        if held is None:
            if name not in self._documents:
                self._documents[name] = self._memory.document(name)
            held = self._witnesses[name] = self._fitted.witness(self._documents[name])
            if len(self._witnesses) > READ:
                self._witnesses.popitem(last=False)
        else:
            self._witnesses.move_to_end(name)
        return held

    def _compared(self, one: str, other: str) -> Kin:
        """The pair, earlier first; where times do not tell, as both ways say, so that it is the same whichever came."""
        a, b = self._witness(one), self._witness(other)
        if is_before(b, a):
            a, b = b, a
        pair = (kin if is_before(a, b) else undated_kin)(a, b, self._fitted)
        if pair.earlier != a.id:
            a, b = b, a
        if is_form(a, b, pair.shared):
            return replace(pair, probability=0.0)
        carried = [pair.shared.told_parent] * b.corrects + [pair.shared.told_child] * a.corrects
        # a correction is no version of what it corrects, unless it tells that again
        return replace(pair, probability=0.0) if min(carried, default=1.0) < CARRIED else pair

    def _judge(self, name: str) -> None:
        self._recall_kin(name)
        near = sorted(self._kin.get(name, {}).values(), key=_nearest_first(name))
        ruled = self._memory.ruled(name)
        if not near and not ruled:
            self._hang(alone(name))  # most are: no need to read it again
            return
        mine = self._witness(name)
        around = [(self._witness(k), pair) for pair in near if self._may_be_rival(mine, k := _other(pair, name))]
        found = descent(mine, around[:MOST], self.kin_of, self._fitted)
        if ruled:
            left = [(w, pair) for w, pair in around if w.id not in (*ruled.rejected, *ruled.below)]
            found = as_ruled(found, descent(mine, left[:MOST], self.kin_of, self._fitted), ruled)
        self._hang(found)

    def _may_be_rival(self, mine: Witness, name: str) -> bool:
        """Whether neither its time says that a document is younger than `mine`, nor people, who set it to be made from
        one that is."""
        return not any(is_before(mine, self._witness(k)) for k in (name, *self._memory.ruled(name).parents))

    def _hang(self, found: Descent) -> None:
        name = found.child
        self._descents[name] = found
        for other in self._hangs.get(name, ()):
            self._holds[other].discard(name)
        self._hangs[name] = possible(found)
        for other in self._hangs[name]:
            self._holds[other].add(name)

    def _settle(self, touched: set[str]) -> None:
        """Draws anew the trees of the parts that `touched` are in, or were; all others are left."""
        waiting = touched.union(*(self._part[n].documents for n in touched if n in self._part))
        seen: set[str] = set()
        for name in sorted(waiting):
            if name in seen:
                continue
            part, edge = set(), {name}
            while edge:
                at = edge.pop()
                self._recall_part(at)
                part.add(at)
                edge |= (set(self._hangs.get(at, ())) | self._holds.get(at, set())) - part
            seen |= part
            found = stemma({n: self._descents[n] for n in part}, self.kin_of) if len(part) > 1 else ()
            self._part |= dict.fromkeys(part, Part(documents=tuple(sorted(part)), families=found))


def _other(pair: Kin, name: str) -> str:
    return pair.later if pair.earlier == name else pair.earlier


def _nearest_first(name: str) -> Callable[[Kin], tuple[float, str]]:
    """What sorts the pairs of a document: the likeliest first."""
    return lambda pair: (-pair.probability, _other(pair, name))
