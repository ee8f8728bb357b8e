"""How fast the pages of a case of 100,000 documents answer while articles are added to it, and how big a report grows.

    python -m training.bench_pages CASE            # makes the case where it is missing (some minutes), then asks
    python -m training.bench_pages CASE --report   # also: the report of a family of 200 versions, in a browser

The case is made by substitution: the statements, changes and edges of the sample, with other names in other texts, put
in directly. Nothing is analysed or collated, as only the answers of the pages are measured here.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from stemmata import web
from stemmata.case import Case, collation, lineage
from stemmata.desk import Case as Desk
from stemmata.model import Change, Document, Edge, Evidence, Family, Run, Statement, content_id, statement_id
from stemmata.pages.report import report

DOCUMENTS = 100_000
OUTLETS = 2_000
LARGE = 200  # versions of the one large family
KEY = "bench"
LIMIT = 300.0  # milliseconds at the 95th percentile
ROUNDS = 25  # times that each page is asked for
SYLLABLES = (
    "ba",
    "de",
    "fi",
    "go",
    "lu",
    "mar",
    "ne",
    "or",
    "pa",
    "qui",
    "ros",
    "sa",
    "tel",
    "ul",
    "ver",
    "wim",
    "xan",
    "yor",
    "zel",
    "hol",
)


def word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3))).capitalize()


class Story:
    """The sample's one family, and what was found in it: what every made family repeats in other words."""

    def __init__(self, folder: Path) -> None:
        path = folder / "sample.stemmata"
        with Desk(path) as case:
            case.add(str(files("stemmata") / "sample" / "articles.jsonl"))
            case.collate()
            self.family = max(lineage.families(case), key=lambda f: len(f.documents))
            self.documents = {d.id: d for d in case.documents()}
            self.statements: dict[str, list[Statement]] = {}
            for e in case.statements():
                self.statements.setdefault(e.statement.document, []).append(e.statement)
            self.changes = list(lineage.changes_along(case, self.family.edges))
            self.claims = {
                id: (gist, [s for (s,) in case.rows("SELECT id FROM statements WHERE claim = ?", [id])])
                for id, gist in list(case.rows("SELECT id, gist FROM claims"))
            }
            self.names = [
                n for (n,) in case.rows("SELECT name FROM actors WHERE kind = 'person' ORDER BY name LIMIT 6")
            ]

    def text(self, id: str, rng: random.Random) -> str:
        """The text of a document with other words of the same length: spans stay where they are."""
        return "".join(
            rng.choice("abcdefghiklmnoprstuvwyz") if c.islower() and rng.random() < 0.03 else c
            for c in self.documents[id].text
        )


def make(path: Path, *, documents: int = DOCUMENTS) -> None:
    rng = random.Random(7)
    run = Run(version="bench", weights="none")
    outlets = [f"{word(rng)} {rng.choice(['Post', 'Daily', 'Wire', 'Voice', 'Times'])}" for _ in range(OUTLETS)]
    people = [f"{word(rng)} {word(rng)}" for _ in range(20_000)]
    start = datetime(2028, 1, 1, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder, Case(path) as case:
        story = Story(Path(folder))
        case.connection.execute("PRAGMA synchronous = OFF")
        with case.transaction():
            case.put_run(run)
            put = case.connection.executemany
            put(
                "INSERT INTO actors (id, name, kind, aliases, run) VALUES (?, ?, 'person', '[]', ?)",
                [(content_id("actor", p), p, run.id) for p in dict.fromkeys(people)],
            )
        made = 0
        while made < documents:
            at = start + timedelta(minutes=rng.randint(0, 3 * 365 * 24 * 60))
            size = LARGE if not made else len(story.family.documents)
            made += _family(case, story, rng, run, outlets, people, at, size)
            if made % 10_000 < 10:
                print(f"  {made:,} documents", file=sys.stderr)
        with case.transaction():
            case.connection.execute("DELETE FROM waiting")
            statements = [s for (s,) in case.rows("SELECT id FROM statements ORDER BY key LIMIT 20000")]
            rng.shuffle(statements)
            case.connection.executemany(
                "INSERT OR IGNORE INTO disputes (by_statement, of_statement, relation, score, run)"
                " VALUES (?, ?, 'denies', ?, ?)",
                [(a, b, rng.random(), run.id) for a, b in zip(statements[::2], statements[1::2], strict=False)],
            )


def _family(
    case: Case,
    story: Story,
    rng: random.Random,
    run: Run,
    outlets: list[str],
    people: list[str],
    at: datetime,
    size: int,
) -> int:
    """Puts one family in: versions of the sample's, each with what was found in the one that it repeats."""
    speakers = [content_id("actor", people[min(int(rng.paretovariate(0.6)), len(people)) - 1]) for _ in range(5)]
    stem = f"{word(rng).lower()}-{rng.randrange(10**9)}"
    copies: dict[str, list[str]] = {}
    statements: dict[str, str] = {}  # of the sample -> of the latest version of it
    told: dict[str, list[str]] = {}  # claim of the sample -> statements
    spoke: list[tuple[str, str]] = []
    edges: list[Edge] = []
    changes: list[tuple[str, str, list[Change]]] = []
    parents = {e.child: e for e in story.family.edges}
    for k in range(size):
        model = story.family.documents[k % len(story.family.documents)] if k else story.family.documents[0]
        id = f"{stem}-{k}"
        document = Document(
            id=id,
            text=story.text(model, rng),
            url=f"https://{stem}.example/{k}",
            outlet=rng.choice(outlets),
            title=f"{word(rng)} {word(rng).lower()} {story.documents[model].title}",
            published=(at + timedelta(minutes=11 * k)).isoformat(),
            lang="en",
            evidence=Evidence(
                sha256=content_id(id) * 4, location=f"/news/{id}.html", read_at="2031-01-01T00:00:00+00:00"
            ),
        )
        moved = {
            s.id: replace(
                s,
                id=statement_id(document=id, source=s.source, cue=s.cue, content=s.content),
                document=id,
                actor=None,
                claim=None,
                inside=None,
            )
            for s in story.statements.get(model, ())
        }
        case.put(document, moved.values(), run)
        spoke += [(rng.choice(speakers), s.id) for s in moved.values() if s.sourcing == "named-person"]
        for claim, (_, members) in story.claims.items():
            told.setdefault(claim, []).extend(moved[s].id for s in members if s in moved)
        above = parents.get(model)
        if k and above is None:
            above = Edge(parent=story.family.documents[0], child=model, score=0.7)
        if above and copies.get(above.parent):
            parent = rng.choice(copies[above.parent])
            edges.append(replace(above, parent=parent, child=id, score=rng.uniform(0.3, 1)))
            mine = [
                replace(
                    c,
                    parent_document=parent,
                    child_document=id,
                    claim=None,
                    parent_statement=None,
                    child_statement=moved[c.child_statement].id if c.child_statement in moved else None,
                    score=rng.random(),
                )
                for c in story.changes
                if c.child_document == model and (c.child_statement in moved or c.parent_statement in statements)
            ]
            changes.append((parent, id, mine))
        copies.setdefault(model, []).append(id)
        statements |= {old: s.id for old, s in moved.items()}
    claims = [(content_id(stem, c), story.claims[c][0], ids) for c, ids in told.items() if ids]
    claim_of = {s: c for c, _, ids in claims for s in ids}
    documents = tuple(d for ids in copies.values() for d in ids)
    family = Family(id=content_id("family", stem), documents=documents, edges=tuple(edges))
    with case.transaction():
        case.connection.executemany("UPDATE statements SET actor = ? WHERE id = ?", spoke)
        collation.put_claims(case, claims, run)
        lineage.put_families(case, [family], run)
        for parent, child, mine in changes:
            told_anew = [replace(c, claim=claim_of.get(c.child_statement or "")) for c in mine]
            lineage.put_changes(case, parent, child, told_anew, run)
    return size


@contextmanager
def served(path: Path) -> Iterator[int]:
    """The page, in a process of its own, as `stemmata serve` starts it."""
    with web.listening(None) as held:
        port = held.getsockname()[1]
    program = (
        "import sys; from pathlib import Path; from stemmata import web\n"
        f"with web.listening({port}) as s: web.server(web.application(Path(sys.argv[1]), who='bench', key={KEY!r},"
        f" port={port})).run(sockets=[s])"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(path)]) as running:
        try:
            for _ in range(300):
                try:
                    asked(port, "/page.js")
                    break
                except OSError:
                    time.sleep(0.1)
            yield port
        finally:
            running.terminate()


def asked(port: int, address: str) -> bytes:
    request = Request(f"http://127.0.0.1:{port}{address}", headers={"cookie": f"stemmata-{port}={KEY}"})
    with urlopen(request, timeout=60) as got:
        return bytes(got.read())


@contextmanager
def adding(path: Path) -> Iterator[None]:
    """`stemmata add` in another process, over and over, with articles that are new each time."""
    done = threading.Event()

    def add() -> None:
        k = 0
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "new.jsonl"
            lines = (files("stemmata") / "sample" / "articles.jsonl").read_text("utf-8").splitlines()
            while not done.is_set():
                k += 1
                rows = [json.loads(line) | {"id": f"added-{time.time_ns()}-{n}"} for n, line in enumerate(lines)]
                for r in rows:
                    r["text"] += f"\n\nThis is reading {k} of {time.time_ns()}."
                source.write_text("\n".join(map(json.dumps, rows)), "utf-8")
                subprocess.run(
                    [sys.executable, "-m", "stemmata.cli", "add", str(path), str(source), "--workers", "1"],
                    capture_output=True,
                    check=True,
                )

    thread = threading.Thread(target=add)
    thread.start()
    try:
        time.sleep(5)  # the encoder is loaded, and articles are being analysed
        yield
    finally:
        done.set()
        thread.join()


def addresses(path: Path, rng: random.Random) -> dict[str, list[str]]:
    """Every kind of page, each with other things to show: the largest first, then such as come."""
    with Case(path, create=False) as case:

        def ids(sql: str) -> list[str]:
            return [str(id) for (id,) in case.rows(sql)]

        def most(column: str, table: str) -> list[str]:
            ranked = f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC"
            return some(f"{ranked} LIMIT 500")

        def some(sql: str) -> list[str]:
            found = ids(sql)
            return found[:3] + rng.sample(found, min(len(found), ROUNDS - 3))

        edges = list(case.rows("SELECT parent, child FROM edges LIMIT 3000"))
        words = ["lamp", "the", "the lighthouses", '"grain ships"', "president said", "zzzz"]
        return {
            "case": ["/"] * ROUNDS,
            "families": [f"/families?at={20 * k}" for k in range(ROUNDS)],
            "family": [f"/family?id={i}" for i in most("family", "members")],
            "versions": [f"/versions?{urlencode({'parent': p, 'child': c})}" for p, c in rng.sample(edges, ROUNDS)],
            "article": [f"/article?{urlencode({'id': i})}" for i in some("SELECT id FROM documents LIMIT 3000")],
            "actors": [f"/actors?at={50 * k}" for k in range(ROUNDS)],
            "actor": [f"/actor?id={i}" for i in most("actor", "statements")],
            "actor's promises": [f"/actor?id={i}&stance=promises" for i in most("actor", "statements")],
            "claim": [f"/claim?id={i}" for i in most("claim", "statements")],
            "search": [f"/search?{urlencode({'q': words[k % len(words)], 'at': 50 * (k % 3)})}" for k in range(ROUNDS)],
            "search by outlet": [
                f"/search?{urlencode({'outlet': SYLLABLES[k % 20], 'act': 'warn'})}" for k in range(ROUNDS)
            ],
            "search by act": [
                f"/search?{urlencode({'act': ['assert', 'deny', 'threaten'][k % 3], 'sourcing': 'anonymous'})}"
                for k in range(ROUNDS)
            ],
            "search by actor": [
                f"/search?{urlencode({'actor': SYLLABLES[k % 20], 'q': 'lamp'})}" for k in range(ROUNDS)
            ],
            "search by date": [
                f"/search?{urlencode({'since': f'2029-{1 + k % 12:02}-01', 'until': f'2029-{1 + k % 12:02}-20'})}"
                for k in range(ROUNDS)
            ],
            "disputes": [f"/disputes?at={20 * k}" for k in range(ROUNDS)],
            "predictions": [f"/predictions?order={('due', 'said')[k % 2]}&at={50 * (k // 2)}" for k in range(ROUNDS)],
            "sides": ["/sides"] * ROUNDS,
            "log": ["/log"] * ROUNDS,
        }


def at_percentile(values: list[float], share: float) -> float:
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def measure(path: Path) -> bool:
    rng = random.Random(11)
    asked_for = addresses(path, rng)
    slow = False
    with served(path) as port, adding(path):
        print(f"{'page':18}{'median':>9}{'p95':>9}{'worst':>9}   ms, of {ROUNDS} each, while articles are added")
        for name, each in asked_for.items():
            took = []
            for address in each:
                begun = time.perf_counter()
                asked(port, address)
                took.append(1000 * (time.perf_counter() - begun))
            worst = at_percentile(took, 0.95)
            slow |= worst > LIMIT
            print(f"{name:18}{at_percentile(took, 0.5):9.0f}{worst:9.0f}{max(took):9.0f}")
    return not slow


def measure_report(path: Path) -> None:
    with Case(path, create=False) as case, tempfile.TemporaryDirectory() as folder:
        family = case.value("SELECT family FROM members GROUP BY family ORDER BY count(*) DESC LIMIT 1")
        begun = time.perf_counter()
        page = report(case, family)
        took = time.perf_counter() - begun
        print(f"report of {LARGE} versions: {len(page.encode()) / 1e6:.2f} MB, made in {took:.1f} s")
        target = Path(folder) / "report.html"
        target.write_text(page, "utf-8")
        sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
        from browser import browsing, chromium

        program = chromium()
        if program is None:
            print("no Chromium here: how long it takes to open was not measured")
            return
        opened = []
        with browsing(program, Path(folder) / "profile") as one:
            for _ in range(5):
                begun = time.perf_counter()
                one.open(target.as_uri())
                one.wait("document.querySelector('#limits').getBoundingClientRect().height > 0")
                opened.append(time.perf_counter() - begun)
        print(f"opened in {max(opened):.2f} s at worst of five")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--report", action="store_true")
    given = parser.parse_args()
    if not given.case.exists():
        make(given.case, documents=given.documents)
    if given.report:
        measure_report(given.case)
    if not measure(given.case):
        sys.exit(f"some page took more than {LIMIT:.0f} ms at the 95th percentile")


if __name__ == "__main__":
    main()
