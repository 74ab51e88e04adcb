#!/usr/bin/env python3
"""Writes small ONNX files as PyTorch exports them, for Espalier to read.

    python3 Tests/Goldens/make_onnx.py

Needs torch, onnx and numpy (made with torch 2.13.0 and onnx 1.23). Each case is a network as commands of Espalier,
rebuilt in PyTorch and exported: parameters have the paths of the network for their names, so the file that is read
must have the network of the text, or that of `found` in the metadata where the graph says it otherwise, and the same
tensors. `folded` cases have their batch normalizations folded into the convolutions before them.
"""

import warnings
from pathlib import Path

import numpy
import onnx
import torch

from modules import network
from reader import read

FOLDER = Path(__file__).resolve().parent / "ONNX"

CASES = {
    "resnet": """input 2x8x8
add conv 4 3 bias=no
add bn
add relu
add maxpool 3 stride=2 pad=1
add residual act=relu {
  conv 4 3 bias=no
  bn
  relu
  conv 4 3 bias=no
  bn
}
add residual act=relu {
  conv 6 3 stride=2 bias=no
  bn
  relu
  conv 6 3 bias=no
  bn
}
add gap
add dense 3
""",
    "series": """input 2x12
add conv 4 5 pad=causal
add leaky 0.2
add residual {
  conv 4 3
  silu
  scale
}
add parallel {
  conv 2 1
} {
  conv 2 3 dilation=2
  gelu
} {
  avgpool 3 stride=1 pad=1
}
add se reduction=4
add last
add dense 2
add softmax
""",
    "branches": """input 3x6x6
add parallel join=add {
  conv 4 1
  mish
} {
  conv 4 3
  hardswish
} {
  maxpool 3 stride=1 pad=1
  conv 4 1
}
add parallel join=mul {
  conv 4 3
} {
  conv 4 1
  sigmoid
}
add prelu shared=no
add gap
add dense 4
add elu 0.5
add highway {
  dense 4
  tanh
}
""",
    "moves": """input 2x6x8
add conv 8 3
add deconv 8 4 stride=2 pad=1
add relu
add deconv 8 3 stride=2x1 pad=1 outpad=1x0 groups=2
add pixelshuffle 2
add conv 6 3 stride=4
add channelshuffle 3
add slice 1:5
add slice 1:5x: over=positions
add permute
add conv 3 3
add reshape 6x16
add permute
add conv 3 3
add gap
add dense 4
""",
}
FOLDED = {"folded": ("resnet", "bias=no", "bn")}


def write(name, text, found, folds):
    torch.manual_seed(len(text))
    module = network(text).eval()
    with torch.no_grad():
        for path, value in module.state_dict().items():
            low, high = (0.5, 1.5) if path.endswith("running_var") else (-0.5, 0.5)
            value.copy_(torch.rand_like(value) * (high - low) + low)
    shape, _ = read(text)
    path = FOLDER / f"{name}.onnx"
    torch.onnx.export(
        module,
        (torch.zeros(1, *shape),),
        path,
        dynamo=False,
        opset_version=20,
        input_names=["x"],
        output_names=["y"],
        training=torch.onnx.TrainingMode.EVAL if folds else torch.onnx.TrainingMode.PRESERVE,
    )
    model = onnx.load(path)
    for node in model.graph.node:
        node.name = ""  # long, and said again by the values
    for key, value in {"text": text, "found": found}.items():
        model.metadata_props.add(key=key, value=value)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    print(f"{path.name}: {path.stat().st_size} bytes")


def main():
    warnings.simplefilter("ignore")
    FOLDER.mkdir(exist_ok=True)
    numpy.random.seed(0)
    for name, text in CASES.items():
        # The modules keep statistics in their own way and export no momentum, so that of the shortcut is given.
        found = text.replace("bn\n", "bn momentum=1\n")
        # What a transposed convolution leaves out by itself need not be said.
        found = found.replace("deconv 8 4 stride=2 pad=1\n", "deconv 8 4 stride=2\n")
        found = found.replace("stride=2x1 pad=1 outpad=1x0", "stride=2x1")
        shortcut = "} {\n  conv 6 1 stride=2 bias=no\n  bn momentum=1\n}\nadd gap"
        write(name, text, found.replace("}\nadd gap", shortcut), folds=False)
    for name, (other, bias, layer) in FOLDED.items():
        lines = CASES[other].replace(f" {bias}", "").split("\n")
        lines[lines.index("add gap") - 1 : lines.index("add gap")] = ["} {", "  conv 6 1 stride=2", "}"]
        kept = [line for line in lines if line.split() not in ([layer], ["add", layer])]
        write(name, CASES[other], "\n".join(kept), folds=True)


if __name__ == "__main__":
    main()
