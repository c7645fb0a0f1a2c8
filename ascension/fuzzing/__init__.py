"""Long random campaigns: whole games at random, with everything checked that must always hold.

A game of a campaign is a function of its start, so every failure can be played again.
"""
