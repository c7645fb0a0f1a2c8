"""The clone flow: the teacher's games, a network that imitates them, the checkpoint of update 0."""

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from ascension.records import CloneEpoch
from flows.project import Project, RunName, open_project
from flows.steps import cloning
from flows.steps.cloning import Cloned


def _flow_run_name() -> str:
    return f"clone-{runtime.flow_run.parameters['run']}"


@task(
    name="imitate-teacher",
    retries=1,
    retry_delay_seconds=5,
    timeout_seconds=2 * 3600,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def imitate(project: Project) -> tuple[Cloned | None, list[CloneEpoch]]:
    """Collect the demonstrations that are missing, then train."""
    log = get_run_logger()
    epochs: list[CloneEpoch] = []

    def on_game(done: int, wanted: int) -> None:
        if done % 50 == 0 or done == wanted:
            log.info("%d of %d teacher games", done, wanted)

    def on_epoch(epoch: CloneEpoch) -> None:
        epochs.append(epoch)
        log.info(
            "epoch %d: validation accuracy %.1f%%, loss %.3f",
            epoch.epoch,
            100 * epoch.val_acc,
            epoch.val_loss,
        )

    return cloning.start_run(project, on_game, on_epoch), epochs


@flow(
    name="clone",
    flow_run_name=_flow_run_name,
    description="Imitate the rule-based teacher; gives the checkpoint of update 0.",
    timeout_seconds=3 * 3600,
    persist_result=False,
)
def clone(run: RunName = "main") -> str:
    """Returns the id of the new checkpoint, or "" if the run had started already."""
    log = get_run_logger()
    made, epochs = imitate(open_project(run))
    if made is None:
        log.info("run %s has started already: nothing to do", run)
        return ""
    if epochs:
        create_table_artifact(
            [
                {"epoch": e.epoch, "val_acc": e.val_acc, "val_loss": e.val_loss}
                | {f"acc_{kind}": value for kind, value in e.accuracy_by_kind.items()}
                for e in epochs
            ],
            key=f"cloning-{run.lower()}",
            description=f"Cloning of run {run}: {made.games} games, {made.samples} decisions",
        )
    return made.checkpoint_id


if __name__ == "__main__":
    clone()
