"""How a random game begins: seed, ascension, acts, and what the player is given beforehand."""

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final, Literal

from ascension.game import tables
from ascension.game.game import Game
from ascension.game.ids.cards import RITUAL_DAGGER, SEARING_BLOW
from ascension.game.run import EMPTY_POTION, DeckCard
from ascension.game.world import relics
from ascension.game.world.progress import LAST_ASCENSION

Kind = Literal["plain", "boosted", "stocked"]
KINDS: Final[tuple[Kind, ...]] = ("plain", "boosted", "stocked", "stocked")

STOCKED_CARDS: Final = 16
STOCKED_RELICS: Final = 12
STOCKED_POTIONS: Final = 2
BOOSTED_HP: Final = (300, 1000, 5000)
SALT: Final = 0x5EED  # keeps the draws of a start apart from those of the choices
_EVERY_OWN_CARD: Final = [
    card
    for card in range(len(tables.CARD_IDS))
    if tables.CARD_IS_OURS[card] and tables.CARD_TYPE[card] != tables.STATUS
]


@dataclass(frozen=True, slots=True)
class Start:
    """Everything that a random game begins with; `begin` makes the game of it."""

    seed: int
    ascension: int
    acts: int
    kind: Kind
    hp: int = 0  # 0: as usual
    keys: bool = False
    relics: tuple[int, ...] = ()  # ids, obtained one by one
    cards: tuple[tuple[int, int], ...] = ()  # id and upgrades, appended to the deck
    potions: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The start with names instead of ids."""
        return {
            **asdict(self),
            "relics": [tables.RELIC_IDS[relic] for relic in self.relics],
            "cards": [[tables.CARD_IDS[card], upgrades] for card, upgrades in self.cards],
            "potions": [tables.POTION_IDS[potion] for potion in self.potions],
        }


def random_start(seed: int, ascension: int | None = None) -> Start:
    """The start that belongs to a seed; without an ascension that is drawn too."""
    chance = random.Random(seed ^ SALT)
    drawn = chance.randint(0, LAST_ASCENSION)
    acts = chance.choice((1, 2, 3, 4, 4, 4))
    kind = chance.choice(KINDS)
    start = Start(seed, drawn if ascension is None else ascension, acts, kind)
    return _GIFTS[kind](start, chance)


def _plain(start: Start, chance: random.Random) -> Start:
    return start


def _boosted(start: Start, chance: random.Random) -> Start:
    return Start(
        start.seed,
        start.ascension,
        start.acts,
        start.kind,
        hp=chance.choice(BOOSTED_HP),
        keys=chance.random() < 0.5,
    )


def _stocked(start: Start, chance: random.Random) -> Start:
    boosted = _boosted(start, chance)
    drawn = tuple(chance.choice(_EVERY_OWN_CARD) for _ in range(STOCKED_CARDS))
    return Start(
        boosted.seed,
        boosted.ascension,
        boosted.acts,
        boosted.kind,
        boosted.hp,
        boosted.keys,
        relics=tuple(chance.sample(range(len(tables.RELIC_IDS)), STOCKED_RELICS)),
        cards=tuple((card, _random_upgrades(card, chance)) for card in drawn),
        potions=tuple(chance.sample(range(len(tables.POTION_IDS)), STOCKED_POTIONS)),
    )


_GIFTS: Final[dict[Kind, Callable[[Start, random.Random], Start]]] = {
    "plain": _plain,
    "boosted": _boosted,
    "stocked": _stocked,
}


def _random_upgrades(card: int, chance: random.Random) -> int:
    if card == SEARING_BLOW:
        return chance.randint(0, 5)
    return chance.randint(0, 1) if tables.CARD_UPGRADABLE[card] else 0


def begin(start: Start) -> Game:
    """The game at its first decision; hp comes last, over what relics did to it."""
    game = Game(start.seed, start.ascension, start.acts)
    run = game.run
    if start.keys:
        run.ruby_key = run.emerald_key = run.sapphire_key = True
        run.burning_x = run.burning_y = -1
    for relic in start.relics:
        relics.obtain(run, relic)
    for card, upgrades in start.cards:
        misc = tables.CARD_DAMAGE[2 * card] if card == RITUAL_DAGGER else 0
        run.deck.append(DeckCard(card, upgrades, misc))
    for potion in start.potions:
        if EMPTY_POTION in run.potions:
            run.potions[run.potions.index(EMPTY_POTION)] = potion
    if start.hp:
        run.hp = run.max_hp = start.hp
    return game
