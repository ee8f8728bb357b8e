"""The report: one file with everything inside, for an editor, a lawyer or a court. It opens from disk, with no network
and no script, and prints."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from stemmata import __version__
from stemmata.case import Case, Entry, judgements, lineage, views
from stemmata.case.lineage import ShownLeftOver
from stemmata.case.verdicts import Decisions, decisions
from stemmata.case.views import Brief, Some
from stemmata.model import Change, Document, StemmataError
from stemmata.pages import charts, standing
from stemmata.pages.rendered import asset, digest, rendered
from stemmata.pages.shown import (
    Altered,
    Quarrel,
    Served,
    ShownFamily,
    Spoken,
    altered,
    anchor,
    shown_family,
    some_quarrels,
    spoken,
    things,
)
from stemmata.pages.site import BLOCS, MEMBERS, Frame, overview

MARK: Final = '<meta name="generator" content="stemmata report'  # what tells a report from any other file
FAMILIES: Final = 12  # of a case, the gravest first: the rest are counted, and have reports of their own
GRAVE: Final = 40  # changes of a family with both wordings
OF_CASE: Final = 10  # the same, in a report of a whole case
LONE: Final = 12  # articles of no family in a report of a case: the rest are counted, and have reports of their own
TOLD: Final = 500  # statements of an article in its own report
OF_LONE: Final = 40  # the same, in a report of a whole case: of 150 to 900 words, an article has some 5 to 25
QUARRELS: Final = 40  # disputes of the articles of no family
OF_FAMILY: Final = 12  # disputes of a family
DECISIONS: Final = 200  # what people decided, the latest
SOURCES: Final = 500  # articles of no family in the list of sources
VOICES: Final = 8  # speakers whose positions stand together; of one article, its statements say it all
POLICY: Final = "default-src 'none'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'"
CLAIMS: Final = 150  # lines of an apparatus


class Filed(Served):
    """The addresses in a report: what it does not hold has none."""

    def __init__(self, held: dict[tuple[str, str], str], told: frozenset[str] = frozenset()) -> None:
        self.held = held  # (parent, child) -> the anchor of the first change with both wordings
        self.told = told  # the statements that stand in a list of their own

    def article(self, document: str, statement: str | None = None) -> str | None:
        return f"#s-{statement}" if statement in self.told else None

    def versions(self, parent: str, child: str) -> str | None:
        found = self.held.get((parent, child))
        return f"#{found}" if found else None

    def of(self, kind: Literal["family", "claim", "actor"], id: str) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A family in a report."""

    seen: ShownFamily
    gravest: list[Altered]
    lines: list[Any]
    more_lines: int
    to: Filed
    shown: frozenset[str]  # anchors of the changes that stand there with both wordings
    disputes: Some[Quarrel]

    def linked(self, c: Change) -> str | None:
        name = anchor(c)
        return f"#{name}" if name in self.shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lone:
    """An article of no family in a report: who says what in it."""

    brief: Brief
    document: Document
    rows: list[Spoken]
    told: dict[str, Entry]  # all its statements, by id
    more: int  # statements that are not shown
    remarks: list[str]
    leftovers: list[ShownLeftOver]


def report(case: Case, asked: str | None = None) -> str:
    """The report of one family, or else of the article of that id, where it is of no family; or of the case, with its
    gravest families and the articles of no family."""
    with case.snapshot():
        decided = decisions(case)
        whole = asked is None
        chapters: list[Chapter] = []
        alone: list[str] = []
        if asked is not None and (family := _family(case, decided, asked)):
            chapters = [_chapter(case, decided, family, grave=GRAVE)]
        elif asked is not None:
            alone = [asked]
        else:
            listed = [
                *views.gravest_families(case, decided, limit=FAMILIES),
                *views.largest_families(case, decided, limit=FAMILIES),
            ]
            ids = list(dict.fromkeys(f.id for f in listed))[:FAMILIES]
            chapters = [_chapter(case, decided, id, grave=OF_CASE) for id in ids]
            alone = views.most_telling_alone(case, decided, limit=SOURCES)
        lone = [
            _lone(case, decided, b, most=OF_LONE if whole else TOLD) for b in views.briefs(case, alone[:LONE]).values()
        ]
        disputes = some_quarrels(case, decided, views.disputes_within(case, alone[:LONE], limit=QUARRELS))
        documents = {m.brief.id for c in chapters for m in c.seen.members}.union(alone[:LONE])
        taken_up, foretold = standing.filed(case, decided, documents, voices=VOICES if whole or chapters else 0)
        quarrels = [q.told for some in [disputes, *(c.disputes for c in chapters)] for q in some.rows]
        entries = [e for q in quarrels for e in (q.by, q.of)]
        entries += [t.before for v in taken_up.rows for t in v.stand.rows if t.before]
        sources = views.briefs(case, {*documents, *alone, *(e.statement.document for e in entries)})
        to = Filed({}, frozenset(r.entry.statement.id for a in lone for r in a.rows))
        style = asset("style.css")
        runs = list(case.runs())
        sides = standing.blocs(case, decided) if whole else None
        return rendered(
            "report.html",
            frame=Frame(name=case.path.stem, to=to),
            version=__version__,
            mark=MARK,
            style=style,
            policy=POLICY.format(digest(style)),
            made=datetime.now(UTC).isoformat(timespec="minutes"),
            chapters=chapters,
            anchor=anchor,
            lone=lone,
            disputes=disputes,
            whole=whole,
            heading=next(iter([*(c.seen.heading for c in chapters), *(a.brief.heading for a in lone)]), ""),
            case_file=case.path.name,
            seen=(seen := overview(case, decided)),
            chart=charts.over_time(seen.timeline.rows, start=seen.timeline.start, width=seen.timeline.width)
            if whole and seen.timeline.rows
            else None,
            timeline=seen.timeline,
            sources=[(b, case.evidence(b.id)) for b in sources.values()],
            runs=[(r, json.dumps(r.run.settings, sort_keys=True)) for r in runs],
            voices=taken_up,
            foretold=foretold,
            blocs=(shown := sides.found[:BLOCS] if sides else ()),
            more_blocs=len(sides.found) - len(shown) if sides else 0,
            against=sides.against if sides else {},
            quarrels=sides.quarrels if sides else (),
            members=MEMBERS,
            names=views.names(case, {a for b in shown for a in b.actors[:MEMBERS]}),
            today=datetime.now(UTC).date().isoformat(),
            most_decided=DECISIONS,
            decided=(log := [e for e in judgements.log(case) if e.undone_at is None]),
            things=things(case, (t for e in log[-DECISIONS:] for t in e.judgement.targets), to),
        )


def _family(case: Case, decided: Decisions, asked: str) -> str | None:
    """The family that is asked for; None where it is an article of no family, whose whole id goes before the beginning
    of a family's. Raises where it is neither."""
    try:
        found = lineage.family(case, asked)
    except StemmataError:
        if views.is_alone(case, decided, asked):
            return None
        raise
    return None if found.id != asked and views.is_alone(case, decided, asked) else found.id


def _lone(case: Case, decided: Decisions, brief: Brief, *, most: int) -> Lone:
    told = list(case.statements(among=[brief.id]))
    return Lone(
        brief=brief,
        document=case.document(brief.id),
        rows=spoken(decided, told[:most]),
        told={e.statement.id: e for e in told},
        more=max(0, len(told) - most),
        remarks=views.remarks_on(case, brief.id),
        leftovers=list(lineage.leftovers(case, [brief.id])),
    )


def _chapter(case: Case, decided: Decisions, family: str, *, grave: int) -> Chapter:
    seen = shown_family(case, decided, lineage.family(case, family))
    loud = seen.loud[:grave]
    held: dict[tuple[str, str], str] = {}
    for c in loud:
        held.setdefault((c.parent_document, c.child_document), anchor(c))
    lines = sorted(seen.lines, key=lambda n: n.gravity)
    return Chapter(
        seen=seen,
        gravest=altered(case, decided, loud),
        lines=lines[:CLAIMS],
        more_lines=max(0, len(lines) - CLAIMS),
        to=Filed(held),
        shown=frozenset(map(anchor, loud)),
        disputes=some_quarrels(case, decided, views.disputes_within(case, seen.family.documents, limit=OF_FAMILY)),
    )
