"""What measures us: `python -m bench` prints the time of each stage against raw spaCy on the same articles."""
