"""Claims and changes through score.py, with no case: python -m training.collated --shared ../shared --split train

Takes the statements of the gold families (`--statements gold`; `nameless` without speakers) or those that the
encoder finds (`found`; `--resolved` with actors), gold edges or those of collate/families.py (`--edges found`),
collates, writes the tables of contract.md, and prints what bench/score.py says of them, and how far the scores of
changes are kept. `--left-out` collates each family of train by what training/claims.py learns from the others.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from stemmata.collate.changes import KEPT, changes
from stemmata.collate.claims import claims, collation
from stemmata.collate.credited import credit_change
from stemmata.collate.passages import Version
from stemmata.model import Change, Claim, Document, Statement
from stemmata.read.credit import credits
from stemmata.weighing import Weighing

from .claims import (
    GoldFamily,
    aligning,
    as_found,
    edges_found,
    fitted,
    gold_families,
    large_dossiers,
    lessons,
    rewritten_examples,
    spoken,
)
from .found import resolved, statements_found

FOLDS = 6
SHOWN = ("statements", "claims b3", "changes", "changes and kept", "change ")


def collated(
    families: Sequence[GoldFamily],
    told: Mapping[str, tuple[Statement, ...]],
    edges: Mapping[tuple[str, str], float],
    scales: Mapping[str, Weighing] | None,
) -> tuple[list[Version], list[Claim], list[Change]]:
    """All families as one case: versions with own voice, claims, changes."""
    versions, alignments, published, naming = [], [], {}, {}
    parents: dict[str, list[str]] = {}
    of = {k: f.name for f in families for k in f.articles}
    for p, c in sorted(edges):
        if of[p] == of[c]:
            parents.setdefault(c, []).append(p)
    for f in families:
        made = collation(
            [Version(document=k, text=a["text"], statements=told[k]) for k, a in f.articles.items()],
            [e for e in edges if e[0] in f.articles and e[1] in f.articles],
            scales,
        )
        versions += made.versions
        alignments += made.alignments
        for k, a in f.articles.items():
            published[k] = a["published"]
            naming[k] = Document(id=k, text=a["text"], outlet=a["outlet"], credits=credits(a["text"]))
    found = claims(versions, alignments, published, scales)
    names = {s: c.id for c in found for s in c.statements}
    by_id = {v.document: v for v in versions}
    rows: list[Change] = []
    for x in alignments:
        above = _above(x.parent, parents)
        rows += changes(
            by_id[x.parent],
            by_id[x.child],
            x,
            parents=[by_id[p] for p in parents[x.child]],
            beside=[a for a in alignments if a.child == x.child and a is not x],
            above=[by_id[a].text for a in above],
            claim_of=names,
            edge=edges[x.parent, x.child],
            credits=(naming[x.parent].credits, naming[x.child].credits),
            scales=scales,
        )
        dropped = credit_change(
            naming[x.parent], naming[x.child], first=not parents.get(x.parent), sources=[naming[a] for a in above]
        )
        if dropped:
            rows.append(replace(dropped, score=round(edges[x.parent, x.child] * dropped.score, 4)))
    return versions, list(found), rows


def left_out(
    families: Sequence[GoldFamily],
    held_back: Sequence[GoldFamily],
    told: Mapping[str, tuple[Statement, ...]],
    edges: Mapping[tuple[str, str], float],
) -> tuple[list[Version], list[Claim], list[Change]]:
    """As `collated`, each family by weighings that were fitted on the others and on our dossiers."""
    found = {f.name: as_found(f, told) for f in (*families, *held_back)}
    more = large_dossiers(held=False)
    seen = lessons([*families, *held_back], list(found.values()), more)
    drawn = edges_found(found.values())
    ours = rewritten_examples(aligning(seen))  # by all families: how statements are paired there hangs on them little
    versions: list[Version] = []
    claimed: list[Claim] = []
    rows: list[Change] = []
    for k in range(FOLDS):
        held = families[k::FOLDS]
        others = found.keys() - {f.name for f in held}
        within = {e: x for e, x in edges.items() if any(e[0] in f.articles for f in held)}
        scales = fitted(seen.of(others | {f.name for f in more}), [found[n] for n in sorted(others)], drawn, ours)
        for all_of_them, of_these in zip((versions, claimed, rows), collated(held, told, within, scales), strict=True):
            all_of_them += of_these  # type: ignore[arg-type]
    return versions, claimed, rows


def kept_scores(folder: Path, families: Iterable[GoldFamily], versions: Iterable[Version], rows: list[Change]) -> None:
    """Prints what share of the changes of a score are right: all loud labels stand in the gold, or the quiet one."""
    spec = importlib.util.spec_from_file_location("score", folder.parent / "score.py")
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    by_document = {v.document: v for v in versions}
    claim_of: dict[str, str] = {}
    gold: set[tuple[str, str, str | None, str]] = set()
    for f in families:
        row = json.loads((folder / f"{f.name}.json").read_text("utf8"))
        gold |= {(c["child"], c["parent"], c["claim"], x) for c in row["changes"] for x in c["changes"]}
        for a in row["articles"]:
            told = [s for s in row["statements"] if s["article"] == a["id"]]
            mine = by_document[a["id"]].statements
            contents = [{"content": [{"start": x.start, "end": x.end} for x in s.content]} for s in mine]
            claim_of |= {mine[j].id: told[i]["claim"] for i, j in scorer.match(told, contents, a["text"])}
    stated, right = [], []
    for c in rows:
        whole = c.changes == ("credit-dropped",)
        claim = claim_of.get(c.parent_statement or "") or claim_of.get(c.child_statement or "")
        known = whole or claim is not None
        stated.append(c.score)
        told = [x for x in c.changes if x not in KEPT] or c.changes
        right.append(known and all((c.child_document, c.parent_document, claim, x) in gold for x in told))
    share, kept = np.array(stated), np.array(right, float)
    off = 0.0
    for low, high in pairwise((0.0, 0.4, 0.6, 0.8, 0.9, 1.01)):
        within = (share >= low) & (share < high)
        if within.any():
            off += float(within.mean() * abs(share[within].mean() - kept[within].mean()))
            print(f"  stated {share[within].mean():.2f}, right {kept[within].mean():.2f}, {within.sum()} changes")
    print(f"  calibration error of changes {off:.3f}")


def _above(document: str, parents: Mapping[str, list[str]]) -> list[str]:
    seen: dict[str, None] = {}
    waiting = list(parents.get(document, ()))
    while waiting:
        at = waiting.pop()
        if at not in seen:
            seen[at] = None
            waiting += parents.get(at, ())
    return list(seen)


def written(
    folder: Path, families: Iterable[GoldFamily], edges: Mapping[tuple[str, str], float],
    versions: list[Version], found: list[Claim], rows: list[Change],
) -> None:  # fmt: skip
    names = {s: c.id for c in found for s in c.statements}

    def span(text: str, s: Any) -> dict[str, Any] | None:
        return {"start": s.start, "end": s.end, "text": s.of(text)} if s else None

    tables: dict[str, list[dict[str, Any]]] = {"documents": [], "statements": [], "families": [], "actors": []}
    for f in families:
        tables["documents"] += [{"id": k} for k in f.articles]
        mine = [{"parent": p, "child": c, "score": x} for (p, c), x in edges.items() if p in f.articles]
        kin = sorted({x for e in mine for x in (e["parent"], e["child"])})
        tables["families"].append({"id": f.name, "documents": kin, "edges": mine})
    for v in versions:
        for s in v.statements:
            content = [span(v.text, x) for x in s.content]
            tables["statements"].append(
                {"id": s.id, "document": v.document, "source": span(v.text, s.source), "cue": span(v.text, s.cue),
                 "content": content, "mode": s.mode, "act": s.act, "sourcing": s.sourcing, "claim": names[s.id]}
            )  # fmt: skip
    tables["claims"] = [{"id": c.id, "gist": c.gist, "statements": list(c.statements)} for c in found]
    tables["changes"] = [
        {"parent_document": c.parent_document, "child_document": c.child_document, "claim": c.claim,
         "parent_statement": c.parent_statement, "child_statement": c.child_statement, "changes": list(c.changes),
         "score": c.score} for c in rows
    ]  # fmt: skip
    for name, table in tables.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in table), "utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--split", default="train", choices=["train", "dev"])
    parser.add_argument("--only", nargs="*", help="names of families")
    parser.add_argument("--statements", default="found", choices=["gold", "nameless", "found"])
    parser.add_argument("--resolved", action="store_true", help="actors by stemmata.resolve")
    parser.add_argument("--edges", default="gold", choices=["gold", "found"])
    parser.add_argument("--weights", type=Path, help="another collate.json")
    parser.add_argument("--left-out", action="store_true", help=f"fit {FOLDS} times, each family left out once")
    parser.add_argument("--cache", type=Path, help="keep the found statements here (a pickle of your own)")
    o = parser.parse_args()
    families = [f for f in gold_families(o.shared, o.split) if not o.only or f.name in o.only]
    more = large_dossiers(held=True) if o.left_out else []
    articles = {k: a for f in (*families, *more) for k, a in f.articles.items()}
    scales = None
    if o.weights:
        stored = json.loads(o.weights.read_text("utf8"))["weighings"]
        scales = {k: Weighing(**v) for k, v in stored.items()}
    if o.statements == "found":
        if o.cache and o.cache.exists():
            told = pickle.loads(o.cache.read_bytes())
        else:
            told = statements_found(articles)
            if o.cache:
                o.cache.write_bytes(pickle.dumps(told))
    else:
        told = {k: spoken(v).statements for f in families for k, v in f.versions.items()}
        if o.statements == "nameless":
            told = {k: tuple(replace(s, actor=None) for s in v) for k, v in told.items()}
    if o.resolved:
        told = resolved(articles, told)
    edges = {e: 1.0 for f in families for e in f.edges} if o.edges == "gold" else edges_found(families)
    made = left_out(families, more, told, edges) if o.left_out else collated(families, told, edges, scales)
    with tempfile.TemporaryDirectory() as scratch:
        written(Path(scratch), families, edges, *made)
        gold = [str(o.shared / f"bench/{o.split}/{f.name}.json") for f in families]
        command = [sys.executable, str(o.shared / "bench/score.py"), "score", scratch, *gold]
        result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for name, value in result.items():
        if isinstance(value, dict) and name.startswith(SHOWN):
            print(f"  {name:28} P {value['p']:.3f} R {value['r']:.3f} F1 {value['f1']:.3f} of {value['gold']}")
    kept_scores(o.shared / f"bench/{o.split}", families, made[0], made[2])


if __name__ == "__main__":
    main()
