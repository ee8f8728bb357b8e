"""What stands in a page apart from the running text, and is not its article's though extractors read it, or is its
article's though they do not: lines that lead to other articles and pull quotes; corrections and a fact check's boxes.

The page is looked at before its text is sought, and the paragraphs that were found are held against what was seen. Of
66 real pages 6 lines were left out so, none wrongly (by eye).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any, Final

from stemmata.read.promotion import asks, boxes
from stemmata.read.stated import words_of

Block = tuple[str, str]  # a paragraph: its kind ("h1", "p"), its text

# Elements that begin a paragraph
_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "td", "th", "tr", "ul",
))  # fmt: skip
_WHOLE: Final = ("body", "article", "main")  # what holds an article
_UNSEEN: Final = frozenset(("script", "style", "noscript", "template", "button", "svg", "select"))
_SENTENCE_END: Final = re.compile(r"[.!…][”\"’')\]]*$")
_HEADLINE: Final = 20  # words of a headline at most; the longest of 66 real pages has 18

# Words that stand before a link to another article, or over several. Closed lists, by hand: what we met on 66 real
# pages and in what the fact-checkers of our cases wrote. In them "read more" and its like never open a sentence.
_MORE: Final = (
    r"(?:also )?(?:read|see|watch|listen(?: to)?|hear|view)(?: (?:more|also|next|this|now|on|too|here|our|the|full"
    r"|story|stories|coverage|about))*|read (?:more )?about|more(?: (?:stories|news|coverage|like this|to read|here))?"
    r"|more (?:on|from|about)(?: \w+){0,5}|also (?:on|in)(?: \w+){1,4}"
    r"|(?:related|recommended|further|suggested)(?: (?:stor(?:y|ies)|articles?|content|coverage|links?|topics?|news"
    r"|reading|posts?|videos?|for you))?|(?:you )?(?:may|might) also (?:like|enjoy|be interested in)"
    r"|(?:dont|don t|do not) miss(?: (?:this|it|out))?|in case you missed it|icymi"
    r"|most (?:read|viewed|popular|shared|commented)|trending(?: now)?|top stories|up next|next up"
    r"|editor s picks?|must reads?"
)
_OVER_LINKS: Final = re.compile(_MORE)
_BEFORE_LINK: Final = re.compile(
    rf"(?:{_MORE}|explainer|explained|analysis|opinion|comment|interactive|video|gallery|in pictures|background|profile"
    r"|timeline|from the archives?|long read|big read|live|podcast)"
)
_ADVERTS: Final = re.compile(
    r"advertisements?|advert|sponsored(?: content)?|(?:story|article|report) continues (?:below|after)"
    r"(?: (?:the |this )?(?:advertisement|advert|ad|video|gallery|promotion))?|continue reading(?: below)?"
    r"|scroll (?:down )?(?:to continue|for more)(?: reading)?|skip (?:past )?(?:the )?(?:advert|ad|newsletter)\w*"
)
_PULLED: Final = re.compile(
    r"pull[-_]?(?:ed)?[-_]?quot|quote[-_]?pull|pull[-_]?out|breakout[-_]?quot|drop[-_]?quot", re.I
)
_UNDER: Final = 30  # links under one label at most
_SHORT_PULL: Final = 3  # words of a quotation set apart, without such a class, that may be told again by chance

# A correction says so in its first words, or in the name of its element. "Corrections and clarifications: write to ..."
# is no correction, "If you see an error, ..." is none, nor is "Corrections officers end strike".
_LABEL: Final = (
    r"[\W_]*(?:an? )?(?:corrections?(?: and clarification)?|clarification|erratum|editors?[’']?s? note"
    r"|update and correction)"
)
_CORRECTION: Final = re.compile(
    rf"(?:(?:this (?:article|story|report|page) (?:was|has been)|an earlier version of) |{_LABEL}\s*(?:[:.,;(—–-]|\n|$"
    r"|\b(?:was|has been|appended|issued|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d))(?P<rest>.*)",
    re.I | re.DOTALL,
)
_AMENDED: Final = re.compile(r"\b(?:amended|corrected|clarified|updated|changed|edited|earlier version)\b", re.I)
_CALLED_SO: Final = re.compile(
    r"(?:^|[\s_-])(?:corrections?|clarifications?|editor[s’']*[-_]?note|erratum)(?:$|[\s_-])", re.I
)
_TO_READERS: Final = re.compile(
    r"@|\be-?mail\b|\b(?:contact|write to|tell|let) us\b|\bif you (?:see|spot|find|have)\b", re.I
)
_NOTES: Final = 20  # of one page at most: reading stays quick on a list of corrections
_NOTE: Final = 200  # words of a note or a box at most: more are an article
_LEAST_NOTE: Final = 6  # words that a note has beside its label at least
_CLAIM: Final = re.compile(r"\W*(?:the )?(?:claims?(?: reviewed)?|what was claimed)\b\W{0,3}(?:$|[:\n–—-])", re.I)
_VERDICT: Final = re.compile(
    r"\W*(?:the |our )?(?:verdict|rating|ruling|conclusion|assessment)\b\W{0,3}(?:$|[:\n–—-])", re.I
)
_BESIDE: Final = re.compile(
    r"related|sidebar|recirc|most[-_]?(?:read|viewed|popular)|promo|comments?(?![a-z])|newsletter", re.I
)
_BEGIN: Final = 30  # characters by which the first of several paragraphs in one is sought
_BENEATH: Final = 8  # lines under a headline that may tell who wrote it, and when (by hand)
_RUNNING: Final = 15  # words of a paragraph at least that tells where a note stands
_NEAR: Final = 3  # elements around a verdict in which its claim is sought


@dataclass(frozen=True, slots=True)
class Note:
    """A correction, or a box with a claim and its verdict: its lines, and the words of the paragraphs before it."""

    lines: tuple[str, ...]
    before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pulled:
    """A quotation set apart: the words of its parts, between "…"; all words of its element, who said it too; and
    whether the page calls it a pull quote."""

    parts: tuple[str, ...]
    whole: str
    said: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """What a page shows apart from its running text."""

    links: frozenset[str]  # the words of lines that lead to other articles
    asking: frozenset[str]  # those of lines in boxes that ask readers for something
    pulled: tuple[Pulled, ...]
    notes: tuple[Note, ...]
    leaves: tuple[_Leaf, ...]  # its paragraphs, in their order
    beneath: tuple[str, ...]  # the lines between its headline and its text


@dataclass(frozen=True, slots=True)
class _Leaf:
    """An element that holds one paragraph: its lines, its words, and those of them that no link holds."""

    node: Any
    lines: tuple[str, ...]
    words: str
    unlinked: str


def apart(tree: Any, title: str) -> Apart:
    """What stands apart in a page, before anything is taken out of it. `title` is that of its tab."""
    body = next(iter(tree.xpath("//body")), tree)
    leaves = [leaf for node in body.iter(*_BLOCKS) if (leaf := _leaf(node)) is not None]
    notes = islice(_notes(body, {leaf.node: leaf for leaf in leaves}), _NOTES)
    asking = frozenset(words_of(line) for box in boxes(body) for line in lines_of(box)) - {""}
    return Apart(
        links=frozenset(_links(leaves)),
        asking=asking,
        pulled=tuple(_pulled(body)),
        notes=tuple(notes),
        leaves=tuple(leaves),
        beneath=tuple(_beneath(body, leaves, f" {words_of(title)} ")),
    )


def in_paragraphs(blocks: Sequence[Block], seen: Apart) -> list[Block]:
    """The paragraphs that were found, and of those that are several of the page's in one, as of a very short article,
    each by itself: more than two, for two may be a quotation and who is quoted."""
    begin: dict[str, int] = {}  # of those with one beginning the first
    for n, leaf in enumerate(seen.leaves):
        begin.setdefault(leaf.words[:_BEGIN], n)
    out: list[Block] = []
    for kind, text in blocks:
        words = words_of(text)
        starts = (begin[words[:n]] for n in range(1, _BEGIN + 1) if kind == "p" and words[:n] in begin)
        run = next((x for n in starts if len(x := _run(seen.leaves, n, words)) > 2), ())
        out += [("h1" if x.node.tag == "h1" else "p", "\n".join(x.lines)) for x in run] or [(kind, text)]
    return out


def _run(leaves: Sequence[_Leaf], first: int, words: str) -> Sequence[_Leaf]:
    """The paragraphs from the `first` on that have just these words, one after the other."""
    for n in range(first, len(leaves)):
        if not f"{words} ".startswith(f"{leaves[n].words} "):
            break
        words = words[len(leaves[n].words) + 1 :]
        if not words:
            return leaves[first : n + 1]
    return ()


def _beneath(body: Any, leaves: Sequence[_Leaf], title: str) -> Iterator[str]:
    """The lines under the headline, up to the first paragraph of running text or the first link that is a headline."""
    named = [leaf for leaf in leaves if len(leaf.words.split()) > 2 and f" {leaf.words} " in title]
    heading = next((leaf.words for leaf in (*named, *(x for x in leaves if x.node.tag == "h1"))), None)
    linked = {words for a in body.iter("a") if len((words := words_of(a.text_content())).split()) > 3}
    lines = lines_of(body, without=("aside", "nav", "footer", "form"))
    at = next((n for n, line in enumerate(lines) if words_of(line) == heading), len(lines))
    yield from takewhile(
        lambda x: len(x.split()) <= 2 * _RUNNING and words_of(x) not in linked, lines[at + 1 : at + 1 + _BENEATH]
    )


def parted(blocks: Sequence[Block], seen: Apart) -> tuple[list[Block], dict[str, list[str]]]:
    """The paragraphs of an article without those that are not its own, and with the notes that are; and the former, by
    what they are."""
    left: dict[str, list[str]] = defaultdict(list)
    pulled = _told_again(blocks, seen) if seen.pulled else set()
    kept: list[Block] = []
    for n, (kind, text) in enumerate(blocks):
        lines = text.split("\n")
        if all(_ADVERTS.fullmatch(words_of(line)) for line in lines):
            left["advert"].append(text)
        elif words_of(text) in seen.links or _announces(text):
            left["link"].append(text)
        elif all(words_of(line) in seen.asking or asks(line) for line in lines):
            left["asking"].append(text)
        elif n in pulled:
            left["pulled"].append(text)
        else:
            kept.append((kind, text))
    for note in seen.notes:
        kept = _with(kept, note)
    return kept, left


# Links to other articles


def _links(leaves: Sequence[_Leaf]) -> Iterator[str]:
    """The words of each paragraph that is a link with "Read more" or its like before it, and of what stands under such
    words. A paragraph that is a link and nothing else trafilatura leaves out by itself, but for whole sentences."""
    n = 0
    while n < len(leaves):
        leaf = leaves[n]
        n += 1
        if len(leaf.words.split()) > 2 * _HEADLINE:
            continue
        label = leaf.unlinked.strip("_ ")
        if label and leaf.unlinked != leaf.words and _BEFORE_LINK.fullmatch(label):
            yield leaf.words
        elif _OVER_LINKS.fullmatch(leaf.words) and (under := list(_under(leaves, n - 1))):
            yield leaf.words
            yield from (x.words for x in under)
            n += len(under)


def _announces(text: str) -> bool:
    """Does a line name another article, where no link is left: "Read also: Tolls will end"? Of 174,000 paragraphs of
    PolNeAR train, wire, BASIL, bench/train and our dossiers 167 do, all rightly (by eye)."""
    label, _, named = text.partition(":")
    begins = next((x for x in named if x.isalnum()), "a")
    return (
        len(named.split()) > 2
        and not begins.islower()
        and bool(_OVER_LINKS.fullmatch(words_of(label)))
        and _is_headline(text)
    )


def _under(leaves: Sequence[_Leaf], n: int) -> Iterator[_Leaf]:
    """What stands under the nth paragraph, a label of links: all of its element, where that has nothing else than links
    and headlines; else the links that follow in it."""
    around = leaves[n].node.getparent()
    if around is None:
        return

    def is_inside(leaf: _Leaf) -> bool:
        return around in leaf.node.iterancestors()

    after = leaves[n + 1 :]
    if around.tag not in _WHOLE and not any(map(is_inside, leaves[max(n - 1, 0) : n])):
        inside = list(takewhile(is_inside, after[: _UNDER + 1]))
        if len(inside) <= _UNDER and all(_is_headline(" ".join(x.lines)) for x in inside):
            yield from inside
            return
    yield from takewhile(lambda x: not x.unlinked and is_inside(x), after[:_UNDER])


def _is_headline(text: str) -> bool:
    return len(text.split()) <= _HEADLINE and not _SENTENCE_END.search(text)


# Pull quotes


def _pulled(body: Any) -> Iterator[Pulled]:
    for node in body.iter("aside", "blockquote", "figure", "div", "p", "section", "span"):
        said = bool(_PULLED.search(f"{node.get('class', '')} {node.get('id', '')}"))
        if not said and node.tag not in ("aside", "blockquote", "figure"):
            continue
        if _is_long(node):
            continue
        text = " ".join(lines_of(node, without=("cite", "footer", "figcaption")))
        parts = tuple(part for x in re.split(r"…|\.\.\.", text) if (part := words_of(x)))
        if parts and len(text.split()) <= _NOTE and (said or len(text.split()) >= _SHORT_PULL):
            whole = words_of(" ".join(lines_of(node)))
            yield Pulled(parts, whole, said)
            if said:  # a name beneath may be a paragraph of its own
                yield from (Pulled(parts, part, said) for line in lines_of(node) if (part := words_of(line)) != whole)


def _told_again(blocks: Sequence[Block], seen: Apart) -> set[int]:
    """Which paragraphs are pull quotes: words set apart that another paragraph has too. Where the page does not call
    them so they have to be a whole sentence or quotation there, and not what a colon announces."""
    words = [words_of(text) for _, text in blocks]
    quotes: dict[str, list[Pulled]] = defaultdict(list)
    for quote in seen.pulled:
        quotes[quote.whole].append(quote)
    sayings: dict[str, set[str]] = defaultdict(set)  # words -> the paragraphs that have them as a sentence or quotation
    for (_, text), whole in zip(blocks, words, strict=True):
        for saying in _sayings(text):
            sayings[saying].add(whole)
    found: set[int] = set()
    for n, whole in enumerate(words):
        for quote in quotes.get(whole, ()):
            if quote.said:
                sought = [f" {part} " for part in quote.parts]
                others = (f" {other} " for other in words if other != whole)
                again = any(all(part in other for part in sought) for other in others)
            else:
                announced = n > 0 and blocks[n - 1][1].endswith(":")
                again = not announced and bool(sayings.get(" ".join(quote.parts), set()) - {whole})
            if again:
                found.add(n)
    return found


def _sayings(text: str) -> set[str]:
    """The words of each sentence and of each quotation of a paragraph."""
    sentences = re.split(r"(?<=[.!?])[”\"’]*\s+", text)
    return {words_of(x) for x in (*sentences, *re.findall(r"[“\"]([^“”\"]+)[”\"]", text))}


# Corrections, and boxes of a fact check


def _notes(body: Any, leaves: Mapping[Any, _Leaf]) -> Iterator[Note]:
    before: list[str] = []  # paragraphs
    taken: list[Any] = []
    for node in body.iter(*_BLOCKS):
        leaf = leaves.get(node)
        if node is body or not (leaf or _names_itself(node)):
            continue
        if leaf and len(leaf.words.split()) >= _RUNNING:
            before.append(leaf.words)
        if taken and any(n in taken for n in (node, *node.iterancestors())):
            continue
        found = _box(leaf) if leaf else None
        if found is None and leaf and re.fullmatch(_LABEL + r"\W*", " ".join(leaf.lines), re.I):
            around = node.getparent()  # of a heading that is no more than the label
            found = around if around.tag not in _WHOLE and _is_correction(around, None) else None
        if found is None and _is_correction(node, leaf):
            found = node
        if found is not None and _may_note(found):
            taken.append(found)
            yield Note(tuple(lines_of(found)), frozenset(before))


def _box(leaf: _Leaf) -> Any | None:
    """The smallest element around a verdict, or its own, that holds the claim too."""
    if not any(_VERDICT.match(x) for x in leaf.lines):
        return None
    for node in (leaf.node, *islice(leaf.node.iterancestors(), _NEAR)):
        if node.tag in _WHOLE or _is_long(node):
            return None
        lines = lines_of(node)
        if any(_CLAIM.match(x) for x in lines):
            return node if sum(len(x.split()) for x in lines) <= _NOTE else None
    return None


def _is_correction(node: Any, leaf: _Leaf | None) -> bool:
    """Is an element a note that corrects its article, by its first words or by its name?"""
    if leaf and not (leaf.unlinked and (_CORRECTION.match("\n".join(leaf.lines)) or _names_itself(node))):
        return False
    if _is_long(node):
        return False
    text = "\n".join(leaf.lines if leaf else lines_of(node))
    if not _LEAST_NOTE <= len(text.split()) <= _NOTE or _TO_READERS.search(text):
        return False
    if len(words_of(" ".join(lines_of(node, without=("a",)))).split()) < _LEAST_NOTE:
        return False  # links to others' corrections
    if told := _CORRECTION.match(text):
        labelled = not re.match(r"this|an earlier", text, re.I)
        return len(told["rest"].split()) >= _LEAST_NOTE and bool(labelled or _AMENDED.search(text))
    return bool(_names_itself(node) and _SENTENCE_END.search(text) and _AMENDED.search(text))


def _is_long(node: Any) -> bool:
    """Holds it more than a note does, by far? Asked first: it costs little, and the lines of a whole page cost much."""
    return len(node.text_content()) > 20 * _NOTE


def _may_note(node: Any) -> bool:
    """Does an element stand where an article's own notes do: not in a menu, a sidebar, or at the foot of the page?"""
    around = [node, *node.iterancestors()]
    names = {n.tag for n in around}
    if "nav" in names or ("footer" in names and not names & {"article", "main"}):
        return False
    if any(n.tag not in ("body", "html") and _BESIDE.search(f"{n.get('class', '')} {n.get('id', '')}") for n in around):
        return False
    return bool(names & {"article", "main"}) or not any(n.tag == "aside" and not _names_itself(n) for n in around)


def _names_itself(node: Any) -> bool:
    return bool(_CALLED_SO.search(f"{node.get('class', '')} {node.get('id', '')}"))


def _with(blocks: list[Block], note: Note) -> list[Block]:
    """An article's paragraphs with all lines of a note: in the place of those of its lines that are there, else at its
    head or foot, where the page has it."""
    sought = [words_of(line) for line in note.lines]
    there = [
        n
        for n, (_, text) in enumerate(blocks)
        if words_of(text) and all(words_of(x) in sought for x in text.split("\n"))
    ]
    found = {words_of(x) for n in there for x in blocks[n][1].split("\n")}
    held = " ".join(words_of(text) for _, text in blocks)
    if found >= set(sought) or (not there and " ".join(sought) in held):
        return blocks
    on_top = not any(words_of(text) in note.before for _, text in blocks)
    at = there[0] if there else 0 if on_top else len(blocks)
    kept = [block for n, block in enumerate(blocks) if n not in there]
    return [*kept[:at], *(("p", line) for line in note.lines), *kept[at:]]


# The words of elements


def _leaf(node: Any) -> _Leaf | None:
    """What an element holds that holds no other's paragraph and has words."""
    if any(n is not node and n.tag in _BLOCKS for n in node.iter()):
        return None
    lines = tuple(lines_of(node))
    words = words_of(" ".join(lines))
    linked = next(node.iter("a"), None) is not None
    return (
        _Leaf(node, lines, words, words_of(" ".join(lines_of(node, without=("a",)))) if linked else words)
        if words
        else None
    )


def lines_of(node: Any, *, without: Sequence[str] = ()) -> list[str]:
    """The lines that a browser draws of an element and what it holds, but for elements called `without`."""
    from lxml import etree  # type: ignore[import-untyped]

    said: list[str] = []
    hidden = 0
    for event, part in etree.iterwalk(node, events=("start", "end", "comment", "pi")):
        named = isinstance(part.tag, str)
        if event == "start":
            hidden += part.tag in _UNSEEN or part.tag in without
            said.append("\n" if part.tag in _BLOCKS or part.tag == "br" else "")
            said.append(re.sub(r"\s+", " ", part.text or "") if not hidden else "")
            continue
        if named:
            hidden -= part.tag in _UNSEEN or part.tag in without
            said.append("\n" if part.tag in _BLOCKS else "")
        if part is not node and not hidden:
            said.append(re.sub(r"\s+", " ", part.tail or ""))
    return [line for x in "".join(said).split("\n") if (line := " ".join(x.split()))]
