"""Statements -> actors: who "he", "Moscow" and "the ministry" are, in an article and across the articles of a case.

`figures` reads one document: its statements' sources become figures, each link with how and how surely it was made.
`records` brings the figures of documents together by key, and `merged` makes actors of them, with what versions of one
text tell (`bonds`) and an analyst's corrections on top. `closure` finds what a new document touches, so that the rest
of a case need not be looked at.

In the order in which the modules may import each other:

- `keys`: how a figure's key is spelt, which others ask by name; `sourcing`: what kind of source an actor makes
- `names`: the names in a text; `phrases`: a source -> a name, a pronoun or a description
- `entities`: the names of one article brought together; `labels`: what a text shows of its sources;
  `article`: which of the names a source may be
- `known`, `capitals`, `ranking`: the plain cases, whose capital a city is, the likeliest of what is left
- `figures`: one article's sources as figures; `offices`: whose an office is, by the other articles of a case
- `records`: all figures of one key; `bonds`: what versions show to be one
- `across`: the actors of a case
- `listed`: an analyst's list of actors
"""

from stemmata.language.wording import folded
from stemmata.resolve.across import Merged, closure, foremost, merged
from stemmata.resolve.bonds import Bond, bonds, may_speak_for_state, tells_by_name
from stemmata.resolve.figures import BY_VERSION, Figure, Figures, figures, plain
from stemmata.resolve.labels import as_told
from stemmata.resolve.listed import Listed, corrections, listed, written
from stemmata.resolve.offices import Office, Offices, by_head, given, offices
from stemmata.resolve.ranking import ranker
from stemmata.resolve.records import Record, blocks, records, told_locally
from stemmata.resolve.sourcing import sourcings

__all__ = [
    "BY_VERSION",
    "Bond",
    "Figure",
    "Figures",
    "Listed",
    "Merged",
    "Office",
    "Offices",
    "Record",
    "as_told",
    "blocks",
    "bonds",
    "by_head",
    "closure",
    "corrections",
    "figures",
    "folded",
    "foremost",
    "given",
    "listed",
    "may_speak_for_state",
    "merged",
    "offices",
    "plain",
    "ranker",
    "records",
    "sourcings",
    "tells_by_name",
    "told_locally",
    "written",
]
