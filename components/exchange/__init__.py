"""What comes in by a file, before it does."""
