"""A statement with all that it is compared by, each read off the text once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from stemmata.language.counts import Quantity
from stemmata.language.force import answering, held_wrong, negations
from stemmata.language.phrases import listed
from stemmata.language.quantities import quantities
from stemmata.language.wording import HEAVY, folded, heavy_words, lexicon, weight, words
from stemmata.model import Document, Span, Statement
from stemmata.pairs import far
from stemmata.surface import WORD, paragraphs, sentences

CUES = ("denies", "rejects", "corrects", "answers", "insists", "concedes")
_PRONOUNS = frozenset(("he", "she", "they", "it", "we", "i", "who", "him", "her", "them", "his", "its", "their"))
_OURS = frozenset(("i", "we", "my", "our", "me"))
_POINTING = frozenset(("it", "that", "this", "these", "those", "they", "them", "such", "so"))


_NOT_SO = re.compile(
    r"\b(?:not|n?either|nor|less|rather than|instead of)\s+"
    r"(?:(?:a|about|at|by|for|from|in|of|on|some|the|to)\s+){0,2}$",
    re.IGNORECASE,
)
_BEFORE = 40  # characters in front of a number in which it is said not to be so


def _refused(text: str, content: Sequence[Span], q: Quantity) -> bool:
    """Whether a statement says that it is not so many: the 1.2 million of "840,000 cans and not 1.2 million". So does
    "the figure of 1.2 million was wrong" (`held_wrong`): of four claims of bench/train and our dossiers with that
    number all four are disputed by it, and one number of something else is not."""
    start = max((p.start for p in content if p.start <= q.span.start), default=q.span.start)
    return _NOT_SO.search(text[max(start, q.span.start - _BEFORE) : q.span.start]) is not None


_NAMED = r"[A-ZÀ-Þ][\w-]*\w(?:\s+(?:of\s+|the\s+)*[A-ZÀ-Þ][\w-]*\w)*"
_BODY = (
    r"\b[Tt]he\s+(?:[\w-]+\s+){0,2}?(?:agency|army|association|bank|board|chair(?:man|woman)|commission|company|council"
    r"|director|general|government|governor|mayor|minist(?:er|ry)|opposition|party|police|president|prosecutor"
    r"|secretary(?:-general)?|spokes(?:man|woman)|union)"
)
SAME = 6  # letters by which a name and what is of it are one: "Tamsinia", "Tamsinian" (by hand)


@cache
def _makers() -> tuple[re.Pattern[str], ...]:
    """Where the maker of what is disputed is named: "Reyk's claim", "the council's figure", "an accusation by Orlu",
    "the Tamsinian account"."""
    nouns = "|".join(sorted(lexicon("dispute")["target"], key=lambda x: (-len(x), x)))
    noun = rf"(?:{nouns})\b"
    return (
        re.compile(rf"(?P<who>{_NAMED}|{_BODY})(?:['’]s|s['’])\s+(?:[\w-]+\s+){{0,2}}?{noun}"),
        re.compile(
            rf"\b{noun}\s+(?:(?:made|put forward|levelled|issued|published)\s+)?(?:by|from)\s+"
            rf"(?P<who>(?:the\s+)?(?:[\w-]+\s+){{0,2}}?{_NAMED})"
        ),
        re.compile(rf"\b[Tt]he\s+(?P<who>[A-ZÀ-Þ]\w+)\s+{noun}"),
    )


def _roots(told: Iterable[str]) -> frozenset[str]:
    return frozenset(w[:SAME] for w in told)


# "Does not dispute this", "has no objection": of 4 of bench/train and our dossiers none is a dispute, nor are the 2
# whose cue denies and whose act, by the rest of its words, does not
_GRANTS = re.compile(
    r"(?:\bnot|\bnever|n['’]t|\bno)\s(?:\w+\s)?(?:challeng|contest|den(?:y|ied)|disput|objection|reject)", re.IGNORECASE
)


class Reading:
    """A document with its sentences and its statements in the order of the text."""

    def __init__(
        self, document: Document, statements: Sequence[Statement], called: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self.document, self.text = document, document.text
        self.called = called or {}
        self.published = document.published or ""
        self.sentences = sentences(document.text)
        self._starts = [s.start for s in self.sentences]
        self.heavy = [heavy_words(self.text, (s,)) for s in self.sentences]
        blocks = paragraphs(self.text)
        opens = [b.start for b in blocks]
        self.block_of = [bisect_right(opens, s.start) - 1 for s in self.sentences]
        self.in_block: dict[int, set[str]] = defaultdict(set)  # the heavy words of each paragraph
        for k, heavy in zip(self.block_of, self.heavy, strict=True):
            self.in_block[k] |= heavy
        ordered = sorted(statements, key=lambda s: (s.content[0], s.id))
        self.told = [Utterance(self, s, k) for k, s in enumerate(ordered)]
        # in how many statements of this document a word stands
        self.spread = Counter(w for t in self.told for w in t.around)
        for t in self.told:
            t.placed()

    def sentence_at(self, place: int) -> int:
        """The index of the sentence that holds the character at `place`."""
        return max(0, bisect_right(self._starts, place) - 1)


class Utterance:
    """One statement with what it is weighed by: its words, names, numbers and negators, how its cue answers, what
    stands around it and before it. All but `odd` is read off the text when its `Reading` is made."""

    def __init__(self, reading: Reading, statement: Statement, rank: int) -> None:
        self.reading, self.statement, self.rank = reading, statement, rank
        text = reading.text
        found = words(text, statement.content)
        self.stems = [w.norm for w in found]
        self.weights = {w: weight(w) for w in self.stems}
        self.heavy = {w for w, x in self.weights.items() if x >= HEAVY}
        self.total = sum(self.weights.values()) or 1e-6
        self.names = {
            w.norm
            for w in found
            if text[w.span.start].isupper() and w.span.start != statement.content[0].start and len(w.norm) > 2
        }
        self.quantities: list[Quantity] = [q for q in quantities(text, statement.content) if not q.weak]
        self.counted = {w.norm for w in found if any(q.span.overlaps(w.span) for q in self.quantities)}
        wrong = held_wrong(text, statement.content)
        self.refused = [
            q for q in self.quantities if _refused(text, statement.content, q) or any(q.span.overlaps(s) for s in wrong)
        ]
        self.negators = negations(text, statement.content)
        source = words(text, (statement.source,)) if statement.source else []
        self.source = {w.norm for w in source if weight(w.norm) > 0.1 and w.norm not in _PRONOUNS}
        self.cue = [w.norm for w in words(text, (statement.cue,))] if statement.cue else []
        self.cues = answering(text, statement.cue, statement.content)
        if statement.act == "assert":
            grants = statement.cue and _GRANTS.search(text, statement.cue.start, statement.cue.end)
            self.cues -= {"denies", "rejects"} if grants else {"denies"}
        self.verdict = bool(listed("dispute", "verdict").within(self.stems))
        self.disowning = bool(listed("dispute", "disowning").within(self.stems))
        self.value_contrast = bool(listed("dispute", "contrast of values").within(self.stems))
        self.targets = listed("dispute", "target").within(self.stems[:8])
        self.target_acts = {a for _, _, value in self.targets for a in value.split()}
        beside = [x.start for x in (statement.source, statement.cue) if x and not far(x, statement.content)]
        first = reading.sentence_at(min([statement.content[0].start, *beside]))
        last = reading.sentence_at(statement.content[-1].end - 1)
        self.sentence = first
        self.last_sentence = last
        whole = tuple(reading.sentences[first : last + 1])
        frame = [w for w in words(text, whole) if not any(s.start <= w.span.start < s.end for s in statement.content)]
        self.frame = {w.norm for w in frame if weight(w.norm) >= HEAVY}
        self.around = self.heavy | self.frame
        opening = [w.norm for w in words(text, whole[:1])[:6]]
        self.contrast = bool(listed("dispute", "contrast").within(opening))
        self.frame_targets = {
            a for _, _, v in listed("dispute", "target").within([w.norm for w in frame]) for a in v.split()
        }
        self.pointing = not _POINTING.isdisjoint(self.stems[:4])
        self.first_person = bool(_OURS & {w.split("'")[0] for w in self.stems})  # "we've"
        self.short = len(self.stems) <= 5
        self.called = reading.called.get(statement.actor or "", frozenset()) | self.source
        self.maker = self._maker()
        self.quoted_words = tuple(
            folded(m.group()) for s in statement.content for m in WORD.finditer(text, s.start, s.end)
        )

    def _maker(self) -> frozenset[str]:
        """The roots of the name of whose words it answers, where it names them."""
        text, spans = self.reading.text, self.statement.content
        start = min(s.start for s in (*spans, *((self.statement.cue,) if self.statement.cue else ())))
        named = next((m for p in _makers() if (m := p.search(text, start, spans[-1].end))), None)
        if named is None:
            return frozenset()
        return _roots(heavy_words(text, (Span(*named.span("who")),)))

    def names_maker(self, other: Utterance) -> bool:
        """Whether what it answers is said to be of who tells the other."""
        return bool(self.maker) and not self.maker.isdisjoint(_roots(other.called))

    def placed(self) -> None:
        """Sets what stands before the statement: the two sentences, and what the same speaker said just before. For its
        `Reading` to call, once all its statements are there."""
        r = self.reading
        before = range(max(0, self.sentence - 2), self.sentence)
        self.before = set().union(*(r.heavy[k] for k in before)) if before else set()
        self.just_before = r.heavy[self.sentence - 1] if self.sentence else set()
        self.block = r.in_block[r.block_of[self.sentence]]
        x = r.told[self.rank - 1] if self.rank else None
        goes_on = x is not None and self.of_one_actor(x) and self.sentence - x.last_sentence <= 1
        self.went_on = x.heavy if x and goes_on else set()

    def in_breath_with(self, other: Utterance) -> bool:
        """Whether one speaker says both in one document, and takes neither back: nobody disputes their own words so."""
        return self.of_one_actor(other) and self.reading is other.reading and not self.taking_back

    def of_one_actor(self, other: Utterance) -> bool:
        """Whether one actor tells both, as far as is known."""
        return self.statement.actor is not None and self.statement.actor == other.statement.actor

    @property
    def taking_back(self) -> bool:
        """Whether somebody may take back their own words by it."""
        return bool(self.cues & {"denies", "rejects", "corrects", "concedes"}) or self.disowning

    @property
    def odd(self) -> bool:
        """Whether an odd number of negators stands in the statement and its cue: it says no to its words. Those of a
        limit ("no more than 31") say none."""
        cue = negations(self.reading.text, (self.statement.cue,)) if self.statement.cue else []
        limits = [q.bounded for q in self.quantities if q.bounded]
        mine = [m for m in self.negators if not any(m.span.overlaps(x) for x in limits)]
        return (len(cue) + len(mine)) % 2 == 1

    @property
    def denying(self) -> bool:
        """Whether its cue or its act denies or rejects something."""
        return bool(self.cues & {"denies", "rejects"}) or self.statement.act == "deny"
