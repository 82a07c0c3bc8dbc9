"""How far a long step has come, for who watches and for who reads a log."""

import sys

import pytest

from data.operations.terminal import tell_signals

Output = pytest.CaptureFixture[str]


def test_a_log_has_a_line_for_each_step(capsys: Output) -> None:
    tell_signals(400, 1_000)
    tell_signals(1_000, 1_000)
    assert capsys.readouterr() == (
        "",
        "Signals are computed again: 400 of 1,000 KPIs\n"
        "Signals are computed again: 1,000 of 1,000 KPIs\n",
    )


def test_at_a_terminal_one_line_stays(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    tell_signals(1, 2)
    tell_signals(2, 2)
    first, second = capsys.readouterr().err.split("\r\033[K")[1:]
    assert first == "Signals are computed again: 1 of 2 KPIs"
    assert second == "Signals are computed again: 2 of 2 KPIs\n"
