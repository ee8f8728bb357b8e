"""One statement read for comparison: its words, numbers, quotations, doubts, negators, verb of saying and speaker.

Quotations are compared word by word after folding quotation style, case, spacing and British spelling; numbers as
values; hedges, boosters, negation and verbs of saying by lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property, wraps
from itertools import pairwise
from typing import Any, TypeVar

from stemmata.collate.parts import said_sentences
from stemmata.collate.passages import TELLING, Version, pronominal, speaker_words
from stemmata.language.clauses import stretches
from stemmata.language.counts import Quantity
from stemmata.language.force import (
    KINDS,
    TONES,
    Marked,
    commitment,
    inner_commitment,
    marked,
    modal_verbs,
    negated_base,
    once,
)
from stemmata.language.phrases import listed
from stemmata.language.quantities import quantities
from stemmata.language.surnames import surnames
from stemmata.language.wording import (
    Fragment,
    Word,
    american,
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
from stemmata.surface import WORD

# what makes "only" or "at last" of a negator before it: "no movement other than", "not reopen until"
_ONLY = re.compile(r"(?:\s+[\w’'-]+){1,8}?\s+(?:other than|apart from|except|until|unless)\b")

# Nouns that tell of no step: of "one of the suspects", who may be under arrest, "restore order", "a charge of 5 marks"
_NO_STEPS = ("suspect", "suspects", "order", "orders", "charge", "request", "requests")
# "Rejected suggestions" are as firm as "dismissed claims": what is rejected stands at once behind the verb (characters,
# by hand). Of 44 gold claims and planted ones with such a noun 40 are no weaker and no stronger
_REJECTING, _REJECTED, BEGINS = ("deny", "reject"), ("claim", "suggestion"), 20


class Rendering:
    """A statement with all that its changes are read from; of its content only `part`, where one is given."""

    def __init__(self, version: Version, statement: Statement, part: tuple[Span, ...] = ()) -> None:
        # of a sentence told in two the clauses are compared like any statement; other sentences are told elsewhere
        self.in_part = bool(part) and len(said_sentences(version.text, statement)) > 1
        statement = replace(statement, content=part) if part else statement
        self.version, self.statement, self.text = version, statement, version.text
        self.spans = statement.content
        self.frame = tuple(x for x in (statement.cue, *statement.content) if x)
        self.plain = plain(self.text, self.spans)
        self.words = words(self.text, self.spans)
        self.stems = [w.norm for w in self.words]
        self.asked: dict[tuple[object, Rendering], Any] = {}  # what `once_a_pair` keeps

    @cached_property
    def telling(self) -> list[Word]:
        """The words of what is said that tell more than grammar."""
        return [w for w in self.words if weight(w.norm) > TELLING]

    def has(self, pattern: re.Pattern[str], *, framed: bool = False) -> bool:
        """Whether a pattern stands in what is said; `framed`: or in its cue."""
        return bool(self.found(pattern, framed=framed))

    def found(self, pattern: re.Pattern[str], *, framed: bool = False) -> list[re.Match[str]]:
        """Where a pattern stands in what is said; `framed`: or in its cue."""
        spans = self.frame if framed else self.spans
        return [m for s in spans for m in pattern.finditer(self.text, s.start, s.end)]

    def part_at(self, place: int) -> Span:
        """The part of what is said in which a place of the text lies."""
        return next(s for s in self.spans if s.start <= place < s.end)

    def part_of(self, at: Span) -> Span | None:
        """The part of what is said that a span touches; None where it stands in the cue."""
        return next((s for s in self.spans if s.overlaps(at)), None)

    @cached_property
    def quoted(self) -> list[Fragment]:
        """What it quotes; all of it where it is direct and has no marks."""
        found = spelt(fragments(self.text, self.spans, quoted_spans(self.text, self.spans)))
        return found or (spelt(unmarked(self.text, self.spans)) if self.statement.mode == "direct" else [])

    @cached_property
    def marked(self) -> dict[str, list[Marked]]:
        """The listed words and phrases in what is said, by list."""
        found = {k: marked(self.text, self.spans, k) for k in (*KINDS, *TONES, "extent", "prefixed")}
        found["negator"] = once(self.text, self._negating(self.spans, found))
        figures = [q.span for q in self.quantities]
        found["vague"] = [  # "some 85 nurses" leaves no number open
            m
            for m in found["vague"]
            if m.form != "some" or not any(q.overlaps(Span(m.span.start, m.span.end + 2)) for q in figures)
        ]
        if self._rejecting(*self._cue):
            near = self.spans[0].start + BEGINS
            found["softener"] = [m for m in found["softener"] if m.sense not in _REJECTED or m.span.start > near]
        return found

    @cached_property
    def doubts(self) -> list[Marked]:
        """The words of doubt in what is said."""
        return marked(self.text, self.spans, "doubt")

    @cached_property
    def doubted(self) -> list[Marked]:
        """The words of doubt in the cue."""
        return marked(self.text, self._cue, "doubt")

    @cached_property
    def hedged(self) -> list[Marked]:
        """The hedges in the cue."""
        return marked(self.text, self._cue, "hedge")

    @cached_property
    def negators(self) -> list[Marked]:
        """What negates it, the cue's words too."""
        return once(self.text, self._negating(self.frame, self.marked))

    @cached_property
    def steps(self) -> dict[str, list[tuple[int, int, Span]]]:
        """The steps of each ladder (force.tsv, "step"): the lowest and the highest that each may mean, and where."""
        found: dict[str, list[tuple[int, int, Span]]] = {}
        row, cue = words(self.text, self.frame), self.statement.cue
        for first, last, value in listed("force", "step").within([w.norm for w in row]):
            at = Span(row[first].span.start, row[last - 1].span.end)
            if at.of(self.text).lower() not in _NO_STEPS or (cue and at.overlaps(cue)):
                ladder, ranks = value.split()
                found.setdefault(ladder, []).append((int(ranks[0]), int(ranks[-1]), at))
        found.pop("none", None)
        return found

    @cached_property
    def cue(self) -> float | None:
        """How far the cue goes in what it says, None where it is not listed."""
        found = commitment(self.text, self.statement.cue)
        if self._of_rejected():
            return 0.0
        if found == 0.0 and self.statement.mode != "direct" and self.spans:
            return inner_commitment(self.text, self.spans[0]) or 0.0
        return found

    def _of_rejected(self) -> bool:
        """Whether the cue is a noun, "suggestions by the union", of what another statement rejects."""
        outer, cue = (
            next((x for x in self.version.statements if x.id == self.statement.inside), None),
            self.statement.cue,
        )
        if outer is None or outer.cue is None or cue is None or cue.start != outer.content[0].start:
            return False
        return self._rejecting(outer.cue)

    def _rejecting(self, *cue: Span) -> bool:
        return any(m.sense in _REJECTING for m in marked(self.text, cue, "negator"))

    @property
    def _cue(self) -> tuple[Span, ...]:
        return (self.statement.cue,) if self.statement.cue else ()

    @cached_property
    def cue_stems(self) -> list[str]:
        """The stems of the cue."""
        return [w.norm for w in words(self.text, self._cue)]

    @cached_property
    def modals(self) -> list[tuple[str, ...]]:
        """Its modal verbs."""
        reported = self.statement.mode != "direct" and self.statement.cue is not None
        return modal_verbs(self.text, self.frame, reported=reported)

    @property
    def modal(self) -> tuple[str, ...]:
        """The first of its modal verbs."""
        return next(iter(self.modals), ())

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers in what is said."""
        return quantities(self.text, self.spans)

    @cached_property
    def source(self) -> set[str]:
        """The stems that name who speaks."""
        return speaker_words(self.version, self.statement)

    def _negating(self, spans: tuple[Span, ...], listed: Mapping[str, list[Marked]]) -> list[Marked]:
        """The negators that are no part of "no fewer than" and "no doubt", which other lists have (`listed`)."""
        aside = [
            *listed["hedge"],
            *marked(self.text, spans, "aside"),
            *(m for m in listed["booster"] if m.sense == "certain"),
        ]
        found = marked(self.text, spans, "negator")
        found = [m for m in found if not any(m.span in x.span and m.span != x.span for x in aside)]
        found = [m for m in found if not _ONLY.match(self.text, m.span.end)]
        scant = [m for m in found if m.form in ("barely", "hardly", "scarcely")]  # "barely eleven seconds"
        counted = {q.span.start for q in quantities(self.text, spans)} if scant else set()
        return [m for m in found if not (m in scant and m.span.end + 1 in counted)]

    @cached_property
    def names(self) -> set[str]:
        """The last capitalised word before the first comma of the source, where that is no title: the surname, or the
        body's last word."""
        source = self.statement.source
        if source is None or self.pronoun:
            return set()
        head = source.of(self.text).split(",")[0].split(" of ")[0].split(" who ")[0]
        found = [w for w in WORD.findall(head) if w[0].isupper() and weight(stem(w)) > 0.5]
        alone = len(found) == 1 and head.lower().startswith("the ")
        return {stem(found[-1])} if found and not self.titled(found[-1], office=alone) else set()

    def titled(self, word: str, *, office: bool = False) -> bool:
        """Whether a word of the source is a title and no surname, as "King" is where the text has Paul King. `office`:
        what stands around it makes one of it: "the King", "King Paul"."""
        title = any(word.lower() in kind for kind in lexicon("titles").values())
        return title and (office or not word[0].isupper() or word.lower() not in surnames(self.text))

    @cached_property
    def clauses(self) -> dict[Span, list[Word]]:
        """The stretches between two joints ("and", "because", a comma) of what is said, each with its words."""
        parts = (x for s in self.spans for x in stretches(self.text, s))
        return {x: found for x in parts if (found := [w for w in self.words if w.span in x])}

    @property
    def unnumbered(self) -> list[str]:
        """The stems of the words that are no part of a quantity."""
        return [w.norm for w in self.words if not any(w.span.overlaps(q.span) for q in self.quantities)]

    @cached_property
    def core(self) -> set[str]:
        """The stems of the telling words that neither doubt, nor say how far it goes, nor compare, nor negate."""
        unsure = (*self.doubts, *self.marked["extent"], *self.marked["hedge"])
        aside = [m.span for m in (*unsure, *self.marked["negator"], *self.marked["prefixed"])]
        aside += [w.span for w, after in pairwise(self.words) if after.norm == "than"]
        telling = {w.norm for w in self.words if not any(w.span.overlaps(x) for x in aside)}
        return {
            w for w in telling | {stem(negated_base(m.form)) for m in self.marked["prefixed"]} if weight(w) > TELLING
        }

    @property
    def pronoun(self) -> bool:
        """Whether its source is a pronoun."""
        return pronominal(self.text, self.statement.source)


Given = TypeVar("Given")


def once_a_pair(law: Callable[[Rendering, Rendering], Given]) -> Callable[[Rendering, Rendering], Given]:
    """A law that is asked of two renderings but once: evidence, labels and what shows them hang on the same ones. What
    it gives is not to be changed."""

    @wraps(law)
    def kept(one: Rendering, other: Rendering) -> Given:
        if (law, other) not in one.asked:
            one.asked[law, other] = law(one, other)
        told: Given = one.asked[law, other]
        return told

    return kept


def spelt(found: Iterable[Fragment]) -> list[Fragment]:
    """In one spelling: a quotation in which "theatre" became "theater" is not called altered."""
    return [Fragment(tuple(map(american, f.words)), f.span) for f in found]
