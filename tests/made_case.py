"""A small case made by hand, for the tests of its face: an invented story about a dam, with all that a page can show.

`poison` is put into everything that an article or a person can bring in: ids, titles, outlets, texts, names, notes.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from stemmata.case import Case, collation, judgements, lineage
from stemmata.case.grouping import put_figures, regroup
from stemmata.model import (
    Act,
    Change,
    ChangeLabel,
    Credit,
    Document,
    Edge,
    Evidence,
    Family,
    Ground,
    Judgement,
    LostAncestor,
    Run,
    Sourcing,
    Span,
    Statement,
    content_id,
    statement_id,
    subject,
)
from stemmata.resolve import Figure, Figures
from stemmata.resolve.figures import FigureLink

RUN = Run(version="0.1.0", weights="w1", settings={"broad": False})
SAID: dict[str, tuple[str, str, str]] = {  # version -> source, cue and content of the claim about the dam
    "wire": ("Ana Reyk", "said", "“The dam may fail,”"),
    "copy": ("Ana Reyk", "said", "“The dam may fail,”"),
    "loud": ("Ana Reyk", "admitted", "“The dam will fail,”"),
    "late": ("Officials", "say", "the dam will fail"),
}
COUNTED = {"wire": "12 of its gates", "copy": "12 of its gates", "loud": "21 of its gates", "late": ""}
TITLES = {"wire": "Minister: dam may fail", "copy": "Dam may fail", "loud": "Dam WILL fail", "late": "It is over"}
OUTLETS = {
    "wire": "Dam Wire",
    "copy": "Copy Post",
    "loud": "Loud Daily",
    "late": "Late Edition",
    "reply": "Radio Reply",
}


def story(name: str, poison: str) -> str:
    who, how, what = SAID[name]
    gates = f" The board counted {COUNTED[name]} as cracked." if COUNTED[name] else ""
    credit = "\n\nDAM WIRE reported it first." if name in ("wire", "copy") else ""
    return f"{what}{poison} {how} {who} on Monday.{gates}{poison}\n\nThe valley has nine villages.{credit}"


def made_case(path: Path, *, poison: str = "", long_title: bool = False, collated: bool = True) -> dict[str, str]:
    """Makes the case, and tells the ids of its things: documents by name, "family", "claim", "actor"."""
    harmless = poison.replace("\0", "")  # a NUL is cut off ids by SQLite's JSON
    ids = {name: f"{name}-1{harmless}" for name in OUTLETS}
    documents = {
        name: Document(
            id=ids[name],
            text=story(name, poison),
            url=f"javascript:alert(1)//{poison}" if poison else f"https://{name}.example/dam",
            outlet=OUTLETS[name] + poison,
            title=TITLES[name] + poison + (" word" * 10_000 if long_title else ""),
            published=f"2031-05-0{day}T10:00:00Z",
            author=f"Ida Holm{poison}",
            evidence=Evidence(
                sha256=content_id(name) * 4, location=f"/news/{name}.html{poison}", read_at="2031-06-01T09:00:00+00:00"
            ),
        )
        for day, name in enumerate(SAID, 1)
    }
    reply = f"Ana Reyk’s warning is false, Bo Lund said.{poison} “The dam stands.”"
    reply += f" Lund promised new pumps by 15 June{poison}."
    documents["reply"] = replace(
        documents["wire"], id=ids["reply"], text=reply, outlet=OUTLETS["reply"] + poison, title="Reply"
    )
    told = {name: _told(documents[name], *SAID[name]) for name in SAID}
    counted = {
        name: _told(documents[name], "The board", "counted", COUNTED[name], sourcing="named-organisation")
        for name in SAID
        if COUNTED[name]
    }
    answer = _told(documents["reply"], "Bo Lund", "said", "Ana Reyk’s warning is false")
    promise = _told(documents["reply"], "Lund", "promised", f"new pumps by 15 June{poison}", act="promise")
    credit = documents["wire"].text.find("DAM WIRE reported")
    documents["wire"] = replace(
        documents["wire"], credits=(Credit(name="Dam Wire", span=Span(credit, credit + len("DAM WIRE reported"))),)
    )
    with Case(path) as case:
        for name, document in documents.items():
            mine = [s for s in (told.get(name), counted.get(name)) if s] or [answer, promise]
            case.put(document, mine, RUN)
        with case.transaction():
            claims = [
                ("c1", f"The dam may fail{poison}", [s.id for s in told.values()]),
                ("c2", "12 of its gates", [s.id for s in counted.values()]),
                ("c3", "Ana Reyk’s warning is false", [answer.id]),
            ]
            collation.put_claims(case, claims, RUN)
            family = Family(
                id="f1",
                documents=tuple(ids[n] for n in SAID),
                edges=(
                    Edge(parent=ids["wire"], child=ids["copy"], score=0.99, evidence=(("copy", 0.97),)),
                    Edge(parent=ids["wire"], child=ids["loud"], score=0.62, tied=(ids["copy"],)),
                    Edge(parent=ids["loud"], child=ids["late"], score=0.4),
                ),
                lost=(LostAncestor(id="l1", children=(ids["copy"], ids["loud"]), score=0.3),),
                undated=(ids["late"],),
            )
            lineage.put_families(case, [family], RUN)
            for parent, child, labels in (
                ("wire", "copy", ("verbatim",)),
                ("wire", "loud", ("quote-altered", "strengthened")),
                ("loud", "late", ("attribution-vague", "paraphrased")),
            ):
                made = [_change(documents, told, parent, child, labels, "c1")]
                if child == "loud":
                    made.append(_change(documents, counted, parent, child, ("number-changed",), "c2"))
                if child != "copy":
                    made.append(_credit_dropped(documents, parent, child))
                if child == "copy":
                    made.append(_change(documents, counted, parent, child, ("verbatim",), "c2"))
                if child == "late":
                    made.append(_omitted(documents, counted["loud"], parent, child))
                lineage.put_changes(case, ids[parent], ids[child], made, RUN)
            for name, s in {**told, "reply": answer}.items():
                put_figures(case, ids[name], _figures(ids[name], s, documents[name].text, poison), RUN)
            regroup(case)
            case.connection.execute(
                "INSERT INTO found_disputes (by_statement, of_statement, relation, score, sure, run)"
                " VALUES (?, ?, 'denies', 0.8, 1, ?)",
                (answer.id, told["wire"].id, RUN.id),
            )
            collation.put_leftovers(case, {ids["late"]: [("preamble", Span(0, 8))]}, RUN)
            case.connection.execute("DELETE FROM waiting")
            if collated:
                note_collated(case)
        edge = subject("edge", ids["wire"], ids["copy"])
        when = "2021-06-02T09:00:00+00:00"
        judgements.judge(
            case,
            Judgement(kind="confirm", targets=(edge,), who=f"Ida{poison[:60]}", when=when, why=f"read both{poison}"),
            Judgement(kind="note", targets=(edge,), value=f"see the byline{poison}", who="Ida", when=when, why=""),
        )
        actor = case.value("SELECT id FROM actors WHERE kind = 'person' ORDER BY name LIMIT 1")
    return {**ids, "family": "f1", "claim": "c1", "actor": actor, "told": told["loud"].id}


def note_collated(case: Case) -> None:
    """Notes that collation has looked at all documents of the case."""
    case.connection.execute("INSERT INTO collated SELECT key, key, NULL, '', ? FROM documents", [RUN.id])


def _told(
    document: Document, source: str, cue: str, content: str, *, sourcing: Sourcing = "named-person", act: Act = "assert"
) -> Statement:
    def span(words: str, start: int = 0) -> Span:
        at = document.text.index(words, start)
        return Span(at, at + len(words))

    what = span(content)
    who = span(source) if source not in content else span(source, what.end)
    how = span(cue)
    return Statement(
        id=statement_id(document=document.id, source=who, cue=how, content=(what,)),
        document=document.id,
        source=who,
        cue=how,
        content=(what,),
        mode="direct" if content.startswith("“") else "indirect",
        act=act,
        sourcing="unnamed-group" if source == "Officials" else sourcing,
        confidence=0.9,
    )


def _change(
    documents: dict[str, Document],
    told: dict[str, Statement],
    parent: str,
    child: str,
    labels: tuple[ChangeLabel, ...],
    claim: str,
) -> Change:
    before, after = told[parent], told[child]
    return Change(
        parent_document=documents[parent].id,
        child_document=documents[child].id,
        claim=claim,
        parent_statement=before.id,
        child_statement=after.id,
        changes=labels,
        score=0.9,
        grounds=tuple(Ground(label=x, parent=before.content, child=after.content, score=0.9) for x in labels),
    )


def _omitted(documents: dict[str, Document], before: Statement, parent: str, child: str) -> Change:
    return Change(
        parent_document=documents[parent].id,
        child_document=documents[child].id,
        claim="c2",
        parent_statement=before.id,
        child_statement=None,
        changes=("omitted",),
        score=0.8,
    )


def _credit_dropped(documents: dict[str, Document], parent: str, child: str) -> Change:
    credit = documents["wire"].credits[0].span
    return Change(
        parent_document=documents[parent].id,
        child_document=documents[child].id,
        claim=None,
        parent_statement=None,
        child_statement=None,
        changes=("credit-dropped",),
        score=0.95,
        grounds=(Ground(label="credit-dropped", parent=(credit,), child=(), score=0.95),) if parent == "wire" else (),
    )


def _figures(document: str, s: Statement, text: str, poison: str) -> Figures:
    name = s.source.of(text) if s.source else ""
    key = f"person:{name.lower()}"
    figure = Figure(document=document, key=key, name=name + poison, kind="person", aliases=(name + poison,))
    link = FigureLink(statement=s.id, key=key, how="name", probability=0.9)
    return Figures(figures=(figure,), links=(link,))
