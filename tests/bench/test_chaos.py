"""Chaos: what is counted as lost is seen, and nothing is while things go wrong."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench import chaos as bench
from bench.chaos_accidents import ACCIDENTS
from bench.chaos_people import Seen
from bench.chaos_proxy import proxied


@contextmanager
def echoing() -> Iterator[tuple[socket.socket, int]]:
    """Give a server that says its port and what it heard."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def answer() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(1000)
                    connection.sendall(str(port).encode())

        threading.Thread(target=answer, daemon=True).start()
        yield server, port


def asked(address: str, cookie: str) -> str:
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as browser:
        browser.sendall(f"GET / HTTP/1.1\r\nCookie: {cookie}\r\n\r\n".encode())
        return browser.recv(1000).decode()


def test_a_browser_stays_with_a_server_as_long_as_that_is_there() -> None:
    with (
        echoing() as (first, one),
        echoing() as (second, other),
        proxied([("127.0.0.1", one), ("127.0.0.1", other)]) as proxy,
    ):
        answers = {name: asked(proxy.address, f"person={name}") for name in "abcdefgh"}
        assert set(answers.values()) == {str(one), str(other)}
        again = {name: asked(proxy.address, f"person={name}") for name in answers}
        assert again == answers
        first.shutdown(socket.SHUT_RDWR)
        first.close()
        assert {asked(proxy.address, f"person={name}") for name in answers} == {str(other)}
        second.shutdown(socket.SHUT_RDWR)
        second.close()
        assert asked(proxy.address, "person=a") == ""


@pytest.mark.parametrize(
    ("seen", "kept", "said"),
    [
        (Seen(acknowledged=[(1, 9.01)]), {}, "acknowledged and lost: \\(1, 9.01\\)"),
        (Seen(acknowledged=[(1, 9.01)]), {(1, 9.01): 2}, "there more than once"),
        (Seen(unsaved=[9.01]), {}, "typed and never saved: 9.01"),
        (Seen(problems=["a page is wiped"]), {}, "a page is wiped"),
    ],
)
def test_what_must_not_be_is_told(
    seen: Seen, kept: dict[tuple[int, float], int], said: str
) -> None:
    with pytest.raises(RuntimeError, match=said):
        bench.check(seen, Counter(kept))


def test_nothing_is_lost_while_things_go_wrong() -> None:
    counted = {row[0]: row[1] for row in bench.chaos(is_quick=True).rows}
    assert {name: counted[name] for name in ACCIDENTS} == dict.fromkeys(ACCIDENTS, "1")
    assert counted["imports that came in whole"] == "1"
    assert int(counted["a save, from typed to acknowledged"]) >= bench.FEW_PEOPLE
