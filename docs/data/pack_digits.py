#!/usr/bin/env python3
"""Packs the 8x8 digits that come with scikit-learn into Swift source files.

    pip download --no-deps scikit-learn
    python3 docs/data/pack_digits.py scikit_learn-*.whl Sources/Training/Data/Digits

Each digit is 324 bits: its class in 4, then 64 values 0...16 in 5 each, row by row, the highest bit
first. They are written as 54 characters of the base64 alphabet, one digit a line, in the order of
the original file.
"""
import gzip
import pathlib
import sys
import zipfile

MEMBER = "sklearn/datasets/data/digits.csv.gz"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
ROWS = 1797
ROWS_PER_FILE = 360


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
    return "".join(ALPHABET[bits >> 6 * place & 63] for place in reversed(range(54)))


def main(wheel, folder):
    lines = [packed(label, values) for label, values in rows(wheel)]
    assert len(lines) == ROWS
    for part, start in enumerate(range(0, ROWS, ROWS_PER_FILE), 1):
        chunk = lines[start : start + ROWS_PER_FILE]
        body = "\n".join("    " + line for line in chunk)
        text = (
            "extension PackedDigits {\n"
            f"  /// Digits {start} to {start + len(chunk) - 1}, packed by `docs/data/pack_digits.py`.\n"
            f'  static let part{part}: StaticString = """\n'
            f'{body}\n    """\n'
            "}\n"
        )
        pathlib.Path(folder, f"PackedDigits{part}.swift").write_text(text, encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
