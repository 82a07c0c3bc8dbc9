"""What a page reads of objectives and key results, in a fixed number of statements."""
