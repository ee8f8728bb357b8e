"""The same thing said: statements aligned along an edge, claims in the outlet's own voice, classes of claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from stemmata.collate.alignment import Alignment, Pair, alignment
from stemmata.collate.beside import Beside, read_in_doubt
from stemmata.collate.claims import claims, collation, told_alike
from stemmata.collate.likeness import Likeness, nearness
from stemmata.collate.nominations import statement_candidates
from stemmata.collate.parts import answered, said_parts
from stemmata.collate.passages import Passage, Reading, Row, Version
from stemmata.collate.rebuttal import rebutted
from stemmata.language.clauses import claims_in
from stemmata.language.quantities import quantities
from stemmata.language.senses import senses, senses_near
from stemmata.language.values import compared
from stemmata.language.wording import stem
from stemmata.model import Act, Span, Statement, statement_id
from stemmata.pairs import Excerpt, Judged
from stemmata.surface import sentences
from stemmata.weighing import Weighing

PERSON, BODY, CROWD = "named-person", "named-organisation", "unnamed-group"


def version(name: str, drawing: str) -> Version:
    """A version from a drawing: [source|cue|content]KIND, any of them in the order of the text, KIND p, o or g."""
    text, made = "", []
    at = 0
    for m in re.finditer(r"\[([^\]]*)\](\w)", drawing):
        text += drawing[at : m.start()]
        roles: dict[str, Span] = {}
        for piece in m[1].split("|"):
            role, words = piece.split(":", 1) if re.match(r"[scq]:", piece) else ("", piece)
            if role:
                roles[role] = Span(len(text), len(text) + len(words))
            text += words
        said = roles["q"].of(text)
        quoted = (said.startswith("“") and said.endswith("”")) or said.startswith("– ")
        content = (roles["q"],)
        made.append(
            Statement(
                id=statement_id(document=name, source=roles.get("s"), cue=roles.get("c"), content=content),
                document=name,
                source=roles.get("s"),
                cue=roles.get("c"),
                content=content,
                mode="direct" if quoted else "mixed" if "“" in roles["q"].of(text) else "indirect",
                act="deny" if "c" in roles and roles["c"].of(text).startswith("denied") else "assert",
                sourcing={"p": PERSON, "o": BODY, "g": CROWD, "a": "anonymous"}[m[2]],  # type: ignore[arg-type]
                confidence=0.95,
            )
        )
        at = m.end()
    text += drawing[at:]
    return Version(document=name, text=text, statements=tuple(made))


ORIGIN = version(
    "origin",
    "[s:Ana Reyk|, the minister of works, |c:said| |q:“The dam at Orrin will not stand another winter”]p.\n\n"
    "[q:Some 23 valves are rusted through|, |c:according to| |s:the Dam Authority]o.\n\n"
    "[s:Farmers in the valley| |c:fear| |q:that the ferry to Tolm may stop in May]g.\n\n"
    "The Orrin is the longest river of the province. It freezes in January.\n",
)
REWRITE = version(
    "rewrite",
    "The river Orrin freezes in January, and it is the longest of the province.\n\n"
    "Twenty-three valves have rusted through.\n\n"
    "[q:“The dam at Orrin will not stand another winter”|, |s:Reyk| |c:told| us]p.\n",
)


def told(v: Version, statement: str) -> str:
    return " ".join(span.of(v.text) for s in v.statements if s.id == statement for span in s.content)


def drawn(parent: Version, child: Version) -> dict[str, str]:
    made = collation([parent, child], [(parent.document, child.document)])
    by_name = {v.document: v for v in made.versions}
    pairs = made.alignments[0].pairs
    return {told(by_name[parent.document], p.parent): told(by_name[child.document], p.child) for p in pairs}


def test_statements_are_paired_and_a_dropped_attribution_is_found_in_the_outlets_own_voice() -> None:
    assert drawn(ORIGIN, REWRITE) == {
        "“The dam at Orrin will not stand another winter”": "“The dam at Orrin will not stand another winter”",
        "Some 23 valves are rusted through": "Twenty-three valves have rusted through",
    }


def test_figures_that_stand_together_elsewhere_are_another_claim() -> None:
    parent = version(
        "parent",
        "[s:Orrin Foods| |c:reported| |q:that net profit rose 12 percent to 84.5 million crowns]o. "
        "Revenue fell 3 percent to 1.21 billion crowns.",
    )
    turned = "[q:Sales slipped 3% to 1.21 billion crowns|, |s:Orrin Foods| |c:reported]o. Net income rose {}."
    found = alignment(parent, version("child", turned.format("12% to 84.5 million crowns")))
    sales = version("child", turned).statements[0].id
    assert sales not in {p.child for p in found.pairs}
    assert any("84.5" in s.content[0].of(turned.format("12% to 84.5 million crowns")) for s in found.own_voice)
    (pair,) = alignment(parent, version("child", turned.format("by an eighth"))).pairs
    assert pair.child == sales


@pytest.mark.parametrize(
    ("again", "paired"),
    [
        ("that the mayor had taken bribes", False),
        ("that traffic was barred from the viaduct", True),  # in wholly other words
    ],
)
def test_one_speaker_does_not_make_one_claim(again: str, paired: bool) -> None:
    one = version("a", "[s:Ana Reyk| |c:said| |q:that the bridge was closed]p.")
    other = version("b", f"[s:Ana Reyk| |c:said| |q:{again}]p.")
    assert bool(alignment(one, other).pairs) == paired


def test_a_clause_in_the_outlets_own_voice_is_a_statement_without_source_and_cue() -> None:
    (found,) = alignment(ORIGIN, REWRITE).own_voice
    assert (found.sourcing, found.mode, found.source, found.cue) == ("outlet", "indirect", None, None)
    assert found.content[0].of(REWRITE.text) == "Twenty-three valves have rusted through"


def test_background_that_the_parent_tells_too_is_nobodys_claim() -> None:
    assert all("freezes" not in s.content[0].of(REWRITE.text) for s in alignment(ORIGIN, REWRITE).own_voice)


def test_a_claim_in_own_voice_lives_on_in_the_grandchild() -> None:
    third = version("third", "In all, 23 valves have rusted through, and nobody has paid for new ones.\n")
    made = collation([third, ORIGIN, REWRITE], [("rewrite", "third"), ("origin", "rewrite")])
    found = claims(made.versions, made.alignments)
    documents = [{s.document for v in made.versions for s in v.statements if s.id in c.statements} for c in found]
    assert {"origin", "rewrite", "third"} in documents


def test_two_parents_are_told_of_one_clause() -> None:
    child = version("child", "Twenty-three valves have rusted through at the Orrin dam.\n")
    made = collation([ORIGIN, REWRITE, child], [("origin", "rewrite"), ("origin", "child"), ("rewrite", "child")])
    (clause,) = next(v for v in made.versions if v.document == "child").statements
    assert [p.child for a in made.alignments if a.child == "child" for p in a.pairs] == [clause.id, clause.id]


def test_the_order_of_arrival_changes_nothing() -> None:
    edges = [("origin", "rewrite")]
    assert collation([ORIGIN, REWRITE], edges) == collation([REWRITE, ORIGIN], edges)


def test_two_parents_are_told_of_a_statement_by_the_same_parts() -> None:
    two = "[s:Ana Reyk| |c:said| |q:that the dam leaks]p. [s:Reyk| |c:said| |q:that it may fail]p."
    one = "[s:Ana Reyk| |c:said| |q:that the dam leaks and may fail]p."
    o, p, q, r = (version(name, drawing) for name, drawing in (("o", two), ("p", two), ("q", two), ("r", one)))
    parts = [((), (Span(14, 28),)), ((), (Span(33, 41),))]

    def aligned(parent: Version, child: Version) -> Alignment:
        both = zip(parent.statements, child.statements * (2 if child is r else 1), parts, strict=True)
        found = [Pair(parent=a.id, child=b.id, score=0.9, part=x if child is r else ((), ())) for a, b, x in both]
        return Alignment(parent=parent.document, child=child.document, pairs=() if parent is q else tuple(found))

    found = collation([o, p, q, r], [("o", "p"), ("o", "q"), ("p", "r"), ("q", "r")], aligned=aligned)
    assert [p.part for a in found.alignments if (a.parent, a.child) == ("q", "r") for p in a.pairs] == parts


def test_a_long_chain_of_versions_is_aligned_parents_first() -> None:
    names = [f"v{n:04}" for n in range(1200)]
    edges = [(parent, child) for child, parent in pairwise(names)]
    versions = [Version(document=x, text="", statements=()) for x in names]
    found = collation(versions, edges, aligned=lambda p, c: Alignment(parent=p.document, child=c.document, pairs=()))
    assert [(a.parent, a.child) for a in found.alignments] == edges[::-1]


def test_the_same_quotation_elsewhere_is_the_same_claim() -> None:
    elsewhere = version(
        "elsewhere", "[q:“The dam at Orrin will not stand another winter”|, |s:Ana Reyk| |c:said| on the radio]p.\n"
    )
    found = claims([ORIGIN, elsewhere], [])
    shared = [c for c in found if len(c.statements) == 2]
    assert [c.gist for c in shared] == ["“The dam at Orrin will not stand another winter”"]


@pytest.mark.parametrize("origin", ["2031-02-01T08:00:00Z", None])
def test_the_gist_is_the_earliest_wording_and_none_that_a_version_made_of_it(origin: str | None) -> None:
    made = collation([ORIGIN, REWRITE], [("origin", "rewrite")])
    when = {"origin": origin, "rewrite": "2031-02-01T09:00:00Z"}
    assert "Some 23 valves are rusted through" in {c.gist for c in claims(made.versions, made.alignments, when)}


def test_the_gist_of_a_day_alone_gives_way_to_that_of_an_hour_of_it() -> None:
    other = version("a", "[q:“the dam at Orrin will not stand another winter”|, |s:Ana Reyk| |c:said| again]p.\n")
    for told, gist in (("2031-02-01T09:00:00Z", "“the dam"), ("2031-02-02T09:00:00Z", "“The dam")):
        found = claims([ORIGIN, other], [], {"origin": "2031-02-01", "a": told})
        assert [c.gist[:8] for c in found if len(c.statements) == 2] == [gist]


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("[s:Ana Reyk| |c:denied| |q:that the dam leaks]p.", "denied that the dam leaks"),
        ("[s:Ana Reyk| |c:rejected| |q:calls for a new dam]p.", "rejected calls for a new dam"),
        ("[s:Ana Reyk| |c:contradicted| |q:reports of a leak]p.", "contradicted reports of a leak"),
        ("[s:Ana Reyk| |c:withdrew| |q:her remark]p.", "withdrew her remark"),
        ("[s:Ana Reyk| |c:did not deny| |q:that the dam leaks]p.", "that the dam leaks"),
        ("[s:Ana Reyk| |c:said| |q:that the dam does not leak]p.", "that the dam does not leak"),
        ("[q:No gate leaks|, |s:Ana Reyk| |c:denied]p.", "No gate leaks"),
    ],
)
def test_the_gist_of_what_is_denied_says_so(text: str, gist: str) -> None:
    (found,) = claims([version("dam", text)], [])
    assert found.gist == gist


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("doctor", "physician", True),
        ("arrested", "detained", True),
        ("doctor", "harbour", False),
        ("Orrin", "dam", False),
    ],
)
def test_words_of_one_sense_are_near_and_a_name_is_near_to_nothing(one: str, other: str, near: bool) -> None:
    (((value,),)) = senses_near(senses([stem(one)]), senses([stem(other)])).tolist()
    assert (value > 0.2) == near


def test_a_claim_told_in_other_words_is_found_where_the_order_puts_it() -> None:
    parent = version(
        "parent",
        "[s:Ana Reyk| |c:said| |q:that the dam at Orrin leaks]p.\n\n"
        "[s:The Dam Authority| |c:said| |q:that a physician had been detained at the gate]o.\n\n"
        "[s:Tomas Oll| |c:said| |q:that the ferry to Tolm stops in May]p.\n",
    )
    child = version(
        "child",
        "[s:Ana Reyk| |c:said| |q:that the dam at Orrin leaks]p.\n\n"
        "[s:The Authority| |c:reported| |q:the arrest of a doctor near the entrance]o.\n\n"
        "[s:Tomas Oll| |c:said| |q:that the ferry to Tolm stops in May]p.\n",
    )
    assert drawn(parent, child)["that a physician had been detained at the gate"] == (
        "the arrest of a doctor near the entrance"
    )


LIKENESS = [
    # what the parent says, what the child says, some of the evidence that it is one claim
    ("“The dam will not stand another winter”", "“will not stand another winter”", {
        "both quoted": 1.0, "quoted run": 5 / 8, "quoted share": 5 / 7, "of the child": 1.0}),
    ("“It will not stand”", "“stand it will not”", {"quoted run": 3 / 8, "quoted share": 3 / 4, "of both": 1.0}),
    ("the electricity in Orrin fails", "the electrical ferry in Tolm is late", {
        "soft words": 1 / 3, "names": 0.0, "names apart": 1.0, "numbers same": 0.0, "quoted run": 0.0}),
    ("that 23 valves leak", "that 31 valves leak", {"numbers changed": 1 / 2, "rare words": 2 / 6}),
    ("that twenty-three valves leak", "that 23 gates leak", {"numbers changed": 0.0, "numbers same": 1 / 2}),
    ("it may", "it may", {"short": 1.0, "source": 1.0, "source apart": 0.0, "no rare word": 1.0}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), LIKENESS)
def test_the_evidence_that_two_statements_tell_one_claim(before: str, after: str, expected: dict[str, float]) -> None:
    said = "[s:Ana Reyk| |c:said| |q:{}]p."
    parent, child = (Reading(version(k, said.format(x))) for k, x in (("p", before), ("c", after)))
    (found,) = statement_candidates(parent, child)
    assert {name: found.evidence[name] for name in expected} == pytest.approx(expected)


def test_a_pair_has_the_same_evidence_alone_and_beside_all_others() -> None:
    said = ["[s:Ana Reyk| |c:said| |q:{}]p. ", "[q:{}|, |c:said| |s:the Dam Authority]o. "]
    told = [[x for row in LIKENESS for x in row[:2]][k:] for k in (0, 1)]
    parent, child = (
        Reading(version(name, "".join(said[n % 2].format(x) for n, x in enumerate(row))))
        for name, row in zip(("p", "c"), told, strict=True)
    )
    every = list(statement_candidates(parent, child))
    assert len(every) == len(parent.told) * len(child.told) == 132
    one = np.zeros(1, np.intp)
    for c in every:
        a, b = Row([parent.told[c.parent]]), Row([child.told[c.again]])
        (alone,) = Likeness(a, b, one, one, nearness(a, b)).rows()
        near = {name for name in alone if name.startswith("sense")}  # told by a product of matrices
        assert {k: x for k, x in alone.items() if k not in near} == {k: c.evidence[k] for k in alone.keys() - near}
        assert {k: alone[k] for k in near} == pytest.approx({k: c.evidence[k] for k in near}, abs=1e-6)


def test_a_statement_is_ahead_of_the_best_other_one() -> None:
    parent = Reading(
        version("p", "[s:Ana Reyk| |c:said| |q:the inner gates leak]p. [q:Boats wait|, |c:said| |s:Orlu]p.")
    )
    child = Reading(
        version("c", "[s:Ana Reyk| |c:said| |q:the inner gates leak]p. [q:the gates rust|, |c:said| |s:Orlu]p.")
    )
    found = {(c.parent, c.again): c.evidence for c in statement_candidates(parent, child)}
    for (i, j), e in found.items():
        assert e["ahead of parent's others"] == e["of both"] - found[i, 1 - j]["of both"]
        assert e["ahead of child's others"] == e["of both"] - found[1 - i, j]["of both"]
    (alone,) = statement_candidates(
        parent, Reading(replace(child.version, statements=child.version.statements[:1]))
    ).among(np.array([True, False]))
    assert alone.evidence["ahead of parent's others"] == 0.3
    assert not list(statement_candidates(parent, Reading(version("e", "Boats wait."))))


def test_chances_of_many_pairs_are_those_of_each() -> None:
    parent, child = Reading(ORIGIN), Reading(REWRITE)
    scale = Weighing(weights={"of both": 3.7, "order": -1.1, "names": 0.3}, constant=-0.9, threshold=0.5)
    found = statement_candidates(parent, child)
    assert found.chances(scale) == [scale.probability(c.evidence) for c in found]
    assert found.likely(scale) == [(p, c) for c in found if (p := scale.probability(c.evidence)) >= 0.5] != []


def test_a_clause_that_leaves_out_who_told_whom_is_known_from_a_report_of_it() -> None:
    reporter = "[s:Ana Reyk| |c:said| |q:that the ministry was warned by the union that the dam at Orrin leaks]p.\n"
    inner = "Ana Reyk said that the ministry was warned by [s:the union| |c:that| |q:the dam at Orrin leaks]o.\n"
    outer, reported = version("parent", reporter), version("parent", inner)
    parent = Reading(replace(outer, statements=(*outer.statements, *reported.statements)))
    for words, share in (("The dam at Orrin leaks.", 0.0), ("The ministry was warned by the union.", 1.0)):
        clause = Passage(Reading(version("child", words)), (Span(0, len(words) - 1),))
        whole, part = (n.evidence(clause) for n in parent.nestings)
        assert whole["reports another"] == part["reported by another"] == 1.0
        assert whole["reports another, frame told"] == pytest.approx(share, abs=0.05)
        assert part["reported by another, frame told"] == pytest.approx(share, abs=0.05)


def test_what_is_read_is_weighed_by_the_manner_of_the_whole_version() -> None:
    late = "[s:Tomas Orlu| |c:said| |q:{}]p."
    parent = version("p", "[s:Ana Reyk| |c:said| |q:the inner gates leak]p. " + late.format("the ferry is late"))
    copied = version("c", "[s:Ana Reyk| |c:said| |q:the inner gates leak]p. " + late.format("boats delay us"))
    reworded = version("r", "[s:Reyk| |c:held| |q:the gates inside drip]p. " + late.format("boats delay us"))
    first = Weighing(weights={"of both": 1.0}, constant=0.1, threshold=0.5)  # of which nothing is sure
    kept = []
    for child in (copied, reworded):
        beside = Beside(Reading(parent), Reading(child))
        sure, read = read_in_doubt(beside, statement_candidates(beside.parent, beside.child), first)
        assert len(read) == 4 and not sure
        assert [{k: c.evidence[k] for k in beside.manner} for c in read] == [beside.manner] * 4
        kept.append(beside.manner["words kept"])
    assert kept[0] > kept[1]


def test_what_nothing_was_paired_with_is_given_back_with_its_doubts() -> None:
    found = alignment(ORIGIN, REWRITE)
    (loose,) = found.loose
    assert told(ORIGIN, loose.statement) == "that the ferry to Tolm may stop in May"
    assert 0.0 <= loose.evidence["likeliest"] < 0.5


VALUES = [
    ("twenty-three lamps", 23),
    ("1,340 items", 1340),
    ("two million six hundred thousand people", 2_600_000),
    ("2.6 million users", 2_600_000),
    ("seven hundred and fifty men", 750),
    ("300 crore tolas", 3_000_000_000),
    ("a dozen boats", 12),
    ("£1.2m", 1_200_000),
    ("on October 4", 1004),
    ("on the 4th of October", 1004),
    ("4 p.m.", 16 * 3600),
    ("12 am", 0),
    ("12:30 a.m.", 1800),
    ("at 17:00", 17 * 3600),
    ("half a million people", 500_000),
    ("a quarter of a million people", 250_000),
    ("half a dozen boats", 6),
    ("two and a half million people", 2_500_000),
    ("half of the boats", 0.5),
    ("it fell to -5 degrees", -5),
    ("minus five degrees", -5),
    ("it sank--5 boats in all", 5),
    ("-$5 million", -5_000_000),
    ("a Corvane-737 jet", 737),
    ("two fifths of it", 0.4),
    ("33 per cent", 0.33),
    ("one in six farms", 1 / 6),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_a_number_is_its_value(text: str, value: float) -> None:
    (found,) = quantities(text, (Span(0, len(text)),))
    assert found.value == pytest.approx(value)


SAME = [
    ("23 lamps", "twenty-three lights", True),
    ("a third of the grain", "33 percent of the grain", True),
    ("15 kilometres", "about 9.3 miles", True),
    ("October 4", "4 October", True),
    ("two weeks", "14 days", True),
    ("8.2 million people", "8,200,000 people", True),
    ("5 p.m.", "17:00", True),
    ("5 p.m.", "5 a.m.", False),
    ("half a million people", "500,000 people", True),
    ("-5 degrees", "5 degrees", False),
    ("18,000 troops", "28,000 soldiers", False),
    ("1,340 items", "13,400 items", False),
    ("$83", "€83", False),
    ("11.4 per cent", "1.4 per cent", False),
    ("one night in nine", "one night in ninety", False),
]


@pytest.mark.parametrize(("parent", "child", "same"), SAME)
def test_numbers_are_compared_as_values(parent: str, child: str, same: bool) -> None:
    found = compared(*(quantities(t, (Span(0, len(t)),)) for t in (parent, child)))
    assert (not found.changed) == same


def stretches(text: str, spans: Sequence[Span]) -> list[str]:
    return [s.of(text) for s in spans]


def test_a_sentence_ends_where_it_ends() -> None:
    text = "Dr. Reyk came at 4 p.m. with Mr. Oll. “It leaks,” she said. On Oct. 9 it broke.\n\nNobody saw it"
    assert stretches(text, sentences(text)) == [
        "Dr. Reyk came at 4 p.m. with Mr. Oll.", "“It leaks,” she said.", "On Oct. 9 it broke.", "Nobody saw it",
    ]  # fmt: skip


def test_clauses_are_a_sentence_and_what_runs_between_its_joints() -> None:
    text = "The dam leaks badly, and the valves are rusted."
    assert set(stretches(text, claims_in(text, Span(0, len(text))))) == {
        "The dam leaks badly, and the valves are rusted", "The dam leaks badly", "the valves are rusted",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defences", "defense"),
        ("organised", "organize"),
        ("kilometres", "kilometers"),
        ("stole", "steal"),
        ("harbour", "harbors"),
        ("denied", "denies"),
        ("died", "dies"),
        ("raise", "raised"),
        ("arising", "arise"),
        ("won", "win"),
        ("led", "leads"),
        ("neighbourhoods", "neighborhood"),
        ("colourful", "colorful"),
        ("Reyk’s", "Reyk"),
    ],
)
def test_inflection_and_spelling_are_folded(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("again", "turned", "alike"),
    [
        ("ab ac", "", "abcde"),
        ("ab ac cd", "ac", "abe cd"),  # what is made from one that negates goes with it
        ("ab bc cd", "ab cd", "ae bc d"),
        ("ab ac bd cd", "cd", "abcde"),  # another parent tells it as the child does
        ("ab bx", "bx", "abcde"),  # of another claim
    ],
)
def test_who_negates_a_claim_tells_it_apart(again: str, turned: str, alike: str) -> None:
    found = told_alike(["abcde"], [(p, c) for p, c in again.split()], {(p, c) for p, c in turned.split()})
    assert " ".join(sorted("".join(group) for group in found)) == alike


def test_a_clause_that_a_source_and_its_cue_close_is_nobodys_own_voice() -> None:
    told = "I may write stories for children, but I do not expect to write another novel."
    parent = version("parent", f"[s:Ana Reyk|: |q:“{told}”]p.")
    for said, own in (("|s:she| |c:said|,", 0), ("", 1)):
        again = f"[She may write stories for children, {said} but does not expect to write another novel, |q:ever]p."
        child = version("child", again)
        found = alignment(parent, child).own_voice
        assert sum("may write" in s.content[0].of(child.text) for s in found) == own


@pytest.mark.parametrize(
    ("sentence", "clause", "spoken", "torn"),
    [
        ("The board met Ana Reyk, who had called the dam a ruin.", "who had called the dam a ruin", True, False),
        ("The board met the Authority, which also denies the leak.", "which also denies the leak", True, False),
        ("The board sold the dam, which was called a ruin in 2031.", "which was called a ruin in 2031", False, False),
        ("The board met Ana Reyk, who has 23 valves to replace.", "who has 23 valves to replace", False, False),
        ("Orrin and Tolm remained far apart on Wednesday.", "Tolm remained far apart on Wednesday", False, True),
        ("Orrin and Tolm remained far apart.", "Orrin and Tolm remained far apart", False, False),
        ("And Tolm remained far apart on Wednesday.", "Tolm remained far apart on Wednesday", False, False),
        ("The dam leaks, and Tolm has no ferry at all.", "Tolm has no ferry at all", False, False),
        ("Over 43,000 homes at Orrin are cut off and will be for weeks.", "will be for weeks", False, False),
    ],
)
def test_a_clause_that_others_say_or_that_lacks_half_its_subject_is_no_own_voice(
    sentence: str, clause: str, spoken: bool, torn: bool
) -> None:
    reading = Reading(version("child", "[s:Reyk| |c:said| |q:it leaks]p. " + sentence))
    start = reading.text.index(clause)
    span = Span(start, start + len(clause))
    assert (reading.spoken(span), reading.torn(span)) == (spoken, torn)


@pytest.mark.parametrize(("who", "paired"), [("Ilse Falk", False), ("Jon Reyk", True)])
def test_two_who_say_it_say_nothing_alike(who: str, paired: bool) -> None:
    parent = version("parent", "The dam may leak. [s:Jon Reyk| |c:contradicted| |q:him]p.")
    child = version("child", f"The ferry may stop. [s:{who}| |c:denied| |q:it]p.")
    assert bool(alignment(parent, child).pairs) is paired


@pytest.mark.parametrize(
    ("one", "other", "acts", "two"),
    [
        # who denies, and what is denied
        ("p Jon Falk, said, the guards had fired", "o The port, denied, that they had fired", "", True),
        ("p Jon Falk, said, the guards had fired", "o The port, said, that they had fired", "", False),
        # who is asked to, and will not
        ("p Ilse Brenn, called on, Jon Falk to resign", "p Jon Falk, said, he would not resign", "ud", True),
        ("p Ilse Brenn, called on, Jon Falk to resign", "p the minister, said, he would not resign", "up", True),
        ("p Ilse Brenn, called on, Jon Falk to resign", "p Otto Vels, said, he would resign", "up", False),
        ("p Ilse Brenn, called on, Jon Falk to resign", "p Ilse Brenn, said, he must resign", "ua", False),
        # the one speaks of the other
        ("p Ilse Brenn, said, Orrin Dairies would close", "o Orrin Dairies, said, it had no plan to close", "", True),
        ("p Ilse Brenn, said, Orrin Dairies would close", "o Orrin Dairies, said, it was about to close", "", False),
        ("p Ilse Brenn, said, the ferry would stop", "p Jon Falk, said, no ferry would go", "", False),
        # a figure that is called wrong
        ("p Ilse Brenn, said, 340 litres had leaked", "p Jon Falk, said, the figure of 340 was wrong", "", True),
        ("g Residents, said, 340 litres had leaked", "p Jon Falk, said, the figure of 340 was wrong", "", False),
    ],
)
def test_who_answers_a_claim_tells_another(one: str, other: str, acts: str, two: bool) -> None:
    act: dict[str, Act] = {"u": "urge", "d": "deny", "a": "assert", "p": "promise"}
    made = [
        version(name, "[s:{}| |c:{}| |q:{}]{}.".format(*drawing[2:].split(", "), drawing[0]))
        for name, drawing in (("one", one), ("other", other))
    ]
    a, b = (
        Reading(replace(v, statements=tuple(replace(s, act=act[acts[k]] if acts else s.act) for s in v.statements)))
        for k, v in enumerate(made)
    )
    assert (rebutted(a.told[0], b.told[0]), rebutted(b.told[0], a.told[0])) == (two, two)


@pytest.mark.parametrize(
    ("who", "says", "same", "answers", "two"),
    [
        ("Jon Falk", "the ferry will stop", 3.0, 2.0, False),
        ("Jon Falk", "the ferry will stop", 3.0, 3.5, True),  # rather an answer
        ("Jon Falk", "the ferry will not stop", 3.0, 2.5, True),  # less sure, but the other way round
        ("Jon Falk", "the ferry will not stop", 3.0, 1.5, False),
        ("Jon Falk", "the ferry will stop", -2.0, -3.0, True),  # two claims, whoever says them
        ("Ilse Brenn", "the ferry will not stop", 3.0, 3.5, False),  # a rewrite may turn round what she said
    ],
)
def test_what_reads_as_an_answer_of_another_speaker_is_another_claim(
    who: str, says: str, same: float, answers: float, two: bool
) -> None:
    def judge(pairs: Sequence[tuple[Excerpt, Excerpt]]) -> Judged:
        either = np.full(len(pairs), same, np.float32), np.full(len(pairs), answers, np.float32)
        return Judged(*either, np.zeros((len(pairs), 4), np.float32))

    parent, child = (
        replace(v, statements=tuple(replace(s, actor=s.source.of(v.text) if s.source else None) for s in v.statements))
        for v in (
            version("parent", "[s:Ilse Brenn| |c:said| |q:the ferry will stop]p."),
            version("child", f"[s:{who}| |c:said| |q:{says}]p."),
        )
    )
    beside = Beside(Reading(parent), Reading(child), judge)
    assert beside.apart([(0, 0)]) == ({(0, 0)} if two else set())


QUOTED = "[q:“We have nothing to hide from anybody in this valley”|, |s:{}| |c:said]p. "


@pytest.mark.parametrize(("cue", "sizes"), [("said", [2, 2]), ("denied", [1, 1, 2])])
def test_a_denial_elsewhere_is_no_member_of_what_it_denies(cue: str, sizes: list[int]) -> None:
    said = "that the ferry to Tolm would stop in May"
    one, other = (
        version(name, QUOTED.format("Ana Reyk") + f"[s:{who}| |c:{cue}| |q:{said}]p.")
        for name, who, cue in (("one", "Jon Falk", "said"), ("other", "Ilse Brenn", cue))
    )
    assert sorted(len(c.statements) for c in claims([one, other], [])) == sizes


def test_a_clause_of_a_denial_tells_no_part_of_what_it_denies() -> None:
    parent = version(
        "parent", "[s:Ilse Brenn| |c:said| |q:Orrin Dairies was expected to file for bankruptcy within weeks]p."
    )
    child = version(
        "child", "[s:Orrin Dairies| |c:said| |q:that it was solvent and had no plan to file for bankruptcy]o."
    )
    assert not alignment(parent, child).pairs


TURN = (
    "Q: Will the dam at Orrin hold?\n\n[s:A|: |q:I warned the board of the dam in May, and nobody listened to me. "
    "I have no proof that they read my letters. A ferry will cross the Orrin by March 10.]p\n"
)


@pytest.mark.parametrize(
    ("again", "part"),
    [
        ("Ana Reyk has proof that the board read her letters|, |s:she", "I have no proof that they read my letters."),
        ("a ferry would cross the Orrin by March 10|, |s:she", "A ferry will cross the Orrin by March 10."),
        ("the board had been warned of the dam in May|, |s:Reyk", None),  # what the first tells, again
        ("the valves were rusted through|, |s:she", None),  # what nobody said
    ],
)
def test_a_turn_of_several_sentences_is_told_in_parts(again: str, part: str | None) -> None:
    parent = version("parent", TURN)
    child = version(
        "child", f"[s:Ana Reyk| |c:said| |q:she had warned the board of the dam in May]p. [q:{again}| |c:said]p."
    )
    found = {told(child, p.child): p for p in alignment(parent, child).pairs}
    more = found.get(again.split("|")[0])
    assert (" ".join(x.of(parent.text) for x in more.part[0]) if more else None) == part
    if more:  # and the first keeps the rest
        rest = " ".join(x.of(parent.text) for x in found["she had warned the board of the dam in May"].part[0])
        assert rest == TURN.split("q:")[1].split("]")[0].replace(part or "", "").replace("  ", " ").strip()


DOCKERS = "that nine of the dockers would be charged by Friday"


@pytest.mark.parametrize("joint", [" and that ", ", while ", " and "])
def test_a_sentence_of_two_clauses_is_told_in_two(joint: str) -> None:
    rest = "the other five could be freed if they paid a fine"
    parent = version("parent", f"[s:Ana Reyk| |c:said| |q:{DOCKERS}{joint}{rest}]p.")
    first, second = "nine dockers would be charged by Friday", "The five others could be freed if they paid"
    child = version("child", f"[s:Ana Reyk| |c:said| |q:{first}]p. [q:{second}|, |s:she| |c:said]p.")
    for one, other, side in ((parent, child, 0), (child, parent, 1)):
        pairs = {told(child, (p.child, p.parent)[side]): p for p in alignment(one, other).pairs}
        parts = [" ".join(x.of(parent.text) for x in pairs[k].part[side]) for k in (first, second)]
        assert [x.removeprefix("that ") for x in parts] == [DOCKERS.removeprefix("that "), rest]


def test_a_claim_that_is_told_in_a_relative_clause_of_another_is_told() -> None:
    need = "the town would need the votes of the harbour board for any budget"
    parent = version(
        "parent",
        f"[s:Ana Reyk| |c:said| |q:that {need}]p. [s:She| |c:said| |q:the board might demand the ministry of ports]p.",
    )
    child = version(
        "child",
        "[q:For its budget the town would need the votes of the harbour board, which could demand the ministry of "
        "ports in return|, |c:said| |s:Ana Reyk]p.",
    )
    first, second = alignment(parent, child).pairs
    parts = [" ".join(x.of(child.text) for x in p.part[1]) for p in (first, second)]
    assert parts[0].endswith("the harbour board") and parts[1].startswith("which could demand")


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("the dam at Orrin leaks and the valves of it are rusted", 2),
        ("it leaks and the valves are rusted; nobody has been told of it", 2),  # "it leaks" is short
        ("the dam and the valves of the lock would be mended in May", 1),
        ("the dam would be mended and painted in the spring of 2031", 1),
        ("the dam at Orrin would be mended, but the town would pay. Nobody has been told of it.", 2),
        ("it had not been told of the leak and would look into the matter", 2),
        ("the town would have to rely on the harbour board, which might want its cranes in return", 2),
        ("it would help those who might want the cranes in return", 1),
    ],
)
def test_main_clauses_in_a_row_are_parts(said: str, parts: int) -> None:
    v = version("parent", f"[s:Ana Reyk| |c:said| |q:{said}]p.")
    assert len(said_parts(v.text, v.statements[0])) == parts


@pytest.mark.parametrize(
    ("partner", "left"),
    [
        ("whale ocean", "That is what it was, and the committee approved the budget for schools."),
        ("committee approve budget school", "That is what it was, and the committee approved the budget for schools."),
    ],
)
def test_a_clause_that_says_nothing_is_no_answer(partner: str, left: str) -> None:
    text = "That is what it was, and the committee approved the budget for schools."
    kept = answered(text, (Span(0, len(text)),), [stem(w) for w in partner.split()])
    assert text[kept[0].start : kept[-1].end] == left


def test_a_quotation_of_the_child_may_tell_two_statements() -> None:
    one, two = "The dam at Orrin will not stand another winter.", "Some 23 valves are rusted through."
    parent = version("parent", f"[q:“{one}”| |s:Ana Reyk| |c:said]p. The board met. [q:“{two}”| |s:she| |c:said]p.")
    child = version("child", f"[q:“{one} {two}”| |s:Reyk| |c:said]p.")
    pairs = alignment(parent, child).pairs
    assert {told(parent, p.parent): p.part[1][0].of(child.text).strip("“”") for p in pairs} == {
        f"“{x}”": x for x in (one, two)
    }


def test_a_sentence_that_its_frame_interrupts_is_told_in_two() -> None:
    parent = version(
        "parent",
        "[q:The income from tolls is expected to halve by the end of the year|, |s:Ana Reyk| |c:said]p, "
        "if the ferry at Tolm closes in June as planned.",
    )
    (said,) = parent.statements
    rest = Span(parent.text.index("if the ferry"), len(parent.text) - 1)
    parent = replace(parent, statements=(replace(said, content=(*said.content, rest)),))
    main, tied = (
        "that tolls will bring in half as much by the end of the year",
        "the ferry at Tolm closes in June as planned",
    )
    child = version("child", f"[s:She| |c:assumes| |q:that {tied}]p. [s:She| |c:reckons| |q:{main}]p.")
    pairs = {told(child, p.child): [x.of(parent.text) for x in p.part[0]] for p in alignment(parent, child).pairs}
    assert pairs == {f"that {tied}": [rest.of(parent.text)], main: [said.content[0].of(parent.text)]}
