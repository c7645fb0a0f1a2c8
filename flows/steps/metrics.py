"""Update records as a checkpoint's metrics: JSON values only. No torch: for whoever looks on."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from ascension.records import Update
from flows.project import Project
from storage import checkpoints


def update_to_json(update: Update) -> dict[str, object]:
    """The record with times as text and tuples as lists."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(update).items()
    }


def update_from_json(content: Mapping[str, object]) -> Update:
    """The record that a checkpoint's metrics hold."""
    values = dict(content)
    for name in ("batch_model_updates", "batch_checkpoint_ids"):
        values[name] = tuple(values[name])  # type: ignore[arg-type]
    values["timestamp"] = datetime.fromisoformat(str(values["timestamp"]))
    return Update(**values)  # type: ignore[arg-type]


def read_update(project: Project, number: int) -> Update:
    """The record of a committed update."""
    metrics = checkpoints.read_metadata(project.store, project.run, number)["metrics"]
    assert isinstance(metrics, dict)
    return update_from_json(metrics)
