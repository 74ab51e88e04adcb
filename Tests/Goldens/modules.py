"""Builds a network in PyTorch from its text, with Espalier's paths as the names of its state.

The names of `state_dict()` are the paths: `res1.body.conv1.weight`, `rep1.2.bn1.running_var`,
`par1.1.dense1.bias`, `se1.gate.dense2.weight`. Blocks are named by kind and counted per parent, from 1;
copies and branches are named by their ordinals.

Where definitions differ between frameworks, these are used:
- bn: running = momentum * running + (1 - momentum) * batch, with the batch's biased variance (Gluon).
- shortcut A: every stride-th position from the first on; zero channels appended after the others.
- padding on unequal sides is written `before:after`; average pools count padded zeros.
- ceil=yes: a last window that begins beyond the input and its first padding is dropped (PyTorch).
- softmax runs over the channels.
- scale: one learnable number; mul: branches without positions hold for all of the others'.
- highway: T * H + (1 - T) * x of two branches H and T and the container's input x.
- frozen=yes: requires_grad_(False) for all inside; running statistics go on.
- tap and join: the newest value that was kept under the name, in the order of execution.
- repeat N shared=yes: one body, run through N times; its children are named as in a seq.
- residual: y = act(scale * body(x) + shortcut(x)); a second pair of braces holds the shortcut's layers.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

from attention_layers import ATTENTION, attention_layer
from moving_layers import MOVING, moving_layer
from other_layers import OTHERS, other_layer
from reader import SpecError, extents, read
from recurrent_layers import RECURRENT, recurrent_layer
from taps import VALUES, Join, Tap


def network(text):
    """The module for a network's text."""
    shape, specs = read(text)
    return _sequence(specs, (1,) + shape)[0]


def activation(name, words=()):
    """The function of an activation layer, with its positional argument if it has one."""
    argument = float(words[0]) if words else None
    functions = {
        "none": lambda x: x,
        "relu": F.relu,
        "leaky": lambda x: F.leaky_relu(x, 0.01 if argument is None else argument),
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "elu": lambda x: F.elu(x, 1.0 if argument is None else argument),
        "selu": F.selu,
        "gelu": F.gelu,
        "silu": F.silu,
        "mish": F.mish,
        "hardswish": F.hardswish,
        "relu6": F.relu6,
        "hardsigmoid": F.hardsigmoid,
        "softplus": F.softplus,
        "softsign": F.softsign,
        "softmax": lambda x: F.softmax(x, dim=1),
    }
    if name not in functions:
        raise SpecError(f"no such kind: {name}")
    return functions[name]


class Function(nn.Module):
    """A layer without state."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Convolution(nn.Module):
    """Weight `[channels, inputs / groups, kernel...]`, bias `[channels]`."""

    def __init__(self, spec, inputs, rank):
        super().__init__()
        channels = int(spec.words[0])
        kernel = _per_axis(spec.words[1], rank)
        self.stride = _per_axis(spec.options.get("stride", 1), rank)
        self.dilation = _per_axis(spec.options.get("dilation", 1), rank)
        self.groups = int(spec.options.get("groups", 1))
        self.sides = padding(spec.options.get("pad", "same"), kernel, self.dilation)
        self.act = activation(spec.options.get("act", "none"))
        self.weight = nn.Parameter(torch.zeros(channels, inputs // self.groups, *kernel))
        has_bias = spec.options.get("bias", "yes") != "no"
        self.bias = nn.Parameter(torch.zeros(channels)) if has_bias else None
        self.convolve = F.conv1d if rank == 1 else F.conv2d

    def forward(self, x):
        padded = F.pad(x, _for_torch(self.sides))
        return self.act(
            self.convolve(
                padded, self.weight, self.bias, self.stride, 0, self.dilation, self.groups
            )
        )


class Dense(nn.Module):
    """Weight `[units, features]`, bias `[units]`; flattens its input, channels outermost."""

    def __init__(self, spec, features):
        super().__init__()
        units = int(spec.words[0])
        self.act = activation(spec.options.get("act", "none"))
        self.weight = nn.Parameter(torch.zeros(units, features))
        has_bias = spec.options.get("bias", "yes") != "no"
        self.bias = nn.Parameter(torch.zeros(units)) if has_bias else None

    def forward(self, x):
        return self.act(F.linear(x.flatten(1), self.weight, self.bias))


class BatchNorm(nn.Module):
    """Gluon's: `momentum` is the share that stays, the running variance is biased."""

    def __init__(self, spec, channels):
        super().__init__()
        self.momentum = float(spec.options.get("momentum", 0.9))
        self.eps = float(spec.options.get("eps", 1e-5))
        self.fixed = spec.options.get("statistics", "batch") == "running"
        has_scale = spec.options.get("scale", "yes") == "yes"
        has_center = spec.options.get("center", "yes") == "yes"
        self.weight = nn.Parameter(torch.ones(channels)) if has_scale else None
        self.bias = nn.Parameter(torch.zeros(channels)) if has_center else None
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def forward(self, x):
        if self.fixed or not self.training:
            return F.batch_norm(
                x, self.running_mean, self.running_var, self.weight, self.bias, False, 0, self.eps
            )
        with torch.no_grad():
            axes = [axis for axis in range(x.dim()) if axis != 1]
            self.running_mean.lerp_(x.mean(axes), 1 - self.momentum)
            self.running_var.lerp_(x.var(axes, unbiased=False), 1 - self.momentum)
        return F.batch_norm(x, None, None, self.weight, self.bias, True, 0, self.eps)


class Sequence(nn.Module):
    """Children one after another, in the order they were added."""

    def forward(self, x):
        for child in self.children():
            x = child(x)
        return x


class Shared(Sequence):
    """A sequence that is run through so many times."""

    def __init__(self, sequence, passes):
        super().__init__()
        for name, child in sequence.named_children():
            self.add_module(name, child)
        self.passes = passes

    def forward(self, x):
        for _ in range(self.passes):
            x = super().forward(x)
        return x


class Residual(nn.Module):
    """y = act(scale * body(x) + shortcut(x))."""

    def __init__(self, body, shortcut, spec):
        super().__init__()
        self.body = body
        self.shortcut = shortcut
        self.scale = float(spec.options.get("scale", 1))
        self.act = activation(spec.options.get("act", "none"))

    def forward(self, x):
        return self.act(self.scale * self.body(x) + self.shortcut(x))


class Parallel(nn.Module):
    """Branches that read the same input, joined by `concat`, `add`, `mul` or `highway`."""

    def __init__(self, branches, join, names=None):
        super().__init__()
        for ordinal, branch in enumerate(branches, 1):
            self.add_module(names[ordinal - 1] if names else str(ordinal), branch)
        self.join = join

    def forward(self, x):
        outputs = [branch(x) for branch in self.children()]
        if self.join == "concat":
            return torch.cat(outputs, dim=1)
        if self.join == "add":
            return sum(outputs)
        rank = max(output.dim() for output in outputs)
        outputs = [
            output.reshape(output.shape + (1,) * (rank - output.dim())) for output in outputs
        ]
        if self.join == "highway":
            transform, gate = outputs
            return gate * transform + (1 - gate) * x
        return math.prod(outputs)


class Scale(nn.Module):
    """One learnable number times the input."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(1))

    def forward(self, x):
        return self.weight * x


class ParametricRelu(nn.Module):
    """One learned slope below 0 for all channels, or one for each."""

    def __init__(self, count):
        super().__init__()
        self.weight = nn.Parameter(torch.full((count,), 0.25))

    def forward(self, x):
        return F.prelu(x, self.weight)


class Subsample(nn.Module):
    """Shortcut A: every stride-th position, then channels of zeros after the others."""

    def __init__(self, extra, strides):
        super().__init__()
        self.extra = extra
        self.strides = strides

    def forward(self, x):
        kept = x[(slice(None), slice(None)) + tuple(slice(None, None, s) for s in self.strides)]
        return torch.cat([kept, kept.new_zeros(kept.shape[0], self.extra, *kept.shape[2:])], dim=1)


def padding(word, kernel, dilation):
    """(before, after) along each axis from `same`, `1`, `3:4` or `1x2`."""
    if word == "same":
        totals = [(k - 1) * d for k, d in zip(kernel, dilation)]
        return [(total // 2, total - total // 2) for total in totals]
    if word == "causal":
        return [((kernel[0] - 1) * dilation[0], 0)]
    if word == "valid":
        return [(0, 0)] * len(kernel)
    sides = []
    for part in str(word).split("x"):
        ends = [int(end) for end in part.split(":")]
        sides.append((ends[0], ends[-1]))
    return sides * len(kernel) if len(sides) == 1 else sides


def _per_axis(word, rank):
    values = extents(word)
    return values * rank if len(values) == 1 else values


def _for_torch(sides):
    """The last axis first, as `F.pad` has it."""
    return [end for side in reversed(sides) for end in side]


def _pool(spec, rank):
    kernel = _per_axis(spec.words[0] if spec.words else 2, rank)
    stride = _per_axis(spec.options["stride"], rank) if "stride" in spec.options else kernel
    sides = padding(spec.options.get("pad", 0), kernel, (1,) * rank)
    rounds_up = spec.options.get("ceil", "no") == "yes"
    is_maximum = spec.kind == "maxpool"
    pools = {
        (True, 1): F.max_pool1d,
        (True, 2): F.max_pool2d,
        (False, 1): F.avg_pool1d,
        (False, 2): F.avg_pool2d,
    }
    pool = pools[is_maximum, rank]
    if all(before == after for before, after in sides):
        pads = tuple(before for before, _ in sides)
        return Function(lambda x: pool(x, kernel, stride, pads, ceil_mode=rounds_up))
    fill = float("-inf") if is_maximum else 0.0

    def padded(x):
        y = pool(F.pad(x, _for_torch(sides), value=fill), kernel, stride, ceil_mode=rounds_up)
        for axis, step in enumerate(stride):
            # Windows that begin in the padding behind, which PyTorch takes for part of the input here.
            (before, after), size = sides[axis], x.shape[2 + axis]
            whole = (size + before + after - kernel[axis]) // step + 1
            starts = (size + before + step - 1) // step
            y = y.narrow(2 + axis, 0, min(y.shape[2 + axis], max(whole, starts)))
        return y

    return Function(padded)


def _sequence(specs, shape):
    """The module of specs in a row, and the shape that leaves it; shapes begin with the batch."""
    sequence = Sequence()
    for spec in specs:
        module, shape = _module(spec, shape)
        if spec.options.get("frozen", "no") == "yes":
            module.requires_grad_(False)
        names = [name for name, _ in sequence.named_children()]
        sequence.add_module(spec.options.get("name", _fresh_name(spec.stem, names)), module)
    return sequence, shape


def _fresh_name(stem, names):
    """The stem and the first number beyond those its siblings have."""
    numbers = [name[len(stem) :] for name in names if name.startswith(stem)]
    return f"{stem}{max([0] + [int(number) for number in numbers if number.isdigit()]) + 1}"


def _module(spec, shape):
    if spec.kind == "seq":
        return _sequence(spec.bodies[0], shape)
    if spec.kind == "repeat" and spec.options.get("shared", "no") == "yes":
        body, shape = _sequence(spec.bodies[0], shape)
        return Shared(body, int(spec.words[0])), shape
    if spec.kind == "repeat":
        copies = Sequence()
        for ordinal in range(1, int(spec.words[0]) + 1):
            copy, shape = _sequence(spec.bodies[0], shape)
            copies.add_module(str(ordinal), copy)
        return copies, shape
    if spec.kind == "parallel":
        branches = [_sequence(body, shape)[0] for body in spec.bodies]
        module = Parallel(branches, spec.options.get("join", "concat"))
    elif spec.kind in ("se", "highway"):
        module = _gated(spec, shape)
    elif spec.kind == "tap":
        module = Tap(spec.words[0])
    elif spec.kind == "join":
        body = spec.bodies[0] if spec.bodies else []
        path = _sequence(body, tuple(VALUES[spec.words[0]].shape))[0]
        module = Join(spec.words[0], (spec.words + ["add"])[1], path)
    elif spec.kind == "residual":
        body, output = _sequence(spec.bodies[0], shape)
        if len(spec.bodies) > 1:
            shortcut = _sequence(spec.bodies[1], shape)[0]
        else:
            shortcut = _shortcut(spec.options.get("shortcut", "auto"), shape, output)
        module = Residual(body, shortcut, spec)
    else:
        module = _layer(spec, shape)
    return module, _output(module, shape)


def _gated(spec, shape):
    """Squeeze-excite or a highway; the layers of their gates follow from the shape."""
    source = "x".join(map(str, shape[1:]))
    channels = shape[1]
    if spec.kind == "se":
        units = spec.options.get("units", "auto")
        if units == "auto":
            units = max(1, channels // int(spec.options.get("reduction", 16)))
        act, weigh = spec.options.get("act", "relu"), spec.options.get("gate", "sigmoid")
        means = "gap; " if len(shape) > 2 else ""
        gate = f"{means}dense {units} act={act}; dense {channels} act={weigh}"
        body, join = Sequence(), "mul"
    else:
        weights = f"conv {channels} 1 pad=0" if len(shape) > 2 else f"dense {channels}"
        gate = f"{weights} act=sigmoid"
        body, join = _sequence(spec.bodies[0], shape)[0], "highway"
    return Parallel([body, network(f"input {source}; {gate}")], join, ("body", "gate"))


def _layer(spec, shape):
    rank = len(shape) - 2
    spatial = tuple(range(2, len(shape)))
    if spec.kind == "conv":
        return Convolution(spec, shape[1], rank)
    if spec.kind == "dense":
        return Dense(spec, int(torch.Size(shape[1:]).numel()))
    if spec.kind == "bn":
        return BatchNorm(spec, shape[1])
    if spec.kind in ("maxpool", "avgpool"):
        return _pool(spec, rank)
    if spec.kind == "gap":
        return Function(lambda x: x.mean(spatial))
    if spec.kind == "gmp":
        return Function(lambda x: x.flatten(2).max(2).values)
    if spec.kind == "last":
        return Function(lambda x: x[..., -1])
    if spec.kind == "first":
        return Function(lambda x: x[..., 0])
    if spec.kind == "flatten":
        return Function(lambda x: x.flatten(1))
    if spec.kind in ("dropout", "spatialdropout", "droppath"):
        return nn.Dropout(float(spec.words[0]) if spec.words else 0.5)
    if spec.kind == "subsample":
        strides = _per_axis(spec.options.get("stride", 1), rank)
        return Subsample(int(spec.words[0]) - shape[1], strides)
    if spec.kind == "pad":
        sides = padding(spec.words[0], (1,) * rank, (1,) * rank)
        modes = {"zero": "constant", "reflect": "reflect", "replicate": "replicate"}
        mode = modes[spec.options.get("mode", "zero")]
        return Function(lambda x: F.pad(x, _for_torch(sides), mode=mode))
    if spec.kind == "upsample":
        factors = tuple(map(float, _per_axis(spec.words[0], rank)))
        mode = spec.options.get("mode", "nearest")
        mode = "bilinear" if mode == "linear" and rank == 2 else mode
        return Function(lambda x: F.interpolate(x, scale_factor=factors, mode=mode))
    if spec.kind == "scale":
        return Scale()
    if spec.kind == "prelu":
        shared = spec.options.get("shared", "yes") == "yes"
        return ParametricRelu(1 if shared else shape[1])
    if spec.kind in OTHERS:
        return other_layer(spec, shape)
    if spec.kind in MOVING:
        return moving_layer(spec, shape, activation)
    if spec.kind in ATTENTION:
        return attention_layer(spec, shape)
    if spec.kind in RECURRENT:
        return recurrent_layer(spec, shape)
    return Function(activation(spec.kind, spec.words))


def _shortcut(kind, shape, output):
    """The module that takes an input's shape to the sum's; both begin with the batch."""
    if kind == "identity" or (kind != "C" and shape == output):
        return Sequence()
    source = "x".join(map(str, shape[1:]))
    if len(shape) == 2:
        return network(f"input {source}; dense {output[1]} bias=no; bn")
    strides = [-(-n // m) for n, m in zip(shape[2:], output[2:])]
    stride = "x".join(map(str, strides))
    texts = {
        "A": f"subsample {output[1]} stride={stride}",
        "B": f"conv {output[1]} 1 stride={stride} pad=0 bias=no; bn",
        "pool": f"avgpool {stride} ceil=yes; conv {output[1]} 1 pad=0 bias=no; bn",
    }
    texts |= {"auto": texts["B"], "project": texts["B"], "C": texts["B"]}
    if kind == "pool" and set(strides) == {1}:
        kind = "B"
    return network(f"input {source}; {texts[kind]}")


def _output(module, shape):
    """The shape a module gives, found by running zeros through it."""
    was_training = module.training
    module.eval()
    with torch.no_grad():
        output = tuple(module(torch.zeros(shape)).shape)
    module.train(was_training)
    return output
