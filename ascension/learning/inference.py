"""The network as a function of numpy arrays, tuned for collection, and its number of threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from ascension.environment.batch import DecisionBatch
from ascension.learning.devices import watched
from ascension.learning.network import PolicyNetwork, to_inputs

# Below four rows the matrix library takes another path and the last bits change. Padding keeps a
# decision's answer the same whether it is asked alone or among others.
_SMALLEST_BATCH: Final = 8


@contextmanager
def limited_threads(count: int) -> Iterator[None]:
    """Run torch with this many CPU threads: sums depend on it in their last bits."""
    before = torch.get_num_threads()
    if before == count:
        yield
        return
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class Answer(NamedTuple):
    """What the network says, in numpy."""

    log_probs: NDArray[np.float32]  # [O]
    values: NDArray[np.float32]  # [B], in units of reward


def ask(network: PolicyNetwork, decisions: DecisionBatch, threads: int = 1) -> Answer:
    """Log-probabilities of every option and value of every decision."""
    size, options = len(decisions), decisions.n_options
    if size == 0:
        empty = np.zeros(0, dtype=np.float32)
        return Answer(empty, empty.copy())
    if size < _SMALLEST_BATCH:
        decisions = decisions.take([*range(size), *([0] * (_SMALLEST_BATCH - size))])
    device = network.device
    with limited_threads(threads), watched(device), torch.inference_mode():
        output = network(to_inputs(decisions, device))
        values = output.values * network.value_scale
        return Answer(output.log_probs.cpu().numpy()[:options], values.cpu().numpy()[:size])
