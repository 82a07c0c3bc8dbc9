"""Reads for pages: a fixed number of statements each, answered with frozen views."""
