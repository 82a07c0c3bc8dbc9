"""Whoever looks at a team is told of its changes, and left alone by those of others."""

from sqlalchemy import Engine

from data.core.database import data_version
from data.core.team_versions import ANYTHING_ELSE, KeptViews, is_newer, teams_looked_at
from data.kpis.fields import KpiRow
from tests.data.builders import bring, key, record


def test_a_save_is_news_to_those_who_look_at_its_team(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    sales, north = key(engine, "team", "Sales"), key(engine, "team", "North")
    before = data_version(engine)
    assert not is_newer(engine, before, before, {ANYTHING_ELSE, sales})
    record(engine, 9.5)
    after = data_version(engine)
    assert is_newer(engine, before, after, {ANYTHING_ELSE, sales})
    assert not is_newer(engine, before, after, {ANYTHING_ELSE, north})


def test_what_is_of_no_team_alone_is_news_to_everybody(company: Engine) -> None:
    before = data_version(company)
    bring(company, kpis=[KpiRow(team="North", kpi="Calls")])
    assert is_newer(company, before, data_version(company), {ANYTHING_ELSE})


def test_the_teams_of_kept_views_are_known_whether_read_now_or_before(company: Engine) -> None:
    kept: KeptViews[str, str] = KeptViews(2)
    version = data_version(company)
    for _ in range(2):
        with teams_looked_at() as teams:
            kept.get(company, version, "asked", lambda: ("view", (3, 5)))
        assert teams == {ANYTHING_ELSE, 3, 5}
    with teams_looked_at() as others:
        pass
    kept.get(company, version, "asked", lambda: ("view", (3, 5)))
    assert others == {ANYTHING_ELSE}
