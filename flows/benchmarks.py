"""Measurements behind `ascension bench`: each returns figures by name, the main one first."""

import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

Figures = dict[str, Any]
_T = TypeVar("_T")
SEED = 1
HALF_MILLION = 96  # state width 96: about 0.5M parameters with the present layout


def orchestration(updates: int) -> Figures:
    """The same work by `up` and by `local`: what Prefect costs."""
    from flows.orchestration import orchestration

    return orchestration(updates) | machine()


def peers(rounds: int) -> Figures:
    """Our loop against sb3-contrib's MaskablePPO, in turns."""
    from flows.peers import peers

    return peers(rounds) | machine()


def machine() -> Figures:
    """What the figures were measured on."""
    from ascension.game.rng import COMPILED

    return {
        "compiled": COMPILED,
        "python": platform.python_version(),
        "machine": platform.processor() or platform.machine(),
    }


def _timed(function: Callable[[], _T]) -> tuple[_T, float]:
    started = time.perf_counter()
    result = function()
    return result, time.perf_counter() - started


def _small_network() -> Any:
    from ascension.environment.layout import OPTION_WIDTH, STATE_WIDTH
    from ascension.learning.network import build_network
    from ascension.settings import NetworkSettings

    sizes = NetworkSettings(
        state_size=HALF_MILLION, policy_size=128, value_size=128, option_size=64
    )
    return build_network(STATE_WIDTH, OPTION_WIDTH, sizes, SEED)


def _parameters(network: Any) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def _origin() -> Any:
    from ascension.environment.layout import LAYOUT_VERSION
    from ascension.game.version import RULES_VERSION
    from ascension.learning.collect import Origin

    return Origin("bench", "bench", 0, "bench", RULES_VERSION, LAYOUT_VERSION, "bench")


def collect(seconds: float, parallel_games: int) -> Figures:
    """Play with a network of about half a million parameters; on every device that is there."""
    from ascension.learning.devices import present_devices

    by_device = {name: _collect(seconds, parallel_games, name) for name in present_devices()}
    return by_device["cpu"] | _of_devices(by_device, "decisions_per_second") | machine()


def _of_devices(by_device: dict[str, Figures], name: str) -> Figures:
    """The main figure of each device."""
    return {f"{name}_{device}": figures[name] for device, figures in by_device.items()}


def _collect(seconds: float, parallel_games: int, device: str) -> Figures:
    import torch

    from ascension.agents.network import NetworkPolicy
    from ascension.environment.batched import BatchedEnvironment

    torch.set_num_threads(1)
    network = _small_network().to(device)
    policy = NetworkPolicy(network, seed=SEED)
    games = BatchedEnvironment(parallel_games, iter(range(SEED, 1 << 40)))
    policy.choose(games.observe())  # warm up
    observing = choosing = stepping = 0.0
    decisions = 0
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        batch, spent = _timed(games.observe)
        observing += spent
        choices, spent = _timed(lambda batch=batch: policy.choose(batch))  # type: ignore[misc]
        choosing += spent
        _, spent = _timed(lambda c=choices: games.step(c.actions))  # type: ignore[misc]
        stepping += spent
        decisions += len(batch)
    elapsed = time.perf_counter() - started
    return {
        "decisions_per_second": round(decisions / elapsed),
        "microseconds_encoding": round(1e6 * observing / decisions, 2),
        "microseconds_inference": round(1e6 * choosing / decisions, 2),
        "microseconds_stepping": round(1e6 * stepping / decisions, 2),
        "parameters": _parameters(network),
        "parallel_games": parallel_games,
    }


def _rollouts(games: int, network: Any) -> Iterator[Any]:
    from ascension.agents.network import NetworkPolicy
    from ascension.learning.collect import play_rollouts
    from ascension.settings import CollectSettings

    settings = CollectSettings(games=games, parallel_games=min(games, 64))
    yield from play_rollouts(NetworkPolicy(network, seed=SEED), settings, _origin(), SEED, games)


def train(games: int) -> Figures:
    """One PPO update at two epochs over whole games; on every device that is there."""
    import torch

    from ascension.learning.devices import present_devices

    torch.set_num_threads(1)
    batch = list(_rollouts(games, _small_network()))
    by_device = {name: _train(batch, name) for name in present_devices()}
    return by_device["cpu"] | _of_devices(by_device, "transitions_per_second") | machine()


def _train(batch: list[Any], device: str) -> Figures:
    from ascension.learning import ppo
    from ascension.learning.state import new_learner
    from ascension.settings import TrainSettings

    network = _small_network()
    settings = TrainSettings(value_only_transitions=0, device=device)
    learner = new_learner(settings, network.state_width, network.option_width, network)
    ppo.update(learner, batch[:1], settings)  # warm up
    update, elapsed = _timed(lambda: ppo.update(learner, batch, settings))
    return {
        "transitions_per_second": round(update.transitions / elapsed),
        "microseconds_per_transition": round(1e6 * elapsed / update.transitions, 1),
        "transitions": update.transitions,
        "epochs": update.epochs,
        "parameters": _parameters(network),
    }


def store(games: int) -> Figures:
    """Write and read rollouts, commit and load a checkpoint, refresh the database."""
    from storage import Store, checkpoints, database, facts, fresh, rollouts
    from storage.checkpoints import Checkpoint

    network = _small_network()
    played = list(_rollouts(games, network))
    weights = {name: t.detach().numpy() for name, t in network.state_dict().items()}
    with tempfile.TemporaryDirectory() as folder:
        place = Store(Path(folder))
        paths, writing = _timed(lambda: [rollouts.write_rollout(place, r) for r in played])
        _, reading = _timed(lambda: [rollouts.read_rollout(path) for path in paths])
        _, looking = _timed(lambda: fresh.waiting(place, "bench"))
        checkpoint = Checkpoint("bench", 0, weights, {}, {}, {}, "bench", "bench", "bench")
        _, committing = _timed(lambda: checkpoints.commit(place, checkpoint))
        _, loading = _timed(lambda: checkpoints.load(place, "bench"))
        facts.append_games(place, [(r.identity, r.game) for r in played if r.game])
        _, refreshing = _timed(lambda: database.refresh(place))
        size = sum(path.stat().st_size for path in paths)
    transitions = sum(len(rollout) for rollout in played)
    return {
        "milliseconds_to_write_a_rollout": round(1e3 * writing / games, 2),
        "milliseconds_to_read_a_rollout": round(1e3 * reading / games, 2),
        "milliseconds_to_see_a_waiting_rollout": round(1e3 * looking / games, 2),
        "milliseconds_to_commit_a_checkpoint": round(1e3 * committing, 1),
        "milliseconds_to_load_a_checkpoint": round(1e3 * loading, 1),
        "milliseconds_to_refresh_the_database": round(1e3 * refreshing, 1),
        "kilobytes_per_rollout": round(size / games / 1024, 1),
        "bytes_per_transition": round(size / transitions),
        "transitions_per_rollout": round(transitions / games, 1),
        **machine(),
    }
