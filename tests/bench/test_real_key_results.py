"""Key results on monthly KPIs: two halves by source, each with and without a season."""

import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.real_key_results import BEHIND, key_results, main


def seasonal(seed: int, months: int) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    return 10 * np.sin(np.arange(months) * np.pi / 6) + random.normal(0, 1, months)


def test_the_halves_are_apart_and_a_season_helps_both() -> None:
    lengths = {"retail food": 75, "retail wine": 74, "crime": 86}
    series = {name: seasonal(seed, months) for seed, (name, months) in enumerate(lengths.items())}
    series["crime"][80] = np.nan
    rows = key_results(series).rows
    assert len(rows) == len(BEHIND) * 2 * 3
    # From 60 months on, two of retail food and one of its wine; of crime the last lacks a month.
    counted = [("chose the constants", "3"), ("all others", "2"), ("both", "5")]
    assert [row[2:4] for row in rows[:3]] == counted
    plain, told = (float(row[4]) for row in (rows[2], rows[5]))
    assert told < plain / 2


def test_a_folder_is_read_or_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["real_key_results", str(tmp_path)])
    main()
    assert capsys.readouterr().out.startswith("skipped: there is no")
    values = seasonal(4, 70)
    months = [f"{2010 + month // 12}-{month % 12 + 1:02}-01" for month in range(70)]
    lines = [f"retail,monthly,{month},{value}" for month, value in zip(months, values, strict=True)]
    lines[3] = f"retail,monthly,{months[3]},"
    (tmp_path / "series.csv").write_text(
        "\n".join(["series,cadence,period,value", *lines, "daily,daily,2010-01-01,5"])
    )
    main()
    out = capsys.readouterr().out
    assert out.startswith("monthly key results: 1 series, 4 ahead")
    # The missing month spoils the only forecast from 60 months, and one of two from 52.
    assert "  60  " not in out
    assert [line.split()[-3] for line in out.splitlines() if "  52  " in line] == ["1"] * 4
