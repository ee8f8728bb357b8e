"""A list of actors that an analyst keeps, as CSV (name, aliases, kind, side), and the corrections it amounts to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from stemmata.language.wording import folded
from stemmata.model import ActorKind, Judgement, StemmataError
from stemmata.resolve.figures import plain
from stemmata.resolve.keys import is_described, is_part
from stemmata.resolve.records import Record

KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row: an actor under its name, what else it is called, and the side that it stands on."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind | None = None
    side: str | None = None


def listed(text: str, *, where: str = "the list") -> tuple[Listed, ...]:
    """The rows of a CSV text with a head line, its cells parted by ",", ";" or tabs; aliases are parted by ";", and one
    with a ";" in it stands in quotation marks. `where` names it in a complaint."""
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    parted = next((x for x in ",;\t" if x in head), ",")
    rows = csv.DictReader(io.StringIO(text), delimiter=parted)
    rows.fieldnames = [cell.strip().casefold() for cell in rows.fieldnames or ()]
    if "name" not in rows.fieldnames:
        raise StemmataError(f"{where} has no column 'name': its first line must be name,aliases,kind,side")
    found = []
    for row in rows:
        here = f"{where}, line {rows.line_num}"
        name = _unguarded(row.get("name"))
        if not name:
            raise StemmataError(f"{here}: an actor without a name; fill it in or take the line out")
        kind = (row.get("kind") or "").strip() or None
        if kind is not None and kind not in KINDS:
            raise StemmataError(f"{here}: {kind!r} is no kind: choose from {', '.join(KINDS)}")
        told = next(csv.reader([_unguarded(row.get("aliases"))], delimiter=";", skipinitialspace=True), [])
        aliases = tuple(plain(a) for a in told if a.strip())
        found.append(
            Listed(
                name=name,
                aliases=aliases,
                kind=next((k for k in KINDS if k == kind), None),
                side=_unguarded(row.get("side")) or None,
            )
        )
    return tuple(found)


def written(rows: Iterable[Listed]) -> str:
    """The rows as a CSV text, which `listed` reads."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("name", "aliases", "kind", "side"))
    for row in rows:
        aliases = "; ".join(map(_quoted, row.aliases))
        lines.writerow(_guarded(cell) for cell in (row.name, aliases, row.kind or "", row.side or ""))
    return text.getvalue()


def _quoted(alias: str) -> str:
    doubled = alias.replace('"', '""')
    return f'"{doubled}"' if ";" in alias or alias.startswith('"') else alias


def _guarded(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula, with an apostrophe in front."""
    return f"'{cell}" if cell[:1] in _FORMULA else cell


def _unguarded(cell: str | None) -> str:
    text = plain(cell or "")
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text


def corrections(rows: Iterable[Listed], records: Iterable[Record], *, who: str, when: str, why: str) -> list[Judgement]:
    """What a list amounts to in a case: records under any of a row's names are one actor, of its name and side.

    What is known in one document only is left alone, unless the row names it in full; so is what was split off by hand.
    """
    by_name: dict[str, list[Record]] = {}
    for r in records:
        if not is_described(r.key) and not is_part(r.key):
            for n in r.names:
                by_name.setdefault(folded(n), []).append(r)
    out = []
    for row in rows:
        forms = dict.fromkeys(folded(n) for n in (row.name, *row.aliases))
        keys = {r.key for f in forms for r in by_name.get(f, ()) if row.kind is None or r.kind == row.kind}
        if not keys:
            continue
        targets = tuple(sorted(keys))
        if len(targets) > 1:
            out.append(Judgement(kind="merge", targets=targets, who=who, when=when, why=why))
        out.append(Judgement(kind="rename", targets=targets, value=row.name, who=who, when=when, why=why))
        if row.side:
            out.append(Judgement(kind="set-side", targets=targets, value=row.side, who=who, when=when, why=why))
    return out
