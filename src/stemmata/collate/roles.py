"""Who did what to whom: "Kolmark attacked Vesperia" beside "Vesperia attacked Kolmark"."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

from stemmata.collate.denial import unlike
from stemmata.collate.rendering import Rendering, once_a_pair
from stemmata.language.wording import Word, weight
from stemmata.model import Span

NAME, DEED = 0.5, 0.4  # weights of a name and of a word of what was done, at least (by hand)
REACH = 6  # words between a name and what it did, or what was done to it, at most (by hand)
OTHERS = 1  # telling words besides that may differ (by hand)
_DONE = frozenset(("is", "are", "was", "were", "be", "been", "being", "got", "by"))
# What two do to each other
_MUTUAL = re.compile(
    r"(?:me+ts?|meeting|marr(?:y|ies|ied)|border(?:s|ed)?|resemble[sd]?|equal(?:s|led)?|play(?:s|ed)?|fac(?:es|ed)|"
    r"neighbours?|and|or|like)|.*\s+(?:with|alongside|and|or|from|to)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s+\w+")
Pair = tuple[Span, Span]


@once_a_pair
def turned_round(parent: Rendering, child: Rendering) -> tuple[Pair, Pair] | None:
    """The two names, of each side, that have changed places around one word, where hardly another word differs and both
    sides are active, or both passive. It says so of none of the 29,712 gold claims told again, where none is so."""
    ours, theirs = _once(parent), _once(child)
    both = [w for w in ours if w in theirs]
    names = [w for w in both if _name(parent, ours[w][1]) and _name(child, theirs[w][1])]
    if len(names) < 2 or len(unlike(parent, child)) + len(unlike(child, parent)) > OTHERS:
        return None
    for deed in (w for w in both if w not in names and weight(w) > DEED):
        (i, at), (j, again) = ours[deed], theirs[deed]
        if _form(parent, at) != _form(child, again) or _mutual(parent, at) or _mutual(child, again):
            continue
        for x, y in combinations(names, 2):
            before, after = (ours[x][0] - i, ours[y][0] - i), (theirs[x][0] - j, theirs[y][0] - j)
            around = before[0] * before[1] < 0 > after[0] * after[1] and before[0] * after[0] < 0
            near = max(map(abs, (*before, *after))) <= REACH
            if around and near and _passive(parent, i) == _passive(child, j):
                return (ours[x][1].span, ours[y][1].span), (theirs[x][1].span, theirs[y][1].span)
    return None


def _once(told: Rendering) -> dict[str, tuple[int, Word]]:
    """The words that stand once in what is said, by stem, with their place among all."""
    count = Counter(told.stems)
    return {w.norm: (n, w) for n, w in enumerate(told.words) if count[w.norm] == 1}


def _name(told: Rendering, w: Word) -> bool:
    said = w.span.of(told.text)
    return said[0].isupper() and weight(w.norm) > NAME and not told.titled(said)


def _form(told: Rendering, w: Word) -> str:
    return w.span.of(told.text).lower()


def _mutual(told: Rendering, deed: Word) -> bool:
    following = _NEXT.match(told.text, deed.span.end)
    ends = (deed.span.end, following.end() if following else deed.span.end)
    return any(_MUTUAL.fullmatch(told.text, deed.span.start, end) for end in ends)


def _passive(told: Rendering, at: int) -> bool:
    """Whether what is done at that place among the words is done by what follows."""
    near = [_form(told, w) for w in told.words[max(0, at - 2) : at + 3]]
    return not _DONE.isdisjoint(near)
