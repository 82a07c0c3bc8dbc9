"""Real KPIs: a folder of invented ones is read and counted, and without one nothing is measured."""

import csv
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bench import real
from bench.real import HUGE, NEVER, dated, delay_of, drops, main, stable, steps
from bench.real_series import (
    CHOSEN_ON,
    HISTORY,
    deviation,
    is_chosen_on,
    series_in,
    shifts_in,
    side_by_side,
    windows_in,
)
from bench.table import Table

Numbers = NDArray[np.float64]

FIRST = date(2020, 1, 6)
MONTHS = [date(2010 + month // 12, month % 12 + 1, 1) for month in range(76)]
DAYS = [FIRST + timedelta(days=at) for at in range(80)]
WEEKS = [FIRST + timedelta(days=7 * at) for at in range(80)]

MONTHLY = (f"{CHOSEN_ON[0]} one", "crime one")
WEEKLY = (f"{CHOSEN_ON[1]} sold", "retail calm")
DAILY = ("web calm", "web fallen", "web better", "web broken before", "web small", "web gaps")


def noise(seed: int, size: int) -> Numbers:
    return 100 + np.random.default_rng(seed).normal(size=size)


def invented() -> dict[tuple[str, str], tuple[Sequence[date], Numbers]]:
    """Make up the readings of each series and cadence, with the first days of their periods."""
    wave = 5 * np.sin(2 * np.pi * np.arange(76) / 12)
    found: dict[tuple[str, str], tuple[Sequence[date], Numbers]] = {
        (name, "monthly"): (MONTHS, noise(at, 76) + wave) for at, name in enumerate(MONTHLY)
    }
    found |= {(name, "weekly"): (WEEKS, noise(20 + at, 80)) for at, name in enumerate(WEEKLY)}
    found[WEEKLY[0], "weekly"][1][60:] -= 8
    found |= {(name, "daily"): (DAYS, noise(40 + at, 80)) for at, name in enumerate(DAILY)}
    found["web fallen", "daily"][1][60:] -= 8
    found["web better", "daily"][1][60:] += 8
    found["web broken before", "daily"][1][40:] -= 8
    found["web small", "daily"][1][60:] -= 0.2
    return found


def write(path: Path, columns: str, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns.split(), *rows])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of ten invented series, one with gaps, their windows and shifts."""
    rows: list[Sequence[object]] = [
        (name, cadence, day, "" if (name, at) == ("web gaps", 7) else value)
        for (name, cadence), (days, values) in invented().items()
        for at, (day, value) in enumerate(zip(days, values.tolist(), strict=True))
        if (name, at) != ("web gaps", 5)
    ]
    write(tmp_path / "series.csv", "series cadence period value", rows)
    windows: list[Sequence[object]] = [(name, "monthly", MONTHS[2], 48, 14) for name in MONTHLY]
    windows += [("web calm", "daily", DAYS[0], 30, 14), ("web gaps", "daily", DAYS[0], 30, 14)]
    write(tmp_path / "stable_windows.csv", "series cadence first baseline ahead", windows)
    shifts: list[Sequence[object]] = [
        (name, "daily", DAYS[60], "down", "somebody", "step")
        for name in ("web fallen", "web small")
    ]
    shifts += [
        ("web better", "daily", DAYS[60], "up", "somebody", "step"),
        ("web broken before", "daily", DAYS[50], "down", "somebody", "step"),
    ]
    shifts.append((WEEKLY[0], "weekly", WEEKS[60], "down", "somebody", "step"))
    write(tmp_path / "shifts.csv", "series cadence date bad_direction cause kind", shifts)
    return tmp_path


def cells(table: Table) -> list[list[str]]:
    return [list(row) for row in table.rows]


def test_series_are_laid_out_period_by_period(folder: Path) -> None:
    series = series_in(folder)
    assert len(series) == 10
    _, values = series["web gaps", "daily"]
    assert values.size == 80
    assert np.flatnonzero(np.isnan(values)).tolist() == [5, 7]
    np.testing.assert_allclose(
        series["crime one", "monthly"][1], invented()["crime one", "monthly"][1]
    )


def test_windows_and_shifts_begin_where_they_say(folder: Path) -> None:
    series, all_values = series_in(folder), invented()
    windows, shifts = windows_in(folder, series), shifts_in(folder, series)
    assert [each.values.size for each in windows] == [62] * 2 + [44] * 2
    np.testing.assert_allclose(windows[0].values, all_values[MONTHLY[0], "monthly"][1][2:64])
    assert [each.before for each in shifts] == [HISTORY, HISTORY, HISTORY, 50, HISTORY]
    assert [each.better for each in shifts] == ["higher", "higher", "lower", "higher", "higher"]
    fallen = all_values["web fallen", "daily"][1]
    size = (fallen[:60].mean() - fallen[60:72].mean()) / fallen[:60].std(ddof=1)
    assert shifts[0].size == pytest.approx(size)


def test_sigma_is_that_without_season_and_trend(folder: Path) -> None:
    assert windows_in(folder, series_in(folder))[0].sigma == pytest.approx(1, abs=0.25)
    waves = np.tile([3.0, -3.0, 0.0], 12) + 0.5 * np.arange(36)
    assert deviation(waves, 3) == pytest.approx(0, abs=1e-9)
    two = np.array([[1.0, 2, 3], [4, np.nan, np.nan]])
    np.testing.assert_array_equal(side_by_side([two[0], two[1, :1]]), two)


def test_stable_windows_are_counted_on_either_side_by_half_and_cadence(folder: Path) -> None:
    windows = windows_in(folder, series_in(folder))
    assert [is_chosen_on(each.series) for each in windows] == [True, False, False, False]
    counted = {tuple(row[:2]): row[2:] for row in cells(stable(windows))}
    sides = {of: int(row[0]) for of, row in counted.items()}
    assert sides == {
        ("chosen on", "monthly"): 2,
        ("chosen on", "all"): 2,
        ("the others", "monthly"): 2,
        ("the others", "daily"): 4,
        ("the others", "all"): 6,
        ("all", "monthly"): 4,
        ("all", "daily"): 4,
        ("all", "all"): 8,
    }
    alarmed, matter = (float(share.rstrip("%")) for share in counted["all", "all"][1:])
    assert matter <= alarmed <= 1 / 8 * 100


def test_shifts_are_counted_with_their_delay(folder: Path) -> None:
    shifts = shifts_in(folder, series_in(folder))
    delays = [delay_of(shift) for shift in shifts]
    assert delays[1] == NEVER
    assert delays[3] is None
    assert all(delay is not None and 2 <= delay <= 8 for delay in (delays[0], delays[2]))
    assert delays[4] is not None
    assert 2 <= delays[4] <= 12
    # The small one is below 1 sd, and on the broken one an alarm stood before.
    counted = {row[0]: row[1:] for row in cells(dated(shifts))}
    assert {half: row[0] for half, row in counted.items()} == {
        "chosen on": "1",
        "the others": "2",
        "all": "3",
    }
    assert counted["all"][1:3] == ["0.0%", "0.0%"]
    assert float(counted["all"][3]) == np.median([delays[0], delays[2], delays[4]])
    assert counted["all"][4:] == ["2" if shifts[4].size < HUGE else "3", "0"]


def test_great_steps_and_drops_are_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real, "BEHIND", (24, 48))
    monkeypatch.setattr(real, "DROPS", (2.0, 6.0))
    windows = windows_in(folder, series_in(folder))
    (found,) = [row for row in cells(steps(windows)) if row[0] == "all"]
    assert found[1] == "8"
    assert found[3] == "100.0%"
    rows = {tuple(row[:2]): row[2:] for row in cells(drops(windows))}
    assert len(rows) == 6
    for behind in ("24", "48"):
        alarmed, *shares = (float(share.rstrip("%")) for share in rows["all", behind])
        assert alarmed <= shares[0] <= shares[-1]
        assert shares[-1] >= 70


def test_all_tables_are_printed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["real", str(folder)])
    # What the tables count is looked at above.
    for name, several in (("BEHIND", (24,)), ("DROPS", (6.0,)), ("STEPS", (10.0,))):
        monkeypatch.setattr(real, name, several)
    monkeypatch.setattr(real, "windows_in", lambda *at: windows_in(*at)[:2])
    main()
    out = capsys.readouterr().out
    headings = [line for line in out.splitlines() if line.startswith("real: ")]
    assert [line.split()[1] for line in headings] == ["alarms", "dated", "steps", "drops"]
    assert "monthly key results: 2 series" in out


def test_without_a_folder_nothing_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["real", str(tmp_path / "nowhere")])
    main()
    assert capsys.readouterr().out.strip().endswith("holds no series.csv: nothing is measured")
