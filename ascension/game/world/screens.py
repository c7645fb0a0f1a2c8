"""What each screen shows, and the stack they lie on.

`run.screens[0]` is always the map. A room puts its screen on top; a relic or an option may put
another one on that, and closing it shows again what was left below, with whatever was not taken.
"""

from typing import Final, final

from mypy_extensions import i64

from ascension.game.run import (
    BOSS_RELIC,
    CARD_SELECT,
    COMBAT,
    EVENT,
    GAME_OVER,
    MAP,
    NEOW,
    REST,
    REWARDS,
    SHOP,
    TREASURE,
    DeckCard,
    Run,
    Screen,
)

# Purposes of a card choice out of a fight, named as the recorded games name them.
REMOVE: Final = 0
UPGRADE: Final = 1
TRANSFORM: Final = 2
TRANSFORM_UPGRADE: Final = 3
DUPLICATE: Final = 4
OBTAIN: Final = 5
BOTTLE: Final = 6
BONFIRE_SPIRITS: Final = 7
PURPOSE_NAMES: Final = [
    "remove",
    "upgrade",
    "transform",
    "transform_upgrade",
    "duplicate",
    "obtain",
    "bottle",
    "bonfire_spirits",
]

# Which stream a transform draws from (rewards.md 7).
NEOW_STREAM: Final = 0
MISC_STREAM: Final = 1

# What happens to the deck once a choice is complete, besides its purpose.
THEN_NOTHING: Final = 0
THEN_UPGRADE_RANDOM: Final = 1  # designer: one random upgradable card

SOLD: Final = -1  # price of a shop entry that is gone
NO_RELIC: Final = -1


@final
class NeowScreen(Screen):
    """Neow's four offers (neow.md 1): pairs of bonus and drawback."""

    __slots__ = ("bonuses", "drawbacks")

    def __init__(self, bonuses: list[i64], drawbacks: list[i64]) -> None:
        super().__init__(NEOW)
        self.bonuses: list[i64] = bonuses
        self.drawbacks: list[i64] = drawbacks


@final
class MapScreen(Screen):
    """The map: the player chooses the next node. The content is `run.map_rows`."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(MAP)


@final
class EventScreen(Screen):
    """An event at a phase; what `numbers` and `cards` mean is said by each event."""

    __slots__ = ("cards", "event", "numbers", "phase")

    def __init__(self, event: i64, phase: i64 = 0) -> None:
        super().__init__(EVENT)
        self.event: i64 = event
        self.phase: i64 = phase
        self.numbers: list[i64] = []
        self.cards: list[DeckCard] = []

    def clone(self) -> Screen:
        """A copy with its own lists."""
        other = EventScreen(self.event, self.phase)
        other.numbers = self.numbers[:]
        other.cards = self.cards[:]
        return other


@final
class RewardScreen(Screen):
    """Rewards to take one by one, in the order gold, cards, relics, keys, potions."""

    __slots__ = ("cards", "emerald_key", "gold", "potions", "relics", "sapphire_key")

    def __init__(self) -> None:
        super().__init__(REWARDS)
        self.gold: list[i64] = []
        self.cards: list[list[DeckCard]] = []  # each entry is one "choose a card"
        self.relics: list[i64] = []
        self.potions: list[i64] = []
        self.emerald_key: bool = False
        self.sapphire_key: bool = False  # linked to the last relic: taking one forfeits the other

    def clone(self) -> Screen:
        """A copy with its own lists; the card offers themselves never change."""
        other = RewardScreen()
        other.gold = self.gold[:]
        other.cards = self.cards[:]
        other.relics = self.relics[:]
        other.potions = self.potions[:]
        other.emerald_key = self.emerald_key
        other.sapphire_key = self.sapphire_key
        return other


@final
class CardSelectScreen(Screen):
    """Choose `pick` cards of the deck, or (purpose OBTAIN) one of the cards in `offer`."""

    __slots__ = ("chosen", "indices", "offer", "pick", "purpose", "stream", "then")

    def __init__(self, purpose: i64, pick: i64) -> None:
        super().__init__(CARD_SELECT)
        self.purpose: i64 = purpose
        self.pick: i64 = pick
        self.indices: list[i64] = []  # deck positions that may still be chosen, in deck order
        self.offer: list[DeckCard] = []
        self.chosen: list[i64] = []  # deck positions in the order of choice
        self.stream: i64 = MISC_STREAM
        self.then: i64 = THEN_NOTHING

    def clone(self) -> Screen:
        """A copy with its own lists."""
        other = CardSelectScreen(self.purpose, self.pick)
        other.indices = self.indices[:]
        other.offer = self.offer
        other.chosen = self.chosen[:]
        other.stream = self.stream
        other.then = self.then
        return other


@final
class ShopScreen(Screen):
    """A shop's stock: positions stay, a sold entry has the price SOLD."""

    __slots__ = (
        "card_prices",
        "cards",
        "potion_prices",
        "potions",
        "relic_prices",
        "relics",
        "removal_price",
    )

    def __init__(self) -> None:
        super().__init__(SHOP)
        self.cards: list[DeckCard] = []  # 0-1 attacks, 2-3 skills, 4 power, 5-6 colourless
        self.card_prices: list[i64] = []
        self.relics: list[i64] = []
        self.relic_prices: list[i64] = []
        self.potions: list[i64] = []
        self.potion_prices: list[i64] = []
        self.removal_price: i64 = 0  # SOLD once used

    def clone(self) -> Screen:
        """A copy with its own lists."""
        other = ShopScreen()
        other.cards = self.cards[:]
        other.card_prices = self.card_prices[:]
        other.relics = self.relics[:]
        other.relic_prices = self.relic_prices[:]
        other.potions = self.potions[:]
        other.potion_prices = self.potion_prices[:]
        other.removal_price = self.removal_price
        return other


@final
class RestScreen(Screen):
    """A rest site; what it offers follows from the run."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(REST)


SMALL_CHEST: Final = 0
MEDIUM_CHEST: Final = 1
LARGE_CHEST: Final = 2
CHEST_NAMES: Final = ["small", "medium", "large"]


@final
class TreasureScreen(Screen):
    """A closed chest: only its size is visible, the rest is hidden."""

    __slots__ = ("has_gold", "size", "tier")

    def __init__(self, size: i64, tier: i64, has_gold: bool) -> None:
        super().__init__(TREASURE)
        self.size: i64 = size
        self.tier: i64 = tier
        self.has_gold: bool = has_gold


@final
class BossRelicScreen(Screen):
    """The boss chest: one of three relics, or none."""

    __slots__ = ("relics",)

    def __init__(self, relics: list[i64]) -> None:
        super().__init__(BOSS_RELIC)
        self.relics: list[i64] = relics


@final
class CombatScreen(Screen):
    """A fight, with what an event adds to its rewards; the fight itself is the game's `combat`."""

    __slots__ = ("gold", "relics", "shows_rewards")

    def __init__(self, gold: i64 = 0, relics: list[i64] | None = None) -> None:
        super().__init__(COMBAT)
        self.gold: i64 = gold  # event fights: the gold item
        self.relics: list[i64] = [] if relics is None else relics
        self.shows_rewards: bool = True  # False: the first fight of the colosseum


@final
class GameOverScreen(Screen):
    """The run has ended; `run.outcome` says how."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(GAME_OVER)


def top(run: Run) -> Screen:
    """The screen that the player decides on."""
    return run.screens[-1]


def push(run: Run, screen: Screen) -> None:
    """Show a screen on top of the present one."""
    run.screens.append(screen)


def close(run: Run, screen: Screen) -> None:
    """Take a screen off the stack, wherever it lies; screens above it stay."""
    kept: list[Screen] = []
    for other in run.screens:
        if other is not screen:
            kept.append(other)
    run.screens = kept


def start_event_fight(  # noqa: PLR0917 - what a fight leaves is six things
    run: Run,
    encounter: i64,
    gold: i64 = 0,
    relics: list[i64] | None = None,
    elite_trigger: bool = False,
    shows_rewards: bool = True,
) -> None:
    """Begin an event's fight with its reward items; the fight starts when the action is done.

    The event closes its screen first unless it goes on afterwards (the colosseum).
    """
    screen = CombatScreen(gold, relics)
    screen.shows_rewards = shows_rewards
    run.encounter = encounter
    run.event_fight = True
    run.elite_trigger = elite_trigger
    run.burning_fight = False
    push(run, screen)
