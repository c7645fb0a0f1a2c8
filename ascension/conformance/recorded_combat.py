"""A fight in the form of the recorded games' `combat` and `combat_end` lines."""

from typing import Final

from ascension.conformance import names
from ascension.conformance.recorded_run import Fields, card, potions
from ascension.game import tables
from ascension.game.actions import PLAY_CARD, first_of, second_of, verb_of
from ascension.game.combat.card_selections_offers import TOOLBOX_TASK
from ascension.game.combat.formulas import shown_damage
from ascension.game.combat.monsters.recorded import (
    leads_as_recorded,
    misc_as_recorded,
    monsters_as_recorded,
)
from ascension.game.combat.registry import SELECTION_NAMES
from ascension.game.combat.state import (
    ALIVE,
    DEAD,
    ESCAPED,
    FROM_OFFER,
    HALF_DEAD,
    LOST,
    SOURCE_NAMES,
    Card,
    Combat,
    Creature,
    Power,
    Selection,
)
from ascension.game.ids import cards, encounters, powers
from ascension.game.recorded_relics import counters_as_recorded

STATE_NAMES: Final = {ALIVE: "alive", DEAD: "dead", HALF_DEAD: "half_dead", ESCAPED: "escaped"}

# Powers without an amount: the recordings show some positive number.
NO_AMOUNT: Final = frozenset(
    "asleep barricade confused corruption entangled hex minion minion_leader no_draw painful_stabs "
    "reactive regrow shifting stasis surrounded".split()
)
# Kept out of the recordings (conventions_combat.md 2).
HIDDEN_POWERS: Final = frozenset({"explosive", "split", "unawakened", "back_attack"})


def _card_misc(shown: Card) -> int:
    """Rampage's bonus or ritual dagger's damage."""
    if shown.id == cards.RAMPAGE:
        return int(shown.base_damage - tables.CARD_DAMAGE[shown.row()])
    return int(shown.misc)


def combat_card(shown: Card) -> Fields:
    """A card in a pile."""
    fields: Fields = {
        "id": tables.CARD_IDS[shown.id],
        "upgrades": int(shown.upgrades),
        "cost": int(shown.cost),
        "cost_now": int(shown.cost_now),
        "uid": int(shown.uid),
    }
    misc = _card_misc(shown)
    if misc != 0:
        fields["misc"] = misc
    if shown.free_once:
        fields["free_once"] = True
    if shown.retain:
        fields["retain"] = True
    return fields


ANY: Final = "any"  # a value that the recordings leave open


def _amount(power: Power) -> object:
    return ANY if tables.POWER_IDS[power.id] in NO_AMOUNT else int(power.amount)


def _bombs(creature: Creature) -> list[int]:
    """Damage that explodes at the end of this turn, the next, and the one after."""
    damage = [0, 0, 0]
    for power in creature.powers:
        if power.id == powers.THE_BOMB:
            damage[power.amount - 1] += int(power.extra)
    return damage


def player_powers(creature: Creature) -> Fields:
    """The player's powers by name."""
    fields: Fields = {}
    for power in creature.powers:
        fields[names.PLAYER_POWERS[power.id]] = _amount(power)
        if power.id == powers.COMBUST:
            fields["combust_hp_loss"] = int(power.extra)
        if power.id == powers.PANACHE:
            fields["panache_countdown"] = int(power.extra)
        if power.id == powers.THE_BOMB:
            fields["the_bomb"] = _bombs(creature)
    return fields


def monster_powers(creature: Creature) -> Fields:
    """A monster's powers by name."""
    fields: Fields = {
        names.MONSTER_POWERS[power.id]: _amount(power)
        for power in creature.powers
        if tables.POWER_IDS[power.id] not in HIDDEN_POWERS
    }
    if leads_as_recorded(creature):
        fields["minion_leader"] = ANY
    return fields


def _previous_move(c: Combat, creature: Creature) -> str:
    """The move before the announced one; a worm of the horde is born with somebody else's."""
    if c.encounter == encounters.JAW_WORM_HORDE and creature.moves_made == 1:
        return ANY
    before = creature.move_before
    return names.MOVES[before] if before >= 0 else "none"


def monster(c: Combat, creature: Creature) -> Fields:
    """A monster with its announced move; the dead show none, the escaped no numbers."""
    fields: Fields = {
        "slot": int(creature.slot),
        "id": tables.MONSTER_IDS[creature.id],
        "hp": int(creature.hp),
        "max_hp": int(creature.max_hp),
        "block": int(creature.block),
        "state": STATE_NAMES[int(creature.state)],
        "powers": monster_powers(creature),
    }
    if creature.state == DEAD:  # recordings let some effects on everyone reach bodies
        return fields | {"block": ANY, "powers": ANY}
    fields["move"] = names.MOVES[creature.move]
    fields["previous_move"] = _previous_move(c, creature)
    fields["misc"] = int(misc_as_recorded(c, creature))
    if creature.state in (ALIVE, HALF_DEAD) and creature.base_damage >= 0:
        fields["base_damage"] = int(creature.base_damage)
        fields["damage"] = int(shown_damage(c, creature))
        fields["hits"] = int(creature.hits)
    return fields


def player(c: Combat) -> Fields:
    """The player."""
    fields: Fields = {
        "hp": int(c.player.hp),
        "max_hp": int(c.player.max_hp),
        "block": int(c.player.block),
        "energy": int(c.energy),
        "gold": int(c.run.gold),
        "powers": player_powers(c.player),
        "played_this_turn": {
            "cards": int(c.cards_this_turn),
            "attacks": int(c.attacks_this_turn),
            "skills": int(c.skills_this_turn),
        },
    }
    counters = counters_as_recorded(c)
    if counters:
        fields["relic_counters"] = counters
    return fields


def _counters(c: Combat, full: bool) -> Fields:
    run = c.run
    fields: Fields = {
        "ai": int(run.ai_rng.counter),
        "monster_hp": int(run.monster_hp_rng.counter),
        "shuffle": int(run.shuffle_rng.counter),
        "card_random": int(run.card_random_rng.counter),
        "misc": int(run.misc_rng.counter),
        "potion": int(run.potion_rng.counter),
    }
    if full:
        fields["card"] = int(run.card_rng.counter)
        fields["treasure"] = int(run.treasure_rng.counter)
    return fields


def playable(c: Combat, legal: list[int]) -> Fields:
    """Hand position to target slots, from the legal actions."""
    fields: dict[str, list[int]] = {}
    for action in legal:
        if verb_of(action) == PLAY_CARD:
            slots = fields.setdefault(str(first_of(action)), [])
            target = second_of(action)
            if target > 0:
                slots.append(int(c.monsters[target - 1].slot))
    return dict(fields)


def selection(c: Combat, shown: Selection) -> Fields:
    """The open card choice."""
    fields: Fields = {
        "task": SELECTION_NAMES[shown.task],
        "from": SOURCE_NAMES[shown.source],
    }
    if shown.any_number:
        fields["max"] = int(shown.maximum)
        return fields
    indices = [int(n) for n in shown.indices]
    if shown.source == FROM_OFFER:
        fields["offer"] = [tables.CARD_IDS[offered.id] for offered in shown.offer]
        if SELECTION_NAMES[shown.task] == "discovery":
            fields["copies"] = int(shown.copies)
            fields["free_this_turn"] = shown.task != TOOLBOX_TASK
    if shown.can_skip:
        indices.append(len(shown.offer))
    fields["indices"] = indices
    return fields


def combat(c: Combat, legal: list[int]) -> Fields:
    """Every field of a combat line."""
    fields: Fields = {
        "act": int(c.run.act),
        "floor": int(c.run.floor),
        "fight": int(c.run.fights),
        "encounter": tables.ENCOUNTER_IDS[c.encounter],
        "turn": int(c.turn),
        "player": player(c),
        "potions": potions(c.run),
        "hand": [combat_card(shown) for shown in c.hand],
        "draw_pile": [combat_card(shown) for shown in c.draw_pile],
        "discard_pile": [combat_card(shown) for shown in c.discard_pile],
        "exhaust_pile": [combat_card(shown) for shown in c.exhaust_pile],
        "monsters": [monster(c, creature) for creature in monsters_as_recorded(c)],
        "rng": _counters(c, full=True),
    }
    if c.selection is None:
        fields["playable"] = playable(c, legal)
    else:
        fields["select"] = selection(c, c.selection)
    return fields


def first_line(c: Combat, relics: list[Fields] | str) -> Fields:
    """What the first line of a fight has in addition; relics as they were before it."""
    fields: Fields = {
        "first": True,
        "relics": relics,
        "deck": [card(owned) for owned in c.run.deck],
    }
    if c.run.burning_fight:
        fields["burning_elite"] = True
    return fields


def combat_end(c: Combat) -> Fields:
    """Every field of a combat_end line but the outcome.

    A lost fight stops at the deadly blow (combat.md 7); the recordings show the monsters and
    the streams after what was still queued then.
    """
    fields: Fields = {
        "floor": int(c.run.floor),
        "fight": int(c.run.fights),
        "turn": int(c.turn),
        "player": player(c),
        "potions": potions(c.run),
    }
    if c.outcome == LOST:
        return fields | {"monsters": ANY, "rng": ANY}
    return fields | {
        "monsters": [monster(c, creature) for creature in monsters_as_recorded(c)],
        "rng": _counters(c, full=False),
    }
