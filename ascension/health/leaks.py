"""Does an agent see what a player cannot? Hidden things are changed; what is shown must not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ascension.environment.batch import DecisionBatch
from ascension.environment.layout import OPTION, STATE, Layout
from ascension.environment.session import Session
from ascension.fuzzing.honesty import scramble_hidden, shown
from ascension.game.combat.state import ALIVE
from ascension.game.game import Game
from ascension.game.ids import relics

EVERY: Final = 5  # decisions from one look to the next
MOST_NAMED: Final = 8


@dataclass(slots=True)
class LeakCheck:
    """Looks at every few decisions and remembers which columns gave something away."""

    seed: int = 1
    looks: int = 0
    dome_looks: int = 0
    hidden: set[str] = field(default_factory=set)  # columns that changed with hidden things
    intents: set[str] = field(default_factory=set)  # columns that show intents under Runic Dome
    words: int = 0  # decisions whose description changed
    _calls: int = 0

    def look(self, sessions: Sequence[Session]) -> None:
        """Check one of the games, every few calls."""
        self._calls += 1
        if self._calls % EVERY:
            return
        game = sessions[self._calls // EVERY % len(sessions)].game
        chance = random.Random(self.seed + self._calls)
        self._look_at(game, chance)
        if game.combat is not None:
            self._look_under_dome(game, chance)

    def _look_at(self, game: Game, chance: random.Random) -> None:
        self.looks += 1
        other = game.clone()
        scramble_hidden(other, chance)
        first, second = shown(game), shown(other)
        self.hidden |= differing(first.batch, second.batch)
        self.words += (first.screen, first.actions) != (second.screen, second.actions)

    def _look_under_dome(self, game: Game, chance: random.Random) -> None:
        """The same fight with Runic Dome: what monsters are about to do must change nothing."""
        self.dome_looks += 1
        first = with_dome(game)
        other = first.clone()
        assert other.combat is not None
        for monster in other.combat.monsters:
            if monster.state == ALIVE:
                monster.base_damage = chance.randrange(-1, 40)
                monster.hits = chance.randrange(1, 5)
                monster.move = chance.choice([m.move for m in other.combat.monsters])
        self.intents |= differing(shown(first).batch, shown(other).batch)


def with_dome(game: Game) -> Game:
    """A copy of the game in which the player owns Runic Dome."""
    copy = game.clone()
    assert copy.combat is not None
    mask = list(copy.run.relic_mask)
    mask[relics.RUNIC_DOME] = True
    copy.run.relic_mask = mask
    copy.combat.owned = mask
    return copy


def differing(first: DecisionBatch, second: DecisionBatch) -> set[str]:
    """Names of the columns that differ between two encodings of one decision."""
    found = _differing(STATE, *_state(first), *_state(second))
    for row in range(max(first.n_options, second.n_options)):
        if row >= min(first.n_options, second.n_options):
            return found | {"number of options"}
        found |= _differing(OPTION, *_option(first, row), *_option(second, row))
    return found


def _state(batch: DecisionBatch) -> tuple[Sequence[int], Sequence[float]]:
    return batch.state_indices.tolist(), batch.state_values.tolist()


def _option(batch: DecisionBatch, row: int) -> tuple[Sequence[int], Sequence[float]]:
    entries = slice(int(batch.option_offsets[row]), int(batch.option_offsets[row + 1]))
    return batch.option_indices[entries].tolist(), batch.option_values[entries].tolist()


def _differing(
    layout: Layout,
    first_indices: Sequence[int],
    first_values: Sequence[float],
    second_indices: Sequence[int],
    second_values: Sequence[float],
) -> set[str]:
    first = set(zip(first_indices, first_values, strict=True))
    second = set(zip(second_indices, second_values, strict=True))
    if first == second:
        return set()
    names = layout.column_names()
    return {f"{layout.name}: {names[int(index)]}" for index, _ in first ^ second}
