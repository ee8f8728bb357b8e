"""What a version did to each claim of the version that it was made from: every label, on evidence.

Likeness never names a change. The evidence (collate/evidence.py, voice.py) is weighed by logistic regressions fitted by
training/claims.py, one a label that needs weighing; what follows from the definitions (verbatim) is decided by them
alone; omitted and added are what the alignment leaves, weighed by its doubts. Every label comes with its ground: the
characters of both versions that show it. A ground's score is the probability of its label, given that the one version
was made from the other; it hangs on whether the version washes at all (`washes`). A change's score is that of its
surest loud label (of the quiet one where it has none else: that none of the loud ones holds), and of the edge. Beside a
label that is likelier than not stand only others that are. What only the edge makes a change, omitted and added, is
said where both together are likely enough. A version that tells again little of what its parents tell is a less likely
child (alignment.made_from), and what it leaves out less of a change.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from stemmata.collate.alignment import Alignment, Pair, made_from
from stemmata.collate.asked import questions_said
from stemmata.collate.counted import counted
from stemmata.collate.credited import is_credit
from stemmata.collate.denial import denied_alike
from stemmata.collate.evidence import evidence, in_its_manner, kept_words
from stemmata.collate.parts import answered, told_here, worded
from stemmata.collate.passages import Version, telling
from stemmata.collate.pulls import pulled
from stemmata.collate.quoting import added_evidence, quoted_by, told_outside
from stemmata.collate.rendering import Rendering, once_a_pair
from stemmata.collate.shown import shown
from stemmata.collate.speakers import (
    as_telling,
    by_profession,
    called_alike,
    his_body,
    members,
    named_later,
    nameless_poll,
    one_source,
    same_source,
    same_words,
    told_before,
    two_bodies,
    two_persons,
    two_speakers,
)
from stemmata.collate.untold import HALF_TOLD, PUT_IN
from stemmata.collate.voice import in_own_voice, labelled, on_behalf, speaks_itself, voice_evidence
from stemmata.language.clauses import main_clauses
from stemmata.model import CHANGE_LABELS, NAMED, UNNAMED, Change, ChangeLabel, Credit, Ground
from stemmata.weighing import Weighing, weighings

KEPT: tuple[ChangeLabel, ...] = ("verbatim", "paraphrased")
WEIGHED: tuple[ChangeLabel, ...] = (
    "quote-altered", "quote-fabricated", "strengthened", "weakened", "number-changed", "negated", "paraphrased",
    "attribution-vague", "attribution-shifted",
)  # fmt: skip
LIKELY = 0.5  # labels under it stand alone or not at all: beside a likelier one 63 of 160 are right on bench/train
TWO_NAMES = 0.92  # two persons named, no word of the sources shared: 45 of 49 such examples of bench/train are shifted
# What the outlet tells, and somebody's word in the child: 67 of 97 of found statements, 47 of 49 on bench/train. A law
# that it is none where the parent's sentence names him stopped 11 of these 97 rightly, 11 wrongly
GIVEN = 0.75
# Of found statements of gold whose source is the body of the parent's person 30 of 36 are shifted, of those of another
# person by name 30 of 34, of our rewrites none and 15 of 17
HIS_BODY, ANOTHER_PERSON = 0.5, 0.8
ANOTHER_BODY = 0.8  # 3 of 3 of drafts that an editor wrote to try it (by hand): see two_bodies
TWO_SPEAKERS = 0.85  # 2 of 3 where nothing else says so; see two_speakers
NAMELESS_POLL = 0.8  # 5 of 6 of bench/train
# A question that is told as said. Gold has none, of 19 questions in parents, and our rewrites a to c and e to k none of
# 2; 4 of 4 of drafts that editors wrote to try it (by hand)
QUESTION = 0.85
# What the parent tells in its own voice and the child gives to an outlet that it credits. By the rule of the gold that
# is shifted (8 of 8 of bench/train and our dossiers); but an outlet's own voice is the outlet, and whoever copies is to
# say so: it is told, and does not count, however much a version washes (by hand)
CREDITED = 0.25
# What one word shows where hardly another differs, a little less surely than the label stands there in the gold
# statements of bench/train and of our dossiers: 220 of 236; 60 of 82, 296 of 325; conditions 44 of 50, limits 19 of 22;
# 7 of 7; 15 of 16; negators 131 of 167, of a clause 101 of 108; one end of a range that is told as the value 8 of 11,
# the high one as stronger 5 of 5; verbs of saying 17 of 20, 4 of 5
OUTRIGHT: tuple[tuple[str, ChangeLabel, float], ...] = (
    ("hedge: doubt gone from its place", "strengthened", 0.85), ("hedge: doubt put in its place", "weakened", 0.85),
    ("hedge: all doubt gone", "strengthened", 0.72), ("hedge: all doubt new", "weakened", 0.88),
    ("hedge: condition gone", "strengthened", 0.8), ("hedge: limit gone", "strengthened", 0.8),
    ("hedge: unknown gone", "strengthened", 0.8), ("hedge: part gone", "strengthened", 0.8),
    ("hedge: only gone", "strengthened", 0.75), ("hedge: intent done", "strengthened", 0.75),
    ("hedge: unshown denied", "strengthened", 0.75), ("hedge: cause told", "strengthened", 0.75),  # by hand
    ("hedge: step up", "strengthened", 0.85), ("hedge: step down", "weakened", 0.85),
    ("hedge: question told", "strengthened", QUESTION),
    ("hedge: evidence surer", "strengthened", 0.75), ("hedge: likelier", "strengthened", 0.75),  # by hand
    ("hedge: unrecalled denied", "strengthened", 0.8), ("hedge: denied unrecalled", "weakened", 0.8),  # by hand
    ("hedge: less likely", "weakened", 0.85),  # by hand
    ("cue: far firmer, same words", "strengthened", 0.8), ("cue: charge borne out", "strengthened", 0.75),
    ("quotes: beheaded", "quote-altered", 0.8),  # by hand
    ("negation: roles turned round", "negated", 0.8), ("negation: not until", "negated", 0.8),  # by hand
    ("negation: alone", "negated", 0.78), ("negation: of a kept clause", "negated", 0.86),
    ("numbers: change places", "number-changed", 0.9),  # by hand
    ("numbers: end of a range", "number-changed", 0.75), ("numbers: high end alone", "strengthened", 0.8),
)  # fmt: skip
# Of the claims that versions tell again in other words, the share that is changed: as labels have it, which were fitted
# on bench/train and all large dossiers (by hand); and of a version that washes, of a common and of a faithful one, each
# as likely. Loss of labels on 1,729 such claims of bench/train, 1,628 of held and 8,231 of reworded dossiers, and our
# own rewrites: 501, 376, 1,022 and 357; 615, 439, 987 and 445 where no row speaks for its neighbours. The least in all
# of 15 twos, threes and fours of shares
PRIOR, WASHED = 0.45, (0.6, 0.4, 0.2)
RARER = tuple(x / (1 - x) / (PRIOR / (1 - PRIOR)) for x in WASHED)
# Telling words of a statement, and the share of them in one sentence of the child from which it is told there: on
# bench/train and our dossiers so are 2,419 of the claims that are told again and six of 2,319 that are omitted
FEWEST, STANDS = 4, 0.7
SUREST = 0.98  # what one label can say at most of the others (by hand)
EXCLUSIVE: tuple[tuple[ChangeLabel, ChangeLabel], ...] = (
    ("strengthened", "weakened"), ("attribution-vague", "attribution-shifted"),
)  # fmt: skip


def changes(
    parent: Version,
    child: Version,
    alignment: Alignment,
    *,
    parents: Sequence[Version] = (),
    beside: Sequence[Alignment] = (),
    above: Sequence[str] = (),
    claim_of: Mapping[str, str] | None = None,
    edge: float = 1.0,
    credits: tuple[Sequence[Credit], Sequence[Credit]] = ((), ()),
    outlets: Collection[str] = (),
    scales: Mapping[str, Weighing] | None = None,
) -> tuple[Change, ...]:
    """Every claim of `parent` and what `child` made of it, and every claim that no parent has.

    `parents` are all that the child was made from and `beside` its alignments with the others of them: only what none
    of them tells is `added`, and so against each, with the chance of where it is surest and the score of its own edge.
    What another parent quotes, and the texts `above` that the parents were made from, the child did not make up.
    A source that is one of the `credits` of its text, the parent's and the child's, says nothing that could be missed
    or new, nor does one of the `outlets` above the child, by what they are called (credited.called). `claim_of` names
    statements' claims. `edge` is the probability by wording that `child` was made from `parent`; what it tells again is
    weighed with it.
    """
    scales = scales or weighings()
    told, again = ({s.id: Rendering(v, s) for s in v.statements} for v in (parent, child))
    everything = parents or (parent,)
    aligned = (alignment, *beside)
    known = {p.child for a in aligned for p in a.pairs}
    edge = made_from(edge, sum(s.id in known for s in child.statements), len(child.statements), scales)
    retold = _retold(told, again, alignment)
    known |= {child_id for _, child_id in retold}
    crediting = {s.id for s in child.statements if is_credit(child.text, s.source, credits[1], outlets)}
    found = _compared(retold, scales, [p.text for p in everything if p.document != parent.document], crediting)
    rows: list[_Row] = []
    tellings: dict[str, list[tuple[str, str]]] = {}
    for k in retold:
        tellings.setdefault(k[0], []).append(k)
    doubts = {x.statement: x.evidence for x in alignment.loose}
    for s in parent.statements:
        rows += [(before, after, found[k], p) for k in tellings.get(s.id, ()) for before, after, p in [retold[k]]]
        here = s.id in tellings or _stands_in(told[s.id], child.text)
        if not here and not is_credit(parent.text, s.source, credits[0]):
            p = scales["omitted"].probability(doubts.get(s.id, {}))
            if s.sourcing == "outlet":  # a clause that may tell a claim: of 16 that are not likely to (under 0.6) one
                p *= s.confidence  # is omitted, of 70 others 52, on bench/train and our dossiers
            if edge * p >= scales["omitted"].threshold:
                gone = Ground(label="omitted", parent=told[s.id].spans, child=(), score=round(p, 4))
                rows.append((told[s.id], None, [gone], 1.0))
    new: dict[str, float] = {}
    for x in (x for a in aligned for x in a.loose):
        new[x.statement] = max(new.get(x.statement, 0.0), scales["added"].probability(x.evidence))
    for s in child.statements:
        if s.id not in known and s.sourcing != "outlet" and s.id not in crediting:
            if s.mode == "direct" and speaks_itself(everything, again[s.id]):
                continue  # a speech says it where no statement was found
            p = s.confidence * new.get(s.id, scales["added"].probability({}))
            added = [] if edge * p < scales["added"].threshold else _added(again[s.id], p, everything, above, scales)
            asked = [x for v, *x in questions_said(everything, again[s.id]) if v.document == parent.document]
            for at, told_as in asked[:1]:
                told_so = Ground(label="strengthened", parent=(at,), child=(told_as,), score=QUESTION)
                added = [told_so, *(g for g in added if g.score >= LIKELY)]
            if added:
                rows.append((None, again[s.id], added, 1.0))
    return _rows_as_changes(rows, (parent, child), edge, claim_of or {})


# What one claim is before and after, the labels, and how sure it is that both are one claim
_Row = tuple[Rendering | None, Rendering | None, list[Ground], float]
_Retold = dict[tuple[str, str], tuple[Rendering, Rendering, float]]


def _retold(told: Mapping[str, Rendering], again: Mapping[str, Rendering], alignment: Alignment) -> _Retold:
    """The statements of both sides that tell one claim, by id: each as far as it tells it, and how sure that is."""
    paired: dict[str, list[Pair]] = {}
    for pair in alignment.pairs:
        paired.setdefault(pair.parent, []).append(pair)
    retold: _Retold = {}
    for id, whole in told.items():
        for pair in paired.get(id, ()):
            before, after = whole, again[pair.child]
            cut = not (before.quoted and after.quoted)  # of a quotation in both what was cut is to be seen
            if part := pair.part[0]:
                kept = answered(before.text, part, after.stems) if cut else part
                before = Rendering(before.version, before.statement, kept)
            if part := pair.part[1]:
                kept = answered(after.text, part, before.stems) if cut else part
                after = Rendering(after.version, after.statement, kept)
            retold[id, pair.child] = before, after, pair.score
        if id not in paired and (bare := [x for x in again.values() if in_own_voice(whole, x)]):
            after = max(bare, key=lambda x: len(x.stems))  # what stood in another's mouth is a statement of its own
            sure = min(whole.statement.confidence, after.statement.confidence)
            retold[id, after.statement.id] = whole, after, sure
    return retold


def _compared(
    retold: _Retold, scales: Mapping[str, Weighing], others: Sequence[str], crediting: Collection[str]
) -> dict[tuple[str, str], list[Ground]]:
    """The labels of each claim that both sides tell (`grounds`), weighed in the manner of the whole version. The
    child's statements `crediting` are given to nobody but an outlet that it credits."""
    voiced = {k: in_own_voice(before, x) or x for k, (before, x, _) in retold.items()}
    seen = {k: evidence(retold[k][0], x) for k, x in voiced.items()}
    kept = kept_words(e for k, e in seen.items() if not _in_part(*retold[k][:2]))
    found = {
        k: grounds(retold[k][0], x, in_its_manner(seen[k], kept), scales, others, credited=k[1] in crediting)
        for k, x in voiced.items()
    }
    for k, x in voiced.items():
        if _loud(found[k]) & _OF_HALVES and (halves := _halves(retold[k][0], x)):
            weighed = in_its_manner(evidence(*halves), kept)
            again = grounds(*halves, weighed, scales, others, credited=k[1] in crediting)
            if _loud(again) < _loud(found[k]):
                found[k] = again
    return found


_OF_HALVES: frozenset[ChangeLabel] = frozenset(("strengthened", "weakened", "negated", "number-changed"))


def _loud(found: Iterable[Ground]) -> set[ChangeLabel]:
    return {g.label for g in found if g.label not in KEPT and g.score >= LIKELY}


def _halves(parent: Rendering, child: Rendering) -> tuple[Rendering, Rendering] | None:
    """Two statements without the main clauses that the other version tells elsewhere (`told_here`), none where there
    are no such clauses: what makes no change of the half that both tell is told, or changed, there."""
    several = any(len(main_clauses(t.text, x)) > 1 for t in (parent, child) for x in t.spans)
    if not several or (parent.quoted and child.quoted):
        return None
    kept = []
    for told, beside in ((parent, child), (child, parent)):
        others = [[w.norm for w in x if not any(w.span.overlaps(y) for y in beside.spans)] for x in worded(beside.text)]
        part = told_here(told.text, told.spans, beside.stems, others)
        kept.append(told if part == told.spans else Rendering(told.version, told.statement, part))
    one, other = kept
    return None if one is parent and other is child else (one, other)


def _rows_as_changes(
    rows: Sequence[_Row], versions: tuple[Version, Version], edge: float, claim_of: Mapping[str, str]
) -> tuple[Change, ...]:
    """Every row as a change, its labels as likely as they are where the version washes as its other rows tell."""
    washing = washes(
        found
        for one, other, found, _ in rows
        if one and other and one.plain != other.plain and not _in_part(one, other)
    )
    out = []
    for one, other, found, score in rows:
        ids = [t.statement.id if t else None for t in (one, other)]
        reworded = one is not None and other is not None and one.plain != other.plain
        labels = {g.label: replace(g, score=round(_washed(g, washing), 4)) if reworded else g for g in found}
        ordered = tuple(labels[x] for x in CHANGE_LABELS if x in labels)
        score *= max([g.score for g in ordered if g.label not in KEPT] or [g.score for g in ordered])
        out.append(
            Change(
                parent_document=versions[0].document,
                child_document=versions[1].document,
                claim=claim_of.get(ids[0] or "") or claim_of.get(ids[1] or ""),
                parent_statement=ids[0],
                child_statement=ids[1],
                changes=tuple(g.label for g in ordered),
                score=round(edge * score, 4),
                grounds=ordered,
            )
        )
    return tuple(out)


def _stands_in(told: Rendering, text: str) -> bool:
    """Whether one sentence of a text has so many of the words of a statement, its source and cue too, that it tells it,
    though no statement was found there, or another one: "the offer by volunteers to run the building"."""
    known = {w.norm for w in told.telling} | telling(told.source) | telling(told.cue_stems)
    if len(known) < FEWEST:
        return False
    return any(len(known.intersection(w.norm for w in x)) >= STANDS * len(known) for x in worded(text))


def _in_part(*sides: Rendering) -> bool:
    """Whether one of two statements is told in parts. Such a row does not speak for its neighbours: what it lacks may
    stand in another sentence."""
    return any(t.in_part for t in sides)


def negating(found: Iterable[Change]) -> set[tuple[str, str]]:
    """The statements (of the parent, of the child) of which the second likely negates the first."""
    return {
        (c.parent_statement, c.child_statement)
        for c in found
        if c.parent_statement
        and c.child_statement
        and any(g.label == "negated" and g.score >= LIKELY for g in c.grounds)
    }


def washes(rows: Iterable[Sequence[Ground]]) -> tuple[float, ...]:
    """How likely it is that a version washes, is a common one, or is faithful in what it tells in other words
    (`WASHED`), given the labels of all of its `rows`.

    Where one claim was changed, others were: a row speaks for its neighbours (a mixture of priors, in the manner of
    Saerens, Latinne and Decaestecker 2002, "Adjusting the outputs of a classifier to new a priori probabilities").
    """
    told = [0.0] * len(WASHED)
    for grounds in rows:
        odds = _odds(max((g.score for g in grounds if g.label in _WASHING), default=0.0))
        told = [x + math.log((1 - share) * (1 + r * odds)) for x, share, r in zip(told, WASHED, RARER, strict=True)]
    likely = [math.exp(x - max(told)) for x in told]
    return tuple(x / sum(likely) for x in likely)


def _washed(ground: Ground, washing: Sequence[float]) -> float:
    """The probability of a label where its version washes with these chances."""
    if ground.label not in _WASHING or ground.label in _TO_THE_LETTER or ground.score > SUREST:
        return ground.score
    odds = _odds(ground.score)
    return sum(p * r * odds / (1 + r * odds) for p, r in zip(washing, RARER, strict=True))


def _odds(p: float) -> float:
    p = min(p, SUREST)
    return p / (1 - p)


def grounds(
    parent: Rendering,
    child: Rendering,
    weighed: Mapping[str, float],
    scales: Mapping[str, Weighing],
    others: Sequence[str] = (),
    *,
    credited: bool = False,
) -> list[Ground]:
    """The labels of one claim that both versions tell, each with the characters that it rests on, by its evidence
    `weighed`. `others` are the texts of the child's other parents. `credited`: whether the child gives it to an outlet
    that it credits."""
    chances = {label: scales[label].probability(weighed) for label in WEIGHED}
    possible = {label for label in WEIGHED if _possible(label, parent, child, weighed)}
    found = _borne_out(chances, possible, weighed, scales)
    if "quote-fabricated" in found and _quoted_by_another(child, others):
        del found["quote-fabricated"]
    shifted = found.get("attribution-shifted", 0.0)
    found |= _attributed_otherwise(parent, child, weighed, scales, shifted, credited=credited)
    if credited and shown("weakened", parent, child) == ((parent.statement.cue,), (child.statement.cue,)):
        found.pop("weakened", None)  # they "said", the outlet "reported": two speakers' verbs, none softened
    if nameless_poll(parent, child):
        found["attribution-vague"] = max(NAMELESS_POLL, found.get("attribution-vague", 0.0))
    for pair in EXCLUSIVE:
        if all(label in found for label in pair):
            del found[min(pair, key=lambda label: (found[label], label))]
    found = _as_kept(found, parent, child)
    loud = {label: p for label, p in found.items() if label not in KEPT}
    if max(loud.values(), default=0.0) >= LIKELY:
        found = {label: p for label, p in found.items() if label in KEPT or p >= LIKELY}
    if not found:
        found["paraphrased"] = 1.0 - chances["paraphrased"]
    if not loud and "paraphrased" in found:  # as likely as that nothing else is another: log loss 1.67 -> 0.96 on
        # the 289 statements of bench/train that are told as reworded alone
        found["paraphrased"] *= math.prod(1 - chances[label] for label in possible if label not in KEPT)
    return [_ground(label, p, parent, child, alone=not others) for label, p in found.items()]


def _borne_out(
    chances: Mapping[ChangeLabel, float],
    possible: Collection[ChangeLabel],
    weighed: Mapping[str, float],
    scales: Mapping[str, Weighing],
) -> dict[ChangeLabel, float]:
    """The labels that the evidence bears out, weighed or by one word alone, where there is anything to show them by."""
    found = {label: p for label, p in chances.items() if p >= scales[label].threshold}
    for name, label, p in OUTRIGHT:
        if weighed[name]:
            found[label] = max(p, found.get(label, 0.0))
    return {label: p for label, p in found.items() if label in possible}


def _attributed_otherwise(
    parent: Rendering,
    child: Rendering,
    weighed: Mapping[str, float],
    scales: Mapping[str, Weighing],
    shifted: float,
    *,
    credited: bool,
) -> dict[ChangeLabel, float]:
    """What the kinds and the names of the speakers tell of the attribution, which was `shifted` this surely before."""
    a, b = parent.statement, child.statement
    if a.sourcing != "outlet" and b.sourcing == "outlet" and not labelled(parent, child):
        scale = scales["attribution-dropped"]
        p = scale.probability(voice_evidence(parent, child))
        return {"attribution-dropped": p} if p >= scale.threshold else {}
    if a.sourcing == "outlet" and b.sourcing != "outlet":
        return {"attribution-shifted": CREDITED if credited else GIVEN}
    if weighed["speaker: same actor"] or _one_speaker(parent, child):
        return {}
    sure = max(
        TWO_NAMES * weighed["speaker: two names"],
        ANOTHER_PERSON * two_persons(parent, child),
        TWO_SPEAKERS * two_speakers(parent, child),
        ANOTHER_BODY * two_bodies(parent, child),
        HIS_BODY * his_body(parent, child),
    )
    return {"attribution-shifted": max(sure, shifted)} if sure else {}


def _as_kept(found: dict[ChangeLabel, float], parent: Rendering, child: Rendering) -> dict[ChangeLabel, float]:
    """The labels where every word is the same: what can be; and where nothing but a number is another: not reworded."""
    if parent.plain == child.plain:
        if [m.form for m in parent.negators] == [m.form for m in child.negators]:
            found.pop("negated", None)
        found = {k: v for k, v in found.items() if k not in KEPT and k not in _OF_WORDS}
        numbers = counted(parent, child)
        if numbers.changed or numbers.gone or numbers.new:  # "$5" and "€5" are the same word
            found["number-changed"] = 1.0
        if not found:
            found["verbatim"] = 1.0
    if "number-changed" in found and parent.unnumbered == child.unnumbered:
        found.pop("paraphrased", None)
    return found


def _quoted_by_another(child: Rendering, others: Sequence[str]) -> bool:
    """Whether all that the child quotes, if more than one word, is quoted by another parent."""
    return sum(len(f.words) for f in child.quoted) > 1 and any(quoted_by([t], child) for t in others)


_WASHING = frozenset(CHANGE_LABELS) - {*KEPT, "omitted", "added", "credit-dropped"}  # what shows that a version washes
# They rest on characters and values, whatever else a version did
_TO_THE_LETTER = ("quote-altered", "quote-fabricated", "number-changed")
_OF_WORDS = ("quote-altered", "number-changed")  # what cannot be where every word is the same


def _possible(label: ChangeLabel, parent: Rendering, child: Rendering, weighed: Mapping[str, float]) -> bool:
    """Whether there is anything at all that `label` could be shown by."""
    a, b = parent.statement, child.statement
    match label:
        case "quote-altered" if weighed["quotes: beheaded"]:
            return True
        case "quote-altered":
            # of a speech a fragment, taken whole into a sentence of the outlet, is called altered 2 times in 13
            fragment = (a.mode, b.mode) == ("direct", "mixed")
            intact = not weighed["quotes: not intact"]
            differ = weighed["quotes: both"] and not weighed["quotes: same"]
            return bool(differ) and not (intact and (fragment or told_outside(parent, child)))
        case "quote-fabricated":
            return bool(weighed["quotes: not intact"]) and not speaks_itself([parent.version], child)
        case "number-changed":
            # what is all quoted, as it stands in the parent's marks, has another number in 0 of 79 with other numbers
            whole = b.mode == "direct" and weighed["quotes: child has"] and not weighed["quotes: not intact"]
            # no number in the place of another: a day that is gone beside a length that is new is called changed in 40
            # of 1,134 gold claims, and rightly found in none of them
            return not whole and any(weighed[f"numbers: {x}"] for x in ("changed", "end of a range", "period alone"))
        case "negated":
            if denied_alike(parent, child) and not any(weighed[x] for x in _TURNED_OTHERWISE):
                return False
            kinds = ("opposites", "parity", "inner parity", "net", "of a kept clause", "roles turned round")
            return any(weighed[f"negation: {x}"] for x in (*kinds, "not until"))
        case "strengthened" | "weakened":
            return pulled(label, parent, child, weighed)
        case "attribution-vague":
            said = a.sourcing != "outlet" and b.sourcing in UNNAMED
            return said and not any(law(parent, child) for law in _NO_VAGUER)
        case "attribution-shifted":
            said = "outlet" not in (a.sourcing, b.sourcing) and not (a.actor is not None and a.actor == b.actor)
            one = one_source(parent, child) or _one_speaker(parent, child)
            return said and (two_speakers(parent, child) or not one)
    return True


def _unread(parent: Rendering, child: Rendering) -> bool:
    """Whether one side has somebody's word, and nobody found whose: of 4 such examples none is another's."""
    return any(t.statement.source is None and t.statement.sourcing in NAMED for t in (parent, child))


@once_a_pair
def _one_speaker(parent: Rendering, child: Rendering) -> bool:
    """Whether one law or another says that both speakers are one."""
    return not two_speakers(parent, child) and any(law(parent, child) for law in _ONE_SPEAKER)


_ONE_SPEAKER = (same_source, same_words, called_alike, members, told_before, named_later, on_behalf, _unread)
_NO_VAGUER = (same_source, as_telling, told_before, by_profession, _unread)
_TURNED_OTHERWISE = (
    "negation: opposites", "negation: by syllable", "negation: of a kept clause", "negation: roles turned round",
    "negation: not until", "quotes: not intact",
)  # fmt: skip


def _ground(label: ChangeLabel, score: float, parent: Rendering, child: Rendering, *, alone: bool) -> Ground:
    """The characters of both sides that show `label`; of what is only kept those that the one tells and the other
    nowhere: the child, if the parent is `alone` what it was made from, or else the parent."""
    p, c = shown(label, parent, child)
    if label in KEPT and c and alone:
        return Ground(label=label, parent=(), child=c, score=round(PUT_IN * score, 4))
    if label in KEPT and p:
        return Ground(label=label, parent=p, child=(), score=round(HALF_TOLD * score, 4))
    if label in KEPT:
        p, c = (), ()
    return Ground(label=label, parent=p or parent.spans, child=c or child.spans, score=round(score, 4))


def _added(
    child: Rendering, chance: float, parents: Sequence[Version], above: Sequence[str], scales: Mapping[str, Weighing]
) -> list[Ground]:
    out = [Ground(label="added", parent=(), child=child.spans, score=round(chance, 4))]
    scale = scales["quote-fabricated, added"]
    if (
        not quoted_by((*(p.text for p in parents), *above), child)
        and not speaks_itself(parents, child)  # a fragment; what is quoted whole is not added at all
        and (p := scale.probability(added_evidence(child, parents))) >= scale.threshold
    ):
        marks = tuple(f.span for f in child.quoted)
        out.append(Ground(label="quote-fabricated", parent=(), child=marks, score=round(chance * p, 4)))
    return out
