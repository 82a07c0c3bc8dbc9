"""What no page of ours would send: it changes nothing on anybody else's screen."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from components.ui.banner import FAILED
from data.content.sample import sample_company
from tests.browser.standing import Standing
from tests.serving import NOW, TODAY, status
from web.connections import UNREADABLE

MANY = 500
NOT_OURS = ("encountered an error", "Traceback", "Ask Google", "Ask ChatGPT", "Error: ")


@pytest.fixture(scope="module")
def standing(stand: Callable[[str], Standing]) -> Standing:
    """Give a server with a company, which other tests look at as well."""
    standing = stand(NOW)
    standing.fill(sample_company(TODAY))
    return standing


@pytest.fixture
def company(standing: Standing) -> str:
    return standing.url


def opened(url: str) -> ClientConnection:
    address = urlsplit(url)._replace(scheme="ws", path="/_stcore/stream").geturl()
    return connect(address, max_size=None, proxy=None)


def asked(*states: WidgetState, page: str = "") -> bytes:
    """Give a request to run a page, after what was typed or clicked."""
    request = BackMsg()
    request.rerun_script.page_name = page
    request.rerun_script.widget_states.widgets.extend(states)
    return request.SerializeToString()


def run(socket: ClientConnection, request: bytes) -> list[ForwardMsg]:
    """Run a page; give all that it sends."""
    socket.send(request)
    received: list[ForwardMsg] = []
    while not received or received[-1].WhichOneof("type") != "script_finished":
        content = socket.recv(timeout=60)
        assert isinstance(content, bytes)
        received.append(ForwardMsg.FromString(content))
    return received


def said(messages: list[ForwardMsg]) -> str:
    return " ".join(map(str, messages))


def elements(messages: list[ForwardMsg]) -> Iterator[str]:
    """Give the keys of the elements of ours that a page shows."""
    for message in messages:
        element = message.delta.new_element
        if element.WhichOneof("type") == "bidi_component" and element.bidi_component.id:
            yield element.bidi_component.id


NONSENSE = (
    "[]",
    '{"event": {}, "value": 1}',
    '[{"event": "filter", "value": {"name": {}, "value": {}}}]',
    '[{"event": "filter", "value": {"name": "state", "value": []}}]',
    '[{"event": "open", "value": {"target": {}, "id": []}}]',
    '[{"event": "edit", "value": {"id": {}, "token": {}}}]',
    '[{"event": "reroute", "value": {"target": ["kpi"], "id": 1e999}}]',
    '[{"event": "team", "value": {"a": 1}}]',
    '[{"event": "undo", "value": {"a": [{}]}}, {"event": "said", "value": [{}]}]',
    '[{"event": "gauges/edit", "value": {"id": {}, "token": {}}}, {"event": "a/", "value": 1}]',
    '[{"event": "gauges/open", "value": {"target": [], "id": {}}}, {"event": "/", "value": []}]',
    '[{"event": "decisions/edit", "value": {"id": {}}}, {"event": "toast/undo", "value": {}}]',
)
"""Events of an element that say what no page of ours would."""


def nonsense(key: str, draw: random.Random) -> WidgetState:
    return WidgetState(id=_make_trigger_id(key, "events"), json_trigger_value=draw.choice(NONSENSE))


def wrongly_typed(key: str, draw: random.Random) -> WidgetState:
    """Give a state that is not of the type of what it is of."""
    states = (
        WidgetState(id=key, trigger_value=True),
        WidgetState(id=key, int_value=2**62),
        WidgetState(id=key, double_value=float("nan")),
        WidgetState(id=key, string_value="[" * 900),
        WidgetState(id=key, string_array_value={"data": ["a", "\0"]}),
        WidgetState(id=key, bytes_value=b"\xff\0"),
        WidgetState(id=key, json_value="{"),
        WidgetState(id=key, json_value='{"filter": {"name": {}}, "said": [{}], "open": 1}'),
    )
    return draw.choice(states)


@pytest.mark.parametrize("event", [nonsense, wrongly_typed])
@pytest.mark.parametrize("page", ["drift", ""])
def test_malformed_events_harm_nobody(
    company: str, page: str, event: Callable[[str, random.Random], WidgetState]
) -> None:
    draw, told = random.Random(17), ""
    with opened(company) as neighbour:
        before = said(run(neighbour, asked(page=page)))
        for _ in range(MANY // 50):
            with opened(company) as socket:
                ids = list(elements(run(socket, asked(page=page))))
                assert len(ids) > 2
                sent = (event(draw.choice(ids), draw) for _ in range(50))
                told += said(run(socket, asked(*sent, page=page)))
        after = said(run(neighbour, asked(page=page)))
    assert not [words for words in NOT_OURS if words in told]
    # Whoever sends what is of no type is told in words, and nobody else is.
    assert event is wrongly_typed or FAILED not in told
    assert not [words for words in (*NOT_OURS, FAILED) if words in after]
    assert len(after) > len(before) / 20


def test_malformed_sockets_harm_nobody(company: str, standing: Standing) -> None:
    draw, log = random.Random(17), standing.folder / "log"
    before = log.stat().st_size
    took = []
    with opened(company) as neighbour:
        run(neighbour, asked())
        for number in range(MANY):
            with suppress(ConnectionClosed, OSError), opened(company) as socket:
                socket.send(draw.choice((draw.randbytes(60), "words", b"", b"\x0a\xff" * 40)))
            if number % 25 == 0:
                began = time.monotonic()
                assert status(f"{company}/_stcore/health")[0] == 200
                took.append(time.monotonic() - began)
        after = said(run(neighbour, asked()))
    assert statistics.median(took) < 0.1
    assert not [words for words in (*NOT_OURS, FAILED) if words in after]
    noted = log.read_bytes()[before:]
    assert b"Exception in ASGI application" not in noted
    assert 0 < noted.count(UNREADABLE.encode()) <= MANY
    assert b"Traceback" not in noted
