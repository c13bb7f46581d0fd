"""The command line's own room: what each command does, how it prints, and how it starts a flow.

A door beside the flows: it may use every room and Prefect, and nothing else may use it but `rashomon.py`, the tests and
the bench. `prefect_settings` gives Prefect the settings of this project's pyproject.toml wherever a command is started.
"""
