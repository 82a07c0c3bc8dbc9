"""The stored signals: brought up to date by every command, and the replay they must equal."""

from data.kpis.signals.maintenance import SignalFollower, complete
from data.kpis.signals.replay import replayed
from data.kpis.signals.signal_row import NUMBERS

__all__ = ["NUMBERS", "SignalFollower", "complete", "replayed"]
