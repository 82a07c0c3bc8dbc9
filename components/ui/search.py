"""What a search found: as it is shown, and found again where somebody picks it."""

from collections.abc import Callable, Sequence
from typing import Any

from components.ui import leads, words
from data.names.views import Found


def chosen(sent: object, find: Callable[[str], Sequence[Found]]) -> Found | None:
    """Find again what somebody picked; None where it makes no sense or is gone."""
    if not isinstance(sent, dict) or not isinstance(sent.get("query"), str):
        return None
    meant = (sent.get("target"), sent.get("id"))
    return next(
        (item for item in find(sent["query"]) if (leads.target(item), item.id) == meant), None
    )


def row(item: Found) -> dict[str, Any]:
    """Give what is shown of something found: its kind, its name and where it stands."""
    where = words.dotted(item.team, item.cycle or "")
    return {
        "target": leads.target(item),
        "id": item.id,
        "kind": item.kind,
        "name": item.name,
        "where": "" if item.kind == "team" else where,
    }
