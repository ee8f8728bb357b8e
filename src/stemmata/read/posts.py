"""The posts of a page that is written on while things happen: each keeps the time that the page gives it, as the line
over it. Extractors drop that, and of what was said on Monday and what on Sunday nobody could tell which is which."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from functools import cache
from typing import Any, Final

_STATED: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_AROUND: Final = frozenset(("article", "section", "li", "div"))
_TOLD: Final = 5  # words of a paragraph at least that make what is around it a post
_POSTS: Final = 2  # at least; one time is an article's own
_MONTH: Final = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\d{4}-\d\d-\d\d", re.IGNORECASE
)
_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d\d)(?:\s*([ap])\.?m\b)?", re.IGNORECASE)
_READERS: Final = re.compile(r"comment|repl(?:y|ies)|disqus|related|recirc", re.IGNORECASE)


def timed(tree: Any) -> tuple[str, ...]:
    """Puts the time of each post of a live page over its text in `tree`, as a paragraph; and the paragraphs, in their
    order. None where a page is no live one: its posts hold more than half of the words of its paragraphs."""
    kinds: dict[tuple[str, str], list[tuple[Any, Any]]] = defaultdict(list)
    seen: set[Any] = set()
    words_in = cache(_words_in)  # the same elements are around all times of a feed
    for time in tree.iter("time"):
        post = next((n for n in time.iterancestors() if n.tag in _AROUND and words_in(n) >= _TOLD), None)
        if post is None or post in seen or not _STATED.match(time.get("datetime", "")):
            continue
        seen.add(post)
        if not any(_READERS.search(f"{n.get('class', '')} {n.get('id', '')}") for n in (post, *post.iterancestors())):
            kinds[post.tag, post.get("class", "")].append((post, time))
    posts = max(kinds.values(), key=len, default=[])
    if len(posts) < _POSTS or 2 * sum(words_in(post) for post, _ in posts) <= words_in(tree):
        return ()
    lines: list[str] = []
    for post, time in posts:
        if line := _line(time):
            time.drop_tree()
            paragraph = post.makeelement("p", {})
            paragraph.text = line
            paragraph.tail, post.text = post.text, None
            post.insert(0, paragraph)
            lines.append(line)
    return tuple(lines)


def _words_in(node: Any) -> int:
    """How many words stand in the paragraphs that an element holds."""
    return sum(len(p.text_content().split()) for p in node.iter("p"))


def _line(time: Any) -> str | None:
    """A post's time as its page shows it, with its day, where that is not shown: "12 March 2033, 21:30 GMT". Where it
    shows another clock than it states, "2 hours ago" say, what it states."""
    try:
        at = datetime.fromisoformat(time.get("datetime", "").strip())
    except ValueError:
        return None
    shown = " ".join(time.text_content().split())
    day = f"{at.day} {at:%B %Y}"
    clock = _CLOCK.search(shown)
    if clock and _MONTH.search(shown):
        return shown
    if clock:
        half = (clock[3] or "").lower()
        hour = int(clock[1]) % 12 + 12 * (half == "p") if half else int(clock[1])
        if (hour, int(clock[2])) == (at.hour, at.minute):
            return f"{day}, {shown}"
    offset = at.strftime("%z")
    zone = "" if not offset else " UTC" if int(offset) == 0 else f" {offset[:3]}:{offset[3:5]}"
    return f"{day}, {at:%H:%M}{zone}"
