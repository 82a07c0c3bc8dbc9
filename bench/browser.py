"""What a person waits for in Chromium: gauges and a KPI's chart, and another team's gauges."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.company import Size, company_file
from bench.serving import COCKPIT, EMPTY, STATIC, serve, served
from bench.table import Table, ms, ratio

AIM = 1.5
KPI = 1
EXPLORING = "a KPI to be explored"
"""The picture is what people wait for; this says how much later it answers."""
# Debian has Chromium also without what draws its own windows, which loads a page in half the time.
PROGRAMS = ("chromium-headless-shell", "chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WATCH = (Path(__file__).parent / "browser.js").read_text(encoding="utf-8")
GAUGES = "gauges => awaited('gauges', gauges)"
CHART = "() => awaited('chart')"
EXPLORED = "() => awaited('explored')"
NOTHING = "() => awaited('nothing')"
TAKE = """() => {
    const root = everywhere(document, ".gauges")[0].getRootNode();
    const styles = [...root.querySelectorAll("style")].map(style => style.textContent);
    const sheets = [...root.adoptedStyleSheets].flatMap(sheet => [...sheet.cssRules]);
    return [
        root.querySelector(".root").outerHTML,
        [...styles, ...sheets.map(rule => rule.cssText)].join("\\n"),
    ];
}"""


def browser(size: Size, rounds: int) -> Table:
    """Measure warm loads against an empty page's, a change of team against a static page's."""
    path = company_file(size)
    few, many = size.shown[:2]
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        return Table("browser", f"nothing is measured: there is no {PROGRAMS[-1]} here", ("",))
    table = Table(
        f"browser · {many} gauges",
        "all gauges visible after a second navigation, and after another team was picked; a "
        "static page shows the cockpit's own finished SVG through one element; the chart of a KPI "
        "visible after the first navigation with an empty cache, and after a second, and to be "
        "explored, which it is once Plotly has taken the place of a picture",
        ("", "taken", "compared with", "time", "ratio"),
    )
    with contextlib.ExitStack() as stack:
        chromium = stack.enter_context(_chromium(program))
        cockpit, empty = serve(stack, (COCKPIT, path), (EMPTY, path))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        teams = dict(zip(size.teams, size.shown, strict=True))
        first, second = size.teams[:2]
        for team in (first, second):
            _keep_page(chromium, _address(cockpit, team), teams[team], folder / f"{team}.html")
        static = stack.enter_context(served(STATIC, path, BENCH_PAGES=str(folder)))
        wall, chart = _address(cockpit, second), f"http://{cockpit}/kpi?id={KPI}"
        compared: dict[str, dict[str, Callable[[], float]]] = {
            "load": {
                "cockpit": _loading(chromium, wall, GAUGES, many),
                "empty page": _loading(chromium, f"http://{empty}", NOTHING, 0),
            },
            f"another team, {few} → {many}": {
                "cockpit": _changing(chromium, _address(cockpit, first), first, second, teams),
                "static page": _changing(chromium, _address(static, first), first, second, teams),
            },
            "first load of a KPI": {
                "KPI": partial(_first_load, chromium, chart, CHART, 0),
                "cockpit": partial(_first_load, chromium, wall, GAUGES, many),
            },
            "load of a KPI": {
                "KPI": _loading(chromium, chart, CHART, 0),
                "cockpit": _loading(chromium, wall, GAUGES, many),
            },
            EXPLORING: {
                "KPI": _loading(chromium, chart, EXPLORED, 0),
                "cockpit": _loading(chromium, wall, GAUGES, many),
            },
        }
        for name, variants in compared.items():
            taken = _medians(variants, rounds)
            (_, ours), (other, theirs) = taken.items()
            aim = None if name == EXPLORING else AIM
            table.add(name, ms(ours), other, ms(theirs), ratio(ours, theirs, aim))
    return table


@contextlib.contextmanager
def _chromium(program: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


def _address(server: str, team: str) -> str:
    return f"http://{server}/?{urlencode({'team': team})}"


def _medians(variants: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(rounds):
        for name, run in variants.items():
            taken[name].append(run())
    return {name: median(times) for name, times in taken.items()}


def _window(chromium: Browser) -> Page:
    context: BrowserContext = chromium.new_context(viewport={"width": 1920, "height": 1080})
    context.add_init_script(WATCH)
    return context.new_page()


def _keep_page(chromium: Browser, address: str, shown: int, path: Path) -> None:
    """Keep what the cockpit has drawn as finished HTML, with its styles."""
    page = _window(chromium)
    page.goto(address)
    page.evaluate(GAUGES, shown)
    html, style = page.evaluate(TAKE)
    path.write_text(html, encoding="utf-8")
    path.with_name("style.css").write_text(style, encoding="utf-8")
    page.context.close()


def _first_load(chromium: Browser, address: str, wait: str, shown: int) -> float:
    """Load a page in a window that has kept nothing yet, and say how long it took."""
    page = _window(chromium)
    page.goto(address, wait_until="commit")
    taken = float(page.evaluate(wait, shown))
    page.context.close()
    return taken


def _loading(chromium: Browser, address: str, wait: str, shown: int) -> Callable[[], float]:
    """Load a page for the first time; give what loads it again and says how long it took."""
    page = _window(chromium)

    def load() -> float:
        page.goto(address, wait_until="commit")
        return float(page.evaluate(wait, shown))

    load()
    return load


def _changing(
    chromium: Browser, address: str, first: str, second: str, teams: dict[str, int]
) -> Callable[[], float]:
    """Open a page; give what picks the second team, says how long it took, and goes back."""
    page = _window(chromium)
    page.goto(address)
    page.evaluate(GAUGES, teams[first])
    pick = partial(_pick, page)

    def change() -> float:
        taken = pick(second, teams[second])
        pick(first, teams[first])
        return taken

    change()
    return change


def _pick(page: Page, team: str, shown: int) -> float:
    page.wait_for_timeout(300)
    page.locator(".st-key-top_line .team .opens, .st-key-team [role=combobox]").click()
    page.get_by_role("option", name=team, exact=True).click()
    base_version = float(page.evaluate(GAUGES, shown))
    return base_version - float(page.evaluate("() => window.picked"))
