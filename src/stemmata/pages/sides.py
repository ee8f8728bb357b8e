"""Two versions side by side: which paragraphs stand for which, which words differ, and where statements stand in them.

Paragraphs are aligned in their order (Needleman and Wunsch 1970) by the share of words in common; what moved shows as
left out on one side and added on the other, and its statements still point at each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, Literal

from stemmata.model import GRAVITY, ChangeLabel, Document, Ground, Span, Statement
from stemmata.surface import WORD, paragraphs

ALIKE: Final = (
    0.25  # share of words in common from which two paragraphs are shown as versions of one; for the eye alone
)
MOST_PARAGRAPHS: Final = 200  # of a side: a longer one is shown up to there, and the page says so
POINTED: Final = 120  # characters: what a change rests on is pointed at where it is a few words, not a paragraph
_WHOLE: Final = frozenset({"verbatim", "paraphrased", "added", "omitted"})  # these rest on all of a statement
_WORD: Final = re.compile(rf"\d+(?:[.,]\d+)+|{WORD.pattern}")  # "2.4" is one word
MOST_WORDS: Final = 1_500  # of a paragraph: in a longer one differing words are not sought

Role = Literal["source", "cue", "content", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text that is shown one way. `statement` is the number of one that it belongs to, from 1."""

    text: str
    role: Role
    changed: bool
    ground: ChangeLabel | None  # the label that rests on these very words, the gravest of several
    statement: int | None
    begins: tuple[int, ...]  # the statements that begin here


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paragraph of the parent beside the one of the child that stands for it; empty where there is none."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    rows: tuple[Row, ...]
    left_out: int  # paragraphs of both sides that are not shown


def sides(
    parent: Document,
    child: Document,
    *,
    of_parent: Sequence[tuple[int, Statement]],
    of_child: Sequence[tuple[int, Statement]],
    grounds: Sequence[Ground] = (),
) -> Sides:
    """Both texts, paragraph by paragraph; statements come with the numbers that they are shown under."""
    every = paragraphs(parent.text), paragraphs(child.text)
    left, right = (blocks[:MOST_PARAGRAPHS] for blocks in every)
    said = [s.content for _, s in of_parent], [s.content for _, s in of_child]
    telling: tuple[list[tuple[Span, ChangeLabel]], list[tuple[Span, ChangeLabel]]] = ([], [])
    for g in grounds:
        if g.untold or g.put_in or g.label not in _WHOLE:
            for marks, spans in zip(telling, _pointed(g, parent.text, child.text, said), strict=True):
                marks += [(s, g.label) for s in spans]
    rows = []
    for a, b in _aligned([_words(parent.text, s) for s in left], [_words(child.text, s) for s in right]):
        before, after = (left[a] if a is not None else None), (right[b] if b is not None else None)
        differing = _differing(parent.text, [before], child.text, [after]) if before and after else ([], [])
        rows.append(
            Row(
                before=tuple(pieces(parent.text, before, of_parent, differing[0], telling[0])) if before else (),
                after=tuple(pieces(child.text, after, of_child, differing[1], telling[1])) if after else (),
            )
        )
    return Sides(rows=tuple(rows), left_out=sum(map(len, every)) - len(left) - len(right))


def _words(text: str, span: Span) -> list[str]:
    return [m.group().casefold() for m in WORD.finditer(text, span.start, span.end)]


def _aligned(left: Sequence[list[str]], right: Sequence[list[str]]) -> list[tuple[int | None, int | None]]:
    """Pairs of paragraphs in order; None where one stands alone."""
    bags = [Counter(w) for w in left], [Counter(w) for w in right]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    alike = [[_alike(a, b) for b in bags[1]] for a in bags[0]]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            paired = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= ALIKE else -1.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(left) or j < len(right):
        here = best[i][j]
        if i < len(left) and j < len(right) and alike[i][j] >= ALIKE and here == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif j == len(right) or (i < len(left) and here == best[i + 1][j]):
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return pairs


def _alike(a: Counter[str], b: Counter[str]) -> float:
    """Words in common: the mean of their share of the shorter paragraph and of both; a cut one is still itself."""
    common = (a & b).total()
    return common and (common / min(a.total(), b.total()) + 2 * common / (a.total() + b.total())) / 2


def _pointed(
    g: Ground, before: str, after: str, said: tuple[Collection[Sequence[Span]], Collection[Sequence[Span]]]
) -> tuple[Sequence[Span], Sequence[Span]]:
    """The words of both sides that a label is shown to rest on, where these are few: of a quotation, which is compared
    word by word, and of all that is said (`said`, a statement each), those that differ."""
    sides = list(zip((g.parent, g.child), said, strict=True))
    whole = any(all(any(part in s for s in spans) for part in parts) for spans, every in sides for parts in every)
    pointed: tuple[Sequence[Span], Sequence[Span]] = g.parent, g.child
    if (whole or g.label == "quote-altered") and g.parent and g.child:
        differing = _differing(before, g.parent, after, g.child)
        pointed = differing if any(differing) else pointed
    first, second = ([s for s in spans if s.end - s.start <= POINTED] for spans in pointed)
    return first, second


def _differing(text: str, spans: Sequence[Span], other: str, beside: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The stretches of words in which two passages differ, case and punctuation aside."""
    mine = [m for s in spans for m in _WORD.finditer(text, s.start, s.end)]
    theirs = [m for s in beside for m in _WORD.finditer(other, s.start, s.end)]
    if max(len(mine), len(theirs)) > MOST_WORDS:
        return [], []
    matcher = SequenceMatcher(None, [m.group().casefold() for m in mine], [m.group().casefold() for m in theirs], False)
    found: tuple[list[Span], list[Span]] = ([], [])
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation != "equal":
            for marks, places, words in ((found[0], spans, mine[a:b]), (found[1], beside, theirs[c:d])):
                for place in places:
                    if here := [m for m in words if place.start <= m.start() < place.end]:
                        marks.append(Span(here[0].start(), here[-1].end()))
    return found


def wordings(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Two wordings in stretches, each with whether it differs from the other wording."""
    differing = _differing(before, [Span(0, len(before))], after, [Span(0, len(after))])
    return _stretches(before, differing[0]), _stretches(after, differing[1])


def _stretches(text: str, differing: Sequence[Span]) -> list[tuple[str, bool]]:
    found = []
    at = 0
    for span in differing:
        found += [(text[at : span.start], False), (span.of(text), True)]
        at = span.end
    return [(t, changed) for t, changed in [*found, (text[at:], False)] if t]


# Where roles meet (a nested report), the later one is shown
_RANK: Final[tuple[Role, ...]] = ("text", "content", "cue", "source")


def pieces(
    text: str,
    block: Span,
    statements: Iterable[tuple[int, Statement]],
    differing: Sequence[Span] = (),
    telling: Sequence[tuple[Span, ChangeLabel]] = (),
) -> Iterator[Piece]:
    """A paragraph in stretches of one look each."""
    marks: list[tuple[Span, int, int]] = []
    starts: dict[int, list[int]] = {}
    for number, s in statements:
        spans = [(p, 1) for p in s.content] + [(p, r) for p, r in ((s.cue, 2), (s.source, 3)) if p]
        inside = [(p, r) for p, r in spans if p.overlaps(block)]
        marks += [(p, r, number) for p, r in inside]
        first = min(p.start for p, _ in spans)
        if block.start <= first < block.end:
            starts.setdefault(first, []).append(number)
    cuts = {block.start, block.end, *starts}
    pointed = [(s, label) for s, label in telling if s.overlaps(block)]
    for span in [*differing, *(p for p, _, _ in marks), *(s for s, _ in pointed)]:
        cuts |= {min(max(edge, block.start), block.end) for edge in (span.start, span.end)}
    for start, end in pairwise(sorted(cuts)):
        over = [(r, -(p.end - p.start), n) for p, r, n in marks if p.start <= start and end <= p.end]
        rank, _, number = max(over, default=(0, 0, 0))  # of two reports, the one inside the other
        yield Piece(
            text=text[start:end],
            role=_RANK[rank],
            ground=min((x for s, x in pointed if s.start <= start and end <= s.end), key=GRAVITY.index, default=None),
            changed=any(d.start <= start and end <= d.end for d in differing),
            statement=number or None,
            begins=tuple(starts.get(start, ())),
        )
