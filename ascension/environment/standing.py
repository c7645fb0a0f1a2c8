"""How a game stands between two steps: the numbers that rewards and fight records are made of."""

from dataclasses import dataclass

from ascension.environment.encode_view import amount_of, look
from ascension.game.combat.state import ALIVE, Combat
from ascension.game.game import Game
from ascension.game.ids import powers
from ascension.game.run import BOSS_ROOM, RUNNING, DeckCard


@dataclass(frozen=True, slots=True)
class MonsterStanding:
    """One monster of a fight."""

    id: int
    hp: int
    is_alive: bool
    strength: int
    has_sharp_hide: bool


@dataclass(slots=True)
class Standing:
    """The state of a game as rewards see it; fight and deck details only when asked for."""

    floor: int
    act: int
    hp: int
    max_hp: int
    gold: int
    relics: int
    outcome: int
    in_fight: bool = False
    is_elite_fight: bool = False
    is_boss_fight: bool = False
    hp_at_fight_start: int = 0
    block: int = 0
    incoming: int = 0
    monsters: tuple[MonsterStanding, ...] = ()
    deck: tuple[DeckCard, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether the game has ended."""
        return self.outcome != RUNNING

    @property
    def hp_ratio(self) -> float:
        """Hp as a share of max hp."""
        return self.hp / self.max_hp if self.max_hp > 0 else 0.0

    @property
    def monsters_alive(self) -> int:
        """Number of living monsters."""
        return sum(monster.is_alive for monster in self.monsters)


def standing_of(game: Game, is_detailed: bool = False, hp_at_fight_start: int = 0) -> Standing:
    """How the game stands now."""
    run = game.run
    combat = game.combat
    player = run if combat is None else combat.player
    standing = Standing(
        floor=run.floor,
        act=run.act,
        hp=player.hp,
        max_hp=player.max_hp,
        gold=run.gold,
        relics=len(run.relics),
        outcome=run.outcome,
    )
    if combat is not None:
        standing.in_fight = True
        standing.block = combat.player.block
        standing.hp_at_fight_start = hp_at_fight_start
    if is_detailed:
        standing.deck = tuple(run.deck)
        if combat is not None:
            _add_fight(standing, combat)
    return standing


def _add_fight(standing: Standing, combat: Combat) -> None:
    standing.is_elite_fight = combat.is_elite
    standing.is_boss_fight = combat.run.room == BOSS_ROOM
    standing.incoming = look(combat).incoming
    standing.monsters = tuple(
        MonsterStanding(
            id=monster.id,
            hp=monster.hp,
            is_alive=monster.state == ALIVE,
            strength=amount_of(monster, powers.STRENGTH),
            has_sharp_hide=amount_of(monster, powers.SHARP_HIDE) > 0,
        )
        for monster in combat.monsters
    )
