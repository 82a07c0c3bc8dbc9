"""From nothing to a team's own numbers: the sample, an import, real input, hostile words."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from data.company.fields import TeamRow
from data.core.database import open_database
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from tests.browser.conftest import search
from tests.browser.top_line import options, said
from tests.serving import ROOT, TODAY, answers, free_port

AE_FOUR_HOUR = ROOT / "tests" / "data" / "ae_four_hour"


def test_make_run_answers_with_the_rendered_cockpit(
    tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    port = free_port()
    environment = {**os.environ, "MILEPOST_DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"}
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}", "HEADLESS=true"],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )
    try:
        answers(f"http://127.0.0.1:{port}", within=300)
        page = new_page(f"http://127.0.0.1:{port}")
        expect(page.get_by_text("Sample company")).to_be_visible()
        expect(page.locator(".st-key-gauges .card")).to_have_count(8)
        assert (tmp_path / "sample.db").exists()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def test_an_import_takes_the_place_of_the_sample(
    tmp_path: Path, serve: Callable[[str], str], new_page: Callable[..., Page]
) -> None:
    database_url = f"sqlite:///{tmp_path / 'milepost.db'}"
    page = new_page(serve(database_url))
    expect(page.get_by_text("Sample company")).to_be_visible()
    command = [sys.executable, "-m", "data", "import", str(AE_FOUR_HOUR)]
    environment = {**os.environ, "MILEPOST_DATABASE_URL": database_url}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    page.reload()
    expect(said(page, "team")).to_have_text("England")
    expect(page.get_by_text("Sample company")).to_have_count(0)
    page.get_by_role("button", name="Show 31").click()
    expect(page.get_by_text("As it was known on 31")).to_be_visible()
    assert "as_of=2019-03-31" in page.url
    expect(page.locator(".st-key-key_results")).to_contain_text("Four-hour performance")
    expect(page.locator(".st-key-gauges .card").first).to_contain_text("Out of range")


def test_words_from_people_are_shown_as_words(
    tmp_path: Path, serve: Callable[[str], str], new_page: Callable[..., Page]
) -> None:
    hostile = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>'
    database_url = f"sqlite:///{tmp_path / 'milepost.db'}"
    engine = open_database(database_url)
    kpi = {"team": hostile, "kpi": f"**{hostile}"}
    import_tables(
        engine,
        Tables(
            teams=[TeamRow(team=hostile)],
            kpis=[KpiRow(**kpi, unit="<b>%</b>", low=1)],
            readings=[ReadingRow(**kpi, date=TODAY.replace(day=1, month=10), value=2)],
        ),
    )
    engine.dispose()
    page = new_page(serve(database_url))
    expect(page.locator(".st-key-gauges h3")).to_have_text(f"**{hostile}")
    assert page.evaluate("window.broken") is None
    search(page, "onerror")
    expect(options(page, "search").first).to_contain_text("<img")
    assert page.evaluate("window.broken") is None
