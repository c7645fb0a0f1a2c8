"""What relics do at once when they join or leave a run (relics.csv, relics.md 5 and 8).

Importing this module registers the functions; `relics.obtain` and `relics.lose` call them.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.ids import cards as C
from ascension.game.ids import relics as R
from ascension.game.run import EMPTY_POTION, DeckCard, Run
from ascension.game.tables import ATTACK, CARD_TYPE, COMMON, POWER, RARE, SKILL, UNCOMMON
from ascension.game.world import deck, pools, potions, relics, rewards
from ascension.game.world.relics import on_lose, on_obtain
from ascension.game.world.screens import (
    BOTTLE,
    DUPLICATE,
    REMOVE,
    TRANSFORM_UPGRADE,
    RewardScreen,
    ShopScreen,
)
from ascension.game.world.select import open_deck_select

ORRERY_OFFERS: Final = 5
CAULDRON_POTIONS: Final = 5

# --- Max hp, gold, slots ---


@on_obtain(R.STRAWBERRY)
def _strawberry(run: Run) -> None:
    relics.gain_max_hp(run, 7)


@on_obtain(R.PEAR)
def _pear(run: Run) -> None:
    relics.gain_max_hp(run, 10)


@on_obtain(R.MANGO)
def _mango(run: Run) -> None:
    relics.gain_max_hp(run, 14)


@on_obtain(R.LEES_WAFFLE)
def _lees_waffle(run: Run) -> None:
    relics.gain_max_hp(run, 7)
    relics.heal(run, run.max_hp)


# UNCERTAIN(relics.csv old_coin): Old Coin gives its 300 gold through the hooks of gold: Ectoplasm
#   blocks, Bloody Idol heals. Settled by: pick it up with Bloody Idol.
@on_obtain(R.OLD_COIN)
def _old_coin(run: Run) -> None:
    relics.gain_gold(run, 300)


@on_obtain(R.POTION_BELT)
def _potion_belt(run: Run) -> None:
    run.potions = run.potions + [EMPTY_POTION, EMPTY_POTION]


# --- The deck ---


@on_obtain(R.WAR_PAINT)
def _war_paint(run: Run) -> None:
    deck.upgrade_random(run, 2, run.misc_rng, SKILL)


@on_obtain(R.WHETSTONE)
def _whetstone(run: Run) -> None:
    deck.upgrade_random(run, 2, run.misc_rng, ATTACK)


@on_obtain(R.NECRONOMICON)
def _necronomicon(run: Run) -> None:
    deck.add_card(run, C.NECRONOMICURSE)


@on_lose(R.NECRONOMICON)
def _lose_necronomicon(run: Run) -> None:
    curses: list[i64] = []
    for position, card in enumerate(run.deck):
        if card.id == C.NECRONOMICURSE:
            curses.append(position)
    deck.remove_at(run, curses)


@on_obtain(R.PANDORAS_BOX)
def _pandoras_box(run: Run) -> None:
    """Every starter strike and defend becomes a random card, added in reverse order of draws."""
    starters = deck.starter_positions(run)
    drawn: list[i64] = []
    for _ in range(len(starters)):
        drawn.append(pools.PANDORA[run.card_random_rng.random(len(pools.PANDORA) - 1)])
    deck.remove_at(run, starters)
    for card in drawn[::-1]:
        deck.add_card(run, card)


@on_obtain(R.ASTROLABE)
def _astrolabe(run: Run) -> None:
    open_deck_select(run, TRANSFORM_UPGRADE, 3, automatic=True)


# UNCERTAIN(rewards.md 7): Empty Cage leaves bottled cards out. Settled by: take Empty Cage with a
#   bottled card: is it in the list?
@on_obtain(R.EMPTY_CAGE)
def _empty_cage(run: Run) -> None:
    open_deck_select(run, REMOVE, 2, automatic=True)


@on_obtain(R.DOLLYS_MIRROR)
def _dollys_mirror(run: Run) -> None:
    open_deck_select(run, DUPLICATE)


# --- Bottles ---


@on_obtain(R.BOTTLED_FLAME)
def _bottle_attack(run: Run) -> None:
    open_deck_select(run, BOTTLE, card_type=ATTACK)


@on_obtain(R.BOTTLED_LIGHTNING)
def _bottle_skill(run: Run) -> None:
    open_deck_select(run, BOTTLE, card_type=SKILL)


@on_obtain(R.BOTTLED_TORNADO)
def _bottle_power(run: Run) -> None:
    open_deck_select(run, BOTTLE, card_type=POWER)


@on_lose(R.BOTTLED_FLAME)
def _free_attack(run: Run) -> None:
    _unbottle(run, ATTACK)


@on_lose(R.BOTTLED_LIGHTNING)
def _free_skill(run: Run) -> None:
    _unbottle(run, SKILL)


@on_lose(R.BOTTLED_TORNADO)
def _free_power(run: Run) -> None:
    _unbottle(run, POWER)


# UNCERTAIN(relics.md 8): a bottle that is lost frees its card. Settled by: give a bottle to
#   N'loth: does the card still come first?
def _unbottle(run: Run, card_type: i64) -> None:
    for position, card in enumerate(run.deck):
        if card.bottled and CARD_TYPE[card.id] == card_type:
            deck.replace_at(run, position, DeckCard(card.id, card.upgrades, card.misc))


# --- Eggs upgrade the cards of a shop at once (shop.md 1) ---
# Recorded games leave the cards on a reward screen as they are until one is taken, which then
# comes upgraded all the same.


@on_obtain(R.MOLTEN_EGG, R.TOXIC_EGG, R.FROZEN_EGG)
def _hatch(run: Run) -> None:
    for screen in run.screens:
        if isinstance(screen, ShopScreen):
            screen.cards = _hatched(run, screen.cards)


def _hatched(run: Run, offer: list[DeckCard]) -> list[DeckCard]:
    out: list[DeckCard] = []
    for card in offer:
        out.append(DeckCard(card.id, relics.egg_upgrades(run, card.id, card.upgrades), card.misc))
    return out


# --- Reward screens (the card row that comes with each: relics.md 5) ---


@on_obtain(R.TINY_HOUSE)
def _tiny_house(run: Run) -> None:
    deck.upgrade_random(run, 1, run.misc_rng)
    relics.gain_max_hp(run, 5)
    screen = RewardScreen()
    screen.gold.append(relics.gold_reward(run, 50))
    screen.potions.append(potions.flat_potion(run.misc_rng))
    rewards.open_rewards(run, screen)


@on_obtain(R.ORRERY)
def _orrery(run: Run) -> None:
    screen = RewardScreen()
    for _ in range(ORRERY_OFFERS - 1):
        screen.cards.append(rewards.roll_cards(run))
    rewards.open_rewards(run, screen)


# UNCERTAIN(relics.md 5): the hidden card row of Cauldron and Calling Bell is rolled and thrown
#   away. Settled by: buy a Cauldron: the card rewards of the next fight of that seed.
@on_obtain(R.CAULDRON)
def _cauldron(run: Run) -> None:
    screen = RewardScreen()
    for _ in range(CAULDRON_POTIONS):
        screen.potions.append(potions.flat_potion(run.potion_rng))
    rewards.open_rewards(run, screen, keep_cards=False)


@on_obtain(R.CALLING_BELL)
def _calling_bell(run: Run) -> None:
    deck.add_card(run, C.CURSE_OF_THE_BELL)
    screen = RewardScreen()
    for tier in (COMMON, UNCOMMON, RARE):
        screen.relics.append(pools.take_screenless(run, tier))
    rewards.open_rewards(run, screen, keep_cards=False)
