#!/usr/bin/env python3
"""Writes what networks come to in PyTorch whose products have operands in bfloat16, to Tests/Goldens/Precision.

    python3 Tests/Goldens/make_precision.py

Needs torch and numpy (made with torch 2.13.0 and numpy 2.4). Convolutions and dense layers get their inputs and
weights as `.bfloat16().double()`, and what comes back to them as gradient too; all else is float64, dense layers of
fewer than 2^18 multiply-adds among it. So is the product of two rounded numbers exact, as it is in float32, and sums
are those of float64. Each file has the form of one that `make.py` writes, for one step:
    losses, output, gradient/PATH    as there
    float32                          JSON: how far the same run without any rounding of operands is from it
"""

import json
import zlib
from pathlib import Path

import numpy
import torch
from torch.nn import functional as F

import modules
import safetensors_file
from catalogue import CROSS_ENTROPY
from catalogue.case import Case
from make import batches, initial_state, strays
from reader import laid_out
from training import loss

SMALL = 1 << 18
LINEAR = F.linear
FOLDER = Path(__file__).resolve().parent / "Precision"

BLOCK = "residual act=relu { conv 16 3 bias=no; bn; relu; conv 16 3 bias=no; bn }"
CASES = [
    Case("residual", f"input 3x9x8; conv 16 3 bias=no; bn; relu; {BLOCK}; gap; dense 4", 4),
    Case(
        "bottleneck",
        "input 2x8x8; conv 32 3 stride=2 act=relu;"
        " residual shortcut=B act=relu { conv 16 1; bn; relu; conv 16 3 stride=2; bn; relu; conv 48 1; bn };"
        " gap; dense 4",
        4,
    ),
    Case("series", "input 4x30; conv 32 5 act=tanh; conv 20 3 dilation=2; relu; gap; dense 3", 4),
    Case("dense", "input 160; dense 160 act=tanh; dense 128 act=tanh; dense 4", 16),
]


class RoundedGradient(torch.autograd.Function):
    """The identity, whose gradient is rounded."""

    @staticmethod
    def forward(context, x):
        return x.clone()

    @staticmethod
    def backward(context, slope):
        return rounded(slope)


def rounded(x):
    """The values that bfloat16 has, seen from float32."""
    return x.float().bfloat16().to(x.dtype)


def operand(x):
    """A rounded operand; the gradient passes as it is."""
    return x + (rounded(x) - x).detach()


def with_rounding(function):
    """A convolution or dense layer of rounded operands; the gradient of a bias is the sum of rounded ones."""

    def result(x, weight, bias=None, *words):
        if function is LINEAR and x.numel() * len(weight) < SMALL:
            return function(x, weight, bias)
        return RoundedGradient.apply(function(operand(x), operand(weight), bias, *words))

    return result


def run(case, text, initial, x, y, rounds):
    """Loss, output and gradients of one step."""
    plain = F.conv1d, F.conv2d, F.linear
    if rounds:
        F.conv1d, F.conv2d, F.linear = map(with_rounding, plain)
    try:
        module = modules.network(text).double()
        module.load_state_dict({path: torch.from_numpy(value) for path, value in initial.items()})
        module.train()
        output = module(torch.from_numpy(x[0]).double())
        value = loss(case.loss, output, torch.from_numpy(y[0]))
        value.backward()
    finally:
        F.conv1d, F.conv2d, F.linear = plain
    arrays = {"output": output.detach().numpy(), "losses": numpy.array([value.item()])}
    for path, parameter in module.named_parameters():
        arrays[f"gradient/{path}"] = parameter.grad.numpy()
    return arrays


def write(case):
    generator = numpy.random.default_rng(zlib.crc32(case.name.encode()))
    text = laid_out(case.network)
    initial = initial_state(modules.network(text), generator)
    x, y = batches(case, text, generator)
    x, y = x[:1], y[:1]
    found, exact = (run(case, text, initial, x, y, rounds) for rounds in (True, False))
    stray = strays(found, exact)
    metadata = {
        "network": text,
        "loss": case.loss,
        "optimizer": case.optimizer,
        "steps": "1",
        "float32": json.dumps({key: float(f"{value:.1e}") for key, value in stray.items()}),
    }
    tensors = {f"initial/{path}": value for path, value in initial.items()} | {"x": x, "y": y}
    tensors |= {key: value.astype(numpy.float32) for key, value in found.items()}
    safetensors_file.write(FOLDER / f"{case.name}.safetensors", tensors, metadata)
    print(f"{case.name:12} loss {found['losses'][0]:.6f}, without rounding {exact['losses'][0]:.6f}", stray)


if __name__ == "__main__":
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    for each in CASES:
        write(each)
