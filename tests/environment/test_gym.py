"""The Gymnasium environment passes its checker and keeps its promises."""

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

import ascension.environment  # noqa: F401 - registers the environment
from ascension.environment.gym import MOST_OPTIONS, IroncladEnvironment
from ascension.game.errors import IllegalAction, InvalidSetting


@pytest.fixture
def environment() -> IroncladEnvironment:
    made = gymnasium.make("Ascension/Ironclad-v0", render_mode="ansi").unwrapped
    assert isinstance(made, IroncladEnvironment)
    return made


@pytest.mark.filterwarnings("ignore")
def test_the_checker_of_gymnasium_passes(environment: IroncladEnvironment) -> None:
    check_env(environment, skip_render_check=False)


def test_the_seed_is_the_seed_of_the_run(environment: IroncladEnvironment) -> None:
    environment.reset(seed=123)
    assert environment.session.game.run.seed == 123
    environment.reset(options={"seed": 2**40, "ascension": 7, "acts": 4})
    run = environment.session.game.run
    assert (run.seed, run.ascension, run.final_act) == (2**40, 7, 4)


def test_masked_random_play_reaches_the_end_without_an_empty_mask(
    environment: IroncladEnvironment,
) -> None:
    _, info = environment.reset(seed=9)
    environment.action_space.seed(9)
    is_over = False
    while not is_over:
        mask = info["action_mask"]
        assert mask.dtype == np.int8 and mask.any()
        action = environment.action_space.sample(mask)
        observation, _, terminated, truncated, info = environment.step(action)
        assert environment.observation_space.contains(observation)
        is_over = terminated or truncated
    assert info["action_mask"].sum() == 1
    assert info["game"].final_floor >= 1


def test_the_mask_counts_the_options(environment: IroncladEnvironment) -> None:
    environment.reset(seed=3)
    expected = min(MOST_OPTIONS, len(environment.session.options))
    assert environment.action_masks().sum() == expected


def test_a_position_without_an_option_does_nothing(environment: IroncladEnvironment) -> None:
    environment.reset(seed=3)
    _, reward, terminated, truncated, _ = environment.step(np.int64(MOST_OPTIONS - 1))
    assert (reward, terminated, truncated) == (0.0, False, False)
    assert environment.session.decisions == 0


def test_the_text_names_every_option(environment: IroncladEnvironment) -> None:
    environment.reset(seed=3)
    text = environment.render()
    assert text is not None
    assert text.count("\n  ") >= len(environment.session.options) - 1


def test_make_takes_ascension_acts_character_and_seed() -> None:
    made = gymnasium.make(
        "Ascension/Ironclad-v0", ascension=13, acts=4, character="ironclad", seed=77
    )
    for _ in range(2):
        made.reset()
        run = made.unwrapped.session.game.run
        assert (run.seed, run.ascension, run.final_act) == (77, 13, 4)
    made.reset(seed=5)
    assert made.unwrapped.session.game.run.seed == 5


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"ascension": 21}, "ascension 21"),
        ({"ascension": "high"}, "no whole number"),
        ({"acts": 0}, "0 acts"),
        ({"character": "silent"}, "character 'silent' is not built"),
        ({"seed": "ABC"}, "seed 'ABC' is no whole number"),
        ({"seed": 2**64}, "does not fit 64 bits"),
    ],
)
def test_make_refuses_settings_that_do_not_exist(settings: dict[str, object], told: str) -> None:
    with pytest.raises(InvalidSetting, match=told):
        gymnasium.make("Ascension/Ironclad-v0", **settings)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"ascension": 30}, "ascension 30"),
        ({"ascension": "x"}, "no whole number"),
        ({"seed": 0.5}, "seed 0.5"),
        ({"level": 3}, "does not know level"),
    ],
)
def test_reset_refuses_options_that_do_not_exist(
    environment: IroncladEnvironment, options: dict[str, object], told: str
) -> None:
    with pytest.raises(InvalidSetting, match=told):
        environment.reset(seed=1, options=options)


@pytest.mark.parametrize("action", [-1, MOST_OPTIONS, "end", 0.5, None])
def test_an_action_outside_the_space_is_refused(
    environment: IroncladEnvironment, action: object
) -> None:
    environment.reset(seed=1)
    with pytest.raises(IllegalAction, match="0 to 63"):
        environment.step(action)
    assert environment.session.decisions == 0
