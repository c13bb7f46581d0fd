"""Pairs of claims that a person has read: how they were drawn, how they were labelled, how the comparison does on them.

Labels point at articles by offsets and hold no text: the articles belong to their corpora and are not kept here.
"""
