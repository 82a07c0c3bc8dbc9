"""An older database is brought up to date at the first look; who waits for it is told."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pages.shared.workspace import ONE_MOMENT
from tests.browser.conftest import settle
from tests.browser.windows import Windows
from tests.data.storing import NOW, restore, statements_of


def test_who_waits_for_an_older_database_is_told(
    tmp_path: Path,
    serve: Callable[[str], str],
    windows: Windows,
    one_clock: pytest.MonkeyPatch,
) -> None:
    one_clock.setenv("MILEPOST_NOW", NOW.isoformat())
    url = f"sqlite:///{tmp_path / 'milepost.db'}"
    restore(statements_of("0003-first", "sqlite"), url)
    served = serve(url)
    with closing(sqlite3.connect(tmp_path / "milepost.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        pages = [windows.open(served), windows.open(f"{served}/drift")]
        for page in pages:
            expect(page.get_by_text(ONE_MOMENT)).to_be_visible()
        other.execute("ROLLBACK")
        settle(pages[0])
        for page in pages:
            expect(page.get_by_text(ONE_MOMENT)).to_have_count(0)
            expect(page.get_by_text("Conversion").first).to_be_visible()
