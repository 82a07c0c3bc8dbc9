"""Editing in place: what is typed, sent and answered, and the table that does it."""
