"""How an answer is worded beside what it answers."""

from stemmata.dispute.worded import Words, signs


def words(source: str, cue: str, content: str) -> Words:
    return Words(source=source, cue=cue, content=content)


CHARGE = words("Mayor Ilse Orten", "said", "that Varga sold 40 boats")


def test_signs_are_of_the_words_and_of_how_both_stand_to_each_other() -> None:
    held = signs(words("Varga", "denied", "“We never sold a boat”"), CHARGE, one_actor=False)
    assert {"c=denied", "oc=said", "w1=never", "b=^ we", "nots True False", "numbers False True"} <= held
    assert {"shared 1", "is named", "ours"} <= held
    assert not {"one actor", "no source"} & held


def test_one_who_corrects_themselves() -> None:
    held = signs(words("", "corrected", "the figure to 14 boats"), CHARGE, one_actor=True)
    assert {"one actor", "no source", "numbers True True", "nots False False", "shared 1"} <= held
    assert not {"ours", "is named"} & held


def test_curly_apostrophes_are_apostrophes() -> None:
    assert "nots True False" in signs(words("Varga", "said", "It wasn’t ours"), CHARGE, one_actor=False)
