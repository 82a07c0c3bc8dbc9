"""Reading keys from a URL, which anybody may have typed."""

# As many digits as every database can look up.
LONGEST_KEY = 18


def key_from(text: str) -> int | None:
    """Give the key that a text spells, None where it spells none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else None
