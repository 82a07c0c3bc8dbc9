"""The sample company's file: filled once, filled anew for a later day while nobody changed it."""
