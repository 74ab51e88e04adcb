#!/usr/bin/env python3
"""Writes what PyTorch's losses of a target at each position come to, to Tests/Goldens/Training/positions.json.

    python3 Tests/Goldens/make_positions.py

Needs torch (made with torch 2.13.0) and numpy. A convolution with a kernel of 1 makes scores of inputs; loss and
gradients are those of `cross_entropy` with [N, K, ...] and targets [N, ...], or of `binary_cross_entropy_with_logits`.
Mixed examples have share * loss(y) + (1 - share) * loss(y of the example as far from the end).
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

FILE = Path(__file__).resolve().parent / "Training" / "positions.json"
CHANNELS = 3


def main():
    draws = np.random.default_rng(5)
    cases = [
        case("series", draws, 4, [5]),
        case("image", draws, 3, [3, 4]),
        case("one position", draws, 3, [1]),
        case("two classes by one score", draws, 1, [6]),
        case("classes that are weighted", draws, 4, [5], weights=[1, 0.5, 3, 0.25]),
        case("smoothed labels", draws, 3, [2, 3], smoothing=0.1),
        case("weighted and smoothed", draws, 3, [7], weights=[2, 1, 0.5], smoothing=0.2),
        case("mixed examples", draws, 4, [5], share=0.7),
        case("mixed, weighted and smoothed", draws, 3, [4], weights=[2, 1, 0.5], smoothing=0.1, share=0.4),
        case("more classes than a vector has lanes", draws, 21, [3]),
    ]
    FILE.write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")


def case(name, draws, classes, extents, weights=None, smoothing=0.0, share=None):
    rows = 6
    inputs = draws.normal(size=(rows, CHANNELS, *extents)).astype(np.float32)
    labels = draws.integers(0, max(classes, 2), (rows, *extents))
    weight = (0.8 * draws.normal(size=(classes, CHANNELS))).astype(np.float32)
    bias = (0.3 * draws.normal(size=classes)).astype(np.float32)
    x, w, b = (torch.tensor(value, dtype=torch.float64) for value in (inputs, weight, bias))
    mixed = x if share is None else share * x + (1 - share) * x.flip(0)
    w.requires_grad_()
    b.requires_grad_()
    scores = torch.einsum("nc...,kc->nk...", mixed, w) + b.reshape(-1, *[1] * len(extents))
    y = torch.tensor(labels)
    if classes == 1:
        loss = F.binary_cross_entropy_with_logits(scores[:, 0], y.double())
        correct = (scores[:, 0] > 0) == (y == 1)
    else:
        of = weights and torch.tensor(weights, dtype=torch.float64)

        def entropy(target):
            return F.cross_entropy(scores, target, weight=of, label_smoothing=smoothing)

        loss = entropy(y) if share is None else mean(scores, y, of, smoothing, share)
        correct = scores.argmax(1) == (y if share is None or share >= 0.5 else y.flip(0))
    loss.backward()
    return {
        "name": name,
        "classes": classes,
        "extents": extents,
        "inputs": singles(inputs),
        "labels": labels.ravel().tolist(),
        "weight": singles(weight),
        "bias": singles(bias),
        "weights": weights or [],
        "smoothing": smoothing,
        "share": share,
        "loss": loss.item(),
        "accuracy": correct.double().mean().item(),
        "weight_gradient": w.grad.ravel().tolist(),
        "bias_gradient": b.grad.ravel().tolist(),
    }


def mean(scores, y, weights, smoothing, share):
    """The mean over positions by the weights of their own labels, as without mixing."""
    def terms(target):
        return F.cross_entropy(scores, target, weight=weights, label_smoothing=smoothing, reduction="none")

    own = torch.ones_like(y, dtype=torch.float64) if weights is None else weights[y]
    return (share * terms(y) + (1 - share) * terms(y.flip(0))).sum() / own.sum()


def singles(values):
    return [float(str(value)) for value in values.astype(np.float32).ravel()]


if __name__ == "__main__":
    main()
