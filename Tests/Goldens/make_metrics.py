#!/usr/bin/env python3
"""Writes the figures of scikit-learn that Espalier's metrics are held against, to Tests/Goldens/Metrics/metrics.json.

    python3 Tests/Goldens/make_metrics.py

Needs numpy and scikit-learn (made with numpy 2.4.6 and scikit-learn 1.9.1). Outputs and targets are rounded to
float32, from which both sides compute.
"""

import json
import warnings
from pathlib import Path

import numpy
from sklearn import metrics

FILE = Path(__file__).resolve().parent / "Metrics" / "metrics.json"


def main():
    warnings.simplefilter("ignore")
    draws = numpy.random.default_rng(11)
    FILE.parent.mkdir(exist_ok=True)
    cases = {
        "classes": [
            classes("four even classes", 4, draws.integers(0, 4, 60), draws, pull=1.0),
            classes("uneven classes", 3, draws.choice(3, 80, p=[0.8, 0.15, 0.05]), draws, pull=1.5),
            classes("a class that never occurs", 5, draws.choice([0, 1, 3, 4], 50), draws, pull=1.0),
            classes("a class that is never predicted", 4, draws.integers(0, 4, 50), draws, pull=1.0, never=[2]),
            classes("a class that neither occurs nor is predicted", 4, draws.choice([0, 1, 3], 40), draws, pull=1.0, never=[2]),
            classes("one class alone", 3, numpy.zeros(10, int), draws, pull=0.5),
            classes("twelve classes", 12, draws.integers(0, 12, 200), draws, pull=1.2),
            classes("one example", 3, numpy.array([1]), draws, pull=9.0),
        ],
        "binary": [binary("two classes by one score", draws.integers(0, 2, 40), draws),
                   binary("all of the second class", numpy.ones(12, int), draws)],
        "numbers": [
            numbers("one output", draws.normal(size=(30, 1)), draws, 0.5),
            numbers("three outputs", draws.normal(size=(25, 3)) * [1, 10, 100] + [0, 5, -1000], draws, 2.0),
            numbers("outputs that are right", draws.normal(size=(9, 2)), draws, 0.0),
            numbers("targets that are all the same", numpy.full((8, 1), 0.1), draws, 0.3),
            numbers("the same target, found", numpy.full((8, 1), 0.1), draws, 0.0),
            numbers("worse than the mean", draws.normal(size=(20, 1)), draws, 4.0),
        ],
    }
    draws = numpy.random.default_rng(12)
    cases["labels"] = [
        labels("four labels", draws.integers(0, 2, (40, 4)), draws),
        labels("a label that never occurs", draws.integers(0, 2, (30, 3)) * [1, 0, 1], draws),
        labels("a label that is never predicted", draws.integers(0, 2, (30, 3)), draws, never=[1]),
        labels("a label that neither occurs nor is predicted", draws.integers(0, 2, (20, 2)) * [1, 0], draws, never=[1]),
        labels("one label", draws.integers(0, 2, (25, 1)), draws),
    ]
    groups = (f' "{name}": [\n  ' + ",\n  ".join(map(json.dumps, group)) + "]" for name, group in cases.items())
    FILE.write_text("{\n" + ",\n".join(groups) + "\n}\n")


def classes(name, count, labels, draws, pull, never=()):
    scores = draws.normal(size=(len(labels), count))
    scores[numpy.arange(len(labels)), labels] += pull
    scores[:, list(never)] -= 100
    scores = scores.astype(numpy.float32)
    case = of_classes(name, labels, scores.argmax(1))
    case["outputs"] = singles(scores)
    case["classes"] = count
    case["matrix"] = metrics.confusion_matrix(labels, scores.argmax(1), labels=range(count)).tolist()
    by_class = metrics.precision_recall_fscore_support(
        labels, scores.argmax(1), labels=range(count), zero_division=0)
    case["by_class"] = [figures.tolist() for figures in by_class]
    case["ious"] = metrics.jaccard_score(labels, scores.argmax(1), labels=range(count), average=None, zero_division=0).tolist()
    if count > 2:
        case["top"] = [
            metrics.top_k_accuracy_score(labels, scores, k=k, labels=range(count))
            for k in range(1, min(count, 11))
        ]
    return case


def binary(name, labels, draws):
    scores = (draws.normal(size=len(labels)) + labels - 0.5).astype(numpy.float32)
    case = of_classes(name, labels, (scores > 0).astype(int))
    case["outputs"] = singles(scores)
    case["classes"] = 2
    case["matrix"] = metrics.confusion_matrix(labels, scores > 0, labels=range(2)).tolist()
    return case


def of_classes(name, labels, predicted):
    macro = {"average": "macro", "zero_division": 0}
    return {
        "name": name,
        "labels": labels.tolist(),
        "accuracy": metrics.accuracy_score(labels, predicted),
        "balanced": metrics.balanced_accuracy_score(labels, predicted),
        "precision": metrics.precision_score(labels, predicted, **macro),
        "recall": metrics.recall_score(labels, predicted, **macro),
        "f1": metrics.f1_score(labels, predicted, **macro),
        "iou": metrics.jaccard_score(labels, predicted, **macro),
    }


def numbers(name, targets, draws, noise):
    targets = targets.astype(numpy.float32)
    outputs = (targets + noise * draws.normal(size=targets.shape)).astype(numpy.float32)
    wide_targets, wide_outputs = targets.astype(float), outputs.astype(float)
    return {
        "name": name,
        "targets": singles(targets),
        "outputs": singles(outputs),
        "width": targets.shape[1],
        "mae": metrics.mean_absolute_error(wide_targets, wide_outputs),
        "rmse": metrics.root_mean_squared_error(wide_targets, wide_outputs),
        "r2": metrics.r2_score(wide_targets, wide_outputs),
        "psnr": decibels(wide_targets, wide_outputs),
    }


def decibels(targets, outputs):
    """The peak signal-to-noise ratio by the range of the targets, as scikit-image has it; null where it is no number."""
    spread, error = numpy.ptp(targets), metrics.mean_squared_error(targets.ravel(), outputs.ravel())
    return None if spread == 0 or error == 0 else 10 * numpy.log10(spread**2 / error)


def labels(name, targets, draws, never=()):
    outputs = (draws.normal(size=targets.shape) + targets - 0.5).astype(numpy.float32)
    outputs[:, list(never)] -= 100
    # One column alone is of one label, not of two classes.
    wide, predicted = (numpy.column_stack([both, numpy.zeros(len(both), int)]) for both in (targets, outputs > 0))
    kept = list(range(targets.shape[1]))
    macro = {"average": "macro", "labels": kept, "zero_division": 0}
    return {
        "name": name,
        "targets": singles(targets),
        "outputs": singles(outputs),
        "width": targets.shape[1],
        "accuracy": float((targets == (outputs > 0)).mean()),
        "exact": metrics.accuracy_score(wide, predicted),
        "precision": metrics.precision_score(wide, predicted, **macro),
        "recall": metrics.recall_score(wide, predicted, **macro),
        "f1": metrics.f1_score(wide, predicted, **macro),
        "micro_f1": metrics.f1_score(wide, predicted, average="micro", labels=kept, zero_division=0),
    }


def singles(values):
    """In the fewest digits that give the same float32."""
    return [float(str(value)) for value in values.astype(numpy.float32).ravel()]


if __name__ == "__main__":
    main()
