"""What people change of a key result where they look at it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CheckInEdit:
    """What a person typed into a key result, and the data's version they saw."""

    key_result_id: int
    date: date
    typed: str
    confidence: str
    note: str
    base_version: int
    confirmed: bool = False
