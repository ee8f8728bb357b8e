"""What is done by saying it: what the words of a statement show, and what a cue allows."""

from __future__ import annotations

import numpy as np
import pytest

from stemmata.acts import Fitted, Said, act, features, fitted
from stemmata.model import ACTS

NO_OPINION = np.full(len(ACTS), -np.log(len(ACTS)), np.float32)


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
    ],
)
def test_a_cue_allows_some_acts_only(cue: str, told: str) -> None:
    chances = [0.1] * len(ACTS)
    chances[ACTS.index("assert")], chances[ACTS.index("threaten")] = 0.5, 0.3
    chances[ACTS.index("criticise")] = 0.2
    assert act(chances, NO_OPINION, cue) == told


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
    by_words = words.log_chances(said("said", "it will hold"), None, None)
    assert np.exp(by_words).sum() == pytest.approx(1, abs=1e-3)
    sure = [0.01] * len(ACTS)
    sure[ACTS.index("assert")] = 0.6
    assert act([1 / len(ACTS)] * len(ACTS), by_words, "said") == "promise"
    assert act(sure, by_words, "said") == "assert"


def test_what_is_stored_is_read_again() -> None:
    words = Fitted(("c=said", "w=dam"), np.ones((2, len(ACTS)), np.float32), np.zeros(len(ACTS), np.float32))
    again = fitted(words.stored)
    assert again.names == words.names
    assert again.known == {"dam"}
    assert (again.weights == words.weights).all()


def test_without_fitted_words_all_acts_are_alike() -> None:
    assert len(set(fitted({}).log_chances(said("said", "it"), None, None).tolist())) == 1
