"""From a heap of documents to families: the one object that grows, and the function that computes all anew.

Adding a document compares it with its candidates alone. Every judgement depends on the documents that it is of and on
nothing else, so the families are the same in whatever order documents come.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable

from stemmata.collate.candidates import Index, marks
from stemmata.collate.kin import Kin, Weights, kin, weights
from stemmata.collate.rivals import is_before
from stemmata.collate.stemma import RIVAL, Descent, alone, descent, possible, stemma
from stemmata.collate.witness import Witness
from stemmata.model import Document, Family, StemmataError

READ = 512  # witnesses kept in memory: a few megabytes each hundred; an older one is read again from its text
MOST = 40  # rivals at most, the nearest kin: a text copied five hundred times needs no five hundred rivals
DAY = 86400.0


def families(
    documents: Iterable[Document], *, window_days: float | None = None, fitted: Weights | None = None
) -> tuple[Family, ...]:
    """The families among `documents`, each with its stemma. `window_days`: older pairs are not compared."""
    heap = Heap(window_days=window_days, fitted=fitted)
    heap.extend(documents)
    return heap.families


class Heap:
    """Documents, and the families among them, kept up to date."""

    def __init__(self, *, window_days: float | None = None, fitted: Weights | None = None) -> None:
        self._fitted = fitted or weights()
        self._index = Index(None if window_days is None else window_days * DAY)
        self._documents: dict[str, Document] = {}
        self._witnesses: OrderedDict[str, Witness] = OrderedDict()
        self._kin: dict[str, dict[str, Kin]] = {}
        self._descents: dict[str, Descent] = {}
        self._hangs: dict[str, tuple[str, ...]] = {}  # document -> those that it may hang on
        self._holds: dict[str, set[str]] = defaultdict(set)  # the other way
        self._part: dict[str, int] = {}  # document -> the part of the heap whose tree it is in; none for one alone
        self._members: dict[int, set[str]] = {}
        self._parts: dict[int, tuple[Family, ...]] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._documents)

    @property
    def families(self) -> tuple[Family, ...]:
        """All families, by id."""
        return tuple(sorted((f for part in self._parts.values() for f in part), key=lambda f: f.id))

    def add(self, document: Document) -> tuple[Family, ...]:
        """The families that `document` made or changed: those it joined, and those whose tree it altered."""
        before = set(self.families_of(document.id))
        touched = self.extend([document])
        after = {f for d in touched for f in self.families_of(d)}
        return tuple(sorted(after - before, key=lambda f: f.id))

    def extend(self, documents: Iterable[Document]) -> set[str]:
        """Adds `documents`, settles once; gives the documents whose descent was judged anew."""
        touched: set[str] = set()
        for document in documents:
            touched |= self._entered(document)
        for name in sorted(touched):
            self._judge(name)
        self._settle(touched)
        return touched

    def families_of(self, name: str) -> tuple[Family, ...]:
        """The families that a document is in: none or one, two for a digest of two stories."""
        found = [f for f in self._parts.get(self._part.get(name, -1), ()) if name in f.documents]
        return tuple(found)

    def nominated(self, one: str, other: str) -> bool:
        """Whether the index brought two documents together."""
        return other in self._index.candidates(marks(self._witness(one)))

    def kin_of(self, one: str, other: str) -> Kin:
        """The judgement of two documents, with its evidence; the earlier first."""
        held = self._kin.get(one, {}).get(other)
        return held or self._compared(one, other)

    def _entered(self, document: Document) -> set[str]:
        name = document.id
        if name in self._documents:
            if self._documents[name] != document:
                raise StemmataError(f"{name} is in the heap already, with another text: give it an id of its own")
            return set()
        self._documents[name] = document
        mine = self._witness(name)
        found = marks(mine)
        touched = {name}
        for other in self._index.candidates(found):
            pair = self._compared(name, other)
            if pair.probability >= RIVAL:
                self._kin.setdefault(name, {})[other] = self._kin.setdefault(other, {})[name] = pair
                if not is_before(self._witness(other), mine):
                    touched.add(other)
        self._index.add(name, found)
        return touched

    def _witness(self, name: str) -> Witness:
        held = self._witnesses.get(name)
        if held is None:
            held = self._witnesses[name] = self._fitted.witness(self._documents[name])
            if len(self._witnesses) > READ:
                self._witnesses.popitem(last=False)
        else:
            self._witnesses.move_to_end(name)
        return held

    def _compared(self, one: str, other: str) -> Kin:
        """The pair, earlier first; by id where times do not tell, so that it is the same whoever came first."""
        a, b = sorted((self._witness(one), self._witness(other)), key=lambda w: w.id)
        if is_before(b, a):
            a, b = b, a
        return kin(a, b, self._fitted)

    def _judge(self, name: str) -> None:
        near = sorted(self._kin.get(name, {}).items(), key=lambda item: (-item[1].probability, item[0]))
        if not near:
            self._descents[name] = alone(name)  # most are: no need to read it again
            return
        mine = self._witness(name)
        around = [(w, pair) for other, pair in near if not is_before(mine, w := self._witness(other))]
        self._descents[name] = descent(mine, around[:MOST], self.kin_of, self._fitted)
        for other in self._hangs.get(name, ()):
            self._holds[other].discard(name)
        self._hangs[name] = possible(self._descents[name])
        for other in self._hangs[name]:
            self._holds[other].add(name)

    def _settle(self, touched: set[str]) -> None:
        """Draws anew the trees of the parts that `touched` are in, or were; all others are left."""
        waiting = touched.union(*(self._members.get(self._part.get(n, -1), ()) for n in touched))
        seen: set[str] = set()
        for name in sorted(waiting):
            if name in seen:
                continue
            part, edge = set(), {name}
            while edge:
                at = edge.pop()
                part.add(at)
                edge |= (set(self._hangs.get(at, ())) | self._holds.get(at, set())) - part
            seen |= part
            for n in part:
                old = self._part.pop(n, -1)
                self._parts.pop(old, None)
                self._members.pop(old, None)
            if len(part) > 1:
                self._part |= dict.fromkeys(part, self._next)
                self._members[self._next] = part
                self._parts[self._next] = stemma({n: self._descents[n] for n in part}, self.kin_of)
                self._next += 1
