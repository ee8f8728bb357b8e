"""Verbs on who speaks: actors, actor; and those that decide: merge, split, rename, set-side, log, undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from stemmata.cli.app import (
    AsJson,
    CasePath,
    Panel,
    Who,
    Why,
    app,
    decider,
    may_write,
    opened,
    screen,
    tell,
    write_out,
)
from stemmata.cli.lineage import collated
from stemmata.cli.shown import ID, SHOWN, STYLES, line, listing, minute, piped, print_list, said, where
from stemmata.model import MisusedError, StemmataError
from stemmata.wordings import counted

if TYPE_CHECKING:
    from stemmata.case.actors import Passage, Profile, Reason, Speaker
    from stemmata.desk import Case
    from stemmata.model import ActorLink, Judgement

GivenActor = Annotated[str, typer.Argument(metavar="ACTOR", help="id, name or alias, or its beginning")]
GivenName = Annotated[str, typer.Argument(metavar="NAME", help="the name that it goes under from now on")]
GivenSide = Annotated[
    str, typer.Argument(metavar="SIDE", help='any label of a bloc, "government" say; "" takes it off')
]


@app.command(rich_help_panel=Panel.LOOK)
def actors(
    path: CasePath,
    take: Annotated[Path | None, typer.Option("--list", help="a CSV (name, aliases, kind, side) to go by")] = None,
    write: Annotated[Path | None, typer.Option(help="write such a CSV, for another case")] = None,
    who: Who = None,
    why: Annotated[str | None, typer.Option(help="why the list is right: kept in the log")] = None,
    force: Annotated[bool, typer.Option(help="write over a file that is there")] = False,
    as_json: AsJson = False,
) -> None:
    """Lists who speaks in a case, and how often."""
    if take and write:
        raise MisusedError("--list takes a list and --write writes one: ask for one of them, then for the other")
    if write:
        may_write(write, kind="list", mark=None, force=force)
    with collated(path) as case:
        if take:
            _take_list(case, take, who=decider(who), why=why or f"the list {take.name}")
        elif write:
            _write_list(case, write)
        elif not piped(as_json, map(speaker_row, every := case.actors())):
            _print_speakers(every)


def _take_list(case: Case, take: Path, *, who: str, why: str) -> None:
    from stemmata.case import identities
    from stemmata.language.wording import folded
    from stemmata.resolve import listed

    rows = listed(_text_of(take), where=take.name)
    made = identities.take_list(case, rows, who=who, why=why)
    for j in made:
        screen.print(Text(f"{j.kind} {_subjects(case, j)}{f' to {j.value}' if j.value else ''}"))
    tell(f"{counted(len(rows), 'actor')} listed, {counted(len(made), 'decision')}: stemmata log {case.path}")
    known = {folded(n) for s in case.actors() for n in (s.actor.name, *s.actor.aliases)}
    strange = [r.name for r in rows if not known.intersection(map(folded, (r.name, *r.aliases)))]
    if strange:
        names = ", ".join(strange[:5]) + (f", and {len(strange) - 5:,} more" if len(strange) > 5 else "")
        tell(line(f"not in this case: {names}"))


def _write_list(case: Case, file: Path) -> None:
    from stemmata.case.actors import listed_actors
    from stemmata.resolve import written

    found = listed_actors(case)
    write_out(file, written(found), "utf-8-sig")
    tell(f"{file}: {counted(len(found), 'actor')}; whose name fits many is left out")


def _print_speakers(every: Sequence[Speaker]) -> None:
    table = listing("id", "actor", "kind", "side", "statements", "in", "also")
    for s in every[:SHOWN]:
        also = ", ".join(a for a in s.actor.aliases if a != s.actor.name)
        where = s.only_in or counted(s.documents, "document")
        cells = (s.actor.kind, s.side or "", f"{s.statements:,}", where, also)
        name = Text(line(s.actor.name), STYLES["source"])
        table.add_row(Text(s.actor.id[:ID], "dim"), name, *(Text(line(x)) for x in cells))
    print_list(table, len(every))


@app.command(rich_help_panel=Panel.LOOK)
def actor(path: CasePath, given: GivenActor, as_json: AsJson = False) -> None:
    """Shows one actor: its names, its offices, what it says. Also why those names are one, and its links."""
    with collated(path) as case:
        s = case.actor(given)
        roles = [passage_row(p) for p in s.roles]
        told = {"roles": roles, "reasons": list(map(_reason_row, s.reasons)), "links": list(map(_link_row, s.links))}
        if piped(as_json, [speaker_row(s) | told]):
            return
        screen.print(Text(line(s.actor.name), "bold").append(f"  {s.actor.kind}  {s.actor.id}", "dim"))
        if s.side:
            screen.print(Text(f"side: {line(s.side)}"))
        if also := [a for a in s.actor.aliases if a != s.actor.name]:
            screen.print(Text(f"also {line(', '.join(also))}"))
        _print_offices(s.roles)
        _print_reasons(s.reasons)
        _print_links(case, s)


@app.command(rich_help_panel=Panel.DECIDE)
def merge(
    path: CasePath,
    given: Annotated[list[str], typer.Argument(metavar="ACTOR", help="those that are one: ids, names or aliases")],
    why: Why,
    who: Who = None,
) -> None:
    """Says that actors are one."""
    with opened(path) as case:
        _print_decided(case, case.merge(*given, who=decider(who), why=why))


@app.command(rich_help_panel=Panel.DECIDE)
def split(
    path: CasePath,
    given: GivenActor,
    why: Why,
    document: Annotated[
        str | None, typer.Option(help="what speaks in this document is another (id or its beginning)")
    ] = None,
    alias: Annotated[str | None, typer.Option(help="what goes under this name alone is another")] = None,
    statement: Annotated[
        str | None, typer.Option(help="this one statement is not the actor's (id or its beginning)")
    ] = None,
    who: Who = None,
) -> None:
    """Says that a part of an actor is another. The part is what speaks in one document, or goes under one name, or one
    statement alone. merge then says whose it is."""
    part = {"document": document, "alias": alias, "statement": statement}
    with opened(path) as case:
        _print_decided(case, case.split(given, **part, who=decider(who), why=why))


@app.command(rich_help_panel=Panel.DECIDE)
def rename(path: CasePath, given: GivenActor, name: GivenName, why: Why, who: Who = None) -> None:
    """Gives an actor the name that it is shown under."""
    with opened(path) as case:
        _print_decided(case, case.rename(given, name, who=decider(who), why=why))


@app.command("set-side", rich_help_panel=Panel.DECIDE)
def set_side(path: CasePath, given: GivenActor, side: GivenSide, why: Why, who: Who = None) -> None:
    """Puts an actor on a side, any label of a bloc. "" takes it off."""
    with opened(path) as case:
        _print_decided(case, case.set_side(given, side, who=decider(who), why=why))


@app.command(rich_help_panel=Panel.DECIDE)
def log(path: CasePath, as_json: AsJson = False) -> None:
    """Lists what people decided, when and why. What was taken back too."""
    from stemmata.case import judgements
    from stemmata.export.tables import decision_row

    with opened(path) as case:
        every = list(judgements.log(case))
        if piped(as_json, ({"id": e.id, "of": _subjects(case, e.judgement), **decision_row(e)} for e in every)):
            return
        table = listing("id", "when", "who", "what", "why")
        for e in every:
            j = e.judgement
            value = f"{': ' if j.kind in ('note', 'remove') else ' to '}{j.value}" if j.value else ""
            what = f"{j.kind} {_subjects(case, j)}{value}"
            undone = f"\ntaken back by {e.undone_by}, {minute(e.undone_at)}" if e.undone_by else ""
            about = Text(line(what)).append(undone, "dim")
            table.add_row(e.id, minute(j.when), Text(line(j.who)), about, Text(line(j.why)))
        screen.print(table if every else Text("nothing was decided yet", "dim"))


@app.command(rich_help_panel=Panel.DECIDE)
def undo(
    path: CasePath,
    id: Annotated[
        str | None, typer.Argument(metavar="ID", help="of the log, or its beginning; else the latest")
    ] = None,
    who: Who = None,
) -> None:
    """Takes back a decision. It stays in the log. That an article was removed it does not take back: add it again."""
    from stemmata.cli.judging import print_parents

    with opened(path) as case:
        undone = case.undo(id, who=decider(who))
        screen.print(Text(f"taken back: {undone.kind} {_subjects(case, undone)}"))
        if undone.kind != "note":
            print_parents(case, undone)


def speaker_row(s: Speaker) -> dict[str, Any]:
    return {
        "id": s.actor.id, "name": s.actor.name, "kind": s.actor.kind, "aliases": list(s.actor.aliases), "side": s.side,
        "statements": s.statements, "documents": s.documents, "only_in": s.only_in,
    }  # fmt: skip


def passage_row(p: Passage) -> dict[str, Any]:
    return {
        "document": p.document, "start": p.span.start, "end": p.span.end, "text": p.words, "outlet": p.outlet,
        "published": p.published,
    }  # fmt: skip


def _link_row(link: ActorLink) -> dict[str, Any]:
    rests = {"start": link.rests_on.start, "end": link.rests_on.end} if link.rests_on else None
    return {"statement": link.statement, "how": link.how, "probability": link.probability, "rests_on": rests}


def _reason_row(r: Reason) -> dict[str, Any]:
    return {"why": r.why, "names": list(r.names), "passages": [passage_row(p) for p in r.passages]}


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as fault:
        raise StemmataError(f"{path} is not UTF-8 (first at byte {fault.start:,}): save it as CSV in UTF-8") from fault
    except OSError as fault:
        raise StemmataError(f"cannot read {path}: {fault.strerror}") from fault


def _subjects(case: Case, judgement: Judgement) -> str:
    """What a judgement is about, as the pages say it."""
    from stemmata.pages.shown import Served, things

    return ", ".join(dict.fromkeys(t.words for t in things(case, judgement.targets, Served()).values()))


def _print_offices(offices: Iterable[Passage]) -> None:
    by_words = sorted(offices, key=lambda p: line(p.words).casefold())
    groups = [list(g) for _, g in groupby(by_words, key=lambda p: line(p.words).casefold())]
    if groups:
        table = listing("office", "first told by", "documents")
        for g in sorted(groups, key=lambda g: -len(g))[:SHOWN]:
            table.add_row(Text(line(g[0].words)), Text(where(g[0])), f"{len({p.document for p in g}):,}")
        screen.print()
        print_list(table, len(groups))


def _print_reasons(reasons: Iterable[Reason]) -> None:
    rows = [(r, " — ".join(f"“{line(p.words)}” ({where(p)})" for p in r.passages)) for r in reasons]
    if rows:
        table = listing("names", "one because", "it rests on")
        for r, passages in rows[:SHOWN]:
            table.add_row(Text(line(" = ".join(r.names)), STYLES["source"]), Text(line(r.why)), Text(line(passages)))
        screen.print()
        print_list(table, len(rows))


def _print_links(case: Case, s: Profile) -> None:
    from stemmata.case.views import statements_of

    links = {link.statement: link for link in s.links}
    table = listing("who", "what", "linked by", "sure", "where")
    shown = statements_of(case, s.actor.id, limit=SHOWN)
    for e in shown:
        link, source = links[e.statement.id], Text(line(e.source or ""), STYLES["source"])
        table.add_row(source, said(e), link.how, f"{link.probability:.2f}", Text(where(e), "dim"))
    screen.print()
    screen.print(table)
    more = f", the first {len(shown)} shown: --json has all" if len(shown) < s.statements else ""
    screen.print(Text(f"{counted(s.statements, 'statement')} in {counted(s.documents, 'document')}{more}"))


def _print_decided(case: Case, s: Speaker) -> None:
    side = f", on the side {line(s.side)}" if s.side else ""
    said = f"{counted(s.statements, 'statement')} in {counted(s.documents, 'document')}"
    tell(f"{line(s.actor.name)} ({s.actor.id}){side}: {said}")
    tell(f"stemmata undo {case.path} takes it back; stemmata collate {case.path} tells changes by it", "dim")
