"""What people said of all that was found, and which changes count by it: one rule for every list and page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import Any, Final, Literal

from stemmata.case.documents import Case
from stemmata.case.judgements import PARTS, Standing, standing_judgements
from stemmata.case.rows import DOCUMENT_ORDER, STATEMENT_ORDER
from stemmata.model import Change, ChangeLabel, Judgement, SubjectKind
from stemmata.surface import quotations

SURE: Final = 0.5  # likelihood from which a change counts: likelier than not
# Of the shorter text’s statements: told again by all children of 101 edges of bench/train, by no draft of another text;
# by those of 64 edges (twelve families) where only what is likely counts, and so between the two by `Change.again`
AGAIN: Final = 0.25
QUOTED: Final = 5  # words of a quotation that is no coincidence in another document: `quoted_elsewhere`
SHOWN: Final = 3  # documents that are told to have such a quotation, at most (by hand)
SOFT: Final = frozenset({"verbatim", "paraphrased", "added", "omitted"})  # labels that alone make no change count

# What can be of the words in the marks alone, and is as in whoever else has them
_OF_WHAT_IS_QUOTED: Final = frozenset(
    {"quote-fabricated", "quote-altered", "number-changed", "negated", "strengthened", "weakened"}
)

_STANDING: Final[dict[str, Standing]] = {"confirm": "confirmed", "reject": "rejected"}

Weight = Literal["counts", "unsure", "rejected", "soft", "inherited"]


def weight(c: Change, state: str | None = None, *, least: float = SURE) -> Weight:
    """How a change counts, on every page and in every list: "soft" where it was only kept, added or left out;
    "rejected" where a person rejected it; "counts" where it is `likely`; else "unsure". `state` is what a person said
    of it. In a case ask `weigher`, which knows the other parents too."""
    if not set(c.changes) - SOFT:
        return "soft"
    if state == "rejected":
        return "rejected"
    return "counts" if likely(c, state, least=least) else "unsure"


def likely(c: Change, state: str | None = None, *, least: float = SURE) -> bool:
    """Whether a change, of any kind, is likelier than not (or `least`), or a person confirmed it."""
    return c.score >= least or state == "confirmed"


def loud_labels(c: Change, *, least: float = SURE) -> list[ChangeLabel]:
    """Of a change that counts, the labels that are likely by themselves (`Change.of_label`). Where none is, because a
    person confirmed the change, all that are not soft."""
    loud = [x for x in c.changes if x not in SOFT]
    return [x for x in loud if c.of_label(x) >= least] or loud


def hardly_told(again: int, before: int, after: int) -> bool:
    """Whether a text with `after` statements tells hardly any of another's `before` (`again`: how many, as is likely by
    `Change.again`). That nothing is likely to have changed between the two says nothing then."""
    return bool(before and after) and again < AGAIN * min(before, after)


def weigher(case: Case, decided: Decisions) -> Callable[[Change], Weight]:
    """`weight` for the changes of a case, by what people decided about them and about the edges under them. What would
    count, or be unsure, is "inherited" where another parent has the claim just as the child has it, unless a person
    confirmed the change."""
    said, edges, inherited = decided.of("change"), decided.rejected("edge"), heritage(case, decided)

    def weighed(c: Change) -> Weight:
        gone = (c.parent_document, c.child_document) in edges
        found = weight(c, "rejected" if gone else said.get(c.place))
        return "inherited" if found in ("counts", "unsure") and inherited(c) else found

    return weighed


def heritage(case: Case, decided: Decisions) -> Callable[[Change], tuple[str, ...]]:
    """Of a change of more than what is soft, the other parents of the child that have the claim as the child has it:
    nothing is likely to have changed against them. Of a quotation that no parent has, the documents that have it
    (`quoted_elsewhere`). None where a person confirmed the change.

    Against one of its two parents a merged version differs in what it has from the other. In bench/train it tells 17
    of 88 claims of both as one has them; the gold calls it a change against the other all the same, and so does what
    is stored. Of 32 changes of bench/train that are inherited by this, 26 stand against no other parent in the gold.
    """
    said, edges, lost = decided.of("change"), decided.rejected("edge"), decided.rejected("statement")
    sql = """SELECT parent_document, parent_statement, grounds FROM changes
        WHERE child_statement = ? AND parent_document <> ? AND parent_statement IS NOT NULL ORDER BY 1"""
    elsewhere = quoted_elsewhere(case, decided)

    @cache
    def parents(child: str) -> int:
        return int(case.value("SELECT count(DISTINCT parent) FROM edges WHERE child = ?", [child]))

    def inherited(c: Change) -> tuple[str, ...]:
        child = c.child_document
        if not (c.child_statement and set(c.changes) - SOFT) or said.get(c.place) == "confirmed":
            return ()
        others = case.rows(sql, [c.child_statement, c.parent_document]) if parents(child) > 1 else ()
        return tuple(
            parent
            for parent, statement, grounds in others
            if (parent, child) not in edges
            and (statement,) not in lost
            and not _is_changed(said.get((parent, child, statement, c.child_statement)), json.loads(grounds))
        ) or elsewhere(c)

    return inherited


def quoted_elsewhere(case: Case, decided: Decisions) -> Callable[[Change], tuple[str, ...]]:
    """Of a change that is likely nothing but `quote-fabricated` (or what the words in the marks make it, where all of
    the statement is in marks), the documents of the case, the oldest `SHOWN` first, that have all that it puts in marks
    in marks too, and are neither later nor made from the child: it made up none of it, whatever its parents are.

    One of its fragments has to be of `QUOTED` words: in bench/train and our dossiers no such quotation that the gold
    calls made up stands in another article that was there before, 0 of 428; of shorter ones, titles and catchwords, 8
    of 113 do. It is asked of the case as it is now, so that it hangs on no order in which documents came.
    """
    gone = {id for (id,) in decided.rejected("document")}
    rests = "SELECT grounds FROM changes WHERE parent_document = ? AND child_statement = ? AND parent_statement IS ?"
    about = """SELECT text, published, mode FROM statements JOIN documents ON documents.id = document
        WHERE statements.id = ?"""
    holding = f"""WITH RECURSIVE below (id) AS (
            SELECT child FROM edges WHERE parent = ?1
            UNION SELECT child FROM below CROSS JOIN edges ON edges.parent = below.id)
        SELECT documents.id, text FROM documents
        WHERE key IN (SELECT rowid FROM documents_search WHERE documents_search MATCH ?2)
            AND documents.id NOT IN (SELECT id FROM below UNION VALUES (?1), (?3))
            AND NOT ifnull(unixepoch(published) > unixepoch(?4) + iif(length(?4) > 10, 0, 86399), 0)
        ORDER BY {DOCUMENT_ORDER}"""

    def elsewhere(c: Change) -> tuple[str, ...]:
        if "quote-fabricated" not in c.changes or c.child_statement is None:
            return ()
        grounds = json.loads(case.value(rests, [c.parent_document, c.child_statement, c.parent_statement]) or "[]")
        text, published, mode = next(iter(case.rows(about, [c.child_statement])))
        likely = {label for label, _, _, score in grounds if score >= SURE} - SOFT
        if likely - (_OF_WHAT_IS_QUOTED if mode == "direct" else {"quote-fabricated", "quote-altered"}):
            return ()
        marks = (at for label, _, at, _ in grounds if label == "quote-fabricated")
        runs = [_words(text[start:end]) for start, end in chain.from_iterable(marks)]
        if max(map(len, runs), default=0) < QUOTED:
            return ()
        phrases = " AND ".join('"' + " ".join(run) + '"' for run in runs if run)
        found = case.rows(holding, [c.child_document, f"text : ({phrases})", c.parent_document, published])
        return tuple(islice((id for id, other in found if id not in gone and _quotes(other, runs)), SHOWN))

    return elsewhere


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _quotes(text: str, runs: Iterable[list[str]]) -> bool:
    """Whether a text has each run of words inside quotation marks."""
    quoted = [f" {' '.join(_words(q.span.of(text)))} " for q in quotations(text)]
    return all(any(f" {' '.join(run)} " in words for words in quoted) for run in runs)


def _is_changed(state: Standing | None, grounds: list[Any]) -> bool:
    """Whether a claim is likely another than in its parent, if it is from there, or a person said that it is."""
    loud = [score for label, _, _, score in grounds if label not in SOFT]
    return bool(loud) and state != "rejected" and (state == "confirmed" or max(loud) >= SURE)


Place = tuple[str | None, ...]  # the parts of a subject (model.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What people decided about all that was found in a case, read at one moment (`decisions`). Of several decisions
    about one thing the latest stands."""

    said: Mapping[SubjectKind, Mapping[Place, Standing]]
    notes: Mapping[str, tuple[Judgement, ...]]  # subject -> those that stand beside it, the first one first

    def of(self, kind: SubjectKind) -> Mapping[Place, Standing]:
        """All things of a kind that a person confirmed or rejected, each by its parts."""
        return self.said.get(kind, {})

    def rejected(self, kind: SubjectKind) -> set[Place]:
        """The places of all things of a kind that a person rejected."""
        return {place for place, standing in self.of(kind).items() if standing == "rejected"}

    def states(self, subjects: Iterable[str]) -> dict[str, Standing]:
        """Of `subjects`, those that a person confirmed or rejected."""
        found = {}
        for about in subjects:
            kind, *parts = json.loads(about)
            if state := self.of(kind).get(tuple(parts)):
                found[about] = state
        return found


def decisions(case: Case) -> Decisions:
    """What people decided, but for what was taken back. What was said of an actor or a claim by a part that was its
    first once holds by the one that is so now. What stands on a document that somebody rejected, its statements and
    edges, is rejected with it, and so is what stands on a statement, a change or a dispute."""
    notes: dict[str, tuple[Judgement, ...]] = {}
    for j in standing_judgements(case, "note", "remove"):
        notes[j.targets[0]] = (*notes.get(j.targets[0], ()), j)
    sql = """SELECT kind, json_extract(targets, '$[0]') FROM judgements
        WHERE undone_at IS NULL AND kind IN ('confirm', 'reject') ORDER BY "when", key"""
    words = [(_STANDING[word], *json.loads(about)) for word, about in case.rows(sql)]
    said: dict[SubjectKind, dict[Place, Standing]] = {kind: {} for kind in PARTS}
    first = {
        kind: dict(case.rows(sql, [json.dumps([parts[0] for _, of, *parts in words if of == kind])]))
        for kind, sql in _FIRSTS.items()
    }
    for standing, kind, *parts in words:
        said[kind][(first[kind].get(parts[0]) or parts[0],) if kind in first else tuple(parts)] = standing
    for kind, grounds in _STANDS_ON.items():
        for ground, sql in grounds.items():
            if lost := [x for (x,), standing in said[ground].items() if standing == "rejected"]:
                said[kind] |= dict.fromkeys(case.rows(sql, [json.dumps(lost)]), "rejected")
    return Decisions(said=said, notes=notes)


def _on_either(columns: str, tables: str, one: str, other: str) -> str:
    """Rows of `tables` that have any of some values (the parameter) in one of two columns, each by its own index."""
    sql = f"SELECT {columns} FROM json_each(?1) AS lost CROSS JOIN {tables} WHERE {{}} = lost.value"
    return f"{sql.format(one)} UNION {sql.format(other)}"


_PLACE: Final = "parent_document, child_document, parent_statement, child_statement"
# kind -> what it stands on, and those that stand on some of these; the grounds of others first
_STANDS_ON: Final[dict[SubjectKind, dict[SubjectKind, str]]] = {
    "statement": {
        "document": "SELECT statements.id FROM json_each(?1) AS lost CROSS JOIN statements ON document = lost.value"
    },
    "edge": {"document": _on_either("edges.parent, child", "edges", "edges.parent", "child")},
    "change": {
        "statement": _on_either(_PLACE, "changes", "parent_statement", "child_statement"),
        "document": _on_either(
            _PLACE,
            "edges CROSS JOIN changes ON parent_document = edges.parent AND child_document = child",
            "edges.parent",
            "child",
        ),
    },
    "dispute": {"statement": _on_either("by_statement, of_statement", "disputes", "by_statement", "of_statement")},
}
# kind -> the part that is first now, for each part that was judged (the parameter)
_FIRSTS: Final[dict[SubjectKind, str]] = {
    "actor": """SELECT asked.value, (SELECT min(key) FROM actor_parts
            WHERE actor = (SELECT actor FROM actor_parts WHERE key = asked.value ORDER BY part LIMIT 1))
        FROM json_each(?) AS asked""",
    "claim": f"""SELECT asked.value, (SELECT statements.id FROM statements JOIN documents ON documents.id = document
            WHERE claim = (SELECT claim FROM statements WHERE id = asked.value) ORDER BY {STATEMENT_ORDER} LIMIT 1)
        FROM json_each(?) AS asked""",
}
