"""The automation that puts flow runs without a heartbeat to Crashed, so that they free their slot.

Run as a module: makes the automation once, however often it is called.
"""

from typing import Any, Final

from flows.server import Server, api_url

NAME: Final = "crash-zombies"
SILENCE_SECONDS: Final = 90  # three heartbeats
_BEAT: Final = "prefect.flow-run.heartbeat"
_ENDS: Final = ("Completed", "Failed", "Cancelled", "Crashed")


def automation() -> dict[str, Any]:
    """A run that beat once must beat again, or end, within the time."""
    return {
        "name": NAME,
        "description": "Flow runs whose process and worker were killed",
        "trigger": {
            "type": "event",
            "posture": "Proactive",
            "match": {"prefect.resource.id": ["prefect.flow-run.*"]},
            "for_each": ["prefect.resource.id"],
            "after": [_BEAT],
            "expect": [_BEAT, *(f"prefect.flow-run.{end}" for end in _ENDS)],
            "threshold": 1,
            "within": SILENCE_SECONDS,
        },
        "actions": [
            {"type": "change-flow-run-state", "state": "CRASHED", "message": "no heartbeat"}
        ],
    }


def ensure(server: Server) -> bool:
    """Create the automation if there is none of its name; returns whether it was created."""
    if server.ask("POST", "/automations/filter", {"automations": {"name": {"any_": [NAME]}}}):
        return False
    server.ask("POST", "/automations/", automation())
    return True


if __name__ == "__main__":
    ensure(Server(api_url()))
