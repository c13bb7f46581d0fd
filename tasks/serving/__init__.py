"""What keeps the flows running on a machine: the server, the served flows, the report folder, alerts, each watched over.

This room and `console` are the two beside the verbs that may speak to Prefect; nothing in here reads or compares articles.
"""
