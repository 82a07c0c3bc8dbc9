"""How the KPIs of a team and of those below it are: counts, and the rows of teams."""

from datetime import timedelta

from sqlalchemy import Engine

from data.company.fields import TeamRow
from data.kpis.fields import KpiRow, ReadingRow
from data.screens.views.cockpit import Cockpit, Tally
from models import Cadence
from tests.data.builders import MONDAY, bring, seen

LAST = MONDAY - timedelta(weeks=1)


def company_of(engine: Engine, teams: dict[str, str], values: dict[str, float | None]) -> None:
    """Bring in teams below others, and a KPI of each value, called by its team and a number."""
    kpis = {name: {"team": name.split()[0], "kpi": name} for name in values}
    bring(
        engine,
        teams=[TeamRow(team=team, parent=parent) for team, parent in teams.items()],
        kpis=[KpiRow(**kpi, low=0, high=100, cadence=Cadence.WEEKLY) for kpi in kpis.values()],
        readings=[
            ReadingRow(**kpis[name], date=LAST, value=value)
            for name, value in values.items()
            if value is not None
        ],
    )


def three_levels(engine: Engine) -> None:
    teams = {"Top": "", "East": "Top", "West": "Top", "Shop": "East", "Desk": "Shop", "Idle": "Top"}
    values = {"Top 1": 50, "East 1": 50, "Shop 1": 120, "Desk 1": 150, "Desk 2": 50, "West 1": None}
    company_of(engine, teams, values)


def rows(view: Cockpit) -> dict[str, Tally]:
    return {row.team.name: row.tally for row in view.teams}


def test_a_row_counts_all_that_is_below_its_team(file: Engine) -> None:
    three_levels(file)
    view = seen(file, "Top")
    assert list(rows(view)) == ["East", "West", "Idle"]
    east, west, idle = rows(view).values()
    assert (east.kpis, east.in_range, east.outside, east.waiting) == (4, 2, 2, 2)
    assert (west.kpis, west.silent) == (1, 1)
    assert idle == Tally()


def test_the_headline_counts_the_team_and_all_below(file: Engine) -> None:
    three_levels(file)
    view = seen(file, "Top")
    assert (view.tally.kpis, view.tally.in_range, view.tally.outside) == (6, 3, 2)
    assert view.tally.silent == 1
    below = [row.tally for row in view.teams]
    assert sum(row.kpis for row in below) == view.tally.kpis - 1
    assert sum(row.outside for row in below) == view.tally.outside


def test_the_worst_of_a_row_is_the_worst_below_it(file: Engine) -> None:
    three_levels(file)
    worst = [row.worst and row.worst.name for row in seen(file, "Top").teams]
    assert worst == ["Desk 1", "West 1", None]


def test_a_team_with_none_below_has_no_rows(file: Engine) -> None:
    three_levels(file)
    view = seen(file, "Desk")
    assert (view.teams, view.more_teams, view.tally.kpis) == ((), 0, 2)


def test_six_teams_are_shown_worst_first_and_the_rest_where_asked_for(file: Engine) -> None:
    names = [f"T{number}" for number in range(9)]
    company_of(
        file,
        {"Top": ""} | dict.fromkeys(names, "Top"),
        {f"{name} x": 101.0 if at > 6 else 50.0 for at, name in enumerate(names)},
    )
    few = seen(file, "Top")
    assert [row.team.name for row in few.teams] == ["T7", "T8", "T0", "T1", "T2", "T3"]
    assert few.more_teams == 3
    all_ = seen(file, "Top", all_teams=True)
    assert (len(all_.teams), all_.more_teams) == (9, 0)


def test_what_nobody_pinned_is_counted_too(file: Engine) -> None:
    three_levels(file)
    bring(file, kpis=[KpiRow(team="Top", kpi="Top 2", low=0, pinned=("Top",))])
    view = seen(file, "Top")
    assert [gauge.name for gauge in view.gauges] == ["Top 2"]
    assert (view.tally.kpis, view.tally.waiting) == (7, 2)
