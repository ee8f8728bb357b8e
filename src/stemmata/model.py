"""The types and the label sets of contract.md: what every step takes and gives. Imports nothing of ours.

Offsets count Unicode code points of a document's `text`, start included, end excluded. Everything here is immutable;
a step that knows more gives back `dataclasses.replace(statement, actor=...)`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
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
Relation = Literal["denies", "contradicts", "corrects", "rejects"]

MODES: tuple[Mode, ...] = get_args(Mode)
SOURCINGS: tuple[Sourcing, ...] = get_args(Sourcing)
ACTS: tuple[Act, ...] = get_args(Act)
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
CHANGE_LABELS: tuple[ChangeLabel, ...] = get_args(ChangeLabel)
RELATIONS: tuple[Relation, ...] = get_args(Relation)


class StemmataError(Exception):
    """A caller's mistake: the message says in one line what was wrong, where, and what to do."""


def content_id(*parts: str) -> str:
    """Sixteen hex digits of SHA-256 over `parts`: the same content has the same id everywhere."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters `text[start:end]` of a document."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
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
    """One article as one outlet published it. `text` is as read, but for line ends (LF) and Unicode NFC."""

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None  # ISO 8601
    author: str | None = None
    lang: str | None = None  # ISO 639-1; None where the text is too short to tell
    credits: tuple[Credit, ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One attribution: a source, a cue and a content, which may be in several parts.

    `actor` and `claim` are ids that later steps fill. `inside` is the id of the statement whose content reports this
    one. `confidence` is the calibrated probability that source and content are right (weights/CARD.md).
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
    inside: str | None = None
    actor: str | None = None
    claim: str | None = None


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
class Claim:
    """The statements, in any document, that say the same thing."""

    id: str
    gist: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """`child` was made from `parent` (document ids), with probability `score`."""

    parent: str
    child: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The documents that come from one text, and the edges of their stemma."""

    id: str
    documents: tuple[str, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one version did to one claim of the version that it was made from."""

    parent_document: str
    child_document: str
    claim: str | None
    parent_statement: str | None
    child_statement: str | None
    changes: tuple[ChangeLabel, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One statement denies, contradicts, corrects or rejects another."""

    by_statement: str
    of_statement: str
    relation: Relation
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What was not done, where, and why: kept and shown, never silent.

    `kept` tells whether the document is in the case all the same (a language that is not analysed, say).
    """

    location: str
    step: Literal["read", "encode", "attribute", "case"]
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
        settings = "\x1e".join(f"{k}={v!r}" for k, v in sorted(self.settings.items()))
        return content_id("run", self.version, self.weights, settings)
