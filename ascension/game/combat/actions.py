"""Everything that can be queued in a fight: builders that return an `Action` (combat.md 3).

`bottom(c, draw_cards(2))` queues behind all others, `top(...)` in front. The builders, each next
to what its action does, are in `actions_*.py`. A rule that needs an action of its own registers a
handler: `OP = new_action(handler)`, `a = Action(OP)`.
"""

from ascension.game.combat.actions_cards import (
    draw_cards,
    exhaust_card,
    exhaust_random_card,
    gain_energy,
    lose_energy,
    make_in_discard,
    make_in_draw,
    make_in_hand,
    play_top_card,
    reshuffle,
)
from ascension.game.combat.actions_damage import (
    attack,
    attack_all,
    attack_random,
    gain_block,
    heal,
    lose_hp,
    monster_attack,
    thorns_damage,
    thorns_damage_all,
    thorns_damage_random,
)
from ascension.game.combat.actions_monsters import (
    escape_monster,
    roll_move,
    set_move,
    spawn,
    suicide,
)
from ascension.game.combat.actions_powers import (
    apply_power,
    apply_power_from_monster,
    reduce_power,
    remove_power,
)
from ascension.game.combat.queues import bottom, finish_damage, top

__all__ = [
    "apply_power",
    "apply_power_from_monster",
    "attack",
    "attack_all",
    "attack_random",
    "bottom",
    "draw_cards",
    "escape_monster",
    "exhaust_card",
    "exhaust_random_card",
    "finish_damage",
    "gain_block",
    "gain_energy",
    "heal",
    "lose_energy",
    "lose_hp",
    "make_in_discard",
    "make_in_draw",
    "make_in_hand",
    "monster_attack",
    "play_top_card",
    "reduce_power",
    "remove_power",
    "reshuffle",
    "roll_move",
    "set_move",
    "spawn",
    "suicide",
    "thorns_damage",
    "thorns_damage_all",
    "thorns_damage_random",
    "top",
]
