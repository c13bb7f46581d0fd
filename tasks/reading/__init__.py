"""From bytes to articles: find what may hold an article, fetch it, take out its text, and say why where that fails.

Web pages carry menus, counters and other people's headlines, and text saved from them carries the rest of it. A
claim made from such a line would be nobody's, so this room keeps what reads like prose, marks headings, and drops
the rest where a reader can still see it. What a page says about itself (title, date, outlet) is taken with the name
of the place it came from. Article text is strangers' text: it is bounded in size, never executed, and an address in
it is never followed without the checks of `download.py`.

`inputs.py` finds inputs; `read.py` turns one into an `Article`; the other modules each know one kind of thing.
"""
