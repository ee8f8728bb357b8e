"""Trains the network that reads two passages side by side: python -m training.pairs --out runs/pairs

On our own dossiers alone (training/written), less what corpora.py holds back, so that what weighs its answers
(collate.json, dispute.json) can be fitted on bench/train, which it has not seen. From them come pairs of a version's
claims with the statements and clauses of the version made from it that look the most alike, right ones and wrong ones,
with what was changed; statements of articles that are not kin; and pairs of claims of which one may answer the other.
`--answers` learns from the last of these alone. With `--nli SHARED` it also learns which sentences follow from, or
contradict, each other (data/nli).
Fixed seeds; the state after each epoch in OUT/state.pt (--resume takes a run up again). `--export` brings a state to
OUT/pairs.onnx and OUT/vectors.bin, which encoder.onnx then shares. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from stemmata.collate.alignment import overlap, sure_pairs
from stemmata.collate.nominations import clause_candidates, statement_candidates
from stemmata.collate.passages import Reading
from stemmata.dispute.disputes import chances, said
from stemmata.model import RELATIONS, Span
from stemmata.pairs import CONTENT, OUTPUTS, ROLES, SECOND, Excerpt, excerpt, joined, pieces
from stemmata.weighing import weighings

from .claims import GoldFamily, gold_family, spoken, unrelated
from .corpora import HELD_DOSSIERS
from .disputes import gold
from .train import base_folder
from .written import dossiers

# One epoch over pairs of one claim alone, read with listed evidence on bench/train: F1 of clauses in own voice 0.782
# without it, 0.801 with two layers, 0.812 with three, 0.817 with all six. Files count: three of half the width, 0.808
LAYERS = 3  # of MiniLM's six, the lowest
INNER = 768  # of 1,536 neurons of a layer, those with the largest weights to begin with
HIDDEN = 128
LENGTH = 128  # positions
MASK = 103  # of the BERT vocabulary; what is below is no word
ALIKE = 2  # wrong statements that look the most alike, for each claim; clauses: one more
LEAST = 0.003  # probability by `told again` from which a wrong statement is worth showing
# What was changed is learned beside the rest, and not shipped: read with the listed evidence it told no label better
ENTAILS = ("entailment", "neutral", "contradiction", "not_entailment")  # the last is one of the two before
NLI = ("esnli-dev", "esnli-test", "mnli-binary-dev", "negation", "scone")  # FeverSymmetric is share-alike
LABELS = (
    "strengthened", "weakened", "negated", "number-changed", "quote-altered", "quote-fabricated", "attribution-vague",
    "attribution-shifted",
)  # fmt: skip
NOMINATED = 0.05  # probability by `told again` from which statements of articles that are not kin are shown
ANSWERING = 0.08  # probability from which a claim that answers nothing is shown all the same


@dataclass(frozen=True, slots=True)
class Example:
    """Two passages and what is known of them; None where it is not."""

    first: Excerpt
    second: Excerpt
    same: bool | None = None
    answers: bool | None = None
    relation: int | None = None
    labels: tuple[float, ...] | None = None
    entails: int | None = None  # of ENTAILS


def examples(families: Sequence[GoldFamily]) -> list[Example]:
    out: list[Example] = []
    for f in families:
        for parent, child in f.edges:
            out += _versions(f, parent, child)
        out += _elsewhere(f)
        out += _answers(f)
    return out


def entailments(shared: Path) -> list[Example]:
    """The pairs of sentences of data/nli: whether the second follows from the first, or contradicts it."""
    out = []
    for name in NLI:
        for line in (shared / f"data/nli/{name}.jsonl").read_text("utf8").splitlines():
            row = json.loads(line)
            premise, hypothesis = (
                Excerpt(text=x, content=(Span(0, len(x)),)) for x in (row["premise"], row["hypothesis"])
            )
            out.append(Example(premise, hypothesis, entails=ENTAILS.index(row["label"])))
    return out


def _versions(f: GoldFamily, parent: str, child: str) -> Iterator[Example]:
    """A claim of the parent beside what tells it again in the child, and beside what only looks as if it did."""
    scales = weighings()
    p, c = Reading(f.versions[parent]), Reading(spoken(f.versions[child]))
    if not p.told:
        return

    def told(reading: Reading, k: int) -> Excerpt:
        s = reading.version.statements[k]
        return excerpt(reading.text, reading.sentences, s.content, s.source, s.cue)

    def labels(claim: str | None) -> tuple[float, ...] | None:
        row = f.changes.get((parent, child, claim))
        return None if row is None else tuple(float(x in row) for x in LABELS)

    again = scales["told again"]
    found = [(again.probability(x.evidence), x) for x in statement_candidates(p, c)]
    sure = {i: j for i, (j, _) in sure_pairs(found, again.threshold).items()}
    by_parent: dict[int, list[tuple[float, int]]] = {}
    for chance, x in found:
        by_parent.setdefault(x.parent, []).append((chance, x.again))
    for i, row in by_parent.items():
        claim = p.version.statements[i].claim
        for rank, (chance, j) in enumerate(sorted(row, key=lambda x: (-x[0], x[1]))):
            right = claim is not None and claim == c.version.statements[j].claim
            if right or (rank < ALIKE and chance > LEAST):
                yield Example(told(p, i), told(c, j), same=right, labels=labels(claim) if right else None)
    voice = {s.claim: s.content[0] for s in f.versions[child].statements if s.sourcing == "outlet"}
    clauses: dict[int, list[tuple[float, int]]] = {}
    tried = clause_candidates(p, c, sure)
    for n, x in enumerate(tried):
        clauses.setdefault(x.parent, []).append((scales["in own voice"].probability(x.evidence), n))
    for i, row in clauses.items():
        claim = p.version.statements[i].claim
        spoken_by = voice.get(claim)
        for rank, (_, n) in enumerate(sorted(row, key=lambda x: (-x[0], x[1]))):
            clause = tried[n].again
            right = spoken_by is not None and overlap(c.text, clause, spoken_by) >= 0.5
            if right or rank <= ALIKE:
                second = excerpt(c.text, c.sentences, (clause,))
                yield Example(told(p, i), second, same=right, labels=labels(claim) if right else None)


def _elsewhere(f: GoldFamily) -> Iterator[Example]:
    """Statements of two articles that are alike, neither made from the other: to tell a claim again is no answer."""
    again = weighings()["told again"]
    readings = {k: Reading(v) for k, v in f.versions.items()}
    for one, other in unrelated(f):
        a, b = readings[one], readings[other]
        for x in statement_candidates(a, b):
            claim = a.version.statements[x.parent].claim
            right = claim is not None and claim == b.version.statements[x.again].claim
            if again.probability(x.evidence) < (LEAST if right else NOMINATED):
                continue
            first, second = (
                excerpt(r.text, r.sentences, s.content, s.source, s.cue, before=before)
                for r, s, before in (
                    (a, a.version.statements[x.parent], False),
                    (b, b.version.statements[x.again], right),
                )
            )
            yield Example(first, replace(second, before=""), same=right)
            if right and first.text != second.text:
                yield Example(second, first, same=True, answers=False)


def _answers(f: GoldFamily) -> Iterator[Example]:
    """A claim that may answer others beside those that it answers, and beside the likeliest that it does not."""
    scales = weighings("dispute")
    (only,) = gold([f])
    for a in only.answers:
        ranked = sorted(chances(a, scales).items(), key=lambda x: -x[1][0])
        wanted = any((a.claim, t) in only.disputes for t, _ in ranked)
        if not wanted and sum(chance for _, (chance, _) in ranked) < ANSWERING:
            continue
        shown = 0
        for target, (_, pair) in ranked:
            relation = only.disputes.get((a.claim, target))
            if relation is None:
                shown += 1
                if shown > (3 if wanted else 2):
                    continue
            yield Example(
                said(pair.by, before=True),
                said(pair.of),
                answers=relation is not None,
                relation=None if relation is None else RELATIONS.index(relation),  # type: ignore[arg-type]
            )


class Network(nn.Module):
    def __init__(self, base: Path, dropout: float = 0.1) -> None:
        super().__init__()
        from transformers import AutoModel

        self.bert = AutoModel.from_pretrained(
            base, attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout, add_pooling_layer=False
        )
        self.bert.encoder.layer = self.bert.encoder.layer[:LAYERS]
        for layer in self.bert.encoder.layer:
            _narrow(layer)
        tables = self.bert.embeddings
        tables.position_embeddings.weight = nn.Parameter(tables.position_embeddings.weight[:LENGTH].detach().clone())
        tables.position_ids = tables.position_ids[:, :LENGTH]
        width = self.bert.config.hidden_size
        self.role = nn.Embedding(ROLES, width)
        nn.init.normal_(self.role.weight, std=0.02)
        kind = tables.token_type_embeddings.weight.detach()
        with torch.no_grad():  # the second passage begins as BERT's second segment
            self.role.weight[SECOND : 2 * SECOND] += kind[1] - kind[0]
        self.dropout = nn.Dropout(dropout)
        self.hidden = nn.Linear(3 * width + 1, HIDDEN)
        self.scores = nn.Linear(HIDDEN, OUTPUTS + len(LABELS) + len(ENTAILS) - 1)

    def forward(self, ids: Tensor, roles: Tensor, mask: Tensor | None = None) -> Tensor:
        """Scores [B, OUTPUTS + LABELS + 3 of ENTAILS] for ids and roles [B, T]."""
        x = self.bert.embeddings.word_embeddings(ids) + self.role(roles)
        v = self.bert(inputs_embeds=x, attention_mask=mask).last_hidden_state
        a, b = (self._mean(v, roles == r) for r in (CONTENT, CONTENT + SECOND))
        near = (a * b).sum(-1, keepdim=True) / ((a * a).sum(-1, keepdim=True) * (b * b).sum(-1, keepdim=True)).sqrt()
        seen = torch.cat((v[:, 0], a * b, (a - b).abs(), 4 * near), -1)
        return self.scores(functional.gelu(self.hidden(self.dropout(seen)), approximate="tanh"))

    def _mean(self, vectors: Tensor, of: Tensor) -> Tensor:
        share = of.to(vectors.dtype)[..., None]
        return (vectors * share).sum(1) / share.sum(1).clamp(min=1.0)


def _narrow(layer: nn.Module) -> None:
    """Keeps the `INNER` neurons of a layer's feed-forward part whose weights in and out are the largest."""
    into, out = layer.intermediate.dense, layer.output.dense
    size = into.weight.detach().norm(dim=1) * out.weight.detach().norm(dim=0)
    kept = size.topk(INNER).indices.sort().values
    with torch.no_grad():
        narrow_in, narrow_out = nn.Linear(into.in_features, INNER), nn.Linear(INNER, out.out_features)
        narrow_in.weight.copy_(into.weight[kept])
        narrow_in.bias.copy_(into.bias[kept])
        narrow_out.weight.copy_(out.weight[:, kept])
        narrow_out.bias.copy_(out.bias)
    layer.intermediate.dense, layer.output.dense = narrow_in, narrow_out


@dataclass(frozen=True, slots=True)
class Arrays:
    """The examples as arrays; a target that is not known is -1."""

    ids: list[np.ndarray]
    roles: list[np.ndarray]
    targets: np.ndarray  # [n, 4] same, answers, relation, entails
    labels: np.ndarray  # [n, LABELS]


def arrays(made: Sequence[Example], tokenizer: Tokenizer) -> Arrays:
    known = {p: pieces(p, tokenizer) for e in made for p in (e.first, e.second)}
    both = [joined(known[e.first], known[e.second]) for e in made]
    number = lambda x: -1 if x is None else int(x)  # noqa: E731
    return Arrays(
        [ids for ids, _ in both],
        [roles for _, roles in both],
        np.array([[number(e.same), number(e.answers), number(e.relation), number(e.entails)] for e in made]),
        np.array([e.labels or [-1.0] * len(LABELS) for e in made], np.float32),
    )


def run(net: Network, data: Arrays, rows: Sequence[int], hidden: float = 0.0) -> Tensor:
    """The scores of some pairs; `hidden`: the share of their word pieces that the network does not see."""
    length = max(len(data.ids[k]) for k in rows)
    ids, roles = (torch.zeros(len(rows), length, dtype=torch.long) for _ in range(2))
    mask = torch.zeros(len(rows), length, dtype=torch.bool)
    for n, k in enumerate(rows):
        size = len(data.ids[k])
        ids[n, :size], roles[n, :size] = torch.from_numpy(data.ids[k]), torch.from_numpy(data.roles[k])
        mask[n, :size] = True
    if hidden:
        ids[(torch.rand(ids.shape) < hidden) & (ids > MASK)] = MASK
    return net(ids, roles, mask)


def losses(scores: Tensor, targets: Tensor, labels: Tensor) -> dict[str, Tensor]:
    n = len(scores)
    out = {}
    for k, name in enumerate(("same", "answers")):
        of = targets[:, k] >= 0
        given, wanted = scores[of, k], targets[of, k].float()
        out[name] = functional.binary_cross_entropy_with_logits(given, wanted, reduction="sum") / n
    of = targets[:, 2] >= 0
    out["relation"] = functional.cross_entropy(scores[of, 2:OUTPUTS], targets[of, 2], reduction="sum") / n * 0.3
    of, last = labels[:, 0] >= 0, OUTPUTS + len(LABELS)
    out["labels"] = (
        functional.binary_cross_entropy_with_logits(scores[of, OUTPUTS:last], labels[of], reduction="sum") / n * 0.3
    )
    chance = functional.log_softmax(scores[:, last:], -1)
    chance = torch.cat([chance, chance[:, 1:].logsumexp(-1, keepdim=True)], -1)
    of = targets[:, 3] >= 0
    out["entails"] = functional.nll_loss(chance[of], targets[of, 3], reduction="sum") / n * 0.3
    return out


def trained(o: argparse.Namespace) -> None:
    o.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(o.seed)
    base = base_folder()
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    families = [
        gold_family(row, row["family"])
        for row in dossiers()
        if row["family"] not in HELD_DOSSIERS and len(row["articles"]) >= o.articles
    ]
    whole, others = [], []
    for f in families:
        (whole if any(fnmatch(f.name, x) for x in o.whole) else others).append(f)
    families = whole + others[:: o.every]
    made = [e for f in families for e in _answers(f)] if o.answers else examples(families)
    if o.nli:
        made += entailments(o.nli)
    count = {
        k: sum(getattr(e, k) is not None for e in made) for k in ("same", "answers", "relation", "labels", "entails")
    }
    print(len(families), "dossiers,", len(made), "pairs", count, flush=True)
    data = arrays(made, tokenizer)
    net = Network(base)
    if o.start:
        net.load_state_dict(torch.load(o.start, weights_only=True)["net"])
    net.bert.embeddings.word_embeddings.weight.requires_grad_(False)  # they are the encoder's
    body = [p for n, p in net.named_parameters() if n.startswith("bert.") and p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith("bert.")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": o.rate}, {"params": heads, "lr": 6 * o.rate}], weight_decay=0.01
    )
    per_epoch = len(made) // o.batch
    total, warm = per_epoch * o.epochs, max(1, per_epoch // 5)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min((k + 1) / warm, max(0.0, (total - k) / max(1, total - warm)))
    )
    begin, state_file = 0, o.out / "state.pt"
    if o.resume and state_file.exists():
        state = torch.load(state_file, weights_only=True)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        begin = state["epoch"]
    log = (o.out / "log.jsonl").open("a", encoding="utf8")
    for epoch in range(begin, o.epochs):
        net.train()
        rng, clock = random.Random(o.seed + epoch), time.time()
        order = sorted(range(len(made)), key=lambda k: len(data.ids[k]) + rng.random() * 12)
        order = order[rng.randrange(len(order) % o.batch + 1) :]
        batches = [order[k : k + o.batch] for k in range(0, len(order) - o.batch + 1, o.batch)]
        rng.shuffle(batches)
        sums: dict[str, float] = {}
        for step, rows in enumerate(batches):
            with torch.autocast("cpu", torch.bfloat16, enabled=o.bf16):
                scores = run(net, data, rows, o.mask).float()
            parts = losses(scores, torch.from_numpy(data.targets[rows]), torch.from_numpy(data.labels[rows]))
            optimiser.zero_grad(set_to_none=True)
            torch.stack(list(parts.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            optimiser.step()
            schedule.step()
            for k, v in parts.items():
                sums[k] = 0.98 * sums[k] + 0.02 * float(v.detach()) if k in sums else float(v.detach())
            if step % 20 == 0:
                pace = (time.time() - clock) / (step + 1)
                print(epoch, step, len(batches), f"{pace:.2f} s", {k: round(v, 3) for k, v in sums.items()}, flush=True)
        row = {
            "epoch": epoch + 1,
            "seconds": round(time.time() - clock),
            "train": {k: round(v, 4) for k, v in sums.items()},
        }
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


def exported(state: Path, folder: Path, other: Path | None = None) -> None:
    """OUT/pairs.onnx (int8), of the mean of two states where there is another.

    Its word vectors are those of encoder.onnx: both go out to OUT/vectors.bin.
    """
    from .export import quantised, vectors_apart

    net = Network(base_folder())
    weights = torch.load(state, weights_only=True)["net"]
    if other:
        beside = torch.load(other, weights_only=True)["net"]
        weights = {k: (v + beside[k]) / 2 if v.is_floating_point() else v for k, v in weights.items()}
    net.load_state_dict(weights)
    net.eval()
    ids = torch.full((1, 12), 101)
    roles = torch.tensor([[0, 1, 1, 2, 3, 0, 5, 5, 5, 6, 7, 4]])
    last = net.scores
    net.scores = nn.Linear(HIDDEN, OUTPUTS)
    with torch.no_grad():
        net.scores.weight.copy_(last.weight[:OUTPUTS])
        net.scores.bias.copy_(last.bias[:OUTPUTS])
    quantised(net, (ids, roles), ("ids", "roles"), "scores", folder / "pairs.onnx", net.bert.config)
    vectors_apart(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--every", type=int, default=1, help="learn from every n-th dossier only (a trial)")
    parser.add_argument(
        "--whole", nargs="*", default=[], metavar="NAME", help="but from all that are called so (with *)"
    )
    parser.add_argument("--start", type=Path, help="a state.pt whose weights to start from (a second stage)")
    parser.add_argument("--articles", type=int, default=1, help="learn from dossiers of at least so many articles")
    parser.add_argument("--answers", action="store_true", help="learn from claims that may answer others alone")
    parser.add_argument("--nli", type=Path, metavar="SHARED", help="learn from its data/nli too")
    parser.add_argument("--mask", type=float, default=0.0, help="share of word pieces hidden from the network")
    parser.add_argument("--bf16", action="store_true", help="the network in bfloat16: quicker on some processors")
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--export", type=Path, metavar="STATE", help="a state.pt to bring to OUT, a weights folder")
    parser.add_argument("--mean", type=Path, metavar="STATE", help="another state: export the mean of both")
    o = parser.parse_args()
    if o.export:
        exported(o.export, o.out, o.mean)
    else:
        trained(o)


if __name__ == "__main__":
    main()
