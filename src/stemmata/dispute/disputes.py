"""Which statement disputes which: for each claim, where it is first told, whether it answers another, and which.

A claim answers by its first statement (later versions repeat it), and what it answers is a claim told no later, in any
of its versions: a denial may answer what a rewrite made of it. Candidates are the claims of the same document and, by
an inverted index, those that share the rarest words with it; never all pairs. One softmax weighs "answers nothing"
against every candidate, so that a claim which could answer many is not said to answer any; where it may well answer
something, the likeliest are read beside it (pairs.py), and a second softmax weighs what that tells, how near both are
in meaning, how they stand to each other in all versions, and what else answers.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stemmata.dispute.accord import Heads, in_accord, sides_with
from stemmata.dispute.evidence import (
    across,
    alone,
    answered,
    document_evidence,
    first_evidence,
    nearness,
    standing,
    together,
)
from stemmata.dispute.outright import (
    NEXT,
    TAKEN_UP,
    denied,
    gone_back_on,
    other_numbers,
    own_words,
    taken_up,
    withdrawn,
)
from stemmata.dispute.told import Reading, Utterance
from stemmata.dispute.worded import Words, signs
from stemmata.language.counts import Quantity
from stemmata.language.wording import HEAVY, heavy_words, stem, weight
from stemmata.model import RELATIONS, Actor, Claim, Dispute, Document, Family, Relation, Span, Statement, said_by
from stemmata.pairs import Excerpt, Judge, Judged, excerpt, reader
from stemmata.weighing import Weighing, weighings

# Claims of other documents that are looked at for one; with its own they hold 92 of 100 disputes of bench/train by gold
# statements, 84 by those that are found
CANDIDATES = 24
# Claims of its own document that are looked at for one, half of them its neighbours: no article of bench/train and our
# dossiers has as many (28 at most), an hour's transcript has
INSIDE = 64
COMMON = 0.05  # a word in more of the claims than this nominates none, where there are many (by hand)
FEW = 40  # under so many claims with a word it always nominates
RELATED = 0.15  # of bench/train, 93 of 100 pairs of articles on one story share so much, and 1 of 1,000 others
# Probability by listed evidence that a claim answers anything from which it is read, and how many of what it may answer
# are read beside it: of 0.12 to 0.3, weights left out (training/TRIED.md), the least time for nearly the same recall
READ_FROM, READ = 0.3, 3
UNSURE = 0.2  # from here to what is told unasked one in three is right (bench/train, families left out)
OUTRIGHT = 0.77  # and what `told_outright` gives: 10 of 13 by the statements found in bench/train
AT_ONCE = 64  # answers that are read in one call, to keep all processors busy
VERSIONS = 3  # of a claim, with different words, that are compared: more only repeat


@dataclass(slots=True, kw_only=True, eq=False)
class Subject:
    """A claim as it is told: by its first statements and by its versions in different words."""

    claim: str
    told: list[Utterance]
    first: list[Utterance]
    since: str  # when it was first told; "" where that is not known
    until: str  # by when it had been told; likewise
    documents: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two statements and what speaks for one answering the other."""

    by: Utterance
    of: Utterance
    evidence: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A claim that may answer others: what speaks for that, and each that it may answer, by pairs of statements.
    `sided`: those of them that its own side tells, which it does not dispute however likely."""

    claim: str
    evidence: Mapping[str, float]
    targets: Mapping[str, tuple[Pair, ...]]
    told: Mapping[str, Sequence[Utterance]]  # of it and of each target, every statement, until it is read
    sided: frozenset[str] = frozenset()


def disputes(
    documents: Iterable[Document],
    statements: Iterable[Statement],
    claims: Iterable[Claim],
    actors: Iterable[Actor] = (),
    families: Iterable[Family] = (),
    scales: Mapping[str, Weighing] | None = None,
    *,
    judge: Judge | None = None,
    least: float | None = None,
) -> tuple[Dispute, ...]:
    """The disputes between the claims of `documents`, each shown by its best pair of statements, the surest first.

    Listed evidence says which claims may answer which; those are read side by side (`judge`, the shipped network). What
    the words say outright needs no reading.

    `statements` have their actors and claims; `families` tell which documents are versions of another. At most one
    row for two claims. Nothing is said under `least`, which is `told_from` where none is given.
    """
    scales = scales or weighings("dispute")
    least = told_from(scales) if least is None else least
    judge = judge or reader().read
    documents, statements, claims = list(documents), list(statements), list(claims)
    kept: dict[frozenset[str], Dispute] = {}
    found, out = [], []
    for a in answers(documents, statements, claims, actors, families):
        for target, by, of, relation in told_outright(a):
            score = as_sure_as_said(OUTRIGHT, by.statement, of.statement)
            kept.setdefault(frozenset((a.claim, target)), _row(by.statement, of.statement, relation, score))
        if read := likely(a, scales):
            found.append(read)
    for answer in read_beside(found, judge):
        for target, (chance, pair) in chances(answer, scales, ", read").items():
            out.append((as_sure_as_said(chance, pair.by.statement, pair.of.statement), answer.claim, target, pair))
    out.sort(key=lambda x: (-x[0], x[1], x[2]))
    for score, mine, theirs, pair in out:  # of two claims that answer each other what is told, or the surer way round
        _, relation = max(zip(relation_odds(pair, scales), RELATIONS, strict=True), key=lambda x: x[0])
        row = _row(pair.by.statement, pair.of.statement, relation, score)
        kept.setdefault(frozenset((mine, theirs)), row)
    return tuple(sorted((d for d in kept.values() if d.score >= least), key=lambda d: -d.score))


def told_from(scales: Mapping[str, Weighing] | None = None) -> float:
    """The probability from which a dispute is told unasked (weights/dispute.json): three in four of these are right."""
    return (scales or weighings("dispute"))["answers, read"].threshold


def as_sure_as_said(score: float, by: Statement, of: Statement) -> float:
    """How sure a dispute is that rests on two statements: no surer than either is. Their product says less of the right
    ones."""
    return min(score, by.confidence, of.confidence)


def _row(by: Statement, of: Statement, relation: Relation, score: float) -> Dispute:
    return Dispute(
        by_statement=by.id,
        of_statement=of.id,
        relation=relation,
        score=round(score, 4),
        by_span=told_span(by),
        of_span=told_span(of),
    )


def told_outright(answer: Answer) -> Iterator[tuple[str, Utterance, Utterance, Relation]]:
    """What a claim disputes by its words alone (dispute/outright.py): each target, and the two statements that show it.

    Of the claims that tell a number which is said not to be so, of those that another told and it denies, and of those
    that its speaker takes back, it is the one that is taken up most. Of what somebody denies to have said it is the one
    that they take up by far the most, unless it denies too.
    """
    lead = answer.told[answer.claim][0].reading
    mine = [x for x in answer.told[answer.claim] if x.reading is lead]
    numbers: dict[float, _Shown] = {}
    others, taken_back, turned, own = (list[_Shown]() for _ in range(4))
    for target in sorted(answer.targets):
        pairs = [(x, y) for x in mine for y in answer.told[target] if not _later(y.reading, lead)]
        for x, y in pairs:
            share = taken_up(x, y)
            for value in other_numbers(x, y):
                numbers[value] = max(numbers.get(value, (-1.0, target, x, y)), (share, target, x, y), key=_first)
            others.append((denied(x, y), target, x, y))
            taken_back.append((withdrawn(x, y), target, x, y))
            turned.append((gone_back_on(x, y), target, x, y))
        if pairs and not any(y.denying for _, y in pairs):  # a denial is not taken back by one
            own.append(max(((own_words(x, y), target, x, y) for x, y in pairs), key=_first))
    for _, target, x, y in numbers.values():
        yield target, x, y, "corrects"
    relation: Relation
    for found, relation in ((taken_back, "corrects"), (others, "denies")):
        if (best := max(found, key=_first, default=None)) and best[0]:
            yield *best[1:], relation
    own.sort(key=_first, reverse=True)
    if own and own[0][0] >= TAKEN_UP and not any(x[0] > own[0][0] - NEXT for x in own[1:2]):
        yield *own[0][1:], "denies"
    if (best := max(turned, key=_first, default=None)) and best[0]:
        by = best[2]
        yield *best[1:], "corrects" if by.refused else "denies" if by.denying else "contradicts"


_Shown = tuple[float, str, Utterance, Utterance]  # how much is taken up; the target, and the two that show it


def _first(row: _Shown) -> float:
    return row[0]


def _later(one: Reading, other: Reading) -> bool:
    return bool(one.published and other.published) and one.published > said_by(other.published)


def relation_odds(pair: Pair, scales: Mapping[str, Weighing]) -> list[float]:
    """By the evidence, and, where that was fitted, by how the answer is worded."""
    odds = [scales[r].odds(pair.evidence) for r in RELATIONS]
    if f"worded {RELATIONS[0]}" not in scales:
        return odds
    held = signs(_words(pair.by), _words(pair.of), one_actor=pair.by.of_one_actor(pair.of))
    worded = dict.fromkeys(sorted(held), 1.0)
    return [x + scales[f"worded {r}"].odds(worded) for r, x in zip(RELATIONS, odds, strict=True)]


def _words(t: Utterance) -> Words:
    s, text = t.statement, t.reading.text
    source, cue = (x.of(text) if x else "" for x in (s.source, s.cue))
    return Words(source=source, cue=cue, content=" ".join(p.of(text) for p in s.content))


def told_span(statement: Statement) -> Span:
    """From the cue or the content, whichever comes first, to the end of what comes last: the words that dispute."""
    spans = [*statement.content, *((statement.cue,) if statement.cue else ())]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def chances(answer: Answer, scales: Mapping[str, Weighing], by: str = "") -> dict[str, tuple[float, Pair]]:
    """For each target the probability that it is answered, and the pair of statements that shows it best.

    By the listed evidence, or, of an answer that was `read_beside`, by ", read". Without those of its own side.
    """
    weighed = target_odds(answer, scales[f"target{by}"])
    none = -scales[f"answers{by}"].odds(answer.evidence)
    whole = _log_sum([none, *(odds for odds, _ in weighed.values())])
    return {t: (math.exp(odds - whole), pair) for t, (odds, pair) in weighed.items() if t not in answer.sided}


def target_odds(answer: Answer, scale: Weighing) -> dict[str, tuple[float, Pair]]:
    """For each target its log-odds, and its likeliest pair of statements."""
    weighed = {}
    for target, pairs in answer.targets.items():
        odds = [scale.odds(p.evidence) for p in pairs]
        best = max(range(len(pairs)), key=lambda k: (odds[k], -k))
        weighed[target] = (_log_sum(odds), pairs[best])
    return weighed


def likely(answer: Answer, scales: Mapping[str, Weighing]) -> Answer | None:
    """The likeliest targets of an answer by listed evidence, each by its best pair, to be read beside it; None where it
    hardly answers anything. Many are kept at a time: without what is 0, and without the versions."""
    weighed = target_odds(answer, scales["target"])
    listed = scales["answers"].odds(answer.evidence)
    chance = 1 - math.exp(-listed - _log_sum([-listed, *(odds for odds, _ in weighed.values())]))
    if chance < READ_FROM:
        return None
    first = sorted(weighed, key=lambda t: (-weighed[t][0], t))[:READ]
    targets = {}
    for k, t in enumerate(first):
        odds, pair = weighed[t]
        more = {"listed": odds, "listed first": float(k == 0)}
        more |= nearness(pair.by, pair.of) | across(answer.told[answer.claim], answer.told[t])
        kept = {n: x for n, x in {**pair.evidence, **more}.items() if x}
        targets[t] = (Pair(by=pair.by, of=pair.of, evidence=kept),)
    evidence = {"listed": listed, "listed at all": chance}
    return Answer(claim=answer.claim, evidence=evidence, targets=targets, told={}, sided=answer.sided)


def read_beside(found: Sequence[Answer], judge: Judge) -> Iterator[Answer]:
    """Answers with what reading them beside their likeliest targets tells, and with what else of `found` answers: where
    one claim of an article does, others do, and what answers is answered."""
    chance = {a.claim: a.evidence["listed at all"] for a in found}
    beside: Counter[str] = Counter()
    for a in found:
        beside[_home(a)] += chance[a.claim]  # type: ignore[assignment]
    for a, judged in _judged(found, judge):
        pairs = [p for (p,) in a.targets.values()]
        read = [float(x) for x in judged.answers]
        targets = {}
        for k, (t, p) in enumerate(zip(a.targets, pairs, strict=True)):
            more = {
                "read": read[k],
                "read likely": 1 / (1 + math.exp(-read[k])),
                "read, ahead": read[k] - max((x for n, x in enumerate(read) if n != k), default=read[k] - 1.0),
                "read, the same": float(judged.same[k]),
                "of answers": chance.get(t, 0.0),
            }
            more |= {f"read: {r}": float(x) for r, x in zip(RELATIONS, judged.relations[k], strict=True)}
            if not p.evidence.get("same document"):  # there one actor speaks less against it than in one article
                more["same actor, elsewhere"] = p.evidence.get("same actor", 0.0)
            targets[t] = (Pair(by=p.by, of=p.of, evidence={**p.evidence, **more}),)
        evidence = {
            **a.evidence,
            "read best": max(read),
            "read at all": _log_sum(read),
            "read likely": float(max(read) > 0),
            "beside answers": min(4.0, beside[_home(a)] - chance[a.claim]),
        }
        yield Answer(claim=a.claim, evidence=evidence, targets=targets, told={}, sided=a.sided)


def _judged(found: Sequence[Answer], judge: Judge) -> Iterator[tuple[Answer, Judged]]:
    """Each answer with what the network says of it beside its targets; many are read in one call, few held at once."""
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        read = judge([(said(p.by, before=True), said(p.of)) for a in some for (p,) in a.targets.values()])
        at = 0
        for a in some:
            end = at + len(a.targets)
            yield a, Judged(read.same[at:end], read.answers[at:end], read.relations[at:end])
            at = end


def _home(answer: Answer) -> str:
    """The document in which an answer is first told."""
    return next(iter(answer.targets.values()))[0].by.statement.document


def said(t: Utterance, *, before: bool = False) -> Excerpt:
    """A statement in the words of its sentences; `before`: and of the one in front of them."""
    s = t.statement
    return excerpt(t.reading.text, t.reading.sentences, s.content, s.source, s.cue, before=before)


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))


def answers(
    documents: Iterable[Document],
    statements: Iterable[Statement],
    claims: Iterable[Claim],
    actors: Iterable[Actor] = (),
    families: Iterable[Family] = (),
) -> Iterator[Answer]:
    """Every claim that may answer another, with its candidates and their evidence."""
    texts = {d.id: d for d in documents}
    edges = [e for f in families for e in f.edges]
    made_from = {e.child for e in edges}
    origins = {e.parent for e in edges} - made_from
    everything, everyone = list(statements), list(actors)
    subjects = _subjects(texts, everything, claims, everyone)
    heads = Heads(texts, everything, everyone)
    index = _Index(subjects)
    for a in subjects:
        lead = a.first[0]
        here = lead.statement.document
        evidence = (
            alone(lead)
            | document_evidence(lead.reading)
            | first_evidence(lead, len(a.told), made=here in made_from, origin=here in origins)
        )
        targets = {}
        sided: set[str] = set()
        told = {a.claim: a.told}
        mine = [(x, alone(x)) for x in a.first]
        for b in index.candidates(a):
            beside = standing(
                a.first[0], b.told, b.first[0], made_from=made_from, origins=origins, here=here in b.documents
            )
            pairs = tuple(
                Pair(by=x, of=y, evidence=asks | answered(y) | together(x, y) | beside)
                for x, asks in mine
                for y in _versions(b, x, a.until)
                if not in_accord(x, y)
            )
            if pairs:
                targets[b.claim] = pairs
                told[b.claim] = b.told
                if any(sides_with(x, y, heads) for x in a.first for y in b.told):
                    sided.add(b.claim)
        if targets:
            yield Answer(claim=a.claim, evidence=evidence, targets=targets, told=told, sided=frozenset(sided))


def _versions(subject: Subject, by: Utterance, until: str) -> list[Utterance]:
    """The statements of a claim that `by` may answer: all in its own document, and those in other words that may have
    been published by `until` (`said_by`)."""
    here = [y for y in subject.told if y.reading is by.reading]
    seen = {tuple(y.stems) for y in here}
    for y in subject.told:
        if len(seen) >= VERSIONS:
            break
        if y.reading is not by.reading and tuple(y.stems) not in seen and not (until and y.reading.published > until):
            seen.add(tuple(y.stems))
            here.append(y)
    return here


def _subjects(
    texts: Mapping[str, Document], statements: Sequence[Statement], claims: Iterable[Claim], actors: Iterable[Actor]
) -> list[Subject]:
    """The claims in the order of their first telling."""
    called: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            called[actor.id] |= heavy_words(name, (Span(0, len(name)),))
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        if s.document in texts:
            by_document[s.document].append(s)
            if s.actor and s.source:
                called[s.actor] |= heavy_words(texts[s.document].text, (s.source,))
    names = {k: frozenset(v) for k, v in called.items()}
    told = {t.statement.id: t for k, v in by_document.items() for t in Reading(texts[k], v, names).told}
    out = []
    for c in claims:
        mine = [told[s] for s in c.statements if s in told]
        if mine:
            mine.sort(key=lambda t: (said_by(t.reading.published), t.statement.document, t.rank))
            first = [t for t in mine if t.reading is mine[0].reading]
            documents = frozenset(t.statement.document for t in mine)
            since = mine[0].reading.published
            until = since and said_by(since)
            out.append(Subject(claim=c.id, told=mine, first=first, since=since, until=until, documents=documents))
    return sorted(out, key=lambda x: (x.until, x.first[0].statement.document, x.first[0].rank))


_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-Þ][\w’'-]+")  # a word with a capital inside a sentence
_CAPITAL = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]+")  # anywhere: a name where another sentence has it inside
_POSSESSIVE = re.compile(r"[’']s?$")


def _capitals(wanted: re.Pattern[str], text: str) -> set[str]:
    return {_POSSESSIVE.sub("", m.group()).casefold() for m in wanted.finditer(text)}


def related(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """For each document those that tell of the same things: that share its names, by how rare they are."""
    names = {k: _capitals(_NAME, t) for k, t in texts.items()}
    known = {name for name in set().union(*names.values()) if weight(stem(name)) >= HEAVY}
    names = {k: found | (_capitals(_CAPITAL, texts[k]) & known) for k, found in names.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for k in sorted(names):
        for name in names[k]:
            holders[name].append(k)
    rarity = {name: math.log(1 + len(texts) / len(found)) for name, found in holders.items()}
    whole = {k: math.fsum(rarity[name] for name in found) for k, found in names.items()}
    most = max(FEW, int(COMMON * len(texts)))
    out = {}
    for k in names:
        shared: dict[str, float] = defaultdict(float)
        for name in (name for name in sorted(names[k]) if len(holders[name]) <= most):
            for other in holders[name]:
                shared[other] += rarity[name]
        out[k] = frozenset(d for d, x in shared.items() if d != k and x >= RELATED * min(whole[k], whole[d]))
    return out


def _numbers(told: Iterable[Quantity]) -> set[str]:
    """Numbers as words of an index: "=31" of "thirty-one"."""
    return {f"={q.value:g}" for q in told}


class _Index:
    """Which claims share rare words: an inverted index, so that no claim is held against all others."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self.subjects = subjects
        self.place = {x.claim: k for k, x in enumerate(subjects)}
        self.with_word: dict[str, list[int]] = defaultdict(list)
        self.in_document: dict[str, list[int]] = defaultdict(list)
        for k, x in enumerate(subjects):
            for word in set().union(*(t.heavy | t.names | _numbers(t.quantities) for t in x.told)):
                self.with_word[word].append(k)
            for document in sorted(x.documents):
                self.in_document[document].append(k)
        self.most = max(FEW, int(COMMON * len(subjects)))
        self.related = related({t.reading.document.id: t.reading.document.text for x in subjects for t in x.told})

    def candidates(self, a: Subject) -> list[Subject]:
        """The claims of its document, of a long one the nearest and those with the most weight of shared words, and
        those elsewhere with the most, not told later."""
        mine = {k for t in a.first for k in self.in_document[t.statement.document]}
        score: Counter[int] = Counter()
        asked: set[str] = set().union(*(t.heavy | t.frame | _numbers(t.refused) for t in a.first))
        beside: set[str] = set().union(*(t.before for t in a.first)) - asked
        for word, share in (*((w, 1.0) for w in sorted(asked)), *((w, 0.3) for w in sorted(beside))):
            found = self.with_word.get(word, ())
            if 0 < len(found) <= self.most:
                worth = share * math.log(1 + len(self.subjects) / len(found))
                for k in found:
                    score[k] += worth  # type: ignore[assignment]
        near = set().union(*(self.related[t.statement.document] for t in a.first))
        elsewhere = [
            (-worth, k)
            for k, worth in score.items()
            if k not in mine
            and not (a.until and self.subjects[k].since > a.until)
            and not near.isdisjoint(self.subjects[k].documents)
        ]
        chosen = sorted(self._inside(a, mine, score)) + [k for _, k in sorted(elsewhere)[:CANDIDATES]]
        return [self.subjects[k] for k in chosen if self.subjects[k].claim != a.claim]

    def _inside(self, a: Subject, mine: set[int], score: Mapping[int, float]) -> set[int]:
        """Of the claims of its document, itself among them, `INSIDE` at most."""
        if len(mine) <= INSIDE:
            return mine
        here = self.place[a.claim]
        near = set(sorted(mine, key=lambda k: (abs(k - here), k))[: INSIDE // 2])
        return near | set(sorted(mine - near, key=lambda k: (-score.get(k, 0.0), k))[: INSIDE // 2])
