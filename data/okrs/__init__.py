"""Objectives and key results: drafted, checked in, closed, and how far they are."""
