"""Gauges beside key results, and what was decided about them."""
