"""Losses, optimizers and steps as Espalier defines them, on PyTorch.

Losses are means over the batch of one value per sample: softmax cross entropy of the logits; for
l2, l1 and huber the mean over a sample's outputs of (p - y)^2 / 2, of |p - y|, and of (p - y)^2 / 2
within 1 but |p - y| - 1/2 beyond. Cross entropy with a class at each position is the mean over all of them.
Optimizers are PyTorch's: weight decay is added to the gradient of every parameter that is not frozen, while
adamw multiplies weights by 1 - lr * wd instead; adam divides by sqrt(v / (1 - beta2^t)) + eps,
rmsprop by sqrt(v) + eps.
"""

import torch
from torch.nn import functional as F


def loss(name, output, target):
    """The mean loss of a batch."""
    if name == "cross_entropy":
        return F.cross_entropy(output, target)
    target = target.reshape(output.shape)
    if name == "l2":
        return ((output - target) ** 2 / 2).mean()
    if name == "l1":
        return (output - target).abs().mean()
    if name == "huber":
        return F.huber_loss(output, target, delta=1.0)
    raise ValueError(f"no such loss: {name}")


def optimizer(text, parameters):
    """The optimizer of a text such as `sgd lr=0.1 momentum=0.9 wd=1e-4 nesterov=no`."""
    kind, *words = text.split()
    keys = dict(word.split("=") for word in words)
    nesterov = keys.pop("nesterov", "no") == "yes"
    values = {key: float(value) for key, value in keys.items()}
    rate = values.pop("lr")
    decay = values.pop("wd", 0.0)
    parameters = [parameter for parameter in parameters if parameter.requires_grad]
    if kind == "sgd":
        return torch.optim.SGD(parameters, lr=rate, weight_decay=decay, nesterov=nesterov, **values)
    if kind in ("adam", "adamw"):
        betas = (values.pop("beta1", 0.9), values.pop("beta2", 0.999))
        make = torch.optim.Adam if kind == "adam" else torch.optim.AdamW
        return make(parameters, lr=rate, betas=betas, weight_decay=decay, **values)
    if kind == "rmsprop":
        return torch.optim.RMSprop(
            parameters, lr=rate, alpha=values.pop("rho", 0.9), weight_decay=decay, **values
        )
    raise ValueError(f"no such optimizer: {kind}")


def step(module, kind, updater, x, y):
    """One training step: the loss before it, and the output of its forward pass."""
    module.train()
    updater.zero_grad(set_to_none=True)
    output = module(x)
    value = loss(kind, output, y)
    value.backward()
    updater.step()
    return value.item(), output.detach()
