#!/usr/bin/env python3
"""Writes small residual networks with the names that PyTorch's programs give, to Tests/Goldens/Weights.

    python3 Tests/Goldens/make_weights.py

Needs torch (made with torch 2.13.0). The networks have the modules of torchvision's `resnet.py`, and those
usual for CIFAR, under the same names but with few channels; those of torchvision itself are held against
`prove_weights.py`. Beside the weights of each lies a file of inputs and of what PyTorch puts out for them.
"""

from pathlib import Path

import torch
from torch import nn

import safetensors_file

FOLDER = Path(__file__).resolve().parent / "Weights"


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, inputs, channels, stride, shortcut):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.shortcut_name = shortcut
        add_shortcut(self, inputs, channels, stride, shortcut)

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + getattr(self, self.shortcut_name)(x))


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inputs, channels, stride, shortcut):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.conv3 = nn.Conv2d(channels, 4 * channels, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * channels)
        self.shortcut_name = shortcut
        add_shortcut(self, inputs, 4 * channels, stride, shortcut)

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        y = torch.relu(self.bn2(self.conv2(y)))
        return torch.relu(self.bn3(self.conv3(y)) + getattr(self, self.shortcut_name)(x))


def add_shortcut(block, inputs, outputs, stride, name):
    shortcut = nn.Sequential()
    if stride != 1 or inputs != outputs:
        shortcut = nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
        )
    setattr(block, name, shortcut)


class ResNet(nn.Module):
    """`stages` has the number of blocks and the channels of each stage."""

    def __init__(self, block, stem, stages, classes, shortcut="downsample", head="fc"):
        super().__init__()
        self.conv1 = stem
        self.bn1 = nn.BatchNorm2d(stem.out_channels)
        self.maxpool = nn.MaxPool2d(3, 2, 1) if stem.stride[0] > 1 else nn.Identity()
        inputs = stem.out_channels
        self.stages = []
        for index, (blocks, channels) in enumerate(stages):
            layers = []
            for place in range(blocks):
                stride = 2 if index > 0 and place == 0 else 1
                layers.append(block(inputs, channels, stride, shortcut))
                inputs = channels * block.expansion
            name = f"layer{index + 1}"
            setattr(self, name, nn.Sequential(*layers))
            self.stages.append(name)
        setattr(self, head, nn.Linear(inputs, classes))
        self.head = head

    def forward(self, x):
        x = self.maxpool(torch.relu(self.bn1(self.conv1(x))))
        for name in self.stages:
            x = getattr(self, name)(x)
        return getattr(self, self.head)(x.mean((2, 3)))


def filled(model, seed):
    """The model with statistics of some batches, gammas and betas that are not those it begins with."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            deviation = 0.2 if parameter.dim() == 1 else parameter[0].numel() ** -0.5
            parameter.copy_(torch.randn_like(parameter) * deviation + (parameter.dim() == 1))
        channels = model.conv1.in_channels
        for _ in range(20):
            model(torch.randn(16, channels, 12, 12))
    return model.eval()


def write_examples(model, name):
    x = torch.randn(3, model.conv1.in_channels, 12, 12)
    with torch.no_grad():
        outputs = model(x)
    tensors = {"x": x.numpy(), "y": torch.arange(3).numpy(), "outputs": outputs.numpy()}
    safetensors_file.write(FOLDER / f"{name}_examples.safetensors", tensors, {})


def write_safetensors(model, name, kind):
    """As the safetensors library has it: the names sorted."""
    tensors = {
        key: (value.to(kind) if value.is_floating_point() else value).numpy()
        for key, value in model.state_dict().items()
    }
    safetensors_file.write(FOLDER / name, tensors, {})


def main():
    FOLDER.mkdir(exist_ok=True)
    stem = nn.Conv2d(1, 2, 7, 2, 3, bias=False)
    basic = filled(ResNet(BasicBlock, stem, [(1, 2), (2, 3)], 3), 1)
    write_examples(basic, "basic")
    state = basic.state_dict()
    torch.save(state, FOLDER / "basic.pth")
    training = {
        "epoch": 7,
        "state_dict": {f"module.{key}": value for key, value in state.items()},
        "optimizer": {"state": {0: {"momentum_buffer": torch.zeros(2)}}},
    }
    torch.save(training, FOLDER / "training.pth")
    stem = nn.Conv2d(2, 2, 7, 2, 3, bias=False)
    bottleneck = filled(ResNet(Bottleneck, stem, [(2, 1), (1, 2)], 3), 2)
    bottleneck = bottleneck.half().float()
    write_examples(bottleneck, "bottleneck")
    write_safetensors(bottleneck, "bottleneck.safetensors", torch.float16)
    stem = nn.Conv2d(1, 2, 3, 1, 1, bias=False)
    cifar = filled(ResNet(BasicBlock, stem, [(2, 2), (2, 3)], 3, "shortcut", "linear"), 3)
    write_examples(cifar, "cifar")
    write_safetensors(cifar, "cifar.safetensors", torch.float64)
    stem = nn.Conv2d(1, 2, 3, 1, 1, bias=False)
    synchronized = ResNet(BasicBlock, stem, [(1, 2), (1, 3)], 3)
    synchronized = filled(nn.SyncBatchNorm.convert_sync_batchnorm(synchronized), 4)
    write_examples(synchronized, "synchronized")
    torch.save(synchronized.state_dict(), FOLDER / "synchronized.pth")
    for file in sorted(FOLDER.iterdir()):
        print(f"{file.name:32} {file.stat().st_size:6,} bytes")


if __name__ == "__main__":
    main()
