"""A family drawn on a terminal: its tree, its apparatus, its changes with both wordings, what people said of them. It
asks for much, and is read when a verb draws."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich.columns import Columns
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from stemmata.case import lineage, parts, verdicts, views
from stemmata.case.lineage import change_id
from stemmata.case.verdicts import SOFT, SURE, Decisions, Weight
from stemmata.case.views import Brief
from stemmata.cli.app import screen, tell
from stemmata.cli.shown import ALARM, ID, STATES, STYLES, day, line, listing, minute
from stemmata.desk import Case
from stemmata.export.rows import change_row
from stemmata.model import (
    GRAVITY,
    KEPT,
    Change,
    ChangeLabel,
    Edge,
    Family,
    Judgement,
    is_doubted,
    is_guess,
    said_by,
    subject,
)
from stemmata.pages.apparatus import Cell, Line
from stemmata.pages.drawing import State
from stemmata.pages.rendered import clipped, percent
from stemmata.pages.shown import ShownFamily, judged, kinship
from stemmata.pages.sides import wordings
from stemmata.pages.signs import by_gravity, key, sign
from stemmata.wordings import ShownChange, counted

Wanted = Collection[Weight] | None  # which changes are shown; None: all
NOTE: Final = "green italic"
WORDS: Final = 80  # characters of the words that a label rests on
NARROW: Final = 72  # columns of a terminal under which a table of changes would break words (by eye)
HANGING: Final = 3  # unsure edges that are named with what would count if they were sure
CLAIM: Final = 40  # characters at least of what is claimed, before versions are put into a further block


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of a change: "suggested" where nobody did. `notes` on the change itself, on what stood in the
    parent ("before") and on what stands in the child ("after")."""

    state: State
    notes: tuple[tuple[str, Judgement], ...]


def said_of(decided: Decisions, changes: Iterable[Change]) -> dict[Change, Said]:
    every = {
        c: {
            "change": subject("change", *c.place),
            "before": subject("statement", c.parent_statement),
            "after": subject("statement", c.child_statement),
        }
        for c in changes
    }
    known = judged(decided, (x for subjects in every.values() for x in subjects.values()))
    return {
        c: Said(known[about["change"]].state, tuple((what, n) for what, x in about.items() for n in known[x].notes))
        for c, about in every.items()
    }


def noted(j: Judgement) -> str:
    """A note on one line, with whose it is and since when."""
    return f"{line(j.who)}, {day(j.when)}: {line(j.value or '')}"


def is_wanted(cell: Cell | None, wanted: Wanted) -> bool:
    """Whether a cell of the apparatus holds a change of the weights that are wanted."""
    return bool(cell and cell.change and (wanted is None or cell.weight in wanted))


def print_unsure(n: int, how: str, *, to: Console = screen, least: float | None = None) -> None:
    """How many changes are left out as they are less likely than not (or `least`), and what shows them."""
    if n:
        bound = SURE if least is None else least
        said = f"{counted(n, 'change')} less sure than {bound:.2f} {'is' if n == 1 else 'are'} left out: {how}"
        tell(said, "dim", to=to)


def print_hanging(case: Case, shown: Iterable[tuple[Edge, int]], *, to: Console = screen) -> None:
    """Of what is left out as less likely than not: how much would count if an edge were sure, and what sets that."""
    found = list(shown)[:HANGING]
    name = {k: line(b.name) for k, b in views.briefs(case, {k for e, _ in found for k in (e.parent, e.child)}).items()}
    for e, n in found:
        said = f"{n} of these would count if it were sure that {name[e.child]} was made from {name[e.parent]}"
        how = f"stemmata confirm {case.path} edge {e.parent} {e.child} --why WHY, if it is right"
        tell(f"{said} ({percent(e.score)}): {how}", "dim", to=to)


def print_inherited(n: int, how: str, *, to: Console = screen) -> None:
    """How many changes are left out as another text has the claim as the version has it, and what shows them."""
    if n:
        said = f"{counted(n, 'change')} against one parent {'is' if n == 1 else 'are'} as another text has it: {how}"
        tell(said, "dim", to=to)


# The tree


def print_tree(case: Case, found: Family, *, kept: bool = True) -> None:
    """The tree of a family; `kept`: the case is there to be asked more."""
    rows = sorted(lineage.changes_along(case, found.edges), key=lambda c: c.gravity)
    decided = verdicts.decisions(case)
    weighed = verdicts.weigher(case, decided)
    loud: dict[str, dict[ChangeLabel, None]] = {}
    for c in rows:
        if weighed(c) == "counts":
            labels = dict.fromkeys(verdicts.loud_labels(c))
            loud.setdefault(c.child_document, {}).update(labels)
    left: dict[str, dict[str, None]] = {}
    for x in lineage.leftovers(case, found.documents):
        left.setdefault(x.document, {})[x.kind] = None
    states = decided.of("edge")
    drawn = _Drawn(
        family=found,
        brief=views.briefs(case, found.documents),
        standing={e: state for e in found.edges if (state := states.get((e.parent, e.child)))},
        loud=loud,
        left=left,
    )
    notes = _notes(case, decided, drawn, rows)
    best = drawn.best()
    children: dict[str | None, list[str]] = {}
    for k in sorted(found.documents, key=lambda k: (said_by(drawn.brief[k].published), k)):
        children.setdefault(best[k].parent if k in best else None, []).append(k)
    versions = counted(len(found.documents), "version")
    apart = [len(p.documents) for p in parts.parts_of(case, decided, found.id)]
    parted = f"; a person parted it, into {', '.join(map(str, apart))}" if len(apart) > 1 else ""
    top = Tree(Text(f"family {found.id}: {versions}, as suggested; each edge with its score{parted}", "dim"))
    waiting = [(top, k) for k in reversed(children.get(None, ()))]
    while waiting:
        node, k = waiting.pop()
        mine = node.add(Text("\n").join([drawn.label(k, best.get(k)), *notes.get(k, ())]))
        waiting += [(mine, child) for child in reversed(children.get(k, ()))]
    screen.print(top)
    for lost in found.lost:
        said = f"lost: a version that {drawn.names(lost.children)} share, and that no known one is"
        screen.print(Text(said, "italic").append(f"  {percent(lost.score)}", "dim"))
    unsure = sum(weighed(c) == "unsure" for c in rows)
    how = f"stemmata changes {case.path} {found.id} --loud --unsure shows them"
    print_unsure(unsure, how if kept else "a case that is kept shows them")
    if kept:
        print_hanging(case, lineage.hanging(case, decided, found))
    inherited = sum(weighed(c) == "inherited" and verdicts.likely(c) for c in rows)
    how = f"stemmata changes {case.path} {found.id} --list shows them"
    print_inherited(inherited, how if kept else "a case that is kept shows them")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A family as its tree shows it: what stands at each version, read of the case once."""

    family: Family
    brief: Mapping[str, Brief]
    standing: Mapping[Edge, str]  # what people said of edges
    loud: Mapping[str, Iterable[ChangeLabel]]  # version -> what counts, against whichever parent, the gravest first
    left: Mapping[str, Iterable[str]]  # version -> kinds of text that a language model left in it

    def names(self, documents: Iterable[str]) -> str:
        return ", ".join(line(self.brief[k].name if k in self.brief else k) for k in documents)

    def best(self) -> dict[str, Edge]:
        """Version -> the edge that it hangs on: one that a person confirmed, else the surest that none rejected."""
        by_score = sorted(self.family.edges, key=lambda e: (self.standing.get(e) == "confirmed", e.score))
        return {e.child: e for e in by_score if self.standing.get(e) != "rejected"}

    def label(self, k: str, edge: Edge | None) -> Text:
        """A version in its line: what it is, how sure its edge is, what it changed, where else it may come from."""
        text = Text(line(self.brief[k].name), "bold")
        text.append(f"  {_about(self.brief[k])}", "dim")
        if edge:
            text.append(f"  {_sure(edge, self.standing.get(edge))}", "dim")
            if self.standing.get(edge):
                text.append("  confirmed", STATES["confirmed"])
            for change in self.loud.get(k, ()):
                text.append(f"  {change}", ALARM.get(change, "yellow"))
            if edge.tied:
                text.append(f"  or from {self.names(edge.tied)}", "italic")
        others = [e for e in self.family.edges if e.child == k and e is not edge]
        if also := [e.parent for e in others if self.standing.get(e) != "rejected"]:
            text.append(f"  also from {self.names(also)}", "dim italic")
        denied = [e.parent for e in others if self.standing.get(e) == "rejected"]
        if denied and edge is None:
            text.append(f"  a person parted it from {self.names(denied)}; no other parent of it is known", "dim")
        elif denied:
            text.append(f"  rejected: from {self.names(denied)}", "dim")
        dated = bool(self.brief[k].published)
        told = dated and bool(denied)  # by its edge, or by who parted it
        if edge is not None:
            told = is_guess(edge, self.standing.get(edge)) or (dated and edge.worded is None)
        if k in self.family.undated and not told:  # or what it may come from is undated
            first = edge is None and any(e.parent == k and is_guess(e, self.standing.get(e)) for e in self.family.edges)
            how = ": no time tells which came first" if dated else " alone"
            text.append("  first by a guess" if first else f"  placed by its text{how}", "dim italic")
        if k in self.left:
            text.append(f"  a language model’s text: {', '.join(self.left[k])}", "cyan")
        return text


def _notes(case: Case, decided: Decisions, drawn: _Drawn, rows: Iterable[Change]) -> dict[str, list[Text]]:
    """What people noted of each version, of the edges that lead to it, of what it changed, and of its statements."""
    found = drawn.family
    statements = {id: subject("statement", id) for id in views.statements_in(case, found.documents)}
    edges = {e: subject("edge", e.parent, e.child) for e in found.edges}
    documents = {k: subject("document", k) for k in found.documents}
    notes = decided.notes
    said = [(k, "", n) for k, about in documents.items() for n in notes.get(about, ())]
    for e, about in edges.items():
        said += [(e.child, f" on the edge from {drawn.names([e.parent])}", n) for n in notes.get(about, ())]
    for c, of in said_of(decided, rows).items():
        called = f" on {c.changes[0]} {change_id(c)[:ID]}"
        said += [(c.child_document, called, n) for what, n in of.notes if what == "change"]
    for entry in case.entries(id for id, about in statements.items() if about in notes):
        s = entry.statement
        said += [(s.document, f" on statement {s.id[:ID]}", n) for n in notes[statements[s.id]]]
    beside: dict[str, list[Text]] = {}
    for k, about, n in said:
        beside.setdefault(k, []).append(Text(f"note{about}: ", NOTE).append(noted(n)))
    return beside


def _sure(e: Edge, state: str | None) -> str:
    """How likely an edge is; where dates do not settle which came first, also how likely they are of one text; and
    that it is a guess where nothing else does; and where the wording says the opposite of the times. Of a correction,
    that it says it is one."""
    return f"{likely(e, state)}{', and says that it corrects an article' if e.corrects else ''}"


def likely(e: Edge, state: str | None = None) -> str:
    """How likely an edge is (see `_sure`)."""
    kin = kinship(e)
    if e.is_set:
        return "set by a person"
    if kin is None:
        if not is_doubted(e, state):
            return percent(e.score)
        doubt = f"by its wording it came before that one ({percent(e.against_time or 0.0)}): is its time right?"
        return f"{percent(e.score)}, but {doubt}"
    if is_guess(e, state):
        return f"{percent(kin)} of one text, a guess which came first ({percent(e.score)} this way)"
    return f"{percent(kin)} of one text, {percent(e.score)} made from it"


def _about(b: Brief) -> str:
    """When a version came out, and its id where it does not go by that."""
    published = minute(b.published, "no date")
    return published if b.name == b.id else f"{published}  {line(b.id)}"


# The apparatus


def print_apparatus(shown: ShownFamily, lines: Sequence[Line], wanted: Wanted) -> None:
    """Claims by versions, in blocks of as many versions as the terminal is wide for; and the keys to it."""
    cells = [[_sign(c, wanted) for c in x.cells] for x in lines]
    wide = [max([len(m.siglum), *(len(row[k].plain) for row in cells)]) for k, m in enumerate(shown.members)]
    number = len(str(len(lines)))
    for block in _blocks(wide, room=screen.width - number - 2 - CLAIM):
        table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold", expand=True)
        table.add_column("", justify="right", style="dim", no_wrap=True)
        table.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
        for k in block:
            table.add_column(shown.members[k].siglum, no_wrap=True, min_width=wide[k])
        for n, (x, row) in enumerate(zip(lines, cells, strict=True), 1):
            if any(row[k].plain for k in block):
                gist = Text(line(x.gist), STYLES["content"]) if x.claim else Text("where it got the story", "dim")
                table.add_row(str(n), gist, *(row[k] for k in block))
        screen.print(table)
    screen.print()
    print_versions(shown)
    drawn = "".join(cell.plain for row in cells for cell in row)
    screen.print()
    signs = ["· first to say it", *(f"{sign} {label}" for label, sign, _, _ in key() if sign in drawn)]
    screen.print(Columns([Text(x, "dim") for x in signs], padding=(0, 3)))
    screen.print(Text("✓ confirmed   ✗ rejected; all else is suggested: --list shows both wordings", "dim"))


def print_versions(shown: ShownFamily, among: Collection[str] | None = None) -> None:
    """The letters of a family's versions (or of those `among` it): which they are, and what they were made from."""
    for m in shown.members:
        if among is not None and m.brief.id not in among:
            continue
        said = Text(f"{m.siglum:>3}  ", "bold").append(line(m.brief.name))
        said.append(f"  {_about(m.brief)}", "dim")
        if m.parents:
            said.append("  from " + ", ".join(_parent(shown, e, judged.state) for e, judged in m.parents), "dim")
        screen.print(said, soft_wrap=True)


def _parent(shown: ShownFamily, e: Edge, state: State) -> str:
    said = f"{shown.sigla[e.parent]} {_sure(e, state)}"
    said += "" if state == "suggested" else f" {state}"
    tied = ", ".join(shown.sigla.get(k, k) for k in e.tied)
    return f"{said} (or {tied})" if tied else said


def _sign(cell: Cell | None, wanted: Wanted) -> Text:
    if cell is None or (cell.labels and not is_wanted(cell, wanted)):
        return Text("")
    if not cell.labels:
        return Text("·", "dim")
    text = Text()
    for label in cell.labels:
        text.append(sign(label), ALARM.get(label, "dim" if label in SOFT else "yellow"))
    text.append({"confirmed": "✓", "rejected": "✗"}.get(cell.state, ""))
    if cell.state == "rejected":
        text.stylize("dim")
    return text


def _blocks(wide: Sequence[int], *, room: int) -> list[range]:
    """Versions by blocks whose cells, each with a space, have room."""
    blocks, start, used = [], 0, 0
    for k, width in enumerate(wide):
        if k > start and used + width + 1 > room:
            blocks.append(range(start, k))
            start, used = k, 0
        used += width + 1
    return [*blocks, range(start, len(wide))]


def apparatus_row(shown: ShownFamily, x: Line, wanted: Wanted) -> dict[str, Any]:
    """A claim with what each version that has it, or whose parent has it, did to it; a version that says it first has
    no change (export/rows.py tells the fields)."""
    cells = {
        m.brief.id: _cell_row(c)
        for m, c in zip(shown.members, x.cells, strict=True)
        if c and (not c.labels or is_wanted(c, wanted))
    }
    return {"kind": "claim", "claim": x.claim, "gist": x.gist, "versions": cells}


def _cell_row(cell: Cell) -> dict[str, Any]:
    c = cell.change
    found = {"parent": c and c.parent_document, "changes": list(cell.labels), "id": c and change_id(c)}
    return found | {"score": c and c.score, "state": cell.state}


# The changes, one by one


def print_changes(
    rows: Sequence[ShownChange],
    *,
    known: Mapping[Change, Said] | None = None,
    shown: ShownFamily | None = None,
    places: Mapping[Change, str] | None = None,
    least: float | None = None,
) -> None:
    """Changes with both wordings, each label with its score (`Change.of_label`; faint under `least`) and the words that
    it rests on; of a case (`known` given) with their ids, what people said of them, and their notes; of a family, with
    the version that made each and the one that it was made from. `places`: where each stands."""
    bound = SURE if least is None else least
    if screen.width < NARROW:
        for r in rows:
            _print_stacked(r, bound, known[r.change] if known else None, (places or {}).get(r.change))
        return
    table = listing("change", *(["¶"] if places else []), "before", "after", *(["in"] if shown else []), "sure")
    for r in rows:
        named, sure = (Text("\n").join(x) for x in zip(*_labels(r.change, bound), strict=True))
        said = known[r.change] if known else None
        if said:
            named.append(f"\n{change_id(r.change)[:ID]}", "dim")
            if said.state != "suggested":
                named.append(f"\n{said.state}", STATES[said.state])
        sides = _sides(r.before, r.after)
        at = [Text(places[r.change], "dim")] if places else []
        where = [_made_by(shown, r)] if shown else []
        table.add_row(named, *at, *sides, *where, sure)
        empty = [Text()] if places else []
        several = len([x for x in r.change.changes if x not in KEPT]) > 1
        for label, *pair in rested(r):
            cells = (Text(f"“{x}”" if x else "—", "bold" if x else "dim") for x in pair)
            shows = _kept(label, pair[0]) or (label if several else "rests on")
            table.add_row(Text(f"  {shows}", "dim"), *empty, *cells)
        for what, n in said.notes if said else ():
            noted_at = (Text(), Text(noted(n), NOTE)) if what == "after" else (Text(noted(n), NOTE),)
            table.add_row(Text("note", NOTE), *empty, *noted_at)
    screen.print(table if rows else Text("no changes", "dim"))
    if shown and rows:
        screen.print()
        print_versions(shown, {d for r in rows for d in (r.change.parent_document, r.change.child_document, *r.as_in)})


def _print_stacked(r: ShownChange, least: float, said: Said | None, place: str | None) -> None:
    """A change on a narrow terminal: what a table has beside each other stands beneath each other."""
    for named, sure in _labels(r.change, least):
        screen.print(Text.assemble(named, " ", sure))
    if said:
        screen.print(Text(change_id(r.change)[:ID], "dim").append(f" {said.state}", STATES.get(said.state, "dim")))
    if place:
        screen.print(Text(f"¶ {place}", "dim"))
    for name, side in zip(("before: ", "after: "), _sides(r.before, r.after), strict=True):
        screen.print(Text.assemble((name, "dim"), side))
    for told, *pair in rested(r):
        before, after = (f"“{x}”" if x else "—" for x in pair)
        shows = _kept(told, pair[0]) or f"{told} rests on"
        screen.print(Text.assemble((f"{shows}: ", "dim"), (f"{before} → {after}", "bold")))
    for what, n in said.notes if said else ():
        screen.print(Text(f"note on {what}: {noted(n)}", NOTE))
    screen.print()


def _kept(label: ChangeLabel, before: str | None) -> str | None:
    """What became of words beside a claim that was only kept; None of other labels."""
    return None if label not in KEPT else "not told" if before else "put in"


def _labels(c: Change, least: float) -> list[tuple[Text, Text]]:
    """The labels of a change, the gravest first, each with its score: of those that say that it was kept only where
    there are no others."""
    found = []
    for x in by_gravity(c.changes):
        faint = " dim" if x not in SOFT and c.of_label(x) < least else ""
        beside = x in KEPT and not set(c.changes) <= set(KEPT)
        sure = Text("" if beside else f"{c.of_label(x):.2f}", faint.strip())
        found.append((Text(x, ALARM.get(x, "yellow" if x not in SOFT else "dim") + faint), sure))
    return found


def rested(r: ShownChange) -> Iterator[tuple[ChangeLabel, str | None, str | None]]:
    """The words that the labels of a change rest on, before and after, the gravest label first; of quotations the words
    that differ. None of a speaker: both wordings begin with theirs."""
    for x in sorted(r.rests_on, key=lambda x: GRAVITY.index(x.label)):
        before, after = x.before, x.after
        if x.label == "quote-altered" and before and after:
            pair = wordings(line(before), line(after))
            before, after = (" … ".join(w.strip() for w, differs in side if differs) for side in pair)
        if (before or after) and not x.label.startswith("attribution"):
            first, second = (clipped(line(y).strip('“”"‘’, '), WORDS) if y else None for y in (before, after))
            yield x.label, first, second


def _made_by(shown: ShownFamily, r: ShownChange) -> Text:
    """The version that made a change, by its letter and name, the letter of the one that it was made from, and those of
    others that have the claim as the version has it."""
    c = r.change
    said = Text(shown.sigla[c.child_document], "bold").append(
        f" {line(shown.by_id[c.child_document].brief.name)}", "dim"
    )
    said.append(f"\nfrom {shown.sigla[c.parent_document]}", "dim")
    return said.append(f", as in {', '.join(shown.sigla.get(k, k) for k in r.as_in)}" if r.as_in else "", "italic")


def _sides(before: str | None, after: str | None) -> tuple[Text, Text]:
    """Both wordings, with the words in which they differ."""
    if before is None or after is None:
        here, there = (Text(line(x or "—"), "" if x else "dim") for x in (before, after))
        return here, there
    here, there = (
        Text.assemble(*((text, STYLES["content"] if differs else "") for text, differs in stretches))
        for stretches in wordings(line(before), line(after))
    )
    return here, there


def changed_row(r: ShownChange, said: Said) -> dict[str, Any]:
    """A change with both wordings and what people said of it, as a row."""
    notes = [{"on": what, "who": n.who, "when": n.when, "text": n.value} for what, n in said.notes]
    about = {"id": change_id(r.change), "state": said.state, "as_in": list(r.as_in), "notes": notes}
    return change_row(r) | about
