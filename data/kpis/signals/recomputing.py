"""Signals computed anew from a moment on: from a checkpoint where that is enough, or from all."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from analytics.periods import first_day
from data.core.as_of import any_of, table
from data.kpis.signals.checkpoints import checkpoints_before
from data.kpis.signals.replay import Checkpoint, Replayed, Terms, replayed
from data.kpis.signals.runs import MOST_PERIODS, STRIDE, Run, runs_of
from data.kpis.signals.series import Decisions, decisions_of, microseconds, readings_of
from data.kpis.signals.signal_row import SignalRow, silence
from models import EARLIEST_DAY

_kpi = table("kpi")

TERMS = select(_kpi.c.id, _kpi.c.cadence, _kpi.c.better, _kpi.c.smallest_change).where(
    _kpi.c.id.in_(any_of("kpis"))
)


def terms_of(connection: Connection, kpi_ids: Collection[int]) -> dict[int, Terms]:
    """Read what the signals of KPIs depend on beside their readings: one statement."""
    found = connection.execute(TERMS, {"kpis": list(kpi_ids)})
    return {row.id: Terms(str(row.cadence), str(row.better), row.smallest_change) for row in found}


def recomputed(
    connection: Connection,
    zone: ZoneInfo,
    since: Mapping[int, datetime | None],
    terms: Mapping[int, Terms],
    anew: Collection[int] = (),
) -> Iterator[Replayed]:
    """Give the rows to keep of what is shown of KPIs since a moment, None for all that ever was.

    Those to be decided `anew` go from their first readings, as do those of which a pass from a
    checkpoint would not know what the readings before it said.
    """
    computing = _Recomputing(connection, zone, since, terms)
    yield from computing.from_checkpoints(since.keys() - set(anew))
    yield from computing.from_the_first()


@dataclass(slots=True)
class _Recomputing:
    """`done` are the KPIs whose rows were given."""

    connection: Connection
    zone: ZoneInfo
    since: Mapping[int, datetime | None]
    terms: Mapping[int, Terms]
    done: set[int] = field(default_factory=set)

    def from_checkpoints(self, kpi_ids: Collection[int]) -> Iterator[Replayed]:
        """Give the rows of those KPIs for which their last checkpoints are enough."""
        since = {key: each for key in kpi_ids if (each := self.since[key]) is not None}
        checkpoints = checkpoints_before(self.connection, since, self.terms)
        if not checkpoints:
            return
        first = min(
            first_day(one.number, self.terms[kpi_id].cadence) for kpi_id, one in checkpoints.items()
        )
        decisions = self._decisions(checkpoints)
        for several in readings_of(self.connection, self._cadences(checkpoints), first):
            runs: list[Run] = []
            for readings in several:
                checkpoint = checkpoints[readings.kpi_id]
                found, silent = runs_of(
                    readings.since(checkpoint.number),
                    decisions.of(readings.kpi_id, checkpoint.number),
                    self._since(readings.kpi_id),
                    checkpoint.start,
                )
                if not silent and all(map(_is_enough, found)):
                    runs += found
            yield self._rows(runs, [], checkpoints)

    def from_the_first(self) -> Iterator[Replayed]:
        """Give the rows of all KPIs that are not done, from their first readings."""
        kpi_ids = self.since.keys() - self.done
        if not kpi_ids:
            return
        decisions = self._decisions(kpi_ids)
        for several in readings_of(self.connection, self._cadences(kpi_ids), EARLIEST_DAY):
            runs: list[Run] = []
            silences: list[SignalRow] = []
            for readings in several:
                mine = decisions.of(readings.kpi_id)
                found, silent = runs_of(readings, mine, self._since(readings.kpi_id))
                runs += found
                silences += [silence(readings.kpi_id, each.known) for each in silent]
            yield self._rows(runs, silences, {})

    def _rows(
        self,
        runs: Sequence[Run],
        silences: Sequence[SignalRow],
        checkpoints: Mapping[int, Checkpoint],
    ) -> Replayed:
        passes = list(replayed(runs, self.terms, checkpoints, self.zone))
        passed = {row.kpi_id: EARLIEST_DAY for row in silences}
        for each in passes:
            passed |= each.passed
        self.done |= passed.keys()
        return Replayed(
            [*silences, *(row for each in passes for row in each.signals)],
            [row for each in passes for row in each.checkpoints],
            passed,
        )

    def _decisions(self, kpi_ids: Collection[int]) -> Decisions:
        return decisions_of(self.connection, self._cadences(kpi_ids))

    def _cadences(self, kpi_ids: Collection[int]) -> dict[int, str]:
        return {kpi_id: self.terms[kpi_id].cadence for kpi_id in kpi_ids}

    def _since(self, kpi_id: int) -> int | None:
        since = self.since[kpi_id]
        return None if since is None else microseconds(since)


def _is_enough(run: Run) -> bool:
    """Tell whether a run from a checkpoint has a reading that counts before all that it shows.

    Of very many periods it may not tell from which one signals went at the time.
    """
    first = run.shown[0].number
    is_read = len(run.numbers) and first is not None and run.numbers[0] <= first
    return bool(is_read) and run.last - run.start < MOST_PERIODS - STRIDE
