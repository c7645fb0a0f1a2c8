"""Copies of a run and of a fight that share nothing mutable.

Shared are the things that are replaced and never changed: deck cards, the map, pools and lists.
In a fight objects refer to each other; a copy refers to the copies.
"""

from typing import final

from ascension.game.combat.state import Action, Card, CardItem, Combat, Creature, Power, Selection
from ascension.game.run import Relic, Run, Screen


def clone_run(run: Run) -> Run:
    """An independent copy of a run."""
    other = Run(run.seed, run.ascension, run.final_act, True)
    _copy_place(run, other)
    _copy_belongings(run, other)
    _copy_streams(run, other)
    _copy_chances(run, other)
    _copy_lists(run, other)
    other.fights = run.fights
    other.encounter = run.encounter
    other.event_fight = run.event_fight
    other.elite_trigger = run.elite_trigger
    other.burning_fight = run.burning_fight
    screens: list[Screen] = []
    for screen in run.screens:
        screens.append(screen.clone())
    other.screens = screens
    return other


def _copy_place(run: Run, other: Run) -> None:
    other.act = run.act
    other.floor = run.floor
    other.x = run.x
    other.y = run.y
    other.room = run.room
    other.drawn_room = run.drawn_room
    other.event = run.event
    other.outcome = run.outcome
    other.map_rows = run.map_rows
    other.burning_x = run.burning_x
    other.burning_y = run.burning_y


def _copy_belongings(run: Run, other: Run) -> None:
    other.hp = run.hp
    other.max_hp = run.max_hp
    other.gold = run.gold
    other.energy_per_turn = run.energy_per_turn
    other.hand_size = run.hand_size
    other.ruby_key = run.ruby_key
    other.emerald_key = run.emerald_key
    other.sapphire_key = run.sapphire_key
    other.deck = run.deck[:]
    relics: list[Relic] = []
    for relic in run.relics:
        relics.append(relic.clone())
    other.relics = relics
    other.relic_mask = run.relic_mask
    other.potions = run.potions[:]


def _copy_streams(run: Run, other: Run) -> None:
    other.neow_rng = run.neow_rng.clone()
    other.monster_rng = run.monster_rng.clone()
    other.event_rng = run.event_rng.clone()
    other.merchant_rng = run.merchant_rng.clone()
    other.card_rng = run.card_rng.clone()
    other.treasure_rng = run.treasure_rng.clone()
    other.relic_rng = run.relic_rng.clone()
    other.potion_rng = run.potion_rng.clone()
    other.map_rng = run.map_rng.clone()
    other.courier_rng = run.courier_rng.clone()
    other.ai_rng = run.ai_rng.clone()
    other.monster_hp_rng = run.monster_hp_rng.clone()
    other.shuffle_rng = run.shuffle_rng.clone()
    other.card_random_rng = run.card_random_rng.clone()
    other.misc_rng = run.misc_rng.clone()


def _copy_chances(run: Run, other: Run) -> None:
    other.card_rarity_offset = run.card_rarity_offset
    other.potion_chance_offset = run.potion_chance_offset
    other.event_monster_chance = run.event_monster_chance
    other.event_shop_chance = run.event_shop_chance
    other.event_treasure_chance = run.event_treasure_chance
    other.removals_bought = run.removals_bought


def _copy_lists(run: Run, other: Run) -> None:
    other.monster_list = run.monster_list
    other.elite_list = run.elite_list
    other.boss = run.boss
    other.second_boss = run.second_boss
    other.event_list = run.event_list
    other.shrine_list = run.shrine_list
    other.one_time_events = run.one_time_events
    other.common_relics = run.common_relics
    other.uncommon_relics = run.uncommon_relics
    other.rare_relics = run.rare_relics
    other.shop_relics = run.shop_relics
    other.boss_relics = run.boss_relics
    other.colorless_pool = run.colorless_pool


# --- Fights -----------------------------------------------------------------------------------


@final
class _Copies:
    """Which object of the copy stands for which of the original.

    Filled pile by pile; looked up only for references from powers and queues, which are few.
    """

    def __init__(self) -> None:
        self.old_piles: list[list[Card]] = []
        self.new_piles: list[list[Card]] = []
        self.old_creatures: list[Creature] = []
        self.new_creatures: list[Creature] = []

    def pile(self, cards: list[Card]) -> list[Card]:
        """A copied pile."""
        out: list[Card] = []
        if len(cards) > 0:
            for card in cards:
                out.append(card.clone())
            self.old_piles.append(cards)
            self.new_piles.append(out)
        return out

    def card(self, card: Card) -> Card:
        """The copy of a card, made now if it lies in no pile."""
        for number, pile in enumerate(self.old_piles):
            for position, other in enumerate(pile):
                if other is card:
                    return self.new_piles[number][position]
        copy = card.clone()
        self.old_piles.append([card])
        self.new_piles.append([copy])
        return copy

    def optional_card(self, card: Card | None) -> Card | None:
        """The copy of a reference that may be empty."""
        return None if card is None else self.card(card)

    def creature(self, creature: Creature) -> Creature:
        """The copy of a creature, made now if it stands nowhere."""
        for position, other in enumerate(self.old_creatures):
            if other is creature:
                return self.new_creatures[position]
        return self.new_creature(creature)

    def optional_creature(self, creature: Creature | None) -> Creature | None:
        """The copy of a reference that may be empty."""
        return None if creature is None else self.creature(creature)

    def new_creature(self, old: Creature) -> Creature:
        """Copy a creature; its powers follow once every creature is known."""
        new = Creature(old.id, old.hp, old.max_hp)
        _copy_creature(old, new)
        self.old_creatures.append(old)
        self.new_creatures.append(new)
        return new

    def copy_powers(self) -> None:
        """Give every copied creature its powers."""
        position = 0
        while position < len(self.old_creatures):  # a source may add a creature
            powers: list[Power] = []
            for power in self.old_creatures[position].powers:
                powers.append(self.power(power))
            self.new_creatures[position].powers = powers
            position += 1

    def power(self, old: Power) -> Power:
        """A copied power."""
        new = Power(old.id, old.amount)
        new.extra = old.extra
        new.just_applied = old.just_applied
        new.card = self.optional_card(old.card)
        new.source = self.optional_creature(old.source)
        return new

    def actions(self, old: list[Action]) -> list[Action]:
        """A copied action queue."""
        out: list[Action] = []
        for action in old:
            out.append(self.action(action))
        return out

    def action(self, old: Action) -> Action:
        """A copied action; its amounts never change."""
        new = Action(old.op)
        new.source = self.optional_creature(old.source)
        new.target = self.optional_creature(old.target)
        new.card = self.optional_card(old.card)
        new.amount = old.amount
        new.extra = old.extra
        new.power = old.power
        new.flag = old.flag
        new.amounts = old.amounts
        return new

    def card_items(self, old: list[CardItem]) -> list[CardItem]:
        """A copied card queue."""
        out: list[CardItem] = []
        for item in old:
            new = CardItem(self.optional_card(item.card))
            new.target = self.optional_creature(item.target)
            new.energy_on_use = item.energy_on_use
            new.autoplay = item.autoplay
            out.append(new)
        return out

    def creatures(self, old: list[Creature]) -> list[Creature]:
        """A copied list of references."""
        out: list[Creature] = []
        for creature in old:
            out.append(self.creature(creature))
        return out

    def selection(self, old: Selection | None) -> Selection | None:
        """A copied open choice."""
        if old is None:
            return None
        new = Selection(old.task, old.source, old.indices[:])
        new.any_number = old.any_number
        new.can_skip = old.can_skip
        new.maximum = old.maximum
        new.picked = old.picked[:]
        offer: list[Card] = []
        for card in old.offer:
            offer.append(self.card(card))
        new.offer = offer
        new.copies = old.copies
        return new


def _copy_creature(old: Creature, new: Creature) -> None:
    new.block = old.block
    new.state = old.state
    new.last_damage_taken = old.last_damage_taken
    new.slot = old.slot
    new.x = old.x
    new.move = old.move
    new.move_before = old.move_before
    new.before_move = old.before_move
    new.moves_made = old.moves_made
    new.base_damage = old.base_damage
    new.hits = old.hits
    new.memory = old.memory
    new.memory2 = old.memory2
    new.memory3 = old.memory3
    new.memory4 = old.memory4


def clone_combat(c: Combat, run: Run) -> Combat:
    """An independent copy of a fight that belongs to `run`, the copy of its run."""
    other = Combat(run, c.encounter)
    copies = _Copies()
    other.hand = copies.pile(c.hand)
    other.draw_pile = copies.pile(c.draw_pile)
    other.discard_pile = copies.pile(c.discard_pile)
    other.exhaust_pile = copies.pile(c.exhaust_pile)
    other.limbo = copies.pile(c.limbo)
    other.player = copies.new_creature(c.player)
    monsters: list[Creature] = []
    for monster in c.monsters:
        monsters.append(copies.new_creature(monster))
    other.monsters = monsters
    copies.copy_powers()
    other.actions = copies.actions(c.actions)
    other.pre_turn_actions = copies.actions(c.pre_turn_actions)
    other.card_queue = copies.card_items(c.card_queue)
    other.monster_queue = copies.creatures(c.monster_queue)
    other.selection = copies.selection(c.selection)
    _copy_numbers(c, other)
    return other


def _copy_numbers(c: Combat, other: Combat) -> None:
    other.outcome = c.outcome
    other.turn = c.turn
    other.next_uid = c.next_uid
    other.drafts = c.drafts
    other.drafts = c.drafts
    other.monsters_queued = c.monsters_queued
    other.turn_ended = c.turn_ended
    other.end_turn_queued = c.end_turn_queued
    other.energy = c.energy
    other.energy_per_turn = c.energy_per_turn
    other.draw_size = c.draw_size
    other.cards_this_turn = c.cards_this_turn
    other.attacks_this_turn = c.attacks_this_turn
    other.skills_this_turn = c.skills_this_turn
    other.hp_losses = c.hp_losses
    other.bloodied = c.bloodied
    other.facing_left = c.facing_left
    other.stolen_gold = c.stolen_gold
    other.is_elite = c.is_elite
    other.subscribed = c.subscribed
    other.owned = c.owned
