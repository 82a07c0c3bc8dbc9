"""The cockpit's page: what it sends to the screen, whatever the data and the URL say."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.ui.page_registry import COCKPIT
from data.company.fields import CycleRow, TeamRow
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow, ObjectiveRow
from tests.elements import all_sent, pick, sent_to, top_line
from tests.pages.cockpit_sent import names
from tests.pages.conftest import SAMPLE, Open


@pytest.fixture
def run(begin: Callable[[Tables], None], open_place: Open) -> Open:
    """Give a function that opens the page on a company, with a URL."""

    def open_app(tables: Tables | None = None, **query: str) -> AppTest:
        if tables is not None:
            begin(tables)
        return open_place(COCKPIT, **query)

    return open_app


def test_without_a_company_the_sample_is_shown_and_says_so(run: Open, tmp_path: Path) -> None:
    app = run()
    assert not app.exception
    assert any("Sample company" in element.value for element in app.markdown)
    assert len(names(app)) == 8
    assert (tmp_path / "sample.db").exists()


def test_a_company_of_ones_own_never_sees_the_sample(run: Open) -> None:
    app = run(Tables(teams=[TeamRow(team="Bakery")]))
    assert not app.exception
    assert not any("Sample company" in element.value for element in app.markdown)
    assert [team["name"] for team in top_line(app)["teams"]] == ["Bakery"]


def test_an_empty_team_says_what_to_do_first(run: Open) -> None:
    app = run(Tables(teams=[TeamRow(team="Bakery")]))
    assert "Add the first one in Settings" in sent_to(app, "gauges")["empty"]
    assert "Write the first one on the page OKRs" in sent_to(app, "key_results")["empty"]
    assert sent_to(app, "decisions")["calm"]["shape"] == "◌"


@pytest.mark.parametrize(
    "query",
    [
        {"team": "Nobody"},
        {"cycle": "Nowhen"},
        {"as_of": "yesterday"},
        {"as_of": "9999-12-31"},
        {"as_of": "0001-01-01"},
        {"as_of": ""},
        {"focus": "kpi 999999"},
        {"focus": "kpi 99999999999999999999999"},
        {"focus": "dragon 7"},
        {"focus": "key result -1"},
        {"all_kpis": "perhaps"},
    ],
    ids=str,
)
def test_a_strange_url_still_shows_the_cockpit(run: Open, query: dict[str, str]) -> None:
    app = run(SAMPLE, **query)
    assert not app.exception
    assert not app.error
    assert len(names(app)) == 8


def test_every_team_and_cycle_can_be_shown(run: Open) -> None:
    app = run(SAMPLE)
    line = top_line(app)
    for team in line["teams"]:
        for cycle in line["cycles"]:
            pick(app, team=team["name"], cycle=cycle)
            assert not app.exception
            assert (top_line(app)["team"], top_line(app)["cycle"]) == (team["name"], cycle)


def test_the_url_says_which_team_cycle_and_day(run: Open) -> None:
    app = run(SAMPLE, team="Marketing", cycle="Q3 2026", as_of="2026-09-15")
    assert (top_line(app)["team"], top_line(app)["cycle"]) == ("Marketing", "Q3 2026")
    assert sent_to(app, "gauges")["editable"] is False
    assert sent_to(app, "key_results")["editable"] is False
    assert any("15\u00a0Sep" in element.value for element in app.markdown)


def test_the_url_alone_can_ask_for_all_kpis(run: Open) -> None:
    assert len(names(run(SAMPLE, all_kpis="true"))) > 20


def test_the_cycle_follows_the_day_that_is_looked_at(run: Open) -> None:
    app = run(SAMPLE)
    assert top_line(app)["cycle"] == "Q4 2026"
    pick(app, as_of=date(2026, 8, 1), cycle=None)
    assert top_line(app)["cycle"] == "Q3 2026"


def test_a_focused_kpi_joins_the_wall(run: Open) -> None:
    app = run(SAMPLE, all_kpis="true")
    gauges = sent_to(app, "gauges")["gauges"]
    every = {gauge["name"]: gauge["id"] for gauge in gauges}
    focused = run(focus=f"kpi {every['Stock cover']}")
    assert len(names(focused)) == 9
    assert names(focused)[-1] == "Stock cover"
    assert sent_to(focused, "gauges")["focus"] == every["Stock cover"]


def test_stale_numbers_offer_the_last_day_that_has_data(run: Open) -> None:
    kpi = {"team": "Bakery", "kpi": "Loaves"}
    old = Tables(
        teams=[TeamRow(team="Bakery")],
        cycles=[CycleRow(cycle="2019", starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))],
        kpis=[KpiRow(**kpi, low=10)],
        readings=[ReadingRow(**kpi, date=date(2019, 3, 1), value=12)],
    )
    app = run(old)
    (offer,) = [button for button in app.button if "31\u00a0Mar\u00a02019" in button.label]
    offer.click().run()
    assert not app.exception
    assert top_line(app)["as_of"] == "2019-03-31"
    assert any("Looking back" in element.value for element in app.markdown)


def test_a_database_that_cannot_be_opened_is_told_in_words(
    run: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", "sqlite:////nowhere/at/all/milepost.db")
    app = run()
    assert not app.exception
    assert "is not a folder" in app.error[0].value


def test_the_headline_says_how_all_kpis_are_and_where_one_is(run: Open) -> None:
    said = sent_to(run(SAMPLE), "headline")
    assert said["title"].startswith("23 of 27 in range, 2 without a recent reading. 3 drift, ")
    assert said["besides"][0].startswith("1 of 3 objectives is on its way")
    assert (said["trail"], said["notice"]) == ([], None)
    below = sent_to(run(team="Sales"), "headline")
    assert below["trail"] == ["Alderquay", "Sales"]


def test_teams_have_a_row_each_where_there_are_some_below(run: Open) -> None:
    rows = sent_to(run(SAMPLE), "teams")["teams"]
    assert [row["name"] for row in rows][:2] == ["Human Resources", "Technical Support"]
    assert {row["name"]: (row["fine"], row["kpis"]) for row in rows}["Sales"] == (3, 4)
    assert rows[0]["worst"]["name"] == "Recruitment time"
    assert all_sent(run(team="Sales"), "teams") == []


def test_the_url_can_ask_for_a_table_that_begins_with_the_worst(run: Open) -> None:
    cards = sent_to(run(SAMPLE), "gauges")
    assert (cards["table"], cards["gauges"][0]["name"]) == (False, "Monthly churn")
    rows = sent_to(run(gauges="table"), "gauges")
    assert rows["table"] is True
    assert rows["gauges"][0]["name"] == "Recruitment time"
    assert {row["name"] for row in rows["gauges"]} == {row["name"] for row in cards["gauges"]}


def test_a_bare_cycle_leaves_the_cockpit_to_the_one_before_and_says_so(
    run: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILEPOST_NOW", "2026-10-02T09:00:00+00:00")
    goal = {"team": "Bakery", "objective": "Bake more"}
    quarters = [("Q3 2026", date(2026, 7, 1), date(2026, 9, 30))]
    quarters += [("Q4 2026", date(2026, 10, 1), date(2026, 12, 31))]
    tables = Tables(
        teams=[TeamRow(team="Bakery")],
        cycles=[
            CycleRow(cycle=name, starts_on=first, ends_on=last) for name, first, last in quarters
        ],
        objectives=[ObjectiveRow(cycle=name, **goal) for name, _, _ in quarters],
        key_results=[
            KeyResultRow(cycle=name, **goal, key_result="Loaves", start=0, target=9)
            for name, _, _ in quarters
        ],
        check_ins=[
            CheckInRow(
                cycle="Q3 2026", **goal, key_result="Loaves", date=date(2026, 9, 20), value=3
            )
        ],
    )
    app = run(tables)
    notice = sent_to(app, "headline")["notice"]
    assert notice["cycle"] == "Q4 2026"
    assert notice["text"].endswith("this is Q3 2026.")
    assert top_line(app)["cycle"] == "Q3 2026"
    assert sent_to(run(cycle="Q4 2026"), "headline")["notice"] is None


def test_the_cycle_so_far_is_sent_once_somebody_asks_for_it(run: Open) -> None:
    app = run(SAMPLE)
    before = sent_to(app, "headline")
    assert (before["frames"], before["asked"]) == ([], "")
    app.session_state.asked_to_play = "me"
    app.run()
    headline = sent_to(app, "headline")
    frames = headline["frames"]
    assert (headline["asked"], len(frames)) == ("me", before["weeks"])
    assert [frame["week"] for frame in frames][:2] == ["week 1 of 13", "week 2 of 13"]
    shown = {key: sent_to(app, key) for key in ("teams", "gauges", "key_results")}
    for frame in frames:
        assert [each["id"] for each in frame["parts"]["gauges"]["gauges"]] == [
            each["id"] for each in shown["gauges"]["gauges"]
        ]
        assert [each["name"] for each in frame["parts"]["teams"]["teams"]] == [
            each["name"] for each in shown["teams"]["teams"]
        ]
        assert not frame["parts"]["gauges"]["editable"]
        assert not frame["parts"]["key_results"]["editable"]
    last = frames[-1]["parts"]
    assert last["headline"]["title"] == headline["title"]
    assert last["key_results"]["objectives"] == shown["key_results"]["objectives"]
    assert [each["exact"] for each in last["gauges"]["gauges"]] == [
        each["exact"] for each in shown["gauges"]["gauges"]
    ]


def test_what_changed_since_the_check_in_is_marked_for_who_asks_alone(run: Open) -> None:
    app = run(SAMPLE)
    assert sent_to(app, "headline")["since"] == {"is_marked": False, "text": ""}
    assert [sent_to(app, part)["moved"] for part in ("gauges", "key_results")] == [None, None]
    app = run(since="check-in")
    headline, gauges = sent_to(app, "headline"), sent_to(app, "gauges")
    assert headline["since"]["is_marked"]
    marks = {**gauges["moved"], **sent_to(app, "key_results")["moved"]}
    assert f"{len(marks)} thing" in headline["since"]["text"]
    assert all(text.startswith("since 16\u00a0Nov: ") for text in marks.values())
    app = run(since="check-in", team="Procurement")
    assert "nothing to compare with" in sent_to(app, "headline")["since"]["text"]
    assert sent_to(app, "gauges")["moved"] is None
