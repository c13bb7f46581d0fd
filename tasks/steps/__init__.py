"""What a run does, step by step, free of Prefect: the one place where rooms are joined.

The verbs in `tasks/*.py` wrap these steps as Prefect tasks, the command line calls some of them directly, and the bench
compares the two. A step opens one session and commits once; what travels between steps stands in `batches`.
"""
