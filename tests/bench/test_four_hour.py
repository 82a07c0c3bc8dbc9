"""The four-hour standard: the copy in the tests is read, and its story told."""

import numpy as np
import pytest

from bench import four_hour


def test_the_copy_holds_england_and_140_trusts_over_36_months() -> None:
    teams, values = four_hour.monthly(four_hour.FOLDER)
    assert len(teams) == 141
    assert values.shape == (141, 36)
    assert values[teams.index("England"), -1] == 79.49
    assert np.isfinite(values[teams.index("RJ6")]).all()


def test_before_its_season_is_told_a_fall_is_watched_and_not_called_drifting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["four_hour", "--teams", "RJ6"])
    four_hour.main()
    lines = capsys.readouterr().out.splitlines()
    (last,) = [line.split() for line in lines if line.split()[:1] == ["2019-03"]]
    assert last[1:5] == ["60.1", "71.8", "watch", "8"]
    counted = [line.split() for line in lines if line.split()[:1] in (["watch"], ["drifting"])]
    assert counted == [["watch", "58"]]
