"""A quarter of as many objectives and KPIs as a test wants, to count statements by."""

from sqlalchemy import Engine

from data.kpis.fields import KpiRow
from data.okrs.fields import KeyResultRow, ObjectiveRow
from models import Better
from tests.data.builders import bring

COMPANY = 4 + 1
"""Teams, cycles, people and the time zone are read when they change; one tells of what that is."""


def grow(engine: Engine, objectives: int, kpis: int) -> None:
    bring(
        engine,
        kpis=[
            KpiRow(team="North", kpi=f"KPI {n}", better=Better.HIGHER, low=1) for n in range(kpis)
        ],
        objectives=[
            ObjectiveRow(
                cycle="Q2 2026",
                team="North",
                objective=f"Objective {n}",
                supports=("Win the north",) if n % 2 else (),
                guardrails=(f"KPI {n}",),
            )
            for n in range(objectives)
        ],
        key_results=[
            KeyResultRow(
                cycle="Q2 2026",
                team="North",
                objective=f"Objective {n}",
                key_result=f"Result {m}",
                start=0,
                target=10,
                kpi=f"KPI {n}" if m else "",
            )
            for n in range(objectives)
            for m in range(3)
        ],
    )
