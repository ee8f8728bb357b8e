"""What the characters of a text alone tell: paragraphs, sentences' ends, quotation marks. No model, no lexicon.

Every function takes a text and gives spans of it. Quotation marks are evidence, not law: one news text in five has an
odd number of them (measured on 200 BBC texts), so an opening mark without its closing mark is recovered at the next
paragraph at the latest, and said to be recovered.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from stemmata.model import Span

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE = re.compile(r"\n")
_ITEM = re.compile(r"(?:[•·▪‣◦]|[*–—-]\s+[\dA-ZÀ-ÖØ-Þ“\"'‘])")
# "the U.S." or "the Workers’" at the end of a line ends no paragraph
_GOES_ON = re.compile(r"(?:^|[\s(])(?:\w\.)+$|s['’]$")
_TITLES = (
    "adm adv atty brig capt cllr cmdr col dr engr fr gen gov hon ing insp jr lic lt maj messrs mgr mlle mme mr mrs ms "
    "msgr prof rep rev sen sgt sr st supt"
)
_OTHERS = "approx etc vs jan feb mar apr jun jul aug sep sept oct nov dec"
TITLES = frozenset(_TITLES.split())  # whose point ends no sentence: a name goes on behind it
_SHORTENED = TITLES | frozenset(_OTHERS.split())
_LEAD = 8  # characters: no abbreviation, with what leads to it, is longer
_LAST = re.compile(r"(?:^|[\s(])((?:[^\W\d_]\.)*[^\W\d_]+)$")
_HALVES = ("a.m", "p.m")  # of a day: before a capital, in bench/train and our dossiers, 55 of 56 end a sentence
_STOP = re.compile(r"[.!?…]+(?: »|[\"'”’»“)\]]*)(?=\s|$)")
_NUMBER = re.compile(r"\s*\d\d?")
_LINE_ENDERS = frozenset(".!?:;…\"'”’»“)]")
WORD = re.compile(r"\w+(?:['’]\w+)?")
KEPT = 512  # texts whose paragraphs, sentences and quotations are kept: each step asks for them anew (by hand)

# opening mark -> the marks that may close it, for the styles of English, German, French, Polish and Nordic desks
_DOUBLE = {"“": '”“"', "„": '“”"‟', "‟": "”", "«": "»", "»": "«", "‹": "›", '"': '"”“', "〝": "〞", "「": "」"}
_SINGLE = {"‘": "’'", "‚": "‘’'", "'": "'’", "`": "'’`"}
_MARKS = re.compile("[" + re.escape("".join(sorted({*"".join(_DOUBLE), *"".join(_DOUBLE.values()), *"".join(_SINGLE),
                                                    *"".join(_SINGLE.values())}))) + "]")  # fmt: skip
_ELISION = re.compile(r"['‘’](?:\d\ds?\b|n['’]|(?:tis|twas|em|cause|til|round|bout)\b)", re.IGNORECASE)
_OPENS_AFTER = frozenset("([{—–-/:;,…")
LINES = 3  # at the head of a text, in which it may say whose it is (read/credit.py takes as many)
_HEAD = re.compile(r"^[^\S\n]*(\S.*)$", re.MULTILINE)
# "KARSK, March 2 (Sarn Wire) -"
DATELINE = re.compile(
    r"(?P<place>[^\n()/]{3,60}?)(?:[(/](?P<outlet>[^\n()/]{2,60})[)/])? ?(?:\. ?)?(?:--|[-–—]|(?<=\)):|(?<=/)\.) ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A stretch in quotation marks inside one paragraph.

    `span` includes the marks. `end` tells how it ended: `closed` by its mark, `runs-on` (the next paragraph opens with
    the mark again, as in a quotation of several paragraphs), or `recovered` (the closing mark is missing).
    """

    span: Span
    end: str
    single: bool


@lru_cache(KEPT)
def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of `text`, without the white space around them; none is empty.

    Blank lines separate paragraphs. A single line end does where the line before it looks ended (by its last mark),
    where an item of a list follows, and after a line that is not half as long as those that the text is set in (a time
    stamp, a heading, a byline), unless a small letter goes on with it; else it is taken for a wrapped line.
    """
    found = []
    start = 0
    breaks = [(m.start(), m.end()) for m in _BLANK.finditer(text)]
    width = _width(text)
    for stop, following in [*breaks, (len(text), len(text))]:
        line = start
        for end, after_end in pairwise([*(m.start() for m in _LINE.finditer(text, start, stop)), stop]):
            before, after = text[line:end].strip(), text[end:after_end].strip()
            ended = not before or (before[-1] in _LINE_ENDERS and not _GOES_ON.search(before[-12:]))
            short = 2 * len(before) < max(width, after.rfind(" ")) and not after[:1].islower()
            if ended or short or _ITEM.match(after):
                found.append(_stripped(text, start, end))
                start = end
            line = end + 1
        found.append(_stripped(text, start, stop))
        start = following
    return tuple(span for span in found if span.start < span.end)


def _width(text: str) -> int:
    """The length of line that a text is set in: half of its characters stand in lines at least that long. The last
    word of a line does not count, for it may be an address that nothing can wrap."""
    lengths = sorted((max(line.rfind(" "), 0) for line in text.split("\n")), reverse=True)
    half = sum(lengths) / 2
    return next((n for n, so_far in zip(lengths, accumulate(lengths), strict=True) if so_far >= half), 0)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def unbroken(text: str, blocks: Sequence[Span], span: Span, at: int) -> Span:
    """`span` without what lies beyond a time stamp's, a heading's or another unended paragraph's end, seen from `at`.

    Nothing that is said goes on over one: of 4,119 annotated contents of bench/train none does. `blocks` are the
    paragraphs of `text`."""
    start, end = span.start, span.end
    for block in blocks[bisect_left(blocks, start, key=lambda x: x.end) :]:
        if block.end >= end:
            break
        if start < block.end and text[block.end - 1] not in _LINE_ENDERS:
            start, end = (start, block.end) if at < block.end else (block.end, end)
    return _stripped(text, start, end)


def heads(text: str) -> Iterator[tuple[int, str]]:
    """The first lines of a text that have words, each with where it starts."""
    for _, line in zip(range(LINES), _HEAD.finditer(text), strict=False):
        yield line.start(1), line[1]


def dateline(text: str) -> Span | None:
    """The dateline at the head of a text, a place in capitals as far as its dash ("KARSK, March 2 -"); None without.

    A hyphen or a short dash needs space around it: "SALVEMINI-ROHR" is a name. Of the 591 datelines of bench/train and
    our dossiers none stands in the source or the content of a statement.
    """
    for start, line in heads(text):
        m = DATELINE.match(line)
        place = m["place"].partition(",")[0].strip() if m else ""
        if m is None or not place.isupper():
            continue
        mark = len(m[0].rstrip()) - 1
        spaced = line[mark - 1] in " )" and line[mark + 1 : mark + 2] == " "
        if line[mark] in "—." or line[mark - 1] == "-" or (line[mark] in "-–" and spaced):
            return Span(start, start + m.end())
    return None


@lru_cache(KEPT)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text`, none across a paragraph's end."""
    found = []
    for block in paragraphs(text):
        start = block.start
        for m in _STOP.finditer(text, block.start, block.end):
            after = text[m.end() : m.end() + 3].lstrip()
            before = text[max(block.start, m.start() - _LEAD) : m.start()]
            if after[:1].islower() or (text[m.start()] == "." and _shortened(before, after)):
                continue
            if not _NUMBER.fullmatch(text, start, m.start()):  # that of an item stands in no sentence
                found.append(_stripped(text, start, m.end()))
            start = m.end()
        found.append(_stripped(text, start, block.end))
    return tuple(s for s in found if s.start < s.end)


def _shortened(before: str, after: str) -> bool:
    """Whether the point between two texts is that of an abbreviation: "Dr", "U.S", "J", and "No" before a number."""
    last = _LAST.search(before)
    word = last[1].lower() if last else ""
    dotted = ("." in word or len(word) == 1) and word not in _HALVES
    return dotted or word in _SHORTENED or (word == "no" and after[:1].isdigit())


@lru_cache(KEPT)
def quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of `text`, in order, none across a paragraph's end."""
    blocks = paragraphs(text)
    found: list[Quotation] = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        opener_after = text[after.start] if after else ""
        found.extend(_quotations_of_paragraph(text, block, opener_after))
    return tuple(found)


def _quotations_of_paragraph(text: str, block: Span, opener_after: str) -> list[Quotation]:
    marks = [m.start() for m in _MARKS.finditer(text, block.start, block.end)]
    single_ends: dict[str, list[tuple[int, int] | None]] = {}  # by the marks that may close
    found: list[Quotation] = []
    at = 0
    while at < len(marks):
        start = marks[at]
        mark = text[start]
        single = mark in _SINGLE
        if not _opens(text, start, block):
            at += 1
            continue
        if single:
            closers = _SINGLE[mark]
            if closers not in single_ends:
                single_ends[closers] = _single_closings(text, block, marks, closers)
            if (ended := single_ends[closers][at]) is None and mark != opener_after:
                at += 1  # a lone single mark is an apostrophe until something closes it
                continue
            end, at_next = ended or (block.end, at + 1)
            how = "closed" if ended else "runs-on"
        else:
            end, at_next, how = _closing(text, block, marks, at)
            if how == "open":
                runs_on = mark == opener_after or (mark in '"“' and opener_after in ('"', "“"))
                how = "runs-on" if runs_on else "recovered"
        found.append(Quotation(span=Span(start, end), end=how, single=single))
        at = at_next
        while at < len(marks) and marks[at] < end:  # one that runs on holds what opens within it
            at += 1
    return found


def _opens(text: str, at: int, block: Span) -> bool:
    """Whether the mark at `at` can open a quotation: by its shape, else by what stands around it."""
    mark = text[at]
    if mark in "”’›〞」" or (mark not in _DOUBLE and mark not in _SINGLE):
        return False
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if mark in _SINGLE and _ELISION.match(text, at):
        return False
    free_before = before.isspace() or before in _OPENS_AFTER or before in _DOUBLE or before in _SINGLE
    if mark in "„‟«‚‹〝「":
        return mark != "«" or free_before or not after.isspace()
    if mark == "»":
        return free_before and not after.isspace() and before != "«"
    return free_before and not after.isspace()


def _closing(text: str, block: Span, marks: list[int], at: int) -> tuple[int, int, str]:
    """End of the quotation that a double mark opens at `marks[at]`, the index of the next mark to look at, and how
    it ended."""
    opener = text[marks[at]]
    for k in range(at + 1, len(marks)):
        i = marks[k]
        mark = text[i]
        before = text[i - 1]
        after = text[i + 1] if i + 1 < block.end else " "
        if mark in _DOUBLE[opener] and not (after.isalnum() and before.isalnum()):
            # the same kind of mark opening again: the closing mark of the first is missing
            if mark in '"“' and before.isspace() and not after.isspace() and opener in '"“':
                return _recovered_end(text, marks[at], i), k, "recovered"
            if not (before.isspace() and not after.isspace() and opener not in "«»‹"):
                return i + 1, k + 1, "closed"
        elif mark == opener and opener in "„«“" and before.isspace():
            return _recovered_end(text, marks[at], i), k, "recovered"
    return block.end, len(marks), "open"


def _single_closings(text: str, block: Span, marks: list[int], closers: str) -> list[tuple[int, int] | None]:
    """For each of a paragraph's marks the end of the quotation that a single mark opens there, and the index of the
    next mark to look at; None where nothing closes it.

    Read from the last mark to the first, so that time grows with their number. What may be a possessive ("the
    officials’ view") closes only where no better mark comes before the paragraph or the next double quotation begins.
    """
    out: list[tuple[int, int] | None] = []
    beyond_doubt: tuple[int, int] | None = None
    closing: tuple[int, int] | None = None
    for k in range(len(marks) - 1, -1, -1):
        out.append(closing)
        i = marks[k]
        before, after = text[i - 1], text[i + 1] if i + 1 < block.end else " "
        if text[i] in closers:
            if before.isspace() or after.isalnum():
                continue
            here = (i + 1, k + 1)
            if before == "s" and after == " " and text[i + 2 : i + 3].islower():
                closing = beyond_doubt or here
            else:
                closing = beyond_doubt = here
        elif text[i] in '“"„«' and before.isspace():
            beyond_doubt = None
    return out[::-1]


def _recovered_end(text: str, start: int, stop: int) -> int:
    """Where a quotation without closing mark ends at the latest, given where the next one opens."""
    end = stop
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def quotations_at(quoted: Sequence[Quotation], span: Span) -> Sequence[Quotation]:
    """Those of all `quotations` of a text that lie in or at `span`."""
    first = bisect_left(quoted, span.start, key=lambda q: q.span.end)
    last = bisect_right(quoted, span.end, key=lambda q: q.span.start)
    return quoted[first:last]


def holding(parts: Sequence[Span], quoted: Iterable[Quotation]) -> list[Span]:
    """The quotations that can hold words of `parts`. One without closing mark holds only what begins with its opening
    mark: how far it runs is not known, and what is told after it is not its own."""
    return [q.span for q in quoted if q.end != "recovered" or any(p.start <= q.span.start < p.end for p in parts)]


def mode_words(text: str, content: tuple[Span, ...], quoted: Sequence[Quotation]) -> tuple[int, int]:
    """How many words of `content` stand inside quotation marks, and how many words it has."""
    inside = total = 0
    for part in content:
        near = [s for s in holding(content, quotations_at(quoted, part)) if s.overlaps(part)]
        if not near:
            total += len(WORD.findall(text, part.start, part.end))
        for word in WORD.finditer(text, part.start, part.end) if near else ():
            total += 1
            inside += any(s.start <= word.start() and word.end() <= s.end for s in near)
    return inside, total


def whole_words(text: str, span: Span) -> Span:
    """`span`, made longer until it cuts no word in two."""
    start, end = span.start, span.end
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def trimmed(text: str, span: Span, *, front: str, back: str) -> Span:
    """`span` without the characters of `front` at its beginning and those of `back` at its end."""
    start, end = span.start, span.end
    while start < end and text[start] in front:
        start += 1
    while end > start and text[end - 1] in back:
        end -= 1
    return Span(start, end)
