#!/usr/bin/env python3
"""Writes the checkpoints of PyTorch that Espalier's reader is held against, to Tests/Goldens/Checkpoints.

    python3 Tests/Goldens/make_checkpoints.py

Needs torch (made with torch 2.13.0). The values are those of torch.arange, so that the tests can say them;
`InterchangeTests/Checkpoints` says what each file must hold or why it must be refused. The bytes of
legacy.pth and script.pt are others each time, those of the rest are not.
"""

from collections import OrderedDict
from pathlib import Path

import torch

FOLDER = Path(__file__).resolve().parent / "Checkpoints"


def main():
    FOLDER.mkdir(exist_ok=True)
    model = filled_model()
    save(model.state_dict(), "state_dict.pt")
    save(model.state_dict(), "protocol4.pt", pickle_protocol=4)
    save(training(model), "training.pt")
    save(views(), "views.pt")
    save(types(), "types.pt")
    save(torch.arange(3.0), "alone.pt")
    save(nested(), "nested.pt")
    # Those that are refused.
    save(model, "module.pt")
    save({"a": torch.arange(3).to(torch.uint16)}, "uint16.pt")
    save({"a": torch.ones(2) + 1j * torch.ones(2)}, "complex.pt")
    save({"a": torch._neg_view(torch.ones(2))}, "negated.pt")
    save({"a": torch.ones(2)}, "legacy.pth", _use_new_zipfile_serialization=False)
    torch.jit.script(torch.nn.Linear(2, 2)).save(FOLDER / "script.pt")


def save(value, name, **settings):
    torch.save(value, FOLDER / name, **settings)
    print(f"{name:16} {(FOLDER / name).stat().st_size:6,} bytes")


def filled_model():
    """A model whose tensors count on: 0, 1, 2 … from the first weight to the last statistic."""
    model = torch.nn.Sequential(
        OrderedDict(
            conv=torch.nn.Conv1d(1, 2, 3, bias=False),
            bn=torch.nn.BatchNorm1d(2),
            dense=torch.nn.Linear(2, 2),
        )
    )
    start = 0
    with torch.no_grad():
        for value in model.state_dict().values():
            value.copy_(torch.arange(start, start + value.numel()).reshape(value.shape))
            start += value.numel()
    return model


def training(model):
    """What programs save while they train: model, optimizer and plain values of all kinds."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    model.load_state_dict(filled_model().state_dict())
    return {
        "epoch": 3,
        "state_dict": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "history": [1.5, 2**70, -(2**40), -7, True, None, b"bytes", {1, 2}, frozenset({3}), "é"],
        ("a", "tuple"): {"size": torch.Size([2, 3]), "type": torch.float32},
        "device": torch.device("cpu"),
    }


def views():
    """Tensors that share storages, start within them, and lie in other orders."""
    counted = torch.arange(24.0)
    return {
        "whole": counted.reshape(2, 3, 4),
        "transposed": counted.reshape(4, 6).t(),
        "permuted": counted.reshape(2, 3, 4).permute(2, 0, 1),
        "offset": counted[20:],
        "column": counted.reshape(6, 4)[:, 1],
        "step": counted[1::5],
        "expanded": torch.arange(3.0).reshape(3, 1).expand(3, 2),
        "scalar": counted[7],
        "empty": torch.zeros(0, 3),
        "emptied": counted.reshape(4, 6)[:, 2:2].t(),
        "integers": torch.arange(6).reshape(2, 3).t(),
        "parameter": torch.nn.Parameter(counted.reshape(4, 6)[1:3, 2:4]),
    }


def types():
    values = [0.0, 1.0, 2.5, 100.0]
    kinds = "float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 bool".split()
    return {kind: torch.tensor(values).to(getattr(torch, kind)) for kind in kinds}


def nested():
    """Tensors in lists, tuples and dictionaries of numbers, and one that is there twice."""
    shared = torch.arange(2.0)
    return {
        "blocks": [{"weight": shared}, {"weight": torch.arange(3.0)}],
        "pair": (shared, 5),
        7: {"bias": torch.arange(1.0)},
    }


if __name__ == "__main__":
    main()
