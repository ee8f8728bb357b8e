"""Files, folders, globs, standard input and URLs -> Documents, and a Refusal for whatever is none."""

from __future__ import annotations

import csv
import glob
import gzip
import hashlib
import io
import itertools
import json
import os
import re
import stat
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from math import trunc
from numbers import Real
from pathlib import Path
from typing import Any, BinaryIO, Literal

from stemmata.model import Document, Evidence, Refusal, StemmataError, missing
from stemmata.read.article import Page, document_from_text, few, page, shown
from stemmata.read.encoding import UnreadableError, codec, decoded, told_in
from stemmata.read.fetch import Limits, fetched, without_credentials
from stemmata.read.given import FIELDS, Names, NoTimeError, time_of
from stemmata.read.markdown import front_matter, unmarked
from stemmata.read.plain import put_right
from stemmata.read.stated import latest_day

Kind = Literal["text", "markdown", "page", "lines", "table", "unknown"]
Item = Document | Refusal

ENDINGS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "page", ".htm": "page",
    ".xhtml": "page", ".jsonl": "lines", ".ndjson": "lines", ".csv": "table", ".tsv": "table",
}  # fmt: skip
_SHOWN = 5  # names of endings or columns in one message
_HTML = re.compile(r"\s*<(?:!doctype html|!--|\?xml|html|head|body|meta|title|article|div|main|p|h1)\b", re.IGNORECASE)

_TAG = re.compile(r"</(?:p|div|span|a|b|i|em|strong|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_FORMATS = (  # how the files begin that are none of ours, whatever they are called
    (rb"%PDF-", "a PDF"),
    (rb"PK\x03\x04", "a zip file (.docx, .odt)"),
    (rb"\{\\rtf", "an RTF file"),
    (rb"\xd0\xcf\x11\xe0", "an old Word file"),
    (rb"\x1f\x8b", "a gzip file in what was to be text"),
    (rb"PAR1", "a Parquet file"),
)
_OTHERS = (  # and those that are texts of a kind, and read where they are called .txt
    (rb"WARC/\d", "a web archive (WARC)"),
    (
        rb"(?i:return-path|received|delivered-to|mime-version|message-id|dkim-signature): |From: .*@|From \S+@",
        "an e-mail",
    ),
    (rb"From: <Saved by ", "a web archive (MHTML)"),
)
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--[^>]*-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.IGNORECASE
)
_GZIP = b"\x1f\x8b"
_NOT_LINES = "JSON, but not one object a line: save it as JSON Lines (.jsonl)"


LIMITS = Limits()


def documents(
    sources: Iterable[str | os.PathLike[str]],
    *,
    allow_private: bool = False,
    now: Callable[[], datetime] | None = None,
    stdin: BinaryIO | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Item]:
    """The documents of `sources` in their order, one file or line at a time; what is none comes as a Refusal.

    A source is a file, a folder (read with its subfolders, hidden files left out), a glob ("**" too), "-" for standard
    input (`stdin`, else the process's own), or a URL. A path-like object is always a path. `allow_private` lets URLs
    lead to this machine and its networks; `now` tells the time for Evidence. A document whose `published` cannot be
    read comes without it, followed by a Refusal with `kept`. Fields that are called otherwise ("body", "pubDate"; all
    that are known are in `given.CALLED`) are read, and a Refusal with `kept` says so once, at the end of their file.
    Raises StemmataError, before anything is read, where `sources` is not what it should be.
    """
    if isinstance(sources, str | bytes | os.PathLike):
        raise StemmataError(f"sources is to be a list of them: documents([{os.fspath(sources)!r}])")
    named = list(sources)
    for source in named:
        if not isinstance(source, str | os.PathLike):
            raise StemmataError(f"a source is a path or a URL, not {type(source).__name__}: {shown(repr(source))}")
        if not os.fspath(source):
            raise StemmataError("a source is empty; . is this folder")
    reading = _Reading(limits=limits, allow_private=allow_private, now=now or partial(datetime.now, UTC), stdin=stdin)
    return itertools.chain.from_iterable(map(reading.source, named))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One call of `documents`: what it may do. Each method gives the documents and refusals of one thing."""

    limits: Limits
    allow_private: bool
    now: Callable[[], datetime]
    stdin: BinaryIO | None

    def source(self, source: str | os.PathLike[str]) -> Iterator[Item]:
        if not isinstance(source, str):
            return self.path(Path(os.fsdecode(source)))
        if source == "-":
            stream = self.stdin or getattr(sys.stdin, "buffer", None)
            if stream is None:
                return iter([_refusal("-", "there is no standard input")])
            return self.stream(stream, "-", "unknown")
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", source):
            return self.address(source)
        if glob.has_magic(source) and not os.path.lexists(source):
            return self.pattern(source)
        return self.path(Path(source))

    def pattern(self, pattern: str) -> Iterator[Item]:
        """The files and folders that a glob matches. "**" reaches every file by itself: it takes no folders whole."""
        left: Counter[str] = Counter()
        matched = False
        for name in sorted(set(glob.iglob(pattern, recursive=True))):  # noqa: PTH207 (a Path takes no absolute pattern)
            path = Path(name)
            if path.is_dir():
                if "**" not in pattern:
                    matched = True
                    yield from self.path(path)
            elif _ending(path) in ENDINGS or not path.is_file():
                matched = True
                yield from self.path(path)
            else:
                left[path.suffix.lower()] += 1
        if left:
            yield _refusal(pattern, _left(left))
        elif not matched:
            yield _refusal(pattern, "no file matches this pattern")

    def path(self, path: Path) -> Iterator[Item]:
        try:
            mode = path.stat().st_mode
            opened = path.open("rb") if stat.S_ISREG(mode) else None
        except (OSError, ValueError) as fault:  # ValueError: a NUL in the name
            yield _refusal(path, _trouble(path, fault))
            return
        if opened:
            with opened as stream:
                packed = stream.peek(2)[:2] == _GZIP
                unpacked = io.BufferedReader(_Unpacked(stream, self.limits)) if packed else stream
                yield from self.stream(unpacked, _printable(path), ENDINGS.get(_ending(path), "unknown"))
        elif stat.S_ISDIR(mode):
            yield from self.folder(path)
        else:
            yield _refusal(path, "not a file (a pipe or a device): use - for standard input")

    def folder(self, root: Path) -> Iterator[Item]:
        """The files in `root` and its subfolders in the order of their names; links are followed, once each."""
        left: Counter[str] = Counter()
        found = 0
        seen: set[tuple[int, int]] = set()
        todo = [root]
        while todo:
            path = todo.pop()
            try:
                status = path.stat()
                if not stat.S_ISDIR(status.st_mode):
                    if _ending(path) in ENDINGS:
                        found += 1
                        yield from self.path(path)
                    else:
                        left[path.suffix.lower()] += 1
                    continue
                if (status.st_dev, status.st_ino) in seen:
                    yield _refusal(path, "a link to a folder that is read already: not read twice")
                    continue
                seen.add((status.st_dev, status.st_ino))
                inside = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
                todo.extend(sorted(inside, key=lambda entry: entry.name, reverse=True))
            except OSError as fault:
                found += 1  # something was there
                yield _refusal(path, _trouble(path, fault))
        if left:
            yield _refusal(root, _left(left))
        elif not found:
            yield _refusal(root, "no articles in this folder")

    def stream(self, stream: BinaryIO, location: str, kind: Kind) -> Iterator[Item]:
        """The documents of an open file, and at its end what its fields are called, where they are not called so. Of an
        unknown kind, its first line with words in it decides."""
        names = Names()
        try:
            head: list[bytes] = []
            if kind == "unknown":
                head = _head(stream, self.limits.max_line_bytes)
                kind = _sniffed(head[-1] if head else b"")
            if kind == "lines":
                yield from self.lines(stream, location, head, names)
            elif kind == "table":
                yield from self.table(stream, location, names)
            else:
                yield from self.whole(stream, location, kind, b"".join(head))
        except UnreadableError as fault:
            yield _refusal(location, str(fault))
        except OSError as fault:  # a disk or a network that went away
            yield _refusal(location, f"cannot be read to its end ({shown(fault.strerror or str(fault))})")
        for remark in names.told():
            yield _refusal(location, remark, kept=True)

    def whole(self, stream: BinaryIO, location: str, kind: Kind, head: bytes) -> Iterator[Item]:
        """The one document of a text, in Markdown or plain, or of a page of HTML."""
        limit = self.limits.max_page_bytes if kind == "page" else self.limits.max_text_bytes
        data = head + stream.read(max(limit + 1 - len(head), 0))
        if len(data) > limit:
            raise UnreadableError(f"larger than {limit:,} bytes: not read")
        _refuse(data, _FORMATS)
        if _FEED.match(data):
            raise UnreadableError("a feed, not an article: read the pages that it leads to")
        evidence = self.evidence(data, location)
        if kind == "page" or (kind != "markdown" and _is_page(data)):  # Markdown may begin with a tag
            found = page(data)  # what it says of its address makes no id: a copy may name another's
            items = self.article(
                asdict(found) | {"url": None}, *found.remarks, undated=found.undated, evidence=evidence
            )
            return (replace(i, url=found.url) if isinstance(i, Document) else i for i in items)
        text, guessed = decoded(data)
        about, unused, below = front_matter(text)
        if kind != "markdown":  # it may begin with a rule of its own
            pasted, remarks = put_right(below.lstrip("\r\n") if about else text)
            return self.article(pasted | about, guessed, unused if about else None, *remarks, evidence=evidence)
        text = below
        body, headline = unmarked(text)
        title = about.get("title", headline)
        if headline and title and " ".join(headline.split()).casefold() != " ".join(title.split()).casefold():
            other = f"its headline is {shown(headline)}, and its title that of its front matter"
            unused = f"{unused}; {other}" if unused else other
        return self.article({**about, "text": body, "title": title}, guessed, unused, evidence=evidence)

    def lines(self, stream: BinaryIO, location: str, head: list[bytes], names: Names) -> Iterator[Item]:
        """The documents of JSON Lines, one object a line; empty lines are skipped, broken ones refused one by one."""
        found = False
        for number, (line, name) in enumerate(_lines(stream, self.limits.max_line_bytes, head), start=1):
            where = f"{location}#{number}"
            if line is not None and not line.strip():
                continue
            if not found and line is not None and re.fullmatch(r"\s*[\[{]+\s*", line.decode(name, "replace")):
                raise UnreadableError(_NOT_LINES)
            found = True
            try:
                if line is None:
                    raise UnreadableError(f"a line longer than {self.limits.max_line_bytes:,} bytes")
                bare = _without_end(line, name)
                text, guessed = decoded(bare) if name == "utf-8" else told_in(bare, name)
                record = names.named(_record(text))
                yield from self.article(record, guessed, listed=True, evidence=self.evidence(bare, where))
            except UnreadableError as fault:
                yield _refusal(where, str(fault))
        if not found:
            raise UnreadableError("empty")

    def table(self, stream: BinaryIO, location: str, names: Names) -> Iterator[Item]:
        """The documents of a CSV with a column `text`, or the pages of one with a column `url` and no text.

        A row's evidence is the digest of the row's own bytes; its number counts as in a spreadsheet, the header is 1.
        """
        taken: list[bytes] = []  # the lines of the row that csv is at: it asks for them until a row is whole
        name = "utf-8"
        wrong: list[str] = []  # what is wrong with them; they are handed on all the same, lest a quotation mark be lost
        guessed: str | None = None  # what is to be said of its letters

        def feed() -> Iterator[str]:
            nonlocal name, guessed
            for line, name in _lines(stream, self.limits.max_line_bytes, []):
                if line is None:
                    raise csv.Error(f"a line longer than {self.limits.max_line_bytes:,} bytes")
                taken.append(line)
                try:
                    text, remark = told_in(line, name)
                    guessed = remark or guessed
                except UnreadableError as fault:
                    wrong.append(str(fault))
                    text = line.decode(name, "replace")
                yield text

        # The limit is of the process, so it is only ever raised.
        csv.field_size_limit(max(csv.field_size_limit(), self.limits.max_chars))
        try:
            rows = feed()
            columns, delimiter = _columns(line for line in rows if line.strip())
            called = names.called(columns)
        except csv.Error as fault:
            raise UnreadableError(f"not a table ({fault})") from None
        table = csv.reader(rows, delimiter=delimiter, strict=True)  # else it drops quotation marks in silence
        found = False
        for number in itertools.count(2):
            taken.clear()
            wrong.clear()
            guessed = None
            where = f"{location}#{number}"
            try:
                row = next(table, None)
                if row is None and not found:
                    raise UnreadableError("a table without rows: there is nothing below its first line")
                if row is None:
                    return
                cells = {c: cell for c, cell in zip(columns, row, strict=False) if cell.strip()}
                record = names.named({c: cells[c] for c in (*FIELDS, *called.values()) if c in cells}, called)
                if not any(cell.strip() for cell in row):
                    continue
                found = True
                if any(cell.strip() for cell in row[len(columns) :]):
                    raise UnreadableError(f"{len(row)} cells, {len(columns)} columns: is the text in quotation marks?")
                if wrong:
                    raise UnreadableError(wrong[0])
                if "text" in columns or "text" in called:
                    evidence = self.evidence(_without_end(b"".join(taken), name), where)
                    yield from self.article(record, guessed, listed=True, evidence=evidence)
                else:
                    yield from self.address(record.pop("url", ""), where=where, given=record)
            except UnreadableError as fault:
                yield _refusal(where if row is not None else location, str(fault))
                if row is None:
                    return
            except csv.Error as fault:
                yield _refusal(where, f"a broken table from here on, the rest is not read ({fault})")
                return

    def address(self, url: str, *, where: str | None = None, given: dict[str, Any] | None = None) -> Iterator[Item]:
        """The document at a URL. `given`, of the row of a table at `where`, counts for more than what the page says."""
        location = without_credentials(url)
        try:
            got = fetched(url, self.limits, allow_private=self.allow_private)
            evidence = self.evidence(got.body, location)
            if got.kind == "text/plain" and not _is_page(got.body):
                text, guessed = decoded(got.body, charset=got.charset)
                pasted, remarks = put_right(text)
                found = Page(**pasted, remarks=(*remarks, guessed) if guessed else remarks)
            else:
                found = page(got.body, charset=got.charset, url=got.url)
            record = asdict(found) | {"url": got.url} | (given or {})
            yield from self.article(
                record, *found.remarks, undated=found.undated, listed=given is not None, evidence=evidence
            )
        except UnreadableError as fault:
            yield _refusal(where or location, f"{location}: {fault}" if where else str(fault))

    def article(
        self,
        record: dict[str, Any],
        *remarks: str | None,
        undated: str | None = None,
        listed: bool = False,
        evidence: Evidence,
    ) -> Iterator[Item]:
        """The document of a record, and what is to be said of it (`_document`). Of what is `listed` with others a day
        to come is taken without a word."""
        document, *unused = _document(record, undated, evidence, self.limits)
        yield document
        to_come = document.published is not None and document.published[:10] > latest_day() and not listed
        ahead = f"its date has not come yet ({document.published}), and is kept" if to_come else None
        for remark in (*remarks, *unused, _tagged(document), ahead):
            if remark:
                yield _refusal(evidence.location, remark, kept=True)

    def evidence(self, data: bytes, location: str) -> Evidence:
        read_at = self.now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return Evidence(sha256=hashlib.sha256(data).hexdigest(), location=location, read_at=read_at)


def records(rows: Iterable[Mapping[Any, Any] | Document | Refusal]) -> Iterator[Item]:
    """The documents of rows that a program has, as those of a file are read: mappings whose keys are called as the
    columns of tables are, or documents whose fields may be as a data frame had them. Refusals come as they are."""
    names = Names()
    for number, row in enumerate(rows, start=1):
        if isinstance(row, Refusal):
            yield row
            continue
        try:
            if isinstance(row, Document):
                where, evidence = row.where, row.evidence
                record = {name: getattr(row, name) for name in FIELDS}
            else:
                record = {str(k).strip().casefold(): value for k, value in row.items() if not missing(value)}
                where, evidence = str(record.get("id", f"row {number}")), None
                record = names.named(record)
            document, *unused = _document(record, None, evidence, LIMITS)
        except UnreadableError as fault:
            yield _refusal(where, str(fault))
            continue
        yield document
        for remark in (*unused, None if isinstance(row, Document) else _tagged(document)):
            if remark:
                yield _refusal(document.where, remark, kept=True)
    for remark in names.told():
        yield _refusal("rows", remark, kept=True)


def _document(
    record: Mapping[str, Any], undated: str | None, evidence: Evidence | None, limits: Limits
) -> tuple[Document, *tuple[str, ...]]:
    """The document of a record with the fields of `FIELDS`, and behind it what is to be said of it; `undated` tells why
    it has no date, where it names none. Raises UnreadableError."""
    fields, unused = _fields(record)
    if len(text := fields.pop("text")) > limits.max_chars:
        raise UnreadableError(f"a text of {len(text):,} characters: the limit is {limits.max_chars:,}")
    published, undated = dated(record.get("published"), undated)
    try:
        document = document_from_text(text, **fields, published=published, evidence=evidence)
    except StemmataError as fault:
        raise UnreadableError(str(fault)) from None
    if undated:
        unused.append(f"read without its date: {undated}")
    return document, *unused


def _tagged(document: Document) -> str | None:
    tag = _TAG.search(document.text)
    return f"read with tags of HTML in its text ({shown(tag[0])})" if tag else None


def _refusal(location: str | Path, reason: str, *, kept: bool = False) -> Refusal:
    return Refusal(location=_printable(location), step="read", reason=reason, kept=kept)


def _printable(path: str | Path) -> str:
    """A path as it can be stored: bytes in its name that are no UTF-8 are written out."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def _trouble(path: Path, fault: OSError | ValueError) -> str:
    if isinstance(fault, FileNotFoundError):
        return "a broken link" if path.is_symlink() else "no such file or folder"
    if isinstance(fault, PermissionError):
        return "may not be read: permission denied"
    return f"cannot be read ({shown(getattr(fault, 'strerror', None) or str(fault))})"


def _ending(path: Path) -> str:
    """What a file is called for; of one that is packed, what is in it."""
    ending = path.suffix.lower()
    return Path(path.stem).suffix.lower() if ending == ".gz" else ending


def _left(left: Counter[str]) -> str:
    """ "12 files of other kinds (.docx, .pdf) were left"."""
    often = sorted(left.items(), key=lambda pair: (-pair[1], not pair[0], pair))
    names = few([ending or "no ending" for ending, _ in often], _SHOWN)
    count = left.total()
    one = f"1 file of another kind ({names}) was left"
    return one if count == 1 else f"{count:,} files of other kinds ({names}) were left"


class _Unpacked(io.RawIOBase):
    """What a gzip file holds. Raises UnreadableError where it is damaged, or unpacks to more than text does."""

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        self._inside = gzip.GzipFile(fileobj=packed)
        self._left = max(limits.max_text_bytes, limits.max_unpacked * os.fstat(packed.fileno()).st_size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            data = self._inside.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
            said = "it ends too early" if isinstance(fault, EOFError) else shown(str(fault))
            raise UnreadableError(f"a damaged gzip file ({said}): fetch it again") from None
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableError("a gzip file that unpacks to more than any text does: the rest is not read")
        buffer[: len(data)] = data
        return len(data)


def _head(stream: BinaryIO, limit: int) -> list[bytes]:
    """The first lines of a stream, up to the first with anything on it."""
    lines: list[bytes] = []
    while (line := stream.readline(limit)) and sum(map(len, lines)) < limit:
        lines.append(line)
        if line.strip():
            break
    return lines


def _sniffed(line: bytes) -> Kind:
    """What a file is, by its first line with anything on it. Raises UnreadableError where that is none of ours."""
    _refuse(line, (*_FORMATS, *_OTHERS))
    if _is_page(line):
        return "page"
    name, mark = codec(line)
    text = line[mark:].decode(name, "replace")
    if re.match(r"\s*\{\s*(?:\"|$)|\s*\[\s*(?:\{|$)", text):
        try:
            if isinstance(json.loads(text), dict):
                return "lines"
        except (ValueError, RecursionError):
            pass  # broken, or it goes on: no object in one line either way
        raise UnreadableError(_NOT_LINES)
    return "text"


def _refuse(data: bytes, formats: Iterable[tuple[bytes, str]]) -> None:
    for magic, what in formats:
        if re.match(magic, data):
            how = "table as .jsonl or .csv, or add its data frame" if magic == b"PAR1" else "text as .txt"
            raise UnreadableError(f"{what} is not read: save its {how}")


def _is_page(data: bytes) -> bool:
    name, mark = codec(data)
    return bool(_HTML.match(data[mark : mark + 4_096].decode(name, "replace")))


def _lines(stream: BinaryIO, limit: int, head: list[bytes]) -> Iterator[tuple[bytes | None, str]]:
    """The lines of `head` and then of `stream` with their line ends, and their encoding; None for one over `limit`.

    A byte order mark at the very start is taken off. Lines of UTF-16 and UTF-32 end where the whole character says so.
    """
    name, newline = "", b"\n"
    for number in itertools.count():
        line = head[number] if number < len(head) else stream.readline(limit)
        if not line:
            return
        mark = 0
        if not name:
            name, mark = codec(line)
            newline = "\n".encode(name)
        while len(newline) > 1:
            line += stream.read(-len(line) % len(newline))  # readline stops in the middle of a character
            more = b"" if line.endswith(newline) or len(line) >= limit else stream.readline(limit - len(line))
            if not more:
                break
            line += more
        if len(line) >= limit and not line.endswith(newline):
            while (rest := stream.readline(65_536)) and not rest.endswith(b"\n"):
                pass
            yield None, name
        else:
            yield line[mark:], name


def _without_end(line: bytes, name: str) -> bytes:
    return line.removesuffix("\n".encode(name)).removesuffix("\r".encode(name))


def _record(line: str) -> dict[str, Any]:
    """The object on a line of JSON Lines, the names of its fields in small letters."""
    pairs: list[tuple[str, Any]] = []

    def outermost(found: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal pairs
        pairs = found  # the outermost object is done last
        return dict(found)

    try:
        record = json.loads(line, object_pairs_hook=outermost)
    except json.JSONDecodeError as fault:
        raise UnreadableError(f"broken JSON: {fault.msg} (character {fault.pos + 1:,} of the line)") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in thousands of brackets
        raise UnreadableError("broken JSON: numbers or brackets out of all measure") from None
    if not isinstance(record, dict):
        raise UnreadableError(f"not a JSON object but {_kind(record)}")
    _once(key for key, _ in pairs)
    folded = {key.strip().casefold(): value for key, value in pairs}
    return folded | {name: record[name] for name in FIELDS if name in record}


def _once(names: Iterable[str]) -> None:
    """Raises UnreadableError where one of `FIELDS` is named twice: which of them is meant?"""
    twice = next((name for name, count in Counter(names).items() if count > 1 and name in FIELDS), None)
    if twice:
        raise UnreadableError(f"“{twice}” stands in it twice: leave one")


def _columns(lines: Iterator[str]) -> tuple[list[str], str]:
    """The names of a table's columns, and the character between them, of its first line."""
    header = next(lines, "")
    delimiters = ",;\t|"
    if told := re.fullmatch(r"sep=(.)\s*", header):  # Excel's own line
        header, delimiters = next(lines, ""), told[1]
    if not header:
        raise UnreadableError("empty")
    if "\r" in header.rstrip("\r\n"):
        raise UnreadableError("its lines end in CR alone, as on old Macs: save it with line ends of Windows or Unix")
    rows = {d: [cell.strip().casefold() for cell in next(csv.reader([header], delimiter=d))] for d in delimiters}
    for delimiter, cells in rows.items():
        if "text" in cells or "url" in cells:
            _once(cells)
            return cells, delimiter
    for delimiter, cells in rows.items():
        if "text" in Names().called(cells):
            _once(cells)
            return cells, delimiter
    names = max(rows.values(), key=len)
    listed = few([shown(name) for name in names], _SHOWN)
    raise UnreadableError(f"no column “text” or “url” in the first line (its columns: {listed})")


def _fields(record: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The `FIELDS` of a record but its time, and why any is not used: an article is not lost for its author. A list of
    strings is one; other fields are ignored. Raises UnreadableError where there is no text."""
    fields: dict[str, str] = {}
    unused: list[str] = []
    for name in FIELDS:
        value = record.get(name) if name != "published" else None  # `dated` has it
        if name == "id" and isinstance(value, Real) and not isinstance(value, bool) and value % 1 == 0:
            value = str(trunc(value))  # as databases export it, and pandas: 12.0
        if isinstance(value, list) and name != "text" and all(isinstance(v, str) for v in value):
            value = "; ".join(v for v in value if v.strip())
        if missing(value) or value == "":
            continue
        if isinstance(value, str):
            fields[name] = value
        elif name == "text":
            raise UnreadableError(f"“text” is {_kind(value)}, not a string")
        else:
            unused.append(f"read without its “{name}”, which is {_kind(value)}, not a string")
    if not fields.get("text", "").strip():
        if "url" in fields:
            raise UnreadableError("no “text” beside its URL: URLs alone are fetched, or a table of them without “text”")
        others = ", ".join(shown(str(name)) for name in list(record)[:_SHOWN] if name != "text")
        raise UnreadableError(
            "“text” is empty" if "text" in record else f"no “text” in it (there is {others or 'nothing'})"
        )
    return fields, unused


def dated(published: object, undated: str | None = None) -> tuple[str | None, str | None]:
    """When an article came out, as cases hold it, or else why it has no date: an article is not lost for its date.
    `undated` is why where it names none."""
    if missing(published) or (isinstance(published, str) and not published.strip()):
        return None, undated
    try:
        return time_of(published), None
    except NoTimeError as fault:
        bare = isinstance(published, bool | dict | list)
        return None, f"{f'({_kind(published)})' if bare else shown(str(published))} {fault}"


def _kind(value: object) -> str:
    """What JSON calls the type of a value."""
    names = {type(None): "null", dict: "an object", list: "a list", str: "a string", bool: "true or false"}
    return names.get(type(value)) or ("a number" if isinstance(value, Real) else f"a {type(value).__name__}")
