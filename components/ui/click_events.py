"""What a click asks to see: a KPI, a key result or an objective."""

from collections.abc import Callable, Collection

from components.ui.payloads import one_of, read, text, triggered, whole

TARGETS = ("kpi", "key result", "objective")


def target(sent: object) -> tuple[str, int] | None:
    """Turn what was clicked into what is meant; None where it makes no sense."""
    found = read(sent, target=one_of(TARGETS), id=whole)
    return None if found is None else (found["target"], found["id"])


def listener(
    key: str, on_open: Callable[[str, int], None] | None, *, name: str = "open"
) -> Callable[[], None]:
    """Make the callback of a component's clicks, which it sends by that name."""

    def hear() -> None:
        meant = target(triggered(key, name))
        if meant is not None and on_open is not None:
            on_open(*meant)

    return hear


def picker(
    key: str, name: str, known: Callable[[], Collection[str]], on_pick: Callable[[str], None]
) -> Callable[[], None]:
    """Make the callback of a click on a name, such as a team's; it hears those that are `known`."""

    def hear() -> None:
        sent = text(triggered(key, name))
        if sent is not None and sent in known():
            on_pick(sent)

    return hear
