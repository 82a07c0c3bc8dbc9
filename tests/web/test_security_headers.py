"""What goes out with every answer, and what a browser makes of it."""

import base64
import hashlib

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from components.ui import preloads
from pages.shared import sign_in
from web.security_headers import SecurityHeaders, policy


async def _answer(_request: Request) -> Response:
    answer = PlainTextResponse("here")
    answer.set_cookie("plain", "1")
    answer.set_cookie("secured", "1", secure=True)
    return answer


def client(monkeypatch: pytest.MonkeyPatch, *, encrypted: bool) -> TestClient:
    monkeypatch.setattr(sign_in, "is_encrypted", lambda: encrypted)
    routes = [Route("/", _answer)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)]))


def test_every_answer_takes_its_precautions_along(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = client(monkeypatch, encrypted=False)
    for path in ("/", "/nothing"):
        headers = browser.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["content-security-policy"] == policy()
        assert "strict-transport-security" not in headers


def test_over_https_cookies_go_no_other_way(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = client(monkeypatch, encrypted=False).get("/").headers.get_list("set-cookie")
    assert [each.count("Secure") for each in plain] == [0, 1]
    answer = client(monkeypatch, encrypted=True).get("/")
    assert [each.count("Secure") for each in answer.headers.get_list("set-cookie")] == [1, 1]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def browser_allows(script: str, scripts: list[str]) -> bool:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'" in scripts


def test_nothing_runs_but_files_of_this_server() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy().split("; "))
    assert rules["default-src"] == "'none'"
    scripts = rules["script-src"].split()
    assert scripts[0] == "'self'"
    assert all(each.startswith("'sha256-") for each in scripts[1:])
    assert browser_allows(preloads.WHERE, scripts)
    assert not browser_allows(f"{preloads.WHERE} ", scripts)
    assert not {"object-src", "frame-src", "worker-src"} & set(rules)


@pytest.mark.parametrize(
    ("address", "host", "encrypted"),
    [
        ("https://milepost.example/", "milepost.example", True),
        ("http://milepost.example:8080", "milepost.example", False),
        ("", "", False),
    ],
)
def test_the_address_that_people_open_tells_host_and_scheme(
    monkeypatch: pytest.MonkeyPatch, address: str, host: str, encrypted: bool
) -> None:
    monkeypatch.setattr(sign_in, "is_asked_for", lambda: False)
    monkeypatch.setenv("MILEPOST_ADDRESS", address)
    assert (sign_in.host(), sign_in.is_encrypted()) == (host, encrypted)
