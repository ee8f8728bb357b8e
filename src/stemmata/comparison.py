"""Two texts without a case: what the one did to the claims of the other, and what stands beside these.

A draft and its source, say. What is found beside the changes of claims are four kinds of things that a claim cannot
tell: text that a language model left, figures and names that the parent has nowhere, and statements of the child that
are held against none of the parent's.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from stemmata import flow
from stemmata.case.verdicts import SURE, Weight, hardly_told, loud_labels, weight
from stemmata.collate.leftovers import leftovers
from stemmata.collate.nowhere import STANDS_FOR, new_figures, new_names, stands_for
from stemmata.collate.shown import with_unit
from stemmata.flow import Analysis
from stemmata.model import GRAVITY, Change, ChangeLabel, Document, Extra, Span, StemmataError, content_id
from stemmata.surface import paragraphs
from stemmata.wordings import ShownChange, Worded, worded

AROUND: Final = 40  # characters shown on either side of a figure or a name
_KEPT: Final[dict[ChangeLabel, str]] = {
    "added": "added",
    "omitted": "omitted",  # "left out" is what was found and is not listed
    "paraphrased": "in other words",
    "verbatim": "word for word",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is found in the child beside the changes of claims.

    `kind`: a `left-over` of a language model; a `new-figure` or `new-name`, which the parent has nowhere; an `unpaired`
    statement, held against none of the parent's and not said to be added. `what` it is in a word or two, `span` where
    it stands in the child's text, `words` those that show it. Of a new figure that stands in the place of another,
    `old` is that one, `old_span` where it stands in the parent's text, `before` the words that show it, and `changed`
    how likely it is a number that was changed. `said` is the unpaired statement.
    """

    kind: Extra
    what: str
    span: Span
    words: str
    old: str | None = None
    old_span: Span | None = None
    before: str | None = None
    changed: float = 0.0
    said: Worded | None = None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What `child` did to the claims of `parent`. `changes`: the gravest and surest first, what was kept among them;
    `beside`: what is found beside these, in the order of `EXTRAS` and of the text."""

    parent: Analysis
    child: Analysis
    changes: tuple[ShownChange, ...]
    beside: tuple[Beside, ...]

    @property
    def same(self) -> bool:
        """Whether the two texts are the same, to the character."""
        return self.parent.document.text == self.child.document.text

    def weights(self, least: float = SURE) -> list[Weight]:
        """How much each change counts (`verdicts.weight`) for one who asks for changes at least that sure."""
        return [weight(r.change, least=least) for r in self.changes]

    def paragraphs(self, c: Change) -> tuple[int | None, int | None]:
        """The numbers of the paragraphs of both texts in which a change begins, from 1; None where a side has none."""
        sides = [s for g in c.grounds for s in g.parent], [s for g in c.grounds for s in g.child]
        for mine, a, id in zip(sides, (self.parent, self.child), (c.parent_statement, c.child_statement), strict=True):
            if not mine:  # of what only the other side tells this one has no words
                mine.extend(s for t in a.statements if t.id == id for s in t.content)
        return self.paragraphs_at(*(min(x, default=None) for x in sides))

    def paragraphs_at(self, before: Span | None, after: Span | None) -> tuple[int | None, int | None]:
        """The same of two places, one of each text."""
        first, second = (
            bisect(ends, x.start) + 1 if x else None for ends, x in zip(self._ends, (before, after), strict=True)
        )
        return first, second

    @cached_property
    def _ends(self) -> list[list[int]]:
        return [[p.end for p in paragraphs(a.document.text)] for a in (self.parent, self.child)]

    def summary(self, least: float = SURE) -> str:
        """What became of the claims, in one line."""
        weights = self.weights(least)
        loud = [r for r, w in zip(self.changes, weights, strict=True) if w == "counts"]
        labels = Counter(x for r in loud for x in loud_labels(r.change, least=least))
        parts = [f"{len(loud):,} changed"]
        if loud:
            parts[0] += f" ({', '.join(f'{x} {labels[x]}' for x in GRAVITY if labels[x])})"
        if unsure := weights.count("unsure"):
            parts.append(f"{unsure:,} more perhaps (less sure than {least:.2f})")
        soft = (r for r, w in zip(self.changes, weights, strict=True) if w == "soft")
        kept = Counter(min(r.change.changes, key=GRAVITY.index) for r in soft)
        parts += [f"{kept[x]:,} {said}" for x, said in _KEPT.items() if kept[x]]
        return f"{'the two texts are the same: ' if self.same else ''}{', '.join(parts)}"

    def doubts(self, named: tuple[str, str] = ("the parent", "the child")) -> Iterator[str]:
        """Why it may tell nothing: nobody speaks in one of the two (called as `named`), or hardly anything of the one
        is told in the other."""
        parent, child = self.parent.statements, self.child.statements
        silent = [name for said, name in zip((parent, child), named, strict=True) if not said]
        yield from (f"{x}: no statement was found in it, so nothing that it says was compared" for x in silent)
        both = (c for c in (r.change for r in self.changes) if c.parent_statement and c.child_statement)
        again = {c.parent_statement for c in both if c.again >= SURE}
        if hardly_told(len(again), len(parent), len(child)):
            several = "statement" if len(parent) == 1 else "statements"
            yield f"{named[1]} tells {len(again)} of {len(parent):,} {several} of {named[0]}: is it made from it?"


def comparison(parent: Analysis, child: Analysis) -> Comparison:
    """What `child` did to the claims of `parent`, taken as made from it.

    Raises:
        StemmataError: one of the two was not analysed: it is in another language.
    """
    for refusal in (*parent.refusals, *child.refusals):
        raise StemmataError(f"{refusal.location}: {refusal.reason}")
    changes = tuple(flow.compared(parent, child))
    return Comparison(parent=parent, child=child, changes=changes, beside=tuple(_beside(parent, child, changes)))


def told_apart(parent: Document, child: Document) -> tuple[Document, Document]:
    """The two with ids that differ, so that two versions of one address, or one text twice, can be compared."""
    if child.id == parent.id:
        child = replace(child, id=f"{child.id}@{content_id('text', child.text)[:8]}")
    return parent, child


def _beside(parent: Analysis, child: Analysis, changes: Sequence[ShownChange]) -> Iterator[Beside]:
    text = child.document.text
    for x in leftovers(text):
        yield Beside(kind="left-over", what=x.kind, span=x.span, words=x.span.of(text))
    yield from _new_figures(parent, child, changes)
    for name in new_names(parent.document.text, text):
        yield Beside(kind="new-name", what=name.of(text), span=name, words=_around(text, name))
    yield from _unpaired(parent, child, changes)


def _around(text: str, span: Span) -> str:
    """A figure or a name with some words on either side."""
    start, end = max(0, span.start - AROUND), span.end + AROUND
    before, after = text[start : span.start], text[span.end : end]
    if start:
        before = f"…{before.partition(' ')[2]}"
    if end < len(text):
        after = f"{after.rpartition(' ')[0]}…"
    return f"{before}{span.of(text)}{after}"


def _new_figures(parent: Analysis, child: Analysis, changes: Sequence[ShownChange]) -> Iterator[Beside]:
    """The figures of the child that its parent has nowhere, but for those that changes speak of."""
    again = {r.change.child_statement for r in changes if r.change.parent_statement}
    new = [x for r in changes for g in r.change.grounds for x in g.put_in]
    told = [y for s in child.statements if s.id in again for x in s.content for y in _without(x, new)]
    told += [x for r in changes for g in r.change.grounds if g.label == "number-changed" for x in g.child]
    before, after = parent.document.text, child.document.text
    figures = new_figures(before, after, told)
    for figure, at in zip(figures, stands_for(before, after, figures), strict=True):
        what, old = figure.of(after), at.of(before) if at else None
        if at and what == old:  # "18 weeks" beside "18 days"
            what, old = with_unit(after, figure).of(after), with_unit(before, at).of(before)
        yield Beside(
            kind="new-figure",
            what=what,
            span=figure,
            words=_around(after, figure),
            old=old,
            old_span=at,
            before=_around(before, at) if at else None,
            changed=STANDS_FOR if at else 0.0,
        )


def _without(span: Span, parts: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span beside the parts of it that are taken out."""
    start = span.start
    for x in sorted(p for p in parts if p in span):
        yield Span(start, x.start)
        start = x.end
    yield Span(start, span.end)


def _unpaired(parent: Analysis, child: Analysis, changes: Sequence[ShownChange]) -> Iterator[Beside]:
    """The statements of the child that stand in no row: what it may have of the parent, and is not told to have. Of 14
    faithful rewrites of training/rewritten (sets l and m) eight have one or two."""
    if not parent.statements:
        return
    told = {r.change.child_statement for r in changes}
    text = child.document.text
    around = [x for t in child.statements if t.id in told for x in t.content]
    for s in child.statements:
        if s.id not in told and not any(x.overlaps(y) for x in s.content for y in around):
            whole = Span(min(x.start for x in s.spans), max(x.end for x in s.spans))
            what = s.source.of(text) if s.source else "nobody named"
            yield Beside(kind="unpaired", what=what, span=whole, words=whole.of(text), said=worded(s, text))
