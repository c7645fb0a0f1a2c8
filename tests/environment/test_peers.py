"""Other people's algorithms learn on the registered environment: sb3-contrib's MaskablePPO."""

import gymnasium
import numpy as np
import pytest

import ascension.environment  # noqa: F401 - registers the environment

sb3_contrib = pytest.importorskip(
    "sb3_contrib", reason="install the extra `bench` to try sb3-contrib: pip install -e '.[bench]'"
)
torch = pytest.importorskip("torch")

from sb3_contrib.common.maskable.utils import get_action_masks  # noqa: E402
from stable_baselines3.common.torch_layers import BaseFeaturesExtractor  # noqa: E402

STATE_FEATURES = 64
OPTION_FEATURES = 8
STEPS = 1536
SEEDS = range(5000, 5012)


class OptionFeatures(BaseFeaturesExtractor):
    """The state, and every option by the same weights: a plain layer would have 15M of them."""

    def __init__(self, space: gymnasium.spaces.Dict) -> None:
        options, width = space["options"].shape
        super().__init__(space, STATE_FEATURES + OPTION_FEATURES * options)
        self.state = torch.nn.Linear(space["state"].shape[0], STATE_FEATURES)
        self.option = torch.nn.Linear(width, OPTION_FEATURES)

    def forward(self, shown: dict[str, object]) -> object:
        """Features of a batch: [B, STATE_FEATURES + OPTION_FEATURES * options]."""
        options = self.option(shown["options"]).flatten(1)
        return torch.relu(torch.cat([self.state(shown["state"]), options], dim=1))


def mean_floor(environment: gymnasium.Env, model: object | None) -> float:
    """Mean floor reached on fixed seeds; at random without a model."""
    floors = []
    for seed in SEEDS:
        chance = np.random.default_rng(seed)
        observation, info = environment.reset(seed=seed)
        is_over = False
        while not is_over:
            mask = get_action_masks(environment)
            if model is None:
                action = chance.choice(np.flatnonzero(mask))
            else:
                action, _ = model.predict(observation, action_masks=mask, deterministic=True)
            observation, _, terminated, truncated, info = environment.step(np.int64(action))
            is_over = terminated or truncated
        floors.append(info["game"].final_floor)
    return float(np.mean(floors))


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_maskable_ppo_learns_within_a_few_thousand_steps() -> None:
    torch.set_num_threads(1)
    environment = gymnasium.make("Ascension/Ironclad-v0", acts=1)
    model = sb3_contrib.MaskablePPO(
        "MultiInputPolicy",
        environment,
        n_steps=256,
        n_epochs=5,
        learning_rate=1e-3,
        seed=1,
        policy_kwargs={"features_extractor_class": OptionFeatures, "net_arch": [64]},
    )
    before = mean_floor(environment, None)
    model.learn(STEPS)
    assert model.num_timesteps == STEPS
    assert mean_floor(environment, model) > before + 1
