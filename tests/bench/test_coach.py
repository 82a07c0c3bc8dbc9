"""The coach's figures are printed, and are those that were aimed for."""

import re

import pytest

from bench import coach


def test_it_counts_what_is_named_and_what_is_said_of_sound_drafts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["coach", "--quick"])
    coach.main()
    printed = capsys.readouterr().out
    named = re.search(r"^(\d+) of 30 flaws are named \(aim 27\)$", printed, re.M)
    said = re.search(r"^(\d+) remarks on 30 sound objectives \(aim 3\)$", printed, re.M)
    assert named is not None
    assert int(named[1]) >= 27
    assert said is not None
    assert int(said[1]) <= 3


def test_each_flaw_is_counted_once() -> None:
    rows = coach.flaws().rows
    assert sum(int(row[1]) for row in rows) == 30
    assert len({row[0] for row in rows}) == len(rows)
