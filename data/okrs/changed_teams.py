"""Which teams a command changes something of: their views are read anew, and no others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, select

from data.core.as_of import table
from data.core.bulk_insert import Columns
from data.core.followers import Progress
from data.core.settled import settled
from data.core.team_versions import (
    ANYTHING_ELSE,
    MEETINGS,
    OF_MEETINGS,
    OF_TEAMS,
    raise_versions,
)
from models import Base, CheckIn, Reading

_kpi, _objective, _key_result = map(table, ("kpi", "objective", "key_result"))

OF_KPIS = select(_kpi.c.id, _kpi.c.team_id)
OF_KEY_RESULTS = select(_key_result.c.id, _objective.c.team_id).join(
    _objective, _key_result.c.objective_id == _objective.c.id
)
"""The teams of all there are: they are read once for many saves."""


@dataclass(slots=True)
class ChangedTeams:
    """Notes of which KPIs and key results something was said, and whether anything else changed."""

    kpi_ids: set[int] = field(default_factory=set)
    key_result_ids: set[int] = field(default_factory=set)
    is_meeting: bool = False
    is_more: bool = False

    def added(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Note what is said of a KPI or a key result."""
        if table is CheckIn:
            self.key_result_ids |= {row["key_result_id"] for row in rows}
        elif table in OF_TEAMS:
            self.kpi_ids |= {row["kpi_id"] for row in rows}
        else:
            self._note(table)

    def added_many(self, table: type[Base], columns: Columns) -> None:
        """Note of what very many facts are said."""
        if table is Reading:
            self.kpi_ids.update(columns["kpi_id"])
        elif table is CheckIn:
            self.key_result_ids.update(columns["key_result_id"])
        else:
            self.is_more = True

    def altered(
        self, _connection: Connection, table: type[Base], _key: int, _before: Mapping[str, Any]
    ) -> None:
        """Note that something was changed in place, which may show anywhere."""
        self._note(table)

    def _note(self, table: type[Base]) -> None:
        if table in OF_MEETINGS:
            self.is_meeting = True
        else:
            self.is_more = True

    def finish(self, connection: Connection, version: int, _at: datetime, _zone: ZoneInfo) -> None:
        """Raise the versions of the teams."""
        teams = {ANYTHING_ELSE} if self.is_more else set()
        if self.is_meeting:
            teams.add(MEETINGS)
        for query, keys in ((OF_KPIS, self.kpi_ids), (OF_KEY_RESULTS, self.key_result_ids)):
            if keys and not self.is_more:
                teams |= {team for key, team in settled(connection, query) if key in keys}
        raise_versions(connection, version, teams)

    def committed(self, _engine: Engine, _progress: Progress) -> None:
        """Leave it at that."""
