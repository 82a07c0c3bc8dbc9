"""What a file's numbers would have told, in a real browser: how it is known, and its picture."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.axe import scrolls_sideways, shut_out
from tests.browser.walking import cut_or_colliding
from tests.browser.windows import Windows, soon
from tests.serving import NOW, ROOT, serving

WIDTHS = (1920, 1366, 683, 390)
TITLE = "Three years of your numbers: 1 of 6 KPIs drifted"


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, one_clock: pytest.MonkeyPatch
) -> Iterator[str]:
    one_clock.setenv("MILEPOST_NOW", NOW)
    log = tmp_path_factory.mktemp("card") / "log"
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with serving(
        "sqlite://", log, script="tests/browser/cards/server.py", environment={"PYTHONPATH": path}
    ) as url:
        yield url


@pytest.fixture
def card(windows: Windows, address: str) -> Page:
    page = windows.open(address)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible(timeout=60_000)
    return page


def test_three_stories_are_told_and_how_they_are_known(card: Page) -> None:
    stories = card.locator(".stories > li")
    expect(stories.locator("h3")).to_have_text(["Scrap rate", "On-time delivery", "Revenue"])
    expect(stories.locator("svg .stroke")).to_have_count(3)
    expect(stories.locator("svg .unusual")).to_have_count(1)
    expect(stories.first.locator("figcaption")).to_contain_text("said in")
    numbers = card.get_by_text("4 to 5 are called drifting within 26 readings")
    expect(numbers).to_be_hidden()
    card.get_by_text("How do we know?").focus()
    card.keyboard.press("Enter")
    expect(numbers).to_be_visible()
    expect(card.get_by_text("standard errors above")).to_be_visible()


def test_the_card_is_whole_at_every_width_and_shuts_nobody_out(card: Page) -> None:
    def holds() -> None:
        assert cut_or_colliding(card) == []
        assert not scrolls_sideways(card)

    card.get_by_text("How do we know?").click()
    for width in WIDTHS:
        card.set_viewport_size({"width": width, "height": 1080 if width > 390 else 844})
        soon(card, holds)
    for scheme in ("light", "dark"):
        card.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        soon(card, lambda: _shuts_nobody_out(card))


def _shuts_nobody_out(page: Page) -> None:
    assert shut_out(page, colours_alone=True) == []


def test_the_picture_is_made_in_the_browser_and_is_not_blank(card: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    card.on("request", lambda request: asked.append(request.url))
    with card.expect_download() as download:
        card.get_by_role("button", name="Share as a picture").click()
    assert download.value.suggested_filename == "brotwerk-hindsight.png"
    download.value.save_as(tmp_path / "picture.png")
    with Image.open(tmp_path / "picture.png") as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    height, width, _ = pixels.shape
    assert width == 2400
    assert 1200 < height < 2400
    ink = (pixels.sum(axis=2) < 500).any(axis=1)
    assert 0.2 < ink.mean() < 0.9
    red, green, blue = np.moveaxis(pixels, 2, 0)
    # The stretch that drifted, and the range that it left.
    assert ((red > 150) & (green < 90) & (blue < 40)).sum() > 500
    assert ((green > red + 8) & (red > 200)).sum() > 20_000
    # No number leaves the browser.
    assert [url for url in asked if not url.startswith("blob:")] == []
