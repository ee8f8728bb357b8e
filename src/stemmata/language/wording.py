"""The words of a text in their normal form, each with its place: what the collation compares, and what it can show.

Compare the normal form, show the original: `Word.norm` is case-folded and without its ending, `Word.span` points at
the characters. Sentences and clauses here are stretches to be aligned, not grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import takewhile
from unicodedata import combining, normalize

from stemmata.lists import classes, rows
from stemmata.model import Span
from stemmata.surface import WORD, holding, quotations

WORDS = 1 << 16  # words whose forms are kept: some megabytes each (by hand)
HEAVY = 0.5  # weight of a word from which it is not common (by hand)
TEXTS = 64  # texts whose quotations are kept: those of one family at a time (by hand)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its normal form (`stem`) and its characters."""

    norm: str
    span: Span


@cache
def lexicon(name: str) -> dict[str, dict[str, str]]:
    """lexicon/NAME.tsv as kind -> form -> value."""
    table: dict[str, dict[str, str]] = {}
    for form, kind, value in rows(name):
        table.setdefault(kind, {})[form] = value
    return table


_ONE_KIND = str.maketrans("’‘‑ı", "''-i")


@lru_cache(WORDS)
def folded(word: str) -> str:
    """A word or a name as it is compared: in lower case, without accents, with one kind of apostrophe and of hyphen:
    "Erdoğan" -> "erdogan", "FRİDAY" and "FRıDAY" -> "friday" (a search that ignores case finds both). Letters that are
    no letter with an accent ("ł", "ø") stay."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in normalize("NFD", word.casefold()) if not combining(c)).translate(_ONE_KIND)


def bare(word: str) -> str:
    """A word without its possessive ending: "Reyk" of "Reyk's", "fishermen" of "fishermen’"."""
    return _POSSESSIVE.sub("", word)


_POSSESSIVE = re.compile(r"['’]s?$")
PREPOSITIONS = classes("closed")["in"] | classes("closed")["prepositions"]
RELATIVE = classes("closed")["relative"]
_BEHIND = PREPOSITIONS | RELATIVE | {"close", "familiar"}  # "a source close to the talks"
_PHRASED = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def headed(words: Iterable[str]) -> list[str]:
    """The words of a noun phrase up to its head, which is the last: those before a preposition or a relative clause."""
    return list(takewhile(lambda w: folded(w) not in _BEHIND, words))


def head_of(phrase: str) -> str:
    """The word that heads a noun phrase, as it is written: "minister" of "the minister of health, Ana Reyk"; or
    nothing."""
    return next(reversed(headed(_PHRASED.findall(phrase.partition(",")[0]))), "")


_AMERICAN = (
    (re.compile(r"([bt])re(s?)$"), r"\1er\2"),
    (re.compile(r"(?<=\w{3})our(?=(?:s|ed|ing|able|ful|hoods?)?$)"), "or"),
    (re.compile(r"(?<=\w{4})is(?=(?:e[ds]?|ing|ations?)$)"), "iz"),
    (re.compile(r"enc(?=es?$)"), "ens"),
    (re.compile(r"(?<=\w{4})ll(?=(?:ed|ing)$)"), "l"),
    (re.compile(r"^cheque(?=s?$)"), "check"),
)


@lru_cache(WORDS)
def american(word: str) -> str:
    """A folded word in American spelling, or what stands for it: "neighbours" -> "neighbors", "theatre" -> "theater".
    Its inflection stays."""
    for british, instead in _AMERICAN:
        word = british.sub(instead, word)
    return word


@lru_cache(WORDS)
def stem(word: str) -> str:
    """`word` without its inflection and accents and with American spelling: "defences" -> "defens", "organised" ->
    "organiz"."""
    w = american(bare(folded(word)))
    w = lexicon("wording")["irregular"].get(w, w)
    if len(w) <= 3 or not w.isalpha():
        return w
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
        ("s", ""),
    ):
        if w.endswith(ending) and (ending != "s" or not w.endswith(("ss", "us", "is"))):
            w = w[: -len(ending)] + instead
            break
    for ending in ("ing", "ed"):
        base = w[: -len(ending)]
        if w.endswith(ending) and len(base) >= 3 and re.search(r"[aeiouy]", base):
            w = base
            if len(w) > 3 and w[-1] == w[-2] and w[-1] not in "lsz":
                w = w[:-1]
            break
    if w.endswith(("ence", "ense")):
        w = w[:-2] + "s"
    if w.endswith("e") and len(w) > 3:
        w = w[:-1]
    if w.endswith("ll") and len(w) > 4:
        w = w[:-1]
    return w


def words(text: str, spans: Iterable[Span]) -> list[Word]:
    """The words of some spans, in order."""
    found = []
    for span in spans:
        for m in WORD.finditer(text, span.start, span.end):
            found.append(Word(stem(m.group()), Span(m.start(), m.end())))
    return found


def plain(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """The words as they stand, case and quotation style aside; a leading "that" left out."""
    found = [folded(m.group()) for s in spans for m in WORD.finditer(text, s.start, s.end)]
    return tuple(found[1:] if found[:1] == ["that"] else found)


@lru_cache(WORDS)
def weight(norm: str) -> float:
    """How much sharing a word tells, 0 to 1: a general prior, by lists of common words (lexicon/wording.tsv)."""
    if norm in _commons():
        return _commons()[norm]
    return 0.7 if len(norm) <= 3 and norm.isalpha() else 1.0


def heavy_words(text: str, spans: Iterable[Span]) -> set[str]:
    """The stems of some spans that tell something where they are shared: those that are not common."""
    return {w.norm for w in words(text, spans) if weight(w.norm) >= HEAVY}


@cache
def _commons() -> dict[str, float]:
    out: dict[str, float] = {}
    for form, value in lexicon("wording")["common"].items():
        out[folded(form)] = out[stem(form)] = float(value)
    return out


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch inside quotation marks: its words as they stand, and its characters with the marks."""

    words: tuple[str, ...]
    span: Span


def unmarked(text: str, spans: Iterable[Span]) -> list[Fragment]:
    """Each of `spans` as a quotation without marks: what stands after a dash or under a speaker's label."""
    found = ((tuple(folded(m.group()) for m in WORD.finditer(text, s.start, s.end)), s) for s in spans)
    return [Fragment(spoken, s) for spoken, s in found if spoken]


def fragments(text: str, spans: Sequence[Span], quoted: Iterable[Span]) -> list[Fragment]:
    """The quoted fragments inside `spans`: of a quotation over several parts or paragraphs, one for each."""
    met = ((max(q.start, s.start), min(q.end, s.end)) for q in quoted for s in spans)
    return unmarked(text, (Span(start, end) for start, end in met if start < end))


def quoted_spans(text: str, within: Sequence[Span] | None = None) -> list[Span]:
    """The quotations of a text; with `within`, those that can hold words of these spans."""
    found = quotations(text)
    return [q.span for q in found] if within is None else holding(within, found)


def common_run(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """The length of the longest run of words that stands in both."""
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size


def common_order(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """The number of words that stand in both in one order (longest common subsequence), by the bits of one number, a
    word of `b` each (Hyyrö 2004, Bit-parallel LCS-length computation revisited): 1,500 words beside as many in a
    millisecond."""
    at: dict[str, int] = {}
    for k, y in enumerate(b):
        at[y] = at.get(y, 0) | 1 << k
    free = whole = (1 << len(b)) - 1  # the words of `b` that end no longer run than those before them
    for x in a:
        met = free & at.get(x, 0)
        free = ((free + met) | (free - met)) & whole
    return len(b) - free.bit_count()
