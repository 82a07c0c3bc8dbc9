"""What is kept up to date with what commands write, whatever that is."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from data.core.bulk_insert import Columns
from models import Base

Progress = Callable[[str, float], None]
"""Is told what is done and which share of it, 0 to 1."""


class Follower(Protocol):
    """What is kept up to date with what a command writes."""

    def added(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Note rows that were added."""

    def added_many(self, table: type[Base], columns: Columns) -> None:
        """Note very many rows that were added, by the first and the last of each thing."""

    def altered(
        self, connection: Connection, table: type[Base], key: int, before: Mapping[str, Any]
    ) -> None:
        """Note a row that was changed, with what stood before in the cells that changed."""

    def finish(self, connection: Connection, version: int, at: datetime, zone: ZoneInfo) -> None:
        """Bring it up to date, after all that the command writes, in the same transaction."""

    def committed(self, engine: Engine, progress: Progress) -> None:
        """Do what nobody else is to wait for, now that all of it is safe."""


_followers: list[Callable[[], Follower]] = []


def follow(follower: Callable[[], Follower]) -> None:
    """Let something follow every command from now on; one is made for each."""
    _followers.append(follower)


def followers() -> list[Follower]:
    """Make one of each that follows, for a command."""
    return [make() for make in _followers]
