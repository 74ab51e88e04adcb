#!/usr/bin/env python3
"""Draws what `scaling.py --figures FILE` kept: efficiency by the number of processes, a chart for each network.

    scaling_picture.py FIGURES SVG

Dots are what was measured between two network namespaces.
"""

import json
import math
import sys
from pathlib import Path

from growth_picture import FAINT, FONT, GRID, INKS, TEXT, legend, line, text

WIDTH, HEIGHT, GAP, TOP, LEFT = 250, 170, 58, 92, 56


def picture(figures):
    """The SVG of all networks."""
    names = list(figures["networks"])
    width = LEFT + len(names) * (WIDTH + GAP) - GAP + 16
    height = TOP + HEIGHT + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONT}">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for index, name in enumerate(names):
        parts += drawn(name, figures["networks"][name], LEFT + index * (WIDTH + GAP))
    return "\n".join([*parts, "</svg>", ""])


def drawn(name, network, left):
    """The parts of one chart: the model's lines, and dots for two processes."""
    model = network["model"]
    counts = [count for count, _ in next(iter(model.values()))]
    low, high = math.log2(counts[0]), math.log2(counts[-1])

    def place(count, share):
        across = (math.log2(count) - low) / (high - low)
        return left + across * WIDTH, TOP + (1 - min(share, 1)) * HEIGHT

    parts = [text(left, TOP - 68, name, 13, TEXT, weight=600)]
    parts += legend(list(model), left, TOP - 51)
    parts.append(text(left, TOP - 8, "efficiency, %", 10, FAINT))
    for count in counts:
        x, _ = place(count, 0)
        parts.append(line((x, TOP), (x, TOP + HEIGHT), GRID))
        parts.append(text(x, TOP + HEIGHT + 14, str(count), 10, FAINT, "middle"))
    for share in (0, 25, 50, 75, 100):
        _, y = place(counts[0], share / 100)
        parts.append(line((left, y), (left + WIDTH, y), GRID))
        parts.append(text(left - 6, y + 3.5, str(share), 10, FAINT, "end"))
    parts.append(text(left + WIDTH / 2, TOP + HEIGHT + 29, "processes", 10, FAINT, "middle"))
    for pairs, ink in zip(model.values(), INKS):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*pair) for pair in pairs))
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="1.8" '
            'stroke-linejoin="round"/>'
        )
    for times in network["two"].values():
        x, y = place(counts[0], times["alone"] / times["together"])
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{TEXT}"/>')
    return parts


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(picture(json.loads(Path(sys.argv[1]).read_text())))
