"""The way back from signing in leads to a page of ours, whatever anybody wrote."""

from collections.abc import Coroutine
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import Message, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from components.ui.page_registry import BEGIN, LOOKED_AT, PLACES, Place
from pages.shared.login_return import COOKIE, LONGEST, WayBack, way_to
from tests.pages.conftest import Open

HOME = "https://milepost.example"
PROVIDER = "https://provider.example/?next=/"
DEEP = "okrs?team=Sales&view=tree"
KEPT = "okrs%3Fteam%3DSales%26view%3Dtree"
PARTS = st.sampled_from(
    ["//", "/", "\\", ":", "?", "&", "=", "#", "@", "%2f", "\r\n", "okrs", "team", "https", "é"]
)
ADDRESSES = st.one_of(st.text(), st.lists(PARTS).map("".join))


@pytest.mark.parametrize(
    ("address", "way"),
    [
        (f"{HOME}/{DEEP}", DEEP),
        (f"{HOME}/base/{DEEP}", DEEP),
        (DEEP, DEEP),
        (f"{HOME}/okrs/", "okrs"),
        (f"{HOME}/", ""),
        (HOME, ""),
        (f"{HOME}/?focus=kpi+3", "?focus=kpi+3"),
        (f"{HOME}/kpi?id=3#top", "kpi?id=3"),
        (f"{HOME}/okrs?view=tree&id=3&evil=1", "okrs?view=tree"),
        (f"{HOME}/okrs?team=R%26D+%3Cb%3E%0D%0A", "okrs?team=R%26D+%3Cb%3E%0D%0A"),
        ("https://evil.example/login?team=Sales", ""),
        ("https://evil.example/okrs?next=//evil.example", "okrs"),
        ("//evil.example", ""),
        ("javascript:alert(1)", ""),
        ("https://[", ""),
        (f"{HOME}/okrs?team={'x' * LONGEST}", ""),
        ("", ""),
    ],
)
def test_only_a_page_and_what_its_url_may_say_is_kept(address: str, way: str) -> None:
    assert way_to(address) == way


@given(ADDRESSES)
def test_no_address_leads_outside_or_breaks_a_header(address: str) -> None:
    way = way_to(address)
    there = urlsplit(urljoin(f"{HOME}/base/", f"/base/{way}"))
    assert f"{there.scheme}://{there.netloc}" == HOME
    assert there.path.removeprefix("/base/") in {place.path for place in PLACES}
    assert way.isascii()
    assert way.isprintable()
    assert way_to(way) == way


async def at_a_provider(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand in for the app around a sign-in: to the provider, then to the app's base."""
    away = scope["path"].endswith("/login")
    response = RedirectResponse(PROVIDER if away else "/base/", 302)
    response.set_cookie("_streamlit_user", "somebody")
    await response(scope, receive, send)


def answered(path: str, **headers: str) -> Headers:
    """Give the headers of an answer."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.encode(), text.encode("latin-1")) for name, text in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": raw}
    through(WayBack(at_a_provider)(scope, nothing, send))
    assert sent[0]["status"] == 302
    return Headers(raw=sent[0]["headers"])


def through(answering: Coroutine[Any, Any, None]) -> None:
    # Nothing here waits for anything, and a browser's test may have a loop running already.
    with pytest.raises(StopIteration):
        answering.send(None)


async def nothing() -> Message:
    return {"type": "http.disconnect"}


def test_whoever_leaves_to_sign_in_comes_back_to_where_they_were() -> None:
    left = answered("/base/auth/login", referer=f"{HOME}/base/{DEEP}")
    assert left["location"] == PROVIDER
    assert left.getlist("set-cookie") == [
        "_streamlit_user=somebody; Path=/; SameSite=lax",
        f"{COOKIE}={KEPT}; HttpOnly; Max-Age=900; Path=/; SameSite=lax; Secure",
    ]
    back = answered("/base/oauth2callback", cookie=f"{COOKIE}={KEPT}")
    assert back["location"] == f"/base/{DEEP}"
    gone = f'{COOKIE}=""; HttpOnly; Max-Age=0; Path=/; SameSite=lax'
    assert back.getlist("set-cookie")[1:] == [gone]


def test_whoever_signs_in_from_the_first_page_stays_there() -> None:
    left = answered("/auth/login", referer="http://localhost:8501/")
    # What was kept for an earlier sign-in is kept no more.
    assert left.getlist("set-cookie")[1].startswith(f'{COOKIE}=""; HttpOnly; Max-Age=900;')
    assert "Secure" not in left.getlist("set-cookie")[1]
    for kept in ({"cookie": f'{COOKIE}=""'}, {}):
        assert answered("/oauth2callback", **kept)["location"] == "/base/"


@pytest.mark.parametrize(
    ("forged", "way"),
    [
        ("https://evil.example", ""),
        ("//evil.example/", ""),
        ("settings\r\nX-Evil: 1", ""),
        ("settings?evil=1&find=%0d%0aX: 1", "settings?find=%0D%0AX%3A+1"),
    ],
)
def test_a_forged_cookie_leads_nowhere_else(forged: str, way: str) -> None:
    back = answered("/base/oauth2callback", cookie=f"{COOKIE}={quote(forged, safe='')}")
    assert back["location"] == f"/base/{way}"


@pytest.mark.parametrize(
    "scope",
    [
        {"type": "websocket", "path": "/auth/login"},
        {"type": "http", "path": "/okrs"},
        {"type": "lifespan"},
    ],
)
def test_nothing_else_is_touched(scope: Scope) -> None:
    seen: list[Send] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(send)

    async def send(message: Message) -> None:
        raise AssertionError(message)

    through(WayBack(app)({**scope, "headers": []}, nothing, send))
    assert seen == [send]


@pytest.mark.usefixtures("own_company")
# Whoever has a company of their own is led on from where one begins.
@pytest.mark.parametrize(
    "place", [place for place in PLACES if place is not BEGIN], ids=lambda place: place.title
)
def test_a_place_knows_all_that_its_url_may_say(place: Place, open_place: Open) -> None:
    app = open_place(place, **({"id": "1"} if place.title == "KPI" else {}))
    assert not app.exception
    said = {*app.query_params, *app.session_state["kept"], *bound(app)} - {*LOOKED_AT}
    assert said <= {*place.says}


def bound(app: AppTest) -> set[str]:
    """Give what the widgets of a page are called in its URL."""
    protos = (getattr(element, "proto", None) for element in app.main)
    return {key for proto in protos if (key := getattr(proto, "query_param_key", ""))}
