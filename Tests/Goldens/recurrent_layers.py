"""Recurrent layers, PyTorch's own, over the positions of `[batch, channels, positions]`."""

from torch import nn

RECURRENT = ("lstm", "gru")


def recurrent_layer(spec, shape):
    """The module of a layer; shapes begin with the batch."""
    return (LSTM if spec.kind == "lstm" else GRU)(spec, shape[1])


def _words(spec):
    return {
        "bias": spec.options.get("bias", "yes") == "yes",
        "bidirectional": spec.options.get("directions", "1") == "2",
        "batch_first": True,
    }


class LSTM(nn.LSTM):
    """The states at all positions, or behind the last step."""

    def __init__(self, spec, channels):
        super().__init__(channels, int(spec.words[0]), **_words(spec))
        self.last = spec.options.get("return", "all") == "last"

    def forward(self, x):
        y, (state, _) = super().forward(x.transpose(1, 2))
        return state.transpose(0, 1).flatten(1) if self.last else y.transpose(1, 2)


class GRU(nn.GRU):
    """The states at all positions, or behind the last step."""

    def __init__(self, spec, channels):
        super().__init__(channels, int(spec.words[0]), **_words(spec))
        self.last = spec.options.get("return", "all") == "last"

    def forward(self, x):
        y, state = super().forward(x.transpose(1, 2))
        return state.transpose(0, 1).flatten(1) if self.last else y.transpose(1, 2)
