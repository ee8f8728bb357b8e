"""What one article more costs a case: python -m training.growing --shared ../shared [--size 10000] [--more 20]

The case is of articles of bench/train with words substituted at random, as in bench_kin's scale, with their gold
statements; one in a hundred is a version of another. It is collated once; then versions of its articles come
one by one, and each is collated alone.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from stemmata import growth
from stemmata.case import Case, lineage, views
from stemmata.case.verdicts import decisions
from stemmata.collate.kin import weights
from stemmata.collate.witness import SPEAKING
from stemmata.model import Document, Run, Span, Statement, statement_id

from .bench_kin import Substitution
from .claims import gold_families

MADE_BY = Run(version="gold", weights="none")
Told = tuple[Document, tuple[Statement, ...]]


class Articles:
    """Gold articles with other words in them: what speaks in a text is replaced, its statements move with it."""

    def __init__(self, shared: Path) -> None:
        self.chance = random.Random(1)
        self.statements: dict[str, tuple[Statement, ...]] = {}
        self.edges: list[tuple[str, str]] = []
        fitted = weights()
        self.read = {}
        for family in gold_families(shared, "train"):
            for name, row in family.articles.items():
                self.statements[name] = tuple(s for s in family.versions[name].statements if s.sourcing != "outlet")
                self.read[name] = fitted.witness(Document(id=name, text=row["text"]))
                if len(row["parents"]) == 1:
                    self.edges.append((row["parents"][0], name))
        self.substitution = Substitution(self.read.values(), self.chance)

    def substituted(self, source: str, id: str, names: dict[str, str], hour: int) -> Told:
        """An article under another id; `names` are the words put in so far, so that two versions get the same ones."""
        read = self.read[source]
        text = self.substitution.text(read, names)
        old, new = [0], [0]
        for (start, end), stem in zip(read.places, read.stems, strict=True):
            if read.weights[stem] >= SPEAKING:
                at = new[-1] + start - old[-1]
                old += [start, end]
                new += [at, at + len(names[stem])]

        def moved(offset: int) -> int:
            k = bisect_right(old, offset) - 1
            inside = k % 2 == 1 and offset > old[k]  # of a word that was replaced
            return new[k + 1] if inside else new[k] + offset - old[k]

        def span(s: Span) -> Span:
            return Span(moved(s.start), moved(s.end))

        found: dict[str, Statement] = {}
        for s in self.statements[source]:
            who, cue = s.source and span(s.source), s.cue and span(s.cue)
            content = tuple(map(span, s.content))
            key = statement_id(document=id, source=who, cue=cue, content=content)
            if all(p.start < p.end for p in (who, cue, *content) if p):
                bare = replace(s, id=key, document=id, actor=None, claim=None, inside=None)
                found[key] = replace(bare, source=who, cue=cue, content=content)
        published = (datetime(2030, 1, 1) + timedelta(hours=hour)).isoformat()
        outlet = f"Outlet {self.chance.randrange(2000)}"
        return Document(id=id, text=text, outlet=outlet, published=published, lang="en"), tuple(found.values())

    def heap(self, size: int, more: int) -> Iterator[Told]:
        """`size` articles in any order, and then `more`, each a version of one of them."""
        plan: list[tuple[str, dict[str, str], int]] = []
        late: list[tuple[str, dict[str, str], int]] = []
        for n in range(max(size // 100, more)):
            names: dict[str, str] = {}
            hour = self.chance.randrange(24 * 365)
            parent, child = self.chance.choice(self.edges)
            plan.append((parent, names, hour))
            (late if n < more else plan).append((child, names, hour + self.chance.randint(1, 48)))
        sources = list(self.read)
        plan += [(self.chance.choice(sources), {}, self.chance.randrange(24 * 365)) for _ in range(size - len(plan))]
        self.chance.shuffle(plan)
        for n, (name, names, hour) in enumerate([*plan, *late]):
            yield self.substituted(name, f"d{n:06}", names, hour)


def figures(shared: Path, size: int, more: int, path: Path) -> None:
    came = Articles(shared).heap(size, more)
    with Case(path) as case:
        for document, statements in islice(came, size):
            case.put(document, statements, MADE_BY)
        begun = time.perf_counter()
        growth.grow(case, watch=lambda done, of: print(f"  {done} of {of}: {_peak():.2f} GB", flush=True))
        print(f"{size} articles collated at once: {time.perf_counter() - begun:.0f} s, peak {_peak():.2f} GB")
        spent: list[float] = []
        for document, statements in came:
            case.put(document, statements, MADE_BY)
            begun = time.perf_counter()
            growth.grow(case)
            spent.append(time.perf_counter() - begun)
        joined = case.value(
            "SELECT count(*) FROM members JOIN documents ON documents.id = document WHERE key > ?", [size]
        )
        print(
            f"{len(spent)} more, one by one: median {statistics.median(spent):.2f} s, longest {max(spent):.2f} s, "
            f"peak {_peak():.2f} GB; {joined} joined a family; file {path.stat().st_size / 1e6:.0f} MB"
        )
        for name, asked in (
            (
                "families, the first page",
                lambda: [views.held(case, decisions(case)), views.largest_families(case, decisions(case), limit=200)],
            ),
            (
                "one family and its changes",
                lambda: lineage.changes(case, decisions(case), lineage.families(case, limit=1)[0]),
            ),
            ("families, all", lambda: lineage.families(case)),
        ):
            begun = time.perf_counter()
            asked()
            print(f"{name}: {time.perf_counter() - begun:.3f} s")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--more", type=int, default=20)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        figures(said.shared, said.size, said.more, Path(scratch) / "growing.stemmata")


if __name__ == "__main__":
    main()
