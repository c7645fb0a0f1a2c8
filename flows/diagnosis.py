"""What is wrong with a data folder or with Prefect, and what to do about it: for `doctor`."""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ascension.health.finding import Finding
from flows.processes import can_see_processes, lock_holders
from flows.server import FLOWS, POOL, NotFound, Server, ServerError, api_url, given_url, is_healthy
from flows.zombies import NAME, bury, zombies
from storage import Store
from storage.files import STALE_TEMPORARY_SECONDS, TEMPORARY, sweep_temporary

LOOPBACK_HOSTS: Final = ("", "127.0.0.1", "localhost", "::1")
WORKER_SILENCE_SECONDS: Final = 90.0
SERVER_CHECK: Final = "prefect server"


def storage_findings(store: Store) -> Iterator[Finding]:
    """Temporary files, locks and refused rollouts of a data folder."""
    yield _temporary(store)
    yield _locks(store)
    yield from _quarantine(store)


def _temporary(store: Store) -> Finding:
    entries = list(store.root.rglob(f"{TEMPORARY}*")) if store.root.exists() else []
    limit = time.time() - STALE_TEMPORARY_SECONDS
    old = [entry for entry in entries if _modified(entry) < limit]
    if not old:
        return Finding("temporary files", True, f"{len(entries)} in use")
    return Finding(
        "temporary files",
        False,
        f"{len(old)} left by killed processes, for example {old[0]}",
        "`ascension doctor --repair` removes them; so does every report",
    )


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _locks(store: Store) -> Finding:
    """Held locks have a living holder: the kernel frees those of the dead."""
    holders = lock_holders((store.root / "locks").glob("*.lock"))
    if not holders:
        return Finding("locks", True, "none is held")
    shown = ", ".join(f"{path.stem} by process {pid}" for path, pid in sorted(holders.items()))
    return Finding("locks", True, shown, "a process that hangs can be killed: nothing is lost")


def _quarantine(store: Store) -> Iterator[Finding]:
    reasons = [_reason(path) for path in store.quarantine.rglob("*.reason.json")]
    if not reasons:
        yield Finding("quarantine", True, "empty")
        return
    kinds = Counter(reason.split(":")[0].split(" version ")[0] for reason in reasons)
    shown = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    yield Finding("quarantine", True, f"{len(reasons)} files: {shown}", "reasons are beside them")
    other = next((reason for reason in reasons if " version " in reason), "")
    if other:
        advice = "a worker runs another version of this program: update and restart it"
        yield Finding("workers' versions", False, other, advice)


def _reason(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["reason"])
    except (OSError, ValueError, KeyError):
        return "reason unreadable"


def server_findings() -> Iterator[Finding]:
    """The Prefect server, what is deployed on it, and flow runs without a process."""
    yield _address()
    url = api_url()
    if not is_healthy(url):
        yield _no_server(url)
        return
    yield Finding(SERVER_CHECK, True, url)
    server = Server(url)
    try:
        yield from _deployments(server)
        yield _workers(server)
        yield _zombies(server)
        yield _automation(server)
    except ServerError as error:
        yield Finding(SERVER_CHECK, False, str(error), "read its log; restart it")


def _address() -> Finding:
    host = os.environ.get("PREFECT_SERVER_API_HOST", "")
    is_safe = host in LOOPBACK_HOSTS or bool(os.environ.get("PREFECT_SERVER_API_AUTH_STRING"))
    return Finding(
        "server address",
        is_safe,
        host or "loopback",
        ""
        if is_safe
        else "whoever reaches the server runs code: set PREFECT_SERVER_API_AUTH_STRING",
    )


def _no_server(url: str) -> Finding:
    if given_url() is None:
        return Finding(SERVER_CHECK, True, f"none at {url}: `ascension up` starts one")
    advice = "start it, or unset PREFECT_API_URL to let `ascension up` start one"
    return Finding(SERVER_CHECK, False, f"no answer from {url}", advice)


def _deployments(server: Server) -> Iterator[Finding]:
    missing = [name for name in FLOWS if not _is_deployed(server, name)]
    advice = "prefect --no-prompt deploy --all" if missing else ""
    shown = f"missing: {', '.join(missing)}" if missing else f"all {len(FLOWS)}"
    yield Finding("deployments", not missing, shown, advice)


def _is_deployed(server: Server, name: str) -> bool:
    try:
        server.deployment(name)
    except NotFound:
        return False
    return True


def _workers(server: Server) -> Finding:
    try:
        found = server.ask("POST", f"/work_pools/{POOL}/workers/filter", {})
    except NotFound:
        return Finding("workers", False, f"no pool {POOL}", f"prefect work-pool create {POOL}")
    online = [worker["name"] for worker in found if worker.get("status") == "ONLINE"]
    if online:
        return Finding("workers", True, f"{len(online)} online")
    return Finding("workers", False, "none online", f"prefect worker start --pool {POOL}")


def _zombies(server: Server) -> Finding:
    if not can_see_processes():
        return Finding("zombies", True, "cannot look at processes here; the automation does")
    found = zombies(server)
    names = ", ".join(flow_run["name"] for flow_run in found)
    advice = "the automation ends them after 90 s, `ascension doctor --repair` now"
    return Finding("zombies", not found, names or "none", advice if found else "")


def _automation(server: Server) -> Finding:
    wanted = {"automations": {"name": {"any_": [NAME]}}}
    is_there = bool(server.ask("POST", "/automations/filter", wanted))
    advice = "" if is_there else "python -m flows.zombies"
    return Finding("zombie automation", is_there, NAME if is_there else "missing", advice)


def repair(store: Store) -> list[str]:
    """Sweep old temporary files and end zombies of this machine; what was done, in words."""
    done = [f"removed {sweep_temporary(store.root)} temporary files"]
    url = api_url()
    if is_healthy(url):
        done.append(f"ended {bury(Server(url))} flow runs without a process")
    return done
