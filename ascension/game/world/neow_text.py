"""Neow's offers in words a player knows."""

from typing import Final

from mypy_extensions import i64

from ascension.game.world.neow import BONUS_NAMES, DRAWBACK_NAMES, NO_DRAWBACK

_BONUSES: Final[dict[str, str]] = {
    "three_cards": "choose one of three cards",
    "one_random_rare_card": "a random rare card",
    "remove_card": "remove a card",
    "upgrade_card": "upgrade a card",
    "transform_card": "transform a card",
    "random_colorless": "choose one of three colorless cards",
    "three_small_potions": "three potions",
    "random_common_relic": "a random common relic",
    "ten_percent_hp_bonus": "10% more max hp",
    "three_enemy_kill": "enemies of the next three fights have 1 hp",
    "hundred_gold": "100 gold",
    "random_colorless_2": "choose one of three rare colorless cards",
    "remove_two": "remove two cards",
    "one_rare_relic": "a random rare relic",
    "three_rare_cards": "choose one of three rare cards",
    "two_fifty_gold": "250 gold",
    "transform_two_cards": "transform two cards",
    "twenty_percent_hp_bonus": "20% more max hp",
    "boss_relic": "a random boss relic",
}
_DRAWBACKS: Final[dict[str, str]] = {
    "ten_percent_hp_loss": "lose 10% of max hp",
    "no_gold": "lose all gold",
    "curse": "gain a curse",
    "percent_damage": "lose 30% of hp",
    "lose_starter_relic": "lose the starting relic",
}


def offer_text(bonus: i64, drawback: i64) -> str:
    """What an offer gives, and what it costs."""
    gained = _BONUSES[BONUS_NAMES[bonus]]
    if drawback == NO_DRAWBACK:
        return gained
    return f"{gained}, but {_DRAWBACKS[DRAWBACK_NAMES[drawback]]}"
