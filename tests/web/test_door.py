"""The door: who may talk to the server."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from socket import gethostname
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send
from streamlit.runtime import runtime
from uvicorn.protocols.http.h11_impl import H11Protocol
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from pages.shared import sign_in
from tests.serving import ROOT, own_address, serving, status
from web import connections, door
from web.hosts import listed_names

ANYWHERE = "--server.address=0.0.0.0"
ALONE = str(Path(__file__).parent / "alone")
"""The folder of what keeps a process from reaching anybody outside."""
Serve = Callable[..., AbstractContextManager[str]]


def request(
    *, host: str | None = "localhost:8501", ours: str = "127.0.0.1", **more: Any
) -> dict[str, Any]:
    """Give a request from this machine, but for what is said otherwise."""
    headers = [] if host is None else [(b"host", host.encode())]
    headers += more.pop("headers", [])
    return {
        "type": "http",
        "headers": headers,
        "server": (ours, 8501),
        "client": (ours, 50_000),
        "path": "/",
        "method": "GET",
        **more,
    }


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8501", "[::1]:8501"])
@pytest.mark.parametrize("ours", ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"])
def test_this_machine_may_come_in(host: str, ours: str) -> None:
    assert door.is_from_here(request(host=host, ours=ours))


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"ours": "192.0.2.2"},
        {"ours": "::ffff:192.0.2.2"},
        {"ours": "fd00::2"},
        {"ours": "0.0.0.0"},
        {"ours": "testserver"},
        {"client": ("192.0.2.7", 50_000)},
        {"client": None},
        {"server": None},
        {"server": ("/run/milepost.socket", None)},
        {"host": None},
        {"host": "milepost.example"},
        {"host": "localhost.evil.example"},
        {"host": "127.0.0.1.evil.example"},
        {"host": "evil.example:8501#@localhost"},
        {"host": "localhost@evil.example"},
        {"host": "192.0.2.2:8501"},
        {"headers": [(b"host", b"evil.example")]},
        {"headers": [(b"x-forwarded-for", b"127.0.0.1")]},
        {"headers": [(b"x-real-ip", b"127.0.0.1")]},
        {"headers": [(b"forwarded", b"for=127.0.0.1")]},
        {"headers": [(b"via", b"1.1 proxy")]},
    ],
    ids=str,
)
def test_elsewhere_may_not(elsewhere: dict[str, Any]) -> None:
    assert not door.is_from_here(request(**elsewhere))


@given(host=st.from_regex(r"[a-z0-9.-]{1,30}(:[0-9]{1,5})?", fullmatch=True))
def test_no_other_name_is_ours(host: str) -> None:
    name, _, _ = host.partition(":")
    ours = name == "localhost" or (name.startswith("127.") and name.count(".") == 3)
    assert ours or not door.is_from_here(request(host=host))


def through_the_door(scope: Scope) -> list[Message]:
    """Send a request through a new door; give what comes back."""
    sent: list[Message] = []

    async def room(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"the company"})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    # Nothing here waits for anything, and a browser's test may have a loop running already.
    with pytest.raises(StopIteration):
        door.Door(room)(scope, receive, send).send(None)
    return sent


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MILEPOST_TRUSTED_NETWORK", raising=False)
    monkeypatch.setattr(sign_in, "is_asked_for", lambda: False)


@pytest.mark.usefixtures("closed")
def test_who_comes_from_elsewhere_is_told_so_and_nothing_else() -> None:
    start, body = through_the_door(request(ours="192.0.2.2"))
    assert start["status"] == 403
    assert body["body"].decode() == door.NOT_FROM_HERE
    assert through_the_door(request(ours="192.0.2.2", type="websocket")) == [
        {"type": "websocket.close", "code": 1008}
    ]


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("origin", ["http://localhost:8501", "https://localhost:8501"])
def test_a_page_of_ours_opens_a_socket(origin: str) -> None:
    assert through_the_door(socket_from(origin))[0]["type"] == "http.response.start"


@pytest.mark.parametrize("trusted", ["", "1"])
@pytest.mark.parametrize(
    "origins",
    [
        ["https://evil.example"],
        ["http://localhost"],
        ["http://localhost:8502"],
        ["http://127.0.0.1:8501"],
        ["http://evil.example/localhost:8501"],
        ["http://localhost:8501.evil.example"],
        ["http://localhost:8501@evil.example"],
        ["http://localhost:8501/"],
        ["http://[localhost:8501"],
        ["ftp://localhost:8501"],
        ["localhost:8501"],
        ["null"],
        [""],
        ["http://localhost:8501", "https://evil.example"],
    ],
    ids=str,
)
def test_a_page_of_another_site_opens_no_socket(
    origins: list[str], trusted: str, closed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILEPOST_TRUSTED_NETWORK", trusted)
    assert through_the_door(socket_from(*origins)) == [{"type": "websocket.close", "code": 1008}]


def socket_from(*origins: str) -> dict[str, Any]:
    """Give the opening of a socket by a page of some origin."""
    named = [(b"origin", origin.encode()) for origin in origins]
    return request(type="websocket", headers=named)


@pytest.mark.usefixtures("closed")
def test_a_trusted_network_opens_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILEPOST_TRUSTED_NETWORK", "1")
    assert through_the_door(request(ours="192.0.2.2"))[0]["status"] == 200


@pytest.mark.usefixtures("closed")
def test_where_people_sign_in_the_door_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "is_asked_for", lambda: True)
    monkeypatch.setattr(sign_in, "host", lambda: "milepost.example")
    for name, answer in {"milepost.example": 200, "rebound.example": 403}.items():
        request_there = request(ours="192.0.2.2", host=name)
        assert through_the_door(request_there)[0]["status"] == answer


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    ("hosts", "asked", "answer"),
    [
        ("", "192.0.2.2:8501", 200),
        ("", "[fd00::2]:8501", 200),
        ("", gethostname(), 200),
        ("", "rebound.example", 403),
        ("", "rebound.example.", 403),
        ("milepost.example, other.example", "Other.Example:443", 200),
        ("milepost.example", "milepost.example.", 200),
        ("milepost.example", "192.0.2.2", 403),
        ("milepost.example", "rebound.example", 403),
        ("milepost.example", "milepost.example.rebound.example", 403),
        ("milepost.example", "milepost.example@rebound.example", 403),
        ("milepost.example", None, 403),
    ],
)
def test_a_trusted_network_knows_it_by_its_names_alone(
    monkeypatch: pytest.MonkeyPatch, hosts: str, asked: str | None, answer: int
) -> None:
    monkeypatch.setenv("MILEPOST_TRUSTED_NETWORK", "1")
    monkeypatch.setenv("MILEPOST_HOSTS", hosts)
    told = through_the_door(request(ours="192.0.2.2", host=asked))
    assert told[0]["status"] == answer
    assert (told[1]["body"].decode() == door.NOT_BY_THIS_NAME) == (answer == 403)


@pytest.mark.usefixtures("closed")
def test_who_watches_it_may_ask_by_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    scope = request(ours="192.0.2.2", host="10.0.0.7:8501", path="/readyz")
    assert through_the_door(scope)[0]["status"] == 403
    monkeypatch.setenv("MILEPOST_TRUSTED_NETWORK", "1")
    monkeypatch.setenv("MILEPOST_HOSTS", "milepost.example")
    assert through_the_door(scope)[0]["status"] == 200


@pytest.mark.parametrize("text", ["https://milepost.example", "milepost.example:8501", "*", "a b"])
def test_a_list_of_hosts_that_is_none_ends_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="write names alone"):
        listed_names(f"milepost,{text}")


@pytest.mark.parametrize(("trusted", "address"), [("", "127.0.0.1"), ("1", "0.0.0.0")])
def test_make_run_listens_where_it_should(trusted: str, address: str) -> None:
    made = subprocess.run(
        ["make", "--dry-run", "--always-make", "run"],
        cwd=ROOT,
        env={**os.environ, "MILEPOST_TRUSTED_NETWORK": trusted},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"--server.address {address} --server.port 8501" in made.stdout


@pytest.fixture
def elsewhere() -> str:
    """Give an address of this machine that others on the network would use."""
    address = own_address()
    if not address:
        pytest.skip("this machine has no network")
    return address


@pytest.fixture
def serve(
    one_clock: object, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> Serve:
    """Give a function that serves an empty database for a while, and gives the address."""
    monkeypatch.delenv("MILEPOST_TRUSTED_NETWORK", raising=False)

    def start(*options: str, **environment: str) -> AbstractContextManager[str]:
        return serving(sqlite_url, tmp_path / "log", *options, environment=environment)

    return start


GATHERED = "MESSAGE_FLUSH_INTERVAL_SECS"


def test_an_answer_does_not_wait_until_its_head_is_acknowledged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passed_on: list[object] = []
    monkeypatch.setattr(connections, "_connection_made", lambda *given: passed_on.extend(given))
    monkeypatch.setattr(H11Protocol, "connection_made", H11Protocol.connection_made)
    monkeypatch.setattr(runtime, GATHERED, getattr(runtime, GATHERED))
    connections.send_at_once()
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as accepted,
    ):
        transport = SimpleNamespace(get_extra_info={"socket": accepted}.get)
        H11Protocol.connection_made("protocol", transport)  # type: ignore[arg-type]
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assert passed_on == ["protocol", transport]


def test_what_a_page_says_is_gathered_for_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(H11Protocol, "connection_made", H11Protocol.connection_made)
    monkeypatch.setattr(runtime, GATHERED, 1.0)
    connections.send_at_once()
    assert getattr(runtime, GATHERED) <= 0.001
    # Streamlit looks it up there each time.
    assert GATHERED in runtime.Runtime._loop_coroutine.__code__.co_names


def test_by_itself_the_server_listens_on_this_machine_only(serve: Serve, elsewhere: str) -> None:
    with serve() as here:
        assert status(here)[0] == 200
        with pytest.raises(ConnectionRefusedError):
            status(here.replace("127.0.0.1", elsewhere))


def test_where_it_listens_everywhere_it_answers_this_machine_only(
    serve: Serve, elsewhere: str, tmp_path: Path
) -> None:
    reached_out = tmp_path / "reached out.log"
    with serve(ANYWHERE, PYTHONPATH=ALONE, REACHED_OUT=str(tmp_path / "reached out")) as here:
        there = here.replace("127.0.0.1", elsewhere)
        for path in ("/", "/kpi", "/_stcore/health", "/_stcore/host-config"):
            assert status(here + path)[0] == 200
            assert status(there + path) == (403, door.NOT_FROM_HERE)
            assert status(there + path, Host="localhost")[0] == 403
            assert status(there + path, X_Forwarded_For="127.0.0.1", Host="localhost")[0] == 403
            assert status(here + path, X_Forwarded_For="192.0.2.7")[0] == 403
            assert status(here + path, Host="rebound.example")[0] == 403
        stream = f"{there.replace('http', 'ws')}/_stcore/stream"
        with pytest.raises(InvalidStatus, match="403"):
            connect(stream, additional_headers={"X-Forwarded-For": "127.0.0.1"}, proxy=None)
        with pytest.raises(InvalidStatus, match="403"):
            connect(stream.replace(elsewhere, "127.0.0.1"), origin=Origin(there), proxy=None)
        with connect(stream.replace(elsewhere, "127.0.0.1"), proxy=None):
            pass
    assert reached_out.read_text() == ""


def test_what_keeps_a_process_alone_sees_whom_it_asks(tmp_path: Path) -> None:
    reached_out = tmp_path / "reached out.log"
    ask = "from streamlit import net_util; net_util._make_blocking_http_get('http://ip.example')"
    environment = {**os.environ, "PYTHONPATH": ALONE, "REACHED_OUT": str(tmp_path / "reached out")}
    for unset in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        environment.pop(unset, None)
    subprocess.run([sys.executable, "-c", ask], env=environment, check=True)
    assert "ip.example" in reached_out.read_text()


def test_no_header_passes_where_every_proxy_is_believed(serve: Serve, elsewhere: str) -> None:
    with serve(ANYWHERE, FORWARDED_ALLOW_IPS="*") as here:
        there = here.replace("127.0.0.1", elsewhere)
        assert status(there, X_Forwarded_For="127.0.0.1", Host="localhost")[0] == 403
