"""The network as it is trained (torch). encode.py holds the same heads in numpy."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from stemmata.encode import BREAKS, CASES, MARKS, REACH, ROLES
from stemmata.model import ACTS, ATTRIBUTED, MODES

OUTPUTS = 3 * len(ROLES)  # inside, start, end of each role
INSIDE, START, END = slice(0, 3), slice(3, 6), slice(6, 9)
PARAGRAPHS, SENTENCES = 3, 6  # clipped differences to the anchor's
WIDTH = 192


class Network(nn.Module):
    def __init__(self, base: Path, dropout: float = 0.1) -> None:
        super().__init__()
        from transformers import AutoModel

        self.bert = AutoModel.from_pretrained(
            base, attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout, add_pooling_layer=False
        )
        width = self.bert.config.hidden_size
        self.features = nn.ModuleList(nn.Embedding(len(t), width) for t in (CASES, MARKS, BREAKS))
        self.convention = nn.Embedding(2, width)
        for table in (*self.features, self.convention):
            nn.init.normal_(table.weight, std=0.01)
        self.dropout = nn.Dropout(dropout)
        self.anchor = nn.Linear(width, 3)  # none, cue, content
        self.token = nn.Linear(width, WIDTH)
        self.anchored = nn.Linear(width, WIDTH)
        self.pair = nn.Parameter(torch.randn(OUTPUTS, WIDTH, WIDTH) * 0.3 / WIDTH)
        self.unary = nn.Linear(WIDTH, OUTPUTS)
        with torch.no_grad():  # most tokens have no role: start there
            self.anchor.bias.copy_(torch.tensor([3.0, -1.0, -3.0]))
            self.unary.bias.copy_(torch.tensor([-3.0] * 3 + [-5.0] * 6))
        self.distance = nn.Parameter(torch.zeros(OUTPUTS, 2 * REACH + 1))
        self.paragraph = nn.Parameter(torch.zeros(OUTPUTS, 2 * PARAGRAPHS + 1))
        self.sentence = nn.Parameter(torch.zeros(OUTPUTS, 2 * SENTENCES + 1))
        self.kind = nn.Linear(3 * width, 192)
        self.kinds = nn.ModuleDict(
            {
                "sourcing": nn.Linear(192, len(ATTRIBUTED)),
                "act": nn.Linear(192, len(ACTS)),
                "mode": nn.Linear(192, len(MODES)),
            }
        )

    def encoder(self, ids: Tensor, features: Tensor, convention: Tensor, mask: Tensor | None = None) -> Tensor:
        """Vectors [B, T, width] for ids [B, T], features [B, T, 3], convention [B]."""
        x = self.bert.embeddings.word_embeddings(ids) + self.convention(convention)[:, None, :]
        for k, table in enumerate(self.features):
            x = x + table(features[:, :, k])
        return self.bert(inputs_embeds=x, attention_mask=mask).last_hidden_state

    def roles(self, vectors: Tensor, at: Tensor, buckets: Tensor, paragraphs: Tensor, sentences: Tensor) -> Tensor:
        """Scores [A, OUTPUTS, T] of one window: vectors [T, width], anchors at [A], tables' indices [A, T]."""
        tokens = functional.gelu(self.token(vectors), approximate="tanh")
        anchors = functional.gelu(self.anchored(vectors[at]), approximate="tanh")
        pairs = torch.einsum("ad,ode->aoe", anchors, self.pair)
        scores = torch.einsum("aoe,te->aot", pairs, tokens) + self.unary(tokens).T[None]
        for table, index in ((self.distance, buckets), (self.paragraph, paragraphs), (self.sentence, sentences)):
            scores = scores + table[:, index].transpose(0, 1)
        return scores

    def statement_kinds(self, anchor: Tensor, content: Tensor, source: Tensor) -> dict[str, Tensor]:
        hidden = functional.gelu(self.kind(torch.cat([anchor, content, source], -1)), approximate="tanh")
        return {name: head(self.dropout(hidden)) for name, head in self.kinds.items()}
