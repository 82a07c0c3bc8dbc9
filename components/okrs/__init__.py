"""Objectives and key results: the table, the tree, the coach."""
