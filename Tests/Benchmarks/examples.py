#!/usr/bin/env python3
"""Writes the data of the benchmarks: random examples with labels, as safetensors.

    examples.py FOLDER

Needs nothing but Python. The numbers are the same on every run; they only have to exist.
"""

import json
import random
import struct
import sys
from array import array
from pathlib import Path

EXAMPLES = 256
# So many numbers are drawn; more repeat them.
DRAWN = 1 << 20
SETS = {"seed_block": ((1, 64), 4), "wang": ((1, 150), 2), "resnet20": ((3, 32, 32), 10)}


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, (shape, classes) in SETS.items():
        path = folder / f"{name}.safetensors"
        if not path.exists():
            path.write_bytes(contents(name, shape, classes))


def contents(name, shape, classes, examples=EXAMPLES, vocabulary=None):
    """A file with `x` [examples, shape...], whole numbers where there is a vocabulary, and `y` [examples]."""
    generator = random.Random(name)
    count = examples
    for extent in shape:
        count *= extent

    def number():
        return generator.randrange(vocabulary) if vocabulary else generator.gauss(0, 1)

    x = array("f", (number() for _ in range(min(count, DRAWN))))
    if count > DRAWN:
        x = (x * (count // DRAWN + 1))[:count]
    y = array("q", (generator.randrange(classes) for _ in range(examples)))
    if sys.byteorder == "big":
        x.byteswap()
        y.byteswap()
    x, y = x.tobytes(), y.tobytes()
    header = {
        "x": {"dtype": "F32", "shape": [examples, *shape], "data_offsets": [0, len(x)]},
        "y": {"dtype": "I64", "shape": [examples], "data_offsets": [len(x), len(x) + len(y)]},
    }
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + x + y


if __name__ == "__main__":
    main(Path(sys.argv[1]))
