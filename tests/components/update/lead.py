"""Where a name on the list of one's own leads."""

from typing import Any


def led(lead: dict[str, Any]) -> tuple[str, int, str]:
    """Give what a link says that it leads to, and its words."""
    return lead["target"], lead["id"], lead["text"]
