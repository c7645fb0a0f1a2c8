"""Importing this module registers everything that fights are made of."""

from ascension.game.combat import (
    cards_basic_common,
    cards_colorless,
    cards_colorless_changing,
    cards_rare,
    cards_simple,
    cards_status_curse,
    cards_uncommon,
    potions,
    potions_cards,
    powers_events,
    powers_monster,
    powers_turns,
    relics_cards,
    relics_damage,
    relics_start,
    relics_turn,
)
from ascension.game.combat.monsters import all as all_monsters

MODULES = (
    powers_turns,
    powers_events,
    powers_monster,
    cards_simple,
    cards_basic_common,
    cards_uncommon,
    cards_rare,
    cards_colorless,
    cards_colorless_changing,
    cards_status_curse,
    relics_start,
    relics_turn,
    relics_cards,
    relics_damage,
    potions,
    potions_cards,
    all_monsters,
)
