"""The layout of states and options: a list of named blocks each, from which all else derives.

Widths, offsets, the version stored with every rollout and the printed table come from the two
lists at the end; `encode_state.py` and `encode_options.py` fill the columns they name.
`python -m ascension.environment.layout` prints the table.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from ascension.environment import encode_columns as names
from ascension.environment.kinds import KIND_NAMES
from ascension.game.actions import VERB_NAMES
from ascension.game.run import ROOM_NAMES
from ascension.game.tables import (
    EVENT_IDS,
    MONSTER_IDS,
    MOVE_IDS,
    POTION_IDS,
    RELIC_IDS,
)
from ascension.game.world.neow import BONUS_NAMES, DRAWBACK_NAMES
from ascension.game.world.screens import PURPOSE_NAMES


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring columns with one meaning."""

    name: str
    columns: tuple[str, ...]
    writer: str  # the function of the encoder that fills it
    low: float
    high: float
    meaning: str

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.columns)


class Layout:
    """Blocks one after the other; raises KeyError for names it does not have."""

    def __init__(self, name: str, blocks: list[Block]) -> None:
        self.name = name
        self.blocks = tuple(blocks)
        self._offsets: dict[str, int] = {}
        self.width = 0
        for block in blocks:
            if block.name in self._offsets:
                raise ValueError(f"layout {name} has two blocks named {block.name}")
            self._offsets[block.name] = self.width
            self.width += block.width
        self._blocks = {block.name: block for block in blocks}

    def offset(self, block: str) -> int:
        """First column of a block."""
        return self._offsets[block]

    def block(self, name: str) -> Block:
        """The block of that name."""
        return self._blocks[name]

    def column(self, block: str, column: str) -> int:
        """Index of a column by its name within its block."""
        try:
            return self._offsets[block] + self._blocks[block].columns.index(column)
        except ValueError:
            raise KeyError(f"block {block} has no column {column}") from None

    def column_names(self) -> list[str]:
        """`block.column` for every index."""
        return [f"{block.name}.{column}" for block in self.blocks for column in block.columns]

    def ranges(self) -> list[tuple[float, float]]:
        """Lowest and highest value for every index."""
        return [(block.low, block.high) for block in self.blocks for _ in block.columns]

    def digest_parts(self) -> Iterator[str]:
        """Everything that two equal layouts share."""
        for block in self.blocks:
            yield f"{self.name}/{block.name}/{block.low}/{block.high}"
            yield from block.columns


_CARDS = names.CARD_COLUMNS
_SLOTS = tuple(str(slot) for slot in range(names.MONSTER_SLOTS))

SCALARS = (
    *("hp_ratio", "hp", "max_hp", "gold", "floor", "floor_in_act", "act_1", "act_2", "act_3"),
    *("act_4", "ascension", "ruby_key", "emerald_key", "sapphire_key", "needs_keys"),
    *("potion_slots_free", "deck_size", "removals_bought"),
    *("block", "energy", "energy_per_turn", "turn", "cards_this_turn", "attacks_this_turn"),
    *("skills_this_turn", "hand_size", "draw_pile_size", "discard_pile_size"),
    *("exhaust_pile_size", "incoming_damage", "uncovered_damage", "incoming_is_lethal"),
    *("monsters_alive", "monsters_hp", "is_elite_fight", "is_boss_fight", "times_hp_lost"),
    *("intents_hidden", "picks_left", "picked", "removal_price", "chest_size", "event_phase"),
    "facing_left",
)
MONSTER_NUMBERS = (
    *("hp", "hp_ratio", "max_hp", "block", "damage", "hits", "total_damage", "half_dead"),
    *("attacks",),
)
OUTLOOK = tuple(f"{bound}_{room}" for room in names.OUTLOOK_ROOMS for bound in ("min", "max"))
NEXT_ROWS = tuple(f"{row}_{room}" for row in ("next", "second") for room in names.OUTLOOK_ROOMS)


def _monster_blocks() -> list[Block]:
    blocks = []
    for slot in _SLOTS:
        blocks += [
            Block(f"monster_{slot}", tuple(MONSTER_IDS), "write_monster", 0, 1, "which monster"),
            Block(
                *(f"monster_{slot}_number", MONSTER_NUMBERS, "write_monster"),
                *(0, 5, "hp, block and the attack as its intent shows it"),
            ),
            Block(
                *(f"monster_{slot}_intent", names.INTENTS, "write_intent"),
                *(0, 1, "category of its intent; empty under Runic Dome"),
            ),
            Block(f"monster_{slot}_has", names.MONSTER_POWERS, "write_powers", 0, 1, "its powers"),
            Block(
                *(f"monster_{slot}_power", names.MONSTER_POWERS, "write_powers"),
                *(-3, 3, "amounts of its powers, scaled"),
            ),
        ]
    return blocks


STATE = Layout(
    "state",
    [
        Block("kind", tuple(KIND_NAMES), "encode_state", 0, 1, "kind of the decision"),
        Block("scalar", SCALARS, "write_scalars", -1, 5, "numbers of the run and of the fight"),
        Block("deck", _CARDS, "write_deck", 0, 5, "cards of the deck, 0.4 each"),
        Block("hand", _CARDS, "write_piles", 0, 5, "cards in hand, 0.4 each"),
        Block("draw", _CARDS, "write_piles", 0, 5, "draw pile, without its order"),
        Block("discard", _CARDS, "write_piles", 0, 5, "discard pile"),
        Block("exhaust", _CARDS, "write_piles", 0, 5, "exhaust pile"),
        Block("next_draw", _CARDS, "write_next_draw", 0, 5, "next 5 cards, with Frozen Eye only"),
        Block("offered_card", _CARDS, "write_offers", 0, 5, "cards on the reward or shop screen"),
        Block("offered_relic", tuple(RELIC_IDS), "write_offers", 0, 5, "relics on offer"),
        Block("offered_potion", tuple(POTION_IDS), "write_offers", 0, 5, "potions on offer"),
        Block("relic", tuple(RELIC_IDS), "write_relics", 0, 1, "relics owned"),
        Block("counter", names.COUNTER_RELICS, "write_relics", -1, 2, "numbers shown on relics"),
        Block("potion", tuple(POTION_IDS), "write_potions", 0, 5, "potions held"),
        Block("player_has", names.PLAYER_POWERS, "write_powers", 0, 1, "the player's powers"),
        Block("player_power", names.PLAYER_POWERS, "write_powers", -3, 3, "their amounts, scaled"),
        *_monster_blocks(),
        Block("last_move", tuple(MOVE_IDS), "write_monster", 0, 5, "moves announced before these"),
        Block("event", tuple(EVENT_IDS), "write_screen", 0, 1, "event in progress"),
        Block("boss", names.BOSSES, "write_boss", 0, 1, "boss at the end of the act"),
        Block("task", names.TASKS, "write_selection", 0, 1, "what the cards are chosen for, fight"),
        Block("purpose", tuple(PURPOSE_NAMES), "write_screen", 0, 1, "the same, out of a fight"),
        Block("outlook", OUTLOOK, "write_outlook", 0, 5, "rooms until the act's end, per path"),
        Block("next_row", NEXT_ROWS, "write_outlook", 0, 5, "rooms reachable in one, two steps"),
    ],
)

NUMBERS = (
    *("cost", "energy_left", "is_x", "base_cost", "damage", "hits", "damage_all", "lethal"),
    *("wins", "block", "useful_block", "hp_cost", "magic", "attack", "skill", "power", "status"),
    *("curse", "basic", "common", "uncommon", "rare", "special", "upgraded", "exhausts"),
    *("ethereal", "innate", "copies_in_deck", "copies_in_hand", "bottled"),
    *("target_hp", "target_hp_ratio", "target_block", "target_attacks", "target_damage"),
    *("target_vulnerable", "target_weak", "target_strength", "target_is_lowest"),
    *("target_is_highest", "target_is_minion"),
    *("price", "gold_left", "is_flight", "is_burning"),
    *("uncovered_damage", "dies", "energy_unspent", "playable_left"),
    *("heal", "hp_after", "hp_change", "max_hp_change", "gold_change", "picks_left", "picked"),
)

OPTION = Layout(
    "option",
    [
        Block("verb", tuple(VERB_NAMES), "encode_options", 0, 1, "what is done"),
        Block("kind", tuple(KIND_NAMES), "encode_options", 0, 1, "kind of the decision"),
        Block("play_card", _CARDS, "write_play", 0, 1, "the card played"),
        Block("pick_card", _CARDS, "write_pick", 0, 1, "the card chosen in a fight"),
        Block("take_card", _CARDS, "write_take_card", 0, 1, "the card acquired"),
        Block("deck_card", _CARDS, "write_deck_card", 0, 1, "the card of the deck chosen"),
        Block("use_potion", tuple(POTION_IDS), "write_potion", 0, 1, "the potion used"),
        Block("take_potion", tuple(POTION_IDS), "write_take", 0, 5, "the potion acquired"),
        Block("lose_potion", tuple(POTION_IDS), "write_take", 0, 1, "the potion thrown away"),
        Block("take_relic", tuple(RELIC_IDS), "write_take", 0, 1, "the relic acquired"),
        Block("lose_relic", tuple(RELIC_IDS), "write_event", 0, 1, "the relic given away"),
        Block("event_option", names.EVENT_OPTIONS, "write_event", 0, 1, "event and its option"),
        Block("neow_bonus", tuple(BONUS_NAMES), "write_neow", 0, 1, "Neow's bonus"),
        Block("neow_drawback", tuple(DRAWBACK_NAMES), "write_neow", 0, 1, "its drawback"),
        Block("room", tuple(ROOM_NAMES), "write_map", 0, 1, "the room entered"),
        Block("target", tuple(MONSTER_IDS), "write_target", 0, 1, "the monster aimed at"),
        Block("target_slot", _SLOTS, "write_target", 0, 1, "its place among the state's monsters"),
        Block("task", names.TASKS, "write_pick", 0, 1, "what the card is chosen for, fight"),
        Block("purpose", tuple(PURPOSE_NAMES), "write_deck_card", 0, 1, "the same, out of a fight"),
        Block("number", NUMBERS, "write_numbers", -5, 5, "computed consequences"),
        Block("outlook", OUTLOOK, "write_map", 0, 5, "rooms from there to the act's end"),
        Block("next_row", NEXT_ROWS, "write_map", 0, 5, "rooms one and two steps after it"),
    ],
)

STATE_WIDTH = STATE.width
OPTION_WIDTH = OPTION.width


def _version() -> str:
    digest = hashlib.blake2b(digest_size=6)
    for layout in (STATE, OPTION):
        for part in layout.digest_parts():
            digest.update(part.encode() + b"\0")
    return digest.hexdigest()


LAYOUT_VERSION = _version()


def table(layout: Layout) -> str:
    """The layout as a Markdown table."""
    lines = [
        "| block | columns | width | range | filled by | meaning |",
        "|---|---|---|---|---|---|",
    ]
    for block in layout.blocks:
        start = layout.offset(block.name)
        lines.append(
            f"| {block.name} | {start}-{start + block.width - 1} | {block.width} "
            f"| {block.low:g} to {block.high:g} | `{block.writer}` | {block.meaning} |"
        )
    return "\n".join(lines)


def describe() -> str:
    """Both layouts as a Markdown page."""
    return (
        f"# Observation layout {LAYOUT_VERSION}\n\n"
        f"## State ({STATE_WIDTH} columns)\n\n{table(STATE)}\n\n"
        f"## Option ({OPTION_WIDTH} columns)\n\n{table(OPTION)}\n"
    )


if __name__ == "__main__":
    print(describe())
