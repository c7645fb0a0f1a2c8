"""The game as a Gymnasium environment: `Ascension/Ironclad-v0`.

Action i is the i-th option of the present decision, whatever that is: `info["action_mask"]` says
how many there are and the observation describes each of them. A position without an option does
nothing and earns nothing, so that agents without masks can be tried too.
"""

from typing import Any, ClassVar

import gymnasium
import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from ascension.environment.batched import batch_of
from ascension.environment.encode import Encoder
from ascension.environment.kinds import KIND_COUNT
from ascension.environment.layout import OPTION, OPTION_WIDTH, STATE, STATE_WIDTH
from ascension.environment.rewards import reward_preset
from ascension.environment.session import Session
from ascension.game import describe
from ascension.game.errors import IllegalAction, InvalidSetting
from ascension.game.game import check_settings, checked_seed

MOST_OPTIONS = 64  # more options than this are cut off, the last one (end turn, leave) kept
SEED_BOUND = 2**31 - 1
CHARACTER = "ironclad"

Observation = dict[str, Any]


def _check_options(given: dict[str, Any]) -> None:
    unknown = sorted(set(given) - {"seed", "ascension", "acts"})
    if unknown:
        named = ", ".join(unknown)
        raise InvalidSetting(f"reset does not know {named}: give seed, ascension or acts")


def _bounds(layout_ranges: list[tuple[float, float]]) -> tuple[NDArray[Any], NDArray[Any]]:
    low, high = np.array(layout_ranges, dtype=np.float32).T
    return low, high


class IroncladEnvironment(gymnasium.Env[Observation, np.int64]):
    """One game; `reset(seed=...)` starts the run with that very seed."""

    metadata: ClassVar[dict[str, Any]] = {"render_modes": ["ansi"]}  # type: ignore[misc]

    def __init__(
        self,
        ascension: int = 0,
        acts: int = 3,
        character: str = CHARACTER,
        seed: int | None = None,
        reward: str = "default",
        render_mode: str | None = None,
    ) -> None:
        """`seed`: of every run that `reset` is not given one for; drawn without it.

        Raises InvalidSetting for settings that do not exist.
        """
        if character != CHARACTER:
            raise InvalidSetting(f"character {character!r} is not built: give {CHARACTER!r}")
        self.ascension, self.acts = check_settings(ascension, acts)
        self.seed = seed if seed is None else checked_seed(seed)
        self.reward = reward_preset(reward)
        self.render_mode = render_mode
        self.action_space = spaces.Discrete(MOST_OPTIONS)
        state_low, state_high = _bounds(STATE.ranges())
        option_low, option_high = _bounds(OPTION.ranges())
        shape = (MOST_OPTIONS, 1)
        self.observation_space = spaces.Dict(
            {
                "state": spaces.Box(state_low, state_high, dtype=np.float32),
                "options": spaces.Box(
                    np.tile(np.minimum(option_low, 0), shape),
                    np.tile(option_high, shape),
                    dtype=np.float32,
                ),
                "kind": spaces.Discrete(KIND_COUNT + 1),
                "action_mask": spaces.MultiBinary(MOST_OPTIONS),
            }
        )
        self._encoder = Encoder()
        self._session: Session | None = None
        self._shown: list[int] = []  # positions of the options shown

    @property
    def session(self) -> Session:
        """The game in progress."""
        if self._session is None:
            raise RuntimeError("call reset() first")
        return self._session

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Start a run. Options may set `ascension`, `acts` and `seed` (the run's, 64 bits).

        InvalidSetting for values that do not exist and for unknown options.
        """
        super().reset(seed=seed)
        given = options or {}
        _check_options(given)
        run_seed = given.get("seed", self.seed if seed is None else seed)
        if run_seed is None:
            run_seed = int(self.np_random.integers(SEED_BOUND))
        ascension, acts = check_settings(
            given.get("ascension", self.ascension), given.get("acts", self.acts)
        )
        self._session = Session(checked_seed(run_seed), ascension, acts, self.reward)
        self._choose_shown()
        return self._observation(), self._info()

    def step(self, action: np.int64) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Choose the option at this position."""
        session = self.session
        if not self.action_space.contains(action):
            raise IllegalAction(
                f"action {action!r} is none: give a whole number from 0 to {MOST_OPTIONS - 1}"
            )
        earned = 0.0
        if not session.is_over and action < len(self._shown):
            earned = sum(session.choose(self._shown[int(action)]))
            self._choose_shown()
        is_over = session.is_over
        truncated = is_over and session.is_stalled
        return self._observation(), earned, is_over and not truncated, truncated, self._info()

    def action_masks(self) -> NDArray[np.int8]:
        """1 for every option; a finished game keeps one, so that no mask is empty."""
        mask = np.zeros(MOST_OPTIONS, dtype=np.int8)
        mask[: max(1, len(self._shown))] = 1
        return mask

    def render(self) -> str | None:
        """The game as text."""
        if self.render_mode != "ansi":
            return None
        game = self.session.game
        lines = describe.describe_screen(game.run, game.combat)
        lines += [
            f"  {row}: {game.describe(self.session.options[position])}"
            for row, position in enumerate(self._shown)
        ]
        return "\n".join(lines)

    def _choose_shown(self) -> None:
        positions = list(range(len(self.session.options)))
        self._shown = positions[: MOST_OPTIONS - 1] + positions[MOST_OPTIONS - 1 :][-1:]

    def _observation(self) -> Observation:
        session = self.session
        state = np.zeros(STATE_WIDTH, dtype=np.float32)
        options = np.zeros((MOST_OPTIONS, OPTION_WIDTH), dtype=np.float32)
        if not session.is_over:
            self._encode(session, state, options)
        return {
            "state": state,
            "options": options,
            "kind": np.int64(session.kind + 1),
            "action_mask": self.action_masks(),
        }

    def _encode(
        self, session: Session, state: NDArray[np.float32], options: NDArray[np.float32]
    ) -> None:
        self._encoder.clear()
        shown = [session.options[position] for position in self._shown]
        game = session.game
        self._encoder.add(game.run, game.combat, session.outlook, session.kind, shown)
        batch = batch_of(self._encoder)
        np.add.at(state, batch.state_indices, batch.state_values)
        rows = np.repeat(np.arange(batch.n_options), np.diff(batch.option_offsets))
        np.add.at(options, (rows, batch.option_indices), batch.option_values)
        np.clip(state, self._low("state"), self._high("state"), out=state)
        np.clip(options, self._low("options"), self._high("options"), out=options)

    def _low(self, name: str) -> NDArray[np.float32]:
        return self.observation_space[name].low  # type: ignore[index,no-any-return]

    def _high(self, name: str) -> NDArray[np.float32]:
        return self.observation_space[name].high  # type: ignore[index,no-any-return]

    def _info(self) -> dict[str, Any]:
        session = self.session
        info: dict[str, Any] = {"action_mask": self.action_masks(), "floor": session.standing.floor}
        if session.is_over:
            info["game"] = session.record()
        return info
