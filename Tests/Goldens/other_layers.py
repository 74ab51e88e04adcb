"""Normalizations of each example by itself, factors of channels, and layers without state."""

import torch
from torch import nn


OTHERS = ("ln", "rmsnorm", "gn", "instnorm", "lrn", "layerscale", "glu", "noise", "identity")


def other_layer(spec, shape):
    """The module of a layer; shapes begin with the batch."""
    if spec.kind == "glu":
        return nn.GLU(dim=1)
    if spec.kind in ("noise", "identity"):
        return nn.Identity()
    channels, rank = shape[1], len(shape) - 2
    affine = spec.options.get("affine", "no" if spec.kind == "instnorm" else "yes") == "yes"
    eps = {"eps": float(spec.options["eps"])} if "eps" in spec.options else {}
    if spec.kind == "ln" and spec.options.get("over") == "all":
        return nn.LayerNorm(list(shape[1:]), elementwise_affine=affine, **eps)
    if spec.kind == "ln":
        return ChannelsLast(nn.LayerNorm(channels, elementwise_affine=affine, **eps))
    if spec.kind == "rmsnorm":
        eps.setdefault("eps", torch.finfo(torch.float32).eps)
        return ChannelsLast(nn.RMSNorm(channels, elementwise_affine=affine, **eps))
    if spec.kind == "gn":
        return nn.GroupNorm(int(spec.words[0]), channels, affine=affine, **eps)
    if spec.kind == "instnorm":
        kind = nn.InstanceNorm1d if rank == 1 else nn.InstanceNorm2d
        return kind(channels, affine=affine, **eps)
    if spec.kind == "lrn":
        numbers = {key: float(spec.options[key]) for key in ("alpha", "beta", "k") if key in spec.options}
        return nn.LocalResponseNorm(int(spec.words[0]), **numbers)
    return LayerScale(channels)


class ChannelsLast(nn.Module):
    """A norm over the last dimension, over the channels; its parameters have the names of the norm."""

    def __init__(self, norm):
        super().__init__()
        for name, value in norm.named_parameters():
            self.register_parameter(name, value)
        self.norm = [norm]

    def forward(self, x):
        norm = self.norm[0]
        values = {name: getattr(self, name) for name, _ in norm.named_parameters()}
        return torch.func.functional_call(norm, values, (x.movedim(1, -1),)).movedim(-1, 1)


class LayerScale(nn.Module):
    """A learnable number for each channel."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))

    def forward(self, x):
        return self.weight.reshape((-1,) + (1,) * (x.dim() - 2)) * x
