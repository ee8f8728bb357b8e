"""Fits what the collation weighs: python -m training.claims --shared ../shared (writes weights/collate.json)

On the gold families of bench/train and the dossiers that are held back from the networks, never on bench/dev; labels
also on the other large dossiers, which teach nothing else, since the network that reads side by side has seen them.
Which statements and clauses tell one claim (`told again`, `in own voice`), what is truly omitted or added, and the
labels of changes that need weighing. Ridge logistic regressions in numpy, on gold statements and on those that the
shipped encoder and resolution find in the same articles: to be fitted anew when these change, though little depends on
it. Families are left out in turn to choose thresholds; `python -m training.collated --left-out` measures what comes of
it all, and `--check` prints how well statements and clauses in doubt are told apart with and without reading them, and
writes nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from stemmata import flow
from stemmata.collate.alignment import alignment, made_evidence, overlap, sure_pairs
from stemmata.collate.beside import Beside, likely_clauses, read_in_doubt, weighed_clauses, weighed_statements
from stemmata.collate.changes import KEPT, WEIGHED
from stemmata.collate.claims import collation, quoted_runs
from stemmata.collate.evidence import evidence, in_its_manner, kept_words
from stemmata.collate.families import families as kin
from stemmata.collate.nominations import Candidate, clause_candidates, left_over, statement_candidates
from stemmata.collate.passages import Reading, Version
from stemmata.collate.quoting import added_evidence
from stemmata.collate.rendering import Rendering
from stemmata.collate.voice import in_own_voice, voice_evidence
from stemmata.model import Document, Sourcing, Span, Statement, content_id, said_by
from stemmata.pairs import Excerpt, Judged, reader
from stemmata.read.credit import credits
from stemmata.surface import WORD
from stemmata.weighing import Weighing

from .corpora import HELD_DOSSIERS, REWORDED
from .found import resolved, statements_found
from .rewritten import TAUGHT, Rewrite, kept, rewrites
from .written import LARGE, dossiers

WEIGHTS = Path(__file__).parent.parent / "src/stemmata/weights/collate.json"
FOLDS = 4
TOGETHER = 0.76  # F1 of all loud labels on families left out in turn, found statements
RIDGE = {"told again": 3.0, "in own voice": 3.0, "left over": 10.0}  # set by hand; the last beside 3 and 20
ELSEWHERE = 0.85  # threshold across families: best claims F1 of 0.3, 0.5, 0.7, 0.85 on f51 to f60


CONFUSED: dict[str, Sourcing] = {"named-person": "named-organisation", "named-organisation": "named-person"}
CONFUSION = 12  # of 100 such statements, by hand; the final encoder confuses 6 of 100 on f57 to f60
BACKWARDS = "backwards"  # evidence of training alone: the pair was turned round
# What each label is weighed by, by the kind of evidence (its name up to the colon), and the ridge: of a few groups and
# of 1, 3, 10, 30, 60, 100 the best by average precision on families left out in turn, gold statements
_FORCE = ("cue", "modal", "hedge", "booster", "softener", "act", "voice", "words", "sense", "quotes", "negation")
WEIGHED_BY: dict[str, tuple[tuple[str, ...], float]] = {
    "quote-altered": (("quotes",), 3.0),
    "quote-fabricated": (("quotes",), 3.0),
    "strengthened": (_FORCE, 60.0),
    "weakened": ((*_FORCE, "negator"), 60.0),
    "number-changed": (("numbers", "words"), 10.0),
    "negated": (("negation", "act", "words", "sense", "cue", "modal"), 60.0),
    "paraphrased": (("words", "sense", "quotes", "numbers"), 10.0),
    "attribution-vague": (("speaker", "voice", "words"), 10.0),
    "attribution-shifted": (("speaker", "voice", "words"), 10.0),
}
OPPOSITE = {"strengthened": "weakened", "weakened": "strengthened"}
EITHER_WAY = ("strengthened", "weakened", "negated", "number-changed")  # labels that a turned pair teaches too


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFamily:
    name: str
    articles: dict[str, dict[str, Any]]
    versions: dict[str, Version]  # with gold statements, the outlet's own voice among them
    edges: tuple[tuple[str, str], ...]
    changes: dict[tuple[str, str, str | None], frozenset[str]]  # (parent, child, claim) -> labels
    disputes: dict[tuple[str, str], str]  # (by, of) -> relation
    found: bool = False  # whether its statements are those that the encoder finds, with the claims of the gold ones


@dataclass(frozen=True, slots=True)
class Example:
    family: str
    evidence: Mapping[str, float]
    right: bool


LabelExample = tuple[str, dict[str, float], frozenset[str]]  # family or pair, evidence, labels


def gold_families(shared: Path, split: str) -> list[GoldFamily]:
    paths = sorted((shared / f"bench/{split}").glob("*.json"))
    return [gold_family(json.loads(p.read_text("utf8")), p.stem) for p in paths]


def large_dossiers(*, held: bool) -> list[GoldFamily]:
    """Our dossiers that are as large as a family of bench: those that no network has seen, or the others, which teach
    labels."""
    rows = [row for row in dossiers() if len(row["articles"]) >= LARGE and held == (row["family"] in HELD_DOSSIERS)]
    return [gold_family(row, row["family"]) for row in rows]


def gold_family(row: dict[str, Any], name: str) -> GoldFamily:
    """From a family in the form of bench."""
    articles = {a["id"]: a for a in row["articles"]}
    told: dict[str, list[Statement]] = {a: [] for a in articles}
    for k, s in enumerate(row["statements"]):
        told[s["article"]].append(gold_statement(s, k))
    return GoldFamily(
        name=name,
        articles=articles,
        versions={k: Version(document=k, text=a["text"], statements=tuple(told[k])) for k, a in articles.items()},
        edges=tuple((p, a["id"]) for a in row["articles"] for p in a["parents"]),
        changes={(c["parent"], c["child"], c["claim"]): frozenset(c["changes"]) for c in row["changes"]},
        disputes={(d["by"], d["of"]): d["relation"] for d in row["disputes"]},
    )


def gold_statement(row: dict[str, Any], number: int) -> Statement:
    spans = row["spans"]
    source, cue = (Span(*spans[k]) if spans[k] else None for k in ("source", "cue"))
    return Statement(
        id=f"{row['article']}-{number}",
        document=row["article"],
        source=source,
        cue=cue,
        content=tuple(Span(*x) for x in spans["content"]),
        mode=row["mode"],
        act=row["act"],
        sourcing=row["sourcing"],
        confidence=1.0,
        actor=row["speaker"],
        claim=row["claim"],
    )


def spoken(version: Version) -> Version:
    return replace(version, statements=tuple(s for s in version.statements if s.sourcing != "outlet"))


def as_found(family: GoldFamily, told: Mapping[str, tuple[Statement, ...]]) -> GoldFamily:
    """The family with the statements that were found (`told`, by document) instead of the gold ones; those of the
    outlet stay. One that is a gold statement has its claim, another has none."""
    versions = {}
    for k, v in family.versions.items():
        claim_of = told_by(spoken(v), told[k])
        found = [replace(s, claim=claim_of.get(s.id)) for s in told[k]]
        own = [s for s in v.statements if s.sourcing == "outlet"]
        versions[k] = replace(v, statements=(*found, *own))
    return replace(family, versions=versions, found=True)


def told_by(gold: Version, found: Sequence[Statement]) -> dict[str, str]:
    """Id of a found statement -> the claim of the gold statement that it is: half of their words shared."""
    shared = sorted(
        (
            (_share(gold.text, g.content, s.content), n, m)
            for n, g in enumerate(gold.statements)
            for m, s in enumerate(found)
        ),
        reverse=True,
    )
    claim_of: dict[str, str] = {}
    taken: set[int] = set()
    for x, n, m in shared:
        if x >= 0.5 and n not in taken and found[m].id not in claim_of:
            taken.add(n)
            claim_of[found[m].id] = gold.statements[n].claim or ""
    return {k: claim for k, claim in claim_of.items() if claim}


def _share(text: str, a: tuple[Span, ...], b: tuple[Span, ...]) -> float:
    """The words in both contents to the words in either."""
    x, y = ({m.start() for s in c for m in WORD.finditer(text, s.start, s.end)} for c in (a, b))
    return len(x & y) / max(1, len(x | y))


def statement_examples(families: Iterable[GoldFamily]) -> list[Example]:
    out = []
    for f in families:
        for parent, child in f.edges:
            p, c = f.versions[parent], spoken(f.versions[child])
            for x in statement_candidates(Reading(p), Reading(c)):
                claim = p.statements[x.parent].claim
                right = claim is not None and claim == c.statements[x.again].claim
                out.append(Example(f.name, dict(x.evidence), right))
    return out


def read_examples(families: Iterable[GoldFamily], told: Weighing) -> list[Example]:
    """The statements that `told` leaves in doubt, read side by side."""
    out = []
    for f in families:
        for parent, child in f.edges:
            p, c = Reading(f.versions[parent]), Reading(spoken(f.versions[child]))
            for x in read_in_doubt(Beside(p, c, judge), statement_candidates(p, c), told)[1]:
                claim = p.version.statements[x.parent].claim
                right = claim is not None and claim == c.version.statements[x.again].claim
                out.append(Example(f.name, x.evidence, right))
    return out


def unrelated(f: GoldFamily) -> Iterator[tuple[str, str]]:
    """Two articles that share a quotation, the earlier first, of which neither was made from the other."""
    runs = {k: quoted_runs(v.text) for k, v in f.versions.items()}
    for one, other in combinations(sorted(f.versions, key=lambda k: (said_by(f.articles[k]["published"]), k)), 2):
        if not runs[one].isdisjoint(runs[other]) and (one, other) not in f.edges and (other, one) not in f.edges:
            yield one, other


def left_over_examples(families: Iterable[GoldFamily], scales: Mapping[str, Weighing]) -> list[Example]:
    """What `scales` leave on both sides, once with the speakers known and once without."""
    out = []
    for f in families:
        for versions in _versions(f):
            for parent, child in f.edges:
                p, c = Reading(versions[parent]), Reading(spoken(versions[child]))
                beside = Beside(p, c, judge)
                told = weighed_statements(beside, statement_candidates(p, c), scales)
                sure = {i: j for i, (j, _) in sure_pairs(told, SURE).items()}
                voiced = weighed_clauses(beside, clause_candidates(p, c, sure), scales)
                for x in beside.read(left_over(p, c, [x for _, x in told], sure, voiced)):
                    claim = p.version.statements[x.parent].claim
                    right = claim is not None and claim == c.version.statements[x.again].claim
                    out.append(Example(f.name, x.evidence, right))
    return out


def clause_examples(
    families: Iterable[GoldFamily], scales: Mapping[str, Weighing]
) -> Iterator[tuple[str, Beside, list[tuple[Candidate[Span], bool]]]]:
    """Family, versions, and the clauses of the child for each claim that `scales` leave; right where the gold clause
    is half shared."""
    for f in families:
        for parent, child in f.edges:
            p, c = Reading(f.versions[parent]), Reading(spoken(f.versions[child]))
            beside = Beside(p, c, judge)
            told = weighed_statements(beside, statement_candidates(p, c), scales)
            sure = {i: j for i, (j, _) in sure_pairs(told, SURE).items()}
            voice = {s.claim: s.content[0] for s in f.versions[child].statements if s.sourcing == "outlet"}
            row = []
            for x in clause_candidates(p, c, sure):
                gold = voice.get(p.version.statements[x.parent].claim or "")
                row.append((x, bool(gold and overlap(c.text, x.again, gold) >= 0.5)))
            yield f.name, beside, row


@lru_cache(maxsize=1 << 18)
def _judged(a: Excerpt, b: Excerpt) -> Judged:
    return reader().read([(a, b)])


def judge(pairs: Sequence[tuple[Excerpt, Excerpt]]) -> Judged:
    """The shipped network, which remembers: folds ask for the same pairs again."""
    rows = [_judged(a, b) for a, b in pairs]
    if not rows:
        return reader().read(())
    return Judged(*(np.concatenate([getattr(r, k) for r in rows]) for k in ("same", "answers", "relations")))


def loose_examples(
    families: Iterable[GoldFamily], scales: Mapping[str, Weighing]
) -> tuple[list[Example], list[Example]]:
    """What an alignment by `scales` leaves on the parent's side (right: omitted) and on the child's (right: added)."""
    omitted: list[Example] = []
    added: list[Example] = []
    for f in families:
        for parent, child in f.edges:
            p, c = f.versions[parent], spoken(f.versions[child])
            claim_of = {s.id: s.claim for v in (p, c) for s in v.statements}
            here = {s.id for s in p.statements}
            for x in alignment(p, c, scales, judge=judge).loose:
                claim = claim_of[x.statement]
                labels = f.changes.get((parent, child, claim), frozenset()) if claim else frozenset()
                side, label = (omitted, "omitted") if x.statement in here else (added, "added")
                if side is omitted or len(f.articles[child]["parents"]) == 1:  # what another parent tells is not added
                    side.append(Example(f.name, x.evidence, label in labels))
    return omitted, added


def edges_found(families: Iterable[GoldFamily]) -> dict[tuple[str, str], float]:
    """The stemmata that collate/families.py draws of all articles together: (parent, child) -> its probability."""
    documents = [
        Document(
            id=k,
            text=a["text"],
            outlet=a["outlet"],
            title=a["title"],
            published=a["published"],
            credits=credits(a["text"]),
        )
        for f in families
        for k, a in f.articles.items()
    ]
    return {(e.parent, e.child): min(1.0, e.score * (1 + len(e.tied))) for f in kin(documents) for e in f.edges}


def made_examples(
    families: Iterable[GoldFamily], scales: Mapping[str, Weighing], edges: Mapping[tuple[str, str], float]
) -> list[Example]:
    """The edges that were found (right: gold ones) with how much of the child its parents tell, aligned by `scales`."""
    out = []
    for f in families:
        mine = {(p, c): x for (p, c), x in edges.items() if p in f.articles and c in f.articles}
        align = partial(alignment, scales=scales, judge=judge)
        made = collation((spoken(v) for v in f.versions.values()), mine, aligned=align)
        told: dict[str, set[str]] = {}
        for a in made.alignments:
            told.setdefault(a.child, set()).update(p.child for p in a.pairs)
        every = {v.document: len(v.statements) for v in made.versions}
        for (p, c), x in mine.items():
            out.append(Example(f.name, made_evidence(x, len(told[c]), every[c]), (p, c) in f.edges))
    return out


def label_examples(families: Iterable[GoldFamily]) -> list[LabelExample]:
    """The evidence of every claim that both sides of an edge tell (gold ones with the speakers known and without), and
    each once more from the child to the parent, which shows what the opposite change looks like."""
    out = []
    for f in families:
        for versions in _versions(f):
            told = {s.id: Rendering(v, s) for v in versions.values() for s in v.statements}
            for parent, child in f.edges:
                rows = []
                for s in versions[parent].statements:
                    for t in versions[child].statements:
                        labels = f.changes.get((parent, child, s.claim))
                        if s.claim is not None and s.claim == t.claim and labels is not None:
                            pair = told[s.id], told[t.id]
                            rows.append((evidence(*pair), labels))
                            back = evidence(*reversed(pair)) | {BACKWARDS: 1.0}
                            rows.append((back, frozenset(OPPOSITE.get(x, x) for x in labels)))
                share = kept_words(e for e, _ in rows[::2])
                out += [(f.name, in_its_manner(e, share), labels) for e, labels in rows]
    return out


def rewritten_examples(scales: Mapping[str, Weighing], ours: Iterable[Rewrite] | None = None) -> list[LabelExample]:
    """The evidence of every claim that both sides of our own rewrites tell (training/rewritten.py).

    Half of these are wholly faithful, in other words throughout: what is rare in the gold, where nearly all versions
    wash. A planted change is of the pair that has the most of its words, half of one side at least.
    """
    out: list[LabelExample] = []
    for r in ours or rewrites(TAUGHT):
        links, _ = flow.resolved((r.parent, r.child), [flow.figured(x) for x in (r.parent, r.child)])
        edge = (r.parent.document.id, r.child.document.id)
        align = partial(alignment, scales=scales, judge=judge)
        made = collation([flow.version(x, links) for x in (r.parent, r.child)], [edge], aligned=align)
        told = {s.id: Rendering(v, s) for v in made.versions for s in v.statements}
        pairs = [(told[p.parent], told[p.child]) for a in made.alignments for p in a.pairs]
        labels: list[set[str]] = [set() for _ in pairs]
        for g in r.gold:
            shares = [(kept(g["parent"], _worded(p)), kept(g["child"], _worded(c))) for p, c in pairs]
            best = max(range(len(pairs)), key=lambda k: (max(shares[k]), sum(shares[k])), default=None)
            if best is not None and max(shares[best]) >= 0.5:
                labels[best].add(g["label"])
        pairs = [(p, in_own_voice(p, c) or c) for p, c in pairs]
        every = [evidence(p, c) for p, c in pairs]
        share = kept_words(every)
        for (p, c), seen, row in zip(pairs, every, labels, strict=True):
            voiced = voice_evidence(p, c) if _voiced(p, c) else {}
            out.append((r.name, in_its_manner(seen, share) | voiced, frozenset(row)))
    return out


def voiced_labels(families: Iterable[GoldFamily], scales: Mapping[str, Weighing]) -> list[Example]:
    """The claims that a parent attributes and its child tells in its own voice, aligned by `scales` (right: the gold
    says that the attribution was dropped)."""
    out = []
    for f in families:
        align = partial(alignment, scales=scales, judge=judge)
        made = collation((spoken(v) for v in f.versions.values()), f.edges, aligned=align)
        told = {s.id: Rendering(v, s) for v in made.versions for s in v.statements}
        claim_of = {s.id: s.claim for v in f.versions.values() for s in v.statements}
        for a in made.alignments:
            for p in a.pairs:
                claim, before, after = claim_of.get(p.parent), told[p.parent], told[p.child]
                if claim and _voiced(before, after):
                    labels = f.changes.get((a.parent, a.child, claim), frozenset())
                    out.append(Example(f.name, voice_evidence(before, after), "attribution-dropped" in labels))
    return out


def _voiced(before: Rendering, after: Rendering) -> bool:
    return before.statement.sourcing != "outlet" and after.statement.sourcing == "outlet"


def _worded(t: Rendering) -> str:
    parts = (t.statement.source, t.statement.cue, *t.statement.content)
    return " ".join(x.of(t.text) for x in parts if x)


def _versions(family: GoldFamily) -> list[dict[str, Version]]:
    """The versions as they are, and, of gold ones, without speakers."""
    if family.found:
        return [family.versions]
    return [family.versions, {k: _nameless(v) for k, v in family.versions.items()}]


def _nameless(version: Version) -> Version:
    """Without actors, and with some persons taken for bodies and bodies for persons, as a model will take them."""
    out = []
    for s in version.statements:
        turned = CONFUSED.get(s.sourcing)
        if turned and int(content_id(version.document, s.id), 16) % 100 < CONFUSION:
            s = replace(s, sourcing=turned)
        out.append(replace(s, actor=None))
    return replace(version, statements=tuple(out))


def added_examples(families: Iterable[GoldFamily]) -> list[Example]:
    out = []
    for f in families:
        for parent, child in f.edges:
            parents = [f.versions[p] for p in f.articles[child]["parents"]]
            for s in f.versions[child].statements:
                labels = f.changes.get((parent, child, s.claim), frozenset())
                if "added" in labels:
                    seen = added_evidence(Rendering(f.versions[child], s), parents)
                    out.append(Example(f.name, seen, "quote-fabricated" in labels))
    return out


def logistic(examples: Sequence[Example], ridge: float, threshold: float = 0.5) -> Weighing:
    """Ridge logistic regression by Newton's method, on evidence brought to one scale."""
    return _solved(*_listed(examples), ridge, threshold)


def _listed(examples: Sequence[Example]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The names of all evidence, its values (examples by names), and which examples are right."""
    names = sorted({n for e in examples for n in e.evidence} - {BACKWARDS})
    x = np.array([[e.evidence.get(n, 0.0) for n in names] for e in examples])
    return names, x, np.array([float(e.right) for e in examples])


def _solved(names: Sequence[str], x: np.ndarray, y: np.ndarray, ridge: float, threshold: float = 0.5) -> Weighing:
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - mean) / scale, np.ones(len(x))]
    weights = np.zeros(z.shape[1])
    penalty = np.full(len(weights), ridge)
    penalty[-1] = 1e-6
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(z @ weights, -30, 30)))
        gradient = z.T @ (p - y) + penalty * weights
        step = np.linalg.solve((z.T * (p * (1 - p) + 1e-9)) @ z + np.diag(penalty), gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    slope = weights[:-1] / scale
    return Weighing(
        weights={n: round(float(w), 4) for n, w in zip(names, slope, strict=True) if abs(w) >= 5e-5},
        constant=round(float(weights[-1] - (slope * mean).sum()), 4),
        threshold=threshold,
    )


def thresholded(examples: Sequence[Example], ridge: float, on: Container[str], *, quiet: bool = False) -> Weighing:
    """The regression on all examples, with the threshold that is worth most on the families `on` when families are left
    out in turn; of a `quiet` label, the best for its F1."""
    chance, right = left_out(examples, ridge)
    forward = np.array([BACKWARDS not in e.evidence and e.family in on for e in examples])
    chance, right = chance[forward], right[forward]
    steps = [round(float(t), 2) for t in np.arange(0.15, 0.9, 0.05)]
    best = max(steps, key=lambda t: (f1 if quiet else worth)(chance >= t, right))
    return logistic(examples, ridge, best)


def left_out(examples: Sequence[Example], ridge: float) -> tuple[np.ndarray, np.ndarray]:
    """The probability of each example by a regression on the other folds of families, and whether it is right."""
    fold = {name: k % FOLDS for k, name in enumerate(sorted({e.family for e in examples}))}
    of = np.array([fold[e.family] for e in examples])
    names, x, y = _listed(examples)
    by_fold = [_solved(names, x[of != k], y[of != k], ridge) for k in range(FOLDS)]
    chance = [by_fold[k].probability(e.evidence) for k, e in zip(of, examples, strict=True)]
    return np.array(chance), y > 0


def checked(seen: Lessons) -> None:
    """Prints best F1 and average precision of what is read, left out, with what reading tells and without."""
    for name, examples, by in (
        ("statements in doubt", seen.told_read, "told again"),
        ("clauses in own voice", seen.voiced_read, "in own voice"),
        ("statements left over", seen.left, "left over"),
    ):
        for read in (False, True):
            rows = [
                replace(e, evidence={k: x for k, x in e.evidence.items() if read or not k.startswith("read")})
                for e in examples
            ]
            chance, right = left_out(rows, RIDGE[by])
            right = right[np.argsort(-chance, kind="stable")]
            hits, said = np.cumsum(right), np.arange(1, len(right) + 1)
            precise = (hits / said)[right].mean()
            best = (2 * hits / (said + right.sum())).max()
            print(
                f"{name}, {'read' if read else 'listed evidence alone'}: F1 {best:.3f}, average precision {precise:.3f}"
            )


def worth(said: np.ndarray, right: np.ndarray) -> float:
    """What finding these adds to the F1 of all labels together: a right one counts, and one said costs F1 / 2."""
    return float((said & right).sum() - TOGETHER / 2 * said.sum())


def f1(said: np.ndarray, right: np.ndarray) -> float:
    return float(2 * (said & right).sum() / max(1, said.sum() + right.sum()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """All examples, by what they teach."""

    told: list[Example]
    told_read: list[Example]
    voiced: list[Example]
    voiced_read: list[Example]
    left: list[Example]
    labels: list[LabelExample]
    added_quotes: list[Example]

    def of(self, names: Container[str]) -> Lessons:
        """Those of the families `names`."""
        return Lessons(
            told=[e for e in self.told if e.family in names],
            told_read=[e for e in self.told_read if e.family in names],
            voiced=[e for e in self.voiced if e.family in names],
            voiced_read=[e for e in self.voiced_read if e.family in names],
            left=[e for e in self.left if e.family in names],
            labels=[row for row in self.labels if row[0] in names],
            added_quotes=[e for e in self.added_quotes if e.family in names],
        )


def lessons(gold: Sequence[GoldFamily], found: Sequence[GoldFamily], more: Sequence[GoldFamily] = ()) -> Lessons:
    """From gold families, and from the same as their statements are found; `more` teach labels alone."""
    families = [*gold, *found]
    told = statement_examples(families)
    scales = {"told again": logistic(told, RIDGE["told again"], SURE)}
    told_read = read_examples(families, scales["told again"])
    scales["told again, read"] = logistic(told_read, RIDGE["told again"], SURE)
    clauses = list(clause_examples(families, scales))
    voiced = [Example(name, x.evidence, right) for name, _, row in clauses for x, right in row]
    first = logistic(voiced, RIDGE["in own voice"], VOICED)
    voiced_read = []
    for name, beside, row in clauses:
        right = {id(x): r for x, r in row}
        likely = likely_clauses((x for x, _ in row), first)
        voiced_read += [
            Example(name, read.evidence, right[id(x)]) for x, read in zip(likely, beside.read(likely), strict=True)
        ]
    scales |= {"in own voice": first, "in own voice, read": logistic(voiced_read, RIDGE["in own voice"], VOICED)}
    return Lessons(
        told=told,
        told_read=told_read,
        voiced=voiced,
        voiced_read=voiced_read,
        left=left_over_examples(families, scales),
        labels=label_examples([*families, *more]),
        # the dossiers' `added` says nothing of quotations: 2 of their 882 are labelled, 89 of the 90 of bench/train
        added_quotes=added_examples(f for f in gold if f.name not in HELD_DOSSIERS),
    )


def aligning(seen: Lessons) -> dict[str, Weighing]:
    told = logistic(seen.told, RIDGE["told again"], SURE)
    return {
        "told again": told,
        "told again, read": logistic(seen.told_read, RIDGE["told again"], SURE),
        "told elsewhere": replace(told, threshold=ELSEWHERE),
        "told again, left over": logistic(seen.left, RIDGE["left over"], LEFT_OVER),
        "in own voice": logistic(seen.voiced, RIDGE["in own voice"], VOICED),
        "in own voice, read": logistic(seen.voiced_read, RIDGE["in own voice"], VOICED),
    }


def fitted(
    seen: Lessons, families: Sequence[GoldFamily], edges: Mapping[tuple[str, str], float], ours: Sequence[LabelExample]
) -> dict[str, Weighing]:
    """All that the collation weighs. `ours` are `rewritten_examples`, each counted `REWRITTEN` times. What is omitted,
    added and told in own voice, and which of the `edges` that are found are right, is learned from `families` aligned
    by what the others teach, since an alignment of what it was fitted on leaves too little in doubt."""
    scales = aligning(seen)
    names = sorted({f.name for f in families})
    washed = [n for n in names if not n.startswith(REWORDED)]  # what thresholds are chosen on
    for label in WEIGHED:
        print(f"{label}, {len(seen.labels):,} examples", flush=True)
        ridge = WEIGHED_BY[label][1]
        examples = examples_of(seen.labels, label)
        if label not in KEPT:  # which is not planted
            examples += examples_of(ours, label) * REWRITTEN
        scales[label] = thresholded(examples, ridge, washed, quiet=label in KEPT)
    scales["quote-fabricated, added"] = thresholded(seen.added_quotes, 1.0, washed)
    omitted: list[Example] = []
    added: list[Example] = []
    made: list[Example] = []
    voiced: list[Example] = []
    for k in range(FOLDS):
        print(f"what is left over, {k + 1} of {FOLDS}", flush=True)
        held = set(names[k::FOLDS])
        others = aligning(seen.of(set(names) - held))
        voiced += voiced_labels((f for f in families if f.name in held), others)
        made += made_examples((f for f in families if f.name in held), others, edges)
        for mine, more in zip(
            (omitted, added), loose_examples((f for f in families if f.name in held), others), strict=True
        ):
            mine += more
    voiced += [
        Example(name, {k: x for k, x in shown.items() if k.startswith("still")}, "attribution-dropped" in labels)
        for name, shown, labels in ours
        if "still: source" in shown
    ]
    scales["attribution-dropped"] = thresholded(voiced, RIDGE_OF_LOOSE, washed)
    scales["omitted"] = thresholded(omitted, RIDGE_OF_LOOSE, washed)
    scales["added"] = thresholded(added, RIDGE_OF_LOOSE, washed)
    scales["made from"] = logistic(made, RIDGE_OF_MADE)
    return scales


def examples_of(rows: Iterable[LabelExample], label: str, *, either_way: bool = True) -> list[Example]:
    turned = either_way and label in EITHER_WAY
    kinds = {*WEIGHED_BY[label][0], BACKWARDS}
    return [
        Example(n, {k: x for k, x in e.items() if k.split(":")[0] in kinds}, label in labels)
        for n, e, labels in rows
        if turned or BACKWARDS not in e
    ]


# Probabilities from which a pair is taken. On families left out in turn F1 of the loud changes is the best, by 0.1 to
# 0.3 points only, beside SURE 0.45, LEFT_OVER 0.35, VOICED 0.2 and 0.4
SURE = 0.6
LEFT_OVER = 0.5
VOICED = 0.3
# Families left out, three cost the gold nothing (average precision of strengthened 0.724 -> 0.726, weakened 0.638 ->
# 0.629, negated 0.709 -> 0.715), ten a little (0.723, 0.614, 0.714)
REWRITTEN = 3
RIDGE_OF_LOOSE = 10.0  # by hand
# By hand. Of 346 edges found on bench/train and the held dossiers 12 are wrong; families left out, what is told again
# brings the loss (negative log-likelihood) from 0.109 to 0.059
RIDGE_OF_MADE = 1.0


def write(scales: dict[str, Weighing], path: Path) -> None:
    rows = {
        k: {"threshold": w.threshold, "constant": w.constant, "weights": dict(w.weights)} for k, w in scales.items()
    }
    made = {
        "fitted on": "bench/train (36 gold families), 63 held dossiers of training/written; labels also on the others",
        "by": "training/claims.py",
        "weighings": rows,
    }
    path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--check", action="store_true", help="print figures of families left out, write nothing")
    o = parser.parse_args()
    gold = [*gold_families(o.shared, "train"), *large_dossiers(held=True)]
    articles = {k: a for f in gold for k, a in f.articles.items()}
    told = resolved(articles, statements_found(articles))
    found = [as_found(f, told) for f in gold]
    print(f"{len(found)} families read, statements found", flush=True)
    seen = lessons(gold, found, large_dossiers(held=False))
    if o.check:
        checked(seen)
        return
    scales = fitted(seen, found, edges_found(found), rewritten_examples(aligning(seen)))
    write(scales, o.out)
    print(f"{len(scales)} weighings -> {o.out}")


if __name__ == "__main__":
    main()
