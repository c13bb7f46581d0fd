"""The flows: what a schedule or a person starts. Flows only; a one-word file name would hide a module of that name."""
