"""What was done: read from the log, and taken back."""
