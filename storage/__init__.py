"""Where everything is kept: rollouts, checkpoints, fact tables, the stats database, the index.

Knows the records of `ascension.records`, never torch. `Store` names the places; each module
below it has one kind of thing. Facts are files, the database is derived from them.
"""

from storage.errors import StorageError
from storage.store import Store

__all__ = ["StorageError", "Store"]
