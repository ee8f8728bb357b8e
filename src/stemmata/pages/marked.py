"""An article with its statements marked: the same pieces for the terminal and for HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from operator import attrgetter

from stemmata.model import Document, Statement
from stemmata.pages import sides
from stemmata.pages.signs import by_gravity
from stemmata.surface import paragraphs
from stemmata.wordings import ShownChange, worded

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # but tab and line end
ODD = re.compile(f"{_BIDI.pattern}|{_CONTROL.pattern}")

STYLE = """<style>
.stemmata{font:15px/1.55 Georgia,serif;max-width:44em}.stemmata p{margin:.7em 0}
.stemmata .source{background:#dbe7fb;color:#12305e;border-radius:2px}
.stemmata .cue{color:#8a3b00;text-decoration:underline;text-underline-offset:3px}
.stemmata .content{background:#fbf3d5;color:#3d3000}
.stemmata table{border-collapse:collapse;font:13px/1.4 system-ui,sans-serif;margin-top:1em}
.stemmata td,.stemmata th{padding:3px 9px;border-bottom:1px solid #8884;text-align:left;vertical-align:top}
@media (prefers-color-scheme:dark){.stemmata .source{background:#21406f;color:#e6eefc}
.stemmata .cue{color:#ffb27a}.stemmata .content{background:#4a3f14;color:#fdf3cf}}
</style>"""


def visible(text: str) -> str:
    """`text` without what could turn or hide it on a screen: control characters and marks of writing direction."""
    return _CONTROL.sub("�", _BIDI.sub("", text)) if ODD.search(text) else text


def pieces(document: Document, statements: Iterable[Statement]) -> Iterator[tuple[str, sides.Role]]:
    """The text in stretches of one role each; paragraphs end in a stretch of their own, a blank line."""
    numbered = list(enumerate(statements, 1))
    for k, block in enumerate(paragraphs(document.text)):
        if k:
            yield "\n\n", "text"
        for role, same in groupby(sides.pieces(document.text, block, numbered), key=attrgetter("role")):
            yield "".join(p.text for p in same), role


def html(document: Document, statements: tuple[Statement, ...]) -> str:
    """A self-contained piece of HTML: the marked text, and a table of its statements."""
    body = "".join(
        "</p><p>" if piece == "\n\n" else escape(visible(piece)) if role == "text"
        else f'<span class="{role}">{escape(visible(piece))}</span>'
        for piece, role in pieces(document, statements)
    )  # fmt: skip
    told = (worded(s, document.text) for s in statements)
    cells = (
        (
            w.source or "",
            w.cue or "",
            w.words,
            s.mode,
            f"{s.act} {s.act_probability:.2f}",
            s.sourcing,
            f"{s.confidence:.2f}",
        )
        for s, w in ((w.statement, w) for w in told)
    )
    rows = "".join(f"<tr>{''.join(f'<td>{escape(visible(x))}</td>' for x in row)}</tr>" for row in cells)
    head = "".join(f"<th>{h}</th>" for h in ("source", "cue", "content", "mode", "act", "sourcing", "confidence"))
    title = f"<h3>{escape(visible(document.title))}</h3>" if document.title else ""
    return f'{STYLE}<div class="stemmata">{title}<p>{body}</p><table><tr>{head}</tr>{rows}</table></div>'


def changes_html(changes: Iterable[ShownChange], beside: Iterable[tuple[str, str]], summary: str) -> str:
    """A self-contained piece of HTML: changes between two texts with the words in which both wordings differ, what was
    found beside them (a name and the words of each), and the summary."""
    rows = []
    for r in changes:
        before, after = (" ".join(visible(x).split()) if x else "" for x in (r.before, r.after))
        labels = "<br>".join(escape(f"{x} {r.change.of_label(x):.2f}") for x in by_gravity(r.change.changes))
        if before and after:
            cells = ["".join(map(_told, side)) for side in sides.wordings(before, after)]
        else:
            cells = [escape(x or "—") for x in (before, after)]
        rows.append(f"<tr><td>{labels}</td>{''.join(f'<td>{x}</td>' for x in cells)}</tr>")
    rows += [f"<tr><td>{escape(name)}</td><td>—</td><td>{escape(visible(words))}</td></tr>" for name, words in beside]
    head = "".join(f"<th>{h}</th>" for h in ("change", "before", "after"))
    table = f"<table><tr>{head}</tr>{''.join(rows)}</table>" if rows else ""
    return f'{STYLE}<div class="stemmata"><p>{escape(summary)}</p>{table}</div>'


def _told(stretch: tuple[str, bool]) -> str:
    words, differs = stretch
    return f'<span class="content">{escape(words)}</span>' if differs else escape(words)
