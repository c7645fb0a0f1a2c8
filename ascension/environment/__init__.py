"""The game as arrays: what a decision shows, what can be chosen, what it earns."""
