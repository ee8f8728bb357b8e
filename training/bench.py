"""The figures that the README quotes: python -m training.bench --shared ../shared (make bench)

On data that nothing was trained or tuned on: PolNeAR dev (as PolNeAR counts attributions), and the families of
bench/dev, added to a case, exported, and scored by bench/score.py. Speed is given as ratios within this run. The last
line says whether every figure stands at or above its floor (tests/floors.json); exit 1 where one does not.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from stemmata import flow
from stemmata.desk import Case, encoder
from stemmata.encode import CLS, SEP, Encoder, windows
from stemmata.flow import Settings
from stemmata.model import Document

from . import augment
from .corpora import Article, families, polnear
from .metrics import ROLES, Counts, count, found_spans, gold_spans, tally, words
from .written import GENRES, dossiers

FLOORS = Path(__file__).parent.parent / "tests" / "floors.json"


def polnear_figures(model: Encoder, shared: Path) -> dict[str, float]:
    """By word as bench/score.py counts them, and by word piece as the plain recipe's figures are counted."""
    total = tally()
    pieces = {f"{role} pieces": Counts() for role in ROLES}
    for a in polnear(shared, "dev"):
        found = flow.analysis(Document(id=a.id, text=a.text), model, Settings(broad=True)).statements
        count(total, a, found)
        t = model.tokens(a.text)
        places = list(zip(t.start.tolist(), t.end.tolist(), strict=True))
        for role in ROLES:
            g = words(places, [x for s in a.attributions for x in gold_spans(s, role)])
            f = words(places, [x for s in found for x in found_spans(s, role)])
            pieces[f"{role} pieces"].add(right=len(g & f), found=len(f), gold=len(g))
    print("PolNeAR dev (84 articles, settings: broad)")
    for name, c in (total | pieces).items():
        print(f"  {name:14} {c}")
    return {f"polnear {name}": round(c.f1, 4) for name, c in (total | pieces).items()}


def family_figures(shared: Path) -> dict[str, float]:
    """bench/dev through the front door, and our dossiers of unread genres: add, collate, export, score.py."""
    gold = sorted((shared / "bench/dev").glob("*.json"))
    figures = _scored("dev", f"bench/dev ({len(gold)} families, by score.py)", shared / "bench/score.py", gold)
    with tempfile.TemporaryDirectory() as scratch:
        rows = dossiers(GENRES)
        written = [Path(scratch) / f"{row['family']}.json" for row in rows]
        for path, row in zip(written, rows, strict=True):
            path.write_text(json.dumps(row), "utf8")
        told = f"training/genres ({len(rows)} dossiers that nothing was fitted on, by score.py)"
        return figures | _scored("genres", told, shared / "bench/score.py", written)


def _scored(of: str, title: str, score: Path, gold: list[Path]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as scratch:
        articles, out = f"{scratch}/articles.jsonl", f"{scratch}/export"
        subprocess.run([sys.executable, score, "inputs", *gold, articles], check=True)
        from stemmata.export import export

        with Case(f"{scratch}/case.stemmata") as case:
            case.add(articles)
            clock = time.perf_counter()
            case.collate()
            many = len(Path(articles).read_text("utf8").splitlines())
            print(f"collate: {many} articles in {time.perf_counter() - clock:.1f} s")
            export(case, out, format="jsonl")
        said = subprocess.run([sys.executable, score, "score", out, *gold], check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(said.stdout)
    figures = {}
    print(title)
    for name, value in result.items():
        if isinstance(value, dict) and value.get("predicted", value.get("gold")):
            print(f"  {name:18} P {value['p']:.3f} R {value['r']:.3f} F1 {value['f1']:.3f}")
            figures[f"{of} {name}"] = value["f1"]
        elif "accuracy" in name:
            print(f"  {name:18} {value:.3f}")
            figures[f"{of} {name}"] = value
    return figures


def calibration(model: Encoder, articles: list[Article]) -> dict[str, float]:
    """Expected calibration error over ten equal bins of confidence, and the reliability curve."""
    sure, right = [], []
    for a in articles:
        found = flow.analysis(Document(id=a.id, text=a.text), model, Settings()).statements
        sure += [s.confidence for s in found]
        right += count(tally(), a, found)
    p, y = np.array(sure), np.array(right)
    error = 0.0
    print("confidence on bench/dev: stated, measured, statements")
    for k in range(10):
        inside = (p >= k / 10) & ((p < (k + 1) / 10) | (k == 9))
        if inside.any():
            error += inside.mean() * abs(p[inside].mean() - y[inside].mean())
            print(f"  {p[inside].mean():.2f} {y[inside].mean():.2f} {int(inside.sum())}")
    print(f"  expected calibration error {error:.3f}")
    return {"calibration error": round(float(error), 4)}


def looks(model: Encoder, articles: list[Article]) -> dict[str, float]:
    """Statement F1 on bench/dev in other looks: no cliff."""
    changed = {
        "as written": lambda a: a,
        **{f"{style} marks": partial(augment.restyled, style=style) for style in augment.STYLES},
        "no marks": augment.unquoted,
        "single line ends": augment.single_spaced,
        "no paragraphs": augment.run_together,
        "first paragraph in capitals": augment.shouted,
    }
    print("bench/dev in other looks: statement F1")
    figures = {}
    for name, change in changed.items():
        total = tally()
        for a in map(change, articles):
            count(total, a, flow.analysis(Document(id=a.id, text=a.text), model, Settings()).statements)
        print(f"  {name:28} {total['statements'].f1:.3f}")
        figures[f"look {name}"] = round(total["statements"].f1, 4)
    return figures


def speed(model: Encoder, articles: list[Article]) -> dict[str, float]:
    """Words a second of the whole analysis and of the bare encoder on the same windows, in turns, a text at a time.

    Each text is analysed when it is first seen: what was read is kept, so that the same text again takes less.
    """
    parts = [[Document(id=a.id, text=a.text) for a in articles[k::6]] for k in range(6)]
    ratios, whole_rates, bare_rates = [], [], []
    for part in parts:
        whole = bare = 0.0
        for d in part:
            clock = time.perf_counter()
            flow.analysis(d, model, Settings())
            whole += time.perf_counter() - clock
            found = model.tokens(d.text)
            runs = []
            for w in windows(found):
                ids = np.concatenate(([CLS], found.ids[w.start : w.end], [SEP]))[None]
                features = np.zeros((1, len(ids[0]), 3), np.int64)
                runs.append({"ids": ids, "features": features, "convention": np.zeros(1, np.int64)})
            clock = time.perf_counter()
            for r in runs:
                model.session.run(["vectors"], r)
            bare += time.perf_counter() - clock
        words = sum(len(d.text.split()) for d in part)
        ratios.append(whole / bare)
        whole_rates.append(words / whole)
        bare_rates.append(words / bare)
    ratio = statistics.median(ratios[1:])  # the first part warms up
    rates = (max(whole_rates), max(bare_rates))
    print(
        f"speed: analysis {rates[0]:,.0f} words/s, bare encoder {rates[1]:,.0f}, time ratio {ratio:.2f} (median of 5)"
    )
    return {"time ratio": round(ratio, 3)}


def starts() -> dict[str, float]:
    """Seconds of `import stemmata`, and of `stemmata analyze` on one article from a cold start."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}

    def seconds(*command: str, given: str | None = None) -> float:
        times = []
        for _ in range(5):
            clock = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, text=True, input=given, env=environment)
            times.append(time.perf_counter() - clock)
        return statistics.median(times)

    bare = seconds(sys.executable, "-c", "pass")
    imported = seconds(sys.executable, "-c", "import stemmata") - bare
    article = "“The dam may fail,” said Ana Reyk, the minister of works.\n\n" * 12
    cold = seconds(sys.executable, "-m", "stemmata.cli", "analyze", "-", given=article)
    print(f"import stemmata {imported:.3f} s; stemmata analyze, cold {cold:.2f} s (medians of 5)")
    return {"import seconds": round(imported, 3), "cold seconds": round(cold, 2)}


def memory() -> dict[str, float]:
    """Peak memory of adding 500 and 2,000 articles (the sample's, numbered), each in a process of its own."""
    program = (
        "import json,sys,resource,tempfile,stemmata\n"
        "from importlib.resources import files\n"
        "rows=[json.loads(x) for x in (files('stemmata')/'sample'/'articles.jsonl').read_text('utf8').splitlines()]\n"
        "n=int(sys.argv[1])\n"
        "with tempfile.TemporaryDirectory() as d:\n"
        "  with open(d+'/a.jsonl','w') as f:\n"
        "    for k in range(n):\n"
        "      r=rows[k%len(rows)]|{'id':f'a{k}','url':None}; r['text']=f'No. {k}. '+r['text']\n"
        "      f.write(json.dumps(r)+'\\n')\n"
        "  with stemmata.Case(d+'/m.stemmata') as case: case.add(d+'/a.jsonl')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024)\n"
    )
    peaks = []
    for n in (250, 1000):
        said = subprocess.run([sys.executable, "-c", program, str(n)], check=True, capture_output=True, text=True)
        peaks.append(float(said.stdout))
    print(f"peak memory: {peaks[0]:.0f} MB adding 250 articles, {peaks[1]:.0f} MB adding 1,000")
    return {"peak MB at 1000": round(peaks[1]), "peak MB at 250": round(peaks[0])}


def beneath(figures: dict[str, float]) -> list[str]:
    """The figures that miss their floor ("at least") or ceiling ("at most")."""
    limits = json.loads(FLOORS.read_text("utf8"))
    out = [f"{k} {figures[k]} under {v}" for k, v in limits["at least"].items() if k in figures and figures[k] < v]
    return out + [f"{k} {figures[k]} over {v}" for k, v in limits["at most"].items() if k in figures and figures[k] > v]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--weights", type=Path, help="another folder of weights (figures by word only)")
    parser.add_argument("--only", choices=["accuracy", "speed"])
    o = parser.parse_args()
    model = Encoder(o.weights) if o.weights else encoder()
    figures: dict[str, float] = {}
    print(f"weights {model.digest}, {os.cpu_count()} processors")
    if o.only != "accuracy":  # first, while its texts are new
        figures |= speed(model, families(o.shared, "dev"))
        if not o.weights:
            figures |= starts() | memory()
    if o.only != "speed":
        if not (o.shared / "data/polnear").is_dir():
            sys.exit(f"bench: no corpora in {o.shared}: give the folder with --shared (make bench SHARED=...)")
        dev = families(o.shared, "dev")
        figures |= polnear_figures(model, o.shared)
        if not o.weights:
            figures |= family_figures(o.shared)
        figures |= calibration(model, dev) | looks(model, dev)
    under = beneath(figures)
    print(json.dumps(figures))
    print("floors: " + ("; ".join(under) if under else "all met"))
    sys.exit(1 if under else 0)


if __name__ == "__main__":
    main()
