#!/usr/bin/env python3
"""Writes what PyTorch's schedulers, optimizers, losses and clipping come to, to Tests/Goldens/Training.

    python3 Tests/Goldens/make_training.py

Needs torch (made with torch 2.13.0) and numpy. LAMB, which PyTorch lacks, is the formula of You and others (2019)
with bias corrections in double precision.
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F
from torch.optim import lr_scheduler as schedulers

FOLDER = Path(__file__).resolve().parent / "Training"


def write(name, cases):
    lines = ",\n".join(json.dumps(case) for case in cases)
    (FOLDER / f"{name}.json").write_text(f"[\n{lines}\n]\n")


def rounded(values):
    return [round(value, 8) for value in values]


def rates(base, length, make, warmup=0):
    """The rate at each place, where the warm-up rises in even steps to the curve's first rate."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=base)
    if warmup:
        rise = schedulers.LinearLR(optimizer, start_factor=1 / (warmup + 1), total_iters=warmup)
        scheduler = schedulers.SequentialLR(optimizer, [rise, make(optimizer)], milestones=[warmup])
    else:
        scheduler = make(optimizer)
    values = []
    for _ in range(length):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return values


def schedule_cases():
    def case(text, length, make, warmup=0):
        return {"text": text, "length": length, "rates": rates(0.1, length, make, warmup)}

    s = schedulers
    yield case("lr 0.1 cosine", 30, lambda o: s.CosineAnnealingLR(o, 30))
    yield case("lr 0.1 cosine to=0.001", 17, lambda o: s.CosineAnnealingLR(o, 17, 0.001))
    yield case("lr 0.1 cosine warmup=5", 25, lambda o: s.CosineAnnealingLR(o, 20), 5)
    yield case("lr 0.1 cosine unit=steps", 45, lambda o: s.CosineAnnealingLR(o, 45))
    yield case("lr 0.1 step 7", 30, lambda o: s.StepLR(o, 7))
    yield case("lr 0.1 step 30 60 gamma=0.2", 90, lambda o: s.MultiStepLR(o, [30, 60], 0.2))
    yield case("lr 0.1 poly", 20, lambda o: s.PolynomialLR(o, 20))
    yield case("lr 0.1 poly power=2", 20, lambda o: s.PolynomialLR(o, 20, 2.0))
    yield case("lr 0.1 poly power=0.9 warmup=3", 23, lambda o: s.PolynomialLR(o, 20, 0.9), 3)
    yield case("lr 0.1 exponential", 20, lambda o: s.ExponentialLR(o, 0.95))
    yield case("lr 0.1 exponential gamma=0.5 warmup=2", 12, lambda o: s.ExponentialLR(o, 0.5), 2)
    yield case("lr 0.1 onecycle", 40, lambda o: s.OneCycleLR(o, 0.1, 40))
    yield case("lr 0.1 onecycle", 3, lambda o: s.OneCycleLR(o, 0.1, 3))
    yield case(
        "lr 0.1 onecycle pct_start=0.5 div_factor=10 final_div_factor=100 unit=steps", 21,
        lambda o: s.OneCycleLR(
            o, 0.1, total_steps=21, pct_start=0.5, div_factor=10, final_div_factor=100),
    )


def plateau_cases():
    random = np.random.RandomState(3)
    losses = list(np.round(np.concatenate([np.linspace(2, 1, 12), 1 + 0.01 * random.rand(40)]), 6))
    for text, settings in [
        ("lr 0.1 plateau patience=3", {"patience": 3}),
        ("lr 0.1 plateau patience=2 factor=0.5 threshold=0.01 cooldown=2",
         {"patience": 2, "factor": 0.5, "threshold": 0.01, "cooldown": 2}),
        ("lr 0.1 plateau patience=1 factor=0.5 to=0.01",
         {"patience": 1, "factor": 0.5, "min_lr": 0.01}),
    ]:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
        scheduler = schedulers.ReduceLROnPlateau(optimizer, **settings)
        values = []
        for loss in losses:
            values.append(optimizer.param_groups[0]["lr"])
            scheduler.step(loss)
        yield {"text": text, "losses": losses, "rates": values}


def lamb(weights, gradients, rate, decay, beta1=0.9, beta2=0.999, eps=1e-6):
    w = np.array(weights, dtype=np.float64)
    m, v = np.zeros_like(w), np.zeros_like(w)
    after = []
    for step, g in enumerate(gradients, 1):
        g = np.array(g, dtype=np.float64)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        r = m / (1 - beta1**step) / (np.sqrt(v / (1 - beta2**step)) + eps) + decay * w
        lengths = np.linalg.norm(w), np.linalg.norm(r)
        w = w - rate * (lengths[0] / lengths[1] if all(lengths) else 1) * r
        after.append(w.tolist())
    return [np.round(values, 9).tolist() for values in after]


def optimizer_cases():
    random = np.random.RandomState(7)
    weights = np.round(random.uniform(-1, 1, 21), 4).tolist()
    gradients = np.round(random.normal(0, 0.5, (6, 21)), 4).tolist()
    optim = torch.optim
    makes = {
        "adagrad": (optim.Adagrad, 0.05), "adadelta": (optim.Adadelta, 1.0),
        "adamax": (optim.Adamax, 0.02), "nadam": (optim.NAdam, 0.02),
        "nag": (lambda p, **k: optim.SGD(p, momentum=0.9, nesterov=True, **k), 0.05),
    }
    for decay in (0.0, 0.1):
        for name, (make, rate) in makes.items():
            parameter = torch.tensor(weights, dtype=torch.float64, requires_grad=True)
            optimizer = make([parameter], lr=rate, weight_decay=decay)
            after = []
            for gradient in gradients:
                parameter.grad = torch.tensor(gradient, dtype=torch.float64)
                optimizer.step()
                after.append([round(value, 9) for value in parameter.tolist()])
            yield {
                "name": name, "rate": rate, "decay": decay, "weights": weights,
                "gradients": gradients, "after": after,
            }
        yield {
            "name": "lamb", "rate": 0.05, "decay": decay, "weights": weights,
            "gradients": gradients, "after": lamb(weights, gradients, 0.05, decay),
        }


def loss_cases():
    random = np.random.RandomState(5)
    for rows, classes in [(6, 4), (5, 19)]:
        logits = np.round(random.uniform(-3, 3, (rows, classes)), 4).astype(np.float32)
        labels = random.randint(0, classes, rows)
        weights = np.round(random.uniform(0.2, 2, classes), 4).astype(np.float32)
        for smoothing, weighted, share in [
            (0.1, False, 1.0), (0.0, True, 1.0), (0.2, True, 1.0), (0.0, False, 0.7),
            (0.1, True, 0.4),
        ]:
            x = torch.tensor(logits, requires_grad=True)
            y = torch.tensor(labels)
            settings = {"label_smoothing": smoothing}
            if weighted:
                settings["weight"] = torch.tensor(weights)
            value = share * F.cross_entropy(x, y, **settings)
            value = value + (1 - share) * F.cross_entropy(x, y.flip(0), **settings)
            value.backward()
            yield {
                "classes": classes, "logits": rounded(logits.flatten().tolist()),
                "labels": labels.tolist(), "weights": rounded(weights.tolist()) if weighted else [],
                "smoothing": smoothing, "share": share, "loss": value.item(),
                "gradient": rounded(x.grad.flatten().tolist()),
            }


def clipping_cases():
    random = np.random.RandomState(9)
    values = np.round(random.normal(0, 1, 53), 4).tolist()
    for kind, limit in [("norm", 1.0), ("norm", 100.0), ("value", 0.5)]:
        parameter = torch.zeros(53, requires_grad=True)
        parameter.grad = torch.tensor(values)
        if kind == "norm":
            torch.nn.utils.clip_grad_norm_([parameter], limit)
        else:
            torch.nn.utils.clip_grad_value_([parameter], limit)
        yield {
            "kind": kind, "limit": limit, "gradient": values,
            "clipped": rounded(parameter.grad.tolist()),
        }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    write("schedules", schedule_cases())
    write("plateau", plateau_cases())
    write("optimizers", optimizer_cases())
    write("losses", loss_cases())
    write("clipping", clipping_cases())
