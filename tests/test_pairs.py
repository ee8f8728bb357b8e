"""Two passages read side by side: what is shown of them, and that the network tells kin from strangers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

import stemmata
from stemmata.model import RELATIONS, Span
from stemmata.pairs import (
    BEFORE,
    CONTENT,
    CONTEXT,
    CUE,
    ROOM,
    SECOND,
    SOURCE,
    Excerpt,
    PairReader,
    excerpt,
    joined,
    pieces,
)
from stemmata.pairs import reader as shipped
from stemmata.surface import sentences

TEXT = (
    "The ferry was late again. Ana Reyk, the harbour master of Tolm, said on Monday that the pier would close in May. "
    "Nobody in the café was surprised."
)


def place(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def plain(text: str) -> Excerpt:
    return Excerpt(text=text, content=(Span(0, len(text)),))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(Path(stemmata.__file__).parent / "weights/tokenizer.json"))


def test_an_excerpt_is_the_sentence_with_its_spans_moved() -> None:
    source, cue, content = place("Ana Reyk"), place("said"), place("that the pier would close in May")
    found = excerpt(TEXT, sentences(TEXT), (content,), source, cue, before=True)
    assert found.text.startswith("Ana Reyk, the harbour") and found.text.endswith("in May.")
    assert found.before == "The ferry was late again."
    assert found.source is not None and found.source.of(found.text) == "Ana Reyk"
    assert found.cue is not None and found.cue.of(found.text) == "said"
    assert [s.of(found.text) for s in found.content] == ["that the pier would close in May"]
    assert not excerpt(TEXT, sentences(TEXT), (content,), source, cue).before


def test_pieces_have_the_roles_of_their_words(tokenizer: Tokenizer) -> None:
    source, cue, content = place("Ana Reyk"), place("said"), place("that the pier would close in May")
    made = pieces(excerpt(TEXT, sentences(TEXT), (content,), source, cue, before=True), tokenizer)
    of_role = {role: tokenizer.decode(made.ids[made.roles == role].tolist()) for role in (SOURCE, CUE, CONTENT)}
    assert of_role == {SOURCE: "ana reyk", CUE: "said", CONTENT: "that the pier would close in may"}
    ids, roles = joined(made, made)
    assert (roles == BEFORE).sum() == len(made.before)
    assert tokenizer.decode(ids[roles == CONTENT + SECOND].tolist()) == of_role[CONTENT]


def test_a_long_passage_is_cut_around_its_content(tokenizer: Tokenizer) -> None:
    text = "word " * 300 + "the pier will close " + "word " * 300
    at = text.index("the pier")
    made = pieces(Excerpt(text=text, content=(Span(at, at + 19),), before="front " * 99), tokenizer)
    assert len(made.ids) == ROOM and len(made.before) == CONTEXT
    assert tokenizer.decode(made.ids[made.roles == CONTENT].tolist()) == "the pier will close"


def test_scores_do_not_depend_on_neighbours() -> None:
    pairs = [(plain("The pier closes in May."), plain("In May the jetty shuts.")), (plain("It rained."), plain("No."))]
    together, alone = shipped().read(pairs), [shipped().read([p]) for p in pairs]
    assert np.array_equal(together.same, np.concatenate([x.same for x in alone]))
    assert np.array_equal(together.answers, np.concatenate([x.answers for x in alone]))


def test_scores_come_in_the_order_of_their_pairs_on_any_number_of_threads() -> None:
    pairs = [
        (plain(f"The pier closes in {k} days."), plain(f"In {k + k % 3} days the jetty shuts.")) for k in range(24)
    ]
    one, three = (PairReader(threads=n).read(pairs) for n in (1, 3))
    assert len(np.unique(one.same)) > 12
    assert np.array_equal(one.same, three.same) and np.array_equal(one.relations, three.relations)


def test_no_pairs_give_no_scores() -> None:
    none = shipped().read([])
    assert none.same.shape == none.answers.shape == (0,)
    assert none.relations.shape == (0, len(RELATIONS))


@pytest.mark.parametrize(
    ("claim", "again", "other"),
    [
        (
            "The harbour board will shut the pier of Tolm in May",
            "Tolm's jetty is to be closed by the port authority this spring",
            "The harbour board of Tolm was elected in May",
        ),
        (
            "Nine of the ten wells in the valley are poisoned",
            "Hardly any well in the valley still gives clean water",
            "The school in the valley will have a new roof",
        ),
    ],
)
def test_a_claim_in_other_words_is_nearer_than_another_claim(claim: str, again: str, other: str) -> None:
    same = shipped().read([(plain(claim), plain(again)), (plain(claim), plain(other))]).same
    assert same[0] > same[1]
