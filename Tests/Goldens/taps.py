"""Values that are kept under a name until a later block joins them."""

import torch
from torch import nn

VALUES = {}


class Tap(nn.Module):
    """Passes its input on and keeps it under a name; of two the newer counts."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def forward(self, x):
        VALUES[self.name] = x
        return x


class Join(nn.Module):
    """The kept value, behind its path, and the input: added, multiplied, or its channels first."""

    def __init__(self, name, join, path):
        super().__init__()
        self.name, self.join, self.path = name, join, path

    def forward(self, x):
        tapped = self.path(VALUES[self.name])
        if self.join == "concat":
            return torch.cat([tapped, x], 1)
        if self.join == "add":
            return tapped + x
        rank = max(tapped.dim(), x.dim())
        tapped, x = (v if v.dim() == rank else v[(...,) + (None,) * (rank - 2)] for v in (tapped, x))
        return tapped * x
