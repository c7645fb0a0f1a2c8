"""The evaluate flow: fixed seeds, played greedily by teacher, clone and newest policy."""

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from flows.project import Project, RunName, open_project
from flows.steps import evaluating, report_text, reporting
from flows.steps.evaluating import Evaluated
from storage.errors import CheckpointNotFound, TrainerBusy


def _flow_run_name() -> str:
    reason = str(runtime.flow_run.parameters["reason"]).replace(" ", "-")
    return f"evaluate-{runtime.flow_run.parameters['run']}-{reason}"


@task(
    name="play-fixed-seeds",
    task_run_name="play-{reason}",
    timeout_seconds=2 * 3600,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def play(project: Project, reason: str) -> Evaluated:
    """Play the seeds with every policy that has not played them yet."""
    log = get_run_logger()
    return evaluating.evaluate(
        project, reason, lambda policy, games: log.info("%s: %d games", policy, games)
    )


@task(name="write-report", cache_policy=NO_CACHE, persist_result=False, timeout_seconds=1800)
def write(project: Project) -> None:
    """Refresh database, index and report, and show them as artifacts."""
    reported = reporting.write_report(project)
    if reported is None:
        return
    run = project.run.lower()
    rows = [
        {name: value[0] if isinstance(value, list) else value for name, value in row.items()}
        for row in reported.entry["evaluation"]
    ]
    create_table_artifact(
        rows, key=f"evaluation-{run}", description=report_text.interpretation(reported.entry)
    )
    create_markdown_artifact(
        reported.markdown, key=f"report-{run}", description=f"Report of run {project.run}"
    )


@flow(
    name="evaluate",
    flow_run_name=_flow_run_name,
    description="Play the fixed seeds greedily with teacher, clone and newest policy.",
    timeout_seconds=3 * 3600,
    persist_result=False,
)
def evaluate(run: RunName = "main", reason: str = "by hand", force: bool = False) -> str:
    """Returns the evaluation's name, or "" if none was due (`force` evaluates all the same)."""
    log = get_run_logger()
    project = open_project(run)
    first = evaluating.games_at_last_evaluation(project) is None
    if not (force or first or evaluating.is_due(project)):
        log.info("%d games since the last evaluation: not due", evaluating.games_since(project))
        return ""
    try:
        evaluated = play(project, reason)
    except (CheckpointNotFound, TrainerBusy) as error:
        log.warning("%s", error)
        return ""
    write(project)
    return evaluated.name


if __name__ == "__main__":
    evaluate(force=True)
