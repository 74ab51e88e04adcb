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

Predictions agree if their largest |difference| is at most the tolerance times their largest |value|;
a tensor after the step if it is at most the tolerance times the largest change the step made in it;
1e-6 is allowed besides. Computes in float64. Exit status 1 if something differs, 2 for files that
cannot be used.

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
        updater = optimizer(arguments.optimizer, module.parameters())
        value, _ = step(module, arguments.loss, updater, x, y)
        print(f"loss of the batch: {value:.6f}")
        after = load_file(arguments.after)
        if report.same_names("after", after, module.state_dict()):
            for path, expected in module.state_dict().items():
                moved = (expected - saved[path].double()).abs().max().item()
                report.compare(
                    f"after/{path}", after[path], expected, moved, f"of {moved:.1e} moved"
                )
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


if __name__ == "__main__":
    main()
