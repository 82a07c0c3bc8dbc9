"""What a spreadsheet costs on the page Import: its preview, and what others wait meanwhile."""

import contextlib
import io
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from unittest.mock import patch
from urllib.parse import quote

from openpyxl import Workbook

from bench.company import NOW, TODAY, Size, company_file
from bench.serving import COCKPIT, served
from bench.session import Session
from bench.table import Table, ms, ratio
from bench.timing import medians
from data.core.database import open_database
from data.exchange.hindsight import hindsight
from data.exchange.importing.spreadsheet import preview_of, read_by
from data.exchange.spreadsheets.reading import read_spreadsheet
from data.identity.signing import signed
from pages.shared.who import PERSON_COOKIE

SEED = 20261130
KPIS, MONTHS, FEW_KPIS = 200, 60, 20
PASTED_KPIS, PASTED_DAYS, FEW_DAYS = 100, 1_000, 30
PREVIEW_AIM, WAIT_AIM = 5.0, 500.0
PERSON, TEAM = "Person 1", "Pasted"
QUIET = 40
"""So many views are taken before anything comes in."""


@patch.dict(os.environ, {"MILEPOST_NOW": NOW.isoformat()})
def spreadsheet(size: Size, rounds: int) -> Table:
    """Measure the preview with what the numbers would have told, and a view beside an import."""
    is_full = size.kpis >= KPIS
    kpis = KPIS if is_full else FEW_KPIS
    days = PASTED_DAYS if is_full else FEW_DAYS
    plain, whole = _preview(kpis, rounds)
    quiet, beside = _views(size, days)
    table = Table(
        f"spreadsheet · {kpis} KPIs × {MONTHS} months, and {PASTED_KPIS * days} readings pasted",
        "the preview with its hindsight against reading the cells alone; a view of a team by "
        "another session while the page reads, compares and imports, against before",
        ("", "time", "ratio", "longest"),
    )
    table.add("its cells alone", ms(plain), "1", "")
    table.add(f"preview (aim {PREVIEW_AIM:g} s)", ms(whole), ratio(whole, plain), "")
    for name, views in (("quiet", quiet), (f"beside it (aim {WAIT_AIM:g} ms)", beside)):
        p95 = _p95(views)
        told = f"p95 of {len(views)} views, {name}"
        table.add(told, ms(p95), ratio(p95, _p95(quiet)), ms(max(views)))
    return table


def _preview(kpis: int, rounds: int) -> tuple[float, float]:
    """Time reading a wide workbook, and all that stands on the page before Import."""
    data = _wide(kpis)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/milepost.db")

        def run() -> None:
            read = read_by(engine, read_spreadsheet("KPIs.xlsx", data), None, today=TODAY)
            if (
                preview_of(engine, read).problems
                or hindsight(read.mapped.tables, today=TODAY) is None
            ):
                raise LookupError("the spreadsheet is not read")

        variants: dict[str, Callable[[], object]] = {
            "plain": lambda: read_spreadsheet("KPIs.xlsx", data),
            "whole": run,
        }
        taken = medians(variants, rounds=rounds, warm_up=1)
        engine.dispose()
    return taken["plain"], taken["whole"]


def _wide(kpis: int) -> bytes:
    values, book, file = random.Random(SEED), Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("KPIs")
    months = [_month(back) for back in range(MONTHS, 0, -1)]
    sheet.append(["Team", "KPI", "Unit", "Target", *(f"{month:%b %y}" for month in months)])
    for number in range(kpis):
        level = [values.gauss(50, 4) for _ in months]
        figures = [round(value, 2) for value in level]
        sheet.append([f"Team {number % 10}", f"Figure {number}", "h", "< 70", *figures])
    book.save(file)
    return file.getvalue()


def _month(back: int) -> date:
    count = TODAY.year * 12 + TODAY.month - 1 - back
    return date(count // 12, count % 12 + 1, 1)


def _views(size: Size, days: int) -> tuple[list[float], list[float]]:
    """Take the times of views, before a pasted table is imported and while it is."""
    with tempfile.TemporaryDirectory(prefix="milepost-spreadsheet-") as folder:
        path = Path(folder) / "milepost.db"
        path.write_bytes(company_file(size).read_bytes())
        with served(COCKPIT, path) as address, contextlib.ExitStack() as stack:
            looks = Session(stack, address, team=size.teams[0])
            looks.rerun()
            brings = Session(stack, address, page="import", cookie=_cookie(path))
            quiet = [_view(looks) for _ in range(QUIET)]
            beside = _while(lambda: _bring_in(brings, days), looks)
    return quiet, beside


def _cookie(path: Path) -> str:
    key = path.with_name("cookie.key")
    return f"{PERSON_COOKIE}={quote(signed(PERSON, purpose=PERSON_COOKIE, key_file=key))}"


def _view(session: Session) -> float:
    began = time.perf_counter()
    session.rerun()
    return (time.perf_counter() - began) * 1000


def _while(work: Callable[[], None], session: Session) -> list[float]:
    """Take the times of views while something goes on."""
    failed: list[Exception] = []
    taken: list[float] = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while thread.is_alive() or not taken:
        taken.append(_view(session))
    if failed:
        raise failed[0]
    return taken


def _bring_in(session: Session, days: int) -> None:
    """Paste a table and press Import, as somebody does on the page."""
    session.rerun()
    session.type("Or paste a table", _pasted(days))
    session.press("Import")
    if not any(b"Imported: " in sent for sent in session.received):
        raise LookupError("nothing was imported")


def _pasted(days: int) -> str:
    values = random.Random(SEED)
    dates = [(TODAY - timedelta(days=back)).isoformat() for back in range(days, 0, -1)]
    lines = ["\t".join(["Team", "KPI", *dates])]
    for number in range(PASTED_KPIS):
        figures = [f"{values.gauss(50, 4):.1f}" for _ in dates]
        lines.append("\t".join([TEAM, f"Pasted {number}", *figures]))
    return "\n".join(lines)


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[18] if len(taken) > 1 else taken[0]
