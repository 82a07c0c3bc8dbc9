"""A name that was picked is kept by the browser, and believed only as it was signed."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Page, expect

from data.content.sample import sample_company
from data.core.database import open_database
from data.exchange.importing import import_tables
from pages.shared.who import PERSON_COOKIE
from tests.browser.conftest import settle
from tests.browser.top_line import pick as pick_in_line
from tests.browser.top_line import said
from tests.browser.windows import wait_until
from tests.serving import TODAY


@pytest.fixture
def company(tmp_path: Path, serve: Callable[[str], str]) -> str:
    """Serve a company whose key lies in `tmp_path`."""
    database_url = f"sqlite:///{tmp_path / 'milepost.db'}"
    engine = open_database(database_url)
    import_tables(engine, sample_company(TODAY))
    engine.dispose()
    return serve(database_url)


def pick(page: Page, name: str) -> None:
    pick_in_line(page, "person", name)
    wait_until(page, f"document.cookie.includes('{PERSON_COOKIE}')")


def test_a_name_is_kept_and_a_forged_one_is_not_believed(
    company: str, tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    page = new_page(company)
    pick(page, "Amara Osei")
    (kept,) = [one for one in page.context.cookies() if one.get("name") == PERSON_COOKIE]
    assert (kept["sameSite"], kept["path"], kept["secure"]) == ("Lax", "/", False)
    signature, _, name = unquote(kept["value"]).partition(".")
    assert name == "Amara Osei"
    page.reload()
    expect(said(page, "person")).to_have_text("Amara Osei")

    forged = quote(f"{signature}.Ines Halvorsen")
    page.context.add_cookies([{"name": PERSON_COOKIE, "value": forged, "url": company}])
    page.reload()
    settle(page)
    expect(said(page, "person")).to_have_text("Pick your name")

    page.context.add_cookies([{"name": PERSON_COOKIE, "value": kept["value"], "url": company}])
    page.reload()
    expect(said(page, "person")).to_have_text("Amara Osei")
    # A run that has not ended would sign the name again, with a new key.
    settle(page)
    (tmp_path / "cookie.key").unlink()
    page.goto(company)
    settle(page)
    expect(said(page, "person")).to_have_text("Pick your name")
