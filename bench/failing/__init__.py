"""What a run does when something fails, tried with real processes: a server, a worker, a database, and who kills them.

`trouble/` is a folder that the processes get on their path, so that they can be stopped at a point that is known; `house`
starts and ends them; `scenarios` says what is done in each case; `table` what came of it beside an undisturbed run.
"""
