"""The teacher's potions and card choices in a fight."""

from collections.abc import Callable
from typing import Final

from ascension.agents.heuristic_deck import card_worth
from ascension.agents.heuristic_fight import card_value
from ascension.agents.heuristic_situation import Situation, amount_of, missing_hp, price_of
from ascension.environment.encode_options import shown_card
from ascension.game.actions import CONFIRM_SELECTION, SELECT, first_of, second_of, verb_of
from ascension.game.combat.registry import SELECTION_NAMES
from ascension.game.combat.state import Card, Combat, Creature
from ascension.game.ids import potions as potion_ids
from ascension.game.ids import powers as P
from ascension.game.run import BOSS_ROOM, EMPTY_POTION
from ascension.game.tables import ATTACK, CURSE, POWER, STATUS

# --- Potions ----------------------------------------------------------------------------------

PotionWorth = Callable[[Situation, Creature | None], float]


def _worth(amount: float) -> PotionWorth:
    def worth(s: Situation, target: Creature | None) -> float:
        return amount

    return worth


def _per_turn(amount: float) -> PotionWorth:
    def worth(s: Situation, target: Creature | None) -> float:
        return amount * s.turns

    return worth


def _block(s: Situation, target: Creature | None) -> float:
    return min(12, s.exposed) * s.hp_worth


def _heal(s: Situation, target: Creature | None) -> float:
    """Worth most when death is near; never wasted on a healthy player."""
    player = s.combat.player
    heal = min(missing_hp(s), int(player.max_hp) // 5)
    if int(player.hp) < 0.35 * int(player.max_hp) or s.view.uncovered >= player.hp:
        return heal * 1.5
    return heal * 0.3


def _fire(s: Situation, target: Creature | None) -> float:
    if target is None:
        return 0.0
    left = int(target.hp + target.block)
    return min(20, left) * s.damage_worth + (6.0 if left <= 20 else 0.0)


def _explosive(s: Situation, target: Creature | None) -> float:
    return sum(min(10, int(monster.hp)) for monster in s.view.monsters) * s.damage_worth


def _smoke(s: Situation, target: Creature | None) -> float:
    """Flee when the turn would kill."""
    return 60.0 if s.view.uncovered >= s.combat.player.hp else -50.0


def _weaken(s: Situation, target: Creature | None) -> float:
    if target is None or amount_of(target, P.ARTIFACT) > 0:
        return 0.0
    slot = s.view.slot_of(target)
    return 4.0 + 0.25 * (int(s.view.totals[slot]) if slot >= 0 else 0) + 1.5 * min(s.turns, 3.0)


def _frighten(s: Situation, target: Creature | None) -> float:
    if target is None or amount_of(target, P.ARTIFACT) > 0:
        return 0.0
    return min(0.3 * int(target.hp), 22.0) * s.damage_worth


def _energy(s: Situation, target: Creature | None) -> float:
    hand = sum(price_of(s.combat, card) for card in s.combat.hand)
    return 3.0 * min(2, max(0, hand - int(s.combat.energy)))


_POTION_WORTH: Final[dict[int, PotionWorth]] = {
    potion_ids.BLOOD_POTION: _heal,
    potion_ids.ELIXIR: _worth(2.0),
    potion_ids.HEART_OF_IRON: _per_turn(4.0),
    potion_ids.BLOCK_POTION: _block,
    potion_ids.DEXTERITY_POTION: _per_turn(2.5),
    potion_ids.ENERGY_POTION: _energy,
    potion_ids.EXPLOSIVE_POTION: _explosive,
    potion_ids.FIRE_POTION: _fire,
    potion_ids.STRENGTH_POTION: _per_turn(3.0),
    potion_ids.SWIFT_POTION: _worth(6.0),
    potion_ids.WEAK_POTION: _weaken,
    potion_ids.FEAR_POTION: _frighten,
    potion_ids.ATTACK_POTION: _worth(8.0),
    potion_ids.SKILL_POTION: _worth(7.0),
    potion_ids.POWER_POTION: _per_turn(2.5),
    potion_ids.COLORLESS_POTION: _worth(6.0),
    potion_ids.FLEX_POTION: _worth(8.0),
    potion_ids.SPEED_POTION: _worth(7.0),
    potion_ids.BLESSING_OF_THE_FORGE: _worth(5.0),
    potion_ids.REGEN_POTION: _worth(9.0),
    potion_ids.ANCIENT_POTION: _worth(5.0),
    potion_ids.LIQUID_BRONZE: _per_turn(2.5),
    potion_ids.GAMBLERS_BREW: _worth(4.0),
    potion_ids.ESSENCE_OF_STEEL: _per_turn(3.0),
    potion_ids.DUPLICATION_POTION: _worth(7.0),
    potion_ids.DISTILLED_CHAOS: _worth(9.0),
    potion_ids.LIQUID_MEMORIES: _worth(5.0),
    potion_ids.CULTIST_POTION: _per_turn(4.0),
    potion_ids.FRUIT_JUICE: _worth(50.0),
    potion_ids.SNECKO_OIL: _worth(5.0),
    potion_ids.SMOKE_BOMB: _smoke,
    potion_ids.ENTROPIC_BREW: _worth(8.0),
}
_PATIENCE: Final = 5.0  # a potion in the belt is worth that much


def _need(s: Situation) -> float:
    """How much this fight deserves a potion."""
    run = s.combat.run
    player = s.combat.player
    hp = int(player.hp)
    in_danger = s.exposed > 0.35 * hp or hp < 0.3 * int(player.max_hp)
    if run.room == BOSS_ROOM:
        return 1.3
    if s.combat.is_elite or (in_danger and s.turns > 1.2):
        return 1.0
    return 0.3 if EMPTY_POTION in run.potions else 0.5


def potion_score(s: Situation, action: int) -> float:
    """Above 0 if the potion should be used now, on the scale of card plays."""
    potion = s.combat.run.potions[first_of(action)]
    position = second_of(action) - 1
    target = s.combat.monsters[position] if position >= 0 else None
    worth = _POTION_WORTH.get(potion, _worth(0.0))(s, target)
    return worth * _need(s) - _PATIENCE


# --- Choosing cards ---------------------------------------------------------------------------

PickWorth = Callable[[Situation, Card], float]


def _now(s: Situation, card: Card) -> float:
    """What the card is worth this turn, with the first target that makes sense."""
    targets = [monster for monster in s.view.monsters if monster.hp > 0]
    return max((card_value(s, card, target) for target in targets), default=0.0)


def keep_worth(s: Situation, card: Card) -> float:
    """How much one would rather keep a card than lose it for the fight."""
    if card.type() in (STATUS, CURSE):
        return -5.0
    return card_worth(card.id, card.upgrades)


def _loses(s: Situation, card: Card) -> float:
    return -keep_worth(s, card)


def _takes(s: Situation, card: Card) -> float:
    return card_worth(card.id, card.upgrades)


def _copies(s: Situation, card: Card) -> float:
    return card_worth(card.id, card.upgrades) if card.type() in (ATTACK, POWER) else 0.0


def _upgrades(s: Situation, card: Card) -> float:
    return card_worth(card.id, 1) - card_worth(card.id, 0) + 0.2 * card_worth(card.id, 0)


def _puts_back(s: Situation, card: Card) -> float:
    """Good cards that cannot be paid this turn go back first."""
    spare = price_of(s.combat, card) > s.combat.energy
    return (3.0 if spare else 0.0) + (1.0 if card.type() not in (STATUS, CURSE) else -4.0)


_PICKS: Final[dict[str, PickWorth]] = {
    "armaments": _upgrades,
    "codex": _takes,
    "discovery": _takes,
    "dual_wield": _copies,
    "exhaust_many": _loses,
    "exhaust_one": _loses,
    "exhume": _takes,
    "forethought": _puts_back,
    "gamble": _loses,
    "headbutt": _takes,
    "liquid_memories_potion": _takes,
    "secret_technique": _takes,
    "secret_weapon": _takes,
    "warcry": _puts_back,
}
# From which score on another card is picked, where the number is free; a curse scores 5.
_ENOUGH: Final[dict[str, float]] = {"exhaust_many": 2.0, "gamble": -2.5, "forethought": 2.0}
_SKIP_BELOW: Final = 3.5  # codex


def selection_score(s: Situation, action: int) -> float:
    """How good an answer to the open card choice is."""
    combat = s.combat
    selection = combat.selection
    assert selection is not None
    task = SELECTION_NAMES[selection.task]
    if verb_of(action) == CONFIRM_SELECTION:
        return _ENOUGH.get(task, 2.0)
    if verb_of(action) != SELECT:
        return _SKIP_BELOW
    return _PICKS.get(task, _takes)(s, _card_of(combat, action))


def _card_of(combat: Combat, action: int) -> Card:
    selection = combat.selection
    assert selection is not None
    return shown_card(combat, selection, first_of(action))
