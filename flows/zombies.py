"""The automation that puts flow runs without a heartbeat to Crashed, so that they free their slot.

Run as a module: makes the automation once, however often it is called.
"""

from datetime import timedelta
from typing import Final

from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.states import StateType

NAME: Final = "crash-zombies"
SILENCE: Final = timedelta(seconds=90)  # three heartbeats
_ENDS: Final = ("Completed", "Failed", "Cancelled", "Crashed")


def automation() -> Automation:
    """A run that beat once must beat again, or end, within the time."""
    return Automation(
        name=NAME,
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.heartbeat", *(f"prefect.flow-run.{end}" for end in _ENDS)},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=SILENCE,
        ),
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message="no heartbeat")],
    )


def ensure() -> bool:
    """Create the automation if there is none of its name; returns whether it was created."""
    with get_client(sync_client=True) as client:
        if client.read_automations_by_name(NAME):
            return False
    automation().create()
    return True


if __name__ == "__main__":
    ensure()
