"""A statement of a case as it is stored and as it is told: its columns, its order, its words, and who its source is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stemmata.model import Act, Document, How, Mode, Sourcing, Span, Statement
from stemmata.resolve import BY_VERSION
from stemmata.wordings import Worded

# Oldest first, those without a date last, and then by content alone: never by the order in which things were added.
DOCUMENT_ORDER: Final = "documents.published IS NULL, documents.published, documents.id"
# Who said it first: an article of a day alone may be of its last hour, and those with an hour come before it
FIRST_ORDER: Final = (
    "documents.published IS NULL, documents.published || iif(length(documents.published) = 10, '~', ''), documents.id"
)
STATEMENT_ORDER: Final = f'{DOCUMENT_ORDER}, statements."start", statements.id'
# The fields of a statement that are columns as they are
FIELDS: Final = (
    "id", "document", "mode", "act", "act_probability", "sourcing", "confidence", "inside", "actor", "claim",
)  # fmt: skip
STATEMENT: Final = ", ".join(
    f"statements.{field}"
    for field in (*FIELDS, "source_start", "source_end", "cue_start", "cue_end", "content", "acts")
)  # what `statement_of` reads
SURE_WHO: Final = 0.95  # from it, who a source is is shown without its likelihood: one in twenty is another (by hand)
HALF: Final = 0.5  # under it, who a source is is told as a guess
# How likely the source of a statement is its actor: for certain where an analyst said so, as likely as versions are
# right where its text leaves it open and a version tells. Of the tables of JOINED.
SURENESS: Final = f"""CASE WHEN figure_links.key LIKE 'parted@%' THEN 1.0
    WHEN likely IS NOT NULL AND guess.actor IS NOT statements.actor
        THEN CASE WHEN own.decided THEN 1.0
            WHEN countries = '[]' OR EXISTS (
                SELECT 1 FROM actor_parts WHERE actor = statements.actor AND key NOT LIKE 'described@%')
            THEN {BY_VERSION}
            ELSE probability END
    ELSE probability END"""
JOINED: Final = """figures ON figures.document = statements.document AND figures.key = figure_links.key
    LEFT JOIN figure_actors AS own ON own.document = figures.document AND own.key = figures.key
    LEFT JOIN figure_actors AS guess ON guess.document = figures.document AND guess.key = likely"""
NAME: Final = 60  # characters of a title that stands for a document in a list
LOCATION: Final = "(SELECT location FROM evidence WHERE document = documents.id ORDER BY rowid LIMIT 1)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Worded):
    """A statement with the words of the text that it points at (`source`, `cue`, and the parts of its `content`), and
    the `outlet`, `title` and time (`published`) of its document. `actor` is the name of who its source is, where that
    was looked for by `collate` (`statement.actor` is the id)."""

    outlet: str | None
    title: str | None
    published: str | None
    actor: str | None  # the actor's name
    run: str  # the id of the run that found it
    actor_probability: float | None = None  # that it is this actor; 1 where an analyst gave it to an actor of its own
    actor_how: How | None = None  # how that is known (model.ActorLink)
    # that probability, where it is a guess: less likely than not, told neither by a version nor by a person, and no
    # source that stands for its own words
    chance: float | None = None
    location: str | None = None  # where the document was read from; sought where it has no outlet and no title

    @property
    def lead(self) -> str:
        """The cue where reported words follow it, for its own words to be read with it: "doubts" of "doubts that the
        talks will bring more"; else nothing."""
        s = self.statement
        return self.cue or "" if s.cue and s.mode != "direct" and s.cue < s.content[0] else ""

    @property
    def act(self) -> Act:
        """What the statement does (`statement.act`), by the name that it has in `analyze`; so are the two below."""
        return self.statement.act

    @property
    def mode(self) -> Mode:
        return self.statement.mode

    @property
    def sourcing(self) -> Sourcing:
        return self.statement.sourcing

    @property
    def less_than_sure(self) -> float | None:
        """How likely it is this actor, where that is less than sure; not of one called by the source's words."""
        said, called = (set(re.findall(r"\w+", (x or "").casefold())) for x in (self.source, self.actor))
        p = None if self.actor_how == "description" and called <= said else self.actor_probability
        return self.chance if p is None or p >= SURE_WHO else p

    @property
    def name(self) -> str:
        """What stands for the document in a list."""
        return called(self.statement.document, self.outlet, self.title, self.location)


def called(id: str, outlet: str | None, title: str | None, location: str | None) -> str:
    """What stands for a document in a list: its outlet, else its title, an id that somebody gave it, or the name of
    the file that it was read from. An id that we made says nothing to anybody, and is the last resort."""
    if outlet and outlet.strip():
        return outlet
    if plain := " ".join((title or "").split()):
        return plain if len(plain) <= NAME else f"{plain[: NAME - 1].rstrip()}…"
    if not re.fullmatch(r"[0-9a-f]{16}(@[0-9a-f]{8})*", id):
        return id
    path = (location or "").split("?")[0].rstrip("/")
    return (path.rpartition("/")[2].rpartition("\\")[2] if not path.startswith("-") else "") or id


def name_of(d: Document) -> str:
    """What stands for a document in a list (`called`)."""
    return called(d.id, d.outlet, d.title, d.evidence.location if d.evidence else None)


def statement_of(row: Sequence[Any]) -> Statement:
    """The statement of a row that begins with the columns `STATEMENT`."""
    source_start, source_end, cue_start, cue_end, content, acts = row[len(FIELDS) : len(FIELDS) + 6]
    return Statement(
        **dict(zip(FIELDS, row, strict=False)),
        source=None if source_start is None else Span(source_start, source_end),
        cue=None if cue_start is None else Span(cue_start, cue_end),
        content=spans(json.loads(content)),
        acts=tuple(json.loads(acts)),
    )


def spans(stored: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """The spans that are stored as pairs of their start and end."""
    return tuple(Span(start, end) for start, end in stored)


def ends(span: Span | None) -> tuple[int | None, int | None]:
    """The start and end of a span, as two columns keep them."""
    return (span.start, span.end) if span else (None, None)


def placed(statement: Statement) -> dict[str, object]:
    """Where a statement stands in its text, as schema.sql keeps it."""
    (source_start, source_end), (cue_start, cue_end) = map(ends, (statement.source, statement.cue))
    return {
        "source_start": source_start,
        "source_end": source_end,
        "cue_start": cue_start,
        "cue_end": cue_end,
        "content": json.dumps([[part.start, part.end] for part in statement.content]),
        "acts": json.dumps(statement.acts),
        "start": min(span.start for span in statement.spans),
    }
