"""What a page of HTML states about itself, beside its text: who brings it, who wrote it, and when it came out.

A page speaks of other articles too. What counts is what its head says, and its own object of JSON-LD (schema.org): the
one with its headline or address. What the extractors find elsewhere comes last.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape
from itertools import combinations
from typing import Any, Final

from stemmata.read.credit import outletlike

NO_DATE: Final = ("0001-01-01", "1900-01-01", "1970-01-01")  # what content systems write where they know none
_TIMESTAMP: Final = re.compile(
    r"(?:datePublished[\"']?\s*(?:[:=]|content=|datetime=)\s*|article:published_time[\"']\s+content=|content=(?=[\"'][\dT:.+Z-]+[\"']\s+property="
    r"[\"']article:published_time))[\"'](\d{4}-\d\d-\d\dT\d\d:\d\d[^\"']{0,20})[\"']"
)
_ASIDE: Final = ("aside", "footer", "nav", "*[contains(@class, 'comment') or contains(@id, 'comment')]")
_LINKED: Final = "//script[contains(@type, 'ld+json')]"
_DATED: Final = re.compile(r"date|time|publish|posted|byline|meta", re.I)  # classes and ids of what holds a date
_DATELINE: Final = 8  # words of a line that may state a date; a longer one, or a sentence, tells of one
_TOLD: Final = frozenset({"datePublished", "publisher", "author"})
_PAGES: Final = re.compile(r"Article|Posting|Report|Page|Blog|WebSite|Creative")  # of schema.org: no films
_PUBLISHED: Final = re.compile(r"date|publi[sc]|(?:^|[.-])pub\b|issued|created", re.I)  # and not what was modified:
_MODIFIED: Final = re.compile(r"modif|updat|expir|revis|event", re.I)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']+")
_WITNESSES: Final = (
    "//body//text()[contains(., '©') or contains(., 'opyright') or starts-with(normalize-space(.), 'http')]"
)
_PRINT: Final = re.compile(r"print(?:er friendly|able)?(?: version| page| edition| this)?|amp|mobile")
_HOME: Final = re.compile(
    r"(?:https?://[^/]+)?/?(?:index\.\w+)?"
)  # where a link with the outlet's name or picture leads
# What makes an outlet's name in credits, and a section's in a title: "Local News", "Weekend Review"
_SECTIONS: Final = re.compile(
    r"24|channel|daily|digest|evening|insider|live|magazine|mail|media|morning|news\w*|now|online|plus|podcast|press|radio"
    r"|review|star|sunday|television|today|tonight|tv|weekly",
    re.I,
)
_SURE_NAME: Final = 5  # letters of a name that an address may have by chance if it is shorter
_AUTHORS: Final = (
    "//meta[@name='author' or @property='author' or @name='article:author' or @property='article:author']/@content"
)
_PUBLISHERS: Final = "//*[contains(concat(' ', normalize-space(@itemprop), ' '), ' publisher ')]"
# Who writes where nobody is named; trafilatura parts "Staff and agencies" into two authors
_STAFF: Final = re.compile(
    r"(?:(?:our|own|news|wire|online|digital) )*(?:staff|agenc(?:y|ies)|wires?|reporters?|correspondents?|writers?"
    r"|newsroom|desk|editors?)(?: (?:reporters?|writers?|correspondents?|services?|reports?|desk))?",
    re.I,
)
_END: Final = "9999-12-31"
_NAME: Final = 200  # characters: what is longer is no name


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a page states; `undated` tells why a date that it names was not taken."""

    title: str | None
    url: str | None
    outlet: str | None
    author: str | None
    published: str | None
    undated: str | None
    named: str | None  # where its outlet was found, if that is worth a word


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a page and its JSON-LD, read before its text was sought."""

    times: tuple[str, ...]  # of article:published_time
    aside: tuple[str, ...]  # the times of other metas, "date" say
    site: str | None  # og:site_name
    publishers: tuple[str, ...]  # in microdata
    title: str  # of the tab
    headings: tuple[str, ...]  # h1, else the first h2
    url: str | None  # canonical, og:url
    witnesses: tuple[str, ...]  # what may confirm an outlet's name: addresses, lines with a copyright
    home: frozenset[str]  # the words on links to the site's first page
    writers: tuple[str, ...]  # the meta "author"
    nodes: tuple[dict[str, Any], ...]  # every object of its JSON-LD
    own: tuple[dict[str, Any], ...]  # those with a title or an address of the page's own
    others: tuple[dict[str, Any], ...]  # those with another title


def head(tree: Any, url: str | None) -> Head:
    """Reads what stands around the text of a page, and takes what JSON-LD tells of other articles out of `tree`."""
    times = tree.xpath("//meta[@property='article:published_time' or @name='article:published_time']/@content")
    named = [
        (" ".join(m.get(a, "") for a in ("name", "property", "itemprop")), str(m.get("content")).strip())
        for m in tree.xpath("//meta[@content]")
    ]
    aside = [t for name, t in named if _PUBLISHED.search(name) and not _MODIFIED.search(name)]
    headings = tree.xpath("//h1") or tree.xpath("//h2")[:1]
    sites = tree.xpath("//meta[@property='og:site_name' or @name='og:site_name']/@content")
    titles = tree.xpath("//title/text() | //meta[@property='og:title']/@content")
    titles += [h.text_content() for h in tree.xpath("//h1")]
    home = [a for a in tree.xpath("//a[@href]") if a.get("rel") == "home" or _HOME.fullmatch(a.get("href").strip())]
    urls = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    nodes = tuple(_nodes(map(str, tree.xpath(f"{_LINKED}/text()"))))
    own, others = _parted(nodes, [str(t) for t in titles], {url, *map(str, urls)})
    if others:
        first, *rest = tree.xpath(_LINKED)
        for script in rest:
            script.drop_tree()
        first.text = json.dumps([{"@context": "https://schema.org", **node} for node in own])
    return Head(
        times=tuple(str(t).strip() for t in times),
        aside=tuple(t for t in aside if re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:", t) and is_date(t)),
        site=next((name for s in sites if (name := _name(str(s)))), None),
        publishers=tuple(dict.fromkeys(name for p in tree.xpath(_PUBLISHERS) if (name := _of_microdata(p)))),
        home=frozenset(
            words_of(str(said))
            for a in home
            for said in (a.text_content(), *a.xpath("@title | @aria-label | .//img/@alt | .//svg/@aria-label"))
        ),
        writers=tuple(_unled(str(a)) for a in tree.xpath(_AUTHORS)),
        title=" ".join(str(t) for t in tree.xpath("//head/title/text()")),
        headings=tuple(h.text_content() for h in headings),
        url=next((u for u in map(str.strip, map(str, urls)) if _ADDRESS.fullmatch(u)), None),
        witnesses=tuple(str(t) for t in (*urls, *tree.xpath(_WITNESSES))),
        nodes=nodes,
        own=tuple(own),
        others=tuple(others),
    )


def _of_microdata(publisher: Any) -> str | None:
    """The name of a publisher in microdata: what its element holds, or a property "name" in it."""
    bare = [publisher] if publisher.get("itemscope") is None else []
    for node in (*publisher.xpath(".//*[@itemprop='name' or @itemprop='legalName']"), *bare):
        if name := _name(node.get("content") or node.text_content()):
            return name
    return None


def _nodes(scripts: Iterable[str]) -> Iterable[dict[str, Any]]:
    for script in scripts:
        try:
            bare = re.sub(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*$", "", script)
            todo: deque[Any] = deque([json.loads(bare, strict=False)])
        except (ValueError, RecursionError):
            continue
        while todo:
            node = todo.popleft()
            if isinstance(node, dict):
                todo.extend(node.values())
                yield node
            elif isinstance(node, list):
                todo.extend(node)


def stated(head: Head, found: Any, html: str, url: str | None) -> Stated:
    """What a page states about itself; `found` is what trafilatura made of it.

    Its outlet: og:site_name, else the publisher in its own JSON-LD or its one publisher in microdata, else what stands
    in its title, where that is sure, else what trafilatura found. Its author: those of
    its own JSON-LD, else what trafilatura found in the head or at a byline; "Staff and agencies" are one. An address
    stands for a name only where there is no name.
    """
    by_id = {n["@id"]: n for n in head.nodes if isinstance(n.get("@id"), str) and n.get("name")}

    def names(of: Iterable[dict[str, Any]], field: str) -> list[str]:
        return list(dict.fromkeys(name for n in of for name in _names(n.get(field), by_id)))

    publishers, writers = names(head.own, "publisher"), names(head.own, "author")
    publishers = publishers or list(head.publishers if len(head.publishers) == 1 else ())
    title, titled, alone = _of_title(head, found.title)
    told = [head.site, *publishers, titled, _name(found.sitename)]
    sites = [x for x in told if x and not re.match(r"https?:", x)]
    names_of_it = [x for x in sites if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", x)]
    outlet = next(iter((*names_of_it, *sites)), None)
    alone = alone and titled in {outlet} - {None, *publishers, head.site, found.sitename}
    named = f"its outlet is read from its title alone (“{titled}”)" if alone else None
    writers = [w for w in writers if w.casefold() != (outlet or "").casefold()]
    published, undated = _published(head, html, url)
    author = "; ".join(writers) or found.author or None
    author = next((a for a in head.writers if author and _is_staff(a) and words_of(a) in _joined(author)), author)
    address = head.url or next((a for n in head.own for a in _addresses(n) if _ADDRESS.fullmatch(a)), None)
    return Stated(
        title=title, url=address, outlet=outlet, author=author, published=published, undated=undated, named=named
    )


def _of_title(head: Head, found: str | None) -> tuple[str | None, str | None, bool]:
    """The headline in a page's title, "Orva Wire | Print | Dam may fail"; the outlet's name beside it; and whether
    nothing else bears that out. It may be a section's: the page's address has it too, a copyright line, or a link to
    the site's first page, or it is called like a paper. The headline is what trafilatura took, but where that is no
    more than a page for printing has before it."""
    title = " ".join((found or "").split()) or None
    parts = _parts(head.title)
    for heading in (" ".join(h.split()) for h in head.headings if words_of(h)):
        for first, last in combinations(range(len(parts) + 1), 2):
            if words_of(" ".join(parts[first:last])) != words_of(heading):
                continue
            others = [p for p in dict.fromkeys((*parts[:first], *parts[last:])) if not _is_print(p)]
            sure = [
                p for p in others if words_of(p) in head.home or any(_witnesses(line, p) for line in head.witnesses)
            ]
            alone = [
                p for p in others if len(p.split()) > 1 and outletlike(p) and not _SECTIONS.fullmatch(p.split()[-1])
            ]
            name = next(iter(sure or alone), None) if len(sure or alone) == 1 else None
            return heading if any(map(_is_print, _parts(title or ""))) else title, name, not sure
    return title, None, False


def _parts(title: str) -> list[str]:
    """What stands between the marks of a page's title."""
    return [part for x in re.split(r"\s+[|–—»·:-]+\s+|\s*\|\s*", title) if (part := " ".join(x.split()))]


def _is_print(part: str) -> bool:
    return bool(_PRINT.fullmatch(words_of(part)))


def _witnesses(line: str, name: str) -> bool:
    letters = re.sub(r"^the|\W", "", "".join(words_of(name).split()))
    if told := re.match(r"\s*https?://([^/\s?#]+)", line):
        return len(letters) >= _SURE_NAME and letters in told[1].replace(".", "").replace("-", "").casefold()
    return bool(re.search(r"©|copyright", line, re.I)) and f" {words_of(name)} " in f" {words_of(line)} "


def _unled(author: str) -> str:
    """An author's name without the "By" before it."""
    return re.sub(r"^by\s+", "", " ".join(author.split()), flags=re.I)


def _is_staff(author: str) -> bool:
    """Does a name stand for those who are not named, among others ("Ana Reyk and agencies")?"""
    return any(_STAFF.fullmatch(part.strip()) for part in re.split(r",|&|/|\band\b", author))


def _joined(author: str) -> tuple[str, str]:
    """The words of a list of authors, with "and" before the last and without."""
    first, _, last = author.rpartition("; ")
    return words_of(author), words_of(f"{first} and {last}" if first else last)


def _names(of: Any, by_id: dict[str, dict[str, Any]]) -> list[str]:
    """The names in a value of `author` or `publisher`: a string, an object, a reference to one, or a list of them."""
    if isinstance(of, list):
        return [name for x in of if not isinstance(x, list) for name in _names(x, by_id)]
    if isinstance(of, dict):
        of = of if of.get("name") or of.get("familyName") else by_id.get(str(of.get("@id")), of)
        parts = [of.get(part) for part in ("givenName", "additionalName", "familyName")]
        of = of.get("name") or " ".join(part for part in parts if isinstance(part, str))
        if isinstance(of, list):
            return [name for x in of if isinstance(x, str) for name in _names(x, {})]
    name = _name(of) if isinstance(of, str) else None
    return [name] if name and not re.match(r"https?:", name) else []


def _name(given: str | None) -> str | None:
    name = " ".join(re.sub(r"<[^<>]*>", " ", unescape(given or "")).split())
    return name if 0 < len(name) <= _NAME else None


def _parted(
    nodes: Iterable[dict[str, Any]], titles: Iterable[str], urls: Container[str | None]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The objects with a title or address of the page's own, and those with another title. Where none has just that
    title, one that shares half of its words is the page's own: what search engines are told is often worded anew."""
    own: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    near: list[dict[str, Any]] = []
    known = [words for title in titles if (words := words_of(title))]
    for node in nodes:
        if not _TOLD.intersection(node) or not _PAGES.search(str(node.get("@type", "Page"))):
            continue
        headline = words_of(str(node.get("headline") or node.get("name") or ""))
        if any(a in urls for a in _addresses(node)) or (
            headline and any(headline in title or title in headline for title in known)
        ):
            own.append(node)
        elif headline:
            (near if any(_alike(headline, title) for title in known) else others).append(node)
    return (own, [*others, *near]) if own else (near, others)


def _addresses(node: dict[str, Any]) -> list[str]:
    """What may be an object's address, its page's first."""
    page = node.get("mainEntityOfPage")
    named = (page.get("@id") if isinstance(page, dict) else page, node.get("url"), node.get("@id"))
    return [a for a in named if isinstance(a, str)]


def _alike(one: str, other: str) -> bool:
    first, second = set(one.split()), set(other.split())
    return len(first & second) >= max(2, min(len(first), len(second)) / 2)


def words_of(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


# When it came out


def is_date(value: str) -> bool:
    """Is `value` a date or time of ISO 8601, as `datetime.fromisoformat` reads it, in UTC too?"""
    try:
        moment_of(value)
    except (ValueError, OverflowError):  # the first hours of the year 1 lie before it in UTC
        return False
    return True


def moment_of(value: str) -> str:
    """A day as YYYY-MM-DD; a time as YYYY-MM-DDTHH:MM:SS, one with an offset in UTC ("Z"): so that they sort."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        at = datetime.fromisoformat(value)
    at = at if at.tzinfo is None else at.astimezone(UTC)
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def latest_day() -> str:
    """Tomorrow: it is that day already in the east, and what bears a later one has not come yet."""
    return (datetime.now(UTC) + timedelta(days=1)).date().isoformat()


def _published(head: Head, html: str, url: str | None) -> tuple[str | None, str | None]:
    """When a page was published: as its head says, else its own JSON-LD, else what htmldate finds, the day alone, with
    its own time stamp. Times that differ leave their day. What they state is taken where it lies ahead too, if they
    state nothing else: as in a record. A day that may be two, "05/04/2019", or one to come that is only found, is not
    taken, and told."""
    tomorrow = latest_day()
    stated = [[t for t in times if is_date(t) and t[:10] not in NO_DATE] for times in (head.times, _times(head.own))]
    past = [[t for t in times if t[:10] <= tomorrow] for times in stated]
    if moment := _moment(past):
        return moment, None
    if any(stated) and not any(past):
        ahead = _moment(stated)
        return ahead, None if ahead else "it states several that have not come yet"
    stamps = {m[1] for m in _TIMESTAMP.finditer(html) if is_date(m[1])} - set(_times(head.others))
    stamps |= set(head.aside)
    dated = _dates(html, url, linked=not head.others)
    if day := dated(tomorrow):
        stamps = {t for t in stamps if t.startswith(day)}
        if len({moment_of(t) for t in stamps}) == 1:
            return next(iter(stamps)), None
        either = _either(html, day)
        return (None, f"“{either}” may be either of two days") if either else (day, None)
    if to_come := dated(_END):
        return None, f"{to_come} has not come yet (a .jsonl or .csv can give it as “published”)"
    return None, None


def _moment(sources: Iterable[Sequence[str]]) -> str | None:
    """The time that the first source gives, or a later one of the same day, else that day; None where none has one."""
    day = None
    for times in sources:
        times = [t for t in times if t[:10] == (day or t[:10])]
        if len({moment_of(t) for t in times}) == 1 and len(times[0]) > len("2033-10-10"):
            return times[0]
        if len({t[:10] for t in times}) == 1:
            day = times[0][:10]
    return day


def _times(nodes: Iterable[dict[str, Any]]) -> list[str]:
    return [t.strip() for n in nodes if isinstance(t := n.get("datePublished"), str)]


def _dates(html: str, url: str | None, *, linked: bool) -> Callable[[str], str | None]:
    """htmldate's finding in a page, up to a day, in its JSON-LD too if `linked`. A date that a sentence
    tells of is no statement of the page's own: it would turn a stemma round."""
    from htmldate import find_date
    from trafilatura import load_html

    tree: Any = load_html(html)
    for stray in tree.xpath(" | ".join([f"//{x}" for x in _ASIDE] + ([] if linked else [_LINKED]))):
        stray.drop_tree()
    for node in tree.xpath("//body//node()[not(self::text())]"):
        if node.text and isinstance(node.tag, str) and node.tag != "script" and not _may_date(node.text, node):
            node.text = " "
        if node.tail and not _may_date(node.tail, node.getparent()):
            node.tail = " "

    def dated(latest: str) -> str | None:
        found: str | None = find_date(tree, extensive_search=False, original_date=True, max_date=latest, url=url)
        return found if found not in NO_DATE else None

    return dated


def _may_date(text: str, node: Any) -> bool:
    """May these words state when the page came out? A short line may, and what stands in an element for dates."""
    words = text.split()
    if len(words) <= _DATELINE and not text.rstrip().endswith((".", "!", "?")):
        return True
    while node is not None and node.tag not in ("body", "article", "main"):
        if node.tag in ("time", "abbr") or _DATED.search(f"{node.get('class', '')} {node.get('id', '')}"):
            return len(words) <= 5 * _DATELINE
        node = node.getparent()
    return False


def _either(html: str, date: str) -> str | None:
    """The slashed form of `date`, where nothing else on the page tells its day from its month."""
    year, month, day = date.split("-")
    if int(day) > 12 or day == month:
        return None
    name = datetime.fromisoformat(date).strftime("%b") + r"[a-z]*\.?"
    nth = rf"0?{int(day)}(?:st|nd|rd|th)?"
    numbers, words = rf"{year}([-/.]?){month}(?:\1){day}", rf"\b{nth} (?:of )?{name},? {year}|{name} {nth},? {year}"
    if re.search(rf"{numbers}|{words}", html, re.I):
        return None
    parts = "|".join(rf"0?{int(a)}([/-])0?{int(b)}" for a, b in ((day, month), (month, day)))
    slashed = re.search(rf"(?<![\d/-])(?:{parts})[/-]{year}(?!\d)", html)
    return slashed[0] if slashed else None
