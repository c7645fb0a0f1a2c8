"""Which failures of a task pass by themselves: a full disk, a locked file, a lost connection.

Everything else is an error of ours or of the input, and repeating it would only hide it.
"""

from typing import TYPE_CHECKING, Any, Final

from storage.errors import DatabaseLocked, DiskFull, Unreachable

if TYPE_CHECKING:
    from prefect import Task
    from prefect.client.schemas.objects import State, TaskRun

PASSING: Final = (DiskFull, DatabaseLocked, Unreachable, ConnectionError, TimeoutError)


def passes_by_itself(task: "Task[..., Any]", task_run: "TaskRun", state: "State[Any]") -> bool:
    """Whether the task failed by an error of input or output that a later try may not meet."""
    return isinstance(state.result(raise_on_failure=False), PASSING)


IO_RETRIES: Final[dict[str, Any]] = {
    "retries": 3,
    "retry_delay_seconds": [5, 20, 60],
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": passes_by_itself,
}
