"""Signing in at a real provider: nothing is seen before it, everything after, nothing again."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import text
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from components.ui.page_registry import PLACES
from data.content.sample import sample_company
from data.core.database import open_database
from data.exchange.importing import import_tables
from data.identity.signing import signed
from pages.shared.login_return import COOKIE
from pages.shared.who import PERSON_COOKIE
from tests.browser.conftest import settle
from tests.browser.gauge_cards import gauge, type_into
from tests.browser.top_line import said
from tests.serving import TODAY, free_port, serving, status

COMPANY = sample_company(TODAY)
WORDS = {
    *(row.team for row in COMPANY.teams),
    *(row.person for row in COMPANY.people),
    *(row.kpi for row in COMPANY.kpis),
    *(row.objective for row in COMPANY.objectives),
    *(row.key_result for row in COMPANY.key_results),
}
"""What only the company's own people may read."""

SECRET = "x" * 40

INES = oidc_provider_mock.User(
    sub="ines", claims={"email": "Ines.Halvorsen@example.com", "name": "I. H."}
)
STRANGER = oidc_provider_mock.User(
    sub="stranger", claims={"email": "ines@elsewhere.example", "name": "Ines Halvorsen"}
)
DOUBTED = oidc_provider_mock.User(
    sub="doubted",
    claims={"email": "ines.halvorsen@example.com", "email_verified": False, "name": "Ines"},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("signed in")


@pytest.fixture(scope="module")
def company(folder: Path) -> Iterator[str]:
    """Serve a company whose people sign in at a provider."""
    database_url = f"sqlite:///{folder / 'milepost.db'}"
    engine = open_database(database_url)
    import_tables(engine, COMPANY)
    engine.dispose()
    users = (INES, STRANGER, DOUBTED)
    with oidc_provider_mock.run_server_in_thread(user_claims=users) as provider:
        port = free_port()
        environment = {
            "MILEPOST_ADDRESS": f"http://127.0.0.1:{port}",
            "MILEPOST_SECRET": SECRET,
            "MILEPOST_OIDC_CLIENT_ID": "milepost",
            "MILEPOST_OIDC_CLIENT_SECRET": "secret",
            "MILEPOST_OIDC_METADATA_URL": (
                f"http://localhost:{provider.server_port}/.well-known/openid-configuration"
            ),
        }
        log = folder / "log"
        with serving(database_url, log, port=port, environment=environment) as url:
            yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    yield context
    context.close()


def told(content: str | bytes) -> set[str]:
    """Give the words of the company in what somebody was sent."""
    if isinstance(content, bytes):
        content = content.decode(errors="replace")
    return {word for word in WORDS if word in content}


def listen(page: Page) -> list[bytes]:
    """Give a list that will hold all that a page is sent over its socket."""
    sent: list[bytes] = []

    def keep(content: str | bytes) -> None:
        assert isinstance(content, bytes)
        sent.append(content)

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    return sent


def knock(url: str, path: str, *, session: str = "", **headers: str) -> bytes:
    """Ask for a page over the socket, by hand, perhaps as a session; give all that is sent."""
    received = b""
    address = urlsplit(url)._replace(scheme="ws", path="/_stcore/stream").geturl()
    request = BackMsg()
    request.rerun_script.page_name = path
    request.rerun_script.query_string = "team=Sales&id=1"
    words = [Subprotocol(word) for word in ("streamlit", "token", session) if session]
    with connect(
        address, max_size=None, proxy=None, additional_headers=headers, subprotocols=words or None
    ) as socket:
        socket.send(request.SerializeToString())
        message = ForwardMsg()
        while message.WhichOneof("type") != "script_finished":
            content = socket.recv(timeout=60)
            assert isinstance(content, bytes)
            received += content
            message.ParseFromString(content)
    return received


def session_in(content: bytes) -> str:
    return str(ForwardMsg.FromString(content).new_session.initialize.session_id)


def sign_in(page: Page, user: oidc_provider_mock.User) -> None:
    page.get_by_role("button", name="Sign in").click(timeout=30_000)
    page.locator("input[name=sub]").fill(user.sub)
    page.get_by_role("button", name="Authorize").click()


def test_a_cold_visit_shows_the_way_in_and_nothing_else(
    company: str, context: BrowserContext
) -> None:
    for place in PLACES:
        # Each is a session of its own, of somebody who brings nothing along.
        context.clear_cookies()
        page = context.new_page()
        sent = listen(page)
        page.goto(f"{company}/{place.path}?team=Sales&id=1")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=30_000)
        assert page.locator("button:visible").all_inner_texts() == ["Sign in"], place.path
        assert told(page.content()) == set(), place.path
        assert b"Sign in" in b"".join(sent), place.path
        assert told(b"".join(sent)) == set(), place.path
        page.close()


@pytest.mark.parametrize("path", [place.path for place in PLACES])
def test_a_socket_opened_by_hand_tells_nothing(
    company: str, folder: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILEPOST_SECRET", SECRET)
    name = signed("Ines Halvorsen", purpose=PERSON_COOKIE, key_file=folder / "cookie.key")
    cookies = f'{PERSON_COOKIE}={name}; _streamlit_user="2|1:0|made up"'
    for headers in ({}, {"Cookie": cookies, "Origin": company}, {"X-Forwarded-User": "ines"}):
        assert b"Sign in" in (received := knock(company, path, **headers))
        assert told(received) == set()


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/mcp",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/upload_file/1/1",
        "/app/static/milepost.db",
        "/media/milepost.db",
        "/milepost.db",
        "/cookie.key",
        "/secrets.toml",
        "/.streamlit/config.toml",
    ],
)
def test_no_address_tells_anything(company: str, path: str) -> None:
    code, body = status(company + path)
    assert code < 500
    assert told(body) == set()
    assert "cookie_secret" not in body


def test_whoever_signs_in_comes_in_under_their_own_name_and_goes_out_again(
    company: str, context: BrowserContext, chromium: Browser, folder: Path
) -> None:
    page = context.new_page()
    sent = listen(page)
    page.goto(company)
    sign_in(page, INES)
    settle(page)
    expect(said(page, "person")).to_have_text("Ines Halvorsen")
    assert {"Ines Halvorsen", "Alderquay", "Conversion rate"} < told(b"".join(sent))
    # Who knows the name of her session, as logs of proxies do, has nothing of it.
    session = next(filter(None, map(session_in, sent)))
    for headers in ({}, {"Origin": company}):
        assert told(knock(company, "", session=session, **headers)) == set()

    type_into(page, "Conversion rate", "11.4")
    expect(gauge(page, "Conversion rate").locator(".number")).to_contain_text("11.4")
    expect(page.locator(".st-key-toast")).to_contain_text("Saved 11.4")
    assert last_writer(folder) == "Ines Halvorsen"
    assert PERSON_COOKIE not in {cookie.get("name") for cookie in context.cookies()}

    copied = chromium.new_context()
    copied.add_cookies(context.cookies())  # type: ignore[arg-type]
    elsewhere = copied.new_page()
    elsewhere.goto(company)
    settle(elsewhere)

    page.get_by_role("button", name="You are Ines Halvorsen").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert told(page.content()) == set()
    type_into(elsewhere, "Conversion rate", "71.53")
    expect(elsewhere.get_by_role("button", name="Sign in")).to_be_visible()
    assert kept_readings(folder, 71.53) == 0
    elsewhere.reload()
    expect(elsewhere.get_by_role("button", name="Sign in")).to_be_visible()
    assert told(elsewhere.content()) == set()
    copied.close()
    again = context.new_page()
    again.goto(f"{company}/kpi?id=1")
    expect(again.get_by_role("button", name="Sign in")).to_be_visible()


def test_whoever_followed_a_link_comes_to_it(company: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{company}/okrs?team=Sales&view=tree&evil=1")
    sign_in(page, INES)
    expect(page.locator(".st-key-okr_tree")).to_be_visible(timeout=30_000)
    expect(said(page, "team")).to_have_text("Sales")
    expect(page).to_have_url(f"{company}/okrs?team=Sales&view=tree")
    assert COOKIE not in {cookie.get("name") for cookie in context.cookies()}


def last_writer(folder: Path) -> str:
    engine = open_database(f"sqlite:///{folder / 'milepost.db'}")
    with engine.connect() as connection:
        last = text(
            "SELECT person.name FROM command JOIN person ON person.id = command.person_id"
            " ORDER BY command.id DESC LIMIT 1"
        )
        return str(connection.execute(last).scalar_one())


def kept_readings(folder: Path, value: float) -> int:
    engine = open_database(f"sqlite:///{folder / 'milepost.db'}")
    with engine.connect() as connection:
        count = text("SELECT count(*) FROM reading WHERE value = :value")
        return int(connection.execute(count, {"value": value}).scalar_one())


def test_the_name_of_somebody_else_makes_nobody_them(
    company: str, context: BrowserContext, folder: Path
) -> None:
    page = context.new_page()
    page.goto(company)
    sign_in(page, STRANGER)
    settle(page)
    type_into(page, "Conversion rate", "11.9")
    expect(page.locator(".st-key-toast")).to_contain_text("Saved 11.9")
    assert last_writer(folder) == "Ines Halvorsen (ines@elsewhere.example)"


def test_an_address_that_was_not_confirmed_stays_outside(
    company: str, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(company)
    sign_in(page, DOUBTED)
    expect(page.get_by_text("no confirmed e-mail address")).to_be_visible()
    assert told(page.content()) == set()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_log_holds_no_secret(company: str, folder: Path) -> None:
    log = (folder / "log").read_text()
    assert SECRET not in log
    assert "milepost_person" not in log
