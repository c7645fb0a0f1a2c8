"""Processes of this machine: how they end together, which of them belong to a flow run, their size.

On Linux; elsewhere a process may outlive its parent, and no flow run's process is known.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

STOP_SECONDS: Final = 15.0
FLOW_RUN_VARIABLE: Final = "PREFECT__FLOW_RUN_ID"
_PARENT_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG
_PROC: Final = Path("/proc")


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Let the kernel send this process a signal when its parent dies.

    Asked with SIGTERM, a flow run would first try for minutes to tell a server that is gone.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, number)


def die_with_worker() -> None:
    """End this flow run's process with the worker that started it; at once if it is gone already.

    A worker that dies while its flow run still imports leaves it to another parent, whose death
    would tell nothing.
    """
    die_with_parent()
    if can_see_processes() and b"prefect" not in _command(os.getppid()):
        os.kill(os.getpid(), signal.SIGKILL)


def _command(pid: int) -> bytes:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


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


def can_see_processes() -> bool:
    """Whether this machine lists its processes the way we read them."""
    return (_PROC / "self" / "environ").exists()


def flow_run_processes(url: str) -> dict[str, list[int]]:
    """Process ids by flow run, of the server at this API address, on this machine."""
    found: dict[str, list[int]] = {}
    for entry in _PROC.glob("[0-9]*"):
        environment = _environment(entry)
        flow_run = environment.get(FLOW_RUN_VARIABLE)
        if flow_run and environment.get("PREFECT_API_URL") == url and not _is_dead(entry):
            found.setdefault(flow_run, []).append(int(entry.name))
    return found


def _environment(process: Path) -> dict[str, str]:
    """The environment a process was started with; empty if it is gone or somebody else's."""
    try:
        raw = (process / "environ").read_bytes()
    except OSError:
        return {}
    pairs = (entry.partition("=") for entry in raw.decode(errors="replace").split("\0"))
    return {name: value for name, _, value in pairs}


def _is_dead(process: Path) -> bool:
    """Whether the process has ended and only waits to be reaped."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def resident_megabytes(pid: int) -> float:
    """Memory of a process that lies in RAM; 0 if it is gone."""
    try:
        pages = int((_PROC / str(pid) / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def lock_holders(locks: Iterable[Path]) -> dict[Path, int]:
    """Which process of this machine holds each of the lock files; only those that are held."""
    by_inode = {path.stat().st_ino: path for path in locks}
    holders: dict[Path, int] = {}
    with suppress(OSError):
        for line in (_PROC / "locks").read_text().splitlines():
            fields = line.split()  # 1: FLOCK ADVISORY WRITE <pid> <device>:<inode> 0 EOF
            path = by_inode.get(int(fields[5].rpartition(":")[2])) if len(fields) > 5 else None
            if path is not None and fields[1] == "FLOCK":
                holders[path] = int(fields[4])
    return holders
