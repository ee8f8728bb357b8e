"""A document read for comparison: its words folded, their rarity, its sentences, what stands in quotation marks.

Comparing code sees folded words; the text itself is never changed. Rarity comes from a table counted once over other
news (weights/kin.json), not from the documents at hand: so what two documents have in common does not depend on what
else lies in the case, nor on the order in which it came.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from itertools import pairwise
from math import fsum, log
from zlib import crc32

from stemmata.collate.head import Day, corrects, dateline_day, own_outlet
from stemmata.collate.leftovers import leftovers
from stemmata.language.counts import CALENDAR
from stemmata.language.numerals import TENS, UNITS
from stemmata.language.quantities import quantities
from stemmata.model import Document, Span
from stemmata.surface import paragraphs, quotations, sentences

TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|\w+(?:['’]\w+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_TURN = re.compile(r"[-–—] ?(?=[^\W\d_])|[^\W\d_a-z][\w’'.-]*(?: [^\W\d_a-z][\w’'.-]*){0,3}:\s+(?=[\w\"'“‘«])")
TURNS = 3  # paragraphs with a speaker's label that make a text an interview rather than a text with a colon
NUMBERS = {word: str(n) for word, n in (UNITS | TENS).items()}
SMALL = frozenset(["0", "1", "2", "3"])  # too common to tell one event from another
RARE = 4.0  # rarity from which a word can tell stories apart: in fewer than 1 of 55 news texts (e^-4)
SPEAKING = 2.0  # rarity from which a word is content rather than grammar: in fewer than 1 of 7 texts
TELLING = 3.0  # rarity of a word that can be half of a fact: in fewer than 1 of 20 texts
QUOTE_WORDS = 3  # a shorter quotation ("so-called") says little about where it came from
FORMS = 1 << 16  # words whose form is kept: a language's common ones, a few megabytes
DAY = 86400  # seconds
# Words from which a sentence is none, as in captions and in scans without full stops, and is read in stretches: of
# 28,688 sentences of bench/train and of every third dossier none has so many, of 27,898 of news in data/ 38.
LONG = 80
RUN = 4  # words of a shingle: long enough to be rare by chance, short enough to survive a copy editor

Rarity = Mapping[str, float]
Value = tuple[float, bool]  # a number, and whether it is a day or a time, which counts nothing


@lru_cache(FORMS)
def folded(word: str) -> str:
    """`word` in lower case, with one apostrophe, without a possessive; a number as its digits."""
    word = word.lower().replace("’", "'")
    if word[0].isdigit():
        return word.replace(",", "") if _THOUSANDS.fullmatch(word) else word
    return NUMBERS.get(word) or word.removesuffix("'s").replace("'", "")


@lru_cache(FORMS)
def stem(word: str) -> str:
    """A rough stem: plural, past and -ing endings gone. It only has to be the same for two forms of one word."""
    if len(word) > 4:
        for ending in ("ations", "ation", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s"):
            if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
                word = word.removesuffix(ending)
                break
        word = word.removesuffix("e") if len(word) > 4 else word
    return word


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a sentence stands, its words as positions [first, last), and the rare stems in it with their weight."""

    span: Span
    first: int
    last: int
    stems: frozenset[str]
    weight: float
    quoted: float  # share of its words in quotation marks


class Witness:
    """What one document shows to a comparison. Everything is computed on first use and kept.

    Its `document` has the outlet that its head tells (head.py) where none is given.
    """

    def __init__(self, document: Document, rarity: Rarity, unknown: float) -> None:
        self.document = document if document.outlet else replace(document, outlet=own_outlet(document))
        self.id = document.id
        self._rarity = rarity
        self._unknown = unknown
        self.places = [(m.start(), m.end()) for m in TOKEN.finditer(document.text)]
        text = document.text
        self.words = tuple(folded(text[s:e]) for s, e in self.places)

    @cached_property
    def time(self) -> float | None:
        """When it was published, in seconds; None where that is not known."""
        return instant(self.document.published)

    @cached_property
    def until(self) -> float | None:
        """The latest that it can have been published: the end of the day, where the day alone is known."""
        published = self.document.published or ""
        return self.time + DAY - 1 if self.time is not None and len(published) <= len("2031-10-09") else self.time

    @cached_property
    def day(self) -> Day | None:
        """The day that its time, or else its dateline, tells."""
        if self.time is None:
            return dateline_day(self.document.text)
        at = datetime.fromtimestamp(self.time, UTC)
        return Day(at.year, at.month, at.day)

    @cached_property
    def corrects(self) -> bool:
        """Whether it announces itself as a correction of an article, or an apology for one."""
        return corrects(self.document)

    @cached_property
    def generated(self) -> bool:
        """Whether text of a language model was left in it."""
        return bool(leftovers(self.document.text))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stem of each word, in order."""
        return tuple(stem(w) for w in self.words)

    def weight(self, item: str) -> float:
        """The rarity of a stem."""
        return self._rarity.get(item, self._unknown)

    @cached_property
    def weights(self) -> dict[str, float]:
        """Every stem of the document and its rarity."""
        return {s: self._rarity.get(s, self._unknown) for s in set(self.stems)}

    @cached_property
    def rare(self) -> frozenset[str]:
        """The stems of rarity `RARE` or more."""
        return frozenset(s for s, w in self.weights.items() if w >= RARE)

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of the words that stand with a capital inside a sentence and are rare."""
        text = self.document.text
        opening = {s.first for s in self.sentences}
        found = set()
        for k, (start, _end) in enumerate(self.places):
            if text[start].isupper() and k not in opening and text[start - 1 : start] not in "\"'“‘«„":
                found.add(self.stems[k])
        return frozenset(found & self.rare)

    @cached_property
    def links(self) -> frozenset[tuple[str, str]]:
        """Pairs of content stems that stand next to each other, or one apart, in the outlet's own words."""
        found: set[tuple[str, str]] = set()
        for sentence in self.sentences:
            row = [
                self.stems[k]
                for k in range(sentence.first, sentence.last)
                if not self.quoted[k] and self.weights[self.stems[k]] >= SPEAKING
            ]
            for gap in (1, 2):
                found.update((a, b) if a < b else (b, a) for a, b in zip(row, row[gap:], strict=False))
        return frozenset(found)

    @cached_property
    def facts(self) -> frozenset[tuple[str, str]]:
        """Pairs of rare stems of one sentence, outside quotation marks: what is told of whom."""
        found: set[tuple[str, str]] = set()
        for sentence in self.sentences:
            row = sorted(
                {
                    s
                    for k, s in enumerate(self.stems[sentence.first : sentence.last], sentence.first)
                    if not self.quoted[k]
                }
                & self.telling
            )
            found.update((a, b) for i, a in enumerate(row) for b in row[i + 1 :])
        return frozenset(found)

    @cached_property
    def speaking(self) -> frozenset[str]:
        """The stems of rarity `SPEAKING` or more."""
        return frozenset(s for s, w in self.weights.items() if w >= SPEAKING)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The stems of rarity `TELLING` or more."""
        return frozenset(s for s, w in self.weights.items() if w >= TELLING)

    @cached_property
    def sentences_with(self) -> Counter[str]:
        """In how many sentences each stem stands."""
        return Counter(s for sentence in self.sentences for s in sentence.stems)

    @cached_property
    def apart(self) -> dict[str, float]:
        """What each stem tells of which sentence this is: its rarity, less for one that stands in many of them.

        Names of the matter at hand are the rarest words of a text, and stand in half of its sentences.
        """
        most = log(len(self.sentences) + 1)
        return {s: self.weights[s] * (1 - log(n) / most) for s, n in self.sentences_with.items()}

    @cached_property
    def details(self) -> dict[str, int]:
        """Telling stems that stand in one sentence alone, outside quotation marks, and the position of the word."""
        found: dict[str, int] = {}
        for k, s in enumerate(self.stems):
            if not self.quoted[k] and s in self.telling and self.sentences_with[s] == 1:
                found.setdefault(s, k)
        return found

    @cached_property
    def topics(self) -> dict[str, float]:
        """Telling stems that the text comes back to, weighed by in how many sentences."""
        return {s: n * self.weights[s] for s, n in self.sentences_with.items() if n > 1 and s in self.telling}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in figures, but for small ones."""
        return frozenset(w for w in self.words if w[0].isdigit()) - SMALL

    @cached_property
    def values(self) -> tuple[frozenset[Value], ...]:
        """The numbers of each sentence as values; none of what is vague, and no places in a row ("the third")."""
        starts = [s.span.start for s in self.sentences]
        found: list[set[Value]] = [set() for _ in starts]
        for q in quantities(self.document.text, tuple(s.span for s in self.sentences)):
            if not q.weak and q.unit != "ordinal":
                found[bisect_right(starts, q.span.start) - 1].add((round(q.value, 4), q.unit in CALENDAR))
        return tuple(map(frozenset, found))

    @cached_property
    def blocks(self) -> tuple[Span, ...]:
        """The paragraphs."""
        return paragraphs(self.document.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that have words, none across a paragraph's end; longer than `LONG` words in stretches."""
        starts = [s for s, _ in self.places]
        found = []
        for span in sentences(self.document.text):
            first, last = bisect_right(starts, span.start - 1), bisect_right(starts, span.end - 1)
            cuts = [*_cuts(self.words, first, last), last] if first < last else []
            for at, end in pairwise(cuts):
                stems = frozenset(self.stems[at:end])
                weight = fsum(self.weights[s] for s in stems)
                quoted = sum(self.quoted[at:end]) / (end - at)
                part = Span(span.start if at == first else starts[at], span.end if end == last else starts[end])
                found.append(Sentence(part, at, end, stems, weight, quoted))
        return tuple(found)

    @cached_property
    def _marks(self) -> tuple[tuple[int, int], ...]:
        """What is quoted, as positions of words [first, last): in marks, after a speaker's label, after a dash."""
        text = self.document.text
        starts = [s for s, _ in self.places]
        spans = [q.span for q in quotations(text)]
        turns = [Span(m.end(), b.end) for b in self.blocks if (m := _TURN.match(text, b.start, b.end))]
        if len(turns) >= TURNS:
            spans = [s for s in spans if not any(t.overlaps(s) for t in turns)] + turns
        return tuple(sorted((bisect_right(starts, s.start - 1), bisect_right(starts, s.end - 1)) for s in spans))

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        """For each word whether it is quoted."""
        inside = [False] * len(self.words)
        for first, last in self._marks:
            inside[first:last] = [True] * (last - first)
        return tuple(inside)

    @cached_property
    def quotes(self) -> tuple[tuple[str, ...], ...]:
        """The words of each quotation of `QUOTE_WORDS` or more."""
        return tuple(self.words[a:b] for a, b in self._marks if b - a >= QUOTE_WORDS)

    @cached_property
    def runs(self) -> frozenset[int]:
        """The shingles of `RUN` words, hashed."""
        return frozenset(hashed(self.words[k : k + RUN]) for k in range(len(self.words) - RUN + 1))

    @cached_property
    def own_runs(self) -> frozenset[int]:
        """The shingles outside quotation marks: the outlet's own words, which two newsrooms do not share."""
        q, n = self.quoted, len(self.words) - RUN + 1
        return frozenset(hashed(self.words[k : k + RUN]) for k in range(n) if not any(q[k : k + RUN]))

    @cached_property
    def triples(self) -> frozenset[int]:
        """The runs of three words, hashed."""
        return frozenset(triples(self.words))

    @cached_property
    def quote_runs(self) -> tuple[list[int], ...]:
        """The runs of each quotation."""
        return tuple(map(triples, self.quotes))

    @cached_property
    def quoted_triples(self) -> frozenset[int]:
        """Runs of three words inside quotation marks."""
        return frozenset(run for runs in self.quote_runs for run in runs)


def instant(published: str | None) -> float | None:
    """A time in seconds; None where it is missing or is none. A time without zone is taken as UTC."""
    if not published:
        return None
    try:
        at = datetime.fromisoformat(published)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _cuts(words: Sequence[str], first: int, last: int) -> list[int]:
    """Where the stretches of a sentence begin: at words that the words around them choose, wherever they stand, so that
    two versions of a text without full stops are mostly cut at the same places."""
    found = [first]
    while last - first > LONG:
        first = min(range(first + LONG // 2, first + LONG), key=lambda k: hashed(words[k : k + 2]))
        found.append(first)
    return found


def triples(words: Sequence[str]) -> list[int]:
    """The runs of `QUOTE_WORDS` words, hashed."""
    return [hashed(words[k : k + QUOTE_WORDS]) for k in range(len(words) - QUOTE_WORDS + 1)]


def hashed(words: Sequence[str]) -> int:
    """A number for a run of words, the same in every process."""
    return crc32(" ".join(words).encode("utf-8", "surrogatepass"))
