"""How a game stands between two steps: the numbers that rewards and fight records are made of."""

from typing import Final, final

from mypy_extensions import i64

from ascension.environment.encode_view import amount_of, look
from ascension.game.combat.state import ALIVE, Combat
from ascension.game.game import Game
from ascension.game.ids import powers
from ascension.game.run import BOSS_ROOM, RUNNING, DeckCard


@final
class MonsterStanding:
    """One monster of a fight."""

    __slots__ = ("has_sharp_hide", "hp", "id", "is_alive", "strength")

    def __init__(
        self, id: i64, hp: i64, is_alive: bool, strength: i64, has_sharp_hide: bool
    ) -> None:
        self.id: i64 = id
        self.hp: i64 = hp
        self.is_alive: bool = is_alive
        self.strength: i64 = strength
        self.has_sharp_hide: bool = has_sharp_hide


# Shared by all standings without details; never changed.
_NO_MONSTERS: Final[list[MonsterStanding]] = []
_NO_CARDS: Final[list[DeckCard]] = []


@final
class Standing:
    """The state of a game as rewards see it; fight and deck details only when asked for."""

    __slots__ = (
        "act",
        "block",
        "deck",
        "floor",
        "gold",
        "hp",
        "hp_at_fight_start",
        "in_fight",
        "incoming",
        "is_boss_fight",
        "is_elite_fight",
        "max_hp",
        "monsters",
        "outcome",
        "relics",
    )

    def __init__(
        self, floor: i64, act: i64, hp: i64, max_hp: i64, gold: i64, relics: i64, outcome: i64
    ) -> None:
        self.floor: i64 = floor
        self.act: i64 = act
        self.hp: i64 = hp
        self.max_hp: i64 = max_hp
        self.gold: i64 = gold
        self.relics: i64 = relics
        self.outcome: i64 = outcome
        self.in_fight: bool = False
        self.is_elite_fight: bool = False
        self.is_boss_fight: bool = False
        self.hp_at_fight_start: i64 = 0
        self.block: i64 = 0
        self.incoming: i64 = 0
        self.monsters: list[MonsterStanding] = _NO_MONSTERS
        self.deck: list[DeckCard] = _NO_CARDS

    @property
    def is_over(self) -> bool:
        """Whether the game has ended."""
        return self.outcome != RUNNING

    def shows_the_same(self, other: "Standing") -> bool:
        """Whether all the plain numbers are equal; details are not looked at."""
        return (
            self.hp == other.hp
            and self.floor == other.floor
            and self.gold == other.gold
            and self.max_hp == other.max_hp
            and self.relics == other.relics
            and self.act == other.act
            and self.outcome == other.outcome
        )

    @property
    def hp_ratio(self) -> float:
        """Hp as a share of max hp."""
        return float(self.hp) / float(self.max_hp) if self.max_hp > 0 else 0.0

    @property
    def monsters_alive(self) -> i64:
        """Number of living monsters."""
        alive: i64 = 0
        for monster in self.monsters:
            if monster.is_alive:
                alive += 1
        return alive


def standing_of(game: Game, is_detailed: bool = False, hp_at_fight_start: i64 = 0) -> Standing:
    """How the game stands now."""
    run = game.run
    combat = game.combat
    relics: i64 = len(run.relics)
    standing = Standing(run.floor, run.act, run.hp, run.max_hp, run.gold, relics, run.outcome)
    if combat is not None:
        standing.hp = combat.player.hp
        standing.max_hp = combat.player.max_hp
        standing.in_fight = True
        standing.block = combat.player.block
        standing.hp_at_fight_start = hp_at_fight_start
    if is_detailed:
        standing.deck = run.deck[:]
        if combat is not None:
            _add_fight(standing, combat)
    return standing


def _add_fight(standing: Standing, combat: Combat) -> None:
    standing.is_elite_fight = combat.is_elite
    standing.is_boss_fight = combat.run.room == BOSS_ROOM
    standing.incoming = look(combat).incoming
    monsters: list[MonsterStanding] = []
    for monster in combat.monsters:
        strength = amount_of(monster, powers.STRENGTH)
        has_hide = amount_of(monster, powers.SHARP_HIDE) > 0
        monsters.append(
            MonsterStanding(monster.id, monster.hp, monster.state == ALIVE, strength, has_hide)
        )
    standing.monsters = monsters
