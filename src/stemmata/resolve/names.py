"""The names in a text, by light rules: runs of capitalised words, the titles before them, the words behind them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from stemmata.language.lexicon import bodies, closed, common, given_names, places, titles
from stemmata.language.numerals import MONTHS, WEEKDAYS
from stemmata.language.surnames import surnames
from stemmata.language.wording import PREPOSITIONS, WORDS, folded, headed
from stemmata.model import Span
from stemmata.surface import TITLES, paragraphs, quotations, sentences

TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’‑\u00ad-][^\W\d_]+)*|\d+(?:[.,]\d+)*|&|@\w+")
PARTICLES = closed(
    "particles"
)  # a name may hold them in lower case between its words; "of" only where a body's name holds it
_OF = closed("of")
_FIELDS = closed("field") | closed("generic")
_ARTICLE_NAME = re.compile(r"(?:al|el|ad|an|as|ash|at|ar|az|d|l|ul)['’‑-][^\W\d_]", re.IGNORECASE)
_SHORT = TITLES | {"no", "vs"}  # what a name goes on behind the point of: "Dr. Reyk", "No. 10"
_SPACE = re.compile(r"\s+")
IN = closed("in")
CALENDAR = closed("calendar") | MONTHS.keys() | WEEKDAYS.keys()
DETERMINERS = closed("determiners")
_MEDIA = closed("media")
_HONOURS = closed("honours")
# Before a title, what makes it another office: "the prime minister" is no minister of finance
RANKS = closed("ranks")
_PERSONAL = frozenset(("dr", "miss", "mr", "mrs", "ms", "prof"))  # whoever bears them is no body: "Dr Ana Bank"


class Word(NamedTuple):
    """A word of the text, its place, and whether a possessive ending was cut from it."""

    text: str
    start: int
    end: int
    possessive: bool
    key: str  # the word folded
    capital: bool  # whether it is written as names are: "Reyk", "al-Reyk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as it stands in the text. `words` are without the title, which `role` holds."""

    span: Span  # of the words, the title left out
    words: tuple[str, ...]
    role: Span | None  # the title before it, or the words of its apposition
    after: Span | None  # the apposition behind it
    body: bool  # a word in it heads the name of a body ("Ministry", "Column")
    the: bool  # "the" stands before it
    possessive: bool
    before: str  # the word before it, in lower case
    before_that: str  # and the one before it
    following: str  # the word behind it, in lower case, where no comma parts them
    initial: bool  # it opens its sentence
    quoted: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """Its words, folded."""
        return tuple(folded(w) for w in self.words)


@dataclass(frozen=True)
class Layout:
    """Where paragraphs, sentences and quotations of a text lie."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    paragraph_starts: tuple[int, ...]
    sentence_starts: tuple[int, ...]
    quotes: tuple[Span, ...]
    mixed: bool = True  # not all of it is in capitals
    ends: tuple[int, ...] = ()  # the line ends inside paragraphs that no wrapping made

    def gap(self, start: int, end: int) -> str:
        """What stands between two words, each white space of it one space, but a line end where a line ends."""
        between = self.text[start:end]
        if between == " " or not any(map(str.isspace, between)):
            return between
        ended = "\n" in between and (
            self.paragraph(start) != self.paragraph(end) or bisect_left(self.ends, start) != bisect_left(self.ends, end)
        )
        return _SPACE.sub("\n" if ended else " ", between)

    def initials(self, word: Word) -> bool:
        """Whether a word is an abbreviation, by its capitals in a text that is not all in capitals: "WHO", "US"."""
        return self.mixed and word.text.isupper() and 1 < len(word.text) < 5

    @cached_property
    def _sentences(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for w in self.words:
            found.setdefault(w.key, set()).add(self.sentence(w.start))
        return found

    def sentences_with(self, key: str) -> Collection[int]:
        """The numbers of the sentences that have a word."""
        return self._sentences.get(key, ())

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that holds a character; so `sentence`."""
        return bisect_right(self.paragraph_starts, at) - 1

    def sentence(self, at: int) -> int:
        return bisect_right(self.sentence_starts, at) - 1

    def sentence_span(self, number: int) -> Span:
        """From where a sentence begins to where the next one does; so `paragraph_span`."""
        return _stretch(self.sentence_starts, number, len(self.text))

    def paragraph_span(self, number: int) -> Span:
        return _stretch(self.paragraph_starts, number, len(self.text))

    def quoted(self, at: int) -> bool:
        """Whether a character stands in quotation marks."""
        k = bisect_right(self.quotes, Span(at, 1 << 60)) - 1
        return k >= 0 and self.quotes[k].start <= at < self.quotes[k].end

    def inside(self, span: Span) -> tuple[Word, ...]:
        """The words that begin in a span."""
        a = bisect_right(self.starts, span.start - 1)
        b = bisect_right(self.starts, span.end - 1)
        return self.words[a:b]


def _stretch(starts: Sequence[int], number: int, end: int) -> Span:
    return Span(starts[number] if number >= 0 else 0, starts[number + 1] if number + 1 < len(starts) else end)


def _unwrapped(text: str, block: Span) -> list[int]:
    """The line ends of a paragraph that part its lines: those of headlines and bylines, lines not half as long as the
    longest. The others are taken for wrapped."""
    lines = text[block.start : block.end].split("\n")
    width = max(map(len, lines))
    found, at = [], block.start
    for line in lines[:-1]:
        at += len(line)
        if len(line) < width / 2:
            found.append(at)
        at += 1
    return found


def layout(text: str) -> Layout:
    """A text with its words, and where its paragraphs, sentences and quotations lie."""
    blocks = paragraphs(text)
    words, ends = [], []
    for block in blocks:
        if "\n" in text[block.start : block.end]:
            ends += _unwrapped(text, block)
        for m in TOKEN.finditer(text, block.start, block.end):
            word, end, possessive = m.group(), m.end(), False
            if word[-1] in "sS":
                if word[-2:-1] in ("'", "’"):
                    word, end, possessive = word[:-2], end - 2, True
                elif text[end : end + 1] in ("'", "’"):
                    possessive = text[end + 1 : end + 2].isspace()
            words.append(Word(word.replace("\u00ad", ""), m.start(), end, possessive, *_looks(word)))
    return Layout(
        text=text,
        words=tuple(words),
        starts=tuple(w.start for w in words),
        paragraph_starts=tuple(b.start for b in blocks),
        sentence_starts=tuple(s.start for s in sentences(text)),
        quotes=tuple(sorted(q.span for q in quotations(text) if q.span.end - q.span.start > 2)),
        mixed=3 * sum(w.text.islower() for w in words) > len(words),
        ends=tuple(ends),
    )


@lru_cache(WORDS)
def _looks(word: str) -> tuple[str, bool]:
    """A word folded, and whether it is written as names are."""
    word = word.replace("\u00ad", "")
    article = _ARTICLE_NAME.match(word) is not None and any(c.isupper() for c in word)
    return folded(word), word[0].isupper() or article


def names(page: Layout, ends: Collection[int] = (), whole: Collection[Span] = ()) -> list[Name]:
    """Every name in the text, in order. `ends`: where sources end, which no name in capitals goes on over. `whole`:
    bodies' sources as far as their first comma: where one is a run of capitalised words, all of them are its name."""
    lower = {w.key for w in page.words if w.text.islower()}
    firm = _firm_words(page)
    found = []
    k = 0
    while k < len(page.words):
        run = _run(page, k, ends)
        if not run:
            k += 1
            continue
        k += run
        name = _name(page, k - run, k, lower, firm, whole)
        if name:
            found.append(name)
    for n, (one, other) in enumerate(pairwise(found)):
        if _shares_surname(page, one, other):
            found[n] = replace(one, words=(*one.words, other.words[-1]))
    return found


def _shares_surname(page: Layout, one: Name, other: Name) -> bool:
    """Whether a first name stands before another with its surname: "Tom and Mira Castel"."""
    joined = len(one.words) == 1 and len(other.words) == 2 and page.gap(one.span.end, other.span.start) == " and "
    return (
        joined
        and not (one.possessive or one.role or other.role)
        and all(n.keys[0] in given_names() for n in (one, other))
    )


_OPENERS = ("“", '"', "‘", "«", ":", "•", "*", "—", "–")


def _opens_sentence(page: Layout, k: int) -> bool:
    start = page.words[k].start
    first = k == 0 or page.words[k - 1].end <= page.sentence_starts[max(0, page.sentence(start))]
    return first or page.text[max(0, start - 3) : start].rstrip(" ")[-1:] in _OPENERS


def _firm_words(page: Layout) -> set[str]:
    """Words that stand capitalised inside a sentence: names wherever they stand."""
    return {w.key for k, w in enumerate(page.words) if w.capital and not _opens_sentence(page, k)}


def _run(page: Layout, k: int, ends: Collection[int]) -> int:
    """How many words from the k-th on make one run of capitalised words."""
    words = page.words
    if not words[k].capital or (len(words[k].text) == 1 and not words[k + 1 : k + 2]):
        return 0
    n = 1
    while k + n < len(words):
        last, after = words[k + n - 1], words[k + n]
        if last.end in ends and (after.key in common() or (last.text.isupper() and after.text.isupper())):
            break  # "ANA REYK SAID IT HAD FAILED"
        gap = page.gap(last.end, after.start)
        if (
            last.possessive
            and last.text[-1] in "sS"
            and gap in ("' ", "’ ")
            and bodies().get(after.key) == "body"
            and after.capital
        ):
            n += 1  # "the Quarry Workers’ Union"
            continue
        if last.possessive or not _joins(gap, last):
            reach = _nickname(page, k + n)
            if not reach:
                break
            n += reach
            continue
        if after.capital or (after.text[0].isdigit() and len(after.text) < 3 and n == 1):
            n += 1
            continue
        reach = _particles(page, k, k + n)
        if not reach:
            break
        n += reach
    return n


_OPENING = {' "': '" ', " “": "” ", " ‘": "’ ", " '": "' ", " (": ") ", " „": "“ ", " «": "» "}


def _nickname(page: Layout, k: int) -> int:
    """How many words from the k-th are a nickname in quotation marks or brackets and the surname behind it."""
    words = page.words
    closing = _OPENING.get(page.gap(words[k - 1].end, words[k].start))
    for n in (1, 2):
        if closing is None or k + n >= len(words) or not words[k + n - 1].capital:
            return 0
        gap = page.gap(words[k + n - 1].end, words[k + n].start)
        if gap == closing:
            surname = words[k + n]
            return n + 1 if surname.capital and surname.key not in CALENDAR and surname.key not in common() else 0
        if gap != " ":
            return 0
    return 0


def _joins(gap: str, last: Word) -> bool:
    initial = len(last.text) == 1 and last.text.isalpha()  # "March 8. It" is no name
    return gap == " " or (gap in (". ", ".") and (last.key in _SHORT or initial))


def _particles(page: Layout, begin: int, k: int) -> int:
    """How many words from the k-th, particles and the capitalised word behind them, still belong to the run."""
    words = page.words
    n = 0
    of = False
    while k + n < len(words) and n < 3 and not words[k + n].capital:
        w = words[k + n]
        if w.key in _OF or (of and w.key == "the"):
            of = True
        elif w.key not in PARTICLES and w.text != "&":
            return 0
        if n and not _joins(page.gap(words[k + n - 1].end, w.start), w):
            return 0
        n += 1
    if not n or k + n >= len(words) or not words[k + n].capital or (words[k + n].possessive and words[k].key == "and"):
        return 0
    if page.gap(words[k + n - 1].end, words[k + n].start) != " ":
        return 0
    if of:
        left = [w.key for w in words[begin:k]]
        headed = any(bodies().get(x) for x in left)
        behind = bodies().get(left[-1]) or "of" in left or "for" in left
        if not headed or words[k].key == "to" or (words[k].key in ("and", "on", "against") and not behind):
            return 0
        if words[k].key == "and" and any(w.key in bodies() for w in words[k + n : k + n + 3] if w.capital):
            return 0  # "the Ministry of Works and the Port Authority" are two
    return n + 1


def _name(page: Layout, a: int, b: int, lower: set[str], firm: set[str], whole: Collection[Span]) -> Name | None:
    """The name in the run of capitalised words from `a` to `b`; None where it is none."""
    words = page.words
    initial = _opens_sentence(page, a)
    within = _within(page, a, b, lower, firm, whole)
    if within is None:
        return None
    a, stop, ranked = within
    b = stop
    while b - a > 2 and words[b - 1].key in _HONOURS:
        b -= 1  # "Ana Reyk KC"
    run = list(words[a:b])
    called = surnames(page.text)
    titles_end = _titles_end(page, a, run, called)
    if titles_end is None:
        return None
    at, is_body, office = titles_end
    core, role = run[at:], run[:at]
    plain = all(
        w.key in common() and w.key not in called and w.key not in places() and not page.initials(w) for w in core
    ) and not (is_body and len(core) > 1)
    if plain and not (is_body and not initial) and (initial or (len(core) == 1 and core[0].key not in firm)):
        return None
    if core[0].text.isdigit():
        return None
    start, end = core[0].start, words[stop - 1].end
    lead = a - 1
    before = (
        words[lead].key if lead >= 0 and page.gap(words[lead].end, run[0].start).strip(" ") in ("", "’", "'") else ""
    )
    following = words[stop] if stop < len(words) else None
    follows = following.key if following and page.gap(end, following.start).strip("'’s ") == "" else ""
    role_span = _role_before(page, a, run[0].start)
    if role:  # "military prosecutor Major Ana Reyk"
        role_span = Span((ranked or role_span or role[0]).start, role[-1].end)
    if role and office and not is_body:
        role_span = Span(office.start, role[-1].end)
    return Name(
        span=Span(start, end),
        words=tuple(w.text for w in core),
        role=role_span,
        after=_apposition(page, stop, end),
        body=is_body,
        the=before == "the",
        possessive=run[-1].possessive,
        before=before,
        before_that=words[lead - 1].key if before and lead > 0 else "",
        following=follows,
        initial=initial,
        quoted=page.quoted(start),
    )


def _within(
    page: Layout, a: int, b: int, lower: set[str], firm: set[str], whole: Collection[Span]
) -> tuple[int, int, Word | None] | None:
    """The run of words without what only opens its sentence, the determiners before it and the day behind it; and the
    word that opened it where that belongs to a title: "Finance" of "Finance Minister Ana Reyk". None where nothing of
    a name is left."""
    words = page.words
    known = " ".join(w.key for w in words[a:b]) in places()  # "No 10"
    led = words[a].key in DETERMINERS or words[a].key in ("neighboring", "neighbouring")
    if b - a > 1 and not led and Span(words[a].start, words[b - 1].end) in whole:
        known = True  # "Amnesty International"
    ranked: Word | None = None
    if not known and a < b and _opens_sentence(page, a) and _only_opens(page, words[a:b], lower, firm):
        first = words[a]
        a += 1
        if a < b and words[a].key in ("of", "and", "for", "the", "&"):
            return None
        if b - a > 1 and (first.key in _FIELDS or first.key in RANKS) and titled(words[a].key):
            ranked = first
    while not known and a < b and words[a].key in DETERMINERS:
        a += 1
    if not known and b - a > 2 and words[a].key in WEEKDAYS:
        a += 1  # "On Saturday Ana Reyk said"
    while not known and a < b and _ends_in_a_day(page, words[a], words[b - 1]):
        b -= 1  # "3 March", "Ana Reyk on Monday"
        while a < b and (words[b - 1].key in PARTICLES or words[b - 1].key in _OF) and words[b - 1].text.islower():
            b -= 1
    left = words[a:b]
    if all(_in_calendar(page, w) for w in left) or (len(left) == 1 and len(left[0].text) == 1):
        return None
    return a, b, ranked


def _only_opens(page: Layout, run: Sequence[Word], lower: set[str], firm: set[str]) -> bool:
    """Whether the first word of a run has its capital from the beginning of its sentence alone."""
    key = run[0].key
    plain = key in common() or key in lower or key in DETERMINERS or key in PREPOSITIONS
    if page.initials(run[0]) or key in places() or key in titles() or (bodies().get(key) and len(run) > 1):
        return False
    if key in given_names() and key != "will" and len(run) > 1:
        return False  # "Per Olin", "Grace Olin"
    return plain and not (key in firm and key not in common() and key not in DETERMINERS)


def _in_calendar(page: Layout, word: Word) -> bool:
    return word.key in CALENDAR and not page.initials(word)


def _ends_in_a_day(page: Layout, first: Word, last: Word) -> bool:
    return (last.text[0].isdigit() and first.key in CALENDAR) or _in_calendar(page, last)


def _titles_end(page: Layout, a: int, run: list[Word], called: Collection[str]) -> tuple[int, bool, Word | None] | None:
    """How many words of the run are titles before the name, whether the name is a body's, and the title that stands
    before the run, where the run begins with what that is of. None where there is nothing but a title. `called`: the
    titles that are surnames in the text."""
    at = 0
    for k, w in enumerate(run[:-1]):
        if titled(w.key) and run[k + 1].key not in ("of", "for", "and", "&"):
            at = k + 1
    is_body = bodily(run[at:])
    if titled(run[-1].key) and not is_body and run[-1].key not in called:
        return None  # "the Prime Minister", "the King": a title alone
    is_body = is_body and not (at and run[at - 1].key in _PERSONAL)
    if at and is_body:
        at = 0  # "Chief Minister Office"
    if at and len(run) - at == 1 and run[at].key in common() and run[at].key not in {*places(), *called}:
        at = 0  # "Old Coach Road"
    office = _office_of(page, a, run)
    if office and not is_body:
        at = office[0]
    return at, is_body, office[1] if office else None


def _office_of(page: Layout, a: int, run: list[Word]) -> tuple[int, Word] | None:
    """How many words at the beginning of a run say what a title before it is of, and that title: "Internal Affairs" of
    "Deputy Minister of Internal Affairs Ana Reyk"."""
    if a < 2 or page.words[a - 1].key != "of" or not titled(page.words[a - 2].key):
        return None
    n = len(list(takewhile(lambda w: w.key in common() or w.key in _FIELDS, run)))
    return (n, page.words[a - 2]) if n and len(run) - n > 1 and run[n - 1].end < run[n].start else None


def titled(key: str) -> bool:
    """Whether a word is a title: "minister", "comptroller-general"."""
    known = titles()
    if key in known:
        return known[key] not in ("group", "person")
    return "-" in key and any(known.get(part) in ("rank", "office") for part in key.split("-")[:2])


def unhonoured(name: str) -> str:
    """A name without the honours behind it: "Ana Reyk" of "Ana Reyk KC"."""
    words = name.split()
    while len(words) > 2 and folded(words[-1]) in _HONOURS:
        words.pop()
    return " ".join(words)


def untitled(words: Sequence[str]) -> list[str]:
    """The words of a name without its titles; its last is one even if it is a title: "Paul", "King"."""
    return [w for w in words[:-1] if folded(w) not in titles()] + list(words[-1:])


def bodily(words: list[Word]) -> bool:
    """Whether a word of a body heads the name: its last, or the last before "of"; or "&" joins its words."""
    keys = [w.key for w in words]
    heads = {keys[-1]} | {keys[k - 1] for k, w in enumerate(keys) if k and w in ("of", "for", "on")}
    return any(bodies().get(h) for h in heads) or "&" in keys or medial(keys)


def medial(words: Sequence[str]) -> bool:
    """Whether a name ends as only those of newspapers, agencies and stations do: "Osterin Today", "First Channel"."""
    return len(words) > 1 and folded(words[-1]) in _MEDIA


def _role_before(page: Layout, a: int, start: int) -> Span | None:
    """The lower-case title just before a name: "foreign secretary Ana Reyk", "the foreman, Ana Reyk"."""
    words = page.words
    k = a - 1
    if k < 0:
        return None
    gap = page.gap(words[k].end, start)
    if gap not in (" ", ", ") or words[k].possessive:
        return None
    key = words[k].key
    comma = gap == ", "
    if titles().get(key, "group") == "group":
        return None if not comma else _headed_before(page, k)
    if key.endswith("ed") and k and words[k - 1].key not in DETERMINERS:
        return None  # "the union accused Halven Lines" is no title, "the accused, Ana Reyk" is
    first = k
    while first > 0 and k - first < 5:
        w = words[first - 1]
        if page.gap(w.end, words[first].start) not in (" ", "’s ", "'s ", "’ ", "' "):
            break
        if w.key in PREPOSITIONS or (w.key in DETERMINERS and w.key != "the"):
            break
        if w.key == "the":
            break
        first -= 1
    if comma and first > 0 and words[first - 1].key not in DETERMINERS and not words[first].possessive:
        return None  # "said the minister, Ana Reyk" needs its article; a list of names has none
    return Span(words[first].start, words[k].end)


def _headed_before(page: Layout, k: int) -> Span | None:
    """The title in "the head of the Monitoring Group, Ana Reyk": its head stands before a preposition."""
    words = page.words
    for first in range(k, max(-1, k - 9), -1):
        w = words[first]
        if first < k and page.gap(w.end, words[first + 1].start).strip(" ’'s"):
            return None
        if titles().get(w.key, "group") != "group" and first + 1 <= k and words[first + 1].key in PREPOSITIONS:
            back = first
            while (back > 0 and words[back - 1].key in titles()) or (
                back > 0
                and words[back - 1].text.islower()
                and (words[back - 1].key not in PREPOSITIONS | DETERMINERS)
                and page.gap(words[back - 1].end, words[back].start) == " "
                and first - back < 3
            ):
                back -= 1
            if (back > 0 and words[back - 1].key in DETERMINERS) or words[back - 1].possessive:
                return Span(words[back].start, words[k].end)
            return None
    return None


def _apposition(page: Layout, b: int, end: int) -> Span | None:
    """The words behind a comma that say who a name is: ", the foreman,", ", who leads the Opposition"."""
    words = page.words
    if b >= len(words) or not page.gap(end, words[b].start).startswith(", "):
        return None
    stop = b
    while stop < len(words) and stop - b < 14:
        stop += 1
        if stop < len(words) and any(c in ',.;:—–()“”"‘\n' for c in page.gap(words[stop - 1].end, words[stop].start)):
            break
    first = words[b]
    if first.key in ("said", "told", "adding", "and", "but", "which", "where", "while"):
        return None
    head = [w.key for w in words[b:stop]]
    if first.key not in DETERMINERS:  # "appeared on national television": no noun stands before its preposition
        head = headed(head)
    if first.capital and titled(first.key) and stop > b + 1 and words[b + 1].capital:
        return None  # "the Service, Mrs Reyk": another name
    if first.key == "who" or any(h in titles() or bodies().get(h) for h in head):
        return Span(first.start, words[stop - 1].end)
    return None
