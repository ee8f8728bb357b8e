"""What is done by saying it: what the words of a statement show, and what a cue allows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stemmata.acts import Fitted, Said, agreed, around, chances, features, fitted, likeliest
from stemmata.model import ACTS, Act, Sourcing, Span, Statement

NO_OPINION = np.full((1, len(ACTS)), -np.log(len(ACTS)), np.float32)


def said(cue: str, content: str, *, source: str = "Reyk", lead: str = "") -> Said:
    return Said(source=source, cue=cue, content=content, lead=lead, mode="indirect", sourcing="named-person")


@pytest.mark.parametrize(
    ("cue", "told"),
    [
        ("said", "assert"),
        ("has denied", "deny"),
        ("warned of", "threaten"),
        ("accused", "accuse"),
        ("blasted", "criticise"),
        ("hailed", "praise"),
        ("", "assert"),
        ("did not deny", "assert"),
        ("no longer disputes", "assert"),
        ("no longer demanded", "assert"),
        ("did not say", "deny"),
        ("never said", "deny"),
        ("hasn’t ever claimed", "deny"),
        ("were not spoken by", "deny"),
        ("never accused", "deny"),
        ("does not expect", "predict"),
        ("said not", "assert"),
        ("failed to deny", "assert"),
        ("did not accept", "deny"),
        ("refused to accept", "deny"),
    ],
)
def test_a_cue_allows_some_acts_only(cue: str, told: str) -> None:
    by_encoder = [0.1] * len(ACTS)
    by_encoder[ACTS.index("assert")], by_encoder[ACTS.index("threaten")] = 0.5, 0.3
    by_encoder[ACTS.index("criticise")] = 0.2
    (found,) = chances(np.array([by_encoder]), NO_OPINION, [said(cue, "it holds")])
    assert likeliest(found) == told
    assert sum(found) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("source", "lead", "told"),
    [("No one", "", "assert"), ("Neither Reyk nor Orlu", "", "assert"), ("she", "Nor did ", "assert"),
     ("Reyk", "Nor did it rain. ", "deny")],
)  # fmt: skip
def test_who_does_not_deny_it_asserts_it(source: str, lead: str, told: str) -> None:
    words = said("denied", "that it leaks", source=source, lead=lead)
    (found,) = chances(np.full((1, len(ACTS)), 0.1), NO_OPINION, [words])
    assert likeliest(found) == told


@pytest.mark.parametrize(
    ("cue", "content", "likely", "told"),
    [
        ("said", "Yes. I do not want to go.", "deny", "criticise"),
        ("said", "that the story about the depot is a fairy tale", "assert", "deny"),
        ("says", "reports of a departure were “wishful thinking” by agencies", "assert", "deny"),
        ("said", "the story about the depot is no fairy tale", "assert", "assert"),
        ("said", "neither story about the depot is a fairy tale", "assert", "assert"),
        ("said", "it would be wrong to say the story is a fairy tale", "assert", "assert"),
        ("said", "we were not there. The story is a fairy tale", "assert", "deny"),
        ("", "That is false. The thing was forty years old", "assert", "deny"),
        ("said", "“That’s a plain lie,”", "assert", "deny"),
        ("said", "It isn’t true", "assert", "deny"),
        ("turned", "the offer down", "assert", "deny"),
        ("ruled", "that it is right", "assert", "assert"),
        ("said", "It is wrong to wait", "assert", "assert"),
        ("said", "That is not false", "assert", "assert"),
        ("accused", "him of what was a fabrication", "accuse", "accuse"),
        ("called", "the offer a manoeuvre to win time", "urge", "criticise"),
        ("called", "the offer a ploy", "praise", "criticise"),
        ("called", "the offer brave", "praise", "praise"),
        ("described", "as false reports that the tank had leaked", "criticise", "deny"),
        ("dismissed as untrue", "that it had leaked", "criticise", "deny"),
        ("called", "it “a pure invention”", "accuse", "deny"),
        ("never called", "it a lie", "assert", "assert"),
        ("called for", "an inquiry", "urge", "urge"),
        ("said", "those responsible must face a court", "deny", "criticise"),
        ("said", "he must not have known", "deny", "deny"),
        ("said", "President Milan Dor will address the nation on Wednesday", "threaten", "criticise"),
        ("said", "it would publish the list unless it was paid", "threaten", "threaten"),
    ],
)
def test_words_rule_out_some_acts(cue: str, content: str, likely: Act, told: Act) -> None:
    by_encoder = [0.01] * len(ACTS)
    by_encoder[ACTS.index("criticise")], by_encoder[ACTS.index(likely)] = 0.1, 0.6
    assert likeliest(*chances(np.array([by_encoder]), NO_OPINION, [said(cue, content)])) == told


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        (said("told reporters", "the dam"), {"c=told", "cs=reporter", "cb=told reporters", "cm=told indirect"}),
        (said("said", "the Dravna will fall"), {"b=^ the", "b=the _", "b=_ will", "b=will _", "h=will"}),
        (said("said", "we don’t pay 40 crowns"), {"h=we", "h=not", "w=#", "kh=any not", "hh=not we"}),
        (said("said", "a bribe to the board"), {"h=deed"}),
        (said("denied", "that it was so"), {"k=deny", "kh=deny past"}),
        (said("wants", "to see it"), {"to", "k=urge propose"}),
        (said("said", "no", lead="in June, but "), {"l=but"}),
        (said("said", "we will not"), {"w0=we", "w1=will", "w-1=_", "not first 1", "not-1=will", "not+1=$"}),
        (said("said", "no", source="the will of the people"), {"o=the", "o=will"}),
    ],
)
def test_what_the_words_show(statement: Said, shown: set[str]) -> None:
    assert shown <= set(features(statement, None, None, {"the", "will", "we"}))


def test_a_word_that_is_not_known_is_not_shown() -> None:
    assert not any("dravna" in n for n in features(said("said", "the Dravna will fall"), None, None, {"the"}))


def test_neighbours_tell_their_cue_and_whether_the_same_one_speaks() -> None:
    got = set(features(said("said", "no"), said("accused", "it"), said("said", "so", source="Brandt"), ()))
    assert {"pk=accuse", "p=same", "nk=any"} <= got
    assert "n=same" not in got


def test_words_and_encoder_count_the_same() -> None:
    words = Fitted(("w=will",), np.zeros((1, len(ACTS)), np.float32), np.zeros(len(ACTS), np.float32))
    words.weights[0, ACTS.index("promise")] = 3.0
    by_words = words.log_chances([(said("said", "it will hold"), None, None)])
    assert np.exp(by_words).sum() == pytest.approx(1, abs=1e-3)
    unsure, sure = np.full((1, len(ACTS)), 1 / len(ACTS)), np.full((1, len(ACTS)), 0.01)
    sure[0, ACTS.index("assert")] = 0.6
    assert likeliest(*chances(unsure, by_words, [said("said", "it will hold")])) == "promise"
    assert likeliest(*chances(sure, by_words, [said("said", "it will hold")])) == "assert"


def test_acts_are_told_of_each_statement_by_itself() -> None:
    rng = np.random.default_rng(7)
    words = Fitted(("w=will", "pk=any", "p=same"), rng.normal(size=(3, len(ACTS))), np.zeros(len(ACTS)))
    told = around([said("said", "it will hold"), said("denied", "it"), said("warned", "we will see")])
    assert [before and before.cue for _, before, _ in told] == [None, "said", "denied"]
    assert [after and after.cue for _, _, after in told] == ["denied", "warned", None]
    by_encoder, by_words = rng.dirichlet(np.ones(len(ACTS)), 3), words.log_chances(told)
    every = [s for s, _, _ in told]
    alone = [chances(by_encoder[[k]], words.log_chances([one]), [one[0]])[0] for k, one in enumerate(told)]
    assert chances(by_encoder, by_words, every) == alone
    assert chances(by_encoder[:0], words.log_chances([]), []) == []


def test_what_is_stored_is_read_again() -> None:
    words = Fitted(("c=said", "w=dam"), np.ones((2, len(ACTS)), np.float32), np.zeros(len(ACTS), np.float32))
    again = fitted(words.stored)
    assert again.names == words.names
    assert again.known == {"dam"}
    assert again.weights == pytest.approx(words.weights)


def test_without_fitted_words_all_acts_are_alike() -> None:
    assert len(set(fitted({}).log_chances([(said("said", "it"), None, None)])[0].tolist())) == 1


def one(id: str, acts: dict[Act, float], sourcing: Sourcing = "named-person") -> Statement:
    shares = tuple(acts.get(a, 0.0) for a in ACTS)
    return Statement(
        id=id, document=f"d{id}", source=None, cue=None, content=(Span(0, 1),), mode="indirect",
        act=likeliest(shares), sourcing=sourcing, confidence=1.0, acts=shares,
    )  # fmt: skip


def acts_of(claims: list[list[Statement]]) -> dict[str, str]:
    return {k: act for k, (act, _) in agreed(claims).items()}


def test_what_one_wording_leaves_open_the_others_of_its_claim_tell() -> None:
    open_, *sure = one("a", {"assert": 0.5, "promise": 0.45}), *(one(k, {"promise": 0.9, "assert": 0.1}) for k in "bc")
    assert acts_of([[open_]]) == {"a": "assert"}
    assert acts_of([[open_, *sure]]) == {"a": "promise", "b": "promise", "c": "promise"}
    assert acts_of([[open_], sure]) == {"a": "assert", "b": "promise", "c": "promise"}


def test_how_likely_an_act_is_goes_by_all_that_tell_its_claim() -> None:
    open_, *sure = one("a", {"assert": 0.5, "promise": 0.45}), *(one(k, {"promise": 0.9, "assert": 0.1}) for k in "bc")
    assert agreed([[open_]])["a"] == ("assert", 0.5)
    alone, among = agreed([[sure[0]]])["b"][1], agreed([[open_, *sure]])["b"][1]
    assert alone == 0.9 and 0.9 < among < 1.0
    assert 0.5 < agreed([[open_, *sure]])["a"][1] < among


def test_the_others_lend_no_act_that_the_cue_rules_out() -> None:
    denied = one("a", {"deny": 1.0})
    assert agreed([[denied, *(one(k, {"assert": 1.0}) for k in "bcdef")]])["a"] == ("deny", 1.0)


def test_an_outlet_s_own_voice_takes_the_act_and_lends_none() -> None:
    own = [one(k, {"assert": 0.9, "accuse": 0.1}, "outlet") for k in "xyz"]
    accused = [one(k, {"accuse": 0.8, "assert": 0.2}) for k in "ab"]
    found = acts_of([[*own, *accused]])
    assert found["a"] == found["b"] == "accuse"
    assert found["x"] == found["y"] == found["z"]


def test_a_statement_whose_chances_are_not_known_keeps_its_act() -> None:
    assert agreed([[replace(one("a", {"assert": 1.0}), acts=())]]) == {}
