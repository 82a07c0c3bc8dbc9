"""What has a name, and where it stands."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Found:
    """A thing found by its name, and the cockpit on which it stands."""

    kind: Literal["KPI", "team", "objective", "key result"]
    id: int
    name: str
    team: str
    cycle: str | None
