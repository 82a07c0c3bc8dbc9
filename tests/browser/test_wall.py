"""The wall as it hangs: readable from across the room, by itself, honest when it is alone."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.windows import Windows, soon

FIRST, LOOKS, STEP = 40, 200, 5 * 60_000
"""How often a screen looks in some hours, and the milliseconds that are said to lie between."""

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


class Held:
    """What a page holds: bytes of memory, and nodes, also those that it shows no more."""

    def __init__(self, page: Page) -> None:
        self.devtools = page.context.new_cdp_session(page)

    def now(self) -> tuple[int, int]:
        self.devtools.send("HeapProfiler.collectGarbage")
        heap = self.devtools.send("Runtime.getHeapUsage")
        nodes = self.devtools.send("Memory.getDOMCounters")
        return heap["usedSize"], nodes["nodes"]


def look(page: Page) -> None:
    """Let time go on to the next look, and the server answer."""
    page.clock.fast_forward(STEP)
    page.wait_for_timeout(20)


def goes_on(page: Page, is_so: bool) -> None:
    """Let a second go by, for the page and for the server, where something is not so yet."""
    if not is_so:
        page.clock.run_for(1_000)
        page.wait_for_timeout(200)
    assert is_so


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


def test_it_hangs_for_a_day_says_when_it_is_alone_and_begins_anew(
    app: str, chromium: Browser
) -> None:
    # A window of its own: others go on with theirs, by the real clock.
    with chromium.new_context() as context:
        page = context.new_page()
        page.clock.install()
        answers: list[object] = []
        page.on(
            "websocket",
            lambda socket: socket.on("framereceived", lambda sent: answers.append(len(sent))),
        )
        page.goto(f"{app}/check-in?wall=1")
        wall = page.get_by_role("dialog", name="Wall")
        alert = wall.get_by_role("alert")
        expect(wall).to_be_visible(timeout=30_000)
        held = Held(page)

        # What is kept once is kept by then.
        for _ in range(FIRST):
            look(page)
        (memory, nodes), heard = held.now(), len(answers)
        for _ in range(LOOKS):
            look(page)
        later, nodes_later = held.now()
        assert len(answers) - heard > 2 * LOOKS, "the server did not answer each look"
        assert later < 1.2 * memory
        assert nodes_later < nodes + LOOKS / 2

        # What gathers all the same goes with the page.
        page.evaluate("window.isOld = true")
        page.clock.fast_forward(24 * 60 * 60_000 - (FIRST + LOOKS) * STEP)
        soon(page, lambda: goes_on(page, page.evaluate("!window.isOld")))
        expect(wall).to_be_visible(timeout=30_000)
        expect(alert).to_be_hidden()

        context.set_offline(True)
        page.clock.run_for(31_000)
        expect(alert).to_contain_text("No answer from the server")
        context.set_offline(False)

        soon(page, lambda: goes_on(page, alert.is_hidden()), within=30)
