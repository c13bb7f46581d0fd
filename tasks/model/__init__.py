"""What things are: frozen types from the standard library alone, so that every room can use them.

Each type has one import name (`from tasks.model.claim import Claim`), checks itself when it is made, and knows
nothing of spaCy, databases or templates.
"""
