"""The game as its players see it: legal actions, applying one, copies, saving.

This is the door: `apply` and the constructor check, everything behind them trusts.
"""

import hashlib
import json
import operator
from typing import Final, SupportsIndex, cast, final

from mypy_extensions import i64

from ascension.game import describe, digest
from ascension.game.actions import (
    DISCARD_POTION,
    DRINK_POTION,
    GO,
    TAKE_BOSS_RELIC,
    first_of,
    make,
    second_of,
    verb_of,
)
from ascension.game.clone import clone_combat, clone_run
from ascension.game.combat import content  # noqa: F401 - registers cards, monsters, relics
from ascension.game.combat import legal as combat_legal
from ascension.game.combat.engine import finish
from ascension.game.combat.setup import start_combat
from ascension.game.combat.state import ESCAPED, FIGHTING, LOST, SMOKED, Combat
from ascension.game.errors import IllegalAction, InvalidSetting, SaveError
from ascension.game.run import (
    BOSS_RELIC,
    CARD_SELECT,
    COMBAT,
    EMPTY_POTION,
    EVENT,
    MAP,
    NEOW,
    REST,
    REWARDS,
    RUNNING,
    SHOP,
    TREASURE,
    Run,
    Screen,
)
from ascension.game.version import RULES_VERSION
from ascension.game.world import (
    event,
    neow,
    potions,
    progress,
    rest,
    rewards,
    select,
    shop,
    treasure,
)
from ascension.game.world import map as world_map
from ascension.game.world.screens import (
    BossRelicScreen,
    CardSelectScreen,
    CombatScreen,
    EventScreen,
    NeowScreen,
    RestScreen,
    RewardScreen,
    ShopScreen,
    TreasureScreen,
    close,
    push,
)

SAVE_FORMAT: Final = 2
LAST_ACT: Final = 4


@final
class History:
    """The actions of a game, newest first; copies of a game share their common past."""

    __slots__ = ("action", "before")

    def __init__(self, action: i64, before: "History | None") -> None:
        self.action: i64 = action
        self.before: History | None = before


def whole(what: str, given: SupportsIndex, wanted: str) -> int:
    """A whole number as it was given; InvalidSetting for anything else."""
    try:
        if not isinstance(given, bool):
            return operator.index(given)
    except TypeError:
        pass
    raise InvalidSetting(f"{what} {given!r} is no whole number: give {wanted}")


def checked_seed(given: SupportsIndex) -> int:
    """A seed as a signed 64-bit number; InvalidSetting for what is none."""
    seed = whole("seed", given, "a number, or seed_from_text of the game's text")
    if not -(1 << 63) <= seed < 1 << 64:
        raise InvalidSetting(f"seed {seed} does not fit 64 bits: give a number below 2**64")
    return seed - (1 << 64) if seed >= 1 << 63 else seed


def check_settings(ascension: SupportsIndex, acts: SupportsIndex) -> tuple[int, int]:
    """Both as numbers; InvalidSetting for other types and for what does not exist."""
    level = whole("ascension", ascension, "a number from 0 to 20")
    last = whole("acts", acts, "1, 2, 3 or 4")
    if not 0 <= level <= progress.LAST_ASCENSION:
        raise InvalidSetting(f"ascension {level} does not exist: give a number from 0 to 20")
    if not 1 <= last <= LAST_ACT:
        raise InvalidSetting(f"a run cannot have {last} acts: give 1, 2, 3 or 4 (4: the heart)")
    return level, last


def _new_run(seed: SupportsIndex, ascension: SupportsIndex, acts: SupportsIndex) -> Run:
    level, last = check_settings(ascension, acts)
    return progress.start_run(checked_seed(seed), level, last)


@final
class Game:
    """One run from Neow to its end."""

    def __init__(
        self,
        seed: SupportsIndex,
        ascension: SupportsIndex = 0,
        acts: SupportsIndex = 3,
        *,
        copied: Run | None = None,
    ) -> None:
        """Start a run. `acts`: it is won after this act's boss; 4 needs the three keys.

        Raises InvalidSetting for a seed beyond 64 bits, an ascension outside 0..20, acts outside
        1..4, and for what is no whole number. `copied` is for `clone`: a run under way.
        """
        self.run: Run = _new_run(seed, ascension, acts) if copied is None else copied
        self.combat: Combat | None = None
        self.history: History | None = None

    # --- Looking ------------------------------------------------------------------------------

    def is_over(self) -> bool:
        """Whether the run has ended."""
        return self.run.outcome != RUNNING

    @property
    def outcome(self) -> i64:
        """RUNNING, VICTORY or DEATH."""
        return self.run.outcome

    def screen(self) -> i64:
        """The kind of the screen to decide on; COMBAT in a fight."""
        return self.run.screens[-1].kind

    def legal_actions(self) -> list[i64]:
        """Every action that is possible now; empty only when the run is over."""
        if self.run.outcome != RUNNING:
            return []
        combat = self.combat
        if combat is not None:
            return combat_legal.legal_actions(combat)
        top = self.run.screens[-1]
        out = _screen_actions(self.run, top)
        if _potions_are_free(top):
            _add_potion_actions(self.run, out)
        return out

    def describe(self, action: int) -> str:
        """A sentence about what an action would do."""
        return describe.describe_action(self.run, self.combat, action)

    # --- Acting -------------------------------------------------------------------------------

    def apply(self, action: object) -> None:
        """Do a legal action; IllegalAction, and nothing changed, if it is not one."""
        if isinstance(action, bool) or action not in self.legal_actions():
            raise IllegalAction(describe.refusal(self.run, action))
        self.step(operator.index(cast(SupportsIndex, action)))

    def step(self, action: i64) -> None:
        """Do an action taken from `legal_actions`, without checking it."""
        self.act(action)
        self.settle()

    def act(self, action: i64) -> None:
        """The first half of `step`: stops where a fight has ended, its state still there."""
        self.history = History(action, self.history)
        combat = self.combat
        if combat is not None:
            combat_legal.apply(combat, action)
        else:
            self._step_outside(action)

    def _step_outside(self, action: i64) -> None:
        run = self.run
        verb = verb_of(action)
        if verb == DRINK_POTION:
            potions.drink(run, first_of(action))
        elif verb == DISCARD_POTION:
            potions.discard_potion(run, first_of(action))
        else:
            _apply_on_screen(run, run.screens[-1], action)

    def settle(self) -> None:
        """The second half of `step`: go on to the next decision."""
        while self.go_on():
            pass

    def go_on(self) -> bool:
        """End a fight that is over or begin the next; False when the player must decide."""
        combat = self.combat
        if combat is None:
            progress.settle(self.run)
            if self.run.screens[-1].kind != COMBAT:
                return False
            self.combat = start_combat(self.run)
        elif combat.outcome == FIGHTING:
            return False
        else:
            self._end_fight(combat)
        return True

    def _end_fight(self, combat: Combat) -> None:
        run = self.run
        fight = cast(CombatScreen, run.screens[-1])
        self.combat = None
        finish(combat)
        close(run, fight)
        if combat.outcome == LOST:
            progress.die(run)
            return
        screen = rewards.after_fight(
            run, fight, combat.stolen_gold, _all_fled(combat), combat.outcome == SMOKED
        )
        run.event_fight = False
        run.elite_trigger = False
        run.burning_fight = False
        if screen is not None:
            push(run, screen)

    # --- Copies and saving --------------------------------------------------------------------

    def clone(self) -> "Game":
        """An independent copy."""
        run = self.run
        other = Game(0, copied=clone_run(run))
        combat = self.combat
        other.combat = None if combat is None else clone_combat(combat, other.run)
        other.history = self.history
        return other

    def digest(self) -> str:
        """A fingerprint of the whole state, hidden parts included."""
        return digest.digest_of(self.run, self.combat)

    def fingerprint(self) -> str:
        """A hash of settings, actions and where they led: cheap, for whole games."""
        run = self.run
        played = [run.seed, run.ascension, run.final_act, run.floor, run.hp, run.gold]
        text = ",".join([str(number) for number in played + self.actions()])
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def actions(self) -> list[int]:
        """The actions so far, oldest first."""
        out: list[int] = []
        past = self.history
        while past is not None:
            out.append(past.action)
            past = past.before
        out.reverse()
        return out

    def save(self) -> str:
        """The game as text: its settings and its actions."""
        return json.dumps(
            {
                "format": SAVE_FORMAT,
                "rules": RULES_VERSION,
                "seed": str(self.run.seed),
                "ascension": self.run.ascension,
                "acts": self.run.final_act,
                "actions": self.actions(),
                "fingerprint": self.fingerprint(),
            }
        )

    @staticmethod
    def load(text: object) -> "Game":
        """The game that `save` wrote; SaveError if the text is damaged or does not replay."""
        if not isinstance(text, str):
            raise SaveError(
                f"this is not a saved game but a {type(text).__name__}: give the text that `save` "
                "wrote, or restore the file"
            )
        try:
            saved = json.loads(text)
            _check_versions(saved)
            game = Game(int(saved["seed"]), saved["ascension"], saved["acts"])
            for action in saved["actions"]:
                game.apply(action)
            written = saved["fingerprint"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            if isinstance(error, SaveError):
                raise
            raise SaveError(
                f"this is not a saved game, or it is damaged ({type(error).__name__}: {error}): "
                "restore the file, or start a new game"
            ) from error
        if game.fingerprint() != written:
            raise SaveError(
                "the saved game was changed: its actions lead elsewhere than it says; restore the "
                "file, or start a new game"
            )
        return game


def _check_versions(saved: dict[str, object]) -> None:
    for name, known in (("format", SAVE_FORMAT), ("rules", RULES_VERSION)):
        if saved[name] != known:
            raise SaveError(
                f"this game was saved with {name} {saved[name]!r}, here it is {known!r}: load it "
                "with the version of the program that saved it"
            )


def _all_fled(combat: Combat) -> bool:
    return all(monster.state == ESCAPED for monster in combat.monsters)


# --- Screens ------------------------------------------------------------------------------------


def _screen_actions(run: Run, top: Screen) -> list[i64]:  # noqa: PLR0911 - one per screen
    kind = top.kind
    if kind == MAP:
        return [make(GO, node.x, node.y) for node in world_map.destinations(run)]
    if kind == REWARDS:
        return rewards.legal(run, cast(RewardScreen, top))
    if kind == EVENT:
        return event.legal(run, cast(EventScreen, top))
    if kind == CARD_SELECT:
        return select.legal(cast(CardSelectScreen, top))
    if kind == SHOP:
        return shop.legal(run, cast(ShopScreen, top))
    if kind == REST:
        return rest.legal(run)
    if kind == TREASURE:
        return treasure.legal()
    if kind == BOSS_RELIC:
        return treasure.legal_boss_relics(cast(BossRelicScreen, top))
    return neow.legal(cast(NeowScreen, top))


def _apply_on_screen(run: Run, top: Screen, action: i64) -> None:
    kind = top.kind
    verb = verb_of(action)
    first = first_of(action)
    if kind == MAP:
        progress.go(run, first, second_of(action))
    elif kind == REWARDS:
        rewards.apply(run, cast(RewardScreen, top), verb, first, second_of(action))
    elif kind == EVENT:
        event.apply(run, cast(EventScreen, top), action)
    elif kind == CARD_SELECT:
        select.choose(run, cast(CardSelectScreen, top), first)
    elif kind == SHOP:
        shop.apply(run, cast(ShopScreen, top), verb, first)
    elif kind == REST:
        rest.apply(run, cast(RestScreen, top), verb)
    elif kind == TREASURE:
        treasure.apply(run, cast(TreasureScreen, top), verb)
    elif kind == BOSS_RELIC:
        taken = first if verb == TAKE_BOSS_RELIC else -1
        treasure.take_boss_relic(run, cast(BossRelicScreen, top), taken)
    elif kind == NEOW:
        neow.choose(run, cast(NeowScreen, top), first)


def _potions_are_free(top: Screen) -> bool:
    """Whether potions may be drunk and discarded: not while a card must be chosen."""
    if top.kind == CARD_SELECT:
        return False
    return top.kind != EVENT or not event.locks_potions(cast(EventScreen, top))


def _add_potion_actions(run: Run, out: list[i64]) -> None:
    for slot, potion in enumerate(run.potions):
        if potion != EMPTY_POTION:
            if potions.can_drink(run, slot):
                out.append(make(DRINK_POTION, slot))
            out.append(make(DISCARD_POTION, slot))
