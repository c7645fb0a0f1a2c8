"""PPO solves a bandit that only option features can solve, from scratch."""

import numpy as np

from ascension.agents.network import NetworkPolicy
from ascension.learning.ppo import update
from ascension.learning.state import new_learner
from ascension.settings import NetworkSettings, TrainSettings
from tests.learning.batches import Bandit

SMALL = NetworkSettings(state_size=32, policy_size=32, value_size=32, option_size=16)
SETTINGS = TrainSettings(
    network=SMALL, minibatch_size=128, learning_rate=3e-3, decay_transitions=0, gamma=0.0
)


def test_ppo_learns_to_choose_the_right_option_whatever_its_place():
    bandit = Bandit(seed=1)
    learner = new_learner(SETTINGS, bandit.arms, bandit.arms)
    policy = NetworkPolicy(learner.network, seed=2)
    before = bandit.accuracy(policy)
    records = [update(learner, bandit.play(policy, 64, n), SETTINGS) for n in range(25)]
    assert before < 0.5
    assert bandit.accuracy(policy) > 0.95
    assert records[-1].normalized_entropy < records[0].normalized_entropy
    assert all(np.isfinite(record.pg_loss) for record in records)
    assert learner.update == 25 and learner.games == 25 * 64
