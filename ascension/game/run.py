"""The state of a run outside the fight: the player's belongings, the random streams, the screens.

Plain state with cheap clones; the rules that change it live in `world/`, the fight in `combat/`.
"""

from typing import Final, final

from mypy_extensions import i64

from ascension.game.rng import Rng

# Kinds of screen. The top of `Run.screens` is what the player decides on.
NEOW: Final = 0
MAP: Final = 1
EVENT: Final = 2
REWARDS: Final = 3
CARD_SELECT: Final = 4
SHOP: Final = 5
REST: Final = 6
TREASURE: Final = 7
BOSS_RELIC: Final = 8
COMBAT: Final = 9
GAME_OVER: Final = 10
SCREEN_NAMES: Final = [
    "neow",
    "map",
    "event",
    "rewards",
    "card_select",
    "shop",
    "rest",
    "treasure",
    "boss_relic",
    "combat",
    "game_over",
]

# Kinds of room on the map; EVENT_ROOM is a "?".
NO_ROOM: Final = 0
MONSTER_ROOM: Final = 1
ELITE_ROOM: Final = 2
REST_ROOM: Final = 3
SHOP_ROOM: Final = 4
TREASURE_ROOM: Final = 5
EVENT_ROOM: Final = 6
BOSS_ROOM: Final = 7
BOSS_TREASURE_ROOM: Final = 8
ROOM_NAMES: Final = [
    "invalid",
    "monster",
    "elite",
    "rest",
    "shop",
    "treasure",
    "event",
    "boss",
    "boss_treasure",
]

# How a run ended.
RUNNING: Final = 0
VICTORY: Final = 1
DEATH: Final = 2

EMPTY_POTION: Final = -1
NO_EVENT: Final = -1


@final
class DeckCard:
    """A card of the deck. Never mutated in place: a changed card is a new object in the list."""

    __slots__ = ("bottled", "id", "misc", "upgrades")

    def __init__(self, id: i64, upgrades: i64 = 0, misc: i64 = 0, bottled: bool = False) -> None:
        self.id: i64 = id
        self.upgrades: i64 = upgrades
        self.misc: i64 = misc  # ritual dagger damage
        self.bottled: bool = bottled


@final
class Relic:
    """A relic with the number that the game shows on it (relics.csv, `counter_start`)."""

    __slots__ = ("counter", "id", "memory")

    def __init__(self, id: i64, counter: i64 = -1) -> None:
        self.id: i64 = id
        self.counter: i64 = counter
        self.memory: i64 = 0  # what it remembers within a fight and never shows (used up, ...)

    def clone(self) -> "Relic":
        """A copy."""
        other = Relic(self.id, self.counter)
        other.memory = self.memory
        return other


class Screen:
    """Something the player decides on; subclasses carry what it shows (`world/screens.py`)."""

    __slots__ = ("kind",)

    def __init__(self, kind: i64) -> None:
        self.kind: i64 = kind

    def clone(self) -> "Screen":
        """A copy that shares nothing mutable; a screen without content is its own copy."""
        return self


@final
class MapNode:
    """One node of an act's map; built once and never changed."""

    __slots__ = ("room", "to", "x", "y")

    def __init__(self, x: i64, y: i64, room: i64, to: list[i64]) -> None:
        self.x: i64 = x
        self.y: i64 = y
        self.room: i64 = room
        self.to: list[i64] = to  # columns in row y + 1, ascending


def _stream(seeded: Rng, blank: bool) -> Rng:
    """A stream in the state of the seeded one; for a blank run anything will do."""
    return seeded if blank else seeded.clone()


@final
class Run:
    """Everything about a run but the fight in progress.

    Lists that change rarely (pools, encounter lists, the map) are replaced, never mutated, so
    that clones may share them.
    """

    def __init__(  # noqa: PLR0915 - a list of what there is
        self, seed: i64, ascension: i64, acts: i64, blank: bool = False
    ) -> None:
        """A run before its first act; a `blank` one is about to be given another's streams."""
        self.seed: i64 = seed
        self.ascension: i64 = ascension
        self.final_act: i64 = acts  # 1..4: the run is won after this act's boss; 4 needs the keys
        self.act: i64 = 1
        self.floor: i64 = 0
        self.x: i64 = -1
        self.y: i64 = -1
        self.room: i64 = NO_ROOM  # after a "?" was resolved
        self.drawn_room: i64 = NO_ROOM  # as drawn on the map
        self.event: i64 = NO_EVENT  # of the room, also after its screen has closed
        self.outcome: i64 = RUNNING

        self.hp: i64 = 80
        self.max_hp: i64 = 80
        self.gold: i64 = 99
        self.energy_per_turn: i64 = 3
        self.hand_size: i64 = 5
        self.ruby_key: bool = False
        self.emerald_key: bool = False
        self.sapphire_key: bool = False
        self.deck: list[DeckCard] = []
        self.relics: list[Relic] = []
        self.relic_mask: list[bool] = []  # owned, by relic id; built by world/relics.py
        self.potions: list[i64] = []

        # Run-long streams (rng.md 4); copies, because seeding costs more.
        seeded = Rng(seed, blank)
        self.neow_rng: Rng = seeded
        self.monster_rng: Rng = _stream(seeded, blank)
        self.event_rng: Rng = _stream(seeded, blank)
        self.merchant_rng: Rng = _stream(seeded, blank)
        self.card_rng: Rng = _stream(seeded, blank)
        self.treasure_rng: Rng = _stream(seeded, blank)
        self.relic_rng: Rng = _stream(seeded, blank)
        self.potion_rng: Rng = _stream(seeded, blank)
        self.map_rng: Rng = Rng(seed + 1, blank)
        self.courier_rng: Rng = Rng(
            seed - 897897, blank
        )  # shop.md 3: stands for the unseeded generator
        # Per-floor streams, re-created on every room transition.
        self.ai_rng: Rng = _stream(seeded, blank)
        self.monster_hp_rng: Rng = _stream(seeded, blank)
        self.shuffle_rng: Rng = _stream(seeded, blank)
        self.card_random_rng: Rng = _stream(seeded, blank)
        self.misc_rng: Rng = _stream(seeded, blank)

        # Offsets and chances that the player does not see but can work out.
        self.card_rarity_offset: i64 = 5  # "blizz" of rewards.md
        self.potion_chance_offset: i64 = 0  # "ramp", percent
        self.event_monster_chance: float = 0.1
        self.event_shop_chance: float = 0.03
        self.event_treasure_chance: float = 0.02
        self.removals_bought: i64 = 0

        # Hidden lists of the act and the run.
        nothing: list[i64] = []
        self.monster_list: list[i64] = nothing  # encounters still to come, next first
        self.elite_list: list[i64] = nothing
        self.boss: i64 = -1
        self.second_boss: i64 = -1
        self.event_list: list[i64] = nothing
        self.shrine_list: list[i64] = nothing
        self.one_time_events: list[i64] = nothing
        self.common_relics: list[i64] = nothing
        self.uncommon_relics: list[i64] = nothing
        self.rare_relics: list[i64] = nothing
        self.shop_relics: list[i64] = nothing
        self.boss_relics: list[i64] = nothing
        self.colorless_pool: list[i64] = nothing  # permuted by match and keep until the next act

        self.map_rows: list[list[MapNode]] = []
        self.burning_x: i64 = -1
        self.burning_y: i64 = -1

        self.fights: i64 = 0
        self.encounter: i64 = -1  # of the fight in progress or next to start
        self.event_fight: bool = False  # the fight belongs to an event
        self.elite_trigger: bool = False  # counts as an elite fight for relics
        self.burning_fight: bool = False

        self.screens: list[Screen] = []
