"""The state of a fight: cards, creatures, powers, queues. No rules here, only data and clones.

Objects refer to each other directly (a queued action to its target, a power to its card), so a
clone maps old objects to new ones; most decisions are taken with empty queues, where it is cheap.
"""

from typing import Final, final

from mypy_extensions import i64, mypyc_attr

from ascension.game.run import Run
from ascension.game.tables import CARD_COST, CARD_DAMAGE, CARD_TYPE

# Creature states.
ALIVE: Final = 0
DEAD: Final = 1  # "dying" of combat.md
HALF_DEAD: Final = 2
ESCAPED: Final = 3  # "escaping" counts as gone

# Damage types (combat.md 7).
NORMAL: Final = 0
THORNS: Final = 1
HP_LOSS: Final = 2

PLAYER: Final = -1  # Creature.id of the player
NO_MOVE: Final = -1
PLACE_TAKEN: Final = -1  # Creature.slot of a body in whose place a newcomer stands

# Fight outcomes.
FIGHTING: Final = 0
WON: Final = 1
LOST: Final = 2
SMOKED: Final = 3  # left by smoke bomb


@final
class Card:
    """A card in a fight (cards.md 2)."""

    __slots__ = (
        "autoplay",
        "base_damage",
        "base_magic",
        "block",
        "cost",
        "cost_now",
        "damage",
        "energy_on_use",
        "exhaust_once",
        "free_once",
        "id",
        "misc",
        "no_trigger",
        "purge",
        "retain",
        "uid",
        "upgrades",
    )

    def __init__(self, id: i64, upgrades: i64, uid: i64) -> None:
        row = 2 * id + (1 if upgrades > 0 else 0)
        self.id: i64 = id
        self.upgrades: i64 = upgrades
        self.uid: i64 = uid  # "uuid" of the specification: shared with the deck card
        self.cost: i64 = CARD_COST[row]  # this combat; -1 = X, -2 = unplayable
        self.cost_now: i64 = CARD_COST[row]  # this turn ("cost_for_turn")
        self.base_damage: i64 = CARD_DAMAGE[row]
        self.base_magic: i64 = 0  # unused unless a rule changes magic for one instance
        self.damage: i64 = 0  # computed when `use` starts
        self.block: i64 = 0  # computed when `use` starts
        self.misc: i64 = 0
        self.energy_on_use: i64 = 0
        self.free_once: bool = False
        self.exhaust_once: bool = False
        self.purge: bool = False
        self.autoplay: bool = False
        self.no_trigger: bool = False
        self.retain: bool = False

    def type(self) -> i64:
        """ATTACK, SKILL, POWER, STATUS or CURSE."""
        return CARD_TYPE[self.id]

    def row(self) -> i64:
        """Index into the `CARD_*` tables that depend on the upgrade."""
        return 2 * self.id + (1 if self.upgrades > 0 else 0)

    def copy(self, uid: i64) -> "Card":
        """A stat-equivalent copy (new uid) or a same-instance copy (the same uid)."""
        other = Card(self.id, self.upgrades, uid)
        other.cost = self.cost
        other.cost_now = self.cost_now
        other.base_damage = self.base_damage
        other.base_magic = self.base_magic
        other.misc = self.misc
        other.free_once = self.free_once
        return other

    def clone(self) -> "Card":
        """An identical card for a cloned fight."""
        other = self.copy(self.uid)
        other.damage = self.damage
        other.block = self.block
        other.energy_on_use = self.energy_on_use
        other.exhaust_once = self.exhaust_once
        other.purge = self.purge
        other.autoplay = self.autoplay
        other.no_trigger = self.no_trigger
        other.retain = self.retain
        return other


@final
class Power:
    """One entry of a creature's ordered power list (powers.md 1)."""

    __slots__ = ("amount", "card", "extra", "id", "just_applied", "source")

    def __init__(self, id: i64, amount: i64) -> None:
        self.id: i64 = id
        self.amount: i64 = amount
        self.extra: i64 = 0  # second number: combust's hp loss, panache's countdown, a base amount
        self.just_applied: bool = False
        self.card: Card | None = None  # stasis: the held card
        self.source: Creature | None = None  # constricted: who applied it


@final
class Creature:
    """The player or a monster."""

    __slots__ = (
        "base_damage",
        "before_move",
        "block",
        "hits",
        "hp",
        "id",
        "last_damage_taken",
        "max_hp",
        "memory",
        "memory2",
        "memory3",
        "memory4",
        "move",
        "move_before",
        "moves_made",
        "powers",
        "slot",
        "state",
        "x",
    )

    def __init__(self, id: i64, hp: i64, max_hp: i64) -> None:
        self.id: i64 = id  # monster id, PLAYER for the player
        self.hp: i64 = hp
        self.max_hp: i64 = max_hp
        self.block: i64 = 0
        self.state: i64 = ALIVE
        self.powers: list[Power] = []
        self.last_damage_taken: i64 = 0
        # Monsters only.
        self.slot: i64 = 0  # target number as recordings show it
        self.x: i64 = 0  # screen position, decides where spawned monsters are inserted
        self.move: i64 = NO_MOVE  # newest move of the history: the announced one
        self.move_before: i64 = NO_MOVE  # second newest
        self.before_move: i64 = NO_MOVE  # third newest
        self.moves_made: i64 = 0
        self.base_damage: i64 = -1  # of the announced move; -1: not an attack
        self.hits: i64 = 0
        # Private memory: what each number means is said in the monster's own file.
        self.memory: i64 = 0
        self.memory2: i64 = 0
        self.memory3: i64 = 0
        self.memory4: i64 = 0

    def is_player(self) -> bool:
        """Whether this is the player."""
        return self.id == PLAYER


# Made and dropped all the time: the compiled class keeps one freed instance for the next.
@final
@mypyc_attr(free_list_len=1)
class Action:
    """A queued action: an operation number and its arguments (`actions.py` builds them)."""

    __slots__ = (
        "amount",
        "amounts",
        "card",
        "extra",
        "flag",
        "op",
        "power",
        "source",
        "target",
    )

    def __init__(self, op: i64) -> None:
        self.op: i64 = op
        self.source: Creature | None = None
        self.target: Creature | None = None
        self.card: Card | None = None
        self.amount: i64 = 0
        self.extra: i64 = 0
        self.power: i64 = -1
        self.flag: bool = False
        self.amounts: list[i64] | None = None  # per monster, for hits on all


@final
@mypyc_attr(free_list_len=1)
class CardItem:
    """An entry of the card queue: a card to play, or the end of the turn (card is None)."""

    __slots__ = ("autoplay", "card", "energy_on_use", "target")

    def __init__(self, card: Card | None) -> None:
        self.card: Card | None = card
        self.target: Creature | None = None
        self.energy_on_use: i64 = 0
        self.autoplay: bool = False


# Where a selection takes its cards from.
FROM_HAND: Final = 0
FROM_DRAW: Final = 1
FROM_DISCARD: Final = 2
FROM_EXHAUST: Final = 3
FROM_OFFER: Final = 4
SOURCE_NAMES: Final = ["hand", "draw_pile", "discard_pile", "exhaust_pile", "offer"]


@final
class Selection:
    """An open card choice (combat.md 12). The loop stands still until it is answered.

    `indices` are positions in the source pile. With `any_number` cards are picked one at a time
    (`picked` holds positions, in order) until the player confirms; otherwise one pick answers it.
    """

    __slots__ = (
        "any_number",
        "can_skip",
        "copies",
        "indices",
        "maximum",
        "offer",
        "picked",
        "source",
        "task",
    )

    def __init__(self, task: i64, source: i64, indices: list[i64]) -> None:
        self.task: i64 = task
        self.source: i64 = source
        self.indices: list[i64] = indices
        self.any_number: bool = False
        self.can_skip: bool = False
        self.maximum: i64 = 1
        self.picked: list[i64] = []
        self.offer: list[Card] = []
        self.copies: i64 = 1  # of the chosen card: sacred bark doubles a discovery potion


@final
class Combat:
    """One fight. Hp and block live in `player`; gold, potions, relics and deck in `run`."""

    def __init__(self, run: Run, encounter: i64) -> None:
        self.run: Run = run
        self.encounter: i64 = encounter
        self.outcome: i64 = FIGHTING
        self.turn: i64 = 0
        self.player: Creature = Creature(PLAYER, run.hp, run.max_hp)
        self.monsters: list[Creature] = []  # from left to right, the dead included

        # Piles: the top is the last element (combat.md 2). Hand: leftmost first.
        self.hand: list[Card] = []
        self.draw_pile: list[Card] = []
        self.discard_pile: list[Card] = []
        self.exhaust_pile: list[Card] = []
        self.limbo: list[Card] = []
        self.next_uid: i64 = 0
        self.drafts: i64 = 0  # cards made that may never enter a pile (`piles.new_card`)

        # Queues (combat.md 3).
        self.actions: list[Action] = []  # the next one last: taken and put there cheaply
        self.pre_turn_actions: list[Action] = []
        self.card_queue: list[CardItem] = []
        self.monster_queue: list[Creature] = []
        self.monsters_queued: bool = True
        self.turn_ended: bool = True
        self.end_turn_queued: bool = False
        self.selection: Selection | None = None

        self.energy: i64 = 0
        self.energy_per_turn: i64 = run.energy_per_turn
        self.draw_size: i64 = run.hand_size

        # Counters.
        self.cards_this_turn: i64 = 0
        self.attacks_this_turn: i64 = 0
        self.skills_this_turn: i64 = 0
        self.hp_losses: i64 = 0  # times the player lost hp: blood for blood
        self.bloodied: bool = False
        self.facing_left: bool = False  # surrounded: towards the shield
        self.stolen_gold: i64 = 0  # by thieves still in the fight or dead: a reward if they died
        self.is_elite: bool = run.elite_trigger

        # Per combat hook the positions in `run.relics` of those that answer, in owned order.
        # Filled by combat/relics.py; never changes during a fight, so clones share it.
        self.subscribed: list[list[i64]] = []
        self.owned: list[bool] = run.relic_mask
