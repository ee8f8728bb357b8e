"""The marked form of our own training articles: read right, and refused where it is broken."""

import re
from pathlib import Path

import pytest
from training.written import GENRES, MarkError, dossier, dossiers

WHOLE = """== a0 origin | Port Gazette | 2033-03-04T09:00:00Z | Ferry stays in
[1s Odo Lenz, the harbour master], [1c said] [1 that the ferry "would not sail" on Monday].
--
1 c1 predict named-person Odo Lenz

== a1 rewrite a0 | Coast Today | 2033-03-05T09:00:00Z | No ferry
[1 The ferry will not sail on Tuesday]. [2s,3s The union] [2c said] [2 [4s two sailors] had [4c complained]
[4 of the cold]] and [3c asked for] [3 coats].
--
1 c1 predict outlet - ~ attribution-dropped number-changed
2 c2 assert named-organisation Harbour Union
3 c3 urge named-organisation Harbour Union
4 c4 criticise anonymous -
credit-dropped

== disputes
c2 contradicts c1
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "lenz01.txt"
    path.write_text(text, "utf8")
    return path


def test_spans_labels_and_disputes(tmp_path: Path) -> None:
    made = dossier(written(tmp_path, WHOLE))
    first, second = (a["text"] for a in made["articles"])
    assert first == 'Odo Lenz, the harbour master, said that the ferry "would not sail" on Monday.'
    one = made["statements"][0]
    assert first[slice(*one["spans"]["source"])] == "Odo Lenz, the harbour master"
    assert (one["mode"], one["spans"]["cue"], one["claim"]) == ("mixed", [30, 34], "lenz01-c1")
    outer, inner = made["statements"][2], made["statements"][4]
    assert second[slice(*outer["spans"]["content"][0])] == "two sailors had complained\nof the cold"
    assert outer["spans"]["content"][0][1] == inner["spans"]["content"][0][1]
    told = {(c["claim"], tuple(c["changes"])) for c in made["changes"]}
    assert told == {
        (None, ("credit-dropped",)),
        ("lenz01-c1", ("attribution-dropped", "number-changed")),
        *((f"lenz01-c{k}", ("added",)) for k in (2, 3, 4)),
    }
    assert [(d["by"], d["relation"], d["of"]) for d in made["disputes"]] == [("lenz01-c2", "contradicts", "lenz01-c1")]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("the harbour master],", "the harbour master,]", "ends with a comma"),
        ("on Monday].", "on Monday.", "never closed"),
        ("1 c1 predict named-person", "1 c1 foretell named-person", "no act or sourcing"),
        ("named-person Odo Lenz", "named-person -", "needs a speaker"),
        ("2 c2 assert", "9 c2 assert", "has no marks"),
        (" ~ attribution-dropped number-changed", "", "what happened to c1"),
        ("c2 contradicts c1", "c2 doubts c1", "is not"),
        ("c2 contradicts c1", "c2 contradicts c9", "no statement makes that claim"),
    ],
)
def test_what_breaks_the_form_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = WHOLE if old == new else WHOLE.replace(old, new, 1)
    with pytest.raises(MarkError, match=says):
        dossier(written(tmp_path, text))


def test_every_dossier_keeps_to_the_form() -> None:
    told = dossiers()
    assert told and all(len(d["articles"]) >= 3 and d["disputes"] for d in told)


def test_dossiers_for_figures_alone_are_none_of_the_others() -> None:
    apart = dossiers(GENRES)
    assert apart and not {d["family"] for d in apart} & {d["family"] for d in dossiers()}


def test_a_turn_under_a_label_is_direct_and_without_its_last_full_stop(tmp_path: Path) -> None:
    turn = "[1s LENZ]: [1 It will not sail. Not on Monday.]\n--\n1 c1 deny named-person Odo Lenz"
    text = re.sub(r"\[1s Odo.*?Odo Lenz\n", turn + "\n", WHOLE, count=1, flags=re.S)
    said = dossier(written(tmp_path, text))["statements"][0]
    assert (said["mode"], said["content"], said["cue"]) == ("direct", ["It will not sail. Not on Monday"], None)
