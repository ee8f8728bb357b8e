"""Which of two statements cannot answer the other, whatever weighs for it: who tells both, or what both tell, is one.

What is `in_accord` is no candidate, and what else may be answered is the likelier for it. Whom somebody `sides_with`
stays one, and nothing is said of them: what seems to answer one's own side seldom answers another instead.

Every law says of how many pairs of bench/train and our dossiers (703, with their gold statements) it is wrong. Of all
pairs of different speakers of one article 315 of 24,220 and 10,918 of 472,456 are disputes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from stemmata.dispute.told import Utterance
from stemmata.language.values import both_may_hold, compared
from stemmata.language.wording import folded, head_of, heavy_words
from stemmata.model import Actor, Document, Span, Statement

_OFFICE = (
    r"(?<!former )\b(?:ambassador|chair(?:man|woman|person)?|chancellor|chief|commander|commissioner|director|envoy"
    r"|executive|general|governor|head|leader|manager|mayor|minister|premier|president|secretary|spokes\w+)\b"
)
_OFFICES = re.compile(_OFFICE, re.IGNORECASE)
_ITS = re.compile(r"(?:its|their)\s", re.IGNORECASE)
_OF_BODY = re.compile(
    rf"\b(?:the|its|their|[A-Z]\w+['’]s)\s+(?:\w+\s+){{0,2}}?(?P<body>\w+)['’]s?\s+(?:[\w-]+\s+){{0,4}}?{_OFFICE}",
    re.IGNORECASE,
)
_REFUSE = frozenset(("denies", "rejects"))
_OWN = re.compile(r"\b(?:having|had)\b")  # before what somebody is said to have said
# Narrower than the cues that deny or reject (dispute.tsv): what goes on behind those is twice as often a dispute
_REFUSES = re.compile(
    r"\b(?:refus|reject|dismiss|declin)\w*|\b(?:turn\w* down|rul\w+ out|brush\w* (?:off|aside))", re.IGNORECASE
)
_ASKED = re.compile(
    r"(?:(?:the|an?|any|all|its|his|her|their|this|that|such|these|those|[A-Z]\w+['’]s)\s+)?(?:\w+\s+){0,2}?"
    r"(?:appeal|bid|call|demand|invitation|offer|proposal|request|ultimatum)s?\b",
    re.IGNORECASE,
)
_ASKS = ("propose", "urge", "promise")
_REPEATS = re.compile(
    r"\b(?:repeat|reiterat|renew|reaffirm)\w*|\b(?:st[oa]nd\w*|stood) by\b|\b(?:stick\w*|stuck) (?:to|by)\b",
    re.IGNORECASE,
)
_ADMITS = re.compile(
    r"\b(?:no longer|not)\s+(?:be\s+|\w+ly\s+)?(?:exclude|rule (?:\w+ )?out|den(?:y|ied)|dispute|doubt|contest)",
    re.IGNORECASE,
)


def in_accord(x: Utterance, y: Utterance) -> bool:
    """Whether `x` cannot answer `y`."""
    return _one_voice(x, y) or _both_refuse(x, y) or _bears_out(x, y) or _of_another_kind(x, y) or _within_limits(x, y)


def sides_with(x: Utterance, y: Utterance, heads: Heads) -> bool:
    """Whether who tells `x` holds what `y` says: they repeat it, can no longer deny it, or speak for one body."""
    return _again(x, y) or _admits(x, y) or (x.reading is y.reading and heads.join(x, y))


def _one_voice(x: Utterance, y: Utterance) -> bool:
    """Whether one speaker tells both in one article (of 1,250 such pairs of bench/train 9 are disputes), or tells the
    same words in both: nobody answers what they are saying."""
    if x.in_breath_with(y):
        return True
    a, b = x.statement, y.statement
    breath = x.reading is y.reading and a.source is not None and a.source == b.source
    if breath and any(p.overlaps(q) for p in a.content for q in b.content):
        return True
    return x.of_one_actor(y) and not x.taking_back and _odd(x) == _odd(y) and _within(x, y)


def _odd(t: Utterance) -> bool:
    return len(t.negators) % 2 == 1


def _within(x: Utterance, y: Utterance) -> bool:
    return bool(x.heavy and y.heavy) and (x.heavy <= y.heavy or y.heavy <= x.heavy)


def _again(x: Utterance, y: Utterance) -> bool:
    """Whether somebody repeats what they said, or stands by it: of 121 such pairs with what they said before 1 is a
    dispute (in an eighth of the dossiers; of all that one speaker tells in two articles 52 of 1,000)."""
    cue = x.statement.cue
    return x.of_one_actor(y) and cue is not None and bool(_REPEATS.search(cue.of(x.reading.text)))


def _both_refuse(x: Utterance, y: Utterance) -> bool:
    """Whether both deny or reject something, by their cues: who rejects what another rejects does not dispute it. Of
    13,240 disputes of bench/train and our dossiers 14 are of two such claims, most of them where one denies "having
    confirmed" what was denied, which is no such pair."""
    refuse = bool(x.cues & _REFUSE) and bool(y.cues & _REFUSE)
    return refuse and _odd(x) == _odd(y) and not (x.disowning or _OWN.search(_content(x)))


def _bears_out(x: Utterance, y: Utterance) -> bool:
    """Whether a quotation goes on with what was told just before it: directly behind what somebody refused or rejected
    (of 75 such pairs of bench/train and our dossiers 2 are disputes; of all quotations and what stands before them a
    third), or behind what a body said, by "its chairman" (2 of 82)."""
    if x.reading is not y.reading or x.rank != y.rank + 1 or x.sentence - y.last_sentence > 1:
        return False
    text, quoted = x.reading.text, x.statement
    if quoted.mode == "indirect" or quoted.source is None:
        return False
    if y.statement.cue and _REFUSES.search(y.statement.cue.of(text)):
        return True
    its_head = _ITS.match(told := quoted.source.of(text)) and _OFFICES.search(told)
    return quoted.mode == "direct" and y.statement.sourcing == "named-organisation" and bool(its_head)


def _of_another_kind(x: Utterance, y: Utterance) -> bool:
    """Whether `x` turns down an offer, a demand or a call, and `y` is none: of 1,635 such pairs 1 is a dispute (of 338
    with what is proposed, urged or promised 73)."""
    cue = x.statement.cue
    if cue is None or y.statement.act in _ASKS:
        return False
    return bool(_REFUSES.search(cue.of(x.reading.text)) and _ASKED.match(_content(x)))


def _within_limits(x: Utterance, y: Utterance) -> bool:
    """Whether two tell other numbers of the same things, and by their limits both may be so: "at least 20", "23".
    Of 129 such pairs 12 are disputes, most of them about something else."""
    if x.denying or x.refused or x.odd != y.odd:
        return False
    numbers = compared(x.quantities, y.quantities)
    return numbers.alike == len(numbers.changed) > 0 and all(both_may_hold(a, b) for a, b in numbers.changed)


def _admits(x: Utterance, y: Utterance) -> bool:
    """Whether somebody cannot deny or exclude something any more, and another tells what it may be: "it could no longer
    exclude that a letter had come". Of 647 such pairs 4 are disputes."""
    return not x.of_one_actor(y) and any(_ADMITS.search(p.of(x.reading.text)) for p in x.statement.content)


def _content(t: Utterance) -> str:
    return t.statement.content[0].of(t.reading.text)


class Heads:
    """Who speaks for which body, by the sources of all articles: "Ana Reyk, chairwoman of the Board"."""

    def __init__(self, texts: Mapping[str, Document], statements: Iterable[Statement], actors: Iterable[Actor]) -> None:
        bodies = {a.id: a for a in actors if a.kind in ("organisation", "government")}
        state = _heavy("Government")
        # A state by any of its names; another body's other names may be but "the ministry"
        self._bodies = {
            k: [n for x in (a.name, *(a.aliases if a.kind == "government" else ())) if (n := _heavy(x) - state)]
            for k, a in bodies.items()
        }
        self._offices: dict[str, set[frozenset[str]]] = defaultdict(set)
        for s in statements:
            if s.actor and s.source and s.document in texts:
                told = s.source.of(texts[s.document].text)
                if s.actor not in bodies and _OFFICES.search(told):
                    self._offices[s.actor].add(_heavy(told))

    def join(self, x: Utterance, y: Utterance) -> bool:
        """Whether one of two statements of an article is a body's and the other its head's, minister's or spokesman's:
        by all the words of its name (of 2,822 such pairs 7 are disputes; of 318 with a paper, which may be
        leaked, 18), or as "the ministry's secretary" beside the energy ministry (of 427 pairs 2)."""
        return any(
            who.statement.actor != body.statement.actor
            and "document" not in (who.statement.sourcing, body.statement.sourcing)
            and (
                any(n <= o for o in self._offices_of(who) for n in self._bodies.get(body.statement.actor or "", ()))
                or _head_of(who, body)
            )
            for body, who in ((x, y), (y, x))
        )

    def _offices_of(self, t: Utterance) -> Iterable[frozenset[str]]:
        return self._offices.get(t.statement.actor or "", ())


def _head_of(who: Utterance, body: Utterance) -> bool:
    a, b = who.statement, body.statement
    if a.sourcing != "named-person" or b.sourcing != "named-organisation" or a.source is None or b.source is None:
        return False
    found = _OF_BODY.search(a.source.of(who.reading.text))
    if found is None:
        return False
    return folded(head_of(b.source.of(body.reading.text))) == folded(found["body"])


def _heavy(told: str) -> frozenset[str]:
    found = heavy_words(told, (Span(0, len(told)),))
    return frozenset("minist" if w.startswith("minist") else w for w in found)
