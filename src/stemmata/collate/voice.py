"""Whether what a child tells in its own words still says whose word it is: evidence of `attribution-dropped`; what it
gives as its own of what another is quoted with; and what a speech or an address says in its own.

"An offer came from the Friends", "in her eyes", "the report, which puts it at 5%": the attribution was reworded, and
the claim is read off a clause. What is weighed is how the sentence around the clause names the parent's source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from stemmata.collate.passages import Version, saying_words, speaker_words, telling
from stemmata.collate.quoting import words_as_quoted
from stemmata.collate.rendering import Rendering
from stemmata.collate.speakers import POSSESSIVE
from stemmata.language.wording import common_order, folded, lexicon, quoted_spans, stem, words
from stemmata.model import Span, Statement
from stemmata.surface import WORD, sentences

INSIDE = 0.8  # share of the words of a statement that stand in order in another's content, where it is told inside that
AGENT = 6  # words after "by" in which an agent is named


def voice_evidence(parent: Rendering, child: Rendering) -> dict[str, float]:
    """What is weighed about a claim that the parent attributed and the child tells in its own voice, by name."""
    text, clause = child.text, Span(child.spans[0].start, child.spans[-1].end)
    front = text.rfind("\n", 0, clause.start) + 1
    whole = sentence_around(text, clause)
    if so_called := _IN_WHAT.search(text, clause.end, whole.end):
        whole = Span(whole.start, so_called.start())
    words = list(WORD.finditer(text, whole.start, whole.end))
    forms = [m.group() for m in words]
    said = [stem(w) for w in forms]
    outside = [w for w, m in zip(said, words, strict=True) if not clause.start <= m.start() < clause.end]
    source = telling(parent.source)
    behind = [w for k, one in enumerate(said) if one == "by" for w in said[k + 1 : k + 1 + AGENT]]
    saying = not saying_words().isdisjoint(set(said) - set(parent.stems))
    named = not parent.names.isdisjoint(said)
    deed = not _listed("deed").isdisjoint(parent.cue_stems)
    cues = telling(parent.cue_stems)
    spoken = [x for x in child.version.statements if x.cue and x.sourcing != "outlet" and whole.overlaps(x.cue)]
    held = len(source.intersection(said)) / len(source) if source else 0.0
    return {
        "still: source": held,
        "still: source, none before": not source,
        "still: source beside": not source.isdisjoint(outside),
        "still: name": named,
        "still: pronoun before": parent.pronoun,
        "still: person in front": bool(said) and said[0] in _PERSONS,
        "still: possessive": any(folded(w) in POSSESSIVE for w in forms),
        "still: word of saying": saying,
        "still: word of saying and source": held * float(saying),
        "still: its cue": not cues.isdisjoint(said),
        "still: by the source": not parent.source.isdisjoint(behind),
        "still: deed": deed,
        "still: deed, named": deed and named,
        "still: in one's view": _viewed(parent, [folded(w) for w in forms]),
        "still: speaks before": _speaks_before(parent, child, max(whole.start, text.rfind(";", 0, clause.start))),
        "still: spoke before": _spoke_before(parent, child, front, whole.start),
        "still: another speaks": bool(spoken),
        "still: quoted": bool(child.quoted),
        "still: beside the clause": len(outside) / max(1, len(said)),
        "still: words": min(len(said), 40) / 40,
    }


# "The troops fired, in what Reyk called an attack": what it is called is hers, that it was done the outlet's. By the
# sense of the words: in bench/train and our dossiers nothing that is told so is annotated as anybody's (5 of 5)
_IN_WHAT = re.compile(
    r",?\s(?:in|for|of|by|as|after|with|over)\s+what\s[^.,;\n]{2,80}?\s(?:call(?:s|ed)|describe[sd]?|term(?:s|ed)|brand(?:s|ed)"
    r"|label(?:s|l?ed)|dub(?:s|bed))\b"
)


def sentence_around(text: str, clause: Span) -> Span:
    """The sentence that a clause begins in, up to the clause's end at least."""
    front, end = text.rfind("\n", 0, clause.start) + 1, text.find("\n", clause.start)
    block = text[front : end if end >= 0 else len(text)]
    here = next((s for s in sentences(block) if s.start <= clause.start - front < s.end), Span(0, len(block)))
    return Span(here.start + front, max(here.end + front, clause.end))


def in_own_voice(parent: Rendering, child: Rendering) -> Rendering | None:
    """The child's statement as words of the outlet, where all of it, its source and cue too, stands inside what the
    parent has another say: "Reyk said the firm had asked for time" -> "The firm had asked for time"."""
    a, b = parent.statement, child.statement
    if a.sourcing == "outlet" or b.sourcing == "outlet" or b.inside or not (b.source and b.cue) or child.pronoun:
        return None
    if (a.actor is not None and a.actor == b.actor) or parent.source & child.source:
        return None
    if not child.source or not child.source <= set(parent.stems) or not set(child.cue_stems) & set(parent.stems):
        return None
    parts = (b.source, b.cue, *b.content)
    whole = Span(min(x.start for x in parts), max(x.end for x in parts))
    said = [w.norm for w in words(child.text, (whole,))]
    if common_order(tuple(said), tuple(parent.stems)) < INSIDE * len(said):
        return None
    return Rendering(
        child.version, replace(b, source=None, cue=None, content=(whole,), sourcing="outlet", act="assert")
    )


def speaks_itself(parents: Sequence[Version], child: Rendering) -> bool:
    """Whether all that the child quotes stands word for word in what the parents themselves say: in a sentence that
    says "I" or "we", outside quotation marks, in nobody else's mouth. A speech is its speaker's words without marks.
    By the definition of the label: gold has none. What the parent has without marks as another's reported speech is
    mostly called made up."""
    return bool(child.quoted) and all(any(_says(p, f.words) for p in parents) for f in child.quoted)


def _says(version: Version, run: tuple[str, ...]) -> bool:
    text = version.text
    said = words_as_quoted(text)
    at = [k for k in range(len(said) - len(run) + 1) if said[k : k + len(run)] == run]
    if not at:
        return False
    found = list(WORD.finditer(text))
    marks = quoted_spans(text)
    others = [*marks, *(x for s in version.statements if _anothers(text, s, marks) for x in s.content)]
    for k in at:
        here = Span(found[k].start(), found[k + len(run) - 1].end())
        whole = sentence_around(text, here)
        own = [Span(*m.span()) for m in _OURS.finditer(text, whole.start, whole.end)]
        if any(not any(s in x for x in marks) for s in own) and not any(here.overlaps(x) for x in others):
            return True
    return False


def _anothers(text: str, statement: Statement, marks: Sequence[Span]) -> bool:
    """Whether a statement is not the text's own: its source is no "I" or "we" outside quotation marks."""
    source = statement.source
    if source is None:
        return statement.sourcing != "outlet"
    return not _OURS.fullmatch(source.of(text)) or any(source in x for x in marks)


_OURS = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")


def labelled(parent: Rendering, child: Rendering) -> bool:
    """Whether a label in the line of the child's words, or a dash beneath it, gives them to the parent's source: "The
    Board: lights out by May", "“A ghost story” — Ilian Trovesk"; or the next sentence tells who made it known: "The
    increase was made public by the regulator" (by hand: gold has none; that it only names the source says nothing, 31
    of 31)."""
    text, clause = child.text, Span(child.spans[0].start, child.spans[-1].end)
    front, end = text.rfind("\n", 0, clause.start) + 1, text.find("\n", clause.end)
    end = end if end >= 0 else len(text)
    said = speaker_words(parent.version, parent.statement)
    whole = sentence_around(text, clause)
    told = _LABEL.match(text, front, clause.end), _UNDERNEATH.match(text, end), _MADE_KNOWN.match(text, whole.end, end)
    labels = [m for m in told if m]
    if last := _SIGNED.search(text, max(front, clause.start), end):
        labels.append(last)
    return any(not said.isdisjoint(stem(w) for w in WORD.findall(m["label"])) for m in labels)


def on_behalf(parent: Rendering, child: Rendering) -> bool:
    """Whether one side's sentence says through whom, or on whose behalf, and names the speaker of the other: "Through
    her lawyer, Vance denied" beside "Hollin, her lawyer, said on her behalf that Vance denied". Of 19 such gold claims
    and planted ones none is a shift."""
    return any(
        not other.pronoun
        and _ON_BEHALF.search(one.text, whole.start, whole.end)
        and other.names
        and other.names <= {w.norm for w in words(one.text, (whole,))}
        for one, other in ((parent, child), (child, parent))
        for whole in [sentence_around(one.text, Span(min(x.start for x in one.frame), one.spans[-1].end))]
    )


_ON_BEHALF = re.compile(
    r"\b(?:through|via)\s+(?:his|her|its|their|an?)\s+(?:\w+\s+)?(?:lawyer|spokes\w+|attorney|agent|solicitor|counsel|"
    r"publicist|representative|secretary|barrister|envoy|office|wife|husband)s?\b|\bon\s+(?:(?:his|her|its|their)\s+behalf|"
    r"behalf\s+of)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\W*(?:\d{1,2}[.:]\d\d\W+)?(?P<label>[^:.!?\n]{2,80}):\s")
_SIGNED = re.compile(r"(?:[\"”’'»“]\s*[—–-]|\s[—–]|:)\s*(?P<label>[^:.!?\n]{2,100})\.?\s*$")
_MADE_KNOWN = re.compile(
    r"\s*(?:The|This|That|These|Those|It|They)\b[^.;]{0,60}?\b(?:was|were|been)\s+(?:announced|made (?:public|known)|"
    r"published|disclosed|confirmed|revealed|released|unveiled)\b[^.;]{0,40}?\bby\s+(?P<label>[^.;]{2,80})"
)
_UNDERNEATH = re.compile(r"\s*\n\s*[—–-]+\s*(?P<label>[^:.!?\n]{2,100})")


def _speaks_before(parent: Rendering, child: Rendering, start: int) -> bool:
    """Whether the parent's speaker is given as one of another statement between `start` and the child's words."""
    at = child.spans[0].start
    first = child.plain[0] if child.plain else ""
    joint = [*WORD.findall(child.text, start, at)[-1:], first]
    if not _REASONS.isdisjoint(map(folded, joint)):
        return False  # "she said, since the dam leaks": the outlet's own
    return any(start <= x.start < at for x in _cues_of(parent, child))


def _spoke_before(parent: Rendering, child: Rendering, front: int, start: int) -> bool:
    """Whether the parent's speaker is given as the last one who speaks in the paragraph before the child's sentence."""
    mine = _cues_of(parent, child)
    before = [x.cue for x in child.version.statements if x.cue and front <= x.cue.start < start]
    return bool(before) and max(before) in mine


def _cues_of(parent: Rendering, child: Rendering) -> list[Span]:
    """The cues of the child's statements that are given to the parent's speaker."""
    actor, source = parent.statement.actor, telling(parent.source)
    return [
        x.cue
        for x in child.version.statements
        if x.cue
        and x.sourcing != "outlet"
        and ((actor and x.actor == actor) or not source.isdisjoint(speaker_words(child.version, x)))
    ]


def _viewed(parent: Rendering, forms: Sequence[str]) -> bool:
    """Whether a word of opinion stands with a pronoun or the parent's source: "in her own view", "the union's count",
    "the expectation of the union"."""
    plain = [w for w in forms if w != "own"]
    of_source = not parent.source.isdisjoint(map(stem, plain))
    return any(
        (stem(noun) in _listed("view") and (w in POSSESSIVE or (w.endswith("'s") and stem(w[:-2]) in parent.source)))
        or (of_source and noun == "of" and stem(w) in _listed("view"))
        for w, noun in pairwise(plain)
    )


_REASONS = frozenset(("although", "as", "because", "but", "given", "since", "so", "though", "while"))


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(map(stem, lexicon("force")[kind]))


_PERSONS = frozenset(map(stem, ("he", "she", "they", "it", "we", "i")))
