"""What made `models/check.json`: the weights that make one stance of an article's evidence."""
