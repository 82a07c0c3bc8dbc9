"""How far a long step has come, for who watches and for who reads a log."""

import sys

import pytest

from data.operations import terminal
from data.operations.terminal import progress_bar, tell_signals

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


def test_a_log_hears_of_a_long_step_now_and_then(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 4.9, 5.1, 5.1, 9.0, 10.2, 10.2])
    monkeypatch.setattr(terminal.time, "monotonic", lambda: next(moments))
    with progress_bar("Reading") as show:
        for share in (0.1, 0.5, 0.8, 0.92):
            show("readings", share)
    assert capsys.readouterr() == ("", "Reading readings: 50%\nReading readings: 92%\n")
