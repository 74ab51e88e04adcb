"""Attention, embeddings, and what tells positions apart."""

import torch
from torch import nn

ATTENTION = ("attention", "embedding", "positions", "cls")


def attention_layer(spec, shape):
    """The module of a layer; shapes begin with the batch."""
    if spec.kind == "attention":
        return SelfAttention(spec, shape[1])
    if spec.kind == "embedding":
        return Embedding(int(spec.words[0]), int(spec.words[1]))
    if spec.kind == "cls":
        return ClassToken(shape[1])
    return SinePositions() if spec.words == ["sinusoidal"] else Positions(shape[1:])


class SelfAttention(nn.MultiheadAttention):
    """PyTorch's own, over the positions of `[batch, channels, positions...]`."""

    def __init__(self, spec, channels):
        has_bias = spec.options.get("bias", "yes") == "yes"
        super().__init__(channels, int(spec.words[0]), bias=has_bias, batch_first=True)
        self.is_causal = spec.options.get("causal", "no") == "yes"

    def forward(self, x):
        y = x.flatten(2).transpose(1, 2)
        mask = None
        if self.is_causal:
            mask = torch.ones(y.shape[1], y.shape[1], dtype=torch.bool).triu(1)
        y, _ = super().forward(y, y, y, need_weights=False, attn_mask=mask)
        return y.transpose(1, 2).reshape(x.shape)


class Embedding(nn.Embedding):
    """PyTorch's own, of one channel of whole numbers."""

    def forward(self, x):
        return super().forward(x[:, 0].long()).movedim(-1, 1)


class Positions(nn.Module):
    """A learned number for each value of an example."""

    def __init__(self, shape):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(shape))

    def forward(self, x):
        return x + self.weight


class SinePositions(nn.Module):
    """Sines for even channels and cosines for odd ones, as Vaswani et al. 2017 have them."""

    def forward(self, x):
        channels, positions = x.shape[1], x[0, 0].numel()
        table = torch.zeros(channels, positions, dtype=torch.float64)
        place = torch.arange(positions, dtype=torch.float64)
        for channel in range(channels):
            angle = place / 10000 ** ((channel - channel % 2) / channels)
            table[channel] = torch.cos(angle) if channel % 2 else torch.sin(angle)
        return x + table.reshape(x.shape[1:]).to(x.dtype)


class ClassToken(nn.Module):
    """A learned position before all others."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        token = self.weight[:, None].expand(len(x), -1, 1)
        return torch.cat([token, x.flatten(2)], dim=2)
