"""How well attributions are found, beside textacy: `python -m bench.attribution DATA.jsonl...`.

The way through: `data` (marked articles) -> `systems` (what each system finds in them, and its time) -> `matching` (the
definition of right) -> `tables`, `reliability`, `mistakes` (what is printed of it). `grammar` says what kind of cue
and source an attribution has, the same way for all systems and for the marks. `memory` is a measurement of its own.
"""
