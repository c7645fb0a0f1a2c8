"""The clone flow: the teacher's games, a network that imitates them, the checkpoint of update 0."""

from typing import TYPE_CHECKING

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from flows.names import flow_run_name, labels
from flows.project import Project, RunName, open_project
from flows.retrying import IO_RETRIES
from flows.showing import best_effort
from flows.steps import due
from storage.errors import TrainerBusy

if TYPE_CHECKING:
    from ascension.records import CloneEpoch
    from flows.steps.cloning import Cloned


@task(
    name="imitate-teacher",
    timeout_seconds=2 * 3600,
    cache_policy=NO_CACHE,
    persist_result=False,
    **IO_RETRIES,
)
def imitate(project: Project) -> "tuple[Cloned | None, list[CloneEpoch]]":
    """Collect the demonstrations that are missing, then train."""
    from flows.steps import cloning

    log = get_run_logger()
    epochs: list[CloneEpoch] = []

    def on_game(done: int, wanted: int) -> None:
        if done % 50 == 0 or done == wanted:
            log.info("%d of %d teacher games", done, wanted)

    def on_epoch(epoch: "CloneEpoch") -> None:
        epochs.append(epoch)
        log.info(
            "epoch %d: validation accuracy %.1f%%, loss %.3f",
            epoch.epoch,
            100 * epoch.val_acc,
            epoch.val_loss,
        )

    return cloning.start_run(project, on_game, on_epoch), epochs


def _show(project: Project, made: "Cloned", epochs: "list[CloneEpoch]") -> None:
    rows = [
        {"epoch": epoch.epoch, "val_acc": epoch.val_acc, "val_loss": epoch.val_loss}
        | {f"acc_{kind}": value for kind, value in epoch.accuracy_by_kind.items()}
        for epoch in epochs
    ]
    told = f"Cloning of run {project.run}: {made.games} games, {made.samples} decisions"
    with best_effort("the table of epochs"):
        create_table_artifact(rows, key=f"cloning-{project.key}", description=told)


@flow(
    name="clone",
    flow_run_name=flow_run_name,
    description="Imitate the rule-based teacher; gives the checkpoint of update 0.",
    timeout_seconds=3 * 3600,
    persist_result=False,
)
def clone(run: RunName = "main") -> str:
    """Returns the id of the new checkpoint, or "" if there was nothing to do.

    Args:
        run: Name of the training run: its folder, its rows, its settings.
    """
    log = get_run_logger()
    project = open_project(run)
    if due.is_started(project):
        log.info("run %s has started already: nothing to do", run)
        return ""
    try:
        with labels(run):
            made, epochs = imitate(project)
    except TrainerBusy as error:
        log.info("%s", error)
        return ""
    if made is None:
        return ""
    if epochs:
        _show(project, made, epochs)
    return made.checkpoint_id


if __name__ == "__main__":
    clone()
