"""Processes that must not outlive the one that started them (on Linux; elsewhere they may)."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Final

STOP_SECONDS: Final = 15.0
_PARENT_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Let the kernel send this process a signal when its parent dies.

    Asked with SIGTERM, a flow run would first try for minutes to tell a server that is gone.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, number)


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """SIGTERM to a process and its group, SIGKILL after a while to what is left."""
    _signal_group(process, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    _signal_group(process, signal.SIGKILL)
    process.wait()


def _signal_group(process: "subprocess.Popen[bytes]", number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
