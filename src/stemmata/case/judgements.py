"""What people decided about a case: logged with who, when and why, never deleted, taken back by `undo`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

from stemmata.case.documents import Case
from stemmata.case.file import as_json, packed
from stemmata.case.rows import name_of
from stemmata.model import RELATIONS, Judgement, JudgementKind, Relation, StemmataError, SubjectKind, subject
from stemmata.resolve.keys import document_of, statement_of

Standing = Literal["confirmed", "rejected"]  # what is neither is suggested

_GONE: Final = "taken out of the case"  # what stands beside an article that comes back
_LISTED: Final = "SELECT value FROM json_each(?)"


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
    with case.transaction():
        put(case, judgements)
        if then:
            then(case)


def put(case: Case, judgements: Iterable[Judgement]) -> None:
    """Logs judgements, inside a transaction. One without a name or a reason is refused: the words of a note are its
    reason."""
    judgements = list(judgements)
    for j in judgements:
        if not j.who.strip():
            raise StemmataError(f"a name is needed to {j.kind}: `who` says in whose it is logged, and is empty")
        if not j.targets:
            raise StemmataError(f"nothing to {j.kind}: name what is meant")
        if not j.why.strip() and j.kind != "note":
            raise StemmataError(f"a reason is needed to {j.kind}: say why, as the log keeps it")
    case.connection.executemany(
        'INSERT INTO judgements (id, kind, targets, value, who, "when", why) VALUES (?, ?, ?, ?, ?, ?, ?)'
        " ON CONFLICT DO NOTHING",
        [(j.id, j.kind, as_json(j.targets), j.value, j.who, j.when, j.why) for j in judgements],
    )


def removal(case: Case, document: str, *, who: str, why: str) -> Judgement:
    """That somebody takes a document out, as the log keeps it: what it was called, as it is gone then."""
    d = case.document(document)
    value = f"{_GONE} ({name_of(d)}, {d.published or 'no date'})"
    about = (subject("document", document),)
    return Judgement(kind="remove", targets=about, value=value, who=who.strip(), when=now(), why=why.strip())


def resting_on(case: Case, documents: Collection[str]) -> list[Judgement]:
    """The judgements that nobody took back about these documents, or about what was found in them: without them they
    are about nothing. They stay in the log, and hold again where the same article is added again."""
    there = set(documents)
    there |= {id for (id,) in case.rows(f"SELECT id FROM statements WHERE document IN ({_LISTED})", [packed(there)])}

    def is_about(target: str) -> bool:
        try:
            return not there.isdisjoint(json.loads(target)[1:])
        except (ValueError, TypeError):
            return not there.isdisjoint((document_of(target), statement_of(target)))

    standing = (e.judgement for e in _read(case, "undone_at IS NULL"))
    return [j for j in standing if j.kind != "remove" and any(map(is_about, j.targets))]


def decide(
    case: Case,
    kind: JudgementKind,
    about: str,
    *,
    who: str,
    why: str = "",
    note: str = "",
    relation: Relation | None = None,
) -> Judgement:
    """Confirms or rejects the thing that `about` (model.subject) names, for a reason (`why`), or notes something beside
    it; what that person said last, said again, adds nothing. `relation`: what a dispute is that somebody confirms."""
    if kind not in ("confirm", "reject", "note"):
        raise StemmataError(f"{kind!r} is no decision about one thing: confirm, reject or note")
    if not is_subject(about):
        raise StemmataError(f"nothing to {kind}: {about!r} names no {', '.join(PARTS)}")
    if kind == "note" and not note.strip():
        raise StemmataError("an empty note: write it first")
    if relation and (kind != "confirm" or json.loads(about)[0] != "dispute" or relation not in RELATIONS):
        raise StemmataError(
            f"{relation!r} is nothing to {kind}: of a dispute that is confirmed, {', '.join(RELATIONS)}"
        )
    value = note.strip() or relation or None
    made = Judgement(kind=kind, targets=(about,), value=value, who=who.strip(), when=now(), why=why.strip())
    if before := _said_already(case, made):
        return before
    judge(case, made)
    return made


def _said_already(case: Case, made: Judgement) -> Judgement | None:
    """The same word of the same person, where it is the latest that stands: a form may be sent twice."""
    alike = "undone_at IS NULL AND targets = ? AND kind <> 'remove' AND (kind = 'note') = ?"
    *_, last = [None, *_read(case, alike, [as_json(made.targets), made.kind == "note"])]
    return last.judgement if last and replace(last.judgement, when=made.when) == made else None


PARTS: Final[dict[SubjectKind, tuple[str, ...]]] = {
    "statement": ("statements",), "document": ("documents",), "actor": ("",), "claim": ("statements",),
    "edge": ("documents",) * 2, "change": ("documents", "documents", "statements", "statements"),
    "dispute": ("statements",) * 2,
}  # fmt: skip
"""The parts of the subject of each kind (model.subject), by the table that has them; the keys of an actor are of
figures, which come and go."""


def is_subject(about: str) -> bool:
    """Whether these words are a subject: a kind, and as many ids as it has. A change may lack a statement."""
    try:
        kind, *parts = json.loads(about)
        return (
            kind in PARTS
            and len(PARTS[kind]) == len(parts)
            and all(isinstance(p, str) or (p is None and kind == "change" and n > 1) for n, p in enumerate(parts))
        )
    except (ValueError, TypeError):
        return False


def undo(case: Case, *, who: str, id: str | None = None, then: Callable[[Case], object] | None = None) -> Judgement:
    """Takes back one judgement, the latest that stands unless `id` (or its beginning) names another; tells which.
    `then` is as in `judge`. That a document was removed is refused: its article is no longer there to bring back."""
    if not who.strip():
        raise StemmataError("an undo needs a name: `who` says in whose it is logged, and is empty")
    with case.transaction():
        standing = [e for e in log(case) if e.undone_at is None]
        found = [e for e in standing if e.id.startswith(id)] if id else standing[-1:]
        if len(found) != 1:
            what = f"no single judgement {id!r} that stands" if id else "no judgement to undo"
            raise StemmataError(f"{what} in {case.path.name}: stemmata log {case.path} lists them")
        if found[0].judgement.kind == "remove":
            gone = f"{json.loads(found[0].judgement.targets[0])[1]} was taken out of {case.path.name}"
            other = "" if id else f"; another decision is taken back by its id (stemmata log {case.path})"
            raise StemmataError(
                f"{gone}, and undo cannot bring it back: add the article again, and what was decided about it holds "
                f"again{other}"
            )
        case.connection.execute(
            "UPDATE judgements SET undone_by = ?, undone_at = ? WHERE id = ?", (who, now(), found[0].id)
        )
        if then:
            then(case)
    return found[0].judgement


def log(case: Case) -> Iterator[Logged]:
    """Every judgement, the first one first, those taken back among them."""
    return _read(case, "1")


def latest(case: Case, *, who: str, kind: str) -> str | None:
    """The id of the last judgement of a kind that somebody made."""
    sql = 'SELECT id FROM judgements WHERE who = ? AND kind = ? ORDER BY "when" DESC, key DESC LIMIT 1'
    return next((id for (id,) in case.rows(sql, [who, kind])), None)


def tally(case: Case, *kinds: JudgementKind) -> tuple[int, int]:
    """How many judgements (of `kinds`, where some are given) were made and how many taken back: another pair, and
    something was decided since."""
    sql = "SELECT count(*), count(undone_at) FROM judgements"
    made, undone = next(case.rows_in(f"{sql} WHERE kind IN", kinds) if kinds else case.rows(sql))
    return made, undone


def standing_judgement(case: Case, id: str | None) -> Judgement | None:
    """The judgement of that id, if there is one and nobody took it back."""
    return next((e.judgement for e in _read(case, "id = ? AND undone_at IS NULL", [id])), None)


def standing_judgements(case: Case, *kinds: JudgementKind) -> list[Judgement]:
    """The judgements of `kinds` that nobody took back, the first one first."""
    return [e.judgement for e in _read(case, f"undone_at IS NULL AND kind IN ({_LISTED})", [json.dumps(kinds)])]


def _read(case: Case, where: str, values: Iterable[object] = ()) -> Iterator[Logged]:
    """The judgements of which something holds, the first one first."""
    sql = f"""SELECT id, kind, targets, value, who, "when", why, undone_by, undone_at FROM judgements
        WHERE {where} ORDER BY "when", key"""
    for id, kind, targets, value, who, when, why, undone_by, undone_at in case.rows(sql, values):
        about = tuple(json.loads(targets))
        if kind == "note" and value == _GONE and json.loads(about[0])[0] == "document":
            kind = "remove"  # as it was logged before removals had a kind of their own
        judgement = Judgement(kind=kind, targets=about, value=value, who=who, when=when, why=why)
        yield Logged(id=id, judgement=judgement, undone_by=undone_by, undone_at=undone_at)
