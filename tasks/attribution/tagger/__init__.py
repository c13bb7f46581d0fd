"""The trained extractor: a small network over spaCy's tree that finds cue, source and content of each attribution."""
