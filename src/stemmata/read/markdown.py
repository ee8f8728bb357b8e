"""Markdown -> the words of an article: what its marks would draw, without them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from stemmata.read.article import few
from stemmata.read.given import CALLED, FIELDS, fits, plain

# A site's own fields: lines of YAML, and of comments and of nothing, between two of "---"
_FRONT = re.compile(
    r"\A\s*---[ \t]*\r?\n((?:\w[\w-]*(?: [\w-]+){0,2}:.*\n|[ \t-].*\n|(?:#.*)?\r?\n)*?)(?:---|\.{3})[ \t]*(?:\r?\n|\Z)"
)
_BARE = re.compile(r"(?:\w[\w-]*:|[ \t-]).*")  # a line of it that prose hardly has
_LINE = re.compile(r"(\w[\w -]*):(?:[ \t]+|$)(.*)")
_SHOWN: Final = 5  # names of fields in one message
_HTML = re.compile(  # a comment that never ends is one to the end
    r"<!--(?:.*?-->|.*\Z)|<(script|style)\b(?:.*?</\1\s*>|.*\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE
)


def front_matter(text: str) -> tuple[dict[str, str], str | None, str]:
    """What the front matter of an article in Markdown tells of it, by the names of `given.FIELDS`; a remark on what of
    it is not used; and the article without it. Of several names that tell one field, the plainest counts. A field is
    one line; lists and blocks of YAML are not read. Between two rules, lines that prose has too are front matter only
    where one of them tells a field."""
    found = _FRONT.match(text)
    if not found:
        return {}, None, text
    values: dict[str, str] = {}
    unused: list[str] = []
    name = ""
    lines = found[1].splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        if (told := _LINE.fullmatch(line.rstrip())) is not None:
            name = told[1]
            value = _plain(told[2])
            if value is None or name.casefold() in values:
                unused.append(name)
            elif value:
                values[name.casefold()] = value
        elif line.strip():  # the name that it goes on is not told by one line
            unused.append(name or line.strip())
            values.pop(name.casefold(), None)
    fields: dict[str, str] = {}
    for field in FIELDS[1:]:
        names = [field, *(n for other in CALLED.get(field, ()) for n in values if plain(n) == other)]
        told_by = next((n for n in names if fits(field, values.get(n, ""))), None)
        if told_by:
            fields[field] = values.pop(told_by)
    if not fields and not all(map(_BARE.fullmatch, lines)):
        return {}, None, text
    unused = list(dict.fromkeys([*unused, *values]))
    if not unused:
        return fields, None, text[found.end() :]
    listed = few([f"“{n[:40]}”" for n in unused], _SHOWN)
    return fields, f"of its front matter this is not used: {listed}", text[found.end() :]


def _plain(value: str) -> str | None:
    """A value of YAML that is one line of text, without its marks; "" of one that is empty, None of another kind."""
    if quoted := re.fullmatch(r"\"((?:[^\"\\]|\\.)*)\"(?:\s+#.*)?|'((?:[^']|'')*)'(?:\s+#.*)?", value):
        if quoted[1] is None:
            return quoted[2].replace("''", "'")
        try:
            return str(json.loads(f'"{quoted[1]}"'))  # the escapes of YAML are those of JSON, and few more
        except ValueError:
            return re.sub(r"\\(.)", r"\1", quoted[1])
    value = re.sub(r"(?:^|\s+)#.*", "", value).strip()
    if value[:1] and value[0] in "[{|>&*!\"'":
        return None
    return "" if value in ("~", "null") else value


def unmarked(text: str) -> tuple[str, str | None]:
    """An article in Markdown, without its front matter, as a page would show it, paragraphs apart by blank lines; and
    its headline, if it begins with one, which is then left out. Pictures, addresses and what is struck are no words of
    it."""
    title: str | None = None
    blocks: list[str] = []
    row: list[str] | None = None  # the cells of a table's row that is not ended
    kind = number = ""
    for token in _parser().parse(text):
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
