"""The page of drifts: what it shows, whatever the URL says, and the way between pages."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.drift import account_words
from components.ui.page_registry import COCKPIT, DRIFT, KPI, LOOKED_AT, PLACES
from data.company.fields import TeamRow
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow
from tests.data.builders import rows
from tests.elements import records, sent_to, top_line
from tests.pages.conftest import SAMPLE, Open


@pytest.fixture
def run(begin: Callable[[Tables], None], open_place: Open) -> Open:
    """Give a function that opens the page on a company, with a URL."""

    def open_app(tables: Tables | None = None, **query: str) -> AppTest:
        if tables is not None:
            begin(tables)
        return open_place(DRIFT, **query)

    return open_app


def sent(app: AppTest) -> dict[str, Any]:
    """Give what the list was sent."""
    return sent_to(app, "drift")


def names(app: AppTest) -> list[str]:
    return [row["name"] for row in records(sent(app)["rows"])]


def looked_at(app: AppTest) -> dict[str, str]:
    """Give what the URL says that a link to another page takes along."""
    return {name: app.query_params[name] for name in LOOKED_AT if name in app.query_params}


def test_the_sample_company_shows_what_drifts(run: Open) -> None:
    app = run(SAMPLE)
    assert not app.exception
    data = sent(app)
    signals = [row["signal"] for row in records(data["rows"])]
    drifting = sum(one is not None and one["kind"] in ("drifting", "decided") for one in signals)
    assert drifting >= 2
    # One of them is an indicator.
    assert "Hours trial farms waited" in names(app)
    assert data["question"].startswith(f"{drifting - 1} of 25 KPIs drift, ")
    assert data["besides"].startswith("2 have no data · ")
    assert "By luck alone" in data["chance"]
    assert {"Sales cycle", "First response time"} <= set(names(app))
    assert (data["teams"][0]["name"], data["teams"][0]["depth"]) == ("Alderquay", 0)
    assert len(data["weeks"]) == 26


@pytest.mark.parametrize(
    "query",
    [
        {"team": "Nobody"},
        {"state": "asleep"},
        {"decided": "perhaps"},
        {"rows": "many"},
        {"as_of": "yesterday"},
        {"as_of": "9999-12-31"},
        {"cycle": "Nowhen"},
        {"id": "7"},
    ],
    ids=str,
)
def test_a_strange_url_still_shows_the_list(run: Open, query: dict[str, str]) -> None:
    app = run(SAMPLE, **query)
    assert not app.exception
    assert not app.error
    assert names(app) == names(run())


def test_the_url_narrows_the_list(run: Open) -> None:
    app = run(SAMPLE, team="Sales", state="drifting", decided="decided")
    assert names(app) == ["Sales cycle", "Pipeline coverage"]
    assert top_line(app)["team"] == "Sales"
    assert names(run(state="watched", decided="undecided")) == []


def test_a_filter_goes_into_the_url(run: Open) -> None:
    app = run(SAMPLE)
    assert [each["picked"] for each in sent(app)["filters"]] == ["all", "all"]
    # As the callback of the list does.
    app.session_state["state"] = "recovering"
    app.run()
    assert [each["picked"] for each in sent(app)["filters"]] == ["recovering", "all"]
    assert names(app) == ["Resolution time"]
    assert app.query_params["state"] == "recovering"


def test_an_earlier_day_says_so(run: Open) -> None:
    app = run(SAMPLE, as_of="2026-08-31")
    assert not app.exception
    assert any("Looking back" in element.value for element in app.markdown)
    assert "Pipeline coverage" not in names(app)


def test_without_kpis_it_says_what_to_do_first(run: Open) -> None:
    app = run(Tables(teams=[TeamRow(team="Bakery")]))
    assert "Add the first one in Settings" in sent(app)["empty"]


def test_a_quiet_team_says_so(run: Open) -> None:
    kpi = KpiRow(team="Bakery", kpi="Loaves", low=10)
    app = run(Tables(teams=[TeamRow(team="Bakery")], kpis=[kpi]))
    assert sent(app)["empty"].startswith("Nothing drifts under Bakery.")


def test_every_page_links_to_the_others_and_takes_along_what_is_looked_at(
    run: Open,
) -> None:
    query = {"team": "Sales", "cycle": "Q3 2026", "as_of": "2026-11-10"}
    app = run(SAMPLE, **query)
    assert looked_at(app) == query
    app.switch_page(COCKPIT.script).run()
    line = top_line(app)
    assert {name: line[name] for name in query} == query
    assert looked_at(app) == query


def test_a_click_on_a_name_opens_the_kpi_and_the_way_back_is_kept(
    run: Open,
) -> None:
    app = run(SAMPLE, team="Sales", state="drifting")
    app.session_state["looked_at"] = records(sent(app)["rows"])[0]["id"]
    app.run()
    assert not app.exception
    assert app.query_params["state"] == "drifting"
    assert looked_at(app) == {"team": "Sales"}


def test_each_linked_page_is_named_once(run: Open) -> None:
    app = run(SAMPLE)
    titles = [place["title"] for place in top_line(app)["places"]]
    assert titles == [place.title for place in PLACES if place.linked]
    assert KPI.title not in titles


def test_one_tap_says_whether_a_drift_was_real(own_company: Engine, open_place: Open) -> None:
    app = open_place(DRIFT, person="Leila Haddad", team="Marketing")
    (real,) = [each for each in app.button if each.label == account_words.REALLY]
    real.click().run()
    assert not app.exception
    said = [row["verdict"] for row in rows(own_company, "verdict")]
    assert said.count("real") == 6
    assert [each for each in app.button if each.label == account_words.REALLY] == []
    app.toggle("alarm_account").set_value(True).run()
    assert any("Marketing · 2 shown · 2 real" in each.value for each in app.markdown)
