#!/usr/bin/env python3
"""Training steps of whole networks, of Espalier and of its peers in turns, as a table with ratios.

    networks.py PROGRAM FOLDER [--rounds 3] [--threads 1] [--load 0] [--peers eager,channels_last,...] [NETWORK...]
    networks.py --peer KIND NAME FOLDER THREADS

PROGRAM is espalier, FOLDER is for scripts, code and data. Peers run the code that the program itself writes
of a network, so that all train the same: PyTorch as written (eager), in its channels-last layout
(channels_last), by torch.compile (compile), JAX under jit (jax), and Gluon (gluon), hybridized for images. All take SGD
steps on one batch in memory. A dash stands where there is no such code. `--load N` keeps N processes busy beside
all of them. Times are milliseconds of a step. The second form is what a peer runs.
"""

import argparse
import contextlib
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import peers


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
PEERS = ("eager", "channels_last", "compile", "jax", "gluon")
CODE = {"torch": "pytorch", "jax": "jax", "gluon": "gluon"}


def code(kind, name, folder):
    """The file of a network in a framework's words."""
    return folder / f"{name}_{peers.KINDS[kind]}.py"


def network_lines(setting):
    """The commands that build a network."""
    return ["seed 1", f"input {'x'.join(map(str, setting.shape))}", *setting.commands.split("; ")]


def data_file(name, setting, folder, examples):
    """A file with so many examples for a network."""
    from examples import contents

    path = folder / f"{name}.safetensors"
    if not path.exists():
        path.write_bytes(contents(name, setting.shape, setting.classes, examples))
    return path


def write_code(program, name, setting, folder):
    """Has the program write a network for all frameworks; what it refuses leaves no file."""
    import measure

    lines = network_lines(setting)
    for kind in PEERS:
        path = code(kind, name, folder)
        path.unlink(missing_ok=True)
        line = f"try {{ export {CODE[peers.KINDS[kind]]} {path} }}"
        lines += [line] if line not in lines else []
    writer = folder / f"{name}_export.esp"
    writer.write_text("\n".join(lines) + "\n")
    measure.run([program, "--batch", writer])


def script(name, setting, folder):
    """Writes the commands that train a network, with its data beside them; gives their path."""
    data = data_file(name, setting, folder, setting.batch)
    lines = network_lines(setting)
    lines += [f"data safetensors {data}", f"batch {setting.batch}", "optimizer sgd lr=0.001"]
    lines += [f"step {setting.warmup}", f"step {setting.steps}", f"print rate {name} $(rate)"]
    path = folder / f"{name}.esp"
    path.write_text("\n".join(lines) + "\n")
    return path


def peer(kind, name, folder, threads):
    """Trains a peer's network and prints its rate as `rate NAME X`."""
    setting = SETTINGS[name]
    steps = {"jax": jax_steps, "gluon": gluon_steps}.get(kind, torch_steps)
    run = steps(kind, peers.module(code(kind, name, folder)), setting, threads)
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


def gluon_steps(kind, network, setting, threads):
    """A function that takes so many steps with Gluon; its threads are those of its environment."""
    mx = peers.mxnet()
    model = network.load()[0]
    # With oneDNN, MXNet 1.9.1 fails in the gradients of hybridized series; without, it is four times slower.
    if len(setting.shape) == 3:
        model.hybridize(static_alloc=True, static_shape=True)
    x = mx.nd.random.normal(shape=(setting.batch, *setting.shape))
    y = mx.nd.array([number % setting.classes for number in range(setting.batch)])
    loss = mx.gluon.loss.SoftmaxCrossEntropyLoss()
    updater = mx.gluon.Trainer(
        model.collect_params(), "sgd", {"learning_rate": 0.001}, kvstore=None
    )

    def run(count):
        for _ in range(count):
            with mx.autograd.record():
                losses = loss(model(x), y)
            losses.backward()
            updater.step(setting.batch)
        mx.nd.waitall()

    return run


def options_of(text, kinds, rounds):
    """The options that tables of whole networks have in common, with the Pythons of the peers."""
    parser = argparse.ArgumentParser(
        description=text, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("networks", nargs="*")
    parser.add_argument("--peers")
    parser.add_argument("--quiet", action="store_true", help="tell of no peers that are not there")
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--load", type=int, default=0)
    options = parser.parse_intermixed_args()
    for name in options.networks:
        if name not in SETTINGS:
            parser.error(f"no such network: {name}; there are {', '.join(SETTINGS)}")
    wanted = options.peers.split(",") if options.peers else kinds
    for kind in wanted:
        if kind not in peers.KINDS:
            parser.error(f"no such peer: {kind}; there are {', '.join(kinds)}")
    # One that has another table, such as ONNX Runtime, is left out of this one.
    options.pythons = peers.found([kind for kind in wanted if kind in kinds], options.quiet)
    options.folder.mkdir(parents=True, exist_ok=True)
    return options


def main():
    options = options_of(__doc__, PEERS, 3)
    print_table("training, ms of a step", options, options.networks or SETTINGS, steps_of)


def steps_of(name, options):
    """The commands that train a network, of us and of each peer that can."""
    setting = SETTINGS[name]
    write_code(options.program, name, setting, options.folder)
    path = script(name, setting, options.folder)
    lines = {"ours": [options.program, "--batch", "--threads", options.threads, path]}
    for kind, python in options.pythons.items():
        if fits(kind, setting) and code(kind, name, options.folder).exists():
            words = [name, options.folder]
            lines[kind] = peers.command(
                kind, python, Path(__file__), words, options.threads, options.folder
            )
    return setting.batch, lines


def print_table(title, options, names, commands_of):
    """A row for each network, as soon as it is known; `commands_of` gives its batch and what is run in turns."""
    import measure

    beside = f", {options.load} busy beside them" if options.load else ""
    print(
        f"{title}: {options.rounds} rounds in turns, {options.threads} threads each{beside}, "
        f"{measure.load()}"
    )
    print_row(["network", "batch", "Espalier", *options.pythons, "best ratio", "spread"])
    with busy(options.load):
        for name in names:
            print_row(row(name, options, *commands_of(name, options)))
    print(f"at the end {measure.load()}\n", flush=True)


@contextlib.contextmanager
def busy(count):
    """So many processes that never rest."""
    loads = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in loads:
            process.kill()


def row(name, options, batch, lines):
    """A network's medians, how many times slower the best peer is, and that ratio's least and most in a round.

    A peer that fails is told of, and has no time.
    """
    import measure

    times = {kind: [] for kind in lines}
    for number in range(options.rounds):
        for kind in list(times):
            measure.progress(f"{name}: round {number + 1} of {options.rounds}: {kind}")
            run = measure.run(lines[kind], may_fail=kind != "ours")
            if run is None:
                print(f"{name}: {kind} fails", file=sys.stderr)
                del times[kind]
                continue
            times[kind].append(1000 * run.took[-1] if run.took else 1000 / run.rate)
    measure.progress("")
    medians = {kind: statistics.median(values) for kind, values in times.items()}
    cells = [name, batch]
    cells += [
        duration(medians[kind]) if kind in medians else "-" for kind in ["ours", *options.pythons]
    ]
    theirs = [kind for kind in medians if kind != "ours"]
    if not theirs:
        return [*cells, "-", "-"]
    best = min(theirs, key=medians.get)
    ratios = [other / ours for other, ours in zip(times[best], times["ours"])]
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
    widths = [18, 7, 10] + [15] * (len(cells) - 5) + [21, 0]
    print("".join(str(cell).ljust(width) for cell, width in zip(cells, widths)).rstrip(), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer(sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]))
    else:
        main()
