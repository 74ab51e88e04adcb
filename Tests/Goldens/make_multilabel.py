#!/usr/bin/env python3
"""Writes losses and gradients of PyTorch's BCEWithLogitsLoss to Tests/Goldens/Training/multilabel.json.

    python3 Tests/Goldens/make_multilabel.py

Needs torch (made with torch 2.13). A dense layer takes inputs to scores; all is computed in float64 from values of
float32.
"""

import json
from pathlib import Path

import torch
from torch import nn

FILE = Path(__file__).resolve().parent / "Training" / "multilabel.json"


def main():
    generator = torch.Generator().manual_seed(3)
    cases = [
        case("labels of 0 and 1", generator, rows=7, width=3, soft=False, scale=1.0),
        case("soft labels", generator, rows=5, width=4, soft=True, scale=1.0),
        case("one output", generator, rows=6, width=1, soft=False, scale=1.0),
        case("scores far from 0", generator, rows=4, width=2, soft=False, scale=60.0),
    ]
    FILE.write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")


def case(name, generator, rows, width, soft, scale):
    inputs = torch.randn(rows, 5, generator=generator).double()
    targets = torch.rand(rows, width, generator=generator)
    targets = (targets if soft else targets.round()).double()
    layer = nn.Linear(5, width).double()
    with torch.no_grad():
        layer.weight.copy_(torch.randn(width, 5, generator=generator) * scale)
        layer.bias.copy_(torch.randn(width, generator=generator))
    scores = layer(inputs)
    loss = nn.BCEWithLogitsLoss()(scores, targets)
    loss.backward()
    return {
        "name": name,
        "width": width,
        "inputs": inputs.flatten().tolist(),
        "targets": targets.flatten().tolist(),
        "weight": layer.weight.flatten().tolist(),
        "bias": layer.bias.tolist(),
        "loss": loss.item(),
        "weight_gradient": layer.weight.grad.flatten().tolist(),
        "bias_gradient": layer.bias.grad.tolist(),
        "accuracy": ((scores > 0) == (targets > 0.5)).double().mean().item(),
    }


if __name__ == "__main__":
    main()
