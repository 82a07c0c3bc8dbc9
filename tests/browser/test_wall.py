"""The wall as it hangs: readable from across the room, by itself, honest when it is alone."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.windows import Windows

SIZES = """
node => {
  const sizes = [];
  const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { parentElement, textContent } = walk.currentNode;
    if (textContent.trim() && parentElement.checkVisibility()) {
      sizes.push(parseFloat(getComputedStyle(parentElement).fontSize));
    }
  }
  return sizes;
}
"""


def test_it_can_be_read_from_across_the_room_and_is_left_by_a_key(
    app: str, windows: Windows
) -> None:
    page: Page = windows.open(f"{app}/check-in")
    page.get_by_role("link", name="Show on the wall").click(timeout=30_000)
    wall = page.get_by_role("dialog", name="Wall")
    expect(wall).to_be_visible()
    kinds = set()
    for _ in range(20):
        kinds.add(wall.locator(".item").get_attribute("data-kind"))
        assert min(wall.evaluate(SIZES)) >= 20
        number = wall.locator(".number b")
        if number.count():
            size = number.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
            assert size >= 1080 / 12
        page.keyboard.press("ArrowRight")
    assert kinds == {"whole", "gauge", "objective"}
    page.keyboard.press("Escape")
    expect(wall).to_have_count(0)
    expect(page).to_have_url(f"{app}/check-in")


def test_it_says_so_where_the_server_is_gone(app: str, chromium: Browser) -> None:
    # A window of its own: others go on with theirs, by the real clock.
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{app}/check-in?wall=1")
        wall = page.get_by_role("dialog", name="Wall")
        expect(wall).to_be_visible(timeout=30_000)
        expect(wall.get_by_role("alert")).to_be_hidden()
        page.clock.install()
        context.set_offline(True)
        page.clock.run_for(31_000)
        expect(wall.get_by_role("alert")).to_contain_text("No answer from the server")
