"""What the search found."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Found:
    """Something the search found, and the cockpit on which it stands."""

    kind: Literal["KPI", "team", "objective", "key result"]
    id: int
    name: str
    team: str
    cycle: str | None
