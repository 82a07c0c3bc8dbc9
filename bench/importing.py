"""What an import from the command line costs, against inserting the same readings plainly."""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine

from bench.company import NOW, TODAY, Size
from bench.table import Table, ms, ratio
from bench.timing import milliseconds
from data.core.database import open_database, writer
from data.core.errors import Unreachable

SEED = 20261129
TEAMS = 20
TIME_AIM, MEGABYTES_AIM, WAIT_AIM = 10.0, 700, 5.0
MOST_DAYS = 1_000
BETWEEN_SAVES = 0.2


@dataclass(frozen=True, slots=True)
class Ran:
    """A program that has ended: its processor time, its peak of memory, and who waited for it."""

    milliseconds: float
    megabytes: float
    longest_wait: float


def importing(size: Size, _rounds: int) -> Table:
    """Measure an import into an empty database once, with its signals."""
    days = min(size.days, MOST_DAYS)
    with tempfile.TemporaryDirectory() as folder:
        write_readings(Path(folder), size.kpis, days)
        path = Path(folder) / "milepost.db"
        ran = _imported(Path(folder), path)
        with closing(sqlite3.connect(path)) as connection:
            readings, signals = (
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("reading", "kpi_signal")
            )
        plain = _plain(path)
    if (readings, signals) != (size.kpis * days,) * 2:
        raise LookupError(f"{readings} readings came in, and {signals} signals")
    table = Table(
        f"import · {size.kpis} KPIs × {days} daily readings into an empty database",
        "python -m data import, signals included, against one executemany; processor time",
        ("", "time", "ratio", "peak memory", "longest wait of a save"),
    )
    table.add("plain sqlite3", ms(plain), "1", "", "")
    table.add(
        "milepost",
        ms(ran.milliseconds),
        ratio(ran.milliseconds, plain, TIME_AIM),
        f"{ran.megabytes:.0f} MB (aim {MEGABYTES_AIM})",
        f"{ran.longest_wait:.1f} s (aim {WAIT_AIM:g})",
    )
    return table


def _imported(folder: Path, path: Path) -> Ran:
    engine = open_database(url := f"sqlite:///{path}")
    settings = {"MILEPOST_DATABASE_URL": url, "MILEPOST_NOW": NOW.isoformat()}
    began = time.monotonic()
    program = subprocess.Popen(
        [sys.executable, "-m", "data", "import", str(folder)],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )
    try:
        waits = list(_saves(engine, program.pid))
    except BaseException:
        program.kill()
        raise
    engine.dispose()
    _, error = program.communicate()
    spent = waits.pop()
    if spent < 0:
        raise LookupError(f"the import failed after {time.monotonic() - began:.0f} s: {error!r}")
    return Ran(spent, waits.pop(), max(waits, default=0.0))


def _saves(engine: Engine, pid: int) -> Iterator[float]:
    """Save again and again while a program runs; give how long each waits, then what it took.

    The last two are its megabytes and its processor time, negative where it failed.
    """
    while True:
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            break
        yield milliseconds(lambda: _save(engine), time.perf_counter) / 1000
        time.sleep(BETWEEN_SAVES)
    yield usage.ru_maxrss / 1000
    yield (usage.ru_utime + usage.ru_stime) * 1000 if status == 0 else -1


def _save(engine: Engine) -> None:
    """Save, trying again as a person does who is told that the database is busy."""
    while True:
        with suppress(Unreachable), writer(engine):
            return


def _plain(path: Path) -> float:
    """Time the same rows into the same table with its indexes, alone in a file."""
    with closing(sqlite3.connect(path)) as source:
        rows = source.execute("SELECT * FROM reading ORDER BY id").fetchall()
        tables = "SELECT sql FROM sqlite_master WHERE tbl_name = 'reading' AND sql IS NOT NULL"
        made = [row[0] for row in source.execute(tables)]
    with closing(sqlite3.connect(path.with_name("plain.db"))) as connection:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in made:
            connection.execute(statement)
        insert = f"INSERT INTO reading VALUES ({', '.join('?' * len(rows[0]))})"

        def run() -> None:
            connection.execute("BEGIN")
            connection.executemany(insert, rows)
            connection.execute("COMMIT")

        return milliseconds(run, time.process_time)


def write_readings(folder: Path, kpis: int, days: int, *, of: str = "Team") -> None:
    """Write files of KPIs with a daily reading each, of teams that are called after `of`."""
    values = random.Random(SEED)
    teams = "".join(f"{of} {team}\n" for team in range(TEAMS))
    (folder / "teams.csv").write_text(f"team\n{teams}")
    names = [(f"{of} {number % TEAMS}", f"KPI {number}") for number in range(kpis)]
    listed = "".join(f"{team},{kpi},40,daily\n" for team, kpi in names)
    (folder / "kpis.csv").write_text(f"team,kpi,low,cadence\n{listed}")
    dates = [(TODAY - timedelta(days=back)).isoformat() for back in range(days, 0, -1)]
    with (folder / "readings.csv").open("w") as file:
        file.write("team,kpi,date,value\n")
        for team, kpi in names:
            file.writelines(f"{team},{kpi},{day},{values.gauss(50, 4):.2f}\n" for day in dates)
