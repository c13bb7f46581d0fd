"""The verbs: Prefect tasks of about ten lines, and the rooms that they call."""
