"""The option-scoring network: it sees what it chooses. And its control, which does not.

A state and each of its options are sums of learned vectors (one per non-zero feature); options
are scored against the state by a small MLP plus a dot product. learning.md 4: this mattered more
than everything else. `SlotNetwork` shows how much: it scores option i by its output unit i.
Shapes: decisions [B], options of all decisions together [O].
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from ascension.environment.batch import DecisionBatch
from ascension.learning.losses import ragged_log_softmax
from ascension.settings import NetworkSettings

# About 76 features of a state and about 12 of an option are non-zero: their sum has deviation ~1.
_STATE_DEVIATION: Final = 0.1
_OPTION_DEVIATION: Final = 0.2
# A nearly uniform first policy explores all options alike.
_SCORE_DEVIATION: Final = 0.01
SLOTS: Final = 128  # output units of the slot head; the few options beyond share the last one


class Inputs(NamedTuple):
    """A DecisionBatch as tensors on the network's device."""

    state_indices: Tensor  # [state entry] int32
    state_values: Tensor  # [state entry] float32
    state_offsets: Tensor  # [B + 1] int32
    option_indices: Tensor  # [option entry] int32
    option_values: Tensor  # [option entry] float32
    option_offsets: Tensor  # [O + 1] int32
    segments: Tensor  # [O] int64, the decision of each option
    first_options: Tensor  # [B] int64, position of each decision's first option
    option_counts: Tensor  # [B] int64


class Output(NamedTuple):
    """What the network says about a batch of decisions."""

    log_probs: Tensor  # [O], normalised within each decision
    values: Tensor  # [B], in units of `value_scale`


def to_inputs(batch: DecisionBatch, device: torch.device) -> Inputs:
    """Tensors of a batch; on the CPU most of them share its memory."""
    counts = batch.option_counts()
    segments = np.repeat(np.arange(len(counts), dtype=np.int64), counts)

    def tensor(array: NDArray[np.generic]) -> Tensor:
        # The environment's arrays are read-only views of its buffers, which torch does not know.
        return torch.from_numpy(np.require(array, requirements=["C", "W"])).to(device)

    return Inputs(
        state_indices=tensor(batch.state_indices),
        state_values=tensor(batch.state_values),
        state_offsets=tensor(batch.state_offsets.astype(np.int32)),
        option_indices=tensor(batch.option_indices),
        option_values=tensor(batch.option_values),
        option_offsets=tensor(batch.option_offsets.astype(np.int32)),
        segments=tensor(segments),
        first_options=tensor(batch.decision_offsets[:-1]),
        option_counts=tensor(counts),
    )


def _bag(table: Tensor, indices: Tensor, values: Tensor, offsets: Tensor) -> Tensor:
    """For each bag of entries, the sum of the table's rows times the values."""
    return F.embedding_bag(
        indices, table, offsets, mode="sum", per_sample_weights=values, include_last_offset=True
    )


class _SparseProduct(torch.autograd.Function):
    """Sparse rows times a dense matrix; its gradient is a bag as well, of the transposed rows.

    The library's own gradient of an embedding bag takes more than twice as long on a CPU.
    """

    @staticmethod
    def forward(
        ctx: Any, weight: Tensor, indices: Tensor, values: Tensor, offsets: Tensor
    ) -> Tensor:
        ctx.save_for_backward(indices, values, offsets)
        ctx.width = weight.shape[0]
        return _bag(weight, indices, values, offsets)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None, None, None]:
        indices, values, offsets = ctx.saved_tensors
        lengths = offsets.diff()
        rows = torch.repeat_interleave(lengths, output_size=len(indices)).to(torch.int32)
        columns, order = torch.sort(indices, stable=True)
        edges = torch.arange(ctx.width + 1, dtype=columns.dtype, device=columns.device)
        starts = torch.searchsorted(columns, edges, out_int32=True)
        return _bag(gradient.contiguous(), rows[order], values[order], starts), None, None, None


class SparseLinear(nn.Module):
    """A linear layer over rows given as (index, value) pairs."""

    def __init__(self, width: int, size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(width, size))
        self.bias = nn.Parameter(torch.zeros(size))

    def forward(self, indices: Tensor, values: Tensor, offsets: Tensor) -> Tensor:
        """[entry], [entry], [row + 1] -> [row, size]."""
        total: Tensor = _SparseProduct.apply(self.weight, indices, values, offsets)  # type: ignore[no-untyped-call]
        return total + self.bias


class PolicyNetwork(nn.Module):
    """Scores of options and values of states: what both heads have in common."""

    value_scale: Tensor

    def __init__(
        self, state_width: int, option_width: int, settings: NetworkSettings | None = None
    ) -> None:
        super().__init__()
        sizes = settings or NetworkSettings()
        self.state_width = state_width
        self.option_width = option_width
        self.state = SparseLinear(state_width, sizes.state_size)
        self.policy = nn.Linear(sizes.state_size, sizes.policy_size)
        self.value = nn.Linear(sizes.state_size, sizes.value_size)
        self._build_head(sizes)
        self.value_weight = nn.Parameter(torch.empty(sizes.value_size))
        self.value_bias = nn.Parameter(torch.zeros(()))
        # Values are learned divided by this; it travels with the weights.
        self.register_buffer("value_scale", torch.ones(()))

    def _build_head(self, sizes: NetworkSettings) -> None:
        """Make the layers that score options."""
        raise NotImplementedError

    def scores(self, policy: Tensor, inputs: Inputs) -> Tensor:
        """The policy's view of the states [B, policy_size] -> a score for every option [O]."""
        raise NotImplementedError

    @property
    def head_parameter(self) -> Tensor:
        """One parameter that only the policy's gradient reaches: its steps are the policy's."""
        raise NotImplementedError

    @property
    def device(self) -> torch.device:
        """Where the network lives."""
        return self.value_weight.device

    def forward(self, inputs: Inputs) -> Output:
        """Log-probabilities of all options and (scaled) values of all states."""
        state = F.relu(self.state(inputs.state_indices, inputs.state_values, inputs.state_offsets))
        scores = self.scores(F.relu(self.policy(state)), inputs)
        log_probs = ragged_log_softmax(scores, inputs.segments, len(inputs.option_counts))
        hidden = F.relu(self.value(state))
        # Sums of products, not a matrix product with one column: those differ in the last bit
        # with the size of the batch, and a decision must not depend on its neighbours.
        return Output(log_probs, (hidden * self.value_weight).sum(-1) + self.value_bias)

    def keep_value_gradients(self) -> None:
        """Forget all gradients but the value head's own: the embedded state serves both."""
        for name, parameter in self.named_parameters():
            if not name.startswith("value"):
                parameter.grad = None

    def rescale_values(self, scale: float) -> None:
        """Change the unit of values without changing what they say."""
        ratio = float(self.value_scale) / scale
        with torch.no_grad():
            self.value_weight.mul_(ratio)
            self.value_bias.mul_(ratio)
            self.value_scale.fill_(scale)


class OptionNetwork(PolicyNetwork):
    """Scores an option by what it is."""

    def _build_head(self, sizes: NetworkSettings) -> None:
        self.option = SparseLinear(self.option_width, sizes.option_size)
        # The MLP's first layer over (option, state), split so that a state's half is computed once.
        self.mix_option = nn.Linear(sizes.option_size, sizes.option_size)
        self.mix_state = nn.Linear(sizes.policy_size, sizes.option_size)
        self.query = nn.Linear(sizes.policy_size, sizes.option_size)
        self.score = nn.Parameter(torch.empty(sizes.option_size))

    @property
    def head_parameter(self) -> Tensor:
        """The weights of the scores."""
        return self.score

    def scores(self, policy: Tensor, inputs: Inputs) -> Tensor:
        """A small MLP over option and state, plus their dot product."""
        bags = self.option(inputs.option_indices, inputs.option_values, inputs.option_offsets)
        option = F.relu(bags)
        query = self.query(policy).index_select(0, inputs.segments)  # [O, option_size]
        mixed = self.mix_option(option) + self.mix_state(policy).index_select(0, inputs.segments)
        hidden = F.relu(mixed)
        scores: Tensor = (hidden * self.score + option * query).sum(-1)
        return scores


class SlotNetwork(PolicyNetwork):
    """The control: option i is scored by output unit i, whatever option i is.

    The state is the same and so is everything else; only what an option is stays unseen. Unit i
    means something else in every state, as it did in the experiment this project starts from.
    """

    option_columns: Tensor

    def _build_head(self, sizes: NetworkSettings) -> None:
        self.slots = nn.Linear(sizes.policy_size, SLOTS)
        # Not used: kept so that the stored weights tell which layout they were made for.
        self.register_buffer("option_columns", torch.tensor(self.option_width))

    @property
    def head_parameter(self) -> Tensor:
        """The weights of the slots."""
        return self.slots.weight

    def scores(self, policy: Tensor, inputs: Inputs) -> Tensor:
        """Output unit i for a decision's option i."""
        every = torch.arange(len(inputs.segments), device=inputs.segments.device)
        position = every - inputs.first_options.index_select(0, inputs.segments)
        scores: Tensor = self.slots(policy)[inputs.segments, position.clamp(max=SLOTS - 1)]
        return scores


def initialize(network: OptionNetwork, seed: int) -> OptionNetwork:
    """Draw the first weights; the same seed gives the same bytes."""
    generator = torch.Generator().manual_seed(seed)
    nn.init.normal_(network.state.weight, std=_STATE_DEVIATION, generator=generator)
    nn.init.normal_(network.option.weight, std=_OPTION_DEVIATION, generator=generator)
    for layer in (network.policy, network.value, network.mix_option, network.mix_state):
        _draw(layer, 2**0.5, generator)
    _draw(network.query, _SCORE_DEVIATION, generator)
    nn.init.normal_(network.score, std=_SCORE_DEVIATION, generator=generator)
    nn.init.normal_(network.value_weight, std=_SCORE_DEVIATION, generator=generator)
    return network


def initialize_slots(network: SlotNetwork, seed: int) -> SlotNetwork:
    """The same for the control."""
    generator = torch.Generator().manual_seed(seed)
    nn.init.normal_(network.state.weight, std=_STATE_DEVIATION, generator=generator)
    for layer in (network.policy, network.value):
        _draw(layer, 2**0.5, generator)
    _draw(network.slots, _SCORE_DEVIATION, generator)
    nn.init.normal_(network.value_weight, std=_SCORE_DEVIATION, generator=generator)
    return network


def _draw(layer: nn.Linear, gain: float, generator: torch.Generator) -> None:
    nn.init.orthogonal_(layer.weight, gain=gain, generator=generator)
    nn.init.zeros_(layer.bias)


def empty_network(
    state_width: int, option_width: int, settings: NetworkSettings | None = None
) -> PolicyNetwork:
    """A network whose weights are still to be filled."""
    is_control = settings is not None and settings.head == "slots"
    return (SlotNetwork if is_control else OptionNetwork)(state_width, option_width, settings)


def build_network(
    state_width: int, option_width: int, settings: NetworkSettings | None = None, seed: int = 0
) -> PolicyNetwork:
    """A network with first weights drawn from a seed."""
    network = empty_network(state_width, option_width, settings)
    if isinstance(network, SlotNetwork):
        return initialize_slots(network, seed)
    assert isinstance(network, OptionNetwork)
    return initialize(network, seed)


def count_parameters(network: nn.Module) -> int:
    """Number of learned numbers."""
    return sum(parameter.numel() for parameter in network.parameters())
