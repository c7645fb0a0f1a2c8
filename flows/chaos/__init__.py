"""Killing the deployed loop at random moments, and proving that nothing came of it."""
