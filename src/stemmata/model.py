"""The types and the label sets: what every step takes and gives. Imports nothing of ours.

Offsets count Unicode code points of a document's `text`, start included, end excluded. Everything here is immutable;
a step that knows more gives back `dataclasses.replace(statement, actor=...)`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from numbers import Real
from typing import Any, Literal, get_args

Mode = Literal["direct", "indirect", "mixed"]
Sourcing = Literal["named-person", "named-organisation", "document", "anonymous", "unnamed-group", "outlet"]
Act = Literal[
    "assert", "deny", "accuse", "warn", "threaten", "urge", "promise", "propose", "predict", "praise", "criticise"
]
ActorKind = Literal["person", "organisation", "government", "document", "group", "anonymous"]
ChangeLabel = Literal[
    "verbatim",
    "paraphrased",
    "attribution-dropped",
    "attribution-vague",
    "attribution-shifted",
    "quote-altered",
    "quote-fabricated",
    "strengthened",
    "weakened",
    "number-changed",
    "negated",
    "omitted",
    "added",
    "credit-dropped",
]
How = Literal["name", "short-name", "title", "pronoun", "capital", "document", "description", "analyst"]
JudgementKind = Literal["merge", "split", "rename", "set-side", "confirm", "reject", "note", "remove"]
SubjectKind = Literal["statement", "document", "actor", "claim", "edge", "change", "dispute"]
Relation = Literal["denies", "contradicts", "corrects", "rejects"]
Stance = Literal[
    "holds", "denies", "rejects", "withdraws", "demands", "proposes", "promises", "threatens", "predicts", "accuses"
]
Extra = Literal["left-over", "new-figure", "new-name", "unpaired"]  # what stands beside changes: comparison.Beside

MODES: tuple[Mode, ...] = get_args(Mode)
SOURCINGS: tuple[Sourcing, ...] = get_args(Sourcing)
ATTRIBUTED: tuple[Sourcing, ...] = tuple(s for s in SOURCINGS if s != "outlet")  # of what has a source
NAMED: tuple[Sourcing, ...] = ("named-person", "named-organisation", "document")
UNNAMED: tuple[Sourcing, ...] = ("anonymous", "unnamed-group")
ACTS: tuple[Act, ...] = get_args(Act)
CHANGE_LABELS: tuple[ChangeLabel, ...] = get_args(ChangeLabel)
EXTRAS: tuple[Extra, ...] = get_args(Extra)
RELATIONS: tuple[Relation, ...] = get_args(Relation)
STANCES: tuple[Stance, ...] = get_args(Stance)


class StemmataError(Exception):
    """A caller's mistake: the message says in one line what was wrong, where, and what to do."""


class MisusedError(StemmataError):
    """What was asked is nothing to ask, whatever there is to ask it of: on the command line exit 2."""


def content_id(*parts: str) -> str:
    """Sixteen hex digits of SHA-256 over `parts`: the same content has the same id everywhere."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def document_id(text: str, *, url: str | None = None, outlet: str | None = None, published: str | None = None) -> str:
    """The id of an article that was given none: of its URL, else of its text as this outlet published it at this time.

    A word-for-word copy by another outlet is a document of its own, whichever comes first.
    """
    if url:
        return content_id("url", url)
    return content_id("text", text, outlet or "", published or "") if outlet or published else content_id("text", text)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters `text[start:end]` of a document."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two have a character in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An outlet that a document names as where it got the story ("as reported by X")."""

    name: str
    span: Span  # of the whole credit line, in the document's text


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the bytes of a document came from, so that a reading can be defended."""

    sha256: str  # of the bytes as read: the whole file, or the line of a .jsonl or row of a .csv
    location: str  # path, URL or "-"; with "#LINE" for a line of a table of articles
    read_at: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as one outlet published it.

    `text` is as read, but for line ends (LF) and Unicode NFC; every span of a finding counts its characters. `id` is
    what it is known by: yours, or made of its address, or of text, outlet and time (`stemmata.read.document_from_text`
    makes one). `url`, `outlet`, `title` and `author` are as its page or table gave them; `published` is ISO 8601, a day
    or a time, in UTC ("Z") where it has an offset; `lang` is ISO 639-1, None where the text is too short to tell.
    `credits` are the outlets that it names as where it got the story, `evidence` is the file or address that it was
    read from.
    """

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    author: str | None = None
    lang: str | None = None
    credits: tuple[Credit, ...] = ()
    evidence: Evidence | None = None

    @property
    def where(self) -> str:
        """What a refusal names it by: where it was read from, or else its id."""
        return self.evidence.location if self.evidence else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One attribution: a source, a cue and a content, which may be in several parts.

    `actor` and `claim` are ids that later steps fill. `inside` is the id of the statement whose content reports this
    one. `confidence` is the calibrated probability that source and content are right (weights/CARD.md), and
    `act_probability` that of its act. `acts` is the chance of each act by the words of its article alone, in the order
    of ACTS; once its claim is known, `act` goes by all that tell it the same way round (acts.agreed).
    """

    id: str
    document: str
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    mode: Mode
    act: Act
    sourcing: Sourcing
    confidence: float
    act_probability: float = 1.0
    acts: tuple[float, ...] = ()
    inside: str | None = None
    actor: str | None = None
    claim: str | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its source and its cue, where it has them, and the parts of its content."""
        return tuple(x for x in (self.source, self.cue, *self.content) if x)


def check_probability(name: str, given: object) -> None:
    """Raises an error unless `given` is a probability. The message calls it `name`."""
    if isinstance(given, bool) or not isinstance(given, Real) or not 0 <= float(given) <= 1:
        raise StemmataError(f"{name} is a probability, from 0 to 1: {given!r} is none")


def missing(given: object) -> bool:
    """Whether it says that something is not given: None, and what stands for it in tables (NaN, NaT, pandas.NA)."""
    try:
        return given is None or bool(given != given)
    except TypeError:  # of pandas.NA nobody knows
        return True
    except ValueError:  # an array
        return False


def statement_id(*, document: str, source: Span | None, cue: Span | None, content: tuple[Span, ...]) -> str:
    """The id of a statement: from its document and its characters, so that finding it again adds nothing."""
    spans = [f"{s.start}:{s.end}" if s else "" for s in (source, cue, *content)]
    return content_id("statement", document, *spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person or body behind sources, one across all documents."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLink:
    """A statement's source stands for an actor: how that is known, how sure it is, and the words that it rests on.

    `how`: by its `name`, a `short-name`, a `title` or description of it, a `pronoun`, a `capital` for its government,
    a `document` that it issued; a `description` stands for itself; or the `analyst` said so.
    """

    statement: str
    actor: str
    how: How
    probability: float
    rests_on: Span | None = None  # the nearest mention by name in the same document
    local: bool = False  # the source alone names nobody that other documents could mean too


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The words of a document that give an actor an office or an affiliation ("NATO Secretary General")."""

    actor: str
    document: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided, for good: it holds when everything else is computed anew.

    About actors, targets are keys of figures (resolve.Figure), not ids of actors; "KEY|DOCUMENT" means one document's
    alone, "parted@DOCUMENT:STATEMENT" one statement's, whomever it is taken for. `merge`: all targets are one. `split`:
    the targets are another than the rest of their actor, called `value` where that is given. `rename` and `set-side`
    give `value` to the actor of the targets.

    About anything that was found, the one target is a subject (`subject`): `confirm` and `reject` it, or `note` the
    words of `value` beside it. `remove` took a document out of the case, which `value` says: it stands beside the
    document if that comes back, and nothing takes it back.
    """

    kind: JudgementKind
    targets: tuple[str, ...]
    value: str | None = None
    who: str
    when: str  # ISO 8601, UTC
    why: str

    @property
    def id(self) -> str:
        """Made of what was decided, by whom and when."""
        return content_id("judgement", self.kind, *self.targets, self.value or "", self.who, self.when)


def subject(kind: SubjectKind, *parts: str | None) -> str:
    """The name of a thing that can be judged, the same whenever it is found again: its kind and what it is made of.

    `statement` ID; `document` ID; `actor` KEY of a figure; `claim` ID of its first statement; `edge` PARENT CHILD;
    `change` PARENT DOCUMENT, CHILD DOCUMENT, PARENT STATEMENT, CHILD STATEMENT; `dispute` BY OF.
    """
    return json.dumps([kind, *parts], ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The statements, in any document, that say the same thing."""

    id: str
    gist: str
    statements: tuple[str, ...]


WORDED = "first by its wording"  # evidence of an edge where no time, dateline or credit tells which text came first
AGAINST_TIME = "first by its wording, later by its time"  # evidence of an edge whose times and wording disagree
CORRECTS = "says that it corrects an article"  # evidence of an edge whose version tells again what it puts right
TURNED = "the other way round"  # evidence of an edge whose direction nothing but the wording tells
SET = "set by a person"  # evidence of an edge that a person confirmed, found or not: its score is 1
PARTED = "parted by a person"  # evidence of an edge that a person rejected: kept, and nothing is told by it


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """`child` was made from `parent` (document ids), with probability `score`.

    `tied` names the documents that may as well be the parent: nothing in the texts tells them apart. `evidence` is what
    the score rests on, by name (collate/kin.py and collate/stemma.py say what each number is).
    """

    parent: str
    child: str
    score: float
    tied: tuple[str, ...] = ()
    evidence: tuple[tuple[str, float], ...] = ()

    @property
    def worded(self) -> float | None:
        """The probability, by the wording alone, that the parent was first, where no time, dateline or credit tells
        which of the two was. None where one does."""
        return dict(self.evidence).get(WORDED)

    @property
    def against_time(self) -> float | None:
        """The probability, by the wording alone, that the child was first, where that is near certain though its time
        is the later one: a time may be wrong, or both come from a third text. None elsewhere."""
        return dict(self.evidence).get(AGAINST_TIME)

    @property
    def corrects(self) -> bool:
        """Whether the version says at its head that it puts an article right, or apologises for one."""
        return CORRECTS in dict(self.evidence)

    @property
    def is_set(self) -> bool:
        """Whether a person set it, so that its score is no finding."""
        return SET in dict(self.evidence)

    @property
    def is_parted(self) -> bool:
        """Whether a person rejected it when the tree was drawn last."""
        return PARTED in dict(self.evidence)

    @property
    def turned(self) -> float | None:
        """The probability that the parent was made from the child, where no time, dateline or credit tells it."""
        return dict(self.evidence).get(TURNED)


def is_guess(edge: Edge, state: str | None = None) -> bool:
    """Whether the direction of an edge is a guess, and no person confirmed it (`state`)."""
    return edge.turned is not None and state != "confirmed"


def is_doubted(edge: Edge, state: str | None = None) -> bool:
    """Whether the wording says the opposite of the times of an edge, and no person confirmed it (`state`)."""
    return edge.against_time is not None and state != "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LostAncestor:
    """A version that is inferred, and no document: its `children` share what none of them took from another."""

    id: str
    children: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The documents that come from one text, and the edges of their stemma.

    `undated` are documents whose place in it rests on their text alone: they have no time, or may come from a document
    that has none, or times do not tell.
    """

    id: str
    documents: tuple[str, ...]
    edges: tuple[Edge, ...]
    lost: tuple[LostAncestor, ...] = ()
    undated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a label of a change rests on: the characters of both versions that show it, and how sure it is."""

    label: ChangeLabel
    parent: tuple[Span, ...]  # of the parent's text; empty where nothing stands there
    child: tuple[Span, ...]
    score: float

    @property
    def untold(self) -> tuple[Span, ...]:
        """Of a claim that was only kept, what the child tells nowhere: a half of it, a condition, an exception."""
        return self.parent if self.label in KEPT and not self.child else ()

    @property
    def put_in(self) -> tuple[Span, ...]:
        """Of a claim that was only kept, what the child hung on and the parent tells nowhere."""
        return self.child if self.label in KEPT and not self.parent else ()


# The gravest first: words put into a mouth, then facts turned, then sources washed, then what came and went
GRAVITY: tuple[ChangeLabel, ...] = (
    "quote-fabricated",
    "negated",
    "quote-altered",
    "number-changed",
    "attribution-shifted",
    "attribution-dropped",
    "strengthened",
    "attribution-vague",
    "weakened",
    "credit-dropped",
    "added",
    "omitted",
    "paraphrased",
    "verbatim",
)
KEPT: tuple[ChangeLabel, ...] = ("verbatim", "paraphrased")  # the labels that say how a claim was kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one version did to one claim of the version that it was made from.

    `score` is the probability that the one was made from the other, that the two statements tell one claim, and that
    the surest of the labels holds (of those that are more than `KEPT`, if there are any). A ground has the probability
    of its own label, given the first two: what is shown and what counts is `of_label`.
    """

    parent_document: str
    child_document: str
    claim: str | None
    parent_statement: str | None
    child_statement: str | None
    changes: tuple[ChangeLabel, ...]
    score: float
    grounds: tuple[Ground, ...] = ()  # one a label, in their order; shown by pages, not in the export's table

    @property
    def place(self) -> tuple[str, str, str | None, str | None]:
        """What a change is known by, whenever it is found again: its documents and statements."""
        return self.parent_document, self.child_document, self.parent_statement, self.child_statement

    def of_label(self, label: ChangeLabel) -> float:
        """How likely one of the labels holds, and the two statements tell the claim that it speaks of: the share of
        `score` that its ground gives it; all of it, where there are no grounds. The one score of a label, in lists, in
        JSON and at a gate.

        Of the labels of 0.5 or more that the shipped weights give pairs of bench/train, on which they were fitted,
        1,335 of 1,526 are right by this, 1,400 of 1,631 by the grounds alone; of 0.8 or more 946 of 1,014, and 1,141
        of 1,266."""
        scores = {g.label: g.score for g in self.grounds}
        if label not in scores:
            return self.score
        return min(self.score, round(self.score * scores[label] / (self.surest or 1.0), 4))

    @property
    def again(self) -> float:
        """How likely the one was made from the other and the two statements tell one claim, whatever was changed of it:
        the `score` without its surest label. Where a word is turned of which nobody knows that it changes anything,
        "paraphrased" is unlikely, and the claim is told again for all that. What one side alone has is as likely as
        its `score`."""
        surest = self.surest
        return self.score / surest if surest and self.parent_statement and self.child_statement else self.score

    @property
    def surest(self) -> float:
        """The probability of its surest label, given that the one was made from the other and that both statements
        tell one claim; 0 where it comes without grounds."""
        scores = {g.label: g.score for g in self.grounds}
        return max([p for x, p in scores.items() if x not in KEPT] or list(scores.values()), default=0.0)

    @property
    def of_document(self) -> bool:
        """Whether it is of the whole document: of its credit."""
        return self.parent_statement is None and self.child_statement is None

    @property
    def gravity(self) -> tuple[int, float]:
        """Sorts changes: the rank of the gravest label (0 is the gravest), then the surest first."""
        return min((GRAVITY.index(x) for x in self.changes), default=len(GRAVITY)), -self.score


# Of what is said and of who says it: a statement that such a change made may be none of its speaker's own
DEPARTING: tuple[ChangeLabel, ...] = (
    "quote-fabricated",
    "negated",
    "quote-altered",
    "number-changed",
    "attribution-shifted",
    "strengthened",
    "weakened",
)


def said_by(published: str | None) -> str:
    """What sorts times (ISO 8601) by when something had been published: on a day without an hour, by its end; undated,
    last. What begins after that was published later."""
    return f"{published}~" if published and len(published) == len("2033-10-09") else published or "~~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """The change that brought a statement about: its version tells what no parent does. `label` is the gravest label of
    that change, `score` how sure it is, and `documents` are those that tell the statement, the first one first."""

    label: ChangeLabel
    score: float
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One statement denies, contradicts, corrects or rejects another.

    `by_span` and `of_span` are the words that it rests on, each in the text of its statement's document.
    """

    by_statement: str
    of_statement: str
    relation: Relation
    score: float
    by_span: Span | None = None
    of_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What an actor holds, denies, demands or the like, by one statement.

    `statement` is the first one with this claim and this stance that no change brought about. What a change made of the
    claim has a row of its own, and `departure` is that change. `towards` are the actors whom it accuses or whose
    statement it disputes. `changed_from` is an earlier statement of the same actor that this one contradicts.
    """

    actor: str
    stance: Stance
    statement: str
    claim: str | None
    when: str | None  # ISO 8601: when its document was published, or that long before ("ten days after he vowed")
    towards: tuple[str, ...] = ()
    changed_from: str | None = None
    departure: Departure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedWords:
    """Words that name a time, and the first and the last day that they may mean (ISO 8601). `last` is None where they
    name only a beginning: "at least until September"."""

    span: Span
    first: str
    last: str | None


def due_at(dates: Iterable[DatedWords]) -> DatedWords | None:
    """When something is to be looked at again that names these times: at the one that ends last; None where it names
    none.

    Of 28 forecasts, promises and threats of bench/train and our dossiers that name two times to come, one of them the
    likelier, it is the last in 16: who looks at the first calls a promise broken that is not due yet.
    """
    return max(dates, key=lambda d: (d.last or d.first, d.first), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A statement that can be checked later: what is foretold, promised or threatened, and for when.

    `dates` are those that its content names. `departure` is as in a Position.
    """

    statement: str
    kind: Literal["predict", "promise", "threaten"]
    actor: str | None
    claim: str | None
    said: str | None  # ISO 8601: when its document was published
    dates: tuple[DatedWords, ...] = ()
    departure: Departure | None = None

    @property
    def due(self) -> str | None:
        """The last day of `dates`: from then on one can see whether it came true. Of what has no end the first day."""
        d = due_at(self.dates)
        return (d.last or d.first) if d else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """Actors that stand together. `given` are those whom the analyst put there; the rest are a proposal."""

    name: str
    actors: tuple[str, ...]
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Two sides' accounts beside each other, by claim. `one_disputed` are claims that the first makes and the second
    disputes; `one_alone` those that the first makes and that were not matched with what the second says."""

    both: tuple[str, ...]
    one_disputed: tuple[str, ...]
    other_disputed: tuple[str, ...]
    one_alone: tuple[str, ...]
    other_alone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What was not done, where, and why: kept and shown, never silent.

    `kept` tells whether the document is in the case all the same (a language that is not analysed, say).
    """

    location: str
    step: Literal["read", "encode", "attribute", "collate", "case"]
    reason: str
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What made a finding: the package, the weights and the settings."""

    version: str
    weights: str  # digest of the weights
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Made of the version, the weights and the settings: the same run has the same id everywhere."""
        settings = "\x1e".join(f"{k}={v!r}" for k, v in sorted(self.settings.items()))
        return content_id("run", self.version, self.weights, settings)
