"""What was pasted, or taken from a PDF, is put right where it is read, and that is said. All names are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemmata.model import Document
from stemmata.read import documents

TOLD = "The Institute of Marine Structures said"


def read(folder: Path, text: str) -> tuple[Document, list[str]]:
    """The document of a text, and what was remarked of it."""
    path = folder / "a.txt"
    path.write_bytes(text.encode("utf-8"))
    document, *remarks = documents([path])
    assert isinstance(document, Document)
    return document, [r.reason for r in remarks if not isinstance(r, Document)]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        (f"{TOLD} that salt had wea-\nkened the silos.", f"{TOLD} that salt had weakened\nthe silos."),
        (f"{TOLD} that salt had wea-\r\nkened it.\r\n", f"{TOLD} that salt had weakened\nit.\n"),
        (f"{TOLD} that salt had wea\xad\nkened it.", f"{TOLD} that salt had weakened\nit."),
        (f"{TOLD} of coun-\nterrevolu-\ntionary talk.", f"{TOLD} of counterrevolutionary\ntalk."),
        (f"{TOLD} it is anti-\nwar talk.", f"{TOLD} it is anti-war\ntalk."),
        (f"{TOLD} it is a long-\nterm plan.", f"{TOLD} it is a long-term\nplan."),
        (f"{TOLD} the Karsk-\nOrva line is shut.", f"{TOLD} the Karsk-Orva\nline is shut."),
        (
            f"{TOLD} the quay-\nfront is shut. The quay-front fell.",
            f"{TOLD} the quay-front\nis shut. The quay-front fell.",
        ),
        (f"{TOLD} THE WA-\nTERFRONT IS SHUT.", f"{TOLD} THE WATERFRONT\nIS SHUT."),
    ],
    ids=range(9),
)
def test_a_word_that_a_line_cuts_is_one(tmp_path: Path, cut: str, whole: str) -> None:
    document, remarks = read(tmp_path, cut)
    assert document.text == whole
    (remark,) = remarks
    assert remark.startswith("put together, where its lines cut them: “")


@pytest.mark.parametrize(
    "text",
    [
        f"{TOLD} that salt—\nnot frost—weakened the silos.",
        "Vote\nyes-\nno was the question, the Institute of Marine Structures said.",  # no line that was wrapped
        f"{TOLD} so:\n\n- salt\n- frost",
        f"{TOLD} so.\n\n12\n\n{TOLD} no more.",  # one number is no page's
        f"{TOLD} so.\n\nDay 1\n\nIt rained.\n\nDay 2\n\nIt fell.",
        f"“Subscribe now,” {TOLD}.",
        f"{TOLD} that 212 👍 had come.",
    ],
    ids=range(7),
)
def test_what_may_be_the_writers_stays(tmp_path: Path, text: str) -> None:
    assert (lambda found: (found[0].text, found[1]))(read(tmp_path, text)) == (text, [])


@pytest.mark.parametrize("page", ["Harbour Review      Page {}", "- {} -", "Harbour Review {} of 9"])
def test_lines_on_every_page_part_no_sentence(tmp_path: Path, page: str) -> None:
    pages = (
        page.format(1),
        f"{TOLD} that the si-",
        page.format(2),
        "los fell in the\n\fnight. It rained.",
        page.format(3),
    )
    document, remarks = read(tmp_path, "\n\n".join(pages))
    assert document.text.rstrip() == f"{TOLD} that the silos\nfell in the\n\nnight. It rained."
    assert [x.split(":")[0] for x in remarks] == [
        "left out, as no line of its article",
        "put together, where its lines cut them",
    ]


POST = "Sarn Alerts, [17.11.2024 09:41]\n[Forwarded from Corvane Wire]\nA silo fell, Halden Roos said.\n\n{}"


def test_a_post_of_a_channel_tells_its_outlet_its_time_and_its_credit(tmp_path: Path) -> None:
    document, remarks = read(tmp_path, POST.format("👍 212  ❤️ 14   👁 8.1K\nSubscribe: t.me/sarnalerts\n"))
    assert document.text.rstrip() == "[Forwarded from Corvane Wire]\nA silo fell, Halden Roos said."
    assert (document.outlet, document.published) == ("Sarn Alerts", "2024-11-17T09:41:00")
    assert [credit.name for credit in document.credits] == ["Corvane Wire"]
    assert remarks == [
        "its first line is read as outlet and time (“Sarn Alerts, [17.11.2024 09:41]”)",
        "left out, as no line of its article: “👍 212 ❤️ 14 👁 8.1K”, “Subscribe: t.me/sarnalerts”",
    ]


def test_several_posts_are_no_one_post(tmp_path: Path) -> None:
    document, remarks = read(tmp_path, POST.format(POST.format("")))
    assert (document.outlet, document.published, remarks) == (None, None, [])
