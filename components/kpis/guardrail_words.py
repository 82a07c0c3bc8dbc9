"""What is said of a guardrail that broke: since when, and at the end what it means for a score."""

from collections.abc import Sequence
from datetime import date

from components.ui import formatting
from data.okrs.views.key_results import GuardBreach
from models import Ambition, Cadence

SUCCESS = {Ambition.COMMITTED: 1.0, Ambition.ASPIRATIONAL: 0.7}
"""From which score on an objective is a success."""

BY_MONTH = (Cadence.MONTHLY, Cadence.QUARTERLY)


def since(breach: GuardBreach, today: date) -> str:
    """Say since when a guardrail is broken."""
    return f"broken since {formatting.began(breach.cadence, breach.on, today)}"


def broke(breach: GuardBreach, today: date) -> str:
    """Say when a guardrail broke, and since when it is steady again."""
    on = "in" if breach.cadence in BY_MONTH else "on"
    told = f"broke {on} {formatting.began(breach.cadence, breach.on, today)}"
    if breach.mended_on is None:
        return told
    return f"{told}, steady again by {formatting.began(breach.cadence, breach.mended_on, today)}"


def marks(breaches: Sequence[GuardBreach], today: date) -> str:
    """Name the guardrails of an objective that are broken; nothing where all hold."""
    told = (f"◆ {each.kpi} {since(each, today)}" for each in breaches if each.mended_on is None)
    return " · ".join(told)


def at_closing(
    breaches: Sequence[GuardBreach], score: float, ambition: Ambition, today: date
) -> str:
    """Say which guardrails broke on the way, of a good score that it is not the whole story."""
    if not breaches:
        return ""
    told = " and ".join(f"{each.kpi} {broke(each, today)}" for each in breaches)
    of = "its guardrail" if len(breaches) == 1 else "of its guardrails"
    if score >= SUCCESS[ambition]:
        return f"It moved well, but {of} {told}."
    return f"{of.capitalize()} {told}."
