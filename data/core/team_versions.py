"""Views that are kept until something changes that they show: a save leaves the others alone."""

import threading
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine, select, text, true
from sqlmodel import col

from data.core.database import one_read, write_last
from data.core.remembered import Recent
from models import CheckIn, Company, Decision, Meeting, MeetingItem, Reading, TeamVersion, Verdict

ANYTHING_ELSE = 0
"""The key under which all changes stand that are not of a team alone."""

MEETINGS = -1
"""The key under which changes to check-ins of teams stand, which no kept view shows."""

OF_TEAMS = (Reading, Decision, Verdict, CheckIn)
"""What is said of a team's KPIs and key results: it changes nothing else."""

OF_MEETINGS = (Meeting, MeetingItem)
"""What check-ins of teams are kept in."""

LOCKS = 64

RAISED = text(
    "INSERT INTO team_version (team_id, version) VALUES (:team_id, :version) "
    "ON CONFLICT (team_id) DO UPDATE SET version = excluded.version"
)

Asked = TypeVar("Asked", bound=Hashable)
View = TypeVar("View")


def raise_versions(connection: Connection, version: int, team_ids: Collection[int]) -> None:
    """Say that something of teams changed in a version of the data."""
    if team_ids:
        rows = [{"team_id": team_id, "version": version} for team_id in sorted(team_ids)]
        write_last(connection, partial(connection.execute, RAISED, rows))


@lru_cache(maxsize=64)
def team_versions(engine: Engine, version: int) -> Mapping[int, int]:
    """Give the version in which each team's readings, decisions and check-ins last changed.

    What was written past all commands, or by a program that knows of no teams, may be anything.
    """
    query = select(col(Company.version), col(TeamVersion.team_id), col(TeamVersion.version))
    with one_read(engine) as connection:
        found = connection.execute(query.outerjoin_from(Company, TeamVersion, true())).all()
    changed = {team_id: last for _, team_id, last in found if team_id is not None}
    newest = found[0][0]
    return changed if newest in changed.values() else changed | {ANYTHING_ELSE: newest}


_looked_at: ContextVar[set[int] | None] = ContextVar("looked_at", default=None)


@contextmanager
def teams_looked_at() -> Iterator[set[int]]:
    """Give the keys of the teams whose kept views are read meanwhile, as they are read."""
    teams = {ANYTHING_ELSE}
    token = _looked_at.set(teams)
    try:
        yield teams
    finally:
        _looked_at.reset(token)


def is_newer(engine: Engine, version: int, newest: int, teams: Collection[int]) -> bool:
    """Tell whether anything of teams changed since a version of the data."""
    if newest == version:
        return False
    return _changed_since(version, team_versions(engine, newest), teams)


def _changed_since(version: int, changed: Mapping[int, int], teams: Collection[int]) -> bool:
    return any(changed.get(team, 0) > version for team in teams)


@dataclass(frozen=True, slots=True)
class _Kept(Generic[View]):
    view: View
    version: int
    team_ids: frozenset[int]


class KeptViews(Generic[Asked, View]):
    """The last views by what was asked, each with the version of the data it was read at.

    A view is read anew when anything changed since that is of a team it shows, or of none. Who asks
    for what another is just reading waits for that.
    """

    def __init__(self, most: int) -> None:
        self._recent: Recent[tuple[Engine, Asked], _Kept[View]] = Recent(most)
        self._reading = [threading.Lock() for _ in range(LOCKS)]

    def get(
        self,
        engine: Engine,
        version: int,
        asked: Asked,
        read: Callable[[], tuple[View, Collection[int]]],
    ) -> View:
        """Give a view at a version of the data; `read` gives it with the keys of its teams."""
        key = (engine, asked)
        with self._reading[hash(key) % LOCKS]:
            changed = team_versions(engine, version)
            kept = self._recent.known([key]).get(key)
            teams = {ANYTHING_ELSE, *(kept.team_ids if kept else ())}
            if not kept or _changed_since(kept.version, changed, teams):
                view, team_ids = read()
                kept = _Kept(view, version, frozenset(team_ids))
                self._recent.keep({key: kept})
            if (looked_at := _looked_at.get()) is not None:
                looked_at |= kept.team_ids
            return kept.view
