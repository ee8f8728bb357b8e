"""What is compared along an edge: statements and sentences, each with all that it is compared by."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stemmata.language.counts import CALENDAR, Quantity
from stemmata.language.force import answering, held_wrong, negations
from stemmata.language.quantities import quantities
from stemmata.language.senses import senses
from stemmata.language.values import compared, near
from stemmata.language.wording import (
    Fragment,
    folded,
    fragments,
    lexicon,
    plain,
    quoted_spans,
    stem,
    unmarked,
    weight,
    words,
)
from stemmata.model import Span, Statement
from stemmata.surface import WORD, sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stemmata.language.senses import Floats

    Ints = NDArray[np.intp]
    Numbers = NDArray[np.float64]

COVERED = 0.5  # a clause of which statements hold more words than this is no plain clause (by hand)
FIGURES = 2  # by so many numbers a passage is known (by hand)
SUBJECT = 4  # words of a sentence before an "and" without a comma that may be half of its subject, see `torn`
READINGS = 256  # versions that are kept as read, some 100 kB each (by hand)
TELLING = 0.2  # weight of a word from which its sense is compared (by hand)
BEGINNING = 5  # letters that two words share which are taken for forms of one: "electr" (by hand)


def telling(stems: Iterable[str]) -> set[str]:
    """The stems that weigh enough for their sense to be compared."""
    return {w for w in stems if weight(w) > TELLING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A document as the collation sees it."""

    document: str
    text: str
    statements: tuple[Statement, ...]


_PRONOUN = frozenset(("he", "she", "they", "it", "we", "i", "who", "which", "him", "her", "them", "one", "both"))


def pronominal(text: str, span: Span | None) -> bool:
    """Whether a source begins with a pronoun."""
    first = WORD.search(text, span.start, span.end) if span else None
    return bool(first and folded(first.group()) in _PRONOUN)


def speaker_words(version: Version, statement: Statement) -> set[str]:
    """The stems that name who speaks; a pronoun takes those of the nearest source before it of the same kind."""
    source = statement.source
    if source is None:
        return set()
    if pronominal(version.text, source):
        earlier = [
            x.source for x in version.statements
            if x.source and x.source.end <= source.start and x.sourcing == statement.sourcing
            and not pronominal(version.text, x.source)
        ]  # fmt: skip
        if not earlier:
            return set()
        source = max(earlier)
    return {w.norm for w in words(version.text, (source,)) if weight(w.norm) > 0.1}


_RELATIVE = re.compile(r"(?:who|which)\s+(?:(?:ha[ds]|have|also|already|earlier|later|once|since|then)\s+)*([\w’'-]+)")
_JOINED = re.compile(r"(?<![\s,;:—–])\s+and\s+$")


@cache
def saying_words() -> frozenset[str]:
    """The stems of the single words of saying."""
    return frozenset(stem(w) for w in lexicon("force")["cue"] if " " not in w)


class Passage:
    """A statement or a clause with all that it is compared by, each read off the text once."""

    def __init__(self, reading: Reading, spans: tuple[Span, ...], statement: Statement | None = None) -> None:
        self.reading, self.spans, self.statement = reading, spans, statement
        self.sourcing = statement.sourcing if statement else "outlet"
        text = reading.text
        found = words(text, spans)
        self.stems = [w.norm for w in found]
        self.weights = {w: weight(w) for w in self.stems}
        self.total = sum(self.weights.values()) or 1e-6
        self.plain = plain(text, spans)
        self.quoted: list[Fragment] = fragments(text, spans, reading.quoted)
        if statement and statement.mode == "direct" and not self.quoted:
            self.quoted = unmarked(text, spans)
        self.quantities: list[Quantity] = [q for q in quantities(text, spans) if not q.weak]
        self.figures = _figures(self.quantities)
        self.names = {
            w.norm for w in found if text[w.span.start].isupper() and w.span.start != spans[0].start and len(w.norm) > 2
        }
        self.source = speaker_words(reading.version, statement) if statement else set()
        self.place = spans[0].start / max(1, len(text))
        self.around = reading.around(spans)
        self.sentence = reading.sentence_at(spans[0].start)
        self.telling = tuple(w for w, x in self.weights.items() if x > TELLING)

    @cached_property
    def answers(self) -> set[str]:
        """How the cue of its statement answers what was said: "denies", "withdraws" (`force.answering`)."""
        return answering(self.reading.text, self.statement.cue) if self.statement else set()

    @cached_property
    def odd(self) -> bool:
        """Whether an odd number of negators stands in its statement and the cue of that."""
        cue = self.statement.cue if self.statement else None
        return len(negations(self.reading.text, (*((cue,) if cue else ()), *self.spans))) % 2 == 1

    @cached_property
    def held_wrong(self) -> bool:
        """Whether it calls a figure, a report or the like false (`force.held_wrong`)."""
        return bool(held_wrong(self.reading.text, self.spans))


@dataclass(frozen=True, slots=True)
class Nesting:
    """Whether a statement reports another one, or is reported by one; and the words in which that one does so."""

    reports: bool = False
    reported: bool = False
    frame: Mapping[str, float] = field(default_factory=dict)

    def evidence(self, clause: Passage) -> dict[str, float]:
        """What it tells of a clause that may tell the one or the other: "the ministry had been told by the union"."""
        whole = sum(self.frame.values())
        told = shared_weight(self.frame, clause.weights) / whole if whole > TELLING else 0.0
        return {
            "reports another": float(self.reports),
            "reported by another": float(self.reported),
            "reports another, frame told": told * self.reports,
            "reported by another, frame told": told * (self.reported and not self.reports),
        }


class Reading:
    """A version with its sentences, quotations and passages."""

    def __init__(self, version: Version) -> None:
        self.version, self.text = version, version.text
        self.quoted = quoted_spans(version.text)
        self.sentences = sentences(version.text)
        self._stems = [{w.norm: weight(w.norm) for w in words(version.text, (s,))} for s in self.sentences]

    @cached_property
    def told(self) -> list[Passage]:
        """The statements as passages."""
        return [Passage(self, s.content, s) for s in self.version.statements]

    @cached_property
    def row(self) -> Row:
        """The statements as passages in a row."""
        return Row(self.told)

    @cached_property
    def rank(self) -> list[int]:
        """For each statement its place among all, in the order of the text."""
        out = [0] * len(self.told)
        for n, k in enumerate(sorted(range(len(self.told)), key=lambda k: self.told[k].spans[0])):
            out[k] = n
        return out

    @cached_property
    def nestings(self) -> list[Nesting]:
        """For each statement, how it is nested with others."""
        out = []
        contents = [s.content for s in self.version.statements]
        parts = sorted((x.start, n) for n, content in enumerate(contents) for x in content)
        inner_of: dict[int, set[int]] = {}
        outer_of: dict[int, set[int]] = {}
        for k, mine in enumerate(contents):
            for y in mine:
                for at in range(bisect_left(parts, (y.start, -1)), len(parts)):
                    start, n = parts[at]
                    if start > y.end:
                        break
                    if n != k and contents[n][0] in y:
                        inner_of.setdefault(k, set()).add(n)
                        outer_of.setdefault(n, set()).add(k)
        for k in range(len(contents)):
            inner, outer = sorted(inner_of.get(k, ())), sorted(outer_of.get(k, ()))
            if not inner and not outer:
                out.append(Nesting())
                continue
            told = {w for n in (inner or [k]) for w in self.told[n].weights}
            around = self.told[k if inner else outer[0]].weights
            frame = {w: x for w, x in around.items() if w not in told}
            out.append(Nesting(reports=bool(inner), reported=bool(outer), frame=frame))
        return out

    @cached_property
    def unspoken(self) -> list[Passage]:
        """The sentences that no statement holds for the greater part."""
        return [Passage(self, (s,)) for s in self.sentences if self.held(s) <= COVERED]

    @cached_property
    def open_sentences(self) -> list[Passage]:
        """The sentences in which some clause may stand outside the statements."""
        return [Passage(self, (s,)) for s in self.sentences if self.held(s) < 0.8]

    @cached_property
    def figures(self) -> dict[int, list[Quantity]]:
        """The numbers that a sentence can be known by, of each sentence that has any."""
        found = ((k, _figures(quantities(self.text, (s,)))) for k, s in enumerate(self.sentences))
        return {k: figures for k, figures in found if figures}

    @cached_property
    def _held(self) -> bytearray:
        """For each character of the text, whether it stands in a statement."""
        out = bytearray(len(self.text))
        for s in self.version.statements:
            for x in (*s.content, *(x for x in (s.source, s.cue) if x and s.sourcing != "outlet")):
                out[x.start : x.end] = b"\1" * (x.end - x.start)
        return out

    def held(self, span: Span) -> float:
        """How many of the words of `span` stand in a statement, as a share."""
        found = [self._held[m.start()] for m in WORD.finditer(self.text, span.start, span.end)]
        return sum(found) / max(1, len(found))

    def spoken(self, clause: Span) -> bool:
        """Whether a source with its cue stands in `clause` or closes it, which is nobody's own voice then: "She may,
        she said, write on". Nor is "who had called it a farce", what its antecedent says."""
        relative = _RELATIVE.match(self.text, clause.start, clause.end)
        if relative and stem(relative[1].lower()) in saying_words():
            return True
        for said in self._sources[bisect_left(self._sources, Span(clause.start, 0)) :]:
            between = self.text[clause.end : said.start].strip()
            if said in clause or (between == "," and self.text[said.end : said.end + 1] in (",", ".")):
                return True
            if between.strip(","):
                return False
        return False

    @cached_property
    def _sources(self) -> list[Span]:
        """The stretches of a source with its cue, in order of the text."""
        out = []
        for x in self.version.statements:
            if x.source and x.cue and x.sourcing != "outlet":
                out.append(Span(min(x.source.start, x.cue.start), max(x.source.end, x.cue.end)))
        return sorted(out)

    def torn(self, clause: Span) -> bool:
        """Whether `clause` begins in the middle of its subject: "Korrund remained far apart" of "Vessa and Korrund
        remained far apart"."""
        before = self.text[self.sentences[self.sentence_at(clause.start)].start : clause.start]
        joint = _JOINED.search(before)
        return bool(joint and 0 < len(WORD.findall(before[: joint.start()])) <= SUBJECT)

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, place: int) -> int:
        """The index of the sentence that holds the character at `place`."""
        return max(0, bisect_right(self._starts, place) - 1)

    def around(self, spans: tuple[Span, ...]) -> dict[str, float]:
        """The words of the sentences that `spans` touch, weighted."""
        out: dict[str, float] = {}
        touched = {k for x in spans for k in range(self.sentence_at(x.start), self.sentence_at(x.end) + 1)}
        for k in sorted(touched):
            if any(self.sentences[k].overlaps(x) for x in spans):
                out |= self._stems[k]
        return out


@lru_cache(READINGS)
def reading_of(version: Version) -> Reading:
    """The reading of a version; that of one with many parents or children is made once."""
    return Reading(version)


def shared_weight(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The weight in `a` of the words that both have."""
    return sum(w for x, w in a.items() if x in b)


class Words:
    """Words of each of several passages, in one row: `ids` into `vocabulary`, so many (`sizes`) to each."""

    def __init__(self, sets: Sequence[Collection[str]]) -> None:
        self.vocabulary: dict[str, int] = {}
        ids = [self.vocabulary.setdefault(w, len(self.vocabulary)) for s in sets for w in s]
        self.ids = np.array(ids, np.intp)
        self.sizes = np.array([len(s) for s in sets], np.intp)

    @cached_property
    def owners(self) -> Ints:
        """The passage of each word."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def places_in(self, other: Words) -> Ints:
        """Of each word of the row its id in another row, -1 where it has none there."""
        found = np.array([other.vocabulary.get(w, -1) for w in self.vocabulary], np.intp)
        return found[self.ids]

    @cached_property
    def held(self) -> NDArray[np.bool_]:
        """Which passage holds which word of the vocabulary: [words and one that nobody holds, passages]."""
        out = np.zeros((len(self.vocabulary) + 1, len(self.sizes)), np.bool_)
        out[self.ids, self.owners] = True
        return out


class Weighted(Words):
    """Words with their weights."""

    def __init__(self, sets: Sequence[Mapping[str, float]]) -> None:
        super().__init__(sets)
        self.heft: Numbers = np.array([w for s in sets for w in s.values()], np.float64)
        self.total: Numbers = np.array([sum(s.values()) for s in sets], np.float64)


class Row:
    """Passages of one version in a row, with all that they are compared by as arrays."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.words = Weighted([x.weights for x in passages])
        self.around = Weighted([x.around for x in passages])
        self.names = Words([x.names for x in passages])
        self.sources = Words([x.source for x in passages])
        self.total: Numbers = np.array([x.total for x in passages], np.float64)
        self.place: Numbers = np.array([x.place for x in passages], np.float64)
        self.length: Ints = np.array([len(x.stems) for x in passages], np.intp)
        self.quoted = np.array([bool(x.quoted) for x in passages], np.bool_)
        self.counted = np.array([bool(x.quantities) for x in passages], np.bool_)

    def __len__(self) -> int:
        return len(self.passages)

    @cached_property
    def senses(self) -> Senses:
        """The words that tell enough for their sense to be compared."""
        return Senses(self.passages)

    @cached_property
    def plain(self) -> Words:
        """The words as they stand."""
        return Words([x.plain for x in self.passages])

    @cached_property
    def fragments(self) -> tuple[Ints, Words]:
        """What is quoted: the passage and the words of each quotation."""
        found = [(k, f.words) for k, x in enumerate(self.passages) for f in x.quoted]
        return np.array([k for k, _ in found], np.intp), Words([spoken for _, spoken in found])

    @cached_property
    def beginnings(self) -> dict[str, list[str]]:
        """The longer words by how they begin."""
        out: dict[str, list[str]] = {}
        for w in self.words.vocabulary:
            if len(w) >= BEGINNING:
                out.setdefault(w[:BEGINNING], []).append(w)
        return out


class Senses:
    """The telling words of several passages in one row; a passage without one holds a word that nothing is near to."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.stems = [w for x in passages for w in (x.telling or ("",))]
        self.starts: Ints = np.cumsum([0, *(max(1, len(x.telling)) for x in passages[:-1])])
        self.heft: Floats = np.array(
            [x.weights[w] if w else 1e-6 for x in passages for w in (x.telling or ("",))], np.float32
        )
        self.total = np.add.reduceat(self.heft, self.starts)
        self.senses = senses(self.stems)
        wholes = np.add.reduceat(self.heft[:, None] * self.senses, self.starts, axis=0)
        self.wholes = wholes / np.maximum(np.linalg.norm(wholes, axis=1, keepdims=True), 1e-6)


def _figures(found: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in found if not q.weak and q.unit not in CALENDAR]


def strangers(a: Passage, b: Passage) -> bool:
    """Whether two contents have no telling word ("it", "him", "this") and are said by two: nothing tells that they are
    one claim."""
    x, y = a.statement, b.statement
    if a.telling or b.telling or x is None or y is None:
        return False
    return not a.source & b.source and (x.actor is None or x.actor != y.actor)


def crossed(a: Passage, b: Passage) -> bool:
    """Whether two passages share none of their figures, and all those of each stand together in another sentence of
    the other version: they tell two claims."""
    mine, others = a.figures, b.figures
    if min(len(mine), len(others)) < FIGURES or compared(mine, others).same:
        return False
    return _beside(mine, b) and _beside(others, a)


def _beside(figures: Sequence[Quantity], passage: Passage) -> bool:
    """Whether all the figures stand in one sentence of the version of a passage, and not in its own."""
    return any(
        k != passage.sentence and all(any(near(q, x) for x in there) for q in figures)
        for k, there in passage.reading.figures.items()
    )
