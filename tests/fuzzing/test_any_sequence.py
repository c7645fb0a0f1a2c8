"""Any sequence of play, copies, refusals and saving, chosen and shrunk by hypothesis."""

import random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ascension.fuzzing.honesty import check_honesty, shown
from ascension.fuzzing.invariants import Conservation, check_game
from ascension.fuzzing.roundtrips import check_copy, check_encoding, check_refusals, check_saving
from ascension.fuzzing.starts import Start, begin, random_start
from ascension.game.game import Game


class AnySequence(RuleBasedStateMachine):
    """A game to which anything may happen that a program can do with it."""

    start: Start
    game: Game

    @initialize(seed=st.integers(0, 2**40))
    def begin(self, seed: int) -> None:
        """A game of any ascension, often well stocked."""
        self.start = random_start(seed)
        self.game = begin(self.start)
        self.conservation = Conservation()

    @rule(choices=st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
    def play(self, choices: list[int]) -> None:
        """Some decisions."""
        for choice in choices:
            if self.game.is_over():
                return
            legal = self.game.legal_actions()
            check_game(self.game, legal)
            self.conservation.follow(self.game)
            self.game.apply(legal[choice % len(legal)])

    @rule(seed=st.integers(0, 99))
    def copy(self, seed: int) -> None:
        """A copy goes its way."""
        before = self.game.digest()
        check_copy(self.game, before, random.Random(seed))
        assert self.game.digest() == before

    @rule()
    def go_on_with_a_copy(self) -> None:
        """The copy takes the game's place."""
        self.game = self.game.clone()

    @rule(seed=st.integers(0, 99))
    def ask_for_something_illegal(self, seed: int) -> None:
        """It is refused."""
        if not self.game.is_over():
            check_refusals(self.game, random.Random(seed))

    @rule(seed=st.integers(0, 99))
    def change_what_is_hidden(self, seed: int) -> None:
        """It does not show."""
        if not self.game.is_over():
            check_honesty(self.game, random.Random(seed))
            check_encoding(shown(self.game).batch)

    @rule()
    def save_and_load(self) -> None:
        """It comes back the same."""
        check_saving(self.game, self.start)

    @invariant()
    def there_is_something_to_do_until_the_end(self) -> None:
        """Legal actions end when the game does."""
        assert bool(self.game.legal_actions()) != self.game.is_over()


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
