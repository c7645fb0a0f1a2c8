"""The report flow: stats database, experiment index and Markdown report, from what is stored."""

from prefect import flow, get_run_logger, runtime

from flows.evaluate import write
from flows.project import RunName, open_project


def _flow_run_name() -> str:
    return f"report-{runtime.flow_run.parameters['run']}"


@flow(
    name="report",
    flow_run_name=_flow_run_name,
    description="Refresh the stats database, the experiment index and the Markdown report.",
    timeout_seconds=1800,
    persist_result=False,
)
def report(run: RunName = "main") -> None:
    """Running it at any time is harmless."""
    project = open_project(run)
    write(project)
    get_run_logger().info("stats database: %s", project.store.database)


if __name__ == "__main__":
    report()
