"""Beginning with one's own company, and what is still to be done after it."""
