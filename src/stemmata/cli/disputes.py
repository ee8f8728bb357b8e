"""Verbs on who disputes whom: disputes, positions, sides, predictions, network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from stemmata.cli.actors import GivenActor
from stemmata.cli.app import AsJson, CasePath, Panel, app, may_write, notes, screen, tell, write_out
from stemmata.cli.lineage import collated
from stemmata.cli.shown import (
    ALARM,
    SHOWN,
    STATES,
    STYLES,
    day,
    line,
    listing,
    piped,
    print_json,
    print_list,
    print_rest,
    said,
    where,
)
from stemmata.model import MisusedError, StemmataError, due_at, said_by
from stemmata.wordings import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stemmata.case import Entry
    from stemmata.desk import Case
    from stemmata.model import Bloc, Departure, Position, Prediction


@app.command(rich_help_panel=Panel.LOOK)
def disputes(
    path: CasePath,
    find: Annotated[
        bool, typer.Option(help="look for them now: collate does not in a case of over 2,000 articles")
    ] = False,
    unsure: Annotated[bool, typer.Option(help="also those of which one in three is right")] = False,
    actor: Annotated[
        str | None, typer.Option(help="in which this actor speaks, by name or id", show_default=False)
    ] = None,
    by_time: Annotated[bool, typer.Option("--by-time", help="the oldest first, not the surest")] = False,
    as_json: AsJson = False,
) -> None:
    """Lists who denies, contradicts, corrects or rejects what. With both wordings: suggested, not certain.

    Beneath the relation stand the ids of both statements, BY and OF. What is missed is entered by hand, by the ids that
    statements shows: confirm CASE dispute BY OF --relation denies.
    """
    from stemmata.case import disputes as kept
    from stemmata.case.actors import speaker
    from stemmata.case.verdicts import decisions
    from stemmata.export.tables import dispute_rows

    with collated(path) as case:
        if find:
            with notes.status("looking for disputes"):
                case.find_disputes()
        found = case.disputes(unsure=unsure)
        if actor:
            asked = speaker(case, actor).actor.id
            found = [d for d in found if asked in (d.by.statement.actor, d.of.statement.actor)]
        if by_time:
            found.sort(key=lambda d: (said_by(d.by.published), said_by(d.of.published)))
        decided = decisions(case)
        if as_json or not screen.is_terminal:
            print_json(dispute_rows(case, decided, found))
            return
        from stemmata.pages.shown import pointing

        sentence = pointing(case, (e for d in found[:SHOWN] for e in (d.by, d.of)))
        table = listing("relation", "who", "what", "against", "sure")
        states = decided.of("dispute")
        for d in found[:SHOWN]:
            relation = Text(d.dispute.relation, "bold")
            if state := states.get((d.dispute.by_statement, d.dispute.of_statement)):
                relation.append(f"\n{state}", STATES[state])
            relation.append(f"\n{d.dispute.by_statement[:8]}\n{d.dispute.of_statement[:8]}", "dim")
            who, what = _told(d.by, sentence)
            table.add_row(relation, who, what, Text("\n").join(_told(d.of, sentence)), f"{d.dispute.score:.2f}")
        if found:
            print_list(table, len(found))
            screen.print(Text(f"{counted(len(found), 'dispute')}, as suggested: look at both wordings"))
        else:
            screen.print(Text("no dispute was found, which means little: most are missed"))
        if not unsure and (more := kept.count_unsure(case)):
            screen.print(Text(f"{more:,} less sure, of which one in three is right: --unsure", "dim"))
        if not kept.heeded(case):
            again = f"stemmata collate {path} seeks them anew"
            tell(f"something was decided since these were sought: {again}", "dim")


def _told(e: Entry, sentence: Mapping[str, str]) -> tuple[Text, Text]:
    """Who says it and where, and its words; of those that only point (`sentence`), what they stand in too."""
    at, words = f"{day(e.published, '')} {e.name}", said(e)
    who = _who(e).append(f"\n{line(at)}", "dim")
    if around := sentence.get(e.statement.id):
        words.append(f"\nin: {line(around)}", "dim")
    return who, words


def _who(e: Entry, name: str | None = None) -> Text:
    """Who says it, `name` that of the actor: where that is a guess, told as one."""
    who = Text(line(name or e.actor or e.source or "the outlet"), STYLES["source"])
    return who if e.chance is None else Text("perhaps ", "dim").append_text(who).append(f" ({e.chance:.2f})", "dim")


@app.command(rich_help_panel=Panel.LOOK)
def positions(
    path: CasePath,
    actor: GivenActor,
    as_json: AsJson = False,
) -> None:
    """Lists what an actor holds, denies, demands, promises. Also threatens, predicts; whom they accuse; over time.

    A stance is read before the words: an actor "denies", "rejects" or "withdraws" what follows, and "holds" a
    no of its own.

    Words that a change put there (a quotation that no parent has, a number, a "not") stand beneath those first taken,
    with that change.
    """
    from stemmata.case.actors import speaker
    from stemmata.case.verdicts import decisions
    from stemmata.case.views import entries
    from stemmata.export.tables import taken_rows
    from stemmata.pages.shown import only_in

    with collated(path) as case:
        who = speaker(case, actor).actor.id
        if piped(as_json, taken_rows(case, decisions(case), [who])):
            return
        names, found = _names(case), case.positions(who)
        words = entries(case, {x for p in found for x in (p.statement, p.changed_from) if x})
        alone = only_in(case, (p.departure for p in found))
        screen.print(Text(line(names[who]), "bold"))
        table = listing("when", "stance", "what", "towards", "where")
        for p in found:
            e = words[p.statement]
            stance = Text(p.stance).append("\nchanged" if p.changed_from else "", "bold red")
            towards = Text(", ".join(line(names.get(a, a)) for a in p.towards), STYLES["source"])
            what = said(e).append_text(_alone(p.departure, alone))
            if e.chance is not None:
                what.append(f"\nperhaps theirs ({e.chance:.2f})", "dim")
            if p.changed_from:
                what.append(f"\nbefore: {said(words[p.changed_from]).plain}", "dim")
            table.add_row(day(p.when), stance, what, towards, Text(line(e.name), "dim"))
        if found:
            screen.print(table)
        _print_many(found, "position", ", the first time that each was taken")


def _print_many(found: Sequence[Position | Prediction], one: str, how: str, several: str | None = None) -> None:
    """How many positions or predictions there are, and how many more a change put there."""
    put_there = sum(p.departure is not None for p in found)
    more = f"; and {put_there:,} that a change put there" if put_there else ""
    tell(f"{counted(len(found) - put_there, one, several)}{how}{more}")


def _alone(d: Departure | None, only_in: Mapping[Departure, str]) -> Text:
    """Of what a change brought about: where alone it stands, and which change."""
    if d is None:
        return Text()
    alone = Text(f"\n{line(only_in[d])}, ", "dim").append(d.label, ALARM.get(d.label, "yellow"))
    return alone.append(f" {d.score:.2f}", "dim")


def _due(p: Prediction) -> str:
    """The last day of the time that a prediction is due at; "from" it where nothing ends after it."""
    due = due_at(p.dates)
    if due is None:
        return "no date named" if p.said else "not known: its article bears no date"
    return due.last or f"from {due.first}"


@app.command(rich_help_panel=Panel.LOOK)
def predictions(path: CasePath, as_json: AsJson = False) -> None:
    """Lists predictions, promises and threats by their dates. The soonest first.

    Once for each speaker and claim, as it was first told; what a change made of it (another date, say) by itself, with
    that change.
    """
    from stemmata.case.views import entries
    from stemmata.export.tables import rows as table_rows
    from stemmata.pages.shown import only_in

    with collated(path) as case:
        if piped(as_json, table_rows(case, "predictions")):
            return
        names, found = _names(case), case.predictions()
        words = entries(case, {p.statement for p in found})
        alone = only_in(case, (p.departure for p in found))
        table = listing("due", "said", "kind", "who", "what")
        for p in found[:SHOWN]:
            e = words[p.statement]
            what = Text(line(f"{e.lead} {' … '.join(e.content)}".strip()), STYLES["content"])
            what.append_text(_alone(p.departure, alone))
            due = Text(_due(p), "" if p.due else "dim")
            table.add_row(due, day(p.said, ""), p.kind, _who(e, names.get(p.actor or "")), what)
        print_list(table, len(found))
        how = ", once for each speaker and claim" if found else ""
        _print_many(found, "prediction, promise or threat", how, "predictions, promises and threats")


@app.command(rich_help_panel=Panel.LOOK)
def sides(
    path: CasePath,
    one: Annotated[str | None, typer.Option(help="a bloc by its name: its account beside that of --other")] = None,
    other: Annotated[str | None, typer.Option(help="the other bloc")] = None,
    as_json: AsJson = False,
) -> None:
    """Proposes who stands with whom. From who disputes whom and who says the same; sides that you set come first."""
    from stemmata.case import disputes as kept
    from stemmata.case.verdicts import decisions
    from stemmata.dispute.sides import unplaced

    if (one is None) != (other is None):
        raise MisusedError("two blocs are compared: give both --one and --other")
    with collated(path) as case:
        names = _names(case)
        found = case.sides()
        if one is not None and other is not None:
            first, second = (_bloc(found, name) for name in (one, other))
            _print_accounts(case, first, second, as_json=as_json)
            return
        members = ([{"id": a, "name": names[a], "given": a in b.given} for a in b.actors] for b in found)
        if piped(as_json, ({"name": b.name, "actors": m} for b, m in zip(found, members, strict=True))):
            return
        for b in found:
            screen.print(Text(b.name, "bold").append("" if b.given else "  a proposal", "dim"))
            for a in b.actors:
                screen.print(Text(f"  {line(names[a])}").append("  set by you" if a in b.given else "", "dim"))
        decided = decisions(case)
        disputes = kept.standing_disputes(case, decided)
        left = unplaced(kept.made(case, decided), disputes, found)
        if left:
            screen.print(Text("in no side, as they neither say what one says nor dispute all the others", "dim"))
            tell(f"  {', '.join(line(names[a]) for a in left[:SHOWN])}")
            print_rest(len(left))
        if not found:
            _print_no_sides(path, len(disputes))


def _print_no_sides(path: Path, disputes: int) -> None:
    """Why no sides are proposed, and what a person can do about it."""
    if not disputes:
        screen.print(Text("no dispute was found, so no sides are proposed; which means little: most are missed"))
        return
    none = "none of them" if disputes > 1 else "but not"
    why = f"{counted(disputes, 'dispute')}, {none} between two actors who are known beyond one article"
    tell(f"{why}: merge actors or set sides, and they show here")
    for command in ("actors {}", "merge {} ONE OTHER --why ...", "set-side {} ACTOR SIDE --why ..."):
        tell(f"  stemmata {command.format(path)}", "dim")


def _bloc(found: tuple[Bloc, ...], name: str) -> Bloc:
    for b in found:
        if b.name.casefold() == name.casefold():
            return b
    raise StemmataError(f"no bloc {name!r}; there are {', '.join(b.name for b in found) or 'none'}")


def _print_accounts(case: Case, one: Bloc, other: Bloc, *, as_json: bool) -> None:
    """Two accounts by claim, each side in its own speaker's words: those of the claim may be another's."""
    from stemmata.case.verdicts import decisions
    from stemmata.export.tables import entry_rows
    from stemmata.pages.standing import beside

    decided = decisions(case)
    parts = beside(case, decided, one, other)
    if as_json or not screen.is_terminal:
        every = (e for part in parts for t in part.rows for e in (t.first, t.second) if e)
        told = {r["id"]: r for r in entry_rows(case, decided, every)}
        print_json(
            {
                "what": part.title,
                "claim": t.claim,
                "first": told[t.first.statement.id],
                "second": t.second and told[t.second.statement.id],
            }
            for part in parts
            for t in part.rows
        )
        return
    for part in parts:
        screen.print(Text(f"{part.title}: {part.total:,}", "bold"))
        for t in part.rows[:SHOWN]:
            screen.print(_own_words(t.first, "  "), soft_wrap=True)
            if t.second:
                screen.print(_own_words(t.second, "    "), soft_wrap=True)
        print_rest(part.total)


def _own_words(e: Entry, indent: str) -> Text:
    """Who says it with which words, what, and where."""
    who = e.actor or e.source or "the outlet"
    who += f" ({e.source})" if e.source and e.source != who else ""
    told = Text(indent).append(line(who), STYLES["source"]).append(f" {line(e.cue)}" if e.cue else "", STYLES["cue"])
    return told.append(": ", "dim").append_text(said(e)).append(f"  {where(e)}", "dim")


@app.command(rich_help_panel=Panel.HAND_OUT)
def network(
    path: CasePath,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="where it goes, network.gexf say")],
    force: Annotated[bool, typer.Option(help="write over a file that is no network")] = False,
) -> None:
    """Writes the network of actors and claims for Gephi (GEXF). Its edges: who makes a claim, and who disputes it."""
    may_write(file, kind="network", mark="<gexf", force=force)
    with collated(path) as case:
        text = case.network()
    write_out(file, text)
    nodes, edges = (counted(text.count(f"<{what} "), what) for what in ("node", "edge"))
    tell(f"{file}: {nodes}, {edges}")


def _names(case: Case) -> dict[str, str]:
    return dict(case.rows("SELECT id, name FROM actors ORDER BY id"))
