"""The company: its teams and people, what they may do, and the cycles they work in."""
