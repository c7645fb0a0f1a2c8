"""Writes down the fights of a game while it is played: hp before and after, turns, damage."""

from dataclasses import dataclass
from typing import Final

from ascension.environment.standing import Standing
from ascension.game.game import Game
from ascension.game.run import BOSS_ROOM, ELITE_ROOM, ROOM_NAMES
from ascension.game.tables import ENCOUNTER_IDS, MONSTER_IDS
from ascension.records import Fight, FightKind

_KIND_OF_ROOM: Final[dict[int, FightKind]] = {ELITE_ROOM: "elite", BOSS_ROOM: "boss"}


@dataclass(slots=True)
class _OpenFight:
    """A fight in progress."""

    floor: int
    act: int
    fight_type: FightKind
    room_type: str
    encounter: str
    monsters: tuple[str, ...]
    hp_before: int
    turns: int = 0
    steps: int = 0
    damage_taken: int = 0
    max_hit: int = 0
    block_gained: int = 0


class FightLog:
    """The fights of one game; `follow` is called after every step of the engine."""

    def __init__(self) -> None:
        self.fights: list[Fight] = []
        self._open: _OpenFight | None = None
        self._combat: object = None

    @property
    def hp_at_start(self) -> int:
        """Hp with which the fight in progress began, 0 without one."""
        return 0 if self._open is None else self._open.hp_before

    def follow(self, game: Game, before: Standing, after: Standing, is_decision: bool) -> None:
        """Note what a step did to the fight it was taken in, and whether another one began."""
        if self._open is not None:
            self._note(self._open, before, after, is_decision)
            if game.combat is not self._combat:
                self._close(self._open, after)
        if game.combat is not None and self._open is None:
            self._begin(game)
        if game.combat is not None and self._open is not None:
            self._open.turns = game.combat.turn

    def _begin(self, game: Game) -> None:
        combat = game.combat
        assert combat is not None
        run = game.run
        self._combat = combat
        self._open = _OpenFight(
            floor=run.floor,
            act=run.act,
            fight_type="elite" if combat.is_elite else _KIND_OF_ROOM.get(run.room, "monster"),
            room_type=ROOM_NAMES[run.room],
            encounter=ENCOUNTER_IDS[combat.encounter],
            monsters=tuple(MONSTER_IDS[monster.id] for monster in combat.monsters),
            hp_before=combat.player.hp,
        )

    @staticmethod
    def _note(fight: _OpenFight, before: Standing, after: Standing, is_decision: bool) -> None:
        lost = max(0, before.hp - after.hp)
        fight.steps += is_decision
        fight.damage_taken += lost
        fight.max_hit = max(fight.max_hit, lost)
        if after.in_fight:
            fight.block_gained += max(0, after.block - before.block)

    def _close(self, fight: _OpenFight, after: Standing) -> None:
        self.fights.append(
            Fight(
                floor=fight.floor,
                act=fight.act,
                fight_type=fight.fight_type,
                room_type=fight.room_type,
                encounter=fight.encounter,
                monsters=fight.monsters,
                hp_before=fight.hp_before,
                hp_after=after.hp,
                max_hp=after.max_hp,
                won=after.hp > 0,
                ended_by="terminal" if after.is_over else "post_combat",
                turns=fight.turns,
                steps=fight.steps,
                damage_taken=fight.damage_taken,
                max_hit=fight.max_hit,
                block_gained=fight.block_gained,
            )
        )
        self._open = None
        self._combat = None

    def abandon(self, after: Standing) -> None:
        """The game was given up: an open fight counts as lost."""
        if self._open is not None:
            self._close(self._open, after)
