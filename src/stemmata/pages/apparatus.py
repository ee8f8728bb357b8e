"""The apparatus: claims as rows, versions as columns, and in each cell what that version did to that claim."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from stemmata.case.verdicts import Place, Weight, likely
from stemmata.model import GRAVITY, Change, ChangeLabel
from stemmata.pages.drawing import State
from stemmata.pages.signs import by_gravity


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a version did to a claim; no change and no label where it is the first to have it."""

    change: Change | None
    labels: tuple[ChangeLabel, ...]  # the gravest first
    state: State
    weight: Weight | None = None  # of the change

    @property
    def kept(self) -> bool:
        return all(label in ("verbatim", "paraphrased") for label in self.labels)

    @property
    def likely(self) -> bool:
        return self.change is None or likely(self.change, self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A claim; of `credit`, that a version names where it got the story, `claim` is None."""

    claim: str | None
    gist: str
    cells: tuple[Cell | None, ...]  # one a version; None where neither it nor its parent has the claim

    @property
    def gravity(self) -> tuple[bool, int, float]:
        """Sorts lines: those with a change that counts, by the rank of its gravest label, then the surest first."""
        found = [(c.change, c.weight) for c in self.cells if c and c.change and c.state != "rejected"]
        return min((_order(c, w) for c, w in found), default=(True, len(GRAVITY), 0.0))


def _order(c: Change, weight: Weight | None) -> tuple[bool, int, float]:
    return weight != "counts", *c.gravity


def apparatus(
    versions: Sequence[str],
    claims: Mapping[str, Collection[str]],
    changes: Sequence[Change],
    gists: Mapping[str, str],
    states: Mapping[Place, State],
    weights: Mapping[Place, Weight],
) -> list[Line]:
    """The lines of a family, in the order of `claims` (claim -> the versions that have it), the credit line last.

    A version made from two shows what it did to the parent that it kept the claim of, or has it as it is there; of
    several changes to one claim it shows the gravest that counts, if one does. `states`, what people said of changes,
    and `weights` are by their places.
    """
    of: dict[tuple[str | None, str], list[Change]] = {}
    for c in changes:
        of.setdefault((c.claim, c.child_document), []).append(c)

    def cell(claim: str | None, version: str, *, has: bool) -> Cell | None:
        found = of.get((claim, version), [])
        if has:
            found = [c for c in found if c.changes != ("omitted",) and weights[c.place] != "inherited"] or found
        if not found:
            return Cell(change=None, labels=(), state="suggested") if has else None
        shown = min(found, key=lambda c: (states.get(c.place) == "rejected", _order(c, weights[c.place])))
        labels, state = tuple(by_gravity(shown.changes)), states.get(shown.place, "suggested")
        return Cell(change=shown, labels=labels, state=state, weight=weights[shown.place])

    lines = [
        Line(claim=k, gist=gists.get(k, ""), cells=tuple(cell(k, v, has=v in having) for v in versions))
        for k, having in claims.items()
    ]
    credit = tuple(cell(None, v, has=False) for v in versions)
    if any(credit):
        lines.append(Line(claim=None, gist="", cells=credit))
    return lines
