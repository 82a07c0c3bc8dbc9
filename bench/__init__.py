"""Benchmarks: what a screen costs, as a ratio to what it is measured against."""
