"""Elements that travel together show and hear what they do alone."""

import json

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from tests.elements import all_sent, sent_to


def script() -> None:
    from functools import partial

    import streamlit as st

    from components.ui import frontend
    from components.ui.payloads import triggered

    def hear(key: str) -> None:
        st.session_state.setdefault("done", []).append((key, triggered(key, "edit")))

    with frontend.together("page"):
        for key in ("one", "two"):
            data = {"done": list(st.session_state.get("done", []))}
            frontend.element("live")(key=key, data=data, on_edit_change=partial(hear, key))
    frontend.element("live")(key="alone", data={}, on_edit_change=partial(hear, "alone"))


def sent(*said: tuple[int, str, object]) -> WidgetStates:
    """Give what a browser sends of events, each of the element in a place on the page."""
    elements = AppTest.from_function(script).run().get("bidi_component")
    events: dict[str, list[dict[str, object]]] = {}
    for place, event, value in said:
        name = _make_trigger_id(elements[place].proto.id, "events")
        events.setdefault(name, []).append({"event": event, "value": value})
    states = [
        WidgetState(id=name, json_trigger_value=json.dumps(each)) for name, each in events.items()
    ]
    return WidgetStates(widgets=states)


GROUP, ALONE = 0, 2


@pytest.mark.parametrize("knows_the_elements", [True, False], ids=["known", "the first run"])
@pytest.mark.parametrize(
    ("said", "done"),
    [
        ([(GROUP, "one/edit", 5)], [("one", 5)]),
        ([(GROUP, "one/edit", 5), (GROUP, "two/edit", 6)], [("one", 5), ("two", 6)]),
        ([(ALONE, "edit", 7)], [("alone", 7)]),
        ([(GROUP, "edit", 5), (GROUP, "three/edit", 5), (ALONE, "one/edit", 5)], []),
    ],
)
def test_each_hears_what_was_done_in_it(
    said: list[tuple[int, str, object]], done: list[tuple[str, object]], *, knows_the_elements: bool
) -> None:
    app = AppTest.from_function(script)
    if knows_the_elements:
        app.run()
    app._run(widget_state=sent(*said))
    assert not app.exception
    shown = all_sent(app, "live")
    assert [data["done"] for data in shown if "done" in data] == [[list(one) for one in done]] * 2
    app.run()
    assert app.session_state["done"] == done if done else "done" not in app.session_state


def large() -> None:
    from components.ui import frontend

    rows = [{"id": at, "name": f"Row {at} – “long”", "words": "so many " * 20} for at in range(40)]
    alone, one, two = (frontend.element(name) for name in ("history", "gauges", "teams"))
    alone(key="alone", data={"word": "–"}, large={"rows": rows})
    with frontend.together("page"):
        one(key="one", data={"word": "–"}, large={"rows": rows})
        two(key="two", data={"word": "–"}, large={"rows": rows[:20]})


def test_they_are_one_message_and_one_for_all_their_bases() -> None:
    app = AppTest.from_function(large).run()
    elements = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    names = [each["module"].split("/")[1] for each in elements]
    assert names == ["base", "history", "together", "base"]
    assert len(elements[-1]["shown"][0]["bases"]) == 2
    assert len(json.dumps(elements[2])) < 1_000
    for name, count in (("history", 40), ("gauges", 40), ("teams", 20)):
        data = sent_to(app, name)
        assert data["word"] == "–"
        assert len(data["rows"]) == count
    assert {**sent_to(app, "gauges"), "module": ""} == {**sent_to(app, "history"), "module": ""}


def fails() -> None:
    import streamlit as st

    from components.ui import frontend

    try:
        with frontend.together("page"):
            frontend.element("live")(key="one", data={"newer": 1})
            raise LookupError
    except LookupError:
        frontend.element("live")(key="two", data={"newer": 2})
    st.write("ended")


def test_what_is_not_whole_is_not_shown_and_holds_nothing_back() -> None:
    app = AppTest.from_function(fails).run()
    assert sent_to(app, "live")["newer"] == 2
