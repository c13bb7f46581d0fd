"""Findings -> views -> HTML, exports and summaries: what people see of a run.

Every decision is made in the views, so that the templates only print. Every quote is read from the stored text by its
offsets, and the finished page is read back and compared with that text before it is written: a report whose words are
not in an article is not built.
"""
