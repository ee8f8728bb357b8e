"""What a person decides about a case, through the command line or the page: logged, in force at once, undone.

Each function logs a judgement (case/judgements.py) and, where it is about actors, brings the actors up to date.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import get_args

from stemmata.case import actors, judgements
from stemmata.case.documents import Case
from stemmata.model import Judgement, JudgementKind, StemmataError, SubjectKind


def keys_of(case: Case, actor: str) -> tuple[str, ...]:
    """The parts that an actor is made of: what judgements about it name, as its id changes with them."""
    sql = "SELECT part FROM actor_parts WHERE actor = ? ORDER BY part"
    return tuple(part for (part,) in case.rows(sql, [actor]))


def actor_of(case: Case, judged: Judgement) -> str | None:
    """The actor that a judgement about actors left behind its first target, if there is one still."""
    for target in judged.targets:
        key, _, document = target.partition("|")
        found = case.value(
            "SELECT actor FROM figure_actors WHERE key = ?1 AND (document = ?2 OR ?2 = '') ORDER BY document LIMIT 1",
            [key, document],
        )
        if found:
            return str(found)
    return None


def judge(case: Case, kind: JudgementKind, subject: str, *, who: str, why: str = "", note: str = "") -> Judgement:
    """Confirms or rejects the thing that `subject` (model.subject) names, or notes something beside it."""
    if kind not in ("confirm", "reject", "note"):
        raise StemmataError(f"{kind!r} is no decision about one thing: confirm, reject or note")
    if _kind_of(subject) not in get_args(SubjectKind):
        raise StemmataError(f"nothing to {kind}: {subject!r} names no statement, document, edge, change or the like")
    if kind == "note" and not note.strip():
        raise StemmataError("an empty note: write it first")
    return _logged(case, kind, (subject,), note.strip() or None, who=who, why=why)


def _kind_of(subject: str) -> str | None:
    try:
        kind, *_ = json.loads(subject)
    except (ValueError, TypeError):
        return None
    return str(kind)


def merge(case: Case, actor: str, other: str, *, who: str, why: str = "") -> Judgement:
    """Two actors are one, whatever their names say."""
    if actor == other:
        raise StemmataError("an actor cannot be merged with itself: name another")
    return _logged(case, "merge", (*_keys(case, actor), *_keys(case, other)), None, who=who, why=why)


def rename(case: Case, actor: str, name: str, *, who: str, why: str = "") -> Judgement:
    return _logged(case, "rename", _keys(case, actor), _given(name, "a name"), who=who, why=why)


def set_side(case: Case, actor: str, side: str, *, who: str, why: str = "") -> Judgement:
    """An actor belongs to a bloc, by a label of the analyst's choice."""
    return _logged(case, "set-side", _keys(case, actor), _given(side, "a side"), who=who, why=why)


def split(case: Case, actor: str, documents: Sequence[str], *, who: str, why: str = "") -> Judgement:
    """In these documents it is another than in the rest."""
    sql = "SELECT key FROM figure_actors WHERE actor = ? AND document = ? ORDER BY key"
    parted = tuple(f"{key}|{d}" for d in documents for (key,) in case.rows(sql, [actor, d]))
    if not parted:
        raise StemmataError(f"{actor!r} does not speak in {', '.join(documents) or 'no document'}")
    return _logged(case, "split", parted, None, who=who, why=why)


def undo(case: Case, *, who: str, id: str | None = None) -> Judgement:
    """Takes back one judgement, the latest that stands unless `id` (or its beginning) names another; tells which."""
    taken_back = judgements.undo(case, who=who, id=id)
    _regroup(case, taken_back)
    return taken_back


def _logged(
    case: Case, kind: JudgementKind, targets: tuple[str, ...], value: str | None, *, who: str, why: str
) -> Judgement:
    judged = Judgement(kind=kind, targets=targets, value=value, who=who.strip(), when=judgements.now(), why=why.strip())
    judgements.judge(case, judged)
    _regroup(case, judged)
    return judged


def _regroup(case: Case, judged: Judgement) -> None:
    if judged.kind in actors.ON_ACTORS:
        with case.transaction():
            actors.regroup(case)


def _keys(case: Case, actor: str) -> tuple[str, ...]:
    found = keys_of(case, actor)
    if not found:
        raise StemmataError(f"no actor {actor!r} in {case.path.name}: stemmata actors {case.path.name} lists them")
    return found


def _given(value: str, what: str) -> str:
    if not value.strip():
        raise StemmataError(f"{what} is missing: write it first")
    return value.strip()[:200]
