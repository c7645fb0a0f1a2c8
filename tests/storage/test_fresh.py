"""Which rollouts are trained: fresh ones once, stale and broken ones never, nothing lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import Store, checkpoints, fresh, rollouts
from storage.database import query, refresh
from tests.storage import samples


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def write(store, numbers, update=0):
    for number in numbers:
        rollouts.write_rollout(store, samples.rollout(number, update))


def take(store, current_update=0, batch=8, max_lag=4):
    return fresh.take_batch(
        store,
        "main",
        fresh.waiting(store, "main"),
        current_update=current_update,
        batch_rollouts=batch,
        max_lag=max_lag,
    )


def commit(store, update, taken):
    consumed = tuple(item.identity.rollout_id for item in taken)
    checkpoints.commit(store, samples.checkpoint(update, consumed))


def rejections(store):
    refresh(store)
    return query(store, "select rollout_id, reason from rejections order by rollout_id").rows


def test_seven_rollouts_are_not_a_batch_and_eight_are(store):
    write(store, range(7))
    assert take(store) == []
    write(store, [7])
    assert len(take(store)) == 8


def test_the_oldest_by_creation_come_first(store):
    write(store, [9, 3, 5, 1, 8, 2, 7, 4, 6, 0])
    ids = [item.identity.rollout_id for item in take(store)]
    assert ids == [samples.rollout(n).identity.rollout_id for n in range(8)]


def test_consumed_rollouts_are_never_taken_again_even_when_the_trainer_died_before_deleting(store):
    write(store, range(10))
    taken = take(store)
    commit(store, 1, taken)
    left = fresh.waiting(store, "main")
    assert len(left) == 2
    assert not {item.path for item in taken} & {item.path for item in left}
    assert not any(item.path.exists() for item in taken)


@pytest.mark.parametrize(("lag", "is_fresh"), [(0, True), (4, True), (5, False)])
def test_a_rollout_is_stale_beyond_a_lag_of_four(store, lag, is_fresh):
    write(store, range(8), update=3)
    assert bool(take(store, current_update=3 + lag)) == is_fresh
    if not is_fresh:
        found = rejections(store)
        assert len(found) == 8
        assert found[0][1] == "stale: lag 5 > 4 updates"
        assert len(list((store.quarantine / "run=main").glob("*.reason.json"))) == 8


def test_a_rollout_from_the_future_is_refused(store):
    write(store, range(8), update=9)
    assert take(store, current_update=2) == []
    assert rejections(store)[0][1] == "from the future: update 9 > 2"


def test_broken_foreign_and_misplaced_files_are_quarantined_and_the_rest_goes_on(store):
    write(store, range(8))
    broken = rollouts.write_rollout(store, samples.rollout(20))
    broken.write_bytes(b"PAR1 and then nothing")
    moved = rollouts.write_rollout(store, samples.rollout(21))
    moved.rename(store.rollouts("main") / "update=000000" / "worker=w1" / "zz.parquet")
    stray = rollouts.write_rollout(store, samples.rollout(22, update=2))
    stray.rename(store.rollouts("main") / "update=000000" / "worker=w1" / stray.name)
    assert len(take(store)) == 8
    reasons = " | ".join(reason for _, reason in rejections(store))
    assert "corrupt" in reasons
    assert "misplaced" in reasons


def test_rollouts_of_other_rules_are_refused(store):
    write(store, range(3))
    assert fresh.waiting(store, "main", rules_version="r2") == []
    assert "rules version r1, not r2" in rejections(store)[0][1]


def test_a_doubled_id_counts_once(store):
    write(store, range(8))
    copy = samples.rollout(0, worker="w2")
    rollouts.write_rollout(store, copy)
    assert len(fresh.waiting(store, "main")) == 8
    assert rejections(store)[0][1] == "duplicate rollout id"


@pytest.mark.parametrize("keep", [False, True])
def test_consumed_files_are_deleted_or_kept_as_set(store, keep):
    write(store, range(8))
    taken = take(store)
    commit(store, 1, taken)
    fresh.discard(store, "main", taken, keep)
    assert fresh.count_waiting(store, "main") == 0
    assert len(list(store.kept_rollouts("main").rglob("*.parquet"))) == (8 if keep else 0)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=6), st.booleans())
def test_every_rollout_is_trained_once_or_refused_or_waits(tmp_path_factory, arrivals, forgetful):
    store = Store(tmp_path_factory.mktemp("data"))
    trained, update, number = [], 0, 0
    for arriving in arrivals:
        write(store, range(number, number + arriving), update=update)
        number += arriving
        while taken := take(store, update, batch=3, max_lag=1):
            update += 1
            commit(store, update, taken)
            trained += [item.identity.rollout_id for item in taken]
            if not forgetful:
                fresh.discard(store, "main", taken, keep=False)
    waiting = [item.identity.rollout_id for item in fresh.waiting(store, "main")]
    refused = [rollout_id for rollout_id, _ in rejections(store)] if number else []
    assert len(trained) == len(set(trained))
    assert sorted(trained + waiting + refused) == sorted(
        samples.rollout(n).identity.rollout_id for n in range(number)
    )


def test_an_update_may_take_more_than_the_batch_that_wakes_it(store):
    write(store, range(30))
    candidates = fresh.waiting(store, "main")
    settings = {"current_update": 0, "batch_rollouts": 8, "max_lag": 4}
    assert len(fresh.take_batch(store, "main", candidates, most_rollouts=20, **settings)) == 20
    assert len(fresh.take_batch(store, "main", candidates, most_rollouts=64, **settings)) == 30
