#!/usr/bin/env python3
"""Writes the golden files: networks trained for 20 steps by PyTorch, to compare Espalier with.

    python3 Tests/Goldens/make.py [NAME...]

Needs torch and numpy (made with torch 2.13.0 and numpy 2.4). Without names it writes all cases of
`catalogue` to `Tests/Goldens/Cases` and removes files of other names there. The random numbers of a
case depend on its name only, so that adding one leaves the others as they are.

Every file states its case in the metadata:
    network          the network as commands of Espalier, one block a line
    loss, optimizer  as typed in Espalier
    steps            20
    float32          JSON: for losses, output, evaluation, gradient and final, how far the same run in
                     float32 is from the stored one: the largest |difference| of a tensor, divided by
                     its largest |value| where that exceeds 1
and holds
    initial/PATH     every parameter and running statistic before the first step
    x                a batch for each step: [steps, N, C, L], [steps, N, C, H, W] or [steps, N, F]
    y                int64 labels [steps, N], or [steps, N, ...] where there is a class at each
                     position, or float targets [steps, N, ...]
    losses           [steps], each before its update
    output           of the first step's forward pass, in training mode
    gradient/PATH    of the first step, for every learnable parameter that is not frozen
    final/PATH       after 20 steps
    evaluation       output for the first batch in evaluation mode, after the 20 steps
Results come from a run in float64 on initial values and batches that are exact in float32; they are
stored as float32. Running statistics follow Gluon: 0.9 of the old and 0.1 of the batch's, with the
*biased* variance, updated in the forward pass.
"""

import json
import sys
import zlib
from pathlib import Path

import numpy
import torch

import safetensors_file
from catalogue import CASES, CROSS_ENTROPY
from modules import network
from reader import laid_out, read
from training import optimizer, step

STEPS = 20
FOLDER = Path(__file__).resolve().parent / "Cases"

# A case in which float32 itself strays further than this from float64 would test rounding only.
STRAY_LIMIT = 2e-5


def main(names):
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    FOLDER.mkdir(exist_ok=True)
    chosen = [case for case in CASES if not names or case.name in names]
    unknown = set(names) - {case.name for case in CASES}
    if unknown:
        sys.exit(f"no such case: {', '.join(sorted(unknown))}")
    if not names:
        for path in FOLDER.glob("*.safetensors"):
            if path.stem not in {case.name for case in CASES}:
                path.unlink()
    for case in chosen:
        write(case)
    size = sum(path.stat().st_size for path in FOLDER.glob("*.safetensors"))
    print(f"{len(chosen)} cases written, {size:,} bytes in all")


def write(case):
    """Runs a case in float64 and in float32 and writes its file."""
    generator = numpy.random.default_rng(zlib.crc32(case.name.encode()))
    text = laid_out(case.network)
    initial = initial_state(network(text), generator)
    x, y = batches(case, text, generator)
    exact = run(case, text, initial, x, y, torch.float64)
    rough = run(case, text, initial, x, y, torch.float32)
    stray = strays(exact, rough)
    if max(stray.values()) > STRAY_LIMIT:
        sys.exit(f"{case.name}: float32 strays too far for a golden case: {stray}")
    learnable = sum(value.numel() for value in network(text).parameters())
    metadata = {
        "network": text,
        "loss": case.loss,
        "optimizer": case.optimizer,
        "steps": str(STEPS),
        "float32": json.dumps({key: float(f"{value:.1e}") for key, value in stray.items()}),
    }
    tensors = {f"initial/{path}": value for path, value in initial.items()}
    tensors |= {"x": x, "y": y}
    tensors |= {key: value.astype(numpy.float32) for key, value in exact.items()}
    safetensors_file.write(FOLDER / f"{case.name}.safetensors", tensors, metadata)
    losses = exact["losses"]
    print(
        f"{case.name:34} {learnable:5} learnable  loss {losses[0]:.4f} -> {losses[-1]:.4f}"
        f"  float32 strays {max(stray.values()):.0e}"
    )


def initial_state(module, generator):
    """Values away from the usual starts, so that a parameter that is ignored shows."""
    state = {}
    for path, value in module.state_dict().items():
        role = path.rsplit(".", 1)[1]
        shape = tuple(value.shape)
        normal = generator.standard_normal(shape)
        if role == "weight" and len(shape) > 1:
            values = normal * numpy.sqrt(1.5 / numpy.prod(shape[1:]))
        elif role == "weight":
            values = 1 + 0.15 * normal
        elif role == "running_var":
            values = 1 + 0.3 * generator.random(shape)
        else:
            values = 0.15 * normal
        state[path] = values.astype(numpy.float32)
    return state


def batches(case, text, generator):
    """Batches that can be learned: a pattern a class plus noise, or targets that follow x."""
    shape, _ = read(text)
    outputs = tuple(network(text).eval()(torch.zeros(1, *shape)).shape[1:])
    if "embedding" in text:
        return sentences(case, text, shape, outputs[0], generator)
    noise = generator.standard_normal((STEPS, case.batch, *shape))
    if case.loss == CROSS_ENTROPY:
        if len(outputs) > 1:
            y = generator.integers(0, outputs[0], (STEPS, case.batch, *outputs[1:]))
            patterns = generator.standard_normal((outputs[0], shape[0]))
            x = 0.7 * noise + numpy.moveaxis(patterns[y], -1, 2)
            return x.astype(numpy.float32), y.astype(numpy.int64)
        y = generator.integers(0, outputs[0], (STEPS, case.batch))
        patterns = generator.standard_normal((outputs[0], *shape))
        x = (0.7 * noise + patterns[y]).astype(numpy.float32)
        return x, y.astype(numpy.int64)
    x = noise.astype(numpy.float32)
    width = int(numpy.prod(shape))
    mixing = generator.standard_normal((width, int(numpy.prod(outputs)))) / numpy.sqrt(width)
    y = 1.5 * numpy.tanh(x.reshape(STEPS, case.batch, width) @ mixing) + 0.3
    return x, y.reshape(STEPS, case.batch, *outputs).astype(numpy.float32)


def sentences(case, text, shape, classes, generator):
    """Batches of whole numbers: a sequence a class, of which every third is drawn anew."""
    _, specs = read(text)
    vocabulary = min(int(spec.words[0]) for spec in specs if spec.kind == "embedding")
    y = generator.integers(0, classes, (STEPS, case.batch))
    patterns = generator.integers(0, vocabulary, (classes, *shape))
    others = generator.integers(0, vocabulary, (STEPS, case.batch, *shape))
    x = numpy.where(generator.random(others.shape) < 1 / 3, others, patterns[y])
    return x.astype(numpy.float32), y.astype(numpy.int64)


def run(case, text, initial, x, y, precision):
    """All results of a case, computed in one precision."""
    module = network(text).to(precision)
    module.load_state_dict({path: torch.from_numpy(value) for path, value in initial.items()})
    updater = optimizer(case.optimizer, module.parameters())
    inputs = torch.from_numpy(x).to(precision)
    targets = torch.from_numpy(y)
    targets = targets.to(precision) if targets.is_floating_point() else targets
    results, losses = {}, []
    for index in range(STEPS):
        value, output = step(module, case.loss, updater, inputs[index], targets[index])
        losses.append(value)
        if index == 0:
            results["output"] = output
            results |= {
                f"gradient/{path}": parameter.grad.clone()
                for path, parameter in module.named_parameters()
                if parameter.requires_grad
            }
    module.eval()
    with torch.no_grad():
        results["evaluation"] = module(inputs[0])
    results |= {f"final/{path}": value for path, value in module.state_dict().items()}
    arrays = {key: value.detach().numpy().astype(numpy.float64) for key, value in results.items()}
    return arrays | {"losses": numpy.array(losses)}


def strays(exact, rough):
    """The largest difference of each kind of result, relative where a tensor's values exceed 1."""
    worst = {}
    for key, value in exact.items():
        kind = key.split("/")[0]
        scale = max(1.0, float(numpy.abs(value).max()))
        difference = float(numpy.abs(value - rough[key]).max()) / scale
        worst[kind] = max(worst.get(kind, 0.0), difference)
    return worst


if __name__ == "__main__":
    main(sys.argv[1:])
