"""What people decide about actors: that two are one, that one is two, what one is called, which side it is on.

Each decision is logged, holds at once, and is kept when everything else is computed anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from stemmata.case import judgements, subjects
from stemmata.case.actors import FIGURES_OF, Speaker, by_id, name_of, speaker
from stemmata.case.documents import Case
from stemmata.case.grouping import records_of, regroup, standing
from stemmata.case.parted import borne, fullest
from stemmata.model import Actor, Judgement, JudgementKind, StemmataError
from stemmata.resolve import Listed, corrections, folded, foremost, plain
from stemmata.resolve.keys import own_key, part_of, parted_key, statement_of


def merge(case: Case, *given: str, who: str, why: str) -> Speaker:
    """Says that actors are one, each by its id, name or alias; gives what they are now."""
    found = [speaker(case, g).actor for g in given]
    if len({a.id for a in found}) < 2:
        raise StemmataError(f"{' and '.join(given) or 'nobody'}: name two actors or more that are one")
    targets = tuple(dict.fromkeys(_meant(case, a.id, g) for a, g in zip(found, given, strict=True)))
    return _decided(case, "merge", targets, who=who, why=why)


def split(
    case: Case,
    given: str,
    *,
    document: str | None = None,
    alias: str | None = None,
    statement: str | None = None,
    who: str,
    why: str,
) -> Speaker:
    """Says that some of an actor is another: what speaks in a document, or goes under another name, or both; or one
    statement by itself, whomever its source is taken for from then on. `merge` says whose it is instead.

    Returns that other, which goes under the name that it had, or, where none of its sources bears that, under theirs.
    Later documents go to the actor that they fit.
    """
    whole = speaker(case, given).actor
    if statement is not None:
        if document is not None or alias is not None:
            raise StemmataError("a statement is split off by itself: leave out --document and --alias, or --statement")
        target = _statement_part(case, whole, statement)
        return _decided(case, "split", (target,), who=who, why=why)
    id = case.document(document).id if document else None
    sql = f"SELECT part, figures.key, figures.document, figures.name {FIGURES_OF}"
    every = list(case.rows(sql, [whole.id]))
    chosen = [
        row for row in every if id in (None, row[2]) and (alias is None or folded(row[3]) == folded(plain(alias)))
    ]
    if (document is None and alias is None) or len(chosen) in (0, len(every)):
        names = ", ".join(sorted({row[3] for row in every})[:5])
        where = ", ".join(sorted({row[2] for row in every})[:5])
        raise StemmataError(
            f"{'all' if chosen else 'none'} of {whole.name} is meant: name a part of it, by --alias ({names}), "
            f"by --document ({where}), or by --statement"
        )
    whole_parts = {row[0] for row in chosen} - {row[0] for row in every if row not in chosen}
    meant = {
        part if statement_of(part) or (id is None and part in whole_parts) else part_of(key, place)
        for part, key, place, _ in chosen
    }
    targets = tuple(sorted(meant))
    _check_unbound(case, {parted_key(t) for t in targets})
    there = [(key, place) for _, key, place, _ in chosen]
    value = _written(case, there) if any(row[3] == whole.name for row in chosen) else None
    return _decided(case, "split", targets, value=value, who=who, why=why)


def _statement_part(case: Case, whole: Actor, given: str) -> str:
    """The part that one statement of an actor becomes."""
    id = subjects.one(case, "statement", given)
    s = case.entry(id).statement
    if s.actor != whole.id:
        whose = by_id(case, s.actor).actor if s.actor else None
        told = f"but of {whose.name} ({whose.id}): split that one" if whose else "but of nobody: collate first"
        raise StemmataError(f"statement {id} is not of {whole.name}, {told}")
    target = own_key(s.document, id)
    _check_unbound(case, {target})
    if case.value("SELECT 1 FROM actor_parts WHERE part = ?", [target]):
        raise StemmataError(f"statement {id} is an actor of its own already: merge {whole.id} with whose it is")
    return target


def _check_unbound(case: Case, parts: set[str]) -> None:
    """Refuses what would part those that an analyst joined: that has to be taken back first."""
    for j in judgements.standing_judgements(case, "merge", "split"):
        together = set(j.targets) if j.kind == "merge" else {parted_key(t) for t in j.targets}
        if len(together) > 1 and (bound := together & parts):
            raise StemmataError(f"{name_of(case, min(bound))} was joined by {j.who}: stemmata undo {case.path} {j.id}")


def _written(case: Case, figures: Iterable[tuple[str, str]]) -> str | None:
    """The fullest name that the sources of some figures bear, where none bears the one that their actor goes under."""
    found: set[str] = set()
    full: set[str] = set()
    sql = """SELECT figures.name, aliases, substr(text, source_start + 1, source_end - source_start)
        FROM figures JOIN documents ON documents.id = figures.document
        JOIN statements ON statements.document = documents.id
        JOIN figure_links ON figure_links.statement = statements.id AND figure_links.key = figures.key
        WHERE figures.key = ? AND figures.document = ? AND kind <> 'government'"""
    for key, document in figures:
        for name, aliases, source in case.rows(sql, (key, document)):
            full.add(name)
            found |= borne([name, *json.loads(aliases)], source)
    return fullest(found) if found and not found & full else None


def rename(case: Case, given: str, name: str, *, who: str, why: str) -> Speaker:
    """Gives an actor the name that it is shown under."""
    if not any(c.isalnum() for c in name):
        raise StemmataError("an actor needs a name with a letter or a figure in it: type one")
    part = _meant(case, speaker(case, given).actor.id, given)
    return _decided(case, "rename", (part,), value=plain(name), who=who, why=why)


def set_side(case: Case, given: str, side: str, *, who: str, why: str) -> Speaker:
    """Puts an actor on a side: any label of a bloc; an empty one takes it off."""
    part = _meant(case, speaker(case, given).actor.id, given)
    return _decided(case, "set-side", (part,), value=plain(side), who=who, why=why)


def undo(case: Case, id: str | None = None, *, who: str) -> Judgement:
    """Takes back a judgement, the latest that stands unless `id` (or its beginning) names another; tells which."""
    return judgements.undo(case, who=who, id=id, then=regroup)


def take_list(case: Case, rows: Iterable[Listed], *, who: str, why: str) -> list[Judgement]:
    """Decides what a list says, of the actors that are in the case; returns what was not so before."""
    every = records_of(case, [k for (k,) in case.rows("SELECT DISTINCT key FROM figures")], standing(case))
    made = []
    for j in corrections(rows, every, who=who, when=judgements.now(), why=why):
        now = {_by_part(case, t) for t in j.targets}
        so = {"merge": len(now) == 1, "rename": {s.actor.name for s in now} == {j.value}}
        if not so.get(j.kind, {s.side for s in now} == {j.value}):
            made.append(j)
    if made:
        judgements.judge(case, *made, then=regroup)
    return made


def _meant(case: Case, actor: str, given: str) -> str:
    """The part of an actor that a judgement is hung on: one that goes under the words given, else the foremost."""
    parts: dict[str, bool] = {}
    for part, name, aliases in case.rows(f"SELECT part, figures.name, figures.aliases {FIGURES_OF}", [actor]):
        named = any(folded(n) == folded(plain(given)) for n in (name, *json.loads(aliases)))
        parts[part] = named or parts.get(part, False)
    return foremost([part for part, named in parts.items() if named] or parts)


def _by_part(case: Case, part: str) -> Speaker:
    sql = "SELECT actor FROM actor_parts WHERE part = ?"
    return by_id(case, case.value(sql, [part]) or case.value(sql, [parted_key(part)]))


def _decided(
    case: Case, kind: JudgementKind, targets: tuple[str, ...], *, value: str | None = None, who: str, why: str
) -> Speaker:
    """Logs a judgement and makes the actors that it means; returns that of the first target."""
    made = Judgement(kind=kind, targets=targets, value=value, who=who, when=judgements.now(), why=why)
    judgements.judge(case, made, then=regroup)
    return _by_part(case, targets[0])
