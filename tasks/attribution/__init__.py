"""Article -> Claims: who said what, by which word, and whether they hold it to be so. spaCy lives here alone.

One natural way through, a module a step: `parsing` (paragraphs, spaCy, quotation marks) -> `cues` (which words
attribute: a table) -> `roles`, `contents`, `objects`, with `coordination` and `bounds` (where their source and content
stand in the tree, whose the second of two joined verbs is, where a content must end) -> `tagger`
(the trained extractor, which reads the tree and what the rules found) -> `joining` (one list of both) -> `chains`,
`quotations`, `transcripts` with `labels` (the way a claim came, speech without a cue of its own) -> `acts`, with
`meanings` and `polarity` (what the source does with the content) -> `sources` (who that is) -> `propositions` and
`wording` (what comparison needs, and a sentence that stands alone) -> `assembly` (drafts become claims). `statements`
finds what the outlet says itself. Between the steps travels a `Draft`: an attribution that still points at tokens.

Who is in an article is known before any source is linked: `cast` gathers `people` from their `mentions`, `names` and
`offices`. `sources` then asks one small module for each way of naming somebody: `descriptions` and `nominals` ("a
spokesman for the bank"), `anaphors` ("the minister"), `pronouns`, `counted` ("the two officials"), `openers` ("A former
trader ...", named a sentence later). `standins` puts names where a statement has pronouns.

Why two finders: the network knows better where a content begins and ends; the rules know what kind of thing it is, what
sits inside a content, and the denials that training data is short of. `idle` takes out what only tells a deed ("asked
for the bill"), whoever found it; `leads`, `colons` and `addressed` read what stands around the label of a speaker.

The words are in `cues.toml`, `idle.toml` with `things.json`, `labels.toml`, `gazetteer.toml`, `first_names.toml`,
`statements.toml` and `tasks/model/countries.json`, which an editor can correct without training.
"""
