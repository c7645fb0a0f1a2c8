"""A PostgreSQL server of its own on this machine, for tests."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

NEEDED = ("initdb", "pg_ctl")


def missing():
    """Why there can be no PostgreSQL server here; "" if there can."""
    absent = [name for name in NEEDED if _command(name) is None]
    if absent:
        return f"no {' and '.join(absent)} on this machine (Debian: apt install postgresql)"
    return "" if os.getuid() or _owner() else "PostgreSQL does not run as root: no user postgres"


def _command(name):
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(newest[-1]) if newest else None)


def _owner():
    """Whom the server must run as: it refuses to be root."""
    if os.getuid():
        return None
    known = Path("/etc/passwd").read_text().splitlines()
    return next((line.split(":")[0] for line in known if line.startswith("postgres:")), None)


def _run(*command):
    subprocess.run(
        command,
        user=_owner(),
        check=True,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        cwd="/",
        timeout=120,
    )


def _free_port():
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def postgres():
    """The connection URL that Prefect understands, of a server that ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if _owner():
        shutil.chown(folder, _owner())
    port, data = _free_port(), folder / "data"
    listening = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
    try:
        _run(_command("initdb"), "-D", data, "-U", "prefect", "-A", "trust", "--no-sync")
        control = (_command("pg_ctl"), "-D", data, "-w", "-t", "60", "-l", folder / "log")
        _run(*control, "-o", listening, "start")
        try:
            yield f"postgresql+asyncpg://prefect@127.0.0.1:{port}/postgres"
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
