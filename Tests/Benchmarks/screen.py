#!/usr/bin/env python3
"""Measures the full screen: from key to screen while training runs, and what the screen costs training.

    screen.py PROGRAM [--keys 1000] [--rounds 3] [--threads 2]

PROGRAM is espalier, built for release. Needs nothing but Python. A key counts as shown when its sign
comes back on the pseudo-terminal, which is what a terminal would draw.
"""

import argparse
import fcntl
import os
import pty
import random
import re
import select
import signal
import statistics
import struct
import tempfile
import termios
import time

NETWORK = "data digits; add conv 16 3; add bn; add relu; repeat 3 { basicblock 16 }; add gap; add dense 10"
KEYS = "QZW"


class Screen:
    """The program on a pseudo-terminal of 120 columns and 40 rows."""

    def __init__(self, program, arguments=()):
        self.home = tempfile.TemporaryDirectory()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environment = {
                "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
                "HOME": self.home.name, "INPUTRC": "/dev/null", "SWIFT_BACKTRACE": "enable=no",
            }
            os.execve(program, [program, *arguments], environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.text = ""

    def read(self, seconds):
        """What comes within some seconds, without control sequences; at once when something is there."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return ""
        raw = os.read(self.fd, 1 << 16).decode(errors="replace")
        text = re.sub(r"\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|.)", " ", raw)
        self.text = (self.text + text)[-200_000:]
        return text

    def until(self, pattern, seconds=120):
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text):
            if time.monotonic() > end:
                raise SystemExit(f"screen.py: waited in vain for {pattern}")
            self.read(0.1)

    def type(self, text):
        os.write(self.fd, text.encode())

    def enter(self, line, pattern):
        self.text = ""
        self.type(line + "\r")
        self.until(pattern)

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
        self.home.cleanup()


def latencies(program, keys, threads):
    """Milliseconds from each key to its sign on the screen, while training runs."""
    screen = Screen(program, ["--threads", str(threads)])
    screen.until("main")
    screen.enter(NETWORK, "dense1")
    screen.enter("train 1000000", "training")
    time.sleep(1)
    times = []
    random.seed(1)
    for index in range(keys):
        key = KEYS[index % len(KEYS)]
        while screen.read(0):
            pass
        start = time.perf_counter()
        screen.type(key)
        while key not in screen.read(1):
            if time.perf_counter() - start > 10:
                raise SystemExit("screen.py: a key was never shown")
        times.append((time.perf_counter() - start) * 1000)
        screen.type("\x7f")
        end = time.monotonic() + random.uniform(0.02, 0.06)
        while time.monotonic() < end:
            screen.read(max(0, end - time.monotonic()))
    screen.close()
    return times


def rate(program, arguments, threads):
    """Training steps a second of a run of forty epochs."""
    screen = Screen(program, ["--threads", str(threads), *arguments])
    screen.until("main")
    screen.enter(NETWORK, "dense1")
    screen.enter("train 2", r"trained main")
    screen.enter("train 40", r"trained main")
    screen.until(r"steps/s\)")
    found = re.search(r"\(\s*([0-9.]+)\s+steps/s\)", re.sub(r"[│\s]+", " ", screen.text))
    screen.close()
    return float(found.group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--keys", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    times = sorted(latencies(options.program, options.keys, options.threads))
    at = lambda share: times[min(len(times) - 1, int(share * len(times)))]
    print(f"key to screen, ms, {len(times)} keys while training on {options.threads} threads:")
    print(f"  median {statistics.median(times):.2f}   p95 {at(0.95):.2f}   p99 {at(0.99):.2f}   most {times[-1]:.2f}")
    plain, full = [], []
    for _ in range(options.rounds):
        plain.append(rate(options.program, ["--plain"], options.threads))
        full.append(rate(options.program, [], options.threads))
    share = max(full) / max(plain)
    print(f"training, steps/s, best of {options.rounds} rounds in turns, as what else the machine does only slows:")
    print(f"  plain {max(plain):.0f}   full screen {max(full):.0f}   {share:.1%}")


if __name__ == "__main__":
    main()
