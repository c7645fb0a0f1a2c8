"""Recordings that are known to break a rule of the specification: the rule is kept.

Each case stands with its evidence in docs/conformance.md. None is known.
"""

from dataclasses import dataclass
from typing import Final

from ascension.conformance.replay import Divergence


@dataclass(frozen=True, slots=True)
class Known:
    """A divergence in which the recording is wrong."""

    seed: str
    decision: int
    field: str
    rule: str  # what the recording breaks, with file and section

    def explains(self, divergence: Divergence) -> bool:
        """Whether this is the divergence."""
        found = (divergence.seed, divergence.decision, divergence.field)
        return found == (self.seed, self.decision, self.field)


KNOWN: Final[tuple[Known, ...]] = ()


def known_rule(divergence: Divergence) -> str | None:
    """The rule that the recording is known to break there; None for a real divergence."""
    for known in KNOWN:
        if known.explains(divergence):
            return known.rule
    return None
