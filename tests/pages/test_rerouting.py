"""Rerouting a KPI in its drawer, and the steps of its recovery on its page."""

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.ui import words
from components.ui.page_registry import DRIFT, KPI
from models import DecisionKind
from pages.shared.dispatch import NAME_FIRST
from tests.data.builders import key, rows
from tests.elements import sent_to
from tests.pages.conftest import Open

LEILA = "Leila Haddad"
NAME = "First response time"


def labelled(elements: object, label: str) -> object:
    return next(each for each in elements if each.label == label)  # type: ignore[attr-defined]


def press(app: AppTest, label: str) -> AppTest:
    labelled(app.button, label).click().run()  # type: ignore[attr-defined]
    assert not app.exception
    return app


def create(app: AppTest, engine: Engine, name: str) -> AppTest:
    """Press the button of the drawer, which a browser runs alone and keeps open."""
    app.session_state["reroute_of"] = key(engine, "kpi", name)
    return press(app, "Create the recovery")


def dialog(app: AppTest) -> list[str]:
    found = app.get("dialog")
    return [each.value for each in found[0].get("markdown")] if found else []


def page(open_place: Open, engine: Engine, name: str, person: str | None = LEILA) -> AppTest:
    return open_place(KPI, person=person, id=str(key(engine, "kpi", name)))


def rerouted(engine: Engine) -> list[int]:
    decisions = rows(engine, "decision")
    return [row["kpi_id"] for row in decisions if row["decision"] == DecisionKind.REROUTE]


def test_the_drawer_is_filled_in_from_the_facts(own_company: Engine, open_place: Open) -> None:
    app = press(page(open_place, own_company, NAME), "Reroute")
    assert [each.value for each in app.text_area] == [
        f"{NAME} comes back and stays: begin with Hours trial farms waited",
        f"{NAME} back in its range and kept there",
        "Rising from 2.2 to 2.9\u00a0hours since 21\u00a0Sep, nearly all from Hours trial farms "
        "waited. Leaves its range around 21\u00a0Dec.",
    ]
    assert labelled(app.number_input, "Weeks to hold").value == 12  # type: ignore[attr-defined]
    assert labelled(app.selectbox, "Cycle").value == "Q4 2026"  # type: ignore[attr-defined]
    assert labelled(app.selectbox, "Owner").value == LEILA  # type: ignore[attr-defined]


def test_what_the_kpi_takes_part_in_stands_beside(own_company: Engine, open_place: Open) -> None:
    app = press(page(open_place, own_company, NAME), "Reroute")
    told = (
        "It is a guardrail of “A problem solved is a problem gone” of Technical Support, Q4 2026."
    )
    assert any(words.escaped(told) in each for each in dialog(app))


def test_what_was_changed_in_it_is_what_is_created(own_company: Engine, open_place: Open) -> None:
    app = press(page(open_place, own_company, NAME), "Reroute")
    app.text_area[0].set_value("Nobody waits for a first answer")
    labelled(app.number_input, "Weeks to hold").set_value(8)  # type: ignore[attr-defined]
    before = len(rerouted(own_company))
    create(app, own_company, NAME)
    kpi_id = key(own_company, "kpi", NAME)
    assert rerouted(own_company)[before:] == [kpi_id]
    objective = rows(own_company, "objective")[-1]
    assert (objective["name"], objective["origin_kpi_id"]) == (
        "Nobody waits for a first answer",
        kpi_id,
    )
    assert rows(own_company, "key_result_terms")[-1]["hold_periods"] == 8
    assert not app.get("dialog")


def test_without_a_name_nothing_is_created_and_nothing_typed_is_lost(
    own_company: Engine, open_place: Open
) -> None:
    app = press(page(open_place, own_company, NAME, None), "Reroute")
    app.text_area[0].set_value("Nobody waits")
    before = len(rerouted(own_company))
    create(app, own_company, NAME)
    assert len(rerouted(own_company)) == before
    assert [each.value for each in app.error] == [words.escaped(NAME_FIRST)]
    assert app.text_area[0].value == "Nobody waits"


def test_a_recovery_that_is_certified_is_confirmed_on_the_page(
    own_company: Engine, open_place: Open
) -> None:
    app = page(open_place, own_company, "Supplier lead time", "Nadia Kowalska")
    press(app, "Confirm it is back")
    last = rows(own_company, "decision")[-1]
    assert (last["decision"], last["reason"]) == (
        "confirm",
        "We looked at it: it is back, and it holds.",
    )
    written = "\n".join(each.value for each in app.markdown)
    assert "◐ on probation" in written
    assert "0 of 12 weeks held once more" in written


def test_what_slipped_is_taken_on_again_on_the_page(own_company: Engine, open_place: Open) -> None:
    app = page(open_place, own_company, "Pipeline coverage", "Marek Dvorsky")
    before = len(rerouted(own_company))
    press(app, "Take it on again")
    assert len(rerouted(own_company)) == before + 1
    objective = rows(own_company, "objective")[-1]
    assert objective["name"] == "An offer fits on one page"
    assert objective["cycle_id"] == key(own_company, "cycle", "Q4 2026")
    written = "\n".join(each.value for each in app.markdown)
    assert "on its way back · second time" in written


def test_what_recovers_is_not_rerouted_again(own_company: Engine, open_place: Open) -> None:
    app = page(open_place, own_company, "Sales cycle", "Marek Dvorsky")
    assert labelled(app.button, "Reroute").disabled  # type: ignore[attr-defined]


def test_every_row_that_waits_offers_it(own_company: Engine, open_place: Open) -> None:
    sent = sent_to(open_place(DRIFT, person=LEILA), "drift")
    assert "reroute" in sent["form"]["kinds"]
    columns = sent["rows"]
    assert len(columns["reroutes"]) == len(columns["name"])
