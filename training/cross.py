"""Statements of bench/train as an encoder finds them that has not read them: python -m training.cross --out runs/cross

The shipped encoder has learned from 32 of the 36 families of bench/train, so that what it finds there flatters all that
is fitted or judged on it. Here `FOLDS` encoders are trained, each without one part of the families and of PolNeAR's
articles (one stage over our dossiers that all share, then one over the rest of all three), brought to weights, and
tuned; and each reads what it has not seen. OUT/found.pkl holds the statements: `training.collated --cache
OUT/found.pkl` judges collation by them. A run that was stopped is taken up again. An hour on one quiet core with
bfloat16.
"""

from __future__ import annotations

import argparse
import pickle
import subprocess
import sys
from pathlib import Path

from stemmata import flow
from stemmata.encode import Encoder
from stemmata.model import Document, Statement

from .corpora import Article, families, left_out
from .metrics import count, tally

FOLDS = 3
COMMON = ("--epochs", "2", "--gold-repeats", "0", "--news-share", "0")
APART = ("--epochs", "2", "--gold-repeats", "3", "--dossier-share", "0.2", "--warm", "40")


def weights(shared: Path, out: Path, part: str) -> Path:
    """The weights of an encoder that has not read `part` ("K/N") of the families; trained where it is not yet."""
    common, own = out / "common", out / part.replace("/", "of")
    folder = own / "weights"
    if not (folder / "decoding.json").exists():
        for step in (
            ("train", "--out", common, *COMMON),
            ("train", "--out", own, *APART, "--leave-out", part, "--start", common / "state.pt"),
        ):
            _run(*step, "--shared", shared, "--bf16", "--resume")
        _run("export", own / "state.pt", folder)
        _run("acts", folder, "--shared", shared, "--leave-out", part)
        _run("tune", folder, "--shared", shared)
    return folder


def _run(module: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], check=True)


def read(folder: Path, articles: list[Article]) -> dict[str, tuple[Statement, ...]]:
    """Document id -> its statements as the encoder of `folder` finds them, without actors."""
    model, settings = Encoder(folder), flow.Settings()
    return {a.id: flow.analysis(Document(id=a.id, text=a.text), model, settings).statements for a in articles}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    o = parser.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    articles = families(o.shared, "train")
    found: dict[str, tuple[Statement, ...]] = {}
    for k in range(FOLDS):
        part = f"{k}/{FOLDS}"
        unseen = list(filter(left_out(o.shared, part), articles))
        found |= read(weights(o.shared, o.out, part), unseen)
        print(f"part {part}: {len(unseen)} articles read", flush=True)
    (o.out / "found.pkl").write_bytes(pickle.dumps(found))
    total = tally()
    for a in articles:
        count(total, a, list(found[a.id]))
    for name, figure in total.items():
        print(f"  {name:20} {figure}")


if __name__ == "__main__":
    main()
