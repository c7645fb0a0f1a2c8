"""Recorded games replayed decision by decision, every recorded field compared.

`recordings` reads the files, `recorded_run` and `recorded_combat` say how a game looks in them,
`recorded_actions` translates decisions, `replay` compares one game, `campaign` many.
"""
