"""What a case remembers of its collation, as plain values, and the digests that tell whether it still holds."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import Any

from stemmata.acts import likeliest
from stemmata.case.collation import KinRow
from stemmata.case.rows import spans
from stemmata.collate.alignment import Alignment, Loose, Pair
from stemmata.collate.kin import NAMES, Kin, Shared
from stemmata.collate.passages import Version
from stemmata.collate.stemma import Descent, Ruled
from stemmata.flow import Transmission
from stemmata.model import Statement, content_id


def kin_row(pair: Kin) -> KinRow:
    shared = tuple(getattr(pair.shared, name) for name in NAMES)
    return pair.earlier, pair.later, pair.probability, pair.copy, shared


def kin_of(row: KinRow) -> Kin:
    earlier, later, probability, copy, numbers = row
    shared = Shared(**dict(zip(NAMES, numbers, strict=True)))
    return Kin(earlier=earlier, later=later, probability=probability, copy=copy, shared=shared)


def descent_row(d: Descent) -> Any:
    if not d.shares and not d.ruled:
        return None
    ruled = {"ruled": [d.ruled.parents, d.ruled.rejected, d.ruled.below], "parted": dict(d.parted)} if d.ruled else {}
    return {
        "made": d.made,
        "direct": d.direct,
        "shares": dict(d.shares),
        "evidence": {k: list(v) for k, v in d.evidence.items()},
        "seconds": [[*pair, p] for pair, p in d.seconds.items()],
        "undated": d.undated,
        "older": None if d.older is None else sorted(d.older),
        "sure": d.sure,
        "level": d.level,
    } | ruled


def descent_of(child: str, row: Any) -> Descent:
    if row is None:
        return Descent(child=child, made=0.0, direct=0.0, shares={}, evidence={}, seconds={}, undated=False)
    parents, rejected, below = map(tuple, row.get("ruled", [(), (), ()]))
    return Descent(
        child=child,
        **{k: row[k] for k in ("made", "direct", "shares", "undated", "sure", "level")},
        evidence={k: tuple((name, value) for name, value in v) for k, v in row["evidence"].items()},
        seconds={(first, other): p for first, other, p in row["seconds"]},
        older=None if row["older"] is None else frozenset(row["older"]),
        ruled=Ruled(parents=parents, rejected=rejected, below=below),
        parted=row.get("parted", {}),
    )


_OWN = ("act", "act_probability", "acts", "confidence")  # of a statement in the outlet's own voice


def alignment_row(a: Alignment) -> Any:
    loose = [[x.statement, dict(x.evidence)] for x in a.loose]
    own = [[s.id, [[p.start, p.end] for p in s.content], s.mode, *(getattr(s, k) for k in _OWN)] for s in a.own_voice]
    return [[astuple(p) for p in a.pairs], own, loose]


def alignment_of(parent: str, child: str, row: Any) -> Alignment:
    pairs, own_voice, loose = row
    return Alignment(
        parent=parent,
        child=child,
        pairs=tuple(
            Pair(parent=p, child=c, score=score, part=(spans(part[0]), spans(part[1]))) for p, c, score, part in pairs
        ),
        own_voice=tuple(_statement_of(child, s) for s in own_voice),
        loose=tuple(Loose(statement=s, evidence=evidence) for s, evidence in loose),
    )


def _statement_of(document: str, row: Any) -> Statement:
    """A statement in the outlet's own voice."""
    told = dict(zip(("id", "content", "mode", *_OWN), row, strict=True))
    told |= {"content": spans(told["content"]), "acts": tuple(told["acts"])}
    return Statement(document=document, source=None, cue=None, sourcing="outlet", **told)


def bare(s: Statement) -> Statement:
    """As its article alone tells it."""
    if s.acts:
        s = replace(s, act=likeliest(s.acts), act_probability=max(s.acts))
    return replace(s, actor=None, claim=None)


def digest(version: Version) -> str:
    """Of what a version tells, whoever the speakers are taken for. Its text never changes."""
    return content_id("version", version.document, *(repr(bare(s)) for s in version.statements))


def speakers(*versions: Version) -> str:
    """Who speaks where, as far as any step asks: which statements have one actor. A new id for an actor is no news."""
    numbers: dict[str | None, int] = {None: 0}
    return repr([numbers.setdefault(s.actor, len(numbers)) for v in versions for s in v.statements])


def transmission_digest(t: Transmission) -> str:
    naming = [(d.id, d.outlet, d.credits, d.author) for d in (t.parent_document, t.child_document, *t.sources)]
    versions = (t.parent, t.child, *t.parents)
    return content_id(
        "transmission",
        *map(digest, versions),
        speakers(*versions),
        repr(t.score),
        *(repr(a.pairs) for a in (t.alignment, *t.beside)),
        *(repr([(x.statement, sorted(x.evidence.items())) for x in a.loose]) for a in (t.alignment, *t.beside)),
        repr(naming),
    )
