"""The stored signals: brought up to date by every command, and the replay they must equal."""

from data.signals.latest import NUMBERS
from data.signals.replay import replayed
from data.signals.upkeep import Touched, complete, refresh

__all__ = ["NUMBERS", "Touched", "complete", "refresh", "replayed"]
