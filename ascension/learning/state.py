"""The learner's whole state, and its form as plain arrays and JSON.

Everything that the next update depends on is here: weights, optimiser moments, tuner, random
generator, counters. `flatten` and `unflatten` let storage write it without knowing torch.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from ascension.learning.devices import choose_device
from ascension.learning.network import PolicyNetwork, build_network, empty_network
from ascension.learning.tuner import TunerState
from ascension.settings import NetworkSettings, TrainSettings

Arrays = dict[str, NDArray[Any]]
SCHEMA_VERSION: Final = 1
_MOMENTS: Final = ("exp_avg", "exp_avg_sq", "step")


class IncompatibleState(ValueError):
    """A stored state that does not fit: says which part and what was expected."""


@dataclass(slots=True)
class ReturnStatistics:
    """Running deviation of returns (Welford's sums over batches)."""

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0  # sum of squared differences from the mean

    def add(self, returns: NDArray[np.float32]) -> None:
        """Take a batch of returns into account."""
        size, mean = len(returns), float(returns.mean(dtype=np.float64))
        squares = float(((returns.astype(np.float64) - mean) ** 2).sum())
        total, shift = self.count + size, mean - self.mean
        self.squares += squares + shift**2 * self.count * size / total
        self.mean += shift * size / total
        self.count = total

    def deviation(self) -> float:
        """Standard deviation so far; 1 if there is nothing to scale by."""
        variance = self.squares / self.count if self.count else 1.0
        return float(variance**0.5) if variance > 1e-12 else 1.0


@dataclass(slots=True)
class LearnerState:
    """A policy in training. `ppo.update` is the only one that changes it."""

    network: PolicyNetwork
    optimizer: torch.optim.Adam
    tuner: TunerState
    generator: np.random.Generator
    update: int = 0
    games: int = 0
    transitions: int = 0
    value_only_left: int = 0  # transitions to come that leave the policy as it is
    returns: ReturnStatistics = field(default_factory=ReturnStatistics)

    @property
    def device(self) -> torch.device:
        """Where the network lives."""
        return self.network.device

    def policy_steps(self) -> int:
        """Gradient steps that the policy has taken."""
        state = self.optimizer.state.get(self.network.head_parameter, {})
        return int(state.get("step", 0))


@dataclass(frozen=True, slots=True)
class FlatState:
    """A LearnerState as storage keeps it: two sets of arrays and a JSON object."""

    weights: Arrays
    optimizer: Arrays
    metadata: dict[str, Any]


def tuner_of(settings: TrainSettings) -> TunerState:
    """The coefficients that the settings start with."""
    return TunerState(
        settings.learning_rate, settings.entropy_coefficient, settings.anchor_coefficient
    )


def _adam(network: PolicyNetwork, settings: TrainSettings) -> torch.optim.Adam:
    return torch.optim.Adam(
        network.parameters(), lr=settings.learning_rate, eps=settings.adam_epsilon, fused=True
    )


def new_learner(
    settings: TrainSettings,
    state_width: int,
    option_width: int,
    cloned: PolicyNetwork | None = None,
) -> LearnerState:
    """A learner at update 0: with fresh weights, or with a clone's."""
    network = copy.deepcopy(cloned) if cloned is not None else None
    if network is None:
        network = build_network(state_width, option_width, settings.network, settings.seed)
    if (network.state_width, network.option_width) != (state_width, option_width):
        raise IncompatibleState(
            f"the clone reads {network.state_width} and {network.option_width} features, "
            f"not {state_width} and {option_width}: clone again with this layout"
        )
    network.to(choose_device(settings.device))
    return LearnerState(
        network=network,
        optimizer=_adam(network, settings),
        tuner=tuner_of(settings),
        generator=np.random.default_rng(settings.seed),
        value_only_left=settings.value_only_transitions if cloned is not None else 0,
    )


def flatten_network(network: PolicyNetwork) -> Arrays:
    """The weights as numpy arrays by name."""
    return {
        name: tensor.detach().cpu().numpy().copy() for name, tensor in network.state_dict().items()
    }


def unflatten_network(
    weights: Mapping[str, NDArray[Any]], device: str | torch.device = "cpu"
) -> PolicyNetwork:
    """A network of the stored weights; its sizes are read from their shapes."""
    try:
        network = empty_network(*_widths_and_sizes(weights))
        network.load_state_dict({n: torch.from_numpy(np.array(w)) for n, w in weights.items()})
    except (KeyError, IndexError, RuntimeError) as error:
        raise IncompatibleState(
            f"not the weights of an option-scoring network or of its control: {error}"
        ) from error
    return network.to(choose_device(device) if isinstance(device, str) else device)


def _widths_and_sizes(weights: Mapping[str, NDArray[Any]]) -> tuple[int, int, NetworkSettings]:
    """What the shapes of stored weights say about the network they belong to."""
    is_control = "slots.weight" in weights
    sizes = NetworkSettings(
        state_size=weights["state.weight"].shape[1],
        policy_size=weights["policy.weight"].shape[0],
        value_size=weights["value.weight"].shape[0],
        option_size=1 if is_control else weights["option.weight"].shape[1],
        head="slots" if is_control else "options",
    )
    options = weights["option_columns"] if is_control else weights["option.weight"].shape[0]
    return weights["state.weight"].shape[0], int(options), sizes


def flatten(learner: LearnerState) -> FlatState:
    """Everything that the next update depends on, as plain arrays and JSON."""
    metadata = {
        "learner_schema": SCHEMA_VERSION,
        "update": learner.update,
        "games": learner.games,
        "transitions": learner.transitions,
        "value_only_left": learner.value_only_left,
        "tuner": asdict(learner.tuner),
        "returns": asdict(learner.returns),
        "generator": learner.generator.bit_generator.state,
        "widths": {"state": learner.network.state_width, "option": learner.network.option_width},
    }
    return FlatState(flatten_network(learner.network), _flatten_optimizer(learner), metadata)


def _flatten_optimizer(learner: LearnerState) -> Arrays:
    arrays: Arrays = {}
    for name, parameter in learner.network.named_parameters():
        for moment, tensor in learner.optimizer.state.get(parameter, {}).items():
            arrays[f"{name}/{moment}"] = tensor.detach().cpu().numpy().copy()
    return arrays


def unflatten(flat: FlatState, settings: TrainSettings) -> LearnerState:
    """The learner that `flatten` was given, ready for its next update."""
    metadata = flat.metadata
    if metadata.get("learner_schema") != SCHEMA_VERSION:
        raise IncompatibleState(
            f"learner schema {metadata.get('learner_schema')!r}, not {SCHEMA_VERSION}:"
            " continue the run with the version that started it"
        )
    network = unflatten_network(flat.weights, settings.device)
    generator = np.random.default_rng()
    generator.bit_generator.state = metadata["generator"]
    learner = LearnerState(
        network=network,
        optimizer=_adam(network, settings),
        tuner=TunerState(**metadata["tuner"]),
        generator=generator,
        update=metadata["update"],
        games=metadata["games"],
        transitions=metadata["transitions"],
        value_only_left=metadata["value_only_left"],
        returns=ReturnStatistics(**metadata["returns"]),
    )
    _restore_optimizer(learner, flat.optimizer)
    return learner


def _restore_optimizer(learner: LearnerState, arrays: Mapping[str, NDArray[Any]]) -> None:
    unknown = set(arrays)
    for name, parameter in learner.network.named_parameters():
        keys = [f"{name}/{moment}" for moment in _MOMENTS]
        if not unknown.issuperset(keys):
            continue  # never stepped: Adam makes its moments at the first gradient
        unknown.difference_update(keys)
        learner.optimizer.state[parameter] = {
            moment: _moment(arrays[key], moment, parameter)
            for moment, key in zip(_MOMENTS, keys, strict=True)
        }
    if unknown:
        raise IncompatibleState(f"optimiser arrays without a parameter: {sorted(unknown)[:5]}")


def _moment(array: NDArray[Any], moment: str, parameter: torch.Tensor) -> torch.Tensor:
    if moment != "step" and array.shape != tuple(parameter.shape):
        raise IncompatibleState(
            f"optimiser moment of shape {array.shape} for {tuple(parameter.shape)}"
        )
    return torch.from_numpy(np.array(array)).to(parameter.device)
