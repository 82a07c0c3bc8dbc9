"""Check-ins of teams: what was looked at, what was said, and who was there."""
