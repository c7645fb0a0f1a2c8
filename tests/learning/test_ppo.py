"""PPO updates: against stable-baselines3, the KL stop, schedules, determinism, refusals."""

import copy
from dataclasses import replace

import gymnasium
import numpy as np
import pytest
import torch
from stable_baselines3 import PPO
from stable_baselines3.common.logger import Logger

from ascension.learning import losses
from ascension.learning.errors import TrainingDiverged
from ascension.learning.examples import Examples
from ascension.learning.network import build_network, to_inputs
from ascension.learning.ppo import coefficients, discount, improve, update
from ascension.learning.state import flatten, new_learner, unflatten
from ascension.learning.targets import InvalidTransitions, NoTransitions, make_targets
from ascension.settings import NetworkSettings, TrainSettings, train_preset
from tests.learning.batches import (
    OPTION_WIDTH,
    STATE_WIDTH,
    random_decisions,
    random_rollout,
    some_game,
    with_update,
)

SMALL = NetworkSettings(state_size=32, policy_size=24, value_size=24, option_size=16)
SETTINGS = TrainSettings(network=SMALL, minibatch_size=64, device="cpu", warmup_transitions=300)


def learner_of(settings=SETTINGS, cloned=None):
    return new_learner(settings, STATE_WIDTH, OPTION_WIDTH, cloned)


def some_rollouts(seed=0, games=4, steps=50):
    generator = np.random.default_rng(seed)
    return [random_rollout(generator, steps + game) for game in range(games)]


def everything(learner):
    """All bytes of a learner."""
    flat = flatten(learner)
    arrays = {**flat.weights, **{f"o/{name}": a for name, a in flat.optimizer.items()}}
    return {name: array.tobytes() for name, array in arrays.items()}, flat.metadata


# --- the reference -----------------------------------------------------------------------------


class ReferencePolicy(torch.nn.Module):
    """Our network as stable-baselines3 sees a policy; an observation is a decision's number."""

    def __init__(self, network, decisions, settings):
        super().__init__()
        self.network = network
        self.decisions = decisions
        self.optimizer = torch.optim.Adam(
            self.parameters(), lr=settings.learning_rate, eps=settings.adam_epsilon
        )

    def set_training_mode(self, mode):
        self.train(mode)

    def evaluate_actions(self, observations, actions):
        inputs = to_inputs(self.decisions.take(observations.long().flatten()), torch.device("cpu"))
        output = self.network(inputs)
        counts = inputs.option_counts.tolist()
        rows = torch.nn.utils.rnn.pad_sequence(
            list(output.log_probs.split(counts)), batch_first=True, padding_value=-1e8
        )
        distribution = torch.distributions.Categorical(logits=rows)
        return output.values[:, None], distribution.log_prob(actions), distribution.entropy()


class Numbers(gymnasium.Env):
    """Spaces only: the buffer is filled by hand."""

    observation_space = gymnasium.spaces.Box(0, 1e6, (1,), np.float32)
    action_space = gymnasium.spaces.Discrete(100)


def reference_update(network, targets, advantages, settings):
    """One update by stable-baselines3's own `train`."""
    count = len(targets)
    model = PPO(
        "MlpPolicy",
        Numbers(),
        learning_rate=settings.learning_rate,
        n_steps=count,
        batch_size=count,
        n_epochs=settings.epochs,
        clip_range=settings.clip_range,
        ent_coef=settings.entropy_coefficient,
        vf_coef=settings.value_coefficient,
        max_grad_norm=settings.max_grad_norm,
        normalize_advantage=False,
        device="cpu",
    )
    model.set_logger(Logger(None, []))
    model.policy = ReferencePolicy(network, targets.decisions, settings)
    buffer = model.rollout_buffer
    buffer.observations[:, 0, 0] = np.arange(count)
    buffer.actions[:, 0, 0] = targets.actions
    buffer.log_probs[:, 0] = targets.log_probs
    buffer.values[:, 0] = targets.values
    buffer.advantages[:, 0] = advantages
    buffer.returns[:, 0] = targets.returns
    buffer.full = True
    model.train()
    return model.logger.name_to_value


@pytest.mark.parametrize("epochs", [1, 3])
def test_an_update_equals_that_of_stable_baselines3(epochs):
    settings = SETTINGS.model_copy(
        update={
            "minibatch_size": 10_000,
            "warmup_steps": 0,
            "epochs": epochs,
            "scale_returns": False,
            "target_kl": 9.0,
        }
    )
    learner = learner_of(settings)
    reference = copy.deepcopy(learner.network)
    targets = make_targets(some_rollouts(), settings.gamma, settings.gae_lambda)
    advantages = losses.normalize_advantages(torch.from_numpy(targets.advantages)).numpy()
    numbers = reference_update(reference, targets, advantages, settings)
    progress, _ = improve(learner, targets, settings)
    for name, weight in learner.network.state_dict().items():
        torch.testing.assert_close(weight, reference.state_dict()[name], atol=2e-5, rtol=1e-3)
    assert progress.overall.mean("pg_loss") == pytest.approx(
        numbers["train/policy_gradient_loss"], rel=1e-3, abs=1e-6
    )
    assert progress.overall.mean("vf_loss") == pytest.approx(numbers["train/value_loss"], rel=1e-4)
    assert progress.overall.mean("entropy") == pytest.approx(
        -numbers["train/entropy_loss"], rel=1e-4
    )
    assert progress.overall.mean("clip_fraction") == pytest.approx(
        numbers["train/clip_fraction"], abs=1e-3
    )
    assert losses.explained_variance_of(targets.values, targets.returns) == pytest.approx(
        float(numbers["train/explained_variance"]), rel=1e-4
    )


# --- determinism -------------------------------------------------------------------------------


def test_the_same_settings_seed_and_data_give_the_same_bytes():
    results = []
    for _ in range(2):
        learner = learner_of()
        record = [update(learner, some_rollouts(n), SETTINGS, run="r") for n in range(3)]
        results.append((everything(learner), record))
    assert results[0] == results[1]


def test_a_stored_and_restored_learner_continues_to_the_same_bytes():
    straight = learner_of()
    for n in range(4):
        update(straight, some_rollouts(n), SETTINGS)
    resumed = learner_of()
    for n in range(4):
        update(resumed, some_rollouts(n), SETTINGS)
        resumed = unflatten(flatten(resumed), SETTINGS)
    assert everything(resumed) == everything(straight)


def test_another_seed_gives_other_weights():
    settings = SETTINGS.model_copy(update={"seed": 2})
    first, second = learner_of(), learner_of(settings)
    update(first, some_rollouts(), SETTINGS)
    update(second, some_rollouts(), settings)
    assert everything(first)[0] != everything(second)[0]


# --- the course of an update -------------------------------------------------------------------


def test_an_overshooting_epoch_completes_and_is_the_last():
    settings = SETTINGS.model_copy(
        update={"target_kl": 1e-4, "epochs": 5, "learning_rate": 0.05, "decay_transitions": 0}
    )
    record = update(learner_of(settings), some_rollouts(), settings)
    assert record.early_stop
    assert record.epochs < 5
    assert record.approx_kl > 1e-4
    assert record.minibatches == record.epochs * 3  # 206 transitions, about 64 each


def test_a_quiet_update_runs_all_epochs():
    settings = SETTINGS.model_copy(update={"learning_rate": 1e-6, "final_learning_rate": 1e-6})
    record = update(learner_of(settings), some_rollouts(), settings)
    assert (record.early_stop, record.epochs) == (False, 2)


def test_rates_fall_linearly_with_transitions_and_then_stay():
    learner = learner_of()
    settings = SETTINGS.model_copy(
        update={
            "learning_rate": 1e-3,
            "final_learning_rate": 1e-4,
            "entropy_coefficient": 0.01,
            "final_entropy_coefficient": 0.003,
            "decay_transitions": 1000,
        }
    )
    learner.transitions = 500
    used = coefficients(learner, settings)
    assert used.learning_rate == pytest.approx(5.5e-4)
    assert used.entropy_coefficient == pytest.approx(0.0065)
    learner.transitions = 10_000
    assert coefficients(learner, settings).learning_rate == pytest.approx(1e-4)


@pytest.mark.parametrize(("transitions", "gamma"), [(0, 0.99), (500, 0.995), (5000, 0.99667)])
def test_the_horizon_of_the_discount_grows_linearly_with_the_decay(transitions, gamma):
    settings = SETTINGS.model_copy(
        update={"gamma": 0.99, "final_gamma": 1 - 1 / 300, "decay_transitions": 1000}
    )
    learner = learner_of(settings)
    learner.transitions = transitions
    assert discount(learner, settings) == pytest.approx(gamma, abs=1e-5)


def test_a_discount_that_does_not_change_is_used_as_it_is():
    assert discount(learner_of(), SETTINGS) == SETTINGS.gamma


def test_an_infinite_horizon_cannot_change():
    with pytest.raises(ValueError, match="gamma 1 has no horizon to change"):
        TrainSettings(gamma=1.0, final_gamma=0.99)


def test_the_policys_first_steps_are_short_also_after_value_only_updates():
    settings = SETTINGS.model_copy(
        update={"warmup_steps": 12, "epochs": 1, "value_only_transitions": 1, "max_grad_norm": 1e9}
    )
    learner = learner_of(settings, build_network(STATE_WIDTH, OPTION_WIDTH, SMALL))
    rates, score = [], learner.network.score.detach().clone()
    for n in range(5):
        update(learner, some_rollouts(n), settings)
        rates.append(learner.optimizer.param_groups[0]["lr"])
        if n == 0:
            assert torch.equal(score, learner.network.score)
    assert learner.policy_steps() == 12  # four updates of three steps
    np.testing.assert_allclose(rates, 1e-3 * np.array([1, 3 / 12, 6 / 12, 9 / 12, 1]), rtol=1e-3)


def test_entropy_can_weigh_more_out_of_fights():
    pulled = {}
    for factor in (0.0, 100.0):
        settings = SETTINGS.model_copy(
            update={"macro_entropy_factor": factor, "epochs": 30, "target_kl": 99.0}
        )
        record = update(learner_of(settings), some_rollouts(), settings)
        pulled[factor] = record.entropy
    assert pulled[100.0] > pulled[0.0]


def test_the_return_scale_is_the_running_deviation_and_fixed_after_warm_up():
    learner = learner_of()
    scales, returns = [], []
    for n in range(4):
        rollouts = some_rollouts(n)
        returns.append(make_targets(rollouts, SETTINGS.gamma, SETTINGS.gae_lambda).returns)
        scales.append(update(learner, rollouts, SETTINGS).return_scale)
    assert scales[0] == pytest.approx(returns[0].std(), rel=1e-5)
    assert scales[1] == pytest.approx(np.concatenate(returns[:2]).std(), rel=1e-5)
    assert scales[1] == scales[2] == scales[3]


def test_value_only_updates_after_cloning_leave_the_policy_as_it_is():
    settings = SETTINGS.model_copy(update={"value_only_transitions": 300})
    cloned = build_network(STATE_WIDTH, OPTION_WIDTH, SMALL, seed=9)
    learner = learner_of(settings, cloned)
    inputs = to_inputs(random_decisions(np.random.default_rng(0), 30), torch.device("cpu"))
    before = learner.network(inputs)
    records = [update(learner, some_rollouts(n), settings) for n in range(2)]
    after = learner.network(inputs)
    assert torch.equal(before.log_probs, after.log_probs)
    assert not torch.equal(before.values, after.values)
    third = update(learner, some_rollouts(2), settings)
    assert not torch.equal(before.log_probs, learner.network(inputs).log_probs)
    assert [r.value_only for r in [*records, third]] == [True, True, False]


def test_from_scratch_the_policy_learns_from_the_first_update():
    assert learner_of().value_only_left == 0


def test_the_anchor_pulls_towards_the_demonstrations():
    settings = train_preset("original").model_copy(
        update={
            "network": SMALL,
            "anchor_coefficient": 5.0,
            "final_learning_rate": 1e-3,
            "learning_rate": 1e-3,
            "auto_tune": False,
            "device": "cpu",
        }
    )
    decisions = random_decisions(np.random.default_rng(1), 64)
    examples = Examples(decisions, np.zeros(64, dtype=np.int64), np.zeros(64, dtype=np.int64))
    learner = learner_of(settings)
    rollouts = some_rollouts()
    lost = [update(learner, rollouts, settings, examples=examples).bc_loss for _ in range(6)]
    assert lost[-1] < lost[0]
    assert update(learner_of(settings), rollouts, settings).bc_loss == 0.0


def test_the_original_preset_tunes_itself_and_says_how():
    settings = train_preset("original").model_copy(update={"network": SMALL, "device": "cpu"})
    learner = learner_of(settings)
    record = update(learner, some_rollouts(), settings)
    assert record.auto_tune_action.split(":")[0] in {
        "under_move", "over_move", "middle", "healthy", "healthy_low_entropy",
        "healthy_high_entropy",
    }  # fmt: skip
    assert record.lr == pytest.approx(3e-5)
    assert learner.tuner.anchor_coefficient == 0.0  # no demonstrations were given


# --- the record --------------------------------------------------------------------------------


def test_the_record_counts_games_transitions_and_lags():
    learner = learner_of()
    update(learner, some_rollouts(), SETTINGS)
    rollouts = with_update(some_rollouts(1), 1)
    rollouts[0] = replace(
        with_update(rollouts[:1], 0)[0], game=some_game(floor=50, outcome="victory")
    )
    record = update(learner, rollouts, SETTINGS, run="night")
    assert (record.run, record.total_updates, record.games, record.game) == ("night", 2, 4, 8)
    assert (record.transitions, record.total_transitions) == (206, 412)
    assert (record.victories, record.mean_floor) == (1, (50 + 3 * 12) / 4)
    assert (record.mean_lag, record.max_lag) == (0.25, 1)
    assert record.batch_model_updates == (0, 1)
    assert record.batch_checkpoint_ids == ("c0",)
    assert set(record.entropy_by_kind) == {"combat", "selection", "neow"}
    assert 0 < record.normalized_entropy <= 1
    assert 0 < record.mean_chosen_action_prob < 1


# --- refusals ----------------------------------------------------------------------------------


def broken_rollouts():
    rollouts = some_rollouts()
    rollouts[1].actions[3] = 99
    rollouts[2].values[5] = np.nan
    return rollouts


def test_malformed_transitions_stop_the_update_and_change_nothing():
    learner = learner_of()
    before = everything(learner)
    with pytest.raises(InvalidTransitions, match="2 malformed transitions"):
        update(learner, broken_rollouts(), SETTINGS)
    assert everything(learner) == before


def test_malformed_transitions_are_left_out_and_counted_if_allowed():
    settings = SETTINGS.model_copy(update={"max_invalid_rows": 2})
    record = update(learner_of(settings), broken_rollouts(), settings)
    assert (record.invalid_action_count, record.transitions) == (2, 204)
    assert np.isfinite(record.pg_loss) and np.isfinite(record.vf_loss)


def test_no_rollouts_are_refused():
    with pytest.raises(NoTransitions):
        update(learner_of(), [], SETTINGS)


def test_a_loss_that_is_no_number_stops_the_training():
    learner = learner_of()
    with torch.no_grad():
        learner.network.value_bias.fill_(float("nan"))
    with pytest.raises(TrainingDiverged, match="learning rate"):
        update(learner, some_rollouts(), SETTINGS)


@pytest.mark.parametrize("number", [1e30, 3e38])
def test_a_gradient_that_is_no_number_never_reaches_the_weights(number):
    learner = learner_of(SETTINGS.model_copy(update={"scale_returns": False}))
    rollouts = some_rollouts()
    rollouts[0].rewards[3] = number
    with pytest.raises(TrainingDiverged, match="gradient"):
        for _ in range(3):
            update(learner, rollouts, SETTINGS.model_copy(update={"scale_returns": False}))
    weights = flatten(learner).weights
    assert all(np.isfinite(array).all() for array in weights.values())
