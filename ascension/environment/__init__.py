"""The game as arrays: what a decision shows, what can be chosen, what it earns.

Importing this package registers the Gymnasium environment `Ascension/Ironclad-v0`.
"""

from importlib import import_module

# Imported by name: compiling the encoder need not read Gymnasium's and numpy's types.
import_module("gymnasium").register(
    id="Ascension/Ironclad-v0",
    entry_point="ascension.environment.gym:IroncladEnvironment",
)
