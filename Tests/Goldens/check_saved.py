#!/usr/bin/env python3
"""Checks files saved by Espalier from outside, in PyTorch.

    check_saved.py WEIGHTS DATA [--predictions FILE] [--after FILE --loss KIND --optimizer TEXT]
                   [--probabilities] [--tolerance 1e-4]

WEIGHTS is what `save FILE.safetensors` wrote: every parameter and running statistic under its path, and
in the metadata under `network` the text that rebuilds the network. DATA holds `x` and `y`. The network
is rebuilt in PyTorch from the text, its state is loaded by the paths, and these are compared:
- the names and shapes of all tensors with those PyTorch has for the text;
- with --predictions, what `predict > FILE.safetensors` wrote with the network's outputs in evaluation
  mode: the one tensor of the file, or the one named `output`. --probabilities compares their softmax;
- with --after, the weights saved after one step on all of DATA as one batch with PyTorch's after the
  same step: `--loss cross_entropy --optimizer "sgd lr=0.1"`.

Predictions agree if their largest |difference| is at most the tolerance times their largest |value|.
A tensor after the step agrees if the norm of the difference is at most the tolerance times the norm
of the change that the step made, and three times as far as PyTorch's own step in float32 strays: the
kinks of relu and adam's division by tiny gradients make a step sensitive to rounding. An absolute 1e-6
is allowed besides. Compares with results in float64. Exit status 1 if something differs, 2 for files
that cannot be used.

Example: espalier -e 'seed 1; input 1x24; add conv 8 3; add bn; add relu; add gap; add dense 2' \\
                  -e 'data safetensors data.safetensors; batch 16; optimizer sgd lr=0.1' \\
                  -e 'save before.safetensors; predict > output.safetensors' \\
                  -e 'step; save after.safetensors'
         check_saved.py before.safetensors data.safetensors --predictions output.safetensors \\
                        --after after.safetensors --optimizer 'sgd lr=0.1'
"""

import argparse
import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file

from modules import network
from reader import SpecError
from training import optimizer, step


def main():
    arguments = parse()
    try:
        with safe_open(arguments.weights, "pt") as file:
            text = (file.metadata() or {}).get("network")
        if text is None:
            sys.exit(unusable(f"{arguments.weights}: no text under `network` in the metadata"))
        module = network(text).double()
    except (OSError, SpecError) as error:
        sys.exit(unusable(f"{arguments.weights}: {error}"))
    saved = load_file(arguments.weights)
    report = Report(arguments.tolerance)
    if not report.same_names("saved", saved, module.state_dict()):
        sys.exit(1)
    module.load_state_dict({path: value.double() for path, value in saved.items()})
    learnable = sum(value.numel() for value in module.parameters())
    running = sum(value.numel() for value in module.buffers())
    print(f"network: {len(saved)} tensors, {learnable:,} learnable, {running:,} running")

    data = load_file(arguments.data)
    x = data["x"].double()
    y = data["y"].long() if not data["y"].is_floating_point() else data["y"].double()
    if arguments.predictions:
        check_predictions(report, module, x, arguments)
    if arguments.after:
        check_step(report, text, saved, x, y, arguments)
    print("agrees" if report.agrees else "DIFFERS")
    sys.exit(0 if report.agrees else 1)


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights")
    parser.add_argument("data")
    parser.add_argument("--predictions")
    parser.add_argument("--probabilities", action="store_true")
    parser.add_argument("--after")
    parser.add_argument("--loss", default="cross_entropy")
    parser.add_argument("--optimizer", default="sgd lr=0.1")
    parser.add_argument("--tolerance", type=float, default=1e-4)
    return parser.parse_args()


def unusable(message):
    """Prints why a file cannot be used; the exit status for it."""
    print(message, file=sys.stderr)
    return 2


def check_predictions(report, module, x, arguments):
    predictions = load_file(arguments.predictions)
    name = next(iter(predictions)) if len(predictions) == 1 else "output"
    if name not in predictions:
        sys.exit(unusable(f"{arguments.predictions}: several tensors, but none is named output"))
    module.eval()
    with torch.no_grad():
        expected = module(x)
    if arguments.probabilities:
        expected = expected.softmax(dim=1)
    largest = expected.abs().max().item()
    report.compare("predictions", predictions[name], expected, largest, f"of up to {largest:.1e}")


def check_step(report, text, saved, x, y, arguments):
    states = {}
    for precision in (torch.float64, torch.float32):
        module = network(text).to(precision)
        module.load_state_dict({path: value.to(precision) for path, value in saved.items()})
        updater = optimizer(arguments.optimizer, module.parameters())
        targets = y.to(precision) if y.is_floating_point() else y
        value, _ = step(module, arguments.loss, updater, x.to(precision), targets)
        states[precision] = {path: value.double() for path, value in module.state_dict().items()}
        if precision == torch.float64:
            print(f"loss of the batch: {value:.6f}")
    after = load_file(arguments.after)
    if not report.same_names("after", after, states[torch.float64]):
        return
    for path, expected in states[torch.float64].items():
        moved = (expected - saved[path].double()).norm().item()
        stray = (expected - states[torch.float32][path]).norm().item()
        report.compare_step(f"after/{path}", after[path], expected, moved, stray)


class Report:
    """Prints comparisons and remembers whether all of them agreed."""

    def __init__(self, tolerance):
        self.tolerance = tolerance
        self.agrees = True

    def same_names(self, label, found, expected):
        """Whether names and shapes are the same; prints those that are not."""
        faults = [f"{path} is missing" for path in expected if path not in found]
        faults += [f"{path} is not of the network" for path in found if path not in expected]
        faults += [
            f"{path} is {list(found[path].shape)}, expected {list(expected[path].shape)}"
            for path in expected
            if path in found and found[path].shape != expected[path].shape
        ]
        for fault in faults:
            print(f"{label}: {fault}")
        self.agrees = self.agrees and not faults
        return not faults

    def compare(self, label, found, expected, scale, remark):
        """Prints the largest difference of a tensor and judges it by the tolerance times a scale."""
        if found.numel() != expected.numel():
            print(f"{label}: {list(found.shape)}, expected {list(expected.shape)}  DIFFERS")
            self.agrees = False
            return
        difference = (found.double().reshape(expected.shape) - expected).abs().max().item()
        verdict = "" if difference <= self.tolerance * scale + 1e-6 else "  DIFFERS"
        print(f"{label}: largest difference {difference:.1e} {remark}{verdict}")
        self.agrees = self.agrees and not verdict

    def compare_step(self, label, found, expected, moved, stray):
        """Prints how far a tensor is from the expected one after a step, and judges it."""
        distance = found.double() - expected
        norm = distance.norm().item()
        agrees = norm <= self.tolerance * moved + 3 * stray or distance.abs().max().item() <= 1e-6
        share = norm / moved if moved > 0 else 0.0
        torch_share = stray / moved if moved > 0 else 0.0
        verdict = "" if agrees else "  DIFFERS"
        print(
            f"{label}: off by {share:.1e} of the {moved:.1e} moved;"
            f" float32 in PyTorch by {torch_share:.1e}{verdict}"
        )
        self.agrees = self.agrees and agrees


if __name__ == "__main__":
    main()
