"""The game as arrays: what a decision shows, what can be chosen, what it earns.

Importing this package registers the Gymnasium environment `Ascension/Ironclad-v0`.
"""

import gymnasium

gymnasium.register(
    id="Ascension/Ironclad-v0",
    entry_point="ascension.environment.gym:IroncladEnvironment",
)
