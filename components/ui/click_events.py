"""What a click asks to see: a KPI, a key result or an objective."""

from collections.abc import Callable, Collection
from typing import TypeVar

from components.ui.payloads import one_of, read, text, triggered, whole

TARGETS = ("kpi", "key result", "objective")

Sent = TypeVar("Sent")


def heard(
    key: str, name: str, reader: Callable[[object], Sent | None], act: Callable[[Sent], object]
) -> Callable[[], None]:
    """Make the callback of what a component sends by a name; what makes no sense is nothing."""

    def hear() -> None:
        sent = reader(triggered(key, name))
        if sent is not None:
            act(sent)

    return hear


def target(sent: object, known: Collection[str] = TARGETS) -> tuple[str, int] | None:
    """Turn what was clicked into what is meant; None where it makes no sense."""
    found = read(sent, target=one_of(known), id=whole)
    return None if found is None else (found["target"], found["id"])


def listener(
    key: str, on_open: Callable[[str, int], None] | None, *, known: Collection[str] = TARGETS
) -> Callable[[], None]:
    """Make the callback of clicks that open something of a `known` kind."""
    return heard(
        key, "open", lambda sent: target(sent, known), lambda meant: on_open and on_open(*meant)
    )


def of_kpi(key: str, name: str, on_kpi: Callable[[int], None]) -> Callable[[], None]:
    """Make the callback of clicks that ask for something about a KPI."""
    return heard(key, name, target, lambda meant: on_kpi(meant[1]))


def picker(
    key: str, name: str, known: Callable[[], Collection[str]], on_pick: Callable[[str], None]
) -> Callable[[], None]:
    """Make the callback of a click on a name, such as a team's; it hears those that are `known`."""
    return heard(key, name, lambda sent: one_of(known())(text(sent)), on_pick)
