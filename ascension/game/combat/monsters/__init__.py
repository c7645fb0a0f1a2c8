"""The monsters: how each one chooses its moves and what the moves do (monsters.md)."""
