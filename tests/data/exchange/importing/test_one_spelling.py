"""Names that look alike are one thing, in a file and against what is here."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.exchange.bad_input import BadInput
from data.exchange.importing.command import import_tables
from data.exchange.read import read
from data.exchange.readings_columns import ReadingColumns, as_columns
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import ObjectiveRow
from models import Cadence
from tests.data.builders import ROAD, bring, rows


def test_a_reading_finds_its_kpi_by_what_it_looks_like(company: Engine) -> None:
    bring(company, kpis=[KpiRow(team="Sales", kpi="Open tickets")])
    row = ReadingRow(
        team="Sal\u00ades", kpi="Open\u00a0tickets", date=date(2026, 1, 5), value=41, line=2
    )
    imported = import_tables(company, Tables(readings=[row]))
    assert imported.counts["readings"].new == 1
    assert [str(each) for each in imported.warnings] == [
        "readings.csv:2: “Sal�es” is taken for “Sales”, from which only U+00AD tells it: "
        "give one of them another name if they are two things",
        "readings.csv:2: “Open tickets” is taken for “Open tickets”, from which only U+00A0 "
        "tells it: give one of them another name if they are two things",
    ]


def test_readings_that_are_spelled_anew_are_not_made_into_rows(
    company: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(_columns: ReadingColumns, at: object = None) -> None:
        raise AssertionError(f"a row was made: {at}")

    bring(company, kpis=[KpiRow(team="Sales", kpi="Open tickets", cadence=Cadence.DAILY)])
    spelled = [("Open tickets", "Ana"), ("Open\u00a0tickets", "A\u00adna"), ("Conversion", "")]
    readings = [
        ReadingRow(
            team="Sales",
            kpi=kpi,
            date=date(2026, 1, 5 + at % 2),
            value=at,
            recorded_by=who,
            line=at + 2,
        )
        for at, (kpi, who) in enumerate(spelled)
    ]
    columns = as_columns(readings)
    for name in ("__iter__", "__getitem__"):
        monkeypatch.setattr(ReadingColumns, name, made)
    imported = import_tables(company, Tables(readings=columns))
    assert imported.counts["readings"].new == 3
    assert [each.line for each in imported.warnings] == [3, 3]
    kept = rows(company, "reading")
    assert [row["value"] for row in kept] == [0, 1, 2]
    assert kept[0]["kpi_id"] == kept[1]["kpi_id"] != kept[2]["kpi_id"]
    assert kept[0]["recorded_by_id"] == kept[1]["recorded_by_id"] is not None


def test_the_first_spelling_of_a_file_is_kept(company: Engine) -> None:
    kpi = KpiRow(team="Sales", kpi="Open  tickets", driven_by="[Vis\u200bits] * 2")
    reading = ReadingRow(team="Sales", kpi="Open tickets", date=date(2026, 1, 5), value=41)
    bring(company, kpis=[kpi], readings=[reading])
    stored = rows(company, "kpi")[-1]
    assert (stored["name"], stored["driven_by"]) == ("Open  tickets", "[Visits] * 2")


def test_a_kpi_of_another_team_is_found_too(company: Engine) -> None:
    bring(company, kpis=[KpiRow(team="Support", kpi="Open tickets", low=1.0)])
    objective = ObjectiveRow(**{**ROAD, "guardrails": ("Support\u200b / Open\u00a0tickets",)})
    bring(company, objectives=[objective])
    assert len(rows(company, "guardrail")) == 1


def test_rows_of_one_file_that_look_alike_are_refused(tmp_path: Path) -> None:
    names = ["Nordlicht", "Nordlicht\u200b", "Nord\u00adlicht"]
    (tmp_path / "teams.csv").write_text("\n".join(["team", *names]), encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        read(tmp_path)
    assert [(each.line, each.what) for each in bad.value.problems] == [
        (3, "Nordlicht� differs only in signs that nobody sees from line 2"),
        (4, "Nord�licht differs only in signs that nobody sees from line 2"),
    ]


def test_of_many_names_that_nobody_knows_the_first_are_told(company: Engine) -> None:
    day = date(2026, 1, 5)
    readings = [
        ReadingRow(team=f"Team {at}", kpi="K", date=day, value=1, line=at)
        for at in range(2, 20_002)
    ]
    with pytest.raises(BadInput) as bad:
        import_tables(company, Tables(readings=readings))
    assert len(bad.value.problems) == 101
    assert str(bad.value.problems[-1]) == "readings.csv:101: and 19,900 more: correct these first"
