"""Bytes -> text: as a byte order mark, a server or the page itself tells; else UTF-8, or Windows-1252 where that is
sure. Nothing is guessed: a letter that may be another one turns a name into somebody else's."""

from __future__ import annotations

import codecs
import re
from typing import Final

_BOMS: Final = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.I
)
# The encodings that browsers know, by family; Python has others that a page could abuse ("zlib", "unicode_escape").
_KNOWN: Final = re.compile(
    r"utf-?8|(?:x-)?(?:windows|cp|ibm)-?\d+|iso-?8859-?\d+|latin-?\d|koi8-[ru]|gb(?:k|2312|18030)|big5(?:-hkscs)?"
    r"|euc-(?:jp|kr)|shift[_-]jis|iso-2022-jp|(?:us-)?ascii|macintosh|x-mac-cyrillic|tis-620"
)
_ONE_BYTE: Final = re.compile(r"cp125|iso8859|koi8|mac")  # whose letters make UTF-8 by chance almost never
_WINDOWS: Final = "cp1252"
_RIVALS: Final = {  # what else saves texts in the letters of Rome, a byte each
    "cp1250": "Windows-1250",
    "cp1254": "Windows-1254",
    "cp1257": "Windows-1257",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
}
_LETTER, _MARKS = r"[^\W\d_]", "‘’‚“”„«»‹›–—…•·€£¢¥©®™°§½¼¾×¡¿\u00a0\u00ad"
# What no text has that is read in the encoding which it was written in. Of the 228 articles of bench/train that are not
# all ASCII, and of the same with ASCII for their marks, saved in twelve encodings, none was read wrongly; 178 of 223
# were read from Windows-1252, and the rest left, as their letters fit another encoding too.
_STRAY: Final = re.compile(
    rf"[^\x00-\x7f\w{_MARKS}]|[ƒˆªºµ¹²³ÿ]"  # signs of mathematics, accents that stand by themselves, and 0xFF
    rf"|{_LETTER}[‚„‹¡¿€£¢¥©§½¼¾×]|[”»›…°¼½¾™®]{_LETTER}"  # a mark on the wrong side of a word
    r"|[a-zß-ÿ][À-ÞŠŽŒŸ]|[à-öø-ÿ][A-Z]"  # a capital within a word
    r"|(?<!\w)[^\x00-\x7f\W](?!\w)|[^\x00-\x7f\W]{3}"  # a letter alone; three of them in a row
)
_SHOWN: Final = 3  # words in one remark


class UnreadableError(Exception):
    """An article's own fault, told in one line: it becomes a Refusal where it is read."""


def codec(data: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark at the start of `data` tells, and the mark's length; ("utf-8", 0) without.

    Of UTF-16 without a mark every other byte is NUL.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, len(mark)
    evens, odds = (data[at:4_096:2] for at in (0, 1))
    for name, high, low in (("utf-16-le", odds, evens), ("utf-16-be", evens, odds)):
        if 0 not in low and 4 * high.count(0) > 3 * len(high) > 3:
            return name, 0
    return "utf-8", 0


def declared(data: bytes, charset: str | None = None) -> tuple[str, int]:
    """The encoding of a page and the length of its byte order mark: by that mark, else by `charset`, which the server
    said, else by its own word, else UTF-8."""
    name, mark = codec(data)
    if mark or name != "utf-8":
        return name, mark
    told = _DECLARED.search(data[:4096])
    return _known(charset, data) or _known(told and (told[1] or told[2]).decode("ascii"), data) or "utf-8", 0


def _known(label: str | None, data: bytes) -> str | None:
    """The encoding of a label, but UTF-8 where `data` is that: a browser that saves a page anew leaves what the page
    says of itself, and servers say what they always said."""
    label = (label or "").strip().lower()
    if not _KNOWN.fullmatch(label):
        return None
    if label in ("ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1"):
        label = _WINDOWS  # as browsers do: pages that say Latin-1 use the quotation marks of Windows
    try:
        name = codecs.lookup(label.removeprefix("x-").replace("windows-", "cp")).name
    except LookupError:
        return None
    return "utf-8" if _ONE_BYTE.match(name) and not data.isascii() and _read(data, "utf-8") is not None else name


def decoded(data: bytes, *, charset: str | None = None) -> tuple[str, str | None]:
    """The text of `data`, and a remark where nothing says that it is so: as its byte order mark tells, else `charset`
    where that is known, else UTF-8, else Windows-1252.

    Raises UnreadableError where it is empty, no text, or in another encoding.
    """
    name, mark = codec(data)
    data = data[mark:]
    if not mark:
        name = _known(charset, data) or name
    if not data.strip():
        raise UnreadableError("empty")
    if name == "utf-8":
        refuse_nul(data)
    return told_in(data, name, mark)


def told_in(data: bytes, name: str, mark: int = 0) -> tuple[str, str | None]:
    """The text of `data` in the encoding `name`; where that fails and Windows-1252 is sure, in that, with a remark.

    `mark` bytes stood before it. Raises UnreadableError where neither will do."""
    text = _read(data, name)
    return (text, None) if text is not None else _told_in_windows(data, name, mark)


def refuse_nul(data: bytes) -> None:
    """Raises UnreadableError where there is a byte that no text has."""
    if 0 in data:
        raise UnreadableError(f"not text: a NUL byte at byte {data.index(0):,}")


def _told_in_windows(data: bytes, name: str, mark: int) -> tuple[str, str]:
    first = _first_wrong(data, name) + mark
    if name != "utf-8":
        raise UnreadableError(f"not {name.upper()}, which it says it is (from byte {first:,} on): save it as UTF-8")
    text = None if mark else _read(data, _WINDOWS)
    if text is None or _STRAY.search(text):
        wrong = len(data) - len(data.decode(name, "ignore").encode(name))  # what "ignore" drops is what is wrong
        many = "1 byte is" if wrong == 1 else f"{wrong:,} bytes are"
        raise UnreadableError(f"{many} not UTF-8 (first at byte {first:,}): save it as UTF-8")
    words = list(dict.fromkeys(word for word in re.findall(r"\w+", text) if not word.isascii()))
    for rival, of in _RIVALS.items():
        other = _read(data, rival)
        if other is not None and other != text and not _STRAY.search(other):
            at = next(i for i, (one, two) in enumerate(zip(text, other, strict=True)) if one != two)
            one, two = (_around(t, at) for t in (text, other))
            raise UnreadableError(f"not UTF-8, but “{one}” in Windows-1252 or “{two}” in {of}: save it as UTF-8")
    shown = f" ({', '.join(words[:_SHOWN])})" if words else ""
    return text, f"read as Windows-1252, which nothing in it says{shown}"


def _read(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _first_wrong(data: bytes, name: str) -> int:
    try:
        data.decode(name)
    except UnicodeDecodeError as fault:
        return fault.start
    return len(data)


def _around(text: str, at: int) -> str:
    """The word at a character, a short piece of what stands around it where there is none."""
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at), at - 30) + 1
    return re.match(r"\S{0,40}", text[start:])[0]  # type: ignore[index]
