"""The steps in order, on one page: a document goes in, its findings come out. Pure: no case, no network, no print."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Literal

from stemmata import __version__
from stemmata.acts import agreed
from stemmata.attribute.candidates import Decoding
from stemmata.attribute.statements import statements
from stemmata.collate.alignment import Alignment
from stemmata.collate.changes import changes, negating
from stemmata.collate.claims import claims, collation, told_alike
from stemmata.collate.credited import called, credit_change
from stemmata.collate.families import families
from stemmata.collate.passages import Version
from stemmata.encode import one_blas_thread
from stemmata.model import (
    Actor,
    ActorLink,
    Change,
    Claim,
    Document,
    Edge,
    Family,
    How,
    Refusal,
    Run,
    Sourcing,
    Statement,
    content_id,
)
from stemmata.resolve import (
    BY_VERSION,
    Figures,
    as_told,
    bonds,
    figures,
    merged,
    offices,
    ranker,
    records,
    sourcings,
    tells_by_name,
)
from stemmata.resolve.keys import is_described, local
from stemmata.wordings import ShownChange, shown_change, uncredited, worded

if TYPE_CHECKING:
    from stemmata.encode import Encoder

# What a slip of ours raises. Not what the machine or the caller is to blame for: no memory, no disk, a broken file
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
AHEAD = 2  # documents in work or waiting for each worker: enough to keep it busy, and memory flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may set. `broad`: also beliefs, intentions and feelings told of someone, as PolNeAR counts them."""

    broad: bool = False
    min_confidence: float = 0.0  # statements under it are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One document and what was found in it."""

    document: Document
    statements: tuple[Statement, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def run(encoder: Encoder, settings: Settings) -> Run:
    """What makes the findings: stored beside each of them."""
    return Run(version=__version__, weights=encoder.digest, settings=asdict(settings))


def collating(window_days: float) -> Run:
    """What makes families, claims and changes; `window_days` of 0 compares documents however far apart."""
    seen = sha256()
    for name in ("kin.json", "collate.json", "pairs.onnx", "resolve.npz", "words.npz"):
        seen.update((files("stemmata") / "weights" / name).read_bytes())
    return Run(version=__version__, weights=seen.hexdigest()[:16], settings={"window_days": window_days})


def analysis(document: Document, encoder: Encoder, settings: Settings) -> Analysis:
    """Attribution of one document. Text in a language other than English is kept and not analysed."""
    if document.lang not in (None, "en"):
        reason = f"written in another language ({document.lang}) and not analysed: only English is"
        refusal = Refusal(location=document.where, step="attribute", reason=reason, kept=True)
        return Analysis(document=document, refusals=(refusal,))
    found = encoder.tokens(document.text)
    decoding = Decoding(**encoder.decoding["broad" if settings.broad else "said"])
    encoded = encoder.encoded(found, convention=int(settings.broad))
    with one_blas_thread():
        told = statements(document, found, encoded, encoder.heads, decoding)
    kept = sure_enough(as_told(document.text, told), settings.min_confidence)
    return Analysis(document=document, statements=kept)


def analysed(document: Document | Analysis, encoder: Encoder, settings: Settings) -> Analysis:
    """The analysis of one document of many, if it has none yet; where it trips the program, none, and a refusal: it
    costs no other."""
    if isinstance(document, Analysis):
        return document
    try:
        return analysis(document, encoder, settings)
    except FAULTS as fault:
        return Analysis(document=document, refusals=(tripped(document, "attribute", "not analysed", fault),))


def tripped(document: Document, step: Literal["attribute", "collate"], what: str, fault: Exception) -> Refusal:
    """What of a document was not done, for a fault of ours, told so that it can be found and mended."""
    at = extract_tb(fault.__traceback__)[-1]
    told = f"{type(fault).__name__}: {fault}, in {Path(at.filename).name}, line {at.lineno}"
    reason = f"{what}, by a fault of Stemmata ({' '.join(told.split())}): please report it"
    return Refusal(location=document.where, step=step, reason=reason, kept=True)


def sure_enough(told: tuple[Statement, ...], least: float) -> tuple[Statement, ...]:
    """The statements of at least that confidence. One inside a statement that is left out is inside none."""
    kept = {s.id for s in told if s.confidence >= least}
    return tuple(s if s.inside in kept else replace(s, inside=None) for s in told if s.id in kept)


def analyses(
    documents: Iterable[Document | Analysis], encoder: Encoder, settings: Settings, *, workers: int = 1
) -> Iterator[Analysis]:
    """The analyses of `documents`, in their order, `workers` at a time; reads no further ahead than it must."""
    if workers <= 1:
        yield from (analysed(d, encoder, settings) for d in documents)
        return
    source = iter(documents)
    with ThreadPoolExecutor(workers) as pool:
        waiting: list[Future[Analysis]] = []
        try:
            for document in source:
                waiting.append(pool.submit(analysed, document, encoder, settings))
                if len(waiting) >= workers * AHEAD:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What only the documents together tell: who speaks, who took it from whom, and what each version changed.

    `statements` are all of them, with their actors and claims, and with those that an outlet tells in its own voice.
    """

    statements: tuple[Statement, ...] = ()
    actors: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    families: tuple[Family, ...] = ()
    changes: tuple[Change, ...] = ()


def figured(told: Analysis) -> Figures:
    """Who speaks in one document."""
    return figures(told.document, told.statements, ranker())


def findings(
    told: Sequence[Analysis],
    *,
    links: Mapping[str, ActorLink] | None = None,
    edges: Sequence[tuple[str, str]] | None = None,
) -> Findings:
    """Collates the analyses of a case.

    `links` says who the actor of each statement is, where that is known; else it is resolved here. `edges`
    (parent, child) are taken as given instead of sought.
    """
    documents = {a.document.id: a.document for a in told}
    actors: tuple[Actor, ...] = ()
    seen = [figured(a) for a in told] if links is None else []
    if links is None:
        links, actors = resolved(told, seen)
    trees = families(documents.values()) if edges is None else given(edges)
    versions = {a.document.id: version(a, links) for a in told}
    alignments: list[Alignment] = []
    for trees_together in woven(trees):
        made = collation([versions[k] for k in members(trees_together)], edges_of(trees_together))
        versions |= {v.document: v for v in made.versions}
        alignments += made.alignments
    again = [(p.parent, p.child) for a in alignments for p in a.pairs]
    if seen:
        links, actors = resolved(told, seen, again)
    spoken_by = {k: link.actor for k, link in links.items()}
    said = claims(tuple(versions.values()), alignments, {k: d.published for k, d in documents.items()})
    claim_of = {s: c.id for c in said for s in c.statements}
    every = {s.id: s for v in versions.values() for s in v.statements}
    done = tuple(c for t in transmissions(documents, versions, alignments, trees) for c in changed(t, claim_of))
    alike = told_alike((c.statements for c in said), again, negating(done))
    acts = agreed([every[k] for k in some] for some in alike)
    kinds = sourced(every.values(), links, actors)
    final = []
    for k, s in every.items():
        act, likely = acts.get(k, (s.act, s.act_probability))
        known = replace(s, claim=claim_of[k], actor=spoken_by.get(k), act=act, act_probability=likely)
        final.append(replace(known, sourcing=kinds.get(k, s.sourcing)))
    return Findings(
        statements=tuple(final),
        actors=actors,
        claims=said,
        families=trees,
        changes=done,
    )


def compared(parent: Analysis, child: Analysis) -> list[ShownChange]:
    """What `child` did to the claims of `parent`, taken as made from it: the gravest and surest first."""
    found = findings((parent, child), edges=[(parent.document.id, child.document.id)])
    before, after = parent.document, child.document
    text_of = {d.id: d.text for d in (before, after)}
    told = {s.id: worded(s, text_of[s.document]) for s in found.statements}

    def shown(c: Change) -> ShownChange:
        credit = uncredited(c, before, after.outlet, first=None) if c.of_document else None
        sides = told.get(c.parent_statement or ""), told.get(c.child_statement or "")
        return shown_change(c, (before.text, after.text), sides, credit=credit)

    return sorted(map(shown, found.changes), key=lambda r: r.change.gravity)


def resolved(
    told: Collection[Analysis], seen: Sequence[Figures], again: Iterable[tuple[str, str]] = ()
) -> tuple[dict[str, ActorLink], tuple[Actor, ...]]:
    """Statement -> its actor, and the actors: of all that is told, without a case. `seen` is who speaks in each;
    `again` are the statements of two versions that tell one claim, where that is known."""
    document = {s.id: s.document for a in told for s in a.statements if s.sourcing != "anonymous"}
    figure = {(f.document, f.key): f for one in seen for f in one.figures}
    source = {k: figure[document[k], x.key] for one in seen for x in one.links if (k := x.statement) in document}
    links_of = {x.statement: x for one in seen for x in one.links}
    by_name = {k for k, f in source.items() if tells_by_name(f, links_of[k].how)}
    bonded = bonds((source[p], source[c], {p, c} <= by_name) for p, c in again if p in source and c in source)
    held = offices(figure.values(), {a.document.id: a.document.text for a in told})
    everyone = merged(records(f for one in seen for f in one.figures), bonded=bonded, offices=held)
    actor_of = {key: m.actor.id for m in everyone for key in m.keys}
    named = {m.actor.id for m in everyone if not all(map(is_described, m.keys))}
    closed = {
        f.key
        for f in figure.values()
        if f.likely and actor_of[f.likely] != actor_of[f.key] and (not f.countries or actor_of[f.key] in named)
    }
    links = {
        x.statement: ActorLink(
            statement=x.statement,
            actor=actor_of[x.key],
            how=x.how,
            probability=BY_VERSION if x.key in closed else x.probability,
            rests_on=None if x.key in closed else x.rests_on,
            local=local(x.key),
        )
        for one in seen
        for x in one.links
    }
    return links, tuple(m.actor for m in everyone)


def sourced(
    statements: Iterable[Statement], links: Mapping[str, ActorLink], actors: Sequence[Actor]
) -> dict[str, Sourcing]:
    """Statement -> its sourcing by who its actor is, of those that have one."""
    told: dict[str, list[tuple[str, Sourcing, How]]] = {a.id: [] for a in actors}
    for s in statements:
        link = links.get(s.id)
        if link is not None and link.actor in told:
            told[link.actor].append((s.id, s.sourcing, link.how))
    return {k: kind for a in actors for k, kind in sourcings(a.kind, told[a.id]).items()}


def alone(told: Analysis) -> Analysis:
    """An analysis as it is shown without a case: with the sourcing that who speaks in the article tells."""
    links, actors = resolved([told], [figured(told)])
    kinds = sourced(told.statements, links, actors)
    statements = tuple(replace(s, sourcing=kinds.get(s.id, s.sourcing)) for s in told.statements)
    return replace(told, statements=statements)


def given(edges: Sequence[tuple[str, str]]) -> tuple[Family, ...]:
    """One family of edges that the caller is sure of."""
    documents = tuple(sorted({k for pair in edges for k in pair}))
    made = tuple(Edge(parent=p, child=c, score=1.0) for p, c in sorted(set(edges)))
    return (Family(id=content_id("family", *documents), documents=documents, edges=made),) if made else ()


def version(told: Analysis, links: Mapping[str, ActorLink]) -> Version:
    """A document as the collation sees it."""
    known = {k: link.actor for k, link in links.items() if not link.local}  # one known here alone is nobody elsewhere
    statements = tuple(replace(s, actor=known.get(s.id), claim=None) for s in told.statements)
    return Version(document=told.document.id, text=told.document.text, statements=statements)


def woven(trees: Iterable[Family]) -> list[tuple[Family, ...]]:
    """The families in groups that share documents. A digest belongs to the stories of two families, and is collated
    with both at once."""
    group_of: dict[str, list[Family]] = {}
    for tree in trees:
        group = [tree]
        for met in {id(g): g for k in tree.documents if (g := group_of.get(k))}.values():
            group += met
        group_of |= dict.fromkeys(members(group), group)
    return [tuple(g) for g in {id(g): g for g in group_of.values()}.values()]


def members(trees: Iterable[Family]) -> list[str]:
    """The documents of some families."""
    return sorted({k for tree in trees for k in tree.documents})


def edges_of(trees: Iterable[Family], *, parted: bool = False) -> list[tuple[str, str]]:
    """The edges of some families, as parent and child; or those alone that a person rejected (`parted`)."""
    return sorted({(e.parent, e.child) for tree in trees for e in tree.edges if e.is_parted or not parted})


@dataclass(frozen=True, slots=True, kw_only=True)
class Transmission:
    """One edge of a stemma, with all that what changed on it depends on."""

    alignment: Alignment
    score: float  # the probability that the child was made from the parent, or from one that is tied with it
    parent: Version
    child: Version
    parents: tuple[Version, ...]  # all that the child was made from
    beside: tuple[Alignment, ...]  # the child's with the others of them
    parent_document: Document
    child_document: Document
    sources: tuple[Document, ...]  # all that stand above the parent


def transmissions(
    documents: Mapping[str, Document],
    versions: Mapping[str, Version],
    alignments: Sequence[Alignment],
    trees: Collection[Family],
) -> Iterator[Transmission]:
    """The edges of whole stemmata, one for each alignment."""
    parted = set(edges_of(trees, parted=True))
    # What nothing in the texts tells apart tells the same: what changed against one of them changed against all
    score = {(e.parent, e.child): min(1.0, e.score * (1 + len(e.tied))) for tree in trees for e in tree.edges}
    made: dict[str, list[Alignment]] = {}
    for a in alignments:
        if (a.parent, a.child) not in parted:
            made.setdefault(a.child, []).append(a)
    parents = {child: [a.parent for a in some] for child, some in made.items()}
    for a in alignments:
        # what a person rejected is told as if it were the only parent, and is none to the others
        alone = (a.parent, a.child) in parted
        yield Transmission(
            alignment=a,
            score=score[a.parent, a.child],
            parent=versions[a.parent],
            child=versions[a.child],
            parents=tuple(versions[p] for p in ([a.parent] if alone else sorted(parents[a.child]))),
            beside=tuple(
                sorted((x for x in made.get(a.child, ()) if x is not a and not alone), key=lambda x: x.parent)
            ),
            parent_document=documents[a.parent],
            child_document=documents[a.child],
            sources=tuple(documents[k] for k in ancestors(a.parent, parents)),
        )


def changed(edge: Transmission, claim_of: Mapping[str, str]) -> Iterator[Change]:
    """What a version did to every claim of one that it was made from, and to its credit."""
    yield from changes(
        edge.parent,
        edge.child,
        edge.alignment,
        parents=edge.parents,
        beside=edge.beside,
        above=[s.text for s in edge.sources],
        claim_of=claim_of,
        edge=edge.score,
        credits=(edge.parent_document.credits, edge.child_document.credits),
        outlets={name for above in (edge.parent_document, *edge.sources) for name in called(above)},
    )
    first = not edge.sources
    if row := credit_change(edge.parent_document, edge.child_document, first=first, sources=edge.sources):
        yield replace(row, score=round(edge.score * row.score, 4))


def ancestors(document: str, parents: Mapping[str, Sequence[str]]) -> list[str]:
    """All documents that stand above one, the nearest first."""
    seen: dict[str, None] = {}
    waiting = list(parents.get(document, ()))
    while waiting:
        at = waiting.pop(0)
        if at not in seen:
            seen[at] = None
            waiting += parents.get(at, ())
    return list(seen)
