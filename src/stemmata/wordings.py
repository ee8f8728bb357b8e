"""A statement, and a change of one, in the words that every list, page and export shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from stemmata.model import KEPT, Change, ChangeLabel, Document, Span, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class RestsOn:
    """The words of the parent and of the child that a label rests on; None where nothing stands there."""

    label: ChangeLabel
    before: str | None
    after: str | None


FEW_WORDS = 120  # characters: what a label rests on is pointed at where it is a few words, not a paragraph


def resting(
    c: Change, parent: tuple[str, Statement | None], child: tuple[str, Statement | None]
) -> tuple[RestsOn, ...]:
    """The words that the loud labels of a change rest on, where these are few and not all that is said; of an altered
    quotation all of it; of what was only kept those that one side alone tells. Both sides come with their text."""
    found = []
    for g in c.grounds:
        if g.untold and not any(x in g.untold for loud in c.grounds if loud is not g for x in loud.parent):
            found.append(RestsOn(label=g.label, before=pointed(g.untold, parent[0]), after=None))
        if g.put_in:
            found.append(RestsOn(label=g.label, before=None, after=pointed(g.put_in, child[0])))
        if g.label in KEPT or g.label in ("added", "omitted", "credit-dropped"):
            continue
        before, after = (
            pointed(spans, text) if g.label == "quote-altered" or is_few(spans, said) else None
            for spans, (text, said) in ((g.parent, parent), (g.child, child))
        )
        if before or after:
            found.append(RestsOn(label=g.label, before=before, after=after))
    return tuple(found)


def is_few(spans: Sequence[Span], said: Statement | None) -> bool:
    """Whether spans are a few words, and not all of what is said."""
    whole = said is not None and all(any(x.start <= y.start and y.end <= x.end for x in spans) for y in said.content)
    return not whole and sum(x.end - x.start for x in spans) <= FEW_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A statement with the words of its text that it points at."""

    statement: Statement
    source: str | None
    cue: str | None
    content: tuple[str, ...]

    @property
    def told(self) -> tuple[tuple[Literal["source", "cue"], str], ...]:
        """Who tells it and with which words, in the order of the text: what both sides of a change are shown with, as a
        change may be in nothing else."""
        s, said = self.statement, list[tuple[int, Literal["source", "cue"], str]]()
        if s.source and self.source:
            said.append((s.source.start, "source", self.source))
        else:
            said.append((-1, "source", "in the outlet’s own voice" if s.sourcing == "outlet" else "no source"))
        if s.cue and self.cue:
            said.append((s.cue.start, "cue", self.cue))
        return tuple((role, words) for _, role, words in sorted(said))

    @property
    def words(self) -> str:
        """What is said, in one line."""
        return " ".join(" … ".join(self.content).split())

    @property
    def line(self) -> str:
        """All of it in one line: who, with which words, and what."""
        return " ".join(f"{' '.join(words for _, words in self.told)}: {self.words}".split())


def worded(s: Statement, text: str) -> Worded:
    """A statement with its words, of the text that it stands in."""
    source, cue = (x.of(text) if x else None for x in (s.source, s.cue))
    return Worded(statement=s, source=source, cue=cue, content=tuple(part.of(text) for part in s.content))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """A change with the words of both sides (`Worded.line`), and the statements that tell them, `parent` and `child`;
    None where a side has none. Of a credit that is gone, what `uncredited` gives. `as_in`: other texts that have the
    claim as the child has it (verdicts.heritage). `rests_on`: `resting`."""

    change: Change
    before: str | None
    after: str | None
    as_in: tuple[str, ...] = ()
    rests_on: tuple[RestsOn, ...] = ()
    parent: Worded | None = None
    child: Worded | None = None


def shown_change(
    c: Change,
    texts: tuple[str, str],
    sides: tuple[Worded | None, Worded | None],
    *,
    credit: tuple[str | None, str] | None = None,
    as_in: tuple[str, ...] = (),
) -> ShownChange:
    """A change of the two `texts` with the words of both sides, or, of a dropped credit, what `uncredited` gives."""
    before, after = credit or (w.line if w else None for w in sides)
    parent, child = ((text, w.statement if w else None) for text, w in zip(texts, sides, strict=True))
    rests_on = resting(c, parent, child)
    return ShownChange(
        change=c, before=before, after=after, as_in=as_in, rests_on=rests_on, parent=sides[0], child=sides[1]
    )


def uncredited(c: Change, parent: Document, own: str | None, *, first: bool | None) -> tuple[str | None, str]:
    """The credit that a change of a whole document says is gone, if the parent has one, and whom the later version, by
    its `own` outlet, does not name: the outlet of its parent, if that is the first (None: of two texts alone nobody
    knows) and no other than its own, and those of its parent's credits that the change rests on."""
    outlet, shown = parent.outlet, [s for g in c.grounds for s in g.parent]
    names = list(dict.fromkeys(x.name for x in parent.credits if x.span in shown and x.name != own))
    if first is not False and outlet and outlet != own:
        others = [x for x in names if x.casefold() not in outlet.casefold() and outlet.casefold() not in x.casefold()]
        names = [f"{outlet}, the first outlet" if first else outlet, *others]
    before = pointed(shown, parent.text)
    return before, f"does not name {' or '.join(names) or 'where it got the story'}"


def counted(n: int, what: str, several: str | None = None) -> str:
    """A number of things: "1 statement", "2 statements"; "1 family", "2 families" (`several`)."""
    return f"{n:,} {what if n == 1 else several or f'{what}s'}"


def outlets_told(outlets: int, unnamed: int) -> str:
    """How many outlets there are, and how many documents name none."""
    others = f"{counted(unnamed, 'document')} that {'names' if unnamed == 1 else 'name'}"
    if not outlets:
        return f"{others} no outlet"
    return counted(outlets, "outlet") + (f" and {others} none" if unnamed else "")


def pointed(spans: Iterable[Span], text: str) -> str | None:
    """The words of `text` at some spans, in one line."""
    return " … ".join(" ".join(s.of(text).split()) for s in spans) or None
