"""Actors of a case: brought up to date article by article, the same as all at once; and the analyst's last word."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from stemmata.case import Case, actors
from stemmata.case.judgements import judge, now, standing_judgements, undo
from stemmata.model import Document, Judgement, Run, Span, Statement
from stemmata.resolve import Figure, FigureLink, Figures, merged, part_key, records

RUN = Run(version="0.1.0", weights="w1")

# Names that meet: spellings, lone surnames, initials, bodies with a word more, capitals that vote for a country
PERSONS = ("Ana Reyk", "Anna Reik", "A. Reyk", "Reyk", "Otto Reyk", "Reik", "Otto Vels", "Vels", "Ilse Vels-Marrow")
BODIES = ("Port Trust", "Ellmouth Port Trust", "Trust of Ellmouth Port", "Foreign Office", "Works Union", "EPT")
STATES = ("Tamsin", "Orva", "Brell")


@st.composite
def drawn_figures(draw: st.DrawFn, document: str) -> Figures:
    """What resolving might find in a document: some figures, each behind one statement."""
    made: dict[str, Figure] = {}
    for name in draw(st.lists(st.sampled_from((*PERSONS, *BODIES, *STATES)), max_size=4, unique=True)):
        countries: tuple[tuple[str, float], ...] = ()
        aliases = {name}
        if name in PERSONS:
            key = f"person@{document}:{name.lower()}" if " " not in name else f"person:{name.lower()}"
            kind = "person"
            aliases |= set(draw(st.lists(st.sampled_from(PERSONS), max_size=1)))
        elif name in BODIES:
            key, kind = f"organisation:{name.lower()}", "organisation"
            aliases |= set(draw(st.lists(st.sampled_from(BODIES), max_size=1)))
        else:
            key, kind = f"government:{name.lower()}", "government"
            votes = draw(st.dictionaries(st.sampled_from(STATES), st.sampled_from((0.1, 0.3, 0.45, 0.9)), max_size=2))
            countries = tuple(sorted(votes.items()))
            name = f"Government of {name}"
        made[key] = Figure(
            document=document, key=key, name=name, kind=kind, aliases=tuple(sorted(aliases)), countries=countries
        )  # type: ignore[arg-type]
    links = tuple(
        FigureLink(statement=f"{document}-{n}", key=key, how="name", probability=0.9) for n, key in enumerate(made)
    )
    return Figures(figures=tuple(made.values()), links=links)


IDS = ("d1", "d2", "d3", "d4", "d5")
CONTENTS = st.fixed_dictionaries({id: drawn_figures(id) for id in IDS})


@st.composite
def decided(draw: st.DrawFn, keys: list[str]) -> Judgement:
    kind = draw(st.sampled_from(("merge", "split", "rename", "set-side")))
    part = st.one_of(*[st.sampled_from(keys)] * 3, st.builds("{}|{}".format, *map(st.sampled_from, (keys, IDS))))
    least = min(2, len(keys)) if kind == "merge" else 1
    targets = tuple(draw(st.lists(part, min_size=least, max_size=3, unique=True)))
    value = draw(st.sampled_from(("North", "Reyk & Vels"))) if kind in ("rename", "set-side") else None
    return Judgement(kind=kind, targets=targets, value=value, who="ab", when=now(), why="so")  # type: ignore[arg-type]


def put(case: Case, found: Figures, document: str, *, run: Run = RUN) -> None:
    """A document whose statements are those of the links, and its figures."""
    made = [
        Statement(
            id=x.statement, document=document, source=Span(n, n + 1), cue=None, content=(Span(n, n + 1),), mode="direct",
            act="assert", sourcing="named-person", confidence=1.0,
        ) for n, x in enumerate(found.links)
    ]  # fmt: skip
    case.put(Document(id=document, text="A text of some length."), made, run)
    with case.transaction():
        actors.put_figures(case, document, found, run)


def regrouped(case: Case) -> frozenset[str]:
    with case.transaction():
        return actors.regroup(case)


def assert_as_all_at_once(case: Case, told: Iterable[Figures]) -> None:
    """The tables hold what resolving all figures in one go gives, each statement with its actor."""
    told = list(told)
    judgements = standing_judgements(case, *actors.ON_ACTORS)
    every = merged(records((f for one in told for f in one.figures), judgements), judgements)
    stored = {
        id: (name, kind, json.loads(aliases), side)
        for id, name, kind, aliases, side in case.rows("SELECT id, name, kind, aliases, side FROM actors")
    }
    assert stored == {m.actor.id: (m.actor.name, m.actor.kind, list(m.actor.aliases), m.side) for m in every}
    parts = {part: (actor, bool(decided)) for part, actor, decided in
             case.rows("SELECT part, actor, decided FROM actor_parts")}  # fmt: skip
    assert parts == {part: (m.actor.id, part in m.decided) for m in every for part in m.keys}
    reasons = {*case.rows("SELECT actor, part, other, why FROM actor_reasons")}
    assert reasons == {(m.actor.id, *reason) for m in every for reason in m.reasons}
    parted = {t for j in judgements if j.kind == "split" for t in j.targets}
    of = {x.statement: parts[part_key(x.key, f.document, parted)][0] for one in told for x in one.links
          for f in one.figures if f.key == x.key}  # fmt: skip
    assert dict(case.rows("SELECT id, actor FROM statements")) == of


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_article_by_article_comes_to_the_same_as_all_at_once(data: st.DataObject) -> None:
    contents = data.draw(CONTENTS)
    keys = sorted({f.key for found in contents.values() for f in found.figures}) or ["person:nobody"]
    held: dict[str, Figures] = {}
    with TemporaryDirectory() as folder, Case(Path(folder) / "c.stemmata") as case:
        for _ in range(data.draw(st.integers(4, 10))):
            step = data.draw(st.sampled_from(("add", "add", "add", "change", "judge", "judge", "undo")))
            speakers = dict(case.rows("SELECT id, actor FROM statements"))
            if step == "add" or (step == "change" and not held):
                id = data.draw(st.sampled_from(IDS))
                if id not in held:
                    held[id] = contents[id]
                    put(case, held[id], id)
            elif step == "change":
                id = data.draw(st.sampled_from(sorted(held)))
                held[id] = data.draw(drawn_figures(id))
                put(case, held[id], id, run=Run(version="0.1.0", weights=now()))
                speakers = {k: v for k, v in speakers.items() if not k.startswith(f"{id}-")}
            elif step == "judge":
                judge(case, data.draw(decided(keys)))
            elif standing_judgements(case, *actors.ON_ACTORS):
                undo(case, who="ab")
            changed = regrouped(case)
            now_spoken = dict(case.rows("SELECT id, actor FROM statements"))
            assert changed == {k for k, v in now_spoken.items() if speakers.get(k) != v}
            assert_as_all_at_once(case, held.values())
            assert regrouped(case) == frozenset()
