"""`prefect server start` on SQLite, without its minute-long standstills.

A garbage collection in the server's event loop may reset the cursor of a connection that waits for
SQLite's write lock in its own thread. Then the event loop waits for that connection, and with it
the holder of the lock: nothing moves until SQLite gives up, with Prefect 3.8 after 60 seconds.
Here it gives up after two, which callers take for "busy, try again", and collections are rarer.
On PostgreSQL nothing of this happens. Goes when Prefect lets SQLite's patience be set.

    python -m flows.prefect_server --host 127.0.0.1 --port 4200
"""

import gc
import sys
from typing import Any, Final

BUSY_MILLISECONDS: Final = 2000
YOUNG_OBJECTS: Final = 20_000  # Python's default is 700


def shorten_patience() -> None:
    """Let connections to SQLite wait two seconds for its lock."""
    from prefect.server.database.configurations import AioSqliteConfiguration

    set_up = AioSqliteConfiguration.setup_sqlite

    def setup_sqlite(self: AioSqliteConfiguration, connection: Any, record: Any) -> None:
        set_up(self, connection, record)
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS};")
        cursor.close()

    AioSqliteConfiguration.setup_sqlite = setup_sqlite  # type: ignore[method-assign, assignment]


def main() -> None:
    """Start the server in this process, with the given options of `prefect server start`."""
    from prefect.cli import app

    gc.set_threshold(YOUNG_OBJECTS, 10, 10)
    shorten_patience()
    sys.argv = ["prefect", "server", "start", *sys.argv[1:]]
    app()


if __name__ == "__main__":
    main()
