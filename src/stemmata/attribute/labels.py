"""What stands under a speaker's label, given to that label (`turns` finds labels and the words under them)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stemmata.attribute.candidates import Candidate
from stemmata.attribute.conventions import stopless
from stemmata.attribute.overlaps import extent, touched
from stemmata.attribute.turns import Turn
from stemmata.model import ACTS, ATTRIBUTED, Span

# Share right of the turns in which the encoder finds nothing: 22 of 33 in 40 articles that it had not read. No turn is
# less sure: where it finds something and its evidence says so, 18 of 22 are right in bench/train and our dossiers
TURN = 0.67
INITIALS = 3  # characters of a label that tell nothing of what kind of source it is: "A", "IB"


def under_labels(text: str, found: list[Candidate], spoken: Sequence[Turn], blocks: Sequence[Span]) -> list[Candidate]:
    """The candidates, what stands under a speaker's label without a cue given to that label, and a turn in which
    nothing is found as a whole. What an interviewer says is told only where it has a cue: of 255 turns that ask, in
    bench/train and our dossiers, 6 are annotated as their label's."""
    if not spoken:
        return found
    kind = ATTRIBUTED.index("named-person")
    out: list[Candidate | None] = list(found)
    near = touched([t.words for t in spoken], [extent(c.content) for c in found])
    for turn, here in zip(spoken, near, strict=True):
        bare = [k for k in here if found[k].cue is None and all(p.overlaps(turn.words) for p in found[k].content)]
        for k in bare:
            source = found[k].source
            of_label = source is not None and source.overlaps(turn.label)
            if turn.asks:
                out[k] = found[k] if source and not of_label else None
                continue
            known = of_label and turn.label.end - turn.label.start > INITIALS
            whole = len(bare) == 1 and _whole_turn(turn, found[k].content, blocks)
            content = tuple(stopless(text, p) for p in ((whole,) if whole else found[k].content))
            sourcing = found[k].sourcing if known else kind
            out[k] = replace(found[k], source=turn.label, turn=True, sourcing=sourcing, content=content)
        if not bare and not turn.asks:
            words = stopless(text, turn.words)
            out.append(
                Candidate(
                    chance=TURN, source=turn.label, cue=None, content=(words,), evidence=(), confidence=TURN,
                    sourcing=kind, acts=(1 / len(ACTS),) * len(ACTS), direct=1.0, turn=True,
                )
            )  # fmt: skip
    return [c for c in out if c is not None]


def _whole_turn(turn: Turn, content: Sequence[Span], blocks: Sequence[Span]) -> Span:
    """All of a turn as far as the end of the last paragraph that its content reaches: of 598 turns that are annotated
    as their label's, in bench/train and our dossiers, 570 are so in full, and of 15 that go on over paragraphs none is
    beyond the first."""
    last = max(p.end for p in content)
    end = next((b.end for b in blocks if b.start < last <= b.end), last)
    return Span(turn.words.start, min(turn.words.end, end))
