"""A bakery's spreadsheet of three years: one KPI drifts, one looks restless, one grows."""

from datetime import date

import numpy as np

from data.company.fields import TeamRow
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from models import Better

TEAM = "Brotwerk"
MONTHS = 36
KPIS = (
    KpiRow(team=TEAM, kpi="Revenue", unit="T€", better=Better.HIGHER, low=100.0),
    KpiRow(team=TEAM, kpi="Scrap rate", unit="%", better=Better.LOWER, high=5.2),
    KpiRow(team=TEAM, kpi="On-time delivery", unit="%", better=Better.HIGHER, low=94.5),
    KpiRow(team=TEAM, kpi="Returns", unit="pcs", better=Better.LOWER, high=60.0),
    KpiRow(team=TEAM, kpi="Sick leave", unit="%", better=Better.WITHIN, low=3.0, high=5.0),
    KpiRow(team=TEAM, kpi="Complaints", unit="pcs", better=Better.LOWER),
)


def bakery() -> Tables:
    """Give what the spreadsheet holds."""
    noise = np.random.default_rng(13).normal(size=(len(KPIS), MONTHS))
    months = np.arange(MONTHS)
    values = (
        100 + 1.1 * months + noise[0],
        4.2 + 0.15 * noise[1] + 0.12 * np.maximum(months - 25, 0),
        94.5 + 0.5 * noise[2],
        55 + 2 * noise[3],
        4 + 0.2 * noise[4],
        20 + 3 * noise[5],
    )
    readings = [
        ReadingRow(team=TEAM, kpi=kpi.kpi, date=_month(at), value=round(float(value), 2))
        for kpi, series in zip(KPIS, values, strict=True)
        for at, value in enumerate(series)
    ]
    return Tables(teams=[TeamRow(team=TEAM)], kpis=list(KPIS), readings=readings)


def _month(number: int) -> date:
    return date(2023 + (number + 10) // 12, (number + 10) % 12 + 1, 1)
