"""How strongly a text commits itself: verbs of saying, hedges and boosters, negation, by lists (lexicon/force.tsv).

Listed words of two texts, side by side, with their places, so that a finding shows what it rests on. Words of one
class ("about", "roughly") are one: classes are compared, not spellings. The lists decide nothing alone:
training/claims.py weighs them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from stemmata.language.wording import folded, lexicon, stem
from stemmata.model import Span
from stemmata.surface import WORD

KINDS = ("hedge", "booster", "softener", "negator")
TONES = ("loud", "mild", "vague")  # words that paint in strong or faint colours, and those that leave a number open
_MODAL = {"might": 1, "may": 1, "could": 1, "would": 2, "should": 2, "can": 2, "will": 3, "shall": 3, "must": 3,
          "cannot": 3, "won't": 3, "can't": 3}  # fmt: skip
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
_NONE = re.compile(
    r"\b(?:neither|nobody|none|nothing|nor|no)\b"
    r"(?:\s+(?!(?:and|but|how|if|that|what|when|where|whether|which|who|whom|why)\b)[\w’'-]+){0,6}\s+$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\bnot\s+(?:been\s+)?$", re.IGNORECASE)
_HOW = re.compile(
    r"\b(?:how\s+(?:long|many|much|often|far|fast|soon)|(?:come|no\s+matter)\s+what|not\s+(?:an?|one|any|even))"
    r"(?:\s+[\w’'-]+){0,6}\s+$",
    re.IGNORECASE,
)
_HAVE = re.compile(r"\s+have\b")
_PERSON = re.compile(
    r"\s+(?:(?:him|her|me|us|you)(?=\s*(?:[^\w\s]|$|and\b))|in\s+(?:him|his|her|them|their|me|my|us|our|you|your)\b)"
)
_OF = re.compile(r"\s+(?!(?:by|in|from|at|for|and|but|or)\b)\w")
_ON = re.compile(r"\bon\s+$")
_OFFERED, _TO = re.compile(r"\b(?:an?|the|his|her|their|another)\s+$", re.IGNORECASE), re.compile(r"\s+to\s")
_NOUN = re.compile(
    r"(?:\b(?:a|an|the|our|his|her|its|their|this|that|each|every|bus|tram|minute)|['’]s)\s+$", re.IGNORECASE
)
_DENIED = re.compile(r"\s+(?:(?:not|never)\b|[\w’'-]+\s+(?:no|nothing|nobody|none|neither)\b)")
_BESIDE = re.compile(
    r"\b(?:exceed|beat|surpass|match|miss|meet|met|outdo|outdid|above|below|beyond|against|over|past|under|short of|"
    r"ahead of|in line with)\w*(?:\s+[\w’'-]+){0,3}\s+$",
    re.IGNORECASE,
)
_COMES = re.compile(r"\s+(?:at|before|in|next|on|under)\b")
_TO_COME = re.compile(r"\b(?:will|would|should|must)\s+$", re.IGNORECASE)
_AS_IF = re.compile(r"\s+(?:to|that)\b")
_SOMEBODY = re.compile(
    r"\b(?:an?|the|this|that|all|both|other|prime|main|murder|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+$",
    re.IGNORECASE,
)


_NUMBER = re.compile(
    r"\s+(?:the\s+)?(?:(?:an?\s+)?(?:dozen|hundred|thousand|million|billion|third|half|quarter|fifth|tenth|hour|week"
    r"|fortnight|month|year|day|score|decade)s?\b|[A-Z]{0,3}[$€£¥]?\d"
    r"|(?:noon|midnight|midday|dawn|dusk|then|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A listed word or phrase, and where it stands."""

    form: str
    span: Span
    sense: str = ""  # its class: that of "roughly" is "about"


@cache
def _forms(kind: str) -> tuple[dict[str, str], int]:
    """The forms of a kind with their classes, and the words of the longest."""
    every = {form: form if value == "1" else value for form, value in lexicon("force")[kind].items()}
    return every, max(len(f.split()) for f in every)


def marked(text: str, spans: tuple[Span, ...], kind: str) -> list[Marked]:
    """The words and phrases of one list inside `spans`, the longest first; none of "than expected"."""
    forms, longest = _forms(kind)
    found = []
    for part in spans:
        places = [(_heard(m), Span(m.start(), m.end())) for m in WORD.finditer(text, part.start, part.end)]
        at = 0
        while at < len(places):
            for size in range(min(longest, len(places) - at), 0, -1):
                form = " ".join(w for w, _ in places[at : at + size])
                if form in forms and not (
                    kind in ("hedge", "doubt")
                    and _THAN.search(text, max(0, places[at][1].start - 40), places[at][1].start)
                ):
                    found.append(Marked(form, Span(places[at][1].start, places[at + size - 1][1].end), forms[form]))
                    at += size - 1
                    break
            at += 1
    return found


def _heard(m: re.Match[str]) -> str:
    """The word as it is looked up: "May" with a capital is the month, "could not", "could find no" and "nobody could"
    the past of "cannot" and "not possible" the same, "a stop" a place, "the ban" what is talked of, who appears before
    a committee comes, "seven suspects" are persons, who believes her trusts her, one is held "on suspicion", "the
    chance to" do something is offered, what "is spared" nothing is denied nothing, and results that "beat expectations"
    are measured by what was expected. "Around" is about a number, or a place: of 84 in the gold statements 58 stand
    before no number or hour, one of them a guess ("around midsummer"), and of 19 statements that have such a one new 1
    is weakened. "No ship may enter" and "how long it may be kept" tell what is allowed, "come what may" nothing: of 20
    gold statements that have such a "may" alone none is strengthened or weakened. Of 75 gold statements with "nobody
    could", "not possible", "expectation" or "than the board suggested" 10 lose a false label by it, none a right
    one."""
    word = m.group()
    if word.startswith("believe") and _PERSON.match(m.string, m.end()):
        return ""
    if word == "spared" and not _OF.match(m.string, m.end()):  # "spared any cuts" denies cuts, "was spared" nothing
        return ""
    if word.startswith("expectation") and _BESIDE.search(m.string, max(0, m.start() - 50), m.start()):
        return ""
    if (
        word == "chance"
        and _OFFERED.search(m.string, max(0, m.start() - 12), m.start())
        and _TO.match(m.string, m.end())
    ):
        return ""
    if word == "suspicion" and _ON.search(m.string, max(0, m.start() - 4), m.start()):
        return ""
    if word in ("stop", "halt", "ban", "Ban") and _NOUN.search(m.string, max(0, m.start() - 12), m.start()):
        return ""
    if word in ("appear", "appears", "appeared") and (
        _COMES.match(m.string, m.end())
        or (_TO_COME.search(m.string, max(0, m.start() - 8), m.start()) and not _AS_IF.match(m.string, m.end()))
    ):
        return ""
    if folded(word) == "around" and not _NUMBER.match(m.string, m.end()):
        return ""
    if word in ("suspect", "suspects") and _SOMEBODY.search(m.string, max(0, m.start() - 12), m.start()):
        return ""
    if word == "could" and _NONE.search(m.string, max(0, m.start() - 60), m.start()):
        return ""
    if word in ("may", "might") and not _HAVE.match(m.string, m.end()):  # what is allowed or left open, no doubt
        before = max(0, m.start() - 70), m.start()
        if _NONE.search(m.string, *before) or _HOW.search(m.string, *before):
            return ""
    if word == "possible" and _NOT.search(m.string, max(0, m.start() - 10), m.start()):
        return ""
    return "" if word == "May" or (word == "could" and _DENIED.match(m.string, m.end())) else folded(word)


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
    """The listed negators that no other undoes: none in "nobody can say that they were not told" and "cannot deny". An
    "engine failure" is none: of 42 gold statements with one, beside others without, 1 is negated."""
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


_JOINT = re.compile(
    r"[,;:.!?…–—]|\b(?:and|but|or|because|while|(?<!of )which|who|so|although|though|unless|until|since|when|after)\b",
    re.I,
)


def clause(text: str, within: Span, at: Span) -> Span:
    """The stretch of `within`, between two joints, in which `at` stands."""
    before = [m.end() for m in _JOINT.finditer(text, within.start, at.start)]
    after = _JOINT.search(text, at.end, within.end)
    return Span(max(before, default=within.start), after.start() if after else within.end)


def stretches(text: str, within: Span) -> list[Span]:
    """What stands between the joints of `within`."""
    ends = [(m.start(), m.end()) for m in _JOINT.finditer(text, within.start, within.end)]
    starts = [within.start, *(end for _, end in ends)]
    return [Span(a, b) for a, b in zip(starts, [*(start for start, _ in ends), within.end], strict=True) if a < b]


_INFINITIVE = re.compile(r"\W*to\s+(?!the\b|a\b|an\b|his\b|her\b|its\b|their\b)\w", re.IGNORECASE)


def to_come(text: str, content: tuple[Span, ...], modal: tuple[str, ...]) -> bool:
    """Whether what is said is still to be done: "to build a pipeline", "a pipeline will be built"."""
    return modal[:1] in (("will",), ("would",)) or any(_INFINITIVE.match(text, x.start, x.end) for x in content[:1])


_WISH = re.compile(
    r"\b(?:would|should|['’]d) (?:like|love|welcome|prefer)\b|\b(?:hop(?:e|es|ed|ing)|want(?:s|ed)?|wish(?:es|ed)?)\b",
    re.IGNORECASE,
)


def wishes(text: str, spans: tuple[Span, ...]) -> bool:
    """Whether a word of `spans` says that somebody wishes something: "would like to", "hopes"."""
    return any(_WISH.search(text, s.start, s.end) for s in spans)


_ALLOWED = re.compile(
    r"\b(?:permitted|allowed|forb[ia]d(?:s|e|den)?|banned|barred|prohibit(?:s|ed)|outlawed|entitled|free\s+to)\b",
    re.IGNORECASE,
)


def allows(text: str, spans: tuple[Span, ...]) -> bool:
    """Whether a word of `spans` says what is allowed or forbidden."""
    return any(_ALLOWED.search(text, s.start, s.end) for s in spans)


def modality(text: str, spans: tuple[Span, ...]) -> int:
    """The strongest modal verb: 0 none, 1 may or could, 2 would or should, 3 will or must."""
    found = (_heard(m) for s in spans for m in WORD.finditer(text, s.start, s.end))
    return max((_MODAL.get(word, 0) for word in found), default=0)


def modal_verbs(text: str, spans: tuple[Span, ...], *, reported: bool) -> list[tuple[str, ...]]:
    """What each modal verb may say, the likeliest first; the strongest verb first."""
    senses = dict(_SENSES, **_REPORTED) if reported else _SENSES
    found = [senses[w] for s in spans for m in WORD.finditer(text, s.start, s.end) if (w := _heard(m)) in senses]
    if ("can",) in found:  # "would be able to"
        found = [x for x in found if "will" not in x] or [("can",)]
    return sorted(found, key=lambda x: -max(_DEGREE[s] for s in x))


def modals_at(text: str, spans: tuple[Span, ...]) -> list[Span]:
    """Where modal verbs stand."""
    found = (m for s in spans for m in WORD.finditer(text, s.start, s.end) if _heard(m) in _SENSES)
    return [Span(m.start(), m.end()) for m in found]


def modals(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[int, int]:
    """How firm two modal verbs are, side by side, 0 where there is none: alike where they may say the same."""
    if any(s in other for s in one):
        return (1, 1)
    a, b = (_DEGREE[x[0]] if x else 0 for x in (one, other))
    return a, b


def kept_verbs(verbs: list[tuple[str, ...]], among: list[tuple[str, ...]]) -> bool:
    """Whether each of the modal verbs may say what one of the others does, each of these once: a text that says "could"
    and "would" has kept "could". Of 13 gold statements whose strongest verb is so firmer or softer 2 are strengthened
    or weakened, of 46 others 21."""
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
    return _cues().get(stem(verb.group())) if verb and _heard(verb) and stem(verb.group()) in _OF_MIND else None


@cache
def _cues() -> dict[str, float]:
    listed = lexicon("force")["cue"].items()
    return {" ".join(stem(w) for w in re.findall(r"\w+", form)): float(value) for form, value in listed}


def commitment(text: str, cue: Span | None) -> float | None:
    """How far a verb of saying goes, from -2 ("hinted") over 0 ("said") to 3 ("admitted"); None where not listed. Who
    is told, "the press", "a hearing", is no verb: 58 of 58 such gold cues."""
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
