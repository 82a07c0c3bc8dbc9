"""A newer version takes over in the middle of the day, beside people at work."""

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import inspect

from data.core.database import open_database
from data.exchange.importing import import_tables
from tests.browser.gauge_cards import gauge, type_into
from tests.browser.update_list import NOW, bakery
from tests.browser.windows import KEYS, Windows
from tests.later_version import ADD_A_COLUMN, NEXT, add_migration
from tests.serving import ROOT, free_port, serving, status

PRODUCT = ("analytics", "components", "data", "pages", "web", ".streamlit")
TOAST = ".st-key-toast"


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Give the folder of a later version."""
    home = tmp_path / "later"
    for name in PRODUCT:
        shutil.copytree(ROOT / name, home / name)
    for file in ("app.py", "server.py", "models.py"):
        shutil.copy(ROOT / file, home)
    add_migration(home / "data" / "migrations", ADD_A_COLUMN)
    return home


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Give what ends the servers that still run."""
    with ExitStack() as stack:
        yield stack


def test_who_is_at_work_notices_nothing(
    postgres_url: str,
    later: Path,
    tmp_path: Path,
    windows: Windows,
    stack: ExitStack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MILEPOST_NOW", NOW)
    monkeypatch.setenv("MILEPOST_SECRET", "a secret of both versions, long enough")
    engine = open_database(postgres_url)
    import_tables(engine, bakery())
    port, older = free_port(), stack.enter_context(ExitStack())
    url = older.enter_context(serving(postgres_url, tmp_path / "older", port=port))
    KEYS[url] = ROOT / "cookie.key"
    page = windows.open(url, name="Ana")
    gauge(page, "Crust").wait_for(timeout=30_000)

    beside = stack.enter_context(serving(postgres_url, tmp_path / "beside", home=later))
    ready(beside)
    assert "motto" in {column["name"] for column in inspect(engine).get_columns("company")}
    # The older version works on with the newer one's tables.
    assert status(f"{url}/readyz")[0] == 200
    type_into(page, "Crust", "7.7")
    expect(page.locator(TOAST)).to_contain_text("Saved 7.7")

    gauge(page, "Margin").locator("button.number").click()
    page.keyboard.type("8.8")
    gauge(page, "Margin").evaluate("gauge => gauge.dataset.drawn = 'by the older version'")
    older.close()
    stack.enter_context(serving(postgres_url, tmp_path / "newer", port=port, home=later))
    expect(page.locator("[data-drawn]")).to_have_count(0, timeout=30_000)
    expect(gauge(page, "Margin").locator("input").first).to_have_value("8.8")
    gauge(page, "Margin").locator("input").first.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Saved 8.8", timeout=30_000)
    expect(gauge(page, "Crust").locator("button.number")).to_contain_text("7.7")

    again = stack.enter_context(serving(postgres_url, tmp_path / "again"))
    window = windows.open(again)
    expect(window.get_by_text("install the newer version")).to_be_visible(timeout=30_000)
    code, told = status(f"{again}/readyz")
    assert code == 503
    assert NEXT in told
    for log in ("older", "beside", "newer", "again"):
        assert "Traceback" not in (tmp_path / log).read_text()


def ready(url: str) -> None:
    """Wait until a server is ready."""
    end = time.monotonic() + 60
    while status(f"{url}/readyz")[0] != 200:
        assert time.monotonic() < end
        time.sleep(0.1)
