"""The loop in one process: from nothing to a report, and on from wherever it died."""

import json

import pytest

from ascension.settings import CloneSettings
from flows.local import Goal, run
from flows.project import create_project
from flows.steps import cloning, collecting, demonstrations, due, evaluating, training
from storage import checkpoints, database, facts
from tests.flows.observers import Notes
from tests.flows.projects import SMALL, small_project, small_settings
from tests.flows.test_training import Death, consumed, die


def test_the_loop_goes_from_nothing_to_a_report(tmp_path):
    clone = CloneSettings(games=4, epochs=1, acts=1, network=SMALL)
    project = small_project(tmp_path / "data", from_scratch=False, clone=clone)
    notes = Notes()
    outcome = run(project, Goal(updates=2, minutes=10), notes, tmp_path / "reports")
    assert notes.teacher_games[-1] == (4, 4)
    assert notes.epochs == 1
    assert notes.updates == [1, 2]
    assert notes.evaluations == ["teacher", "clone", "teacher", "ppo", "clone"]
    assert (outcome.games, len(outcome.updates)) == (16, 2)
    assert outcome.report is not None
    assert [row["policy"] for row in outcome.report.entry["evaluation"]] == [
        "teacher",
        "clone",
        "ppo",
    ]
    index = json.loads((tmp_path / "reports" / "index.json").read_text())
    assert index["runs"][0]["training_metrics"]["ppo_updates"] == 2
    assert database.query(project.store, "select count(*) from eval_stats").rows == ((9,),)


def test_damaged_teacher_games_are_put_away_and_played_again(tmp_path):
    clone = CloneSettings(games=4, epochs=1, acts=1, network=SMALL)
    project = small_project(tmp_path / "data", from_scratch=False, clone=clone)
    demonstrations.collect_demonstrations(project)
    files = sorted(project.store.root.glob("demonstrations/set=*/*.parquet"))
    whole = files[0].read_bytes()
    files[0].write_bytes(whole[: len(whole) // 2])
    made = cloning.start_run(project)
    assert made is not None and made.games == 4
    assert files[0].read_bytes()[:4] == b"PAR1" and files[0].stat().st_size == len(whole)
    assert len(list(project.store.quarantine.rglob("*.reason.json"))) == 1


def test_a_second_run_goes_on_from_the_first(tmp_path):
    project = small_project(tmp_path / "data")
    run(project, Goal(updates=1, minutes=10), Notes(), tmp_path / "reports")
    notes = Notes()
    run(project, Goal(updates=1, minutes=10), notes, tmp_path / "reports")
    assert notes.updates == [2]
    assert len(json.loads((tmp_path / "reports" / "index.json").read_text())["runs"]) == 1


def test_a_run_ends_when_its_minutes_are_over(tmp_path):
    project = small_project(tmp_path / "data")
    outcome = run(project, Goal(updates=9, minutes=0.0001), Notes(), tmp_path / "reports")
    assert outcome.updates == []
    assert outcome.report is not None


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (collecting, "_commit"),
        (training, "commit_learner"),
        (facts, "append_update"),
        (evaluating, "play_evaluation"),
        (facts, "append_evaluation"),
        (database, "refresh"),
    ],
)
def test_a_run_that_died_goes_on_and_trains_every_rollout_once(tmp_path, monkeypatch, module, name):
    project = small_project(tmp_path / "data")
    goal, reports = Goal(updates=1, minutes=10), tmp_path / "reports"
    with monkeypatch.context() as patch:
        patch.setattr(module, name, die)
        with pytest.raises(Death):
            run(project, goal, Notes(), reports)
    before = due.newest_update(project)
    outcome = run(project, goal, Notes(), reports)
    assert due.newest_update(project) == before + 1
    assert len(consumed(project)) == len(set(consumed(project))) == 8 * (before + 1)
    assert outcome.report is not None
    assert due.newest_is_evaluated(project)
    updates = facts.count(project.store, "updates", project.run)
    assert updates == len(checkpoints.updates(project.store, project.run)) - 1


def test_an_evaluation_is_made_every_so_many_games(tmp_path):
    evaluate = small_settings().evaluate.model_copy(update={"every_games": 16})
    project = small_project(tmp_path / "data", evaluate=evaluate)
    outcome = run(project, Goal(updates=4, minutes=10), Notes(), tmp_path / "reports")
    assert [one.games_collected for one in outcome.evaluations] == [0, 16, 32]


def test_the_control_runs_through_the_whole_loop(tmp_path):
    control = SMALL.model_copy(update={"head": "slots"})
    settings = small_settings(from_scratch=False)
    settings = settings.model_copy(
        update={
            "train": settings.train.model_copy(update={"network": control}),
            "clone": settings.clone.model_copy(update={"network": control}),
        }
    )
    project = create_project(settings, tmp_path / "data")
    outcome = run(project, Goal(updates=1, minutes=10), Notes(), tmp_path / "reports")
    assert len(outcome.updates) == 1
    assert outcome.report is not None
    assert outcome.report.entry["hyperparameters"]["head"] == "slots"
    assert "slots.weight" in checkpoints.load(project.store, project.run, 1).weights
