"""One random game with everything checked on the way, and what went wrong in it."""

import random
import traceback
from dataclasses import asdict, dataclass, field
from typing import Final

from ascension.fuzzing.coverage import Coverage
from ascension.fuzzing.invariants import Broken, Conservation, check_game, need
from ascension.fuzzing.roundtrips import check_all, check_saving
from ascension.fuzzing.starts import Start, begin
from ascension.game import actions as A
from ascension.game.game import Game
from ascension.game.run import VICTORY

MOST_DECISIONS: Final = 20_000
FRAMES_SHOWN: Final = 3
# How often an action is taken, where it is not once: random play that ends turns and throws
# potions away as it likes meets little. The second number is that of the eager players.
_LESS: Final[dict[int, tuple[float, float]]] = {
    A.END_TURN: (1.0, 0.12),
    A.DISCARD_POTION: (1.0, 0.02),
    A.USE_POTION: (1.0, 0.2),
    A.DRINK_POTION: (1.0, 0.2),
    A.LEAVE: (1.0, 0.2),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, and all that is needed to see it again."""

    start: Start
    decision: int  # counted from 0
    rule: str
    found: str
    actions: tuple[int, ...]  # from the beginning; the last one led here

    @property
    def seed(self) -> int:
        """The seed that `ascension fuzz --games 1 --seed` takes."""
        return self.start.seed

    def as_json(self) -> dict[str, object]:
        """Everything, for programs."""
        return {
            "seed": self.start.seed,
            "ascension": self.start.ascension,
            "decision": self.decision,
            "rule": self.rule,
            "found": self.found,
            "start": self.start.as_json(),
            "actions": list(self.actions),
        }


@dataclass(slots=True)
class Report:
    """What some games came to."""

    games: int = 0
    decisions: int = 0
    checks: int = 0  # decisions at which copies, refusals, encoding and honesty were checked
    longest: int = 0  # decisions of the longest game
    outcomes: dict[str, int] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    coverage: Coverage = field(default_factory=Coverage)

    def add(self, other: "Report") -> None:
        """Add other games."""
        self.games += other.games
        self.decisions += other.decisions
        self.checks += other.checks
        self.longest = max(self.longest, other.longest)
        for outcome, count in other.outcomes.items():
            self.outcomes[outcome] = self.outcomes.get(outcome, 0) + count
        self.failures.extend(other.failures)
        self.coverage.add(other.coverage)

    def as_json(self) -> dict[str, object]:
        """Everything, for programs."""
        return {
            "games": self.games,
            "decisions": self.decisions,
            "checked_in_full": self.checks,
            "longest_game": self.longest,
            "outcomes": self.outcomes,
            "coverage": {kind: asdict(share) for kind, share in self.coverage.shares().items()},
            "failures": [failure.as_json() for failure in self.failures],
        }


def play(start: Start, every: int, most_decisions: int = MOST_DECISIONS) -> Report:
    """Play one game at random; the dear checks are made at every `every`-th decision or so."""
    walk = _Walk(start, every, most_decisions)
    try:
        walk.go()
    except Broken as broken:
        walk.fail(broken.rule, broken.found)
    except Exception as error:  # whatever the game raises is a finding, not the campaign's end
        walk.fail("no exception", _words(error))
    return walk.report


def _words(error: Exception) -> str:
    """The exception and the innermost places that it passed."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_SHOWN:]
    places = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__}: {error} ({places})"


class _Walk:
    """A game on its way; the choices are a function of the start's seed alone."""

    def __init__(self, start: Start, every: int, most_decisions: int) -> None:
        self.start = start
        self.every = every
        self.most_decisions = most_decisions
        self.report = Report(games=1)
        self._choices = random.Random(start.seed)
        self._checks = random.Random(~start.seed)  # other checks leave the choices as they are
        self._eager = int(self._choices.random() < 0.75)
        self._actions: tuple[int, ...] = ()
        self._conservation = Conservation()
        self._game: Game | None = None

    def go(self) -> None:
        """To the end of the game, or to the first thing that is wrong."""
        self._game = game = begin(self.start)
        while not game.is_over():
            legal = game.legal_actions()
            self._check(game, legal)
            action = self._choose(legal)
            self.report.coverage.chosen(game, action)
            game.step(action)
            self.report.decisions += 1
        need(game.legal_actions() == [], "nothing is legal after the end", game.legal_actions())
        check_saving(game, self.start)
        self.report.outcomes = {"victory" if game.outcome == VICTORY else "death": 1}
        self.report.longest = self.report.decisions

    def _check(self, game: Game, legal: list[int]) -> None:
        need(self.report.decisions < self.most_decisions, "games end", self.most_decisions)
        check_game(game, legal)
        self._conservation.follow(game)
        self.report.coverage.look(game)
        if self._checks.random() * self.every < 1:
            check_all(game, self._checks)
            self.report.checks += 1

    def _choose(self, legal: list[int]) -> int:
        weights = [_LESS.get(A.verb_of(action), (1.0, 1.0))[self._eager] for action in legal]
        return self._choices.choices(legal, weights)[0]

    def fail(self, rule: str, found: str) -> None:
        """Write down what went wrong and how it came to it."""
        actions = () if self._game is None else tuple(self._game.actions())
        failure = Failure(self.start, self.report.decisions, rule, found, actions)
        self.report.failures.append(failure)
        self.report.longest = self.report.decisions
        self.report.outcomes = {"failure": 1}
