"""Documents and statements of a case: a document goes in with everything found in it, in one transaction."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from itertools import islice
from typing import Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from stemmata.case.file import File
from stemmata.case.filters import Filters, check_limit
from stemmata.case.rows import (
    DOCUMENT_ORDER,
    FIELDS,
    HALF,
    JOINED,
    LOCATION,
    STATEMENT,
    STATEMENT_ORDER,
    SURENESS,
    Entry,
    placed,
    statement_of,
)
from stemmata.model import (
    Credit,
    Document,
    Evidence,
    Refusal,
    Run,
    Span,
    Statement,
    StemmataError,
    check_probability,
    content_id,
    document_id,
    statement_id,
)

_FORM: Final = re.compile(r"print|printable|amp|output(?:type)?|utm_\w+|fbclid|gclid", re.IGNORECASE)
Outcome = Literal["added", "second-version", "known", "analysed-anew"]


# The fields of a document that are columns as they are.
_OF_DOCUMENT: Final = ("id", "text", "url", "outlet", "title", "published", "author", "lang")
_ABOUT: Final = ("url", "outlet", "title", "published", "author")  # what is said about a document, by whoever adds it


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What `put` did with a document, and the id that the case holds it under.

    `added`: it is new. `second-version`: it is new, but its id stood for another text: it has an id of its own.
    `known`: nothing was added. `analysed-anew`: it was known, and another run's findings took the place of the old.
    """

    id: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run that wrote to the case, and when it first did (ISO 8601, UTC)."""

    id: str
    run: Run
    made_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How much a case holds."""

    documents: int
    outlets: int
    statements: int
    refusals: int


class Case(File):
    """A case file (`File`), with the documents and statements that it holds. Close it, or use it in a `with`."""

    def put(
        self, document: Document, statements: Iterable[Statement], run: Run, *, refusals: Iterable[Refusal] = ()
    ) -> Put:
        """Stores a document with everything that `run` found in it, in one transaction. `add` of `stemmata.Case` does
        it with what it finds; of findings of your own, `run` says what made them: Run(version="2", weights="none",
        settings={"by": "hand"}), of stemmata.model, any words that tell them from those of others.

        The same document again adds nothing but where it was found this time, and what was not known about it: its
        outlet, its time. What is `at_odds` with what is known is not taken over. From another run, its findings take
        the place of the old ones. An id that stands for another text already is kept too, as a second version.
        """
        found = {statement.id: statement for statement in statements}  # the same characters are one statement
        for statement in found.values():
            _check(statement, document)
        with self.transaction():
            self.put_run(run)
            id, analysed_by = self._place(document)
            outcome: Outcome
            if analysed_by is None:
                outcome = "added" if id == document.id else "second-version"
            else:
                outcome = "known" if analysed_by == run.id and not self._adds_to(id, document) else "analysed-anew"
            if outcome != "known":
                self._remove_findings(id)
                over = analysed_by != run.id or self._read_before(id, document)
                said = dict.fromkeys(_ABOUT) if self._odds(id, document) else {}
                self._put_document(replace(document, id=id, **said), run, over=over)  # type: ignore[arg-type]
                self._put_findings(document.credits, _moved(found.values(), id), run, id=id)
            self._put_evidence(id, document.evidence)
            for refusal in refusals:
                self.note_refusal(refusal, run, document=id)
        return Put(id=id, outcome=outcome)

    def known(self, document: Document, run: Run) -> bool:
        """Whether `run` has put this very document, with all that is said about it: it need not be analysed again."""
        id, analysed_by = self._place(document)
        return analysed_by == run.id and not self._adds_to(id, document)

    def at_odds(self, document: Document) -> Refusal | None:
        """What is to be told of a document before it is put: that the case holds it from another outlet or time, which
        stays, or is mended where it was read there; or that its text stands there by itself, where neither was known,
        and is another document."""
        id, analysed_by = self._place(document)
        odds = self._differing(id, document) if analysed_by is not None else None
        # the ids that it may have where it was given none; that of a saved page that tells its address is of its text
        made = document_id(document.text, url=document.url), _id_of_text(document)
        if odds and self._read_before(id, document):
            reason = f"known already as {id} ({odds[0]}), which is {odds[1]} from now on"
        elif odds:
            reason = f"known already as {id} ({odds[0]}), which stays; this says {odds[1]}"
        elif analysed_by is None and id in made and (bare := self._bare(document)):
            reason = f"its text is in the case as {bare} too, without outlet and time: they are two documents"
        else:
            return None
        return Refusal(location=document.where, step="case", reason=reason, kept=True)

    def other_version(self, document: Document) -> Refusal | None:
        """What is to be told of a document whose address and outlet another document of the case has: that they are one
        article's versions, for phones or for print, or of different times. Each is compared like any other."""
        if not document.url or not document.outlet:
            return None
        id, _ = self._place(document)
        address = _bare_address(document.url)
        host, _, path = address.partition("?")[0].partition("/")
        sql = """SELECT id, url FROM documents WHERE outlet = ? AND id != ? AND instr(url, ?) AND instr(url, ?)
            ORDER BY key"""  # parsing every address of the outlet would cost more than analysing the article
        rows = self.rows(sql, [document.outlet, id, host, path.rpartition("/")[2]])
        other = next((of for of, url in rows if _bare_address(url) == address), None)
        if other is None:
            return None
        reason = f"a version of the article that the case has as {other}: both say that they stand at {address}"
        return Refusal(location=document.where, step="case", reason=reason, kept=True)

    def put_evidence(self, document: Document) -> None:
        """Notes one more place where a document that the case holds was found. A place that is known adds nothing."""
        id, analysed_by = self._place(document)
        if analysed_by is None:
            raise StemmataError(f"no document {document.id!r} with this text in {self.path.name}: put it first")
        places = [(place.location, place.sha256) for place in self.evidence(id)]
        if document.evidence and (document.evidence.location, document.evidence.sha256) not in places:
            with self.transaction():
                self._put_evidence(id, document.evidence)

    def put_refusal(self, refusal: Refusal, run: Run) -> None:
        """Keeps what was not done. The same again adds nothing."""
        with self.transaction():
            self.put_run(run)
            self.note_refusal(refusal, run, document=None)

    def _place(self, document: Document) -> tuple[str, str | None]:
        """The id that the case holds `document` under, or would, and the id of the run that analysed it, if any."""
        id = document.id
        if id == _id_of_text(document):
            id = self._seen_as(document) or id
        while held := next(self.rows("SELECT text, run FROM documents WHERE id = ?", [id]), None):
            if held[0] == document.text:
                return id, held[1]
            id = f"{id}@{content_id('text', document.text)[:8]}"
        return id, None

    def _adds_to(self, id: str, document: Document) -> bool:
        """Whether `document` says something about itself that the case does not know of it yet."""
        if self._odds(id, document):
            return False  # it tells of another's title and author
        anew = self._read_before(id, document)
        known = next(self.rows(f"SELECT {', '.join(_ABOUT)} FROM documents WHERE id = ?", [id]))
        said = [getattr(document, name) for name in _ABOUT]
        return any(new and (old is None or (anew and old != new)) for new, old in zip(said, known, strict=True))

    def _seen_as(self, document: Document) -> str | None:
        """The id of this very document where its outlet or time was another when it got that id: read in the same
        place, or known by now as what it is said to be. Text, outlet and time make an id, so another would be made."""
        if self.value("SELECT 1 FROM documents WHERE id = ? AND text = ?", [document.id, document.text]):
            return None
        made = "text = ? AND length(documents.id) = 16 AND documents.id NOT GLOB '*[^0-9a-f]*'"
        seen: list[tuple[str, str | None]] = []
        if document.outlet or document.published:
            sql = f"SELECT id, url FROM documents WHERE outlet IS ? AND published IS ? AND {made} ORDER BY key"
            seen += self.rows(sql, [document.outlet, document.published, document.text])
        if (at := document.evidence) and not _is_piped(at.location):
            # A table may hold one text twice: its row is known by its bytes, or by an outlet that it names.
            sql = f"""SELECT documents.id, url FROM evidence JOIN documents ON documents.id = evidence.document
                WHERE location = ? AND {made} AND (sha256 = ? OR outlet = ? OR instr(location, '#') = 0)
                ORDER BY documents.key"""
            seen += self.rows(sql, [at.location, document.text, at.sha256, document.outlet])
        return next((id for id, url in seen if not url or id != content_id("url", url)), None)

    def _bare(self, document: Document) -> str | None:
        """The id of a document with the same text of which neither outlet nor time is known."""
        sql = "SELECT id FROM documents WHERE id = ? AND text = ? AND outlet IS NULL AND published IS NULL"
        bare: str | None = self.value(sql, [content_id("text", document.text), document.text])
        return bare

    def _odds(self, id: str, document: Document) -> tuple[str, str] | None:
        """What of `_differing` stays as it is: the place that it was first read from may be mended."""
        return None if self._read_before(id, document) else self._differing(id, document)

    def _differing(self, id: str, document: Document) -> tuple[str, str] | None:
        """The outlet and time that the case knows of `id`, and others that `document` says."""
        known = next(iter(self.rows("SELECT outlet, published FROM documents WHERE id = ?", [id])), (None, None))
        said = (document.outlet, document.published)
        if not any(old and new and old != new for old, new in zip(known, said, strict=True)):
            return None
        told, tells = (", ".join(part for part in parts if part) for parts in (known, said))
        return told, tells

    def _read_before(self, id: str, document: Document) -> bool:
        where = document.evidence.location if document.evidence else "-"
        return not _is_piped(where) and bool(
            self.value(f"SELECT {LOCATION} = ? FROM documents WHERE id = ?", [where, id])
        )

    def put_run(self, run: Run) -> None:
        """Notes what made findings, before they are stored; inside a transaction. The same again adds nothing."""
        settings = json.dumps(run.settings, sort_keys=True)
        self.connection.execute(
            "INSERT INTO runs (id, version, weights, settings, made_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (run.id, run.version, run.weights, settings, datetime.now(UTC).isoformat(timespec="seconds")),
        )

    def _put_document(self, document: Document, run: Run, *, over: bool) -> None:
        """`over`: what it says about itself takes the place of what was known. What it does not say is never lost."""
        first, then = (":{0}", "documents.{0}") if over else ("documents.{0}", ":{0}")
        kept = {field: f"coalesce({first}, {then})".format(field) for field in _ABOUT}
        described = ", ".join(
            f"{f} = {kept.get(f, f':{f}')}" for f in (*_OF_DOCUMENT[2:], "run")
        )  # all but id and text
        self.connection.execute(
            f"INSERT INTO documents ({', '.join(_OF_DOCUMENT)}, run) VALUES (:{', :'.join(_OF_DOCUMENT)}, :run)"
            f" ON CONFLICT (id) DO UPDATE SET {described}",
            {field: getattr(document, field) for field in _OF_DOCUMENT} | {"run": run.id},
        )

    def _remove_findings(self, document: str) -> None:
        """What one run found in one document, and every change and dispute that rests on it."""
        for table in ("figures", "statements", "credits", "refusals"):
            self.connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))

    def _put_findings(self, credits: Iterable[Credit], statements: Iterable[Statement], run: Run, *, id: str) -> None:
        self.connection.executemany(
            'INSERT INTO credits (document, name, "start", "end", run) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
            [(id, credit.name, credit.span.start, credit.span.end, run.id) for credit in credits],
        )
        self.put_statements(statements, run)

    def put_statements(self, statements: Iterable[Statement], run: Run) -> None:
        """Stores statements that `run` found in documents of the case; inside a transaction. `put` does it with their
        document, and checks that they lie in its text: here that is up to you."""
        self.connection.executemany(
            f"INSERT INTO statements ({', '.join(FIELDS)},"
            ' own_sourcing, source_start, source_end, cue_start, cue_end, content, acts, "start", run)'
            f" VALUES (:{', :'.join(FIELDS)},"
            " :sourcing, :source_start, :source_end, :cue_start, :cue_end, :content, :acts, :start, :run)",
            [
                {field: getattr(statement, field) for field in FIELDS} | placed(statement) | {"run": run.id}
                for statement in statements
            ],
        )

    def _put_evidence(self, document: str, evidence: Evidence | None) -> None:
        if evidence is None:
            return
        self.connection.execute(
            "INSERT INTO evidence (document, sha256, location, read_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (document, evidence.sha256, evidence.location, evidence.read_at),
        )
        if not _is_piped(evidence.location):
            # What was refused at this place once has been read now.
            self.connection.execute("DELETE FROM refusals WHERE location = ? AND NOT kept", (evidence.location,))

    def note_refusal(self, refusal: Refusal, run: Run, *, document: str | None) -> None:
        """Keeps what was not done with a document of the case, or with none; inside a transaction of yours."""
        self.connection.execute(
            "INSERT INTO refusals (location, step, reason, kept, document, run) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET document = excluded.document, run = excluded.run",
            (refusal.location, refusal.step, refusal.reason, refusal.kept, document, run.id),
        )

    # Reading

    def documents(
        self,
        *,
        outlet: str | None = None,
        search: str | None = None,
        among: Collection[str] | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        limit: int | None = None,
    ) -> Iterator[Document]:
        """The documents, oldest first: of outlets with `outlet` in the name, with the words of `search` in them,
        published from `since` to `until`.

        `search` takes words, all of which have to be there, and "quoted phrases". Case and accents do not matter.
        `among` are ids, any number of them; one that no document has is passed over. `since` and `until` are a year, a
        month, a day or a time ("2033-10-10T13:45", in UTC), or a date or datetime, both included to their end; what has
        no date passes neither.
        """
        self.check_open()
        check_limit(limit)
        asked = Filters()
        asked.outlet(outlet)
        asked.published(since, until)
        asked.among(among)
        asked.words("documents", search)
        return islice(self._documents(asked), limit)

    def document(self, id: str) -> Document:
        """The document whose id is `id`, or alone begins with it."""
        asked = Filters()
        asked.add("documents.id = ?", self._document_id(id))
        return next(self._documents(asked))

    def evidence(self, document: str) -> tuple[Evidence, ...]:
        """Every place that a document was read from, the first one first."""
        rows = self.rows("SELECT sha256, location, read_at FROM evidence WHERE document = ? ORDER BY rowid", [document])
        return tuple(Evidence(sha256=sha256, location=location, read_at=read_at) for sha256, location, read_at in rows)

    def statements(
        self,
        *,
        speaker: str | None = None,
        outlet: str | None = None,
        act: str | None = None,
        sourcing: str | None = None,
        search: str | None = None,
        document: str | None = None,
        among: Collection[str] | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        min_confidence: float | None = None,
        min_act_probability: float | None = None,
        limit: int | None = None,
    ) -> Iterator[Entry]:
        """The statements that pass every filter, in the order of their documents, oldest first, and of the text.

        `speaker` and `outlet` are parts of names, case aside; a speaker is sought in the source as written and in the
        actor's name. `search` is as for documents, over contents. `document` is an id, or the beginning of one; `among`
        are ids of documents, any number of them; `since` and `until` are as for documents. What is less sure than
        `min_confidence`, a probability, is left out, and what has an act that is less likely than
        `min_act_probability`; `limit` is how many at most.
        """
        self.check_open()
        check_limit(limit)
        asked = Filters()
        asked.outlet(outlet)
        asked.published(since, until)
        asked.label("act", act)
        asked.label("sourcing", sourcing)
        asked.words("statements", search)
        if document is not None:
            asked.add("documents.id = ?", self._document_id(document))
        asked.among(among)
        for name, column, least in (
            ("min_confidence", "confidence", min_confidence),
            ("min_act_probability", "act_probability", min_act_probability),
        ):
            if least is not None:
                check_probability(name, least)
                asked.add(f"statements.{column} >= ?", float(least))
        # A search finds few, and sorts them. Else the documents go first, as their index gives the order: however many
        # rows there are, none is kept in memory.
        entries = self._entries("JOIN" if search is not None else "CROSS JOIN", asked)
        if speaker is not None:
            part = speaker.casefold()
            entries = (e for e in entries if any(part in name.casefold() for name in (e.source, e.actor) if name))
        return islice(entries, limit)

    def entry(self, id: str) -> Entry:
        """The statement of that id, with its words."""
        found = next(self.entries([id]), None)
        if found is None:
            raise StemmataError(f"no statement {id!r} in {self.path.name}")
        return found

    def entries(self, ids: Iterable[str]) -> Iterator[Entry]:
        """The statements of those ids, oldest first; an id that no statement has is passed over."""
        asked = Filters()
        asked.add("statements.id IN (SELECT value FROM json_each(?))", json.dumps(list(ids)))
        return self._entries("JOIN", asked)

    def refusals(self) -> Iterator[Refusal]:
        """What was not done, where, and why, in the order in which it was met."""
        for location, step, reason, kept in self.rows("SELECT location, step, reason, kept FROM refusals ORDER BY key"):
            yield Refusal(location=location, step=step, reason=reason, kept=bool(kept))

    def runs(self) -> Iterator[PastRun]:
        """What made the findings, the first one first."""
        sql = "SELECT id, version, weights, settings, made_at FROM runs ORDER BY made_at, rowid"
        for id, version, weights, settings, made_at in self.rows(sql):
            run = Run(version=version, weights=weights, settings=json.loads(settings))
            yield PastRun(id=id, run=run, made_at=made_at)

    def summary(self) -> Summary:
        """How many documents, outlets, statements and refusals the case holds."""
        return Summary(
            documents=self.value("SELECT count(*) FROM documents"),
            outlets=self.value("SELECT count(DISTINCT outlet) FROM documents"),
            statements=self.value("SELECT count(*) FROM statements"),
            refusals=self.value("SELECT count(*) FROM refusals"),
        )

    def _documents(self, asked: Filters) -> Iterator[Document]:
        sql = f"SELECT {', '.join(_OF_DOCUMENT)} FROM documents {asked.sql} ORDER BY {DOCUMENT_ORDER}"
        for row in self.rows(sql, asked.values):
            fields = dict(zip(_OF_DOCUMENT, row, strict=True))
            credits = self.rows('SELECT name, "start", "end" FROM credits WHERE document = ? ORDER BY rowid', row[:1])
            yield Document(
                **fields,
                credits=tuple(Credit(name=name, span=Span(start, end)) for name, start, end in credits),
                evidence=next(iter(self.evidence(fields["id"])), None),
            )

    def _entries(self, join: str, asked: Filters) -> Iterator[Entry]:
        sql = f"""
            SELECT {STATEMENT}, statements.run, outlet, title, published, actors.name, {SURENESS},
                iif(own.decided, 'analyst', how), own.decided OR (likely IS NULL AND figures.key LIKE 'described@%')
            FROM documents
            {join} statements ON statements.document = documents.id
            LEFT JOIN actors ON actors.id = statements.actor
            LEFT JOIN figure_links ON figure_links.statement = statements.id
            LEFT JOIN {JOINED}
            {asked.sql}
            ORDER BY {STATEMENT_ORDER}"""
        document, text, location = None, "", None
        for row in self.rows(sql, asked.values):
            run, outlet, title, published, actor, probability, how, settled = row[-8:]
            guess = actor is not None and probability is not None and probability < HALF and not settled
            statement = statement_of(row)
            if statement.document != document:
                # The statements of a document come together, so its text is read once, not with each of them.
                document = statement.document
                text = self.value("SELECT text FROM documents WHERE id = ?", [document])
                sql = f"SELECT {LOCATION} FROM documents WHERE id = ?"
                location = None if outlet or title else self.value(sql, [document])
            yield Entry(
                statement=statement,
                source=statement.source.of(text) if statement.source else None,
                cue=statement.cue.of(text) if statement.cue else None,
                content=tuple(part.of(text) for part in statement.content),
                outlet=outlet,
                title=title,
                published=published,
                actor=actor,
                run=run,
                actor_probability=None if actor is None else probability,
                actor_how=None if actor is None else how,
                chance=probability if guess else None,
                location=location,
            )

    def _document_id(self, given: str) -> str:
        """The id that `given` is, or is the only beginning of."""
        if self.value("SELECT 1 FROM documents WHERE id = ?", [given]):
            return given
        sql = "SELECT id FROM documents WHERE id >= ? AND id < ? ORDER BY id LIMIT 6"
        ids = [id for (id,) in self.rows(sql, (given, f"{given}\U0010ffff"))]
        if len(ids) == 1 and given:
            return str(ids[0])
        if given and ids:
            more = ", ..." if len(ids) == 6 else ""
            raise StemmataError(f"{given!r} is the beginning of several ids: {', '.join(ids[:5])}{more}")
        # The ids on either side in the alphabet: enough for a slip at the end, in constant time in a case of any size.
        around = [
            *self.rows("SELECT id FROM documents WHERE id < ? ORDER BY id DESC LIMIT 100", [given]),
            *self.rows("SELECT id FROM documents WHERE id > ? ORDER BY id LIMIT 100", [given]),
        ]
        near = get_close_matches(given, [id for (id,) in around], n=5)
        hint = f"; near it are {', '.join(near)}" if near else ""
        raise StemmataError(f"no document {given!r} in {self.path.name}{hint}")


def _is_piped(location: str) -> bool:
    """What is piped in is another thing each time."""
    return location.startswith("-")


def _bare_address(url: str) -> str:
    """An address without what asks for a page's form, for print or for phones, or tells who sent the reader."""
    try:
        parts = urlsplit(url)
    except ValueError:  # half an address of IPv6
        return url
    host = re.sub(r"^(?:www|amp|m|mobile)\.", "", parts.netloc.casefold())
    path = re.sub(r"(?:/(?:amp|print))?/?$", "", re.sub(r"^/amp(?=/)", "", parts.path))
    asked = [pair for pair in parse_qsl(parts.query) if not _FORM.fullmatch(pair[0])]
    return f"{host}{path}" + (f"?{urlencode(asked)}" if asked else "")


def _id_of_text(document: Document) -> str:
    return document_id(document.text, outlet=document.outlet, published=document.published)


def _check(statement: Statement, document: Document) -> None:
    """What points outside its document is a fault of the step that made it, never to be stored."""
    if statement.document != document.id:
        raise ValueError(f"statement {statement.id} is of document {statement.document}, not of {document.id}")
    if not statement.content or not all(0 <= span.start < span.end <= len(document.text) for span in statement.spans):
        raise ValueError(f"statement {statement.id} does not lie in the text of document {document.id}")


def _moved(statements: Collection[Statement], document: str) -> list[Statement]:
    """The same statements, of a document that is stored under `document`: their ids are made from its id."""
    ids = {
        s.id: s.id
        if s.document == document
        else statement_id(document=document, source=s.source, cue=s.cue, content=s.content)
        for s in statements
    }
    # The statement around one may have been left out, as too uncertain: it is then inside none.
    return [replace(s, id=ids[s.id], document=document, inside=ids.get(s.inside or "")) for s in statements]
