"""Pairs made for the news judge: one sentence, and what a small edit makes of it.

A sentence is taken apart into a `Clause` (subject, verb group, rest) and put together again in another tense, negated,
as a question or inside a shell such as "police deny that". So one small grammar serves sentences of articles, headlines
and the invented ones of `frames.toml`. Every kind yields bundles: the pairs of a bundle share their texts and differ in
their labels, so that neither text alone gives a label away.
"""
