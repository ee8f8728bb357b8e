"""What the pages and the report show alike: things with what people decided about them, changes with both wordings, a
family with its drawing and its apparatus."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final, Literal
from urllib.parse import urlencode

from stemmata.case import Case, Entry, actors, lineage, views
from stemmata.case.disputes import ShownDispute
from stemmata.case.parts import Part, parts_of
from stemmata.case.verdicts import SURE, Decisions, Place, Weight, hardly_told, heritage, likely, loud_labels, weigher
from stemmata.case.views import Beginning, Brief, Some
from stemmata.model import (
    Change,
    ChangeLabel,
    Departure,
    Edge,
    Family,
    Ground,
    Judgement,
    Span,
    SubjectKind,
    content_id,
    subject,
)
from stemmata.pages.apparatus import Line, apparatus
from stemmata.pages.drawing import Drawing, State, drawing
from stemmata.pages.rendered import clipped
from stemmata.pages.sides import wordings
from stemmata.pages.signs import by_gravity, gravity
from stemmata.surface import sentences

QUOTED: Final = 90  # characters of the words by which a decision is told
NAMED: Final = 4  # versions that are named as those which alone tell a thing; the last is the number of more
QUOTES: Final = "\"'“‘«„"  # what a quotation begins with: it needs no marks of ours


class Served:
    """Where things are shown: the addresses of the local page, which has one for each. Ids that others gave stand in
    the query, where no character is special."""

    def article(self, document: str, statement: str | None = None) -> str | None:
        return f"/article?{urlencode({'id': document})}" + (f"#s-{statement}" if statement else "")

    def versions(self, parent: str, child: str) -> str | None:
        return f"/versions?{urlencode({'parent': parent, 'child': child})}"

    def of(self, kind: Literal["family", "claim", "actor"], id: str) -> str | None:
        return f"/{kind}?{urlencode({'id': id})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A thing that was found, by the name that judgements have for it: suggested until a person confirmed it."""

    subject: str
    state: State = "suggested"
    notes: tuple[Judgement, ...] = ()


def judged(decided: Decisions, subjects: Iterable[str]) -> dict[str, Judged]:
    every = dict.fromkeys(subjects)
    states = decided.states(every)
    return {s: Judged(subject=s, state=states.get(s, "suggested"), notes=decided.notes.get(s, ())) for s in every}


def judged_by_part(decided: Decisions, kind: SubjectKind, parts: Sequence[str]) -> Judged:
    """An actor by its keys, a claim by its statements, the first one first: what was said by any of these holds, as
    another may come first tomorrow."""
    found = (n for p in dict.fromkeys(parts) for n in decided.notes.get(subject(kind, p), ()))
    notes = sorted(found, key=lambda n: n.when)
    state = decided.of(kind).get((parts[0],))
    return Judged(subject=subject(kind, parts[0]), state=state or "suggested", notes=tuple(notes))


def of_edge(e: Edge) -> str:
    return subject("edge", e.parent, e.child)


def of_change(c: Change) -> str:
    return subject("change", *c.place)


def kinship(e: Edge) -> float | None:
    """How likely the two versions of an edge come from one text, whichever came first: known apart from the edge's
    score, and worth telling, where no date says which did. One made from the other is of one text with it."""
    return None if e.worded is None else max(dict(e.evidence)["kin"], e.score)


def anchor(c: Change) -> str:
    """Where a change stands on the page of its two versions."""
    return f"c-{lineage.change_id(c)}"


def of_dispute(d: ShownDispute) -> str:
    return subject("dispute", d.dispute.by_statement, d.dispute.of_statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a judgement is about, in words, and where it is shown."""

    words: str
    address: str | None


def things(case: Case, targets: Iterable[str], to: Served) -> dict[str, Thing]:
    """Targets of judgements as people read them: by the names of documents and actors, and by the words."""
    parsed = {t: _parsed(t) for t in targets}
    at = views.entries(case, _parts(parsed, "statement", "dispute", "claim", "change"))
    where = {*(e.statement.document for e in at.values()), *(actors.key_and_document(t)[1] for t in parsed)}
    brief = views.briefs(case, {*_parts(parsed, "document", "edge", "change"), *where})

    def name(document: str | None) -> str:
        return brief[document].name if document in brief else str(document)

    def words(*statements: str | None) -> str:
        """The words of the first of these statements that is there still."""
        said = next((at[s] for s in statements if s in at), None)
        told = clipped(" … ".join(said.content), QUOTED) if said else ""
        return f": {told if told[0] in QUOTES else f'“{told}”'}" if told else ""

    found = {}
    for target, (kind, parts) in parsed.items():
        match kind, parts:
            case "edge", [parent, child]:
                found[target] = Thing(words=f"edge {name(parent)} → {name(child)}", address=to.versions(parent, child))
            case "change", [parent, child, before, after]:
                page, place = to.versions(parent, child), content_id(target)
                told = f"change {name(parent)} → {name(child)}{words(after, before)}"
                found[target] = Thing(words=told, address=f"{page}#c-{place}" if page else None)
            case "document", [document]:
                found[target] = Thing(words=f"article of {name(document)}", address=to.article(document))
            case (("statement" | "claim" | "dispute"), [statement, *others]):
                said = at.get(statement)
                told = (
                    f"{kind} in {name(said.statement.document)}{words(statement)}" if said else f"{kind} that is gone"
                )
                if answered := next((at[s] for s in others if s in at), None):
                    told += f" against {name(answered.statement.document)}{words(*others)}"
                address = to.article(said.statement.document, statement) if said else None
                found[target] = Thing(words=told, address=address)
            case _:  # an actor, by a key of its own
                found[target] = _speaker(case, parts[0] if kind == "actor" else target, name, to)
    return found


def _speaker(case: Case, part: str, named: Callable[[str], str], to: Served) -> Thing:
    """The actor that a part stands for (`part` in case/schema.sql), by its name and that of its document."""
    key, document = actors.key_and_document(part)
    actor = actors.actor_of(case, [part])
    words = actors.called_by(case, key) + (f" in {named(document)}" if document else "")
    return Thing(words=words, address=to.of("actor", actor) if actor else None)


def _parsed(target: str) -> tuple[str, list[str]]:
    try:
        kind, *parts = json.loads(target)
    except (ValueError, TypeError):
        return "", []
    return str(kind), parts


def _parts(parsed: Mapping[str, tuple[str, list[str]]], *kinds: str) -> set[str]:
    return {p for kind, parts in parsed.values() if kind in kinds for p in parts if p}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One side of a change: who and with which words (`Worded.told`), and what, in stretches that are marked or not:
    those that its labels rest on, or, where it was only reworded, that differ from the other side."""

    who: tuple[tuple[str, str], ...]  # role and words
    content: tuple[tuple[str, bool], ...]
    marked: frozenset[str] = frozenset()  # the roles of `who` that its labels rest on


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A change with both wordings, and where they stand."""

    change: Change
    labels: tuple[ChangeLabel, ...]  # the gravest first
    judged: Judged
    parent: Brief
    child: Brief
    before: Wording | None
    after: Wording | None
    unnamed: str | None = None  # of a dropped credit: whom the child does not name
    as_in: tuple[Brief, ...] = ()  # other texts that have the claim as the child has it (verdicts.heritage)
    untold: tuple[str, ...] = ()  # what of a claim that is only kept the child tells nowhere
    put_in: tuple[str, ...] = ()  # and what it tells beside it that the parent tells nowhere

    @property
    def likely(self) -> bool:
        """Whether the change is likelier than not, or a person confirmed it."""
        return likely(self.change, self.judged.state)


def altered(case: Case, decided: Decisions, changes: Sequence[Change]) -> list[Altered]:
    """The changes with the words of both sides, in the order given."""
    told = views.entries(case, {s for c in changes for s in (c.parent_statement, c.child_statement) if s})
    inherited = heritage(case, decided)
    as_in = {c.place: inherited(c) for c in changes}
    documents = {d for c in changes for d in (c.parent_document, c.child_document, *as_in[c.place])}
    brief = views.briefs(case, documents)
    known = judged(decided, map(of_change, changes))
    found = []
    grounds = _grounds(case, changes)
    for c in changes:
        before, after = _wordings(c, grounds[c.place], told)
        unnamed = None
        if c.of_document:
            whole = next(k for k in views.changes_between(case, c.parent_document, c.child_document) if k.of_document)
            credit, unnamed = lineage.credits_of(case, whole)
            before = Wording(who=(), content=((credit, True),)) if credit else None
        found.append(
            Altered(
                change=c,
                labels=tuple(by_gravity(c.changes)),
                judged=known[of_change(c)],
                parent=brief[c.parent_document],
                child=brief[c.child_document],
                before=before,
                after=after,
                unnamed=unnamed,
                as_in=tuple(brief[d] for d in as_in[c.place]),
                untold=_alone((g.untold for g in grounds[c.place]), told.get(c.parent_statement or "")),
                put_in=_alone((g.put_in for g in grounds[c.place]), told.get(c.child_statement or "")),
            )
        )
    return found


def _grounds(case: Case, changes: Sequence[Change]) -> dict[Place, tuple[Ground, ...]]:
    """What changes rest on, by place: of those that come without it (views.changes_of_family) as the case has it."""
    found: dict[Place, tuple[Ground, ...]] = {c.place: c.grounds for c in changes}
    for parent, child in dict.fromkeys((c.parent_document, c.child_document) for c in changes if not c.grounds):
        found |= {c.place: c.grounds for c in views.changes_between(case, parent, child) if c.place in found}
    return found


def _wordings(c: Change, grounds: Iterable[Ground], told: Mapping[str, Entry]) -> tuple[Wording | None, Wording | None]:
    before, after = told.get(c.parent_statement or ""), told.get(c.child_statement or "")
    words = [e.words if e else "" for e in (before, after)]
    stretches = list(wordings(*words) if before and after else ([(w, False)] for w in words))
    loud = set(loud_labels(c)) if before and after else set()
    pointed = [g for g in grounds if g.label in loud and (g.parent or g.child)]
    shown: list[Wording | None] = []
    for e, differing, sides in zip((before, after), stretches, ("parent", "child"), strict=True):
        if e is None:
            shown.append(None)
            continue
        spans = [(g.label, s) for g in pointed for s in (g.parent if sides == "parent" else g.child)]
        said = e.statement
        roles = {
            r for r, span in (("source", said.source), ("cue", said.cue)) for _, s in spans if span and span.overlaps(s)
        }
        if any(label.startswith("attribution-") for label in c.changes):
            roles.add("source")
        shown.append(
            Wording(
                who=e.told,
                content=tuple(_rested(e, differing, spans) if pointed else differing),
                marked=frozenset(roles),
            )
        )
    return shown[0], shown[1]


def _alone(found: Iterable[Sequence[Span]], e: Entry | None) -> tuple[str, ...]:
    """The words of a statement that the other side tells nowhere."""
    parts = list(zip(e.statement.content, e.content, strict=True)) if e else []
    every = [s for spans in found for s in spans]
    return tuple(
        " ".join(words[s.start - part.start : s.end - part.start].split())
        for part, words in parts
        for s in every
        if s in part
    )


def _rested(
    e: Entry, differing: Iterable[tuple[str, bool]], spans: Sequence[tuple[ChangeLabel, Span]]
) -> Iterator[tuple[str, bool]]:
    """The words of a statement in stretches, those marked that the labels of a change rest on: of who says it none; of
    a quotation, which is compared word by word, and where a label rests on all that is said, those that differ."""
    whole = {x for x, _ in spans if all(any(y == x and part in s for y, s in spans) for part in e.statement.content)}
    whole.add("quote-altered")
    marks: list[tuple[str, bool]] = []  # character by character, white space as one blank
    differs = [d for text, d in differing for _ in text]
    for n, (part, words) in enumerate(zip(e.statement.content, e.content, strict=True)):
        for at, letter in [*((-1, x) for x in (" … " if n else "")), *enumerate(words, part.start)]:
            if letter.isspace() and (not marks or marks[-1][0] == " "):
                continue
            here = {x for x, s in spans if s.start <= at < s.end and not x.startswith("attribution-")}
            other = len(marks) < len(differs) and differs[len(marks)]
            marks.append((" " if letter.isspace() else letter, any(x not in whole or other for x in here)))
    for is_marked, run in groupby(marks, key=itemgetter(1)):
        yield "".join(letter for letter, _ in run), is_marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A statement as a line of a list."""

    entry: Entry
    judged: Judged


def spoken(decided: Decisions, entries: Sequence[Entry]) -> list[Spoken]:
    known = judged(decided, (subject("statement", e.statement.id) for e in entries))
    return [Spoken(entry=e, judged=known[subject("statement", e.statement.id)]) for e in entries]


def only_in(case: Case, departures: Iterable[Departure | None]) -> dict[Departure, str]:
    """Where alone it stands that a change brought about, by the names of the documents."""
    asked = [d for d in departures if d]
    brief = views.briefs(case, {k for d in asked for k in d.documents})
    told = {}
    for d in asked:
        names = list(dict.fromkeys(brief[k].name for k in d.documents))
        if len(names) > NAMED:
            names[NAMED - 1 :] = [f"{len(names) - NAMED + 1:,} more"]
        *others, last = names
        told[d] = f"only in {', '.join(others)} and {last}" if others else f"only in {last}"
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarrel:
    """A dispute as a page shows it; `sentence` of a side whose words alone say nothing ("that"), by its statement."""

    told: ShownDispute
    sentence: Mapping[str, str]
    judged: Judged


# Words that point at what was said before: of 30 disputes that an analyst looked at three had a side of these alone
_POINTS: Final = re.compile(r"(?:not )?(?:that|this|it|so|these|those|them|the same)", re.IGNORECASE)


def pointing(case: Case, entries: Iterable[Entry]) -> dict[str, str]:
    """Statement -> the sentence that it stands in, of those whose words only point at what was said before."""
    found = {}
    for e in entries:
        if _POINTS.fullmatch(" ".join(e.content).strip(" ,.“”\"'")):
            text = case.document(e.statement.document).text
            place = e.statement.content[0]
            found[e.statement.id] = next(s.of(text) for s in (*sentences(text), place) if s.overlaps(place))
    return found


def quarrels(case: Case, decided: Decisions, told: Sequence[ShownDispute]) -> list[Quarrel]:
    known = judged(decided, map(of_dispute, told))
    sentence = pointing(case, (e for t in told for e in (t.by, t.of)))
    return [Quarrel(told=t, sentence=sentence, judged=known[of_dispute(t)]) for t in told]


def some_quarrels(case: Case, decided: Decisions, told: Some[ShownDispute]) -> Some[Quarrel]:
    return Some(rows=quarrels(case, decided, told.rows), total=told.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A version of a family: its siglum, as editors of old texts name their witnesses, and its place in the tree."""

    siglum: str
    brief: Brief
    parents: tuple[tuple[Edge, Judged], ...]  # the likeliest first, those that a person rejected last
    labels: tuple[ChangeLabel, ...]  # of its likely changes, the gravest first; without what was only kept
    counts: Mapping[ChangeLabel, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFamily:
    family: Family
    members: tuple[Member, ...]  # in the order of the drawing's lanes
    by_id: Mapping[str, Member]
    sigla: Mapping[str, str]  # by id
    drawing: Drawing
    lines: tuple[Line, ...]
    changes: tuple[Change, ...]  # that nobody rejected, the gravest first
    weights: Mapping[Place, Weight]  # of `changes`, by their place
    outlets: int  # that are named
    unnamed: int  # versions that name no outlet
    origins: int
    parts: tuple[Part, ...]  # the largest first: more than one where a person rejected what joined them
    rejected: int  # changes that a person rejected
    distant: frozenset[tuple[str, str]]  # parent and child that have hardly a statement in common
    hanging: tuple[tuple[Edge, int], ...]  # unsure edges, with how many changes would count if they were sure

    @property
    def heading(self) -> str:
        """What the family goes by: of one that a person parted, its largest part."""
        return views.heading(self.parts[0], {k: m.brief for k, m in self.by_id.items()})

    def beginnings(self, part: Part) -> tuple[Beginning, ...]:
        return views.beginnings(part, {k: m.brief for k, m in self.by_id.items()})

    @property
    def first(self) -> Beginning:
        """The earliest of those made from no other."""
        return self.beginnings(self.parts[0])[0]

    @property
    def loud(self) -> list[Change]:
        """The changes worth a look first: those that count."""
        return [c for c in self.changes if self.weights[c.place] == "counts"]

    @property
    def unsure(self) -> int:
        """How many would count if they were surer."""
        return list(self.weights.values()).count("unsure")

    @property
    def inherited(self) -> int:
        """How many would count if another text had not the claim as the version has it."""
        return sum(self.weights[c.place] == "inherited" and likely(c) for c in self.changes)

    @property
    def edge_states(self) -> dict[str, int]:
        """How many edges there are, and of how many a person decided which way."""
        found = [judged.state for m in self.members for _, judged in m.parents]
        return {"total": len(found), "confirmed": found.count("confirmed"), "rejected": found.count("rejected")}

    def parted_from(self, id: str) -> list[Brief]:
        """The versions that a person rejected as parents of one that has no other."""
        parents = self.by_id[id].parents
        rejected = [self.by_id[e.parent].brief for e, judged in parents if judged.state == "rejected"]
        return rejected if len(rejected) == len(parents) else []

    def kin(self, e: Edge) -> float | None:
        return kinship(e)


def shown_family(case: Case, decided: Decisions, found: Family) -> ShownFamily:
    brief = views.briefs(case, found.documents)
    edges = judged(decided, map(of_edge, found.edges))
    changes = views.changes_of_family(case, found.id)
    states, on_edges = decided.of("change"), {(e.parent, e.child): edges[of_edge(e)].state for e in found.edges}
    pairs = {pair for pair, state in on_edges.items() if state != "rejected"}
    kept = [c for c in changes if (c.parent_document, c.child_document) in pairs]
    standing = sorted((c for c in kept if states.get(c.place) != "rejected"), key=lambda c: c.gravity)
    weighed = weigher(case, decided)
    weights: dict[Place, Weight] = {c.place: weighed(c) for c in kept}
    counts: dict[tuple[str, str], Counter[ChangeLabel]] = defaultdict(Counter)
    for c in standing:
        if likely(c, states.get(c.place)) and weights[c.place] != "inherited":
            counts[c.parent_document, c.child_document].update(c.changes)
    labels = {pair: by_gravity(k for k in of if gravity(k) != "kept") for pair, of in counts.items()}
    drawn = drawing(found, brief, labels=labels, states=on_edges)
    lanes = [d.id for d in drawn.dots if d.lost is None]
    order = [*lanes, *(d for d in found.documents if d not in set(lanes))]
    parents: dict[str, list[Edge]] = {}
    for e in sorted(found.edges, key=lambda e: ((e.parent, e.child) not in pairs, -e.score)):
        parents.setdefault(e.child, []).append(e)
    members = []
    for k, id in enumerate(order):
        mine: Counter[ChangeLabel] = Counter()
        for e in parents.get(id, ()):
            mine |= counts.get((e.parent, id), Counter())  # of each label the most
        members.append(
            Member(
                siglum=siglum(k),
                brief=brief[id],
                parents=tuple((e, edges[of_edge(e)]) for e in parents.get(id, ())),
                labels=tuple(by_gravity(x for x in mine if gravity(x) != "kept")),
                counts=mine,
            )
        )
    claims = views.claims_in(case, found.documents)
    lines = apparatus(order, claims, kept, views.gists(case, claims), states, weights)
    children = {child for _, child in pairs}
    return ShownFamily(
        family=found,
        members=tuple(members),
        by_id={m.brief.id: m for m in members},
        sigla={m.brief.id: m.siglum for m in members},
        drawing=drawn,
        lines=tuple(lines),
        changes=tuple(standing),
        weights={c.place: weights[c.place] for c in standing},
        outlets=len({b.outlet for b in brief.values() if b.outlet}),
        unnamed=sum(not b.outlet for b in brief.values()),
        origins=sum(d not in children for d in found.documents),
        parts=tuple(parts_of(case, decided, found.id)),
        rejected=len(changes) - len(standing),
        distant=_distant(case, found, changes, states),
        hanging=tuple(lineage.hanging(case, decided, found)),
    )


def _distant(
    case: Case, found: Family, changes: Iterable[Change], states: Mapping[Place, State]
) -> frozenset[tuple[str, str]]:
    """The edges whose versions have hardly a statement in common, as far as is likely."""
    told = views.statement_counts(case, found.documents)

    def distant(edges: Iterable[Edge], changes: Iterable[Change]) -> list[Edge]:
        again: dict[tuple[str, str], set[str]] = {}
        for c in changes:
            confirmed = states.get(c.place) == "confirmed"
            if c.parent_statement and c.child_statement and (confirmed or c.again >= SURE):
                again.setdefault((c.parent_document, c.child_document), set()).add(c.parent_statement)
        return [
            e
            for e in edges
            if hardly_told(len(again.get((e.parent, e.child), ())), told.get(e.parent, 0), told.get(e.child, 0))
        ]

    # how likely a claim is told again at all, only what a change rests on tells: asked where it may matter
    left = distant(found.edges, changes)
    return frozenset((e.parent, e.child) for e in distant(left, lineage.changes_along(case, left)))


def siglum(k: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    letters = ""
    k += 1
    while k:
        k, rest = divmod(k - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
