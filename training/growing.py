"""What one article more costs a case: python -m training.growing --shared ../shared [--size 10000] [--more 20]

The case is of articles of bench/train with words substituted at random, as in bench_kin's scale, with their gold
statements, of which one in a hundred is a version of another. It is collated once; then versions of its articles come
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
from pathlib import Path

from stemmata import growth
from stemmata.case import Case, lineage, views
from stemmata.collate.kin import weights
from stemmata.collate.witness import SPEAKING, Witness
from stemmata.model import Document, Run, Span, Statement, statement_id

from .claims import gold_families

MADE_BY = Run(version="gold", weights="none")


class Articles:
    """Gold articles with other words in them: what speaks in a text is replaced, its statements move with it."""

    def __init__(self, shared: Path) -> None:
        self.chance = random.Random(1)
        self.told: dict[str, tuple[str, tuple[Statement, ...]]] = {}
        self.edges: list[tuple[str, str]] = []
        for family in gold_families(shared, "train"):
            for name, row in family.articles.items():
                spoken = tuple(s for s in family.versions[name].statements if s.sourcing != "outlet")
                self.told[name] = row["text"], spoken
                if len(row["parents"]) == 1:
                    self.edges += [(row["parents"][0], name)]
        fitted = weights()
        self.read = {k: fitted.witness(Document(id=k, text=text)) for k, (text, _) in self.told.items()}
        every = sorted({w for r in self.read.values() for w, _ in _speaking(r) if w.isalpha()})
        ends = ("en", "ar", "o", "im", "ur", "el")
        made = [a + self.chance.choice(ends) for a in self.chance.choices(every, k=120_000)]
        self.words = [*every, *made]

    def substituted(self, source: str, id: str, names: dict[str, str]) -> tuple[Document, tuple[Statement, ...]]:
        """An article of another id; `names` are the words put in so far, so that two versions get the same ones."""
        text, statements = self.told[source]
        read = self.read[source]
        out: list[str] = []
        at = length = 0
        old, new = [0], [0]
        for (start, end), stem in zip(read._tokens, read.stems, strict=True):
            if read.weights[stem] < SPEAKING:
                continue
            word = names.setdefault(stem, self.chance.choice(self.words))
            word = word.capitalize() if text[start].isupper() else word
            out += [text[at:start], word]
            length += start - at
            old.append(start)
            new.append(length)
            length += len(word)
            old.append(end)
            new.append(length)
            at = end
        out.append(text[at:])

        def moved(offset: int) -> int:
            k = bisect_right(old, offset) - 1
            inside = k % 2 == 1 and offset > old[k]  # of a word that was replaced
            return new[k + 1] if inside else new[k] + offset - old[k]

        def span(s: Span) -> Span:
            return Span(moved(s.start), moved(s.end))

        found: dict[str, Statement] = {}
        for s in statements:
            source_, cue = s.source and span(s.source), s.cue and span(s.cue)
            content = tuple(map(span, s.content))
            key = statement_id(document=id, source=source_, cue=cue, content=content)
            if all(p.start < p.end for p in (source_, cue, *content) if p):
                found[key] = replace(
                    s,
                    id=key,
                    document=id,
                    source=source_,
                    cue=cue,
                    content=content,
                    actor=None,
                    claim=None,
                    inside=None,
                )
        hour = self.chance.randrange(24 * 365)
        published = f"2030-{1 + hour // 24 // 31:02}-{1 + hour // 24 % 28:02}T{hour % 24:02}:00:00"
        outlet = f"Outlet {self.chance.randrange(2000)}"
        document = Document(id=id, text="".join(out), outlet=outlet, published=published, lang="en")
        return document, tuple(found.values())

    def heap(self, size: int, more: int) -> Iterator[tuple[Document, tuple[Statement, ...]]]:
        """`size` articles in any order, and then `more` of which each is a version of one that came."""
        plan: list[tuple[str, dict[str, str]]] = []
        for _ in range(size // 100):
            names: dict[str, str] = {}
            plan += [(name, names) for name in self.chance.choice(self.edges)]
        sources = list(self.told)
        plan += [(self.chance.choice(sources), {}) for _ in range(size - len(plan))]
        self.chance.shuffle(plan)
        children = dict(self.edges)
        late = [(children[name], names) for name, names in plan if name in children][:more]
        for n, (name, names) in enumerate([*plan, *late]):
            yield self.substituted(name, f"d{n:06}", names)


def _speaking(read: Witness) -> Iterator[tuple[str, str]]:
    return ((w, s) for w, s in zip(read.words, read.stems, strict=True) if read.weights[s] >= SPEAKING)


def figures(shared: Path, size: int, more: int, path: Path) -> None:
    came = Articles(shared).heap(size, more)
    with Case(path) as case:
        for n, (document, statements) in zip(range(size), came, strict=False):
            case.put(document, statements, MADE_BY)
            if n + 1 == size:
                break
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
            ("families, the first page", lambda: [views.held(case), views.largest_families(case, limit=200)]),
            ("one family and its changes", lambda: lineage.changes(case, lineage.families(case, limit=1)[0])),
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
