"""One game played decision by decision: automatic steps, rewards and its record.

`batched.py` holds many of these, `gym.py` one.
"""

from typing import Final, final

from librt.strings import BytesWriter, write_f32_le
from mypy_extensions import i64

from ascension.environment.decisions import kind_of, options_of
from ascension.environment.encode import Encoder
from ascension.environment.encode_map import Outlook
from ascension.environment.fights import FightLog
from ascension.environment.kinds import GAME_OVER
from ascension.environment.rewards import DEFAULT, Reward
from ascension.environment.standing import Standing, standing_of
from ascension.game.game import Game
from ascension.game.run import DEATH, EMPTY_POTION, VICTORY
from ascension.records import Game as GameRecord
from ascension.records import Outcome

# A policy that avoids both winning and losing would go on for ever: such games are given up and
# count as lost. No sensible game comes near these bounds.
MOST_TURNS: Final = 100
MOST_DECISIONS: Final = 4000
MOST_CARDS: Final = 120


@final
class Session:
    """A game at a decision; `choose` goes on to the next one or to the end."""

    def __init__(
        self, seed: int, ascension: int = 0, acts: int = 3, reward: Reward = DEFAULT
    ) -> None:
        self.seed: int = seed
        self.game: Game = Game(seed, ascension, acts)
        self.reward: Reward = reward
        self.outlook: Outlook = Outlook()
        self.options: list[i64] = []
        self.kind: i64 = GAME_OVER
        self.decisions: i64 = 0
        self.is_stalled: bool = False
        self.fights: FightLog = FightLog()
        self.standing: Standing = standing_of(self.game, reward.is_detailed)
        self.earned_by_term: list[float] = reward.nothing()  # of the whole game
        self._advance(reward.nothing())

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to decide."""
        return self.kind == GAME_OVER

    def choose(self, position: i64) -> list[float]:
        """Do the option at this position and all that needs no decision; what it earned by term."""
        earned = self.reward.nothing()
        self.decisions += 1
        self._step(self.options[position], earned, True)
        self._advance(earned)
        for term, amount in enumerate(earned):
            if amount != 0.0:
                self.earned_by_term[term] += amount
        return earned

    def encode(self, encoder: Encoder) -> None:
        """Append the present decision to the encoder's batch."""
        game = self.game
        encoder.add(game.run, game.combat, self.outlook, self.kind, self.options)

    def _advance(self, earned: list[float]) -> None:
        """Play what needs no decision, until there is one or the game is over."""
        while True:
            if self._has_stalled():
                self._give_up(earned)
                return
            options = options_of(self.game)
            if len(options) != 1:
                self.options = options
                self.kind = kind_of(self.game, options)
                return
            self._step(options[0], earned, False)

    def _step(self, action: i64, earned: list[float], is_decision: bool) -> None:
        before = self.standing
        self.game.step(action)
        after = standing_of(self.game, self.reward.is_detailed, self.fights.hp_at_start)
        self.fights.follow(self.game, before, after, is_decision)
        self._earn(before, after, earned)

    def _earn(self, before: Standing, after: Standing, earned: list[float]) -> None:
        self.reward.add_to(earned, before, after)
        self.standing = after

    def _has_stalled(self) -> bool:
        game = self.game
        if game.is_over():
            return False
        if self.decisions >= MOST_DECISIONS or len(game.run.deck) > MOST_CARDS:
            return True
        combat = game.combat
        return combat is not None and combat.turn > MOST_TURNS

    def _give_up(self, earned: list[float]) -> None:
        """End the game as a loss."""
        self.is_stalled = True
        before = self.standing
        after = standing_of(self.game, self.reward.is_detailed)
        after.outcome = DEATH
        self._earn(before, after, earned)
        self.fights.abandon(after)
        self.options = []
        self.kind = GAME_OVER

    # --- The record ---------------------------------------------------------------------------

    def _outcome(self) -> Outcome:
        if self.is_stalled:
            return "unfinished"
        return "victory" if self.standing.outcome == VICTORY else "death"

    def record(self) -> GameRecord:
        """What tables and reports keep of the game."""
        run = self.game.run
        return GameRecord(
            seed=self.seed,
            ascension=run.ascension,
            outcome=self._outcome(),
            final_floor=run.floor,
            final_act=run.act,
            final_hp=self.standing.hp,
            final_max_hp=self.standing.max_hp,
            final_gold=run.gold,
            steps=self.decisions,
            total_reward=sum(self.earned_by_term),
            reward_by_term=dict(zip(self.reward.names, self.earned_by_term, strict=True)),
            deck_size=len(run.deck),
            deck_upgraded=sum(card.upgrades > 0 for card in run.deck),
            relics=len(run.relics),
            potions=sum(potion != EMPTY_POTION for potion in run.potions),
            fights=tuple(self.fights.fights),
            digest=self.game.fingerprint(),
        )


# --- Many at once: the loops of `batched.py`, here because this module is compiled ----------------


def encode_all(sessions: list[Session], encoder: Encoder) -> None:
    """Append the decision of every session to the encoder's batch, in order."""
    for session in sessions:
        session.encode(encoder)


def first_missing(sessions: list[Session], positions: list[i64]) -> i64:
    """The first session without an option at its position, -1 if all have theirs."""
    for row, session in enumerate(sessions):
        if not 0 <= positions[row] < len(session.options):
            return row
    return -1


def choose_all(sessions: list[Session], positions: list[i64], earned: BytesWriter) -> list[i64]:
    """Choose in every session; what it earned by term goes to `earned`, a float32 each.

    Returns the positions of the sessions that are over now.
    """
    over: list[i64] = []
    for row, session in enumerate(sessions):
        for amount in session.choose(positions[row]):
            write_f32_le(earned, amount)
        if session.kind == GAME_OVER:
            over.append(row)
    return over
