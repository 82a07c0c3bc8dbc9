"""Editing in place: what is typed, sent and answered, and the grid of cells that does it."""
