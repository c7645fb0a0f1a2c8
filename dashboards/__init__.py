"""The dashboard: a static site over the views of the stats database.

`pages_*` say what each page shows, `charts*` turn rows into Vega-Lite specifications, `replays`
play evaluated games again, `site` writes the files. Nothing here writes to the database.
"""
