"""A page whose connection broke is given back to the browser that had it open, and to no other."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.sync.client import connect

from tests.browser.standing import Standing
from tests.serving import NOW
from web.browsers import HEADER

MINE, ANOTHER = (
    f"_streamlit_xsrf={generate_xsrf_token_string(token)}" for token in (b"mine", b"another's")
)


@pytest.fixture(scope="module")
def url(stand: Callable[[str], Standing]) -> str:
    return stand(NOW).url


def session(url: str, cookie: str, before: str = "", **headers: str) -> str:
    """Open a page, taking up a session where one is named; give the name of its session."""
    address = urlsplit(url)._replace(scheme="ws", path="/_stcore/stream").geturl()
    if cookie:
        headers["Cookie"] = cookie
    protocols: list[str] = ["streamlit", "token", before] if before else ["streamlit"]
    with connect(
        address,
        max_size=None,
        proxy=None,
        additional_headers=headers,
        subprotocols=protocols,  # type: ignore[arg-type]
    ) as socket:
        request = BackMsg()
        request.rerun_script.query_string = ""
        socket.send(request.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(socket.recv(timeout=60, decode=False))
            if message.WhichOneof("type") == "new_session":
                return message.new_session.initialize.session_id


def test_a_page_is_given_back_to_the_browser_that_had_it(url: str) -> None:
    opened = session(url, MINE)
    assert session(url, MINE, opened) == opened


@pytest.mark.parametrize(
    "cookie", [ANOTHER, "", "_streamlit_xsrf=nonsense"], ids=["another", "none", "nonsense"]
)
def test_who_knows_the_name_of_a_page_alone_gets_one_of_their_own(url: str, cookie: str) -> None:
    opened = session(url, MINE)
    assert session(url, cookie, opened) != opened
    assert session(url, MINE, opened) == opened


def test_nobody_says_which_browser_they_are(url: str) -> None:
    opened = session(url, "", **{HEADER: "mine"})
    assert session(url, MINE, opened, **{HEADER: "mine"}) != opened
