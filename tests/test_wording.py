"""What language/wording.py counts of words."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from stemmata.language.wording import common_order

WORDS = st.lists(st.sampled_from("abc"), max_size=8).map(tuple)


@given(WORDS, WORDS)
def test_common_order_is_the_longest_that_both_have(a: tuple[str, ...], b: tuple[str, ...]) -> None:
    def runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
        return {kept for n in range(len(words) + 1) for kept in combinations(words, n)}

    assert common_order(a, b) == max(map(len, runs(a) & runs(b)))
