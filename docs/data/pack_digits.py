#!/usr/bin/env python3
"""Packs the 8x8 digits that come with scikit-learn into the bits that the program holds.

    pip download --no-deps scikit-learn
    python3 docs/data/pack_digits.py scikit_learn-*.whl Sources/CDigits/Digits.c

Each digit is 324 bits: its class in 4, then 64 values 0...16 in 5 each, row by row, the highest bit
first, and 4 bits of 0: 41 bytes a digit, in the order of the original file.
"""
import gzip
import pathlib
import sys
import zipfile

MEMBER = "sklearn/datasets/data/digits.csv.gz"
ROWS = 1797
START = """#include "Digits.h"

static const unsigned char digits[ESPALIER_DIGITS][ESPALIER_DIGIT_BYTES] = {
"""
END = """};

const unsigned char *espalier_digit(long number) { return digits[number]; }
"""


def rows(wheel):
    with zipfile.ZipFile(wheel) as archive:
        text = gzip.decompress(archive.read(MEMBER)).decode("ascii")
    for line in text.splitlines():
        numbers = [float(field) for field in line.split(",")]
        values, label = numbers[:64], numbers[64]
        assert len(numbers) == 65
        assert all(value in range(17) for value in values) and label in range(10)
        yield int(label), [int(value) for value in values]


def packed(label, values):
    bits = label
    for value in values:
        bits = bits << 5 | value
    return (bits << 4).to_bytes(41, "big")


def main(wheel, path):
    digits = [packed(label, values) for label, values in rows(wheel)]
    assert len(digits) == ROWS
    lines = ["  {" + ",".join(map(str, digit)) + "},\n" for digit in digits]
    pathlib.Path(path).write_text(START + "".join(lines) + END)


if __name__ == "__main__":
    main(*sys.argv[1:])
