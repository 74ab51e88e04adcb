"""What a golden case is, and texts that many of them share."""

from dataclasses import dataclass

CROSS_ENTROPY = "cross_entropy"
SGD = "sgd lr=0.05"
MOMENTUM = "sgd lr=0.05 momentum=0.9 wd=1e-4 nesterov=no"


@dataclass
class Case:
    """One file: a network and how it is trained."""

    name: str
    network: str
    batch: int = 3
    loss: str = CROSS_ENTROPY
    optimizer: str = SGD


def series(layers, shape="2x12", classes=3):
    """Layers between an input and a classifier: global average pooling and a dense layer."""
    return f"input {shape}; {layers}; gap; dense {classes}"


def image(layers, shape="2x5x4", classes=3):
    """As `series`, with height and width."""
    return series(layers, shape, classes)


def seed_block(shape, bias=""):
    """RES_CNN1D(10, 3, 2, chain_length=3) with a classifier of four classes."""
    return series(
        f"residual shortcut=B act=relu {{ conv 10 3 stride=2 pad=1 {bias}; bn; relu;"
        f" repeat 2 {{ conv 10 3 pad=1 {bias}; bn; relu }} }}",
        shape,
        4,
    )


def basic_block(width, stride, shortcut):
    """Two 3x3 convolutions with a shortcut (He et al. 2015)."""
    return (
        f"residual shortcut={shortcut} act=relu {{ conv {width} 3 stride={stride} pad=1 bias=no; bn;"
        f" relu; conv {width} 3 pad=1 bias=no; bn }}"
    )


def wang_block(width, shortcut):
    """Kernels of 8, 5 and 3 with a normalized shortcut (Wang, Yan, Oates 2017)."""
    return (
        f"parallel join=add {{ conv {width} 8 pad=3:4; bn; relu; conv {width} 5 pad=2; bn; relu;"
        f" conv {width} 3 pad=1; bn }} {{ {shortcut}bn }}; relu"
    )
