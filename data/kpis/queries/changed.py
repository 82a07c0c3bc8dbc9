"""In which version of the data each KPI last changed, so that only what changed is read again."""

import threading
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine, and_, bindparam, func, select

from data.core.as_of import table
from data.core.database import version_seen
from data.core.remembered import Recent, forgotten

_change, _command = table("change"), table("command")
_reading, _decision = table("reading"), table("decision")

MOST = 500
"""Of more changes than these, such as an import's, it is cheaper to read all again."""

OF_A_KPI = ("reading", "decision")
"""What is said of one KPI alone, as the log names it."""

CHECK_INS = ("check_in",)
OF_MEETINGS = ("meeting", "meeting_item")

CHANGES = (
    select(
        _command.c.version,
        _change.c.entity,
        func.coalesce(_reading.c.kpi_id, _decision.c.kpi_id).label("kpi_id"),
    )
    .select_from(_command)
    .join(_change, _change.c.command_id == _command.c.id)
    .outerjoin(
        _reading, and_(_change.c.entity == _reading.name, _reading.c.id == _change.c.entity_id)
    )
    .outerjoin(
        _decision, and_(_change.c.entity == _decision.name, _decision.c.id == _change.c.entity_id)
    )
    .where(_command.c.version > bindparam("since"))
    .limit(MOST)
)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Changed:
    """The versions in which things last changed, as of the one that a snapshot sees.

    `kpis` are those of which a reading or a decision changed since `rest`, the last version in
    which anything else did; `check_ins` is that of the last check-in.
    """

    engine: Engine
    version: int
    rest: int
    check_ins: int = 0
    kpis: Mapping[int, int] = field(default_factory=dict)

    def of(self, *kpi_ids: int) -> int:
        """Give the version in which any of some KPIs last changed."""
        return max([self.rest, *(self.kpis.get(kpi_id, 0) for kpi_id in kpi_ids)])

    def of_objectives(self, *kpi_ids: int) -> int:
        """Give the version in which objectives on which some KPIs hang last changed."""
        return max(self.check_ins, self.of(*kpi_ids))


def changed(connection: Connection) -> Changed | None:
    """Tell what changed until the version that a snapshot sees: two statements, one once a version.

    None where another has looked at a later version already.
    """
    version, seen = version_seen(connection), _seen(connection.engine)
    with seen.lock:
        last = seen.last
    if last is None or last.version < version:
        last = _since(connection, last, version)
        with seen.lock:
            if seen.last is None or seen.last.version < version:
                seen.last = last
    return last if last.version == version else None


def _since(connection: Connection, last: Changed | None, version: int) -> Changed:
    everything = Changed(connection.engine, version, rest=version)
    if last is None:
        return everything
    found = connection.execute(CHANGES, {"since": last.version}).all()
    # What was written past all commands may be anything.
    is_whole = len({row.version for row in found}) == version - last.version
    if not is_whole or len(found) == MOST:
        return everything
    kpis, check_ins = dict(last.kpis), last.check_ins
    for row in found:
        if row.entity in OF_A_KPI:
            kpis[row.kpi_id] = version
        elif row.entity in CHECK_INS:
            check_ins = version
        elif row.entity not in OF_MEETINGS:
            return everything
    return Changed(connection.engine, version, last.rest, check_ins, kpis)


@dataclass(slots=True)
class _Seen:
    lock: threading.Lock = field(default_factory=threading.Lock)
    last: Changed | None = None


@cache
def _seen(_engine: Engine) -> _Seen:
    return _Seen()


forgotten(_seen.cache_clear)


class KeptRows(Generic[Row]):
    """What was last read of KPIs, by what was asked: those that changed since are read again."""

    def __init__(self, most: int) -> None:
        self._recent: Recent[Hashable, tuple[int, Mapping[int, Row]]] = Recent(most)

    def each(
        self,
        seen: Changed | None,
        kpi_ids: Collection[int],
        asked: Hashable,
        read: Callable[[Collection[int]], Mapping[int, Row]],
    ) -> Mapping[int, Row]:
        """Give what is asked of each KPI, a row for each; `read` gives those of some of them.

        Nothing is known where it cannot be said what changed.
        """
        if seen is None:
            return read(kpi_ids)
        key = (seen.engine, tuple(kpi_ids), asked)
        version, rows = self._recent.known([key]).get(key, (-1, {}))
        if not seen.rest <= version <= seen.version:
            rows = read(kpi_ids) if kpi_ids else {}
        elif anew := [
            kpi_id for kpi_id, last in seen.kpis.items() if last > version and kpi_id in rows
        ]:
            rows = {**rows, **read(anew)}
        self._recent.keep({key: (seen.version, rows)})
        return rows


class KeptRead(Generic[Row]):
    """What was last read by what was asked, each until something changes of what it tells."""

    def __init__(self, most: int) -> None:
        self._recent: Recent[Hashable, tuple[int, Row]] = Recent(most)

    def get(
        self,
        seen: Changed | None,
        asked: Hashable,
        since: Callable[[Changed, Row], int],
        read: Callable[[], Row],
    ) -> Row:
        """Give what is asked for; `since` gives the version in which what it tells last changed."""
        if seen is None:
            return read()
        key = (seen.engine, asked)
        version, row = self._recent.known([key]).get(key, (-1, None))
        if row is None or not since(seen, row) <= version <= seen.version:
            row = read()
            self._recent.keep({key: (seen.version, row)})
        return row
