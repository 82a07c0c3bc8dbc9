"""Names that lead to what they name: a KPI's page, or the cockpit of a team in a cycle."""

from collections.abc import Mapping
from typing import Any

from data.names.views import Found


def target(found: Found) -> str:
    """Say what a click on something found asks for."""
    return "kpi" if found.kind == "KPI" else found.kind


def lead(target: str, key: int, text: str, place: tuple[str, str] = ("", "")) -> Mapping[str, Any]:
    """Give the link to a thing; a KPI has a page of its own, the others a team and a cycle."""
    team, cycle = place
    return {"target": target, "id": key, "text": text, "team": team, "cycle": cycle}


def lead_to(found: Found, text: str) -> Mapping[str, Any]:
    """Give the link to something found, under what it is called here."""
    return lead(target(found), found.id, text, (found.team, found.cycle or ""))
