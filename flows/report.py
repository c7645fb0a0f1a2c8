"""The report flow: stats database, index, Markdown report and dashboard, from what is stored."""

from prefect import flow, get_run_logger, task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)
from prefect.cache_policies import NO_CACHE

from flows.names import flow_run_name, labels
from flows.project import Project, RunName, open_project
from flows.retrying import IO_RETRIES
from flows.showing import best_effort
from flows.steps import report_text
from storage.files import sweep_temporary


@task(
    name="write-report",
    cache_policy=NO_CACHE,
    persist_result=False,
    timeout_seconds=1800,
    **IO_RETRIES,
)
def write(project: Project) -> None:
    """Refresh database, index and report, and show them as artifacts."""
    from flows.steps import reporting

    reported = reporting.write_report(project)
    if reported is None:
        return
    rows = [
        {name: value[0] if isinstance(value, list) else value for name, value in row.items()}
        for row in reported.entry["evaluation"]
    ]
    with best_effort("the evaluation"):
        create_table_artifact(
            rows,
            key=f"evaluation-{project.key}",
            description=report_text.interpretation(reported.entry),
        )
    with best_effort("the report"):
        create_markdown_artifact(
            reported.markdown,
            key=f"report-{project.key}",
            description=f"Report of run {project.run}",
        )


@task(
    name="build-site",
    cache_policy=NO_CACHE,
    persist_result=False,
    timeout_seconds=1800,
    **IO_RETRIES,
)
def publish(project: Project) -> None:
    """Write the dashboard's pages and link them as an artifact."""
    from flows.steps import reporting

    built = reporting.write_site(project)
    for problem in built.problems:
        get_run_logger().warning("not replayed: %s", problem)
    with best_effort("the dashboard"):
        create_link_artifact(
            built.index.absolute().as_uri(),
            link_text=f"Dashboard of run {project.run}",
            key=f"dashboard-{project.key}",
            description=built.headline,
        )


@flow(
    name="report",
    flow_run_name=flow_run_name,
    description="Refresh stats database, experiment index, report and dashboard.",
    timeout_seconds=1800,
    persist_result=False,
)
def report(run: RunName = "main") -> None:
    """Running it at any time is harmless.

    Args:
        run: Name of the training run: its folder, its rows, its settings.
    """
    project = open_project(run)
    sweep_temporary(project.store.root)
    with labels(run):
        write(project)
        publish(project)
    get_run_logger().info("stats database: %s", project.store.database)


if __name__ == "__main__":
    report()
