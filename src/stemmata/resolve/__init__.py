"""Statements -> actors: who "he", "Moscow" and "the ministry" are, in an article and across the articles of a case.

`figures` reads one document: its statements' sources become figures, each link with how and how surely it was made.
`records` brings the figures of documents together by key, and `merged` makes actors of them, with what versions of one
text tell (`bonds`) and an analyst's corrections on top. `closure` finds what a new document touches, so that the rest
of a case need not be looked at.
"""

from stemmata.resolve.across import (
    Bond,
    Merged,
    Record,
    blocks,
    bonds,
    closure,
    foremost,
    may_speak_for_state,
    merged,
    records,
)
from stemmata.resolve.figures import BY_VERSION, Figure, FigureLink, Figures, figures, plain
from stemmata.resolve.keys import (
    PARTED,
    document_of,
    figure_key,
    is_described,
    is_part,
    local,
    own_key,
    part_key,
    part_of,
    parted_key,
    statement_of,
)
from stemmata.resolve.lexicon import folded
from stemmata.resolve.listed import Listed, corrections, listed, written
from stemmata.resolve.offices import Office, Offices, by_head, given, offices
from stemmata.resolve.ranking import Ranker, ranker
from stemmata.resolve.sourcing import sourcings

__all__ = [
    "BY_VERSION",
    "PARTED",
    "Bond",
    "Figure",
    "FigureLink",
    "Figures",
    "Listed",
    "Merged",
    "Office",
    "Offices",
    "Ranker",
    "Record",
    "blocks",
    "bonds",
    "by_head",
    "closure",
    "corrections",
    "document_of",
    "figure_key",
    "figures",
    "folded",
    "foremost",
    "given",
    "is_described",
    "is_part",
    "listed",
    "local",
    "may_speak_for_state",
    "merged",
    "offices",
    "own_key",
    "part_key",
    "part_of",
    "parted_key",
    "plain",
    "ranker",
    "records",
    "sourcings",
    "statement_of",
    "written",
]
