"""What people decided about a case: logged with who, when and why, never deleted, taken back by `undo`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal

from stemmata.case.documents import Case
from stemmata.case.file import as_json
from stemmata.model import Judgement, JudgementKind, StemmataError, SubjectKind, subject

Standing = Literal["confirmed", "rejected"]  # what is neither is suggested

_FIELDS: Final = 'id, kind, targets, value, who, "when", why, undone_by, undone_at'
_STANDING: Final[dict[str, Standing]] = {"confirm": "confirmed", "reject": "rejected"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A judgement as the log holds it; `undone_by` took it back at `undone_at`."""

    id: str
    judgement: Judgement
    undone_by: str | None
    undone_at: str | None


def now() -> str:
    """The time of a judgement: ISO 8601, UTC, to the microsecond, as the order of judgements is theirs."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def judge(case: Case, *judgements: Judgement, then: Callable[[Case], object] | None = None) -> None:
    """Logs what somebody decided, all of it or nothing, and does with it, in the one transaction, what follows at once
    (`then`). The same again adds nothing."""
    for j in judgements:
        if not j.who.strip():
            raise StemmataError("a judgement needs a name: say who decides with --who, or set STEMMATA_WHO")
        if not j.targets:
            raise StemmataError(f"nothing to {j.kind}: name what is meant")
    with case.transaction():
        case.connection.executemany(
            'INSERT INTO judgements (id, kind, targets, value, who, "when", why) VALUES (?, ?, ?, ?, ?, ?, ?)'
            " ON CONFLICT DO NOTHING",
            [(j.id, j.kind, as_json(j.targets), j.value, j.who, j.when, j.why) for j in judgements],
        )
        if then:
            then(case)


def decide(case: Case, kind: JudgementKind, about: str, *, who: str, why: str = "", note: str = "") -> Judgement:
    """Confirms or rejects the thing that `about` (model.subject) names, or notes something beside it; what that person
    said last, said again, adds nothing."""
    if kind not in ("confirm", "reject", "note"):
        raise StemmataError(f"{kind!r} is no decision about one thing: confirm, reject or note")
    if not _is_subject(about):
        raise StemmataError(f"nothing to {kind}: {about!r} names no {', '.join(PARTS)}")
    if kind == "note" and not note.strip():
        raise StemmataError("an empty note: write it first")
    made = Judgement(
        kind=kind, targets=(about,), value=note.strip() or None, who=who.strip(), when=now(), why=why.strip()
    )
    if before := _said_already(case, made):
        return before
    judge(case, made)
    return made


def _said_already(case: Case, made: Judgement) -> Judgement | None:
    """The same word of the same person, where it is the latest that stands: a form may be sent twice."""
    note = made.kind == "note"
    about = [e.judgement for e in _about(case, made.targets) if (e.judgement.kind == "note") == note]
    last = about[-1] if about else None
    return last if last and replace(last, when=made.when) == made else None


PARTS: Final[dict[SubjectKind, int]] = {
    "statement": 1, "document": 1, "actor": 1, "claim": 1, "edge": 2, "change": 4, "dispute": 2,
}  # fmt: skip
"""How many parts the subject of each kind has (model.subject)."""


def _is_subject(about: str) -> bool:
    """Whether these words are a subject: a kind, and as many ids as it has. A change may lack a statement."""
    try:
        kind, *parts = json.loads(about)
        return PARTS.get(kind) == len(parts) and all(
            isinstance(p, str) or (p is None and kind == "change" and n > 1) for n, p in enumerate(parts)
        )
    except (ValueError, TypeError):
        return False


def undo(case: Case, *, who: str, id: str | None = None, then: Callable[[Case], object] | None = None) -> Judgement:
    """Takes back one judgement, the latest that stands unless `id` (or its beginning) names another; tells which.
    `then` is as in `judge`."""
    if not who.strip():
        raise StemmataError("an undo needs a name: say who decides with --who, or set STEMMATA_WHO")
    with case.transaction():
        standing = [e for e in log(case) if e.undone_at is None]
        found = [e for e in standing if e.id.startswith(id)] if id else standing[-1:]
        if len(found) != 1:
            what = f"no single judgement {id!r} that stands" if id else "no judgement to undo"
            raise StemmataError(f"{what} in {case.path.name}: stemmata log {case.path} lists them")
        case.connection.execute(
            "UPDATE judgements SET undone_by = ?, undone_at = ? WHERE id = ?", (who, now(), found[0].id)
        )
        if then:
            then(case)
    return found[0].judgement


def log(case: Case) -> Iterator[Logged]:
    """Every judgement, the first one first, those taken back among them."""
    yield from map(_logged, case.rows(f'SELECT {_FIELDS} FROM judgements ORDER BY "when", key'))


def decisions(case: Case, *kinds: JudgementKind) -> tuple[int, int]:
    """How many judgements (of `kinds`, where some are given) were made and how many taken back: another pair, and
    something was decided since."""
    sql = (
        "SELECT count(*), count(undone_at) FROM judgements WHERE ?1 = '[]' OR kind IN (SELECT value FROM json_each(?1))"
    )
    made, undone = next(iter(case.rows(sql, [json.dumps(kinds)])))
    return made, undone


def standing_judgements(case: Case, *kinds: JudgementKind) -> list[Judgement]:
    """The judgements of `kinds` that nobody took back, the first one first."""
    return [e.judgement for e in log(case) if e.undone_at is None and e.judgement.kind in kinds]


def standings(case: Case, subjects: Collection[str]) -> dict[str, Standing]:
    """Of `subjects` (model.subject), those that a person confirmed or rejected: the latest word stands. What stands on
    a document or a statement that somebody rejected is rejected with it (verdicts.decided)."""
    grounds = _grounds(case, subjects)
    said: dict[str, Standing] = {}
    for e in _about(case, {*subjects, *(g for some in grounds.values() for g in some)}):
        if e.judgement.kind in _STANDING:
            said[e.judgement.targets[0]] = _STANDING[e.judgement.kind]
    lost: dict[str, Standing] = {
        x: "rejected" for x, some in grounds.items() if any(said.get(g) == "rejected" for g in some)
    }
    return {x: said[x] for x in subjects if x in said} | lost


def _grounds(case: Case, subjects: Collection[str]) -> dict[str, list[str]]:
    """What each of `subjects` stands on, as subjects: a statement on its document, an edge on two, a change on these
    and its statements, a dispute on its statements and theirs."""
    parsed = {x: json.loads(x) for x in subjects}
    first = {"statement": 1, "change": 3, "dispute": 1}  # where the statements begin among the parts
    told = {x: [s for s in p[first[p[0]] :] if s] if p[0] in first else [] for x, p in parsed.items()}
    sql = "SELECT id, document FROM statements WHERE id IN (SELECT value FROM json_each(?))"
    of = dict(case.rows(sql, [json.dumps(sorted({s for some in told.values() for s in some}))]))
    found = {}
    for x, (kind, *parts) in parsed.items():
        documents = parts[:2] if kind in ("edge", "change") else [of[s] for s in told[x] if s in of]
        statements = [] if kind == "statement" else told[x]
        found[x] = [*(subject("document", d) for d in documents), *(subject("statement", s) for s in statements)]
    return found


def notes(case: Case, subjects: Collection[str]) -> dict[str, list[Judgement]]:
    """The notes that stand beside each of `subjects`, the first one first."""
    found: dict[str, list[Judgement]] = {}
    for e in _about(case, subjects):
        if e.judgement.kind == "note":
            found.setdefault(e.judgement.targets[0], []).append(e.judgement)
    return found


def _about(case: Case, subjects: Collection[str]) -> Iterator[Logged]:
    wanted = json.dumps([as_json((s,)) for s in subjects])
    yield from map(
        _logged,
        case.rows(
            f"SELECT {_FIELDS} FROM judgements WHERE undone_at IS NULL"
            ' AND targets IN (SELECT value FROM json_each(?)) ORDER BY "when", key',
            [wanted],
        ),
    )


def _logged(row: Any) -> Logged:
    id, kind, targets, value, who, when, why, undone_by, undone_at = row
    judgement = Judgement(kind=kind, targets=tuple(json.loads(targets)), value=value, who=who, when=when, why=why)
    return Logged(id=id, judgement=judgement, undone_by=undone_by, undone_at=undone_at)
