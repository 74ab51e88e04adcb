"""The golden cases: name, network, batch, loss and optimizer. All take 20 steps.

Networks are written compactly here; `make.py` lays them out with one block a line.
Padding is always a number.
"""

from catalogue.attention import ATTENTION, RECURRENT
from catalogue.case import CROSS_ENTROPY, Case
from catalogue.layers import ACTIVATIONS, CONVOLUTIONS, NORMALIZATIONS, POOLING
from catalogue.moving import MOVING, TRANSPOSED
from catalogue.structures import FROZEN, GATES, PARALLEL, PLAIN, RESIDUAL, SHARING, TAPS
from catalogue.updates import LOSSES, OPTIMIZERS

STRUCTURES = PLAIN + RESIDUAL + PARALLEL + GATES + SHARING + TAPS + FROZEN
LAYERS = CONVOLUTIONS + TRANSPOSED + MOVING + POOLING + ACTIVATIONS + NORMALIZATIONS
LAYERS += ATTENTION + RECURRENT
CASES = STRUCTURES + LAYERS + OPTIMIZERS + LOSSES
