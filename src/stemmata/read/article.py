"""Text, or a page of HTML -> Document: the article in a page, the language; the one place that makes one."""

from __future__ import annotations

import logging
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from traceback import extract_tb
from typing import Any

from stemmata.model import Document, Evidence, StemmataError, document_id, missing
from stemmata.read.apart import Apart, Block, apart, in_paragraphs, parted
from stemmata.read.credit import credits
from stemmata.read.encoding import UnreadableError, declared, refuse_nul, told_in
from stemmata.read.given import NoTimeError, time_of
from stemmata.read.imprint import OVER, imprint
from stemmata.read.posts import timed
from stemmata.read.stated import Stated, head, stated, words_of

# Fewer words tell neither a language (nor, on a page of HTML, an article from what is left of a menu).
MIN_WORDS = 12
# Characters that are looked at for the language: one and a half pages of news.
_SAMPLE = 6_000
# py3langid's best guess was right for each of 3,315 paragraphs and articles of bench/train, in capitals too, and over
# 0.9 for sentences of eight other languages; a list of invented names came out at 0.2.
_SURE = 0.9
# Share of these words: 0.25 to 0.45 in the articles of bench/train, up to 0.11 in sentences of eight other languages.
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|that|was|for|is|on|with|by|it|as|at|from|he|his|be|are|had|has|have|this|not|they|were|which|an"
    r"|who|been|but|their|she|her|will|would|said|its|after)\b"
)
_ENGLISH_SHARE = 0.15
_BLOCKS = frozenset(("p", "head", "item", "list", "quote", "table", "row", "code", "ab", "div", "body"))
_QUOTED = re.compile(r"<(/?)q(?:\s[^<>]*)?>", re.IGNORECASE)
_OVER, _SHORT = 12, 8  # lines that a page has over its headline, and their words, at most (by hand)
_SHOWN = 3  # lines that were left out, in one remark
_LEFT = {  # what is left out, and how that is said
    "link": ("a line that leads to another article", "lines that lead to other articles"),
    "pulled": ("a pull quote that its text has", "pull quotes that its text has"),
    "advert": ("a word about advertisements", "words about advertisements"),
    "asking": ("a line that asks readers for something", "lines that ask readers for something"),
    "page": ("a line about its page", "lines about its page"),
}
_BROKEN = "\ufffd"  # stands for bytes that are no letter
_STRUCK = "//del | //s | //strike"
_AND_DASHES = " \n\t\r\f—–-"
# Who is quoted, where a page names them beneath a quotation that it sets apart
_QUOTED_ONES = "//blockquote//footer | //blockquote//cite[not(ancestor::footer)] | //figure[.//blockquote]//figcaption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page of HTML tells: the article's text, paragraphs apart by blank lines and without its headline."""

    text: str
    title: str | None = None
    url: str | None = None  # what it says itself: a copy may name the first version's
    author: str | None = None
    published: str | None = None
    outlet: str | None = None
    undated: str | None = None  # why a date that it names was not taken
    remarks: tuple[str, ...] = ()  # what was guessed of its encoding, what was left out of its text


def document_from_text(
    text: str,
    *,
    id: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    published: str | date | None = None,
    author: str | None = None,
    lang: str | None = None,
    evidence: Evidence | None = None,
) -> Document:
    """The Document of `text`, with its credits and, where `lang` gives no ISO 639-1 code, its language.

    Line ends become LF, characters Unicode NFC and times UTC, so that they sort; nothing else is touched. Raises
    StemmataError where there are no words, where a string cannot be stored as UTF-8, or `published` is none of the
    forms of a day or time that `given.time_of` reads. What is `missing` in a table is not given.
    """
    about = {"id": id, "url": url, "outlet": outlet, "title": title, "author": author, "lang": lang}
    about = {name: value for name, value in about.items() if not missing(value)}
    for name, value in {"text": text, **about}.items():
        if not isinstance(value, str):
            raise StemmataError(f"{name} is to be a str, not {type(value).__name__}")
        if fault := _unstorable(value):
            raise StemmataError(f"{name} {fault}")
    if not re.search(r"\w", text):  # blanks, or characters that nobody sees
        raise StemmataError("no text: there are no words in it")
    given = {
        name: " ".join(unicodedata.normalize("NFC", value).split()) or None for name, value in about.items() if value
    }
    address, outlet = given.get("url"), given.get("outlet")
    try:
        when = None if missing(published) or published == "" else time_of(published)
    except NoTimeError as fault:
        raise StemmataError(f"published: {shown(str(published))} {fault}") from None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return Document(
        id=given.get("id") or document_id(text, url=address, outlet=outlet, published=when),
        text=text,
        url=address,
        outlet=outlet,
        title=given.get("title"),
        published=when,
        author=given.get("author"),
        lang=_code(given.get("lang")) or language(text),
        credits=credits(text),
        evidence=evidence,
    )


def _unstorable(value: str) -> str | None:
    if lone := re.search("[\ud800-\udfff]", value):
        return f"holds half a character (U+{ord(lone[0]):04X} at character {lone.start():,}): it is broken"
    return f"holds a NUL character (at character {value.index(chr(0)):,}): it is no text" if "\0" in value else None


def _code(lang: str | None) -> str | None:
    """ISO 639-1 of "en", "EN" or "en-GB"; None of anything else."""
    match = re.fullmatch(r"([a-z]{2})(?:[-_].*)?", (lang or "").strip().lower())
    return match[1] if match else None


def shown(value: str, most: int = 60) -> str:
    """`value` in quotation marks, on one line and not too long, for a message."""
    value = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]", " ", value).split())
    return f"“{value[: most - 1] + '…' if len(value) > most else value}”"


def language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language (639-3 where there is none, as for Nigerian Pidgin).

    None where there are too few words to tell, or nothing tells. Another language than English is only said when it
    is sure and the common words of English are rare: English with many invented names is English.
    """
    sample = text[:_SAMPLE]
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    # Scripts without spaces: twelve words of Chinese or Thai are some 24 characters.
    unspaced = len(re.findall("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]", sample))
    if len(words) < MIN_WORDS and unspaced < 2 * MIN_WORDS:
        return None
    if len(_ENGLISH.findall(sample.casefold())) >= _ENGLISH_SHARE * len(words):
        return "en"
    code, probability = _guess(sample)
    foreign = 2 * len(re.findall(r"[A-Za-z]", sample)) < sum(map(str.isalpha, sample))  # in a script of its own
    return code if code == "en" or probability >= _SURE or foreign else None


def _guess(sample: str) -> tuple[str, float]:
    import py3langid

    # Title case and capitals are of headlines and names, not of a language; py3langid's scores are log-likelihoods,
    # tempered by length as its own `norm_probs` does.
    ranked: list[tuple[str, float]] = py3langid.rank(sample)
    code, best = ranked[0]
    heat = math.sqrt(len(sample.encode("utf-8", "replace")))
    return code, 1 / sum(math.exp((score - best) / heat) for _, score in ranked)


def page(data: bytes, *, charset: str | None = None, url: str | None = None) -> Page:
    """The article in a page of HTML. `charset` is what the server said, `url` where it was read.

    Raises UnreadableError where there is no article, or letters of it are broken.
    """
    name, mark = declared(data, charset)
    body = data[mark:]
    if not body.strip():
        raise UnreadableError("empty")
    if not name.startswith(("utf-16", "utf-32")):
        refuse_nul(body)
    # One broken byte in an advertisement is no reason to lose an article: only the article's own letters count.
    found = _article(body.decode(name, "replace"), url)
    if _BROKEN not in found.text or _BROKEN in body.decode(name, "ignore"):
        return found
    text, remark = told_in(body, name, mark)
    found = _article(text, url)
    return replace(found, remarks=(remark, *found.remarks)) if remark else found


def _article(html: str, url: str | None) -> Page:
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    html = _QUOTED.sub(lambda m: "”" if m[1] else "“", html)  # <q>: marks that a browser draws
    found, own, beside, times = _extracted(html, url)
    title, blocks = _beneath_headline(in_paragraphs(_blocks(found.body), beside), own.title)
    blocks, left = parted(blocks, beside)
    about = {"title": title, "outlet": own.outlet, "author": own.author, "published": own.published}
    blocks, lines = imprint(blocks, **about, undated=own.undated, before=times, beneath=beside.beneath)
    over = [text for kind, text in blocks if kind == OVER]
    text = "\n\n".join(text for kind, text in blocks if kind != OVER)
    if (count := len(re.findall(r"\w+", text))) < MIN_WORDS:
        raise UnreadableError(f"no article in this page ({count} word{'' if count == 1 else 's'} of text)")
    return Page(
        text=text,
        title=title,
        url=own.url or lines.url,
        author=lines.author,
        published=lines.published,
        outlet=own.outlet,
        undated=lines.undated,
        remarks=tuple(x for x in (_broken_off(html), own.named, _told({**left, "page": [*over, *lines.left]})) if x),
    )


def _beneath_headline(blocks: list[Block], title: str | None) -> tuple[str | None, list[Block]]:
    """A page's title, and the paragraphs without its headline; those over it, of a menu say, are marked."""
    if blocks and not title and blocks[0][0] == "h1":
        title = blocks[0][1]
    for n, (kind, text) in enumerate(blocks[:_OVER]):
        if (not n and kind == "h1") or (title and words_of(text) == words_of(title)):
            return title, [*((OVER, text) for _, text in blocks[:n]), *blocks[n + 1 :]]
        if len(text.split()) > _SHORT:
            break
    return title, blocks


def _broken_off(html: str) -> str | None:
    """That a page ends too early: neither it nor its body is ended, and it stops amid a tag or a sentence, or within an
    element whose end has to be written."""
    html = html.casefold().rstrip()
    if "</body" in html or "</html" in html:
        return None
    amid = html.rfind("<") > html.rfind(">") or html[-1:] not in ">.!?…”\"’')]"
    is_open = any(len(re.findall(rf"<{x}\b", html)) > html.count(f"</{x}") for x in ("article", "main", "div"))
    return "its page breaks off: the article may go on" if amid or is_open else None


def _told(left: Mapping[str, Sequence[str]]) -> str | None:
    """What is said of what was left out of an article's text."""
    said = [
        f"{one if len(of) == 1 else f'{len(of)} {many}'} ({few([shown(line.strip('“”')) for line in of], _SHOWN)})"
        for kind, (one, many) in _LEFT.items()
        if (of := left.get(kind))
    ]
    return f"left out of its text: {', '.join(said)}" if said else None


def few(words: Sequence[str], most: int) -> str:
    """The first of some words, for a message, and whether there are more."""
    return ", ".join(words[:most]) + (", …" if len(words) > most else "")


def _extracted(html: str, url: str | None) -> tuple[Any, Stated, Apart, tuple[str, ...]]:
    """trafilatura's document of a page, whose `body` is a tree of p, head, quote, list, table; what it states; what
    stands apart in it; and the lines with the times of its posts, if it is a live page."""
    _quiet()
    from lxml.etree import LxmlError  # type: ignore[import-untyped]
    from trafilatura import bare_extraction, load_html

    try:
        tree: Any = load_html(html)
        above = head(tree, url) if tree is not None else None
        for struck in tree.xpath(_STRUCK) if tree is not None else ():
            if not struck.tail or struck.tail[0].isalnum():
                struck.tail = f" {struck.tail or ''}"  # lest the words on either side become one
            struck.drop_tree()
        beside = apart(tree, above.title) if above is not None else None
        times = timed(tree) if tree is not None else ()
        for name in tree.xpath(_QUOTED_ONES) if tree is not None else ():
            _joined_to_quotation(name)
        for figure in tree.xpath("//figure[.//blockquote]") if tree is not None else ():
            figure.tag = "div"  # words, not a picture, which would be left out
        found: Any = bare_extraction(
            html if tree is None else tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False},  # not asked for: `stated` tells when it came out
        )
        if found is None or found.body is None or above is None or beside is None:
            raise UnreadableError("no article in this page")
        return found, stated(above, found, html, url), beside, times
    except (LxmlError, AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as fault:
        # It documents no exception; these are what its issues tell of pages that no browser made
        # (adbar/trafilatura 16, 60, 226, 640, 667), and lxml's own check in drop_tree, found by feeding it rubbish.
        at = extract_tb(fault.__traceback__)[-1]
        ours = Path(at.filename).is_relative_to(Path(__file__).parent)
        where = f" in {Path(at.filename).name}, line {at.lineno}" if ours else ""
        why = "not read, by a fault of Stemmata" if ours else "no article in this page: it cannot be parsed"
        raise UnreadableError(f"{why} ({type(fault).__name__}{where}){': please report it' if ours else ''}") from fault


def _joined_to_quotation(name: Any) -> None:
    """Puts who is quoted behind the quotation, in its paragraph and after a dash: in one of its own a name would be
    nobody's, and the quotation theirs who spoke before. What stands in a sentence of the quotation is left."""
    block = name.xpath("(ancestor::blockquote | ancestor::figure//blockquote)[last()]")[0]
    words = " ".join(name.text_content().split()).lstrip(_AND_DASHES)
    if block in name.iterancestors():
        before, _, after = block.text_content().rpartition(name.text_content())
    else:
        before, after = block.text_content(), ""
    if not words or not before.strip() or before.rstrip(_AND_DASHES)[-1:].isalnum() or after.strip():
        return
    name.drop_tree()
    last = next((p for p in reversed(block.xpath(".//p")) if p.text_content().strip()), block)
    inner = last[-1] if len(last) else None
    end = (last.text if inner is None else inner.tail) or ""
    end = f"{end.rstrip(_AND_DASHES)} — {words}"
    if inner is None:
        last.text = end
    else:
        inner.tail = end


@cache
def _quiet() -> None:
    """Gives the logs of the extractors a place to go: without a handler Python prints them on standard error."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _blocks(body: Any) -> list[tuple[str, str]]:
    """The paragraphs of trafilatura's tree in their order, each with its kind ("h1" or its tag)."""
    found: list[tuple[str, str]] = []
    kind, words = "p", ""
    todo: list[Any] = [("p",), body]  # a stack: hostile pages nest deeper than Python's own
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            words += re.sub(r"\s+", " ", node)
        elif isinstance(node, tuple):
            lines = [" ".join(line.split()) for line in words.split("\n")]
            found += [(kind, part) for part in re.split(r"\n{2,}", "\n".join(lines).strip("\n")) if part]
            kind, words = node[0], ""
        elif not isinstance(node.tag, str):  # a comment
            todo.append(node.tail or "")
        else:
            block = node.tag in _BLOCKS
            todo.append(node.tail or "")
            if block:
                todo.append(("p",))
            todo.extend(reversed(node))
            todo.append(node.text or "")
            if block:
                todo.append(("h1" if node.get("rend") == "h1" else node.tag,))
            elif node.tag == "lb":
                words += "\n"
            elif node.tag == "cell":
                words += " "
    return found
