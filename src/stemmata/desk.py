"""The analyst's desk: what `import stemmata` offers. One article (`analyze`), two (`compare`), or a case (`Case`)."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, wraps
from inspect import signature
from itertools import chain, repeat
from numbers import Integral, Real
from pathlib import Path
from re import fullmatch
from types import SimpleNamespace, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    Generic,
    Literal,
    ParamSpec,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from stemmata import case as case_file
from stemmata import flow, growth, read
from stemmata.case import Put, actors, disputes, identities, judgements, lineage, renewed, subjects, taken
from stemmata.case.actors import Profile, Speaker
from stemmata.case.disputes import ShownDispute
from stemmata.case.lineage import ShownLeftOver
from stemmata.case.verdicts import decisions
from stemmata.comparison import Comparison, comparison, told_apart
from stemmata.encode import Encoder, one_blas_thread, processors
from stemmata.flow import Analysis, Settings
from stemmata.growth.plain import bare
from stemmata.model import (
    Bloc,
    Document,
    Family,
    Judgement,
    JudgementKind,
    Position,
    Prediction,
    Refusal,
    Relation,
    Statement,
    StemmataError,
    check_probability,
    missing,
)
from stemmata.read.credit import credits
from stemmata.wordings import ShownChange, counted

if TYPE_CHECKING:
    import networkx
    import pyarrow


T = TypeVar("T")
P = ParamSpec("P")
Row = Document | Mapping[str, Any] | Refusal  # what `add` takes beside the places of files


@cache
def encoder() -> Encoder:
    """The shipped encoder, loaded once."""
    return Encoder()


_NUMBERS: Final = {int: Integral, float: Real}  # numpy's are numbers too


def checked(verb: Callable[P, T]) -> Callable[P, T]:
    """`verb`, which before any work refuses in words what is of no type that its annotations name, and takes what is
    `missing` in a table for None where None may be given. What containers hold is not looked at."""
    told = {name: hint for name, hint in verb.__annotations__.items() if name != "return"}
    hints = get_type_hints(SimpleNamespace(__annotations__=told), verb.__globals__)
    types = {name: tuple(_types(hint)) for name, hint in hints.items()}
    kinds_of = signature(verb).parameters
    places = [name for name, p in kinds_of.items() if p.kind == p.POSITIONAL_OR_KEYWORD]
    rest = next((name for name, p in kinds_of.items() if p.kind == p.VAR_POSITIONAL), "")

    def taken(name: str, value: Any) -> Any:
        kinds = types.get(name, (object,))
        if type(None) in kinds and Real not in kinds and missing(value):
            return None
        if not isinstance(value, kinds) or (isinstance(value, bool) and not {bool, object} & {*kinds}):
            called = verb.__qualname__.removesuffix(".__init__").rpartition(".")[2]
            said = f"{called}: {name} is to be {told[name].replace(' | ', ' or ')}"
            tip = f": {called}(*{name})" if name == rest and isinstance(value, list | tuple) else ""
            tip = tip or (": read the file first" if isinstance(value, Path) else "")
            raise StemmataError(f"{said}, not {'None' if value is None else type(value).__name__}{tip}")
        return value

    @wraps(verb)
    def asked(*given: P.args, **named: P.kwargs) -> T:
        by_name = {name: taken(name, value) for name, value in named.items()}
        return verb(*map(taken, chain(places, repeat(rest)), given), **by_name)

    return asked


def _types(hint: Any) -> Iterator[type]:
    """What a value is an instance of that an annotation allows."""
    origin = get_origin(hint) or hint
    if origin in (Union, UnionType):
        yield from chain.from_iterable(map(_types, get_args(hint)))
    else:
        yield type(get_args(hint)[0]) if origin is Literal else _NUMBERS.get(origin, origin)


class _Listed(Generic[T]):
    """What is found without a case: it is iterated over, and is given as rows, as an Arrow table or as a frame."""

    _name: str  # of what is listed, and of the table whose fields its rows have

    @property
    def _found(self) -> Sequence[T]:
        found: Sequence[T] = getattr(self, self._name)
        return found

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[T]:
        return iter(self._found)

    def __getitem__(self, at: int) -> T:
        return self._found[at]

    def rows(self) -> list[dict[str, Any]]:
        """Plain rows, with the fields of the table that `export` writes: help("stemmata.export.tables") tells each."""
        raise NotImplementedError

    def table(self) -> pyarrow.Table:
        """The rows as an Arrow table."""
        from stemmata.export.tables import as_table

        return as_table(self.rows(), self._name)

    def frame(self, library: str = "pandas") -> Any:
        """The rows as a data frame of pandas or polars."""
        from stemmata.export.tables import framed

        return framed(self.table, library=library)


class Told(Analysis, _Listed[Statement]):
    """What one article tells: its `document`, whose `text` the spans of statements count the characters of; its
    `statements`, in the order of the text, which iterating gives too; and its `refusals`, what was not done, and why: a
    language that is not read, say. Shows itself in a notebook."""

    _name = "statements"

    def __repr__(self) -> str:
        d, refused = self.document, len(self.refusals)
        counts = counted(len(self), "statement") + (f", {refused} refused" if refused else "")
        return f"<Told: {counts} in {' '.join((d.title or d.text).split())[:60]!r}>"

    def rows(self) -> list[dict[str, Any]]:
        from stemmata.export.tables import told_rows

        return told_rows(self.statements, self.document)

    def _repr_html_(self) -> str:
        from stemmata.pages.marked import html

        return html(self.document, self.statements)


@checked
def analyze(
    text: str | Document,
    *,
    title: str | None = None,
    outlet: str | None = None,
    published: str | date | None = None,
    lang: str | None = None,
    broad: bool = False,
    min_confidence: float = 0.0,
) -> Told:
    """Who said what in one article: a text, or a document that `stemmata.read.documents` gave.

    `broad` also finds beliefs, intentions and feelings told of someone; statements less sure than `min_confidence`
    are left out; `lang` (ISO 639-1) is told from the text where it is not given. Text in a language other than
    English comes back without statements, and with a refusal that says so. A document has its own title, outlet, time
    and language: they are given with a text alone.
    """
    check_probability("min_confidence", min_confidence)
    settings = Settings(broad=broad, min_confidence=min_confidence)
    document = _article("analyze", text, title=title, outlet=outlet, published=published, lang=lang)
    found = flow.alone(flow.analysis(document, encoder(), settings))
    return Told(document=found.document, statements=found.statements, refusals=found.refusals)


def _article(verb: str, text: str | Document, **about: Any) -> Document:
    """What `verb` was given, a text or a document, as a document; `about` a text alone."""
    if isinstance(text, Document):
        if given := [name for name, value in about.items() if not missing(value)]:
            change = ", ".join(f"{name}={about[name]!r}" for name in given)
            raise StemmataError(
                f"a document has its own {' and '.join(given)}: dataclasses.replace(document, {change})"
            )
        fields = {name: getattr(text, name) for name in read.FIELDS}
        return read.document_from_text(**fields, evidence=text.evidence)
    if where := _place(text):
        raise StemmataError(
            f"{verb} takes the text of an article, and {text!r} is {where}: give it what "
            f"stemmata.read.documents([{text!r}]) reads, or add it to a stemmata.Case"
        )
    return read.document_from_text(text, evidence=None, **about)


class Compared(Comparison, _Listed[ShownChange]):
    """What one text did to the claims of another (`compare`). Iterating gives the changes, the gravest and surest
    first; shows itself in a notebook."""

    _name = "changes"

    def __repr__(self) -> str:
        return f"<Compared: {self.summary()}>"

    def rows(self) -> list[dict[str, Any]]:
        from stemmata.export.tables import compared_rows

        return compared_rows(self.changes)

    def _repr_html_(self) -> str:
        from stemmata.pages.marked import changes_html

        beside = [(x.kind, f"{x.words} (the parent has {x.old})" if x.old else x.words) for x in self.beside]
        return changes_html(
            [r for r, w in zip(self.changes, self.weights(), strict=True) if w != "soft"], beside, self.summary()
        )


@checked
def compare(parent: str | Document, child: str | Document) -> Compared:
    """What one text did to the claims of another, taken as made from it: a draft and its source, say. Each is a text,
    or a document that `stemmata.read.documents` gave. No case is needed.

        told = stemmata.compare(source, draft)
        for shown in told:
            print(shown.change.changes, shown.change.score, shown.before, shown.after)

    `changes` are all that both tell, what was kept too; `frame()` has them as a table. `beside` is what a language
    model left in the child, and the figures, names and statements that the parent has nowhere. `doubts()` tells why it
    may say nothing. A change counts where it is likelier than not: `weights()`.

    Raises:
        StemmataError: one of the two is no text of an article, or is in another language than English.
    """
    both = told_apart(_article("compare", parent), _article("compare", child))
    found = comparison(*(flow.analysis(d, encoder(), Settings()) for d in both))
    return Compared(parent=found.parent, child=found.child, changes=found.changes, beside=found.beside)


def _place(text: str) -> str | None:
    """What a "text" is that names the place of one: a file or an address."""
    if len(text) > 1_000 or "\n" in text or "\0" in text:
        return None
    if fullmatch(r"https?://\S+", text.strip()):
        return "an address"
    return "a file" if os.path.isfile(text) else None  # noqa: PTH113 - what is too long for a name is none


def _articles(
    source: str | os.PathLike[str] | Row | Iterable[Row], *, allow_private: bool
) -> Iterator[Document | Refusal]:
    """The articles of one thing that `add` takes."""
    if isinstance(source, Document | Refusal | Mapping):
        return read.records([source])
    for rows, *asked in (("to_dicts",), ("to_pylist",), ("to_dict", "records")):  # of polars, of Arrow, of pandas
        if hasattr(source, "columns") and hasattr(source, rows):
            return read.records(getattr(source, rows)(*asked))
    if isinstance(source, str | bytes | os.PathLike) or not isinstance(source, Iterable):
        return read.documents([source], allow_private=allow_private)
    checked_rows = map(_checked_row, source)
    return read.records(list(checked_rows) if isinstance(source, Collection) else checked_rows)


def _checked_row(given: Row) -> Row:
    if not isinstance(given, Document | Refusal | Mapping):
        raise StemmataError(
            f"add takes paths, addresses, documents, and rows or a list of these, and this holds a "
            f"{type(given).__name__}: add(*paths), or make a stemmata.Document or a dict of each row"
        )
    return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What `add` did: how many documents came to each end, how many statements, and every refusal."""

    outcomes: dict[str, int]
    statements: int
    refusals: tuple[Refusal, ...]

    @property
    def documents(self) -> int:
        return sum(self.outcomes.values())


class Case(case_file.Case):
    """A case file that can add articles. `with stemmata.Case("news.stemmata") as case: case.add("articles/")`.

    `add` makes the file where there is none, as on the command line, with the first article that is read; until then
    every question about it is refused, so that a slip in a name makes no empty case. `create`: True makes it at once,
    False refuses a name that has no file. A case is of the thread that opened it: in others open it anew.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, create: bool | None = None, busy: Callable[[str], None] | None = None
    ) -> None:
        super().__init__(path, create=create, busy=busy)

    def table(self, name: str = "statements") -> pyarrow.Table:
        """A table ("documents", "statements", ...: help("stemmata.export.tables") tells all, with their fields) as an
        Arrow table."""
        from stemmata.export import table

        return table(self, name)

    def frame(self, name: str = "statements", library: str = "pandas", *, unsure: bool = False) -> Any:
        """A table as a data frame of pandas or polars. Times are text, as their sources gave them, a day or a time:
        pandas.to_datetime(column, format="ISO8601", utc=True) reads both. `unsure`: of "disputes", with those that are
        told only when asked; `counts` tells which is which."""
        from stemmata.export import frame

        return frame(self, name, library=library, unsure=unsure)

    def export(
        self, directory: str | os.PathLike[str], *, format: str = "jsonl", force: bool = False
    ) -> dict[str, int]:
        """Writes every table to `directory` as jsonl, csv or parquet, over another's files only with `force`; tells how
        many rows each has."""
        from stemmata.export import export

        return export(self, directory, format=format, force=force)

    def _repr_html_(self) -> str:
        from html import escape

        if not self.is_made:
            return f"<b>{escape(self.path.name)}</b>: no case yet; add articles to make it"
        s = self.summary()
        documents, outlets = counted(s.documents, "document"), counted(s.outlets, "outlet")
        held = f"{documents} of {outlets}, {counted(s.statements, 'statement')}"
        return f"<b>{escape(self.path.name)}</b>: {held}"

    def add(
        self,
        *sources: str | os.PathLike[str] | Row | Iterable[Row],
        settings: Settings | None = None,
        allow_private: bool = False,
        workers: int | None = None,
        watch: Callable[[Put | Refusal], None] | None = None,
    ) -> Added:
        """Reads files, folders, globs, URLs and "-", analyses what is new, and stores each document when it is done.
        Takes documents too, data frames and mappings, and iterables of these: their columns are called, and read, as
        those of a file are. `case.add(frame[["id", "text", "published"]])`.

        Safe to repeat and to interrupt: a document is in the case whole or not at all, and what is in is not analysed
        again. What cannot be read raises nothing: `refusals` of what comes back tell it, a folder that is not there
        too. `watch` is called after each document and each refusal.
        """
        articles = [_articles(source, allow_private=allow_private) for source in sources]
        return self._take(chain.from_iterable(articles), settings or Settings(), workers=workers, watch=watch)

    def renew(
        self,
        earlier: str | os.PathLike[str],
        *,
        workers: int | None = None,
        watch: Callable[[Put | Refusal], None] | None = None,
    ) -> tuple[Added, int]:
        """Takes over the articles of a case file, of an earlier Stemmata or another desk, and what people decided
        there; gives what came in, and how many decisions. Safe to repeat and to interrupt, as `add`. Each article is
        analysed anew, but for those that this version has analysed by these weights: so cases that many machines made,
        of some of the articles each, become one.

        Decisions about actors, edges and changes hold from the next `collate` on.
        """
        path = Path(earlier)
        if path.exists() and self.path.exists() and path.samefile(self.path):
            raise StemmataError(f"{path} is the case itself: name another file, which takes it over")

        def held(stored: str, settings: Settings) -> Iterator[Document | Analysis]:
            for d, said in renewed.documents_of(path, stored, flow.run(encoder(), settings)):
                document = replace(d, credits=credits(d.text))
                yield Analysis(document=document, statements=tuple(map(bare, said))) if said else document

        every = []
        for stored in renewed.settings_of(path):
            settings = Settings(**json.loads(stored))
            every.append(self._take(held(stored, settings), settings, workers=workers, watch=watch))
        if not every:
            raise StemmataError(f"{path} holds no article: there is nothing to take over")
        outcomes = sum((Counter(a.outcomes) for a in every), Counter[str]())
        refusals = tuple(r for a in every for r in a.refusals)
        added = Added(outcomes=dict(outcomes), statements=sum(a.statements for a in every), refusals=refusals)
        return added, renewed.take_decisions(self, path)

    def _take(
        self,
        articles: Iterable[Document | Analysis | Refusal],
        settings: Settings,
        *,
        workers: int | None,
        watch: Callable[[Put | Refusal], None] | None,
    ) -> Added:
        if workers is not None and workers < 0:
            raise StemmataError(f"workers is how many articles are read at a time, 0 or more: {workers} is none")
        model = encoder()
        made_by = flow.run(model, settings)
        outcomes: Counter[str] = Counter()
        refusals: list[Refusal] = []
        early: list[Refusal] = []  # before there is a file: where nothing at all is read, none is made
        found = 0

        def ready() -> None:
            self.make()
            while early:
                self.put_refusal(early.pop(0), made_by)

        def told(event: Put | Refusal) -> None:
            if watch:
                watch(event)

        def refused(refusal: Refusal) -> None:
            if self.is_made:
                self.put_refusal(refusal, made_by)
            else:
                early.append(refusal)
            refusals.append(refusal)
            told(refusal)

        def noticed(document: Document) -> None:
            for remark in (self.at_odds(document), self.other_version(document)):
                if remark:
                    refused(remark)

        def new() -> Iterator[Document | Analysis]:
            for item in articles:
                if isinstance(item, Refusal):
                    refused(item)
                    continue
                ready()
                document = item.document if isinstance(item, Analysis) else item
                if self.known(document, made_by):
                    noticed(document)
                    self.put_evidence(document)
                    outcomes["known"] += 1
                    told(Put(id=document.id, outcome="known"))
                else:
                    yield item

        workers = workers or min(4, processors())
        for done in flow.analyses(new(), model, settings, workers=workers):
            noticed(done.document)
            put = self.put(done.document, done.statements, made_by, refusals=done.refusals)
            outcomes[put.outcome] += 1
            if put.outcome != "known":
                found += len(done.statements)
                refusals.extend(done.refusals)
            told(put)
            for refusal in done.refusals:
                told(refusal)
        return Added(outcomes=dict(outcomes), statements=found, refusals=tuple(refusals))

    def collate(
        self, *, window_days: float | None = None, watch: Callable[[int, int], None] | None = None
    ) -> growth.Grown:
        """Finds who speaks, which versions come from one text, and what each changed, of the documents that came in.

        Safe to repeat and to interrupt, and in memory that does not grow with the case: what came in is compared with
        its candidates alone, and what it does not touch is left. What is done is kept some ten seconds of work at a
        time; the result is that of collating all at once. What a fault of ours kept from it is in `refusals` of what
        comes back, and each later call tries it once more.
        `window_days`: documents further apart are not compared (0: all are; None: as before). Who disputes whom is
        found with it in a case of up to 2,000 documents, anew where anything came in or was decided that may make it
        another; in a larger one `find_disputes` does it.
        """
        with one_blas_thread():
            grown = growth.grow(self, window_days=window_days, watch=watch)
            if not (disputes.settled(self) and disputes.heeded(self)):
                growth.disputed(self, flow.run(encoder(), Settings()))
        return grown

    def find_disputes(self) -> int:
        """Finds who disputes whom over the whole case, however large; gives how many disputes were found."""
        with one_blas_thread():
            return growth.disputed(self, flow.run(encoder(), Settings()), most=None) or 0

    def disputes(self, *, unsure: bool = False) -> list[ShownDispute]:
        """Who denies, contradicts, corrects or rejects what, with the words of both sides, the surest first; `unsure`:
        with those that are less sure, of which one in three is right."""
        return disputes.shown_disputes(self, disputes.disputes(self, unsure=unsure))

    def positions(self, actor: str | None = None) -> tuple[Position, ...]:
        """What the actors of the case hold, deny, demand, promise, threaten and predict, and whom they accuse; of one
        alone, `actor`: its id, name or alias, as `actor()` takes it (an unknown one is refused). What a change put
        there (another number, a "not") has a row of its own behind what was taken first, with that change
        (`departure`)."""
        one = None if actor is None else [actors.speaker(self, actor).actor.id]
        return tuple(taken.positions(self, decisions(self), one))

    def predictions(self) -> tuple[Prediction, ...]:
        """Predictions, promises and threats with the dates that they name, the soonest due first: once for each speaker
        and claim, and what a change made of it by itself, with that change (`departure`)."""
        return taken.predictions(self, decisions(self))

    def sides(self) -> tuple[Bloc, ...]:
        """Blocs of actors: the sides that people set, and a proposal for the rest."""
        from stemmata.dispute.sides import sides

        decided = decisions(self)
        made, standing = disputes.made(self, decided), disputes.standing_disputes(self, decided)
        return sides(made, standing, disputes.given_sides(self))

    def network(self) -> str:
        """The network of actors and claims as GEXF, for Gephi: who makes a claim, and who disputes it, how often, when
        and how surely, copies counted once; without the statements and disputes that a person rejected."""
        from stemmata.case.departures import turned
        from stemmata.export.gexf import gexf

        decided = decisions(self)
        ledger = disputes.each_in_a_claim(self, disputes.ledger(self, decided))
        return gexf(
            ledger.actors,
            ledger.claims,
            ledger.statements,
            disputes.standing_disputes(self, decided),
            documents=self.documents(),
            families=lineage.families(self),
            sides=disputes.given_sides(self),
            confirmed={x for k in ("statement", "dispute") for x, said in decided.of(k).items() if said == "confirmed"},
            turned=turned(self, decided, [s.id for s in ledger.statements]),
        )

    def remove(self, *documents: str, who: str, why: str) -> None:
        """Takes documents out (their ids), with all that was found in them; their families are drawn anew. It stands in
        the log, and `undo` does not take it back: the article has to be added again. What was decided about them stays
        the log too, and holds again if they come back."""
        if not documents:
            raise StemmataError("which document? remove takes their ids")
        growth.remove(self, documents, logged=[judgements.removal(self, d, who=who, why=why) for d in documents])

    def actors(self) -> list[Speaker]:
        """Who speaks in the case, those who speak most first. `collate` first."""
        return actors.speakers(self)

    def actor(self, given: str) -> Profile:
        """The actor of that id, name or alias, or whose id, name or alias alone begins so: with its offices (`roles`),
        why its names are one (`reasons`), and how surely each of its statements is its own (`links`)."""
        return actors.profile(self, given)

    # What these say is logged, holds at once, and is kept for good
    merge = identities.merge
    split = identities.split
    rename = identities.rename
    set_side = identities.set_side

    def undo(self, id: str | None = None, *, who: str) -> Judgement:
        """Takes back a judgement, the latest that stands unless `id` names another; that a document was removed is
        refused."""
        return growth.undo(self, id, who=who)[0]

    families = lineage.families

    def changes(self, family: str | Family) -> list[ShownChange]:
        """What the versions of a family changed, the gravest first."""
        return lineage.changes(
            self, decisions(self), lineage.family(self, family) if isinstance(family, str) else family
        )

    def leftovers(self) -> list[ShownLeftOver]:
        """Text that a language model left in documents: evidence about the document, never a verdict on an outlet."""
        return list(lineage.leftovers(self))

    def graph(self, family: str | Family | None = None) -> networkx.DiGraph[str]:
        """The stemma of a family, or those of the whole case, as a networkx graph (fields: export/graph.py)."""
        from stemmata.export.graph import graph

        one = lineage.family(self, family) if isinstance(family, str) else family
        return graph(self, decisions(self), lineage.families(self) if one is None else [one])

    def judge(
        self,
        kind: JudgementKind,
        *named: str,
        who: str,
        why: str = "",
        text: str | None = None,
        relation: Relation | None = None,
    ) -> Judgement:
        """Confirms or rejects what was found, or notes `text` beside it: `case.judge("reject", "edge", "a", "b",
        who="Ida", why="read both")`. Logged, and kept for good; only a note needs no reason. `named` is "edge", PARENT,
        CHILD; "dispute", BY, OF; or "change", "statement", "claim" or "document" with its id: ids, or the beginning of
        one that fits no other.

        To confirm an edge that was not found sets it: the tree of the child is drawn by it, and its changes found, at
        once in a small family and else by `collate`; so it is where an edge is rejected, or that is taken back. To
        confirm a dispute that was not found makes it one; `relation` is what you say it is."""
        about = subjects.named(self, named, anew=kind == "confirm")
        return growth.decide(self, kind, about, who=who, why=why, note=text or "", relation=relation)[0]


for _name in ("document", "documents", "statements", "__init__", *(n for n in vars(Case) if n[0] != "_")):
    setattr(Case, _name, checked(getattr(Case, _name)))


__all__ = ["Added", "Case", "Told", "analyze", "encoder"]
