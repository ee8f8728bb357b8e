"""What a family falls into where a person rejected the edges that join it, and which texts each part goes back to.

A family is kept as it was computed: it parts where it is shown and counted, and is one again when the rejection is
undone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from stemmata.case.documents import Case
from stemmata.case.rows import DOCUMENT_ORDER
from stemmata.case.verdicts import Decisions
from stemmata.groups import Groups
from stemmata.model import AGAINST_TIME, TURNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An edge, as far as parts need it. `guessed`: only the wording tells which of the two came first. `doubted`: the
    wording contradicts their times, and no person confirmed the edge."""

    parent: str
    child: str
    guessed: bool = False
    doubted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A document that was made from no other. `guessed`: it is a guess that it came before what was made from it.
    `doubted`: the wording says that what has the later time was first. `before`: for a document without a date, the
    date of the earliest version that goes back to it."""

    document: str
    guessed: bool
    doubted: bool
    before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Versions that are joined by edges, and their origins, the earliest first."""

    documents: tuple[str, ...]
    origins: tuple[Origin, ...]


def joined_parts(documents: Sequence[str], links: Iterable[Link], dates: Mapping[str, str | None]) -> list[Part]:
    """The parts that `links` make of `documents`, the largest first; links that a person rejected are not to be given.
    An origin without a date counts as early as the earliest version that goes back to it, since a copy may be the only
    one that bears a date."""
    made: dict[str, list[Link]] = defaultdict(list)
    joined = Groups(documents)
    children = set()
    for x in links:
        made[x.parent].append(x)
        children.add(x.child)
        joined.join(x.parent, x.child)
    found: dict[str, list[str]] = {}
    for d in documents:
        found.setdefault(joined.root(d), []).append(d)
    told = []
    for members in found.values():
        first = [d for d in members if d not in children] or members[:1]
        origins = [_origin(d, made, dates) for d in first]
        origins.sort(key=lambda o: dates.get(o.before or o.document) or "~")
        told.append(Part(documents=tuple(members), origins=tuple(origins)))
    return sorted(told, key=lambda p: -len(p.documents))


def _origin(document: str, made: Mapping[str, Sequence[Link]], dates: Mapping[str, str | None]) -> Origin:
    before = None
    if not dates.get(document):
        below, waiting = {document}, [document]
        while waiting:
            new = [x.child for x in made.get(waiting.pop(), ()) if x.child not in below]
            below.update(new)
            waiting += new
        before = min((d for d in below if dates.get(d)), key=lambda d: (dates[d] or "", d), default=None)
    guessed = any(x.guessed for x in made.get(document, ()))
    doubted = any(x.doubted for x in made.get(document, ()))
    return Origin(document=document, guessed=guessed, doubted=doubted, before=before)


def parts_of(case: Case, decided: Decisions, family: str) -> list[Part]:
    """The parts of a family of a case; none where there is no such family."""
    sql = f"""SELECT documents.id, published FROM members CROSS JOIN documents ON documents.id = members.document
        WHERE members.family = ? ORDER BY {DOCUMENT_ORDER}"""
    dates = dict(case.rows(sql, [family]))
    sql = """SELECT parent, child, json_extract(evidence, ?) IS NOT NULL, json_extract(evidence, ?) IS NOT NULL
        FROM edges WHERE family = ? ORDER BY 1, 2"""
    said = decided.of("edge")
    links = [
        Link(parent=p, child=c, guessed=bool(turned) and open, doubted=bool(against) and open)
        for p, c, turned, against in case.rows(sql, [f'$."{TURNED}"', f'$."{AGAINST_TIME}"', family])
        for open in (said.get((p, c)) != "confirmed",)
        if said.get((p, c)) != "rejected"
    ]
    return joined_parts(list(dates), links, dates)


def parted(case: Case, decided: Decisions) -> dict[str, list[Part]]:
    """family -> its parts, of those that a person's rejections part."""
    asked = json.dumps([[p, c] for p, c in decided.rejected("edge")])
    sql = """SELECT DISTINCT family FROM json_each(?) AS asked CROSS JOIN edges
        ON edges.child = json_extract(asked.value, '$[1]') AND edges.parent = json_extract(asked.value, '$[0]')"""
    found = {id: parts_of(case, decided, id) for (id,) in case.rows(sql, [asked])}
    return {id: some for id, some in found.items() if len(some) > 1}


def left_alone(case: Case, parted: Mapping[str, Sequence[Part]]) -> Collection[str]:
    """The documents that rejections left without any edge, and so without a family."""
    single = {(id, *p.documents) for id, some in parted.items() for p in some if len(p.documents) == 1}
    documents = {d for _, d in single}
    within = case.rows_in("SELECT family, document FROM members WHERE document IN", documents)
    return documents - {d for f, d in within if (f, d) not in single}
