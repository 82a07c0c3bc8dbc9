"""What the library's examples say in words."""

from components.ui import words
from data.okrs.examples import ExampleKpi


def range_and_cadence(kpi: ExampleKpi) -> str:
    """Write the ideal range and the cadence of an example's KPI."""
    return f"{words.ideal(kpi.low, kpi.high, kpi.unit)}, {kpi.cadence.value}"
