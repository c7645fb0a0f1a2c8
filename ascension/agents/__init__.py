"""Policies: who decides, given what a player sees."""
