"""What keeps the flows running on a machine: the server, the served flows, the report folder, alerts.

This room and `console` are the two beside the verbs that may speak to Prefect; nothing in here reads or compares
articles. `serve.py` is the whole of `rashomon serve`; it starts children (`child.py`, by way of `hearing.py`), watches
over them (`keeping.py`), and serves the reports itself (`reports.py`). `runner.py` is the child that runs the flows;
`deployments.py` reads prefect.yaml for it.
"""
