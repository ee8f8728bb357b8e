"""The pages of a case, one function a page: a case and a frame in, HTML out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from typing import Final
from urllib.parse import urlencode

from stemmata.case import Case, collation, judgements, lineage, views
from stemmata.case.disputes import count_unsure
from stemmata.case.search import Answer, Question, answer, documents_found, outlets
from stemmata.case.timeline import Timeline, timeline
from stemmata.case.verdicts import Decisions, decisions, likely, weigher
from stemmata.case.views import Held, Voice
from stemmata.dispute.positions import Named
from stemmata.model import (
    ACTS,
    AGAINST_TIME,
    PARTED,
    SET,
    SOURCINGS,
    STANCES,
    TURNED,
    WORDED,
    Bloc,
    Change,
    Edge,
    Judgement,
    Prediction,
    StemmataError,
    subject,
)
from stemmata.pages import charts, standing
from stemmata.pages.rendered import rendered
from stemmata.pages.shown import (
    Served,
    altered,
    anchor,
    judged,
    judged_by_part,
    kinship,
    of_edge,
    quarrels,
    shown_family,
    some_quarrels,
    spoken,
    things,
)
from stemmata.pages.sides import MOST_PARAGRAPHS, Piece, pieces, sides
from stemmata.surface import paragraphs

VOICES: Final = 500  # actors that are listed: search finds the others
PAGE: Final = 50  # rows of a list
TAKEN: Final = 25  # positions of an actor on one page
BLOCS: Final = 24  # sides that are shown, the analyst's and then the largest
MEMBERS: Final = 40  # actors of a side that are named
DISPUTES: Final = 20  # disputes about what a page is about: the page of all has the others
ALIASES: Final = 20  # other names of an actor
ARTICLES: Final = 10  # articles that have the words of a search
LINES: Final = 60  # claims of an apparatus on one page
COLUMNS: Final = 60  # versions of an apparatus on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page."""

    name: str  # of the case
    who: str = ""  # in whose name decisions are logged
    token: str | None = None  # of this page's forms; None where nothing can be decided
    here: str = "/"  # the address of the page, to come back to
    did: Judgement | None = None  # what was just decided
    undrawn: bool = False  # that is about an edge, and no tree shows it yet
    uncollated: str | None = None  # the file of a case whose articles were never collated
    stale: bool = False  # documents came in since the case was collated
    to: Served = field(default_factory=Served)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the front page counts over all documents: a moment's work in a small case, and worth keeping in a large."""

    held: Held
    timeline: Timeline
    voices: tuple[Voice, ...]  # the most quoted
    speakers: int  # actors with statements
    collated: bool  # ever, in part at least
    stale: bool


def overview(case: Case, decided: Decisions) -> Overview:
    return Overview(
        held=views.held(case, decided),
        timeline=timeline(case),
        voices=tuple(views.most_quoted(case, decided, limit=VOICES)),
        speakers=views.speakers(case, decided),
        collated=collation.is_collated(case),
        stale=collation.is_stale(case),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Which rows of how many a list shows."""

    at: int
    size: int
    total: int

    @property
    def before(self) -> int | None:
        return max(0, self.at - self.size) if self.at else None

    @property
    def after(self) -> int | None:
        return self.at + self.size if self.at + self.size < self.total else None


def front(case: Case, frame: Frame, seen: Overview) -> str:
    t, decided = seen.timeline, decisions(case)
    return rendered(
        "front.html",
        frame=frame,
        held=seen.held,
        case_file=case.path.name,
        collated=seen.collated,
        timeline=t,
        chart=charts.over_time(t.rows, start=t.start, width=t.width) if t.rows else None,
        largest=views.largest_families(case, decided, limit=8),
        gravest=views.gravest_families(case, decided, limit=8),
        voices=seen.voices[:12],
        speakers=seen.speakers,
        disputes=quarrels(case, decided, views.latest_disputes(case, limit=4)),
        outlets=outlets(case),
        asked=Question(),
    )


def families(case: Case, frame: Frame, *, at: int = 0) -> str:
    total = case.value("SELECT count(*) FROM families")
    return rendered(
        "families.html",
        frame=frame,
        rows=views.largest_families(case, decisions(case), limit=20, offset=at),
        stretch=Stretch(at=at, size=20, total=total),
    )


def family(case: Case, frame: Frame, id: str, *, order: str = "gravity", row: int = 0, column: int = 0) -> str:
    decided = decisions(case)
    seen = shown_family(case, decided, lineage.family(case, id))
    lines = sorted(seen.lines, key=lambda n: n.gravity) if order == "gravity" else list(seen.lines)
    return rendered(
        "family.html",
        frame=frame,
        seen=seen,
        gravest=altered(case, decided, seen.loud[:8]),
        lines=lines[row : row + LINES],
        columns=seen.members[column : column + COLUMNS],
        column=column,
        rows=Stretch(at=row, size=LINES, total=len(lines)),
        across=Stretch(at=column, size=COLUMNS, total=len(seen.members)),
        order=order,
        anchor=anchor,
        linked=lambda c: f"{frame.to.versions(c.parent_document, c.child_document)}#{anchor(c)}",
        disputes=some_quarrels(case, decided, views.disputes_within(case, seen.family.documents, limit=DISPUTES)),
    )


def versions(case: Case, frame: Frame, parent: str, child: str) -> str:
    """Two versions side by side, with what the child changed; of two that no edge joins, only the differing words."""
    before, after = case.document(parent), case.document(child)
    start = dict(case.rows('SELECT id, "start" FROM statements WHERE document = ?', [after.id]))
    found = views.changes_between(case, before.id, after.id)
    found.sort(key=lambda c: (c.child_statement is None, start.get(c.child_statement, 0), c.gravity))
    decided = decisions(case)
    rows = altered(case, decided, found)
    told = {d: [e.statement for e in case.statements(document=d)] for d in (before.id, after.id)}
    number: dict[str, int] = {}
    for k, r in enumerate(rows, 1):
        for statement in (r.change.parent_statement, r.change.child_statement):
            if statement:
                number.setdefault(statement, k)
    both = sides(
        before,
        after,
        of_parent=[(number[s.id], s) for s in told[before.id] if s.id in number],
        of_child=[(number[s.id], s) for s in told[after.id] if s.id in number],
        grounds=[g for c in found for g in c.grounds],
    )
    begun = {
        "l": {k for r in both.rows for p in r.before for k in p.begins},
        "r": {k for r in both.rows for p in r.after for k in p.begins},
    }
    up, down = views.relatives(case, after.id)
    edge = next((e for e in up if e.parent == before.id), None)
    back = next((e for e in down if e.child == before.id), None)
    tied = [k for e in up if before.id in e.tied for k in (e.parent,)]
    brief = views.briefs(case, [before.id, after.id, *(e.parent for e in up), *tied])
    return rendered(
        "versions.html",
        frame=frame,
        before=before,
        after=after,
        rows=rows,
        anchors=[anchor(r.change) for r in rows],
        sides=both,
        begun=begun,
        elsewhere=partial(_elsewhere, begun["l"] & begun["r"]),
        edge=edge,
        kin=kinship(edge) if edge else None,
        edge_judged=judged(decided, [of_edge(edge)])[of_edge(edge)] if edge else None,
        back=back,
        tied=tied,
        brief=brief,
        evidence=evidence(edge) if edge else [],
        others=[e for e in up if e.parent != before.id and (e.parent, e.child) not in decided.rejected("edge")],
        most=MOST_PARAGRAPHS,
        words=(len(before.text.split()), len(after.text.split())),
    )


def _elsewhere(both: Collection[int], pieces: Sequence[Piece]) -> list[int]:
    """The statements of a paragraph that the other side has too, if in another place."""
    return list(dict.fromkeys(k for p in pieces for k in (*p.begins, p.statement) if k and k in both))


# What a number of an edge's evidence is, for those that are shares; the rest are counts
_SHARES: Final = frozenset(
    {
        "kin", "copy", "quotes found in the parent", "own words found in the parent", "told in the parent's order",
        "content found in the parent", "credited",
    }
)  # fmt: skip


def evidence(edge: Edge) -> list[tuple[str, str]]:
    """What an edge rests on, by name, as people read numbers."""
    return [
        (name, f"{100 * v:.0f} %" if name in {*_SHARES, AGAINST_TIME, TURNED, WORDED} else f"{v:g}")
        for name, v in edge.evidence
        if name not in (SET, PARTED)
    ]


def article(case: Case, frame: Frame, id: str) -> str:
    document = case.document(id)
    decided = decisions(case)
    rows = spoken(decided, list(case.statements(document=document.id)))
    numbered = [(k, r.entry.statement) for k, r in enumerate(rows, 1)]
    blocks = paragraphs(document.text)
    up, down = views.relatives(case, document.id)
    edges = judged(decided, map(of_edge, [*up, *down]))
    told = [r.entry.statement for r in rows]
    about = subject("document", document.id)
    is_read = document.lang in (None, "en")  # other languages are kept, not analysed
    return rendered(
        "article.html",
        frame=frame,
        document=document,
        judged=judged(decided, [about])[about],
        rows=rows,
        paragraphs=[tuple(pieces(document.text, b, numbered)) for b in blocks[: 4 * MOST_PARAGRAPHS]],
        left_out=max(0, len(blocks) - 4 * MOST_PARAGRAPHS),
        shares=charts.sourcing(document, told) if document.text.strip() and (told or is_read) else [],
        is_read=is_read,
        remarks=views.remarks_on(case, document.id),
        up=[(e, edges[of_edge(e)]) for e in up],
        down=[(e, edges[of_edge(e)]) for e in down[:PAGE]],
        more_down=max(0, len(down) - PAGE),
        kin=kinship,
        brief=views.briefs(case, {document.id, *(d for e in [*up, *down[:PAGE]] for d in (e.parent, e.child))}),
        leftovers=list(lineage.leftovers(case, [document.id])),
        places=case.evidence(document.id),
        families=views.families_of(case, document.id),
        disputes=some_quarrels(case, decided, views.disputes_about(case, [s.id for s in told], limit=DISPUTES)),
        words=len(document.text.split()),
    )


def actors(frame: Frame, seen: Overview, *, at: int = 0) -> str:
    return rendered(
        "actors.html",
        frame=frame,
        rows=seen.voices[at : at + PAGE],
        speakers=seen.speakers,
        stretch=Stretch(at=at, size=PAGE, total=len(seen.voices)),
    )


def actor(
    case: Case,
    frame: Frame,
    id: str,
    seen: Overview,
    named: Named,
    *,
    at: int = 0,
    stance: str = "",
    taken: int = 0,
) -> str:
    who, told = views.actor(case, id), "SELECT count(*) FROM statements WHERE actor = ?"
    acts = views.acts_of(case, id)
    over = views.timeline_of(case, id)
    where = views.documents_of(case, id, limit=200)
    stance = stance if stance in (*STANCES, "changed") else ""
    decided = decisions(case)
    stand = standing.stand(case, decided, id, named, stance=stance, limit=TAKEN, offset=taken)
    return rendered(
        "actor.html",
        frame=frame,
        actor=who,
        judged=judged_by_part(decided, "actor", views.keys_of(case, id)),
        acts=acts,
        total=next((v.statements for v in seen.voices if v.id == id), None) or case.value(told, [id]),
        counted=sum(n for _, n in acts),
        chart=charts.over_time(over.rows, start=over.start, width=over.width) if over.rows else None,
        timeline=over,
        aliases=[a for a in who.aliases if a != who.name],
        most_aliases=ALIASES,
        where=where,
        others=[v for v in seen.voices[:60] if v.id != id],
        side=case.value("SELECT side FROM actors WHERE id = ?", [id]),
        offices=standing.offices(case, id),
        most_figures=standing.MOST_FIGURES,
        stand=stand,
        stance=stance,
        taken=Stretch(at=taken, size=TAKEN, total=stand.total),
        repeated=views.repeated(case, decided, id, limit=12),
        disputes=some_quarrels(case, decided, views.disputes_of_actor(case, id, limit=DISPUTES)),
        rows=spoken(decided, views.statements_of(case, id, limit=PAGE, offset=at)),
        stretch=Stretch(at=at, size=PAGE, total=sum(n for _, n in acts)),
    )


def claim(case: Case, frame: Frame, id: str, *, at: int = 0) -> str:
    found = views.claim(case, id)
    shown = found.statements[at : at + PAGE]
    decided = decisions(case)
    rows = spoken(decided, list(case.entries(shown)))
    weigh, said = weigher(case, decided), decided.of("change")
    into: dict[str, list[Change]] = {}
    unsure: dict[str, int] = {}  # statement -> changes that count elsewhere neither, as they are less likely than not
    for k, some in views.changes_into(case, shown).items():
        held = [(c, weigh(c)) for c in some if weigh(c) in ("counts", "unsure", "soft")]
        into[k] = [c for c, w in held if w != "unsure" and likely(c, said.get(c.place))]
        unsure[k] = sum(w == "unsure" for _, w in held)
    return rendered(
        "claim.html",
        frame=frame,
        claim=found,
        judged=judged_by_part(decided, "claim", found.statements or (id,)),
        rows=rows,
        into=into,
        unsure=unsure,
        disputes=some_quarrels(case, decided, views.disputes_about(case, found.statements, limit=DISPUTES)),
        stretch=Stretch(at=at, size=PAGE, total=len(found.statements)),
    )


def search(case: Case, frame: Frame, asked: Question, *, at: int = 0) -> str:
    try:
        found, mistake = answer(case, asked, limit=PAGE, offset=at), None
        articles = documents_found(case, asked.words, limit=ARTICLES + 1) if asked.words and not at else []
    except StemmataError as error:  # a search of commas alone, say: told beside the form
        found, mistake, articles = Answer(), str(error), []
    set_ = {"q" if k == "words" else k: v for k, v in asdict(asked).items()}
    return rendered(
        "search.html",
        query=urlencode({k: v for k, v in set_.items() if v}),
        frame=frame,
        asked=asked,
        found=found,
        rows=spoken(decisions(case), found.entries),
        articles=articles[:ARTICLES],
        more_articles=len(articles) > ARTICLES,
        mistake=mistake,
        stretch=Stretch(at=at, size=PAGE, total=found.total),
        outlets=outlets(case),
        acts=ACTS,
        sourcings=SOURCINGS,
        most=views.LOOKED_THROUGH,
    )


def disputes(case: Case, frame: Frame, *, at: int = 0, unsure: bool = False) -> str:
    told, more = case.value("SELECT count(*) FROM disputes"), count_unsure(case)
    return rendered(
        "disputes.html",
        frame=frame,
        rows=quarrels(case, decisions(case), views.latest_disputes(case, limit=20, offset=at, unsure=unsure)),
        stretch=Stretch(at=at, size=20, total=told + more * unsure),
        more=more,
        unsure=unsure,
    )


def predictions(
    case: Case,
    frame: Frame,
    seen: tuple[Sequence[Prediction], bool],
    *,
    kind: str = "",
    order: str = "due",
    at: int = 0,
) -> str:
    """What was foretold, promised and threatened (standing.foretelling): by the date that it names, or by when it was
    said."""
    every, bounded = seen
    kinds = ("predict", "promise", "threaten")
    kind = kind if kind in kinds else ""
    found = [p for p in every if kind in ("", p.kind)]
    if order == "said":
        found = sorted(found, key=lambda p: p.said or "", reverse=True)
    return rendered(
        "predictions.html",
        frame=frame,
        rows=standing.foretold(case, decisions(case), found[at : at + PAGE]),
        kind=kind,
        order="said" if order == "said" else "due",
        counts={k: sum(p.kind == k for p in every) for k in kinds},
        every=len(every),
        dated=sum(p.due is not None for p in found),
        bounded=bounded,
        today=date.today().isoformat(),
        stretch=Stretch(at=at, size=PAGE, total=len(found)),
    )


def blocs(case: Case, frame: Frame, seen: standing.Blocs, *, one: str = "", other: str = "") -> str:
    """Who stands with whom, the analyst's sides first; and two accounts beside each other: unasked, those of the two
    that dispute each other most."""
    by_name = {b.name: b for b in seen.found}
    pair: list[Bloc] = [by_name[n] for n in (one, other) if n in by_name]
    if len(pair) < 2 or one == other:
        facing = next(iter(seen.against.items()), None)
        pair = [by_name[n] for n in facing] if facing else list(seen.found[:2])
    shown = seen.found[:BLOCS]
    return rendered(
        "sides.html",
        frame=frame,
        blocs=shown,
        more=len(seen.found) - len(shown),
        against=seen.against,
        proposed=seen.proposed,
        disputes=seen.disputes,
        most=standing.MOST_DOCUMENTS,
        members=MEMBERS,
        names=views.names(case, {a for b in shown for a in b.actors[:MEMBERS]} | {*seen.unplaced[:MEMBERS]}),
        unplaced=seen.unplaced,
        quarrels=seen.quarrels,
        pair=pair,
        accounts=standing.beside(case, decisions(case), *pair, limit=12) if len(pair) == 2 else [],
    )


def log(case: Case, frame: Frame, *, at: int = 0) -> str:
    """What people decided, the latest first, with what was taken back."""
    every = list(judgements.log(case))[::-1]
    return rendered(
        "log.html",
        frame=frame,
        rows=every[at : at + PAGE],
        things=things(case, (t for e in every[at : at + PAGE] for t in e.judgement.targets), frame.to),
        stretch=Stretch(at=at, size=PAGE, total=len(every)),
    )


def told(frame: Frame, title: str, line: str) -> str:
    """A page that says why there is no page."""
    return rendered("told.html", frame=frame, title=title, line=line)
