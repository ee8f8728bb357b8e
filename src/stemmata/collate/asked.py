"""What somebody was asked, and a version that tells it as said: "was asked whether alarms had sounded" beside "said
that alarms had sounded"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from stemmata.collate.passages import TELLING
from stemmata.collate.rendering import Rendering, once_a_pair
from stemmata.language.clauses import main_clauses
from stemmata.language.senses import kept_in_sense
from stemmata.language.wording import weight, words
from stemmata.model import Span
from stemmata.surface import WORD, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stemmata.collate.passages import Version

# Shares of the telling words, of what is asked and of what is told, that the other side has or has near in sense; and
# by how much it has more of them than any other sentence of the text (by hand)
OF_ASKED, OF_TOLD, AHEAD = 0.6, 0.6, 0.2
FEWEST = 2  # telling words that a question has at least (by hand)
HEARD = 64  # texts that are kept with their questions (by hand)
_WHAT = r"(?:reports?|claims?|rumou?rs?|suggestions?|allegations?|accusations?|speculation|talk|the idea)"
_ASKED = re.compile(
    r"\b(?:(?:asked|questioned|quizzed|pressed|challenged)\b(?:\s+[\w’'-]+){0,6}?|"
    r"(?:questions?|asking)\b(?:\s+[\w’'-]+){0,4}?)"
    rf"\s+(?:whether|if|(?:about|on|over)\s+(?:an?\s+|the\s+)?(?:[\w’'-]+\s+)?{_WHAT}\s+that)\s+",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,.;:?!–—\n]|\s+(?=and\s+(?:(?:then|later|in)\s+)?(?:\w+\s+)?"
    r"(?:said|sa(?:ys|ying)|repl\w+|answer\w+|told|responded|declined|refused|would|did|could)\b)"
)
# What leaves a question open, or asks one itself
_OPEN = re.compile(
    r"\b(?:whether|ask\w*|question\w*|declin\w*|refus\w*|avoid\w*|dodg\w*|evad\w*|sidestep\w*|not|never|no|deny|"
    r"den(?:ies|ied|ying))\b|n[’']t\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\s*(?:whether|if)\b", re.IGNORECASE)
# An answer in a word or two: that it is so, or is not
_ANSWERED = re.compile(
    r"\b(?:yes|no|nod(?:s|ded)|shook|confirm(?:s|ed)?|agree[sd]?|den(?:y|ies|ied)|true|untrue|right|correct|so|wrong|false|"
    r"nonsense)\b"
    r"|\b(?:he|she|it|they|we|i|that|there)\s+(?:had|has|have|was|were|is|are|did|does|do|would|will|could|can)"
    r"(?:\s+not|n[’']t)?\s*(?:[.,;:”\"]|$)",
    re.IGNORECASE,
)


@lru_cache(HEARD)
def questions(text: str) -> dict[Span, list[str]]:
    """What is asked in a text, in reported speech, and not answered in a word: the clauses behind "asked whether", each
    with its telling stems."""
    out = {}
    for m in _ASKED.finditer(text):
        end = _END.search(text, m.end())
        if end and end.start() == m.end():
            continue
        at = Span(m.end(), end.start() if end else len(text))
        stems = _stems(text, at)
        if len(stems) >= FEWEST and not _ANSWERED.search(text, at.end, _answer_end(text, at)):
            out[at] = stems
    return out


@once_a_pair
def question_told(parent: Rendering, child: Rendering) -> tuple[Span, Span] | None:
    """A question, beside the answer that the parent's statement is or in it, that the child tells as said."""
    for _, at, again in questions_said((parent.version,), child):
        if any(at.overlaps(x) for x in parent.spans):
            return at, again
        near = Span(at.start, _answer_end(parent.text, at))
        answer = [w.norm for w in parent.telling]
        beside = any(near.overlaps(x) for x in parent.spans)
        if beside and answer and kept_in_sense(_stems(child.text, again), answer) < OF_TOLD - AHEAD:
            return at, again
    return None


def questions_said(parents: Iterable[Version], child: Rendering) -> Iterator[tuple[Version, Span, Span]]:
    """The questions of the parents of which the child tells one in a clause as said, and that clause: most of both
    stands on the other side, and no other sentence of theirs tells it as well."""
    cue = child.statement.cue
    if cue is None or _OPEN.search(child.text, cue.start, cue.end) or _OPENS.match(child.text, child.spans[0].start):
        return
    clauses = [x for s in child.spans for x in main_clauses(child.text, s)]
    for parent in parents:
        for at, asked in questions(parent.text).items():
            for clause in clauses:
                again = _stems(child.text, clause)
                share = kept_in_sense(again, asked)
                if share < OF_TOLD or kept_in_sense(asked, again) < OF_ASKED or _OPENS.match(child.text, clause.start):
                    continue
                others = (x for x in sentences(parent.text) if not x.overlaps(at))
                if all(kept_in_sense(again, _stems(parent.text, x)) <= share - AHEAD for x in others):
                    yield parent, at, clause


def _stems(text: str, at: Span) -> list[str]:
    return [w.norm for w in words(text, (at,)) if weight(w.norm) > TELLING]


def _answer_end(text: str, at: Span) -> int:
    """Where what may answer a question ends: with its sentence, or, where nothing follows it there, with the next."""
    ends = [x.end for x in sentences(text) if x.end >= at.end] or [len(text)]
    return ends[0] if WORD.search(text, at.end, ends[0]) else ends[:2][-1]
