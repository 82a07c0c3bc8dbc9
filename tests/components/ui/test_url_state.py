"""What is looked at: followed in the URL, shown by its widget, and passed on."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from components.ui import url_state


def two_pages() -> None:
    import streamlit as st

    from components.ui import url_state as in_url

    def read(text: str) -> str | None:
        return text if text in "XYZ" else None

    page = st.session_state.get("page", "one")
    # Every page keeps something.
    in_url.keep("day", page=page, read=read, default=None)
    if page != "none":
        in_url.keep("letter", page=page, read=read, default="X")
        st.selectbox("Letter", tuple("XYZ"), key="letter")
    # As the links of a top line do, one after the other.
    in_url.carried("letter", "other")
    st.text(str(in_url.carried("letter", "other")))


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(two_pages)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_the_url_says_what_is_picked() -> None:
    app = opened(letter="Y")
    assert app.selectbox(key="letter").value == "Y"
    assert app.text[0].value == "{'letter': 'Y'}"


def test_a_pick_goes_into_the_url_and_the_default_out_of_it() -> None:
    app = opened()
    app.selectbox(key="letter").set_value("Z").run()
    assert app.query_params["letter"] == "Z"
    app.selectbox(key="letter").set_value("X").run()
    assert "letter" not in app.query_params
    assert app.text[0].value == "{}"


def test_what_makes_no_sense_is_taken_out_of_the_url() -> None:
    app = opened(letter="Q")
    assert app.selectbox(key="letter").value == "X"
    assert "letter" not in app.query_params


def test_the_way_back_changes_the_pick() -> None:
    app = opened(letter="Y")
    app.query_params["letter"] = "Z"
    app.run()
    assert app.selectbox(key="letter").value == "Z"
    del app.query_params["letter"]
    app.run()
    assert app.selectbox(key="letter").value == "X"


def test_a_page_that_does_not_show_it_passes_it_on() -> None:
    app = opened(letter="Y", other="7")
    app.session_state["page"] = "none"
    app.run()
    assert app.text[0].value == "{'letter': 'Y', 'other': '7'}"
    app.session_state["page"] = "two"
    app.run()
    assert app.selectbox(key="letter").value == "Y"


def test_a_link_to_a_page_that_does_not_show_it_counts_for_more_than_what_was_shown() -> None:
    app = opened(letter="Y")
    app.session_state["page"] = "none"
    app.query_params["letter"] = "Z"
    app.run()
    assert app.text[0].value == "{'letter': 'Z'}"
    app.run()
    assert app.text[0].value == "{'letter': 'Z'}"


def test_a_page_that_does_not_show_it_can_clear_it() -> None:
    app = opened(letter="Y")
    app.session_state["page"] = "none"
    app.run()
    app.session_state["letter"] = None
    app.run()
    assert app.text[0].value == "{}"
    app.session_state["page"] = "one"
    app.run()
    assert app.selectbox(key="letter").value == "X"


def test_a_click_from_before_the_url_was_written_leaves_the_pick() -> None:
    app = opened(letter="Y")
    app.selectbox(key="letter").set_value("Z").run()
    for _ in range(2):
        app.query_params["letter"] = "Y"
        app.run()
        assert app.selectbox(key="letter").value == "Z"
        assert app.query_params["letter"] == "Z"


def test_a_pick_from_before_the_url_was_written_counts() -> None:
    app = opened(letter="Y")
    app.selectbox(key="letter").set_value("Z").run()
    app.query_params["letter"] = "Y"
    app.selectbox(key="letter").set_value("X").run()
    assert app.selectbox(key="letter").value == "X"
    # Of the two picks, the browser may have written the first by now.
    app.query_params["letter"] = "Z"
    app.run()
    assert app.selectbox(key="letter").value == "X"
    assert "letter" not in app.query_params


@pytest.mark.parametrize("page", ["two", "none"])
def test_a_link_from_before_a_pick_takes_the_pick_along(page: str) -> None:
    app = opened()
    app.selectbox(key="letter").set_value("Z").run()
    app.session_state["page"] = page
    for _ in range(2):
        del app.query_params["letter"]
        app.run()
        assert app.text[0].value == "{'letter': 'Z'}"
        assert app.query_params["letter"] == "Z"


def test_a_link_to_something_new_counts_for_more_than_a_pick() -> None:
    app = opened(letter="Y")
    app.selectbox(key="letter").set_value("X").run()
    app.query_params["letter"] = "Z"
    app.run()
    assert app.selectbox(key="letter").value == "Z"


def test_a_link_back_to_a_page_that_was_left_is_taken_at_its_word() -> None:
    app = opened()
    app.selectbox(key="letter").set_value("Z").run()
    app.session_state["page"] = "none"
    app.run()
    app.session_state["page"] = "one"
    del app.query_params["letter"]
    app.run()
    assert app.selectbox(key="letter").value == "X"


def test_the_way_back_undoes_a_pick(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(letter="Y")
    app.selectbox(key="letter").set_value("Z").run()
    went_back = SimpleNamespace(is_history_navigation=True)
    with monkeypatch.context() as patch:
        patch.setattr(url_state, "get_script_run_ctx", lambda: went_back)
        app.query_params["letter"] = "Y"
        app.run()
    assert app.selectbox(key="letter").value == "Y"
    app.run()
    assert app.query_params["letter"] == "Y"
