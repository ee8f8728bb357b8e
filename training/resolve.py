"""Fits the ranker of sources: python -m training.resolve --shared ../shared [--weights src/stemmata/weights]

On the families of bench/train by their gold statements and speakers, f51 to f60 kept out for validation, never on a dev
set; endings of first names on GAP (development and validation, Apache-2.0) and the same families. Writes resolve.npz.
The dossiers of training/written are not read: with their sources all in, 0.851 of the speakers of families left out in
turn were right, with people and pronouns alone 0.858, as without them (fitted in small batches all three). A bare place
is mostly a firm there, and a capital in bench/train.
`--check` prints figures on the families kept out: by gold statements, and by those that the encoder finds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import numpy as np

from stemmata import flow
from stemmata.case import Case, grouping
from stemmata.encode import Encoder
from stemmata.flow import Settings
from stemmata.language.lexicon import titles
from stemmata.language.wording import folded
from stemmata.model import Document, Span, Statement, statement_id
from stemmata.resolve import Figures, figures, merged, offices, ranker, records
from stemmata.resolve import article as reader
from stemmata.resolve.article import SELF, Reading
from stemmata.resolve.known import fixed
from stemmata.resolve.phrases import Phrase
from stemmata.resolve.ranking import Features, Ranker, features
from stemmata.surface import WORD

from .metrics import pairs, words

KEPT_OUT = tuple(f"f{n}" for n in range(51, 61))
PRONOUNS = frozenset(["he", "she", "it", "they", "who", "which", "we", "i", "him", "her", "them", "you"])
HIDDEN, ROUNDS, NETS = 24, 160, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """An article with its gold statements and their speakers."""

    family: str
    document: Document
    statements: tuple[Statement, ...]
    speakers: dict[str, str | None]  # by statement id


def gold(shared: Path, split: str) -> list[Gold]:
    out = []
    for path in sorted((shared / f"bench/{split}").glob("*.json")):
        row = json.loads(path.read_text("utf8"))
        for a in row["articles"]:
            made, speakers = {}, {}
            for s in row["statements"]:
                if s["article"] != a["id"] or s["sourcing"] == "outlet":
                    continue
                spans = s["spans"]
                source = Span(*spans["source"]) if spans["source"] else None
                cue = Span(*spans["cue"]) if spans["cue"] else None
                content = tuple(Span(*c) for c in spans["content"])
                id = statement_id(document=a["id"], source=source, cue=cue, content=content)
                made[id] = Statement(
                    id=id, document=a["id"], source=source, cue=cue, content=content, mode=s["mode"], act=s["act"],
                    sourcing=s["sourcing"], confidence=1.0,
                )  # fmt: skip
                speakers[id] = s["speaker"]
            document = Document(
                id=a["id"], text=a["text"], title=a["title"], outlet=a["outlet"], published=a["published"]
            )
            out.append(
                Gold(family=row["family"], document=document, statements=tuple(made.values()), speakers=speakers)
            )
    return out


def same_name(a: str | None, b: str | None) -> bool:
    """As bench/score.py: the same words, or one's words inside the other's, case aside."""
    x, y = ({w.lower() for w in WORD.findall(n or "")} - {"the", "of", "and"} for n in (a, b))
    return bool(x and y) and (x <= y or y <= x)


def right(r: Reading, p: Phrase, every: list[int], speaker: str | None, told: dict[int, str | None]) -> list[int]:
    """Positions in `every` of the options that mean the gold speaker; its own words where none does."""
    out = []
    for n, k in enumerate(every):
        if k == SELF:
            continue
        e = r.entities[k]
        if speaker is None:
            if not e.named and e.kind in ("group", "anonymous"):
                out.append(n)
        elif k in told and not e.named:
            if told[k] == speaker:
                out.append(n)
        elif reader.shape(p) == "place" and not speaker.lower().startswith("government of"):
            continue
        elif any(means(e, " ".join(form), speaker) for form in e.forms):
            out.append(n)
    own = len(every) - 1
    if reader.shape(p) == "place" and speaker is not None:
        if not speaker.lower().startswith("government of"):
            return [own]  # an organisation by its name
        itself = r.entity_of[p.name] if p.name is not None else SELF
        return out or [n for n in range(own) if every[n] != itself] or [own]  # its country is not in the article
    if speaker is None or not out or same_name(reader.own_label(r, p), speaker):
        out.append(own)
    return out


def means(e: reader.Entity, form: str, speaker: str) -> bool:
    if speaker.lower().startswith("government of") and reader.is_place(e):
        return same_name(f"Government of {form}", speaker)
    return e.kind not in ("place", "country") and same_name(form, speaker)


def examples(
    articles: list[Gold], suffixes: dict[str, float]
) -> Iterator[tuple[Gold, Statement, str, list[Features], list[int]]]:
    """Every source that has to be ranked: its article, statement, type, options and which of them are right."""
    for a in articles:
        r = reader.reading(a.document, a.statements, suffixes)
        told: dict[int, str | None] = {}
        for s in r.statements:
            known, p = fixed(r), r.phrases[r.at]
            if known is not None or p is None:
                reader.take(r, SELF if known is None else known)
                continue
            every = reader.options(r, p)
            good = right(r, p, every, a.speakers[s.id], told)
            yield a, s, reader.shape(p), features(r, p, every), good
            choice = every[good[0]] if reader.shape(p) != "place" else SELF
            made = reader.take(r, choice)
            if made is not None:
                told.setdefault(made, a.speakers[s.id])


def endings(shared: Path, articles: list[Gold]) -> dict[str, float]:
    """Endings of first names -> log-odds of "he", from names that gold ties to a pronoun."""
    from sklearn.linear_model import LogisticRegression

    people: dict[str, Counter[str]] = defaultdict(Counter)
    for name in ("development", "validation"):
        for line in (shared / f"data/coref/gap-{name}.jsonl").read_text("utf8").splitlines():
            row = json.loads(line)
            gender = "he" if row["pronoun"]["text"].lower() in ("he", "his", "him") else "she"
            for side in ("a", "b"):
                words = row[side]["text"].split()
                if row[side]["coref"] and len(words) > 1 and words[0].isalpha() and folded(words[0]) not in titles():
                    people[words[0]][gender] += 1
    for a in articles:
        for s in a.statements:
            speaker, source = a.speakers[s.id], s.source.of(a.document.text).lower() if s.source else ""
            if speaker and source in ("he", "she") and " " in speaker:
                people[speaker.split()[0]][source] = 2
    rows, target, weight = [], [], []
    for word, count in people.items():
        key = f"^{folded(word)}$"
        parts = {
            key[k : k + n] for n in (2, 3, 4, 5) for k in range(len(key) - n + 1) if k + n == len(key) or k == 0
        } | {key}
        for label in ("he", "she"):
            if count[label]:
                rows.append(parts)
                target.append(label == "he")
                weight.append(min(3, count[label]))
    seen = Counter(p for parts in rows for p in parts)
    kept = sorted(p for p, n in seen.items() if n >= 3)
    index = {p: k for k, p in enumerate(kept)}
    x = np.zeros((len(rows), len(kept)), np.float32)
    for n, parts in enumerate(rows):
        for p in parts:
            if p in index:
                x[n, index[p]] = 1
    model = LogisticRegression(C=0.5, max_iter=500).fit(x, target, sample_weight=weight)
    out = {"": float(model.intercept_[0])}
    out |= {p: round(float(w), 3) for p, w in zip(kept, model.coef_[0], strict=True) if abs(w) > 0.05}
    return out


def fitted(rows: list[list[Features]], good: list[list[int]], suffixes: dict[str, float], seed: int = 0) -> Ranker:
    """Networks trained to give the right options of each source the most probability together."""
    import torch

    torch.set_num_threads(1)
    names = tuple(sorted({name for options in rows for row in options for name in row}))
    every = Ranker(names, (), {}).inputs([row for options in rows for row in options])
    place = np.concatenate([np.full(len(r), k) for k, r in enumerate(rows)])
    mask = np.concatenate([np.isin(np.arange(len(r)), g) for r, g in zip(rows, good, strict=True)])
    x, at, ok = torch.tensor(every), torch.tensor(place), torch.tensor(mask)
    layers = []
    for net in range(NETS):
        torch.manual_seed(seed * 100 + net)
        model = torch.nn.Sequential(torch.nn.Linear(x.shape[1], HIDDEN), torch.nn.ReLU(), torch.nn.Dropout(0.25),
                                    torch.nn.Linear(HIDDEN, 1))  # fmt: skip
        steps = torch.optim.AdamW(model.parameters(), lr=0.01, weight_decay=0.05)
        for t in range(ROUNDS):
            for group in steps.param_groups:
                group["lr"] = 0.01 * (1 - t / ROUNDS)
            noisy = x * (torch.rand_like(x) > 0.05)
            scores = model(noisy)[:, 0]
            whole = torch.zeros(len(rows)).scatter_reduce(0, at, scores, "amax", include_self=False)
            e = torch.exp(scores - whole[at])
            total = torch.zeros(len(rows)).index_add(0, at, e)
            part = torch.zeros(len(rows)).index_add(0, at, e * ok)
            loss = -(torch.log(part + 1e-9) - torch.log(total)).mean()
            steps.zero_grad()
            loss.backward()
            steps.step()
        a, b, c, d = (p.detach().numpy() for p in model.parameters())
        layers.append((a.T.copy(), b.copy(), c[0].copy(), d.copy()))
    return Ranker(names, tuple(layers), suffixes)


def stored(ranker: Ranker, path: Path) -> None:
    arrays: dict[str, np.ndarray] = {}
    for k, layer in enumerate(ranker.layers):
        for letter, value in zip("abcd", layer, strict=True):
            arrays[f"{letter}{k}"] = value.astype(np.float16)
    names = sorted(ranker.suffixes)
    np.savez_compressed(
        path, count=np.array(len(ranker.layers)), names=np.array(ranker.names), endings=np.array(names),
        ending_weights=np.array([ranker.suffixes[n] for n in names], np.float32), **arrays,
    )  # fmt: skip


def speakers(encoder: Encoder | None, articles: list[Gold], ranker: Ranker) -> dict[str, float]:
    """Figures of speakers on whole cases, as bench/score.py counts them: by the statements that `encoder` finds, or by
    the gold ones. All articles make one case, so that a wrong merge across events counts too."""
    told: dict[str, Figures] = {}
    found: dict[str, tuple[Statement, ...]] = {}
    for a in articles:
        found[a.document.id] = flow.analysis(a.document, encoder, Settings()).statements if encoder else a.statements
        told[a.document.id] = figures(a.document, found[a.document.id], ranker)
    every = [f for t in told.values() for f in t.figures]
    held = offices(every, {a.document.id: a.document.text for a in articles})
    actor_of = {k: m.actor for m in merged(records(every), offices=held) for k in m.keys}
    counts: Counter[str] = Counter()
    speakers_of: dict[str, set[str | None]] = defaultdict(set)
    for a in articles:
        speakers_of[a.family] |= set(a.speakers.values())
    by_actor: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for a in articles:
        places = [m.span() for m in WORD.finditer(a.document.text)]
        links = {x.statement: x for x in told[a.document.id].links}
        mine = found[a.document.id]
        gold_words, found_words = (
            [words(places, [(c.start, c.end) for c in s.content]) for s in part] for part in (a.statements, mine)
        )
        for i, j in pairs(gold_words, found_words):
            g, link = a.statements[i], links.get(mine[j].id)
            actor = actor_of[link.key] if link else None
            speaker, source = a.speakers[g.id], g.source.of(a.document.text).lower() if g.source else ""
            if speaker is None:
                counts["vague"] += 1
                named = actor is not None and actor.kind in ("person", "organisation", "government")
                names = (actor.name, *actor.aliases) if actor else ()
                merged_in = named and any(same_name(x, n) for x in speakers_of[a.family] for n in names)
                counts[f"{g.sourcing} made named"] += named
                counts[f"{g.sourcing} merged"] += merged_in
                counts[f"{g.sourcing} merged by other words"] += merged_in and not _same_source(g, mine[j])
                counts[g.sourcing] += 1
                continue
            right = actor is not None and any(same_name(speaker, n) for n in (actor.name, *actor.aliases))
            kinds = ["speakers", g.sourcing] + (["pronouns"] if source in PRONOUNS else [])
            for kind in kinds:
                counts[kind] += 1
                counts[f"{kind} right"] += right
            if actor is not None:
                by_actor[actor.id][a.document.id].add(speaker)
    for documents in by_actor.values():
        for x, y in combinations(sorted(documents), 2):
            counts["pairs"] += 1
            counts["pairs wrong"] += not documents[x] & documents[y]
    out = {k: round(counts[f"{k} right"] / counts[k], 4) for k in ("speakers", "pronouns", "named-person",
           "named-organisation", "document") if counts[k]}  # fmt: skip
    for kind in ("anonymous", "unnamed-group"):
        # taken for a person or body at all; so that it is one that speaks by name in the family; and of these, those
        # whose statement was given other words for its source than the gold ones
        for what in ("made named", "merged", "merged by other words"):
            out[f"{kind} {what}"] = counts[f"{kind} {what}"]
    out["pairs wrong"] = round(counts["pairs wrong"] / max(1, counts["pairs"]), 4)
    print(f"  {out} of {counts['speakers']} speakers, {counts['pronouns']} pronouns, {counts['anonymous']} "
          f"anonymous, {counts['unnamed-group']} groups, "
          f"{counts['pairs']} pairs of articles under one actor")  # fmt: skip
    return out


def _same_source(gold: Statement, found: Statement) -> bool:
    """Whether both are given to overlapping words: else the statement has a wrong source, not a source its actor."""
    a, b = gold.source, found.source
    return a is not None and b is not None and a.start < b.end and b.start < a.end


def scale(encoder: Encoder, ranker: Ranker, sizes: tuple[int, ...] = (1000, 3000, 10000)) -> dict[str, float]:
    """Seconds to resolve cases of the sample's articles, names varied, and to bring a case up to one article more."""
    lines = (files("stemmata") / "sample" / "articles.jsonl").read_text("utf-8").splitlines()
    sample = [Document(id=str(k), text=json.loads(line)["text"]) for k, line in enumerate(lines)]
    told = [flow.analysis(d, encoder, Settings()).statements for d in sample]
    seen = Counter(m.group() for d in sample for m in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}", d.text))
    firm, famous = set(seen), {name for name, _ in seen.most_common(3)}

    def varied(k: int) -> tuple[Document, list[Statement]]:
        """An article with other names of the same length, so that its spans hold.

        Each name comes in 40 articles, but those of `famous` in all of the case.
        """
        document, statements = sample[k % len(sample)], told[k % len(sample)]
        text = re.sub(
            r"\b[A-Z][a-z]{3,}\b",
            lambda m: (
                _other_word(m.group(), k // 40)
                if m.group() in firm - famous and folded(m.group()) not in titles()
                else m.group()
            ),
            document.text,
        )
        made = [replace(s, id=f"{k}-{s.id}", document=f"v{k}") for s in statements]
        return replace(document, id=f"v{k}", text=text), made

    out = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch, Case(f"{scratch}/scale.stemmata") as case:
            run = flow.run(encoder, Settings())
            for document, statements in map(varied, range(size)):
                case.put(document, statements, run)
            clock = time.process_time()
            found = {d.id: figures(d, s, ranker) for d, s in map(varied, range(size))}
            read = time.process_time() - clock
            clock = time.process_time()
            with case.transaction():
                for id, figured in found.items():
                    grouping.put_figures(case, id, figured, run)
                grouping.regroup(case)
            joined = time.process_time() - clock
            more = []
            for k in range(0, size, size // 20):
                document, statements = varied(k)
                document = replace(document, id=f"more{k}")
                statements = [replace(s, id=f"more-{s.id}", document=document.id) for s in statements]
                case.put(document, statements, run)
                clock = time.perf_counter()
                with case.transaction():
                    grouping.put_figures(case, document.id, figures(document, statements, ranker), run)
                    grouping.regroup(case)
                more.append(time.perf_counter() - clock)
            parts = case.value("SELECT count(*) FROM actor_parts")
            made = case.value("SELECT count(*) FROM actors")
            print(
                f"  {size:,} articles: {read:.1f} s inside, {joined:.1f} s across ({parts:,} records, {made:,} actors)"
            )
            slowest = max(more)
            print(f"    one more: {statistics.median(more):.3f} s, the slowest of {len(more)} {slowest:.3f} s")
            out[f"resolve {size} seconds"] = round(read + joined, 2)
            out[f"resolve one more at {size} seconds"] = round(slowest, 3)
    return out


def _other_word(word: str, seed: int) -> str:
    digest = hashlib.sha256(f"{word} {seed}".encode()).digest()
    return "".join(("bdfgklmnprstvz" if n % 2 else "aeiou")[b % (14 if n % 2 else 5)] for n, b in enumerate(digest))[
        : len(word)
    ].capitalize()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--weights", type=Path, default=Path("src/stemmata/weights"))
    parser.add_argument(
        "--check", action="store_true", help="only figures, on the families kept out; nothing is fitted"
    )
    parser.add_argument(
        "--whole", action="store_true", help="fit on every family: what is shipped, once all is settled"
    )
    parser.add_argument("--dev", action="store_true", help="only figures, on bench/dev: once, at the end")
    parser.add_argument("--scale", action="store_true", help="only the times of large cases")
    o = parser.parse_args()
    if o.check or o.scale or o.dev:
        encoder, ready = Encoder(o.weights), ranker(str(o.weights / "resolve.npz"))
        if o.scale:
            print("cases of the sample's articles with names varied")
            scale(encoder, ready)
            return
        part = [a for a in gold(o.shared, "dev" if o.dev else "train") if o.dev or a.family in KEPT_OUT]
        for name, model in (("gold statements", None), ("statements found", encoder)):
            print(f"{'bench/dev' if o.dev else 'bench/train ' + ' '.join(KEPT_OUT)}, {name}")
            speakers(model, part, ready)
        return
    articles = gold(o.shared, "train")
    kept = [a for a in articles if o.whole or a.family not in KEPT_OUT]
    suffixes = endings(o.shared, kept)
    every = list(examples(kept, suffixes))
    fresh = fitted([e[3] for e in every], [e[4] for e in every], suffixes)
    stored(fresh, o.weights / "resolve.npz")
    options = sum(len(e[3]) for e in every)
    print(f"{len(every)} sources, {options} options, {len(suffixes)} endings, {len(fresh.names)} features")
    for name, part in (("trained on", kept), ("kept out", [a for a in articles if a.family in KEPT_OUT])):
        tally: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for _, _, kind, rows, good in examples(part, suffixes):
            for key in (kind, "all"):
                chances = [float(c) for c in fresh.chances(rows)]
                tally[key][0] += reader.choice(chances, kind) in good
                tally[key][1] += 1
                tally[key][2] += good == [len(rows) - 1]
        print(name, {k: f"{a / n:.3f} of {n}, own {own}" for k, (a, n, own) in sorted(tally.items())})


if __name__ == "__main__":
    main()
