#!/usr/bin/env python3
"""Steps of several processes beside those of one, and what a model says of more of them.

    scaling.py PROGRAM FOLDER [--rounds 3] [--rates 1000,200] [--before WORDS] [--figures FILE] [NETWORK...]

One process, then two with a batch of the same size each, in turns, each on one thread: efficiency is the time of
one's step by that of two. `--rates` does the same between two network namespaces, whose link takes so many Mbit/s
(needs root, ip and tc). `--before` is put before what is measured, such as 'chrt -f 10'. The model takes the times
of a step's parts from `plan`, and latency and bandwidth from allreduce.c; `--figures` keeps everything for
`scaling_picture.py`.
"""

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import networks

HERE = Path(__file__).resolve().parent
NAMES = ("seed", "resnet20", "resnet18")
STEPS = {"seed": (200, 1500), "resnet20": (3, 20), "resnet18": (1, 4)}
COUNTS = (2, 8, 16, 32, 64, 128, 256, 512, 1024)

# Floats of a bucket of gradients, as Sources/Engine/Plan/GradientBucket.swift has it.
BUCKET = 1 << 18


# ---- Running


def environment():
    return {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}


def output(words, before=()):
    """What a command prints; it ends all where it fails thrice, as mpirun may on a busy machine."""
    for _ in range(3):
        run = subprocess.run(
            [*before, *map(str, words)],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if run.returncode == 0:
            break
    if run.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}\n{run.stdout[-2000:]}")
    return run.stdout


def here(count):
    """The words that begin so many processes on this machine."""
    return ["mpirun", "-n", count, "--bind-to", "core"]


class Namespaces:
    """Two network namespaces and a link between them that takes so many Mbit/s."""

    def __init__(self, rate, folder):
        self.folder = folder
        self.agent = folder / "agent"
        self.agent.write_text(
            '#!/bin/sh\nhost=$1\nshift\nnumber=${host##*.}\n'
            'exec ip netns exec "espalier$number" unshare --uts '
            'sh -c "hostname espalier$number; $*"\n'
        )
        self.agent.chmod(0o755)
        self.remove()
        for number in (1, 2):
            output(["ip", "netns", "add", f"espalier{number}"])
        output(
            "ip link add esplink1 netns espalier1 type veth peer name esplink2 netns espalier2".split()
        )
        for number in (1, 2):
            inside = ["ip", "-n", f"espalier{number}"]
            link = f"esplink{number}"
            output([*inside, "addr", "add", f"10.77.0.{number}/24", "dev", link])
            output([*inside, "link", "set", link, "up"])
            output([*inside, "link", "set", "lo", "up"])
            output(
                f"ip netns exec espalier{number} tc qdisc add dev {link} root "
                f"tbf rate {rate}mbit burst 64kb latency 50ms".split()
            )

    def words(self):
        """The words that begin one process in each."""
        return [
            *"ip netns exec espalier1 unshare --uts sh -c".split(),
            'hostname espalier1; exec "$@"',
            "sh",
            "mpirun",
            *"-n 2 --bind-to none --host 10.77.0.1:1,10.77.0.2:1 --mca btl tcp,self".split(),
            *"--mca btl_tcp_if_include 10.77.0.0/24 --mca oob_tcp_if_include 10.77.0.0/24".split(),
            *f"--mca plm_rsh_agent {self.agent}".split(),
        ]

    def remove(self):
        for number in (1, 2):
            subprocess.run(
                ["ip", "netns", "del", f"espalier{number}"], stderr=subprocess.DEVNULL
            )


def link(begin, folder, before, rounds=40):
    """Latency in seconds and bytes a second of sums over two processes."""
    program = folder / "allreduce"
    if not program.exists():
        output(["mpicc", "-O2", HERE / "allreduce.c", "-o", program])
    times = {}
    for line in output([*begin, program, rounds], before).splitlines():
        size, micros = line.split()
        times[int(size)] = float(micros) / 1e6
    small, large = times[8], times[4 * BUCKET]
    # Two processes exchange a short message once, and halves of a long one twice.
    return small, 4 * BUCKET / (large - 2 * small)


def script(name, processes, folder):
    """The commands that train a network on a batch of the same size for each process."""
    setting = networks.SETTINGS[name]
    inside = folder / f"{processes}"
    inside.mkdir(exist_ok=True)
    data = networks.data_file(name, setting, inside, setting.batch * processes)
    warmup, steps = STEPS[name]
    lines = networks.network_lines(setting)
    lines += [f"data safetensors {data}", f"batch {setting.batch}", "optimizer sgd lr=0.001"]
    lines += [f"step {warmup}", f"step {steps}"]
    path = inside / f"{name}.esp"
    path.write_text("\n".join(lines) + "\n")
    return path


def step(begin, program, path, before):
    """Seconds of a step, the share of it that went by in waiting, and the share of the sums that did not."""
    text = output([*begin, program, "--no-record", "--json", "--threads", 1, path], before)
    answers = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    runs = [one["data"]["networks"] for one in answers if "networks" in (one.get("data") or {})]
    last = runs[-1][0]
    seconds, times = last["seconds"] / last["steps"], last.get("processes")
    if not times:
        return seconds, None, None
    waited = (times["losses"] + times["statistics"] + times["gradients"]) / last["seconds"]
    hidden = 1 - times["gradients"] / times["flight"] if times["flight"] else None
    return seconds, waited, hidden


def parts(program, name, folder, before):
    """Seconds forward, backward and of the update, and the buckets: bytes, and when in the backward pass each is whole."""
    setting = networks.SETTINGS[name]
    data = networks.data_file(name, setting, folder / "1", setting.batch)
    plan, summary = folder / f"{name}.plan.json", folder / f"{name}.summary.json"
    lines = networks.network_lines(setting)
    lines += [f"data safetensors {data}", f"batch {setting.batch}"]
    lines += [f"plan > {plan}", f"summary > {summary}"]
    path = folder / f"{name}.parts.esp"
    path.write_text("\n".join(lines) + "\n")
    output([program, "--threads", 1, path], before)
    steps = json.loads(plan.read_text())["data"]["steps"]
    seconds = {"forward": 0.0, "backward": 0.0, "recompute": 0.0, "update": 0.0}
    whole = {}
    for one in steps:
        seconds[one["pass"]] += one["median_us"] / 1e6
        if one["pass"] == "backward":
            whole[one["path"]] = seconds["backward"]
    layers = json.loads(summary.read_text())["data"]["layers"]
    buckets, floats, end = [], 0, 0.0
    for layer in reversed(layers):
        if not layer["learnable"]:
            continue
        floats += layer["learnable"]
        end = max(end, whole.get(layer["path"], 0.0))
        if floats >= BUCKET or layer is layers[0]:
            buckets.append((4 * floats, end))
            floats = 0
    if floats:
        buckets.append((4 * floats, seconds["backward"]))
    return seconds, buckets


# ---- The model


@dataclass
class Talk:
    """What talking costs: latency in seconds, bytes a second, and seconds of a step that are no link's."""

    latency: float
    bandwidth: float
    overhead: float = 0.0

    def sum(self, size, count):
        """Seconds of a sum of so many bytes: in a ring, or by doubling where that is quicker."""
        ring = 2 * (count - 1) * (self.latency + size / count / self.bandwidth)
        doubling = math.ceil(math.log2(count)) * (self.latency + size / self.bandwidth)
        return min(ring, doubling)


def modelled(kept, count, talk, overlaps=True):
    """Seconds of a step of so many processes.

    Buckets go one after the other, each when it is whole while the backward pass goes on, or all behind it where
    nothing overlaps. All meet before a step and for the losses, which takes a short sum each, and one more for
    running statistics.
    """
    backward = kept["seconds"]["backward"]
    free = 0.0
    for size, end in kept["buckets"]:
        free = max(free, end if overlaps else backward) + talk.sum(size, count)
    meetings = 3 * talk.sum(40, count)
    return kept["alone"] + max(0.0, free - backward) + meetings + talk.overhead


# ---- The tables


def row(cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def heads(cells):
    row(cells)
    row("---" if index == 0 else "--:" for index, _ in enumerate(cells))


def milliseconds(seconds):
    return networks.duration(1000 * seconds)


def percent(share):
    return "-" if share is None else f"{100 * share:.0f} %"


def options_of():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("networks", nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rates", default="")
    parser.add_argument("--before", default="")
    parser.add_argument("--figures", type=Path)
    options = parser.parse_intermixed_args()
    for name in options.networks:
        if name not in STEPS:
            parser.error(f"no such network: {name}; there are {', '.join(STEPS)}")
    if shutil.which("mpirun") is None:
        sys.exit("scaling.py needs mpirun; try: apt-get install openmpi-bin")
    options.folder = options.folder.resolve() / "scaling"
    (options.folder / "1").mkdir(parents=True, exist_ok=True)
    options.program = Path(options.program).resolve()
    options.before = options.before.split()
    return options


def measured(name, begin, options):
    """Medians over rounds of one process and of two, in turns."""
    alone, together, waits, hidden = [], [], [], []
    for _ in range(options.rounds):
        alone.append(step([], options.program, script(name, 1, options.folder), options.before)[0])
        one, wait, share = step(
            begin, options.program, script(name, 2, options.folder), options.before
        )
        together.append(one)
        waits += [wait] if wait is not None else []
        hidden += [share] if share is not None else []
    middle = statistics.median
    return (
        middle(alone),
        middle(together),
        middle(waits) if waits else None,
        middle(hidden) if hidden else None,
    )


def main():
    options = options_of()
    names = options.networks or NAMES
    talks, figures = {}, {"networks": {}, "model": list(COUNTS)}
    known = {name: parts(options.program, name, options.folder, options.before) for name in names}
    places = [("shared memory", None)]
    places += [(f"{rate} Mbit/s", int(rate)) for rate in options.rates.split(",") if rate]
    overhead = 0.0
    heads(
        ["network", "link", "one, ms", "two, ms", "efficiency", "model", "waited", "sums hidden"]
    )
    for place, rate in places:
        spaces = Namespaces(rate, options.folder) if rate else None
        try:
            begin = spaces.words() if spaces else here(2)
            latency, bandwidth = link(begin, options.folder, options.before)
            talks[place] = talk = Talk(latency, bandwidth, overhead)
            for name in names:
                seconds, buckets = known[name]
                alone, together, waited, hidden = measured(name, begin, options)
                kept = figures["networks"].setdefault(
                    name, {"alone": alone, "seconds": seconds, "buckets": buckets, "two": {}}
                )
                kept["alone"] = alone
                if not rate and name == "seed":
                    # What is left of so short a step is what talking takes of the processor.
                    talk.overhead = overhead = max(0.0, together - modelled(kept, 2, talk))
                worst, best = (alone / modelled(kept, 2, talk, overlaps) for overlaps in (False, True))
                model = percent(best)
                if percent(worst) != model:
                    model = f"{percent(worst)} to {model}"
                cells = [name, place, milliseconds(alone), milliseconds(together)]
                row([*cells, percent(alone / together), model, percent(waited), percent(hidden)])
                kept["two"][place] = {"alone": alone, "together": together, "hidden": hidden}
        finally:
            if spaces:
                spaces.remove()
    print()
    heads(["link", "latency, µs", "GB/s"])
    for place, talk in talks.items():
        row([place, f"{1e6 * talk.latency:.1f}", f"{talk.bandwidth / 1e9:.3f}"])
    print(f"\n{1e6 * overhead:.0f} µs of each step go by in talking besides that\n")
    # Links as they are sold, with the latency that TCP has between namespaces here.
    latency = max([talk.latency for talk in talks.values()])
    heads(["network", "link", *COUNTS])
    for name in names:
        kept = figures["networks"][name]
        kept["model"] = {}
        for place, bits in (("1 Gbit/s", 1e9), ("10 Gbit/s", 1e10), ("100 Gbit/s", 1e11)):
            talk = Talk(latency, bits / 8, overhead)
            line = [kept["alone"] / modelled(kept, count, talk) for count in COUNTS]
            kept["model"][place] = list(zip(COUNTS, line))
            row([name, place, *map(percent, line)])
    if options.figures:
        options.figures.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
