#!/usr/bin/env python3
"""Measures edits of ResNet-20 while it trains, batch 64: from Enter to the first step of the edited network.

    edits.py PROGRAM DATA [--rounds 5] [--threads 2]

PROGRAM is espalier, built for release, DATA a file of examples of 3x32x32 in 10 classes, as `measure.py` makes it. The
run is paused, so that the step in hand is left out: an edit is what its answer takes, and what the first step takes
beyond the steps after it.
"""

import argparse
import os
import pty
import re
import select
import signal
import statistics
import tempfile
import time

SETUP = [
    "seed 1", "input 3x32x32", "add resnet20 10", "data safetensors {data}", "batch 64",
    "optimizer sgd lr=0.01 momentum=0.9 wd=1e-4",
]

# What is typed; `undo` takes it back.
EDITS = [
    ("set conv 5", "set resnet20.stage3.res1.conv2 kernel=5"),
    ("set act", "set resnet20.stage2.res1 act=elu"),
    ("insert relu", "insert relu after resnet20.conv1"),
    ("insert conv", "insert conv 16 3 after resnet20.relu1"),
    ("add dense", "add dense 10"),
    ("wrap residual", "wrap residual resnet20.stage3.res1.conv2"),
    ("remove", "remove resnet20.relu1"),
    ("lr", "lr 0.02"),
]


# A timed command was answered, whatever was said of the run since.
TOOK = r"(took \S+ s|error)[\s\S]*› ?$"


class Prompt:
    """The program at its plain prompt, on a pseudo-terminal."""

    def __init__(self, program, arguments=()):
        self.home = tempfile.TemporaryDirectory()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environment = {
                "TERM": "dumb", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": self.home.name,
                "INPUTRC": "/dev/null", "SWIFT_BACKTRACE": "enable=no",
            }
            os.execve(program, [program, "--plain", "--quiet", "--no-record", *arguments], environment)
        self.text = ""
        self.until("› ?$")

    def until(self, pattern, seconds=120):
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text):
            if time.monotonic() > end:
                raise SystemExit(f"edits.py: waited in vain for {pattern} in\n{self.text[-2000:]}")
            if select.select([self.fd], [], [], 0.1)[0]:
                raw = os.read(self.fd, 1 << 16).decode(errors="replace")
                self.text += re.sub(r"\x1b(\[[0-9;?]*[ -/]*[@-~]|.)", "", raw)

    def enter(self, line, pattern="› ?$"):
        self.text = ""
        os.write(self.fd, (line + "\r").encode())
        self.until(pattern)
        return self.text

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
        self.home.cleanup()


def seconds(answer):
    """The time that an answer tells of."""
    told = re.findall(r"took (\S+) s", answer)
    if not told or "error[" in answer:
        raise SystemExit(f"edits.py: no time in\n{answer}")
    return float(told[-1])


def step(prompt):
    return seconds(prompt.enter("time step", TOOK))


def cost(prompt, line, following):
    """Seconds of an edit: its answer, and what the first step after it takes beyond later ones."""
    answer = prompt.enter(f"time {line}", TOOK)
    first = step(prompt)
    later = statistics.median(step(prompt) for _ in range(following))
    return seconds(answer), first - later, later


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("data")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    prompt = Prompt(options.program, ["--threads", str(options.threads)])
    for line in SETUP:
        prompt.enter(line.format(data=os.path.abspath(options.data)))
    prompt.enter("train 1000000")
    prompt.enter("pause")
    for _ in range(3):
        step(prompt)
    taken = {name: [] for name, _ in EDITS}
    for _ in range(options.rounds):
        for name, line in EDITS:
            taken[name].append(cost(prompt, line, following=3))
            prompt.enter("undo", r"undone[\s\S]*› ?$")
            for _ in range(2):
                step(prompt)
    prompt.close()
    print("edit             answer ms  first step ms  together ms  a step ms   (medians)")
    everything = []
    for name, _ in EDITS:
        answers, firsts, steps = ([1000 * value for value in column] for column in zip(*taken[name]))
        together = [answer + first for answer, first in zip(answers, firsts)]
        everything += together if name != "lr" else []
        print(
            f"{name:16} {statistics.median(answers):9.1f} {statistics.median(firsts):14.1f}"
            f" {statistics.median(together):12.1f} {statistics.median(steps):10.1f}")
    print(f"all edits of blocks: {statistics.median(everything):.1f} ms")


if __name__ == "__main__":
    main()
