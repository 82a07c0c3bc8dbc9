"""Opening the data: what happens once a server, and the sample company beside one's own."""

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from components.ui.page_registry import BEGIN, COCKPIT, IMPORT, PLACES, SETTINGS, UPDATE, Place
from data.company.fields import TeamRow
from data.core.database import Unusable
from data.core.errors import Unreachable
from data.exchange.tables import Tables
from pages.shared import workspace
from pages.shared.in_turn import InTurn
from tests.elements import sent_to
from tests.pages.conftest import Begin, Open

OWN = Tables(teams=[TeamRow(team="Brotwerk")])


def test_what_is_loaded_by_the_first_page_is_left_out_of_garbage_collections(
    open_place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.unfreeze()
    monkeypatch.setattr(workspace, "_ready", Event())
    assert not open_place(UPDATE).exception
    spared = gc.get_freeze_count()
    assert spared > 100_000
    assert not open_place(UPDATE).exception
    # What is let go of may only make them fewer.
    assert gc.get_freeze_count() <= spared


def test_a_page_that_fails_though_the_database_answers_is_not_run_again_at_once(
    open_place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []

    def fail(*_: object) -> None:
        runs.append(1)
        raise Unreachable("Not saved yet: the file of the database is damaged.", "")

    monkeypatch.setattr("data.screens.update.mine", fail)
    page = open_place(UPDATE, person="Leila Haddad")
    assert not page.exception
    assert len(runs) == 1
    assert any("cannot be reached" in text.value for text in page.markdown)


def test_what_somebody_has_to_do_about_a_file_is_said(
    open_place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Unreachable("", "The file is damaged. Restore a copy.", is_lasting=True)

    monkeypatch.setattr("data.screens.update.mine", fail)
    page = open_place(UPDATE, person="Leila Haddad")
    assert "The file is damaged\\. Restore a copy\\." in said(page)


def test_a_database_that_cannot_be_opened_is_looked_for_again(
    open_place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise Unusable("postgresql://milepost cannot be opened: check the address")

    with monkeypatch.context() as patch:
        patch.setattr(workspace, "open_workspace", fail)
        page = open_place(COCKPIT)
        assert "cannot be opened" in page.error[0].value
        assert not workspace._can_be_opened()
    assert workspace._can_be_opened()
    assert not page.run().error


def test_whoever_is_slow_holds_nobody_back_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "WAITS", 0.05)
    monkeypatch.setattr(workspace, "_computed", InTurn(1))
    seen = []
    with ThreadPoolExecutor(2) as pool:
        slow, go_on = Event(), Event()
        first = pool.submit(workspace.run, lambda: (slow.set(), go_on.wait(20))[0], "Import")
        assert slow.wait(20)
        workspace.run(lambda: seen.append("beside"), "Cockpit")
        assert seen == ["beside"]
        go_on.set()
        first.result(20)


def test_a_page_that_ends_with_an_error_holds_nobody_back(monkeypatch: pytest.MonkeyPatch) -> None:
    computed = InTurn(1)
    monkeypatch.setattr(workspace, "_computed", computed)

    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        workspace.run(fail, "Cockpit")
    assert computed._free == 1


def said(app: AppTest) -> str:
    assert not app.exception
    return " ".join(each.value for each in app.markdown)


def links(app: AppTest) -> list[str]:
    return [str(each.proto.label) for each in app.get("page_link")]


def test_the_sample_stays_one_click_away(begin: Begin, open_place: Open) -> None:
    begin(OWN)
    own = open_place(COCKPIT)
    assert "Sample company" not in said(own)
    assert sent_to(own, "top_line")["is_own"]
    sample = open_place(COCKPIT, sample="1")
    assert "Sample company" in said(sample)
    assert links(sample) == ["Back to Brotwerk"]
    line = sent_to(sample, "top_line")
    assert not line["is_own"]
    assert "Brotwerk" not in [team["name"] for team in line["teams"]]


@pytest.mark.parametrize("place", [each for each in PLACES if each not in (BEGIN, IMPORT)])
def test_all_pages_show_the_sample_where_it_is_asked_for(
    place: Place, begin: Begin, open_place: Open
) -> None:
    begin(OWN)
    query = {"id": "1"} if place.path == "kpi" else {}
    sample = open_place(place, sample="1", **query)
    assert not sample.exception
    assert sent_to(sample, "top_line")["is_own"] is False


def test_from_the_sample_all_goes_to_ones_own(begin: Begin, open_place: Open) -> None:
    begin(OWN)
    page = open_place(IMPORT, sample="1")
    assert "goes to your own company" in said(page)
    assert links(page) == ["Back to Brotwerk"]
    # Nobody begins a second time.
    assert open_place(BEGIN, sample="1").text_input == []


def test_before_there_is_a_company_the_sample_leads_to_it(open_place: Open) -> None:
    assert links(open_place(SETTINGS, sample="1"))[-1] == "Begin with your own company"
    assert not sent_to(open_place(COCKPIT), "top_line")["is_own"]
