"""What the drifts of many KPIs come from: as the page of each tells it, at a fixed cost."""

from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import Engine

from data.company.queries import company as read_company
from data.core.database import data_version
from data.kpis.commands.decisions import dismiss
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.queries.why import why
from data.kpis.views.why import Split
from data.screens.drift import DriftLook, drift
from models import Better, Cadence
from tests.data.builders import MONDAY, TODAY, bring, forget, key, person, statements

WEEKS = tuple(MONDAY - timedelta(weeks=60 - number) for number in range(60))


def noise(seed: int, level: float = 10.0) -> list[float]:
    drawn = np.random.default_rng(seed).normal(level, 0.1, len(WEEKS))
    return [round(float(value), 3) for value in drawn]


def stepped(seed: int, at: int) -> list[float]:
    return [value + 4 * (week >= at) for week, value in enumerate(noise(seed))]


def weekly(name: str, *, team: str = "Sales", driven_by: str = "") -> KpiRow:
    facts = {"better": Better.LOWER, "high": 1000, "cadence": Cadence.WEEKLY}
    return KpiRow(team=team, kpi=name, driven_by=driven_by, **facts)


def read(engine: Engine, name: str, values: list[float], team: str = "Sales") -> None:
    told = [
        ReadingRow(team=team, kpi=name, date=week, value=value)
        for week, value in zip(WEEKS, values, strict=True)
    ]
    bring(engine, readings=told)


def driven(engine: Engine, name: str, at: int, *, lost_by: str = "Sales") -> None:
    """Bring in a KPI that drifts from a week on, with what drives it."""
    lost = f"{name} lost"
    called = lost if lost_by == "Sales" else f"{lost_by} / {lost}"
    expression = f"100 × [{called}] ÷ [{name} all]"
    bring(
        engine,
        kpis=[
            weekly(lost, team=lost_by),
            weekly(f"{name} all"),
            weekly(name, driven_by=expression),
        ],
    )
    part, whole = stepped(at, at), [value * 20 for value in noise(at + 1)]
    read(engine, lost, part, lost_by)
    read(engine, f"{name} all", whole)
    read(engine, name, [100 * a / b for a, b in zip(part, whole, strict=True)])


def listed(engine: Engine, day: date = TODAY) -> dict[str, Split | None]:
    """Give what each KPI of the leader's list comes from, by its name."""
    version = data_version(engine)
    team = next(team for team in read_company(engine, version).teams if team.name == "Sales")
    rows = drift(engine, version, DriftLook(team, day)).listed
    return {row.gauge.name: row.gauge.split for row in rows}


def on_its_page(engine: Engine, name: str) -> Split | None:
    found = why(engine, data_version(engine), key(engine, "kpi", name), TODAY)
    assert found is not None
    return found.split


def test_each_drift_comes_from_what_its_own_page_says(company: Engine) -> None:
    driven(company, "Churn", 48)
    driven(company, "Returns", 20, lost_by="Support")
    # What was dismissed of one that drives another still counts for that.
    bring(company, kpis=[weekly("Twice", driven_by="[Churn] * 2")])
    read(company, "Twice", [value / 5 for value in stepped(3, 48)])
    churn, who = key(company, "kpi", "Churn"), person(company)
    dismiss(company, person_id=who, kpi_id=churn, period=WEEKS[50], reason="a test")
    found = listed(company)
    assert {"Churn", "Returns", "Twice"} <= found.keys()
    for name, split in found.items():
        assert split == on_its_page(company, name)
    assert found["Churn lost"] is None
    assert found["Returns"] is not None
    assert len(found["Returns"].parts) == 2


@pytest.mark.parametrize(
    ("driven_by", "told"),
    [
        ("[Gone] * 2", Split("[Gone] * 2", unknown=("Gone",))),
        ("[Visits] * 2", Split("[Visits] * 2", silent=("Visits",))),
    ],
)
def test_what_cannot_be_split_is_said_as_on_its_page(
    company: Engine, driven_by: str, told: Split
) -> None:
    driven(company, "Churn", 48)
    with company.begin() as connection:
        statement = "UPDATE kpi SET driven_by = ? WHERE name = 'Churn'"
        connection.exec_driver_sql(statement, (driven_by,))
    forget(company)
    assert listed(company)["Churn"] == told == on_its_page(company, "Churn")


def test_an_expression_that_cannot_be_read_hides_no_row(company: Engine) -> None:
    driven(company, "Churn", 48)
    with company.begin() as connection:
        connection.exec_driver_sql("UPDATE kpi SET driven_by = 'Lost' WHERE name = 'Churn'")
    forget(company)
    split = listed(company)["Churn"]
    assert split is not None
    assert split.unreadable


def test_drivers_cost_two_statements_however_many_there_are(company: Engine) -> None:
    def cost() -> int:
        forget(company)
        listed(company)
        forget(company)
        read_company(company, data_version(company))
        with statements(company) as noted:
            listed(company)
        return len(noted)

    read(company, "Conversion", noise(1))
    none = cost()
    driven(company, "Churn", 48)
    few = cost()
    driven(company, "Returns", 30, lost_by="Support")
    driven(company, "Refunds", 52)
    # One more reads the readings of what is listed.
    assert (few - none, cost() - none) == (2 + 1, 2 + 1)


def test_a_new_reading_of_a_driver_of_another_team_is_told(company: Engine) -> None:
    driven(company, "Returns", 48, lost_by="Support")
    before = listed(company)["Returns"]
    bring(
        company,
        readings=[ReadingRow(team="Support", kpi="Returns lost", date=WEEKS[-1], value=90)],
    )
    assert listed(company)["Returns"] != before
