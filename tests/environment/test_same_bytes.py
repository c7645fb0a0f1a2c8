"""The encoding of fixed games, byte for byte: a quicker encoder writes what the slow one wrote."""

import hashlib

import numpy as np
import pytest

from ascension.environment.batch import DecisionBatch
from ascension.environment.batched import BatchedEnvironment

# Ascension, acts, reward; the digests of arrays and rewards. They change with the rules and with
# the layout, and only with them: `python -m tests.environment.test_same_bytes` prints the new ones.
GAMES = [(0, 3, "default"), (20, 4, "original")]
DIGESTS = ["9c9e842ad6ea1d6cac59c976a1c2236a", "f826174bbd1b845fe2fc860be6a2a7aa"]
ARRAYS = (
    *("state_indices", "state_values", "state_offsets", "option_indices", "option_values"),
    *("option_offsets", "decision_offsets", "kinds"),
)


def _add(digest: "hashlib._Hash", batch: DecisionBatch) -> None:
    for name in ARRAYS:
        digest.update(getattr(batch, name).tobytes())


def played(ascension: int, acts: int, reward: str) -> str:
    """A digest of all that is observed and earned in twelve games of random choices."""
    games = BatchedEnvironment(4, range(1000, 1012), ascension, acts, reward)
    generator = np.random.default_rng(5)
    digest = hashlib.blake2b(digest_size=16)
    while not games.is_finished:
        batch = games.observe()
        _add(digest, batch)
        choices = (generator.random(len(batch)) * batch.option_counts()).astype(np.int64)
        digest.update(games.step(choices).rewards_by_term.tobytes())
    return digest.hexdigest()


@pytest.mark.parametrize(("settings", "expected"), zip(GAMES, DIGESTS, strict=True))
def test_fixed_games_are_encoded_as_before(settings: tuple[int, int, str], expected: str) -> None:
    assert played(*settings) == expected


if __name__ == "__main__":
    print([played(*settings) for settings in GAMES])
