#!/usr/bin/env python3
"""Answers of whole networks to batches of 256, of Espalier and of its peers in turns, as a table with ratios.

    evaluation.py PROGRAM FOLDER [--rounds 3] [--threads 1] [--load 0] [--peers onnxruntime,eager,...] [NETWORK...]
    evaluation.py --peer KIND NAME FOLDER THREADS

PROGRAM is espalier, FOLDER is for scripts, code and data. ONNX Runtime runs the file that the program exports
(onnxruntime), the others the code that it writes: PyTorch in inference mode, as written (eager), in its channels-last
layout and compiled, JAX under jit, Gluon hybridized. Peers compute outputs alone; `evaluate` counts hits and
loss, too, and takes fewer examples at once where 256 would need over 256 MiB. Times are milliseconds for 256
examples, which are in memory. The second form is what a peer runs.
"""

import sys
import time
from pathlib import Path

import networks
import peers

BATCH = 256
# Passes over the batch, by network; those that are not here are measured when they are named.
PASSES = {"seed": 400, "wang": 8, "resnet20": 12, "resnet18": 1, "mobilenet_v2": 1, "vit_tiny": 1}
KINDS = ("onnxruntime", "eager", "channels_last", "compile", "jax", "gluon")


def main():
    options = networks.options_of(__doc__, KINDS, 3)
    names = options.networks or PASSES
    networks.print_table("evaluation, ms for 256 examples", options, names, passes_of)


def model(name, folder):
    """The file that ONNX Runtime runs."""
    return folder / f"{name}.onnx"


def passes_of(name, options):
    """The commands that answer with a network, of us and of each peer that can."""
    import measure

    setting, folder = networks.SETTINGS[name], options.folder
    networks.write_code(options.program, name, setting, folder)
    lines = networks.network_lines(setting)
    model(name, folder).unlink(missing_ok=True)
    writer = folder / f"{name}_onnx.esp"
    writer.write_text("\n".join([*lines, f"try {{ export {model(name, folder)} }}"]) + "\n")
    measure.run([options.program, "--batch", writer])
    data = networks.data_file(f"{name}_256", setting, folder, BATCH)
    # The first evaluation makes the plan, and is left out.
    lines += [f"data safetensors {data}", "evaluate train", f"time {passes(name)} evaluate train"]
    path = folder / f"{name}_evaluate.esp"
    path.write_text("\n".join(lines) + "\n")
    commands = {"ours": [options.program, "--batch", "--threads", options.threads, path]}
    for kind, python in options.pythons.items():
        file = model(name, folder) if kind == "onnxruntime" else networks.code(kind, name, folder)
        if networks.fits(kind, setting) and file.exists():
            commands[kind] = peers.command(
                kind, python, Path(__file__), [name, folder], options.threads, folder
            )
    return BATCH, commands


def passes(name):
    """How often the batch is answered, three times at least."""
    return max(PASSES.get(name, 1), 3)


def peer(kind, name, folder, threads):
    """Answers with a peer's network and prints its rate as `rate NAME X`."""
    setting = networks.SETTINGS[name]
    shape = (BATCH, *setting.shape)
    if kind == "onnxruntime":
        run = runtime_passes(model(name, folder), shape, threads)
    else:
        code = peers.module(networks.code(kind, name, folder))
        run = {"jax": jax_passes, "gluon": gluon_passes}.get(kind, torch_passes)(
            kind, code, shape, threads
        )
    run()
    times = []
    for _ in range(passes(name)):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    print(f"rate {name} {1 / sorted(times)[len(times) // 2]:.6g}")


def runtime_passes(path, shape, threads):
    """A function that answers a batch with ONNX Runtime."""
    import numpy
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    x = numpy.random.default_rng(1).standard_normal(shape, dtype=numpy.float32)
    name = session.get_inputs()[0].name
    return lambda: session.run(None, {name: x})


def torch_passes(kind, network, shape, threads):
    """A function that answers a batch with PyTorch."""
    import torch

    torch.set_num_threads(threads)
    model = network.load()[0].eval()
    x = torch.randn(shape)
    if kind == "channels_last":
        model = model.to(memory_format=torch.channels_last)
        x = x.to(memory_format=torch.channels_last)
    forward = torch.compile(model) if kind == "compile" else model

    def run():
        with torch.inference_mode():
            forward(x)

    return run


def jax_passes(kind, network, shape, threads):
    """A function that answers a batch with JAX, whose channels are last."""
    import jax
    from flax import nnx

    model = network.load()[0]
    model.eval()
    x = jax.random.normal(jax.random.key(0), (shape[0], *shape[2:], shape[1]))
    forward = nnx.jit(lambda model, x: model(x))
    return lambda: jax.block_until_ready(forward(model, x))


def gluon_passes(kind, network, shape, threads):
    """A function that answers a batch with Gluon."""
    mx = peers.mxnet()
    model = network.load()[0]
    model.hybridize(static_alloc=True, static_shape=True)
    x = mx.nd.random.normal(shape=shape)

    def run():
        model(x)
        mx.nd.waitall()

    return run


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer(sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]))
    else:
        main()
