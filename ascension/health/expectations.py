"""What a few dozen games must show of every column and reward term, and what they need not.

Content blocks (cards, relics, monsters ...) cannot all be met in so few games; of those a share
must have been seen. What may stay constant in the other blocks is listed with its reason.
"""

from typing import Final

# Blocks of which every column must move, apart from the exceptions below.
COMPLETE: Final = {
    "state": ["kind", "scalar", "monster_0_number", "monster_0_intent", "outlook", "next_row"],
    "option": ["kind", "number", "outlook", "next_row", "target_slot", "purpose"],
}
MAY_BE_CONSTANT: Final = {
    "scalar.act_4": "needs three keys",
    "scalar.ruby_key": "keys are shown only where a fourth act can be reached",
    "scalar.emerald_key": "the same",
    "scalar.sapphire_key": "the same",
    "scalar.needs_keys": "the same",
    "scalar.facing_left": "only the elites of act 4 surround the player",
    "monster_0_intent.defend_debuff": "one move of one monster of act 3",
    "number.is_burning": "the burning elite exists only on the way to act 4",
    "number.is_flight": "needs Wing Boots",
    "number.bottled": "needs a bottle",
    "number.gold_change": "one event",
    "kind.treasure": "a chest is a question with Cursed Key only",
    "kind.deck_duplicate": "one event and one relic",
    "kind.deck_offer": "one event",
    "kind.deck_obtain": "one event and one relic",
    "scalar.event_phase": "few events have more than one step",
    "purpose.obtain": "as kind.deck_obtain",
    "purpose.duplicate": "one event and one relic",
    "purpose.transform_upgrade": "needs Astrolabe",
    "scalar.chest_size": "as kind.treasure",
    "purpose.bonfire_spirits": "one event",
}
# Share of the columns of a block that must move at least, where it is not a tenth.
LEAST_SHARE: Final = 0.1
SHARES: Final = {
    "deck": 0.3,
    "hand": 0.3,
    "relic": 0.35,
    "potion": 0.5,
    "monster_0": 0.5,
    "last_move": 0.4,
    "event": 0.4,
    "event_option": 0.3,
    "play_card": 0.25,
    "neow_bonus": 0.5,
}
# Blocks that may stay dark altogether.
RARE: Final = {
    "next_draw": "needs Frozen Eye",
    "lose_relic": "one event",
    "lose_potion": "needs a full belt",
    "monster_4_number": "five monsters are rare",
    "monster_4": "the same",
    "monster_4_intent": "the same",
    "monster_4_has": "the same",
    "monster_4_power": "the same",
    "monster_3_has": "four monsters with powers are rare",
    "monster_3_power": "the same",
}
# More than this share of a column's entries at the top of its range: it no longer tells them apart.
MOST_CUT: Final = 0.1
FEWEST_ENTRIES: Final = 50  # with fewer entries a share says nothing
MAY_BE_CUT: Final[dict[str, str]] = {}
