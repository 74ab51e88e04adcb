#!/usr/bin/env python3
"""The frameworks that Espalier is measured beside: which are there, and how the others are had.

    peers.py            tells on standard error which are there
    peers.py FRAMEWORK  prints the Python that has it, or nothing

Each is looked for in the Python that its environment variable names, else in `python3`. The other benchmarks
import this, also where an old Python runs a peer.
"""

import importlib.util
import os
import subprocess
import sys
from dataclasses import dataclass


@dataclass
class Framework:
    """What a framework is called, the modules that its programs import, who names its Python, and how it is had."""

    title: str
    modules: tuple
    variable: str
    install: str


FRAMEWORKS = {
    "torch": Framework(
        "PyTorch", ("torch", "safetensors"), "ESPALIER_TORCH_PYTHON", "pip install torch safetensors"
    ),
    "jax": Framework(
        "JAX with Flax",
        ("jax", "flax", "safetensors"),
        "ESPALIER_JAX_PYTHON",
        "pip install jax flax safetensors",
    ),
    "gluon": Framework(
        "Gluon of MXNet",
        ("mxnet",),
        "ESPALIER_GLUON_PYTHON",
        "pip install mxnet==1.9.1 'numpy<1.24', with Python 3.8 to 3.11",
    ),
    "onnxruntime": Framework(
        "ONNX Runtime", ("onnxruntime",), "ESPALIER_ORT_PYTHON", "pip install onnxruntime"
    ),
}

# The framework of each way to run a network.
KINDS = {
    "eager": "torch",
    "channels_last": "torch",
    "compile": "torch",
    "jax": "jax",
    "gluon": "gluon",
    "onnxruntime": "onnxruntime",
}


def python(name):
    """The Python that has a framework; nothing where it has not."""
    framework = FRAMEWORKS[name]
    candidate = os.environ.get(framework.variable, "python3")
    check = "import importlib.util as u, sys; sys.exit(any(u.find_spec(m) is None for m in sys.argv[1:]))"
    try:
        found = subprocess.run(
            [candidate, "-c", check, *framework.modules], stderr=subprocess.DEVNULL, check=False
        )
    except OSError:
        return None
    return candidate if found.returncode == 0 else None


def found(kinds, is_quiet=False):
    """The Pythons of those kinds that are there, in their order; tells of the others, unless quiet."""
    pythons = {name: python(name) for name in dict.fromkeys(KINDS[kind] for kind in kinds)}
    for name, where in pythons.items():
        if where is None and not is_quiet:
            framework = FRAMEWORKS[name]
            named = os.environ.get(framework.variable)
            print(
                f"{framework.title} is not there"
                + (f" in {named}" if named else "")
                + f"; to compare: {framework.install}, and {framework.variable}=/path/to/python",
                file=sys.stderr,
            )
    return {kind: pythons[KINDS[kind]] for kind in kinds if pythons[KINDS[kind]]}


def command(kind, python, script, words, threads, folder):
    """What runs a peer: JAX takes as many threads as it has processors, Gluon as its environment says."""
    line = [python, script, "--peer", kind, *words, threads]
    if kind == "gluon":
        return ["env", f"OMP_NUM_THREADS={threads}", *line]
    if kind != "jax":
        return line
    kept = ["env", f"JAX_COMPILATION_CACHE_DIR={folder / 'jax'}"]
    return [*kept, *(["taskset", "-c", "0"] if threads == 1 else []), *line]


def module(path):
    """The code that Espalier wrote, as a module."""
    spec = importlib.util.spec_from_file_location("network", path)
    network = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = network
    spec.loader.exec_module(network)
    return network


def mxnet():
    """MXNet 1.9.1, with the names that it misses in newer versions of NumPy."""
    import numpy

    for name, kind in (("bool", bool), ("int", int), ("float", float), ("object", object)):
        if name not in vars(numpy):
            setattr(numpy, name, kind)
    import mxnet

    return mxnet


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(python(sys.argv[1]) or "")
    else:
        found(list(KINDS))
