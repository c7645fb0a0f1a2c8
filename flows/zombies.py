"""Flow runs whose process is gone: found, put to Crashed, so that they free their slot.

Two ways, because each misses some. An automation of the server watches the heartbeats of all
machines. Whoever starts a worker (`ascension up`) looks at the processes of its own machine, which
takes seconds instead of minutes.

Run as a module: makes the automation once, however often it is called.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from flows.processes import can_see_processes, flow_run_processes
from flows.server import Server, api_url

NAME: Final = "crash-zombies"
SILENCE_SECONDS: Final = 90  # three heartbeats
GRACE_SECONDS: Final = 15.0  # between a flow run's state and its process
MESSAGE: Final = "its process is gone"
_BEAT: Final = "prefect.flow-run.heartbeat"
_STARTS: Final = ("prefect.flow-run.Pending", "prefect.flow-run.Running", _BEAT)
_ENDS: Final = ("Completed", "Failed", "Cancelled", "Crashed", "Scheduled", "AwaitingRetry")


def automation() -> dict[str, Any]:
    """A run that was taken by a worker must start, beat, or end within the time."""
    signs = ["prefect.flow-run.Running", _BEAT, *(f"prefect.flow-run.{end}" for end in _ENDS)]
    return {
        "name": NAME,
        "description": "Flow runs whose process and worker were killed",
        "trigger": {
            "type": "event",
            "posture": "Proactive",
            "match": {"prefect.resource.id": ["prefect.flow-run.*"]},
            "for_each": ["prefect.resource.id"],
            "after": list(_STARTS),
            "expect": signs,
            "threshold": 1,
            "within": SILENCE_SECONDS,
        },
        "actions": [
            {"type": "change-flow-run-state", "state": "CRASHED", "message": "no heartbeat"}
        ],
    }


def ensure(server: Server) -> bool:
    """Create the automation if there is none of its name; returns whether it was created."""
    wanted = {"automations": {"name": {"any_": [NAME]}}}
    found = server.ask("POST", "/automations/filter", wanted)
    if not found:
        server.ask("POST", "/automations/", automation())
        return True
    if set(found[0]["trigger"]["after"]) != set(_STARTS):  # made by an older version
        server.ask("PUT", f"/automations/{found[0]['id']}", automation())
    return False


def zombies(server: Server) -> list[dict[str, Any]]:
    """Unfinished flow runs whose worker ran on this machine and whose process is not there."""
    return without_process(server.unfinished_runs(), flow_run_processes(server.url))


def without_process(
    flow_runs: Iterable[dict[str, Any]], alive: Iterable[str]
) -> list[dict[str, Any]]:
    """Those of the flow runs that should have a process by now and have none."""
    known, now = set(alive), datetime.now(UTC)
    return [
        flow_run
        for flow_run in flow_runs
        if flow_run["id"] not in known and _age(flow_run, now) > GRACE_SECONDS
    ]


def _age(flow_run: dict[str, Any], now: datetime) -> float:
    """Seconds since the flow run came into its state."""
    since = (flow_run.get("state") or {}).get("timestamp")
    return (now - datetime.fromisoformat(since)).total_seconds() if since else 0.0


def bury(server: Server) -> int:
    """Put this machine's zombies to Crashed; returns how many. All workers must be local ones."""
    if not can_see_processes():
        return 0
    found = zombies(server)
    for flow_run in found:
        server.end_run(flow_run["id"], "CRASHED", MESSAGE)
    return len(found)


if __name__ == "__main__":
    ensure(Server(api_url()))
