#!/usr/bin/env python3
"""Writes small residual networks of Gluon's model zoo to Tests/Goldens/Weights.

    python3 Tests/Goldens/make_gluon_weights.py

Needs mxnet (made with mxnet 1.9.1 and numpy 1.23.5). The class is the zoo's own, with few channels. Beside the
weights lies a file of inputs and of what MXNet puts out for them.
"""

from pathlib import Path

import mxnet as mx
import numpy
from mxnet.gluon.model_zoo import vision

import safetensors_file

FOLDER = Path(__file__).resolve().parent / "Weights"


def main():
    mx.random.seed(4)
    numpy.random.seed(4)
    net = vision.ResNetV1(vision.BasicBlockV1, [2, 1], [2, 2, 3], classes=3, prefix="resnetv10_")
    net.initialize(mx.init.Normal(0.4))
    for _ in range(20):
        with mx.autograd.record():
            net(mx.nd.random.normal(shape=(16, 1, 12, 12)))
    for name, parameter in net.collect_params().items():
        if name.endswith(("gamma", "beta")):
            noise = 0.2 * mx.nd.random.normal(shape=parameter.shape)
            parameter.set_data(parameter.data() + noise)
    x = mx.nd.random.normal(shape=(3, 1, 12, 12))
    tensors = {"x": x.asnumpy(), "y": numpy.arange(3), "outputs": net(x).asnumpy()}
    safetensors_file.write(FOLDER / "gluon_examples.safetensors", tensors, {})
    net.save_parameters(str(FOLDER / "gluon.params"))
    net.collect_params().save(str(FOLDER / "gluon_prefix.params"))


if __name__ == "__main__":
    main()
