#!/usr/bin/env python3
"""Draws what `growth.py --figures FILE` kept: small charts of cost, both axes logarithmic.

    growth_picture.py FIGURES SVG

Grey diagonals are linear growth, so that a line along them is linear and a steeper one is not.
"""

import json
import math
import sys
from pathlib import Path

INKS = ("#2563a8", "#b3261e", "#2e8540", "#a87f00", "#6d28d9", "#0e7490")
TEXT, FAINT, GRID, GUIDE = "#20242b", "#6b7280", "#eceef1", "#c3c8cf"
FONT = "Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif"
COLUMNS, WIDTH, HEIGHT, GAP = 3, 250, 170, 58
TOP, LEFT = 92, 56

# A chart: its title, what its axes are, and lines of a sweep and a column, each under a name.
CHARTS = [
    (
        "depth",
        "residual blocks",
        "milliseconds",
        [
            ("typed", "depth", "typed, ms"),
            ("memory", "depth", "memory, ms"),
            ("first step", "depth", "first step, ms"),
            ("step", "depth", "step, ms"),
        ],
    ),
    (
        "batch",
        "examples",
        "milliseconds",
        [("first step", "batch", "first step, ms"), ("step", "batch", "step, ms")],
    ),
    (
        "width, whose square is the work",
        "channels",
        "milliseconds",
        [("first step", "width", "first step, ms"), ("step", "width", "step, ms")],
    ),
    (
        "length, time of a step",
        "positions",
        "milliseconds",
        [
            ("convolutions", "length", "step, ms"),
            ("lstm", "lstm", "step, ms"),
            ("attention", "attention", "step, ms"),
        ],
    ),
    (
        "length, memory of a step",
        "positions",
        "megabytes",
        [
            ("convolutions", "length", "step, MB"),
            ("lstm", "lstm", "step, MB"),
            ("attention", "attention", "step, MB"),
        ],
    ),
]


def picture(figures):
    """The SVG of all charts of which there are figures."""
    charts = []
    for title, x, y, lines in CHARTS:
        known = [
            (name, figures[sweep][column])
            for name, sweep, column in lines
            if column in figures.get(sweep, {})
        ]
        charts.append((title, x, y, known))
    typed = [
        (what.replace("`", "").split(",")[0].split(" of ")[0], [(n, micros / 1000) for n, micros in pairs])
        for what, pairs in figures.get("lines", {}).items()
    ]
    charts.append(("lines, runs and epochs", "how many", "milliseconds, all together", typed))
    charts = [chart for chart in charts if chart[3]]
    rows = -(-len(charts) // COLUMNS)
    width = LEFT + COLUMNS * (WIDTH + GAP) - GAP + 16
    height = rows * (TOP + HEIGHT + 44)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONT}">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for index, chart in enumerate(charts):
        left = LEFT + index % COLUMNS * (WIDTH + GAP)
        top = TOP + index // COLUMNS * (TOP + HEIGHT + 44)
        parts += drawn(chart, left, top)
    return "\n".join([*parts, "</svg>", ""])


def drawn(chart, left, top):
    """The parts of one chart."""
    title, x_name, y_name, lines = chart
    points = [pair for _, pairs in lines for pair in pairs if pair[1] > 0]
    (x_low, x_high), (y_low, y_high) = (decades([pair[side] for pair in points]) for side in (0, 1))

    def place(x, y):
        across = (math.log10(x) - x_low) / (x_high - x_low)
        up = (math.log10(y) - y_low) / (y_high - y_low)
        return left + across * WIDTH, top + (1 - up) * HEIGHT

    parts = [text(left, top - 68, title, 13, TEXT, weight=600)]
    parts += legend([name for name, _ in lines], left, top - 51)
    parts.append(text(left, top - 8, y_name, 10, FAINT))
    for power in range(x_low, x_high + 1):
        x, _ = place(10**power, 10**y_low)
        parts.append(line((x, top), (x, top + HEIGHT), GRID))
        parts.append(text(x, top + HEIGHT + 14, figure(power), 10, FAINT, "middle"))
    for power in range(y_low, y_high + 1):
        _, y = place(10**x_low, 10**power)
        parts.append(line((left, y), (left + WIDTH, y), GRID))
        parts.append(text(left - 6, y + 3.5, figure(power), 10, FAINT, "end"))
    for power in range(y_low - (x_high - x_low) + 1, y_high):
        start, end = max(x_low, x_low + y_low - power), min(x_high, x_low + y_high - power)
        ends = [place(10**at, 10 ** (power + at - x_low)) for at in (start, end)]
        parts.append(line(*ends, GUIDE, dash="2 3"))
    parts.append(text(left + WIDTH / 2, top + HEIGHT + 29, x_name, 10, FAINT, "middle"))
    for (_, pairs), ink in zip(lines, INKS):
        places = [place(*pair) for pair in pairs if pair[1] > 0]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="1.8" '
            'stroke-linejoin="round"/>'
        )
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{ink}"/>' for x, y in places]
    return parts


def legend(names, left, top):
    """Names beside strokes of their inks, over as many lines as they need."""
    parts, x, y = [], left, top
    for name, ink in zip(names, INKS):
        wide = 22 + 6.2 * len(name)
        if x > left and x + wide > left + WIDTH:
            x, y = left, y + 13
        parts.append(line((x, y - 3.5), (x + 12, y - 3.5), ink, 2.4))
        parts.append(text(x + 16, y, name, 10, TEXT))
        x += wide + 6
    return parts


def decades(values):
    """The powers of ten around values, at least one apart."""
    low = math.floor(math.log10(min(values)) + 1e-9)
    high = math.ceil(math.log10(max(values)) - 1e-9)
    return low, max(high, low + 1)


def figure(power):
    """A power of ten as it is read: 0.01, 100, 10k, 1M."""
    if power < 0:
        return f"{10.0**power:.{-power}f}"
    word = ("", "k", "M", "G")[power // 3]
    return f"{10 ** (power % 3)}{word}"


def text(x, y, words, size, ink, anchor="start", weight=400):
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'font-weight="{weight}" fill="{ink}">{words}</text>'
    )


def line(start, end, ink, width=1, dash=None):
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}" fill="none" '
        f'stroke="{ink}" stroke-width="{width}"{dashes}/>'
    )


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(picture(json.loads(Path(sys.argv[1]).read_text())))
