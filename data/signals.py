"""The stored signals: brought up to date by every command, and the replay they must equal."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

NUMBERS = (
    "signal",
    "period",
    "onset",
    "shown_on",
    "favourable",
    "mean",
    "expected",
    "error",
    "z",
    "window",
    "size",
    "sigma",
    "slope",
    "slope_z",
    "history",
)
"""What of a stored signal is shown: the columns of `kpi_signal` but its state."""


def replayed(
    connection: Connection, kpis: Sequence[Any], moment: datetime
) -> Mapping[int, dict[str, Any]]:
    """Give the signals of KPIs as they were known at a moment: two statements."""
    raise NotImplementedError
