"""The chart of a KPI: it is explored by pointer and by keys, in the theme that is shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select

from data.core.as_of import table
from tests.browser.axe import scrolls_sideways
from tests.browser.standing import Standing
from tests.browser.windows import Windows, soon
from tests.serving import NOW

CHART = '[class*="st-key-chart-"]'
POINTS = f"{CHART} .scatterlayer .trace:first-child .points path"
CHOSEN = "Correct the reading"
WIDE = 10
"""How wide a point is that is chosen, in pixels; others are narrower."""
DOUBLE_CLICK = 400
"""For how long a second click at the same place may make a double click, in milliseconds."""
IN_SIGHT = """points => {
    const plot = points[0].closest(".main-svg").querySelector(".nsewdrag").getBoundingClientRect();
    const middles = points.map(point => point.getBoundingClientRect())
        .map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2, width }));
    return middles.filter(({ x }) => plot.left + 10 < x && x < plot.right - 10);
}"""
LOADED = "() => performance.getEntriesByType('resource').map(({ name }) => name)"


@pytest.fixture
def at_chart(app: str, stand: Callable[[str], Standing], windows: Windows) -> Callable[..., Page]:
    """Give a function that opens the page of a KPI that drifts, once its chart is drawn."""
    kpi = table("kpi")
    with stand(NOW).engine.connect() as connection:
        named = select(kpi.c.id).where(kpi.c.name == "Sales cycle")
        key = connection.execute(named).scalar_one()

    def open_page(**options: int | str) -> Page:
        page = windows.open(f"{app}/kpi?id={key}", name="Marek Dvorsky", **options)  # type: ignore[arg-type]
        page.locator(f"{CHART} .scatterlayer .js-line").first.wait_for(timeout=30_000)
        expect(page.locator(POINTS).nth(20)).to_be_attached()
        return page

    return open_page


def points(page: Page) -> list[dict[str, float]]:
    """Give the middles of the points in sight, and how wide they are."""
    found: list[dict[str, float]] = page.locator(POINTS).evaluate_all(IN_SIGHT)
    return found


def click(page: Page, at: int, *, above: float = 0) -> None:
    middle = points(page)[at]
    page.mouse.click(middle["x"], middle["y"] - above)


def months(page: Page) -> list[str]:
    """Give the days that the scale names, in an order of their own."""
    return sorted(page.locator(f"{CHART} .xtick text").all_text_contents())


def colour(shown: Locator, name: str) -> str:
    found: str = shown.first.evaluate(f"node => getComputedStyle(node).{name}")
    return found


def zoom(page: Page) -> list[str]:
    """Drag over a part of the time; give the days that are named then."""
    before, box = months(page), page.locator(f"{CHART} .nsewdrag").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 152, steps=5)
    page.mouse.up()
    soon(page, lambda: check(months(page) != before))
    page.wait_for_timeout(DOUBLE_CLICK)
    return months(page)


def check(holds: bool) -> None:
    assert holds


def test_a_click_chooses_a_point_and_a_second_one_lets_go_of_it(
    at_chart: Callable[..., Page],
) -> None:
    page = at_chart()
    assert all(point["width"] < WIDE for point in points(page))
    click(page, 5)
    expect(page.get_by_text(CHOSEN)).to_be_visible()
    assert [at for at, each in enumerate(points(page)) if each["width"] > WIDE] == [5]
    page.wait_for_timeout(DOUBLE_CLICK)
    click(page, 9)
    soon(page, lambda: check(points(page)[9]["width"] > WIDE > points(page)[5]["width"]))
    expect(page.get_by_text(CHOSEN)).to_be_visible()
    page.wait_for_timeout(DOUBLE_CLICK)
    click(page, 9)
    expect(page.get_by_text(CHOSEN)).to_have_count(0)


def test_the_forms_behind_the_buttons_come_by_themselves(at_chart: Callable[..., Page]) -> None:
    page = at_chart()
    page.get_by_role("button", name="Add an event").click()
    happened = page.get_by_label("What happened")
    happened.fill("A new price list")
    # Whoever opens one before that keeps it open.
    page.wait_for_timeout(1_000)
    expect(happened).to_have_value("A new price list")


def test_a_zoom_lasts_while_something_is_done_and_a_double_click_ends_it(
    at_chart: Callable[..., Page],
) -> None:
    page = at_chart()
    whole = months(page)
    part = zoom(page)
    assert part != whole
    click(page, 3)
    expect(page.get_by_text(CHOSEN)).to_be_visible()
    page.wait_for_timeout(DOUBLE_CLICK)
    assert months(page) == part
    at = points(page)[3]
    page.mouse.dblclick(at["x"], at["y"] - 60)
    expect(page.get_by_text(CHOSEN)).to_have_count(0)
    soon(page, lambda: check(months(page) == whole))
    assert all(point["width"] < WIDE for point in points(page))


def test_another_part_of_the_history_is_shown_whole(at_chart: Callable[..., Page]) -> None:
    page = at_chart()
    zoom(page)
    few = len(points(page))
    page.get_by_text("Show all").click()
    soon(page, lambda: check(len(points(page)) > 2 * few))


def test_a_point_says_what_it_is_where_the_pointer_rests(at_chart: Callable[..., Page]) -> None:
    page = at_chart()
    at = points(page)[5]
    page.mouse.move(at["x"], at["y"])
    expect(page.locator(f"{CHART} .hoverlayer text")).to_contain_text("week of")


def test_keys_go_from_reading_to_reading_and_choose_one(at_chart: Callable[..., Page]) -> None:
    page = at_chart()
    spoken = page.locator(f"{CHART} [aria-live]")
    page.locator(f"{CHART} .plot").focus()
    page.keyboard.press("ArrowLeft")
    expect(spoken).to_contain_text("week of 9")
    page.keyboard.press("ArrowLeft")
    expect(spoken).to_contain_text("week of 2")
    expect(page.locator(f"{CHART} .hoverlayer text")).to_contain_text("week of 2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Week of 2\u00a0Nov ·")).to_be_visible()
    assert len([each for each in points(page) if each["width"] > WIDE]) == 1
    page.keyboard.press("Escape")
    expect(page.get_by_text(CHOSEN)).to_have_count(0)


def test_the_chart_is_of_the_theme_that_is_shown(at_chart: Callable[..., Page]) -> None:
    page = at_chart()
    line, grid = page.locator(f"{CHART} .js-line"), page.locator(f"{CHART} .ygrid")
    part = zoom(page)
    assert colour(line, "stroke") == "rgb(82, 96, 115)"
    assert colour(grid, "stroke") == "rgb(217, 225, 233)"
    page.emulate_media(color_scheme="dark")
    soon(page, lambda: check(colour(line, "stroke") == "rgb(163, 178, 194)"))
    soon(page, lambda: check(colour(grid, "stroke") == "rgb(42, 56, 72)"))
    page.wait_for_timeout(DOUBLE_CLICK)
    assert months(page) == part


def test_it_is_saved_as_a_picture_and_sent_to_nobody(
    at_chart: Callable[..., Page], tmp_path: Path
) -> None:
    page = at_chart()
    page.locator(f"{CHART} .plot").hover()
    menu = page.locator(f"{CHART} .modebar-btn")
    names = menu.evaluate_all("buttons => buttons.map(button => button.ariaLabel)")
    assert "Full screen" in names
    assert not [name for name in names if "hare" in name]
    with page.expect_download() as saved:
        menu.and_(page.get_by_label("Download plot as a PNG")).click()
    assert saved.value.suggested_filename == "Sales cycle.png"
    saved.value.save_as(tmp_path / "chart.png")
    picture = (tmp_path / "chart.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) > 2_000


def test_it_is_loaded_once_and_without_the_charts_of_streamlit(
    at_chart: Callable[..., Page],
) -> None:
    page = at_chart()
    page.get_by_role("link", name="Cockpit").click()
    page.locator(".st-key-gauges .name", has_text="Sales cycle").first.click()
    expect(page.locator(f"{CHART} .js-line").first).to_be_visible()
    loaded = [name.rpartition("/")[2] for name in page.evaluate(LOADED) if "lotly" in name]
    assert sorted(loaded) == ["plotly-basic.min.js", "plotly.js"]


def test_it_is_as_wide_as_its_place(at_chart: Callable[..., Page]) -> None:
    page = at_chart(width=1920)
    figure, drawing = page.locator(f"{CHART} .figure"), page.locator(f"{CHART} .main-svg").first

    def check_width() -> None:
        places = [place.bounding_box() for place in (figure, drawing)]
        assert all(places)
        assert len({box["width"] for box in places if box}) == 1

    soon(page, check_width)
    wide = drawing.bounding_box()
    page.set_viewport_size({"width": 390, "height": 844})
    soon(page, lambda: check((drawing.bounding_box() or {})["width"] < 390))
    soon(page, check_width)
    assert not scrolls_sideways(page)
    assert wide is not None
    assert wide["height"] == (drawing.bounding_box() or {})["height"]


PLACES = """(figure, [line, scale]) => {
    const box = figure.getBoundingClientRect();
    const place = node => {
        const { x, y, right, bottom } = node.getBoundingClientRect();
        return [x - box.x, y - box.y, right - box.x, bottom - box.y];
    };
    const words = [...figure.querySelectorAll(scale)].map(node => node.textContent);
    return [place(figure.querySelector(line)), words];
}"""


def test_a_picture_is_there_until_it_can_be_explored(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    held: list[Route] = []
    page.route("**/vendor/**", lambda route: held.append(route))
    page.locator(".st-key-gauges .name", has_text="Sales cycle").first.click()
    figure = page.locator(f"{CHART} .figure")
    expect(figure.locator(".picture .readings")).to_be_visible()
    soon(page, lambda: check(bool(held)))
    place, words = figure.evaluate(PLACES, [".readings", "[font-size='12']"])
    page.emulate_media(color_scheme="dark")
    soon(page, lambda: check(colour(page.locator(".readings"), "stroke") == "rgb(163, 178, 194)"))
    for route in held:
        route.continue_()
    expect(figure.locator(".js-line").first).to_be_visible()
    expect(figure.locator(".picture")).to_have_count(0)
    drawn, written = figure.evaluate(PLACES, [".trace .lines", ".xtick text, .ytick text"])
    # Of what lies before what is in sight only the last reading is drawn.
    (edge, *_), _ = figure.evaluate(PLACES, [".nsewdrag", "text"])
    assert drawn[0] < place[0] < edge
    assert place[1:] == pytest.approx(drawn[1:], abs=1)
    assert sorted(words) == sorted(written)


def test_its_place_has_its_height_before_it_is_there(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    page.route("**/vendor/**", lambda route: route.abort())
    page.locator(".st-key-gauges .name", has_text="Sales cycle").first.click()
    expect(page.get_by_text("The table of readings says the same")).to_be_visible()
    box = page.locator(f"{CHART} .figure").bounding_box()
    assert box is not None
    assert box["height"] > 400
    expect(page.locator(f"{CHART} [role=figure]")).to_have_attribute(
        "aria-label", "Sales cycle: 104 readings, the last 52\u00a0days, week of 9\u00a0Nov"
    )
