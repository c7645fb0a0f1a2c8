"""What the games of a campaign have met of all that there is."""

from dataclasses import dataclass, field
from typing import Final

from ascension.game import actions as A
from ascension.game import tables
from ascension.game.coverage import AUTOMATIC_POTIONS
from ascension.game.game import Game
from ascension.game.run import EMPTY_POTION, NO_EVENT

_OWN_CARDS: Final = [n for n in range(len(tables.CARD_IDS)) if tables.CARD_IS_OURS[n]]
_UNPLAYABLE: Final = -2
_PLAYABLE: Final = [n for n in _OWN_CARDS if tables.CARD_COST[2 * n] != _UNPLAYABLE]
_USABLE: Final = [n for n in range(len(tables.POTION_IDS)) if n not in AUTOMATIC_POTIONS]
# Powers that the tables name for other classes, or that the rules build without a power.
_NO_POWERS: Final = {"energized", "poison", "focus", "back_attack", "minion_leader"}
_POWERS: Final = [n for n, name in enumerate(tables.POWER_IDS) if name not in _NO_POWERS]


@dataclass(slots=True)
class Coverage:
    """Ids met, by kind of content."""

    cards: set[int] = field(default_factory=set)  # in hand
    cards_played: set[int] = field(default_factory=set)  # by the player, from the hand
    relics: set[int] = field(default_factory=set)  # owned
    potions: set[int] = field(default_factory=set)  # held
    potions_used: set[int] = field(default_factory=set)  # by the player
    powers: set[int] = field(default_factory=set)
    monsters: set[int] = field(default_factory=set)
    encounters: set[int] = field(default_factory=set)
    events: set[int] = field(default_factory=set)

    def look(self, game: Game) -> None:
        """Add what a decision shows."""
        run = game.run
        self.relics.update(relic.id for relic in run.relics)
        self.potions.update(potion for potion in run.potions if potion != EMPTY_POTION)
        if run.event != NO_EVENT:
            self.events.add(run.event)
        c = game.combat
        if c is None:
            return
        self.encounters.add(c.encounter)
        self.cards.update(card.id for card in c.hand)
        for creature in (c.player, *c.monsters):
            self.powers.update(power.id for power in creature.powers)
        self.monsters.update(monster.id for monster in c.monsters)

    def chosen(self, game: Game, action: int) -> None:
        """Add what an action is about to use."""
        verb = A.verb_of(action)
        if verb == A.PLAY_CARD and game.combat is not None:
            self.cards_played.add(game.combat.hand[A.first_of(action)].id)
        elif verb in (A.USE_POTION, A.DRINK_POTION):
            self.potions_used.add(game.run.potions[A.first_of(action)])

    def add(self, other: "Coverage") -> None:
        """Add what another campaign has met."""
        for kind in self.__slots__:
            getattr(self, kind).update(getattr(other, kind))

    def shares(self) -> dict[str, "Share"]:
        """By kind of content: how much of it was met."""
        return {kind: _share(getattr(self, kind), all_, names) for kind, all_, names in _CONTENT}


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one kind of content was met."""

    met: int
    of: int
    never: list[str]  # names


def _share(met: set[int], all_: list[int], names: list[str]) -> Share:
    never = [names[number] for number in all_ if number not in met]
    return Share(len(all_) - len(never), len(all_), never)


def _every(names: list[str]) -> list[int]:
    return list(range(len(names)))


_CONTENT: Final = [
    ("cards", _OWN_CARDS, tables.CARD_IDS),
    ("cards_played", _PLAYABLE, tables.CARD_IDS),
    ("relics", _every(tables.RELIC_IDS), tables.RELIC_IDS),
    ("potions", _every(tables.POTION_IDS), tables.POTION_IDS),
    ("potions_used", _USABLE, tables.POTION_IDS),
    ("powers", _POWERS, tables.POWER_IDS),
    ("monsters", _every(tables.MONSTER_IDS), tables.MONSTER_IDS),
    ("encounters", _every(tables.ENCOUNTER_IDS), tables.ENCOUNTER_IDS),
    ("events", _every(tables.EVENT_IDS), tables.EVENT_IDS),
]
