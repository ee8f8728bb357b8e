"""Kin and families, as drawings: which texts come from one, in what tree; what is left out; what grows."""

# ruff: noqa: E501 - the texts are paragraphs

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from importlib.resources import files
from itertools import product
from pathlib import Path
from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.collate.credited import credits_other
from stemmata.collate.families import Heap, families
from stemmata.collate.head import Day, corrects, dateline_day, own_outlet
from stemmata.collate.kin import in_order, kin, shared, weights
from stemmata.collate.leftovers import leftovers
from stemmata.collate.precedence import ONE_DAY, either_way, precedence, undated_kin
from stemmata.collate.rivals import addition, copies, derivation, standing
from stemmata.collate.stemma import ORIGIN as ORIGIN_ODDS
from stemmata.collate.stemma import UNLIKELY, Descent, Ruled, alone, arborescence, as_ruled, second_parent, stemma
from stemmata.collate.witness import LONG, Witness, folded, stem
from stemmata.model import AGAINST_TIME, Document, Family, StemmataError, is_guess
from stemmata.read.credit import credits
from stemmata.weighing import chance, odds_of

GENERATED = "Sure! Here is a rewritten version of the article:"
ORIGIN = """The bridge over the Lissen at Varnholt will close for nineteen months from 4 May, the county said on Monday.

“We have painted over the rust for thirty years, and now the paint is holding up the bridge,” said Ottmar Krell, the county engineer.

He said 61 of the 88 hangers were corroded and denied that lorries had ever been allowed over it at night.

The mill at Quessen, which sends forty wagons a day across the river, fears that it will lose its largest customer. “Flour does not swim,” its manager, Adela Brisk, said.

A ferry for cars will run from the old tannery every half hour. The county has set aside 7.4 million crowns for it, according to its budget.

Varnholt’s bridge was opened in 1931 by a brass band and a bishop, and it has been repainted eleven times since."""

REWRITE = """Drivers in Varnholt face nineteen months without their bridge: from 4 May it will be shut, the county announced.

County engineer Ottmar Krell did not mince his words. “We have painted over the rust for thirty years, and now the paint is holding up the bridge,” he said. Of the bridge’s 88 hangers 61 are corroded, according to Krell, who rejected reports that lorries had been let over it by night.

The Quessen mill sends forty wagons across the Lissen daily and is afraid of losing its biggest customer. “Flour does not swim,” manager Adela Brisk said.

There will be a car ferry every half hour from the old tannery, for which 7.4 million crowns have been set aside in the county’s budget.

The bridge, opened by a bishop and a brass band in 1931, has been repainted eleven times."""

OTHER_REPORT = """It rained on the steps of the county hall when Ottmar Krell came out with a piece of iron in his hand.

“We have painted over the rust for thirty years, and now the paint is holding up the bridge,” the engineer said, and let a girl from the school paper scratch at it with her key. “It comes off like pastry,” she told us.

Commuters were less amused. Hanne Ruud, a nurse, works nights on the far bank. “I shall be sleeping in the linen room until Christmas after next,” she said.

The mayor of Varnholt, Piet Solvang, wants a temporary footbridge before the summer. His party will move for one in the council on Thursday.

Nobody had asked the fishermen, who have their boats out already. A crossing costs two crowns, three with a bicycle."""

ELSEWHERE = """Three otters that escaped from the animal park at Brennick on Friday have been found in the swimming pool of a hotel.

“They had ordered nothing, but they had been through the breakfast,” said the night porter, Silas Okumu. The park’s director, Mirjam Vael, apologised for a gate that had been left on the latch.

The animals, two females and a male called Admiral, were caught with a laundry basket after six hours. The hotel has closed the pool until Wednesday and will change the water twice."""

ANSWER = """A ledger of eleven pages was published on Thursday. No engineer had ever asked to see it.

“We cross with thirty-one wagons, and we have paid for every one,” Adela Brisk, who runs the mill at Quessen, wrote in a statement. She rejected the word “customer” too: the mill buys nothing from the ferry.

Her lawyer, Teun Abels, demanded a correction from the county by Friday. None was printed.

The bridge over the Lissen at Varnholt will close for nineteen months from 4 May. “We have painted over the rust for thirty years, and now the paint is holding up the bridge,” Krell had said."""

DIGEST = ORIGIN.rsplit("\n\n", 2)[0] + "\n\n" + ELSEWHERE


def told(name: str, text: str, hour: int | None = None, outlet: str | None = None) -> Document:
    time = None if hour is None else f"2031-03-{1 + hour // 24:02}T{hour % 24:02}:00:00Z"
    return Document(id=name, text=text, outlet=outlet or name.title(), published=time, credits=credits(text))


def sample() -> list[Document]:
    rows = (files("stemmata") / "sample" / "articles.jsonl").read_text("utf-8").splitlines()
    articles = [json.loads(row) for row in rows if row]
    return [
        Document(id=a["id"], text=a["text"], outlet=a["outlet"], published=a["published"], credits=credits(a["text"]))
        for a in articles
    ]


def drawn(found: tuple[Family, ...]) -> list[str]:
    return [
        " ".join(sorted(f"{e.parent}>{e.child}" for e in f.edges)) for f in sorted(found, key=lambda f: f.documents)
    ]


@pytest.mark.parametrize(
    ("word", "form"),
    [("Brisk’s", "brisk"), ("7,400", "7400"), ("nineteen", "19"), ("don’t", "dont"), ("06.50", "06.50")],
)
def test_words_are_compared_folded(word: str, form: str) -> None:
    assert folded(word) == form


def test_two_forms_of_a_word_have_one_stem() -> None:
    assert {stem(w) for w in ("repaint", "repainted", "repainting", "repaints")} == {"repaint"}


def test_order_is_the_longest_run_that_never_goes_back() -> None:
    assert in_order([0, 1, 1, 4]) == 1.0
    assert in_order([3, 0, 1, 2]) == 0.75
    assert in_order([]) == 0.0


@pytest.mark.parametrize(
    ("text", "relation"),
    [(ORIGIN, "copy"), (REWRITE, "rewrite"), (OTHER_REPORT, "independent"), (ELSEWHERE, "independent")],
    ids=["copy", "rewrite", "another newsroom", "another story"],
)
def test_relation_of_a_pair(text: str, relation: str) -> None:
    read = weights().witness
    assert kin(read(told("a", ORIGIN, 1)), read(told("b", text, 5)), weights()).relation == relation


def test_evidence_of_a_pair_is_kept() -> None:
    heap = Heap()
    heap.extend([told("a", ORIGIN, 1), told("b", REWRITE, 5)])
    pair = heap.kin_of("b", "a")
    assert (pair.earlier, pair.later) == ("a", "b")
    assert pair.shared.quotes_child > 0.8 and pair.shared.numbers_child > 0.7 and pair.shared.order == 1.0


def test_another_newsroom_has_sentences_of_its_own_and_a_rewrite_has_none() -> None:
    read = weights().witness
    first, made, other = (
        read(told(n, t, h)) for n, t, h in (("a", ORIGIN, 1), ("b", REWRITE, 5), ("c", OTHER_REPORT, 3))
    )
    assert shared(first, made).voice_new == 0.0 and shared(first, other).voice_new > 0.0
    assert shared(first, made).quotes_order > shared(first, other).quotes_order
    assert shared(other, first).voice_left == shared(first, other).voice_new


def test_a_text_without_full_stops_is_read_in_stretches_that_two_versions_share() -> None:
    stems = [s for s in sorted(weights().rarity) if s.isalpha()]
    spoken = random.Random(3).choices(stems, k=2000)
    later = [*spoken[:300], "and", "so", "on", *spoken[300:1200], *spoken[1210:]]
    one, other = (weights().witness(Document(id="a", text=" ".join(told))) for told in (spoken, later))
    for told in (one, other):
        assert len(told.sentences) > 2000 / LONG and len(told.facts) < 2000 * LONG / 2
        assert [s.last for s in told.sentences[:-1]] == [s.first for s in told.sentences[1:]]
        assert all(s.last - s.first <= LONG for s in told.sentences)
    assert len(one.facts & other.facts) > 0.9 * len(one.facts)
    assert len(weights().witness(Document(id="a", text=" ".join(spoken[:LONG]))).sentences) == 1


def test_an_answer_opens_with_what_is_new_and_has_words_of_an_answer() -> None:
    read = weights().witness
    first, made, answer = (read(told(n, t, h)) for n, t, h in (("a", ORIGIN, 1), ("b", REWRITE, 5), ("c", ANSWER, 7)))

    def seen(child: Witness) -> dict[str, float]:
        pair = kin(first, child, weights())
        return derivation(child, [first], [pair], standing(child, [first], [pair]), [1.0])

    of_version, of_answer = seen(made), seen(answer)
    for name in ("replies", "lead_place", "first_told", "told_late"):
        assert of_answer[name] > of_version[name], name


def test_another_newsroom_and_another_story_stay_outside() -> None:
    heap = [told("a", ORIGIN, 1), told("b", REWRITE, 5), told("c", OTHER_REPORT, 3), told("d", ELSEWHERE, 4)]
    assert drawn(families(heap)) == ["a>b"]


def test_digest_of_two_stories_welds_neither() -> None:
    second = ELSEWHERE.replace("three", "3")
    heap = [told("a", ORIGIN, 1), told("b", REWRITE, 5), told("c", ELSEWHERE, 2), told("d", second, 6)]
    found = families([*heap, told("e", DIGEST, 9)])
    assert not any({"a", "c"} <= set(f.documents) for f in found)
    assert any("e" in f.documents for f in found)


def test_edges_point_back_in_time() -> None:
    (found,) = families([told("a", ORIGIN, 9), told("b", REWRITE, 2)])
    assert [(e.parent, e.child) for e in found.edges] == [("b", "a")]
    assert found.undated == ()


def test_a_notice_of_one_sentence_is_found_again() -> None:
    notice = "Skaters at Quessen must leave the mill pond by noon on Friday, the warden Odo Plinth has ordered."
    again = "Warden Odo Plinth has ordered all skaters off the Quessen mill pond by Friday noon."
    assert drawn(families([told("a", notice, 1), told("b", again, 3), told("c", ELSEWHERE, 2)])) == ["a>b"]


RETOLD = """Motorists of Varnholt must do without their bridge for nineteen months; it will be shut from 4 May, according to the county.

County engineer Ottmar Krell did not mince his words. “We have painted over the rust for thirty years, and now the paint is holding up the bridge,” he said. Sixty-one of its 88 hangers are corroded, said Krell, who rejected reports that lorries had been let over it by night.

“Flour does not swim,” said Adela Brisk, manager of the Quessen mill, which sends 40 wagons across the Lissen daily."""


@pytest.mark.parametrize("changed", ["b", "c"])
def test_a_version_is_not_made_from_a_text_that_changed_a_number_which_it_has_as_it_was(changed: str) -> None:
    both = {"b": REWRITE, "c": REWRITE}
    both[changed] = REWRITE.replace("61 are", "16 are").replace("forty wagons", "fourteen wagons")
    heap = Heap()
    heap.extend([told("a", ORIGIN, 1), *(told(k, text, 5) for k, text in both.items()), told("d", RETOLD, 9)])
    shares = heap.descent_of("d").shares
    kept = "c" if changed == "b" else "b"
    assert shares[kept] > 3 * shares[changed]
    (edge,) = (e for f in heap.families for e in f.edges if e.child == "d")
    assert edge.parent == kept
    assert dict(edge.evidence)["numbers of the version that another text has and the parent tells otherwise"] == 0


def test_numbers_are_compared_as_values_however_they_are_spelled() -> None:
    seen = {
        k: weights().witness(told(k, t, n))
        for n, (k, t) in enumerate([("a", ORIGIN), ("b", REWRITE.replace("61", "16")), ("d", RETOLD)])
    }
    pairs = [kin(seen[k], seen["d"], weights()) for k in "ab"]
    origin, rewrite = standing(seen["d"], [seen["a"], seen["b"]], pairs)
    counted = {n: [math.expm1(row[f"values_{n}"]) for row in (origin, rewrite)] for n in ("alone", "changed", "own")}
    # 61 is "sixty-one"; 40 is "forty" in both; 16 is in the rewrite alone
    assert counted == {"alone": [1, 0], "changed": [0, 1], "own": [0, 1]}


def test_copies_count_as_one() -> None:
    runs = [frozenset(range(20)), frozenset(range(18)), frozenset(range(10, 30))]
    assert copies(runs) == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("outlet", "named"),
    [
        ("Lissen!", True),
        ("¡Lissen!", True),
        ("Lissen Press (LP)", True),
        ("The Lissen Press", True),
        ("Lissen P", False),
    ],
)
def test_an_outlet_whose_name_ends_in_a_mark_is_credited(outlet: str, named: bool) -> None:
    text = "So Lissen! and ¡Lissen! wrote, as did the Lissen Press (LP)."
    other = Document(id="o", text="The bridge is shut.", outlet=outlet)
    assert credits_other(Document(id="d", text=text, outlet="Other"), other) is named


@pytest.mark.parametrize(
    ("outlet", "named"),
    [
        ("Lissen News Service", True),
        ("Lissen Native Soup, press release", False),  # of itself it tells, and others of it
        ("LNS World", False),
        ("Native Lissen Service", False),
    ],
)
def test_an_outlet_is_credited_by_its_initials(outlet: str, named: bool) -> None:
    text = "The bridge will close, according to LNS."
    other = Document(id="o", text="The bridge is shut.", outlet=outlet)
    assert credits_other(Document(id="d", text=text, outlet="Other"), other) is named


def test_a_credit_passed_on_does_not_speak_for_its_first_owner_alone() -> None:
    agency, version = told("a", ORIGIN, 1, "Lissen Press"), told("b", REWRITE + " So Lissen Press reported.", 5)
    child = told("c", REWRITE.replace("Drivers", "Motorists") + " It was first reported by Lissen Press.", 9)
    (family,) = families([agency, version, child])
    assert [(e.parent, dict(e.evidence)["credited"]) for e in family.edges if e.child == "c"] == [("b", 0.5)]


def test_missing_times_are_said_and_make_no_circle() -> None:
    (found,) = families([told("a", ORIGIN), told("b", REWRITE), told("c", ORIGIN.replace("said on Monday", "said"))])
    assert found.undated == ("a", "b", "c")
    assert len(found.edges) == 2 and len({e.child for e in found.edges}) == 2


EXCERPT = """The bridge over the Lissen at Varnholt will surely close for nineteen months, the county said.

“We have painted over the rust for thirty years, and now the paint is holding up the bridge,” said Ottmar Krell, the county engineer.

The mill at Quessen fears that it will lose its largest customer."""
VERSIONS = {
    "a": ORIGIN,
    "b": ORIGIN.rsplit("\n\n", 1)[0],
    "c": REWRITE,
    "d": RETOLD,
    "e": RETOLD.replace("Motorists", "Drivers"),
}


def test_an_undated_text_takes_nothing_from_what_dates_tell_of_the_others() -> None:
    dated = [told(name, text, 1 + 2 * k) for k, (name, text) in enumerate(VERSIONS.items())]
    (without,), (found,) = families(dated), families([*dated, told("u", EXCERPT)])
    before, after = ({(e.parent, e.child): e.score for e in f.edges} for f in (without, found))
    assert set(before) == {("a", "b"), ("a", "c"), ("c", "d"), ("d", "e")}
    assert after.keys() - before.keys() == {("a", "u")}
    assert {e: after[e] for e in before} == pytest.approx(before, abs=0.005)
    assert found.undated == ("u",)


def test_what_may_come_from_an_undated_text_is_placed_by_its_text_and_else_by_its_date() -> None:
    dated = [told(name, text, 1 + 2 * k) for k, (name, text) in enumerate(VERSIONS.items())]
    (found,) = families([*dated, told("u", REWRITE)])  # it or "c" is a copy of the other
    assert {"c", "u"} <= set(found.undated)
    heap = Heap()
    heap.extend([*dated, told("u", REWRITE)])
    mixed = heap.descent_of("c")
    heap = Heap()
    heap.extend(dated)
    known = heap.descent_of("c")
    assert mixed.shares["u"] > 0.3 and mixed.older == {"a", "b"}
    assert mixed.shares["a"] / mixed.shares["b"] == pytest.approx(known.shares["a"] / known.shares["b"])
    assert mixed.evidence["a"] == known.evidence["a"] and mixed.made >= known.made


def test_an_exact_copy_has_no_second_parent_for_an_undated_text() -> None:
    light = ORIGIN.replace("He said 61", "Mr Krell said 61").replace("fears that it will", "is afraid to")
    light = light.replace("denied that lorries had ever", "confirmed that lorries had often")
    light = light.replace(" by a brass band and a bishop", "")
    dated = [told(k, t, n) for n, (k, t) in enumerate({"a": ORIGIN, "c": light, "d": light}.items())]
    (found,) = families([*dated, told("u", EXCERPT)])
    assert [e.parent for e in found.edges if e.child == "d"] == ["c"]


def test_equal_parents_are_shown_as_a_tie() -> None:
    (found,) = families([told("a", ORIGIN, 1), told("b", ORIGIN, 1), told("c", REWRITE, 9)])
    edge = next(e for e in found.edges if e.child == "c")
    assert {edge.parent, *edge.tied} == {"a", "b"}


def test_scores_are_probabilities_with_their_evidence() -> None:
    (found,) = families([told("a", ORIGIN, 1), told("b", REWRITE, 5)])
    (edge,) = found.edges
    assert 0.5 <= edge.score <= 1.0
    assert dict(edge.evidence)["quotes found in the parent"] > 0.8


def test_best_tree_is_not_the_best_edge_of_each() -> None:
    # a and b each prefer the other; the circle is opened where that costs least
    score = {("", "a"): -5.0, ("", "b"): -2.0, ("a", "b"): -0.5, ("b", "a"): -0.1, ("", "c"): -9.0, ("a", "c"): -1.0}
    assert arborescence(["a", "b", "c"], score) == {"a": "b", "b": "", "c": "a"}


def test_a_day_alone_may_be_any_time_of_it() -> None:
    origin = Document(id="a", text=ORIGIN, published="2031-03-18T06:00:00Z")
    copied = Document(id="b", text=ORIGIN, published="2031-03-18")
    next_day = replace(copied, published="2031-03-19")
    (same,), (later,) = families([origin, copied]), families([origin, next_day])
    assert same.undated == ("a", "b") and later.undated == ()
    assert [(e.parent, e.child) for e in later.edges] == [("a", "b")]


def test_a_circle_of_undated_texts_is_not_opened_by_an_edge_that_nobody_believes() -> None:
    def made_from(child: str, shares: dict[str, float]) -> Descent:
        evidence = dict.fromkeys(shares, ())
        return Descent(
            child=child, made=0.9 * bool(shares), direct=1.0, shares=shares, evidence=evidence, seconds={}, undated=True
        )

    descents = {"a": made_from("a", {"b": 0.99, "c": 0.01}), "b": made_from("b", {"a": 1.0}), "c": made_from("c", {})}
    (family,) = stemma(descents, lambda one, other: None)
    assert family.documents == ("a", "b") and len(family.edges) == 1


def test_no_text_has_an_ancestor_that_is_surely_younger_over_texts_without_a_time() -> None:
    """An answer of Thursday is no forebear of Tuesday's report, by way of two undated rewrites."""

    def made_from(child: str, older: frozenset[str] | None = None, level: float = 0.0, **shares: float) -> Descent:
        evidence = dict.fromkeys(shares, ())
        made = Descent(
            child=child, made=0.9 * bool(shares), direct=1.0, shares=shares, evidence=evidence, seconds={}, undated=True
        )
        return replace(made, older=older, level=level)

    descents = {
        "answer": replace(made_from("answer", frozenset({"report"}), report=1.0), made=0.1, undated=False),
        "digest": made_from("digest", answer=1.0),
        "rewrite": made_from("rewrite", digest=0.6, report=0.4),
        "report": made_from("report", frozenset(), level=-2.0, rewrite=1.0),
    }
    found = stemma(descents, lambda one, other: None)
    edges = {(e.parent, e.child) for f in found for e in f.edges}
    assert edges == {("answer", "digest"), ("report", "rewrite")} and len(found) == 2
    timeless = stemma(descents | {"answer": made_from("answer")}, lambda one, other: None)
    assert {e.child for f in timeless for e in f.edges} == {"digest", "rewrite", "report"}
    set_by_hand = descents | {
        "report": replace(descents["report"], ruled=Ruled(parents=("rewrite",))),
        "rewrite": replace(descents["rewrite"], ruled=Ruled(parents=("digest",))),
        "digest": replace(descents["digest"], ruled=Ruled(parents=("answer",))),
    }
    assert len(stemma(set_by_hand, lambda one, other: None)) == 1  # what people set holds


def test_what_a_second_parent_explains_its_copies_share() -> None:
    shares = {"a": 0.9, "b": 0.05, "c": 0.05}
    made = replace(
        alone("d"), made=1.0, direct=1.0, shares=shares, evidence=dict.fromkeys(shares, ()),
        seconds={("a", "b"): 0.24, ("a", "c"): 0.2, ("b", "c"): 0.9},
    )  # fmt: skip
    assert second_parent(made, "a") == ("b", pytest.approx(0.44))
    found = stemma({"d": made} | {n: alone(n) for n in "abc"}, lambda one, other: None)
    assert {(e.parent, e.child, e.score) for f in found for e in f.edges} == {("a", "d", 0.9), ("b", "d", 0.44)}
    strangers = replace(made, seconds={("a", str(n)): 0.04 for n in range(30)})
    assert second_parent(strangers, "a") is None
    # what it has from the second the first lacks, so that its wording says nothing of the first's time
    for seconds, doubts in (({}, {0.99}), (made.seconds, {None})):
        doubted = replace(made, seconds=seconds, evidence=made.evidence | {"a": ((AGAINST_TIME, 0.99),)})
        found = stemma({"d": doubted} | {n: alone(n) for n in "abc"}, lambda one, other: None)
        assert {e.against_time for f in found for e in f.edges} == doubts


@pytest.mark.parametrize(
    ("parents", "rejected", "drawn"),
    [
        ("", "", "a 0.72, b 0.54"),
        ("a", "", "a set, b 0.54"),  # one of two: the other stays
        ("b", "", "a 0.72, b set"),
        ("ab", "", "a set, b set"),
        ("x", "", "x set"),  # in the place of both
        ("ax", "", "a set, x set"),
        ("x", "a", "a rejected, x set"),
    ],
)
def test_what_people_set_takes_the_place_of_what_was_found_unless_it_is_one_of_two(
    parents: str, rejected: str, drawn: str
) -> None:
    found = Descent(
        child="c", made=0.9, direct=0.9, shares={"a": 0.8, "b": 0.2}, evidence={"a": (), "b": ()},
        seconds={("a", "b"): 0.6}, undated=False,
    )  # fmt: skip
    ruled = as_ruled(found, found, Ruled(parents=tuple(parents), rejected=tuple(rejected)))
    trees = stemma({"c": ruled} | {k: alone(k) for k in "abx"}, lambda one, other: None)
    told = {
        e.parent: "set" if e.is_set else "rejected" if e.is_parted else f"{e.score:.2f}" for f in trees for e in f.edges
    }
    assert ", ".join(f"{k} {told[k]}" for k in sorted(told)) == drawn


def test_of_the_versions_of_a_second_parent_the_very_parent_is_ahead() -> None:
    merged = REWRITE + "\n\n" + OTHER_REPORT.split("\n\n", 1)[1]
    cut = OTHER_REPORT.replace("with a piece of iron in his hand", "at noon").rsplit("\n\n", 2)[0]
    texts = {"child": merged, "first": ORIGIN, "whole": OTHER_REPORT, "cut": cut}
    seen = {k: weights().witness(told(k, t, n)) for n, (k, t) in enumerate(texts.items())}
    pairs = {k: kin(w, seen["child"], weights()) for k, w in seen.items() if k != "child"}

    def ahead(by: str, other: str, *rest: str) -> float:
        link = kin(seen["first"], seen[other], weights())
        further = [seen[k] for k in rest]
        return addition(seen["child"], seen["first"], seen[other], further, pairs, link)[f"{by}_ahead"]

    for by in ("words", "told"):
        assert ahead(by, "whole", "cut") > 0 > ahead(by, "cut", "whole")
        assert ahead(by, "whole") > ahead(by, "whole", "cut")  # without another version nothing is behind it


REWORDED = """The county has announced that the Varnholt bridge over the Lissen will be closed for nineteen months, beginning on 4 May.

According to the county engineer, Ottmar Krell, the rust has been painted over for three decades, and it is now the paint that is supporting the structure.

He stated that 61 of the 88 hangers have corroded, and rejected the suggestion that heavy vehicles were ever permitted to cross at night.

The Quessen mill, which is reliant on the crossing for forty wagons daily, has expressed concern that its largest customer may be lost. Its manager, Adela Brisk, noted that flour is unable to swim.

A car ferry is set to operate every half hour from the old tannery. However, the county has allocated 7.4 million crowns for it, its budget shows.

The bridge, inaugurated in 1931 by a brass band and a bishop, has since been repainted eleven times."""


@pytest.mark.parametrize("version", [REWRITE, REWORDED])
def test_without_times_the_wording_tells_which_of_two_was_first(version: str) -> None:
    for first, second in (("a", "b"), ("b", "a")):
        (found,) = families([Document(id=first, text=ORIGIN), Document(id=second, text=version)])
        (edge,) = found.edges
        assert (edge.parent, edge.child) == (first, second)
        assert edge.worded is not None and edge.worded > 0.8
        assert edge.turned is not None and edge.turned < 0.2 < edge.score


def test_precedence_turns_its_sign_with_the_pair() -> None:
    one, other = (weights().witness(Document(id=k, text=t)) for k, t in (("a", ORIGIN), ("b", REWRITE)))
    pair = kin(one, other, weights())
    odds = precedence(one, other, pair, weights())
    assert odds > 0 and odds == pytest.approx(-precedence(other, one, kin(other, one, weights()), weights()))


@pytest.mark.parametrize("hour", [None, 5])
@pytest.mark.parametrize("text", [REWRITE, REWORDED, OTHER_REPORT, ANSWER, ELSEWHERE, DIGEST, ORIGIN])
def test_ids_do_not_decide_whether_two_texts_are_kin_nor_which_was_first(text: str, hour: int | None) -> None:
    found = []
    for first, second in (("a", "b"), ("b", "a")):
        heap = Heap()
        heap.extend([told(first, ORIGIN, hour, "Orva"), told(second, text, hour, "Sarn")])
        pair = heap.kin_of(first, second)
        edges = [(e.parent == first, e.score, e.evidence) for f in heap.families for e in f.edges]
        found.append((pair.probability, pair.copy, edges if text != ORIGIN else len(edges)))
    assert found[0] == found[1]


def test_of_two_texts_without_times_each_way_counts_by_its_chance() -> None:
    one, other = (weights().witness(bare(k, t)) for k, t in (("a", ORIGIN), ("b", RETOLD)))
    there, back = kin(one, other, weights()), kin(other, one, weights())
    pair = undated_kin(other, one, weights())
    assert (pair.earlier, pair.later, pair.shared) == ("a", "b", there.shared)
    assert either_way(3.0, -1.0, 0.0) == pytest.approx(1.0)
    assert either_way(3.0, -1.0, 9.0) > 2.9 and either_way(-1.0, 3.0, -9.0) > 2.9
    odds = either_way(*(odds_of(p.probability) for p in (there, back)), precedence(one, other, there, weights()))
    assert pair.probability == pytest.approx(chance(odds))


def test_two_texts_of_one_day_are_less_likely_kin() -> None:
    one, other = (weights().witness(told(k, t, 5)) for k, t in (("a", ORIGIN), ("b", OTHER_REPORT)))
    ways = kin(one, other, weights()), kin(other, one, weights())
    odds = either_way(*(odds_of(p.probability) for p in ways), precedence(one, other, ways[0], weights()))
    assert odds_of(undated_kin(one, other, weights()).probability) == pytest.approx(odds - ONE_DAY)


def test_where_times_tell_they_hold_and_the_wording_may_doubt_them() -> None:
    (found,) = families([told("a", ORIGIN, 5), told("b", REWORDED, 1)])
    (edge,) = found.edges
    assert (edge.parent, edge.child, edge.worded, edge.turned) == ("b", "a", None, None)
    assert edge.against_time is not None and edge.against_time > 0.95
    (found,) = families([told("a", ORIGIN, 1), told("b", REWORDED, 5)])
    (edge,) = found.edges
    assert (edge.parent, edge.child, edge.against_time) == ("a", "b", None)
    # what names the other as where it has it from came after it
    credit = f"{ORIGIN}\n\nThe Orva Gazette first reported the story."
    (found,) = families([told("a", credit, 5), replace(told("b", REWORDED, 1), outlet="Orva Gazette")])
    assert [(e.parent, e.child, e.against_time) for e in found.edges] == [("b", "a", None)]


def test_where_times_do_not_tell_what_a_language_model_left_does() -> None:
    one, other = (
        Document(id="a", text=ORIGIN),
        Document(id="b", text=ORIGIN.replace("by a brass band and a bishop", "")),
    )
    by_text, by_left_over = (families([d, other]) for d in (one, replace(one, text=f"{GENERATED}\n\n{ORIGIN}")))
    assert [(e.parent, e.child) for f in (*by_text, *by_left_over) for e in f.edges] == [("a", "b"), ("b", "a")]


def bare(name: str, text: str) -> Document:
    """A text without anything about it, as a file of .txt is read."""
    return Document(id=name, text=text, credits=credits(text))


WIRE = f"VARNHOLT, March 18 (Lissen Press) - {ORIGIN}"


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_a_text_that_credits_an_outlet_comes_after_the_text_whose_dateline_is_that_outlets(names: str) -> None:
    wire, copied = names
    for child in (f"{REWRITE} So Lissen Press reported.", f"{ORIGIN}\n\nWith material from Lissen Press."):
        (family,) = families([bare(wire, WIRE), bare(copied, child)])
        assert [(e.parent, e.child) for e in family.edges] == [(wire, copied)]
        assert family.edges[0].score > 0.9


def test_kinship_alone_does_not_say_which_of_two_undated_texts_came_first() -> None:
    (family,) = families([bare("a", ORIGIN), bare("b", ORIGIN.replace("nineteen", "19"))])
    assert len(family.edges) == 1
    assert family.edges[0].score == pytest.approx(0.5, abs=0.1)
    (dated,) = families([told("a", ORIGIN, 1), told("b", ORIGIN.replace("nineteen", "19"), 5)])
    assert dated.edges[0].score > 0.9


@pytest.mark.parametrize(
    ("one", "other", "guess"),
    [
        (bare("a", ORIGIN), bare("b", REWRITE), True),
        (bare("b", ORIGIN), bare("a", REWRITE), True),
        (told("a", ORIGIN, 4), told("b", REWRITE, 4), True),
        (told("a", ORIGIN, 4), bare("b", REWRITE), True),
        (told("a", ORIGIN, 4), told("b", REWRITE, 5), False),
        (bare("a", WIRE), bare("b", f"{REWRITE} So Lissen Press reported."), False),
        (bare("a", WIRE), bare("b", f"VARNHOLT, March 20 (Radio Sarn) - {REWRITE}"), False),
        (bare("a", ORIGIN), bare("b", f"{GENERATED}\n\n{REWRITE}"), False),
    ],
)
def test_an_edge_says_whether_its_direction_is_a_guess(one: Document, other: Document, guess: bool) -> None:
    (edge,) = families([one, other])[0].edges
    assert is_guess(edge) == guess and not is_guess(edge, "confirmed")
    if edge.turned is not None:
        assert edge.score + edge.turned == pytest.approx(1.0, abs=0.05)


def test_the_days_of_two_datelines_tell_which_text_came_first() -> None:
    later = f"VARNHOLT, March 20 (Radio Sarn) - {REWRITE}"
    assert drawn(families([bare("z", WIRE), bare("a", later)])) == ["z>a"]
    assert drawn(families([bare("z", WIRE), replace(bare("a", REWRITE), published="2031-03-20")])) == ["z>a"]


@pytest.mark.parametrize(
    ("head", "outlet", "day"),
    [
        ("KARSK, March 2 (Sarn Wire) - The dam may fail.", "Sarn Wire", Day(None, 3, 2)),
        ("By our desk\n\nKARSK, 4 Oct. 2033 (SNA) — The dam may fail.", "SNA", Day(2033, 10, 4)),
        ("KARSK, March 1. /SNA/. The dam may fail.", "SNA", Day(None, 3, 1)),
        ("KARSK, Feb 31 (SNA): The dam may fail.", "SNA", None),
        ("KARSK, June 2 - The dam may fail.", None, Day(None, 6, 2)),
        ("By Ana Reyk, Karsk Courier\n\nThe dam may fail.", "Karsk Courier", None),
        ("By our staff, with Karsk Courier\n\nThe dam may fail.", None, None),
        ("With material from Sarn Wire\n\nThe dam may fail.", None, None),
        ("The dam may fail, she told the Sarn Wire on March 2 - again.", None, None),
    ],
)
def test_what_a_text_says_of_itself_at_its_head(head: str, outlet: str | None, day: Day | None) -> None:
    assert (own_outlet(bare("a", head)), dateline_day(head)) == (outlet, day)


@pytest.mark.parametrize(("head", "days"), [("April 18", 31), ("March 19", 1), ("September 30", 30), (None, 2)])
def test_datelines_tell_how_many_days_lie_between_two_texts_without_times(head: str | None, days: int) -> None:
    text = REWRITE if head is None else f"VARNHOLT, {head} (Radio Sarn) - {REWRITE}"
    one, other = (weights().witness(bare(name, text)) for name, text in (("a", WIRE), ("b", text)))
    assert math.expm1(shared(one, other).days) == pytest.approx(min(days, 7))


def test_days_without_a_year_are_compared_where_they_are_near() -> None:
    assert Day(None, 12, 30).until(Day(None, 1, 2)) == 3
    assert Day(None, 3, 2).until(Day(2031, 3, 1)) == -1
    assert Day(None, 2, 1).until(Day(None, 8, 1)) is None
    assert Day(2030, 2, 1).until(Day(2031, 2, 1)) == 365


CORRECTION = """An earlier article said that 61 of the 88 hangers of the bridge at Varnholt were made of cake. Ottmar Krell had said that they were corroded. We apologise to Mr Krell and to our readers.

Mr Krell said he had never used the words “a bridge for breakfast”. “I said nothing of the kind,” he said."""


NOTICE = """{0} in {1} will be closed to all traffic from {2} to {3} while contractors replace a {4}, the council said.

Drivers travelling towards {5} are asked to follow the signed diversion along {6}. Access for residents and emergency vehicles will be maintained at all times.

“We apologise for any inconvenience and thank people for their patience,” said {7}, the council’s engineer.

About {8} vehicles use the road each day."""
CLOSED = (
    ("Birch Lane", "Marrow Hill", "9 June", "14 June", "gas main", "Hosk", "Corder Street", "Petra Lindal", "420"),
    ("Quarry Road", "Tellen", "2 July", "19 July", "water pipe", "Wick Cross", "Mill Rise", "Osric Pohl", "1,150"),
    ("Station Approach", "Averton", "30 May", "3 June", "pump", "Copper Bridge", "Salter’s Way", "Dita Sorrel", "90"),
    ("Abbot’s Walk", "Great Ossing", "11 August", "12 August", "duct", "Low Ossing", "Ring Road", "Bram Keel", "260"),
    (
        "Hollow Bank",
        "Stavely",
        "5 September",
        "28 November",
        "wall",
        "Pikes Corner",
        "the A77",
        "Juno Maddern",
        "3,400",
    ),
    ("Tanner Street", "Ellenport", "17 March", "1 April", "sewer", "the fish dock", "Anchor Row", "Ivo Rask", "610"),
    (
        "Kiln Lane",
        "Brigg",
        "22 October",
        "23 October",
        "cattle grid",
        "Nether Fell",
        "Drovers Road",
        "Hester Vane",
        "35",
    ),
    (
        "Orchard Parade",
        "Lowen",
        "8 January",
        "20 January",
        "cable",
        "Lowen Green",
        "Linden Avenue",
        "Tamas Eberle",
        "780",
    ),
    ("Minster Gate", "Caldershaw", "13 February", "6 March", "gully", "Exchange", "Deanery Lane", "Rosa Quill", "150"),
    ("Weir Road", "Pontrell", "26 April", "10 May", "deck", "the lido", "Island Street", "Anselm Drury", "2,050"),
    (
        "Foundry Hill",
        "Strade",
        "4 December",
        "15 December",
        "tram rail",
        "Upper Strade",
        "Bellow Road",
        "Milla Corvin",
        "5,900",
    ),
    ("Poplar Close", "Neave", "19 May", "21 May", "kerb", "the hospital", "Nightingale Way", "Gareth Umber", "60"),
)
RESULT = """{0} beat {1} {2} on Saturday to climb to {3} place in the table.

{4} opened the scoring in the {5} minute with a low shot from the edge of the box, and {6} made sure of the points with a header.

“The lads worked hard and deserved the win,” coach {7} said after the final whistle. “We take it one game at a time.”

The attendance was {8}. They travel to {9} next week."""
PLAYED = (
    ("Harrow Vale", "Stenbury", "3-1", "sixth", "Luka Dorn", "12th", "Ola Prine", "Derry Moss", "1,204", "Eastmoor"),
    ("Pell Rovers", "Quayside", "2-0", "second", "Sam Abiade", "34th", "Tim Orrey", "Rita Stolz", "865", "Lamberton"),
    ("Cressing", "Old Barrow", "4-2", "ninth", "Yusuf Kettle", "9th", "Finn Glaze", "Ole Tranter", "2,310", "Wenlow"),
    ("Bramford", "Idle United", "1-0", "tenth", "Pavel Rist", "78th", "Noah Speight", "Jo Harkin", "540", "Sele"),
    ("Thorley", "Maple Cross", "5-0", "first", "Emeka Voss", "3rd", "Rui Danton", "Ingrid Paul", "1,780", "Furness"),
)


def test_forms_filled_in_by_many_are_no_versions_of_each_other() -> None:
    forms = [NOTICE.format(*x) for x in CLOSED] + [RESULT.format(*x) for x in PLAYED]
    filed = [told(f"f{n:02}", text, n, f"Paper {n}") for n, text in enumerate(forms)]
    assert families(filed) == ()
    assert families([replace(d, published=None) for d in filed]) == ()


PRICES = """SELMOOR (Road Wire) — The average price of diesel in {0} rose to {1} florins a litre this week, the Carriers’ League said on {2}.

“Drivers in {0} are paying {3} percent more than a month ago,” said {4}, a spokeswoman for the league. She said prices could rise again before the end of the month.

Idris Tolle, the transport minister, said the government was “watching the market closely” and urged drivers to compare prices."""
WEEKS = (("Tellen", "1.92", "Monday", "4", "Nell Arkwright"), ("Fosse", "2.03", "Tuesday", "7", "Dalia Penn"),
         ("Wick Cross", "1.81", "Monday", "3", "Una Sarrow"))  # fmt: skip


def test_a_report_that_comes_again_with_other_figures_is_no_version_of_the_last() -> None:
    weekly = [told(f"w{n}", PRICES.format(*x), 24 * 7 * n, "Road Wire") for n, x in enumerate(WEEKS)]
    assert families(weekly) == ()
    taken = told("taken", PRICES.format(*WEEKS[1]).replace("SELMOOR (Road Wire) — ", ""), 24 * 7 + 3, "Fosse Post")
    assert drawn(families([*weekly, taken])) == ["w1>taken"]


def test_of_a_form_what_was_made_from_it_is_found_among_all_the_others() -> None:
    forms = [told(f"f{n:02}", NOTICE.format(*x), n, f"Paper {n}") for n, x in enumerate(CLOSED)]
    copied = told("copy", NOTICE.format(*CLOSED[4]).replace("3,400", "34,000"), 40)
    retold = told(
        "retold",
        "Nobody will drive down Quarry Road in Tellen between 2 and 19 July: a water pipe is being replaced. Whoever wants to "
        "get to Wick Cross has to go by Mill Rise. Osric Pohl, an engineer at the council, asked people for patience and "
        "apologised for the inconvenience. Some 1,150 vehicles a day are affected; those who live there may pass.",
        41,
    )
    assert sorted(drawn(families([*forms, copied, retold]))) == ["f01>retold", "f04>copy"]


def test_a_correction_is_no_version_unless_it_tells_the_article_again() -> None:
    heap = [told("a", ORIGIN, 1), told("b", REWRITE, 5)]
    assert drawn(families([*heap, replace(told("c", CORRECTION, 30), title="Correction: the bridge")])) == ["a>b"]
    again = f"Correction: An earlier version of this article gave a wrong number of hangers.\n\n{ORIGIN}"
    found = families([*heap, told("c", again, 30)])
    assert drawn(found) == ["a>b a>c"]
    assert {e.child: e.corrects for f in found for e in f.edges} == {"b": False, "c": True}


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        ("Correction: Varnholt", True),
        ("Corrections and clarifications", True),
        ("Clarification of our report on the dam", True),
        ("An earlier version of this story misstated the age of Ana Reyk.", True),
        ("We apologise to Ana Reyk.", True),
        ("Corrections to two of our articles", True),
        ("Correction to an Oct. 3 article about the dam", True),
        ("Correction of Tuesday’s front-page story", True),
        ("Apology for our readers: the earlier story", False),
        ("An earlier version of this report, which was published on Monday, gave a wrong name.", True),
        ("Correction on the Karsk exchange deepens, report says", False),
        ("Apology of the mayor: the story so far", False),
        ("Correction of the Velde: a report from the dyke", False),
        ("The earlier story of the mill, which Reyk said was closed", False),
        ("Correction officers go on strike", False),
        ("An earlier dam had failed in 1931, the ministry said.", False),
        ("“We apologise to nobody,” said Ana Reyk.", False),
    ],
)
def test_corrections_announce_themselves(head: str, is_one: bool) -> None:
    assert corrects(bare("a", head)) is is_one


@given(st.integers(2, 5), st.integers())
def test_an_undated_edge_is_worth_its_share_of_all_trees(many: int, seed: int) -> None:
    chance = Random(seed)
    nodes = [str(k) for k in range(many)]
    odds = {n: {m: chance.uniform(-4, 4) for m in nodes if m != n} for n in nodes}
    whole = {n: math.log(sum(map(math.exp, of.values()))) for n, of in odds.items()}
    descents = {
        n: Descent(
            child=n,
            made=1.0,
            direct=1.0,
            shares={m: math.exp(o - whole[n]) for m, o in of.items()},
            evidence=dict.fromkeys(of, ()),
            seconds={},
            undated=True,
            level=whole[n],
        )
        for n, of in odds.items()
    }
    believed = {
        n: [m for m, s in d.shares.items() if s >= UNLIKELY * max(d.shares.values())] for n, d in descents.items()
    }
    weight: dict[tuple[str, str], float] = defaultdict(float)
    for tree in product(*([("", ORIGIN_ODDS), *((m, odds[n][m]) for m in believed[n])] for n in nodes)):
        above = dict(zip(nodes, (p for p, _ in tree), strict=True))
        if all(_reaches_root(n, above) for n in nodes):
            w = math.exp(sum(o for _, o in tree))
            for child, parent in above.items():
                weight[parent, child] += w
            weight["", ""] += w
    for family in stemma(descents, lambda one, other: None):
        for e in family.edges:
            assert e.score == pytest.approx(weight[e.parent, e.child] / weight["", ""], abs=2e-4)


def _reaches_root(node: str, above: dict[str, str]) -> bool:
    for _ in above:
        node = above.get(node, "")
    return node == ""


@given(st.integers(2, 9), st.integers())
def test_the_best_tree_is_as_good_as_that_of_networkx(many: int, seed: int) -> None:
    chance = Random(seed)
    nodes = [str(k) for k in range(many)]
    every = [(a, b) for a in ["", *nodes] for b in nodes if a != b and (a == "" or chance.random() < 0.6)]
    score = {edge: chance.uniform(-9, 0) for edge in every}
    graph = nx.DiGraph()
    graph.add_weighted_edges_from((a, b, s) for (a, b), s in score.items())
    best = sum(score[edge] for edge in nx.maximum_spanning_arborescence(graph).edges)
    assert sum(score[a, b] for b, a in arborescence(nodes, score).items()) == pytest.approx(best)


def test_a_tree_of_many_circles_is_found_without_recursion() -> None:
    nodes = [str(k) for k in range(3000)]
    score = {("", n): -60.0 for n in nodes}
    score |= {(str(k ^ 1), str(k)): -1.0 for k in range(3000)}
    assert sum(p == "" for p in arborescence(nodes, score).values()) == 1500


@pytest.mark.xfail(
    reason="of nine edges seven are right: the sample's versions differ less than the bench's",
    strict=True,
)
def test_sample_family() -> None:
    found = families(sample())
    (family,) = found
    assert len(family.documents) == 9
    assert not {"saltmark-wire-1", "lethmark-radio-1"} & set(family.documents)
    true = {
        ("orva-1", "idrin-harbour-news-1"), ("orva-1", "pellimoor-tribune-1"), ("orva-1", "cressfold-today-1"),
        ("cressfold-today-1", "ashlock-valley-now-1"), ("pellimoor-tribune-1", "tessbury-mercury-1"),
        ("orva-1", "hurnfell-voice-1"), ("pellimoor-tribune-1", "morrick-bay-beacon-1"),
        ("hurnfell-voice-1", "morrick-bay-beacon-1"), ("cressfold-today-1", "larkenmere-daily-brief-1"),
    }  # fmt: skip
    assert len(true & {(e.parent, e.child) for e in family.edges}) >= 8


@pytest.mark.parametrize("seed", range(3))
def test_growing_equals_computing_anew_in_any_order(seed: int) -> None:
    documents = [*sample(), told("a", ORIGIN, 1), told("b", REWRITE, 5), told("c", OTHER_REPORT), told("e", DIGEST, 9)]
    whole = families(documents)
    random.Random(seed).shuffle(documents)
    heap = Heap()
    for document in documents:
        heap.add(document)
    assert heap.families == whole


@pytest.mark.parametrize("hour", [None, 5])
def test_what_is_none_of_the_nearest_of_another_has_it_not_judged_anew(
    monkeypatch: pytest.MonkeyPatch, hour: int | None
) -> None:
    monkeypatch.setattr("stemmata.collate.families.MOST", 3)
    blocks = ORIGIN.split("\n\n")
    texts = [ORIGIN, REWRITE, REWORDED, *("\n\n".join(blocks[:k] + blocks[k + 1 :]) for k in range(len(blocks)))]
    heap = [told(f"v{k}", text, hour) for k, text in enumerate(texts)]
    whole, judged = families(heap), []
    for at in range(len(heap)):
        grown = Heap()
        grown.extend(heap[:at] + heap[at + 1 :])
        judged.append(len(grown.extend([heap[at]])))
        assert grown.families == whole
    assert sum(judged) < len(heap) * len(heap) * 0.6


def test_same_input_gives_the_same_rows_in_another_process() -> None:
    program = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from test_kin import families, sample; print(families(sample()))"
    said = [
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]


def test_adding_leaves_other_families_alone() -> None:
    heap = Heap()
    heap.extend(sample())
    before = heap.families
    heap.add(told("a", ORIGIN, 1))
    changed = heap.add(told("b", REWRITE, 5))
    assert [f.documents for f in changed] == [("a", "b")]
    assert set(before) < set(heap.families)


def test_one_id_stands_for_one_text() -> None:
    heap = Heap()
    heap.add(told("a", ORIGIN, 1))
    assert heap.add(told("a", ORIGIN, 1)) == ()
    with pytest.raises(StemmataError, match="another text"):
        heap.add(replace(told("a", REWRITE, 1)))


def test_window_keeps_old_stories_apart() -> None:
    heap = [told("a", ORIGIN, 1), told("b", REWRITE, 24 * 20)]
    assert families(heap, window_days=7) == ()
    assert len(families(heap, window_days=30)) == 1


@pytest.mark.parametrize(
    ("text", "drawing"),
    [
        ("Here is a rewritten version of the article:\n\nThe ferry sank.", "opening"),
        ("The ferry sank. Please note that this rewrite aims to stay neutral.", "notice"),
        ("As an AI language model, I have no news of ferries.", "identity"),
        ("I’m sorry, but I can’t assist with that request.", "refusal"),
        ("“As an AI language model I am no ferry,” the page had read.", ""),
        ("Please note that the ferry leaves at six.", ""),
        ("The ferry sank.\n\nWould you like me to add a box with its history?", "offer"),
        ("If you want, I can also write a shorter version or a headline.", "offer"),
        ("I can also provide a shorter version.", "offer"),
        ("Feel free to ask if you need any changes! Do you want me to write a headline?", "offer"),
        ("**Note:** I have removed the last paragraph to meet the word limit.", "notice"),
        ("**Word count:** 210\n\nThe ferry sank.", "prompt"),
        ("Feel free to ask at the harbour if you need a ticket. If you want, I can also row.", ""),
        ("Would you like me to wait? I have removed the nets to save the ferry.", ""),
        ("“If you want, I can also write a shorter version,” the page had read.", ""),
    ],
)
def test_leftovers(text: str, drawing: str) -> None:
    assert " ".join(x.kind for x in leftovers(text)) == drawing
