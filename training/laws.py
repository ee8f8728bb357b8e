"""What each law of collation decides: python -m training.laws --shared ../shared --cache laws.pkl [--list NAME]

A law is a function of collate/ that looks at statements (`Rendering`s) and answers yes or no, or with a place or none;
a row of `changes.OUTRIGHT`; or a name of `pulls.PULLS`. It fires where it says yes, and decides where a change has
other loud labels, or another label that counts (`verdicts.SURE`), with the law switched off: it gives labels or stops
them, rightly by gold or not. On bench/train, the dossiers that are held back, every `--every`th of the other large
ones, and our own rewrites (those that labels learn from, and those that laws were made on), with statements as found,
by gold edges. What labels weigh is fitted on the first two and on the rewrites without the fold that is looked at; all
else are the shipped weights. A law under `FEW` decisions has shown nothing. What is found, fitted and counted is kept
in `--cache`, and gone on with after a stop.
"""

from __future__ import annotations

import argparse
import inspect
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial, wraps
from pathlib import Path
from types import FunctionType
from typing import Any

from stemmata import flow
from stemmata.case.verdicts import SOFT, SURE
from stemmata.collate import changes as room
from stemmata.collate.alignment import Alignment
from stemmata.collate.changes import KEPT, WEIGHED, changes
from stemmata.collate.claims import collation
from stemmata.collate.passages import Version
from stemmata.collate.pulls import PULLS
from stemmata.model import Change, Credit
from stemmata.read.credit import credits
from stemmata.weighing import Weighing, weighings

from .claims import (
    REWRITTEN,
    WEIGHED_BY,
    GoldFamily,
    as_found,
    examples_of,
    gold_families,
    label_examples,
    large_dossiers,
    logistic,
    rewritten_examples,
    spoken,
)
from .found import resolved, statements_found
from .rewritten import READ, TAUGHT, Rewrite, kept, rewrites

FOLDS = 4
FEW = 5
ALWAYS = ("pulled", "_possible")  # what a label needs: off, it has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A label that a law gives, or stops, and whether it should, by gold (None: gold has nothing to tell of it)."""

    law: str
    where: str
    label: str
    gives: bool
    right: bool | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge with all that `changes` asks for, and what gold says of a change: its labels, None where it is silent."""

    where: str
    parent: Version
    child: Version
    alignment: Alignment
    parents: list[Version]
    beside: list[Alignment]
    credits: tuple[tuple[Credit, ...], tuple[Credit, ...]]
    gold: Callable[[Change, str], bool | None]


@dataclass(slots=True)
class Switches:
    """The laws: which one is off, and which of them have said yes since `heard` was last emptied."""

    off: str = ""
    heard: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    rows: dict[str, str] = field(default_factory=dict)  # those of tables, with the evidence that they ask for

    def install(self) -> None:
        """Puts a switch before every law."""
        for module in [m for n, m in sorted(sys.modules.items()) if n.startswith("stemmata.collate.")]:
            for name, f in list(vars(module).items()):
                if isinstance(f, FunctionType) and f.__module__ == module.__name__ and (off := _when_off(f)):
                    law = f"{module.__name__.rsplit('.')[-1]}.{name}"
                    self.names.append(law)
                    _replaced(f, self._switched(law, f, off[0]))
        self.rows = {f"OUTRIGHT {x}": x for x, _, _ in room.OUTRIGHT}
        self.rows |= {f"PULLS {label}, {x}": x for label, names in PULLS.items() for x in names}
        self.names += self.rows

    def _switched(self, law: str, f: Callable[..., Any], off: object) -> Callable[..., Any]:
        @wraps(f)
        def asked(*args: Any, **named: Any) -> Any:
            if self.off == law:
                return off
            said = f(*args, **named)
            if bool(said) != (f.__name__ in ALWAYS):
                self.heard.add(law)
            return said

        return asked


def _when_off(f: FunctionType) -> tuple[object] | None:
    """What a function gives where it is switched off, if it is a law."""
    signature = inspect.signature(f)
    told = str(signature.return_annotation)
    if not any("Rendering" in str(p.annotation) for p in signature.parameters.values()):
        return None
    if f.__name__ in ALWAYS:
        return (True,)
    return (False,) if told == "bool" else (None,) if told.endswith("| None") else None


def _replaced(f: FunctionType, by: Callable[..., Any]) -> None:
    """Puts `by` in the place of `f` wherever a module of collate/ names it, in tuples and tables too."""

    def swapped(x: Any) -> Any:
        return by if x is f else tuple(map(swapped, x)) if type(x) is tuple else x

    for module in [m for n, m in sys.modules.items() if n.startswith("stemmata.collate")]:
        for name, x in list(vars(module).items()):
            if isinstance(x, dict):
                x |= {k: swapped(y) for k, y in x.items() if swapped(y) != y}
            elif swapped(x) != x:
                setattr(module, name, swapped(x))


class Remembering:
    """Puts a memory before what `changes` asks of each pair: only what the law that is off touched is asked anew."""

    def __init__(self, switches: Switches) -> None:
        self._switches = switches
        self._known: dict[Any, tuple[Any, frozenset[str]]] = {}
        self.outside = frozenset[str]()  # what is asked of a whole version may touch every pair
        self._evidence, self._grounds = room.evidence, room.grounds
        room.evidence = partial(self._asked, self._evidence)  # type: ignore[assignment]
        room.grounds = self._weighed_up  # type: ignore[assignment]

    def forget(self) -> None:
        self._known, self.outside = {}, frozenset[str]()

    def _asked(self, ask: Callable[..., Any], *args: Any, fires: Iterable[str] = (), **named: Any) -> Any:
        on = self._switches
        key = ask.__name__, *((x.statement.id, x.spans, x.statement.cue) for x in args[:2])
        if on.off and key in self._known and on.off not in self._known[key][1] and on.off not in self.outside:
            return self._known[key][0]
        before, on.heard = on.heard, set(fires)
        said = ask(*args, **named)
        if not on.off:
            self._known[key] = said, frozenset(on.heard)
        on.heard = before
        return said

    def _weighed_up(self, parent: Any, child: Any, weighed: Mapping[str, float], *args: Any, **named: Any) -> Any:
        fires = {law for law, name in self._switches.rows.items() if weighed.get(name)}
        # what fired while the evidence was heard makes another weighed
        key = "evidence", *((x.statement.id, x.spans, x.statement.cue) for x in (parent, child))
        fires |= self._known[key][1] if key in self._known else set()
        return self._asked(self._grounds, parent, child, weighed, *args, fires=fires, **named)


def told(edge: Edge, scales: Mapping[str, Weighing], off: str = "") -> tuple[Change, ...]:
    """What `changes` tells of an edge with the rows of the law `off` taken out."""
    outright, pulls = room.OUTRIGHT, dict(PULLS)
    if off.startswith("OUTRIGHT "):
        room.OUTRIGHT = tuple(x for x in outright if f"OUTRIGHT {x[0]}" != off)
    if off.startswith("PULLS "):
        PULLS.update({k: tuple(x for x in v if f"PULLS {k}, {x}" != off) for k, v in PULLS.items()})
    try:
        return changes(
            edge.parent, edge.child, edge.alignment, parents=edge.parents, beside=edge.beside, credits=edge.credits,
            scales=scales,
        )  # fmt: skip
    finally:
        room.OUTRIGHT = outright
        PULLS.update(pulls)


def decisions(
    edge: Edge, scales: Mapping[str, Weighing], switches: Switches, memory: Remembering
) -> tuple[Counter[str], list[Decision]]:
    """How often each law says yes on an edge (in how many pairs, or, of what is asked of the whole version, once), and
    what it decides there."""
    memory.forget()
    switches.off, switches.heard = "", set()
    with_all = {(c.parent_statement, c.child_statement): c for c in told(edge, scales)}
    memory.outside = frozenset(switches.heard)
    fired = Counter(x for name, (_, heard) in memory._known.items() if name[0] == "grounds" for x in heard)
    fired.update(switches.heard - fired.keys())
    text = {s.id: " ".join(x.of(v.text) for x in s.spans) for v in (edge.parent, edge.child) for s in v.statements}
    out = []
    for law in sorted(fired):
        switches.off = law
        without = {(c.parent_statement, c.child_statement): c for c in told(edge, scales, law)}
        for key in with_all.keys() | without.keys():
            here, there = with_all.get(key), without.get(key)
            change = here or there
            for least in (0.0, SURE):
                for label in _loud(here, least) ^ _loud(there, least):
                    gives = label in _loud(here, least)
                    gold = edge.gold(change, label) if change else None
                    right = None if gold is None else gold == gives
                    d = Decision(
                        law=law, where=edge.where, label=label, gives=gives, right=right,
                        before=text.get(key[0] or "", "-"), after=text.get(key[1] or "", "-"),
                    )  # fmt: skip
                    if d not in out:
                        out.append(d)
    switches.off = ""
    return fired, out


def _loud(change: Change | None, least: float) -> set[str]:
    return {g.label for g in change.grounds if g.label not in KEPT and g.score >= least} if change else set()


def edges_of(family: GoldFamily) -> Iterator[Edge]:
    """The gold edges of a family as found."""
    made = collation((spoken(v) for v in family.versions.values()), family.edges)
    by_id = {v.document: v for v in made.versions}
    known = {s.id: s.claim for v in family.versions.values() for s in v.statements}
    seen = {k: credits(a["text"]) for k, a in family.articles.items()}
    for a in made.alignments:

        def gold(c: Change, label: str, of: tuple[str, str] = (a.parent, a.child)) -> bool | None:
            claim = known.get(c.parent_statement or "") or known.get(c.child_statement or "")
            labels = family.changes.get((*of, claim)) if claim else None
            return None if labels is None else label in labels

        yield Edge(
            f"{family.name} {a.parent} {a.child}",
            by_id[a.parent],
            by_id[a.child],
            a,
            [by_id[p] for p, c in family.edges if c == a.child],
            [x for x in made.alignments if x.child == a.child and x is not a],
            (seen[a.parent], seen[a.child]),
            gold,
        )


def edges_rewritten(r: Rewrite) -> Iterator[Edge]:
    """The one edge of a rewrite of ours; gold is what was planted, and that nothing else was changed."""
    links, _ = flow.resolved((r.parent, r.child), [flow.figured(x) for x in (r.parent, r.child)])
    versions = [flow.version(x, links) for x in (r.parent, r.child)]
    made = collation(versions, [(versions[0].document, versions[1].document)])
    text = {s.id: " ".join(x.of(v.text) for x in s.spans) for v in made.versions for s in v.statements}
    (a,) = made.alignments
    by_id = {v.document: v for v in made.versions}

    def gold(c: Change, label: str) -> bool | None:
        if label in SOFT:
            return None
        one, other = (text.get(x or "", "") for x in (c.parent_statement, c.child_statement))
        return any(g["label"] == label and max(kept(g["parent"], one), kept(g["child"], other)) >= 0.5 for g in r.gold)

    seen = (r.parent.document.credits, r.child.document.credits)
    yield Edge(r.name, by_id[a.parent], by_id[a.child], a, [by_id[a.parent]], [], seen, gold)


def fits(rows: list[Any], ours: list[Any], names: list[str]) -> dict[str, dict[str, Weighing]]:
    """For each name the shipped weighings, with those of labels fitted without its fold."""
    shipped = weighings()
    out: dict[str, dict[str, Weighing]] = {}
    for k in range(FOLDS):
        held = set(names[k::FOLDS])
        scales = dict(shipped)
        for label in WEIGHED:
            print(f"fold {k + 1} of {FOLDS}: {label}", flush=True)
            examples = examples_of((x for x in rows if x[0] not in held), label)
            if label not in KEPT:
                examples += examples_of((x for x in ours if x[0] not in held), label) * REWRITTEN
            scales[label] = logistic(examples, WEIGHED_BY[label][1], shipped[label].threshold)
        out |= dict.fromkeys(held, scales)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--cache", type=Path, required=True, help="a pickle of your own")
    parser.add_argument("--every", type=int, default=20, help="of the large dossiers that are not held back")
    parser.add_argument("--shipped", action="store_true", help="fit nothing: the shipped weights, which know the gold")
    parser.add_argument("--list", help="show the decisions of the laws whose name begins so")
    o = parser.parse_args()
    cache: dict[str, Any] = pickle.loads(o.cache.read_bytes()) if o.cache.exists() else {"told": {}, "counted": {}}

    def keep() -> None:
        o.cache.write_bytes(pickle.dumps(cache))

    switches = Switches()
    switches.install()
    if o.list is None:
        count(o, cache, keep, switches)
    show(cache["counted"].values(), switches.names, o.list)


def count(o: argparse.Namespace, cache: dict[str, Any], keep: Callable[[], None], switches: Switches) -> None:
    """Counts what is not counted yet."""
    bench, held, others = gold_families(o.shared, "train"), large_dossiers(held=True), large_dossiers(held=False)
    looked_at = [*bench, *held, *others[:: o.every]]
    for f in looked_at:
        if not f.articles.keys() <= cache["told"].keys():
            cache["told"] |= statements_found(f.articles)
            keep()
            print(f"{f.name}: statements found", flush=True)
    found = {f.name: as_found(f, resolved(f.articles, cache["told"])) for f in looked_at}
    if "rewrites" not in cache:
        print("reading the rewrites", flush=True)
        cache["rewrites"] = list(rewrites(TAUGHT + READ))
        keep()
    if "scales" not in cache and not o.shipped:
        print("evidence of labels", flush=True)
        rows = label_examples(found[f.name] for f in (*bench, *held))
        ours = rewritten_examples(weighings(), [r for r in cache["rewrites"] if r.name[0] in TAUGHT])
        names = sorted({x[0] for x in (*rows, *ours)})
        cache["scales"] = fits(rows, ours, names)
        keep()
    memory = Remembering(switches)
    for name, edges in (
        *((f.name, partial(edges_of, found[f.name])) for f in bench),
        *((f"rewritten {r.name}", partial(edges_rewritten, r)) for r in cache["rewrites"]),
        *((f.name, partial(edges_of, found[f.name])) for f in looked_at[len(bench) :]),
    ):
        if name not in cache["counted"]:
            scales = weighings() if o.shipped else cache["scales"].get(name.removeprefix("rewritten "), weighings())
            fired, decided, pairs = Counter[str](), list[Decision](), 0
            for edge in edges():
                more, said = decisions(edge, scales, switches, memory)
                fired, decided, pairs = fired + more, decided + said, pairs + len(edge.alignment.pairs)
            cache["counted"][name] = fired, decided, pairs
            keep()
            print(f"{name}: {pairs} pairs, {len(decided)} decisions", flush=True)


def show(counted: Iterable[tuple[Counter[str], list[Decision], int]], names: Iterable[str], listed: str | None) -> None:
    """Prints a line a law, the idle ones last; or the decisions of those that are asked for."""
    counted = list(counted)
    fired, decided = Counter[str](), list[Decision]()
    for more, said, _ in counted:
        fired, decided = fired + more, decided + said
    if listed is not None:
        for d in (d for d in decided if d.law.startswith(listed)):
            right = {True: "rightly", False: "wrongly", None: "who knows"}[d.right]
            print(f"{d.law} {'gives' if d.gives else 'stops'} {d.label} {right}, {d.where}\n  {d.before}\n  {d.after}")
        return
    print(
        f"{sum(n for *_, n in counted):,} pairs. fires | on gold gives right, wrong; stops right, wrong | on rewrites"
    )
    of: dict[str, Counter[tuple[bool, bool, bool | None]]] = {}
    for d in decided:
        of.setdefault(d.law, Counter())[" " not in d.where, d.gives, d.right] += 1
    for law in sorted(names, key=lambda x: (-sum(of.get(x, {}).values()), -fired[x], x)):
        c = of.get(law, Counter())
        gold, ours = (
            " ".join(f"{c[ours, gives, right]:3}" for gives in (True, False) for right in (True, False))
            for ours in (False, True)
        )
        few = " few" if sum(c.values()) < FEW else ""
        print(f"  {law:55} {fired[law]:5} | {gold} | {ours}{few}")


if __name__ == "__main__":
    main()
