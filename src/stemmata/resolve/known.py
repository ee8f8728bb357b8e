"""Whom a source stands for where it is plain: a name, and what stands right beside one."""

from __future__ import annotations

import re

from stemmata.language.lexicon import titles
from stemmata.model import Span
from stemmata.resolve.article import (
    ONESELF,
    Reading,
    governs,
    is_place,
    named_behind,
    teller,
)
from stemmata.resolve.entities import Entity
from stemmata.resolve.labels import other_before, spokesman_before
from stemmata.resolve.phrases import Phrase

_SINGLE = frozenset(("a", "an", "another", "my", "one", "somebody", "someone"))
_OF_PERSONS = frozenset(("he", "him", "his", "she", "her", "hers"))
LEAN = -1.0  # gender (as log-odds) under which a name is rather no "he": not tuned


def fixed(r: Reading) -> int | None:
    """The entity of the next statement where it is plain: a name. None where the options have to be ranked."""
    p, sourcing = r.phrases[r.at], r.statements[r.at].sourcing
    if p is None:
        return None
    if p.head == "who" and p.type == "person":
        return _before(r, p)
    if (plain := _interviewed(r, p) if _lettered(r, p) else _speaking(r, p)) is not None:
        return plain
    if p.type in ("he", "she"):
        told = spokesman_before(r.page, r.statements, r.phrases, r.at)
        if told is not None and (body := r.taken[told]) is not None and r.entities[body].kind != "person":
            return body
        beside = (law(r, p) for law in (_of_its_sentence, _nameless_before, _just_named))
        return next((e for e in beside if e is not None), None)
    if p.name is None and sourcing == "named-organisation" and governs(p):
        return _of_government(r, p)
    if p.name is None and sourcing == "named-organisation" and p.type == "group" and p.determiner != "indefinite":
        at = [k for k, lead in named_behind(r, p).items() if lead != "of"]
        return at[0] if len(at) == 1 else None
    if p.name is None:
        return None
    e = r.entities[r.entity_of[p.name]]
    if p.issued or sourcing == "named-person" or not is_place(e):
        return e.index
    if e.place in ("country", "seat") or (e.place == "capital" and e.votes.get("person", 0.0) < 4):
        return e.index
    return e.index if r.found[p.name].the and e.kind == "unknown" else None


def _nameless_before(r: Reading, p: Phrase) -> int | None:
    """Whom "he" or "she" stands for behind somebody without a name, in the next sentence or in a paragraph that speaks
    of nobody else: "A guard said it was late. “I saw it,” he said." Farther off, beside a name or an office, it is as
    often theirs."""
    page = r.page
    number = page.paragraph(p.span.start)
    told = other_before(r.phrases, r.at)
    q = r.phrases[told] if told is not None else None
    if q is None or told is None or page.paragraph(q.span.start) != number:
        return None
    if r.statements[told].sourcing != "anonymous":
        return None
    nameless = r.taken[told]
    if nameless is None or q.type != "person" or q.plural or q.name is not None:
        return None
    determiner = page.inside(q.span)[0].key
    if determiner not in _SINGLE | {"the"}:
        return None
    if r.entities[nameless].gender * (1 if p.type == "he" else -1) < 0:
        return None
    if p.head in ("he", "she") and not q.inner and _right_behind(r, p, q):
        return nameless
    block = Span(page.paragraph_starts[number], p.span.start)

    def beside(at: int) -> bool:
        return block.start <= at < block.end and not q.span.start <= at < q.span.end and not page.quoted(at)

    here = r.named(block.start, block.end)
    named = any(beside(r.found[k].span.start) and _may_be_human(r.entities[r.entity_of[k]]) for k in here)
    words = [w for w in page.inside(block) if beside(w.start)]
    office = any(titles().get(w.key, "group") != "group" for w in words)
    spoken_of = any(w.key in _OF_PERSONS and w.start < q.span.start for w in words)
    return None if named or office or spoken_of or determiner == "the" else nameless


def _right_behind(r: Reading, p: Phrase, q: Phrase) -> bool:
    """Whether a pronoun stands in the sentence next to that of a source, one of the two opens its own, and nobody is
    named between, nor told by an office. Behind one whose words name nobody 33 of 39 such pronouns are nobody's by
    gold, whatever names stand before in the paragraph (bench/train and dossiers; without looking for offices)."""
    page = r.page
    if page.sentence(p.span.start) != page.sentence(q.span.start) + 1 or r.named(q.span.end, p.span.start):
        return False
    if any(titles().get(w.key, "group") != "group" for w in page.inside(Span(q.span.end, p.span.start))):
        return False
    return any(x.span.start in page.sentence_starts for x in (p, q))


def _just_named(r: Reading, p: Phrase) -> int | None:
    """The person by whose name something was last told before a "he" or "she" that opens its sentence, or has only its
    own quotation before it there, in a paragraph that names nobody in between whom it may be."""
    page = r.page
    told = other_before(r.phrases, r.at)
    q = r.phrases[told] if told is not None else None
    if told is None or q is None or q.name is None or q.issued:
        return None
    if p.span.start not in page.sentence_starts:
        return None
    by_persons = {r.statements[k].sourcing for k in (told, r.at)} == {"named-person"}
    if not by_persons or page.paragraph(q.span.start) != page.paragraph(p.span.start):
        return None
    sign, of = 1.0 if p.type == "he" else -1.0, r.entity_of[q.name]

    def fits(e: Entity, least: float) -> bool:
        return e.gender * sign > least

    between = [r.entities[r.entity_of[k]] for k in r.named(q.span.end, p.span.start)]
    others = [e for e in between if e.index != of and _may_be_human(e) and fits(e, -2.9)]
    return of if not others and r.entities[of].kind == "person" and fits(r.entities[of], LEAN) else None


def _of_its_sentence(r: Reading, p: Phrase) -> int | None:
    """The only person of its sex whom the sentence of a "he" or "she" names before it, in no quotation and not in what
    the pronoun tells: "The inspector, Ana Reyk, has offered to mediate; nobody had replied to her, she said"."""
    page, at = r.page, p.span.start
    begin, content = page.sentence_starts[page.sentence(at)], r.statements[r.at].content
    sign = 1.0 if p.type == "he" else -1.0
    before = ((k, r.found[k]) for k in r.named(begin, at))
    told = {
        r.entity_of[k]
        for k, n in before
        if not (n.possessive or n.quoted or any(part.start <= n.span.start < part.end for part in content))
    }
    fit = [k for k in told if r.entities[k].kind == "person" and r.entities[k].gender * sign > LEAN]
    return fit[0] if len(fit) == 1 and not page.quoted(at) else None


def _may_be_human(e: Entity) -> bool:
    return e.kind in ("person", "unknown")


# An interview's label that gives no name
_LETTERS = re.compile(r"(?:A(?:NSWER|nswer)?|(?:[A-Z]\.?[^\S\n]?){2,3})\.?:\s")


def _lettered(r: Reading, p: Phrase) -> bool:
    return r.statements[r.at].cue is None and bool(_LETTERS.match(r.document.text, p.span.start))


def _interviewed(r: Reading, p: Phrase) -> int | None:
    """Whom a label of letters stands for: of the persons named before the first, the one with these initials, or, of
    "A:", the one named most, the first of several."""
    first = min(q.span.start for q in r.phrases if q and _LETTERS.match(r.document.text, q.span.start))
    letters = re.sub(r"[.\s]", "", p.span.of(r.document.text))
    anyone = letters.casefold() in ("a", "answer")
    named = [
        (e.kind != "person", -len(before), before[0].start, e.index)
        for e in r.entities
        if e.kind in ("person", "unknown") and any(len(form) > 1 for form in e.forms)
        if (before := [m for m in e.mentions if m.start < first])
        if anyone or any("".join(w[0] for w in form).upper() == letters for form in e.forms)
    ]
    return min(named)[3] if named else None


def _speaking(r: Reading, p: Phrase) -> int | None:
    """Who tells the statement that the next one, of an "I", lies in."""
    return teller(r) if p.head in ONESELF else None


def _of_government(r: Reading, p: Phrase) -> int | None:
    """The country of "the German government" and "the government in Tamsin": the place named before or behind it."""
    for k in p.inner:
        n = r.found[k]
        e = r.entities[r.entity_of[k]]
        lead = n.before_that if n.the else n.before
        if is_place(e) and (n.following == p.head or (lead in ("of", "in") and not n.possessive)):
            return e.index
    return None


def _before(r: Reading, p: Phrase) -> int | None:
    """The person whose name stands last before a "who" in its sentence."""
    sentence = r.page.sentence(p.span.start)
    for k in range(len(r.found) - 1, -1, -1):
        name = r.found[k]
        if name.span.end <= p.span.start:
            e = r.entities[r.entity_of[k]]
            if r.page.sentence(name.span.start) != sentence:
                return None
            if e.kind == "person":
                return e.index
    return None
