"""Sessions of people who sign in: what is theirs alone, and that they end."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from data.identity import sessions
from data.identity.sessions import has_ended
from pages.shared import sign_in
from web.sessions import Sessions

COOKIE = {"Cookie": "session=ines"}


async def _answer(_request: Request) -> Response:
    return PlainTextResponse("the company")


async def _listen(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(socket.cookies.get("session", "nobody"))
    await socket.close()


@pytest.fixture
def asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{tmp_path / 'milepost.db'}")
    monkeypatch.setattr(sessions, "_ended", set())
    return True


@pytest.fixture
def browser(asked_for: bool, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(sign_in, "is_asked_for", lambda: asked_for)
    monkeypatch.setattr(sign_in, "session_of", lambda cookies: cookies.get("session"))
    routes = [
        Route("/{path:path}", _answer, methods=["GET", "PUT"]),
        WebSocketRoute("/_stcore/stream", _listen),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Sessions)]))


def listened(browser: TestClient) -> str:
    with browser.websocket_connect("/_stcore/stream", headers=COOKIE) as socket:
        return socket.receive_text()


@pytest.mark.parametrize("path", ["/media/1.csv", "/below/media/1.csv", "/_stcore/upload_file/1/2"])
def test_what_was_made_for_somebody_is_given_to_nobody_else(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 401
    assert browser.get(path, headers=COOKIE).text == "the company"


@pytest.mark.parametrize("path", ["/", "/kpi", "/static/js/index.js", "/_stcore/health"])
def test_what_the_way_in_is_made_of_is_given_to_everybody(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 200


@pytest.mark.parametrize("asked_for", [True, False], indirect=False)
@pytest.mark.parametrize(
    "path", ["metrics", "script-health-check", "agent/openapi.json", "agent/interact", "agent/mcp"]
)
def test_what_streamlit_tells_of_itself_is_told_to_nobody(browser: TestClient, path: str) -> None:
    assert browser.get(f"/_stcore/{path}", headers=COOKIE).status_code == 404
    assert browser.get(f"/below/_stcore/{path}", headers=COOKIE).status_code == 404


def test_signing_out_ends_the_session_also_for_a_copy_of_its_cookie(browser: TestClient) -> None:
    assert listened(browser) == "ines"
    browser.get("/auth/logout", headers=COOKIE)
    assert listened(browser) == "nobody"
    assert browser.get("/media/1.csv", headers=COOKIE).status_code == 401
    # Another server has only the database to know it by.
    sessions._ended.clear()
    assert has_ended("ines")
    assert not has_ended("bo")


def test_without_a_database_it_ends_on_this_server(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{tmp_path / 'none' / 'milepost.db'}")
    assert listened(browser) == "ines"
    browser.get("/auth/logout", headers=COOKIE)
    assert listened(browser) == "nobody"
