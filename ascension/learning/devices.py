"""Where the network computes: the device of a setting, and what happens when it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from ascension.learning.errors import DeviceError


def present_devices() -> tuple[str, ...]:
    """The kinds of device of this machine: the CPU, and a GPU if torch can use one."""
    return ("cpu", "cuda") if torch.cuda.is_available() else ("cpu",)


def choose_device(name: str) -> torch.device:
    """The device of a setting: `auto` takes a GPU if there is one. DeviceError if it is missing."""
    if name == "auto":
        name = present_devices()[-1]
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise DeviceError(f"{name!r} is no device: choose auto, cpu or cuda") from error
    if device.type == "cuda" and not _is_present(device):
        raise DeviceError(
            f"there is no device {name!r} that torch can use: choose cpu, or auto for whatever "
            "there is"
        )
    return device


def _is_present(device: torch.device) -> bool:
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    return (device.index or 0) < count


@contextmanager
def watched(device: torch.device) -> Iterator[None]:
    """Turn the driver's errors inside the block into one DeviceError that says what to do.

    A lost device takes its tensors with it, so the caller's network is gone: load a checkpoint.
    """
    try:
        yield
    except (torch.AcceleratorError, torch.OutOfMemoryError) as error:
        reason = str(error).splitlines()[0]
        raise DeviceError(
            f"device {device} failed ({reason}): nothing since the last checkpoint is kept; run "
            "again, with device cpu if it happens again"
        ) from error
