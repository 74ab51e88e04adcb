#!/usr/bin/env python3
"""Checks ONNX files written by Espalier from outside: in onnx, onnxruntime and PyTorch.

    check_onnx.py FOLDER

Every .onnx file of the folder passes the checker of onnx, shapes included; and its outputs in onnxruntime for two
examples agree with those of the network that `network` in its metadata states, rebuilt in PyTorch with the file's
parameters, to 1e-5 of the largest of them. Prints each file that does not; exit status 1 if there is one, 2 where
a package is missing.
"""

import sys
import warnings
from pathlib import Path

try:
    import numpy
    import onnx
    import onnxruntime
    import torch
    from onnx import numpy_helper
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(2)

from modules import network
from reader import read

TOLERANCE = 1e-5


def outputs(path):
    """What onnxruntime and PyTorch (in float64) give for two random examples."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    text = {entry.key: entry.value for entry in model.metadata_props}["network"]
    module = network(text).double().eval()
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    module.load_state_dict(
        {
            name: torch.tensor(arrays[name]).double().reshape(value.shape)
            for name, value in module.state_dict().items()
        }
    )
    shape, _ = read(text)
    x = numpy.random.default_rng(0).standard_normal((2, *shape)).astype("float32")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    found = session.run(None, {session.get_inputs()[0].name: x})[0]
    with torch.no_grad():
        return found, module(torch.tensor(x).double()).numpy()


def main(folder):
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    paths = sorted(Path(folder).glob("*.onnx"))
    faults = 0
    largest = 0.0
    for path in paths:
        try:
            found, expected = outputs(path)
            if found.shape != expected.shape:
                raise ValueError(f"shape {found.shape}, expected {expected.shape}")
            scale = max(abs(expected).max(), 1e-6)
            difference = abs(found - expected).max() / scale
            largest = max(largest, difference)
            if not difference <= TOLERANCE:
                raise ValueError(f"differs by {difference:.1e} of its size")
        except Exception as error:  # noqa: BLE001 - each file is reported
            faults += 1
            print(f"{path.name}: {type(error).__name__}: {error}")
    print(f"{len(paths) - faults} of {len(paths)} agree, the farthest to {largest:.1e}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main(sys.argv[1])
