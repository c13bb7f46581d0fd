"""A statement against an article: does the outlet say so, does it say the contrary, does it only report it, or neither?

The parts of the article that are nearest to the statement are its evidence: claims as they were extracted, and plain
sentences that no claim covers. Structure and the judge of bare pairs say how each stands to the statement; a small
table of weights over named features (`models/check.json`) makes one stance of it. What it knows of the language stands
in `words.toml`.
"""
