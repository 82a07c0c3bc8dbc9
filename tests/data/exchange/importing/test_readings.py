"""Readings that are brought in at once are kept as those that are held against what stands."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from data.core.database import open_database
from data.exchange.bad_input import BadInput
from data.exchange.importing import import_tables
from data.exchange.importing import readings as importing
from data.exchange.tables import Tables
from data.kpis.fields import ReadingRow
from tests.data.builders import MONDAY, NOW, TODAY, Clock, acme, rows

OWN = ("id", "command_id", "version", "supersedes_id", "entity_id", "after")


def week(back: int, value: float, **more: Any) -> ReadingRow:
    named = {"team": "Sales", "kpi": "Conversion"} | more
    return ReadingRow(**named, date=MONDAY - timedelta(days=7 * back), value=value)


MIXED = [
    week(9, 1.5, line=2, note="so"),
    week(8, 2, line=3, recorded_by="Ana"),
    week(7, 3, line=4),
    week(7, 4, line=5, recorded_at=NOW - timedelta(days=1)),
    week(6, 5, line=6, recorded_at=NOW - timedelta(hours=30)),
    week(9, 6, line=7, team="Support", kpi="Backlog"),
    week(5, 7, line=8),
]


def kept(engine: Engine) -> list[dict[str, Any]]:
    found = [
        {name: cell for name, cell in row.items() if name not in OWN}
        for row in rows(engine, "reading")
    ]
    return sorted(found, key=lambda row: (row["kpi_id"], row["period"], row["known_at"]))


def brought(path: Path, *parts: list[ReadingRow]) -> tuple[Any, ...]:
    engine = open_database(f"sqlite:///{path}")
    import_tables(engine, acme())
    counts = [
        import_tables(engine, Tables(readings=list(part))).counts["readings"] for part in parts
    ]
    told = kept(engine), counts, len(rows(engine, "change")), rows(engine, "kpi_signal")
    engine.dispose()
    return told


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_both_ways_keep_the_same(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    parts = MIXED[:4], MIXED, [week(9, 99, line=2), week(4, 8, line=3)]
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", at_once)
    found = brought(tmp_path / "many.db", *parts)

    def none(asked: Any) -> Any:
        return np.zeros(len(asked.rows), np.bool_)

    monkeypatch.setattr(importing._Readings, "_is_first", none)
    expected = brought(tmp_path / "few.db", *parts)
    own = ("version", "command_id")
    assert found[:3] == expected[:3]
    assert [{k: v for k, v in row.items() if k not in own} for row in found[3]] == [
        {k: v for k, v in row.items() if k not in own} for row in expected[3]
    ]


def test_all_that_is_wrong_is_said_in_the_order_of_the_rows(company: Engine) -> None:
    ahead = TODAY + timedelta(days=7)
    wrong = [
        week(3, 1, line=2),
        ReadingRow(team="Sales", kpi="Conversion", date=ahead, value=1, line=3),
        week(3, 1, line=4, kpi="Nobody's"),
        ReadingRow(team="Sales", kpi="Nobody's", date=ahead, value=1, line=5),
        week(2, 1, line=6, kpi="Nobody's"),
        week(2, 1, line=7, team="Nowhere"),
        week(1, 1, line=8, recorded_by="Stranger"),
    ]
    with pytest.raises(BadInput) as bad:
        import_tables(company, Tables(readings=wrong))
    assert [problem.line for problem in bad.value.problems] == [3, 4, 7, 8]
    assert rows(company, "reading") == []
