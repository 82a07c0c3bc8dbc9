"""The page of one KPI: its history, who said what, and what lies ahead."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data.actions.commands import amend_action
from data.core.database import data_version
from data.identity.people import introduce
from data.kpis.commands.kpis import amend_kpi
from data.kpis.commands.readings import record_reading
from tests.elements import pick, records, sent_to, told_to_all, top_line
from tests.pages.conftest import APP, Open


@pytest.fixture
def engine(own_company: Engine) -> Engine:
    return own_company


@pytest.fixture
def open_kpi(engine: Engine) -> Open:
    def open_page(name: str = "", *, key: str = "", as_of: str = "") -> AppTest:
        app = AppTest.from_file(APP, default_timeout=30)
        # As a click on the name of a gauge does.
        app.session_state["looked_at"] = key or str(key_of(engine, name))
        if as_of:
            app.query_params["as_of"] = as_of
        # The browser asks for the rest of the first page of a session at once.
        return app.run().run()

    return open_page


def key_of(engine: Engine, name: str) -> int:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id FROM kpi WHERE name = :name"), {"name": name})
        return int(found.scalar_one())


def chart(app: AppTest) -> dict[str, Any]:
    figure: dict[str, Any] = json.loads(sent_to(app, "chart")["figure"])
    return figure


def readings(app: AppTest) -> list[dict[str, Any]]:
    return records(sent_to(app, "readings")["readings"])


def written(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def head(app: AppTest) -> dict[str, Any]:
    """Give what stands above the chart."""
    return sent_to(app, "head")


def test_the_whole_history_is_drawn_with_range_limits_and_events(
    open_kpi: Open,
) -> None:
    app = open_kpi("First response time")
    assert not app.exception
    figure = chart(app)
    assert len(figure["data"][0]["x"]) > 100
    notes = [note["text"] for note in figure["layout"]["annotations"]]
    assert any(note.startswith("ideal 0–4") for note in notes)
    assert any(note.startswith("natural limits") for note in notes)
    assert any("⚑" in note for note in notes)


def test_every_kpi_of_the_sample_has_a_page(engine: Engine, open_kpi: Open) -> None:
    with engine.connect() as connection:
        keys = connection.execute(text("SELECT id FROM kpi")).scalars().all()
    assert len(keys) == 33
    for key in keys:
        app = open_kpi(key=str(key))
        assert not app.exception
        assert chart(app)["layout"]["height"]


def test_a_correction_shows_what_it_took_the_place_of(open_kpi: Open) -> None:
    told = readings(open_kpi("First response time"))
    (corrected,) = [reading["replaced"] for reading in told if reading["replaced"]]
    assert "Leila Haddad" in corrected


def test_decisions_and_objectives_are_named(open_kpi: Open) -> None:
    app = open_kpi("Sales cycle")
    assert "Rerouted" in written(app)
    links = {link.proto.label: link.proto.query_string for link in app.get("page_link")}
    (fed,) = [label for label in links if label.startswith("Feeds “Sales cycle”")]
    assert links[fed].startswith("team=Alderquay&cycle=Q4+2026&focus=objective+")


def test_an_earlier_day_shows_what_was_known_then(open_kpi: Open) -> None:
    app = open_kpi("First response time", as_of="2026-06-30")
    assert not app.exception
    assert "Looking back" in written(app)
    assert max(chart(app)["data"][0]["x"]) < "2026-07-01"


@pytest.mark.parametrize("key", ["x", "0", "999999", "9" * 30, "-1", "1; DROP TABLE kpi"])
def test_a_strange_link_says_where_to_go(open_kpi: Open, key: str) -> None:
    app = open_kpi(key=key)
    assert not app.exception
    assert "no KPI behind this link" in app.info[0].value


def press(app: AppTest, label: str) -> AppTest:
    """Send the form whose button says so, the first of several."""
    return next(button for button in app.button if button.label == label).click().run()


def fill(app: AppTest, key: str, value: str) -> None:
    """Type into the field whose key ends like that, the first of several."""
    next(field for field in app.text_input if str(field.key).endswith(key)).set_value(value)


def told(app: AppTest) -> str:
    """What the toast says."""
    return next(str(data["message"]) for data in told_to_all(app) if "nonce" in data)


def test_the_first_page_of_a_session_is_there_before_its_forms(engine: Engine) -> None:
    app = AppTest.from_file(APP, default_timeout=30)
    app.session_state["looked_at"] = str(key_of(engine, "First response time"))
    app.run()
    assert sent_to(app, "chart")["name"] == "First response time"
    assert not app.text_input
    assert sent_to(app, "live")["rest"]
    app.run()
    assert app.text_input
    assert not sent_to(app, "live")["rest"]


def test_an_event_is_noted_with_ones_name(open_kpi: Open) -> None:
    app = open_kpi("First response time")
    fill(app, "text", "New shift plan")
    press(app, "Add event")
    assert "Pick your name" in app.error[0].value
    assert next(f for f in app.text_input if str(f.key).endswith("text")).value == "New shift plan"
    pick(app, person="Leila Haddad")
    press(app, "Add event")
    assert not app.exception
    assert "New shift plan" in written(app)
    assert told(app).startswith("Noted an event")


@pytest.fixture
def at_drift(open_kpi: Open) -> AppTest:
    app = open_kpi("First response time")
    return pick(app, person="Leila Haddad")


def test_a_drift_says_why_where_and_that_nobody_has_decided(
    open_kpi: Open,
) -> None:
    app = open_kpi("First response time")
    assert head(app)["first"].startswith("Rising from 2.2 to 2.9")
    assert "nearly all from Hours trial farms waited" in head(app)["first"]
    assert "standard errors above" in head(app)["numbers"]
    assert "Nobody has decided" in written(app)
    assert any("drifting since" in note["text"] for note in chart(app)["layout"]["annotations"])
    (found,) = [data for data in told_to_all(app) if "split" in data]
    assert "moved too" in found["moved"]["question"]
    bars = {bar["name"]: bar["width"] for bar in found["split"]["bars"]}
    assert bars["Hours trial farms waited"] > 0.8 * bars["Together"] > 0


def test_a_drift_is_acknowledged_with_a_reason(at_drift: AppTest) -> None:
    press(at_drift, "Acknowledge")
    assert "Say why" in at_drift.error[0].value
    fill(at_drift, "acknowledge 0 why", "Known; the new shift helps")
    press(at_drift, "Acknowledge")
    assert not at_drift.exception
    assert "Nobody has decided" not in written(at_drift)
    assert "Known; the new shift helps" in written(at_drift).replace("\\", "")
    assert told(at_drift).startswith("Acknowledged")


def test_an_action_is_agreed_ticked_off_and_told(at_drift: AppTest) -> None:
    press(at_drift, "Agree")
    assert "Say what will be done" in at_drift.error[0].value
    fill(at_drift, "act 0 what", "Ask the trial *farms*")
    press(at_drift, "Agree")
    assert not at_drift.exception
    assert told(at_drift).startswith("Agreed: to be done by")
    assert "Nobody has decided" not in written(at_drift)
    assert "Leila Haddad: Ask the trial \\*farms\\*, by" in written(at_drift).replace("\\:", ":")
    fill(at_drift, "change 0 what", "Ask two trial farms")
    press(at_drift, "Save change")
    assert told(at_drift) == "Changed."
    assert "Ask two trial farms" in written(at_drift)
    fill(at_drift, "tick 0 note", "They want a call back")
    press(at_drift, "Tick off")
    assert not at_drift.exception
    assert told(at_drift) == "Ticked off."
    assert "They want a call back" in written(at_drift)
    assert not {"Tick off", "Withdraw"} & {button.label for button in at_drift.button}


def test_an_action_is_withdrawn(at_drift: AppTest) -> None:
    fill(at_drift, "act 0 what", "Ask the trial farms")
    press(at_drift, "Agree")
    press(at_drift, "Withdraw")
    assert told(at_drift) == "Withdrawn."
    assert "Nobody has decided" in written(at_drift)


def test_what_somebody_else_changed_of_an_action_is_told_before_it_is_saved(
    at_drift: AppTest, engine: Engine
) -> None:
    fill(at_drift, "act 0 what", "Ask the trial farms")
    press(at_drift, "Agree")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id FROM action WHERE what LIKE 'Ask the %'"))
        action_id = found.scalar_one()
    amend_action(
        engine,
        person_id=introduce(engine, "Owen Pritchard"),
        action_id=action_id,
        what="Ring them up",
        base_version=data_version(engine),
    )
    fill(at_drift, "change 0 what", "Write to them")
    press(at_drift, "Save change")
    said = at_drift.error[0].value.replace("\\", "")
    assert said.startswith("Owen Pritchard has changed it meanwhile to “Ring them up”. Look again")
    press(at_drift, "Save change")
    assert told(at_drift) == "Changed."
    assert "Write to them" in written(at_drift)


def test_a_new_normal_begins_with_the_drift_unless_told_otherwise(at_drift: AppTest) -> None:
    (since,) = [each for each in at_drift.selectbox if str(each.key).endswith("rebase 0 period")]
    assert since.value == date(2026, 9, 21)
    fill(at_drift, "rebase 0 why", "A second product line")
    press(at_drift, "Set new normal")
    assert not at_drift.exception
    assert "Rebased" in written(at_drift)
    notes = [note["text"] for note in chart(at_drift)["layout"]["annotations"]]
    assert any("new normal" in note for note in notes)
    assert not any("drifting since" in note for note in notes)


def test_the_latest_reading_is_dismissed_unless_told_otherwise(at_drift: AppTest) -> None:
    fill(at_drift, "dismiss 0 why", "The clock was off")
    press(at_drift, "Dismiss reading")
    assert not at_drift.exception
    assert readings(at_drift)[0]["value"].endswith("dismissed")
    assert "Dismissed the reading of the week of" in written(at_drift)


def test_a_look_back_offers_no_decision(open_kpi: Open) -> None:
    app = open_kpi("First response time", as_of="2026-10-30")
    assert not app.exception
    verbs = {
        "Agree",
        "Acknowledge",
        "Add event",
        "Dismiss reading",
        "Set new normal",
        "Save reading",
    }
    assert not verbs & {button.label for button in app.button}
    assert not app.text_input


POINT = date(2026, 10, 12)


def click_on(app: AppTest, engine: Engine, point: date) -> None:
    app.session_state[f"chart {key_of(engine, 'First response time')} chosen"] = point
    app.run()
    assert not app.exception


def test_a_click_on_a_point_offers_what_can_be_done_there(
    at_drift: AppTest, engine: Engine
) -> None:
    click_on(at_drift, engine, POINT)
    assert "Week of 12" in written(at_drift)
    fill(at_drift, "correct 0 value", "2,9 hours")
    fill(at_drift, "correct 0 note", "Recounted")
    press(at_drift, "Save reading")
    assert not at_drift.exception
    assert "Recounted" in {reading["note"] for reading in readings(at_drift)}


def test_what_somebody_else_saved_meanwhile_is_shown_beside_ones_own(
    at_drift: AppTest, engine: Engine
) -> None:
    click_on(at_drift, engine, POINT)
    record_reading(
        engine,
        person_id=introduce(engine, "Owen Pritchard"),
        kpi_id=key_of(engine, "First response time"),
        period=POINT,
        value=3.3,
        base_version=data_version(engine),
    )
    fill(at_drift, "correct 0 value", "2.9")
    press(at_drift, "Save reading")
    assert "Owen Pritchard saved 3.3" in at_drift.warning[0].value.replace("\\", "")
    assert "yours is 2.9" in at_drift.warning[0].value.replace("\\", "")
    press(at_drift, "Save mine all the same")
    assert not at_drift.exception
    assert not at_drift.warning
    replaced = [reading["replaced"].replace("\u00a0", " ") for reading in readings(at_drift)]
    assert any("3.3 hours (Owen" in told for told in replaced)


def test_a_shift_below_what_matters_is_said_to_be(engine: Engine, open_kpi: Open) -> None:
    assert "smallest change" not in head(open_kpi("First response time"))["numbers"]
    amend_kpi(
        engine,
        person_id=introduce(engine, "Leila Haddad"),
        kpi_id=key_of(engine, "First response time"),
        said={"smallest_change": "10"},
        base_version=data_version(engine),
    )
    numbers = head(open_kpi("First response time"))["numbers"]
    assert "but below the smallest change that matters, 10" in numbers


def test_where_its_numbers_are_kept_is_one_click_away(engine: Engine, open_kpi: Open) -> None:
    assert head(open_kpi("First response time"))["link"] == ""
    amend_kpi(
        engine,
        person_id=introduce(engine, "Leila Haddad"),
        kpi_id=key_of(engine, "First response time"),
        said={"link": "https://example.com/report"},
        base_version=data_version(engine),
    )
    assert head(open_kpi("First response time"))["link"] == "https://example.com/report"


def test_the_teams_above_it_lead_to_their_cockpits(open_kpi: Open) -> None:
    app = open_kpi("First response time", as_of="2026-10-30")
    assert head(app)["path"] == ["Alderquay", "Technical Support"]
    app.session_state["cockpit_of"] = "Technical Support"
    app.run()
    assert not app.exception
    assert top_line(app)["team"] == "Technical Support"
    assert app.query_params["as_of"] == "2026-10-30"
