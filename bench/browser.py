"""What a person waits for in Chromium: gauges and a KPI's chart, and another team's gauges."""

import contextlib
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.company import Size, company_file
from bench.serving import COCKPIT, EMPTY, STATIC, serve
from bench.table import Table, ms, ratio
from bench.timing import FEWEST

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
ENOUGH = 4_000.0
"""Milliseconds after which a visit is left out of further rounds: what takes long scatters less."""
SETTLED = 300
"""Milliseconds that a page is given to draw the last of a run."""

Awaited = Mapping[str, tuple[str, int]]
"""By the name of a time the script that awaits it, and how many gauges."""

Visit = Callable[[], dict[str, float]]

WATCH = (Path(__file__).parent / "browser.js").read_text(encoding="utf-8")
GAUGES = "gauges => awaited('gauges', gauges)"
CHART = "() => awaited('chart')"
EXPLORED = "() => awaited('explored')"
NOTHING = "() => awaited('nothing')"
TAKE = """() => {
    const root = everywhere(".gauges")[0].getRootNode();
    const styles = [...root.querySelectorAll("style")].map(style => style.textContent);
    const sheets = [...root.adoptedStyleSheets].flatMap(sheet => [...sheet.cssRules]);
    return [
        root.querySelector(".root").outerHTML,
        [...styles, ...sheets.map(rule => rule.cssText)].join("\\n"),
    ];
}"""


def browser(size: Size, rounds: int) -> Table:
    """Measure warm loads against an empty page's, a change of team against a static page's."""
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
    with _chromium(program) as chromium:
        taken = _taken(chromium, size, rounds)
    for name, (ours, theirs), other, aim in (
        ("load", ("cockpit", "empty page"), "empty page", 1.4),
        (f"another team, {few} → {many}", ("another team", "static page"), "static page", 1.3),
        ("first load of a KPI", ("KPI first", "cockpit first"), "cockpit", 1.5),
        ("load of a KPI", ("KPI", "cockpit"), "cockpit", 1.5),
        (EXPLORING, (EXPLORING, "cockpit"), "cockpit", None),
    ):
        compared = ratio(taken[ours], taken[theirs], aim)
        table.add(name, ms(taken[ours]), other, ms(taken[theirs]), compared)
    return table


def _taken(chromium: Browser, size: Size, rounds: int) -> dict[str, float]:
    """Give the medians of all that is waited for, each once in each round."""
    path = company_file(size)
    teams = dict(zip(size.teams[:2], size.shown[:2], strict=True))
    first, second = teams
    gauges = (GAUGES, teams[second])
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        scripts = ((script, path) for script in (COCKPIT, EMPTY, STATIC))
        cockpit, empty, static = serve(stack, *scripts, BENCH_PAGES=str(folder))
        for team, shown in teams.items():
            _keep_page(chromium, _address(cockpit, team), shown, folder / f"{team}.html")
        wall, chart = _address(cockpit, second), f"http://{cockpit}/kpi?id={KPI}"
        kpi = {"KPI": (CHART, 0), EXPLORING: (EXPLORED, 0)}
        visits: list[Visit] = [
            _loading(chromium, wall, {"cockpit": gauges}),
            _loading(chromium, f"http://{empty}", {"empty page": (NOTHING, 0)}),
            _loading(chromium, chart, kpi),
            _changing(chromium, "another team", _address(cockpit, first), teams),
            _changing(chromium, "static page", _address(static, first), teams),
            partial(_first_load, chromium, chart, {"KPI first": (CHART, 0)}),
            partial(_first_load, chromium, wall, {"cockpit first": gauges}),
        ]
        return _medians(visits, rounds)


@contextlib.contextmanager
def _chromium(program: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


def _address(server: str, team: str) -> str:
    return f"http://{server}/?{urlencode({'team': team})}"


def _medians(visits: Sequence[Visit], rounds: int) -> dict[str, float]:
    taken: dict[str, list[float]] = defaultdict(list)
    spent: dict[int, float] = defaultdict(float)
    for turn in range(rounds):
        for number, visit in enumerate(visits):
            if turn >= FEWEST and spent[number] > ENOUGH:
                continue
            times = visit()
            spent[number] += max(times.values())
            for name, time in times.items():
                taken[name].append(time)
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


def _first_load(chromium: Browser, address: str, awaited: Awaited) -> dict[str, float]:
    """Load a page in a window that has kept nothing yet, and say how long it took."""
    page = _window(chromium)
    taken = _load(page, address, awaited)
    page.context.close()
    return taken


def _loading(chromium: Browser, address: str, awaited: Awaited) -> Visit:
    """Load a page for the first time; give what loads it again and says how long it took."""
    page = _window(chromium)
    _load(page, address, awaited)
    return partial(_load, page, address, awaited)


def _load(page: Page, address: str, awaited: Awaited) -> dict[str, float]:
    """Load a page and give when what is awaited of it was there, one after the other."""
    page.goto(address, wait_until="commit")
    return {name: float(page.evaluate(wait, shown)) for name, (wait, shown) in awaited.items()}


def _changing(chromium: Browser, name: str, address: str, teams: Mapping[str, int]) -> Visit:
    """Open a page; give what picks the second team, says how long it took, and goes back."""
    first, second = teams
    page = _window(chromium)
    page.goto(address)
    page.evaluate(GAUGES, teams[first])
    pick = partial(_pick, page)

    def change() -> dict[str, float]:
        taken = pick(second, teams[second])
        pick(first, teams[first])
        return {name: taken}

    change()
    return change


def _pick(page: Page, team: str, shown: int) -> float:
    """Pick a team on a page that has come to rest."""
    page.evaluate(NOTHING)
    page.wait_for_timeout(SETTLED)
    page.locator(".st-key-top_line .team .opens, .st-key-team [role=combobox]").click()
    page.get_by_role("option", name=team, exact=True).click()
    base_version = float(page.evaluate(GAUGES, shown))
    return base_version - float(page.evaluate("() => window.picked"))
