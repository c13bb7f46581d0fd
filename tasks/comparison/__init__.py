"""What the sources' claims make of one another: candidates, relations with reasons, findings, origins.

Structure comes before any model: acts, positions, parties, concepts, numbers and times decide what they can, and a
pair that they cannot decide is `unsure` or left out. Everything here works on finished claims, so the room needs no
article text and no parser; what it knows of the language stands in `lexicon.toml`.
"""
