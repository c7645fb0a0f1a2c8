"""Records: counts of fights, identities ordered by time."""

import uuid
from dataclasses import replace

from ascension.records import fight_counts, new_id, time_ordered_id
from tests.learning.batches import some_fight, some_game


def test_fights_are_counted_by_kind_and_act():
    fights = (
        some_fight("elite", 1),
        some_fight("elite", 2, won=False),
        some_fight("boss", 1),
        some_fight("monster", 1),
    )
    counts = fight_counts(replace(some_game(), fights=fights))
    assert (counts["elites_fought"], counts["elites_won"]) == (2, 1)
    assert (counts["elites_fought_act2"], counts["elites_won_act2"]) == (1, 0)
    assert (counts["bosses_won_act1"], counts["bosses_fought_act3"]) == (1, 0)
    assert len(counts) == 16


def test_ids_are_uuids_of_version_7_in_order_of_time():
    ids = [time_ordered_id(1_000 * n, bytes([255 - n] * 10)) for n in range(5)]
    assert ids == sorted(ids)
    assert all(uuid.UUID(name).version == 7 for name in ids)
    assert all(uuid.UUID(name).variant == uuid.RFC_4122 for name in ids)
    assert time_ordered_id(0x017F22E279B0, bytes(10)).startswith("017f22e2-79b0-7")


def test_fresh_ids_differ():
    assert len({new_id() for _ in range(100)}) == 100
