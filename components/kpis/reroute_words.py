"""The recovery that is proposed for a KPI, in words made from the facts."""

from datetime import date

from components.kpis import first_sentence, recovery_words
from components.ui import words
from data.kpis.views.gauges import Gauge
from data.kpis.views.kpi import Tie
from data.kpis.views.recovery import RecoveryView

TITLE = "Reroute"
ABOUT = (
    "A recovery objective: bring the KPI back into its range and keep it there. Milepost says when "
    "that is certain, not after one good reading. All of this is proposed; change what you like."
)
BESIDE = "What is under way with it already"
NOTHING_BESIDE = "Nothing else is under way with this KPI."


def objective(gauge: Gauge) -> str:
    """Propose what is to be achieved; it names the driver that moved, and the time it is."""
    source = first_sentence.source(gauge.split).rpartition(" from ")[2]
    lead = f": begin with {source}" if source else ""
    return f"{gauge.name} comes back and stays{lead}{_again(gauge.recovery)}"


def _again(recovery: RecoveryView | None) -> str:
    """Say plainly that it is not the first time."""
    if recovery is None:
        return ""
    count = recovery.times + 1
    times = recovery_words.TIMES
    return f" ({times[count]} time)" if count < len(times) else f" (time {count})"


def key_result(gauge: Gauge) -> str:
    """Propose what holds it."""
    return f"{gauge.name} back in its range and kept there"


def reason(gauge: Gauge, on: date, today: date) -> str:
    """Propose why: what the KPI does, by its numbers."""
    return first_sentence.sentence(gauge, on, today)


def how_long(gauge: Gauge) -> str:
    """Name the field for how many periods it is to be held."""
    return f"{words.PERIOD_NAMES[gauge.cadence].capitalize()}s to hold"


def tied(tie: Tie) -> str:
    """Say how the KPI takes part in an objective."""
    place = f"“{tie.objective}” of {tie.team}, {tie.cycle}"
    if tie.key_result is None:
        return f"It is a guardrail of {place}."
    return f"It feeds “{tie.key_result}” in {place}."
