"""The measurement of a long run's storage, on a short one."""

from flows import scale
from storage import database


def test_the_figures_of_a_few_games_are_complete(monkeypatch):
    monkeypatch.setattr(scale, "LOOKS", 1)
    found = scale.storage_scale(64)
    assert found["games"] == 64
    assert found["fact_files"] == 2 * (64 + 256) // 8
    assert set(found["milliseconds_by_view"]) == set(database.view_names())
    assert found["milliseconds_slowest_view"] == max(found["milliseconds_by_view"].values())
    assert found["milliseconds_to_refresh_incrementally"] > 0
