"""The signals as they were shown: brought up to date by every command."""

from data.kpis.signals.maintenance import SignalFollower, complete

__all__ = ["SignalFollower", "complete"]
