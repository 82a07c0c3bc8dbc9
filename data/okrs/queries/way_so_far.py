"""The values that were said of one key result until a day: one statement."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from data.okrs.queries.objectives import CHECK_INS, last_of_each_day


def way_so_far(
    connection: Connection, key_result_id: int, at: Mapping[str, Any]
) -> tuple[tuple[date, float], ...]:
    """Give the days and values of its check-ins that stand, oldest first; `at` a day and moment."""
    said = connection.execute(CHECK_INS, {"key_results": [key_result_id], **at})
    stand = last_of_each_day(said)
    return tuple((each.date, each.value) for each in stand if each.value is not None)
