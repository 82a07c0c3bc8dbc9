"""Which readings of a file say what stands: found before the import takes its turn to write."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, exists, func, select

from data.core.as_of import any_of, table
from data.core.look_alikes import look
from data.exchange.importing.staged_readings import (
    Places,
    cadence_number,
    periods_of,
    said_alike,
)
from data.exchange.readings_columns import Place, ReadingColumns

_team, _kpi, _reading = map(table, ("team", "kpi", "reading"))

KPIS = (
    select(_kpi.c.id, _kpi.c.cadence, _kpi.c.name, _team.c.name.label("team"))
    .join(_team, _team.c.id == _kpi.c.team_id)
    .where(_kpi.c.withdrawn_at.is_(None), _team.c.withdrawn_at.is_(None))
)
LAST = select(func.coalesce(func.max(_reading.c.id), 0))
ANY = select(exists().where(_kpi.c.id.in_(any_of("kpis")), _kpi.c.id == _reading.c.kpi_id))
SINCE = select(_reading.c.kpi_id).distinct()

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers of the rows that say what stands alone for their period.

    It holds where `places` mean what they were taken for, and of KPIs of which nothing was said
    after the reading with the key `last`.
    """

    rows: Counts = field(default_factory=lambda: np.empty(0, np.int64))
    places: Places = field(default_factory=dict)
    last: int = 0

    def holds(
        self, connection: Connection, rows: ReadingColumns, places: Places
    ) -> NDArray[np.bool_]:
        """Tell which rows still say what stands, by what their places mean."""
        found = np.zeros(len(rows), np.bool_)
        if not len(self.rows):
            return found
        changed = set(connection.execute(SINCE.where(_reading.c.id > self.last)).scalars())
        same = [
            at
            for at, meant in self.places.items()
            if places.get(at) == meant and meant[0] not in changed
        ]
        found[self.rows] = np.isin(rows.place[self.rows], same)
        return found


def may_stand(connection: Connection, rows: ReadingColumns) -> bool:
    """Tell whether anything was read of what readings seem to be about."""
    kpi_ids = [kpi_id for kpi_id, _ in _places(connection, rows).values()]
    return bool(connection.execute(ANY, {"kpis": kpi_ids}).scalar())


def standing(connection: Connection, rows: ReadingColumns, *, with_notes: bool) -> Standing:
    """Compare readings that are set aside with what stands; `with_notes` where the file has them.

    A name that is not spelled as here, or means a former one, is left to be found out later.
    """
    places = _places(connection, rows)
    if not places:
        return Standing()
    # Before it is compared: who saves meanwhile is seen as later.
    last = connection.execute(LAST).scalar_one()
    periods = periods_of(rows, places, rows.ordinals())
    found = said_alike(connection, places, periods, with_notes=with_notes)
    return Standing(found, places, last)


def _places(connection: Connection, rows: ReadingColumns) -> dict[int, tuple[int, int]]:
    """Give the KPI that each place seems to mean, and the number of its cadence."""
    here: dict[Place, tuple[int, int]] = {
        (look(row.team), look(row.name)): (row.id, cadence_number(row.cadence))
        for row in connection.execute(KPIS)
    }
    looks = ((look(team), look(kpi)) for team, kpi in rows.places)
    return {at: here[seen] for at, seen in enumerate(looks) if seen in here}
