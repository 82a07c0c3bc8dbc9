"""Keeping signals up to date: one step for the next reading, a replay for everything else."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, bindparam, exists, func, select

from analytics.periods import first_day
from data.core.as_of import any_of, known_after, table
from data.core.database import now, snapshot, time_zone, writer
from data.core.team_versions import ANYTHING_ELSE, raise_versions
from data.kpis.signals.checkpoints import checkpoints_before, keep
from data.kpis.signals.incremental import stepped
from data.kpis.signals.replay import Checkpoint, Replayed, Terms, replayed
from data.kpis.signals.runs import MOST_PERIODS, STRIDE, Run, runs_of
from data.kpis.signals.series import Decisions, decisions_of, microseconds, readings_of
from data.kpis.signals.signal_row import RULES, silence
from models import EARLIEST_DAY, Base, Decision, DecisionKind, Kpi, Reading

KPIS_AT_ONCE = 1_000
COMPLETED_AT_ONCE = 200
"""So many KPIs of an older database are done at a time: others may write in between."""

Progress = Callable[[int, int], None]

_kpi, _reading, _signal = map(table, ("kpi", "reading", "kpi_signal"))
_decision = table("decision")
_later = _reading.alias()

KPIS = select(_kpi.c.id, _kpi.c.cadence, _kpi.c.better, _kpi.c.smallest_change).where(
    _kpi.c.id.in_(any_of("kpis"))
)

_rules = (
    select(_signal.c.rules)
    .where(_signal.c.kpi_id == _kpi.c.id)
    .order_by(_signal.c.known_at.desc())
    .limit(1)
    .scalar_subquery()
)
MISSING = select(_kpi.c.id, _rules.is_not(None).label("was_shown")).where(
    func.coalesce(_rules, 0) != bindparam("rules"),
    exists().where(
        _reading.c.kpi_id == _kpi.c.id,
        _reading.c.value.is_not(None),
        ~exists().where(
            _later.c.kpi_id == _reading.c.kpi_id,
            _later.c.period == _reading.c.period,
            _later.c.value.is_(None),
            known_after(_later.c, _reading.c),
        ),
    ),
)
"""KPIs that have a reading and no signal by the rules of now."""


@dataclass(slots=True)
class SignalFollower:
    """Brings the signals up to date of the KPIs that a command touches.

    Those with one reading more take one step, all others are replayed.
    """

    readings: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    since: dict[int, datetime] = field(default_factory=dict)
    anew: set[int] = field(default_factory=set)

    def added(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Note readings and decisions that are added."""
        if table is Reading:
            for row in rows:
                if row["kpi_id"] in self.readings:
                    self._change(self.readings[row["kpi_id"]])
                    self._change(row)
                self.readings[row["kpi_id"]] = row
        elif table is Decision:
            for row in rows:
                if row["decision"] in (DecisionKind.REBASE, DecisionKind.DISMISS):
                    self._change(row)

    def altered(
        self, connection: Connection, table: type[Base], key: int, before: Mapping[str, Any]
    ) -> None:
        """Note the KPI whose signal depends on what was altered."""
        if table is Decision:
            columns = select(_decision.c.kpi_id, _decision.c.decision)
            found = connection.execute(columns.where(_decision.c.id == key)).one()
            if found.decision in (DecisionKind.REBASE, DecisionKind.DISMISS):
                self.anew.add(found.kpi_id)
        elif table is Kpi and before.keys() & {"better", "cadence", "smallest_change"}:
            self.anew.add(key)

    def finish(self, connection: Connection, version: int, at: datetime, zone: ZoneInfo) -> None:
        """Bring the signals of the KPIs that were touched up to date."""
        for kpi_id in self.anew:
            self.since[kpi_id] = min(at, self.since.get(kpi_id, at))
        for kpi_ids in _slices(sorted(self.readings.keys() - self.since.keys()), KPIS_AT_ONCE):
            news = {kpi_id: self.readings[kpi_id] for kpi_id in kpi_ids}
            for done in stepped(connection, news, zone):
                keep(connection, version, done)
                for kpi_id in done.passed:
                    del news[kpi_id]
            for row in news.values():
                self._change(row)
        for kpi_ids in _slices(sorted(self.since), KPIS_AT_ONCE):
            since = {kpi_id: self.since[kpi_id] for kpi_id in kpi_ids}
            _replay(connection, version, zone, since, self.anew)

    def _change(self, row: Mapping[str, Any]) -> None:
        since = self.since.get(row["kpi_id"], row["known_at"])
        self.since[row["kpi_id"]] = min(row["known_at"], since)


def complete(engine: Engine, *, progress: Progress = lambda _done, _total: None) -> None:
    """Compute the signals that KPIs with readings have none of: those of an older database.

    Where a program of other rules kept some, what they showed stays and the present is added.
    Some at a time, and for good: what is interrupted goes on from there at the next start.
    `progress` is told how many KPIs are done, and of how many.
    """
    with snapshot(engine) as connection:
        missing = sorted(row.id for row in connection.execute(MISSING, {"rules": RULES}))
    done = 0
    for kpi_ids in _slices(missing, COMPLETED_AT_ONCE):
        progress(done, len(missing))
        with writer(engine) as (connection, version):
            # Another program that has started meanwhile does the same.
            mine = MISSING.where(_kpi.c.id.in_(any_of("kpis")))
            found = connection.execute(mine, {"kpis": kpi_ids, "rules": RULES}).all()
            since = {row.id: now() if row.was_shown else None for row in found}
            _replay(connection, version, time_zone(connection), since, since.keys())
            raise_versions(connection, version, [ANYTHING_ELSE])
        done += len(kpi_ids)
    if missing:
        progress(done, len(missing))


def _replay(
    connection: Connection,
    version: int,
    zone: ZoneInfo,
    since: Mapping[int, datetime | None],
    anew: Collection[int],
) -> None:
    """Replay what is shown of KPIs since a moment, None for all that ever was.

    Those to be decided `anew` go from their first readings, as do those of which a pass from a
    checkpoint would not know what the readings before it said.
    """
    terms = {
        row.id: Terms(str(row.cadence), str(row.better), row.smallest_change)
        for row in connection.execute(KPIS, {"kpis": list(since)})
    }
    replay = _Replay(connection, version, zone, since, terms)
    later = {key: each for key, each in since.items() if each is not None and key not in anew}
    checkpoints = checkpoints_before(connection, later, terms)
    done = replay.go_on(checkpoints) if checkpoints else set()
    if others := since.keys() - done:
        replay.begin(others)


@dataclass(frozen=True, slots=True)
class _Replay:
    connection: Connection
    version: int
    zone: ZoneInfo
    since: Mapping[int, datetime | None]
    terms: Mapping[int, Terms]

    def go_on(self, checkpoints: Mapping[int, Checkpoint]) -> set[int]:
        """Replay KPIs from their checkpoints where that is enough; give which these are."""
        done: set[int] = set()
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
            done |= {run.kpi_id for run in runs}
            self._keep(runs, [], checkpoints)
        return done

    def begin(self, kpi_ids: Collection[int]) -> None:
        """Replay KPIs from their first readings."""
        decisions = self._decisions(kpi_ids)
        for several in readings_of(self.connection, self._cadences(kpi_ids), EARLIEST_DAY):
            runs: list[Run] = []
            silences: list[dict[str, Any]] = []
            for readings in several:
                mine = decisions.of(readings.kpi_id)
                found, silent = runs_of(readings, mine, self._since(readings.kpi_id))
                runs += found
                silences += [silence(readings.kpi_id, each.known) for each in silent]
            self._keep(runs, silences, {})

    def _keep(
        self,
        runs: Sequence[Run],
        silences: Sequence[dict[str, Any]],
        checkpoints: Mapping[int, Checkpoint],
    ) -> None:
        passes = list(replayed(runs, self.terms, checkpoints, self.zone))
        passed = {row["kpi_id"]: EARLIEST_DAY for row in silences}
        for each in passes:
            passed |= each.passed
        keep(
            self.connection,
            self.version,
            Replayed(
                [*silences, *(row for each in passes for row in each.signals)],
                [row for each in passes for row in each.checkpoints],
                passed,
            ),
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


def _slices(keys: Sequence[int], count: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), count):
        yield keys[start : start + count]
