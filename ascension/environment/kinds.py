"""Kinds of decision: which question the player is asked. Stored with every transition."""

from typing import Final

COMBAT: Final = 0  # play a card, use a potion, end the turn
SELECTION: Final = 1  # choose cards in a fight
NEOW: Final = 2
MAP: Final = 3
EVENT: Final = 4
CARD_REWARD: Final = 5  # take a card, the bowl, swap a potion, or skip
REWARDS: Final = 6  # anything else on a reward screen: which potion, relic or key
SHOP: Final = 7
REST: Final = 8
BOSS_RELIC: Final = 9
TREASURE: Final = 10  # open the chest or not (cursed key), relic or sapphire key
DECK_REMOVE: Final = 11  # choose from a list of cards, by purpose
DECK_UPGRADE: Final = 12
DECK_TRANSFORM: Final = 13
DECK_DUPLICATE: Final = 14
DECK_OBTAIN: Final = 15
DECK_BOTTLE: Final = 16
DECK_OFFER: Final = 17  # bonfire spirits

KIND_NAMES: Final = [
    "combat",
    "selection",
    "neow",
    "map",
    "event",
    "card_reward",
    "rewards",
    "shop",
    "rest",
    "boss_relic",
    "treasure",
    "deck_remove",
    "deck_upgrade",
    "deck_transform",
    "deck_duplicate",
    "deck_obtain",
    "deck_bottle",
    "deck_offer",
]
KIND_COUNT: Final = len(KIND_NAMES)
GAME_OVER: Final = -1  # no decision: the game has ended
