"""What trains the judge of two texts: the mix of pairs, the model, the run, the export and the figures."""
