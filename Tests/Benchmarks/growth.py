#!/usr/bin/env python3
"""How cost grows with depth, width, batch, length and threads, and that of the program with what is typed.

    growth.py PROGRAM FOLDER [--rounds 3] [--threads 1] [--most 1000000] [--svg FILE] [--figures FILE] [SWEEP...]

PROGRAM is espalier, FOLDER is for scripts and data. Each figure is the median of the rounds, each from a process
of its own: `time` tells what lines, plans and first steps take, `plan > FILE.json` the median of a whole step,
`memory > FILE.json` the bytes of one. Tables are Markdown. Below each column stands its slope: the exponent with
which it grew between the last value and the one at most a tenth of it; 1 is linear. `--most` leaves out larger
values, `--figures` keeps all of them as JSON, from which `growth_picture.py` draws what `--svg` does.
"""

import argparse
import json
import math
import multiprocessing
import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import growth_picture
import measure
from examples import contents

RESIDUAL = "residual act=relu { conv %d 3; bn; relu; conv %d 3; bn }"


@dataclass
class Point:
    """A network to measure: commands around its blocks, the blocks, whose typing is timed, input and batch."""

    blocks: str
    shape: tuple
    batch: int
    before: str = ""
    after: str = "add gap; add dense 4"


@dataclass
class Sweep:
    """What grows, its values, what is measured at each, and the figures shown, with the slope that is linear."""

    title: str
    axis: str
    values: tuple
    point: object
    columns: dict


def stack(count, width):
    """So many residual blocks in a row."""
    return f"add seq {{ for i in 1..{count} {{ {RESIDUAL % (width, width)} }} }}; unwrap seq1"


def series(blocks):
    """A point of a sweep over positions: two examples of one channel."""
    return lambda length: Point(blocks, (1, length), 2)


BUILD, LINE, PAPER = "typed, ms", "one more line, ms", "memory, ms"
FIRST, STEP, BYTES, PEAK = "first step, ms", "step, ms", "step, MB", "process, MB"
LENGTHS = (100, 1000, 10_000, 100_000, 1_000_000)
SWEEPS = {
    "depth": Sweep(
        "residual blocks of two convolutions of 16 channels, 64 positions, batch 8",
        "blocks",
        (1, 10, 100, 1000),
        lambda n: Point(stack(n, 16), (16, 64), 8),
        {BUILD: 1, LINE: 0, PAPER: 1, FIRST: 1, STEP: 1, BYTES: 1, PEAK: 1},
    ),
    "width": Sweep(
        "channels of four such blocks, 64 positions, batch 8; multiply-adds grow with the square",
        "channels",
        (16, 32, 64, 128, 256, 512),
        lambda n: Point(stack(4, n), (n, 64), 8),
        {PAPER: 0, FIRST: 2, STEP: 2, BYTES: 2},
    ),
    "batch": Sweep(
        "examples of a batch, four such blocks of 16 channels, 64 positions",
        "examples",
        (1, 10, 100, 1000, 10_000),
        lambda n: Point(stack(4, 16), (16, 64), n),
        {PAPER: 0, FIRST: 1, STEP: 1, BYTES: 1},
    ),
    "length": Sweep(
        "positions of a series, `conv 8 9`, a residual block of two and normalizations between, batch 2",
        "positions",
        LENGTHS,
        series("add conv 8 9; add bn; add relu; add residual act=relu { conv 8 9; bn; relu; conv 8 9; bn }"),
        {PAPER: 0, FIRST: 1, STEP: 1, BYTES: 1, PEAK: 1},
    ),
    "lstm": Sweep(
        "positions of a series, `lstm 8`, batch 2",
        "positions",
        LENGTHS,
        series("add lstm 8"),
        {PAPER: 0, FIRST: 1, STEP: 1, BYTES: 1, PEAK: 1},
    ),
    "attention": Sweep(
        "positions of a series, `attention 2` on 16 channels, batch 2; multiply-adds grow with the square",
        "positions",
        (100, 1000, 10_000),
        series("add conv 16 1; add residual { attention 2 }"),
        {PAPER: 0, FIRST: 2, STEP: 2, BYTES: 1, PEAK: 1},
    ),
}

# What the program itself does, so many times: commands before, and what is repeated, each on a line of its own.
LINES = {
    "`add`, in one network": ("input 4", "add relu", 1000),
    "`set`": ("input 4; add dense 4", "set dense1 units=3; set dense1 units=4", 1000),
    "`add` and `undo`": ("input 4", "add relu; undo", 1000),
    "a refusal": ("input 4; add dense 4", "try { add conv 3 }", 1000),
    "a run of one epoch": ("data moons count=20; add dense 4; add dense 2", "train 1", 100),
}
EPOCHS = ("an epoch of one run", "data moons count=20; add dense 4; add dense 2", 1000)
THREADS = ("wang", "resnet20")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("sweeps", nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--figures", type=Path)
    options = parser.parse_intermixed_args()
    known = [*SWEEPS, "threads", "lines"]
    for name in options.sweeps:
        if name not in known:
            parser.error(f"no such sweep: {name}; there are {', '.join(known)}")
    chosen = options.sweeps or known
    options.folder.mkdir(parents=True, exist_ok=True)
    # Runs are recorded as they are for everybody, but not among those of the one who measures.
    os.environ["XDG_STATE_HOME"] = str(options.folder / "state")
    print(f"{options.rounds} rounds, {options.threads} threads, {measure.load()}")
    figures = {}
    for name, sweep in SWEEPS.items():
        if name in chosen:
            figures[name] = swept(name, sweep, options)
    if "threads" in chosen:
        threads_table(options)
    if "lines" in chosen:
        figures["lines"] = lines_table(options)
    print(f"\nat the end {measure.load()}")
    if options.figures:
        options.figures.write_text(json.dumps(figures, indent=1))
    if options.svg:
        options.svg.write_text(growth_picture.picture(figures))


def swept(name, sweep, options):
    """The table of a sweep, printed, and its figures: by column, pairs of value and median."""
    values = [value for value in sweep.values if value <= options.most]
    taken = {value: [] for value in values}
    for number in range(options.rounds):
        for value in values:
            measure.progress(f"{name} {value}: round {number + 1} of {options.rounds}")
            taken[value].append(measured(name, value, sweep.point(value), options))
    measure.progress("")
    medians = {
        column: [(value, statistics.median(run[column] for run in taken[value])) for value in values]
        for column in sweep.columns
    }
    print(f"\n{name}: {sweep.title}\n")
    print_row([sweep.axis, *sweep.columns])
    print_row(["---:"] * (1 + len(sweep.columns)))
    for index, value in enumerate(values):
        print_row([f"{value:,}", *(measure.number(medians[c][index][1]) for c in sweep.columns)])
    print_row(["slope", *(slope_words(medians[c], sweep.columns[c]) for c in sweep.columns)])
    return medians


def measured(name, value, point, options):
    """The figures of one process."""
    folder = options.folder
    extents = "x".join(map(str, point.shape))
    data = folder / f"growth_{extents}_{point.batch}.safetensors"
    if not data.exists():
        # A process is said to have had at least the memory of the one that began it, so this one stays small.
        writer = multiprocessing.Process(target=write_data, args=(data, point))
        writer.start()
        writer.join()
    lines = ["seed 1", f"input {extents}", *filter(None, point.before.split("; "))]
    lines += [f"time {{ {point.blocks} }}", *point.after.split("; ")]
    lines += ["time add dense 4", "undo", f"batch {point.batch}"]
    lines += [f"time memory > {folder / 'memory.json'}", f"data safetensors {data}"]
    lines += ["time step", f"plan steps=30 seconds=2 > {folder / 'plan.json'}"]
    path = folder / f"growth_{name}_{value}.esp"
    path.write_text("\n".join(lines) + "\n")
    run = measure.run([options.program, "--batch", "--threads", options.threads, path])
    build, line, paper, first = run.took
    step = json.loads((folder / "plan.json").read_text())["data"]["whole_step"]["median_us"]
    taken = json.loads((folder / "memory.json").read_text())["data"]["step"]["total"]
    return {
        BUILD: 1000 * build,
        LINE: 1000 * line,
        PAPER: 1000 * paper,
        FIRST: 1000 * first,
        STEP: step / 1000,
        BYTES: taken / 1e6,
        PEAK: run.megabytes,
    }


def write_data(path, point):
    """Writes the examples of one batch."""
    path.write_bytes(contents(path.stem, point.shape, 4, point.batch))


def threads_table(options):
    """Whole steps on one thread and on two."""
    import networks

    print("\nthreads: milliseconds of a whole step\n")
    print_row(["network", "1 thread", "2 threads", "times faster"])
    print_row(["---", "---:", "---:", "---:"])
    for name in THREADS:
        path = networks.script(name, networks.SETTINGS[name], options.folder)
        times = {1: [], 2: []}
        for _ in range(options.rounds):
            for threads, taken in times.items():
                line = [options.program, "--batch", "--threads", threads, path]
                taken.append(1000 / measure.run(line).rate)
        one, two = (statistics.median(taken) for taken in times.values())
        print_row([f"`{name}`", measure.number(one), measure.number(two), f"{one / two:.2f}"])


def lines_table(options):
    """What a line takes of many, and of ten times as many, beyond an empty program."""
    print("\nlines: microseconds each, in a file of so many and of ten times as many\n")
    print_row(["what", "lines", "each", "each of ten times as many", "slope"])
    print_row(["---", "---:", "---:", "---:", "---:"])
    figures = {}
    rows = [(what, before, [line], count) for what, (before, line, count) in LINES.items()]
    rows.append((EPOCHS[0], EPOCHS[1], [], EPOCHS[2]))
    for what, before, repeated, count in rows:
        times = {}
        for number in (0, count, 10 * count):
            lines = ["seed 1", *before.split("; ")]
            lines += repeated * number if repeated else [f"train {number}"] * (number > 0)
            path = options.folder / "growth_lines.esp"
            path.write_text("\n".join(lines) + "\n")
            seconds = [timed([options.program, "--batch", path]) for _ in range(options.rounds)]
            times[number] = statistics.median(seconds)
        each = [(n, 1e6 * (times[n] - times[0]) / n) for n in (count, 10 * count)]
        total = [(n, micros * n) for n, micros in each]
        cells = [measure.number(micros) for _, micros in each]
        print_row([what, f"{count:,}", *cells, f"{slope(total):.2f}"])
        figures[what] = total
    return figures


def timed(line):
    """Seconds of a process."""
    begin = time.perf_counter()
    measure.run(line)
    return time.perf_counter() - begin


def slope(pairs):
    """The exponent between the last value and the one at most a tenth of it, or the first."""
    last, cost = pairs[-1]
    earlier = [pair for pair in pairs if pair[0] * 10 <= last] or pairs[:1]
    value, before = earlier[-1]
    if value == last or cost <= 0 or before <= 0:
        return math.nan
    return math.log(cost / before) / math.log(last / value)


def slope_words(pairs, linear):
    """The slope, with the one that is linear in the work where that is another than 1."""
    words = f"{slope(pairs):.2f}"
    return words if linear == 1 else f"{words} of {linear}"


def print_row(cells):
    """A line of a table, at once."""
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
