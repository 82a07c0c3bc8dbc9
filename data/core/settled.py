"""What commands look up again and again, and few of them change: read anew only after one did.

Who waits for a turn to write waits for each statement of whoever has it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Executable

from data.core.remembered import Recent

MOST = 2_000

_read: Recent[tuple[Engine, Executable, Any], tuple[int, Sequence[Any]]] = Recent(MOST)


def settle(connection: Connection, version: int | None) -> None:
    """Say in which version of the data anything but facts changed last; None reads all anew."""
    connection.execution_options(settled=version)


def settled(connection: Connection, query: Executable, **parameters: Any) -> Sequence[Any]:
    """Give the rows of a query that asks for nothing of `OF_TEAMS` and `OF_MEETINGS`.

    It is one object, asked again and again.
    """
    version = connection.get_execution_options().get("settled")
    asked = (connection.engine, query, tuple(parameters.items()))
    kept = _read.known([asked]).get(asked) if version is not None else None
    if kept is not None and kept[0] == version:
        return kept[1]
    rows = connection.execute(query, parameters).all()
    if version is not None:
        _read.keep({asked: (version, rows)})
    return rows
