"""The rows of JSON that verbs print: what each field is.

`statements`, `positions`, `predictions` and `log` print the rows of the tables of these names (stemmata.export.tables;
`log` is `decisions`), `disputes` too, with the rows of both statements (`by`, `of`), and `show` has those of its
article: `actor` is an id everywhere, and `actor_name` its name. What follows is of `compare`, `changes` and `analyze`.

`add --json` and `collate --json` print one row of numbers: `add` how many articles came to each end, "added",
"second_version", "analysed_anew" and "known", what was "not_analysed" or "not_read", what has a remark, and how many
statements were found; `collate` at how many documents it looked, and what the case has now.

There `kind` tells which a row is; what is called so in other verbs is a column of theirs (of an actor, a decision).
Every row of a verb has all fields, null or an empty list where it has nothing to tell. `schema`, in every row of every
verb, is raised where a field goes or means something else, not where one comes.

Offsets count characters (Unicode code points; start included, end excluded) of the text as it was read: line ends are
LF, letters NFC, and a byte order mark and the marks of Markdown and HTML are gone. --text gives it first, in a row of
the `kind` "text" for each article: its `text` and `id`, the file or URL (`location`), the SHA-256 of what was read
(`sha256`), and what else the verb `documents` tells of it. A {start, end, text} has its words with it.

analyze            a row a statement, with the fields of the table `statements`, those of a case null; `kind` is
                   "statement"
changes            a row a claim; `kind` is "claim"
  claim, gist      its id, and its words
  versions         the id of a document -> what that did to it: `parent`, `changes`, `id`, `score` and `state` of the
                   change; the version that says it first has none
changes --list     a row a change; `kind` is "change"
  parent_document, child_document, claim, changes, score, id, state, as_in
                   as in the table `changes`
  before, after    both wordings, composed for people: who, with which words, and what. What they are composed of is in
  parent, child    the statement of either side as `analyze` gives it: `source`, `cue` and `content` as {start, end,
                   text}, `sourcing`, `actor` (one for both, where one speaker is meant). Null where a side has none
  grounds          one a label: its `score`, and the places of `parent` and `child` that it rests on
  rests_on         the same in words, `before` and `after`, where these are few
  notes            what people noted `on` the change, or on the statement `before` or `after` it
compare            a row a change, as above, without what people decide: `id`, `state`, `as_in`, `notes`. Behind these
                   one for each thing that stands beside them, with no label and no score; `kind` is "left-over" (of a
                   language model), "new-figure" or "new-name" (the parent has it nowhere), or "unpaired" (a statement
                   that was held against none of the parent's); `before` and `after` are the words around it.
                   At the end there may be a row whose `kind` is "doubt": why nothing may have been compared, in `what`
  what, span       which figure, name, speaker or kind of left-over, and its place in the child's text. `what` stands
                   under the name of its kind too
  old-figure, old_span
                   the figure of the parent that a new one stands in the place of, and its place in the parent's text
  paragraphs       in which a row begins, of the parent and of the child, from 1
  fails            what --fail-on names of it, and is sure enough
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from stemmata.export.tables import worded_row
from stemmata.model import Span
from stemmata.wordings import ShownChange, Worded

if TYPE_CHECKING:
    from stemmata.comparison import Beside, Comparison

SCHEMA: Final = 3  # 2: `targets` held JSON. 1: `actor` was the name in some verbs, and `analyze` had fewer fields


def change_row(r: ShownChange) -> dict[str, Any]:
    """A change with both wordings, as a row."""
    c = r.change
    return {
        "kind": "change", "parent_document": c.parent_document, "child_document": c.child_document, "claim": c.claim,
        "changes": list(c.changes), "score": c.score, "before": r.before, "after": r.after,
        "parent": _side(r.parent), "child": _side(r.child),
        "grounds": [
            {
                "label": g.label, "score": c.of_label(g.label), "parent": list(map(_place, g.parent)),
                "child": list(map(_place, g.child)),
            }
            for g in c.grounds
        ],
        "rests_on": [{"label": x.label, "before": x.before, "after": x.after} for x in r.rests_on],
    }  # fmt: skip


def compared_row(found: Comparison, r: ShownChange, fails: Sequence[str]) -> dict[str, Any]:
    """A change between two texts, as a row; `fails` is what a gate names of it."""
    return _blank(found) | change_row(r) | {"paragraphs": found.paragraphs(r.change), "fails": list(fails)}


def beside_row(found: Comparison, x: Beside, fails: list[str]) -> dict[str, Any]:
    """What stands beside the changes, as a row: it has no label, and another side only where it replaces a figure."""
    before, after, what, old = (y and " ".join(y.split()) for y in (x.before, x.words, x.what, x.old))
    return _blank(found) | {
        "kind": x.kind, "before": before, "after": after, "child": _side(x.said), "what": what, x.kind: what,
        "span": _place(x.span), "old-figure": old, "old_span": x.old_span and _place(x.old_span),
        "paragraphs": found.paragraphs_at(x.old_span, x.span), "fails": fails,
    }  # fmt: skip


def doubt_row(found: Comparison, doubt: str) -> dict[str, Any]:
    """Why a comparison may tell nothing, as a row."""
    return _blank(found) | {"kind": "doubt", "what": doubt}


def _blank(found: Comparison) -> dict[str, Any]:
    """All fields of a row about two texts, with nothing in them."""
    return {
        "kind": None, "parent_document": found.parent.document.id, "child_document": found.child.document.id,
        "claim": None, "changes": [], "score": None, "before": None, "after": None, "parent": None, "child": None,
        "grounds": [], "rests_on": [], "what": None, "span": None, "old-figure": None, "old_span": None,
        "paragraphs": (None, None), "fails": [],
    }  # fmt: skip


def _side(w: Worded | None) -> dict[str, Any] | None:
    return worded_row(w) if w else None


def _place(s: Span) -> dict[str, int]:
    return {"start": s.start, "end": s.end}
