#!/usr/bin/env python3
"""Training speed of PyTorch, as it is usually and well written, in eager mode.

    peer.py NETWORK WARMUP STEPS THREADS

NETWORK is seed_block, wang, resnet20, or resnet20_nhwc: the same in PyTorch's channels-last layout,
which its tuning guide recommends and which has to be asked for. Prints, as each is known:
    stepped                 the first training step is finished
    rate NETWORK X          steps a second over STEPS steps after WARMUP steps
    cpu NETWORK X           processor seconds a step, all threads together
    memory NETWORK X        peak resident megabytes
Batches are made before and stay in memory, so that nothing but training is timed.
"""

import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

BATCHES = 8


class SeedBlock(nn.Module):
    """RES_CNN1D(10, 3, 2, chain_length=3), padded and with a projected shortcut; a classifier."""

    def __init__(self, inputs=1, width=10, classes=4):
        super().__init__()
        layers = []
        for index in range(3):
            layers += [
                nn.Conv1d(inputs if index == 0 else width, width, 3, 2 if index == 0 else 1, 1),
                nn.BatchNorm1d(width),
                nn.ReLU(inplace=True),
            ]
        self.body = nn.Sequential(*layers)
        self.shortcut = nn.Sequential(
            nn.Conv1d(inputs, width, 1, 2, bias=False), nn.BatchNorm1d(width)
        )
        self.classifier = nn.Linear(width, classes)

    def forward(self, x):
        return self.classifier(F.relu(self.body(x) + self.shortcut(x)).mean(2))


class WangBlock(nn.Module):
    """Kernels of 8, 5 and 3 around a normalized shortcut."""

    def __init__(self, inputs, width):
        super().__init__()
        self.body = nn.Sequential(
            nn.ConstantPad1d((3, 4), 0.0),
            nn.Conv1d(inputs, width, 8),
            nn.BatchNorm1d(width),
            nn.ReLU(inplace=True),
            nn.Conv1d(width, width, 5, padding=2),
            nn.BatchNorm1d(width),
            nn.ReLU(inplace=True),
            nn.Conv1d(width, width, 3, padding=1),
            nn.BatchNorm1d(width),
        )
        projection = [] if inputs == width else [nn.Conv1d(inputs, width, 1)]
        self.shortcut = nn.Sequential(*projection, nn.BatchNorm1d(width))

    def forward(self, x):
        return F.relu(self.body(x) + self.shortcut(x))


class Wang(nn.Module):
    """The 1-D residual network of Wang, Yan and Oates (2017)."""

    def __init__(self, classes=2):
        super().__init__()
        self.blocks = nn.Sequential(WangBlock(1, 64), WangBlock(64, 128), WangBlock(128, 128))
        self.classifier = nn.Linear(128, classes)

    def forward(self, x):
        return self.classifier(self.blocks(x).mean(2))


class BasicBlock(nn.Module):
    """Two 3x3 convolutions; where shapes differ the shortcut is option A (He et al. 2015)."""

    def __init__(self, inputs, width, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, width, 3, stride, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, 1, 1, bias=False),
            nn.BatchNorm2d(width),
        )
        self.extra = width - inputs
        self.stride = stride

    def forward(self, x):
        shortcut = x
        if self.extra:
            kept = x[:, :, :: self.stride, :: self.stride]
            shortcut = F.pad(kept, (0, 0, 0, 0, 0, self.extra))
        return F.relu(self.body(x) + shortcut, inplace=True)


class ResNet20(nn.Module):
    """The CIFAR network of depth 20 with parameter-free shortcuts."""

    def __init__(self, classes=10):
        super().__init__()
        blocks, inputs = [], 16
        for width, stride in ((16, 1), (32, 2), (64, 2)):
            for index in range(3):
                blocks.append(BasicBlock(inputs, width, stride if index == 0 else 1))
                inputs = width
        self.layers = nn.Sequential(
            nn.Conv2d(3, 16, 3, 1, 1, bias=False),
            nn.BatchNorm2d(16),
            nn.ReLU(inplace=True),
            *blocks,
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(64, classes),
        )

    def forward(self, x):
        return self.layers(x)


def setting(name):
    """Network, learnable parameters, input with its batch, classes and optimizer."""
    if name == "seed_block":
        module = SeedBlock()
        return module, 794, (32, 1, 64), 4, torch.optim.SGD(module.parameters(), lr=0.1)
    if name == "wang":
        module = Wang()
        return module, 504_258, (16, 1, 150), 2, torch.optim.Adam(module.parameters(), lr=1e-3)
    if name in ("resnet20", "resnet20_nhwc"):
        module = ResNet20()
        updater = torch.optim.SGD(module.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
        return module, 269_722, (64, 3, 32, 32), 10, updater
    sys.exit(f"no such network: {name}")


def main(name, warmup, steps, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    module, parameters, shape, classes, updater = setting(name)
    if sum(value.numel() for value in module.parameters()) != parameters:
        sys.exit(f"{name} does not have {parameters} parameters")
    batches = [(torch.randn(shape), torch.randint(classes, shape[:1])) for _ in range(BATCHES)]
    if name.endswith("_nhwc"):
        layout = torch.channels_last
        module = module.to(memory_format=layout)
        batches = [(x.to(memory_format=layout), y) for x, y in batches]
    module.train()

    def run(count):
        for index in range(count):
            x, y = batches[index % BATCHES]
            updater.zero_grad(set_to_none=True)
            loss = F.cross_entropy(module(x), y)
            loss.backward()
            updater.step()
        return loss.item()

    run(1)
    print("stepped", flush=True)
    if steps == 0:
        return
    run(warmup)
    wall, processor = time.perf_counter(), time.process_time()
    run(steps)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"rate {name} {steps / wall:.6g}")
    print(f"cpu {name} {processor / steps:.6g}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory {name} {peak / (1 << 20 if sys.platform == 'darwin' else 1 << 10):.1f}")


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:5]))
