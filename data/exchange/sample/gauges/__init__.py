"""The KPIs of the sample company, by team."""

from data.exchange.sample import company
from data.exchange.sample.gauge import Driven, Gauge
from data.exchange.sample.gauges import (
    alderquay,
    human_resources,
    marketing,
    procurement,
    sales,
    technical_support,
)
from data.kpis.fields import KpiRow

GAUGES: dict[str, tuple[Gauge, ...]] = {
    company.COMPANY: alderquay.GAUGES,
    company.SALES: sales.GAUGES,
    company.MARKETING: marketing.GAUGES,
    company.HUMAN_RESOURCES: human_resources.GAUGES,
    company.TECHNICAL_SUPPORT: technical_support.GAUGES,
    company.PROCUREMENT: procurement.GAUGES,
}


def kpis() -> list[KpiRow]:
    """Return what was agreed about each KPI."""
    return [_row(team, gauge) for team, gauges in GAUGES.items() for gauge in gauges]


def _row(team: str, gauge: Gauge) -> KpiRow:
    return KpiRow(
        team=team,
        kpi=gauge.name,
        unit=gauge.unit,
        better=gauge.better,
        low=gauge.low,
        high=gauge.high,
        cadence=gauge.cadence,
        owner=gauge.owner,
        kind=gauge.kind,
        driven_by=gauge.numbers.by if isinstance(gauge.numbers, Driven) else "",
        pinned=gauge.pinned,
        description=gauge.description,
    )
