"""What a text taken from a PDF or pasted from a channel has beside its article: words that are cut at line ends, lines
that stand on every page, the head of a post and what readers made of it. It is put right where the text is read, and
said: all spans are of the text as it was read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from typing import Final

from stemmata.lists import rows
from stemmata.read.promotion import asks

# A hyphen at the end of a line, and letters under it; U+00AD and U+00AC stand for nothing else
_CUT: Final = re.compile(
    r"(?<![^\W\d_])(?P<left>[^\W\d_]+)(?P<sign>[-‐\xad¬])\n[ \t]*"
    r"(?P<right>[^\W\d_]+)(?P<rest>\S*)(?P<more>[ \t]+(?=\S))?"
)
_WRAPPED: Final = 20  # characters of a line that was wrapped, at least (by hand; the columns of newspapers have 30)
# After these a hyphen stays, and after those none: "re-" and "view" are words too
_HYPHENED: Final = re.compile(
    r"anti|non|self|quasi|pseudo|neo|euro|e|half|two|three|four|five|six|seven|eight|nine|ten|(?:twen|thir|for|fif|six"
    r"|seven|eigh|nine)ty"
)
_SOLID: Final = re.compile(r"over|under|out|up|inter|trans|mis|dis|un|re|in|en|op|com|con|per|fore|mc")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PAGE: Final = re.compile(r"\bpage (\d+)\b|^\W*(\d+)\W*$|\b(\d+) (?:of|/) \d+$")
_LONG: Final = 12  # words of a line that stands on every page, at most (by hand)
_SENTENCE_END: Final = re.compile(r"[.!?…:][”\"’')\]]*$")
# As Telegram copies a post: "Sarn Alerts, [17.11.2033 09:41]", and "👍 212 👁 8.1K" beneath
_HEAD: Final = re.compile(
    r"\s*(?P<line>(?P<name>[^\n,\[\]]{2,60}), \[(?P<at>\d[^\]\n]{8,30}|[A-Z][^\]\n]{8,30}\d)\]:?)\s*\n"
)
_REACTIONS: Final = re.compile(r"(?=.*\d)(?=.*[\u2190-\u2bff\U0001f000-\U0001faff])(?:[^\w\n]|\d|(?<=\d)[KM]\b)+")


def put_right(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The fields of a text that was pasted, `text` as its writer had it and, of one post of a channel, `outlet` and
    `published`; and what is to be said of that."""
    text = re.sub(r"\n?\f", "\n\n", text.replace("\r\n", "\n"))
    fields: dict[str, str] = {}
    remarks: list[str] = []
    start = len(text) - len(text.lstrip())
    head = _HEAD.match(text, start)
    if head and not re.search(rf"(?m)^{_HEAD.pattern}", text[head.end() :]):
        fields = {"outlet": head["name"].strip(), "published": re.sub(r" at (?=\d)", " ", head["at"])}
        remarks.append(f"its first line is read as outlet and time (“{head['line']}”)")
        text = text[head.end() :]
    lines = text.split("\n")
    pages = _of_pages(lines)
    gone = [n for n, x in enumerate(lines) if n in pages or asks(x) or _REACTIONS.fullmatch(x.strip())]
    if gone:
        text = "\n".join(_without(lines, gone))
        remarks.append(f"left out, as no line of its article: {_listed([lines[n] for n in gone])}")
    text, words = _joined(text)
    if words:
        remarks.append(f"put together, where its lines cut them: {_listed(words)}")
    return {**fields, "text": text}, tuple(remarks)


def _listed(found: Sequence[str]) -> str:
    listed = ", ".join(f"“{' '.join(x.split())[:60]}”" for x in found[:3])
    return listed + (f" and {len(found) - 3:,} more" if len(found) > 3 else "")


def _of_pages(lines: Sequence[str]) -> set[int]:
    """The lines that stand alone on more pages than one and differ in the number of the page."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, line in enumerate(lines):
        words = " ".join(line.casefold().split())
        told = _PAGE.search(words) if len(words.split()) <= _LONG else None
        if told and not "".join((*lines[max(n - 1, 0) : n], *lines[n + 1 : n + 2])).strip():
            found[re.sub(r"\d+", "#", words)].append((n, int(next(x for x in told.groups() if x))))
    counted = (x for x in found.values() if len(x) > 1 and [p for _, p in x] == sorted({p for _, p in x}))
    return {n for x in counted for n, _ in x}


def _without(lines: Sequence[str], gone: Collection[int]) -> list[str]:
    """Lines without some of them, and a sentence that these part as one."""
    kept: list[str] = []
    parted = False
    for n, line in enumerate(lines):
        parted |= n in gone
        if n in gone or (parted and not line.strip()):
            continue
        if parted:
            blank = bool(kept) and not kept[-1].strip()
            while kept and not kept[-1].strip():
                kept.pop()
            goes_on = bool(kept) and line.lstrip()[:1].islower() and not _SENTENCE_END.search(kept[-1].rstrip())
            kept += [""] * (blank and bool(kept) and not goes_on)
        parted = False
        kept.append(line)
    return kept


def _joined(text: str) -> tuple[str, list[str]]:
    """A text without the hyphens and line ends that cut its words, and these words. A hyphen stays where the text has
    the compound, where a name follows, or where both halves are words. Of 5,900 words and compounds in 290 articles of
    PolNeAR train, wire, BASIL and bench/train that were cut at 60 characters 98 in 100 come out as they were."""
    words = {x.casefold() for x in re.findall(r"[^\W\d_]+", _CUT.sub(" ", text))}
    compounds = {x.casefold() for x in _WORD.findall(text) if "-" in x}
    found: list[str] = []

    def known(word: str) -> bool:
        return word in words or word in _common()

    def whole(m: re.Match[str]) -> str:
        if m.start("sign") - m.string.rfind("\n", 0, m.start()) <= _WRAPPED:
            return m[0]
        left, right = m["left"].casefold(), m["right"].casefold()
        named = not m["right"][0].islower() and not (m["left"] + m["right"]).isupper()
        stays = not known(left + right) and (
            f"{left}-{right}" in compounds
            or (named and left != "mc")
            or m["rest"].rstrip("-").startswith("-")  # "out-of-town"; not of a word that is cut twice
            or _HYPHENED.fullmatch(left)
            or (known(left) and known(right) and not _SOLID.fullmatch(left))
        )
        found.append(f"{m['left']}{'-' if stays and m['sign'] in '-‐' else ''}{m['right']}")
        return found[-1] + m["rest"] + ("\n" if m["more"] else "")

    while (again := _CUT.sub(whole, text)) != text:  # of a word that is cut twice
        text = again
    return text, found


@cache
def _common() -> frozenset[str]:
    return frozenset(row[0].casefold() for name in ("common", "closed") for row in rows(name))
