"""Our loop against stable-baselines3's MaskablePPO: the same game, machine and size of network.

Both play, infer, record and update: as many games side by side, steps an update, epochs and
transitions a gradient step, one thread, in turns, the best round of each. The peer is treated
kindly: it is given the state alone, densely, as a plain multilayer perceptron likes it. All 64
options of a decision would be a hundred thousand numbers more; ours reads them.
"""

import itertools
import time
from typing import Any, Final

import gymnasium
import numpy as np
from gymnasium import spaces

from ascension.environment.gym import IroncladEnvironment
from flows.extras import require

Figures = dict[str, Any]
GAMES: Final = 64
STEPS: Final = 128  # of every game, an update
MINIBATCH: Final = 2048
EPOCHS: Final = 2
SEED: Final = 1


def peers(rounds: int) -> Figures:
    """Transitions per second of both loops; MissingExtra without the peer's library."""
    import torch

    require("sb3_contrib", "bench", "the comparison")
    torch.set_num_threads(1)
    ours = _Ours()
    theirs = _Peer(ours.parameters)
    speeds: dict[str, list[float]] = {"ours": [], "peer": []}
    for _ in range(rounds):
        for name, loop in (("ours", ours), ("peer", theirs)):
            started = time.perf_counter()
            loop.update()
            speeds[name].append(GAMES * STEPS / (time.perf_counter() - started))
    best = {name: max(found) for name, found in speeds.items()}
    return {
        "transitions_per_second": round(best["ours"]),
        "peer_transitions_per_second": round(best["peer"]),
        "ratio": round(best["ours"] / best["peer"], 2),
        "ratio_of_medians": round(float(np.median(speeds["ours"]) / np.median(speeds["peer"])), 2),
        "parameters": ours.parameters,
        "peer_parameters": theirs.parameters,
        "rounds": rounds,
        "games_at_once": GAMES,
        "transitions_an_update": GAMES * STEPS,
        "minibatch": MINIBATCH,
        "epochs": EPOCHS,
    }


class _Ours:
    """The loop of `learning.loop`: sparse rows, every option described."""

    def __init__(self) -> None:
        from ascension.environment.layout import LAYOUT_VERSION, OPTION_WIDTH, STATE_WIDTH
        from ascension.game.version import RULES_VERSION
        from ascension.learning.collect import Collector, Origin
        from ascension.learning.loop import learn
        from ascension.learning.network import count_parameters
        from ascension.learning.state import new_learner
        from ascension.settings import CollectSettings, TrainSettings

        settings = TrainSettings(
            device="cpu", epochs=EPOCHS, minibatch_size=MINIBATCH, target_kl=1e9
        )
        learner = new_learner(settings, STATE_WIDTH, OPTION_WIDTH)
        origin = Origin("bench", "", 0, "bench", RULES_VERSION, LAYOUT_VERSION, "")
        collector = Collector(CollectSettings(parallel_games=GAMES))
        self.parameters = count_parameters(learner.network)
        self._turns = learn(learner, collector, settings, origin, STEPS)

    def update(self) -> None:
        """Play, infer, record and update once."""
        turn = next(self._turns)
        assert turn.update.transitions == GAMES * STEPS


class StateOnly(IroncladEnvironment):
    """The same environment, of which only the state is shown: the peer's observation."""

    def __init__(self) -> None:
        super().__init__()
        self.observation_space: spaces.Box = self.observation_space["state"]  # type: ignore[assignment,index]

    def _observation(self) -> Any:
        from ascension.environment.batched import batch_of

        session = self.session
        box = self.observation_space
        state = np.zeros(box.shape, dtype=np.float32)
        if session.is_over:
            return state
        self._encoder.clear()
        game = session.game
        shown = [session.options[position] for position in self._shown]
        self._encoder.add(game.run, game.combat, session.outlook, session.kind, shown)
        batch = batch_of(self._encoder)
        np.add.at(state, batch.state_indices, batch.state_values)
        return np.clip(state, box.low, box.high, out=state)

    def _info(self) -> dict[str, Any]:
        return {}


class _Peer:
    """MaskablePPO with two perceptrons that together are as large as our network."""

    def __init__(self, parameters: int) -> None:
        from sb3_contrib import MaskablePPO
        from stable_baselines3.common.vec_env import DummyVecEnv

        seeds = itertools.count(SEED)

        def make() -> gymnasium.Env[Any, Any]:
            environment = StateOnly()
            environment.reset(seed=next(seeds))
            return environment

        width = _width_for(parameters)
        self._model = MaskablePPO(
            "MlpPolicy",
            DummyVecEnv([make] * GAMES),
            n_steps=STEPS,
            batch_size=MINIBATCH,
            n_epochs=EPOCHS,
            learning_rate=1e-3,
            seed=SEED,
            device="cpu",
            policy_kwargs={"net_arch": {"pi": [width, width], "vf": [width, width]}},
        )
        policy = self._model.policy
        self.parameters = sum(parameter.numel() for parameter in policy.parameters())

    def update(self) -> None:
        """The same: its `learn` for one update's steps."""
        self._model.learn(GAMES * STEPS, reset_num_timesteps=False)


def _width_for(parameters: int) -> int:
    """Hidden width of two two-layer perceptrons over the state with so many parameters."""
    from ascension.environment.gym import MOST_OPTIONS
    from ascension.environment.layout import STATE_WIDTH

    def size(width: int) -> int:
        hidden = 2 * (STATE_WIDTH * width + width + width * width + width)
        return hidden + width * MOST_OPTIONS + MOST_OPTIONS + width + 1

    return min(range(8, 1024), key=lambda width: abs(size(width) - parameters))
