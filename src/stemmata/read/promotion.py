"""What asks readers for something inside an article: to subscribe, to sign up, to give, to follow. No word of it is the
article's, and who speaks in it is no source.

An element is known by its name and by what it says, a line by what it says alone. Of 44,700 paragraphs of news in
PolNeAR train, wire and BASIL 44 lines are called so, all rightly (by eye), and of bench/train none; of 22 pages as
content systems build them 13 such boxes and lines are left out, and nothing of three that only bear such names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

# In classes and ids, a word by itself: "newsletter-unit", "NewsletterForm"; "subscriber-only" names an article's text.
_SURELY: Final = "newsletters?|sign-?ups?|subscribe"
_MAYBE: Final = (
    "promos?|promotions?|pay-?walls?|reg-?walls?|subscriptions?|memberships?|donat(?:e|ions?)|appeals?|pop-?ups?|cta"
)
_CALLED: Final = re.compile(rf"(?<![a-z])(?:{_SURELY}|{_MAYBE})(?![a-z])")
_NAMES: Final = ("class", "id", "data-testid", "data-component", "aria-label")
_CONTROLS: Final = ("form", "input", "button")
_BOX: Final = 80  # words of a box at most (by hand: those of our pages have up to 45)
_SHARE: Final = 4  # a name under which a quarter of a page's words stand is that of its text
_LINE: Final = 45  # words of a line at most

_ASKS: Final = re.compile(
    r"(?:(?:please|for more,?|(?:to|and) (?:continue|keep) reading,?) )*(?:"
    r"subscribe(?:$|:| (?:now|today|here|for|online|on|via|to)\b)|click here\b|follow @"
    r"|(?:sign[ -]?up|register)\b(?: (?:now|today)$|.*\b(?:newsletters?|inbox|e-?mails?|briefings?|our|here|free)\b)"
    r"|(?:get|have|receive|want)\b.*\b(?:in|to|into) your (?:inbox|e-?mail|phone)\b"
    r"|(?:join|follow|like|find) (?:us|our)\b|download (?:our|the (?:\w+ ){1,4}app)\b"
    r"|(?:already|not (?:yet )?) ?(?:an? (?:subscriber|member)|have an account|subscribed|registered)\b"
    r"|(?:log|sign) ?in to (?:read|see|comment|continue|keep)\b|become an? (?:\w+ )?(?:member|subscriber|supporter)\b"
    r"|(?:help|support|donate to) (?:us|our)\b|donate (?:now|today|here)\b|never miss an?\b|no spam\b"
    r"|support (?:the \w+ with (?:a|your)\b|(?:independent|local|quality)\b.*\b(?:journalism|news\w*|reporting)\b)"
    r")|(?:this|the) (?:article|story|content) is (?:\w+ )?(?:for|available to|reserved for) (?:our )?"
    r"(?:subscribers|members)\b|(?:to|and) (?:continue|keep) reading\b|(?:to|for) .{3,120}, click here$"
    r"|if you (?:notice|spot|see|find) an? (?:error|mistake|typo)\b.*\bctrl\b|.*\bby signing up,? you agree\b"
)
_REPORTED: Final = re.compile(  # what somebody said is an article's
    r"[“”\"«»]|, (?:\w+ ){1,6}(?:said|says|wrote|writes|told|tells|advised|added|warned|urged|asked|promised)\b"
)
# Beside such a sentence, what speaks to readers goes with it; in an element that is called so, what begins so is enough
_TO_READERS: Final = re.compile(r"\b(?:you|your|us|our|we|my)\b|^call [\d-]+")
_BEGINS: Final = re.compile(
    r"(?:please )?(?:subscribe|sign|register|log|join|follow|donate|give|support|become|get|stay|download|read|try)\b"
    r"|.*\b(?:subscribe|sign ?up|donate|join) (?:now|today|here)\b"
)


def asks(line: str) -> bool:
    """Does a line ask readers for something, and say nothing else?"""
    if len(line.split()) > _LINE or _REPORTED.search(line):
        return False
    said = _sentences(line)
    return any(map(_ASKS.match, said)) and all(_ASKS.match(x) or _TO_READERS.search(x) for x in said)


def _sentences(line: str) -> list[str]:
    return [
        x for s in re.split(r"(?<=[.!?])\s+", line.casefold().replace("’", "'")) if (x := s.strip(" \t.!?*_[]()»→>"))
    ]


def boxes(body: Any) -> Iterator[Any]:
    """The elements of a page that ask readers for something: short, called so, and, where that name is not sure, with
    a sentence or a form that does. None of a name that much of the page's text bears."""
    found: dict[str, list[Any]] = defaultdict(list)
    inside: set[Any] = set()
    for node in body.iter("div", "section", "aside", "figure", "p", "form", "ul", "blockquote"):
        if node.getparent() in inside:
            inside.add(node)
        elif (name := _name(node)) and len(node.text_content().split()) <= _BOX:
            inside.add(node)
            found[name].append(node)
    every = len(body.text_content().split())
    for name, nodes in found.items():
        if _SHARE * sum(len(n.text_content().split()) for n in nodes) < every:
            yield from (n for n in nodes if re.fullmatch(_SURELY, name) or _is_asking(n))


def _name(node: Any) -> str | None:
    told = " ".join(node.get(x, "") for x in _NAMES)
    called = _CALLED.search(re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", told).casefold())
    return called[0] if called else None


def _is_asking(node: Any) -> bool:
    lines = [" ".join(x.text_content().split()) for x in (node, *node.iter("p", "h2", "h3", "h4", "a", "li"))]
    return next(node.iter(*_CONTROLS), None) is not None or any(
        _BEGINS.match(x) or _ASKS.match(x) for line in lines for x in _sentences(line)
    )
