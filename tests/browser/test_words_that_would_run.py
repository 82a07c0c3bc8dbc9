"""Names that a browser would run if it took them for more than words, on the pages to look at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.standing import Standing
from tests.data.words_of_people import company
from tests.serving import NOW

WORD = "<script>alert(1)</script>"
HOSTILE_ELEMENTS = """() => {
    const found = [];
    const look = (root) => {
        for (const element of root.querySelectorAll("*")) {
            const name = element.localName;
            if (name === "script" && element.textContent.includes("alert(1)")) found.push(name);
            if (name === "img" && element.getAttribute("src") === "x") found.push(name);
            if (element.hasAttribute("onerror")) found.push(name);
            if ((element.getAttribute("href") || "").startsWith("javascript:")) found.push(name);
            if (element.shadowRoot) look(element.shadowRoot);
        }
    };
    look(document);
    return found;
}"""


@pytest.fixture(scope="module")
def app(stand: Callable[[str], Standing]) -> str:
    """Serve the company in which every word is a name of everything."""
    standing = stand(NOW)
    standing.fill(company())
    return standing.url


def test_words_of_people_are_text_on_every_page(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app, name=WORD)
    for path in ("", "kpi?id=1", "drift", "update", "history"):
        page.goto(f"{app}/{path}")
        expect(page.get_by_text(WORD).locator("visible=true").first).to_be_visible(timeout=30_000)
        assert page.evaluate(HOSTILE_ELEMENTS) == []
