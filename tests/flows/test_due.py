"""What storage says there is to do."""

import pytest

from flows.steps import due
from tests.flows.projects import (
    let_be_evaluated,
    let_games_be_collected,
    let_wait,
    small_settings,
    started_project,
)


def test_a_run_is_started_by_its_first_checkpoint(tmp_path, unstarted):
    assert not due.is_started(unstarted)
    assert due.is_started(started_project(tmp_path / "other"))


def test_a_batch_waits_from_the_eighth_rollout_on(project):
    let_wait(project, range(7))
    assert not due.batch_waits(project)
    let_wait(project, [7])
    assert due.batch_waits(project)


def test_the_first_evaluation_is_due_at_once(project):
    assert due.evaluation_is_due(project)
    assert not due.newest_is_evaluated(project)


def test_an_evaluation_is_due_after_250_games_and_overdue_after_500(project):
    let_be_evaluated(project)
    assert due.newest_is_evaluated(project)
    assert not due.evaluation_is_due(project)
    let_games_be_collected(project, 200)
    assert not due.evaluation_is_due(project)
    let_games_be_collected(project, 50)
    assert due.evaluation_is_due(project)
    assert not due.evaluation_is_overdue(project)
    let_games_be_collected(project, 250)
    assert due.evaluation_is_overdue(project)
    assert due.must_pause(project)
    let_be_evaluated(project, "ppo", 3, games=500)
    assert not due.evaluation_is_due(project)
    assert not due.must_pause(project)


def test_the_teachers_games_alone_are_no_evaluation(project):
    let_be_evaluated(project, "teacher")
    assert due.evaluation_is_due(project)


@pytest.mark.parametrize(
    ("games", "lag", "begin_until"),
    # The last of the new games is trained (waiting + games) / 8 - 1 updates later.
    [(32, 4, 8), (16, 4, 24), (128, 4, 8), (8, 1, 8), (8, 0, 7)],
)
def test_collectors_pause_while_new_games_would_be_stale_before_they_are_trained(
    tmp_path, games, lag, begin_until
):
    settings = small_settings()
    project = started_project(
        tmp_path,
        collect=settings.collect.model_copy(update={"games": games}),
        train=settings.train.model_copy(update={"max_rollout_lag": lag}),
    )
    let_wait(project, range(begin_until))
    assert not due.must_pause(project)
    let_wait(project, [begin_until])
    assert due.must_pause(project)


def test_no_more_games_begin_together_than_stay_fresh(tmp_path):
    settings = small_settings()
    collect = settings.collect.model_copy(update={"games": 128})
    assert started_project(tmp_path, collect=collect).games_at_a_time == 32


def test_collectors_pause_where_the_games_they_would_begin_might_end_too_late(tmp_path):
    settings = small_settings()
    project = started_project(
        tmp_path,
        collect=settings.collect.model_copy(update={"games": 32}),
        evaluate=settings.evaluate.model_copy(update={"latest_games": 320}),
    )
    let_be_evaluated(project)
    let_games_be_collected(project, 250)
    assert not due.must_pause(project)
    let_games_be_collected(project, 50)
    assert due.must_pause(project)  # 300 + 32 games would be more than 320
    assert not due.evaluation_is_overdue(project)


def test_collectors_never_wait_for_an_evaluation_that_is_not_due(tmp_path):
    settings = small_settings()
    evaluate = settings.evaluate.model_copy(update={"every_games": 250, "latest_games": 250})
    project = started_project(tmp_path, evaluate=evaluate)
    let_be_evaluated(project)
    let_games_be_collected(project, 200)
    assert not due.must_pause(project)
