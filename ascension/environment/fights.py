"""Writes down the fights of a game while it is played: hp before and after, turns, damage."""

from typing import Final, final

from mypy_extensions import i64

from ascension.environment.standing import Standing
from ascension.game.combat.state import Combat
from ascension.game.game import Game
from ascension.game.run import BOSS_ROOM, ELITE_ROOM, ROOM_NAMES
from ascension.game.tables import ENCOUNTER_IDS, MONSTER_IDS
from ascension.records import Fight, FightKind

_KIND_OF_ROOM: Final[dict[int, FightKind]] = {ELITE_ROOM: "elite", BOSS_ROOM: "boss"}


@final
class _OpenFight:
    """A fight in progress, and how it began."""

    def __init__(self, combat: Combat) -> None:
        run = combat.run
        self.combat: Combat = combat
        self.floor: i64 = run.floor
        self.act: i64 = run.act
        self.room: i64 = run.room
        self.hp_before: i64 = combat.player.hp
        self.monsters: list[str] = [MONSTER_IDS[monster.id] for monster in combat.monsters]
        self.turns: i64 = combat.turn  # of the newest decision in it
        self.steps: i64 = 0
        self.damage_taken: i64 = 0
        self.max_hit: i64 = 0
        self.block_gained: i64 = 0

    def note(self, before: Standing, after: Standing, is_decision: bool) -> None:
        """What one step did."""
        lost = before.hp - after.hp
        if is_decision:
            self.steps += 1
        if lost > 0:
            self.damage_taken += lost
            self.max_hit = max(self.max_hit, lost)
        if after.in_fight and after.block > before.block:
            self.block_gained += after.block - before.block

    def kind(self) -> FightKind:
        """Elite, boss or any other monster."""
        return "elite" if self.combat.is_elite else _KIND_OF_ROOM.get(self.room, "monster")


@final
class FightLog:
    """The fights of one game; `follow` is called after every step of the engine."""

    def __init__(self) -> None:
        self.fights: list[Fight] = []
        self._open: _OpenFight | None = None

    @property
    def hp_at_start(self) -> i64:
        """Hp with which the fight in progress began, 0 without one."""
        fight = self._open
        return 0 if fight is None else fight.hp_before

    def follow(self, game: Game, before: Standing, after: Standing, is_decision: bool) -> None:
        """Note what a step did to the fight it was taken in, and whether another one began."""
        fight = self._open
        combat = game.combat
        if fight is not None:
            fight.note(before, after, is_decision)
            if combat is fight.combat:
                fight.turns = combat.turn
                return
            self._close(fight, after)
        if combat is not None:
            self._open = _OpenFight(combat)

    def _close(self, fight: _OpenFight, after: Standing) -> None:
        self.fights.append(
            Fight(
                floor=fight.floor,
                act=fight.act,
                fight_type=fight.kind(),
                room_type=ROOM_NAMES[fight.room],
                encounter=ENCOUNTER_IDS[fight.combat.encounter],
                monsters=tuple(fight.monsters),
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

    def abandon(self, after: Standing) -> None:
        """The game was given up: an open fight counts as lost."""
        fight = self._open
        if fight is not None:
            self._close(fight, after)
