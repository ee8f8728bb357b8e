"""How strongly a text commits itself: verbs of saying, hedges and boosters, negation, by lists (lexicon/force.tsv).

Listed words of two texts, side by side, with their places, so that a finding shows what it rests on. Words of one
class ("about", "roughly") are one: classes are compared, not spellings. The lists decide nothing alone:
training/claims.py weighs them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from stemmata.language.phrases import Phrases, listed
from stemmata.language.wording import folded, lexicon, stem
from stemmata.model import Span
from stemmata.surface import WORD

KINDS = ("hedge", "booster", "softener", "negator")
TONES = ("loud", "mild", "vague")  # words that paint in strong or faint colours, and those that leave a number open
# What a modal verb may say, the likeliest first: of reported speech "would" is a "will" put back in time
_SENSES = {"may": ("may",), "might": ("may",), "could": ("may",), "can": ("can",), "cannot": ("can",),
           "would": ("would",), "should": ("would",), "ought": ("would",), "will": ("will",), "shall": ("will",),
           "can't": ("can",), "must": ("will",), "won't": ("will",), "able": ("can",)}  # fmt: skip
_REPORTED = {"could": ("may", "can"), "would": ("will", "would"), "should": ("would", "will")}
_DEGREE = {"may": 1, "can": 2, "would": 2, "will": 3}
_THAN = re.compile(
    r"\b(?:than\s+(?:(?:they|he|she|it|we|many|most|some|analysts|economists|experts|(?:the|its|his|her)\s+\w+)\s+)?|as\s+)"
    r"(?:(?:previously|first|initially|originally|had|has|been|was|were)\s+)*$",
    re.IGNORECASE,
)
_NONE = (
    r"\b(?:neither|nobody|none|nothing|nor|no)\b"
    r"(?:\s+(?!(?:and|but|how|if|that|what|when|where|whether|which|who|whom|why)\b)[\w’'-]+){0,6}\s+$"
)
_HOW = (
    r"\b(?:how\s+(?:long|many|much|often|far|fast|soon)|(?:come|no\s+matter)\s+what|not\s+(?:an?|one|any|even))"
    r"(?:\s+[\w’'-]+){0,6}\s+$"
)
_BESIDE = (
    r"\b(?:exceed|beat|surpass|match|miss|meet|met|outdo|outdid|above|below|beyond|against|over|past|under|short of|"
    r"ahead of|in line with)\w*(?:\s+[\w’'-]+){0,3}\s+$"
)
_SOMEBODY = (
    r"\b(?:an?|the|this|that|all|both|other|prime|main|murder|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+$"
)
_NO_NUMBER = (
    r"(?i:(?!\s+(?:the\s+)?(?:(?:an?\s+)?(?:dozen|hundred|thousand|million|billion|third|half|quarter|fifth|tenth|hour"
    r"|week|fortnight|month|year|day|score|decade)s?\b|[A-Z]{0,3}[$€£¥]?\d"
    r"|(?:noon|midnight|midday|dawn|dusk|then|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b)))"
)
# Words that are not meant as the lists mean them: where so many characters before them end so, and what follows them
# begins so
_MEANT_OTHERWISE = (
    ("May", 0, "", ""),  # the month
    # who believes her trusts her
    ("believe believed believes believing", 0, "",
     r"\s+(?:(?:him|her|me|us|you)(?=\s*(?:[^\w\s]|$|and\b))|in\s+(?:him|his|her|them|their|me|my|us|our|you|your)\b)"),
    # "spared any cuts" denies cuts, "was spared" nothing
    ("spared", 0, "", r"(?!\s+(?!(?:by|in|from|at|for|and|but|or)\b)\w)"),
    ("expectation expectations", 50, _BESIDE, ""),  # results that "beat expectations" are measured by what was expected
    # "the chance to" do something is offered
    ("chance", 12, r"\b(?:an?|the|his|her|their|another)\s+$", r"\s+to\s"),
    ("suspicion", 4, r"(?-i:\bon)\s+$", ""),  # held "on suspicion"
    # "a stop" is a place, "the ban" what is talked of
    ("stop halt ban Ban", 12,
     r"(?:\b(?:a|an|the|our|his|her|its|their|this|each|every|bus|tram|minute)|['’]s)\s+$", ""),
    ("appear appears appeared", 0, "", r"\s+(?:at|before|in|next|on|under)\b"),  # before a committee
    ("appear appears appeared", 8, r"\b(?:will|would|should|must)\s+$", r"(?!\s+(?:to|that)\b)"),
    # a place, or what is written about: anything but a number, an hour, or who is "about to"
    ("around Around AROUND", 0, "", _NO_NUMBER), ("about About ABOUT", 0, "", r"(?!\s+to\b)" + _NO_NUMBER),
    ("suspect suspects", 12, _SOMEBODY, ""),  # "seven suspects" are persons
    # "nobody could", "could find no": the past of "cannot"
    ("could", 60, _NONE, ""),
    ("could", 0, "", r"\s+(?:(?:not|never)\b|[\w’'-]+\s+(?:no|nothing|nobody|none|neither)\b)"),
    ("possible", 10, r"\bnot\s+(?:been\s+)?$", ""),
    # what is allowed ("no ship may enter") or left open ("come what may"), no doubt
    ("may might", 70, _NONE, r"(?!\s+have\b)"), ("may might", 70, _HOW, r"(?!\s+have\b)"),
)  # fmt: skip
HEARD = 512  # stretches of text that are kept as they are heard, a few hundred bytes each (by hand)


@dataclass(frozen=True, slots=True)
class Marked:
    """A listed word or phrase, and where it stands."""

    form: str
    span: Span
    sense: str = ""  # its class: that of "roughly" is "about"


@cache
def _phrases(kind: str) -> Phrases:
    """The forms of a kind, each with its class."""
    return Phrases({tuple(f.split()): f if value == "1" else value for f, value in lexicon("force")[kind].items()})


def marked(text: str, spans: tuple[Span, ...], kind: str) -> list[Marked]:
    """The words and phrases of one list inside `spans`, the longest first; none of "than expected"."""
    doubting = kind in ("hedge", "doubt")
    found = []
    for part in spans:
        forms, places = _heard(text, part)
        for at, past, value in _phrases(kind).within(forms):
            start = places[at].start
            if not (doubting and _THAN.search(text, max(0, start - 40), start)):
                found.append(Marked(" ".join(forms[at:past]), Span(start, places[past - 1].end), value))
    return found


@lru_cache(HEARD)
def _heard(text: str, within: Span) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The words of a stretch as they are looked up, empty where they are meant otherwise, and where they stand."""
    found = list(WORD.finditer(text, within.start, within.end))
    forms = ("" if _is_otherwise(m) else folded(m.group()) for m in found)
    return tuple(forms), tuple(Span(m.start(), m.end()) for m in found)


@cache
def _otherwise() -> dict[str, list[tuple[int, re.Pattern[str], re.Pattern[str]]]]:
    out: dict[str, list[tuple[int, re.Pattern[str], re.Pattern[str]]]] = {}
    for forms, far, before, after in _MEANT_OTHERWISE:
        for form in forms.split():
            out.setdefault(form, []).append((far, re.compile(before, re.IGNORECASE), re.compile(after)))
    return out


def _is_otherwise(m: re.Match[str]) -> bool:
    """Whether a word is not meant as the lists mean it."""
    return any(
        before.search(m.string, max(0, m.start() - far), m.start()) and after.match(m.string, m.end())
        for far, before, after in _otherwise().get(m.group(), ())
    )


def extent(found: list[Marked]) -> float:
    """How far the farthest of the words of extent goes: 1 "some", 2 "most", 3 "all"; 0 where there is none."""
    return max((float(lexicon("force")["extent"][m.form]) for m in found), default=0.0)


_UNDONE = re.compile(r"\s+(?:[\w’'-]+\s+){0,3}")
_VERBS = ("den", "refus", "reject", "rule", "fail", "lack", "disput", "dismiss", "avoid", "unaware")
_SAID = re.compile(
    r"\s+(?:(?:can|could|may|will|would|should|must|ever)\s+){0,2}"
    r"(?:say|said|claim(?:ed)?|argue|pretend|think|believe|suggest|maintain|tell\s+\w+|complain)\s+"
    r"(?!(?:why|when|where|who|whom|what|how|whether|if)\b)(?:[\w’'-]+\s+){0,5}",
    re.IGNORECASE,
)


def negations(text: str, spans: tuple[Span, ...]) -> list[Marked]:
    """The listed negators that no other undoes: none in "nobody can say that they were not told" and "cannot deny"."""
    kept: list[Marked] = []
    for m in marked(text, spans, "negator"):
        before = kept[-1] if kept else None
        verb = m.form.startswith(_VERBS)
        if (
            before is not None
            and not before.form.startswith(_VERBS)
            and (_UNDONE if verb else _SAID).fullmatch(text, before.span.end, m.span.start)
        ):
            kept.pop()
        else:
            kept.append(m)
    return kept


_INFINITIVE = re.compile(r"\W*to\s+(?!the\b|a\b|an\b|his\b|her\b|its\b|their\b)\w", re.IGNORECASE)


def to_come(text: str, content: tuple[Span, ...], modal: tuple[str, ...]) -> bool:
    """Whether what is said is still to be done: "to build a pipeline", "a pipeline will be built"."""
    return modal[:1] in (("will",), ("would",)) or any(_INFINITIVE.match(text, x.start, x.end) for x in content[:1])


_ALLOWED = re.compile(
    r"\b(?:permitted|allowed|forb[ia]d(?:s|e|den)?|banned|barred|prohibit(?:s|ed)|outlawed|entitled|free\s+to|"
    r"lets(?!\s+(?:it\s+be|\w+\s+know)\b)|"
    r"(?:allows?|permits?|entitles?|allowing|permitting)\s+(?:[\w’'-]+\s+){1,8}to)\b",
    re.IGNORECASE,
)


def allows(text: str, spans: tuple[Span, ...]) -> bool:
    """Whether a word of `spans` says what is allowed or forbidden."""
    return any(_ALLOWED.search(text, s.start, s.end) for s in spans)


def modal_verbs(text: str, spans: tuple[Span, ...], *, reported: bool) -> list[tuple[str, ...]]:
    """What each modal verb may say, the likeliest first; the strongest verb first."""
    senses = dict(_SENSES, **_REPORTED) if reported else _SENSES
    found = [senses[w] for s in spans for w in _heard(text, s)[0] if w in senses]
    if ("can",) in found:  # "would be able to"
        found = [x for x in found if "will" not in x] or [("can",)]
    return sorted(found, key=lambda x: -max(_DEGREE[s] for s in x))


def modals_at(text: str, spans: tuple[Span, ...]) -> list[Span]:
    """Where modal verbs stand."""
    return [at for s in spans for w, at in zip(*_heard(text, s), strict=True) if w in _SENSES]


def modals(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[int, int]:
    """How firm two modal verbs are, side by side, 0 where there is none: alike where they may say the same."""
    if any(s in other for s in one):
        return (1, 1)
    a, b = (_DEGREE[x[0]] if x else 0 for x in (one, other))
    return a, b


def kept_verbs(verbs: list[tuple[str, ...]], among: list[tuple[str, ...]]) -> bool:
    """Whether each of the modal verbs may say what one of the others does, each of these once: a text that says "could"
    and "would" has kept "could"."""
    left = list(among)
    for verb in verbs:
        same = next((x for x in left if not set(x).isdisjoint(verb)), None)
        if same is None:
            return False
        left.remove(same)
    return True


def negated_base(form: str) -> str:
    """ "fair" of "unfair"; empty where no listed word is denied by a syllable before it."""
    return lexicon("force")["prefixed"].get(form, "")


_AND = re.compile(r"(?:\s+[\w’'-]+){1,4},?\s+(?:and|or|nor)\s+(?:(?:was|were|is|are|had|has|have|will|would)\s+)?")


def once(text: str, found: list[Marked]) -> list[Marked]:
    """Negators without those that go on with the one before: "no ticket and no seat" denies as "no ticket or seat"."""
    kept: list[Marked] = []
    before: Marked | None = None
    for m in found:
        between = text[before.span.end : m.span.start] if before else ""
        goes_on = before is not None and (
            (m.form == before.form and _AND.fullmatch(between))
            or (m.form == "nor" and not re.search(r"[.!?;]", between))
        )
        if not goes_on:
            kept.append(m)
        before = m
    return kept


_SUBJECT = re.compile(
    r"\s*(?:that\s+)?(?:he|she|it|they|we|i)\s+(?:also\s+|now\s+|still\s+|had\s+|has\s+|have\s+)*", re.IGNORECASE
)
_MIND = (
    "doubt expect anticipate believe think hope fear suspect predict forecast know regret welcome trust assume suppose "
    "insist want wish deny reject support"
)
_OF_MIND = frozenset(stem(x) for x in _MIND.split())


def inner_commitment(text: str, content: Span) -> float | None:
    """How far the verb goes that speaks of the speaker's own mind in what is said: "doubted" of "she doubted that"."""
    lead = _SUBJECT.match(text, content.start, content.end)
    verb = WORD.match(text, lead.end(), content.end) if lead else None
    return (
        _cues().get(stem(verb.group())) if verb and not _is_otherwise(verb) and stem(verb.group()) in _OF_MIND else None
    )


def answering(text: str, cue: Span | None, content: Sequence[Span] = ()) -> set[str]:
    """How a cue answers what was said, by lexicon/dispute.tsv: "denies", "rejects", "withdraws", ...; mostly not at
    all. The last word of one may stand behind what it answers (`cue_stems`), if `content` is given."""
    stems = cue_stems(text, cue, content)
    return {way for _, _, value in listed("dispute", "cue").within(stems) for way in value.split()}


@cache
def _held_wrong() -> re.Pattern[str]:
    targets, verdicts = (
        "|".join(map(re.escape, sorted(lexicon("dispute")[kind], key=lambda x: (-len(x), x))))
        for kind in ("target", "verdict")
    )
    return re.compile(
        rf"\b(?:{targets})\b(?:\s+[\w’'-]+){{0,8}}?\s+(?:is|are|was|were|be|been|being)\s+(?:\w+\s+)?(?:{verdicts})\b",
        re.IGNORECASE,
    )


def held_wrong(text: str, spans: Sequence[Span]) -> list[Span]:
    """Where a figure, a report or the like is called false: "the figure of 340 was wrong"."""
    return [Span(*m.span()) for s in spans for m in _held_wrong().finditer(text, s.start, s.end)]


_FAR = 5  # words that may stand between a verb and its particle, with that (by hand)


def cue_stems(text: str, cue: Span | None, content: Sequence[Span] = ()) -> list[str]:
    """The stems of a cue, and the particle that stands behind what it answers: of "turned ⟦the offer down⟧" both. In
    bench/train and our dossiers 2 cues have one, and both say no by it."""
    stems = [stem(m.group()) for m in WORD.finditer(text, cue.start, cue.end)] if cue else []
    if not (stems and cue and content) or content[0].start < cue.end:
        return stems
    behind = [stem(m.group()) for m in WORD.finditer(text, content[0].start, content[0].end)][1 : 1 + _FAR]
    phrases = listed("dispute", "cue")
    particle = next((w for w in behind if any(b - a > 1 for a, b, _ in phrases.within([stems[-1], w]))), None)
    return [*stems, particle] if particle else stems


@cache
def _cues() -> dict[str, float]:
    listed = lexicon("force")["cue"].items()
    return {" ".join(stem(w) for w in re.findall(r"\w+", form)): float(value) for form, value in listed}


def commitment(text: str, cue: Span | None) -> float | None:
    """How far a verb of saying goes, from -2 ("hinted") over 0 ("said") to 3 ("admitted"); None where not listed. Who
    is told, "the press", "a hearing", is no verb."""
    if cue is None:
        return None
    addressed = _ADDRESSED.search(text, cue.start, cue.end)
    stems = [stem(w) for w in WORD.findall(text, cue.start, addressed.start("whom") if addressed else cue.end)]
    for size in range(len(stems), 0, -1):
        phrases = (" ".join(stems[at : at + size]) for at in range(len(stems) - size + 1))
        values = [_cues()[x] for x in phrases if x in _cues()]
        if values:
            return max(values, key=abs)  # "has admitted" admits
    return None


_ADDRESSED = re.compile(
    r"\b(?:tells?|told|telling|inform(?:s|ed|ing)?|remind(?:s|ed|ing)?)\s+(?P<whom>(?:the|an?|his|her|its|their)\s)",
    re.IGNORECASE,
)


def turns(norm: str) -> bool:
    """Whether a word has an opposite."""
    return norm in _opposites()


@cache
def _opposites() -> dict[str, set[str]]:
    """Each word that has opposites, with them, either way round."""
    out: dict[str, set[str]] = defaultdict(set)
    for form, others in lexicon("force")["antonym"].items():
        for other in others.split():
            out[stem(form)].add(stem(other))
            out[stem(other)].add(stem(form))
    return dict(out)


def opposed(gone: set[str], new: set[str]) -> list[tuple[str, str]]:
    """Pairs of opposites of which one went and the other came (stems)."""
    opposites = _opposites()
    return sorted((a, b) for a in gone & opposites.keys() for b in opposites[a] & new)
