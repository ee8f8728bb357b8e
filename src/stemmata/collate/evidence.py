"""All that is weighed about what a child did to one claim, as named numbers: of quotations, numbers, firmness, denial,
speakers and words."""

from __future__ import annotations

from collections.abc import Iterable

from stemmata.collate.counted import counted, number_evidence
from stemmata.collate.denial import negation_evidence
from stemmata.collate.firmness import firmness_evidence
from stemmata.collate.passages import TELLING
from stemmata.collate.quoting import quote_evidence
from stemmata.collate.rendering import Rendering
from stemmata.collate.roles import roles_changed
from stemmata.collate.speakers import speaker_evidence
from stemmata.language.senses import senses, senses_near
from stemmata.language.wording import common_order, weight


def evidence(parent: Rendering, child: Rendering) -> dict[str, float]:
    """All that is weighed about what a child did to one claim, by name."""
    out = quote_evidence(parent, child) | number_evidence(parent, child) | firmness_evidence(parent, child)
    out["negation: roles turned round"] = float(roles_changed(parent, child) is not None)
    return out | negation_evidence(parent, child) | speaker_evidence(parent, child) | _word_evidence(parent, child)


def kept_words(pairs: Iterable[dict[str, float]]) -> float:
    """How far a version keeps to the words of another, 0 to 1: the share in order of all the claims that it tells
    again, whose `evidence` is given; as if there were one half kept besides."""
    shares = [e["words: in order, of both"] for e in pairs]
    return (sum(shares) + 0.5) / (len(shares) + 1)


def in_its_manner(seen: dict[str, float], kept: float) -> dict[str, float]:
    """Evidence, and the same as it counts where a version keeps to the words (`kept_words`): a modal verb that differs
    says much in a copy, and little where everything is told in other words."""
    return seen | {"words: kept": kept} | {f"{name}, in kept words": x * kept for name, x in seen.items() if x}


def _word_evidence(parent: Rendering, child: Rendering) -> dict[str, float]:
    a, b = parent.plain, child.plain
    order = common_order(a, b)
    loose_p = [w for w in set(parent.stems) - set(child.stems) if weight(w) > 0.1]
    loose_c = [w for w in set(child.stems) - set(parent.stems) if weight(w) > 0.1]
    outside_p = len(a) - sum(len(f.words) for f in parent.quoted)
    outside_c = len(b) - sum(len(f.words) for f in child.quoted)
    gone, new = _unheard(parent, child), _unheard(child, parent)
    return {
        "sense: gone": min(gone, 8.0) / 8,
        "sense: new": min(new, 8.0) / 8,
        "sense: more is gone": gone > new + 1.5,
        "sense: more is new": new > gone + 1.5,
        "words: in order, of both": 2 * order / max(1, len(a) + len(b)),
        "words: loose in parent": min(len(loose_p), 8) / 8,
        "words: loose in child": min(len(loose_c), 8) / 8,
        "words: one or two differ": 0 < len(a) + len(b) - 2 * order <= 3,
        "words: outside quotes": min(outside_p + outside_c, 20) / 20,
        "words: all quoted in both": outside_p <= 1 and outside_c <= 1,
        "words: number differs alone": bool(counted(parent, child).changed) and len(loose_p) <= 1 and len(loose_c) <= 1,
        "words: longer": min(max(len(b) - len(a), 0), 15) / 15,
        "words: shorter": min(max(len(a) - len(b), 0), 15) / 15,
    }


def _unheard(of: Rendering, beside: Rendering) -> float:
    """The weight of the words of one content that have no word near in sense in the other."""
    own = [w for w in dict.fromkeys(of.stems) if weight(w) > TELLING and w not in beside.stems]
    others = [w for w in dict.fromkeys(beside.stems) if weight(w) > TELLING]
    if not own or not others:
        return sum(weight(w) for w in own)
    near = senses_near(senses(own), senses(others)).max(1)
    return sum(weight(w) * (1.0 - float(x)) for w, x in zip(own, near, strict=True))
