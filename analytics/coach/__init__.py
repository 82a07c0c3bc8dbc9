"""The coach: quiet remarks beside the rows of a draft, each with its reason, never a block."""
