"""What a page reads that spans subjects: the cockpit, the drift list, updates, search."""
