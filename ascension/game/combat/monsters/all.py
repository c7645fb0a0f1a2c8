"""Importing this module registers every monster."""

from ascension.game.combat.monsters import (
    act1_elites_bosses,
    act1_gremlins,
    act1_normals,
    act1_slimes,
    act2_bosses,
    act2_elites,
    act2_normals,
    act3_bosses,
    act3_elites,
    act3_normals,
    act4,
    half_dead,
    summons,
)

MODULES = (
    act1_elites_bosses,
    act1_gremlins,
    act1_normals,
    act1_slimes,
    act2_bosses,
    act2_elites,
    act2_normals,
    act3_bosses,
    act3_elites,
    act3_normals,
    act4,
    half_dead,
    summons,
)
