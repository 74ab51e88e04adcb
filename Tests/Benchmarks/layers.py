#!/usr/bin/env python3
"""Training steps with one layer each, of Espalier and PyTorch in turns, as a table with ratios.

    layers.py PROGRAM FOLDER [--torch PYTHON] [--rounds 5] [--threads 1] [LAYER...]
    layers.py --peer NAME WARMUP STEPS THREADS

PROGRAM is espalier, FOLDER is for scripts and data, PYTHON is one that has torch; LAYER is the first word
of a layer. Each network is `conv C 1`, the layer, `gap` and `dense 4`, so that gradients take their way
through the layer; `plain` goes without one, and an embedding stands in place of the convolution. The
table has the milliseconds of a whole step, then what the layer adds to the plain network of its input.
The second form is what PyTorch runs.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

BATCH = 16
IMAGE, SMALL, SERIES = (64, 32, 32), (64, 16, 16), (64, 512)
PATCHES, WORDS, STATES, NUMBERS = (192, 197), (64, 64), (32, 64), (1, 512)
VOCABULARY = 256
LAYERS = [
    ("plain", IMAGE),
    ("plain", SMALL),
    ("plain", SERIES),
    ("plain", PATCHES),
    ("plain", WORDS),
    ("plain", STATES),
    ("plain", NUMBERS),
    ("deconv 64 4 stride=2", SMALL),
    ("deconv 64 3 stride=2", SERIES),
    ("pixelshuffle 2", IMAGE),
    ("channelshuffle 4", IMAGE),
    ("permute", SERIES),
    ("permute 3 1 2", IMAGE),
    ("slice 0:32", IMAGE),
    ("slice 1:-1 over=positions", IMAGE),
    ("reshape 16x64x64", IMAGE),
    ("upsample 2", SMALL),
    ("upsample 2 mode=linear", SMALL),
    ("pad 1 mode=reflect", IMAGE),
    ("ln", IMAGE),
    ("rmsnorm", IMAGE),
    ("gn 8", IMAGE),
    ("instnorm", IMAGE),
    ("lrn 5", IMAGE),
    ("layerscale", IMAGE),
    ("glu", IMAGE),
    ("conv 64 3 groups=64", IMAGE),
    ("conv 64 7 groups=64", IMAGE),
    ("conv 64 3 groups=8", IMAGE),
    ("attention 3", PATCHES),
    ("attention 4", WORDS),
    ("prelu", IMAGE),
    ("droppath 0.1", IMAGE),
    (f"embedding {VOCABULARY} 64", NUMBERS),
    ("lstm 64", STATES),
    ("gru 64", STATES),
]


def name(text, shape):
    """A word for a network: `deconv_64x16x16`."""
    words = text.replace("=", "_").replace(":", "_").split()
    return "_".join(words + ["x".join(map(str, shape))])


def reads_numbers(text):
    """Whether a layer takes whole numbers, and no values of a convolution."""
    return text.startswith("embedding")


def module(text, nn, torch, channels):
    """PyTorch's layer."""

    class Function(nn.Module):
        def __init__(self, function):
            super().__init__()
            self.function = function

        def forward(self, x):
            return self.function(x)

    class ChannelsLast(nn.Module):
        def __init__(self, norm):
            super().__init__()
            self.norm = norm

        def forward(self, x):
            return self.norm(x.movedim(1, -1)).movedim(-1, 1)

    class LayerScale(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(torch.full((channels, 1, 1), 1e-6))

        def forward(self, x):
            return self.weight * x

    class Attention(nn.Module):
        def __init__(self, heads):
            super().__init__()
            self.inner = nn.MultiheadAttention(channels, heads, batch_first=True)

        def forward(self, x):
            x = x.transpose(1, 2)
            return self.inner(x, x, x, need_weights=False)[0].transpose(1, 2)

    class DropPath(nn.Module):
        def forward(self, x):
            kept = torch.rand(len(x), *[1] * (x.dim() - 1)) >= 0.1
            return x * kept / 0.9

    class Recurrent(nn.Module):
        def __init__(self, inner):
            super().__init__()
            self.inner = inner

        def forward(self, x):
            return self.inner(x.transpose(1, 2))[0].transpose(1, 2)

    class Embedding(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = nn.Embedding(VOCABULARY, 64)

        def forward(self, x):
            return self.inner(x[:, 0].long()).transpose(1, 2)

    return {
        "plain": nn.Identity,
        "deconv 64 4 stride=2": lambda: nn.ConvTranspose2d(channels, 64, 4, 2, 1),
        "deconv 64 3 stride=2": lambda: nn.ConvTranspose1d(channels, 64, 3, 2, 1, 1),
        "pixelshuffle 2": lambda: nn.PixelShuffle(2),
        "channelshuffle 4": lambda: nn.ChannelShuffle(4),
        "permute": lambda: Function(lambda x: x.permute(0, 2, 1)),
        "permute 3 1 2": lambda: Function(lambda x: x.permute(0, 3, 1, 2)),
        "slice 0:32": lambda: Function(lambda x: x[:, :32]),
        "slice 1:-1 over=positions": lambda: Function(lambda x: x[:, :, 1:-1, 1:-1]),
        "reshape 16x64x64": lambda: Function(lambda x: x.reshape(x.shape[0], 16, 64, 64)),
        "upsample 2": lambda: nn.Upsample(scale_factor=2),
        "upsample 2 mode=linear": lambda: nn.Upsample(scale_factor=2, mode="bilinear"),
        "pad 1 mode=reflect": lambda: nn.ReflectionPad2d(1),
        "ln": lambda: ChannelsLast(nn.LayerNorm(channels)),
        "rmsnorm": lambda: ChannelsLast(nn.RMSNorm(channels)),
        "gn 8": lambda: nn.GroupNorm(8, channels),
        "instnorm": lambda: nn.InstanceNorm2d(channels),
        "lrn 5": lambda: nn.LocalResponseNorm(5),
        "layerscale": LayerScale,
        "glu": lambda: nn.GLU(dim=1),
        "conv 64 3 groups=64": lambda: nn.Conv2d(channels, 64, 3, padding=1, groups=64),
        "conv 64 7 groups=64": lambda: nn.Conv2d(channels, 64, 7, padding=3, groups=64),
        "conv 64 3 groups=8": lambda: nn.Conv2d(channels, 64, 3, padding=1, groups=8),
        "attention 3": lambda: Attention(3),
        "attention 4": lambda: Attention(4),
        "prelu": nn.PReLU,
        "droppath 0.1": DropPath,
        f"embedding {VOCABULARY} 64": Embedding,
        "lstm 64": lambda: Recurrent(nn.LSTM(channels, 64, batch_first=True)),
        "gru 64": lambda: Recurrent(nn.GRU(channels, 64, batch_first=True)),
    }[text]()


def peer(wanted, warmup, steps, threads):
    """Trains PyTorch's network and prints its rate as `rate NAME X`."""
    import torch
    from torch import nn
    from torch.nn import functional as F

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    text, shape = next(case for case in LAYERS if name(*case) == wanted)
    convolution = nn.Conv1d if len(shape) == 2 else nn.Conv2d
    first = nn.Identity() if reads_numbers(text) else convolution(shape[0], shape[0], 1)
    layer = nn.Sequential(first, module(text, nn, torch, shape[0]))
    x, y = torch.randn(BATCH, *shape), torch.randint(4, (BATCH,))
    if reads_numbers(text):
        x = torch.randint(VOCABULARY, (BATCH, *shape)).float()
    classifier = nn.Linear(layer(x).shape[1], 4)
    updater = torch.optim.SGD([*layer.parameters(), *classifier.parameters()], lr=0.01)

    def run(count):
        for _ in range(count):
            updater.zero_grad(set_to_none=True)
            F.cross_entropy(classifier(layer(x).flatten(2).mean(2)), y).backward()
            updater.step()

    run(warmup)
    begin = time.perf_counter()
    run(steps)
    print(f"rate {wanted} {steps / (time.perf_counter() - begin):.6g}")


def script(text, shape, folder):
    """Writes the commands for one network, with its data beside them; gives their path."""
    from examples import contents

    extents = "x".join(map(str, shape))
    vocabulary = VOCABULARY if reads_numbers(text) else None
    data = folder / f"layer_{extents}{'_numbers' if vocabulary else ''}.safetensors"
    if not data.exists():
        data.write_bytes(contents(data.stem, shape, 4, 4 * BATCH, vocabulary))
    lines = ["seed 1", f"input {extents}"]
    lines += [] if vocabulary else [f"add conv {shape[0]} 1"]
    lines += [] if text == "plain" else [f"add {text}"]
    lines += ["add gap", "add dense 4", f"data safetensors {data}", f"batch {BATCH}"]
    lines += ["optimizer sgd lr=0.01", "step $1", "step $2", f"print rate {name(text, shape)} $(rate)"]
    path = folder / f"{name(text, shape)}.esp"
    path.write_text("\n".join(lines) + "\n")
    return path


def main():
    import measure

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("layers", nargs="*")
    parser.add_argument("--torch")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", type=int, default=40)
    options = parser.parse_intermixed_args()
    known = {text.split()[0] for text, _ in LAYERS}
    for word in options.layers:
        if word not in known:
            parser.error(f"no such layer: {word}; there are {', '.join(sorted(known))}")
    chosen = [
        case
        for case in LAYERS
        if not options.layers or case[0] == "plain" or case[0].split()[0] in options.layers
    ]
    options.folder.mkdir(parents=True, exist_ok=True)
    print(f"{options.rounds} rounds in turns, {options.threads} threads each, {measure.load()}")
    times = {}
    for number in range(options.rounds):
        for text, shape in chosen:
            measure.progress(f"round {number + 1} of {options.rounds}: {text}")
            steps = [options.steps // 4, options.steps]
            path = script(text, shape, options.folder)
            ours = [options.program, "--batch", "--threads", options.threads, path, *steps]
            theirs = [options.torch, Path(__file__), "--peer", name(text, shape), *steps]
            runs = [ours] + ([theirs + [options.threads]] if options.torch else [])
            for side, command in enumerate(runs):
                rate = measure.run(command).rate
                times.setdefault((text, shape, side), []).append(1000 / rate)
    measure.progress("")
    print_times(chosen, {key: statistics.median(values) for key, values in times.items()})
    print(f"at the end {measure.load()}")


def print_times(chosen, medians):
    """A line for each network: milliseconds of both, their ratio, and what the layer adds."""
    table = [["step with", "input", "Espalier", "PyTorch", "ratio", "adds", "adds", "ratio"]]
    for text, shape in chosen:
        ours, theirs = (medians.get((text, shape, side)) for side in (0, 1))
        plain = [medians.get(("plain", shape, side)) for side in (0, 1)]
        more = [time and base and time - base for time, base in zip((ours, theirs), plain)]
        cells = [text, "x".join(map(str, shape)), *pair(ours, theirs)]
        table.append(cells + (["", "", ""] if text == "plain" else pair(*more)))
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        words = [cell.ljust(width) for cell, width in zip(line[:2], widths)]
        words += [cell.rjust(width) for cell, width in zip(line[2:], widths[2:])]
        print("  ".join(words).rstrip())


def pair(ours, theirs):
    """Two times in milliseconds and how many times less ours is; nothing where one is none."""
    words = ["-" if time is None else f"{time:.2f}" for time in (ours, theirs)]
    has_ratio = ours is not None and theirs is not None and ours > 0 and theirs > 0
    return words + [f"{theirs / ours:.2f}x" if has_ratio else ""]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer(sys.argv[2], *(int(word) for word in sys.argv[3:6]))
    else:
        main()
