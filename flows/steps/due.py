"""What storage says there is to do, from names of files alone: neither torch nor the game.

Every flow looks here before it works, so that waking one in vain costs no more than the look.
"""

from flows.project import Project
from flows.steps import evaluations
from storage import checkpoints, facts, fresh


def is_started(project: Project) -> bool:
    """Whether the run has a checkpoint."""
    return checkpoints.newest_update(project.store, project.run) is not None


def newest_update(project: Project) -> int:
    """Number of the newest update; 0 also before the first checkpoint."""
    return checkpoints.newest_update(project.store, project.run) or 0


def waiting_rollouts(project: Project) -> int:
    """Rollout files that wait for the trainer, stale ones included."""
    return fresh.count_waiting(project.store, project.run)


def batch_waits(project: Project) -> bool:
    """Whether enough rollouts wait for an update."""
    return waiting_rollouts(project) >= project.settings.train.batch_rollouts


def must_pause(project: Project) -> bool:
    """Back-pressure: whether games begun now would be stale before they are trained.

    While a batch waits, every batch of rollouts is one more update of lag. Collectors also stop
    where the games they would begin might end after an evaluation is overdue.
    """
    train = project.settings.train
    room = train.most_rollouts * (train.max_rollout_lag + 1) - project.games_at_a_time
    waiting = waiting_rollouts(project)
    return waiting > max(room, train.batch_rollouts - 1) or _evaluation_would_be_late(project)


def _evaluation_would_be_late(project: Project) -> bool:
    """Whether games begun now might end later than `latest_games` after the last evaluation."""
    evaluate = project.settings.evaluate
    room = max(evaluate.latest_games - project.games_at_a_time, evaluate.every_games)
    return games_since_evaluation(project) > room


def games_collected(project: Project) -> int:
    """Finished training games of the run."""
    return facts.count(project.store, "games", project.run)


def games_since_evaluation(project: Project) -> int:
    """Games collected since the run's policy was last evaluated, or since the start."""
    return games_collected(project) - (evaluations.games_at_last(project) or 0)


def evaluation_is_due(project: Project) -> bool:
    """Whether `every_games` games came since the last evaluation, or there was none yet."""
    return (
        evaluations.games_at_last(project) is None
        or games_since_evaluation(project) >= project.settings.evaluate.every_games
    )


def evaluation_is_overdue(project: Project) -> bool:
    """Whether collectors must wait for an evaluation: never later than `latest_games`."""
    return games_since_evaluation(project) >= project.settings.evaluate.latest_games


def newest_is_evaluated(project: Project) -> bool:
    """Whether the newest policy has played the fixed seeds."""
    return is_started(project) and evaluations.is_evaluated(project, newest_update(project))
