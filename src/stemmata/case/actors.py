"""Who speaks in a case, read back: actors with what they say, their offices, and why their names were taken for one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any, Final

from stemmata.case.documents import Case
from stemmata.case.rows import DOCUMENT_ORDER, JOINED, LOCATION, STATEMENT_ORDER, SURENESS, called
from stemmata.case.verdicts import decisions
from stemmata.case.views import briefs
from stemmata.model import Actor, ActorLink, Span, StemmataError
from stemmata.resolve import Listed, folded, plain
from stemmata.resolve.keys import document_of, figure_key, local, statement_of


def links(case: Case, *, document: str | None = None, actor: str | None = None) -> dict[str, ActorLink]:
    """Statement -> its link to an actor: of one document, of one actor, or of the whole case."""
    where = {"statements.document": document, "statements.actor": actor}
    given = {column: value for column, value in where.items() if value is not None}
    sql = f"""SELECT statements.id, statements.actor, own.decided, how, {SURENESS},
            likely IS NOT NULL AND guess.actor IS NOT statements.actor, rests_start, rests_end, figure_links.key
        FROM statements JOIN figure_links ON figure_links.statement = statements.id
        JOIN {JOINED}
        WHERE {" AND ".join(f"{column} = ?" for column in given) or "1"} ORDER BY statements.id"""
    return {
        id: ActorLink(
            statement=id,
            actor=actor,
            how="analyst" if decided else how,
            probability=probability,
            rests_on=None if closed or start is None else Span(start, end),
            local=local(key) and not decided,
        )
        for id, actor, decided, how, probability, closed, start, end, key in case.rows(sql, given.values())
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """An actor of a case (its id, name, kind and aliases), the `side` that a person put it on, and how many
    `statements` it makes in how many `documents`: those that nobody rejected."""

    actor: Actor
    side: str | None
    statements: int
    documents: int
    only_in: str | None  # what stands for the document, where it speaks in one alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of a document, and where that was published."""

    document: str
    span: Span
    words: str
    outlet: str | None
    published: str | None
    name: str  # what stands for the document in a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two names were taken for one actor, with the first words under each."""

    why: str
    names: tuple[str, str]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Speaker):
    """A speaker with all that is known of it: the words that give it offices, why its names were taken for one, and how
    each of its statements is linked to it, and how surely (ActorLink.probability)."""

    roles: tuple[Passage, ...] = field(repr=False)
    reasons: tuple[Reason, ...] = field(repr=False)
    links: tuple[ActorLink, ...] = field(repr=False)


_SPEAKERS: Final = """SELECT actors.id, name, kind, aliases, side, count(statements.id), count(DISTINCT document),
        min(document)
    FROM actors {} JOIN statements ON statements.actor = actors.id
        AND statements.id NOT IN (SELECT value FROM json_each(?))"""


def speakers(case: Case) -> list[Speaker]:
    """Who speaks in a case, those who speak most first. Whose every statement was rejected speaks no more."""
    sql = f"{_SPEAKERS.format('')} GROUP BY actors.id ORDER BY 6 DESC, name, actors.id"
    return _speakers(case, case.rows(sql, [_rejected(case)]))


def _rejected(case: Case) -> str:
    """The statements that a person rejected, or whose document: a JSON list."""
    return json.dumps([id for (id,) in decisions(case).rejected("statement")])


def _speakers(case: Case, rows: Iterable[Any]) -> list[Speaker]:
    found = list(rows)
    alone = briefs(case, {row[-1] for row in found if row[-2] == 1})
    return [
        Speaker(
            actor=Actor(id=id, name=name, kind=kind, aliases=tuple(json.loads(aliases))),
            side=side,
            statements=statements,
            documents=documents,
            only_in=alone[document].name if documents == 1 else None,
        )
        for id, name, kind, aliases, side, statements, documents, document in found
    ]


def speaker(case: Case, given: str) -> Speaker:
    """The actor of that id, name or alias, or whose id, name or alias alone begins so; case and accents aside."""
    # those who speak: after documents were analysed anew, and until the next collate, actors may be left that do not
    sql = "SELECT id, name, aliases FROM actors WHERE EXISTS (SELECT 1 FROM statements WHERE actor = actors.id)"
    actors = [(id, [name, *json.loads(aliases)]) for id, name, aliases in case.rows(sql)]
    wanted = folded(plain(given))
    ways: tuple[Callable[[str, list[str]], bool], ...] = (
        lambda id, names: id == given,
        lambda id, names: folded(names[0]) == wanted,
        lambda id, names: any(folded(n) == wanted for n in names),
        lambda id, names: id.startswith(given) or any(f" {folded(n)}".find(f" {wanted}") >= 0 for n in names),
    )
    for fits in ways if wanted else ():
        found = sorted({id for id, names in actors if fits(id, names)})
        if len(found) == 1:
            return by_id(case, found[0])
        if found:
            several = ", ".join(_told_apart(by_id(case, id)) for id in found[:5])
            more = f", and {len(found) - 5:,} more" if len(found) > 5 else ""
            raise StemmataError(f"{given!r} may be several: type the id of one, or its beginning: {several}{more}")
    if not actors:
        raise StemmataError(f"no actors in {case.path.name} yet: stemmata collate {case.path}")
    near = get_close_matches(given, [n for _, names in actors for n in names], n=3, cutoff=0.5)
    hint = f"near it are {', '.join(near)}" if near else f"stemmata actors {case.path} lists them"
    raise StemmataError(f"no actor {given!r} in {case.path.name}; {hint}")


def profile(case: Case, given: str) -> Profile:
    """What is known of the actor that `speaker` finds."""
    s = speaker(case, given)
    return Profile(
        **{f.name: getattr(s, f.name) for f in fields(Speaker)},
        roles=tuple(roles(case, s.actor.id)),
        reasons=tuple(reasons(case, s.actor.id)),
        links=tuple(links(case, actor=s.actor.id).values()),
    )


def by_id(case: Case, id: str) -> Speaker:
    """The actor of that id; it may have said nothing that is not another's by now, or rejected."""
    return _speakers(case, case.rows(f"{_SPEAKERS.format('LEFT')} WHERE actors.id = ?", [_rejected(case), id]))[0]


def _told_apart(s: Speaker) -> str:
    """An actor among several of one name: its id, and where it speaks."""
    said = f"{s.statements:,} statement{'' if s.statements == 1 else 's'}"
    return f"{s.actor.id} ({s.actor.name}, {said} in {s.only_in or f'{s.documents:,} documents'})"


# The figures of an actor: those of its parts, but for what was split off from a part of a whole key.
FIGURES_OF: Final = """FROM actor_parts AS mine JOIN figures ON figures.key = mine.key
    JOIN documents ON documents.id = figures.document
    WHERE mine.actor = ? AND mine.part = coalesce(
        (SELECT part FROM actor_parts WHERE part = figures.key || '|' || figures.document),
        (SELECT part FROM actor_parts WHERE part = figures.key || '|'), figures.key)"""


def roles(case: Case, actor: str, *, most: int = -1) -> list[Passage]:
    """The words that give an actor an office or an affiliation, oldest first; of `most` of its figures."""
    sql = f"""SELECT told.roles, {_PASSAGE} FROM
            (SELECT figures.document, roles {FIGURES_OF} AND roles != '[]' LIMIT ?) AS told
        JOIN documents ON documents.id = told.document ORDER BY {DOCUMENT_ORDER}"""
    return [
        _passage(start, end, document)
        for spans, *document in case.rows(sql, [actor, most])
        for start, end in json.loads(spans)
    ]


_PASSAGE: Final = f"documents.id, documents.text, outlet, published, title, {LOCATION}"  # what `_passage` reads


def _passage(start: int, end: int, document: Sequence[Any]) -> Passage:
    id, text, outlet, published, title, location = document
    name = called(id, outlet, title, location)
    span, words = Span(start, end), text[start:end]
    return Passage(document=id, span=span, words=words, outlet=outlet, published=published, name=name)


def reasons(case: Case, actor: str) -> list[Reason]:
    """Why the names of an actor were taken for one, each with the words that it rests on."""
    rows = list(case.rows("SELECT part, other, why FROM actor_reasons WHERE actor = ? ORDER BY 1, 2", [actor]))
    return [
        Reason(
            why=why,
            names=(name_of(case, part), name_of(case, other)),
            passages=tuple(p for x in (part, other) if (p := _first_words(case, x))),
        )
        for part, other, why in rows
    ]


def key_and_document(part: str) -> tuple[str, str]:
    """Of a part, or of a target of a judgement: the key, and the document whose figure alone is meant, if one is."""
    return figure_key(part), document_of(part)


def name_of(case: Case, part: str) -> str:
    """What a figure of a part is called, and where it is of one document alone."""
    key, document = key_and_document(part)
    return f"{called_by(case, key)} in {document}" if document else called_by(case, key)


def called_by(case: Case, key: str) -> str:
    """What a figure of a key is called; the key itself where no document has one any more. A single statement that was
    taken from its actor is called by its source, also where it was given back."""
    named = "SELECT name FROM figures WHERE key = ? ORDER BY length(name) DESC, name LIMIT 1"
    source = """SELECT substr(text, source_start + 1, source_end - source_start) FROM statements
        JOIN documents ON documents.id = document WHERE statements.id = ?"""
    return str(case.value(named, [key]) or plain(case.value(source, [statement_of(key)]) or "") or key)


def actor_of(case: Case, targets: Iterable[str]) -> str | None:
    """The actor that stands now behind the first target of a judgement about actors, if there is one still."""
    for target in targets:
        sql = "SELECT actor FROM figure_actors WHERE key = ?1 AND (document = ?2 OR ?2 = '') ORDER BY document LIMIT 1"
        given_back = "SELECT actor FROM statements WHERE id = ?"
        found = case.value(sql, key_and_document(target)) or case.value(given_back, [statement_of(target)])
        if found:
            return str(found)
    return None


def _first_words(case: Case, part: str) -> Passage | None:
    """The oldest mention by name of a part, or where it has no name, the source itself."""
    key, document = key_and_document(part)
    sql = f"""SELECT coalesce(rests_start, source_start), coalesce(rests_end, source_end), {_PASSAGE}
        FROM figure_links JOIN statements ON statements.id = figure_links.statement
        JOIN documents ON documents.id = statements.document
        WHERE figure_links.key = ?1 AND (?2 = '' OR documents.id = ?2) ORDER BY {STATEMENT_ORDER} LIMIT 1"""
    for start, end, *read in case.rows(sql, [key, document]):
        return _passage(start, end, read)
    return None


def listed_actors(case: Case) -> list[Listed]:
    """The actors as a list that other cases can take: those whose names say who they are, and those on a side."""
    known = {actor for actor, key in case.rows("SELECT actor, key FROM actor_parts") if not local(key)}
    return [
        Listed(name=s.actor.name, aliases=s.actor.aliases, kind=s.actor.kind, side=s.side)
        for s in speakers(case)
        if s.actor.id in known or s.side
    ]
