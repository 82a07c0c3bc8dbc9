"""What would help a KPI most, as a team sees it: by hand on a small company."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col

from data.company.fields import TeamRow
from data.company.queries import company as read_company
from data.core.database import data_version
from data.kpis.commands.decisions import dismiss
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import KeyResultRow
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.queries.driver_impact import SHOWN, driven_kpis, levers_of
from data.okrs.views.drafts import DrivenKpi, DriverImpact, FedKeyResult
from models import Better, Cadence, Company, Health, Kpi
from tests.data.builders import MONDAY, ROAD, TODAY, bring, key, person, statements

LAST = MONDAY - timedelta(weeks=1)
"""The last week that is over."""


def looked_at(engine: Engine, team: str, day: date = TODAY) -> tuple[Engine, int, OkrLook]:
    version = data_version(engine)
    here = read_company(engine, version)
    return engine, version, OkrLook(here.team_named(team), here.cycle_named("Q2 2026", day), day)


def driven(engine: Engine, team: str = "Sales", day: date = TODAY) -> list[DrivenKpi]:
    return list(driven_kpis(*looked_at(engine, team, day)))


def found(
    engine: Engine, kpi: str = "Churn", team: str = "Sales", day: date = TODAY
) -> list[DriverImpact]:
    return list(levers_of(*looked_at(engine, team, day), key(engine, "kpi", kpi)))


def helpful(levers: list[DriverImpact]) -> dict[str, float]:
    return {lever.kpi: lever.share for lever in levers}


def kpi(team: str, name: str, driven_by: str = "", **more: Any) -> KpiRow:
    better = more.pop("better", Better.HIGHER)
    row = {"cadence": Cadence.WEEKLY, "better": better, "driven_by": driven_by, **more}
    return KpiRow(team=team, kpi=name, **row)


def weeks(team: str, name: str, *values: float) -> list[ReadingRow]:
    """Give weekly readings, the last one of the last week that is over."""
    first = LAST - timedelta(weeks=len(values) - 1)
    return [
        ReadingRow(team=team, kpi=name, date=first + timedelta(weeks=at), value=value)
        for at, value in enumerate(values)
    ]


@pytest.fixture
def churn(company: Engine) -> Engine:
    """Give a churn of 5 %: 5 lost of 100 customers, which Support counts as 2 × (30 + 20)."""
    bring(
        company,
        kpis=[
            kpi(
                "Sales",
                "Churn",
                "100 * [Sales / Lost] / [Customers]",
                better=Better.LOWER,
                high=4,
                unit="%",
            ),
            kpi("Sales", "Lost", better=Better.LOWER, unit="people"),
            kpi("Acme", "Customers", "2 × [Support / Accounts]", low=10),
            kpi("Support", "Accounts", "[Sites] + [Homes]"),
            kpi("Support", "Sites"),
            kpi("Support", "Homes"),
        ],
        readings=[
            *weeks("Sales", "Churn", 5, 5, 5),
            *weeks("Sales", "Lost", 4, 4, 4, 4, 5, 5, 5, 5),
            *weeks("Support", "Sites", *[30] * 8),
            *weeks("Support", "Homes", *[20] * 8),
        ],
    )
    return company


def test_the_drivers_and_theirs_come_the_most_helpful_first(churn: Engine) -> None:
    levers = found(churn)
    assert [lever.kpi for lever in levers] == ["Lost", "Customers", "Accounts", "Sites", "Homes"]
    gains = [0.5, 5 - 500 / 110, 5 - 500 / 110, 5 - 500 / 106, 5 - 500 / 104]
    assert [lever.share for lever in levers] == pytest.approx([gain / 0.5 for gain in gains])
    assert [lever.value for lever in levers] == [5, None, None, 30, 20]
    assert levers[0].reason == (
        "Lost down by 0.5 people brings Churn down by 0.5 percentage points while the rest "
        "holds: that would help."
    )
    assert levers[3].reason.startswith("Support / Sites up by 3 brings Churn down by 0.28 ")


def test_what_would_not_help_has_no_share(churn: Engine) -> None:
    bring(
        churn,
        kpis=[
            kpi("Acme", "Customers", "[Support / Accounts] - [Growth]"),
            kpi("Acme", "Growth"),
        ],
        readings=weeks("Acme", "Growth", 10),
    )
    levers = found(churn)
    assert (levers[-1].kpi, levers[-1].share) == ("Growth", 0)
    assert levers[-1].reason.endswith("that would not help.")


def test_a_dismissed_reading_is_none(churn: Engine) -> None:
    bring(churn, readings=weeks("Sales", "Lost", 50))
    assert found(churn)[0].value == 50
    dismiss(
        churn,
        person_id=person(churn),
        kpi_id=key(churn, "kpi", "Lost"),
        period=LAST,
        reason="a typo",
    )
    (lost, *_) = found(churn)
    assert (lost.kpi, lost.value) == ("Lost", 5)
    # The mean of 4, 5, 5 and 5 that are left, less a tenth.
    assert "down by 0.48 people" in lost.reason


def test_a_look_back_knows_what_was_known_then(churn: Engine) -> None:
    (lost, *_) = found(churn, day=MONDAY - timedelta(weeks=4))
    assert lost.value == 4
    assert lost.reason.startswith("Lost down by 0.4 people brings Churn down by 0.4 ")


def test_what_feeds_a_key_result_of_the_team_says_so(churn: Engine) -> None:
    bring(
        churn,
        key_results=[KeyResultRow(**ROAD, key_result="Keep them", start=5, target=2, kpi="Lost")],
    )
    assert {lever.kpi: lever.feeds for lever in found(churn)}["Lost"] == (
        FedKeyResult("Keep them", key(churn, "objective", ROAD["objective"])),
    )
    assert {lever.kpi: lever.feeds for lever in found(churn)}["Customers"] == ()
    assert found(churn, team="Acme")[0].feeds == ()


def test_another_team_calls_the_drivers_by_their_team(churn: Engine) -> None:
    assert found(churn, team="Acme")[0].reason.startswith("Sales / Lost down by 0.5 people")


def test_a_team_may_have_brackets_in_its_name(company: Engine) -> None:
    bring(
        company,
        teams=[TeamRow(team="Ops [EU]", parent="Acme")],
        kpis=[kpi("Ops [EU]", "Yield", "[Good] / 100"), kpi("Ops [EU]", "Good")],
        readings=weeks("Ops [EU]", "Good", 50),
    )
    (good,) = found(company, "Yield", "Acme")
    assert (good.kpi, good.share) == ("Good", 1)


def test_where_names_mean_two_things_nothing_is_told(company: Engine) -> None:
    bring(
        company,
        kpis=[
            kpi("Support", "Sum", "[Left] + [Sales / Left]"),
            kpi("Support", "Sales / Left"),
            kpi("Support", "Left"),
            kpi("Sales", "Left"),
            kpi("Sales", "Whole", "[Left] + [Support / Sum]"),
        ],
        readings=[
            *weeks("Support", "Sales / Left", 1),
            *weeks("Support", "Left", 2),
            *weeks("Sales", "Left", 3),
        ],
    )
    assert helpful(found(company, "Whole", "Support")) == {}
    assert helpful(found(company, "Sum", "Support")) == {"Left": 1, "Sales / Left": 0.5}


@pytest.mark.parametrize("driven_by", ["[Lost] / [Rain]", "[Lost", "[Lost] / ([Lost] - [Lost])"])
def test_where_nothing_can_be_computed_nothing_is_told(churn: Engine, driven_by: str) -> None:
    assert found(churn)
    with churn.begin() as connection:
        # A command would refuse it.
        connection.execute(update(Kpi).where(col(Kpi.name) == "Churn").values(driven_by=driven_by))
        connection.execute(update(Company).values(version=col(Company.version) + 1))
    assert found(churn) == []


def test_only_so_many_are_shown(company: Engine) -> None:
    names = [f"Part {n}" for n in range(SHOWN + 2)]
    bring(
        company,
        kpis=[
            kpi("Sales", "Sum", " + ".join(f"[{name}]" for name in names)),
            *(kpi("Sales", name) for name in names),
        ],
        readings=[
            reading for n, name in enumerate(names, 1) for reading in weeks("Sales", name, n)
        ],
    )
    assert [lever.kpi for lever in found(company, "Sum")] == names[: -SHOWN - 1 : -1]


def test_the_teams_own_come_first_then_those_above_and_below(churn: Engine) -> None:
    bring(churn, kpis=[kpi("North", "Share", "[Lost] / [Customers]")])
    assert [each.name for each in driven(churn)] == ["Churn", "Customers", "North / Share"]
    assert [each.name for each in driven(churn, "North")] == ["Share", "Churn", "Customers"]
    assert [each.away for each in driven(churn, "North")] == [0, 1, 2]
    assert [each.name for each in driven(churn, "Support")] == ["Accounts", "Customers"]


def test_each_says_where_it_stands(churn: Engine) -> None:
    first, second = driven(churn)
    assert (first.value, first.high, first.unit, first.health) == (5, 4, "%", Health.OUT_OF_RANGE)
    assert (second.value, second.low, second.health) == (None, 10, Health.NO_DATA)
    (earlier, _) = driven(churn, day=MONDAY - timedelta(weeks=6))
    assert earlier.health is Health.NO_DATA


def test_without_driven_kpis_there_is_nothing(company: Engine) -> None:
    assert driven(company) == []
    assert found(company, "Conversion") == []
    assert levers_of(*looked_at(company, "Sales"), 10**9) == ()


def test_both_cost_the_same_statements_whatever_there_is(churn: Engine) -> None:
    for count in (1, 20):
        parts = [kpi("North", f"Share {n}", "[Churn] / [Customers]") for n in range(count)]
        bring(churn, kpis=parts)
        look, churn_id = looked_at(churn, "Sales"), key(churn, "kpi", "Churn")
        # The page has read these before the drawer opens.
        okrs(*look)
        with statements(churn) as noted:
            assert len(driven_kpis(*look)) == 2 + count
        assert len(noted) == 4
        with statements(churn) as noted:
            assert len(levers_of(*look, churn_id)) == 5
        assert len(noted) == 6
