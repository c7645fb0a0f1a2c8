"""Rest sites: the options and their effects (progress.md 5)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.actions import DIG, LEAVE, LIFT, RECALL, REST, SMITH, TOKE, make
from ascension.game.ids import relics as R
from ascension.game.rng import f32
from ascension.game.run import Run
from ascension.game.world import deck, pools, relics
from ascension.game.world.map import FINAL_ACT
from ascension.game.world.rewards import open_rewards, roll_cards
from ascension.game.world.screens import (
    REMOVE,
    UPGRADE,
    RestScreen,
    RewardScreen,
    close,
    push,
)
from ascension.game.world.select import candidates, open_deck_select

PILLOW_HEAL: Final = 15
MOST_LIFTS: Final = 3


def rest_heal(run: Run) -> i64:
    """What resting heals."""
    heal = i64(int(f32(float(run.max_hp) * f32(0.3))))
    return heal + PILLOW_HEAL if relics.owns(run, R.REGAL_PILLOW) else heal


def legal(run: Run) -> list[i64]:
    """The usable options; leaving only if there is none."""
    out: list[i64] = []
    if not relics.owns(run, R.COFFEE_DRIPPER):
        out.append(make(REST))
    if not relics.owns(run, R.FUSION_HAMMER) and len(deck.upgradable(run)) > 0:
        out.append(make(SMITH))
    if run.final_act == FINAL_ACT and not run.ruby_key:
        out.append(make(RECALL))
    girya = relics.find(run, R.GIRYA)
    if girya is not None and girya.counter < MOST_LIFTS:
        out.append(make(LIFT))
    if relics.owns(run, R.PEACE_PIPE) and len(candidates(run, REMOVE)) > 0:
        out.append(make(TOKE))
    if relics.owns(run, R.SHOVEL):
        out.append(make(DIG))
    if len(out) == 0:
        out.append(make(LEAVE))
    return out


def apply(run: Run, screen: RestScreen, verb: i64) -> None:
    """Use the site's one option."""
    close(run, screen)
    if verb == REST:
        _rest(run)
    elif verb == SMITH:
        open_deck_select(run, UPGRADE)
    elif verb == RECALL:
        run.ruby_key = True
    elif verb == LIFT:
        girya = relics.find(run, R.GIRYA)
        if girya is not None:
            girya.counter += 1
    elif verb == TOKE:
        open_deck_select(run, REMOVE)
    elif verb == DIG:
        rewards = RewardScreen()
        rewards.relics.append(pools.take(run, pools.roll_tier(run)))
        open_rewards(run, rewards)


def _rest(run: Run) -> None:
    relics.heal(run, rest_heal(run))
    if relics.owns(run, R.DREAM_CATCHER):
        rewards = RewardScreen()
        rewards.cards.append(roll_cards(run))
        push(run, rewards)
