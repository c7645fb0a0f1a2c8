"""Reward terms by hand."""

import pytest

from ascension.environment.rewards import DEFAULT, ORIGINAL, UnknownReward, reward_preset
from ascension.environment.standing import MonsterStanding, Standing
from ascension.game.ids import cards, monsters
from ascension.game.run import DEATH, VICTORY, DeckCard

BASE = Standing(floor=3, act=1, hp=60, max_hp=80, gold=100, relics=1, outcome=0)


NUMBERS = "floor act hp max_hp gold relics outcome".split()
DETAILS = "in_fight is_elite_fight is_boss_fight hp_at_fight_start block incoming".split()


def changed(standing: Standing, **changes: object) -> Standing:
    """A copy with some of its numbers changed."""
    other = Standing(0, 0, 0, 0, 0, 0, 0)
    for name in (*NUMBERS, *DETAILS, "monsters", "deck"):
        setattr(other, name, changes.get(name, getattr(standing, name)))
    return other


def earned(reward: str, before: Standing, **changes: object) -> dict[str, float]:
    """The terms of one step that are not zero."""
    preset = reward_preset(reward)
    after = changed(before, **changes)
    values = preset.evaluate(before, after)
    return {
        name: round(value, 6)
        for name, value in zip(preset.names, values, strict=True)
        if round(value, 6) != 0
    }


def in_fight(**changes: object) -> Standing:
    monster = MonsterStanding(monsters.JAW_WORM, 40, True, 0, False)
    fight = changed(BASE, in_fight=True, monsters=[monster], hp_at_fight_start=60)
    return changed(fight, **changes)


def test_a_floor_is_worth_a_tenth() -> None:
    assert earned("default", BASE, floor=4) == {"floor": 0.1}


def test_hp_is_worth_its_change_of_potential() -> None:
    assert earned("default", BASE, hp=40) == {"hp": -0.05}


def test_winning_pays_one_and_returns_the_hp_potential() -> None:
    assert earned("default", BASE, outcome=VICTORY) == {"victory": 1.0, "hp": -0.15}


def test_dying_returns_the_hp_potential_only() -> None:
    assert earned("default", BASE, outcome=DEATH, hp=0) == {"hp": -0.15}


def test_the_hp_term_of_a_game_sums_to_minus_its_start() -> None:
    path = [80, 60, 75, 10]
    standings = [changed(BASE, hp=hp) for hp in path]
    standings.append(changed(BASE, hp=0, outcome=DEATH))
    total = sum(
        DEFAULT.evaluate(before, after)[2]
        for before, after in zip(standings, standings[1:], strict=False)
    )
    assert total == pytest.approx(-0.2)


@pytest.mark.parametrize(
    ("changes", "terms"),
    [
        ({"gold": 150}, {"gold": 0.5}),
        ({"gold": 40}, {"gold": -0.6}),
        ({"relics": 2}, {"relics": 1.0}),
        ({"max_hp": 87}, {"max_hp": 0.7}),
        ({"floor": 4}, {"floor": 0.6875}),
        ({"hp": 70}, {"healing": 0.0625}),
        ({"act": 2}, {"next_act": 12.0}),
        ({"outcome": VICTORY}, {"victory": 60.0}),
        ({"outcome": DEATH}, {"defeat": -24.25}),
    ],
)
def test_original_terms_out_of_fights(changes: dict[str, int], terms: dict[str, float]) -> None:
    assert earned("original", BASE, **changes) == terms


def test_hp_lost_in_a_fight_costs_and_a_burst_costs_more() -> None:
    terms = earned("original", in_fight(), hp=40)
    assert terms == {"hp_lost": -1.6, "burst": -1.5}


def test_only_block_against_uncovered_damage_is_useful() -> None:
    before = in_fight(block=5, incoming=12)
    assert earned("original", before, block=20) == {"useful_block": 0.28}


def test_damage_and_kills_of_priority_targets_pay_extra() -> None:
    wizard = MonsterStanding(monsters.GREMLIN_WIZARD, 20, True, 0, False)
    dead = MonsterStanding(monsters.GREMLIN_WIZARD, 0, False, 0, False)
    terms = earned("original", in_fight(monsters=[wizard]), monsters=[dead])
    assert terms == {"damage": 0.3, "kills": 0.75, "priority_targets": 6.4}


def test_an_elite_pays_when_it_is_beaten() -> None:
    before = in_fight(is_elite_fight=True, monsters=[])
    assert earned("original", before, in_fight=False)["elite"] == 4.0


def test_a_boss_pays_by_the_hp_kept() -> None:
    before = in_fight(is_boss_fight=True, monsters=[], hp=30)
    assert earned("original", before, in_fight=False)["boss"] == pytest.approx(12.0)


def test_deck_potential_is_the_change_of_mean_quality() -> None:
    strike = DeckCard(cards.STRIKE_RED)
    before = changed(BASE, deck=[strike])
    upgraded = DeckCard(cards.STRIKE_RED, 1)
    assert earned("original", before, deck=[upgraded]) == {"deck_potential": 0.45}


def test_names_of_terms_are_unique() -> None:
    for reward in (DEFAULT, ORIGINAL):
        assert len(set(reward.names)) == len(reward.names)


def test_unknown_rewards_are_refused_by_name() -> None:
    with pytest.raises(UnknownReward, match="there are: default, original"):
        reward_preset("dense")
