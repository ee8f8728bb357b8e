"""Actors of a case: brought up to date article by article, the same as all at once; and the analyst's last word."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_case import made_case
from stemmata.case import Case, actors, grouping, identities, views
from stemmata.case.collation import statements as statements_of
from stemmata.case.judgements import judge, log, now, standing_judgements, undo
from stemmata.model import ActorKind, Document, Judgement, Run, Sourcing, Span, Statement, StemmataError
from stemmata.resolve import (
    BY_VERSION,
    Figure,
    Figures,
    bonds,
    figures,
    listed,
    merged,
    offices,
    ranker,
    records,
    sourcings,
    tells_by_name,
    written,
)
from stemmata.resolve.figures import FigureLink
from stemmata.resolve.keys import key_of, part_key
from test_resolve import drawn

RUN = Run(version="0.1.0", weights="w1")

# Names that meet: spellings, lone surnames, initials, bodies with a word more, capitals that vote for a country
PERSONS = ("Ana Reyk", "Noah Reyk", "Anna Reik", "A. Reyk", "Reyk", "Reik", "Idris Callaway", "I. Calloway", "Calloway",
           "Ana Brell", "Orva Reyk")  # fmt: skip
BODIES = ("Port Trust", "Ellmouth Port Trust", "Trust of Ellmouth Port", "Foreign Office", "Works Union", "EPT")
STATES = ("Tamsin", "Orva", "Brell")
LOCAL = ("Trust", "Foreign Office", "Foreign Office of Orva")  # known in their document only, and one in versions of it

TEXT = "A mayor, the deputy mayor and a judge."
OFFICES = ((), (Span(2, 7),), (Span(13, 25),), (Span(32, 37),))

NAMELESS = (("person", "minister"), ("person", "envoy of EPT"), ("person", "mayor of Brell"), ("organisation", "trust"),
            ("organisation", "company"))  # fmt: skip


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
        elif draw(st.integers(0, 3)) == 0:  # what another article takes for a state or a body
            key, kind = f"person@{document}:{name.lower()}", "person"
            countries = draw(st.sampled_from(((), (("", 1.0),))))
        elif draw(st.sampled_from((False, False, True))):  # what another article takes for a state
            key, kind = f"organisation:{name.lower()}", "organisation"
            countries = draw(st.sampled_from(((), (("", 1.0),))))
        else:
            key, kind = f"government:{name.lower()}", "government"
            votes = draw(st.dictionaries(st.sampled_from(STATES), st.sampled_from((0.1, 0.3, 0.45, 0.9)), max_size=2))
            countries = tuple(sorted(votes.items()))
            name = f"Government of {name}"
        roles = draw(st.sampled_from(OFFICES)) if kind == "person" else ()
        made[key] = Figure(
            document=document, key=key, name=name, kind=kind, aliases=tuple(sorted(aliases)), countries=countries,
            roles=roles,
        )  # type: ignore[arg-type]  # fmt: skip
    for name in draw(st.lists(st.sampled_from(LOCAL), max_size=2, unique=True)):
        key = f"organisation@{document}:{name.lower()}"
        made[key] = Figure(document=document, key=key, name=name, kind="organisation", aliases=(name,))
    for kind, name in draw(st.lists(st.sampled_from(NAMELESS), max_size=1)):
        key = f"described@{document}:{kind}:{name}"
        made[key] = Figure(document=document, key=key, name=name, kind=kind, aliases=(name,))  # type: ignore[arg-type]
    named = [key for key in made if not key.startswith("described@")]
    for n, likely in enumerate(draw(st.lists(st.sampled_from(named), max_size=2)) if named else ()):
        name, countries = draw(st.sampled_from((("he", ()), ("mayor", ()), ("mayor", (("", 1.0),)))))
        key = f"described@{document}:person:{name}:{n}"
        made[key] = Figure(
            document=document, key=key, name=name, kind="person", aliases=(), likely=likely, countries=countries
        )
    links = tuple(
        FigureLink(statement=f"{document}-{n}", key=key, how=("pronoun" if n == 3 else "name"), probability=0.9)
        for n, key in enumerate(made)
    )
    return Figures(figures=tuple(made.values()), links=links)


@st.composite
def drawn_stories(draw: st.DrawFn, document: str) -> Figures:
    """What resolving might find in a document of one story or of two: some of three persons, some of two bodies that
    are called by words which fit many, and a version's name for one."""
    told: list[tuple[str, str, ActorKind]] = [
        (f"person:{name.lower()}", name, "person")
        for name in draw(st.lists(st.sampled_from(("Ana Reyk", "Bo Tosk", "Cy Brell")), min_size=1, unique=True))
    ]
    for name in draw(st.lists(st.sampled_from(("energy ministry", "port police")), unique=True)):
        told.append((f"described@{document}:organisation:{name}", name, "organisation"))
    for name in draw(st.lists(st.sampled_from(("Ministry of Energy", "Orva Energy Ministry")), max_size=1)):
        local = name == "Ministry of Energy"
        told.append((key_of("organisation", name.lower(), only_in=document if local else None), name, "organisation"))
    made = [Figure(document=document, key=k, name=name, kind=kind, aliases=(name,)) for k, name, kind in told]
    links = [
        FigureLink(statement=f"{document}-{n}", key=f.key, how="name", probability=0.9) for n, f in enumerate(made)
    ]
    return Figures(figures=tuple(made), links=tuple(links))


IDS = ("d1", "d2", "d3", "d4", "d5")


@st.composite
def decided(draw: st.DrawFn, keys: list[str]) -> Judgement:
    kind = draw(st.sampled_from(("merge", "split", "rename", "set-side")))
    one = st.builds("parted@{0}:{0}-{1}".format, st.sampled_from(IDS), st.integers(0, 3))
    part = st.one_of(*[st.sampled_from(keys)] * 3, st.builds("{}|{}".format, *map(st.sampled_from, (keys, IDS))), one)
    least = min(2, len(keys)) if kind == "merge" else 1
    targets = tuple(draw(st.lists(part, min_size=least, max_size=3, unique=True)))
    value = draw(st.sampled_from(("North", "Reyk & Vels"))) if kind in ("rename", "set-side") else None
    return Judgement(kind=kind, targets=targets, value=value, who="ab", when=now(), why="so")  # type: ignore[arg-type]


def own_sourcing(statement: str) -> Sourcing:
    """What an article alone takes a source for: one thing or the other, whoever it is."""
    labels: tuple[Sourcing, ...] = ("named-person", "named-organisation", "named-person", "document")
    return labels[sum(map(ord, statement)) % len(labels)]


def put(case: Case, found: Figures, document: str, *, run: Run = RUN) -> None:
    """A document whose statements are those of the links, and its figures."""
    made = [
        Statement(
            id=x.statement, document=document, source=Span(n, n + 1), cue=None, content=(Span(n, n + 1),),
            mode="direct", act="assert", sourcing=own_sourcing(x.statement), confidence=1.0,
        ) for n, x in enumerate(found.links)
    ]  # fmt: skip
    case.put(Document(id=document, text=TEXT), made, run)
    with case.transaction():
        grouping.put_figures(case, document, found, run)


def regrouped(case: Case) -> frozenset[str]:
    with case.transaction():
        return grouping.regroup(case)


def assert_as_all_at_once(case: Case, told: Iterable[Figures]) -> None:
    """The tables hold what resolving all figures in one go gives, each statement with its actor."""
    judgements = standing_judgements(case, *grouping.ON_ACTORS)
    told = [each_parted(one, judgements) for one in told]
    source = {x.statement: f for one in told for x in one.links for f in one.figures if f.key == x.key}
    by_name = {x.statement for one in told for x in one.links if tells_by_name(source[x.statement], x.how)}
    pairs = case.rows("SELECT parent, child FROM told_again")
    again = ((source[p], source[c], {p, c} <= by_name) for p, c in pairs)
    all_figures = [f for one in told for f in one.figures]
    held = offices(all_figures, dict.fromkeys(IDS, TEXT))
    every = merged(records(all_figures, judgements), judgements, bonds(again, judgements), held)
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
    how = {x.statement: x.how for one in told for x in one.links}
    meant = {k: kind for m in every for k, kind in sourcings(
        m.actor.kind, ((k, own_sourcing(k), how[k]) for k in how if of[k] == m.actor.id)).items()}  # fmt: skip
    assert dict(case.rows("SELECT id, sourcing FROM statements")) == meant


def each_parted(found: Figures, decided: Iterable[Judgement]) -> Figures:
    """The same figures, with one of its own for each statement that an analyst took from its actor."""
    own = {t for j in decided if j.kind == "split" for t in j.targets}
    figure = {f.key: f for f in found.figures}
    made, links = list(found.figures), []
    for n, x in enumerate(found.links):
        whose = figure[x.key]
        key = f"parted@{whose.document}:{x.statement}"
        if key in own:
            name = TEXT[n].strip() or whose.name  # as `put` writes its source
            made.append(replace(whose, key=key, name=name, aliases=(name,), countries=(), roles=(), likely=x.key))
            x = replace(x, key=key)
        links.append(x)
    return Figures(figures=tuple(made), links=tuple(links))


def toggled(case: Case, pair: tuple[str, str]) -> None:
    """Two statements tell one claim in two versions, or do so no more."""
    one, other = sorted(pair)
    if one.partition("-")[0] == other.partition("-")[0]:
        return
    with case.transaction():
        gone = case.connection.execute("DELETE FROM told_again WHERE parent = ? AND child = ?", [one, other]).rowcount
        if not gone:
            case.connection.execute("INSERT INTO told_again (parent, child) VALUES (?, ?)", [one, other])


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_article_by_article_comes_to_the_same_as_all_at_once(data: st.DataObject) -> None:
    assert_grows(data, drawn_figures)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_stories_grow_article_by_article_as_all_at_once(data: st.DataObject) -> None:
    assert_grows(data, drawn_stories)


def test_an_office_is_asked_anew_when_the_article_that_gave_it_changes(tmp_path: Path) -> None:
    """A mayor who is likeliest a body's: whom a second article gives the office to, it takes back."""
    body = "organisation:trust of ellmouth port"

    def told(document: str, likely: bool, roles: tuple[Span, ...]) -> Figures:
        made = [
            Figure(document=document, key="person:ana reyk", name="Ana Reyk", kind="person", aliases=(), roles=roles),
            Figure(document=document, key=body, name="Trust of Ellmouth Port", kind="organisation", aliases=()),
        ]
        if likely:
            key = f"described@{document}:person:mayor:0"
            made.append(Figure(document=document, key=key, name="mayor", kind="person", aliases=(), likely=body))
        links = [
            FigureLink(statement=f"{document}-{n}", key=f.key, how="name", probability=0.9) for n, f in enumerate(made)
        ]
        return Figures(figures=tuple(made), links=tuple(links))

    first, second, nothing = told("d1", True, ()), told("d3", False, (OFFICES[1][0],)), Figures(figures=(), links=())
    with Case(tmp_path / "c.stemmata") as case:
        for document, found, held in (
            ("d1", first, [first]), ("d3", second, [first, second]), ("d3", nothing, [first, nothing]),
        ):  # fmt: skip
            put(case, found, document, run=Run(version="0.1.0", weights=f"w{len(found.figures)}"))
            regrouped(case)
            assert_as_all_at_once(case, held)


def test_an_envoy_of_a_body_tells_no_article_that_the_body_is_a_person(tmp_path: Path) -> None:
    """Three articles know Ostwerk as a body, take it for a person, and tell of its envoy, in every order."""
    body, envoy, shown = "Ostwerk", "chief envoy of Ostwerk", (("", 1.0),)  # d1 shows it to be a body
    figures = {
        document: Figure(document=document, key=key, name=name, kind=kind, aliases=(), countries=countries)
        for document, key, name, kind, countries in (
            ("d1", "organisation:ostwerk", body, "organisation", shown),
            ("d2", "person@d2:ostwerk", body, "person", ()),
            ("d3", "described@d3:person:the chief envoy of ostwerk", envoy, "person", ()),
        )
    }
    told = {
        d: Figures(figures=(f,), links=(FigureLink(statement=f"{d}-0", key=f.key, how="name", probability=0.9),))
        for d, f in figures.items()
    }
    for order in permutations(told):
        for batches in (order, (order,)):
            with Case(tmp_path / f"{'-'.join(order)}-{len(batches)}.stemmata") as case:
                for batch in batches:
                    for document in batch if isinstance(batch, tuple) else (batch,):
                        put(case, told[document], document)
                    regrouped(case)
                kinds = sorted(case.rows("SELECT name, kind FROM actors"))
                assert kinds == [("Ostwerk", "organisation"), ("chief envoy of Ostwerk", "person")]


def assert_grows(data: st.DataObject, drawn_of: Callable[[str], st.SearchStrategy[Figures]]) -> None:
    """Articles come and change, versions and people tell more or take it back, in any order: whatever the case holds
    after each step is what all at once comes to."""
    contents = data.draw(st.fixed_dictionaries({id: drawn_of(id) for id in IDS}))
    keys = sorted({f.key for found in contents.values() for f in found.figures}) or ["person:nobody"]
    held: dict[str, Figures] = {}
    with TemporaryDirectory() as folder, Case(Path(folder) / "c.stemmata") as case:
        for _ in range(data.draw(st.integers(4, 10))):
            step = data.draw(st.sampled_from(("add", "add", "add", "tell", "tell", "change", "judge", "judge", "undo")))
            speakers = dict(case.rows("SELECT id, actor FROM statements"))
            if step == "add" or (step == "change" and not held):
                id = data.draw(st.sampled_from(IDS))
                if id not in held:
                    held[id] = contents[id]
                    put(case, held[id], id)
            elif step == "change":
                id = data.draw(st.sampled_from(sorted(held)))
                held[id] = data.draw(drawn_of(id))
                put(case, held[id], id, run=Run(version="0.1.0", weights=now()))
                speakers = {k: v for k, v in speakers.items() if not k.startswith(f"{id}-")}
            elif step == "tell":
                for _ in range(3):
                    toggled(case, data.draw(st.tuples(*[st.sampled_from(sorted(speakers) or ["nothing"])] * 2)))
            elif step == "judge":
                judge(case, data.draw(decided(keys)))
            elif standing_judgements(case, *grouping.ON_ACTORS):
                undo(case, who="ab")
            changed = regrouped(case)
            now_spoken = dict(case.rows("SELECT id, actor FROM statements"))
            assert changed == {k for k, v in now_spoken.items() if speakers.get(k) != v}
            assert_as_all_at_once(case, held.values())
            assert regrouped(case) == frozenset()


def test_a_body_that_a_version_calls_by_less_stays_when_they_tell_one_claim_no_more(tmp_path: Path) -> None:
    whole, short = "Defence Ministry of Orva", "Defence Ministry"
    told = {}
    for document, key, name in (("d1", "organisation:defence ministry of orva", whole),
                                ("d2", "organisation@d2:defence ministry", short)):  # fmt: skip
        figure = Figure(document=document, key=key, name=name, kind="organisation", aliases=(name,))
        link = FigureLink(statement=f"{document}-0", key=key, how="name", probability=0.9)
        told[document] = Figures(figures=(figure,), links=(link,))
    with Case(tmp_path / "c.stemmata") as case:
        for document, found in told.items():
            put(case, found, document)
        for actors_told in (1, 2):
            toggled(case, ("d1-0", "d2-0"))
            regrouped(case)
            assert_as_all_at_once(case, told.values())
            assert case.value("SELECT count(DISTINCT actor) FROM statements") == actors_told


STORIES = {
    "d1": "[Ana Reyk]p spoke. [Bo Tosk]p spoke. [The energy ministry]o denied it.",
    "d2": "[Ana Reyk]p left. [Bo Tosk]p left. [Cy Brell]p left. [The energy ministry]o said no.",
    "d3": "[Bo Tosk]p came. [Cy Brell]p came. [The Ministry of Energy]o said so.",
    "d4": "[Bo Tosk]p fell. [Cy Brell]p fell. [The energy ministry]o was silent.",
    "d5": "[Bo Tosk]p rose. [Orla Dunn]p rose. [The energy ministry]o spoke.",  # one of them speaks here
}


def put_drawn(case: Case, id: str, drawing: str) -> None:
    document, statements = drawn(drawing, id)
    case.put(document, statements, RUN)
    with case.transaction():
        grouping.put_figures(case, id, figures(document, statements, ranker()), RUN)
    regrouped(case)


def ministries(case: Case) -> set[frozenset[str]]:
    """The documents of each actor that a source with "ministry" is given to."""
    told: dict[str, set[str]] = {}
    for e in case.statements():
        if e.actor and e.source and "ministry" in e.source.lower():
            told.setdefault(e.statement.actor or "", set()).add(e.statement.document)
    return set(map(frozenset, told.values()))


@pytest.mark.parametrize("order", [("d1", "d2", "d3", "d5"), ("d5", "d3", "d1", "d2")])
def test_one_story_has_one_energy_ministry_until_a_person_parts_it(tmp_path: Path, order: tuple[str, ...]) -> None:
    with Case(tmp_path / "c.stemmata") as case:
        for id in order:
            put_drawn(case, id, STORIES[id])
        whole, alone = frozenset(("d1", "d2", "d3")), frozenset(("d5",))
        assert ministries(case) == {whole, alone}
        ministry = next(s.actor for s in actors.speakers(case) if s.documents == 3 and "inistry" in s.actor.name)
        why = "the same words, in articles in which the same two persons speak"
        assert {r.why for r in actors.reasons(case, ministry.id)} == {why}
        identities.split(case, ministry.id, document="d2", **WHO)  # which alone shares two persons with d1
        assert ministries(case) == {frozenset(("d1", "d3")), frozenset(("d2",)), alone}
        put_drawn(case, "d4", STORIES["d4"])
        assert ministries(case) == {frozenset(("d1", "d3", "d4")), frozenset(("d2",)), alone}
        identities.undo(case, who="Cd")
        assert ministries(case) == {whole | {"d4"}, alone}
        with case.transaction():  # as where it is read anew and nobody is found to speak in it
            grouping.put_figures(case, "d2", Figures(figures=(), links=()), RUN)
        regrouped(case)
        assert ministries(case) == {frozenset(("d1",)), frozenset(("d3", "d4")), alone}


def test_who_is_less_likely_than_not_is_told_as_a_guess_until_a_version_or_a_person_tells(tmp_path: Path) -> None:
    reyk, tosk = (Figure(document=d, key=f"person:{n.lower()}", name=n, kind="person", aliases=(n,))
                  for d, n in (("d1", "Ana Reyk"), ("d2", "Bo Tosk")))  # fmt: skip
    she = Figure(document="d1", key="described@d1:person:she:9", name="she", kind="person", aliases=(), likely=reyk.key)
    links = [
        FigureLink(statement="d1-0", key=reyk.key, how="name", probability=0.97),
        FigureLink(statement="d1-1", key=she.key, how="pronoun", probability=0.4),
        FigureLink(statement="d2-0", key=tosk.key, how="name", probability=0.97),
    ]

    def told(case: Case) -> tuple[str | None, float | None, float]:
        entry = case.entry("d1-1")
        return entry.actor, entry.chance, actors.links(case)["d1-1"].probability

    with Case(tmp_path / "c.stemmata") as case:
        put(case, Figures(figures=(reyk, she), links=tuple(links[:2])), "d1")
        put(case, Figures(figures=(tosk,), links=tuple(links[2:])), "d2")
        case.connection.execute("UPDATE statements SET sourcing = 'named-person'")
        regrouped(case)
        assert told(case) == ("Ana Reyk", 0.4, 0.4)
        assert [e.chance for e in case.statements()] == [None, 0.4, None]
        toggled(case, ("d1-1", "d2-0"))
        regrouped(case)
        assert told(case) == ("Bo Tosk", None, BY_VERSION)
        toggled(case, ("d1-1", "d2-0"))
        regrouped(case)
        assert told(case) == ("Ana Reyk", 0.4, 0.4)
        identities.split(case, "Ana Reyk", alias="she", **WHO)
        assert told(case) == ("she", None, 1.0)


@pytest.mark.parametrize(
    ("role", "whose", "mayor", "sure"),
    [
        (None, "Ana Reyk", "Ana Reyk", 0.9),  # nothing tells more than its own article
        ("judge", "Ana Reyk", "Ana Reyk", 0.9),
        ("mayor", "Bo Tosk", "mayor", BY_VERSION),
        ("mayor", "Ana Reyk", "Ana Reyk", 0.9),
        ("deputy mayor", "Bo Tosk", "Ana Reyk", 0.9),
    ],
)
@pytest.mark.parametrize("beside", [False, True])
def test_another_article_with_the_likeliest_tells_whose_an_office_is(
    tmp_path: Path, role: str | None, whose: str, mayor: str, sure: float, beside: bool
) -> None:
    def person(document: str, name: str, role: str | None) -> Figure:
        at = TEXT.index(role) if role else 0
        spans = (Span(at, at + len(role)),) if role else ()
        return Figure(
            document=document, key=f"person:{name.lower()}", name=name, kind="person", aliases=(name,), roles=spans
        )

    key = "described@d1:person:mayor:9"
    left = Figure(document="d1", key=key, name="mayor", kind="person", aliases=(), likely="person:ana reyk",
                  countries=(("", 1.0),) if beside else ())  # fmt: skip
    told = {
        "d1": [person("d1", "Ana Reyk", None), left],
        "d2": [person("d2", n, role if n == whose else None) for n in ("Ana Reyk", "Bo Tosk")],
        "d3": [person("d3", n, "mayor" if n == "Cy Brell" else None) for n in ("Cy Brell", "Bo Tosk")],  # no Reyk in it
    }
    if beside and (role, whose) != ("mayor", "Ana Reyk"):
        mayor, sure = "mayor", 0.9
    for order in (("d1", "d3", "d2"), ("d2", "d3", "d1")):
        with Case(tmp_path / f"{order[0]}.stemmata") as case:
            for d in order:
                links = tuple(
                    FigureLink(statement=f"{d}-{n}", key=f.key, how="name", probability=0.9)
                    for n, f in enumerate(told[d])
                )
                put(case, Figures(figures=tuple(told[d]), links=links), d)
                regrouped(case)
            assert (case.entry("d1-1").actor, actors.links(case)["d1-1"].probability) == (mayor, sure)


# What an analyst reads and decides

DRAWINGS = {
    "d1": "[Mayor Ilse Marrow]p spoke. [She]p spoke again. [Two officials]g agreed.",
    "d2": "[Ilse Marrow]p spoke. [The Ellmouth Port Trust]o denied it.",
    "d3": "[Marrow]p spoke, and [Jan Fenn]p denied it.",
    "d4": "[Ilse Marrow, the poet,]p spoke.",
}
WHO = {"who": "Ab", "why": "the byline says so"}


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case(tmp_path / "c.stemmata") as opened:
        for n, (id, drawing) in enumerate(DRAWINGS.items()):
            document, statements = drawn(drawing, id)
            opened.put(replace(document, published=f"2031-03-0{n + 1}", outlet=f"Outlet {n}"), statements, RUN)
            with opened.transaction():
                grouping.put_figures(opened, id, figures(document, statements, ranker()), RUN)
        regrouped(opened)
        yield opened


def told_by(case: Case) -> dict[str, str | None]:
    """Source as written -> the actor's name; of the last document where sources are alike."""
    return {f"{e.source} ({e.statement.document})": e.actor for e in case.statements()}


def test_actors_are_listed_with_what_they_say(case: Case) -> None:
    listed = {s.actor.name: (s.statements, s.documents, s.side) for s in actors.speakers(case)}
    assert listed["Ilse Marrow"] == (5, 4, None)
    assert listed["Ellmouth Port Trust"] == listed["Jan Fenn"] == (1, 1, None)
    assert {s.actor.kind for s in actors.speakers(case) if "officials" in s.actor.name.lower()} == {"group"}


def test_an_actor_tells_its_offices_and_what_joined_its_names(case: Case) -> None:
    marrow = actors.speaker(case, "Ilse Marrow").actor
    assert [(p.words, p.document, p.published) for p in actors.roles(case, marrow.id)] == [
        ("Mayor", "d1", "2031-03-01"),
        ("the poet", "d4", "2031-03-04"),
    ]
    (reason,) = actors.reasons(case, marrow.id)
    assert reason.why == "the same surname, and nobody else of it in the case"
    assert sorted((p.words, p.document) for p in reason.passages) == [("Ilse Marrow", "d1"), ("Marrow", "d3")]
    hows = {e.source: actors.links(case, actor=marrow.id)[e.statement.id].how for e in
            views.statements_of(case, marrow.id, limit=9)}  # fmt: skip
    assert hows["She"] == "pronoun" and hows["Marrow"] == "name"


@pytest.mark.parametrize("given", ["Ilse Marrow", "marrow", "Ilse", "ILSE MARROW", "Márrow"])
def test_an_actor_is_found_by_its_name_or_the_beginning_of_one(case: Case, given: str) -> None:
    assert actors.speaker(case, given).actor.name == "Ilse Marrow"


def test_who_is_not_found_is_told_with_what_is_near(case: Case) -> None:
    with pytest.raises(StemmataError, match=r"no actor .Ilse Marow. in c\.stemmata; near it are Ilse Marrow"):
        actors.speaker(case, "Ilse Marow")
    identities.split(case, "Ilse Marrow", document="d4", **WHO)
    with pytest.raises(StemmataError, match=r"may be several: .*\(Ilse Marrow, 4 statements in 3 doc"):
        actors.speaker(case, "Ilse Marrow")
    assert actors.speaker(case, "Marrow").statements == 4


def test_a_merge_holds_at_once_and_for_what_comes_later(case: Case) -> None:
    whole = identities.merge(case, "Jan Fenn", "Ellmouth Port Trust", **WHO)
    assert whole.statements == 2
    hows = {x.how for x in actors.links(case, actor=whole.actor.id).values()}
    assert hows == {"name", "analyst"}  # of the two, one only is there by a person's word
    assert told_by(case)["Jan Fenn (d3)"] == told_by(case)["The Ellmouth Port Trust (d2)"]
    document, statements = drawn("[Jan Fenn]p left.", "d5")
    case.put(document, statements, RUN)
    with case.transaction():
        grouping.put_figures(case, "d5", figures(document, statements, ranker()), RUN)
        assert grouping.regroup(case) == {statements[0].id}
    assert actors.speaker(case, whole.actor.id).statements == 3
    undone = identities.undo(case, who="Cd")
    assert undone.kind == "merge" and told_by(case)["The Ellmouth Port Trust (d2)"] == "Ellmouth Port Trust"


def test_a_split_takes_one_document_or_one_name(case: Case) -> None:
    poet = identities.split(case, "Ilse Marrow", document="d4", **WHO)
    assert (poet.statements, poet.documents) == (1, 1)
    assert {x.how for x in actors.links(case, actor=poet.actor.id).values()} == {"analyst"}
    rest = next(s for s in actors.speakers(case) if s.statements == 4)
    other = identities.split(case, rest.actor.id, alias="Marrow", **WHO)
    assert (other.actor.name, other.statements) == ("Marrow", 1)
    assert identities.rename(case, poet.actor.id, "Ilse Marrow (poet)", **WHO).actor.id == poet.actor.id
    assert told_by(case)["Ilse Marrow, the poet, (d4)"] == "Ilse Marrow (poet)"
    assert told_by(case)["She (d1)"] == "Ilse Marrow"


def test_a_name_is_sourced_as_its_actor_is(case: Case) -> None:
    def told() -> dict[str, str]:
        return {e.source: e.statement.sourcing for e in case.statements(document="d5") if e.source}

    document, statements = drawn("[Marrow]o spoke. [Marrow]p left. [She]p wept.", "d5")
    case.put(document, statements, RUN)
    own = [s.sourcing for s in statements]
    with case.transaction():
        grouping.put_figures(case, "d5", figures(document, statements, ranker()), RUN)
        grouping.regroup(case)
    assert own[0] == "named-organisation" and set(told().values()) == {"named-person"}
    assert [s.sourcing for s in statements_of(case, ["d5"])["d5"]] == own  # what collation reads
    bodies = identities.split(case, "Ilse Marrow", document="d5", **WHO)
    identities.merge(case, "Ellmouth Port Trust", bodies.actor.id, **WHO)
    assert told()["Marrow"] == "named-organisation" and told()["She"] == "named-person"
    assert {e.source for e in case.statements(sourcing="named-organisation")} == {"The Ellmouth Port Trust", "Marrow"}
    identities.undo(case, who="Ab")
    assert set(told().values()) == {"named-person"}


def test_what_is_split_off_goes_under_the_name_that_its_sources_bear(case: Case) -> None:
    drawings = {"d5": "[Quill Power]o spoke.", "d6": "[Quill]o spoke. Lights went out at Quill Power on Monday."}
    for id, drawing in drawings.items():
        document, statements = drawn(drawing, id)
        case.put(document, statements, RUN)
        with case.transaction():
            grouping.put_figures(case, id, figures(document, statements, ranker()), RUN)
            grouping.regroup(case)
    assert actors.speaker(case, "Quill Power").documents == 2
    other = identities.split(case, "Quill Power", document="d6", **WHO)
    assert (other.actor.name, actors.speaker(case, "Quill Power").documents) == ("Quill", 1)
    identities.rename(case, other.actor.id, "Otto Quill", **WHO)
    assert actors.speaker(case, "Otto Quill").documents == 1
    identities.undo(case, who="Ab")
    identities.undo(case, who="Ab")
    assert actors.speaker(case, "Quill Power").documents == 2


def parted_from(case: Case, actor: str, source: str) -> actors.Speaker:
    id = next(e.statement.id for e in case.statements() if e.source == source)
    return identities.split(case, actor, statement=id, **WHO)


def parted(case: Case, actor: str, source: str) -> actors.Speaker:
    """What one statement of an actor, known by its source, is after it was split off."""
    id = next(e.statement.id for e in case.statements(speaker=actor) if e.source == source)
    return identities.split(case, actor, statement=id[:8], **WHO)


def test_one_statement_is_taken_from_an_actor_and_given_to_another(case: Case) -> None:
    she = parted(case, "Ilse Marrow", "She")
    assert (she.actor.name, she.statements, actors.speaker(case, "Ilse Marrow").statements) == ("She", 1, 4)
    assert {x.how for x in actors.links(case, actor=she.actor.id).values()} == {"analyst"}
    for order in ((she.actor.id, "Jan Fenn"), ("Jan Fenn", she.actor.id)):  # whose it is gives the name
        whole = identities.merge(case, *order, **WHO)
        assert (whole.actor.name, whole.actor.aliases, whole.statements) == ("Jan Fenn", (), 2)
        assert told_by(case)["She (d1)"] == "Jan Fenn" and told_by(case)["Mayor Ilse Marrow (d1)"] == "Ilse Marrow"
        with pytest.raises(StemmataError, match="She in d1 was joined by Ab: stemmata undo"):
            parted(case, "Jan Fenn", "She")
        with pytest.raises(StemmataError, match="She in d1 was joined by Ab: stemmata undo"):
            identities.split(case, "Jan Fenn", document="d1", **WHO)
        identities.undo(case, who="Ab")
    with pytest.raises(StemmataError, match="is an actor of its own already: merge"):
        parted(case, "She", "She")
    identities.undo(case, who="Ab")
    assert actors.speaker(case, "Ilse Marrow").statements == 5 and told_by(case)["She (d1)"] == "Ilse Marrow"


def test_a_statement_stays_another_s_whomever_it_is_taken_for_anew(case: Case) -> None:
    she = parted(case, "Ilse Marrow", "She")
    identities.merge(case, she.actor.id, "Jan Fenn", **WHO)
    found = figures(*drawn(DRAWINGS["d1"], "d1"), ranker())
    others = next(f.key for f in found.figures if f.kind == "group")
    for links in (found.links, tuple(replace(x, key=others if x.how == "pronoun" else x.key) for x in found.links)):
        with case.transaction():
            grouping.put_figures(case, "d1", replace(found, links=links), RUN)
            grouping.regroup(case)
        assert told_by(case)["She (d1)"] == "Jan Fenn"
    for _ in range(2):
        identities.undo(case, who="Ab")
    assert told_by(case)["She (d1)"] == told_by(case)["Two officials (d1)"]


def test_the_only_statement_of_an_actor_is_taken_from_it(case: Case) -> None:
    one = parted(case, "Ellmouth Port Trust", "The Ellmouth Port Trust")
    assert (one.actor.name, one.statements) == ("Ellmouth Port Trust", 1)
    assert [s.actor.id for s in actors.speakers(case) if s.actor.name == "Ellmouth Port Trust"] == [one.actor.id]
    identities.merge(case, one.actor.id, "Jan Fenn", **WHO)
    assert told_by(case)["The Ellmouth Port Trust (d2)"] == "Jan Fenn"


@pytest.mark.parametrize(
    ("decide", "complaint"),
    [
        (lambda c: identities.merge(c, "Marrow", "Ilse Marrow", **WHO), "name two actors or more"),
        (lambda c: identities.split(c, "Jan Fenn", document="d3", **WHO), "all of Jan Fenn is meant"),
        (
            lambda c: identities.split(c, "Jan Fenn", document="d1", **WHO),
            r"none of Jan Fenn is meant: .*--document \(d3\)",
        ),
        (lambda c: identities.split(c, "Ilse Marrow", **WHO), r"name a part of it, by --alias \(Ilse Marrow, Marrow\)"),
        (
            lambda c: parted_from(c, "Jan Fenn", "She"),
            r"is not of Jan Fenn, but of Ilse Marrow \(\w+\): split that one",
        ),
        (lambda c: identities.split(c, "Jan Fenn", statement="x", **WHO), "no statement 'x' in c.stemmata: its id"),
        (
            lambda c: identities.split(c, "Jan Fenn", statement="x", document="d3", **WHO),
            "a statement is split off by itself",
        ),
        (lambda c: identities.rename(c, "Jan Fenn", " ", **WHO), "an actor needs a name"),
        (lambda c: identities.rename(c, "Jan Fenn", "Jan", who=" ", why=""), "a name is needed to rename"),
        (lambda c: identities.undo(c, who="Ab"), "no judgement to undo"),
    ],
)
def test_what_cannot_be_decided_is_told_and_changes_nothing(case: Case, decide: object, complaint: str) -> None:
    before = list(case.rows("SELECT * FROM actors ORDER BY id"))
    with pytest.raises(StemmataError, match=complaint):
        decide(case)  # type: ignore[operator]
    assert list(case.rows("SELECT * FROM actors ORDER BY id")) == before


def test_what_a_person_joined_is_parted_by_undoing_it(case: Case) -> None:
    split = identities.split(case, "Ilse Marrow", document="d4", **WHO)
    whole = identities.merge(case, split.actor.id, "Jan Fenn", **WHO)
    with pytest.raises(StemmataError, match="was joined by Ab: stemmata undo"):
        identities.split(case, whole.actor.id, document="d4", **WHO)


def test_a_side_is_set_and_taken_off(case: Case) -> None:
    assert identities.set_side(case, "Jan Fenn", "shore", **WHO).side == "shore"
    assert identities.set_side(case, "Jan Fenn", "", **WHO).side is None


def test_a_list_goes_from_one_case_to_another_and_does_not_repeat_itself(case: Case, tmp_path: Path) -> None:
    identities.set_side(case, "Jan Fenn", "=shore", **WHO)
    identities.rename(case, "Ellmouth Port Trust", "EPT", **WHO)
    text = written(actors.listed_actors(case))
    assert "Two officials" not in text and "'=shore" in text
    with Case(tmp_path / "other.stemmata") as other:
        document, statements = drawn("[Jan Fenn]p spoke. [The Ellmouth Port Trust]o agreed.", "x1")
        other.put(document, statements, RUN)
        with other.transaction():
            grouping.put_figures(other, "x1", figures(document, statements, ranker()), RUN)
            grouping.regroup(other)
        made = identities.take_list(other, listed(text), **WHO)
        assert {(j.kind, j.value) for j in made} == {("set-side", "=shore"), ("rename", "EPT")}
        assert identities.take_list(other, listed(text), **WHO) == []
        assert {s.actor.name: s.side for s in actors.speakers(other)} == {"Jan Fenn": "=shore", "EPT": None}


def test_a_decision_about_actors_and_what_it_makes_are_one_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.stemmata"
    made_case(path)

    def killed(_: Case) -> None:
        raise KeyboardInterrupt

    with Case(path) as case:
        before = [s.actor.name for s in actors.speakers(case)]
        monkeypatch.setattr(identities, "regroup", killed)
        with pytest.raises(KeyboardInterrupt):
            identities.rename(case, before[0], "Somebody Else", who="Ida", why="a test")
        assert not [e for e in log(case) if e.judgement.value == "Somebody Else"]
        assert [s.actor.name for s in actors.speakers(case)] == before
