#!/usr/bin/env python3
"""Training steps of whole networks, of Espalier and of its peers in turns, as a table with ratios.

    networks.py PROGRAM FOLDER [--torch PYTHON] [--jax PYTHON] [--rounds 3] [--threads 1] [--load 0]
                [--peers eager,channels_last,...] [NETWORK...]
    networks.py --peer KIND NAME FOLDER THREADS

PROGRAM is espalier, FOLDER is for scripts, code and data. Peers run the code that the program itself writes
of a network, so that all train the same: PyTorch as written (eager), in its channels-last layout
(channels_last), by torch.compile (compile), and JAX under jit (jax). All take SGD steps on one batch in memory.
`--load N` keeps N processes busy beside all of them. Times are milliseconds of a step. The second form is what a peer runs.
"""

import argparse
import contextlib
import importlib.util
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Setting:
    """A network: its commands, input, batch and classes, and the steps to warm up and to measure."""

    commands: str
    shape: tuple
    batch: int
    classes: int
    warmup: int
    steps: int


IMAGE = (3, 224, 224)
SETTINGS = {
    "seed": Setting(
        "add rescnn 10 3 2 chain_length=3; add gap; add dense 4", (10, 64), 32, 4, 300, 2000
    ),
    "wang": Setting("add wang classes=2", (1, 150), 16, 2, 5, 40),
    "resnet20": Setting("add resnet20", (3, 32, 32), 64, 10, 3, 20),
    "resnet18": Setting("add resnet18", IMAGE, 8, 1000, 1, 5),
    "resnet50": Setting("add resnet50", IMAGE, 4, 1000, 1, 4),
    "mobilenet_v2": Setting("add mobilenet_v2", IMAGE, 8, 1000, 1, 6),
    "convnext_cifar": Setting("add convnext_cifar", (3, 32, 32), 32, 10, 2, 12),
    "convnext_tiny": Setting("add convnext_tiny", IMAGE, 4, 1000, 1, 4),
    "vit_small_images": Setting("add vit_small_images", (3, 32, 32), 32, 10, 3, 20),
    "vit_tiny": Setting("add vit_tiny", IMAGE, 4, 1000, 1, 6),
}
TORCH = ("eager", "channels_last", "compile")
PEERS = (*TORCH, "jax")


def code(kind, name, folder):
    """The file of a network in a framework's words."""
    return folder / f"{name}_{'jax' if kind == 'jax' else 'torch'}.py"


def script(name, setting, folder):
    """Writes the commands of a network, with its data beside them; gives their path."""
    from examples import contents

    extents = "x".join(map(str, setting.shape))
    data = folder / f"{name}.safetensors"
    if not data.exists():
        data.write_bytes(
            contents(data.stem, setting.shape, setting.classes, examples=setting.batch)
        )
    lines = ["seed 1", f"input {extents}", *setting.commands.split("; ")]
    lines += [f"export pytorch {code('eager', name, folder)}", f"export jax {code('jax', name, folder)}"]
    writer = folder / f"{name}_export.esp"
    writer.write_text("\n".join(lines) + "\n")
    lines[-2:] = [f"data safetensors {data}", f"batch {setting.batch}", "optimizer sgd lr=0.001"]
    lines += [f"step {setting.warmup}", f"step {setting.steps}", f"print rate {name} $(rate)"]
    path = folder / f"{name}.esp"
    path.write_text("\n".join(lines) + "\n")
    return path, writer


def peer(kind, name, folder, threads):
    """Trains a peer's network and prints its rate as `rate NAME X`."""
    setting = SETTINGS[name]
    spec = importlib.util.spec_from_file_location("network", code(kind, name, folder))
    network = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = network
    spec.loader.exec_module(network)
    run = (jax_steps if kind == "jax" else torch_steps)(kind, network, setting, threads)
    run(setting.warmup)
    begin = time.perf_counter()
    run(setting.steps)
    print(f"rate {name} {setting.steps / (time.perf_counter() - begin):.6g}")


def torch_steps(kind, network, setting, threads):
    """A function that takes so many steps with PyTorch."""
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(threads)
    model = network.load()[0].train()
    x = torch.randn(setting.batch, *setting.shape)
    y = torch.randint(setting.classes, (setting.batch,))
    if kind == "channels_last":
        model = model.to(memory_format=torch.channels_last)
        x = x.to(memory_format=torch.channels_last)
    updater = torch.optim.SGD(model.parameters(), lr=0.001)
    forward = torch.compile(model) if kind == "compile" else model

    def run(count):
        for _ in range(count):
            updater.zero_grad(set_to_none=True)
            F.cross_entropy(forward(x), y).backward()
            updater.step()

    return run


def jax_steps(kind, network, setting, threads):
    """A function that takes so many steps with JAX; its threads are those of the processor."""
    import jax
    import jax.numpy as jnp
    from flax import nnx

    model = network.load()[0]
    model.train()
    key = jax.random.key(0)
    x = jax.random.normal(key, (setting.batch, *setting.shape[1:], setting.shape[0]))
    y = jax.random.randint(key, (setting.batch,), 0, setting.classes)

    def loss(model):
        scores = jax.nn.log_softmax(model(x))
        return -jnp.take_along_axis(scores, y[:, None], axis=1).mean()

    @nnx.jit
    def step(model):
        gradients = nnx.grad(loss)(model)
        nnx.update(
            model,
            jax.tree.map(lambda w, g: w - 0.001 * g, nnx.state(model, nnx.Param), gradients),
        )

    def run(count):
        for _ in range(count):
            step(model)
        jax.block_until_ready(nnx.state(model, nnx.Param))

    return run


def main():
    import measure

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("networks", nargs="*")
    parser.add_argument("--torch")
    parser.add_argument("--jax")
    parser.add_argument("--peers")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--load", type=int, default=0)
    options = parser.parse_intermixed_args()
    for name in options.networks:
        if name not in SETTINGS:
            parser.error(f"no such network: {name}; there are {', '.join(SETTINGS)}")
    chosen = options.networks or list(SETTINGS)
    wanted = options.peers.split(",") if options.peers else PEERS
    kinds = [kind for kind in wanted if (options.jax if kind == "jax" else options.torch)]
    options.folder.mkdir(parents=True, exist_ok=True)
    print(f"{options.rounds} rounds in turns, {options.threads} threads each, {measure.load()}")
    print_row(["network", "batch", "Espalier", *kinds, "best ratio", "spread"])
    with busy(options.load):
        for name in chosen:
            print_row(row(name, SETTINGS[name], kinds, options))
    print(f"at the end {measure.load()}")


@contextlib.contextmanager
def busy(count):
    """So many processes that never rest."""
    loads = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in loads:
            process.kill()


def row(name, setting, kinds, options):
    """A network's medians, how many times slower the best peer is, and that ratio's least and most in a round."""
    import measure

    path, writer = script(name, setting, options.folder)
    columns, kinds = kinds, [kind for kind in kinds if fits(kind, setting)]
    measure.run([options.program, "--batch", writer])
    times = {}
    for number in range(options.rounds):
        for kind in ["ours", *kinds]:
            measure.progress(f"{name}: round {number + 1} of {options.rounds}: {kind}")
            command = [options.program, "--batch", "--threads", options.threads, path]
            if kind != "ours":
                python = options.jax if kind == "jax" else options.torch
                command = [python, Path(__file__), "--peer", kind, name, options.folder, options.threads]
                if kind == "jax" and options.threads == 1:
                    command = ["taskset", "-c", "0", *command]
            times.setdefault(kind, []).append(1000 / measure.run(command).rate)
    measure.progress("")
    medians = {kind: statistics.median(values) for kind, values in times.items()}
    cells = [name, setting.batch]
    cells += [duration(medians[kind]) if kind in medians else "-" for kind in ["ours", *columns]]
    if not kinds:
        return cells
    best = min(kinds, key=medians.get)
    ratios = [theirs / ours for theirs, ours in zip(times[best], times["ours"])]
    ratio = f"{medians[best] / medians['ours']:.2f}x {best}"
    return cells + [ratio, f"{min(ratios):.2f}-{max(ratios):.2f}"]


def duration(milliseconds):
    """Milliseconds with three digits, from 100 on whole."""
    return f"{milliseconds:.0f}" if milliseconds >= 100 else f"{milliseconds:.3g}"


def fits(kind, setting):
    """Whether a peer can take a network: series have no channels-last layout in PyTorch."""
    return kind != "channels_last" or len(setting.shape) == 3


def print_row(cells):
    """A line of the table, at once."""
    widths = [18, 6] + [14] * (len(cells) - 2)
    print("".join(str(cell).ljust(width) for cell, width in zip(cells, widths)).rstrip(), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer(sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]))
    else:
        main()
