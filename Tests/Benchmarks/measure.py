#!/usr/bin/env python3
"""Runs Espalier and PyTorch in turns and prints medians and ratios as a table.

    measure.py PROGRAM FOLDER [--torch PYTHON] [--rounds 5] [--threads 2] [NETWORK...]

PROGRAM is espalier, FOLDER holds the data that `examples.py` wrote. Needs nothing but Python; PYTHON
is one that has torch. Every figure comes from a process of its own, espalier and PyTorch one after the
other in every round, so that what else the machine does falls on both. On a busy machine threads wait
for each other and medians say little: the best of the rounds is then the fairer comparison.

A program under test prints lines; these count, all others are left alone:
    rate NAME X     training steps a second
    stepped         the first training step is finished
    took X s        seconds of a command, as `time` tells them
Times to the first step run from the start of the process to that line. Memory is the peak resident
set of the whole process.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass
class Setting:
    """A network, espalier's and PyTorch's steps to warm up and to measure, and the ratio wanted."""

    name: str
    espalier: tuple
    peer: tuple
    wanted: float
    base: str = ""

    @property
    def script(self):
        """The network of espalier that a variant of PyTorch's is compared with."""
        return self.base or self.name


SETTINGS = [
    Setting("seed_block", (2000, 15000), (300, 2000), 8),
    Setting("wang", (10, 80), (5, 60), 1.3),
    Setting("resnet20", (3, 30), (3, 25), 1.3),
    Setting("resnet20_nhwc", (3, 30), (3, 25), 1.3, base="resnet20"),
]


@dataclass
class Run:
    """What a process printed and took."""

    rate: float = None
    took: list = field(default_factory=list)
    seconds_to_step: float = None
    megabytes: float = 0


@dataclass
class Figures:
    """The runs of one program for one network."""

    runs: list = field(default_factory=list)

    def median(self, name):
        values = [getattr(run, name) for run in self.runs if getattr(run, name) is not None]
        return statistics.median(values) if values else None

    def best(self):
        return max((run.rate for run in self.runs if run.rate is not None), default=None)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("networks", nargs="*")
    parser.add_argument("--torch")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_intermixed_args()
    names = [setting.name for setting in SETTINGS] + ["first_step"]
    for name in options.networks:
        if name not in names:
            parser.error(f"no such network: {name}; there are {', '.join(names)}")
    chosen = [name for name in names if not options.networks or name in options.networks]

    print(f"{options.rounds} rounds in turns, {options.threads} threads each, {load()}")
    rows = [row for name in chosen for row in measured(name, options)]
    print_table(rows)
    print(f"at the end {load()}")


def measured(name, options):
    """The rows of a network, after its rounds."""
    ours, theirs = Figures(), Figures()
    setting = next((setting for setting in SETTINGS if setting.name == name), None)
    script = setting.script if setting else name
    data = options.folder / f"{script if setting else 'seed_block'}.safetensors"
    ours_steps, peer_steps = (setting.espalier, setting.peer) if setting else ((), (0, 0))
    espalier = [options.program, "--batch", "--threads", options.threads]
    espalier += [HERE / f"{script}.esp", data, *ours_steps]
    network = name if setting else "seed_block"
    peer = [options.torch, HERE / "peer.py", network, *peer_steps, options.threads]
    for number in range(options.rounds):
        progress(f"{name}: round {number + 1} of {options.rounds}")
        ours.runs.append(run(espalier))
        if options.torch:
            theirs.runs.append(run(peer))
    progress("")
    if setting is None:
        return [Row("start to first step, ms", ours, theirs, "seconds_to_step", 20, 1000, True)]
    return [
        Row(f"{name}, steps/s", ours, theirs, "rate", setting.wanted),
        Row("  best of the rounds", ours, theirs, "best", setting.wanted),
        Row("  peak memory, MB", ours, theirs, "megabytes", 1, 1, True),
    ]


def run(command, may_fail=False):
    """Runs a command to its end; a failure ends everything with what it printed, or has no result if it may fail."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    result, lines = Run(), []
    for line in process.stdout:
        lines.append(line)
        words = line.split()
        if words == ["stepped"]:
            result.seconds_to_step = time.perf_counter() - begin
        elif len(words) == 3 and words[0] == "rate":
            result.rate = float(words[2])
        elif words[:1] == ["took"]:
            result.took.append(float(words[1]))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        progress("")
        if may_fail:
            return None
        print("".join(lines), end="", file=sys.stderr)
        sys.exit(f"{' '.join(map(str, command))}: exit status {process.returncode}")
    result.megabytes = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return result


class Row:
    """A line of the table: medians of both programs, and how many times better ours is."""

    def __init__(self, label, ours, theirs, figure, wanted=None, factor=1, less_is_better=False):
        take = (
            (lambda runs: runs.best()) if figure == "best" else (lambda runs: runs.median(figure))
        )
        self.label, self.wanted = label, wanted
        values = [take(ours), take(theirs)]
        self.ours, self.theirs = [value and value * factor for value in values]
        self.ratio = None
        if self.ours and self.theirs:
            self.ratio = self.theirs / self.ours if less_is_better else self.ours / self.theirs

    def cells(self):
        wanted = "" if self.wanted is None else f"{self.wanted:g}x"
        verdict = ""
        if self.ratio and self.wanted:
            verdict = "yes" if self.ratio >= self.wanted else "no"
        ratio = f"{self.ratio:.2f}x" if self.ratio else ""
        return [self.label, number(self.ours), number(self.theirs), ratio, wanted, verdict]


def print_table(rows):
    """Names to the left, figures to the right."""
    table = [["", "Espalier", "PyTorch", "ratio", "wanted", "reached"]]
    table += [row.cells() for row in rows]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]
        print("  ".join(cells).rstrip())


def number(value):
    """Three digits, or whole from a thousand on; a dash for what was not measured."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def load():
    """How busy the machine is, since that decides how far figures can be trusted."""
    return "load " + " ".join(f"{value:.1f}" for value in os.getloadavg())


def progress(text):
    """The round at hand, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
