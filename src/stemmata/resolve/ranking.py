"""Which of the options of a source is the likeliest: a small network (weights/resolve.npz, fitted by
training/resolve.py) over what `features` reads off the text, a row an option: a mention-ranking model (Denis, Baldridge
2008).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stemmata.language.lexicon import bodies, firms, genders
from stemmata.language.wording import bare, folded
from stemmata.model import Span, Statement
from stemmata.resolve.article import SELF, Reading, shape
from stemmata.resolve.entities import Entity, closeness, salience
from stemmata.resolve.phrases import PRONOUNS, Phrase

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Ranker:
    """The network, what its inputs are called, and the endings of first names, as training/resolve.py writes them."""

    names: tuple[str, ...]  # of `features`, those that the network was fitted on
    layers: tuple[tuple[Floats, Floats, Floats, Floats], ...]  # hidden weight, hidden bias, output weight, output bias
    suffixes: dict[str, float]

    def inputs(self, rows: Sequence[Features]) -> Floats:
        """The features of each option in the order of `names`; what was not told is 0."""
        return np.asarray([[row.get(name, 0.0) for name in self.names] for row in rows], np.float32)

    def chances(self, rows: Sequence[Features]) -> Floats:
        """The probability of each option of one source."""
        x = self.inputs(rows)
        total = np.zeros(len(rows), np.float64)
        for a, b, c, d in self.layers:
            scores = np.maximum(x @ a + b, 0) @ c + d
            scores = scores - scores.max()
            share = np.exp(scores)
            total += share / share.sum()
        return np.asarray(total / len(self.layers), np.float32)


@cache
def ranker(path: str | None = None) -> Ranker:
    """The shipped ranker, or that of a file."""
    where = Path(path) if path else Path(str(files("stemmata") / "weights" / "resolve.npz"))
    with np.load(where) as stored:
        count = int(stored["count"])
        layers = tuple(
            (stored[f"a{k}"].astype(np.float32), stored[f"b{k}"].astype(np.float32),
             stored[f"c{k}"].astype(np.float32), stored[f"d{k}"].astype(np.float32)) for k in range(count)
        )  # fmt: skip
        endings = [str(x) for x in stored["endings"]]
        weights = stored["ending_weights"].astype(float)
        names = tuple(str(x) for x in stored["names"])
        return Ranker(names, layers, dict(zip(endings, (float(w) for w in weights), strict=True)))


def features(r: Reading, p: Phrase, every: list[int]) -> list[Features]:
    """What is weighed of the next source, by name: a row for each of `every`, its options."""
    s = r.statements[r.at]
    rows = []
    common = _source_values(p, s)
    at = p.span.start
    recent = sorted(
        (k for k in every if k != SELF), key=lambda k: -(m.start if (m := r.entities[k].last_before(at)) else -1)
    )
    order = {k: n for n, k in enumerate(recent)}
    spoken = [k for k in r.taken if k is not None]
    times = Counter(spoken)
    kinds = Counter(r.entities[k].kind for k in recent)
    most: dict[str, int] = {}
    for k in recent:
        e = r.entities[k]
        most[e.kind] = max(most.get(e.kind, 0), len(e.mentions))
    for k in every:
        if k == SELF:
            values = {"self": 1.0, f"self type {shape(p)}": 1.0}
            if p.name is not None:
                e = r.entities[r.entity_of[p.name]]
                values |= {f"own {name}": value for name, value in _state_values(e).items()}
        else:
            e = r.entities[k]
            values = _entity_values(r, p, s, e, order[k], spoken) | _said_before(p, r.said.get(k, set()))
            values["share of speech"] = times[k] / max(1, len(spoken))
            values["most mentions of its kind"] = float(len(e.mentions) == most[e.kind])
            values["alone of its kind"] = float(kinds[e.kind] == 1)
        rows.append(common | values)
    return rows


def _said_before(p: Phrase, said: set[tuple[str, ...]]) -> dict[str, float]:
    """What an entity's sources so far have in common with the next one."""
    return {
        "same pronoun before": float(p.type in PRONOUNS and ("type", p.type) in said),
        "same words before": float(("words", folded(p.words)) in said and bool(p.words)),
        "same head before": float(("head", p.type, p.head) in said),
    }


def _source_values(p: Phrase, s: Statement) -> dict[str, float]:
    determiner = {f"determiner {p.determiner}": 1.0} if p.determiner else {}
    return determiner | {
        f"type {shape(p)}": 1.0,
        f"sourcing {s.sourcing}": 1.0,
        "pronoun possessor": float(bool(p.pronoun)),
        "name possessor": float(p.possessor is not None),
        "inner names": min(3, len(p.inner)) / 3,
        "plural": float(p.plural),
        "issued": float(p.issued),
        "bare": float(not p.modifiers and p.determiner == "the" and not p.inner),
        "spokesperson": float(p.head.startswith(("spokes", "representative", "secretary"))),
    }


def _entity_values(r: Reading, p: Phrase, s: Statement, e: Entity, order: int, spoken: list[int]) -> dict[str, float]:
    """What is weighed of an entity for the next source, by name; `order`: how many were named since, `spoken`: who has
    spoken so far."""
    v: dict[str, float] = {f"kind {e.kind}": 1.0, "named": float(e.named), f"order {min(order, 4)}": 1.0}
    for kind in ("person", "body", "place"):
        v[f"votes {kind}"] = min(6.0, e.votes.get(kind, 0.0)) / 6
    v["in content"] = float(any(e.between(c.start, c.end) for c in s.content))
    v["in title"] = float(bool(r.title_keys & e.keys))
    v |= _place_values(r, p, e) | _turn_values(r, p, e, spoken) | _gender_values(p, e)
    return v | _word_values(r, p, e) | _inner_values(r, p, e) | _state_values(e)


def _place_values(r: Reading, p: Phrase, e: Entity) -> dict[str, float]:
    """Where the entity is mentioned, as seen from the source."""
    page, at = r.page, p.span.start
    sentence, paragraph = page.sentence(at), page.paragraph(at)
    v: dict[str, float] = {}
    last = e.last_before(at)
    if last is None:
        first = e.mentions[0]
        v["only after"] = 1.0
        v["after sentences"] = min(6, first.sentence - sentence) / 6
        v["after inside"] = float(first.start < p.span.end)
    else:
        d, dp = sentence - last.sentence, paragraph - last.paragraph
        for name, low, high in (("0", 0, 0), ("1", 1, 1), ("2", 2, 2), ("3-5", 3, 5), ("6+", 6, 1 << 30)):
            v[f"sentences {name}"] = float(low <= d <= high)
        for name, low, high in (("0", 0, 0), ("1", 1, 1), ("2", 2, 2), ("3+", 3, 1 << 30)):
            v[f"paragraphs {name}"] = float(low <= dp <= high)
        v["last opens"] = float(last.opens)
        v["last opens paragraph"] = float(last.opens_paragraph)
        v["last quoted"] = float(last.quoted)
        v["log distance"] = math.log1p(at - last.start) / 8
    v["mentions before"] = salience(e, at)
    v["mentions"] = math.log1p(len(e.mentions))
    block, before = page.paragraph_span(paragraph), page.paragraph_span(paragraph - 1)
    here = page.sentence_span(sentence)
    v["opens this paragraph"] = float(any(m.opens_paragraph for m in e.between(block.start, at)))
    v["opens last paragraph"] = float(any(m.opens_paragraph for m in e.between(before.start, before.end)))
    v["opens this sentence"] = float(any(m.opens for m in e.between(here.start, at)))
    v["same sentence after"] = float(bool(e.between(p.span.end, here.end)))
    return v


def _turn_values(r: Reading, p: Phrase, e: Entity, spoken: list[int]) -> dict[str, float]:
    """Whether the entity, or a person whose role names it, spoke last."""
    if not spoken:
        return {}
    v = {
        "spoke last": float(spoken[-1] == e.index),
        "spoke last but one": float(len(spoken) > 1 and spoken[-2] == e.index),
    }
    if spoken[-1] == e.index:
        previous = r.phrases[len(r.taken) - 1] if r.taken[-1] is not None else None
        if previous is not None:
            here = r.page.paragraph(p.span.start)
            v["spoke last in paragraph"] = float(r.page.paragraph(previous.span.start) == here)
            v["spoke last as type"] = float(previous.type == p.type)
    if r.entities[spoken[-1]].kind == "person":
        v["of last speaker"] = float(bool(e.keys and e.keys & r.entities[spoken[-1]].role_words))
    return v


def _gender_values(p: Phrase, e: Entity) -> dict[str, float]:
    """Whether the entity's gender is that of the source's pronoun or title."""
    v: dict[str, float] = {}
    sign = genders().get(p.head if p.type == "person" else shape(p), 0.0)
    if sign:
        v["gender"] = sign * e.gender / 3
        v["gender unknown"] = float(abs(e.gender) < 0.3)
    if p.pronoun in ("he", "she"):
        v["possessor gender"] = genders()[p.pronoun] * e.gender / 3
    return v


def _word_values(r: Reading, p: Phrase, e: Entity) -> dict[str, float]:
    """What the words of the source share with the entity's names and roles."""
    v: dict[str, float] = {}
    if p.head:
        keys = e.keys
        v["head in role"] = float(p.head in e.role_words)
        v["modifiers in role"] = float(len(p.modifiers & e.role_words))
        v["modifiers in name"] = float(len(p.modifiers & keys))
        v["head in name"] = float(p.head in keys)
        v["all in role"] = float(p.head in e.role_words and p.modifiers <= e.role_words | keys)
        if p.type in ("body", "government", "document", "person"):
            same, near = closeness(e, r.page, p.head, p.span.start)
            v["head in sentence"], v["head near"] = float(same), float(near)
    heads = {k for k in e.keys if k in bodies()}
    v["firm head"] = float(p.head in firms())
    v["firm name"] = float(bool(heads & firms()) or "&" in e.keys)
    v["no head"] = float(not heads)
    v["other head"] = float(bool(heads) and p.head in bodies() and p.head not in heads and
                            not (p.head in firms() and heads & firms()))  # fmt: skip
    v["own words name it"] = float(p.type in ("body", "document") and bool(p.words) and
                                   {folded(bare(w)) for w in p.words.split()} <= e.keys | {"of"})  # fmt: skip
    return v


def _inner_values(r: Reading, p: Phrase, e: Entity) -> dict[str, float]:
    """How the source names the entity, where it does: as itself, as whose it is, or inside its phrase."""
    v: dict[str, float] = {}
    v["inside"] = float(any(r.entity_of[k] == e.index for k in p.inner))
    if p.inner:
        v["first inside"] = float(r.entity_of[p.inner[0]] == e.index)
    v["possessor"] = float(p.possessor is not None and r.entity_of[p.possessor] == e.index)
    if p.name is not None:
        v["itself"] = float(r.entity_of[p.name] == e.index)
    for name in (r.found[k] for k in p.inner if r.entity_of[k] == e.index):
        v["inside modifier"] = float(bool(name.following) and name.following in p.modifiers | {p.head})
        before = r.page.inside(Span(p.span.start, name.span.start))
        lead = [w.key for w in before if w.key not in ("the", "a", "an")][-3:]
        v["inside issuer"] = float(bool(lead) and lead[-1] in ("of", "by", "from", "for"))
        v["inside subject"] = float("that" in lead[-2:] or "which" in lead[-2:] or name.possessive)
        seen = name.following in ("has", "have") and "seen" in p.span.of(r.page.text)
        v["inside reader"] = float(seen or bool({"seen", "obtained", "reviewed", "read"} & set(lead)))
        v["inside about"] = float(bool(lead) and lead[-1] in ("on", "to", "in", "at", "about"))
    return v


def _state_values(e: Entity) -> dict[str, float]:
    """How far the text treats an entity as a state, a city or a company."""
    return {
        "governs": min(3, e.governs) / 3,
        "stays": min(3, e.stays) / 3,
        "belongs": min(3, e.belongs) / 3,
        "state of": min(3, e.state_of) / 3,
        "across": min(3, e.across) / 3,
        "firm in role": float(any(bodies().get(w) == "body" for w in e.role_words)),
        "capital in role": float("capital" in e.role_words),
        "article": min(3, e.articles) / 3,
        "words": min(3, len(e.forms[0])) / 3 if e.forms else 0.0,
        "demonym": float(e.demonym),
        "lexicon country": float(e.kind == "country"),
        "is body": float(e.votes.get("body", 0) >= 3),
        "is person": min(4.0, e.votes.get("person", 0)) / 4,
    }
