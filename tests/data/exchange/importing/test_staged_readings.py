"""Readings that are set aside: kept and logged as any, and in nobody's way until they come in."""

import os
import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, select

from data.company.fields import TeamRow
from data.core.as_of import table_of
from data.core.database import open_database, snapshot, writer
from data.core.unit_of_work import command
from data.exchange.bad_input import BadInput
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import ReadingRow
from models import Reading
from tests.data.builders import MONDAY, NOW, acme, rows

NOTES = ["", "it's 5 %", '{"a": "b"}', "ä€\n", ":at %s"]
VALUES = [0.1, 1.0, -1e15, 1e-7, 61.42999999999999]
OWN = ("id", "version", "command_id", "entity_id", "kpi_id")
KPIS, DAYS = 20, 500


def said(kpi: str = "Conversion", team: str = "Sales") -> list[ReadingRow]:
    return [
        ReadingRow(
            line=at + 2,
            team=team,
            kpi=kpi,
            date=MONDAY - timedelta(days=7 * at),
            value=value,
            note=NOTES[at],
            recorded_by="Ana" if at == 3 else "",
        )
        for at, value in enumerate(VALUES)
    ]


def shown(row: Any) -> dict[str, Any]:
    return {name: cell for name, cell in row.items() if name not in OWN}


def test_they_are_kept_and_logged_as_few_are(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    done = import_tables(engine, Tables(readings=said()))
    found = [dict(row) for row in rows(engine, "reading")]
    logged = [row for row in rows(engine, "change") if row["command_id"] == done.command_id]
    with command(engine, "import", person_id=None) as work:
        later = work.add(Reading, [{**shown(row), "kpi_id": row["kpi_id"]} for row in found])
    assert len(set(later) | {row["id"] for row in found}) == 2 * len(VALUES)
    again = rows(engine, "reading")[len(VALUES) :]
    assert [shown(row) for row in again] == [shown(row) for row in found]
    of_again = rows(engine, "change")[-len(VALUES) :]
    assert [row["entity_id"] for row in logged] == [row["id"] for row in found]
    assert [shown(row["after"]) for row in logged] == [shown(row["after"]) for row in of_again]
    assert [row["value"] for row in found] == VALUES
    assert [row["note"] for row in found] == NOTES
    assert [row["recorded_by_id"] is None for row in found] == [True, True, True, False, True]


def test_they_count_beside_one_other_row(company_of_each_kind: Engine) -> None:
    """A reading and a team are two changes: were they to cancel out, nothing would be kept."""
    tables = Tables(teams=[TeamRow(team="Workshop")], readings=said()[:1])
    assert import_tables(company_of_each_kind, tables).command_id is not None
    assert len(rows(company_of_each_kind, "reading")) == 1


def test_who_saves_meanwhile_does_not_wait(company_of_each_kind: Engine) -> None:
    engine, saved = company_of_each_kind, []

    def save(file: str, share: float) -> None:
        if (file, share) == ("readings", 0):
            with writer(engine) as (_, version):
                saved.append(version)

    import_tables(engine, Tables(readings=said()), progress=save)
    assert len(saved) == 1
    assert len(rows(engine, "reading")) == len(VALUES)


def test_nothing_set_aside_is_left(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    import_tables(engine, Tables(readings=said()))
    with pytest.raises(BadInput):
        import_tables(engine, Tables(readings=said(kpi="Nothing")))
    import_tables(engine, Tables(readings=said("Backlog", "Support")))
    with snapshot(engine) as connection:
        assert not [name for name in inspect(connection).get_temp_table_names() if "staged" in name]
    assert len(rows(engine, "reading")) == 2 * len(VALUES)


def test_a_killed_import_leaves_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'milepost.db'}"
    engine = open_database(url)
    import_tables(engine, acme())
    folder = _folder(tmp_path)
    run = [sys.executable, "-m", "data", "import", str(folder)]
    settings = os.environ | {"MILEPOST_DATABASE_URL": url, "MILEPOST_NOW": NOW.isoformat()}
    before = random.Random(7)
    for at in range(5):
        program = subprocess.Popen(run, env=settings, stderr=subprocess.PIPE, text=True)
        assert program.stderr is not None
        time.sleep(2 + before.random() * at)
        program.kill()
        program.communicate()
        assert len(rows(engine, "reading")) in (0, KPIS * DAYS)
        if rows(engine, "reading"):
            break
    subprocess.run(run, env=settings, check=True, capture_output=True)
    with snapshot(engine) as connection:
        kept = connection.execute(select(table_of(Reading).c.kpi_id)).scalars().all()
    assert len(kept) == KPIS * DAYS == len(rows(engine, "kpi_signal"))
    done = [row for row in rows(engine, "command") if row["name"] == "import"]
    assert len(done) == 2


def _folder(path: Path) -> Path:
    folder = path / "files"
    folder.mkdir()
    kpis = [f"Sales,KPI {at},40,daily\n" for at in range(KPIS)]
    (folder / "kpis.csv").write_text("team,kpi,low,cadence\n" + "".join(kpis))
    lines = [
        f"Sales,KPI {at},{MONDAY - timedelta(days=back)},{50 + (at + back) % 7}\n"
        for at in range(KPIS)
        for back in range(1, DAYS + 1)
    ]
    (folder / "readings.csv").write_text("team,kpi,date,value\n" + "".join(lines))
    return folder
