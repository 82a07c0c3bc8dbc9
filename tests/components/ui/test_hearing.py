"""What somebody does in an element is done once, whatever its session knows by then."""

import json
from collections.abc import Callable

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

EDIT = {"typed": "5"}


def script() -> None:
    import streamlit as st

    from components.ui import frontend

    def hear() -> None:
        st.session_state.setdefault("done", []).append(st.session_state["some"]["edit"])

    done = list(st.session_state.get("done", []))
    frontend.element("live")(key="some", data={"done": done}, on_edit_change=hear)


def sent(to: Callable[[], None] = script) -> WidgetStates:
    """Give what a browser sends where somebody edits, which knows the element from before."""
    before = AppTest.from_function(to).run()
    (element,) = before.get("bidi_component")
    name = _make_trigger_id(element.proto.id, "events")
    said = json.dumps([{"event": "edit", "value": EDIT}])
    return WidgetStates(widgets=[WidgetState(id=name, json_trigger_value=said)])


def shown(app: AppTest) -> object:
    (element,) = app.get("bidi_component")
    return json.loads(element.proto.json)["shown"][0]["done"]


@pytest.mark.parametrize("knows_the_element", [True, False], ids=["known", "the first run"])
def test_an_edit_is_done_once_and_shown(*, knows_the_element: bool) -> None:
    app = AppTest.from_function(script)
    if knows_the_element:
        app.run()
    app._run(widget_state=sent())
    assert app.session_state["done"] == [EDIT]
    assert shown(app) == [EDIT]
    app.run()
    assert app.session_state["done"] == [EDIT]


def test_each_edit_of_a_session_is_done() -> None:
    app = AppTest.from_function(script)
    for _ in range(3):
        app._run(widget_state=sent())
    assert app.session_state["done"] == [EDIT] * 3


def interrupted_script() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    from components.ui import frontend

    def hear() -> None:
        run = get_script_run_ctx()
        assert run is not None
        assert run.script_requests is not None
        run.script_requests.request_rerun(RerunData())
        st.session_state["begun"] = True
        st.session_state["ended"] = True

    frontend.element("live")(key="some", data={}, on_edit_change=hear)


@pytest.mark.parametrize("knows_the_element", [True, False], ids=["known", "the first run"])
def test_what_is_begun_comes_to_its_end(*, knows_the_element: bool) -> None:
    app = AppTest.from_function(interrupted_script)
    if knows_the_element:
        app.run()
    app._run(widget_state=sent(interrupted_script))
    assert app.session_state["begun"]
    assert app.session_state["ended"]
