"""What a run does when something fails, tried with real processes: a server, a worker, a database, and who kills them.

`trouble/` is a folder that the processes get on their path, so that they stop at a known point; `house` starts
and ends them; `killed`, `alone`, `lost` and `served` hold the cases; `table` says what came of each.
"""
