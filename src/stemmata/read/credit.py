"""The credit lines of a text: which outlets it names as where it got the story. The words are in lexicon/outlets.tsv.

A credit is a *frame* ("with material from …", "(Source: …)", "… contributed to this report") with *names* in it. The
less a frame says, the more a name must say by itself: after "originally published by" any name is taken; after "told"
only one that looks like an outlet's, for ministries, courts and neighbours are told things too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from stemmata.lists import classes
from stemmata.model import Credit, Span

# What a name must say by itself: "any" is taken unless it is some other body's (a ministry); "short" also takes an
# acronym or a name in CamelCase that nobody explains; "outlet" takes only what looks like an outlet's.
Trust = Literal["any", "short", "outlet"]

# Among which lines of a text a frame counts.
Lines = Literal["all", "first", "first-and-last"]

# Capital letters up to Cyrillic, and those of Vietnamese and Welsh: `re` has no class for them.
_CAPITAL = "".join(c for c in map(chr, (*range(0x530), *range(0x1E00, 0x2000))) if c.isupper())
_WORD = rf"(?:(?:St|Mt|U\.S|U\.K)\.|[{_CAPITAL}](?:[\w’'+@-]|\.(?=\w)){{0,40}})"
_JOINT = r"(?:(?:of the|of|de|la|le|les|el|du|des|di|del|da|do|dos|della|der|die|das|den|et|y|und|van|von|&) |[dl][’'])"
# The bounds keep the time of a search linear; eight words are more than any outlet of bench/train has.
_NAME = rf"(?:{_WORD}(?: (?:{_JOINT}{{0,3}}{_WORD}|\d+\b(?![.,:]\d))){{0,7}})"
_BRIEF = _NAME.replace("{0,7}", "{0,3}")
# A name with small words in it, where commas show its ends: ", Half an Hour of News reports."
_LOOSE = rf"(?:{_WORD}(?: (?:(?!and)[a-z]{{1,3}} ){{0,3}}{_WORD}){{1,5}})"
_DASH = "(?:--|[-–—―])"
_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# An acronym, a name in CamelCase that is no surname, or a domain: "KNNA", "PayWatch", "karsk.example"; not "McKay"
_SHORT = re.compile(
    rf"[{_CAPITAL}]{{2,6}}\d?|(?!Mc|Mac|De|O’)[{_CAPITAL}]\w*?[a-zß-ÿ][{_CAPITAL}]\w*|[\w.-]+\.[a-z]{{2,8}}"
)
# What a capital letter alone would take into a name, before it and after it
_LEADING = re.compile(
    r"(?:(?:Copyright(?: \d{4})?(?: by)?|With|The|On|In|At|By|As|And|But|So|For|From|When|While|After|Before|Since"
    r"|Although|Though|Yesterday|Earlier|Later|Meanwhile|Last|Also|Even|Only|Today|This|That|Both|If"
    rf"|{_DAY}(?:[’']s)?) )+"
)
_TRAILING = re.compile(rf"(?: {_DAY})?(?:[’']s?)?$")
# "Karskish state television said" names no outlet; met in the news texts of Article-Bias-Prediction
_UNNAMED = re.compile(r".*(?:ese|ian|ean|can|ish|sh|ch|eek|ani|aqi|eli|ami|German|Swiss|State|Local|Several|Two|Many)")
_SEPARATOR = re.compile(r"\s*[;,/|]\s*(?:and )?|\s+(?:and|as well as|plus) ")
_EDGE = 3  # lines from either end of a text: farther in, a line that is only a name is a heading


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to credit. The group `names` of `pattern` holds one name, or a list where there is no group `the`."""

    pattern: re.Pattern[str]
    trust: Trust
    lines: Lines


@cache
def _labels() -> str:
    """The nouns that introduce or follow an outlet's name, longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, classes("outlets")["label"]), key=len, reverse=True)) + ")"


@cache
def _frames() -> tuple[Frame, ...]:
    """Every frame, the surest first: of two with one name the first is kept. `(?i)` where no capital is needed."""
    label = rf"(?P<label>(?:(?:[Tt]he|[Aa]n?|its|their|our) )?(?:[\w’'-]{{1,30}} ){{0,3}}?{_labels()}:? )"
    named = rf"(?:{label}|(?P<the>[Tt]he ))?(?P<names>{_NAME})(?: \([{_CAPITAL}]{{2,8}}\))?"
    inside = r"[^\n.()\[\]:]|\.(?=\w)|(?<=\bSt)\.|\((?=[^\n)]{2,8}\))|(?<=\w)\)"
    listed = rf"(?P<names>(?:{inside}){{1,300}}?)(?=\s*(?:\.(?!\w)|[:)\]”\"]|$))"
    line = rf"^[ *_]*(?P<names>{_BRIEF}"
    acronym = rf"(?P<names>[{_CAPITAL}]{{3,6}})\b"
    sentence = r"(?:^|(?<=[.!?…”\"’»)(\[] )|(?<=[(\[*_—–-]))[ *_]{0,4}"  # where a sentence may begin
    text = "(?:story|article|report|piece|text|post|note|interview|account|dispatch|item|column|essay|commentary)"
    about = "(?:reporting|materials?|information|inputs?|files?|content|contributions?|details|copy|dispatches)"
    shown = "(?:appeared|published|ran|run|printed|aired|posted|broadcast|reported|written|produced)"
    made = "(?:based|compiled|prepared|written)"
    tells = "(?:told|tells|telling|informed|(?:spoke|speaking|spoken|talking|confirmed|admitted) to)"
    sees = "(?:seen|obtained|reviewed|consulted|viewed|verified|commissioned) by"
    carries = "(?:carried|aired|broadcast|relayed|quoted) (?:by|on)"
    writes = (
        "(?:reports|reported|(?:is|was|are) reporting|writes|wrote|calculates|calculated|estimates|reveals|revealed"
        r"|puts|learned|quotes|quoted|cites|broke the|was (?:the )?first (?:\w+ )?to (?:report|reveal|break|publish))"
    )
    takes = "(?:taken|adapted|translated|condensed|summari[sz]ed|abridged|excerpted|rewritten|edited|syndicated)"
    speaks = "(?P<speaks>said|says|announced|claimed|claims|noted|cited|added)"
    dateline = rf"[ ,.]*[(/](?P<names>[^()/\n]{{2,60}})[)/] ?(?:\. ?)?(?:{_DASH}|:|(?<=[/)]\.)|(?<=[/)]\. ))"
    places = "(?:by|in|on|at|for)"
    opens = r"(?i)^[ *_(\[]*"
    closes = r"[ .*_)\]]*$"
    blocks: tuple[tuple[Trust, Lines, tuple[str, ...]], ...] = (
        # Credit lines
        ("any", "all", (
            rf"(?i)(?:{sentence}|, )with (?:\w+ )?{about} (?:by|from|of|(?:supplied|provided) by) {listed}",
            rf"(?i){sentence}with (?:many |our )?thanks to {listed}",
            rf"(?i)^[\[(]?forwarded (?:message )?from:? {listed}",
            rf"(?i){sentence}(?:(?:original )?sources?|original|report(?:ing)?|facts|text|story|via|h/t) ?: {listed}",
            rf"(?i)\b(?:this|the|our) {text} (?:was |has been )?(?:\w+ )?{shown}(?: first)? {places} {listed}",
            rf"(?i)(?:\boriginally {shown}|{sentence}first {shown}|\bappeared first) {places} {listed}",
            r"(?i)\b(?:the|an) original (?:\w+ )?(?:is|was|can|may|appears|appeared)(?: \w+){0,2}"
            rf" (?:{places}|from) {listed}",
            rf"\b(?:[Ff]irst|[Oo]riginally|[Ee]xclusively) (?:reported|broken) by {named}",
            rf"(?i)\bre-?(?:published|printed|posted) (?:with \w+ )?(?:from|courtesy of) {listed}",
            rf"(?i){sentence}(?:this {text} is )?{made} (?:in part |partly )?(?:on|from|with) (?:an? |the )?(?:\w+ )?"
            rf"(?:{text}s?|{about}) (?:by|from|of|in|on) {listed}",
            rf"(?i)(?:\b(?:this|our) {text}|{sentence}(?:{about}|{text}s?)) (?:draws|drew|relies|is based|was based) on"
            rf" {listed}",
        )),
        ("any", "first-and-last", (rf"{opens}(?:sources?|via|h/t|hat tip to)(?: {_DASH})? {listed}{closes}",)),
        ("any", "first", (rf"^[{_CAPITAL}]{{3}}[^\n()/]{{0,60}}?{dateline}",)),
        ("short", "first", (rf"^[^\n()/]{{3,60}}?{dateline}",)),
        ("short", "all", (
            rf"(?i){sentence}{made} on (?:the basis of )?{listed}",
            rf"(?i){sentence}(?:{made}|{takes}) from {listed}",
            rf"(?i){sentence}(?:(?:our |many )?thanks (?:go |are due )?to|we thank) {listed}",
            rf"(?i){sentence}(?:{made} |produced |published )?(?:in (?:co-?operation|collaboration|partnership)"
            rf"|together|with (?:the )?(?:kind )?permission) (?:with|of|from) {listed}",
            rf"(?i){sentence}read (?:more|on|the (?:full|whole|original|entire))(?: {text})? {places} {listed}",
            rf"(?i){sentence}(?:(?:additional |further )?reporting (?:by|from)|contributing:) {listed}",
            rf"(?i){sentence}(?:reporting|writing|editing) by [^\n()]{{2,200}}\)? ?\((?P<names>[^()\n]{{2,60}})\)",
            rf"\b{named}(?:[’']s)?,? (?:also )?contributed (?:\w+ )?to (?:this|the) {text}",
        )),
        ("short", "first-and-last", (
            rf"^[ *_]*(?:By|From|BY|FROM) (?:the |The )?(?P<names>{_BRIEF})(?: [a-z]+)?{closes}",
            rf"{line}) ?[/,+] ?(?:own|our|with|staff|agencies)\b.*$",
            rf"{opens}(?:by [^\n.]{{2,60}}?,? )?with (?:the )?{listed}{closes}",
            rf"^[ *_]*(?:{_DASH}|[/(\[])[ *_]*(?P<names>{_NAME}(?: / {_NAME})*)[ *_]*[)\]/]?[ .*_]*$",
            rf"{line}(?: / {_BRIEF})+|(?<=[{_CAPITAL}]{{2}})(?:/{_BRIEF})+)[ .*_]*$",
            rf"[.!?”\"’»] ?(?:{_DASH} ?|[(\[/])(?P<names>{_NAME})[)\]/]?\.?$",
        )),
        ("outlet", "first-and-last", (
            rf"{line})[ .*_]*$",
            r"^[ *_(]*(?:By|BY) [^\n.]{2,60}?(?: \(|,? (?:for|at|and) (?:the )?|,? ?[|,–—-] ?)"
            rf"(?P<names>{_BRIEF}){closes}",
        )),
        ("outlet", "first", (
            rf"^(?P<names>{_NAME})(?:, [^\n.]{{3,30}})? ?(?:{_DASH}|:) ",
            rf"^[^\n.]{{3,40}}?\.? ?{_DASH} ?(?P<names>{_NAME})(?:\.| ?{_DASH}) ",
        )),
        # Mentions in the running text. Of bench/train and our dossiers the acronyms in the first two are an outlet's,
        # 17 of 17 and 4 of 4; what an acronym "said", or is told "according to" it, is another body's 8 times in 12
        ("any", "all", (rf"\b[Tt]he agency {acronym}",)),
        ("short", "all", (
            rf"(?:,[”\"’]?|\b[Aa]s) {acronym} (?:has |had |first )?report(?:s|ed)(?=\s*(?:[.,;:)\]”\"]|$))",
            rf"\b{tells} {named}",
            rf"\b{sees} {named}",
            rf"\b(?:remarks|comments|words|statement|speech|interview|footage|video|pictures|report) {carries} {named}",
            rf"\b(?:an?|the|our|its) (?P<the>)(?P<names>{_NAME})(?:[’']s?)? (?:correspondent|reporter|journalist)s?\b",
        )),
        ("outlet", "all", (
            r"\b[Ii]n (?:an? |the )?(?:\w+ )?(?:interview|comments?|remarks|statement|conversation|podcast)"
            rf" (?:with|to|in|for) {named}",
            r"\b(?:explained|said|saying|complained|repeated|speaking|interviewed|appearing|wrote|writing)"
            rf" (?:on|in|to|by|for) {named}",
            rf"\b(?:[Aa]n?|[Tt]he|last \w+’s) (?P<the>)(?P<names>{_NAME})(?:[’']s?)?"
            r" (?:story|article|report|reporting|dispatch|investigation|interview|account|scoop|exclusive)\b",
            rf"\b(?:[Ii]n an? )?(?:{text}s?|materials?|reporting|newsletter|website|broadcast|bulletin)"
            rf" (?:by|in|from|of|on) {named}",
            r"\b(?:[Ff]irst |[Oo]riginally )?(?:[Rr]eported|[Pp]ublished|[Aa]ired|[Qq]uoted|[Cc]ited|[Cc]arried"
            r"|[Bb]roadcast|[Rr]elayed|[Dd]istributed|[Tt]ransmitted|[Ss]hown) (?:\w+ )?"
            rf"(?:by|in|on) {named}",
            r"\b(?:[Aa]ccording to|[Cc]iting|[Qq]uoting|[Vv]ia|[Aa]s per|per|[Dd]raw(?:s|ing) on|[Cc]ourtesy of)"
            rf" {named}",
            rf"\b{writes} {named}(?=\s*(?:[.,;:)\]”\"]|$))",
            rf",[”\"’]? (?P<the>)(?P<names>{_LOOSE}) (?P<comma>reports|reported|writes|wrote)(?=[.,\n]|$)",
            rf"\b{named}(?: (?P<after>(?!daily|weekly){_labels()}))?(?:,(?P<apposition>[^,.\n]{{3,60}}),)?(?:, which)?"
            rf" (?:also |has |had |first )?(?:{writes}|{speaks})\b",
        )),
    )  # fmt: skip
    return tuple(
        Frame(re.compile(pattern, re.MULTILINE), trust, lines)
        for trust, lines, patterns in blocks
        for pattern in patterns
    )


@cache
def _piece() -> re.Pattern[str]:
    """One name of a list: "the portal Karsk Live", "KNNA materials", "Sarn Wire (SW)", "example.com"."""
    return re.compile(
        rf"(?:(?:the|its|our) )?(?P<label>(?:[\w’'-]{{1,30}} ){{0,3}}?{_labels()}:? )?"
        rf"(?P<name>{_NAME}|\w[\w-]*(?:\.[\w-]+)*\.[a-z]{{2,8}})(?: \(\w+\))?(?:[’']s?)?"
        rf"(?P<after> (?:{_labels()}|materials?|reports?|reporting|dispatches))?"
        r"(?: (?:in|on|at|for|under|with|where|who|which|last|this|yesterday) .*)?",
        re.DOTALL,
    )


def credits(text: str) -> tuple[Credit, ...]:
    """The credits of `text` in its order, one for each outlet. `span` is the phrase with the name in it.

    An outlet that names itself ("told this newspaper's name") is found too: who knows the document's outlet compares.
    """
    edges = _edges(text)
    sure = _explained(text)  # names that are outlets' wherever they stand
    found: dict[str, tuple[Span, Credit]] = {}
    for frame, match in ((f, m) for f in _frames() for m in f.pattern.finditer(text)):
        if frame.lines != "all" and not _near_edge(match.start("names"), edges, frame.lines):
            continue
        for name, labelled in _names(match):
            written = name.of(text)
            if not _accepted(written, frame.trust, labelled=labelled, sure=sure, match=match):
                continue
            if frame.trust == "any":
                sure.add(written)
            found.setdefault(_folded(written), (name, Credit(name=written, span=_phrase(text, match, name))))
    return tuple(credit for _, credit in sorted(found.values(), key=lambda pair: pair[0]))


def _edges(text: str) -> tuple[int, int]:
    """Where the first lines of `text` end and where its last lines begin (`_EDGE` lines, empty ones not counted)."""
    lines = [m.span() for m in re.finditer(r"^.*\S.*$", text, re.MULTILINE)]
    return (lines[:_EDGE][-1][1], lines[-_EDGE:][0][0]) if lines else (0, 0)


def _near_edge(at: int, edges: tuple[int, int], lines: Lines) -> bool:
    return at < edges[0] or (lines == "first-and-last" and at >= edges[1])


def _explained(text: str) -> set[str]:
    """Acronyms that `text` itself explains by a name that looks like an outlet's: "Sarn Press Agency (SPA)"."""
    pairs = re.finditer(rf"({_NAME}) \((?:the )?([{_CAPITAL}]{{2,6}})\)", text)
    return {m[2] for m in pairs if outletlike(m[1])}


def _names(match: re.Match[str]) -> Iterator[tuple[Span, bool]]:
    """The names in a match's group `names`, and whether a noun like "newspaper" stands beside each."""
    groups = match.groupdict()
    start = match.start("names")
    if "the" in groups:  # one name by itself
        name = _bare(match["names"])
        after = groups.get("after") and not _UNNAMED.fullmatch(match["names"])
        apposition = rf" (?:the|an?) (?:[\w’'-]{{1,30}} ){{0,4}}?{_labels()}(?! \w)"
        beside = re.match(apposition, groups.get("apposition") or "")
        if name.start < name.end:
            yield Span(start + name.start, start + name.end), bool(groups.get("label") or after or beside)
        return
    at = 0
    for stop, following in [*(m.span() for m in _SEPARATOR.finditer(match["names"])), (len(match["names"]),) * 2]:
        piece = match["names"][at:stop]
        if m := _piece().fullmatch(piece.strip()):
            offset = start + at + len(piece) - len(piece.lstrip()) + m.start("name")
            name = _bare(m["name"])
            if name.start < name.end:
                yield Span(offset + name.start, offset + name.end), bool(m["label"] or m["after"])
        at = following


def _bare(name: str) -> Span:
    """`name` without what clings to it: "On Tuesday", "The", "'s", "Monday", "Karsk's" before a known outlet."""
    lead = _LEADING.match(name + " ")
    start, end = min(lead.end() if lead else 0, len(name)), len(_TRAILING.sub("", name))
    for owner in re.finditer(r"[’']s ", name[:end]):
        if name[owner.end() : end] in classes("outlets")["outlet"]:
            start = owner.end()
    return Span(start, end)


def _accepted(name: str, trust: Trust, *, labelled: bool, sure: set[str], match: re.Match[str]) -> bool:
    """Is `name`, which `match` names, an outlet as far as its frame asks for?"""
    if _other(name):
        return False
    groups = match.groupdict()
    if groups.get("speaks"):  # everybody says; of outlets that is told with the noun beside the name
        return labelled
    if labelled or name in sure or outletlike(name):
        return True
    if "comma" in groups:  # ", Half an Hour of News reports.": a person's name has no small words in it
        return any(word.islower() for word in name.split()) or len(name.split()) > 3
    if trust == "any" and "the" in groups and len(name.split()) == 2 and not groups["the"]:
        return False  # "first reported by Ana Reyk"
    if trust == "short":  # an acronym with an article is a body: "told the KPU"
        return bool(_SHORT.fullmatch(name)) and not groups.get("the")
    return trust == "any"


def outletlike(name: str) -> bool:
    """Does `name` look like an outlet's by itself? It is a known one, or a word in it says so ("Herald")."""
    kinds = classes("outlets")
    bare = name.removeprefix("The ")
    if bare in kinds["outlet"]:
        return True
    words = re.findall(r"[\w’'-]+", bare)
    if len(words) < 2:
        return bool(words) and _ends_like_outlet(words[0])
    marks = [w for w in words if w in kinds["name-word"] or _ends_like_outlet(w)]
    return bool(marks) and marks != ["Agency"]  # "Environment Agency"; but "Karsk Press Agency"


def _ends_like_outlet(word: str) -> bool:
    """ "Dagbladet", "KarskNews": a newspaper's ending, longer than the ending alone."""
    return any(word.casefold().endswith(e) and len(word) > len(e) + 2 for e in classes("outlets")["name-ending"])


def _other(name: str) -> bool:
    """Is `name` some other body's: a ministry, an alliance, a party?"""
    kinds = classes("outlets")
    words = re.findall(r"[\w’'-]+", name)
    if name.removeprefix("The ") in kinds["outlet"]:
        return False
    if words[0] in kinds["other-acronym"]:
        return True
    others = [w for w in words if w in kinds["other-word"]]
    # "Health News" is an outlet's name, "Press Office" and "Press Service of the Ministry" are not.
    return bool(others) and not (words[-1] in kinds["name-word"] - {"Agency", "24"} and "of" not in words)


def _phrase(text: str, match: re.Match[str], name: Span) -> Span:
    """The characters of a match from its first to its last word, `name` among them."""
    start, end = match.start(), max(match.end(), name.end)
    while start < name.start and not text[start].isalnum():
        start += 1
    while end > name.end and not (text[end - 1].isalnum() or (text[end - 1] == ")" and "(" in text[start:end])):
        end -= 1
    return Span(start, end)


def _folded(name: str) -> str:
    return name.removeprefix("The ").casefold()
