"""Names and tags of flow runs: which flow, for which training run, and why it was started."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from prefect import get_client, runtime, tags
from pydantic import Field

from flows.processes import die_with_worker
from flows.showing import best_effort

Reason = Annotated[
    str, Field(max_length=200, description="Why it runs: becomes part of the flow run's name")
]


def flow_run_name() -> str:
    """For example `train-main-8-rollouts-wait`; the name of a flow run from its parameters."""
    parameters = runtime.flow_run.parameters
    parts = [runtime.flow_run.flow_name, parameters.get("run"), parameters.get("reason")]
    return "-".join(re.sub(r"[^A-Za-z0-9_]+", "-", str(part)) for part in parts if part)


@contextmanager
def labels(run: str) -> Iterator[None]:
    """Tag the flow run, and the tasks of the block, with the training run's name.

    A deployed flow run also dies with its worker: nobody else would know that it still works.
    """
    own = runtime.flow_run
    if runtime.deployment.id:
        die_with_worker()
    if own.id:
        with best_effort("the tag"), get_client(sync_client=True) as client:
            client.update_flow_run(own.id, tags=sorted({*own.tags, run}))
    with tags(run):
        yield
