"""What a check found: of observations here, of files and servers in `flows.diagnosis`."""

from typing import NamedTuple


class Finding(NamedTuple):
    """One check: its name, whether all is well, what was found and what to do."""

    check: str
    ok: bool
    found: str
    advice: str = ""
