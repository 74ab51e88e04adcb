#!/usr/bin/env python3
"""Writes the parameter files of MXNet that Espalier is held against, to Tests/Goldens/Params.

    python3 Tests/Goldens/make_params.py

Needs mxnet (made with mxnet 1.9.1 and numpy 1.23.5). The values count on from 0, so that the tests can say
them; `InterchangeTests/Gluon` says what each file must hold, and must write `written.params` byte by byte.
"""

import struct
from pathlib import Path

import mxnet as mx
import numpy
from mxnet.gluon import nn

FOLDER = Path(__file__).resolve().parent / "Params"


def main():
    FOLDER.mkdir(exist_ok=True)
    net = filled_net()
    net.save_parameters(path("net.params"))
    net.hybridize()
    net(mx.nd.ones((1, 1, 3)))
    net.export(path("exported"))
    (FOLDER / "exported-symbol.json").unlink()
    kinds = "float32 float64 float16 uint8 int32 int8 int64".split()
    mx.nd.save(path("list.params"), [mx.nd.array([0, 1, 100], dtype=kind) for kind in kinds])
    mx.nd.save(
        path("written.params"),
        {
            "0.weight": counted(0, (2, 1, 3)),
            "0.bias": counted(-1, (2,)),
            "block.é": mx.nd.array([float("inf"), -0.0, 1e-45]),
            "scalar": counted(5, (1,)),
        },
    )
    mx.nd.save(path("sparse.params"), {"a": mx.nd.array([[0, 1], [2, 0]]).tostype("csr")})
    mx.npx.set_np()
    mx.npx.save(
        path("numpy.params"),
        {"a": mx.np.array(3.5), "b": mx.np.zeros((0, 3)), "c": mx.np.array([True, False])},
    )
    mx.npx.reset_np()
    for version in (0, 1):
        earlier(version)
    for file in sorted(FOLDER.glob("*.params")):
        print(f"{file.name:24} {file.stat().st_size:6,} bytes")


def path(name):
    return str(FOLDER / name)


def counted(start, shape):
    count = int(numpy.prod(shape))
    return mx.nd.array(numpy.arange(start, start + count, dtype="float32").reshape(shape))


def filled_net():
    """A network whose arrays count on: 0, 1, 2 … from the first weight to the last statistic."""
    net = nn.HybridSequential()
    net.add(nn.Conv1D(2, 3, in_channels=1, use_bias=False))
    net.add(nn.BatchNorm(in_channels=2))
    net.add(nn.Dense(2, in_units=2))
    net.initialize()
    start = 0
    for parameter in net.collect_params().values():
        parameter.set_data(counted(start, parameter.shape))
        start += parameter.data().size
    return net


def earlier(version):
    """The forms of MXNet before 1.0, which the one of today still reads."""
    if version == 0:
        shape = struct.pack("<III", 2, 2, 3)
    else:
        shape = struct.pack("<Iiqq", 0xF993FAC8, 2, 2, 3)
    values = numpy.arange(6, dtype="<f4")
    name = b"arg:weight"
    data = struct.pack("<QQQ", 0x112, 0, 1) + shape + struct.pack("<iii", 1, 0, 0)
    data += values.tobytes() + struct.pack("<QQ", 1, len(name)) + name
    file = FOLDER / f"version{version}.params"
    file.write_bytes(data)
    assert (mx.nd.load(str(file))["arg:weight"].asnumpy() == values.reshape(2, 3)).all()


if __name__ == "__main__":
    main()
