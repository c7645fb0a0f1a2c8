"""Is the observation alive and honest, is the reward? Plays games and looks at every column."""
