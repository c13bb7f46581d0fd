"""What keeps the flows running on a machine: the server, the served flows, the report folder, alerts.

This room and `console` are the two beside the verbs that may speak to Prefect; nothing here reads or compares articles.
"""
