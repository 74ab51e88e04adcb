"""Transposed convolutions, and layers without state that give single values other places."""

import torch
from torch import nn
from torch.nn import functional as F

MOVING = ("deconv", "pixelshuffle", "channelshuffle", "permute", "slice", "reshape")


def moving_layer(spec, shape, activation):
    """The module of a layer; shapes begin with the batch, `activation` finds a function by its name."""
    if spec.kind == "deconv":
        act = activation(spec.options.get("act", "none"))
        return Deconvolution(spec, shape[1], len(shape) - 2, act)
    return Moved(spec, shape)


class Deconvolution(nn.Module):
    """PyTorch's transposed convolution, where padding is a number; else of its whole output what is left.

    `same` leaves n * stride positions, of what is left out one more before than after; `causal` leaves out
    after alone.
    """

    def __init__(self, spec, inputs, rank, act):
        super().__init__()
        options = {"stride": "1", "pad": "same", "outpad": "0", "dilation": "1"} | spec.options
        sizes = {key: _sizes(options[key], rank) for key in ("stride", "outpad", "dilation")}
        self.stride, self.added, self.dilation = sizes.values()
        self.groups = int(options.get("groups", 1))
        self.act = act
        channels, kernel = int(spec.words[0]), _sizes(spec.words[1], rank)
        self.padding, self.cut = [0] * rank, None
        if options["pad"].replace("x", "").isdigit():
            self.padding = _sizes(options["pad"], rank)
        else:
            self.cut = self._cut(options["pad"], kernel)
            self.added = [max(0, -after) for _, after in self.cut]
        self.weight = nn.Parameter(torch.zeros(inputs, channels // self.groups, *kernel))
        has_bias = options.get("bias", "yes") != "no"
        self.bias = nn.Parameter(torch.zeros(channels)) if has_bias else None
        self.spread = F.conv_transpose1d if rank == 1 else F.conv_transpose2d

    def _cut(self, pad, kernel):
        ends = []
        if pad not in ("same", "causal"):
            sides = [[int(end) for end in part.split(":")] for part in pad.split("x")]
            ends = [(side[0], side[-1]) for side in (sides * len(kernel))[: len(kernel)]]
        for k, stride, dilation in zip(kernel, self.stride, self.dilation):
            if pad in ("same", "causal"):
                overlap = (k - 1) * dilation + 1 - stride
                before = max(0, (overlap + 1) // 2) if pad == "same" else 0
                ends.append((before, overlap - before))
        return [(before, after - added) for (before, after), added in zip(ends, self.added)]

    def forward(self, x):
        y = self.spread(
            x, self.weight, self.bias, self.stride, self.padding, self.added, self.groups,
            self.dilation,
        )
        for axis, (before, after) in enumerate(self.cut or []):
            y = y.narrow(axis + 2, before, y.shape[axis + 2] - before - max(0, after))
        return self.act(y)


class Moved(nn.Module):
    """A layer of which each output is one value of the input."""

    def __init__(self, spec, shape):
        super().__init__()
        self.spec, self.shape, self.rank = spec, shape[1:], len(shape) - 2

    def forward(self, x):
        kind, words = self.spec.kind, self.spec.words
        if kind == "pixelshuffle":
            factor = int(words[0])
            if self.rank == 2:
                return F.pixel_shuffle(x, factor)
            return x.unflatten(1, (-1, factor)).transpose(2, 3).flatten(2)
        if kind == "channelshuffle":
            groups, (channels, *positions) = int(words[0]), self.shape
            x = x.reshape(x.shape[0], groups, channels // groups, *positions).transpose(1, 2)
            return x.reshape(x.shape[0], *self.shape)
        if kind == "permute":
            given = [int(word) for word in words]
            order = given + [2, 1, 3][len(given) :]
            return x.permute(0, *order[: self.rank + 1])
        if kind == "reshape":
            extents = [-1 if part == "_" else int(part) for part in words[0].split("x")]
            return x.reshape(x.shape[0], *extents)
        ranges = [slice(*_ends(part)) for part in words[0].split("x")]
        if self.spec.options.get("over") != "positions":
            return x[:, ranges[0]]
        return x[(slice(None), slice(None), *(ranges * self.rank)[: self.rank])]


def _sizes(word, rank):
    values = [int(part) for part in str(word).split("x")]
    return values * rank if len(values) == 1 else values


def _ends(part):
    return [int(end) if end else None for end in part.split(":")]
