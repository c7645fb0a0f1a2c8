"""The loop: collect, clone, train, evaluate, report; as Prefect deployments or in one process.

`steps/` holds the work and knows nothing of Prefect; the modules beside it wrap each step in a
flow; `local.py` runs the same steps in one plain process.
"""
