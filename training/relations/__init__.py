"""Pairs of claims that were read one by one: how they were drawn and labelled, how the comparison does.

Labels point at articles by offsets and hold no text: the articles belong to their corpora and are not kept here.
"""
