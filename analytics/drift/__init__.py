"""How a KPI behaves against its own past: its signals, its change points, and how surely."""

from analytics.drift.segments import change_points
from analytics.drift.signal_evidence import Facts
from analytics.drift.signals import replay, state_after, trace, trace_from
from analytics.drift.state import State, rebase, resume

__all__ = [
    "Facts",
    "State",
    "change_points",
    "rebase",
    "replay",
    "resume",
    "state_after",
    "trace",
    "trace_from",
]
