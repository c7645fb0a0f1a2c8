"""Behaviour cloning: imitate a teacher's choices before PPO improves on them.

Games, not decisions, are held out for validation: neighbouring decisions of one game are too
alike to tell whether the network has understood.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from ascension.environment.kinds import KIND_NAMES
from ascension.learning import losses
from ascension.learning.devices import choose_device, watched
from ascension.learning.errors import OneSidedExamples, TrainingDiverged
from ascension.learning.examples import Examples
from ascension.learning.inference import limited_threads
from ascension.learning.metrics import KindMeans
from ascension.learning.network import PolicyNetwork, build_network, to_inputs
from ascension.learning.state import Arrays, flatten_network, unflatten_network
from ascension.records import CloneEpoch
from ascension.settings import CloneSettings

_CHUNK: Final = 4096  # decisions per pass when only looking
_FEW_SAMPLES: Final = 1000  # below this at most a tenth is held out


class TooFewSamples(ValueError):
    """Not enough teacher decisions to learn anything from."""


@dataclass(frozen=True, slots=True)
class Clone:
    """The best network of a cloning and the story of its epochs."""

    network: PolicyNetwork
    epochs: tuple[CloneEpoch, ...]
    best: CloneEpoch


class Fit(NamedTuple):
    """How well a network matches examples."""

    loss: float
    accuracy: float
    by_kind: dict[str, float]


def clone(
    examples: Examples,
    settings: CloneSettings,
    state_width: int,
    option_width: int,
    on_epoch: Callable[[CloneEpoch], None] | None = None,
) -> Clone:
    """Train a fresh network on the examples; the weights of its best epoch.

    Raises TooFewSamples, OneSidedExamples, TrainingDiverged or DeviceError.
    """
    _require_variety(examples, settings.min_samples)
    network = build_network(state_width, option_width, settings.network, settings.seed)
    network.to(choose_device(settings.device))
    generator = np.random.default_rng(settings.seed)
    training, validation = split_by_game(examples, settings.validation_fraction, generator)
    with limited_threads(settings.threads), watched(network.device):
        course = _Course(network, settings, training, validation, generator)
        return course.run(on_epoch)


def _require_variety(examples: Examples, least: int) -> None:
    if len(examples) < least:
        raise TooFewSamples(
            f"{len(examples)} decisions, at least {least} are needed: collect more teacher games"
        )
    if (examples.actions == examples.actions[0]).all():
        raise OneSidedExamples(
            f"all {len(examples)} decisions choose option {int(examples.actions[0])}: these are "
            "no teacher's games; delete the demonstration set and collect it again"
        )


def split_by_game(
    examples: Examples, fraction: float, generator: np.random.Generator
) -> tuple[Examples, Examples]:
    """Training and validation examples; no game is in both."""
    if len(examples) < _FEW_SAMPLES:
        fraction = min(fraction, 0.1)
    games = generator.permutation(np.unique(examples.games))
    held_out = games[: round(fraction * len(games))]
    is_held_out = np.isin(examples.games, held_out)
    return examples.take(np.flatnonzero(~is_held_out)), examples.take(np.flatnonzero(is_held_out))


def measure(network: PolicyNetwork, examples: Examples) -> Fit:
    """Loss and accuracy of a network on examples, without training it."""
    loss, right = 0.0, KindMeans()
    for start in range(0, len(examples), _CHUNK):
        part = examples.take(np.arange(start, min(start + _CHUNK, len(examples))))
        with torch.inference_mode():
            part_loss, hits = _loss(network, part, smoothing=0.0)
        loss += float(part_loss) * len(part)
        right.add(part.decisions.kinds, hits)
    if len(examples) == 0:
        return Fit(float("nan"), float("nan"), {})
    return Fit(
        loss / len(examples), float(right.sums.sum()) / len(examples), right.named(KIND_NAMES)
    )


def _loss(
    network: PolicyNetwork, examples: Examples, smoothing: float
) -> tuple[torch.Tensor, NDArray[np.float32]]:
    """Mean cross-entropy, and for each decision 1 if its best option is the teacher's."""
    device, count = network.device, len(examples)
    inputs = to_inputs(examples.decisions, device)
    chosen = inputs.first_options + torch.from_numpy(examples.actions).to(device)
    log_probs = network(inputs).log_probs
    best = losses.segment_max(log_probs.detach(), inputs.segments, count)
    hits = (log_probs.detach().index_select(0, chosen) >= best).to(torch.float32)
    loss = losses.cross_entropy(log_probs, chosen, inputs.segments, count, smoothing)
    return loss, hits.cpu().numpy()


class _Course:
    """One cloning: epochs until the validation loss stops falling."""

    def __init__(
        self,
        network: PolicyNetwork,
        settings: CloneSettings,
        training: Examples,
        validation: Examples,
        generator: np.random.Generator,
    ) -> None:
        self.network = network
        self.settings = settings
        self.training = training
        self.validation = validation
        self.generator = generator
        self.epochs: list[CloneEpoch] = []
        self.best: CloneEpoch | None = None
        self.best_weights: Arrays = {}
        self.optimizer = torch.optim.Adam(
            network.parameters(),
            lr=settings.learning_rate,
            weight_decay=settings.weight_decay,
            fused=True,
        )

    def run(self, on_epoch: Callable[[CloneEpoch], None] | None) -> Clone:
        """Train, stop early, go back to the best weights."""
        since_best = 0
        while len(self.epochs) < self.settings.epochs and since_best < self.settings.patience:
            epoch = self._epoch()
            since_best = 0 if self._is_best(epoch) else since_best + 1
            self.epochs.append(epoch)
            if on_epoch is not None:
                on_epoch(epoch)
        assert self.best is not None  # epochs and patience are positive
        network = unflatten_network(self.best_weights, self.network.device)
        return Clone(network, tuple(self.epochs), self.best)

    def _epoch(self) -> CloneEpoch:
        started = time.perf_counter()
        train_loss, train_accuracy = self._train()
        fit = measure(self.network, self.validation)
        watched = fit if len(self.validation) else measure(self.network, self.training)
        previous = self.best.best_val_loss if self.best else float("inf")
        return CloneEpoch(
            epoch=len(self.epochs) + 1,
            epochs=self.settings.epochs,
            samples=len(self.training) + len(self.validation),
            train_samples=len(self.training),
            val_samples=len(self.validation),
            train_loss=train_loss,
            train_acc=train_accuracy,
            val_loss=fit.loss,
            val_acc=fit.accuracy,
            best_val_loss=min(previous, watched.loss),
            lr=self.settings.learning_rate,
            batch_size=self.settings.batch_size,
            weight_decay=self.settings.weight_decay,
            label_smoothing=self.settings.label_smoothing,
            patience=self.settings.patience,
            accuracy_by_kind=watched.by_kind,
            seconds=time.perf_counter() - started,
        )

    def _is_best(self, epoch: CloneEpoch) -> bool:
        """Whether the watched loss fell enough; if so the weights are remembered."""
        enough = self.settings.min_improvement
        if self.best and not epoch.best_val_loss < self.best.best_val_loss - enough:
            return False
        self.best = epoch
        self.best_weights = flatten_network(self.network)
        return True

    def _train(self) -> tuple[float, float]:
        """One pass over the training examples: mean loss and accuracy on the way."""
        loss, right = 0.0, 0.0
        count = len(self.training)
        order = self.generator.permutation(count)
        for rows in np.array_split(order, max(1, round(count / self.settings.batch_size))):
            part_loss, hits = self._step(self.training.take(rows))
            loss += part_loss * len(rows)
            right += float(hits.sum())
        return loss / count, right / count

    def _step(self, part: Examples) -> tuple[float, NDArray[np.float32]]:
        loss, hits = _loss(self.network, part, self.settings.label_smoothing)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.max_grad_norm)
        if not bool(torch.isfinite(norm)):
            raise TrainingDiverged(
                f"the loss of cloning epoch {len(self.epochs) + 1} is {float(loss.detach())}, its "
                f"gradient {float(norm)}: lower the learning rate or look for extreme features"
            )
        self.optimizer.step()
        return float(loss.detach()), hits
