#!/usr/bin/env python3
"""Uses the full screen for hours as no person would: random edits, runs, saves, keys and windows, from a seed.

    soak.py PROGRAM HOURS [--seed N]

Every round begins with a new network, ends with the laws of laws.py, and is told of in a line: commands so far, then
resident memory, descriptors and threads. Exit status 1 where a law is broken, the program ends or does not answer, or
what it holds grows; the folder with its files is then kept. Needs nothing but Python on Linux.
"""

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import time

import actions
import laws
from terminal import LEAVES_SCREEN, Terminal

ROUND = 60

# Rounds after which `undo` has the 2,500 commands that it keeps, some ten a round, and the screen its 20,000 lines; until
# then a round may leave so many megabytes.
FILLED = 300
FILLING = 0.5

# A lesson that begins anew puts the network of before aside under another name.
LEFT_BY_LESSONS = ["drop first", "drop first_kept", "drop first_kept_2", "drop first_kept_3", "drop first_kept_4"]


def begin(terminal, random):
    """A new network on the digits, in a window of the usual size, with nothing in hand."""
    terminal.resize(100, 30)
    terminal.clear()
    for command in ["stop", "lesson stop", "net fresh", "drop main", "drop copy0", "drop copy1", "drop copy2", "net main",
                    "drop fresh", *LEFT_BY_LESSONS, "data digits", random.choice(actions.NETWORKS)]:
        terminal.type(command)


def do(terminal, random, log):
    """One action; what was done goes into the log."""
    kind = random.random()
    if kind < 0.08:
        columns, rows = actions.size(random)
        log.append(f"window {columns}x{rows}")
        terminal.resize(columns, rows)
    elif kind < 0.2:
        pressed = actions.keys(random)
        log.append(f"keys {pressed}")
        terminal.press(pressed)
        time.sleep(0.05)
        terminal.clear()
    elif kind < 0.24:
        log.append("Ctrl-C")
        terminal.press(b"\x03")
    else:
        line = actions.line(random)
        log.append(line)
        terminal.type(line)
        time.sleep(random.expovariate(10))
        if "\"" in line or "{" in line or "(" in line:
            terminal.clear()


def measured(terminal, rounds, started, commands):
    """A line about what the program holds, and the figures in it."""
    held = terminal.holds()
    minutes = (time.monotonic() - started) / 60
    print(f"{minutes:7.1f} min  round {rounds:4}  {commands:6} actions  {held[0]:6.0f} MB  "
          f"{held[1]} descriptors  {held[2]} threads", flush=True)
    return held


def grown(held):
    """What grew from the second quarter of the rounds to the last, in words.

    Where the program has all that it keeps of what was done, the rounds from there on are looked at; before, memory may
    grow by what a round leaves for `undo` and on the screen.
    """
    room = 0
    if len(held) >= FILLED + 40:
        held = held[FILLED:]
    else:
        room = FILLING * len(held) / 2
    quarter = len(held) // 4
    if quarter < 5:
        return []
    early, late = held[quarter:2 * quarter], held[-quarter:]
    found = []
    for index, (name, share, few) in enumerate([("memory", 1.1, 10 + room), ("descriptors", 1, 2), ("threads", 1, 2)]):
        before, after = (statistics.median(row[index] for row in rows) for rows in (early, late))
        if after > before * share + few:
            found.append(f"{name} grew from {before:.0f} to {after:.0f}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("hours", type=float)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generator = random.Random(options.seed)
    folder = tempfile.mkdtemp(prefix="espalier-soak-")
    terminal = Terminal(options.program, folder, options.seed)
    started, held, log, rounds = time.monotonic(), [], [], 0
    wrong = []
    try:
        while time.monotonic() - started < options.hours * 3600 and not wrong:
            begin(terminal, generator)
            for _ in range(ROUND):
                do(terminal, generator, log)
                if terminal.ended():
                    raise laws.Broken(f"the program ended, status {terminal.status}")
            terminal.resize(100, 30)
            terminal.clear()
            terminal.type("lesson stop")
            laws.check(terminal, options.program, generator)
            rounds += 1
            held.append(measured(terminal, rounds, started, len(log)))
        terminal.clear()
        terminal.type("quit")
        end = time.monotonic() + 60
        while not terminal.ended() and time.monotonic() < end:
            time.sleep(0.1)
        if terminal.status != 0:
            raise laws.Broken(f"quit did not end the program with status 0: {terminal.status}")
        if LEAVES_SCREEN not in terminal.latest:
            raise laws.Broken("the terminal was not given back")
        wrong = grown(held)
    except (laws.Broken, BrokenPipeError) as fault:
        wrong = [str(fault)]
    finally:
        terminal.kill()
    if wrong:
        with open(f"{folder}/terminal.txt", "wb") as file:
            file.write(terminal.latest)
        print(f"soak.py: {'; '.join(wrong)}", *["  " + action for action in log[-ROUND:]], sep="\n", file=sys.stderr)
        print(f"soak.py: the files are in {folder}, with the last that was drawn in terminal.txt; the seed was {options.seed}", file=sys.stderr)
        sys.exit(1)
    shutil.rmtree(folder)
    print(f"{rounds} rounds, {len(log)} actions: every law held, nothing grew")


if __name__ == "__main__":
    main()
