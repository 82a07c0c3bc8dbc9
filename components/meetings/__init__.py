"""The elements of a check-in, and their words."""
