"""The four-hour standard: the copy in the tests is read, and its story told."""

import numpy as np
import pytest

from analytics.drift import trace
from bench import four_hour


def test_the_copy_holds_england_and_140_trusts_over_36_months() -> None:
    teams, values = four_hour.monthly(four_hour.FOLDER)
    assert len(teams) == 141
    assert values.shape == (141, 36)
    assert values[teams.index("England"), -1] == 79.49
    assert np.isfinite(values[teams.index("RJ6")]).all()


def test_in_its_third_year_a_fall_beyond_the_season_is_called_drifting() -> None:
    _, values = four_hour.monthly(four_hour.FOLDER)
    facts = trace(values, better="higher", season=12)
    assert not (facts.signal[:, :23] == "drifting").any()
    ever = (facts.signal == "drifting").any(axis=1)
    assert 3 <= ever.sum() <= 20
    begun = (facts.signal[ever] == "drifting").argmax(axis=1)
    rows = np.arange(ever.sum())
    assert (facts.mean[ever][rows, begun] < facts.expected[ever][rows, begun]).all()


def test_a_fall_that_was_there_all_along_is_watched(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["four_hour", "--teams", "RJ6"])
    four_hour.main()
    lines = capsys.readouterr().out.splitlines()
    (last,) = [line.split() for line in lines if line.split()[:1] == ["2019-03"]]
    assert last[1:5] == ["60.1", "71.8", "watch", "8"]
    words = ("steady", "watch", "drifting", "recovering")
    counted = [line.split() for line in lines if line.split()[:1] and line.split()[0] in words]
    assert sum(int(line[1]) for line in counted) == 140
    for signal, count, *named in counted:
        assert len(named) == (int(count) if signal in ("drifting", "recovering") else 0)
