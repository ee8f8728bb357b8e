"""Interviews and transcripts: what is said under its speaker's label ("ALDOUS: No valve stuck."), by the text alone.

A label is the source of all that stands under it, though no word of saying and no quotation mark says so; questions
are not told, they are asked. So is whom the first line of a speech names, which is one turn a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from stemmata.model import Span
from stemmata.surface import quotations, sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A label without its colon, and the words under it, which may go on over paragraphs.

    `asks`: the label is the interviewer's, or all of the words are questions.
    """

    label: Span
    words: Span
    asks: bool


FEWEST = 3  # labelled paragraphs that make a text an interview (by hand)
ASKING = 0.4  # share of a label's turns that ask, or speak of "you" alone, from which it is the interviewer's (by hand)
_WORD = r"(?:\([^()\n]{1,60}\)|[^\s:?!;“”\"«»()]+)"
_LABEL = re.compile(
    rf"(?P<label>(?=[^\W\d_]){_WORD}(?:[^\S\n]{_WORD}){{0,8}})[^\S\n]?:[^\S\n]+(?=[\"“‘'«„(\[—–-]*[A-ZÀ-Þ\d])"
)
_HEADING = re.compile(
    r"(?:the |our |not )?(?:claim|verdict|rating|fact|finding|update|updated|note|correction|clarification|source"
    r"|summary|background|context|photo|video|image|picture|watch|more|related|what|why|how|where|when|who|status"
    r"|date|place|location|result|score|time|yesterday|today|tomorrow|conclusion|ruling|reality|myth|true|false"
    r"|by|topic|tag|contact|phone|e-?mail|tel|address|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning"
    r"|afternoon|evening|night|live|also|editor|rated|proven)s?(?:\W|$)",
    re.IGNORECASE,
)  # what stands before a colon and is nobody
_SMALL = re.compile(r"(?:of|for|and|the|to|in|at|on|de|der|van|von|da|di|du|al|el|bin|la|le|y|und|[&–—-])$")
_PARENTHESIS = re.compile(r"\([^()]*\)")
_ASKER = re.compile(
    r"(?:q|question|interviewer|reporter|moderator|host|presenter|journalist|anchor|operator|speaker)s?$"
)
_ANSWER = re.compile(r"a(?:nswer)?$")
_YOU = re.compile(r"\byou(?:rs?)?\b", re.IGNORECASE)
_ME = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e)\b")
_DIRECTION = re.compile(r"[(\[].*[)\]]\.?$", re.DOTALL)
_KIND = r"(?:address|speech|statement|remarks|message|testimony|lecture)"
_BY = re.compile(
    rf"(?i:(?:(?:full\s)?(?:text|transcript)\sof\s)?(?:(?:the|an?)\s)?(?:[\w’'-]+\s){{0,2}}{_KIND}s?\s"
    rf"(?:(?:delivered|given|made)\s)?(?:of|by|from)\s)"
    rf"(?P<who>(?:the\s)?(?:(?:[A-ZÀ-Þ][\w.’'-]*|of|for|and|the)\s){{0,7}}?[A-ZÀ-Þ][\w’'-]+)"
    rf"(?=\s(?:to|at|before|on|in|during)\s|\s?[,:(—–-]|$)"
)  # "Address of President Ana Reyk to the Assembly"
_POSSESSED = re.compile(
    rf"(?P<who>(?:the\s)?(?:[A-ZÀ-Þ][\w.’'-]*\s){{0,5}}[A-ZÀ-Þ][\w-]+)[’']s?\s(?:[\w-]+\s){{0,2}}{_KIND}"
    rf"(?=\s(?:to|at|before|on|in|during)\s|,|:|$)",
)  # "President Ana Reyk's address to the Assembly, as delivered"
SHORT = 25  # words of a line that tells whose speech follows, at most (by hand)
_ENDED = re.compile(r"[.!?…][\"'”’»“)\]]*$")


def turns(text: str, blocks: Sequence[Span], outlet: str | None = None) -> list[Turn]:
    """The turns of an interview or a transcript in order of the text; none where it is neither. `blocks` are the
    paragraphs of `text`, `outlet` is who published it: a label that is the outlet's, and asks once, only asks.

    One question and its answer are two turns where their labels say so ("Q:", "A:"), and the answer speaks of "me" or
    the interviewer tells of "you"; in bench/train and our dossiers no text is that short. What stands under no label
    between two turns goes on with the first, where the questions have a label too. Of 509 turns that tell, in
    bench/train and our dossiers, 488 are annotated as their label's, the others as nobody's.
    """
    found = [(k, m, _speaker(m["label"])) for k, b in enumerate(blocks) if (m := _label(text, b))]
    often = Counter(speaker for _, _, speaker in found)
    pair = len(found) == 2 and bool(_ASKER.match(found[0][2]) and _ANSWER.match(found[1][2]))
    if not pair and (len(found) < FEWEST or max(often.values()) < 2):
        return [] if found else speech(text, blocks)
    asked = Counter(speaker for k, m, speaker in found if _put_to_another(text[m.end() : blocks[k].end]))
    us = {w.casefold() for w in re.findall(r"\w+", outlet or "")}
    askers = {x for x, n in often.items() if _ASKER.match(x) or asked[x] >= (1 if x in us else max(2, ASKING * n))}
    answers = [blocks[k].of(text) for k, _, speaker in found if _ANSWER.match(speaker)]
    put = text[found[0][1].end() : blocks[found[0][0]].end]
    told_of_themselves = pair and not _asks(put) and _YOU.search(put)  # "They say that your people did it."
    if not told_of_themselves and sum(bool(_ME.search(x)) for x in answers) < len(answers) / 3:
        return []  # "Q: Is it safe? A: The agency says so.": the outlet answers itself
    out = []
    for (k, m, speaker), after in zip(found, [*(k for k, _, _ in found[1:]), len(blocks)], strict=True):
        words = Span(m.end(), blocks[k].end)
        if askers and speaker not in askers and after < len(blocks):
            for block in blocks[k + 1 : after]:
                if not _goes_on(block.of(text), speaker):
                    break
                words = Span(words.start, block.end)
        told = words.of(text)
        asks = speaker in askers or all(_asks(s.of(told)) for s in sentences(told))
        start = m.start("label")
        out.append(Turn(label=Span(start, start + len(m["label"].rstrip())), words=words, asks=asks))
    return out


def speech(text: str, blocks: Sequence[Span]) -> list[Turn]:
    """The paragraphs of a speech as turns of whom its first line names ("Address of President Ana Reyk to the
    Assembly"); none where the text speaks of that one again, or where under half of the paragraphs say "I" or "we"
    outside of quotation marks. In bench/train and our dossiers no article is one."""
    if len(blocks) < 2 or _ENDED.search(title := blocks[0].of(text)) or len(title.split()) > SHORT:
        return []
    m = _BY.match(text, blocks[0].start, blocks[0].end) or _POSSESSED.match(text, blocks[0].start, blocks[0].end)
    if m is None:
        return []
    told = [b for b in blocks[1:] if _ENDED.search(b.of(text)) and not _DIRECTION.match(b.of(text))]
    quoted = [q.span for q in quotations(text)]

    def outside(word: re.Pattern[str], block: Span) -> bool:
        found = (x.start() for x in word.finditer(text, block.start, block.end))
        return any(not any(q.start <= at < q.end for q in quoted) for at in found)

    again = re.compile(rf"\b{re.escape(m['who'].split()[-1])}\b", re.IGNORECASE)
    if 2 * sum(outside(_ME, b) for b in told) < max(3, len(told)) or any(outside(again, b) for b in told):
        return []
    label = Span(*m.span("who"))
    asks = (all(_asks(s.of(b.of(text))) for s in sentences(b.of(text))) for b in told)
    return [Turn(label=label, words=b, asks=a) for b, a in zip(told, asks, strict=True)]


def _label(text: str, block: Span) -> re.Match[str] | None:
    """The label that a paragraph begins with, if it is somebody's: in capitals, but for small words and what stands
    behind a comma or in brackets ("Ana Reyk, the harbour pilot:", "Mr Tolland (Minister for Works):")."""
    m = _LABEL.match(text, block.start, block.end)
    if not m or _HEADING.match(m["label"]):
        return None
    words = _PARENTHESIS.sub(" ", m["label"]).partition(",")[0].split()
    ended = any(w.endswith(".") and len(w) > 5 for w in words)  # "Rev." and "J.A.R." end no sentence
    return m if words and not ended and all(w[0].isupper() or _SMALL.match(w) for w in words) else None


def _speaker(label: str) -> str:
    """Who a label stands for, as far as its words go: "Ms Odile Brandt (Harrow East)" and "Ms Brandt" are one."""
    return _PARENTHESIS.sub(" ", label).partition(",")[0].split()[-1].casefold().removesuffix(".")


def _asks(told: str) -> bool:
    return told.rstrip("\"'”’»“) ").endswith("?")


def _put_to_another(told: str) -> bool:
    """Whether a turn asks somebody, or tells somebody of themselves: "They say that you knew."."""
    return "?" in told or bool(_YOU.search(told) and not _ME.search(told))


def _goes_on(block: str, speaker: str) -> bool:
    """Whether a paragraph may be more of what `speaker` says: no stage direction, no heading, no question that has no
    label, nothing that tells of the speaker."""
    told_of = re.search(rf"\b{re.escape(speaker)}\b", block, re.IGNORECASE)
    return bool(_ENDED.search(block)) and not (told_of or _asks(block) or _DIRECTION.match(block))
