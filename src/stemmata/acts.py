"""The act of a statement: what is done by saying it. First by the article alone, then by all that tell its claim.

In one article there are two guesses that count the same. The encoder's knows its training articles' topics too well
(war is where one threatens). The other goes by words chosen to hold over topics: cues, pairs of words with the rare
ones made "_", modals, persons, negations and tones; its weights are fitted by training/acts.py on bench/train and
training/written, and stand in heads.npz.

What one wording leaves open another tells: statements of one claim lend each other their chances (`agreed`), but for
those that negate what they were made from (claims.told_alike). Of 145 of these in our held dossiers 41 do what their
parent does; apart, 112 of 142 have the right act, 103 with the others (of all 5,582 statements 4,041 and 4,027).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from stemmata.lists import rows
from stemmata.model import ACTS, Act, Mode, Sourcing, Statement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?!]")
KINDS = {  # kinds of words that tell acts apart on any topic; own list
    "will": "will shall we'll i'll it'll he'll she'll they'll won't",
    "would": "would",
    "should": "should must ought need needs let",
    "may": "may might could",
    "not": "not no never nothing nobody none neither nor cannot without "
    "don't didn't doesn't isn't wasn't weren't aren't hasn't haven't can't",
    "I": "i i'm i've my me",
    "we": "we our us we're we've",
    "you": "you your",
    "they": "they their them",
    "he": "he she his her him",
    "if": "if unless until otherwise",
    "past": "was were had did",
    "present": "is are has have",
    "question": "?",
}
_KIND = {word: kind for kind, words in KINDS.items() for word in words.split()}
LEAD = 40  # characters before a statement that are looked at
_LEADS = frozenset(["but", "however", "and", "yet", "while", "although", "though", "in", "when", "asked", "after"])
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
FLOOR = 1e-3  # added to a chance before its logarithm: neither guess can forbid an act
# What the others of a claim count, by the root of how many they are; of 0.3 to 0.8, on what is held back: as often
# right as more, and truest to what it says (0.52, 0.70, 0.88 and 0.99 are right 0.52, 0.62, 0.77 and 0.94 of the time)
LENT = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the act of a statement is read off. `lead` is the text that stands before it, LEAD characters at most."""

    source: str
    cue: str
    content: str
    lead: str
    mode: Mode | None
    sourcing: Sourcing | None


Around = tuple[Said, Said | None, Said | None]  # a statement, the one before it and the one after it


def around(said: Sequence[Said]) -> list[Around]:
    """The statements of an article, which come in order, each with its neighbours."""
    return list(zip(said, [None, *said], [*said[1:], None], strict=False))


def words(text: str) -> list[str]:
    """The words of a text in lower case, with straight apostrophes."""
    return WORD.findall(text.lower().replace("’", "'"))


_NEGATOR = re.compile(r"not|never|cannot|nor|neither|\w+n't")
# What may stand between a negator and its verb: "was never once said", "does not even deny"
_BETWEEN = frozenset(("been", "being", "be", "ever", "even", "once", "yet", "itself", "himself", "herself"))
_SAYS = frozenset(
    ("claim", "claimed", "maintain", "maintained", "said", "say", "saying", "speak", "spoke", "spoken", "state",
     "stated", "tell", "told", "use", "used", "utter", "uttered", "write", "written", "wrote")
)  # fmt: skip


@lru_cache(maxsize=1 << 12)  # a few cues do most of the work
def allowed(cue: str) -> tuple[Act, ...]:
    """The acts that a cue leaves open, by the first of its words that says so (lexicon/acts.tsv); else all.

    Who does not deny it asserts it (in bench/train and our dossiers 26 of 28 such statements), and who did not say it,
    nor accuse, urge or promise, denies it (15 of 21; 3 are annotated as asserted): it is no assertion of what was not
    said. What is not expected is foretold (4 of 4). Who no longer denies, asks or demands it asserts, and does none of
    these (3 of 3).
    """
    said = words(cue)
    for k, w in enumerate(said):
        acts = _table().get(w)
        if acts and acts != ("predict",) and said[:k][-2:] == ["no", "longer"]:
            return ("assert",)
        if acts == ("deny",) and _negated(said[:k]):
            return ("assert",)
        if acts != ("predict",) and (acts or w in _SAYS) and _negated(said[:k]):
            return ("deny",)
        if acts:
            return acts
    return ACTS


def _negated(before: Sequence[str]) -> bool:
    """Whether the last of the words in front of a verb is a negator, but for what may stand between them."""
    near = next((w for w in reversed(before) if w not in _BETWEEN and not w.endswith("ly")), "")
    return bool(_NEGATOR.fullmatch(near))


# What a cue calls something: of 1,233 statements of bench/train and our dossiers with such a cue 1,220 do one of these
_CALLS = re.compile(
    r"(?:call(?:s|ed|ing)|describ(?:es?|ed|ing)|brand(?:s|ed|ing)|label(?:s|l?ed|l?ing)|dub(?:s|bed|bing)"
    r"|term(?:s|ed|ing))$",
    re.IGNORECASE,
)
_CALLED: tuple[Act, ...] = ("assert", "deny", "accuse", "praise", "criticise")
# "The turn of the president a manoeuvre": of 13 such with such a cue none praises
_SHAM = re.compile(
    r"\b(?:man(?:oeuv|euv)\w+|ploys?|tricks?|stunts?|smokescreens?|pretexts?|excuses?|farces?|distractions?|bluffs?"
    r"|theat(?:re|er)|circus|shams?|charades?)\b",
    re.IGNORECASE,
)
# "Tolm's story is a fairy tale": of 33 such under a cue that leaves it open 31 deny. "Neither story is one", "it would
# be wrong to say that it is one" do not: no such sentence is among them
_UNTRUE = re.compile(
    r"(?:\b(?:is|are|was|were|been)|['’]s)\s+(?!(?:not?|never)\b)[\"“‘„«]?(?:(?!(?:not?|never|if)\b)[\w'’-]+\s+[\"“‘„«]?)"
    r"{0,2}?(?:untrue|baseless|unfounded|groundless|fiction|fantas(?:y|ies)|invented|inventions?|fairy[ -]?tales?"
    r"|tall tales?|wishful thinking|slander|rumou?rs?|rubbish|nonsense|myths?|fabrications?|propaganda)\b",
    re.IGNORECASE,
)
# "That is false. The thing was old.": of 12 statements of bench/train and our dossiers that begin so all deny
_IS_FALSE = re.compile(
    r"(?:that\s)?\W*(?:no\W+)?(?:all of\s)?(?:that|this|it|those|these|they)(?:['’]s|\s(?:is|are|was|were))"
    r"(?:(?:\s(?:all|simply|just|plainly|quite|completely|utterly|absolutely|flatly|an?|pure|complete|utter|downright"
    r"|outright|plain|simple|total)){0,3}\s(?:false|lies?|untrue|nonsense|wrong|incorrect|myth|slander|libel|fabrication"
    r"|invention|rubbish)|(?:\ssimply|\sjust)?(?:\snot|n['’]t)\s(?:true|so|correct|right))(?=[,.!;:”\"’'»]|$)",
    re.IGNORECASE,
)
# "Described as false reports that it leaked", "called it a lie": of 81 statements of bench/train and our dossiers
# that begin so under a cue that leaves it open 77 deny
_AS_UNTRUE = re.compile(
    r"\b(?:describ|dismiss|call|brand|label|reject|denounc|condemn|term|dub|portray|wav)\w*\s"
    r"(?:(?!(?:not?|never|neither|nor)\b)[\w’'-]+\s){0,8}?(?:as\s)?[\"“‘'„«]?"
    r"(?:(?:an?|pure|plain|plainly|simply|utterly|completely|entirely|totally|patently|complete|utter|downright|outright"
    r"|sheer|simple|total|deliberate|malicious)\s){0,3}(?:false|untrue|lies?|baseless|unfounded|groundless|incorrect"
    r"|fabricat\w+|fictions?|invent(?:ed|ions?)|nonsense|rubbish|fairy[ -]?tales?|made[ -]up|fantas(?:y|ies)|slander"
    r"|libel|inaccurate|myths?|hoax|rumou?rs?|speculation|propaganda)\b",
    re.IGNORECASE,
)
# "Turned the offer down", "ruled that out for now": of 3 statements of bench/train and our dossiers that are annotated
# with such a verb for their cue all deny
_SPLIT = re.compile(r"(?:brush|rul|turn|wav)\w+$", re.IGNORECASE)
_OFF = re.compile(r"(?:[\w’'-]+\s){1,4}?(?:aside|away|down|off|out)(?=\W|\s|$)", re.IGNORECASE)
_UNSAID = frozenset(("deny", "denies", "denied", "false", "untrue", "wrong"))
_ENDED = re.compile(r"[.!?;:]\s")
# "Those responsible must face a court": of 72 such under a cue that leaves all open 64 do one of these
_MUST = re.compile(r"(?:that\s|\W)*(?:[\w'’-]+ ){1,6}must (?!(?:not|have|be (?:an?|the))\b)\w", re.IGNORECASE)
_OWED: tuple[Act, ...] = ("assert", "urge", "criticise", "warn", "accuse", "propose")
# "The president will address the nation on Wednesday": of 86 such, on no condition and of neither side, none threatens
_MEETS = re.compile(
    r"(?:that\s|\W)*(?:[\w'’.-]+ ){1,7}?(?:will|would) (?:address|speak to|meet|hold|visit|arrive|attend|travel|chair"
    r"|host|receive|publish|study|reply|take over|take office|be sworn|convene|present|appear before|brief|debate"
    r"|discuss|examine|consider|announce|decide|welcome|inspect|tour)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:if|unless|until|or|otherwise|else|when|once|whoever|anyone|any|every|those|next time|should|without|not?"
    r"|never|nobody|nothing|none|neither|nor|I|we|our|us|my|me|you|your)\b|n['’]t\b",
    re.IGNORECASE,
)


# Who does not deny it, by words outside the cue: "Nor did he ⟦deny⟧", "No one ⟦denied⟧"; and who fails to (by hand: no
# such statement is annotated)
_NOBODY = re.compile(r"(?:no(?:body| one)|none|neither)\b", re.IGNORECASE)
_NOR = re.compile(r"\b(?:nor|neither) (?:did|do|does|had|has|have|would|could|will|can)\s*$", re.IGNORECASE)
_FAILS = re.compile(r"(?:fail|refus|declin)\w+ to\b", re.IGNORECASE)
# "Did not accept this": of 19 such cues of bench/train and our dossiers 16 deny, of "refused to accept" there is none
_NOT_ACCEPTED = re.compile(
    r"(?:(?:\bnot|n['’]t|\bnever)(?: \w+)?|\b(?:refus|declin)\w+ to) (?:accept|acknowledge|recogni[sz]e|agree)\b",
    re.IGNORECASE,
)
_YES = re.compile(r"\W*(?:yes|yeah)\b", re.IGNORECASE)  # of 9 contents that begin so none denies


def left_open(said: Said) -> tuple[Act, ...]:
    """The acts that the words of a statement leave open, where they say so; else those of its cue."""
    cue, content = said.cue, said.content
    acts = allowed(cue)
    if acts == ("deny",) and (_NOBODY.match(said.source) or _NOR.search(said.lead) or _FAILS.match(cue)):
        return ("assert",)
    if acts == ACTS and _NOT_ACCEPTED.search(cue):
        return ("deny",)
    if acts == ACTS and _YES.match(content):
        return tuple(a for a in ACTS if a != "deny")
    if "deny" in acts and (_IS_FALSE.match(content) or (_SPLIT.match(cue) and _OFF.match(content))):
        return ("deny",)
    if "deny" in acts and (m := _AS_UNTRUE.search(f"{cue} {content}")) and m.start() < len(cue):
        return acts if _negated(words(cue[: m.start()])) else ("deny",)
    if "deny" in acts and (m := _UNTRUE.search(content)):
        before = words(_ENDED.split(content[: m.start()])[-1])
        if not any(_KIND.get(w) == "not" or w in _UNSAID for w in before):
            return ("deny",)
    if acts != ACTS:
        return acts
    if _CALLS.search(cue):
        return tuple(a for a in _CALLED if a != "praise" or not _SHAM.search(content))
    if _MUST.match(content):
        return _OWED
    if _MEETS.match(content) and not _BOUND.search(content):
        return tuple(a for a in ACTS if a != "threaten")
    return acts


def features(said: Said, before: Said | None, after: Said | None, known: Container[str]) -> list[str]:
    """Names of what holds of a statement between its neighbours; words of content not in `known` are "_"."""
    kind = _kind(said.cue)
    content = words(said.content)
    length = "short" if len(content) < 7 else "middling" if len(content) < 16 else "long"
    shown = ["#" if w.isdigit() else w if w in known else "_" for w in content]
    found = [
        *_of_cue(said.cue, said.mode, said.sourcing),
        *[f"o={w}" for w in words(said.source)[-6:] if w in known],
        f"ml={said.mode} {length}",
        *[f"w={w}" for w in shown],
        *[f"b={a} {b}" for a, b in pairwise(["^", *shown, "$"]) if a != "_" or b != "_"],
        *[f"w{k}={w}" for k, w in enumerate(shown[:3])],
        *[f"w-1={w}" for w in shown[-1:]],
    ]
    nots = [k for k, w in enumerate(content) if _KIND.get(w) == "not"]
    if nots:
        found.append(f"not {'first' if nots[0] < 3 else 'later'} {min(len(nots), 3)}")
    for k in nots:
        found += (f"not-1={['^', *shown][k]}", f"not+1={[*shown, '$'][k + 1]}")
    held = sorted({x for w in content if (x := _KIND.get(w) or _tone(w))})
    found += [f"h={x}" for x in held]
    found += [f"kh={kind} {x}" for x in held]
    found += [f"hh={a} {b}" for a, b in combinations(held, 2)]
    if content[:1] == ["to"]:
        found.append("to")
    found += [f"l={w}" for w in words(said.lead)[-3:] if w in _LEADS]
    for name, other in (("p", before), ("n", after)):
        if other is not None:
            found.append(f"{name}k={_kind(other.cue)}")
            if other.source == said.source:
                found.append(f"{name}=same")
    return found


@lru_cache(maxsize=1 << 12)
def _of_cue(cue: str, mode: Mode | None, sourcing: Sourcing | None) -> tuple[str, ...]:
    all_words = words(cue)
    head = all_words[0] if all_words else ""
    return (
        *(f"c={w}" for w in all_words),
        *(f"cs={_stem(w)}" for w in all_words),
        *(f"cb={a} {b}" for a, b in pairwise(all_words)),
        f"k={_kind(cue)}",
        f"cm={head} {mode}",
        f"ch={head} {sourcing}",
        f"s={sourcing}",
        f"m={mode}",
    )


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights [names, acts] and constants [acts] of what tells acts; without names, all acts are alike."""

    names: tuple[str, ...]
    weights: Floats
    constants: Floats
    known: frozenset[str] = field(init=False)
    _place: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", frozenset(n[2:] for n in self.names if n.startswith("w=")))
        object.__setattr__(self, "_place", {n: k for k, n in enumerate(self.names)})

    def log_chances(self, told: Sequence[Around]) -> Floats:
        """The logarithm of the chance of each act [statements, acts], in the order of ACTS."""
        sums = np.zeros((len(told), len(ACTS)), self.weights.dtype)
        for row, one in zip(sums, told, strict=True):
            held = {k for n in features(*one, self.known) if (k := self._place.get(n)) is not None}
            self.weights.take(sorted(held), 0).sum(0, out=row)
        odds = self.constants + sums
        odds = odds - odds.max(1, keepdims=True)
        return np.asarray(odds - np.log(np.exp(odds).sum(1, keepdims=True)), np.float32)

    @property
    def stored(self) -> dict[str, NDArray[np.generic]]:
        """As arrays of heads.npz: weights in steps of the 127th part of the greatest."""
        step = max(float(np.abs(self.weights).max(initial=0)), 1e-9) / 127
        return {
            "acts.names": np.frombuffer("\n".join(self.names).encode(), np.uint8),
            "acts.weight": np.round(self.weights / step).astype(np.int8),
            "acts.step": np.array(step, np.float32),
            "acts.bias": self.constants.astype(np.float16),
        }


def fitted(stored: Mapping[str, NDArray[np.generic]]) -> Fitted:
    """From the arrays of heads.npz; a folder whose words were not fitted tells acts by the encoder alone."""
    if "acts.names" not in stored:
        return Fitted((), np.zeros((0, len(ACTS)), np.float32), np.zeros(len(ACTS), np.float32))
    names = bytes(stored["acts.names"]).decode().split("\n")
    weights = stored["acts.weight"].astype(np.float32) * stored["acts.step"].astype(np.float32)
    return Fitted(tuple(names), weights, stored["acts.bias"].astype(np.float32))


def chances(by_encoder: Floats, by_words: Floats, told: Sequence[Said]) -> list[tuple[float, ...]]:
    """The chance of each act for each statement, in the order of ACTS and in thousandths, by both guesses (both
    [statements, acts]): at least one thousandth of an act that its words leave open, and none of another: "denied"
    denies, whatever is said.

    Their geometric mean: they read the same words, and their product says too much. Of 780 statements of real news that
    nothing was learned from those of 0.51, 0.70, 0.88 and 0.99 by the product are right 0.27, 0.39, 0.54 and 0.77 of
    the time, those of 0.49, 0.69, 0.87 and 0.99 by the mean 0.44, 0.53, 0.75 and 0.95 (5,582 statements of held
    dossiers: 0.50, 0.65, 0.83 and 0.97)."""
    both = (np.log(by_encoder + FLOOR) + np.log(np.exp(by_words) + FLOOR)) / 2
    acts = list(map(left_open, told))
    open_ = np.array([[a in some for a in ACTS] for some in acts]).reshape(both.shape)
    top = np.where(open_, both, -np.inf).max(1, keepdims=True)
    share = np.where(open_, np.exp(both - top), 0)
    share = np.where(open_, np.maximum(np.round(share / share.sum(1, keepdims=True), 3), FLOOR), 0)
    return [tuple(row) for row in share.round(3).tolist()]


def likeliest(chances: Sequence[float]) -> Act:
    """The act with the greatest chance; `chances` are in the order of ACTS."""
    return ACTS[max(range(len(ACTS)), key=chances.__getitem__)]


def agreed(claims: Iterable[Sequence[Statement]]) -> dict[str, tuple[Act, float]]:
    """Statement -> its act and how likely that is, of statements by the claim that they tell, and by which way round:
    by its own chances, and by what the others that tell it so, in somebody's name, lend it. An act that its own cue
    rules out stays so."""
    found: dict[str, tuple[Act, float]] = {}
    for told in claims:
        known = [s for s in told if s.acts]
        if len(known) < 2:
            found |= {s.id: (likeliest(s.acts), max(s.acts)) for s in known}
            continue
        logs = np.log(np.array([s.acts for s in known]).reshape(-1, len(ACTS)) + FLOOR)
        lend = np.array([s.sourcing != "outlet" for s in known])
        total = logs[lend].sum(0)
        for s, own, among in zip(known, logs, lend, strict=True):
            others = int(lend.sum()) - int(among)
            score = own + LENT * (total - own * among) / np.sqrt(max(others, 1))
            share = np.where(np.array(s.acts) > 0, np.exp(score), 0)
            shares = (share / share.sum()).round(3).tolist()
            found[s.id] = likeliest(shares), max(shares)
    return found


def _kind(cue: str) -> str:
    """The acts of the first listed word of a cue, negators aside: so the weights were fitted."""
    return next((" ".join(acts) for w in words(cue) if (acts := _table().get(w))), "any")


def _stem(word: str) -> str:
    return next((word[: -len(e)] for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 4), word)


@lru_cache(maxsize=1 << 16)
def _tone(word: str) -> str | None:
    """Whether a word tells a bad deed, or speaks well or badly of something (lexicon/tones.tsv)."""
    return next((tone for tone, beginnings in _tones().items() if word.startswith(beginnings)), None)


@cache
def _tones() -> dict[str, tuple[str, ...]]:
    listed = rows("tones")
    return {tone: tuple(b for b, t in listed if t == tone) for tone in ("deed", "bad", "good")}


@cache
def _table() -> dict[str, tuple[Act, ...]]:
    return {word: tuple(a for a in ACTS if a in acts.split()) for word, acts in rows("acts")}
