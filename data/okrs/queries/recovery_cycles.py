"""In which cycle a recovery begins, and for how many periods it is held."""

from datetime import date, timedelta

from analytics.recovery import HOLD_PERIODS
from data.company.queries import Company
from data.okrs.views.recovery import RecoveryCycles

TOO_SHORT = timedelta(weeks=3)
"""With less than this to go, a recovery begins in the next cycle."""


def recovery_cycles(here: Company, cadence: str, day: date) -> RecoveryCycles | None:
    """Give the cycles that are not over, and the one to propose; None without any.

    That is the one of the day, or the next one, the first to begin, where that is nearly over.
    """
    open_ = sorted(
        (row for row in here.cycles if row.ends_on >= day),
        key=lambda row: (row.starts_on, row.ends_on),
    )
    if not open_:
        return None
    current = here.cycle_named(None, day)
    proposed = next((row for row in open_ if current and row.id == current.id), open_[0])
    if proposed.ends_on - day < TOO_SHORT:
        later = [row for row in open_ if row.starts_on > proposed.ends_on]
        proposed = min(later, key=lambda row: (row.starts_on, row.ends_on), default=proposed)
    offered = tuple((row.name, row.id) for row in open_)
    return RecoveryCycles(offered, open_.index(proposed), HOLD_PERIODS[cadence])
