"""Articles that we wrote to train on, annotated in the text: read, checked, brought to the form of bench/train.

`training/written/` holds dossiers: one invented event, told by one to four invented outlets. In an article's text,
`[3 …]` is a part of the content of statement 3, `[3s …]` its source, `[3c …]` its cue; marks nest, and `[3s,4s …]`
serves two statements. Under the text stands a line a statement:

    3 c7 deny named-person Odo Lenz ~ paraphrased strengthened

its number, claim, act, sourcing, speaker (or -), and in a version of another article what happened to the claim. What
was left out and what was added follows from the claims themselves. A dossier ends with its disputes: `c7 denies c2`.

    python -m training.written FILE...      says what is wrong in a dossier, and where; or counts what is in it
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from stemmata.model import ACTS, RELATIONS

HERE = Path(__file__).parent / "written"
GENRES = Path(__file__).parent / "genres"  # for figures alone (bench.py): nothing is trained, fitted or tuned on them
HEAD = re.compile(r"== (\w+) (origin|rewrite|independent|reaction)((?: \w+)*) \| ([^|]+) \| ([^|]+) \| (.+)")
MARK = re.compile(r"\[((?:\d+[sc]?)(?:,\d+[sc]?)*) |\]")
ROW = re.compile(r"(\d+) (c\d+) (\S+) (\S+) ([^~]+?)(?: ~ ([a-z -]+))?")
QUOTES = re.compile('"[^"]*"?|“[^”]*”?|«[^»]*»?|„[^“”]*[“”]?|(?<!\\w)\'.*?\'(?!\\w)|‘.*?’(?!\\w)', re.S)
SOURCINGS = {"named-person", "named-organisation", "document", "anonymous", "unnamed-group", "outlet"}
LARGE = 5  # articles of a dossier from which it is as a family of bench; smaller ones are one or two short versions
SPEAKERLESS = {"anonymous", "unnamed-group", "outlet"}
TELLING = re.compile(r"\b(?:tell(?:s|ing)?|told|assur(?:e[sd]?|ing)|inform(?:s|ed|ing)?)$")
ADDRESSEE = re.compile(
    r" (?:the|an?|this|that|these|those|his|her|its|our|their|my|your|us|me|him|them|it|reporters|journalists)\b"
)
CHANGES = {
    *("verbatim", "paraphrased", "attribution-dropped", "attribution-vague", "attribution-shifted", "quote-altered"),
    *("quote-fabricated", "strengthened", "weakened", "number-changed", "negated", "credit-dropped"),
}


class MarkError(ValueError):
    """What is wrong in a dossier: file, line, and what was to stand there."""


@dataclass(slots=True)
class Marked:
    """One statement's spans while its text is read."""

    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)


def unmarked(marked: str, where: str) -> tuple[str, dict[int, Marked]]:
    """The plain text, and each statement's spans in it."""
    text: list[str] = []
    length = at = 0
    open_marks: list[tuple[str, int]] = []
    found: dict[int, Marked] = {}
    for m in MARK.finditer(marked):
        text.append(marked[at : m.start()])
        length += m.start() - at
        at = m.end()
        if m.group(1):
            open_marks.append((m.group(1), length))
            continue
        if not open_marks:
            raise MarkError(f"{where}: a ] closes nothing, after “{''.join(text)[-40:]}”")
        names, start = open_marks.pop()
        for name in names.split(","):
            statement = found.setdefault(int(name.rstrip("sc")), Marked())
            role = {"s": statement.source, "c": statement.cue}.get(name[-1], statement.content)
            role.append((start, length))
    if open_marks:
        raise MarkError(f"{where}: [{open_marks[-1][0]} is never closed")
    plain = "".join(text) + marked[at:]
    if re.search(r"\[|\]", plain):
        raise MarkError(f"{where}: a bracket that is no mark: write the article without brackets of its own")
    return plain, found


LABEL = re.compile(r"[^\S\n]*:[^\S\n]*")


def mode(parts: list[str], *, turn: bool = False) -> str:
    """`direct` where nothing but marks of the frame stands outside quotation marks, and in a `turn` under a speaker's
    label; `mixed` where a part is quoted."""
    if turn:
        return "direct"
    whole = " ".join(parts)
    rest = re.sub(r"[\W_]+", "", QUOTES.sub("", whole))
    if not QUOTES.search(whole):
        return "indirect"
    return "direct" if not rest else "mixed"


def dossier(path: Path) -> dict:
    """A dossier in the form of a family of bench/train.

    Raises:
        MarkError: the first thing in it that does not keep to the form.
    """
    family = path.stem
    blocks = re.split(r"^(?==)", path.read_text("utf8"), flags=re.M)
    articles: list[dict] = []
    statements: list[dict] = []
    changes: list[dict] = []
    disputes: list[dict] = []
    by_article: dict[str, dict[str, list[dict]]] = {}
    for block in blocks:
        if not block.strip():
            continue
        head, _, body = block.partition("\n")
        if head.strip() == "== disputes":
            for line in filter(None, map(str.strip, body.splitlines())):
                m = re.fullmatch(r"(c\d+) (\w+) (c\d+)", line)
                if not m or m.group(2) not in RELATIONS:
                    raise MarkError(
                        f"{path.name}: dispute “{line}” is not “c7 denies c2” ({', '.join(sorted(RELATIONS))})"
                    )
                disputes.append({"by": f"{family}-{m[1]}", "of": f"{family}-{m[3]}", "relation": m[2], "note": ""})
            continue
        m = HEAD.fullmatch(head.strip())
        if not m:
            raise MarkError(f"{path.name}: “{head[:60]}” is not “== a1 rewrite a0 | outlet | 2033-03-04T09:10 | title”")
        name, kind, parents, outlet, published, title = m.groups()
        where = f"{path.name} {name}"
        marked, rule, table = body.partition("\n--\n")
        if not rule:
            raise MarkError(f"{where}: no line -- between the text and the statements")
        text, spans = unmarked(marked.strip(), where)
        articles.append(
            {
                "id": f"{family}-{name}",
                "outlet": outlet.strip(),
                "domain": "",
                "published": published.strip(),
                "title": title.strip(),
                "text": text,
                "kind": kind,
                "parents": [f"{family}-{p}" for p in parents.split()],
                "credits": None,
            }
        )
        told: dict[str, list[dict]] = {}
        for line in filter(None, map(str.strip, table.splitlines())):
            if line == "credit-dropped":
                changes += [
                    {
                        "child": f"{family}-{name}",
                        "parent": f"{family}-{p}",
                        "claim": None,
                        "changes": [line],
                        "note": "",
                    }
                    for p in parents.split()
                ]
                continue
            r = ROW.fullmatch(line)
            if not r:
                raise MarkError(f"{where}: “{line}” is not “3 c7 deny named-person Odo Lenz”")
            number, claim, act, sourcing, speaker, labels = r.groups()
            if act not in ACTS or sourcing not in SOURCINGS:
                raise MarkError(f"{where} {number}: no act or sourcing of the contract in “{line}”")
            if int(number) not in spans:
                raise MarkError(f"{where}: statement {number} has no marks in the text")
            parts = spans.pop(int(number))
            statement = {
                "article": f"{family}-{name}",
                "claim": f"{family}-{claim}",
                "act": act,
                "sourcing": sourcing,
                "speaker": None if speaker.strip() == "-" else speaker.strip(),
                "labels": sorted(set((labels or "").split())),
                **checked(text, parts, sourcing, f"{where} {number}"),
            }
            if (sourcing in SPEAKERLESS) != (statement["speaker"] is None):
                raise MarkError(
                    f"{where} {number}: {sourcing} {'has no' if statement['speaker'] else 'needs a'} speaker"
                )
            if set(statement["labels"]) - CHANGES:
                raise MarkError(f"{where} {number}: no such change among {statement['labels']}")
            told.setdefault(claim, []).append(statement)
            statements.append(statement)
        if spans:
            raise MarkError(f"{where}: marks without a line: {sorted(spans)}")
        for parent in parents.split():
            if parent not in by_article:
                raise MarkError(f"{where}: its parent {parent} does not stand before it")
            here = {"child": f"{family}-{name}", "parent": f"{family}-{parent}", "note": ""}
            for claim in dict.fromkeys((*by_article[parent], *told)):
                labels = sorted({x for s in told.get(claim, ()) for x in s["labels"]})
                if claim not in told:
                    labels = ["omitted"]
                elif claim not in by_article[parent]:
                    if any(claim in by_article[p] for p in parents.split()):
                        continue  # the other parent has it
                    if labels not in ([], ["quote-fabricated"]):
                        raise MarkError(f"{where}: {claim} is not in {parent}: it is added, and not {labels}")
                    labels = ["added", *labels]
                elif not labels and kind == "rewrite":
                    raise MarkError(f"{where}: what happened to {claim}? “~ paraphrased” or “~ verbatim” at least")
                changes.append({**here, "claim": f"{family}-{claim}", "changes": labels})
        by_article[name] = told
    claims: dict[str, dict] = {}
    for s in statements:
        claims.setdefault(s["claim"], {"id": s["claim"], "speaker": s["speaker"], "gist": " ".join(s["content"])})
        s.pop("labels")
    for d in disputes:
        for side in ("by", "of"):
            if d[side] not in claims:
                raise MarkError(f"{path.name}: {d[side]} is disputed, and no statement makes that claim")
    return {
        "family": family,
        "topic": family,
        "articles": articles,
        "claims": list(claims.values()),
        "statements": statements,
        "changes": changes,
        "disputes": disputes,
    }


def checked(text: str, parts: Marked, sourcing: str, where: str) -> dict:
    """A statement's words and spans, if they keep to the conventions."""
    words = {role: [text[a:b] for a, b in getattr(parts, role)] for role in ("source", "cue", "content")}
    if not parts.content:
        raise MarkError(f"{where}: no content is marked")
    if len(parts.source) > 1 or len(parts.cue) > 1:
        raise MarkError(f"{where}: more than one source or cue is marked")
    if sourcing == "outlet" and (parts.source or parts.cue):
        raise MarkError(f"{where}: the outlet's own voice has neither source nor cue")
    for role, texts in words.items():
        for t in texts:
            if t != t.strip() or not t:
                raise MarkError(f"{where}: the {role} “{t}” begins or ends with white space")
    for t in words["source"]:
        if t[-1] in ",;:":
            raise MarkError(f"{where}: the source “{t}” ends with a comma")
    for t in words["content"]:
        if t[-1] in (",;:." if words["cue"] else ",;:") and not re.search(r"\b(?:[A-Z]|[Mm]r|[Ss]t|a\.m|p\.m)\.$", t):
            raise MarkError(f"{where}: the content “…{t[-30:]}” ends with the frame's comma or full stop")
    for (_, end), cue in zip(parts.cue, words["cue"], strict=True):
        addressee = ADDRESSEE.match(text, end)
        if addressee and TELLING.search(cue) and all(not a <= end + 1 < b for a, b in parts.source + parts.content):
            raise MarkError(f"{where}: the cue “{cue}” goes on to whom: “told reporters”, not “told”")
    content = sorted(parts.content)
    turn = False
    if parts.source and not parts.cue:
        start, end = parts.source[0]
        turn = start in (0, text.rfind("\n", 0, start) + 1) and bool(LABEL.fullmatch(text, end, content[0][0]))
    if turn and text[content[-1][1] - 1] == ".":  # as bench/train has it
        content[-1] = (content[-1][0], content[-1][1] - 1)
    return {
        "source": words["source"][0] if words["source"] else None,
        "cue": words["cue"][0] if words["cue"] else None,
        "content": [text[a:b] for a, b in content],
        "mode": mode([text[a:b] for a, b in content], turn=turn),
        "spans": {
            "source": list(parts.source[0]) if parts.source else None,
            "cue": list(parts.cue[0]) if parts.cue else None,
            "content": [list(c) for c in content],
        },
    }


def dossiers(folder: Path = HERE) -> list[dict]:
    """Every dossier of the folder, in the order of the names.

    Raises:
        MarkError: one of them does not keep to the form.
    """
    return [dossier(path) for path in sorted(folder.glob("*.txt"))]


if __name__ == "__main__":
    rows, failed = [], False
    for path in map(Path, sys.argv[1:]):
        try:
            rows.append(dossier(path))
        except MarkError as wrong:
            failed = True
            print("WRONG", wrong)
    said = [s for r in rows for s in r["statements"]]
    print(f"{len(rows)} dossiers, {sum(len(r['articles']) for r in rows)} articles, {len(said)} statements, ", end="")
    print(f"{sum(len(r['changes']) for r in rows)} changes, {sum(len(r['disputes']) for r in rows)} disputes")
    for name, values in (("act", (s["act"] for s in said)), ("sourcing", (s["sourcing"] for s in said))):
        print(name, dict(Counter(values).most_common()))
    print("mode", dict(Counter(s["mode"] for s in said).most_common()))
    print("relation", dict(Counter(d["relation"] for r in rows for d in r["disputes"])))
    print("changes", dict(Counter(x for r in rows for c in r["changes"] for x in c["changes"]).most_common()))
    sys.exit(failed)
