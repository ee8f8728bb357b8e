"""Markdown -> the words of an article: what its marks would draw, without them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

_FRONT = re.compile(r"\A---[ \t]*\r?\n(?:[\w-]+:.*\n|[ \t-].*\n)*?---[ \t]*(?:\r?\n|\Z)")  # a site's own fields
_HTML = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


def unmarked(text: str) -> tuple[str, str | None]:
    """An article in Markdown as a page would show it, paragraphs apart by blank lines; and its headline, if it begins
    with one, which is then left out. Pictures, addresses and what is struck are no words of it."""
    title: str | None = None
    blocks: list[str] = []
    row: list[str] | None = None  # the cells of a table's row that is not ended
    kind = number = ""
    for token in _parser().parse(_FRONT.sub("", text)):
        if token.type in ("heading_open", "paragraph_open"):
            kind = token.tag
        elif token.type == "ordered_list_open":
            number = f"{token.attrs['start']}{token.markup} " if "start" in token.attrs else ""
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            blocks.append(" ".join(row or ()))
            row = None
        elif token.type in ("inline", "fence", "html_block"):
            words = _words(token.children) if token.type == "inline" else _HTML.sub("", token.content).strip()
            if row is not None:
                row.append(words)
            elif kind == "h1" and not any(blocks) and title is None:
                title = words or None
            else:
                blocks.append(number + words)  # a list that begins at 1984 is a sentence that does
            kind = number = ""
    return "\n\n".join(block for block in blocks if block.strip()), title


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    # An indented paragraph is a paragraph: articles hold no code.
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")


def _words(tokens: Iterable[Any]) -> str:
    """The words of a paragraph, those that are struck left out."""
    said: list[str] = []
    struck = 0
    for token in tokens:
        if token.type in ("s_open", "s_close"):
            struck += token.nesting
        elif struck:
            continue
        elif token.type in ("text", "code_inline"):
            said.append(token.content)
        elif token.type == "hardbreak" or token.content[:3].lower() == "<br":
            said.append("\n")
        elif token.type == "softbreak":
            said.append(" ")
    lines = "".join(said).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()
