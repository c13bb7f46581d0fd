"""Article -> Claims: who said what, by which word, and whether they hold it to be so. spaCy lives here alone.

One natural way through, a module a step: `parsing` (paragraphs, spaCy, quotation marks) -> `cues` (which words
attribute: a table) -> `roles`, `contents`, `objects` (where their source and content stand in the tree) ->
`quotations` and `transcripts` (speech without a cue of its own) -> `acts` (what the source does with the content) ->
`sources`, with `descriptions` and `pronouns` (who that is) -> `propositions` (what comparison needs) -> `assembly`
(drafts become claims). `statements` finds what the outlet says itself. Between the steps travels a `Draft`: an
attribution that still points at tokens.

Rules find, tables know the words: structure comes from spaCy's parse, and the language from `cues.toml`,
`gazetteer.toml` and `countries.json`, which an editor can correct. A trained extractor will join at `roles`.
"""
