"""The wall: what is sent to a screen without hands, and how it is left."""

from typing import Any

from streamlit.testing.v1 import AppTest

from components.meetings.wall import SECONDS, UNDECIDED_SECONDS
from components.ui.page_registry import CHECK_IN, COCKPIT
from tests.elements import all_sent, sent_to
from tests.pages.conftest import SAMPLE, Begin, Open


def sent(app: AppTest) -> dict[str, Any]:
    (data,) = all_sent(app, "wall")
    return data


def test_it_shows_the_whole_then_what_nobody_has_decided_then_the_rest(
    begin: Begin, open_place: Open
) -> None:
    begin(SAMPLE)
    cockpit = open_place(COCKPIT)
    app = open_place(CHECK_IN, wall="1")
    assert not app.exception
    slides = sent(app)["slides"]
    assert slides[0]["name"] == sent_to(cockpit, "headline")["title"]
    kinds = [slide["kind"] for slide in slides]
    assert kinds == sorted(kinds, key=["whole", "gauge", "objective"].index)
    gauges = [slide for slide in slides if slide["kind"] == "gauge"]
    stays = [slide["seconds"] for slide in gauges]
    assert stays == sorted(stays, reverse=True)
    assert {slide["seconds"] for slide in gauges if "decision" in slide["part"]} == {
        UNDECIDED_SECONDS
    }
    assert slides[-1]["seconds"] == SECONDS
    shown = {gauge["name"] for gauge in sent_to(cockpit, "gauges")["gauges"]}
    assert {slide["name"] for slide in gauges} == shown


def test_it_beats_with_each_look_and_is_left_by_the_address(begin: Begin, open_place: Open) -> None:
    begin(SAMPLE)
    app = open_place(CHECK_IN, wall="1")
    before = sent(app)["beat"]
    assert sent(app.run())["beat"] > before
    del app.query_params["wall"]
    app.run()
    assert not all_sent(app, "wall")
