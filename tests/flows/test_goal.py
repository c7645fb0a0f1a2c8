"""How far a run shall go: only as long as the command that wants it lives."""

import pytest

from flows import goal
from storage.errors import TrainerBusy


def test_without_a_goal_a_run_goes_on(project):
    assert not goal.is_reached(project, 1_000_000)


def test_a_goal_is_reached_at_its_update(project):
    with goal.driving(project):
        goal.set_goal(project, 3)
        assert not goal.is_reached(project, 2)
        assert goal.is_reached(project, 3)


def test_the_goal_of_a_command_that_has_ended_counts_no_more(project):
    with goal.driving(project):
        goal.set_goal(project, 3)
        left = goal._path(project).read_text()
    assert goal.goal_of(project) is None
    goal._path(project).write_text(left)  # as a killed command leaves it
    assert goal.goal_of(project) is None


def test_a_second_command_is_refused(project):
    with (
        goal.driving(project),
        pytest.raises(TrainerBusy, match="`ascension up` of run main"),
        goal.driving(project),
    ):
        pass
