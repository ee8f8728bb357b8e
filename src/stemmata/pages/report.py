"""The report: one file with everything inside, for an editor, a lawyer or a court. It opens from disk, with no network
and no script, and prints."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from stemmata import __version__
from stemmata.case import Case, judgements, lineage, views
from stemmata.case.views import Brief
from stemmata.model import Change, Evidence, StemmataError
from stemmata.pages import charts, standing
from stemmata.pages.rendered import digest, rendered, stylesheet
from stemmata.pages.shown import Altered, Quarrel, ShownFamily, altered, anchor, quarrels, shown_family, things
from stemmata.pages.site import BLOCS, MEMBERS, Frame, overview

MARK: Final = '<meta name="generator" content="stemmata report'  # what tells a report from any other file
FAMILIES: Final = 12  # of a case, the gravest first: the rest are counted, and have reports of their own
GRAVE: Final = 40  # changes of a family with both wordings
OF_CASE: Final = 10  # the same, in a report of a whole case
POLICY: Final = "default-src 'none'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'"
CLAIMS: Final = 150  # lines of an apparatus


class Filed:
    """The addresses in a report: what it does not hold has none."""

    def __init__(self, held: dict[tuple[str, str], str]) -> None:
        self.held = held  # (parent, child) -> the anchor of the first change with both wordings

    def article(self, document: str, statement: str | None = None) -> None:
        return None

    def versions(self, parent: str, child: str) -> str | None:
        found = self.held.get((parent, child))
        return f"#{found}" if found else None

    def family(self, id: str) -> None:
        return None

    def claim(self, id: str) -> None:
        return None

    def actor(self, id: str) -> None:
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
    disputes: list[Quarrel]

    def linked(self, c: Change) -> str | None:
        name = anchor(c)
        return f"#{name}" if name in self.shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    brief: Brief
    places: tuple[Evidence, ...]


def report(case: Case, family: str | None = None) -> str:
    """The report of one family, or of the case with its gravest families."""
    with case.snapshot():
        if family is not None:
            chapters = [_chapter(case, lineage.family(case, family).id, grave=GRAVE)]
        else:
            listed = [*views.gravest_families(case, limit=FAMILIES), *views.largest_families(case, limit=FAMILIES)]
            ids = list(dict.fromkeys(f.id for f in listed))[:FAMILIES]
            chapters = [_chapter(case, id, grave=OF_CASE) for id in ids]
        documents = {m.brief.id: m.brief for c in chapters for m in c.seen.members}
        style = stylesheet()
        runs = list(case.runs())
        sides = standing.blocs(case) if family is None else None
        return rendered(
            "report.html",
            frame=Frame(name=case.path.stem, to=Filed({})),
            version=__version__,
            mark=MARK,
            style=style,
            policy=POLICY.format(digest(style)),
            made=datetime.now(UTC).isoformat(timespec="minutes"),
            chapters=chapters,
            anchor=anchor,
            whole=family is None,
            seen=(seen := overview(case)),
            chart=charts.over_time(seen.timeline.rows, start=seen.timeline.start, width=seen.timeline.width)
            if family is None and seen.timeline.rows
            else None,
            sources=[Source(brief=b, places=case.evidence(b.id)) for b in sorted(documents.values(), key=_order)],
            runs=[(r, json.dumps(r.run.settings, sort_keys=True)) for r in runs],
            filed=standing.filed(case, documents),
            blocs=(shown := sides.found[:BLOCS] if sides else ()),
            against=sides.against if sides else {},
            members=MEMBERS,
            names=views.names(case, {a for b in shown for a in b.actors[:MEMBERS]}),
            today=datetime.now(UTC).date().isoformat(),
            decided=(decided := [e for e in judgements.log(case) if e.undone_at is None]),
            things=things(case, (t for e in decided[-200:] for t in e.judgement.targets), Filed({})),
        )


def _order(b: Brief) -> tuple[bool, str, str]:
    return b.published is None, b.published or "", b.id


def _chapter(case: Case, family: str, *, grave: int) -> Chapter:
    seen = shown_family(case, lineage.family(case, family))
    loud = seen.loud[:grave]
    held: dict[tuple[str, str], str] = {}
    for c in loud:
        held.setdefault((c.parent_document, c.child_document), anchor(c))
    lines = sorted(seen.lines, key=lambda n: n.gravity)
    return Chapter(
        seen=seen,
        gravest=altered(case, loud),
        lines=lines[:CLAIMS],
        more_lines=max(0, len(lines) - CLAIMS),
        to=Filed(held),
        shown=frozenset(map(anchor, loud)),
        disputes=quarrels(case, views.disputes_within(case, seen.family.documents, limit=12)),
    )


def writable(path: Path, *, force: bool) -> None:
    """Raises where a report may not be written: over a folder, or (unless `force`) over a file that is no report."""
    if path.is_dir():
        raise StemmataError(f"{path} is a folder: name a file, such as -o {path / 'report.html'}")
    if not path.exists() or force:
        return
    with path.open("rb") as file:
        if MARK.encode() not in file.read(4_096):
            raise StemmataError(f"{path} is no report of ours: name another file, or write over it with --force")
