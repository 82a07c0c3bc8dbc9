"""The signals as they were shown: brought up to date by every command."""

from data.kpis.signals.maintenance import SignalFollower
from data.kpis.signals.pending import complete, compute_overdue

__all__ = ["SignalFollower", "complete", "compute_overdue"]
