"""A company of many KPIs with years of daily readings, filled once and kept."""

import hashlib
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, insert

import models
from data.core.as_of import table_of
from data.core.bulk_insert import Columns, insert_columns
from data.core.database import open_database, writer
from data.kpis.signals.pending import SIDE_BY_SIDE, compute, mark, slices
from models import (
    EARLIEST_DAY,
    EARLIEST_MOMENT,
    Base,
    Better,
    Cadence,
    CheckIn,
    Command,
    Confidence,
    Cycle,
    Guardrail,
    KeyResult,
    KeyResultKind,
    KeyResultTerms,
    Kpi,
    KpiTerms,
    Objective,
    ObjectiveTerms,
    Person,
    Pin,
    Reading,
    Team,
)

CACHE = Path(__file__).parent / ".cache"
NOW = datetime(2026, 6, 15, 9, tzinfo=UTC)
"""The moment at which the company is looked at, so that no run finds it stale."""

TODAY = NOW.date()
CYCLE = (date(2026, 4, 1), date(2026, 6, 30))
BATCH = 50_000
NOTHING: Mapping[str, Any] = {}

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Size:
    """How many KPIs there are, with how many days of readings, and how many a team pins."""

    kpis: int = 1_000
    days: int = 1_095
    shown: tuple[int, ...] = (8, 24, 200)

    @property
    def teams(self) -> tuple[str, ...]:
        """Name the team that pins each number of KPIs."""
        return tuple(f"Team of {shown}" for shown in self.shown)


FULL = Size()
QUICK = Size(kpis=60, days=80, shown=(2, 4, 20))


def company_file(size: Size) -> Path:
    """Give the company's file; fill it where it is missing or was filled by other code."""

    def fill(path: Path) -> None:
        database = f"sqlite:///{path}"
        engine = open_database(database)
        kpi_ids = range(1, size.kpis + 1)
        with writer(engine) as (connection, version):
            _fill(connection, version, size)
            mark(connection, version, dict.fromkeys(kpi_ids), kpi_ids)
        engine.dispose()
        _compute_signals(database, kpi_ids)

    return kept_file(f"{size.kpis}x{size.days}", Path(__file__), fill)


def kept_file(name: str, code: Path, fill: Callable[[Path], None]) -> Path:
    """Give a company's file, filled once for its code and the tables."""
    sources = [code, Path(str(models.__file__))]
    hashed = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]
    path = CACHE / f"{name}-{hashed}.db"
    if not path.exists():
        CACHE.mkdir(exist_ok=True)
        for outdated in CACHE.glob(f"{name}-*"):
            outdated.unlink()
        # Two runs may fill it at once.
        unfinished = path.with_suffix(f".{uuid.uuid4().hex}.unfinished.db")
        fill(unfinished)
        unfinished.replace(path)
    return path


def _fill(connection: Connection, version: int, size: Size) -> None:
    command = {"id": 1, "name": "import", "version": version, "at": EARLIEST_MOMENT}
    connection.execute(insert(Command), command)
    entity = {"version": version}
    fact = {"version": version, "known_at": EARLIEST_MOMENT, "command_id": 1}
    terms = {**fact, "valid_from": EARLIEST_DAY, "owner_id": 1}
    # Two, as a company of one is still told its first steps.
    people = enumerate(("Ada", "Grace"), start=1)
    _add(connection, Person, [{"id": key, "name": name, **entity} for key, name in people])
    _add(connection, Team, [{"id": 1, "name": "Everyone", **entity}])
    below = [{"id": 2 + at, "name": name, "parent_id": 1} for at, name in enumerate(size.teams)]
    _add(connection, Team, [row | entity for row in below])
    _add(connection, Kpi, [row | entity for row in _kpis(size)])
    _add(connection, KpiTerms, [row | terms for row in _ranges(size)])
    _add(connection, Pin, [row | entity for row in _pins(size)])
    _add_road(connection, entity, fact, terms, [2 + at for at in range(len(below))])
    for kpi_ids, values in _some_at_a_time(_series(size)):
        _add_columns(connection, Reading, _readings(kpi_ids, values), fact)


def _compute_signals(database: str, kpi_ids: Sequence[int]) -> None:
    """Compute what is marked, so that a server that is started with it is there at once."""
    # A process a part, though there may be fewer processors: each gives way to others at times.
    program = [sys.executable, "-m", "bench.company", database]
    parts = [
        subprocess.Popen([*program, *map(str, part)], cwd=Path(__file__).parents[1])
        for part in slices(kpi_ids, SIDE_BY_SIDE)
    ]
    ended = [part.wait() for part in parts]
    if any(ended):
        raise RuntimeError("the signals are not computed")


def _compute(database: str, kpi_ids: Sequence[int]) -> None:
    engine = open_database(database)
    compute(engine, kpi_ids)
    engine.dispose()


def _add(connection: Connection, table: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        _add_columns(connection, table, {name: [row[name] for row in rows] for name in rows[0]})


def _add_columns(
    connection: Connection, table: type[Base], columns: Columns, alike: Mapping[str, Any] = NOTHING
) -> None:
    """Add rows by their columns, with cells that are alike in all of them."""
    count = len(next(iter(columns.values())))
    fields = table.model_fields.items()
    defaults = {
        name: field.default for name, field in fields if name != "id" and not field.is_required()
    }
    constant = {name: [cell] * count for name, cell in {**defaults, **alike}.items()}
    insert_columns(connection, table_of(table), {**constant, **columns})


def team_of(at: int, size: Size) -> str:
    """Name the team of a KPI by its place."""
    return size.teams[at % len(size.shown)]


def kpi_name(at: int) -> str:
    """Name a KPI by its place."""
    return f"Orders out of door {1 + at:04}"


def _kpis(size: Size) -> Iterator[dict[str, Any]]:
    for at in range(size.kpis):
        yield {
            "id": 1 + at,
            "team_id": 2 + at % len(size.shown),
            "name": kpi_name(at),
            "unit": "%" if at % 3 == 0 else "",
            "better": Better.WITHIN,
            "cadence": Cadence.DAILY,
        }


def _ranges(size: Size) -> Iterator[dict[str, Any]]:
    for at in range(size.kpis):
        level = _level(at)
        yield {
            "kpi_id": 1 + at,
            "low": None if at % 4 == 1 else level - 6.0,
            "high": None if at % 4 == 2 else level + 6.0,
        }


def _pins(size: Size) -> Iterator[dict[str, Any]]:
    for team, shown in enumerate(size.shown):
        for position in range(shown):
            kpi_id = 1 + team + position * len(size.shown)
            yield {"kpi_id": kpi_id, "team_id": 2 + team, "position": position}


def _level(at: int) -> float:
    return 40.0 + at % 17


def _series(size: Size) -> Numbers:
    noise = np.random.default_rng(7).normal(0.0, 2.0, (size.kpis, size.days))
    wave = 3.0 * np.sin(np.arange(size.days) / 40.0 + np.arange(size.kpis)[:, None])
    level = np.array([_level(at) for at in range(size.kpis)])[:, None]
    return np.round(level + wave + noise, 2)


def _some_at_a_time(series: Numbers) -> Iterator[tuple[range, Numbers]]:
    """Give the series of so many KPIs that their readings make a batch, with their keys."""
    count = max(1, BATCH // series.shape[1])
    for start in range(0, len(series), count):
        values = series[start : start + count]
        yield range(1 + start, 1 + start + len(values)), values


def _readings(kpi_ids: range, values: Numbers) -> Columns:
    """Give the readings of each KPI from the latest to the first, known when its day has ended."""
    days = values.shape[1]
    periods = [TODAY - timedelta(days=back) for back in range(1, days + 1)]
    ended = [datetime.combine(period + timedelta(days=1), time(), UTC) for period in periods]
    return {
        "kpi_id": np.repeat(kpi_ids, days).tolist(),
        "period": periods * len(kpi_ids),
        "value": values[:, ::-1].ravel().tolist(),
        "known_at": ended * len(kpi_ids),
        "imported": [True] * values.size,
    }


def _add_road(
    connection: Connection,
    entity: dict[str, Any],
    fact: dict[str, Any],
    terms: dict[str, Any],
    teams: list[int],
) -> None:
    """Give each team three objectives with three key results each, checked in every week."""
    starts_on, ends_on = CYCLE
    cycle = {"id": 1, "name": "2026 Q2", "starts_on": starts_on, "ends_on": ends_on}
    _add(connection, Cycle, [cycle | entity])
    for team, number in ((team, number) for team in teams for number in range(3)):
        objective_id = 10 * team + number
        name = f"Objective {number + 1} of team {team}"
        objective = {"id": objective_id, "cycle_id": 1, "team_id": team, "name": name}
        _add(connection, Objective, [objective | entity])
        _add(connection, ObjectiveTerms, [{"objective_id": objective_id} | terms])
        # The first KPI of each team is one that it pins.
        _add(connection, Guardrail, [{"objective_id": objective_id, "kpi_id": team - 1} | entity])
        keys = [10 * objective_id + at for at in range(3)]
        for at, key in enumerate(keys):
            named = {"id": key, "objective_id": objective_id, "name": f"Key result {at + 1}"}
            kind = {"kind": KeyResultKind.METRIC, "unit": "%", "position": at}
            _add(connection, KeyResult, [named | kind | entity])
            way = {"key_result_id": key, "start": 10.0, "target": 60.0}
            _add(connection, KeyResultTerms, [way | terms])
            _add(connection, CheckIn, [row | fact for row in _check_ins(key, starts_on)])


def _check_ins(key_result_id: int, starts_on: date) -> Iterator[dict[str, Any]]:
    for week in range((TODAY - starts_on).days // 7):
        yield {
            "key_result_id": key_result_id,
            "date": starts_on + timedelta(days=7 * week),
            "value": 10.0 + week * (2.0 + key_result_id % 4),
            "confidence": Confidence.LIKELY,
        }


if __name__ == "__main__":
    _compute(sys.argv[1], list(map(int, sys.argv[2:])))
