"""What is said of a KPI that is to be held in its range."""

from components.ui import words
from data.okrs.views.key_results import KeyResultView


def count(key_result: KeyResultView) -> str:
    """Count the periods held."""
    if key_result.hold_periods is None:
        return ""
    periods = words.counted(key_result.hold_periods, period(key_result))
    return f"{key_result.held} of {periods} held"


def lag(key_result: KeyResultView) -> str:
    """Say how many periods too few are left to hold a KPI long enough; nothing where enough are.

    A recovery that waits for a person, or was confirmed, says that.
    """
    recovery = key_result.recovery
    told = recovery is not None and recovery.phase != "under way"
    if told or key_result.standing != "behind pace":
        return ""
    few = round((key_result.pace - key_result.progress) * (key_result.hold_periods or 0))
    return f"{words.counted(few, period(key_result))} short" if few > 0 else ""


def period(key_result: KeyResultView) -> str:
    """Name the period in which the KPI is read."""
    return words.PERIOD_NAMES[key_result.cadence] if key_result.cadence else "period"
