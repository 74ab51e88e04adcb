#!/usr/bin/env python3
"""Writes residual networks of torchvision or of Gluon's model zoo with random weights, in their full size.

    python3 Tests/Goldens/prove_weights.py write torchvision|mxnet FOLDER
    python3 Tests/Goldens/prove_weights.py read torchvision|mxnet FOLDER

`read` loads NAME_back.safetensors or NAME_back.params into the framework's own network of that name, and tells how far
its outputs are from those of NAME_ours.safetensors. For each network that `write` writes, FOLDER gets its weights and NAME_examples.safetensors: inputs `x`, labels `y` that mean nothing, and
`outputs`. `SessionsTests/Goldens/ForeignWeightsProofs` loads them and compares. Needs torch and torchvision (held
with 2.13.0 and 0.29.2), or mxnet (1.9.1).
"""

import sys
import types
from pathlib import Path

import numpy

import safetensors_file


def write_examples(folder, name, x, outputs):
    tensors = {"x": x, "y": numpy.arange(len(x)), "outputs": outputs}
    safetensors_file.write(folder / f"{name}_examples.safetensors", tensors, {})


def imported_torchvision():
    """torchvision, also where its compiled part is for another torch and pillow is missing, which no model needs."""
    import torch

    for name in ("PIL", "PIL.Image", "PIL.ImageEnhance", "PIL.ImageOps", "PIL.ImageFilter"):
        try:
            __import__(name)
        except ImportError:
            sys.modules[name] = types.ModuleType(name)
    try:
        import torchvision
    except Exception:
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            try:
                library.define(f"{name}(Tensor dets, Tensor scores, float threshold) -> Tensor")
            except RuntimeError:
                pass
        import torchvision
    return torchvision


def write_torchvision(folder):
    import torch

    models = imported_torchvision().models
    torch.manual_seed(1)
    for name in ("resnet18", "resnet50"):
        model = getattr(models, name)()
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.dim() == 1:
                    parameter.add_(0.1 * torch.randn_like(parameter))
            for _ in range(3):
                model(torch.randn(8, 3, 64, 64))
            model.eval()
            x = torch.randn(4, 3, 64, 64)
            write_examples(folder, name, x.numpy(), model(x).numpy())
        torch.save(model.state_dict(), folder / f"{name}.pth")
        tensors = {key: value.numpy() for key, value in model.state_dict().items()}
        safetensors_file.write(folder / f"{name}.safetensors", tensors, {})


def write_mxnet(folder):
    import mxnet as mx
    from mxnet.gluon.model_zoo import vision

    mx.random.seed(2)
    numpy.random.seed(2)
    for name in ("resnet18", "resnet34"):
        net = getattr(vision, f"{name}_v1")()
        net.initialize(mx.init.Xavier())
        for _ in range(3):
            with mx.autograd.record():
                net(mx.nd.random.normal(shape=(8, 3, 64, 64)))
        for key, parameter in net.collect_params().items():
            if key.endswith(("gamma", "beta")):
                noise = 0.1 * mx.nd.random.normal(shape=parameter.shape)
                parameter.set_data(parameter.data() + noise)
        x = mx.nd.random.normal(shape=(4, 3, 64, 64))
        write_examples(folder, name, x.asnumpy(), net(x).asnumpy())
        net.save_parameters(str(folder / f"{name}.params"))
        net.collect_params().save(str(folder / f"{name}_prefix.params"))


def tell(folder, name, outputs):
    expected = safetensors_file.read(folder / f"{name}_ours.safetensors")["example.output"]
    print(name, "outputs differ by", abs(outputs - expected).max() / abs(expected).max())


def read_torchvision(folder):
    import torch

    models = imported_torchvision().models
    for name in ("resnet18", "resnet50"):
        model = getattr(models, name)()
        tensors = safetensors_file.read(folder / f"{name}_back.safetensors")
        model.load_state_dict({key: torch.tensor(value) for key, value in tensors.items()})
        example = safetensors_file.read(folder / f"{name}_ours.safetensors")["example.input"]
        with torch.no_grad():
            tell(folder, name, model.eval()(torch.tensor(example)).numpy())


def read_mxnet(folder):
    import mxnet as mx
    from mxnet.gluon.model_zoo import vision

    for name in ("resnet18", "resnet34"):
        net = getattr(vision, f"{name}_v1")()
        net.load_parameters(str(folder / f"{name}_back.params"))
        example = safetensors_file.read(folder / f"{name}_ours.safetensors")["example.input"]
        tell(folder, name, net(mx.nd.array(example)).asnumpy())


if __name__ == "__main__":
    work = {
        ("write", "torchvision"): write_torchvision,
        ("write", "mxnet"): write_mxnet,
        ("read", "torchvision"): read_torchvision,
        ("read", "mxnet"): read_mxnet,
    }
    work[sys.argv[1], sys.argv[2]](Path(sys.argv[3]))
