"""What a child quotes, held against what its parents quote and say: evidence of altered and made-up quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from stemmata.collate.passages import TELLING, Version
from stemmata.collate.rendering import Rendering, once_a_pair, spelt
from stemmata.language.wording import (
    TEXTS,
    Fragment,
    american,
    common_order,
    common_run,
    folded,
    fragments,
    quoted_spans,
    stem,
    unmarked,
    weight,
)
from stemmata.model import Span
from stemmata.surface import WORD, sentences

ALTERED = 0.4  # a quoted fragment of which a quotation of the parent holds fewer words in order is no alteration of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quoted fragment of the child against the parent."""

    fragment: Fragment
    nearest: Fragment | None  # of the parent's quotations
    intact: bool  # stands whole inside a quotation of the parent
    kept: float  # share of its words that stand in `nearest` in order
    unquoted: bool  # stands whole in the parent's own words, without marks


@once_a_pair
def quoted(parent: Rendering, child: Rendering) -> list[Quoted]:
    """Every quoted fragment of the child's statement against the parent's statement and text."""
    direct = tuple(s.content for s in parent.version.statements if s.mode == "direct")
    everywhere = (*_quotations(parent.text), *_unmarked(parent.text, direct))
    own_words = tuple(map(american, parent.plain))
    out = []
    for f in child.quoted:
        near = max(parent.quoted, key=lambda p: common_order(f.words, p.words) / len(f.words), default=None)
        run = tuple(x for p in parent.quoted for x in p.words)
        intact = any(common_run(f.words, p) == len(f.words) for p in (run, *everywhere))
        kept = common_order(f.words, run) / len(f.words) if run else 0.0
        unquoted = not intact and common_run(f.words, own_words) == len(f.words)
        out.append(Quoted(fragment=f, nearest=near, intact=intact, kept=kept, unquoted=unquoted))
    return out


# What a sentence hangs on, or is denied or doubted by, where it opens
_OPENING = r"\b(?:if|unless|whether|until|perhaps|maybe|possibly|not that|nobody says|it is not true|i doubt|even if)"


def beheaded(parent: Rendering, child: Rendering) -> bool:
    """Whether a quotation of the child opens, as a sentence, behind the word by which the parent's is in doubt: "These
    things happened" of "If these things happened". No gold statement of bench/train and our dossiers does (by hand)."""
    for f in child.quoted:
        first, *more = (m.group() for m in WORD.finditer(child.text, f.span.start, f.span.end))
        if first[:1].isupper() and more:
            told = r"\W+".join(map(re.escape, (first[0].lower() + first[1:], *more[:2])))
            found = re.compile(rf"(?i:{_OPENING}(?: that)?)\W+{told}\b")
            if any(found.search(parent.text, x.span.start, x.span.end) for x in parent.quoted):
                return True
    return False


def told_outside(parent: Rendering, child: Rendering) -> bool:
    """Whether what the child cut of the parent's quotations it tells in its own words, and what it quotes is theirs."""
    run = {stem(x) for f in child.quoted for x in f.words}
    cut = {x for f in parent.quoted for x in map(stem, f.words) if x not in run and weight(x) > TELLING}
    return bool(child.quoted and cut) and 2 * len(cut & set(child.stems)) >= len(cut)


def quoted_by(texts: Iterable[str], child: Rendering) -> bool:
    """Whether all that the child quotes stands whole in quotations of `texts`."""
    known = [words for t in texts for words in _quotations(t)]
    return all(any(common_run(f.words, k) == len(f.words) for k in known) for f in child.quoted)


def quote_evidence(parent: Rendering, child: Rendering) -> dict[str, float]:
    """What is weighed of the quotations of both sides, by name."""
    own = [q for q in quoted(parent, child) if not q.intact]
    p_run = tuple(x for f in parent.quoted for x in f.words)
    c_run = tuple(x for f in child.quoted for x in f.words)
    order = common_order(p_run, c_run) if p_run and c_run else 0
    shorter = len(p_run) > len(c_run) == common_run(p_run, c_run) > 0
    at_front = p_run[: len(c_run)] == c_run
    return {
        "quotes: child has": bool(c_run),
        "quotes: parent has": bool(p_run),
        "quotes: both": bool(p_run) and bool(c_run),
        "quotes: not intact": bool(own),
        "quotes: not intact, near": any(q.kept >= ALTERED for q in own),
        "quotes: not intact, far": any(q.kept < ALTERED for q in own),
        "quotes: far, parent has none": bool(own) and not p_run,
        "quotes: far, long": any(q.kept < ALTERED and len(q.fragment.words) >= 4 for q in own),
        "quotes: unquoted before": any(q.unquoted for q in own),
        "quotes: kept of child": order / len(c_run) if c_run and p_run else 0.0,
        "quotes: kept of parent": order / len(p_run) if p_run and c_run else 0.0,
        "quotes: put in": min(len(c_run) - order, 6) / 6 if p_run else 0.0,
        "quotes: cut inside": bool(own) and bool(p_run) and order == len(c_run),
        "quotes: whole but shorter": shorter,
        "quotes: shorter, both direct": shorter and parent.statement.mode == child.statement.mode == "direct",
        "quotes: cut at the front": shorter and not at_front,
        "quotes: whole sentences": _whole_sentences(parent, c_run),
        "quotes: beheaded": beheaded(parent, child),
        "quotes: same": p_run == c_run and bool(p_run),
        "quotes: child direct": child.statement.mode == "direct",
        "quotes: parent direct": parent.statement.mode == "direct",
        "quotes: child words": min(len(c_run), 12) / 12,
    }


def added_evidence(child: Rendering, parents: Sequence[Version]) -> dict[str, float]:
    """What is weighed about the quotation marks of a claim that no parent tells."""
    longest = max((len(f.words) for f in child.quoted), default=0)
    everything = [words_as_quoted(p.text) for p in parents]
    known = max((common_run(f.words, e) / len(f.words) for f in child.quoted for e in everything), default=0.0)
    return {
        "added: quoted": longest > 0,
        "added: direct": child.statement.mode == "direct",
        "added: long": min(longest, 10) / 10,
        "added: words of a parent": known,
    }


# What is asked of a whole version for each statement of another, is told once


@lru_cache(TEXTS)
def _quotations(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(f.words for f in spelt(fragments(text, [Span(0, len(text))], quoted_spans(text))))


@lru_cache(TEXTS)
def _unmarked(text: str, contents: tuple[tuple[Span, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(f.words for content in contents for f in spelt(unmarked(text, content)))


@lru_cache(TEXTS)
def words_as_quoted(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared with quotations."""
    return tuple(american(folded(m.group())) for m in WORD.finditer(text))


def _whole_sentences(parent: Rendering, run: tuple[str, ...]) -> bool:
    """Whether the words `run` are some of the sentences that the parent quotes, each whole, and others left out."""
    told = [
        tuple(american(folded(m.group())) for m in WORD.finditer(quoted[s.start : s.end]))
        for quoted in (f.span.of(parent.text) for f in parent.quoted)
        for s in sentences(quoted)
    ]
    every = tuple(w for s in told for w in s)
    ends = list(accumulate(map(len, told), initial=0))
    known = set(ends)
    return 0 < len(run) < len(every) and any(k + len(run) in known and every[k : k + len(run)] == run for k in ends)
